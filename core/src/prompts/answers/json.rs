//! A reader of JSON as models write it.
//!
//! It takes comments, trailing and missing commas, single and curly quotes, unquoted keys and
//! words, `None` and `True`, raw line breaks in strings, and a text that ends too early: what was
//! read until then is the value. Every value knows its place.

use std::iter::Peekable;
use std::str::CharIndices;

use crate::prompts::template::Span;

/// Values within values: deeper ones are not read.
const DEPTH: usize = 24;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) kind: NodeKind,
    pub(super) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum NodeKind {
    Null,
    /// A string, a number or a word.
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// The object or list at the beginning of a text, and whether it ends too early.
pub(super) fn read(text: &str, at: usize) -> Option<(Node, bool)> {
    let rest = text.get(at..)?;
    let mut reader = Reader {
        rest: rest.char_indices().peekable(),
        start: at,
        end: at,
        length: rest.len(),
        cut: false,
        decimal_comma: false,
    };
    let node = reader.value(0)?;
    Some((node, reader.cut))
}

struct Reader<'t> {
    rest: Peekable<CharIndices<'t>>,
    /// Where the reading began in the answer.
    start: usize,
    /// Behind what was last taken.
    end: usize,
    length: usize,
    cut: bool,
    /// Whether a comma between digits may be a decimal comma: not in a list.
    decimal_comma: bool,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<char> {
        self.rest.peek().map(|(_, c)| *c)
    }

    fn next(&mut self) -> Option<char> {
        let (at, c) = self.rest.next()?;
        self.end = self.start + at + c.len_utf8();
        Some(c)
    }

    fn at(&mut self) -> usize {
        let length = self.length;
        self.start + self.rest.peek().map_or(length, |(at, _)| *at)
    }

    /// Spaces and comments.
    fn space(&mut self) {
        while let Some(c) = self.peek() {
            if c.is_whitespace() {
                self.next();
            } else if c == '/' && self.second().is_some_and(|c| c == '/' || c == '*') {
                self.next();
                let block = self.next() == Some('*');
                let mut before = ' ';
                while let Some(c) = self.next() {
                    if (block && before == '*' && c == '/') || (!block && c == '\n') {
                        break;
                    }
                    before = c;
                }
            } else if c == '#' {
                while self.next().is_some_and(|c| c != '\n') {}
            } else {
                break;
            }
        }
    }

    fn second(&self) -> Option<char> {
        self.rest.clone().nth(1).map(|(_, c)| c)
    }

    fn value(&mut self, depth: usize) -> Option<Node> {
        self.space();
        let from = self.at();
        let kind = match self.peek() {
            None => {
                self.cut = true;
                return None;
            }
            Some('{') if depth < DEPTH => self.object(depth),
            Some('[') if depth < DEPTH => self.list(depth),
            Some('{' | '[') => return None,
            Some('"' | '\'' | '“' | '”' | '‘' | '`') => NodeKind::Text(self.string()),
            Some('}' | ']' | ',' | ':') => return None,
            Some(_) => self.word(),
        };
        Some(Node { kind, span: Span::new(from, self.end.max(from)) })
    }

    fn object(&mut self, depth: usize) -> NodeKind {
        self.next();
        let mut fields = Vec::new();
        loop {
            self.space();
            match self.peek() {
                None => {
                    self.cut = true;
                    break;
                }
                Some('}') => {
                    self.next();
                    break;
                }
                Some(',' | ';') => {
                    self.next();
                    continue;
                }
                Some(']') => break,
                Some(_) => {}
            }
            let key = match self.peek() {
                Some('"' | '\'' | '“' | '”' | '‘' | '`') => self.string(),
                _ => self.key(),
            };
            self.space();
            if !matches!(self.peek(), Some(':' | '=' | '：')) {
                if self.peek().is_none() {
                    self.cut = true;
                    break;
                }
                // A key without a value: what stands there is passed over.
                if key.is_empty() {
                    self.next();
                }
                continue;
            }
            self.next();
            if self.peek() == Some('>') {
                self.next();
            }
            self.decimal_comma = true;
            match self.value(depth + 1) {
                Some(node) => fields.push((key, node)),
                None if self.cut => break,
                None if matches!(self.peek(), Some('{' | '[' | ':')) => {
                    self.next();
                }
                None => {}
            }
        }
        NodeKind::Object(fields)
    }

    fn list(&mut self, depth: usize) -> NodeKind {
        self.next();
        let mut items = Vec::new();
        loop {
            self.space();
            match self.peek() {
                None => {
                    self.cut = true;
                    break;
                }
                Some(']') => {
                    self.next();
                    break;
                }
                Some('}') => break,
                Some(',' | ';' | ':') => {
                    self.next();
                }
                Some(_) => match self.item(depth) {
                    Some(node) => items.push(node),
                    None if self.cut => break,
                    None => {
                        self.next();
                    }
                },
            }
        }
        NodeKind::List(items)
    }

    fn item(&mut self, depth: usize) -> Option<Node> {
        self.decimal_comma = false;
        self.value(depth + 1)
    }

    fn key(&mut self) -> String {
        let mut key = String::new();
        while let Some(c) = self.peek() {
            if matches!(c, ':' | '=' | '：' | ',' | '{' | '}' | '[' | ']' | '\n') {
                break;
            }
            key.push(c);
            self.next();
        }
        key.trim().to_owned()
    }

    fn word(&mut self) -> NodeKind {
        let mut word = String::new();
        let comma = self.decimal_comma;
        while let Some(c) = self.peek() {
            let digits = comma
                && word.ends_with(|c: char| c.is_ascii_digit())
                && self.second().is_some_and(|next| next.is_ascii_digit());
            let ends = matches!(c, '}' | ']' | '\n' | '"')
                || (c == ',' && !digits)
                || (c == '/' && matches!(self.second(), Some('/' | '*')));
            if ends {
                break;
            }
            word.push(c);
            self.next();
        }
        if self.peek().is_none() {
            self.cut = true;
        }
        match word.trim() {
            "null" | "None" | "undefined" | "nil" | "NULL" => NodeKind::Null,
            other => NodeKind::Text(other.to_owned()),
        }
    }

    fn string(&mut self) -> String {
        let open = self.next().unwrap_or('"');
        let close = |c: char| match open {
            '“' | '”' => c == '”' || c == '"',
            '‘' => c == '’' || c == '\'',
            open => c == open,
        };
        let mut text = String::new();
        loop {
            match self.next() {
                None => {
                    self.cut = true;
                    break;
                }
                Some('\\') => self.escape(&mut text),
                Some(c) if close(c) && self.closes() => break,
                Some(c) => text.push(c),
            }
        }
        text
    }

    /// Whether a quote that was just taken ends its string: what follows is what follows a value.
    fn closes(&self) -> bool {
        let mut rest = self.rest.clone();
        let mut line = false;
        loop {
            match rest.next().map(|(_, c)| c) {
                None | Some('}' | ']' | ':' | '/' | '#') => return true,
                Some('\n') => line = true,
                Some(c) if c.is_whitespace() => {}
                // A comma ends it only before a next value or key: not in `"Hi," she said`.
                Some(',') => {
                    let next = rest.map(|(_, c)| c).find(|c| *c == '\n' || !c.is_whitespace());
                    return next.is_none_or(|c| {
                        matches!(c, '"' | '\'' | '“' | '{' | '}' | '[' | ']' | '\n' | '/' | '-')
                            || c.is_alphanumeric() && !self.prose(c)
                    });
                }
                Some('"' | '\'' | '“') => return line,
                Some(_) => return line,
            }
        }
    }

    /// Whether what follows a comma goes on as prose: a word that is no key and no literal.
    fn prose(&self, first: char) -> bool {
        if !first.is_alphabetic() {
            return false;
        }
        let rest: String = self.rest.clone().map(|(_, c)| c).take(60).collect();
        let rest = rest.trim_start().trim_start_matches(',').trim_start();
        let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let after = rest.get(word.len()..).unwrap_or_default().trim_start();
        !after.starts_with([':', ',', ']', '}', '='])
    }

    fn escape(&mut self, text: &mut String) {
        match self.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('b' | 'f') | None => {}
            Some('u') => {
                let first = self.hex();
                let code = match first {
                    Some(high @ 0xd800..=0xdbff) if self.peek() == Some('\\') => {
                        self.next();
                        self.next();
                        let low = self.hex().unwrap_or_default();
                        let high = (high & 0x3ff) << 10;
                        Some(0x1_0000 + high + (low & 0x3ff))
                    }
                    other => other,
                };
                text.push(code.and_then(char::from_u32).unwrap_or('\u{fffd}'));
            }
            Some(other) => text.push(other),
        }
    }

    fn hex(&mut self) -> Option<u32> {
        let mut code = 0_u32;
        for _ in 0..4 {
            let digit = self.peek()?.to_digit(16)?;
            self.next();
            code = code * 16 + digit;
        }
        Some(code)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn value(node: &Node) -> Value {
        match &node.kind {
            NodeKind::Null => Value::Null,
            NodeKind::Text(text) => text.as_str().into(),
            NodeKind::List(items) => items.iter().map(value).collect(),
            NodeKind::Object(fields) => {
                fields.iter().map(|(key, node)| (key.clone(), value(node))).collect()
            }
        }
    }

    #[test]
    fn json_is_read_as_models_write_it() {
        let expected = json!({"a": "1", "b": ["x", "it's \"so\""], "c": {"d": "True"}});
        for text in [
            r#"{"a": 1, "b": ["x", "it's \"so\""], "c": {"d": True}}"#,
            r#"{'a': 1, 'b': ['x', 'it\'s "so"',], 'c': {'d': True,},}"#,
            "{a: 1, // one\n b: [\"x\" \n\"it's \\\"so\\\"\"], /* two */ c: {d: True}}",
            "{“a”: 1, “b”: [“x”, “it's \\\"so\\\"”], “c”: {“d”: True}}",
            r#"{"a": 1, "b": ["x", "it's "so""], "c": {"d": True}}"#,
            "{\"a\": 1\n\"b\": [\"x\", \"it's \\\"so\\\"\"]\n\"c\": {\"d\": True}",
        ] {
            assert_eq!(value(&read(text, 0).unwrap().0), expected, "{text}");
        }
        let (node, cut) = read(r#"{"a": "Hi", "b": ["x", "never en"#, 0).unwrap();
        assert!(cut);
        assert_eq!(value(&node), json!({"a": "Hi", "b": ["x", "never en"]}));
        let text = r#"{"average": 0,5, "scores": [1,2]}"#;
        assert_eq!(
            value(&read(text, 0).unwrap().0),
            json!({"average": "0,5", "scores": ["1", "2"]})
        );
        let text = "é {\"a\": \"ü\\u00fc\\ud83d\\ude00\"}";
        let (node, _) = read(text, 3).unwrap();
        assert_eq!(value(&node), json!({"a": "üü😀"}));
        assert_eq!(node.span.of(text), "{\"a\": \"ü\\u00fc\\ud83d\\ude00\"}");
    }

    fn text_of(value: &Value) -> Value {
        match value {
            Value::Number(number) => number.to_string().into(),
            Value::Bool(flag) => flag.to_string().into(),
            Value::Array(items) => items.iter().map(text_of).collect(),
            Value::Object(map) => {
                map.iter().map(|(key, value)| (key.clone(), text_of(value))).collect()
            }
            other => other.clone(),
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<i32>().prop_map(Value::from),
            any::<bool>().prop_map(Value::from),
            "\\PC{0,12}".prop_map(Value::from),
            Just(Value::Null),
        ];
        let inner = leaf.prop_recursive(3, 24, 5, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::btree_map("[a-z]{1,6}", inner, 0..4)
                    .prop_map(|map| map.into_iter().collect()),
            ]
        });
        proptest::collection::btree_map("[a-z]{1,6}", inner, 0..4)
            .prop_map(|map| map.into_iter().collect())
    }

    proptest! {
        #[test]
        fn well_formed_json_is_read_as_it_is(value in any_json(), pretty in any::<bool>()) {
            let text = if pretty { format!("{value:#}") } else { value.to_string() };
            let (node, cut) = read(&text, 0).unwrap();
            prop_assert!(!cut);
            prop_assert_eq!(super::tests::value(&node), text_of(&value), "{}", text);
        }

        #[test]
        fn any_beginning_is_read(value in any_json(), cut in any::<proptest::sample::Index>()) {
            let text = value.to_string();
            let cut = cut.index(text.len());
            let text: String = text.chars().take(cut + 1).collect();
            prop_assert!(read(&text, 0).is_some());
        }
    }
}
