//! Predictions of BG/BB with their standard errors and intervals.

use super::{BgBb, check_rate};
use crate::analytics::estimates::{Estimates, STEP, deviation, of_log_odds};
use crate::analytics::fit::{Fit, two_sided};
use crate::analytics::lanes::LANES;
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
        self.shares([frequency, last, occasions], confidence, BgBb::alive, log_odds)
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
        let share = |model: &BgBb, x, last, n| model.alive_later(x, last, n, t);
        let log_odds = |model: &BgBb, x, last, n| of_share(share(model, x, last, n));
        self.shares([frequency, last, occasions], confidence, share, log_odds)
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
        let share = |model: &BgBb, x, last, n| model.pmf_of(purchases, x, last, n, t);
        let log_odds = |model: &BgBb, x, last, n| of_share(share(model, x, last, n));
        self.shares([frequency, last, occasions], confidence, share, log_odds)
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
        let amount = |model: &BgBb, x, last, n| model.expected_of(x, last, n, t);
        self.amounts([frequency, last, occasions], confidence, amount)
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
        check_rate(rate)?;
        let amount = |model: &BgBb, x, last, n| model.discounted_of(x, last, n, rate);
        self.amounts([frequency, last, occasions], confidence, amount)
    }

    /// Probabilities with intervals from their log-odds, which are infinite where it is certain.
    fn shares(
        &self,
        rows: [&[u32]; 3],
        confidence: f64,
        share: impl Fn(&BgBb, u32, u32, u32) -> f64,
        log_odds: impl Fn(&BgBb, u32, u32, u32) -> f64,
    ) -> Result<Estimates> {
        let z = two_sided(confidence)?;
        let ends = |(share, odds, error): (f64, f64, f64)| {
            if odds.is_infinite() {
                return [share, 0.0, share, share];
            }
            let [_, [spread, ..], [low, ..], [high, ..]] =
                of_log_odds(&[odds; LANES], &[error; LANES], z);
            [share, spread, low, high]
        };
        let rows = self.rows(rows, share, log_odds)?.into_iter().map(ends);
        Ok(Estimates::of_columns(columns(rows)))
    }

    /// Amounts with intervals from their logarithms.
    fn amounts(
        &self,
        rows: [&[u32]; 3],
        confidence: f64,
        amount: impl Fn(&BgBb, u32, u32, u32) -> f64,
    ) -> Result<Estimates> {
        let z = two_sided(confidence)?;
        let logarithm = |model: &BgBb, x, last, n| ln(amount(model, x, last, n));
        let rows = self.rows(rows, &amount, logarithm)?.into_iter();
        let rows = rows.map(|(amount, _, error)| [amount, error]);
        Ok(Estimates::of_logarithms(columns(rows), z))
    }

    /// A number of every row, and the same on a scale without ends, with its standard error there: 0 where it is
    /// not finite.
    fn rows(
        &self,
        [frequency, last, occasions]: [&[u32]; 3],
        value: impl Fn(&BgBb, u32, u32, u32) -> f64,
        scaled: impl Fn(&BgBb, u32, u32, u32) -> f64,
    ) -> Result<Vec<(f64, f64, f64)>> {
        let covariance = self.covariance()?;
        let at = self.model.parameters().map(ln);
        // Two models to the left and to the right of each parameter.
        let moved = [0, 1, 2, 3].map(|index| {
            [-STEP, STEP].map(|step| {
                let mut at = at;
                at.iter_mut().skip(index).take(1).for_each(|value| *value += step);
                BgBb::at(&at)
            })
        });
        self.model.rows(frequency, last, occasions, |x, last, n| {
            let slope = |[low, high]: &[BgBb; 2]| {
                (scaled(high, x, last, n) - scaled(low, x, last, n)) / (2.0 * STEP)
            };
            let here = scaled(&self.model, x, last, n);
            let error = if here.is_finite() {
                deviation(covariance, &moved.each_ref().map(slope))
            } else {
                0.0
            };
            (value(&self.model, x, last, n), here, error)
        })
    }
}

fn columns<const N: usize>(rows: impl Iterator<Item = [f64; N]>) -> [Vec<f64>; N] {
    let mut columns = [(); N].map(|()| vec![]);
    for row in rows {
        columns.iter_mut().zip(row).for_each(|(column, value)| column.push(value));
    }
    columns
}

/// ln(p / (1 − p)).
fn of_share(share: f64) -> f64 {
    ln(share) - ln_1p(-share)
}
