//! Parts of words and lines: folding, placeholders, bullets, choices.

/// A label without Markdown, case, numbers, and plural.
pub(super) fn fold(text: &str) -> String {
    let words: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words = words.to_lowercase();
    let mut words = words.split_whitespace().peekable();
    // A number before the label: `2. RECOMMENDATION`.
    while words.peek().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit())) {
        words.next();
    }
    words.map(|word| word.strip_suffix('s').unwrap_or(word)).collect::<Vec<_>>().join(" ")
}

/// A text without the emphasis and quotes around it.
pub(super) fn unwrap(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let before = text;
        for (open, close) in [("**", "**"), ("__", "__"), ("`", "`"), ("\"", "\""), ("“", "”")]
        {
            if text.len() >= open.len().saturating_add(close.len())
                && let Some(inner) = text.strip_prefix(open)
                && let Some(inner) = inner.strip_suffix(close)
                && !inner.contains(open)
            {
                text = inner.trim();
            }
        }
        if text == before {
            return text;
        }
    }
}

/// Whether a text is empty, a dash, or a placeholder of the format.
pub(super) fn says_nothing(text: &str) -> bool {
    let text = unwrap(text);
    !text.chars().any(char::is_alphanumeric) || is_placeholder(text)
}

pub(super) fn is_placeholder(text: &str) -> bool {
    let text = unwrap(text);
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    inner.is_some_and(|inner| !inner.contains(['[', ']']))
}

/// Whether a filled-in text still has a placeholder such as `[Company]` in it.
pub(super) fn has_placeholder(text: &str) -> bool {
    text.split('[').skip(1).any(|part| {
        part.split_once(']').is_some_and(|(inner, after)| {
            inner.contains(char::is_alphabetic) && inner.len() < 80 && !after.starts_with('(')
        })
    })
}

/// An entry without its bullet or number; nothing if the line does not begin an entry.
pub(super) fn entry(line: &str) -> Option<&str> {
    let line = line.trim_start();
    for bullet in ["- ", "* ", "• ", "– "] {
        if let Some(rest) = line.strip_prefix(bullet) {
            return Some(rest.trim());
        }
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() == line.len() {
        return None;
    }
    let rest = rest.strip_prefix('.').or_else(|| rest.strip_prefix(')'))?;
    rest.starts_with(' ').then(|| rest.trim())
}

/// The choice that a text means, and whether it was guessed.
pub(super) fn choose(text: &str, choices: &[&'static str]) -> Option<(&'static str, bool)> {
    let folded = fold(text);
    let exact = choices.iter().find(|choice| fold(choice) == folded);
    if let Some(choice) = exact {
        return Some((choice, false));
    }
    let padded = format!(" {folded} ");
    let only = |test: &dyn Fn(&str) -> bool| {
        let mut fitting = choices.iter().filter(|choice| test(&fold(choice)));
        match (fitting.next(), fitting.next()) {
            (Some(choice), None) => Some((*choice, true)),
            _ => None,
        }
    };
    let inside = |choice: &str| padded.contains(&format!(" {choice} "));
    if choices.iter().any(|choice| inside(&fold(choice))) {
        // Two of them: nobody knows which is meant.
        return only(&inside);
    }
    only(&|choice| distance(choice, &folded) <= if choice.len() < 5 { 1 } else { 2 })
}

/// How many characters to change, add or leave out; at most 3 are counted.
fn distance(one: &str, two: &str) -> usize {
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
