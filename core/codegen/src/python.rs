//! The Python client: dataclasses, what reads them, and the classes that hosts call, in two colours.

use std::fmt::Write as _;

use goodwill::ops::schema::Catalogue;

use crate::model::{
    CLASSES, Definition, FUNCTIONS, Field, Form, Model, Operation, Shape, Type, snake_case,
};
use crate::typescript::class_of;

const HEAD: &str = "# Written by core/codegen from the operation table; do not edit.\n";

/// Python's own words get an underscore.
fn name_of(field: &str) -> String {
    let name = snake_case(field);
    if matches!(name.as_str(), "from" | "type" | "in" | "class" | "global" | "not" | "is") {
        if name == "type" { name } else { format!("{name}_") }
    } else {
        name
    }
}

fn quoted(doc: &str) -> String {
    doc.replace('\\', "\\\\").replace("\"\"\"", "'''")
}

/// A paragraph as a docstring or comment of lines of at most 96 characters.
fn wrapped(text: &str, indent: &str) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        if length > 0 && indent.len() + length + word.chars().count() > 88 {
            let _ = write!(out, "\n{indent}");
            length = 0;
        } else if length > 0 {
            out.push(' ');
            length += 1;
        }
        out.push_str(word);
        length += word.chars().count();
    }
    out
}

/// The types of everything that is sent and received.
pub(crate) fn models(model: &Model) -> String {
    let mut out = String::from(HEAD);
    out.push_str(
        "\"\"\"What is sent to the engine and what it returns.\"\"\"\n\nfrom __future__ import annotations\n\n\
         import sys\nfrom collections.abc import Mapping, Sequence\nfrom dataclasses import dataclass\n\
         from datetime import datetime\nfrom typing import Any, Literal, NewType, TypeAlias\n\n\
         if sys.version_info >= (3, 12):\n    from typing import TypedDict\nelse:  # pydantic asks for it\n    \
         from typing_extensions import TypedDict\n\n",
    );
    let mut names: Vec<String> = Vec::new();
    for definition in &model.definitions {
        if !matches!(definition.shape, Shape::Instant) {
            names.push(definition.name.clone());
        }
        declare(&mut out, definition, &mut names);
    }
    names.sort();
    out.push_str("\n__all__ = [\n");
    for name in names {
        let _ = writeln!(out, "    \"{name}\",");
    }
    out.push_str("]\n");
    out
}

fn declare(out: &mut String, definition: &Definition, names: &mut Vec<String>) {
    let name = &definition.name;
    let doc = quoted(&definition.doc);
    match &definition.shape {
        Shape::Instant => {}
        Shape::Id(_) => {
            let _ = writeln!(out, "{name} = NewType(\"{name}\", str)\n\"\"\"{doc}\"\"\"\n");
        }
        Shape::Words(words) => {
            let _ = writeln!(out, "{name}: TypeAlias = Literal[");
            for (word, doc) in words {
                let comment = if doc.is_empty() { String::new() } else { format!("  # {doc}") };
                let _ = writeln!(out, "    \"{word}\",{comment}");
            }
            let _ = writeln!(out, "]\n\"\"\"{doc}\"\"\"\n");
        }
        Shape::Record(fields) => {
            let _ = writeln!(out, "\n@dataclass(frozen=True, kw_only=True)\nclass {name}:");
            let _ = writeln!(out, "    \"\"\"{}\"\"\"\n", wrapped(&doc, "    "));
            for field in fields {
                let of = if definition.input && !definition.output {
                    sent(&field.of)
                } else {
                    received(&field.of)
                };
                let _ = match (field.required, &field.of) {
                    (true, _) => writeln!(out, "    {}: {of}", name_of(&field.name)),
                    (false, Type::List(_)) if definition.input && !definition.output => {
                        writeln!(out, "    {}: {of} = ()", name_of(&field.name))
                    }
                    (false, Type::Optional(_)) => {
                        writeln!(out, "    {}: {of} = None", name_of(&field.name))
                    }
                    (false, _) => writeln!(out, "    {}: {of} | None = None", name_of(&field.name)),
                };
                if !field.doc.is_empty() {
                    let _ =
                        writeln!(out, "    \"\"\"{}\"\"\"", wrapped(&quoted(&field.doc), "    "));
                }
            }
            out.push_str("\n\n");
        }
        Shape::Union(forms) => {
            let mut parts = Vec::new();
            for (form, form_doc) in forms {
                match form {
                    Form::Word(word) => parts.push(format!("Literal['{word}']")),
                    Form::Other(of) => parts.push(sent(of)),
                    Form::Record(fields) => {
                        let class = form_name(name, fields);
                        typed_dict(out, &class, form_doc, fields, names);
                        parts.push(class);
                    }
                }
            }
            let _ =
                writeln!(out, "{name}: TypeAlias = \"{}\"\n\"\"\"{doc}\"\"\"\n", parts.join(" | "));
        }
        Shape::Alias(of) => {
            let _ = writeln!(out, "{name}: TypeAlias = {}\n\"\"\"{doc}\"\"\"\n", received(of));
        }
    }
}

/// The form of a union is named after the word that tells it apart.
fn form_name(union: &str, fields: &[Field]) -> String {
    let tag = fields.iter().find_map(|field| match &field.of {
        Type::Literal(word) => Some(word.clone()),
        _ => None,
    });
    let tag = tag.or_else(|| fields.first().map(|field| snake_case(&field.name)));
    let words = tag.unwrap_or_default();
    words.split('_').fold(union.to_owned(), |mut out, word| {
        let mut letters = word.chars();
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(letters.as_str());
        out
    })
}

fn typed_dict(out: &mut String, class: &str, doc: &str, fields: &[Field], names: &mut Vec<String>) {
    let mut types = Vec::new();
    for field in fields {
        types.push(match &field.of {
            Type::Record(inner) => {
                let part = form_name(class, std::slice::from_ref(field));
                typed_dict(out, &part, "", inner, names);
                part
            }
            of => sent(of),
        });
    }
    names.push(class.to_owned());
    let fields: Vec<String> = fields
        .iter()
        .zip(types)
        .map(|(field, of)| format!("\"{}\": \"{of}\"", field.name))
        .collect();
    let _ =
        writeln!(out, "{class} = TypedDict(\n    \"{class}\",\n    {{{}}},\n)", fields.join(", "));
    if !doc.is_empty() {
        let _ = writeln!(out, "\"\"\"{}\"\"\"", quoted(doc));
    }
    out.push('\n');
}

/// A type as it is received.
fn received(of: &Type) -> String {
    match of {
        Type::Text => "str".into(),
        Type::Integer => "int".into(),
        Type::Number => "float".into(),
        Type::Boolean => "bool".into(),
        Type::Nothing => "None".into(),
        Type::Json => "Any".into(),
        Type::Object | Type::Record(_) => "Mapping[str, Any]".into(),
        Type::List(inner) => format!("tuple[{}, ...]", received(inner)),
        Type::Map(inner) => format!("Mapping[str, {}]", received(inner)),
        Type::Tuple(parts) => {
            let parts: Vec<String> = parts.iter().map(received).collect();
            format!("tuple[{}]", parts.join(", "))
        }
        Type::Optional(inner) => format!("{} | None", received(inner)),
        Type::Literal(word) => format!("Literal['{word}']"),
        Type::Named(name) if name == "Timestamp" => "datetime".into(),
        Type::Named(name) => name.clone(),
    }
}

/// A type as it is sent: any text is an id, and any sequence a list.
fn sent(of: &Type) -> String {
    match of {
        Type::List(inner) => format!("Sequence[{}]", sent(inner)),
        Type::Map(inner) => format!("Mapping[str, {}]", sent(inner)),
        Type::Optional(inner) => format!("{} | None", sent(inner)),
        Type::Named(name) if name.ends_with("Id") => "str".into(),
        Type::Tuple(parts) => {
            let parts: Vec<String> = parts.iter().map(sent).collect();
            format!("tuple[{}]", parts.join(", "))
        }
        other => received(other),
    }
}

/// What makes dataclasses of JSON.
pub(crate) fn decoding(model: &Model) -> String {
    let mut out = String::from(HEAD);
    out.push_str("\"\"\"Makes dataclasses of what the engine returns.\"\"\"\n\nfrom __future__ import annotations\n\nfrom datetime import datetime\nfrom typing import Any\n\nfrom . import models as m\n\n_instant = datetime.fromisoformat\n# What comes from the engine is right: it needs no `__init__`, which is slow for frozen classes.\n_new = object.__new__\n\n");
    for definition in &model.definitions {
        let Shape::Record(fields) = &definition.shape else { continue };
        if !definition.output {
            continue;
        }
        let name = &definition.name;
        let _ = writeln!(out, "\ndef {}(it: dict[str, Any]) -> m.{name}:", decoder(name));
        let _ = writeln!(out, "    made = _new(m.{name})\n    made.__dict__.update(");
        for field in fields {
            let wire = &field.name;
            let of = match &field.of {
                Type::Optional(inner) => inner,
                of => of,
            };
            let optional = !field.required || matches!(field.of, Type::Optional(_));
            let value = match (optional, decoded(model, of, &format!("it[\"{wire}\"]"))) {
                (false, None) => format!("it[\"{wire}\"]"),
                (false, Some(value)) => value,
                (true, None) => format!("it.get(\"{wire}\")"),
                (true, Some(value)) => {
                    format!("{value} if it.get(\"{wire}\") is not None else None")
                }
            };
            let _ = writeln!(out, "        {}={value},", name_of(wire));
        }
        out.push_str("    )\n    return made\n\n");
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn decoder(name: &str) -> String {
    snake_case(name)
}

/// The expression that decodes a value; nothing when it is right as it is.
fn decoded(model: &Model, of: &Type, value: &str) -> Option<String> {
    match of {
        Type::List(inner) => Some(match decoded(model, inner, "each") {
            Some(each) => format!("tuple({each} for each in {value})"),
            None => format!("tuple({value})"),
        }),
        Type::Map(inner) => {
            let each = decoded(model, inner, "each")?;
            Some(format!("{{name: {each} for name, each in {value}.items()}}"))
        }
        Type::Named(name) => match model.definition(name).map(|found| &found.shape)? {
            Shape::Instant => Some(format!("_instant({value})")),
            Shape::Record(_) => Some(format!("{}({value})", decoder(name))),
            Shape::Alias(of) => decoded(model, of, value),
            _ => None,
        },
        _ => None,
    }
}

/// The classes that hosts call.
pub(crate) fn clients(model: &Model) -> String {
    let mut out = String::from(HEAD);
    out.push_str("\"\"\"The calls of the engine, in two colours: plain and `async`.\"\"\"\n\nfrom __future__ import annotations\n\nfrom collections.abc import Sequence\nfrom datetime import datetime\nfrom typing import Any\n\nfrom . import _decoding as d\nfrom . import models as m\nfrom ._runtime import AsyncCaller, Caller\n\n");
    for colour in ["", "Async"] {
        for (class, doc, clients, public) in CLASSES {
            let _ = writeln!(
                out,
                "\nclass {colour}{class}({colour}Caller):\n    \"\"\"{doc}\"\"\"\n\n    __slots__ = ()\n"
            );
            for operation in clients.iter().flat_map(|client| model.operations_of(*client)) {
                let output = if *public { &operation.public_output } else { &operation.output };
                method(&mut out, model, operation, output, !colour.is_empty());
            }
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The classes of what needs no engine.
pub(crate) fn functions(model: &Model) -> String {
    let mut out = String::from(HEAD);
    out.push_str("\"\"\"What needs no engine.\"\"\"\n\nfrom __future__ import annotations\n\nfrom collections.abc import Mapping, Sequence\nfrom typing import Any\n\nfrom . import _decoding as d\nfrom . import models as m\nfrom ._runtime import Functions\n\n");
    for (class, doc, client) in FUNCTIONS {
        let _ = writeln!(
            out,
            "\nclass {class}(Functions):\n    \"\"\"{doc}\"\"\"\n\n    __slots__ = ()\n"
        );
        for function in model.operations_of(*client) {
            method(&mut out, model, function, &function.output, false);
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// A type in the signature of a method.
fn signature(of: String) -> String {
    const PLAIN: [&str; 10] =
        ["str", "int", "float", "bool", "None", "Any", "datetime", "tuple", "Sequence", "Mapping"];
    let mut out = String::new();
    let mut word = String::new();
    for letter in of.chars().chain([' ']) {
        if letter.is_alphanumeric() || letter == '_' {
            word.push(letter);
        } else {
            if !word.is_empty() && !PLAIN.contains(&word.as_str()) {
                out.push_str("m.");
            }
            out.push_str(&word);
            word.clear();
            out.push(letter);
        }
    }
    out.trim_end().to_owned()
}

fn method(out: &mut String, model: &Model, operation: &Operation, output: &Type, is_async: bool) {
    let (needed, optional): (Vec<&Field>, Vec<&Field>) =
        operation.parameters.iter().partition(|parameter| parameter.required);
    let mut parameters = vec!["self".to_owned()];
    for field in &needed {
        parameters.push(format!("{}: {}", name_of(&field.name), signature(sent(&field.of))));
    }
    if optional.len() > 1 {
        parameters.push("*".into());
    }
    for field in &optional {
        let of = match &field.of {
            Type::Optional(inner) => sent(inner),
            of => sent(of),
        };
        parameters.push(format!("{}: {} | None = None", name_of(&field.name), signature(of)));
    }
    let (keyword, wait) = if is_async { ("async def", "await ") } else { ("def", "") };
    let _ = writeln!(
        out,
        "    {keyword} {}({}) -> {}:",
        operation.method,
        parameters.join(", "),
        signature(received(output))
    );
    let mut doc = wrapped(&operation.doc, "        ");
    if !operation.errors.is_empty() {
        let _ = write!(doc, "\n\n        Raises: {}.\n        ", operation.errors.join(", "));
    }
    let _ = writeln!(out, "        \"\"\"{}\"\"\"", quoted(&doc));
    let input: Vec<String> = operation
        .parameters
        .iter()
        .map(|field| format!("\"{}\": {}", field.name, name_of(&field.name)))
        .collect();
    let call = format!("{wait}self._call(\"{}\", {{{}}})", operation.name, input.join(", "));
    match (output, decoded(model, output, "result")) {
        (Type::Nothing, _) => {
            let _ = writeln!(out, "        {call}\n");
        }
        (_, None) => {
            let _ = writeln!(
                out,
                "        result: {} = {call}\n        return result\n",
                signature(received(output))
            );
        }
        (_, Some(value)) => {
            let value = qualify(&value);
            let _ = writeln!(out, "        result = {call}\n        return {value}\n");
        }
    }
}

/// Decoders stand in their own module.
fn qualify(value: &str) -> String {
    if let Some(rest) = value.strip_prefix("tuple(") {
        if rest.starts_with("result") { value.to_owned() } else { format!("tuple(d.{rest}") }
    } else {
        format!("d.{value}")
    }
}

/// The exceptions, one a kind.
pub(crate) fn errors(catalogue: &Catalogue) -> String {
    let mut out = String::from(HEAD);
    out.push_str("\"\"\"The exceptions: one class a kind of error, one code a rule.\"\"\"\n\nfrom __future__ import annotations\n\nfrom typing import Literal, TypeAlias\n\nfrom ._errors import GoodwillError\n\nErrorCode: TypeAlias = Literal[\n");
    for entry in &catalogue.errors {
        let _ = writeln!(out, "    \"{}\",  # {}", entry.code, entry.doc);
    }
    out.push_str("]\n\"\"\"Which rule spoke. A code never changes its spelling.\"\"\"\n\n");
    for kind in &catalogue.kinds {
        let _ = writeln!(
            out,
            "\nclass {}(GoodwillError):\n    \"\"\"An error of the kind `{kind}`.\"\"\"\n\n    kind = \"{kind}\"\n",
            class_of(kind)
        );
    }
    out.push_str("\nBY_KIND: dict[str, type[GoodwillError]] = {\n");
    for kind in &catalogue.kinds {
        let _ = writeln!(out, "    \"{kind}\": {},", class_of(kind));
    }
    out.push_str("}\n\"\"\"The class of each kind.\"\"\"\n\n__all__ = [\n    \"BY_KIND\",\n    \"ErrorCode\",\n    \"GoodwillError\",\n");
    for kind in &catalogue.kinds {
        let _ = writeln!(out, "    \"{}\",", class_of(kind));
    }
    out.push_str("]\n");
    out
}
