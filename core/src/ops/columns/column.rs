//! Columns as they come from hosts and go there.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};

use crate::analytics::CustomerCodes;
use crate::error::{Error, Result};

/// Ticks of a clock in a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    /// One.
    Second,
    /// A thousand.
    Millisecond,
    /// A million.
    Microsecond,
    /// A thousand million.
    Nanosecond,
}

impl TimeUnit {
    /// Whole milliseconds, rounded down; none beyond 64 bits.
    fn millis(self, ticks: i64) -> Option<i64> {
        match self {
            Self::Second => ticks.checked_mul(1_000),
            Self::Millisecond => Some(ticks),
            Self::Microsecond => Some(ticks.div_euclid(1_000)),
            Self::Nanosecond => Some(ticks.div_euclid(1_000_000)),
        }
    }
}

/// The values of a column. What stands where a value is null says nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Numbers.
    Floats(Vec<f64>),
    /// Whole numbers.
    Integers(Vec<i64>),
    /// Whole numbers that are not negative.
    Counts(Vec<u32>),
    /// Codes of scores.
    Shorts(Vec<u16>),
    /// Scores.
    Bytes(Vec<u8>),
    /// Places in a dictionary of ids that the host keeps, each of which stands there once.
    Codes(Vec<u32>),
    /// Places in a dictionary of texts.
    Texts(Vec<u32>, Vec<String>),
    /// Yes or no.
    Flags(Vec<bool>),
    /// Instants since 1970-01-01T00:00:00Z.
    Instants(Vec<i64>, TimeUnit),
    /// What the clocks of a zone showed, since 1970-01-01T00:00 on the wall clock.
    Local(Vec<i64>, TimeUnit),
}

/// A column, where each row may be null.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The values.
    pub values: Values,
    /// False where a row is null; none if there is no null.
    pub valid: Option<Vec<bool>>,
}

impl From<Values> for Column {
    fn from(values: Values) -> Self {
        Self { values, valid: None }
    }
}

/// Times in milliseconds since 1970: instants, or what local clocks showed.
#[derive(Debug)]
pub(super) struct Moments<'a> {
    pub(super) millis: Cow<'a, [i64]>,
    pub(super) valid: Option<&'a [bool]>,
    /// Whether local clocks showed them.
    pub(super) local: bool,
    /// Whether they are days, which are the same in every zone.
    pub(super) days: bool,
}

/// Dense codes from 0 in the order of first appearance, and in which row each appears first.
#[derive(Debug)]
pub(super) struct Codes<'a> {
    pub(super) codes: Vec<u32>,
    pub(super) valid: Option<&'a [bool]>,
    pub(super) first: Vec<usize>,
}

/// An error about a column.
pub(super) fn column_error(name: &str, accepted: impl Into<String>) -> Error {
    Error::invalid(name.to_owned(), accepted.into())
}

/// An error about a cell.
pub(super) fn cell_error(name: &str, row: usize, accepted: &str) -> Error {
    column_error(name, accepted).with("row", row)
}

const TIME: &str = "a time of the years 1 to 9999";

impl Column {
    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        match &self.values {
            Values::Floats(values) => values.len(),
            Values::Integers(values) | Values::Instants(values, _) | Values::Local(values, _) => {
                values.len()
            }
            Values::Counts(values) | Values::Codes(values) | Values::Texts(values, _) => {
                values.len()
            }
            Values::Shorts(values) => values.len(),
            Values::Bytes(values) => values.len(),
            Values::Flags(values) => values.len(),
        }
    }

    /// What it is, for errors.
    fn kind(&self) -> &'static str {
        match &self.values {
            Values::Floats(_) | Values::Counts(_) | Values::Shorts(_) | Values::Bytes(_) => {
                "numbers"
            }
            Values::Integers(_) => "integers",
            Values::Codes(_) => "ids",
            Values::Texts(..) => "texts",
            Values::Flags(_) => "booleans",
            Values::Instants(..) | Values::Local(..) => "times",
        }
    }

    pub(super) fn is_null(&self, row: usize) -> bool {
        self.valid.as_ref().is_some_and(|valid| valid.get(row) != Some(&true))
    }

    /// False where there is a null.
    pub(super) fn nulls(&self) -> Option<&[bool]> {
        self.valid.as_deref()
    }

    /// Refuses nulls, and another number of nulls than of rows.
    pub(super) fn full(&self, name: &str) -> Result<&Self> {
        match self.valid.as_ref().and_then(|valid| valid.iter().position(|valid| !valid)) {
            Some(row) => Err(cell_error(name, row, "a value, not a null")),
            None => Ok(self),
        }
    }

    /// Numbers as 64-bit floats: integers up to 2^53 are the same.
    pub(super) fn floats(&self, name: &str) -> Result<Cow<'_, [f64]>> {
        let of_integer = |(row, value): (usize, &i64)| match value.unsigned_abs() <= 1 << 53 {
            true => Ok(*value as f64),
            false if self.is_null(row) => Ok(0.0),
            false => Err(cell_error(name, row, "a whole number up to 2^53")),
        };
        Ok(match &self.values {
            Values::Floats(values) => Cow::Borrowed(values),
            Values::Integers(values) => {
                values.iter().enumerate().map(of_integer).collect::<Result<_>>()?
            }
            Values::Counts(values) => values.iter().copied().map(f64::from).collect(),
            Values::Shorts(values) => values.iter().copied().map(f64::from).collect(),
            Values::Bytes(values) => values.iter().copied().map(f64::from).collect(),
            _ => return Err(column_error(name, format!("numbers, not {}", self.kind()))),
        })
    }

    /// Whole numbers from 0 to 2^32 − 1, also as floats. Nulls are refused.
    pub(super) fn counts(&self, name: &str) -> Result<Cow<'_, [u32]>> {
        let refuse = |row| cell_error(name, row, "a whole number from 0 to 2^32 - 1");
        Ok(match &self.full(name)?.values {
            Values::Counts(values) => Cow::Borrowed(values),
            Values::Shorts(values) => values.iter().copied().map(u32::from).collect(),
            Values::Bytes(values) => values.iter().copied().map(u32::from).collect(),
            Values::Integers(values) => {
                let count =
                    |(row, value): (usize, &i64)| u32::try_from(*value).map_err(|_| refuse(row));
                values.iter().enumerate().map(count).collect::<Result<_>>()?
            }
            Values::Floats(values) => {
                let count = |(row, value): (usize, &f64)| {
                    let whole = (0.0..=f64::from(u32::MAX)).contains(value) && value.fract() == 0.0;
                    if whole { Ok(*value as u32) } else { Err(refuse(row)) }
                };
                values.iter().enumerate().map(count).collect::<Result<_>>()?
            }
            _ => return Err(column_error(name, format!("whole numbers, not {}", self.kind()))),
        })
    }

    /// Booleans. Nulls are refused.
    pub(super) fn flags(&self, name: &str) -> Result<&[bool]> {
        match &self.full(name)?.values {
            Values::Flags(values) => Ok(values),
            _ => Err(column_error(name, format!("booleans, not {}", self.kind()))),
        }
    }

    /// Texts of every row. Nulls are refused.
    pub(super) fn names(&self, name: &str) -> Result<Vec<&str>> {
        self.full(name)?;
        let text = |row| self.text(row).ok_or_else(|| cell_error(name, row, "a text"));
        (0..self.len()).map(text).collect()
    }

    /// The text of a row of texts.
    pub(super) fn text(&self, row: usize) -> Option<&str> {
        match &self.values {
            Values::Texts(places, texts) => {
                texts.get(*places.get(row)? as usize).map(String::as_str)
            }
            _ => None,
        }
    }

    /// Ids as codes: whole numbers, texts, and codes of ids that the host keeps.
    pub(super) fn codes(&self, name: &str) -> Result<Codes<'_>> {
        let there = |row: usize| !self.is_null(row);
        let rows = 0..self.len();
        let mut first = Vec::new();
        let codes = match &self.values {
            Values::Integers(values) => {
                let keys = rows.map(|row| values.get(row).filter(|_| there(row)));
                numbered(keys, &mut first)?
            }
            Values::Counts(values) => {
                let keys = rows.map(|row| values.get(row).filter(|_| there(row)));
                numbered(keys, &mut first)?
            }
            Values::Texts(values, texts) => {
                let wrong = |row: &usize| there(*row) && self.text(*row).is_none();
                if let Some(row) = rows.clone().find(wrong) {
                    return Err(cell_error(name, row, "a place in the dictionary"));
                }
                let mut sorted: Vec<&str> = texts.iter().map(String::as_str).collect();
                sorted.sort_unstable();
                if sorted.windows(2).any(|pair| pair.first() == pair.last()) {
                    return Err(column_error(name, "a dictionary in which every text stands once"));
                }
                renumbered(values, self.nulls(), &mut first)?
            }
            Values::Codes(values) => renumbered(values, self.nulls(), &mut first)?,
            _ => {
                let accepted = format!("integers or texts, not {}", self.kind());
                return Err(column_error(name, accepted));
            }
        };
        Ok(Codes { codes, valid: self.nulls(), first })
    }

    /// Times in milliseconds, rounded down. Texts are read as ISO 8601.
    pub(super) fn moments(&self, name: &str) -> Result<Moments<'_>> {
        let of = |ticks: &'_ Vec<i64>, unit: TimeUnit| {
            let millis = |(row, ticks): (usize, &i64)| match unit.millis(*ticks) {
                Some(millis) => Ok(millis),
                None if self.is_null(row) => Ok(0),
                None => Err(cell_error(name, row, TIME)),
            };
            ticks.iter().enumerate().map(millis).collect::<Result<Vec<i64>>>()
        };
        let (millis, local) = match &self.values {
            Values::Instants(millis, TimeUnit::Millisecond) => (Cow::Borrowed(&**millis), false),
            Values::Local(millis, TimeUnit::Millisecond) => (Cow::Borrowed(&**millis), true),
            Values::Instants(ticks, unit) => (Cow::Owned(of(ticks, *unit)?), false),
            Values::Local(ticks, unit) => (Cow::Owned(of(ticks, *unit)?), true),
            Values::Texts(places, texts) => return self.read_times(name, places, texts),
            _ => {
                let accepted = format!("times or ISO 8601, not {}", self.kind());
                return Err(column_error(name, accepted));
            }
        };
        Ok(Moments { millis, valid: self.nulls(), local, days: false })
    }

    fn read_times(&self, name: &str, places: &[u32], texts: &[String]) -> Result<Moments<'_>> {
        const ACCEPTED: &str = "ISO 8601 as 2026-01-31, 2026-01-31T18:30:00 or 2026-01-31T18:30:00+01:00, the same in every row";
        let read: Vec<Option<(i64, Written)>> = texts.iter().map(|text| iso_8601(text)).collect();
        let mut kind = None;
        let mut millis = Vec::with_capacity(places.len());
        for (row, place) in places.iter().enumerate() {
            if self.is_null(row) {
                millis.push(0);
                continue;
            }
            let found = read.get(*place as usize).copied().flatten();
            let same = found.filter(|(_, read)| *kind.get_or_insert(*read) == *read);
            millis.push(same.ok_or_else(|| cell_error(name, row, ACCEPTED))?.0);
        }
        let kind = kind.unwrap_or(Written::Day);
        Ok(Moments {
            millis: millis.into(),
            valid: self.nulls(),
            local: kind != Written::Instant,
            days: kind == Written::Day,
        })
    }

    /// The rows, in this order.
    pub(super) fn rows(&self, rows: &[usize]) -> Self {
        macro_rules! some {
            ($values:expr) => {
                rows.iter().filter_map(|row| $values.get(*row).copied()).collect()
            };
        }
        let values = match &self.values {
            Values::Floats(values) => Values::Floats(some!(values)),
            Values::Integers(values) => Values::Integers(some!(values)),
            Values::Counts(values) => Values::Counts(some!(values)),
            Values::Shorts(values) => Values::Shorts(some!(values)),
            Values::Bytes(values) => Values::Bytes(some!(values)),
            Values::Codes(values) => Values::Codes(some!(values)),
            Values::Texts(values, texts) => Values::Texts(some!(values), texts.clone()),
            Values::Flags(values) => Values::Flags(some!(values)),
            Values::Instants(values, unit) => Values::Instants(some!(values), *unit),
            Values::Local(values, unit) => Values::Local(some!(values), *unit),
        };
        Self { values, valid: self.valid.as_ref().map(|valid| some!(valid)) }
    }
}

/// Numbers keys in the order of first appearance; nulls are numbered with them.
fn numbered<K: Clone + Eq + std::hash::Hash>(
    keys: impl Iterator<Item = Option<K>>,
    first: &mut Vec<usize>,
) -> Result<Vec<u32>> {
    let codes = CustomerCodes::encode(keys)?.codes;
    for (row, code) in codes.iter().enumerate() {
        if *code as usize == first.len() {
            first.push(row);
        }
    }
    Ok(codes)
}

/// The same for places in a dictionary. A host that fills it row by row has numbered them already.
fn renumbered(places: &[u32], valid: Option<&[bool]>, first: &mut Vec<usize>) -> Result<Vec<u32>> {
    let in_order = |(row, place): (usize, &u32)| {
        let next = first.len();
        if *place as usize == next {
            first.push(row);
        }
        *place as usize <= next
    };
    if valid.is_none() && places.iter().enumerate().all(in_order) {
        return Ok(places.to_vec());
    }
    first.clear();
    let there = |row: usize| valid.is_none_or(|valid| valid.get(row) == Some(&true));
    numbered(places.iter().enumerate().map(|(row, place)| there(row).then_some(place)), first)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    Day,
    Local,
    Instant,
}

fn iso_8601(text: &str) -> Option<(i64, Written)> {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some((day.and_time(NaiveTime::MIN).and_utc().timestamp_millis(), Written::Day));
    }
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Some((instant.timestamp_millis(), Written::Instant));
    }
    let local =
        ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
            .iter()
            .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())?;
    Some((local.and_utc().timestamp_millis(), Written::Local))
}
