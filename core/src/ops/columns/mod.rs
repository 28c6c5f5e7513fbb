//! Analytics for hosts in other languages: a table of functions that take columns and options, and give
//! columns and an answer.
//!
//! Options and answers are JSON, as the types of [`analytics`](crate::analytics) read and write themselves; a
//! function here only brings columns into the shape of slices. What it does and what it refuses stands with
//! the Rust function that it calls.

mod behaviour;
mod column;
mod covariates;
mod holdout;
mod log;
mod models;
mod moments;
mod needs;
mod occasions;
mod scores;
mod slice;
mod spend;
mod texts;
mod totals;

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Code, Error, Result};

pub use column::{Column, TimeUnit, Values};
pub use slice::{Memory, Slice};
pub use texts::Texts;

use column::column_error;

/// What a function is given.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Its columns, by their roles.
    pub columns: BTreeMap<String, Column>,
    /// Its options, an object of JSON.
    pub options: String,
}

/// What a function gives.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Made {
    /// The columns, all of the same length, in order.
    pub columns: Vec<(String, Column)>,
    /// The answer in JSON.
    pub answer: String,
}

impl Given {
    fn options<T: DeserializeOwned>(&self) -> Result<T> {
        super::read(&self.options)
    }

    fn optional(&self, name: &str) -> Option<&Column> {
        self.columns.get(name)
    }

    fn column(&self, name: &str) -> Result<&Column> {
        self.optional(name).ok_or_else(|| column_error(name, "a column"))
    }

    fn counts(&self, name: &str) -> Result<Slice<u32>> {
        self.column(name)?.counts(name)
    }

    /// Numbers without nulls.
    fn floats(&self, name: &str) -> Result<Slice<f64>> {
        self.column(name)?.full(name)?.floats(name)
    }

    fn optional_floats(&self, name: &str) -> Result<Option<Slice<f64>>> {
        self.optional(name).map(|column| column.full(name)?.floats(name)).transpose()
    }

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

impl Made {
    fn answer(answer: &impl Serialize) -> Result<Self> {
        let answer = serde_json::to_string(answer);
        let answer = answer.map_err(|_| Error::internal("an answer is not JSON"))?;
        Ok(Self { columns: Vec::new(), answer })
    }

    fn with(mut self, name: impl Into<String>, column: impl Into<Column>) -> Self {
        self.columns.push((name.into(), column.into()));
        self
    }

    fn column(name: &str, column: impl Into<Column>) -> Self {
        Self { answer: "null".to_owned(), ..Self::default() }.with(name, column)
    }
}

/// A column of words, where JSON's null is null.
fn words(words: &[Value]) -> Column {
    let mut places = BTreeMap::new();
    let mut texts = Vec::new();
    let mut place_of = |word: &Value| {
        let word = word.as_str().unwrap_or_default();
        *places.entry(word.to_owned()).or_insert_with(|| {
            texts.push(word.to_owned());
            u32::try_from(texts.len() - 1).unwrap_or(u32::MAX)
        })
    };
    let rows: Vec<u32> = words.iter().map(&mut place_of).collect();
    let some_null = words.iter().any(Value::is_null);
    let valid = some_null.then(|| words.iter().map(|word| !word.is_null()).collect());
    Column { values: Values::dictionary(rows, texts), valid }
}

/// Calls a function of the table.
///
/// ```
/// use goodwill::ops::columns::{Column, Given, analyze};
///
/// let columns = [("predicted", vec![1.5, 0.0]), ("actual", vec![1.0, 0.0])];
/// let columns = columns.map(|(name, values)| (name.to_owned(), Column::from(values)));
/// let given = Given { columns: columns.into(), options: "{}".to_owned() };
/// assert!(analyze("holdout.quality", &given)?.answer.contains(r#""bias":0.25"#));
/// # Ok::<(), goodwill::Error>(())
/// ```
///
/// # Errors
/// `operation.unknown`, if there is no such function; `input.invalid` with `field` and mostly `row`, and
/// whatever else the Rust function says.
pub fn analyze(function: &str, given: &Given) -> Result<Made> {
    for (name, column) in &given.columns {
        if column.valid.as_ref().is_some_and(|valid| valid.len() != column.len()) {
            return Err(column_error(name, "as many marks of nulls as rows"));
        }
    }
    match function {
        "log.summarize" => log::summarize(given),
        "log.ln_waits" => log::ln_waits(given),
        "log.rfm" => log::rfm(given),
        "model.fit" => models::fit(given),
        "model.fit_regular" => models::fit_regular(given),
        "model.likelihood_ratio" => models::likelihood_ratio(given),
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
        "customers.totals" => totals::of_customers(given),
        _ => Err(Error::new(Code::OperationUnknown, "no function has this name")),
    }
}
