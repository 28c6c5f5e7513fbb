//! The part of YAML 1.2 that front matter is written in, with the place of every value.
//!
//! Read are maps, lists, plain and quoted scalars on one line, block scalars (`|`, `>`, with `-` and
//! `+`), flow lists and maps on one line, and comments. Anchors, aliases, tags, merge keys, several
//! documents, tabs as indentation and scalars over several lines are refused, each with its place.

mod blocks;
mod flow;

use crate::prompts::template::{Diagnostic, DiagnosticCode, Span};

/// How deep maps and lists may stand in each other.
const MOST_NESTED: usize = 100;

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) value: Yaml,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Yaml {
    Null,
    Bool(bool),
    Number(serde_json::Number),
    Text(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A key of a map with its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) span: Span,
    pub(crate) node: Node,
}

impl Node {
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Yaml::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.value {
            Yaml::Map(entries) => entries,
            _ => &[],
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    pub(crate) fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match &self.value {
            Yaml::Null => Json::Null,
            Yaml::Bool(value) => Json::Bool(*value),
            Yaml::Number(number) => Json::Number(number.clone()),
            Yaml::Text(text) => Json::String(text.clone()),
            Yaml::List(items) => items.iter().map(Node::to_json).collect(),
            Yaml::Map(entries) => {
                entries.iter().map(|one| (one.key.clone(), one.node.to_json())).collect()
            }
        }
    }
}

/// Reads the text between two offsets of a file. A text without values is an empty map.
pub(crate) fn read(source: &str, within: Span) -> Result<Node, Diagnostic> {
    let mut reader = Reader { source, lines: lines(source, within), at: 0, depth: 0 };
    let Some(first) = reader.next_line() else {
        return Ok(Node { value: Yaml::Map(Vec::new()), span: within });
    };
    let node = reader.block(first.indent)?;
    match reader.next_line() {
        None => Ok(node),
        Some(line) => {
            Err(refused(line.span(), "this line is indented otherwise than those before"))
        }
    }
}

fn refused(span: Span, message: &str) -> Diagnostic {
    Diagnostic::new(DiagnosticCode::FrontMatter, span, message)
}

/// A line without its indent and its end.
#[derive(Debug, Clone, Copy)]
struct Line<'s> {
    indent: usize,
    /// Where the text after the indent begins.
    start: usize,
    text: &'s str,
}

impl Line<'_> {
    fn span(&self) -> Span {
        Span { start: self.start, end: self.start.saturating_add(self.text.len()) }
    }

    /// Whether there is nothing but a comment.
    fn is_empty(&self) -> bool {
        self.text.is_empty() || self.text.starts_with('#')
    }
}

fn lines(source: &str, within: Span) -> Vec<Line<'_>> {
    let mut at = within.start;
    let mut lines = Vec::new();
    for whole in within.of(source).split_inclusive('\n') {
        let text = whole.trim_end_matches(['\n', '\r']);
        let inner = text.trim_start_matches(' ');
        let indent = text.len().saturating_sub(inner.len());
        lines.push(Line { indent, start: at.saturating_add(indent), text: inner });
        at = at.saturating_add(whole.len());
    }
    lines
}

struct Reader<'s> {
    source: &'s str,
    lines: Vec<Line<'s>>,
    at: usize,
    depth: usize,
}

/// Nothing, true and false, numbers, and text: the core schema of YAML 1.2 without its octal,
/// hexadecimal and infinite numbers.
fn plain(text: &str) -> Yaml {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Yaml::Null,
        "true" | "True" | "TRUE" => return Yaml::Bool(true),
        "false" | "False" | "FALSE" => return Yaml::Bool(false),
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let numeric = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-'));
    if numeric {
        if let Ok(whole) = text.trim_start_matches('+').parse::<i64>() {
            return Yaml::Number(whole.into());
        }
        let number = text.parse::<f64>().ok().and_then(serde_json::Number::from_f64);
        if let Some(number) = number {
            return Yaml::Number(number);
        }
    }
    Yaml::Text(text.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn whole(text: &str) -> Result<Node, Diagnostic> {
        read(text, Span { start: 0, end: text.len() })
    }

    #[test]
    fn what_people_write_is_read() {
        let text = "# about\nmodel: openai/gpt # the model\nempty:\nconfig:\n  temperature: 0.5\n  \
                    stop: ['a', \"b\\n\", c d]\nlist:\n- one\n-\n  two: 2\n  three: {x: 1, 'y': []}\n\
                    - - 1\n  - 2\nblock: |\n  a\n   b\n\n  c\nfold: >-\n  d\n  e\n\n  f\n\
                    'quo''ted': it''s\n\"k\\u00e9y\": true\nname?(array, things): string, x\n";
        let found = whole(text).unwrap().to_json();
        let expected = json!({
            "model": "openai/gpt", "empty": null,
            "config": {"temperature": 0.5, "stop": ["a", "b\n", "c d"]},
            "list": ["one", {"two": 2, "three": {"x": 1, "y": []}}, [1, 2]],
            "block": "a\n b\n\nc\n", "fold": "d e\nf", "quo'ted": "it''s", "kéy": true,
            "name?(array, things)": "string, x",
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_not_read_is_refused_at_its_place() {
        for (text, place) in [
            ("a: &x 1", "&x 1"),
            ("a: *x", "*x"),
            ("a: !!str 1", "!!str 1"),
            ("a: 1\na: 2", "a"),
            ("a: b: c", "b: c"),
            ("a: 1\n  b: 2", "b: 2"),
            ("a:\n\tb: 2", "\tb: 2"),
            ("a: 'x", "'x"),
            ("a: [1, 2", "[1, 2"),
            ("just words", "just words"),
            ("a: |x\n  b", "|x"),
            ("? a\n: b", "? a"),
            ("a: @x", "@x"),
        ] {
            let diagnostic = whole(text).unwrap_err();
            assert_eq!(diagnostic.span.of(text), place, "{text}: {}", diagnostic.message);
        }
        assert!(whole(&format!("a: {}", "[".repeat(1000))).is_err());
        assert!(whole(&"- ".repeat(1000)).is_err());
    }

    #[test]
    fn values_know_their_places() {
        let text = "a:\n  b: 'x y'\n";
        let node = whole(text).unwrap();
        let inner = node.get("a").unwrap().get("b").unwrap();
        assert_eq!(inner.span.of(text), "'x y'");
        assert_eq!(node.get("a").unwrap().entries()[0].span.of(text), "b");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "([a-c:?\\-#'\"\\[\\]{},|>&*!\\\\\t]|: |- |\n| {1,4}|é|\\(\\*\\)|\r\n){0,40}") {
            if let Err(diagnostic) = whole(&text) {
                prop_assert!(text.get(diagnostic.span.start..diagnostic.span.end).is_some());
            }
        }
    }
}
