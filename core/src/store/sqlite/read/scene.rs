//! What a decision about one conversation looks at.

use rusqlite::{Connection, OptionalExtension as _, params};
use uuid::Uuid;

use crate::access::Role;
use crate::directory::PartyState;
use crate::error::Result;
use crate::ids::{ExternalRef, Kind as _, PartyId, Ref, TenantId, ThreadId, kind};
use crate::principal::{Identity, Principal, StoreScope};
use crate::store::change::{IdempotencyKey, IdempotencyRecord};
use crate::store::query::{Scene, SceneQuery, Target, ThreadScene};
use crate::store::sqlite::columns::{Bytes, Columns, id};
use crate::store::sqlite::errors::{corrupt, store_error};
use crate::store::sqlite::followups;
use crate::store::sqlite::read::{directory, inbound, messages, threads};
use crate::tenants::Tenant;
use crate::threads::{Participant, ReadState, Thread};

pub(super) fn scene(connection: &Connection, query: &SceneQuery) -> Result<Scene> {
    let tenant = query.tenant;
    let identity = identity(connection, &query.principal)?;
    let parts = |target: &Option<Target>| match target {
        Some(target) => conversation(connection, tenant, target),
        None => Ok(Vec::new()),
    };
    let threads = parts(&query.target)?;
    let ids: Vec<ThreadId> =
        threads.iter().filter_map(|part| part.thread.as_ref()).map(|thread| thread.id).collect();
    let message = match query.message {
        Some(message) => messages::stored(connection, tenant, message)?
            .filter(|message| ids.contains(&message.row.new.thread)),
        None => None,
    };
    let parties = query
        .parties
        .iter()
        .map(|party| directory::party(connection, tenant, party))
        .collect::<Result<_>>()?;
    Ok(Scene {
        tenant: stored_tenant(connection, tenant, query.known_tenant)?,
        other: parts(&query.other)?,
        message,
        parties,
        read_states: if query.read_states {
            read_states(connection, &ids, &identity)?
        } else {
            Vec::new()
        },
        arrival: match &query.arrival {
            Some(key) => inbound::arrival(connection, tenant, key)?,
            None => None,
        },
        inbound: match &query.inbound {
            Some(lookup) => Some(inbound::inbound(connection, tenant, lookup)?),
            None => None,
        },
        triage: match query.triage {
            Some(item) => inbound::triage(connection, tenant, item)?,
            None => None,
        },
        followup: match query.followup {
            Some(key) => followups::followup(connection, tenant, key)?,
            None => None,
        },
        repeated: match &query.idempotency {
            Some(key) => repeated(connection, tenant, key)?,
            None => None,
        },
        identity,
        threads,
    })
}

/// The tenant, unless it has the version that the caller knows.
pub(super) fn stored_tenant(
    connection: &Connection,
    tenant: TenantId,
    known: Option<u64>,
) -> Result<Option<Tenant>> {
    let mut statement = connection
        .prepare_cached("SELECT body FROM tenant WHERE id = ?1 AND version IS NOT ?2")
        .map_err(store_error)?;
    let mut rows = statement.query(params![id(tenant), known]).map_err(store_error)?;
    match rows.next().map_err(store_error)? {
        Some(row) => Columns::of(row).json().map(Some),
        None => Ok(None),
    }
}

/// The record that a reference points to.
pub(in crate::store::sqlite) fn resolve(
    connection: &Connection,
    tenant: TenantId,
    kind: &str,
    reference: &ExternalRef,
) -> Result<Option<Uuid>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT id FROM reference
             WHERE tenant = ?1 AND kind = ?2 AND system = ?3 AND value = ?4",
        )
        .map_err(store_error)?;
    let found = statement
        .query_row(params![id(tenant), kind, reference.system(), reference.value()], |row| {
            row.get::<_, Bytes>(0)
        })
        .optional()
        .map_err(store_error)?;
    Ok(found.map(|bytes| bytes.0))
}

pub(super) fn party_id(
    connection: &Connection,
    tenant: TenantId,
    party: &Ref<kind::Party>,
) -> Result<Option<PartyId>> {
    match party {
        Ref::Id(id) => Ok(Some(*id)),
        Ref::External(reference) => {
            let found = resolve(connection, tenant, kind::Party::NAME, reference)?;
            Ok(found.map(PartyId::from_uuid))
        }
    }
}

fn identity(connection: &Connection, principal: &Principal) -> Result<Identity> {
    let tenant = principal.tenant;
    let resolved = |party: &Option<Ref<kind::Party>>| match party {
        Some(party) => party_id(connection, tenant, party),
        None => Ok(None),
    };
    let party = resolved(&principal.party)?;
    Ok(Identity {
        organisation: if principal.organisation == principal.party {
            party.filter(|_| principal.organisation.is_some())
        } else {
            resolved(&principal.organisation)?
        },
        party,
        on_behalf_of: resolved(&principal.on_behalf_of)?,
        stores: match &principal.stores {
            StoreScope::All => None,
            StoreScope::Only(stores) => {
                let mut known = Vec::with_capacity(stores.len());
                for store in stores {
                    known.extend(
                        directory::storefront(connection, tenant, store)?.map(|store| store.id),
                    );
                }
                Some(known)
            }
        },
        roles: principal.roles,
    })
}

/// The thread of a target, followed to where it was merged, and what was merged into that.
pub(super) fn conversation(
    connection: &Connection,
    tenant: TenantId,
    target: &Target,
) -> Result<Vec<ThreadScene>> {
    let thread = match target {
        Target::Thread(thread) => threads::by_id(connection, tenant, *thread)?,
        Target::Message(message) => match messages::row_of(connection, tenant, *message)? {
            Some(row) => threads::by_id(connection, tenant, row.new.thread)?,
            None => None,
        },
        Target::Subject(subject) => {
            let Some(subject) = directory::subject(connection, tenant, subject)? else {
                return Ok(Vec::new());
            };
            match threads::by_subject(connection, tenant, subject.id)? {
                Some((row, thread)) if thread.merged_into.is_none() => {
                    let own = part(connection, subject, Some((row, thread)))?;
                    return with_merged(connection, tenant, own);
                }
                Some(merged) => Some(merged),
                None => return Ok(vec![part(connection, subject, None)?]),
            }
        }
    };
    let mut thread = thread;
    if let Some(into) = thread.as_ref().and_then(|(_, thread)| thread.merged_into) {
        thread = threads::by_id(connection, tenant, into)?;
    }
    let Some((row, thread)) = thread else { return Ok(Vec::new()) };
    let subject = directory::subject_by_id(connection, tenant, thread.subject)?;
    let own = part(connection, subject.ok_or_else(corrupt)?, Some((row, thread)))?;
    with_merged(connection, tenant, own)
}

fn with_merged(
    connection: &Connection,
    tenant: TenantId,
    own: ThreadScene,
) -> Result<Vec<ThreadScene>> {
    let Some(thread) = &own.thread else { return Ok(vec![own]) };
    let merged = threads::merged_into(connection, tenant, thread.id)?;
    let mut parts = vec![own];
    for (row, thread) in merged {
        let subject = directory::subject_by_id(connection, tenant, thread.subject)?;
        parts.push(part(connection, subject.ok_or_else(corrupt)?, Some((row, thread)))?);
    }
    Ok(parts)
}

fn part(
    connection: &Connection,
    subject: crate::directory::Subject,
    thread: Option<(u64, Thread)>,
) -> Result<ThreadScene> {
    let tenant = subject.tenant;
    let operator = match subject.store {
        Some(store) => directory::storefront(connection, tenant, &Ref::Id(store))?
            .and_then(|store| store.reseller),
        None => None,
    };
    let mut statement = connection
        .prepare_cached("SELECT state FROM party WHERE tenant = ?1 AND id = ?2")
        .map_err(store_error)?;
    let state: Option<u8> = statement
        .query_row([id(tenant), id(subject.customer)], |row| row.get(0))
        .optional()
        .map_err(store_error)?;
    let customer_state = match state {
        Some(state) => PartyState::from_number(state).ok_or_else(corrupt)?,
        None => PartyState::Active,
    };
    let participants = match &thread {
        Some((row, thread)) => participants(connection, *row, thread.id)?,
        None => Vec::new(),
    };
    let thread = thread.map(|(_, thread)| thread);
    Ok(ThreadScene { subject, thread, operator, customer_state, participants })
}

fn participants(connection: &Connection, row: u64, thread: ThreadId) -> Result<Vec<Participant>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT party, role, joined_at, left_at, muted FROM participant
             WHERE thread = ?1 ORDER BY party",
        )
        .map_err(store_error)?;
    let mut rows = statement.query([row]).map_err(store_error)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(store_error)? {
        let mut columns = Columns::of(row);
        found.push(Participant {
            thread,
            party: columns.id()?,
            role: columns.one_of(Role::from_number)?,
            joined_at: columns.at()?,
            left_at: columns.maybe_at()?,
            muted: columns.value()?,
        });
    }
    Ok(found)
}

fn read_states(
    connection: &Connection,
    threads: &[ThreadId],
    identity: &Identity,
) -> Result<Vec<ReadState>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT r.role, r.cursor, r.extra, r.last_read_at, r.version
             FROM thread t JOIN read_state r ON r.thread = t.row
             WHERE t.id = ?1 AND r.reader = ?2",
        )
        .map_err(store_error)?;
    let mut readers: Vec<PartyId> =
        [identity.party, identity.on_behalf_of].into_iter().flatten().collect();
    readers.dedup();
    let mut states = Vec::new();
    for thread in threads {
        for reader in &readers {
            let mut rows = statement.query([id(*thread), id(*reader)]).map_err(store_error)?;
            if let Some(row) = rows.next().map_err(store_error)? {
                let mut columns = Columns::of(row);
                states.push(ReadState {
                    thread: *thread,
                    reader: *reader,
                    role: columns.one_of(Role::from_number)?,
                    cursor: columns.value()?,
                    extra: columns.json()?,
                    last_read_at: columns.at()?,
                    version: columns.value()?,
                });
            }
        }
    }
    Ok(states)
}

/// What is remembered of a request.
pub(in crate::store::sqlite) fn repeated(
    connection: &Connection,
    tenant: TenantId,
    key: &IdempotencyKey,
) -> Result<Option<IdempotencyRecord>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT fingerprint, result FROM idempotency
             WHERE tenant = ?1 AND actor = ?2 AND key = ?3",
        )
        .map_err(store_error)?;
    let mut rows =
        statement.query(params![id(tenant), Bytes(key.actor), key.key]).map_err(store_error)?;
    match rows.next().map_err(store_error)? {
        Some(row) => {
            let mut columns = Columns::of(row);
            let fingerprint = columns.value()?;
            let result = columns.json()?;
            Ok(Some(IdempotencyRecord { key: key.clone(), fingerprint, result }))
        }
        None => Ok(None),
    }
}
