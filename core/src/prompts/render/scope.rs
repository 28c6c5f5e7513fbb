//! What a tag sees: contexts, `@data`, block parameters and inline partials.

use std::borrow::Cow;
use std::rc::Rc;

use super::number::push_digits;
use super::value::Value;
use crate::prompts::template::tree::{Path, Program};

/// A value and where it stands in the data.
#[derive(Debug, Clone, Default)]
pub(super) struct Traced<'a> {
    pub(super) value: Value<'a>,
    /// Nothing for what the template made, and where nobody asks for origins.
    pub(super) origin: Option<Rc<Origin<'a>>>,
}

#[derive(Debug)]
pub(super) enum Origin<'a> {
    Root,
    Name(Rc<Origin<'a>>, Cow<'a, str>),
    Index(Rc<Origin<'a>>, usize),
    /// What a helper made of several values: the first, and the others.
    Several(Rc<Origin<'a>>, Vec<Rc<Origin<'a>>>),
}

impl<'a> Origin<'a> {
    /// The path as people write it: `payments[0].amount`. That of several is that of the first.
    pub(super) fn path(&self) -> String {
        // Long enough for most, so that it is not moved while it grows.
        let mut path = String::with_capacity(48);
        self.write(&mut path);
        path
    }

    fn write(&self, path: &mut String) {
        match self {
            Self::Root => {}
            Self::Name(parent, name) => {
                parent.write(path);
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
            Self::Index(parent, index) => {
                parent.write(path);
                path.push('[');
                push_digits(path, u64::try_from(*index).unwrap_or(u64::MAX), 1);
                path.push(']');
            }
            Self::Several(first, _) => first.write(path),
        }
    }

    /// What else a helper made the value from.
    pub(super) fn others(&self) -> &[Rc<Origin<'a>>] {
        match self {
            Self::Root => &[],
            Self::Name(parent, _) | Self::Index(parent, _) => parent.others(),
            Self::Several(_, others) => others,
        }
    }
}

impl<'a> Traced<'a> {
    pub(super) fn made(value: Value<'a>) -> Self {
        Self { value, origin: None }
    }

    /// A value that was made from others: it comes from wherever they come from.
    pub(super) fn made_from(value: Value<'a>, sources: &[Traced<'a>]) -> Self {
        if sources.is_empty() {
            return Self::made(value);
        }
        let origins = sources.iter().filter_map(|one| one.origin.as_ref());
        let mut origins =
            origins.flat_map(|one| std::iter::once(one).chain(one.others())).map(Rc::clone);
        let first = origins.next();
        let others: Vec<_> = origins.collect();
        let origin = match first {
            Some(first) if !others.is_empty() => Some(Rc::new(Origin::Several(first, others))),
            first => first,
        };
        Self { value, origin }
    }

    /// The property of a name.
    pub(super) fn get(&self, name: impl Into<Cow<'a, str>> + AsRef<str>) -> Self {
        if let Value::Record(record) = &self.value {
            return record.field(name.as_ref());
        }
        let value = self.value.get(name.as_ref());
        let list = matches!(self.value, Value::List(_));
        let origin = self.origin.as_ref().map(|origin| {
            Rc::new(match name.as_ref().parse() {
                Ok(index) if list => Origin::Index(Rc::clone(origin), index),
                _ => Origin::Name(Rc::clone(origin), name.into()),
            })
        });
        Self { value, origin }
    }

    /// An item of this list.
    pub(super) fn item(&self, index: usize, item: &'a serde_json::Value) -> Self {
        let origin = self.origin.as_ref();
        let origin = origin.map(|origin| Rc::new(Origin::Index(Rc::clone(origin), index)));
        Self { value: item.into(), origin }
    }

    /// The fields of an object with where each comes from.
    pub(super) fn fields(&self) -> Vec<(Cow<'a, str>, Traced<'a>)> {
        let names = self.value.fields();
        names.into_iter().map(|(name, _)| (name.clone(), self.get(name))).collect()
    }

    pub(super) fn path(&self) -> Option<String> {
        self.origin.as_ref().map(|origin| origin.path())
    }
}

/// The fields of a partial's context that was made of named arguments.
#[derive(Debug, Clone)]
pub struct Record<'a>(Rc<Vec<(Cow<'a, str>, Traced<'a>)>>);

impl<'a> Record<'a> {
    pub(super) fn new(fields: Vec<(Cow<'a, str>, Traced<'a>)>) -> Self {
        Self(Rc::new(fields))
    }

    pub(super) fn field(&self, name: &str) -> Traced<'a> {
        let field = self.0.iter().find(|(field, _)| field == name);
        field.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = (Cow<'a, str>, Value<'a>)> {
        self.0.iter().map(|(name, value)| (name.clone(), value.value.clone()))
    }

    pub(super) fn same(&self, other: &Record<'_>) -> bool {
        std::ptr::addr_eq(Rc::as_ptr(&self.0), Rc::as_ptr(&other.0))
    }
}

/// The contexts from the innermost outwards: `this`, `../`, …
#[derive(Debug)]
pub(super) struct Contexts<'s, 'a> {
    pub(super) context: &'s Traced<'a>,
    pub(super) outer: Option<&'s Contexts<'s, 'a>>,
}

/// The values of a block's parameters; the names are in its program.
#[derive(Debug)]
pub(super) struct Parameters<'s, 'a> {
    pub(super) names: &'a [String],
    pub(super) values: &'s [&'s Traced<'a>],
    pub(super) outer: Option<&'s Parameters<'s, 'a>>,
}

/// What `@…` reads. Frames are copies in Handlebars.js, so a frame repeats what it does not set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame<'s, 'a> {
    pub(super) outer: Option<&'s Frame<'s, 'a>>,
    pub(super) root: &'s Traced<'a>,
    pub(super) round: Option<&'s Round<'a>>,
    pub(super) partial_block: Option<&'s PartialBlock<'s, 'a>>,
}

/// One round of an `each`.
#[derive(Debug)]
pub(super) struct Round<'a> {
    pub(super) key: Traced<'a>,
    pub(super) index: f64,
    pub(super) first: bool,
    pub(super) last: bool,
}

impl Round<'_> {
    /// The round of an item at a place among so many.
    pub(super) fn at(place: usize, count: usize) -> Self {
        let index = u32::try_from(place).map_or(f64::NAN, f64::from);
        let key = Traced::made(Value::Number(index));
        Self { key, index, first: place == 0, last: place.saturating_add(1) == count }
    }
}

/// The block that a partial was called with.
#[derive(Debug)]
pub(super) struct PartialBlock<'s, 'a> {
    pub(super) program: &'a Program,
    pub(super) scope: &'s Scope<'s, 'a>,
    /// The block of the partial around the call.
    pub(super) outer: Option<&'s PartialBlock<'s, 'a>>,
}

/// An inline partial.
#[derive(Debug)]
pub(super) struct Inline<'s, 'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) program: &'a Program,
    pub(super) scope: &'s Scope<'s, 'a>,
}

/// The inline partials of a block, and those around it.
#[derive(Debug)]
pub(super) struct Inlines<'s, 'a> {
    pub(super) here: Vec<Inline<'s, 'a>>,
    pub(super) outer: Option<&'s Inlines<'s, 'a>>,
}

impl<'s, 'a> Inlines<'s, 'a> {
    pub(super) fn find(&'s self, name: &str) -> Option<&'s Inline<'s, 'a>> {
        // The last of a name counts.
        self.here
            .iter()
            .rev()
            .find(|inline| inline.name == name)
            .or_else(|| self.outer.and_then(|outer| outer.find(name)))
    }
}

/// Where a text comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    pub(super) partial: Option<&'a str>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'s, 'a> {
    pub(super) contexts: &'s Contexts<'s, 'a>,
    pub(super) parameters: Option<&'s Parameters<'s, 'a>>,
    pub(super) frame: &'s Frame<'s, 'a>,
    pub(super) inlines: Option<&'s Inlines<'s, 'a>>,
    pub(super) source: Source<'a>,
}

impl<'s, 'a> Scope<'s, 'a> {
    pub(super) fn this(&self) -> &'s Traced<'a> {
        self.contexts.context
    }

    /// The value of a block parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&'s Traced<'a>> {
        let mut next = self.parameters;
        while let Some(parameters) = next {
            if let Some(at) = parameters.names.iter().position(|given| given == name) {
                return parameters.values.get(at).copied();
            }
            next = parameters.outer;
        }
        None
    }

    pub(super) fn is_parameter(&self, name: &str) -> bool {
        let mut next = self.parameters;
        while let Some(parameters) = next {
            if parameters.names.iter().any(|given| given == name) {
                return true;
            }
            next = parameters.outer;
        }
        false
    }
}

/// The value that a path leads to.
pub(super) fn look<'a>(path: &'a Path, scope: &Scope<'_, 'a>) -> Traced<'a> {
    let this = scope.this();
    let from_this = path.depth == 0 && !path.data && (path.scoped || scope.parameters.is_none());
    if from_this
        && this.origin.is_none()
        && let Some(json) = this.value.below(&path.parts)
    {
        return Traced::made(json.into());
    }
    let mut parts = path.parts.iter();
    let value = if path.data {
        let Some(name) = parts.next() else {
            return Traced::default();
        };
        data(scope, path.depth, name)
    } else {
        let name = path.parts.first().filter(|_| path.depth == 0 && !path.scoped);
        if let Some(name) = name.filter(|name| scope.is_parameter(name)) {
            parts.next();
            scope.parameter(name).cloned().unwrap_or_default()
        } else {
            let mut contexts = Some(scope.contexts);
            for _ in 0..path.depth {
                contexts = contexts.and_then(|one| one.outer);
            }
            contexts.map(|one| one.context.clone()).unwrap_or_default()
        }
    };
    parts.fold(value, |value, part| value.get(part.as_str()))
}

/// The frame that `@` reads behind so many `../`.
pub(super) fn frame<'s, 'a>(scope: &Scope<'s, 'a>, depth: usize) -> Option<&'s Frame<'s, 'a>> {
    let mut frame = Some(scope.frame);
    for _ in 0..depth {
        frame = frame.and_then(|frame| frame.outer);
    }
    frame
}

fn data<'a>(scope: &Scope<'_, 'a>, depth: usize, name: &str) -> Traced<'a> {
    let Some(frame) = frame(scope, depth) else {
        return Traced::default();
    };
    let round = frame.round;
    Traced::made(match name {
        "root" => return frame.root.clone(),
        "index" => round.map_or(Value::Undefined, |round| Value::Number(round.index)),
        "key" => return round.map(|round| round.key.clone()).unwrap_or_default(),
        "first" => round.map_or(Value::Undefined, |round| Value::Bool(round.first)),
        "last" => round.map_or(Value::Undefined, |round| Value::Bool(round.last)),
        "partial-block" => frame.partial_block.map_or(Value::Undefined, |_| Value::Bool(true)),
        _ => Value::Undefined,
    })
}
