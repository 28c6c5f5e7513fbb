//! HTTP as values: what a codec wants sent, and who sends it.

use std::fmt;

use async_trait::async_trait;

use super::client::{Movable, Threaded};
use super::failures::LlmError;
use super::secret::Secret;

/// The value of a header.
#[derive(Debug, Clone)]
pub enum HeaderValue {
    /// A value that may be seen.
    Plain(String),
    /// A key, after a prefix such as `Bearer `.
    Key(&'static str, Secret),
}

impl HeaderValue {
    /// The value as it is sent. Keep it out of logs.
    #[must_use]
    pub fn reveal(&self) -> String {
        match self {
            Self::Plain(value) => value.clone(),
            Self::Key(prefix, key) => format!("{prefix}{}", key.reveal()),
        }
    }
}

/// A request to send. `Debug` shows neither keys nor the body.
#[derive(Clone)]
pub struct HttpRequest {
    /// The method.
    pub method: &'static str,
    /// The whole address.
    pub url: String,
    /// The headers, their names in lower case.
    pub headers: Vec<(String, HeaderValue)>,
    /// The body: JSON in UTF-8.
    pub body: Vec<u8>,
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("headers", &names)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

/// The headers of an answer; a name is found in any case.
#[derive(Clone, Default)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// The first value of a header.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

/// The body of an answer, piece by piece.
#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
pub trait HttpBody: Movable {
    /// The next bytes; nothing at the end.
    ///
    /// # Errors
    /// `llm.transport` when the connection breaks, or is silent for too long.
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, LlmError>;
}

/// An answer whose body is still to come.
pub struct HttpResponse {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: Headers,
    /// The body.
    pub body: Box<dyn HttpBody>,
}

impl HttpResponse {
    /// The longest body that is read at once.
    pub const MOST_BYTES: usize = 16 << 20;

    /// The whole body.
    ///
    /// # Errors
    /// `llm.transport` when the connection breaks; `llm.malformed` above
    /// [`HttpResponse::MOST_BYTES`].
    pub async fn read(&mut self) -> Result<Vec<u8>, LlmError> {
        let mut whole = Vec::new();
        while let Some(bytes) = self.body.chunk().await? {
            if whole.len().saturating_add(bytes.len()) > Self::MOST_BYTES {
                return Err(super::failures::malformed("the answer is longer than 16 MiB"));
            }
            whole.extend_from_slice(&bytes);
        }
        Ok(whole)
    }
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .finish_non_exhaustive()
    }
}

/// Sends requests: the built-in client, `fetch`, or a host's own.
#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
pub trait HttpTransport: Threaded + fmt::Debug {
    /// Sends a request and returns once the headers of the answer are there. It follows no
    /// redirect, since that would carry the key elsewhere, and tries nothing twice.
    ///
    /// # Errors
    /// `llm.transport` when there is no answer.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, LlmError>;
}
