//! Periods of a calendar: days, weeks, months, quarters, years, or one's own.

use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::customers::cell_error;
use crate::error::{Error, Result};
use crate::time::Timestamp;

const DAY: i64 = 86_400_000;

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalendarUnit {
    /// From midnight to midnight.
    Day,
    /// From Monday, as in ISO 8601.
    Week,
    /// From the first of the month.
    Month,
    /// From the first of January, April, July and October.
    Quarter,
    /// From the first of January.
    Year,
}

impl CalendarUnit {
    /// The first day of the unit that the day is in.
    fn floor(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => Some(day),
            Self::Week => {
                day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()))
            }
            Self::Month => day.with_day(1),
            Self::Quarter => NaiveDate::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1),
            Self::Year => NaiveDate::from_ymd_opt(day.year(), 1, 1),
        }
    }

    /// The first day of the next unit.
    fn next(self, first: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => first.checked_add_days(Days::new(1)),
            Self::Week => first.checked_add_days(Days::new(7)),
            Self::Month => first.checked_add_months(Months::new(1)),
            Self::Quarter => first.checked_add_months(Months::new(3)),
            Self::Year => first.checked_add_months(Months::new(12)),
        }
    }
}

/// From one instant until before another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Period {
    /// The first instant.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
}

/// Periods without a gap, in the order of time.
///
/// ```
/// use goodwill::analytics::{CalendarUnit, Periods};
///
/// // Months of a zone one hour east of UTC.
/// let (from, until) = ("2026-01-15T00:00:00Z".parse()?, "2026-03-01T00:00:00Z".parse()?);
/// let months = Periods::at_offset(CalendarUnit::Month, from, until, 3600)?;
/// assert_eq!(months.len(), 3);
/// assert_eq!(months.bounds()[1].to_string(), "2026-01-31T23:00:00.000Z");
/// assert_eq!(months.position("2026-01-31T23:30:00Z".parse()?), Some(1));
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Timestamp>", into = "Vec<Timestamp>")]
pub struct Periods(Vec<Timestamp>);

impl TryFrom<Vec<Timestamp>> for Periods {
    type Error = Error;

    fn try_from(bounds: Vec<Timestamp>) -> Result<Self> {
        Self::from_bounds(bounds)
    }
}

impl From<Periods> for Vec<Timestamp> {
    fn from(periods: Periods) -> Self {
        periods.0
    }
}

impl Periods {
    /// Periods from each instant until the next one.
    ///
    /// # Errors
    /// `input.invalid` with `bounds` and the row: less than two, or one that is not after the one before.
    pub fn from_bounds(bounds: Vec<Timestamp>) -> Result<Self> {
        if bounds.len() < 2 {
            return Err(cell_error("bounds", bounds.len(), "at least two instants"));
        }
        let unsorted = bounds.iter().zip(bounds.iter().skip(1)).position(|(a, b)| a >= b);
        match unsorted {
            Some(row) => Err(cell_error("bounds", row + 1, "an instant after the one before")),
            None => Ok(Self(bounds)),
        }
    }

    /// The periods of a zone with a fixed offset, in seconds east of UTC, from the one that `from` is in to
    /// the last one that starts before `until`.
    ///
    /// # Errors
    /// As [`in_zone`](Self::in_zone).
    pub fn at_offset(
        unit: CalendarUnit,
        from: Timestamp,
        until: Timestamp,
        offset_seconds: i32,
    ) -> Result<Self> {
        Self::in_zone(unit, from, until, |_| offset_seconds)
    }

    /// The same in a zone whose offset, in seconds east of UTC, is a function of the instant.
    ///
    /// A day that begins with the hour that is skipped in spring begins with the first instant after it;
    /// one whose midnight comes twice begins with the first. A day that was skipped whole has no period.
    ///
    /// # Errors
    /// `input.invalid`: `until` is not after `from`, or `offset` is not from −86,400 to 86,400.
    pub fn in_zone(
        unit: CalendarUnit,
        from: Timestamp,
        until: Timestamp,
        offset_seconds: impl Fn(Timestamp) -> i32,
    ) -> Result<Self> {
        if until <= from {
            return Err(Error::invalid("until", "an instant after `from`"));
        }
        let zone = Zone(&offset_seconds);
        let outside = || Error::invalid("until", "an instant well within the years 1 to 9999");
        let mut day = unit.floor(zone.date(from)?).ok_or_else(outside)?;
        let mut bounds = vec![zone.midnight(day)?];
        while bounds.last().is_some_and(|last| *last < until) {
            day = unit.next(day).ok_or_else(outside)?;
            let bound = zone.midnight(day)?;
            if bounds.last() != Some(&bound) {
                bounds.push(bound);
            }
        }
        Self::from_bounds(bounds)
    }

    /// How many periods there are, at least one.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "there is always one")]
    pub fn len(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    /// Where they begin, and where the last one ends.
    #[must_use]
    pub fn bounds(&self) -> &[Timestamp] {
        &self.0
    }

    /// The periods.
    pub fn iter(&self) -> impl Iterator<Item = Period> + '_ {
        let ends = self.0.iter().skip(1);
        self.0.iter().zip(ends).map(|(start, end)| Period { start: *start, end: *end })
    }

    /// Which period an instant is in, counted from 0.
    #[must_use]
    pub fn position(&self, at: Timestamp) -> Option<usize> {
        let place = self.0.partition_point(|bound| *bound <= at);
        if place == self.0.len() { None } else { place.checked_sub(1) }
    }
}

/// How many midnights of a zone lie between two instants; below zero, if `now` is the earlier one.
///
/// The offset is in seconds east of UTC.
///
/// ```
/// use goodwill::analytics::days_since;
///
/// let (contact, now) = ("2026-03-01T22:30:00Z".parse()?, "2026-03-02T08:00:00Z".parse()?);
/// assert_eq!(days_since(contact, now, |_| 0)?, 1);
/// assert_eq!(days_since(contact, now, |_| 2 * 3600)?, 0);
/// # Ok::<(), goodwill::Error>(())
/// ```
///
/// # Errors
/// `input.invalid`: `offset` is not from −86,400 to 86,400.
pub fn days_since(
    last: Timestamp,
    now: Timestamp,
    offset_seconds: impl Fn(Timestamp) -> i32,
) -> Result<i64> {
    let zone = Zone(&offset_seconds);
    Ok(zone.date(now)?.signed_duration_since(zone.date(last)?).num_days())
}

/// A zone as the offset of each instant.
struct Zone<'a>(&'a dyn Fn(Timestamp) -> i32);

impl Zone<'_> {
    /// In milliseconds.
    fn offset(&self, at: i64) -> Result<i64> {
        let at = at.clamp(Timestamp::MIN.as_millis(), Timestamp::MAX.as_millis());
        let seconds = (self.0)(Timestamp::from_millis(at)?);
        if (-86_400..=86_400).contains(&seconds) {
            Ok(i64::from(seconds) * 1000)
        } else {
            Err(Error::invalid("offset", "seconds from -86400 to 86400"))
        }
    }

    fn date(&self, at: Timestamp) -> Result<NaiveDate> {
        let local = at.as_millis() + self.offset(at.as_millis())?;
        let local = DateTime::from_timestamp_millis(local);
        local.map(|local| local.date_naive()).ok_or_else(|| Error::internal("no such day"))
    }

    /// The first instant of a day.
    fn midnight(&self, day: NaiveDate) -> Result<Timestamp> {
        let local = day.and_time(NaiveTime::MIN).and_utc().timestamp_millis();
        let (before, after) = (self.offset(local - DAY)?, self.offset(local + DAY)?);
        let (mut early, mut late) = (local - before.max(after), local - before.min(after));
        let instant = if early + self.offset(early)? == local {
            early
        } else if late + self.offset(late)? == local {
            late
        } else {
            // Midnight is skipped: the first instant whose local time is not before it.
            while early < late {
                let middle = early + (late - early) / 2;
                if middle + self.offset(middle)? < local {
                    early = middle + 1;
                } else {
                    late = middle;
                }
            }
            late
        };
        let (first, last) = (Timestamp::MIN.as_millis(), Timestamp::MAX.as_millis());
        Timestamp::from_millis(instant.clamp(first, last))
    }
}
