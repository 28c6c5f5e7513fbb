//! Goodwill for Node: one entry point, in JSON. The client in `ts/` makes it pleasant.
//!
//! Calls run on worker threads, never on the event loop. Nothing but strings crosses the border, so
//! that no value is changed on the way; what fails comes back as an envelope, and a panic too.

use std::sync::Arc;

use goodwill::ops::{self, Host};
use napi_derive::napi;

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

    /// Opens the engine, once; gives an envelope.
    #[napi]
    pub async fn open(&self, options: String) -> String {
        ops::hide_panic_texts();
        match ops::open_or_envelope(&options) {
            Ok(host) => {
                // A second opening closes what it has opened itself.
                let _ = self.host.set(Arc::new(host));
                "{\"ok\":null}".to_owned()
            }
            Err(envelope) => envelope,
        }
    }

    /// Answers a call with an envelope.
    #[napi]
    pub async fn call(&self, operation: String, request: String) -> String {
        match self.host.get() {
            Some(host) => ops::answer(Arc::clone(host), operation, request).await,
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
