//! Writing.

use uuid::Uuid;

use crate::audit::{AuditEntry, AuditHead, Checkpoint};
use crate::directory::{Party, Storefront, Subject};
use crate::error::{Error, Result};
use crate::events::{Event, Stream};
use crate::followups::Followup;
use crate::ids::{ExternalRef, MessageId, PartyId, TenantId, ThreadId};
use crate::inbound::{Arrival, TriageItem};
use crate::messages::{Content, ContentState, MessageRow, RelationKind};
use crate::payments::Payment;
use crate::store::change::{Expect, IdempotencyKey, IdempotencyRecord, ReferenceKind};
use crate::store::commit::{Rows, StreamHead, ThreadHead};
use crate::store::memory::{Writing, next};
use crate::tenants::Tenant;
use crate::threads::{Participant, ReadState, Receipt, Thread};
use crate::time::Timestamp;

impl Rows for Writing<'_> {
    fn repeated(
        &mut self,
        tenant: TenantId,
        key: &IdempotencyKey,
    ) -> Result<Option<IdempotencyRecord>> {
        let record = self.tables.idempotency.get(&(tenant, key.clone()));
        Ok(record.map(|(record, _)| record.clone()))
    }

    fn holds(&mut self, tenant: TenantId, expect: &Expect) -> Result<bool> {
        let t = &self.tables;
        let (expected, found) = match expect {
            Expect::Tenant(version) => (version, t.tenants.get(&tenant).map(|r| r.version)),
            Expect::Party(id, version) => {
                (version, t.parties.get(&(tenant, *id)).map(|r| r.version))
            }
            Expect::Storefront(id, version) => {
                (version, t.storefronts.get(&(tenant, *id)).map(|r| r.version))
            }
            Expect::Subject(id, version) => {
                (version, t.subjects.get(&(tenant, *id)).map(|r| r.version))
            }
            Expect::Payment(id, version) => {
                (version, t.payments.get(&(tenant, *id)).map(|r| r.version))
            }
            Expect::Followup(id, version) => {
                (version, t.followups.get(&(tenant, *id)).map(|r| r.version))
            }
            Expect::Thread(id, version) => {
                (version, t.threads.get(&(tenant, *id)).map(|r| r.version))
            }
            Expect::NoThread(id) => return Ok(!t.thread_of.contains_key(&(tenant, *id))),
            Expect::ReadState(thread, reader, version) => {
                (version, t.read_states.get(&(*thread, *reader)).map(|r| r.version))
            }
            Expect::Triage(id, version) => {
                (version, t.triage.get(&(tenant, *id)).map(|r| r.version))
            }
            Expect::Later(message, seq) => {
                let newest = t.later.range((*message, 0)..=(*message, u64::MAX)).next_back();
                (seq, newest.map(|((_, seq), _)| *seq))
            }
        };
        Ok(found.unwrap_or(0) == *expected)
    }

    fn put_tenant(&mut self, tenant: &Tenant) -> Result<()> {
        self.set(|t| &mut t.tenants, tenant.id, tenant.clone());
        Ok(())
    }

    fn put_party(&mut self, party: &Party) -> Result<bool> {
        let before = self.tables.parties.get(&(party.tenant, party.id));
        let before = before.map(|before| before.contacts.clone()).unwrap_or_default();
        for contact in before {
            self.unset(|t| &mut t.contacts, (party.tenant, contact.kind, contact.key));
        }
        for contact in &party.contacts {
            let key = (party.tenant, contact.kind, contact.key.clone());
            if self.tables.contacts.contains_key(&key) {
                return Ok(false);
            }
            self.set(|t| &mut t.contacts, key, party.id);
        }
        self.set(|t| &mut t.parties, (party.tenant, party.id), party.clone());
        Ok(true)
    }

    fn put_storefront(&mut self, storefront: &Storefront) -> Result<()> {
        self.set(|t| &mut t.storefronts, (storefront.tenant, storefront.id), storefront.clone());
        Ok(())
    }

    fn put_subject(&mut self, subject: &Subject) -> Result<bool> {
        let numbered = |other: &Subject| {
            other.number.is_some()
                && (other.tenant, other.kind, other.store, &other.number)
                    == (subject.tenant, subject.kind, subject.store, &subject.number)
        };
        if self.tables.subjects.values().any(|other| numbered(other) && other.id != subject.id) {
            return Ok(false);
        }
        self.set(|t| &mut t.subjects, (subject.tenant, subject.id), subject.clone());
        Ok(true)
    }

    fn put_payment(&mut self, payment: &Payment) -> Result<()> {
        let key = (payment.tenant, payment.id);
        if let Some(before) = self.tables.payments.get(&key) {
            let place = (before.tenant, before.paid_at, before.id);
            self.unset(|t| &mut t.paid, place);
        }
        self.set(|t| &mut t.paid, (payment.tenant, payment.paid_at, payment.id), ());
        self.set(|t| &mut t.payments, key, payment.clone());
        Ok(())
    }

    fn put_followup(&mut self, followup: &Followup) -> Result<()> {
        self.set(|t| &mut t.followups, (followup.tenant, followup.id), followup.clone());
        Ok(())
    }

    fn put_reference(
        &mut self,
        tenant: TenantId,
        kind: ReferenceKind,
        reference: &ExternalRef,
        id: Uuid,
    ) -> Result<bool> {
        let key = (tenant, kind.to_owned(), reference.clone());
        match self.tables.references.get(&key) {
            Some(known) => Ok(*known == id),
            None => {
                self.set(|t| &mut t.references, key, id);
                Ok(true)
            }
        }
    }

    fn add_thread(&mut self, thread: &Thread) -> Result<bool> {
        let subject = (thread.tenant, thread.subject);
        if self.tables.thread_of.contains_key(&subject) {
            return Ok(false);
        }
        self.set(|t| &mut t.thread_of, subject, thread.id);
        self.set(|t| &mut t.threads, (thread.tenant, thread.id), thread.clone());
        Ok(true)
    }

    fn put_thread(&mut self, thread: &Thread) -> Result<()> {
        let key = (thread.tenant, thread.id);
        let Some(before) = self.tables.threads.get(&key) else {
            return Err(Error::internal("a change names a thread that does not exist"));
        };
        let after = Thread {
            counters: before.counters,
            active_at: before.active_at,
            public_active_at: before.public_active_at,
            last_customer_message_at: before.last_customer_message_at,
            ..thread.clone()
        };
        self.set(|t| &mut t.threads, key, after);
        Ok(())
    }

    fn thread_head(&mut self, tenant: TenantId, id: ThreadId) -> Result<Option<ThreadHead>> {
        Ok(self.tables.threads.get(&(tenant, id)).map(|thread| ThreadHead {
            counters: thread.counters,
            active_at: thread.active_at,
            public_active_at: thread.public_active_at,
            last_customer_message_at: thread.last_customer_message_at,
        }))
    }

    fn put_thread_head(&mut self, tenant: TenantId, id: ThreadId, head: &ThreadHead) -> Result<()> {
        if let Some(thread) = self.tables.threads.get(&(tenant, id)) {
            let after = Thread {
                counters: head.counters,
                active_at: head.active_at,
                public_active_at: head.public_active_at,
                last_customer_message_at: head.last_customer_message_at,
                ..thread.clone()
            };
            self.set(|t| &mut t.threads, (tenant, id), after);
        }
        Ok(())
    }

    fn add_message(&mut self, row: &MessageRow, content: &Content) -> Result<u64> {
        let position = next(&self.tables.positions);
        let (tenant, id, thread) = (row.tenant, row.new.id, row.new.thread);
        self.set(|t| &mut t.positions, position, (tenant, id));
        self.set(|t| &mut t.in_thread, (thread, row.seq), id);
        self.set(|t| &mut t.contents, id, content.clone());
        self.set(|t| &mut t.messages, (tenant, id), MessageRow { position, ..row.clone() });
        if let Some(relation) = row.new.relation
            && relation.kind != RelationKind::ReplyTo
        {
            self.set(|t| &mut t.later, (relation.message, row.seq), id);
        }
        Ok(position)
    }

    fn put_content(&mut self, tenant: TenantId, id: MessageId, content: &Content) -> Result<()> {
        if self.tables.messages.contains_key(&(tenant, id)) {
            self.set(|t| &mut t.contents, id, content.clone());
        }
        Ok(())
    }

    fn put_participant(&mut self, _: TenantId, participant: &Participant) -> Result<()> {
        let key = (participant.thread, participant.party);
        self.set(|t| &mut t.participants, key, participant.clone());
        Ok(())
    }

    fn put_read_state(&mut self, _: TenantId, state: &ReadState) -> Result<()> {
        self.set(|t| &mut t.read_states, (state.thread, state.reader), state.clone());
        Ok(())
    }

    fn add_receipt(&mut self, _: TenantId, receipt: &Receipt) -> Result<()> {
        let thread = receipt.thread;
        let last = self.tables.receipts.range((thread, 0)..=(thread, u64::MAX)).next_back();
        let number = last.map_or(1, |((_, number), _)| number + 1);
        self.set(|t| &mut t.receipts, (thread, number), receipt.clone());
        Ok(())
    }

    fn erase_personal_data(&mut self, tenant: TenantId, party: PartyId) -> Result<()> {
        let written: Vec<MessageId> = self
            .tables
            .messages
            .values()
            .filter(|row| row.tenant == tenant)
            .filter(|row| {
                row.new.author.party == Some(party) || row.new.on_behalf_of == Some(party)
            })
            .map(|row| row.new.id)
            .collect();
        // What others put in the place of the person's words goes with them.
        let corrections: Vec<MessageId> = written
            .iter()
            .flat_map(|id| self.tables.later.range((*id, 0)..=(*id, u64::MAX)))
            .filter_map(|(_, later)| self.tables.messages.get(&(tenant, *later)))
            .filter(|row| row.new.relation.is_some_and(|to| to.kind == RelationKind::Replaces))
            .map(|row| row.new.id)
            .collect();
        for id in written.into_iter().chain(corrections) {
            self.set(|t| &mut t.contents, id, Content::tombstone(ContentState::Erased));
        }
        let entries: Vec<AuditEntry> = self
            .tables
            .audit
            .range((tenant, 0)..=(tenant, u64::MAX))
            .map(|(_, entry)| entry)
            .filter(|entry| {
                entry.private.as_ref().is_some_and(|private| private.customer == Some(party))
            })
            .cloned()
            .collect();
        for entry in entries {
            let key = (tenant, entry.seq);
            self.set(|t| &mut t.audit, key, AuditEntry { private: None, ..entry });
        }
        let contacts =
            self.tables.parties.get(&(tenant, party)).map(|party| party.contacts.clone());
        let keys: Vec<String> =
            contacts.unwrap_or_default().into_iter().map(|contact| contact.key).collect();
        let sent: Vec<TriageItem> = self
            .tables
            .triage
            .values()
            .filter(|item| item.tenant == tenant)
            .filter(|item| {
                item.senders.contains(&party)
                    || item.sender_key.as_ref().is_some_and(|key| keys.contains(key))
            })
            .map(TriageItem::erased)
            .collect();
        for item in sent {
            self.set(|t| &mut t.triage, (tenant, item.id), item);
        }
        let followups = self.tables.followups.values().filter(|followup| followup.tenant == tenant);
        let left: Vec<_> = followups.filter_map(|followup| followup.erased(party)).collect();
        for followup in left {
            self.set(|t| &mut t.followups, (tenant, followup.id), followup);
        }
        let references: Vec<_> = self
            .tables
            .references
            .iter()
            .filter(|((owner, ..), id)| *owner == tenant && **id == party.uuid())
            .map(|(key, _)| key.clone())
            .collect();
        for key in references {
            self.unset(|t| &mut t.references, key);
        }
        Ok(())
    }

    fn put_arrival(&mut self, tenant: TenantId, arrival: &Arrival) -> Result<bool> {
        let key = (tenant, arrival.key.clone());
        let is_same = |known: &Arrival| known.triage.is_some() && known.triage == arrival.triage;
        if self.tables.arrivals.get(&key).is_some_and(|known| !is_same(known)) {
            return Ok(false);
        }
        self.set(|t| &mut t.arrivals, key, arrival.clone());
        Ok(true)
    }

    fn put_triage(&mut self, item: &TriageItem) -> Result<()> {
        self.set(|t| &mut t.triage, (item.tenant, item.id), item.clone());
        Ok(())
    }

    fn put_consumer(&mut self, tenant: TenantId, name: &str, position: u64) -> Result<()> {
        let key = (tenant, name.to_owned());
        if self.tables.consumers.get(&key).is_none_or(|known| *known < position) {
            self.set(|t| &mut t.consumers, key, position);
        }
        Ok(())
    }

    fn add_checkpoint(&mut self, checkpoint: &Checkpoint) -> Result<()> {
        let key = (checkpoint.tenant, checkpoint.to_seq);
        self.set(|t| &mut t.checkpoints, key, checkpoint.clone());
        Ok(())
    }

    fn forget_idempotency(&mut self, tenant: TenantId, before: Timestamp) -> Result<()> {
        let old: Vec<_> = self
            .tables
            .idempotency
            .iter()
            .filter(|((owner, _), (_, at))| *owner == tenant && *at < before)
            .map(|(key, _)| key.clone())
            .collect();
        for key in old {
            self.unset(|t| &mut t.idempotency, key);
        }
        Ok(())
    }

    fn add_idempotency(
        &mut self,
        tenant: TenantId,
        record: &IdempotencyRecord,
        at: Timestamp,
    ) -> Result<()> {
        self.set(|t| &mut t.idempotency, (tenant, record.key.clone()), (record.clone(), at));
        Ok(())
    }

    fn stream_head(&mut self, tenant: TenantId, stream: Stream) -> Result<StreamHead> {
        Ok(self.tables.streams.get(&(tenant, stream)).copied().unwrap_or((0, 0)))
    }

    fn put_stream_head(
        &mut self,
        tenant: TenantId,
        stream: Stream,
        head: StreamHead,
    ) -> Result<()> {
        self.set(|t| &mut t.streams, (tenant, stream), head);
        Ok(())
    }

    fn add_event(&mut self, event: &Event) -> Result<u64> {
        let position = next(&self.tables.events);
        self.set(|t| &mut t.events, position, Event { position, ..event.clone() });
        Ok(position)
    }

    fn audit_head(&mut self, tenant: TenantId) -> Result<Option<AuditHead>> {
        Ok(self.tables.audit_heads.get(&tenant).cloned())
    }

    fn put_audit_head(&mut self, tenant: TenantId, head: &AuditHead) -> Result<()> {
        self.set(|t| &mut t.audit_heads, tenant, head.clone());
        Ok(())
    }

    fn add_audit(&mut self, entry: &AuditEntry, _: Option<ThreadId>) -> Result<()> {
        self.set(|t| &mut t.audit, (entry.tenant, entry.seq), entry.clone());
        Ok(())
    }
}
