//! How a change set becomes rows: the part of a commit that is the same in every store.
//!
//! [`apply`] runs inside a store's write transaction. It checks the expectations, gives messages,
//! events and audit entries their places, seals the audit trail, and hands finished rows to the
//! store's [`Rows`]. A store that rolls its transaction back unless the outcome is
//! [`Outcome::Committed`] is atomic.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::access::Side;
use crate::audit::{AuditEntry, AuditHead, AuditKeys, Checkpoint};
use crate::directory::{Party, Storefront, Subject};
use crate::error::{Code, Error, Result};
use crate::events::{Event, Stream, StreamKind};
use crate::followups::Followup;
use crate::ids::{ExternalRef, MessageId, PartyId, TenantId, ThreadId};
use crate::inbound::{Arrival, TriageItem};
use crate::messages::{Content, MessageRow, NewMessage};
use crate::payments::Payment;
use crate::store::change::{
    Change, ChangeSet, Committed, Expect, IdempotencyKey, IdempotencyRecord, Outcome, ReferenceKind,
};
use crate::tenants::Tenant;
use crate::threads::{Counters, Participant, ReadState, Receipt, Thread};
use crate::time::Timestamp;

/// The part of a thread that appending keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThreadHead {
    /// Message and event counters.
    pub counters: Counters,
    /// See [`Thread::active_at`].
    pub active_at: Timestamp,
    /// See [`Thread::public_active_at`].
    pub public_active_at: Timestamp,
    /// See [`Thread::last_customer_message_at`].
    pub last_customer_message_at: Option<Timestamp>,
}

/// The head of an event stream that is not a thread's: last number, last public number.
pub type StreamHead = (u64, u64);

/// Row access inside one write transaction. Every method is about one tenant's rows only.
pub trait Rows {
    /// What is remembered under the key.
    ///
    /// # Errors
    /// The `store.*` codes, as every method here.
    fn repeated(
        &mut self,
        tenant: TenantId,
        key: &IdempotencyKey,
    ) -> Result<Option<IdempotencyRecord>>;
    /// Whether the expectation holds.
    fn holds(&mut self, tenant: TenantId, expect: &Expect) -> Result<bool>;
    /// Writes the tenant.
    fn put_tenant(&mut self, tenant: &Tenant) -> Result<()>;
    /// Writes the party; `false` when an address of its belongs to another one.
    fn put_party(&mut self, party: &Party) -> Result<bool>;
    /// Writes the storefront.
    fn put_storefront(&mut self, storefront: &Storefront) -> Result<()>;
    /// Writes the subject; `false` when its number belongs to another one.
    fn put_subject(&mut self, subject: &Subject) -> Result<bool>;
    /// Writes the payment.
    fn put_payment(&mut self, payment: &Payment) -> Result<()>;
    /// Writes the follow-up.
    fn put_followup(&mut self, followup: &Followup) -> Result<()>;
    /// Writes the reference; `false` when it points to another record.
    fn put_reference(
        &mut self,
        tenant: TenantId,
        kind: ReferenceKind,
        reference: &ExternalRef,
        id: Uuid,
    ) -> Result<bool>;
    /// Writes a new thread; `false` when the subject has one.
    fn add_thread(&mut self, thread: &Thread) -> Result<bool>;
    /// Writes all of a thread but its head.
    fn put_thread(&mut self, thread: &Thread) -> Result<()>;
    /// The head of a thread.
    fn thread_head(&mut self, tenant: TenantId, id: ThreadId) -> Result<Option<ThreadHead>>;
    /// Writes the head of a thread.
    fn put_thread_head(&mut self, tenant: TenantId, id: ThreadId, head: &ThreadHead) -> Result<()>;
    /// Writes a message row and its content, gives it its position, and keeps the search index: an
    /// entry is found by its newest correction, and not at all once it is retracted.
    fn add_message(&mut self, row: &MessageRow, content: &Content) -> Result<u64>;
    /// Writes other content for a message and keeps the search index.
    fn put_content(&mut self, tenant: TenantId, id: MessageId, content: &Content) -> Result<()>;
    /// Writes a participant.
    fn put_participant(&mut self, tenant: TenantId, participant: &Participant) -> Result<()>;
    /// Writes a read state.
    fn put_read_state(&mut self, tenant: TenantId, state: &ReadState) -> Result<()>;
    /// Writes a receipt.
    fn add_receipt(&mut self, tenant: TenantId, receipt: &Receipt) -> Result<()>;
    /// See [`Change::ErasePersonalData`].
    fn erase_personal_data(&mut self, tenant: TenantId, party: PartyId) -> Result<()>;
    /// Writes what a delivery has become; `false` when its key is taken by anything else than the
    /// same item of triage.
    fn put_arrival(&mut self, tenant: TenantId, arrival: &Arrival) -> Result<bool>;
    /// Writes an item of triage.
    fn put_triage(&mut self, item: &TriageItem) -> Result<()>;
    /// Writes how far a consumer has come, unless it has come farther.
    fn put_consumer(&mut self, tenant: TenantId, name: &str, position: u64) -> Result<()>;
    /// Writes a checkpoint.
    fn add_checkpoint(&mut self, checkpoint: &Checkpoint) -> Result<()>;
    /// Forgets old idempotency records.
    fn forget_idempotency(&mut self, tenant: TenantId, before: Timestamp) -> Result<()>;
    /// Writes an idempotency record.
    fn add_idempotency(
        &mut self,
        tenant: TenantId,
        record: &IdempotencyRecord,
        at: Timestamp,
    ) -> Result<()>;
    /// The head of a stream.
    fn stream_head(&mut self, tenant: TenantId, stream: Stream) -> Result<StreamHead>;
    /// Writes the head of a stream.
    fn put_stream_head(&mut self, tenant: TenantId, stream: Stream, head: StreamHead)
    -> Result<()>;
    /// Writes an event and gives it its position.
    fn add_event(&mut self, event: &Event) -> Result<u64>;
    /// The head of the audit trail.
    fn audit_head(&mut self, tenant: TenantId) -> Result<Option<AuditHead>>;
    /// Writes the head of the audit trail.
    fn put_audit_head(&mut self, tenant: TenantId, head: &AuditHead) -> Result<()>;
    /// Writes an entry of the audit trail, to be found by its thread.
    fn add_audit(&mut self, entry: &AuditEntry, thread: Option<ThreadId>) -> Result<()>;
}

/// Applies a change set through `rows`. Unless the outcome is [`Outcome::Committed`], the caller
/// must undo what was written.
///
/// # Errors
/// `reference.taken` when an address or a number belongs to another record; the `store.*` codes.
pub fn apply(rows: &mut impl Rows, set: &ChangeSet, keys: &AuditKeys) -> Result<Outcome> {
    let tenant = set.tenant;
    if let Some(record) = &set.idempotency
        && let Some(first) = rows.repeated(tenant, &record.key)?
    {
        return Ok(Outcome::Repeated(first));
    }
    for expect in &set.expect {
        if !rows.holds(tenant, expect)? {
            return Ok(Outcome::Stale);
        }
    }
    let mut commit = Commit { rows, tenant, heads: BTreeMap::new(), done: Committed::default() };
    for change in &set.changes {
        if !commit.change(change)? {
            return Ok(Outcome::Stale);
        }
    }
    for draft in &set.events {
        commit.event(draft)?;
    }
    commit.write_heads()?;
    commit.audit(set, keys)?;
    let done = commit.done;
    if let Some(record) = &set.idempotency {
        rows.add_idempotency(tenant, record, set.at)?;
    }
    Ok(Outcome::Committed(done))
}

struct Commit<'a, R: Rows> {
    rows: &'a mut R,
    tenant: TenantId,
    /// The heads of the threads that were appended to; written once at the end.
    heads: BTreeMap<ThreadId, ThreadHead>,
    done: Committed,
}

impl<R: Rows> Commit<'_, R> {
    /// Writes one change; `false` when the state has moved on under it.
    fn change(&mut self, change: &Change) -> Result<bool> {
        let tenant = self.tenant;
        match change {
            Change::PutTenant(record) => {
                let record = Tenant { version: record.version + 1, ..record.clone() };
                self.rows.put_tenant(&record)?;
            }
            Change::PutParty(record) => {
                let record = Party { version: record.version + 1, ..record.clone() };
                if !self.rows.put_party(&record)? {
                    return Err(Error::field(
                        Code::ReferenceTaken,
                        "contacts",
                        "addresses that no other party has",
                    ));
                }
            }
            Change::PutStorefront(record) => {
                let record = Storefront { version: record.version + 1, ..record.clone() };
                self.rows.put_storefront(&record)?;
            }
            Change::PutSubject(record) => {
                let record = Subject { version: record.version + 1, ..record.clone() };
                if !self.rows.put_subject(&record)? {
                    return Err(Error::field(
                        Code::ReferenceTaken,
                        "number",
                        "a number that no other subject of the storefront has",
                    ));
                }
            }
            Change::PutPayment(record) => {
                let record = Payment { version: record.version + 1, ..record.clone() };
                self.rows.put_payment(&record)?;
            }
            Change::PutFollowup(record) => {
                let record = Followup { version: record.version + 1, ..(**record).clone() };
                self.rows.put_followup(&record)?;
            }
            Change::PutReference { kind, reference, id } => {
                return self.rows.put_reference(tenant, kind, reference, *id);
            }
            Change::AddThread(thread) => return self.rows.add_thread(thread),
            Change::PutThread(thread) => {
                let thread = Thread { version: thread.version + 1, ..thread.clone() };
                self.rows.put_thread(&thread)?;
            }
            Change::Append { message, content } => self.append(message, content)?,
            Change::PutContent { message, content } => {
                self.rows.put_content(tenant, *message, content)?;
            }
            Change::PutParticipant(participant) => {
                self.rows.put_participant(tenant, participant)?;
            }
            Change::PutReadState(state) => {
                let state = ReadState { version: state.version + 1, ..state.clone() };
                self.rows.put_read_state(tenant, &state)?;
            }
            Change::AddReceipt(receipt) => self.rows.add_receipt(tenant, receipt)?,
            Change::ErasePersonalData(party) => self.rows.erase_personal_data(tenant, *party)?,
            Change::PutArrival(arrival) => return self.rows.put_arrival(tenant, arrival),
            Change::PutTriage(item) => {
                let item = TriageItem { version: item.version + 1, ..(**item).clone() };
                self.rows.put_triage(&item)?;
            }
            Change::PutConsumer { name, position } => {
                self.rows.put_consumer(tenant, name, *position)?;
            }
            Change::AddCheckpoint(checkpoint) => self.rows.add_checkpoint(checkpoint)?,
            Change::ForgetIdempotency(before) => self.rows.forget_idempotency(tenant, *before)?,
        }
        Ok(true)
    }

    fn append(&mut self, message: &NewMessage, content: &Content) -> Result<()> {
        let head = self.head(message.thread)?;
        head.counters.messages += 1;
        let seq = head.counters.messages;
        // Two writers' clocks may differ; in one thread time never runs backwards.
        let created_at = message.created_at.max(head.active_at);
        head.active_at = created_at;
        let public = message.visibility.is_public();
        if public {
            head.counters.public_messages += 1;
            head.public_active_at = created_at;
            if message.author.role.side() == Side::Customer {
                head.last_customer_message_at = Some(created_at);
            }
        }
        let mut row = MessageRow {
            public_seq: public.then_some(head.counters.public_messages),
            new: NewMessage { created_at, ..message.clone() },
            tenant: self.tenant,
            position: 0,
            seq,
        };
        row.position = self.rows.add_message(&row, content)?;
        self.done.messages.push(row);
        Ok(())
    }

    fn head(&mut self, thread: ThreadId) -> Result<&mut ThreadHead> {
        if let std::collections::btree_map::Entry::Vacant(place) = self.heads.entry(thread) {
            let head = self
                .rows
                .thread_head(self.tenant, thread)?
                .ok_or_else(|| Error::internal("a change names a thread that does not exist"))?;
            place.insert(head);
        }
        self.heads.get_mut(&thread).ok_or_else(|| Error::internal("a thread head was lost"))
    }

    fn event(&mut self, draft: &crate::events::EventDraft) -> Result<()> {
        let public = draft.visibility.is_public();
        let next = |(seq, public_seq): StreamHead| (seq + 1, public_seq + u64::from(public));
        let head = if draft.stream.kind == StreamKind::Thread {
            let counters = &mut self.head(ThreadId::from_uuid(draft.stream.id))?.counters;
            (counters.events, counters.public_events) =
                next((counters.events, counters.public_events));
            (counters.events, counters.public_events)
        } else {
            let head = next(self.rows.stream_head(self.tenant, draft.stream)?);
            self.rows.put_stream_head(self.tenant, draft.stream, head)?;
            head
        };
        let mut event = Event {
            id: draft.stream.event_id(self.tenant, head.0),
            tenant: self.tenant,
            position: 0,
            seq: head.0,
            public_seq: public.then_some(head.1),
            draft: draft.clone(),
        };
        event.position = self.rows.add_event(&event)?;
        self.done.events.push(event);
        Ok(())
    }

    fn write_heads(&mut self) -> Result<()> {
        for (thread, head) in &self.heads {
            self.rows.put_thread_head(self.tenant, *thread, head)?;
        }
        Ok(())
    }

    /// Seals the audit drafts. An entry about a message that was just appended commits to its row.
    fn audit(&mut self, set: &ChangeSet, keys: &AuditKeys) -> Result<()> {
        if set.audit.is_empty() {
            return Ok(());
        }
        let mut head = self.rows.audit_head(self.tenant)?;
        for draft in &set.audit {
            let row = self.done.messages.iter().find(|row| row.new.id.uuid() == draft.resource.id);
            let sealed = match row {
                Some(row) => {
                    let mut draft = draft.clone();
                    draft.after_hash = Some(row.digest());
                    crate::audit::seal(keys, self.tenant, head.as_ref(), &draft)
                }
                None => crate::audit::seal(keys, self.tenant, head.as_ref(), draft),
            };
            self.rows.add_audit(&sealed, draft.thread)?;
            head = Some(AuditHead::of(keys, &sealed));
            self.done.audit_seq = Some(sealed.seq);
        }
        head.map_or(Ok(()), |head| self.rows.put_audit_head(self.tenant, &head))
    }
}
