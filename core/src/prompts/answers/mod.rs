//! Answers of language models, read into values.
//!
//! An [`AnswerSpec`] says which labelled sections an answer has. [`AnswerSpec::read`] takes an
//! answer as models really write it (with Markdown, code fences, a preamble, reasoning, other cases,
//! or as JSON) and gives the values with their places, a confidence and warnings. It never fails:
//! what is missing is listed in [`Answer::missing`].

mod clean;
mod library;
mod read;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::prompts::template::Span;

/// What a section holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Text of any length.
    Text,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A list, one entry a line or numbered, with at least and at most so many entries.
    List(usize, usize),
}

/// One labelled section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// The name of the value, in snake_case.
    pub name: &'static str,
    /// The label as the plan prints it.
    pub label: &'static str,
    /// What it holds.
    pub kind: Kind,
}

/// What an answer must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnswerSpec {
    /// The sections, in their order.
    pub sections: &'static [Section],
    /// The most words that the whole answer may have, if the prompt limits them.
    pub most_words: Option<usize>,
}

/// The value of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum AnswerValue {
    /// A text, or the word of a choice.
    Text(String),
    /// The entries of a list.
    List(Vec<String>),
}

/// A value with its place in the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// The value.
    pub value: AnswerValue,
    /// Where it stands in the answer as it came.
    pub span: Span,
}

/// Something about an answer that is not as it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WarningKind {
    /// A section stands twice; the last one that says something counts.
    Repeated,
    /// A word is not one of the choices, but close to one.
    Guessed,
    /// A word is none of the choices; there is no value.
    NoChoice,
    /// The answer repeats a placeholder such as `[Company]`.
    Placeholder,
    /// A list has fewer or more entries than asked for.
    Count,
    /// The answer has more words than asked for.
    TooLong,
    /// The answer is JSON and not text with labels.
    Json,
}

/// A warning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// What it is about.
    pub kind: WarningKind,
    /// The section, if it is about one.
    pub section: Option<&'static str>,
}

/// An answer that was read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// The values that were found, by name.
    pub fields: BTreeMap<&'static str, Field>,
    /// The sections without a value, in their order.
    pub missing: Vec<&'static str>,
    /// What is not as asked for.
    pub warnings: Vec<Warning>,
    /// From 0 to 1: the part of the sections that was found, less a tenth for every warning.
    pub confidence: f64,
}

impl Answer {
    /// The text of a section.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        match &self.fields.get(name)?.value {
            AnswerValue::Text(text) => Some(text),
            AnswerValue::List(_) => None,
        }
    }

    /// The entries of a section.
    #[must_use]
    pub fn list(&self, name: &str) -> Option<&[String]> {
        match &self.fields.get(name)?.value {
            AnswerValue::List(entries) => Some(entries),
            AnswerValue::Text(_) => None,
        }
    }
}

impl AnswerSpec {
    /// Reads an answer. Every text gives a result.
    ///
    /// ```
    /// use goodwill::prompts::library::Prompt;
    ///
    /// let spec = Prompt::ProfitabilityAnalysis.answer_spec();
    /// let answer = spec.read(
    ///     "Sure!\n\n**Profitability Analysis:**\nGrowing.\n\n### KEY OBSERVATION\nPays by card.\n\n\
    ///      Recommendation: Offer a plan.\nCLASSIFICATION: **highly profitable**",
    /// );
    /// assert_eq!(answer.text("classification"), Some("Highly Profitable"));
    /// assert_eq!(answer.text("summary"), Some("Growing."));
    /// assert!(answer.missing.is_empty() && answer.warnings.is_empty());
    /// ```
    #[must_use]
    pub fn read(&self, answer: &str) -> Answer {
        read::read(self, answer)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::prompts::library::Prompt;

    /// F524, F529: every label of a format is one of its sections,
    /// and a format that is handed back unfilled gives no single value.
    #[test]
    fn formats_are_what_the_specs_read() {
        for prompt in Prompt::ALL {
            let spec = prompt.answer_spec();
            for section in spec.sections {
                assert!(prompt.answer_format().contains(&format!("{}:", section.label)));
            }
        }
        let echo =
            Prompt::TimelineSummary.answer_spec().read(Prompt::TimelineSummary.answer_format());
        assert_eq!(echo.missing.len(), 4);
        assert!(echo.warnings.iter().all(|warning| warning.kind == WarningKind::Placeholder));
    }

    #[test]
    fn answers_are_read_as_models_write_them() {
        let spec = Prompt::MaintenanceAlert.answer_spec();
        let text = "<think>RISK: none?</think>```\nMAINTENANCE RISK ASSESSMENT: high.\n\
            Predicted maintenance needs：\n* Pump - likely\n• Belt - possible\n\
            2. RECOMMENDED PREVENTATIVE ACTION:\n1) Clean\n2) Replace\n   the belt\n\
            OPTIMAL TIMING: -\nOptimal Timing: May\nPOTENTIAL COST SAVINGS: [Estimated savings]\n\
            ALERT PRIORITY: Hgh\n```";
        let answer = spec.read(text);
        assert_eq!(answer.text("risk"), Some("High"));
        assert_eq!(answer.list("predicted_needs").unwrap(), ["Pump - likely", "Belt - possible"]);
        assert_eq!(answer.list("actions").unwrap(), ["Clean", "Replace the belt"]);
        assert_eq!(answer.text("optimal_timing"), Some("May"));
        assert_eq!(answer.fields["optimal_timing"].span.of(text), "May");
        assert_eq!(answer.text("alert_priority"), Some("High"));
        assert_eq!(answer.missing, ["cost_savings"]);
        let kinds: Vec<_> = answer.warnings.iter().map(|warning| warning.kind).collect();
        for kind in [WarningKind::Repeated, WarningKind::Placeholder, WarningKind::Guessed] {
            assert!(kinds.contains(&kind), "{kinds:?}");
        }
        let json =
            r#"{"risk": "Low", "Predicted Maintenance Needs": ["Pump"], "actions": "Clean"}"#;
        let answer = spec.read(json);
        assert_eq!(answer.text("risk"), Some("Low"));
        assert_eq!(answer.list("predicted_needs").unwrap(), ["Pump"]);
        assert_eq!(answer.list("actions").unwrap(), ["Clean"]);
        assert_eq!(answer.missing.len(), 3);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in any::<String>(), prompt in 0..7_usize) {
            let spec = Prompt::ALL[prompt].answer_spec();
            let answer = spec.read(&text);
            prop_assert!((0.0..=1.0).contains(&answer.confidence));
            prop_assert_eq!(answer.fields.len() + answer.missing.len(), spec.sections.len());
        }

        #[test]
        fn any_mixture_of_labels_is_read(
            text in "(KEY OBSERVATION|CLASSIFICATION|recommendation|:|：|\\*\\*|\n|- |1\\. |```|<think>|</think>|\\[|\\]|\\{|\"|Loss-Making|é| ){0,40}"
        ) {
            let answer = Prompt::ProfitabilityAnalysis.answer_spec().read(&text);
            for field in answer.fields.values() {
                prop_assert!(text.get(field.span.start..field.span.end).is_some());
            }
        }
    }
}
