//! Words, and the form in which they are compared.
//!
//! A word is a run of letters, digits and the marks on them; Han, kana, Thai, Lao, Khmer and Burmese
//! characters and emoji are words of their own, so that a phrase finds any run of them. Compared are
//! folded words: without case, accents, Arabic and Hebrew vowel signs, width and ligatures (NFKD,
//! Unicode Standard Annex #15), with the variants of alef, yeh and teh marbuta as one, and with
//! digits of every script as ASCII.

use std::ops::Range;

#[cfg(not(target_family = "wasm"))]
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

#[cfg(target_family = "wasm")]
use crate::search::normalization::{UnicodeNormalization as _, is_combining_mark};

/// The longest folded word, in characters; the rest of a longer one is not compared.
const LONGEST: usize = 64;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The form that is compared.
    pub folded: String,
    /// The bytes of the text that it stands for.
    pub span: Range<usize>,
}

/// The words of a text in order.
///
/// ```
/// use goodwill::search::tokens;
///
/// let words: Vec<String> = tokens("Größe ORD-123 配送").map(|word| word.folded).collect();
/// assert_eq!(words, ["grosse", "ord", "123", "配", "送"]);
/// ```
pub fn tokens(text: &str) -> impl Iterator<Item = Token> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, first) = rest.next()?;
            let alone = stands_alone(first);
            if !alone && !first.is_alphanumeric() {
                continue;
            }
            let mut end = start + first.len_utf8();
            while let Some((at, next)) = rest.peek().copied() {
                let joins = if alone {
                    clings(next)
                } else {
                    (next.is_alphanumeric() && !stands_alone(next)) || is_mark(next)
                };
                if !joins {
                    break;
                }
                end = at + next.len_utf8();
                rest.next();
            }
            let folded = fold(text.get(start..end).unwrap_or_default());
            if !folded.is_empty() {
                return Some(Token { folded, span: start..end });
            }
        }
    })
}

/// The folded words of a text, one space between them: what a store indexes.
#[must_use]
pub fn index_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for token in tokens(text) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&token.folded);
    }
    out
}

/// Characters that are words of their own.
fn stands_alone(c: char) -> bool {
    !c.is_ascii() && matches!(u32::from(c),
        0x0e00..=0x0eff // Thai, Lao
        | 0x1000..=0x109f | 0x1780..=0x17ff // Burmese, Khmer
        | 0x3005..=0x3007 | 0x3041..=0x30ff | 0x31f0..=0x31ff | 0xff66..=0xff9f // kana
        | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff // Han
        | 0x2600..=0x27bf | 0x1f000..=0x1faff) // emoji and other pictographs
        && (c.is_alphanumeric() || u32::from(c) >= 0x2600)
}

fn is_mark(c: char) -> bool {
    !c.is_ascii() && is_combining_mark(c)
        || matches!(c, '\u{0640}' | '\u{200c}' | '\u{200d}' | '\u{00ad}')
}

/// What belongs to a character that stands alone: marks, variation selectors, skin tones.
fn clings(c: char) -> bool {
    is_combining_mark(c) || matches!(u32::from(c), 0xfe00..=0xfe0f | 0x1f3fb..=0x1f3ff | 0x200d)
}

/// Marks that make no other word: accents and the vowel signs of Arabic and Hebrew. The vowel signs
/// of Indic scripts and the voicing marks of kana stay.
fn is_accent(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036f | 0x0591..=0x05c7 | 0x0610..=0x061a | 0x064b..=0x065f | 0x0670
        | 0x06d6..=0x06ed | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x20d0..=0x20ff
        | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f | 0x1f3fb..=0x1f3ff)
        || matches!(c, '\u{0640}' | '\u{200c}' | '\u{200d}' | '\u{00ad}')
}

/// The form of a word that is compared.
fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.chars().take(LONGEST).map(|c| c.to_ascii_lowercase()).collect();
    }
    let mut out = String::with_capacity(word.len());
    let letters = word.nfkd().filter(|c| !is_accent(*c)).flat_map(char::to_lowercase);
    for c in letters.filter(|c| !c.is_ascii() || c.is_ascii_alphanumeric()) {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ħ' => out.push('h'),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            'آ' | 'أ' | 'إ' | 'ٱ' => out.push('ا'),
            'ى' => out.push('ي'),
            'ة' => out.push('ه'),
            c if is_accent(c) => {}
            c => out.push(digit(c).unwrap_or(c)),
        }
    }
    out.nfc().filter(|c| c.is_alphanumeric() || !c.is_ascii()).take(LONGEST).collect()
}

/// Digits of the scripts that NFKD leaves as they are.
fn digit(c: char) -> Option<char> {
    const ZEROS: [u32; 10] =
        [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0be6, 0x0c66, 0x0e50, 0x1040];
    let code = u32::from(c);
    ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&code))
        .and_then(|zero| char::from_digit(code - zero, 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        tokens(text).map(|token| token.folded).collect()
    }

    #[test]
    fn words_of_many_scripts_fold() {
        for (text, words) in [
            ("Crème Brûlée", vec!["creme", "brulee"]),
            ("İstanbul ISPARTA ılık", vec!["istanbul", "isparta", "ilik"]),
            ("Ngày mai giao hàng", vec!["ngay", "mai", "giao", "hang"]),
            ("الطَّلَب أُرسِلَ", vec!["الطلب", "ارسل"]),
            ("מִשְׁלוֹחַ", vec!["משלוח"]),
            ("配送は明日", vec!["配", "送", "は", "明", "日"]),
            ("배송 내일", vec!["배송", "내일"]),
            ("🎉👍🏽 ok", vec!["🎉", "👍", "ok"]),
            ("１２３ ٤٥", vec!["123", "45"]),
            ("don't a.b@c.de +49-30", vec!["don", "t", "a", "b", "c", "de", "49", "30"]),
            ("ΟΔΟΣ οδός", vec!["οδοσ", "οδοσ"]),
            ("ﬁne", vec!["fine"]),
        ] {
            assert_eq!(folded(text), words, "{text}");
        }
        assert!(folded("… — !?").is_empty());
        assert_eq!(folded(&"x".repeat(1_000))[0].chars().count(), 64);
    }

    proptest::proptest! {
        #[test]
        fn spans_are_in_order_and_inside(text in "\\PC{0,80}") {
            let mut end = 0;
            for token in tokens(&text) {
                assert!(token.span.start >= end && text.get(token.span.clone()).is_some());
                end = token.span.end;
            }
        }

        /// What an index that splits at spaces and ASCII punctuation sees are exactly the words.
        #[test]
        fn index_text_splits_back_into_words(text in "\\PC{0,80}") {
            let joined = index_text(&text);
            let split: Vec<&str> = joined
                .split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric())
                .filter(|word| !word.is_empty())
                .collect();
            assert_eq!(split, folded(&text));
        }
    }
}
