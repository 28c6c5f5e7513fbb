//! The whole state as writes: what takes the place of a log that has grown, or from which somebody
//! has to be erased.

use std::collections::BTreeMap;

use crate::ids::{TenantId, ThreadId};
use crate::store::log::entry::{AuditWrite, MessageWrite, RowWrite};
use crate::store::memory::Tables;

/// The writes that make these tables out of empty ones.
pub(super) fn writes_of(tables: &Tables) -> Vec<RowWrite> {
    let mut writes: Vec<RowWrite> = Vec::new();
    writes.extend(tables.tenants.values().map(|row| RowWrite::Tenant(Box::new(row.clone()))));
    writes.extend(tables.parties.values().cloned().map(RowWrite::Party));
    writes.extend(tables.storefronts.values().cloned().map(RowWrite::Storefront));
    writes.extend(tables.subjects.values().map(|row| RowWrite::Subject(Box::new(row.clone()))));
    writes.extend(tables.payments.values().map(|row| RowWrite::Payment(Box::new(row.clone()))));
    writes.extend(tables.followups.values().map(|row| RowWrite::Followup(Box::new(row.clone()))));
    writes.extend(tables.references.iter().map(|((tenant, kind, reference), id)| {
        let (kind, reference) = (kind.clone(), reference.clone());
        RowWrite::Reference { tenant: *tenant, kind, reference, id: *id }
    }));
    writes.extend(tables.threads.values().map(|row| RowWrite::NewThread(Box::new(row.clone()))));
    of_threads(tables, &mut writes);
    writes.extend(tables.arrivals.iter().map(|((tenant, _), arrival)| RowWrite::Arrival {
        tenant: *tenant,
        arrival: arrival.clone(),
    }));
    writes.extend(tables.triage.values().map(|item| RowWrite::Triage(Box::new(item.clone()))));
    writes.extend(tables.streams.iter().map(|((tenant, stream), head)| RowWrite::StreamHead {
        tenant: *tenant,
        stream: *stream,
        head: *head,
    }));
    writes.extend(tables.events.values().map(|event| RowWrite::Event(Box::new(event.clone()))));
    writes.extend(tables.consumers.iter().map(|((tenant, name), position)| RowWrite::Consumer {
        tenant: *tenant,
        name: name.clone(),
        position: *position,
    }));
    writes.extend(tables.audit.values().map(|entry| {
        let thread = entry.record().ok().and_then(|record| record.thread);
        RowWrite::Audit(Box::new(AuditWrite { entry: entry.clone(), thread }))
    }));
    writes.extend(
        tables
            .audit_heads
            .iter()
            .map(|(tenant, head)| RowWrite::AuditHead { tenant: *tenant, head: head.clone() }),
    );
    writes.extend(tables.checkpoints.values().cloned().map(RowWrite::Checkpoint));
    writes.extend(tables.idempotency.iter().map(|((tenant, _), (record, at))| {
        RowWrite::Idempotency { tenant: *tenant, record: record.clone(), at: *at }
    }));
    writes
}

/// What hangs on threads. Their rows do not say whose they are: the thread does.
fn of_threads(tables: &Tables, writes: &mut Vec<RowWrite>) {
    let tenants: BTreeMap<ThreadId, TenantId> =
        tables.threads.keys().map(|(tenant, thread)| (*thread, *tenant)).collect();
    let tenant = |thread: &ThreadId| tenants.get(thread).copied().unwrap_or(TenantId::SINGLE);
    writes.extend(tables.participants.values().map(|row| RowWrite::Participant {
        tenant: tenant(&row.thread),
        participant: row.clone(),
    }));
    writes.extend(tables.positions.values().filter_map(|place| {
        let row = tables.messages.get(place)?.clone();
        let content = tables.contents.get(&row.new.id)?.into();
        Some(RowWrite::Message(Box::new(MessageWrite { row, content })))
    }));
    writes.extend(
        tables
            .read_states
            .values()
            .map(|row| RowWrite::ReadState { tenant: tenant(&row.thread), state: row.clone() }),
    );
    writes.extend(
        tables
            .receipts
            .values()
            .map(|row| RowWrite::Receipt { tenant: tenant(&row.thread), receipt: row.clone() }),
    );
}
