//! From a transaction log to frequency, recency, age and mean spend.

mod tracking;

use serde::{Deserialize, Serialize};

use super::log::{
    Amount, Columns, Key, OrderCode, Policies, Purchases, Reader, Refusal, Report, Row,
    Transactions, Window, by_customer, with_columns,
};
use super::period::{Offsets, Unit, Zone};
use crate::error::{Error, Result};
use crate::time::Timestamp;

pub use tracking::{ExpectedTracking, Tracking};

/// How recency and age are measured, and which rows are one purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// In whole periods of the calendar, as `to_period` in pandas: a purchase on Sunday evening is one week
    /// before one on Monday morning. Rows of a period are one purchase.
    #[default]
    Calendar,
    /// In the time that has passed, divided by the length of the unit ([`Unit::days`]).
    Exact {
        /// Rows of one such period are one purchase, at the instant of its first row; without it those of
        /// one instant.
        merge: Option<Unit>,
    },
}

/// Which purchases the mean spend is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpendOf {
    /// The repeat purchases, as in Fader and Hardie, note 025 (2013); 0 without any.
    #[default]
    Repeats,
    /// All purchases, with the first.
    All,
}

/// How a log is summarised. The result has it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SummaryOptions {
    /// The unit of recency and age, and so of the model's times.
    pub unit: Unit,
    /// Whole periods or exact time.
    #[serde(default)]
    pub measure: Measure,
    /// Whose calendar counts.
    #[serde(default)]
    pub zone: Zone,
    /// The last instant of observation. Age is measured up to it.
    pub reference: Timestamp,
    /// The last instant of calibration, if the time after it is to be the holdout.
    #[serde(default)]
    pub calibration_end: Option<Timestamp>,
    /// Whether the first purchase is in the mean spend.
    #[serde(default)]
    pub spend: SpendOf,
    /// Whether purchases are counted by period as well.
    #[serde(default)]
    pub tracking: bool,
    /// What is done with rows that are no plain purchases.
    #[serde(default)]
    pub policies: Policies,
}

impl SummaryOptions {
    /// Whole periods of UTC, no holdout, no tracking, and the default of each policy.
    #[must_use]
    pub fn new(unit: Unit, reference: Timestamp) -> Self {
        Self {
            unit,
            measure: Measure::default(),
            zone: Zone::UTC,
            reference,
            calibration_end: None,
            spend: SpendOf::default(),
            tracking: false,
            policies: Policies::default(),
        }
    }
}

/// What customers did after the end of calibration: rows as in the [`Summary`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Holdout {
    /// The length of the holdout, in the unit of the summary.
    pub duration: f64,
    /// Purchases in the holdout.
    pub frequency: Vec<u32>,
    /// The mean amount of those; 0 without any. Empty if the log has no amounts.
    pub spend: Vec<f64>,
}

/// One row per customer with a purchase, sorted by code.
///
/// x, t_x and T are those of Fader, Hardie and Lee, *Counting Your Customers the Easy Way* (2005): the first
/// purchase starts the age and is not counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// How it was made.
    pub options: SummaryOptions,
    /// The code of the customer.
    pub customer: Vec<u32>,
    /// Repeat purchases, x.
    pub frequency: Vec<u32>,
    /// The age at the last purchase, t_x; 0 without repeat purchases.
    pub recency: Vec<f64>,
    /// The age at the end of observation, or of calibration, T.
    pub age: Vec<f64>,
    /// The mean amount of purchases, in the unit of the log's amounts. Empty if the log has none.
    pub spend: Vec<f64>,
    /// What came after the end of calibration.
    pub holdout: Option<Holdout>,
    /// Purchases by period.
    pub tracking: Option<Tracking>,
    /// What the policies met.
    pub report: Report,
}

impl Summary {
    /// Summarises a log up to the reference, which is part of it.
    ///
    /// With an end of calibration the columns say what was known then; later rows, up to the reference, are
    /// the holdout. Refunds of the holdout are taken from its purchases only, so that nothing of it is known
    /// before.
    ///
    /// ```
    /// use goodwill::analytics::{Amounts, Summary, SummaryOptions, Times, Transactions, Unit};
    ///
    /// let (customers, day) = ([0, 0, 0, 1, 0], 86_400_000_i64);
    /// // Two purchases on day 10 are one; day 50 is after the reference.
    /// let times = [0, 10 * day, 10 * day + 1, 3 * day, 50 * day];
    /// let log = Transactions::new(&customers, Times::Instants((&times).into()))
    ///     .with_amounts(Amounts::Minor((&[500, 2_000, 1_000, 400, 9_900]).into()));
    /// let options = SummaryOptions::new(Unit::Day, "1970-02-08T00:00:00Z".parse()?);
    /// let summary = Summary::from_log(&log, &options)?;
    /// assert_eq!((summary.customer, summary.frequency), (vec![0, 1], vec![1, 0]));
    /// assert_eq!((summary.recency, summary.age), (vec![10.0, 0.0], vec![38.0, 35.0]));
    /// assert_eq!(summary.spend, [3_000.0, 0.0]);
    /// assert_eq!((summary.report.merged, summary.report.after_reference), (1, 1));
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    ///
    /// # Errors
    /// `input.invalid` with `field` and `row`: columns of different lengths, an amount that is not finite,
    /// or what a policy rejects; `calibrationEnd`, if it is not before the reference.
    /// `input.malformed_time` with `row`: a time outside the years 1 to 9999.
    /// `money.currency_mismatch` with `row`.
    pub fn from_log(log: &Transactions<'_>, options: &SummaryOptions) -> Result<Self> {
        log.check()?;
        if options.calibration_end.is_some_and(|end| end >= options.reference) {
            return Err(Error::invalid("calibrationEnd", "an instant before the reference"));
        }
        with_columns!(log, true, |columns| summarise(columns, options))
    }
}

/// The columns of one bucket of customers.
#[derive(Debug, Default)]
struct Part {
    customer: Vec<u32>,
    frequency: Vec<u32>,
    recency: Vec<f64>,
    age: Vec<f64>,
    spend: Vec<f64>,
    later_frequency: Vec<u32>,
    later_spend: Vec<f64>,
    tracking: tracking::Counts,
}

/// The measure of time, ready for millions of customers.
#[derive(Debug)]
struct Clock<'a> {
    options: &'a SummaryOptions,
    offsets: &'a Offsets,
    key: Key,
    /// The end of the ages.
    end: Timestamp,
    end_period: i64,
    /// The period of the reference.
    last_period: i64,
}

impl Clock<'_> {
    fn period(&self, instant: i64) -> i64 {
        self.options.unit.period(self.offsets.local(instant))
    }

    /// From one purchase to another, or to the end.
    fn between(&self, (period, instant): (i64, i64), later: (i64, i64)) -> f64 {
        match self.options.measure {
            Measure::Calendar => (later.0 - period) as f64,
            Measure::Exact { .. } => (later.1 - instant) as f64 / self.options.unit.millis(),
        }
    }
}

fn summarise<A: Amount, O: OrderCode>(
    columns: Columns<'_, A, O>,
    options: &SummaryOptions,
) -> Result<Summary> {
    let window = Window { zone: options.zone, reference: options.reference };
    let reader = Reader::new(columns, window, options.policies);
    let key = match options.measure {
        Measure::Calendar => Key::Period(options.unit),
        Measure::Exact { merge: Some(unit) } => Key::Period(unit),
        Measure::Exact { merge: None } => Key::Instant,
    };
    let end = options.calibration_end.unwrap_or(options.reference);
    let mut clock =
        Clock { options, offsets: reader.offsets(), key, end, end_period: 0, last_period: 0 };
    clock.end_period = clock.period(end.as_millis());
    clock.last_period = clock.period(options.reference.as_millis());
    let fold =
        |part: &mut Part,
         scratch: &mut Scratch<A>,
         report: &mut Report,
         customer: u32,
         rows: &mut [Row<A, O>]| { part.add(&clock, scratch, report, customer, rows) };
    let finish = |part: &mut Part, scratch: Scratch<A>| part.tracking = scratch.counter.counts();
    let (parts, report) = by_customer(&reader, fold, finish)?;
    let reference = options.reference.as_millis();
    let (end_point, reference_point) =
        ((clock.end_period, end.as_millis()), (clock.last_period, reference));
    let duration = clock.between(end_point, reference_point);
    let tracking = if options.tracking {
        let counts = parts.iter().map(|part| &part.tracking);
        Some(Tracking::new(options.unit, counts, clock.end_period, reference_point.0)?)
    } else {
        None
    };
    let size = parts.iter().map(|part| part.customer.len()).sum();
    let mut summary = Summary {
        options: *options,
        customer: Vec::with_capacity(size),
        frequency: Vec::with_capacity(size),
        recency: Vec::with_capacity(size),
        age: Vec::with_capacity(size),
        spend: Vec::with_capacity(if A::EXISTS { size } else { 0 }),
        holdout: None,
        tracking,
        report,
    };
    let mut holdout = Holdout { duration, frequency: Vec::new(), spend: Vec::new() };
    for part in parts {
        summary.customer.extend(part.customer);
        summary.frequency.extend(part.frequency);
        summary.recency.extend(part.recency);
        summary.age.extend(part.age);
        summary.spend.extend(part.spend);
        holdout.frequency.extend(part.later_frequency);
        holdout.spend.extend(part.later_spend);
    }
    summary.holdout = options.calibration_end.map(|_| holdout);
    Ok(summary)
}

/// The purchases of one customer before and after the end of calibration, and those of all by period.
#[derive(Debug)]
struct Scratch<A: Amount> {
    before: Purchases<A>,
    after: Purchases<A>,
    counter: tracking::Counter,
}

impl<A: Amount> Default for Scratch<A> {
    fn default() -> Self {
        Self {
            before: Purchases::default(),
            after: Purchases::default(),
            counter: tracking::Counter::default(),
        }
    }
}

impl Part {
    fn add<A: Amount, O: OrderCode>(
        &mut self,
        clock: &Clock<'_>,
        scratch: &mut Scratch<A>,
        report: &mut Report,
        customer: u32,
        rows: &mut [Row<A, O>],
    ) -> Result<(), Refusal> {
        let (options, offsets) = (clock.options, clock.offsets);
        let end = clock.end.as_millis();
        let known = rows.partition_point(|row| row.time() <= end);
        let (before, after) = rows.split_at_mut(known);
        scratch.before.collect(before, clock.key, offsets, &options.policies, report)?;
        scratch.after.collect(after, clock.key, offsets, &options.policies, report)?;
        let (before, after) = (&scratch.before.list, &scratch.after.list);
        let (Some(first), Some(last)) = (before.first(), before.last()) else {
            if after.is_empty() {
                report.customers_without_purchase += 1;
            } else {
                report.customers_after_calibration += 1;
            }
            return Ok(());
        };
        let start = (first.period, first.time);
        self.customer.push(customer);
        self.frequency.push(count(before.len() - 1));
        self.recency.push(clock.between(start, (last.period, last.time)));
        self.age.push(clock.between(start, (clock.end_period, end)));
        if A::EXISTS {
            let skipped = usize::from(options.spend == SpendOf::Repeats);
            self.spend.push(mean::<A>(before.iter().skip(skipped).map(|bought| bought.total))?);
        }
        if options.calibration_end.is_some() {
            self.later_frequency.push(count(after.len()));
            if A::EXISTS {
                self.later_spend.push(mean::<A>(after.iter().map(|bought| bought.total))?);
            }
        }
        if options.tracking {
            let back = |time: i64| clock.last_period - clock.period(time);
            scratch.counter.first(back(first.time));
            for bought in before.iter().skip(1).chain(after) {
                scratch.counter.repeat(back(bought.time));
            }
        }
        Ok(())
    }
}

fn count(purchases: usize) -> u32 {
    u32::try_from(purchases).unwrap_or(u32::MAX)
}

fn mean<A: Amount>(totals: impl ExactSizeIterator<Item = A::Total>) -> Result<f64, Refusal> {
    let count = totals.len();
    let mut sum = A::Total::default();
    totals.for_each(|total| sum += total);
    let mean = if count == 0 { 0.0 } else { A::value(sum) / count as f64 };
    if mean.is_finite() { Ok(mean) } else { Err(Refusal::Overflow) }
}
