//! How rows look in an entry: what `serde` needs to know of records that have no JSON of their own.
//!
//! The mirrors name every field of their records, so that no field can be added and forgotten here.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::audit::{AuditEntry, AuditHead, AuditPrivate, Checkpoint, as_hex};
use crate::ids::{MessageId, PartyId, TenantId, ThreadId};
use crate::messages::{
    Author, Channel, Content, Format, MessageKind, MessageRow, NewMessage, Origin, Relation, Topic,
    Visibility,
};
use crate::store::change::{IdempotencyKey, IdempotencyRecord};
use crate::store::commit::ThreadHead;
use crate::threads::Counters;
use crate::time::Timestamp;

#[derive(Serialize, Deserialize)]
#[serde(remote = "NewMessage", rename_all = "camelCase")]
struct NewMessageWire {
    id: MessageId,
    thread: ThreadId,
    author: Author,
    on_behalf_of: Option<PartyId>,
    origin: Origin,
    topic: Topic,
    kind: MessageKind,
    visibility: Visibility,
    via: Channel,
    intended: Channel,
    provider_ref: Option<String>,
    format: Format,
    language: Option<String>,
    relation: Option<Relation>,
    created_at: Timestamp,
    occurred_at: Option<Timestamp>,
    #[serde(with = "as_hex")]
    content_hash: [u8; 32],
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "MessageRow", rename_all = "camelCase")]
pub(super) struct MessageRowWire {
    #[serde(with = "NewMessageWire")]
    new: NewMessage,
    tenant: TenantId,
    position: u64,
    seq: u64,
    public_seq: Option<u64>,
}

/// A content with its salt, which its own JSON leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Salted {
    salt: Option<Salt>,
    content: Content,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Salt(#[serde(with = "as_hex")] [u8; 16]);

impl From<&Content> for Salted {
    fn from(content: &Content) -> Self {
        Self { salt: content.salt.map(Salt), content: content.clone() }
    }
}

impl From<Salted> for Content {
    fn from(salted: Salted) -> Self {
        Self { salt: salted.salt.map(|salt| salt.0), ..salted.content }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "ThreadHead", rename_all = "camelCase")]
pub(super) struct ThreadHeadWire {
    counters: Counters,
    active_at: Timestamp,
    public_active_at: Timestamp,
    last_customer_message_at: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "AuditEntry", rename_all = "camelCase")]
pub(super) struct AuditEntryWire {
    tenant: TenantId,
    seq: u64,
    canonical: String,
    #[serde(with = "as_hex")]
    hash: [u8; 32],
    private: Option<AuditPrivate>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "AuditHead", rename_all = "camelCase")]
pub(super) struct AuditHeadWire {
    seq: u64,
    #[serde(with = "as_hex")]
    hash: [u8; 32],
    key_id: String,
    #[serde(with = "as_hex")]
    mac: [u8; 32],
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Checkpoint", rename_all = "camelCase")]
pub(super) struct CheckpointWire {
    tenant: TenantId,
    from_seq: u64,
    to_seq: u64,
    #[serde(with = "as_hex")]
    root: [u8; 32],
    #[serde(with = "as_hex")]
    previous: [u8; 32],
    at: Timestamp,
    key_id: String,
    #[serde(with = "as_hex")]
    mac: [u8; 32],
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "IdempotencyKey", rename_all = "camelCase")]
struct IdempotencyKeyWire {
    actor: Uuid,
    key: String,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "IdempotencyRecord", rename_all = "camelCase")]
pub(super) struct IdempotencyRecordWire {
    #[serde(with = "IdempotencyKeyWire")]
    key: IdempotencyKey,
    #[serde(with = "as_hex")]
    fingerprint: [u8; 32],
    result: Value,
}
