//! Functions of the host's, in Python.

use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};

use goodwill::ops::HostFunction;
use pyo3::prelude::*;

/// The function behind a log. It may be called from any thread, and holds it.
#[derive(Clone)]
pub(crate) struct PyFunction(pub(crate) Arc<Py<PyAny>>);

impl PyFunction {
    fn answer(&self, request: String) -> Option<String> {
        // Nothing when the interpreter is about to go.
        let answer = Python::try_attach(|py| self.0.call1(py, (request,))?.extract(py));
        answer?.ok()
    }
}

impl std::fmt::Debug for PyFunction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PyFunction")
    }
}

#[async_trait::async_trait]
impl HostFunction for PyFunction {
    async fn call(&self, request: String) -> Option<String> {
        self.answer(request)
    }
}

/// The function behind a model, which is given a request and a [`Reply`] and returns at once. It answers from a
/// daemon thread of Python's own, so that a call has an end even where the model has none, and the interpreter
/// can go while the model is still busy: it may end such a thread wherever that stands, and nothing of Rust
/// is on its stack.
#[derive(Debug)]
pub(crate) struct SlowFunction(pub(crate) Py<PyAny>);

/// What the thread has said, and who waits for it.
#[derive(Default)]
struct Said {
    answer: Option<Option<String>>,
    waiting: Option<Waker>,
}

impl Said {
    /// The first answer counts.
    fn say(said: &Mutex<Self>, answer: Option<String>) {
        let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.answer.is_none() {
            said.answer = Some(answer);
            if let Some(waker) = said.waiting.take() {
                waker.wake();
            }
        }
    }
}

/// Takes the answer to one request.
#[pyclass(frozen)]
struct Reply(Arc<Mutex<Said>>);

#[pymethods]
impl Reply {
    fn __call__(&self, answer: String) {
        Said::say(&self.0, Some(answer));
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        // Nobody can answer any more.
        Said::say(&self.0, None);
    }
}

#[async_trait::async_trait]
impl HostFunction for SlowFunction {
    async fn call(&self, request: String) -> Option<String> {
        let said = Arc::new(Mutex::new(Said::default()));
        let reply = Reply(Arc::clone(&said));
        let begun = Python::try_attach(|py| self.0.call1(py, (request, reply)).map(drop));
        begun?.ok()?;
        std::future::poll_fn(|context| {
            let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(answer) = said.answer.take() {
                return Poll::Ready(answer);
            }
            said.waiting = Some(context.waker().clone());
            Poll::Pending
        })
        .await
    }
}
