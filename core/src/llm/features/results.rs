//! What the methods give: answers, how they came about, and what they are made of.

use serde::{Serialize, Serializer};

use crate::error::Code;
use crate::llm::ask::Answered;
use crate::llm::response::Usage;
use crate::prompts::answers::{
    Due, FollowupPlan, Level, MaintenanceForecast, OccasionMessage, ProfitabilityReport,
    SentimentReport, TechnicianRecommendation, Warning,
};
use crate::prompts::context::{Candidate, Financials, Occasion, Refused};
use crate::prompts::files::Version;

/// How an answer came about.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Provenance {
    /// The prompt.
    pub prompt: String,
    /// Its version.
    pub version: Version,
    /// The hash of everything that the prompt is made of.
    pub content_hash: String,
    /// Rules made the answer, without a model: the same facts give the same bytes.
    pub deterministic: bool,
    /// The answer comes from the cache.
    pub cached: bool,
    /// Whether it can be used as it is: nothing was to be asked for again.
    pub acceptable: bool,
    /// From 0 to 1: how much of it is there and as it was asked for.
    pub confidence: f64,
    /// What is not as it was asked for.
    pub warnings: Vec<Warning>,
    /// The model that answered, as far as it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The provider that answered, as far as it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// The tokens of the answer; none for an answer from the cache or from rules.
    pub usage: Usage,
    /// The requests to providers.
    pub attempts: u32,
    /// Names in the answer that look like pseudonyms and stand for nothing: the model has invented
    /// them.
    pub unknown_pseudonyms: Vec<String>,
    /// Why rules answered and the model did not.
    #[serde(serialize_with = "spelled", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub failure: Option<Code>,
}

fn spelled<S: Serializer>(code: &Option<Code>, serializer: S) -> Result<S::Ok, S::Error> {
    code.map(Code::as_str).serialize(serializer)
}

impl From<Answered> for Provenance {
    fn from(answered: Answered) -> Self {
        Self {
            prompt: answered.prompt,
            version: answered.version,
            content_hash: answered.content_hash,
            deterministic: answered.deterministic,
            cached: answered.cached,
            acceptable: answered.acceptable,
            confidence: answered.confidence,
            warnings: answered.warnings,
            model: answered.model,
            provider: answered.provider,
            usage: answered.usage,
            attempts: answered.attempts,
            unknown_pseudonyms: answered.unknown_pseudonyms,
            failure: answered.failure,
        }
    }
}

/// An answer, and how it came about.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Generated{T}"))]
#[serde(rename_all = "camelCase")]
pub struct Generated<T> {
    /// The answer.
    pub answer: T,
    /// How it came about.
    pub provenance: Provenance,
}

macro_rules! features {
    ($($(#[doc = $doc:literal])+ $name:ident: $answer:ty {
        $($(#[doc = $field_doc:literal])+ $field:ident: $kind:ty,)+
    })+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            /// The answer.
            pub answer: $answer,
            $($(#[doc = $field_doc])+ pub $field: $kind,)+
            /// How the answer came about.
            pub provenance: Provenance,
        }
    )+};
}

features! {
    /// What to write to a customer next.
    SuggestedFollowups: FollowupPlan {
        /// The days that the timing of each suggestion means; absent where it names none.
        due: Vec<Option<Due>>,
    }
    /// A greeting, and what it is for.
    Greeting: OccasionMessage {
        /// The occasion.
        occasion: Occasion,
        /// What there is to celebrate within a year, the nearest first.
        upcoming: Vec<Occasion>,
    }
    /// How a customer feels.
    SentimentAnalysis: SentimentReport {
        /// Where the communications stand among the activities of the facts, in their order.
        activities: Vec<usize>,
    }
    /// What a customer is worth.
    ProfitabilityAnalysis: ProfitabilityReport {
        /// The figures in each currency.
        financials: Vec<Financials>,
    }
    /// What an appliance will need.
    MaintenancePrediction: MaintenanceForecast {
        /// The appliance, by the host's id.
        appliance: String,
        /// The risk that rules see, whoever answered.
        rule_risk: Level,
        /// The type of the profile that was used.
        profile: String,
        /// The version of the profiles.
        profiles_version: String,
    }
    /// Who should go.
    TechnicianMatch: TechnicianRecommendation {
        /// Who can, with the points that speak for each, the best first.
        candidates: Vec<Candidate>,
        /// Who cannot, and why.
        refused: Vec<Refused>,
    }
}
