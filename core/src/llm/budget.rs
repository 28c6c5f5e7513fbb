//! How far all attempts of one call together may go.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::failures::{LlmError, LlmErrorKind};
use super::response::Usage;
use super::runtime::overdue;
use crate::time::Timestamp;

/// What was spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spent {
    /// Requests to providers.
    pub attempts: u32,
    /// Tokens, input and output together.
    pub tokens: u64,
    /// Money in millionths of the unit of the price table.
    pub micros: u64,
}

/// One budget for the retries of the transport, the repairs of answers and the fallbacks together.
///
/// ```
/// use goodwill::llm::Budget;
///
/// let budget = Budget::attempts(4).with_tokens(20_000).with_micros(50_000);
/// assert_eq!(budget.spent().attempts, 0);
/// ```
#[derive(Debug)]
pub struct Budget {
    attempts: u32,
    tokens: Option<u64>,
    micros: Option<u64>,
    deadline: Option<Timestamp>,
    spent: Mutex<Spent>,
}

impl Budget {
    /// At most so many requests to providers; no other bound.
    #[must_use]
    pub fn attempts(attempts: u32) -> Self {
        Self { attempts, tokens: None, micros: None, deadline: None, spent: Mutex::default() }
    }

    /// No further request once so many tokens are spent.
    #[must_use]
    pub fn with_tokens(mut self, tokens: u64) -> Self {
        self.tokens = Some(tokens);
        self
    }

    /// No further request once so many millionths of the currency unit are spent.
    #[must_use]
    pub fn with_micros(mut self, micros: u64) -> Self {
        self.micros = Some(micros);
        self
    }

    /// Nothing goes on after this instant.
    #[must_use]
    pub fn until(mut self, deadline: Timestamp) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// The instant after which nothing goes on.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        self.deadline
    }

    /// What was spent so far.
    #[must_use]
    pub fn spent(&self) -> Spent {
        *self.lock()
    }

    /// The time that is left, if there is a deadline.
    ///
    /// # Errors
    /// `llm.deadline_exceeded` when none is.
    pub fn left(&self, now: Timestamp) -> Result<Option<Duration>, LlmError> {
        match self.deadline.map(|deadline| deadline.saturating_since(now)) {
            Some(left) if left.is_zero() => Err(overdue()),
            left => Ok(left),
        }
    }

    /// Takes an attempt.
    pub(crate) fn begin(&self, now: Timestamp) -> Result<(), LlmError> {
        self.left(now)?;
        self.open()?;
        self.count();
        Ok(())
    }

    /// Whether an attempt more may be taken, whatever the time.
    pub(crate) fn open(&self) -> Result<(), LlmError> {
        let spent = self.spent();
        let over = |limit: Option<u64>, used: u64| limit.is_some_and(|limit| used >= limit);
        let detail = if spent.attempts >= self.attempts {
            "the attempts of the call are spent"
        } else if over(self.tokens, spent.tokens) {
            "the tokens of the call are spent"
        } else if over(self.micros, spent.micros) {
            "the money of the call is spent"
        } else {
            return Ok(());
        };
        Err(LlmError::new(LlmErrorKind::BudgetExhausted, detail))
    }

    /// Counts an attempt.
    pub(crate) fn count(&self) {
        let mut spent = self.lock();
        spent.attempts = spent.attempts.saturating_add(1);
    }

    /// Whether there are attempts left.
    pub(crate) fn has_attempts(&self) -> bool {
        self.lock().attempts < self.attempts
    }

    /// Writes down what an answer cost.
    pub(crate) fn spend(&self, usage: Usage, micros: u64) {
        let mut spent = self.lock();
        spent.tokens = spent.tokens.saturating_add(usage.total());
        spent.micros = spent.micros.saturating_add(micros);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Spent> {
        self.spent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
