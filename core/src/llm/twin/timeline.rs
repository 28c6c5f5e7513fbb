//! A relationship in short, from counts.

use serde_json::{Value, json};

use super::data::{Data, counted, frequent};
use super::mood;

pub(super) fn summary(data: Data<'_>) -> Value {
    let activities = data.list("activities");
    let jobs = data.list("jobs");
    let payments = data.list("payments");
    let known = match data.day("customer.createdAt") {
        Some(day) => format!("{} has been a customer since {day}.", data.customer()),
        None => format!("{} has no first day on record.", data.customer()),
    };
    let last = activities.iter().filter_map(|entry| entry.day("createdAt")).max();
    let mut summary = format!(
        "{known} The history has {}, {} and {}.",
        counted(activities.len(), "interaction"),
        counted(jobs.len(), "job"),
        counted(payments.len(), "payment"),
    );
    if let Some(last) = last {
        summary.push_str(&format!(" The last interaction was on {last}."));
    }
    let scores: Vec<i32> =
        activities.iter().map(|entry| mood::score(entry.raw("content"))).collect();
    if !scores.is_empty() {
        let mean = f64::from(scores.iter().sum::<i32>()) / scores.len() as f64;
        summary.push_str(&format!(" The tone is {} on the whole.", mood::described(mean)));
    } else {
        summary.push_str(" No interaction is recorded.");
    }
    let channels = frequent(activities.iter().filter_map(|entry| entry.phrase("type", 4)));
    let channels: Vec<String> = channels
        .iter()
        .take(3)
        .map(|(channel, count)| format!("{channel} ({})", counted(*count, "time")))
        .collect();
    let preferences = match channels.as_slice() {
        [] => "No interactions are recorded, so no preference is known.".to_owned(),
        some => format!("Most used: {}.", some.join(", ")),
    };
    let themes = frequent(activities.iter().flat_map(|entry| mood::themes(entry.raw("content"))));
    let repeated: Vec<String> = themes
        .iter()
        .take(4)
        .map(|(theme, count)| format!("{theme} ({})", counted(*count, "mention")))
        .collect();
    let recurring = match repeated.as_slice() {
        [] => "No recurring themes stand out.".to_owned(),
        some => format!("{}.", some.join(", ")),
    };
    json!({
        "relationshipSummary": summary,
        "communicationPreferences": preferences,
        "recurringThemes": recurring,
        "opportunities": opportunity(&scores, jobs.len()),
    })
}

fn opportunity(scores: &[i32], jobs: usize) -> &'static str {
    match scores.iter().rev().take(3).min() {
        Some(..=-1) => "Follow up personally on the latest complaint before offering anything.",
        _ if jobs >= 2 => "Offer a maintenance plan, as this customer has come back before.",
        _ if jobs == 1 => "Ask how the first job went and offer a yearly check.",
        _ => "Introduce the services and offer a first visit.",
    }
}
