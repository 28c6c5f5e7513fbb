//! What the host knows and an answer is checked against.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::scalar_fields::refer;
use super::spec::Bounds;
use super::words::{fold, is_empty, says_none};
use crate::prompts::library::Prompt;
use crate::prompts::trust::single_line;

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
    /// What references may name, by the name that the declaration calls it. Where nothing is
    /// offered, an answer has to say that there is none.
    pub options: BTreeMap<String, Vec<Offered>>,
    /// How many entries a list must have, by the name of its field, where what was sent decides
    /// it: one for each communication, say.
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

    /// What the input of any prompt says: the customer's name (`customer.name`), the business
    /// (`company`, a name or an object with one), and the texts that links may come from.
    #[must_use]
    pub fn of(input: &Value) -> Self {
        let company = input.get("company").map(|one| one.get("name").unwrap_or(one));
        let mut given = Self {
            customer_name: line(input.get("customer").and_then(|one| one.get("name"))),
            company: line(company),
            ..Self::default()
        };
        texts(input, &mut given.texts);
        given
    }

    /// How many entries a list may have.
    pub(super) fn bounds(&self, list: &str, items: Bounds) -> Bounds {
        self.counts.get(list).map_or(items, |count| Bounds::new(*count, *count))
    }
}

impl Prompt {
    /// What the input of the prompt says about its answer: the customer's name (`customer.name`),
    /// the business (`company`, a name or an object with one), who may be named, how many entries
    /// the lists have, and the texts that links may come from. Fields that are missing or of
    /// another type are not given. Technicians that no name and no id tells apart from the others
    /// cannot be named, so they are not offered.
    ///
    /// ```
    /// use goodwill::prompts::library::Prompt;
    /// use serde_json::json;
    ///
    /// let input = json!({
    ///     "customer": {"name": "Ada Löve"},
    ///     "communications": [{"date": "2026-02-19", "type": "email", "content": "It leaks."}],
    /// });
    /// let given = Prompt::SentimentAnalysis.given(&input);
    /// assert_eq!(given.customer_name.as_deref(), Some("Ada Löve"));
    /// assert_eq!(given.counts["communications"], 1);
    /// ```
    #[must_use]
    pub fn given(self, input: &Value) -> Given {
        let given = Given::of(input);
        match self {
            Self::TechnicianMatching => {
                let mut given = given;
                let offered = technicians(input);
                // The prompt asks for one or two others; there may be fewer.
                if offered.len() <= 2 {
                    given = given.count("alternatives", offered.len().saturating_sub(1));
                }
                given.offer("technicians", offered)
            }
            Self::SentimentAnalysis => {
                let sent =
                    input.get("communications").and_then(Value::as_array).map_or(0, Vec::len);
                // Where nothing was said there is no theme.
                let given = if sent == 0 { given.count("themes", 0) } else { given };
                given.count("communications", sent)
            }
            _ => given,
        }
    }
}

/// A text as a prompt prints it, if it has a letter or a digit.
fn line(value: Option<&Value>) -> Option<String> {
    let text = single_line(value?.as_str()?.trim());
    (!is_empty(&text)).then_some(text)
}

fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(map) => map.values().for_each(|item| texts(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A technician by name and id; who has only one of them is called by that.
pub(crate) fn technician(one: &Value) -> Option<Offered> {
    let (id, name) = (line(one.get("id")), line(one.get("name")));
    let id = id.or_else(|| one.get("id").filter(|id| id.is_number()).map(Value::to_string));
    // A number alone reads as the number of an entry, and "none" as nobody.
    let says_who = |name: &String| !fold(name).is_empty() && !says_none(name);
    let name = name.filter(says_who).or_else(|| id.clone()).filter(says_who)?;
    Some(Offered { id: id.unwrap_or_else(|| name.clone()), name })
}

fn technicians(input: &Value) -> Vec<Offered> {
    let listed = input.get("availableTechnicians").and_then(Value::as_array);
    let all: Vec<Offered> = listed.into_iter().flatten().filter_map(technician).collect();
    let named = |one: &&Offered| refer(one, &one.name, &all).is_some();
    all.iter().filter(named).cloned().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn technicians_are_offered_as_far_as_they_can_be_told_apart() {
        let offered = |list: Value| {
            let given = Prompt::TechnicianMatching.given(&json!({"availableTechnicians": list}));
            let ids: Vec<String> =
                given.options["technicians"].iter().map(|one| one.id.clone()).collect();
            (ids, given.counts.get("alternatives").copied())
        };
        let one = |id: Value, name: &str| json!({"id": id, "name": name});
        let (tom, ulla) = (one(json!("t1"), "Tom"), one(json!(2), "Ulla"));
        assert_eq!(offered(json!([])), (vec![], Some(0)));
        assert_eq!(offered(json!([tom, ulla])), (vec!["t1".into(), "2".into()], Some(1)));
        assert_eq!(offered(json!([tom, tom, ulla, 7, one(json!(""), "?")])).0, ["2"]);
        let (ids, others) = offered(json!([tom, ulla, one(json!("t3"), "Tom")]));
        assert_eq!((ids.len(), others), (3, None));
    }

    #[test]
    fn names_and_texts_are_taken_where_they_stand() {
        let input = json!({
            "customer": {"name": " Ada\nLöve "}, "company": {"name": "Fixit"},
            "messages": [{"text": "See https://fixit.example"}, 7, null],
        });
        let given = Prompt::MessageReply.given(&input);
        assert_eq!(given.customer_name.as_deref(), Some("Ada ⏎ Löve"));
        assert_eq!(given.company.as_deref(), Some("Fixit"));
        assert!(given.texts.contains(&"See https://fixit.example".to_owned()));
        assert!(given.options.is_empty() && given.counts.is_empty());
        let named = Prompt::OccasionMessage.given(&json!({"company": "Fixit", "customer": 3}));
        assert_eq!((named.customer_name, named.company.as_deref()), (None, Some("Fixit")));
    }
}
