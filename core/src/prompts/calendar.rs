//! What prompts are told of the calendar: seasons and anniversaries.

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::prompts::answers::Day;

/// A quarter of the year by its weather.
///
/// ```
/// use goodwill::prompts::answers::Day;
/// use goodwill::prompts::calendar::{Hemisphere, Season};
///
/// let day: Day = "2026-11-30".to_owned().try_into()?;
/// let season = Season::of(day, Hemisphere::North);
/// assert_eq!((season, season.next()), (Season::Autumn, Season::Winter));
/// assert_eq!(Season::of(day, Hemisphere::South), Season::Spring);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Season {
    /// March to May in the north.
    Spring,
    /// June to August in the north.
    Summer,
    /// September to November in the north.
    Autumn,
    /// December to February in the north.
    Winter,
}

/// Half of the globe.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Hemisphere {
    /// Of the northern summer in June.
    #[default]
    North,
    /// Of the southern summer in December.
    South,
}

impl Season {
    /// The meteorological season of a day: whole months, as the WMO counts them.
    #[must_use]
    pub fn of(day: Day, hemisphere: Hemisphere) -> Self {
        let northern = match day.0.month() {
            3..=5 => Self::Spring,
            6..=8 => Self::Summer,
            9..=11 => Self::Autumn,
            _ => Self::Winter,
        };
        match hemisphere {
            Hemisphere::North => northern,
            Hemisphere::South => northern.next().next(),
        }
    }

    /// The season after this one.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Spring => Self::Summer,
            Self::Summer => Self::Autumn,
            Self::Autumn => Self::Winter,
            Self::Winter => Self::Spring,
        }
    }
}

/// When somebody of 29 February has an anniversary in other years.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LeapDay {
    /// On 28 February: the same month.
    #[default]
    February28,
    /// On 1 March: a whole year has passed.
    March1,
}

/// The next anniversary of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Anniversary {
    /// The day.
    pub day: Day,
    /// Which anniversary it is, from 1.
    pub years: u32,
    /// The days until then; 0 on the day itself.
    pub days_away: u32,
}

impl Anniversary {
    /// The first anniversary of `since` that is today or later; none within the years that a calendar
    /// has.
    ///
    /// ```
    /// use goodwill::prompts::answers::Day;
    /// use goodwill::prompts::calendar::{Anniversary, LeapDay};
    ///
    /// let day = |text: &str| Day::try_from(text.to_owned());
    /// let next = Anniversary::after(day("2024-02-29")?, day("2026-02-20")?, LeapDay::February28);
    /// let next = next.unwrap();
    /// assert_eq!((next.day, next.years, next.days_away), (day("2026-02-28")?, 2, 8));
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    #[must_use]
    pub fn after(since: Day, today: Day, leap_day: LeapDay) -> Option<Self> {
        let first = (today.0.year() - since.0.year()).max(1);
        (first..=first + 1).find_map(|years| {
            let day = in_year(since.0, since.0.year() + years, leap_day)?;
            let days_away = u32::try_from(day.signed_duration_since(today.0).num_days()).ok()?;
            Some(Self { day: Day(day), years: u32::try_from(years).ok()?, days_away })
        })
    }
}

fn in_year(day: NaiveDate, year: i32, leap_day: LeapDay) -> Option<NaiveDate> {
    day.with_year(year).or_else(|| match leap_day {
        LeapDay::February28 => NaiveDate::from_ymd_opt(year, 2, 28),
        LeapDay::March1 => NaiveDate::from_ymd_opt(year, 3, 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day(text.parse().unwrap())
    }

    /// F534: seasons turn with the month, and are opposite in the south.
    #[test]
    fn seasons_turn_with_the_month() {
        for (date, north, south) in [
            ("2026-02-28", Season::Winter, Season::Summer),
            ("2026-03-01", Season::Spring, Season::Autumn),
            ("2026-06-01", Season::Summer, Season::Winter),
            ("2026-11-30", Season::Autumn, Season::Spring),
            ("2026-12-01", Season::Winter, Season::Summer),
        ] {
            assert_eq!(Season::of(day(date), Hemisphere::North), north, "{date}");
            assert_eq!(Season::of(day(date), Hemisphere::South), south, "{date}");
        }
        assert_eq!(Season::Winter.next(), Season::Spring);
    }

    /// F540: the next anniversary, its number, and the days until then; 29 February has one every year.
    #[test]
    fn anniversaries_come_every_year() {
        let next = |since: &str, today: &str, rule| {
            let found = Anniversary::after(day(since), day(today), rule).unwrap();
            (found.day.to_string(), found.years, found.days_away)
        };
        let usual = LeapDay::February28;
        assert_eq!(next("2024-03-10", "2026-03-10", usual), ("2026-03-10".into(), 2, 0));
        assert_eq!(next("2024-03-10", "2026-03-11", usual), ("2027-03-10".into(), 3, 364));
        // The day itself is not its own anniversary, and a day to come has one a year later.
        assert_eq!(next("2026-03-10", "2026-03-10", usual), ("2027-03-10".into(), 1, 365));
        assert_eq!(next("2026-12-31", "2026-01-01", usual), ("2027-12-31".into(), 1, 729));
        assert_eq!(next("2024-02-29", "2025-02-28", usual), ("2025-02-28".into(), 1, 0));
        assert_eq!(next("2024-02-29", "2025-03-01", usual), ("2026-02-28".into(), 2, 364));
        assert_eq!(next("2024-02-29", "2025-03-01", LeapDay::March1), ("2025-03-01".into(), 1, 0));
        assert_eq!(next("2024-02-29", "2028-02-01", LeapDay::March1), ("2028-02-29".into(), 4, 28));
        // The calendar ends before the next one.
        assert_eq!(Anniversary::after(Day(NaiveDate::MIN), Day(NaiveDate::MAX), usual), None);
    }
}
