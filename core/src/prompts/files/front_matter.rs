//! What the head of a prompt file says.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::answer::{self, AnswerNotes, FieldNote};
use super::yaml::{self, Entry, Node, Yaml};
use super::{Schema, Trust, TrustLevel, Version, picoschema};
use crate::prompts::answers::{Bounds, OutputSpec};
use crate::prompts::budget::{Budget, ListBudget, Order};
use crate::prompts::checks::meant;
use crate::prompts::formatting::Locale;
use crate::prompts::template::{Diagnostic, DiagnosticCode, Severity, Span};

/// The head of a prompt file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FrontMatter {
    /// The name, if the file says it.
    pub name: Option<String>,
    /// A sentence about the prompt.
    pub description: Option<String>,
    /// `goodwill.version`; 0.0.0 if it is not said.
    pub version: Version,
    /// `goodwill.labels`, such as `production`.
    pub labels: Vec<String>,
    /// The model that the prompt was written for.
    pub model: Option<String>,
    /// Settings for the model, as `temperature`.
    pub config: Map<String, Json>,
    /// What the prompt is given.
    pub input: Option<Schema>,
    /// Values of the input where the caller gives none.
    pub defaults: Map<String, Json>,
    /// What the model answers.
    pub output: Option<Schema>,
    /// The form of the answer, as `json` or `text`.
    pub output_format: Option<String>,
    /// What an answer has, made from `output.schema`, or from `goodwill.outputText` without one, with
    /// `goodwill.answer`. It has no id.
    pub answer: Option<OutputSpec>,
    /// `goodwill.outputText`: what an answer looks like.
    pub output_text: Option<String>,
    /// `goodwill.showOutput`: put the format behind the last message of the user.
    pub show_output: bool,
    /// `goodwill.locale`.
    pub locale: Option<Locale>,
    /// `goodwill.trust`.
    pub trust: Trust,
    /// `goodwill.budget`.
    pub budget: Budget,
    /// Keys of other tools, as `myapp.owner`.
    pub extensions: BTreeMap<String, Json>,
    pub(crate) says_answer: bool,
    pub(crate) output_text_span: Span,
    pub(crate) budget_span: Span,
}

/// Keys of dotprompt that say nothing here.
const IGNORED: &[&str] = &["variant", "tools", "toolDefs", "raw", "ext", "metadata", "version"];

const OWN: &[&str] = &[
    "goodwill.version",
    "goodwill.labels",
    "goodwill.locale",
    "goodwill.trust",
    "goodwill.budget",
    "goodwill.answer",
    "goodwill.outputText",
    "goodwill.showOutput",
];

pub(crate) fn read(source: &str, within: Span, found: &mut Vec<Diagnostic>) -> FrontMatter {
    let notes = AnswerNotes::default();
    let mut reader = Reader { found, matter: FrontMatter::default(), notes, output: None };
    match yaml::read(source, within) {
        Err(diagnostic) => reader.found.push(diagnostic),
        Ok(node) => match &node.value {
            Yaml::Map(entries) => entries.iter().for_each(|entry| reader.entry(entry)),
            _ => reader.refuse(node.span, "expected keys and values"),
        },
    }
    reader.answer();
    reader.matter
}

struct Reader<'f> {
    found: &'f mut Vec<Diagnostic>,
    matter: FrontMatter,
    notes: AnswerNotes,
    /// Where the output schema stands.
    output: Option<Span>,
}

impl Reader<'_> {
    fn refuse(&mut self, span: Span, message: &str) {
        self.found.push(Diagnostic::new(DiagnosticCode::FrontMatter, span, message));
    }

    fn unknown(&mut self, entry: &Entry, known: &[&str]) {
        let message = format!("nobody reads the key {}", entry.key);
        let mut one = Diagnostic::new(DiagnosticCode::UnknownKey, entry.span, message);
        if let Some(close) = meant(&entry.key, known.iter().copied()) {
            one = one.hint(format!("did you mean {close}?")).fix(entry.span, close);
        }
        self.found.push(one);
    }

    fn entry(&mut self, entry: &Entry) {
        let node = &entry.node;
        match entry.key.as_str() {
            "name" => self.matter.name = self.text(node),
            "description" => self.matter.description = self.text(node),
            "model" => self.matter.model = self.text(node),
            "config" => self.matter.config = self.object(node),
            "input" => self.input(node),
            "output" => self.output(node),
            "goodwill.version" => {
                let text = match &node.value {
                    Yaml::Number(number) => Some(number.to_string()),
                    _ => node.text().map(str::to_owned),
                };
                match text.and_then(|text| text.parse().ok()) {
                    Some(version) => self.matter.version = version,
                    None => self.refuse(node.span, "expected a version as 1.2.0"),
                }
            }
            "goodwill.labels" => self.labels(node),
            "goodwill.locale" => match node.text().and_then(Locale::find) {
                Some(locale) => self.matter.locale = Some(locale),
                None => self.refuse(node.span, "expected en, es, pt, fr, de, it or ar"),
            },
            "goodwill.trust" => self.trust(node),
            "goodwill.budget" => self.budget(node),
            "goodwill.answer" => self.notes(node),
            "goodwill.outputText" => {
                self.matter.output_text = self.text(node);
                self.matter.output_text_span = node.span;
            }
            "goodwill.showOutput" => self.matter.show_output = self.truth(node),
            key if key.starts_with("goodwill.") || key == "goodwill" => self.unknown(entry, OWN),
            key if key.contains('.') => {
                self.matter.extensions.insert(key.to_owned(), node.to_json());
            }
            key if IGNORED.contains(&key) => {}
            _ => {
                let known = ["name", "description", "model", "config", "input", "output"];
                self.unknown(entry, &known);
            }
        }
    }

    fn text(&mut self, node: &Node) -> Option<String> {
        if node.text().is_none() {
            self.refuse(node.span, "expected a text");
        }
        node.text().map(str::to_owned)
    }

    fn truth(&mut self, node: &Node) -> bool {
        if let Yaml::Bool(value) = node.value {
            return value;
        }
        self.refuse(node.span, "expected true or false");
        false
    }

    fn count(&mut self, node: &Node) -> Option<usize> {
        let count = match &node.value {
            Yaml::Number(number) => number.as_u64().and_then(|one| usize::try_from(one).ok()),
            _ => None,
        };
        if count.is_none() {
            self.refuse(node.span, "expected a whole number");
        }
        count
    }

    fn object(&mut self, node: &Node) -> Map<String, Json> {
        match node.to_json() {
            Json::Object(map) => map,
            Json::Null => Map::new(),
            _ => {
                self.refuse(node.span, "expected keys and values");
                Map::new()
            }
        }
    }

    fn map<'n>(&mut self, node: &'n Node) -> &'n [Entry] {
        if !matches!(node.value, Yaml::Map(_) | Yaml::Null) {
            self.refuse(node.span, "expected keys and values");
        }
        node.entries()
    }

    fn input(&mut self, node: &Node) {
        for entry in self.map(node) {
            match entry.key.as_str() {
                "schema" => {
                    self.matter.input = Some(picoschema::read(&entry.node, self.found));
                }
                "default" => self.matter.defaults = self.object(&entry.node),
                _ => self.unknown(entry, &["schema", "default"]),
            }
        }
    }

    fn output(&mut self, node: &Node) {
        for entry in self.map(node) {
            match entry.key.as_str() {
                "schema" => {
                    self.matter.output = Some(picoschema::read(&entry.node, self.found));
                    self.output = Some(entry.span);
                }
                "format" => self.matter.output_format = self.text(&entry.node),
                _ => self.unknown(entry, &["schema", "format"]),
            }
        }
    }

    /// What the answer has. Where nothing but a form is said, any text will do.
    fn answer(&mut self) {
        let plain = |found: &mut Vec<Diagnostic>, from: usize| {
            // Without `goodwill.answer` the schema may be for other tools.
            found.iter_mut().skip(from).for_each(|one| one.severity = Severity::Warning);
        };
        let from = self.found.len();
        let spec = match (&self.matter.output, self.output, &self.matter.output_text) {
            (Some(schema), Some(span), _) => {
                Some(answer::of_schema(schema, &self.notes, span, self.found))
            }
            (_, _, Some(text)) => answer::of_text(text, &self.notes),
            _ => None,
        };
        let flawed = self.found.len() > from;
        if !self.matter.says_answer {
            plain(self.found, from);
        }
        self.matter.answer = spec.filter(|_| !flawed);
    }

    fn notes(&mut self, node: &Node) {
        self.matter.says_answer = true;
        if self.matter.output_text.is_none() {
            self.matter.output_text_span = node.span;
        }
        for entry in self.map(node) {
            match entry.key.as_str() {
                "max_words" => self.notes.max_words = self.count(&entry.node),
                "fields" => {
                    for field in self.map(&entry.node) {
                        let note = self.note(field);
                        self.notes.fields.push((field.key.clone(), note));
                    }
                }
                _ => self.unknown(entry, &["max_words", "fields"]),
            }
        }
    }

    fn note(&mut self, field: &Entry) -> FieldNote {
        let known = [
            "label",
            "hint",
            "synonyms",
            "meanings",
            "max_words",
            "sentences",
            "items",
            "range",
            "draft",
            "offered",
        ];
        let mut note = FieldNote { span: field.span, ..FieldNote::default() };
        for entry in self.map(&field.node) {
            let value = &entry.node;
            match entry.key.as_str() {
                "label" => note.label = self.text(value),
                "hint" => note.hint = self.text(value),
                "synonyms" => note.synonyms = self.texts(value),
                "meanings" => {
                    for choice in self.map(value) {
                        let words = self.texts(&choice.node);
                        note.meanings.push((choice.key.clone(), words));
                    }
                }
                "max_words" => note.max_words = self.count(value),
                "sentences" => note.sentences = self.bounds(value),
                "items" => note.items = self.bounds(value),
                "range" => note.range = self.range(value),
                "draft" => note.draft = self.truth(value),
                "offered" => note.offered = self.text(value),
                _ => self.unknown(entry, &known),
            }
        }
        note
    }

    fn texts(&mut self, node: &Node) -> Vec<String> {
        let Yaml::List(items) = &node.value else {
            self.refuse(node.span, "expected a list of texts");
            return Vec::new();
        };
        items.iter().filter_map(|item| self.text(item)).collect()
    }

    /// `[2, 3]`, or `[2]` for two and more.
    fn bounds(&mut self, node: &Node) -> Option<Bounds> {
        let bounds = match &node.value {
            Yaml::List(items) => match items.as_slice() {
                [least] => self.count(least).map(Bounds::at_least),
                [least, most] => match (self.count(least), self.count(most)) {
                    (Some(least), Some(most)) if least <= most => Some(Bounds::new(least, most)),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        };
        if bounds.is_none() {
            self.refuse(node.span, "expected the least and the most, as [2, 3]");
        }
        bounds
    }

    fn range(&mut self, node: &Node) -> Option<(f64, f64)> {
        let number = |node: &Node| match &node.value {
            Yaml::Number(number) => number.as_f64(),
            _ => None,
        };
        let range = match &node.value {
            Yaml::List(items) => match items.as_slice() {
                [least, most] => number(least).zip(number(most)),
                _ => None,
            },
            _ => None,
        };
        let range = range.filter(|(least, most)| least <= most);
        if range.is_none() {
            self.refuse(node.span, "expected the least and the greatest number, as [-2, 2]");
        }
        range
    }

    fn labels(&mut self, node: &Node) {
        let Yaml::List(items) = &node.value else {
            return self.refuse(node.span, "expected a list of labels");
        };
        for item in items {
            let word = item.text().filter(|text| {
                !text.is_empty()
                    && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
                    && text.parse::<Version>().is_err()
            });
            match word {
                Some(label) if !self.matter.labels.iter().any(|one| one == label) => {
                    self.matter.labels.push(label.to_owned());
                }
                Some(_) => self.refuse(item.span, "this label stands twice"),
                None => self.refuse(item.span, "a label has letters, digits, - and _"),
            }
        }
    }

    fn trust(&mut self, node: &Node) {
        for entry in self.map(node) {
            let level = match entry.node.text() {
                Some("trusted") => TrustLevel::Trusted,
                Some("line") => TrustLevel::Line,
                Some("fence") => TrustLevel::Fence,
                _ => {
                    self.refuse(entry.node.span, "expected trusted, line or fence");
                    continue;
                }
            };
            if entry.key == "default" {
                self.matter.trust.default = Some(level);
            } else {
                self.matter.trust.paths.insert(entry.key.clone(), level);
            }
        }
    }

    fn budget(&mut self, node: &Node) {
        self.matter.budget_span = node.span;
        for entry in self.map(node) {
            match entry.key.as_str() {
                "input" => self.matter.budget.input = self.count(&entry.node),
                "output" => self.matter.budget.output = self.count(&entry.node),
                "lists" => {
                    for entry in self.map(&entry.node) {
                        let list = self.list(&entry.node);
                        self.matter.budget.lists.insert(entry.key.clone(), list);
                    }
                }
                _ => self.unknown(entry, &["input", "output", "lists"]),
            }
        }
    }

    fn list(&mut self, node: &Node) -> ListBudget {
        let mut list = ListBudget::default();
        for entry in self.map(node) {
            let value = &entry.node;
            match entry.key.as_str() {
                "priority" => {
                    let count = self.count(value).unwrap_or_default();
                    list.priority = u32::try_from(count).unwrap_or(u32::MAX);
                }
                "min_items" => list.min_items = self.count(value).unwrap_or(list.min_items),
                "clip" => list.clip = self.count(value),
                "note" => list.note = self.text(value).unwrap_or(list.note),
                "order" => match value.text() {
                    Some("oldest_first") => list.order = Order::OldestFirst,
                    Some("newest_first") => list.order = Order::NewestFirst,
                    _ => self.refuse(value.span, "expected oldest_first or newest_first"),
                },
                _ => self.unknown(entry, &["priority", "min_items", "clip", "note", "order"]),
            }
        }
        list
    }
}

/// Whether nothing among diagnostics is an error.
pub(crate) fn is_fine(found: &[Diagnostic]) -> bool {
    found.iter().all(|one| one.severity != Severity::Error)
}
