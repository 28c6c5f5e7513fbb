//! The tolerant reader.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::clean::{choose, entry, fold, has_placeholder, is_placeholder, says_nothing, unwrap};
use super::{Answer, AnswerSpec, AnswerValue, Field, Kind, Section, Warning, WarningKind};
use crate::prompts::template::Span;

/// A section as it stands in the answer.
struct Part {
    section: Section,
    span: Span,
}

pub(super) fn read(spec: &AnswerSpec, answer: &str) -> Answer {
    let mut reader = Reader { spec, answer, fields: BTreeMap::new(), warnings: Vec::new() };
    let start = reader.start();
    if !reader.json(start) {
        reader.labels(start);
    }
    let words = answer.get(start..).unwrap_or_default().split_whitespace().count();
    if spec.most_words.is_some_and(|most| words > most) {
        reader.warn(WarningKind::TooLong, None);
    }
    let names = spec.sections.iter().map(|section| section.name);
    let missing: Vec<_> = names.filter(|name| !reader.fields.contains_key(name)).collect();
    let share = |count: usize| u32::try_from(count).map_or(f64::INFINITY, f64::from);
    let found = share(reader.fields.len()) / share(spec.sections.len()).max(1.0);
    let confidence = (found - share(reader.warnings.len()) / 10.0).clamp(0.0, 1.0);
    Answer { fields: reader.fields, missing, warnings: reader.warnings, confidence }
}

struct Reader<'s> {
    spec: &'s AnswerSpec,
    answer: &'s str,
    fields: BTreeMap<&'static str, Field>,
    warnings: Vec<Warning>,
}

impl Reader<'_> {
    fn warn(&mut self, kind: WarningKind, section: Option<&'static str>) {
        let warning = Warning { kind, section };
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// Behind the reasoning.
    fn start(&self) -> usize {
        ["</think>", "</thinking>", "</reasoning>"]
            .iter()
            .filter_map(|tag| Some(self.answer.rfind(tag)?.saturating_add(tag.len())))
            .max()
            .unwrap_or_default()
    }

    /// The section that a line's label names, and where the text behind the label begins.
    fn label(&self, line: &str) -> Option<(Section, usize)> {
        let find = |label: &str| {
            let folded = fold(label);
            self.spec.sections.iter().find(|section| fold(section.label) == folded).copied()
        };
        let colon = line.char_indices().find(|(_, c)| matches!(c, ':' | '：'));
        if let Some((at, c)) = colon
            && let Some(section) = find(line.get(..at).unwrap_or_default())
        {
            let after = at.saturating_add(c.len_utf8());
            let rest = line.get(after..).unwrap_or_default();
            // The emphasis around the label may end behind the colon.
            let marks = rest.len().saturating_sub(rest.trim_start_matches(['*', '_']).len());
            let closes = line.trim_start().starts_with(['*', '_', '#', '-']) && marks > 0;
            return Some((section, after.saturating_add(if closes { marks } else { 0 })));
        }
        let heading = line.trim();
        let marked =
            heading.starts_with('#') || (heading.starts_with("**") && heading.ends_with("**"));
        let shouted =
            heading.chars().any(char::is_alphabetic) && !heading.contains(char::is_lowercase);
        (marked || shouted).then(|| find(heading)).flatten().map(|section| (section, line.len()))
    }

    fn labels(&mut self, start: usize) {
        let mut parts: Vec<Part> = Vec::new();
        let mut at = start;
        for line in self.answer.get(start..).unwrap_or_default().split_inclusive('\n') {
            let end = at.saturating_add(line.len());
            if let Some((section, from)) = self.label(line.trim_end()) {
                parts.push(Part { section, span: Span::new(at.saturating_add(from), end) });
            } else if line.trim_start().starts_with("```") {
                // The fence around an answer is no part of it.
            } else if let Some(last) = parts.last_mut() {
                last.span.end = end;
            }
            at = end;
        }
        let mut seen = BTreeSet::new();
        for part in parts {
            if !seen.insert(part.section.name) {
                self.warn(WarningKind::Repeated, Some(part.section.name));
            }
            self.part(&part);
        }
    }

    fn part(&mut self, part: &Part) {
        let whole = part.span.of(self.answer);
        let text = whole.trim();
        let name = part.section.name;
        if says_nothing(text) {
            if is_placeholder(text) {
                self.warn(WarningKind::Placeholder, Some(name));
            }
            return;
        }
        let lead = whole.len().saturating_sub(whole.trim_start().len());
        let start = part.span.start.saturating_add(lead);
        let span = Span::new(start, start.saturating_add(text.len()));
        self.take(&part.section, text, span);
    }

    /// Reads the text of a section; whether it has a value.
    fn take(&mut self, section: &Section, text: &str, span: Span) -> bool {
        let name = Some(section.name);
        let value = match section.kind {
            Kind::Text => AnswerValue::Text(unwrap(text.trim_end_matches("```")).to_owned()),
            Kind::Choice(choices) => {
                let line = text.lines().next().unwrap_or_default();
                match choose(line, choices) {
                    Some((choice, guessed)) => {
                        if guessed {
                            self.warn(WarningKind::Guessed, name);
                        }
                        AnswerValue::Text(choice.to_owned())
                    }
                    None => {
                        self.warn(WarningKind::NoChoice, name);
                        return false;
                    }
                }
            }
            Kind::List(..) => AnswerValue::List(entries(text)),
        };
        self.put(section, value, span)
    }

    fn put(&mut self, section: &Section, mut value: AnswerValue, span: Span) -> bool {
        let name = Some(section.name);
        match &mut value {
            AnswerValue::Text(text) => {
                if has_placeholder(text) {
                    self.warn(WarningKind::Placeholder, name);
                }
            }
            AnswerValue::List(list) => {
                if list.iter().any(|text| has_placeholder(text)) {
                    self.warn(WarningKind::Placeholder, name);
                }
                list.retain(|text| !says_nothing(text));
                if list.is_empty() {
                    return false;
                }
                if let Kind::List(least, most) = section.kind
                    && !(least..=most).contains(&list.len())
                {
                    self.warn(WarningKind::Count, name);
                }
            }
        }
        self.fields.insert(section.name, Field { value, span });
        true
    }

    /// Reads an answer that is a JSON object; whether it is one.
    fn json(&mut self, start: usize) -> bool {
        let text = self.answer.get(start..).unwrap_or_default();
        let (Some(open), Some(close)) = (text.find('{'), text.rfind('}')) else {
            return false;
        };
        let Some(Ok(Json::Object(map))) = text.get(open..=close).map(serde_json::from_str) else {
            return false;
        };
        let span = Span::new(start.saturating_add(open), start.saturating_add(close + 1));
        let mut found = false;
        for section in self.spec.sections {
            let named = |key: &str| {
                let folded = fold(key);
                folded == fold(section.name) || folded == fold(section.label)
            };
            let Some((_, value)) = map.iter().find(|(key, _)| named(key)) else {
                continue;
            };
            found = true;
            match (value, section.kind) {
                (Json::Array(items), Kind::List(..)) => {
                    let list = items.iter().map(json_text).collect();
                    self.put(section, AnswerValue::List(list), span);
                }
                (value, _) => {
                    let text = json_text(value);
                    if !says_nothing(&text) {
                        self.take(section, &text, span);
                    }
                }
            }
        }
        if found {
            self.warn(WarningKind::Json, None);
        }
        found
    }
}

fn json_text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Null => String::new(),
        other => other.to_string(),
    }
}

/// The entries of a list. Lines that begin no entry belong to the one before.
fn entries(text: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    // Bullets below a number are lines of its entry.
    let numbered = text.lines().find_map(entry_mark);
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("```")) {
        let begins = entry_mark(line).is_some_and(|mark| Some(mark) == numbered);
        match entries.last_mut() {
            Some(last) if !begins => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => entries.push(entry(line).unwrap_or(line.trim()).to_owned()),
        }
    }
    entries
}

/// Whether a line begins an entry, and whether with a number.
fn entry_mark(line: &str) -> Option<bool> {
    entry(line).map(|_| line.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}
