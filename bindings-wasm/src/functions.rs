//! What needs no engine.

use wasm_bindgen::prelude::*;

/// Answers a call of a function with an envelope.
#[wasm_bindgen]
#[must_use]
pub fn compute(name: &str, input: &str) -> String {
    goodwill::ops::compute(name, input)
}
