//! What a query means.
//!
//! Words must all be there, in any order; `"words in quotes"` must stand together; `word*` finds
//! words that begin so; `-word` must not be there. A word that folds to several (ORD-123, 配送) is a
//! phrase. There is no other syntax, and no text is a wrong query.

use crate::error::{Code, Error, Result};
use crate::search::text::tokens;

const MOST_CHARACTERS: usize = 500;
const MOST_TERMS: usize = 32;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) words: Vec<String>,
    pub(crate) prefix: bool,
    without: bool,
}

/// A query over text.
///
/// ```
/// use goodwill::search::{SearchQuery, index_text};
///
/// let query = SearchQuery::parse(r#"deliver* "next week" -cancelled"#)?;
/// assert!(query.matches(&index_text("Delivery is planned for next week.")));
/// assert!(!query.matches(&index_text("Delivery: week 9, next door")));
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchQuery {
    terms: Vec<Term>,
}

impl SearchQuery {
    /// Reads a query as a person types it.
    ///
    /// # Errors
    /// `input.empty` when there is nothing to find, `input.invalid` when there is only something to
    /// leave out, `input.too_long` over 500 characters or 32 terms, `input.nul`.
    pub fn parse(text: &str) -> Result<Self> {
        if text.contains('\0') {
            return Err(Error::field(Code::InputNul, "keyword", "text without U+0000"));
        }
        let long =
            || Error::field(Code::InputTooLong, "keyword", "at most 500 characters and 32 terms");
        if text.chars().count() > MOST_CHARACTERS {
            return Err(long());
        }
        let mut terms = Vec::new();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (without, after) = match rest.strip_prefix('-') {
                Some(after) => (true, after),
                None => (false, rest),
            };
            let (body, mut left) = match after.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => {
                    let end =
                        after.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(after.len());
                    after.split_at_checked(end).unwrap_or((after, ""))
                }
            };
            let mut prefix = body.trim_end().ends_with('*');
            if let Some(starred) = left.strip_prefix('*') {
                prefix = true;
                left = starred;
            }
            let words: Vec<String> = tokens(body).map(|token| token.folded).collect();
            if !words.is_empty() {
                terms.push(Term { words, prefix, without });
            }
            rest = left.trim_start();
        }
        if terms.len() > MOST_TERMS {
            return Err(long());
        }
        if terms.is_empty() {
            return Err(Error::field(Code::InputEmpty, "keyword", "at least one word"));
        }
        if terms.iter().all(|term| term.without) {
            return Err(Error::invalid("keyword", "at least one word that must be there"));
        }
        Ok(Self { terms })
    }

    pub(crate) fn wanted(&self) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(|term| !term.without)
    }

    /// Whether a text that [`crate::search::index_text`] made is found.
    #[must_use]
    pub fn matches(&self, index_text: &str) -> bool {
        let words: Vec<&str> = index_text.split(' ').filter(|word| !word.is_empty()).collect();
        self.terms.iter().all(|term| term.stands_in(&words) != term.without)
    }

    /// The query for a column of an FTS5 table with the `ascii` tokenizer. Never a syntax error:
    /// words hold no quotes.
    #[must_use]
    pub fn to_fts5(&self, column: &str) -> String {
        let list = |without: bool, joint: &str| {
            let terms = self.terms.iter().filter(|term| term.without == without);
            terms.map(Term::to_fts5).collect::<Vec<_>>().join(joint)
        };
        let wanted = format!("{column} : ({})", list(false, " AND "));
        let unwanted = list(true, " OR ");
        if unwanted.is_empty() {
            wanted
        } else {
            format!("({wanted}) NOT ({column} : ({unwanted}))")
        }
    }
}

impl Term {
    /// The first places of the term among words.
    pub(crate) fn starts_in<S: AsRef<str>>(&self, words: &[S]) -> Vec<usize> {
        let last = self.words.len().saturating_sub(1);
        words
            .windows(self.words.len().max(1))
            .enumerate()
            .filter(|(_, window)| {
                window.iter().zip(&self.words).enumerate().all(|(place, (word, wanted))| {
                    let word = word.as_ref();
                    word == wanted || (self.prefix && place == last && word.starts_with(wanted))
                })
            })
            .map(|(start, _)| start)
            .collect()
    }

    fn stands_in(&self, words: &[&str]) -> bool {
        !self.starts_in(words).is_empty()
    }

    fn to_fts5(&self) -> String {
        let star = if self.prefix { " *" } else { "" };
        format!("\"{}\"{star}", self.words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::index_text;

    fn finds(query: &str, text: &str) -> bool {
        SearchQuery::parse(query).unwrap().matches(&index_text(text))
    }

    /// F350: words, phrases, prefixes and exclusions, in many scripts.
    #[test]
    fn queries_find_what_people_mean() {
        assert!(finds("delivery", "When is the DELIVERY?"));
        assert!(finds("ord-123", "about ORD-123, please") && !finds("ord-123", "ORD 7 123"));
        assert!(finds("\"your order\"", "Your order") && !finds("\"your order\"", "order: your"));
        assert!(finds("deliv*", "delivery") && !finds("deliv", "delivery"));
        assert!(
            finds("\"your deliv\"*", "your delivery") && finds("\"your deliv*\"", "your delivery")
        );
        assert!(finds("order -late", "order on time") && !finds("order -late", "late order"));
        assert!(finds("creme", "Crème") && finds("Crème", "creme"));
        assert!(
            finds("الطلب", "الطَّلَب") && finds("配送", "明日配送します") && !finds("送配", "配送")
        );
        assert!(finds("🎉", "done 🎉!") && finds("\"unclosed phrase", "an unclosed phrase"));
        for (query, code) in [
            ("", Code::InputEmpty),
            ("  …  ", Code::InputEmpty),
            ("-only", Code::InputInvalid),
            ("a\0", Code::InputNul),
            (&"x".repeat(501), Code::InputTooLong),
            (&"a ".repeat(40), Code::InputTooLong),
        ] {
            assert_eq!(SearchQuery::parse(query).unwrap_err().code(), code, "{query:?}");
        }
    }
}
