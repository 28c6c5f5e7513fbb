//! What the change sets of one transaction share, and what is worked out before their turn comes.

use std::collections::BTreeMap;

use rusqlite::{Connection, Params, params};

use crate::audit::AuditHead;
use crate::error::Result;
use crate::ids::{MessageId, TenantId};
use crate::store::change::{Change, ChangeSet};
use crate::store::sqlite::columns::{id, json};
use crate::store::sqlite::errors::store_error;
use crate::store::sqlite::text;

/// Runs a statement that returns nothing.
pub(super) fn execute(connection: &Connection, sql: &str, values: impl Params) -> Result<usize> {
    let mut statement = connection.prepare_cached(sql).map_err(store_error)?;
    statement.execute(values).map_err(store_error)
}

/// The heads of the audit trails that a batch appends to: read once, written once.
#[derive(Debug, Clone, Default)]
pub(super) struct Heads(pub(super) BTreeMap<TenantId, (AuditHead, bool)>);

impl Heads {
    /// Writes the heads that have moved.
    pub(super) fn write(&self, connection: &Connection) -> Result<()> {
        for (tenant, (head, _)) in self.0.iter().filter(|(_, (_, moved))| *moved) {
            execute(
                connection,
                "INSERT INTO audit_head (tenant, seq, hash, key_id, mac) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (tenant) DO UPDATE SET
                   seq = excluded.seq, hash = excluded.hash, key_id = excluded.key_id,
                   mac = excluded.mac",
                params![id(*tenant), head.seq, head.hash, head.key_id, head.mac],
            )?;
        }
        Ok(())
    }
}

/// What can be worked out of a change set before its turn comes: outside the writer, where others
/// need not wait for it.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    /// The folded words of each appended entry.
    pub(super) words: Vec<(MessageId, String)>,
    /// The events as JSON, in order.
    pub(super) events: Vec<String>,
}

impl Prepared {
    pub(super) fn of(set: &ChangeSet) -> Result<Self> {
        let words = set.changes.iter().filter_map(|change| match change {
            Change::Append { message, content } if message.is_entry() => {
                Some((message.id, text::words(content.title.as_deref(), &content.text)))
            }
            _ => None,
        });
        let events = set.events.iter().map(json).collect::<Result<_>>()?;
        Ok(Self { words: words.collect(), events })
    }
}
