//! Goodwill for Node: one entry point, in JSON. The client in `ts/` makes it pleasant.
//!
//! Calls run on worker threads, never on the event loop. Nothing but strings crosses the border, so
//! that no value is changed on the way; what fails comes back as an envelope, and a panic too.

pub mod analytics;
mod host_function;

use std::sync::Arc;

use goodwill::ops::{self, Form, Host, HostLog, Parts};
use napi_derive::napi;

use crate::host_function::{Callback, JsFunction};

/// An open engine.
#[napi]
#[derive(Debug, Default)]
pub struct Handle {
    host: std::sync::OnceLock<Arc<Host>>,
}

#[napi]
impl Handle {
    /// A handle that is not open yet.
    #[napi(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens the engine, once, on a log and with a model of the host's if there are any; gives an
    /// envelope.
    #[napi]
    pub async fn open(
        &self,
        options: String,
        log: Option<Callback>,
        model: Option<Callback>,
    ) -> String {
        ops::hide_panic_texts();
        let parts = Parts {
            log: log.map(|log| Arc::new(HostLog(JsFunction(log))) as _),
            model: model.map(|model| Arc::new(JsFunction(model)) as _),
            ..Parts::default()
        };
        let opened = ops::guard(|| ops::open_with(&options, parts));
        match opened {
            Ok(host) => {
                // A second opening closes what it has opened itself.
                let _ = self.host.set(Arc::new(host));
                "{\"ok\":null}".to_owned()
            }
            Err(envelope) => envelope,
        }
    }

    /// Answers a call with an envelope; if asked to, with long lists as tables.
    #[napi]
    pub async fn call(&self, operation: String, request: String, packed: Option<bool>) -> String {
        let form = if packed == Some(true) { Form::Packed } else { Form::Plain };
        match self.host.get() {
            Some(host) => ops::answer(Arc::clone(host), operation, request, form).await,
            None => ops::closed(),
        }
    }

    /// Closes the engine: calls that are on their way are finished, later ones are refused.
    #[napi]
    pub fn close(&self) {
        if let Some(host) = self.host.get() {
            host.close();
        }
    }
}

/// Answers a call of a function, which needs no engine, with an envelope.
#[napi]
#[must_use]
pub fn compute(name: String, input: String) -> String {
    ops::hide_panic_texts();
    ops::compute(&name, &input)
}

/// The names of the checks for [`check_log`].
#[napi]
#[must_use]
pub fn log_checks() -> Vec<&'static str> {
    goodwill::store::testing::log_checks().collect()
}

/// Puts a new, empty log to one check; gives the envelope of what it did wrong.
#[napi]
pub async fn check_log(check: String, log: Callback) -> napi::Result<String> {
    ops::hide_panic_texts();
    let checked = move || ops::check_log(&check, HostLog(JsFunction(log)));
    // A check waits for its threads; the runtime's own go on with what they wait for.
    napi::bindgen_prelude::spawn_blocking(checked)
        .await
        .map_err(|_| napi::Error::from_reason("the check was stopped"))
}
