//! From what a business knows about a customer to what its prompts are told.
//!
//! [`CustomerFacts`] are plain records; [`CustomerFacts::checked`] makes sure that they fit together,
//! and the methods of [`CheckedFacts`] build the typed input of every prompt of the library: sums in
//! each currency, the last five payments, days since the last contact, the occasion to greet for, the
//! age of an appliance, who can go and why. They are pure: time, zone and calendar stand in
//! [`ContextSettings`].
//!
//! ```
//! use goodwill::prompts::context::{ContextSettings, CustomerFacts, PromptFocus, input};
//! use goodwill::prompts::files::{PromptSet, RenderOptions};
//! use goodwill::prompts::library::Prompt;
//!
//! let facts: CustomerFacts = serde_json::from_str(r#"{
//!     "customer": {"id": "ada", "name": "Ada Brown", "createdAt": "2024-02-29T08:30:00Z"},
//!     "activities": [{"createdAt": "2026-02-19T08:00:00Z", "type": "WhatsApp", "content": "It leaks!"}]
//! }"#).unwrap();
//! let settings = ContextSettings::at("2026-03-01T09:00:00Z".parse()?);
//! let prompt = Prompt::SentimentAnalysis;
//! let input = input(prompt, &facts, &PromptFocus::default(), &settings)?;
//! assert_eq!(input["communications"][0]["date"], "2026-02-19");
//! let rendered = PromptSet::library().render(prompt.id(), &input, &RenderOptions::default())?;
//! assert!(rendered.messages[0].words().contains("2026-02-19 | WhatsApp: It leaks!"));
//! # Ok::<(), goodwill::Error>(())
//! ```

mod facts;
mod financials;
mod history;
mod last;
mod maintenance;
mod matching;
mod numbers;
mod occasions;
mod profiles;
mod records;
mod service;
mod settings;

pub use facts::{CheckedFacts, CustomerFacts};
#[cfg(feature = "llm")]
pub(crate) use financials::with_currencies;
pub use financials::{
    ExpenseLine, Financials, JobProfit, PaymentLine, ProfitabilityInput, ProfitableCustomer,
};
pub use history::{
    ActivityLine, ApplianceLine, CommunicationLine, CustomerCard, FollowupInput, JobLine,
    SentimentInput, TimelineInput,
};
pub use last::{Counted, Last};
pub use maintenance::{MaintenanceInput, ServiceLine};
pub use matching::{
    AvailableTechnician, Candidate, Candidates, MatchFactor, MatchReason, MatchedAppliance,
    MatchedCustomer, MatchingInput, PastInteraction, Refusal, Refused, RequestedService,
};
pub use numbers::{ChurnInput, ChurnLine, InsightInput, KnownCustomer};
pub use occasions::{Occasion, OccasionInput, OccasionKind, UpcomingHoliday};
pub use profiles::ApplianceProfiles;
#[cfg(feature = "llm")]
pub(crate) use records::written;
pub use records::{
    Activity, ActivityDirection, ActivityKind, Appliance, ApplianceProfile, Call, CallLine,
    ChurnDriverFact, ChurnFacts, Customer, Expense, ExpenseCategory, FailurePoint, Feedback,
    FeedbackKind, Job, JobStatus, KeyNumber, Payment, PaymentKind, PaymentMethod, SeasonalImpact,
    ServiceRecord, ServiceRequest, Technician, TechnicianPreference, TechnicianPreferenceKind,
    TimeWindow,
};
pub use service::{
    CallInput, CalledFor, MessageInput, MessageLine, MessagedJob, ReviewLine, SurveyInput,
    SurveyedJob,
};
pub use settings::{ContextSettings, Holiday};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::ids::{Ref, kind};
use crate::prompts::library::Prompt;

/// What a prompt is about, beside the customer. Each prompt needs no more than its own.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PromptFocus {
    /// `maintenance_alert`: the appliance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub appliance: Option<Ref<kind::Subject>>,
    /// `survey_questions`, `customer_message`, `message_reply`: the job; the last one by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job: Option<Ref<kind::Subject>>,
    /// `occasion_message`: the name of the occasion; the nearest one by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occasion: Option<String>,
    /// `technician_matching`: what is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<ServiceRequest>,
    /// `customer_message`: what the message is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// `call_summary`: the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<Call>,
    /// `churn_explanation`: the risk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub churn: Option<ChurnFacts>,
    /// `insight_cards`: the numbers; those that the facts have by default.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<KeyNumber>,
}

/// The input of a prompt of the library, as JSON: what the method of [`CheckedFacts`] with the
/// prompt's name gives.
///
/// # Errors
/// `input.invalid` names the field that does not fit, or that the prompt needs; `money.overflow`.
pub fn input(
    prompt: Prompt,
    facts: &CustomerFacts,
    focus: &PromptFocus,
    settings: &ContextSettings,
) -> Result<Value> {
    let facts = facts.checked(settings)?;
    match prompt {
        Prompt::ProfitabilityAnalysis => json(&facts.profitability_analysis()?),
        Prompt::TimelineSummary => json(&facts.timeline_summary()),
        Prompt::FollowupSuggestions => json(&facts.followup_suggestions()),
        Prompt::OccasionMessage => json(&facts.occasion_message(focus.occasion.as_deref())?),
        Prompt::SentimentAnalysis => json(&facts.sentiment_analysis()),
        Prompt::MaintenanceAlert => {
            let appliance = needed(focus.appliance.as_ref(), "focus.appliance")?;
            json(&facts.maintenance_alert(appliance)?)
        }
        Prompt::TechnicianMatching => {
            let request = needed(focus.request.as_ref(), "focus.request")?;
            json(&facts.technician_matching(request)?)
        }
        Prompt::SurveyQuestions => json(&facts.survey_questions(focus.job.as_ref())?),
        Prompt::CustomerMessage => {
            let purpose = needed(focus.purpose.as_deref(), "focus.purpose")?;
            json(&facts.customer_message(focus.job.as_ref(), purpose)?)
        }
        Prompt::MessageReply => json(&facts.message_reply(focus.job.as_ref())?),
        Prompt::CallSummary => {
            json(&facts.call_summary(needed(focus.call.as_ref(), "focus.call")?)?)
        }
        Prompt::ChurnExplanation => {
            json(&facts.churn_explanation(needed(focus.churn.as_ref(), "focus.churn")?)?)
        }
        Prompt::InsightCards => json(&facts.insight_cards(&focus.numbers)?),
    }
}

fn needed<T>(given: Option<T>, field: &'static str) -> Result<T> {
    given.ok_or_else(|| Error::invalid(field, "a value, as the prompt needs it"))
}

/// What a prompt is given, as JSON.
pub(crate) fn json(input: &impl Serialize) -> Result<Value> {
    serde_json::to_value(input).map_err(|_| Error::internal("an input is not JSON"))
}
