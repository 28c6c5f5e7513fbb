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

pub use locale::Locale;
pub use words::truncate;

use crate::Zone;
use crate::money::Currency;
use crate::prompts::render::{Arguments, Helpers};

/// The language, the clock and the currency of a prompt.
#[derive(Debug, Clone, Default)]
pub struct Formatting {
    /// The language of dates and numbers.
    pub locale: Locale,
    /// The clock on which instants are printed; each on the one that it was written with, by default.
    pub zone: Option<Zone>,
    /// The currency of amounts that name none.
    pub currency: Option<Currency>,
}

impl Helpers {
    /// The helpers of this library, see [`formatting`](self).
    ///
    /// ```
    /// use goodwill::prompts::formatting::{Formatting, Locale};
    /// use goodwill::prompts::render::{Helpers, render};
    /// use goodwill::prompts::template::Template;
    ///
    /// let formatting = Formatting {
    ///     locale: Locale::find("de").unwrap(),
    ///     zone: Some("+01:00".parse()?),
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
