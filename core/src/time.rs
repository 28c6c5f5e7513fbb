//! Instants in milliseconds, and the clock that is passed in.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Code, Error, Result};

/// An instant: milliseconds since 1970-01-01T00:00:00Z, from the year 1 to the year 9999.
///
/// On the wire it is RFC 3339 in UTC with exactly three decimals.
///
/// ```
/// use goodwill::Timestamp;
///
/// let at: Timestamp = "2026-03-01T09:30:00+01:00".parse().unwrap();
/// assert_eq!(at.to_string(), "2026-03-01T08:30:00.000Z");
/// assert!("2026-03-01 09:30".parse::<Timestamp>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(i64);

impl Timestamp {
    /// 0001-01-01T00:00:00.000Z
    pub const MIN: Self = Self(-62_135_596_800_000);
    /// 9999-12-31T23:59:59.999Z
    pub const MAX: Self = Self(253_402_300_799_999);

    /// The instant this many milliseconds after the epoch.
    ///
    /// # Errors
    /// `input.malformed_time` outside the years 1 to 9999.
    pub fn from_millis(millis: i64) -> Result<Self> {
        if (Self::MIN.0..=Self::MAX.0).contains(&millis) {
            Ok(Self(millis))
        } else {
            Err(malformed())
        }
    }

    /// Milliseconds since the epoch.
    #[must_use]
    pub fn as_millis(self) -> i64 {
        self.0
    }

    /// The instant this much later, at most [`Timestamp::MAX`].
    #[must_use]
    pub fn saturating_add(self, duration: Duration) -> Self {
        let millis = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(millis).min(Self::MAX.0))
    }

    /// The time from `earlier` to this instant; zero if `earlier` is not earlier.
    #[must_use]
    pub fn saturating_since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// The same instant for chrono.
    #[must_use]
    pub fn to_chrono(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or(DateTime::<Utc>::UNIX_EPOCH)
    }
}

/// How long ago, or how far ahead, in the largest unit that fits: what a host says in the reader's
/// language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RelativeTime {
    /// `second`, `minute`, `hour`, `day`, `week`, `month` (of 30 days) or `year` (of 365 days), as
    /// `Intl.RelativeTimeFormat` of ECMA-402 names them.
    pub unit: &'static str,
    /// How many; negative for the past.
    pub count: i64,
}

impl Timestamp {
    /// This instant as seen from `now`.
    ///
    /// ```
    /// use goodwill::Timestamp;
    ///
    /// let said: Timestamp = "2026-03-01T08:00:00Z".parse()?;
    /// let seen = said.relative_to("2026-03-01T10:20:00Z".parse()?);
    /// assert_eq!((seen.unit, seen.count), ("hour", -2));
    /// assert_eq!(seen.to_string(), "2 hours ago");
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    #[must_use]
    pub fn relative_to(self, now: Self) -> RelativeTime {
        const UNITS: [(&str, i64); 6] = [
            ("year", 365 * 86_400),
            ("month", 30 * 86_400),
            ("week", 7 * 86_400),
            ("day", 86_400),
            ("hour", 3_600),
            ("minute", 60),
        ];
        let seconds = (self.0 - now.0) / 1_000;
        let fitting = UNITS.iter().find(|(_, size)| seconds.abs() >= *size);
        let (unit, size) = fitting.copied().unwrap_or(("second", 1));
        RelativeTime { unit, count: seconds / size }
    }
}

impl fmt::Display for RelativeTime {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.count.abs();
        let plural = if count == 1 { "" } else { "s" };
        match self.count {
            0 => f.write_str("now"),
            1.. => write!(f, "in {count} {}{plural}", self.unit),
            _ => write!(f, "{count} {}{plural} ago", self.unit),
        }
    }
}

impl From<DateTime<Utc>> for Timestamp {
    /// Drops what is finer than a millisecond; years outside 1 to 9999 become the nearest bound.
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_millis().clamp(Self::MIN.0, Self::MAX.0))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_chrono().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl FromStr for Timestamp {
    type Err = Error;

    /// Reads RFC 3339 with any offset.
    fn from_str(text: &str) -> Result<Self> {
        let at = DateTime::parse_from_rfc3339(text).map_err(|_| malformed())?;
        Self::from_millis(at.timestamp_millis())
    }
}

fn malformed() -> Error {
    Error::field(
        Code::InputMalformedTime,
        "timestamp",
        "an RFC 3339 instant of the years 1 to 9999, such as 2026-03-01T09:30:00.000Z",
    )
}

impl Serialize for Timestamp {
    /// Text, or milliseconds in a form that is not for people.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            serializer.serialize_i64(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return crate::error::read_text(deserializer, "an instant");
        }
        Self::from_millis(i64::deserialize(deserializer)?).map_err(crate::error::for_serde)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "format": "date-time",
            "description": "An instant in UTC with milliseconds.",
        })
    }
}

/// Where the time comes from.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The instant of this call.
    fn now(&self) -> Timestamp;
}

/// The clock of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where time enters")]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let millis = since.map_or(0, |duration| i64::try_from(duration.as_millis()).unwrap_or(0));
        Timestamp(millis.min(Timestamp::MAX.0))
    }
}

/// A clock that stands still until it is told to move: for replays, simulations and tests.
///
/// ```
/// use std::time::Duration;
/// use goodwill::{Clock, ManualClock, Timestamp};
///
/// let clock = ManualClock::new("2026-03-01T08:00:00Z".parse().unwrap());
/// clock.advance(Duration::from_secs(90));
/// assert_eq!(clock.now().to_string(), "2026-03-01T08:01:30.000Z");
/// ```
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that shows `at`.
    #[must_use]
    pub fn new(at: Timestamp) -> Self {
        Self(AtomicI64::new(at.0))
    }

    /// Moves the clock forward.
    pub fn advance(&self, duration: Duration) {
        self.set(self.now().saturating_add(duration));
    }

    /// Sets the clock.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.0, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// F041: the largest unit that fits, in both directions, at every border.
    #[test]
    fn relative_times_use_the_largest_unit() {
        let now = Timestamp(1_772_000_000_000);
        for (seconds, text) in [
            (0, "now"),
            (-59, "59 seconds ago"),
            (-60, "1 minute ago"),
            (-7_200, "2 hours ago"),
            (-86_400, "1 day ago"),
            (-6 * 86_400, "6 days ago"),
            (-21 * 86_400, "3 weeks ago"),
            (-60 * 86_400, "2 months ago"),
            (-800 * 86_400, "2 years ago"),
            (90, "in 1 minute"),
        ] {
            assert_eq!(Timestamp(now.0 + seconds * 1_000).relative_to(now).to_string(), text);
        }
    }

    #[test]
    fn bounds_print_and_parse() {
        for at in [Timestamp::MIN, Timestamp::MAX, Timestamp(0), Timestamp(-1)] {
            assert_eq!(at.to_string().parse::<Timestamp>().unwrap(), at);
        }
        assert_eq!(Timestamp::MIN.to_string(), "0001-01-01T00:00:00.000Z");
        assert_eq!(Timestamp::MAX.to_string(), "9999-12-31T23:59:59.999Z");
        assert!(Timestamp::from_millis(Timestamp::MAX.0 + 1).is_err());
    }

    #[test]
    fn finer_than_a_millisecond_is_dropped_and_bad_texts_are_refused() {
        let at: Timestamp = "2026-03-01T09:30:00.123999Z".parse().unwrap();
        assert_eq!(at.to_string(), "2026-03-01T09:30:00.123Z");
        for text in ["", "now", "2026-03-01", "2026-03-01T09:30:00", "1772355000000"] {
            assert_eq!(text.parse::<Timestamp>().unwrap_err().code(), Code::InputMalformedTime);
        }
    }
}
