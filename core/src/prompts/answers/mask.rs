//! Everything around an answer that is no part of it, covered with spaces.
//!
//! The text keeps its length, so that a place in the masked text is the same place in the answer.

/// Tags around what a model thinks before it answers.
const REASONING: &[&str] =
    &["think", "thinking", "thought", "reasoning", "analysis", "scratchpad", "reflection"];

/// Tags around the answer itself.
const WRAPPERS: &[&str] = &["answer", "output", "response", "final", "result"];

pub(super) struct Masked {
    pub(super) text: String,
    /// Whether reasoning was begun and never ended.
    pub(super) cut: bool,
    /// Whether the answer repeated a fence of the prompt.
    pub(super) fence: bool,
}

pub(super) fn mask(raw: &str) -> Masked {
    let mut cover: Vec<(usize, usize)> = Vec::new();
    let lower = raw.to_ascii_lowercase();
    if raw.starts_with('\u{feff}') {
        cover.push((0, '\u{feff}'.len_utf8()));
    }
    let cut = reasoning(&lower, &mut cover);
    let last = "<|channel|>final<|message|>";
    if let Some(at) = lower.rfind(last) {
        cover.push((0, at + last.len()));
    }
    let mut fence = false;
    for (open, _) in lower.match_indices('<') {
        let rest = lower.get(open..).unwrap_or_default();
        let Some(length) = tag(rest) else { continue };
        fence = fence || rest.contains("data");
        cover.push((open, open + length));
    }
    let mut at = 0;
    for line in raw.split_inclusive('\n') {
        let trimmed = line.trim();
        let lead = line.len() - line.trim_start().len();
        for marks in ["```", "~~~"] {
            if let Some(info) = trimmed.strip_prefix(marks) {
                let word = info.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'`');
                let length = if word { trimmed.len() } else { marks.len() };
                cover.push((at + lead, at + lead + length));
            }
            if trimmed.ends_with(marks) {
                let end = at + lead + trimmed.len();
                cover.push((end - marks.len(), end));
            }
        }
        at += line.len();
    }
    let text = covered(raw, &mut cover);
    if let Some(from) = farewell(&text) {
        cover.push((from, raw.len()));
    }
    Masked { text: covered(raw, &mut cover), cut, fence }
}

/// What assistants say behind an answer, in lower case.
const FAREWELLS: &[&str] = &[
    "let me know",
    "i hope this",
    "hope this helps",
    "would you like me to",
    "if you need any",
    "if you need more",
    "if you need anything",
    "feel free to ask",
    "word count",
    "(word count",
    "note: this analysis",
    "espero que",
    "ich hoffe",
    "j'espère",
];

/// Where the last paragraph begins, if it is said to the one who asked and not to the customer.
fn farewell(text: &str) -> Option<usize> {
    let body = text.trim_end();
    let mut from = None;
    let mut at = 0;
    let mut blank = false;
    for line in body.split_inclusive('\n') {
        let empty = line.trim().is_empty();
        if blank && !empty {
            from = Some(at);
        }
        blank = empty;
        at += line.len();
    }
    let last = body.get(from?..)?.trim_start_matches(['*', '_', '-', ' ', '\n']).to_lowercase();
    let said = FAREWELLS.iter().any(|words| last.starts_with(words));
    (said && !last.contains(['"', '”', '}'])).then_some(from?)
}

fn reasoning(lower: &str, cover: &mut Vec<(usize, usize)>) -> bool {
    let mut cut = false;
    for name in REASONING {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let mut from = 0;
        loop {
            let rest = lower.get(from..).unwrap_or_default();
            match (rest.find(&open), rest.find(&close)) {
                // An end without a beginning: the chat format swallowed the beginning.
                (begin, Some(end)) if begin.is_none_or(|begin| begin > end) => {
                    cover.push((0, from + end + close.len()));
                    from += end + close.len();
                }
                (Some(begin), Some(_)) => {
                    let inside = rest.get(begin..).unwrap_or_default();
                    let end = inside.find(&close).unwrap_or(inside.len());
                    let end = (from + begin + end + close.len()).min(lower.len());
                    cover.push((from + begin, end));
                    from = end;
                }
                (Some(begin), None) => {
                    cover.push((from + begin, lower.len()));
                    cut = true;
                    break;
                }
                (None, _) => break,
            }
        }
    }
    cut
}

/// The length of the tag at the beginning: a wrapper, a control mark, or a fence of the prompt.
fn tag(text: &str) -> Option<usize> {
    if let Some(rest) = text.strip_prefix("<|") {
        let inner = rest.find("|>").filter(|at| *at <= 40)?;
        return rest.get(..inner)?.chars().all(|c| !c.is_whitespace()).then_some(inner + 4);
    }
    let end = text.find('>').filter(|at| *at <= 40)?;
    let name = text.get(1..end)?;
    let name = name.strip_prefix('/').unwrap_or(name);
    let mark = name.strip_prefix("data ").map(str::trim);
    let fence =
        mark.is_some_and(|mark| mark.len() >= 8 && mark.bytes().all(|b| b.is_ascii_hexdigit()));
    (fence || WRAPPERS.contains(&name)).then_some(end + 1)
}

fn covered(raw: &str, cover: &mut [(usize, usize)]) -> String {
    cover.sort_unstable();
    let mut ranges = cover.iter().copied().peekable();
    let mut text = String::with_capacity(raw.len());
    let mut until = 0;
    for (at, c) in raw.char_indices() {
        while let Some((_, end)) = ranges.next_if(|(start, _)| *start <= at) {
            until = until.max(end);
        }
        if at < until && c != '\n' {
            text.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn what_is_no_answer_is_covered_in_place() {
        for (raw, masked) in [
            ("\u{feff}A: 1", "A: 1"),
            ("<think>é\nB</think>A: 1", "A: 1"),
            ("all of it\n</think>\nA: 1", "A: 1"),
            ("<Reasoning>x</Reasoning> A: 1 <thought>y</thought>", "A: 1"),
            ("```text\nA: 1\n```", "A: 1"),
            ("```A: 1```", "A: 1"),
            ("<answer>A: 1</answer>", "A: 1"),
            ("<|channel|>analysis<|message|>B: 2<|channel|>final<|message|>A: 1<|im_end|>", "A: 1"),
            ("<data 0123456789ab>\nA: 1\n</data 0123456789ab>", "A: 1"),
            ("<think>never ended A: 1", ""),
        ] {
            let found = mask(raw);
            assert_eq!(found.text.trim(), masked, "{raw}");
            assert_eq!(found.text.len(), raw.len());
            assert_eq!(found.cut, raw.contains("never"));
            assert_eq!(found.fence, raw.contains("<data"));
        }
        assert_eq!(mask("1 < 2 > 0 <data> x").text, "1 < 2 > 0 <data> x");
    }
}
