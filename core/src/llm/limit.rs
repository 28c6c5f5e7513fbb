//! How many calls a provider may get at once and in a minute.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

use super::client::{Call, Capabilities, EventStream, LlmClient};
use super::failures::{LlmError, LlmErrorKind};
use super::gate::{Gate, Place};
use super::request::LlmRequest;
use super::response::{LlmEvent, LlmResponse};
use super::runtime::Runtime;
use crate::time::Timestamp;

/// The limits of a provider's account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Calls at the same time, streams that are open included.
    pub at_once: usize,
    /// Calls a minute, if limited.
    pub calls_per_minute: Option<u32>,
    /// Tokens a minute, input and output together, if limited.
    pub tokens_per_minute: Option<u32>,
}

impl Default for Limits {
    /// Eight at once.
    fn default() -> Self {
        Self { at_once: 8, calls_per_minute: None, tokens_per_minute: None }
    }
}

/// Keeps the [`Limits`] of a provider: calls wait for their turn, and fail with
/// `llm.rate_limited` when that would come after their deadline.
///
/// Tokens are estimated before a call (a token for 3.2 bytes, and all that the answer may have) and
/// put right after it.
#[derive(Debug)]
pub struct Limited<C> {
    inner: C,
    runtime: Runtime,
    gate: Arc<Gate>,
    calls: Option<Bucket>,
    tokens: Option<Bucket>,
}

impl<C: LlmClient> Limited<C> {
    /// A layer around the client of one provider.
    #[must_use]
    pub fn new(inner: C, limits: Limits, runtime: Runtime) -> Self {
        let bucket = |limit: Option<u32>| limit.map(|limit| Bucket::new(limit, runtime.now()));
        Self {
            inner,
            gate: Gate::new(limits.at_once),
            calls: bucket(limits.calls_per_minute),
            tokens: bucket(limits.tokens_per_minute),
            runtime,
        }
    }

    /// Waits for a turn; returns the place and the tokens that were set aside.
    async fn turn(&self, request: &LlmRequest, call: &Call) -> Result<(Place, u64), LlmError> {
        let estimate = estimate(request);
        let now = self.runtime.now();
        let left = call.budget.left(now)?;
        let calls = self.calls.as_ref().map(|bucket| bucket.take(1, now));
        let tokens = self.tokens.as_ref().map(|bucket| bucket.take(estimate, now));
        let waits = [&calls, &tokens].into_iter().flatten().map(|taken| taken.wait);
        let wait = waits.max().unwrap_or_default();
        if left.is_some_and(|left| wait >= left) {
            let detail = "the turn of the call comes after its deadline";
            let error = LlmError::new(LlmErrorKind::RateLimited, detail);
            return Err(error.with_retry_after(Some(wait)));
        }
        if !wait.is_zero() {
            self.runtime.sleeper.sleep(wait).await;
        }
        let place = self.gate.enter().await;
        for taken in [calls, tokens].into_iter().flatten() {
            taken.keep();
        }
        Ok((place, estimate))
    }

    fn settle(&self, estimate: u64, used: u64) {
        if let Some(bucket) = &self.tokens {
            bucket.correct(estimate, used);
        }
    }
}

/// The tokens that a call may need.
fn estimate(request: &LlmRequest) -> u64 {
    let bytes: usize = request.messages.iter().map(|message| message.words().len()).sum();
    let input = u64::try_from(bytes).unwrap_or(u64::MAX / 10).saturating_mul(10).div_ceil(32);
    input.saturating_add(u64::from(request.max_output_tokens.unwrap_or(0)))
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl<C: LlmClient> LlmClient for Limited<C> {
    fn capabilities(&self) -> Capabilities {
        self.inner.capabilities()
    }

    async fn complete(&self, request: &LlmRequest, call: &Call) -> Result<LlmResponse, LlmError> {
        let (_place, estimate) = self.turn(request, call).await?;
        let response = self.inner.complete(request, call).await?;
        self.settle(estimate, response.usage.total());
        Ok(response)
    }

    async fn stream(
        &self,
        request: &LlmRequest,
        call: &Call,
    ) -> Result<Box<dyn EventStream>, LlmError> {
        let (place, _) = self.turn(request, call).await?;
        let inner = self.inner.stream(request, call).await?;
        Ok(Box::new(Occupying { inner, _place: place }))
    }
}

/// A stream that holds its place until it is dropped.
struct Occupying {
    inner: Box<dyn EventStream>,
    _place: Place,
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl EventStream for Occupying {
    async fn next(&mut self) -> Result<Option<LlmEvent>, LlmError> {
        self.inner.next().await
    }
}

/// A token bucket that holds a minute's worth. What is taken ahead of time is a debt, and whoever
/// takes it waits until it is paid.
#[derive(Debug)]
struct Bucket {
    per_minute: i128,
    level: Mutex<Level>,
}

/// Units of a token for a minute of milliseconds, so that every millisecond adds a whole number.
#[derive(Debug)]
struct Level {
    units: i128,
    at: Timestamp,
}

const UNITS: i128 = 60_000;

impl Bucket {
    fn new(per_minute: u32, now: Timestamp) -> Self {
        let per_minute = i128::from(per_minute.max(1));
        Self { per_minute, level: Mutex::new(Level { units: per_minute * UNITS, at: now }) }
    }

    fn take(&self, amount: u64, now: Timestamp) -> Taken<'_> {
        let mut level = self.lock();
        let passed = i128::try_from(now.saturating_since(level.at).as_millis()).unwrap_or(0);
        level.units = (level.units + passed * self.per_minute).min(self.per_minute * UNITS);
        level.at = level.at.max(now);
        level.units -= i128::from(amount) * UNITS;
        let debt = (-level.units).max(0);
        let millis = debt.unsigned_abs().div_ceil(self.per_minute.unsigned_abs());
        let wait = Duration::from_millis(u64::try_from(millis).unwrap_or(u64::MAX));
        Taken { bucket: self, amount, wait }
    }

    fn correct(&self, taken: u64, used: u64) {
        let mut level = self.lock();
        let units = level.units + (i128::from(taken) - i128::from(used)) * UNITS;
        level.units = units.min(self.per_minute * UNITS);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Level> {
        self.level.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tokens taken ahead; given back when the call is given up before it is sent.
struct Taken<'b> {
    bucket: &'b Bucket,
    amount: u64,
    wait: Duration,
}

impl Taken<'_> {
    fn keep(mut self) {
        self.amount = 0;
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        self.bucket.correct(self.amount, 0);
    }
}
