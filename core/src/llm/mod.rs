//! Language models behind one trait, and answers without any.
//!
//! An [`LlmClient`] takes an [`LlmRequest`] with a [`Call`], which says what it is for and how far it
//! may go, and gives an [`LlmResponse`] or a stream of [`LlmEvent`]s. Layers are clients too:
//!
//! ```text
//! Recorded            one Run a call
//!   Cached            answers that were given before
//!     Repairing       asks again when an answer is not what the prompt asks for
//!       Fallback      the next provider, and at last the rules
//!         Retrying    asks again when a service fails; keeps the budget
//!           Breaker   leaves a service alone that fails and fails
//!             Limited calls at once and in a minute
//!               ProviderClient    a codec over a transport
//!         Rules       answers without a model
//! ```
//!
//! [`ask()`] goes from a prompt and its data to a value that was checked, and [`Prepared::stream`]
//! gives the answer as it comes; an [`Assistant`] has the usual layers and prompts, so that a host
//! needs one line.
//!
//! An assistant also has a method for each thing that a business wants written about a customer,
//! from [facts](crate::prompts::context): [`Assistant::timeline_summary`] and others.
//!
//! Time, sleep and randomness are passed in as a [`Runtime`], connections as an [`HttpTransport`]:
//! nothing here needs a runtime or the network but the client of the feature `llm-http`.
//!
//! Keys and personal data stand in no error, no `Debug` and no [`Run`].
//!
//! ```
//! use std::sync::Arc;
//! use goodwill::Wait;
//! use goodwill::llm::{Budget, Call, Fallback, LlmClient, LlmRequest, Rules};
//! use goodwill::prompts::library::Prompt;
//! use goodwill::prompts::messages::Message;
//!
//! // No model at all: the rules answer in the format of the prompt.
//! let client = Fallback::new(vec![Arc::new(Rules)]);
//! let call = Call::new(Prompt::ProfitabilityAnalysis.id(), Budget::attempts(3))
//!     .with_input(serde_json::json!({"totalRevenue": 900, "totalExpenses": 300, "netProfit": 600}));
//! let request = LlmRequest::new("none", vec![Message::user("the rendered prompt")]);
//! let answer = client.complete(&request, &call).wait()?;
//! assert!(answer.deterministic());
//! assert!(answer.text.ends_with("CLASSIFICATION: Highly Profitable"));
//! # Ok::<(), goodwill::llm::LlmError>(())
//! ```

mod ask;
mod assistant;
mod breaker;
mod budget;
mod cache;
mod client;
mod codec;
mod failures;
mod fallback;
mod features;
mod gate;
mod http;
#[cfg(feature = "llm-http")]
mod http_client;
mod limit;
mod prices;
mod provider;
mod repair;
mod request;
mod response;
mod retry;
mod retry_after;
mod runs;
mod runtime;
#[cfg(feature = "testing")]
mod scripted;
mod secret;
mod twin;

pub use ask::{AnswerPart, AnswerStream, Answered, AskOptions, Prepared, ask, ask_typed, prepare};
pub use assistant::Assistant;
pub use breaker::{Breaker, BreakerPolicy};
pub use budget::{Budget, Spent};
#[cfg(feature = "sqlite")]
pub use cache::SqliteCache;
pub use cache::{CacheKey, CacheRow, CacheWarning, Cached, Eraser, MemoryCache, ResponseCache};
pub use client::{Call, Capabilities, Check, EventStream, Flaw, LlmClient, Movable, Threaded};
pub use codec::{Endpoint, Protocol, StreamDecoder, decode, encode};
pub use failures::{LlmError, LlmErrorKind};
pub use fallback::Fallback;
pub use features::{
    Generated, Greeting, MaintenancePrediction, ProfitabilityAnalysis, Provenance,
    SentimentAnalysis, SuggestedFollowups, TechnicianMatch,
};
pub use http::{HeaderValue, Headers, HttpBody, HttpRequest, HttpResponse, HttpTransport};
#[cfg(feature = "llm-http")]
pub use http_client::{HttpClient, HttpTimeouts, TokioSleeper};
pub use limit::{Limited, Limits};
pub use prices::{Price, PriceTable};
pub use provider::ProviderClient;
pub use repair::Repairing;
pub use request::{LlmRequest, ResponseFormat};
pub use response::{Finish, LlmEvent, LlmResponse, Origin, Usage};
pub use retry::{RetryPolicy, Retrying};
pub use retry_after::retry_after;
pub use runs::{GEN_AI_CONVENTION, Recorded, Run, RunOutcome, RunRecorder, attributes};
pub use runtime::{Runtime, Sleeper};
#[cfg(feature = "testing")]
pub use scripted::{ManualSleeper, ScriptedClient};
pub use secret::Secret;
pub use twin::{Rules, Twin};
