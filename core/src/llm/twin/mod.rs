//! Answers without a model: for every feature a set of rules that reads the data of the prompt and
//! writes the answer in the format that the prompt declares, in English.
//!
//! The rules claim less than a model would, and nothing that is not in the data. The same data gives
//! the same bytes on every machine. What customers wrote is quoted on one line and shortened.

mod data;
mod engagement;
mod insight;
mod maintenance;
mod mood;
mod profitability;
mod sentiment;
mod service;
mod technician;
mod timeline;
mod writing;

use async_trait::async_trait;
use serde_json::Value;

use self::data::Data;
use super::client::{Call, Capabilities, LlmClient};
use super::failures::{LlmError, invalid};
use super::request::LlmRequest;
use super::response::{Finish, LlmResponse, Origin, Usage};

/// The rules of one feature.
///
/// ```
/// use goodwill::llm::Twin;
/// use serde_json::json;
///
/// let twin = Twin::of("reply").unwrap();
/// let answer = twin.answer(&json!({"customer": {"name": "Ada"}, "message": "When will you come?"}));
/// assert!(answer.contains("Hi Ada"));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Twin {
    name: &'static str,
    sections: &'static [&'static str],
    write: fn(Data<'_>) -> String,
}

macro_rules! twins {
    ($($name:literal $write:path : $($section:literal)+;)+) => {
        const TWINS: &[Twin] =
            &[$(Twin { name: $name, sections: &[$($section),+], write: $write }),+];
    };
}

twins! {
    "profitability_analysis" profitability::write:
        "PROFITABILITY ANALYSIS" "KEY OBSERVATION" "RECOMMENDATION" "CLASSIFICATION";
    "timeline_summary" timeline::write:
        "CUSTOMER RELATIONSHIP SUMMARY" "COMMUNICATION PREFERENCES" "RECURRING THEMES" "OPPORTUNITIES";
    "followup_suggestions" engagement::followups: "FOLLOW-UP SUGGESTIONS";
    "occasion_message" engagement::occasion: "OCCASION" "MESSAGE";
    "sentiment_analysis" sentiment::write:
        "COMMUNICATION ANALYSIS" "OVERALL SENTIMENT" "DOMINANT THEMES" "KEY ISSUES TO ADDRESS"
        "OPPORTUNITIES";
    "maintenance_alert" maintenance::write:
        "MAINTENANCE RISK ASSESSMENT" "PREDICTED MAINTENANCE NEEDS"
        "RECOMMENDED PREVENTATIVE ACTIONS" "OPTIMAL TIMING" "POTENTIAL COST SAVINGS"
        "ALERT PRIORITY";
    "technician_matching" technician::write:
        "PRIMARY TECHNICIAN RECOMMENDATION" "ALTERNATIVE RECOMMENDATIONS"
        "SPECIAL NOTES FOR ASSIGNED TECHNICIAN";
    "survey" service::survey: "TITLE" "QUESTIONS";
    "customer_message" service::message: "MESSAGE";
    "reply" service::reply: "MESSAGE";
    "call_summary" service::call_summary: "SUMMARY" "KEY POINTS" "ACTION ITEMS" "SENTIMENT";
    "churn_explanation" insight::churn: "CHURN RISK" "REASONS" "RECOMMENDED ACTIONS";
    "insight_card" insight::card: "INSIGHT" "WHY IT MATTERS" "NEXT STEP";
}

impl Twin {
    /// All of them: the seven of [`Prompt`](crate::prompts::library::Prompt), then the other
    /// features.
    #[must_use]
    pub fn all() -> &'static [Self] {
        TWINS
    }

    /// The rules of a prompt or feature.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        TWINS.iter().find(|twin| twin.name == name).copied()
    }

    /// The name of the prompt or feature.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.name
    }

    /// The labels of the sections that every answer has, in their order.
    #[must_use]
    pub fn sections(self) -> &'static [&'static str] {
        self.sections
    }

    /// The answer for the data of the prompt. Whatever is missing in the data is left out of the
    /// answer, or said to be unknown.
    #[must_use]
    pub fn answer(self, input: &Value) -> String {
        (self.write)(Data::new(input))
    }
}

/// A client that asks no model: the [`Twin`] of the call's prompt answers from the call's input.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rules;

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl LlmClient for Rules {
    fn capabilities(&self) -> Capabilities {
        Capabilities { deterministic: true, ..Capabilities::default() }
    }

    /// # Errors
    /// `llm.invalid_request` for a prompt without rules, and for a call without input.
    async fn complete(&self, _: &LlmRequest, call: &Call) -> Result<LlmResponse, LlmError> {
        let twin = Twin::of(&call.prompt).or_else(|| Twin::of(&call.feature));
        let twin = twin.ok_or_else(|| invalid("prompt: expected one that has rules"))?;
        let input = call.input.as_ref();
        let input = input.ok_or_else(|| invalid("input: expected the data of the prompt"))?;
        Ok(LlmResponse {
            text: twin.answer(input),
            finish: Finish::Stop,
            usage: Usage::default(),
            model: "rules".to_owned(),
            provider: "goodwill".to_owned(),
            origin: Origin::Rules,
        })
    }
}
