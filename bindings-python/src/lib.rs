//! Goodwill for Python. The package in `python/` makes it pleasant.
//!
//! The engine has one entry point, in JSON: nothing but text crosses the border, so that no value is
//! changed on the way; what fails comes back as an envelope, and a panic too. Analytics take and give
//! columns. Both release the interpreter's lock while they work.

mod analytics;
mod columns;
mod failure;
mod host_function;
mod work;

use pyo3::prelude::*;

/// The native part of the package.
#[pymodule]
mod _native {
    use std::sync::Arc;

    use goodwill::ops::{self, Host, HostLog, Parts};
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::analytics::analyze;
    #[pymodule_export]
    use crate::columns::{Column, Frame, column, frame};
    use crate::host_function::{PyFunction, SlowFunction};

    /// An open engine.
    #[pyclass(frozen)]
    #[derive(Debug)]
    struct Handle {
        host: Host,
    }

    /// Opens an engine, on a log and with a model of the host's if there are any: a handle, or the
    /// envelope of an error.
    #[pyfunction]
    #[pyo3(signature = (options, log=None, model=None))]
    fn open_engine(
        py: Python<'_>,
        options: &str,
        log: Option<Py<PyAny>>,
        model: Option<Py<PyAny>>,
    ) -> PyResult<Py<PyAny>> {
        ops::hide_panic_texts();
        let opened = py.detach(|| {
            let parts = Parts {
                log: log.map(|log| Arc::new(HostLog(PyFunction(Arc::new(log)))) as _),
                model: model.map(|model| Arc::new(SlowFunction(model)) as _),
                ..Parts::default()
            };
            ops::guard(|| ops::open_with(options, parts))
        });
        match opened {
            Ok(host) => Ok(Py::new(py, Handle { host })?.into_any()),
            Err(envelope) => Ok(envelope.into_pyobject(py)?.into_any().unbind()),
        }
    }

    /// Answers a call of a function, which needs no engine, with an envelope.
    #[pyfunction]
    fn compute(py: Python<'_>, name: &str, input: &str) -> String {
        ops::hide_panic_texts();
        py.detach(|| ops::compute(name, input))
    }

    /// The names of the checks for logs.
    #[pyfunction]
    fn log_checks() -> Vec<&'static str> {
        goodwill::store::testing::log_checks().collect()
    }

    /// Puts a new, empty log to one check; gives the envelope of what it did wrong.
    #[pyfunction]
    fn check_log(py: Python<'_>, check: &str, log: Py<PyAny>) -> String {
        ops::hide_panic_texts();
        py.detach(|| ops::check_log(check, HostLog(PyFunction(Arc::new(log)))))
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
