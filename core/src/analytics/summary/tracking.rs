//! Purchases by period of the calendar, actual and expected.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::analytics::period::Unit;
use crate::error::{Error, Result};

/// Periods that a tracking may have: more than a century of hours.
const MOST_PERIODS: i64 = 1_000_000;

/// First and repeat purchases of some customers, by the number of periods before the last one.
#[derive(Debug, Default)]
pub(super) struct Counter {
    back: Vec<(u64, u64)>,
}

impl Counter {
    /// The counts of a period so many before the last. Too early ones share a place, which is refused in
    /// the end.
    fn at(&mut self, back: i64) -> Option<&mut (u64, u64)> {
        let place = usize::try_from(back.clamp(0, MOST_PERIODS)).ok()?;
        if place >= self.back.len() {
            self.back.resize(place + 1, (0, 0));
        }
        self.back.get_mut(place)
    }

    pub(super) fn first(&mut self, back: i64) {
        if let Some(counts) = self.at(back) {
            counts.0 += 1;
        }
    }

    pub(super) fn repeat(&mut self, back: i64) {
        if let Some(counts) = self.at(back) {
            counts.1 += 1;
        }
    }

    /// The periods that have purchases.
    pub(super) fn counts(self) -> Counts {
        let all = (0..).zip(self.back);
        Counts(all.filter(|(_, counts)| *counts != (0, 0)).collect())
    }
}

/// What a [`Counter`] counted: periods before the last one, first and repeat purchases.
#[derive(Debug, Default)]
pub(super) struct Counts(Vec<(i64, (u64, u64))>);

/// How many purchases there were in each period of the calendar, from the first purchase of a customer of
/// the summary up to the reference, the holdout included.
///
/// The curves of Fader, Hardie and Lee (2005), figures 4 and 5: `repeats` by itself and added up, beside
/// what [`expected`](Self::expected) says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tracking {
    /// The unit of the periods.
    pub unit: Unit,
    /// When each period begins: milliseconds since 1970-01-01T00:00 on the wall clock of the zone.
    pub start: Vec<i64>,
    /// First purchases.
    pub first: Vec<u64>,
    /// Repeat purchases.
    pub repeats: Vec<u64>,
    /// All repeat purchases up to the end of the period.
    pub cumulative: Vec<u64>,
    /// How many of the periods are in the calibration, the one in which it ends included.
    pub calibration: usize,
}

/// What a model expects for the periods of a [`Tracking`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExpectedTracking {
    /// Repeat purchases.
    pub repeats: Vec<f64>,
    /// All repeat purchases up to the end of the period.
    pub cumulative: Vec<f64>,
}

impl Tracking {
    pub(super) fn new<'a>(
        unit: Unit,
        counts: impl Iterator<Item = &'a Counts>,
        calibration_end: i64,
        end: i64,
    ) -> Result<Self> {
        let mut all = BTreeMap::<i64, (u64, u64)>::new();
        for (back, (first, repeats)) in counts.flat_map(|counts| &counts.0) {
            let sum = all.entry(end - back).or_default();
            sum.0 += first;
            sum.1 += repeats;
        }
        let mut tracking = Self {
            unit,
            start: vec![],
            first: vec![],
            repeats: vec![],
            cumulative: vec![],
            calibration: 0,
        };
        let Some((begin, _)) = all.first_key_value() else {
            return Ok(tracking);
        };
        if end - begin >= MOST_PERIODS {
            return Err(Error::invalid("tracking", "at most 1000000 periods; take a longer unit"));
        }
        let mut sum = 0;
        for period in *begin..=end {
            let (first, repeats) = all.get(&period).copied().unwrap_or_default();
            sum += repeats;
            tracking.start.push(unit.start(period));
            tracking.first.push(first);
            tracking.repeats.push(repeats);
            tracking.cumulative.push(sum);
            tracking.calibration += usize::from(period <= calibration_end);
        }
        Ok(tracking)
    }

    /// What a model expects, given its expected number of purchases of a new customer up to an age in
    /// units, E[X(t)].
    ///
    /// A customer's age is counted in whole periods from the period of the first purchase, as by
    /// [`Measure::Calendar`](crate::analytics::Measure::Calendar). `expected` is asked once for each age.
    ///
    /// ```
    /// use goodwill::analytics::{BgNbd, Summary, SummaryOptions, Times, Transactions, Unit};
    ///
    /// let times = [0, 86_400_000, 172_800_000, 345_600_000];
    /// let log = Transactions::new(&[0, 1, 0, 1], Times::Instants((&times).into()));
    /// let mut options = SummaryOptions::new(Unit::Day, "1970-01-06T00:00:00Z".parse()?);
    /// options.tracking = true;
    /// let tracking = Summary::from_log(&log, &options)?.tracking.unwrap();
    /// assert_eq!((tracking.first.as_slice(), tracking.cumulative.as_slice()),
    ///     (&[1, 1, 0, 0, 0, 0][..], &[0, 0, 1, 1, 2, 2][..]));
    /// // Half a purchase a day, of one customer from day 0 and of both from day 1.
    /// let expected = tracking.expected(|age| 0.5 * age)?;
    /// assert_eq!(expected.repeats, [0.0, 0.5, 1.0, 1.0, 1.0, 1.0]);
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    ///
    /// # Errors
    /// `input.invalid`: `expected` gives a number that is not finite.
    pub fn expected(&self, mut expected: impl FnMut(f64) -> f64) -> Result<ExpectedTracking> {
        let values: Vec<f64> = (0..self.first.len()).map(|age| expected(age as f64)).collect();
        if values.iter().any(|value| !value.is_finite()) {
            return Err(Error::invalid("expected", "a function with finite values"));
        }
        // What a customer of each age buys in the period in which the age is reached.
        let steps: Vec<f64> = std::iter::once(0.0)
            .chain(values.iter().zip(values.iter().skip(1)).map(|(earlier, later)| later - earlier))
            .collect();
        let mut result = ExpectedTracking { repeats: vec![], cumulative: vec![] };
        let mut sum = 0.0;
        for period in 0..self.first.len() {
            let ages = steps.iter().take(period + 1).rev();
            let repeats =
                self.first.iter().zip(ages).map(|(n, step)| *n as f64 * step).sum::<f64>();
            sum += repeats;
            result.repeats.push(repeats);
            result.cumulative.push(sum);
        }
        Ok(result)
    }
}
