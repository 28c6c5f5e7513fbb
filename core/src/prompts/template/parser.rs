//! Tags and blocks.

use std::cell::Cell;

use super::Span;
use super::diagnostics::{Diagnostic, DiagnosticCode};
use super::lexer::{Token, is_space};
use super::tree::{Block, BlockKind, Call, Content, Node, PartialCall, Print, Program, Strip};

/// How deep blocks, and expressions within a tag, may stand in each other.
pub(crate) const MOST_NESTED: usize = 100;

pub(super) fn parse(source: &str) -> (Program, Vec<Diagnostic>) {
    let mut parser = Parser {
        source,
        at: 0,
        verbatim: false,
        diagnostics: Vec::new(),
        depth: 0,
        peeked: Cell::new(None),
    };
    // Most templates have more text than that between two tags.
    let mut body = Vec::with_capacity(source.len() / 64);
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

pub(super) type Read<T> = Result<T, Diagnostic>;

pub(super) struct Parser<'s> {
    pub(super) source: &'s str,
    pub(super) at: usize,
    /// After `\{{`: the next two braces are text.
    verbatim: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) depth: usize,
    /// The last token that was looked at, and from where.
    pub(super) peeked: Cell<Option<(usize, Token<'s>, Span)>>,
}

impl<'s> Parser<'s> {
    fn report(&mut self, code: DiagnosticCode, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, span, message));
    }

    fn rest(&self) -> &'s str {
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
            let length = braces(after).unwrap_or(after.len());
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
        let Some(length) = braces(self.rest()) else {
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
                Stop::End if open.call.is_none() => return None,
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
}

/// Where the next `{{` stands.
fn braces(text: &str) -> Option<usize> {
    // Quicker than to look for two characters, as most braces are double ones.
    let mut places = text.match_indices('{').map(|(at, _)| at);
    places.find(|at| text.as_bytes().get(at.saturating_add(1)) == Some(&b'{'))
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
