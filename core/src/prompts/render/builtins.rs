//! `if`, `unless`, `each`, `with`, `lookup`, `log`, and blocks over values.

use std::borrow::Cow;
use std::rc::Rc;

use super::run::{Found, Run, helper_error};
use super::scope::{Frame, Origin, Round, Scope, Traced};
use super::trace::{Item, Shown};
use super::value::Value;
use crate::error::{Code, Error, Result};
use crate::prompts::template::tree::{Block, Call, Node};

impl<'r> Run<'r> {
    /// A block: what its head says decides whether, how often and for what its inside is printed.
    pub(super) fn block<'a>(&mut self, block: &'a Block, scope: &Scope<'_, 'a>) -> Result<()>
    where
        'r: 'a,
    {
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
    pub(super) fn built_in<'a>(
        &mut self,
        name: &str,
        call: &'a Call,
        block: Option<&'a Block>,
        scope: &Scope<'_, 'a>,
    ) -> Result<Option<Traced<'a>>>
    where
        'r: 'a,
    {
        match name {
            "if" | "unless" | "each" | "with" | "lookup" | "log" => {}
            // What Handlebars.js calls by itself nobody may call.
            "helperMissing" | "blockHelperMissing" => {
                return Err(helper_error(call, "a helper that is known"));
            }
            _ => return Ok(None),
        }
        let (given, named) = self.arguments(call, scope)?;
        match (name, given.as_slice()) {
            ("log", _) => return Ok(Some(Traced::default())),
            ("lookup", [object, field]) => {
                if !object.value.is_truthy() {
                    return Ok(Some(object.clone()));
                }
                let field: Cow<'a, str> = match &field.value {
                    Value::Null => Cow::Borrowed("null"),
                    Value::Undefined => Cow::Borrowed("undefined"),
                    other => other.print(),
                };
                let found = object.step(field.clone());
                return Ok(Some(found));
            }
            ("lookup", _) => return Err(helper_error(call, "an object and a name")),
            _ => {}
        }
        let (Some(block), [value]) = (block, given.as_slice()) else {
            return Err(helper_error(call, "a block with one argument"));
        };
        let (program, inverse) = (block.program.as_ref(), block.inverse.as_ref());
        if matches!(name, "each" | "with") {
            self.must_have_arguments(name, call, &given, scope)?;
        }
        match name {
            "each" => self.each(value, block, scope)?,
            "with" if value.value.is_empty() => {
                self.program(inverse, scope.this(), &[], scope.frame, scope)?;
            }
            "with" => {
                let values = std::slice::from_ref(value);
                self.program(program, value, values, scope.frame, scope)?;
            }
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

    fn each<'a>(
        &mut self,
        items: &Traced<'a>,
        block: &'a Block,
        scope: &Scope<'_, 'a>,
    ) -> Result<()>
    where
        'r: 'a,
    {
        let program = block.program.as_ref();
        let round = |key, index: usize, count: usize| {
            let number = u32::try_from(index).map_or(f64::NAN, f64::from);
            let last = index.saturating_add(1) == count;
            Round { key, index: number, first: index == 0, last }
        };
        let mode = self.renderer.prompt;
        let frame =
            |round| Frame { outer: Some(scope.frame), round: Some(round), ..scope.frame.clone() };
        let mut visited = false;
        if let Value::List(list) = &items.value {
            let name: Option<Rc<str>> = mode.and_then(|_| items.path()).map(Rc::from);
            let shown = mode.zip(name.as_deref()).and_then(|(mode, name)| mode.shown.get(name));
            let (from, to) = shown.and_then(|shown| shown.range).unwrap_or((0, list.len()));
            let to = to.min(list.len());
            let count = to.saturating_sub(from);
            if let Some(shown) = shown.filter(|_| from > 0) {
                self.note(shown, true, &name, block, scope)?;
                visited = true;
            }
            let rows = list.iter().enumerate().skip(from).take(count);
            for (place, (index, item)) in rows.enumerate() {
                visited = true;
                self.round()?;
                let at = round(Traced::default(), place, count);
                let at = Round { key: Traced::made(Value::Number(at.index)), ..at };
                let origin = items.origin.as_ref();
                let origin = origin.map(|origin| Rc::new(Origin::Index(Rc::clone(origin), index)));
                let item =
                    Traced { others: items.others.clone(), ..Traced::at(item.into(), origin) };
                let values = [item.clone(), at.key.clone()];
                let first = self.output.segments.len();
                self.program(program, &item, &values, &frame(at), scope)?;
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
            for (index, (name, item)) in fields.into_iter().enumerate() {
                visited = true;
                self.round()?;
                // A name of the data comes from the data.
                let key = Traced { value: Value::Text(name), ..item.clone() };
                let values = [item.clone(), key.clone()];
                let frame = frame(round(key, index, count));
                self.program(program, &item, &values, &frame, scope)?;
            }
        }
        if !visited {
            self.program(block.inverse.as_ref(), scope.this(), &[], scope.frame, scope)?;
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

    fn round(&mut self) -> Result<()> {
        self.rounds = self.rounds.saturating_add(1);
        if self.rounds <= self.renderer.limits.loop_rounds {
            return Ok(());
        }
        Err(Error::new(Code::PromptLimit, "the loops have more rounds than the limit")
            .with("limit", "loop_rounds")
            .with("most", self.renderer.limits.loop_rounds))
    }
}
