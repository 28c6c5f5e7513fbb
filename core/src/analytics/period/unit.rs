//! Hours to years: as whole periods of the calendar, and as lengths.

use serde::{Deserialize, Serialize};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 86_400_000;

/// The unit in which recency and age are counted.
///
/// As a whole period ([`Unit::period`]) it follows the calendar: weeks begin on Monday (ISO 8601), months,
/// quarters and years on their first day, hours on the full hour of the wall clock. As a length
/// ([`Unit::days`]) it has its mean in the Gregorian calendar of 146,097 days in 400 years.
///
/// ```
/// use goodwill::analytics::Unit;
///
/// assert_eq!((Unit::Week.days(), Unit::Month.days(), Unit::Year.days()), (7.0, 30.436875, 365.2425));
/// // Sunday 1970-01-04 is the last day of the first week, Monday begins the next.
/// let day = 86_400_000;
/// assert_eq!((Unit::Week.period(3 * day), Unit::Week.period(4 * day)), (0, 1));
/// assert_eq!((Unit::Month.period(30 * day), Unit::Month.period(31 * day)), (0, 1));
/// assert_eq!(Unit::Month.start(1), 31 * day);
/// ```
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 1/24 day.
    Hour,
    /// One day.
    #[default]
    Day,
    /// 7 days, from Monday.
    Week,
    /// 30.436875 days.
    Month,
    /// 91.310625 days, from January, April, July and October.
    Quarter,
    /// 365.2425 days.
    Year,
}

impl Unit {
    /// Every unit, from the shortest.
    pub const ALL: [Self; 6] =
        [Self::Hour, Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// The length in days.
    #[must_use]
    pub fn days(self) -> f64 {
        match self {
            Self::Hour => 1.0 / 24.0,
            Self::Day => 1.0,
            Self::Week => 7.0,
            Self::Month => 30.436_875,
            Self::Quarter => 91.310_625,
            Self::Year => 365.242_5,
        }
    }

    /// The length in milliseconds; every one is a whole number.
    pub(crate) fn millis(self) -> f64 {
        match self {
            Self::Hour => 3_600_000.0,
            Self::Day => 86_400_000.0,
            Self::Week => 604_800_000.0,
            Self::Month => 2_629_746_000.0,
            Self::Quarter => 7_889_238_000.0,
            Self::Year => 31_556_952_000.0,
        }
    }

    /// The number of the period that holds a local time, given in milliseconds since 1970-01-01T00:00 on
    /// the wall clock. The period with that time in it is 0, earlier ones are negative. The periods are
    /// those of `to_period` in pandas.
    #[must_use]
    pub fn period(self, local: i64) -> i64 {
        match self {
            Self::Hour => local.div_euclid(HOUR),
            Self::Day => local.div_euclid(DAY),
            // 1970-01-01 was a Thursday.
            Self::Week => (local.div_euclid(DAY) + 3).div_euclid(7),
            Self::Month => month(local.div_euclid(DAY)),
            Self::Quarter => month(local.div_euclid(DAY)).div_euclid(3),
            Self::Year => month(local.div_euclid(DAY)).div_euclid(12),
        }
    }

    /// The local time at which a period begins: the inverse of [`period`](Self::period), for periods of
    /// the years −9999 to 9999.
    #[must_use]
    pub fn start(self, period: i64) -> i64 {
        match self {
            Self::Hour => period.saturating_mul(HOUR),
            Self::Day => period.saturating_mul(DAY),
            Self::Week => period.saturating_mul(7).saturating_sub(3).saturating_mul(DAY),
            Self::Month => first_day(period).saturating_mul(DAY),
            Self::Quarter => first_day(period.saturating_mul(3)).saturating_mul(DAY),
            Self::Year => first_day(period.saturating_mul(12)).saturating_mul(DAY),
        }
    }
}

/// Months since January 1970 of a day since 1970-01-01, in the proleptic Gregorian calendar: Hinnant,
/// *chrono-Compatible Low-Level Date Algorithms* (2014), where years begin in March.
fn month(day: i64) -> i64 {
    let shifted = day.saturating_add(719_468);
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    (era * 400 + year_of_era - 1970) * 12 + month_from_march + 2
}

/// The first day of a month since January 1970, as days since 1970-01-01.
fn first_day(month: i64) -> i64 {
    let from_march = month.clamp(-200_000, 200_000) + 1970 * 12 - 2;
    let (year, month_from_march) = (from_march.div_euclid(12), from_march.rem_euclid(12));
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * month_from_march + 2) / 5;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Datelike as _, Timelike as _};

    use super::*;

    #[test]
    fn periods_are_those_of_the_calendar() {
        let mut last = Unit::ALL.map(|unit| unit.period(-62_135_596_800_000 - 1));
        // Every 7 h 13 min of the years 1 to 2400, so that every day is met.
        for step in 0..2_900_000_i64 {
            let local = -62_135_596_800_000 + step * (7 * 60 + 13) * 60_000;
            let at = DateTime::from_timestamp_millis(local).unwrap();
            let months = (i64::from(at.year()) - 1970) * 12 + i64::from(at.month0());
            assert_eq!(Unit::Month.period(local), months);
            assert_eq!(Unit::Quarter.period(local), months.div_euclid(3));
            assert_eq!(Unit::Year.period(local), i64::from(at.year()) - 1970);
            let monday = local
                - i64::from(at.weekday().num_days_from_monday()) * DAY
                - i64::from(at.num_seconds_from_midnight()) * 1_000;
            assert_eq!(Unit::Week.start(Unit::Week.period(local)), monday);
            for (unit, last) in Unit::ALL.into_iter().zip(&mut last) {
                let period = unit.period(local);
                assert!(period >= *last && unit.start(period) <= local, "{unit:?} {local}");
                assert!(unit.start(period + 1) > local, "{unit:?} {local}");
                assert_eq!(unit.period(unit.start(period)), period);
                *last = period;
            }
        }
    }

    #[test]
    fn lengths_agree() {
        for unit in Unit::ALL {
            assert!((unit.days() * 86_400_000.0 - unit.millis()).abs() < 1e-4, "{unit:?}");
        }
    }
}
