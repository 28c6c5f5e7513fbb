//! Normalization in browsers: NFKD and NFC (Unicode Standard Annex #15), and which characters are marks.
//!
//! The tables of the crate that does it elsewhere are made to be fast, and are as large as half of the
//! module that a page has to load. Here they are packed, and unpacked when the first word comes that needs
//! them; what they say is the same, for every character.

use std::sync::OnceLock;

/// Written by `goodwill-codegen`: numbers of seven bits a byte, the lowest first.
const PACKED: &[u8] = include_bytes!("normalization.bin");

/// Syllables of Hangul are computed (The Unicode Standard, section 3.12): where they and their parts begin,
/// and how many vowels and finals there are.
const SYLLABLES: u32 = 0xac00;
const LEADING: u32 = 0x1100;
const VOWELS: u32 = 0x1161;
/// One before the first: a syllable may have none.
const FINALS: u32 = 0x11a7;
const VOWEL_COUNT: u32 = 21;
const FINAL_COUNT: u32 = 28;
const SYLLABLE_COUNT: u32 = 19 * VOWEL_COUNT * FINAL_COUNT;

/// What is known of characters.
struct Tables {
    /// Characters that are others when decomposed, in order, with the end of what they are in `parts`.
    decomposed: Vec<(u32, usize)>,
    parts: Vec<char>,
    /// Pairs that are one character, in order.
    pairs: Vec<((char, char), char)>,
    /// The same by that character.
    wholes: Vec<(char, (char, char))>,
    /// Ranges of other characters whose canonical decomposition is the one for compatibility.
    canonical: Vec<(u32, u32)>,
    /// Characters that have two decompositions, with the canonical one.
    others: Vec<(u32, Vec<char>)>,
    /// Ranges of characters with a canonical combining class other than 0.
    classes: Vec<(u32, u32, u8)>,
    /// Ranges of marks.
    marks: Vec<(u32, u32)>,
}

/// Reads the packed numbers.
struct Numbers(std::slice::Iter<'static, u8>);

impl Numbers {
    fn next(&mut self) -> u32 {
        let (mut number, mut shift) = (0, 0);
        for byte in self.0.by_ref() {
            number |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if *byte < 0x80 {
                break;
            }
        }
        number
    }

    /// A number that is more or less than another.
    fn from(&mut self, other: u32) -> u32 {
        let next = self.next();
        let by = next >> 1;
        if next & 1 == 0 { other.wrapping_add(by) } else { other.wrapping_sub(by) }
    }

    /// Many of them, each more or less than the one before.
    fn column(&mut self, length: u32) -> Vec<u32> {
        let mut last = 0;
        let each = (0..length).map(|_| {
            last = self.from(last);
            last
        });
        each.collect()
    }

    /// Ranges, each with its distance from the one before and its length.
    fn range(&mut self, last: &mut u32) -> (u32, u32) {
        let start = *last + self.next();
        *last = start + self.next();
        (start, *last)
    }
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut numbers = Numbers(PACKED.iter());
        let (mut decomposed, mut parts, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
        let length = numbers.next();
        let codes = numbers.column(length);
        let kinds = numbers.column(length);
        let mut before = [0; 18];
        for (code, kind) in codes.into_iter().zip(kinds) {
            let start = parts.len();
            for before in before.iter_mut().take(kind as usize / 2) {
                *before = numbers.from(*before);
                parts.push(character(*before));
            }
            decomposed.push((code, parts.len()));
            if kind % 2 == 1
                && let Some([first, second]) = parts.get(start..)
            {
                pairs.push(((*first, *second), character(code)));
            }
        }
        let length = numbers.next();
        let [firsts, seconds, wholes] = [(); 3].map(|()| numbers.column(length));
        for ((first, second), whole) in firsts.into_iter().zip(seconds).zip(wholes) {
            pairs.push(((character(first), character(second)), character(whole)));
        }
        pairs.sort_unstable();
        let mut last = 0;
        let length = numbers.next();
        let classes = (0..length).map(|_| {
            let (start, end) = numbers.range(&mut last);
            (start, end, numbers.next() as u8)
        });
        let classes = classes.collect();
        last = 0;
        let length = numbers.next();
        let marks = (0..length).map(|_| numbers.range(&mut last)).collect();
        last = 0;
        let length = numbers.next();
        let canonical = (0..length).map(|_| numbers.range(&mut last)).collect();
        let length = numbers.next();
        let others = (0..length).map(|_| {
            let (code, length) = (numbers.next(), numbers.next());
            (code, (0..length).map(|_| character(numbers.next())).collect())
        });
        let others = others.collect();
        let mut wholes: Vec<_> = pairs.iter().map(|(pair, whole)| (*whole, *pair)).collect();
        wholes.sort_unstable();
        Tables { decomposed, parts, pairs, wholes, canonical, others, classes, marks }
    })
}

fn character(code: u32) -> char {
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

impl Tables {
    /// The canonical combining class.
    fn class(&self, c: char) -> u8 {
        let code = u32::from(c);
        let behind = self.classes.partition_point(|(_, end, _)| *end <= code);
        self.classes.get(behind).filter(|(start, ..)| *start <= code).map_or(0, |found| found.2)
    }

    /// What a character is when decomposed; nothing when it is itself.
    fn parts_of(&self, c: char) -> &[char] {
        let Ok(place) = self.decomposed.binary_search_by_key(&u32::from(c), |entry| entry.0) else {
            return &[];
        };
        let end = |place: usize| self.decomposed.get(place).map_or(0, |entry| entry.1);
        let start = place.checked_sub(1).map_or(0, end);
        self.parts.get(start..end(place)).unwrap_or_default()
    }

    /// Adds what a character is when decomposed, but for compatibility.
    fn push_canonical(&self, out: &mut Vec<char>, c: char) {
        let code = u32::from(c);
        if let Ok(place) = self.wholes.binary_search_by_key(&c, |entry| entry.0)
            && let Some((_, (first, second))) = self.wholes.get(place)
        {
            self.push_canonical(out, *first);
            self.push(out, *second);
        } else if let Some((_, parts)) = self.others.iter().find(|(other, _)| *other == code) {
            parts.iter().for_each(|part| self.push(out, *part));
        } else if within(&self.canonical, code) {
            self.parts_of(c).iter().for_each(|part| self.push(out, *part));
        } else {
            self.push(out, c);
        }
    }

    /// Adds a character behind those of lower or the same class.
    fn push(&self, out: &mut Vec<char>, c: char) {
        let class = self.class(c);
        let mut place = out.len();
        if class > 0 {
            while let Some(before) = place.checked_sub(1)
                && out.get(before).is_some_and(|before| self.class(*before) > class)
            {
                place = before;
            }
        }
        out.insert(place, c);
    }

    /// The character that two are together.
    fn whole(&self, first: char, second: char) -> Option<char> {
        let (one, other) = (u32::from(first), u32::from(second));
        let syllable = one.wrapping_sub(SYLLABLES);
        let (leading, vowel) = (one.wrapping_sub(LEADING), other.wrapping_sub(VOWELS));
        let last = other.wrapping_sub(FINALS);
        if leading < SYLLABLE_COUNT / VOWEL_COUNT / FINAL_COUNT && vowel < VOWEL_COUNT {
            return char::from_u32(SYLLABLES + (leading * VOWEL_COUNT + vowel) * FINAL_COUNT);
        }
        if syllable < SYLLABLE_COUNT
            && syllable.is_multiple_of(FINAL_COUNT)
            && (1..FINAL_COUNT).contains(&last)
        {
            return char::from_u32(one + last);
        }
        let place = self.pairs.binary_search_by_key(&(first, second), |pair| pair.0).ok()?;
        self.pairs.get(place).map(|pair| pair.1)
    }
}

/// The forms of a text that are compared; with the names that the crate has for them.
pub(crate) trait UnicodeNormalization {
    /// The compatibility decomposition.
    fn nfkd(&self) -> std::vec::IntoIter<char>;

    /// The canonical composition.
    fn nfc(&self) -> std::vec::IntoIter<char>;
}

impl UnicodeNormalization for str {
    fn nfkd(&self) -> std::vec::IntoIter<char> {
        let tables = tables();
        let mut out = Vec::with_capacity(self.len());
        for c in self.chars() {
            let syllable = u32::from(c).wrapping_sub(SYLLABLES);
            if syllable < SYLLABLE_COUNT {
                let (start, last) = (syllable / FINAL_COUNT, syllable % FINAL_COUNT);
                out.push(character(LEADING + start / VOWEL_COUNT));
                out.push(character(VOWELS + start % VOWEL_COUNT));
                out.extend((last > 0).then(|| character(FINALS + last)));
                continue;
            }
            match tables.parts_of(c) {
                [] => tables.push(&mut out, c),
                parts => parts.iter().for_each(|part| tables.push(&mut out, *part)),
            }
        }
        out.into_iter()
    }

    fn nfc(&self) -> std::vec::IntoIter<char> {
        let tables = tables();
        let mut ordered = Vec::with_capacity(self.len());
        self.chars().for_each(|c| tables.push_canonical(&mut ordered, c));
        let mut out: Vec<char> = Vec::with_capacity(ordered.len());
        let (mut starter, mut last) = (None, 0);
        for c in ordered {
            let class = tables.class(c);
            if let Some(place) = starter
                && (out.len() == place + 1 || last != 0 && last < class)
                && let Some(first) = out.get_mut(place)
                && let Some(whole) = tables.whole(*first, c)
            {
                *first = whole;
                continue;
            }
            if class == 0 {
                starter = Some(out.len());
            }
            last = class;
            out.push(c);
        }
        out.into_iter()
    }
}

/// Whether a character is a mark (general category M).
pub(super) fn is_combining_mark(c: char) -> bool {
    within(&tables().marks, u32::from(c))
}

/// Whether a character is in one of some ranges in order.
fn within(ranges: &[(u32, u32)], code: u32) -> bool {
    let behind = ranges.partition_point(|(_, end)| *end <= code);
    ranges.get(behind).is_some_and(|(start, _)| *start <= code)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization as Crate;

    use super::{UnicodeNormalization as Packed, character, is_combining_mark, tables};

    fn same(text: &str) {
        let decomposed: String = Crate::nfkd(text).collect();
        assert_eq!(Packed::nfkd(text).collect::<String>(), decomposed, "{text:?}");
        for text in [text, &decomposed] {
            let composed: String = Crate::nfc(text).collect();
            assert_eq!(Packed::nfc(text).collect::<String>(), composed, "{text:?}");
        }
    }

    /// Every character is what it is elsewhere, alone and in the lower case that searching compares.
    #[test]
    fn every_character_is_the_same() {
        for c in '\0'..=char::MAX {
            same(c.encode_utf8(&mut [0; 4]));
            assert_eq!(
                is_combining_mark(c),
                unicode_normalization::char::is_combining_mark(c),
                "{c:?}"
            );
            let class = unicode_normalization::char::canonical_combining_class(c);
            assert_eq!(tables().class(c), class, "{c:?}");
            let parts: String = Crate::nfkd(&*c.to_string()).flat_map(char::to_lowercase).collect();
            assert!(unicode_normalization::is_nfd(&parts), "{c:?} is not decomposed in lower case");
        }
    }

    /// Letters with many marks, in any order.
    fn marked() -> impl Strategy<Value = String> {
        let letter =
            prop::sample::select(vec!['a', 'e', 'ợ', 'ä', 'ϓ', '가', '각', 'ᄀ', 'ᅡ', 'ᆨ', 'क', 'ﬁ']);
        let mark = (0x300u32..0x370).prop_map(character);
        let other = prop::sample::select(vec![
            '\u{93c}',
            '\u{323}',
            '\u{302}',
            '\u{3099}',
            '\u{5b4}',
            '\u{1d165}',
        ]);
        prop::collection::vec(prop_oneof![letter, mark, other, any::<char>()], 0..12)
            .prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #[test]
        fn texts_are_the_same(text in marked()) {
            same(&text);
        }
    }
}
