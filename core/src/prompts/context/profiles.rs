//! What is known about appliances: reference data with a version, shipped and replaceable.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::records::{Appliance, ApplianceProfile};
use crate::error::{Error, Result};
use crate::spelling::same_word;

/// The name of the profile for everything that has none.
const OTHER: &str = "other";

/// Profiles of appliances. The last resort is the one of the type `other`, which must be there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApplianceProfiles {
    /// The version: whoever changes a profile changes it too.
    pub version: String,
    /// Where the numbers come from.
    #[serde(default)]
    pub sources: Vec<String>,
    /// The profiles.
    pub profiles: Vec<ApplianceProfile>,
}

impl ApplianceProfiles {
    /// The shipped profiles, with their sources.
    ///
    /// ```
    /// use goodwill::prompts::context::ApplianceProfiles;
    ///
    /// let shipped = ApplianceProfiles::shipped();
    /// assert_eq!(shipped.version, "2026-1");
    /// assert_eq!(shipped.named("fridge", None)?.average_lifespan_years, 13.0);
    /// assert_eq!(shipped.named("Sauna", None)?.kind, "other");
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<ApplianceProfiles> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let read = serde_json::from_str(include_str!("profiles.json"));
            // The tests read it too: it is never empty.
            read.unwrap_or(Self { version: String::new(), sources: vec![], profiles: vec![] })
        })
    }

    /// The profile for a type and a brand: that of the brand, else that of the type by its name or
    /// another one, else `other`. Case, spaces and dashes do not matter.
    ///
    /// # Errors
    /// `input.invalid` when there is no profile `other`.
    pub fn named(&self, kind: &str, brand: Option<&str>) -> Result<&ApplianceProfile> {
        let is = |one: &&ApplianceProfile| {
            same_word(&one.kind, kind) || one.aliases.iter().any(|name| same_word(name, kind))
        };
        let of_brand = |one: &&ApplianceProfile| match (&one.brand, brand) {
            (Some(one), Some(brand)) => same_word(one, brand),
            _ => false,
        };
        let all = || self.profiles.iter();
        let found = all().find(|one| is(one) && of_brand(one));
        let found = found.or_else(|| all().find(|one| is(one) && one.brand.is_none()));
        let found = found.or_else(|| all().find(|one| one.kind == OTHER));
        found.ok_or_else(|| Error::invalid("context.profiles", "a profile of the type other"))
    }
}

impl ApplianceProfile {
    /// What fails at an age in years; at an unknown age everything.
    pub fn failing_at(&self, age: Option<f64>) -> impl Iterator<Item = &str> {
        let fails =
            move |age: f64, from: f64, to: Option<f64>| age >= from && to.is_none_or(|to| age < to);
        self.failure_points
            .iter()
            .filter(move |point| age.is_none_or(|age| fails(age, point.age_from, point.age_to)))
            .map(|point| point.component.as_str())
    }
}

impl super::ContextSettings {
    /// The profile of an appliance.
    ///
    /// # Errors
    /// As [`ApplianceProfiles::named`].
    pub(crate) fn profile(&self, appliance: &Appliance) -> Result<&ApplianceProfile> {
        self.profiles().named(&appliance.kind, appliance.brand.as_deref())
    }

    /// The profiles that count.
    #[must_use]
    pub fn profiles(&self) -> &ApplianceProfiles {
        self.profiles.as_ref().unwrap_or_else(|| ApplianceProfiles::shipped())
    }
}
