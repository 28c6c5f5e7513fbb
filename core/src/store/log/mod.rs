//! A store over a log of the host's: any object that can append an entry and read entries back.
//!
//! A [`LogStore`] keeps the records in memory and everything that was ever committed in a [`Log`]:
//! a table of a database, a file, a stream of a message broker, an object store. A commit is one
//! entry; its rows are finished (numbers given, audit entries sealed), so that replaying it needs
//! no keys and follows no rules. Any number of processes may share a log: each reads what the others
//! have appended before it answers, and of two that append at the same place one tries again.
//!
//! A whole log, in memory:
//!
//! ```
//! use std::sync::Mutex;
//!
//! use goodwill::{AuditKey, Engine, Log, LogEntry, LogStore, Result};
//!
//! #[derive(Debug, Default)]
//! struct Lines(Mutex<Vec<String>>);
//!
//! #[async_trait::async_trait]
//! impl Log for Lines {
//!     async fn read(&self, after: u64) -> Result<Vec<LogEntry>> {
//!         let lines = self.0.lock().unwrap();
//!         let entries = (1..).zip(lines.iter()).skip(after as usize).take(100);
//!         Ok(entries.map(|(position, entry)| LogEntry { position, entry: entry.clone() }).collect())
//!     }
//!
//!     async fn append(&self, after: u64, entry: String) -> Result<bool> {
//!         let mut lines = self.0.lock().unwrap();
//!         let free = lines.len() as u64 == after;
//!         lines.extend(free.then_some(entry));
//!         Ok(free)
//!     }
//! }
//!
//! let store = LogStore::new(Lines::default());
//! let engine = Engine::new(store, AuditKey::from_bytes("2026-01", &[7; 32])?);
//! # Ok::<(), goodwill::Error>(())
//! ```
//!
//! # What a log keeps
//!
//! An append-only log keeps what a person wrote even after the engine has redacted or erased it.
//! [`LogStore::snapshot`] makes one entry of what is left, to take the place of every entry up to
//! its position: after an erasure, or when a log has grown long.

mod entry;
mod recording;
mod turn;
mod whole;
mod wire;

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::audit::AuditKeys;
use crate::error::{Code, Error, Result};
use crate::store::Store;
use crate::store::change::{ChangeSet, Outcome};
use crate::store::commit::apply;
use crate::store::log::entry::{Entry, corrupt};
use crate::store::log::recording::Recording;
use crate::store::log::turn::Turns;
use crate::store::memory::{Tables, Writing};
use crate::store::query::{Answer, Query};

/// How often a commit is tried when others keep appending first.
const ATTEMPTS: usize = 64;

/// One entry of a [`Log`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LogEntry {
    /// Its place: the first entry has 1, and none is left out. Only a snapshot may stand alone at a
    /// later place, for all before it.
    pub position: u64,
    /// What was appended: one line of JSON.
    pub entry: String,
}

impl fmt::Debug for LogEntry {
    /// Without what it holds: that is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.entry.len();
        f.debug_struct("LogEntry").field("position", &self.position).field("bytes", &bytes).finish()
    }
}

/// An append-only log of the host's.
///
/// Its errors reach whoever called the engine. Give them a `store.*` code, so that callers learn
/// whether to try again: [`Code::StoreUnavailable`], [`Code::StoreFull`].
#[async_trait]
pub trait Log: Send + Sync + fmt::Debug {
    /// The entries after a position, oldest first: as many as suits, at least one if there is any,
    /// none at the end. What [`Log::append`] has confirmed to anybody must be among them.
    ///
    /// # Errors
    /// The `store.*` codes.
    async fn read(&self, after: u64) -> Result<Vec<LogEntry>>;

    /// Writes an entry at the place right after `after`, durably and whole, and returns `true`; does
    /// nothing and returns `false` when there is an entry already.
    ///
    /// # Errors
    /// The `store.*` codes. An entry that is there in spite of the error counts as committed.
    async fn append(&self, after: u64, entry: String) -> Result<bool>;
}

#[async_trait]
impl<L: Log + ?Sized> Log for Arc<L> {
    async fn read(&self, after: u64) -> Result<Vec<LogEntry>> {
        L::read(self, after).await
    }

    async fn append(&self, after: u64, entry: String) -> Result<bool> {
        L::append(self, after, entry).await
    }
}

/// A store whose records stand in a [`Log`], and in memory to be read.
pub struct LogStore {
    log: Box<dyn Log>,
    state: RwLock<State>,
    commits: Turns,
}

/// The records as they are after an entry of the log.
#[derive(Default)]
struct State {
    tables: Tables,
    position: u64,
}

impl fmt::Debug for LogStore {
    /// Without what it holds: that is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let position = self.state().position;
        let mut fields = f.debug_struct("LogStore");
        fields.field("log", &self.log).field("position", &position).finish_non_exhaustive()
    }
}

impl LogStore {
    /// A store over a log. The log is read at the first call.
    #[must_use]
    pub fn new(log: impl Log + 'static) -> Self {
        Self { log: Box::new(log), state: RwLock::default(), commits: Turns::default() }
    }

    /// One entry that says the same as every entry of the log up to its position, without what was
    /// redacted or erased.
    ///
    /// The host may delete the entries up to that position and put this one there, in one step.
    /// From then on its log answers `read(0)` with this entry first.
    ///
    /// # Errors
    /// The `store.*` codes.
    pub async fn snapshot(&self) -> Result<LogEntry> {
        self.catch_up().await?;
        let state = self.state();
        let entry = Entry::of_state(whole::writes_of(&state.tables)).encode()?;
        Ok(LogEntry { position: state.position, entry })
    }

    fn state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn state_mut(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads what was appended since.
    async fn catch_up(&self) -> Result<()> {
        loop {
            let after = self.state().position;
            let entries = self.log.read(after).await?;
            if entries.is_empty() {
                return Ok(());
            }
            let mut state = self.state_mut();
            let mut last = after;
            for LogEntry { position, entry } in entries {
                if position <= last {
                    return Err(corrupt(position, "is out of order"));
                }
                last = position;
                // Another call may have read it meanwhile.
                if position > state.position {
                    state.take(Entry::decode(&entry, position)?, position)?;
                }
            }
        }
    }

    /// Tries a change set out: its outcome, the place it would have after, and its entry.
    fn try_out(
        &self,
        changes: &ChangeSet,
        keys: &AuditKeys,
    ) -> Result<(Outcome, u64, Option<Entry>)> {
        let mut state = self.state_mut();
        let position = state.position;
        let mut recording = Recording::new(&mut state.tables);
        let outcome = apply(&mut recording, changes, keys);
        let writes = recording.take_back();
        let outcome = outcome?;
        let writes_something = matches!(outcome, Outcome::Committed(_)) && !writes.is_empty();
        Ok((outcome, position, writes_something.then(|| Entry::of_commit(writes))))
    }
}

#[async_trait]
impl Store for LogStore {
    async fn read(&self, query: Query) -> Result<Answer> {
        self.catch_up().await?;
        self.state().tables.read(query)
    }

    async fn commit(&self, changes: ChangeSet, keys: &AuditKeys) -> Result<Outcome> {
        let _turn = self.commits.next().await;
        for _ in 0..ATTEMPTS {
            self.catch_up().await?;
            let (outcome, after, entry) = self.try_out(&changes, keys)?;
            let Some(entry) = entry else { return Ok(outcome) };
            let text = entry.encode()?;
            // Read back before anybody has to: what is taken over is what the others will read.
            let entry = Entry::decode(&text, after + 1).map_err(|_| unreadable())?;
            if self.log.append(after, text).await? {
                let mut state = self.state_mut();
                // A reader may have found the entry in the log already.
                if state.position == after {
                    state.take(entry, after + 1)?;
                }
                return Ok(outcome);
            }
        }
        Err(Error::new(Code::StoreContention, "others kept appending to the log first"))
    }
}

/// The error of a record that JSON can hold and no reader accepts.
fn unreadable() -> Error {
    Error::new(Code::InputInvalid, "a record is nested too deeply for an entry of the log")
}

impl State {
    /// Does what an entry says, all or nothing.
    fn take(&mut self, entry: Entry, position: u64) -> Result<()> {
        if entry.whole {
            let mut tables = Tables::default();
            replay(entry, &mut Writing::new(&mut tables), position)?;
            self.tables = tables;
        } else {
            if position != self.position + 1 {
                return Err(corrupt(self.position + 1, "is missing"));
            }
            let mut rows = Writing::new(&mut self.tables);
            replay(entry, &mut rows, position).inspect_err(|_| rows.undo_all())?;
        }
        self.position = position;
        Ok(())
    }
}

fn replay(entry: Entry, rows: &mut Writing<'_>, position: u64) -> Result<()> {
    for write in entry.writes {
        if !matches!(write.replay(rows), Ok(true)) {
            return Err(corrupt(position, "does not fit those before it"));
        }
    }
    Ok(())
}
