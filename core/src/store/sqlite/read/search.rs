//! Search: words and facets from the index, access and thread filters joined, newest first.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::error::Result;
use crate::store::query::{MessageSearch, SearchHit, SearchPage};
use crate::store::sqlite::errors::{corrupt, store_error};
use crate::store::sqlite::filter::{self, Sql};
use crate::store::sqlite::read::directory::subject_by_id;
use crate::store::sqlite::read::messages::{at, position_of};
use crate::store::sqlite::read::threads::by_id;
use crate::store::sqlite::text;

pub(super) fn search(connection: &Connection, query: &MessageSearch) -> Result<SearchPage> {
    let before = position_of(connection, query.tenant, query.before)?;
    let mut sql = Sql::new("SELECT m.position");
    sql.append(found(query));
    if let Some(before) = before {
        let before = i64::try_from(before).unwrap_or(i64::MAX);
        sql.push(" AND message_text.rowid < ").bind(before);
    }
    sql.push(" ORDER BY message_text.rowid DESC LIMIT ").bind(i64::from(query.limit) + 1);
    sql.push(" OFFSET ").bind(i64::try_from(query.offset).unwrap_or(i64::MAX));
    let mut positions: Vec<u64> = Vec::new();
    {
        let mut statement = connection.prepare_cached(&sql.text).map_err(store_error)?;
        let mut rows = statement.query(params_from_iter(sql.values)).map_err(store_error)?;
        while let Some(row) = rows.next().map_err(store_error)? {
            positions.push(row.get(0).map_err(store_error)?);
        }
    }
    let more = positions.len() > query.limit as usize;
    positions.truncate(query.limit as usize);
    let mut hits = Vec::with_capacity(positions.len());
    for message in at(connection, &positions)? {
        let thread = by_id(connection, query.tenant, message.row.new.thread)?;
        let (_, thread) = thread.ok_or_else(corrupt)?;
        let subject = subject_by_id(connection, query.tenant, thread.subject)?;
        hits.push(SearchHit { message, thread, subject: subject.ok_or_else(corrupt)? });
    }
    Ok(SearchPage { hits, more, total: count(connection, query)? })
}

fn count(connection: &Connection, query: &MessageSearch) -> Result<u64> {
    if query.count_to == 0 {
        return Ok(0);
    }
    let mut sql = Sql::new("SELECT count(*) FROM (SELECT 1");
    sql.append(found(query)).push(" LIMIT ");
    sql.bind(i64::try_from(query.count_to).unwrap_or(i64::MAX)).push(")");
    let mut statement = connection.prepare_cached(&sql.text).map_err(store_error)?;
    statement.query_row(params_from_iter(sql.values), |row| row.get(0)).map_err(store_error)
}

/// The query of the index: what never changes about an entry is found there, as its words are.
fn index_query(query: &MessageSearch) -> String {
    let mut facets = format!(
        "facets : {} AND facets : ({})",
        text::tenant(query.tenant),
        text::visible_to(query.roles)
    );
    let mut any = |letter: char, numbers: Vec<u8>| {
        if !numbers.is_empty() {
            let words: Vec<String> =
                numbers.iter().map(|number| format!("{letter}{number}")).collect();
            facets.push_str(&format!(" AND facets : ({})", words.join(" OR ")));
        }
    };
    any('v', query.via.iter().map(|via| via.number()).collect());
    any('r', query.author_role.iter().map(|role| role.number()).collect());
    any('k', query.kind.iter().map(|kind| kind.number()).collect());
    any('o', query.topic.iter().map(|topic| topic.number()).collect());
    match &query.keyword {
        Some(keyword) => format!("({}) AND {facets}", keyword.to_fts5("body")),
        None => facets,
    }
}

/// Everything from FROM on: what is found, before order and page.
pub(in crate::store::sqlite) fn found(query: &MessageSearch) -> Sql {
    let who = &query.access.identity;
    let mut sql = Sql::new(
        " FROM message_text
          CROSS JOIN message m ON m.position = message_text.rowid
          CROSS JOIN thread t ON t.row = m.thread
          CROSS JOIN subject s ON s.tenant = t.tenant AND s.id = t.subject",
    );
    if query.unread {
        sql.append(filter::join_read_state(who.party));
    }
    sql.push(" WHERE message_text MATCH ").bind(Value::Text(index_query(query)));
    sql.push(" AND t.tenant = ").bind_id(query.tenant);
    sql.push(" AND ").append(filter::visible(query.roles));
    sql.push(" AND ").append(filter::access(&query.access, true));
    sql.append(filter::threads(&query.threads, who, query.roles));
    if let Some(from) = query.from {
        sql.push(" AND m.created_at >= ").bind(from.as_millis());
    }
    if let Some(until) = query.until {
        sql.push(" AND m.created_at < ").bind(until.as_millis());
    }
    if query.unread {
        sql.push(" AND ").append(filter::unread(who.party, query.roles));
    }
    sql
}
