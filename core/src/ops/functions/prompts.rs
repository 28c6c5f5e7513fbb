//! Prompts: templates, messages and answers.

use std::collections::BTreeMap;

use serde_json::Value;

use super::functions;
use crate::error::Result;
use crate::ops::prompts::{
    self, AnswerFormat, Checked, KnownText, ParsedAnswer, PromptDiagnostic, PromptEntry,
    PromptSettings, PromptText,
};
use crate::prompts::answers::Given;
use crate::prompts::context::{
    ApplianceProfiles, Candidates, ContextSettings, CustomerFacts, Financials, Occasion,
    PromptFocus, ServiceRequest,
};
use crate::prompts::files::RenderedPrompt;
use crate::prompts::preview::Preview;

functions! {
    /// The prompts that can be asked for: those of the library, and the host's own.
    Prompts list = "prompt.list" (#[serde(default)] files: Vec<PromptText>) -> Vec<PromptEntry>,
        fails PromptSyntax
        => |it| prompts::list(&it.files);

    /// Renders a prompt over its input: messages, ready to be sent.
    Prompts render = "prompt.render"
        (prompt: String, input: Value, #[serde(default)] settings: PromptSettings)
        -> RenderedPrompt,
        fails PromptUnknown PromptMissing PromptUntrusted PromptBudget PromptLimit PromptSyntax PromptHelper PromptPartial
        => |it| prompts::render(&it.prompt, &it.input, &it.settings);

    /// Shows a prompt file over an input while it is written: messages, everything that is wrong, and
    /// where every character comes from.
    Prompts preview = "prompt.preview"
        (source: String, input: Value, #[serde(default)] settings: PromptSettings) -> Preview,
        fails PromptSyntax
        => |it| prompts::show(&it.source, &it.input, &it.settings);

    /// Everything that is to be said about prompt files.
    Prompts lint = "prompt.lint" (files: Vec<PromptText>) -> Vec<PromptDiagnostic>
        => |it| Ok(prompts::lint(&it.files));

    /// The form of the answers to a prompt of the library, or of a file that declares its answer: for
    /// people, for models and for servers.
    Prompts answer_format = "prompt.answer_format"
        (
            prompt: String,
            input: Option<Value>,
            given: Option<Given>,
            #[serde(default)] files: Vec<PromptText>,
        ) -> AnswerFormat, fails PromptSyntax
        => |it| prompts::answer_format(&it.prompt, &it.files, &checked(&it.input, &it.given));

    /// Reads the answer of a model to a prompt of the library, or of a file that declares its answer,
    /// however it is written, and checks it against the input of the prompt or what is given.
    Prompts parse_answer = "prompt.parse_answer"
        (
            prompt: String,
            answer: String,
            input: Option<Value>,
            given: Option<Given>,
            #[serde(default)] files: Vec<PromptText>,
        ) -> ParsedAnswer, fails PromptSyntax
        => |it| prompts::parse(&it.prompt, &it.files, &it.answer, &checked(&it.input, &it.given));

    /// Answers a prompt of the library by rules, without a model: the same input gives the same text.
    #[cfg(feature = "llm")]
    Prompts answer_by_rules = "prompt.answer_by_rules" (prompt: String, input: Value) -> String
        => |it| prompts::answer_by_rules(&it.prompt, &it.input);

    /// What a prompt of the library is told about a customer: its input, ready to be rendered, asked or
    /// shown. `focus` says what it is about beside the customer.
    Prompts context = "prompt.context"
        (prompt: String, facts: CustomerFacts, context: ContextSettings, #[serde(default)] focus: PromptFocus)
        -> Value,
        fails MoneyOverflow
        => |it| prompts::context(&it.prompt, &it.facts, &it.focus, &it.context);

    /// What a customer brings and costs, in each currency by itself.
    Prompts financials = "customer.financials" (facts: CustomerFacts, context: ContextSettings)
        -> Vec<Financials>,
        fails MoneyOverflow
        => |it| it.facts.checked(&it.context)?.financials();

    /// What there is to celebrate with a customer within a year, the nearest first.
    Prompts occasions = "customer.occasions" (facts: CustomerFacts, context: ContextSettings)
        -> Vec<Occasion>
        => |it| Ok(it.facts.checked(&it.context)?.occasions());

    /// Who can do what a customer asks for, with the points that speak for each, and who cannot and why.
    Prompts candidates = "technician.candidates"
        (facts: CustomerFacts, request: ServiceRequest, context: ContextSettings) -> Candidates
        => |it| it.facts.checked(&it.context)?.candidates(&it.request);

    /// The shipped profiles of appliances with their sources, to start one's own from.
    Prompts appliance_profiles = "appliance.profiles" () -> ApplianceProfiles
        => |_it| Ok(ApplianceProfiles::shipped().clone());

    /// Prints a template over data: the bytes that Handlebars.js prints without HTML escaping.
    Prompts render_template = "template.render"
        (template: String, input: Value, #[serde(default)] partials: BTreeMap<String, String>)
        -> String,
        fails PromptSyntax PromptHelper PromptPartial PromptLimit
        => |it| prompts::render_template(&it.template, &it.input, &it.partials);

    /// Replaces personal data in a text by its kind: `[EMAIL]`, `[PERSON]`, …
    Prompts mask_personal_data = "personal.mask" (text: String, #[serde(default)] known: Vec<KnownText>)
        -> String
        => |it| Ok(prompts::mask(&it.text, &it.known));
}

fn checked<'a>(input: &'a Option<Value>, given: &'a Option<Given>) -> Checked<'a> {
    Checked { input: input.as_ref(), given: given.as_ref() }
}
