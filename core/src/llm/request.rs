//! What a language model is asked.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::failures::{LlmError, LlmErrorKind};
use crate::prompts::messages::{Message, Role};

/// The form that the answer must have.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ResponseFormat {
    /// Free text.
    #[default]
    Text,
    /// Any JSON object.
    JsonMode,
    /// JSON that a schema describes.
    JsonSchema {
        /// The name of the schema: letters, digits, `_` and `-`.
        name: String,
        /// The JSON Schema.
        schema: Value,
    },
    /// Text that a grammar describes, in the GBNF notation of llama.cpp.
    Grammar(String),
}

/// A request to a language model. `Debug` shows no content.
///
/// ```
/// use goodwill::llm::LlmRequest;
/// use goodwill::prompts::messages::Message;
///
/// let request = LlmRequest::new("small", vec![Message::user("Ada, +44 20 7946 0000: hello")])
///     .with_temperature(0.0)
///     .with_max_output_tokens(200);
/// assert!(request.check().is_ok());
/// assert!(!format!("{request:?}").contains("Ada"));
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct LlmRequest {
    /// The conversation.
    pub messages: Vec<Message>,
    /// The name of the model, as the provider spells it.
    pub model: String,
    /// How far the model may stray, from 0 to 2.
    pub temperature: Option<f64>,
    /// The seed of the model's randomness, for providers that take one.
    pub seed: Option<u32>,
    /// The most tokens of the answer.
    pub max_output_tokens: Option<u32>,
    /// Texts that end the answer.
    pub stop: Vec<String>,
    /// The form of the answer.
    pub response: ResponseFormat,
    /// The host's own words about the call. They are never sent.
    pub metadata: BTreeMap<String, String>,
}

impl LlmRequest {
    /// A request with the provider's own settings.
    #[must_use]
    pub fn new(model: impl Into<String>, messages: Vec<Message>) -> Self {
        Self {
            messages,
            model: model.into(),
            temperature: None,
            seed: None,
            max_output_tokens: None,
            stop: Vec::new(),
            response: ResponseFormat::Text,
            metadata: BTreeMap::new(),
        }
    }

    /// Sets how far the model may stray.
    #[must_use]
    pub fn with_temperature(mut self, temperature: f64) -> Self {
        self.temperature = Some(temperature);
        self
    }

    /// Sets the seed.
    #[must_use]
    pub fn with_seed(mut self, seed: u32) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Sets the most tokens of the answer.
    #[must_use]
    pub fn with_max_output_tokens(mut self, tokens: u32) -> Self {
        self.max_output_tokens = Some(tokens);
        self
    }

    /// Sets the form of the answer.
    #[must_use]
    pub fn with_response(mut self, response: ResponseFormat) -> Self {
        self.response = response;
        self
    }

    /// Whether any provider could take the request.
    ///
    /// # Errors
    /// `llm.invalid_request` without a model or a message other than instructions, with a
    /// temperature outside 0 to 2, with no room for an answer, or with a schema without a name of
    /// at most 64 letters, digits, `_` and `-`.
    pub fn check(&self) -> Result<(), LlmError> {
        let named = |name: &str| {
            (1..=64).contains(&name.len())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
        };
        let wrong = if self.model.is_empty() {
            Some("model: expected the name of a model")
        } else if !self.messages.iter().any(|message| message.role != Role::System) {
            Some("messages: expected a message of the user")
        } else if self.temperature.is_some_and(|value| !(0.0..=2.0).contains(&value)) {
            Some("temperature: expected 0 to 2")
        } else if self.max_output_tokens == Some(0) {
            Some("max_output_tokens: expected 1 or more")
        } else if self.stop.iter().any(String::is_empty) {
            Some("stop: expected texts that are not empty")
        } else {
            match &self.response {
                ResponseFormat::JsonSchema { name, .. } if !named(name) => {
                    Some("response.name: expected 1 to 64 letters, digits, _ or -")
                }
                _ => None,
            }
        };
        wrong.map_or(Ok(()), |detail| Err(LlmError::new(LlmErrorKind::InvalidRequest, detail)))
    }
}

impl fmt::Debug for LlmRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form = match self.response {
            ResponseFormat::Text => "text",
            ResponseFormat::JsonMode => "json",
            ResponseFormat::JsonSchema { .. } => "json_schema",
            ResponseFormat::Grammar(_) => "grammar",
        };
        f.debug_struct("LlmRequest")
            .field("model", &self.model)
            .field("messages", &self.messages)
            .field("temperature", &self.temperature)
            .field("seed", &self.seed)
            .field("max_output_tokens", &self.max_output_tokens)
            .field("response", &form)
            .finish_non_exhaustive()
    }
}
