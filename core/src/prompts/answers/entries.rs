//! Lists and records, cut at their bullets, numbers and labels.

use super::part::Part;
use super::sections::find;
use super::spec::{FieldSpec, Lead, Separator};
use super::words::is_empty;

/// What a line begins an entry with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// A number, and no bullet.
    pub(super) number: bool,
    /// How far the line is indented.
    pub(super) indent: usize,
    /// Where the entry's text begins.
    pub(super) after: usize,
}

/// The bullet or number that a line begins with: `- `, `* `, `• `, `1. `, `1) `, `(1) `,
/// `### 1. `, `**1.** `, `Suggestion 2: `.
pub(super) fn mark(line: &str) -> Option<Mark> {
    let indent = line.len() - line.trim_start().len();
    let body = line.trim_start();
    for bullet in ["- ", "* ", "• ", "– ", "+ ", "· ", "‣ ", "▪ ", "◦ ", "-\t", "•\t"]
    {
        if let Some(rest) = body.strip_prefix(bullet) {
            // `- 1. Title` and `- **1. Title**` are numbered.
            let after = indent + bullet.len();
            let nested = numbered(rest).map(|at| Mark { number: true, indent, after: after + at });
            return Some(nested.unwrap_or(Mark { number: false, indent, after }));
        }
    }
    if let Some(rest) = body.strip_prefix('•') {
        let after = indent + (body.len() - rest.len());
        return Some(Mark { number: false, indent, after });
    }
    numbered(body).map(|at| Mark { number: true, indent, after: indent + at })
}

/// Behind a number that begins an entry.
fn numbered(body: &str) -> Option<usize> {
    let marks = |text: &str| text.len() - text.trim_start_matches(['#', '*', '_', ' ', '(']).len();
    let open = marks(body);
    let mut at = open;
    let rest = body.get(at..)?;
    // `Suggestion 2: …`, `Option 1 - …`: one word before the number.
    let word = rest.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum::<usize>();
    let named = word > 0;
    if named {
        let word_text = rest.get(..word)?.to_lowercase();
        if !NOUNS.contains(&word_text.as_str()) {
            return None;
        }
        at += word;
        at += rest.get(word..)?.len() - rest.get(word..)?.trim_start_matches([' ', '#']).len();
    }
    let digits = body.get(at..)?.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 3 {
        return None;
    }
    at += digits;
    let rest = body.get(at..)?;
    let mut stop = rest.len() - rest.trim_start_matches(['.', ')', ':', '：', '、', '．']).len();
    if stop == 0 && named {
        stop = rest.len() - rest.trim_start_matches([' ', '-', '–', '—', ':']).len();
    }
    let keycap = rest.strip_prefix("\u{fe0f}\u{20e3}").map(|after| rest.len() - after.len());
    if let Some(keycap) = keycap {
        stop = keycap;
    }
    let after = rest.get(stop..)?;
    // `2026-03-01` and `1.5` are no numbers of entries.
    if (stop == 0 && !(named && after.is_empty()))
        || (keycap.is_none() && after.starts_with(|c: char| c.is_ascii_digit()))
    {
        return None;
    }
    at += stop;
    // `**1.** Title`: the emphasis is the number's own. `**1. Title**`: the text loses its first half.
    let rest = body.get(at..)?;
    let closing = rest.len() - rest.trim_start_matches(['*', '_']).len();
    let space = rest.get(closing..)?;
    if closing > 0 && (space.is_empty() || space.starts_with(' ')) {
        at += closing;
    }
    Some(at)
}

/// What entries are called when they are counted.
const NOUNS: &[&str] = &[
    "suggestion",
    "option",
    "alternative",
    "communication",
    "message",
    "item",
    "question",
    "card",
    "insight",
    "driver",
    "action",
    "follow",
    "technician",
    "vorschlag",
    "sugerencia",
    "step",
];

/// The entries of a list, without their marks. Lines that begin no entry belong to the one before.
pub(super) fn list<'t>(part: Part<'t>, separator: Separator) -> Vec<Part<'t>> {
    let marked = split(part, |_| false);
    if let Some(entries) = marked {
        return entries.into_iter().map(own).collect();
    }
    let lines: Vec<Part<'t>> = part
        .lines()
        .map(|(at, line)| part.get(at, at + line.len()).trim())
        .filter(|line| !is_empty(line.text))
        .collect();
    match lines.as_slice() {
        [line] => inline(*line, separator),
        _ => lines,
    }
}

/// An entry of a list without the paragraph behind it that is not indented.
fn own(entry: Part<'_>) -> Part<'_> {
    let mut blank = false;
    for (at, line) in entry.lines() {
        if blank && !line.starts_with([' ', '\t']) && !is_empty(line) {
            return entry.get(0, at).trim();
        }
        blank = line.trim().is_empty();
    }
    entry
}

/// The entries of a list on one line.
fn inline<'t>(line: Part<'t>, separator: Separator) -> Vec<Part<'t>> {
    let pieces = |marks: &[char]| -> Vec<Part<'t>> {
        let pieces = line.text.split(|c| marks.contains(&c));
        pieces.map(|piece| line.inner(piece).trim()).filter(|piece| !is_empty(piece.text)).collect()
    };
    if line.text.contains([';', '；']) {
        return pieces(&[';', '；']);
    }
    let found = pieces(&[',', '，', '、']);
    let short = found.iter().all(|piece| piece.text.split_whitespace().count() <= 4);
    if separator == Separator::Comma && short { found } else { vec![line] }
}

/// Cuts at the marks of the outermost kind, or gives nothing if there is none. What stands before
/// the first mark is an entry only if `lead` says so.
fn split<'t>(part: Part<'t>, skip: impl Fn(&str) -> bool) -> Option<Vec<Part<'t>>> {
    let marks: Vec<(usize, Mark)> = part
        .lines()
        .filter(|(_, line)| !skip(line))
        .filter_map(|(at, line)| Some((at, mark(line)?)))
        .collect();
    let first = marks.first()?.1;
    // Bullets below a number are lines of its entry; so are marks that are further in.
    let number = marks.iter().any(|(_, mark)| mark.number && mark.indent <= first.indent);
    let begins: Vec<(usize, usize)> = marks
        .iter()
        .filter(|(_, mark)| mark.number == number && mark.indent <= first.indent.saturating_add(1))
        .map(|(at, mark)| (*at, at + mark.after))
        .collect();
    let ends = begins.iter().skip(1).map(|(at, _)| *at).chain([part.text.len()]);
    Some(begins.iter().zip(ends).map(|((_, from), to)| part.get(*from, to).trim()).collect())
}

/// The entries of a list of records.
pub(super) fn records<'t>(part: Part<'t>, fields: &[FieldSpec]) -> Vec<Part<'t>> {
    // `- REASON: …` is a field, unless it is the first one.
    let labelled = |line: &str| {
        find(fields, line)
            .is_some_and(|(field, _)| fields.first().is_some_and(|first| first.name != field.name))
    };
    if let Some(entries) = split(part, labelled) {
        return entries;
    }
    // No marks: a field that comes again begins an entry, and so does a heading or a line behind
    // an empty one that has no label.
    let mut begins: Vec<usize> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    let mut blank = true;
    let bare = fields.first().is_some_and(|field| field.lead == Lead::Bare);
    let lines = fields.iter().any(|field| field.lead == Lead::Line || field.lead == Lead::Bar);
    for (at, line) in part.lines() {
        if is_empty(line) {
            blank = true;
            continue;
        }
        let field = find(fields, line).map(|(field, _)| field.name.as_str());
        let again = match field {
            Some(name) => seen.contains(&name) && name_first(fields, name, &seen),
            None => bare && ((blank && !seen.is_empty()) || !lines || line.starts_with('#')),
        };
        if begins.is_empty() || again {
            begins.push(at);
            seen.clear();
        }
        seen.extend(field);
        if line.contains('|') {
            seen.extend(
                chunks(part.get(at, at + line.len()), fields)
                    .iter()
                    .filter_map(|(field, _)| field.map(|field| field.name.as_str())),
            );
        }
        blank = false;
    }
    let ends = begins.iter().skip(1).copied().chain([part.text.len()]);
    begins.iter().zip(ends).map(|(from, to)| part.get(*from, to).trim()).collect()
}

/// Whether a field that comes again is the one that the entry began with.
fn name_first(fields: &[FieldSpec], name: &str, seen: &[&str]) -> bool {
    seen.first() == Some(&name) || fields.first().is_some_and(|first| first.name == name)
}

/// The labelled fields of a record with their parts, and what stands before them.
fn chunks<'s, 't>(
    part: Part<'t>,
    fields: &'s [FieldSpec],
) -> Vec<(Option<&'s FieldSpec>, Part<'t>)> {
    let mut found: Vec<(Option<&'s FieldSpec>, usize, usize)> = vec![(None, 0, 0)];
    let mut quoted = 0;
    for (at, line) in part.lines() {
        let mut from = at;
        for chunk in line.split_inclusive('|') {
            let to = from + chunk.len();
            let bar = usize::from(chunk.ends_with('|'));
            let label = (from >= quoted).then(|| find_label(fields, chunk)).flatten();
            // `ID: t1 | Name: Tom`: one value in two parts.
            let same = |field: &FieldSpec| {
                from > at
                    && found
                        .last()
                        .is_some_and(|(last, ..)| last.is_some_and(|last| last.name == field.name))
            };
            if let Some((field, after)) = label.filter(|(field, _)| !same(field)) {
                found.push((Some(field), from + after, to - bar));
                quoted = quoted.max(quote_end(part.text, from + after));
            } else if let Some(last) = found.last_mut() {
                last.2 = to - bar;
            }
            from = to;
        }
    }
    found.into_iter().map(|(field, from, to)| (field, part.get(from, to).trim())).collect()
}

/// As [`find`], but a label without a colon is none: it may be a value in capitals.
fn find_label<'s>(fields: &'s [FieldSpec], chunk: &str) -> Option<(&'s FieldSpec, usize)> {
    let chunk = chunk.strip_suffix('|').unwrap_or(chunk);
    find(fields, chunk)
        .filter(|(_, label)| {
            label.after < chunk.trim_end().len() || chunk.contains([':', '：', '*'])
        })
        .map(|(field, label)| (field, label.after))
}

fn quote_end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let trimmed = rest.trim_start();
    if !trimmed.starts_with(['"', '“']) {
        return 0;
    }
    let inner = from + (rest.len() - trimmed.len()) + 1;
    let close = text.get(inner..).and_then(|rest| rest.find(['"', '”']));
    close.map_or(0, |at| inner + at)
}

/// The fields of a record: those with labels, then those that stand before them without.
pub(super) fn record<'s, 't>(
    part: Part<'t>,
    fields: &'s [FieldSpec],
) -> Vec<(&'s FieldSpec, Part<'t>)> {
    let chunks = chunks(part, fields);
    let mut found: Vec<(&'s FieldSpec, Part<'t>)> = chunks
        .iter()
        .filter_map(|(field, part)| Some(((*field)?, *part)))
        .filter(|(_, part)| !is_empty(part.text))
        .collect();
    let Some((_, head)) = chunks.first() else { return found };
    let has = |field: &FieldSpec| {
        chunks.iter().any(|(other, _)| other.is_some_and(|other| other.name == field.name))
    };
    let mut head = *head;
    let by = |lead: Lead| fields.iter().find(move |field| field.lead == lead && !has(field));
    if let Some(field) = by(Lead::Parentheses)
        && let Some(close) = head.text.rfind([')', '）'])
        && let Some(open) = head.text.get(..close).and_then(|text| text.rfind(['(', '（']))
    {
        found.push((field, head.inner(head.text.get(open..close).unwrap_or_default()).trim_open()));
        head = head.get(0, open).trim();
    }
    if let Some(field) = by(Lead::Dash) {
        if let Some((at, length)) = dash(head.text) {
            found.push((field, head.from(at + length).trim()));
            head = head.get(0, at).trim();
        } else if fields.iter().any(|field| field.lead == Lead::Bare && has(field)) {
            found.push((field, head));
            head = head.get(0, 0);
        }
    }
    if let Some(field) = by(Lead::Bare).filter(|_| !is_empty(head.text)) {
        found.push((field, head));
    }
    found
}

impl Part<'_> {
    fn trim_open(self) -> Self {
        let inner = self.text.trim_start_matches(['(', '（']);
        self.inner(inner).trim()
    }
}

/// The first dash between two parts of a line, else the first colon.
fn dash(text: &str) -> Option<(usize, usize)> {
    let dashes = [" - ", " – ", " — ", " -- ", "—", " → ", " | "];
    let first = dashes.iter().filter_map(|mark| Some((text.find(mark)?, mark.len()))).min();
    first.or_else(|| {
        [": ", "：", ":** ", ":\n"].iter().find_map(|mark| Some((text.find(mark)?, mark.len())))
    })
}
