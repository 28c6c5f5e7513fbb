//! What a prompt is given and what a model answers: the shapes of values.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use crate::prompts::template::Span;

/// The shape of a value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Schema {
    /// What it is.
    pub kind: Kind,
    /// Whether it may be `null`.
    pub nullable: bool,
    /// What it is for.
    pub description: Option<String>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub enum Kind {
    /// Anything.
    #[default]
    Any,
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A text.
    Text,
    /// A day (`2026-03-01`) or an instant (RFC 3339).
    Date,
    /// One of these values.
    Choice(Vec<Json>),
    /// A list.
    List(Box<Schema>),
    /// An object.
    Object(Fields),
}

/// The fields of an object.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fields {
    /// By name.
    pub named: BTreeMap<String, Field>,
    /// What all other fields are; without it there are no others.
    pub rest: Option<Box<Schema>>,
}

/// A field of an object.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Field {
    /// What it is.
    pub schema: Schema,
    /// Whether it must be there.
    pub required: bool,
    /// Where it is declared.
    pub span: Span,
}

/// A value that is not what its schema says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The path of the value by names of the schema: `jobs[].date`.
    pub path: String,
    /// What is accepted there.
    pub accepted: &'static str,
}

impl Schema {
    pub(crate) fn new(kind: Kind) -> Self {
        Self { kind, ..Self::default() }
    }

    /// What a part of this value is: a field, an item of a list (by any place), its `length`.
    /// Nothing if there is no such part.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<Part<'_>> {
        match &self.kind {
            Kind::Any => Some(Part::Unknown),
            Kind::List(_) | Kind::Text | Kind::Date | Kind::Choice(_) if name == "length" => {
                Some(Part::Length)
            }
            Kind::List(items) if name.bytes().all(|byte| byte.is_ascii_digit()) => {
                Some(Part::Known(items, true))
            }
            Kind::Object(fields) => match (fields.named.get(name), &fields.rest) {
                (Some(field), _) => Some(Part::Known(&field.schema, field.required)),
                (None, Some(rest)) => Some(Part::Known(rest, false)),
                (None, None) => None,
            },
            _ => None,
        }
    }

    /// Whether the value of a path (`jobs[].date`) may be missing.
    #[must_use]
    pub fn is_optional(&self, path: &str) -> bool {
        let mut schema = self;
        parts(path).any(|part| match schema.part(part) {
            Some(Part::Known(next, required)) => {
                schema = next;
                !required || next.nullable
            }
            Some(Part::Unknown) => true,
            Some(Part::Length) | None => false,
        })
    }

    /// The schema of a path (`jobs[].date`), as far as it is declared.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<&Self> {
        let mut schema = self;
        for part in parts(path) {
            match schema.part(part) {
                Some(Part::Known(next, _)) => schema = next,
                _ => return None,
            }
        }
        Some(schema)
    }

    /// Whether its values are numbers, truths, dates or words of the schema, and no text that
    /// somebody wrote.
    pub(crate) fn is_harmless(&self) -> bool {
        matches!(
            self.kind,
            Kind::Number | Kind::Integer | Kind::Boolean | Kind::Choice(_) | Kind::Date
        )
    }

    /// Everything in a value that is not as the schema says, at most 100 things.
    #[must_use]
    pub fn violations(&self, value: &Json) -> Vec<Violation> {
        let mut found = Vec::new();
        self.check(value, "", &mut found);
        found
    }

    fn check(&self, value: &Json, path: &str, found: &mut Vec<Violation>) {
        if found.len() >= 100 || (value.is_null() && self.nullable) {
            return;
        }
        let accepted = match (&self.kind, value) {
            (Kind::Any, _)
            | (Kind::Null, Json::Null)
            | (Kind::Boolean, Json::Bool(_))
            | (Kind::Number, Json::Number(_))
            | (Kind::Text, Json::String(_)) => return,
            (Kind::Integer, Json::Number(number))
                if number.as_f64().is_some_and(|number| number.fract() == 0.0) =>
            {
                return;
            }
            (Kind::Date, Json::String(text)) if is_date(text) => return,
            (Kind::Choice(choices), value) if choices.contains(value) => return,
            (Kind::List(items), Json::Array(values)) => {
                let path = format!("{path}[]");
                values.iter().for_each(|value| items.check(value, &path, found));
                return;
            }
            (Kind::Object(fields), Json::Object(map)) => {
                return fields.check(map, path, found);
            }
            (Kind::Null, _) => "null",
            (Kind::Boolean, _) => "true or false",
            (Kind::Integer, _) => "a whole number",
            (Kind::Number, _) => "a number",
            (Kind::Text, _) => "a text",
            (Kind::Date, _) => "a date as 2026-03-01 or an instant of RFC 3339",
            (Kind::Choice(_), _) => "one of the values that the schema lists",
            (Kind::List(_), _) => "a list",
            (Kind::Object(_), _) => "an object",
        };
        found.push(Violation { path: path.to_owned(), accepted });
    }

    /// The schema as JSON Schema (draft 2020-12).
    #[must_use]
    pub fn to_json_schema(&self) -> Json {
        let mut schema = match &self.kind {
            Kind::Any => json!({}),
            Kind::Null => json!({"type": "null"}),
            Kind::Boolean => json!({"type": "boolean"}),
            Kind::Integer => json!({"type": "integer"}),
            Kind::Number => json!({"type": "number"}),
            Kind::Text => json!({"type": "string"}),
            Kind::Date => json!({"type": "string", "format": "date-time"}),
            Kind::Choice(choices) => json!({"enum": choices}),
            Kind::List(items) => json!({"type": "array", "items": items.to_json_schema()}),
            Kind::Object(fields) => fields.to_json_schema(),
        };
        if self.nullable && !matches!(self.kind, Kind::Any | Kind::Null) {
            schema = match (schema.get("type").cloned(), schema) {
                (Some(kind), Json::Object(mut map)) => {
                    map.insert("type".to_owned(), json!([kind, "null"]));
                    Json::Object(map)
                }
                (_, schema) => json!({"anyOf": [schema, {"type": "null"}]}),
            };
        }
        if let (Some(text), Json::Object(map)) = (&self.description, &mut schema) {
            map.insert("description".to_owned(), Json::from(text.as_str()));
        }
        schema
    }
}

impl Fields {
    fn check(&self, map: &Map<String, Json>, path: &str, found: &mut Vec<Violation>) {
        let inside = |name: &str| match path {
            "" => name.to_owned(),
            path => format!("{path}.{name}"),
        };
        for (name, field) in &self.named {
            match map.get(name) {
                Some(value) => field.schema.check(value, &inside(name), found),
                None if field.required => {
                    found.push(Violation { path: inside(name), accepted: "a value" });
                }
                None => {}
            }
        }
        // Fields that are not declared are not used: they do no harm.
        if let Some(rest) = &self.rest {
            let others = map.iter().filter(|(name, _)| !self.named.contains_key(*name));
            // Their names come from outside.
            others.for_each(|(_, value)| rest.check(value, &inside("*"), found));
        }
    }

    fn to_json_schema(&self) -> Json {
        let properties: Map<String, Json> = self
            .named
            .iter()
            .map(|(name, field)| (name.clone(), field.schema.to_json_schema()))
            .collect();
        let required: Vec<&String> =
            self.named.iter().filter(|(_, field)| field.required).map(|(name, _)| name).collect();
        let rest = self.rest.as_ref().map_or(json!(false), |rest| rest.to_json_schema());
        json!({
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": rest,
        })
    }
}

/// A part of a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Part<'s> {
    /// A declared part, and whether it must be there.
    Known(&'s Schema, bool),
    /// A length.
    Length,
    /// A part of something that may be anything.
    Unknown,
}

/// The names of a path; an item of a list has the name `0`.
fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('.').flat_map(|part| {
        let name = part.trim_end_matches("[]");
        let depth = part.len().saturating_sub(name.len()) / 2;
        std::iter::once(name).filter(|name| !name.is_empty()).chain(std::iter::repeat_n("0", depth))
    })
}

fn is_date(text: &str) -> bool {
    chrono::DateTime::parse_from_rfc3339(text).is_ok()
        || chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}
