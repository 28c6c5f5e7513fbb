//! A health score with its explanation.

use serde::{Deserialize, Serialize};

use super::parameters::HealthColour;
use crate::analytics::points::Points;

/// A score that a person has set, instead of the computed one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HealthOverride {
    /// From 0 to 100.
    pub score: Points,
    /// Why.
    pub reason: String,
}

/// Where a score goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum HealthDirection {
    /// Up by more than what is steady.
    Improving,
    /// Neither.
    Steady,
    /// Down by more than what is steady.
    Declining,
}

/// A score against that of the period before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HealthTrend {
    /// The score of the period before.
    pub previous: Points,
    /// The score minus that.
    pub change: Points,
    /// Where it goes.
    pub direction: HealthDirection,
}

/// What one part contributes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HealthContribution {
    /// The name of the part.
    pub name: String,
    /// Its group.
    pub group: Option<String>,
    /// What was measured; none, if it is missing.
    pub value: Option<f64>,
    /// Its points, from 0 to 100.
    pub points: Option<Points>,
    /// Its part of the weights that are present, from 0 to 1; 0, if it is missing.
    pub weight: f64,
    /// By how many points it raises or lowers the score from the baseline.
    pub contribution: Points,
}

/// What a group of parts contributes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HealthGroup {
    /// Its name.
    pub name: String,
    /// The weighted mean of its parts; none, if all are missing.
    pub points: Option<Points>,
    /// The sum of the contributions of its parts.
    pub contribution: Points,
}

/// A health score with its explanation.
///
/// `computed` is the weighted mean to the nearest hundredth. The contributions are hundredths too, apportioned by
/// largest remainders: baseline + contributions = computed, exactly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Health {
    /// The version of the model.
    pub version: String,
    /// The score, from 0 to 100: the one that was set, else the computed one; none without enough values.
    pub score: Option<Points>,
    /// Its colour.
    pub colour: Option<HealthColour>,
    /// The computed score.
    pub computed: Option<Points>,
    /// What a person has set.
    pub overridden: Option<HealthOverride>,
    /// Where contributions are counted from.
    pub baseline: Points,
    /// The parts, in the order of the model.
    pub parts: Vec<HealthContribution>,
    /// The groups, by name.
    pub groups: Vec<HealthGroup>,
    /// Which part of the weights has a value, from 0 to 1.
    pub coverage: f64,
    /// Against the period before, if its score is known.
    pub trend: Option<HealthTrend>,
}
