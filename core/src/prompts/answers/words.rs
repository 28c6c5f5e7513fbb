//! Words, labels, placeholders and choices, without Markdown, case and plural.

use crate::prompts::personal::is_pseudonym;

/// A word or label without Markdown, case, leading numbers and plural; `keyObservation`,
/// `key_observations` and `2. **KEY OBSERVATION**` are one.
pub(super) fn fold(text: &str) -> String {
    let mut apart = String::with_capacity(text.len());
    let mut lower = false;
    for c in text.chars() {
        if lower && c.is_uppercase() {
            apart.push(' ');
        }
        lower = c.is_lowercase();
        match c {
            '\'' | '’' => {}
            c if c.is_alphanumeric() => apart.extend(c.to_lowercase()),
            _ => apart.push(' '),
        }
    }
    let mut words = apart.split_whitespace().peekable();
    // A number before the label: `2. RECOMMENDATION`.
    while words.peek().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit())) {
        words.next();
    }
    words.map(singular).collect::<Vec<_>>().join(" ")
}

fn singular(word: &str) -> String {
    if word.len() < 4 {
        return word.to_owned();
    }
    match (word.strip_suffix("ies"), word.strip_suffix('s')) {
        (Some(stem), _) => format!("{stem}y"),
        (None, Some(stem)) => stem.to_owned(),
        (None, None) => word.to_owned(),
    }
}

/// The marks that may stand around a whole text.
const PAIRS: &[(&str, &str)] = &[
    ("**", "**"),
    ("__", "__"),
    ("*", "*"),
    ("_", "_"),
    ("`", "`"),
    ("\"", "\""),
    ("“", "”"),
    ("„", "“"),
    ("«", "»"),
];

/// The part of a text without the emphasis and quotes around all of it.
pub(super) fn unwrap(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let before = text;
        for (open, close) in PAIRS {
            if let Some(inner) = text.strip_prefix(open)
                && let Some(inner) = inner.strip_suffix(close)
                && inner.matches(open).count() % 2 == 0
                && !inner.trim().is_empty()
                && !(open == close && inner.starts_with(open))
                // `"Hi" and "bye"` has quotes at both ends, but is not quoted.
                && !(open == close && crosses(inner, open))
            {
                text = inner.trim();
            }
        }
        if text == before {
            return text;
        }
    }
}

/// Whether the first mark inside a text closes what was opened before it.
fn crosses(inner: &str, mark: &str) -> bool {
    inner.split_once(mark).is_some_and(|(before, after)| {
        !before.ends_with(|c: char| c.is_whitespace() || matches!(c, '(' | '['))
            && !before.is_empty()
            && !after.starts_with(char::is_alphanumeric)
    })
}

/// Whether a text is nothing but one `[placeholder]`. A name that stands for personal data, as
/// `[PERSON_1]`, is none.
pub(super) fn is_placeholder(text: &str) -> bool {
    let text = unwrap(text).trim_end_matches(['.', ',']);
    if is_pseudonym(text) {
        return false;
    }
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let braces = text.strip_prefix("{{").and_then(|text| text.strip_suffix("}}"));
    inner.or(braces).is_some_and(|inner| !inner.contains(['[', ']', '{', '}']))
}

/// The placeholders that a text still has, as byte ranges with their brackets.
pub(super) fn placeholders(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((open, marks)) = text.get(from..).and_then(|rest| {
        let marks = [("[", "]"), ("{{", "}}")];
        marks.into_iter().filter_map(|marks| Some((from + rest.find(marks.0)?, marks))).min()
    }) {
        let after = open + marks.0.len();
        let Some(end) = text.get(after..).and_then(|rest| rest.find(marks.1)) else { break };
        let inner = text.get(after..after + end).unwrap_or_default();
        let close = after + end + marks.1.len();
        let meant = text.get(close..).is_some_and(|rest| rest.starts_with('('))
            || text.get(open..close).is_some_and(is_pseudonym);
        if inner.contains(char::is_alphabetic) && inner.len() < 160 && !meant {
            found.push((open, close));
        }
        from = close;
    }
    found
}

/// Whether a text says nothing: it is empty, or has no letter and no digit.
pub(crate) fn is_empty(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

/// Whether a text says that there is none.
pub(super) fn says_none(text: &str) -> bool {
    let folded = fold(text);
    if let "none" | "na" | "n a" | "nothing" | "nil" | "no" | "null" | "keine" | "ninguno"
    | "ninguna" | "aucun" | "aucune" | "nenhum" | "nenhuma" | "nessuno" | "not applicable"
    | "なし" | "无" = folded.as_str()
    {
        return true;
    }
    ["none ", "no issue", "no concern", "no specific", "no significant", "no opportunity"]
        .iter()
        .any(|start| folded.starts_with(start))
        && folded.split(' ').count() <= 5
}

/// Which of the named things a text means, and whether that was guessed. Every candidate is a
/// folded word with the number of what it stands for. It is the exact one; else the one that is
/// contained; else the one at an edit distance of 2, or 1 for short words. Two are none.
pub(super) fn choose(text: &str, candidates: &[(String, usize)]) -> Option<(usize, bool)> {
    let folded = fold(text);
    let only = |test: &dyn Fn(&str) -> bool| {
        let mut fitting: Vec<usize> =
            candidates.iter().filter(|(word, _)| test(word)).map(|(_, at)| *at).collect();
        fitting.sort_unstable();
        fitting.dedup();
        (fitting.first().copied(), fitting.len())
    };
    if let (Some(at), 1) = only(&|word| word == folded) {
        return Some((at, false));
    }
    let padded = format!(" {folded} ");
    let inside = |word: &str| !word.is_empty() && padded.contains(&format!(" {word} "));
    // The longest of those that contain one another: `very positive` is not `positive`.
    let found: Vec<&str> =
        candidates.iter().map(|(word, _)| word.as_str()).filter(|word| inside(word)).collect();
    let longest = |word: &str| {
        inside(word) && !found.iter().any(|other| other.len() > word.len() && other.contains(word))
    };
    match only(&longest) {
        (Some(at), 1) => return Some((at, true)),
        (Some(_), _) => return None,
        (None, _) => {}
    }
    match only(&|word| distance(word, &folded) <= if word.chars().count() < 5 { 1 } else { 2 }) {
        (Some(at), 1) if folded.chars().count() > 2 => Some((at, true)),
        _ => None,
    }
}

/// How many characters to change, add or leave out; at most 3 are counted.
pub(super) fn distance(one: &str, two: &str) -> usize {
    if one.len().abs_diff(two.len()) > 12 {
        return 3;
    }
    let two: Vec<char> = two.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (at, a) in one.chars().enumerate() {
        let mut diagonal = at;
        let mut left = at.saturating_add(1);
        let mut next = vec![left];
        for (above, b) in row.iter().skip(1).zip(&two) {
            let changed = diagonal.saturating_add(usize::from(a != *b));
            left = changed.min(above.saturating_add(1)).min(left.saturating_add(1));
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(3).min(3)
}

/// Short words with a full stop that ends no sentence.
const ABBREVIATIONS: &[&str] =
    &["mr", "mrs", "ms", "dr", "st", "no", "vs", "e.g", "i.e", "approx", "etc", "inc", "z.b", "nr"];

/// How many sentences a text has.
pub(crate) fn sentences(text: &str) -> usize {
    let mut count = 0_usize;
    let mut before = String::new();
    let mut chars = text.trim().chars().peekable();
    while let Some(c) = chars.next() {
        let wide = matches!(c, '。' | '！' | '？');
        if !wide && !matches!(c, '.' | '!' | '?' | '…' | '؟' | '।') {
            if c.is_whitespace() {
                before.clear();
            } else {
                before.push(c);
            }
            continue;
        }
        let ends = wide
            || chars.peek().is_none_or(|next| {
                next.is_whitespace() || matches!(next, '"' | '”' | '\'' | '’' | ')' | '*' | '»')
            });
        let word = before.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let short = c == '.'
            && (ABBREVIATIONS.contains(&word.as_str())
                || (word.chars().count() == 1 && word.chars().all(char::is_alphabetic)));
        if ends && !short && !word.is_empty() {
            count = count.saturating_add(1);
            before.clear();
        } else {
            before.push(c);
        }
    }
    count.max(usize::from(!is_empty(text)))
}

/// How many words a text has. Scripts without spaces count two characters as a word.
pub(crate) fn words(text: &str) -> usize {
    let wide = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
    let characters = text.chars().filter(|c| wide(*c)).count();
    let spaced = text.split_whitespace().filter(|word| !is_empty(word) && !word.contains(wide));
    spaced.count().saturating_add(characters.div_ceil(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_choices_fold() {
        for text in
            ["keyObservation", "key_observations", "2. **KEY OBSERVATION**", "Key observation"]
        {
            assert_eq!(fold(text), "key observation", "{text}");
        }
        assert_eq!(fold("Opportunities"), fold("opportunity"));
        let levels: Vec<_> =
            ["low", "medium", "high"].iter().enumerate().map(|(n, w)| (fold(w), n)).collect();
        assert_eq!(choose("HIGH.", &levels), Some((2, false)));
        assert_eq!(choose("rather high, because of the age", &levels), Some((2, true)));
        assert_eq!(choose("hihg", &levels), None);
        assert_eq!(choose("hgh", &levels), Some((2, true)));
        assert_eq!(choose("medum", &levels), Some((1, true)));
        for nothing in ["low to medium", "Low/Medium/High", "unclear", "", "x"] {
            assert_eq!(choose(nothing, &levels), None, "{nothing}");
        }
    }

    #[test]
    fn sentences_are_counted_as_people_do() {
        assert_eq!(sentences("Mr. Novak paid 416.67 in cash. He came back!"), 2);
        assert_eq!(sentences("Use e.g. a plan. \"Really?\" he asked."), 3);
        assert_eq!(sentences("Hi Ada,\nthank you… See you soon\n\nThe Team"), 1);
        assert_eq!(sentences("良いお客様です。支払いも早い。"), 2);
        assert_eq!(sentences("no end"), 1);
        assert_eq!(sentences(" "), 0);
    }

    #[test]
    fn quotes_around_a_whole_text_go() {
        assert_eq!(unwrap("\"Hi Ada, it is \"done\". Bye\""), "Hi Ada, it is \"done\". Bye");
        assert_eq!(unwrap("**“Hi”**"), "Hi");
        assert_eq!(unwrap("\"Yes\" and \"no\""), "\"Yes\" and \"no\"");
        assert_eq!(unwrap("\"\""), "\"\"");
    }
}
