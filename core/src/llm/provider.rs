//! A provider as a client: a codec over a transport.

use async_trait::async_trait;

use super::client::{Call, Capabilities, EventStream, LlmClient};
use super::codec::{Endpoint, StreamDecoder, decode, encode};
use super::failures::LlmError;
use super::http::{HttpBody, HttpResponse, HttpTransport};
use super::request::LlmRequest;
use super::response::{LlmEvent, LlmResponse};
use super::runtime::Runtime;

/// One service. It asks once: retries, limits and budgets are layers around it.
#[derive(Debug)]
pub struct ProviderClient<T> {
    transport: T,
    endpoint: Endpoint,
    runtime: Runtime,
    model: Option<String>,
}

impl<T: HttpTransport> ProviderClient<T> {
    /// A client of a service.
    #[must_use]
    pub fn new(transport: T, endpoint: Endpoint, runtime: Runtime) -> Self {
        Self { transport, endpoint, runtime, model: None }
    }

    /// With a model of its own in place of the request's: a fallback calls its models by other
    /// names.
    #[must_use]
    pub fn with_model(mut self, model: impl Into<String>) -> Self {
        self.model = Some(model.into());
        self
    }

    fn model<'r>(&'r self, request: &'r LlmRequest) -> &'r str {
        self.model.as_deref().unwrap_or(&request.model)
    }

    async fn send(&self, request: &LlmRequest, stream: bool) -> Result<HttpResponse, LlmError> {
        let post = match &self.model {
            None => encode(request, &self.endpoint, stream)?,
            Some(model) => {
                let renamed = LlmRequest { model: model.clone(), ..request.clone() };
                encode(&renamed, &self.endpoint, stream)?
            }
        };
        self.transport.send(post).await
    }

    /// The whole body, as a response of the model that was asked if it names none.
    async fn read(
        &self,
        mut response: HttpResponse,
        request: &LlmRequest,
    ) -> Result<LlmResponse, LlmError> {
        let body = response.read().await?;
        let now = self.runtime.now();
        let whole = decode(&self.endpoint, response.status, &response.headers, &body, now)?;
        Ok(named(whole, self.model(request)))
    }
}

/// The response of a service that does not always say which model answers.
fn named(mut response: LlmResponse, asked: &str) -> LlmResponse {
    if response.model.is_empty() {
        asked.clone_into(&mut response.model);
    }
    response
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl<T: HttpTransport> LlmClient for ProviderClient<T> {
    fn capabilities(&self) -> Capabilities {
        self.endpoint.capabilities
    }

    async fn complete(&self, request: &LlmRequest, _: &Call) -> Result<LlmResponse, LlmError> {
        let response = self.send(request, false).await?;
        self.read(response, request).await
    }

    async fn stream(
        &self,
        request: &LlmRequest,
        call: &Call,
    ) -> Result<Box<dyn EventStream>, LlmError> {
        if !self.endpoint.capabilities.stream {
            return Ok(super::client::whole(self.complete(request, call).await?));
        }
        let response = self.send(request, true).await?;
        if !(200..300).contains(&response.status) {
            return Ok(super::client::whole(self.read(response, request).await?));
        }
        Ok(Box::new(Events {
            body: response.body,
            decoder: StreamDecoder::new(&self.endpoint),
            ready: Vec::new(),
            state: Ok(false),
            model: self.model(request).to_owned(),
        }))
    }
}

/// The events of a body. They stand in `ready` in reverse.
struct Events {
    body: Box<dyn HttpBody>,
    decoder: StreamDecoder,
    ready: Vec<LlmEvent>,
    /// Whether the end was seen, or what went wrong after the events that are ready.
    state: Result<bool, LlmError>,
    model: String,
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl EventStream for Events {
    async fn next(&mut self) -> Result<Option<LlmEvent>, LlmError> {
        loop {
            match self.ready.pop() {
                Some(LlmEvent::Done(response)) => {
                    return Ok(Some(LlmEvent::Done(named(response, &self.model))));
                }
                Some(piece) => return Ok(Some(piece)),
                None => {}
            }
            match std::mem::replace(&mut self.state, Ok(true)) {
                Ok(true) => return Ok(None),
                Err(error) => return Err(error),
                Ok(false) => {}
            }
            let mut events = Vec::new();
            let step = match self.body.chunk().await? {
                Some(bytes) => self.decoder.feed(&bytes, &mut events).map(|()| false),
                None => self.decoder.finish(&mut events).map(|()| true),
            };
            let done = matches!(events.last(), Some(LlmEvent::Done(_)));
            self.state = step.map(|ended| ended || done);
            events.reverse();
            self.ready = events;
        }
    }
}
