//! Tokens inside tags, as the lexer of Handlebars.js splits them.

use super::Span;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// A word of a path; whether it stood in brackets.
    Name(String, bool),
    Separator(char),
    Text(String),
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
pub(crate) fn token(source: &str, offset: usize) -> (Token, Span) {
    let rest = source.get(offset..).unwrap_or_default();
    let trimmed = rest.trim_start_matches(is_space);
    let start = source.len().saturating_sub(trimmed.len());
    let (token, length) = split(trimmed);
    (token, Span::new(start, start.saturating_add(length)))
}

fn followed(rest: &str, length: usize, by: fn(char) -> bool) -> bool {
    rest.get(length..).and_then(|after| after.chars().next()).is_some_and(by)
}

fn split(rest: &str) -> (Token, usize) {
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
        '.' if rest.starts_with("..") => return (Token::Name("..".to_owned(), false), 2),
        '.' if followed(rest, 1, |c| ends_name(c) && c != '(' && c != ',') => {
            return (Token::Name(".".to_owned(), false), 1);
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
        return (Token::Name(rest.get(..length).unwrap_or_default().to_owned(), false), length);
    }
    (Token::Invalid, length.max(first.len_utf8()))
}

fn text(rest: &str, quote: char) -> (Token, usize) {
    let mut value = String::new();
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = characters.next() {
        if c == quote {
            return (Token::Text(value), at.saturating_add(1));
        }
        if c == '\\' && characters.peek().is_some_and(|(_, next)| *next == quote) {
            value.push(quote);
            characters.next();
        } else {
            value.push(c);
        }
    }
    (Token::Invalid, 1)
}

/// A name in brackets. Within it `\]` is a bracket and `\\` a backslash; the last `\]` of all ends
/// the name where nothing else does.
fn bracketed(rest: &str) -> (Token, usize) {
    let mut last = None;
    let mut characters = rest.char_indices().skip(1).peekable();
    let end = loop {
        match characters.next() {
            None => break last,
            Some((at, ']')) => break Some(at),
            Some((_, '\\')) => {
                if let Some((at, _)) = characters.next_if(|(_, next)| *next == ']') {
                    last = Some(at);
                }
            }
            Some(_) => {}
        }
    };
    let length = end.map_or(0, |end| end.saturating_add(1));
    let Some(inner) = rest.get(1..length) else {
        return (Token::Invalid, 1);
    };
    let mut value = String::with_capacity(inner.len());
    let mut characters = inner.chars().peekable();
    while let Some(c) = characters.next() {
        let escaped = (c == '\\').then(|| characters.next_if(|next| matches!(next, '\\' | ']')));
        value.push(escaped.flatten().unwrap_or(c));
    }
    // The bracket at the end, which the backslash of a last `\]` has given way to.
    value.pop();
    (Token::Name(value, true), length)
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
