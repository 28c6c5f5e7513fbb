//! Analytics: a table of functions that take columns and options, and give columns and an answer.
//!
//! Options and answers are JSON, as `core` reads and writes its own types; a function here only brings
//! columns into the shape of slices. What it does and what it refuses stands with the Rust function.

mod behaviour;
mod holdout;
mod log;
mod models;
mod moments;
mod occasions;
mod scores;
mod spend;

use std::collections::BTreeMap;

use goodwill::{Error, Result, ops};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::columns::{Column, Data, Slice, Values, column_error};
use crate::work;

/// What a function is given.
struct Given {
    columns: BTreeMap<String, Data>,
    options: String,
}

impl Given {
    fn options<T: DeserializeOwned>(&self) -> Result<T> {
        ops::read(&self.options)
    }

    fn optional(&self, name: &str) -> Option<&Data> {
        self.columns.get(name)
    }

    fn column(&self, name: &str) -> Result<&Data> {
        self.optional(name).ok_or_else(|| column_error(name, "a column"))
    }

    fn counts(&self, name: &str) -> Result<Vec<u32>> {
        self.column(name)?.counts(name)
    }

    /// Numbers without nulls.
    fn floats(&self, name: &str) -> Result<Slice<f64>> {
        self.column(name)?.full(name)?.floats(name)
    }

    fn optional_floats(&self, name: &str) -> Result<Option<Slice<f64>>> {
        self.optional(name).map(|column| column.full(name)?.floats(name)).transpose()
    }
}

impl Given {
    /// Numbers, where nulls are none; none without such a column.
    fn nullable_floats(&self, name: &str) -> Result<Option<Vec<Option<f64>>>> {
        let Some(column) = self.optional(name) else {
            return Ok(None);
        };
        let values = column.floats(name)?;
        let value = |(row, value): (usize, &f64)| (!column.is_null(row)).then_some(*value);
        Ok(Some(values.iter().enumerate().map(value).collect()))
    }
}

/// What a function gives.
#[derive(Default)]
struct Made {
    columns: Vec<(String, Data)>,
    answer: String,
}

impl Made {
    fn answer(answer: &impl Serialize) -> Result<Self> {
        let answer = serde_json::to_string(answer);
        let answer = answer.map_err(|_| Error::internal("an answer is not JSON"))?;
        Ok(Self { columns: Vec::new(), answer })
    }

    fn with(mut self, name: impl Into<String>, column: impl IntoData) -> Self {
        self.columns.push((name.into(), column.into_data()));
        self
    }

    fn column(name: &str, column: impl IntoData) -> Self {
        Self { answer: "null".to_owned(), ..Self::default() }.with(name, column)
    }
}

/// What a result has as a column.
trait IntoData {
    fn into_data(self) -> Data;
}

impl IntoData for Data {
    fn into_data(self) -> Data {
        self
    }
}

impl IntoData for Vec<f64> {
    fn into_data(self) -> Data {
        Values::Floats(self.into()).into()
    }
}

impl IntoData for Vec<Option<f64>> {
    fn into_data(self) -> Data {
        let valid =
            self.iter().any(Option::is_none).then(|| self.iter().map(Option::is_some).collect());
        let values = self.iter().map(|value| value.unwrap_or(f64::NAN)).collect();
        Data { values: Values::Floats(values), valid }
    }
}

macro_rules! integers {
    ($($number:ty)+) => {$(
        impl IntoData for Vec<$number> {
            fn into_data(self) -> Data {
                Values::Integers(self.into_iter().map(i64::from).collect()).into()
            }
        }
    )+};
}

integers!(u8 u16 u32 i64);

/// Calls a function of the table: its columns, and its answer in JSON.
#[pyfunction]
#[pyo3(signature = (name, columns, options, progress=None))]
pub(crate) fn analyze<'py>(
    py: Python<'py>,
    name: String,
    columns: &Bound<'py, PyDict>,
    options: String,
    progress: Option<&Bound<'py, PyAny>>,
) -> PyResult<(Bound<'py, PyDict>, String)> {
    let columns = columns.iter().map(|(name, column)| {
        Ok((name.extract()?, column.cast_into::<Column>()?.get().data.clone()))
    });
    let given = Given { columns: columns.collect::<PyResult<_>>()?, options };
    let made = work::done(py, progress, move || dispatch(&name, &given))?;
    let columns = PyDict::new(py);
    for (name, data) in made.columns {
        columns.set_item(name, Py::new(py, Column::new(data))?)?;
    }
    Ok((columns, made.answer))
}

fn dispatch(name: &str, given: &Given) -> Result<Made> {
    match name {
        "log.summarize" => log::summarize(given),
        "log.ln_waits" => log::ln_waits(given),
        "log.rfm" => log::rfm(given),
        "model.fit" => models::fit(given),
        "model.fit_regular" => models::fit_regular(given),
        "model.log_likelihood" => models::log_likelihood(given),
        "model.alive" => models::alive(given),
        "model.purchases" => models::purchases(given),
        "model.probability" => models::probability(given),
        "model.discounted" => models::discounted(given),
        "model.value" => models::value(given),
        "model.drivers" => models::drivers(given),
        "model.expected" => models::expected(given),
        "model.pmf" => models::pmf(given),
        "model.tracking" => models::tracking(given),
        "occasions.fit" => occasions::fit(given),
        "occasions.log_likelihood" => occasions::log_likelihood(given),
        "occasions.alive" => occasions::alive(given),
        "occasions.purchases" => occasions::purchases(given),
        "occasions.probability" => occasions::probability(given),
        "occasions.discounted" => occasions::discounted(given),
        "occasions.expected" => occasions::expected(given),
        "occasions.pmf" => occasions::pmf(given),
        "spend.fit" => spend::fit(given),
        "spend.log_likelihood" => spend::log_likelihood(given),
        "spend.expected" => spend::expected(given),
        "holdout.quality" => holdout::quality(given),
        "holdout.calibration" => holdout::calibration(given),
        "holdout.brier" => holdout::brier(given),
        "holdout.frequencies" => holdout::frequencies(given),
        "survey.score" => behaviour::score(given),
        "survey.trend" => behaviour::trend(given),
        "cohorts.retention" => behaviour::retention(given),
        "cohorts.revenue" => behaviour::revenue_cohorts(given),
        "revenue.retention" => behaviour::revenue_retention(given),
        "funnel" => behaviour::funnel(given),
        "messages.response_times" => behaviour::response_times(given),
        "messages.read_rate" => behaviour::read_rate(given),
        "sla" => behaviour::sla(given),
        "health" => scores::health(given),
        "churn" => scores::churn(given),
        "engagement" => scores::engagement(given),
        "vip" => scores::vip(given),
        _ => Err(Error::internal("no function has this name")),
    }
}
