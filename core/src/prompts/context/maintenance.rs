//! What an appliance will need.

use chrono::Datelike as _;
use serde::Serialize;
use serde_json::Number;

use super::facts::CheckedFacts;
use super::financials::number;
use super::history::ApplianceLine;
use super::records::{Appliance, ApplianceProfile};
use crate::error::Result;
use crate::ids::{Ref, kind};
use crate::prompts::answers::Day;
use crate::prompts::calendar::Season;

/// The input of the prompt `maintenance_alert`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MaintenanceInput {
    /// The appliance.
    pub appliance: ApplianceLine,
    /// Its age in years to one decimal, if the day of its installation or purchase is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub appliance_age: Option<Number>,
    /// The days since its last service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_since_last_service: Option<u32>,
    /// The completed jobs about it, the oldest first.
    pub service_history: Vec<ServiceLine>,
    /// How often it wants a service, in words.
    pub recommended_service_frequency: String,
    /// How many years such appliances last.
    pub average_lifespan: Number,
    /// What fails at its age.
    pub common_failure_points: Vec<String>,
    /// The season of the present.
    pub current_season: Season,
    /// The season to come.
    pub upcoming_season: Season,
    /// What these seasons mean for it.
    pub seasonal_impact: String,
}

/// A service in a prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceLine {
    /// The day.
    pub date: Day,
    /// What was done.
    pub description: String,
    /// What was found to be wrong, if the technician wrote it down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issues_found: Option<Vec<String>>,
}

impl CheckedFacts<'_> {
    /// The age of an appliance in whole months, from its installation, else from its purchase; none
    /// where neither is known.
    ///
    /// ```
    /// use goodwill::prompts::context::{ContextSettings, CustomerFacts};
    ///
    /// let facts: CustomerFacts = serde_json::from_str(r#"{
    ///     "customer": {"id": "ada", "name": "Ada"},
    ///     "appliances": [{"id": "a-1", "type": "Dryer", "purchasedAt": "2020-03-02"}]
    /// }"#).unwrap();
    /// let settings = ContextSettings::at("2026-03-01T09:00:00Z".parse()?);
    /// assert_eq!(facts.checked(&settings)?.months_of_age(&facts.appliances[0]), Some(71));
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    #[must_use]
    pub fn months_of_age(&self, appliance: &Appliance) -> Option<u32> {
        let (from, to) = (appliance.installed_at.or(appliance.purchased_at)?.0, self.today());
        let months = |day: chrono::NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
        let begun = i64::from(to.day() < from.day());
        Some(u32::try_from(months(to) - months(from) - begun).unwrap_or(0))
    }

    /// What the prompt `maintenance_alert` is given about an appliance.
    ///
    /// # Errors
    /// `input.invalid` when it is none of the facts, and as
    /// [`ApplianceProfiles::named`](super::ApplianceProfiles::named).
    pub fn maintenance_alert(&self, id: &Ref<kind::Subject>) -> Result<MaintenanceInput> {
        let appliance = self.appliance(id, "appliance")?;
        let profile = self.settings.profile(appliance)?;
        let months = self.months_of_age(appliance);
        let last = self.last_service(appliance);
        let season = self.settings.season();
        let age = months.map(|months| f64::from(months) / 12.0);
        let services = self.services(appliance).filter_map(|job| {
            let record = job.service_record.as_ref();
            let description = record.and_then(|record| record.description.as_ref());
            Some(ServiceLine {
                date: self.settings.day(job.completed_at?),
                description: description.unwrap_or(&job.description).clone(),
                issues_found: record.map(|record| record.issues_found.clone()),
            })
        });
        Ok(MaintenanceInput {
            appliance: self.appliance_line(appliance),
            appliance_age: age.map(|age| number((age * 10.0).floor() / 10.0)),
            days_since_last_service: last.map(|day| self.settings.days_since(day)),
            service_history: services.collect(),
            recommended_service_frequency: frequency(profile.service_interval_months),
            average_lifespan: number(profile.average_lifespan_years),
            common_failure_points: profile.failing_at(age).map(str::to_owned).collect(),
            current_season: season,
            upcoming_season: season.next(),
            seasonal_impact: impact(profile, season),
        })
    }

    fn today(&self) -> chrono::NaiveDate {
        self.settings.today().0
    }
}

fn frequency(months: u32) -> String {
    match months {
        1 => "every month".to_owned(),
        months => format!("every {months} months"),
    }
}

/// The texts of this season and the next.
fn impact(profile: &ApplianceProfile, season: Season) -> String {
    let named = [(season, "now"), (season.next(), "next season")];
    let texts = named.into_iter().filter_map(|(season, when)| {
        profile.seasonal_impact.of(season).map(|text| format!("{when}: {text}"))
    });
    let texts: Vec<String> = texts.collect();
    if texts.is_empty() { "nothing special".to_owned() } else { texts.join("; ") }
}
