//! The reference pages.

use std::fmt::Write as _;

use goodwill::EventKind;
use goodwill::ops::schema::{Catalogue, Client};

use crate::model::{Model, Shape, camel_case};

const HEAD: &str = "<!-- Written by core/codegen from the operation table; do not edit. -->\n\n";

/// Every operation.
pub(crate) fn operations(model: &Model) -> String {
    let mut out = String::from(HEAD);
    out.push_str("# Operations\n\nThe methods of the clients. Names are those of JavaScript; in Python they are in snake_case. Beside\nthe codes that are listed, every call can fail with `input.*`, `access.*`, `idempotency.*` and\n`store.*`: see [errors](errors.md). Prompts need no engine and fail with `input.*` and `prompt.*` only.\n");
    for (client, title) in [
        (Client::Both, "Desk and Portal"),
        (Client::Desk, "Desk"),
        (Client::Jobs, "JobTimeline"),
        (Client::Orders, "OrderMessages"),
        (Client::Engine, "Engine"),
        (Client::Prompts, "Prompts"),
        (Client::Analytics, "Analytics"),
    ] {
        let _ = write!(
            out,
            "\n## {title}\n\n| method | operation | what it does | errors |\n|---|---|---|---|\n"
        );
        for operation in model.operations_of(client) {
            let names: Vec<String> =
                operation
                    .parameters
                    .iter()
                    .map(|field| {
                        if field.required { field.name.clone() } else { format!("{}?", field.name) }
                    })
                    .collect();
            let _ = writeln!(
                out,
                "| `{}({})` | `{}` | {}{} | {} |",
                camel_case(&operation.method),
                names.join(", "),
                operation.name,
                operation.doc,
                if operation.in_browsers { "" } else { " Not in browsers." },
                operation.errors.join(", ")
            );
        }
    }
    out
}

/// Every code.
pub(crate) fn errors(catalogue: &Catalogue) -> String {
    let mut out = String::from(HEAD);
    out.push_str("# Errors\n\nAn error has a kind, which tells what to do; a code, which tells which rule spoke and never changes;\nand details. Its message is for people.\n\n| code | kind | meaning | again later |\n|---|---|---|---|\n");
    for entry in &catalogue.errors {
        let again = if entry.retryable { "yes" } else { "" };
        let _ = writeln!(out, "| `{}` | {} | {} | {again} |", entry.code, entry.kind, entry.doc);
    }
    out
}

/// Every kind of event.
pub(crate) fn events() -> String {
    let mut out = String::from(HEAD);
    out.push_str("# Events\n\nWhat `events` gives to a consumer, in order and at least once. The id of an event is the same in every\nreplay.\n\n| event | what happened |\n|---|---|\n");
    for kind in EventKind::ALL {
        let _ = writeln!(out, "| `{kind}` | {} |", kind.doc().trim());
    }
    out
}

/// Every enumeration.
pub(crate) fn enumerations(model: &Model) -> String {
    let mut out = String::from(HEAD);
    out.push_str("# Enumerations\n\nWhat is read may be written in any case, with spaces, dashes or underscores; what is returned is\nwritten as here.\n");
    for definition in &model.definitions {
        let Shape::Words(words) = &definition.shape else { continue };
        if matches!(definition.name.as_str(), "Action" | "EventKind") {
            continue;
        }
        let _ = write!(out, "\n## {}\n\n", definition.name);
        for (word, doc) in words {
            let colon = if doc.is_empty() { "" } else { ": " };
            let _ = writeln!(out, "- `{word}`{colon}{doc}");
        }
    }
    out
}
