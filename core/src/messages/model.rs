//! The data of messages.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::access::{Role, RoleSet};
use crate::ids::{MessageId, PartyId, TenantId, ThreadId};
use crate::spelling::spelled;
use crate::time::Timestamp;

spelled! {
    /// Where a message came from, or is meant to go.
    pub enum Channel as "channel" {
        /// The host's own application or portal.
        InApp = "in_app" | "portal", title "In-app";
        /// Electronic mail.
        Email = "email" | "mail";
        /// Text message.
        Sms = "sms", title "SMS";
        /// WhatsApp.
        WhatsApp = "whatsapp", title "WhatsApp";
        /// Instagram direct messages.
        Instagram = "instagram";
        /// A call, logged by hand or by a telephone system.
        Phone = "phone";
        /// A push notification.
        Push = "push";
        /// A form or chat on a web site.
        Web = "web";
        /// A machine's call.
        Webhook = "webhook";
        /// Anything else.
        Custom = "custom";
    }
}

spelled! {
    /// Who wrote the text.
    pub enum Origin as "origin" {
        /// The software, from a fixed text.
        System = "system";
        /// A person.
        Human = "human";
        /// A language model.
        AiSuggested = "ai_suggested", title "AI-suggested";
    }
}

spelled! {
    /// What a message is for.
    pub enum Topic as "topic" {
        /// Progress of the work.
        StatusUpdate = "status_update";
        /// A new or changed date.
        EtaUpdate = "eta_update", title "ETA Update";
        /// Anything else.
        Generic = "generic";
        /// A reminder.
        Reminder = "reminder";
        /// Good wishes.
        Greeting = "greeting";
        /// A question about satisfaction.
        Survey = "survey";
    }
}

spelled! {
    /// The form of a message.
    pub enum MessageKind as "kind" {
        /// A text.
        Text = "text";
        /// One or more files, with or without text.
        Attachment = "attachment";
        /// Something that happened.
        SystemEvent = "system_event";
        /// A note among colleagues: never public.
        Note = "note";
        /// A survey.
        Survey = "survey";
        /// The summary of a call.
        CallSummary = "call_summary";
        /// An emoji on another message.
        Reaction = "reaction";
        /// The withdrawal of another message.
        Retraction = "retraction";
    }
}

/// Who may see a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody who may read the thread.
    Public,
    /// Only principals with a role of the audience.
    Internal {
        /// The roles that may see it.
        audience: RoleSet,
    },
}

impl Visibility {
    /// Whether one of these roles may see the message.
    #[must_use]
    pub fn admits(self, roles: RoleSet) -> bool {
        match self {
            Self::Public => true,
            Self::Internal { audience } => audience.intersects(roles),
        }
    }

    /// Internal to administrators: the default for notes.
    pub const ADMINS: Self = Self::Internal { audience: RoleSet::of(&[Role::Admin]) };
}

impl Visibility {
    /// Whether everybody who may read the thread may see the message.
    #[must_use]
    pub fn is_public(self) -> bool {
        matches!(self, Self::Public)
    }
}

spelled! {
    /// How a text is marked up.
    pub enum Format as "format" {
        /// Not at all.
        Plain = "plain";
        /// CommonMark.
        Markdown = "markdown";
        /// HTML that the host has sanitised.
        HtmlSanitised = "html_sanitised" | "html_sanitized";
    }
}

spelled! {
    /// What a message is to an earlier one.
    pub enum RelationKind as "relation_kind" {
        /// An answer.
        ReplyTo = "reply_to";
        /// A correction: shown instead of it.
        Replaces = "replaces";
        /// A withdrawal: it is not shown any more.
        Retracts = "retracts";
        /// An emoji on it.
        ReactsTo = "reacts_to" | "reaction";
    }
}

/// The link from a message to an earlier message of the same thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Relation {
    /// What this message is to the other.
    pub kind: RelationKind,
    /// The other message.
    pub message: MessageId,
}

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Author {
    /// In which role: the principal's, never the request's.
    pub role: Role,
    /// Who; `None` for the system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyId>,
}

spelled! {
    /// How the file is meant to be shown.
    pub enum Disposition as "disposition" {
        /// Beside the message.
        Attachment = "attachment";
        /// Inside the message.
        Inline = "inline";
    }
}

spelled! {
    /// What the host's scanner said of a file.
    pub enum ScanState as "scan_state" {
        /// Nothing yet.
        Unscanned = "unscanned";
        /// Nothing found.
        Clean = "clean";
        /// Something found.
        Infected = "infected";
        /// The scan failed.
        Failed = "failed";
    }
}

/// A file at a message. The host keeps the bytes; the engine keeps what describes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// Where the host keeps the bytes.
    pub blob_ref: String,
    /// The file's name.
    pub name: String,
    /// The media type, such as `image/png`.
    pub mime: String,
    /// The size in bytes.
    pub size: u64,
    /// The SHA-256 of the bytes in lower-case hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// How it is meant to be shown.
    #[serde(default = "Disposition::default_for_files")]
    pub disposition: Disposition,
    /// The Content-ID that the text refers to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cid: Option<String>,
    /// What the scanner said.
    #[serde(default = "ScanState::default_for_files")]
    pub scan_state: ScanState,
}

impl Disposition {
    fn default_for_files() -> Self {
        Self::Attachment
    }
}

impl ScanState {
    fn default_for_files() -> Self {
        Self::Unscanned
    }
}

spelled! {
    /// What is left of the content of a message.
    pub enum ContentState as "content_state" {
        /// All of it.
        Present = "present";
        /// Parts or all of it were removed by somebody entitled to.
        Redacted = "redacted";
        /// Gone with the person.
        Erased = "erased";
    }
}

/// What a person wrote: the only part of a message that can go.
///
/// It is kept apart from the message row, which never changes and holds only a salted hash of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Content {
    /// What is left of it.
    pub state: ContentState,
    /// Makes the hash in the message row unlinkable once it is gone.
    #[serde(skip)]
    pub salt: Option<[u8; 16]>,
    /// A short subject line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The text.
    pub text: String,
    /// The whole text as it arrived, where quoted text or a signature was cut off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
    /// The files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// The host's own facts: an open JSON object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
}

impl Content {
    /// The content that is left when everything is gone.
    #[must_use]
    pub fn tombstone(state: ContentState) -> Self {
        Self {
            state,
            salt: None,
            title: None,
            text: String::new(),
            original: None,
            attachments: Vec::new(),
            metadata: None,
        }
    }
}

/// A message as it was decided, before it has its place in the thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// The id.
    pub id: MessageId,
    /// The thread.
    pub thread: ThreadId,
    /// Who wrote it.
    pub author: Author,
    /// The customer acted for.
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
    /// The id that the channel's provider gave it; see [`crate::inbound::Arrival`].
    pub provider_ref: Option<String>,
    /// How the text is marked up.
    pub format: Format,
    /// The language of the text, BCP 47.
    pub language: Option<String>,
    /// The link to an earlier message.
    pub relation: Option<Relation>,
    /// When it was decided.
    pub created_at: Timestamp,
    /// When it was written, if that was long before.
    pub occurred_at: Option<Timestamp>,
    /// SHA-256 over salt and content; see [`crate::audit`].
    pub content_hash: [u8; 32],
}

/// A message row: immutable from the moment it is committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRow {
    /// What the decision said; `created_at` is never before the message before it.
    pub new: NewMessage,
    /// The tenant.
    pub tenant: TenantId,
    /// The place among all messages of the store.
    pub position: u64,
    /// The place in the thread, from 1 without a gap.
    pub seq: u64,
    /// The place among the public messages of the thread; `None` when it is internal.
    pub public_seq: Option<u64>,
}

/// A message row with its content and with what later messages did to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMessage {
    /// The row.
    pub row: MessageRow,
    /// The row's own content.
    pub content: Content,
    /// The corrections, retractions and reactions that point to it, oldest first.
    pub later: Vec<Later>,
}

/// A later message that changes how an earlier one is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Later {
    /// Its id.
    pub id: MessageId,
    /// Its place in the thread.
    pub seq: u64,
    /// What it is to the earlier one: never [`RelationKind::ReplyTo`].
    pub kind: RelationKind,
    /// Who wrote it.
    pub author: Author,
    /// When it was committed.
    pub created_at: Timestamp,
    /// Its content: the corrected text or the emoji.
    pub content: Content,
}

impl NewMessage {
    /// Whether a list shows the message as an entry of its own, and an unread count counts it:
    /// everything but corrections, retractions and reactions.
    #[must_use]
    pub fn is_entry(&self) -> bool {
        !matches!(
            self.relation,
            Some(Relation {
                kind: RelationKind::Replaces | RelationKind::Retracts | RelationKind::ReactsTo,
                ..
            })
        )
    }
}

impl MessageRow {
    /// SHA-256 over every field of the row: what the audit trail commits to. The content enters
    /// only by its salted hash, so that erasing it changes nothing here.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let new = &self.new;
        let mut digest = Sha256::new();
        let mut field = |bytes: &[u8]| {
            digest.update((bytes.len() as u64).to_be_bytes());
            digest.update(bytes);
        };
        let uuid = |id: Option<PartyId>| id.map_or([0; 16], |id| *id.uuid().as_bytes());
        let number = |value: Option<u64>| value.unwrap_or(0).to_be_bytes();
        let instant =
            |at: Option<Timestamp>| at.map_or(i64::MIN, Timestamp::as_millis).to_be_bytes();
        field(b"goodwill.message.v1");
        field(self.tenant.uuid().as_bytes());
        field(new.thread.uuid().as_bytes());
        field(new.id.uuid().as_bytes());
        field(&number(Some(self.seq)));
        field(&number(self.public_seq));
        field(new.author.role.as_str().as_bytes());
        field(&uuid(new.author.party));
        field(&uuid(new.on_behalf_of));
        field(new.origin.as_str().as_bytes());
        field(new.topic.as_str().as_bytes());
        field(new.kind.as_str().as_bytes());
        field(&match new.visibility {
            Visibility::Public => [0; 4],
            Visibility::Internal { audience } => audience.bits().to_be_bytes(),
        });
        field(new.via.as_str().as_bytes());
        field(new.intended.as_str().as_bytes());
        field(new.provider_ref.as_deref().unwrap_or_default().as_bytes());
        field(new.format.as_str().as_bytes());
        field(new.language.as_deref().unwrap_or_default().as_bytes());
        field(new.relation.map_or("", |relation| relation.kind.as_str()).as_bytes());
        field(&new.relation.map_or([0; 16], |relation| *relation.message.uuid().as_bytes()));
        field(&instant(Some(new.created_at)));
        field(&instant(new.occurred_at));
        field(&new.content_hash);
        digest.finalize().into()
    }
}
