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

/// The function behind a model: on a thread of its own, so that a call has an end even where the model
/// has none.
#[derive(Debug)]
pub(crate) struct SlowFunction(pub(crate) PyFunction);

/// What the thread has said, and who waits for it.
#[derive(Default)]
struct Said {
    answer: Option<Option<String>>,
    waiting: Option<Waker>,
}

#[async_trait::async_trait]
impl HostFunction for SlowFunction {
    async fn call(&self, request: String) -> Option<String> {
        let (function, said) = (self.0.clone(), Arc::new(Mutex::new(Said::default())));
        let thread = Arc::clone(&said);
        let spawned = std::thread::Builder::new().spawn(move || {
            let answer = function.answer(request);
            let mut said = thread.lock().unwrap_or_else(PoisonError::into_inner);
            said.answer = Some(answer);
            if let Some(waker) = said.waiting.take() {
                waker.wake();
            }
        });
        spawned.ok()?;
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
