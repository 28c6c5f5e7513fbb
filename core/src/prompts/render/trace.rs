//! What prompts need to know about a rendering besides its text: where messages begin, which part
//! of the output each item of a list is, and what went wrong.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::helpers::Arguments;
use super::run::{Named, Run, helper_error};
use super::scope::{Scope, Traced};
use super::value::Value;
use crate::error::{Code, Error, Result};
use crate::prompts::messages::Role;
use crate::prompts::template::tree::{Call, Expression, Literal};
use crate::prompts::template::{Position, Span};

/// Something between two parts of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mark {
    Role(Role),
    History,
    Media { url: String, content_type: Option<String> },
}

/// The rows of a list that are shown, and what is said about the others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Shown {
    /// Which items, or all.
    pub(crate) range: Option<(usize, usize)>,
    /// What is printed in the place of the others.
    pub(crate) note: String,
    /// The characters of each text in an item.
    pub(crate) clip: Option<usize>,
}

/// One item of a list in the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) list: Rc<str>,
    pub(crate) index: usize,
    /// The segments that the item printed.
    pub(crate) segments: (usize, usize),
}

#[derive(Debug, Default)]
pub(crate) struct Trace {
    /// With the number of segments before each.
    pub(crate) marks: Vec<(usize, Mark)>,
    pub(crate) items: Vec<Item>,
    pub(crate) errors: Vec<Error>,
}

/// How prompts are rendered, other than plain templates.
#[derive(Clone, Copy)]
pub(crate) struct PromptMode<'r> {
    /// Whether a path may have no value; without it every path may.
    pub(crate) optional: Option<&'r dyn Fn(&str) -> bool>,
    /// Whether a value may stand where instructions stand.
    pub(crate) trusted: &'r dyn Fn(&str) -> bool,
    pub(crate) shown: &'r BTreeMap<String, Shown>,
    /// What `{{section "output"}}` prints.
    pub(crate) output_text: Option<&'r str>,
    /// Go on after mistakes.
    pub(crate) lenient: bool,
    /// Tells which items the output has.
    pub(crate) items: bool,
}

/// Helpers that expect to be given nothing.
const TOLERANT: &[&str] = &["default", "and", "or", "not", "eq", "ne", "formatDate", "json"];

impl<'a> Run<'a> {
    /// A tag that is an instruction to the prompt and prints nothing.
    pub(super) fn mark(
        &mut self,
        call: &'a Call,
        span: Span,
        scope: &Scope<'_, 'a>,
    ) -> Result<bool> {
        let Some(mode) = self.renderer.prompt else {
            return Ok(false);
        };
        let Expression::Path(path) = &call.head else {
            return Ok(false);
        };
        let name = path.simple().filter(|name| !scope.is_parameter(name));
        let mark = match (name, call.params.as_slice()) {
            (Some("history"), []) if call.hash.is_empty() => {
                // What was said before ends with an answer: the user speaks next.
                self.role = Role::User;
                Mark::History
            }
            (Some("role"), [Expression::Literal(Literal::Text(role))]) => {
                let role = Role::parse(role)
                    .ok_or_else(|| helper_error(call, "role system, user, model or assistant"))?;
                self.role = role;
                Mark::Role(role)
            }
            (Some("role"), [_, ..]) => {
                return Err(helper_error(call, "one role between quotation marks"));
            }
            (Some("section"), [Expression::Literal(Literal::Text(section))]) => {
                if section != "output" {
                    return Err(helper_error(call, "section output"));
                }
                let text = mode.output_text.unwrap_or_default();
                let path = Some("@output".to_owned());
                self.output.push(text, span, self.partial.as_ref(), path, false)?;
                return Ok(true);
            }
            (Some("media"), []) => {
                let (_, named) = self.arguments(call, scope)?;
                self.media(call, &named)?
            }
            _ => return Ok(false),
        };
        self.trace.marks.push((self.output.segments.len(), mark));
        Ok(true)
    }

    fn media(&self, call: &Call, named: &[Named<'_>]) -> Result<Mark> {
        if self.role == Role::System {
            return Err(helper_error(call, "media in a message of the user"));
        }
        let text = |wanted: &str| {
            let found = named.iter().find(|(name, _)| name == wanted)?;
            (!found.1.value.is_nothing()).then(|| found.1.value.print().into_owned())
        };
        let url = text("url").ok_or_else(|| helper_error(call, "a url"))?;
        Ok(Mark::Media { url, content_type: text("contentType") })
    }

    /// Refuses a value that must not be without one.
    pub(super) fn must_have(
        &mut self,
        found: &Traced<'_>,
        span: Span,
        scope: &Scope<'_, '_>,
    ) -> Result<()> {
        let Some(optional) = self.renderer.prompt.and_then(|mode| mode.optional) else {
            return Ok(());
        };
        let missing =
            found.value.is_nothing() && !found.path().is_some_and(|path| optional(&pattern(&path)));
        if !missing {
            return Ok(());
        }
        self.missing.extend(found.path());
        let message = "the input has no value for a variable of the template";
        Err(placed(Error::new(Code::PromptMissing, message), span, scope)
            .with("variable", span.of(scope.source.text)))
    }

    /// Refuses arguments without a value, but for helpers that expect them.
    pub(super) fn must_have_arguments(
        &mut self,
        name: &str,
        call: &Call,
        given: &[Traced<'_>],
        scope: &Scope<'_, '_>,
    ) -> Result<()> {
        if self.renderer.prompt.is_none() || TOLERANT.contains(&name) {
            return Ok(());
        }
        for one in given.iter().filter(|one| one.origin.is_some()) {
            self.must_have(one, call.span, scope)?;
        }
        Ok(())
    }

    /// Refuses a value that came from outside in the system's message.
    pub(super) fn must_be_trusted(
        &self,
        found: &Traced<'_>,
        span: Span,
        scope: &Scope<'_, '_>,
    ) -> Result<()> {
        let Some(mode) = self.renderer.prompt.filter(|_| self.role == Role::System) else {
            return Ok(());
        };
        if self.is_trusted(found, mode) {
            return Ok(());
        }
        let message = "a value from outside stands in the message of the system";
        Err(placed(Error::new(Code::PromptUntrusted, message), span, scope)
            .with("accepted", "numbers, true and false, and paths that the prompt trusts"))
    }

    fn is_trusted(&self, found: &Traced<'_>, mode: PromptMode<'_>) -> bool {
        if matches!(found.value, Value::Number(_) | Value::Bool(_)) {
            return true;
        }
        let mut origins =
            found.origin.iter().flat_map(|one| std::iter::once(one).chain(one.others()));
        origins.all(|origin| (mode.trusted)(&pattern(&origin.path())))
    }

    /// The text of a value in an item, cut to the characters that its list allows.
    pub(super) fn clip(&self, path: Option<&str>, text: &str) -> Option<String> {
        let mode = self.renderer.prompt?;
        let path = path?;
        let clip = path.match_indices('[').find_map(|(at, _)| {
            mode.shown.get(path.get(..at).unwrap_or_default()).and_then(|shown| shown.clip)
        })?;
        let cut = crate::prompts::formatting::truncate(text, clip);
        (cut.len() != text.len()).then(|| cut.into_owned())
    }
}

/// A path with every place in a list left out: `notes[3].author` is `notes[].author`.
pub(crate) fn pattern(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len());
    let mut inside = false;
    for c in path.chars() {
        inside = inside && c != ']';
        if !inside {
            pattern.push(c);
        }
        inside = inside || c == '[';
    }
    pattern
}

/// An error with its place in the template.
pub(super) fn placed(error: Error, span: Span, scope: &Scope<'_, '_>) -> Error {
    let place = Position::of(scope.source.text, span.start);
    let error = error
        .with("offset", span.start)
        .with("end", span.end)
        .with("line", place.line)
        .with("column", place.column);
    match scope.source.partial {
        Some(partial) => error.with("partial", partial),
        None => error,
    }
}

impl<'a> Arguments<'_, 'a> {
    /// An argument by place.
    #[must_use]
    pub fn value(&self, place: usize) -> Option<&Value<'a>> {
        self.values.get(place)
    }
}
