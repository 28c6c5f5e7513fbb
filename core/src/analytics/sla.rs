//! Which promises of time are kept.

use serde::{Deserialize, Serialize};

use super::columns::{check_column, check_version};
use super::customers::same_length;
use super::inference::wilson;
use super::quantiles::{Distribution, Percentiles};
use crate::error::{Error, Result};

/// How a promise of time stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlaState {
    /// Done in time.
    Met,
    /// Not done in time, whether done by now or not.
    Breached,
    /// Not done, and time is left.
    Running,
    /// The same, with little time left.
    AtRisk,
}

/// How promises of time are judged, versioned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SlaRules {
    /// Of this set of parameters; results repeat it.
    pub version: String,
    /// From which part of the target on a running promise is at risk, from 0 to 1.
    pub at_risk_from: f64,
    /// Which percentiles of the overrun are asked for.
    pub percentiles: Percentiles,
}

impl Default for SlaRules {
    /// At risk from four fifths of the target.
    fn default() -> Self {
        Self { version: "sla-1".into(), at_risk_from: 0.8, percentiles: Percentiles::default() }
    }
}

/// How many promises of time were kept.
///
/// ```
/// use goodwill::analytics::{SlaCompliance, SlaRules, SlaState};
///
/// // Business minutes, of an hour each.
/// let (elapsed, done) = ([30.0, 60.0, 90.0, 10.0, 70.0], [true, true, true, false, false]);
/// let sla = SlaRules::default().evaluate(&[60.0; 5], &elapsed, &done)?;
/// assert_eq!((sla.met, sla.breached, sla.running, sla.percent), (2, 2, 1, Some(50.0)));
/// assert_eq!(sla.states[4], SlaState::Breached);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SlaCompliance {
    /// The version of the rules.
    pub version: String,
    /// Promises kept.
    pub met: u64,
    /// Promises broken.
    pub breached: u64,
    /// Promises that can still be kept, those at risk too.
    pub running: u64,
    /// Those at risk.
    pub at_risk: u64,
    /// met / (met + breached), from 0 to 100; none, while nothing is decided.
    pub percent: Option<f64>,
    /// The lower end of Wilson's 95 % interval of the share.
    pub low: f64,
    /// The upper end of it.
    pub high: f64,
    /// How far beyond their targets the broken ones are.
    pub overrun: Option<Distribution>,
    /// The state of each row.
    pub states: Vec<SlaState>,
}

impl SlaRules {
    /// # Errors
    /// `input.invalid`: no `version`, `atRiskFrom` not from 0 to 1, percentiles that are none.
    pub fn check(&self) -> Result<()> {
        check_version(&self.version)?;
        if !(0.0..=1.0).contains(&self.at_risk_from) {
            return Err(Error::invalid("atRiskFrom", "a number from 0 to 1"));
        }
        self.percentiles.check()
    }

    /// Judges promises by their targets and by the time that has run, both in one unit and by the same clock:
    /// where only business hours count, only those are in `elapsed`. Done exactly at the target is in time.
    ///
    /// # Errors
    /// As [`check`](Self::check); `input.invalid` with the row: columns of different lengths, a `target` that is
    /// not above 0, an `elapsed` that is below 0, or numbers that are not finite.
    pub fn evaluate(
        &self,
        target: &[f64],
        elapsed: &[f64],
        done: &[bool],
    ) -> Result<SlaCompliance> {
        self.check()?;
        same_length("elapsed", elapsed.len(), target.len())?;
        same_length("done", done.len(), target.len())?;
        check_column("target", target, "a finite number above 0", |target| target > 0.0)?;
        check_column("elapsed", elapsed, "a finite number from 0", |elapsed| elapsed >= 0.0)?;
        let rows = target.iter().zip(elapsed).zip(done);
        let states = rows.map(|((target, elapsed), done)| {
            if elapsed > target {
                SlaState::Breached
            } else if *done {
                SlaState::Met
            } else if *elapsed >= self.at_risk_from * target {
                SlaState::AtRisk
            } else {
                SlaState::Running
            }
        });
        let states: Vec<SlaState> = states.collect();
        let count = |state| states.iter().filter(|each| **each == state).count() as u64;
        let (met, breached) = (count(SlaState::Met), count(SlaState::Breached));
        let at_risk = count(SlaState::AtRisk);
        let mut overruns: Vec<f64> = elapsed.iter().zip(target).map(|(a, b)| a - b).collect();
        overruns.retain(|overrun| *overrun > 0.0);
        overruns.sort_by(f64::total_cmp);
        let decided = met + breached;
        let (low, high) = wilson(met, decided);
        Ok(SlaCompliance {
            version: self.version.clone(),
            met,
            breached,
            running: count(SlaState::Running) + at_risk,
            at_risk,
            percent: (decided > 0).then(|| 100.0 * (met as f64 / decided as f64)),
            low: 100.0 * low,
            high: 100.0 * high,
            overrun: Distribution::of_sorted(&overruns, &self.percentiles),
            states,
        })
    }
}
