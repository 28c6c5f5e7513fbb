//! What every model of purchases and dropout answers, customer by customer and column by column.

#![expect(clippy::indexing_slicing, reason = "indices run over the lanes")]

use super::customers::{Customers, cell_error, check_customer, same_length};
use super::distinct;
use super::horizon::Horizon;
use super::lanes::{LANES, Lanes, lanes, transposed};
use super::parallel;
use super::search::{Curve, Starts};
use super::special::{exp, exp_in_lanes};
use crate::error::{Error, Result};

/// The purchases x, the recency t_x and the age T of a customer.
pub(crate) type Row = (u32, f64, f64);

/// A model of how often customers buy and when they leave without saying so.
///
/// Times are numbers in the unit of the data that the model was fitted to. The functions of one customer do
/// not check anything; those of columns do. Slopes are derivatives by the parameters, in the order of the
/// fields.
pub trait PurchaseModel: Clone + Sync {
    /// Refuses parameters that are not finite and above 0.
    ///
    /// # Errors
    /// `input.invalid` names the parameter.
    fn check(&self) -> Result<()>;

    /// The parameters, in the order of the fields.
    fn parameters(&self) -> [f64; 4];

    /// The same model with other parameters, in the order of the fields.
    #[must_use]
    fn with_parameters(&self, parameters: [f64; 4]) -> Self;

    /// The log-likelihood of customers, weights counted.
    fn log_likelihood(&self, customers: &Customers) -> f64;

    /// ln(P / (1 − P)) of the probability that a customer has not left, given x, t_x and T; infinite where
    /// that is certain. It is defined between whole numbers of purchases, too.
    fn log_odds_alive(&self, frequency: f64, recency: f64, age: f64) -> f64;

    /// The slopes of [`log_odds_alive`](Self::log_odds_alive), where it is finite.
    fn log_odds_alive_slopes(&self, frequency: f64, recency: f64, age: f64) -> [f64; 4];

    /// The expected number of purchases in the time `t` after T of a customer who has not left at T.
    fn expected_while_alive(&self, frequency: u32, recency: f64, age: f64, t: f64) -> f64;

    /// [`expected_while_alive`](Self::expected_while_alive) with its slopes.
    fn expected_while_alive_slopes(
        &self,
        frequency: u32,
        recency: f64,
        age: f64,
        t: f64,
    ) -> (f64, [f64; 4]);

    /// The probability that a customer who has not left at T has not left at T + `t` either.
    fn stays_while_alive(&self, frequency: u32, recency: f64, age: f64, t: f64) -> f64;

    /// The probability of exactly `purchases` in the time `t` after T of a customer who has not left at T.
    fn pmf_while_alive(
        &self,
        purchases: u32,
        frequency: u32,
        recency: f64,
        age: f64,
        t: f64,
    ) -> f64;

    /// The expected number of repeat purchases of a new customer in the time `t`.
    fn expected(&self, t: f64) -> f64;

    /// The probability of exactly `purchases` repeat purchases of a new customer in the time `t`.
    fn pmf(&self, purchases: u32, t: f64) -> f64;

    /// Whether what a customer does while alive depends on t_x, too, and not on x and T only.
    fn remembers_recency(&self) -> bool {
        false
    }

    /// The probability that a customer has not left, given x, t_x and T.
    fn alive(&self, frequency: u32, recency: f64, age: f64) -> f64 {
        1.0 / (1.0 + exp(-self.log_odds_alive(f64::from(frequency), recency, age)))
    }

    /// The probability that a customer has not left at T + `t`, given x, t_x and T.
    fn alive_later(&self, frequency: u32, recency: f64, age: f64, t: f64) -> f64 {
        self.alive(frequency, recency, age) * self.stays_while_alive(frequency, recency, age, t)
    }

    /// The expected number of purchases in the time `t` after T, given x, t_x and T.
    fn expected_of(&self, frequency: u32, recency: f64, age: f64, t: f64) -> f64 {
        self.alive(frequency, recency, age) * self.expected_while_alive(frequency, recency, age, t)
    }

    /// The probability of exactly `purchases` in the time `t` after T, given x, t_x and T.
    fn pmf_of(&self, purchases: u32, frequency: u32, recency: f64, age: f64, t: f64) -> f64 {
        let log_odds = self.log_odds_alive(f64::from(frequency), recency, age);
        of_those_alive(
            self.pmf_while_alive(purchases, frequency, recency, age, t),
            purchases,
            log_odds,
        )
    }

    /// [`log_odds_alive`](Self::log_odds_alive) of several customers, with the same bits.
    #[doc(hidden)]
    fn log_odds_in_lanes(&self, customers: &[Row; LANES]) -> Lanes {
        customers.map(|(x, recency, age)| self.log_odds_alive(f64::from(x), recency, age))
    }

    /// [`log_odds_in_lanes`](Self::log_odds_in_lanes) with the slopes of
    /// [`log_odds_alive_slopes`](Self::log_odds_alive_slopes).
    #[doc(hidden)]
    fn log_odds_with_slopes_in_lanes(&self, customers: &[Row; LANES]) -> (Lanes, [Lanes; 4]) {
        with_slopes_one_by_one(self, customers)
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
        let columns = Columns::checked(frequency, recency, age)?;
        let [alive] = columns.in_lanes(|_, all| [shares(&self.log_odds_in_lanes(all))]);
        Ok(alive)
    }

    /// [`alive_later`](Self::alive_later) of every row.
    ///
    /// # Errors
    /// `input.invalid` names the parameter, `t`, or the column and the row.
    fn probability_alive_later(
        &self,
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
        t: f64,
    ) -> Result<Vec<f64>> {
        self.check_time(t)?;
        let columns = Columns::checked(frequency, recency, age)?;
        Ok(columns.scaled(self, |x, recency, age| self.stays_while_alive(x, recency, age, t)))
    }

    /// [`pmf_of`](Self::pmf_of) of every row: the probability of exactly `purchases` in the time `t` after T.
    /// With 0 purchases it is the probability that nothing comes by then.
    ///
    /// # Errors
    /// `input.invalid` names the parameter, `t`, or the column and the row.
    fn probability_of_purchases(
        &self,
        purchases: u32,
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
        t: f64,
    ) -> Result<Vec<f64>> {
        self.check_time(t)?;
        let columns = Columns::checked(frequency, recency, age)?;
        let active = |x, recency, age| self.pmf_while_alive(purchases, x, recency, age, t);
        let [all] = columns.with_known(self, active, |customers, active| {
            let log_odds = self.log_odds_in_lanes(customers);
            [lanes(|i| of_those_alive(active[i], purchases, log_odds[i]))]
        });
        Ok(all)
    }

    /// [`expected_of`](Self::expected_of) of every row.
    ///
    /// # Errors
    /// `input.invalid` names the parameter, `t`, or the column and the row.
    fn expected_purchases(
        &self,
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
        t: f64,
    ) -> Result<Vec<f64>> {
        self.check_time(t)?;
        let columns = Columns::checked(frequency, recency, age)?;
        Ok(columns.scaled(self, |x, recency, age| self.expected_while_alive(x, recency, age, t)))
    }

    /// The expected purchases of every row within a horizon, each discounted to now.
    ///
    /// Without end it is what Fader, Hardie and Lee, *RFM and CLV: Using Iso-Value Curves for Customer Base
    /// Analysis* (Journal of Marketing Research 42, 2005), call discounted expected residual transactions; it
    /// is integrated numerically for every model, to about ten digits.
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
        let columns = Columns::checked(frequency, recency, age)?;
        Ok(columns.scaled(self, |x, recency, age| {
            let [sum] = horizon.discounted(|t| [self.expected_while_alive(x, recency, age, t)]);
            sum
        }))
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

    #[doc(hidden)]
    fn check_time(&self, t: f64) -> Result<()> {
        self.check()?;
        if t.is_finite() && t >= 0.0 {
            return Ok(());
        }
        Err(Error::invalid("t", "a finite time from 0"))
    }
}

/// A model whose four parameters are searched.
pub trait Estimable: PurchaseModel {
    /// The places of the parameters that covariates of dropout act on.
    #[doc(hidden)]
    const DROPOUT: &'static [usize];

    /// The model with these parameters.
    #[doc(hidden)]
    fn of(parameters: [f64; 4]) -> Self;

    /// The scale of the data and places to begin, on the log scale.
    #[doc(hidden)]
    fn starts(customers: &Customers) -> ([f64; 4], Starts);

    /// The log-likelihood with its derivatives.
    #[doc(hidden)]
    fn curve(&self, customers: &Customers) -> Curve<4>;
}

/// Customers in columns of the same length, checked.
pub(crate) struct Columns<'a> {
    frequency: &'a [u32],
    recency: &'a [f64],
    age: &'a [f64],
}

impl<'a> Columns<'a> {
    pub(crate) fn checked(
        frequency: &'a [u32],
        recency: &'a [f64],
        age: &'a [f64],
    ) -> Result<Self> {
        same_length("recency", recency.len(), frequency.len())?;
        same_length("age", age.len(), frequency.len())?;
        let columns = Self { frequency, recency, age };
        let checked = parallel::chunks(frequency, |first, rows| {
            rows.iter().zip(first..).try_for_each(|(x, row)| {
                let (recency, age) = columns.times(row);
                check_customer(row, *x, recency, age)
            })
        });
        checked.into_iter().collect::<Result<()>>().map(|()| columns)
    }

    fn purchases(&self, row: usize) -> u32 {
        self.frequency.get(row).copied().unwrap_or_default()
    }

    fn times(&self, row: usize) -> (f64, f64) {
        let of = |column: &[f64]| column.get(row).copied().unwrap_or_default();
        (of(self.recency), of(self.age))
    }

    /// `f(x, t_x, T)` of every row.
    pub(crate) fn each<R: Clone + Default + Send>(
        &self,
        f: impl Fn(u32, f64, f64) -> R + Sync,
    ) -> Vec<R> {
        parallel::map(self.frequency, |row, x| {
            let (recency, age) = self.times(row);
            f(*x, recency, age)
        })
    }

    /// P(alive) times a number that is computed once for all who do the same while alive.
    fn scaled<M: PurchaseModel>(
        &self,
        model: &M,
        while_alive: impl Fn(u32, f64, f64) -> f64 + Sync,
    ) -> Vec<f64> {
        let [all] = self.with_known(model, while_alive, |customers, value| {
            let alive = shares(&model.log_odds_in_lanes(customers));
            [lanes(|i| alive[i] * value[i])]
        });
        all
    }

    /// The columns of `f(place of the first row, rows)`, for several rows at once.
    pub(crate) fn in_lanes<const N: usize>(
        &self,
        f: impl Fn(usize, &[Row; LANES]) -> [Lanes; N] + Sync,
    ) -> [Vec<f64>; N] {
        parallel::fill_columns(self.frequency.len(), |first, slots| {
            let rows = slots.first().map_or(0, |slots| slots.len());
            let mut slots = slots.map(|slots| slots.chunks_mut(LANES));
            for at in (first..first + rows).step_by(LANES) {
                let customers = std::array::from_fn(|lane| {
                    let (recency, age) = self.times(at + lane);
                    (self.purchases(at + lane), recency, age)
                });
                for (slots, values) in slots.iter_mut().zip(f(at, &customers)) {
                    let slots = slots.next().unwrap_or_default();
                    slots.iter_mut().zip(values).for_each(|(slot, value)| *slot = value);
                }
            }
        })
    }

    /// The columns of `f` of several rows and of what is computed once for all who do the same while alive.
    pub(crate) fn with_known<M, K, const N: usize>(
        &self,
        model: &M,
        while_alive: impl Fn(u32, f64, f64) -> K + Sync,
        f: impl Fn(&[Row; LANES], &[K; LANES]) -> [Lanes; N] + Sync,
    ) -> [Vec<f64>; N]
    where
        M: PurchaseModel,
        K: Copy + Default + Send + Sync,
    {
        let (keys, places) = distinct::places(self.frequency.len(), |row| {
            let (recency, age) = self.times(row);
            let recency = if model.remembers_recency() { recency + 0.0 } else { 0.0 };
            [u64::from(self.purchases(row)), recency.to_bits(), (age + 0.0).to_bits()]
        });
        let known = parallel::map(&keys, |_, [x, recency, age]| {
            while_alive(*x as u32, f64::from_bits(*recency), f64::from_bits(*age))
        });
        let of = |row: usize| {
            let place = places.get(row).map_or(0, |place| *place as usize);
            known.get(place).copied().unwrap_or_default()
        };
        self.in_lanes(|at, customers| f(customers, &std::array::from_fn(|lane| of(at + lane))))
    }
}

/// [`PurchaseModel::log_odds_with_slopes_in_lanes`] where lanes gain nothing.
pub(crate) fn with_slopes_one_by_one<M: PurchaseModel>(
    model: &M,
    customers: &[Row; LANES],
) -> (Lanes, [Lanes; 4]) {
    let of = |(x, recency, age): Row| model.log_odds_alive_slopes(f64::from(x), recency, age);
    (model.log_odds_in_lanes(customers), transposed(&customers.map(of)))
}

/// Probabilities by their log-odds.
pub(crate) fn shares(log_odds: &Lanes) -> Lanes {
    lanes(|i| 1.0 / (1.0 + exp_in_lanes(-log_odds[i])))
}

/// The probability of so many purchases from that of those who are alive; who has left makes none.
fn of_those_alive(active: f64, purchases: u32, log_odds: f64) -> f64 {
    let active = 1.0 / (1.0 + exp(-log_odds)) * active;
    if purchases > 0 { active } else { active + 1.0 / (1.0 + exp(log_odds)) }
}

/// Refuses a parameter that is not finite and above 0.
pub(crate) fn check_parameters(parameters: &[(&'static str, f64)]) -> Result<()> {
    match parameters.iter().find(|(_, value)| !value.is_finite() || *value <= 0.0) {
        Some((name, _)) => Err(Error::invalid(*name, "a finite number above 0")),
        None => Ok(()),
    }
}
