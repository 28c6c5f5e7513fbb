//! `join`, `default`, `truncate`, `json`, `indent`, `len` and comparisons.

use std::borrow::Cow;

use serde_json::{Map, Value as Json};

use super::Formatting;
use crate::prompts::render::{Arguments, Value};

type Made<'a> = Result<Value<'a>, &'static str>;

/// A text of at most so many characters (grapheme clusters, UAX 29), the last of them `…` where
/// something was cut.
///
/// ```
/// use goodwill::prompts::formatting::truncate;
///
/// assert_eq!(truncate("It leaks again", 9), "It leaks…");
/// assert_eq!(truncate("👩‍🔧👩‍🔧👩‍🔧", 2), "👩‍🔧…");
/// assert_eq!(truncate("fine", 4), "fine");
/// ```
#[must_use]
pub fn truncate(text: &str, most: usize) -> Cow<'_, str> {
    use unicode_segmentation::UnicodeSegmentation;

    // A character has a byte at least.
    if text.len() <= most {
        return Cow::Borrowed(text);
    }
    let mut places = text.grapheme_indices(true).map(|(at, _)| at);
    let cut = places.nth(most.saturating_sub(1));
    match (cut, places.next()) {
        (Some(cut), Some(_)) if most > 0 => {
            let kept = text.get(..cut).unwrap_or_default().trim_end();
            Cow::Owned(format!("{kept}…"))
        }
        _ if most == 0 => Cow::Borrowed(""),
        _ => Cow::Borrowed(text),
    }
}

fn count(value: Option<&Value<'_>>) -> Option<usize> {
    match value? {
        Value::Number(number) if number.fract() == 0.0 && (0.0..=1e6).contains(number) =>
        {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
            Some(*number as usize)
        }
        _ => None,
    }
}

pub(super) fn cut<'a>(given: &Arguments<'_, 'a>) -> Made<'a> {
    const ACCEPTED: &str = "a text and the most characters";
    let text = given.value(0).ok_or(ACCEPTED)?.print();
    let most = count(given.value(1)).ok_or(ACCEPTED)?;
    Ok(Value::Text(truncate(&text, most).into_owned().into()))
}

pub(super) fn join<'a>(given: &Arguments<'_, 'a>, formatting: &Formatting) -> Made<'a> {
    let separator = given.named("separator").or_else(|| given.value(1));
    let separator = separator.map_or(Cow::Borrowed(", "), Value::print);
    let items: Vec<String> = match given.value(0).ok_or("a list")? {
        Value::List(items) => items.iter().map(|item| Value::from(item).print().into()).collect(),
        nothing if nothing.is_nothing() => Vec::new(),
        other => return Ok(other.clone()),
    };
    let and = given.named("and").is_some_and(Value::is_truthy);
    let text = match items.split_last() {
        Some((last, rest)) if and && !rest.is_empty() => {
            let locale = super::locale(given, formatting)?;
            format!("{}{}{last}", rest.join(&separator), locale.0.and)
        }
        _ => items.join(&separator),
    };
    Ok(Value::Text(text.into()))
}

pub(super) fn default<'a>(given: &Arguments<'_, 'a>) -> Made<'a> {
    const ACCEPTED: &str = "a value and what stands for it";
    let value = given.value(0).ok_or(ACCEPTED)?;
    let empty = value.is_nothing() || matches!(value, Value::Text(text) if text.trim().is_empty());
    Ok(if empty { given.value(1).ok_or(ACCEPTED)?.clone() } else { value.clone() })
}

fn to_json(value: &Value<'_>) -> Json {
    match value {
        Value::Undefined | Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        // A whole number has no decimals in JavaScript.
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 =>
        {
            #[expect(clippy::cast_possible_truncation, reason = "checked by the guard")]
            Json::from(*number as i64)
        }
        Value::Number(number) => Json::from(*number),
        Value::Text(text) => Json::String(text.clone().into_owned()),
        Value::List(items) => Json::Array(items.to_vec()),
        Value::Object(map) => Json::Object((*map).clone()),
        Value::Record(record) => {
            let fields = record.values().map(|(name, one)| (name.into_owned(), to_json(&one)));
            Json::Object(fields.collect::<Map<_, _>>())
        }
    }
}

pub(super) fn json<'a>(given: &Arguments<'_, 'a>) -> Made<'a> {
    let json = to_json(given.value(0).ok_or("a value")?);
    let pretty = given.named("indent").is_some_and(Value::is_truthy);
    let text = if pretty { format!("{json:#}") } else { json.to_string() };
    Ok(Value::Text(text.into()))
}

pub(super) fn indent<'a>(given: &Arguments<'_, 'a>) -> Made<'a> {
    const ACCEPTED: &str = "a text and up to 100 spaces";
    let text = given.value(0).ok_or(ACCEPTED)?.print();
    let spaces = count(given.value(1)).filter(|spaces| *spaces <= 100).ok_or(ACCEPTED)?;
    let margin = " ".repeat(spaces);
    let lines = text.split_inclusive('\n').map(|line| match line.trim() {
        "" => line.to_owned(),
        _ => format!("{margin}{line}"),
    });
    Ok(Value::Text(lines.collect::<String>().into()))
}

pub(super) fn len<'a>(given: &Arguments<'_, 'a>) -> Made<'a> {
    let value = given.value(0).ok_or("a list or a text")?;
    Ok(match value {
        Value::List(_) | Value::Text(_) => value.get("length"),
        Value::Object(map) => Value::Number(u32::try_from(map.len()).map_or(f64::NAN, f64::from)),
        _ => Value::Number(0.0),
    })
}

/// Whether two values are one: of the same kind and the same value, as `===` has it.
fn equal(one: &Value<'_>, two: &Value<'_>) -> bool {
    match (one, two) {
        (one, two) if one.is_nothing() && two.is_nothing() => true,
        (Value::Bool(one), Value::Bool(two)) => one == two,
        (Value::Number(one), Value::Number(two)) => one == two,
        (Value::Text(one), Value::Text(two)) => one == two,
        (Value::List(_) | Value::Object(_), Value::List(_) | Value::Object(_)) => one.same(two),
        _ => false,
    }
}

/// Numbers by size, texts by their characters; other pairs are in no order.
fn ordered(one: &Value<'_>, two: &Value<'_>) -> Option<std::cmp::Ordering> {
    match (one, two) {
        (Value::Number(one), Value::Number(two)) => one.partial_cmp(two),
        (Value::Text(one), Value::Text(two)) => Some(one.cmp(two)),
        _ => None,
    }
}

pub(super) fn compare<'a>(given: &Arguments<'_, 'a>, name: &str) -> Made<'a> {
    let [one, two] = given.values else {
        return Err("two values");
    };
    let order = ordered(one, two);
    Ok(Value::Bool(match name {
        "eq" => equal(one, two),
        "ne" => !equal(one, two),
        "lt" => order.is_some_and(std::cmp::Ordering::is_lt),
        "le" => order.is_some_and(std::cmp::Ordering::is_le),
        "gt" => order.is_some_and(std::cmp::Ordering::is_gt),
        _ => order.is_some_and(std::cmp::Ordering::is_ge),
    }))
}

pub(super) fn combine<'a>(given: &Arguments<'_, 'a>, any: bool) -> Made<'a> {
    let decisive = given.values.iter().find(|value| value.is_truthy() == any);
    decisive.or(given.values.last()).cloned().ok_or("values")
}

pub(super) fn not<'a>(given: &Arguments<'_, 'a>) -> Made<'a> {
    Ok(Value::Bool(!given.value(0).ok_or("a value")?.is_truthy()))
}
