//! Search queries, folding and snippets of any text.
#![no_main]

use goodwill::search::{SearchQuery, index_text, snippet};

libfuzzer_sys::fuzz_target!(|input: (&str, &str)| {
    let (query, text) = input;
    let index = index_text(text);
    if let Ok(query) = SearchQuery::parse(query) {
        query.matches(&index);
        let piece = snippet(text, &query, 40);
        for range in &piece.highlights {
            assert!(piece.text.get(range.clone()).is_some());
        }
        assert!(query.to_fts5("body").starts_with(['b', '(']));
    }
});
