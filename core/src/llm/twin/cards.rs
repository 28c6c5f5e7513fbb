//! What the data of a customer shows, on cards.

use std::cmp::Reverse;

use serde_json::{Value, json};

use super::data::{Data, counted};
use super::mood;

struct Card {
    /// From 0, low, to 2, high.
    impact: usize,
    title: String,
    insight: String,
    action: &'static str,
}

/// Cards for unhappy messages and for numbers that changed; if there is neither, for the first
/// number. A change of a fifth has a high impact, one of a twentieth a medium one.
pub(super) fn cards(data: Data<'_>) -> Value {
    let mut found: Vec<Card> = unhappy(data).into_iter().collect();
    let numbers = data.list("numbers");
    found.extend(numbers.iter().filter_map(|number| change(*number)));
    if found.is_empty() {
        found.extend(numbers.iter().find_map(|number| level(*number)));
    }
    if found.is_empty() {
        found.push(Card {
            impact: 0,
            title: "Little is known yet".to_owned(),
            insight: "The data has no numbers of this customer.".to_owned(),
            action: "Ask how the last job went.",
        });
    }
    // The most important first, then in the order of the data.
    found.sort_by_key(|card| Reverse(card.impact));
    let cards = found.into_iter().take(4).map(|Card { impact, title, insight, action }| {
        let impact = ["Low", "Medium", "High"].get(impact);
        json!({"title": title, "insight": insight, "action": action, "impact": impact})
    });
    json!({"cards": cards.collect::<Vec<Value>>()})
}

fn unhappy(data: Data<'_>) -> Option<Card> {
    let messages = data.list("activities");
    let scores: Vec<i32> = messages.iter().map(|one| mood::score(one.raw("content"))).collect();
    let count = scores.iter().filter(|score| **score < 0).count();
    let settled = scores.last().is_some_and(|score| *score > 0);
    (count > 0).then(|| Card {
        impact: if settled { 1 } else { 2 },
        title: "Unhappy messages".to_owned(),
        insight: format!("{count} of {} sound unhappy.", counted(messages.len(), "recent message")),
        action: if settled {
            "Make sure that the problem stays solved."
        } else {
            "Answer the latest complaint in person."
        },
    })
}

fn change(number: Data<'_>) -> Option<Card> {
    let name = number.phrase("name", 5)?;
    let change = number.phrase("change", 4)?;
    let value = number.phrase("value", 4).unwrap_or_else(|| "unknown".to_owned());
    let digits: String =
        change.chars().filter(|c| c.is_ascii_digit() || *c == '.').take(12).collect();
    let percent = change.contains('%').then(|| digits.parse::<f64>().ok()).flatten();
    let (impact, action) = match percent {
        Some(20.0..) => (2, "Find out today what is behind the change."),
        Some(5.0..) => (1, "Find out what is behind the change."),
        _ => (0, "Watch whether the change goes on."),
    };
    let insight = format!("The number for {name} is {value}, a change of {change}.");
    Some(Card { impact, title: format!("Change of {name}"), insight, action })
}

fn level(number: Data<'_>) -> Option<Card> {
    let (name, value) = (number.phrase("name", 5)?, number.phrase("value", 4)?);
    let insight =
        format!("The number for {name} is {value}; there is no change to compare it with.");
    Some(Card {
        impact: 0,
        title: format!("Level of {name}"),
        insight,
        action: "Watch it for another period.",
    })
}
