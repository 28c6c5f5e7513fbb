//! Schemas as front matter writes them: Picoschema (as dotprompt has it) or JSON Schema.
//!
//! Besides the words of Picoschema (`string`, `boolean`, `null`, `number`, `integer`, `any`) the
//! names `date` and `datetime` are known; other tools see them as named schemas.

use super::schema::{Field, Fields, Kind, Schema};
use super::yaml::{Entry, Node, Yaml};
use crate::prompts::template::{Diagnostic, DiagnosticCode, Span};

/// What a reader found wrong.
type Found = Vec<Diagnostic>;

/// Words of JSON Schema that say nothing about the shape.
const SILENT: &[&str] = &["$schema", "$id", "title", "default", "examples", "$comment"];

/// Reads either kind.
pub(super) fn read(node: &Node, found: &mut Found) -> Schema {
    let types = ["object", "array", "string", "number", "integer", "boolean", "null"];
    let kind = node.get("type").and_then(Node::text);
    let json = kind.is_some_and(|kind| types.contains(&kind)) && node.get("type").is_some()
        || node.get("properties").is_some_and(|one| matches!(one.value, Yaml::Map(_)))
        || node.get("$schema").is_some();
    if json { json_schema(node, found) } else { picoschema(node, found) }
}

fn wrong(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(DiagnosticCode::Schema, span, message)
}

fn scalar(word: &str) -> Option<Kind> {
    Some(match word {
        "string" => Kind::Text,
        "boolean" => Kind::Boolean,
        "null" => Kind::Null,
        "number" => Kind::Number,
        "integer" => Kind::Integer,
        "any" => Kind::Any,
        "date" | "datetime" => Kind::Date,
        _ => return None,
    })
}

fn picoschema(node: &Node, found: &mut Found) -> Schema {
    match &node.value {
        Yaml::Text(text) => {
            let (word, description) = text.split_once(',').unwrap_or((text, ""));
            let Some(kind) = scalar(word.trim()) else {
                found.push(wrong(
                    node.span,
                    "expected string, boolean, null, number, integer, any, date or datetime",
                ));
                return Schema::default();
            };
            Schema { kind, nullable: false, description: said(description) }
        }
        Yaml::Null => Schema::new(Kind::Any),
        Yaml::Map(entries) => {
            let mut fields = Fields::default();
            for entry in entries {
                field(entry, &mut fields, found);
            }
            Schema::new(Kind::Object(fields))
        }
        Yaml::List(choices) => choice(choices, node.span, found),
        _ => {
            found.push(wrong(node.span, "expected a type, fields or a list of values"));
            Schema::default()
        }
    }
}

fn said(description: &str) -> Option<String> {
    let text = description.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn choice(choices: &[Node], span: Span, found: &mut Found) -> Schema {
    let nested = |one: &Node| matches!(one.value, Yaml::List(_) | Yaml::Map(_));
    if choices.is_empty() || choices.iter().any(nested) {
        found.push(wrong(span, "expected a list of the values, as [open, closed]"));
        return Schema::default();
    }
    let nullable = choices.iter().any(|one| one.value == Yaml::Null);
    let values = choices.iter().map(Node::to_json).collect();
    Schema { kind: Kind::Choice(values), nullable, description: None }
}

/// `name?(kind, description): type`, or `(*): type` for all other fields.
fn field(entry: &Entry, fields: &mut Fields, found: &mut Found) {
    let (name, kind, description) = match entry.key.split_once('(') {
        None => (entry.key.as_str(), "", ""),
        Some((name, inside)) => {
            let Some(inside) = inside.strip_suffix(')') else {
                found.push(wrong(entry.span, "the parenthesis behind the name has no end"));
                return;
            };
            let (kind, description) = inside.split_once(',').unwrap_or((inside, ""));
            (name, kind.trim(), description)
        }
    };
    if name.is_empty() && kind == "*" {
        fields.rest = Some(Box::new(picoschema(&entry.node, found)));
        return;
    }
    let (name, optional) = match name.strip_suffix('?') {
        Some(name) => (name, true),
        None => (name, false),
    };
    if name.is_empty() {
        found.push(wrong(entry.span, "a field has a name"));
        return;
    }
    let inner = picoschema(&entry.node, found);
    let mut schema = match (kind, &inner.kind) {
        ("", _) | ("object", Kind::Object(_)) | ("enum", Kind::Choice(_)) => inner,
        ("array", _) => Schema::new(Kind::List(Box::new(inner))),
        ("object", _) => {
            found.push(wrong(entry.node.span, "an object has fields below it"));
            inner
        }
        ("enum", _) => {
            found.push(wrong(entry.node.span, "an enum has a list of values: [open, closed]"));
            inner
        }
        _ => {
            found.push(wrong(entry.span, "expected (array), (object) or (enum) behind the name"));
            inner
        }
    };
    schema.description = said(description).or(schema.description);
    schema.nullable |= optional;
    let field = Field { schema, required: !optional, span: entry.span };
    if fields.named.insert(name.to_owned(), field).is_some() {
        found.push(wrong(entry.span, "this field stands twice"));
    }
}

fn json_schema(node: &Node, found: &mut Found) -> Schema {
    let mut schema = Schema::default();
    if !matches!(node.value, Yaml::Map(_)) {
        if node.value != Yaml::Bool(true) {
            found.push(wrong(node.span, "expected a schema: a map with a type"));
        }
        return schema;
    }
    let mut format = None;
    let mut fields = Fields { rest: Some(Box::default()), ..Fields::default() };
    let mut items = Schema::default();
    for entry in node.entries() {
        let value = &entry.node;
        match entry.key.as_str() {
            "type"
            | "properties"
            | "required"
            | "additionalProperties"
            | "items"
            | "enum"
            | "const"
            | "format"
            | "anyOf"
            | "oneOf"
            | "description"
            | "nullable" => {}
            key if SILENT.contains(&key) => {}
            _ => {
                let mut one = wrong(entry.span, "this word of JSON Schema is not checked");
                one.severity = crate::prompts::template::Severity::Warning;
                found.push(one);
            }
        }
        match (entry.key.as_str(), &value.value) {
            ("description", Yaml::Text(text)) => schema.description = said(text),
            ("nullable", Yaml::Bool(true)) => schema.nullable = true,
            ("format", Yaml::Text(text)) => format = Some(text.as_str()),
            ("items", _) => items = json_schema(value, found),
            ("additionalProperties", Yaml::Bool(false)) => fields.rest = None,
            ("additionalProperties", _) => {
                fields.rest = Some(Box::new(json_schema(value, found)));
            }
            ("properties", Yaml::Map(entries)) => {
                for one in entries {
                    let schema = json_schema(&one.node, found);
                    let field = Field { schema, required: false, span: one.span };
                    fields.named.insert(one.key.clone(), field);
                }
            }
            _ => {}
        }
    }
    if fields.rest.as_deref().is_some_and(|rest| *rest == Schema::default())
        && !fields.named.is_empty()
        && node.get("additionalProperties").is_none()
    {
        // What is not declared is not meant to be used.
        fields.rest = None;
    }
    if let Some(Node { value: Yaml::List(names), .. }) = node.get("required") {
        for name in names {
            match name.text().and_then(|name| fields.named.get_mut(name)) {
                Some(field) => field.required = true,
                None => found.push(wrong(name.span, "no property has this name")),
            }
        }
    }
    let mut types: Vec<(&str, Span)> = Vec::new();
    match node.get("type") {
        Some(Node { value: Yaml::Text(one), span }) => types.push((one, *span)),
        Some(Node { value: Yaml::List(several), .. }) => {
            types.extend(several.iter().map(|one| match &one.value {
                Yaml::Null => ("null", one.span),
                _ => (one.text().unwrap_or_default(), one.span),
            }));
        }
        Some(Node { value: Yaml::Null, span }) => types.push(("null", *span)),
        Some(other) => found.push(wrong(other.span, "expected a type or a list of types")),
        None => {}
    }
    if types.len() > 1 {
        schema.nullable |= types.iter().any(|(one, _)| *one == "null");
        types.retain(|(one, _)| *one != "null");
    }
    schema.kind = match types.as_slice() {
        [] if !fields.named.is_empty() => Kind::Object(fields),
        [("object", _)] => Kind::Object(fields),
        [("array", _)] => Kind::List(Box::new(items)),
        [("string", _)] if matches!(format, Some("date" | "date-time")) => Kind::Date,
        [(word, span)] => match scalar(word).filter(|_| *word != "date" && *word != "datetime") {
            Some(kind) => kind,
            None => {
                found.push(wrong(*span, "expected a type of JSON Schema"));
                Kind::Any
            }
        },
        _ => Kind::Any,
    };
    if let Some(Node { value: Yaml::List(choices), span }) = node.get("enum") {
        let made = choice(choices, *span, found);
        (schema.kind, schema.nullable) = (made.kind, schema.nullable || made.nullable);
    }
    if let Some(value) = node.get("const") {
        schema.kind = Kind::Choice(vec![value.to_json()]);
    }
    if let Some(Node { value: Yaml::List(several), .. }) =
        node.get("anyOf").or_else(|| node.get("oneOf"))
    {
        let mut made: Vec<Schema> = several.iter().map(|one| json_schema(one, found)).collect();
        schema.nullable |= made.iter().any(|one| one.nullable || one.kind == Kind::Null);
        made.retain(|one| one.kind != Kind::Null);
        schema.kind = match (made.len(), made.pop()) {
            (1, Some(only)) => only.kind,
            _ => Kind::Any,
        };
    }
    schema
}
