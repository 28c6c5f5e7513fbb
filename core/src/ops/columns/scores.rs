//! Scores of single customers, row by row.

use crate::analytics::{
    ChurnModel, EngagementModel, HealthModel, ManualVip, Points, VipFacts, VipReason, VipRules,
};
use crate::error::{Error, Result};
use serde::Deserialize;
use serde_json::{Value, json};

use super::column::cell_error;
use super::{Given, Made, words};

/// The error of a customer: `row` is where it stands, `field` the part.
fn of_row(error: Error, row: usize, names: &[String]) -> Error {
    let place = error.details().get("row").and_then(Value::as_u64);
    let part = place.and_then(|place| names.get(usize::try_from(place).ok()?)).cloned();
    match part {
        Some(part) => error.with("field", part).with("row", row),
        None => error.with("row", row),
    }
}

/// The values of the parts, customer by customer; a part without a column has none.
fn rows_of(given: &Given, names: &[String]) -> Result<Vec<Vec<Option<f64>>>> {
    let unknown = given.columns.keys().find(|name| *name != "previous" && !names.contains(name));
    if let Some(name) = unknown {
        return Err(Error::invalid(name.clone(), format!("one of {}", names.join(", "))));
    }
    let columns = names.iter().map(|name| given.nullable_floats(name));
    let columns = columns.collect::<Result<Vec<_>>>()?;
    let length = columns.iter().flatten().map(Vec::len).max().unwrap_or(0);
    if let Some(place) =
        columns.iter().position(|of| of.as_ref().is_some_and(|of| of.len() != length))
    {
        let name = names.get(place).cloned().unwrap_or_default();
        return Err(Error::invalid(name, format!("as many rows as the longest column, {length}")));
    }
    let value = |of: &Option<Vec<Option<f64>>>, row: usize| {
        of.as_ref().and_then(|of| of.get(row).copied()).flatten()
    };
    Ok((0..length).map(|row| columns.iter().map(|of| value(of, row)).collect()).collect())
}

pub(super) fn health(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    struct Options {
        model: Option<HealthModel>,
    }
    let model = given.options::<Options>()?.model.unwrap_or_default();
    model.check()?;
    let names: Vec<String> = model.parts.iter().map(|part| part.name.clone()).collect();
    let rows = rows_of(given, &names)?;
    let previous = given.nullable_floats("previous")?;
    let (mut scores, mut colours, mut coverages) = (Vec::new(), Vec::new(), Vec::new());
    let (mut changes, mut directions) = (Vec::new(), Vec::new());
    let mut parts: Vec<Vec<f64>> = names.iter().map(|_| Vec::with_capacity(rows.len())).collect();
    for (row, values) in rows.iter().enumerate() {
        let before = previous.as_ref().and_then(|previous| previous.get(row).copied()).flatten();
        let before =
            before.map(Points::new).transpose().map_err(|error| of_row(error, row, &[]))?;
        let health =
            model.evaluate(values, before, None).map_err(|error| of_row(error, row, &names))?;
        scores.push(health.score.map(Points::as_f64));
        colours.push(json!(health.colour));
        coverages.push(health.coverage);
        changes.push(health.trend.as_ref().map(|trend| trend.change.as_f64()));
        directions.push(json!(health.trend.as_ref().map(|trend| trend.direction)));
        for (part, column) in health.parts.iter().zip(&mut parts) {
            column.push(part.contribution.as_f64());
        }
    }
    let mut made = Made::answer(&model)?
        .with("score", scores)
        .with("colour", words(&colours))
        .with("coverage", coverages);
    if previous.is_some() {
        made = made.with("change", changes).with("direction", words(&directions));
    }
    for (name, part) in names.iter().zip(parts) {
        made = made.with(format!("part_{name}"), part);
    }
    Ok(made)
}

pub(super) fn churn(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    struct Options {
        model: Option<ChurnModel>,
    }
    let model = given.options::<Options>()?.model.unwrap_or_default();
    model.check()?;
    let names: Vec<String> = model.drivers.iter().map(|driver| driver.name.clone()).collect();
    let rows = rows_of(given, &names)?;
    let evaluated = rows
        .iter()
        .enumerate()
        .map(|(row, values)| model.evaluate(values).map_err(|error| of_row(error, row, &names)));
    let risks = evaluated.collect::<Result<Vec<_>>>()?;
    let importance = if risks.is_empty() { Vec::new() } else { model.importance(&risks)? };
    let bands: Vec<Value> = risks.iter().map(|risk| json!(risk.band)).collect();
    let mut made = Made::answer(&json!({ "model": model, "importance": importance }))?
        .with("probability", risks.iter().map(|risk| risk.probability).collect::<Vec<f64>>())
        .with("log_odds", risks.iter().map(|risk| risk.log_odds).collect::<Vec<f64>>())
        .with("band", words(&bands));
    for place in 0..model.reasons as usize {
        let reasons: Vec<Value> = risks.iter().map(|risk| json!(risk.reasons.get(place))).collect();
        made = made.with(format!("reason_{}", place + 1), words(&reasons));
    }
    for (place, name) in names.iter().enumerate() {
        let parts = risks.iter().filter_map(|risk| risk.contributions.get(place));
        let parts: Vec<f64> = parts.map(|part| part.contribution).collect();
        made = made.with(format!("driver_{name}"), parts);
    }
    Ok(made)
}

/// One row for each customer, in the order of first appearance.
pub(super) fn engagement(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    struct Options {
        model: Option<EngagementModel>,
    }
    let model = given.options::<Options>()?.model.unwrap_or_default();
    let customer = given.column("customer")?.full("customer")?;
    let codes = customer.codes("customer")?;
    let (kinds, ages) = (given.column("kind")?.names("kind")?, given.floats("age_days")?);
    for (name, length) in [("kind", kinds.len()), ("age_days", ages.len())] {
        if length != codes.codes.len() {
            return Err(cell_error(
                name,
                length.min(codes.codes.len()),
                "as many rows as customers",
            ));
        }
    }
    let mut split: Vec<(Vec<usize>, Vec<&str>, Vec<f64>)> =
        vec![Default::default(); codes.first.len()];
    for (row, ((code, kind), age)) in codes.codes.iter().zip(&kinds).zip(ages.iter()).enumerate() {
        if let Some((rows, of_customer, days)) = split.get_mut(*code as usize) {
            rows.push(row);
            of_customer.push(kind);
            days.push(*age);
        }
    }
    let mut scores = Vec::with_capacity(split.len());
    let mut unknown = Vec::with_capacity(split.len());
    for (rows, kinds, days) in &split {
        let engagement = model.score(kinds, days).map_err(|error| {
            let place = error.details().get("row").and_then(Value::as_u64);
            let row = place.and_then(|place| rows.get(usize::try_from(place).ok()?));
            match row {
                Some(row) => error.with("row", *row),
                None => error,
            }
        })?;
        scores.push(engagement.score.as_f64());
        unknown.push(i64::try_from(engagement.unknown).unwrap_or(i64::MAX));
    }
    Ok(Made::answer(&model)?
        .with("customer", customer.rows(&codes.first))
        .with("score", scores)
        .with("unknown", unknown))
}

pub(super) fn vip(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    struct Options {
        rules: Option<VipRules>,
    }
    let rules = given.options::<Options>()?.rules.unwrap_or_default();
    let names = ["spend", "orders", "tenure_days", "manual"].map(str::to_owned);
    let manual = given.optional("manual");
    let numbers = given.columns.iter().filter(|(name, _)| *name != "manual");
    let numbers = numbers.map(|(name, column)| (name.clone(), column.clone())).collect();
    let numbers = Given { columns: numbers, options: String::new() };
    let mut rows = rows_of(&numbers, &names)?;
    if let Some(manual) = manual {
        if numbers.columns.is_empty() {
            rows = vec![Vec::new(); manual.len()];
        }
        if manual.len() != rows.len() {
            return Err(Error::invalid("manual", format!("{} rows", rows.len())));
        }
    }
    let decision = |row: usize| match manual.filter(|manual| !manual.is_null(row)) {
        None => Ok(None),
        Some(manual) => match manual.text(row) {
            Some("granted") => Ok(Some(ManualVip::Granted)),
            Some("refused") => Ok(Some(ManualVip::Refused)),
            _ => Err(cell_error("manual", row, "granted, refused, or a null")),
        },
    };
    let (mut vips, mut why) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    let mut reasons = Vec::with_capacity(rows.len());
    for (row, values) in rows.iter().enumerate() {
        let value = |place: usize| values.get(place).copied().flatten();
        let facts = VipFacts {
            spend: value(0),
            orders: value(1),
            tenure_days: value(2),
            manual: decision(row)?,
        };
        let vip = rules.evaluate(&facts).map_err(|error| of_row(error, row, &[]))?;
        vips.push(vip.vip);
        let (reason, rule) = match vip.reason {
            VipReason::Manual => ("manual", Value::Null),
            VipReason::Rule { name } => ("rule", Value::String(name)),
            VipReason::NoRule => ("no_rule", Value::Null),
        };
        reasons.push(json!(reason));
        why.push(rule);
    }
    Ok(Made::answer(&rules)?
        .with("vip", vips)
        .with("rule", words(&why))
        .with("reason", words(&reasons)))
}
