//! Answers without a model: for every prompt of the library a set of rules that reads the declared
//! input and gives the declared answer, in English.
//!
//! The rules claim less than a model would, and nothing that is not in the data. The same data gives
//! the same bytes on every machine. What people wrote is quoted on one line and shortened, without
//! the marks of answers and without links.

mod calls;
mod cards;
mod churn;
mod data;
mod followups;
mod maintenance;
mod messages;
mod mood;
mod occasion;
mod profitability;
mod sentiment;
mod survey;
mod technician;
mod timeline;

use async_trait::async_trait;
use serde_json::Value;

use self::data::Data;
use super::client::{Call, Capabilities, LlmClient};
use super::failures::{LlmError, invalid};
use super::request::{LlmRequest, ResponseFormat};
use super::response::{Finish, LlmResponse, Origin, Usage};
use crate::prompts::library::Prompt;

/// The rules of one prompt.
///
/// ```
/// use goodwill::llm::Twin;
/// use goodwill::prompts::library::Prompt;
/// use serde_json::json;
///
/// let prompt = Prompt::MessageReply;
/// let input = json!({"customer": {"name": "Ada"}, "messages": [{"text": "When will you come?"}]});
/// let answer = Twin::of(prompt).answer(&input);
/// let parsed = prompt.output_spec().parse(&answer, &prompt.given(&input)).unwrap();
/// assert_eq!(parsed.value["openQuestion"], "The time of the visit");
/// assert!(parsed.is_acceptable());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twin(Prompt);

impl Twin {
    /// The rules of a prompt.
    #[must_use]
    pub fn of(prompt: Prompt) -> Self {
        Self(prompt)
    }

    /// The prompt.
    #[must_use]
    pub fn prompt(self) -> Prompt {
        self.0
    }

    /// The value of the answer for the input of the prompt, as
    /// [`output_spec`](Prompt::output_spec) declares it. Whatever is missing in the input is left
    /// out, or said to be unknown.
    #[must_use]
    pub fn value(self, input: &Value) -> Value {
        let data = Data::new(input);
        match self.0 {
            Prompt::ProfitabilityAnalysis => profitability::report(data),
            Prompt::TimelineSummary => timeline::summary(data),
            Prompt::FollowupSuggestions => followups::suggestions(data),
            Prompt::OccasionMessage => occasion::greeting(data),
            Prompt::SentimentAnalysis => sentiment::report(data),
            Prompt::MaintenanceAlert => maintenance::forecast(data),
            Prompt::TechnicianMatching => {
                let given = self.0.given(input);
                let offered = given.options.get("technicians").map(Vec::as_slice);
                technician::recommendation(data, offered.unwrap_or_default())
            }
            Prompt::SurveyQuestions => survey::draft(data),
            Prompt::CustomerMessage => messages::message(data),
            Prompt::MessageReply => messages::reply(data),
            Prompt::CallSummary => calls::summary(data),
            Prompt::ChurnExplanation => churn::explanation(data),
            Prompt::InsightCards => cards::cards(data),
        }
    }

    /// The answer in the labelled form of the prompt.
    #[must_use]
    pub fn answer(self, input: &Value) -> String {
        self.0.output_spec().print(&self.value(input))
    }
}

/// A client that asks no model: the [`Twin`] of the call's prompt answers from the call's input, in
/// the form that the request asks for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rules;

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl LlmClient for Rules {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            json_schema: true,
            json_mode: true,
            deterministic: true,
            ..Capabilities::default()
        }
    }

    /// # Errors
    /// `llm.invalid_request` for a prompt that is not in the library, and for a call without input.
    async fn complete(&self, request: &LlmRequest, call: &Call) -> Result<LlmResponse, LlmError> {
        let prompt = Prompt::named(&call.prompt).or_else(|| Prompt::named(&call.feature));
        let prompt = prompt.ok_or_else(|| invalid("prompt: expected one of the library"))?;
        let input = call.input.as_ref();
        let input = input.ok_or_else(|| invalid("input: expected the data of the prompt"))?;
        let twin = Twin::of(prompt);
        let text = match request.response {
            ResponseFormat::JsonMode | ResponseFormat::JsonSchema { .. } => {
                twin.value(input).to_string()
            }
            ResponseFormat::Text | ResponseFormat::Grammar(_) => twin.answer(input),
        };
        Ok(LlmResponse {
            text,
            finish: Finish::Stop,
            usage: Usage::default(),
            model: "rules".to_owned(),
            provider: "goodwill".to_owned(),
            origin: Origin::Rules,
        })
    }
}
