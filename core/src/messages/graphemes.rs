//! What counts as one character in browsers: grapheme clusters (Unicode Standard Annex #29).
//!
//! The tables of the crate that finds them elsewhere are made to be fast, and a page has to load them for
//! one question. Here they are packed; the answer is the same for every text.

/// Written by `goodwill-codegen`: ranges of characters, each with its distance from the one before, its
/// length and its class, in numbers of seven bits a byte, the lowest first.
const PACKED: &[u8] = include_bytes!("graphemes.bin");

/// How a character joins others. The numbers are those of the packed ranges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Other,
    Control,
    Extend,
    Joiner,
    Spacing,
    Prepend,
    Regional,
    Pictograph,
    Leading,
    Vowel,
    Final,
    Consonant,
    Linker,
    /// Extends anything, but not what links consonants.
    Loose,
    /// A syllable of Hangul without a final, and one with it.
    Open,
    Closed,
}

impl Class {
    const PACKED: [Self; 13] = [
        Self::Control,
        Self::Extend,
        Self::Joiner,
        Self::Spacing,
        Self::Prepend,
        Self::Regional,
        Self::Pictograph,
        Self::Leading,
        Self::Vowel,
        Self::Final,
        Self::Consonant,
        Self::Linker,
        Self::Loose,
    ];

    /// The class of a character. It reads all ranges before it: it is asked of a few characters.
    fn of(c: char) -> Self {
        let code = u32::from(c);
        if ('\u{ac00}'..='\u{d7a3}').contains(&c) {
            return if (code - 0xac00).is_multiple_of(28) { Self::Open } else { Self::Closed };
        }
        let mut bytes = PACKED.iter();
        let mut number = || {
            let (mut number, mut shift) = (0, 0);
            loop {
                let byte = bytes.next()?;
                number |= u32::from(byte & 0x7f) << shift;
                shift += 7;
                if *byte < 0x80 {
                    return Some(number);
                }
            }
        };
        let mut end = 0;
        while let (Some(gap), Some(length), Some(class)) = (number(), number(), number()) {
            let start = end + gap;
            end = start + length;
            if code < end {
                let known = Self::PACKED.get((class as usize).wrapping_sub(1));
                return known.copied().filter(|_| code >= start).unwrap_or(Self::Other);
            }
        }
        Self::Other
    }

    fn extends(self) -> bool {
        matches!(self, Self::Extend | Self::Linker | Self::Loose)
    }
}

/// Whether a text is one grapheme cluster, by the rules GB3 to GB999.
pub(super) fn is_one(text: &str) -> bool {
    let mut chars = text.chars();
    let Some(mut before) = chars.next() else { return false };
    let mut class = Class::of(before);
    // Whether a pictograph and what extends it come before; a consonant, and a linker behind it; an odd
    // number of regional indicators.
    let mut pictograph = class == Class::Pictograph;
    let (mut consonant, mut linked) = (class == Class::Consonant, false);
    let mut odd = class == Class::Regional;
    for c in chars {
        let next = Class::of(c);
        let joined = match (class, next) {
            (Class::Control, Class::Control) => (before, c) == ('\r', '\n'),
            (Class::Control, _) | (_, Class::Control) => false,
            (_, Class::Joiner | Class::Spacing) | (Class::Prepend, _) => true,
            (_, next) if next.extends() => true,
            (Class::Leading, Class::Leading | Class::Vowel | Class::Open | Class::Closed)
            | (Class::Vowel | Class::Open, Class::Vowel | Class::Final)
            | (Class::Final | Class::Closed, Class::Final) => true,
            (Class::Joiner, Class::Pictograph) => pictograph,
            (Class::Regional, Class::Regional) => odd,
            (_, Class::Consonant) => linked,
            _ => false,
        };
        if !joined {
            return false;
        }
        // Behind the joiner only a pictograph goes on, and it is one of its own.
        pictograph = next == Class::Pictograph
            || pictograph && class != Class::Joiner && (next.extends() || next == Class::Joiner);
        let clings = matches!(next, Class::Extend | Class::Linker | Class::Joiner);
        linked = consonant && clings && (linked || next == Class::Linker);
        consonant = next == Class::Consonant || consonant && clings;
        odd = next == Class::Regional && !odd;
        (before, class) = (c, next);
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation as _;

    use super::*;

    fn same(text: &str) {
        assert_eq!(is_one(text), text.graphemes(true).count() == 1, "{text:?}");
    }

    /// A few characters of each class.
    const SAMPLES: [char; 32] = [
        'a',
        '1',
        '\r',
        '\n',
        '\u{1}',
        '\u{308}',
        '\u{200d}',
        '\u{200c}',
        '\u{903}',
        '\u{600}',
        '\u{1f1e6}',
        '\u{1f1fa}',
        '\u{a9}',
        '\u{1f469}',
        '\u{2764}',
        '\u{fe0f}',
        '\u{20e3}',
        '\u{1f3fd}',
        '\u{1100}',
        '\u{1161}',
        '\u{11a8}',
        '\u{ac00}',
        '\u{ac01}',
        '\u{915}',
        '\u{94d}',
        '\u{93c}',
        '\u{9cd}',
        '\u{995}',
        '\u{e31}',
        '\u{e33}',
        '\u{e0067}',
        '\u{1f3f4}',
    ];

    /// Where a range begins or ends, a character joins others as elsewhere.
    #[test]
    fn every_range_is_the_same() {
        let mut before = Class::Other;
        for c in '\0'..=char::MAX {
            let changed = u32::from(c) < 0x3_2000 || u32::from(c) >= 0xe_0000;
            if !changed || matches!(c, '\u{ac80}'..='\u{d700}' | '\u{3400}'..='\u{9f00}') {
                continue;
            }
            let class = Class::of(c);
            if class == before {
                continue;
            }
            before = class;
            for near in [u32::from(c).saturating_sub(1), u32::from(c)] {
                let Some(near) = char::from_u32(near) else { continue };
                same(&String::from(near));
                for other in SAMPLES {
                    same(&String::from_iter([near, other]));
                    same(&String::from_iter([other, near]));
                }
                same(&String::from_iter(['\u{915}', '\u{94d}', near]));
                same(&String::from_iter(['\u{915}', near, '\u{915}']));
                same(&String::from_iter(['\u{915}', '\u{94d}', near, '\u{915}']));
                same(&String::from_iter(['\u{a9}', near, '\u{200d}', '\u{a9}']));
                same(&String::from_iter([near, '\u{200d}', '\u{a9}']));
            }
        }
    }

    proptest! {
        #[test]
        fn texts_are_the_same(
            chars in prop::collection::vec(prop_oneof![
                4 => prop::sample::select(SAMPLES.to_vec()),
                1 => any::<char>(),
            ], 0..9),
        ) {
            same(&String::from_iter(chars));
        }
    }
}
