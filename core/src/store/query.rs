//! What is asked: one value a read.

use std::collections::BTreeMap;

use serde::Serialize;
use uuid::Uuid;

use crate::access::{Filter, Role, RoleSet};
use crate::audit::{AuditEntry, AuditHead, Checkpoint};
use crate::directory::{ContactKind, Party, PartyState, Storefront, Subject, SubjectKind};
use crate::events::{Event, Stream};
use crate::followups::{Followup, FollowupState};
use crate::ids::{
    ExternalRef, FollowupId, MessageId, PartyId, PaymentId, Ref, StorefrontId, SubjectId, TenantId,
    ThreadId, TriageId, kind,
};
use crate::inbound::{Arrival, ArrivalKey, TriageItem, TriageReason, TriageState};
use crate::messages::{Channel, MessageKind, MessageRow, StoredMessage, Topic};
use crate::payments::Payment;
use crate::principal::{Identity, Principal};
use crate::store::change::{IdempotencyKey, IdempotencyRecord};
use crate::tenants::Tenant;
use crate::threads::{Participant, Priority, ReadState, Receipt, Thread, ThreadStatus};
use crate::time::Timestamp;

/// A subject named by kind and by id or reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SubjectRef {
    /// The kind.
    pub kind: SubjectKind,
    /// Which one.
    pub key: Ref<kind::Subject>,
}

impl SubjectRef {
    /// A job.
    #[must_use]
    pub fn job(key: impl Into<Ref<kind::Subject>>) -> Self {
        Self { kind: SubjectKind::Job, key: key.into() }
    }

    /// An order.
    #[must_use]
    pub fn order(key: impl Into<Ref<kind::Subject>>) -> Self {
        Self { kind: SubjectKind::Order, key: key.into() }
    }
}

/// The conversation that an operation is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Target {
    /// The thread of a subject, or the subject that has none yet.
    Subject(SubjectRef),
    /// A thread.
    Thread(ThreadId),
    /// The thread of a message, and the message.
    Message(MessageId),
}

impl From<SubjectRef> for Target {
    fn from(subject: SubjectRef) -> Self {
        Self::Subject(subject)
    }
}
impl From<ThreadId> for Target {
    fn from(thread: ThreadId) -> Self {
        Self::Thread(thread)
    }
}
impl From<MessageId> for Target {
    fn from(message: MessageId) -> Self {
        Self::Message(message)
    }
}

/// Who asks, compiled to a filter on records. A record passes when the filter holds for the facts
/// of [`crate::store::facts`].
#[derive(Debug, Clone, PartialEq)]
pub struct AccessFilter {
    /// What must hold.
    pub filter: Filter,
    /// For whom.
    pub identity: Identity,
}

/// Everything that a decision about one conversation looks at, read from one state.
#[derive(Debug, Clone, PartialEq)]
pub struct SceneQuery {
    /// The tenant.
    pub tenant: TenantId,
    /// The version of the tenant that the caller has; the store sends the tenant only if another
    /// version is stored.
    pub known_tenant: Option<u64>,
    /// Whose references become ids.
    pub principal: Principal,
    /// The conversation.
    pub target: Option<Target>,
    /// A second conversation: for merging.
    pub other: Option<Target>,
    /// A message of the conversation.
    pub message: Option<MessageId>,
    /// Parties whose references become ids.
    pub parties: Vec<Ref<kind::Party>>,
    /// Whether the read states of the principal's party and of the customer acted for are wanted.
    pub read_states: bool,
    /// A delivery that may have been taken before.
    pub arrival: Option<ArrivalKey>,
    /// What a message from outside may be about.
    pub inbound: Option<InboundLookup>,
    /// An item of triage.
    pub triage: Option<TriageId>,
    /// A follow-up of a customer whose records may be worked with.
    pub followup: Option<FollowupId>,
    /// A request that may be a repetition.
    pub idempotency: Option<IdempotencyKey>,
}

/// What a message from an outside channel says of its sender and of what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboundLookup {
    /// Subjects of any kind: by their id, or by their number or the host's reference.
    pub named: Vec<Ref<kind::Subject>>,
    /// The providers' ids of messages that it answers.
    pub replies: Vec<String>,
    /// Threads that it is addressed to.
    pub threads: Vec<ThreadId>,
    /// The provider's id of the message itself, which may be one of the business.
    pub own: Option<String>,
    /// What the sender's address is compared by.
    pub senders: Vec<(ContactKind, String)>,
    /// The statuses of subjects that are over.
    pub finished: Vec<String>,
    /// At most so many open subjects of the senders.
    pub limit: u32,
}

/// The answer to an [`InboundLookup`]. Every conversation stands there once, as the thread that the
/// others were merged into.
#[derive(Debug, Clone, PartialEq)]
pub struct InboundScene {
    /// The conversations of the named subjects.
    pub named: Vec<ThreadScene>,
    /// The conversations that are answered or addressed, with the message that is answered.
    pub answered: Vec<(ThreadScene, Option<MessageRow>)>,
    /// The message that was posted with the provider's id, and without an account.
    pub own: Option<MessageRow>,
    /// The parties that have one of the addresses, by id.
    pub senders: Vec<Party>,
    /// The conversations of the subjects of those parties that are neither finished nor closed, by
    /// the id of the subject.
    pub open: Vec<ThreadScene>,
}

/// The answer to a [`SceneQuery`].
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// The tenant, when its stored version is not the one the caller has.
    pub tenant: Option<Tenant>,
    /// The principal with ids. A reference that nobody has stored yet is `None`; a storefront that
    /// nobody has stored is left out.
    pub identity: Identity,
    /// The conversation: its own thread first, then the threads that were merged into it.
    /// Empty when the target is not known in this tenant.
    pub threads: Vec<ThreadScene>,
    /// The second conversation.
    pub other: Vec<ThreadScene>,
    /// The message, when it is one of the conversation's (or of its merged threads').
    pub message: Option<StoredMessage>,
    /// The parties, in the order asked; `None` where there is none.
    pub parties: Vec<Option<Party>>,
    /// The read states of the principal's party and of the customer acted for, in the threads of
    /// `threads`.
    pub read_states: Vec<ReadState>,
    /// What the delivery has become.
    pub arrival: Option<Arrival>,
    /// What was found for a message from outside, when that was asked for.
    pub inbound: Option<InboundScene>,
    /// The item of triage.
    pub triage: Option<TriageItem>,
    /// The follow-up, and the job that it is after.
    pub followup: Option<(Followup, Option<Subject>)>,
    /// What is remembered of the request.
    pub repeated: Option<IdempotencyRecord>,
}

/// A subject, its thread, and what access rules ask about them.
#[derive(Debug, Clone, PartialEq)]
pub struct ThreadScene {
    /// The subject.
    pub subject: Subject,
    /// The thread; `None` when nobody has written yet.
    pub thread: Option<Thread>,
    /// The reseller that operates the storefront.
    pub operator: Option<PartyId>,
    /// Whether the customer's records may be worked with.
    pub customer_state: PartyState,
    /// The participants, those who left included.
    pub participants: Vec<Participant>,
}

/// Which threads a list or a search looks at. Empty lists and `None` mean no restriction.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ThreadFilter {
    /// Any of these statuses.
    pub status: Vec<ThreadStatus>,
    /// Any of these kinds of subjects.
    pub subject_kind: Vec<SubjectKind>,
    /// Any of these statuses of the subject.
    pub subject_status: Vec<String>,
    /// This subject.
    pub subject: Option<SubjectId>,
    /// This storefront.
    pub store: Option<StorefrontId>,
    /// This customer.
    pub customer: Option<PartyId>,
    /// This assignee.
    pub assignee: Option<PartyId>,
    /// Without an assignee.
    pub unassigned: bool,
    /// All of these tags.
    pub tags: Vec<String>,
    /// Any of these priorities.
    pub priority: Vec<Priority>,
    /// Whether the customer waits for an answer.
    pub waiting: Option<bool>,
    /// With unread messages for the reader of the query.
    pub unread: bool,
}

/// A page of threads, the most recently active first. Merged threads are left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Threads {
    /// The tenant.
    pub tenant: TenantId,
    /// Who asks.
    pub access: AccessFilter,
    /// Which ones.
    pub filter: ThreadFilter,
    /// Order by `public_active_at` instead of `active_at`, and count only public messages as unread.
    pub public: bool,
    /// Only those after this place: instant of activity and id.
    pub after: Option<(Timestamp, ThreadId)>,
    /// Skip so many.
    pub offset: u64,
    /// At most so many.
    pub limit: u32,
}

/// The answer to [`Threads`].
#[derive(Debug, Clone, PartialEq)]
pub struct ThreadPage {
    /// The threads with their subjects.
    pub threads: Vec<(Thread, Subject)>,
    /// Whether there are more.
    pub more: bool,
}

/// A page of the entries of a conversation in the order of their places.
#[derive(Debug, Clone, PartialEq)]
pub struct MessagePage {
    /// The tenant.
    pub tenant: TenantId,
    /// The threads whose messages are put together.
    pub threads: Vec<ThreadId>,
    /// The roles that must be admitted; only public messages when empty.
    pub roles: RoleSet,
    /// Only these messages, in no particular order; then the fields below are not looked at.
    pub only: Option<Vec<MessageId>>,
    /// Only those after this message.
    pub after: Option<MessageId>,
    /// Only those before this message.
    pub before: Option<MessageId>,
    /// The last ones, newest first, instead of the first ones, oldest first.
    pub newest_first: bool,
    /// At most so many.
    pub limit: u32,
}

/// A search over messages, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageSearch {
    /// The tenant.
    pub tenant: TenantId,
    /// Who asks.
    pub access: AccessFilter,
    /// The roles that must be admitted; only public messages when empty.
    pub roles: RoleSet,
    /// The words; `None` for all messages.
    pub keyword: Option<crate::search::SearchQuery>,
    /// In which threads.
    pub threads: ThreadFilter,
    /// Any of these channels (`via`).
    pub via: Vec<Channel>,
    /// Any of these roles of the author.
    pub author_role: Vec<Role>,
    /// Any of these kinds.
    pub kind: Vec<MessageKind>,
    /// Any of these topics.
    pub topic: Vec<Topic>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// Only messages unread by the caller.
    pub unread: bool,
    /// Only those before this message.
    pub before: Option<MessageId>,
    /// Skip so many.
    pub offset: u64,
    /// At most so many.
    pub limit: u32,
    /// Count at most so many hits.
    pub count_to: u64,
}

/// One hit of a search.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchHit {
    /// The entry.
    pub message: StoredMessage,
    /// Its thread.
    pub thread: Thread,
    /// Its subject.
    pub subject: Subject,
}

/// The answer to a [`MessageSearch`].
#[derive(Debug, Clone, PartialEq)]
pub struct SearchPage {
    /// The hits.
    pub hits: Vec<SearchHit>,
    /// Whether there are more.
    pub more: bool,
    /// How many hits there are in all, counted up to `count_to`.
    pub total: u64,
}

/// How many unread messages the caller has in many conversations at once.
///
/// A message is unread when it is an entry, the roles admit it, somebody else wrote it, it was not
/// retracted, and the caller's read state does not have it. Merged threads count with theirs.
#[derive(Debug, Clone, PartialEq)]
pub struct Unread {
    /// The tenant.
    pub tenant: TenantId,
    /// Who asks; conversations that do not pass have no count.
    pub access: AccessFilter,
    /// The roles that must be admitted; only public messages when empty.
    pub roles: RoleSet,
    /// Which conversations.
    pub targets: UnreadTargets,
}

/// The conversations of [`Unread`].
#[derive(Debug, Clone, PartialEq)]
pub enum UnreadTargets {
    /// These threads.
    Threads(Vec<ThreadId>),
    /// The threads of these subjects.
    Subjects(Vec<SubjectRef>),
}

/// The receipts that touch a range of sequence numbers of a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipts {
    /// The tenant.
    pub tenant: TenantId,
    /// The thread.
    pub thread: ThreadId,
    /// From here.
    pub from_seq: u64,
    /// To here.
    pub to_seq: u64,
}

/// The order in which events are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventOrder {
    /// All events of the tenant by position.
    Position,
    /// One stream by sequence number.
    Stream(Stream),
    /// The public events of one stream by public number.
    PublicStream(Stream),
}

/// A page of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventPage {
    /// The tenant.
    pub tenant: TenantId,
    /// In which order.
    pub order: EventOrder,
    /// Only those after this number of the order.
    pub after: u64,
    /// At most so many.
    pub limit: u32,
}

/// How far a consumer has come: the position, 0 at the beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consumer {
    /// The tenant.
    pub tenant: TenantId,
    /// The consumer's name.
    pub name: String,
}

/// A page of the audit trail in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditPage {
    /// The tenant.
    pub tenant: TenantId,
    /// Only entries after this one.
    pub after: u64,
    /// Only entries about this thread.
    pub thread: Option<ThreadId>,
    /// At most so many.
    pub limit: u32,
}

/// The head of the audit trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The tenant.
    pub tenant: TenantId,
}

/// The checkpoints of the audit trail, oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checkpoints {
    /// The tenant.
    pub tenant: TenantId,
}

/// What is due, over all tenants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueThreads {
    /// Snoozed until then or earlier.
    pub now: Timestamp,
    /// At most so many.
    pub limit: u32,
}

/// The answer to [`DueThreads`].
#[derive(Debug, Clone, PartialEq)]
pub struct Due {
    /// The threads that are due, the longest due first.
    pub threads: Vec<Thread>,
    /// When the next one after these is due.
    pub next: Option<Timestamp>,
    /// Every tenant that has an audit trail, with the head and the newest checkpoint's last entry.
    pub trails: Vec<(TenantId, u64, u64)>,
}

/// A page of triage: what has waited longest first, by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriagePage {
    /// The tenant.
    pub tenant: TenantId,
    /// Where the items stand.
    pub state: TriageState,
    /// Any of these reasons; all when empty.
    pub reason: Vec<TriageReason>,
    /// Only those after this item.
    pub after: Option<TriageId>,
    /// At most so many.
    pub limit: u32,
}

/// The host's references of records: the one of the system `host` where there is one, else the
/// first by system and value.
#[derive(Debug, Clone, PartialEq)]
pub struct References {
    /// The tenant.
    pub tenant: TenantId,
    /// The records.
    pub ids: Vec<Uuid>,
}

/// A page of payments in the order of instant and id: of customers whose records may be worked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payments {
    /// The tenant.
    pub tenant: TenantId,
    /// Only these storefronts' (and not those of none); `None` for all.
    pub stores: Option<Vec<StorefrontId>>,
    /// Only this customer's.
    pub customer: Option<PartyId>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// Only those after this place.
    pub after: Option<(Timestamp, PaymentId)>,
    /// At most so many.
    pub limit: u32,
}

/// A page of follow-ups in the order of [`Followup::at`] and id: of customers whose records may be
/// worked with.
#[derive(Debug, Clone, PartialEq)]
pub struct Followups {
    /// The tenant.
    pub tenant: TenantId,
    /// Who asks. The facts are those of the job, with the follow-up's own customer and storefront.
    pub access: AccessFilter,
    /// Only this customer's.
    pub customer: Option<PartyId>,
    /// Only those after this job.
    pub job: Option<SubjectId>,
    /// Any of these states; all when empty.
    pub state: Vec<FollowupState>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// Only those after this place.
    pub after: Option<(Timestamp, FollowupId)>,
    /// At most so many.
    pub limit: u32,
}

/// One record of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Directory {
    /// A party.
    Party(TenantId, Ref<kind::Party>),
    /// A storefront.
    Storefront(TenantId, Ref<kind::Storefront>),
    /// A subject.
    Subject(TenantId, SubjectRef),
    /// A payment.
    Payment(TenantId, Ref<kind::Payment>),
    /// The party that has an address, by its key.
    Contact(TenantId, ContactKind, String),
    /// A subject by the number that people use.
    Numbered(TenantId, SubjectKind, Option<StorefrontId>, String),
    /// The tenant.
    Tenant(TenantId),
}

/// The answer to [`Directory`].
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "short-lived, one at a time")]
pub enum DirectoryEntry {
    /// A party.
    Party(Party),
    /// A storefront.
    Storefront(Storefront),
    /// A subject.
    Subject(Subject),
    /// A payment.
    Payment(Payment),
    /// The tenant.
    Tenant(Tenant),
}

/// A query whose answer has a type of its own.
pub trait Ask: Into<Query> {
    /// The answer.
    type Answer;

    /// Takes the typed answer out; `None` when it is another query's.
    fn take(answer: Answer) -> Option<Self::Answer>;
}

macro_rules! queries {
    ($($(#[doc = $doc:literal])+ $query:ident => $answer:ty;)+) => {
        /// A read.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Query { $($(#[doc = $doc])+ $query($query),)+ }

        /// What a read gives: the variant of the query.
        #[derive(Debug, Clone, PartialEq)]
        #[expect(clippy::large_enum_variant, reason = "short-lived, one at a time")]
        pub enum Answer { $($(#[doc = $doc])+ $query($answer),)+ }

        $(
            impl From<$query> for Query {
                fn from(query: $query) -> Self {
                    Self::$query(query)
                }
            }

            impl Ask for $query {
                type Answer = $answer;

                fn take(answer: Answer) -> Option<$answer> {
                    match answer {
                        Answer::$query(answer) => Some(answer),
                        _ => None,
                    }
                }
            }
        )+
    };
}

queries! {
    /// See [`SceneQuery`].
    SceneQuery => Scene;
    /// See [`Threads`].
    Threads => ThreadPage;
    /// See [`MessagePage`].
    MessagePage => Vec<StoredMessage>;
    /// See [`MessageSearch`].
    MessageSearch => SearchPage;
    /// See [`Unread`]: one count a target, in order; `None` where there is nothing to see.
    Unread => Vec<Option<u64>>;
    /// See [`Receipts`].
    Receipts => Vec<Receipt>;
    /// See [`EventPage`].
    EventPage => Vec<Event>;
    /// See [`Consumer`].
    Consumer => u64;
    /// See [`AuditPage`].
    AuditPage => Vec<AuditEntry>;
    /// See [`Head`].
    Head => Option<AuditHead>;
    /// See [`Checkpoints`].
    Checkpoints => Vec<Checkpoint>;
    /// See [`DueThreads`].
    DueThreads => Due;
    /// See [`TriagePage`].
    TriagePage => Vec<TriageItem>;
    /// See [`References`].
    References => BTreeMap<Uuid, ExternalRef>;
    /// See [`Payments`].
    Payments => Vec<Payment>;
    /// See [`Followups`].
    Followups => Vec<Followup>;
    /// See [`Directory`].
    Directory => Option<DirectoryEntry>;
}
