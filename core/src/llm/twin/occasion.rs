//! Greetings.

use serde_json::{Value, json};

use super::data::Data;

/// A greeting of four sentences that names the occasion and one fact of the history.
pub(super) fn greeting(data: Data<'_>) -> Value {
    let occasion = data.phrase("occasionName", 12).or_else(|| data.phrase("occasionType", 12));
    let kind = data.raw("occasionType").to_lowercase();
    let first = match &occasion {
        Some(occasion) if kind.contains("anniversary") => {
            format!("Today we celebrate {occasion} together with you.")
        }
        Some(occasion) => format!("For {occasion} we wish you all the best."),
        None => "We wish you all the best.".to_owned(),
    };
    let second = match data.day("customer.createdAt") {
        Some(day) => format!(
            "You have trusted us since {}, and we do not take that lightly.",
            day.format("%Y")
        ),
        None => "You have trusted us with your appliances, and we do not take that lightly.".into(),
    };
    let text = format!(
        "{}\n\n{first} {second} Thank you for your business and for your kind way of working with \
         us. If there is anything that we can do for you, just answer this message.\n\n\
         Warm regards,\n{}",
        data.greeting(),
        data.signature(),
    );
    json!({
        "occasion": occasion.unwrap_or_else(|| "Greetings".to_owned()),
        "message": text,
    })
}
