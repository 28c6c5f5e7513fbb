//! Who the customer is, what the customer prefers and how the customer judges.

use serde::{Deserialize, Serialize};

use crate::ids::{Ref, kind};
use crate::spelling::spelled;
use crate::time::Timestamp;

/// A customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Customer {
    /// The host's id.
    pub id: Ref<kind::Party>,
    /// The name, as messages greet by it.
    pub name: String,
    /// The first instant as a customer, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// The language that the customer reads, as a tag of BCP 47.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

spelled! {
    /// What a customer wishes of a technician.
    pub enum TechnicianPreferenceKind as "technician_preference" {
        /// This one rather than others; at most one.
        Preferred = "preferred";
        /// Nobody but those who are required.
        Required = "required";
        /// Not this one.
        Excluded = "excluded";
    }
}

/// A wish about a technician: for everything, or for one appliance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TechnicianPreference {
    /// The technician.
    pub technician: Ref<kind::Party>,
    /// The wish.
    pub kind: TechnicianPreferenceKind,
    /// The appliance that it is about; everything by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appliance: Option<Ref<kind::Subject>>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

spelled! {
    /// What was asked when somebody judged.
    pub enum FeedbackKind as "feedback_kind" {
        /// A review of a job.
        JobReview = "job_review" | "review";
        /// A mark for a technician.
        TechnicianRating = "technician_rating";
        /// A mark in a follow-up.
        FollowUp = "follow_up";
        /// Customer satisfaction.
        Csat = "csat", title "CSAT";
        /// The net promoter score.
        Nps = "nps", title "NPS";
        /// The customer effort score.
        Ces = "ces", title "CES";
    }
}

impl FeedbackKind {
    /// The usual scale: 0 to 10 for the net promoter score, 1 to 7 for effort, 1 to 5 otherwise.
    #[must_use]
    pub fn scale(self) -> (f64, f64) {
        match self {
            Self::Nps => (0.0, 10.0),
            Self::Ces => (1.0, 7.0),
            Self::JobReview | Self::TechnicianRating | Self::FollowUp | Self::Csat => (1.0, 5.0),
        }
    }
}

/// A judgement of the customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Feedback {
    /// What was asked.
    pub kind: FeedbackKind,
    /// The score on the scale.
    pub score: f64,
    /// The lowest score; that of the usual scale by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale_min: Option<f64>,
    /// The highest score; that of the usual scale by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale_max: Option<f64>,
    /// When it was given.
    pub created_at: Timestamp,
    /// The customer's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// Who gave it; the customer of the facts by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Ref<kind::Party>>,
    /// The job that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<Ref<kind::Subject>>,
    /// The technician that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub technician: Option<Ref<kind::Party>>,
}

impl Feedback {
    /// The lowest and the highest score.
    #[must_use]
    pub fn bounds(&self) -> (f64, f64) {
        let (lowest, highest) = self.kind.scale();
        (self.scale_min.unwrap_or(lowest), self.scale_max.unwrap_or(highest))
    }

    /// The score as 1 to 5 stars, in proportion.
    ///
    /// ```
    /// use goodwill::prompts::context::Feedback;
    ///
    /// let nps: Feedback = serde_json::from_str(
    ///     r#"{"kind": "NPS", "score": 5, "createdAt": "2026-03-01T09:00:00Z"}"#,
    /// ).unwrap();
    /// assert_eq!(nps.stars(), 3.0);
    /// ```
    #[must_use]
    pub fn stars(&self) -> f64 {
        let (lowest, highest) = self.bounds();
        1.0 + 4.0 * (self.score - lowest) / (highest - lowest)
    }
}
