//! Time zones: UTC, fixed offsets, and the zones of the IANA time zone database.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Code, Error, Result};

/// The zone whose clocks tell days, weeks and months apart.
///
/// ```
/// use goodwill::Zone;
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
    #[cfg(feature = "analytics")]
    pub(crate) fn is_fixed(self) -> bool {
        matches!(self.0, Kind::Fixed(_))
    }

    #[cfg_attr(
        not(feature = "zones"),
        expect(unused_variables, reason = "fixed offsets are the same at every instant")
    )]
    pub(crate) fn offset_millis(self, instant: i64) -> i64 {
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

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Zone {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Zone".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string" })
    }

    fn inline_schema() -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
