//! Threads.

use rusqlite::{Connection, params};

use crate::error::{Error, Result};
use crate::ids::{TenantId, ThreadId};
use crate::store::commit::ThreadHead;
use crate::store::sqlite::batch::execute;
use crate::store::sqlite::columns::{id, json, maybe_id, millis};
use crate::threads::Thread;

/// Adds a thread, unless its subject has one.
pub(super) fn add(connection: &Connection, thread: &Thread) -> Result<bool> {
    let added = execute(
        connection,
        "INSERT INTO thread (tenant, id, store, subject_kind, subject, customer, status,
           snoozed_until, priority, assignee, tags, messages, public_messages, events,
           public_events, active_at, public_active_at, last_customer_message_at, waiting_since,
           first_response_at, resolved_at, closed_at, merged_into, created_at, version)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
           ?19, ?20, ?21, ?22, ?23, ?24, ?25)
         ON CONFLICT (tenant, subject) DO NOTHING",
        params![
            id(thread.tenant),
            id(thread.id),
            maybe_id(thread.store),
            thread.subject_kind.number(),
            id(thread.subject),
            id(thread.customer),
            thread.status.number(),
            millis(thread.snoozed_until),
            thread.priority.number(),
            maybe_id(thread.assignee),
            json(&thread.tags)?,
            thread.counters.messages,
            thread.counters.public_messages,
            thread.counters.events,
            thread.counters.public_events,
            thread.active_at.as_millis(),
            thread.public_active_at.as_millis(),
            millis(thread.last_customer_message_at),
            millis(thread.waiting_since),
            millis(thread.first_response_at),
            millis(thread.resolved_at),
            millis(thread.closed_at),
            maybe_id(thread.merged_into),
            thread.created_at.as_millis(),
            thread.version
        ],
    )?;
    Ok(added == 1)
}

/// Writes what can change of a thread but its head.
pub(super) fn put(connection: &Connection, thread: &Thread) -> Result<()> {
    let changed = execute(
        connection,
        "UPDATE thread SET store = ?3, customer = ?4, status = ?5, snoozed_until = ?6,
           priority = ?7, assignee = ?8, tags = ?9, waiting_since = ?10,
           first_response_at = ?11, resolved_at = ?12, closed_at = ?13, merged_into = ?14,
           version = ?15
         WHERE id = ?1 AND tenant = ?2",
        params![
            id(thread.id),
            id(thread.tenant),
            maybe_id(thread.store),
            id(thread.customer),
            thread.status.number(),
            millis(thread.snoozed_until),
            thread.priority.number(),
            maybe_id(thread.assignee),
            json(&thread.tags)?,
            millis(thread.waiting_since),
            millis(thread.first_response_at),
            millis(thread.resolved_at),
            millis(thread.closed_at),
            maybe_id(thread.merged_into),
            thread.version
        ],
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(Error::internal("a change names a thread that does not exist"))
    }
}

/// Writes how far a thread has come.
pub(super) fn put_head(
    connection: &Connection,
    tenant: TenantId,
    thread: ThreadId,
    head: &ThreadHead,
) -> Result<()> {
    execute(
        connection,
        "UPDATE thread SET messages = ?3, public_messages = ?4, events = ?5, public_events = ?6,
           active_at = ?7, public_active_at = ?8, last_customer_message_at = ?9
         WHERE id = ?1 AND tenant = ?2",
        params![
            id(thread),
            id(tenant),
            head.counters.messages,
            head.counters.public_messages,
            head.counters.events,
            head.counters.public_events,
            head.active_at.as_millis(),
            head.public_active_at.as_millis(),
            millis(head.last_customer_message_at)
        ],
    )
    .map(drop)
}
