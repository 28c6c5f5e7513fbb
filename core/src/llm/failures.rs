//! What goes wrong between a host and a language model.

use std::fmt;
use std::time::Duration;

use super::response::LlmResponse;
use crate::error::{Code, Error};

/// What a caller can do about a failed call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LlmErrorKind {
    /// No connection, a connection that broke, or a service that fails: the same call may succeed.
    Transport,
    /// The service asks for fewer calls: the same call may succeed later.
    RateLimited,
    /// The model, or a filter around it, declines.
    Refused,
    /// The service does not take the request.
    InvalidRequest,
    /// The service does not take the key.
    Authentication,
    /// The request has more tokens than the model reads.
    ContextTooLong,
    /// The service answers in no form that it documents.
    Malformed,
    /// The answer came, but it is not what was asked for.
    Semantic,
    /// The caller gave up.
    Cancelled,
    /// The deadline passed.
    DeadlineExceeded,
    /// The service failed so often that it is not asked for a while.
    CircuitOpen,
    /// The attempts, tokens or money of the call are spent, or the account's quota is.
    BudgetExhausted,
}

impl LlmErrorKind {
    /// The code that an [`Error`] of this kind has.
    #[must_use]
    pub fn code(self) -> Code {
        match self {
            Self::Transport => Code::LlmTransport,
            Self::RateLimited => Code::LlmRateLimited,
            Self::Refused => Code::LlmRefused,
            Self::InvalidRequest => Code::LlmInvalidRequest,
            Self::Authentication => Code::LlmAuthentication,
            Self::ContextTooLong => Code::LlmContextTooLong,
            Self::Malformed => Code::LlmMalformed,
            Self::Semantic => Code::LlmSemantic,
            Self::Cancelled => Code::LlmCancelled,
            Self::DeadlineExceeded => Code::LlmDeadlineExceeded,
            Self::CircuitOpen => Code::LlmCircuitOpen,
            Self::BudgetExhausted => Code::LlmBudgetExhausted,
        }
    }
}

/// A failed call. It has no place for a key, a prompt or an answer: its words are this library's.
///
/// ```
/// use goodwill::Code;
/// use goodwill::llm::{LlmError, LlmErrorKind};
///
/// let error = LlmError::new(LlmErrorKind::RateLimited, "too many requests").with_status(429);
/// assert!(error.retryable());
/// assert_eq!(goodwill::Error::from(error).code(), Code::LlmRateLimited);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LlmError {
    kind: LlmErrorKind,
    detail: &'static str,
    status: Option<u16>,
    retry_after: Option<Duration>,
    answer: Option<Box<FlawedAnswer>>,
}

/// The best of the answers that failed their check.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FlawedAnswer {
    response: LlmResponse,
    usable: bool,
}

impl LlmError {
    /// An error with words of the library.
    #[must_use]
    pub fn new(kind: LlmErrorKind, detail: &'static str) -> Self {
        Self { kind, detail, status: None, retry_after: None, answer: None }
    }

    /// With the status of the HTTP answer.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// With the time that the service asks to wait.
    #[must_use]
    pub fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.retry_after = wait;
        self
    }

    /// With the best of the answers that failed their check, and whether it
    /// [can be used](super::Flaw::usable) nevertheless.
    #[must_use]
    pub fn with_answer(mut self, response: LlmResponse, usable: bool) -> Self {
        self.answer = Some(Box::new(FlawedAnswer { response, usable }));
        self
    }

    /// The best of the answers that failed their check, if any came.
    #[must_use]
    pub fn answer(&self) -> Option<&LlmResponse> {
        self.answer.as_ref().map(|answer| &answer.response)
    }

    /// The same if it has everything and only should be better.
    #[must_use]
    pub fn usable_answer(&self) -> Option<&LlmResponse> {
        self.answer.as_ref().filter(|answer| answer.usable).map(|answer| &answer.response)
    }

    /// What a caller can do.
    #[must_use]
    pub fn kind(&self) -> LlmErrorKind {
        self.kind
    }

    /// The status of the HTTP answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// How long the service asks to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// Whether the same request to the same service may succeed at once or after a wait.
    #[must_use]
    pub fn retryable(&self) -> bool {
        matches!(self.kind, LlmErrorKind::Transport | LlmErrorKind::RateLimited)
    }
}

impl fmt::Display for LlmError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.code(), self.detail)?;
        match self.status {
            Some(status) => write!(f, " (HTTP {status})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for LlmError {}

impl From<LlmError> for Error {
    fn from(error: LlmError) -> Self {
        let mut common = Self::new(error.kind.code(), error.detail);
        if let Some(status) = error.status {
            common = common.with("status", status);
        }
        if let Some(wait) = error.retry_after {
            let millis = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
            common = common.with("retryAfterMs", millis);
        }
        common
    }
}

/// An answer in no documented form.
pub(crate) fn malformed(detail: &'static str) -> LlmError {
    LlmError::new(LlmErrorKind::Malformed, detail)
}

/// A request that the provider cannot be asked.
pub(crate) fn invalid(detail: &'static str) -> LlmError {
    LlmError::new(LlmErrorKind::InvalidRequest, detail)
}
