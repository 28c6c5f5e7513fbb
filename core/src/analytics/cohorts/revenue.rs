//! Which share of the revenue stayed: gross and net retention.

use std::hash::Hash;

use serde::{Deserialize, Serialize};

use super::births::{Births, CohortClock};
use crate::analytics::columns::check_column;
use crate::analytics::customers::same_length;
use crate::analytics::period::Periods;
use crate::error::{Error, Result};
use crate::time::Timestamp;

const AMOUNT: &str = "a finite amount from 0 to 1e15";

fn is_amount(amount: f64) -> bool {
    (0.0..=1e15).contains(&amount)
}

/// What became of the recurring revenue of customers between two periods.
///
/// ```
/// use goodwill::analytics::RevenueRetention;
///
/// // One grew, one shrank, one left, one is new.
/// let kept = RevenueRetention::of_columns(&[100.0, 100.0, 50.0, 0.0], &[150.0, 60.0, 0.0, 80.0])?;
/// assert_eq!((kept.net_percent, kept.gross_percent), (Some(84.0), Some(64.0)));
/// assert_eq!((kept.expansion, kept.contraction, kept.churned, kept.new), (50.0, 40.0, 50.0, 80.0));
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevenueRetention {
    /// Customers with revenue at the start.
    pub customers: u64,
    /// Their revenue at the start.
    pub starting: f64,
    /// What those who pay more pay more.
    pub expansion: f64,
    /// What those who pay less, but something, pay less.
    pub contraction: f64,
    /// What those who pay nothing any more paid.
    pub churned: f64,
    /// What those pay who paid nothing at the start; part of no rate.
    pub new: f64,
    /// (starting − contraction − churned) / starting, from 0 to 100; none without revenue at the start.
    pub gross_percent: Option<f64>,
    /// (starting + expansion − contraction − churned) / starting, from 0.
    pub net_percent: Option<f64>,
}

impl RevenueRetention {
    /// The retention of the revenue of each customer at the start and at the end.
    ///
    /// # Errors
    /// `input.invalid` with `starting` or `ending` and the row: different lengths, or an amount that is not from
    /// 0 to 10¹⁵.
    pub fn of_columns(starting: &[f64], ending: &[f64]) -> Result<Self> {
        same_length("ending", ending.len(), starting.len())?;
        check_column("starting", starting, AMOUNT, is_amount)?;
        check_column("ending", ending, AMOUNT, is_amount)?;
        let mut sums = Sums::default();
        let (mut contraction, mut churned, mut new) = (0.0, 0.0, 0.0);
        for (before, after) in starting.iter().zip(ending) {
            if *before == 0.0 {
                new += after;
                continue;
            }
            sums.add(*before, *after);
            if *after == 0.0 {
                churned += before;
            } else {
                contraction += (before - after).max(0.0);
            }
        }
        Ok(Self {
            customers: sums.customers,
            starting: sums.starting,
            expansion: sums.expansion,
            contraction,
            churned,
            new,
            gross_percent: sums.gross(),
            net_percent: sums.net(),
        })
    }
}

/// Sums over customers.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    customers: u64,
    starting: f64,
    kept: f64,
    expansion: f64,
}

impl Sums {
    fn add(&mut self, before: f64, after: f64) {
        self.customers += 1;
        self.starting += before;
        self.kept += after.min(before);
        self.expansion += (after - before).max(0.0);
    }

    fn gross(&self) -> Option<f64> {
        (self.starting > 0.0).then(|| 100.0 * (self.kept / self.starting).min(1.0))
    }

    fn net(&self) -> Option<f64> {
        (self.starting > 0.0).then(|| 100.0 * ((self.kept + self.expansion) / self.starting))
    }
}

/// The revenue of a cohort at an age, compared with that at age 0.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevenueCell {
    /// The age.
    pub age: u32,
    /// Customers who were observed until the end of this age.
    pub eligible: u64,
    /// Their revenue at age 0.
    pub starting: f64,
    /// Their revenue at this age.
    pub revenue: f64,
    /// Gross retention: each customer counts at most what was paid at age 0.
    pub gross_percent: Option<f64>,
    /// Net retention: revenue / starting.
    pub net_percent: Option<f64>,
    /// Whether customers were left out because this age is not over for them.
    pub incomplete: bool,
}

/// The revenue of a cohort.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevenueCohort {
    /// Where the period of the first event begins.
    pub start: Timestamp,
    /// Where it ends.
    pub end: Timestamp,
    /// How many customers began in it.
    pub size: u64,
    /// One cell per age from 0.
    pub cells: Vec<RevenueCell>,
}

/// The revenue retention of cohorts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevenueCohorts {
    /// How ages are counted.
    pub clock: CohortClock,
    /// The end of observation.
    pub end: Timestamp,
    /// The cohorts, in the order of time.
    pub cohorts: Vec<RevenueCohort>,
    /// All cohorts together, weighted with their revenue at age 0.
    pub overall: Vec<RevenueCell>,
    /// Customers who began outside the periods; they are in no cohort.
    pub customers_outside: u64,
    /// Rows at or after the end, left out.
    pub rows_after_end: u64,
}

impl RevenueCohorts {
    /// The revenue of the customers of a payment log at the ages from 0 to `last`, rows in any order.
    ///
    /// With [`CohortClock::Calendar`] age 0 is what is left of the first period, so that cohorts of recurring
    /// payments are better counted by a rolling clock, or in periods of the payments.
    ///
    /// # Errors
    /// `input.invalid` with the row: columns of different lengths, an `amount` that is not from 0 to 10¹⁵;
    /// `last` above 1,000; `hours`.
    pub fn of_log<Id: Eq + Hash>(
        ids: &[Id],
        times: &[Timestamp],
        amounts: &[f64],
        periods: &Periods,
        end: Timestamp,
        clock: CohortClock,
        last: u32,
    ) -> Result<Self> {
        if last > 1_000 {
            return Err(Error::invalid("last", "a number from 0 to 1000"));
        }
        same_length("amount", amounts.len(), ids.len())?;
        check_column("amount", amounts, AMOUNT, is_amount)?;
        let births = Births::of_log(ids, times, periods, end, clock)?;
        let ages = last as usize + 1;
        let mut revenue = vec![0.0; births.customers.len() * ages];
        for ((customer, at), amount) in births.of_row.iter().zip(times).zip(amounts) {
            let Some(place) = *customer else { continue };
            let Some(birth) = births.customers.get(place) else { continue };
            let Some(cohort) = birth.cohort else { continue };
            let age = births.age(birth, cohort, *at);
            if let Some(sum) = revenue.get_mut(place * ages + age).filter(|_| age < ages) {
                *sum += amount;
            }
        }
        let mut sums = vec![vec![Sums::default(); ages]; periods.len()];
        let mut overall = vec![Sums::default(); ages];
        for (birth, revenue) in births.customers.iter().zip(revenue.chunks_exact(ages)) {
            let Some(cohort) = birth.cohort else { continue };
            let starting = revenue.first().copied().unwrap_or(0.0);
            let cells = sums.get_mut(cohort).into_iter().flatten().zip(&mut overall);
            for (age, (amount, (cell, overall))) in revenue.iter().zip(cells).enumerate() {
                if births.reached(birth, cohort, age + 1) {
                    cell.add(starting, *amount);
                    overall.add(starting, *amount);
                }
            }
        }
        let sizes = births.sizes();
        let cells = |size: u64, sums: &[Sums]| {
            (0..).zip(sums).map(|(age, sums)| cell(age, size, sums)).collect()
        };
        let cohorts = periods.iter().zip(&sizes).zip(&sums).map(|((period, size), sums)| {
            let (start, end) = (period.start, period.end);
            RevenueCohort { start, end, size: *size, cells: cells(*size, sums) }
        });
        Ok(Self {
            cohorts: cohorts.collect(),
            overall: cells(sizes.iter().sum(), &overall),
            customers_outside: births.outside(),
            rows_after_end: births.rows_after_end(),
            clock,
            end,
        })
    }
}

fn cell(age: u32, size: u64, sums: &Sums) -> RevenueCell {
    RevenueCell {
        age,
        eligible: sums.customers,
        starting: sums.starting,
        revenue: sums.kept + sums.expansion,
        gross_percent: sums.gross(),
        net_percent: sums.net(),
        incomplete: sums.customers < size,
    }
}
