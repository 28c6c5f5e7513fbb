//! From a transaction log to frequency, recency, age and mean spend.

use std::collections::HashMap;
use std::hash::Hash;

use serde::{Deserialize, Serialize};

use super::customers::{cell_error, same_length};
use crate::error::{Error, Result};

/// What is done with rows whose amount is below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refunds {
    /// They are no purchases, and nothing is taken from the spend.
    #[default]
    Ignore,
    /// They are no purchases; a refund lowers the spend of the same period, down to 0.
    Net,
    /// They are an error.
    Refuse,
}

/// What is done with rows whose amount is zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ZeroAmounts {
    /// They are purchases.
    #[default]
    Purchase,
    /// They are left out.
    Ignore,
}

/// What is one purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Merge {
    /// Rows of a customer within the same whole number of the time unit are one purchase: with times in
    /// days, one a day. The purchase happens at the start of that unit.
    #[default]
    SamePeriod,
    /// Rows of a customer at exactly the same time are one purchase.
    SameInstant,
}

/// How a transaction log is read. Every row that a policy touches is counted in the [`Report`].
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct SummaryPolicies {
    /// Amounts below zero.
    pub refunds: Refunds,
    /// Amounts of zero.
    pub zero_amounts: ZeroAmounts,
    /// What is one purchase.
    pub merge: Merge,
}

/// How many rows of the log met which policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Report {
    /// Rows of the log.
    pub rows: u64,
    /// Rows after the end of observation, left out.
    pub after_end: u64,
    /// Rows with an amount below zero.
    pub refunds: u64,
    /// Rows with an amount of zero.
    pub zero_amounts: u64,
    /// Rows that were merged into an earlier purchase of the same time.
    pub merged: u64,
    /// Rows that stand after a later row of the same customer; they are sorted.
    pub unsorted: u64,
    /// Customers that have refunds or ignored rows only, and are not in the result.
    pub customers_without_purchase: u64,
}

/// One row per customer, in the order in which customers first appear in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary<Id> {
    /// The customers.
    pub id: Vec<Id>,
    /// Repeat purchases, x.
    pub frequency: Vec<u32>,
    /// The age at the last purchase, t_x.
    pub recency: Vec<f64>,
    /// The age at the end of observation, T.
    pub age: Vec<f64>,
    /// The mean amount of the repeat purchases; 0 without any.
    pub spend: Vec<f64>,
    /// What the policies met.
    pub report: Report,
}

impl<Id: Copy + Eq + Hash> Summary<Id> {
    /// Summarises a log until the end of observation, which is part of it.
    ///
    /// Times are numbers in one unit, in the zone whose days count; the unit becomes that of the model. The
    /// first purchase of a customer is the start of the age and not a repeat purchase, as in Fader, Hardie
    /// and Lee (2005). Rows may come in any order.
    ///
    /// ```
    /// use goodwill::analytics::{Summary, SummaryPolicies};
    ///
    /// // Two purchases on day 10 are one; day 50 is after the end.
    /// let (ids, days) = ([7_u64, 7, 7, 8, 7], [0.0, 10.2, 10.9, 3.0, 50.0]);
    /// let amounts = [5.0, 20.0, 10.0, 4.0, 99.0];
    /// let log = Summary::from_log(&ids, &days, &amounts, 38.0, &SummaryPolicies::default())?;
    /// assert_eq!((&log.id[..], &log.frequency[..]), (&[7, 8][..], &[1, 0][..]));
    /// assert_eq!((&log.recency[..], &log.age[..]), (&[10.0, 0.0][..], &[38.0, 35.0][..]));
    /// assert_eq!((&log.spend[..], log.report.merged), (&[30.0, 0.0][..], 1));
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    ///
    /// # Errors
    /// `input.invalid` with `field` and `row`: columns of different lengths, a time or amount that is not
    /// finite, a refund where they are refused; `end`, when it is not finite.
    pub fn from_log(
        id: &[Id],
        time: &[f64],
        amount: &[f64],
        end: f64,
        policies: &SummaryPolicies,
    ) -> Result<Self> {
        same_length("time", time.len(), id.len())?;
        same_length("amount", amount.len(), id.len())?;
        if !end.is_finite() {
            return Err(Error::invalid("end", "a finite time"));
        }
        let start = |time: f64| match policies.merge {
            Merge::SamePeriod => time.floor(),
            Merge::SameInstant => time,
        };
        let mut report = Report { rows: id.len() as u64, ..Report::default() };
        let mut places = HashMap::new();
        let mut logs: Vec<(Id, Vec<(f64, f64)>)> = Vec::new();
        for (row, ((id, time), amount)) in id.iter().zip(time).zip(amount).enumerate() {
            if !time.is_finite() {
                return Err(cell_error("time", row, "a finite time"));
            }
            if !amount.is_finite() {
                return Err(cell_error("amount", row, "a finite amount"));
            }
            if *time > end {
                report.after_end += 1;
                continue;
            }
            if *amount < 0.0 {
                report.refunds += 1;
                if policies.refunds == Refunds::Refuse {
                    return Err(cell_error("amount", row, "an amount from 0"));
                }
            } else if *amount == 0.0 {
                report.zero_amounts += 1;
            }
            let place = *places.entry(*id).or_insert(logs.len());
            if place == logs.len() {
                logs.push((*id, Vec::new()));
            }
            let ignored = (*amount < 0.0 && policies.refunds == Refunds::Ignore)
                || (*amount == 0.0 && policies.zero_amounts == ZeroAmounts::Ignore);
            if let (false, Some((_, log))) = (ignored, logs.get_mut(place)) {
                if log.last().is_some_and(|(last, _)| *last > *time) {
                    report.unsorted += 1;
                }
                log.push((*time, *amount));
            }
        }
        let mut result = Self {
            id: vec![],
            frequency: vec![],
            recency: vec![],
            age: vec![],
            spend: vec![],
            report,
        };
        for (id, mut log) in logs {
            log.sort_by(|(a, _), (b, _)| a.total_cmp(b));
            result.add(id, &log, start, end)?;
        }
        Ok(result)
    }

    fn add(
        &mut self,
        id: Id,
        log: &[(f64, f64)],
        start: impl Fn(f64) -> f64,
        end: f64,
    ) -> Result<()> {
        // (time, amount, whether there was a purchase) of each period
        let mut periods: Vec<(f64, f64, bool)> = Vec::new();
        for (time, amount) in log {
            let (time, bought) = (start(*time) + 0.0, *amount >= 0.0);
            match periods.last_mut() {
                Some((last, sum, any)) if *last == time => {
                    self.report.merged += u64::from(bought && *any);
                    *sum += amount;
                    *any |= bought;
                }
                _ => periods.push((time, *amount, bought)),
            }
        }
        periods.retain(|(_, _, bought)| *bought);
        let (Some((first, _, _)), Some((last, _, _))) = (periods.first(), periods.last()) else {
            self.report.customers_without_purchase += 1;
            return Ok(());
        };
        let repeats = periods.len() - 1;
        let sum: f64 = periods.iter().skip(1).map(|(_, amount, _)| amount.max(0.0)).sum();
        let frequency = u32::try_from(repeats)
            .map_err(|_| Error::invalid("id", "at most 4294967295 purchases per customer"))?;
        self.id.push(id);
        self.frequency.push(frequency);
        self.recency.push(last - first);
        self.age.push(start(end) - first);
        self.spend.push(if repeats == 0 { 0.0 } else { sum / repeats as f64 });
        Ok(())
    }
}
