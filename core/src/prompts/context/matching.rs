//! Who could go, and why.

use serde::Serialize;
use serde_json::Number;

use super::facts::CheckedFacts;
use super::financials::number;
use super::records::{
    FeedbackKind, Job, ServiceRequest, Technician, TechnicianPreferenceKind, written,
};
use crate::error::{Error, Result};
use crate::prompts::answers::Day;
use crate::spelling::{same_word, spelled};

spelled! {
    /// Why a technician cannot go.
    pub enum Refusal as "refusal" {
        /// The technician does not work any more.
        Inactive = "inactive";
        /// The customer does not want this one.
        Excluded = "excluded";
        /// The customer wants nobody but others.
        NotRequired = "not_required";
        /// A skill is missing that the request asks for.
        MissingSkill = "missing_skill";
        /// No time that is free covers the time of the request.
        Unavailable = "unavailable";
    }
}

spelled! {
    /// What speaks for a technician, or against.
    pub enum MatchFactor as "match_factor" {
        /// The customer's wish: 5 points.
        Preferred = "preferred";
        /// The customer's marks: 3 points from 4 stars on the mean, −5 below 3.
        Rating = "rating";
        /// A specialty that names the appliance, its brand or the issue: 3 points.
        Specialty = "specialty";
        /// The last visit to the customer: 1 point.
        LastVisit = "last_visit";
        /// A tenth of a point for each year in the trade, at most 2.
        Experience = "experience";
    }
}

/// One reason with its points.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MatchReason {
    /// What it is.
    pub factor: MatchFactor,
    /// Its points.
    pub points: f64,
    /// In words.
    pub reason: String,
}

/// Somebody who can go.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Candidate {
    /// The host's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The sum of the points.
    pub score: f64,
    /// What they are made of.
    pub reasons: Vec<MatchReason>,
}

/// Somebody who cannot go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Refused {
    /// The host's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// Why.
    pub reason: Refusal,
}

/// Who can go and who cannot.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Candidates {
    /// Who can, the best first; among equals in the order of the facts.
    pub candidates: Vec<Candidate>,
    /// Who cannot, in the order of the facts.
    pub refused: Vec<Refused>,
}

/// The input of the prompt `technician_matching`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MatchingInput {
    /// The customer.
    pub customer: MatchedCustomer,
    /// The appliance.
    pub appliance: MatchedAppliance,
    /// The request.
    pub service_request: RequestedService,
    /// The visits to the customer, the oldest first.
    pub past_interactions: Vec<PastInteraction>,
    /// Who can go, the best first.
    pub available_technicians: Vec<AvailableTechnician>,
}

/// A customer with a wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MatchedCustomer {
    /// The name.
    pub name: String,
    /// The id of the technician that the customer prefers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred_technician_id: Option<String>,
}

/// An appliance in a prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MatchedAppliance {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: String,
    /// The brand; empty if it is not known.
    pub brand: String,
}

/// A request in a prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestedService {
    /// What is wrong.
    pub issue: String,
}

/// A visit in a prompt.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PastInteraction {
    /// Who came, if it is one of the facts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub technician_name: Option<String>,
    /// The day.
    pub date: Day,
    /// What was done.
    pub service: String,
    /// The customer's mark, 1 to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<Number>,
}

/// Somebody who can go, in a prompt.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AvailableTechnician {
    /// The host's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// What the technician is good at.
    pub specialties: Vec<String>,
    /// Years in the trade.
    pub years_experience: Number,
}

impl CheckedFacts<'_> {
    /// Who can do what is asked for: hard filters first, then points that say what they are for.
    ///
    /// # Errors
    /// `input.invalid` when the appliance is none of the facts, or the time of the request ends
    /// before it begins.
    pub fn candidates(&self, request: &ServiceRequest) -> Result<Candidates> {
        let mut found = Candidates { candidates: Vec::new(), refused: Vec::new() };
        let appliance = self.appliance(&request.appliance, "request.appliance")?;
        if request.window.is_some_and(|window| window.from >= window.until) {
            return Err(Error::invalid("request.window", "a time that ends after it begins"));
        }
        let wanted = [Some(appliance.kind.as_str()), appliance.brand.as_deref()];
        for one in &self.facts.technicians {
            let (id, name) = (written(&one.id), one.name.clone());
            if let Some(reason) = self.refusal(one, request) {
                found.refused.push(Refused { id, name, reason });
                continue;
            }
            let reasons = self.reasons(one, request, &wanted);
            // There is no minus zero, and no dust of sums.
            let score = reasons.iter().map(|reason| reason.points).sum::<f64>();
            let score = (score * 100.0).round() / 100.0 + 0.0;
            found.candidates.push(Candidate { id, name, score, reasons });
        }
        found.candidates.sort_by(|one, other| other.score.total_cmp(&one.score));
        Ok(found)
    }

    /// What the prompt `technician_matching` is given.
    ///
    /// # Errors
    /// As [`candidates`](Self::candidates).
    pub fn technician_matching(&self, request: &ServiceRequest) -> Result<MatchingInput> {
        let appliance = self.appliance(&request.appliance, "request.appliance")?;
        let ranked = self.candidates(request)?.candidates;
        let technician = |candidate: &Candidate| {
            self.facts.technicians.iter().find(|one| written(&one.id) == candidate.id)
        };
        let available = ranked.iter().filter_map(technician).map(|one| AvailableTechnician {
            id: written(&one.id),
            name: one.name.clone(),
            specialties: one.specialties.clone(),
            years_experience: number(one.years_experience),
        });
        let preferred = self.wishes(request, TechnicianPreferenceKind::Preferred);
        let visits = self.completed_jobs().filter_map(|job| {
            Some(PastInteraction {
                technician_name: self.technician_name(job),
                date: self.settings.day(job.completed_at?),
                service: job.description.clone(),
                rating: self.mark(job).map(number),
            })
        });
        Ok(MatchingInput {
            customer: MatchedCustomer {
                name: self.facts.customer.name.clone(),
                preferred_technician_id: preferred.into_iter().next_back(),
            },
            appliance: MatchedAppliance {
                kind: appliance.kind.clone(),
                brand: appliance.brand.clone().unwrap_or_default(),
            },
            service_request: RequestedService { issue: request.issue.clone() },
            past_interactions: visits.collect(),
            available_technicians: available.collect(),
        })
    }

    fn refusal(&self, one: &Technician, request: &ServiceRequest) -> Option<Refusal> {
        let id = written(&one.id);
        let required = self.wishes(request, TechnicianPreferenceKind::Required);
        let able = |skill: &String| one.skills.iter().any(|own| same_word(own, skill));
        let free = match (&one.availability, &request.window) {
            (Some(windows), Some(asked)) => windows.iter().any(|window| window.covers(asked)),
            // Whoever has no free time at all cannot go at any time.
            (Some(windows), None) => windows.iter().any(|window| window.until > self.settings.now),
            (None, _) => true,
        };
        if !one.active {
            Some(Refusal::Inactive)
        } else if self.wishes(request, TechnicianPreferenceKind::Excluded).contains(&id) {
            Some(Refusal::Excluded)
        } else if !required.is_empty() && !required.contains(&id) {
            Some(Refusal::NotRequired)
        } else if !request.skills.iter().all(able) {
            Some(Refusal::MissingSkill)
        } else if !free {
            Some(Refusal::Unavailable)
        } else {
            None
        }
    }

    /// The technicians of a wish, those for the appliance last.
    fn wishes(&self, request: &ServiceRequest, kind: TechnicianPreferenceKind) -> Vec<String> {
        let about = written(&request.appliance);
        let all = || self.facts.technician_preferences.iter().filter(|wish| wish.kind == kind);
        let general = all().filter(|wish| wish.appliance.is_none());
        let own =
            all().filter(|wish| wish.appliance.as_ref().map(written).as_ref() == Some(&about));
        general.chain(own).map(|wish| written(&wish.technician)).collect()
    }

    fn reasons(
        &self,
        one: &Technician,
        request: &ServiceRequest,
        wanted: &[Option<&str>],
    ) -> Vec<MatchReason> {
        let id = written(&one.id);
        let mut reasons = Vec::new();
        let mut add = |factor, points, reason: String| {
            reasons.push(MatchReason { factor, points, reason });
        };
        let preferred = self.wishes(request, TechnicianPreferenceKind::Preferred);
        if preferred.last() == Some(&id) {
            add(MatchFactor::Preferred, 5.0, "preferred by the customer".to_owned());
        }
        let visits = || {
            self.completed_jobs().filter(|job| job.technicians.iter().any(|by| written(by) == id))
        };
        let marks: Vec<f64> = visits().filter_map(|job| self.mark(job)).collect();
        if !marks.is_empty() {
            let mean = marks.iter().sum::<f64>() / marks.len() as f64;
            let points = match mean {
                mean if mean >= 4.0 => 3.0,
                mean if mean >= 3.0 => 0.0,
                _ => -5.0,
            };
            let visits = if marks.len() == 1 { "visit" } else { "visits" };
            let count = marks.len();
            add(MatchFactor::Rating, points, format!("{mean:.1} of 5 stars in {count} {visits}"));
        }
        let issue = request.issue.to_lowercase();
        let fits = |specialty: &&String| {
            let specialty = specialty.trim().to_lowercase();
            let named = |wanted: &str| {
                let wanted = wanted.to_lowercase();
                specialty.contains(&wanted) || wanted.contains(&specialty)
            };
            let words = || wanted.iter().flatten().filter(|word| !word.trim().is_empty());
            !specialty.is_empty() && (words().any(|one| named(one)) || issue.contains(&specialty))
        };
        if let Some(specialty) = one.specialties.iter().find(fits) {
            add(MatchFactor::Specialty, 3.0, format!("specialised in {specialty}"));
        }
        let last = self.completed_jobs().last();
        if last.is_some_and(|job| job.technicians.iter().any(|by| written(by) == id)) {
            add(MatchFactor::LastVisit, 1.0, "came the last time".to_owned());
        }
        if one.years_experience > 0.0 {
            let years = one.years_experience;
            let unit = if years == 1.0 { "year" } else { "years" };
            let points = (years / 10.0).min(2.0);
            add(MatchFactor::Experience, points, format!("{years} {unit} of experience"));
        }
        reasons
    }

    /// The customer's mark for a job in stars: that for the technician before that for the job, and
    /// that before marks of follow-ups and of satisfaction; the newest of its kind.
    fn mark(&self, job: &Job) -> Option<f64> {
        let id = written(&job.id);
        let about = |one: &&super::records::Feedback| {
            one.job.as_ref().is_some_and(|about| written(about) == id)
        };
        let kinds = [
            FeedbackKind::TechnicianRating,
            FeedbackKind::JobReview,
            FeedbackKind::FollowUp,
            FeedbackKind::Csat,
        ];
        kinds.into_iter().find_map(|kind| {
            let of_kind = self.facts.feedback.iter().filter(about).filter(|one| one.kind == kind);
            let newest = of_kind.max_by_key(|one| one.created_at)?;
            Some((newest.stars() * 10.0).round() / 10.0)
        })
    }
}
