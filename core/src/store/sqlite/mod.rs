//! The embedded store: one SQLite file.
//!
//! Write-ahead log, one writer with group commit (concurrent commits share one `fsync`), parallel
//! readers that cannot write, STRICT tables, foreign keys, and triggers that let no statement change
//! a message or an audit entry. Durability is full by default: what was acknowledged survives a loss
//! of power.
//!
//! Calls answer inline, on the caller's thread. A host with an event loop runs a whole operation on a
//! thread where it may block.

mod batch;
mod columns;
mod directory;
mod errors;
mod filter;
mod followups;
mod inbound;
mod open;
mod payments;
#[cfg(test)]
mod plans;
mod read;
mod rows;
mod text;
mod threads;
mod trail;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use rusqlite::Connection;

use crate::audit::AuditKeys;
use crate::error::{Code, Error, Result};
use crate::store::Store;
use crate::store::change::{ChangeSet, Outcome};
use crate::store::query::{Answer, Query};
pub(crate) use crate::store::sqlite::errors::store_error;
use crate::store::sqlite::writer::Writer;

/// When a commit counts as done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Synchronous {
    /// When the log is on the disk: what was acknowledged survives a loss of power.
    #[default]
    Full,
    /// When the log is with the operating system: what was acknowledged survives a crash of the
    /// process; after a loss of power the last commits may be missing, but nothing is damaged.
    Normal,
}

/// How a file is opened.
///
/// ```
/// use goodwill::SqliteOptions;
///
/// let options = SqliteOptions { integrity_check: true, ..SqliteOptions::default() };
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqliteOptions {
    /// When a commit counts as done.
    pub synchronous: Synchronous,
    /// Reads the whole file at opening and refuses one that is damaged.
    pub integrity_check: bool,
    /// Makes the file if there is none.
    pub create: bool,
    /// Opens the file for reading only: every commit fails with `store.read_only`.
    pub read_only: bool,
    /// How long to wait for another process that writes.
    pub busy_timeout: Duration,
    /// How many connections for reading are kept open.
    pub readers: usize,
    /// The most pages that the file may have, of 4 KiB each; 0 for no limit.
    pub max_pages: u32,
}

impl Default for SqliteOptions {
    fn default() -> Self {
        Self {
            synchronous: Synchronous::Full,
            integrity_check: false,
            create: true,
            read_only: false,
            busy_timeout: Duration::from_secs(5),
            readers: 32,
            max_pages: 0,
        }
    }
}

/// A store in one SQLite file.
///
/// ```
/// use goodwill::{AuditKey, Engine, SqliteStore};
///
/// let folder = tempfile::tempdir().unwrap();
/// let store = SqliteStore::open(folder.path().join("goodwill.db"))?;
/// let engine = Engine::new(store, AuditKey::from_bytes("k1", &[1; 32])?);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug)]
pub struct SqliteStore {
    path: PathBuf,
    options: SqliteOptions,
    readers: Mutex<Vec<Connection>>,
    // Closed last, so that it brings the log into the file: readers may not.
    writer: Writer,
}

impl SqliteStore {
    /// Opens a file, or makes it.
    ///
    /// # Errors
    /// `store.unavailable`, `store.not_a_database`, `store.foreign`, `store.newer_version`,
    /// `store.read_only`, `store.locked`, `store.corrupt`. The file is left as it was.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Self::open_with(path, SqliteOptions::default())
    }

    /// Opens a file with options of the caller's.
    ///
    /// # Errors
    /// As [`SqliteStore::open`].
    pub fn open_with(path: impl AsRef<Path>, options: SqliteOptions) -> Result<Self> {
        let path = path.as_ref().to_path_buf();
        let connection = open::writer(&path, &options)?;
        Ok(Self { path, options, writer: Writer::new(connection), readers: Mutex::default() })
    }

    /// Copies the database to a new file while it is in use. `progress` is told how many pages are
    /// done and how many there are.
    ///
    /// # Errors
    /// `store.unavailable` when the file exists or cannot be made, `store.full`.
    pub fn backup(&self, to: impl AsRef<Path>, mut progress: impl FnMut(u64, u64)) -> Result<()> {
        let to = to.as_ref();
        if to.exists() {
            return Err(Error::new(Code::StoreUnavailable, "the backup's file exists already"));
        }
        let mut copy = Connection::open(to).map_err(store_error)?;
        self.reading(|from| {
            let backup = rusqlite::backup::Backup::new(from, &mut copy).map_err(store_error)?;
            loop {
                let step = backup.step(256).map_err(store_error)?;
                let pages = backup.progress();
                let count = |pages: i32| u64::try_from(pages).unwrap_or(0);
                let total = count(pages.pagecount);
                progress(total.saturating_sub(count(pages.remaining)), total);
                if step == rusqlite::backup::StepResult::Done {
                    return Ok(());
                }
            }
        })
    }

    /// Gives a reading connection to a function.
    fn reading<T>(&self, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let kept = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match kept {
            Some(connection) => connection,
            None => open::reader(&self.path, &self.options)?,
        };
        let result = read(&connection);
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < self.options.readers && connection.is_autocommit() {
            readers.push(connection);
        }
        result
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn read(&self, query: Query) -> Result<Answer> {
        self.reading(|connection| read::answer(connection, query))
    }

    async fn commit(&self, changes: ChangeSet, keys: &AuditKeys) -> Result<Outcome> {
        if self.options.read_only {
            return Err(Error::new(Code::StoreReadOnly, "the file was opened for reading only"));
        }
        self.writer.commit(changes, keys).await
    }
}
