//! The search index: which words and which facets stand under an entry's position.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::access::RoleSet;
use crate::error::Result;
use crate::ids::{MessageId, TenantId};
use crate::messages::{ContentState, MessageRow, RelationKind, Visibility};
use crate::search::index_text;
use crate::store::sqlite::columns::{Bytes, id};
use crate::store::sqlite::errors::store_error;

/// What never changes about an entry, as words of the `facets` column.
pub(super) fn facets(row: &MessageRow) -> String {
    let new = &row.new;
    let mut out = format!(
        "{} v{} r{} k{} o{}",
        tenant(row.tenant),
        new.via.number(),
        new.author.role.number(),
        new.kind.number(),
        new.topic.number()
    );
    match new.visibility {
        Visibility::Public => out.push_str(" p"),
        Visibility::Internal { audience } => {
            for role in audience.iter() {
                out.push_str(&format!(" a{}", role.number()));
            }
        }
    }
    out
}

/// The facet of a tenant.
pub(super) fn tenant(tenant: TenantId) -> String {
    format!("t{}", tenant.uuid().simple())
}

/// The facets of what roles may see, as a part of a query.
pub(super) fn visible_to(roles: RoleSet) -> String {
    let mut out = String::from("p");
    for role in roles.iter() {
        out.push_str(&format!(" OR a{}", role.number()));
    }
    out
}

/// The words of title and text.
pub(super) fn words(title: Option<&str>, text: &str) -> String {
    match title {
        Some(title) => index_text(&format!("{title}\n{text}")),
        None => index_text(text),
    }
}

/// The words that an entry is found by now: its newest correction's, and none once it is retracted.
pub(super) fn current_words(connection: &Connection, entry: MessageId) -> Result<String> {
    let mut retracted = connection
        .prepare_cached(
            "SELECT 1 FROM message WHERE target = ?1 AND relation = ?2 AND relation > 0",
        )
        .map_err(store_error)?;
    let is_retracted = retracted
        .exists(params![id(entry), RelationKind::Retracts.number()])
        .map_err(store_error)?;
    if is_retracted {
        return Ok(String::new());
    }
    let mut newest = connection
        .prepare_cached(
            "SELECT c.state, c.title, c.text FROM message m
             JOIN content c ON c.position = m.position
             WHERE m.position = ifnull(
               (SELECT l.position FROM message l
                WHERE l.target = ?1 AND l.relation = ?2 AND l.relation > 0
                ORDER BY l.seq DESC LIMIT 1),
               (SELECT b.position FROM message b WHERE b.id = ?1))",
        )
        .map_err(store_error)?;
    let content: Option<(u8, Option<String>, String)> = newest
        .query_row(params![id(entry), RelationKind::Replaces.number()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()
        .map_err(store_error)?;
    Ok(match content {
        Some((state, title, text)) if state != ContentState::Erased.number() => {
            words(title.as_deref(), &text)
        }
        _ => String::new(),
    })
}

/// What a batch changes in the index. It is written once, after everything else: the index flushes
/// itself to disk at every savepoint that it lives through.
#[derive(Debug, Default)]
pub(super) struct Pending(Vec<Indexing>);

#[derive(Debug)]
struct Indexing {
    position: u64,
    /// The words that the entry is indexed under; `None` when it is new.
    before: Option<String>,
    after: String,
    facets: String,
}

impl Pending {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Forgets what came after a length: a change set that was rolled back.
    pub(super) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// Puts an entry into the index.
    pub(super) fn add(&mut self, position: u64, words: String, facets: String) {
        self.0.push(Indexing { position, before: None, after: words, facets });
    }

    /// Puts other words in the place of an entry's.
    pub(super) fn replace(&mut self, position: u64, before: String, after: String, facets: String) {
        if before != after {
            self.0.push(Indexing { position, before: Some(before), after, facets });
        }
    }

    /// Writes the changes in order.
    pub(super) fn write(&self, connection: &Connection) -> Result<()> {
        let mut insert = connection
            .prepare_cached("INSERT INTO message_text (rowid, body, facets) VALUES (?1, ?2, ?3)")
            .map_err(store_error)?;
        for change in &self.0 {
            if let Some(before) = &change.before {
                let mut delete = connection
                    .prepare_cached(
                        "INSERT INTO message_text (message_text, rowid, body, facets)
                         VALUES ('delete', ?1, ?2, ?3)",
                    )
                    .map_err(store_error)?;
                delete
                    .execute(params![change.position, before, change.facets])
                    .map_err(store_error)?;
            }
            insert
                .execute(params![change.position, change.after, change.facets])
                .map_err(store_error)?;
        }
        Ok(())
    }
}

/// The entry that a message is, or that it corrects.
pub(super) fn entry_of(connection: &Connection, message: MessageId) -> Result<Option<MessageId>> {
    let mut find = connection
        .prepare_cached(
            "SELECT CASE WHEN relation = ?2 THEN target WHEN relation > 0 THEN NULL ELSE id END
             FROM message WHERE id = ?1",
        )
        .map_err(store_error)?;
    let found: Option<Option<Bytes>> = find
        .query_row(params![id(message), RelationKind::Replaces.number()], |row| row.get(0))
        .optional()
        .map_err(store_error)?;
    Ok(found.flatten().map(|bytes| MessageId::from_uuid(bytes.0)))
}
