//! Predictions of BG/BB with their standard errors and intervals.

use super::BgBb;
use crate::analytics::estimates::{Estimates, STEP, deviation, of_log_odds};
use crate::analytics::fit::{Fit, two_sided};
use crate::analytics::special::{ln, ln_1p};
use crate::error::Result;

impl Fit<BgBb> {
    /// [`probability_alive`](BgBb::probability_alive) with intervals of this confidence. Where it is certain
    /// that a customer was there the error is 0. Derivatives are central differences.
    ///
    /// # Errors
    /// `input.invalid`: as there; a fit that is not identified; a confidence that is not between 0 and 1.
    pub fn alive_with_intervals(
        &self,
        frequency: &[u32],
        last: &[u32],
        occasions: &[u32],
        confidence: f64,
    ) -> Result<Estimates> {
        let log_odds = |model: &BgBb, x, last, n| -ln(model.odds_gone(x, last, n));
        self.shares(frequency, last, occasions, confidence, log_odds)
    }

    /// [`probability_alive_later`](BgBb::probability_alive_later) with intervals of this confidence.
    ///
    /// # Errors
    /// `input.invalid`: as there; a fit that is not identified; a confidence that is not between 0 and 1.
    pub fn alive_later_with_intervals(
        &self,
        frequency: &[u32],
        last: &[u32],
        occasions: &[u32],
        t: u32,
        confidence: f64,
    ) -> Result<Estimates> {
        let log_odds = |model: &BgBb, x, last, n| of_share(model.alive_later(x, last, n, t));
        let mut all = self.shares(frequency, last, occasions, confidence, log_odds)?;
        all.value = self.model.probability_alive_later(frequency, last, occasions, t)?;
        Ok(all)
    }

    /// [`probability_of_purchases`](BgBb::probability_of_purchases) with intervals of this confidence. Where
    /// it is 0 or 1 for certain the error is 0.
    ///
    /// # Errors
    /// `input.invalid`: as there; a fit that is not identified; a confidence that is not between 0 and 1.
    pub fn probability_of_purchases_with_intervals(
        &self,
        purchases: u32,
        frequency: &[u32],
        last: &[u32],
        occasions: &[u32],
        t: u32,
        confidence: f64,
    ) -> Result<Estimates> {
        let log_odds = |model: &BgBb, x, last, n| of_share(model.pmf_of(purchases, x, last, n, t));
        let mut all = self.shares(frequency, last, occasions, confidence, log_odds)?;
        all.value =
            self.model.probability_of_purchases(purchases, frequency, last, occasions, t)?;
        Ok(all)
    }

    /// [`expected_purchases`](BgBb::expected_purchases) with intervals of this confidence.
    ///
    /// # Errors
    /// `input.invalid`: as there; a fit that is not identified; a confidence that is not between 0 and 1.
    pub fn purchases_with_intervals(
        &self,
        frequency: &[u32],
        last: &[u32],
        occasions: &[u32],
        t: u32,
        confidence: f64,
    ) -> Result<Estimates> {
        let ln = |model: &BgBb, x, last, n| ln(model.expected_of(x, last, n, t));
        let values = self.model.expected_purchases(frequency, last, occasions, t)?;
        self.amounts(frequency, last, occasions, (values, confidence), ln)
    }

    /// [`discounted_purchases`](BgBb::discounted_purchases) with intervals of this confidence.
    ///
    /// # Errors
    /// `input.invalid`: as there; a fit that is not identified; a confidence that is not between 0 and 1.
    pub fn discounted_with_intervals(
        &self,
        frequency: &[u32],
        last: &[u32],
        occasions: &[u32],
        rate: f64,
        confidence: f64,
    ) -> Result<Estimates> {
        let ln = |model: &BgBb, x, last, n| ln(model.discounted_of(x, last, n, rate));
        let values = self.model.discounted_purchases(frequency, last, occasions, rate)?;
        self.amounts(frequency, last, occasions, (values, confidence), ln)
    }

    /// Intervals of probabilities from their log-odds, which are infinite where it is certain.
    fn shares(
        &self,
        frequency: &[u32],
        last: &[u32],
        occasions: &[u32],
        confidence: f64,
        log_odds: impl Fn(&BgBb, u32, u32, u32) -> f64,
    ) -> Result<Estimates> {
        let z = two_sided(confidence)?;
        let rows = self.rows(frequency, last, occasions, log_odds)?;
        let certain = |value: f64| [value, 0.0, value, value];
        let share = |(odds, error): (f64, f64)| match odds {
            f64::INFINITY => certain(1.0),
            f64::NEG_INFINITY => certain(0.0),
            odds => of_log_odds(odds, error, z),
        };
        Ok(Estimates::of_rows(&rows.into_iter().map(share).collect::<Vec<[f64; 4]>>()))
    }

    /// Intervals of amounts from their logarithms.
    fn amounts(
        &self,
        frequency: &[u32],
        last: &[u32],
        occasions: &[u32],
        (values, confidence): (Vec<f64>, f64),
        ln: impl Fn(&BgBb, u32, u32, u32) -> f64,
    ) -> Result<Estimates> {
        let z = two_sided(confidence)?;
        let rows = self.rows(frequency, last, occasions, ln)?.into_iter().zip(values);
        Ok(Estimates::of_logarithms(rows.map(|((_, error), value)| (value, error)).collect(), z))
    }

    /// A number of every row with its standard error; 0 where the number is not finite.
    fn rows(
        &self,
        frequency: &[u32],
        last: &[u32],
        occasions: &[u32],
        predict: impl Fn(&BgBb, u32, u32, u32) -> f64,
    ) -> Result<Vec<(f64, f64)>> {
        let covariance = self.covariance()?;
        let at = self.model.parameters().map(ln);
        // Two models to the left and to the right of each parameter.
        let moved: Vec<[BgBb; 2]> = (0..at.len())
            .map(|index| {
                [-STEP, STEP].map(|step| {
                    let mut at = at;
                    at.iter_mut().skip(index).take(1).for_each(|value| *value += step);
                    BgBb::at(&at)
                })
            })
            .collect();
        // Checks the columns.
        let values = self
            .model
            .rows(frequency, last, occasions, |x, last, n| predict(&self.model, x, last, n))?;
        let mut errors = Vec::with_capacity(frequency.len());
        for ((x, last), n) in frequency.iter().zip(last).zip(occasions) {
            let of = |model: &BgBb| predict(model, *x, *last, *n);
            let slope = |[low, high]: &[BgBb; 2]| (of(high) - of(low)) / (2.0 * STEP);
            errors.push(deviation(covariance, &moved.iter().map(slope).collect::<Vec<f64>>()));
        }
        let both = values.into_iter().zip(errors);
        Ok(both
            .map(|(value, error)| (value, if value.is_finite() { error } else { 0.0 }))
            .collect())
    }
}

/// ln(p / (1 − p)).
fn of_share(share: f64) -> f64 {
    ln(share) - ln_1p(-share)
}
