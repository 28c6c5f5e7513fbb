//! Everything in memory: for tests, previews and browsers, and the readable measure of other stores.

mod followups;
mod inbound;
mod payments;
mod read;
mod rows;
#[cfg(any(test, target_family = "wasm"))]
mod table;

#[cfg(not(target_family = "wasm"))]
use std::collections::BTreeMap as Table;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use uuid::Uuid;

use crate::audit::{AuditEntry, AuditHead, AuditKeys, Checkpoint};
use crate::directory::{ContactKind, Party, Storefront, Subject};
use crate::error::Result;
use crate::events::{Event, Stream};
use crate::followups::Followup;
use crate::ids::{
    ExternalRef, FollowupId, MessageId, PartyId, PaymentId, StorefrontId, SubjectId, TenantId,
    ThreadId, TriageId,
};
use crate::inbound::{Arrival, ArrivalKey, TriageItem};
use crate::messages::{Content, MessageRow};
use crate::payments::Payment;
use crate::store::Store;
use crate::store::change::{ChangeSet, IdempotencyKey, IdempotencyRecord, Outcome};
use crate::store::commit::{StreamHead, apply};
#[cfg(target_family = "wasm")]
use crate::store::memory::table::Table;
use crate::store::query::{Answer, Query};
use crate::tenants::Tenant;
use crate::threads::{Participant, ReadState, Receipt, Thread};
use crate::time::Timestamp;

/// A store in memory.
///
/// ```
/// use goodwill::{AuditKey, Engine, MemoryStore};
///
/// let engine = Engine::new(MemoryStore::new(), AuditKey::from_bytes("k1", &[1; 32])?);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Default)]
pub struct MemoryStore(Mutex<Tables>);

impl std::fmt::Debug for MemoryStore {
    /// Without what it holds: that is personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn read(&self, query: Query) -> Result<Answer> {
        let tables = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tables.read(query)
    }

    async fn commit(&self, changes: ChangeSet, keys: &AuditKeys) -> Result<Outcome> {
        let mut tables = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut writing = Writing::new(&mut tables);
        let outcome = apply(&mut writing, &changes, keys);
        if !matches!(outcome, Ok(Outcome::Committed(_))) {
            writing.undo_all();
        }
        outcome
    }
}

/// The records. Those without a tenant in their key hang on a thread or a message, which has one.
#[derive(Debug, Default)]
pub(in crate::store) struct Tables {
    pub(in crate::store) tenants: Table<TenantId, Tenant>,
    pub(in crate::store) parties: Table<(TenantId, PartyId), Party>,
    pub(in crate::store) storefronts: Table<(TenantId, StorefrontId), Storefront>,
    pub(in crate::store) subjects: Table<(TenantId, SubjectId), Subject>,
    pub(in crate::store) payments: Table<(TenantId, PaymentId), Payment>,
    /// By the instant of paying.
    pub(in crate::store) paid: Table<(TenantId, Timestamp, PaymentId), ()>,
    pub(in crate::store) followups: Table<(TenantId, FollowupId), Followup>,
    pub(in crate::store) references: Table<(TenantId, String, ExternalRef), Uuid>,
    pub(in crate::store) threads: Table<(TenantId, ThreadId), Thread>,
    pub(in crate::store) thread_of: Table<(TenantId, SubjectId), ThreadId>,
    pub(in crate::store) participants: Table<(ThreadId, PartyId), Participant>,
    pub(in crate::store) messages: Table<(TenantId, MessageId), MessageRow>,
    pub(in crate::store) contents: Table<MessageId, Content>,
    pub(in crate::store) positions: Table<u64, (TenantId, MessageId)>,
    pub(in crate::store) in_thread: Table<(ThreadId, u64), MessageId>,
    pub(in crate::store) later: Table<(MessageId, u64), MessageId>,
    pub(in crate::store) read_states: Table<(ThreadId, PartyId), ReadState>,
    pub(in crate::store) receipts: Table<(ThreadId, u64), Receipt>,
    pub(in crate::store) streams: Table<(TenantId, Stream), StreamHead>,
    pub(in crate::store) events: Table<u64, Event>,
    pub(in crate::store) contacts: Table<(TenantId, ContactKind, String), PartyId>,
    pub(in crate::store) arrivals: Table<(TenantId, ArrivalKey), Arrival>,
    pub(in crate::store) triage: Table<(TenantId, TriageId), TriageItem>,
    pub(in crate::store) consumers: Table<(TenantId, String), u64>,
    pub(in crate::store) audit: Table<(TenantId, u64), AuditEntry>,
    pub(in crate::store) audit_heads: Table<TenantId, AuditHead>,
    pub(in crate::store) checkpoints: Table<(TenantId, u64), Checkpoint>,
    pub(in crate::store) idempotency:
        Table<(TenantId, IdempotencyKey), (IdempotencyRecord, Timestamp)>,
}

type Undo = Box<dyn FnOnce(&mut Tables)>;

/// A write in progress, and how to take it back.
pub(in crate::store) struct Writing<'a> {
    pub(in crate::store) tables: &'a mut Tables,
    undo: Vec<Undo>,
}

impl<'a> Writing<'a> {
    /// A write that has not written anything yet.
    pub(in crate::store) fn new(tables: &'a mut Tables) -> Self {
        Self { tables, undo: Vec::new() }
    }

    fn set<K, V>(&mut self, table: fn(&mut Tables) -> &mut Table<K, V>, key: K, value: V)
    where
        K: Ord + Clone + 'static,
        V: 'static,
    {
        let before = table(self.tables).insert(key.clone(), value);
        self.undo.push(Box::new(move |tables| {
            match before {
                Some(before) => table(tables).insert(key, before),
                None => table(tables).remove(&key),
            };
        }));
    }

    fn unset<K, V>(&mut self, table: fn(&mut Tables) -> &mut Table<K, V>, key: K)
    where
        K: Ord + 'static,
        V: 'static,
    {
        if let Some(before) = table(self.tables).remove(&key) {
            self.undo.push(Box::new(move |tables| {
                table(tables).insert(key, before);
            }));
        }
    }

    pub(in crate::store) fn undo_all(&mut self) {
        while let Some(undo) = self.undo.pop() {
            undo(self.tables);
        }
    }
}

/// The place behind the last one.
fn next<V>(table: &Table<u64, V>) -> u64 {
    table.last_key_value().map_or(1, |(last, _)| last + 1)
}
