//! The answers to the prompts of the library as structs.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::given::Given;
use super::outcome::{Incomplete, Parsed};
use super::timing::Day;
use crate::error::{Error, Result};
use crate::prompts::library::Prompt;

/// A struct that the answers to a prompt become.
pub trait TypedAnswer: Serialize + DeserializeOwned {
    /// The prompt.
    const PROMPT: Prompt;
}

/// A typed answer with what the parser says about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Typed<T> {
    /// The answer.
    pub answer: T,
    /// Its warnings, spans and confidence.
    pub parsed: Parsed,
}

impl Parsed {
    /// The value as a struct.
    ///
    /// # Errors
    /// [`Code::InputInvalid`](crate::Code::InputInvalid) if the value is of another prompt.
    pub fn typed<T: DeserializeOwned>(&self) -> Result<T> {
        T::deserialize(&self.value)
            .map_err(|_| Error::invalid("value", "the fields that the struct has"))
    }
}

/// Reads an answer into the struct of its prompt.
///
/// ```
/// use goodwill::prompts::answers::{Given, OccasionMessage, parse};
///
/// let given = Given::default().customer("Ada Löve").company("Fixit");
/// let answer = "Occasion: Easter\n**Message:** \"Hi Ada, happy Easter! Thank you for your trust. \
///     See you in spring.\n\nThe [Company] Team\"";
/// let greeting = parse::<OccasionMessage>(answer, &given).unwrap();
/// assert!(greeting.answer.message.ends_with("\n\nThe Fixit Team"));
/// assert!(greeting.parsed.is_acceptable());
/// ```
///
/// # Errors
/// [`Incomplete`] if something required is missing.
pub fn parse<T: TypedAnswer>(raw: &str, given: &Given) -> Result<Typed<T>, Box<Incomplete>> {
    let parsed = T::PROMPT.output_spec().parse(raw, given)?;
    match parsed.typed() {
        Ok(answer) => Ok(Typed { answer, parsed }),
        // What is complete has every field of its struct: the tests hold this for every prompt.
        Err(_) => Err(Box::new(Incomplete {
            partial: parsed,
            missing: Vec::new(),
            reason: super::outcome::IncompleteReason::MissingFields,
        })),
    }
}

macro_rules! records {
    ($($(#[doc = $doc:literal])+ $name:ident $(as $wire:literal)? {
        $($(#[doc = $field_doc:literal])+ $field:ident: $kind:ty,)+
    })+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
            #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
            $(#[cfg_attr(feature = "schema", schemars(rename = $wire))])?
            #[serde(rename_all = "camelCase", deny_unknown_fields)]
            pub struct $name {
                $($(#[doc = $field_doc])+ pub $field: $kind,)+
            }
        )+
    };
}

macro_rules! answers {
    ($($(#[doc = $doc:literal])+ $prompt:ident => $name:ident {
        $($(#[doc = $field_doc:literal])+ $field:ident: $kind:ty,)+
    })+) => {
        $(
            records! { $(#[doc = $doc])+ $name { $($(#[doc = $field_doc])+ $field: $kind,)+ } }

            impl TypedAnswer for $name {
                const PROMPT: Prompt = Prompt::$prompt;
            }
        )+
    };
}

macro_rules! words {
    ($($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $word_doc:literal])+ $word:ident = $text:literal,)+ })+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
            #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
            pub enum $name { $($(#[doc = $word_doc])+ #[serde(rename = $text)] $word,)+ }
        )+
    };
}

words! {
    /// What a customer brings.
    Profitability {
        /// Much more than the customer costs.
        HighlyProfitable = "Highly Profitable",
        /// More than the customer costs.
        ModeratelyProfitable = "Moderately Profitable",
        /// As much as the customer costs.
        BreakEven = "Break-Even",
        /// Less than the customer costs.
        LossMaking = "Loss-Making",
    }
    /// A level of risk, priority or impact.
    Level {
        /// Low.
        Low = "Low",
        /// Medium.
        Medium = "Medium",
        /// High.
        High = "High",
    }
    /// How a survey question is answered.
    QuestionKind {
        /// By one to five stars.
        Rating = "Rating",
        /// By zero to ten, as the net promoter score asks.
        Recommendation = "Recommendation",
        /// By yes or no.
        YesNo = "Yes/No",
        /// By the customer's own words.
        Text = "Text",
    }
    /// How a call ended.
    CallOutcome {
        /// Nothing is open.
        Resolved = "Resolved",
        /// Somebody has to come back to it.
        FollowUpNeeded = "Follow-Up Needed",
        /// Somebody else took over.
        Escalated = "Escalated",
        /// Nobody answered.
        NotReached = "Not Reached",
    }
}

answers! {
    /// Customer value and profitability.
    ProfitabilityAnalysis => ProfitabilityReport {
        /// The trend, in two or three sentences.
        summary: String,
        /// What stands out in the spending.
        key_observation: String,
        /// What to do.
        recommendation: String,
        /// What the customer brings.
        classification: Profitability,
    }
    /// The history of a customer in short.
    TimelineSummary => RelationshipSummary {
        /// The relationship, in three or four sentences.
        relationship_summary: String,
        /// Channels and style.
        communication_preferences: String,
        /// What comes again.
        recurring_themes: String,
        /// What could be better or be sold.
        opportunities: String,
    }
    /// What to write to a customer next.
    FollowupSuggestions => FollowupPlan {
        /// Two or three.
        suggestions: Vec<FollowupSuggestion>,
    }
    /// A greeting for a holiday or an anniversary.
    OccasionMessage => OccasionMessage {
        /// The occasion.
        occasion: String,
        /// The message with its greeting and closing.
        message: String,
    }
    /// How a customer feels.
    SentimentAnalysis => SentimentReport {
        /// One entry for each communication, in their order.
        communications: Vec<CommunicationSentiment>,
        /// All of them together.
        overall: OverallSentiment,
        /// What most are about.
        themes: Vec<String>,
        /// What to put right.
        issues: Vec<String>,
        /// What to pursue.
        opportunities: Vec<String>,
    }
    /// What an appliance will need.
    MaintenanceAlert => MaintenanceForecast {
        /// How likely it fails.
        risk: Level,
        /// What will need work within three months.
        predicted_needs: Vec<PredictedNeed>,
        /// What to do before.
        actions: Vec<String>,
        /// When to come.
        optimal_timing: String,
        /// What that saves.
        cost_savings: String,
        /// How urgent the alert is.
        alert_priority: Level,
    }
    /// Who should go.
    TechnicianMatching => TechnicianRecommendation {
        /// The best match.
        primary: TechnicianChoice,
        /// One or two others.
        alternatives: Vec<TechnicianChoice>,
        /// What the technician should know.
        special_notes: Vec<String>,
    }
    /// Questions for a customer after a service.
    SurveyQuestions => SurveyDraft {
        /// The greeting and the reason.
        introduction: String,
        /// Three to five.
        questions: Vec<SurveyQuestion>,
        /// The thanks.
        closing: String,
    }
    /// A message to a customer about a job.
    CustomerMessage => CustomerMessage {
        /// The subject line.
        title: String,
        /// The message with its greeting.
        message: String,
    }
    /// A reply to what a customer wrote.
    MessageReply => MessageReply {
        /// The reply with its greeting.
        reply: String,
        /// Whether a colleague must read the message first.
        needs_person: bool,
        /// What the data does not answer, if there is anything.
        open_question: Option<String>,
    }
    /// What was said in a call.
    CallSummary => CallSummary {
        /// The call in two to four sentences.
        summary: String,
        /// Why there was a call.
        reason: String,
        /// How it ended.
        outcome: CallOutcome,
        /// From −2, very negative, to 2, very positive.
        sentiment: i8,
        /// What is to be done.
        actions: Vec<CallAction>,
        /// The day of the next call, if one was agreed.
        call_back_on: Option<Day>,
    }
    /// Why a customer may leave.
    ChurnExplanation => ChurnExplanation {
        /// How likely that is.
        risk: Level,
        /// Why, in two or three sentences.
        explanation: String,
        /// What drives the customer away.
        drivers: Vec<ChurnDriver>,
        /// What to do next.
        recommendation: String,
    }
    /// What the data of a customer shows.
    InsightCards => InsightCards {
        /// One to four.
        cards: Vec<InsightCard>,
    }
}

records! {
    /// One suggestion of a [`FollowupPlan`].
    FollowupSuggestion {
        /// What it is about.
        title: String,
        /// Why it is worth it.
        reason: String,
        /// When, as [`due`](super::due) reads it.
        timing: String,
        /// The message with its greeting.
        draft_message: String,
    }
    /// One communication of a [`SentimentReport`].
    CommunicationSentiment {
        /// Its day, if the answer names it.
        date: Option<Day>,
        /// From −2, very negative, to 2, very positive.
        score: i8,
        /// What it is about.
        themes: Vec<String>,
        /// What is wrong.
        issues: Vec<String>,
        /// What could be better.
        opportunities: Vec<String>,
    }
    /// The whole of a [`SentimentReport`].
    OverallSentiment {
        /// The mean of the scores to two decimals, computed here.
        average: f64,
        /// The mean in words.
        description: String,
    }
    /// One need of a [`MaintenanceForecast`].
    PredictedNeed {
        /// The component or issue.
        component: String,
        /// How likely it fails.
        likelihood: String,
    }
    /// One technician of a [`TechnicianRecommendation`].
    TechnicianChoice {
        /// Who; one of those offered, if the host said who was.
        technician: NamedReference,
        /// Why.
        reason: String,
    }
    /// Something that was offered.
    NamedReference {
        /// The host's id.
        id: Option<String>,
        /// The name.
        name: String,
    }
    /// One question of a [`SurveyDraft`].
    SurveyQuestion {
        /// The question.
        question: String,
        /// How it is answered.
        answer: QuestionKind,
    }
    /// One action of a [`CallSummary`].
    CallAction {
        /// What is to be done.
        action: String,
        /// By whom, if it was said.
        owner: Option<String>,
        /// Until which day, if it was said.
        due: Option<Day>,
    }
    /// One driver of a [`ChurnExplanation`].
    ChurnDriver as "ExplainedChurnDriver" {
        /// What drives the customer away.
        driver: String,
        /// What shows it.
        evidence: String,
    }
    /// One of the [`InsightCards`].
    InsightCard {
        /// The headline.
        title: String,
        /// What the data shows.
        insight: String,
        /// What to do about it.
        action: String,
        /// How much it matters.
        impact: Level,
    }
}
