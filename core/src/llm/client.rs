//! What every language model, and everything around one, offers.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use serde_json::Value;

use super::budget::Budget;
use super::failures::LlmError;
use super::request::{LlmRequest, ResponseFormat};
use super::response::{LlmEvent, LlmResponse};
use super::runs::Undecided;
use crate::ids::TenantId;

/// What may go to another thread. In browsers, where there is one thread, everything may.
#[cfg(not(target_arch = "wasm32"))]
pub trait Threaded: Send + Sync {}
#[cfg(not(target_arch = "wasm32"))]
impl<T: Send + Sync + ?Sized> Threaded for T {}

/// What may go to another thread. In browsers, where there is one thread, everything may.
#[cfg(target_arch = "wasm32")]
pub trait Threaded {}
#[cfg(target_arch = "wasm32")]
impl<T: ?Sized> Threaded for T {}

/// What may move to another thread. In browsers, where there is one thread, everything may.
#[cfg(not(target_arch = "wasm32"))]
pub trait Movable: Send {}
#[cfg(not(target_arch = "wasm32"))]
impl<T: Send + ?Sized> Movable for T {}

/// What may move to another thread. In browsers, where there is one thread, everything may.
#[cfg(target_arch = "wasm32")]
pub trait Movable {}
#[cfg(target_arch = "wasm32")]
impl<T: ?Sized> Movable for T {}

/// What a client can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Capabilities {
    /// Answers that a JSON Schema describes.
    pub json_schema: bool,
    /// Answers that are any JSON.
    pub json_mode: bool,
    /// Answers that a GBNF grammar describes.
    pub grammar: bool,
    /// Streams that bring the text in pieces.
    pub stream: bool,
    /// Seeds.
    pub seed: bool,
    /// Answers are made by rules: the same input gives the same bytes, at no cost.
    pub deterministic: bool,
    /// Answers that fail the check of their [`Call`] are asked for again.
    pub repairs: bool,
}

impl Capabilities {
    /// The form closest to `wanted` that can be asked for: a schema becomes JSON mode, and what
    /// cannot be had becomes text. The prompt says the form in words too.
    #[must_use]
    pub fn nearest(self, wanted: &ResponseFormat) -> ResponseFormat {
        match wanted {
            ResponseFormat::JsonSchema { .. } if self.json_schema => wanted.clone(),
            ResponseFormat::Grammar(_) if self.grammar => wanted.clone(),
            ResponseFormat::JsonSchema { .. } | ResponseFormat::JsonMode if self.json_mode => {
                ResponseFormat::JsonMode
            }
            _ => ResponseFormat::Text,
        }
    }
}

/// What an answer lacks, in words for the model. `Debug` shows none of them.
#[derive(Clone, PartialEq, Eq)]
pub struct Flaw {
    words: String,
    usable: bool,
}

impl Flaw {
    /// What the model should do better. It is shown to the model and to nobody else.
    #[must_use]
    pub fn new(words: impl Into<String>) -> Self {
        Self { words: words.into(), usable: false }
    }

    /// The same for an answer that has everything and only should be better: it can be used when no
    /// better one comes.
    #[must_use]
    pub fn usable(mut self) -> Self {
        self.usable = true;
        self
    }

    /// The words.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Whether the answer has everything.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.usable
    }
}

impl fmt::Debug for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Flaw({} bytes)", self.words.len())
    }
}

/// Says whether the text of an answer is what the prompt asks for.
pub trait Check: Threaded {
    /// Looks at an answer.
    ///
    /// # Errors
    /// What it lacks.
    fn check(&self, text: &str) -> Result<(), Flaw>;
}

impl<F: Fn(&str) -> Result<(), Flaw> + Threaded> Check for F {
    fn check(&self, text: &str) -> Result<(), Flaw> {
        self(text)
    }
}

/// What a call is for, and how far it may go. `Debug` shows neither tags nor data.
///
/// ```
/// use goodwill::llm::{Budget, Call};
///
/// let call = Call::new("timeline_summary", Budget::attempts(3))
///     .for_prompt("timeline_summary", "sha256:2c26")
///     .tagged("customer-7");
/// assert_eq!(call.feature, "timeline_summary");
/// ```
#[derive(Clone)]
pub struct Call {
    /// The feature that asks, such as `timeline_summary`.
    pub feature: String,
    /// The name of the prompt.
    pub prompt: String,
    /// The hash of everything that the prompt is made of.
    pub content_hash: String,
    /// The tenant that pays.
    pub tenant: TenantId,
    /// The customers whose data is in the request, so that answers can be erased with them.
    pub tags: BTreeSet<String>,
    /// The data of the prompt, for answers without a model.
    pub input: Option<Arc<Value>>,
    /// What the answer must be.
    pub check: Option<Arc<dyn Check>>,
    /// How far all attempts together may go.
    pub budget: Arc<Budget>,
    /// Asks again even if the cache has an answer, and replaces it.
    pub force_refresh: bool,
    /// How long the answer may be kept, instead of the time that the cache has for the feature.
    pub keep_for: Option<Duration>,
    /// A layer further out tries again, so that nobody else may.
    pub(crate) retried: bool,
    /// Where runs wait until it is clear what comes of the answer.
    pub(crate) undecided: Option<Arc<Undecided>>,
}

impl Call {
    /// A call of a feature; its prompt has the same name.
    #[must_use]
    pub fn new(feature: impl Into<String>, budget: Budget) -> Self {
        let feature = feature.into();
        Self {
            prompt: feature.clone(),
            feature,
            content_hash: String::new(),
            tenant: TenantId::SINGLE,
            tags: BTreeSet::new(),
            input: None,
            check: None,
            budget: Arc::new(budget),
            force_refresh: false,
            keep_for: None,
            retried: false,
            undecided: None,
        }
    }

    /// With the name and the content hash of its prompt.
    #[must_use]
    pub fn for_prompt(mut self, name: impl Into<String>, hash: impl Into<String>) -> Self {
        (self.prompt, self.content_hash) = (name.into(), hash.into());
        self
    }

    /// For a tenant.
    #[must_use]
    pub fn for_tenant(mut self, tenant: TenantId) -> Self {
        self.tenant = tenant;
        self
    }

    /// With a customer whose data is in the request.
    #[must_use]
    pub fn tagged(mut self, tag: impl Into<String>) -> Self {
        self.tags.insert(tag.into());
        self
    }

    /// With the data of the prompt.
    #[must_use]
    pub fn with_input(mut self, input: Value) -> Self {
        self.input = Some(Arc::new(input));
        self
    }

    /// With what the answer must be.
    #[must_use]
    pub fn checked(mut self, check: impl Check + 'static) -> Self {
        self.check = Some(Arc::new(check));
        self
    }

    /// Asks again even if the cache has an answer.
    #[must_use]
    pub fn refreshed(mut self) -> Self {
        self.force_refresh = true;
        self
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("feature", &self.feature)
            .field("prompt", &self.prompt)
            .field("content_hash", &self.content_hash)
            .field("tenant", &self.tenant)
            .field("tags", &self.tags.len())
            .field("input", &self.input.is_some())
            .field("budget", &self.budget)
            .finish_non_exhaustive()
    }
}

/// The events of one answer, in their order.
#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
pub trait EventStream: Movable {
    /// The next event; nothing after [`LlmEvent::Done`].
    ///
    /// # Errors
    /// When the rest of the answer cannot be had. Nothing comes after an error.
    async fn next(&mut self) -> Result<Option<LlmEvent>, LlmError>;
}

/// A language model, or a layer around one. Layers are clients too and go around each other.
///
/// ```
/// use goodwill::llm::{Call, Capabilities, LlmClient, LlmError, LlmRequest, LlmResponse};
///
/// /// A host's own way to a model.
/// #[derive(Debug)]
/// struct Ours;
///
/// #[async_trait::async_trait]
/// impl LlmClient for Ours {
///     fn capabilities(&self) -> Capabilities {
///         Capabilities::default()
///     }
///
///     async fn complete(&self, _: &LlmRequest, _: &Call) -> Result<LlmResponse, LlmError> {
///         Err(LlmError::new(goodwill::llm::LlmErrorKind::Transport, "the line is down"))
///     }
/// }
/// ```
#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
pub trait LlmClient: Threaded + fmt::Debug {
    /// What the client can be asked for.
    fn capabilities(&self) -> Capabilities;

    /// The whole answer. Dropping the future gives the call up.
    ///
    /// # Errors
    /// Every kind of [`LlmError`].
    async fn complete(&self, request: &LlmRequest, call: &Call) -> Result<LlmResponse, LlmError>;

    /// The answer as it comes. Clients that cannot do so give it in one piece.
    ///
    /// # Errors
    /// Every kind of [`LlmError`], before the first event.
    async fn stream(
        &self,
        request: &LlmRequest,
        call: &Call,
    ) -> Result<Box<dyn EventStream>, LlmError> {
        Ok(whole(self.complete(request, call).await?))
    }
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl<C: LlmClient + ?Sized> LlmClient for Arc<C> {
    fn capabilities(&self) -> Capabilities {
        (**self).capabilities()
    }

    async fn complete(&self, request: &LlmRequest, call: &Call) -> Result<LlmResponse, LlmError> {
        (**self).complete(request, call).await
    }

    async fn stream(
        &self,
        request: &LlmRequest,
        call: &Call,
    ) -> Result<Box<dyn EventStream>, LlmError> {
        (**self).stream(request, call).await
    }
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl<C: LlmClient + ?Sized> LlmClient for &C {
    fn capabilities(&self) -> Capabilities {
        (**self).capabilities()
    }

    async fn complete(&self, request: &LlmRequest, call: &Call) -> Result<LlmResponse, LlmError> {
        (**self).complete(request, call).await
    }

    async fn stream(
        &self,
        request: &LlmRequest,
        call: &Call,
    ) -> Result<Box<dyn EventStream>, LlmError> {
        (**self).stream(request, call).await
    }
}

/// A response as a stream of one piece.
pub(crate) fn whole(response: LlmResponse) -> Box<dyn EventStream> {
    let text = Some(response.text.clone()).filter(|text| !text.is_empty());
    Box::new(Whole { text, done: Some(response) })
}

struct Whole {
    text: Option<String>,
    done: Option<LlmResponse>,
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl EventStream for Whole {
    async fn next(&mut self) -> Result<Option<LlmEvent>, LlmError> {
        let text = self.text.take().map(LlmEvent::Text);
        Ok(text.or_else(|| self.done.take().map(LlmEvent::Done)))
    }
}
