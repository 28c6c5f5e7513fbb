//! Rows in memory that write down every write.

use uuid::Uuid;

use crate::audit::{AuditEntry, AuditHead, Checkpoint};
use crate::directory::{Party, Storefront, Subject};
use crate::error::Result;
use crate::events::{Event, Stream};
use crate::followups::Followup;
use crate::ids::{ExternalRef, MessageId, PartyId, TenantId, ThreadId};
use crate::inbound::{Arrival, TriageItem};
use crate::messages::{Content, MessageRow};
use crate::payments::Payment;
use crate::store::change::{Expect, IdempotencyKey, IdempotencyRecord, ReferenceKind};
use crate::store::commit::{Rows, StreamHead, ThreadHead};
use crate::store::log::entry::{AuditWrite, MessageWrite, RowWrite};
use crate::store::memory::{Tables, Writing};
use crate::tenants::Tenant;
use crate::threads::{Participant, ReadState, Receipt, Thread};
use crate::time::Timestamp;

/// A commit that is tried out: it writes, remembers what, and takes it back.
pub(super) struct Recording<'a> {
    rows: Writing<'a>,
    writes: Vec<RowWrite>,
}

impl<'a> Recording<'a> {
    pub(super) fn new(tables: &'a mut Tables) -> Self {
        Self { rows: Writing::new(tables), writes: Vec::new() }
    }

    /// Takes everything back and returns what was written.
    pub(super) fn take_back(mut self) -> Vec<RowWrite> {
        self.rows.undo_all();
        self.writes
    }

    fn wrote(&mut self, write: RowWrite) -> Result<()> {
        self.writes.push(write);
        Ok(())
    }
}

impl Rows for Recording<'_> {
    fn repeated(
        &mut self,
        tenant: TenantId,
        key: &IdempotencyKey,
    ) -> Result<Option<IdempotencyRecord>> {
        self.rows.repeated(tenant, key)
    }

    fn holds(&mut self, tenant: TenantId, expect: &Expect) -> Result<bool> {
        self.rows.holds(tenant, expect)
    }

    fn put_tenant(&mut self, tenant: &Tenant) -> Result<()> {
        self.rows.put_tenant(tenant)?;
        self.wrote(RowWrite::Tenant(Box::new(tenant.clone())))
    }

    fn put_party(&mut self, party: &Party) -> Result<bool> {
        let fits = self.rows.put_party(party)?;
        self.wrote(RowWrite::Party(party.clone()))?;
        Ok(fits)
    }

    fn put_storefront(&mut self, storefront: &Storefront) -> Result<()> {
        self.rows.put_storefront(storefront)?;
        self.wrote(RowWrite::Storefront(storefront.clone()))
    }

    fn put_subject(&mut self, subject: &Subject) -> Result<bool> {
        let fits = self.rows.put_subject(subject)?;
        self.wrote(RowWrite::Subject(Box::new(subject.clone())))?;
        Ok(fits)
    }

    fn put_payment(&mut self, payment: &Payment) -> Result<()> {
        self.rows.put_payment(payment)?;
        self.wrote(RowWrite::Payment(Box::new(payment.clone())))
    }

    fn put_followup(&mut self, followup: &Followup) -> Result<()> {
        self.rows.put_followup(followup)?;
        self.wrote(RowWrite::Followup(Box::new(followup.clone())))
    }

    fn put_reference(
        &mut self,
        tenant: TenantId,
        kind: ReferenceKind,
        reference: &ExternalRef,
        id: Uuid,
    ) -> Result<bool> {
        let fits = self.rows.put_reference(tenant, kind, reference, id)?;
        let (kind, reference) = (kind.to_owned(), reference.clone());
        self.wrote(RowWrite::Reference { tenant, kind, reference, id })?;
        Ok(fits)
    }

    fn add_thread(&mut self, thread: &Thread) -> Result<bool> {
        let fits = self.rows.add_thread(thread)?;
        self.wrote(RowWrite::NewThread(Box::new(thread.clone())))?;
        Ok(fits)
    }

    fn put_thread(&mut self, thread: &Thread) -> Result<()> {
        self.rows.put_thread(thread)?;
        self.wrote(RowWrite::Thread(Box::new(thread.clone())))
    }

    fn thread_head(&mut self, tenant: TenantId, id: ThreadId) -> Result<Option<ThreadHead>> {
        self.rows.thread_head(tenant, id)
    }

    fn put_thread_head(&mut self, tenant: TenantId, id: ThreadId, head: &ThreadHead) -> Result<()> {
        self.rows.put_thread_head(tenant, id, head)?;
        self.wrote(RowWrite::ThreadHead { tenant, id, head: *head })
    }

    fn add_message(&mut self, row: &MessageRow, content: &Content) -> Result<u64> {
        let position = self.rows.add_message(row, content)?;
        let row = MessageRow { position, ..row.clone() };
        let write = MessageWrite { row, content: content.into() };
        self.wrote(RowWrite::Message(Box::new(write)))?;
        Ok(position)
    }

    fn put_content(&mut self, tenant: TenantId, id: MessageId, content: &Content) -> Result<()> {
        self.rows.put_content(tenant, id, content)?;
        self.wrote(RowWrite::Content { tenant, id, content: Box::new(content.into()) })
    }

    fn put_participant(&mut self, tenant: TenantId, participant: &Participant) -> Result<()> {
        self.rows.put_participant(tenant, participant)?;
        self.wrote(RowWrite::Participant { tenant, participant: participant.clone() })
    }

    fn put_read_state(&mut self, tenant: TenantId, state: &ReadState) -> Result<()> {
        self.rows.put_read_state(tenant, state)?;
        self.wrote(RowWrite::ReadState { tenant, state: state.clone() })
    }

    fn add_receipt(&mut self, tenant: TenantId, receipt: &Receipt) -> Result<()> {
        self.rows.add_receipt(tenant, receipt)?;
        self.wrote(RowWrite::Receipt { tenant, receipt: receipt.clone() })
    }

    fn erase_personal_data(&mut self, tenant: TenantId, party: PartyId) -> Result<()> {
        self.rows.erase_personal_data(tenant, party)?;
        self.wrote(RowWrite::Erasure { tenant, party })
    }

    fn put_arrival(&mut self, tenant: TenantId, arrival: &Arrival) -> Result<bool> {
        let fits = self.rows.put_arrival(tenant, arrival)?;
        self.wrote(RowWrite::Arrival { tenant, arrival: arrival.clone() })?;
        Ok(fits)
    }

    fn put_triage(&mut self, item: &TriageItem) -> Result<()> {
        self.rows.put_triage(item)?;
        self.wrote(RowWrite::Triage(Box::new(item.clone())))
    }

    fn put_consumer(&mut self, tenant: TenantId, name: &str, position: u64) -> Result<()> {
        self.rows.put_consumer(tenant, name, position)?;
        self.wrote(RowWrite::Consumer { tenant, name: name.to_owned(), position })
    }

    fn add_checkpoint(&mut self, checkpoint: &Checkpoint) -> Result<()> {
        self.rows.add_checkpoint(checkpoint)?;
        self.wrote(RowWrite::Checkpoint(checkpoint.clone()))
    }

    fn forget_idempotency(&mut self, tenant: TenantId, before: Timestamp) -> Result<()> {
        self.rows.forget_idempotency(tenant, before)?;
        self.wrote(RowWrite::IdempotencyForgotten { tenant, before })
    }

    fn add_idempotency(
        &mut self,
        tenant: TenantId,
        record: &IdempotencyRecord,
        at: Timestamp,
    ) -> Result<()> {
        self.rows.add_idempotency(tenant, record, at)?;
        self.wrote(RowWrite::Idempotency { tenant, record: record.clone(), at })
    }

    fn stream_head(&mut self, tenant: TenantId, stream: Stream) -> Result<StreamHead> {
        self.rows.stream_head(tenant, stream)
    }

    fn put_stream_head(
        &mut self,
        tenant: TenantId,
        stream: Stream,
        head: StreamHead,
    ) -> Result<()> {
        self.rows.put_stream_head(tenant, stream, head)?;
        self.wrote(RowWrite::StreamHead { tenant, stream, head })
    }

    fn add_event(&mut self, event: &Event) -> Result<u64> {
        let position = self.rows.add_event(event)?;
        self.wrote(RowWrite::Event(Box::new(Event { position, ..event.clone() })))?;
        Ok(position)
    }

    fn audit_head(&mut self, tenant: TenantId) -> Result<Option<AuditHead>> {
        self.rows.audit_head(tenant)
    }

    fn put_audit_head(&mut self, tenant: TenantId, head: &AuditHead) -> Result<()> {
        self.rows.put_audit_head(tenant, head)?;
        self.wrote(RowWrite::AuditHead { tenant, head: head.clone() })
    }

    fn add_audit(&mut self, entry: &AuditEntry, thread: Option<ThreadId>) -> Result<()> {
        self.rows.add_audit(entry, thread)?;
        self.wrote(RowWrite::Audit(Box::new(AuditWrite { entry: entry.clone(), thread })))
    }
}
