//! Prompt files: a head that says what a prompt is given and answers, and a template.
//!
//! The files are those of dotprompt: front matter in YAML between two lines of `---`, then
//! Handlebars. Keys of this library begin with `goodwill.`, which other tools keep aside.
//!
//! ```text
//! ---
//! model: openai/gpt-4o
//! input:
//!   schema:
//!     customer: {name: string, since?: date}
//!     notes(array): string, what staff wrote
//! goodwill.version: 1.2.0
//! goodwill.labels: [production]
//! goodwill.locale: es
//! goodwill.trust: {default: line, "notes[]": fence}
//! goodwill.budget:
//!   input: 4000
//!   lists:
//!     notes: {priority: 1, order: newest_first, min_items: 3, clip: 400}
//! goodwill.outputText: |
//!   SUMMARY: [two sentences]
//! goodwill.showOutput: true
//! ---
//! {{role "system"}}
//! You sum up what staff wrote about a customer.
//! {{role "user"}}
//! {{customer.name}}, customer since {{formatDate customer.since "long" default="unknown"}}:
//! {{#each notes}}
//! {{this}}
//! {{/each}}
//! ```
//!
//! The answer is declared by `output.schema`, or by the labels of `goodwill.outputText` without one, and
//! `goodwill.answer` says more about its fields: see [`PromptFile::output_spec`].
//!
//! A file whose name begins with `_` is a partial: `_header.prompt` is called by `{{> header}}`.

mod answer;
mod embedded;
#[cfg(not(target_family = "wasm"))]
mod folder;
mod front_matter;
pub(crate) mod head;
mod picoschema;
mod protection;
mod rendering;
mod schema;
mod set;
mod trust;
mod version;
pub(crate) mod yaml;

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

pub use front_matter::FrontMatter;
pub use rendering::{MOST_INPUT, Mode, RenderOptions, RenderedPrompt};
pub(crate) use rendering::{draw, message_hash};
pub use schema::{Field, Fields, Kind, Part, Schema, Violation};
pub use set::{CheckedSet, FileDiagnostic, PromptSet};
pub use trust::{Trust, TrustLevel};
pub use version::Version;

use crate::error::{Code, Error, Result};
use crate::prompts::answers::OutputSpec;
use crate::prompts::budget::{ByteCounter, TokenCounter};
use crate::prompts::canonical::canonical_hash;
use crate::prompts::checks::{self, Surroundings};
use crate::prompts::library::Prompt;
use crate::prompts::render::{Helpers, Partials};
use crate::prompts::template::{Diagnostic, DiagnosticCode, Position, Template};

/// The helpers and marks that this library prints prompts with. It is part of every content hash
/// and changes when the bytes of a prompt may change.
pub const RENDERING: u32 = 1;

/// A prompt with its head.
#[derive(Debug, Clone, PartialEq)]
pub struct PromptFile {
    id: String,
    matter: FrontMatter,
    source: String,
    body: usize,
    template: Template,
    /// The partials that the template calls, in itself or through others.
    partials: Option<Vec<String>>,
}

/// A prompt with everything that is to be said about its file.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedPrompt {
    /// The prompt, unless a diagnostic is an error.
    pub prompt: Option<PromptFile>,
    /// All diagnostics, by place in the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// What could be read of a file.
pub(crate) struct Opened {
    pub(crate) matter: FrontMatter,
    pub(crate) template: Template,
    pub(crate) body: usize,
    pub(crate) usage: checks::Usage,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Reads a file as far as that goes.
pub(crate) fn open(source: &str, helpers: &Helpers, partials: &Partials) -> Opened {
    let mut found = Vec::new();
    let (head, body) = head::split(source);
    let mut matter = head.map(|head| front_matter::read(source, head, &mut found));
    let fine = front_matter::is_fine(&found);
    let (template, syntax) = Template::recover(source.get(body..).unwrap_or_default());
    found.extend(syntax.into_iter().map(|one| one.shifted(body)));
    let mut matter = matter.take().unwrap_or_default();
    if !fine {
        // A schema that was not read would make every variable unknown.
        matter.input = None;
    }
    let usage = checks::walk(
        &template,
        Surroundings { schema: matter.input.as_ref(), trust: &matter.trust, helpers, partials },
    );
    found.extend(usage.diagnostics.iter().cloned().map(|one| one.shifted(body)));
    if let Some(schema) = matter.input.as_ref().filter(|_| !usage.any_partial) {
        found.extend(usage.unused(schema));
    }
    output_diagnostics(&matter, &usage, &mut found);
    budget_diagnostics(&matter, &template, &mut found);
    found.sort_by_key(|one| (one.span.start, one.code));
    Opened { matter, template, body, usage, diagnostics: found }
}

fn output_diagnostics(matter: &FrontMatter, usage: &checks::Usage, found: &mut Vec<Diagnostic>) {
    let span = matter.output_text_span;
    if matter.output_text.is_none() && !matter.says_answer {
        return;
    }
    if !usage.shows_output && !matter.show_output {
        let message = "the model is never shown the format that it is to answer in";
        let one = Diagnostic::new(DiagnosticCode::FormatNotShown, span, message);
        found.push(
            one.hint("write {{section \"output\"}} where it belongs, or goodwill.showOutput: true"),
        );
    }
    let Some(text) = &matter.output_text else {
        return;
    };
    let checked = Template::check(text);
    let Some(template) = checked.template else {
        let message = "the output format has tags that cannot be read";
        found.push(Diagnostic::new(DiagnosticCode::OutputSlot, span, message));
        return;
    };
    for slot in checks::slots(&template) {
        let mut schemas = matter.input.iter().chain(&matter.output).peekable();
        if schemas.peek().is_some() && !schemas.any(|schema| slot.is_in(schema)) {
            let message = format!(
                "neither input nor output declares {} of the output format",
                slot.names.join(".")
            );
            let one = Diagnostic::new(DiagnosticCode::OutputSlot, span, message);
            found.push(one.hint("declare it in the output schema"));
        }
    }
}

fn budget_diagnostics(matter: &FrontMatter, template: &Template, found: &mut Vec<Diagnostic>) {
    let fixed = checks::fixed_text(template);
    let shown = matter.output_text.as_deref().filter(|_| matter.show_output).unwrap_or_default();
    let tokens = ByteCounter.count(&fixed).saturating_add(ByteCounter.count(shown));
    if matter.budget.input.is_some_and(|most| most < tokens) {
        let message = format!("the fixed text of the prompt alone has {tokens} tokens");
        found.push(Diagnostic::new(DiagnosticCode::Budget, matter.budget_span, message));
    }
}

impl PromptFile {
    /// Reads a file and says everything that is wrong with it.
    ///
    /// ```
    /// use goodwill::prompts::files::PromptFile;
    /// use goodwill::prompts::render::{Helpers, Partials};
    ///
    /// let text = "---\ninput:\n  schema: {name: string}\ngoodwill.trust: {default: line}\n---\nDear {{nmae}}";
    /// let checked = PromptFile::check("greeting", text, &Helpers::standard(), &Partials::new());
    /// let codes: Vec<_> = checked.diagnostics.iter().map(|one| one.code.as_str()).collect();
    /// assert_eq!(codes, ["P021", "P020"]);
    /// assert_eq!(checked.diagnostics[1].hint.as_deref(), Some("did you mean name?"));
    /// assert!(checked.prompt.is_none());
    /// ```
    #[must_use]
    pub fn check(id: &str, source: &str, helpers: &Helpers, partials: &Partials) -> CheckedPrompt {
        let opened = open(source, helpers, partials);
        let prompt = front_matter::is_fine(&opened.diagnostics).then(|| Self {
            id: opened.matter.name.clone().unwrap_or_else(|| id.to_owned()),
            partials: (!opened.usage.any_partial)
                .then(|| opened.usage.partials.into_iter().collect()),
            matter: opened.matter,
            source: source.to_owned(),
            body: opened.body,
            template: opened.template,
        });
        CheckedPrompt { prompt, diagnostics: opened.diagnostics }
    }

    /// Reads a file without partials.
    ///
    /// # Errors
    /// `prompt.syntax` with the code and the place of the first error.
    pub fn parse(id: &str, source: &str) -> Result<Self> {
        let checked = Self::check(id, source, &Helpers::standard(), &Partials::new());
        checked.prompt.ok_or_else(|| first_error(source, &checked.diagnostics))
    }

    /// The name that the prompt is asked for by.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The head.
    #[must_use]
    pub fn front_matter(&self) -> &FrontMatter {
        &self.matter
    }

    /// The whole file.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The text below the head.
    #[must_use]
    pub fn body(&self) -> &str {
        self.source.get(self.body..).unwrap_or_default()
    }

    /// The template below the head.
    #[must_use]
    pub fn template(&self) -> &Template {
        &self.template
    }

    /// What an answer has: for a prompt of the library its own declaration, unless the file says
    /// `goodwill.answer`; else what the file declares, if it does.
    ///
    /// ```
    /// use goodwill::prompts::answers::Given;
    /// use goodwill::prompts::files::PromptFile;
    ///
    /// let text = "---\noutput:\n  schema:\n    gist: string, what happened\n    \
    ///     mood(enum): [good, bad]\n    next?(array): string\n\
    ///     goodwill.answer:\n  fields: {gist: {sentences: [1, 2]}, mood: {meanings: {good: [happy]}}}\n\
    ///     goodwill.trust: {default: line}\n---\nSum up: {{text}}";
    /// let spec = PromptFile::parse("recap", text)?.output_spec().unwrap();
    /// assert!(spec.instruction().contains("GIST:\n[1 to 2 sentences: what happened]"));
    /// let parsed = spec.parse("Gist: All fixed.\nMood: happy", &Given::default()).unwrap();
    /// assert_eq!(parsed.value, serde_json::json!({"gist": "All fixed.", "mood": "good"}));
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    #[must_use]
    pub fn output_spec(&self) -> Option<OutputSpec> {
        let library = Prompt::named(&self.id).filter(|_| !self.matter.says_answer);
        match library {
            Some(prompt) => Some(prompt.output_spec()),
            None => {
                self.matter.answer.clone().map(|spec| OutputSpec { id: self.id.clone(), ..spec })
            }
        }
    }

    /// What an answer looks like: the format with placeholders in brackets.
    #[must_use]
    pub fn output_text(&self) -> Option<String> {
        output_text(&self.matter)
    }

    /// SHA-256 (hexadecimal) over everything that decides what is printed: the head without its
    /// labels, the body, the partials that are called, and the version of the rendering.
    #[must_use]
    pub fn content_hash(&self, partials: &Partials) -> String {
        let used: BTreeMap<&str, &str> = partials
            .iter()
            .filter(|(name, _)| self.partials.as_ref().is_none_or(|used| used.contains(name)))
            .map(|(name, template)| (name.as_str(), template.source()))
            .collect();
        content_hash(&self.source, self.body, used)
    }
}

pub(crate) fn output_text(matter: &FrontMatter) -> Option<String> {
    let Some(text) = &matter.output_text else {
        return matter.answer.as_ref().filter(|_| matter.says_answer).map(OutputSpec::format);
    };
    Some(match Template::check(text).template {
        Some(template) => checks::output_text(&template),
        None => text.clone(),
    })
}

pub(crate) fn content_hash(source: &str, body: usize, partials: BTreeMap<&str, &str>) -> String {
    let head = match head::split(source).0.map(|head| yaml::read(source, head)) {
        Some(Ok(node)) => match node.to_json() {
            Json::Object(mut map) => {
                map.remove("goodwill.labels");
                Json::Object(map)
            }
            other => other,
        },
        _ => Json::Null,
    };
    let body = source.get(body..).unwrap_or_default();
    canonical_hash(
        &json!({"rendering": RENDERING, "head": head, "body": body, "partials": partials}),
    )
}

fn first_error(source: &str, found: &[Diagnostic]) -> Error {
    let first = found.iter().find(|one| one.severity == crate::prompts::template::Severity::Error);
    let (code, start) = first.map_or(("P060", 0), |one| (one.code.as_str(), one.span.start));
    let place = Position::of(source, start);
    let message = format!("prompt: {code} at line {}, column {}", place.line, place.column);
    Error::new(Code::PromptSyntax, message)
        .with("diagnostic", code)
        .with("offset", start)
        .with("line", place.line)
        .with("column", place.column)
}
