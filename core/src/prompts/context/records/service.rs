//! Jobs, who does them, and what is asked for.

use serde::{Deserialize, Serialize};

use crate::ids::{Ref, kind};
use crate::spelling::spelled;
use crate::time::Timestamp;

spelled! {
    /// How far a job is.
    pub enum JobStatus as "job_status" {
        /// Nothing is agreed yet.
        Draft = "draft";
        /// There is a date.
        Scheduled = "scheduled";
        /// Somebody is at work.
        InProgress = "in_progress";
        /// The work is done.
        Completed = "completed" | "done";
        /// It will not be done.
        Cancelled = "cancelled" | "canceled";
    }
}

/// A job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Job {
    /// The host's id.
    pub id: Ref<kind::Subject>,
    /// What is to be done, or was.
    pub description: String,
    /// How far it is.
    pub status: JobStatus,
    /// Whose job it is; that of the customer of the facts by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Ref<kind::Party>>,
    /// Who does it, the first one foremost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub technicians: Vec<Ref<kind::Party>>,
    /// When it is to begin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheduled_at: Option<Timestamp>,
    /// When it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// When it was done: exactly if its status says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<Timestamp>,
    /// How it ended, in the words of the business.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// The appliances that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub appliances: Vec<Ref<kind::Subject>>,
    /// What the technician wrote down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_record: Option<ServiceRecord>,
}

impl Job {
    /// When it was done, else began, else is to begin.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        self.completed_at.or(self.started_at).or(self.scheduled_at)
    }

    /// Whether it is done.
    #[must_use]
    pub fn is_completed(&self) -> bool {
        self.status == JobStatus::Completed
    }
}

/// What a technician wrote down about a job.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ServiceRecord {
    /// What was done; the description of the job by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What was found to be wrong, one thing each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issues_found: Vec<String>,
    /// What was replaced.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
}

/// A time from an instant until before another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TimeWindow {
    /// The first instant.
    pub from: Timestamp,
    /// The instant after the last one.
    pub until: Timestamp,
}

impl TimeWindow {
    /// Whether all of another time lies within this one.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.from <= other.from && other.until <= self.until
    }
}

/// Somebody who does jobs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Technician {
    /// The host's id.
    pub id: Ref<kind::Party>,
    /// The name.
    pub name: String,
    /// What the technician is good at: appliances, brands, kinds of work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub specialties: Vec<String>,
    /// What the technician is allowed and able to do; a request may ask for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<String>,
    /// Years of work in the trade.
    #[serde(default)]
    pub years_experience: f64,
    /// When the technician is free; without it at any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub availability: Option<Vec<TimeWindow>>,
    /// Whether the technician works at all; `true` by default.
    #[serde(default = "works")]
    pub active: bool,
}

fn works() -> bool {
    true
}

/// What a customer asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ServiceRequest {
    /// What is wrong, in the customer's words.
    pub issue: String,
    /// The appliance: one of the facts.
    pub appliance: Ref<kind::Subject>,
    /// When somebody is to come; whenever it suits by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<TimeWindow>,
    /// The skills without which nobody can do it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<String>,
}
