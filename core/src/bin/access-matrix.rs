//! Writes `docs/access.md` from the rules in the code, or checks that it is up to date.
//!
//! `cargo run -p goodwill --bin access-matrix -- [--check] docs/access.md`
#![expect(clippy::print_stderr, reason = "a program for the terminal")]

use std::process::ExitCode;

const BEFORE: &str = "# Who may do what\n\n\
Made from `core/src/access/matrix.rs` by `cargo run -p goodwill --bin access-matrix -- docs/access.md`.\n\n\
A cell is the condition of a permit; an empty cell is none. `t` within the tenant, `o` owns the\n\
subject, `f` fulfils it, `r` operates its store, `a` is assigned, `p` takes part, `s` member of the\n\
store, `b` on behalf of the customer, `d` inside a draft, `w` wrote it, `u` wrote it within the undo\n\
window, `c` owns it and it is completed, `k` with a survey token, `x` with a reason. After a colon:\n\
`m` contact details and amounts are masked, `y` names are pseudonyms, `g` only sums, `n` only as\n\
context of a prompt, `i` only what concerns the own side.\n\n\
Whatever permits, these forbid, and nothing removes them: another tenant; another store without the\n\
right to cross; internal content for roles outside its audience; any change of a committed message; a\n\
role claimed by a request; work on the data of restricted or erased customers.\n\n";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text = format!("{BEFORE}{}", goodwill::access::matrix_markdown());
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--check", path] => match std::fs::read_to_string(path) {
            Ok(found) if found == text => Ok(()),
            _ => Err(format!("{path} is not up to date: run access-matrix without --check")),
        },
        [path] => std::fs::write(path, text).map_err(|error| error.to_string()),
        _ => Err("usage: access-matrix [--check] <file>".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
