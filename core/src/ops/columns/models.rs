//! Models of purchases.

use crate::analytics::{
    BgNbd, Cnbd, Customers, Estimable, Estimates, Fit, Horizon, Identification, MbgNbd,
    NotIdentified, ParetoNbd, PurchaseModel, Tracking, Typical, drivers_of_alive,
};
use crate::error::{Error, Result};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::covariates::{self, Coefficients};
use super::{Given, Made, Slice};

/// A model by its name, with what is known of its errors.
#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Known {
    BgNbd(Parameters<BgNbd>),
    MbgNbd(Parameters<MbgNbd>),
    ParetoNbd(Parameters<ParetoNbd>),
    Cnbd(Parameters<Cnbd>),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Parameters<M> {
    model: M,
    #[serde(default)]
    log_covariance: Option<Vec<Vec<f64>>>,
    #[serde(default)]
    covariates: Option<Coefficients>,
}

impl<M> Parameters<M> {
    /// A fit as far as predictions look at it.
    pub(super) fn fit(self) -> Fit<M> {
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
struct Model {
    model: Known,
    /// Those of new customers, if the model has covariates.
    #[serde(default)]
    covariates: Option<Vec<f64>>,
}

/// The model of the options, whatever it is: that of the customers, part by part if they have covariates.
macro_rules! with_model {
    ($given:expr, |$fit:ident, $rows:ident| $body:expr) => {{
        let given: &Given = $given;
        match given.options::<Model>()?.model {
            Known::BgNbd(known) => with_model!(@ given, known, |$fit, $rows| $body),
            Known::MbgNbd(known) => with_model!(@ given, known, |$fit, $rows| $body),
            Known::ParetoNbd(known) => with_model!(@ given, known, |$fit, $rows| $body),
            Known::Cnbd(known) => {
                let ($fit, $rows) = (&known.fit(), given);
                $body
            }
        }
    }};
    (@ $given:ident, $known:ident, |$fit:ident, $rows:ident| $body:expr) => {{
        let mut known = $known;
        match known.covariates.take() {
            Some(of) => covariates::each($given, known, of, |$fit, $rows| $body),
            None => {
                let ($fit, $rows) = (&known.fit(), $given);
                $body
            }
        }
    }};
}

/// The same, with the columns of the customers.
macro_rules! with_rows {
    ($given:expr, |$fit:ident, $x:ident, $recency:ident, $age:ident| $body:expr) => {
        with_model!($given, |$fit, given| {
            let Rows { frequency: $x, recency: $recency, age: $age } = &Rows::of(given)?;
            $body
        })
    };
}

/// The model of the options for new customers, who have the covariates of the options.
macro_rules! with_model_of_new {
    ($given:expr, |$fit:ident| $body:expr) => {{
        let Model { model, covariates } = $given.options()?;
        match model {
            Known::BgNbd(known) => {
                let $fit = known.of_new(covariates.as_deref())?;
                $body
            }
            Known::MbgNbd(known) => {
                let $fit = known.of_new(covariates.as_deref())?;
                $body
            }
            Known::ParetoNbd(known) => {
                let $fit = known.of_new(covariates.as_deref())?;
                $body
            }
            Known::Cnbd(known) => {
                let $fit = known.fit();
                $body
            }
        }
    }};
}

impl<M: Estimable> Parameters<M> {
    fn of_new(mut self, of: Option<&[f64]>) -> Result<Fit<M>> {
        match self.covariates.take() {
            Some(coefficients) => covariates::of_new(self, coefficients, of),
            None => Ok(self.fit()),
        }
    }
}

/// The columns of customers.
struct Rows {
    frequency: Slice<u32>,
    recency: Slice<f64>,
    age: Slice<f64>,
}

impl Rows {
    fn of(given: &Given) -> Result<Self> {
        Ok(Self {
            frequency: given.counts("frequency")?,
            recency: given.floats("recency")?,
            age: given.floats("age")?,
        })
    }

    fn customers(&self, given: &Given) -> Result<Customers> {
        match given.optional_floats("weight")? {
            Some(weight) => Customers::weighted(&self.frequency, &self.recency, &self.age, &weight),
            None => Customers::from_columns(&self.frequency, &self.recency, &self.age),
        }
    }
}

/// What predictions may ask for beside the model.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    t: Option<f64>,
    #[serde(default)]
    purchases: u32,
    #[serde(default)]
    horizon: Option<Horizon>,
    #[serde(default)]
    confidence: Option<f64>,
}

impl Asked {
    fn t(&self) -> Result<f64> {
        self.t.ok_or_else(|| Error::invalid("t", "a finite time from 0"))
    }

    fn horizon(&self) -> Result<Horizon> {
        self.horizon.ok_or_else(|| Error::invalid("horizon", "a horizon"))
    }
}

pub(super) fn estimates(all: Estimates) -> Made {
    Made::column("value", all.value)
        .with("standard_error", all.standard_error)
        .with("low", all.low)
        .with("high", all.high)
}

/// A fit with what follows from it.
pub(super) fn described<M: Serialize>(fit: &Fit<M>, confidence: f64) -> Result<Made> {
    described_with(fit, confidence, &json!({}))
}

/// The same, with more of it.
pub(super) fn described_with<M: Serialize>(
    fit: &Fit<M>,
    confidence: f64,
    more: &Value,
) -> Result<Made> {
    let mut answer = json!({
        "fit": fit,
        "identified": fit.is_identified(),
        "aic": fit.aic(),
        "bic": fit.bic(),
        "logStandardErrors": fit.log_standard_errors(),
        "intervalFactors": fit.interval_factors(confidence)?,
    });
    if let (Some(answer), Some(more)) = (answer.as_object_mut(), more.as_object()) {
        answer.extend(more.clone());
    }
    Made::answer(&answer)
}

pub(super) fn fit(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    struct Options {
        kind: String,
        #[serde(default)]
        start: Option<Known>,
        #[serde(default)]
        covariates: Vec<String>,
    }
    fn search<M: Estimable + Serialize>(
        customers: &Customers,
        start: Option<&M>,
        fit: impl Fn(&Customers) -> Fit<M>,
        fit_from: impl Fn(&Customers, &M) -> Fit<M>,
    ) -> Result<Made> {
        let fit = start.map_or_else(|| fit(customers), |start| fit_from(customers, start));
        described(&fit, 0.95)
    }
    let Options { kind, start, covariates } = given.options()?;
    if !covariates.is_empty() {
        return match (kind.as_str(), start) {
            ("bg_nbd", None) => covariates::fit::<BgNbd>(given, covariates),
            ("mbg_nbd", None) => covariates::fit::<MbgNbd>(given, covariates),
            ("pareto_nbd", None) => covariates::fit::<ParetoNbd>(given, covariates),
            (_, Some(_)) => Err(Error::invalid("start", "none beside covariates")),
            _ => Err(Error::internal("no such model")),
        };
    }
    let customers = Rows::of(given)?.customers(given)?;
    let other = || Error::invalid("start", "the parameters of such a model");
    match (kind.as_str(), start) {
        ("bg_nbd", None) => search(&customers, None, BgNbd::fit, BgNbd::fit_from),
        ("bg_nbd", Some(Known::BgNbd(start))) => {
            search(&customers, Some(&start.model), BgNbd::fit, BgNbd::fit_from)
        }
        ("mbg_nbd", None) => search(&customers, None, MbgNbd::fit, MbgNbd::fit_from),
        ("mbg_nbd", Some(Known::MbgNbd(start))) => {
            search(&customers, Some(&start.model), MbgNbd::fit, MbgNbd::fit_from)
        }
        ("pareto_nbd", None) => search(&customers, None, ParetoNbd::fit, ParetoNbd::fit_from),
        ("pareto_nbd", Some(Known::ParetoNbd(start))) => {
            search(&customers, Some(&start.model), ParetoNbd::fit, ParetoNbd::fit_from)
        }
        (_, Some(_)) => Err(other()),
        _ => Err(Error::internal("no such model")),
    }
}

/// Regular customers: of one regularity, or of the likeliest up to one.
pub(super) fn fit_regular(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Options {
        #[serde(default)]
        regularity: Option<u32>,
        most: u32,
        leaves_at_once: bool,
        ln_waits: f64,
    }
    let Options { regularity, most, leaves_at_once, ln_waits } = given.options()?;
    let customers = Rows::of(given)?.customers(given)?;
    match regularity {
        Some(k) => described(&Cnbd::fit(&customers, ln_waits, k, leaves_at_once)?, 0.95),
        None => {
            let found = Cnbd::fit_regularity(&customers, ln_waits, most, leaves_at_once)?;
            described(&found.best, 0.95)
        }
    }
}

pub(super) fn log_likelihood(given: &Given) -> Result<Made> {
    let customers = Rows::of(given)?.customers(given)?.len();
    // A part has its likelihood in its first row.
    let parts = with_model!(given, |fit, given| {
        let customers = Rows::of(given)?.customers(given)?;
        fit.model.check()?;
        let value = fit.model.log_likelihood(&customers);
        let others = given.column("frequency")?.len().saturating_sub(1);
        let all = std::iter::once(value).chain(std::iter::repeat_n(0.0, others));
        Ok(Made::column("value", all.collect::<Vec<f64>>()))
    })?;
    let values = parts.columns.first().map(|(name, column)| column.floats(name)).transpose()?;
    let value = values.map_or(0.0, |values| values.iter().sum::<f64>());
    Made::answer(&json!({ "logLikelihood": value, "customers": customers }))
}

/// Whether the further parameters of a fit say something.
pub(super) fn likelihood_ratio(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    struct Options {
        fit: Fit<IgnoredAny>,
        restricted: Fit<IgnoredAny>,
    }
    let Options { fit, restricted } = given.options()?;
    Made::answer(&fit.likelihood_ratio(&restricted)?)
}

pub(super) fn alive(given: &Given) -> Result<Made> {
    let asked: Asked = given.options()?;
    with_rows!(given, |fit, x, recency, age| match (asked.t, asked.confidence) {
        (None, None) => Ok(Made::column("value", fit.model.probability_alive(x, recency, age)?)),
        (None, Some(confidence)) => {
            Ok(estimates(fit.alive_with_intervals(x, recency, age, confidence)?))
        }
        (Some(t), None) => {
            Ok(Made::column("value", fit.model.probability_alive_later(x, recency, age, t)?))
        }
        (Some(t), Some(confidence)) => {
            Ok(estimates(fit.alive_later_with_intervals(x, recency, age, t, confidence)?))
        }
    })
}

pub(super) fn purchases(given: &Given) -> Result<Made> {
    let asked: Asked = given.options()?;
    let t = asked.t()?;
    with_rows!(given, |fit, x, recency, age| match asked.confidence {
        None => Ok(Made::column("value", fit.model.expected_purchases(x, recency, age, t)?)),
        Some(confidence) => {
            Ok(estimates(fit.purchases_with_intervals(x, recency, age, t, confidence)?))
        }
    })
}

pub(super) fn probability(given: &Given) -> Result<Made> {
    let asked: Asked = given.options()?;
    let t = asked.t()?;
    let purchases = asked.purchases;
    with_rows!(given, |fit, x, recency, age| match asked.confidence {
        None => {
            let all = fit.model.probability_of_purchases(purchases, x, recency, age, t)?;
            Ok(Made::column("value", all))
        }
        Some(confidence) =>
            Ok(estimates(fit.probability_of_purchases_with_intervals(
                purchases, x, recency, age, t, confidence,
            )?)),
    })
}

pub(super) fn discounted(given: &Given) -> Result<Made> {
    let asked: Asked = given.options()?;
    let horizon = asked.horizon()?;
    with_rows!(given, |fit, x, recency, age| match asked.confidence {
        None =>
            Ok(Made::column("value", fit.model.discounted_purchases(x, recency, age, &horizon)?)),
        Some(confidence) => {
            Ok(estimates(fit.discounted_with_intervals(x, recency, age, &horizon, confidence)?))
        }
    })
}

pub(super) fn value(given: &Given) -> Result<Made> {
    let asked: Asked = given.options()?;
    let horizon = asked.horizon()?;
    with_model!(given, |fit, given| {
        let Rows { frequency: x, recency, age } = &Rows::of(given)?;
        let spend = given.floats("spend")?;
        let Some(confidence) = asked.confidence else {
            let values = fit.model.lifetime_value(x, recency, age, &spend, &horizon)?;
            return Ok(Made::column("value", values));
        };
        let standard_error = match given.optional_floats("spend_error")? {
            Some(errors) => errors.to_vec(),
            None => vec![0.0; spend.len()],
        };
        let spend = Estimates { value: spend.to_vec(), standard_error, ..Estimates::default() };
        let all =
            fit.lifetime_value_with_intervals(x, recency, age, &spend, &horizon, confidence)?;
        Ok(estimates(all))
    })
}

pub(super) fn drivers(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    struct Options {
        #[serde(default)]
        typical: Option<Typical>,
    }
    let Options { typical } = given.options()?;
    let rows = Rows::of(given)?;
    let typical = match typical {
        Some(typical) => typical,
        None => Typical::repeat_customer(&rows.customers(given)?).ok_or_else(|| {
            Error::invalid("typical", "a typical customer, since nobody came back")
        })?,
    };
    with_rows!(given, |fit, x, recency, age| {
        let all = drivers_of_alive(&fit.model, x, recency, age, &typical)?;
        let column = |part: fn(&crate::analytics::Drivers) -> f64| -> Vec<Option<f64>> {
            all.iter().map(|drivers| drivers.as_ref().map(part)).collect()
        };
        Ok(Made::answer(&typical)?
            .with("log_odds", column(|drivers| drivers.log_odds))
            .with("typical", column(|drivers| drivers.typical))
            .with("frequency", column(|drivers| drivers.frequency))
            .with("recency", column(|drivers| drivers.recency))
            .with("age", column(|drivers| drivers.age)))
    })
}

/// Of new customers, for each time.
pub(super) fn expected(given: &Given) -> Result<Made> {
    let times = given.floats("t")?;
    if let Some(row) = times.iter().position(|t| !t.is_finite() || *t < 0.0) {
        return Err(Error::invalid("t", "a finite time from 0").with("row", row));
    }
    with_model_of_new!(given, |fit| {
        fit.model.check()?;
        let all: Vec<f64> = times.iter().map(|t| fit.model.expected(*t)).collect();
        Ok(Made::column("value", all))
    })
}

/// Of new customers, for each number of purchases.
pub(super) fn pmf(given: &Given) -> Result<Made> {
    let (purchases, asked): (Slice<u32>, Asked) = (given.counts("purchases")?, given.options()?);
    let t = asked.t()?;
    if !t.is_finite() || t < 0.0 {
        return Err(Error::invalid("t", "a finite time from 0"));
    }
    with_model_of_new!(given, |fit| {
        fit.model.check()?;
        let all: Vec<f64> = purchases.iter().map(|x| fit.model.pmf(*x, t)).collect();
        Ok(Made::column("value", all))
    })
}

pub(super) fn tracking(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    struct Options {
        tracking: Tracking,
    }
    let Options { tracking } = given.options()?;
    with_model_of_new!(given, |fit| {
        fit.model.check()?;
        let expected = tracking.expected(|t| fit.model.expected(t))?;
        Ok(Made::column("repeats", expected.repeats).with("cumulative", expected.cumulative))
    })
}
