//! Columns: what comes from Python and what goes there.
//!
//! A column comes from anything with the Arrow C interface, from buffers and from sequences; after that it
//! is one of few kinds, whoever made it, so that no result depends on where it came from. Memory is shared
//! where the layout is ours: 64-bit numbers in one piece.
//!
//! The Arrow C interface is three structures, imported and exported here. The `arrow` crates would bring a
//! dozen packages and second versions of two that we have.

mod buffers;
mod export;
mod import;
mod interface;
mod lists;
mod native;
mod needs;
mod slice;

use goodwill::{Error, Result};

pub(crate) use native::{Column, Frame, column, frame};
pub(crate) use needs::{Codes, Moments};
pub(crate) use slice::Slice;

/// Ticks of a clock in a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeUnit {
    Second,
    Millisecond,
    Microsecond,
    Nanosecond,
}

impl TimeUnit {
    const ALL: [(&'static str, Self); 4] = [
        ("s", Self::Second),
        ("ms", Self::Millisecond),
        ("us", Self::Microsecond),
        ("ns", Self::Nanosecond),
    ];

    /// By the name that NumPy and Polars give it.
    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, unit)| *unit)
    }

    /// As it stands in an Arrow format.
    fn letter(self) -> char {
        match self {
            Self::Second => 's',
            Self::Millisecond => 'm',
            Self::Microsecond => 'u',
            Self::Nanosecond => 'n',
        }
    }

    fn of_letter(letter: &str) -> Option<Self> {
        let mut units = Self::ALL.iter().map(|(_, unit)| *unit);
        units.find(|unit| letter.chars().eq([unit.letter()]))
    }

    /// Whole milliseconds, rounded down; none beyond 64 bits.
    fn millis(self, ticks: i64) -> Option<i64> {
        match self {
            Self::Second => ticks.checked_mul(1000),
            Self::Millisecond => Some(ticks),
            Self::Microsecond => Some(ticks.div_euclid(1_000)),
            Self::Nanosecond => Some(ticks.div_euclid(1_000_000)),
        }
    }
}

/// Whose clock a column of times shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Clock {
    /// Nobody says.
    Local,
    /// Instants, shown in this zone.
    Zone(String),
    /// Instants of several zones.
    Mixed,
}

/// Texts: their bytes, and where each begins and ends.
#[derive(Debug, Clone)]
pub(crate) struct Texts {
    bytes: Slice<u8>,
    /// One more than there are texts, ascending, within the bytes.
    offsets: Slice<i64>,
}

impl Texts {
    fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// The bytes of a row.
    fn bytes(&self, row: usize) -> &[u8] {
        let at = |row| self.offsets.get(row).and_then(|at| usize::try_from(*at).ok());
        let range = at(row).zip(at(row + 1)).map(|(from, to)| from..to);
        range.and_then(|range| self.bytes.get(range)).unwrap_or_default()
    }

    /// The text of a row; none if it is not UTF-8.
    fn get(&self, row: usize) -> Option<&str> {
        std::str::from_utf8(self.bytes(row)).ok()
    }

    fn collect<'a>(texts: impl Iterator<Item = &'a [u8]>) -> Self {
        let (mut bytes, mut offsets) = (Vec::new(), vec![0_i64]);
        for text in texts {
            bytes.extend_from_slice(text);
            offsets.push(i64::try_from(bytes.len()).unwrap_or(i64::MAX));
        }
        Self { bytes: bytes.into(), offsets: offsets.into() }
    }
}

/// The values of a column. What stands where a value is null says nothing.
#[derive(Debug, Clone)]
pub(crate) enum Values {
    /// Nulls only.
    Nulls(usize),
    Booleans(Slice<bool>),
    Integers(Slice<i64>),
    Floats(Slice<f64>),
    /// Whole numbers of the unit 10 to the power of −scale.
    Decimals(Slice<i128>, u8),
    Texts(Texts),
    /// Places in another column.
    Coded(Slice<u32>, Box<Data>),
    Times(Slice<i64>, TimeUnit, Clock),
    /// Days since 1970-01-01.
    Dates(Slice<i64>),
}

impl Values {
    pub(crate) fn texts<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        Self::Texts(Texts::collect(texts.map(str::as_bytes)))
    }
}

/// Values, and where they are.
#[derive(Debug, Clone)]
pub(crate) struct Data {
    pub(crate) values: Values,
    /// False where a value is null.
    pub(crate) valid: Option<Slice<bool>>,
}

impl From<Values> for Data {
    fn from(values: Values) -> Self {
        Self { values, valid: None }
    }
}

impl Data {
    pub(crate) fn len(&self) -> usize {
        match &self.values {
            Values::Nulls(length) => *length,
            Values::Booleans(values) => values.len(),
            Values::Integers(values) | Values::Times(values, ..) | Values::Dates(values) => {
                values.len()
            }
            Values::Floats(values) => values.len(),
            Values::Decimals(values, _) => values.len(),
            Values::Texts(values) => values.len(),
            Values::Coded(codes, _) => codes.len(),
        }
    }

    pub(crate) fn is_null(&self, row: usize) -> bool {
        match (&self.values, &self.valid) {
            (Values::Nulls(_), _) => true,
            (_, Some(valid)) => !valid.get(row).copied().unwrap_or(false),
            (_, None) => false,
        }
    }

    fn kind(&self) -> &'static str {
        match &self.values {
            Values::Nulls(_) => "nulls",
            Values::Booleans(_) => "booleans",
            Values::Integers(_) => "integers",
            Values::Floats(_) => "floats",
            Values::Decimals(..) => "decimals",
            Values::Texts(_) => "texts",
            Values::Coded(_, of) => of.kind(),
            Values::Times(_, _, Clock::Local) => "local times",
            Values::Times(..) => "instants",
            Values::Dates(_) => "dates",
        }
    }

    /// The rows of several pieces, one after the other.
    fn joined(mut pieces: Vec<Self>) -> Self {
        if pieces.len() > 1 {
            pieces.retain(|piece| piece.len() > 0);
        }
        if pieces.len() == 1 {
            return pieces.remove(0);
        }
        let valid = pieces.iter().any(|piece| piece.valid.is_some()).then(|| {
            pieces
                .iter()
                .flat_map(|piece| (0..piece.len()).map(|row| !piece.is_null(row)))
                .collect()
        });
        Self { values: joined_values(&pieces), valid }
    }
}

/// Pieces of one kind; another kind than the first's is left out.
fn joined_values(pieces: &[Data]) -> Values {
    macro_rules! all {
        ($kind:ident) => {
            pieces
                .iter()
                .flat_map(|piece| match &piece.values {
                    Values::$kind(values, ..) => values.to_vec(),
                    _ => Vec::new(),
                })
                .collect()
        };
    }
    match pieces.first().map(|piece| &piece.values) {
        None | Some(Values::Nulls(_)) => Values::Nulls(pieces.iter().map(Data::len).sum()),
        Some(Values::Booleans(_)) => Values::Booleans(all!(Booleans)),
        Some(Values::Integers(_)) => Values::Integers(all!(Integers)),
        Some(Values::Floats(_)) => Values::Floats(all!(Floats)),
        Some(Values::Decimals(_, scale)) => Values::Decimals(all!(Decimals), *scale),
        Some(Values::Times(_, unit, clock)) => Values::Times(all!(Times), *unit, clock.clone()),
        Some(Values::Dates(_)) => Values::Dates(all!(Dates)),
        Some(Values::Texts(_)) => Values::Texts(Texts::collect(pieces.iter().flat_map(|piece| {
            let texts = if let Values::Texts(texts) = &piece.values { Some(texts) } else { None };
            texts.into_iter().flat_map(|texts| (0..texts.len()).map(|row| texts.bytes(row)))
        }))),
        Some(Values::Coded(..)) => {
            let (mut codes, mut dictionaries, mut before) = (Vec::new(), Vec::new(), 0_u32);
            for piece in pieces {
                if let Values::Coded(more, of) = &piece.values {
                    codes.extend(more.iter().map(|code| code.saturating_add(before)));
                    before = before.saturating_add(u32::try_from(of.len()).unwrap_or(u32::MAX));
                    dictionaries.push((**of).clone());
                }
            }
            // Not `joined`, which would leave out what is empty and shift the codes of nothing.
            Values::Coded(codes.into(), Box::new(Data::joined(dictionaries)))
        }
    }
}

/// What is wrong with a column.
pub(crate) fn column_error(column: &str, accepted: impl Into<String>) -> Error {
    Error::invalid(column, accepted)
}

/// What is wrong with one cell of it.
pub(crate) fn cell_error(column: &str, row: usize, accepted: &str) -> Error {
    Error::invalid(column, accepted).with("row", row)
}

/// A value, or the error of its row.
fn or_cell_error<T>(value: Option<T>, column: &str, row: usize, accepted: &str) -> Result<T> {
    value.ok_or_else(|| cell_error(column, row, accepted))
}
