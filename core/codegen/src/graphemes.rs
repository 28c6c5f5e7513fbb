//! The packed classes of grapheme clusters for browsers: see `core/src/messages/graphemes.rs`.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::normalization::{number, range, ranges};

/// Whether characters are one cluster.
fn one<const N: usize>(chars: [char; N]) -> bool {
    String::from_iter(chars).graphemes(true).count() == 1
}

/// The class of a character, found by what it joins. Syllables of Hangul are computed.
fn class(c: char) -> Option<u8> {
    const CONSONANT: char = '\u{915}';
    const JOINER: char = '\u{200d}';
    const LINKER: char = '\u{94d}';
    const PICTOGRAPH: char = '\u{a9}';
    Some(match c {
        '\u{ac00}'..='\u{d7a3}' => return None,
        JOINER => 3,
        c if !one([c, '\u{308}']) => 1,
        c if one(['a', c]) && !one([PICTOGRAPH, c, JOINER, PICTOGRAPH]) => 4,
        c if one(['a', c]) && one([CONSONANT, c, CONSONANT]) => 12,
        c if one(['a', c]) && one([CONSONANT, LINKER, c, CONSONANT]) => 2,
        c if one(['a', c]) => 13,
        c if one([c, 'a']) => 5,
        c if one([c, '\u{1f1e6}']) => 6,
        c if one([c, '\u{1100}']) => 8,
        c if one([c, '\u{1161}']) => 9,
        c if one([c, '\u{11a8}']) => 10,
        c if one([c, JOINER, PICTOGRAPH]) => 7,
        c if one([c, LINKER, CONSONANT]) => 11,
        _ => return None,
    })
}

/// Everything that the module reads, in its order.
pub(crate) fn packed() -> Vec<u8> {
    let mut out = Vec::new();
    let mut last = 0;
    for (start, end, class) in ranges(class) {
        range(&mut out, &mut last, start, end);
        number(&mut out, u32::from(class));
    }
    out
}
