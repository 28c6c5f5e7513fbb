//! What an import reads, and how it becomes conversations.

pub mod mail;
pub mod mbox;
pub mod run;
pub mod table;

use goodwill::{Channel, Timestamp};

/// One message of a conversation, wherever it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Names the message in its source: the same in every run.
    pub id: String,
    /// Names the conversation.
    pub conversation: String,
    /// Who is the customer of the conversation; the author's own address where nothing else is said.
    pub customer: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub at: Option<Timestamp>,
    /// The subject line.
    pub title: Option<String>,
    /// The text.
    pub text: String,
    /// How it came.
    pub channel: Channel,
}

/// Something that was not imported, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Where in the source: `letter 3`, `line 12`.
    pub place: String,
    /// Why.
    pub reason: String,
}
