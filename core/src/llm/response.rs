//! What a language model answers.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Finish {
    /// The model was done, or met a text of `stop`.
    Stop,
    /// The most tokens were reached: the answer is cut off.
    Length,
    /// A filter of the provider took a part away.
    ContentFilter,
    /// The model wants a tool to be called.
    ToolCall,
    /// The provider gives another reason, or none.
    Other,
}

impl Finish {
    /// The reason in lower snake_case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Length => "length",
            Self::ContentFilter => "content_filter",
            Self::ToolCall => "tool_call",
            Self::Other => "other",
        }
    }
}

/// The tokens of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "TokenUsage"))]
pub struct Usage {
    /// Tokens of the request, the cached ones included.
    pub input: u64,
    /// Tokens of the answer.
    pub output: u64,
    /// Tokens of the request that the provider had in its own cache.
    pub cached: u64,
}

impl Usage {
    /// Input and output together.
    #[must_use]
    pub fn total(self) -> u64 {
        self.input.saturating_add(self.output)
    }
}

/// Where an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// From a language model, just now.
    #[default]
    Model,
    /// From the cache: a model answered so many milliseconds ago.
    Cache {
        /// The age of the answer in milliseconds.
        age: u64,
    },
    /// From rules without any model: the same input gives the same bytes.
    Rules,
}

/// An answer. `Debug` shows the length of its text only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LlmResponse {
    /// What the model says.
    pub text: String,
    /// Why it ended.
    pub finish: Finish,
    /// The tokens of the call; none for an answer from the cache or from rules.
    pub usage: Usage,
    /// The model that answered, as the provider names it.
    pub model: String,
    /// The provider that answered, as its endpoint is named.
    pub provider: String,
    /// Where the answer comes from.
    pub origin: Origin,
}

impl LlmResponse {
    /// Whether rules made the answer, so that the same input gives the same bytes.
    #[must_use]
    pub fn deterministic(&self) -> bool {
        self.origin == Origin::Rules
    }

    /// Whether the answer comes from the cache.
    #[must_use]
    pub fn cached(&self) -> bool {
        matches!(self.origin, Origin::Cache { .. })
    }
}

impl fmt::Debug for LlmResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LlmResponse")
            .field("text", &format_args!("{} bytes", self.text.len()))
            .field("finish", &self.finish)
            .field("usage", &self.usage)
            .field("model", &self.model)
            .field("provider", &self.provider)
            .field("origin", &self.origin)
            .finish()
    }
}

/// What a stream brings: pieces of the text, then the end. `Debug` shows no text.
#[derive(Clone, PartialEq, Eq)]
pub enum LlmEvent {
    /// The next piece of the text, never empty.
    Text(String),
    /// The answer so far cannot be used and does not count: another one begins.
    Again,
    /// The answer is complete: the response with the whole text.
    Done(LlmResponse),
}

impl fmt::Debug for LlmEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Self::Again => f.write_str("Again"),
            Self::Done(response) => f.debug_tuple("Done").field(response).finish(),
        }
    }
}
