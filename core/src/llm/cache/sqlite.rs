//! A cache in a SQLite file of its own.

use std::fmt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};

use super::{CacheKey, CacheRow, ResponseCache};
use crate::error::{Code, Error, Result};
use crate::store::sqlite::store_error;
use crate::time::Timestamp;

/// Marks a file as ours: "Gwla".
const APPLICATION: i64 = 0x4777_6c61;

/// The version of the tables. A file of another one is emptied: it holds nothing that could not be
/// asked for again.
const VERSION: i64 = 1;

const TABLES: &str = "
    DROP TABLE IF EXISTS tags;
    DROP TABLE IF EXISTS answers;
    CREATE TABLE answers (
        number INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        body BLOB NOT NULL,
        stored INTEGER NOT NULL,
        expires INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX answers_by_end ON answers (expires);
    CREATE TABLE tags (
        tag BLOB NOT NULL,
        answer INTEGER NOT NULL REFERENCES answers (number) ON DELETE CASCADE,
        PRIMARY KEY (tag, answer)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX tags_by_answer ON tags (answer);
";

/// Keeps answers in a SQLite file, so that they outlive the process, and that processes share them.
///
/// The file is beside whatever the engine's records are in: memory, SQLite or a host's log. Answers
/// are no records. They are not in backups, may be deleted with their file at any time, and an
/// erasure leaves nothing of them behind. Tags are kept as hashes, so that the file names nobody.
///
/// ```
/// use std::sync::Arc;
/// use goodwill::llm::{Assistant, ManualSleeper, SqliteCache};
///
/// let folder = tempfile::tempdir().unwrap();
/// let cache = SqliteCache::open(folder.path().join("answers.db"), 10_000)?;
/// # let clock = Arc::new(goodwill::ManualClock::new("2026-03-01T08:00:00Z".parse()?));
/// # let runtime = ManualSleeper::new(clock).runtime();
/// let assistant = Assistant::new(runtime).cached(Arc::new(cache), "office");
/// # Ok::<(), goodwill::Error>(())
/// ```
pub struct SqliteCache {
    connection: Mutex<Connection>,
    most_rows: u32,
}

impl SqliteCache {
    /// Opens a file, or makes it, with room for so many rows: those that were stored first make room
    /// in their turn.
    ///
    /// # Errors
    /// `store.unavailable`, `store.not_a_database`, `store.read_only`, `store.locked`, and
    /// `store.foreign` for a file that is not one of these. It is left as it was.
    pub fn open(path: impl AsRef<Path>, most_rows: u32) -> Result<Self> {
        let path = path.as_ref();
        let existed = path.metadata().is_ok_and(|file| file.len() > 0);
        let mut connection = Connection::open(path).map_err(store_error)?;
        connection.busy_timeout(Duration::from_secs(5)).map_err(store_error)?;
        let number = |name: &str| -> Result<i64> {
            connection.pragma_query_value(None, name, |row| row.get(0)).map_err(store_error)
        };
        let (application, version) = (number("application_id")?, number("user_version")?);
        if existed && application != APPLICATION {
            return Err(Error::new(Code::StoreForeign, "the file is another program's database"));
        }
        connection
            .pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))
            .map_err(store_error)?;
        let set = |name: &str, value: &dyn rusqlite::ToSql| {
            connection.pragma_update(None, name, value).map_err(store_error)
        };
        // What a loss of power takes is asked for again.
        set("synchronous", &"NORMAL")?;
        set("foreign_keys", &true)?;
        set("secure_delete", &true)?;
        if version != VERSION {
            let begun = connection.transaction().map_err(store_error)?;
            begun.execute_batch(TABLES).map_err(store_error)?;
            begun.pragma_update(None, "application_id", APPLICATION).map_err(store_error)?;
            begun.pragma_update(None, "user_version", VERSION).map_err(store_error)?;
            begun.commit().map_err(store_error)?;
        }
        Ok(Self { connection: Mutex::new(connection), most_rows })
    }

    /// The rows that are kept now, those included that are too old.
    ///
    /// # Errors
    /// Those of the file.
    pub fn len(&self) -> Result<u64> {
        let count = "SELECT count(*) FROM answers";
        self.lock().query_row(count, [], |row| row.get(0)).map_err(store_error)
    }

    /// Whether nothing is kept.
    ///
    /// # Errors
    /// Those of the file.
    pub fn is_empty(&self) -> Result<bool> {
        Ok(self.len()? == 0)
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, key: &CacheKey, row: &CacheRow) -> Result<()> {
        let mut connection = self.lock();
        let begun = connection.transaction().map_err(store_error)?;
        let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| {
            begun.prepare_cached(sql)?.execute(values).map(drop)
        };
        let written = (|| {
            let now = row.stored.as_millis();
            run("DELETE FROM answers WHERE key = ?1 OR expires <= ?2", &[&key.as_str(), &now])?;
            run(
                "INSERT INTO answers (key, body, stored, expires) VALUES (?1, ?2, ?3, ?4)",
                &[&key.as_str(), &row.body, &now, &row.expires.as_millis()],
            )?;
            let number = begun.last_insert_rowid();
            for tag in &row.tags {
                run("INSERT INTO tags (tag, answer) VALUES (?1, ?2)", &[&hashed(tag), &number])?;
            }
            run(
                "DELETE FROM answers WHERE number <= \
                 (SELECT number FROM answers ORDER BY number DESC LIMIT 1 OFFSET ?1)",
                &[&self.most_rows],
            )
        })();
        written.map_err(store_error)?;
        begun.commit().map_err(store_error)
    }
}

/// A tag as the file has it.
fn hashed(tag: &str) -> Vec<u8> {
    Sha256::digest(tag.as_bytes()).to_vec()
}

impl fmt::Debug for SqliteCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteCache").field("most_rows", &self.most_rows).finish_non_exhaustive()
    }
}

#[async_trait]
impl ResponseCache for SqliteCache {
    async fn get(&self, key: &CacheKey) -> Result<Option<CacheRow>> {
        let connection = self.lock();
        let found = connection
            .prepare_cached("SELECT body, stored, expires FROM answers WHERE key = ?1")
            .and_then(|mut statement| {
                let row = statement.query_row(params![key.as_str()], |row| {
                    Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
                });
                row.optional()
            });
        let Some((body, stored, expires)) = found.map_err(store_error)? else { return Ok(None) };
        let (stored, expires) = (Timestamp::from_millis(stored)?, Timestamp::from_millis(expires)?);
        // Whoever reads an answer does not ask whom it is about.
        Ok(Some(CacheRow { body, stored, expires, tags: Default::default() }))
    }

    async fn put(&self, key: &CacheKey, row: CacheRow) -> Result<()> {
        self.keep(key, &row)
    }

    async fn erase(&self, tag: &str) -> Result<u64> {
        let connection = self.lock();
        let erased = connection
            .execute(
                "DELETE FROM answers WHERE number IN (SELECT answer FROM tags WHERE tag = ?1)",
                params![hashed(tag)],
            )
            .map_err(store_error)?;
        // Nothing of it stays in the write-ahead log either.
        connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .map_err(store_error)?;
        Ok(u64::try_from(erased).unwrap_or(u64::MAX))
    }
}
