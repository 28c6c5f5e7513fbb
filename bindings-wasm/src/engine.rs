//! The engine, in memory.

use std::sync::Arc;

use goodwill::ops::{self, Host, Parts};
use goodwill::{Clock, Timestamp};
use wasm_bindgen::prelude::*;

/// The browser's clock.
#[derive(Debug)]
struct BrowserClock;

impl Clock for BrowserClock {
    fn now(&self) -> Timestamp {
        // Whole milliseconds of these centuries fit.
        Timestamp::from_millis(js_sys::Date::now() as i64).unwrap_or(Timestamp::MAX)
    }
}

/// An open engine.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Handle {
    host: Host,
}

#[wasm_bindgen]
impl Handle {
    /// Opens an engine in memory; throws the envelope of an error.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str) -> Result<Handle, JsValue> {
        let parts = Parts { clock: Arc::new(BrowserClock), ..Parts::default() };
        let opened = ops::guard(|| ops::open_with(options, parts));
        opened.map(|host| Self { host }).map_err(|envelope| JsValue::from_str(&envelope))
    }

    /// Answers a call with an envelope.
    pub fn call(&self, operation: &str, request: &str) -> String {
        ops::call(&self.host, operation, request)
    }

    /// Closes the engine: later calls are refused.
    pub fn close(&self) {
        self.host.close();
    }
}
