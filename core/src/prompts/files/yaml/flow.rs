//! Values on one line: plain and quoted scalars, `[…]` and `{…}`.

use super::{Entry, MOST_NESTED, Node, Yaml, plain, refused};
use crate::prompts::template::{Diagnostic, Span};

type Read<T> = Result<T, Diagnostic>;

/// Reads a value that ends with the line.
pub(super) fn value(text: &str, start: usize) -> Read<Node> {
    if !text.starts_with(['[', '{', '"', '\'']) {
        let end = text
            .match_indices('#')
            .map(|(at, _)| at)
            .find(|at| text.get(..*at).is_some_and(|before| before.ends_with([' ', '\t'])));
        let bare = text.get(..end.unwrap_or(text.len())).unwrap_or_default().trim_end();
        let span = Span { start, end: start.saturating_add(bare.len()) };
        if let Some(message) = indicator(bare) {
            return Err(refused(span, message));
        }
        if bare.contains(": ") || bare.ends_with(':') {
            let message = "a text with a colon and a space stands between quotation marks";
            return Err(refused(span, message));
        }
        return Ok(Node { value: plain(bare), span });
    }
    let mut flow = Flow { text, start, at: 0, depth: 0 };
    let node = flow.node()?;
    let rest = text.get(flow.at..).unwrap_or_default();
    let comment = rest.trim_start_matches([' ', '\t']);
    if comment.is_empty() || (comment.starts_with('#') && comment.len() < rest.len()) {
        return Ok(node);
    }
    Err(refused(flow.whole(), "nothing may stand behind the end of the value"))
}

/// What a plain text must not begin with.
pub(super) fn indicator(text: &str) -> Option<&'static str> {
    let mut characters = text.chars();
    let first = characters.next()?;
    match first {
        '&' | '*' => Some("anchors and aliases are not read: write the value out"),
        '!' => Some("tags are not read"),
        '@' | '`' | '%' => Some("a text that begins with this sign stands between quotation marks"),
        '?' | '-' | ':' if characters.next().is_none_or(|next| next == ' ') => {
            Some("keys and items of this kind are not read")
        }
        '|' | '>' | '\t' => Some("expected a value"),
        '<' if text == "<<" => Some("merge keys are not read: write the values out"),
        ',' | ']' | '}' | '[' | '{' | '#' => {
            Some("a text that begins with this sign stands between quotation marks")
        }
        _ => None,
    }
}

/// The text between quotation marks at the beginning, and the bytes with the marks.
pub(super) fn quoted(text: &str) -> Option<(String, usize)> {
    let quote = text.chars().next()?;
    let mut value = String::new();
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = characters.next() {
        if c == quote {
            if quote == '\'' && characters.next_if(|(_, next)| *next == '\'').is_some() {
                value.push('\'');
                continue;
            }
            return Some((value, at.saturating_add(1)));
        }
        if c != '\\' || quote == '\'' {
            value.push(c);
            continue;
        }
        let (_, escaped) = characters.next()?;
        let digits = match escaped {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        if digits == 0 {
            value.push(match escaped {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                '0' => '\0',
                'a' => '\u{7}',
                'b' => '\u{8}',
                'v' => '\u{b}',
                'f' => '\u{c}',
                'e' => '\u{1b}',
                'N' => '\u{85}',
                '_' => '\u{a0}',
                'L' => '\u{2028}',
                'P' => '\u{2029}',
                '"' | '\\' | '/' | ' ' | '\t' => escaped,
                _ => return None,
            });
            continue;
        }
        let hex: String = characters.by_ref().take(digits).map(|(_, digit)| digit).collect();
        let number = u32::from_str_radix(&hex, 16).ok().filter(|_| hex.len() == digits)?;
        value.push(char::from_u32(number)?);
    }
    None
}

struct Flow<'s> {
    text: &'s str,
    start: usize,
    at: usize,
    depth: usize,
}

impl Flow<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn whole(&self) -> Span {
        Span { start: self.start, end: self.start.saturating_add(self.text.len()) }
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        let skipped = rest.len().saturating_sub(rest.trim_start_matches([' ', '\t']).len());
        self.at = self.at.saturating_add(skipped);
    }

    fn eat(&mut self, sign: char) -> bool {
        self.blanks();
        let found = self.rest().starts_with(sign);
        if found {
            self.at = self.at.saturating_add(sign.len_utf8());
        }
        found
    }

    fn refused<T>(&self, message: &str) -> Read<T> {
        Err(refused(self.whole(), message))
    }

    fn node(&mut self) -> Read<Node> {
        self.blanks();
        let from = self.at;
        if self.depth >= MOST_NESTED {
            return self.refused("lists and maps stand more than 100 deep");
        }
        self.depth = self.depth.saturating_add(1);
        let value = if self.eat('[') {
            self.list()?
        } else if self.eat('{') {
            self.map()?
        } else {
            self.scalar()?.0
        };
        self.depth = self.depth.saturating_sub(1);
        let at = |offset: usize| self.start.saturating_add(offset);
        Ok(Node { value, span: Span { start: at(from), end: at(self.at) } })
    }

    fn list(&mut self) -> Read<Yaml> {
        let mut items = Vec::new();
        loop {
            if self.eat(']') {
                return Ok(Yaml::List(items));
            }
            items.push(self.node()?);
            if !self.eat(',') {
                if self.eat(']') {
                    return Ok(Yaml::List(items));
                }
                return self.refused("a list on one line ends with ] on this line");
            }
        }
    }

    fn map(&mut self) -> Read<Yaml> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            if self.eat('}') {
                return Ok(Yaml::Map(entries));
            }
            self.blanks();
            let from = self.start.saturating_add(self.at);
            let (_, key) = self.scalar()?;
            let span = Span { start: from, end: self.start.saturating_add(self.at) };
            if !self.eat(':') {
                return self
                    .refused("a map on one line has keys, colons and values, and ends with }");
            }
            if entries.iter().any(|entry| entry.key == key) {
                return Err(refused(span, "this key stands twice"));
            }
            let node = self.node()?;
            entries.push(Entry { key, span, node });
            if !self.eat(',') {
                if self.eat('}') {
                    return Ok(Yaml::Map(entries));
                }
                return self
                    .refused("a map on one line has keys, colons and values, and ends with }");
            }
        }
    }

    /// A scalar, as a value and as a key.
    fn scalar(&mut self) -> Read<(Yaml, String)> {
        self.blanks();
        if self.rest().starts_with(['"', '\'']) {
            let Some((text, length)) = quoted(self.rest()) else {
                return self.refused("the quotation mark has no end, or an escape is not known");
            };
            self.at = self.at.saturating_add(length);
            return Ok((Yaml::Text(text.clone()), text));
        }
        let rest = self.rest();
        let ends = |(at, c): (usize, char)| {
            let next = rest.get(at.saturating_add(1)..).and_then(|after| after.chars().next());
            let colon = c == ':' && next.is_none_or(|next| matches!(next, ' ' | ',' | '}' | ']'));
            matches!(c, ',' | ']' | '}' | '[' | '{') || colon
        };
        let length = rest.char_indices().find(|one| ends(*one)).map_or(rest.len(), |(at, _)| at);
        let bare = rest.get(..length).unwrap_or_default().trim_end().to_owned();
        if bare.is_empty() {
            return self.refused("a value is missing");
        }
        if let Some(message) = indicator(&bare) {
            return self.refused(message);
        }
        if bare.contains(" #") {
            return self.refused("a comment stands behind the end of the value");
        }
        self.at = self.at.saturating_add(length);
        Ok((plain(&bare), bare))
    }
}
