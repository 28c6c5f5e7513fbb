//! What the host knows and an answer is checked against.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The two forms of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum AnswerForm {
    /// Text with labels.
    #[default]
    Labelled,
    /// One JSON object.
    Json,
}

/// Something that a model may choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Offered {
    /// The host's id.
    pub id: String,
    /// The name that the prompt shows.
    pub name: String,
}

impl Offered {
    /// Something with this id and name.
    #[must_use]
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into() }
    }
}

/// What an answer is checked against. What is not given is not checked, links excepted: without
/// any text that was sent, every link is foreign.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Given {
    /// The form that the model was asked for.
    pub form: AnswerForm,
    /// The customer's name: a draft greets by it, and `[Customer's Name]` becomes it.
    pub customer_name: Option<String>,
    /// The name of the business: `[Company]` becomes it.
    pub company: Option<String>,
    /// What references may name, by the name that the declaration calls it.
    pub options: BTreeMap<String, Vec<Offered>>,
    /// How many entries a list must have, by the name of its field: one for each thing sent.
    pub counts: BTreeMap<String, usize>,
    /// The texts that were sent. A link that stands in none of them is foreign.
    pub texts: Vec<String>,
}

impl Given {
    /// The same with this customer.
    #[must_use]
    pub fn customer(mut self, name: impl Into<String>) -> Self {
        self.customer_name = Some(name.into());
        self
    }

    /// The same with this business.
    #[must_use]
    pub fn company(mut self, name: impl Into<String>) -> Self {
        self.company = Some(name.into());
        self
    }

    /// The same with these things to choose from.
    #[must_use]
    pub fn offer(mut self, what: &str, offered: impl IntoIterator<Item = Offered>) -> Self {
        self.options.insert(what.to_owned(), offered.into_iter().collect());
        self
    }

    /// The same with so many entries of a list.
    #[must_use]
    pub fn count(mut self, list: &str, entries: usize) -> Self {
        self.counts.insert(list.to_owned(), entries);
        self
    }

    /// The same with one text more that was sent.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.texts.push(text.into());
        self
    }
}
