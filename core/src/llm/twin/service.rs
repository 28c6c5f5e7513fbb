//! Surveys, messages, replies and summaries of calls.

use super::data::{Data, dashes, numbers, quote};
use super::mood;
use super::writing::Sections;

/// Questions after a job.
pub(super) fn survey(data: Data<'_>) -> String {
    let job = data.text("job.description");
    let work =
        job.as_ref().map_or_else(|| "our visit".to_owned(), |job| format!("this job: {job}"));
    let technician = data.text("job.technicianName").unwrap_or_else(|| "our technician".to_owned());
    let mut questions = vec![
        format!("How satisfied are you with {work}? (1 to 5)"),
        format!("How professional was {technician}? (1 to 5)"),
        "Did we arrive at the agreed time? (yes or no)".to_owned(),
        "How likely are you to recommend us? (0 to 10)".to_owned(),
    ];
    questions.extend(data.text("customQuestion"));
    questions.push("What could we do better?".to_owned());
    let title = job.unwrap_or_else(|| "your service".to_owned());
    Sections::default()
        .beside("TITLE", &format!("How did we do? {title}"))
        .below("QUESTIONS", &numbers(&questions, "None"))
        .done()
}

/// A message about a job, in a tone: `formal`, `brief`, or friendly.
pub(super) fn message(data: Data<'_>) -> String {
    let job = data.text("job.description").unwrap_or_else(|| "your job".to_owned());
    let status = data.text("job.status").map(|status| status.replace('_', " "));
    let eta = data.text("job.eta").or_else(|| data.day("job.date").map(|day| day.to_string()));
    let technician = data.text("job.technicianName");
    let kind = data.raw("type").to_lowercase();
    let mut sentences = Vec::new();
    if kind.contains("eta") {
        let who = technician.unwrap_or_else(|| "our technician".to_owned());
        sentences.push(match eta {
            Some(eta) => format!("{who} is expected for {job} at {eta}."),
            None => format!("{who} is on the way for {job}; we will tell you the time soon."),
        });
    } else {
        sentences.push(match status {
            Some(status) => format!("Here is news on {job}: it is now {status}."),
            None => format!("Here is news on {job}."),
        });
        sentences.extend(eta.map(|eta| format!("The date is {eta}.")));
        sentences.extend(technician.map(|name| format!("{name} takes care of it.")));
    }
    sentences.extend(data.text("customQuestion"));
    let tone = data.raw("tone").to_lowercase();
    let name = data.text("customer.name").unwrap_or_else(|| "customer".to_owned());
    let text = match tone.as_str() {
        "formal" | "professional" => format!(
            "Dear {name},\n\n{}\n\nKind regards,\n{}",
            sentences.join(" "),
            data.signature()
        ),
        "brief" | "short" | "concise" => sentences.join(" "),
        _ => format!(
            "{}\n\n{} Just answer this message if you have any questions.\n\n{}",
            data.greeting(),
            sentences.join(" "),
            data.signature()
        ),
    };
    Sections::default().below("MESSAGE", &text).done()
}

/// A draft of a reply that promises nothing the business has not decided.
pub(super) fn reply(data: Data<'_>) -> String {
    let asked = [data.raw("message"), data.raw("message.text"), data.raw("message.content")];
    let asked = asked.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    let words = mood::words(asked);
    let about = |marks: &[&str]| words.iter().any(|word| marks.contains(&word.as_str()));
    let sentences = if about(&["cancel", "cancellation"]) {
        "we have received your wish to cancel. We are looking into it and will confirm it to you."
    } else if mood::score(asked) < 0 {
        "we are sorry about the trouble. We are looking into it now and will come back to you with \
         the next step."
    } else if about(&["price", "cost", "costs", "quote", "invoice", "bill", "refund"]) {
        "thank you for your question about the price. We are checking the details and will send \
         them to you."
    } else if about(&["when", "time", "today", "tomorrow", "appointment", "late", "arrive", "eta"])
    {
        "thank you for asking. We are checking the schedule and will tell you the time as soon as \
         it is certain."
    } else if mood::score(asked) > 0 {
        "thank you for your kind words. We are glad that we could help, and we are here whenever \
         you need us."
    } else {
        "thank you for your message. We are looking into it and will come back to you."
    };
    let text = format!("{} {sentences}\n\n{}", data.greeting(), data.signature());
    Sections::default().below("MESSAGE", &text).done()
}

/// A call in short: `transcript` is a text with a line a turn, or a list of `{speaker, text}`.
pub(super) fn call_summary(data: Data<'_>) -> String {
    let turns: Vec<(String, String)> = match data.list("transcript") {
        list if !list.is_empty() => list
            .iter()
            .map(|turn| (turn.raw("speaker").to_lowercase(), turn.raw("text").to_owned()))
            .collect(),
        _ => data.raw("transcript").lines().filter_map(turn).collect(),
    };
    let is_ours = |speaker: &str| ["agent", "staff", "support"].contains(&speaker);
    let theirs = || turns.iter().filter(|(speaker, _)| !is_ours(speaker));
    let said: Vec<&str> = theirs().map(|(_, text)| text.as_str()).collect();
    let whole = said.join(" ");
    let themes = mood::themes(&whole);
    let about = if themes.is_empty() { "no known theme".to_owned() } else { themes.join(", ") };
    let score = mood::score(&whole);
    let points: Vec<String> = said
        .iter()
        .filter(|text| {
            mood::score(text) != 0 || text.contains('?') || !mood::themes(text).is_empty()
        })
        .take(5)
        .map(|text| quote(text))
        .collect();
    let promises = ["i'll", "we'll", "i will", "we will", "will call", "will send"];
    let actions: Vec<String> = turns
        .iter()
        .filter(|(speaker, text)| {
            let text = text.to_lowercase().replace('’', "'");
            is_ours(speaker) && promises.iter().any(|promise| text.contains(promise))
        })
        .take(5)
        .map(|(_, text)| quote(text))
        .collect();
    let summary = format!(
        "The call with {} had {} turns and was about {about}.",
        data.text("customer.name").unwrap_or_else(|| "the customer".to_owned()),
        turns.len(),
    );
    Sections::default()
        .below("SUMMARY", &summary)
        .below("KEY POINTS", &dashes(&points, "None stand out"))
        .below("ACTION ITEMS", &numbers(&actions, "None agreed"))
        .beside("SENTIMENT", &format!("{score} ({})", mood::described(f64::from(score))))
        .done()
}

fn turn(line: &str) -> Option<(String, String)> {
    let line = line.trim();
    if line.is_empty() {
        return None;
    }
    let (speaker, text) = line.split_once(':').unwrap_or(("", line));
    Some((speaker.trim().to_lowercase(), text.trim().to_owned()))
}
