//! Columns as they come from hosts and go there.

use std::sync::Arc;

pub use crate::analytics::TimeUnit;
use crate::error::{Error, Result};

use super::{Slice, Texts};

/// The values of a column. What stands where a value is null says nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// So many nulls, and nothing else.
    Nulls(usize),
    /// Numbers.
    Floats(Slice<f64>),
    /// Whole numbers.
    Integers(Slice<i64>),
    /// Whole numbers that are not negative.
    Counts(Slice<u32>),
    /// Codes of scores.
    Shorts(Slice<u16>),
    /// Scores.
    Bytes(Slice<u8>),
    /// Whole numbers of the unit 10 to the power of −scale, and that scale, up to 38.
    Decimals(Slice<i128>, u8),
    /// Yes or no.
    Flags(Slice<bool>),
    /// Texts.
    Texts(Texts),
    /// Places in another column.
    Coded(Slice<u32>, Arc<Column>),
    /// Places in a dictionary of ids that the host keeps, each of which stands there once.
    Codes(Slice<u32>),
    /// Instants since 1970-01-01T00:00:00Z, and the zone that they are shown in.
    Instants(Slice<i64>, TimeUnit, Arc<str>),
    /// What the clocks of a zone showed, since 1970-01-01T00:00 on the wall clock.
    Local(Slice<i64>, TimeUnit),
    /// Days since 1970-01-01.
    Days(Slice<i32>),
}

impl Values {
    /// Texts, one for each row.
    pub fn texts<T: AsRef<[u8]>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::Texts(texts.into_iter().collect())
    }

    /// Places in a dictionary of texts.
    pub fn dictionary<T: AsRef<[u8]>>(
        places: impl Into<Slice<u32>>,
        texts: impl IntoIterator<Item = T>,
    ) -> Self {
        Self::Coded(places.into(), Arc::new(Self::texts(texts).into()))
    }

    /// Instants without a zone of their own.
    pub fn instants(ticks: impl Into<Slice<i64>>, unit: TimeUnit) -> Self {
        Self::Instants(ticks.into(), unit, "UTC".into())
    }
}

/// A column, where each row may be null. A clone is the same memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The values.
    pub values: Values,
    /// False where a row is null; none if there is no null.
    pub valid: Option<Slice<bool>>,
}

impl From<Values> for Column {
    fn from(values: Values) -> Self {
        Self { values, valid: None }
    }
}

macro_rules! columns_of {
    ($($number:ty => $values:ident)+) => {$(
        impl From<Vec<$number>> for Column {
            fn from(values: Vec<$number>) -> Self {
                Values::$values(values.into()).into()
            }
        }
    )+};
}

columns_of! { f64 => Floats i64 => Integers u32 => Counts u16 => Shorts u8 => Bytes bool => Flags }

impl From<Vec<Option<f64>>> for Column {
    fn from(values: Vec<Option<f64>>) -> Self {
        let some_null = values.iter().any(Option::is_none);
        let valid = some_null.then(|| values.iter().map(Option::is_some).collect());
        let values = values.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect();
        Self { values: Values::Floats(values), valid }
    }
}

/// A decimal as people write it, such as −0.05.
fn decimal(digits: i128, scale: u8) -> String {
    let scale = usize::from(scale);
    let sign = if digits < 0 { "-" } else { "" };
    let mut text = format!("{:0>width$}", digits.unsigned_abs(), width = scale + 1);
    if scale > 0 {
        text.insert(text.len() - scale, '.');
    }
    format!("{sign}{text}")
}

/// An error about a column.
pub(super) fn column_error(name: &str, accepted: impl Into<String>) -> Error {
    Error::invalid(name.to_owned(), accepted.into())
}

/// An error about a cell.
pub(super) fn cell_error(name: &str, row: usize, accepted: &str) -> Error {
    column_error(name, accepted).with("row", row)
}

impl Column {
    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.values {
            Values::Nulls(rows) => *rows,
            Values::Floats(values) => values.len(),
            Values::Integers(values) | Values::Instants(values, ..) | Values::Local(values, _) => {
                values.len()
            }
            Values::Counts(values) | Values::Codes(values) | Values::Coded(values, _) => {
                values.len()
            }
            Values::Shorts(values) => values.len(),
            Values::Bytes(values) => values.len(),
            Values::Decimals(values, _) => values.len(),
            Values::Flags(values) => values.len(),
            Values::Texts(values) => values.len(),
            Values::Days(values) => values.len(),
        }
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What it is, for people.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &self.values {
            Values::Nulls(_) => "nulls",
            Values::Floats(_) => "floats",
            Values::Integers(_) | Values::Counts(_) | Values::Shorts(_) | Values::Bytes(_) => {
                "integers"
            }
            Values::Decimals(..) => "decimals",
            Values::Flags(_) => "booleans",
            Values::Texts(_) => "texts",
            Values::Coded(_, of) => of.kind(),
            Values::Codes(_) => "ids",
            Values::Instants(..) => "instants",
            Values::Local(..) => "local times",
            Values::Days(_) => "dates",
        }
    }

    /// Whether a row is null, by itself or by what stands at its place in the dictionary.
    #[must_use]
    pub fn is_null(&self, row: usize) -> bool {
        if self.valid.as_ref().is_some_and(|valid| valid.get(row) != Some(&true)) {
            return true;
        }
        match &self.values {
            Values::Nulls(_) => true,
            Values::Coded(places, of) => {
                places.get(row).is_some_and(|place| of.is_null(*place as usize))
            }
            _ => false,
        }
    }

    /// False where there is a null, in the dictionary as well; none if there is no null.
    pub(super) fn nulls(&self) -> Option<Slice<bool>> {
        match &self.values {
            Values::Coded(_, of) if of.nulls().is_some() => {
                Some((0..self.len()).map(|row| !self.is_null(row)).collect())
            }
            Values::Nulls(0) => None,
            Values::Nulls(rows) => Some(vec![false; *rows].into()),
            _ => self.valid.clone(),
        }
    }

    /// Refuses nulls.
    pub(super) fn full(&self, name: &str) -> Result<&Self> {
        match self.nulls().and_then(|valid| valid.iter().position(|valid| !valid)) {
            Some(row) => Err(cell_error(name, row, "a value, not a null")),
            None => Ok(self),
        }
    }

    /// The text of a row of texts.
    #[must_use]
    pub fn text(&self, row: usize) -> Option<&str> {
        match &self.values {
            Values::Texts(texts) => texts.get(row),
            Values::Coded(places, of) => of.text(*places.get(row)? as usize),
            _ => None,
        }
    }

    /// A column of texts, or of decimals as texts, as places in a dictionary; none of other things.
    #[must_use]
    pub fn places(&self) -> Option<(Slice<u32>, Vec<String>)> {
        let owned = |texts: &Texts| {
            (0..texts.len()).map(|row| texts.get(row).unwrap_or_default().to_owned()).collect()
        };
        match &self.values {
            Values::Texts(texts) => {
                let rows = u32::try_from(texts.len()).ok()?;
                Some(((0..rows).collect(), owned(texts)))
            }
            Values::Coded(places, of) => match &of.values {
                Values::Texts(texts) => Some((places.clone(), owned(texts))),
                _ => None,
            },
            Values::Decimals(digits, scale) => {
                let rows = u32::try_from(digits.len()).ok()?;
                let texts = digits.iter().map(|digits| decimal(*digits, *scale));
                Some(((0..rows).collect(), texts.collect()))
            }
            _ => None,
        }
    }

    /// Some rows, in this order; those that are not there are left out.
    #[must_use]
    pub fn rows(&self, rows: &[usize]) -> Self {
        macro_rules! some {
            ($values:expr) => {{
                let values = &**$values;
                rows.iter().filter_map(|row| values.get(*row).copied()).collect()
            }};
        }
        let values = match &self.values {
            Values::Nulls(_) => Values::Nulls(rows.len()),
            Values::Floats(values) => Values::Floats(some!(values)),
            Values::Integers(values) => Values::Integers(some!(values)),
            Values::Counts(values) => Values::Counts(some!(values)),
            Values::Shorts(values) => Values::Shorts(some!(values)),
            Values::Bytes(values) => Values::Bytes(some!(values)),
            Values::Decimals(values, scale) => Values::Decimals(some!(values), *scale),
            Values::Flags(values) => Values::Flags(some!(values)),
            Values::Texts(texts) => Values::texts(rows.iter().map(|row| texts.bytes(*row))),
            Values::Coded(values, of) => {
                let places: Vec<u32> = some!(values);
                let places: Vec<usize> = places.iter().map(|place| *place as usize).collect();
                return of.rows(&places);
            }
            Values::Codes(values) => Values::Codes(some!(values)),
            Values::Instants(values, unit, zone) => {
                Values::Instants(some!(values), *unit, zone.clone())
            }
            Values::Local(values, unit) => Values::Local(some!(values), *unit),
            Values::Days(values) => Values::Days(some!(values)),
        };
        Self { values, valid: self.valid.as_ref().map(|valid| some!(valid)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_written_with_all_their_places() {
        let written = |digits, scale| decimal(digits, scale);
        assert_eq!(written(-5, 2), "-0.05");
        assert_eq!(written(12_345, 2), "123.45");
        assert_eq!(written(0, 3), "0.000");
        assert_eq!(written(7, 0), "7");
    }
}
