//! What is done to texts from outside before they are printed.

use std::cell::Cell;

use serde_json::Value as Json;

use super::{Schema, Trust, TrustLevel};
use crate::prompts::render::Guard;
use crate::prompts::render::trace::pattern;
use crate::prompts::trust::{Fence, single_line};

/// The guard of a prompt.
pub(crate) struct Protection<'p> {
    trust: &'p Trust,
    /// The schema, if the input is as it says.
    schema: Option<&'p Schema>,
    fence: Fence,
    fenced: Cell<bool>,
}

impl<'p> Protection<'p> {
    pub(crate) fn new(trust: &'p Trust, schema: Option<&'p Schema>, input: &Json) -> Self {
        let mut texts = Vec::new();
        let fences = trust.paths.values().chain(&trust.default);
        if fences.into_iter().any(|level| *level == TrustLevel::Fence) {
            collect(input, &mut texts);
        }
        Self { trust, schema, fence: Fence::around(texts), fenced: Cell::new(false) }
    }

    /// Whether the value of a path may stand in the message of the system.
    pub(crate) fn is_trusted(&self, path: &str) -> bool {
        let harmless = || self.schema.and_then(|schema| schema.at(path));
        self.trust.level(path) == Some(TrustLevel::Trusted)
            || harmless().is_some_and(Schema::is_harmless)
    }

    /// What the system's message says about fences, if there was one.
    pub(crate) fn instruction(&self) -> Option<String> {
        self.fenced.get().then(|| self.fence.instruction())
    }
}

/// All texts of the input: the mark of the fence must occur in none of them.
fn collect<'v>(value: &'v Json, texts: &mut Vec<&'v str>) {
    match value {
        Json::String(text) => texts.push(text),
        Json::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        Json::Object(fields) => {
            for (name, value) in fields {
                texts.push(name);
                collect(value, texts);
            }
        }
        _ => {}
    }
}

impl Guard for Protection<'_> {
    fn protect(&self, path: Option<&str>, text: &str) -> Option<String> {
        match path.and_then(|path| self.trust.level(&pattern(path))) {
            Some(TrustLevel::Trusted) => None,
            Some(TrustLevel::Fence) => {
                self.fenced.set(true);
                Some(self.fence.fence(text))
            }
            Some(TrustLevel::Line) | None => Some(single_line(text)),
        }
    }
}
