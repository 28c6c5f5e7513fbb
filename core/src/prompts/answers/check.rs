//! The checks that a prompt's own words ask for.

use serde_json::{Map, Value};

use super::given::Given;
use super::outcome::{Warning, WarningKind};
use super::read::warn;
use super::spec::{Bounds, FieldKind, FieldSpec, OutputSpec};
use super::words::{fold, sentences, words};

/// What a link begins with.
const LINKS: &[&str] = &["http://", "https://", "www.", "javascript:", "ftp://"];

/// The longest part of a name that a greeting is looked through for, in characters.
const LONGEST_NAME: usize = 40;

pub(super) fn check(
    spec: &OutputSpec,
    map: &mut Map<String, Value>,
    given: &Given,
    warnings: &mut Vec<Warning>,
) {
    for field in &spec.fields {
        if let Some(value) = map.get(&field.name) {
            check_field(field, &field.name, value, given, warnings);
        }
    }
    if let Some(max) = spec.max_words {
        let count: usize = map.values().map(count_words).sum();
        if count > max {
            warn(warnings, WarningKind::TooLong, "", &format!("at most {max} words in all"));
        }
    }
}

fn count_words(value: &Value) -> usize {
    match value {
        Value::String(text) => words(text),
        Value::Array(items) => items.iter().map(count_words).sum(),
        Value::Object(map) => map.values().map(count_words).sum(),
        Value::Number(_) | Value::Bool(_) => 1,
        Value::Null => 0,
    }
}

fn check_field(
    field: &FieldSpec,
    path: &str,
    value: &Value,
    given: &Given,
    warnings: &mut Vec<Warning>,
) {
    match (&field.kind, value) {
        (FieldKind::Text { max_words, sentences: bounds, draft }, Value::String(text)) => {
            if let Some(max) = max_words.filter(|max| words(text) > *max) {
                warn(warnings, WarningKind::TooLong, path, &format!("at most {max} words"));
            }
            if let Some(bounds) = bounds.filter(|bounds| !bounds.allow(sentences(text))) {
                let expected = format!("{} sentences", bounds.words());
                warn(warnings, WarningKind::Sentences, path, &expected);
            }
            if *draft {
                greeting(path, text, given, warnings);
            }
            links(path, text, given, warnings);
        }
        (FieldKind::List { items, .. }, Value::Array(list)) => {
            for (at, item) in list.iter().enumerate() {
                links(&format!("{path}[{at}]"), item.as_str().unwrap_or_default(), given, warnings);
            }
            count(path, list.len(), *items, given, warnings);
        }
        (FieldKind::Record { fields }, Value::Object(map)) => {
            check_fields(fields, path, map, given, warnings);
        }
        (FieldKind::Records { fields, items, .. }, Value::Array(list)) => {
            for (at, item) in list.iter().enumerate() {
                if let Value::Object(map) = item {
                    check_fields(fields, &format!("{path}[{at}]"), map, given, warnings);
                }
            }
            count(path, list.len(), *items, given, warnings);
        }
        _ => {}
    }
}

fn count(path: &str, found: usize, items: Bounds, given: &Given, warnings: &mut Vec<Warning>) {
    if !given.bounds(path, items).allow(found) {
        let expected = match given.counts.get(path) {
            Some(count) => format!("{count} entries, as what was sent asks for"),
            None => format!("{} entries", items.words()),
        };
        warn(warnings, WarningKind::Count, path, &expected);
    }
}

fn check_fields(
    fields: &[FieldSpec],
    path: &str,
    map: &Map<String, Value>,
    given: &Given,
    warnings: &mut Vec<Warning>,
) {
    for field in fields {
        if let Some(value) = map.get(&field.name) {
            check_field(field, &format!("{path}.{}", field.name), value, given, warnings);
        }
    }
}

/// A draft greets the customer by the name or a part of it.
fn greeting(path: &str, text: &str, given: &Given, warnings: &mut Vec<Warning>) {
    let Some(name) = given.customer_name.as_deref().map(fold).filter(|name| !name.is_empty())
    else {
        return;
    };
    let start: String = text.chars().take(100).collect();
    let start = format!(" {} ", fold(&start));
    // Scripts without spaces write the name into the word beside it.
    let parts = || name.split(' ').filter(|part| part.chars().count() <= LONGEST_NAME);
    let named = parts().any(|part| {
        start.contains(&format!(" {part} ")) || (!part.is_ascii() && start.contains(part))
    });
    if !named && parts().next().is_some() {
        warn(warnings, WarningKind::NoGreeting, path, "a greeting with the customer's name");
    }
}

/// Whether a text has something that is taken for a link.
#[cfg(feature = "llm")]
pub(crate) fn is_link(text: &str) -> bool {
    let lower = text.to_lowercase();
    LINKS.iter().any(|start| lower.contains(start))
}

fn links(path: &str, text: &str, given: &Given, warnings: &mut Vec<Warning>) {
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | ')' | ']' | '”' | '`');
    let lower = text.to_lowercase();
    let mut at = 0;
    while let Some(next) =
        lower.get(at..).and_then(|rest| LINKS.iter().filter_map(|start| rest.find(start)).min())
    {
        let rest = lower.get(at + next..).unwrap_or_default();
        let link: String = rest.chars().take_while(|c| !ends(*c)).collect();
        let plain = link.trim_end_matches(['.', ',', '!', '?', ';', ':']);
        if !given.texts.iter().any(|text| has_link(&text.to_lowercase(), plain)) {
            warn(warnings, WarningKind::ForeignLink, path, "only links that were sent");
            return;
        }
        at += next + link.len().max(1);
    }
}

/// Whether a text has this link, and not only a longer one that begins with it.
fn has_link(text: &str, link: &str) -> bool {
    text.match_indices(link).any(|(at, _)| {
        let after = text.get(at + link.len()..).unwrap_or_default();
        let rest = after.trim_start_matches(['.', ',', '!', '?', ';', ':', '/']);
        let ends =
            |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | ')' | ']' | '”' | '`');
        rest.is_empty() || rest.starts_with(ends)
    })
}
