//! What a tag sees: contexts, `@data`, block parameters and inline partials.

use std::borrow::Cow;
use std::rc::Rc;

use super::value::Value;
use crate::prompts::template::tree::Program;

/// A value and where it stands in the data.
#[derive(Debug, Clone, Default)]
pub(super) struct Traced<'a> {
    pub(super) value: Value<'a>,
    pub(super) origin: Option<Rc<Origin<'a>>>,
    /// What else a helper made the value from.
    pub(super) others: Vec<Rc<Origin<'a>>>,
}

#[derive(Debug)]
pub(super) enum Origin<'a> {
    Root,
    Name(Rc<Origin<'a>>, Cow<'a, str>),
    Index(Rc<Origin<'a>>, usize),
}

impl Origin<'_> {
    /// The path as people write it: `payments[0].amount`.
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
                path.push_str(&index.to_string());
                path.push(']');
            }
        }
    }
}

impl<'a> Traced<'a> {
    pub(super) fn made(value: Value<'a>) -> Self {
        Self { value, origin: None, others: Vec::new() }
    }

    pub(super) fn at(value: Value<'a>, origin: Option<Rc<Origin<'a>>>) -> Self {
        Self { value, origin, others: Vec::new() }
    }

    /// A value that was made from others: it comes from wherever they come from.
    pub(super) fn made_from<'t>(
        value: Value<'a>,
        sources: impl Iterator<Item = &'t Traced<'a>>,
    ) -> Self
    where
        'a: 't,
    {
        let mut origins = sources.flat_map(|one| one.origin.iter().chain(&one.others)).cloned();
        let origin = origins.next();
        Self { value, origin, others: origins.collect() }
    }

    pub(super) fn get(&self, name: &'a str) -> Self {
        if let Value::Record(record) = &self.value {
            return record.field(name);
        }
        let item = matches!(self.value, Value::List(_)) && name != "length";
        let origin = self.origin.as_ref().map(|origin| {
            Rc::new(match item.then(|| name.parse().ok()).flatten() {
                Some(index) => Origin::Index(Rc::clone(origin), index),
                None => Origin::Name(Rc::clone(origin), Cow::Borrowed(name)),
            })
        });
        Self { value: self.value.get(name), origin, others: self.others.clone() }
    }

    /// The fields of an object with where each comes from.
    pub(super) fn fields(&self) -> Vec<(Cow<'a, str>, Traced<'a>)> {
        let names = self.value.fields();
        names.into_iter().map(|(name, _)| (name.clone(), self.step(name))).collect()
    }

    /// A property whose name was computed.
    pub(super) fn step(&self, name: Cow<'a, str>) -> Self {
        if let Value::Record(record) = &self.value {
            return record.field(&name);
        }
        let value = self.value.get(&name);
        let list = matches!(self.value, Value::List(_));
        let origin = self.origin.as_ref().map(|origin| {
            Rc::new(match name.parse() {
                Ok(index) if list => Origin::Index(Rc::clone(origin), index),
                _ => Origin::Name(Rc::clone(origin), name),
            })
        });
        Self { value, origin, others: self.others.clone() }
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
    pub(super) context: Traced<'a>,
    pub(super) outer: Option<&'s Contexts<'s, 'a>>,
}

/// The values of a block's parameters; the names are in its program.
#[derive(Debug)]
pub(super) struct Parameters<'s, 'a> {
    pub(super) names: &'a [String],
    pub(super) values: &'s [Traced<'a>],
    pub(super) outer: Option<&'s Parameters<'s, 'a>>,
}

/// What `@…` reads. Frames are copies in Handlebars.js, so a frame repeats what it does not set.
#[derive(Debug, Clone, Default)]
pub(super) struct Frame<'s, 'a> {
    pub(super) outer: Option<&'s Frame<'s, 'a>>,
    pub(super) root: Traced<'a>,
    pub(super) round: Option<Round<'a>>,
    pub(super) partial_block: Option<&'s PartialBlock<'s, 'a>>,
}

/// One round of an `each`.
#[derive(Debug, Clone)]
pub(super) struct Round<'a> {
    pub(super) key: Traced<'a>,
    pub(super) index: f64,
    pub(super) first: bool,
    pub(super) last: bool,
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
        &self.contexts.context
    }

    /// The value of a block parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&'s Traced<'a>> {
        let mut next = self.parameters;
        while let Some(parameters) = next {
            if let Some(at) = parameters.names.iter().position(|given| given == name) {
                return parameters.values.get(at);
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
