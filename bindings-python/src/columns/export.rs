//! Arrow arrays and streams out.

use std::ffi::{CString, c_char, c_int, c_void};
use std::ptr;

use goodwill::ops::columns::{Column, Slice, Values};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::interface::{ARRAY, ArrowArray, ArrowArrayStream, ArrowSchema, SCHEMA, STREAM};
use super::letter;

/// A value can be null.
const NULLABLE: i64 = 2;

/// A schema with what it points to, all of which its release drops.
struct SchemaParts {
    _format: CString,
    _name: CString,
    children: Vec<*mut ArrowSchema>,
    dictionary: *mut ArrowSchema,
}

// SAFETY: the parts are owned, and the pointers point to what is owned.
unsafe impl Send for SchemaParts {}

impl Drop for SchemaParts {
    fn drop(&mut self) {
        for child in self.children.iter().chain([&self.dictionary]).filter(|child| !child.is_null())
        {
            // SAFETY: made by `Box::into_raw` in `schema_of`; dropping it releases it if need be.
            drop(unsafe { Box::from_raw(*child) });
        }
    }
}

/// What keeps the memory of an array.
enum Memory {
    Bits(Vec<u8>),
    Integers(Slice<i64>),
    Floats(Slice<f64>),
    Decimals(Slice<i128>),
    Bytes(Slice<u8>),
    Counts(Slice<u32>),
    Shorts(Slice<u16>),
    Days(Slice<i32>),
}

impl Memory {
    fn first(&self) -> *const c_void {
        match self {
            Self::Bits(values) => values.as_ptr().cast(),
            Self::Integers(values) => values.as_ptr().cast(),
            Self::Floats(values) => values.as_ptr().cast(),
            Self::Decimals(values) => values.as_ptr().cast(),
            Self::Bytes(values) => values.as_ptr().cast(),
            Self::Counts(values) => values.as_ptr().cast(),
            Self::Shorts(values) => values.as_ptr().cast(),
            Self::Days(values) => values.as_ptr().cast(),
        }
    }
}

struct ArrayParts {
    _memory: Vec<Memory>,
    buffers: Vec<*const c_void>,
    children: Vec<*mut ArrowArray>,
    dictionary: *mut ArrowArray,
}

impl Drop for ArrayParts {
    fn drop(&mut self) {
        for child in self.children.iter().chain([&self.dictionary]).filter(|child| !child.is_null())
        {
            // SAFETY: made by `Box::into_raw` in `array_of`; dropping it releases it if need be.
            drop(unsafe { Box::from_raw(*child) });
        }
    }
}

macro_rules! release {
    ($name:ident, $structure:ident, $parts:ident) => {
        /// Drops what the structure points to.
        unsafe extern "C" fn $name(structure: *mut $structure) {
            // SAFETY: called once, with a structure that was made here.
            unsafe {
                drop(Box::from_raw((*structure).private_data.cast::<$parts>()));
                (*structure).private_data = ptr::null_mut();
                (*structure).release = None;
            }
        }
    };
}

release!(release_schema, ArrowSchema, SchemaParts);
release!(release_array, ArrowArray, ArrayParts);
release!(release_stream, ArrowArrayStream, Stream);

fn c_string(text: &str) -> CString {
    CString::new(text.replace('\0', "")).unwrap_or_default()
}

fn schema(
    name: &str,
    format: &str,
    flags: i64,
    children: Vec<ArrowSchema>,
    dictionary: Option<ArrowSchema>,
) -> ArrowSchema {
    let boxed = |schema| Box::into_raw(Box::new(schema));
    let mut parts = Box::new(SchemaParts {
        _format: c_string(format),
        _name: c_string(name),
        children: children.into_iter().map(boxed).collect(),
        dictionary: dictionary.map_or(ptr::null_mut(), boxed),
    });
    let mut schema = ArrowSchema::empty();
    schema.format = parts._format.as_ptr();
    schema.name = parts._name.as_ptr();
    schema.flags = flags;
    schema.n_children = parts.children.len() as i64;
    schema.children = parts.children.as_mut_ptr();
    schema.dictionary = parts.dictionary;
    schema.private_data = Box::into_raw(parts).cast();
    schema.release = Some(release_schema);
    schema
}

fn schema_of(name: &str, column: &Column) -> ArrowSchema {
    let format = match &column.values {
        Values::Nulls(_) => "n".to_owned(),
        Values::Flags(_) => "b".to_owned(),
        Values::Integers(_) => "l".to_owned(),
        Values::Floats(_) => "g".to_owned(),
        Values::Decimals(_, scale) => format!("d:38,{scale}"),
        Values::Texts(_) => "U".to_owned(),
        Values::Counts(_) | Values::Codes(_) | Values::Coded(..) => "I".to_owned(),
        Values::Shorts(_) => "S".to_owned(),
        Values::Bytes(_) => "C".to_owned(),
        Values::Instants(_, unit, zone) => format!("ts{}:{zone}", letter(*unit)),
        Values::Local(_, unit) => format!("ts{}:", letter(*unit)),
        Values::Days(_) => "tdD".to_owned(),
    };
    let dictionary = match &column.values {
        Values::Coded(_, of) => Some(schema_of("", of)),
        _ => None,
    };
    schema(name, &format, NULLABLE, Vec::new(), dictionary)
}

fn array(
    length: usize,
    nulls: usize,
    memory: Vec<Option<Memory>>,
    children: Vec<ArrowArray>,
    dictionary: Option<ArrowArray>,
) -> ArrowArray {
    let boxed = |array| Box::into_raw(Box::new(array));
    let buffers =
        memory.iter().map(|memory| memory.as_ref().map_or(ptr::null(), Memory::first)).collect();
    let mut parts = Box::new(ArrayParts {
        _memory: memory.into_iter().flatten().collect(),
        buffers,
        children: children.into_iter().map(boxed).collect(),
        dictionary: dictionary.map_or(ptr::null_mut(), boxed),
    });
    let mut array = ArrowArray::empty();
    array.length = length as i64;
    array.null_count = nulls as i64;
    array.n_buffers = parts.buffers.len() as i64;
    array.n_children = parts.children.len() as i64;
    array.buffers = parts.buffers.as_mut_ptr();
    array.children = parts.children.as_mut_ptr();
    array.dictionary = parts.dictionary;
    array.private_data = Box::into_raw(parts).cast();
    array.release = Some(release_array);
    array
}

fn array_of(column: &Column) -> ArrowArray {
    let length = column.len();
    let nulls = (0..length).filter(|row| column.is_null(*row)).count();
    let valid = column.valid.as_ref().map(|valid| Memory::Bits(packed(valid)));
    let mut dictionary = None;
    let memory = match &column.values {
        Values::Nulls(_) => Vec::new(),
        Values::Flags(values) => vec![valid, Some(Memory::Bits(packed(values)))],
        Values::Integers(values) | Values::Instants(values, ..) | Values::Local(values, _) => {
            vec![valid, Some(Memory::Integers(values.clone()))]
        }
        Values::Floats(values) => vec![valid, Some(Memory::Floats(values.clone()))],
        Values::Decimals(values, _) => vec![valid, Some(Memory::Decimals(values.clone()))],
        Values::Texts(texts) => {
            let (bytes, offsets) = texts.parts();
            let memory = [Memory::Integers(offsets.clone()), Memory::Bytes(bytes.clone())];
            std::iter::once(valid).chain(memory.map(Some)).collect()
        }
        Values::Coded(codes, of) => {
            dictionary = Some(array_of(of));
            vec![valid, Some(Memory::Counts(codes.clone()))]
        }
        Values::Counts(values) | Values::Codes(values) => {
            vec![valid, Some(Memory::Counts(values.clone()))]
        }
        Values::Shorts(values) => vec![valid, Some(Memory::Shorts(values.clone()))],
        Values::Bytes(values) => vec![valid, Some(Memory::Bytes(values.clone()))],
        Values::Days(days) => vec![valid, Some(Memory::Days(days.clone()))],
    };
    array(length, nulls, memory, Vec::new(), dictionary)
}

fn packed(bits: &[bool]) -> Vec<u8> {
    let byte = |bits: &[bool]| bits.iter().rev().fold(0, |byte, bit| byte << 1 | u8::from(*bit));
    bits.chunks(8).map(byte).collect()
}

/// The capsules of `__arrow_c_array__`.
pub(super) fn array_capsules<'py>(
    py: Python<'py>,
    name: &str,
    column: &Column,
) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
    let schema = PyCapsule::new_with_value(py, schema_of(name, column), SCHEMA)?;
    Ok((schema, PyCapsule::new_with_value(py, array_of(column), ARRAY)?))
}

/// A stream of one batch.
struct Stream {
    columns: Vec<(String, Column)>,
    done: bool,
}

impl Stream {
    fn schema(&self) -> ArrowSchema {
        let fields = self.columns.iter().map(|(name, column)| schema_of(name, column)).collect();
        schema("", "+s", 0, fields, None)
    }

    fn batch(&self) -> ArrowArray {
        let rows = self.columns.first().map_or(0, |(_, column)| column.len());
        let columns = self.columns.iter().map(|(_, column)| array_of(column)).collect();
        array(rows, 0, vec![None], columns, None)
    }
}

unsafe extern "C" fn get_schema(stream: *mut ArrowArrayStream, out: *mut ArrowSchema) -> c_int {
    // SAFETY: the stream was made here and is not released; `out` is there to be filled.
    unsafe { ptr::write(out, (*(*stream).private_data.cast::<Stream>()).schema()) };
    0
}

unsafe extern "C" fn get_next(stream: *mut ArrowArrayStream, out: *mut ArrowArray) -> c_int {
    // SAFETY: as above; nobody else asks this stream at the same time.
    unsafe {
        let stream = &mut *(*stream).private_data.cast::<Stream>();
        let batch = if stream.done { ArrowArray::empty() } else { stream.batch() };
        stream.done = true;
        ptr::write(out, batch);
    }
    0
}

unsafe extern "C" fn get_last_error(_stream: *mut ArrowArrayStream) -> *const c_char {
    ptr::null()
}

/// The capsule of `__arrow_c_stream__`.
pub(crate) fn table_stream(
    py: Python<'_>,
    columns: Vec<(String, Column)>,
) -> PyResult<Bound<'_, PyCapsule>> {
    let mut stream = ArrowArrayStream::empty();
    stream.get_schema = Some(get_schema);
    stream.get_next = Some(get_next);
    stream.get_last_error = Some(get_last_error);
    stream.private_data = Box::into_raw(Box::new(Stream { columns, done: false })).cast();
    stream.release = Some(release_stream);
    PyCapsule::new_with_value(py, stream, STREAM)
}
