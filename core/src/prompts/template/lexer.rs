//! Tokens inside tags, as the lexer of Handlebars.js splits them.

use std::borrow::Cow;

use super::Span;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'s> {
    Name(Name<'s>),
    Separator(char),
    Text(Quoted<'s>),
    /// The bits of a number.
    Number(u64),
    Bool(bool),
    Null,
    Undefined,
    At,
    Open,
    Close,
    Comma,
    Equals,
    OpenParams,
    Bar,
    /// `}}`, with or without a brace before it, and whether it has a tilde.
    End {
        triple: bool,
        tilde: bool,
    },
    Invalid,
    EndOfText,
}

/// A word of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Name<'s> {
    /// As it is written, without the brackets.
    written: &'s str,
    pub(crate) bracketed: bool,
}

impl<'s> Name<'s> {
    pub(crate) fn value(self) -> Cow<'s, str> {
        if self.bracketed && self.written.contains('\\') {
            return Cow::Owned(unescaped(self.written));
        }
        Cow::Borrowed(self.written)
    }
}

/// A text between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quoted<'s> {
    /// As it is written, without the marks.
    written: &'s str,
    mark: char,
}

impl Quoted<'_> {
    pub(crate) fn value(self) -> String {
        match self.mark {
            '"' => self.written.replace("\\\"", "\""),
            _ => self.written.replace("\\'", "'"),
        }
    }
}

fn unescaped(written: &str) -> String {
    let mut value = String::with_capacity(written.len());
    let mut characters = written.chars().peekable();
    while let Some(c) = characters.next() {
        let escaped = (c == '\\').then(|| characters.next_if(|next| matches!(next, '\\' | ']')));
        value.push(escaped.flatten().unwrap_or(c));
    }
    value
}

/// White space as JavaScript's `\s` has it.
pub(crate) fn is_space(c: char) -> bool {
    c == '\u{feff}' || (c.is_whitespace() && c != '\u{85}')
}

fn is_name(c: char) -> bool {
    !is_space(c)
        && !matches!(c, '!' | '"' | '#' | '%'..='/' | ';'..='>' | '@' | '['..='^' | '`' | '{'..='~')
        || c == '-'
}

fn ends_name(c: char) -> bool {
    is_space(c) || matches!(c, '=' | '~' | '}' | '/' | '.' | ')' | '|' | '(' | ',')
}

fn ends_literal(c: char) -> bool {
    is_space(c) || matches!(c, '~' | '}' | ')' | ',')
}

/// The token at an offset, after white space.
pub(crate) fn token(source: &str, offset: usize) -> (Token<'_>, Span) {
    let rest = source.get(offset..).unwrap_or_default();
    let trimmed = rest.trim_start_matches(is_space);
    let start = source.len().saturating_sub(trimmed.len());
    let (token, length) = split(trimmed);
    (token, Span::new(start, start.saturating_add(length)))
}

fn followed(rest: &str, length: usize, by: fn(char) -> bool) -> bool {
    rest.get(length..).and_then(|after| after.chars().next()).is_some_and(by)
}

fn split(rest: &str) -> (Token<'_>, usize) {
    let name = |written| Token::Name(Name { written, bracketed: false });
    let Some(first) = rest.chars().next() else {
        return (Token::EndOfText, 0);
    };
    match first {
        '(' => return (Token::Open, 1),
        ')' => return (Token::Close, 1),
        ',' => return (Token::Comma, 1),
        '=' => return (Token::Equals, 1),
        '@' => return (Token::At, 1),
        '|' => return (Token::Bar, 1),
        '/' => return (Token::Separator('/'), 1),
        '.' if rest.starts_with("..") => return (name(".."), 2),
        '.' if followed(rest, 1, |c| ends_name(c) && c != '(' && c != ',') => {
            return (name("."), 1);
        }
        '.' => return (Token::Separator('.'), 1),
        '"' | '\'' => return text(rest, first),
        '[' => return bracketed(rest),
        _ => {}
    }
    if matches!(first, '}' | '~') {
        let ends = [
            ("}~}}", true, true),
            ("}}}", true, false),
            ("~}}", false, true),
            ("}}", false, false),
        ];
        for (text, triple, tilde) in ends {
            if rest.starts_with(text) {
                return (Token::End { triple, tilde }, text.len());
            }
        }
    }
    for (word, token) in [
        ("true", Token::Bool(true)),
        ("false", Token::Bool(false)),
        ("undefined", Token::Undefined),
        ("null", Token::Null),
    ] {
        if rest.starts_with(word) && followed(rest, word.len(), ends_literal) {
            return (token, word.len());
        }
    }
    if let Some((value, length)) = number(rest) {
        return (Token::Number(value.to_bits()), length);
    }
    if let Some(after) = rest.strip_prefix("as") {
        let bar = after.trim_start_matches(is_space);
        if bar.len() < after.len() && bar.starts_with('|') {
            return (Token::OpenParams, rest.len().saturating_sub(bar.len()).saturating_add(1));
        }
    }
    let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
    if length > 0 && followed(rest, length, ends_name) {
        return (name(rest.get(..length).unwrap_or_default()), length);
    }
    (Token::Invalid, length.max(first.len_utf8()))
}

fn text(rest: &str, mark: char) -> (Token<'_>, usize) {
    match closed(rest, mark) {
        Some((written, length)) => (Token::Text(Quoted { written, mark }), length),
        None => (Token::Invalid, 1),
    }
}

/// A name in brackets. Within it `\]` is a bracket and `\\` a backslash; the last `\]` of all ends
/// the name where nothing else does.
fn bracketed(rest: &str) -> (Token<'_>, usize) {
    let escaped = || {
        let at = rest.rfind("\\]")?;
        Some((rest.get(1..at)?, at.saturating_add(2)))
    };
    match closed(rest, ']').or_else(escaped) {
        Some((written, length)) => (Token::Name(Name { written, bracketed: true }), length),
        None => (Token::Invalid, 1),
    }
}

/// What stands between the first character and the next `end` without a backslash before it, and
/// the length of all.
fn closed(rest: &str, end: char) -> Option<(&str, usize)> {
    let inside = rest.get(1..)?;
    let mut places = inside.match_indices(end).map(|(at, _)| at);
    let at = places.find(|at| !inside.get(..*at).is_some_and(|before| before.ends_with('\\')))?;
    Some((inside.get(..at)?, at.saturating_add(2)))
}

fn number(rest: &str) -> Option<(f64, usize)> {
    let unsigned = rest.strip_prefix('-').unwrap_or(rest);
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let whole = digits(unsigned);
    if whole == 0 {
        return None;
    }
    let mut length = rest.len().saturating_sub(unsigned.len()).saturating_add(whole);
    if let Some(fraction) = rest.get(length..).and_then(|after| after.strip_prefix('.')) {
        let decimals = digits(fraction);
        if decimals > 0 {
            length = length.saturating_add(decimals).saturating_add(1);
        }
    }
    if !followed(rest, length, ends_literal) {
        return None;
    }
    Some((rest.get(..length)?.parse().ok()?, length))
}
