//! Tags and blocks.

use super::Span;
use super::diagnostics::{Diagnostic, DiagnosticCode, Fix};
use super::lexer::{Token, is_space, token};
use super::tree::{
    Block, BlockKind, Call, Content, Expression, Literal, Node, PartialCall, Path, Print, Program,
    Strip,
};

/// How deep blocks, and expressions within a tag, may stand in each other.
pub(crate) const MOST_NESTED: usize = 100;

pub(super) fn parse(source: &str) -> (Program, Vec<Diagnostic>) {
    let mut parser = Parser { source, at: 0, verbatim: false, diagnostics: Vec::new(), depth: 0 };
    let mut body = Vec::new();
    loop {
        match parser.nodes(&mut body) {
            Stop::End => break,
            Stop::Close { span, .. } => {
                parser.report(DiagnosticCode::BlockEnd, span, "no block is open here");
            }
            Stop::Inverse { span, .. } | Stop::Chain { span, .. } => {
                parser.report(DiagnosticCode::Syntax, span, "an else stands outside of a block");
            }
        }
    }
    (Program { body, ..Program::default() }, parser.diagnostics)
}

/// What ended a list of nodes.
enum Stop {
    End,
    Close { name: Option<String>, strip: Strip, span: Span },
    Inverse { strip: Strip, span: Span },
    Chain { open: Open, span: Span },
}

/// The opening tag of a block.
struct Open {
    call: Option<Call>,
    block_params: Vec<String>,
    strip: Strip,
    span: Span,
}

type Read<T> = Result<T, Diagnostic>;

struct Parser<'s> {
    source: &'s str,
    at: usize,
    /// After `\{{`: the next two braces are text.
    verbatim: bool,
    diagnostics: Vec<Diagnostic>,
    depth: usize,
}

impl Parser<'_> {
    fn report(&mut self, code: DiagnosticCode, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, span, message));
    }

    fn rest(&self) -> &str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn content(&self, start: usize, end: usize, body: &mut Vec<Node>) {
        if end > start {
            let span = Span::new(start, end);
            body.push(Node::Content(Content {
                original: span,
                value: span,
                left_stripped: false,
                right_stripped: false,
            }));
        }
    }

    /// Reads text up to the next tag; nothing if the text has ended.
    fn text(&mut self, body: &mut Vec<Node>) -> bool {
        let start = self.at;
        if self.verbatim {
            self.verbatim = false;
            let from = start.saturating_add(2);
            let after = self.source.get(from..).unwrap_or_default();
            let length = after.find("{{").unwrap_or(after.len());
            let text = after.get(..length).unwrap_or_default();
            let slashes = if after.len() == length {
                0
            } else {
                text.len().saturating_sub(text.trim_end_matches('\\').len()).min(2)
            };
            self.at = from.saturating_add(length).saturating_sub(slashes);
            self.content(start, self.at, body);
            return true;
        }
        let Some(length) = self.rest().find("{{") else {
            self.content(start, self.source.len(), body);
            self.at = self.source.len();
            return false;
        };
        let end = start.saturating_add(length);
        let text = self.source.get(start..end).unwrap_or_default();
        self.at = end;
        if text.ends_with("\\\\") {
            self.content(start, end.saturating_sub(1), body);
        } else if text.ends_with('\\') {
            self.content(start, end.saturating_sub(1), body);
            self.verbatim = true;
        } else {
            self.content(start, end, body);
        }
        true
    }

    fn nodes(&mut self, body: &mut Vec<Node>) -> Stop {
        while self.text(body) {
            if !self.verbatim
                && self.rest().starts_with("{{")
                && let Some(stop) = self.tag(body)
            {
                return stop;
            }
        }
        Stop::End
    }

    /// Moves behind the next `}}` from an offset.
    fn skip(&mut self, from: usize) {
        let rest = self.source.get(from..).unwrap_or_default();
        self.at = rest.find("}}").map_or(self.source.len(), |length| {
            let after = rest.get(length..).unwrap_or_default();
            let braces = after.len().saturating_sub(after.trim_start_matches('}').len());
            from.saturating_add(length).saturating_add(braces)
        });
    }

    fn failed(&mut self, diagnostic: Diagnostic) {
        let from = diagnostic.span.start.max(self.at);
        self.diagnostics.push(diagnostic);
        self.skip(from);
    }

    fn tag(&mut self, body: &mut Vec<Node>) -> Option<Stop> {
        let start = self.at;
        let inner = start.saturating_add(2);
        let rest = self.rest();
        if rest.starts_with("{{{{") {
            let end = rest
                .find("}}}}")
                .map_or(self.source.len(), |length| start.saturating_add(length).saturating_add(4));
            self.at = end;
            let span = Span::new(start, end);
            self.report(DiagnosticCode::Unsupported, span, "raw blocks are not supported");
            return None;
        }
        let after = rest.get(2..).unwrap_or_default();
        let (tilde, after) = match after.strip_prefix('~') {
            Some(after) => (true, after),
            None => (false, after),
        };
        let mark = inner.saturating_add(usize::from(tilde));
        let advance = |length: usize| mark.saturating_add(length);
        if after.starts_with('!') {
            self.comment(start, after.starts_with("!--"), body);
            return None;
        }
        if let Some((length, close)) = inverse(after) {
            self.at = advance(length);
            let strip = Strip { open: tilde, close };
            return Some(Stop::Inverse { strip, span: Span::new(start, self.at) });
        }
        let open = |length: usize| (advance(length), tilde);
        if let Some(length) = starts_else(after) {
            let (at, tilde) = open(length);
            let open = self.open(start, at, tilde, true);
            return Some(Stop::Chain { span: open.span, open });
        }
        if after.starts_with("#>") {
            let (at, tilde) = open(2);
            self.block(start, at, tilde, BlockKind::Partial, false, body);
        } else if after.starts_with("#*") {
            let (at, tilde) = open(2);
            self.block(start, at, tilde, BlockKind::Inline, false, body);
        } else if after.starts_with('#') {
            let (at, tilde) = open(1);
            self.block(start, at, tilde, BlockKind::Section, false, body);
        } else if after.starts_with('^') {
            let (at, tilde) = open(1);
            self.block(start, at, tilde, BlockKind::Section, true, body);
        } else if after.starts_with('/') {
            return Some(self.close(start, advance(1), tilde));
        } else if after.starts_with('>') {
            self.partial(start, advance(1), tilde, body);
        } else {
            let triple = after.starts_with('{');
            let decorator = after.starts_with('*');
            let length = usize::from(triple || decorator || after.starts_with('&'));
            self.print(start, advance(length), tilde, triple, decorator, body);
        }
        None
    }

    fn comment(&mut self, start: usize, long: bool, body: &mut Vec<Node>) {
        let rest = self.source.get(start..).unwrap_or_default();
        let end = if long {
            let ends = ["--}}", "--~}}"]
                .map(|end| rest.get(3..).and_then(|text| text.find(end)).map(|at| (at, end.len())));
            ends.into_iter().flatten().min().map(|(at, length)| at.saturating_add(length + 3))
        } else {
            rest.find("}}").map(|at| at.saturating_add(2))
        };
        let Some(end) = end else {
            let span = Span::new(start, self.source.len());
            self.report(DiagnosticCode::Syntax, span, "the comment has no end");
            self.at = self.source.len();
            return;
        };
        let text = rest.get(..end).unwrap_or_default();
        let strip = Strip { open: text.starts_with("{{~"), close: text.ends_with("~}}") };
        body.push(Node::Comment(strip));
        self.at = start.saturating_add(end);
    }

    fn print(
        &mut self,
        start: usize,
        at: usize,
        tilde: bool,
        triple: bool,
        decorator: bool,
        body: &mut Vec<Node>,
    ) {
        self.at = at;
        match self.call(false, true).and_then(|call| Ok((call, self.end(triple)?))) {
            Ok((call, close)) => {
                let span = Span::new(start, self.at);
                if decorator {
                    let message = "decorators other than inline partials are not supported";
                    self.report(DiagnosticCode::Unsupported, span, message);
                }
                let strip = Strip { open: tilde, close };
                body.push(Node::Print(Print { call, strip, span }));
            }
            Err(diagnostic) => self.failed(diagnostic),
        }
    }

    fn partial(&mut self, start: usize, at: usize, tilde: bool, body: &mut Vec<Node>) {
        self.at = at;
        match self.call(true, false).and_then(|call| Ok((call, self.end(false)?))) {
            Ok((call, close)) => {
                let span = Span::new(start, self.at);
                self.one_context(&call);
                let strip = Strip { open: tilde, close };
                let indent = String::new();
                body.push(Node::Partial(Box::new(PartialCall { call, strip, indent, span })));
            }
            Err(diagnostic) => self.failed(diagnostic),
        }
    }

    fn one_context(&mut self, call: &Call) {
        if call.params.len() > 1 {
            let message = "a partial takes one context at most";
            self.report(DiagnosticCode::Syntax, call.span, message);
        }
    }

    fn open(&mut self, start: usize, at: usize, tilde: bool, calls: bool) -> Open {
        self.at = at;
        let read = self.call(!calls, calls).and_then(|call| {
            let params = self.block_params()?;
            Ok((call, params, self.end(false)?))
        });
        let (call, block_params, close) = match read {
            Ok((call, params, close)) => (Some(call), params, close),
            Err(diagnostic) => {
                self.failed(diagnostic);
                (None, Vec::new(), false)
            }
        };
        let strip = Strip { open: tilde, close };
        Open { call, block_params, strip, span: Span::new(start, self.at) }
    }

    fn close(&mut self, start: usize, at: usize, tilde: bool) -> Stop {
        self.at = at;
        let read = self.head(false).and_then(|(head, _)| {
            let call = Call { head, params: vec![], hash: vec![], span: Span::default() };
            Ok((call.original(), self.end(false)?))
        });
        let (name, close) = match read {
            Ok((name, close)) => (Some(name), close),
            Err(diagnostic) => {
                self.failed(diagnostic);
                (None, false)
            }
        };
        let strip = Strip { open: tilde, close };
        Stop::Close { name, strip, span: Span::new(start, self.at) }
    }

    fn block(
        &mut self,
        start: usize,
        at: usize,
        tilde: bool,
        kind: BlockKind,
        inverted: bool,
        body: &mut Vec<Node>,
    ) {
        let open = self.open(start, at, tilde, kind == BlockKind::Section);
        if self.depth >= MOST_NESTED {
            self.report(DiagnosticCode::TooDeep, open.span, "blocks stand more than 100 deep");
            self.at = self.source.len();
            return;
        }
        if let Some(call) = &open.call {
            match kind {
                BlockKind::Partial => self.one_context(call),
                BlockKind::Inline if call.original() != "inline" => {
                    let message = "decorators other than inline partials are not supported";
                    self.report(DiagnosticCode::Unsupported, open.span, message);
                }
                BlockKind::Inline if call.params.len() != 1 => {
                    let message = "an inline partial has one name";
                    self.report(DiagnosticCode::Syntax, open.span, message);
                }
                _ => {}
            }
        }
        self.depth = self.depth.saturating_add(1);
        let block = self.rest_of_block(open, kind, inverted);
        self.depth = self.depth.saturating_sub(1);
        body.extend(block.map(|block| Node::Block(Box::new(block))));
    }

    /// The inside of a block and its end; nothing if the opening tag could not be read.
    fn rest_of_block(&mut self, open: Open, kind: BlockKind, inverted: bool) -> Option<Block> {
        let mut program = Program { block_params: open.block_params, ..Program::default() };
        let mut chain: Vec<(Open, Program, Strip)> = Vec::new();
        let mut last: Option<(Strip, Program)> = None;
        let (name, close_strip, close_span) = loop {
            let current = match (&mut last, chain.last_mut()) {
                (Some((_, program)), _) => program,
                (None, Some((_, program, _))) => program,
                (None, None) => &mut program,
            };
            let mut nodes = std::mem::take(&mut current.body);
            let stop = self.nodes(&mut nodes);
            current.body = nodes;
            match stop {
                Stop::End => {
                    self.report(DiagnosticCode::BlockEnd, open.span, "this block is not closed");
                    break (None, Strip::default(), open.span);
                }
                Stop::Close { name, strip, span } => break (name, strip, span),
                Stop::Inverse { span, .. } | Stop::Chain { span, .. }
                    if last.is_some() || kind != BlockKind::Section =>
                {
                    self.report(
                        DiagnosticCode::Syntax,
                        span,
                        "this block cannot have an else here",
                    );
                }
                Stop::Inverse { strip, .. } => last = Some((strip, Program::default())),
                Stop::Chain { span, .. } if inverted => {
                    let message = "an inverted block has no else with a condition";
                    self.report(DiagnosticCode::Syntax, span, message);
                }
                Stop::Chain { mut open, .. } => {
                    if chain.len() >= MOST_NESTED {
                        let message = "more than 100 conditions in a row";
                        self.report(DiagnosticCode::TooDeep, open.span, message);
                    }
                    let block_params = std::mem::take(&mut open.block_params);
                    let strip = open.strip;
                    chain.push((open, Program { block_params, ..Program::default() }, strip));
                }
            }
        };
        let call = open.call?;
        if let Some(name) = name
            && name != call.original()
        {
            let message = "this tag closes another block than the one that is open";
            self.report(DiagnosticCode::BlockEnd, close_span, message);
        }
        // From the inside out. Only the first link ends with the strip of the end tag: so
        // Handlebars.js has it.
        let mut inverse = last;
        while let Some((link, program, strip)) = chain.pop() {
            let close = match (&inverse, chain.is_empty()) {
                (_, true) => close_strip,
                (Some((strip, _)), false) => *strip,
                (None, false) => strip,
            };
            let (inverse_strip, inner) = inverse.take().unzip();
            let block = Block {
                kind: BlockKind::Section,
                call: link.call?,
                program: Some(program),
                inverse: inner,
                open_strip: strip,
                inverse_strip: inverse_strip.unwrap_or_default(),
                close_strip: close,
                span: link.span,
            };
            let body = vec![Node::Block(Box::new(block))];
            inverse = Some((strip, Program { body, chained: true, ..Program::default() }));
        }
        let (inverse_strip, inverse) = inverse.unzip();
        let (program, inverse) =
            if inverted { (inverse, Some(program)) } else { (Some(program), inverse) };
        Some(Block {
            kind,
            call,
            program,
            inverse,
            open_strip: open.strip,
            inverse_strip: inverse_strip.unwrap_or_default(),
            close_strip,
            span: open.span,
        })
    }

    fn peek(&self) -> (Token, Span) {
        token(self.source, self.at)
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
    fn end(&mut self, wanted: bool) -> Read<bool> {
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

    fn block_params(&mut self) -> Read<Vec<String>> {
        let mut names = Vec::new();
        let (first, span) = self.peek();
        if first != Token::OpenParams {
            return Ok(names);
        }
        self.at = span.end;
        loop {
            match self.peek() {
                (Token::Name(name, _), span) => {
                    self.at = span.end;
                    names.push(name);
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
    fn call(&mut self, nested: bool, calls: bool) -> Read<Call> {
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
                (Token::Name(name, _), span) if token(self.source, span.end).0 == Token::Equals => {
                    self.at = token(self.source, span.end).1.end;
                    let value = self.argument()?;
                    hash.push((name, value));
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
    fn head(&mut self, calls: bool) -> Read<(Expression, Option<Vec<Expression>>)> {
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
            Token::Text(text) => Literal::Text(text),
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
            original: if data { "@".to_owned() } else { String::new() },
        };
        loop {
            let (Token::Name(part, bracketed), span) = self.peek() else {
                return self.error("expected a name");
            };
            self.at = span.end;
            path.original.push_str(&part);
            if !bracketed && matches!(part.as_str(), ".." | "." | "this") {
                if !path.parts.is_empty() {
                    let span = Span::new(start, span.end);
                    let message = "this and .. stand at the beginning of a path";
                    return Err(Diagnostic::new(DiagnosticCode::Syntax, span, message));
                }
                path.depth = path.depth.saturating_add(usize::from(part == ".."));
            } else {
                path.parts.push(part);
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
    original.match_indices("this").any(|(at, word)| {
        let after = original.get(at.saturating_add(word.len())..).unwrap_or_default();
        !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
    })
}

/// `^}}` or `else}}`: the length, and whether the end has a tilde.
fn inverse(after: &str) -> Option<(usize, bool)> {
    let rest = match after.strip_prefix('^') {
        Some(rest) => rest,
        None => after.trim_start_matches(is_space).strip_prefix("else")?,
    };
    let rest = rest.trim_start_matches(is_space);
    let (close, rest) = match rest.strip_prefix('~') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let rest = rest.strip_prefix("}}")?;
    Some((after.len().saturating_sub(rest.len()), close))
}

fn starts_else(after: &str) -> Option<usize> {
    let rest = after.trim_start_matches(is_space).strip_prefix("else")?;
    if rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
        return None;
    }
    Some(after.len().saturating_sub(rest.len()))
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
