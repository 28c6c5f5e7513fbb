//! The tolerant parser: from an answer as it came to the fields of the declaration.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::entries::{list, record, records};
use super::given::{AnswerForm, Given};
use super::json::{Node, NodeKind};
use super::mask::mask;
use super::outcome::{Incomplete, IncompleteReason, Parsed, Warning, WarningKind};
use super::part::Part;
use super::scalar::yes_no;
use super::sections::{Section, named, sections};
use super::spec::{FieldKind, FieldSpec, OutputSpec};
use super::words::{is_empty, is_placeholder, says_none};
use super::{check, derive, refusal, scalar_fields, structured};
use crate::prompts::template::Span;

impl OutputSpec {
    /// Reads an answer of either form, computes what is derived, and checks it against what is
    /// given.
    ///
    /// # Errors
    /// [`Incomplete`] if something required is not there, with everything that is.
    ///
    /// ```
    /// use goodwill::prompts::answers::{Given, IncompleteReason, WarningKind};
    /// use goodwill::prompts::library::Prompt;
    ///
    /// let spec = Prompt::ProfitabilityAnalysis.output_spec();
    /// let answer = "<think>Hm.</think>Sure!\n\n**Profitability Analysis:**\nGrowing. Pays fast.\n\n\
    ///     ### KEY OBSERVATION\nPays by card.\n\nRecommendation: Offer a plan.\n\
    ///     CLASSIFICATION: **highly profitable**";
    /// let parsed = spec.parse(answer, &Given::default()).unwrap();
    /// assert_eq!(parsed.value["classification"], "Highly Profitable");
    /// assert_eq!(parsed.spans["keyObservation"].of(answer), "Pays by card.");
    ///
    /// let refused = spec.parse("I'm sorry, I can't help with that.", &Given::default());
    /// assert_eq!(refused.unwrap_err().reason, IncompleteReason::Refused);
    /// ```
    pub fn parse(&self, raw: &str, given: &Given) -> Result<Parsed, Box<Incomplete>> {
        let masked = mask(raw);
        let labelled = labelled(self, &masked.text, given);
        let json = structured::candidate(&masked.text, &self.fields);
        let schema = json.schema;
        let json = json.object.map(|(node, cut)| {
            let mut reader = Reader::new(given, AnswerForm::Json);
            reader.cut = cut;
            let map = reader.object(&self.fields, "", &node);
            (reader, map)
        });
        let (mut reader, mut map) = match json {
            Some((reader, map)) if reader.found >= labelled.0.found && reader.found > 0 => {
                (reader, map)
            }
            _ => labelled,
        };
        if reader.form != given.form && reader.found > 0 {
            reader.warn(WarningKind::OtherForm, "", "the form that was asked for");
        }
        if masked.fence {
            reader.warn(WarningKind::LeakedFence, "", "no marks of the prompt");
        }
        if reader.cut {
            reader.warn(WarningKind::Cut, "", "an answer that ends");
        }
        derive::derive(self, &mut map, &mut reader.warnings);
        reader.missing.retain(|path| !is_there(&map, path));
        check::check(self, &mut map, given, &mut reader.warnings);
        let mut parsed = Parsed {
            value: Value::Object(map),
            form: reader.form,
            extra: reader.extra,
            warnings: reader.warnings,
            spans: reader.spans,
            confidence: 0.0,
            raw: raw.to_owned(),
        };
        parsed.rate(reader.found, reader.missing.len());
        if reader.missing.is_empty() {
            return Ok(parsed);
        }
        let echoed = parsed.warnings.iter().any(|one| one.kind == WarningKind::Placeholder);
        let reason = match reader.found {
            0 if is_empty(raw) => IncompleteReason::Empty,
            0 if masked.cut => IncompleteReason::OnlyReasoning,
            0 if schema => IncompleteReason::SchemaEchoed,
            0 if echoed => IncompleteReason::FormatEchoed,
            0 if refusal::is_refusal(&masked.text) => IncompleteReason::Refused,
            0 => IncompleteReason::NoFields,
            _ if reader.cut => IncompleteReason::Cut,
            _ => IncompleteReason::MissingFields,
        };
        Err(Box::new(Incomplete { partial: parsed, missing: reader.missing, reason }))
    }
}

/// Whether a path of at most two names has a value, because it was computed.
fn is_there(map: &Map<String, Value>, path: &str) -> bool {
    match path.split_once('.') {
        Some((record, field)) => map.get(record).is_some_and(|record| record.get(field).is_some()),
        None => map.contains_key(path),
    }
}

fn labelled<'g>(
    spec: &OutputSpec,
    text: &str,
    given: &'g Given,
) -> (Reader<'g>, Map<String, Value>) {
    let whole = Part::whole(text);
    let sections = sections(spec, whole);
    let mut reader = Reader::new(given, AnswerForm::Labelled);
    let mut map = Map::new();
    for section in sections.iter().filter(|section| section.field.is_none()) {
        let text = section.part.trim().text.to_owned();
        let label = section.label.trim_matches(['#', '*', '_', ' ']);
        reader.extra.insert(label.to_owned(), text);
    }
    let known = sections.iter().any(|section| section.field.is_some());
    for field in &spec.fields {
        let mine: Vec<&Section<'_, '_>> = sections
            .iter()
            .filter(|section| section.field.is_some_and(|other| other.name == field.name))
            .collect();
        // A list of records may come without the label above it.
        let alone = !known && spec.alone().is_some();
        if mine.is_empty() && alone {
            let mut attempt = Reader::new(given, AnswerForm::Labelled);
            if let Some(value) = attempt.text(field, &field.name, whole)
                && attempt.missing.is_empty()
            {
                attempt.found += 1;
                map.insert(field.name.clone(), value);
                return (attempt, map);
            }
        }
        if mine.len() > 1 {
            reader.warn(WarningKind::Repeated, &field.name, "one section with this label");
        }
        let full = |section: &&&Section<'_, '_>| {
            let text = section.part.trim().text;
            !is_empty(text) && !is_placeholder(text) && !scalar_fields::describes(field, text)
        };
        let section = mine.iter().rev().find(full).or(mine.last());
        let value = section.and_then(|section| reader.text(field, &field.name, section.part));
        reader.put(&mut map, field, &field.name, value);
    }
    (reader, map)
}

pub(super) struct Reader<'g> {
    pub(super) given: &'g Given,
    pub(super) warnings: Vec<Warning>,
    spans: BTreeMap<String, Span>,
    extra: BTreeMap<String, String>,
    missing: Vec<String>,
    /// How many required fields have a value.
    found: usize,
    form: AnswerForm,
    cut: bool,
}

impl<'g> Reader<'g> {
    fn new(given: &'g Given, form: AnswerForm) -> Self {
        Self {
            given,
            warnings: Vec::new(),
            spans: BTreeMap::new(),
            extra: BTreeMap::new(),
            missing: Vec::new(),
            found: 0,
            form,
            cut: false,
        }
    }

    pub(super) fn warn(&mut self, kind: WarningKind, path: &str, expected: &str) {
        warn(&mut self.warnings, kind, path, expected);
    }

    fn put(
        &mut self,
        map: &mut Map<String, Value>,
        field: &FieldSpec,
        path: &str,
        value: Option<Value>,
    ) {
        let deeper = self.missing.iter().any(|missing| missing.starts_with(&format!("{path}.")));
        match value {
            Some(value) => {
                self.found += usize::from(field.required);
                map.insert(field.name.clone(), value);
            }
            None if field.required && !deeper => self.missing.push(path.to_owned()),
            None => {}
        }
    }

    /// Reads the text of a field.
    fn text(&mut self, field: &FieldSpec, path: &str, part: Part<'_>) -> Option<Value> {
        // Lists look at the indentation of their first line.
        let (whole, part) = (part, part.trim());
        let is_mark = field.kind == FieldKind::YesNo && yes_no(part.text).is_some();
        if is_empty(part.text) && !is_mark {
            return None;
        }
        if is_placeholder(part.text) {
            self.warn(WarningKind::Placeholder, path, &field.hint);
            return None;
        }
        let value = match &field.kind {
            FieldKind::List { separator, .. } => {
                if says_none(part.text) {
                    return Some(Value::Array(Vec::new()));
                }
                let items = list(whole, *separator);
                self.items(items, path, |reader, path, item| reader.item(field, path, item))
            }
            FieldKind::Record { fields } => {
                let map = self.record(fields, path, part);
                (!map.is_empty()).then_some(Value::Object(map))
            }
            FieldKind::Records { fields, .. } => {
                if says_none(part.text) {
                    return Some(Value::Array(Vec::new()));
                }
                let items = records(whole, fields);
                self.items(items, path, |reader, path, item| reader.entry(fields, path, item))
            }
            _ => scalar_fields::read(self, field, path, part),
        };
        if value.is_some() {
            self.spans.insert(path.to_owned(), part.span());
        }
        value
    }

    /// Reads an entry of a list: one line, however it was broken.
    fn item(&mut self, field: &FieldSpec, path: &str, part: Part<'_>) -> Option<Value> {
        let text = self.words(field, path, part)?;
        self.spans.insert(path.to_owned(), part.trim().span());
        Some(Value::String(text.lines().collect::<Vec<_>>().join(" ")))
    }

    /// Reads entries one after the other; their numbers count those that have a value.
    fn items<I>(
        &mut self,
        items: Vec<I>,
        path: &str,
        mut read: impl FnMut(&mut Self, &str, I) -> Option<Value>,
    ) -> Option<Value> {
        let mut values = Vec::new();
        for item in items {
            let path = format!("{path}[{}]", values.len());
            values.extend(read(self, &path, item));
        }
        (!values.is_empty()).then_some(Value::Array(values))
    }

    /// Reads one entry of a list of records. An entry of which nothing is there is none; one that
    /// names what was not offered is left out.
    fn entry(&mut self, fields: &[FieldSpec], path: &str, part: Part<'_>) -> Option<Value> {
        let missing = self.missing.len();
        let map = self.record(fields, path, part);
        self.keep_entry(fields, path, map, missing)
    }

    fn keep_entry(
        &mut self,
        fields: &[FieldSpec],
        path: &str,
        map: Map<String, Value>,
        missing: usize,
    ) -> Option<Value> {
        let foreign = fields.iter().any(|field| {
            matches!(field.kind, FieldKind::Reference { .. })
                && field.required
                && !map.contains_key(&field.name)
        });
        let nothing = !fields.iter().any(|field| field.required && map.contains_key(&field.name));
        if foreign || nothing {
            self.missing.truncate(missing);
            self.spans.retain(|other, _| !other.starts_with(&format!("{path}.")));
            return None;
        }
        Some(Value::Object(map))
    }

    fn record(&mut self, fields: &[FieldSpec], path: &str, part: Part<'_>) -> Map<String, Value> {
        let parts = record(part, fields);
        let mut map = Map::new();
        for field in fields {
            let path = format!("{path}.{}", field.name);
            let mine: Vec<_> = parts.iter().filter(|(other, _)| other.name == field.name).collect();
            if mine.len() > 1 {
                self.warn(WarningKind::Repeated, &path, "one value with this label");
            }
            let value = mine.last().and_then(|(_, part)| self.text(field, &path, *part));
            self.put_part(&mut map, field, &path, value);
        }
        map
    }

    /// As [`put`](Self::put), for a field of a record: it does not count as found.
    fn put_part(
        &mut self,
        map: &mut Map<String, Value>,
        field: &FieldSpec,
        path: &str,
        value: Option<Value>,
    ) {
        let found = self.found;
        self.put(map, field, path, value);
        self.found = found;
    }

    /// Reads the fields of a JSON object.
    fn object(&mut self, fields: &[FieldSpec], path: &str, node: &Node) -> Map<String, Value> {
        let mut map = Map::new();
        let none = Vec::new();
        let entries = if let NodeKind::Object(entries) = &node.kind { entries } else { &none };
        for field in fields {
            let name =
                if path.is_empty() { field.name.clone() } else { format!("{path}.{}", field.name) };
            let mine = entries.iter().filter(|(key, _)| {
                named(fields, key).is_some_and(|other| other.name == field.name)
            });
            let mine: Vec<&Node> = mine.map(|(_, node)| node).collect();
            if mine.len() > 1 {
                self.warn(WarningKind::Repeated, &name, "one value with this name");
            }
            let node = mine.iter().rev().find(|node| node.kind != NodeKind::Null);
            let value = match node {
                Some(node) => self.node(field, &name, node),
                None => (!mine.is_empty() && may_be_empty(field)).then(|| Value::Array(Vec::new())),
            };
            if path.is_empty() {
                self.put(&mut map, field, &name, value);
            } else {
                self.put_part(&mut map, field, &name, value);
            }
        }
        if path.is_empty() {
            for (key, node) in entries.iter().filter(|(key, _)| named(fields, key).is_none()) {
                self.extra.insert(key.clone(), structured::text(node));
            }
        }
        map
    }

    /// Reads a value of JSON.
    fn node(&mut self, field: &FieldSpec, path: &str, node: &Node) -> Option<Value> {
        let value = match (&field.kind, &node.kind) {
            (_, NodeKind::Null) => None,
            (FieldKind::List { .. }, NodeKind::List(items)) if items.is_empty() => {
                Some(Value::Array(Vec::new()))
            }
            (FieldKind::Records { .. }, NodeKind::List(items)) if items.is_empty() => {
                Some(Value::Array(Vec::new()))
            }
            (FieldKind::List { .. }, NodeKind::List(items)) => {
                self.items(items.iter().collect(), path, |reader, path, item: &Node| {
                    let text = structured::text(item);
                    reader.item(field, path, Part::within(&text, item.span))
                })
            }
            (FieldKind::Reference { .. }, NodeKind::Object(_)) => {
                let text = structured::reference(node);
                return self.text(field, path, Part::within(&text, node.span));
            }
            (FieldKind::Record { fields }, NodeKind::Object(_)) => {
                let map = self.object(fields, path, node);
                (!map.is_empty()).then_some(Value::Object(map))
            }
            (FieldKind::Records { fields, .. }, NodeKind::List(_) | NodeKind::Object(_)) => {
                let items = structured::entries(node, fields);
                self.items(items, path, |reader, path, item: &Node| match &item.kind {
                    NodeKind::Object(_) => {
                        let missing = reader.missing.len();
                        let map = reader.object(fields, path, item);
                        let value = reader.keep_entry(fields, path, map, missing);
                        if value.is_some() {
                            reader.spans.insert(path.to_owned(), item.span);
                        }
                        value
                    }
                    NodeKind::Text(text) => {
                        reader.entry(fields, path, Part::within(text, item.span))
                    }
                    _ => None,
                })
            }
            _ => {
                let text = structured::text(node);
                return self.text(field, path, Part::within(&text, node.span));
            }
        };
        if value.is_some() {
            self.spans.insert(path.to_owned(), node.span);
        }
        value
    }
}

/// Whether null means that there are none.
fn may_be_empty(field: &FieldSpec) -> bool {
    match &field.kind {
        FieldKind::List { items, .. } | FieldKind::Records { items, .. } => items.min == 0,
        _ => false,
    }
}

pub(super) fn warn(warnings: &mut Vec<Warning>, kind: WarningKind, path: &str, expected: &str) {
    let warning = Warning { kind, path: path.to_owned(), expected: expected.to_owned() };
    if !warnings.contains(&warning) {
        warnings.push(warning);
    }
}
