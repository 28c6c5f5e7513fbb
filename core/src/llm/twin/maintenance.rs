//! What an appliance will need, from its age and its history.

use serde_json::{Value, json};

use super::data::{Data, counted, frequent};

/// How urgent it is: a point for seven tenths of the lifespan and another for the whole, one for a
/// service that is due and another for one that is due twice over, one for a fault that came back,
/// one for a season that matters. Two points are a medium risk, four a high one.
pub(super) fn forecast(data: Data<'_>) -> Value {
    let age = data.number("applianceAge");
    let lifespan = data.number("averageLifespan").filter(|years| *years > 0.0);
    let used = age.zip(lifespan).map_or(0.0, |(age, lifespan)| age / lifespan);
    let interval = interval_days(data.raw("recommendedServiceFrequency"));
    let idle = data.number("daysSinceLastService");
    let overdue = idle.map_or(0.0, |idle| idle / interval);
    let history = data.list("serviceHistory");
    let faults = frequent(
        history
            .iter()
            .flat_map(|entry| entry.parts("issuesFound"))
            .filter(|fault| !["none", "no", "-", "n/a"].contains(&fault.to_lowercase().as_str())),
    );
    let repeated = faults.iter().any(|(_, count)| *count > 1);
    let season = {
        let impact = data.raw("seasonalImpact").to_lowercase();
        impact.contains("high") || impact.contains("heavy") || impact.contains("peak")
    };
    let points = [used >= 0.7, used >= 1.0, overdue >= 1.0, overdue >= 2.0, repeated, season]
        .into_iter()
        .filter(|point| *point)
        .count();
    let risk = match points {
        0 | 1 => "Low",
        2 | 3 => "Medium",
        _ => "High",
    };
    let kind = data.text("appliance.type").unwrap_or_else(|| "appliance".to_owned());

    let need = |component: String, likelihood: String| json!({"component": component, "likelihood": likelihood});
    let mut needs: Vec<Value> = faults
        .iter()
        .take(2)
        .map(|(fault, count)| {
            let likelihood = if *count > 1 { "High" } else { "Medium" };
            let found = format!("{likelihood} (found in {})", counted(*count, "service"));
            need(format!("Found before, {fault}"), found)
        })
        .collect();
    let known = data.parts("commonFailurePoints").into_iter();
    let known =
        known.filter(|part| !faults.iter().any(|(fault, _)| fault.eq_ignore_ascii_case(part)));
    let likelihood = format!("{risk} (common at this age)");
    needs.extend(known.take(2).map(|part| need(format!("Weak point, {part}"), likelihood.clone())));
    if needs.is_empty() {
        needs.push(need(format!("General wear of the {kind}"), risk.to_owned()));
    }
    let mut actions = Vec::new();
    if overdue >= 1.0 || idle.is_none() {
        actions.push(format!("Carry out the regular service of the {kind}"));
    }
    actions
        .extend(faults.first().map(|(fault, _)| format!("Look at what was found before, {fault}")));
    if used >= 1.0 {
        actions.push("Talk with the customer about a replacement".to_owned());
    }
    if actions.is_empty() {
        actions.push("Keep to the usual service interval".to_owned());
    }
    let timing = match points {
        0 | 1 => "At the next regular service",
        2 | 3 => "Within 1 month",
        _ => "Within 1 week",
    };
    json!({
        "risk": risk,
        "predictedNeeds": needs,
        "actions": actions,
        "optimalTiming": timing,
        "costSavings": "Not known without prices; a planned visit avoids the surcharge of an emergency",
        "alertPriority": risk,
    })
}

/// The days of `every 6 months`, `annually` and the like; a year if nothing is said.
fn interval_days(text: &str) -> f64 {
    let text = text.to_lowercase();
    let digits: String = text
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    let count = digits.parse::<f64>().ok().filter(|count| *count > 0.0);
    let fixed = [("semi", 182.0), ("twice", 182.0), ("quarter", 91.0)];
    if let (None, Some((_, days))) = (count, fixed.iter().find(|(word, _)| text.contains(word))) {
        return *days;
    }
    let units = [("month", 30.0), ("week", 7.0), ("day", 1.0)];
    let unit = units.iter().find(|(word, _)| text.contains(word)).map_or(365.0, |(_, days)| *days);
    count.unwrap_or(1.0) * unit
}
