//! Why a customer is more or less likely to be alive than a typical one.

use serde::{Deserialize, Serialize};

use super::customers::{Customers, same_length};
use super::model::{Columns, PurchaseModel};
use crate::error::{Error, Result};

/// The customer that others are compared with; means are typical, and need not be whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Typical {
    /// Repeat purchases, x.
    pub frequency: f64,
    /// The age at the last purchase, t_x.
    pub recency: f64,
    /// The age, T.
    pub age: f64,
}

impl Typical {
    /// The means of customers with at least one repeat purchase, weights counted; none if there are none.
    #[must_use]
    pub fn repeat_customer(customers: &Customers) -> Option<Self> {
        Self::mean(customers, |frequency| frequency > 0.0)
    }

    /// The means of all customers, weights counted; none if all their ages are 0.
    #[must_use]
    pub fn customer(customers: &Customers) -> Option<Self> {
        Self::mean(customers, |_| true).filter(|typical| typical.age > 0.0)
    }

    fn mean(customers: &Customers, counts: impl Fn(f64) -> bool) -> Option<Self> {
        let mut sums = [0.0; 4];
        for group in customers.all().iter().filter(|group| counts(group.frequency)) {
            let values = [1.0, group.frequency, group.recency, group.age];
            sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += group.weight * value);
        }
        let [all, frequency, recency, age] = sums;
        let typical = Self { frequency: frequency / all, recency: recency / all, age: age / all };
        (all > 0.0).then_some(typical)
    }
}

/// The parts of a difference of log-odds of being alive. Positive parts speak for the customer. The three
/// sum to `log_odds − typical`, up to the rounding of the sum.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Drivers {
    /// ln(P / (1 − P)) of this customer.
    pub log_odds: f64,
    /// The same of the typical customer.
    pub typical: f64,
    /// What the number of purchases does.
    pub frequency: f64,
    /// What the moment of the last purchase does, as a part of the customer's age.
    pub recency: f64,
    /// What the age does.
    pub age: f64,
}

/// The drivers of P(alive) for every row against a typical customer.
///
/// The log-odds are known in closed form for every mix of the two customers, so that the parts are exact: the
/// Shapley values of three players (Shapley, *A Value for n-Person Games*, 1953). A part is the mean over the six orders
/// in which x, t_x / T and T can be changed from the typical to the customer's own value. Any single order would give
/// the interaction of two numbers to the one that comes later; this is the only division that treats
/// them alike, sums to the difference, and gives nothing to what changes nothing. The last purchase
/// is taken as a part of the age, so that it stays before the age in every mix.
///
/// A row has none where its customer is alive for certain: in BG/NBD without repeat purchases, in
/// Pareto/NBD at the moment of a purchase.
///
/// ```
/// use goodwill::analytics::{MbgNbd, Typical, drivers_of_alive};
///
/// let model = MbgNbd::new(0.525, 6.183, 0.891, 1.614)?;
/// let typical = Typical { frequency: 2.0, recency: 15.0, age: 33.0 };
/// let drivers = drivers_of_alive(&model, &[2, 5], &[31.0, 9.0], &[33.0, 39.0], &typical)?;
/// let [late, silent] = [drivers[0].unwrap(), drivers[1].unwrap()];
/// assert!(late.recency > 0.0 && late.frequency == 0.0 && late.age == 0.0);
/// let sum = silent.frequency + silent.recency + silent.age;
/// assert!((sum - (silent.log_odds - silent.typical)).abs() < 1e-12);
/// # Ok::<(), goodwill::Error>(())
/// ```
///
/// # Errors
/// `input.invalid` names the parameter, the column and the row, or `typical`, whose log-odds have to be finite.
pub fn drivers_of_alive<M: PurchaseModel>(
    model: &M,
    frequency: &[u32],
    recency: &[f64],
    age: &[f64],
    typical: &Typical,
) -> Result<Vec<Option<Drivers>>> {
    model.check()?;
    same_length("recency", recency.len(), frequency.len())?;
    let log_odds = |[x, part, age]: [f64; 3]| model.log_odds_alive(x, part * age, age);
    let possible = typical.frequency >= 0.0
        && typical.age > 0.0
        && (0.0..=typical.age).contains(&typical.recency);
    let base = [typical.frequency, typical.recency / typical.age, typical.age];
    if !possible || !base.iter().all(|number| number.is_finite()) || !log_odds(base).is_finite() {
        let accepted = "a possible customer who is not alive for certain, such as the mean of repeat customers";
        return Err(Error::invalid("typical", accepted));
    }
    let of_base = log_odds(base);
    Ok(Columns::checked(frequency, recency, age)?.each(|x, recency, age| {
        let part = if age > 0.0 { recency / age } else { 0.0 };
        let [x0, part0, age0] = base;
        let x = f64::from(x);
        let whole = model.log_odds_alive(x, recency, age);
        // Log-odds by which of x, t_x / T and T are the customer's own.
        let ([x_, p_, a_], [xp, xa, pa]) = (
            [[x, part0, age0], [x0, part, age0], [x0, part0, age]].map(log_odds),
            [[x, part, age0], [x, part0, age], [x0, part, age]].map(log_odds),
        );
        let value = |alone: f64, first: (f64, f64), second: (f64, f64), rest: f64| {
            (2.0 * (alone - of_base)
                + (first.0 - first.1)
                + (second.0 - second.1)
                + 2.0 * (whole - rest))
                / 6.0
        };
        let drivers = Drivers {
            log_odds: whole,
            typical: of_base,
            frequency: value(x_, (xp, p_), (xa, a_), pa),
            recency: value(p_, (xp, x_), (pa, a_), xa),
            age: value(a_, (xa, x_), (pa, p_), xp),
        };
        let parts = [drivers.log_odds, drivers.frequency, drivers.recency, drivers.age];
        parts.iter().all(|part| part.is_finite()).then_some(drivers)
    }))
}
