//! What happened with a customer: the timeline, the feelings, and what to write next.

use serde::Serialize;

use super::facts::CheckedFacts;
use super::financials::PaymentLine;
use super::last::Last;
use super::records::{Activity, ActivityDirection, Appliance, Job, JobStatus};
use crate::prompts::answers::Day;
use crate::prompts::calendar::Season;
use crate::spelling::Spelling;

/// The input of the prompt `timeline_summary`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TimelineInput {
    /// The customer.
    pub customer: CustomerCard,
    /// The log, the oldest first.
    pub activities: Vec<ActivityLine>,
    /// The jobs that have begun or ended, the oldest first.
    pub jobs: Vec<JobLine>,
    /// The payments, the oldest first.
    pub payments: Vec<PaymentLine>,
}

/// A customer in a prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerCard {
    /// The name.
    pub name: String,
    /// The first instant as a customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// The language that the customer reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language_preference: Option<String>,
}

/// An entry of the log in a prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActivityLine {
    /// The instant, on the clock of the settings.
    pub created_at: String,
    /// The kind: `WhatsApp`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What was said or written.
    pub content: String,
}

/// An entry of the log by its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CommunicationLine {
    /// The day.
    pub date: Day,
    /// The kind: `WhatsApp`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What was said or written.
    pub content: String,
}

/// A job in a prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JobLine {
    /// The day on which it was done, began or is to begin.
    pub date: Day,
    /// What is to be done, or was.
    pub description: String,
    /// Who does it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub technician_name: Option<String>,
    /// How it ended, or how far it is.
    pub outcome: String,
}

/// The input of the prompt `followup_suggestions`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FollowupInput {
    /// The customer.
    pub customer: CustomerCard,
    /// The day of the last contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_interaction_date: Option<Day>,
    /// The days since then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_since_last_contact: Option<u32>,
    /// The appliances that are in use.
    pub appliances: Vec<ApplianceLine>,
    /// The jobs that have begun or ended, the oldest first.
    pub jobs: Vec<JobLine>,
    /// The day of the present.
    pub current_date: Day,
    /// The season to come.
    pub upcoming_season: Season,
}

/// An appliance in a prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplianceLine {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: String,
    /// The brand; empty if it is not known.
    pub brand: String,
    /// The number of the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model_number: Option<String>,
    /// The day of its last service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_service_date: Option<Day>,
}

/// The input of the prompt `sentiment_analysis`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SentimentInput {
    /// The customer.
    pub customer: CustomerCard,
    /// What the customer said last, the oldest first. The answer has an entry for each, so that
    /// they must fit into it.
    pub communications: Last<20, CommunicationLine>,
}

impl CheckedFacts<'_> {
    /// What the prompt `timeline_summary` is given: everything up to the present; the budget of the
    /// prompt leaves out the oldest.
    #[must_use]
    pub fn timeline_summary(&self) -> TimelineInput {
        let past = self.activities.iter().filter(|(_, one)| one.created_at <= self.settings.now);
        TimelineInput {
            customer: self.card(),
            activities: past.map(|(_, one)| self.activity_line(one)).collect(),
            jobs: self.job_lines(),
            payments: self.payments.iter().map(|one| self.payment_line(one)).collect(),
        }
    }

    /// What the prompt `followup_suggestions` is given.
    #[must_use]
    pub fn followup_suggestions(&self) -> FollowupInput {
        let last = self.last_contact().map(|at| self.settings.day(at));
        FollowupInput {
            customer: self.card(),
            last_interaction_date: last,
            days_since_last_contact: last.map(|day| self.settings.days_since(day)),
            appliances: self.in_use().map(|one| self.appliance_line(one)).collect(),
            jobs: self.job_lines(),
            current_date: self.settings.today(),
            upcoming_season: self.settings.season().next(),
        }
    }

    /// What the prompt `sentiment_analysis` is given: the last words of the customer, and of others
    /// only where nobody knows whose they are.
    #[must_use]
    pub fn sentiment_analysis(&self) -> SentimentInput {
        let lines = self.words().map(|(_, one)| self.communication_line(one));
        SentimentInput { customer: self.card(), communications: lines.collect() }
    }

    /// Where the communications of [`sentiment_analysis`](Self::sentiment_analysis) stand among the
    /// activities of the facts, in their order.
    #[must_use]
    pub fn sentiment_activities(&self) -> Vec<usize> {
        let places: Last<20, usize> = self.words().map(|(place, _)| place).collect();
        places.items().to_vec()
    }

    /// The customer's own words up to the present, the oldest first.
    fn words(&self) -> impl Iterator<Item = (usize, &Activity)> {
        let own = |one: &Activity| match one.direction {
            Some(direction) => direction == ActivityDirection::Inbound,
            None => true,
        };
        let now = self.settings.now;
        let all = self.activities.iter().copied();
        all.filter(move |(_, one)| one.created_at <= now && one.kind.has_words() && own(one))
    }

    pub(super) fn card(&self) -> CustomerCard {
        let customer = &self.facts.customer;
        CustomerCard {
            name: customer.name.clone(),
            created_at: customer.created_at.map(|at| self.settings.written(at)),
            language_preference: customer.language.clone(),
        }
    }

    pub(super) fn activity_line(&self, one: &Activity) -> ActivityLine {
        ActivityLine {
            created_at: self.settings.written(one.created_at),
            kind: one.kind.spell(Spelling::Title).into_owned(),
            content: one.content.clone(),
        }
    }

    pub(super) fn communication_line(&self, one: &Activity) -> CommunicationLine {
        CommunicationLine {
            date: self.settings.day(one.created_at),
            kind: one.kind.spell(Spelling::Title).into_owned(),
            content: one.content.clone(),
        }
    }

    pub(super) fn appliance_line(&self, one: &Appliance) -> ApplianceLine {
        ApplianceLine {
            kind: one.kind.clone(),
            brand: one.brand.clone().unwrap_or_default(),
            model_number: one.model_number.clone(),
            last_service_date: self.last_service(one),
        }
    }

    /// The jobs that have begun or ended, the oldest first.
    fn job_lines(&self) -> Vec<JobLine> {
        let begun = |job: &Job| !matches!(job.status, JobStatus::Draft | JobStatus::Scheduled);
        let jobs = self.jobs.iter().filter(|job| begun(job));
        jobs.filter_map(|job| self.job_line(job)).collect()
    }

    pub(super) fn job_line(&self, job: &Job) -> Option<JobLine> {
        let status = || job.status.spell(Spelling::Title).into_owned();
        Some(JobLine {
            date: self.settings.day(job.at()?),
            description: job.description.clone(),
            technician_name: self.technician_name(job),
            outcome: job.outcome.clone().unwrap_or_else(status),
        })
    }
}
