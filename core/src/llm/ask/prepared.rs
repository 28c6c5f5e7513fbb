//! A prompt that is ready to be asked, and its answer taken back.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::AskOptions;
use super::answered::Answered;
use super::checker::{Checker, Reading};
use super::stream::AnswerStream;
use super::uncounted::Uncounted;
use crate::error::{Error, Result};
use crate::llm::budget::Budget;
use crate::llm::client::{Call, Capabilities, LlmClient};
use crate::llm::failures::{LlmError, LlmErrorKind};
use crate::llm::fallback::may_follow;
use crate::llm::repair::{REPAIRS, repaired};
use crate::llm::request::{LlmRequest, ResponseFormat};
use crate::llm::response::{LlmResponse, Origin};
use crate::llm::runs::Undecided;
use crate::llm::twin::Rules;
use crate::prompts::answers::{AnswerForm, Given, Incomplete, Offered, OutputSpec};
use crate::prompts::files::{FrontMatter, PromptSet, RenderOptions, Version};
use crate::prompts::library::Prompt;
use crate::prompts::personal::Pseudonyms;

/// The name of the model where nobody names one: servers of one model take any.
const ANY_MODEL: &str = "default";

/// A prompt that is ready to be asked: the request, the call with its one budget, and what its
/// pseudonyms stand for. It cannot be serialised, and `Debug` shows no content.
///
/// ```
/// use goodwill::llm::{AskOptions, prepare};
/// use goodwill::prompts::files::{Mode, PromptSet};
///
/// let mut options = AskOptions::default();
/// options.render.mode = Mode::Compatible;
/// let input = serde_json::json!({"customer": {"name": "Ada"}});
/// let prepared = prepare(&PromptSet::library(), "message_reply", &input, &options)?;
/// // A host sends `prepared.request()` as it likes, and hands the answer back.
/// let answer = prepared.accept("REPLY:\n\"Hi Ada, we will call you.\"\n\nNEEDS A PERSON: yes")?;
/// assert_eq!(answer.value["needsPerson"], true);
/// let lacking = prepared.accept("REPLY: Hi Ada, we will call you.").unwrap_err();
/// assert_eq!(lacking.code().as_str(), "llm.semantic");
/// assert_eq!(lacking.details()["missing"], serde_json::json!(["needsPerson"]));
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug)]
pub struct Prepared {
    prompt: String,
    version: Version,
    content_hash: String,
    request: LlmRequest,
    call: Call,
    pub(super) checker: Checker,
    fall_back: bool,
    partial: bool,
}

/// Renders a prompt and makes the request. Nothing is sent.
///
/// # Errors
/// `prompt.unknown` and the errors of
/// [`PromptFile::render`](crate::prompts::files::PromptFile::render); `input.invalid` for a prompt
/// without a [declaration of its answer](crate::prompts::files::PromptFile::output_spec), and for
/// settings of the file that no model can have.
pub fn prepare(
    set: &PromptSet,
    prompt: &str,
    input: &Value,
    options: &AskOptions<'_>,
) -> Result<Prepared> {
    let file = set.get(prompt)?;
    let matter = file.front_matter();
    let library = Prompt::ALL.iter().copied().find(|one| one.id() == file.id());
    let undeclared = || Error::invalid("spec", "what the answer of a prompt of your own has");
    let spec = options.spec.cloned().or_else(|| file.output_spec()).ok_or_else(undeclared)?;
    let form = options.form.unwrap_or_else(|| nearest_form(matter, options.capabilities));
    let instruction =
        (form == AnswerForm::Json && !is_json(matter)).then(|| spec.json_instruction());
    let render = RenderOptions {
        output_text: instruction.as_deref().or(options.render.output_text),
        ..options.render
    };
    let rendered = set.render(prompt, input, &render)?;
    let mut pseudonyms = rendered.pseudonyms;
    let from = |input: &Value| match library {
        Some(prompt) => prompt.given(input),
        None => Given::of(input),
    };
    let (known, told) = match options.given {
        Some(given) => (given.clone(), hide(given, &mut pseudonyms)),
        None => (from(input), from(&pseudonyms.replace_json(input))),
    };
    let (known, told) = (Given { form, ..known }, Given { form, ..told });
    let mut request = configured(matter, options, rendered.messages)?;
    request.response = wanted(&spec, &told, options.capabilities);
    let checker = Checker { spec, form, told, known, pseudonyms: Arc::new(pseudonyms) };
    let mut call = Call::new(rendered.id.clone(), budget(options))
        .for_prompt(rendered.id.clone(), rendered.content_hash.clone())
        .for_tenant(options.tenant)
        .with_input(input.clone())
        .checked(checker.clone());
    call.tags.clone_from(&options.tags);
    call.force_refresh = options.force_refresh;
    Ok(Prepared {
        prompt: rendered.id,
        version: rendered.version,
        content_hash: rendered.content_hash,
        request,
        call,
        checker,
        fall_back: options.fall_back,
        partial: options.partial,
    })
}

fn budget(options: &AskOptions<'_>) -> Budget {
    let mut budget = Budget::attempts(options.attempts);
    if let Some(tokens) = options.tokens {
        budget = budget.with_tokens(tokens);
    }
    if let Some(micros) = options.micros {
        budget = budget.with_micros(micros);
    }
    match options.deadline {
        Some(deadline) => budget.until(deadline),
        None => budget,
    }
}

fn is_json(matter: &FrontMatter) -> bool {
    matter.output_format.as_deref() == Some("json")
}

/// The form that the file wants, else the one in which the client can be held to the declaration.
fn nearest_form(matter: &FrontMatter, capabilities: Capabilities) -> AnswerForm {
    if is_json(matter) || (capabilities.json_schema && !capabilities.grammar) {
        AnswerForm::Json
    } else {
        AnswerForm::Labelled
    }
}

fn wanted(spec: &OutputSpec, told: &Given, capabilities: Capabilities) -> ResponseFormat {
    if capabilities.grammar {
        return ResponseFormat::Grammar(spec.grammar(told.form, told));
    }
    if told.form == AnswerForm::Labelled {
        return ResponseFormat::Text;
    }
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name = spec.id.chars().take(64).map(plain).collect();
    let schema = spec.json_schema(told);
    capabilities.nearest(&ResponseFormat::JsonSchema { name, schema })
}

/// The same with pseudonyms.
fn hide(given: &Given, pseudonyms: &mut Pseudonyms) -> Given {
    let mut hidden = |text: &String| pseudonyms.replace(text);
    let mut told = given.clone();
    told.customer_name = given.customer_name.as_ref().map(&mut hidden);
    told.company = given.company.as_ref().map(&mut hidden);
    told.texts = given.texts.iter().map(&mut hidden).collect();
    for offered in told.options.values_mut().flatten() {
        *offered = Offered::new(hidden(&offered.id), hidden(&offered.name));
    }
    told
}

/// The request with the settings of the file, under the names that dotprompt has for them.
fn configured(
    matter: &FrontMatter,
    options: &AskOptions<'_>,
    messages: Vec<crate::prompts::messages::Message>,
) -> Result<LlmRequest> {
    let config = &matter.config;
    let model = options.model.or_else(|| matter.model.as_deref().map(without_provider));
    let mut request = LlmRequest::new(model.unwrap_or(ANY_MODEL), messages);
    request.temperature = setting(config, "temperature", "a number from 0 to 2", |value| {
        value.as_f64().filter(|value| (0.0..=2.0).contains(value))
    })?;
    let whole = |value: &Value| value.as_u64().and_then(|value| u32::try_from(value).ok());
    request.seed = setting(config, "seed", "a whole number below 2^32", whole)?;
    let most = setting(config, "maxOutputTokens", "a whole number from 1", |value| {
        whole(value).filter(|most| *most > 0)
    })?;
    let budget = matter.budget.output.and_then(|most| u32::try_from(most).ok());
    request.max_output_tokens = most.or(budget.filter(|most| *most > 0));
    let stop = setting(config, "stopSequences", "a list of texts", |value| {
        let texts = value.as_array()?.iter();
        texts.map(|text| text.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
    })?;
    request.stop = stop.unwrap_or_default();
    Ok(request)
}

fn setting<T>(
    config: &Map<String, Value>,
    name: &str,
    accepted: &'static str,
    read: impl Fn(&Value) -> Option<T>,
) -> Result<Option<T>> {
    match config.get(name).filter(|value| !value.is_null()) {
        None => Ok(None),
        Some(value) => match read(value) {
            Some(found) => Ok(Some(found)),
            None => Err(Error::invalid(format!("config.{name}"), accepted)),
        },
    }
}

/// Files name a model with its provider: `openai/gpt-4o`.
fn without_provider(model: &str) -> &str {
    match model.split_once('/') {
        Some(("openai" | "anthropic" | "ollama", model)) => model,
        _ => model,
    }
}

impl Prepared {
    /// The request, with pseudonyms.
    #[must_use]
    pub fn request(&self) -> &LlmRequest {
        &self.request
    }

    /// What the call is for, with its budget and the check of the answer.
    #[must_use]
    pub fn call(&self) -> &Call {
        &self.call
    }

    /// The hash of everything that the prompt is made of.
    #[must_use]
    pub fn content_hash(&self) -> &str {
        &self.content_hash
    }

    /// Reads and checks an answer of a model, and puts the personal data back. An answer that has
    /// everything but should have been better is not [`acceptable`](Answered::acceptable).
    ///
    /// # Errors
    /// `llm.semantic` for an answer without something that is required: `missing` has the fields,
    /// `reason` says why. With [`AskOptions::partial`] such an answer is given as far as it goes.
    pub fn accept(&self, text: &str) -> Result<Answered> {
        self.take(self.checker.read(text), None)
    }

    /// Asks a client. One that does not ask again by itself is asked again here, at most twice,
    /// within the one budget. When there is no answer, rules give theirs, if they may.
    ///
    /// # Errors
    /// Every `llm.*` code, as far as rules do not stand in.
    pub async fn ask(&self, client: &dyn LlmClient) -> Result<Answered> {
        let (call, undecided) = self.watched_call();
        let result = if needs_no_repair(client) {
            client.complete(&self.request, &call).await
        } else {
            repaired(&Uncounted(client), &self.request, &call, REPAIRS).await
        };
        self.decide(result, &undecided).await
    }

    /// Asks a client as [`ask`](Self::ask) does, and gives the answer as it comes.
    ///
    /// # Errors
    /// Those of the stream: nothing is asked before its first part.
    #[must_use]
    pub fn stream(self, client: Arc<dyn LlmClient>) -> AnswerStream {
        AnswerStream::new(self, client)
    }

    /// The call, whose runs wait for [`decide`](Self::decide).
    pub(super) fn watched_call(&self) -> (Call, Arc<Undecided>) {
        let undecided = Arc::<Undecided>::default();
        (Call { undecided: Some(Arc::clone(&undecided)), ..self.call.clone() }, undecided)
    }

    /// What comes of what a client said.
    pub(super) async fn decide(
        &self,
        result: std::result::Result<LlmResponse, LlmError>,
        undecided: &Undecided,
    ) -> Result<Answered> {
        let (error, kind) = match result {
            Ok(response) => match self.respond(&response) {
                Ok(answered) => {
                    undecided.confirm();
                    return Ok(answered);
                }
                Err(error) => (error, LlmErrorKind::Semantic),
            },
            Err(error) => {
                // The best answer may lack nothing, and only not be as good as it should.
                if asked_in_vain(&error)
                    && let Some(response) = error.usable_answer()
                    && let Ok(answered) = self.respond(response)
                {
                    undecided.answered(response, None);
                    return Ok(answered);
                }
                if !may_follow(&Rules, Some(&error)) {
                    undecided.confirm();
                    return Err(error.into());
                }
                match error.answer().map(|response| (response, self.respond(response))) {
                    // A part of an answer is an answer too, if the options say so.
                    Some((response, Ok(answered))) if asked_in_vain(&error) => {
                        undecided.answered(response, None);
                        return Ok(answered);
                    }
                    Some((_, Err(lacking))) => (lacking, error.kind()),
                    _ => (error.clone().into(), error.kind()),
                }
            }
        };
        self.stand_in(error, kind, undecided).await
    }

    /// The answer of rules, in place of one that failed.
    async fn stand_in(
        &self,
        error: Error,
        kind: LlmErrorKind,
        undecided: &Undecided,
    ) -> Result<Answered> {
        if self.fall_back
            && let Ok(response) = Rules.complete(&self.request, &self.call).await
            && let Ok(answered) = self.respond(&response)
        {
            undecided.answered(&response, Some(kind));
            return Ok(Answered { failure: Some(kind.code()), ..answered });
        }
        undecided.failed(kind);
        Err(error)
    }

    fn respond(&self, response: &LlmResponse) -> Result<Answered> {
        let read = match response.origin {
            Origin::Rules => self.checker.read_rules(&response.text),
            Origin::Model | Origin::Cache { .. } => self.checker.read(&response.text),
        };
        self.take(read, Some(response))
    }

    fn take(&self, read: Reading, response: Option<&LlmResponse>) -> Result<Answered> {
        let (parsed, missing) = match read {
            Ok(parsed) => (parsed, Vec::new()),
            Err(incomplete) if self.partial => (incomplete.partial, incomplete.missing),
            Err(incomplete) => return Err(incomplete_error(&incomplete)),
        };
        let acceptable = missing.is_empty() && parsed.is_acceptable();
        let mut unknown = Vec::new();
        let value = self.checker.restore(parsed.value, &mut unknown);
        let acceptable = acceptable && unknown.is_empty();
        let text = self.checker.restore_text(&parsed.raw, &mut unknown);
        Ok(Answered {
            prompt: self.prompt.clone(),
            version: self.version,
            content_hash: self.content_hash.clone(),
            value,
            text,
            acceptable,
            missing,
            warnings: parsed.warnings,
            confidence: parsed.confidence,
            deterministic: response.is_some_and(LlmResponse::deterministic),
            cached: response.is_some_and(LlmResponse::cached),
            model: response.map(|response| response.model.clone()),
            provider: response.map(|response| response.provider.clone()),
            usage: response.map(|response| response.usage).unwrap_or_default(),
            attempts: self.call.budget.spent().attempts,
            unknown_pseudonyms: unknown,
            failure: None,
        })
    }
}

/// Whether the service has answered, and asking again has led to nothing better or was not possible
/// any more within the budget of the call.
fn asked_in_vain(error: &LlmError) -> bool {
    use LlmErrorKind::{BudgetExhausted, DeadlineExceeded, Semantic};
    matches!(error.kind(), Semantic | BudgetExhausted | DeadlineExceeded)
}

/// Whether answers that fail their check were asked for again, or come out the same again.
pub(super) fn needs_no_repair(client: &dyn LlmClient) -> bool {
    let capabilities = client.capabilities();
    capabilities.repairs || capabilities.deterministic
}

fn incomplete_error(incomplete: &Incomplete) -> Error {
    let reason = serde_json::to_value(incomplete.reason).unwrap_or_default();
    Error::from(LlmError::new(LlmErrorKind::Semantic, "the answer lacks what is required"))
        .with("missing", incomplete.missing.clone())
        .with("reason", reason)
}
