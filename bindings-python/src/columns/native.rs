//! A column as an object of Python's.

use std::ffi::{CStr, c_int, c_void};
use std::ptr;

use goodwill::Error;
use goodwill::ops::columns::{self, TimeUnit, Values};
use pyo3::IntoPyObjectExt as _;
use pyo3::buffer::PyUntypedBuffer;
use pyo3::exceptions::{PyBufferError, PyIndexError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};

use super::buffers::{self, Ticks};
use super::{column_error, export, import, lists};
use crate::failure::raised;

/// A column: a sequence, a buffer where it has numbers without nulls, and an Arrow array.
#[pyclass(frozen, module = "goodwill._native")]
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) data: columns::Column,
    /// Of the buffer's one dimension.
    shape: [isize; 1],
    strides: [isize; 1],
}

impl Column {
    pub(crate) fn new(data: impl Into<columns::Column>) -> Self {
        let data = data.into();
        let size = match data.values {
            Values::Flags(_) | Values::Bytes(_) => 1,
            Values::Shorts(_) => 2,
            Values::Counts(_) | Values::Codes(_) => 4,
            _ => 8,
        };
        Self { shape: [isize::try_from(data.len()).unwrap_or(0)], strides: [size], data }
    }

    fn item<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        fn object<'py>(
            py: Python<'py>,
            value: impl IntoPyObject<'py, Error: Into<PyErr>>,
        ) -> PyResult<Bound<'py, PyAny>> {
            value.into_bound_py_any(py)
        }
        let data = &self.data;
        if data.is_null(row) {
            return Ok(py.None().into_bound(py));
        }
        match &data.values {
            Values::Nulls(_) => Ok(py.None().into_bound(py)),
            Values::Flags(values) => object(py, values.get(row)),
            Values::Integers(values) => object(py, values.get(row)),
            Values::Counts(values) | Values::Codes(values) => object(py, values.get(row)),
            Values::Shorts(values) => object(py, values.get(row)),
            Values::Bytes(values) => object(py, values.get(row).copied().map(u32::from)),
            Values::Floats(values) => object(py, values.get(row)),
            Values::Decimals(values, scale) => {
                let text = format!("{}e-{scale}", values.get(row).copied().unwrap_or(0));
                py.import("decimal")?.getattr("Decimal")?.call1((text,))
            }
            Values::Texts(_) => object(py, data.text(row)),
            Values::Coded(codes, of) => {
                let code = codes.get(row).map_or(0, |code| *code as usize);
                Self::new((**of).clone()).item(py, code)
            }
            Values::Instants(ticks, unit, zone) => {
                time(py, ticks.get(row).copied().unwrap_or(0), *unit, Some(zone))
            }
            Values::Local(ticks, unit) => {
                time(py, ticks.get(row).copied().unwrap_or(0), *unit, None)
            }
            Values::Days(days) => {
                let day = days.get(row).copied().unwrap_or(0).saturating_add(719_163);
                py.import("datetime")?.getattr("date")?.call_method1("fromordinal", (day,))
            }
        }
    }
}

/// A `datetime`, to the microsecond.
fn time<'py>(
    py: Python<'py>,
    ticks: i64,
    unit: TimeUnit,
    zone: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    let micros = match unit {
        TimeUnit::Second => ticks.saturating_mul(1_000_000),
        TimeUnit::Millisecond => ticks.saturating_mul(1_000),
        TimeUnit::Microsecond => ticks,
        TimeUnit::Nanosecond => ticks.div_euclid(1_000),
    };
    let datetime = py.import("datetime")?;
    let (utc, class) = (datetime.getattr("UTC")?, datetime.getattr("datetime")?);
    let since = datetime.getattr("timedelta")?.call1((0, 0, micros))?;
    let Some(zone) = zone else {
        return class.call1((1970, 1, 1))?.call_method1("__add__", (since,));
    };
    let at = class.call1((1970, 1, 1, 0, 0, 0, 0, utc))?.call_method1("__add__", (since,))?;
    let zone = py.import("zoneinfo")?.getattr("ZoneInfo")?.call1((zone,));
    // An offset is no name of a zone; the instant is the same.
    zone.map_or_else(|_| Ok(at.clone()), |zone| at.call_method1("astimezone", (zone,)))
}

#[pymethods]
impl Column {
    /// What the values are: integers, floats, texts and so on.
    #[getter]
    fn kind(&self) -> &'static str {
        self.data.kind()
    }

    /// How many values are null.
    #[getter]
    fn null_count(&self) -> usize {
        (0..self.data.len()).filter(|row| self.data.is_null(*row)).count()
    }

    fn __len__(&self) -> usize {
        self.data.len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, row: isize) -> PyResult<Bound<'py, PyAny>> {
        let length = self.data.len();
        let row = if row < 0 { row.checked_add_unsigned(length) } else { Some(row) };
        let row = row.and_then(|row| usize::try_from(row).ok()).filter(|row| *row < length);
        row.map_or_else(|| Err(PyIndexError::new_err("no such row")), |row| self.item(py, row))
    }

    fn __repr__(&self) -> String {
        format!("<{} {}>", self.data.len(), self.data.kind())
    }

    /// The values as a list.
    fn to_list<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let items =
            (0..self.data.len()).map(|row| self.item(py, row)).collect::<PyResult<Vec<_>>>()?;
        PyList::new(py, items)
    }

    /// The rows of these numbers, in this order.
    fn take(&self, rows: Vec<usize>) -> PyResult<Self> {
        if rows.iter().any(|row| *row >= self.data.len()) {
            return Err(PyIndexError::new_err("no such row"));
        }
        Ok(Self::new(self.data.rows(&rows)))
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        let _ = requested_schema;
        export::array_capsules(py, "", &self.data)
    }

    /// Numbers and booleans without nulls, read-only.
    ///
    /// # Safety
    /// The view is there to be filled.
    unsafe fn __getbuffer__(
        slf: Bound<'_, Self>,
        view: *mut ffi::Py_buffer,
        flags: c_int,
    ) -> PyResult<()> {
        let column = slf.get();
        if view.is_null() || flags & ffi::PyBUF_WRITABLE == ffi::PyBUF_WRITABLE {
            return Err(PyBufferError::new_err("a column is read-only"));
        }
        let (first, format): (*const c_void, &CStr) = match &column.data {
            columns::Column { valid: Some(_), .. } => {
                return Err(PyBufferError::new_err("a column with nulls"));
            }
            columns::Column { values, .. } => match values {
                Values::Integers(values) => (values.as_ptr().cast(), c"q"),
                Values::Floats(values) => (values.as_ptr().cast(), c"d"),
                Values::Flags(values) => (values.as_ptr().cast(), c"?"),
                Values::Counts(values) => (values.as_ptr().cast(), c"I"),
                Values::Shorts(values) => (values.as_ptr().cast(), c"H"),
                Values::Bytes(values) => (values.as_ptr().cast(), c"B"),
                _ => return Err(PyBufferError::new_err("a column of other things than numbers")),
            },
        };
        let asked = |flag: c_int| flags & flag == flag;
        // SAFETY: the view is there to be filled; everything it points to lives as long as the column,
        // which it holds, and nothing of the column ever changes.
        unsafe {
            (*view).buf = first.cast_mut();
            (*view).len = column.shape[0] * column.strides[0];
            (*view).itemsize = column.strides[0];
            (*view).readonly = 1;
            (*view).ndim = 1;
            (*view).format =
                if asked(ffi::PyBUF_FORMAT) { format.as_ptr().cast_mut() } else { ptr::null_mut() };
            (*view).shape = if asked(ffi::PyBUF_ND) {
                column.shape.as_ptr().cast_mut()
            } else {
                ptr::null_mut()
            };
            (*view).strides = if asked(ffi::PyBUF_STRIDES) {
                column.strides.as_ptr().cast_mut()
            } else {
                ptr::null_mut()
            };
            (*view).suboffsets = ptr::null_mut();
            (*view).internal = ptr::null_mut();
            (*view).obj = slf.into_ptr();
        }
        Ok(())
    }
}

/// Columns of one length, by name: an Arrow stream.
#[pyclass(frozen, module = "goodwill._native")]
#[derive(Debug)]
pub(crate) struct Frame {
    columns: Vec<(String, Py<Column>)>,
}

#[pymethods]
impl Frame {
    #[new]
    fn new(columns: &Bound<'_, PyDict>) -> PyResult<Self> {
        let columns = columns.iter().map(|(name, column)| {
            Ok((name.extract::<String>()?, column.cast_into::<Column>()?.unbind()))
        });
        let columns = columns.collect::<PyResult<Vec<_>>>()?;
        let rows = columns.first().map_or(0, |(_, column)| column.get().data.len());
        match columns.iter().find(|(_, column)| column.get().data.len() != rows) {
            Some((name, _)) => Err(raised(column_error(name, format!("{rows} rows")))),
            None => Ok(Self { columns }),
        }
    }

    /// The columns by name.
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let columns = PyDict::new(py);
        self.columns.iter().try_for_each(|(name, column)| columns.set_item(name, column))?;
        Ok(columns)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let columns =
            self.columns.iter().map(|(name, column)| (name.clone(), column.get().data.clone()));
        export::table_stream(py, columns.collect())
    }
}

/// The column of anything that is one; `name` is what errors call it.
///
/// Integers are times when there is a unit. NaN is a null if `nan_is_null`.
#[pyfunction]
#[pyo3(signature = (name, values, unit=None, zone=None, nan_is_null=false))]
pub(crate) fn column(
    name: &str,
    values: &Bound<'_, PyAny>,
    unit: Option<&str>,
    zone: Option<&str>,
    nan_is_null: bool,
) -> PyResult<Column> {
    if let Ok(column) = values.cast::<Column>() {
        return Ok(Column::new(column.get().data.clone()));
    }
    let ticks = match unit
        .map(|unit| TimeUnit::named(unit).ok_or_else(|| Error::invalid("unit", "s, ms, us or ns")))
    {
        None => None,
        Some(Err(error)) => return Err(raised(error)),
        Some(Ok(unit)) => Some(Ticks { unit, zone: zone.map(Into::into) }),
    };
    let data = if values.hasattr("__arrow_c_array__")? {
        import::array(name, values)?
    } else if values.hasattr("__arrow_c_stream__")? {
        import::stream(name, values)?.and_then(|(columns, frame)| {
            match columns.into_iter().next() {
                Some((_, data)) if !frame => Ok(data),
                _ => Err(column_error(name, "one column, not a frame")),
            }
        })
    } else if let Ok(buffer) = PyUntypedBuffer::get(values) {
        drop(buffer);
        buffers::read(name, values, ticks, nan_is_null)?
    } else {
        lists::read(name, values, nan_is_null)?
    };
    data.map(Column::new).map_err(raised)
}

/// The columns of a frame with an Arrow stream; `name` is what errors call it.
#[pyfunction]
pub(crate) fn frame(name: &str, values: &Bound<'_, PyAny>) -> PyResult<Frame> {
    let py = values.py();
    let (columns, frame) = import::stream(name, values)?.map_err(raised)?;
    if !frame {
        return Err(raised(column_error(name, "a frame with named columns")));
    }
    let columns =
        columns.into_iter().map(|(name, data)| Ok((name, Py::new(py, Column::new(data))?)));
    Ok(Frame { columns: columns.collect::<PyResult<_>>()? })
}
