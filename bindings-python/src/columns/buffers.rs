//! Buffers in: NumPy arrays, `array.array`, `memoryview`.

use std::sync::Arc;

use goodwill::Result;
use goodwill::ops::columns::{Column, Slice, TimeUnit, Values};
use pyo3::buffer::{Element, PyBuffer, PyUntypedBuffer};
use pyo3::prelude::*;

use super::column_error;
use super::import::unsigned;
use super::memory::{Owner, borrowed};

/// What integers are, when they are no numbers.
#[derive(Debug, Clone)]
pub(super) struct Ticks {
    pub(super) unit: TimeUnit,
    /// That of instants; none for what local clocks showed.
    pub(super) zone: Option<Arc<str>>,
}

/// The column of an object with a buffer. `nan` says whether NaN is a null; ticks have the least number as
/// null, as in NumPy.
pub(super) fn read(
    name: &str,
    object: &Bound<'_, PyAny>,
    ticks: Option<Ticks>,
    nan: bool,
) -> PyResult<Result<Column>> {
    let buffer = PyUntypedBuffer::get(object)?;
    if buffer.dimensions() != 1 {
        return Ok(Err(column_error(name, "one dimension")));
    }
    Ok(typed(name, object.py(), buffer, nan)?.map(|column| match ticks {
        Some(ticks) => as_times(column, ticks),
        None => column,
    }))
}

fn typed(
    name: &str,
    py: Python<'_>,
    buffer: PyUntypedBuffer,
    nan: bool,
) -> PyResult<Result<Column>> {
    macro_rules! integers {
        ($($number:ty)+) => {$(
            if let Ok(buffer) = buffer.as_typed::<$number>() {
                let values = buffer.to_vec(py)?.into_iter().map(i64::from).collect();
                return Ok(Ok(Values::Integers(values).into()));
            }
        )+};
    }
    if buffer.as_typed::<i64>().is_ok() {
        return Ok(Ok(Values::Integers(shared(py, buffer.into_typed()?)?).into()));
    }
    if buffer.as_typed::<f64>().is_ok() {
        return Ok(Ok(floats(shared(py, buffer.into_typed()?)?, nan)));
    }
    if buffer.as_typed::<u32>().is_ok() {
        return Ok(Ok(Values::Counts(shared(py, buffer.into_typed()?)?).into()));
    }
    if buffer.as_typed::<u16>().is_ok() {
        return Ok(Ok(Values::Shorts(shared(py, buffer.into_typed()?)?).into()));
    }
    if buffer.as_typed::<u8>().is_ok() {
        return Ok(Ok(Values::Bytes(shared(py, buffer.into_typed()?)?).into()));
    }
    if let Ok(buffer) = buffer.as_typed::<f32>() {
        let values = buffer.to_vec(py)?.into_iter().map(f64::from).collect();
        return Ok(Ok(floats(values, nan)));
    }
    if let Ok(buffer) = buffer.as_typed::<u64>() {
        return Ok(unsigned(name, &buffer.to_vec(py)?, None).map(Column::from));
    }
    integers!(i8 i16 i32);
    if buffer.format().to_bytes() == b"?" && buffer.item_size() == 1 {
        return Ok(Ok(Values::Flags(booleans(&buffer)).into()));
    }
    Ok(Err(column_error(name, "numbers, booleans, texts, dates or times")))
}

/// The memory of a buffer, or a copy where it is not in one piece.
fn shared<T: Element + Send + Sync + 'static>(
    py: Python<'_>,
    buffer: PyBuffer<T>,
) -> PyResult<Slice<T>> {
    if !buffer.is_c_contiguous() {
        return Ok(buffer.to_vec(py)?.into());
    }
    let (first, length) = (buffer.buf_ptr().cast::<T>(), buffer.item_count());
    let owner: Owner = Arc::new(Held(buffer));
    // SAFETY: a buffer in one piece has so many values, until it is released with its owner. Who writes to
    // it while a call reads gets whatever either of them saw, as with NumPy itself.
    let slice = unsafe { borrowed(first, length, &owner) };
    Ok(slice.unwrap_or_else(|| Vec::new().into()))
}

/// A buffer that is given back when it is dropped, by whichever thread.
struct Held<T: Element + 'static>(#[expect(dead_code, reason = "kept to be dropped")] PyBuffer<T>);

fn booleans(buffer: &PyUntypedBuffer) -> Slice<bool> {
    let stride = buffer.strides().first().copied().unwrap_or(1);
    let first: *const u8 = buffer.buf_ptr().cast();
    let rows = isize::try_from(buffer.item_count()).unwrap_or(0);
    // SAFETY: there are so many bytes, each a stride from the one before.
    (0..rows).map(|row| unsafe { *first.offset(row * stride) } != 0).collect()
}

fn floats(values: Slice<f64>, nan: bool) -> Column {
    let valid = (nan && values.iter().any(|value| value.is_nan()))
        .then(|| values.iter().map(|value| !value.is_nan()).collect());
    Column { values: Values::Floats(values), valid }
}

fn as_times(column: Column, Ticks { unit, zone }: Ticks) -> Column {
    let Values::Integers(ticks) = column.values else {
        return column;
    };
    let valid =
        ticks.contains(&i64::MIN).then(|| ticks.iter().map(|ticks| *ticks != i64::MIN).collect());
    let values = match zone {
        Some(zone) => Values::Instants(ticks, unit, zone),
        None => Values::Local(ticks, unit),
    };
    Column { values, valid }
}
