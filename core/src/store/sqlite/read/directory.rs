//! Parties, storefronts, subjects and references.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, params};
use uuid::Uuid;

use crate::directory::{
    ContactKind, ContactPoint, Party, PartyKind, PartyState, Storefront, Subject, SubjectKind,
};
use crate::error::Result;
use crate::ids::{ExternalRef, Kind as _, PartyId, Ref, StorefrontId, SubjectId, TenantId, kind};
use crate::store::query::{Directory, DirectoryEntry, References, SubjectRef};
use crate::store::sqlite::columns::{Bytes, Columns, id, maybe_id};
use crate::store::sqlite::errors::{corrupt, store_error};
use crate::store::sqlite::payments;
use crate::store::sqlite::read::scene::{party_id, resolve, stored_tenant};

pub(super) fn entry(connection: &Connection, query: &Directory) -> Result<Option<DirectoryEntry>> {
    Ok(match query {
        Directory::Party(tenant, key) => {
            party(connection, *tenant, key)?.map(DirectoryEntry::Party)
        }
        Directory::Storefront(tenant, key) => {
            storefront(connection, *tenant, key)?.map(DirectoryEntry::Storefront)
        }
        Directory::Subject(tenant, key) => {
            subject(connection, *tenant, key)?.map(DirectoryEntry::Subject)
        }
        Directory::Payment(tenant, key) => {
            payments::payment(connection, *tenant, key)?.map(DirectoryEntry::Payment)
        }
        Directory::Contact(tenant, kind, key) => {
            by_contact(connection, *tenant, *kind, key)?.map(DirectoryEntry::Party)
        }
        Directory::Numbered(tenant, kind, store, number) => {
            numbered(connection, *tenant, *kind, *store, number)?.map(DirectoryEntry::Subject)
        }
        Directory::Tenant(tenant) => {
            stored_tenant(connection, *tenant, None)?.map(DirectoryEntry::Tenant)
        }
    })
}

pub(super) fn party(
    connection: &Connection,
    tenant: TenantId,
    key: &Ref<kind::Party>,
) -> Result<Option<Party>> {
    let Some(party) = party_id(connection, tenant, key)? else { return Ok(None) };
    let mut statement = connection
        .prepare_cached(
            "SELECT kind, name, state, created_at, version FROM party
             WHERE tenant = ?1 AND id = ?2",
        )
        .map_err(store_error)?;
    let mut rows = statement.query([id(tenant), id(party)]).map_err(store_error)?;
    let Some(row) = rows.next().map_err(store_error)? else { return Ok(None) };
    let mut columns = Columns::of(row);
    Ok(Some(Party {
        id: party,
        tenant,
        kind: columns.one_of(PartyKind::from_number)?,
        name: columns.value()?,
        contacts: contacts(connection, tenant, party)?,
        state: columns.one_of(PartyState::from_number)?,
        created_at: columns.at()?,
        version: columns.value()?,
    }))
}

/// The addresses of a party, by that index and no other.
pub(in crate::store::sqlite) const CONTACTS: &str =
    "SELECT kind, key, address FROM contact INDEXED BY contact_party
     WHERE tenant = ?1 AND party = ?2 ORDER BY kind, key";

fn contacts(
    connection: &Connection,
    tenant: TenantId,
    party: PartyId,
) -> Result<Vec<ContactPoint>> {
    let mut statement = connection.prepare_cached(CONTACTS).map_err(store_error)?;
    let mut rows = statement.query([id(tenant), id(party)]).map_err(store_error)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(store_error)? {
        let mut columns = Columns::of(row);
        found.push(ContactPoint {
            kind: columns.one_of(ContactKind::from_number)?,
            key: columns.value()?,
            address: columns.value()?,
        });
    }
    Ok(found)
}

/// The party that has an address.
pub(super) fn by_contact(
    connection: &Connection,
    tenant: TenantId,
    kind: ContactKind,
    key: &str,
) -> Result<Option<Party>> {
    let mut statement = connection
        .prepare_cached("SELECT party FROM contact WHERE tenant = ?1 AND kind = ?2 AND key = ?3")
        .map_err(store_error)?;
    let found: Option<Bytes> = statement
        .query_row(params![id(tenant), kind.number(), key], |row| row.get(0))
        .optional()
        .map_err(store_error)?;
    match found {
        Some(bytes) => party(connection, tenant, &Ref::Id(PartyId::from_uuid(bytes.0))),
        None => Ok(None),
    }
}

pub(super) fn storefront(
    connection: &Connection,
    tenant: TenantId,
    key: &Ref<kind::Storefront>,
) -> Result<Option<Storefront>> {
    let storefront = match key {
        Ref::Id(id) => *id,
        Ref::External(reference) => {
            match resolve(connection, tenant, kind::Storefront::NAME, reference)? {
                Some(id) => StorefrontId::from_uuid(id),
                None => return Ok(None),
            }
        }
    };
    let mut statement = connection
        .prepare_cached(
            "SELECT name, reseller, created_at, version FROM storefront
             WHERE tenant = ?1 AND id = ?2",
        )
        .map_err(store_error)?;
    let mut rows = statement.query([id(tenant), id(storefront)]).map_err(store_error)?;
    let Some(row) = rows.next().map_err(store_error)? else { return Ok(None) };
    let mut columns = Columns::of(row);
    Ok(Some(Storefront {
        id: storefront,
        tenant,
        name: columns.value()?,
        reseller: columns.maybe_id()?,
        created_at: columns.at()?,
        version: columns.value()?,
    }))
}

pub(super) fn subject(
    connection: &Connection,
    tenant: TenantId,
    subject: &SubjectRef,
) -> Result<Option<Subject>> {
    let key = match &subject.key {
        Ref::Id(id) => *id,
        Ref::External(reference) => {
            match resolve(connection, tenant, subject.kind.as_str(), reference)? {
                Some(id) => SubjectId::from_uuid(id),
                None => return Ok(None),
            }
        }
    };
    let found = subject_by_id(connection, tenant, key)?;
    Ok(found.filter(|found| found.kind == subject.kind))
}

fn numbered(
    connection: &Connection,
    tenant: TenantId,
    kind: SubjectKind,
    store: Option<StorefrontId>,
    number: &str,
) -> Result<Option<Subject>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT id FROM subject
             WHERE tenant = ?1 AND kind = ?2 AND ifnull(store, x'') = ifnull(?3, x'')
               AND number = ?4 AND number IS NOT NULL",
        )
        .map_err(store_error)?;
    let found: Option<Bytes> = statement
        .query_row(params![id(tenant), kind.number(), maybe_id(store), number], |row| row.get(0))
        .optional()
        .map_err(store_error)?;
    match found {
        Some(bytes) => subject_by_id(connection, tenant, SubjectId::from_uuid(bytes.0)),
        None => Ok(None),
    }
}

pub(in crate::store::sqlite) fn subject_by_id(
    connection: &Connection,
    tenant: TenantId,
    key: SubjectId,
) -> Result<Option<Subject>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT kind, number, store, customer, status, created_at, version FROM subject
             WHERE tenant = ?1 AND id = ?2",
        )
        .map_err(store_error)?;
    let mut rows = statement.query([id(tenant), id(key)]).map_err(store_error)?;
    let Some(row) = rows.next().map_err(store_error)? else { return Ok(None) };
    let mut columns = Columns::of(row);
    let mut subject = Subject {
        id: key,
        tenant,
        kind: columns.one_of(SubjectKind::from_number)?,
        number: columns.value()?,
        store: columns.maybe_id()?,
        customer: columns.id()?,
        status: columns.value()?,
        suppliers: Vec::new(),
        assigned: Vec::new(),
        created_at: columns.at()?,
        version: columns.value()?,
    };
    let mut parties = connection
        .prepare_cached(
            "SELECT role, party FROM subject_party WHERE tenant = ?1 AND subject = ?2
             ORDER BY role, party",
        )
        .map_err(store_error)?;
    let mut rows = parties.query([id(tenant), id(key)]).map_err(store_error)?;
    while let Some(row) = rows.next().map_err(store_error)? {
        let mut columns = Columns::of(row);
        let role: u8 = columns.value()?;
        let party: PartyId = columns.id()?;
        match role {
            0 => subject.suppliers.push(party),
            1 => subject.assigned.push(party),
            _ => return Err(corrupt()),
        }
    }
    Ok(Some(subject))
}

pub(super) fn references(
    connection: &Connection,
    query: &References,
) -> Result<BTreeMap<Uuid, ExternalRef>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT system, value FROM reference WHERE tenant = ?1 AND id = ?2
             ORDER BY system <> ?3, kind, system, value LIMIT 1",
        )
        .map_err(store_error)?;
    let mut found = BTreeMap::new();
    for record in &query.ids {
        let reference: Option<(String, String)> = statement
            .query_row(params![id(query.tenant), Bytes(*record), ExternalRef::HOST], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()
            .map_err(store_error)?;
        if let Some((system, value)) = reference {
            found.insert(*record, ExternalRef::new(system, value).map_err(|_| corrupt())?);
        }
    }
    Ok(found)
}
