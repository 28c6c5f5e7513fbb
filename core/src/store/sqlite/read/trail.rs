//! Events and the audit trail.

use rusqlite::{Connection, OptionalExtension as _, params, params_from_iter};

use crate::audit::{AuditEntry, AuditHead, Checkpoint};
use crate::error::Result;
use crate::events::Event;
use crate::ids::TenantId;
use crate::store::query::{AuditPage, Consumer, EventOrder, EventPage};
use crate::store::sqlite::columns::{Bytes, Columns, id};
use crate::store::sqlite::errors::{corrupt, store_error};
use crate::store::sqlite::filter::Sql;

pub(super) fn events(connection: &Connection, query: &EventPage) -> Result<Vec<Event>> {
    let sql = match query.order {
        EventOrder::Position => {
            "SELECT position, seq, public_seq, body FROM event
             WHERE tenant = ?1 AND position > ?2 AND ?4 IS NULL ORDER BY position LIMIT ?3"
        }
        EventOrder::Stream(_) => {
            "SELECT position, seq, public_seq, body FROM event
             WHERE tenant = ?1 AND stream = ?4 AND seq > ?2 ORDER BY seq LIMIT ?3"
        }
        // A public number is never greater than the number itself, so that the index serves here too.
        EventOrder::PublicStream(_) => {
            "SELECT position, seq, public_seq, body FROM event
             WHERE tenant = ?1 AND stream = ?4 AND seq > ?2 AND public_seq > ?2
             ORDER BY seq LIMIT ?3"
        }
    };
    let stream = match query.order {
        EventOrder::Position => None,
        EventOrder::Stream(stream) | EventOrder::PublicStream(stream) => Some(stream),
    };
    let mut statement = connection.prepare_cached(sql).map_err(store_error)?;
    let after = i64::try_from(query.after).unwrap_or(i64::MAX);
    let key = stream.map(|stream| Bytes(stream.id));
    let mut rows =
        statement.query(params![id(query.tenant), after, query.limit, key]).map_err(store_error)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(store_error)? {
        let mut columns = Columns::of(row);
        let position = columns.value()?;
        let seq = columns.value()?;
        let public_seq = columns.value()?;
        let draft: crate::events::EventDraft = columns.json()?;
        if stream.is_some_and(|stream| stream != draft.stream) {
            continue;
        }
        let id = draft.stream.event_id(query.tenant, seq);
        found.push(Event { id, tenant: query.tenant, position, seq, public_seq, draft });
    }
    Ok(found)
}

pub(super) fn consumer(connection: &Connection, query: &Consumer) -> Result<u64> {
    let mut statement = connection
        .prepare_cached("SELECT position FROM consumer WHERE tenant = ?1 AND name = ?2")
        .map_err(store_error)?;
    let position = statement
        .query_row(params![id(query.tenant), query.name], |row| row.get(0))
        .optional()
        .map_err(store_error)?;
    Ok(position.unwrap_or(0))
}

pub(super) fn page(connection: &Connection, query: &AuditPage) -> Result<Vec<AuditEntry>> {
    let mut sql = Sql::new(
        "SELECT a.seq, a.canonical, a.hash, p.body FROM audit a
         LEFT JOIN audit_private p ON p.tenant = a.tenant AND p.seq = a.seq WHERE a.tenant = ",
    );
    sql.bind_id(query.tenant).push(" AND a.seq > ");
    sql.bind(i64::try_from(query.after).unwrap_or(i64::MAX));
    if let Some(thread) = query.thread {
        sql.push(" AND a.thread = ").bind_id(thread);
    }
    sql.push(" ORDER BY a.seq LIMIT ").bind(i64::from(query.limit));
    let mut statement = connection.prepare_cached(&sql.text).map_err(store_error)?;
    let mut rows = statement.query(params_from_iter(sql.values)).map_err(store_error)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(store_error)? {
        let mut columns = Columns::of(row);
        let seq = columns.value()?;
        let canonical = columns.value()?;
        let hash = columns.value()?;
        let private: Option<String> = columns.value()?;
        let private = match private {
            Some(body) => Some(serde_json::from_str(&body).map_err(|_| corrupt())?),
            None => None,
        };
        found.push(AuditEntry { tenant: query.tenant, seq, canonical, hash, private });
    }
    Ok(found)
}

/// The head of a tenant's trail.
pub(in crate::store::sqlite) fn head(
    connection: &Connection,
    tenant: TenantId,
) -> Result<Option<AuditHead>> {
    let mut statement = connection
        .prepare_cached("SELECT seq, hash, key_id, mac FROM audit_head WHERE tenant = ?1")
        .map_err(store_error)?;
    statement
        .query_row([id(tenant)], |row| {
            Ok(AuditHead {
                seq: row.get(0)?,
                hash: row.get(1)?,
                key_id: row.get(2)?,
                mac: row.get(3)?,
            })
        })
        .optional()
        .map_err(store_error)
}

pub(super) fn checkpoints(connection: &Connection, tenant: TenantId) -> Result<Vec<Checkpoint>> {
    let mut statement = connection
        .prepare_cached("SELECT body FROM checkpoint WHERE tenant = ?1 ORDER BY to_seq")
        .map_err(store_error)?;
    let mut rows = statement.query([id(tenant)]).map_err(store_error)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(store_error)? {
        let body: String = Columns::of(row).value()?;
        found.push(Checkpoint::import(&body).map_err(|_| corrupt())?);
    }
    Ok(found)
}
