//! What a template uses of its input, and what is wrong with how it does.

mod output;
mod paths;
mod prints;
mod walk;

use std::collections::BTreeSet;

pub(crate) use output::{fixed_text, output_text, slots};
pub(crate) use walk::walk;

use crate::prompts::files::{Fields, Kind, Schema, Trust};
use crate::prompts::render::{Helpers, Partials};
use crate::prompts::template::{Diagnostic, DiagnosticCode};

/// What a template is checked against.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'s> {
    pub(crate) schema: Option<&'s Schema>,
    pub(crate) trust: &'s Trust,
    pub(crate) helpers: &'s Helpers,
    pub(crate) partials: &'s Partials,
}

/// What a template uses.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    /// Values that are printed or given to helpers, by pattern: `jobs[].date`.
    pub(crate) values: BTreeSet<String>,
    /// Values that blocks go into.
    pub(crate) visited: BTreeSet<String>,
    /// Partials by name.
    pub(crate) partials: BTreeSet<String>,
    /// Whether a partial is called by a name that the data gives.
    pub(crate) any_partial: bool,
    /// Whether the format of the output is printed.
    pub(crate) shows_output: bool,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Usage {
    /// Whether anything of a part of the input is used.
    pub(crate) fn uses(&self, path: &str) -> bool {
        let inside = |one: &String| below(one, path);
        self.values.iter().chain(&self.visited).any(|one| one == path || inside(one))
            || self.values.iter().any(|one| below(path, one))
    }

    /// The parts of an input that are not used, the outermost of each.
    pub(crate) fn unused(&self, schema: &Schema) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        self.unused_in(schema, "", &mut found);
        found
    }

    fn unused_in(&self, schema: &Schema, path: &str, found: &mut Vec<Diagnostic>) {
        match &schema.kind {
            Kind::List(items) => self.unused_in(items, &format!("{path}[]"), found),
            Kind::Object(Fields { named, .. }) => {
                for (name, field) in named {
                    let dot = if path.is_empty() { "" } else { "." };
                    let inner = format!("{path}{dot}{name}");
                    if self.uses(&inner) {
                        self.unused_in(&field.schema, &inner, found);
                        continue;
                    }
                    let message = format!("the template never uses {inner}");
                    let one = Diagnostic::new(DiagnosticCode::UnusedInput, field.span, message);
                    found.push(one.hint("print it, or leave it out of the input"));
                }
            }
            _ => {}
        }
    }
}

/// Whether a path leads to a part of another's value.
pub(crate) fn below(path: &str, outer: &str) -> bool {
    outer.is_empty() || path.strip_prefix(outer).is_some_and(|rest| rest.starts_with(['.', '[']))
}

/// The name that was probably meant: the closest within one edit, or two for long names.
pub(crate) fn meant<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let most = if name.chars().count() < 6 { 1 } else { 2 };
    let close = known.map(|one| (distance(name, one), one));
    close.filter(|(edits, one)| *edits <= most && one.len() > 1).min().map(|(_, one)| one)
}

/// Edits from one word to another: letters added, left out, changed, or two exchanged (optimal
/// string alignment), in any case.
fn distance(one: &str, two: &str) -> usize {
    let letters = |word: &str| word.chars().flat_map(char::to_lowercase).collect::<Vec<_>>();
    let (one, two) = (letters(one), letters(two));
    if one.len().abs_diff(two.len()) > 2 {
        return usize::MAX;
    }
    let mut rows: Vec<Vec<usize>> = vec![(0..=two.len()).collect()];
    let cell = |rows: &[Vec<usize>], row: usize, column: usize| {
        rows.get(row).and_then(|row| row.get(column)).copied().unwrap_or(usize::MAX)
    };
    for (i, from) in one.iter().enumerate() {
        let mut row = vec![i.saturating_add(1)];
        for (j, to) in two.iter().enumerate() {
            let left = row.last().copied().unwrap_or(usize::MAX).saturating_add(1);
            let above = cell(&rows, i, j.saturating_add(1)).saturating_add(1);
            let change = cell(&rows, i, j).saturating_add(usize::from(from != to));
            let mut best = left.min(above).min(change);
            if let (Some(a), Some(b)) = (i.checked_sub(1), j.checked_sub(1))
                && one.get(a) == Some(to)
                && two.get(b) == Some(from)
            {
                best = best.min(cell(&rows, a, b).saturating_add(1));
            }
            row.push(best);
        }
        rows.push(row);
    }
    cell(&rows, one.len(), two.len())
}
