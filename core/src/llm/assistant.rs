//! The usual layers around the models of a host, and the prompts that they are asked.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use serde_json::Value;

use super::ask::{AnswerStream, Answered, AskOptions, ask, prepare, typed};
use super::breaker::{Breaker, BreakerPolicy};
use super::cache::{Cached, Eraser, ResponseCache};
use super::client::{Call, Capabilities, EventStream, LlmClient};
use super::failures::LlmError;
use super::fallback::Fallback;
use super::limit::{Limited, Limits};
use super::prices::PriceTable;
use super::repair::Repairing;
use super::request::LlmRequest;
use super::response::LlmResponse;
use super::retry::Retrying;
use super::runs::{Recorded, RunRecorder};
use super::runtime::{Runtime, Sleeper};
use super::twin::Rules;
use crate::error::Result;
use crate::prompts::answers::TypedAnswer;
use crate::prompts::files::PromptSet;

/// Models with the usual layers around them, and the prompts that they are asked. It is a client
/// too.
///
/// From the outside in: runs, the cache, repairs, the providers in their order, and for each its
/// retries, its breaker and its limits. Without a provider the rules answer.
///
/// ```
/// use std::sync::Arc;
/// use goodwill::{ManualClock, Timestamp, Wait};
/// use goodwill::llm::{AskOptions, Assistant, ManualSleeper, MemoryCache, ScriptedClient};
///
/// let clock = Arc::new(ManualClock::new("2026-03-01T08:00:00Z".parse()?));
/// let model = Arc::new(ScriptedClient::new().says(
///     "REPLY:\n\"Hi Ada, we come at nine.\"\n\nNEEDS A PERSON: no",
/// ));
/// let assistant = Assistant::new(ManualSleeper::new(clock).runtime())
///     .provider(model)
///     .cached(Arc::new(MemoryCache::default()), "office");
///
/// let input = serde_json::json!({
///     "customer": {"name": "Ada"},
///     "job": {"description": "Boiler", "status": "scheduled"},
///     "messages": [{"createdAt": "2026-03-01T07:00:00Z", "author": "customer", "text": "When?"}],
/// });
/// for cached in [false, true] {
///     let options = AskOptions::default();
///     let answer = assistant.ask("message_reply", &input, &options).wait()?;
///     assert_eq!(answer.value["needsPerson"], false);
///     assert_eq!(answer.cached, cached);
/// }
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Clone)]
pub struct Assistant {
    runtime: Runtime,
    prompts: Arc<PromptSet>,
    providers: Vec<(Arc<dyn LlmClient>, Limits)>,
    cache: Option<(Arc<dyn ResponseCache>, String)>,
    keep_for: BTreeMap<String, Duration>,
    eraser: Option<Eraser>,
    recorder: Option<Arc<dyn RunRecorder>>,
    prices: Arc<PriceTable>,
    patience: Duration,
    client: Arc<dyn LlmClient>,
}

impl Assistant {
    /// No provider yet, the prompts of the library, and a minute for a call.
    #[must_use]
    pub fn new(runtime: Runtime) -> Self {
        Self {
            runtime,
            prompts: Arc::new(PromptSet::library()),
            providers: Vec::new(),
            cache: None,
            keep_for: BTreeMap::new(),
            eraser: None,
            recorder: None,
            prices: Arc::default(),
            patience: Duration::from_secs(60),
            client: Arc::new(Rules),
        }
    }

    /// Rules alone: no model, no network, no cost.
    #[must_use]
    pub fn rules() -> Self {
        Self::new(Runtime::new(Never))
    }

    /// With a provider, asked when those before it cannot answer; eight calls at once.
    #[must_use]
    pub fn provider(self, client: Arc<dyn LlmClient>) -> Self {
        self.provider_within(client, Limits::default())
    }

    /// With a provider and the limits of its account.
    #[must_use]
    pub fn provider_within(mut self, client: Arc<dyn LlmClient>, limits: Limits) -> Self {
        self.providers.push((client, limits));
        self.assembled()
    }

    /// With a cache. `name` stands for the providers: whoever gives other answers needs another.
    #[must_use]
    pub fn cached(mut self, cache: Arc<dyn ResponseCache>, name: impl Into<String>) -> Self {
        self.cache = Some((cache, name.into()));
        self.assembled()
    }

    /// With another time for the kept answers of a feature, which is the id of its prompt; an hour
    /// otherwise, and zero keeps none.
    #[must_use]
    pub fn keeping(mut self, feature: impl Into<String>, time: Duration) -> Self {
        self.keep_for.insert(feature.into(), time);
        self.assembled()
    }

    /// Forgets every kept answer with one of these tags, for the erasure of a customer, and says how
    /// many there were. What is asked for at the same time is not kept.
    ///
    /// # Errors
    /// Those of the cache. Then answers may be left, and the erasure is to be tried again.
    pub async fn forget(&self, tags: &BTreeSet<String>) -> Result<u64> {
        match &self.eraser {
            Some(eraser) => eraser.erase(tags).await,
            None => Ok(0),
        }
    }

    /// With somebody who takes the runs.
    #[must_use]
    pub fn recorded(mut self, recorder: Arc<dyn RunRecorder>) -> Self {
        self.recorder = Some(recorder);
        self.assembled()
    }

    /// With what tokens cost.
    #[must_use]
    pub fn priced(mut self, prices: PriceTable) -> Self {
        self.prices = Arc::new(prices);
        self.assembled()
    }

    /// With prompts of the host's own: [`PromptSet::over`] lays them over the library's.
    #[must_use]
    pub fn with_prompts(mut self, prompts: PromptSet) -> Self {
        self.prompts = Arc::new(prompts);
        self
    }

    /// With another time for a call, from the question to the answer.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The prompts.
    #[must_use]
    pub fn prompts(&self) -> &PromptSet {
        &self.prompts
    }

    /// Asks a prompt; see [`ask()`](super::ask()). Without a deadline in the options the patience of
    /// the assistant is one.
    ///
    /// # Errors
    /// Those of [`ask()`](super::ask()).
    pub async fn ask(
        &self,
        prompt: &str,
        input: &Value,
        options: &AskOptions<'_>,
    ) -> Result<Answered> {
        let patience = self.runtime.now().saturating_add(self.patience);
        let deadline = options.deadline.or(Some(patience));
        let options = AskOptions { deadline, ..options.clone() };
        ask(&self.prompts, prompt, input, &*self.client, &options).await
    }

    /// Asks a prompt and gives the answer as it comes; see [`AnswerStream`]. Nothing is asked before
    /// its first part.
    ///
    /// # Errors
    /// Those of [`prepare`](super::prepare).
    pub fn ask_stream(
        &self,
        prompt: &str,
        input: &Value,
        options: &AskOptions<'_>,
    ) -> Result<AnswerStream> {
        let patience = self.runtime.now().saturating_add(self.patience);
        let deadline = options.deadline.or(Some(patience));
        let capabilities = self.client.capabilities();
        let options = AskOptions { deadline, capabilities, ..options.clone() };
        let prepared = prepare(&self.prompts, prompt, input, &options)?;
        Ok(prepared.stream(Arc::clone(&self.client)))
    }

    /// Asks the prompt of a struct; see [`ask_typed`](super::ask_typed).
    ///
    /// # Errors
    /// Those of [`ask_typed`](super::ask_typed).
    pub async fn ask_typed<T: TypedAnswer>(
        &self,
        input: &Value,
        options: &AskOptions<'_>,
    ) -> Result<(T, Answered)> {
        typed(self.ask(T::PROMPT.id(), input, options).await?)
    }

    fn assembled(mut self) -> Self {
        let runtime = || self.runtime.clone();
        let provider = |(client, limits): &(Arc<dyn LlmClient>, Limits)| {
            let limited = Limited::new(Arc::clone(client), *limits, runtime());
            let breaker = Breaker::new(limited, BreakerPolicy::default(), runtime());
            let retrying = Retrying::new(breaker, runtime()).with_prices(Arc::clone(&self.prices));
            Arc::new(retrying) as Arc<dyn LlmClient>
        };
        let providers: Vec<_> = self.providers.iter().map(provider).collect();
        let mut client: Arc<dyn LlmClient> = if providers.is_empty() {
            Arc::new(Rules)
        } else {
            Arc::new(Repairing::new(Fallback::new(providers)))
        };
        if let Some((cache, name)) = &self.cache {
            let mut cached = Cached::new(client, Arc::clone(cache), name.clone(), runtime());
            for (feature, time) in &self.keep_for {
                cached = cached.keeping(feature.clone(), *time);
            }
            if let Some(recorder) = &self.recorder {
                cached = cached.warning(Arc::clone(recorder));
            }
            self.eraser = Some(cached.eraser());
            client = Arc::new(cached);
        }
        if let Some(recorder) = &self.recorder {
            let recorded = Recorded::new(client, Arc::clone(recorder), runtime());
            client = Arc::new(recorded.with_prices(Arc::clone(&self.prices)));
        }
        self.client = client;
        self
    }
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl LlmClient for Assistant {
    fn capabilities(&self) -> Capabilities {
        self.client.capabilities()
    }

    async fn complete(&self, request: &LlmRequest, call: &Call) -> Result<LlmResponse, LlmError> {
        self.client.complete(request, call).await
    }

    async fn stream(
        &self,
        request: &LlmRequest,
        call: &Call,
    ) -> Result<Box<dyn EventStream>, LlmError> {
        self.client.stream(request, call).await
    }
}

impl fmt::Debug for Assistant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Assistant")
            .field("providers", &self.providers.len())
            .field("cached", &self.cache.is_some())
            .field("recorded", &self.recorder.is_some())
            .field("patience", &self.patience)
            .finish_non_exhaustive()
    }
}

/// The sleep of those who never wait for anything.
#[derive(Debug)]
struct Never;

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl Sleeper for Never {
    async fn sleep(&self, _: Duration) {
        std::future::pending().await
    }
}
