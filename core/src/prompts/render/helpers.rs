//! Helpers: functions that a template calls by name.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate};

use super::value::Value;

/// What a helper is called with.
#[derive(Debug)]
pub struct Arguments<'c, 'a> {
    /// The arguments by place.
    pub values: &'c [Value<'a>],
    /// The arguments by name.
    pub named: &'c [(Cow<'a, str>, Value<'a>)],
}

impl<'a> Arguments<'_, 'a> {
    /// An argument by name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Value<'a>> {
        self.named.iter().find(|(given, _)| given == name).map(|(_, value)| value)
    }
}

/// What a helper is: the value, or what it would have accepted.
pub type HelperFunction =
    dyn for<'a> Fn(&Arguments<'_, 'a>) -> Result<Value<'a>, &'static str> + Send + Sync;

/// The helpers that templates may call, besides `if`, `unless`, `each`, `with`, `lookup` and `log`.
///
/// ```
/// use goodwill::prompts::render::{Helpers, Value, render};
/// use goodwill::prompts::template::Template;
///
/// let mut helpers = Helpers::standard();
/// helpers.insert("shout", |given| {
///     let text = given.values.first().ok_or("one text")?.print().to_uppercase();
///     Ok(Value::Text(text.into()))
/// });
/// let template = Template::parse("{{shout name}}, {{formatDate (lookup this 'since')}}")?;
/// let data = serde_json::json!({"name": "Ada", "since": "2026-03-01T09:00:00Z"});
/// assert_eq!(render(&template, &data, &helpers)?.text, "ADA, 2026-03-01");
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Helpers(BTreeMap<String, Arc<HelperFunction>>);

impl Helpers {
    /// No helpers besides those of the language.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The helpers of this library: `formatDate`.
    ///
    /// `formatDate x` prints the day of an instant (RFC 3339, in its own offset), of a date
    /// (`2026-03-01`) or of milliseconds since 1970 (UTC). The style is `iso` (`2026-03-01`) or,
    /// by `style="long"`, `March 1, 2026`. Without a date it prints `unknown`, or `default="…"`;
    /// a text that is no date stays as it is.
    #[must_use]
    pub fn standard() -> Self {
        let mut helpers = Self::none();
        helpers.insert("formatDate", format_date);
        helpers
    }

    /// Adds or replaces a helper.
    pub fn insert<F>(&mut self, name: impl Into<String>, helper: F)
    where
        F: for<'a> Fn(&Arguments<'_, 'a>) -> Result<Value<'a>, &'static str>
            + Send
            + Sync
            + 'static,
    {
        self.0.insert(name.into(), Arc::new(helper));
    }

    pub(crate) fn get(&self, name: &str) -> Option<&HelperFunction> {
        self.0.get(name).map(AsRef::as_ref)
    }
}

impl fmt::Debug for Helpers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

fn format_date<'a>(given: &Arguments<'_, 'a>) -> Result<Value<'a>, &'static str> {
    let value = given.values.first().ok_or("a date")?;
    let style = given.named("style").or_else(|| given.values.get(1));
    let pattern = match style.map(Value::print).as_deref() {
        None | Some("iso") => "%Y-%m-%d",
        Some("long") => "%B %-d, %Y",
        Some(_) => return Err("style iso or long"),
    };
    let day = match value {
        Value::Number(milliseconds) if milliseconds.abs() < 1e15 =>
        {
            #[expect(clippy::cast_possible_truncation, reason = "checked by the guard")]
            DateTime::from_timestamp_millis(*milliseconds as i64).map(|time| time.date_naive())
        }
        Value::Text(text) => DateTime::parse_from_rfc3339(text)
            .map(|time| time.date_naive())
            .or_else(|_| NaiveDate::parse_from_str(text, "%Y-%m-%d"))
            .ok(),
        _ => None,
    };
    Ok(match day {
        Some(day) => Value::Text(day.format(pattern).to_string().into()),
        None if matches!(value, Value::Text(text) if !text.is_empty()) => value.clone(),
        None => given.named("default").cloned().unwrap_or(Value::Text("unknown".into())),
    })
}
