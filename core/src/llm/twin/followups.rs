//! What to write to a customer next.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::data::Data;
use super::mood;

/// An appliance wants a service after a year.
const SERVICE_DAYS: i64 = 365;
/// Silence of three months is worth a word.
const SILENCE_DAYS: f64 = 90.0;

struct Suggestion {
    title: String,
    reason: String,
    timing: &'static str,
    message: String,
}

/// Two or three suggestions: appliances whose service is due, jobs that were not solved, silence,
/// and the season, in this order.
pub(super) fn suggestions(data: Data<'_>) -> Value {
    let today = data.day("currentDate");
    let mut found = due_services(data, today);
    found.truncate(2);
    found.extend(open_job(data));
    found.extend(silence(data));
    found.extend(season(data));
    if found.len() < 2 {
        found.push(Suggestion {
            title: "Ask for feedback".to_owned(),
            reason: "Customers who are asked tell of small problems early.".to_owned(),
            timing: "Within 1 month",
            message: "we would like to know how satisfied you are with our service. Is there \
                      anything that we can do better?"
                .to_owned(),
        });
    }
    if found.len() < 2 {
        found.push(Suggestion {
            title: "Offer a yearly check".to_owned(),
            reason: "A yearly check finds wear before it becomes a repair.".to_owned(),
            timing: "In 3 months",
            message: "a yearly check keeps your appliances running well. Shall we suggest a date?"
                .to_owned(),
        });
    }
    let greeting = data.greeting();
    let entries = found.into_iter().take(3).map(|Suggestion { title, reason, timing, message }| {
        json!({
            "title": title,
            "reason": reason,
            "timing": timing,
            "draftMessage": format!("{greeting} {message}"),
        })
    });
    json!({"suggestions": entries.collect::<Vec<Value>>()})
}

/// The services that are due, the longest overdue first.
fn due_services(data: Data<'_>, today: Option<NaiveDate>) -> Vec<Suggestion> {
    let mut due: Vec<(i64, Suggestion)> = Vec::new();
    for appliance in data.list("appliances") {
        let Some(kind) = appliance.phrase("type", 6) else { continue };
        let brand = appliance.phrase("brand", 4);
        let called = brand.map_or_else(|| kind.clone(), |brand| format!("{brand} {kind}"));
        let served = appliance.day("lastServiceDate");
        let days = match (served, today) {
            (Some(served), Some(today)) => (today - served).num_days(),
            (None, _) => i64::MAX,
            (Some(_), None) => 0,
        };
        if days < SERVICE_DAYS {
            continue;
        }
        let reason = match served {
            Some(served) => format!("The last service was on {served}, more than a year ago."),
            None => "No service of this appliance is recorded.".to_owned(),
        };
        let message = format!(
            "your {called} is due for a service. A short check now can prevent a repair later. \
             Which day suits you?"
        );
        let title = format!("Service the {called}");
        due.push((days, Suggestion { title, reason, timing: "Within 2 weeks", message }));
    }
    due.sort_by_key(|(days, _)| std::cmp::Reverse(*days));
    due.into_iter().map(|(_, suggestion)| suggestion).collect()
}

/// The newest job, if its outcome is not known to be good.
fn open_job(data: Data<'_>) -> Option<Suggestion> {
    let job = data.list("jobs").into_iter().max_by_key(|job| job.day("date"))?;
    let is_good = mood::is_good_outcome(job.raw("outcome"));
    let work = job.text("description").filter(|_| !is_good)?;
    Some(Suggestion {
        title: "Check in on the last job".to_owned(),
        reason: format!("The job of {} ({work}) has no good outcome on record.", job.date("date")),
        timing: "Within 1 week",
        message: "we want to be sure that everything works after our last visit. Is there still \
                  anything that we should look at?"
            .to_owned(),
    })
}

fn silence(data: Data<'_>) -> Option<Suggestion> {
    let days = data.number("daysSinceLastContact").filter(|days| *days >= SILENCE_DAYS)?;
    Some(Suggestion {
        title: "Get back in touch".to_owned(),
        reason: format!("There was no contact for {days:.0} days."),
        timing: "Within 1 week",
        message: "it has been a while since we last spoke. Are your appliances running well, or \
                  can we help with something?"
            .to_owned(),
    })
}

fn season(data: Data<'_>) -> Option<Suggestion> {
    let season = data.phrase("upcomingSeason", 4)?;
    Some(Suggestion {
        title: format!("Offer a check before {season}"),
        reason: format!("Appliances are best checked before {season} begins."),
        timing: "Within 1 month",
        message: format!(
            "{season} is coming up, a good time for a short check of your appliances. Shall we \
             suggest a date?"
        ),
    })
}
