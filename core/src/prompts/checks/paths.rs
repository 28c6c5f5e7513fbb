//! Where the paths of a template lead in its input.

use crate::prompts::files::{Kind, Part, Schema};
use crate::prompts::template::tree::Path;

/// A place in the input, as far as it is known.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shape<'s> {
    /// Nothing if it may be anything.
    pub(super) schema: Option<&'s Schema>,
    /// Whether a value may be missing there.
    pub(super) nullable: bool,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Place<'s> {
    /// The pattern of the path; nothing for values that are not of the input.
    pub(super) path: Option<String>,
    pub(super) shape: Shape<'s>,
}

/// A path of the template, followed.
pub(super) struct Followed<'s> {
    pub(super) place: Place<'s>,
    /// The first name that the input does not have, and what is around it.
    pub(super) unknown: Option<(String, Option<&'s Schema>)>,
}

impl<'s> Place<'s> {
    pub(super) fn root(schema: Option<&'s Schema>) -> Self {
        Self { path: Some(String::new()), shape: Shape { schema, nullable: false } }
    }

    /// The items of a list, or the values of an object.
    pub(super) fn items(&self) -> Self {
        let path = self.path.as_ref().map(|path| format!("{path}[]"));
        let schema = match self.shape.schema.map(|schema| &schema.kind) {
            Some(Kind::List(items)) => Some(items.as_ref()),
            _ => None,
        };
        let nullable = schema.is_some_and(|schema| schema.nullable);
        Self { path, shape: Shape { schema, nullable } }
    }

    /// This value where it is known to be there.
    pub(super) fn present(&self) -> Self {
        let shape = Shape { nullable: false, ..self.shape };
        Self { path: self.path.clone(), shape }
    }

    fn step(&self, name: &str) -> Option<Self> {
        let list = matches!(self.shape.schema.map(|one| &one.kind), Some(Kind::List(_)));
        let digits = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
        let path = self.path.as_ref().map(|path| match path.as_str() {
            "" => name.to_owned(),
            path if list && digits => format!("{path}[]"),
            path => format!("{path}.{name}"),
        });
        let Some(schema) = self.shape.schema else {
            return Some(Self { path, shape: Shape::default() });
        };
        let shape = match schema.part(name)? {
            Part::Known(schema, required) => {
                let nullable = self.shape.nullable || !required || schema.nullable;
                Shape { schema: Some(schema), nullable }
            }
            Part::Length => Shape { schema: None, nullable: self.shape.nullable },
            Part::Unknown => Shape::default(),
        };
        Some(Self { path, shape })
    }

    /// Follows the names of a path from here.
    pub(super) fn follow<'p>(&self, names: impl Iterator<Item = &'p String>) -> Followed<'s> {
        let mut place = self.clone();
        for name in names {
            let Some(next) = place.step(name) else {
                let unknown = Some((name.clone(), place.shape.schema));
                return Followed { place: Place::default(), unknown };
            };
            place = next;
        }
        Followed { place, unknown: None }
    }
}

/// What the tags of a block see.
#[derive(Debug, Clone)]
pub(super) struct View<'s> {
    /// From the outermost to the innermost.
    pub(super) contexts: Vec<Place<'s>>,
    pub(super) parameters: Vec<(String, Place<'s>)>,
    /// Paths that are known to have a value here.
    pub(super) present: Vec<String>,
}

impl<'s> View<'s> {
    pub(super) fn new(context: Place<'s>) -> Self {
        Self { contexts: vec![context], parameters: Vec::new(), present: Vec::new() }
    }

    pub(super) fn this(&self) -> Place<'s> {
        self.contexts.last().cloned().unwrap_or_default()
    }

    pub(super) fn inside(&self, context: Place<'s>) -> Self {
        let mut inner = self.clone();
        inner.present.extend(context.path.clone());
        inner.contexts.push(context);
        inner
    }

    pub(super) fn parameter(&self, name: &str) -> Option<&Place<'s>> {
        self.parameters.iter().rev().find(|(given, _)| given == name).map(|(_, place)| place)
    }

    pub(super) fn follow(&self, path: &Path, root: &Place<'s>) -> Followed<'s> {
        let mut names = path.parts.iter();
        if path.data {
            let start = match names.next().map(String::as_str) {
                Some("root") => root.clone(),
                _ => Place::default(),
            };
            return start.follow(names);
        }
        let parameter = path.parts.first().filter(|_| path.depth == 0 && !path.scoped);
        if let Some(place) = parameter.and_then(|name| self.parameter(name)) {
            return place.follow(names.skip(1));
        }
        let place = self.contexts.iter().rev().nth(path.depth).cloned().unwrap_or_default();
        let mut followed = place.follow(names);
        let known = |one: &str| self.present.iter().any(|path| path == one);
        if followed.place.path.as_deref().is_some_and(known) {
            followed.place.shape.nullable = false;
        }
        followed
    }
}
