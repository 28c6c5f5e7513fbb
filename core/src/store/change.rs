//! What is written: one value a decision.

use serde_json::Value;

use crate::audit::{AuditDraft, Checkpoint};
use crate::directory::{Party, Storefront, Subject};
use crate::events::EventDraft;
use crate::followups::Followup;
use crate::ids::{
    ExternalRef, FollowupId, MessageId, PartyId, PaymentId, StorefrontId, SubjectId, TenantId,
    ThreadId, TriageId,
};
use crate::inbound::{Arrival, TriageItem};
use crate::messages::{Content, NewMessage};
use crate::payments::Payment;
use crate::tenants::Tenant;
use crate::threads::{Participant, ReadState, Receipt, Thread};
use crate::time::Timestamp;
use uuid::Uuid;

/// Everything that one decision writes.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeSet {
    /// The tenant of every record in it.
    pub tenant: TenantId,
    /// When it was decided.
    pub at: Timestamp,
    /// What the decision relied on.
    pub expect: Vec<Expect>,
    /// What changes, in order.
    pub changes: Vec<Change>,
    /// What the audit trail says.
    pub audit: Vec<AuditDraft>,
    /// What happened.
    pub events: Vec<EventDraft>,
    /// Makes a repetition return the first result.
    pub idempotency: Option<IdempotencyRecord>,
}

impl ChangeSet {
    /// A change set that changes nothing yet.
    #[must_use]
    pub fn new(tenant: TenantId, at: Timestamp) -> Self {
        Self {
            tenant,
            at,
            expect: Vec::new(),
            changes: Vec::new(),
            audit: Vec::new(),
            events: Vec::new(),
            idempotency: None,
        }
    }
}

/// What a decision relied on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expect {
    /// The tenant has this version; 0 when it was never stored.
    Tenant(u64),
    /// The party has this version; 0 when there is none.
    Party(PartyId, u64),
    /// The storefront has this version; 0 when there is none.
    Storefront(StorefrontId, u64),
    /// The subject has this version; 0 when there is none.
    Subject(SubjectId, u64),
    /// The payment has this version; 0 when there is none.
    Payment(PaymentId, u64),
    /// The follow-up has this version; 0 when there is none.
    Followup(FollowupId, u64),
    /// The thread has this version.
    Thread(ThreadId, u64),
    /// There is no thread of this subject.
    NoThread(SubjectId),
    /// The read state has this version; 0 when there is none.
    ReadState(ThreadId, PartyId, u64),
    /// The item of triage has this version; 0 when there is none.
    Triage(TriageId, u64),
    /// The newest message that points to this one has this sequence number; 0 when there is none.
    Later(MessageId, u64),
}

/// The kinds of records that external references point to. Subjects have one kind each, so that
/// job 7 and order 7 are two.
pub type ReferenceKind = &'static str;

/// One change of one record.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Stores the tenant with `version + 1`.
    PutTenant(Tenant),
    /// Stores the party with `version + 1`. An address is unique per tenant and kind.
    PutParty(Party),
    /// Stores the storefront with `version + 1`.
    PutStorefront(Storefront),
    /// Stores the subject with `version + 1`. The number is unique per storefront and kind.
    PutSubject(Subject),
    /// Stores the payment with `version + 1`.
    PutPayment(Payment),
    /// Stores the follow-up with `version + 1`.
    PutFollowup(Box<Followup>),
    /// Lets a reference point to a record. It must be free, or point there already.
    PutReference {
        /// The kind of record.
        kind: ReferenceKind,
        /// The reference.
        reference: ExternalRef,
        /// The record.
        id: Uuid,
    },
    /// Adds a thread, with version 1 and counters at 0.
    AddThread(Thread),
    /// Stores what a thread says of itself with `version + 1`. Counters and the `…active_at` and
    /// `last_customer_message_at` instants are not taken from here: appending keeps them.
    PutThread(Thread),
    /// Appends a message. The store gives it its place and keeps the thread's counters.
    Append {
        /// The message.
        message: NewMessage,
        /// Its content.
        content: Content,
    },
    /// Puts other content in the place of a message's: for redaction and erasure only.
    PutContent {
        /// The message.
        message: MessageId,
        /// What is left.
        content: Content,
    },
    /// Adds or changes a participant.
    PutParticipant(Participant),
    /// Stores a read state with `version + 1`.
    PutReadState(ReadState),
    /// Adds a receipt.
    AddReceipt(Receipt),
    /// Erases what the store holds of a party beyond the party row: the content of every message
    /// written by or on behalf of it and of every correction of those, what it sent to triage, the
    /// texts of follow-ups for it and the notes of those that it logged, the private parts of its
    /// audit entries, its references. Its addresses go with the party row.
    ErasePersonalData(PartyId),
    /// Remembers what a delivery has become. Its key must be free, or be of the same item of triage.
    PutArrival(Arrival),
    /// Stores an item of triage with `version + 1`.
    PutTriage(Box<TriageItem>),
    /// Remembers how far a consumer of events has come. It never goes back.
    PutConsumer {
        /// The consumer's name.
        name: String,
        /// The position of the last event it has dealt with.
        position: u64,
    },
    /// Adds a checkpoint of the audit trail.
    AddCheckpoint(Checkpoint),
    /// Forgets idempotency records that were made before.
    ForgetIdempotency(Timestamp),
}

/// Names one request of one actor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdempotencyKey {
    /// The actor: the id of a party, or nil for the system.
    pub actor: Uuid,
    /// The host's key.
    pub key: String,
}

/// What is remembered of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct IdempotencyRecord {
    /// Its name.
    pub key: IdempotencyKey,
    /// SHA-256 over operation and input: the same key with another request is refused.
    pub fingerprint: [u8; 32],
    /// The ids and numbers that the result is made from. Never text of people.
    pub result: Value,
}

/// How a commit ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It is written.
    Committed(Committed),
    /// An expectation does not hold (any more); nothing is written.
    Stale,
    /// The idempotency key was used before; nothing is written.
    Repeated(IdempotencyRecord),
}

/// The places that a commit gave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Committed {
    /// The appended messages, in the order of the changes.
    pub messages: Vec<crate::messages::MessageRow>,
    /// The events, in the order of the drafts.
    pub events: Vec<crate::events::Event>,
    /// The sequence number of the last audit entry.
    pub audit_seq: Option<u64>,
}
