//! Paths, literals, calls and their arguments inside a tag.

use super::Span;
use super::diagnostics::{Diagnostic, DiagnosticCode, Fix};
use super::lexer::{Token, is_space, token};
use super::parser::{MOST_NESTED, Parser, Read};
use super::tree::{Call, Expression, Literal, Path};

impl<'s> Parser<'s> {
    /// The next token, which is read once.
    pub(super) fn peek(&self) -> (Token<'s>, Span) {
        if let Some((at, found, span)) = self.peeked.get()
            && at == self.at
        {
            return (found, span);
        }
        let (found, span) = token(self.source, self.at);
        self.peeked.set(Some((self.at, found, span)));
        (found, span)
    }

    fn error<T>(&self, message: &str) -> Read<T> {
        let (found, span) = self.peek();
        let message = match found {
            Token::EndOfText => "the tag has no end",
            _ => message,
        };
        Err(Diagnostic::new(DiagnosticCode::Syntax, span, message))
    }

    /// The end of a tag: whether it has a tilde.
    pub(super) fn end(&mut self, wanted: bool) -> Read<bool> {
        match self.peek() {
            (Token::End { triple, tilde }, span) if triple == wanted => {
                self.at = span.end;
                Ok(tilde)
            }
            // `{{a}}}`: the third brace is text.
            (Token::End { triple: true, tilde: false }, span) => {
                if wanted {
                    self.error("expected }}}")
                } else {
                    self.at = span.end.saturating_sub(1);
                    self.error("expected }} and not }}}")
                }
            }
            _ => self.error("expected the end of the tag"),
        }
    }

    pub(super) fn block_params(&mut self) -> Read<Vec<String>> {
        let mut names = Vec::new();
        let (first, span) = self.peek();
        if first != Token::OpenParams {
            return Ok(names);
        }
        self.at = span.end;
        loop {
            match self.peek() {
                (Token::Name(name), span) => {
                    self.at = span.end;
                    names.push(name.value().into_owned());
                }
                (Token::Bar, span) if !names.is_empty() => {
                    self.at = span.end;
                    return Ok(names);
                }
                _ => return self.error("expected names between bars: as |item index|"),
            }
        }
    }

    /// A head and its arguments. `nested` heads may be an expression in parentheses.
    pub(super) fn call(&mut self, nested: bool, calls: bool) -> Read<Call> {
        let start = self.peek().1.start;
        let (head, mut params) = match self.peek().0 {
            Token::Open if nested => (self.parenthesised()?, Vec::new()),
            _ => {
                let (head, given) = self.head(calls)?;
                (head, given.unwrap_or_default())
            }
        };
        let mut hash = Vec::new();
        self.arguments(&mut params, &mut hash)?;
        Ok(Call { head, params, hash, span: Span::new(start, self.at) })
    }

    fn arguments(
        &mut self,
        params: &mut Vec<Expression>,
        hash: &mut Vec<(String, Expression)>,
    ) -> Read<()> {
        loop {
            match self.peek() {
                (Token::Name(name), span) if token(self.source, span.end).0 == Token::Equals => {
                    self.at = token(self.source, span.end).1.end;
                    let value = self.argument()?;
                    hash.push((name.value().into_owned(), value));
                }
                (
                    Token::Name(..)
                    | Token::Text(_)
                    | Token::Number(_)
                    | Token::Bool(_)
                    | Token::Null
                    | Token::Undefined
                    | Token::At
                    | Token::Open,
                    _,
                ) if hash.is_empty() => params.push(self.argument()?),
                _ => return Ok(()),
            }
        }
    }

    fn argument(&mut self) -> Read<Expression> {
        let start = self.peek().1.start;
        if self.peek().0 == Token::Open {
            return self.parenthesised();
        }
        let (head, given) = self.head(true)?;
        Ok(match given {
            Some(params) => {
                let span = Span::new(start, self.at);
                Expression::Call(Box::new(Call { head, params, hash: vec![], span }))
            }
            None => head,
        })
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth >= MOST_NESTED {
            let span = self.peek().1;
            let message = "expressions stand more than 100 deep";
            self.at = self.source.len();
            return Err(Diagnostic::new(DiagnosticCode::TooDeep, span, message));
        }
        self.depth = self.depth.saturating_add(1);
        let result = read(self);
        self.depth = self.depth.saturating_sub(1);
        result
    }

    fn parenthesised(&mut self) -> Read<Expression> {
        let span = self.peek().1;
        self.deeper(|parser| {
            parser.at = span.end;
            let call = parser.call(false, true)?;
            match parser.peek() {
                (Token::Close, span) => {
                    parser.at = span.end;
                    Ok(Expression::Call(Box::new(call)))
                }
                _ => parser.error("expected )"),
            }
        })
    }

    /// A path or literal and, if parentheses follow at once, their arguments.
    pub(super) fn head(&mut self, calls: bool) -> Read<(Expression, Option<Vec<Expression>>)> {
        let start = self.peek().1.start;
        let head = self.word()?;
        let (next, span) = self.peek();
        if !calls || next != Token::Open || span.start != self.at {
            return Ok((head, None));
        }
        let name = Span::new(start, self.at).of(self.source).to_owned();
        let given = self.deeper(|parser| {
            parser.at = span.end;
            let mut given = Vec::new();
            loop {
                if parser.peek().0 == Token::Close && given.is_empty() {
                    break;
                }
                given.push(parser.argument()?);
                match parser.peek() {
                    (Token::Comma, span) => parser.at = span.end,
                    (Token::Close, _) => break,
                    _ => return parser.error("expected , or )"),
                }
            }
            parser.at = parser.peek().1.end;
            Ok(given)
        })?;
        let span = Span::new(start, self.at);
        let message =
            format!("a call is written {{{{{name} …}}}}, without parentheses behind the name");
        let mut diagnostic = Diagnostic::new(DiagnosticCode::CallSyntax, span, message);
        let inside = self.is_argument(start);
        diagnostic.fix = Some(Fix { span, replacement: self.canonical(&name, &given, inside) });
        self.diagnostics.push(diagnostic);
        Ok((head, Some(given)))
    }

    /// Whether something other than the opening of a tag or expression stands before an offset.
    fn is_argument(&self, start: usize) -> bool {
        let before = self.source.get(..start).unwrap_or_default().trim_end_matches(is_space);
        let opened = ["{", "~", "#", "^", "&"].iter().any(|mark| before.ends_with(mark));
        let grouped = before
            .strip_suffix('(')
            .is_some_and(|rest| rest.ends_with(|c: char| is_space(c) || c == '=' || c == '('));
        let chained = before.strip_suffix("else").is_some_and(|rest| {
            let rest = rest.trim_end_matches(is_space);
            rest.ends_with('{') || rest.ends_with('~')
        });
        !(opened || grouped || chained)
    }

    fn canonical(&self, name: &str, given: &[Expression], inside: bool) -> String {
        let mut text = name.to_owned();
        for argument in given {
            text.push(' ');
            text.push_str(&print(argument));
        }
        if inside { format!("({text})") } else { text }
    }

    fn word(&mut self) -> Read<Expression> {
        let (found, span) = self.peek();
        let literal = match found {
            Token::Text(text) => Literal::Text(text.value()),
            Token::Number(bits) => Literal::Number(bits),
            Token::Bool(value) => Literal::Bool(value),
            Token::Null => Literal::Null,
            Token::Undefined => Literal::Undefined,
            Token::At => {
                self.at = span.end;
                return self.path(true);
            }
            Token::Name(..) => return self.path(false),
            _ => return self.error("expected a name, a text or a number"),
        };
        self.at = span.end;
        Ok(Expression::Literal(literal))
    }

    fn path(&mut self, data: bool) -> Read<Expression> {
        let start = self.peek().1.start;
        let mut path = Path {
            data,
            depth: 0,
            parts: Vec::new(),
            scoped: false,
            original: String::with_capacity(24),
        };
        if data {
            path.original.push('@');
        }
        loop {
            let (Token::Name(name), span) = self.peek() else {
                return self.error("expected a name");
            };
            self.at = span.end;
            let part = name.value();
            path.original.push_str(&part);
            if !name.bracketed && matches!(part.as_ref(), ".." | "." | "this") {
                if !path.parts.is_empty() {
                    let span = Span::new(start, span.end);
                    let message = "this and .. stand at the beginning of a path";
                    return Err(Diagnostic::new(DiagnosticCode::Syntax, span, message));
                }
                path.depth = path.depth.saturating_add(usize::from(part == ".."));
            } else {
                path.parts.push(part.into_owned());
            }
            match self.peek() {
                (Token::Separator(separator), span) => {
                    self.at = span.end;
                    path.original.push(separator);
                }
                _ => break,
            }
        }
        path.scoped = path.original.starts_with('.') || has_this(&path.original);
        Ok(Expression::Path(path))
    }
}

/// `this` with the end of a word behind it, anywhere: the test of Handlebars.js.
fn has_this(original: &str) -> bool {
    let bytes = original.as_bytes();
    bytes.windows(4).enumerate().any(|(at, word)| {
        let ends = |after: &u8| !(after.is_ascii_alphanumeric() || *after == b'_');
        word == b"this" && bytes.get(at.saturating_add(4)).is_none_or(ends)
    })
}

/// An expression in the syntax that every engine reads.
fn print(expression: &Expression) -> String {
    match expression {
        Expression::Literal(Literal::Text(text)) if text.contains('\'') => {
            format!("\"{}\"", text.replace('"', "\\\""))
        }
        Expression::Literal(Literal::Text(text)) => format!("'{text}'"),
        Expression::Literal(literal) => literal.name(),
        Expression::Path(path) => print_path(path),
        Expression::Call(call) => {
            let mut text = format!("({}", print(&call.head));
            for param in &call.params {
                text.push(' ');
                text.push_str(&print(param));
            }
            for (key, value) in &call.hash {
                text.push_str(&format!(" {key}={}", print(value)));
            }
            text.push(')');
            text
        }
    }
}

fn print_path(path: &Path) -> String {
    let plain = |part: &String| {
        !part.is_empty()
            && !matches!(part.as_str(), "this" | "." | "..")
            && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$'))
    };
    let mut text = if path.data { "@".to_owned() } else { String::new() };
    text.push_str(&"../".repeat(path.depth));
    if path.parts.is_empty() {
        text.push_str("this");
    } else if path.scoped && path.depth == 0 {
        text.push_str("this.");
    }
    for (index, part) in path.parts.iter().enumerate() {
        if index > 0 {
            text.push('.');
        }
        if plain(part) {
            text.push_str(part);
        } else {
            text.push_str(&format!("[{}]", part.replace('\\', "\\\\").replace(']', "\\]")));
        }
    }
    text
}
