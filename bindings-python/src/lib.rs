//! Goodwill for Python: one entry point, in JSON. The package in `python/` makes it pleasant.
//!
//! Calls release the interpreter's lock. Nothing but text crosses the border, so that no value is
//! changed on the way; what fails comes back as an envelope, and a panic too.

use pyo3::prelude::*;

/// The native part of the package.
#[pymodule]
mod _native {
    use goodwill::ops::{self, Host};
    use pyo3::prelude::*;

    /// An open engine.
    #[pyclass(frozen)]
    #[derive(Debug)]
    struct Handle {
        host: Host,
    }

    /// Opens an engine: a handle, or the envelope of an error.
    #[pyfunction]
    fn open_engine(py: Python<'_>, options: &str) -> PyResult<Py<PyAny>> {
        ops::hide_panic_texts();
        match py.detach(|| ops::open_or_envelope(options)) {
            Ok(host) => Ok(Py::new(py, Handle { host })?.into_any()),
            Err(envelope) => Ok(envelope.into_pyobject(py)?.into_any().unbind()),
        }
    }

    #[pymethods]
    impl Handle {
        /// Answers a call with an envelope.
        fn call(&self, py: Python<'_>, operation: &str, request: &str) -> String {
            py.detach(|| ops::call(&self.host, operation, request))
        }

        /// Closes the engine: calls that are on their way are finished, later ones are refused.
        fn close(&self, py: Python<'_>) {
            py.detach(|| self.host.close());
        }
    }
}
