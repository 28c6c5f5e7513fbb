//! The packed tables of normalization for browsers: see `core/src/search/normalization.rs`.

use std::collections::BTreeMap;

use unicode_normalization::char::{
    canonical_combining_class, compose, decompose_canonical, decompose_compatible,
    is_combining_mark,
};

pub(crate) fn number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// The difference of two numbers.
fn difference(out: &mut Vec<u8>, from: u32, to: u32) {
    number(out, (from.abs_diff(to) << 1) | u32::from(to < from));
}

fn column(out: &mut Vec<u8>, numbers: impl Iterator<Item = u32>) {
    let mut last = 0;
    for to in numbers {
        difference(out, last, to);
        last = to;
    }
}

/// Neighbours with the same value, as start, end and value.
pub(crate) fn ranges(value: impl Fn(char) -> Option<u8>) -> Vec<(u32, u32, u8)> {
    let mut all: Vec<(u32, u32, u8)> = Vec::new();
    for c in '\0'..=char::MAX {
        let (code, Some(value)) = (u32::from(c), value(c)) else { continue };
        match all.last_mut() {
            Some((_, end, last)) if *end == code && *last == value => *end += 1,
            _ => all.push((code, code + 1, value)),
        }
    }
    all
}

pub(crate) fn range(out: &mut Vec<u8>, last: &mut u32, start: u32, end: u32) {
    number(out, start - *last);
    number(out, end - start);
    *last = end;
}

/// Everything that the module reads, in its order.
pub(crate) fn packed() -> Vec<u8> {
    let mut decomposed: BTreeMap<char, Vec<char>> = BTreeMap::new();
    let mut pairs: BTreeMap<char, (char, char)> = BTreeMap::new();
    let syllables = '\u{ac00}'..='\u{d7a3}';
    for c in ('\0'..=char::MAX).filter(|c| !syllables.contains(c)) {
        let mut parts = Vec::new();
        decompose_compatible(c, |part| parts.push(part));
        if parts != [c] {
            decomposed.insert(c, parts);
        }
        let mut parts = Vec::new();
        decompose_canonical(c, |part| parts.push(part));
        if let Some((second, first)) = parts.split_last()
            && let Some(first) =
                first.iter().copied().reduce(|one, other| compose(one, other).unwrap_or(other))
            && compose(first, *second) == Some(c)
        {
            pairs.insert(c, (first, *second));
        }
    }
    let mut out = Vec::new();
    number(&mut out, decomposed.len() as u32);
    column(&mut out, decomposed.keys().map(|c| u32::from(*c)));
    let plain = |c: &char, parts: &[char]| pairs.get(c).is_some_and(|(a, b)| parts == [*a, *b]);
    let kinds =
        decomposed.iter().map(|(c, parts)| parts.len() as u32 * 2 + u32::from(plain(c, parts)));
    column(&mut out, kinds);
    let mut before = [0; 18];
    for parts in decomposed.values() {
        for (before, part) in before.iter_mut().zip(parts) {
            difference(&mut out, *before, u32::from(*part));
            *before = u32::from(*part);
        }
    }
    let composed = pairs.clone();
    // Those that their decomposition does not tell.
    pairs.retain(|c, (first, second)| {
        decomposed.get(c).is_none_or(|parts| *parts != [*first, *second])
    });
    number(&mut out, pairs.len() as u32);
    column(&mut out, pairs.values().map(|(first, _)| u32::from(*first)));
    column(&mut out, pairs.values().map(|(_, second)| u32::from(*second)));
    column(&mut out, pairs.keys().map(|c| u32::from(*c)));
    let classes = ranges(|c| Some(canonical_combining_class(c)).filter(|class| *class > 0));
    number(&mut out, classes.len() as u32);
    let mut last = 0;
    for (start, end, class) in classes {
        range(&mut out, &mut last, start, end);
        number(&mut out, u32::from(class));
    }
    let marks = ranges(|c| is_combining_mark(c).then_some(0));
    number(&mut out, marks.len() as u32);
    last = 0;
    for (start, end, _) in marks {
        range(&mut out, &mut last, start, end);
    }
    // What the canonical decomposition is that no pair tells: mostly the other one.
    let singles = |c: char| {
        let mut parts = Vec::new();
        decompose_canonical(c, |part| parts.push(part));
        let told = syllables.contains(&c) || parts == [c] || composed.contains_key(&c);
        (!told).then_some(parts)
    };
    let same = |c: char, parts: &Vec<char>| decomposed.get(&c) == Some(parts);
    let canonical = ranges(|c| singles(c).filter(|parts| same(c, parts)).map(|_| 0));
    number(&mut out, canonical.len() as u32);
    last = 0;
    for (start, end, _) in canonical {
        range(&mut out, &mut last, start, end);
    }
    let others = ('\0'..=char::MAX).filter_map(|c| Some((c, singles(c)?)));
    let others: Vec<(char, Vec<char>)> = others.filter(|(c, parts)| !same(*c, parts)).collect();
    number(&mut out, others.len() as u32);
    for (c, parts) in others {
        number(&mut out, u32::from(c));
        number(&mut out, parts.len() as u32);
        parts.iter().for_each(|part| number(&mut out, u32::from(*part)));
    }
    out
}
