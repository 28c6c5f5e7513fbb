//! How a hit is shown: a piece of the text with the found words marked.

use std::ops::Range;

use serde::Serialize;

use crate::search::query::SearchQuery;
use crate::search::text::{Token, tokens};

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(into = "Pieces")]
pub struct Snippet {
    /// The piece, as it was written; `…` stands where it was cut, a space for control characters.
    pub text: String,
    /// The found words: byte ranges of `text`.
    pub highlights: Vec<Range<usize>>,
}

/// A snippet on the wire: in pieces, since hosts count characters in different ways.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Snippet"))]
#[serde(rename_all = "camelCase")]
struct Pieces {
    /// The pieces; put together they are the text.
    pieces: Vec<Piece>,
}

/// A piece of a snippet.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "SnippetPiece"))]
#[serde(rename_all = "camelCase")]
struct Piece {
    /// The text.
    text: String,
    /// Whether it is what was searched for.
    found: bool,
}

impl From<Snippet> for Pieces {
    fn from(snippet: Snippet) -> Self {
        let mut pieces = Vec::new();
        let mut end = 0;
        let mut add = |range: Range<usize>, found| {
            if let Some(text) = snippet.text.get(range).filter(|text| !text.is_empty()) {
                pieces.push(Piece { text: text.to_owned(), found });
            }
        };
        for highlight in &snippet.highlights {
            add(end..highlight.start, false);
            add(highlight.clone(), true);
            end = highlight.end;
        }
        add(end..snippet.text.len(), false);
        Self { pieces }
    }
}

impl Snippet {
    /// The beginning of a text.
    #[must_use]
    pub fn start(text: &str, most: usize) -> Self {
        let words: Vec<Token> = tokens(text).collect();
        cut(text, &words, 0, most, &[])
    }
}

/// The piece of a text, of about `most` characters, that shows the most of what a query asks for.
///
/// ```
/// use goodwill::search::{SearchQuery, snippet};
///
/// let found = snippet("Hello! The delivery comes on Monday.", &SearchQuery::parse("delivery")?, 80);
/// assert_eq!(&found.text[found.highlights[0].clone()], "delivery");
/// # Ok::<(), goodwill::Error>(())
/// ```
#[must_use]
pub fn snippet(text: &str, query: &SearchQuery, most: usize) -> Snippet {
    let words: Vec<Token> = tokens(text).collect();
    let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    // Which word belongs to which term.
    let mut marks: Vec<Option<usize>> = vec![None; words.len()];
    for (number, term) in query.wanted().enumerate() {
        for start in term.starts_in(&folded) {
            marks
                .iter_mut()
                .skip(start)
                .take(term.words.len())
                .for_each(|mark| *mark = Some(number));
        }
    }
    // The window that begins a little before a found word and covers the most terms.
    let mut best = (0, 0);
    for (place, _) in marks.iter().enumerate().filter(|(_, mark)| mark.is_some()) {
        let first = place.saturating_sub(4);
        let begin = words.get(first).map_or(0, |word| word.span.start);
        let covered: std::collections::BTreeSet<usize> = words
            .iter()
            .zip(&marks)
            .skip(first)
            .take_while(|(word, _)| length(text, begin, word.span.end) <= most)
            .filter_map(|(_, mark)| *mark)
            .collect();
        if covered.len() > best.0 {
            best = (covered.len(), first);
        }
    }
    let first = if length(text, 0, text.len()) <= most { 0 } else { best.1 };
    cut(text, &words, first, most, &marks)
}

fn length(text: &str, start: usize, end: usize) -> usize {
    text.get(start..end).map_or(0, |piece| piece.chars().count())
}

/// The piece that begins with a word and has at most `most` characters, whole words if it can.
fn cut(text: &str, words: &[Token], first: usize, most: usize, marks: &[Option<usize>]) -> Snippet {
    let begin = if first == 0 { 0 } else { words.get(first).map_or(0, |word| word.span.start) };
    let whole = length(text, begin, text.len()) <= most;
    let fitting = words
        .iter()
        .skip(first)
        .map(|word| word.span.end)
        .take_while(|end| length(text, begin, *end) <= most)
        .last();
    let end = match (whole, fitting) {
        (true, _) => text.len(),
        (false, Some(end)) => end,
        (false, None) => {
            let rest = text.get(begin..).unwrap_or_default();
            rest.char_indices().nth(most).map_or(text.len(), |(at, _)| begin + at)
        }
    };
    let mut out = String::from(if begin > 0 { "…" } else { "" });
    let shift = out.len();
    let piece = text.get(begin..end).unwrap_or_default();
    out.extend(piece.chars().map(|c| if c.is_ascii_control() { ' ' } else { c }));
    if end < text.len() {
        out.push('…');
    }
    let mut highlights: Vec<Range<usize>> = Vec::new();
    for (word, _) in words.iter().zip(marks).filter(|(_, mark)| mark.is_some()) {
        if word.span.start < begin || word.span.end > end {
            continue;
        }
        let range = word.span.start - begin + shift..word.span.end - begin + shift;
        match highlights.last_mut() {
            // Neighbours without anything between them are one mark.
            Some(last) if last.end == range.start => last.end = range.end,
            _ => highlights.push(range),
        }
    }
    Snippet { text: out, highlights }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, query: &str, most: usize) -> (String, Vec<String>) {
        let found = snippet(text, &SearchQuery::parse(query).unwrap(), most);
        let marked =
            found.highlights.iter().map(|range| found.text.get(range.clone()).unwrap().to_owned());
        (found.text.clone(), marked.collect())
    }

    #[test]
    fn found_words_are_marked_as_they_were_written() {
        let text = "First line.\nThe Crème Brûlée was served late, and the bill came twice. Sorry!";
        let (piece, marked) = shown(text, "brulee late", 40);
        assert_eq!(marked, ["Brûlée", "late"]);
        assert!(piece.starts_with('…') && piece.ends_with('…') && !piece.contains('\n'), "{piece}");
        assert_eq!(shown("明日配送します", "配送", 40).1, ["配送"]);
        assert_eq!(shown("ORD-123 is late", "ord-123", 40).1, ["ORD", "123"]);
        let found = snippet("👍 late", &SearchQuery::parse("late").unwrap(), 40);
        let wire = serde_json::to_value(&found).unwrap();
        let pieces = wire["pieces"].as_array().unwrap();
        let found: Vec<_> = pieces.iter().filter(|piece| piece["found"] == true).collect();
        assert_eq!(found.len(), 1, "{wire}");
    }

    proptest::proptest! {
        #[test]
        fn any_text_can_be_cut(text in "\\PC{0,200}", query in "\\PC{1,20}", most in 1_usize..60) {
            if let Ok(query) = SearchQuery::parse(&query) {
                let found = snippet(&text, &query, most);
                assert!(found.text.chars().count() <= most + 2);
                assert!(found.highlights.iter().all(|range| found.text.get(range.clone()).is_some()));
            }
        }
    }
}
