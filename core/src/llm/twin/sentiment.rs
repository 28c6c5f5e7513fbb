//! How a customer feels, by the words in the messages.

use super::data::{Data, dashes, frequent, quote};
use super::mood;
use super::writing::Sections;

pub(super) fn write(data: Data<'_>) -> String {
    let communications = data.list("communications");
    let mut entries = Vec::new();
    let (mut issues, mut chances, mut themes) = (Vec::new(), Vec::new(), Vec::new());
    let mut sum = 0;
    for entry in &communications {
        let text = entry.raw("content");
        let score = mood::score(text);
        sum += score;
        let about = mood::themes(text);
        let subject = if about.is_empty() { "none".to_owned() } else { about.join(", ") };
        let issue = (score < 0).then(|| quote(text));
        let chance = chance(score, &about);
        entries.push(format!(
            "{} | SENTIMENT: {score} | THEMES: {subject}\n  ISSUES: {}\n  OPPORTUNITIES: {}",
            entry.date("date"),
            issue.as_deref().unwrap_or("none"),
            chance.unwrap_or("none"),
        ));
        issues.extend(issue.map(|issue| (score, issue)));
        chances.extend(chance.map(str::to_owned));
        themes.extend(about);
    }
    let average = f64::from(sum) / communications.len().max(1) as f64;
    // The worst first, then in the order of the messages.
    issues.sort_by_key(|(score, _)| *score);
    let issues: Vec<String> = issues.into_iter().map(|(_, issue)| issue).take(3).collect();
    let top = |texts: Vec<String>| -> Vec<String> {
        frequent(texts).into_iter().map(|(text, _)| text).take(3).collect()
    };
    // No minus before a zero.
    let average = if average.abs() < 0.05 { 0.0 } else { average };
    let overall = format!("{average:.1} ({})", mood::described(average));
    Sections::default()
        .below("COMMUNICATION ANALYSIS", &dashes(&entries, "No communications are recorded"))
        .beside("OVERALL SENTIMENT", &overall)
        .below("DOMINANT THEMES", &dashes(&top(themes), "None stand out"))
        .below("KEY ISSUES TO ADDRESS", &dashes(&issues, "None reported"))
        .below("OPPORTUNITIES", &dashes(&top(chances), "None stand out"))
        .done()
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
