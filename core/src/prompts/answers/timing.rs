//! Days, and phrases such as "Within 1 week" as days.

use std::fmt;

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// A day of an answer. In JSON it is `"2026-03-01"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(pub NaiveDate);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        let day = text.parse().map_err(|_| Error::invalid("day", "a day as YYYY-MM-DD"))?;
        Ok(Self(day))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "A day as `2026-03-01`." })
    }
}

/// The first and the last day that a phrase allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "DueDays"))]
pub struct Due {
    /// The first day.
    pub earliest: Day,
    /// The last day. For a single day it is the first.
    pub latest: Day,
}

impl Due {
    fn new(earliest: NaiveDate, latest: NaiveDate) -> Self {
        Self { earliest: Day(earliest), latest: Day(latest) }
    }
}

#[derive(Clone, Copy)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    fn read(word: &str) -> Option<Self> {
        match word.trim_end_matches('s') {
            "day" | "tag" | "tage" | "tagen" | "día" | "dia" | "jour" => Some(Self::Day),
            "week" | "woche" | "wochen" | "semana" | "semaine" => Some(Self::Week),
            "month" | "monat" | "monate" | "monaten" | "mes" | "mese" | "me" | "moi" => {
                Some(Self::Month)
            }
            "year" | "jahr" | "jahre" | "jahren" | "año" | "ano" | "an" => Some(Self::Year),
            _ => None,
        }
    }

    fn after(self, day: NaiveDate, count: u32) -> Option<NaiveDate> {
        match self {
            Self::Day => day.checked_add_days(Days::new(count.into())),
            Self::Week => day.checked_add_days(Days::new(u64::from(count).checked_mul(7)?)),
            Self::Month => day.checked_add_months(Months::new(count)),
            Self::Year => day.checked_add_months(Months::new(count.checked_mul(12)?)),
        }
    }
}

/// The days that a timing phrase means on a given day, or nothing if it names none. `Within` and
/// `next` begin today, `in` and `after` are one day, `2-3 weeks` is a range, and a written day is
/// itself. A month later than the 31st is the last day of a shorter month.
///
/// ```
/// use chrono::NaiveDate;
/// use goodwill::prompts::answers::due;
///
/// let today = NaiveDate::from_ymd_opt(2026, 1, 31).unwrap();
/// let days = |phrase| due(phrase, today).map(|due| (due.earliest.to_string(), due.latest.to_string()));
/// assert_eq!(days("Within 1 week"), Some(("2026-01-31".into(), "2026-02-07".into())));
/// assert_eq!(days("In one month"), Some(("2026-02-28".into(), "2026-02-28".into())));
/// assert_eq!(days("in 2-3 weeks"), Some(("2026-02-14".into(), "2026-02-21".into())));
/// assert_eq!(days("when it suits"), None);
/// ```
#[must_use]
pub fn due(phrase: &str, today: NaiveDate) -> Option<Due> {
    if let Some(day) = super::scalar::date(phrase) {
        return Some(Due::new(day, day));
    }
    let lower = phrase.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |word: &str| words.contains(&word);
    let at = words.iter().enumerate().find_map(|(at, word)| Some((at, Unit::read(word)?)));
    let Some((at, unit)) = at else {
        let one = |days: u64| {
            let day = today.checked_add_days(Days::new(days))?;
            Some(Due::new(day, day))
        };
        return match () {
            () if ["today", "now", "immediately", "asap", "heute", "sofort", "hoy"]
                .iter()
                .any(|word| has(word)) =>
            {
                one(0)
            }
            () if ["tomorrow", "morgen", "mañana"].iter().any(|word| has(word)) => one(1),
            () => None,
        };
    };
    let before = |back: usize| {
        at.checked_sub(back).and_then(|at| words.get(at)).and_then(|word| count(word))
    };
    let next = at.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|word| {
        ["next", "coming", "this", "nächste", "nächsten", "próxima"].contains(word)
    });
    let most = before(1).or(next.then_some(1))?;
    // `2-3 weeks`, `2 to 3 weeks`.
    let least = before(2).or_else(|| {
        let joins = at.checked_sub(2).and_then(|at| words.get(at))?;
        ["to", "or", "bis", "a", "à"].contains(joins).then(|| before(3)).flatten()
    });
    let latest = unit.after(today, most)?;
    let within = next
        || ["within", "next", "innerhalb", "dentro", "under", "before", "by"]
            .iter()
            .any(|word| has(word));
    let earliest = match least {
        Some(least) if least <= most => unit.after(today, least)?,
        _ if within => today,
        _ => latest,
    };
    Some(Due::new(earliest, latest))
}

fn count(word: &str) -> Option<u32> {
    let words =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let named = words.iter().position(|other| *other == word);
    let named = named.or_else(|| {
        ["a", "an", "ein", "eine", "einer", "einem", "un", "una", "une"]
            .contains(&word)
            .then_some(1)
    });
    named
        .and_then(|at| u32::try_from(at).ok())
        .or_else(|| word.parse().ok())
        .filter(|count| *count <= 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// F537: a timing phrase becomes days.
    #[test]
    fn phrases_become_days() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 3).unwrap();
        for (phrase, expected) in [
            ("Within 1 week", Some(("2026-03-03", "2026-03-10"))),
            ("In 3 months", Some(("2026-06-03", "2026-06-03"))),
            ("within the next two weeks", Some(("2026-03-03", "2026-03-17"))),
            ("in 2 to 3 months", Some(("2026-05-03", "2026-06-03"))),
            ("Next week", Some(("2026-03-03", "2026-03-10"))),
            ("immediately", Some(("2026-03-03", "2026-03-03"))),
            ("Tomorrow morning", Some(("2026-03-04", "2026-03-04"))),
            ("on 12 May 2026", Some(("2026-05-12", "2026-05-12"))),
            ("Innerhalb von 10 Tagen", Some(("2026-03-03", "2026-03-13"))),
            ("In einer Woche", Some(("2026-03-10", "2026-03-10"))),
            ("in a year", Some(("2027-03-03", "2027-03-03"))),
            ("in 99999999999 days", None),
            ("before summer", None),
        ] {
            let found =
                due(phrase, today).map(|due| (due.earliest.to_string(), due.latest.to_string()));
            let expected = expected.map(|(one, two)| (one.to_owned(), two.to_owned()));
            assert_eq!(found, expected, "{phrase}");
        }
    }
}
