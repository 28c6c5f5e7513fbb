//! Labelled text, cut at its labels.

use super::part::Part;
use super::spec::{FieldSpec, OutputSpec};
use super::words::{distance, fold, is_empty};

/// A label with the part behind it.
pub(super) struct Section<'s, 't> {
    /// The field, or nothing for a label that the declaration does not have.
    pub(super) field: Option<&'s FieldSpec>,
    /// The label as it stands.
    pub(super) label: &'t str,
    pub(super) part: Part<'t>,
}

/// What looks like a label at the beginning of a line.
#[derive(Clone, Copy)]
pub(super) struct Label<'t> {
    pub(super) text: &'t str,
    /// Where the text behind it begins.
    pub(super) after: usize,
    /// Whether it is a heading, bold, or in capitals: a label even if nobody knows it.
    marked: bool,
}

const COLONS: [char; 5] = [':', '：', '﹕', '︓', '꞉'];

/// The labels that a line may begin with, the likeliest first.
pub(super) fn labels(line: &str) -> Vec<Label<'_>> {
    let line = line.trim_end();
    let lead =
        line.len() - line.trim_start_matches(|c: char| c.is_whitespace() || "|>".contains(c)).len();
    let body = line.get(lead..).unwrap_or_default();
    let bullet =
        body.len() - body.trim_start_matches(|c: char| "-•+–".contains(c) || c == ' ').len();
    let start = lead + bullet;
    let body = line.get(start..).unwrap_or_default();
    let mut found = Vec::new();
    let mut add = |text: &'_ str, at: usize, after: usize, marked: bool| {
        let text = line.get(at..at + text.len()).unwrap_or_default();
        if !is_empty(text) && text.len() <= 120 {
            found.push(Label { text, after, marked });
        }
    };
    let heading = body.starts_with('#');
    // Behind a bold label may come a colon, a dash, or nothing.
    let marks = body.len() - body.trim_start_matches(['#', ' ']).len();
    let bold = body.get(marks..).unwrap_or_default();
    for mark in ["**", "__", "*"] {
        if let Some(inner) = bold.strip_prefix(mark)
            && let Some(end) = inner.find(mark)
        {
            let after = start + marks + mark.len() + end + mark.len();
            let rest = line.get(after..).unwrap_or_default();
            let value = rest.trim_start_matches(|c: char| c == ' ' || COLONS.contains(&c));
            // A dash with a space behind it parts; without one it is a minus.
            let skip = rest.len() - value.strip_prefix("- ").unwrap_or(value).len();
            let text = inner.get(..end).unwrap_or_default();
            let whole = rest.is_empty() || text.ends_with(COLONS) || rest.starts_with(COLONS);
            add(text, start + marks + mark.len(), after + skip, whole && mark != "*");
            break;
        }
    }
    if let Some((at, colon)) = body.char_indices().find(|(_, c)| COLONS.contains(c)) {
        let text = body.get(..at).unwrap_or_default();
        let after = start + at + colon.len_utf8();
        let rest = line.get(after..).unwrap_or_default();
        // The emphasis around the label may end behind the colon.
        let open = text.trim_start_matches(['#', ' ']);
        let closing = ["**", "__", "*"]
            .into_iter()
            .find(|mark| open.starts_with(mark) && !open.ends_with(mark) && rest.starts_with(mark));
        add(text, start, after + closing.map_or(0, str::len), heading || shouted(text));
    }
    if heading || shouted(body) {
        add(body, start, line.len(), heading);
    }
    if let Some(at) = body.find('|').or_else(|| body.find(" - ")).or_else(|| body.find(" – ")) {
        let text = body.get(..at).unwrap_or_default();
        let rest = body.get(at..).unwrap_or_default();
        let value = rest.trim_start_matches([' ', '|']);
        let value = ["- ", "– "].iter().find_map(|dash| value.strip_prefix(dash)).unwrap_or(value);
        let skip = rest.len() - value.trim_start().len();
        if shouted(text) || lead > 0 {
            add(text, start, start + at + skip, false);
        }
    }
    found
}

fn shouted(text: &str) -> bool {
    text.chars().filter(|c| c.is_uppercase()).count() > 3 && !text.contains(char::is_lowercase)
}

/// The field that a label names.
pub(super) fn named<'s>(fields: &'s [FieldSpec], label: &str) -> Option<&'s FieldSpec> {
    let exact = |label: &str| {
        let folded = fold(label);
        fields.iter().find(|field| names(field).any(|name| fold(name) == folded))
    };
    exact(label).or_else(|| {
        // `CLASSIFICATION (final)`, but not `Notes (ID` of `Notes (ID: t1)`.
        exact(label.split_once('(').filter(|(_, after)| after.contains(')'))?.0)
    })
}

/// The one field whose label is at most two characters away from a long one.
pub(super) fn nearly_named<'s>(fields: &'s [FieldSpec], label: &str) -> Option<&'s FieldSpec> {
    let folded = fold(label);
    if folded.chars().count() < 8 {
        return None;
    }
    let mut near = fields.iter().filter(|field| distance(&fold(&field.label), &folded) <= 2);
    match (near.next(), near.next()) {
        (found, None) => found,
        _ => None,
    }
}

fn names(field: &FieldSpec) -> impl Iterator<Item = &str> {
    [field.label.as_str(), field.name.as_str()]
        .into_iter()
        .chain(field.synonyms.iter().map(String::as_str))
}

/// The field that a line's label names, the label, and where the text behind it begins.
pub(super) fn find<'s, 't>(
    fields: &'s [FieldSpec],
    line: &'t str,
) -> Option<(&'s FieldSpec, Label<'t>)> {
    let labels = labels(line);
    let find = |test: &dyn Fn(&'s [FieldSpec], &str) -> Option<&'s FieldSpec>| {
        labels.iter().find_map(|label| Some((test(fields, label.text)?, *label)))
    };
    find(&named).or_else(|| find(&|fields, label| nearly_named(fields, label)))
}

pub(super) fn sections<'s, 't>(spec: &'s OutputSpec, text: Part<'t>) -> Vec<Section<'s, 't>> {
    let mut found: Vec<Section<'s, 't>> = Vec::new();
    let mut end = 0;
    // The fields of the entry that the lines belong to, as far as they were seen.
    let mut seen: Vec<&str> = Vec::new();
    let mut quoted = 0;
    for (at, line) in text.lines() {
        end = at + line.len();
        let section = found.last().map_or_else(|| spec.alone(), |section| section.field);
        let within = section.map(FieldSpec::fields);
        let inner = within.unwrap_or_default();
        if at < quoted {
            continue;
        }
        if !inner.is_empty() && begins_entry(line) {
            seen.clear();
        }
        let inside = find(inner, line);
        let outside = find(&spec.fields, line);
        let top = match (&inside, &outside) {
            (Some((part, label)), Some(_)) => {
                let empty = is_empty(line.get(label.after..).unwrap_or_default());
                let indented = line.starts_with([' ', '\t']);
                !indented && (empty || seen.contains(&part.name.as_str()))
            }
            (None, Some(_)) => true,
            _ => false,
        };
        let label = if top {
            outside.map(|(field, label)| (Some(field), label))
        } else if let Some((part, label)) = inside {
            seen.push(&part.name);
            quoted = quoted.max(quote_end(text, at + label.after));
            None
        } else {
            unknown(line, inner).map(|label| (None, label))
        };
        match label {
            Some((field, label)) => {
                close(&mut found, text, at);
                let from = at + label.after;
                found.push(Section { field, label: label.text, part: text.from(from) });
                seen.clear();
                quoted = quoted.max(quote_end(text, from));
            }
            None if quoted <= at && line.trim_start().starts_with(['"', '“']) => {
                quoted = quote_end(text, at);
            }
            None => {}
        }
    }
    close(&mut found, text, end);
    found
}

/// Ends the last section at a place of the text.
fn close<'t>(found: &mut [Section<'_, 't>], text: Part<'t>, at: usize) {
    if let Some(last) = found.last_mut() {
        let from = text.text.len() - last.part.text.len();
        last.part = text.get(from, at);
    }
}

/// A label that nobody knows but that looks like one.
fn unknown<'t>(line: &'t str, inner: &[FieldSpec]) -> Option<Label<'t>> {
    if line.starts_with([' ', '\t', '-', '*', '•']) && !line.starts_with("**") {
        return None;
    }
    // A heading within a list of records is the title of one.
    if !inner.is_empty() && (begins_entry(line) || !line.contains(COLONS)) {
        return None;
    }
    labels(line).into_iter().find(|label| {
        label.marked && fold(label.text).chars().filter(|c| c.is_alphabetic()).count() > 3
    })
}

/// Whether a line begins with a bullet or a number.
fn begins_entry(line: &str) -> bool {
    super::entries::mark(line).is_some()
}

/// Behind the closing quote of the quoted text that begins here and fills its last line; labels
/// inside it are part of what is quoted.
fn quote_end(text: Part<'_>, from: usize) -> usize {
    let rest = text.text.get(from..).unwrap_or_default();
    let trimmed = rest.trim_start();
    let Some(open) = trimmed.chars().next().filter(|c| matches!(c, '"' | '“')) else {
        return 0;
    };
    let inner = from + (rest.len() - trimmed.len()) + open.len_utf8();
    let rest = text.text.get(inner..).unwrap_or_default();
    let Some(at) = rest.find(['"', '”']) else { return 0 };
    let after = rest.get(at..).unwrap_or_default().trim_start_matches(['"', '”']);
    let fills = after.split('\n').next().is_none_or(is_empty);
    if fills { inner + at } else { 0 }
}
