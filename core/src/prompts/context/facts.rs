//! Everything about one customer, checked.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::records::{
    Activity, Appliance, Customer, Expense, Feedback, Job, Payment, Technician,
    TechnicianPreference, TechnicianPreferenceKind, written,
};
use super::settings::ContextSettings;
use crate::error::{Error, Result};
use crate::ids::{Kind, Ref, kind};
use crate::money::Money;
use crate::prompts::answers::Day;
use crate::time::Timestamp;

/// Everything about one customer that prompts may tell. What a prompt does not use may be left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CustomerFacts {
    /// The customer.
    pub customer: Customer,
    /// The customer's jobs, in any order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub jobs: Vec<Job>,
    /// The payments, in any order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payments: Vec<Payment>,
    /// The expenses for the customer and for the jobs, in any order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expenses: Vec<Expense>,
    /// The log, in any order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<Activity>,
    /// How the customer has judged, in any order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub feedback: Vec<Feedback>,
    /// The appliances.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub appliances: Vec<Appliance>,
    /// The technicians of the business.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub technicians: Vec<Technician>,
    /// What the customer wishes of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub technician_preferences: Vec<TechnicianPreference>,
}

impl CustomerFacts {
    /// Facts about a customer of whom nothing else is known.
    #[must_use]
    pub fn of(customer: Customer) -> Self {
        Self {
            customer,
            jobs: Vec::new(),
            payments: Vec::new(),
            expenses: Vec::new(),
            activities: Vec::new(),
            feedback: Vec::new(),
            appliances: Vec::new(),
            technicians: Vec::new(),
            technician_preferences: Vec::new(),
        }
    }

    /// The facts, once it is sure that they fit together: everything is of this customer, what names
    /// a job names one of these, and no id stands for two things.
    ///
    /// ```
    /// use goodwill::prompts::context::{ContextSettings, CustomerFacts};
    ///
    /// let facts: CustomerFacts = serde_json::from_str(r#"{
    ///     "customer": {"id": "ada", "name": "Ada Brown"},
    ///     "jobs": [{"id": "J-1", "description": "Boiler", "status": "scheduled"}],
    ///     "expenses": [{"amount": {"amount": "9.50", "currency": "EUR"}, "category": "parts",
    ///                   "incurredAt": "2026-02-01T09:00:00Z", "job": "J-2"}]
    /// }"#).unwrap();
    /// let settings = ContextSettings::at("2026-03-01T09:00:00Z".parse()?);
    /// let error = facts.checked(&settings).unwrap_err();
    /// assert_eq!(error.details()["field"], "facts.expenses[0].job");
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    ///
    /// # Errors
    /// `input.invalid` names the field: `facts.expenses[0].job`.
    pub fn checked<'f>(&'f self, settings: &'f ContextSettings) -> Result<CheckedFacts<'f>> {
        let jobs: BTreeMap<String, &Job> =
            self.jobs.iter().map(|job| (written(&job.id), job)).collect();
        self.check_jobs()?;
        let (mut payments, mut expenses) = (Once::default(), Once::default());
        for (place, one) in self.payments.iter().enumerate() {
            let at = |field: &str| format!("facts.payments[{place}].{field}");
            self.check_owner(one.customer.as_ref(), &at)?;
            self.check_money(one.amount, one.job.as_ref(), &jobs, &at)?;
            payments.add(one.id.as_deref(), one, &at)?;
        }
        for (place, one) in self.expenses.iter().enumerate() {
            let at = |field: &str| format!("facts.expenses[{place}].{field}");
            self.check_owner(one.customer.as_ref(), &at)?;
            self.check_money(one.amount, one.job.as_ref(), &jobs, &at)?;
            expenses.add(one.id.as_deref(), one, &at)?;
        }
        self.check_feedback(&jobs)?;
        self.check_appliances(settings.today())?;
        self.check_technicians()?;
        let mut facts = CheckedFacts {
            facts: self,
            settings,
            jobs: self.jobs.iter().collect(),
            payments: payments.found,
            expenses: expenses.found,
            activities: self.activities.iter().enumerate().collect(),
        };
        facts.jobs.sort_by_key(|job| job.at());
        facts.payments.sort_by_key(|one| one.paid_at);
        facts.expenses.sort_by_key(|one| one.incurred_at);
        facts.activities.sort_by_key(|(_, one)| one.created_at);
        Ok(facts)
    }

    fn check_jobs(&self) -> Result<()> {
        let mut seen = BTreeSet::new();
        for (place, job) in self.jobs.iter().enumerate() {
            let at = |field: &str| format!("facts.jobs[{place}].{field}");
            self.check_owner(job.customer.as_ref(), &at)?;
            if job.is_completed() != job.completed_at.is_some() {
                let accepted = "an instant if the job is completed, and otherwise none";
                return Err(Error::invalid(at("completedAt"), accepted));
            }
            unique(&mut seen, &job.id, &at)?;
        }
        Ok(())
    }

    fn check_owner<K: Kind>(
        &self,
        owner: Option<&Ref<K>>,
        at: &impl Fn(&str) -> String,
    ) -> Result<()> {
        match owner {
            Some(owner) if written(owner) != written(&self.customer.id) => {
                Err(Error::invalid(at("customer"), "the customer of the facts"))
            }
            _ => Ok(()),
        }
    }

    fn check_money(
        &self,
        amount: Money,
        job: Option<&Ref<kind::Subject>>,
        jobs: &BTreeMap<String, &Job>,
        at: &impl Fn(&str) -> String,
    ) -> Result<()> {
        if amount.minor() < 0 {
            return Err(Error::invalid(at("amount"), "an amount that is not below zero"));
        }
        check_job(job, jobs, at)
    }

    fn check_feedback(&self, jobs: &BTreeMap<String, &Job>) -> Result<()> {
        for (place, one) in self.feedback.iter().enumerate() {
            let at = |field: &str| format!("facts.feedback[{place}].{field}");
            self.check_owner(one.customer.as_ref(), &at)?;
            check_job(one.job.as_ref(), jobs, &at)?;
            let (lowest, highest) = one.bounds();
            if !(lowest.is_finite() && highest.is_finite() && lowest < highest) {
                return Err(Error::invalid(at("scaleMax"), "more than the lowest score"));
            }
            if !(lowest..=highest).contains(&one.score) {
                return Err(Error::invalid(at("score"), "a score on the scale"));
            }
        }
        Ok(())
    }

    fn check_appliances(&self, today: Day) -> Result<()> {
        let mut seen = BTreeSet::new();
        for (place, one) in self.appliances.iter().enumerate() {
            let at = |field: &str| format!("facts.appliances[{place}].{field}");
            unique(&mut seen, &one.id, &at)?;
            if one.last_service_at.is_some_and(|day| day > today) {
                return Err(Error::invalid(at("lastServiceAt"), "a day that is not to come"));
            }
        }
        Ok(())
    }

    fn check_technicians(&self) -> Result<()> {
        let mut seen = BTreeSet::new();
        for (place, one) in self.technicians.iter().enumerate() {
            let at = |field: &str| format!("facts.technicians[{place}].{field}");
            unique(&mut seen, &one.id, &at)?;
            if !(0.0..=100.0).contains(&one.years_experience) {
                return Err(Error::invalid(at("yearsExperience"), "0 to 100 years"));
            }
            let backwards = |windows: &Vec<super::records::TimeWindow>| {
                windows.iter().any(|window| window.from >= window.until)
            };
            if one.availability.as_ref().is_some_and(backwards) {
                return Err(Error::invalid(
                    at("availability"),
                    "windows that end after they begin",
                ));
            }
        }
        let mut preferred = BTreeSet::new();
        for (place, wish) in self.technician_preferences.iter().enumerate() {
            let about = wish.appliance.as_ref().map(written);
            let first = wish.kind != TechnicianPreferenceKind::Preferred || preferred.insert(about);
            if !first {
                let field = format!("facts.technicianPreferences[{place}].kind");
                return Err(Error::invalid(field, "at most one preferred technician"));
            }
        }
        Ok(())
    }
}

fn unique<K: Kind>(
    seen: &mut BTreeSet<String>,
    id: &Ref<K>,
    at: &impl Fn(&str) -> String,
) -> Result<()> {
    match seen.insert(written(id)) {
        true => Ok(()),
        false => Err(Error::invalid(at("id"), "an id that stands once")),
    }
}

fn check_job(
    job: Option<&Ref<kind::Subject>>,
    jobs: &BTreeMap<String, &Job>,
    at: &impl Fn(&str) -> String,
) -> Result<()> {
    match job {
        Some(job) if !jobs.contains_key(&written(job)) => {
            Err(Error::invalid(at("job"), "a job of the same customer, one of the facts"))
        }
        _ => Ok(()),
    }
}

/// Records, each id once: what belongs to a customer and to a job may have been read through both.
struct Once<'f, T> {
    by_id: BTreeMap<&'f str, &'f T>,
    found: Vec<&'f T>,
}

impl<T> Default for Once<'_, T> {
    fn default() -> Self {
        Self { by_id: BTreeMap::new(), found: Vec::new() }
    }
}

impl<'f, T: PartialEq> Once<'f, T> {
    fn add(&mut self, id: Option<&'f str>, one: &'f T, at: &impl Fn(&str) -> String) -> Result<()> {
        match id.and_then(|id| self.by_id.insert(id, one)) {
            Some(before) if before != one => Err(Error::invalid(at("id"), "one record for one id")),
            Some(_) => Ok(()),
            None => {
                self.found.push(one);
                Ok(())
            }
        }
    }
}

/// Facts that fit together, with everything in the order of time. Its methods build what prompts are
/// given: pure functions, the same facts and settings give the same.
#[derive(Debug, Clone)]
pub struct CheckedFacts<'f> {
    pub(super) facts: &'f CustomerFacts,
    pub(super) settings: &'f ContextSettings,
    pub(super) jobs: Vec<&'f Job>,
    pub(super) payments: Vec<&'f Payment>,
    pub(super) expenses: Vec<&'f Expense>,
    /// With their places in the facts.
    pub(super) activities: Vec<(usize, &'f Activity)>,
}

impl<'f> CheckedFacts<'f> {
    /// The completed jobs, the oldest first. Only they count as jobs that were done.
    pub fn completed_jobs(&self) -> impl Iterator<Item = &'f Job> {
        self.jobs.iter().copied().filter(|job| job.is_completed())
    }

    /// The name of a technician, if it is one of the facts.
    pub(super) fn technician_name(&self, job: &Job) -> Option<String> {
        let id = written(job.technicians.first()?);
        let one = self.facts.technicians.iter().find(|one| written(&one.id) == id)?;
        Some(one.name.clone())
    }

    /// The first instant as a customer: as it is said, else that of the first record.
    pub(super) fn first_seen(&self) -> Option<Timestamp> {
        let records = [
            self.jobs.iter().find_map(|job| job.at()),
            self.payments.first().map(|one| one.paid_at),
            self.activities.first().map(|(_, one)| one.created_at),
        ];
        self.facts.customer.created_at.or_else(|| records.into_iter().flatten().min())
    }

    /// When the business and the customer last had to do with each other, up to the present.
    pub(super) fn last_contact(&self) -> Option<Timestamp> {
        let talked = self.activities.iter().filter(|(_, one)| one.kind.is_contact());
        let talked = talked.map(|(_, one)| one.created_at);
        let worked = self.jobs.iter().filter_map(|job| job.completed_at.or(job.started_at));
        talked.chain(worked).filter(|at| *at <= self.settings.now).max()
    }

    /// An appliance of the facts.
    ///
    /// # Errors
    /// `input.invalid` names the field.
    pub(crate) fn appliance(
        &self,
        id: &Ref<kind::Subject>,
        field: &'static str,
    ) -> Result<&'f Appliance> {
        let id = written(id);
        let found = self.facts.appliances.iter().find(|one| written(&one.id) == id);
        found.ok_or_else(|| Error::invalid(field, "an appliance of the facts"))
    }

    /// A job of the facts; without an id the last one.
    ///
    /// # Errors
    /// `input.invalid` names the field.
    pub(super) fn job(&self, id: Option<&Ref<kind::Subject>>) -> Result<&'f Job> {
        let found = match id.map(written) {
            Some(id) => self.facts.jobs.iter().find(|job| written(&job.id) == id),
            None => self.jobs.last().copied(),
        };
        found.ok_or_else(|| Error::invalid("job", "a job of the facts"))
    }

    /// The last service of an appliance: as it is said, else the day of the last completed job.
    pub(super) fn last_service(&self, appliance: &Appliance) -> Option<Day> {
        let last = || self.services(appliance).last().and_then(|job| job.completed_at);
        appliance.last_service_at.or_else(|| last().map(|at| self.settings.day(at)))
    }

    /// The completed jobs about an appliance, the oldest first.
    pub(super) fn services(&self, appliance: &Appliance) -> impl Iterator<Item = &'f Job> {
        let id = written(&appliance.id);
        self.completed_jobs().filter(move |job| job.appliances.iter().any(|one| written(one) == id))
    }

    /// The appliances that are in use.
    pub(crate) fn in_use(&self) -> impl Iterator<Item = &'f Appliance> {
        let today = self.settings.today();
        let gone = move |one: &Appliance| one.retired_at.is_some_and(|day| day <= today);
        self.facts.appliances.iter().filter(move |one| !gone(one))
    }
}
