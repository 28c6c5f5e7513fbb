//! What the answers to the prompts of the library have.

mod plan;
mod service;

use super::spec::{Bounds, FieldKind, FieldSpec, NumberWord, OutputSpec};
use crate::prompts::library::Prompt;

const LOW: (&str, &[&str]) = ("Low", &["minor", "minimal", "bajo", "niedrig", "faible"]);
const MEDIUM: (&str, &[&str]) = ("Medium", &["moderate", "average", "medio", "mittel", "moyen"]);
const HIGH: (&str, &[&str]) = ("High", &["critical", "severe", "urgent", "alto", "hoch", "élevé"]);

/// The words for the scores of a sentiment.
const SENTIMENT: &[(&str, i64)] = &[
    ("very negative", -2),
    ("somewhat negative", -1),
    ("neutral", 0),
    ("somewhat positive", 1),
    ("very positive", 2),
];

fn scale() -> Vec<NumberWord> {
    let word =
        |(words, number): &(&str, i64)| NumberWord { words: (*words).to_owned(), number: *number };
    SENTIMENT.iter().map(word).collect()
}

fn sentiment(name: &str, label: &str) -> FieldSpec {
    let mut words = scale();
    for (other, number) in [("negative", -1), ("positive", 1), ("mixed", 0)] {
        words.push(NumberWord { words: other.to_owned(), number });
    }
    FieldSpec::new(name, label, "", FieldKind::Integer { min: -2, max: 2, words })
}

fn levels(name: &str, label: &str) -> FieldSpec {
    FieldSpec::choice(name, label, &[LOW, MEDIUM, HIGH])
}

fn text(name: &str, label: &str, hint: &str) -> FieldSpec {
    FieldSpec::text(name, label, hint)
}

fn inline(name: &str, label: &str, hint: &str) -> FieldSpec {
    FieldSpec::text(name, label, hint).on_the_line()
}

fn records(
    name: &str,
    label: &str,
    items: Bounds,
    numbered: bool,
    fields: Vec<FieldSpec>,
) -> FieldSpec {
    FieldSpec::new(name, label, "", FieldKind::Records { fields, items, numbered })
}

impl Prompt {
    /// What an answer to the prompt has, with the limits that its text names.
    #[must_use]
    pub fn output_spec(self) -> OutputSpec {
        let spec = OutputSpec::new(self.id());
        match self {
            Self::ProfitabilityAnalysis => plan::profitability(spec),
            Self::TimelineSummary => plan::timeline(spec),
            Self::FollowupSuggestions => plan::followups(spec),
            Self::OccasionMessage => plan::occasion(spec),
            Self::SentimentAnalysis => plan::sentiments(spec),
            Self::MaintenanceAlert => plan::maintenance(spec),
            Self::TechnicianMatching => plan::matching(spec),
            Self::SurveyQuestions => service::survey(spec),
            Self::CustomerMessage => service::message(spec),
            Self::MessageReply => service::reply(spec),
            Self::CallSummary => service::call(spec),
            Self::ChurnExplanation => service::churn(spec),
            Self::InsightCards => service::insights(spec),
        }
    }
}
