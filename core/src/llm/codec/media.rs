//! Pictures and files of messages, as each protocol carries them.

use serde_json::{Value, json};

use crate::llm::failures::{LlmError, invalid};
use crate::prompts::messages::{Media, Message, Part};

/// What a `data:` URL (RFC 2397) in Base64 holds.
pub(super) struct Data<'m> {
    pub(super) content_type: &'m str,
    pub(super) base64: &'m str,
}

/// Whether a message has words only.
pub(super) fn none(message: &Message) -> bool {
    message.content.iter().all(|part| matches!(part, Part::Text { .. }))
}

/// The content of a message: its words, or a list of blocks if there is more than words.
pub(super) fn content(
    message: &Message,
    block: impl Fn(&Media) -> Result<Value, LlmError>,
) -> Result<Value, LlmError> {
    if none(message) {
        return Ok(message.words().into());
    }
    let blocks = message.content.iter().map(|part| match part {
        Part::Text { text } => Ok(json!({"type": "text", "text": text})),
        Part::Media { media } => block(media),
    });
    blocks.collect()
}

/// What a picture holds, if it stands in the message itself.
pub(super) fn data(media: &Media) -> Option<Data<'_>> {
    let (head, base64) = media.url.strip_prefix("data:")?.split_once(',')?;
    let named = head.strip_suffix(";base64")?;
    let named = named.split(';').next().filter(|named| !named.is_empty());
    let content_type = named.or(media.content_type.as_deref())?;
    Some(Data { content_type, base64 })
}

/// The type of what is at the address; empty if nobody says it.
pub(super) fn content_type(media: &Media) -> &str {
    let data = data(media).map(|data| data.content_type);
    data.or(media.content_type.as_deref()).unwrap_or_default()
}

/// Whether it is a picture. What nobody says the type of is taken for one.
pub(super) fn is_image(media: &Media) -> bool {
    let kind = content_type(media);
    kind.is_empty() || kind.starts_with("image/")
}

/// Whether providers can fetch it.
pub(super) fn is_address(media: &Media) -> bool {
    media.url.starts_with("https://") || media.url.starts_with("http://")
}

/// What the protocol cannot carry.
pub(super) fn not_carried() -> LlmError {
    invalid("messages: expected pictures and files that the protocol can carry")
}
