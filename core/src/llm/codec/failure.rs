//! Errors of services, read for what they are. Their words stay out of ours, since services repeat
//! prompts and parts of keys in them.

use serde_json::Value;

use crate::llm::failures::{LlmError, LlmErrorKind};
use crate::llm::http::Headers;
use crate::llm::retry_after::retry_after;
use crate::time::Timestamp;

/// The error that an HTTP answer tells of.
pub(super) fn of_status(status: u16, headers: &Headers, body: &[u8], now: Timestamp) -> LlmError {
    let json: Value = serde_json::from_slice(body).unwrap_or_default();
    let told = Told::new(json.get("error").unwrap_or(&json));
    let error = match status {
        429 if told.quota() => quota(),
        429 => LlmError::new(LlmErrorKind::RateLimited, "the service asks for fewer calls"),
        402 => quota(),
        401 | 403 => LlmError::new(LlmErrorKind::Authentication, "the service refuses the key"),
        413 => too_long(),
        400 | 404 | 405 | 422 | 501 if told.too_long() => too_long(),
        400 | 403..=405 | 422 | 501 if told.refusal() => refusal(),
        // llama.cpp says 500 when an answer with a schema was cut off: sending the same again is in
        // vain, and the service is well.
        500 if told.cut_off() => cut_off(),
        500 if told.too_long() => too_long(),
        501 => not_taken(),
        408 | 409 | 425 | 500.. => {
            LlmError::new(LlmErrorKind::Transport, "the service fails at the moment")
        }
        300..400 => LlmError::new(LlmErrorKind::InvalidRequest, "the service is elsewhere"),
        _ => not_taken(),
    };
    let wait = if error.retryable() { retry_after(headers, now) } else { None };
    error.with_status(status).with_retry_after(wait)
}

/// The error that stands in the body of a success, or in a stream.
pub(super) fn of_body(error: &Value) -> LlmError {
    let told = Told::new(error);
    if told.cut_off() {
        cut_off()
    } else if told.quota() {
        quota()
    } else if told.too_long() {
        too_long()
    } else if told.refusal() {
        refusal()
    } else if told.has(&["rate_limit", "too many requests"]) {
        LlmError::new(LlmErrorKind::RateLimited, "the service asks for fewer calls")
    } else if told.has(&["authentication", "permission", "invalid_api_key"]) {
        LlmError::new(LlmErrorKind::Authentication, "the service refuses the key")
    } else if told.has(&["invalid_request", "not_found"]) {
        not_taken()
    } else {
        LlmError::new(LlmErrorKind::Transport, "the service fails at the moment")
    }
}

/// The type, the code and the words of an error, in lower case.
struct Told(String);

impl Told {
    fn new(error: &Value) -> Self {
        let part = |key: &str| error.get(key).and_then(Value::as_str).unwrap_or_default();
        let whole = error.as_str().unwrap_or_default();
        let parts = [part("type"), part("code"), part("message"), whole];
        Self(parts.join(" ").to_lowercase())
    }

    fn has(&self, marks: &[&str]) -> bool {
        marks.iter().any(|mark| self.0.contains(mark))
    }

    fn quota(&self) -> bool {
        self.has(&["insufficient_quota", "billing", "credit balance"])
    }

    fn too_long(&self) -> bool {
        self.has(&[
            "context_length_exceeded",
            "exceed_context_size",
            "maximum context length",
            "context window",
            "context size",
            "prompt is too long",
        ])
    }

    fn refusal(&self) -> bool {
        self.has(&["content_policy", "content_filter", "responsibleaipolicy", "content management"])
    }

    fn cut_off(&self) -> bool {
        self.has(&["does not match the expected"])
    }
}

fn quota() -> LlmError {
    LlmError::new(LlmErrorKind::BudgetExhausted, "the account's quota is spent")
}

fn too_long() -> LlmError {
    LlmError::new(LlmErrorKind::ContextTooLong, "the request is longer than the model reads")
}

fn refusal() -> LlmError {
    LlmError::new(LlmErrorKind::Refused, "a content policy declines the request")
}

fn cut_off() -> LlmError {
    LlmError::new(LlmErrorKind::Semantic, "the answer does not have the form that was asked for")
}

fn not_taken() -> LlmError {
    LlmError::new(LlmErrorKind::InvalidRequest, "the service does not take the request")
}
