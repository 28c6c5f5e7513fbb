//! Answers of language models, read into values.
//!
//! An [`OutputSpec`] says which fields an answer has. Everything comes from this one declaration:
//! what the model is told ([`OutputSpec::instruction`]), what constrains it
//! ([`OutputSpec::json_schema`], [`OutputSpec::grammar`]), the parser with its checks
//! ([`OutputSpec::parse`]), and what the model is told when its answer cannot be used
//! ([`OutputSpec::repair`]).
//!
//! The parser takes an answer as models really write it: with reasoning, a preamble, code fences,
//! Markdown, labels in any case and number, as labelled text or as JSON that no strict reader
//! takes. It gives the value with the place of every field in the answer, a confidence and
//! warnings, or an [`Incomplete`] with what there is. It changes no words: what it corrects,
//! guesses or fills in is a warning.
//!
//! [`parse`] reads into the struct of a prompt: [`ProfitabilityReport`], [`SentimentReport`], …

pub(crate) mod check;
mod derive;
mod entries;
pub(crate) mod given;
mod grammar;
mod json;
mod library;
mod mask;
mod outcome;
mod part;
mod print;
mod progress;
mod read;
mod refusal;
mod repair;
mod scalar;
pub(crate) mod scalar_fields;
mod schema;
mod sections;
mod spec;
mod structured;
mod timing;
mod typed;
pub(crate) mod words;

pub use given::{AnswerForm, Given, Offered};
pub use outcome::{Incomplete, IncompleteReason, Parsed, Warning, WarningKind};
pub use spec::{
    Bounds, Choice, Derived, DerivedRule, FieldKind, FieldSpec, Lead, NumberWord, OutputSpec,
    Separator,
};
pub use timing::{Day, Due, due};
pub use typed::{
    CallAction, CallOutcome, CallSummary, ChurnDriver, ChurnExplanation, CommunicationSentiment,
    CustomerMessage, FollowupPlan, FollowupSuggestion, InsightCard, InsightCards, Level,
    MaintenanceForecast, MessageReply, NamedReference, OccasionMessage, OverallSentiment,
    PredictedNeed, Profitability, ProfitabilityReport, QuestionKind, RelationshipSummary,
    SentimentReport, SurveyDraft, SurveyQuestion, TechnicianChoice, TechnicianRecommendation,
    Typed, TypedAnswer, parse,
};
