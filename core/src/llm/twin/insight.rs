//! Why a customer may leave, and cards with one insight.

use super::data::{Data, dashes, numbers, quote};
use super::mood;
use super::writing::Sections;

/// The risk from `risk` (0 to 1), or from the reasons that are found: silence of 180 days, a mean
/// mark of 2 or less, complaints, falling revenue. One reason is a medium risk, two are a high one.
pub(super) fn churn(data: Data<'_>) -> String {
    let mut reasons: Vec<(String, &str)> = Vec::new();
    for factor in data.list("factors") {
        let named =
            factor.text("name").or_else(|| factor.text("label")).or_else(|| factor.text(""));
        reasons.extend(named.map(|name| (name, "Look into this with the customer")));
    }
    if let Some(days) = data.number("daysSinceLastContact").filter(|days| *days >= 180.0) {
        reasons
            .push((format!("No contact for {days:.0} days"), "Call to ask how things are going"));
    }
    if let Some(mark) = data.number("averageRating").filter(|mark| *mark <= 2.0) {
        let reason = format!("The mean rating is {mark:.1} of 5");
        reasons.push((reason, "Ask what went wrong and put it right"));
    }
    let messages = data.list("communications");
    let complaints = messages.iter().filter(|entry| mood::score(entry.raw("content")) < 0).count();
    if complaints > 0 {
        let reason = format!("{complaints} of {} messages sound unhappy", messages.len());
        reasons.push((reason, "Answer the open complaints first"));
    }
    let revenue = data.number("recentRevenue").zip(data.number("previousRevenue"));
    if let Some((recent, before)) = revenue.filter(|(recent, before)| *recent < *before * 0.8) {
        let reason = format!("Revenue fell from {} to {}", data.money(before), data.money(recent));
        reasons.push((reason, "Offer a check of all appliances at a fixed price"));
    }
    let risk = match (data.number("risk"), reasons.len()) {
        (Some(risk), _) if risk >= 0.66 => "High",
        (Some(risk), _) if risk >= 0.33 => "Medium",
        (Some(_), _) | (None, 0) => "Low",
        (None, 1) => "Medium",
        (None, _) => "High",
    };
    let mut actions: Vec<String> = Vec::new();
    for (_, action) in &reasons {
        if !actions.iter().any(|known| known == action) {
            actions.push((*action).to_owned());
        }
    }
    let reasons: Vec<String> = reasons.into_iter().map(|(reason, _)| reason).take(5).collect();
    Sections::default()
        .beside("CHURN RISK", risk)
        .below("REASONS", &dashes(&reasons, "Nothing in the data points to it"))
        .below("RECOMMENDED ACTIONS", &numbers(&actions, "Keep in touch as before"))
        .done()
}

/// A number against the one before: `metric`, `value`, `previous`, `unit`, `period`, and
/// `higherIsBetter` (true unless it says `false`).
pub(super) fn card(data: Data<'_>) -> String {
    let metric = data.text("metric").or_else(|| data.text("title"));
    let metric = metric.unwrap_or_else(|| "This number".to_owned());
    let unit = data.text("unit").map(|unit| format!(" {unit}")).unwrap_or_default();
    let period = data.text("period").map(|period| format!(" in {period}")).unwrap_or_default();
    let better = data.is_not_false("higherIsBetter");
    let value = data.number("value");
    let change = value.zip(data.number("previous")).map(|(value, before)| (value - before, before));
    let said = match (value, change) {
        (None, _) => format!("{metric} is not known{period}."),
        (Some(value), None) => format!("{metric} is {value}{unit}{period}."),
        (Some(value), Some((change, before))) => {
            let direction = match change {
                c if c > 0.0 => "up from",
                c if c < 0.0 => "down from",
                _ => "as before:",
            };
            let share = if before == 0.0 || change == 0.0 {
                String::new()
            } else {
                format!(" ({:+.1}%)", change / before.abs() * 100.0)
            };
            format!("{metric} is {value}{unit}{period}, {direction} {before}{unit}{share}.")
        }
    };
    let (why, next) = match change {
        Some((change, _)) if change != 0.0 && (change > 0.0) == better => {
            ("It moves in the right direction.", "Find out what helped, and keep it up.")
        }
        Some((change, _)) if change != 0.0 => {
            ("It moves in the wrong direction.", "Look at the customers behind the change.")
        }
        Some(_) => ("It has not moved.", "Watch it for another period."),
        None => ("There is nothing to compare it with yet.", "Watch it for another period."),
    };
    let next = data.text("action").map_or_else(|| next.to_owned(), |action| quote(&action));
    Sections::default()
        .beside("INSIGHT", &said)
        .beside("WHY IT MATTERS", why)
        .beside("NEXT STEP", &next)
        .done()
}
