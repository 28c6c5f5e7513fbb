//! The built-in HTTP client, on hyper, with TLS in Rust. It needs a runtime of tokio around it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use http_body_util::{BodyExt as _, Full};
use hyper::Request;
use hyper::body::{Bytes, Incoming};
use hyper::header::HeaderValue;
use hyper_rustls::{ConfigBuilderExt as _, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rustls::{ClientConfig, RootCertStore};

use super::failures::{LlmError, LlmErrorKind, invalid};
use super::http::{Headers, HttpBody, HttpRequest, HttpResponse, HttpTransport};
use super::runtime::Sleeper;

/// How long an HTTP call may be silent. There is no bound for a whole answer: the deadline of the
/// call is one, and a stream that flows has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HttpTimeouts {
    /// For the connection.
    pub connect: Duration,
    /// From the request to the headers of the answer; a model thinks before them.
    pub first_byte: Duration,
    /// Between two pieces of the body.
    pub idle: Duration,
}

impl Default for HttpTimeouts {
    /// 5 seconds, 2 minutes, 30 seconds.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            first_byte: Duration::from_secs(120),
            idle: Duration::from_secs(30),
        }
    }
}

/// Sends requests over HTTP/1.1, with or without TLS. It trusts the authorities that the system
/// trusts, uses no proxy, follows no redirect and keeps no cookies.
#[derive(Clone)]
pub struct HttpClient {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    timeouts: HttpTimeouts,
}

impl HttpClient {
    /// A client with the usual timeouts.
    ///
    /// # Errors
    /// `llm.transport` when TLS cannot be set up.
    pub fn new() -> Result<Self, LlmError> {
        Self::with_timeouts(HttpTimeouts::default())
    }

    /// A client with other timeouts.
    ///
    /// # Errors
    /// As [`HttpClient::new`].
    pub fn with_timeouts(timeouts: HttpTimeouts) -> Result<Self, LlmError> {
        let mut plain = HttpConnector::new();
        plain.set_connect_timeout(Some(timeouts.connect));
        plain.set_nodelay(true);
        plain.enforce_http(false);
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls()?)
            .https_or_http()
            .enable_http1()
            .wrap_connector(plain);
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Ok(Self { client, timeouts })
    }
}

impl fmt::Debug for HttpClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpClient").field("timeouts", &self.timeouts).finish_non_exhaustive()
    }
}

/// TLS 1.2 and 1.3 with the system's authorities. A system without any still has local models:
/// then every certificate is refused.
fn tls() -> Result<ClientConfig, LlmError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = || {
        ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|_| transport("TLS cannot be set up"))
    };
    let builder = match builder()?.with_native_roots() {
        Ok(trusting) => trusting,
        Err(_) => builder()?.with_root_certificates(RootCertStore::empty()),
    };
    Ok(builder.with_no_client_auth())
}

#[async_trait]
impl HttpTransport for HttpClient {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, LlmError> {
        let mut post = Request::builder().method(request.method).uri(&request.url);
        for (name, value) in &request.headers {
            let mut value = HeaderValue::from_str(&value.reveal())
                .map_err(|_| invalid("headers: expected visible ASCII, in the key too"))?;
            value.set_sensitive(true);
            post = post.header(name.as_str(), value);
        }
        let post = post
            .body(Full::new(Bytes::from(request.body)))
            .map_err(|_| invalid("address: expected a URL"))?;
        let response = tokio::time::timeout(self.timeouts.first_byte, self.client.request(post))
            .await
            .map_err(|_| transport("the service does not answer"))?
            .map_err(|_| transport("the service cannot be reached"))?;
        let pairs = response.headers().iter();
        let headers: Headers =
            pairs.filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?))).collect();
        let status = response.status().as_u16();
        let body = Box::new(Body { body: response.into_body(), idle: self.timeouts.idle });
        Ok(HttpResponse { status, headers, body })
    }
}

struct Body {
    body: Incoming,
    idle: Duration,
}

#[async_trait]
impl HttpBody for Body {
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, LlmError> {
        loop {
            let frame = tokio::time::timeout(self.idle, self.body.frame())
                .await
                .map_err(|_| transport("the service fell silent"))?;
            let Some(frame) = frame else { return Ok(None) };
            let frame = frame.map_err(|_| transport("the connection broke"))?;
            // What is no data is a trailer.
            if let Ok(bytes) = frame.into_data() {
                return Ok(Some(bytes.to_vec()));
            }
        }
    }
}

fn transport(detail: &'static str) -> LlmError {
    LlmError::new(LlmErrorKind::Transport, detail)
}

/// The sleep of tokio.
#[derive(Debug, Clone, Copy, Default)]
pub struct TokioSleeper;

#[async_trait]
impl Sleeper for TokioSleeper {
    async fn sleep(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}
