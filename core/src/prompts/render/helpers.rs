//! Helpers: functions that a template calls by name.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

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
pub struct Helpers {
    functions: BTreeMap<String, Arc<HelperFunction>>,
    /// Helpers that are values of the data where they stand without arguments.
    fields: BTreeSet<&'static str>,
}

impl Helpers {
    /// No helpers besides those of the language.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds or replaces a helper.
    pub fn insert<F>(&mut self, name: impl Into<String>, helper: F)
    where
        F: for<'a> Fn(&Arguments<'_, 'a>) -> Result<Value<'a>, &'static str>
            + Send
            + Sync
            + 'static,
    {
        self.functions.insert(name.into(), Arc::new(helper));
    }

    /// Adds a helper whose name a field of the data may have: without arguments it is the field.
    pub(crate) fn insert_beside_fields<F>(&mut self, name: &'static str, helper: F)
    where
        F: for<'a> Fn(&Arguments<'_, 'a>) -> Result<Value<'a>, &'static str>
            + Send
            + Sync
            + 'static,
    {
        self.insert(name, helper);
        self.fields.insert(name);
    }

    /// The names of the helpers.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.functions.keys().map(String::as_str)
    }

    #[cfg(feature = "handlebars")]
    pub(crate) fn shared(&self, name: &str) -> Option<Arc<HelperFunction>> {
        self.functions.get(name).cloned()
    }

    pub(crate) fn get(&self, name: &str, arguments: bool) -> Option<&HelperFunction> {
        if !arguments && self.fields.contains(name) {
            return None;
        }
        self.functions.get(name).map(AsRef::as_ref)
    }
}

impl fmt::Debug for Helpers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.functions.keys()).finish()
    }
}
