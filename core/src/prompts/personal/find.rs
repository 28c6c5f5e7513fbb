//! Finding personal data in a text.

use super::{Known, Personal, PersonalKind, numbers};
use crate::prompts::template::Span;

/// The known values, the longest first, as they are compared.
pub(super) struct Names(Vec<(PersonalKind, usize, Vec<char>)>);

/// The shortest word of a name that is known by itself.
const SHORTEST_NAME: usize = 3;

impl Names {
    pub(super) fn new(known: &[Known]) -> Self {
        let mut names = Vec::new();
        for (index, one) in known.iter().enumerate() {
            let mut add = |text: &str| {
                let letters = folded(text);
                if letters.iter().any(|c| c.is_alphanumeric()) {
                    names.push((one.kind, index, letters));
                }
            };
            add(&one.text);
            if one.kind == PersonalKind::Person {
                let words = one.text.split_whitespace();
                words.filter(|word| word.chars().count() >= SHORTEST_NAME).for_each(&mut add);
            }
        }
        names.sort_by(|one, two| two.2.len().cmp(&one.2.len()).then(one.1.cmp(&two.1)));
        Self(names)
    }
}

/// Letters in one case, and any white space as one space.
fn folded(text: &str) -> Vec<char> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().map(fold).collect()
}

fn fold(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

struct Text<'t> {
    text: &'t str,
    signs: Vec<(usize, char)>,
}

pub(super) fn find(text: &str, names: &Names) -> Vec<Personal> {
    let text = Text { text, signs: text.char_indices().collect() };
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.signs.len() {
        match text.at(at, names) {
            Some((kind, end, known)) if end > at => {
                let span = Span { start: text.offset(at), end: text.offset(end) };
                found.push(Personal { kind, span, known });
                at = end;
            }
            _ => at = at.saturating_add(1),
        }
    }
    found
}

type Hit = (PersonalKind, usize, Option<usize>);

impl Text<'_> {
    fn offset(&self, at: usize) -> usize {
        self.signs.get(at).map_or(self.text.len(), |(offset, _)| *offset)
    }

    fn sign(&self, at: usize) -> Option<char> {
        self.signs.get(at).map(|(_, c)| *c)
    }

    fn part(&self, from: usize, to: usize) -> &str {
        self.text.get(self.offset(from)..self.offset(to)).unwrap_or_default()
    }

    fn starts_word(&self, at: usize) -> bool {
        !at.checked_sub(1).and_then(|before| self.sign(before)).is_some_and(char::is_alphanumeric)
    }

    fn ends_word(&self, at: usize) -> bool {
        !self.sign(at).is_some_and(char::is_alphanumeric)
    }

    fn at(&self, at: usize, names: &Names) -> Option<Hit> {
        let first = self.sign(at)?;
        if first == '[' {
            return self.pseudonym(at).map(|end| (PersonalKind::Other, end, None));
        }
        if !self.starts_word(at) {
            return None;
        }
        let kind = |kind| move |end| (kind, end, None);
        // An address of mail may begin with a name.
        self.email(at)
            .map(kind(PersonalKind::Email))
            .or_else(|| self.known(at, names))
            .or_else(|| self.number(at))
            .or_else(|| self.phone(at).map(kind(PersonalKind::Phone)))
    }

    /// Words that look like a pseudonym: `[PERSON_1]`.
    fn pseudonym(&self, at: usize) -> Option<usize> {
        let rest = self.text.get(self.offset(at)..)?;
        let length = super::pseudonyms::length(rest)?;
        Some(at.saturating_add(rest.get(..length)?.chars().count()))
    }

    fn known(&self, at: usize, names: &Names) -> Option<Hit> {
        names.0.iter().find_map(|(kind, index, letters)| {
            let mut here = at;
            for wanted in letters {
                if *wanted == ' ' {
                    let from = here;
                    while self.sign(here).is_some_and(char::is_whitespace) {
                        here = here.saturating_add(1);
                    }
                    if here == from {
                        return None;
                    }
                } else if self.sign(here).map(fold) == Some(*wanted) {
                    here = here.saturating_add(1);
                } else {
                    return None;
                }
            }
            self.ends_word(here).then_some((*kind, here, Some(*index)))
        })
    }

    /// A local part, an at sign and a domain with a dot (RFC 5321 without quotation marks).
    fn email(&self, at: usize) -> Option<usize> {
        let local = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
        let domain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
        if !self.sign(at).is_some_and(char::is_alphanumeric) {
            return None;
        }
        // RFC 5321: at most 64 characters before the sign, 255 behind.
        let sign = self.run(at, 64, local);
        if sign == at || self.sign(sign) != Some('@') {
            return None;
        }
        let from = sign.saturating_add(1);
        let mut end = self.run(from, 255, domain);
        while end > from
            && end
                .checked_sub(1)
                .and_then(|last| self.sign(last))
                .is_some_and(|c| matches!(c, '.' | '-'))
        {
            end = end.saturating_sub(1);
        }
        let name = self.part(from, end);
        let top = name.rsplit_once('.').map(|(before, top)| (before, top.chars().count()));
        top.is_some_and(|(before, length)| !before.is_empty() && length >= 2).then_some(end)
    }

    fn run(&self, from: usize, most: usize, fits: impl Fn(char) -> bool) -> usize {
        let mut at = from;
        while at.saturating_sub(from) < most && self.sign(at).is_some_and(&fits) {
            at = at.saturating_add(1);
        }
        at
    }

    /// Cards, accounts and national numbers: the longest run of letters, digits and single
    /// separators that proves itself.
    fn number(&self, at: usize) -> Option<Hit> {
        let mut ends = Vec::new();
        let mut here = at;
        let mut digits = 0_usize;
        while here.saturating_sub(at) < 45 {
            match self.sign(here) {
                Some(c) if c.is_ascii_alphanumeric() => {
                    digits = digits.saturating_add(usize::from(c.is_ascii_digit()));
                }
                Some(' ' | '-' | '.') if here > at => {
                    let next = self.sign(here.saturating_add(1));
                    if !next.is_some_and(|next| next.is_ascii_alphanumeric()) {
                        break;
                    }
                }
                _ => break,
            }
            here = here.saturating_add(1);
            if digits >= 7 && self.ends_word(here) {
                ends.push(here);
            }
        }
        ends.into_iter().rev().find_map(|end| {
            let part = self.part(at, end);
            let only_digits = part.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-'));
            let kind = if only_digits && numbers::is_card(part) {
                PersonalKind::Card
            } else if numbers::is_iban(part) {
                PersonalKind::Iban
            } else if numbers::is_national(part) {
                PersonalKind::NationalId
            } else {
                return None;
            };
            Some((kind, end, None))
        })
    }

    /// A number of E.164 with its plus sign, or one as people write it at home: with a leading zero
    /// and 9 to 12 digits, or in the three groups of North America.
    fn phone(&self, at: usize) -> Option<usize> {
        let first = self.sign(at)?;
        if !(first == '+' || first == '(' || first.is_ascii_digit()) {
            return None;
        }
        let mut end = at;
        let mut here = at;
        let mut groups: Vec<usize> = vec![0];
        let mut open = false;
        while let Some(c) = self.sign(here).filter(|_| here.saturating_sub(at) < 30) {
            let next = self.sign(here.saturating_add(1));
            let goes_on = next.is_some_and(|next| next.is_ascii_digit() || next == '(');
            match c {
                '0'..='9' => {
                    if let Some(group) = groups.last_mut() {
                        *group = group.saturating_add(1);
                    }
                    end = here.saturating_add(1);
                }
                '+' if here == at && goes_on => {}
                '(' if !open && next.is_some_and(|next| next.is_ascii_digit()) => {
                    open = true;
                    groups.push(0);
                }
                ')' if open => {
                    open = false;
                    groups.push(0);
                }
                ' ' | '-' | '.' | '/' | '\u{a0}' if goes_on && here > at => groups.push(0),
                _ => break,
            }
            here = here.saturating_add(1);
        }
        groups.retain(|group| *group > 0);
        let digits: usize = groups.iter().sum();
        let part = self.part(at, end);
        let international = first == '+' && (8..=15).contains(&digits);
        let leading = part.trim_start_matches('(').starts_with('0');
        let home = leading && (9..=12).contains(&digits) && !part.contains("00000");
        let american = groups == [3, 3, 4];
        let fits = (international || home || american) && self.ends_word(end) && !open;
        fits.then_some(end)
    }
}
