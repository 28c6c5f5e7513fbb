//! Questions after a service.

use serde_json::{Value, json};

use super::data::Data;
use super::mood;

/// Four or five questions. What the outcome or an earlier review already says is not asked.
pub(super) fn draft(data: Data<'_>) -> Value {
    let job = data.phrase("job.description", 8);
    let work = job.map_or_else(|| "this service".to_owned(), |job| format!("this job, {job},"));
    let technician = data.phrase("job.technicianName", 4);
    let technician = technician.unwrap_or_else(|| "our technician".to_owned());
    let reason = match data.day("job.date") {
        Some(day) => {
            format!("we would like to know how satisfied you are with our visit on {day}.")
        }
        None => "we would like to know how satisfied you are with our service.".to_owned(),
    };
    let question = |text: String, answer: &str| json!({"question": text, "answer": answer});
    let mut questions = vec![
        question(format!("How satisfied are you with {work} on the whole?"), "Rating"),
        question(format!("How professional was {technician} during the visit?"), "Rating"),
    ];
    if !mood::is_good_outcome(data.raw("job.outcome")) {
        questions.push(question("Does everything work as it should now?".into(), "Yes/No"));
    }
    let newest = data.list("reviews").into_iter().max_by_key(|review| review.day("date"));
    if newest.and_then(|review| review.number("rating")).is_some_and(|mark| mark <= 2.0) {
        let text = "Did we do better than the last time?".to_owned();
        questions.push(question(text, "Yes/No"));
    } else {
        let text = "How likely are you to recommend us to a friend?".to_owned();
        questions.push(question(text, "Recommendation"));
    }
    questions.push(question("What could we do better?".into(), "Text"));
    json!({
        "introduction": format!("{} {reason}", data.greeting()),
        "questions": questions,
        "closing": "Thank you for your time.",
    })
}
