//! What the host does for the library.

use std::fmt;

use async_trait::async_trait;

/// A function of the host's: takes a request in JSON and gives an answer in JSON.
///
/// A binding passes it on as it is, so that nothing but text crosses the border.
#[async_trait]
pub trait HostFunction: Send + Sync + fmt::Debug {
    /// Calls the function; nothing when it could not be called or gave no text.
    async fn call(&self, request: String) -> Option<String>;
}
