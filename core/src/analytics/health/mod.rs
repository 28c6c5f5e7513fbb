//! The health of a customer relationship: a weighted score from 0 to 100 with its parts.

mod parameters;
mod result;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use parameters::{HealthBands, HealthColour, HealthPart, HealthScale, HealthStep};
pub use result::{
    Health, HealthContribution, HealthDirection, HealthGroup, HealthOverride, HealthTrend,
};

use super::columns::{check_column, check_names, check_number, check_version};
use super::customers::{cell_error, same_length};
use super::points::{Points, apportion};
use crate::error::{Error, Result};
use parameters::{SCORE, is_score};

/// How a health score is made, versioned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HealthModel {
    /// Of this set of parameters; results repeat it.
    pub version: String,
    /// The parts, in the order of the values.
    pub parts: Vec<HealthPart>,
    /// The score from which contributions are counted, from 0 to 100: what is above raises, what is below
    /// lowers. With 0 all contributions raise.
    pub baseline: Points,
    /// The colours.
    pub bands: HealthBands,
    /// Which part of the weights has to have a value for there to be a score, from 0 to 1.
    pub least_coverage: f64,
    /// By how many points a score may change and be steady.
    pub steady_within: Points,
}

impl Default for HealthModel {
    /// `health-1`: engagement 30 (points), satisfaction 25 (1 to 5), days since the last purchase 25 (365 to 0),
    /// promises of time kept 10 (50 to 100 %), open complaints 10 (none 100, one 50, two 20, more 0); red below
    /// 40, green from 70. A convention, not fitted to data.
    fn default() -> Self {
        let part = |name: &str, group: &str, weight, scale| HealthPart {
            name: name.into(),
            group: Some(group.into()),
            weight,
            scale,
        };
        let linear = |worst, best| HealthScale::Linear { worst, best };
        let complaints = [(0.0, 100.0), (1.0, 50.0), (2.0, 20.0), (3.0, 0.0)];
        let steps = complaints.map(|(from, points)| HealthStep { from, points }).to_vec();
        Self {
            version: "health-1".into(),
            parts: vec![
                part("engagement", "relationship", 30.0, HealthScale::Points),
                part("satisfaction", "relationship", 25.0, linear(1.0, 5.0)),
                part("days_since_purchase", "value", 25.0, linear(365.0, 0.0)),
                part("sla_percent", "service", 10.0, linear(50.0, 100.0)),
                part("open_complaints", "service", 10.0, HealthScale::Steps { steps }),
            ],
            baseline: Points::from_hundredths(50_00),
            bands: HealthBands::Three { yellow: 40.0, green: 70.0 },
            least_coverage: 0.25,
            steady_within: Points::from_hundredths(2_00),
        }
    }
}

impl HealthModel {
    /// # Errors
    /// `input.invalid`: no `version`; with the row of the part, a name that is empty or stands twice, a weight
    /// that is not from 0 to 10⁶, a scale that cannot be; weights that sum to 0; `baseline`, `bands`,
    /// `leastCoverage` or `steadyWithin` out of range.
    pub fn check(&self) -> Result<()> {
        check_version(&self.version)?;
        check_names("parts", self.parts.iter().map(|part| part.name.as_str()))?;
        let weights: Vec<f64> = self.parts.iter().map(|part| part.weight).collect();
        check_column("weight", &weights, "a number from 0 to 1000000", |weight| {
            (0.0..=1e6).contains(&weight)
        })?;
        if weights.iter().all(|weight| *weight == 0.0) {
            return Err(Error::invalid("weight", "a sum above 0"));
        }
        for (row, part) in self.parts.iter().enumerate() {
            part.scale.check(row)?;
        }
        check_number("baseline", self.baseline.as_f64(), SCORE, is_score)?;
        let bounds = self.bands.bounds();
        let ascending = bounds.iter().zip(bounds.iter().skip(1)).all(|(a, b)| a.1 < b.1);
        if !ascending || !bounds.iter().all(|(_, from)| is_score(*from)) {
            return Err(Error::invalid("bands", "ascending numbers from 0 to 100"));
        }
        check_number("leastCoverage", self.least_coverage, "a number from 0 to 1", |coverage| {
            (0.0..=1.0).contains(&coverage)
        })?;
        check_number("steadyWithin", self.steady_within.as_f64(), SCORE, is_score)
    }

    /// The health of a customer: a value for each part, or none where it is missing; then the others weigh
    /// more. The score of the period before gives the trend.
    ///
    /// ```
    /// use goodwill::analytics::{HealthColour, HealthModel, Points};
    ///
    /// let model = HealthModel::default();
    /// // Nothing is known of promises of time.
    /// let values = [Some(60.0), Some(4.0), Some(73.0), None, Some(1.0)];
    /// let health = model.evaluate(&values, Some(Points::new(75.0)?), None)?;
    /// // (30 · 60 + 25 · 75 + 25 · 80 + 10 · 50) / 90
    /// assert_eq!(health.score, Some(Points::new(68.61)?));
    /// assert_eq!(health.colour, Some(HealthColour::Yellow));
    /// let parts = health.parts.iter().map(|part| part.contribution);
    /// assert_eq!(Some(health.baseline + parts.sum()), health.score);
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`check`](Self::check); `input.invalid` with the row of the part: another number of values than of
    /// parts, one that is not finite, or points that are not from 0 to 100; `previous` or `overridden` not from 0
    /// to 100, or without a reason.
    pub fn evaluate(
        &self,
        values: &[Option<f64>],
        previous: Option<Points>,
        overridden: Option<HealthOverride>,
    ) -> Result<Health> {
        self.check()?;
        same_length("values", values.len(), self.parts.len())?;
        for (row, (part, value)) in self.parts.iter().zip(values).enumerate() {
            let value = value.unwrap_or(0.0);
            if part.scale == HealthScale::Points && !is_score(value) {
                return Err(cell_error("values", row, SCORE));
            }
            if !value.is_finite() {
                return Err(cell_error("values", row, "a finite number"));
            }
        }
        check_number("previous", previous.unwrap_or_default().as_f64(), SCORE, is_score)?;
        if let Some(set) = &overridden {
            check_number("overridden", set.score.as_f64(), SCORE, is_score)?;
            if set.reason.trim().is_empty() {
                return Err(Error::invalid("overridden", "a score with a reason"));
            }
        }
        let parts = self.contributions(values);
        let present: f64 = self.present(values).sum();
        let coverage = present / self.parts.iter().map(|part| part.weight).sum::<f64>();
        let known = present > 0.0 && coverage >= self.least_coverage;
        let computed = known
            .then(|| self.baseline + parts.iter().map(|part| part.contribution).sum::<Points>());
        let score = overridden.as_ref().map(|set| set.score).or(computed);
        Ok(Health {
            version: self.version.clone(),
            score,
            colour: score.map(|score| self.bands.colour(score)),
            computed,
            overridden,
            baseline: self.baseline,
            groups: groups(&parts)?,
            parts,
            coverage,
            trend: score.zip(previous).map(|(score, previous)| self.trend(score, previous)),
        })
    }

    /// The weights of parts with a value.
    fn present<'a>(&'a self, values: &'a [Option<f64>]) -> impl Iterator<Item = f64> + 'a {
        let parts = self.parts.iter().zip(values);
        parts.map(|(part, value)| if value.is_some() { part.weight } else { 0.0 })
    }

    fn contributions(&self, values: &[Option<f64>]) -> Vec<HealthContribution> {
        let total: f64 = self.present(values).sum();
        let baseline = self.baseline.as_f64();
        let scored = self.parts.iter().zip(values).zip(self.present(values));
        let scored: Vec<_> = scored
            .map(|((part, value), present)| {
                let weight = if total > 0.0 { present / total } else { 0.0 };
                let points = value.map(|value| part.scale.points(value));
                (part, *value, points, weight)
            })
            .collect();
        let exact: Vec<f64> = scored
            .iter()
            .map(|(_, _, points, weight)| weight * (points.unwrap_or(baseline) - baseline))
            .collect();
        let total = (100.0 * exact.iter().sum::<f64>()).round() as i64;
        let shares = apportion(&exact, Points::from_hundredths(total));
        let parts = scored.into_iter().zip(shares);
        let parts = parts.map(|((part, value, points, weight), contribution)| HealthContribution {
            name: part.name.clone(),
            group: part.group.clone(),
            value,
            points: points.and_then(|points| Points::new(points).ok()),
            weight,
            contribution,
        });
        parts.collect()
    }

    fn trend(&self, score: Points, previous: Points) -> HealthTrend {
        let change = score - previous;
        let direction = if change > self.steady_within {
            HealthDirection::Improving
        } else if previous - score > self.steady_within {
            HealthDirection::Declining
        } else {
            HealthDirection::Steady
        };
        HealthTrend { previous, change, direction }
    }
}

fn groups(parts: &[HealthContribution]) -> Result<Vec<HealthGroup>> {
    let mut sums: BTreeMap<&str, (f64, f64, Points)> = BTreeMap::new();
    for part in parts {
        let Some(group) = &part.group else { continue };
        let (points, weight, contribution) = sums.entry(group).or_default();
        *points += part.weight * part.points.map_or(0.0, Points::as_f64);
        *weight += part.weight;
        *contribution = *contribution + part.contribution;
    }
    let groups = sums.into_iter().map(|(name, (points, weight, contribution))| {
        let points = if weight > 0.0 { Some(Points::new(points / weight)?) } else { None };
        Ok(HealthGroup { name: name.to_owned(), points, contribution })
    });
    groups.collect()
}
