//! The labelled form: of a value, and of the format that a model is shown.

use serde_json::{Map, Value};

use super::spec::{FieldKind, FieldSpec, Lead, OutputSpec, Separator};

/// How many entries of an open-ended list the format shows.
const SHOWN: usize = 2;

impl OutputSpec {
    /// A value in the labelled form, as [`parse`](Self::parse) reads it.
    ///
    /// ```
    /// use goodwill::prompts::library::Prompt;
    ///
    /// let value = serde_json::json!({"occasion": "Easter", "message": "Hi Ada, happy Easter!"});
    /// assert_eq!(
    ///     Prompt::OccasionMessage.output_spec().print(&value),
    ///     "OCCASION: Easter\n\nMESSAGE:\n\"Hi Ada, happy Easter!\"",
    /// );
    /// ```
    #[must_use]
    pub fn print(&self, value: &Value) -> String {
        let none = Map::new();
        let map = value.as_object().unwrap_or(&none);
        let sections = self.fields.iter().filter_map(|field| {
            let value = map.get(&field.name).filter(|value| !value.is_null())?;
            Some(section(field, &print_value(field, value)))
        });
        sections.collect::<Vec<_>>().join("\n\n")
    }

    /// The labelled form with a `[placeholder]` for every value.
    #[must_use]
    pub fn format(&self) -> String {
        let sections = self.fields.iter().map(|field| section(field, &placeholder(field)));
        sections.collect::<Vec<_>>().join("\n\n")
    }

    /// What a model is told for an answer in the labelled form.
    #[must_use]
    pub fn instruction(&self) -> String {
        let mut text = format!(
            "Answer in exactly this format, as plain text without Markdown. Keep the labels, \
             replace every [placeholder], and write nothing before or after.\n\n{}\n",
            self.format()
        );
        self.rules(&mut text);
        text
    }

    /// What a model is told for an answer in JSON.
    #[must_use]
    pub fn json_instruction(&self) -> String {
        let schema = self.json_schema(&super::Given::default());
        let mut text = format!(
            "Answer with one JSON object and nothing else: no Markdown, no comment. It is an \
             instance of this JSON Schema; do not repeat the schema.\n\n{schema:#}\n"
        );
        self.rules(&mut text);
        text
    }

    fn rules(&self, text: &mut String) {
        if let Some(max) = self.max_words {
            text.push_str(&format!("\nWrite at most {max} words in all.\n"));
        }
    }
}

fn section(field: &FieldSpec, text: &str) -> String {
    let stands_in_line =
        field.inline || matches!(field.kind, FieldKind::Record { .. } if text.lines().count() < 2);
    // An empty list is written as a word, so that it does not look forgotten.
    let mark = if stands_in_line || text == NONE { ' ' } else { '\n' };
    format!("{}:{mark}{text}", field.label)
}

const NONE: &str = "None";

fn print_value(field: &FieldSpec, value: &Value) -> String {
    match (&field.kind, value) {
        (FieldKind::List { .. } | FieldKind::Records { .. }, Value::Array(items))
            if items.is_empty() =>
        {
            NONE.to_owned()
        }
        (FieldKind::List { separator, .. }, Value::Array(items)) if field.inline => {
            let mark = if *separator == Separator::Comma { ", " } else { "; " };
            let texts: Vec<String> = items.iter().map(plain).collect();
            // One entry that has the mark in it is not two.
            texts.join(mark)
        }
        (FieldKind::List { .. }, Value::Array(items)) => {
            let lines = items.iter().map(|item| format!("- {}", plain(item)));
            lines.collect::<Vec<_>>().join("\n")
        }
        (FieldKind::Record { fields }, Value::Object(map)) => print_record(fields, map, ""),
        (FieldKind::Records { fields, numbered, .. }, Value::Array(items)) => {
            let none = Map::new();
            let indent = if *numbered { "   " } else { "  " };
            let entries = items.iter().enumerate().map(|(at, item)| {
                let text = print_record(fields, item.as_object().unwrap_or(&none), indent);
                entry(at, *numbered, &text)
            });
            entries.collect::<Vec<_>>().join(apart(fields))
        }
        (FieldKind::Text { draft: true, .. }, value) => format!("\"{}\"", plain(value)),
        (FieldKind::Integer { .. }, Value::Number(number)) => {
            let text = number.to_string();
            if number.as_f64().is_some_and(|number| number > 0.0) {
                format!("+{text}")
            } else {
                text
            }
        }
        (FieldKind::YesNo, Value::Bool(flag)) => if *flag { "Yes" } else { "No" }.to_owned(),
        (FieldKind::Reference { .. }, value) => {
            let name = value.get("name").map(plain).unwrap_or_default();
            match value.get("id").and_then(Value::as_str) {
                Some(id) => format!("{name} (ID: {id})"),
                None => name,
            }
        }
        (_, value) => plain(value),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn entry(at: usize, numbered: bool, text: &str) -> String {
    if numbered { format!("{}. {text}", at.saturating_add(1)) } else { format!("- {text}") }
}

/// What stands between entries: an empty line where they have more than one.
fn apart(fields: &[FieldSpec]) -> &'static str {
    if fields.iter().any(|field| field.lead == Lead::Line) { "\n\n" } else { "\n" }
}

fn print_record(fields: &[FieldSpec], map: &Map<String, Value>, indent: &str) -> String {
    let values = fields.iter().filter_map(|field| {
        let value = map.get(&field.name).filter(|value| !value.is_null())?;
        Some((field, print_value(field, value)))
    });
    join_record(values, indent)
}

fn join_record<'f>(values: impl Iterator<Item = (&'f FieldSpec, String)>, indent: &str) -> String {
    let mut text = String::new();
    for (field, value) in values {
        let label = &field.label;
        match field.lead {
            Lead::Bare => text.push_str(&value),
            Lead::Dash => text.push_str(&format!(" - {value}")),
            Lead::Parentheses => text.push_str(&format!(" ({value})")),
            Lead::Bar if text.is_empty() => text.push_str(&format!("{label}: {value}")),
            Lead::Bar => text.push_str(&format!(" | {label}: {value}")),
            Lead::Line => {
                if !text.is_empty() {
                    text.push_str(&format!("\n{indent}"));
                }
                let value = value.replace('\n', &format!("\n{indent}"));
                let mark = if field.inline { " ".to_owned() } else { format!("\n{indent}") };
                text.push_str(&format!("{label}:{mark}{value}"));
            }
        }
    }
    // Lines of spaces only are empty lines.
    text.split('\n').map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// The placeholder of a field, with what it must be, and whether it may be left out.
pub(super) fn placeholder(field: &FieldSpec) -> String {
    let text = required_placeholder(field);
    match text.strip_suffix(']') {
        Some(text) if !field.required => format!("{text}; leave this out if there is none]"),
        _ => text,
    }
}

fn required_placeholder(field: &FieldSpec) -> String {
    let hint = &field.hint;
    match &field.kind {
        FieldKind::Text { max_words, sentences, draft } => {
            let size = match (sentences, max_words) {
                (Some(bounds), _) => format!("{} sentences: ", bounds.words()),
                (None, Some(max)) => format!("at most {max} words: "),
                (None, None) => String::new(),
            };
            if *draft { format!("\"[{size}{hint}]\"") } else { format!("[{size}{hint}]") }
        }
        FieldKind::Choice { choices } => {
            format!("[one of: {}]", list_of(choices.iter().map(|choice| choice.value.as_str())))
        }
        FieldKind::Integer { min, max, words } => {
            // The first words for a number are its name; the others are only read.
            let first = |at: usize, number| words.iter().take(at).all(|word| word.number != number);
            let named = words.iter().enumerate().filter(|(at, word)| first(*at, word.number));
            let named = named.map(|(_, word)| format!("{} {}", word.number, word.words));
            let named = named.collect::<Vec<_>>().join(", ");
            let named = if named.is_empty() { hint.clone() } else { named };
            format!("[whole number from {min} to {max}: {named}]")
        }
        FieldKind::Decimal { min, max } => format!("[number from {min} to {max}: {hint}]"),
        FieldKind::Date => format!("[{hint}, as YYYY-MM-DD]"),
        FieldKind::YesNo => format!("[yes or no: {hint}]"),
        FieldKind::Reference { .. } => format!("[name of {hint}] (ID: [its ID])"),
        FieldKind::List { separator, .. } if field.inline => {
            let marks = if *separator == Separator::Comma { "commas" } else { "semicolons" };
            format!("[{hint}, separated by {marks}, or None]")
        }
        FieldKind::List { items, .. } => {
            let lines = (0..shown(*items)).map(|_| format!("- [{hint}]"));
            more(lines.collect::<Vec<_>>().join("\n"), *items)
        }
        FieldKind::Record { fields } => {
            join_record(fields.iter().map(|field| (field, placeholder(field))), "")
        }
        FieldKind::Records { fields, items, numbered } => {
            let indent = if *numbered { "   " } else { "  " };
            let text = join_record(fields.iter().map(|field| (field, placeholder(field))), indent);
            let entries = (0..shown(*items)).map(|at| entry(at, *numbered, &text));
            more(entries.collect::<Vec<_>>().join(apart(fields)), *items)
        }
    }
}

fn shown(items: super::Bounds) -> usize {
    items.max.unwrap_or(SHOWN.max(items.min)).min(SHOWN.max(items.min)).max(1)
}

/// Says how many entries are asked for, in brackets as everything that is to be replaced.
fn more(text: String, items: super::Bounds) -> String {
    let none = if items.min == 0 { ", or None" } else { "" };
    format!("{text}\n[{} such entries{none}]", items.words())
}

pub(super) fn list_of<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}
