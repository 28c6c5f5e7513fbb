//! `if`, `unless`, `each`, `with`, `lookup`, `log`, and blocks over values.

use std::borrow::Cow;
use std::rc::Rc;

use super::run::{Found, Run, helper_error};
use super::scope::{Frame, Round, Scope, Traced};
use super::trace::{Item, Shown};
use super::value::Value;
use crate::error::{Code, Error, Result};
use crate::prompts::template::tree::{Block, Call, Node, Program};

/// Whether a helper of the language has this name.
pub(super) fn is_built_in(name: &str) -> bool {
    matches!(name, "if" | "unless" | "each" | "with" | "lookup" | "log") || is_uncallable(name)
}

/// What Handlebars.js calls by itself nobody may call.
fn is_uncallable(name: &str) -> bool {
    matches!(name, "helperMissing" | "blockHelperMissing")
}

impl<'a> Run<'a> {
    /// A block: what its head says decides whether, how often and for what its inside is printed.
    pub(super) fn block(&mut self, block: &'a Block, scope: &Scope<'_, 'a>) -> Result<()> {
        let found = match self.find(&block.call, Some(block), scope)? {
            Found::Plain(found) => found,
            // A helper prints what it gives: its block is not asked for.
            Found::Helper(found) => {
                return self.print(&found, block.span, scope);
            }
        };
        let program = block.program.as_ref();
        match &found.value {
            Value::Bool(true) => self.program(program, scope.this(), &[], scope.frame, scope),
            Value::Bool(false) | Value::Null | Value::Undefined => {
                self.program(block.inverse.as_ref(), scope.this(), &[], scope.frame, scope)
            }
            Value::List(_) => self.each(&found, block, scope),
            _ => self.program(program, &found, &[], scope.frame, scope),
        }
    }

    /// A helper of the language, or nothing if the name is none.
    pub(super) fn built_in(
        &mut self,
        name: &str,
        call: &'a Call,
        block: Option<&'a Block>,
        scope: &Scope<'_, 'a>,
    ) -> Result<Option<Traced<'a>>> {
        if !is_built_in(name) {
            return Ok(None);
        }
        if is_uncallable(name) {
            return Err(helper_error(call, "a helper that is known"));
        }
        if name == "log" {
            self.arguments(call, scope)?;
            return Ok(Some(Traced::default()));
        }
        if name == "lookup" {
            return self.look_up(call, scope).map(Some);
        }
        let (value, named) = match call.params.as_slice() {
            [param] => (Some(self.evaluate(param, scope)?), self.named(call, scope)?),
            _ => (None, self.arguments(call, scope)?.1),
        };
        let (Some(block), Some(value)) = (block, value) else {
            return Err(helper_error(call, "a block with one argument"));
        };
        let (program, inverse) = (block.program.as_ref(), block.inverse.as_ref());
        if matches!(name, "each" | "with") {
            self.must_have_arguments(name, call, std::slice::from_ref(&value), scope)?;
        }
        match name {
            "each" => self.each(&value, block, scope)?,
            "with" if value.value.is_empty() => {
                self.program(inverse, scope.this(), &[], scope.frame, scope)?;
            }
            "with" => self.program(program, &value, &[&value], scope.frame, scope)?,
            _ => {
                let zero = named
                    .iter()
                    .any(|(name, value)| name == "includeZero" && value.value.is_truthy());
                let empty = value.value.is_empty() || (!zero && !value.value.is_truthy());
                let chosen = if empty == (name == "if") { inverse } else { program };
                self.program(chosen, scope.this(), &[], scope.frame, scope)?;
            }
        }
        Ok(Some(Traced::default()))
    }

    fn look_up(&mut self, call: &'a Call, scope: &Scope<'_, 'a>) -> Result<Traced<'a>> {
        let (given, _) = self.arguments(call, scope)?;
        let [object, field] = given.as_slice() else {
            return Err(helper_error(call, "an object and a name"));
        };
        if !object.value.is_truthy() {
            return Ok(object.clone());
        }
        Ok(object.get(match &field.value {
            Value::Null => Cow::Borrowed("null"),
            Value::Undefined => Cow::Borrowed("undefined"),
            other => other.print(),
        }))
    }

    fn each(&mut self, items: &Traced<'a>, block: &'a Block, scope: &Scope<'_, 'a>) -> Result<()> {
        let program = block.program.as_ref();
        let mode = self.renderer.prompt;
        let mut visited = false;
        if let Value::List(list) = &items.value {
            let name: Option<Rc<str>> = mode.and_then(|_| items.path()).map(Rc::from);
            let shown = mode.zip(name.as_deref()).and_then(|(mode, name)| mode.shown.get(name));
            let (from, to) = shown.and_then(|shown| shown.range).unwrap_or((0, list.len()));
            let to = to.min(list.len());
            let count = to.saturating_sub(from);
            let rows = |program: &&Program| {
                !self.output.traced && program.block_params.is_empty() && !program.has_inlines()
            };
            if let Some(program) = program.filter(rows).filter(|_| count > 0) {
                return self.rows(list, program, scope);
            }
            if let Some(shown) = shown.filter(|_| from > 0) {
                self.note(shown, true, &name, block, scope)?;
                visited = true;
            }
            let rows = list.iter().enumerate().skip(from).take(count);
            for (place, (index, item)) in rows.enumerate() {
                visited = true;
                let item = items.item(index, item);
                let first = self.output.segments.len();
                self.one_round(&item, None, (place, count), program, scope)?;
                if mode.is_some_and(|mode| mode.items)
                    && let Some(list) = &name
                {
                    let segments = (first, self.output.segments.len());
                    self.trace.items.push(Item { list: Rc::clone(list), index, segments });
                }
            }
            if let Some(shown) = shown.filter(|_| to < list.len()) {
                self.note(shown, false, &name, block, scope)?;
                visited = true;
            }
        } else {
            let fields = items.fields();
            let count = fields.len();
            for (place, (name, item)) in fields.into_iter().enumerate() {
                visited = true;
                // A name of the data comes from the data.
                let key = Traced { value: Value::Text(name), origin: item.origin.clone() };
                self.one_round(&item, Some(key), (place, count), program, scope)?;
            }
        }
        if !visited {
            self.program(block.inverse.as_ref(), scope.this(), &[], scope.frame, scope)?;
        }
        Ok(())
    }

    /// One round of an `each`, at a place among so many. The key of an item is its place.
    fn one_round(
        &mut self,
        item: &Traced<'a>,
        key: Option<Traced<'a>>,
        (place, count): (usize, usize),
        program: Option<&'a Program>,
        scope: &Scope<'_, 'a>,
    ) -> Result<()> {
        self.begin_round()?;
        let mut round = Round::at(place, count);
        if let Some(key) = key {
            round.key = key;
        }
        let frame = Frame { outer: Some(scope.frame), round: Some(&round), ..*scope.frame };
        self.program(program, item, &[item, &round.key], &frame, scope)
    }

    pub(super) fn begin_round(&mut self) -> Result<()> {
        self.rounds = self.rounds.saturating_add(1);
        if self.rounds > self.renderer.limits.loop_rounds {
            return Err(Error::new(Code::PromptLimit, "the loops have more rounds than the limit")
                .with("limit", "loop_rounds")
                .with("most", self.renderer.limits.loop_rounds));
        }
        Ok(())
    }

    /// Says what a list leaves out, on a line of its own where the items have lines.
    fn note(
        &mut self,
        shown: &Shown,
        before: bool,
        list: &Option<Rc<str>>,
        block: &Block,
        scope: &Scope<'_, '_>,
    ) -> Result<()> {
        let body = block.program.as_ref().and_then(|program| program.body.last());
        let line = matches!(
            body,
            Some(Node::Content(content)) if content.value.of(scope.source.text).ends_with('\n')
        );
        let text = match (line, before) {
            (true, _) => format!("{}\n", shown.note),
            (false, true) => format!("{} ", shown.note),
            (false, false) => format!(" {}", shown.note),
        };
        let path = list.as_ref().map(ToString::to_string);
        self.output.push(&text, block.span, self.partial.as_ref(), path, false)
    }
}
