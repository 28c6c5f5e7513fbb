//! Entries of the log: finished rows as one line of JSON, and back.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::audit::{AuditEntry, AuditHead, Checkpoint};
use crate::directory::{Party, Storefront, Subject, SubjectKind};
use crate::error::{Code, Error, Result};
use crate::events::{Event, Stream};
use crate::followups::Followup;
use crate::ids::{ExternalRef, Kind as _, MessageId, PartyId, TenantId, ThreadId, kind};
use crate::inbound::{Arrival, TriageItem};
use crate::messages::MessageRow;
use crate::payments::Payment;
use crate::store::change::{IdempotencyRecord, ReferenceKind};
use crate::store::commit::{Rows, StreamHead, ThreadHead};
use crate::store::log::wire::{
    AuditEntryWire, AuditHeadWire, CheckpointWire, IdempotencyRecordWire, MessageRowWire, Salted,
    ThreadHeadWire,
};
use crate::tenants::Tenant;
use crate::threads::{Participant, ReadState, Receipt, Thread};
use crate::time::Timestamp;

/// The version of entries that is written, and the newest that is read.
const VERSION: u64 = 1;

/// One write of [`Rows`], as it was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub(super) enum RowWrite {
    Tenant(Box<Tenant>),
    Party(Party),
    Storefront(Storefront),
    Subject(Box<Subject>),
    Payment(Box<Payment>),
    Followup(Box<Followup>),
    Reference {
        tenant: TenantId,
        kind: String,
        reference: ExternalRef,
        id: Uuid,
    },
    NewThread(Box<Thread>),
    Thread(Box<Thread>),
    ThreadHead {
        tenant: TenantId,
        id: ThreadId,
        #[serde(with = "ThreadHeadWire")]
        head: ThreadHead,
    },
    Message(Box<MessageWrite>),
    Content {
        tenant: TenantId,
        id: MessageId,
        content: Box<Salted>,
    },
    Participant {
        tenant: TenantId,
        participant: Participant,
    },
    ReadState {
        tenant: TenantId,
        state: ReadState,
    },
    Receipt {
        tenant: TenantId,
        receipt: Receipt,
    },
    Erasure {
        tenant: TenantId,
        party: PartyId,
    },
    Arrival {
        tenant: TenantId,
        arrival: Arrival,
    },
    Triage(Box<TriageItem>),
    Consumer {
        tenant: TenantId,
        name: String,
        position: u64,
    },
    Checkpoint(#[serde(with = "CheckpointWire")] Checkpoint),
    IdempotencyForgotten {
        tenant: TenantId,
        before: Timestamp,
    },
    Idempotency {
        tenant: TenantId,
        #[serde(with = "IdempotencyRecordWire")]
        record: IdempotencyRecord,
        at: Timestamp,
    },
    StreamHead {
        tenant: TenantId,
        stream: Stream,
        head: StreamHead,
    },
    Event(Box<Event>),
    AuditHead {
        tenant: TenantId,
        #[serde(with = "AuditHeadWire")]
        head: AuditHead,
    },
    Audit(Box<AuditWrite>),
}

/// A message row in its place, and its content.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct MessageWrite {
    #[serde(with = "MessageRowWire")]
    pub(super) row: MessageRow,
    pub(super) content: Salted,
}

/// A sealed entry of the audit trail, and the thread to find it by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct AuditWrite {
    #[serde(with = "AuditEntryWire")]
    pub(super) entry: AuditEntry,
    pub(super) thread: Option<ThreadId>,
}

/// What stands in one entry of the log.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    v: u64,
    /// Whether the writes are the whole state, in place of everything before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) whole: bool,
    pub(super) writes: Vec<RowWrite>,
}

impl Entry {
    /// The writes of one commit.
    pub(super) fn of_commit(writes: Vec<RowWrite>) -> Self {
        Self { v: VERSION, whole: false, writes }
    }

    /// The writes that make the whole state.
    pub(super) fn of_state(writes: Vec<RowWrite>) -> Self {
        Self { v: VERSION, whole: true, writes }
    }

    /// One line of JSON.
    pub(super) fn encode(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|_| Error::internal("a record is not JSON"))
    }

    /// Reads what [`Entry::encode`] gave.
    pub(super) fn decode(text: &str, position: u64) -> Result<Self> {
        #[derive(Deserialize)]
        struct Versioned {
            v: u64,
        }
        let refuse = || corrupt(position, "is not readable");
        let version = serde_json::from_str::<Versioned>(text).map_err(|_| refuse())?.v;
        if version > VERSION {
            let newer = "an entry of the log was written by a newer version of goodwill";
            return Err(Error::new(Code::StoreNewerVersion, newer)
                .with("position", position)
                .with("version", version));
        }
        if version != VERSION {
            return Err(refuse());
        }
        serde_json::from_str(text).map_err(|_| refuse())
    }
}

/// The error of an entry that cannot be used.
pub(super) fn corrupt(position: u64, what: &str) -> Error {
    Error::new(Code::StoreCorrupt, format!("an entry of the log {what}")).with("position", position)
}

impl RowWrite {
    /// Does the write again; `false` when it does not fit what stands there.
    pub(super) fn replay(self, rows: &mut impl Rows) -> Result<bool> {
        match self {
            Self::Tenant(record) => rows.put_tenant(&record)?,
            Self::Party(record) => return rows.put_party(&record),
            Self::Storefront(record) => rows.put_storefront(&record)?,
            Self::Subject(record) => return rows.put_subject(&record),
            Self::Payment(record) => rows.put_payment(&record)?,
            Self::Followup(record) => rows.put_followup(&record)?,
            Self::Reference { tenant, kind, reference, id } => {
                let Some(kind) = reference_kind(&kind) else { return Ok(false) };
                return rows.put_reference(tenant, kind, &reference, id);
            }
            Self::NewThread(thread) => return rows.add_thread(&thread),
            Self::Thread(thread) => rows.put_thread(&thread)?,
            Self::ThreadHead { tenant, id, head } => rows.put_thread_head(tenant, id, &head)?,
            Self::Message(message) => {
                let position = rows.add_message(&message.row, &message.content.into())?;
                return Ok(position == message.row.position);
            }
            Self::Content { tenant, id, content } => {
                rows.put_content(tenant, id, &(*content).into())?;
            }
            Self::Participant { tenant, participant } => {
                rows.put_participant(tenant, &participant)?;
            }
            Self::ReadState { tenant, state } => rows.put_read_state(tenant, &state)?,
            Self::Receipt { tenant, receipt } => rows.add_receipt(tenant, &receipt)?,
            Self::Erasure { tenant, party } => rows.erase_personal_data(tenant, party)?,
            Self::Arrival { tenant, arrival } => return rows.put_arrival(tenant, &arrival),
            Self::Triage(item) => rows.put_triage(&item)?,
            Self::Consumer { tenant, name, position } => {
                rows.put_consumer(tenant, &name, position)?;
            }
            Self::Checkpoint(checkpoint) => rows.add_checkpoint(&checkpoint)?,
            Self::IdempotencyForgotten { tenant, before } => {
                rows.forget_idempotency(tenant, before)?;
            }
            Self::Idempotency { tenant, record, at } => {
                rows.add_idempotency(tenant, &record, at)?;
            }
            Self::StreamHead { tenant, stream, head } => {
                rows.put_stream_head(tenant, stream, head)?;
            }
            Self::Event(event) => return Ok(rows.add_event(&event)? == event.position),
            Self::AuditHead { tenant, head } => rows.put_audit_head(tenant, &head)?,
            Self::Audit(audit) => rows.add_audit(&audit.entry, audit.thread)?,
        }
        Ok(true)
    }
}

/// The kind of record with this name.
fn reference_kind(name: &str) -> Option<ReferenceKind> {
    [kind::Party::NAME, kind::Storefront::NAME, kind::Payment::NAME]
        .into_iter()
        .chain(SubjectKind::ALL.iter().map(|kind| kind.as_str()))
        .find(|kind| *kind == name)
}
