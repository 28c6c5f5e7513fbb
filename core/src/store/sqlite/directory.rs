//! Writing: tenants, parties, storefronts and subjects.

use rusqlite::{Connection, Params, params};

use crate::directory::{Party, Storefront, Subject};
use crate::error::Result;
use crate::store::sqlite::batch::execute;
use crate::store::sqlite::columns::{id, json, maybe_id};
use crate::store::sqlite::errors::store_error;
use crate::tenants::Tenant;

fn exists(connection: &Connection, sql: &str, values: impl Params) -> Result<bool> {
    let mut statement = connection.prepare_cached(sql).map_err(store_error)?;
    statement.exists(values).map_err(store_error)
}

/// Writes the tenant.
pub(super) fn put_tenant(connection: &Connection, tenant: &Tenant) -> Result<()> {
    execute(
        connection,
        "INSERT INTO tenant (id, version, body) VALUES (?1, ?2, ?3)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, body = excluded.body",
        params![id(tenant.id), tenant.version, json(tenant)?],
    )
    .map(drop)
}

/// Writes the party; `false` when an address of its belongs to another one.
pub(super) fn put_party(connection: &Connection, party: &Party) -> Result<bool> {
    let (tenant, key) = (id(party.tenant), id(party.id));
    execute(connection, "DELETE FROM contact WHERE tenant = ?1 AND party = ?2", [tenant, key])?;
    for contact in &party.contacts {
        let added = execute(
            connection,
            "INSERT INTO contact (tenant, kind, key, party, address) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (tenant, kind, key) DO NOTHING",
            params![tenant, contact.kind.number(), contact.key, key, contact.address],
        )?;
        if added == 0 {
            return Ok(false);
        }
    }
    execute(
        connection,
        "INSERT INTO party (tenant, id, kind, name, state, created_at, version)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (tenant, id) DO UPDATE SET
           kind = excluded.kind, name = excluded.name, state = excluded.state,
           version = excluded.version",
        params![
            id(party.tenant),
            id(party.id),
            party.kind.number(),
            party.name,
            party.state.number(),
            party.created_at.as_millis(),
            party.version
        ],
    )
    .map(|_| true)
}

/// Writes the storefront.
pub(super) fn put_storefront(connection: &Connection, storefront: &Storefront) -> Result<()> {
    execute(
        connection,
        "INSERT INTO storefront (tenant, id, name, reseller, created_at, version)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (tenant, id) DO UPDATE SET
           name = excluded.name, reseller = excluded.reseller, version = excluded.version",
        params![
            id(storefront.tenant),
            id(storefront.id),
            storefront.name,
            maybe_id(storefront.reseller),
            storefront.created_at.as_millis(),
            storefront.version
        ],
    )
    .map(drop)
}

/// Writes the subject; `false` when its number belongs to another one.
pub(super) fn put_subject(connection: &Connection, subject: &Subject) -> Result<bool> {
    let (tenant, key) = (id(subject.tenant), id(subject.id));
    let taken = exists(
        connection,
        "SELECT 1 FROM subject
         WHERE tenant = ?1 AND kind = ?2 AND ifnull(store, x'') = ifnull(?3, x'')
           AND number = ?4 AND id <> ?5",
        params![tenant, subject.kind.number(), maybe_id(subject.store), subject.number, key],
    )?;
    if taken {
        return Ok(false);
    }
    execute(
        connection,
        "INSERT INTO subject (tenant, id, kind, number, store, customer, status, created_at,
           version)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (tenant, id) DO UPDATE SET
           kind = excluded.kind, number = excluded.number, store = excluded.store,
           customer = excluded.customer, status = excluded.status, version = excluded.version",
        params![
            tenant,
            key,
            subject.kind.number(),
            subject.number,
            maybe_id(subject.store),
            id(subject.customer),
            subject.status,
            subject.created_at.as_millis(),
            subject.version
        ],
    )?;
    execute(
        connection,
        "DELETE FROM subject_party WHERE tenant = ?1 AND subject = ?2",
        [tenant, key],
    )?;
    for (role, parties) in [(0, &subject.suppliers), (1, &subject.assigned)] {
        for party in parties {
            execute(
                connection,
                "INSERT INTO subject_party (tenant, subject, role, party)
                 VALUES (?1, ?2, ?3, ?4)",
                params![tenant, key, role, id(*party)],
            )?;
        }
    }
    Ok(true)
}
