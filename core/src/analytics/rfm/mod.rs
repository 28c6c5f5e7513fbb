//! Recency, frequency and monetary value: scores and segments.

mod explain;
mod map;
mod scores;
mod values;

use serde::{Deserialize, Serialize};

use super::log::{Amounts, Policies, Report, Transactions};
use super::parallel::in_threads;
use super::period::Zone;
use crate::error::{Error, Result};
use crate::time::Timestamp;

pub use explain::{Explanation, Part};
pub use map::{Segment, SegmentMap, Segments};
pub use scores::{Bin, Scoring};

/// What frequency counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FrequencyBy {
    /// Days of the zone with a purchase.
    #[default]
    Days,
    /// Orders, by the log's column of orders. An order is of the instant of its first row.
    Orders,
    /// Rows that are no refunds.
    Rows,
}

/// What monetary value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MonetaryBy {
    /// The sum of a customer's purchases.
    #[default]
    Sum,
    /// The sum divided by the frequency.
    Mean,
}

/// How customers are scored. The result has it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RfmOptions {
    /// The last instant that counts; its day is day 0 of recency.
    pub reference: Timestamp,
    /// Whose days count.
    #[serde(default)]
    pub zone: Zone,
    /// What frequency counts.
    #[serde(default)]
    pub frequency: FrequencyBy,
    /// What monetary value is.
    #[serde(default)]
    pub monetary: MonetaryBy,
    /// The best score, from 2 to 9.
    #[serde(default = "five")]
    pub scores: u8,
    /// How values become scores.
    #[serde(default)]
    pub scoring: Scoring,
    /// What is done with rows that are no plain purchases.
    #[serde(default)]
    pub policies: Policies,
}

fn five() -> u8 {
    5
}

impl RfmOptions {
    /// Days in UTC, sums, scores from 1 to 5 by value, and the default of each policy.
    #[must_use]
    pub fn new(reference: Timestamp) -> Self {
        Self {
            reference,
            zone: Zone::UTC,
            frequency: FrequencyBy::default(),
            monetary: MonetaryBy::default(),
            scores: five(),
            scoring: Scoring::default(),
            policies: Policies::default(),
        }
    }
}

/// One row per customer with a purchase, sorted by code: values, and scores of which the highest is best.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rfm {
    /// How it was made.
    pub options: RfmOptions,
    /// The code of the customer.
    pub customer: Vec<u32>,
    /// Whole days of the calendar from the last purchase to the reference.
    pub recency: Vec<u32>,
    /// Days, orders or rows with a purchase.
    pub frequency: Vec<u32>,
    /// Sum or mean, in the unit of the log's amounts.
    pub monetary: Vec<f64>,
    /// The scores of recency: the fewest days have the highest.
    pub recency_score: Vec<u8>,
    /// The scores of frequency.
    pub frequency_score: Vec<u8>,
    /// The scores of monetary value.
    pub monetary_score: Vec<u8>,
    /// The bins of recency, by ascending score.
    pub recency_bins: Vec<Bin>,
    /// The bins of frequency, by ascending score.
    pub frequency_bins: Vec<Bin>,
    /// The bins of monetary value, by ascending score.
    pub monetary_bins: Vec<Bin>,
    /// What the policies met.
    pub report: Report,
}

impl Rfm {
    /// Scores the customers of a log.
    ///
    /// ```
    /// use goodwill::analytics::{Amounts, Rfm, RfmOptions, SegmentMap, Times, Transactions};
    ///
    /// let (customers, day) = ([0, 0, 0, 1, 2, 3, 4], 86_400_000_i64);
    /// let times = [0, 5, 9, 3, 3, 3, 3].map(|n| n * day);
    /// let amounts = [10.05, 20.0, 1_200.07, 5.0, 5.0, 5.0, 5.0];
    /// let log = Transactions::new(&customers, Times::Instants((&times).into()))
    ///     .with_amounts(Amounts::Decimal((&amounts).into()));
    /// let rfm = Rfm::from_log(&log, &RfmOptions::new("1970-01-11T12:00:00Z".parse()?))?;
    /// assert_eq!((rfm.recency[0], rfm.frequency[0], rfm.monetary[0]), (1, 3, 1_230.12));
    /// // Equal customers have equal scores.
    /// assert_eq!((rfm.code(0), rfm.code(1), rfm.code(4)), (Some(555), Some(411), Some(411)));
    /// let segments = rfm.segments(&SegmentMap::eleven())?;
    /// assert_eq!(segments.name_of(0), Some("Champions"));
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    ///
    /// # Errors
    /// `input.invalid` with `field`: a log without amounts, or without orders if they are counted; `scores`
    /// outside 2 to 9; cuts that are not ascending or not one less than the scores. With `row` as in
    /// [`Summary::from_log`](super::Summary::from_log).
    pub fn from_log(log: &Transactions<'_>, options: &RfmOptions) -> Result<Self> {
        log.check()?;
        if matches!(log.amount, Amounts::None) {
            return Err(Error::invalid("amount", "a column of amounts"));
        }
        if options.frequency == FrequencyBy::Orders && log.order.is_none() {
            return Err(Error::invalid("order", "a column of orders, since they are counted"));
        }
        if !(2..=9).contains(&options.scores) {
            return Err(Error::invalid("scores", "2 to 9"));
        }
        options.scoring.check(options.scores)?;
        let values = values::values(log, options)?;
        let score = |column: usize| match column {
            0 => scores::score_recency(&values.recency, options),
            1 => scores::score_frequency(&values.frequency, options),
            _ => scores::score_monetary(&values.monetary, options),
        };
        let mut scored = in_threads(log.threads(), vec![0, 1, 2], score).into_iter();
        let mut next = || scored.next().unwrap_or_default();
        let (recency, frequency, monetary) = (next(), next(), next());
        Ok(Self {
            options: options.clone(),
            customer: values.customer,
            recency: values.recency,
            frequency: values.frequency,
            monetary: values.monetary,
            recency_score: recency.0,
            frequency_score: frequency.0,
            monetary_score: monetary.0,
            recency_bins: recency.1,
            frequency_bins: frequency.1,
            monetary_bins: monetary.1,
            report: values.report,
        })
    }

    /// The code of a row, such as 534 for recency 5, frequency 3, monetary value 4.
    #[must_use]
    pub fn code(&self, row: usize) -> Option<u16> {
        let digit = |scores: &[u8]| scores.get(row).copied().map(u16::from);
        let (r, f) = (digit(&self.recency_score)?, digit(&self.frequency_score)?);
        Some(100 * r + 10 * f + digit(&self.monetary_score)?)
    }
}
