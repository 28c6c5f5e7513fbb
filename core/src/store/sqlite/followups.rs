//! Follow-ups.

use rusqlite::{Connection, params, params_from_iter};

use crate::directory::{PartyState, Subject};
use crate::error::Result;
use crate::followups::{Followup, FollowupResult, FollowupState};
use crate::ids::{FollowupId, PartyId, TenantId};
use crate::store::query::Followups;
use crate::store::sqlite::batch::execute;
use crate::store::sqlite::columns::{Columns, id, maybe_id, millis};
use crate::store::sqlite::errors::store_error;
use crate::store::sqlite::filter::{Sql, on_followups};
use crate::store::sqlite::read::directory::subject_by_id;

const COLUMNS: &str =
    "t.id, t.customer, t.subject, t.store, t.kind, t.state, t.due_at, t.occurred_at, t.logged_by,
  t.has_result, t.rating, t.comment, t.note, t.created_at, t.version";

/// That the customer's records may be worked with.
const MAY_BE_DONE: &str =
    " AND EXISTS (SELECT 1 FROM party c WHERE c.tenant = t.tenant AND c.id = t.customer
  AND c.state = ";

/// Writes the follow-up.
pub(super) fn put(connection: &Connection, followup: &Followup) -> Result<()> {
    let result = followup.result.as_ref();
    execute(
        connection,
        "INSERT INTO followup (tenant, id, customer, subject, store, kind, state, is_open, at, due_at,
           occurred_at, logged_by, has_result, rating, comment, note, created_at, version)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
         ON CONFLICT (tenant, id) DO UPDATE SET
           state = excluded.state, is_open = excluded.is_open, at = excluded.at,
           due_at = excluded.due_at, occurred_at = excluded.occurred_at,
           logged_by = excluded.logged_by, has_result = excluded.has_result,
           rating = excluded.rating, comment = excluded.comment, note = excluded.note,
           version = excluded.version",
        params![
            id(followup.tenant),
            id(followup.id),
            id(followup.customer),
            maybe_id(followup.job),
            maybe_id(followup.store),
            followup.kind,
            followup.state.number(),
            followup.state.is_open(),
            followup.at().as_millis(),
            millis(followup.due_at),
            millis(followup.occurred_at),
            maybe_id(followup.logged_by),
            result.is_some(),
            result.and_then(|result| result.rating),
            result.and_then(|result| result.comment.as_deref()),
            followup.note,
            followup.created_at.as_millis(),
            followup.version
        ],
    )
    .map(drop)
}

/// A follow-up of a customer whose records may be worked with, and the job that it is after.
pub(super) fn followup(
    connection: &Connection,
    tenant: TenantId,
    key: FollowupId,
) -> Result<Option<(Followup, Option<Subject>)>> {
    let mut sql = Sql::new("SELECT ");
    sql.push(COLUMNS).push(" FROM followup t WHERE t.tenant = ").bind_id(tenant);
    sql.push(" AND t.id = ").bind_id(key);
    sql.push(MAY_BE_DONE).bind(i64::from(PartyState::Active.number())).push(")");
    let Some(found) = read(connection, tenant, sql)?.pop() else { return Ok(None) };
    let job = match found.job {
        Some(job) => subject_by_id(connection, tenant, job)?,
        None => None,
    };
    Ok(Some((found, job)))
}

/// A page of follow-ups.
pub(super) fn page(connection: &Connection, query: &Followups) -> Result<Vec<Followup>> {
    read(connection, query.tenant, page_sql(query))
}

/// The statement of a page. What picks few follow-ups is called unlikely, so that its index is taken and
/// not that of the instants: <https://www.sqlite.org/lang_corefunc.html#unlikely>.
pub(super) fn page_sql(query: &Followups) -> Sql {
    let are_open = !query.state.is_empty() && query.state.iter().all(|state| state.is_open());
    let mut sql = Sql::new("SELECT ");
    sql.push(COLUMNS);
    sql.push(" FROM followup t LEFT JOIN subject s ON s.tenant = t.tenant AND s.id = t.subject");
    sql.push(" WHERE t.tenant = ");
    sql.bind_id(query.tenant);
    sql.push(MAY_BE_DONE).bind(i64::from(PartyState::Active.number())).push(") AND ");
    sql.append(on_followups(&query.access));
    if let Some(customer) = query.customer {
        sql.push(" AND unlikely(t.customer = ").bind_id(customer).push(")");
    }
    if let Some(job) = query.job {
        sql.push(" AND unlikely(t.subject = ").bind_id(job).push(")");
    }
    sql.one_of("t.state", query.state.iter().map(|state| i64::from(state.number())));
    if are_open {
        sql.push(" AND unlikely(t.is_open = 1)");
    }
    if let Some(from) = query.from {
        sql.push(" AND t.at >= ").bind(from.as_millis());
    }
    if let Some(until) = query.until {
        sql.push(" AND t.at < ").bind(until.as_millis());
    }
    if let Some((at, id)) = query.after {
        sql.push(" AND (t.at, t.id) > (").bind(at.as_millis()).push(", ").bind_id(id).push(")");
    }
    sql.push(" ORDER BY t.at, t.id LIMIT ").bind(i64::from(query.limit));
    sql
}

/// Takes what is personal out of the follow-ups of a party.
pub(super) fn erase(connection: &Connection, tenant: TenantId, party: PartyId) -> Result<()> {
    let left = read(connection, tenant, of_party_sql(tenant, party))?;
    left.iter()
        .filter_map(|followup| followup.erased(party))
        .try_for_each(|followup| put(connection, &followup))
}

/// The statement of what a party is the customer of, or has logged.
pub(super) fn of_party_sql(tenant: TenantId, party: PartyId) -> Sql {
    let mut sql = Sql::new("SELECT ");
    sql.push(COLUMNS).push(" FROM followup t WHERE t.tenant = ");
    sql.bind_id(tenant).push(" AND unlikely(t.customer = ").bind_id(party);
    sql.push(") UNION ALL SELECT ");
    sql.push(COLUMNS).push(" FROM followup t WHERE t.tenant = ");
    sql.bind_id(tenant).push(" AND unlikely(t.logged_by = ").bind_id(party);
    sql.push(") AND t.customer <> ").bind_id(party);
    sql
}

fn read(connection: &Connection, tenant: TenantId, sql: Sql) -> Result<Vec<Followup>> {
    let mut statement = connection.prepare_cached(&sql.text).map_err(store_error)?;
    let mut rows = statement.query(params_from_iter(sql.values)).map_err(store_error)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(store_error)? {
        let mut columns = Columns::of(row);
        found.push(Followup {
            id: columns.id()?,
            tenant,
            customer: columns.id()?,
            job: columns.maybe_id()?,
            store: columns.maybe_id()?,
            kind: columns.value()?,
            state: columns.one_of(FollowupState::from_number)?,
            due_at: columns.maybe_at()?,
            occurred_at: columns.maybe_at()?,
            logged_by: columns.maybe_id()?,
            result: result(&mut columns)?,
            note: columns.value()?,
            created_at: columns.at()?,
            version: columns.value()?,
        });
    }
    Ok(found)
}

fn result(columns: &mut Columns<'_, '_>) -> Result<Option<FollowupResult>> {
    let has_result: bool = columns.value()?;
    let result = FollowupResult { rating: columns.value()?, comment: columns.value()? };
    Ok(has_result.then_some(result))
}
