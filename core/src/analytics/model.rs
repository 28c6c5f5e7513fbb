//! What every model of purchases and dropout answers, customer by customer and column by column.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::customers::{Customers, cell_error, check_customer, same_length};
use crate::error::{Error, Result};

/// When in a period its purchases are paid, for discounting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payment {
    /// At the end of the period: the first period is discounted once.
    #[default]
    End,
    /// In the middle: the first period is discounted for half a period.
    Middle,
    /// At the start: the first period is not discounted.
    Start,
}

/// A finite horizon in equal periods, and what a period costs.
///
/// ```
/// use goodwill::analytics::Horizon;
///
/// // Twelve months of 365.25 / 12 days in a model whose unit is the week, at 10 % a year.
/// let month = 365.25 / 12.0 / 7.0;
/// let horizon = Horizon::new(12, month, Horizon::rate_of_part(0.10, 1.0 / 12.0))?;
/// assert!((horizon.length() - 365.25 / 7.0).abs() < 1e-12);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Horizon {
    /// How many periods.
    pub periods: u32,
    /// The length of a period in the unit of the model's times.
    pub period: f64,
    /// The effective discount rate of one period: 0.01 is 1 %.
    pub rate: f64,
    /// When the purchases of a period are paid.
    pub payment: Payment,
}

impl Horizon {
    /// A horizon whose periods are paid at their ends.
    ///
    /// # Errors
    /// `input.invalid`, when the number of periods is 0, their length is not above 0, or the rate is
    /// not above −1; all have to be finite.
    pub fn new(periods: u32, period: f64, rate: f64) -> Result<Self> {
        let horizon = Self { periods, period, rate, payment: Payment::End };
        horizon.check().map(|()| horizon)
    }

    /// The effective rate of a part of a period: (1 + rate)^part − 1.
    #[must_use]
    pub fn rate_of_part(rate: f64, part: f64) -> f64 {
        (part * rate.ln_1p()).exp_m1()
    }

    /// The whole length in the unit of the model's times.
    #[must_use]
    pub fn length(&self) -> f64 {
        f64::from(self.periods) * self.period
    }

    fn check(&self) -> Result<()> {
        if self.periods == 0 {
            return Err(Error::invalid("periods", "a number from 1"));
        }
        if !self.period.is_finite() || self.period <= 0.0 {
            return Err(Error::invalid("period", "a finite length above 0"));
        }
        if !self.rate.is_finite() || self.rate <= -1.0 {
            return Err(Error::invalid("rate", "a finite number above -1"));
        }
        Ok(())
    }

    /// Σ over periods of the increase of `expected` times the discount factor.
    fn discounted(&self, expected: impl Fn(f64) -> f64) -> f64 {
        let shift = match self.payment {
            Payment::End => 0.0,
            Payment::Middle => 0.5,
            Payment::Start => 1.0,
        };
        let (mut before, mut sum) = (0.0, 0.0);
        for index in 1..=self.periods {
            let until = expected(f64::from(index) * self.period);
            let factor = (-(f64::from(index) - shift) * self.rate.ln_1p()).exp();
            sum += (until - before) * factor;
            before = until;
        }
        sum
    }
}

/// A model of how often customers buy and when they leave without saying so.
///
/// Times are numbers in the unit of the data that the model was fitted to. The functions of one
/// customer do not check anything; those of columns do.
pub trait PurchaseModel {
    /// Refuses parameters that are not finite and above 0.
    ///
    /// # Errors
    /// `input.invalid` names the parameter.
    fn check(&self) -> Result<()>;

    /// The log-likelihood of customers, weights counted.
    fn log_likelihood(&self, customers: &Customers) -> f64;

    /// The probability that a customer has not left, given x, t_x and T.
    fn alive(&self, frequency: u32, recency: f64, age: f64) -> f64;

    /// The expected number of purchases in the time `t` after T of a customer who has not left at T.
    fn expected_while_alive(&self, frequency: u32, age: f64, t: f64) -> f64;

    /// The expected number of repeat purchases of a new customer in the time `t`.
    fn expected(&self, t: f64) -> f64;

    /// The probability of exactly `purchases` repeat purchases of a new customer in the time `t`.
    fn pmf(&self, purchases: u32, t: f64) -> f64;

    /// The expected number of purchases in the time `t` after T, given x, t_x and T.
    fn expected_of(&self, frequency: u32, recency: f64, age: f64, t: f64) -> f64 {
        self.alive(frequency, recency, age) * self.expected_while_alive(frequency, age, t)
    }

    /// [`alive`](Self::alive) of every row.
    ///
    /// # Errors
    /// `input.invalid` names the parameter, or the column and the row.
    fn probability_alive(
        &self,
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
    ) -> Result<Vec<f64>> {
        self.check()?;
        each_customer(frequency, recency, age, |x, recency, age| self.alive(x, recency, age))
    }

    /// [`expected_of`](Self::expected_of) of every row.
    ///
    /// # Errors
    /// `input.invalid` names the parameter, or the column and the row.
    fn expected_purchases(
        &self,
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
        t: f64,
    ) -> Result<Vec<f64>> {
        self.check()?;
        if !t.is_finite() || t < 0.0 {
            return Err(Error::invalid("t", "a finite time from 0"));
        }
        self.predict(frequency, recency, age, |x, age| self.expected_while_alive(x, age, t))
    }

    /// The expected purchases of every row within a horizon, each discounted to now.
    ///
    /// # Errors
    /// `input.invalid` names the parameter, the part of the horizon, or the column and the row.
    fn discounted_purchases(
        &self,
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
        horizon: &Horizon,
    ) -> Result<Vec<f64>> {
        self.check()?;
        horizon.check()?;
        self.predict(frequency, recency, age, |x, age| {
            horizon.discounted(|t| self.expected_while_alive(x, age, t))
        })
    }

    /// The customer lifetime value of every row within a horizon: discounted purchases times the spend
    /// expected per purchase, in the unit of the spend. Costs and margins are the caller's.
    ///
    /// # Errors
    /// `input.invalid` names the parameter, the part of the horizon, or the column and the row.
    fn lifetime_value(
        &self,
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
        spend: &[f64],
        horizon: &Horizon,
    ) -> Result<Vec<f64>> {
        same_length("spend", spend.len(), frequency.len())?;
        if let Some(row) = spend.iter().position(|spend| !spend.is_finite()) {
            return Err(cell_error("spend", row, "a finite number"));
        }
        let mut values = self.discounted_purchases(frequency, recency, age, horizon)?;
        values.iter_mut().zip(spend).for_each(|(value, spend)| *value *= spend);
        Ok(values)
    }

    /// P(alive) times a number that depends on x and T only, which is computed once per pair.
    #[doc(hidden)]
    fn predict(
        &self,
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
        while_alive: impl Fn(u32, f64) -> f64,
    ) -> Result<Vec<f64>> {
        let mut known = HashMap::new();
        each_customer(frequency, recency, age, |x, recency, age| {
            let count =
                known.entry((x, (age + 0.0).to_bits())).or_insert_with(|| while_alive(x, age));
            self.alive(x, recency, age) * *count
        })
    }
}

fn each_customer(
    frequency: &[u32],
    recency: &[f64],
    age: &[f64],
    mut each: impl FnMut(u32, f64, f64) -> f64,
) -> Result<Vec<f64>> {
    same_length("recency", recency.len(), frequency.len())?;
    same_length("age", age.len(), frequency.len())?;
    let rows = frequency.iter().zip(recency).zip(age).enumerate();
    rows.map(|(row, ((x, recency), age))| {
        check_customer(row, *x, *recency, *age).map(|()| each(*x, *recency, *age))
    })
    .collect()
}

/// Refuses a parameter that is not finite and above 0.
pub(crate) fn check_parameters(parameters: &[(&'static str, f64)]) -> Result<()> {
    match parameters.iter().find(|(_, value)| !value.is_finite() || *value <= 0.0) {
        Some((name, _)) => Err(Error::invalid(*name, "a finite number above 0")),
        None => Ok(()),
    }
}
