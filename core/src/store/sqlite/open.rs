//! Opening files, and bringing older ones up to date.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::error::{Code, Error, Result};
use crate::store::sqlite::errors::store_error;
use crate::store::sqlite::{SqliteOptions, Synchronous};

/// Marks a file as ours: "Gwll".
const APPLICATION: i64 = 0x4777_6c6c;

/// What makes an empty file version 1, version 1 version 2, and so on. An entry never changes once
/// it has been released.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
    include_str!("migrations/0005.sql"),
];

/// The connection that writes.
pub(super) fn writer(path: &Path, options: &SqliteOptions) -> Result<Connection> {
    if path.is_dir() {
        return Err(Error::new(Code::StoreUnavailable, "the path is a folder"));
    }
    let mut flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if options.read_only {
        flags |= OpenFlags::SQLITE_OPEN_READ_ONLY;
    } else {
        flags |= OpenFlags::SQLITE_OPEN_READ_WRITE;
        if options.create {
            flags |= OpenFlags::SQLITE_OPEN_CREATE;
        }
    }
    let existed = path.metadata().is_ok_and(|file| file.len() > 0);
    let mut connection = Connection::open_with_flags(path, flags).map_err(store_error)?;
    connection.busy_timeout(options.busy_timeout).map_err(store_error)?;
    let number = |name: &str| -> Result<i64> {
        connection.pragma_query_value(None, name, |row| row.get(0)).map_err(store_error)
    };
    // Nothing is written before the file is known to be ours.
    let (application, version) = (number("application_id")?, number("user_version")?);
    let newest = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if existed && application != APPLICATION {
        return Err(Error::new(Code::StoreForeign, "the file is another program's database"));
    }
    if version > newest {
        return Err(Error::new(
            Code::StoreNewerVersion,
            "the file was written by a newer version of this library",
        )
        .with("version", version)
        .with("accepted", newest));
    }
    if options.integrity_check && existed {
        let said: String = connection
            .pragma_query_value(None, "integrity_check", |row| row.get(0))
            .map_err(store_error)?;
        if said != "ok" {
            return Err(Error::new(Code::StoreCorrupt, "the stored data is damaged"));
        }
    }
    if options.read_only {
        if version < newest {
            return Err(Error::new(
                Code::StoreReadOnly,
                "the file must be brought up to date, but was opened for reading only",
            ));
        }
    } else {
        settings(&connection, options)?;
        migrate(&mut connection, usize::try_from(version).unwrap_or(0))?;
    }
    statements(&connection)?;
    Ok(connection)
}

/// Keeps prepared statements, with plans that do not depend on the values bound to them: otherwise
/// each binding to a partial index's column would prepare its statement anew.
fn statements(connection: &Connection) -> Result<()> {
    connection.set_prepared_statement_cache_capacity(128);
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map_err(store_error)
        .map(drop)
}

fn settings(connection: &Connection, options: &SqliteOptions) -> Result<()> {
    let synchronous = match options.synchronous {
        Synchronous::Full => "FULL",
        Synchronous::Normal => "NORMAL",
    };
    let mode: String = connection
        .pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))
        .map_err(store_error)?;
    if mode != "wal" {
        return Err(Error::new(Code::StoreUnavailable, "the file cannot have a write-ahead log"));
    }
    let set = |name: &str, value: &dyn rusqlite::ToSql| {
        connection.pragma_update(None, name, value).map_err(store_error)
    };
    set("synchronous", &synchronous)?;
    set("foreign_keys", &true)?;
    set("secure_delete", &true)?;
    set("cache_size", &-16_384)?;
    set("temp_store", &"MEMORY")?;
    // Larger steps of the log keep checkpoints off most commits.
    set("wal_autocheckpoint", &8_000)?;
    if options.max_pages > 0 {
        connection
            .pragma_update_and_check(None, "max_page_count", options.max_pages, |_| Ok(()))
            .map_err(store_error)?;
    }
    Ok(())
}

/// Brings a file up to date in one transaction: either it is, or it is as it was.
fn migrate(connection: &mut Connection, version: usize) -> Result<()> {
    if version >= MIGRATIONS.len() {
        return Ok(());
    }
    let transaction = connection
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .map_err(store_error)?;
    // Another process may have been faster.
    let version: usize = transaction
        .pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0))
        .map_err(store_error)
        .map(|version| version as usize)?
        .max(version);
    for migration in MIGRATIONS.iter().skip(version) {
        transaction.execute_batch(migration).map_err(store_error)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION).map_err(store_error)?;
    transaction
        .pragma_update(None, "user_version", u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX))
        .map_err(store_error)?;
    transaction.commit().map_err(store_error)
}

/// A connection that reads.
pub(super) fn reader(path: &Path, options: &SqliteOptions) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(store_error)?;
    connection.busy_timeout(options.busy_timeout).map_err(store_error)?;
    connection.pragma_update(None, "query_only", true).map_err(store_error)?;
    connection.pragma_update(None, "cache_size", -8_192).map_err(store_error)?;
    connection.pragma_update(None, "temp_store", "MEMORY").map_err(store_error)?;
    statements(&connection)?;
    Ok(connection)
}
