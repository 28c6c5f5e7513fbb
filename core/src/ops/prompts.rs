//! Prompts for hosts: what the functions of the table take and return.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::templates::Templates;
use crate::Zone;
use crate::error::{Code, Error, Result};
use crate::money::Currency;
use crate::prompts::answers::{
    AnswerForm, Given, Incomplete, IncompleteReason, OutputSpec, Parsed, Warning,
};
use crate::prompts::context::{ContextSettings, CustomerFacts, PromptFocus};
use crate::prompts::files::{Mode, PromptFile, PromptSet, RenderOptions, RenderedPrompt};
use crate::prompts::formatting::{Formatting, Locale};
use crate::prompts::library::Prompt;
use crate::prompts::messages::Message;
use crate::prompts::personal::{Known, PersonalData, PersonalKind, Pseudonyms};
use crate::prompts::preview::{Preview, preview};
use crate::prompts::render::{Helpers, Partials, Renderer};
use crate::prompts::template::{Fix, Severity};

/// A prompt file: its path, whose last part names the prompt, and its text. A file whose name begins
/// with `_` is a partial.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PromptText {
    /// The path, as `prompts/occasion_message.prompt`.
    pub path: String,
    /// The text: front matter and template.
    pub text: String,
}

/// Something that the host knows to be personal.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct KnownText {
    /// What it is.
    kind: PersonalKind,
    /// The name, the address, …
    text: String,
}

/// How prompts are rendered.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(super) struct PromptSettings {
    /// Prints nothing where the input has no value, as Handlebars.js does; otherwise only what the
    /// input's schema calls optional may be missing.
    compatible: bool,
    /// The language of dates and numbers, as `de`; that of the file by default.
    locale: Option<String>,
    /// The clock on which instants are printed: `UTC`, `+02:00`, `Europe/Berlin`.
    zone: Option<Zone>,
    /// The currency of amounts that name none, as `EUR`.
    currency: Option<Currency>,
    /// The most tokens, instead of those of the file.
    most_tokens: Option<u64>,
    /// What was said before.
    history: Vec<Message>,
    /// What is done about personal data; nothing by default, unless a model is asked.
    pub(super) personal: Option<PersonalData>,
    /// What the host knows to be personal.
    known: Vec<KnownText>,
    /// The host's own prompts, which go before those of the library.
    pub(super) files: Vec<PromptText>,
}

/// A prompt that can be asked for.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(super) struct PromptEntry {
    /// The name that it is asked for by, alone or as `id@version` and `id@label`.
    id: String,
    /// Its version.
    version: String,
    /// Its labels, such as `production`.
    labels: Vec<String>,
    /// A sentence about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    /// SHA-256 over everything that decides what is printed.
    content_hash: String,
    /// The JSON Schema of its input, if it declares one.
    #[serde(skip_serializing_if = "Option::is_none")]
    input_schema: Option<Value>,
    /// The whole file.
    source: String,
}

/// What is to be said about a prompt file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(super) struct PromptDiagnostic {
    /// The file.
    path: String,
    /// What it is about: `P001`, …
    code: String,
    /// How much it matters.
    severity: Severity,
    /// A sentence for people.
    message: String,
    /// The line, from 1.
    line: usize,
    /// The column in units of UTF-16, from 1.
    column: usize,
    /// The line on which it ends.
    end_line: usize,
    /// The column behind its end.
    end_column: usize,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    /// The text that settles it, in the place of what it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    replacement: Option<String>,
}

/// The form of an answer, as it is said to people, to models and to servers.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(super) struct AnswerFormat {
    /// What a model is told that answers with labels.
    instruction: String,
    /// What a model is told that answers in JSON.
    json_instruction: String,
    /// The JSON Schema (draft 2020-12).
    json_schema: Value,
    /// The grammar of an answer with labels, in GBNF.
    grammar: String,
    /// The grammar of an answer in JSON, in GBNF.
    json_grammar: String,
}

/// An answer that was read.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(super) struct ParsedAnswer {
    /// The fields that are there.
    value: Value,
    /// Whether everything that is required is there.
    complete: bool,
    /// Whether it is complete and nothing needs to be asked for again.
    acceptable: bool,
    /// From 0 to 1: the part of the required fields that is there, less a little for each warning.
    confidence: f64,
    /// The form that the answer has.
    form: AnswerForm,
    /// What is not as asked for.
    warnings: Vec<Warning>,
    /// The paths of what is missing.
    missing: Vec<String>,
    /// Why something is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<IncompleteReason>,
    /// Where the fields stand in the answer.
    spans: Vec<AnswerSpan>,
    /// Labels that the prompt does not ask for, with their text.
    extra: BTreeMap<String, String>,
    /// What to tell the model, so that its next answer is acceptable.
    #[serde(skip_serializing_if = "Option::is_none")]
    repair: Option<String>,
}

/// Where a field stands in an answer, in units of UTF-16 as JavaScript counts.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(super) struct AnswerSpan {
    /// The field, as `suggestions[1].timing`.
    path: String,
    /// The first unit.
    start: usize,
    /// The unit behind the last.
    end: usize,
}

impl PromptSettings {
    fn set(&self) -> Result<Cow<'static, PromptSet>> {
        set(&self.files)
    }

    /// What options borrow.
    pub(super) fn parts(&self) -> Result<Parts> {
        let unknown = || {
            let known = "en, es, pt, fr, de, it or ar";
            Error::field(Code::InputUnknownValue, "settings.locale", known)
        };
        let locale = self.locale.as_deref().map(|tag| Locale::find(tag).ok_or_else(unknown));
        let locale = locale.transpose()?;
        let said = locale.is_some() || self.zone.is_some() || self.currency.is_some();
        let formatting = said.then(|| Formatting {
            locale: locale.unwrap_or_default(),
            zone: self.zone,
            currency: self.currency,
        });
        Ok(Parts { formatting, known: known(&self.known) })
    }
}

/// What [`RenderOptions`] borrow.
pub(super) struct Parts {
    formatting: Option<Formatting>,
    known: Vec<Known>,
}

impl Parts {
    pub(super) fn options<'o>(
        &'o self,
        settings: &'o PromptSettings,
        personal: PersonalData,
    ) -> RenderOptions<'o> {
        RenderOptions {
            mode: if settings.compatible { Mode::Compatible } else { Mode::Strict },
            formatting: self.formatting.as_ref(),
            history: &settings.history,
            budget: settings.most_tokens.map(|most| usize::try_from(most).unwrap_or(usize::MAX)),
            personal,
            known: &self.known,
            ..RenderOptions::default()
        }
    }
}

fn known(known: &[KnownText]) -> Vec<Known> {
    known.iter().map(|one| Known::new(one.kind, one.text.as_str())).collect()
}

/// The prompts of the library, read once.
fn library() -> &'static PromptSet {
    static LIBRARY: OnceLock<PromptSet> = OnceLock::new();
    LIBRARY.get_or_init(PromptSet::library)
}

/// The prompts of the library below the host's own.
pub(super) fn set(files: &[PromptText]) -> Result<Cow<'static, PromptSet>> {
    if files.is_empty() {
        return Ok(Cow::Borrowed(library()));
    }
    let files = files.iter().map(|file| (file.path.as_str(), file.text.as_str()));
    Ok(Cow::Owned(PromptSet::read(files)?.over(library().clone())))
}

pub(super) fn list(files: &[PromptText]) -> Result<Vec<PromptEntry>> {
    let set = set(files)?;
    let entry = |prompt: &PromptFile| {
        let head = prompt.front_matter();
        PromptEntry {
            id: prompt.id().to_owned(),
            version: head.version.to_string(),
            labels: head.labels.clone(),
            description: head.description.clone(),
            content_hash: set.content_hash(prompt),
            input_schema: head.input.as_ref().map(|schema| schema.to_json_schema()),
            source: prompt.source().to_owned(),
        }
    };
    Ok(set.prompts().map(entry).collect())
}

pub(super) fn render(
    prompt: &str,
    input: &Value,
    settings: &PromptSettings,
) -> Result<RenderedPrompt> {
    let set = settings.set()?;
    let parts = settings.parts()?;
    set.render(prompt, input, &parts.options(settings, settings.personal.unwrap_or_default()))
}

pub(super) fn show(source: &str, input: &Value, settings: &PromptSettings) -> Result<Preview> {
    let partials = settings.set()?.all_partials();
    let parts = settings.parts()?;
    let options = parts.options(settings, settings.personal.unwrap_or_default());
    Ok(preview(source, input, &partials, &options))
}

pub(super) fn lint(files: &[PromptText]) -> Vec<PromptDiagnostic> {
    let files = files.iter().map(|file| (file.path.as_str(), file.text.as_str()));
    let found = PromptSet::check(files).diagnostics.into_iter().map(|one| PromptDiagnostic {
        path: one.path,
        code: one.diagnostic.code.as_str().to_owned(),
        severity: one.diagnostic.severity,
        message: one.diagnostic.message,
        line: one.start.line,
        column: one.start.column_utf16,
        end_line: one.end.line,
        end_column: one.end.column_utf16,
        hint: one.diagnostic.hint,
        replacement: one.diagnostic.fix.map(|Fix { replacement, .. }| replacement),
    });
    found.collect()
}

pub(super) fn render_template(
    template: &str,
    input: &Value,
    partials: &BTreeMap<String, String>,
) -> Result<String> {
    static HELPERS: LazyLock<Helpers> = LazyLock::new(Helpers::standard);
    static TEMPLATES: Templates = Templates::new();
    let read = |(name, text): (&String, &String)| Ok((name.clone(), TEMPLATES.read(text)?));
    let partials = partials.iter().map(read).collect::<Result<Partials>>()?;
    Renderer::new(&HELPERS, &partials).text(&TEMPLATES.read(template)?, input)
}

fn library_prompt(prompt: &str) -> Result<Prompt> {
    let unknown = || Error::field(Code::InputUnknownValue, "prompt", "a prompt of the library");
    Prompt::named(prompt).ok_or_else(unknown)
}

/// What the answer to a prompt of the library has, or to one of these files.
fn declared(prompt: &str, files: &[PromptText]) -> Result<OutputSpec> {
    let unknown = || {
        let known = "a prompt of the library or of files, whose head declares its answer";
        Error::field(Code::InputUnknownValue, "prompt", known)
    };
    let set = set(files)?;
    set.get(prompt).ok().and_then(PromptFile::output_spec).ok_or_else(unknown)
}

pub(super) fn context(
    prompt: &str,
    facts: &CustomerFacts,
    focus: &PromptFocus,
    settings: &ContextSettings,
) -> Result<Value> {
    crate::prompts::context::input(library_prompt(prompt)?, facts, focus, settings)
}

/// What an answer is checked against: what is given, or what the input of the prompt says.
pub(super) struct Checked<'a> {
    pub(super) input: Option<&'a Value>,
    pub(super) given: Option<&'a Given>,
}

impl Checked<'_> {
    fn given(&self, prompt: &str) -> Given {
        match (self.given, self.input) {
            (Some(given), _) => given.clone(),
            (None, Some(input)) => match Prompt::named(prompt) {
                Some(prompt) => prompt.given(input),
                None => Given::of(input),
            },
            (None, None) => Given::default(),
        }
    }
}

#[cfg(feature = "llm")]
pub(super) fn answer_by_rules(prompt: &str, input: &Value) -> Result<String> {
    Ok(crate::llm::Twin::of(library_prompt(prompt)?).answer(input))
}

pub(super) fn answer_format(
    prompt: &str,
    files: &[PromptText],
    known: &Checked,
) -> Result<AnswerFormat> {
    let (spec, given) = (declared(prompt, files)?, &known.given(prompt));
    Ok(AnswerFormat {
        instruction: spec.instruction(),
        json_instruction: spec.json_instruction(),
        json_schema: spec.json_schema(given),
        grammar: spec.grammar(AnswerForm::Labelled, given),
        json_grammar: spec.grammar(AnswerForm::Json, given),
    })
}

pub(super) fn parse(
    prompt: &str,
    files: &[PromptText],
    answer: &str,
    known: &Checked,
) -> Result<ParsedAnswer> {
    let (spec, given) = (declared(prompt, files)?, &known.given(prompt));
    Ok(match spec.parse(answer, given) {
        Ok(parsed) => {
            let repair = spec.repair_parsed(&parsed, given.form);
            let acceptable = parsed.is_acceptable();
            let parsed = ParsedAnswer::of(answer, parsed);
            ParsedAnswer { complete: true, acceptable, repair, ..parsed }
        }
        Err(incomplete) => {
            let repair = Some(spec.repair(&incomplete, given.form));
            let Incomplete { partial, missing, reason } = *incomplete;
            let partial = ParsedAnswer::of(answer, partial);
            ParsedAnswer { missing, reason: Some(reason), repair, ..partial }
        }
    })
}

impl ParsedAnswer {
    fn of(answer: &str, parsed: Parsed) -> Self {
        let units = |end: usize| answer.get(..end).unwrap_or(answer).encode_utf16().count();
        let span = |(path, span): (String, crate::prompts::template::Span)| AnswerSpan {
            path,
            start: units(span.start),
            end: units(span.end),
        };
        Self {
            value: parsed.value,
            complete: false,
            acceptable: false,
            confidence: parsed.confidence,
            form: parsed.form,
            warnings: parsed.warnings,
            missing: vec![],
            reason: None,
            spans: parsed.spans.into_iter().map(span).collect(),
            extra: parsed.extra,
            repair: None,
        }
    }
}

pub(super) fn mask(text: &str, known_texts: &[KnownText]) -> String {
    Pseudonyms::new(PersonalData::Mask, &known(known_texts)).replace(text)
}
