//! A budget for clients that keep none.

use async_trait::async_trait;

use crate::llm::client::{Call, Capabilities, LlmClient};
use crate::llm::failures::LlmError;
use crate::llm::request::LlmRequest;
use crate::llm::response::{LlmResponse, Origin};

/// Counts the requests of a client that no layer inside has counted, and stops when the budget of
/// the call is spent.
#[derive(Debug)]
pub(super) struct Uncounted<'c>(pub(super) &'c dyn LlmClient);

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl LlmClient for Uncounted<'_> {
    fn capabilities(&self) -> Capabilities {
        self.0.capabilities()
    }

    async fn complete(&self, request: &LlmRequest, call: &Call) -> Result<LlmResponse, LlmError> {
        call.budget.open()?;
        let before = call.budget.spent().attempts;
        let result = self.0.complete(request, call).await;
        let asked = result.as_ref().map_or(true, |response| response.origin == Origin::Model);
        if asked && call.budget.spent().attempts == before {
            call.budget.count();
            call.budget.spend(result.as_ref().map(|one| one.usage).unwrap_or_default(), 0);
        }
        result
    }
}
