//! The model of spend.

use crate::analytics::{Fit, GammaGamma, Identification, NotIdentified, Spenders};
use crate::error::Result;
use serde::Deserialize;
use serde_json::json;

use super::models::{described, estimates};
use super::{Given, Made};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Known {
    model: GammaGamma,
    #[serde(default)]
    log_covariance: Option<Vec<Vec<f64>>>,
}

#[derive(Deserialize)]
struct Options {
    model: Known,
    #[serde(default)]
    confidence: Option<f64>,
}

fn spenders(given: &Given) -> Result<Spenders> {
    let (frequency, spend) = (given.counts("frequency")?, given.floats("spend")?);
    match given.optional_floats("weight")? {
        Some(weight) => Spenders::weighted(&frequency, &spend, &weight),
        None => Spenders::from_columns(&frequency, &spend),
    }
}

pub(super) fn fit(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    struct Start {
        #[serde(default)]
        start: Option<Known>,
    }
    let Start { start } = given.options()?;
    let spenders = spenders(given)?;
    let fit = match start {
        Some(start) => GammaGamma::fit_from(&spenders, &start.model),
        None => GammaGamma::fit(&spenders),
    };
    described(&fit, 0.95)
}

pub(super) fn log_likelihood(given: &Given) -> Result<Made> {
    let Options { model, .. } = given.options()?;
    let spenders = spenders(given)?;
    let (value, _) = model.model.log_likelihood_with_gradient(&spenders);
    Made::answer(&json!({ "logLikelihood": value, "customers": spenders.len() }))
}

pub(super) fn expected(given: &Given) -> Result<Made> {
    let Options { model, confidence } = given.options()?;
    let (frequency, spend) = (given.counts("frequency")?, given.floats("spend")?);
    let Some(confidence) = confidence else {
        return Ok(Made::column("value", model.model.expected_spend(&frequency, &spend)?));
    };
    let fit = Fit {
        model: model.model,
        log_covariance: model.log_covariance,
        log_likelihood: 0.0,
        customers: 0.0,
        parameters: 0,
        identification: Identification::NotIdentified(NotIdentified::NotConverged),
        evaluations: 0,
    };
    Ok(estimates(fit.spend_with_intervals(&frequency, &spend, confidence)?))
}
