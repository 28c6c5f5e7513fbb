//! Lists as tables: the form of an answer that JavaScript reads fastest.
//!
//! In a packed answer a list of [`FEWEST`] records or more is a table when it is the result or a field
//! of the result: `{"rows": n, "columns": {"field": column, …}}`. A column is one of
//!
//! - `[v, …]`: a value for each row;
//! - `{"of": [v]}`: one value for all rows;
//! - `{"of": [v, …], "at": "#$# …"}`: few values, and for each row which one it has: `#` is the first,
//!   `$` the second and so on in the order of ASCII; a space stands where the field is absent;
//! - `{"of": [v, …], "from": n, "absent": [row, …]}`: a value for each row, where `n`, if it is there,
//!   is to be added to what is not `null`, and the rows named, if any, have no such field.
//!
//! An instant that is a field of a record is in milliseconds since 1970. Everything else, and what
//! stands inside of a value, is as in the plain form. Packing changes how a result is written, never
//! what is in it: it is given the finished views.

mod table;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::Serialize;
use serde::ser::{self, Impossible, SerializeSeq, SerializeStruct, Serializer};

use crate::ops::packed::table::{Cell, Column, Table, text};

/// Shorter lists stay as they are.
pub(super) const FEWEST: usize = 16;

/// Writes a result in the packed form.
///
/// # Errors
/// Those of [`serde_json::to_writer`].
pub(super) fn write(out: &mut Vec<u8>, result: &impl Serialize) -> serde_json::Result<()> {
    part(out, result, |out| Part::Result(out))
}

/// Writes a part of a result as tables, if it can have that form.
fn part<T: Serialize + ?Sized>(
    out: &mut Vec<u8>,
    value: &T,
    of: impl FnOnce(&mut Vec<u8>) -> Part<'_>,
) -> serde_json::Result<()> {
    let begun = out.len();
    if value.serialize(of(out)).is_ok() {
        return Ok(());
    }
    out.truncate(begun);
    serde_json::to_writer(out, value)
}

/// What is written has the plain form.
#[derive(Debug)]
struct Plain;

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what is written has the plain form")
    }
}

impl std::error::Error for Plain {}

impl ser::Error for Plain {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// What is being written; it takes no other form than its own.
#[derive(Debug)]
enum Part<'a> {
    /// The result: a list of records, or a record with such lists.
    Result(&'a mut Vec<u8>),
    /// A field of the result: a list of records.
    Field(&'a mut Vec<u8>),
    /// A row: a record.
    Row(&'a mut Table),
    /// A field of a row: a value without anything inside.
    Cell(&'a mut Column),
}

impl Part<'_> {
    #[inline]
    fn cell(self, cell: Cell<'_>) -> Result<(), Plain> {
        match self {
            Self::Cell(column) => {
                column.push(cell);
                Ok(())
            }
            _ => Err(Plain),
        }
    }
}

/// Declares methods that write a cell, and methods that refuse.
macro_rules! scalars {
    ($($method:ident $type:ty => |$value:ident| $cell:expr;)+) => {
        $(fn $method(self, $value: $type) -> Result<(), Plain> { self.cell($cell) })+
    };
}

impl<'a> Serializer for Part<'a> {
    type Ok = ();
    type Error = Plain;
    type SerializeSeq = Rows<'a>;
    type SerializeTuple = Impossible<(), Plain>;
    type SerializeTupleStruct = Impossible<(), Plain>;
    type SerializeTupleVariant = Impossible<(), Plain>;
    type SerializeMap = Impossible<(), Plain>;
    type SerializeStruct = Fields<'a>;
    type SerializeStructVariant = Impossible<(), Plain>;

    /// A cell is none: instants are numbers there.
    fn is_human_readable(&self) -> bool {
        !matches!(self, Self::Cell(_))
    }

    scalars! {
        serialize_bool bool => |value| Cell::Boolean(value);
        serialize_i8 i8 => |value| Cell::Integer(value.into());
        serialize_i16 i16 => |value| Cell::Integer(value.into());
        serialize_i32 i32 => |value| Cell::Integer(value.into());
        serialize_i64 i64 => |value| Cell::Integer(value);
        serialize_u8 u8 => |value| Cell::Natural(value.into());
        serialize_u16 u16 => |value| Cell::Natural(value.into());
        serialize_u32 u32 => |value| Cell::Natural(value.into());
        serialize_u64 u64 => |value| Cell::Natural(value);
        serialize_str &str => |value| Cell::Text(value.into());
    }

    fn serialize_none(self) -> Result<(), Plain> {
        self.cell(Cell::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Plain> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Plain> {
        self.cell(Cell::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Plain> {
        self.cell(Cell::Text(variant.into()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Plain> {
        value.serialize(self)
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Rows<'a>, Plain> {
        match (self, len) {
            (Self::Result(out) | Self::Field(out), Some(len)) if len >= FEWEST => {
                Ok(Rows::Of(out, Table::new(len)))
            }
            (Self::Cell(column), Some(0)) => {
                column.push(Cell::Json(b"[]".into()));
                Ok(Rows::Nothing)
            }
            _ => Err(Plain),
        }
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields<'a>, Plain> {
        match self {
            Self::Result(out) => {
                out.push(b'{');
                Ok(Fields::OfResult { out, first: true })
            }
            Self::Row(table) => Ok(Fields::OfRow { table, next: 0, fields: 0 }),
            _ => Err(Plain),
        }
    }

    fn serialize_f32(self, _: f32) -> Result<(), Plain> {
        Err(Plain)
    }

    fn serialize_f64(self, _: f64) -> Result<(), Plain> {
        Err(Plain)
    }

    fn serialize_char(self, _: char) -> Result<(), Plain> {
        Err(Plain)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Plain> {
        Err(Plain)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Plain> {
        Err(Plain)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Plain> {
        Err(Plain)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Plain> {
        Err(Plain)
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Plain> {
        Err(Plain)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Plain> {
        Err(Plain)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Plain> {
        Err(Plain)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Plain> {
        Err(Plain)
    }
}

/// The elements of a list.
#[derive(Debug)]
enum Rows<'a> {
    Of(&'a mut Vec<u8>, Table),
    Nothing,
}

impl SerializeSeq for Rows<'_> {
    type Ok = ();
    type Error = Plain;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Plain> {
        match self {
            Self::Of(_, table) => value.serialize(Part::Row(table)),
            Self::Nothing => Err(Plain),
        }
    }

    fn end(self) -> Result<(), Plain> {
        if let Self::Of(out, table) = self {
            table.write(out);
        }
        Ok(())
    }
}

/// The fields of a record; the next one of a row is looked for at the place `next` first.
#[derive(Debug)]
enum Fields<'a> {
    OfResult { out: &'a mut Vec<u8>, first: bool },
    OfRow { table: &'a mut Table, next: usize, fields: usize },
}

impl SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = Plain;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Plain> {
        match self {
            Self::OfResult { out, first } => {
                if !std::mem::take(first) {
                    out.push(b',');
                }
                text(out, key);
                out.push(b':');
                part(out, value, |out| Part::Field(out)).map_err(|_| Plain)
            }
            Self::OfRow { table, next, fields } => {
                let place = table.place_of(*next, key);
                *next = place + 1;
                *fields += 1;
                let column = table.column(place).ok_or(Plain)?;
                if value.serialize(Part::Cell(column)).is_ok() {
                    return Ok(());
                }
                let mut written = std::mem::take(&mut table.scratch);
                written.clear();
                serde_json::to_writer(&mut written, value).map_err(|_| Plain)?;
                let column = table.column(place).ok_or(Plain)?;
                column.push(Cell::Json(written.as_slice().into()));
                table.scratch = written;
                Ok(())
            }
        }
    }

    /// What a row does not have is known at its end.
    fn skip_field(&mut self, _: &'static str) -> Result<(), Plain> {
        Ok(())
    }

    fn end(self) -> Result<(), Plain> {
        match self {
            Self::OfResult { out, .. } => out.push(b'}'),
            Self::OfRow { table, fields, .. } => table.end_row(fields),
        }
        Ok(())
    }
}
