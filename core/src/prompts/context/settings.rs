//! When, where and in which terms facts are looked at.

use chrono::{DateTime, FixedOffset, SecondsFormat};
use serde::{Deserialize, Serialize};

use super::profiles::ApplianceProfiles;
use crate::money::Currency;
use crate::prompts::answers::Day;
use crate::prompts::calendar::{Hemisphere, LeapDay, Season};
use crate::time::Timestamp;
use crate::zone::Zone;

/// A holiday of the tenant's calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Holiday {
    /// The name: `Easter`.
    pub name: String,
    /// The day. A holiday of every year stands here once for each.
    pub day: Day,
}

/// When, where and in which terms facts are looked at. Nothing is taken from the machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContextSettings {
    /// The present.
    pub now: Timestamp,
    /// The zone whose clock tells days apart; UTC by default.
    #[serde(default)]
    pub zone: Zone,
    /// The language of dates and numbers, as `de`; that of the prompt by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// The currency that a prompt counts in; that of most payments by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// The name of the business, as letters are signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// Where the seasons are; in the north by default.
    #[serde(default)]
    pub hemisphere: Hemisphere,
    /// When somebody of 29 February has an anniversary; on 28 February by default.
    #[serde(default)]
    pub leap_day: LeapDay,
    /// The holidays of the tenant's calendar.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<Holiday>,
    /// How many days ahead an occasion is looked for; 30 by default.
    #[serde(default = "month")]
    pub occasion_days: u32,
    /// What is known about appliances; the shipped profiles by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profiles: Option<ApplianceProfiles>,
}

fn month() -> u32 {
    30
}

impl ContextSettings {
    /// In UTC, in the north, with the shipped profiles and without holidays.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self {
            now,
            zone: Zone::UTC,
            locale: None,
            currency: None,
            company: None,
            hemisphere: Hemisphere::North,
            leap_day: LeapDay::default(),
            holidays: Vec::new(),
            occasion_days: month(),
            profiles: None,
        }
    }

    /// The day of an instant.
    ///
    /// ```
    /// use goodwill::prompts::context::ContextSettings;
    ///
    /// let mut settings = ContextSettings::at("2026-02-28T23:30:00Z".parse()?);
    /// settings.zone = "+01:00".parse()?;
    /// assert_eq!(settings.day(settings.now).to_string(), "2026-03-01");
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    #[must_use]
    pub fn day(&self, at: Timestamp) -> Day {
        Day(self.clock(at).date_naive())
    }

    /// The day of the present.
    #[must_use]
    pub fn today(&self) -> Day {
        self.day(self.now)
    }

    /// The season of the present.
    #[must_use]
    pub fn season(&self) -> Season {
        Season::of(self.today(), self.hemisphere)
    }

    /// An instant as the clock shows it, with its offset: its first ten characters are the day.
    pub(super) fn written(&self, at: Timestamp) -> String {
        self.clock(at).to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    /// The days from one day to the present, 0 for a day to come.
    pub(super) fn days_since(&self, day: Day) -> u32 {
        u32::try_from(self.today().0.signed_duration_since(day.0).num_days()).unwrap_or(0)
    }

    pub(super) fn clock(&self, at: Timestamp) -> DateTime<FixedOffset> {
        let seconds = self.zone.offset_millis(at.as_millis()) / 1_000;
        let offset = i32::try_from(seconds).ok().and_then(FixedOffset::east_opt);
        match offset {
            Some(offset) => at.to_chrono().with_timezone(&offset),
            None => at.to_chrono().fixed_offset(),
        }
    }
}
