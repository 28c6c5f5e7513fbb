//! Texts, choices, numbers, days, yes and no, and references.

use serde_json::{Value, json};

use super::given::Offered;
use super::outcome::WarningKind;
use super::part::Part;
use super::print::{list_of, placeholder};
use super::read::Reader;
use super::scalar::{date, number, yes_no};
use super::spec::{Choice, FieldKind, FieldSpec, NumberWord};
use super::words::{
    choose, fold, is_empty, is_placeholder, placeholders, says_none, unwrap, words,
};

pub(super) fn read(
    reader: &mut Reader<'_>,
    field: &FieldSpec,
    path: &str,
    part: Part<'_>,
) -> Option<Value> {
    let text = part.text;
    let is_text = matches!(field.kind, FieldKind::Text { .. });
    if !is_text && !placeholders(text).is_empty() {
        reader.warn(WarningKind::Placeholder, path, &field.hint);
        return None;
    }
    match &field.kind {
        FieldKind::Text { .. } => reader.words(field, path, part).map(Value::String),
        FieldKind::Choice { choices } => reader.choice(choices, path, text).map(Value::String),
        FieldKind::Integer { min, max, words } => reader.integer((*min, *max), words, path, text),
        FieldKind::Decimal { min, max } => {
            let value = reader.number(path, text, &format!("a number from {min} to {max}"))?;
            reader.in_range(path, value, (*min, *max))?;
            // There is no minus zero in an answer.
            Some(json!(value + 0.0))
        }
        FieldKind::Date => {
            let found = date(text);
            if found.is_none() {
                reader.warn(WarningKind::Malformed, path, "a day as YYYY-MM-DD");
            }
            found.map(|day| Value::String(day.to_string()))
        }
        FieldKind::YesNo => {
            let found = yes_no(text);
            if found.is_none() {
                reader.warn(WarningKind::Malformed, path, "yes or no");
            }
            found.map(Value::Bool)
        }
        FieldKind::Reference { to } => reader.reference(to, path, text),
        FieldKind::List { .. } | FieldKind::Record { .. } | FieldKind::Records { .. } => None,
    }
}

impl Reader<'_> {
    /// A text without the marks around it, with its placeholders filled as far as the host knows.
    pub(super) fn words(
        &mut self,
        field: &FieldSpec,
        path: &str,
        part: Part<'_>,
    ) -> Option<String> {
        if is_empty(part.text) {
            return None;
        }
        let draft = matches!(field.kind, FieldKind::Text { draft: true, .. });
        let text = even(unwrap(part.text));
        let text = if draft { quoted(text) } else { bullet(text) };
        let mut lines: Vec<&str> = text
            .lines()
            .map(|line| line.trim())
            // Quotation marks of mail, and the last bar of a table.
            .map(|line| line.strip_prefix("> ").unwrap_or(line))
            .map(|line| line.strip_suffix(" |").unwrap_or(line).trim_end())
            .collect();
        lines.dedup_by(|one, two| one.is_empty() && two.is_empty());
        let text = lines.join("\n");
        if is_placeholder(&text) || echoes(&text) || describes(field, &text) {
            self.warn(WarningKind::Placeholder, path, &field.hint);
            return None;
        }
        let text = self.fill(&text, path);
        if !placeholders(&text).is_empty() {
            self.warn(WarningKind::Placeholder, path, "no placeholder in brackets");
        }
        (!is_empty(&text)).then_some(text)
    }

    /// Fills the placeholders whose meaning the host gave.
    fn fill(&mut self, text: &str, path: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut from = 0;
        for (open, close) in placeholders(text) {
            let inner = text.get(open..close).unwrap_or_default();
            let known = match fold(inner).as_str() {
                "company" | "company name" | "companys name" | "your company"
                | "company name here" | "business" | "business name" | "your company name" => {
                    self.given.company.as_deref()
                }
                "customer"
                | "customer name"
                | "customers name"
                | "name"
                | "client name"
                | "customer first name" => self.given.customer_name.as_deref(),
                _ => None,
            };
            if let Some(known) = known {
                filled.push_str(text.get(from..open).unwrap_or_default());
                filled.push_str(known);
                from = close;
                self.warn(WarningKind::Filled, path, "no placeholder in brackets");
            }
        }
        filled.push_str(text.get(from..).unwrap_or_default());
        filled
    }

    fn choice(&mut self, choices: &[Choice], path: &str, text: &str) -> Option<String> {
        let candidates: Vec<(String, usize)> = choices
            .iter()
            .enumerate()
            .flat_map(|(at, choice)| {
                let words = choice.synonyms.iter().chain([&choice.value]);
                words.map(move |word| (fold(word), at)).collect::<Vec<_>>()
            })
            .collect();
        let line = text.lines().next().unwrap_or_default();
        let clause = line.split(['.', ';', '(', '—', '–']).next().unwrap_or_default();
        let exact = [line, clause]
            .iter()
            .find_map(|text| choose(text, &candidates).filter(|(_, guessed)| !guessed));
        let found =
            exact.or_else(|| [line, text].iter().find_map(|text| choose(text, &candidates)));
        let value = found.and_then(|(at, guessed)| Some((choices.get(at)?, guessed)));
        let values = list_of(choices.iter().map(|choice| choice.value.as_str()));
        match value {
            Some((choice, guessed)) => {
                if guessed {
                    self.warn(WarningKind::Guessed, path, &values);
                }
                Some(choice.value.clone())
            }
            None => {
                self.warn(WarningKind::NoChoice, path, &values);
                None
            }
        }
    }

    fn number(&mut self, path: &str, text: &str, expected: &str) -> Option<f64> {
        let Some((value, several)) = number(text) else {
            self.warn(WarningKind::Malformed, path, expected);
            return None;
        };
        if several {
            self.warn(WarningKind::Guessed, path, expected);
        }
        Some(value)
    }

    fn in_range(&mut self, path: &str, value: f64, (min, max): (f64, f64)) -> Option<()> {
        if (min..=max).contains(&value) {
            return Some(());
        }
        self.warn(WarningKind::OutOfRange, path, &format!("a number from {min} to {max}"));
        None
    }

    fn integer(
        &mut self,
        (min, max): (i64, i64),
        named: &[NumberWord],
        path: &str,
        text: &str,
    ) -> Option<Value> {
        let expected = format!("a whole number from {min} to {max}");
        if number(text).is_none() {
            let candidates: Vec<(String, usize)> =
                named.iter().enumerate().map(|(at, word)| (fold(&word.words), at)).collect();
            if let Some((at, _)) = choose(text, &candidates) {
                self.warn(WarningKind::Guessed, path, &expected);
                return named.get(at).map(|word| json!(word.number));
            }
        }
        let value = self.number(path, text, &expected)?;
        let whole = Some(value).filter(|value| value.fract() == 0.0 && value.abs() < 1e15);
        let whole = whole.and_then(|value| format!("{value:.0}").parse::<i64>().ok());
        if whole.is_some_and(|whole| !(min..=max).contains(&whole)) {
            self.warn(WarningKind::OutOfRange, path, &expected);
            return None;
        }
        if whole.is_none() {
            self.warn(WarningKind::Malformed, path, &expected);
        }
        whole.map(|whole| json!(whole))
    }

    fn reference(&mut self, to: &str, path: &str, text: &str) -> Option<Value> {
        let (name, id) = apart(text);
        let Some(offered) = self.given.options.get(to) else {
            return Some(json!({ "id": id, "name": name }));
        };
        if offered.is_empty() && says_none(text) {
            return Some(json!({ "id": null, "name": "None" }));
        }
        let found = resolve(offered, &name, id.as_deref(), text);
        match found {
            Some((one, guessed)) => {
                if guessed {
                    self.warn(WarningKind::Guessed, path, "one of those offered");
                }
                Some(json!({ "id": one.id, "name": one.name }))
            }
            None => {
                self.warn(WarningKind::NotOffered, path, "one of those offered, with its id");
                None
            }
        }
    }
}

/// The name and the id of `Tom (ID: t1)`, `ID: t1 | Name: Tom` and `Tom`.
fn apart(text: &str) -> (String, Option<String>) {
    let line = unwrap(text.lines().next().unwrap_or_default());
    let lower = line.to_ascii_lowercase();
    let at = lower.find("id:").or_else(|| lower.find("id "));
    let bounded =
        |at: &usize| line.get(..*at).is_some_and(|before| !before.ends_with(char::is_alphanumeric));
    let Some(at) = at.filter(bounded) else {
        return (line.trim_end_matches(['.', ',']).to_owned(), None);
    };
    let ends = |c: char| matches!(c, ')' | ']' | '|' | ',' | ';') || c.is_whitespace();
    let rest = line.get(at + 3..).unwrap_or_default().trim_start();
    let id: String = rest.chars().take_while(|c| !ends(*c)).collect();
    let before = line.get(..at).unwrap_or_default();
    let after = rest.get(id.len()..).unwrap_or_default();
    let tidy = |text: &str| {
        let text = text.trim_matches(|c: char| c.is_whitespace() || "([])|,;-–*".contains(c));
        let named = ["name:", "technician:"].iter().find_map(|label| {
            text.get(..label.len()).filter(|start| start.eq_ignore_ascii_case(label))?;
            text.get(label.len()..)
        });
        named.unwrap_or(text).trim().to_owned()
    };
    let name = if is_empty(before) { tidy(after) } else { tidy(before) };
    let name = if name.is_empty() { id.clone() } else { name };
    (name, Some(unwrap(&id).to_owned()).filter(|id| !id.is_empty()))
}

/// How an answer refers to this one of those offered and nobody else, with the name written so: by
/// name and id, or by the name. Nothing if that cannot be read back.
pub(crate) fn refer(one: &Offered, written: &str, offered: &[Offered]) -> Option<Value> {
    let names = |words: &str| {
        let (name, id) = apart(words);
        let found = resolve(offered, &name, id.as_deref(), words);
        found.is_some_and(|(found, guessed)| found == one && !guessed)
    };
    let plain = one.id.chars().all(|c| c.is_alphanumeric() || "-_.:/@#".contains(c));
    if plain && names(&format!("{written} (ID: {})", one.id)) {
        return Some(json!({ "id": one.id, "name": written }));
    }
    names(written).then(|| json!({ "id": null, "name": written }))
}

fn resolve<'o>(
    offered: &'o [Offered],
    name: &str,
    id: Option<&str>,
    text: &str,
) -> Option<(&'o Offered, bool)> {
    let only = |test: &dyn Fn(&Offered) -> bool| {
        let mut fitting = offered.iter().filter(|one| test(one));
        match (fitting.next(), fitting.next()) {
            (Some(one), None) => Some(one),
            _ => None,
        }
    };
    let same_name = only(&|one| fold(&one.name) == fold(name));
    if let Some(one) = id.and_then(|id| only(&|one| one.id.eq_ignore_ascii_case(id))) {
        // The id of one and the name of another: nobody knows who is meant.
        let other = same_name.is_some_and(|same| same.id != one.id);
        return (!other)
            .then_some((one, fold(&one.name) != fold(name) && fold(&one.id) != fold(name)));
    }
    if let Some(one) = same_name.or_else(|| only(&|one| one.id == name)) {
        return Some((one, false));
    }
    let candidates: Vec<(String, usize)> = offered
        .iter()
        .enumerate()
        .flat_map(|(at, one)| [(fold(&one.name), at), (fold(&one.id), at)])
        .filter(|(word, _)| !word.is_empty())
        .collect();
    let first: Vec<(String, usize)> = candidates
        .iter()
        .filter_map(|(word, at)| Some((word.split(' ').next()?.to_owned(), *at)))
        .collect();
    let line = text.lines().next().unwrap_or_default();
    let found = choose(line, &candidates).or_else(|| {
        let (at, _) = choose(name, &first)?;
        // A first name alone, but not the first name of somebody else.
        fold(name).split(' ').nth(1).is_none().then_some((at, true))
    });
    found.and_then(|(at, _)| Some((offered.get(at)?, true)))
}

/// A text without the half of an emphasis whose other half stands before or behind it.
fn even(text: &str) -> &str {
    if text.matches("**").count().is_multiple_of(2) {
        return text;
    }
    let text = text.strip_suffix("**").or_else(|| text.strip_prefix("**")).unwrap_or(text);
    unwrap(text)
}

/// The quoted part of a draft that has something behind its closing quote.
fn quoted(text: &str) -> &str {
    for (open, close) in [('"', '"'), ('“', '”')] {
        if let Some(rest) = text.strip_prefix(open) {
            return match rest.rsplit_once(close) {
                Some((inner, after)) if is_empty(after) || after.trim_start().starts_with('(') => {
                    inner.trim()
                }
                Some(_) => text,
                None => rest.trim(),
            };
        }
    }
    text
}

/// A text of one line without a bullet before it.
fn bullet(text: &str) -> &str {
    let one = text.lines().filter(|line| !is_empty(line)).count() == 1;
    let bare = ["- ", "* ", "• ", "– "].iter().find_map(|bullet| text.strip_prefix(bullet));
    if one { unwrap(bare.unwrap_or(text)) } else { text }
}

/// Whether a text only gives back what the declaration says about the field: its hint, or its
/// placeholder without the brackets. A single word may be an answer that happens to be the hint.
pub(super) fn describes(field: &FieldSpec, text: &str) -> bool {
    let folded = fold(text);
    folded.contains(' ') && (folded == fold(&field.hint) || folded == fold(&placeholder(field)))
}

/// Whether a text is more placeholder than text.
fn echoes(text: &str) -> bool {
    let open = placeholders(text);
    let inside = open.iter().map(|(from, to)| words(text.get(*from..*to).unwrap_or_default()));
    let inside: usize = inside.sum();
    let rest = words(text).saturating_sub(inside);
    rest <= 5 && inside > rest
}
