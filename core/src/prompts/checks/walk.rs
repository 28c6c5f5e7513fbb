//! The walk over a template without data.

use std::collections::BTreeMap;

use super::paths::{Place, View};
use super::{Surroundings, Usage, meant};
use crate::prompts::files::Kind;
use crate::prompts::messages::Role;
use crate::prompts::template::tree::{
    Block, BlockKind, Call, Expression, Literal, Node, Path, Program,
};
use crate::prompts::template::{Diagnostic, DiagnosticCode, Span, Template};

/// Names that are always known.
const BUILT_IN: &[&str] = &["if", "unless", "each", "with", "lookup", "log"];

/// How many partials may be called in each other.
const MOST_PARTIALS: usize = 20;

/// Finds what a template uses and what is wrong with it. Only what stands in the template itself
/// is reported; partials have files of their own.
pub(crate) fn walk(template: &Template, surroundings: Surroundings<'_>) -> Usage {
    let root = Place::root(surroundings.schema);
    let mut walker = Walker {
        surroundings,
        usage: Usage::default(),
        root: root.clone(),
        source: template.source(),
        partials: Vec::new(),
        inlines: BTreeMap::new(),
        blocks: 0,
        role: Role::User,
    };
    walker.body(&template.root, &View::new(root));
    walker.usage.diagnostics.sort_by_key(|one| (one.span.start, one.code));
    walker.usage.diagnostics.dedup();
    walker.usage
}

pub(super) struct Walker<'s> {
    pub(super) surroundings: Surroundings<'s>,
    pub(super) usage: Usage,
    root: Place<'s>,
    pub(super) source: &'s str,
    /// The partials around, from the outermost, each with the number of blocks around its call
    /// and the place of the call.
    partials: Vec<(String, usize, Span)>,
    inlines: BTreeMap<String, &'s Program>,
    /// The blocks around.
    blocks: usize,
    pub(super) role: Role,
}

impl<'s> Walker<'s> {
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if self.partials.is_empty() {
            self.usage.diagnostics.push(diagnostic);
        }
    }

    fn body(&mut self, program: &'s Program, view: &View<'s>) {
        for node in &program.body {
            if let Node::Block(block) = node
                && block.kind == BlockKind::Inline
                && let (Some(Expression::Literal(name)), Some(program)) =
                    (block.call.params.first(), &block.program)
            {
                self.inlines.insert(name.name(), program);
            }
        }
        let mut before = "";
        for node in &program.body {
            match node {
                Node::Print(print) => self.print(&print.call, print.span, before, view),
                Node::Block(block) => match block.kind {
                    BlockKind::Inline => {}
                    BlockKind::Section => {
                        self.blocks = self.blocks.saturating_add(1);
                        self.section(block, view);
                        self.blocks = self.blocks.saturating_sub(1);
                    }
                    BlockKind::Partial => {
                        if let Some(program) = &block.program {
                            self.inlines.insert("@partial-block".to_owned(), program);
                            self.body(program, view);
                        }
                        self.partial(&block.call, true, view);
                    }
                },
                Node::Partial(partial) => self.partial(&partial.call, false, view),
                Node::Content(_) | Node::Comment(_) => {}
            }
            before = match node {
                Node::Content(content) => content.value.of(self.source),
                _ => "",
            };
        }
    }

    /// Whether a call is one of a helper, and its name.
    pub(super) fn helper<'c>(&self, call: &'c Call, view: &View<'s>) -> Option<&'c str> {
        let Expression::Path(path) = &call.head else {
            return None;
        };
        let name = path.simple().filter(|name| view.parameter(name).is_none())?;
        let arguments = !call.params.is_empty() || !call.hash.is_empty();
        let known = arguments
            || BUILT_IN.contains(&name)
            || name == "history"
            || self.surroundings.helpers.get(name, false).is_some();
        known.then_some(name)
    }

    fn print(&mut self, call: &'s Call, span: Span, before: &str, view: &View<'s>) {
        if let Expression::Call(inner) = &call.head {
            return self.print(inner, span, before, view);
        }
        match (self.helper(call, view), &call.head, call.params.first()) {
            (Some("history"), ..) if call.params.is_empty() => self.role = Role::User,
            (Some("role"), _, Some(given)) => {
                let role = match given {
                    Expression::Literal(Literal::Text(role)) => Role::parse(role),
                    _ => None,
                };
                if role.is_none() {
                    let message = "role takes system, user or model between quotation marks";
                    self.report(Diagnostic::new(DiagnosticCode::UnknownHelper, span, message));
                }
                self.role = role.unwrap_or(self.role);
            }
            (Some("section"), _, Some(Expression::Literal(Literal::Text(section))))
                if section == "output" =>
            {
                self.usage.shows_output = true;
            }
            (Some("media"), _, None) => self.arguments(call, view),
            (Some(name), ..) => {
                self.known(name, call);
                self.arguments(call, view);
                self.printed_by_helper(name, call, span, before, view);
            }
            (None, Expression::Path(path), _) => {
                let place = self.value(path, call.span, view);
                self.printed(path, &place, span, before);
            }
            (None, ..) => {}
        }
    }

    fn known(&mut self, name: &str, call: &Call) {
        let helpers = self.surroundings.helpers;
        if BUILT_IN.contains(&name) || helpers.get(name, true).is_some() {
            return;
        }
        let own = ["role", "section", "media", "history"];
        let names = helpers.names().chain(BUILT_IN.iter().copied()).chain(own);
        let close = meant(name, names);
        let span = self.locate(name, call.span);
        let message = format!("no helper is called {name}");
        let one = Diagnostic::new(DiagnosticCode::UnknownHelper, span, message);
        self.report(match close {
            Some(close) => one.hint(format!("did you mean {close}?")).fix(span, close),
            None => one,
        });
    }

    pub(super) fn arguments(&mut self, call: &'s Call, view: &View<'s>) {
        let named = call.hash.iter().map(|(_, value)| value);
        for argument in call.params.iter().chain(named) {
            match argument {
                Expression::Path(path) => {
                    self.value(path, call.span, view);
                }
                Expression::Call(inner) => {
                    if let Some(name) = self.helper(inner, view) {
                        self.known(name, inner);
                    }
                    self.arguments(inner, view);
                }
                Expression::Literal(_) => {}
            }
        }
    }

    /// Follows a path whose value is used.
    pub(super) fn value(&mut self, path: &Path, within: Span, view: &View<'s>) -> Place<'s> {
        let place = self.place(path, within, view);
        if let Some(path) = &place.path {
            self.usage.values.insert(path.clone());
        }
        place
    }

    fn place(&mut self, path: &Path, within: Span, view: &View<'s>) -> Place<'s> {
        let followed = view.follow(path, &self.root);
        if let Some((name, around)) = followed.unknown {
            let fields = match around.map(|schema| &schema.kind) {
                Some(Kind::Object(fields)) => fields.named.keys().map(String::as_str).collect(),
                _ => Vec::new(),
            };
            let span = self.locate(&path.original, within);
            let message = format!("the input has no value {}", path.original);
            let one = Diagnostic::new(DiagnosticCode::UnknownVariable, span, message);
            let last = path.parts.last().is_some_and(|last| *last == name);
            self.report(match meant(&name, fields.into_iter()) {
                Some(close) if last => {
                    let start = span.end.saturating_sub(name.len()).max(span.start);
                    let part = Span { start, ..span };
                    one.hint(format!("did you mean {close}?")).fix(part, close)
                }
                Some(close) => one.hint(format!("did you mean {close}?")),
                None => one.hint("declare it in the input schema"),
            });
        }
        followed.place
    }

    /// The place of words inside a tag.
    pub(super) fn locate(&self, words: &str, within: Span) -> Span {
        let found = within.of(self.source).find(words).filter(|_| !words.is_empty());
        found.map_or(within, |at| {
            let start = within.start.saturating_add(at);
            Span { start, end: start.saturating_add(words.len()) }
        })
    }

    fn section(&mut self, block: &'s Block, view: &View<'s>) {
        let call = match &block.call.head {
            Expression::Call(inner) => inner,
            _ => &block.call,
        };
        let first = match call.params.first() {
            Some(Expression::Path(path)) => Some(path),
            _ => None,
        };
        let (mut inside, mut otherwise) = (view.clone(), view.clone());
        match (self.helper(call, view), &call.head) {
            (Some(name @ ("if" | "unless")), _) => {
                self.arguments(call, view);
                let mut present = Vec::new();
                for argument in &call.params {
                    self.present(argument, view, &mut present);
                }
                let known = if name == "if" { &mut inside } else { &mut otherwise };
                known.present.extend(present);
            }
            (Some(name @ ("each" | "with")), _) => {
                let place = match first {
                    Some(path) => self.place(path, call.span, view),
                    None => {
                        self.arguments(call, view);
                        Place::default()
                    }
                };
                self.usage.visited.extend(place.path.clone());
                let place = if name == "each" { place.items() } else { place.present() };
                inside = view.inside(place.clone());
                let names = block.program.iter().flat_map(|program| &program.block_params);
                let places = [place, Place::default()];
                inside.parameters.extend(names.cloned().zip(places));
            }
            (Some(name), _) => {
                self.known(name, call);
                self.arguments(call, view);
            }
            (None, Expression::Path(path)) => {
                let place = self.place(path, call.span, view);
                self.usage.visited.extend(place.path.clone());
                match place.shape.schema.map(|schema| &schema.kind) {
                    Some(Kind::List(_)) => inside = view.inside(place.items()),
                    Some(Kind::Boolean) => inside.present.extend(place.path),
                    Some(Kind::Object(_)) => inside = view.inside(place.present()),
                    // A list, an object or a truth: only the data knows.
                    _ => inside = view.inside(Place { path: place.path, ..Place::default() }),
                }
            }
            (None, _) => {}
        }
        for (program, view) in [(&block.program, inside), (&block.inverse, otherwise)] {
            if let Some(program) = program {
                let inlines = self.inlines.clone();
                self.body(program, &view);
                self.inlines = inlines;
            }
        }
    }

    /// The paths that have a value where a condition holds.
    fn present(&self, condition: &Expression, view: &View<'s>, found: &mut Vec<String>) {
        match condition {
            Expression::Path(path) => found.extend(view.follow(path, &self.root).place.path),
            Expression::Call(call) if self.helper(call, view) == Some("and") => {
                call.params.iter().for_each(|one| self.present(one, view, found));
            }
            _ => {}
        }
    }

    fn partial(&mut self, call: &'s Call, has_block: bool, view: &View<'s>) {
        let mut context = view.this();
        if let Some(Expression::Path(path)) = call.params.first() {
            context = self.place(path, call.span, view);
            self.usage.visited.extend(context.path.clone());
        }
        if !call.hash.is_empty() {
            // Names of its own beside those of the context: only the data knows them all.
            let named = call.hash.iter().map(|(_, value)| value);
            for value in named {
                if let Expression::Path(path) = value {
                    self.value(path, call.span, view);
                }
            }
            context.shape.schema = None;
        }
        if let Expression::Call(inner) = &call.head {
            self.arguments(inner, view);
            self.usage.any_partial = true;
            self.usage.values.extend(context.path);
            return;
        }
        let name = call.original();
        if let Some(program) = self.inlines.get(&name).copied() {
            if name == "@partial-block" {
                return;
            }
            self.inlines.remove(&name);
            self.body(program, &view.inside(context));
            self.inlines.insert(name, program);
            return;
        }
        let Some(template) = self.surroundings.partials.get(&name) else {
            if !has_block && name != "@partial-block" {
                let message = format!("no partial is called {name}");
                let one = Diagnostic::new(DiagnosticCode::UnknownPartial, call.span, message);
                let close = meant(&name, self.surroundings.partials.keys().map(String::as_str));
                self.report(match close {
                    Some(close) => one.hint(format!("did you mean {close}?")),
                    None => one,
                });
            }
            return;
        };
        self.usage.partials.insert(name.clone());
        if let Some((_, blocks, _)) = self.partials.iter().find(|(one, ..)| *one == name) {
            if *blocks == self.blocks {
                let message = "a partial calls itself without any condition";
                let span = self.partials.first().map_or(call.span, |(_, _, span)| *span);
                let one = Diagnostic::new(DiagnosticCode::PartialCycle, span, message);
                self.usage.diagnostics.push(one);
            }
            return;
        }
        if self.partials.len() >= MOST_PARTIALS {
            return;
        }
        let source = std::mem::replace(&mut self.source, template.source());
        self.partials.push((name, self.blocks, call.span));
        self.body(&template.root, &View::new(context));
        self.partials.pop();
        self.source = source;
    }
}
