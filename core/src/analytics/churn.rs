//! How likely a customer is to leave, and why.

use serde::{Deserialize, Serialize};

use super::columns::{check_names, check_number, check_version};
use super::customers::{cell_error, same_length};
use super::special::{exp, ln, ln_1p};
use crate::error::{Error, Result};

/// Something that raises or lowers the risk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChurnDriver {
    /// Its name.
    pub name: String,
    /// By how much one unit changes the log-odds of leaving: the odds become e^coefficient times as great.
    pub coefficient: f64,
    /// The typical customer's number, which contributes nothing.
    pub typical: f64,
    /// Lower numbers count as this one.
    pub lowest: f64,
    /// Higher numbers count as this one.
    pub highest: f64,
}

/// From which probability on which band.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChurnBands {
    /// The least probability of a medium risk.
    pub medium: f64,
    /// The least probability of a high risk.
    pub high: f64,
}

/// A band of risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChurnBand {
    /// Below both others.
    Low,
    /// In between.
    Medium,
    /// From the highest bound.
    High,
}

/// A logistic model of leaving, versioned: log-odds = baseline + Σ coefficient · (number − typical).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChurnModel {
    /// Of this set of parameters; results repeat it.
    pub version: String,
    /// The log-odds of the typical customer.
    pub baseline: f64,
    /// The drivers, in the order of the values.
    pub drivers: Vec<ChurnDriver>,
    /// The bands.
    pub bands: ChurnBands,
    /// How many reasons are named at most.
    pub reasons: u32,
}

/// What one driver contributes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChurnContribution {
    /// The name of the driver.
    pub name: String,
    /// The number, as given; none, if it is missing and taken as typical.
    pub value: Option<f64>,
    /// By how much it raises (above 0) or lowers the log-odds.
    pub contribution: f64,
}

/// The risk that a customer leaves, with its reasons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChurnRisk {
    /// The version of the model.
    pub version: String,
    /// The probability of leaving, from 0 to 1.
    pub probability: f64,
    /// Its log-odds, ln(p / (1 − p)): the baseline plus the contributions in their order.
    pub log_odds: f64,
    /// The log-odds of the typical customer.
    pub baseline: f64,
    /// The band.
    pub band: ChurnBand,
    /// The drivers, in the order of the model.
    pub contributions: Vec<ChurnContribution>,
    /// The names of those that raise the risk most, the greatest first.
    pub reasons: Vec<String>,
}

/// How much a driver matters over many customers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChurnImportance {
    /// The name of the driver.
    pub name: String,
    /// The mean of |contribution|.
    pub mean_contribution: f64,
}

impl Default for ChurnBands {
    /// Medium from 30 %, high from 60 %.
    fn default() -> Self {
        Self { medium: 0.3, high: 0.6 }
    }
}

impl Default for ChurnModel {
    /// `churn-1`. The typical customer leaves with a probability of 20 %. One unit multiplies the odds by:
    ///
    /// | driver | unit | odds | typical | counted |
    /// |---|---|---|---|---|
    /// | `gaps_since_purchase` | time since the last purchase, in the customer's usual gaps between purchases | × 2 | 1 | 0 to 6 |
    /// | `engagement` | ten points of 100, so 0 to 10 | × 0.8 | 5 | 0 to 10 |
    /// | `satisfaction` | the last rating, 1 to 5 | × 0.65 | 4 | 1 to 5 |
    /// | `open_complaints` | complaints | × 1.6 | 0 | 0 to 5 |
    /// | `sla_breaches` | broken promises of time in 90 days | × 1.25 | 0 | 0 to 5 |
    /// | `tenure_years` | years since the first purchase | × 0.85 | 2 | 0 to 10 |
    ///
    /// A convention to begin with, not fitted to data: replace it by coefficients of your own.
    fn default() -> Self {
        let driver = |name: &str, odds: f64, typical, (lowest, highest)| ChurnDriver {
            name: name.into(),
            coefficient: ln(odds),
            typical,
            lowest,
            highest,
        };
        Self {
            version: "churn-1".into(),
            baseline: ln(0.25),
            drivers: vec![
                driver("gaps_since_purchase", 2.0, 1.0, (0.0, 6.0)),
                driver("engagement", 0.8, 5.0, (0.0, 10.0)),
                driver("satisfaction", 0.65, 4.0, (1.0, 5.0)),
                driver("open_complaints", 1.6, 0.0, (0.0, 5.0)),
                driver("sla_breaches", 1.25, 0.0, (0.0, 5.0)),
                driver("tenure_years", 0.85, 2.0, (0.0, 10.0)),
            ],
            bands: ChurnBands::default(),
            reasons: 3,
        }
    }
}

/// The greatest log-odds that P(alive) is read as: probabilities of 0 and 1 have none.
const MOST_LOG_ODDS: f64 = 30.0;

impl ChurnModel {
    /// The model whose driver is P(alive) of a purchase model such as [`BgNbd`](super::BgNbd), compared with
    /// that of a typical customer: its one value is [`log_odds_of_leaving`], and its probability is
    /// 1 − P(alive). More drivers can be added.
    ///
    /// ```
    /// use goodwill::analytics::{ChurnModel, log_odds_of_leaving};
    ///
    /// let model = ChurnModel::of_alive("alive-1", 0.8)?;
    /// let risk = model.evaluate(&[Some(log_odds_of_leaving(0.25)?)])?;
    /// assert!((risk.probability - 0.75).abs() < 1e-12);
    /// assert_eq!(risk.reasons, ["alive"]);
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    ///
    /// # Errors
    /// `input.invalid`: `alive` is not from 0 to 1; no version.
    pub fn of_alive(version: &str, typical_alive: f64) -> Result<Self> {
        let typical = log_odds_of_leaving(typical_alive)?;
        let model = Self {
            version: version.to_owned(),
            baseline: typical,
            drivers: vec![ChurnDriver {
                name: "alive".into(),
                coefficient: 1.0,
                typical,
                lowest: -MOST_LOG_ODDS,
                highest: MOST_LOG_ODDS,
            }],
            bands: ChurnBands::default(),
            reasons: 3,
        };
        model.check()?;
        Ok(model)
    }

    /// # Errors
    /// `input.invalid`: no `version`; `baseline` not from −1,000 to 1,000; with the row, a driver whose name is
    /// empty or stands twice, whose coefficient is not from −1,000 to 1,000, or whose bounds do not hold the
    /// typical number or are beyond ±10⁹; `bands` that do not ascend from 0 to 1.
    pub fn check(&self) -> Result<()> {
        check_version(&self.version)?;
        let accepted = "a number from -1000 to 1000";
        check_number("baseline", self.baseline, accepted, |number| number.abs() <= 1000.0)?;
        check_names("drivers", self.drivers.iter().map(|driver| driver.name.as_str()))?;
        for (row, driver) in self.drivers.iter().enumerate() {
            if driver.coefficient.is_nan() || driver.coefficient.abs() > 1000.0 {
                return Err(cell_error("coefficient", row, accepted));
            }
            let ChurnDriver { lowest, typical, highest, .. } = driver;
            let bounded = *lowest >= -1e9 && *highest <= 1e9;
            let ascending = lowest <= typical && typical <= highest;
            if !(bounded && ascending) {
                let accepted = "`lowest`, `typical` and `highest` that ascend, from -1e9 to 1e9";
                return Err(cell_error("typical", row, accepted));
            }
        }
        let ChurnBands { medium, high } = self.bands;
        if 0.0 <= medium && medium <= high && high <= 1.0 {
            Ok(())
        } else {
            Err(Error::invalid("bands", "ascending numbers from 0 to 1"))
        }
    }

    /// The risk of a customer: a number for each driver, or none where it is missing.
    ///
    /// ```
    /// use goodwill::analytics::{ChurnBand, ChurnModel};
    ///
    /// // Three usual gaps without a purchase, and a complaint: odds of 1 to 4 · 2² · 1.6.
    /// let values = [Some(3.0), None, Some(4.0), Some(1.0), Some(0.0), Some(2.0)];
    /// let risk = ChurnModel::default().evaluate(&values)?;
    /// assert!((risk.probability - 1.6 / 2.6).abs() < 1e-12);
    /// assert_eq!(risk.band, ChurnBand::High);
    /// assert_eq!(risk.reasons, ["gaps_since_purchase", "open_complaints"]);
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`check`](Self::check); `input.invalid` with `values` and the row of the driver: another number of
    /// values than of drivers, or one that is not finite.
    pub fn evaluate(&self, values: &[Option<f64>]) -> Result<ChurnRisk> {
        self.check()?;
        same_length("values", values.len(), self.drivers.len())?;
        let contributions = self.drivers.iter().zip(values).enumerate();
        let contributions = contributions.map(|(row, (driver, value))| {
            if value.is_some_and(|value| !value.is_finite()) {
                return Err(cell_error("values", row, "a finite number"));
            }
            let counted = value.unwrap_or(driver.typical).clamp(driver.lowest, driver.highest);
            let contribution = driver.coefficient * (counted - driver.typical);
            Ok(ChurnContribution { name: driver.name.clone(), value: *value, contribution })
        });
        let contributions = contributions.collect::<Result<Vec<ChurnContribution>>>()?;
        let log_odds =
            contributions.iter().fold(self.baseline, |sum, driver| sum + driver.contribution);
        let probability = 1.0 / (1.0 + exp(-log_odds));
        let band = if probability >= self.bands.high {
            ChurnBand::High
        } else if probability >= self.bands.medium {
            ChurnBand::Medium
        } else {
            ChurnBand::Low
        };
        let mut raising: Vec<&ChurnContribution> =
            contributions.iter().filter(|driver| driver.contribution > 0.0).collect();
        // Stable: of equal ones the first of the model.
        raising.sort_by(|a, b| b.contribution.total_cmp(&a.contribution));
        let reasons = raising.into_iter().take(self.reasons as usize);
        Ok(ChurnRisk {
            version: self.version.clone(),
            probability,
            log_odds,
            baseline: self.baseline,
            band,
            reasons: reasons.map(|driver| driver.name.clone()).collect(),
            contributions,
        })
    }

    /// How much each driver matters over customers of this model, the greatest first.
    ///
    /// # Errors
    /// `input.invalid` with `risks` and the row: no customer, or one of another version or with other drivers.
    pub fn importance(&self, risks: &[ChurnRisk]) -> Result<Vec<ChurnImportance>> {
        super::columns::not_empty("risks", risks.len())?;
        let foreign = risks.iter().position(|risk| {
            let names = risk.contributions.iter().map(|driver| &driver.name);
            risk.version != self.version || !names.eq(self.drivers.iter().map(|each| &each.name))
        });
        if let Some(row) = foreign {
            return Err(cell_error("risks", row, "a risk by this model"));
        }
        let mut sums = vec![0.0; self.drivers.len()];
        for risk in risks {
            for (sum, driver) in sums.iter_mut().zip(&risk.contributions) {
                *sum += driver.contribution.abs();
            }
        }
        let importance = self.drivers.iter().zip(sums).map(|(driver, sum)| ChurnImportance {
            name: driver.name.clone(),
            mean_contribution: sum / risks.len() as f64,
        });
        let mut importance: Vec<ChurnImportance> = importance.collect();
        importance.sort_by(|a, b| b.mean_contribution.total_cmp(&a.mean_contribution));
        Ok(importance)
    }
}

/// ln((1 − P) / P) of the probability P that a customer is alive, cut at ±30, where P is within 10⁻¹³ of
/// 0 or 1.
///
/// # Errors
/// `input.invalid`: `alive` is not from 0 to 1.
pub fn log_odds_of_leaving(alive: f64) -> Result<f64> {
    check_number("alive", alive, "a number from 0 to 1", |alive| (0.0..=1.0).contains(&alive))?;
    Ok((ln_1p(-alive) - ln(alive)).clamp(-MOST_LOG_ODDS, MOST_LOG_ODDS))
}
