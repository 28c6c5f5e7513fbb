//! Writing: the rows of one transaction.

use rusqlite::{Connection, OptionalExtension as _, Params, params};
use uuid::Uuid;

use crate::audit::{AuditEntry, AuditHead, Checkpoint};
use crate::directory::{Party, Storefront, Subject};
use crate::error::{Error, Result};
use crate::events::{Event, Stream};
use crate::followups::Followup;
use crate::ids::{ExternalRef, MessageId, PartyId, TenantId, ThreadId};
use crate::inbound::{Arrival, TriageItem};
use crate::messages::{Attachment, Content, ContentState, MessageRow, RelationKind, Visibility};
use crate::payments::Payment;
use crate::store::change::{Expect, IdempotencyKey, IdempotencyRecord, ReferenceKind};
use crate::store::commit::{Rows, StreamHead, ThreadHead};
use crate::store::sqlite::batch::{Heads, Prepared, execute};
use crate::store::sqlite::columns::{Bytes, Columns, id, json, maybe_id, millis};
use crate::store::sqlite::errors::{corrupt, store_error};
use crate::store::sqlite::{directory, followups, inbound, payments, read, text, threads, trail};
use crate::tenants::Tenant;
use crate::threads::{Counters, Participant, ReadState, Receipt, Thread};
use crate::time::Timestamp;

/// Row access inside a write transaction.
pub(super) struct SqliteRows<'a> {
    connection: &'a Connection,
    prepared: &'a Prepared,
    heads: &'a mut Heads,
    index: &'a mut text::Pending,
    /// The thread that was looked at last: a change set is seldom about more than one.
    thread: Option<Known>,
    /// How many events have been written.
    events: usize,
}

/// What is known of a thread's row.
#[derive(Debug, Clone, Copy)]
struct Known {
    tenant: TenantId,
    id: ThreadId,
    row: u64,
    version: u64,
    head: ThreadHead,
}

impl<'a> SqliteRows<'a> {
    pub(super) fn new(
        connection: &'a Connection,
        prepared: &'a Prepared,
        heads: &'a mut Heads,
        index: &'a mut text::Pending,
    ) -> Self {
        Self { connection, prepared, heads, index, thread: None, events: 0 }
    }

    fn run(&self, sql: &str, values: impl Params) -> Result<usize> {
        execute(self.connection, sql, values)
    }

    fn number(&self, sql: &str, values: impl Params) -> Result<Option<u64>> {
        let mut statement = self.connection.prepare_cached(sql).map_err(store_error)?;
        statement.query_row(values, |row| row.get(0)).optional().map_err(store_error)
    }

    fn exists(&self, sql: &str, values: impl Params) -> Result<bool> {
        let mut statement = self.connection.prepare_cached(sql).map_err(store_error)?;
        statement.exists(values).map_err(store_error)
    }

    fn thread_row(&mut self, tenant: TenantId, thread: ThreadId) -> Result<u64> {
        let known = self.known(tenant, thread)?;
        known
            .map(|known| known.row)
            .ok_or_else(|| Error::internal("a change names a thread that does not exist"))
    }

    /// The row of a thread, read once as long as nothing else is asked for or written in between.
    fn known(&mut self, tenant: TenantId, thread: ThreadId) -> Result<Option<Known>> {
        if let Some(known) = self.thread
            && (known.tenant, known.id) == (tenant, thread)
        {
            return Ok(Some(known));
        }
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT row, version, messages, public_messages, events, public_events, active_at,
                   public_active_at, last_customer_message_at
                 FROM thread WHERE id = ?1 AND tenant = ?2",
            )
            .map_err(store_error)?;
        let mut rows = statement.query([id(thread), id(tenant)]).map_err(store_error)?;
        let Some(row) = rows.next().map_err(store_error)? else { return Ok(None) };
        let mut columns = Columns::of(row);
        let known = Known {
            tenant,
            id: thread,
            row: columns.value()?,
            version: columns.value()?,
            head: ThreadHead {
                counters: Counters {
                    messages: columns.value()?,
                    public_messages: columns.value()?,
                    events: columns.value()?,
                    public_events: columns.value()?,
                },
                active_at: columns.at()?,
                public_active_at: columns.at()?,
                last_customer_message_at: columns.maybe_at()?,
            },
        };
        self.thread = Some(known);
        Ok(Some(known))
    }

    fn write_content(&self, position: u64, content: &Content) -> Result<()> {
        let extra = extra(content)?;
        self.run(
            "UPDATE content SET state = ?2, salt = ?3, title = ?4, text = ?5, extra = ?6,
               original = ?7
             WHERE position = ?1",
            params![
                position,
                content.state.number(),
                content.salt,
                content.title,
                content.text,
                extra,
                content.original
            ],
        )
        .map(drop)
    }

    /// The row of an entry, for its facets.
    fn entry_facets(&self, tenant: TenantId, entry: MessageId) -> Result<Option<(u64, String)>> {
        let row = read::messages::row_of(self.connection, tenant, entry)?;
        Ok(row.map(|row| (row.position, text::facets(&row))))
    }

    /// Keeps the index of an entry while something changes what it is found by.
    fn reindexing<T>(
        &mut self,
        tenant: TenantId,
        entry: Option<MessageId>,
        change: impl FnOnce(&Self) -> Result<T>,
    ) -> Result<T> {
        let Some(entry) = entry else { return change(self) };
        let Some((position, facets)) = self.entry_facets(tenant, entry)? else {
            return change(self);
        };
        let before = text::current_words(self.connection, entry)?;
        let changed = change(self)?;
        let after = text::current_words(self.connection, entry)?;
        self.index.replace(position, before, after, facets);
        Ok(changed)
    }
}

/// Attachments and metadata as JSON; nothing when there are none.
fn extra(content: &Content) -> Result<Option<String>> {
    if content.attachments.is_empty() && content.metadata.is_none() {
        return Ok(None);
    }
    json(&(&content.attachments, &content.metadata)).map(Some)
}

/// The content in six columns: state, salt, title, text, extra, original.
pub(super) fn read_content(columns: &mut Columns<'_, '_>) -> Result<Content> {
    let state = columns.one_of(ContentState::from_number)?;
    let salt: Option<[u8; 16]> = columns.value()?;
    let title = columns.value()?;
    let text = columns.value()?;
    let extra: Option<String> = columns.value()?;
    let (attachments, metadata): (Vec<Attachment>, _) = match extra {
        Some(extra) => serde_json::from_str(&extra).map_err(|_| corrupt())?,
        None => (Vec::new(), None),
    };
    let original = columns.value()?;
    Ok(Content { state, salt, title, text, original, attachments, metadata })
}

impl Rows for SqliteRows<'_> {
    fn repeated(
        &mut self,
        tenant: TenantId,
        key: &IdempotencyKey,
    ) -> Result<Option<IdempotencyRecord>> {
        read::scene::repeated(self.connection, tenant, key)
    }

    fn holds(&mut self, tenant: TenantId, expect: &Expect) -> Result<bool> {
        let (expected, found) = match expect {
            Expect::Tenant(version) => {
                (version, self.number("SELECT version FROM tenant WHERE id = ?1", [id(tenant)])?)
            }
            Expect::Party(party, version) => (
                version,
                self.number(
                    "SELECT version FROM party WHERE tenant = ?1 AND id = ?2",
                    [id(tenant), id(*party)],
                )?,
            ),
            Expect::Storefront(storefront, version) => (
                version,
                self.number(
                    "SELECT version FROM storefront WHERE tenant = ?1 AND id = ?2",
                    [id(tenant), id(*storefront)],
                )?,
            ),
            Expect::Subject(subject, version) => (
                version,
                self.number(
                    "SELECT version FROM subject WHERE tenant = ?1 AND id = ?2",
                    [id(tenant), id(*subject)],
                )?,
            ),
            Expect::Payment(payment, version) => (
                version,
                self.number(
                    "SELECT version FROM payment WHERE tenant = ?1 AND id = ?2",
                    [id(tenant), id(*payment)],
                )?,
            ),
            Expect::Followup(followup, version) => (
                version,
                self.number(
                    "SELECT version FROM followup WHERE tenant = ?1 AND id = ?2",
                    [id(tenant), id(*followup)],
                )?,
            ),
            Expect::Thread(thread, version) => {
                (version, self.known(tenant, *thread)?.map(|known| known.version))
            }
            Expect::NoThread(subject) => {
                let found = self.exists(
                    "SELECT 1 FROM thread WHERE tenant = ?1 AND subject = ?2",
                    [id(tenant), id(*subject)],
                )?;
                return Ok(!found);
            }
            Expect::ReadState(thread, reader, version) => (
                version,
                self.number(
                    "SELECT r.version FROM read_state r JOIN thread t ON t.row = r.thread
                     WHERE t.id = ?1 AND t.tenant = ?2 AND r.reader = ?3",
                    [id(*thread), id(tenant), id(*reader)],
                )?,
            ),
            Expect::Triage(item, version) => (
                version,
                self.number(
                    "SELECT version FROM triage WHERE tenant = ?1 AND id = ?2",
                    [id(tenant), id(*item)],
                )?,
            ),
            Expect::Later(message, seq) => (
                seq,
                self.number(
                    "SELECT seq FROM message WHERE target = ?1 AND relation > 0
                     ORDER BY seq DESC LIMIT 1",
                    [id(*message)],
                )?,
            ),
        };
        Ok(found.unwrap_or(0) == *expected)
    }

    fn put_tenant(&mut self, tenant: &Tenant) -> Result<()> {
        directory::put_tenant(self.connection, tenant)
    }

    fn put_party(&mut self, party: &Party) -> Result<bool> {
        directory::put_party(self.connection, party)
    }

    fn put_storefront(&mut self, storefront: &Storefront) -> Result<()> {
        directory::put_storefront(self.connection, storefront)
    }

    fn put_subject(&mut self, subject: &Subject) -> Result<bool> {
        directory::put_subject(self.connection, subject)
    }

    fn put_payment(&mut self, payment: &Payment) -> Result<()> {
        payments::put(self.connection, payment)
    }

    fn put_followup(&mut self, followup: &Followup) -> Result<()> {
        followups::put(self.connection, followup)
    }

    fn put_reference(
        &mut self,
        tenant: TenantId,
        kind: ReferenceKind,
        reference: &ExternalRef,
        record: Uuid,
    ) -> Result<bool> {
        self.run(
            "INSERT INTO reference (tenant, kind, system, value, id) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (tenant, kind, system, value) DO NOTHING",
            params![id(tenant), kind, reference.system(), reference.value(), Bytes(record)],
        )?;
        Ok(read::scene::resolve(self.connection, tenant, kind, reference)? == Some(record))
    }

    fn add_thread(&mut self, thread: &Thread) -> Result<bool> {
        threads::add(self.connection, thread)
    }

    fn put_thread(&mut self, thread: &Thread) -> Result<()> {
        self.thread = None;
        threads::put(self.connection, thread)
    }

    fn thread_head(&mut self, tenant: TenantId, thread: ThreadId) -> Result<Option<ThreadHead>> {
        Ok(self.known(tenant, thread)?.map(|known| known.head))
    }

    fn put_thread_head(
        &mut self,
        tenant: TenantId,
        thread: ThreadId,
        head: &ThreadHead,
    ) -> Result<()> {
        self.thread = None;
        threads::put_head(self.connection, tenant, thread, head)
    }

    fn add_message(&mut self, row: &MessageRow, content: &Content) -> Result<u64> {
        let new = &row.new;
        let thread = self.thread_row(row.tenant, new.thread)?;
        let audience = match new.visibility {
            Visibility::Public => 0,
            Visibility::Internal { audience } => audience.bits(),
        };
        let insert = |rows: &Self| {
            rows.run(
                "INSERT INTO message (id, thread, seq, public_seq, role, author, on_behalf_of,
                   origin, topic, kind, audience, via, intended, provider_ref, format, language,
                   relation, target, created_at, occurred_at, content_hash)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                   ?18, ?19, ?20, ?21)",
                params![
                    id(new.id),
                    thread,
                    row.seq,
                    row.public_seq,
                    new.author.role.number(),
                    maybe_id(new.author.party),
                    maybe_id(new.on_behalf_of),
                    new.origin.number(),
                    new.topic.number(),
                    new.kind.number(),
                    audience,
                    new.via.number(),
                    new.intended.number(),
                    new.provider_ref,
                    new.format.number(),
                    new.language,
                    new.relation.map(|relation| relation.kind.number()),
                    maybe_id(new.relation.map(|relation| relation.message)),
                    new.created_at.as_millis(),
                    millis(new.occurred_at),
                    new.content_hash
                ],
            )?;
            let position = u64::try_from(rows.connection.last_insert_rowid())
                .map_err(|_| Error::internal("a position is negative"))?;
            rows.run(
                "INSERT INTO content (position, state, salt, title, text, extra, original)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    position,
                    content.state.number(),
                    content.salt,
                    content.title,
                    content.text,
                    extra(content)?,
                    content.original
                ],
            )?;
            Ok(position)
        };
        match new.relation {
            Some(to) if matches!(to.kind, RelationKind::Replaces | RelationKind::Retracts) => {
                self.reindexing(row.tenant, Some(to.message), insert)
            }
            Some(to) if to.kind == RelationKind::ReactsTo => insert(self),
            _ => {
                let position = insert(self)?;
                let prepared = self.prepared.words.iter().find(|(message, _)| *message == new.id);
                let words = match prepared {
                    Some((_, words)) => words.clone(),
                    None => text::words(content.title.as_deref(), &content.text),
                };
                self.index.add(position, words, text::facets(row));
                Ok(position)
            }
        }
    }

    fn put_content(
        &mut self,
        tenant: TenantId,
        message: MessageId,
        content: &Content,
    ) -> Result<()> {
        let Some(row) = read::messages::row_of(self.connection, tenant, message)? else {
            return Ok(());
        };
        let entry = text::entry_of(self.connection, message)?;
        self.reindexing(tenant, entry, |rows| rows.write_content(row.position, content))
    }

    fn put_participant(&mut self, tenant: TenantId, participant: &Participant) -> Result<()> {
        let thread = self.thread_row(tenant, participant.thread)?;
        self.run(
            "INSERT INTO participant (thread, party, role, joined_at, left_at, muted)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (thread, party) DO UPDATE SET
               role = excluded.role, joined_at = excluded.joined_at, left_at = excluded.left_at,
               muted = excluded.muted",
            params![
                thread,
                id(participant.party),
                participant.role.number(),
                participant.joined_at.as_millis(),
                millis(participant.left_at),
                participant.muted
            ],
        )
        .map(drop)
    }

    fn put_read_state(&mut self, tenant: TenantId, state: &ReadState) -> Result<()> {
        let thread = self.thread_row(tenant, state.thread)?;
        self.run(
            "INSERT INTO read_state (thread, reader, role, cursor, extra, last_read_at, version)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (thread, reader) DO UPDATE SET
               role = excluded.role, cursor = excluded.cursor, extra = excluded.extra,
               last_read_at = excluded.last_read_at, version = excluded.version",
            params![
                thread,
                id(state.reader),
                state.role.number(),
                state.cursor,
                json(&state.extra)?,
                state.last_read_at.as_millis(),
                state.version
            ],
        )
        .map(drop)
    }

    fn add_receipt(&mut self, tenant: TenantId, receipt: &Receipt) -> Result<()> {
        let thread = self.thread_row(tenant, receipt.thread)?;
        self.run(
            "INSERT INTO receipt (thread, to_seq, from_seq, reader, role, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                thread,
                receipt.to_seq,
                receipt.from_seq,
                id(receipt.reader),
                receipt.role.number(),
                receipt.at.as_millis()
            ],
        )
        .map(drop)
    }

    fn erase_personal_data(&mut self, tenant: TenantId, party: PartyId) -> Result<()> {
        let written: Vec<MessageId> = {
            let mut statement = self
                .connection
                .prepare_cached(
                    "SELECT m.id FROM message m JOIN thread t ON t.row = m.thread
                     WHERE t.tenant = ?1 AND (m.author = ?2 OR m.on_behalf_of = ?2)
                     UNION
                     SELECT l.id FROM message m JOIN thread t ON t.row = m.thread
                     JOIN message l ON l.target = m.id AND l.relation = ?3 AND l.relation > 0
                     WHERE t.tenant = ?1 AND (m.author = ?2 OR m.on_behalf_of = ?2)",
                )
                .map_err(store_error)?;
            let rows = statement
                .query_map(params![id(tenant), id(party), RelationKind::Replaces.number()], |row| {
                    row.get::<_, Bytes>(0)
                })
                .map_err(store_error)?;
            rows.map(|row| row.map(|bytes| MessageId::from_uuid(bytes.0)).map_err(store_error))
                .collect::<Result<_>>()?
        };
        for message in written {
            self.put_content(tenant, message, &Content::tombstone(ContentState::Erased))?;
        }
        self.run(
            "DELETE FROM audit_private WHERE tenant = ?1 AND customer = ?2",
            [id(tenant), id(party)],
        )?;
        inbound::erase_triage(self.connection, tenant, party)?;
        followups::erase(self.connection, tenant, party)?;
        self.run("DELETE FROM reference WHERE tenant = ?1 AND id = ?2", [id(tenant), id(party)])
            .map(drop)
    }

    fn put_arrival(&mut self, tenant: TenantId, arrival: &Arrival) -> Result<bool> {
        inbound::put_arrival(self.connection, tenant, arrival)
    }

    fn put_triage(&mut self, item: &TriageItem) -> Result<()> {
        inbound::put_triage(self.connection, item)
    }

    fn put_consumer(&mut self, tenant: TenantId, name: &str, position: u64) -> Result<()> {
        trail::put_consumer(self.connection, tenant, name, position)
    }

    fn add_checkpoint(&mut self, checkpoint: &Checkpoint) -> Result<()> {
        trail::add_checkpoint(self.connection, checkpoint)
    }

    fn forget_idempotency(&mut self, tenant: TenantId, before: Timestamp) -> Result<()> {
        trail::forget_idempotency(self.connection, tenant, before)
    }

    fn add_idempotency(
        &mut self,
        tenant: TenantId,
        record: &IdempotencyRecord,
        at: Timestamp,
    ) -> Result<()> {
        trail::add_idempotency(self.connection, tenant, record, at)
    }

    fn stream_head(&mut self, tenant: TenantId, stream: Stream) -> Result<StreamHead> {
        trail::stream_head(self.connection, tenant, stream)
    }

    fn put_stream_head(
        &mut self,
        tenant: TenantId,
        stream: Stream,
        head: StreamHead,
    ) -> Result<()> {
        trail::put_stream_head(self.connection, tenant, stream, head)
    }

    fn add_event(&mut self, event: &Event) -> Result<u64> {
        let body = self.prepared.events.get(self.events);
        let body = body.ok_or_else(|| Error::internal("an event was not prepared"))?;
        self.events += 1;
        trail::add_event(self.connection, event, body)
    }

    fn audit_head(&mut self, tenant: TenantId) -> Result<Option<AuditHead>> {
        if let Some((head, _)) = self.heads.0.get(&tenant) {
            return Ok(Some(head.clone()));
        }
        let head = read::trail::head(self.connection, tenant)?;
        if let Some(head) = &head {
            self.heads.0.insert(tenant, (head.clone(), false));
        }
        Ok(head)
    }

    fn put_audit_head(&mut self, tenant: TenantId, head: &AuditHead) -> Result<()> {
        self.heads.0.insert(tenant, (head.clone(), true));
        Ok(())
    }

    fn add_audit(&mut self, entry: &AuditEntry, thread: Option<ThreadId>) -> Result<()> {
        trail::add_audit(self.connection, entry, thread)
    }
}
