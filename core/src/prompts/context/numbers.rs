//! What explanations of risks and cards about numbers are written from.

use serde::Serialize;
use serde_json::{Number, Value};

use super::facts::CheckedFacts;
use super::financials::{finite, number};
use super::history::ActivityLine;
use super::last::Last;
use super::records::{ChurnDriverFact, ChurnFacts, KeyNumber};
use crate::error::{Error, Result};

/// The input of the prompt `churn_explanation`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChurnInput {
    /// The customer.
    pub customer: KnownCustomer,
    /// The risk.
    pub churn: ChurnLine,
    /// The last entries of the log, the oldest first.
    pub activities: Last<20, ActivityLine>,
}

/// A customer whose first day is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KnownCustomer {
    /// The name.
    pub name: String,
    /// The first instant as a customer; that of the first record if nobody says so.
    pub created_at: String,
}

/// A risk in a prompt.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChurnLine {
    /// Its band.
    pub level: String,
    /// The probability in percent, to one decimal.
    pub percent: Number,
    /// What drives it, the strongest first.
    pub drivers: Vec<ChurnDriverFact>,
}

/// The input of the prompt `insight_cards`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InsightInput {
    /// The customer.
    pub customer: KnownCustomer,
    /// The numbers.
    pub numbers: Vec<KeyNumber>,
    /// The last entries of the log, the oldest first.
    pub activities: Last<20, ActivityLine>,
}

impl CheckedFacts<'_> {
    /// What the prompt `churn_explanation` is given about a risk that was computed.
    ///
    /// # Errors
    /// `input.invalid` when the probability is none, or the facts do not say since when the customer
    /// is one.
    pub fn churn_explanation(&self, churn: &ChurnFacts) -> Result<ChurnInput> {
        if !(0.0..=1.0).contains(&churn.probability) {
            return Err(Error::invalid("churn.probability", "0 to 1"));
        }
        let percent = (churn.probability * 1_000.0).round() / 10.0;
        Ok(ChurnInput {
            customer: self.known_customer()?,
            churn: ChurnLine {
                level: churn.level.clone(),
                percent: finite(percent, "churn.probability")?,
                drivers: churn.drivers.clone(),
            },
            activities: self.last_activities(),
        })
    }

    /// What the prompt `insight_cards` is given; without numbers those that the facts have: profit
    /// and revenue, completed jobs, days since the last contact, the mean of the customer's stars.
    ///
    /// # Errors
    /// `input.invalid` when the facts do not say since when the customer is one; `money.overflow`.
    pub fn insight_cards(&self, numbers: &[KeyNumber]) -> Result<InsightInput> {
        let numbers = if numbers.is_empty() { self.own_numbers()? } else { numbers.to_vec() };
        Ok(InsightInput {
            customer: self.known_customer()?,
            numbers,
            activities: self.last_activities(),
        })
    }

    fn own_numbers(&self) -> Result<Vec<KeyNumber>> {
        let one =
            |name: &str, value: Value| KeyNumber { name: name.to_owned(), value, change: None };
        let mut found = Vec::new();
        for figures in self.financials()? {
            found.push(one("profit", Value::from(figures.profit.to_string())));
            found.push(one("revenue", Value::from(figures.revenue.to_string())));
        }
        found.push(one("completed jobs", Value::from(self.completed_jobs().count())));
        if let Some(at) = self.last_contact() {
            let days = self.settings.days_since(self.settings.day(at));
            found.push(one("days since the last contact", Value::from(days)));
        }
        let stars: Vec<f64> = self.facts.feedback.iter().map(|given| given.stars()).collect();
        if !stars.is_empty() {
            let mean = stars.iter().sum::<f64>() / stars.len() as f64;
            found.push(one("stars on the mean", number((mean * 10.0).round() / 10.0).into()));
        }
        Ok(found)
    }

    fn known_customer(&self) -> Result<KnownCustomer> {
        let accepted = "the first instant as a customer, where no record tells";
        let since = self.first_seen();
        let since = since.ok_or_else(|| Error::invalid("facts.customer.createdAt", accepted))?;
        let name = self.facts.customer.name.clone();
        Ok(KnownCustomer { name, created_at: self.settings.written(since) })
    }

    fn last_activities(&self) -> Last<20, ActivityLine> {
        let past = self.activities.iter().filter(|(_, one)| one.created_at <= self.settings.now);
        past.map(|(_, one)| self.activity_line(one)).collect()
    }
}
