//! Columns as analytics needs them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use goodwill::Result;
use goodwill::analytics::CustomerCodes;

use super::{Clock, Data, Slice, TimeUnit, Values, cell_error, column_error, or_cell_error};

/// Times in milliseconds since 1970: instants, or what local clocks showed.
#[derive(Debug, Clone)]
pub(crate) struct Moments {
    pub(crate) millis: Slice<i64>,
    pub(crate) valid: Option<Slice<bool>>,
    /// The zone of instants, if they have one in common; none for local clocks.
    pub(crate) zone: Option<String>,
    /// Whether local clocks showed them.
    pub(crate) local: bool,
    /// Whether they are days, which are the same in every zone.
    pub(crate) days: bool,
}

/// Dense codes from 0 in the order of first appearance, and in which row each appears first.
#[derive(Debug)]
pub(crate) struct Codes {
    pub(crate) codes: Vec<u32>,
    pub(crate) valid: Option<Slice<bool>>,
    pub(crate) first: Vec<usize>,
}

impl Data {
    /// Refuses nulls.
    pub(crate) fn full(&self, name: &str) -> Result<&Self> {
        let nulls = self.nulls();
        match nulls.and_then(|valid| valid.iter().position(|valid| !valid)) {
            Some(row) => Err(cell_error(name, row, "a value, not a null")),
            None => Ok(self),
        }
    }

    /// Numbers as 64-bit floats: integers up to 2^53 are the same, decimals the nearest.
    pub(crate) fn floats(&self, name: &str) -> Result<Slice<f64>> {
        let value = |row: usize, value: Option<f64>, accepted: &str| match value {
            Some(value) => Ok(value),
            None if self.is_null(row) => Ok(0.0),
            None => Err(cell_error(name, row, accepted)),
        };
        match &self.values {
            Values::Floats(values) => Ok(values.clone()),
            Values::Integers(values) => {
                let float = |(row, number): (usize, &i64)| {
                    let exact = (number.unsigned_abs() <= 1 << 53).then_some(*number as f64);
                    value(row, exact, "a whole number up to 2^53")
                };
                values.iter().enumerate().map(float).collect::<Result<Vec<f64>>>().map(Slice::from)
            }
            Values::Decimals(digits, scale) => {
                Ok(digits.iter().map(|digits| nearest(*digits, *scale)).collect())
            }
            Values::Coded(codes, of) => {
                let of_code = of.floats(name)?;
                Ok(codes
                    .iter()
                    .map(|code| of_code.get(*code as usize).copied().unwrap_or(0.0))
                    .collect())
            }
            Values::Nulls(length) => Ok(vec![0.0; *length].into()),
            _ => Err(column_error(name, format!("numbers, not {}", self.kind()))),
        }
    }

    /// Whole numbers from 0 to 2^32 − 1, also as floats. Nulls are refused.
    pub(crate) fn counts(&self, name: &str) -> Result<Vec<u32>> {
        const ACCEPTED: &str = "a whole number from 0 to 2^32 - 1";
        self.full(name)?;
        match &self.values {
            Values::Integers(values) => {
                let count = |(row, value): (usize, &i64)| {
                    or_cell_error(u32::try_from(*value).ok(), name, row, ACCEPTED)
                };
                values.iter().enumerate().map(count).collect()
            }
            Values::Floats(values) => {
                let count = |(row, value): (usize, &f64)| {
                    let whole = (0.0..=f64::from(u32::MAX)).contains(value) && value.fract() == 0.0;
                    or_cell_error(whole.then_some(*value as u32), name, row, ACCEPTED)
                };
                values.iter().enumerate().map(count).collect()
            }
            Values::Nulls(0) => Ok(Vec::new()),
            _ => Err(column_error(name, format!("whole numbers, not {}", self.kind()))),
        }
    }

    /// Booleans. Nulls are refused.
    pub(crate) fn flags(&self, name: &str) -> Result<Slice<bool>> {
        match &self.full(name)?.values {
            Values::Booleans(values) => Ok(values.clone()),
            Values::Nulls(0) => Ok(Vec::new().into()),
            _ => Err(column_error(name, format!("booleans, not {}", self.kind()))),
        }
    }

    /// Texts of every row. Nulls are refused.
    pub(crate) fn names(&self, name: &str) -> Result<Vec<String>> {
        self.full(name)?;
        (0..self.len())
            .map(|row| {
                let text = self.text(row).map(str::to_owned);
                or_cell_error(text, name, row, "a text")
            })
            .collect()
    }

    /// The text of a row of texts.
    pub(crate) fn text(&self, row: usize) -> Option<&str> {
        match &self.values {
            Values::Texts(texts) => texts.get(row),
            Values::Coded(codes, of) => of.text(*codes.get(row)? as usize),
            _ => None,
        }
    }

    /// Integers, texts and dictionaries of them as codes.
    pub(crate) fn codes(&self, name: &str) -> Result<Codes> {
        let mut first = Vec::new();
        let rows = 0..self.len();
        let codes = match &self.values {
            Values::Integers(values) => {
                let keys = rows.map(|row| if self.is_null(row) { None } else { values.get(row) });
                numbered(keys, &mut first)?
            }
            Values::Texts(texts) => {
                if let Some(row) = rows.clone().find(|row| texts.get(*row).is_none()) {
                    return Err(cell_error(name, row, "UTF-8"));
                }
                let keys = rows.map(|row| (!self.is_null(row)).then(|| texts.bytes(row)));
                numbered(keys, &mut first)?
            }
            Values::Coded(places, of) => {
                // Equal entries of the dictionary are one id.
                let distinct = of.codes(name)?;
                let mut known = vec![u32::MAX; distinct.first.len()];
                let mut codes = Vec::with_capacity(places.len());
                for (row, place) in places.iter().enumerate() {
                    let place = *place as usize;
                    if self.is_null(row) || of.is_null(place) {
                        codes.push(0);
                        continue;
                    }
                    let slot =
                        distinct.codes.get(place).and_then(|code| known.get_mut(*code as usize));
                    let Some(slot) = slot else {
                        return Err(cell_error(name, row, "a place in the dictionary"));
                    };
                    if *slot == u32::MAX {
                        *slot = u32::try_from(first.len()).unwrap_or(u32::MAX);
                        first.push(row);
                    }
                    codes.push(*slot);
                }
                codes
            }
            Values::Nulls(length) => vec![0; *length],
            _ => {
                let accepted =
                    format!("integers, texts or a dictionary of them, not {}", self.kind());
                return Err(column_error(name, accepted));
            }
        };
        let nulls = self.nulls();
        Ok(Codes { codes, valid: nulls, first })
    }

    /// Times in milliseconds, rounded down. Texts are read as ISO 8601.
    pub(crate) fn moments(&self, name: &str) -> Result<Moments> {
        let valid = self.nulls();
        let moments = |millis, zone, local| Moments {
            millis,
            valid: valid.clone(),
            zone,
            local,
            days: false,
        };
        match &self.values {
            Values::Times(ticks, unit, clock) => {
                let millis = match unit {
                    TimeUnit::Millisecond => ticks.clone(),
                    _ => {
                        let of = |(row, ticks): (usize, &i64)| match unit.millis(*ticks) {
                            Some(millis) => Ok(millis),
                            None if self.is_null(row) => Ok(0),
                            None => Err(cell_error(name, row, "a time of the years 1 to 9999")),
                        };
                        ticks.iter().enumerate().map(of).collect::<Result<Vec<i64>>>()?.into()
                    }
                };
                Ok(match clock {
                    Clock::Local => moments(millis, None, true),
                    Clock::Zone(zone) => moments(millis, Some(zone.clone()), false),
                    Clock::Mixed => moments(millis, None, false),
                })
            }
            Values::Dates(days) => {
                let millis = days.iter().map(|day| day.saturating_mul(86_400_000)).collect();
                Ok(Moments { days: true, ..moments(millis, None, true) })
            }
            Values::Texts(_) | Values::Coded(..) => self.read_times(name, valid),
            Values::Nulls(length) => Ok(moments(vec![0; *length].into(), None, true)),
            _ => {
                let accepted =
                    format!("timestamps, datetimes, dates or ISO 8601, not {}", self.kind());
                Err(column_error(name, accepted))
            }
        }
    }

    fn read_times(&self, name: &str, valid: Option<Slice<bool>>) -> Result<Moments> {
        const ACCEPTED: &str = "ISO 8601 as 2026-01-31, 2026-01-31T18:30:00 or 2026-01-31T18:30:00+01:00, the same in every row";
        let mut kind = None;
        let mut millis = Vec::with_capacity(self.len());
        for row in 0..self.len() {
            if self.is_null(row) {
                millis.push(0);
                continue;
            }
            let read = self.text(row).and_then(iso_8601);
            let same = read.filter(|(_, read)| *kind.get_or_insert(*read) == *read);
            let (at, _) = or_cell_error(same, name, row, ACCEPTED)?;
            millis.push(at);
        }
        let kind = kind.unwrap_or(Written::Day);
        let millis = millis.into();
        Ok(Moments {
            millis,
            valid,
            zone: None,
            local: kind != Written::Instant,
            days: kind == Written::Day,
        })
    }

    /// False where there is a null, in the dictionary as well; none if there is no null.
    pub(crate) fn nulls(&self) -> Option<Slice<bool>> {
        match &self.values {
            Values::Coded(codes, of) if of.nulls().is_some() => {
                let there =
                    |(row, code): (usize, &u32)| !self.is_null(row) && !of.is_null(*code as usize);
                Some(codes.iter().enumerate().map(there).collect())
            }
            Values::Nulls(0) => None,
            Values::Nulls(length) => Some(vec![false; *length].into()),
            _ => self.valid.clone(),
        }
    }

    /// The rows, in this order.
    pub(crate) fn rows(&self, rows: &[usize]) -> Self {
        macro_rules! some {
            ($values:expr) => {
                rows.iter().filter_map(|row| $values.get(*row).copied()).collect()
            };
        }
        let values = match &self.values {
            Values::Nulls(_) => Values::Nulls(rows.len()),
            Values::Booleans(values) => Values::Booleans(some!(values)),
            Values::Integers(values) => Values::Integers(some!(values)),
            Values::Floats(values) => Values::Floats(some!(values)),
            Values::Decimals(values, scale) => Values::Decimals(some!(values), *scale),
            Values::Texts(texts) => {
                Values::Texts(super::Texts::collect(rows.iter().map(|row| texts.bytes(*row))))
            }
            Values::Coded(codes, of) => {
                let places: Vec<usize> = rows
                    .iter()
                    .filter_map(|row| codes.get(*row))
                    .map(|code| *code as usize)
                    .collect();
                return of.rows(&places);
            }
            Values::Times(values, unit, clock) => {
                Values::Times(some!(values), *unit, clock.clone())
            }
            Values::Dates(values) => Values::Dates(some!(values)),
        };
        let valid = self.valid.as_ref().map(|valid| some!(valid));
        Self { values, valid }
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

/// The nearest float of a decimal.
fn nearest(digits: i128, scale: u8) -> f64 {
    // Both are exact, so that the quotient is rounded once.
    if digits.unsigned_abs() <= 1 << 53 && scale <= 22 {
        return digits as f64 / 10_f64.powi(i32::from(scale));
    }
    format!("{digits}e-{scale}").parse().unwrap_or(f64::NAN)
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
