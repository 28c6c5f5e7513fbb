//! What every call of a model leaves behind: numbers and names, never content.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use serde_json::Value;
use uuid::Uuid;

use super::budget::Spent;
use super::cache::CacheWarning;
use super::client::{Call, Capabilities, EventStream, LlmClient, Threaded};
use super::failures::{LlmError, LlmErrorKind};
use super::prices::PriceTable;
use super::request::LlmRequest;
use super::response::{Finish, LlmEvent, LlmResponse, Usage};
use super::runtime::Runtime;
use crate::ids::TenantId;
use crate::time::Timestamp;

/// The version of the semantic conventions of OpenTelemetry that [`attributes`] follows. The part on
/// generative AI is still in development there, so that names may change with it.
pub const GEN_AI_CONVENTION: &str = "1.37.0";

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunOutcome {
    /// There is an answer.
    Answered(Finish),
    /// There is none; the caller gave up if the kind is [`LlmErrorKind::Cancelled`].
    Failed(LlmErrorKind),
}

/// One call of a feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// A UUID of version 7.
    pub id: Uuid,
    /// When it began.
    pub started: Timestamp,
    /// The feature that asked.
    pub feature: String,
    /// The name of the prompt.
    pub prompt: String,
    /// The hash of everything that the prompt is made of.
    pub content_hash: String,
    /// The tenant that pays.
    pub tenant: TenantId,
    /// The model that was asked for.
    pub requested_model: String,
    /// The model that answered, if one did.
    pub model: Option<String>,
    /// The provider that answered, if one did.
    pub provider: Option<String>,
    /// The tokens of the answer, also of one that failed its check; none for an answer from the
    /// cache or from rules.
    pub usage: Usage,
    /// The tokens of all attempts, those that failed a check included.
    pub tokens: u64,
    /// What all attempts cost, in millionths of the unit of the price table.
    pub cost_micros: u64,
    /// The time from the question to the answer.
    pub latency: Duration,
    /// The requests to providers.
    pub attempts: u32,
    /// How it ended.
    pub outcome: RunOutcome,
    /// The answer came from the cache.
    pub cached: bool,
    /// Rules made the answer, without a model.
    pub deterministic: bool,
    /// Why rules answered in place of a model.
    pub failure: Option<LlmErrorKind>,
}

/// The attributes of a span for a run, under the names of OpenTelemetry where it has some (version
/// [`GEN_AI_CONVENTION`]) and under `goodwill.` where it has none. No content is among them.
///
/// ```
/// # use goodwill::llm::{Call, Budget};
/// use goodwill::llm::{Run, attributes};
///
/// fn describe(run: &Run) {
///     for (name, value) in attributes(run) {
///         println!("{name} = {value}");
///     }
/// }
/// ```
#[must_use]
pub fn attributes(run: &Run) -> Vec<(&'static str, Value)> {
    let mut all: Vec<(&'static str, Value)> = vec![
        ("gen_ai.operation.name", "chat".into()),
        ("gen_ai.request.model", run.requested_model.as_str().into()),
    ];
    if let Some(provider) = &run.provider {
        all.push(("gen_ai.provider.name", provider.as_str().into()));
    }
    if let Some(model) = &run.model {
        all.push(("gen_ai.response.model", model.as_str().into()));
    }
    match run.outcome {
        RunOutcome::Answered(finish) => {
            all.push(("gen_ai.response.finish_reasons", vec![finish.as_str()].into()));
        }
        RunOutcome::Failed(kind) => all.push(("error.type", kind.code().as_str().into())),
    }
    all.extend([
        ("gen_ai.usage.input_tokens", Value::from(run.usage.input)),
        ("gen_ai.usage.output_tokens", run.usage.output.into()),
        ("goodwill.feature", run.feature.as_str().into()),
        ("goodwill.prompt.name", run.prompt.as_str().into()),
        ("goodwill.prompt.content_hash", run.content_hash.as_str().into()),
        ("goodwill.tenant", run.tenant.to_string().into()),
        ("goodwill.attempts", run.attempts.into()),
        ("goodwill.tokens", run.tokens.into()),
        ("goodwill.cost_micros", run.cost_micros.into()),
        ("goodwill.cached", run.cached.into()),
        ("goodwill.deterministic", run.deterministic.into()),
    ]);
    if let Some(kind) = run.failure {
        all.push(("goodwill.failure", kind.code().as_str().into()));
    }
    all
}

/// Takes runs: a table of the host, a tracer, a list in a test.
pub trait RunRecorder: Threaded + fmt::Debug {
    /// Takes a run that ended. It must not wait: it is also called while a call is given up.
    fn record(&self, run: Run);

    /// Takes what was wrong with the cache when a feature asked; the call went on without it.
    fn warn(&self, feature: &str, warning: CacheWarning) {
        let _ = (feature, warning);
    }
}

/// Records every call, the failed ones and those that were given up included. It belongs outside
/// all other layers.
#[derive(Debug)]
pub struct Recorded<C> {
    inner: C,
    recorder: Arc<dyn RunRecorder>,
    prices: Arc<PriceTable>,
    runtime: Runtime,
}

impl<C: LlmClient> Recorded<C> {
    /// A layer around a client.
    #[must_use]
    pub fn new(inner: C, recorder: Arc<dyn RunRecorder>, runtime: Runtime) -> Self {
        Self { inner, recorder, prices: Arc::default(), runtime }
    }

    /// With prices for calls that no layer inside counts the money of.
    #[must_use]
    pub fn with_prices(mut self, prices: Arc<PriceTable>) -> Self {
        self.prices = prices;
        self
    }

    fn begin(&self, request: &LlmRequest, call: &Call) -> Open {
        Open {
            recorder: Arc::clone(&self.recorder),
            prices: Arc::clone(&self.prices),
            runtime: self.runtime.clone(),
            // The run waits there, and would keep itself.
            call: Call { undecided: None, ..call.clone() },
            undecided: call.undecided.clone(),
            model: request.model.clone(),
            started: self.runtime.now(),
            before: call.budget.spent(),
            ending: None,
        }
    }
}

/// Runs whose answers are there, while it is not clear yet what comes of them: whether the answer is
/// taken, or rules answer in its place. They are recorded when that is decided, or dropped.
#[derive(Debug, Default)]
pub(crate) struct Undecided(Mutex<Vec<Open>>);

impl Undecided {
    /// Records the runs as their clients have ended them.
    pub(crate) fn confirm(&self) {
        self.take();
    }

    /// Records the runs with the answer that was taken, and why it is from rules.
    pub(crate) fn answered(&self, response: &LlmResponse, failure: Option<LlmErrorKind>) {
        for run in self.take() {
            let response = Some(response.clone());
            run.settle(Ending { response, error: None, failure });
        }
    }

    /// Records the runs as failed.
    pub(crate) fn failed(&self, kind: LlmErrorKind) {
        for mut run in self.take() {
            let response = run.ending.take().and_then(|ending| ending.response);
            run.settle(Ending { response, error: Some(kind), failure: None });
        }
    }

    fn take(&self) -> Vec<Open> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// How a run ended: what answered, and why it failed.
struct Ending {
    response: Option<LlmResponse>,
    error: Option<LlmErrorKind>,
    failure: Option<LlmErrorKind>,
}

/// A run that goes on. It is recorded when it is dropped.
pub(crate) struct Open {
    recorder: Arc<dyn RunRecorder>,
    prices: Arc<PriceTable>,
    runtime: Runtime,
    call: Call,
    model: String,
    started: Timestamp,
    before: Spent,
    undecided: Option<Arc<Undecided>>,
    ending: Option<Ending>,
}

impl fmt::Debug for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Open").field("call", &self.call).finish_non_exhaustive()
    }
}

impl Open {
    fn settle(mut self, ending: Ending) {
        self.ending = Some(ending);
    }

    fn end(mut self, result: Result<&LlmResponse, &LlmError>) {
        self.ending = Some(Ending {
            response: result.ok().or_else(|| result.err()?.answer()).cloned(),
            error: result.err().map(LlmError::kind),
            failure: None,
        });
        if let Some(undecided) = self.undecided.take() {
            undecided.0.lock().unwrap_or_else(PoisonError::into_inner).push(self);
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let now = self.runtime.now();
        let given_up =
            || Ending { response: None, error: Some(LlmErrorKind::Cancelled), failure: None };
        let ending = self.ending.take().unwrap_or_else(given_up);
        let response = ending.response.as_ref();
        let usage = response.map(|response| response.usage).unwrap_or_default();
        let spent = self.call.budget.spent();
        let counted = spent.micros.saturating_sub(self.before.micros);
        let cost = response.map_or(0, |response| self.prices.cost_of(response));
        self.recorder.record(Run {
            id: self.runtime.ids.uuid(now),
            started: self.started,
            feature: self.call.feature.clone(),
            prompt: self.call.prompt.clone(),
            content_hash: self.call.content_hash.clone(),
            tenant: self.call.tenant,
            requested_model: std::mem::take(&mut self.model),
            model: response.map(|response| response.model.clone()),
            provider: response.map(|response| response.provider.clone()),
            usage,
            tokens: spent.tokens.saturating_sub(self.before.tokens).max(usage.total()),
            cost_micros: counted.max(cost),
            latency: now.saturating_since(self.started),
            attempts: spent.attempts.saturating_sub(self.before.attempts),
            outcome: match (ending.error, response) {
                (Some(kind), _) => RunOutcome::Failed(kind),
                (None, response) => {
                    RunOutcome::Answered(response.map_or(Finish::Other, |found| found.finish))
                }
            },
            cached: response.is_some_and(LlmResponse::cached),
            deterministic: response.is_some_and(LlmResponse::deterministic),
            failure: ending.failure,
        });
    }
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl<C: LlmClient> LlmClient for Recorded<C> {
    fn capabilities(&self) -> Capabilities {
        self.inner.capabilities()
    }

    async fn complete(&self, request: &LlmRequest, call: &Call) -> Result<LlmResponse, LlmError> {
        let run = self.begin(request, call);
        let result = self.inner.complete(request, call).await;
        run.end(result.as_ref());
        result
    }

    async fn stream(
        &self,
        request: &LlmRequest,
        call: &Call,
    ) -> Result<Box<dyn EventStream>, LlmError> {
        let run = self.begin(request, call);
        match self.inner.stream(request, call).await {
            Ok(inner) => Ok(Box::new(Observed { inner, run: Some(run) })),
            Err(error) => {
                run.end(Err(&error));
                Err(error)
            }
        }
    }
}

/// A stream that ends a run.
struct Observed {
    inner: Box<dyn EventStream>,
    run: Option<Open>,
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl EventStream for Observed {
    async fn next(&mut self) -> Result<Option<LlmEvent>, LlmError> {
        let event = self.inner.next().await;
        let ended = match &event {
            Ok(Some(LlmEvent::Done(response))) => Some(Ok(response)),
            Err(error) => Some(Err(error)),
            Ok(_) => None,
        };
        if let Some(ended) = ended
            && let Some(run) = self.run.take()
        {
            run.end(ended);
        }
        event
    }
}
