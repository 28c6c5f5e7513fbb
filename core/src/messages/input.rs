//! What callers say, and the rules that it must keep.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
#[cfg(not(target_family = "wasm"))]
use unicode_segmentation::UnicodeSegmentation as _;

use crate::access::{Role, RoleSet};
use crate::error::{Code, Error, Result};
use crate::ids::MessageId;
use crate::messages::model::{Attachment, Channel, Content, ContentState, Format, Origin, Topic};
use crate::tenants::Limits;
use crate::time::Timestamp;

/// A message to post.
///
/// Its author is the principal; a service that acts on behalf of a customer passes on the customer's
/// words, and the customer is the author.
///
/// ```
/// use goodwill::{PostMessage, Topic};
///
/// let message = PostMessage::text("Your panels have been ordered.").about(Topic::StatusUpdate);
/// assert!(!message.internal);
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct PostMessage {
    /// The text; may be empty when there are attachments.
    pub text: String,
    /// A short subject line; with a topic, the tenant's title for it by default.
    pub title: Option<String>,
    /// What it is for; generic by default.
    pub topic: Option<Topic>,
    /// Whether only colleagues may see it.
    pub internal: bool,
    /// Which colleagues; the tenant's note audience by default. The author is always one of them.
    pub audience: Option<RoleSet>,
    /// Where it comes from; in-app by default.
    pub via: Option<Channel>,
    /// Where it is meant to go; in-app by default.
    pub intended: Option<Channel>,
    /// Who wrote the text; a person by default. Only the business can say otherwise.
    pub origin: Option<Origin>,
    /// The files.
    pub attachments: Vec<Attachment>,
    /// How the text is marked up; plain by default.
    pub format: Option<Format>,
    /// The language of the text, BCP 47.
    pub language: Option<String>,
    /// The message that it answers.
    pub reply_to: Option<MessageId>,
    /// The host's own facts; customers and partners never see them.
    pub metadata: Option<Map<String, Value>>,
    /// When it was written, if that was before now: for imports, by the business or a service.
    pub occurred_at: Option<Timestamp>,
    /// The id that the channel's provider gave it, of a mail its `Message-ID`: once per channel, and
    /// from the business or a service. Answers from outside that name it find the conversation.
    pub provider_ref: Option<String>,
    /// The role that a request claims. It grants nothing: another role than the principal's is
    /// refused with `access.role_claim`.
    pub claimed_role: Option<Role>,
}

impl PostMessage {
    /// A public text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A note among colleagues.
    #[must_use]
    pub fn note(text: impl Into<String>) -> Self {
        Self { text: text.into(), internal: true, ..Self::default() }
    }

    /// The same message for a purpose.
    #[must_use]
    pub fn about(mut self, topic: Topic) -> Self {
        self.topic = Some(topic);
        self
    }

    /// The same message with a title.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// The same message from a channel.
    #[must_use]
    pub fn via(mut self, channel: Channel) -> Self {
        self.via = Some(channel);
        self
    }

    /// The same message as an answer.
    #[must_use]
    pub fn in_reply_to(mut self, message: MessageId) -> Self {
        self.reply_to = Some(message);
        self
    }

    /// The same message with one more file.
    #[must_use]
    pub fn with_attachment(mut self, file: Attachment) -> Self {
        self.attachments.push(file);
        self
    }

    /// The content, once it keeps the rules.
    pub(crate) fn content(&self, limits: &Limits, title: Option<&str>) -> Result<Content> {
        if self.text.trim().is_empty() && self.attachments.is_empty() {
            return Err(Error::field(
                Code::InputEmpty,
                "text",
                "a text that is not blank, or an attachment",
            ));
        }
        check_text("text", &self.text, limits.text_bytes)?;
        let title = self.title.as_deref().or(title);
        if let Some(title) = title {
            if title.trim().is_empty() {
                return Err(Error::field(Code::InputEmpty, "title", "a title that is not blank"));
            }
            check_text("title", title, limits.title_bytes)?;
        }
        check_attachments(&self.attachments, limits)?;
        check_metadata(self.metadata.as_ref(), limits)?;
        Ok(Content {
            state: ContentState::Present,
            salt: None,
            title: title.map(str::to_owned),
            text: self.text.clone(),
            original: None,
            attachments: self.attachments.clone(),
            metadata: self.metadata.clone(),
        })
    }
}

/// Something that happened, told to those who read the thread.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SystemEvent {
    /// The host's name of the event: `ORDER_SHIPPED`.
    pub event_type: String,
    /// The text.
    pub text: String,
    /// Facts about it: `{"trackingNumber": "…"}`.
    #[serde(default)]
    pub metadata: Option<Map<String, Value>>,
    /// Where it comes from; in-app by default.
    #[serde(default)]
    pub via: Option<Channel>,
    /// Whether only colleagues may see it.
    #[serde(default)]
    pub internal: bool,
}

impl SystemEvent {
    /// A public event without facts.
    #[must_use]
    pub fn new(event_type: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            event_type: event_type.into(),
            text: text.into(),
            metadata: None,
            via: None,
            internal: false,
        }
    }

    /// The same event with facts.
    #[must_use]
    pub fn with_metadata(mut self, metadata: Map<String, Value>) -> Self {
        self.metadata = Some(metadata);
        self
    }
}

/// What to take out of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Redaction {
    /// Everything: title, text, files and metadata.
    All,
    /// These byte ranges of the text that is shown; earlier versions of the text go whole.
    Spans(Vec<(usize, usize)>),
}

/// What stands where redacted text stood.
pub const REDACTED: &str = "[redacted]";

/// The text without the spans.
pub(crate) fn redact(text: &str, spans: &[(usize, usize)]) -> Result<String> {
    let refuse = || {
        Error::invalid(
            "spans",
            "ranges of bytes inside the text, at character boundaries, sorted, not touching",
        )
    };
    if spans.is_empty() {
        return Err(refuse());
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (place, (start, end)) in spans.iter().enumerate() {
        if start >= end || (place > 0 && *start <= done) {
            return Err(refuse());
        }
        out.push_str(text.get(done..*start).ok_or_else(refuse)?);
        out.push_str(REDACTED);
        text.get(*start..*end).ok_or_else(refuse)?;
        done = *end;
    }
    out.push_str(text.get(done..).ok_or_else(refuse)?);
    Ok(out)
}

/// Checks that a text has no NUL and is not too long.
pub(crate) fn check_text(field: &'static str, text: &str, limit: usize) -> Result<()> {
    if text.contains('\0') {
        return Err(Error::field(Code::InputNul, field, "text without U+0000"));
    }
    if text.len() > limit {
        return Err(Error::field(
            Code::InputTooLong,
            field,
            format!("at most {limit} bytes of UTF-8"),
        )
        .with("limit", limit));
    }
    Ok(())
}

/// Checks a text that is stored in a row and must be short: a key, a name, a tag.
pub(crate) fn check_word(field: &'static str, text: &str, limit: usize) -> Result<()> {
    if text.trim().is_empty() {
        return Err(Error::field(Code::InputEmpty, field, "a text that is not blank"));
    }
    check_text(field, text, limit)?;
    if text.chars().any(char::is_control) {
        return Err(Error::invalid(field, "text without control characters"));
    }
    Ok(())
}

/// Checks that a reaction is one emoji.
pub(crate) fn check_emoji(emoji: &str) -> Result<()> {
    #[cfg(not(target_family = "wasm"))]
    let one = emoji.len() <= 64 && emoji.graphemes(true).count() == 1;
    #[cfg(target_family = "wasm")]
    let one = emoji.len() <= 64 && crate::messages::graphemes::is_one(emoji);
    // Every emoji that stands alone has a character outside Latin-1; keycaps end with U+20E3.
    let pictorial = emoji.chars().any(|c| {
        matches!(u32::from(c),
            0xa9 | 0xae | 0x203c | 0x2049 | 0x20e3 | 0x2122 | 0x2139 | 0x2194..=0x21aa
            | 0x231a..=0x23ff | 0x24c2 | 0x25aa..=0x27bf | 0x2934 | 0x2935 | 0x2b05..=0x2b55
            | 0x3030 | 0x303d | 0x3297 | 0x3299 | 0x1f000..=0x1faff)
    });
    if one && pictorial { Ok(()) } else { Err(Error::invalid("emoji", "one emoji")) }
}

fn check_attachments(files: &[Attachment], limits: &Limits) -> Result<()> {
    if files.len() > limits.attachments {
        return Err(Error::field(
            Code::InputTooLong,
            "attachments",
            format!("at most {} files", limits.attachments),
        )
        .with("limit", limits.attachments));
    }
    for file in files {
        check_word("attachments.blob_ref", &file.blob_ref, 1_024)?;
        check_word("attachments.name", &file.name, 255)?;
        check_word("attachments.mime", &file.mime, 255)?;
        let (kind, subtype) = file.mime.split_once('/').unwrap_or_default();
        if kind.is_empty() || subtype.is_empty() || !file.mime.is_ascii() {
            return Err(Error::invalid("attachments.mime", "a media type such as image/png"));
        }
        if file.size > limits.attachment_bytes {
            return Err(Error::field(
                Code::InputTooLong,
                "attachments.size",
                format!("at most {} bytes", limits.attachment_bytes),
            )
            .with("limit", limits.attachment_bytes));
        }
        let hex = |hash: &String| {
            hash.len() == 64 && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        };
        if !file.sha256.as_ref().is_none_or(hex) {
            return Err(Error::invalid("attachments.sha256", "64 lower-case hexadecimal digits"));
        }
        if let Some(cid) = &file.cid {
            check_word("attachments.cid", cid, 255)?;
        }
    }
    Ok(())
}

/// How deeply facts may be nested: every reader of JSON takes that.
const DEEPEST: usize = 32;

fn check_metadata(metadata: Option<&Map<String, Value>>, limits: &Limits) -> Result<()> {
    let Some(metadata) = metadata else { return Ok(()) };
    if metadata.values().any(|value| is_deeper(value, DEEPEST)) {
        return Err(
            Error::invalid("metadata", format!("at most {DEEPEST} levels")).with("limit", DEEPEST)
        );
    }
    let size = serde_json::to_string(metadata).map_or(usize::MAX, |json| json.len());
    if size > limits.metadata_bytes {
        return Err(Error::field(
            Code::InputTooLong,
            "metadata",
            format!("at most {} bytes of JSON", limits.metadata_bytes),
        )
        .with("limit", limits.metadata_bytes));
    }
    if has_nul(&Value::Object(metadata.clone())) {
        return Err(Error::field(Code::InputNul, "metadata", "text without U+0000"));
    }
    Ok(())
}

fn is_deeper(value: &Value, levels: usize) -> bool {
    match (value, levels) {
        (Value::Array(_) | Value::Object(_), 0) => true,
        (Value::Array(values), levels) => values.iter().any(|each| is_deeper(each, levels - 1)),
        (Value::Object(fields), levels) => fields.values().any(|each| is_deeper(each, levels - 1)),
        _ => false,
    }
}

fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(values) => values.iter().any(has_nul),
        Value::Object(fields) => {
            fields.iter().any(|(key, value)| key.contains('\0') || has_nul(value))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redaction_takes_spans_out() {
        assert_eq!(redact("card 4111 now", &[(5, 9)]).unwrap(), "card [redacted] now");
        assert_eq!(redact("ab cd", &[(0, 2), (3, 5)]).unwrap(), "[redacted] [redacted]");
        for bad in [vec![], vec![(3, 3)], vec![(0, 99)], vec![(2, 4), (0, 1)], vec![(1, 2)]] {
            assert_eq!(redact("é café", &bad).unwrap_err().code(), Code::InputInvalid, "{bad:?}");
        }
    }

    #[test]
    fn an_emoji_is_one_emoji() {
        for emoji in ["👍", "❤️", "👩🏽‍🔧", "🇫🇷", "1️⃣", "©"] {
            check_emoji(emoji).unwrap();
        }
        for other in ["", "a", "1", "👍👍", "ok 👍", "é", "\u{200d}"] {
            assert!(check_emoji(other).is_err(), "{other:?}");
        }
    }
}
