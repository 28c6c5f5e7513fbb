//! Writes everything that follows from the operation table: the TypeScript and Python clients, the
//! catalogue and the reference pages; and tables for browsers. With `--check` it writes nothing and fails on a difference.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool")]

mod graphemes;
mod model;
mod normalization;
mod python;
mod reference;
mod typescript;

use std::path::Path;
use std::process::ExitCode;

use crate::model::Model;

fn main() -> ExitCode {
    let check = std::env::args().any(|argument| argument == "--check");
    let catalogue = goodwill::ops::schema::catalogue();
    let model = Model::of(&catalogue);
    let json = serde_json::to_string_pretty(&catalogue).unwrap_or_default() + "\n";
    let files = [
        ("docs/reference/operations.json", json),
        ("docs/reference/operations.md", reference::operations(&model)),
        ("docs/reference/errors.md", reference::errors(&catalogue)),
        ("docs/reference/events.md", reference::events()),
        ("docs/reference/enumerations.md", reference::enumerations(&model)),
        ("bindings-node/ts/generated/types.ts", typescript::types(&model)),
        ("bindings-node/ts/generated/clients.ts", typescript::clients(&model, false)),
        ("bindings-node/ts/generated/functions.ts", typescript::functions(&model)),
        ("bindings-node/ts/generated/errors.ts", typescript::errors(&catalogue)),
        ("bindings-wasm/generated/clients.ts", typescript::clients(&model, true)),
        ("bindings-python/python/goodwill/models.py", python::models(&model)),
        ("bindings-python/python/goodwill/_decoding.py", python::decoding(&model)),
        ("bindings-python/python/goodwill/_clients.py", python::clients(&model)),
        ("bindings-python/python/goodwill/_functions.py", python::functions(&model)),
        ("bindings-python/python/goodwill/errors.py", python::errors(&catalogue)),
    ];
    let mut files: Vec<(&str, Vec<u8>)> =
        files.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    files.push(("core/src/search/normalization.bin", normalization::packed()));
    files.push(("core/src/messages/graphemes.bin", graphemes::packed()));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut different = 0;
    for (name, content) in files {
        let path = root.join(name);
        if std::fs::read(&path).is_ok_and(|there| there == content) {
            continue;
        }
        if check {
            eprintln!("{name} is not what it is generated from");
            different += 1;
            continue;
        }
        let folder = path.parent().unwrap_or(&root);
        let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, content));
        if let Err(error) = written {
            eprintln!("{name}: {error}");
            return ExitCode::FAILURE;
        }
        println!("{name}");
    }
    if different > 0 {
        eprintln!("run: cargo run -p goodwill-codegen");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
