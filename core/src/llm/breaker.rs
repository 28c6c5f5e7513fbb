//! A circuit breaker: a service that fails again and again is left alone for a while.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

use super::client::{Call, Capabilities, EventStream, LlmClient};
use super::failures::{LlmError, LlmErrorKind};
use super::request::LlmRequest;
use super::response::LlmResponse;
use super::runtime::Runtime;
use crate::time::Timestamp;

/// When a circuit opens, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakerPolicy {
    /// So many failures in a row open it.
    pub failures: u32,
    /// After this time one call is let through, which closes it or opens it again.
    pub rest: Duration,
}

impl Default for BreakerPolicy {
    /// Five failures, half a minute.
    fn default() -> Self {
        Self { failures: 5, rest: Duration::from_secs(30) }
    }
}

/// Fails at once with `llm.circuit_open` while a service is left alone. Only failures of transport
/// and calls that had to be given up count: a refused key or a full quota is an answer.
#[derive(Debug)]
pub struct Breaker<C> {
    inner: C,
    runtime: Runtime,
    policy: BreakerPolicy,
    circuit: Mutex<Circuit>,
}

#[derive(Debug, Default)]
struct Circuit {
    failures: u32,
    open_until: Option<Timestamp>,
    trying: bool,
}

impl<C: LlmClient> Breaker<C> {
    /// A layer around the client of one service.
    #[must_use]
    pub fn new(inner: C, policy: BreakerPolicy, runtime: Runtime) -> Self {
        Self { inner, runtime, policy, circuit: Mutex::default() }
    }

    fn admit(&self) -> Result<Trial<'_, C>, LlmError> {
        let mut circuit = self.lock();
        if let Some(until) = circuit.open_until {
            let left = until.saturating_since(self.runtime.now());
            if circuit.trying || !left.is_zero() {
                let error = LlmError::new(LlmErrorKind::CircuitOpen, "the service failed often");
                return Err(error.with_retry_after(Some(left)));
            }
            circuit.trying = true;
        }
        let alone = circuit.trying;
        Ok(Trial { breaker: self, alone })
    }

    fn lock(&self) -> MutexGuard<'_, Circuit> {
        self.circuit.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A call that was let through. Given up, it says nothing about the service.
struct Trial<'b, C: LlmClient> {
    breaker: &'b Breaker<C>,
    alone: bool,
}

impl<C: LlmClient> Trial<'_, C> {
    fn ended<T>(self, result: Result<T, LlmError>) -> Result<T, LlmError> {
        let mut circuit = self.breaker.lock();
        let failed = result.as_ref().err().is_some_and(|error| {
            matches!(error.kind(), LlmErrorKind::Transport | LlmErrorKind::DeadlineExceeded)
        });
        if !failed {
            // A call from before the circuit opened does not close it.
            if self.alone || circuit.open_until.is_none() {
                *circuit = Circuit::default();
            }
        } else {
            circuit.failures = circuit.failures.saturating_add(1);
            if self.alone || circuit.failures >= self.breaker.policy.failures {
                let rest = self.breaker.policy.rest;
                circuit.open_until = Some(self.breaker.runtime.now().saturating_add(rest));
            }
        }
        drop(circuit);
        result
    }
}

impl<C: LlmClient> Drop for Trial<'_, C> {
    fn drop(&mut self) {
        if self.alone {
            self.breaker.lock().trying = false;
        }
    }
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl<C: LlmClient> LlmClient for Breaker<C> {
    fn capabilities(&self) -> Capabilities {
        self.inner.capabilities()
    }

    async fn complete(&self, request: &LlmRequest, call: &Call) -> Result<LlmResponse, LlmError> {
        let trial = self.admit()?;
        trial.ended(self.inner.complete(request, call).await)
    }

    async fn stream(
        &self,
        request: &LlmRequest,
        call: &Call,
    ) -> Result<Box<dyn EventStream>, LlmError> {
        let trial = self.admit()?;
        trial.ended(self.inner.stream(request, call).await)
    }
}
