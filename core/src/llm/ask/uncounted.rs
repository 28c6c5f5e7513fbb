//! A budget for clients that keep none.

use std::sync::Arc;

use async_trait::async_trait;

use crate::llm::budget::Budget;
use crate::llm::client::{Call, Capabilities, EventStream, LlmClient};
use crate::llm::failures::LlmError;
use crate::llm::request::LlmRequest;
use crate::llm::response::{LlmEvent, LlmResponse, Origin};

/// Counts the requests of a client that no layer inside has counted, and stops when the budget of
/// the call is spent.
#[derive(Debug)]
pub(super) struct Uncounted<C>(pub(super) C);

/// Writes down a request, unless somebody has.
fn settle(budget: &Budget, before: u32, result: Result<&LlmResponse, &LlmError>) {
    let asked = result.map_or(true, |response| response.origin == Origin::Model);
    if asked && budget.spent().attempts == before {
        budget.count();
        budget.spend(result.map(|one| one.usage).unwrap_or_default(), 0);
    }
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl<C: LlmClient> LlmClient for Uncounted<C> {
    fn capabilities(&self) -> Capabilities {
        self.0.capabilities()
    }

    async fn complete(&self, request: &LlmRequest, call: &Call) -> Result<LlmResponse, LlmError> {
        call.budget.open()?;
        let before = call.budget.spent().attempts;
        let result = self.0.complete(request, call).await;
        settle(&call.budget, before, result.as_ref());
        result
    }

    async fn stream(
        &self,
        request: &LlmRequest,
        call: &Call,
    ) -> Result<Box<dyn EventStream>, LlmError> {
        call.budget.open()?;
        let before = call.budget.spent().attempts;
        match self.0.stream(request, call).await {
            Ok(inner) => Ok(Box::new(Counting { inner, before, budget: Arc::clone(&call.budget) })),
            Err(error) => {
                settle(&call.budget, before, Err(&error));
                Err(error)
            }
        }
    }
}

/// A stream whose end is written down.
struct Counting {
    inner: Box<dyn EventStream>,
    before: u32,
    budget: Arc<Budget>,
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl EventStream for Counting {
    async fn next(&mut self) -> Result<Option<LlmEvent>, LlmError> {
        let event = self.inner.next().await;
        match &event {
            Ok(Some(LlmEvent::Done(response))) => settle(&self.budget, self.before, Ok(response)),
            Err(error) => settle(&self.budget, self.before, Err(error)),
            Ok(_) => {}
        }
        event
    }
}
