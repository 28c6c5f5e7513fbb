//! Prompts by id, version and label.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use super::front_matter::is_fine;
use super::{PromptFile, RenderOptions, RenderedPrompt, Version, embedded, first_error};
use crate::error::{Code, Error, Result};
use crate::prompts::render::{Helpers, Partials};
use crate::prompts::template::{Diagnostic, DiagnosticCode, Position, Severity, Span, Template};

/// The label that is asked for when nobody names one.
const PRODUCTION: &str = "production";

/// A set of prompts, such as those of a tenant over those of the library.
///
/// ```
/// use goodwill::prompts::files::PromptSet;
///
/// let own = [(
///     "prompts/occasion_message.prompt",
///     "---\ngoodwill.version: 2.0.0\ngoodwill.trust: {default: line}\n---\nDear {{customer.name}}!",
/// )];
/// let set = PromptSet::read(own)?.over(PromptSet::library());
/// assert_eq!(set.get("occasion_message")?.front_matter().version.to_string(), "2.0.0");
/// assert_eq!(set.get("occasion_message@1.0.0")?.front_matter().version.to_string(), "1.0.0");
/// assert_eq!(set.get("timeline_summary@production")?.id(), "timeline_summary");
/// assert_eq!(set.get("greeting").unwrap_err().code().as_str(), "prompt.unknown");
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct PromptSet {
    /// The topmost first.
    layers: Vec<Layer>,
}

#[derive(Debug, Clone, Default)]
struct Layer {
    prompts: BTreeMap<String, BTreeMap<Version, PromptFile>>,
    partials: Partials,
}

/// A diagnostic with its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileDiagnostic {
    /// The path of the file, as it was given.
    pub path: String,
    /// Where it begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
    /// What is to be said.
    #[serde(flatten)]
    pub diagnostic: Diagnostic,
}

/// A set with everything that is to be said about its files.
#[derive(Debug, Clone)]
pub struct CheckedSet {
    /// The files without errors.
    pub set: PromptSet,
    /// All diagnostics, by file and place.
    pub diagnostics: Vec<FileDiagnostic>,
}

impl CheckedSet {
    /// Whether a diagnostic is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|one| one.diagnostic.severity == Severity::Error)
    }
}

/// The name of a file: its last part without `.prompt`, `.hbs` or `.handlebars`; whether it is a
/// partial.
fn name_of(path: &str) -> (&str, bool) {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let endings = [".prompt", ".handlebars", ".hbs"];
    let name = endings.iter().find_map(|ending| file.strip_suffix(ending)).unwrap_or(file);
    match name.strip_prefix('_') {
        Some(partial) => (partial, true),
        None => (name, false),
    }
}

impl PromptSet {
    /// The seven prompts of the customer view with their heads.
    #[must_use]
    pub fn library() -> Self {
        Self::check(embedded::files()).set
    }

    /// Reads files: paths with their texts. Everything that is wrong with any of them is said.
    ///
    /// ```
    /// use goodwill::prompts::files::PromptSet;
    ///
    /// let files = [("a.prompt", "{{> heading}} {{upper name}}"), ("_heading.prompt", "{{#if}}")];
    /// let checked = PromptSet::check(files);
    /// let found: Vec<_> = checked
    ///     .diagnostics
    ///     .iter()
    ///     .map(|one| (one.path.as_str(), one.diagnostic.code.as_str(), one.start.column))
    ///     .collect();
    /// assert_eq!(found, [("_heading.prompt", "P002", 1), ("a.prompt", "P010", 17)]);
    /// ```
    #[must_use]
    pub fn check<P: AsRef<str>, T: AsRef<str>>(
        files: impl IntoIterator<Item = (P, T)>,
    ) -> CheckedSet {
        let files: Vec<(P, T)> = files.into_iter().collect();
        let mut found = Vec::new();
        let mut layer = Layer::default();
        let mut origins: BTreeMap<(bool, String, Version), ()> = BTreeMap::new();
        for (path, text) in &files {
            let (name, true) = name_of(path.as_ref()) else {
                continue;
            };
            let text = text.as_ref();
            let body = super::head::split(text).1;
            let (template, syntax) = Template::recover(text.get(body..).unwrap_or_default());
            let syntax = syntax.into_iter().map(|one| one.shifted(body));
            found.extend(syntax.map(|one| placed(path.as_ref(), text, one)));
            if layer.partials.insert(name.to_owned(), template).is_some() {
                let message = "another file of the set is a partial of this name";
                let one = Diagnostic::new(DiagnosticCode::Duplicate, Span::default(), message);
                found.push(placed(path.as_ref(), text, one));
            }
        }
        let helpers = Helpers::standard();
        for (path, text) in &files {
            let (path, text) = (path.as_ref(), text.as_ref());
            let (name, false) = name_of(path) else {
                continue;
            };
            let checked = PromptFile::check(name, text, &helpers, &layer.partials);
            found.extend(checked.diagnostics.into_iter().map(|one| placed(path, text, one)));
            let Some(prompt) = checked.prompt else {
                continue;
            };
            let key = (false, prompt.id.clone(), prompt.matter.version);
            let versions = layer.prompts.entry(prompt.id.clone()).or_default();
            let label =
                prompt.matter.labels.iter().find(|label| {
                    versions.values().any(|other| other.matter.labels.contains(label))
                });
            let message = match (origins.insert(key, ()), label) {
                (Some(()), _) => "another file of the set is this version of this prompt",
                (None, Some(_)) => "another version of this prompt has one of these labels",
                (None, None) => {
                    versions.insert(prompt.matter.version, prompt);
                    continue;
                }
            };
            let one = Diagnostic::new(DiagnosticCode::Duplicate, Span::default(), message);
            found.push(placed(path, text, one));
        }
        layer.prompts.retain(|_, versions| !versions.is_empty());
        found.sort_by(|one, two| {
            let key = |one: &FileDiagnostic| (one.diagnostic.span.start, one.diagnostic.code);
            one.path.cmp(&two.path).then(key(one).cmp(&key(two)))
        });
        CheckedSet { set: Self { layers: vec![layer] }, diagnostics: found }
    }

    /// Reads files without errors.
    ///
    /// # Errors
    /// `prompt.syntax` with the first error, its file and its place.
    pub fn read<P: AsRef<str>, T: AsRef<str>>(
        files: impl IntoIterator<Item = (P, T)>,
    ) -> Result<Self> {
        let files: Vec<(P, T)> = files.into_iter().collect();
        let checked = Self::check(files.iter().map(|(path, text)| (path.as_ref(), text.as_ref())));
        let wrong = checked
            .diagnostics
            .into_iter()
            .find(|one| !is_fine(std::slice::from_ref(&one.diagnostic)));
        match wrong {
            None => Ok(checked.set),
            Some(one) => {
                let text = files.iter().find(|(path, _)| path.as_ref() == one.path);
                let text = text.map_or("", |(_, text)| text.as_ref());
                Err(first_error(text, &[one.diagnostic]).with("file", one.path))
            }
        }
    }

    /// Lays this set over another: what has an id here hides what has it there, unless a version is
    /// asked for that only the other has. Partials of both are known, these first.
    #[must_use]
    pub fn over(mut self, base: Self) -> Self {
        self.layers.extend(base.layers);
        self
    }

    /// A prompt by `id`, `id@version` or `id@label`. Without either it is the version labelled
    /// `production`, or the newest.
    ///
    /// # Errors
    /// `prompt.unknown`, which says whether the id, the version or the label is not known.
    pub fn get(&self, reference: &str) -> Result<&PromptFile> {
        self.find(reference).map(|(_, prompt)| prompt)
    }

    fn find(&self, reference: &str) -> Result<(usize, &PromptFile)> {
        let (id, wanted) = match reference.split_once('@') {
            Some((id, wanted)) => (id, Some(wanted)),
            None => (reference, None),
        };
        let unknown = |what: &str| {
            Error::new(Code::PromptUnknown, format!("no prompt has this {what}"))
                .with("unknown", what)
        };
        let mut holders = self
            .layers
            .iter()
            .enumerate()
            .filter_map(|(at, layer)| Some((at, layer.prompts.get(id)?)))
            .peekable();
        if holders.peek().is_none() {
            return Err(unknown("id"));
        }
        let labelled = |versions: &'_ BTreeMap<Version, PromptFile>, label: &str| {
            let mut all = versions.iter();
            all.find(|(_, one)| one.matter.labels.iter().any(|own| own == label)).map(|(at, _)| *at)
        };
        let version: Option<Version> = wanted.and_then(|wanted| wanted.parse().ok());
        for (at, versions) in holders {
            let found = match (wanted, version) {
                (None, _) => {
                    labelled(versions, PRODUCTION).or_else(|| versions.keys().next_back().copied())
                }
                (Some(_), Some(version)) => Some(version),
                (Some(label), None) => labelled(versions, label),
            };
            if let Some(prompt) = found.and_then(|version| versions.get(&version)) {
                return Ok((at, prompt));
            }
        }
        Err(unknown(if version.is_some() { "version" } else { "label" }))
    }

    /// All prompts that can be asked for: those of this set and those that it does not hide.
    pub fn prompts(&self) -> impl Iterator<Item = &PromptFile> {
        let mut all: BTreeMap<(&str, Version), &PromptFile> = BTreeMap::new();
        for layer in self.layers.iter().rev() {
            let prompts = layer.prompts.values().flat_map(BTreeMap::values);
            all.extend(prompts.map(|one| ((one.id(), one.matter.version), one)));
        }
        all.into_values()
    }

    /// The partials that the prompts of a layer see.
    fn partials(&self, layer: usize) -> Partials {
        let mut partials = Partials::new();
        for layer in self.layers.iter().skip(layer).rev() {
            partials.extend(layer.partials.iter().map(|(name, one)| (name.clone(), one.clone())));
        }
        partials
    }

    /// Every partial of the set.
    #[must_use]
    pub fn all_partials(&self) -> Partials {
        self.partials(0)
    }

    /// [`PromptFile::content_hash`] with the partials that the prompt sees.
    #[must_use]
    pub fn content_hash(&self, prompt: &PromptFile) -> String {
        let holds = |layer: &Layer| {
            let versions = layer.prompts.get(prompt.id());
            versions.is_some_and(|versions| versions.values().any(|one| one == prompt))
        };
        let layer = self.layers.iter().position(holds).unwrap_or(0);
        prompt.content_hash(&self.partials(layer))
    }

    /// Renders a prompt, see [`PromptFile::render`].
    ///
    /// # Errors
    /// As [`Self::get`] and [`PromptFile::render`].
    pub fn render(
        &self,
        reference: &str,
        input: &Json,
        options: &RenderOptions<'_>,
    ) -> Result<RenderedPrompt> {
        let (layer, prompt) = self.find(reference)?;
        prompt.render(&self.partials(layer), input, options)
    }
}

fn placed(path: &str, text: &str, diagnostic: Diagnostic) -> FileDiagnostic {
    FileDiagnostic {
        path: path.to_owned(),
        start: Position::of(text, diagnostic.span.start),
        end: Position::of(text, diagnostic.span.end),
        diagnostic,
    }
}
