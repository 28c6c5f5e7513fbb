//! What goes to a provider and what comes back, as values: no connection is made here.
//!
//! - OpenAI: `POST /v1/chat/completions`, as its API reference and the many servers that follow it
//!   have it (llama.cpp, vLLM, LM Studio, …);
//! - Anthropic: `POST /v1/messages`, version 2023-06-01;
//! - Ollama: `POST /api/chat`.

mod anthropic;
mod failure;
mod frames;
mod media;
mod ollama;
mod openai;
mod stream;

use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::client::Capabilities;
use super::failures::{LlmError, LlmErrorKind, invalid, malformed};
use super::http::{HeaderValue, Headers, HttpRequest};
use super::request::LlmRequest;
use super::response::{Finish, LlmResponse, Origin, Usage};
use super::secret::Secret;
use crate::prompts::messages::Role;
use crate::time::Timestamp;

pub use stream::StreamDecoder;

/// The protocol of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Protocol {
    /// Chat completions of OpenAI.
    OpenAi,
    /// Messages of Anthropic.
    Anthropic,
    /// Chats of Ollama.
    Ollama,
}

impl Protocol {
    /// The protocol as variables of the environment spell it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OpenAi => "openai",
            Self::Anthropic => "anthropic",
            Self::Ollama => "ollama",
        }
    }

    fn capabilities(self) -> Capabilities {
        let all = Capabilities {
            json_schema: true,
            json_mode: true,
            stream: true,
            seed: true,
            ..Capabilities::default()
        };
        match self {
            Self::OpenAi | Self::Ollama => all,
            Self::Anthropic => Capabilities { json_mode: false, seed: false, ..all },
        }
    }
}

/// Where a service is and how it is spoken to. `Debug` shows no address and no key.
///
/// ```
/// use goodwill::llm::{Endpoint, Protocol, Secret};
///
/// let endpoint = Endpoint::new(Protocol::OpenAi, "https://api.openai.com")?
///     .with_key(Secret::new("sk-123"));
/// assert!(!format!("{endpoint:?}").contains("sk-"));
/// assert!(Endpoint::new(Protocol::Ollama, "ftp://models").is_err());
/// # Ok::<(), goodwill::llm::LlmError>(())
/// ```
#[derive(Clone)]
pub struct Endpoint {
    /// The protocol.
    pub protocol: Protocol,
    /// The name of the provider in traces and cache keys: the protocol's, unless set.
    pub name: String,
    /// What the service can be asked for.
    pub capabilities: Capabilities,
    base: String,
    key: Option<Secret>,
    headers: Vec<(String, String)>,
    completion_tokens: bool,
}

impl Endpoint {
    /// A service at an address without the path of the protocol.
    ///
    /// # Errors
    /// `llm.invalid_request` for an address that does not begin with `http://` or `https://` and a
    /// host, or has white space, a key, a query or a fragment.
    pub fn new(protocol: Protocol, address: &str) -> Result<Self, LlmError> {
        let base = address.trim_end_matches('/');
        let host = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://"));
        let odd = |c: char| c.is_whitespace() || c.is_control() || "@?#\\".contains(c);
        if host.is_none_or(|host| host.is_empty() || host.starts_with('/') || host.contains(odd)) {
            return Err(invalid(
                "address: expected http:// or https:// with a host, without a key",
            ));
        }
        // Both forms are common: with the version, as clients of OpenAI want it, and without.
        let base = base.strip_suffix("/v1").unwrap_or(base);
        Ok(Self {
            protocol,
            name: protocol.as_str().to_owned(),
            capabilities: protocol.capabilities(),
            // OpenAI itself no longer takes `max_tokens` for newer models; others know only that.
            completion_tokens: base == "https://api.openai.com",
            base: base.to_owned(),
            key: None,
            headers: Vec::new(),
        })
    }

    /// A service that variables name: `GOODWILL_LLM_PROTOCOL` (`openai`, `anthropic` or `ollama`;
    /// `openai` without it), `GOODWILL_LLM_URL` and, if there is a key, `GOODWILL_LLM_KEY`.
    ///
    /// ```
    /// use goodwill::llm::Endpoint;
    ///
    /// // A program reads its environment: `|name| std::env::var(name).ok()`.
    /// let read = |name: &str| (name == "GOODWILL_LLM_URL").then(|| "http://localhost:11434".to_owned());
    /// assert!(Endpoint::from_variables(read).is_ok());
    /// assert!(Endpoint::from_variables(|_| None).is_err(), "nothing is set here");
    /// ```
    ///
    /// # Errors
    /// `llm.invalid_request` for an unknown protocol or an address that is missing or malformed.
    pub fn from_variables(read: impl Fn(&str) -> Option<String>) -> Result<Self, LlmError> {
        let protocol = match read("GOODWILL_LLM_PROTOCOL").as_deref() {
            None | Some("openai") => Protocol::OpenAi,
            Some("anthropic") => Protocol::Anthropic,
            Some("ollama") => Protocol::Ollama,
            Some(_) => {
                return Err(invalid("GOODWILL_LLM_PROTOCOL: expected openai, anthropic or ollama"));
            }
        };
        let address = read("GOODWILL_LLM_URL")
            .ok_or_else(|| invalid("GOODWILL_LLM_URL: expected the address of the service"))?;
        let endpoint = Self::new(protocol, &address)?;
        Ok(match read("GOODWILL_LLM_KEY") {
            Some(key) if !key.trim().is_empty() => endpoint.with_key(Secret::new(key)),
            _ => endpoint,
        })
    }

    /// With a key.
    #[must_use]
    pub fn with_key(mut self, key: Secret) -> Self {
        self.key = Some(key);
        self
    }

    /// With the name of the provider, such as `groq`.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// With a header for every request. It is no place for a key.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_ascii_lowercase(), value.into()));
        self
    }

    /// With what the service really can be asked for.
    #[must_use]
    pub fn with_capabilities(mut self, capabilities: Capabilities) -> Self {
        self.capabilities = capabilities;
        self
    }

    fn post(&self, path: &str, key: Option<(&str, &'static str)>, body: &Value) -> HttpRequest {
        let plain = |text: &str| HeaderValue::Plain(text.to_owned());
        let mut headers = vec![("content-type".to_owned(), plain("application/json"))];
        headers.extend(self.headers.iter().map(|(name, value)| (name.clone(), plain(value))));
        if let (Some((name, prefix)), Some(key)) = (key, &self.key) {
            headers.push((name.to_owned(), HeaderValue::Key(prefix, key.clone())));
        }
        let url = format!("{}{path}", self.base);
        HttpRequest { method: "POST", url, headers, body: body.to_string().into_bytes() }
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("protocol", &self.protocol)
            .field("name", &self.name)
            .field("capabilities", &self.capabilities)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

/// The HTTP request for a request, whole or as a stream. A form of the answer that the endpoint
/// cannot be asked for becomes the nearest that it can.
///
/// # Errors
/// As [`LlmRequest::check`]; `llm.invalid_request` also for a picture or a file that the protocol
/// cannot carry.
pub fn encode(
    request: &LlmRequest,
    endpoint: &Endpoint,
    stream: bool,
) -> Result<HttpRequest, LlmError> {
    request.check()?;
    match endpoint.protocol {
        Protocol::OpenAi => openai::encode(request, endpoint, stream),
        Protocol::Anthropic => anthropic::encode(request, endpoint, stream),
        Protocol::Ollama => ollama::encode(request, endpoint, stream),
    }
}

/// The response, or the error that the service tells of. `now` dates what it asks to wait.
///
/// # Errors
/// What the status and the body say; `llm.malformed` for a success in no documented form.
pub fn decode(
    endpoint: &Endpoint,
    status: u16,
    headers: &Headers,
    body: &[u8],
    now: Timestamp,
) -> Result<LlmResponse, LlmError> {
    if !(200..300).contains(&status) {
        return Err(failure::of_status(status, headers, body, now));
    }
    let json: Value =
        serde_json::from_slice(body).map_err(|_| malformed("the answer is not JSON"))?;
    if let Some(error) = json.get("error").filter(|error| !error.is_null()) {
        return Err(failure::of_body(error));
    }
    let draft = match endpoint.protocol {
        Protocol::OpenAi => openai::decode(&json),
        Protocol::Anthropic => anthropic::decode(&json),
        Protocol::Ollama => ollama::decode(&json),
    }?;
    draft.into_response(&endpoint.name)
}

/// A response that is being put together.
#[derive(Default)]
struct Draft {
    text: String,
    finish: Option<Finish>,
    refused: bool,
    usage: Usage,
    model: String,
}

impl Draft {
    fn into_response(self, provider: &str) -> Result<LlmResponse, LlmError> {
        let finish = self.finish.unwrap_or(Finish::Other);
        if self.refused || (finish == Finish::ContentFilter && self.text.is_empty()) {
            return Err(LlmError::new(LlmErrorKind::Refused, "the model declines to answer"));
        }
        Ok(LlmResponse {
            text: self.text,
            finish,
            usage: self.usage,
            model: self.model,
            provider: provider.to_owned(),
            origin: Origin::Model,
        })
    }
}

/// An object of a request, without what is not set.
#[derive(Default)]
struct Body(Map<String, Value>);

impl Body {
    fn set(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(key.to_owned(), value.into());
    }

    fn set_some(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.set(key, value);
        }
    }
}

/// The role as every provider spells it.
fn role(role: Role) -> &'static str {
    match role {
        Role::System => "system",
        Role::User => "user",
        Role::Model => "assistant",
    }
}

fn count(value: &Value, path: &str) -> u64 {
    value.pointer(path).and_then(Value::as_u64).unwrap_or(0)
}

fn text<'v>(value: &'v Value, path: &str) -> &'v str {
    value.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

/// The instructions of all system messages, one after the other.
fn instructions(request: &LlmRequest) -> Result<String, LlmError> {
    let mut system = Vec::new();
    for message in request.messages.iter().filter(|message| message.role == Role::System) {
        if !media::none(message) {
            return Err(invalid("messages: expected instructions without a picture or a file"));
        }
        system.push(message.words());
    }
    Ok(system.join("\n\n"))
}
