//! Writing: what arrived from outside channels.

use rusqlite::{Connection, params};

use crate::error::Result;
use crate::ids::{PartyId, TenantId};
use crate::inbound::{Arrival, TriageItem};
use crate::store::sqlite::batch::execute;
use crate::store::sqlite::columns::{Columns, id, json, maybe_id};
use crate::store::sqlite::errors::store_error;

/// Writes an arrival; `false` when the delivery has become something else.
pub(super) fn put_arrival(
    connection: &Connection,
    tenant: TenantId,
    arrival: &Arrival,
) -> Result<bool> {
    let key = &arrival.key;
    let written = execute(
        connection,
        "INSERT INTO arrival (tenant, channel, account, provider_ref, message, triage)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (tenant, channel, account, provider_ref) DO UPDATE SET
           message = excluded.message
         WHERE triage IS NOT NULL AND triage = excluded.triage",
        params![
            id(tenant),
            key.channel.number(),
            key.account,
            key.provider_ref,
            maybe_id(arrival.message),
            maybe_id(arrival.triage)
        ],
    )?;
    Ok(written == 1)
}

/// Writes an item of triage.
pub(super) fn put_triage(connection: &Connection, item: &TriageItem) -> Result<()> {
    execute(
        connection,
        "INSERT INTO triage (tenant, id, state, reason, sender_key, version, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET
           state = excluded.state, reason = excluded.reason, sender_key = excluded.sender_key,
           version = excluded.version, body = excluded.body",
        params![
            id(item.tenant),
            id(item.id),
            item.state.number(),
            item.reason.number(),
            item.sender_key,
            item.version,
            json(item)?
        ],
    )?;
    for sender in &item.senders {
        execute(
            connection,
            "INSERT INTO triage_party (tenant, party, triage) VALUES (?1, ?2, ?3)
             ON CONFLICT DO NOTHING",
            [id(item.tenant), id(*sender), id(item.id)],
        )?;
    }
    Ok(())
}

/// Takes what is personal out of the items of a party, and of its addresses.
pub(super) fn erase_triage(
    connection: &Connection,
    tenant: TenantId,
    party: PartyId,
) -> Result<()> {
    let mut statement = connection
        .prepare_cached(
            "SELECT t.body FROM triage_party p JOIN triage t ON t.id = p.triage
             WHERE p.tenant = ?1 AND p.party = ?2
             UNION
             SELECT t.body FROM contact c CROSS JOIN triage t
               ON t.tenant = c.tenant AND t.sender_key = c.key AND t.sender_key IS NOT NULL
             WHERE c.tenant = ?1 AND c.party = ?2",
        )
        .map_err(store_error)?;
    let mut rows = statement.query([id(tenant), id(party)]).map_err(store_error)?;
    let mut items: Vec<TriageItem> = Vec::new();
    while let Some(row) = rows.next().map_err(store_error)? {
        items.push(Columns::of(row).json()?);
    }
    items.iter().try_for_each(|item| put_triage(connection, &item.erased()))
}
