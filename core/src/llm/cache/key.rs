//! What makes two calls the same call.

use std::fmt;

use serde_json::json;

use crate::llm::client::Call;
use crate::llm::request::LlmRequest;
use crate::prompts::canonical::canonical_hash;

/// The version of the key. It changes with what the key is made of.
const VERSION: u32 = 1;

/// The SHA-256 of everything that an answer depends on, in lower-case hexadecimal digits.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CacheKey(String);

impl CacheKey {
    /// The key of a call: over the version of the key, the prompt and its content hash, the
    /// messages, the provider, the model, every parameter, and the tenant, as JSON with sorted keys.
    ///
    /// ```
    /// use goodwill::llm::{Budget, CacheKey, Call, LlmRequest};
    /// use goodwill::prompts::messages::Message;
    ///
    /// let call = Call::new("reply", Budget::attempts(1));
    /// let request = LlmRequest::new("small", vec![Message::user("Hello")]);
    /// let warmer = request.clone().with_temperature(0.7);
    /// assert_eq!(CacheKey::of("openai", &request, &call), CacheKey::of("openai", &request, &call));
    /// assert_ne!(CacheKey::of("openai", &request, &call), CacheKey::of("openai", &warmer, &call));
    /// ```
    #[must_use]
    pub fn of(provider: &str, request: &LlmRequest, call: &Call) -> Self {
        let whole = json!({
            "keyVersion": VERSION,
            "prompt": call.prompt,
            "contentHash": call.content_hash,
            "messages": request.messages,
            "provider": provider,
            "model": request.model,
            "temperature": request.temperature,
            "seed": request.seed,
            "maxOutputTokens": request.max_output_tokens,
            "stop": request.stop,
            "response": request.response,
            "tenant": call.tenant.to_string(),
        });
        Self(canonical_hash(&whole))
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for CacheKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CacheKey({})", self.0)
    }
}
