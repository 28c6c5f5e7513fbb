//! What asking a prompt gives.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::error::Code;
use crate::llm::response::Usage;
use crate::prompts::answers::Warning;
use crate::prompts::files::Version;

/// An answer that was read and checked, with the personal data back in its texts. `Debug` shows no
/// content.
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Answered {
    /// The prompt.
    pub prompt: String,
    /// Its version.
    pub version: Version,
    /// The hash of everything that the prompt is made of.
    pub content_hash: String,
    /// The fields, as the declaration of the answer has them.
    pub value: Value,
    /// The answer as it came.
    pub text: String,
    /// Whether it can be used as it is: nothing is missing, nothing was to be asked for again.
    pub acceptable: bool,
    /// The required fields that are missing; none unless the options take such answers.
    pub missing: Vec<String>,
    /// What is not as it was asked for.
    pub warnings: Vec<Warning>,
    /// From 0 to 1: how much of it is there and as it was asked for.
    pub confidence: f64,
    /// Rules made the answer, without a model: the same input gives the same bytes.
    pub deterministic: bool,
    /// The answer comes from the cache.
    pub cached: bool,
    /// The model that answered, as far as it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The provider that answered, as far as it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// The tokens of the answer; none for an answer from the cache or from rules.
    pub usage: Usage,
    /// The requests to providers.
    pub attempts: u32,
    /// Names in the answer that look like pseudonyms and stand for nothing: the model has invented
    /// them.
    pub unknown_pseudonyms: Vec<String>,
    /// Why rules answered and the model did not.
    #[serde(serialize_with = "spelled", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub failure: Option<Code>,
}

fn spelled<S: serde::Serializer>(code: &Option<Code>, serializer: S) -> Result<S::Ok, S::Error> {
    code.map(Code::as_str).serialize(serializer)
}

impl fmt::Debug for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answered")
            .field("prompt", &self.prompt)
            .field("version", &self.version)
            .field("content_hash", &self.content_hash)
            .field("text", &format_args!("{} bytes", self.text.len()))
            .field("acceptable", &self.acceptable)
            .field("missing", &self.missing)
            .field("confidence", &self.confidence)
            .field("deterministic", &self.deterministic)
            .field("cached", &self.cached)
            .field("model", &self.model)
            .field("provider", &self.provider)
            .field("usage", &self.usage)
            .field("attempts", &self.attempts)
            .field("failure", &self.failure)
            .finish_non_exhaustive()
    }
}
