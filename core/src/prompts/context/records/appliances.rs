//! Appliances, and what is known about appliances of their kind.

use serde::{Deserialize, Serialize};

use crate::ids::{Ref, kind};
use crate::prompts::answers::Day;
use crate::prompts::calendar::Season;

/// An appliance of the customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Appliance {
    /// The host's id.
    pub id: Ref<kind::Subject>,
    /// What it is: `Washing machine`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The brand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// The number of the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model_number: Option<String>,
    /// The number of this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial_number: Option<String>,
    /// The day on which it was installed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub installed_at: Option<Day>,
    /// The day on which it was bought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purchased_at: Option<Day>,
    /// The last day of its warranty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warranty_until: Option<Day>,
    /// The day of its last service; that of the last completed job about it by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_service_at: Option<Day>,
    /// The day since which it is not used any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired_at: Option<Day>,
}

/// What fails at which age.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FailurePoint {
    /// The component.
    pub component: String,
    /// From this age in years; from the beginning by default.
    #[serde(default)]
    pub age_from: f64,
    /// Until before this age in years; for ever by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_to: Option<f64>,
}

/// What the seasons mean for appliances of a kind. A season without a text means nothing special.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SeasonalImpact {
    /// In spring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spring: Option<String>,
    /// In summer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summer: Option<String>,
    /// In autumn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub autumn: Option<String>,
    /// In winter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub winter: Option<String>,
}

impl SeasonalImpact {
    /// The text of a season.
    #[must_use]
    pub fn of(&self, season: Season) -> Option<&str> {
        match season {
            Season::Spring => &self.spring,
            Season::Summer => &self.summer,
            Season::Autumn => &self.autumn,
            Season::Winter => &self.winter,
        }
        .as_deref()
    }
}

/// What is known about appliances of a kind: reference data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApplianceProfile {
    /// What they are.
    #[serde(rename = "type")]
    pub kind: String,
    /// Other names of the same.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The brand, if it is about one; such a profile goes before that of the type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// The months from one service to the next.
    pub service_interval_months: u32,
    /// How many years they last on average.
    pub average_lifespan_years: f64,
    /// What fails at which age.
    #[serde(default)]
    pub failure_points: Vec<FailurePoint>,
    /// What the seasons mean for them.
    #[serde(default)]
    pub seasonal_impact: SeasonalImpact,
}
