//! The operations that write about a customer: facts in, typed answers out. They need no principal
//! and store nothing.

use crate::error::{Code, Error, Result};
use crate::ids::{Ref, kind};
use crate::llm::{
    Generated, Greeting, MaintenancePrediction, ProfitabilityAnalysis, SentimentAnalysis,
    SuggestedFollowups, TechnicianMatch,
};
use crate::ops::input::SessionInput;
use crate::ops::models::AskSettings;
use crate::ops::open::Opened;
use crate::ops::table::{Begin, Begun, operations};
use crate::ops::{Form, fields, write};
use crate::prompts::answers::{
    CallSummary, ChurnExplanation, CustomerMessage, InsightCards, MessageReply,
    RelationshipSummary, SurveyDraft,
};
use crate::prompts::context::{
    Call, ChurnFacts, ContextSettings, CustomerFacts, KeyNumber, ServiceRequest,
};

operations! {
    /// The history of a customer in short: the relationship, channels, themes and chances.
    Engine timeline_summary = "customer.timeline_summary"
        (facts: CustomerFacts, context: ContextSettings, #[serde(default)] settings: AskSettings)
        -> Generated<RelationshipSummary>,
        fails MoneyOverflow PromptMissing PromptUntrusted PromptBudget PromptLimit LlmTransport LlmSemantic
            LlmDeadlineExceeded LlmBudgetExhausted
        => |host, input| async move {
            let (assistant, parts) = (input.settings.assistant(&host.assistant)?, input.settings.parts()?);
            let options = input.settings.options(&parts);
            assistant.timeline_summary(&input.facts, &input.context, &options).await
        };

    /// What to write to a customer next: two or three suggestions with drafts and days.
    Engine followup_suggestions = "customer.followup_suggestions"
        (facts: CustomerFacts, context: ContextSettings, #[serde(default)] settings: AskSettings)
        -> SuggestedFollowups,
        fails MoneyOverflow PromptMissing PromptUntrusted PromptBudget PromptLimit LlmTransport LlmSemantic
            LlmDeadlineExceeded LlmBudgetExhausted
        => |host, input| async move {
            let (assistant, parts) = (input.settings.assistant(&host.assistant)?, input.settings.parts()?);
            let options = input.settings.options(&parts);
            assistant.followup_suggestions(&input.facts, &input.context, &options).await
        };

    /// A greeting to a customer, for the nearest anniversary or holiday, else for the season; or for the
    /// occasion with a name.
    Engine generate_greeting = "customer.greeting"
        (facts: CustomerFacts, context: ContextSettings, occasion: Option<String>, #[serde(default)] settings: AskSettings)
        -> Greeting,
        fails MoneyOverflow PromptMissing PromptUntrusted PromptBudget PromptLimit LlmTransport LlmSemantic
            LlmDeadlineExceeded LlmBudgetExhausted
        => |host, input| async move {
            let (assistant, parts) = (input.settings.assistant(&host.assistant)?, input.settings.parts()?);
            let options = input.settings.options(&parts);
            assistant.generate_greeting(&input.facts, input.occasion.as_deref(), &input.context, &options).await
        };

    /// How a customer feels, by the customer's last twenty communications: a score for each, and all of them
    /// together.
    Engine analyze_sentiment = "customer.sentiment"
        (facts: CustomerFacts, context: ContextSettings, #[serde(default)] settings: AskSettings)
        -> SentimentAnalysis,
        fails MoneyOverflow PromptMissing PromptUntrusted PromptBudget PromptLimit LlmTransport LlmSemantic
            LlmDeadlineExceeded LlmBudgetExhausted
        => |host, input| async move {
            let (assistant, parts) = (input.settings.assistant(&host.assistant)?, input.settings.parts()?);
            let options = input.settings.options(&parts);
            assistant.analyze_sentiment(&input.facts, &input.context, &options).await
        };

    /// What a customer is worth, with the figures in each currency.
    Engine profitability_analysis = "customer.profitability"
        (facts: CustomerFacts, context: ContextSettings, #[serde(default)] settings: AskSettings)
        -> ProfitabilityAnalysis,
        fails MoneyOverflow PromptMissing PromptUntrusted PromptBudget PromptLimit LlmTransport LlmSemantic
            LlmDeadlineExceeded LlmBudgetExhausted
        => |host, input| async move {
            let (assistant, parts) = (input.settings.assistant(&host.assistant)?, input.settings.parts()?);
            let options = input.settings.options(&parts);
            assistant.profitability_analysis(&input.facts, &input.context, &options).await
        };

    /// What an appliance will need, from its age, its services, the season and what is known about its kind.
    Engine predict_maintenance = "appliance.maintenance"
        (facts: CustomerFacts, appliance: Ref<kind::Subject>, context: ContextSettings, #[serde(default)] settings: AskSettings)
        -> MaintenancePrediction,
        fails MoneyOverflow PromptMissing PromptUntrusted PromptBudget PromptLimit LlmTransport LlmSemantic
            LlmDeadlineExceeded LlmBudgetExhausted
        => |host, input| async move {
            let (assistant, parts) = (input.settings.assistant(&host.assistant)?, input.settings.parts()?);
            let options = input.settings.options(&parts);
            assistant.predict_maintenance(&input.facts, &input.appliance, &input.context, &options).await
        };

    /// The same for every appliance of a customer that is in use.
    Engine predict_all_maintenance = "customer.maintenance"
        (facts: CustomerFacts, context: ContextSettings, #[serde(default)] settings: AskSettings)
        -> Vec<MaintenancePrediction>,
        fails MoneyOverflow PromptMissing PromptUntrusted PromptBudget PromptLimit LlmTransport LlmSemantic
            LlmDeadlineExceeded LlmBudgetExhausted
        => |host, input| async move {
            let (assistant, parts) = (input.settings.assistant(&host.assistant)?, input.settings.parts()?);
            let options = input.settings.options(&parts);
            assistant.predict_all_maintenance(&input.facts, &input.context, &options).await
        };

    /// Who should do what a customer asks for: who can, with the points that speak for each, who cannot and
    /// why, and a recommendation among those who can.
    Engine match_technician = "technician.match"
        (facts: CustomerFacts, request: ServiceRequest, context: ContextSettings, #[serde(default)] settings: AskSettings)
        -> TechnicianMatch,
        fails MoneyOverflow PromptMissing PromptUntrusted PromptBudget PromptLimit LlmTransport LlmSemantic
            LlmDeadlineExceeded LlmBudgetExhausted
        => |host, input| async move {
            let (assistant, parts) = (input.settings.assistant(&host.assistant)?, input.settings.parts()?);
            let options = input.settings.options(&parts);
            assistant.match_technician(&input.facts, &input.request, &input.context, &options).await
        };

    /// Questions to a customer about a completed job; the last one by default.
    Engine survey_questions = "job.survey"
        (facts: CustomerFacts, context: ContextSettings, job: Option<Ref<kind::Subject>>, #[serde(default)] settings: AskSettings)
        -> Generated<SurveyDraft>,
        fails MoneyOverflow PromptMissing PromptUntrusted PromptBudget PromptLimit LlmTransport LlmSemantic
            LlmDeadlineExceeded LlmBudgetExhausted
        => |host, input| async move {
            let (assistant, parts) = (input.settings.assistant(&host.assistant)?, input.settings.parts()?);
            let options = input.settings.options(&parts);
            assistant.survey_questions(&input.facts, input.job.as_ref(), &input.context, &options).await
        };

    /// A message to the customer of a job, for a purpose in words; about the last job by default.
    Engine customer_message = "job.message"
        (facts: CustomerFacts, purpose: String, context: ContextSettings, job: Option<Ref<kind::Subject>>, #[serde(default)] settings: AskSettings)
        -> Generated<CustomerMessage>,
        fails MoneyOverflow PromptMissing PromptUntrusted PromptBudget PromptLimit LlmTransport LlmSemantic
            LlmDeadlineExceeded LlmBudgetExhausted
        => |host, input| async move {
            let (assistant, parts) = (input.settings.assistant(&host.assistant)?, input.settings.parts()?);
            let options = input.settings.options(&parts);
            assistant.customer_message(&input.facts, &input.purpose, input.job.as_ref(), &input.context, &options).await
        };

    /// A reply to the last message of a customer; about the last job by default.
    Engine message_reply = "job.reply"
        (facts: CustomerFacts, context: ContextSettings, job: Option<Ref<kind::Subject>>, #[serde(default)] settings: AskSettings)
        -> Generated<MessageReply>,
        fails MoneyOverflow PromptMissing PromptUntrusted PromptBudget PromptLimit LlmTransport LlmSemantic
            LlmDeadlineExceeded LlmBudgetExhausted
        => |host, input| async move {
            let (assistant, parts) = (input.settings.assistant(&host.assistant)?, input.settings.parts()?);
            let options = input.settings.options(&parts);
            assistant.message_reply(&input.facts, input.job.as_ref(), &input.context, &options).await
        };

    /// What was said in a call, and what is to be done.
    Engine call_summary = "call.summary"
        (facts: CustomerFacts, call: Call, context: ContextSettings, #[serde(default)] settings: AskSettings)
        -> Generated<CallSummary>,
        fails MoneyOverflow PromptMissing PromptUntrusted PromptBudget PromptLimit LlmTransport LlmSemantic
            LlmDeadlineExceeded LlmBudgetExhausted
        => |host, input| async move {
            let (assistant, parts) = (input.settings.assistant(&host.assistant)?, input.settings.parts()?);
            let options = input.settings.options(&parts);
            assistant.call_summary(&input.facts, &input.call, &input.context, &options).await
        };

    /// Why a customer may leave, from a risk that was computed.
    Engine churn_explanation = "customer.churn_explanation"
        (facts: CustomerFacts, churn: ChurnFacts, context: ContextSettings, #[serde(default)] settings: AskSettings)
        -> Generated<ChurnExplanation>,
        fails MoneyOverflow PromptMissing PromptUntrusted PromptBudget PromptLimit LlmTransport LlmSemantic
            LlmDeadlineExceeded LlmBudgetExhausted
        => |host, input| async move {
            let (assistant, parts) = (input.settings.assistant(&host.assistant)?, input.settings.parts()?);
            let options = input.settings.options(&parts);
            assistant.churn_explanation(&input.facts, &input.churn, &input.context, &options).await
        };

    /// What the numbers of a customer show; those that the facts have by default.
    Engine insight_cards = "customer.insight_cards"
        (facts: CustomerFacts, context: ContextSettings, #[serde(default)] numbers: Vec<KeyNumber>, #[serde(default)] settings: AskSettings)
        -> Generated<InsightCards>,
        fails MoneyOverflow PromptMissing PromptUntrusted PromptBudget PromptLimit LlmTransport LlmSemantic
            LlmDeadlineExceeded LlmBudgetExhausted
        => |host, input| async move {
            let (assistant, parts) = (input.settings.assistant(&host.assistant)?, input.settings.parts()?);
            let options = input.settings.options(&parts);
            assistant.insight_cards(&input.facts, &input.numbers, &input.context, &options).await
        };
}

/// This is the last table.
fn otherwise<'a>(_: &'a Opened, _: &str, _: SessionInput, _: &str, _: Form) -> Result<Begun<'a>> {
    Err(Error::new(Code::OperationUnknown, "no operation has this name"))
}
