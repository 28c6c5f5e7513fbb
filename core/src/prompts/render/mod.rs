//! Printing templates over JSON: the bytes that Handlebars.js prints with `noEscape`.
//!
//! Nothing is ever escaped as HTML. The output comes with [`Segment`]s, which say for every byte
//! where it stands in the template and in the data.
//!
//! JSON objects have no order here: `each` visits names that are whole numbers first, then the
//! others in the order of the map (by name, unless a host switches `serde_json/preserve_order` on).

mod builtins;
mod engine;
#[cfg(feature = "handlebars")]
mod handlebars_crate;
mod helpers;
pub(crate) mod number;
mod output;
mod rows;
mod run;
mod scope;
pub(crate) mod trace;
mod value;

use std::collections::BTreeMap;

use serde::Serialize;

pub use engine::{OwnEngine, TemplateEngine};
#[cfg(feature = "handlebars")]
pub use handlebars_crate::HandlebarsCrate;
pub use helpers::{Arguments, HelperFunction, Helpers};
pub use number::number_text;
pub use output::Segment;
pub use scope::Record;
pub use value::Value;

use crate::error::Result;
use crate::prompts::template::Template;

/// Bounds of one rendering. Beyond them the error is `prompt.limit`.
///
/// ```
/// use goodwill::prompts::render::{Helpers, Limits, Partials, Renderer};
/// use goodwill::prompts::template::Template;
///
/// let (helpers, partials) = (Helpers::none(), Partials::default());
/// let limits = Limits { output_bytes: 10, ..Limits::default() };
/// let renderer = Renderer::new(&helpers, &partials).limits(limits);
/// let template = Template::parse("{{#each a}}{{this}} {{/each}}")?;
/// let error = renderer.render(&template, &serde_json::json!({"a": [1234, 5678, 9]})).unwrap_err();
/// assert_eq!(error.code().as_str(), "prompt.limit");
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How deep blocks and partials may run in each other.
    pub depth: usize,
    /// The bytes of the output.
    pub output_bytes: usize,
    /// The rounds of all loops together.
    pub loop_rounds: usize,
}

impl Default for Limits {
    /// 100 deep, 16 MiB, a million rounds.
    fn default() -> Self {
        Self { depth: 100, output_bytes: 16 << 20, loop_rounds: 1_000_000 }
    }
}

/// Templates that others call by name.
pub type Partials = BTreeMap<String, Template>;

/// What is done to a value before it is printed: the place for fences around untrusted text.
pub trait Guard {
    /// The text to print instead of `text`, which stands at `path` in the data; nothing to print it
    /// as it is. Values of helpers come with the path of their first argument.
    fn protect(&self, path: Option<&str>, text: &str) -> Option<String>;
}

/// A rendered template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rendered {
    /// The text.
    pub text: String,
    /// Where each part of the text comes from; together they cover it, but for indents of partials.
    pub segments: Vec<Segment>,
    /// The paths that were printed and had no value (`undefined` or `null`), by name.
    pub missing: Vec<String>,
}

/// Renders templates with the same helpers, partials and limits.
#[derive(Clone, Copy)]
pub struct Renderer<'r> {
    helpers: &'r Helpers,
    partials: &'r Partials,
    limits: Limits,
    guard: Option<&'r dyn Guard>,
    prompt: Option<trace::PromptMode<'r>>,
}

impl std::fmt::Debug for Renderer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Renderer").field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl<'r> Renderer<'r> {
    /// A renderer with the default limits and without a guard.
    #[must_use]
    pub fn new(helpers: &'r Helpers, partials: &'r Partials) -> Self {
        Self { helpers, partials, limits: Limits::default(), guard: None, prompt: None }
    }

    /// With other limits.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// With a guard over what is printed from the data.
    #[must_use]
    pub fn guard(mut self, guard: &'r dyn Guard) -> Self {
        self.guard = Some(guard);
        self
    }

    /// Renders a template.
    ///
    /// # Errors
    /// `prompt.helper` when a helper is not known or does not take its arguments, `prompt.partial`
    /// when a partial is not known, `prompt.limit` beyond the limits.
    pub fn render(&self, template: &Template, data: &serde_json::Value) -> Result<Rendered> {
        run::render(self, template, data, true).map(|(rendered, _)| rendered)
    }

    /// Renders a template to its text alone, which is faster than to know where each part of it
    /// comes from.
    ///
    /// ```
    /// use goodwill::prompts::render::{Helpers, Partials, Renderer};
    /// use goodwill::prompts::template::Template;
    ///
    /// let (helpers, partials) = (Helpers::standard(), Partials::new());
    /// let template = Template::parse("{{#each jobs}}{{formatDate at}}: {{this.price}} {{/each}}")?;
    /// let data = serde_json::json!({"jobs": [{"at": "2026-03-01T09:00:00Z", "price": 12.5}]});
    /// let text = Renderer::new(&helpers, &partials).text(&template, &data)?;
    /// assert_eq!(text, "2026-03-01: 12.5 ");
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Renderer::render`].
    pub fn text(&self, template: &Template, data: &serde_json::Value) -> Result<String> {
        // A guard asks for paths.
        let traced = self.guard.is_some();
        run::render(self, template, data, traced).map(|(rendered, _)| rendered.text)
    }

    /// As a prompt: with roles, and with what is known about the output.
    pub(crate) fn prompt(mut self, mode: trace::PromptMode<'r>) -> Self {
        self.prompt = Some(mode);
        self
    }

    pub(crate) fn trace(
        &self,
        template: &Template,
        data: &serde_json::Value,
    ) -> Result<(Rendered, trace::Trace)> {
        run::render(self, template, data, true)
    }
}

/// Renders a template without partials.
///
/// ```
/// use goodwill::prompts::render::{Helpers, render};
/// use goodwill::prompts::template::Template;
///
/// let template = Template::parse("{{#each items}}{{@index}}: {{this.name}}\n{{/each}}")?;
/// let data = serde_json::json!({"items": [{"name": "washer"}, {"name": "drum"}]});
/// let rendered = render(&template, &data, &Helpers::none())?;
/// assert_eq!(rendered.text, "0: washer\n1: drum\n");
/// let last = rendered.segments.iter().rev().find(|segment| segment.path.is_some()).unwrap();
/// assert_eq!(last.path.as_deref(), Some("items[1].name"));
/// # Ok::<(), goodwill::Error>(())
/// ```
///
/// # Errors
/// As [`Renderer::render`].
pub fn render(
    template: &Template,
    data: &serde_json::Value,
    helpers: &Helpers,
) -> Result<Rendered> {
    Renderer::new(helpers, &Partials::new()).render(template, data)
}
