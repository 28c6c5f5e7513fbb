//! Says everything that is wrong with the prompt files of a folder.
//!
//! `cargo run -p goodwill --features prompts --bin prompt-lint -- [--json] [--deny-warnings] <folder>`
//!
//! A line for each diagnostic: `path:line:column: error P020: …`. The exit code is 0 without errors,
//! 1 with errors (or with warnings, if they are denied), 2 if the folder cannot be read.
#![expect(clippy::print_stderr, reason = "a program for the terminal")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use goodwill::prompts::files::{CheckedSet, PromptSet};
use goodwill::prompts::template::Severity;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (flags, paths): (Vec<&str>, Vec<&str>) =
        arguments.iter().map(String::as_str).partition(|one| one.starts_with("--"));
    let known = flags.iter().all(|flag| matches!(*flag, "--json" | "--deny-warnings"));
    let [folder] = paths.as_slice() else {
        return usage();
    };
    if !known {
        return usage();
    }
    let checked = match PromptSet::check_folder(Path::new(folder)) {
        Ok(checked) => checked,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let text = if flags.contains(&"--json") {
        serde_json::to_string_pretty(&checked.diagnostics).map_err(|error| error.to_string())
    } else {
        report(&checked).map_err(|error| error.to_string())
    };
    match text {
        // Who reads it may stop early.
        Ok(text) => drop(writeln!(std::io::stdout(), "{text}")),
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    }
    let denied = flags.contains(&"--deny-warnings") && !checked.diagnostics.is_empty();
    if checked.has_errors() || denied { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn usage() -> ExitCode {
    eprintln!("usage: prompt-lint [--json] [--deny-warnings] <folder>");
    ExitCode::from(2)
}

fn report(checked: &CheckedSet) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    for one in &checked.diagnostics {
        let (found, place) = (&one.diagnostic, one.start);
        let severity = match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let (path, code) = (&one.path, found.code.as_str());
        writeln!(
            text,
            "{path}:{}:{}: {severity} {code}: {}",
            place.line, place.column, found.message
        )?;
        if let Some(hint) = &found.hint {
            writeln!(text, "    {hint}")?;
        }
    }
    let errors =
        checked.diagnostics.iter().filter(|one| one.diagnostic.severity == Severity::Error);
    let (errors, all) = (errors.count(), checked.diagnostics.len());
    let prompts = checked.set.prompts().count();
    write!(text, "{prompts} prompts, {errors} errors, {} warnings", all.saturating_sub(errors))?;
    Ok(text)
}
