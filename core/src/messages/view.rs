//! What readers get: one type for the business, one for everybody else.
//!
//! [`PublicMessage`] has no visibility, no audience, no place in the numbering of notes, no host
//! metadata and no names of staff: an internal note has nowhere to be put. It can only be made by
//! [`PublicMessage::of`], which refuses internal messages.
//!
//! ```compile_fail
//! fn leak(message: goodwill::PublicMessage) {
//!     let _ = message.visibility; // there is no such field
//! }
//! ```

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::access::{Role, Side};
use crate::ids::{MessageId, PartyId, ThreadId};
use crate::messages::model::{
    Attachment, Author, Channel, Content, ContentState, Format, MessageKind, MessageRow, Origin,
    RelationKind, ScanState, StoredMessage, Topic, Visibility,
};
use crate::spelling::spelled;
use crate::threads::{ReadState, Receipt};
use crate::time::Timestamp;

spelled! {
    /// What is left to read of a message.
    pub enum MessageState as "message_state" {
        /// The text as it was written.
        Original = "original";
        /// The text of a later correction.
        Corrected = "corrected";
        /// Nothing: its author withdrew it.
        Retracted = "retracted";
        /// What a redaction left.
        Redacted = "redacted";
        /// Nothing: it was erased with the person.
        Erased = "erased";
    }
}

/// Who read a message, and when first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReadBy {
    /// The reader.
    pub party: PartyId,
    /// In which role.
    pub role: Role,
    /// When first.
    pub at: Timestamp,
}

/// An emoji on a message, for the business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Reaction {
    /// The emoji.
    pub emoji: String,
    /// Who reacted with it, the first one first.
    pub authors: Vec<Author>,
}

/// A message as the business reads it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Message {
    /// The id.
    pub id: MessageId,
    /// The thread it was posted to.
    pub thread: ThreadId,
    /// The place in that thread, from 1 without a gap.
    pub seq: u64,
    /// The place among the public messages; `None` when it is internal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_seq: Option<u64>,
    /// Who wrote it.
    pub author: Author,
    /// The customer acted for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<PartyId>,
    /// Who wrote the text.
    pub origin: Origin,
    /// What it is for.
    pub topic: Topic,
    /// Its form.
    pub kind: MessageKind,
    /// Who may see it.
    pub visibility: Visibility,
    /// Where it came from.
    pub via: Channel,
    /// Where it is meant to go.
    pub intended: Channel,
    /// How the text is marked up.
    pub format: Format,
    /// The language of the text, BCP 47.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The message that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    /// What is left to read.
    pub state: MessageState,
    /// A short subject line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The text; empty when nothing is left.
    pub text: String,
    /// The whole text as it arrived, where quoted text or a signature was cut off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
    /// The files.
    pub attachments: Vec<Attachment>,
    /// The host's own facts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// When it was last corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrected_at: Option<Timestamp>,
    /// The emoji on it.
    pub reactions: Vec<Reaction>,
    /// Who read it, the first one first; never its author.
    pub read_by: Vec<ReadBy>,
    /// When a customer first read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_at: Option<Timestamp>,
    /// Whether somebody of another side than its author's has read it.
    pub is_read: bool,
    /// Whether the caller has yet to read it.
    pub unread: bool,
    /// When it was posted.
    pub created_at: Timestamp,
    /// When it was written, if that was long before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<Timestamp>,
}

/// An emoji on a message, for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PublicReaction {
    /// The emoji.
    pub emoji: String,
    /// How many reacted with it.
    pub count: u64,
    /// Whether the reader did.
    pub mine: bool,
}

/// A file at a message, for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PublicAttachment {
    /// Where the host keeps the bytes; `None` while the file is not known to be clean.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blob_ref: Option<String>,
    /// The file's name.
    pub name: String,
    /// The media type.
    pub mime: String,
    /// The size in bytes.
    pub size: u64,
}

/// Which side read a message, and when first. Customers learn the role, never the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PublicReadBy {
    /// The role of the reader.
    pub role: Role,
    /// When somebody of that role read it first.
    pub at: Timestamp,
}

/// A message as customers, suppliers and resellers read it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PublicMessage {
    /// The id.
    pub id: MessageId,
    /// The thread it was posted to.
    pub thread: ThreadId,
    /// The place among the public messages of the thread, from 1 without a gap.
    pub number: u64,
    /// The role of its author.
    pub author_role: Role,
    /// Whether the reader wrote it.
    pub mine: bool,
    /// Who wrote the text: a tenant cannot hide that a model did.
    pub origin: Origin,
    /// What it is for.
    pub topic: Topic,
    /// Its form.
    pub kind: MessageKind,
    /// Where it came from.
    pub via: Channel,
    /// Where it is meant to go.
    pub intended: Channel,
    /// How the text is marked up.
    pub format: Format,
    /// The language of the text, BCP 47.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The message that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    /// What is left to read.
    pub state: MessageState,
    /// A short subject line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The text; empty when nothing is left.
    pub text: String,
    /// The files.
    pub attachments: Vec<PublicAttachment>,
    /// When it was last corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrected_at: Option<Timestamp>,
    /// The emoji on it.
    pub reactions: Vec<PublicReaction>,
    /// Which roles have read it, the first one first; empty when the tenant does not show receipts.
    pub read_by: Vec<PublicReadBy>,
    /// Whether the reader has yet to read it.
    pub unread: bool,
    /// When it was posted.
    pub created_at: Timestamp,
    /// When it was written, if that was long before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<Timestamp>,
}

/// What a projection knows of the reader.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// The reader; `None` when nobody has stored them yet.
    pub party: Option<PartyId>,
    /// The reader's read states, at most one a thread.
    pub states: &'a [ReadState],
    /// The receipts of the messages' threads.
    pub receipts: &'a [Receipt],
    /// Whether customers and partners see receipts.
    pub show_receipts: bool,
    /// Whether files that no scanner has seen are handed out.
    pub share_unscanned: bool,
}

impl Message {
    /// The message as the business reads it. Whether the reader may see it has been checked.
    #[must_use]
    pub fn of(stored: StoredMessage, reader: Reader<'_>) -> Self {
        let read_by = read_by(&stored, reader.receipts);
        let reply_to = reply_to(&stored);
        let corrected_at = corrected_at(&stored);
        let reactions = reactions(&stored);
        let unread = unread(&stored, reader);
        let (state, row, content) = shown(stored);
        let new = row.new;
        let side = new.author.role.side();
        Self {
            id: new.id,
            thread: new.thread,
            seq: row.seq,
            public_seq: row.public_seq,
            author: new.author,
            on_behalf_of: new.on_behalf_of,
            origin: new.origin,
            topic: new.topic,
            kind: new.kind,
            visibility: new.visibility,
            via: new.via,
            intended: new.intended,
            format: new.format,
            language: new.language,
            reply_to,
            state,
            title: content.title,
            text: content.text,
            original: content.original,
            attachments: content.attachments,
            metadata: content.metadata,
            corrected_at,
            reactions: reactions
                .into_iter()
                .map(|(emoji, authors)| Reaction { emoji, authors })
                .collect(),
            read_at: read_by
                .iter()
                .filter(|read| read.role.side() == Side::Customer)
                .map(|read| read.at)
                .min(),
            is_read: read_by.iter().any(|read| read.role.side() != side),
            read_by,
            unread,
            created_at: new.created_at,
            occurred_at: new.occurred_at,
        }
    }
}

impl PublicMessage {
    /// The message as customers and partners read it; `None` when it is internal.
    #[must_use]
    pub fn of(stored: StoredMessage, reader: Reader<'_>) -> Option<Self> {
        let number = match (stored.row.new.visibility, stored.row.public_seq) {
            (Visibility::Public, Some(number)) => number,
            _ => return None,
        };
        let is_me = |author: &Author| author.party.is_some() && author.party == reader.party;
        let read_by = if reader.show_receipts {
            read_by_roles(&read_by(&stored, reader.receipts))
        } else {
            Vec::new()
        };
        let reply_to = reply_to(&stored);
        let corrected_at = corrected_at(&stored);
        let reactions = reactions(&stored);
        let unread = unread(&stored, reader);
        let (state, row, content) = shown(stored);
        let new = row.new;
        Some(Self {
            id: new.id,
            thread: new.thread,
            number,
            author_role: new.author.role,
            mine: is_me(&new.author),
            origin: new.origin,
            topic: new.topic,
            kind: new.kind,
            via: new.via,
            intended: new.intended,
            format: new.format,
            language: new.language,
            reply_to,
            state,
            attachments: public_files(&content, reader.share_unscanned),
            title: content.title,
            text: content.text,
            corrected_at,
            reactions: reactions
                .into_iter()
                .map(|(emoji, authors)| PublicReaction {
                    emoji,
                    count: authors.len() as u64,
                    mine: authors.iter().any(is_me),
                })
                .collect(),
            read_by,
            unread,
            created_at: new.created_at,
            occurred_at: new.occurred_at,
        })
    }
}

fn public_files(content: &Content, share_unscanned: bool) -> Vec<PublicAttachment> {
    let shared = |file: &Attachment| match file.scan_state {
        ScanState::Clean => true,
        ScanState::Unscanned => share_unscanned,
        ScanState::Infected | ScanState::Failed => false,
    };
    let public = |file: &Attachment| PublicAttachment {
        blob_ref: shared(file).then(|| file.blob_ref.clone()),
        name: file.name.clone(),
        mime: file.mime.clone(),
        size: file.size,
    };
    content.attachments.iter().map(public).collect()
}

/// The content that is shown, and why it is that.
pub(crate) fn current(stored: &StoredMessage) -> (MessageState, Option<&Content>) {
    if stored.later.iter().any(|later| later.kind == RelationKind::Retracts) {
        return (MessageState::Retracted, None);
    }
    let correction = stored.later.iter().rev().find(|later| later.kind == RelationKind::Replaces);
    let content = correction.map_or(&stored.content, |later| &later.content);
    let state = match content.state {
        ContentState::Present if correction.is_some() => MessageState::Corrected,
        ContentState::Present => MessageState::Original,
        ContentState::Redacted => MessageState::Redacted,
        ContentState::Erased => return (MessageState::Erased, None),
    };
    (state, Some(content))
}

/// The same, taken out of the message, with its row; the content is empty when nothing is left.
fn shown(mut stored: StoredMessage) -> (MessageState, MessageRow, Content) {
    let (state, content) = current(&stored);
    if content.is_none() {
        return (state, stored.row, Content::tombstone(ContentState::Erased));
    }
    let correction = stored.later.iter().rposition(|later| later.kind == RelationKind::Replaces);
    let content = match correction {
        Some(place) => stored.later.swap_remove(place).content,
        None => stored.content,
    };
    (state, stored.row, content)
}

fn reply_to(stored: &StoredMessage) -> Option<MessageId> {
    stored
        .row
        .new
        .relation
        .filter(|relation| relation.kind == RelationKind::ReplyTo)
        .map(|relation| relation.message)
}

fn corrected_at(stored: &StoredMessage) -> Option<Timestamp> {
    let correction = stored.later.iter().rev().find(|later| later.kind == RelationKind::Replaces);
    correction.map(|later| later.created_at)
}

/// The emoji in the order of their first use. Reacting again with the same emoji takes it back.
pub(crate) fn reactions(stored: &StoredMessage) -> Vec<(String, Vec<Author>)> {
    let mut emoji: Vec<(String, Vec<Author>)> = Vec::new();
    for later in stored.later.iter().filter(|later| later.kind == RelationKind::ReactsTo) {
        if later.content.state != ContentState::Present {
            continue;
        }
        match emoji.iter_mut().find(|(known, _)| *known == later.content.text) {
            Some((_, authors)) => match authors.iter().position(|author| *author == later.author) {
                Some(place) => {
                    authors.remove(place);
                }
                None => authors.push(later.author),
            },
            None => emoji.push((later.content.text.clone(), vec![later.author])),
        }
    }
    emoji.retain(|(_, authors)| !authors.is_empty());
    emoji
}

/// The first reading by each reader who may see the message and did not write it.
fn read_by(stored: &StoredMessage, receipts: &[Receipt]) -> Vec<ReadBy> {
    if receipts.is_empty() {
        return Vec::new();
    }
    let row = &stored.row;
    let mut first: BTreeMap<PartyId, ReadBy> = BTreeMap::new();
    for receipt in receipts {
        let covers = receipt.thread == row.new.thread
            && (receipt.from_seq..=receipt.to_seq).contains(&row.seq);
        let visible = row.new.visibility.admits(crate::access::RoleSet::of(&[receipt.role]));
        if covers && visible && row.new.author.party != Some(receipt.reader) {
            let read = ReadBy { party: receipt.reader, role: receipt.role, at: receipt.at };
            let known = first.entry(receipt.reader).or_insert(read);
            if receipt.at < known.at {
                *known = read;
            }
        }
    }
    let mut read_by: Vec<_> = first.into_values().collect();
    read_by.sort_by_key(|read| (read.at, read.party));
    read_by
}

/// The first reading by each role, of the first readings by each reader.
fn read_by_roles(readers: &[ReadBy]) -> Vec<PublicReadBy> {
    if readers.is_empty() {
        return Vec::new();
    }
    let mut roles = BTreeMap::new();
    for read in readers {
        let first = roles.entry(read.role).or_insert(read.at);
        *first = read.at.min(*first);
    }
    let mut read_by: Vec<_> =
        roles.into_iter().map(|(role, at)| PublicReadBy { role, at }).collect();
    read_by.sort_by_key(|read| (read.at, read.role));
    read_by
}

/// Whether the reader has yet to read the message: the rule of [`crate::store::query::Unread`].
fn unread(stored: &StoredMessage, reader: Reader<'_>) -> bool {
    let row = &stored.row;
    let mine = row.new.author.party.is_some() && row.new.author.party == reader.party;
    let retracted = stored.later.iter().any(|later| later.kind == RelationKind::Retracts);
    let read =
        reader.states.iter().any(|state| state.thread == row.new.thread && state.has_read(row.seq));
    row.new.is_entry() && !mine && !retracted && !read
}
