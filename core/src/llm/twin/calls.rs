//! Calls in short.

use serde_json::{Value, json};

use super::data::{Data, counted, quote};
use super::messages::said;
use super::mood;
use crate::prompts::answers::words::is_empty;

/// What staff says who promise something.
const PROMISES: [&str; 10] = [
    "i'll",
    "we'll",
    "i will",
    "we will",
    "will call",
    "will send",
    "we come",
    "i come",
    "we send",
    "i send",
];

/// What staff says who hand over.
const HANDED: [&str; 4] = ["escalate", "my manager", "supervisor", "hand over"];

/// The outcome is what the last words leave open: a call without words reached nobody, one that was
/// handed over is escalated, promises and unhappy last words need a follow-up.
pub(super) fn summary(data: Data<'_>) -> Value {
    let agent = data.phrase("call.agentName", 4);
    let lines: Vec<(bool, &str)> = data
        .list("call.lines")
        .into_iter()
        .map(|line| (is_agent(data, line), line.raw("text")))
        .collect();
    let theirs: Vec<&str> =
        lines.iter().filter(|(own, text)| !own && !is_empty(text)).map(|(_, text)| *text).collect();
    let whole = theirs.join(" ");
    let score = mood::score(&whole);
    let has = |text: &str, marks: &[&str]| {
        let text = text.to_lowercase().replace('’', "'");
        marks.iter().any(|mark| text.contains(mark))
    };
    let ours = || lines.iter().filter(|(own, text)| *own && !is_empty(text)).map(|(_, text)| *text);
    let promises: Vec<&str> = ours().filter(|text| has(text, &PROMISES)).take(3).collect();
    let unhappy = theirs.last().is_some_and(|text| mood::score(text) < 0);
    let outcome = match () {
        () if lines.is_empty() => "Not Reached",
        () if ours().any(|text| has(text, &HANDED)) => "Escalated",
        () if !promises.is_empty() || unhappy => "Follow-Up Needed",
        () => "Resolved",
    };
    let actions: Vec<Value> = promises.iter().map(|text| action(text, agent.as_deref())).collect();
    let telling = |text: &&&str| {
        mood::score(text) != 0 || text.contains('?') || !mood::themes(text).is_empty()
    };
    let reason = theirs.iter().find(telling).or(theirs.first());
    let mut found = json!({
        "summary": told(data, lines.len(), &whole, promises.len(), score),
        "reason": reason.map_or_else(
            || "It was not said".to_owned(),
            |text| format!("The customer said '{}'", quote(text)),
        ),
        "outcome": outcome,
        "sentiment": score,
        "actions": actions,
    });
    let next = promises.iter().find(|text| has(text, &["call"])).and_then(|text| day(text));
    if let (Some(next), Value::Object(fields)) = (next, &mut found) {
        fields.insert("callBackOn".to_owned(), next.into());
    }
    found
}

/// Two or three sentences.
fn told(data: Data<'_>, lines: usize, whole: &str, promises: usize, score: i32) -> String {
    let name = data.name().unwrap_or_else(|| "the customer".to_owned());
    let day = data.day("call.date").map(|day| format!(" on {day}")).unwrap_or_default();
    let minutes = data.number("call.minutes").map(|minutes| format!("took {minutes} minutes and "));
    let themes = mood::themes(whole);
    let about = match themes.as_slice() {
        [] => "No known theme came up.".to_owned(),
        some => format!("It was about {}.", some.join(", ")),
    };
    let mut summary = format!(
        "The call with {name}{day} {}had {}. {about} The customer sounded {}.",
        minutes.unwrap_or_default(),
        counted(lines, "turn"),
        mood::described(f64::from(score)),
    );
    if promises > 0 {
        summary.push_str(&format!(" The agent made {}.", counted(promises, "promise")));
    }
    summary
}

/// Whether staff speaks: by the name of the agent, or by the word for one.
fn is_agent(data: Data<'_>, line: Data<'_>) -> bool {
    let agent = mood::words(data.raw("call.agentName"));
    let speaker = mood::words(line.raw("speaker"));
    speaker
        .iter()
        .any(|word| agent.contains(word) || ["agent", "staff", "support"].contains(&word.as_str()))
}

fn action(text: &str, agent: Option<&str>) -> Value {
    let mut action = json!({"action": format!("Keep the promise '{}'", said(text))});
    if let Value::Object(fields) = &mut action {
        fields.extend(agent.map(|agent| ("owner".to_owned(), agent.into())));
        fields.extend(day(text).map(|day| ("due".to_owned(), day.into())));
    }
    action
}

/// The day that a text names as `2026-03-01`.
fn day(text: &str) -> Option<String> {
    text.split(|c: char| !c.is_ascii_digit() && c != '-')
        .filter_map(|word| word.trim_matches('-').parse::<chrono::NaiveDate>().ok())
        .find(|day| (1900..=9999).contains(&chrono::Datelike::year(day)))
        .map(|day| day.to_string())
}
