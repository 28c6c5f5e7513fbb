//! Columns as functions need them.

use std::cmp::Ordering;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};

use crate::analytics::TimeUnit;
use crate::analytics::numbering::{self, Numbered};
use crate::error::Result;

use super::column::{cell_error, column_error};
use super::{Column, Slice, Texts, Values};

/// Times since 1970: instants, or what local clocks showed.
#[derive(Debug)]
pub(super) struct Moments {
    pub(super) ticks: Slice<i64>,
    pub(super) unit: TimeUnit,
    pub(super) valid: Option<Slice<bool>>,
    /// The zone that instants are shown in; none for local clocks.
    pub(super) zone: Option<String>,
    /// Whether they are days, which are the same in every zone.
    pub(super) days: bool,
}

impl Moments {
    /// The milliseconds of a row, rounded down; none where it is null.
    pub(super) fn millis(&self, name: &str, row: usize) -> Result<Option<i64>> {
        if self.valid.as_ref().is_some_and(|valid| valid.get(row) != Some(&true)) {
            return Ok(None);
        }
        let millis = self.ticks.get(row).and_then(|ticks| self.unit.millis(*ticks));
        millis.map(Some).ok_or_else(|| cell_error(name, row, "a time of the years 1 to 9999"))
    }
}

/// Dense codes from 0 in the order of first appearance, and in which row each appears first.
#[derive(Debug)]
pub(super) struct Codes {
    pub(super) codes: Slice<u32>,
    pub(super) valid: Option<Slice<bool>>,
    pub(super) first: Vec<usize>,
}

impl Column {
    /// Numbers as 64-bit floats: integers up to 2^53 are the same, decimals the nearest.
    pub(super) fn floats(&self, name: &str) -> Result<Slice<f64>> {
        let of_integer = |(row, value): (usize, &i64)| match value.unsigned_abs() <= 1 << 53 {
            true => Ok(*value as f64),
            false if self.is_null(row) => Ok(0.0),
            false => Err(cell_error(name, row, "a whole number up to 2^53")),
        };
        Ok(match &self.values {
            Values::Nulls(rows) => vec![0.0; *rows].into(),
            Values::Floats(values) => values.clone(),
            Values::Integers(values) => {
                values.iter().enumerate().map(of_integer).collect::<Result<_>>()?
            }
            Values::Counts(values) => values.iter().copied().map(f64::from).collect(),
            Values::Shorts(values) => values.iter().copied().map(f64::from).collect(),
            Values::Bytes(values) => values.iter().copied().map(f64::from).collect(),
            Values::Decimals(digits, scale) => {
                digits.iter().map(|digits| nearest(*digits, *scale)).collect()
            }
            Values::Coded(places, of) => {
                let of = of.floats(name)?;
                let value = |place: &u32| of.get(*place as usize).copied().unwrap_or(0.0);
                places.iter().map(value).collect()
            }
            _ => return Err(column_error(name, format!("numbers, not {}", self.kind()))),
        })
    }

    /// Whole numbers from 0 to 2^32 − 1, also as floats. Nulls are refused.
    pub(super) fn counts(&self, name: &str) -> Result<Slice<u32>> {
        let refuse = |row| cell_error(name, row, "a whole number from 0 to 2^32 - 1");
        Ok(match &self.full(name)?.values {
            Values::Nulls(0) => Slice::default(),
            Values::Counts(values) => values.clone(),
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
    pub(super) fn flags(&self, name: &str) -> Result<Slice<bool>> {
        match &self.full(name)?.values {
            Values::Nulls(0) => Ok(Slice::default()),
            Values::Flags(values) => Ok(values.clone()),
            _ => Err(column_error(name, format!("booleans, not {}", self.kind()))),
        }
    }

    /// Texts of every row. Nulls are refused.
    pub(super) fn names(&self, name: &str) -> Result<Vec<&str>> {
        self.full(name)?;
        let text = |row| self.text(row).ok_or_else(|| cell_error(name, row, "a text"));
        (0..self.len()).map(text).collect()
    }

    /// Ids as codes: whole numbers, texts, dictionaries of them, and codes of ids that the host keeps.
    pub(super) fn codes(&self, name: &str) -> Result<Codes> {
        let valid = self.nulls();
        let nulls = valid.as_deref();
        let there = |row: usize| nulls.is_none_or(|valid| valid.get(row) == Some(&true));
        let rows = self.len();
        let threads = numbering::threads_for(rows);
        let numbered = match &self.values {
            Values::Nulls(_) => Numbered { codes: vec![0; rows], first: Vec::new() },
            Values::Integers(values) => numbering::of_integers(values, nulls, threads)?,
            Values::Counts(values) => numbering::of_integers(values, nulls, threads)?,
            Values::Shorts(values) => numbering::of_integers(values, nulls, threads)?,
            Values::Bytes(values) => numbering::of_integers(values, nulls, threads)?,
            Values::Texts(texts) => {
                let wrong = |row: &usize| there(*row) && texts.get(*row).is_none();
                if let Some(row) = (0..rows).find(wrong) {
                    return Err(cell_error(name, row, "UTF-8"));
                }
                numbering::of_texts(rows, |row| there(row).then(|| texts.bytes(row)), threads)?
            }
            Values::Coded(places, of) => {
                // Equal entries of the dictionary are one id.
                let distinct = of.codes(name)?;
                let code = |(row, place): (usize, &u32)| {
                    let code = distinct.codes.get(*place as usize);
                    let code = code.copied().or_else(|| (!there(row)).then_some(0));
                    code.ok_or_else(|| cell_error(name, row, "a place in the dictionary"))
                };
                let codes: Vec<u32> = places.iter().enumerate().map(code).collect::<Result<_>>()?;
                numbering::of_integers(&codes, nulls, threads)?
            }
            Values::Codes(places) => match in_order(places).filter(|_| valid.is_none()) {
                // A host that fills its dictionary row by row has numbered them already.
                Some(first) => return Ok(Codes { codes: places.clone(), valid, first }),
                None => numbering::of_integers(places, nulls, threads)?,
            },
            _ => {
                let accepted =
                    format!("integers, texts or a dictionary of them, not {}", self.kind());
                return Err(column_error(name, accepted));
            }
        };
        let Numbered { codes, first } = numbered;
        Ok(Codes { codes: codes.into(), valid, first })
    }

    /// Times. Texts are read as ISO 8601.
    pub(super) fn moments(&self, name: &str) -> Result<Moments> {
        let valid = self.nulls();
        let of = |ticks: &Slice<i64>, unit, zone| Moments {
            ticks: ticks.clone(),
            unit,
            valid: valid.clone(),
            zone,
            days: false,
        };
        match &self.values {
            Values::Nulls(rows) => Ok(of(&vec![0; *rows].into(), TimeUnit::Millisecond, None)),
            Values::Instants(ticks, unit, zone) => Ok(of(ticks, *unit, Some(zone.to_string()))),
            Values::Local(ticks, unit) => Ok(of(ticks, *unit, None)),
            Values::Days(days) => {
                let ticks = days.iter().map(|day| i64::from(*day) * 86_400).collect();
                Ok(Moments { days: true, ..of(&ticks, TimeUnit::Second, None) })
            }
            Values::Texts(texts) => self.read_times(name, texts, |row| row, valid),
            Values::Coded(places, dictionary) => match &dictionary.values {
                Values::Texts(texts) => {
                    let place = |row: usize| places.get(row).map_or(usize::MAX, |at| *at as usize);
                    self.read_times(name, texts, place, valid)
                }
                _ => Err(self.no_times(name)),
            },
            _ => Err(self.no_times(name)),
        }
    }

    fn no_times(&self, name: &str) -> crate::error::Error {
        column_error(name, format!("times, dates or ISO 8601, not {}", self.kind()))
    }

    fn read_times(
        &self,
        name: &str,
        texts: &Texts,
        place: impl Fn(usize) -> usize,
        valid: Option<Slice<bool>>,
    ) -> Result<Moments> {
        const ACCEPTED: &str = "ISO 8601 as 2026-01-31, 2026-01-31T18:30:00 or 2026-01-31T18:30:00+01:00, the same in every row";
        let read: Vec<Option<(i64, Written)>> =
            (0..texts.len()).map(|row| texts.get(row).and_then(iso_8601)).collect();
        let mut kind = None;
        let mut ticks = Vec::with_capacity(self.len());
        for row in 0..self.len() {
            if self.is_null(row) {
                ticks.push(0);
                continue;
            }
            let found = read.get(place(row)).copied().flatten();
            let same = found.filter(|(_, read)| *kind.get_or_insert(*read) == *read);
            ticks.push(same.ok_or_else(|| cell_error(name, row, ACCEPTED))?.0);
        }
        Ok(Moments {
            ticks: ticks.into(),
            unit: TimeUnit::Millisecond,
            valid,
            zone: (kind == Some(Written::Instant)).then(|| "UTC".to_owned()),
            days: kind.is_none_or(|kind| kind == Written::Day),
        })
    }
}

/// Where each place first stands, if the places are numbered in the order of their first rows.
fn in_order(places: &[u32]) -> Option<Vec<usize>> {
    let mut first = Vec::new();
    for (row, place) in places.iter().enumerate() {
        match (*place as usize).cmp(&first.len()) {
            Ordering::Less => {}
            Ordering::Equal => first.push(row),
            Ordering::Greater => return None,
        }
    }
    Some(first)
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
