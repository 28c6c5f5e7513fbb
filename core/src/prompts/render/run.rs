//! The walk over a template.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::builtins::is_built_in;
use super::output::Output;
use super::scope::{
    Contexts, Frame, Inline, Inlines, Origin, Parameters, PartialBlock, Record, Scope, Source,
    Traced, frame, look,
};
use super::trace::{Trace, placed};
use super::value::Value;
use super::{Arguments, HelperFunction, Rendered, Renderer};
use crate::error::{Code, Error, Result};
use crate::prompts::messages::Role;
use crate::prompts::template::tree::{
    Block, BlockKind, Call, Expression, Literal, Node, PartialCall, Path, Print, Program,
};
use crate::prompts::template::{Span, Template};

/// Renders a template; with `traced` off only to a text.
pub(super) fn render<'a>(
    renderer: &'a Renderer<'a>,
    template: &'a Template,
    data: &'a serde_json::Value,
    traced: bool,
) -> Result<(Rendered, Trace)> {
    let mut run = Run {
        renderer,
        output: Output::new(&renderer.limits, traced, template.source().len()),
        missing: BTreeSet::new(),
        depth: 0,
        rounds: 0,
        partial: None,
        role: Role::User,
        trace: Trace::default(),
        given: Vec::new(),
    };
    let root = Traced { value: Value::from(data), origin: traced.then(|| Rc::new(Origin::Root)) };
    let frame = Frame { outer: None, root: &root, round: None, partial_block: None };
    let contexts = Contexts { context: &root, outer: None };
    let source = Source { text: template.source(), partial: None };
    let scope =
        Scope { contexts: &contexts, parameters: None, frame: &frame, inlines: None, source };
    // Inline partials of a whole template have no context around the one they are called with.
    let nothing = Traced::default();
    let nowhere = Contexts { context: &nothing, outer: None };
    let done = run.body(&template.root, &scope, &Scope { contexts: &nowhere, ..scope });
    if let Err(error) = done {
        if !run.is_lenient() {
            return Err(error);
        }
        run.trace.errors.push(error);
    }
    let rendered = Rendered {
        text: run.output.text,
        segments: run.output.segments,
        missing: run.missing.into_iter().collect(),
    };
    Ok((rendered, run.trace))
}

pub(super) struct Run<'a> {
    pub(super) renderer: &'a Renderer<'a>,
    pub(super) output: Output,
    pub(super) missing: BTreeSet<String>,
    pub(super) depth: usize,
    pub(super) rounds: usize,
    /// The name of the partial whose template is printed.
    pub(super) partial: Option<Rc<str>>,
    /// Whose message is printed.
    pub(super) role: Role,
    pub(super) trace: Trace,
    /// The arguments of the calls whose arguments are read: those of the innermost come last.
    given: Vec<Value<'a>>,
}

/// What a tag without arguments, or with, turned out to be.
pub(super) enum Found<'a> {
    Helper(Traced<'a>),
    Plain(Traced<'a>),
}

/// An argument by name.
pub(super) type Named<'a> = (Cow<'a, str>, Traced<'a>);

impl<'a> Run<'a> {
    /// Runs a program in a context. `scope` is where it was written, `parameters` what its names
    /// stand for.
    pub(super) fn program(
        &mut self,
        program: Option<&'a Program>,
        context: &Traced<'a>,
        values: &[&Traced<'a>],
        frame: &Frame<'_, 'a>,
        scope: &Scope<'_, 'a>,
    ) -> Result<()> {
        let Some(program) = program else {
            return Ok(());
        };
        let inner = Contexts { context, outer: Some(scope.contexts) };
        let contexts =
            if context.value.same(&scope.this().value) { scope.contexts } else { &inner };
        let parameters =
            Parameters { names: &program.block_params, values, outer: scope.parameters };
        let named = !program.block_params.is_empty();
        let parameters = if named { Some(&parameters) } else { scope.parameters };
        let here = Scope { contexts, parameters, frame, ..*scope };
        self.body(program, &here, scope)
    }

    /// Prints the nodes of a program. Inline partials are known in all of it; they see the scope
    /// around.
    fn body(
        &mut self,
        program: &'a Program,
        here: &Scope<'_, 'a>,
        around: &Scope<'_, 'a>,
    ) -> Result<()> {
        self.go_deeper()?;
        let mut inlines = None;
        if program.has_inlines() {
            inlines = Some(self.inlines(program, around, here.inlines)?);
        }
        let scope = match &inlines {
            Some(inlines) => &Scope { inlines: Some(inlines), ..*here },
            None => here,
        };
        let lenient = self.is_lenient();
        for node in &program.body {
            if !lenient {
                self.node(node, scope)?;
                continue;
            }
            let (depth, partial) = (self.depth, self.partial.clone());
            if let Err(error) = self.node(node, scope) {
                if error.code() == Code::PromptLimit {
                    return Err(error);
                }
                self.trace.errors.push(error);
                (self.depth, self.partial) = (depth, partial);
                self.given.clear();
            }
        }
        self.depth = self.depth.saturating_sub(1);
        Ok(())
    }

    pub(super) fn go_deeper(&mut self) -> Result<()> {
        if self.depth >= self.renderer.limits.depth {
            return Err(Error::new(Code::PromptLimit, "blocks and partials run too deep")
                .with("limit", "depth")
                .with("most", self.renderer.limits.depth));
        }
        self.depth = self.depth.saturating_add(1);
        Ok(())
    }

    fn is_lenient(&self) -> bool {
        self.renderer.prompt.is_some_and(|mode| mode.lenient)
    }

    fn inlines<'s>(
        &mut self,
        program: &'a Program,
        scope: &'s Scope<'s, 'a>,
        outer: Option<&'s Inlines<'s, 'a>>,
    ) -> Result<Inlines<'s, 'a>> {
        let mut here = Vec::new();
        for node in &program.body {
            let Node::Block(block) = node else {
                continue;
            };
            if block.kind == BlockKind::Inline
                && let (Some(name), Some(program)) = (block.call.params.first(), &block.program)
            {
                let name = self.evaluate(name, scope)?.value.print();
                here.push(Inline { name, program, scope });
            }
        }
        Ok(Inlines { here, outer })
    }

    pub(super) fn node(&mut self, node: &'a Node, scope: &Scope<'_, 'a>) -> Result<()> {
        match node {
            Node::Comment(_) => Ok(()),
            Node::Content(content) => {
                let text = content.value.of(scope.source.text);
                if !self.output.traced {
                    return self.output.plain(text);
                }
                self.output.push(text, content.value, self.partial.as_ref(), None, false)
            }
            Node::Print(print) => self.tag(print, scope),
            Node::Block(block) => match block.kind {
                BlockKind::Inline => Ok(()),
                BlockKind::Partial => self.partial(&block.call, block.program.as_ref(), "", scope),
                BlockKind::Section => self.block(block, scope),
            },
            Node::Partial(partial) => {
                let PartialCall { call, indent, .. } = partial.as_ref();
                self.partial(call, None, indent, scope)
            }
        }
    }

    fn tag(&mut self, print: &'a Print, scope: &Scope<'_, 'a>) -> Result<()> {
        if let Some(block) = printed_block(&print.call, scope) {
            // Handlebars.js calls it as it calls every function that it finds: with nothing.
            let nothing = Traced::default();
            let frame = Frame { outer: None, root: &nothing, round: None, partial_block: None };
            return self.partial_block(block, &nothing, &frame, scope.inlines);
        }
        if !self.output.traced
            && let Some(path) = self.plain(&print.call, scope)
        {
            return self.output.value(&look(path, scope).value);
        }
        if self.mark(&print.call, print.span, scope)? {
            return Ok(());
        }
        match self.find(&print.call, None, scope)? {
            Found::Plain(found) => {
                self.must_have(&found, print.span, scope)?;
                self.print(&found, print.span, scope)
            }
            Found::Helper(found) => self.print(&found, print.span, scope),
        }
    }

    pub(super) fn print(
        &mut self,
        found: &Traced<'_>,
        span: Span,
        scope: &Scope<'_, '_>,
    ) -> Result<()> {
        if !self.output.traced {
            return self.output.value(&found.value);
        }
        let path = found.path();
        if found.value.is_nothing() {
            self.missing.extend(path);
            return Ok(());
        }
        self.must_be_trusted(found, span, scope)?;
        let text = found.value.print();
        let clipped = self.clip(path.as_deref(), &text);
        let text = clipped.as_deref().unwrap_or(&text);
        let guarded = self.renderer.guard.and_then(|guard| {
            let others = found.origin.iter().flat_map(|origin| origin.others());
            let mut others = others.map(|origin| origin.path());
            let first = guard.protect(path.as_deref(), text);
            first.or_else(|| others.find_map(|path| guard.protect(Some(&path), text)))
        });
        let text = guarded.as_deref().unwrap_or(text);
        self.output.push(text, span, self.partial.as_ref(), path, true)
    }

    /// The path of a tag that is neither a helper nor has arguments.
    pub(super) fn plain(&self, call: &'a Call, scope: &Scope<'_, 'a>) -> Option<&'a Path> {
        let Expression::Path(path) = &call.head else {
            return None;
        };
        let called = |name: &str| {
            !scope.is_parameter(name)
                && (is_built_in(name) || self.renderer.helpers.get(name, false).is_some())
        };
        let alone = call.params.is_empty() && call.hash.is_empty();
        (alone && !path.simple().is_some_and(called)).then_some(path)
    }

    /// The value of a tag. With a block, `if`, `each` and `with` print it and give nothing.
    pub(super) fn find(
        &mut self,
        call: &'a Call,
        block: Option<&'a Block>,
        scope: &Scope<'_, 'a>,
    ) -> Result<Found<'a>> {
        let literal;
        let (name, path) = match &call.head {
            Expression::Path(path) => (path.simple(), Some(path)),
            Expression::Literal(value) => {
                literal = value.name();
                (Some(literal.as_str()), None)
            }
            Expression::Call(inner) => return self.find(inner, block, scope),
        };
        let arguments = !call.params.is_empty() || !call.hash.is_empty();
        if let Some(name) = name
            && (path.is_none() || !scope.is_parameter(name))
        {
            if let Some(value) = self.built_in(name, call, block, scope)? {
                return Ok(Found::Helper(value));
            }
            if let Some(helper) = self.renderer.helpers.get(name, arguments) {
                return self.call(name, helper, call, scope).map(Found::Helper);
            }
        }
        if arguments {
            return Err(placed(helper_error(call, "a helper that is known"), call.span, scope));
        }
        Ok(Found::Plain(match path {
            Some(path) => look(path, scope),
            None => match &call.head {
                Expression::Literal(Literal::Text(text)) => scope.this().get(text.as_str()),
                _ => Traced::made(scope.this().value.get(name.unwrap_or_default())),
            },
        }))
    }

    /// Calls a helper. What its arguments come from is kept only where somebody asks for it.
    fn call(
        &mut self,
        name: &str,
        helper: &HelperFunction,
        call: &'a Call,
        scope: &Scope<'_, 'a>,
    ) -> Result<Traced<'a>> {
        let (start, mut sources, mut named) = (self.given.len(), Vec::new(), Vec::new());
        for param in &call.params {
            let one = self.evaluate(param, scope)?;
            if self.output.traced {
                sources.push(one.clone());
            }
            self.given.push(one.value);
        }
        for (name, value) in &call.hash {
            let one = self.evaluate(value, scope)?;
            if self.output.traced {
                sources.push(one.clone());
            }
            named.push((Cow::Borrowed(name.as_str()), one.value));
        }
        let places = sources.get(..call.params.len()).unwrap_or_default();
        self.must_have_arguments(name, call, places, scope)?;
        let values = self.given.get(start..).unwrap_or_default();
        let value = helper(&Arguments { values, named: &named })
            .map_err(|accepted| placed(helper_error(call, accepted), call.span, scope))?;
        self.given.truncate(start);
        Ok(Traced::made_from(value, &sources))
    }

    /// All arguments of a call.
    pub(super) fn arguments(
        &mut self,
        call: &'a Call,
        scope: &Scope<'_, 'a>,
    ) -> Result<(Vec<Traced<'a>>, Vec<Named<'a>>)> {
        let values: Result<_> =
            call.params.iter().map(|param| self.evaluate(param, scope)).collect();
        Ok((values?, self.named(call, scope)?))
    }

    pub(super) fn named(
        &mut self,
        call: &'a Call,
        scope: &Scope<'_, 'a>,
    ) -> Result<Vec<Named<'a>>> {
        let mut named = Vec::with_capacity(call.hash.len());
        for (name, value) in &call.hash {
            named.push((Cow::Borrowed(name.as_str()), self.evaluate(value, scope)?));
        }
        Ok(named)
    }

    pub(super) fn evaluate(
        &mut self,
        expression: &'a Expression,
        scope: &Scope<'_, 'a>,
    ) -> Result<Traced<'a>> {
        Ok(match expression {
            Expression::Path(path) => look(path, scope),
            Expression::Literal(one) => Traced::made(literal(one)),
            Expression::Call(call) => match self.find(call, None, scope)? {
                Found::Helper(found) => found,
                // `(name)` calls; a value of that name cannot be called.
                Found::Plain(_) => return Err(helper_error(call, "a helper that is known")),
            },
        })
    }

    /// Prints the block that a partial was called with.
    fn partial_block(
        &mut self,
        block: &PartialBlock<'_, 'a>,
        context: &Traced<'a>,
        frame: &Frame<'_, 'a>,
        inlines: Option<&Inlines<'_, 'a>>,
    ) -> Result<()> {
        let own = Frame { outer: Some(frame), partial_block: block.outer, ..*frame };
        let there = Scope { inlines, ..*block.scope };
        let partial = self.partial.take();
        self.partial = there.source.partial.map(Rc::from);
        self.program(Some(block.program), context, &[], &own, &there)?;
        self.partial = partial;
        Ok(())
    }

    fn partial(
        &mut self,
        call: &'a Call,
        block: Option<&'a Program>,
        indent: &str,
        scope: &Scope<'_, 'a>,
    ) -> Result<()> {
        let (given, named) = self.arguments(call, scope)?;
        let mut context = given.into_iter().next().unwrap_or_else(|| scope.this().clone());
        if !named.is_empty() {
            let mut fields = context.fields();
            for (name, value) in named {
                match fields.iter_mut().find(|(field, _)| *field == name) {
                    Some(field) => field.1 = value,
                    None => fields.push((name, value)),
                }
            }
            context.value = Value::Record(Record::new(fields));
        }
        let name: Cow<'a, str> = match &call.head {
            Expression::Call(inner) => {
                let found = match self.find(inner, None, scope)? {
                    Found::Helper(found) => found,
                    Found::Plain(_) => {
                        return Err(helper_error(inner, "a helper that is known"));
                    }
                };
                found.value.print()
            }
            _ => Cow::Owned(call.original()),
        };
        let (start, first) = (self.output.text.len(), self.output.segments.len());
        let outer = scope.frame.partial_block;
        let around = PartialBlock { program: block.unwrap_or(&EMPTY), scope, outer };
        let mut frame = *scope.frame;
        let mut inlines = None;
        if let Some(block) = block {
            frame = Frame { outer: Some(scope.frame), partial_block: Some(&around), ..frame };
            if block.has_inlines() {
                inlines = Some(self.inlines(block, scope, scope.inlines)?);
            }
        }
        let inlines = inlines.as_ref().or(scope.inlines);
        let scope = Scope { inlines, ..*scope };
        let registered = self.renderer.partials.get_key_value(name.as_ref());
        if let Some(inner) = outer.filter(|_| name == "@partial-block") {
            self.partial_block(inner, &context, &frame, inlines)?;
        } else if let Some(inline) = inlines.and_then(|inlines| inlines.find(&name)) {
            let there = Scope { inlines, ..*inline.scope };
            let partial = self.partial.take();
            self.partial = there.source.partial.map(Rc::from);
            self.program(Some(inline.program), &context, &[], &frame, &there)?;
            self.partial = partial;
        } else if let Some((name, template)) = registered {
            let contexts = Contexts { context: &context, outer: None };
            let source = Source { text: template.source(), partial: Some(name) };
            let there =
                Scope { contexts: &contexts, parameters: None, frame: &frame, inlines, source };
            let partial = self.partial.replace(Rc::from(name.as_str()));
            let nothing = Traced::default();
            let nowhere = Contexts { context: &nothing, outer: None };
            self.body(&template.root, &there, &Scope { contexts: &nowhere, ..there })?;
            self.partial = partial;
        } else if block.is_some() {
            let own = Frame { outer: Some(&frame), partial_block: outer, ..frame };
            self.program(block, &context, &[], &own, &scope)?;
        } else {
            let error = Error::new(Code::PromptPartial, "the template calls an unknown partial");
            return Err(placed(error, call.span, &scope));
        }
        self.output.indent(start, first, indent)
    }
}

/// The value of a literal.
pub(super) fn literal(literal: &Literal) -> Value<'_> {
    match literal {
        Literal::Text(text) => Value::Text(Cow::Borrowed(text)),
        Literal::Number(bits) => Value::Number(f64::from_bits(*bits)),
        Literal::Bool(value) => Value::Bool(*value),
        Literal::Null => Value::Null,
        Literal::Undefined => Value::Undefined,
    }
}

/// The block that `{{@partial-block}}` prints.
fn printed_block<'s, 'a>(call: &Call, scope: &Scope<'s, 'a>) -> Option<&'s PartialBlock<'s, 'a>> {
    let Expression::Path(path) = &call.head else {
        return None;
    };
    let alone = path.data && call.params.is_empty() && call.hash.is_empty();
    let named = alone && path.parts.as_slice() == ["partial-block"];
    named.then(|| frame(scope, path.depth)?.partial_block).flatten()
}

static EMPTY: Program = Program { body: Vec::new(), block_params: Vec::new(), chained: false };

pub(super) fn helper_error(call: &Call, accepted: &str) -> Error {
    Error::new(Code::PromptHelper, format!("a helper of the template: expected {accepted}"))
        .with("accepted", accepted)
        .with("offset", call.span.start)
}
