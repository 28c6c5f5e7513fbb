//! Helpers: functions that a template calls by name.

use std::borrow::Cow;
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
    /// By name.
    known: Vec<Helper>,
}

#[derive(Clone)]
struct Helper {
    name: String,
    function: Arc<HelperFunction>,
    /// Whether it is a value of the data where it stands without arguments.
    beside_field: bool,
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
        self.put(Helper { name: name.into(), function: Arc::new(helper), beside_field: false });
    }

    fn put(&mut self, mut helper: Helper) {
        let place = self.known.binary_search_by(|one| one.name.cmp(&helper.name));
        match place.map(|at| self.known.get_mut(at)) {
            Ok(Some(known)) => {
                helper.beside_field |= known.beside_field;
                *known = helper;
            }
            Ok(None) => {}
            Err(at) => self.known.insert(at, helper),
        }
    }

    /// Adds a helper whose name a field of the data may have: without arguments it is the field.
    pub(crate) fn insert_beside_fields<F>(&mut self, name: &'static str, helper: F)
    where
        F: for<'a> Fn(&Arguments<'_, 'a>) -> Result<Value<'a>, &'static str>
            + Send
            + Sync
            + 'static,
    {
        let function = Arc::new(helper);
        self.put(Helper { name: name.to_owned(), function, beside_field: true });
    }

    /// The names of the helpers.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|one| one.name.as_str())
    }

    #[cfg(feature = "handlebars")]
    pub(crate) fn shared(&self, name: &str) -> Option<Arc<HelperFunction>> {
        self.find(name).map(|one| Arc::clone(&one.function))
    }

    pub(crate) fn get(&self, name: &str, arguments: bool) -> Option<&HelperFunction> {
        let found = self.find(name).filter(|one| arguments || !one.beside_field)?;
        Some(found.function.as_ref())
    }

    fn find(&self, name: &str) -> Option<&Helper> {
        // Names mostly differ in their lengths, which are quicker to compare than to search by order.
        self.known.iter().find(|one| one.name == name)
    }
}

impl fmt::Debug for Helpers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.names()).finish()
    }
}
