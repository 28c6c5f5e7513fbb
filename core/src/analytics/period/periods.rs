//! Periods of a calendar, in a row: hours to years, or one's own.

use serde::{Deserialize, Serialize};

use super::{Local, Offsets, Unit, Zone};
use crate::analytics::customers::cell_error;
use crate::error::{Error, Result};
use crate::time::Timestamp;

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
/// use goodwill::analytics::{Periods, Unit};
///
/// let (from, until) = ("2026-01-15T00:00:00Z".parse()?, "2026-03-01T00:00:00Z".parse()?);
/// let months = Periods::in_zone(Unit::Month, from, until, "+01:00".parse()?)?;
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

    /// The periods of a zone, from the one that `from` is in to the last one that starts before `until`.
    ///
    /// A day that begins with the hour that is skipped in spring begins with the first instant after it;
    /// one whose midnight comes twice begins with the first. A day that was skipped whole has no period.
    ///
    /// # Errors
    /// `input.invalid`: `until` is not after `from`.
    pub fn in_zone(unit: Unit, from: Timestamp, until: Timestamp, zone: Zone) -> Result<Self> {
        if until <= from {
            return Err(Error::invalid("until", "an instant after `from`"));
        }
        let beyond = until.as_millis().saturating_add(Self::LONGEST);
        let offsets = Offsets::new(zone, from.as_millis() - Self::LONGEST, beyond);
        let mut number = unit.period(offsets.local(from.as_millis()));
        let mut bounds = vec![begin(&offsets, unit.start(number))?];
        while bounds.last().is_some_and(|last| *last < until) {
            number += 1;
            let bound = begin(&offsets, unit.start(number))?;
            if bounds.last() < Some(&bound) {
                bounds.push(bound);
            } else if bound == Timestamp::MAX {
                return Err(Error::invalid("until", "an instant well within the years 1 to 9999"));
            }
        }
        Self::from_bounds(bounds)
    }

    /// No period is longer, in milliseconds.
    const LONGEST: i64 = 367 * 86_400_000;

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
/// ```
/// use goodwill::analytics::{Zone, days_since};
///
/// let (contact, now) = ("2026-03-01T22:30:00Z".parse()?, "2026-03-02T08:00:00Z".parse()?);
/// assert_eq!(days_since(contact, now, Zone::UTC), 1);
/// assert_eq!(days_since(contact, now, "+02:00".parse()?), 0);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[must_use]
pub fn days_since(last: Timestamp, now: Timestamp, zone: Zone) -> i64 {
    let day = |at: Timestamp| Unit::Day.period(zone.local_millis(at.as_millis()));
    day(now) - day(last)
}

/// The first instant at which the clocks show a local time or a later one.
fn begin(offsets: &Offsets, local: i64) -> Result<Timestamp> {
    let instant = match offsets.instant(local) {
        Local::Instant(instant) | Local::Twice(instant, _) => instant,
        // Skipped: the instant of the change.
        Local::Never(mut early, mut late) => {
            while early < late {
                let middle = early + (late - early) / 2;
                if offsets.local(middle) < local { early = middle + 1 } else { late = middle }
            }
            late
        }
    };
    let (first, last) = (Timestamp::MIN.as_millis(), Timestamp::MAX.as_millis());
    Timestamp::from_millis(instant.clamp(first, last))
}
