//! Time zones: UTC, fixed offsets, and the zones of the IANA time zone database.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Code, Error, Result};

/// What a local time means that the zone's clocks showed twice or never.
///
/// When clocks go back, an hour comes twice; when they go forward, one is left out. Both have two
/// readings: with the offset before the change and with the one after. The words are those of
/// `disambiguation` in ECMAScript's Temporal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LocalTimes {
    /// The earlier of the two instants.
    Earlier,
    /// The later of the two instants.
    Later,
    /// An error.
    #[default]
    Reject,
}

/// The zone whose clocks tell days, weeks and months apart.
///
/// ```
/// use goodwill::analytics::Zone;
///
/// let offset: Zone = "+05:30".parse()?;
/// assert_eq!((offset.to_string(), Zone::UTC.to_string()), ("+05:30".into(), "UTC".into()));
/// // 20:00 in London is past one in the morning in Delhi.
/// assert_eq!(offset.local_millis(72_000_000), 72_000_000 + 19_800_000);
/// assert_eq!("Moon/Sea of Tranquility".parse::<Zone>().unwrap_err().details()["field"], "zone");
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    /// Minutes east of Greenwich.
    Fixed(i16),
    #[cfg(feature = "zones")]
    Named(chrono_tz::Tz),
}

impl Default for Zone {
    fn default() -> Self {
        Self::UTC
    }
}

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self(Kind::Fixed(0));

    /// What the zone's clocks show at an instant: milliseconds since 1970-01-01T00:00 on the wall clock.
    #[must_use]
    pub fn local_millis(self, instant: i64) -> i64 {
        instant.saturating_add(self.offset_millis(instant))
    }

    /// Whether the offset is the same at all times.
    pub(crate) fn is_fixed(self) -> bool {
        matches!(self.0, Kind::Fixed(_))
    }

    #[cfg_attr(
        not(feature = "zones"),
        expect(unused_variables, reason = "fixed offsets are the same at every instant")
    )]
    fn offset_millis(self, instant: i64) -> i64 {
        match self.0 {
            Kind::Fixed(minutes) => i64::from(minutes) * 60_000,
            #[cfg(feature = "zones")]
            Kind::Named(zone) => {
                use chrono::{Offset as _, TimeZone as _};

                let at = chrono::DateTime::from_timestamp_millis(instant).unwrap_or_default();
                let offset = zone.offset_from_utc_datetime(&at.naive_utc()).fix();
                i64::from(offset.local_minus_utc()) * 1_000
            }
        }
    }
}

impl FromStr for Zone {
    type Err = Error;

    /// Reads `UTC`, an offset such as `+02:00`, or, with the feature `zones`, an IANA name such as
    /// `Europe/Berlin`.
    fn from_str(text: &str) -> Result<Self> {
        if matches!(text, "UTC" | "Z" | "Etc/UTC") {
            return Ok(Self::UTC);
        }
        if let Some(minutes) = offset_minutes(text) {
            return Ok(Self(Kind::Fixed(minutes)));
        }
        #[cfg(feature = "zones")]
        if let Ok(zone) = text.parse() {
            return Ok(Self(Kind::Named(zone)));
        }
        let accepted = if cfg!(feature = "zones") {
            "UTC, an offset such as +02:00, or a name of the IANA database such as Europe/Berlin"
        } else {
            "UTC or an offset such as +02:00; this build has no zones by name"
        };
        Err(Error::field(Code::InputUnknownValue, "zone", accepted))
    }
}

/// The minutes of `±hh:mm`, up to 18 hours as in ISO 8601 of `java.time`.
fn offset_minutes(text: &str) -> Option<i16> {
    let (sign, rest) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix('-')?),
    };
    let (hours, minutes) = rest.split_once(':')?;
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (i16, i16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= 18 * 60).then_some(sign * total)
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Fixed(0) => f.write_str("UTC"),
            Kind::Fixed(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
            #[cfg(feature = "zones")]
            Kind::Named(zone) => f.write_str(zone.name()),
        }
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::error::read_text(deserializer, "a time zone")
    }
}

/// What a local time turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Local {
    /// One instant.
    Instant(i64),
    /// The clocks showed it twice: the earlier and the later instant.
    Twice(i64, i64),
    /// The clocks left it out: the earlier and the later reading.
    Never(i64, i64),
}

/// The offsets of a zone over a range of instants, for millions of look-ups.
#[derive(Debug)]
pub(crate) struct Offsets {
    /// The offset before the first change.
    first: i64,
    /// When it changes, and to what, ascending.
    changes: Vec<(i64, i64)>,
    /// The first day that was asked for.
    begin: i64,
    /// How many changes are over when each day from there begins.
    over: Vec<u32>,
}

const DAY: i64 = 86_400_000;

/// How far clocks are from Greenwich at most, with room.
const MARGIN: i64 = 2 * DAY;

impl Offsets {
    /// The offsets between two instants, and two days around them.
    ///
    /// The database does not tell its changes, so that every day is asked for its offset, and a change is
    /// closed in on. No zone ever changed twice within a day.
    pub(crate) fn new(zone: Zone, from: i64, to: i64) -> Self {
        // Before 1800 there was local mean time only.
        const FIRST: i64 = -5_364_662_400_000;
        let mut at = from.saturating_sub(MARGIN).max(FIRST);
        let mut offset = zone.offset_millis(at);
        let mut offsets = Self { first: offset, changes: vec![], begin: at, over: vec![] };
        if zone.is_fixed() {
            return offsets;
        }
        let end = to.saturating_add(MARGIN);
        while at < end {
            let next = at.saturating_add(DAY);
            offsets.over.push(u32::try_from(offsets.changes.len()).unwrap_or(u32::MAX));
            let after = zone.offset_millis(next);
            if after != offset {
                let (mut low, mut high) = (at, next);
                while high - low > 1 {
                    let middle = low + (high - low) / 2;
                    if zone.offset_millis(middle) == offset { low = middle } else { high = middle }
                }
                offsets.changes.push((high, after));
                offset = after;
            }
            at = next;
        }
        offsets
    }

    /// What the clocks show at an instant.
    pub(crate) fn local(&self, instant: i64) -> i64 {
        instant + self.offset(instant)
    }

    fn offset(&self, instant: i64) -> i64 {
        if self.changes.is_empty() {
            return self.first;
        }
        let day = usize::try_from((instant - self.begin).div_euclid(DAY)).ok();
        let passed = match day.and_then(|day| self.over.get(day)) {
            // At most one change is in the day itself.
            Some(over) => {
                let over = *over as usize;
                over + usize::from(self.changes.get(over).is_some_and(|(at, _)| *at <= instant))
            }
            None => self.changes.partition_point(|(at, _)| *at <= instant),
        };
        let change = passed.checked_sub(1).and_then(|last| self.changes.get(last));
        change.map_or(self.first, |(_, offset)| *offset)
    }

    /// When the clocks showed this.
    pub(crate) fn instant(&self, local: i64) -> Local {
        // Either reading lies within two days, where there is at most one change or the two agree.
        let before = local - self.offset(local.saturating_sub(MARGIN / 2));
        let after = local - self.offset(local.saturating_add(MARGIN / 2));
        if before == after {
            return Local::Instant(before);
        }
        let (earlier, later) = (before.min(after), before.max(after));
        match (self.local(before) == local, self.local(after) == local) {
            (true, true) => Local::Twice(earlier, later),
            (true, false) => Local::Instant(before),
            (false, true) => Local::Instant(after),
            (false, false) => Local::Never(earlier, later),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    fn millis(text: &str) -> i64 {
        format!("{text}Z").parse::<crate::Timestamp>().unwrap().as_millis()
    }

    #[test]
    fn offsets_are_those_of_the_database() {
        for name in [
            "Europe/Berlin",
            "America/New_York",
            "Asia/Kathmandu",
            "Africa/Casablanca",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "Europe/Dublin",
            "America/St_Johns",
        ] {
            let zone: Zone = name.parse().unwrap();
            let (from, to) = (millis("1850-01-01T00:00:00"), millis("2037-12-31T00:00:00"));
            let offsets = Offsets::new(zone, from, to);
            for step in 0..(to - from) / (5 * HOUR) {
                let instant = from + step * 5 * HOUR;
                assert_eq!(offsets.local(instant), zone.local_millis(instant), "{name} {instant}");
            }
            for (change, _) in &offsets.changes {
                for instant in [change - 1, *change, change + HOUR, change - HOUR] {
                    assert_eq!(offsets.local(instant), zone.local_millis(instant), "{name}");
                    let found = offsets.instant(offsets.local(instant));
                    assert!(
                        matches!(found, Local::Instant(a) if a == instant)
                            || matches!(found, Local::Twice(a, b) if a == instant || b == instant),
                        "{name} {instant} {found:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn hours_that_came_twice_or_never_are_known() {
        let zone: Zone = "Europe/Berlin".parse().unwrap();
        let (from, to) = (millis("2026-01-01T00:00:00"), millis("2026-12-31T00:00:00"));
        let offsets = Offsets::new(zone, from, to);
        let twice = millis("2026-10-25T02:30:00");
        assert_eq!(offsets.instant(twice), Local::Twice(twice - 2 * HOUR, twice - HOUR));
        let never = millis("2026-03-29T02:30:00");
        assert_eq!(offsets.instant(never), Local::Never(never - 2 * HOUR, never - HOUR));
        let noon = millis("2026-07-01T12:00:00");
        assert_eq!(offsets.instant(noon), Local::Instant(noon - 2 * HOUR));
    }

    #[test]
    fn texts_come_back() {
        for text in ["UTC", "+02:00", "-09:30", "Europe/Berlin", "America/Argentina/Buenos_Aires"] {
            assert_eq!(text.parse::<Zone>().unwrap().to_string(), text);
        }
        for text in ["", "+2:00", "+19:00", "+01:60", "CET2", "berlin", "+0a:00"] {
            assert!(text.parse::<Zone>().is_err(), "{text}");
        }
    }
}
