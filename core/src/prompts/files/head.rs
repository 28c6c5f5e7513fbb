//! Where the head of a prompt file ends.

use crate::prompts::template::Span;

/// Where the head and the body of a file are: `---`, the head, `---`, the body.
pub(crate) fn split(source: &str) -> (Option<Span>, usize) {
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut at = start;
    let mut head = None;
    for line in source.get(start..).unwrap_or_default().split_inclusive('\n') {
        let next = at.saturating_add(line.len());
        let fence = line.trim_end() == "---";
        match head {
            None if fence => head = Some(next),
            // A licence may stand above.
            None if line.trim().is_empty() || line.starts_with('#') => {}
            None => return (None, start),
            Some(from) if fence => return (Some(Span { start: from, end: at }), next),
            Some(_) => {}
        }
        at = next;
    }
    match head {
        // A head without an end is all of the file.
        Some(from) => (Some(Span { start: from, end: source.len() }), source.len()),
        None => (None, start),
    }
}
