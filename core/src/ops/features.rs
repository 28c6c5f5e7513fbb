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
use crate::ops::operations::{Begin, Begun, operations};
use crate::ops::{Form, fields, write};
use crate::prompts::answers::{
    CallSummary, ChurnExplanation, CustomerMessage, InsightCards, MessageReply,
    RelationshipSummary, SurveyDraft,
};
use crate::prompts::context::{
    Call, ChurnFacts, ContextSettings, CustomerFacts, KeyNumber, ServiceRequest,
};

/// Declares features: their parameters without the settings that each has last, and what the assistant's
/// method is given of them before the options.
macro_rules! features {
    ($(
        $(#[doc = $doc:literal])+
        $method:ident = $name:literal
            ( $( $(#[serde($($default:tt)+)])? $parameter:ident : $type:ty ),* $(,)? )
            -> $output:ty => |$input:ident| ( $($given:expr),+ );
    )+) => {
        operations! {$(
            $(#[doc = $doc])+
            Engine $method = $name (
                $( $(#[serde($($default)+)])? $parameter: $type, )*
                #[serde(default)] settings: AskSettings
            ) -> $output,
                fails MoneyOverflow PromptMissing PromptUntrusted PromptBudget PromptLimit LlmTransport
                    LlmSemantic LlmDeadlineExceeded LlmBudgetExhausted
                => |host, $input| async move {
                    let assistant = $input.settings.assistant(&host.assistant)?;
                    let parts = $input.settings.parts()?;
                    assistant.$method($($given),+, &$input.settings.options(&parts)).await
                };
        )+}
    };
}

features! {
    /// The history of a customer in short: the relationship, channels, themes and chances.
    timeline_summary = "customer.timeline_summary" (facts: CustomerFacts, context: ContextSettings)
        -> Generated<RelationshipSummary> => |input| (&input.facts, &input.context);

    /// What to write to a customer next: two or three suggestions with drafts and days.
    followup_suggestions = "customer.followup_suggestions" (facts: CustomerFacts, context: ContextSettings)
        -> SuggestedFollowups => |input| (&input.facts, &input.context);

    /// A greeting to a customer, for the nearest anniversary or holiday, else for the season; or for the
    /// occasion with a name.
    generate_greeting = "customer.greeting" (facts: CustomerFacts, context: ContextSettings, occasion: Option<String>)
        -> Greeting => |input| (&input.facts, input.occasion.as_deref(), &input.context);

    /// How a customer feels, by the customer's last twenty communications: a score for each, and all of them
    /// together.
    analyze_sentiment = "customer.sentiment" (facts: CustomerFacts, context: ContextSettings)
        -> SentimentAnalysis => |input| (&input.facts, &input.context);

    /// What a customer is worth, with the figures in each currency.
    profitability_analysis = "customer.profitability" (facts: CustomerFacts, context: ContextSettings)
        -> ProfitabilityAnalysis => |input| (&input.facts, &input.context);

    /// What an appliance will need, from its age, its services, the season and what is known about its kind.
    predict_maintenance = "appliance.maintenance" (facts: CustomerFacts, appliance: Ref<kind::Subject>, context: ContextSettings)
        -> MaintenancePrediction => |input| (&input.facts, &input.appliance, &input.context);

    /// The same for every appliance of a customer that is in use.
    predict_all_maintenance = "customer.maintenance" (facts: CustomerFacts, context: ContextSettings)
        -> Vec<MaintenancePrediction> => |input| (&input.facts, &input.context);

    /// Who should do what a customer asks for: who can, with the points that speak for each, who cannot and
    /// why, and a recommendation among those who can.
    match_technician = "technician.match" (facts: CustomerFacts, request: ServiceRequest, context: ContextSettings)
        -> TechnicianMatch => |input| (&input.facts, &input.request, &input.context);

    /// Questions to a customer about a completed job; the last one by default.
    survey_questions = "job.survey" (facts: CustomerFacts, context: ContextSettings, job: Option<Ref<kind::Subject>>)
        -> Generated<SurveyDraft> => |input| (&input.facts, input.job.as_ref(), &input.context);

    /// A message to the customer of a job, for a purpose in words; about the last job by default.
    customer_message = "job.message" (facts: CustomerFacts, purpose: String, context: ContextSettings, job: Option<Ref<kind::Subject>>)
        -> Generated<CustomerMessage>
        => |input| (&input.facts, &input.purpose, input.job.as_ref(), &input.context);

    /// A reply to the last message of a customer; about the last job by default.
    message_reply = "job.reply" (facts: CustomerFacts, context: ContextSettings, job: Option<Ref<kind::Subject>>)
        -> Generated<MessageReply> => |input| (&input.facts, input.job.as_ref(), &input.context);

    /// What was said in a call, and what is to be done.
    call_summary = "call.summary" (facts: CustomerFacts, call: Call, context: ContextSettings)
        -> Generated<CallSummary> => |input| (&input.facts, &input.call, &input.context);

    /// Why a customer may leave, from a risk that was computed.
    churn_explanation = "customer.churn_explanation" (facts: CustomerFacts, churn: ChurnFacts, context: ContextSettings)
        -> Generated<ChurnExplanation> => |input| (&input.facts, &input.churn, &input.context);

    /// What the numbers of a customer show; those that the facts have by default.
    insight_cards = "customer.insight_cards" (facts: CustomerFacts, context: ContextSettings, #[serde(default)] numbers: Vec<KeyNumber>)
        -> Generated<InsightCards> => |input| (&input.facts, &input.numbers, &input.context);
}

/// This is the last table.
fn otherwise<'a>(_: &'a Opened, _: &str, _: SessionInput, _: &str, _: Form) -> Result<Begun<'a>> {
    Err(Error::new(Code::OperationUnknown, "no operation has this name"))
}
