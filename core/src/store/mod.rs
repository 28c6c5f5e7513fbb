//! Where records live: reads, and one write path.
//!
//! A [`Store`] answers [`Query`] values and takes [`ChangeSet`] values, all or nothing. It holds no
//! rules: what a change set says was decided by pure functions, and what it expects of the current
//! state stands in it. A stale expectation leaves everything as it was.
//!
//! Every query names its tenant and, where records have readers, an [`AccessFilter`]: a store
//! applies it inside the query, so that pages, counts and searches never see what the caller may
//! not.

pub mod change;
pub mod commit;
pub mod facts;
pub mod log;
pub mod memory;
pub mod query;
#[cfg(feature = "sqlite")]
pub mod sqlite;
#[cfg(feature = "testing")]
pub mod testing;

use std::fmt;

use async_trait::async_trait;

pub use change::{
    Change, ChangeSet, Committed, Expect, IdempotencyKey, IdempotencyRecord, Outcome,
};
pub use commit::{Rows, apply};
pub use query::{
    AccessFilter, Answer, Ask, AuditPage, Checkpoints, Consumer, Directory, DirectoryEntry, Due,
    DueThreads, EventOrder, EventPage, Followups, Head, InboundLookup, InboundScene, MessagePage,
    MessageSearch, Payments, Query, Receipts, References, Scene, SceneQuery, SearchHit, SearchPage,
    SubjectRef, Target, ThreadFilter, ThreadPage, ThreadScene, Threads, TriagePage, Unread,
    UnreadTargets,
};

use crate::audit::AuditKeys;
use crate::error::{Error, Result};

/// Storage of the engine. Object-safe, and free of any runtime.
///
/// Two methods are all there is to implement.
#[async_trait]
pub trait Store: Send + Sync + fmt::Debug {
    /// Answers a query from one consistent state.
    ///
    /// # Errors
    /// The `store.*` codes.
    async fn read(&self, query: Query) -> Result<Answer>;

    /// Writes a change set, all or nothing, durably, and seals its audit entries with `keys`.
    ///
    /// # Errors
    /// The `store.*` codes; a stale expectation is not an error but [`Outcome::Stale`].
    async fn commit(&self, changes: ChangeSet, keys: &AuditKeys) -> Result<Outcome>;
}

impl dyn Store {
    /// Asks a typed query.
    ///
    /// # Errors
    /// The `store.*` codes; `internal` when a store answers another query than it was asked.
    pub async fn ask<Q: Ask>(&self, query: Q) -> Result<Q::Answer> {
        let answer = self.read(query.into()).await?;
        Q::take(answer).ok_or_else(|| Error::internal("the store answered another query"))
    }
}
