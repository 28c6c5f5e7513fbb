//! Language models without one: codecs, streams, layers, cache and rules.

#![cfg(test)]

mod cache;
mod codecs;
mod layers;
mod rules;
mod secrets;
mod streams;

use std::sync::Arc;

use goodwill::llm::{Budget, Call, LlmRequest, ManualSleeper, Message};
use goodwill::{ManualClock, Timestamp};

fn start() -> Timestamp {
    "2026-03-01T08:00:00Z".parse().unwrap()
}

fn sleeper() -> Arc<ManualSleeper> {
    ManualSleeper::new(Arc::new(ManualClock::new(start())))
}

fn request() -> LlmRequest {
    LlmRequest::new("small", vec![Message::system("Be brief."), Message::user("Hello")])
}

fn call(attempts: u32) -> Call {
    Call::new("test", Budget::attempts(attempts))
}
