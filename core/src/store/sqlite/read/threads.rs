//! Threads, unread counts, receipts, and what is due.

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params, params_from_iter};

use crate::access::{Role, RoleSet};
use crate::directory::SubjectKind;
use crate::error::Result;
use crate::ids::{SubjectId, TenantId, ThreadId};
use crate::store::query::{Due, DueThreads, Receipts, ThreadPage, Threads, Unread, UnreadTargets};
use crate::store::sqlite::columns::{Columns, id, id_value};
use crate::store::sqlite::errors::{corrupt, store_error};
use crate::store::sqlite::filter::{self, Sql};
use crate::store::sqlite::read::directory::{subject, subject_by_id};
use crate::threads::{Counters, Priority, Receipt, Thread, ThreadStatus};
use crate::time::Timestamp;

/// The columns of a thread, in the order of [`thread`].
macro_rules! columns {
    () => {
        "t.row, t.tenant, t.id, t.store, t.subject_kind, t.subject, t.customer, t.status,
         t.snoozed_until, t.priority, t.assignee, t.tags, t.messages, t.public_messages, t.events,
         t.public_events, t.active_at, t.public_active_at, t.last_customer_message_at,
         t.waiting_since, t.first_response_at, t.resolved_at, t.closed_at, t.merged_into,
         t.created_at, t.version"
    };
}

fn thread(row: &Row<'_>) -> Result<(u64, Thread)> {
    let mut columns = Columns::of(row);
    let number = columns.value()?;
    let thread = Thread {
        tenant: columns.id()?,
        id: columns.id()?,
        store: columns.maybe_id()?,
        subject_kind: columns.one_of(SubjectKind::from_number)?,
        subject: columns.id()?,
        customer: columns.id()?,
        status: columns.one_of(ThreadStatus::from_number)?,
        snoozed_until: columns.maybe_at()?,
        priority: columns.one_of(Priority::from_number)?,
        assignee: columns.maybe_id()?,
        tags: columns.json()?,
        counters: Counters {
            messages: columns.value()?,
            public_messages: columns.value()?,
            events: columns.value()?,
            public_events: columns.value()?,
        },
        active_at: columns.at()?,
        public_active_at: columns.at()?,
        last_customer_message_at: columns.maybe_at()?,
        waiting_since: columns.maybe_at()?,
        first_response_at: columns.maybe_at()?,
        resolved_at: columns.maybe_at()?,
        closed_at: columns.maybe_at()?,
        merged_into: columns.maybe_id()?,
        created_at: columns.at()?,
        version: columns.value()?,
    };
    Ok((number, thread))
}

fn all(
    connection: &Connection,
    sql: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<(u64, Thread)>> {
    let mut statement = connection.prepare_cached(sql).map_err(store_error)?;
    let mut rows = statement.query(values).map_err(store_error)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(store_error)? {
        found.push(thread(row)?);
    }
    Ok(found)
}

pub(super) fn by_id(
    connection: &Connection,
    tenant: TenantId,
    thread: ThreadId,
) -> Result<Option<(u64, Thread)>> {
    let sql = concat!("SELECT ", columns!(), " FROM thread t WHERE t.id = ?1 AND t.tenant = ?2");
    all(connection, sql, [id(thread), id(tenant)]).map(|mut found| found.pop())
}

pub(super) fn by_subject(
    connection: &Connection,
    tenant: TenantId,
    subject: SubjectId,
) -> Result<Option<(u64, Thread)>> {
    let sql =
        concat!("SELECT ", columns!(), " FROM thread t WHERE t.tenant = ?1 AND t.subject = ?2");
    all(connection, sql, [id(tenant), id(subject)]).map(|mut found| found.pop())
}

pub(super) fn merged_into(
    connection: &Connection,
    tenant: TenantId,
    thread: ThreadId,
) -> Result<Vec<(u64, Thread)>> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM thread t
          WHERE t.merged_into = ?1 AND t.merged_into IS NOT NULL AND t.tenant = ?2 ORDER BY t.id"
    );
    all(connection, sql, [id(thread), id(tenant)])
}

pub(super) fn page(connection: &Connection, query: &Threads) -> Result<ThreadPage> {
    let sql = page_sql(query);
    let mut found = all(connection, &sql.text, params_from_iter(sql.values))?;
    let more = found.len() > query.limit as usize;
    found.truncate(query.limit as usize);
    let threads = found
        .into_iter()
        .map(|(_, thread)| {
            let subject = subject_by_id(connection, query.tenant, thread.subject)?;
            Ok((thread, subject.ok_or_else(corrupt)?))
        })
        .collect::<Result<_>>()?;
    Ok(ThreadPage { threads, more })
}

/// The statement of a page of threads.
pub(in crate::store::sqlite) fn page_sql(query: &Threads) -> Sql {
    let active = if query.public { "t.public_active_at" } else { "t.active_at" };
    let who = &query.access.identity;
    let roles = if query.public { RoleSet::EMPTY } else { who.roles };
    let mut sql = Sql::new(concat!(
        "SELECT ",
        columns!(),
        " FROM thread t JOIN subject s ON s.tenant = t.tenant AND s.id = t.subject
          WHERE t.merged_into IS NULL AND t.tenant = "
    ));
    sql.bind_id(query.tenant).push(" AND ").append(filter::access(&query.access, false));
    sql.append(filter::threads(&query.filter, who, roles));
    if let Some((at, thread)) = query.after {
        sql.push(" AND (").push(active).push(", t.id) < (").bind(at.as_millis()).push(", ");
        sql.bind_id(thread).push(")");
    }
    sql.push(" ORDER BY ").push(active).push(" DESC, t.id DESC LIMIT ");
    sql.bind(i64::from(query.limit) + 1).push(" OFFSET ");
    sql.bind(i64::try_from(query.offset).unwrap_or(i64::MAX));
    sql
}

pub(super) fn unread(connection: &Connection, query: &Unread) -> Result<Vec<Option<u64>>> {
    let mut threads: Vec<Option<ThreadId>> = match &query.targets {
        UnreadTargets::Threads(threads) => threads.iter().copied().map(Some).collect(),
        UnreadTargets::Subjects(subjects) => {
            let mut found = Vec::with_capacity(subjects.len());
            for key in subjects {
                let thread = match subject(connection, query.tenant, key)? {
                    Some(subject) => by_subject(connection, query.tenant, subject.id)?,
                    None => None,
                };
                found.push(thread.map(|(_, thread)| thread.id));
            }
            found
        }
    };
    let mut counts = counted(connection, query, &threads)?;
    // What was not counted may have been merged: then it counts as what it was merged into.
    let mut merged = false;
    for (thread, count) in threads.iter_mut().zip(&counts) {
        let Some(id) = thread.filter(|_| count.is_none()) else { continue };
        let into = by_id(connection, query.tenant, id)?.and_then(|(_, found)| found.merged_into);
        merged |= into.is_some();
        *thread = into;
    }
    if merged {
        let again = counted(connection, query, &threads)?;
        counts.iter_mut().zip(again).for_each(|(count, again)| *count = count.or(again));
    }
    Ok(counts)
}

/// The counts of threads that are not merged, in one statement for any number of them.
fn counted(
    connection: &Connection,
    query: &Unread,
    threads: &[Option<ThreadId>],
) -> Result<Vec<Option<u64>>> {
    let who = &query.access.identity;
    let keys: Vec<Option<String>> =
        threads.iter().map(|thread| thread.map(|id| id.uuid().simple().to_string())).collect();
    let count = |of: &str| {
        let mut sql = Sql::new("(SELECT count(*) FROM message m");
        sql.append(filter::join_read_state(who.party));
        sql.push(" WHERE ").push(of).push(" AND ");
        sql.append(filter::unread(who.party, query.roles)).push(")");
        sql
    };
    let access = filter::access(&query.access, false);
    let mut sql = Sql::new("SELECT w.key, ");
    sql.append(count("m.thread = t.row"));
    sql.push(
        " + CASE WHEN EXISTS (SELECT 1 FROM thread o WHERE o.merged_into = t.id
                              AND o.merged_into IS NOT NULL) THEN ",
    );
    sql.append(count(
        "m.thread IN (SELECT o.row FROM thread o
                      WHERE o.merged_into = t.id AND o.merged_into IS NOT NULL)",
    ));
    sql.push(" ELSE 0 END FROM json_each(");
    sql.bind(Value::Text(crate::store::sqlite::columns::json(&keys)?));
    sql.push(") w CROSS JOIN thread t ON t.id = unhex(w.value)");
    if access.text.contains("s.status") {
        sql.push(" CROSS JOIN subject s ON s.tenant = t.tenant AND s.id = t.subject");
    }
    sql.push(" WHERE t.merged_into IS NULL AND t.tenant = ").bind_id(query.tenant);
    sql.push(" AND ").append(access);
    let mut counts = vec![None; keys.len()];
    let mut statement = connection.prepare_cached(&sql.text).map_err(store_error)?;
    let mut rows = statement.query(params_from_iter(sql.values)).map_err(store_error)?;
    while let Some(row) = rows.next().map_err(store_error)? {
        let mut columns = Columns::of(row);
        let place: usize = columns.value()?;
        let count: u64 = columns.value()?;
        if let Some(slot) = counts.get_mut(place) {
            *slot = Some(count);
        }
    }
    Ok(counts)
}

pub(super) fn receipts(connection: &Connection, query: &Receipts) -> Result<Vec<Receipt>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT r.reader, r.role, r.from_seq, r.to_seq, r.at
             FROM thread t JOIN receipt r ON r.thread = t.row
             WHERE t.id = ?1 AND t.tenant = ?2 AND r.to_seq >= ?3 AND r.from_seq <= ?4
             ORDER BY r.number",
        )
        .map_err(store_error)?;
    let mut rows = statement
        .query(params![id(query.thread), id(query.tenant), query.from_seq, query.to_seq])
        .map_err(store_error)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(store_error)? {
        let mut columns = Columns::of(row);
        found.push(Receipt {
            thread: query.thread,
            reader: columns.id()?,
            role: columns.one_of(Role::from_number)?,
            from_seq: columns.value()?,
            to_seq: columns.value()?,
            at: columns.at()?,
        });
    }
    Ok(found)
}

pub(super) fn due(connection: &Connection, query: DueThreads) -> Result<Due> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM thread t WHERE t.snoozed_until IS NOT NULL AND t.snoozed_until <= ?1
          ORDER BY t.snoozed_until, t.id LIMIT ?2"
    );
    let due = all(connection, sql, params![query.now.as_millis(), query.limit])?;
    let mut statement = connection
        .prepare_cached(
            "SELECT snoozed_until FROM thread WHERE snoozed_until IS NOT NULL
             ORDER BY snoozed_until LIMIT 1 OFFSET ?1",
        )
        .map_err(store_error)?;
    let mut rows = statement.query([due.len()]).map_err(store_error)?;
    let next: Option<Timestamp> = match rows.next().map_err(store_error)? {
        Some(row) => Columns::of(row).maybe_at()?,
        None => None,
    };
    let mut statement = connection
        .prepare_cached(
            "SELECT h.tenant, h.seq, ifnull(
               (SELECT max(c.to_seq) FROM checkpoint c WHERE c.tenant = h.tenant), 0)
             FROM audit_head h ORDER BY h.tenant",
        )
        .map_err(store_error)?;
    let mut rows = statement.query([]).map_err(store_error)?;
    let mut trails = Vec::new();
    while let Some(row) = rows.next().map_err(store_error)? {
        let mut columns = Columns::of(row);
        trails.push((columns.id()?, columns.value()?, columns.value()?));
    }
    Ok(Due { threads: due.into_iter().map(|(_, thread)| thread).collect(), next, trails })
}

/// The rows of threads, for queries that go on from there.
pub(super) fn rows_of(
    connection: &Connection,
    tenant: TenantId,
    threads: &[ThreadId],
) -> Result<Vec<(ThreadId, u64)>> {
    let mut statement = connection
        .prepare_cached("SELECT row FROM thread WHERE id = ?1 AND tenant = ?2")
        .map_err(store_error)?;
    let mut found = Vec::with_capacity(threads.len());
    for thread in threads {
        let values = [id_value(*thread), id_value(tenant)];
        let mut rows = statement.query(params_from_iter(values)).map_err(store_error)?;
        if let Some(row) = rows.next().map_err(store_error)? {
            found.push((*thread, row.get(0).map_err(store_error)?));
        }
    }
    Ok(found)
}
