//! What a message from outside may be about, and what waits in triage.

use std::collections::BTreeSet;

use rusqlite::{Connection, Params, params, params_from_iter};

use crate::directory::{Party, SubjectKind};
use crate::error::Result;
use crate::ids::{MessageId, PartyId, Ref, SubjectId, TenantId, TriageId};
use crate::inbound::{Arrival, ArrivalKey, TriageItem};
use crate::messages::MessageRow;
use crate::store::query::{
    InboundLookup, InboundScene, SubjectRef, Target, ThreadScene, TriagePage,
};
use crate::store::sqlite::columns::{Bytes, Columns, id};
use crate::store::sqlite::errors::store_error;
use crate::store::sqlite::filter::Sql;
use crate::store::sqlite::read::scene::{conversation, resolve};
use crate::store::sqlite::read::{directory, messages};
use crate::threads::ThreadStatus;

/// What a delivery has become.
pub(super) fn arrival(
    connection: &Connection,
    tenant: TenantId,
    key: &ArrivalKey,
) -> Result<Option<Arrival>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT message, triage FROM arrival
             WHERE tenant = ?1 AND channel = ?2 AND account = ?3 AND provider_ref = ?4",
        )
        .map_err(store_error)?;
    let values = params![id(tenant), key.channel.number(), key.account, key.provider_ref];
    let mut rows = statement.query(values).map_err(store_error)?;
    let Some(row) = rows.next().map_err(store_error)? else { return Ok(None) };
    let mut columns = Columns::of(row);
    let (message, triage) = (columns.maybe_id()?, columns.maybe_id()?);
    Ok(Some(Arrival { key: key.clone(), message, triage }))
}

/// An item of triage.
pub(super) fn triage(
    connection: &Connection,
    tenant: TenantId,
    item: TriageId,
) -> Result<Option<TriageItem>> {
    let sql = "SELECT body FROM triage WHERE tenant = ?1 AND id = ?2";
    Ok(items(connection, sql, [id(tenant), id(item)])?.pop())
}

fn items(connection: &Connection, sql: &str, values: impl Params) -> Result<Vec<TriageItem>> {
    let mut statement = connection.prepare_cached(sql).map_err(store_error)?;
    let mut rows = statement.query(values).map_err(store_error)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(store_error)? {
        found.push(Columns::of(row).json()?);
    }
    Ok(found)
}

/// A page of triage.
pub(super) fn triage_page(connection: &Connection, query: &TriagePage) -> Result<Vec<TriageItem>> {
    let sql = page_sql(query);
    items(connection, &sql.text, params_from_iter(sql.values))
}

/// The statement of a page of triage.
pub(in crate::store::sqlite) fn page_sql(query: &TriagePage) -> Sql {
    let mut sql = Sql::new("SELECT body FROM triage WHERE tenant = ");
    sql.bind_id(query.tenant).push(" AND state = ").bind(query.state.number());
    if !query.reason.is_empty() {
        sql.push(" AND reason IN (");
        for (place, reason) in query.reason.iter().enumerate() {
            sql.push(if place > 0 { ", " } else { "" }).bind(reason.number());
        }
        sql.push(")");
    }
    if let Some(after) = query.after {
        sql.push(" AND id > ").bind_id(after);
    }
    sql.push(" ORDER BY id LIMIT ").bind(query.limit);
    sql
}

/// What a message from outside may be about.
pub(super) fn inbound(
    connection: &Connection,
    tenant: TenantId,
    lookup: &InboundLookup,
) -> Result<InboundScene> {
    let mut senders: Vec<Party> = Vec::new();
    for (kind, key) in &lookup.senders {
        senders.extend(directory::by_contact(connection, tenant, *kind, key)?);
    }
    senders.sort_by_key(|party| party.id);
    senders.dedup_by_key(|party| party.id);
    let mut named = BTreeSet::new();
    for key in &lookup.named {
        match key {
            Ref::Id(subject) => drop(named.insert(*subject)),
            Ref::External(reference) => {
                for kind in SubjectKind::ALL {
                    let found = resolve(connection, tenant, kind.as_str(), reference)?;
                    named.extend(found.map(SubjectId::from_uuid));
                }
                let numbered = "SELECT id FROM subject
                     WHERE tenant = ?1 AND number = ?2 AND number IS NOT NULL";
                let values = params![id(tenant), reference.value()];
                named.extend(subjects(connection, numbered, values)?);
            }
        }
    }
    Ok(InboundScene {
        named: scenes(connection, tenant, named)?,
        answered: answered(connection, tenant, lookup)?,
        own: own(connection, tenant, lookup.own.as_deref())?,
        open: open(connection, tenant, lookup, &senders)?,
        senders,
    })
}

fn subjects(connection: &Connection, sql: &str, values: impl Params) -> Result<Vec<SubjectId>> {
    let mut statement = connection.prepare_cached(sql).map_err(store_error)?;
    let rows = statement.query_map(values, |row| row.get::<_, Bytes>(0)).map_err(store_error)?;
    rows.map(|row| row.map(|bytes| SubjectId::from_uuid(bytes.0)).map_err(store_error)).collect()
}

/// The conversations of subjects, each once.
fn scenes(
    connection: &Connection,
    tenant: TenantId,
    subjects: impl IntoIterator<Item = SubjectId>,
) -> Result<Vec<ThreadScene>> {
    let mut found: Vec<ThreadScene> = Vec::new();
    for subject in subjects {
        let Some(subject) = directory::subject_by_id(connection, tenant, subject)? else {
            continue;
        };
        let target = SubjectRef { kind: subject.kind, key: subject.id.into() };
        found.extend(head(connection, tenant, &target.into())?);
    }
    found.sort_by_key(|scene| scene.subject.id);
    found.dedup_by_key(|scene| scene.subject.id);
    Ok(found)
}

/// The thread of a target that others were merged into.
fn head(connection: &Connection, tenant: TenantId, target: &Target) -> Result<Option<ThreadScene>> {
    Ok(conversation(connection, tenant, target)?.into_iter().next())
}

/// The messages with a provider's id, by that index and no other.
pub(in crate::store::sqlite) const PROVIDED: &str =
    "SELECT message FROM arrival INDEXED BY arrival_provider
     WHERE tenant = ?1 AND provider_ref = ?2 AND message IS NOT NULL AND (?3 OR account = '')
     ORDER BY channel, account";

/// The messages with a provider's id: from any account, or posted without one.
fn provided(
    connection: &Connection,
    tenant: TenantId,
    provider_ref: &str,
    any_account: bool,
) -> Result<Vec<MessageRow>> {
    let mut statement = connection.prepare_cached(PROVIDED).map_err(store_error)?;
    let values = params![id(tenant), provider_ref, any_account];
    let rows = statement.query_map(values, |row| row.get::<_, Bytes>(0)).map_err(store_error)?;
    let ids: Vec<Bytes> = rows.collect::<rusqlite::Result<_>>().map_err(store_error)?;
    let mut found = Vec::new();
    for message in ids {
        found.extend(messages::row_of(connection, tenant, MessageId::from_uuid(message.0))?);
    }
    Ok(found)
}

fn own(
    connection: &Connection,
    tenant: TenantId,
    provider_ref: Option<&str>,
) -> Result<Option<MessageRow>> {
    match provider_ref {
        Some(own) => Ok(provided(connection, tenant, own, false)?.into_iter().next()),
        None => Ok(None),
    }
}

fn answered(
    connection: &Connection,
    tenant: TenantId,
    lookup: &InboundLookup,
) -> Result<Vec<(ThreadScene, Option<MessageRow>)>> {
    let mut found: Vec<(ThreadScene, Option<MessageRow>)> = Vec::new();
    for provider_ref in &lookup.replies {
        for row in provided(connection, tenant, provider_ref, true)? {
            let scene = head(connection, tenant, &Target::Message(row.new.id))?;
            found.extend(scene.map(|scene| (scene, Some(row))));
        }
    }
    for thread in &lookup.threads {
        let scene = head(connection, tenant, &Target::Thread(*thread))?;
        found.extend(scene.map(|scene| (scene, None)));
    }
    // The last of the answered messages of a conversation is the one that is answered.
    found.sort_by_key(|(scene, row)| {
        (scene.subject.id, std::cmp::Reverse(row.as_ref().map(|row| row.seq)))
    });
    found.dedup_by_key(|(scene, _)| scene.subject.id);
    Ok(found)
}

fn open(
    connection: &Connection,
    tenant: TenantId,
    lookup: &InboundLookup,
    senders: &[Party],
) -> Result<Vec<ThreadScene>> {
    let mut found = Vec::new();
    for sender in senders {
        let sql = open_sql(tenant, sender.id, lookup);
        found.extend(subjects(connection, &sql.text, params_from_iter(sql.values))?);
    }
    found.sort_unstable();
    let kept = found.len().saturating_sub(lookup.limit as usize);
    scenes(connection, tenant, found.split_off(kept))
}

/// The newest subjects of a customer that are neither finished nor closed.
pub(in crate::store::sqlite) fn open_sql(
    tenant: TenantId,
    customer: PartyId,
    lookup: &InboundLookup,
) -> Sql {
    let mut sql =
        Sql::new("SELECT s.id FROM subject s INDEXED BY subject_customer WHERE s.tenant = ");
    sql.bind_id(tenant).push(" AND s.customer = ").bind_id(customer);
    for status in &lookup.finished {
        sql.push(" AND s.status IS NOT ").bind(status.clone());
    }
    sql.push(
        " AND NOT EXISTS (SELECT 1 FROM thread t
           WHERE t.tenant = s.tenant AND t.subject = s.id AND t.status = ",
    );
    sql.bind(ThreadStatus::Closed.number()).push(") ORDER BY s.id DESC LIMIT ");
    sql.bind(lookup.limit);
    sql
}
