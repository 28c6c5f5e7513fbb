//! Names that stand for personal data.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde_json::Value as Json;

use super::find::{Names, find};
use super::{Known, Personal, PersonalData, PersonalKind};

/// The values that were replaced and what stands for them.
///
/// Numbers are given by the first appearance, so the same input gives the same names. A value in
/// another spelling (`ada` for `Ada`) has the number of the first with a letter: `[PERSON_1b]`. The
/// map cannot be serialised, and `Debug` prints counts only.
///
/// ```
/// use goodwill::prompts::personal::{Known, PersonalData, PersonalKind, Pseudonyms};
///
/// let known = [Known::new(PersonalKind::Person, "Ada Lovelace")];
/// let mut pseudonyms = Pseudonyms::new(PersonalData::Pseudonym, &known);
/// let text = pseudonyms.replace("Ada Lovelace (ada@example.org) called; Ada is annoyed.");
/// assert_eq!(text, "[PERSON_1] ([EMAIL_1]) called; [PERSON_1b] is annoyed.");
///
/// let restored = pseudonyms.restore("Hi [PERSON_1b], [PERSON_7] will come.");
/// assert_eq!(restored.text, "Hi Ada, [PERSON_7] will come.");
/// assert_eq!(restored.unknown, ["[PERSON_7]"]);
/// assert_eq!(format!("{pseudonyms:?}"), "Pseudonyms { person: 2, email: 1 }");
/// ```
pub struct Pseudonyms {
    mode: PersonalData,
    names: Names,
    /// From the pseudonym to what it stands for.
    originals: BTreeMap<String, String>,
    by_original: BTreeMap<(PersonalKind, String), String>,
    /// The number and the spellings of what is one and the same.
    same: BTreeMap<(PersonalKind, Same), (usize, usize)>,
    counts: BTreeMap<PersonalKind, usize>,
}

/// What makes two texts one: the known value that both are, or the same letters and digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Same {
    Known(usize),
    Letters(String),
}

/// A draft with what its pseudonyms stand for.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Restored {
    /// The text.
    pub text: String,
    /// Pseudonyms that stand for nothing: the model has invented them.
    pub unknown: Vec<String>,
}

impl fmt::Debug for Restored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Restored({} bytes, {} unknown)", self.text.len(), self.unknown.len())
    }
}

impl fmt::Debug for Pseudonyms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut counts = f.debug_struct("Pseudonyms");
        for kind in PersonalKind::ALL {
            let count = self.by_original.keys().filter(|(one, _)| one == kind).count();
            if count > 0 {
                counts.field(&kind.word().to_ascii_lowercase(), &count);
            }
        }
        counts.finish()
    }
}

impl Pseudonyms {
    /// Nothing replaced yet.
    #[must_use]
    pub fn new(mode: PersonalData, known: &[Known]) -> Self {
        Self {
            mode,
            names: Names::new(known),
            originals: BTreeMap::new(),
            by_original: BTreeMap::new(),
            same: BTreeMap::new(),
            counts: BTreeMap::new(),
        }
    }

    /// How many values were replaced.
    #[must_use]
    pub fn len(&self) -> usize {
        self.originals.len()
    }

    /// Whether nothing was replaced.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.originals.is_empty()
    }

    /// A text with its personal data replaced as the mode says.
    #[must_use]
    pub fn replace(&mut self, text: &str) -> String {
        if self.mode == PersonalData::Off {
            return text.to_owned();
        }
        let mut replaced = String::with_capacity(text.len());
        let mut from = 0;
        for one in find(text, &self.names) {
            replaced.push_str(text.get(from..one.span.start).unwrap_or_default());
            from = one.span.end;
            if self.mode == PersonalData::Mask {
                replaced.push_str(&format!("[{}]", one.kind.word()));
            } else {
                replaced.push_str(&self.pseudonym(&one, one.span.of(text)));
            }
        }
        replaced.push_str(text.get(from..).unwrap_or_default());
        replaced
    }

    /// A value with all its texts replaced.
    #[must_use]
    pub fn replace_json(&mut self, value: &Json) -> Json {
        match value {
            Json::String(text) => Json::String(self.replace(text)),
            Json::Array(items) => items.iter().map(|item| self.replace_json(item)).collect(),
            Json::Object(fields) => fields
                .iter()
                .map(|(name, value)| (name.clone(), self.replace_json(value)))
                .collect(),
            other => other.clone(),
        }
    }

    fn pseudonym(&mut self, found: &Personal, text: &str) -> String {
        let key = (found.kind, text.to_owned());
        if let Some(name) = self.by_original.get(&key) {
            return name.clone();
        }
        let letters = || text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
        let same = match found.known {
            Some(known) => Same::Known(known),
            None if found.kind == PersonalKind::Other => Same::Letters(text.to_owned()),
            None => Same::Letters(letters().collect()),
        };
        let count = self.counts.entry(found.kind).or_default();
        let (number, spelling) = *self
            .same
            .entry((found.kind, same))
            .and_modify(|(_, spellings)| *spellings = spellings.saturating_add(1))
            .or_insert_with(|| {
                *count = count.saturating_add(1);
                (*count, 0)
            });
        let name = format!("[{}_{number}{}]", found.kind.word(), suffix(spelling));
        self.originals.insert(name.clone(), text.to_owned());
        self.by_original.insert(key, name.clone());
        name
    }

    /// Puts the originals back.
    #[must_use]
    pub fn restore(&self, draft: &str) -> Restored {
        let mut text = String::with_capacity(draft.len());
        let mut unknown = Vec::new();
        let mut rest = draft;
        while let Some(at) = rest.find('[') {
            let (before, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
            text.push_str(before);
            let length = length(after).unwrap_or(1);
            let (word, behind) = after.split_at_checked(length).unwrap_or((after, ""));
            match self.originals.get(word) {
                Some(original) => text.push_str(original),
                None => {
                    if length > 1 && !unknown.iter().any(|one| one == word) {
                        unknown.push(word.to_owned());
                    }
                    text.push_str(word);
                }
            }
            rest = behind;
        }
        text.push_str(rest);
        Restored { text, unknown }
    }
}

/// The letters of a spelling: none, b, c, …, z, aa, ab, …
fn suffix(spelling: usize) -> String {
    let mut letters = Vec::new();
    // The first has none, so the second is b.
    let mut rest = if spelling == 0 { 0 } else { spelling.saturating_add(1) };
    while rest > 0 {
        rest = rest.saturating_sub(1);
        let letter = u8::try_from(rest % 26).unwrap_or_default();
        letters.push(char::from(b'a'.saturating_add(letter)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// Whether a text looks like a pseudonym and has nothing else.
pub(crate) fn is_pseudonym(text: &str) -> bool {
    length(text) == Some(text.len())
}

/// The bytes of a pseudonym at the beginning of a text: `[`, the word of a kind, `_`, digits,
/// letters, `]`.
pub(super) fn length(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('[')?;
    let named = PersonalKind::ALL.iter().find_map(|kind| inner.strip_prefix(kind.word()));
    let rest = named?.strip_prefix('_')?;
    let letters = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    if letters.len() == rest.len() {
        return None;
    }
    let end = letters.trim_start_matches(|c: char| c.is_ascii_lowercase());
    end.starts_with(']').then(|| text.len().saturating_sub(end.len()).saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_are_told_apart_by_letters() {
        let all: Vec<String> = [0, 1, 2, 25, 26, 27].into_iter().map(suffix).collect();
        assert_eq!(all, ["", "b", "c", "z", "aa", "ab"]);
    }

    #[test]
    fn words_that_look_like_pseudonyms_come_back_too() {
        let mut pseudonyms = Pseudonyms::new(PersonalData::Pseudonym, &[]);
        let text = "[PERSON_1] wrote [EMAIL_2b] to a@b.io, [NOTE_1]";
        let replaced = pseudonyms.replace(text);
        assert_eq!(replaced, "[TEXT_1] wrote [TEXT_2] to [EMAIL_1], [NOTE_1]");
        assert_eq!(pseudonyms.restore(&replaced).text, text);
    }
}
