//! Values as templates see them: JSON and `undefined`.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::number::push_number;
use super::scope::Record;

/// A value in a template: borrowed JSON, or what a helper made.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub enum Value<'a> {
    /// What a path without a value gives.
    #[default]
    Undefined,
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as JavaScript has them.
    Number(f64),
    /// A text.
    Text(Cow<'a, str>),
    /// A list.
    List(&'a [Json]),
    /// An object. Names that are numbers come first, then the order of the map.
    Object(&'a serde_json::Map<String, Json>),
    /// The context of a partial that was called with named arguments.
    Record(Record<'a>),
}

impl<'a> From<&'a Json> for Value<'a> {
    fn from(json: &'a Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(*value),
            Json::Number(number) => Self::Number(number.as_f64().unwrap_or(f64::NAN)),
            Json::String(text) => Self::Text(Cow::Borrowed(text)),
            Json::Array(items) => Self::List(items),
            Json::Object(map) => Self::Object(map),
        }
    }
}

/// A place in a list: digits without a leading zero.
fn index(name: &str) -> Option<usize> {
    let canonical = name == "0" || !name.starts_with('0');
    let digits = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    if canonical && digits { name.parse().ok() } else { None }
}

impl<'a> Value<'a> {
    /// Whether this is `null` or `undefined`.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Undefined | Self::Null)
    }

    /// Whether JavaScript takes it for true.
    #[must_use]
    pub fn is_truthy(&self) -> bool {
        match self {
            Self::Undefined | Self::Null => false,
            Self::Bool(value) => *value,
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::Text(text) => !text.is_empty(),
            Self::List(_) | Self::Object(_) | Self::Record(_) => true,
        }
    }

    /// Whether `with` and `if` take it for nothing: not true, but for 0; or a list without items.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Number(number) => number.is_nan(),
            Self::List(items) => items.is_empty(),
            other => !other.is_truthy(),
        }
    }

    /// The property of a name, `undefined` if there is none; `null` stays `null`.
    #[must_use]
    pub fn get(&self, name: &str) -> Value<'a> {
        match self {
            Self::Null => Self::Null,
            Self::Undefined | Self::Bool(_) | Self::Number(_) => Self::Undefined,
            Self::Text(text) => text_property(text, name),
            Self::List(items) if name == "length" => Self::Number(count(items.len())),
            Self::List(items) => {
                index(name).and_then(|at| items.get(at)).map_or(Self::Undefined, Value::from)
            }
            Self::Object(map) => map.get(name).map_or(Self::Undefined, Value::from),
            Self::Record(record) => record.field(name).value,
        }
    }

    /// The value that names lead to from here; nothing unless all on the way are objects of the data.
    pub(super) fn below(&self, names: &[String]) -> Option<&'a Json> {
        let Self::Object(fields) = self else {
            return None;
        };
        let (first, rest) = names.split_first()?;
        rest.iter().try_fold(fields.get(first)?, |found, name| found.as_object()?.get(name))
    }

    /// The fields of an object in the order in which `each` visits them.
    pub(crate) fn fields(&self) -> Vec<(Cow<'a, str>, Value<'a>)> {
        let mut fields: Vec<(Cow<'a, str>, Value<'a>)> = match self {
            Self::Object(map) => map
                .iter()
                .map(|(name, value)| (Cow::Borrowed(name.as_str()), value.into()))
                .collect(),
            Self::Record(record) => record.values().collect(),
            _ => Vec::new(),
        };
        fields.sort_by_key(|(name, _)| index(name).map_or((1, 0), |at| (0, at)));
        fields
    }

    /// The text that JavaScript's `String(value)` gives, but nothing for `null` and `undefined`.
    #[must_use]
    pub fn print(&self) -> Cow<'a, str> {
        match self {
            Self::Undefined | Self::Null => Cow::Borrowed(""),
            Self::Bool(true) => Cow::Borrowed("true"),
            Self::Bool(false) => Cow::Borrowed("false"),
            Self::Text(text) => text.clone(),
            Self::Object(_) | Self::Record(_) => Cow::Borrowed("[object Object]"),
            Self::Number(_) | Self::List(_) => {
                let mut text = String::new();
                self.print_to(&mut text);
                Cow::Owned(text)
            }
        }
    }

    /// [`Value::print`] at the end of a text.
    pub(crate) fn print_to(&self, text: &mut String) {
        match self {
            Self::Text(own) => text.push_str(own),
            Self::Number(number) => push_number(text, *number),
            Self::List(items) => {
                for (place, item) in items.iter().enumerate() {
                    if place > 0 {
                        text.push(',');
                    }
                    Value::from(item).print_to(text);
                }
            }
            other => text.push_str(&other.print()),
        }
    }

    /// Whether both are the same context, as JavaScript's `==` has it.
    pub(crate) fn same(&self, other: &Value<'_>) -> bool {
        match (self, other) {
            (Self::List(one), Value::List(two)) => std::ptr::eq(*one, *two),
            (Self::Object(one), Value::Object(two)) => std::ptr::addr_eq(*one, *two),
            (Self::Record(one), Value::Record(two)) => one.same(two),
            (Self::Text(one), Value::Text(two)) => one == two,
            (one, two) if one.is_nothing() || two.is_nothing() => {
                one.is_nothing() && two.is_nothing()
            }
            (one, two) => match (one.scalar(), two.scalar()) {
                (Some(one), Some(two)) => one == two,
                _ => false,
            },
        }
    }

    fn scalar(&self) -> Option<f64> {
        match self {
            Self::Bool(value) => Some(f64::from(u8::from(*value))),
            Self::Number(number) => Some(*number),
            Self::Text(text) if text.trim().is_empty() => Some(0.0),
            Self::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "no text or list has 2^53 parts")]
fn count(length: usize) -> f64 {
    length as f64
}

fn text_property<'a>(text: &str, name: &str) -> Value<'a> {
    if name == "length" {
        return Value::Number(count(text.encode_utf16().count()));
    }
    let unit = index(name).and_then(|at| text.encode_utf16().nth(at));
    unit.map_or(Value::Undefined, |unit| Value::Text(Cow::Owned(String::from_utf16_lossy(&[unit]))))
}
