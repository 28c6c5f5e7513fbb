//! Predictions with their standard errors and intervals, by the delta method.
//!
//! The variance of a prediction g is ∇gᵀ Σ ∇g with the covariances Σ of the logarithms of the parameters (Casella
//! and Berger, *Statistical Inference*, 2002, section 5.5.4). It is what the uncertainty of the parameters makes of an
//! expectation; how one customer differs from the expectation is not in it. Intervals are made on a scale that
//! the prediction cannot leave: log-odds for probabilities, logarithms for counts and amounts.

#![expect(clippy::indexing_slicing, reason = "indices run over the lanes and four parameters")]

use serde::{Deserialize, Serialize};

use super::customers::same_length;
use super::fit::{Fit, two_sided};
use super::gamma_gamma::GammaGamma;
use super::horizon::Horizon;
use super::lanes::{LANES, Lanes, lanes, transposed};
use super::model::{Columns, PurchaseModel, Row, shares};
use super::parallel;
use super::special::{exp, exp_in_lanes, ln};
use crate::error::{Error, Result};

/// A prediction of every row, in columns.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Estimates {
    /// The predictions, the same bits as without intervals.
    pub value: Vec<f64>,
    /// Their standard errors, in the same unit.
    pub standard_error: Vec<f64>,
    /// The lower ends of the intervals.
    pub low: Vec<f64>,
    /// The upper ends.
    pub high: Vec<f64>,
}

impl Estimates {
    /// Values with relative errors, and intervals on the log scale.
    pub(super) fn of_logarithms([value, error]: [Vec<f64>; 2], z: f64) -> Self {
        let columns = parallel::fill_columns(value.len(), |first, [spread, low, high]| {
            for (place, ((spread, low), high)) in spread.iter_mut().zip(low).zip(high).enumerate() {
                let (value, error) = (value[first + place], error[first + place]);
                let factor = exp(z * error);
                (*spread, *low, *high) = (value * error, value / factor, value * factor);
            }
        });
        let [standard_error, low, high] = columns;
        Self { value, standard_error, low, high }
    }

    /// Columns of values, their errors, and the ends of their intervals.
    pub(super) fn of_columns([value, standard_error, low, high]: [Vec<f64>; 4]) -> Self {
        Self { value, standard_error, low, high }
    }
}

/// The covariances of the logarithms of four parameters.
struct Covariances([[f64; 4]; 4]);

impl Covariances {
    /// [`deviation`] by the slopes of several customers.
    fn deviations(&self, slopes: &[Lanes; 4]) -> Lanes {
        let mut sums: Lanes = [0.0; LANES];
        for (row, own) in self.0.iter().zip(slopes) {
            for i in 0..LANES {
                let all = row[0] * slopes[0][i]
                    + row[1] * slopes[1][i]
                    + row[2] * slopes[2][i]
                    + row[3] * slopes[3][i];
                sums[i] += own[i] * all;
            }
        }
        sums.map(|sum| sum.max(0.0).sqrt())
    }
}

/// Log-odds and errors up to here are multiplied as odds.
const MODERATE: f64 = 300.0;

/// Probabilities with their errors, and the ends of their intervals, by log-odds and the errors of these.
pub(super) fn of_log_odds(log_odds: &Lanes, error: &Lanes, z: f64) -> [Lanes; 4] {
    let gone: Lanes = lanes(|i| exp_in_lanes(-log_odds[i]));
    let factor: Lanes = lanes(|i| exp_in_lanes(z * error[i]));
    let value: Lanes = lanes(|i| 1.0 / (1.0 + gone[i]));
    // 1 − value, which is 1 where the odds are infinite.
    let spread = lanes(|i| value[i] * (gone[i] * value[i]).min(1.0) * error[i]);
    let mut low: Lanes = lanes(|i| 1.0 / (1.0 + gone[i] * factor[i]));
    let mut high: Lanes = lanes(|i| factor[i] / (factor[i] + gone[i]));
    for i in 0..LANES {
        if log_odds[i].abs().max(z * error[i]) > MODERATE {
            let at = |log_odds: f64| 1.0 / (1.0 + exp(-log_odds));
            low[i] = at(log_odds[i] - z * error[i]);
            high[i] = at(log_odds[i] + z * error[i]);
        }
    }
    [value, spread, low, high]
}

/// √(∇gᵀ Σ ∇g).
pub(super) fn deviation(covariance: &[Vec<f64>], slopes: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (row, slope) in covariance.iter().zip(slopes) {
        sum += slope * row.iter().zip(slopes).map(|(cell, slope)| cell * slope).sum::<f64>();
    }
    sum.max(0.0).sqrt()
}

impl<M> Fit<M> {
    pub(crate) fn covariance(&self) -> Result<&[Vec<f64>]> {
        let accepted = "a fit whose parameters are identified";
        self.log_covariance.as_deref().ok_or_else(|| Error::invalid("fit", accepted))
    }
}

/// A number and its derivatives by the logarithms of the parameters.
type WithSlopes = [f64; 5];

/// How far the logarithm of a parameter is moved for central differences.
pub(super) const STEP: f64 = 1e-4;

impl<M: PurchaseModel> Fit<M> {
    /// [`probability_alive`](PurchaseModel::probability_alive) with intervals of this confidence, 0.95 for
    /// 95 %. Where it is certain that a customer is alive the error is 0.
    ///
    /// ```
    /// use goodwill::analytics::{Customers, MbgNbd};
    ///
    /// let (x, recency) = (&[0, 1, 1, 2, 3, 5, 9], &[0.0, 2.0, 20.0, 15.0, 30.0, 33.0, 38.0]);
    /// let weights = [500.0, 120.0, 60.0, 60.0, 40.0, 25.0, 15.0];
    /// let fit = MbgNbd::fit(&Customers::weighted(x, recency, &[39.0; 7], &weights)?);
    /// let alive = fit.alive_with_intervals(x, recency, &[39.0; 7], 0.95)?;
    /// assert!(0.0 < alive.low[3] && alive.low[3] < alive.value[3]);
    /// assert!(alive.value[3] < alive.high[3] && alive.high[3] < 1.0);
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    ///
    /// # Errors
    /// `input.invalid`: as there; a fit that is not identified; a confidence that is not between 0 and 1.
    pub fn alive_with_intervals(
        &self,
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
        confidence: f64,
    ) -> Result<Estimates> {
        self.model.check()?;
        let (covariance, z) = (self.covariances()?, two_sided(confidence)?);
        let columns = Columns::checked(frequency, recency, age)?;
        let columns = columns.in_lanes(|_, customers| {
            let (log_odds, slopes) = self.alive_with_slopes(customers);
            let error = covariance.deviations(&slopes);
            let certain = lanes(|i| if log_odds[i] == f64::INFINITY { 0.0 } else { error[i] });
            of_log_odds(&log_odds, &certain, z)
        });
        Ok(Estimates::of_columns(columns))
    }

    /// [`probability_alive_later`](PurchaseModel::probability_alive_later) with intervals of this confidence.
    ///
    /// # Errors
    /// `input.invalid`: as there; a fit that is not identified; a confidence that is not between 0 and 1.
    pub fn alive_later_with_intervals(
        &self,
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
        t: f64,
        confidence: f64,
    ) -> Result<Estimates> {
        self.model.check_time(t)?;
        let columns = Columns::checked(frequency, recency, age)?;
        let stays = |model: &M, x, recency, age| model.stays_while_alive(x, recency, age, t);
        self.shares(&columns, confidence, stays, 0.0)
    }

    /// [`probability_of_purchases`](PurchaseModel::probability_of_purchases) with intervals of this confidence.
    ///
    /// ```
    /// use goodwill::analytics::{BgNbd, Customers};
    ///
    /// let (x, recency) = (&[0, 1, 1, 2, 3, 5, 9], &[0.0, 2.0, 20.0, 15.0, 30.0, 33.0, 38.0]);
    /// let weights = [500.0, 120.0, 60.0, 60.0, 40.0, 25.0, 15.0];
    /// let fit = BgNbd::fit(&Customers::weighted(x, recency, &[39.0; 7], &weights)?);
    /// // Nobody comes back in the next thirteen weeks: how sure is that?
    /// let none = fit.probability_of_purchases_with_intervals(0, x, recency, &[39.0; 7], 13.0, 0.95)?;
    /// assert!(none.low[3] < none.value[3] && none.value[3] < none.high[3] && none.high[3] < 1.0);
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    ///
    /// # Errors
    /// `input.invalid`: as there; a fit that is not identified; a confidence that is not between 0 and 1.
    pub fn probability_of_purchases_with_intervals(
        &self,
        purchases: u32,
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
        t: f64,
        confidence: f64,
    ) -> Result<Estimates> {
        self.model.check_time(t)?;
        let columns = Columns::checked(frequency, recency, age)?;
        let mass =
            |model: &M, x, recency, age| model.pmf_while_alive(purchases, x, recency, age, t);
        // Who has left makes no purchase.
        let left = if purchases == 0 { 1.0 } else { 0.0 };
        self.shares(&columns, confidence, mass, left)
    }

    /// [`expected_purchases`](PurchaseModel::expected_purchases) with intervals of this confidence.
    ///
    /// # Errors
    /// `input.invalid`: as there; a fit that is not identified; a confidence that is not between 0 and 1.
    pub fn purchases_with_intervals(
        &self,
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
        t: f64,
        confidence: f64,
    ) -> Result<Estimates> {
        self.model.check_time(t)?;
        let z = two_sided(confidence)?;
        let columns = Columns::checked(frequency, recency, age)?;
        let counts = self.counts(&columns, |x, recency, age| self.count(x, recency, age, t))?;
        Ok(Estimates::of_logarithms(counts, z))
    }

    /// [`discounted_purchases`](PurchaseModel::discounted_purchases) with intervals of this confidence.
    ///
    /// # Errors
    /// `input.invalid`: as there; a fit that is not identified; a confidence that is not between 0 and 1.
    pub fn discounted_with_intervals(
        &self,
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
        horizon: &Horizon,
        confidence: f64,
    ) -> Result<Estimates> {
        let z = two_sided(confidence)?;
        Ok(Estimates::of_logarithms(self.discounted(frequency, recency, age, horizon)?, z))
    }

    /// [`lifetime_value`](PurchaseModel::lifetime_value) with intervals of this confidence, from a spend with
    /// its own errors ([`Fit::spend_with_intervals`]). Relative variances add up, since the models are fitted
    /// apart and assume that spend does not depend on purchases.
    ///
    /// # Errors
    /// `input.invalid`: as there; a fit that is not identified; a confidence that is not between 0 and 1.
    pub fn lifetime_value_with_intervals(
        &self,
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
        spend: &Estimates,
        horizon: &Horizon,
        confidence: f64,
    ) -> Result<Estimates> {
        let z = two_sided(confidence)?;
        same_length("spend", spend.value.len(), frequency.len())?;
        same_length("spend", spend.standard_error.len(), frequency.len())?;
        let mut counts = self.discounted(frequency, recency, age, horizon)?;
        let [values, errors] = &mut counts;
        let spend = spend.value.iter().zip(&spend.standard_error);
        for ((value, error), (spend, spend_error)) in values.iter_mut().zip(errors).zip(spend) {
            let relative = if *spend_error > 0.0 { spend_error / spend } else { 0.0 };
            *value *= spend;
            *error = (*error * *error + relative * relative).sqrt();
        }
        Ok(Estimates::of_logarithms(counts, z))
    }

    fn discounted(
        &self,
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
        horizon: &Horizon,
    ) -> Result<[Vec<f64>; 2]> {
        self.model.check()?;
        horizon.check()?;
        let columns = Columns::checked(frequency, recency, age)?;
        self.counts(&columns, |x, recency, age| {
            horizon.discounted(|t| self.count(x, recency, age, t))
        })
    }

    /// Expected purchases with their relative errors.
    fn counts(
        &self,
        columns: &Columns<'_>,
        while_alive: impl Fn(u32, f64, f64) -> WithSlopes + Sync,
    ) -> Result<[Vec<f64>; 2]> {
        let covariance = self.covariances()?;
        Ok(columns.with_known(&self.model, while_alive, |customers, counts| {
            let (log_odds, odds) = self.alive_with_slopes(customers);
            let alive = shares(&log_odds);
            let relative = [0, 1, 2, 3].map(|slope| {
                lanes(|i| {
                    let by_count = counts[i][slope + 1] / counts[i][0];
                    // d ln P = (1 − P) d ln(P / (1 − P))
                    let by_alive = (1.0 - alive[i]) * odds[slope][i];
                    if alive[i] < 1.0 { by_count + by_alive } else { by_count }
                })
            });
            let errors = covariance.deviations(&relative);
            let some = |i: usize| counts[i][0] > 0.0;
            [
                lanes(|i| if some(i) { alive[i] * counts[i][0] } else { 0.0 }),
                lanes(|i| if some(i) { errors[i] } else { 0.0 }),
            ]
        }))
    }

    /// Probabilities of something that who is alive does with a probability of its own, and who has left with
    /// the probability `left`.
    fn shares(
        &self,
        columns: &Columns<'_>,
        confidence: f64,
        while_alive: impl Fn(&M, u32, f64, f64) -> f64 + Sync,
        left: f64,
    ) -> Result<Estimates> {
        let (covariance, z) = (self.covariances()?, two_sided(confidence)?);
        let parameters = self.model.parameters();
        let moved = |index: usize, step: f64| {
            let mut parameters = parameters;
            parameters.iter_mut().skip(index).take(1).for_each(|p| *p *= exp(step));
            self.model.with_parameters(parameters)
        };
        // Two models to the left and to the right of each parameter.
        let moved = [0, 1, 2, 3].map(|index| [moved(index, -STEP), moved(index, STEP)]);
        let known = |x, recency, age| {
            let of = |model: &M| while_alive(model, x, recency, age);
            let [a, b, c, d] =
                moved.each_ref().map(|[low, high]| (of(high) - of(low)) / (2.0 * STEP));
            [of(&self.model), a, b, c, d]
        };
        let columns = columns.with_known(&self.model, known, |customers, known| {
            let (log_odds, odds) = self.alive_with_slopes(customers);
            let (alive, gone) = (shares(&log_odds), shares(&log_odds.map(|odds| -odds)));
            let known: [Lanes; 5] = transposed(known);
            let value: Lanes = lanes(|i| {
                let active = alive[i] * known[0][i];
                if left > 0.0 { active + left * gone[i] } else { active }
            });
            // 1 − value, without its cancellation where nobody who has left does it.
            let rest: Lanes = lanes(|i| alive[i] * (1.0 - known[0][i]) + (1.0 - left) * gone[i]);
            let by_odds: Lanes = lanes(|i| alive[i] * gone[i] * (known[0][i] - left));
            let slopes = [0, 1, 2, 3].map(|slope| {
                lanes(|i| {
                    let by_known = alive[i] * known[slope + 1][i];
                    if gone[i] > 0.0 { by_known + by_odds[i] * odds[slope][i] } else { by_known }
                })
            });
            let error = covariance.deviations(&slopes);
            let center = lanes(|i| ln(value[i] / rest[i]));
            let spread = lanes(|i| error[i] / (value[i] * rest[i]));
            let [_, _, low, high] = of_log_odds(&center, &spread, z);
            let certain = |i: usize| value[i] <= 0.0 || rest[i] <= 0.0;
            let known_or = |end: &Lanes| lanes(|i| if certain(i) { value[i] } else { end[i] });
            let error = lanes(|i| if certain(i) { 0.0 } else { error[i] });
            [value, error, known_or(&low), known_or(&high)]
        });
        Ok(Estimates::of_columns(columns))
    }

    fn count(&self, x: u32, recency: f64, age: f64, t: f64) -> WithSlopes {
        let (value, slopes) = self.model.expected_while_alive_slopes(x, recency, age, t);
        let mut counts: WithSlopes = [value; 5];
        let parameters = self.model.parameters();
        for (count, (slope, parameter)) in
            counts.iter_mut().skip(1).zip(slopes.iter().zip(parameters))
        {
            *count = slope * parameter;
        }
        counts
    }

    fn covariances(&self) -> Result<Covariances> {
        let mut all = [[0.0; 4]; 4];
        for (row, covariance) in all.iter_mut().zip(self.covariance()?) {
            row.iter_mut().zip(covariance).for_each(|(cell, covariance)| *cell = *covariance);
        }
        Ok(Covariances(all))
    }

    /// The log-odds to be alive with their slopes by the logarithms of the parameters.
    fn alive_with_slopes(&self, customers: &[Row; LANES]) -> (Lanes, [Lanes; 4]) {
        let (log_odds, mut slopes) = self.model.log_odds_with_slopes_in_lanes(customers);
        for (slopes, parameter) in slopes.iter_mut().zip(self.model.parameters()) {
            slopes.iter_mut().for_each(|slope| *slope *= parameter);
        }
        (log_odds, slopes)
    }
}

impl Fit<GammaGamma> {
    /// [`expected_spend`](GammaGamma::expected_spend) with intervals of this confidence.
    ///
    /// # Errors
    /// `input.invalid`: as there; a fit that is not identified; a confidence that is not between 0 and 1.
    pub fn spend_with_intervals(
        &self,
        frequency: &[u32],
        spend: &[f64],
        confidence: f64,
    ) -> Result<Estimates> {
        let (covariance, z) = (self.covariance()?, two_sided(confidence)?);
        let values = self.model.expected_spend(frequency, spend)?;
        let GammaGamma { p, q, v } = self.model;
        let error = |(x, spend): (&u32, &f64)| {
            let x = f64::from(*x);
            let total = if x > 0.0 { x * spend } else { 0.0 };
            let degrees = p * x + q - 1.0;
            deviation(covariance, &[1.0 - p * x / degrees, -q / degrees, v / (v + total)])
        };
        let errors = frequency.iter().zip(spend).map(error).collect();
        Ok(Estimates::of_logarithms([values, errors], z))
    }
}
