//! The data of the audit trail.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::access::Role;
use crate::error::{Code, Error, Result};
use crate::ids::{AuditId, PartyId, StorefrontId, SubjectId, TenantId, ThreadId};
use crate::json;
use crate::messages::{Channel, MessageKind, Topic};
use crate::principal::PrincipalKind;
use crate::spelling::spelled;
use crate::time::Timestamp;

spelled! {
    /// How what is recorded ended.
    pub enum AuditOutcome as "outcome" {
        /// It was done.
        Allow = "allow";
        /// It was refused.
        Deny = "deny";
        /// It failed.
        Error = "error";
    }
}

/// Who acted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Actor {
    /// Who; `None` for the system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<PartyId>,
    /// What kind of actor.
    pub kind: PrincipalKind,
    /// In which role.
    pub role: Role,
}

/// What was acted on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Resource {
    /// Which one.
    pub id: Uuid,
    /// What kind of record.
    pub kind: String,
}

/// What the trail says of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuditMessage {
    /// Whether it is internal.
    pub internal: bool,
    /// Its form.
    pub kind: MessageKind,
    /// What it is for.
    pub topic: Topic,
}

/// What is personal about an entry: kept beside the chain, erased with the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuditPrivate {
    /// Whose it is: it goes when this party is erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<PartyId>,
    /// Makes the commitments unlinkable once it is gone.
    #[serde(with = "crate::audit::as_hex")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub salt: [u8; 16],
    /// The address that the request came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// The client's name of itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// The reason that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Personal values before and after.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub diff: BTreeMap<String, Value>,
}

/// An entry as a decision makes it, before it has its place.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditDraft {
    /// The id.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// Who acted.
    pub actor: Actor,
    /// The customer acted for.
    pub on_behalf_of: Option<PartyId>,
    /// What was done: `message.created`.
    pub action: String,
    /// To what.
    pub resource: Resource,
    /// In which thread.
    pub thread: Option<ThreadId>,
    /// About which subject.
    pub subject: Option<SubjectId>,
    /// In which storefront.
    pub store: Option<StorefrontId>,
    /// How it ended.
    pub outcome: AuditOutcome,
    /// The access rules that decided.
    pub rule_ids: Vec<String>,
    /// The host's id of the request.
    pub request_id: Option<String>,
    /// The channel of the message.
    pub channel: Option<Channel>,
    /// What the message is.
    pub message: Option<AuditMessage>,
    /// The digest of the record before.
    pub before_hash: Option<[u8; 32]>,
    /// The digest of the record after.
    pub after_hash: Option<[u8; 32]>,
    /// Facts that are not personal: statuses, counts, ids.
    pub changes: BTreeMap<String, Value>,
    /// What is personal.
    pub private: Option<AuditPrivate>,
}

/// An entry in its place, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// The tenant.
    pub tenant: TenantId,
    /// The place in the tenant's trail, from 1 without a gap.
    pub seq: u64,
    /// The sealed bytes: canonical JSON of an [`AuditRecord`].
    pub canonical: String,
    /// HMAC-SHA-256 over them.
    pub hash: [u8; 32],
    /// What is personal; `None` when there was nothing, or when it was erased.
    pub private: Option<AuditPrivate>,
}

/// The readable form of an entry. The fields stand in the order of their names, which is what makes
/// the JSON canonical.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuditRecord {
    /// What was done.
    pub action: String,
    /// Who acted.
    pub actor: Actor,
    /// The digest of the record after, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_hash: Option<String>,
    /// When.
    pub at: Timestamp,
    /// The digest of the record before, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_hash: Option<String>,
    /// Facts that are not personal.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub changes: BTreeMap<String, Value>,
    /// The channel of the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// One salted commitment a personal field, in hex.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub commitments: BTreeMap<String, String>,
    /// The id.
    pub id: AuditId,
    /// The key that sealed it.
    pub key_id: String,
    /// What the message is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<AuditMessage>,
    /// The customer acted for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<PartyId>,
    /// How it ended.
    pub outcome: AuditOutcome,
    /// The hash of the entry before, in hex; none in the first entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prev_hash: Option<String>,
    /// The host's id of the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// What was acted on.
    pub resource: Resource,
    /// The access rules that decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rule_ids: Vec<String>,
    /// The place in the trail.
    pub seq: u64,
    /// In which storefront.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<StorefrontId>,
    /// About which subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectId>,
    /// The tenant.
    pub tenant: TenantId,
    /// In which thread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<ThreadId>,
}

impl AuditEntry {
    /// The readable form.
    ///
    /// # Errors
    /// `store.corrupt` when the bytes are not an entry.
    pub fn record(&self) -> Result<AuditRecord> {
        json::read(&self.canonical).map_err(|_| {
            Error::new(Code::StoreCorrupt, "an entry of the audit trail is not readable")
        })
    }
}
