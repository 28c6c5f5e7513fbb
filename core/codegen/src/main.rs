//! Writes everything that follows from the operation table: the TypeScript and Python clients, the
//! catalogue and the reference pages; and tables for browsers. A test fails on a difference.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool")]

mod graphemes;
mod model;
mod normalization;
mod python;
mod reference;
mod typescript;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::model::Model;

/// What every file says, by its path in the repository.
fn files() -> Vec<(&'static str, Vec<u8>)> {
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
    files
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files that say something else, or are not there.
fn different() -> impl Iterator<Item = (&'static str, Vec<u8>)> {
    let differs = |name: &str, content: &[u8]| {
        !std::fs::read(root().join(name)).is_ok_and(|there| there == content)
    };
    files().into_iter().filter(move |(name, content)| differs(name, content))
}

fn main() -> ExitCode {
    for (name, content) in different() {
        let path = root().join(name);
        let folder = path.parent().unwrap_or(&path);
        let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, content));
        if let Err(error) = written {
            eprintln!("{name}: {error}");
            return ExitCode::FAILURE;
        }
        println!("{name}");
    }
    ExitCode::SUCCESS
}

#[cfg(test)]
mod tests {
    #[test]
    fn files_are_what_they_are_generated_from() {
        let names: Vec<&str> = super::different().map(|(name, _)| name).collect();
        assert!(names.is_empty(), "{names:?}: run cargo run -p goodwill-codegen");
    }
}
