//! Writes `docs/access.md` from the rules in the code. A test fails on a difference.
//!
//! `cargo run -p goodwill --bin access-matrix -- docs/access.md`
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

fn text() -> String {
    format!("{BEFORE}{}", goodwill::access::matrix_markdown())
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let done = match (arguments.next(), arguments.next()) {
        (Some(path), None) => std::fs::write(path, text()).map_err(|error| error.to_string()),
        _ => Err("usage: access-matrix <file>".to_owned()),
    };
    if let Err(message) = done {
        eprintln!("{message}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_is_what_it_is_generated_from() {
        let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/access.md");
        let found = std::fs::read_to_string(page).unwrap();
        assert!(
            found == super::text(),
            "run cargo run -p goodwill --bin access-matrix -- docs/access.md"
        );
    }
}
