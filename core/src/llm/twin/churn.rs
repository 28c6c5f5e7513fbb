//! Why a customer may leave.

use serde_json::{Value, json};

use super::data::Data;
use super::mood;

/// The risk as it is given: by its word, else by its percent (a third and two thirds part the
/// levels). The drivers are those of the data, and unhappy messages.
pub(super) fn explanation(data: Data<'_>) -> Value {
    let percent = data.number("churn.percent");
    let word = data.raw("churn.level").trim().to_lowercase();
    let risk = match (word.as_str(), percent) {
        ("high", _) => "High",
        ("medium", _) => "Medium",
        ("low", _) => "Low",
        (_, Some(66.0..)) => "High",
        (_, Some(33.0..)) => "Medium",
        _ => "Low",
    };
    let mut drivers: Vec<(String, String)> = data
        .list("churn.drivers")
        .into_iter()
        .filter_map(|driver| Some((format!("the {}", driver.phrase("name", 6)?), evidence(driver))))
        .take(4)
        .collect();
    let messages = data.list("activities");
    let unhappy = messages.iter().filter(|one| mood::score(one.raw("content")) < 0).count();
    if unhappy > 0 {
        let evidence = format!("{unhappy} of {} recent messages sound unhappy", messages.len());
        drivers.push(("unhappy messages".to_owned(), evidence));
    }
    let strongest = match drivers.first() {
        Some((driver, evidence)) => {
            format!("The strongest driver is {driver}, with {evidence} in the data.")
        }
        None => "The data names no driver.".to_owned(),
    };
    let percent = percent.map(|percent| format!(", at {percent} percent")).unwrap_or_default();
    let recommendation = if unhappy > 0 {
        "Answer the unhappy messages in person before anything else."
    } else if risk == "Low" {
        "Keep in touch as before."
    } else {
        "Call the customer and ask how things are going."
    };
    if drivers.is_empty() {
        drivers.push(("no driver is known".into(), "the data shows none".into()));
    }
    let drivers: Vec<Value> = drivers
        .into_iter()
        .map(|(driver, evidence)| json!({"driver": capitalised(&driver), "evidence": evidence}))
        .collect();
    json!({
        "risk": risk,
        "explanation": format!("The risk is {}{percent} by the numbers. {strongest}", risk.to_lowercase()),
        "drivers": drivers,
        "recommendation": recommendation,
    })
}

/// `190 where 62 is usual`.
fn evidence(driver: Data<'_>) -> String {
    match (driver.phrase("value", 4), driver.phrase("usual", 4)) {
        (Some(value), Some(usual)) => format!("{value} where {usual} is usual"),
        (Some(value), None) => format!("a value of {value} here"),
        (None, _) => "no value".to_owned(),
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
