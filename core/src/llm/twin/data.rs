//! The data of a prompt, read without surprises.

use chrono::NaiveDate;
use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::money::Currency;
use crate::prompts::answers::check::is_link;
use crate::prompts::answers::words::{is_empty, sentences, words as words_of};
use crate::prompts::trust::single_line;

/// The longest quote, in characters as people count them.
const QUOTE: usize = 90;
/// The longest quote in words.
const QUOTE_WORDS: usize = 15;
/// How much of a text is read to quote it, in characters.
const READ: usize = 1_000;
/// The longest name in words; two characters are a word where words have no spaces.
const NAME_WORDS: usize = 6;
/// The longest word of a name, in characters.
const LONGEST_NAME: usize = 40;

/// A value of the data. A path such as `customer.name` leads into it.
#[derive(Clone, Copy)]
pub(super) struct Data<'v>(&'v Value);

impl<'v> Data<'v> {
    pub(super) fn new(value: &'v Value) -> Self {
        Self(value)
    }

    fn at(self, path: &str) -> Option<&'v Value> {
        let found = path.split('.').try_fold(self.0, |value, key| value.get(key))?;
        (!found.is_null()).then_some(found)
    }

    /// What can be quoted: a text or a number, on one line and shortened, with a letter or a digit.
    pub(super) fn text(self, path: &str) -> Option<String> {
        let found = if path.is_empty() { Some(self.0) } else { self.at(path) };
        let text = match found? {
            Value::String(text) => quote(text),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        (!is_empty(&text)).then_some(text)
    }

    /// What can stand within a sentence: a text of at most so many words that ends no sentence.
    pub(super) fn phrase(self, path: &str, most: usize) -> Option<String> {
        let text = phrase(&self.text(path)?, most);
        (!is_empty(&text)).then_some(text)
    }

    /// The whole text, for reading and not for printing.
    pub(super) fn raw(self, path: &str) -> &'v str {
        self.at(path).and_then(Value::as_str).unwrap_or_default()
    }

    /// A number, be it written as a number, as a text or as an amount of money.
    pub(super) fn number(self, path: &str) -> Option<f64> {
        let value = self.at(path)?;
        let number = match value {
            Value::Object(money) => money.get("amount")?,
            other => other,
        };
        let number = number.as_f64().or_else(|| number.as_str()?.trim().parse().ok())?;
        // There is no minus zero.
        number.is_finite().then_some(number + 0.0)
    }

    /// The entries of a list; none if there is no list.
    pub(super) fn list(self, path: &str) -> Vec<Data<'v>> {
        let entries = self.at(path).and_then(Value::as_array);
        entries.into_iter().flatten().map(Data).collect()
    }

    /// The parts of a list of texts, or of a text with commas.
    pub(super) fn parts(self, path: &str) -> Vec<String> {
        match self.at(path) {
            Some(Value::Array(entries)) => {
                entries.iter().filter_map(|entry| Data(entry).text("")).collect()
            }
            Some(Value::String(text)) => {
                text.split([',', ';']).map(quote).filter(|part| !is_empty(part)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What it is.
    pub(super) fn value(self) -> &'v Value {
        self.0
    }

    /// The day of a date or an instant.
    pub(super) fn day(self, path: &str) -> Option<NaiveDate> {
        let day = self.at(path)?.as_str()?.get(..10)?;
        NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()
    }

    /// The day as it is printed.
    pub(super) fn date(self, path: &str) -> String {
        self.day(path).map_or_else(|| "unknown date".to_owned(), |day| day.to_string())
    }

    /// The customer's name.
    pub(super) fn name(self) -> Option<String> {
        let name = name(&single_line(self.raw("customer.name")));
        let words = name.split_whitespace().filter(|word| word.chars().count() <= LONGEST_NAME);
        let mut named = String::new();
        // Numbers before a name are no part of it.
        let told = |c: char| c.is_alphanumeric() && !c.is_ascii_digit();
        for word in words.skip_while(|word| !word.chars().any(told)) {
            let space = if named.is_empty() { "" } else { " " };
            let longer = format!("{named}{space}{word}");
            if !named.is_empty() && words_of(&longer) > NAME_WORDS {
                break;
            }
            named = longer;
        }
        let name = unended(&named);
        (!is_empty(&name)).then_some(name)
    }

    /// An amount in the currency of the data, with the dollar sign of the prompts where it has none.
    pub(super) fn money(self, amount: f64) -> String {
        let sign = if amount <= -0.005 { "-" } else { "" };
        let amount = amount.abs();
        match self.raw("currency").parse::<Currency>() {
            Ok(other) if other.code() != "USD" => {
                let decimals = usize::from(other.exponent());
                format!("{sign}{amount:.decimals$} {}", other.code())
            }
            _ => format!("{sign}${amount:.2}"),
        }
    }

    /// Whom the prompt is about.
    pub(super) fn customer(self) -> String {
        self.name().unwrap_or_else(|| "This customer".to_owned())
    }

    /// How a letter to the customer begins.
    pub(super) fn greeting(self) -> String {
        format!("Hi {},", self.name().unwrap_or_else(|| "there".to_owned()))
    }

    /// Who signs a letter.
    pub(super) fn signature(self) -> String {
        let company = self.phrase("company.name", 6).or_else(|| self.phrase("company", 6));
        company.map_or_else(|| "Your Service Team".to_owned(), |name| format!("The {name} Team"))
    }
}

/// A text on one line without the marks of answers: no labels, bars, quotes, brackets, Markdown,
/// and no links. It is not too long.
pub(super) fn quote(text: &str) -> String {
    let text: String = text.trim().chars().take(READ).collect();
    let line = plain(&single_line(&text));
    let short = clip(&line, QUOTE_WORDS);
    if short.len() < line.len() { format!("{short}…") } else { line }
}

/// A name without the marks of answers: they part its words, and are no part of them.
pub(super) fn name(text: &str) -> String {
    let marks = |c: char| "\"“”„«»`".contains(c) || (is_link(text) && ".:/".contains(c));
    let plain = plain(&text.replace(marks, " "));
    plain.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// A line without the marks of answers and without links.
fn plain(line: &str) -> String {
    let mut before = ' ';
    let mut after = line.chars().skip(1);
    let mut plain = String::with_capacity(line.len());
    for c in line.chars() {
        let next = after.next().unwrap_or(' ');
        plain.push(match c {
            '[' | '{' | '<' => '(',
            ']' | '}' | '>' => ')',
            '"' | '“' | '”' | '„' | '«' | '»' | '`' => '\'',
            '|' | '｜' => '/',
            '~' | '–' | '—' | '→' => '-',
            '*' | '_' | '⏎' => ' ',
            ';' | '；' => ',',
            ':' | '：' | '﹕' | '︓' | '꞉' if before.is_ascii_digit() && next.is_ascii_digit() => {
                ':'
            }
            ':' | '：' | '﹕' | '︓' | '꞉' if next.is_whitespace() => ',',
            ':' | '：' | '﹕' | '︓' | '꞉' => ' ',
            other => other,
        });
        before = c;
    }
    let words = plain.split_whitespace().map(|word| if is_link(word) { "(link)" } else { word });
    words.collect::<Vec<_>>().join(" ").replace(" - ", ", ").replace(" -- ", ", ")
}

/// The first words of a text, as many as an answer counts as so many.
fn clip(text: &str, most: usize) -> &str {
    let mut end = 0;
    for (count, (at, grapheme)) in text.grapheme_indices(true).enumerate() {
        let to = at + grapheme.len();
        if count >= QUOTE || words_of(text.get(..to).unwrap_or_default()) > most {
            break;
        }
        end = to;
    }
    text.get(..end).unwrap_or_default().trim_end()
}

/// At most so many words of a text, without the marks that end sentences.
pub(super) fn phrase(text: &str, most: usize) -> String {
    let whole = unended(text);
    let short = clip(&whole, most);
    let marks = |c: char| matches!(c, ',' | ' ') || (short.len() < whole.len() && c == '.');
    short.trim_end_matches(marks).to_owned()
}

fn unended(text: &str) -> String {
    if sentences(&format!("It. {text} x")) <= 1 {
        return text.to_owned();
    }
    let mut before = ' ';
    let mut after = text.chars().skip(1);
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        let next = after.next().unwrap_or(' ');
        let inside = before.is_alphanumeric() && next.is_alphanumeric();
        let ends = matches!(c, '。' | '！' | '？')
            || (matches!(c, '.' | '!' | '?' | '…' | '؟' | '।') && !inside);
        plain.push(if ends { ' ' } else { c });
        before = c;
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `1 job`, `2 jobs`.
pub(super) fn counted(count: usize, one: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {one}{plural}")
}

/// How often each text stands in a list: the most frequent first, ties by the alphabet.
pub(super) fn frequent(texts: impl IntoIterator<Item = String>) -> Vec<(String, usize)> {
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for text in texts {
        *counts.entry(text).or_default() += 1;
    }
    let mut sorted: Vec<_> = counts.into_iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    sorted
}
