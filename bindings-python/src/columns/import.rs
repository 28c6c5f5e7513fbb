//! Arrow arrays and streams in.

use std::sync::Arc;

use goodwill::ops::columns::{Column, Slice, Texts, Values};
use goodwill::{Error, Result};
use pyo3::prelude::*;

use super::interface::{ARRAY, ArrowArray, ArrowArrayStream, ArrowSchema, SCHEMA, STREAM, text};
use super::memory::{Owner, borrowed};
use super::{cell_error, column_error, joined, unit_of_letter};

/// Columns by name, and whether they are those of a frame.
type Columns = (Vec<(String, Column)>, bool);

/// The column of an object with `__arrow_c_array__`.
pub(super) fn array(name: &str, object: &Bound<'_, PyAny>) -> PyResult<Result<Column>> {
    let (schema, array): (Bound<'_, PyAny>, Bound<'_, PyAny>) =
        object.call_method0("__arrow_c_array__")?.extract()?;
    let schema = ArrowSchema::take(&schema, SCHEMA)?;
    let array = Arc::new(ArrowArray::take(&array, ARRAY)?);
    let owner: Owner = array.clone();
    Ok(Piece { name, schema: &schema, array: &array, owner: &owner }.read())
}

/// The columns of an object with `__arrow_c_stream__`, and whether it has any names: a frame has.
pub(super) fn stream(name: &str, object: &Bound<'_, PyAny>) -> PyResult<Result<Columns>> {
    let capsule = object.call_method0("__arrow_c_stream__")?;
    let stream = ArrowArrayStream::take(&capsule, STREAM)?;
    // What is behind a stream may be a query that takes its time, and may want the lock.
    Ok(object.py().detach(move || read_stream(name, stream)))
}

fn read_stream(name: &str, mut stream: ArrowArrayStream) -> Result<Columns> {
    let (Some(get_schema), Some(get_next)) = (stream.get_schema, stream.get_next) else {
        return Err(column_error(name, "an Arrow stream that was not read before"));
    };
    let mut schema = ArrowSchema::empty();
    // SAFETY: the stream is not released, and the schema is there to be filled.
    if unsafe { get_schema(&mut stream, &mut schema) } != 0 {
        return Err(failed(name, &mut stream));
    }
    let frame = schema.format() == "+s";
    let fields = if frame { schema.children() } else { vec![&schema] };
    let mut columns: Vec<(String, Vec<Column>)> =
        fields.iter().map(|field| (field.name().to_owned(), Vec::new())).collect();
    let mut rows = 0;
    loop {
        let mut array = ArrowArray::empty();
        // SAFETY: as above.
        if unsafe { get_next(&mut stream, &mut array) } != 0 {
            return Err(failed(name, &mut stream));
        }
        if array.release.is_none() {
            break;
        }
        let array = Arc::new(array);
        let owner: Owner = array.clone();
        let arrays = if frame { array.children() } else { vec![&*array] };
        if arrays.len() != fields.len() {
            return Err(column_error(name, "an Arrow stream with an array for each field"));
        }
        for ((column, schema), piece) in columns.iter_mut().zip(&fields).zip(arrays) {
            let name = if frame { column.0.as_str() } else { name };
            let read = Piece { name, schema, array: piece, owner: &owner };
            let shift = if frame { (array.offset, Some(array.length)) } else { (0, None) };
            column.1.push(read.part(shift.0, shift.1).map_err(|error| later(error, rows))?);
        }
        rows += usize::try_from(array.length).unwrap_or(0);
    }
    let mut all = Vec::with_capacity(columns.len());
    for ((name, mut pieces), schema) in columns.into_iter().zip(fields) {
        if pieces.is_empty() {
            // No rows, but a kind.
            let none = Arc::new(ArrowArray::empty());
            let owner: Owner = none.clone();
            pieces.push(Piece { name: &name, schema, array: &none, owner: &owner }.read()?);
        }
        all.push((name, joined(pieces)));
    }
    Ok((all, frame))
}

/// The row of the whole column.
fn later(error: Error, rows: usize) -> Error {
    match error.details().get("row").and_then(serde_json::Value::as_u64) {
        Some(row) => error.with("row", row + rows as u64),
        None => error,
    }
}

fn failed(name: &str, stream: &mut ArrowArrayStream) -> Error {
    let said = stream.get_last_error.and_then(|last_error| {
        // SAFETY: asked right after a failure, before anything else.
        let said = unsafe { last_error(stream) };
        // SAFETY: null or a C string, which lives until the next call.
        unsafe { text(stream, said) }.map(str::to_owned)
    });
    // What a query's engine says may hold anything, so that only that it failed is passed on.
    let accepted = if said.is_some() {
        "a stream that can be read; its source said no"
    } else {
        "a stream that can be read"
    };
    column_error(name, accepted)
}

/// A piece of a column, and who keeps it.
struct Piece<'a> {
    name: &'a str,
    schema: &'a ArrowSchema,
    array: &'a ArrowArray,
    owner: &'a Owner,
}

/// Rows of a piece.
#[derive(Clone, Copy)]
struct Rows {
    offset: usize,
    length: usize,
}

impl Piece<'_> {
    fn read(&self) -> Result<Column> {
        self.part(0, None)
    }

    /// The rows from `shift`, as many as `length` says.
    fn part(&self, shift: i64, length: Option<i64>) -> Result<Column> {
        let size = |number: i64| usize::try_from(number).map_err(|_| self.broken());
        let rows = Rows {
            offset: size(self.array.offset.checked_add(shift).unwrap_or(-1))?,
            length: size(length.unwrap_or(self.array.length))?,
        };
        if self.array.length < shift.saturating_add(length.unwrap_or(0)) {
            return Err(self.broken());
        }
        Ok(Column { values: self.values(rows)?, valid: self.valid(rows)? })
    }

    fn broken(&self) -> Error {
        column_error(self.name, "a well-formed Arrow array")
    }

    fn refused(&self) -> Error {
        let accepted =
            "booleans, integers, floats, decimals, texts, dictionaries, dates or timestamps";
        column_error(self.name, accepted)
    }

    /// Which rows are not null; none if all are.
    fn valid(&self, Rows { offset, length }: Rows) -> Result<Option<Slice<bool>>> {
        let bits: *const u8 = self.array.buffer(0).cast();
        if self.array.null_count == 0 || bits.is_null() || self.schema.format() == "n" {
            return Ok(None);
        }
        // SAFETY: a validity buffer has a bit for every row up to the last.
        let valid: Vec<bool> = (0..length).map(|row| unsafe { bit(bits, offset + row) }).collect();
        Ok(valid.contains(&false).then(|| valid.into()))
    }

    /// The values of a buffer.
    fn slice<T: Send + Sync + Copy + 'static>(
        &self,
        buffer: usize,
        rows: Rows,
    ) -> Result<Slice<T>> {
        let Rows { offset, length } = rows;
        let first: *const T = self.array.buffer(buffer).cast();
        if first.is_null() {
            return if length == 0 { Ok(Vec::new().into()) } else { Err(self.broken()) };
        }
        // SAFETY: the buffer has a value for every row up to the last, as long as the owner lives.
        unsafe {
            let first = first.add(offset);
            Ok(borrowed(first, length, self.owner).unwrap_or_else(|| {
                (0..length).map(|row| first.add(row).read_unaligned()).collect()
            }))
        }
    }

    fn integers<T: Send + Sync + Copy + Into<i64> + 'static>(&self, rows: Rows) -> Result<Values> {
        let values = self.slice::<T>(1, rows)?;
        Ok(Values::Integers(values.iter().map(|value| (*value).into()).collect()))
    }

    fn values(&self, rows: Rows) -> Result<Values> {
        if let (Some(schema), Some(array)) = (self.schema.dictionary(), self.array.dictionary()) {
            let of = Piece { schema, array, ..*self }.read()?;
            return self.coded(rows, of);
        }
        if self.schema.dictionary().is_some() {
            return if rows.length == 0 { Ok(Values::Nulls(0)) } else { Err(self.broken()) };
        }
        match self.schema.format() {
            "n" => Ok(Values::Nulls(rows.length)),
            "b" => self.booleans(rows),
            "f" => {
                let values = self.slice::<f32>(1, rows)?;
                Ok(Values::Floats(values.iter().map(|value| f64::from(*value)).collect()))
            }
            "g" => Ok(Values::Floats(self.slice(1, rows)?)),
            "u" => {
                let Rows { offset, length } = rows;
                let offsets = self
                    .slice::<i32>(1, Rows { offset, length: length + usize::from(length > 0) })?;
                self.texts(offsets.iter().map(|at| i64::from(*at)).collect())
            }
            "U" => {
                let Rows { offset, length } = rows;
                self.texts(
                    self.slice(1, Rows { offset, length: length + usize::from(length > 0) })?,
                )
            }
            "vu" => self.views(rows),
            "w:16" => self.uuids(rows),
            "tdD" => Ok(Values::Days(self.slice(1, rows)?)),
            "tdm" => {
                let day =
                    |millis: &i64| i32::try_from(millis.div_euclid(86_400_000)).unwrap_or(i32::MAX);
                Ok(Values::Days(self.slice(1, rows)?.iter().map(day).collect()))
            }
            format => {
                if let Some(format) = format.strip_prefix("d:") {
                    return self.decimals(rows, format);
                }
                if let Some((unit, zone)) =
                    format.strip_prefix("ts").and_then(|rest| rest.split_once(':'))
                {
                    let unit = unit_of_letter(unit).ok_or_else(|| self.refused())?;
                    let ticks = self.slice(1, rows)?;
                    return Ok(match zone {
                        "" => Values::Local(ticks, unit),
                        zone => Values::Instants(ticks, unit, zone.into()),
                    });
                }
                self.whole(rows)
            }
        }
    }

    fn whole(&self, rows: Rows) -> Result<Values> {
        match self.schema.format() {
            "c" => self.integers::<i8>(rows),
            "C" => Ok(Values::Bytes(self.slice(1, rows)?)),
            "s" => self.integers::<i16>(rows),
            "S" => Ok(Values::Shorts(self.slice(1, rows)?)),
            "i" => self.integers::<i32>(rows),
            "I" => Ok(Values::Counts(self.slice(1, rows)?)),
            "l" => Ok(Values::Integers(self.slice(1, rows)?)),
            "L" => {
                let valid = self.valid(rows)?;
                unsigned(self.name, &self.slice::<u64>(1, rows)?, valid.as_deref())
            }
            _ => Err(self.refused()),
        }
    }

    fn booleans(&self, Rows { offset, length }: Rows) -> Result<Values> {
        let bits: *const u8 = self.array.buffer(1).cast();
        if bits.is_null() && length > 0 {
            return Err(self.broken());
        }
        // SAFETY: the buffer has a bit for every row up to the last.
        Ok(Values::Flags((0..length).map(|row| unsafe { bit(bits, offset + row) }).collect()))
    }

    fn decimals(&self, rows: Rows, format: &str) -> Result<Values> {
        let mut numbers = format.split(',').skip(1).map(|number| number.parse::<i32>().ok());
        let scale = numbers.next().flatten().ok_or_else(|| self.broken())?;
        let bits = numbers.next().flatten().unwrap_or(128);
        let scale =
            u8::try_from(scale).ok().filter(|scale| *scale <= 38).ok_or_else(|| self.refused())?;
        let values = match bits {
            32 => self.slice::<i32>(1, rows)?.iter().map(|value| i128::from(*value)).collect(),
            64 => self.slice::<i64>(1, rows)?.iter().map(|value| i128::from(*value)).collect(),
            128 => self.slice::<i128>(1, rows)?,
            _ => return Err(self.refused()),
        };
        Ok(Values::Decimals(values, scale))
    }

    fn texts(&self, offsets: Slice<i64>) -> Result<Values> {
        let end =
            offsets.last().map_or(Ok(0), |end| usize::try_from(*end).map_err(|_| self.broken()))?;
        let bytes: Slice<u8> = if end == 0 {
            Slice::default()
        } else {
            // SAFETY: the buffer of bytes goes up to the last offset.
            let bytes = unsafe { borrowed(self.array.buffer(2).cast(), end, self.owner) };
            bytes.ok_or_else(|| self.broken())?
        };
        let offsets = if offsets.is_empty() { vec![0].into() } else { offsets };
        Texts::of_bytes(bytes, offsets).map(Values::Texts).ok_or_else(|| self.broken())
    }

    fn views(&self, rows: Rows) -> Result<Values> {
        let views = self.slice::<[u8; 16]>(1, rows)?;
        let valid = self.valid(rows)?;
        let number = |view: &[u8; 16], at: usize| {
            let bytes = view.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
            bytes.map_or(0, i32::from_ne_bytes).max(0) as usize
        };
        let mut failed = false;
        let texts = Texts::from_iter(views.iter().enumerate().map(|(row, view)| {
            let length = number(view, 0);
            if valid.as_ref().is_some_and(|valid| !valid.get(row).copied().unwrap_or(false)) {
                return &[][..];
            }
            if length <= 12 {
                return view.get(4..4 + length).unwrap_or_default();
            }
            let first: *const u8 = self.array.buffer(number(view, 8) + 2).cast();
            if first.is_null() {
                failed = true;
                return &[];
            }
            // SAFETY: the view says that the text stands there, and the owner keeps it.
            unsafe { std::slice::from_raw_parts(first.add(number(view, 12)), length) }
        }));
        if failed { Err(self.broken()) } else { Ok(Values::Texts(texts)) }
    }

    fn uuids(&self, rows: Rows) -> Result<Values> {
        Ok(Values::texts(self.slice::<[u8; 16]>(1, rows)?.iter().map(hyphenated)))
    }

    fn coded(&self, rows: Rows, of: Column) -> Result<Values> {
        let valid = self.valid(rows)?;
        let places = match self.whole(rows)? {
            Values::Counts(places) => places,
            Values::Bytes(places) => places.iter().copied().map(u32::from).collect(),
            Values::Shorts(places) => places.iter().copied().map(u32::from).collect(),
            Values::Integers(places) => {
                places.iter().map(|place| u32::try_from(*place).unwrap_or(u32::MAX)).collect()
            }
            _ => return Err(self.broken()),
        };
        let there = |row: usize| valid.as_ref().is_none_or(|valid| valid.get(row) == Some(&true));
        let known = of.len() as u64;
        let wrong = |(row, place): (usize, &u32)| u64::from(*place) >= known && there(row);
        if let Some(row) = places.iter().enumerate().position(wrong) {
            return Err(cell_error(self.name, row, "a place in the dictionary"));
        }
        Ok(Values::Coded(places, Arc::new(of)))
    }
}

/// # Safety
/// There are so many bits.
unsafe fn bit(bits: *const u8, place: usize) -> bool {
    // SAFETY: as the caller says.
    unsafe { *bits.add(place / 8) >> (place % 8) & 1 == 1 }
}

/// Unsigned numbers, which may not go over 2^63 − 1.
pub(super) fn unsigned(name: &str, values: &[u64], valid: Option<&[bool]>) -> Result<Values> {
    let is_null = |row: usize| valid.is_some_and(|valid| !valid.get(row).copied().unwrap_or(false));
    let number = |(row, value): (usize, &u64)| match i64::try_from(*value) {
        Ok(number) => Ok(number),
        Err(_) if is_null(row) => Ok(0),
        Err(_) => Err(cell_error(name, row, "a whole number up to 2^63 - 1")),
    };
    let values = values.iter().enumerate().map(number).collect::<Result<Vec<i64>>>()?;
    Ok(Values::Integers(values.into()))
}

/// A UUID as RFC 9562 writes it.
fn hyphenated(bytes: &[u8; 16]) -> String {
    use std::fmt::Write as _;

    let mut text = String::with_capacity(36);
    for (place, byte) in bytes.iter().enumerate() {
        if matches!(place, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        let _ = write!(text, "{byte:02x}");
    }
    text
}
