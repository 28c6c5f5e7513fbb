//! The data of events.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::ids::{EventId, PartyId, StorefrontId, TenantId};
use crate::messages::Visibility;
use crate::principal::PrincipalKind;
use crate::spelling::spelled;
use crate::time::Timestamp;

macro_rules! event_kinds {
    ($($(#[doc = $doc:literal])+ $variant:ident = $text:literal;)+) => {
        /// What happened. The aliases of older systems (`MESSAGE_CREATED`) are read as well.
        ///
        /// ```
        /// use goodwill::EventKind;
        ///
        /// assert_eq!("MESSAGE_CREATED".parse::<EventKind>().unwrap(), EventKind::MessageCreated);
        /// assert_eq!(EventKind::MessageCreated.as_str(), "message.created");
        /// assert_eq!(EventKind::MessageCreated.screaming(), "MESSAGE_CREATED");
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum EventKind { $($(#[doc = $doc])+ $variant,)+ }

        impl EventKind {
            /// Every kind, in the order of the catalogue.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The kind as it stands on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// What has happened, as the reference prints it.
            #[must_use]
            pub fn doc(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc),+),)+ }
            }
        }
    };
}

event_kinds! {
    /// A storefront was added or changed.
    StorefrontChanged = "storefront.changed";
    /// A party was added or changed.
    PartyChanged = "party.changed";
    /// A party's personal data was erased.
    PartyErased = "party.erased";
    /// A job, an order or another subject was added or changed.
    SubjectChanged = "subject.changed";
    /// A payment was added or changed.
    PaymentChanged = "payment.changed";
    /// A follow-up is to be done.
    FollowupCreated = "followup.created";
    /// A message about a follow-up is planned.
    FollowupScheduled = "followup.scheduled";
    /// The message about a follow-up was sent.
    FollowupSent = "followup.sent";
    /// A follow-up was done.
    FollowupCompleted = "followup.completed";
    /// The customer did not answer a follow-up.
    FollowupNoResponse = "followup.no_response";
    /// The message about a follow-up could not be sent.
    FollowupFailed = "followup.failed";
    /// Something has made a follow-up pointless.
    FollowupCancelled = "followup.cancelled";
    /// Somebody has decided against a follow-up.
    FollowupDismissed = "followup.dismissed";
    /// Something else about a follow-up changed.
    FollowupChanged = "followup.changed";
    /// A thread began.
    ThreadCreated = "thread.created";
    /// A thread is open again.
    ThreadReopened = "thread.reopened";
    /// A thread waits for the customer or a third party.
    ThreadPending = "thread.pending";
    /// A thread is out of sight for a while.
    ThreadSnoozed = "thread.snoozed";
    /// A snoozed thread woke.
    ThreadUnsnoozed = "thread.unsnoozed";
    /// A thread was resolved.
    ThreadResolved = "thread.resolved";
    /// A thread was closed.
    ThreadClosed = "thread.closed";
    /// A thread has an assignee.
    ThreadAssigned = "thread.assigned";
    /// A thread has no assignee any more.
    ThreadUnassigned = "thread.unassigned";
    /// A thread has another priority.
    ThreadPriorityChanged = "thread.priority_changed";
    /// The tags of a thread changed.
    ThreadTagged = "thread.tagged";
    /// Somebody joined a thread.
    ThreadParticipantAdded = "thread.participant_added";
    /// Somebody left a thread.
    ThreadParticipantRemoved = "thread.participant_removed";
    /// A thread was merged into another.
    ThreadMerged = "thread.merged";
    /// The customer was answered for the first time.
    ThreadFirstResponse = "thread.first_response";
    /// A message was posted.
    MessageCreated = "message.created";
    /// Messages were read.
    MessageRead = "message.read";
    /// Messages were marked unread.
    MessageUnread = "message.unread";
    /// A message was corrected by a later one.
    MessageCorrected = "message.corrected";
    /// A message was retracted.
    MessageRetracted = "message.retracted";
    /// A reaction was added or withdrawn.
    MessageReacted = "message.reacted";
    /// Text of a message was redacted.
    MessageRedacted = "message.redacted";
    /// The text of a message was erased with the person.
    MessageErased = "message.erased";
    /// A message from outside waits for somebody to say where it belongs.
    InboundTriaged = "inbound.triaged";
    /// A message from outside was put into its conversation by hand.
    TriageAssigned = "triage.assigned";
    /// A message from outside belongs to no conversation.
    TriageDismissed = "triage.dismissed";
    /// The access rules or the policy of the tenant changed.
    AccessPolicyChanged = "access.policy_changed";
    /// A checkpoint of the audit trail was made.
    AuditCheckpointed = "audit.checkpointed";
}

impl EventKind {
    /// The kind in the spelling of older systems: `MESSAGE_CREATED`.
    #[must_use]
    pub fn screaming(self) -> String {
        self.as_str().replace('.', "_").to_ascii_uppercase()
    }
}

impl std::str::FromStr for EventKind {
    type Err = crate::Error;

    fn from_str(text: &str) -> crate::Result<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|kind| kind.as_str() == text || kind.screaming() == text)
            .ok_or_else(|| {
                crate::Error::field(
                    crate::Code::InputUnknownValue,
                    "event_kind",
                    "a kind of the catalogue, such as message.created",
                )
            })
    }
}

impl std::fmt::Display for EventKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for EventKind {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "EventKind".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let kinds: Vec<_> = Self::ALL.iter().map(|kind| (kind.as_str(), kind.doc())).collect();
        crate::ops::schema::enumeration(&kinds)
    }
}

impl Serialize for EventKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for EventKind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::error::read_text(deserializer, "a kind of event")
    }
}

spelled! {
    /// What a stream of events is about.
    pub enum StreamKind as "stream_kind" {
        /// The tenant: policies, rules, the audit trail.
        Tenant = "tenant";
        /// A storefront.
        Storefront = "store";
        /// A party.
        Party = "party";
        /// A subject.
        Subject = "subject";
        /// A thread and its messages.
        Thread = "thread";
    }
}

/// One ordered sequence of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Stream {
    /// What it is about.
    pub kind: StreamKind,
    /// Which one.
    pub id: Uuid,
}

impl Stream {
    /// The id of the event with this sequence number: UUID version 8 (RFC 9562 §5.8) over SHA-256
    /// of tenant, stream and number, so that a replay gives the same ids.
    #[must_use]
    pub fn event_id(self, tenant: TenantId, seq: u64) -> EventId {
        let mut digest = Sha256::new();
        digest.update(b"goodwill.event.v1\0");
        digest.update(tenant.uuid().as_bytes());
        digest.update([self.kind as u8]);
        digest.update(self.id.as_bytes());
        digest.update(seq.to_be_bytes());
        let hash: [u8; 32] = digest.finalize().into();
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(hash).for_each(|(byte, hashed)| *byte = hashed);
        EventId::from_uuid(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

/// An event as a decision makes it, before it has its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EventDraft {
    /// The stream it belongs to.
    pub stream: Stream,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: EventKind,
    /// When.
    pub at: Timestamp,
    /// The storefront.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<StorefrontId>,
    /// Who did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<PartyId>,
    /// What kind of actor.
    pub actor_kind: PrincipalKind,
    /// The customer acted for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<PartyId>,
    /// The event that led to this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub causation: Option<EventId>,
    /// The host's id of the request, or of the whole flow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correlation: Option<String>,
    /// How many events lie between this one and a person's action.
    pub depth: u8,
    /// Who may learn of it.
    pub visibility: Visibility,
    /// Ids and facts, never text of people.
    pub data: Map<String, Value>,
}

/// An event in its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// The id: the same in every replay.
    pub id: EventId,
    /// The tenant.
    pub tenant: TenantId,
    /// The place among all events of the store.
    pub position: u64,
    /// The place in its stream, from 1 without a gap.
    pub seq: u64,
    /// The place among the public events of its stream; `None` when it is internal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_seq: Option<u64>,
    /// What the decision said.
    #[serde(flatten)]
    pub draft: EventDraft,
}
