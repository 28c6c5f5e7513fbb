//! The data of a prompt, read without surprises.

use chrono::NaiveDate;
use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::prompts::trust::single_line;

/// The longest quote, in characters as people count them.
const QUOTE: usize = 90;

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

    /// What can be printed: a text or a number, on one line and shortened, and not empty.
    pub(super) fn text(self, path: &str) -> Option<String> {
        let value = if path.is_empty() { Some(self.0) } else { self.at(path) };
        let text = match value? {
            Value::String(text) => quote(text),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
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
        number.is_finite().then_some(number)
    }

    /// Whether a switch is on. It is unless it says `false`.
    pub(super) fn is_not_false(self, path: &str) -> bool {
        self.at(path) != Some(&Value::Bool(false))
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
                text.split([',', ';']).map(quote).filter(|part| !part.is_empty()).collect()
            }
            _ => Vec::new(),
        }
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

    /// Whom the prompt is about.
    pub(super) fn customer(self) -> String {
        self.text("customer.name").unwrap_or_else(|| "This customer".to_owned())
    }

    /// How a letter to the customer begins.
    pub(super) fn greeting(self) -> String {
        let name = self.text("customer.name").unwrap_or_else(|| "there".to_owned());
        format!("Hi {name},")
    }

    /// Who signs a letter.
    pub(super) fn signature(self) -> String {
        let company = self.text("company.name").or_else(|| self.text("company"));
        company.map_or_else(|| "Your Service Team".to_owned(), |name| format!("The {name} Team"))
    }

    /// An amount: with the currency of the data, else with the dollar sign of the prompts.
    pub(super) fn money(self, amount: f64) -> String {
        let sign = if amount <= -0.005 { "-" } else { "" };
        let plain = amount.abs();
        match self.text("currency") {
            Some(currency) => format!("{sign}{plain:.2} {currency}"),
            None => format!("{sign}${plain:.2}"),
        }
    }
}

/// A text on one line, with control marks taken out and not too long.
pub(super) fn quote(text: &str) -> String {
    let line = single_line(text.trim());
    // Brackets are the marks of what a model is to fill in.
    let line = line.trim().replace('[', "(").replace(']', ")").replace('"', "'");
    let mut shown: Vec<&str> = line.graphemes(true).take(QUOTE + 1).collect();
    if shown.len() <= QUOTE {
        return line;
    }
    shown.truncate(QUOTE - 1);
    format!("{}…", shown.concat().trim_end())
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

/// Entries with a dash each, or one line that says there are none.
pub(super) fn dashes(entries: &[String], none: &str) -> String {
    lines(entries, none, |_| "- ".to_owned())
}

/// Entries with a number each, or one line that says there are none.
pub(super) fn numbers(entries: &[String], none: &str) -> String {
    lines(entries, none, |index| format!("{}. ", index + 1))
}

fn lines(entries: &[String], none: &str, mark: impl Fn(usize) -> String) -> String {
    if entries.is_empty() {
        return format!("{}{none}", mark(0));
    }
    let lines = entries.iter().enumerate().map(|(index, entry)| mark(index) + entry);
    lines.collect::<Vec<_>>().join("\n")
}
