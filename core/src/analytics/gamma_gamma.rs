//! Gamma-Gamma: how much customers spend per purchase.

use serde::{Deserialize, Serialize};

use super::customers::{cell_error, same_length};
use super::fit::{Fit, NotIdentified, maximise};
use super::model::check_parameters;
use super::special::{digamma, ln_gamma, ln_gamma_ratio};
use crate::error::{Error, Result};

/// The gamma-gamma model of spend of Fader and Hardie, *The Gamma-Gamma Model of Monetary Value* (note 025,
/// 2013), after Colombo and Jiang (1999).
///
/// A purchase is gamma distributed with shape p around a customer's own mean; the rate of that is gamma
/// distributed with shape q and rate v among customers. It assumes that spend does not depend on how often
/// somebody buys.
///
/// ```
/// use goodwill::analytics::GammaGamma;
///
/// let model = GammaGamma::new(6.2494, 3.7443, 15.444)?;
/// let spend = model.expected_spend(&[2, 0], &[22.35, 0.0])?;
/// assert!((spend[0] - 24.66).abs() < 0.01);
/// // Without repeat purchases it is the mean of all.
/// assert_eq!(Some(spend[1]), model.mean_spend());
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GammaGamma {
    /// The shape of the spend of one customer.
    pub p: f64,
    /// The shape of the distribution of its rate among customers.
    pub q: f64,
    /// The rate of that, in the unit of the spend.
    pub v: f64,
}

/// Customers with at least one repeat purchase, checked.
///
/// ```
/// use goodwill::analytics::Spenders;
///
/// let error = Spenders::from_columns(&[2, 1], &[22.35, 0.0]).unwrap_err();
/// assert_eq!((&error.details()["field"], &error.details()["row"]), (&"spend".into(), &1.into()));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Spenders {
    rows: Vec<(f64, f64, f64)>,
    total: f64,
}

impl Spenders {
    /// Repeat purchases and mean spend per repeat purchase of each customer; rows without repeat purchases
    /// say nothing and are left out.
    ///
    /// # Errors
    /// `input.invalid` with `field` and `row`: columns of different lengths, or a spend that is not finite
    /// and above 0 where there are purchases.
    pub fn from_columns(frequency: &[u32], spend: &[f64]) -> Result<Self> {
        Self::build(frequency, spend, None)
    }

    /// Like [`from_columns`](Self::from_columns), where each row stands for so many customers.
    ///
    /// # Errors
    /// As there; a weight has to be finite and above 0.
    pub fn weighted(frequency: &[u32], spend: &[f64], weights: &[f64]) -> Result<Self> {
        same_length("weight", weights.len(), frequency.len())?;
        if let Some(row) = weights.iter().position(|w| !w.is_finite() || *w <= 0.0) {
            return Err(cell_error("weight", row, "a finite number above 0"));
        }
        Self::build(frequency, spend, Some(weights))
    }

    fn build(frequency: &[u32], spend: &[f64], weights: Option<&[f64]>) -> Result<Self> {
        same_length("spend", spend.len(), frequency.len())?;
        let mut rows = Vec::new();
        for (row, (x, spend)) in frequency.iter().zip(spend).enumerate() {
            if *x == 0 {
                continue;
            }
            check_spend(row, *spend)?;
            let weight = weights.map_or(Some(1.0), |w| w.get(row).copied()).unwrap_or(1.0);
            rows.push((f64::from(*x), *spend, weight));
        }
        let total = rows.iter().map(|(_, _, weight)| weight).sum();
        Ok(Self { rows, total })
    }

    /// How many customers there are, with their weights.
    #[must_use]
    pub fn len(&self) -> f64 {
        self.total
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

fn check_spend(row: usize, spend: f64) -> Result<()> {
    if spend.is_finite() && spend > 0.0 {
        return Ok(());
    }
    Err(cell_error("spend", row, "a finite amount above 0 where there are purchases"))
}

impl GammaGamma {
    /// A model with these parameters.
    ///
    /// # Errors
    /// `input.invalid` names a parameter that is not finite and above 0.
    pub fn new(p: f64, q: f64, v: f64) -> Result<Self> {
        let model = Self { p, q, v };
        model.check().map(|()| model)
    }

    fn check(&self) -> Result<()> {
        check_parameters(&[("p", self.p), ("q", self.q), ("v", self.v)])
    }

    /// Maximum likelihood on the logarithms of the parameters.
    #[must_use]
    pub fn fit(spenders: &Spenders) -> Fit<Self> {
        let total = spenders.total.max(f64::MIN_POSITIVE);
        let sum: f64 = spenders.rows.iter().map(|(_, spend, weight)| spend * weight).sum();
        let mean = if sum > 0.0 { sum / total } else { 1.0 };
        let center = [0.0, 0.0, mean.ln()];
        // With the mean p v / (q − 1) of the data.
        let starts = [(6.0, 4.0), (1.0, 2.0), (30.0, 10.0)]
            .map(|(p, q): (f64, f64)| [p.ln(), q.ln(), (mean * (q - 1.0) / p).ln()]);
        let objective = |at: &[f64; 3]| {
            let [p, q, v] = at.map(f64::exp);
            let (value, [by_p, by_q, by_v]) =
                Self { p, q, v }.log_likelihood_with_gradient(spenders);
            (-value / total, [p * by_p, q * by_q, v * by_v].map(|slope| -slope / total))
        };
        let known = if spenders.is_empty() {
            Some(NotIdentified::NoRepeatPurchases)
        } else {
            (spenders.total < 3.0).then_some(NotIdentified::TooFewCustomers)
        };
        let model = |[p, q, v]: [f64; 3]| Self { p, q, v };
        maximise(objective, &center, &starts, spenders.total, known, model)
    }

    /// The log-likelihood (note 025, equation 1a) and its gradient by p, q and v.
    #[must_use]
    pub fn log_likelihood_with_gradient(&self, spenders: &Spenders) -> (f64, [f64; 3]) {
        let &Self { p, q, v } = self;
        let (mut value, mut by_p, mut by_q, mut by_v) = (0.0, 0.0, 0.0, 0.0);
        let (ln_gamma_q, digamma_q) = (ln_gamma(q), digamma(q));
        for &(x, spend, weight) in &spenders.rows {
            let shape = p * x;
            let odds = v / (x * spend);
            // ln(x z / (v + x z)) and ln(v / (v + x z)), each without cancellation
            let (ln_share, ln_rest) = (-odds.ln_1p(), -(1.0 / odds).ln_1p());
            value += weight
                * (ln_gamma_ratio(shape, q) - ln_gamma_q + q * ln_rest + shape * ln_share
                    - spend.ln());
            by_p += weight * x * (digamma(shape + q) - digamma(shape) + ln_share);
            by_q += weight * (digamma(shape + q) - digamma_q + ln_rest);
            by_v += weight * (q * x * spend / v - shape) / (v + x * spend);
        }
        (value, [by_p, by_q, by_v])
    }

    /// The mean spend per purchase over all customers, p v / (q − 1); none where q ≤ 1, since it is
    /// infinite there.
    #[must_use]
    pub fn mean_spend(&self) -> Option<f64> {
        (self.q > 1.0).then(|| self.p * self.v / (self.q - 1.0))
    }

    /// The expected spend per purchase of every row (note 025, equation 5); the spend of a row without
    /// repeat purchases is not looked at.
    ///
    /// # Errors
    /// `input.invalid` names the parameter, or the column and the row; `q`, where a row's expectation is
    /// infinite because p x + q ≤ 1.
    pub fn expected_spend(&self, frequency: &[u32], spend: &[f64]) -> Result<Vec<f64>> {
        self.check()?;
        same_length("spend", spend.len(), frequency.len())?;
        let rows = frequency.iter().zip(spend).enumerate();
        rows.map(|(row, (x, spend))| {
            let spend = if *x == 0 { 0.0 } else { check_spend(row, *spend).map(|()| *spend)? };
            let x = f64::from(*x);
            let degrees = self.p * x + self.q - 1.0;
            if degrees <= 0.0 {
                let accepted = "more than 1 - p x, below which the expected spend is infinite";
                return Err(Error::invalid("q", accepted).with("row", row));
            }
            Ok(self.p * (self.v + x * spend) / degrees)
        })
        .collect()
    }
}
