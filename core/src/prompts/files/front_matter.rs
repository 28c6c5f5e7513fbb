//! What the head of a prompt file says.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::yaml::{self, Entry, Node, Yaml};
use super::{Schema, Trust, TrustLevel, Version, picoschema};
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
    "goodwill.outputText",
    "goodwill.showOutput",
];

/// Where the head and the body of a file are: `---`, the head, `---`, the body.
pub(crate) fn split(source: &str) -> (Option<Span>, usize) {
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut at = start;
    let mut head = None;
    for line in source.get(start..).unwrap_or_default().split_inclusive('\n') {
        let next = at.saturating_add(line.len());
        let fence = line.trim_end() == "---";
        match head {
            None if fence => head = Some(next),
            // A licence may stand above.
            None if line.trim().is_empty() || line.starts_with('#') => {}
            None => return (None, start),
            Some(from) if fence => return (Some(Span { start: from, end: at }), next),
            Some(_) => {}
        }
        at = next;
    }
    match head {
        // A head without an end is all of the file.
        Some(from) => (Some(Span { start: from, end: source.len() }), source.len()),
        None => (None, start),
    }
}

pub(crate) fn read(source: &str, within: Span, found: &mut Vec<Diagnostic>) -> FrontMatter {
    let mut reader = Reader { found, matter: FrontMatter::default() };
    match yaml::read(source, within) {
        Err(diagnostic) => reader.found.push(diagnostic),
        Ok(node) => match &node.value {
            Yaml::Map(entries) => entries.iter().for_each(|entry| reader.entry(entry)),
            _ => reader.refuse(node.span, "expected keys and values"),
        },
    }
    reader.matter
}

struct Reader<'f> {
    found: &'f mut Vec<Diagnostic>,
    matter: FrontMatter,
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
                }
                "format" => self.matter.output_format = self.text(&entry.node),
                _ => self.unknown(entry, &["schema", "format"]),
            }
        }
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
