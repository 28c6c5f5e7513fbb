//! Analytics: `core`'s table of functions over columns.

use goodwill::ops::columns::{self, Given, Slice, Values};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::columns::Column;
use crate::work;

/// Calls a function of the table: its columns, and its answer in JSON.
#[pyfunction]
#[pyo3(signature = (name, columns, options, progress=None))]
pub(crate) fn analyze<'py>(
    py: Python<'py>,
    name: String,
    columns: &Bound<'py, PyDict>,
    options: String,
    progress: Option<&Bound<'py, PyAny>>,
) -> PyResult<(Bound<'py, PyDict>, String)> {
    let columns = columns.iter().map(|(name, column)| {
        Ok((name.extract()?, column.cast_into::<Column>()?.get().data.clone()))
    });
    let given = Given { columns: columns.collect::<PyResult<_>>()?, options };
    let made = work::done(py, progress, move || {
        let mut made = columns::analyze(&name, &given)?;
        made.columns.iter_mut().for_each(|(_, column)| widen(&mut column.values));
        Ok(made)
    })?;
    let columns = PyDict::new(py);
    for (name, column) in made.columns {
        columns.set_item(name, Py::new(py, Column::new(column))?)?;
    }
    Ok((columns, made.answer))
}

/// Whole numbers have a sign and 64 bits in Python, since NumPy's differences of others begin again at the
/// end of their range.
fn widen(values: &mut Values) {
    fn wide<T: Copy + Into<i64>>(values: &Slice<T>) -> Values {
        Values::Integers(values.iter().map(|value| (*value).into()).collect())
    }
    match values {
        Values::Counts(counts) => *values = wide(counts),
        Values::Shorts(shorts) => *values = wide(shorts),
        Values::Bytes(bytes) => *values = wide(bytes),
        _ => {}
    }
}
