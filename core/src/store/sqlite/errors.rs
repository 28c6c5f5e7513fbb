//! What SQLite says, as our errors. Its messages name tables and columns, never values.

use rusqlite::ErrorCode;

use crate::error::{Code, Error};

/// The error for a failure of SQLite.
pub(crate) fn store_error(error: rusqlite::Error) -> Error {
    let code = match &error {
        rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
            ErrorCode::DiskFull => Code::StoreFull,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Code::StoreReadOnly,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Code::StoreLocked,
            ErrorCode::NotADatabase => Code::StoreNotADatabase,
            ErrorCode::DatabaseCorrupt => Code::StoreCorrupt,
            ErrorCode::CannotOpen
            | ErrorCode::SystemIoFailure
            | ErrorCode::FileLockingProtocolFailed => Code::StoreUnavailable,
            _ => Code::Internal,
        },
        rusqlite::Error::InvalidColumnType(..)
        | rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::IntegralValueOutOfRange(..)
        | rusqlite::Error::Utf8Error(..) => Code::StoreCorrupt,
        _ => Code::Internal,
    };
    let message = match (&error, code) {
        (_, Code::StoreFull) => "the disk, or the file's size limit, is full",
        (_, Code::StoreReadOnly) => "the file cannot be written",
        (_, Code::StoreLocked) => "another process holds the file",
        (_, Code::StoreNotADatabase) => "the file is not a database",
        (_, Code::StoreCorrupt) => "the stored data is damaged",
        (_, Code::StoreUnavailable) => "the file cannot be opened, read or written",
        (rusqlite::Error::SqliteFailure(failure, said), _) => {
            let said = said.clone().unwrap_or_default();
            return Error::internal(format!("SQLite error {}: {said}", failure.extended_code));
        }
        _ => return Error::internal("a statement and its values do not fit together"),
    };
    Error::new(code, message)
}

/// A stored value that nothing of ours writes.
pub(super) fn corrupt() -> Error {
    Error::new(Code::StoreCorrupt, "a stored value is not one of its kind")
}
