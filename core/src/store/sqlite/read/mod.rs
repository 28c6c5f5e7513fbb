//! Reading: one answer from one state.

pub(super) mod directory;
pub(super) mod inbound;
pub(super) mod messages;
pub(super) mod scene;
pub(super) mod search;
pub(super) mod threads;
pub(super) mod trail;

use rusqlite::Connection;

use crate::error::Result;
use crate::store::query::{Answer, Query};
use crate::store::sqlite::errors::store_error;
use crate::store::sqlite::{followups, payments};

/// Answers a query inside a read transaction.
pub(super) fn answer(connection: &Connection, query: Query) -> Result<Answer> {
    let run = |sql: &str| {
        let mut statement = connection.prepare_cached(sql).map_err(store_error)?;
        statement.execute([]).map_err(store_error).map(drop)
    };
    run("BEGIN")?;
    let answer = inside(connection, query);
    run("COMMIT")?;
    answer
}

fn inside(connection: &Connection, query: Query) -> Result<Answer> {
    Ok(match query {
        Query::SceneQuery(query) => Answer::SceneQuery(scene::scene(connection, &query)?),
        Query::Threads(query) => Answer::Threads(threads::page(connection, &query)?),
        Query::MessagePage(query) => Answer::MessagePage(messages::page(connection, &query)?),
        Query::MessageSearch(query) => Answer::MessageSearch(search::search(connection, &query)?),
        Query::Unread(query) => Answer::Unread(threads::unread(connection, &query)?),
        Query::Receipts(query) => Answer::Receipts(threads::receipts(connection, &query)?),
        Query::EventPage(query) => Answer::EventPage(trail::events(connection, &query)?),
        Query::Consumer(query) => Answer::Consumer(trail::consumer(connection, &query)?),
        Query::AuditPage(query) => Answer::AuditPage(trail::page(connection, &query)?),
        Query::Head(query) => Answer::Head(trail::head(connection, query.tenant)?),
        Query::Checkpoints(query) => {
            Answer::Checkpoints(trail::checkpoints(connection, query.tenant)?)
        }
        Query::DueThreads(query) => Answer::DueThreads(threads::due(connection, query)?),
        Query::TriagePage(query) => Answer::TriagePage(inbound::triage_page(connection, &query)?),
        Query::References(query) => Answer::References(directory::references(connection, &query)?),
        Query::Payments(query) => Answer::Payments(payments::page(connection, &query)?),
        Query::Followups(query) => Answer::Followups(followups::page(connection, &query)?),
        Query::Directory(query) => Answer::Directory(directory::entry(connection, &query)?),
    })
}
