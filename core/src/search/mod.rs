//! Search over text: how words are told apart, what a query means, how a hit is shown.
//!
//! Every store indexes [`index_text`] and answers [`SearchQuery`]s; what a query finds is defined by
//! [`SearchQuery::matches`] alone.

#[cfg(any(test, target_family = "wasm"))]
pub(crate) mod normalization;
pub mod query;
pub mod snippet;
pub mod text;

pub use query::SearchQuery;
pub use snippet::{Snippet, snippet};
pub use text::{Token, index_text, tokens};
