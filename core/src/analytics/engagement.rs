//! How engaged a customer is: what was done, and how long ago.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::columns::{check_column, check_names, check_number, check_version};
use super::customers::same_length;
use super::points::{Points, apportion};
use super::special::exp2;
use crate::error::{Error, Result};

/// How activities become a score from 0 to 100, versioned.
///
/// Each activity weighs w · 2^(−age / half-life); the score of their sum s is 100 (1 − 2^(−s / half)): `half`
/// gives 50, twice that 75, and no activity is worth nothing to the busiest customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EngagementModel {
    /// Of this set of parameters; results repeat it.
    pub version: String,
    /// After how many days an activity weighs half.
    pub half_life_days: f64,
    /// The weighted sum that is worth 50 points.
    pub half: f64,
    /// The weight of each kind of activity, from 0.
    pub weights: BTreeMap<String, f64>,
}

/// What one kind of activity contributes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EngagementPart {
    /// The kind.
    pub kind: String,
    /// How many activities there were.
    pub activities: u64,
    /// Their weighted sum.
    pub weight: f64,
    /// Its part of the score.
    pub contribution: Points,
}

/// An engagement score with its parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Engagement {
    /// The version of the model.
    pub version: String,
    /// From 0 to 100, to the nearest hundredth.
    pub score: Points,
    /// The kinds that the model knows, by name; the contributions sum to the score, by largest remainders.
    pub parts: Vec<EngagementPart>,
    /// Activities of kinds that the model does not know.
    pub unknown: u64,
}

impl Default for EngagementModel {
    /// `engagement-1`, a half-life of 30 days: messages 1, replies 2, portal visits 0.5, survey answers 2,
    /// purchases 4, referrals 6; 50 points for a weighted sum of 5. A convention, not fitted to data.
    fn default() -> Self {
        let weights = [
            ("message", 1.0),
            ("portal_visit", 0.5),
            ("purchase", 4.0),
            ("referral", 6.0),
            ("reply", 2.0),
            ("survey_answer", 2.0),
        ];
        Self {
            version: "engagement-1".into(),
            half_life_days: 30.0,
            half: 5.0,
            weights: weights.map(|(kind, weight)| (kind.into(), weight)).into(),
        }
    }
}

impl EngagementModel {
    /// # Errors
    /// `input.invalid`: no `version`; `halfLifeDays` or `half` not finite and above 0; with the row, a kind
    /// without a name, or a weight that is not from 0 to 10⁶; weights that are all 0.
    pub fn check(&self) -> Result<()> {
        check_version(&self.version)?;
        let above_0 = |number: f64| number > 0.0;
        check_number("halfLifeDays", self.half_life_days, "a finite number above 0", above_0)?;
        check_number("half", self.half, "a finite number above 0", above_0)?;
        check_names("weights", self.weights.keys().map(String::as_str))?;
        let weights: Vec<f64> = self.weights.values().copied().collect();
        check_column("weights", &weights, "a number from 0 to 1000000", |weight| {
            (0.0..=1e6).contains(&weight)
        })?;
        if weights.iter().all(|weight| *weight == 0.0) {
            return Err(Error::invalid("weights", "a sum above 0"));
        }
        Ok(())
    }

    /// The engagement of a customer with these activities.
    ///
    /// ```
    /// use goodwill::analytics::{EngagementModel, Points};
    ///
    /// // A purchase today and two portal visits a half-life ago: 4 + 2 · 0.25 of 5.
    /// let kinds = ["purchase", "portal_visit", "portal_visit"];
    /// let engagement = EngagementModel::default().score(&kinds, &[0.0, 30.0, 30.0])?;
    /// assert_eq!(engagement.score, Points::new(100.0 * (1.0 - 2_f64.powf(-4.5 / 5.0)))?);
    /// let parts = engagement.parts.iter().map(|part| part.contribution);
    /// assert_eq!(parts.sum::<Points>(), engagement.score);
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`check`](Self::check); `input.invalid` with the row: columns of different lengths, an age that is not
    /// finite and from 0.
    pub fn score<K: AsRef<str>>(&self, kinds: &[K], age_days: &[f64]) -> Result<Engagement> {
        self.check()?;
        same_length("ageDays", age_days.len(), kinds.len())?;
        check_column("ageDays", age_days, "a finite number from 0", |age| age >= 0.0)?;
        let mut sums: BTreeMap<&str, (u64, f64)> =
            self.weights.keys().map(|kind| (kind.as_str(), (0, 0.0))).collect();
        let mut unknown = 0;
        for (kind, age) in kinds.iter().zip(age_days) {
            match (sums.get_mut(kind.as_ref()), self.weights.get(kind.as_ref())) {
                (Some((count, sum)), Some(weight)) => {
                    *count += 1;
                    *sum += weight * exp2(-age / self.half_life_days);
                }
                _ => unknown += 1,
            }
        }
        let total: f64 = sums.values().map(|(_, sum)| sum).sum();
        let exact = 100.0 * (1.0 - exp2(-total / self.half));
        let score = Points::new(exact)?;
        let share = |sum: f64| if total > 0.0 { exact * (sum / total) } else { 0.0 };
        let shares: Vec<f64> = sums.values().map(|(_, sum)| share(*sum)).collect();
        let parts = sums.iter().zip(apportion(&shares, score)).map(
            |((kind, (activities, weight)), contribution)| EngagementPart {
                kind: (*kind).to_owned(),
                activities: *activities,
                weight: *weight,
                contribution,
            },
        );
        Ok(Engagement { version: self.version.clone(), score, parts: parts.collect(), unknown })
    }
}
