//! When each customer began, and how old a customer is at an instant.

use std::collections::HashMap;
use std::hash::Hash;

use serde::{Deserialize, Serialize};

use crate::analytics::customers::same_length;
use crate::analytics::period::Periods;
use crate::error::{Error, Result};
use crate::time::Timestamp;

/// How the age of a customer is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum CohortClock {
    /// In periods of the calendar: the period of the first event has the age 0, the next one 1.
    Calendar,
    /// In so many hours from the customer's first event: 24 for days, 168 for weeks, 720 for months of 30
    /// days.
    Rolling {
        /// At least 1.
        hours: u32,
    },
}

/// A customer who began.
#[derive(Debug, Clone, Copy)]
pub(super) struct Birth {
    /// The first event, in milliseconds.
    first: i64,
    /// The period of the first event.
    pub(super) cohort: Option<usize>,
}

/// The customers of an event log, in the order of their first rows.
#[derive(Debug)]
pub(super) struct Births<'a> {
    pub(super) customers: Vec<Birth>,
    /// The customer of each row; none of rows at or after the end.
    pub(super) of_row: Vec<Option<usize>>,
    pub(super) periods: &'a Periods,
    pub(super) end: Timestamp,
    clock: CohortClock,
}

impl<'a> Births<'a> {
    pub(super) fn of_log<Id: Eq + Hash>(
        ids: &[Id],
        times: &[Timestamp],
        periods: &'a Periods,
        end: Timestamp,
        clock: CohortClock,
    ) -> Result<Self> {
        same_length("time", times.len(), ids.len())?;
        if matches!(clock, CohortClock::Rolling { hours: 0 }) {
            return Err(Error::invalid("hours", "a number from 1"));
        }
        let mut places = HashMap::new();
        let mut firsts: Vec<i64> = Vec::new();
        let mut of_row = Vec::with_capacity(ids.len());
        for (id, at) in ids.iter().zip(times) {
            if *at >= end {
                of_row.push(None);
                continue;
            }
            let place = *places.entry(id).or_insert(firsts.len());
            of_row.push(Some(place));
            match firsts.get_mut(place) {
                Some(first) => *first = (*first).min(at.as_millis()),
                None => firsts.push(at.as_millis()),
            }
        }
        let customers = firsts.into_iter().map(|first| {
            let at = Timestamp::from_millis(first)?;
            Ok(Birth { first, cohort: periods.position(at) })
        });
        let customers = customers.collect::<Result<Vec<Birth>>>()?;
        Ok(Self { customers, of_row, periods, end, clock })
    }

    /// Rows at or after the end.
    pub(super) fn rows_after_end(&self) -> u64 {
        self.of_row.iter().filter(|customer| customer.is_none()).count() as u64
    }

    /// Customers who began outside the periods.
    pub(super) fn outside(&self) -> u64 {
        self.customers.iter().filter(|birth| birth.cohort.is_none()).count() as u64
    }

    /// How many customers each cohort has.
    pub(super) fn sizes(&self) -> Vec<u64> {
        let mut sizes = vec![0; self.periods.len()];
        for cohort in self.customers.iter().filter_map(|birth| birth.cohort) {
            if let Some(size) = sizes.get_mut(cohort) {
                *size += 1;
            }
        }
        sizes
    }

    /// The age of a customer of a cohort at an instant. Instants after the last period have the age that
    /// follows on that of the last.
    pub(super) fn age(&self, birth: &Birth, cohort: usize, at: Timestamp) -> usize {
        match self.clock {
            CohortClock::Calendar => {
                let place = self.periods.bounds().partition_point(|bound| *bound <= at);
                place.saturating_sub(1).saturating_sub(cohort)
            }
            CohortClock::Rolling { hours } => {
                let since = at.as_millis().saturating_sub(birth.first);
                usize::try_from(since / (i64::from(hours) * 3_600_000)).unwrap_or(0)
            }
        }
    }

    /// Whether a customer of a cohort was observed until this age.
    pub(super) fn reached(&self, birth: &Birth, cohort: usize, age: usize) -> bool {
        match self.clock {
            CohortClock::Calendar => {
                let bound = self.periods.bounds().get(cohort.saturating_add(age));
                bound.is_some_and(|bound| *bound <= self.end)
            }
            CohortClock::Rolling { hours } => {
                let age = i64::try_from(age).unwrap_or(i64::MAX);
                let since = age.saturating_mul(i64::from(hours) * 3_600_000);
                birth.first.saturating_add(since) <= self.end.as_millis()
            }
        }
    }
}
