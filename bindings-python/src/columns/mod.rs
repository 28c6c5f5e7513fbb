//! Columns: what comes from Python and what goes there.
//!
//! A column comes from anything with the Arrow C interface, from buffers and from sequences; after that it
//! is one of `core`, whoever made it, so that no result depends on where it came from. Memory is shared
//! where the layout is the same.
//!
//! The Arrow C interface is three structures, imported and exported here. The `arrow` crates would bring a
//! dozen packages and second versions of two that we have.

mod buffers;
mod export;
mod import;
mod interface;
mod joined;
mod lists;
mod memory;
mod native;

use goodwill::Error;
use goodwill::ops::columns::TimeUnit;

use joined::joined;
pub(crate) use native::{Column, Frame, column, frame};

/// The units as they stand in an Arrow format.
const LETTERS: [(char, TimeUnit); 4] = [
    ('s', TimeUnit::Second),
    ('m', TimeUnit::Millisecond),
    ('u', TimeUnit::Microsecond),
    ('n', TimeUnit::Nanosecond),
];

fn letter(unit: TimeUnit) -> char {
    LETTERS.iter().find(|(_, known)| *known == unit).map_or('m', |(letter, _)| *letter)
}

fn unit_of_letter(letter: &str) -> Option<TimeUnit> {
    LETTERS.iter().find(|(known, _)| letter.chars().eq([*known])).map(|(_, unit)| *unit)
}

/// What is wrong with a column.
fn column_error(column: &str, accepted: impl Into<String>) -> Error {
    Error::invalid(column, accepted)
}

/// What is wrong with one cell of it.
fn cell_error(column: &str, row: usize, accepted: &str) -> Error {
    Error::invalid(column, accepted).with("row", row)
}
