//! What customers do and say, period by period.

use std::time::Duration;

use crate::analytics::{
    CohortClock, Funnel, Percentiles, ReadRate, ResponseTimes, Retention, RetentionTable,
    RevenueCohorts, RevenueRetention, SlaRules, SurveyMeasure, SurveyScore, Trend, Unit, Zone,
    by_group,
};
use crate::error::{Error, Result};
use crate::time::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::column::cell_error;
use super::moments::{end_of, instants, nullable_instants, periods};
use super::{Given, Made, Slice, words};

fn described(score: &SurveyScore) -> Value {
    let (low, high) = score.interval().map_or((None, None), |(low, high)| (Some(low), Some(high)));
    json!({ "n": score.n(), "value": score.value(), "low": low, "high": high, "score": score })
}

/// One score, or one of each group.
pub(super) fn score(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    struct Options {
        measure: SurveyMeasure,
    }
    let Options { measure } = given.options()?;
    let ratings = given.floats("rating")?;
    if given.optional("group").is_none() {
        return Made::answer(&described(&measure.of_ratings(&ratings)?));
    }
    let groups = given.column("group")?.names("group")?;
    let grouped = by_group(&groups, &ratings, |ratings| measure.of_ratings(ratings))?;
    let grouped: Vec<Value> = grouped
        .iter()
        .map(|each| json!({ "group": each.group, "score": described(&each.result) }))
        .collect();
    Made::answer(&grouped)
}

/// Which periods, and until when.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Calendar {
    unit: Unit,
    #[serde(default)]
    zone: Option<Zone>,
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    end: Option<String>,
}

pub(super) fn trend(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    struct Options {
        measure: SurveyMeasure,
    }
    let (Options { measure }, calendar): (Options, Calendar) = (given.options()?, given.options()?);
    let ratings = given.floats("rating")?;
    let (times, zone) = instants(given, "time", calendar.zone)?;
    let end = end_of(&times, calendar.end.as_deref(), zone)?;
    let periods = periods(calendar.unit, &times, calendar.from.as_deref(), end, zone)?;
    let trend = Trend::of_ratings(measure, &times, &ratings, &periods)?;
    let points: Vec<Value> = trend
        .points
        .iter()
        .map(|point| {
            json!({
                "start": point.start,
                "end": point.end,
                "score": point.score.as_ref().map(described),
                "change": point.change,
            })
        })
        .collect();
    Made::answer(&json!({ "points": points, "outside": trend.outside, "zone": zone }))
}

pub(super) fn retention(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    struct Options {
        clock: CohortClock,
        retention: Retention,
    }
    let (options, calendar): (Options, Calendar) = (given.options()?, given.options()?);
    let ids = codes(given, "customer")?;
    let (times, zone) = instants(given, "time", calendar.zone)?;
    let end = end_of(&times, calendar.end.as_deref(), zone)?;
    let periods = periods(calendar.unit, &times, calendar.from.as_deref(), end, zone)?;
    let table =
        RetentionTable::of_log(&ids, &times, &periods, end, options.clock, options.retention)?;
    Made::answer(&json!({ "table": table, "zone": zone }))
}

pub(super) fn revenue_cohorts(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    struct Options {
        clock: CohortClock,
        last: u32,
    }
    let (options, calendar): (Options, Calendar) = (given.options()?, given.options()?);
    let ids = codes(given, "customer")?;
    let amounts = given.floats("amount")?;
    let (times, zone) = instants(given, "time", calendar.zone)?;
    let end = end_of(&times, calendar.end.as_deref(), zone)?;
    let periods = periods(calendar.unit, &times, calendar.from.as_deref(), end, zone)?;
    let table =
        RevenueCohorts::of_log(&ids, &times, &amounts, &periods, end, options.clock, options.last)?;
    Made::answer(&json!({ "table": table, "zone": zone }))
}

pub(super) fn revenue_retention(given: &Given) -> Result<Made> {
    Made::answer(&RevenueRetention::of_columns(
        &given.floats("starting")?,
        &given.floats("ending")?,
    )?)
}

/// Ids of every row, without nulls.
fn codes(given: &Given, name: &str) -> Result<Slice<u32>> {
    Ok(given.column(name)?.full(name)?.codes(name)?.codes)
}

#[derive(Deserialize)]
struct Window {
    #[serde(default)]
    zone: Option<Zone>,
    #[serde(default)]
    end: Option<String>,
}

pub(super) fn funnel(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    struct Options {
        funnel: Funnel,
    }
    let (Options { funnel }, window): (Options, Window) = (given.options()?, given.options()?);
    let ids = codes(given, "customer")?;
    let (times, zone) = instants(given, "time", window.zone)?;
    let named = given.column("step")?.full("step")?;
    // Events that are no step of the funnel are left out.
    let mut rows: (Vec<u32>, Vec<usize>, Vec<Timestamp>) = Default::default();
    for (row, (id, at)) in ids.iter().zip(&times).enumerate() {
        let name = named.text(row).ok_or_else(|| cell_error("step", row, "the name of a step"))?;
        if let Some(step) = funnel.steps.iter().position(|step| step == name) {
            rows.0.push(*id);
            rows.1.push(step);
            rows.2.push(*at);
        }
    }
    let end = end_of(&times, window.end.as_deref(), zone)?;
    let result = funnel.of_log(&rows.0, &rows.1, &rows.2, end)?;
    Made::answer(&json!({ "result": result, "otherRows": times.len() - rows.0.len() }))
}

pub(super) fn response_times(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    struct Options {
        #[serde(default)]
        percentiles: Percentiles,
    }
    let (Options { percentiles }, window): (Options, Window) = (given.options()?, given.options()?);
    let conversations = codes(given, "conversation")?;
    let (times, zone) = instants(given, "time", window.zone)?;
    let by_customer = given.column("by_customer")?.flags("by_customer")?;
    let end = end_of(&times, window.end.as_deref(), zone)?;
    Made::answer(&ResponseTimes::of_messages(
        &conversations,
        &times,
        &by_customer,
        end,
        &percentiles,
    )?)
}

pub(super) fn read_rate(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Options {
        #[serde(default)]
        percentiles: Percentiles,
        #[serde(default)]
        window_seconds: Option<f64>,
    }
    let (options, window): (Options, Window) = (given.options()?, given.options()?);
    let (sent, zone) = instants(given, "sent", window.zone)?;
    let (read, _) = nullable_instants(given, "read", window.zone)?;
    let all: Vec<Timestamp> = sent.iter().copied().chain(read.iter().copied().flatten()).collect();
    let within = options.window_seconds.map(Duration::try_from_secs_f64).transpose();
    let within = within.map_err(|_| Error::invalid("window", "seconds from 0"))?;
    let end = end_of(&all, window.end.as_deref(), zone)?;
    Made::answer(&ReadRate::of_columns(&sent, &read, end, within, &options.percentiles)?)
}

pub(super) fn sla(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    struct Options {
        rules: Option<SlaRules>,
    }
    let Options { rules } = given.options()?;
    let (target, elapsed) = (given.floats("target")?, given.floats("elapsed")?);
    let done = given.column("done")?.flags("done")?;
    let compliance = rules.unwrap_or_default().evaluate(&target, &elapsed, &done)?;
    let states: Vec<Value> = compliance.states.iter().map(|state| json!(state)).collect();
    let mut answer = json!(compliance);
    if let Some(answer) = answer.as_object_mut() {
        answer.remove("states");
    }
    Ok(Made::answer(&answer)?.with("state", words(&states)))
}
