//! How a customer feels, by the words in the messages.

use serde_json::{Value, json};

use super::data::{Data, frequent, quote};
use super::mood;

pub(super) fn report(data: Data<'_>) -> Value {
    let mut entries = Vec::new();
    let (mut issues, mut chances, mut themes) = (Vec::new(), Vec::new(), Vec::new());
    let mut sum = 0;
    for entry in data.list("communications") {
        let text = entry.raw("content");
        let score = mood::score(text);
        sum += score;
        let about = mood::themes(text);
        let issue = (score < 0).then(|| format!("The customer wrote '{}'", quote(text)));
        let chance = chance(score, &about);
        let mut found = json!({
            "score": score,
            "themes": about,
            "issues": issue.as_slice(),
            "opportunities": chance.as_slice(),
        });
        if let (Some(day), Value::Object(fields)) = (entry.day("date"), &mut found) {
            fields.insert("date".to_owned(), Value::String(day.to_string()));
        }
        entries.push(found);
        issues.extend(issue.map(|issue| (score, issue)));
        chances.extend(chance.map(str::to_owned));
        themes.extend(about);
    }
    // To two decimals, and no minus before a zero.
    let average = f64::from(sum) / entries.len().max(1) as f64;
    let average = (average * 100.0).round() / 100.0 + 0.0;
    // The worst first, then in the order of the messages.
    issues.sort_by_key(|(score, _)| *score);
    let issues: Vec<String> = issues.into_iter().map(|(_, issue)| issue).take(3).collect();
    let top = |texts: Vec<String>| -> Vec<String> {
        frequent(texts).into_iter().map(|(text, _)| text).take(3).collect()
    };
    let mut themes = top(themes);
    if themes.is_empty() && !entries.is_empty() {
        themes.push("general".to_owned());
    }
    json!({
        "communications": entries,
        "overall": {"average": average, "description": mood::described(average)},
        "themes": themes,
        "issues": issues,
        "opportunities": top(chances),
    })
}

fn chance(score: i32, themes: &[String]) -> Option<&'static str> {
    let about = |theme: &str| themes.iter().any(|found| found == theme);
    match score {
        1.. => Some("Ask for a review or a referral"),
        0 if about("price") => Some("Send a clear quote"),
        0 if about("scheduling") => Some("Offer an appointment"),
        0 => None,
        _ if about("timeliness") => Some("Tell arrival times ahead"),
        _ if about("billing") || about("price") => Some("Explain the invoice in person"),
        _ => Some("Call back and agree on the next step"),
    }
}
