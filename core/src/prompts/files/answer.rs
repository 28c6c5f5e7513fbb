//! The answer of a prompt as its file declares it: what [`OutputSpec`] is made from.
//!
//! The fields come from `output.schema`, or from the labels of `goodwill.outputText` where there is
//! no schema; `goodwill.answer` says more about them.

use super::schema::{Kind, Schema};
use crate::prompts::answers::{Bounds, Choice, FieldKind, FieldSpec, OutputSpec};
use crate::prompts::template::{Diagnostic, DiagnosticCode, Span};

/// What `goodwill.answer` says about a field.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct FieldNote {
    pub(super) label: Option<String>,
    pub(super) hint: Option<String>,
    pub(super) synonyms: Vec<String>,
    pub(super) meanings: Vec<(String, Vec<String>)>,
    pub(super) max_words: Option<usize>,
    pub(super) sentences: Option<Bounds>,
    pub(super) items: Option<Bounds>,
    pub(super) range: Option<(f64, f64)>,
    pub(super) draft: bool,
    pub(super) offered: Option<String>,
    pub(super) span: Span,
}

/// What `goodwill.answer` says.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct AnswerNotes {
    pub(super) max_words: Option<usize>,
    /// By path, as `cards[].headline`.
    pub(super) fields: Vec<(String, FieldNote)>,
}

/// The fields of a schema with what is said about them. What no answer can have is a diagnostic.
pub(super) fn of_schema(
    schema: &Schema,
    notes: &AnswerNotes,
    span: Span,
    found: &mut Vec<Diagnostic>,
) -> OutputSpec {
    let mut spec = OutputSpec::new("");
    spec.max_words = notes.max_words;
    spec.fields = fields(schema, "", notes, span, found);
    for (path, note) in &notes.fields {
        if schema.at(path).is_none() {
            let message = "the output schema has no field of this path";
            found.push(Diagnostic::new(DiagnosticCode::OutputSlot, note.span, message));
        }
    }
    spec
}

fn fields(
    schema: &Schema,
    path: &str,
    notes: &AnswerNotes,
    span: Span,
    found: &mut Vec<Diagnostic>,
) -> Vec<FieldSpec> {
    let Kind::Object(all) = &schema.kind else {
        return refused(span, "an answer has fields: an object of them", found);
    };
    if all.named.is_empty() || all.rest.is_some() {
        return refused(span, "an answer has fields with names, and no others", found);
    }
    let mut named: Vec<_> = all.named.iter().collect();
    named.sort_by_key(|(_, field)| field.span.start);
    let mut specs = Vec::new();
    for (name, field) in named {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let note = notes.fields.iter().find(|(noted, _)| *noted == path).map(|(_, note)| note);
        let note = note.cloned().unwrap_or_default();
        let Some(kind) = kind(&field.schema, &path, &note, field.span, notes, found) else {
            continue;
        };
        let said = note.hint.or_else(|| field.schema.description.clone());
        let hint = said.unwrap_or_else(|| words(name));
        let label = note.label.unwrap_or_else(|| words(name).to_uppercase());
        let mut spec = FieldSpec::new(name, &label, &hint, kind);
        spec.required = field.required && !field.schema.nullable;
        spec.synonyms = note.synonyms;
        // Fields of a record stand on the lines of their labels.
        spec.inline |= path.contains('.');
        specs.push(spec);
    }
    specs
}

fn refused<T: Default>(span: Span, message: &str, found: &mut Vec<Diagnostic>) -> T {
    found.push(Diagnostic::new(DiagnosticCode::OutputSlot, span, message));
    T::default()
}

fn kind(
    schema: &Schema,
    path: &str,
    note: &FieldNote,
    span: Span,
    notes: &AnswerNotes,
    found: &mut Vec<Diagnostic>,
) -> Option<FieldKind> {
    if let Some(to) = &note.offered {
        return Some(FieldKind::Reference { to: to.clone() });
    }
    let text = || FieldKind::Text {
        max_words: note.max_words,
        sentences: note.sentences,
        draft: note.draft,
    };
    let items = note.items.unwrap_or(Bounds::at_least(1));
    let (min, max) = note.range.unwrap_or((f64::from(i32::MIN), f64::from(i32::MAX)));
    Some(match &schema.kind {
        Kind::Text => text(),
        Kind::Boolean => FieldKind::YesNo,
        Kind::Integer => FieldKind::Integer {
            min: whole(min.ceil()),
            max: whole(max.floor()),
            words: Vec::new(),
        },
        Kind::Number => FieldKind::Decimal { min, max },
        Kind::Date => FieldKind::Date,
        Kind::Choice(values) => {
            let words: Option<Vec<&str>> = values
                .iter()
                .filter(|value| !value.is_null())
                .map(serde_json::Value::as_str)
                .collect();
            let Some(words) = words else {
                return refused(span, "the values of a choice in an answer are texts", found);
            };
            let synonyms = |value: &str| {
                let said = note.meanings.iter().find(|(of, _)| of == value);
                said.map(|(_, synonyms)| synonyms.clone()).unwrap_or_default()
            };
            let choice =
                |value: &str| Choice { value: value.to_owned(), synonyms: synonyms(value) };
            FieldKind::Choice { choices: words.into_iter().map(choice).collect() }
        }
        Kind::List(inner) => match &inner.kind {
            Kind::Text => FieldKind::List { items, separator: Default::default() },
            Kind::Object(_) if !path.contains('.') => {
                let fields = fields(inner, &format!("{path}[]"), notes, span, found);
                FieldKind::Records { fields, items, numbered: true }
            }
            _ => {
                let message = "a list in an answer has texts, or objects of the first level";
                return refused(span, message, found);
            }
        },
        Kind::Object(_) if !path.contains('.') => {
            FieldKind::Record { fields: fields(schema, path, notes, span, found) }
        }
        _ => {
            let message =
                "expected a text, a number, a date, a choice, a truth, a list or an object of them";
            return refused(span, message, found);
        }
    })
}

/// A bound of whole numbers. What is said in files is far below where doubles have gaps.
fn whole(bound: f64) -> i64 {
    let most = f64::from(i32::MAX);
    let bound = bound.clamp(-most, most);
    format!("{bound:.0}").parse().unwrap_or_default()
}

/// A name in words: `keyObservation` is `key observation`.
fn words(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars() {
        if (c.is_uppercase() || c == '_' || c == '-') && !words.is_empty() {
            words.push(' ');
        }
        if c != '_' && c != '-' {
            words.extend(c.to_lowercase());
        }
    }
    words
}

/// A label as a name: `KEY OBSERVATION` is `keyObservation`.
fn name(label: &str) -> String {
    let mut name = String::new();
    for word in label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let lower = word.to_lowercase();
        match lower.chars().next().filter(|_| !name.is_empty()) {
            Some(first) => {
                name.extend(first.to_uppercase());
                name.extend(lower.chars().skip(1));
            }
            None => name.push_str(&lower),
        }
    }
    name
}

/// The fields of a format whose sections are a label, a colon and a `[placeholder]`, or a list of
/// them. Nothing for any other format.
pub(super) fn of_text(text: &str, notes: &AnswerNotes) -> Option<OutputSpec> {
    let mut spec = OutputSpec::new("");
    spec.max_words = notes.max_words;
    let mut sections: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let label = line.split_once(':').filter(|(label, _)| is_label(label));
        match (label, sections.last_mut()) {
            (Some((label, rest)), _) => {
                let first = Some(rest.trim()).filter(|rest| !rest.is_empty());
                sections.push((label.trim(), first.into_iter().collect()));
            }
            (None, Some((_, lines))) => lines.push(line),
            (None, None) => return None,
        }
    }
    for (label, lines) in sections {
        let field = section(label, &lines)?;
        if spec.fields.iter().any(|other| other.name == field.name) {
            return None;
        }
        spec.fields.push(field);
    }
    (!spec.fields.is_empty()).then_some(spec)
}

fn is_label(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/' | '\''))
}

fn section(label: &str, lines: &[&str]) -> Option<FieldSpec> {
    let name = name(label);
    let bulleted = |line: &&str| line.trim_start().starts_with(['-', '•', '*']);
    let (first, rest) = lines.split_first()?;
    if bulleted(first) {
        let entry = first.trim_start().trim_start_matches(['-', '•', '*']).trim();
        let hint = placeholder(entry)?;
        let entries = rest.iter().take_while(|line| bulleted(line)).count();
        let items = match rest.get(entries..)? {
            [] => Bounds::at_least(1),
            [more] => such_entries(placeholder(more.trim())?)?,
            _ => return None,
        };
        return Some(FieldSpec::list(&name, label, hint, items));
    }
    let [only] = lines else { return None };
    let only = only.trim();
    let draft = only.strip_prefix('"').and_then(|inner| inner.strip_suffix('"'));
    let hint = placeholder(draft.unwrap_or(only))?;
    if let Some(list) = hint.strip_prefix("one of: ") {
        let choices: Vec<(&str, &[&str])> =
            list.split(',').map(|one| (one.trim(), &[][..])).collect();
        return Some(FieldSpec::choice(&name, label, &choices));
    }
    if let Some(about) = hint.strip_prefix("yes or no") {
        let about = about.trim_start_matches([':', ' ']);
        return Some(FieldSpec::new(&name, label, about, FieldKind::YesNo));
    }
    let mut field = FieldSpec::text(&name, label, hint);
    if let FieldKind::Text { draft: is_draft, .. } = &mut field.kind {
        *is_draft = draft.is_some();
    }
    Some(field)
}

/// The inside of a `[placeholder]` that is all of a text.
fn placeholder(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    (!inner.contains(['[', ']'])).then_some(inner)
}

/// `2 to 3 such entries`, `at most 4 such entries, or None`, …
fn such_entries(text: &str) -> Option<Bounds> {
    let (count, _) = text.split_once(" such entries")?;
    let number = |text: &str| text.trim().parse::<usize>().ok();
    if let Some(most) = count.strip_prefix("at most ") {
        return Some(Bounds::new(0, number(most)?));
    }
    match count.split_once(" to ") {
        Some((least, most)) => Some(Bounds::new(number(least)?, number(most)?)),
        None if count == "any number of" => Some(Bounds::at_least(0)),
        None => match count.strip_suffix(" or more") {
            Some(least) => Some(Bounds::at_least(number(least)?)),
            None => number(count).map(|count| Bounds::new(count, count)),
        },
    }
}
