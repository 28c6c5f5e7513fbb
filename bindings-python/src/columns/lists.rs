//! Sequences of Python's objects in.

use std::sync::Arc;

use goodwill::Result;
use goodwill::ops::columns::{Column, Slice, TimeUnit, Values};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyFloat, PyInt, PyString, PyType};

use super::{cell_error, column_error};

/// One object.
enum Cell {
    Null,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    /// Digits and scale.
    Decimal(i128, u8),
    Text(String),
    /// Microseconds since 1970, and the zone; none for what local clocks showed.
    Time(i64, Option<Arc<str>>),
    Day(i32),
}

const ACCEPTED: &str = "values of one kind: booleans, numbers, texts, UUIDs, dates or datetimes";

/// The column of a sequence. NaN is a null where `nan` says so, or where it stands among other things than
/// numbers.
pub(super) fn read(name: &str, object: &Bound<'_, PyAny>, nan: bool) -> PyResult<Result<Column>> {
    if object.is_instance_of::<PyString>() {
        return Ok(Err(column_error(name, "a sequence")));
    }
    let Ok(items) = object.try_iter() else {
        return Ok(Err(column_error(name, "a column: an Arrow array, a buffer or a sequence")));
    };
    let classes = Classes::get(object.py())?;
    let mut cells = Vec::with_capacity(object.len().unwrap_or(0));
    for (row, item) in items.enumerate() {
        match classes.cell(&item?)? {
            Some(cell) => cells.push(cell),
            None => return Ok(Err(cell_error(name, row, ACCEPTED))),
        }
    }
    Ok(column(name, &cells, nan))
}

fn column(name: &str, cells: &[Cell], nan: bool) -> Result<Column> {
    let numbers =
        cells.iter().all(|cell| matches!(cell, Cell::Null | Cell::Integer(_) | Cell::Float(_)));
    let is_null = |cell: &Cell| match cell {
        Cell::Null => true,
        Cell::Float(number) => number.is_nan() && (nan || !numbers),
        _ => false,
    };
    let valid: Option<Slice<bool>> =
        cells.iter().any(is_null).then(|| cells.iter().map(|cell| !is_null(cell)).collect());
    let values = values(name, cells, &is_null)?;
    Ok(Column { values, valid })
}

fn values(name: &str, cells: &[Cell], is_null: &impl Fn(&Cell) -> bool) -> Result<Values> {
    let there = || cells.iter().filter(|cell| !is_null(cell));
    macro_rules! all {
        ($nothing:expr, $($cell:pat $(if $when:expr)? => $value:expr),+) => {{
            let mut all = Vec::with_capacity(cells.len());
            for (row, cell) in cells.iter().enumerate() {
                all.push(match cell {
                    $($cell $(if $when)? => $value,)+
                    cell if is_null(cell) => $nothing,
                    _ => return Err(cell_error(name, row, ACCEPTED)),
                });
            }
            all
        }};
    }
    Ok(match there().next() {
        None => Values::Nulls(cells.len()),
        Some(Cell::Boolean(_)) => Values::Flags(all!(false, Cell::Boolean(yes) => *yes).into()),
        Some(Cell::Text(_)) => Values::texts(all!("", Cell::Text(text) => text.as_str())),
        Some(Cell::Day(_)) => Values::Days(all!(0, Cell::Day(day) => *day).into()),
        Some(Cell::Time(_, first)) => {
            let ticks = all!(0, Cell::Time(ticks, _) => *ticks).into();
            let mut zone = first.clone();
            for (row, cell) in cells.iter().enumerate() {
                if let Cell::Time(_, other) = cell {
                    if other.is_none() != first.is_none() {
                        let accepted = "datetimes that all have a time zone, or none of which has";
                        return Err(cell_error(name, row, accepted));
                    }
                    if *other != zone {
                        zone = Some("UTC".into());
                    }
                }
            }
            match zone {
                Some(zone) => Values::Instants(ticks, TimeUnit::Microsecond, zone),
                None => Values::Local(ticks, TimeUnit::Microsecond),
            }
        }
        Some(_) if there().all(|cell| matches!(cell, Cell::Integer(_))) => {
            Values::Integers(all!(0, Cell::Integer(number) => *number).into())
        }
        Some(_) if there().any(|cell| matches!(cell, Cell::Decimal(..))) => {
            let scales =
                there().map(|cell| if let Cell::Decimal(_, scale) = cell { *scale } else { 0 });
            let scale = scales.max().unwrap_or(0);
            let mut digits = Vec::with_capacity(cells.len());
            for (row, cell) in cells.iter().enumerate() {
                let value = match cell {
                    Cell::Decimal(digits, own) => {
                        digits.checked_mul(10_i128.pow(u32::from(scale - own)))
                    }
                    Cell::Integer(number) => {
                        i128::from(*number).checked_mul(10_i128.pow(scale.into()))
                    }
                    cell if is_null(cell) => Some(0),
                    _ => None,
                };
                digits.push(value.ok_or_else(|| {
                    cell_error(name, row, "decimals and integers up to 38 digits")
                })?);
            }
            Values::Decimals(digits.into(), scale)
        }
        Some(_) => Values::Floats(
            all!(f64::NAN, Cell::Float(number) => *number,
                Cell::Integer(number) if number.unsigned_abs() <= 1 << 53 => *number as f64)
            .into(),
        ),
    })
}

/// Classes of the standard library.
struct Classes {
    datetime: Py<PyType>,
    date: Py<PyType>,
    decimal: Py<PyType>,
    uuid: Py<PyType>,
    epoch: Py<PyAny>,
    aware_epoch: Py<PyAny>,
}

impl Classes {
    fn get(py: Python<'_>) -> PyResult<&Self> {
        static CLASSES: PyOnceLock<Classes> = PyOnceLock::new();
        CLASSES.get_or_try_init(py, || {
            let class = |module: &str, name: &str| -> PyResult<Py<PyType>> {
                Ok(py.import(module)?.getattr(name)?.cast_into::<PyType>()?.unbind())
            };
            let datetime = class("datetime", "datetime")?;
            let epoch = datetime.call1(py, (1970, 1, 1))?;
            let utc = py.import("datetime")?.getattr("UTC")?;
            let aware_epoch = datetime.call1(py, (1970, 1, 1, 0, 0, 0, 0, utc))?;
            let (date, decimal) = (class("datetime", "date")?, class("decimal", "Decimal")?);
            Ok(Self { datetime, date, decimal, uuid: class("uuid", "UUID")?, epoch, aware_epoch })
        })
    }

    /// None for what no column can have.
    fn cell(&self, item: &Bound<'_, PyAny>) -> PyResult<Option<Cell>> {
        let py = item.py();
        if item.is_none() {
            return Ok(Some(Cell::Null));
        }
        if let Ok(text) = item.cast::<PyString>() {
            // A lone surrogate is no text.
            return Ok(text.to_str().ok().map(|text| Cell::Text(text.to_owned())));
        }
        if let Ok(yes) = item.cast::<PyBool>() {
            return Ok(Some(Cell::Boolean(yes.is_true())));
        }
        if item.is_instance_of::<PyInt>() {
            return Ok(item.extract().ok().map(Cell::Integer));
        }
        if let Ok(number) = item.cast::<PyFloat>() {
            return Ok(Some(Cell::Float(number.value())));
        }
        if item.is_instance(self.datetime.bind(py))? {
            return self.time(item);
        }
        if item.is_instance(self.date.bind(py))? {
            let day: i32 = item.call_method0("toordinal")?.extract()?;
            return Ok(Some(Cell::Day(day - 719_163)));
        }
        if item.is_instance(self.decimal.bind(py))? {
            return decimal(item);
        }
        if item.is_instance(self.uuid.bind(py))? {
            return Ok(Some(Cell::Text(item.str()?.to_string())));
        }
        let class = item.get_type().name()?;
        match class.to_str()? {
            "NAType" | "NaTType" => Ok(Some(Cell::Null)),
            "bool" | "bool_" => Ok(Some(Cell::Boolean(item.is_truthy()?))),
            // Numbers of other libraries.
            _ if item.hasattr("__index__")? => {
                Ok(item.call_method0("__index__")?.extract().ok().map(Cell::Integer))
            }
            "float32" | "float16" => {
                Ok(Some(Cell::Float(item.call_method0("__float__")?.extract()?)))
            }
            _ => Ok(None),
        }
    }

    fn time(&self, item: &Bound<'_, PyAny>) -> PyResult<Option<Cell>> {
        let py = item.py();
        // Not a time: it does not equal itself.
        if item.ne(item)? {
            return Ok(Some(Cell::Null));
        }
        let offset = item.call_method0("utcoffset")?;
        let (epoch, zone) = if offset.is_none() {
            (&self.epoch, None)
        } else {
            (&self.aware_epoch, Some(zone(item, &offset)?.into()))
        };
        let since = item.call_method1("__sub__", (epoch.bind(py),))?;
        let part = |name: &str| -> PyResult<i64> { since.getattr(name)?.extract() };
        let seconds = part("days")? * 86_400 + part("seconds")?;
        Ok(Some(Cell::Time(seconds * 1_000_000 + part("microseconds")?, zone)))
    }
}

/// What a zone is called: by its key, or by the offset.
fn zone(item: &Bound<'_, PyAny>, offset: &Bound<'_, PyAny>) -> PyResult<String> {
    let zone = item.getattr("tzinfo")?;
    if let Ok(key) = zone.getattr("key")
        && let Ok(key) = key.extract()
    {
        return Ok(key);
    }
    let seconds: i64 = offset.getattr("days")?.extract::<i64>()? * 86_400
        + offset.getattr("seconds")?.extract::<i64>()?;
    if seconds == 0 {
        return Ok("UTC".to_owned());
    }
    let minutes = seconds.abs() / 60;
    Ok(format!("{}{:02}:{:02}", if seconds < 0 { '-' } else { '+' }, minutes / 60, minutes % 60))
}

fn decimal(item: &Bound<'_, PyAny>) -> PyResult<Option<Cell>> {
    if !item.call_method0("is_finite")?.extract::<bool>()? {
        let nan = item.call_method0("is_nan")?.extract::<bool>()?;
        return Ok(nan.then_some(Cell::Null));
    }
    let text = item.call_method1("__format__", ("f",))?.extract::<String>()?;
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = format!("{whole}{part}").parse().ok();
    let scale = u8::try_from(part.len()).ok().filter(|scale| *scale <= 38);
    Ok(digits.zip(scale).map(|(digits, scale)| Cell::Decimal(digits, scale)))
}
