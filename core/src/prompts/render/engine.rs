//! Engines that print templates, behind one trait.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value as Json;

use super::{Helpers, Limits, Partials, Renderer};
use crate::error::Result;
use crate::prompts::template::Template;

/// Prints templates over JSON. Prompts are always printed by [`OwnEngine`], which knows where every
/// byte comes from; a template alone may be printed by any.
pub trait TemplateEngine: Send + Sync + fmt::Debug {
    /// The name of the engine.
    fn name(&self) -> &'static str;

    /// Prints a template that calls these partials and helpers.
    ///
    /// # Errors
    /// `prompt.syntax`, `prompt.helper`, `prompt.partial` and `prompt.limit`, as
    /// [`Renderer::render`].
    fn print(
        &self,
        template: &str,
        data: &Json,
        partials: &BTreeMap<String, String>,
        helpers: &Helpers,
    ) -> Result<String>;
}

/// The engine of this library, which prints what Handlebars.js prints.
///
/// ```
/// use std::collections::BTreeMap;
/// use goodwill::prompts::render::{Helpers, OwnEngine, TemplateEngine};
///
/// let data = serde_json::json!({"jobs": [{}, {}]});
/// let text = OwnEngine::default()
///     .print("{{jobs.length}} jobs", &data, &BTreeMap::new(), &Helpers::none())?;
/// assert_eq!(text, "2 jobs");
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct OwnEngine {
    /// Bounds of the printing.
    pub limits: Limits,
}

impl TemplateEngine for OwnEngine {
    fn name(&self) -> &'static str {
        "goodwill"
    }

    fn print(
        &self,
        template: &str,
        data: &Json,
        partials: &BTreeMap<String, String>,
        helpers: &Helpers,
    ) -> Result<String> {
        let read = |(name, text): (&String, &String)| Ok((name.clone(), Template::parse(text)?));
        let partials = partials.iter().map(read).collect::<Result<Partials>>()?;
        let template = Template::parse(template)?;
        let renderer = Renderer::new(helpers, &partials).limits(self.limits);
        renderer.text(&template, data)
    }
}
