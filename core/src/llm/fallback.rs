//! Several clients, asked one after the other.

use std::sync::Arc;

use async_trait::async_trait;

use super::client::{Call, Capabilities, EventStream, LlmClient};
use super::failures::{LlmError, LlmErrorKind, invalid};
use super::request::LlmRequest;
use super::response::LlmResponse;

/// Asks the first client, and the next when it cannot answer. With [`Rules`](super::Rules) at the
/// end there is an answer without any model.
///
/// After a refusal only rules are asked: another model is no way around it. After a request that
/// nobody would take, and after the caller gave up, nobody is asked.
#[derive(Debug)]
pub struct Fallback {
    clients: Vec<Arc<dyn LlmClient>>,
}

impl Fallback {
    /// Clients in the order in which they are asked.
    #[must_use]
    pub fn new(clients: Vec<Arc<dyn LlmClient>>) -> Self {
        Self { clients }
    }
}

/// Whether a client may be asked after an error of another.
pub(crate) fn may_follow(client: &dyn LlmClient, error: Option<&LlmError>) -> bool {
    let Some(error) = error else { return true };
    // A quota that a service told of is that service's alone.
    let own_quota = error.kind() == LlmErrorKind::BudgetExhausted && error.status().is_some();
    match error.kind() {
        LlmErrorKind::InvalidRequest | LlmErrorKind::Cancelled => false,
        LlmErrorKind::Refused | LlmErrorKind::DeadlineExceeded | LlmErrorKind::BudgetExhausted => {
            own_quota || client.capabilities().deterministic
        }
        _ => true,
    }
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl LlmClient for Fallback {
    /// What the first client can be asked for.
    fn capabilities(&self) -> Capabilities {
        self.clients.first().map(|client| client.capabilities()).unwrap_or_default()
    }

    async fn complete(&self, request: &LlmRequest, call: &Call) -> Result<LlmResponse, LlmError> {
        let mut last = None;
        for client in &self.clients {
            if may_follow(client, last.as_ref()) {
                match client.complete(request, call).await {
                    Ok(response) => return Ok(response),
                    Err(error) => last = Some(error),
                }
            }
        }
        Err(last.unwrap_or_else(|| invalid("clients: expected one or more")))
    }

    async fn stream(
        &self,
        request: &LlmRequest,
        call: &Call,
    ) -> Result<Box<dyn EventStream>, LlmError> {
        let mut last = None;
        for client in &self.clients {
            if may_follow(client, last.as_ref()) {
                match client.stream(request, call).await {
                    Ok(stream) => return Ok(stream),
                    Err(error) => last = Some(error),
                }
            }
        }
        Err(last.unwrap_or_else(|| invalid("clients: expected one or more")))
    }
}
