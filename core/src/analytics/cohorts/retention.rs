//! Which share of a cohort came back.

use std::hash::Hash;

use serde::{Deserialize, Serialize};

use super::births::{Births, CohortClock};
use crate::analytics::customers::cell_error;
use crate::analytics::inference::wilson;
use crate::analytics::period::Periods;
use crate::error::{Error, Result};
use crate::time::Timestamp;

/// Who counts as retained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Retention {
    /// Who has an event at the age N (N-day retention), for N from 0 to `last`.
    NDay {
        /// At most 10,000.
        last: u32,
    },
    /// Who has an event at the age N or later (rolling or unbounded retention), for N from 0 to `last`:
    /// 1 − churn.
    Unbounded {
        /// At most 10,000.
        last: u32,
    },
    /// Who has an event at an age from an edge until before the next.
    Bracket {
        /// Ascending, at least two.
        edges: Vec<u32>,
    },
}

impl Retention {
    /// Ages from and until before.
    fn brackets(&self) -> Result<Vec<(u32, u32)>> {
        match self {
            Self::NDay { last } | Self::Unbounded { last } if *last <= 10_000 => {
                Ok((0..=*last).map(|age| (age, age + 1)).collect())
            }
            Self::NDay { .. } | Self::Unbounded { .. } => {
                Err(Error::invalid("last", "a number from 0 to 10000"))
            }
            Self::Bracket { edges } => {
                if !(2..=10_001).contains(&edges.len()) {
                    return Err(cell_error("edges", 0, "2 to 10001 ages"));
                }
                let brackets = edges.iter().zip(edges.iter().skip(1));
                if let Some(row) = brackets.clone().position(|(from, to)| from >= to) {
                    return Err(cell_error("edges", row + 1, "an age above the one before"));
                }
                Ok(brackets.map(|(from, to)| (*from, *to)).collect())
            }
        }
    }
}

/// The retention of a cohort, or of all, at an age.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RetentionCell {
    /// The first age of the bracket.
    pub from_age: u32,
    /// The first age after it.
    pub to_age: u32,
    /// Customers who were observed until the end of the bracket: the denominator.
    pub eligible: u64,
    /// How many of them were retained.
    pub retained: u64,
    /// Their share, from 0 to 100; none without an eligible customer.
    pub percent: Option<f64>,
    /// The lower end of Wilson's 95 % interval of the share.
    pub low: f64,
    /// The upper end of it.
    pub high: f64,
    /// Whether customers were left out because the bracket is not over for them.
    pub incomplete: bool,
}

/// A cohort.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CohortRow {
    /// Where the period of the first event begins.
    pub start: Timestamp,
    /// Where it ends.
    pub end: Timestamp,
    /// How many customers began in it.
    pub size: u64,
    /// One cell per bracket of age.
    pub cells: Vec<RetentionCell>,
}

/// The retention of cohorts.
///
/// ```
/// use goodwill::Timestamp;
/// use goodwill::analytics::{CohortClock, Periods, Retention, RetentionTable, Unit, Zone};
///
/// let day = |text: &str| format!("2026-{text}T00:00:00Z").parse::<Timestamp>();
/// let months = Periods::in_zone(Unit::Month, day("01-01")?, day("03-01")?, Zone::UTC)?;
/// let (ids, times) = ([1, 2, 1], [day("01-05")?, day("01-20")?, day("02-10")?]);
/// let kind = Retention::NDay { last: 2 };
/// let table =
///     RetentionTable::of_log(&ids, &times, &months, day("03-01")?, CohortClock::Calendar, kind)?;
/// let january = &table.cohorts[0];
/// assert_eq!((january.size, january.cells[1].percent), (2, Some(50.0)));
/// // March is not over.
/// assert!(january.cells[2].incomplete && january.cells[2].percent.is_none());
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RetentionTable {
    /// Who counts as retained.
    pub retention: Retention,
    /// How ages are counted.
    pub clock: CohortClock,
    /// The end of observation.
    pub end: Timestamp,
    /// The cohorts, in the order of time.
    pub cohorts: Vec<CohortRow>,
    /// All cohorts together: the mean of their rates, weighted with their eligible customers.
    pub overall: Vec<RetentionCell>,
    /// Customers who began outside the periods; they are in no cohort.
    pub customers_outside: u64,
    /// Rows at or after the end, left out.
    pub rows_after_end: u64,
}

impl RetentionTable {
    /// The retention of the customers of an event log, rows in any order.
    ///
    /// A customer's cohort is the period of the first event. A cell counts customers for whom its bracket of
    /// ages was over at `end`, and nobody else, above and below the line; [`Retention::Unbounded`] also counts
    /// later events until `end`.
    ///
    /// # Errors
    /// `input.invalid` with the row: columns of different lengths, `edges` that do not ascend; `last`, `hours`.
    pub fn of_log<Id: Eq + Hash>(
        ids: &[Id],
        times: &[Timestamp],
        periods: &Periods,
        end: Timestamp,
        clock: CohortClock,
        retention: Retention,
    ) -> Result<Self> {
        let brackets = retention.brackets()?;
        let births = Births::of_log(ids, times, periods, end, clock)?;
        let active = Activity::of(&births, times, &retention, &brackets);
        let mut counts = vec![vec![(0, 0); brackets.len()]; periods.len()];
        for (place, birth) in births.customers.iter().enumerate() {
            let Some(cohort) = birth.cohort else { continue };
            let cells = counts.get_mut(cohort).into_iter().flatten();
            for (bracket, ((_, to), (eligible, retained))) in brackets.iter().zip(cells).enumerate()
            {
                if births.reached(birth, cohort, *to as usize) {
                    *eligible += 1;
                    *retained += u64::from(active.in_bracket(place, bracket));
                }
            }
        }
        let sizes = births.sizes();
        let mut overall = vec![(0, 0); brackets.len()];
        for counts in &counts {
            for (sum, (eligible, retained)) in overall.iter_mut().zip(counts) {
                *sum = (sum.0 + eligible, sum.1 + retained);
            }
        }
        let cells = |size: u64, counts: &[(u64, u64)]| {
            let pairs = brackets.iter().zip(counts);
            pairs.map(|(bracket, counts)| cell(*bracket, size, *counts)).collect()
        };
        let rows = periods.iter().zip(&sizes).zip(&counts).map(|((period, size), counts)| {
            let (start, end) = (period.start, period.end);
            CohortRow { start, end, size: *size, cells: cells(*size, counts) }
        });
        Ok(Self {
            cohorts: rows.collect(),
            overall: cells(sizes.iter().sum(), &overall),
            customers_outside: births.outside(),
            rows_after_end: births.rows_after_end(),
            retention,
            clock,
            end,
        })
    }
}

fn cell(
    (from_age, to_age): (u32, u32),
    size: u64,
    (eligible, retained): (u64, u64),
) -> RetentionCell {
    let (low, high) = wilson(retained, eligible);
    RetentionCell {
        from_age,
        to_age,
        eligible,
        retained,
        percent: (eligible > 0).then(|| 100.0 * (retained as f64 / eligible as f64)),
        low: 100.0 * low,
        high: 100.0 * high,
        incomplete: eligible < size,
    }
}

/// In which brackets each customer was active: one bit per bracket, or the last one.
enum Activity {
    Brackets { words: usize, bits: Vec<u64> },
    Last(Vec<usize>),
}

impl Activity {
    fn of(
        births: &Births<'_>,
        times: &[Timestamp],
        retention: &Retention,
        brackets: &[(u32, u32)],
    ) -> Self {
        let customers = births.customers.len();
        let mut activity = match retention {
            Retention::Unbounded { .. } => Self::Last(vec![0; customers]),
            _ => {
                let words = brackets.len().div_ceil(64);
                Self::Brackets { words, bits: vec![0; customers * words] }
            }
        };
        for (customer, at) in births.of_row.iter().zip(times) {
            let Some(place) = *customer else { continue };
            let Some(birth) = births.customers.get(place) else { continue };
            let Some(cohort) = birth.cohort else { continue };
            let age = births.age(birth, cohort, *at);
            match &mut activity {
                Self::Last(last) => {
                    if let Some(last) = last.get_mut(place) {
                        *last = (*last).max(age);
                    }
                }
                Self::Brackets { words, bits } => {
                    let bracket = brackets.partition_point(|(_, to)| *to as usize <= age);
                    let inside =
                        brackets.get(bracket).is_some_and(|(from, _)| *from as usize <= age);
                    if let Some(word) =
                        bits.get_mut(place * *words + bracket / 64).filter(|_| inside)
                    {
                        *word |= 1 << (bracket % 64);
                    }
                }
            }
        }
        activity
    }

    fn in_bracket(&self, customer: usize, bracket: usize) -> bool {
        match self {
            // One bracket per age.
            Self::Last(last) => last.get(customer).is_some_and(|last| *last >= bracket),
            Self::Brackets { words, bits } => {
                let word = bits.get(customer * words + bracket / 64);
                word.is_some_and(|word| word >> (bracket % 64) & 1 == 1)
            }
        }
    }
}
