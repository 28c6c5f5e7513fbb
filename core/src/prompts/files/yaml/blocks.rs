//! Maps, lists and block scalars by their indent.

use super::{Entry, Line, MOST_NESTED, Node, Reader, Yaml, refused};
use crate::prompts::template::{Diagnostic, Span};

type Read<T> = Result<T, Diagnostic>;

impl<'s> Reader<'s> {
    /// The next line that says something.
    pub(super) fn next_line(&mut self) -> Option<Line<'s>> {
        while let Some(line) = self.lines.get(self.at) {
            if !line.is_empty() {
                return Some(*line);
            }
            self.at = self.at.saturating_add(1);
        }
        None
    }

    /// The map or list whose lines begin at an indent.
    pub(super) fn block(&mut self, indent: usize) -> Read<Node> {
        let Some(first) = self.next_line() else {
            return Ok(Node { value: Yaml::Null, span: Span::default() });
        };
        if self.depth >= MOST_NESTED {
            return Err(refused(first.span(), "maps and lists stand more than 100 deep"));
        }
        self.depth = self.depth.saturating_add(1);
        let list = is_item(first.text);
        let mut items = Vec::new();
        let mut entries: Vec<Entry> = Vec::new();
        let mut end = first.start;
        while let Some(line) = self.next_line().filter(|line| line.indent == indent) {
            if line.text.starts_with('\t') {
                return Err(refused(line.span(), "lines are indented by spaces, not by tabs"));
            }
            if is_item(line.text) != list {
                // `key:` and its items may stand at one indent; the map goes on behind them.
                if list {
                    break;
                }
                return Err(refused(line.span(), "expected a key and not an item of a list"));
            }
            if list {
                let item = self.item(line)?;
                end = end.max(item.span.end);
                items.push(item);
            } else {
                let entry = self.entry(line)?;
                if entries.iter().any(|one| one.key == entry.key) {
                    return Err(refused(entry.span, "this key stands twice"));
                }
                end = end.max(entry.node.span.end).max(entry.span.end);
                entries.push(entry);
            }
        }
        self.depth = self.depth.saturating_sub(1);
        let value = if list { Yaml::List(items) } else { Yaml::Map(entries) };
        Ok(Node { value, span: Span { start: first.start, end } })
    }

    fn item(&mut self, line: Line<'s>) -> Read<Node> {
        let after = line.text.get(1..).unwrap_or_default();
        let text = after.trim_start_matches(' ');
        let skipped = line.text.len().saturating_sub(text.len());
        if text.is_empty() || text.starts_with('#') {
            self.at = self.at.saturating_add(1);
            return self.below(line, line.indent.saturating_add(1));
        }
        let inner = Line {
            indent: line.indent.saturating_add(skipped),
            start: line.start.saturating_add(skipped),
            text,
        };
        if is_item(text) || self.key(inner)?.is_some() {
            // A map or list that begins on the line of the dash.
            if let Some(place) = self.lines.get_mut(self.at) {
                *place = inner;
            }
            return self.block(inner.indent);
        }
        self.value(inner, line.indent)
    }

    fn entry(&mut self, line: Line<'s>) -> Read<Entry> {
        let Some((key, span, length)) = self.key(line)? else {
            return Err(refused(line.span(), "expected a key, a colon and a value"));
        };
        let after = line.text.get(length..).unwrap_or_default();
        let text = after.trim_start_matches(' ');
        if text.is_empty() || text.starts_with('#') {
            self.at = self.at.saturating_add(1);
            // Items may stand at the indent of their key.
            let items = self.next_line().filter(|next| next.indent == line.indent);
            let least = match items {
                Some(next) if is_item(next.text) => line.indent,
                _ => line.indent.saturating_add(1),
            };
            return Ok(Entry { key, span, node: self.below(line, least)? });
        }
        let skipped = line.text.len().saturating_sub(text.len());
        let inner = Line { indent: line.indent, start: line.start.saturating_add(skipped), text };
        Ok(Entry { key, span, node: self.value(inner, line.indent)? })
    }

    /// The block on the lines below, if they are indented enough.
    fn below(&mut self, line: Line<'s>, least: usize) -> Read<Node> {
        match self.next_line().filter(|next| next.indent >= least) {
            Some(next) => self.block(next.indent),
            None => {
                let end = line.span().end;
                Ok(Node { value: Yaml::Null, span: Span { start: end, end } })
            }
        }
    }

    /// A key, its place, and the bytes up to behind its colon; nothing if the line has no key.
    fn key(&self, line: Line<'s>) -> Read<Option<(String, Span, usize)>> {
        let text = line.text;
        let place =
            |length: usize| Span { start: line.start, end: line.start.saturating_add(length) };
        if text.starts_with(['"', '\'']) {
            let (key, length) = super::flow::quoted(text)
                .ok_or_else(|| refused(line.span(), "the quotation mark has no end"))?;
            let rest = text.get(length..).unwrap_or_default();
            let colon = rest.trim_start_matches(' ');
            if !ends_key(colon) {
                return Ok(None);
            }
            let before = rest.len().saturating_sub(colon.len());
            let total = length.saturating_add(before).saturating_add(1);
            return Ok(Some((key, place(length), total)));
        }
        let colon = text.match_indices(':').map(|(at, _)| at);
        let mut ends = colon.filter(|at| ends_key(text.get(*at..).unwrap_or_default()));
        let Some(at) = ends.next() else {
            return Ok(None);
        };
        let key = text.get(..at).unwrap_or_default().trim_end();
        if key.contains(" #") {
            return Ok(None);
        }
        if let Some(message) = super::flow::indicator(key) {
            return Err(refused(line.span(), message));
        }
        Ok(Some((key.to_owned(), place(key.len()), at.saturating_add(1))))
    }

    /// A value on the rest of a line, or the block scalar that it begins.
    fn value(&mut self, line: Line<'s>, indent: usize) -> Read<Node> {
        self.at = self.at.saturating_add(1);
        if line.text.starts_with(['|', '>']) {
            return self.block_scalar(line, indent);
        }
        super::flow::value(line.text, line.start)
    }

    fn block_scalar(&mut self, line: Line<'s>, indent: usize) -> Read<Node> {
        let header = line.text.split(" #").next().unwrap_or_default().trim_end();
        let (folded, keep) = match header {
            "|" => (false, Some(false)),
            "|-" => (false, None),
            "|+" => (false, Some(true)),
            ">" => (true, Some(false)),
            ">-" => (true, None),
            ">+" => (true, Some(true)),
            _ => return Err(refused(line.span(), "a block begins with |, |-, |+, >, >- or >+")),
        };
        let mut rows: Vec<&str> = Vec::new();
        let mut margin = None;
        let mut end = line.span().end;
        while let Some(row) = self.lines.get(self.at) {
            if row.text.is_empty() {
                rows.push("");
            } else {
                if row.indent <= indent {
                    break;
                }
                let margin = *margin.get_or_insert(row.indent);
                if row.indent < margin {
                    return Err(refused(row.span(), "this line is indented less than the block"));
                }
                let start = row.start.saturating_sub(row.indent.saturating_sub(margin));
                rows.push(self.source.get(start..row.span().end).unwrap_or_default());
                end = row.span().end;
            }
            self.at = self.at.saturating_add(1);
        }
        let said = rows.iter().rposition(|row| !row.is_empty()).map_or(0, |last| last + 1);
        let blank = rows.len().saturating_sub(said);
        rows.truncate(said);
        let mut text = if folded { fold(&rows) } else { rows.join("\n") };
        match keep {
            Some(true) => text.push_str(&"\n".repeat(blank.saturating_add(usize::from(said > 0)))),
            Some(false) if said > 0 => text.push('\n'),
            _ => {}
        }
        Ok(Node { value: Yaml::Text(text), span: Span { start: line.start, end } })
    }
}

/// Lines become one, empty lines stay, and so do lines that are indented more.
fn fold(rows: &[&str]) -> String {
    let mut text = String::new();
    let mut breaks = 0_usize;
    let mut before_indented = false;
    for (index, row) in rows.iter().enumerate() {
        if row.is_empty() {
            breaks = breaks.saturating_add(1);
            continue;
        }
        let indented = row.starts_with([' ', '\t']);
        if index > 0 && !text.is_empty() {
            if indented || before_indented {
                breaks = breaks.saturating_add(1);
            }
            if breaks == 0 {
                text.push(' ');
            }
        }
        text.push_str(&"\n".repeat(breaks));
        text.push_str(row);
        breaks = 0;
        before_indented = indented;
    }
    text
}

/// Whether a line is an item of a list.
fn is_item(text: &str) -> bool {
    text == "-" || text.starts_with("- ")
}

/// Whether a text begins with a colon that ends a key.
fn ends_key(text: &str) -> bool {
    text == ":" || text.starts_with(": ") || text.starts_with(":\t")
}
