//! Says whether an answer can be used, and what the model should do better.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::llm::client::{Check, Flaw};
use crate::prompts::answers::{AnswerForm, Given, Incomplete, OutputSpec, Parsed};
use crate::prompts::personal::Pseudonyms;

/// What reading an answer gives.
pub(super) type Reading = Result<Parsed, Box<Incomplete>>;

/// The declaration of an answer with everything that it is checked against.
#[derive(Clone)]
pub(super) struct Checker {
    pub(super) spec: OutputSpec,
    pub(super) form: AnswerForm,
    /// What models were told: with pseudonyms.
    pub(super) told: Given,
    /// What rules were told: with names.
    pub(super) known: Given,
    pub(super) pseudonyms: Arc<Pseudonyms>,
}

impl Checker {
    /// Reads an answer of a model.
    pub(super) fn read(&self, text: &str) -> Reading {
        self.spec.parse(text, &self.told)
    }

    /// Reads an answer of rules.
    pub(super) fn read_rules(&self, text: &str) -> Reading {
        self.spec.parse(text, &self.known)
    }

    /// The texts of a value with what pseudonyms stand for; names that stand for nothing go to
    /// `unknown`.
    pub(super) fn restore(&self, value: Value, unknown: &mut Vec<String>) -> Value {
        match value {
            Value::String(text) => Value::String(self.restore_text(&text, unknown)),
            Value::Array(items) => {
                items.into_iter().map(|item| self.restore(item, unknown)).collect()
            }
            Value::Object(fields) => {
                let fields = fields.into_iter();
                fields.map(|(name, value)| (name, self.restore(value, unknown))).collect()
            }
            other => other,
        }
    }

    pub(super) fn restore_text(&self, text: &str, unknown: &mut Vec<String>) -> String {
        let restored = self.pseudonyms.restore(text);
        unknown.extend(restored.unknown);
        unknown.sort();
        unknown.dedup();
        restored.text
    }

    fn invented(&self, parsed: &Parsed) -> bool {
        let mut unknown = Vec::new();
        self.restore(parsed.value.clone(), &mut unknown);
        !unknown.is_empty()
    }
}

impl Check for Checker {
    fn check(&self, text: &str) -> Result<(), Flaw> {
        let (lacks, whole) = match self.read(text) {
            Ok(parsed) if !parsed.is_acceptable() => {
                (self.spec.lacks_in(&parsed, Vec::new(), self.form), true)
            }
            Ok(parsed) if self.invented(&parsed) => {
                let lack = "Use no name in brackets, as [PERSON_1], that is not above.";
                (vec![lack.to_owned()], true)
            }
            Ok(_) => return Ok(()),
            Err(incomplete) => (self.spec.lacks(&incomplete, self.form), false),
        };
        // Rules behind the model write names, where the model has pseudonyms.
        if self
            .read_rules(text)
            .is_ok_and(|parsed| parsed.is_acceptable() && !self.invented(&parsed))
        {
            return Ok(());
        }
        let flaw = Flaw::new(lacks.join("\n"));
        Err(if whole { flaw.usable() } else { flaw })
    }
}

impl fmt::Debug for Checker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checker").field("spec", &self.spec.id).finish_non_exhaustive()
    }
}
