//! Values of ours as values of columns, and back.

use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Value, ValueRef};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::ids::{Id, Kind};
use crate::store::sqlite::errors::{corrupt, store_error};
use crate::time::Timestamp;

/// An id or another UUID as 16 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Bytes(pub(super) Uuid);

impl ToSql for Bytes {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.0.as_bytes())))
    }
}

impl FromSql for Bytes {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Uuid::from_slice(value.as_blob()?).map(Self).map_err(|_| FromSqlError::InvalidType)
    }
}

impl<K: Kind> From<Id<K>> for Bytes {
    fn from(id: Id<K>) -> Self {
        Self(id.uuid())
    }
}

/// The 16 bytes of an id.
pub(super) fn id<K: Kind>(id: Id<K>) -> Bytes {
    id.into()
}

/// The 16 bytes of an id that may be absent.
pub(super) fn maybe_id<K: Kind>(id: Option<Id<K>>) -> Option<Bytes> {
    id.map(Bytes::from)
}

/// The 16 bytes of an id as a value to bind.
pub(super) fn id_value<K: Kind>(id: Id<K>) -> Value {
    Value::Blob(id.uuid().as_bytes().to_vec())
}

/// The milliseconds of an instant that may be absent.
pub(super) fn millis(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::as_millis)
}

/// JSON text.
pub(super) fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|_| Error::internal("a record is not JSON"))
}

/// A row, read column by column from the left.
pub(super) struct Columns<'r, 's> {
    row: &'r Row<'s>,
    next: usize,
}

impl<'r, 's> Columns<'r, 's> {
    pub(super) fn of(row: &'r Row<'s>) -> Self {
        Self { row, next: 0 }
    }

    fn next(&mut self) -> Result<ValueRef<'r>> {
        let value = self.row.get_ref(self.next).map_err(store_error)?;
        self.next += 1;
        Ok(value)
    }

    pub(super) fn value<T: FromSql>(&mut self) -> Result<T> {
        T::column_result(self.next()?).map_err(|_| corrupt())
    }

    pub(super) fn id<K: Kind>(&mut self) -> Result<Id<K>> {
        self.value::<Bytes>().map(|bytes| Id::from_uuid(bytes.0))
    }

    pub(super) fn maybe_id<K: Kind>(&mut self) -> Result<Option<Id<K>>> {
        self.value::<Option<Bytes>>().map(|bytes| bytes.map(|bytes| Id::from_uuid(bytes.0)))
    }

    pub(super) fn at(&mut self) -> Result<Timestamp> {
        Timestamp::from_millis(self.value()?).map_err(|_| corrupt())
    }

    pub(super) fn maybe_at(&mut self) -> Result<Option<Timestamp>> {
        let millis: Option<i64> = self.value()?;
        millis.map(Timestamp::from_millis).transpose().map_err(|_| corrupt())
    }

    /// A value of an enumeration, by its number.
    pub(super) fn one_of<T>(&mut self, from_number: fn(u8) -> Option<T>) -> Result<T> {
        from_number(self.value()?).ok_or_else(corrupt)
    }

    pub(super) fn json<T: DeserializeOwned>(&mut self) -> Result<T> {
        let text = self.next()?.as_str().map_err(|_| corrupt())?;
        serde_json::from_str(text).map_err(|_| corrupt())
    }
}
