//! The seven prompts of the customer view, word for word as its plan prints them, and six more for
//! surveys, messages, calls and scores.
//!
//! The templates end without a line break, as the blocks of the plan do. They call `formatDate`,
//! which [`Helpers::standard`](super::render::Helpers::standard) has.

use serde::Serialize;

/// A prompt of the library.
///
/// ```
/// use goodwill::prompts::library::Prompt;
/// use goodwill::prompts::template::Template;
///
/// for prompt in Prompt::ALL {
///     assert!(Template::check(prompt.template()).template.is_some(), "{}", prompt.id());
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Prompt {
    /// Customer value and profitability.
    ProfitabilityAnalysis,
    /// The history of a customer in short.
    TimelineSummary,
    /// What to write to a customer next.
    FollowupSuggestions,
    /// A greeting for a holiday or an anniversary.
    OccasionMessage,
    /// How a customer feels.
    SentimentAnalysis,
    /// What an appliance will need.
    MaintenanceAlert,
    /// Who should go.
    TechnicianMatching,
    /// Questions for a customer after a service.
    SurveyQuestions,
    /// A message to a customer about a job.
    CustomerMessage,
    /// A reply to what a customer wrote.
    MessageReply,
    /// What was said in a call.
    CallSummary,
    /// Why a customer may leave.
    ChurnExplanation,
    /// What the data of a customer shows.
    InsightCards,
}

impl Prompt {
    /// All of them: those of the plan in its order, then the others.
    pub const ALL: &'static [Self] = &[
        Self::ProfitabilityAnalysis,
        Self::TimelineSummary,
        Self::FollowupSuggestions,
        Self::OccasionMessage,
        Self::SentimentAnalysis,
        Self::MaintenanceAlert,
        Self::TechnicianMatching,
        Self::SurveyQuestions,
        Self::CustomerMessage,
        Self::MessageReply,
        Self::CallSummary,
        Self::ChurnExplanation,
        Self::InsightCards,
    ];

    /// The name of the prompt. It never changes.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::ProfitabilityAnalysis => "profitability_analysis",
            Self::TimelineSummary => "timeline_summary",
            Self::FollowupSuggestions => "followup_suggestions",
            Self::OccasionMessage => "occasion_message",
            Self::SentimentAnalysis => "sentiment_analysis",
            Self::MaintenanceAlert => "maintenance_alert",
            Self::TechnicianMatching => "technician_matching",
            Self::SurveyQuestions => "survey_questions",
            Self::CustomerMessage => "customer_message",
            Self::MessageReply => "message_reply",
            Self::CallSummary => "call_summary",
            Self::ChurnExplanation => "churn_explanation",
            Self::InsightCards => "insight_cards",
        }
    }

    /// The prompt with this name.
    ///
    /// ```
    /// use goodwill::prompts::library::Prompt;
    ///
    /// assert_eq!(Prompt::named("call_summary"), Some(Prompt::CallSummary));
    /// assert_eq!(Prompt::named("calls"), None);
    /// ```
    #[must_use]
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.iter().find(|prompt| prompt.id() == id).copied()
    }

    /// The text of the template.
    #[must_use]
    pub fn template(self) -> &'static str {
        match self {
            Self::ProfitabilityAnalysis => include_str!("profitability_analysis.hbs"),
            Self::TimelineSummary => include_str!("timeline_summary.hbs"),
            Self::FollowupSuggestions => include_str!("followup_suggestions.hbs"),
            Self::OccasionMessage => include_str!("occasion_message.hbs"),
            Self::SentimentAnalysis => include_str!("sentiment_analysis.hbs"),
            Self::MaintenanceAlert => include_str!("maintenance_alert.hbs"),
            Self::TechnicianMatching => include_str!("technician_matching.hbs"),
            Self::SurveyQuestions => include_str!("survey_questions.hbs"),
            Self::CustomerMessage => include_str!("customer_message.hbs"),
            Self::MessageReply => include_str!("message_reply.hbs"),
            Self::CallSummary => include_str!("call_summary.hbs"),
            Self::ChurnExplanation => include_str!("churn_explanation.hbs"),
            Self::InsightCards => include_str!("insight_cards.hbs"),
        }
    }

    /// What an answer looks like: for a prompt of the plan its "Expected Output Format", whose
    /// braces mix what the model is given with what it is to fill in, so that it is shown and not
    /// rendered; for the others the format of [`output_spec`](Self::output_spec).
    #[must_use]
    pub fn answer_format(self) -> &'static str {
        match self {
            Self::ProfitabilityAnalysis => include_str!("profitability_analysis.format.txt"),
            Self::TimelineSummary => include_str!("timeline_summary.format.txt"),
            Self::FollowupSuggestions => include_str!("followup_suggestions.format.txt"),
            Self::OccasionMessage => include_str!("occasion_message.format.txt"),
            Self::SentimentAnalysis => include_str!("sentiment_analysis.format.txt"),
            Self::MaintenanceAlert => include_str!("maintenance_alert.format.txt"),
            Self::TechnicianMatching => include_str!("technician_matching.format.txt"),
            Self::SurveyQuestions => include_str!("survey_questions.format.txt"),
            Self::CustomerMessage => include_str!("customer_message.format.txt"),
            Self::MessageReply => include_str!("message_reply.format.txt"),
            Self::CallSummary => include_str!("call_summary.format.txt"),
            Self::ChurnExplanation => include_str!("churn_explanation.format.txt"),
            Self::InsightCards => include_str!("insight_cards.format.txt"),
        }
    }
}
