//! A language model that says what a script says, and a sleep that passes at once: for tests.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

use super::client::{Call, Capabilities, LlmClient};
use super::failures::{LlmError, LlmErrorKind};
use super::request::LlmRequest;
use super::response::{Finish, LlmResponse, Origin, Usage};
use super::runtime::{Runtime, Sleeper};
use crate::ids::SeededIds;
use crate::time::{ManualClock, Timestamp};

/// Answers from a script, one line a request, and remembers the requests. When the script is at its
/// end it fails with `llm.transport`.
///
/// ```
/// use goodwill::Wait;
/// use goodwill::llm::{Budget, Call, LlmClient, LlmRequest, ScriptedClient};
/// use goodwill::prompts::messages::Message;
///
/// let model = ScriptedClient::new().says("Hello Ada");
/// let request = LlmRequest::new("any", vec![Message::user("Greet Ada")]);
/// let answer = model.complete(&request, &Call::new("reply", Budget::attempts(1))).wait()?;
/// assert_eq!(answer.text, "Hello Ada");
/// assert_eq!(model.requests()[0].messages[0].words(), "Greet Ada");
/// # Ok::<(), goodwill::llm::LlmError>(())
/// ```
#[derive(Debug, Default)]
pub struct ScriptedClient {
    script: Mutex<VecDeque<Result<LlmResponse, LlmError>>>,
    requests: Mutex<Vec<LlmRequest>>,
    capabilities: Capabilities,
}

impl ScriptedClient {
    /// A client with an empty script.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Then answers this text, with a token for every byte.
    #[must_use]
    pub fn says(self, text: &str) -> Self {
        self.answers(Self::response(text))
    }

    /// Then gives this response.
    #[must_use]
    pub fn answers(self, response: LlmResponse) -> Self {
        lock(&self.script).push_back(Ok(response));
        self
    }

    /// Then fails.
    #[must_use]
    pub fn fails(self, error: LlmError) -> Self {
        lock(&self.script).push_back(Err(error));
        self
    }

    /// With what the client can be asked for.
    #[must_use]
    pub fn with_capabilities(mut self, capabilities: Capabilities) -> Self {
        self.capabilities = capabilities;
        self
    }

    /// A whole answer of the model `scripted`.
    #[must_use]
    pub fn response(text: &str) -> LlmResponse {
        let output = u64::try_from(text.len()).unwrap_or(u64::MAX);
        LlmResponse {
            text: text.to_owned(),
            finish: Finish::Stop,
            usage: Usage { input: 10, output, cached: 0 },
            model: "scripted".to_owned(),
            provider: "scripted".to_owned(),
            origin: Origin::Model,
        }
    }

    /// The requests so far.
    #[must_use]
    pub fn requests(&self) -> Vec<LlmRequest> {
        lock(&self.requests).clone()
    }
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl LlmClient for ScriptedClient {
    fn capabilities(&self) -> Capabilities {
        self.capabilities
    }

    async fn complete(&self, request: &LlmRequest, _: &Call) -> Result<LlmResponse, LlmError> {
        lock(&self.requests).push(request.clone());
        let line = lock(&self.script).pop_front();
        let over = || LlmError::new(LlmErrorKind::Transport, "the script is at its end");
        line.unwrap_or_else(|| Err(over()))
    }
}

/// A sleep that moves a clock and passes at once. It remembers how long it slept.
#[derive(Debug)]
pub struct ManualSleeper {
    clock: Arc<ManualClock>,
    slept: Mutex<Vec<Duration>>,
}

impl ManualSleeper {
    /// A sleep on a clock.
    #[must_use]
    pub fn new(clock: Arc<ManualClock>) -> Arc<Self> {
        Arc::new(Self { clock, slept: Mutex::default() })
    }

    /// A runtime with this sleep, its clock, and the same randomness every time.
    #[must_use]
    pub fn runtime(self: &Arc<Self>) -> Runtime {
        let (clock, sleeper) = (Arc::clone(&self.clock), Arc::clone(self));
        Runtime::with_parts(clock, sleeper, Arc::new(SeededIds::new(7)))
    }

    /// How long it slept each time.
    #[must_use]
    pub fn slept(&self) -> Vec<Duration> {
        lock(&self.slept).clone()
    }

    /// The clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        crate::time::Clock::now(&*self.clock)
    }
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl Sleeper for ManualSleeper {
    async fn sleep(&self, time: Duration) {
        lock(&self.slept).push(time);
        self.clock.advance(time);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
