//! The TypeScript client: types, revival of instants, one class a client.

use std::fmt::Write as _;

use goodwill::ops::schema::Catalogue;

use crate::model::{
    CLASSES, Definition, FUNCTIONS, Field, Form, Model, Operation, Shape, Type, camel_case,
};

/// The types of everything that is sent and received.
pub(crate) fn types(model: &Model) -> String {
    let mut out = String::from(HEAD);
    for definition in &model.definitions {
        declare(&mut out, definition);
    }
    out
}

/// The classes that hosts call, and what makes `Date`s of their results.
pub(crate) fn clients(model: &Model) -> String {
    let mut out = String::from(HEAD);
    out.push_str(
        "import type * as t from './types.js';\nimport { Caller } from '../runtime.js';\n\n",
    );
    out.push_str(
        "/* eslint-disable @typescript-eslint/no-explicit-any -- what comes is JSON */\n\n",
    );
    for definition in &model.definitions {
        revive(&mut out, model, definition);
    }
    for (class, doc, clients, public) in CLASSES {
        let _ = writeln!(out, "/** {doc} */\nexport class {class} extends Caller {{");
        for operation in clients.iter().flat_map(|client| model.operations_of(*client)) {
            let output = if *public { &operation.public_output } else { &operation.output };
            method(&mut out, model, operation, output, true);
        }
        out.push_str("}\n\n");
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The classes of what needs no engine.
pub(crate) fn functions(model: &Model) -> String {
    let mut out = String::from(HEAD);
    out.push_str(
        "import type * as t from './types.js';\nimport { Functions } from '../runtime.js';\n\n",
    );
    for (class, doc, client) in FUNCTIONS {
        let _ = writeln!(out, "/** {doc} */\nexport class {class} extends Functions {{");
        for function in model.operations_of(*client) {
            method(&mut out, model, function, &function.output, false);
        }
        out.push_str("}\n\n");
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The error classes, one a kind, and the codes.
pub(crate) fn errors(catalogue: &Catalogue) -> String {
    let mut out = String::from(HEAD);
    out.push_str("import { GoodwillError, type ErrorEnvelope } from '../errors.js';\n\n");
    out.push_str(
        "/** Which rule spoke. A code never changes its spelling. */\nexport type ErrorCode =",
    );
    for entry in &catalogue.errors {
        let _ = write!(out, "\n  /** {} */\n  | '{}'", entry.doc, entry.code);
    }
    out.push_str(";\n\n");
    for kind in &catalogue.kinds {
        let class = class_of(kind);
        let _ = writeln!(
            out,
            "/** An error of the kind `{kind}`. */\nexport class {class} extends GoodwillError {{\n  override readonly kind = '{kind}' as const;\n}}\n"
        );
    }
    out.push_str("/** What an error does in the caller's terms. */\nexport type ErrorKind = ");
    let kinds: Vec<String> = catalogue.kinds.iter().map(|kind| format!("'{kind}'")).collect();
    let _ = writeln!(out, "{};\n", kinds.join(" | "));
    out.push_str(
        "const CLASSES: Record<string, new (envelope: ErrorEnvelope) => GoodwillError> = {\n",
    );
    for kind in &catalogue.kinds {
        let _ = writeln!(out, "  {kind}: {},", class_of(kind));
    }
    out.push_str("};\n\n/** The error of an envelope. */\nexport function errorOf(envelope: ErrorEnvelope): GoodwillError {\n  return new (CLASSES[envelope.kind] ?? InternalError)(envelope);\n}\n");
    out
}

const HEAD: &str = "// Written by core/codegen from the operation table; do not edit.\n\n";

/// `not_found` is a `NotFoundError`.
pub(crate) fn class_of(kind: &str) -> String {
    let name = camel_case(&format!("_{kind}"));
    format!("{name}Error")
}

fn comment(out: &mut String, indent: &str, doc: &str) {
    if !doc.is_empty() {
        let _ = writeln!(out, "{indent}/** {} */", doc.replace("*/", "*\\/"));
    }
}

fn declare(out: &mut String, definition: &Definition) {
    comment(out, "", &definition.doc);
    let name = &definition.name;
    match &definition.shape {
        Shape::Instant => {
            let _ = writeln!(out, "export type {name} = Date;");
        }
        Shape::Id(kind) => {
            let _ = writeln!(out, "export type {name} = string & {{ readonly __id?: '{kind}' }};");
        }
        Shape::Words(words) => {
            let _ = write!(out, "export type {name} =");
            for (word, doc) in words {
                if !doc.is_empty() {
                    let _ = write!(out, "\n  /** {doc} */");
                }
                let _ = write!(out, "\n  | '{word}'");
            }
            out.push_str(";\n");
        }
        Shape::Record(fields) => {
            let _ = writeln!(out, "export interface {name} {{");
            record(out, "  ", fields, definition.input);
            out.push_str("}\n");
        }
        Shape::Union(forms) => {
            let _ = write!(out, "export type {name} =");
            for (form, doc) in forms {
                if !doc.is_empty() {
                    let _ = write!(out, "\n  /** {doc} */");
                }
                out.push_str("\n  | ");
                match form {
                    Form::Word(word) => {
                        let _ = write!(out, "'{word}'");
                    }
                    Form::Record(fields) => {
                        out.push_str("{\n");
                        record(out, "      ", fields, definition.input);
                        out.push_str("    }");
                    }
                    Form::Other(of) => out.push_str(&written(of, "")),
                }
            }
            out.push_str(";\n");
        }
        Shape::Alias(of) => {
            let _ = writeln!(out, "export type {name} = {};", written(of, ""));
        }
    }
    out.push('\n');
}

fn record(out: &mut String, indent: &str, fields: &[Field], input: bool) {
    for field in fields {
        comment(out, indent, &field.doc);
        let mark = if field.required { "" } else { "?" };
        let of = match &field.of {
            // What is received is absent and never null.
            Type::Optional(inner) if !field.required && !input => {
                format!("{} | undefined", written(inner, ""))
            }
            _ => field_type(field, ""),
        };
        let _ = writeln!(out, "{indent}{}{mark}: {of};", field.name);
    }
}

/// The type of a field: what may be absent is `undefined`, and on the way in also `null`.
fn field_type(field: &Field, prefix: &str) -> String {
    match &field.of {
        Type::Optional(inner) if !field.required => {
            format!("{} | null | undefined", written(inner, prefix))
        }
        of if !field.required => format!("{} | undefined", written(of, prefix)),
        of => written(of, prefix),
    }
}

fn written(of: &Type, prefix: &str) -> String {
    match of {
        Type::Text => "string".into(),
        Type::Integer | Type::Number => "number".into(),
        Type::Boolean => "boolean".into(),
        Type::Nothing => "void".into(),
        Type::Json => "unknown".into(),
        Type::Object => "Record<string, unknown>".into(),
        Type::List(inner) => match &**inner {
            Type::Optional(_) => format!("({})[]", written(inner, prefix)),
            inner => format!("{}[]", written(inner, prefix)),
        },
        Type::Map(inner) => format!("Record<string, {}>", written(inner, prefix)),
        Type::Tuple(parts) => {
            let parts: Vec<String> = parts.iter().map(|part| written(part, prefix)).collect();
            format!("[{}]", parts.join(", "))
        }
        Type::Optional(inner) => format!("{} | null", written(inner, prefix)),
        Type::Literal(word) => format!("'{word}'"),
        Type::Record(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|field| format!("{}: {}", field.name, written(&field.of, prefix)))
                .collect();
            format!("{{ {} }}", fields.join("; "))
        }
        Type::Named(name) => format!("{prefix}{name}"),
    }
}

/// A function that makes `Date`s of a record's instants, in place.
fn revive(out: &mut String, model: &Model, definition: &Definition) {
    let Shape::Record(fields) = &definition.shape else { return };
    let name = &definition.name;
    if !definition.output || !model.has_instants(&Type::Named(name.clone())) {
        return;
    }
    let _ = writeln!(out, "function revive{name}(it: any): t.{name} {{");
    for field in fields {
        let place = format!("it.{}", field.name);
        if let Some(statement) = reviving(model, &field.of, &place) {
            let _ = writeln!(out, "  {statement}");
        }
    }
    out.push_str("  return it;\n}\n\n");
}

/// The statement that revives what stands at a place; nothing when there is nothing to revive.
fn reviving(model: &Model, of: &Type, place: &str) -> Option<String> {
    if !model.has_instants(of) {
        return None;
    }
    Some(match of {
        Type::Optional(inner) => {
            format!("if ({place} != null) {}", reviving(model, inner, place)?)
        }
        Type::List(inner) => match &**inner {
            Type::Named(name) if !is_instant(model, name) => {
                format!("for (const each of {place}) revive{name}(each);")
            }
            _ => format!("{place} = {place}.map((each: string) => new Date(each));"),
        },
        Type::Named(name) if is_instant(model, name) => format!("{place} = new Date({place});"),
        Type::Named(name) => format!("revive{name}({place});"),
        _ => return None,
    })
}

fn is_instant(model: &Model, name: &str) -> bool {
    matches!(model.definition(name).map(|found| &found.shape), Some(Shape::Instant))
}

fn method(out: &mut String, model: &Model, operation: &Operation, output: &Type, is_promise: bool) {
    let mut doc = operation.doc.clone();
    if !operation.errors.is_empty() {
        let _ = write!(doc, "\n   *\n   * @throws {}", operation.errors.join(", "));
    }
    let _ = writeln!(out, "  /**\n   * {doc}\n   */");
    let (needed, optional): (Vec<&Field>, Vec<&Field>) =
        operation.parameters.iter().partition(|parameter| parameter.required);
    let mut parameters: Vec<String> = needed
        .iter()
        .map(|field| format!("{}: {}", field.name, written(&field.of, "t.")))
        .collect();
    let names: Vec<&str> = needed.iter().map(|field| field.name.as_str()).collect();
    let input = match optional.as_slice() {
        [] => format!("{{ {} }}", names.join(", ")),
        [field] => {
            parameters.push(format!("{}?: {}", field.name, field_type(field, "t.")));
            let names: Vec<&str> =
                operation.parameters.iter().map(|field| field.name.as_str()).collect();
            format!("{{ {} }}", names.join(", "))
        }
        several => {
            let fields: Vec<String> = several
                .iter()
                .map(|field| format!("{}?: {}", field.name, field_type(field, "t.")))
                .collect();
            parameters.push(format!("options: {{ {} }} = {{}}", fields.join("; ")));
            let mut names = names.clone();
            names.insert(0, "...options");
            format!("{{ {} }}", names.join(", "))
        }
    };
    let input = if input == "{  }" { "{}".to_owned() } else { input };
    let wait = if is_promise { "await " } else { "" };
    let call = format!("{wait}this.call('{}', {input})", operation.name);
    let body = match output {
        Type::Nothing => format!("{call};"),
        Type::Named(name) if model.has_instants(output) => format!("return revive{name}({call});"),
        Type::List(inner) => match &**inner {
            Type::Named(name) if model.has_instants(inner) => {
                format!("return ({call}).map(revive{name});")
            }
            _ => format!("return {call};"),
        },
        _ => format!("return {call};"),
    };
    let (name, parameters) = (camel_case(&operation.method), parameters.join(", "));
    let output = written(output, "t.");
    let _ = if is_promise {
        writeln!(out, "  async {name}({parameters}): Promise<{output}> {{\n    {body}\n  }}\n")
    } else {
        writeln!(out, "  {name}({parameters}): {output} {{\n    {body}\n  }}\n")
    };
}
