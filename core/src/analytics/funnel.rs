//! Funnels: how many customers take the steps to a goal, in order and in time.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::columns::{check_names, check_version};
use super::customers::{cell_error, same_length};
use super::inference::wilson;
use super::quantiles::{Distribution, Percentiles};
use crate::error::{Error, Result};
use crate::time::Timestamp;

/// The steps of a funnel, versioned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Funnel {
    /// Of this set of parameters; results repeat it.
    pub version: String,
    /// The names of the steps, in order.
    pub steps: Vec<String>,
    /// How long after the first step the others count, in seconds; the last instant is part of it.
    pub window_seconds: u64,
    /// Whether customers count whose window is not over at the end of observation.
    pub include_unfinished: bool,
    /// Which percentiles of the times are asked for.
    pub percentiles: Percentiles,
}

/// One step of a funnel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FunnelStep {
    /// Its name.
    pub name: String,
    /// How many customers took it, after all steps before.
    pub customers: u64,
    /// The share of those who took the step before, from 0 to 100; none, if nobody did.
    pub percent_of_previous: Option<f64>,
    /// The share of those who took the first step; none, if nobody did.
    pub percent_of_first: Option<f64>,
    /// The lower end of Wilson's 95 % interval of the share of the first.
    pub low: f64,
    /// The upper end of it.
    pub high: f64,
    /// Seconds since the step before; none of the first step, or if nobody took this one.
    pub seconds_from_previous: Option<Distribution>,
    /// Seconds since the first step.
    pub seconds_from_first: Option<Distribution>,
}

/// A funnel with its customers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FunnelResult {
    /// The version of the funnel.
    pub version: String,
    /// The end of observation.
    pub end: Timestamp,
    /// The steps, in order.
    pub steps: Vec<FunnelStep>,
    /// The share of those who took the first step and the last, from 0 to 100; none, if nobody took the first.
    pub conversion_percent: Option<f64>,
    /// Customers whose window was not over at the end of observation.
    pub unfinished: u64,
    /// Rows at or after the end, left out.
    pub rows_after_end: u64,
}

impl Funnel {
    /// A funnel without customers whose window is not over, with the usual percentiles.
    ///
    /// # Errors
    /// As [`check`](Self::check).
    pub fn new(version: &str, steps: &[&str], window: Duration) -> Result<Self> {
        let funnel = Self {
            version: version.to_owned(),
            steps: steps.iter().map(|step| (*step).to_owned()).collect(),
            window_seconds: window.as_secs(),
            include_unfinished: false,
            percentiles: Percentiles::default(),
        };
        funnel.check()?;
        Ok(funnel)
    }

    /// # Errors
    /// `input.invalid`: no `version`, no `steps` or one without a name or twice, a window of 0, percentiles
    /// that are none.
    pub fn check(&self) -> Result<()> {
        check_version(&self.version)?;
        check_names("steps", self.steps.iter().map(String::as_str))?;
        if self.window_seconds == 0 {
            return Err(Error::invalid("windowSeconds", "a number from 1"));
        }
        self.percentiles.check()
    }

    /// The funnel of an event log before `end`, rows in any order; `step` is the place of the step in the
    /// funnel, from 0.
    ///
    /// A customer enters with the first event of the first step, and with that one only. Each next step is
    /// the first event of it that is not before that of the step before, within the window.
    ///
    /// ```
    /// use std::time::Duration;
    /// use goodwill::Timestamp;
    /// use goodwill::analytics::Funnel;
    ///
    /// let funnel = Funnel::new("1", &["visit", "quote", "order"], Duration::from_secs(86_400))?;
    /// let at = |hour: u32| format!("2026-03-01T{hour:02}:00:00Z").parse::<Timestamp>();
    /// let (ids, steps) = ([1, 1, 2, 1, 2], [0, 1, 0, 2, 2]);
    /// let times = [at(8)?, at(9)?, at(9)?, at(12)?, at(13)?];
    /// let result = funnel.of_log(&ids, &steps, &times, "2026-04-01T00:00:00Z".parse()?)?;
    /// // The second customer ordered without a quote.
    /// let customers: Vec<u64> = result.steps.iter().map(|step| step.customers).collect();
    /// assert_eq!((customers, result.conversion_percent), (vec![2, 1, 1], Some(50.0)));
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`check`](Self::check); `input.invalid` with the row: columns of different lengths, a `step` that the
    /// funnel does not have.
    pub fn of_log<Id: Eq + Hash>(
        &self,
        ids: &[Id],
        step: &[usize],
        times: &[Timestamp],
        end: Timestamp,
    ) -> Result<FunnelResult> {
        self.check()?;
        same_length("step", step.len(), ids.len())?;
        same_length("time", times.len(), ids.len())?;
        if let Some(row) = step.iter().position(|step| *step >= self.steps.len()) {
            let accepted = format!("a number from 0 to {}", self.steps.len().saturating_sub(1));
            return Err(cell_error("step", row, &accepted));
        }
        let mut places = HashMap::new();
        let mut customers: Vec<Vec<(i64, usize)>> = Vec::new();
        let mut rows_after_end = 0;
        for ((id, step), at) in ids.iter().zip(step).zip(times) {
            if *at >= end {
                rows_after_end += 1;
                continue;
            }
            let place = *places.entry(id).or_insert(customers.len());
            match customers.get_mut(place) {
                Some(events) => events.push((at.as_millis(), *step)),
                None => customers.push(vec![(at.as_millis(), *step)]),
            }
        }
        let window = i64::try_from(self.window_seconds).unwrap_or(i64::MAX).saturating_mul(1000);
        let mut unfinished = 0;
        let mut paths = Vec::new();
        for events in &mut customers {
            // Events of one instant in the order of the steps.
            events.sort_unstable();
            let path = self.path(events, window);
            let Some(entered) = path.first() else { continue };
            if entered.saturating_add(window) >= end.as_millis() {
                unfinished += 1;
                if !self.include_unfinished {
                    continue;
                }
            }
            paths.push(path);
        }
        let steps: Vec<FunnelStep> = self
            .steps
            .iter()
            .enumerate()
            .map(|(place, name)| self.step(place, name, &paths))
            .collect();
        Ok(FunnelResult {
            version: self.version.clone(),
            end,
            conversion_percent: steps.last().and_then(|step| step.percent_of_first),
            steps,
            unfinished,
            rows_after_end,
        })
    }

    /// The instants at which a customer took the steps, as far as that went.
    fn path(&self, events: &[(i64, usize)], window: i64) -> Vec<i64> {
        let mut path: Vec<i64> = Vec::new();
        for (at, step) in events {
            let late = path.first().is_some_and(|first| at.saturating_sub(*first) > window);
            if late || path.len() == self.steps.len() {
                break;
            }
            if *step == path.len() {
                path.push(*at);
            }
        }
        path
    }

    fn step(&self, place: usize, name: &str, paths: &[Vec<i64>]) -> FunnelStep {
        let took = |place: usize| paths.iter().filter(|path| path.len() > place).count() as u64;
        let (first, customers) = (took(0), took(place));
        let previous = place.checked_sub(1);
        let percent = |of: u64| (of > 0).then(|| 100.0 * (customers as f64 / of as f64));
        let (low, high) = wilson(customers, first);
        let seconds = |from: usize| {
            let spans = paths.iter().filter_map(|path| {
                Some(path.get(place)?.saturating_sub(*path.get(from)?) as f64 / 1000.0)
            });
            let mut spans: Vec<f64> = spans.collect();
            spans.sort_by(f64::total_cmp);
            Distribution::of_sorted(&spans, &self.percentiles)
        };
        FunnelStep {
            name: name.to_owned(),
            customers,
            percent_of_previous: percent(previous.map_or(first, took)),
            percent_of_first: percent(first),
            low: 100.0 * low,
            high: 100.0 * high,
            seconds_from_previous: previous.and_then(seconds),
            seconds_from_first: previous.and_then(|_| seconds(0)),
        }
    }
}
