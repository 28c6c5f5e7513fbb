//! What there is to celebrate.

use serde::{Deserialize, Serialize};

use super::facts::CheckedFacts;
use super::history::{CommunicationLine, CustomerCard};
use super::last::Last;
use super::records::{Activity, ActivityDirection};
use crate::error::{Error, Result};
use crate::prompts::answers::Day;
use crate::prompts::calendar::{Anniversary, Season};
use crate::spelling::same_word;

/// What kind of occasion it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OccasionKind {
    /// So many years as a customer.
    ServiceAnniversary,
    /// A holiday of the tenant's calendar.
    Holiday,
    /// The season to come, where there is nothing else.
    Season,
}

/// Something to celebrate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Occasion {
    /// What kind it is.
    pub kind: OccasionKind,
    /// Its name: `Easter`, `3 years with us`.
    pub name: String,
    /// Its day.
    pub day: Day,
    /// The days until then; 0 on the day itself.
    pub days_away: u32,
}

/// The input of the prompt `occasion_message`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OccasionInput {
    /// The customer.
    pub customer: CustomerCard,
    /// The name of the business.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// The next anniversary of the first day as a customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_anniversary_date: Option<Day>,
    /// The days until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_until_service_anniversary: Option<u32>,
    /// The last contacts, the oldest first.
    pub recent_activities: Last<10, CommunicationLine>,
    /// The holidays to come within a year, the nearest first.
    pub upcoming_holidays: Vec<UpcomingHoliday>,
    /// The kind of the occasion, in words.
    pub occasion_type: &'static str,
    /// The name of the occasion.
    pub occasion_name: String,
}

/// A holiday in a prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UpcomingHoliday {
    /// The name.
    pub name: String,
    /// The day.
    pub date: Day,
    /// The days until then.
    pub days_away: u32,
}

impl CheckedFacts<'_> {
    /// What there is to celebrate within a year, the nearest first; on one day the anniversary goes
    /// before holidays, and these by their names.
    #[must_use]
    pub fn occasions(&self) -> Vec<Occasion> {
        let mut found: Vec<Occasion> = self.holidays().collect();
        found.extend(self.anniversary().map(|next| Occasion {
            kind: OccasionKind::ServiceAnniversary,
            name: match next.years {
                1 => "1 year with us".to_owned(),
                years => format!("{years} years with us"),
            },
            day: next.day,
            days_away: next.days_away,
        }));
        found.sort_by(|one, other| {
            let key = |one: &Occasion| (one.day, one.kind);
            key(one).cmp(&key(other)).then_with(|| one.name.cmp(&other.name))
        });
        found
    }

    /// The occasion to greet for: the nearest one within the days of the settings, else the season
    /// to come. With a name, that occasion, if it comes within a year.
    ///
    /// ```
    /// use goodwill::prompts::context::{ContextSettings, CustomerFacts};
    ///
    /// let facts: CustomerFacts = serde_json::from_str(
    ///     r#"{"customer": {"id": "ada", "name": "Ada", "createdAt": "2023-03-20T09:00:00Z"}}"#,
    /// ).unwrap();
    /// let occasion = |now: &str| {
    ///     let settings = ContextSettings::at(now.parse()?);
    ///     facts.checked(&settings)?.occasion(None)
    /// };
    /// assert_eq!(occasion("2026-03-01T09:00:00Z")?.name, "3 years with us");
    /// assert_eq!(occasion("2026-10-01T09:00:00Z")?.name, "the coming winter");
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    ///
    /// # Errors
    /// `input.invalid` for a name that no occasion has.
    pub fn occasion(&self, name: Option<&str>) -> Result<Occasion> {
        let mut all = self.occasions().into_iter();
        if let Some(name) = name {
            let found = all.find(|one| same_word(&one.name, name));
            let accepted = "a holiday of the settings or an anniversary, within a year";
            return found.ok_or_else(|| Error::invalid("occasion", accepted));
        }
        let near = all.find(|one| one.days_away <= self.settings.occasion_days);
        Ok(near.unwrap_or_else(|| self.coming_season()))
    }

    /// What the prompt `occasion_message` is given, for the occasion that [`occasion`](Self::occasion)
    /// finds.
    ///
    /// # Errors
    /// As [`occasion`](Self::occasion).
    pub fn occasion_message(&self, name: Option<&str>) -> Result<OccasionInput> {
        let occasion = self.occasion(name)?;
        let anniversary = self.anniversary();
        // A letter to the customer knows nothing of notes among colleagues.
        let shared = |one: &Activity| {
            one.kind.is_contact() && one.direction != Some(ActivityDirection::Internal)
        };
        let now = self.settings.now;
        let past = self.activities.iter();
        let past = past.filter(|(_, one)| one.created_at <= now && shared(one));
        let mut holidays: Vec<Occasion> = self.holidays().collect();
        holidays.sort_by(|one, other| (one.day, &one.name).cmp(&(other.day, &other.name)));
        Ok(OccasionInput {
            customer: self.card(),
            company: self.settings.company.clone(),
            service_anniversary_date: anniversary.map(|next| next.day),
            days_until_service_anniversary: anniversary.map(|next| next.days_away),
            recent_activities: past.map(|(_, one)| self.communication_line(one)).collect(),
            upcoming_holidays: holidays
                .into_iter()
                .map(|one| UpcomingHoliday {
                    name: one.name,
                    date: one.day,
                    days_away: one.days_away,
                })
                .collect(),
            occasion_type: match occasion.kind {
                OccasionKind::ServiceAnniversary => "service anniversary",
                OccasionKind::Holiday => "holiday",
                OccasionKind::Season => "season",
            },
            occasion_name: occasion.name,
        })
    }

    fn anniversary(&self) -> Option<Anniversary> {
        let since = self.settings.day(self.facts.customer.created_at?);
        let next = Anniversary::after(since, self.settings.today(), self.settings.leap_day)?;
        (next.days_away <= YEAR).then_some(next)
    }

    fn holidays(&self) -> impl Iterator<Item = Occasion> {
        let today = self.settings.today();
        self.settings.holidays.iter().filter_map(move |one| {
            let days = one.day.0.signed_duration_since(today.0).num_days();
            let days_away = u32::try_from(days).ok().filter(|days| *days <= YEAR)?;
            let (kind, name) = (OccasionKind::Holiday, one.name.clone());
            Some(Occasion { kind, name, day: one.day, days_away })
        })
    }

    /// The next season, from its first day.
    fn coming_season(&self) -> Occasion {
        let today = self.settings.today();
        let now = self.settings.season();
        let begins = |day: &Day| Season::of(*day, self.settings.hemisphere) != now;
        let mut days = today.0.iter_days().map(Day);
        let day = days.find(begins).unwrap_or(today);
        let name = match now.next() {
            Season::Spring => "the coming spring",
            Season::Summer => "the coming summer",
            Season::Autumn => "the coming autumn",
            Season::Winter => "the coming winter",
        };
        let days = day.0.signed_duration_since(today.0).num_days();
        Occasion {
            kind: OccasionKind::Season,
            name: name.to_owned(),
            day,
            days_away: u32::try_from(days).unwrap_or(0),
        }
    }
}

/// The days of a leap year.
const YEAR: u32 = 366;
