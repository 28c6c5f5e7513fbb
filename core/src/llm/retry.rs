//! The one layer that tries again when a service fails, and that spends the budget.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use super::budget::Budget;
use super::client::{Call, Capabilities, EventStream, LlmClient};
use super::failures::LlmError;
use super::prices::PriceTable;
use super::request::LlmRequest;
use super::response::{LlmEvent, LlmResponse};
use super::runtime::Runtime;

/// How long to wait between attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// The longest wait after the first failure; it doubles with every further one.
    pub first: Duration,
    /// The longest wait after any failure, and the longest that a service may ask for: when it asks
    /// for more, the call fails and says so.
    pub longest: Duration,
}

impl Default for RetryPolicy {
    /// Half a second, and half a minute.
    fn default() -> Self {
        Self { first: Duration::from_millis(500), longest: Duration::from_secs(30) }
    }
}

/// Asks again after failures of transport and after calls for fewer requests, with full jitter and
/// never before the service allows it; within the call's [`Budget`], whose attempts, tokens, money
/// and deadline it keeps.
///
/// Inside another such layer it asks once, so that attempts never multiply.
#[derive(Debug)]
pub struct Retrying<C> {
    inner: C,
    runtime: Runtime,
    policy: RetryPolicy,
    prices: Arc<PriceTable>,
}

impl<C: LlmClient> Retrying<C> {
    /// A layer around a client, with the usual waits and without prices.
    #[must_use]
    pub fn new(inner: C, runtime: Runtime) -> Self {
        Self { inner, runtime, policy: RetryPolicy::default(), prices: Arc::default() }
    }

    /// With other waits.
    #[must_use]
    pub fn with_policy(mut self, policy: RetryPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// With prices, so that the budget's money counts.
    #[must_use]
    pub fn with_prices(mut self, prices: Arc<PriceTable>) -> Self {
        self.prices = prices;
        self
    }

    /// One attempt, which ends at the deadline.
    async fn attempt<T>(
        &self,
        budget: &Budget,
        work: impl Future<Output = Result<T, LlmError>>,
    ) -> Result<T, LlmError> {
        let now = self.runtime.now();
        budget.begin(now)?;
        match budget.left(now)? {
            Some(left) => self.runtime.within(left, work).await,
            None => work.await,
        }
    }

    /// Waits before the next attempt, or returns the error when there is none.
    async fn pause(&self, budget: &Budget, error: LlmError, round: u32) -> Result<(), LlmError> {
        if !error.retryable() || !budget.has_attempts() {
            return Err(error);
        }
        let doubled =
            2_u32.checked_pow(round).and_then(|factor| self.policy.first.checked_mul(factor));
        let most = doubled.unwrap_or(self.policy.longest).min(self.policy.longest);
        let wait = match error.retry_after() {
            Some(asked) if asked > self.policy.longest => return Err(error),
            // Not before the service allows it, and not all callers at the same instant.
            Some(asked) => asked.saturating_add(self.runtime.up_to(self.policy.first)),
            None => self.runtime.up_to(most),
        };
        match budget.left(self.runtime.now()) {
            Ok(Some(left)) if wait >= left => Err(error),
            Err(_) => Err(error),
            Ok(_) => {
                self.runtime.sleeper.sleep(wait).await;
                Ok(())
            }
        }
    }
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl<C: LlmClient> LlmClient for Retrying<C> {
    fn capabilities(&self) -> Capabilities {
        self.inner.capabilities()
    }

    async fn complete(&self, request: &LlmRequest, call: &Call) -> Result<LlmResponse, LlmError> {
        if call.retried {
            return self.inner.complete(request, call).await;
        }
        let inside = Call { retried: true, ..call.clone() };
        let mut round = 0;
        loop {
            let work = self.inner.complete(request, &inside);
            match self.attempt(&call.budget, work).await {
                Ok(response) => {
                    let cost = self.prices.cost_of(&response);
                    call.budget.spend(response.usage, cost);
                    return Ok(response);
                }
                Err(error) => self.pause(&call.budget, error, round).await?,
            }
            round += 1;
        }
    }

    /// Tries again until a stream is open; what breaks later is the caller's to decide on, since a
    /// part of the text was seen. An open stream has no deadline.
    async fn stream(
        &self,
        request: &LlmRequest,
        call: &Call,
    ) -> Result<Box<dyn EventStream>, LlmError> {
        if call.retried {
            return self.inner.stream(request, call).await;
        }
        let inside = Call { retried: true, ..call.clone() };
        let mut round = 0;
        loop {
            let work = self.inner.stream(request, &inside);
            match self.attempt(&call.budget, work).await {
                Ok(inner) => {
                    let (budget, prices) = (Arc::clone(&call.budget), Arc::clone(&self.prices));
                    return Ok(Box::new(Metered { inner, budget, prices }));
                }
                Err(error) => self.pause(&call.budget, error, round).await?,
            }
            round += 1;
        }
    }
}

/// A stream whose end is written down in the budget.
struct Metered {
    inner: Box<dyn EventStream>,
    budget: Arc<Budget>,
    prices: Arc<PriceTable>,
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl EventStream for Metered {
    async fn next(&mut self) -> Result<Option<LlmEvent>, LlmError> {
        let event = self.inner.next().await?;
        if let Some(LlmEvent::Done(response)) = &event {
            self.budget.spend(response.usage, self.prices.cost_of(response));
        }
        Ok(event)
    }
}
