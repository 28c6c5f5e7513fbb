//! `if`, `unless`, `each`, `with`, `lookup`, `log`, and blocks over values.

use std::borrow::Cow;
use std::rc::Rc;

use super::run::{Found, Run, helper_error};
use super::scope::{Frame, Origin, Round, Scope, Traced};
use super::value::Value;
use crate::error::{Code, Error, Result};
use crate::prompts::template::tree::{Block, Call};

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
                let text = found.value.print();
                let path = found.path();
                return self.output.push(&text, block.span, None, path, true);
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
        if !matches!(name, "if" | "unless" | "each" | "with" | "lookup" | "log") {
            return Ok(None);
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
                return Ok(Some(step(object, field)));
            }
            ("lookup", _) => return Err(helper_error(call, "an object and a name")),
            _ => {}
        }
        let (Some(block), [value]) = (block, given.as_slice()) else {
            return Err(helper_error(call, "a block with one argument"));
        };
        let (program, inverse) = (block.program.as_ref(), block.inverse.as_ref());
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
        let frame =
            |round| Frame { outer: Some(scope.frame), round: Some(round), ..scope.frame.clone() };
        let mut visited = false;
        if let Value::List(list) = &items.value {
            for (index, item) in list.iter().enumerate() {
                visited = true;
                self.round()?;
                let at = round(Value::Undefined, index, list.len());
                let at = Round { key: Value::Number(at.index), ..at };
                let origin = items.origin.as_ref();
                let origin = origin.map(|origin| Rc::new(Origin::Index(Rc::clone(origin), index)));
                let item = Traced { value: Value::from(item), origin };
                let key = Traced::made(at.key.clone());
                let values = [item.clone(), key];
                self.program(program, &item, &values, &frame(at), scope)?;
            }
        } else {
            let fields = items.value.fields();
            let count = fields.len();
            for (index, (name, _)) in fields.into_iter().enumerate() {
                visited = true;
                self.round()?;
                let key = Value::Text(name.clone());
                let item = step(items, name);
                let values = [item.clone(), Traced::made(key.clone())];
                let frame = frame(round(key, index, count));
                self.program(program, &item, &values, &frame, scope)?;
            }
        }
        if !visited {
            self.program(block.inverse.as_ref(), scope.this(), &[], scope.frame, scope)?;
        }
        Ok(())
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

/// A property whose name was computed.
fn step<'a>(object: &Traced<'a>, name: Cow<'a, str>) -> Traced<'a> {
    let value = object.value.get(&name);
    let list = matches!(object.value, Value::List(_));
    let origin = object.origin.as_ref().map(|origin| {
        Rc::new(match name.parse() {
            Ok(index) if list => Origin::Index(Rc::clone(origin), index),
            _ => Origin::Name(Rc::clone(origin), name),
        })
    });
    Traced { value, origin }
}
