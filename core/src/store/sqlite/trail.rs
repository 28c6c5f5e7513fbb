//! Events, the audit log, how far consumers have read, and the keys of calls.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::audit::{AuditEntry, Checkpoint};
use crate::error::{Error, Result};
use crate::events::{Event, Stream};
use crate::ids::{TenantId, ThreadId};
use crate::store::change::IdempotencyRecord;
use crate::store::commit::StreamHead;
use crate::store::sqlite::batch::execute;
use crate::store::sqlite::columns::{Bytes, id, json, maybe_id};
use crate::store::sqlite::errors::store_error;
use crate::time::Timestamp;

/// Writes how far a consumer has read; it never goes back.
pub(super) fn put_consumer(
    connection: &Connection,
    tenant: TenantId,
    name: &str,
    position: u64,
) -> Result<()> {
    execute(
        connection,
        "INSERT INTO consumer (tenant, name, position) VALUES (?1, ?2, ?3)
         ON CONFLICT (tenant, name) DO UPDATE SET position = max(position, excluded.position)",
        params![id(tenant), name, position],
    )
    .map(drop)
}

/// Keeps a checkpoint of the audit log.
pub(super) fn add_checkpoint(connection: &Connection, checkpoint: &Checkpoint) -> Result<()> {
    execute(
        connection,
        "INSERT INTO checkpoint (tenant, to_seq, body) VALUES (?1, ?2, ?3)
         ON CONFLICT (tenant, to_seq) DO UPDATE SET body = excluded.body",
        params![id(checkpoint.tenant), checkpoint.to_seq, checkpoint.export()],
    )
    .map(drop)
}

/// Forgets the keys of calls that were made before an instant.
pub(super) fn forget_idempotency(
    connection: &Connection,
    tenant: TenantId,
    before: Timestamp,
) -> Result<()> {
    execute(
        connection,
        "DELETE FROM idempotency WHERE tenant = ?1 AND at < ?2",
        params![id(tenant), before.as_millis()],
    )
    .map(drop)
}

/// Keeps the key of a call with its result.
pub(super) fn add_idempotency(
    connection: &Connection,
    tenant: TenantId,
    record: &IdempotencyRecord,
    at: Timestamp,
) -> Result<()> {
    execute(
        connection,
        "INSERT INTO idempotency (tenant, actor, key, fingerprint, result, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            id(tenant),
            Bytes(record.key.actor),
            record.key.key,
            record.fingerprint,
            json(&record.result)?,
            at.as_millis()
        ],
    )
    .map(drop)
}

/// The numbers of the last event of a stream, and of the last public one.
pub(super) fn stream_head(
    connection: &Connection,
    tenant: TenantId,
    stream: Stream,
) -> Result<StreamHead> {
    let mut statement = connection
        .prepare_cached(
            "SELECT seq, public_seq FROM stream WHERE tenant = ?1 AND kind = ?2 AND id = ?3",
        )
        .map_err(store_error)?;
    let head = statement
        .query_row(params![id(tenant), stream.kind.number(), Bytes(stream.id)], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()
        .map_err(store_error)?;
    Ok(head.unwrap_or((0, 0)))
}

/// Writes the numbers of the last events of a stream.
pub(super) fn put_stream_head(
    connection: &Connection,
    tenant: TenantId,
    stream: Stream,
    head: StreamHead,
) -> Result<()> {
    execute(
        connection,
        "INSERT INTO stream (tenant, kind, id, seq, public_seq) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (tenant, kind, id) DO UPDATE SET
           seq = excluded.seq, public_seq = excluded.public_seq",
        params![id(tenant), stream.kind.number(), Bytes(stream.id), head.0, head.1],
    )
    .map(drop)
}

/// Adds an event with its body, and gives its position.
pub(super) fn add_event(connection: &Connection, event: &Event, body: &str) -> Result<u64> {
    execute(
        connection,
        "INSERT INTO event (tenant, stream, seq, public_seq, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![id(event.tenant), Bytes(event.draft.stream.id), event.seq, event.public_seq, body],
    )?;
    u64::try_from(connection.last_insert_rowid())
        .map_err(|_| Error::internal("a position is negative"))
}

/// Adds an entry of the audit log, and what it knows of a person beside it.
pub(super) fn add_audit(
    connection: &Connection,
    entry: &AuditEntry,
    thread: Option<ThreadId>,
) -> Result<()> {
    execute(
        connection,
        "INSERT INTO audit (tenant, seq, thread, canonical, hash) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![id(entry.tenant), entry.seq, maybe_id(thread), entry.canonical, entry.hash],
    )?;
    if let Some(private) = &entry.private {
        execute(
            connection,
            "INSERT INTO audit_private (tenant, seq, customer, body) VALUES (?1, ?2, ?3, ?4)",
            params![id(entry.tenant), entry.seq, maybe_id(private.customer), json(private)?],
        )?;
    }
    Ok(())
}
