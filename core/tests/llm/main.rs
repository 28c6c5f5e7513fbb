//! Language models without one: codecs, streams, layers, cache and rules.

#![cfg(test)]

mod answer_streams;
mod ask;
mod cache;
mod codecs;
#[path = "../common/mod.rs"]
mod common;
mod features;
mod kept_answers;
mod layers;
mod rules;
mod run_endings;
mod secrets;
mod streams;
mod timeline;
mod twins;

use std::sync::Arc;

use goodwill::llm::{Budget, Call, LlmRequest, ManualSleeper};
use goodwill::prompts::messages::Message;
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
