//! Errors as exceptions of Python.

use goodwill::{Error, ops};
use pyo3::prelude::*;

/// The exception of an error: one of the package's own.
pub(crate) fn raised(error: Error) -> PyErr {
    of_envelope(&ops::guard(|| Err::<(), _>(error)).err().unwrap_or_default())
}

/// The exception of an envelope.
pub(crate) fn of_envelope(envelope: &str) -> PyErr {
    Python::attach(|py| {
        let made = || {
            let runtime = py.import("goodwill._runtime")?;
            runtime.call_method1("error_of_envelope", (envelope,))
        };
        made().map_or_else(|error| error, PyErr::from_value)
    })
}
