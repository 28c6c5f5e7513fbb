//! Messages with their content and what later ones did to them.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row, params, params_from_iter};

use crate::access::{Role, RoleSet};
use crate::error::{Code, Error, Result};
use crate::ids::{MessageId, TenantId, ThreadId};
use crate::messages::{
    Author, Channel, Format, Later, MessageKind, MessageRow, NewMessage, Origin, Relation,
    RelationKind, StoredMessage, Topic, Visibility,
};
use crate::store::query::MessagePage;
use crate::store::sqlite::columns::{Columns, id};
use crate::store::sqlite::errors::{corrupt, store_error};
use crate::store::sqlite::filter::{self, Sql};
use crate::store::sqlite::read::threads::rows_of;
use crate::store::sqlite::rows::read_content;

/// The columns of a message row, in the order of [`message_row`]. The first are enumerations, a byte for
/// each from the lowest: one number is read in a fraction of the time of seven.
macro_rules! columns {
    () => {
        "m.role + 256 * (m.origin + 256 * (m.topic + 256 * (m.kind
           + 256 * (m.via + 256 * (m.intended + 256 * m.format))))),
         m.position, m.id, m.seq, m.public_seq, m.author, m.on_behalf_of, m.audience,
         m.provider_ref, m.language, m.relation, m.target, m.created_at, m.occurred_at,
         m.content_hash"
    };
}

/// The columns of its content, in the order of [`read_content`].
macro_rules! content_columns {
    () => {
        ", c.state, c.salt, c.title, c.text, c.extra, c.original"
    };
}

/// Where messages are: what the rows of one thread have in common.
#[derive(Debug, Clone, Copy)]
struct Home {
    tenant: TenantId,
    thread: ThreadId,
}

impl Home {
    /// The columns `t.tenant, t.id` of the thread.
    fn read(columns: &mut Columns<'_, '_>) -> Result<Self> {
        Ok(Self { tenant: columns.id()?, thread: columns.id()? })
    }
}

fn message_row(columns: &mut Columns<'_, '_>, home: Home) -> Result<MessageRow> {
    let [role, origin, topic, kind, via, intended, format, _] =
        columns.value::<i64>()?.to_le_bytes();
    let position = columns.value()?;
    let message = columns.id()?;
    let seq = columns.value()?;
    let public_seq = columns.value()?;
    let author = Author { role: one_of(Role::from_number, role)?, party: columns.maybe_id()? };
    let on_behalf_of = columns.maybe_id()?;
    let visibility = match columns.value::<u32>()? {
        0 => Visibility::Public,
        bits => Visibility::Internal { audience: RoleSet::from_bits(bits) },
    };
    let provider_ref = columns.value()?;
    let language = columns.value()?;
    let relation: Option<u8> = columns.value()?;
    let target: Option<MessageId> = columns.maybe_id()?;
    let relation = match (relation, target) {
        (Some(kind), Some(message)) => {
            Some(Relation { kind: one_of(RelationKind::from_number, kind)?, message })
        }
        (None, None) => None,
        _ => return Err(corrupt()),
    };
    let created_at = columns.at()?;
    let occurred_at = columns.maybe_at()?;
    let content_hash = columns.value()?;
    let new = NewMessage {
        id: message,
        thread: home.thread,
        author,
        on_behalf_of,
        origin: one_of(Origin::from_number, origin)?,
        topic: one_of(Topic::from_number, topic)?,
        kind: one_of(MessageKind::from_number, kind)?,
        visibility,
        via: one_of(Channel::from_number, via)?,
        intended: one_of(Channel::from_number, intended)?,
        provider_ref,
        format: one_of(Format::from_number, format)?,
        language,
        relation,
        created_at,
        occurred_at,
        content_hash,
    };
    Ok(MessageRow { new, tenant: home.tenant, position, seq, public_seq })
}

/// A value of an enumeration, by its number.
fn one_of<T>(from_number: fn(u8) -> Option<T>, number: u8) -> Result<T> {
    from_number(number).ok_or_else(corrupt)
}

/// A message row followed by its content, and after its home unless that is known; what later messages
/// did to it comes with [`with_later`].
fn message(row: &Row<'_>, home: Option<Home>) -> Result<StoredMessage> {
    let mut columns = Columns::of(row);
    let home = match home {
        Some(home) => home,
        None => Home::read(&mut columns)?,
    };
    let row = message_row(&mut columns, home)?;
    let content = read_content(&mut columns)?;
    Ok(StoredMessage { row, content, later: Vec::new() })
}

/// A message row alone.
pub(in crate::store::sqlite) fn row_of(
    connection: &Connection,
    tenant: TenantId,
    message: MessageId,
) -> Result<Option<MessageRow>> {
    let sql = concat!(
        "SELECT t.tenant, t.id, ",
        columns!(),
        " FROM message m JOIN thread t ON t.row = m.thread WHERE m.id = ?1 AND t.tenant = ?2"
    );
    let mut statement = connection.prepare_cached(sql).map_err(store_error)?;
    let mut rows = statement.query([id(message), id(tenant)]).map_err(store_error)?;
    match rows.next().map_err(store_error)? {
        Some(row) => {
            let mut columns = Columns::of(row);
            let home = Home::read(&mut columns)?;
            message_row(&mut columns, home).map(Some)
        }
        None => Ok(None),
    }
}

/// One message.
pub(super) fn stored(
    connection: &Connection,
    tenant: TenantId,
    message: MessageId,
) -> Result<Option<StoredMessage>> {
    let sql = concat!(
        "SELECT t.tenant, t.id, ",
        columns!(),
        content_columns!(),
        " FROM message m JOIN thread t ON t.row = m.thread JOIN content c ON c.position = m.position
         WHERE m.id = ?1 AND t.tenant = ?2"
    );
    let mut found = Vec::new();
    collect(connection, &mut found, None, sql, [id(message), id(tenant)])?;
    with_later(connection, &mut found)?;
    Ok(found.pop())
}

/// Adds the messages that a statement finds; where they are is its first columns, unless it is known.
fn collect(
    connection: &Connection,
    found: &mut Vec<StoredMessage>,
    home: Option<Home>,
    sql: &str,
    values: impl rusqlite::Params,
) -> Result<()> {
    let mut statement = connection.prepare_cached(sql).map_err(store_error)?;
    let mut rows = statement.query(values).map_err(store_error)?;
    while let Some(row) = rows.next().map_err(store_error)? {
        found.push(message(row, home)?);
    }
    Ok(())
}

/// Adds the corrections, retractions and reactions of messages.
pub(super) fn with_later(connection: &Connection, messages: &mut [StoredMessage]) -> Result<()> {
    let targets = targets_among(connection, messages)?;
    let is_target = |message: &&mut StoredMessage| {
        targets.as_ref().is_none_or(|targets| targets.contains(&message.row.new.id))
    };
    let mut statement = connection
        .prepare_cached(
            "SELECT l.id, l.seq, l.relation, l.role, l.author, l.created_at,
               c.state, c.salt, c.title, c.text, c.extra, c.original
             FROM message l JOIN content c ON c.position = l.position
             WHERE l.target = ?1 AND l.relation > 0 ORDER BY l.seq",
        )
        .map_err(store_error)?;
    for message in messages.iter_mut().filter(is_target) {
        let mut rows = statement.query([id(message.row.new.id)]).map_err(store_error)?;
        while let Some(row) = rows.next().map_err(store_error)? {
            let mut columns = Columns::of(row);
            message.later.push(Later {
                id: columns.id()?,
                seq: columns.value()?,
                kind: columns.one_of(RelationKind::from_number)?,
                author: Author {
                    role: columns.one_of(Role::from_number)?,
                    party: columns.maybe_id()?,
                },
                created_at: columns.at()?,
                content: read_content(&mut columns)?,
            });
        }
    }
    Ok(())
}

/// Those of the messages that later ones point to, and perhaps others; `None` when it is cheaper to ask
/// for each message. Ids grow with time, so few messages of other threads have one in between.
fn targets_among(
    connection: &Connection,
    messages: &[StoredMessage],
) -> Result<Option<BTreeSet<MessageId>>> {
    let ids = || messages.iter().map(|message| message.row.new.id);
    let (Some(first), Some(last)) = (ids().min(), ids().max()) else { return Ok(None) };
    let mut statement = connection
        .prepare_cached(
            "SELECT target FROM message WHERE relation > 0 AND target BETWEEN ?1 AND ?2 LIMIT ?3",
        )
        .map_err(store_error)?;
    let mut rows =
        statement.query(params![id(first), id(last), messages.len()]).map_err(store_error)?;
    let (mut count, mut targets) = (0, BTreeSet::new());
    while let Some(row) = rows.next().map_err(store_error)? {
        targets.insert(Columns::of(row).id()?);
        count += 1;
    }
    Ok((count < messages.len()).then_some(targets))
}

/// Where a page begins: the place of a message among all, and in its own thread.
fn place(
    connection: &Connection,
    tenant: TenantId,
    message: Option<MessageId>,
) -> Result<Option<(ThreadId, u64, u64)>> {
    let Some(message) = message else { return Ok(None) };
    let row = row_of(connection, tenant, message)?.ok_or_else(|| {
        Error::new(Code::MessageNotFound, "the message that a page begins at is not known")
    })?;
    Ok(Some((row.new.thread, row.seq, row.position)))
}

/// The place of a message among all.
pub(super) fn position_of(
    connection: &Connection,
    tenant: TenantId,
    message: Option<MessageId>,
) -> Result<Option<u64>> {
    Ok(place(connection, tenant, message)?.map(|(_, _, position)| position))
}

pub(super) fn page(connection: &Connection, query: &MessagePage) -> Result<Vec<StoredMessage>> {
    if let Some(only) = &query.only {
        let mut found = Vec::with_capacity(only.len());
        for message in only {
            found.extend(stored(connection, query.tenant, *message)?.filter(|message| {
                query.threads.contains(&message.row.new.thread)
                    && message.row.new.visibility.admits(query.roles)
            }));
        }
        return Ok(found);
    }
    let after = place(connection, query.tenant, query.after)?;
    let before = place(connection, query.tenant, query.before)?;
    let threads = rows_of(connection, query.tenant, &query.threads)?;
    let mut found = Vec::with_capacity((query.limit as usize).min(LARGE));
    for (thread, row) in &threads {
        let sql = page_sql(query, *thread, *row, [(after, ">"), (before, "<")]);
        let home = Home { tenant: query.tenant, thread: *thread };
        collect(connection, &mut found, Some(home), &sql.text, params_from_iter(sql.values))?;
    }
    // One thread comes in its order.
    if threads.len() > 1 {
        found.sort_by_key(|message| message.row.position);
        if query.newest_first {
            found.reverse();
        }
    }
    found.truncate(query.limit as usize);
    with_later(connection, &mut found)?;
    Ok(found)
}

/// Room is made for so many messages at most before they are there.
const LARGE: usize = 512;

/// A place among all messages and in one thread, and on which side of it to look.
type Bound = (Option<(ThreadId, u64, u64)>, &'static str);

/// The statement of a page of one thread.
pub(in crate::store::sqlite) fn page_sql(
    query: &MessagePage,
    thread: ThreadId,
    row: u64,
    bounds: [Bound; 2],
) -> Sql {
    let mut sql = Sql::new(concat!(
        "SELECT ",
        columns!(),
        content_columns!(),
        " FROM message m JOIN content c ON c.position = m.position WHERE m.thread = "
    ));
    sql.bind(i64::try_from(row).unwrap_or(i64::MAX));
    sql.push(" AND ifnull(m.relation, 0) = 0 AND ").append(filter::visible(query.roles));
    for (bound, sign) in bounds {
        // Within the bound's own thread the index finds the place; others go by position.
        if let Some((own, seq, position)) = bound {
            let (column, value) =
                if own == thread { ("m.seq ", seq) } else { ("m.position ", position) };
            sql.push(" AND ").push(column).push(sign).push(" ");
            sql.bind(i64::try_from(value).unwrap_or(i64::MAX));
        }
    }
    let order = if query.newest_first { "DESC" } else { "ASC" };
    sql.push(" ORDER BY m.seq ").push(order).push(" LIMIT ").bind(i64::from(query.limit));
    sql
}

/// Messages by their places, in the order of the places.
pub(super) fn at(connection: &Connection, positions: &[u64]) -> Result<Vec<StoredMessage>> {
    let sql = concat!(
        "SELECT t.tenant, t.id, ",
        columns!(),
        content_columns!(),
        " FROM message m JOIN thread t ON t.row = m.thread JOIN content c ON c.position = m.position
         WHERE m.position = ?1"
    );
    let mut found = Vec::with_capacity(positions.len());
    for position in positions {
        collect(connection, &mut found, None, sql, params![position])?;
    }
    with_later(connection, &mut found)?;
    Ok(found)
}
