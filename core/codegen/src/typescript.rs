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

/// The classes that hosts call, and what makes `Date`s of their results; or those of browsers.
pub(crate) fn clients(model: &Model, for_browsers: bool) -> String {
    let mut out = String::from(HEAD);
    out.push_str("import type * as t from './types.js';\n");
    out.push_str("import { Caller, column, instant, records } from '../runtime.js';\n\n");
    out.push_str(
        "/* eslint-disable @typescript-eslint/no-explicit-any -- what comes is JSON */\n\n",
    );
    let mut classes = String::new();
    for (class, doc, clients, public) in CLASSES {
        let _ = writeln!(classes, "/** {doc} */\nexport class {class} extends Caller {{");
        let operations = clients.iter().flat_map(|client| model.operations_of(*client));
        for operation in operations.filter(|operation| operation.in_browsers || !for_browsers) {
            let output = if *public { &operation.public_output } else { &operation.output };
            method(&mut classes, model, operation, output, true);
        }
        classes.push_str("}\n\n");
    }
    for function in needed(receivers(model), &classes) {
        out.push_str(&function);
    }
    out.push_str(&classes);
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The classes of what needs no engine. Their results have no instants, and come as they are.
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

/// The functions that make what users get of what comes, by their names.
fn receivers(model: &Model) -> Vec<(String, String)> {
    let mut functions = Vec::new();
    for definition in model.definitions.iter().filter(|definition| definition.output) {
        let Shape::Record(fields) = &definition.shape else { continue };
        let name = &definition.name;
        if model.has_instants(&Type::Named(name.clone())) {
            functions.push((format!("revive{name}"), revive(model, name, fields)));
            functions.push((format!("receiveMany{name}"), receive_many(model, name, fields)));
        }
        functions.push((format!("receive{name}"), receive(model, name, fields)));
    }
    functions
}

/// Those that classes call, and those that these call.
fn needed(functions: Vec<(String, String)>, classes: &str) -> Vec<String> {
    let mut called = classes.to_owned();
    let (mut needed, mut left) = (Vec::new(), functions);
    loop {
        let calls = |(name, _): &(String, String)| {
            called.contains(&format!("{name}(")) || called.contains(&format!("({name})"))
        };
        let (found, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(calls);
        if found.is_empty() {
            break;
        }
        called.extend(found.iter().map(|(_, text)| text.as_str()));
        needed.extend(found);
        left = rest;
    }
    needed.sort();
    needed.into_iter().map(|(_, text)| text).collect()
}

/// A function that makes `Date`s of a record's instants, in place.
fn revive(model: &Model, name: &str, fields: &[Field]) -> String {
    let mut out = format!("function revive{name}(it: any): t.{name} {{\n");
    for field in fields {
        let place = format!("it.{}", field.name);
        if let Some(statement) = reviving(model, &field.of, &place) {
            let _ = writeln!(out, "  {statement}");
        }
    }
    out.push_str("  return it;\n}\n\n");
    out
}

/// A function that takes a result, in which lists of records may be tables.
fn receive(model: &Model, name: &str, fields: &[Field]) -> String {
    let mut out = format!("function receive{name}(it: any): t.{name} {{\n");
    for field in fields {
        let place = format!("it.{}", field.name);
        if let Some(list) = receiving_many(model, &field.of, &place) {
            let _ = writeln!(out, "  {place} = {list};");
        } else if let Some(statement) = reviving(model, &field.of, &place) {
            let _ = writeln!(out, "  {statement}");
        }
    }
    out.push_str("  return it;\n}\n\n");
    out
}

/// The list of records that stands at a place of a result; nothing when it is something else.
fn receiving_many(model: &Model, of: &Type, place: &str) -> Option<String> {
    let Type::List(inner) = of else { return None };
    let Type::Named(name) = &**inner else { return None };
    match model.definition(name)?.shape {
        Shape::Record(_) if model.has_instants(inner) => {
            Some(format!("receiveMany{name}({place})"))
        }
        Shape::Record(_) | Shape::Union(_) => Some(format!("records({place})")),
        _ => None,
    }
}

/// A function that makes records of a table's rows: all of one form, as far as they have the same
/// fields.
fn receive_many(model: &Model, name: &str, fields: &[Field]) -> String {
    let mut out = format!("function receiveMany{name}(list: any): t.{name}[] {{\n");
    let _ = writeln!(out, "  if (Array.isArray(list)) return list.map(revive{name});");
    for Field { name, .. } in fields {
        let _ = writeln!(out, "  const ${name} = column(list, '{name}');");
    }
    let _ = writeln!(out, "  const rows: t.{name}[] = new Array(list.rows);");
    out.push_str("  for (let row = 0; row < list.rows; row++) {\n    const it: any = {\n");
    for field in fields.iter().filter(|field| field.required) {
        let place = format!("${}[row]", field.name);
        let _ = writeln!(out, "      {}: {},", field.name, cell(model, &field.of, &place));
    }
    out.push_str("    };\n");
    for field in fields.iter().filter(|field| !field.required) {
        let name = &field.name;
        let place = format!("${name}[row]");
        let _ = writeln!(
            out,
            "    if ({place} !== undefined) it.{name} = {};",
            cell(model, &field.of, &place)
        );
    }
    for field in fields.iter().filter(|field| !is_moment(model, &field.of)) {
        if let Some(statement) = reviving(model, &field.of, &format!("it.{}", field.name)) {
            let _ = writeln!(out, "    {statement}");
        }
    }
    out.push_str("    rows[row] = it;\n  }\n  return rows;\n}\n\n");
    out
}

/// What a cell of a table is: instants stand there in milliseconds.
fn cell(model: &Model, of: &Type, place: &str) -> String {
    match of {
        Type::Optional(_) if is_moment(model, of) => format!("instant({place})"),
        _ if is_moment(model, of) => format!("new Date({place})"),
        _ => place.to_owned(),
    }
}

/// Whether a type is an instant that may be absent or `null`.
fn is_moment(model: &Model, of: &Type) -> bool {
    match of {
        Type::Optional(inner) => is_moment(model, inner),
        Type::Named(name) => is_instant(model, name),
        _ => false,
    }
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

/// Whether something is to be done with a record that is a result.
fn is_received(model: &Model, name: &str) -> bool {
    let Some(Shape::Record(fields)) = model.definition(name).map(|found| &found.shape) else {
        return false;
    };
    model.has_instants(&Type::Named(name.to_owned()))
        || fields.iter().any(|field| receiving_many(model, &field.of, "").is_some())
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
        _ if !is_promise => format!("return {call};"),
        Type::Named(name) if is_received(model, name) => format!("return receive{name}({call});"),
        _ => match receiving_many(model, output, &call) {
            Some(list) => format!("return {list};"),
            None => format!("return {call};"),
        },
    };
    let (name, parameters) = (camel_case(&operation.method), parameters.join(", "));
    let output = written(output, "t.");
    let _ = if is_promise {
        writeln!(out, "  async {name}({parameters}): Promise<{output}> {{\n    {body}\n  }}\n")
    } else {
        writeln!(out, "  {name}({parameters}): {output} {{\n    {body}\n  }}\n")
    };
}
