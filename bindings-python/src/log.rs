//! A log of the host's: a function of Python.

use goodwill::ops::HostFunction;
use pyo3::prelude::*;

/// The function behind a log. It may be called from any thread.
pub(crate) struct PyFunction(pub(crate) Py<PyAny>);

impl std::fmt::Debug for PyFunction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PyFunction")
    }
}

#[async_trait::async_trait]
impl HostFunction for PyFunction {
    async fn call(&self, request: String) -> Option<String> {
        // Nothing when the interpreter is about to go.
        let answer = Python::try_attach(|py| self.0.call1(py, (request,))?.extract(py));
        answer?.ok()
    }
}
