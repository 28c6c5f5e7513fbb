//! Dates, amounts and words in templates, in a language and a time zone that the host names.
//!
//! | helper | prints |
//! |---|---|
//! | `formatDate x "long" tz="+02:00" locale="es" default="never"` | a date; styles `iso` (default), `short`, `medium`, `long`, `full`, `month`, `weekday`, `time`, `datetime` |
//! | `daysBetween a b` | whole days of the calendar |
//! | `money x currency="EUR"` | an amount: a number, a decimal text or `{amount, currency}` |
//! | `number x decimals=2`, `percent x` | a number; 0.25 is 25 % |
//! | `plural n "job" "jobs"` | `3 jobs`; other categories by name: `few="…"` |
//! | `join list ", " and=true` | the items of a list |
//! | `default x "none"` | the second if the first is missing or blank |
//! | `truncate x 80`, `indent x 2`, `json x`, `len x` | a text, JSON, a length |
//! | `eq`, `ne`, `lt`, `le`, `gt`, `ge`, `and`, `or`, `not` | for `if`: `{{#if (gt n 3)}}` |
//!
//! All but `formatDate` and `daysBetween` give way to a field of the data of the same name where
//! they stand without arguments.

mod dates;
mod locale;
mod numbers;
mod words;

use std::fmt;
use std::sync::Arc;

pub use locale::Locale;
pub use words::truncate;

use crate::money::Currency;
use crate::prompts::render::{Arguments, Helpers};

/// The seconds to add to UTC at an instant (seconds since 1970).
type Resolver = dyn Fn(i64) -> i32 + Send + Sync;

/// The clock on which instants are printed.
///
/// ```
/// use goodwill::prompts::formatting::Zone;
///
/// assert_eq!(Zone::parse("+05:30").unwrap().offset(0), Some(19_800));
/// assert_eq!(Zone::parse("UTC").unwrap().offset(0), Some(0));
/// assert!(Zone::parse("Europe/Paris").is_none());
/// ```
#[derive(Clone, Default)]
pub enum Zone {
    /// Each instant on the clock that it was written with.
    #[default]
    Own,
    /// So many seconds east of Greenwich.
    Fixed(i32),
    /// What the host's database of time zones says.
    Resolver(Arc<Resolver>),
}

impl Zone {
    /// `UTC`, `Z` or an offset such as `-03:00`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if matches!(text, "UTC" | "utc" | "Z") {
            return Some(Self::Fixed(0));
        }
        let (sign, rest) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+')?),
        };
        let (hours, minutes) = rest.split_once(':')?;
        let number = |text: &str, most: i32| {
            let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<i32>().ok().filter(|number| digits && *number <= most)
        };
        let seconds = number(hours, 23)?.checked_mul(3600)?;
        let seconds = seconds.checked_add(number(minutes, 59)?.checked_mul(60)?)?;
        seconds.checked_mul(sign).map(Self::Fixed)
    }

    /// The seconds to add to UTC at an instant, or nothing for the instant's own.
    #[must_use]
    pub fn offset(&self, instant: i64) -> Option<i32> {
        match self {
            Self::Own => None,
            Self::Fixed(seconds) => Some(*seconds),
            Self::Resolver(resolver) => Some(resolver(instant)),
        }
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own => f.write_str("Own"),
            Self::Fixed(seconds) => f.debug_tuple("Fixed").field(seconds).finish(),
            Self::Resolver(_) => f.write_str("Resolver"),
        }
    }
}

/// The language, the clock and the currency of a prompt.
#[derive(Debug, Clone, Default)]
pub struct Formatting {
    /// The language of dates and numbers.
    pub locale: Locale,
    /// The clock on which instants are printed.
    pub zone: Zone,
    /// The currency of amounts that name none.
    pub currency: Option<Currency>,
}

impl Helpers {
    /// The helpers of this library, see [`formatting`](self).
    ///
    /// ```
    /// use goodwill::prompts::formatting::{Formatting, Locale, Zone};
    /// use goodwill::prompts::render::{Helpers, render};
    /// use goodwill::prompts::template::Template;
    ///
    /// let formatting = Formatting {
    ///     locale: Locale::find("de").unwrap(),
    ///     zone: Zone::parse("+01:00").unwrap(),
    ///     currency: Some("EUR".parse()?),
    /// };
    /// let template = Template::parse("{{money total}} am {{formatDate at 'long'}}")?;
    /// let data = serde_json::json!({"total": 1234.5, "at": "2026-02-28T23:30:00Z"});
    /// let rendered = render(&template, &data, &Helpers::formatting(&formatting))?;
    /// assert_eq!(rendered.text, "1.234,50\u{a0}€ am 1. März 2026");
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    #[must_use]
    pub fn formatting(formatting: &Formatting) -> Self {
        let mut made = Self::none();
        let own = || formatting.clone();
        let one = own();
        made.insert("formatDate", move |given| dates::format_date(given, &one));
        let one = own();
        made.insert("daysBetween", move |given| dates::days_between(given, &one));
        let one = own();
        made.insert_beside_fields("number", move |given| numbers::number(given, &one));
        let one = own();
        made.insert_beside_fields("percent", move |given| numbers::percent(given, &one));
        let one = own();
        made.insert_beside_fields("money", move |given| numbers::money(given, &one));
        let one = own();
        made.insert_beside_fields("plural", move |given| numbers::plural(given, &one));
        let one = own();
        made.insert_beside_fields("join", move |given| words::join(given, &one));
        made.insert_beside_fields("truncate", words::cut);
        made.insert_beside_fields("default", words::default);
        made.insert_beside_fields("json", words::json);
        made.insert_beside_fields("indent", words::indent);
        made.insert_beside_fields("len", words::len);
        made.insert_beside_fields("not", words::not);
        made.insert_beside_fields("and", |given| words::combine(given, false));
        made.insert_beside_fields("or", |given| words::combine(given, true));
        for name in ["eq", "ne", "lt", "le", "gt", "ge"] {
            made.insert_beside_fields(name, move |given| words::compare(given, name));
        }
        made
    }

    /// [`Helpers::formatting`] in English, each instant on its own clock.
    #[must_use]
    pub fn standard() -> Self {
        Self::formatting(&Formatting::default())
    }
}

/// The locale that a call asks for, or the prompt's.
fn locale(given: &Arguments<'_, '_>, formatting: &Formatting) -> Result<Locale, &'static str> {
    match given.named("locale") {
        None => Ok(formatting.locale),
        Some(tag) => Locale::find(&tag.print()).ok_or("locale en, es, pt, fr, de, it or ar"),
    }
}
