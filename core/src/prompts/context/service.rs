//! What surveys, messages, replies and summaries of calls are written from.

use serde::Serialize;
use serde_json::Number;

use super::facts::CheckedFacts;
use super::financials::finite;
use super::history::CustomerCard;
use super::last::Last;
use super::records::{ActivityDirection, Call, CallLine, FeedbackKind, Job};
use crate::error::{Error, Result};
use crate::ids::{Ref, kind};
use crate::prompts::answers::Day;
use crate::spelling::Spelling;

/// The input of the prompt `survey_questions`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SurveyInput {
    /// The customer.
    pub customer: CustomerCard,
    /// The job.
    pub job: SurveyedJob,
    /// What the customer said before, the oldest first.
    pub reviews: Last<10, ReviewLine>,
}

/// A job in the prompt of a survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SurveyedJob {
    /// What was done.
    pub description: String,
    /// The day.
    pub date: Day,
    /// Who did it.
    pub technician_name: String,
    /// How it ended.
    pub outcome: String,
}

/// A judgement in a prompt.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReviewLine {
    /// The day.
    pub date: Day,
    /// The stars, 1 to 5.
    pub rating: Number,
    /// The customer's words.
    pub comment: String,
}

/// The input of the prompts `customer_message` and `message_reply`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MessageInput {
    /// The customer.
    pub customer: CustomerCard,
    /// The name of the business.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// The job.
    pub job: MessagedJob,
    /// The last messages, the oldest first.
    pub messages: Last<20, MessageLine>,
    /// What the message is for; a reply has no other purpose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
}

/// A job in the prompt of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MessagedJob {
    /// What is to be done, or was.
    pub description: String,
    /// How far it is.
    pub status: String,
    /// When somebody comes, on the clock of the settings, if that is to come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eta: Option<String>,
}

/// A message in a prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MessageLine {
    /// The instant, on the clock of the settings.
    pub created_at: String,
    /// The name of who wrote it.
    pub author: String,
    /// What was written.
    pub text: String,
}

/// The input of the prompt `call_summary`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CallInput {
    /// The customer.
    pub customer: CustomerCard,
    /// The call.
    pub call: CalledFor,
}

/// A call in a prompt.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CalledFor {
    /// The instant, on the clock of the settings.
    pub date: String,
    /// Who called whom.
    pub direction: ActivityDirection,
    /// How long it took.
    pub minutes: Number,
    /// Who spoke for the business.
    pub agent_name: String,
    /// The lines in the order of speaking.
    pub lines: Vec<CallLine>,
}

impl CheckedFacts<'_> {
    /// What the prompt `survey_questions` is given about a completed job; without an id about the
    /// last one.
    ///
    /// # Errors
    /// `input.invalid` when it is none of the facts, or not completed.
    pub fn survey_questions(&self, id: Option<&Ref<kind::Subject>>) -> Result<SurveyInput> {
        let job = match id {
            Some(_) => Some(self.job(id)?),
            None => self.completed_jobs().last(),
        };
        let line = job.filter(|job| job.is_completed()).and_then(|job| self.job_line(job));
        let line = line.ok_or_else(|| Error::invalid("job", "a completed job of the facts"))?;
        let mut reviews: Vec<_> = self.facts.feedback.iter().collect();
        reviews.retain(|one| {
            matches!(one.kind, FeedbackKind::JobReview | FeedbackKind::TechnicianRating)
        });
        reviews.sort_by_key(|one| one.created_at);
        let reviews = reviews.into_iter().map(|one| {
            Ok(ReviewLine {
                date: self.settings.day(one.created_at),
                rating: finite((one.stars() * 10.0).round() / 10.0, "facts.feedback")?,
                comment: one.comment.clone().unwrap_or_else(|| "no comment".to_owned()),
            })
        });
        Ok(SurveyInput {
            customer: self.card(),
            job: SurveyedJob {
                description: line.description,
                date: line.date,
                technician_name: line
                    .technician_name
                    .unwrap_or_else(|| "our technician".to_owned()),
                outcome: line.outcome,
            },
            reviews: reviews.collect::<Result<Vec<_>>>()?.into_iter().collect(),
        })
    }

    /// What the prompt `customer_message` is given about a job; without an id about the last one.
    ///
    /// # Errors
    /// `input.invalid` when it is none of the facts.
    pub fn customer_message(
        &self,
        id: Option<&Ref<kind::Subject>>,
        purpose: &str,
    ) -> Result<MessageInput> {
        Ok(MessageInput { purpose: Some(purpose.to_owned()), ..self.message_reply(id)? })
    }

    /// What the prompt `message_reply` is given about a job; without an id about the last one.
    ///
    /// # Errors
    /// `input.invalid` when it is none of the facts.
    pub fn message_reply(&self, id: Option<&Ref<kind::Subject>>) -> Result<MessageInput> {
        let job = self.job(id)?;
        let ours = self.settings.company.as_deref().unwrap_or("Our team");
        let said = self
            .activities
            .iter()
            .filter(|(_, one)| one.kind.is_contact() && one.created_at <= self.settings.now);
        let messages = said.filter_map(|(_, one)| {
            let author = match one.direction? {
                ActivityDirection::Inbound => self.facts.customer.name.as_str(),
                ActivityDirection::Outbound => ours,
                ActivityDirection::Internal => return None,
            };
            Some(MessageLine {
                created_at: self.settings.written(one.created_at),
                author: author.to_owned(),
                text: one.content.clone(),
            })
        });
        Ok(MessageInput {
            customer: self.card(),
            company: self.settings.company.clone(),
            job: MessagedJob {
                description: job.description.clone(),
                status: job.status.spell(Spelling::Title).into_owned(),
                eta: self.eta(job),
            },
            messages: messages.collect(),
            purpose: None,
        })
    }

    /// What the prompt `call_summary` is given.
    ///
    /// # Errors
    /// `input.invalid` when the length of the call is no number from 0.
    pub fn call_summary(&self, call: &Call) -> Result<CallInput> {
        if call.minutes < 0.0 {
            return Err(Error::invalid("call.minutes", "a number from 0"));
        }
        Ok(CallInput {
            customer: self.card(),
            call: CalledFor {
                date: self.settings.written(call.started_at),
                direction: call.direction,
                minutes: finite(call.minutes, "call.minutes")?,
                agent_name: call.agent_name.clone(),
                lines: call.lines.clone(),
            },
        })
    }

    fn eta(&self, job: &Job) -> Option<String> {
        let at = job.scheduled_at.filter(|at| *at > self.settings.now)?;
        Some(self.settings.clock(at).format("%Y-%m-%d %H:%M").to_string())
    }
}
