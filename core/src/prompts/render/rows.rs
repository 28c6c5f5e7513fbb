//! Loops over lists that print a text alone: what the names in them stand for is found out before
//! the first round, and a round only reads its item.

use serde_json::Value as Json;

use super::builtins::is_built_in;
use super::run::{Run, literal};
use super::scope::{Contexts, Frame, Round, Scope, Traced};
use super::value::Value;
use super::{Arguments, HelperFunction};
use crate::error::Result;
use crate::prompts::template::tree::{Call, Expression, Node, Path, Program};

/// What a node of a loop prints in every round.
enum Step<'a> {
    Text(&'a str),
    /// What these names lead to from the item.
    Value(&'a [String]),
    /// What a helper makes of the item.
    Call(&'a HelperFunction, Vec<Argument<'a>>),
    /// What is known only in the round.
    Other,
}

enum Argument<'a> {
    Made(Value<'a>),
    Item(&'a [String]),
}

impl<'a> Run<'a> {
    /// The rounds of an `each` over a list whose inside has no names and no partials of its own.
    pub(super) fn rows(
        &mut self,
        list: &'a [Json],
        program: &'a Program,
        scope: &Scope<'_, 'a>,
    ) -> Result<()> {
        let nodes = program.body.iter();
        let steps: Vec<_> = nodes.map(|node| (self.step(node, scope), node)).collect();
        self.go_deeper()?;
        for (place, row) in list.iter().enumerate() {
            self.begin_round()?;
            for (step, node) in &steps {
                if !self.take(step, row)? {
                    let round = Round::at(place, list.len());
                    self.in_round(&round, row, node, scope)?;
                }
            }
        }
        self.depth = self.depth.saturating_sub(1);
        Ok(())
    }

    fn step(&self, node: &'a Node, scope: &Scope<'_, 'a>) -> Step<'a> {
        let step = match node {
            Node::Content(content) => Some(Step::Text(content.value.of(scope.source.text))),
            Node::Print(print) => match self.plain(&print.call, scope) {
                Some(path) => names(path, scope).map(Step::Value),
                None => self.helper(&print.call, scope),
            },
            _ => None,
        };
        step.unwrap_or(Step::Other)
    }

    /// A call of a helper with literals and values of the item.
    fn helper(&self, call: &'a Call, scope: &Scope<'_, 'a>) -> Option<Step<'a>> {
        let Expression::Path(path) = &call.head else {
            return None;
        };
        let callable = |name: &&str| !scope.is_parameter(name) && !is_built_in(name);
        let name = path.simple().filter(callable).filter(|_| call.hash.is_empty())?;
        let helper = self.renderer.helpers.get(name, !call.params.is_empty())?;
        let arguments = call.params.iter().map(|param| match param {
            Expression::Path(path) => names(path, scope).map(Argument::Item),
            Expression::Literal(one) => Some(Argument::Made(literal(one))),
            Expression::Call(_) => None,
        });
        arguments.collect::<Option<_>>().map(|arguments| Step::Call(helper, arguments))
    }

    /// Prints what a step prints for an item, unless more than the item has to be looked at.
    fn take(&mut self, step: &Step<'a>, row: &'a Json) -> Result<bool> {
        match step {
            Step::Text(text) => self.output.plain(text)?,
            Step::Value(names) => match below(row, names) {
                Some(Json::String(text)) => self.output.plain(text)?,
                Some(value) => self.output.value(&value.into())?,
                None => return Ok(false),
            },
            Step::Call(helper, arguments) => match call(*helper, arguments, row) {
                Some(value) => self.output.value(&value)?,
                None => return Ok(false),
            },
            Step::Other => return Ok(false),
        }
        Ok(true)
    }

    /// Prints a node in a round, as outside of lists.
    fn in_round(
        &mut self,
        round: &Round<'a>,
        row: &'a Json,
        node: &'a Node,
        scope: &Scope<'_, 'a>,
    ) -> Result<()> {
        let item = Traced::made(row.into());
        let frame = Frame { outer: Some(scope.frame), round: Some(round), ..*scope.frame };
        let inner = Contexts { context: &item, outer: Some(scope.contexts) };
        let same = item.value.same(&scope.this().value);
        let contexts = if same { scope.contexts } else { &inner };
        self.node(node, &Scope { contexts, frame: &frame, ..*scope })
    }
}

/// What a helper gives; nothing for an argument that is no field of the item, and for an error,
/// whose place is found where the node is printed.
fn call<'a>(
    helper: &HelperFunction,
    arguments: &[Argument<'a>],
    row: &'a Json,
) -> Option<Value<'a>> {
    let read = |argument: &Argument<'a>| match argument {
        Argument::Made(value) => Some(value.clone()),
        Argument::Item(names) => below(row, names).map(Value::from),
    };
    let called = |values: &[Value<'a>]| helper(&Arguments { values, named: &[] }).ok();
    match arguments {
        // Most calls: nothing is put into a list of its own.
        [argument] => called(std::slice::from_ref(&read(argument)?)),
        arguments => called(&arguments.iter().map(read).collect::<Option<Vec<_>>>()?),
    }
}

/// The names of a path that begins at the item.
fn names<'a>(path: &'a Path, scope: &Scope<'_, '_>) -> Option<&'a [String]> {
    let hidden = || path.parts.first().is_some_and(|name| scope.is_parameter(name));
    let of_item = path.depth == 0 && !path.data && (path.scoped || !hidden());
    of_item.then_some(path.parts.as_slice())
}

/// The value that names lead to; nothing unless all on the way are objects that have it.
fn below<'a>(row: &'a Json, names: &[String]) -> Option<&'a Json> {
    names.iter().try_fold(row, |found, name| found.as_object()?.get(name))
}
