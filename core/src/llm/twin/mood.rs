//! How a text sounds and what it is about, by the words in it: a small lexicon, with negation and
//! emphasis, in the way of VADER (Hutto and Gilbert, ICWSM 2014) and much smaller.

const GOOD: &[&str] = &[
    "amazing",
    "appreciate",
    "excellent",
    "fantastic",
    "fine",
    "friendly",
    "glad",
    "good",
    "great",
    "happy",
    "helpful",
    "impressed",
    "love",
    "lovely",
    "nice",
    "perfect",
    "pleased",
    "professional",
    "prompt",
    "punctual",
    "quick",
    "quickly",
    "recommend",
    "resolved",
    "satisfied",
    "solved",
    "super",
    "thank",
    "thanks",
    "wonderful",
    "👍",
    "😊",
];

const BAD: &[&str] = &[
    "angry",
    "annoyed",
    "annoying",
    "awful",
    "bad",
    "broke",
    "broken",
    "cancel",
    "complain",
    "complaint",
    "damaged",
    "delay",
    "delayed",
    "disappointed",
    "disappointing",
    "expensive",
    "failed",
    "failure",
    "faulty",
    "frustrated",
    "frustrating",
    "horrible",
    "issue",
    "late",
    "leak",
    "leaking",
    "leaks",
    "lost",
    "overcharged",
    "poor",
    "problem",
    "problems",
    "refund",
    "rude",
    "slow",
    "terrible",
    "unacceptable",
    "unhappy",
    "unprofessional",
    "upset",
    "waiting",
    "worse",
    "worst",
    "wrong",
    "😠",
    "😡",
    "👎",
];

const STRONG: &[&str] = &[
    "amazing",
    "angry",
    "awful",
    "excellent",
    "fantastic",
    "horrible",
    "love",
    "perfect",
    "terrible",
    "unacceptable",
    "wonderful",
    "worst",
    "😡",
];

const NOT: &[&str] = &[
    "cannot", "can't", "didn't", "doesn't", "don't", "isn't", "never", "no", "not", "wasn't",
    "won't", "without",
];

const THEMES: &[(&str, &[&str])] = &[
    (
        "billing",
        &["bill", "charge", "charged", "invoice", "overcharged", "pay", "payment", "refund"],
    ),
    ("cooling", &["cold", "cooling", "freezer", "fridge", "ice", "warm"]),
    ("faults", &["broke", "broken", "error", "failed", "failure", "fault", "faulty", "stopped"]),
    ("leaks", &["drip", "dripping", "leak", "leaking", "leaks", "water"]),
    ("noise", &["loud", "noise", "noisy", "rattle", "rattling"]),
    (
        "praise",
        &["excellent", "great", "happy", "perfect", "recommend", "thank", "thanks", "wonderful"],
    ),
    ("price", &["cheap", "cost", "costs", "discount", "expensive", "price", "quote"]),
    (
        "scheduling",
        &["appointment", "book", "cancel", "reschedule", "schedule", "tomorrow", "when"],
    ),
    (
        "timeliness",
        &["arrive", "arrived", "delay", "delayed", "late", "prompt", "punctual", "waiting"],
    ),
];

/// The words of a text in lower case. Emoji are words.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.to_lowercase().chars() {
        let c = if c == '’' { '\'' } else { c };
        if c.is_alphanumeric() || c == '\'' {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if !c.is_ascii() && !c.is_whitespace() {
            words.push(c.to_string());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

fn is_in(word: &str, list: &[&str]) -> bool {
    list.contains(&word)
}

/// From −2, very negative, to 2, very positive.
pub(super) fn score(text: &str) -> i32 {
    let words = words(text);
    let mut sum = 0;
    for (index, word) in words.iter().enumerate() {
        let weight = if is_in(word, STRONG) { 2 } else { 1 };
        let plain = i32::from(is_in(word, GOOD)) - i32::from(is_in(word, BAD));
        let before = words.iter().take(index).rev().take(3);
        let turned = before.into_iter().any(|word| is_in(word, NOT));
        // "Not bad" is less than "good", and "not good" is worse than nothing said.
        sum += match (plain, turned) {
            (1, true) => -weight,
            (-1, true) => 0,
            _ => plain * weight,
        };
    }
    sum.clamp(-2, 2)
}

/// What a score means, in the words of the prompt.
pub(super) fn described(score: f64) -> &'static str {
    match score {
        s if s <= -1.5 => "very negative",
        s if s <= -0.5 => "somewhat negative",
        s if s < 0.5 => "neutral",
        s if s < 1.5 => "somewhat positive",
        _ => "very positive",
    }
}

/// Whether the outcome of a job is known to be good.
pub(super) fn is_good_outcome(outcome: &str) -> bool {
    let outcome = outcome.to_lowercase();
    let good = ["solved", "complete", "success", "done", "fixed", "repaired"];
    let bad = ["unsolved", "incomplete", "unsuccess", "not "];
    good.iter().any(|word| outcome.contains(word)) && !bad.iter().any(|word| outcome.contains(word))
}

/// What a text is about, by the alphabet.
pub(super) fn themes(text: &str) -> Vec<String> {
    let words = words(text);
    let about = |marks: &[&str]| words.iter().any(|word| is_in(word, marks));
    THEMES.iter().filter(|(_, marks)| about(marks)).map(|(theme, _)| (*theme).to_owned()).collect()
}
