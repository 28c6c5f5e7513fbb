//! What reading an answer gives.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::given::AnswerForm;
use crate::prompts::template::Span;

/// Something about an answer that is not as it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "AnswerWarningKind"))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WarningKind {
    /// A field stands twice; the last one that says something counts.
    Repeated,
    /// A value is close to what is allowed, or one of several; it was taken for that.
    Guessed,
    /// The answer has the other form: JSON for labelled text, or the reverse.
    OtherForm,
    /// The answer ends in the middle.
    Cut,
    /// A computed value was wrong, and is right now.
    Corrected,
    /// A placeholder was filled with what the host knows.
    Filled,
    /// A fence of the prompt stands in the answer; it was taken away.
    LeakedFence,
    /// There is a placeholder such as `[Date]` that nobody filled, or what the field is described
    /// with instead of a value.
    Placeholder,
    /// A word is none of the choices, or more than one of them; there is no value.
    NoChoice,
    /// A text has no number, day or yes and no where one belongs; there is no value.
    Malformed,
    /// A number is outside its range; there is no value.
    OutOfRange,
    /// A list has too few or too many entries.
    Count,
    /// A text has too many words.
    TooLong,
    /// A text has too few or too many sentences.
    Sentences,
    /// What is named was not offered; there is no value.
    NotOffered,
    /// A draft does not greet the customer by name.
    NoGreeting,
    /// A link stands in nothing that was sent.
    ForeignLink,
}

impl WarningKind {
    /// Whether the answer should be asked for again. The other kinds are settled.
    #[must_use]
    pub fn needs_repair(self) -> bool {
        self >= Self::Placeholder
    }

    /// What it takes from the confidence.
    fn weight(self) -> f64 {
        match self {
            Self::Filled | Self::OtherForm | Self::LeakedFence => 0.02,
            Self::Repeated | Self::Sentences | Self::TooLong | Self::Corrected => 0.05,
            _ => 0.1,
        }
    }
}

/// A warning. It has no text of the answer in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "AnswerWarning"))]
pub struct Warning {
    /// What it is about.
    pub kind: WarningKind,
    /// The field, as `suggestions[1].timing`; empty if it is about the whole answer.
    pub path: String,
    /// What would be right, in words.
    pub expected: String,
}

/// An answer that was read.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Parsed {
    /// The fields, as the declaration has them. What is optional and not there is left out.
    pub value: Value,
    /// The form that the answer has.
    pub form: AnswerForm,
    /// Labels that the declaration does not have, with their text.
    pub extra: BTreeMap<String, String>,
    /// What is not as asked for.
    pub warnings: Vec<Warning>,
    /// Where the fields stand in the answer as it came, by path.
    pub spans: BTreeMap<String, Span>,
    /// From 0 to 1: the part of the required fields that is there, less a little for each warning.
    pub confidence: f64,
    /// The answer as it came.
    pub raw: String,
}

impl Parsed {
    /// Whether nothing needs to be asked for again.
    #[must_use]
    pub fn is_acceptable(&self) -> bool {
        !self.warnings.iter().any(|warning| warning.kind.needs_repair())
    }

    pub(super) fn rate(&mut self, found: usize, missing: usize) {
        let share = |count: usize| u32::try_from(count).map_or(f64::MAX, f64::from);
        let part = share(found) / share(found.saturating_add(missing)).max(1.0);
        let less: f64 = self.warnings.iter().map(|warning| warning.kind.weight()).sum();
        self.confidence = (part - less).clamp(0.0, 1.0);
    }
}

/// Why fields are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum IncompleteReason {
    /// There is no text.
    Empty,
    /// The model declines.
    Refused,
    /// The answer ends within the reasoning.
    OnlyReasoning,
    /// The answer repeats the JSON Schema.
    SchemaEchoed,
    /// The answer repeats the format with its placeholders.
    FormatEchoed,
    /// The answer ends in the middle.
    Cut,
    /// The answer is a text without any of the labels.
    NoFields,
    /// Some fields are there and some are not.
    MissingFields,
}

/// An answer without something that is required. It drives [`OutputSpec::repair`].
///
/// [`OutputSpec::repair`]: super::OutputSpec::repair
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Incomplete {
    /// What was found.
    pub partial: Parsed,
    /// The paths of what is missing, in the order of the declaration.
    pub missing: Vec<String>,
    /// Why.
    pub reason: IncompleteReason,
}
