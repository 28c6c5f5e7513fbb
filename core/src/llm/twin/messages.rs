//! Messages to customers, and replies to theirs.

use serde_json::{Value, json};

use super::data::{Data, phrase, quote};
use super::mood;

/// What is known of the job, in sentences: its status, when it is expected, and the question that
/// the purpose asks, if it is one.
pub(super) fn message(data: Data<'_>) -> Value {
    let job = data.phrase("job.description", 5);
    let title = job.as_ref().map_or_else(|| "News".to_owned(), |job| format!("News about {job}"));
    let mut sentences = vec![match (job, data.phrase("job.status", 6)) {
        (Some(job), Some(status)) => format!("The status of your job, {job}, is {status} now."),
        (Some(job), None) => format!("There is news about {job} for you."),
        (None, Some(status)) => format!("The status of your job is {status} now."),
        (None, None) => "There is news about your job.".to_owned(),
    }];
    if let Some(eta) = data.phrase("job.eta", 10) {
        sentences.push(format!("It is expected {eta} as things stand."));
    }
    if data.raw("purpose").trim_end().ends_with('?')
        && let Some(question) = data.phrase("purpose", 15)
    {
        sentences.push(format!("We would like to ask you '{question}' in this matter."));
    }
    sentences.push("If you have any questions, just answer this message.".to_owned());
    let message = format!("{}\n\n{}\n\n{}", data.greeting(), sentences.join(" "), data.signature());
    json!({"title": title, "message": message})
}

/// A draft that promises nothing the business has not decided. Complaints, cancellations, money,
/// law and safety need a person, and so does a question that the data does not answer.
pub(super) fn reply(data: Data<'_>) -> Value {
    let asked = asked(data);
    let words = mood::words(asked);
    let about = |marks: &[&str]| words.iter().any(|word| marks.contains(&word.as_str()));
    let serious = about(&SERIOUS);
    let (text, person, open) = if asked.trim().is_empty() {
        ("how can we help you?", false, None)
    } else if about(&["cancel", "cancellation"]) {
        (
            "we have received your wish to cancel. A colleague will look into it and confirm it.",
            true,
            None,
        )
    } else if serious || mood::score(asked) < 0 {
        (
            "we are sorry about the trouble. A colleague will look into it and answer you.",
            true,
            None,
        )
    } else if about(&["price", "cost", "costs", "quote", "invoice", "bill", "charge"]) {
        ("thank you for your question. A colleague will answer it.", true, Some("The price"))
    } else if about(&["when", "time", "today", "tomorrow", "appointment", "late", "arrive", "eta"])
    {
        (
            "thank you for asking. A colleague will tell you the time.",
            true,
            Some("The time of the visit"),
        )
    } else if asked.contains(['?', '？', '؟']) {
        (
            "thank you for your question. A colleague will answer it.",
            true,
            Some("What the customer asks"),
        )
    } else if mood::score(asked) > 0 {
        ("thank you for your kind words. We are glad that we could help.", false, None)
    } else {
        ("thank you for your message. It has reached us.", false, None)
    };
    let status = match (data.phrase("job.description", 6), data.phrase("job.status", 6)) {
        (Some(job), Some(status)) if open.is_some() => {
            format!(" The status of your job, {job}, is {status} now.")
        }
        _ => String::new(),
    };
    let mut found = json!({
        "reply": format!("{} {text}{status}\n\n{}", data.greeting(), data.signature()),
        "needsPerson": person,
    });
    if let (Some(open), Value::Object(fields)) = (open, &mut found) {
        fields.insert("openQuestion".to_owned(), open.into());
    }
    found
}

/// Words that no message should be answered to without a person.
const SERIOUS: [&str; 14] = [
    "refund",
    "lawyer",
    "legal",
    "court",
    "sue",
    "gas",
    "smoke",
    "fire",
    "burning",
    "shock",
    "sparks",
    "injured",
    "danger",
    "dangerous",
];

/// The customer's last message; the last of all if none is the customer's.
fn asked(data: Data<'_>) -> &str {
    let messages = data.list("messages");
    let name = mood::words(data.raw("customer.name"));
    let own = messages.iter().rev().find(|message| {
        let author = mood::words(message.raw("author"));
        author.iter().any(|word| word == "customer" || name.contains(word))
    });
    own.or(messages.last()).map_or("", |message| message.raw("text"))
}

/// What somebody said, within a sentence.
pub(super) fn said(text: &str) -> String {
    phrase(&quote(text), 12)
}
