//! Models whose parameters depend on who customers are.
//!
//! A covariate is a column named `covariate:` and its name; the options name them in their order. A prediction
//! cuts the rows by equal covariates, and asks the model of each part.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::analytics::special::normal_quantile;
use crate::analytics::{Covariate, CustomersWithCovariates, Estimable, Fit, WithCovariates};
use crate::error::{Error, Result};

use super::column::{cell_error, column_error};
use super::models::{Parameters, described_with};
use super::{Column, Given, Made, Slice, Values};

const PREFIX: &str = "covariate:";

/// How covariates move the parameters of a model.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Coefficients {
    names: Vec<String>,
    purchases: Vec<f64>,
    dropout: Vec<Vec<f64>>,
}

/// The covariates of these names, without nulls.
fn columns(given: &Given, names: &[String]) -> Result<Vec<Slice<f64>>> {
    let column = |name: &String| {
        let column = given.column(&format!("{PREFIX}{name}"));
        let column = column.map_err(|_| column_error("covariates", format!("a column {name}")))?;
        column.full("covariates")?.floats("covariates")
    };
    names.iter().map(column).collect()
}

/// Fits a model with covariates.
pub(super) fn fit<M: Estimable + Serialize>(given: &Given, names: Vec<String>) -> Result<Made> {
    let columns = columns(given, &names)?;
    let covariates: Vec<Covariate> = names
        .into_iter()
        .zip(columns)
        .map(|(name, values)| Covariate { name, values: values.to_vec() })
        .collect();
    let weight = given.optional_floats("weight")?;
    let customers = CustomersWithCovariates::from_columns(
        &given.counts("frequency")?,
        &given.floats("recency")?,
        &given.floats("age")?,
        weight.as_deref(),
        &covariates,
    )?;
    let fit = WithCovariates::<M>::fit(&customers);
    let WithCovariates { base, names, purchases, dropout } = fit.model;
    let errors = fit.log_covariance.as_ref().map(|all| {
        let variance = |place: usize| all.get(place)?.get(place).copied();
        (4..all.len()).filter_map(variance).map(f64::sqrt).collect::<Vec<f64>>()
    });
    let z = normal_quantile(0.975);
    let parts = std::iter::once("purchases".to_owned()).chain((1..=dropout.len()).map(|part| {
        match dropout.len() {
            1 => "dropout".to_owned(),
            _ => format!("dropout_{}", if part == 1 { "a" } else { "b" }),
        }
    }));
    let estimates = std::iter::once(&purchases).chain(&dropout);
    let rows = parts.zip(estimates).flat_map(|(part, estimates)| {
        let row = move |(name, estimate): (&String, &f64)| (part.clone(), name.clone(), *estimate);
        names.iter().zip(estimates).map(row).collect::<Vec<_>>()
    });
    let rows: Vec<_> = rows
        .enumerate()
        .map(|(place, (part, name, estimate))| {
            let error = errors.as_ref().and_then(|errors| errors.get(place));
            json!({
                "part": part,
                "covariate": name,
                "estimate": estimate,
                "standardError": error,
                "low": error.map(|error| estimate - z * error),
                "high": error.map(|error| estimate + z * error),
            })
        })
        .collect();
    let coefficients = Coefficients { names, purchases, dropout };
    let of_base = Fit {
        model: base,
        log_covariance: fit.log_covariance,
        log_likelihood: fit.log_likelihood,
        customers: fit.customers,
        parameters: fit.parameters,
        identification: fit.identification,
        evaluations: fit.evaluations,
    };
    described_with(&of_base, 0.95, &json!({ "covariates": coefficients, "coefficients": rows }))
}

/// A fit as far as predictions look at it.
fn with_covariates<M: Estimable>(
    known: Parameters<M>,
    coefficients: Coefficients,
) -> Fit<WithCovariates<M>> {
    let Fit { model, log_covariance, log_likelihood, customers, parameters, .. } = known.fit();
    let Coefficients { names, purchases, dropout } = coefficients;
    Fit {
        model: WithCovariates { base: model, names, purchases, dropout },
        log_covariance,
        log_likelihood,
        customers,
        parameters,
        identification: crate::analytics::Identification::Identified,
        evaluations: 0,
    }
}

/// The model of new customers with these covariates.
pub(super) fn of_new<M: Estimable>(
    known: Parameters<M>,
    coefficients: Coefficients,
    of: Option<&[f64]>,
) -> Result<Fit<M>> {
    let names = coefficients.names.join(", ");
    let of =
        of.ok_or_else(|| Error::invalid("covariates", format!("a number for each of {names}")))?;
    with_covariates(known, coefficients).of(of)
}

/// What the models of customers with equal covariates say of them, all rows in their order.
pub(super) fn each<M: Estimable>(
    given: &Given,
    known: Parameters<M>,
    coefficients: Coefficients,
    each: impl Fn(&Fit<M>, &Given) -> Result<Made>,
) -> Result<Made> {
    let fit = with_covariates(known, coefficients);
    let covariates = columns(given, &fit.model.names)?;
    let length = given.column("frequency")?.len();
    for column in &covariates {
        if column.len() != length {
            return Err(column_error("covariates", format!("{length} rows")));
        }
    }
    let mut parts: BTreeMap<Vec<u64>, Vec<usize>> = BTreeMap::new();
    for row in 0..length {
        let key = covariates.iter().filter_map(|column| column.get(row));
        parts.entry(key.map(|value| (value + 0.0).to_bits()).collect()).or_default().push(row);
    }
    if parts.is_empty() {
        return each(&fit.of(&vec![0.0; fit.model.names.len()])?, given);
    }
    let mut made = Scattered::default();
    for (key, rows) in parts {
        let values: Vec<f64> = key.into_iter().map(f64::from_bits).collect();
        let row = rows.first().copied().unwrap_or_default();
        let part = fit.of(&values).map_err(|_| {
            cell_error("covariates", row, "covariates with which the parameters are finite")
        })?;
        let of_part = |(name, column): (&String, &Column)| {
            // A column of another length stays as it is, and is refused as it would be.
            let same = column.len() == length;
            let column = if same { column.rows(&rows) } else { column.clone() };
            (!name.starts_with(PREFIX)).then(|| (name.clone(), column))
        };
        let columns = given.columns.iter().filter_map(of_part).collect();
        let part = each(&part, &Given { columns, options: "{}".to_owned() });
        made.add(part.map_err(|error| at_row(error, &rows))?, &rows, length);
    }
    Ok(made.into_made())
}

/// The row of the whole column.
fn at_row(error: Error, rows: &[usize]) -> Error {
    let row = error.details().get("row").and_then(serde_json::Value::as_u64);
    match row.and_then(|row| rows.get(usize::try_from(row).ok()?)) {
        Some(row) => error.with("row", *row),
        None => error,
    }
}

/// Columns of numbers in the making.
#[derive(Default)]
struct Scattered {
    columns: Vec<(String, Vec<Option<f64>>)>,
    answer: String,
}

impl Scattered {
    fn add(&mut self, made: Made, rows: &[usize], length: usize) {
        if self.columns.is_empty() {
            let empty = |(name, _): &(String, Column)| (name.clone(), vec![None; length]);
            self.columns = made.columns.iter().map(empty).collect();
            self.answer = made.answer;
        }
        for ((_, all), (_, part)) in self.columns.iter_mut().zip(&made.columns) {
            let Values::Floats(values) = &part.values else { continue };
            for (place, (row, value)) in rows.iter().zip(values.iter()).enumerate() {
                if let Some(slot) = all.get_mut(*row) {
                    *slot = (!part.is_null(place)).then_some(*value);
                }
            }
        }
    }

    fn into_made(self) -> Made {
        let columns = self.columns.into_iter().map(|(name, values)| (name, values.into()));
        Made { columns: columns.collect(), answer: self.answer }
    }
}
