//! The model of purchases at occasions.

use crate::analytics::{BgBb, Fit, Identification, NotIdentified, Opportunities};
use crate::error::{Error, Result};
use serde::Deserialize;
use serde_json::json;

use super::models::{described, estimates};
use super::{Given, Made, Slice};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Known {
    model: BgBb,
    #[serde(default)]
    log_covariance: Option<Vec<Vec<f64>>>,
}

impl Known {
    /// A fit as far as predictions look at it.
    fn fit(self) -> Fit<BgBb> {
        Fit {
            model: self.model,
            log_covariance: self.log_covariance,
            log_likelihood: 0.0,
            customers: 0.0,
            parameters: 0,
            identification: Identification::NotIdentified(NotIdentified::NotConverged),
            evaluations: 0,
        }
    }
}

#[derive(Deserialize)]
struct Options {
    model: Known,
    #[serde(default)]
    t: u32,
    #[serde(default)]
    purchases: u32,
    #[serde(default)]
    rate: f64,
    #[serde(default)]
    confidence: Option<f64>,
}

/// The columns of customers.
struct Rows {
    frequency: Slice<u32>,
    last: Slice<u32>,
    occasions: Slice<u32>,
}

impl Rows {
    fn of(given: &Given) -> Result<Self> {
        Ok(Self {
            frequency: given.counts("frequency")?,
            last: given.counts("recency")?,
            occasions: given.counts("occasions")?,
        })
    }

    fn customers(&self, given: &Given) -> Result<Opportunities> {
        match given.optional_floats("weight")? {
            Some(weight) => {
                Opportunities::weighted(&self.frequency, &self.last, &self.occasions, &weight)
            }
            None => Opportunities::from_columns(&self.frequency, &self.last, &self.occasions),
        }
    }

    /// A number of every row, checked by `core` as customers are.
    fn each(&self, model: &BgBb, each: impl Fn(u32, u32, u32) -> f64) -> Result<Made> {
        model.check()?;
        if !self.frequency.is_empty() {
            Opportunities::from_columns(&self.frequency, &self.last, &self.occasions)?;
        }
        let rows = self.frequency.iter().zip(&*self.last).zip(&*self.occasions);
        Ok(Made::column(
            "value",
            rows.map(|((x, last), n)| each(*x, *last, *n)).collect::<Vec<f64>>(),
        ))
    }
}

pub(super) fn fit(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    struct Start {
        #[serde(default)]
        start: Option<Known>,
    }
    let Start { start } = given.options()?;
    let customers = Rows::of(given)?.customers(given)?;
    let fit = match start {
        Some(start) => BgBb::fit_from(&customers, &start.model),
        None => BgBb::fit(&customers),
    };
    described(&fit, 0.95)
}

pub(super) fn log_likelihood(given: &Given) -> Result<Made> {
    let Options { model, .. } = given.options()?;
    let customers = Rows::of(given)?.customers(given)?;
    model.model.check()?;
    let value = model.model.log_likelihood(&customers);
    Made::answer(&json!({ "logLikelihood": value, "customers": customers.len() }))
}

/// Now, or so many occasions later.
pub(super) fn alive(given: &Given) -> Result<Made> {
    let Options { model, t, confidence, .. } = given.options()?;
    let rows = Rows::of(given)?;
    let Some(confidence) = confidence else {
        return rows.each(&model.model, |x, last, n| model.model.alive_later(x, last, n, t));
    };
    let (fit, (x, last, n)) = (model.fit(), (&rows.frequency, &rows.last, &rows.occasions));
    Ok(estimates(if t > 0 {
        fit.alive_later_with_intervals(x, last, n, t, confidence)?
    } else {
        fit.alive_with_intervals(x, last, n, confidence)?
    }))
}

pub(super) fn purchases(given: &Given) -> Result<Made> {
    let Options { model, t, confidence, .. } = given.options()?;
    let rows = Rows::of(given)?;
    let Some(confidence) = confidence else {
        return rows.each(&model.model, |x, last, n| model.model.expected_of(x, last, n, t));
    };
    let (x, last, n) = (&rows.frequency, &rows.last, &rows.occasions);
    Ok(estimates(model.fit().purchases_with_intervals(x, last, n, t, confidence)?))
}

pub(super) fn probability(given: &Given) -> Result<Made> {
    let Options { model, t, purchases, confidence, .. } = given.options()?;
    let rows = Rows::of(given)?;
    let Some(confidence) = confidence else {
        return rows.each(&model.model, |x, last, n| model.model.pmf_of(purchases, x, last, n, t));
    };
    let (x, last, n) = (&rows.frequency, &rows.last, &rows.occasions);
    let fit = model.fit();
    Ok(estimates(
        fit.probability_of_purchases_with_intervals(purchases, x, last, n, t, confidence)?,
    ))
}

pub(super) fn discounted(given: &Given) -> Result<Made> {
    let Options { model: Known { model, .. }, rate, .. } = given.options()?;
    let rows = Rows::of(given)?;
    let all = model.discounted_purchases(&rows.frequency, &rows.last, &rows.occasions, rate)?;
    Ok(Made::column("value", all))
}

/// Of new customers, for each number of occasions.
pub(super) fn expected(given: &Given) -> Result<Made> {
    let Options { model: Known { model, .. }, .. } = given.options()?;
    let times = given.counts("t")?;
    model.check()?;
    Ok(Made::column("value", times.iter().map(|t| model.expected(*t)).collect::<Vec<f64>>()))
}

/// Of new customers, for each number of purchases.
pub(super) fn pmf(given: &Given) -> Result<Made> {
    let Options { model: Known { model, .. }, t, .. } = given.options()?;
    let purchases = given.counts("purchases")?;
    model.check()?;
    if t > 10_000_000 {
        return Err(Error::invalid("t", "at most 10000000 occasions"));
    }
    Ok(Made::column("value", purchases.iter().map(|x| model.pmf(*x, t)).collect::<Vec<f64>>()))
}
