//! Retention of cohorts, against hand-made tables and the definition.

use std::collections::{BTreeMap, BTreeSet};

use goodwill::Timestamp;
use goodwill::analytics::{CohortClock, Periods, Retention, RetentionCell, RetentionTable};
use proptest::prelude::*;

fn at(hour: i64) -> Timestamp {
    Timestamp::from_millis(hour * 3_600_000).unwrap()
}

fn table(
    rows: &[(u32, i64)],
    bounds: &[i64],
    end: i64,
    clock: CohortClock,
    kind: Retention,
) -> RetentionTable {
    let ids: Vec<u32> = rows.iter().map(|row| row.0).collect();
    let times: Vec<Timestamp> = rows.iter().map(|row| at(row.1)).collect();
    let periods = Periods::from_bounds(bounds.iter().map(|hour| at(*hour)).collect()).unwrap();
    RetentionTable::of_log(&ids, &times, &periods, at(end), clock, kind).unwrap()
}

fn pairs(cells: &[RetentionCell]) -> Vec<(u64, u64)> {
    cells.iter().map(|cell| (cell.retained, cell.eligible)).collect()
}

/// Customers 1 to 4 begin on day 0, 5 on day 1; a day has 24 hours.
const LOG: [(u32, i64); 12] = [
    (1, 1),
    (1, 30),
    (1, 75),
    (2, 2),
    (2, 26),
    (3, 23),
    (3, 24),
    (4, 10),
    (4, 49),
    (5, 40),
    (5, 70),
    (5, 200),
];
const DAYS: [i64; 5] = [0, 24, 48, 72, 96];

/// F247, F296: calendar days. Customer 3 comes back one hour later, which is the next day.
#[test]
fn calendar_cohorts_count_days_of_the_calendar() {
    let n_day = table(&LOG, &DAYS, 96, CohortClock::Calendar, Retention::NDay { last: 3 });
    assert_eq!(pairs(&n_day.cohorts[0].cells), [(4, 4), (3, 4), (1, 4), (1, 4)]);
    assert_eq!(pairs(&n_day.cohorts[1].cells), [(1, 1), (1, 1), (0, 1), (0, 0)]);
    let last = n_day.cohorts[1].cells[3];
    assert!(last.incomplete && last.percent.is_none());
    // Weighted: 4 of 5, not the mean of 75 % and 100 %.
    assert_eq!((n_day.overall[1].percent, n_day.rows_after_end), (Some(80.0), 1));
    let unbounded = table(&LOG, &DAYS, 96, CohortClock::Calendar, Retention::Unbounded { last: 3 });
    assert_eq!(pairs(&unbounded.cohorts[0].cells), [(4, 4), (4, 4), (2, 4), (1, 4)]);
    let bracket = Retention::Bracket { edges: vec![1, 3, 4] };
    let bracket = table(&LOG, &DAYS, 96, CohortClock::Calendar, bracket);
    assert_eq!(pairs(&bracket.cohorts[0].cells), [(4, 4), (1, 4)]);
    assert_eq!(pairs(&bracket.cohorts[1].cells), [(1, 1), (0, 0)]);
}

/// F247: 24 hours from each customer's first event. Customer 3 comes back after one hour, which is day 0. At hour
/// 90 day 2 is not over for customer 3, and day 3 for nobody.
#[test]
fn rolling_cohorts_count_hours_of_the_customer() {
    let clock = CohortClock::Rolling { hours: 24 };
    let n_day = table(&LOG, &DAYS, 90, clock, Retention::NDay { last: 3 });
    assert_eq!(pairs(&n_day.cohorts[0].cells), [(4, 4), (3, 4), (0, 3), (0, 0)]);
    assert!(n_day.cohorts[0].cells[2].incomplete, "customer 3 has begun at hour 23");
    let later = table(&LOG, &DAYS, 98, clock, Retention::NDay { last: 3 });
    assert_eq!(pairs(&later.cohorts[0].cells)[3], (1, 2));
}

#[test]
fn customers_outside_the_periods_are_counted() {
    let result = table(&LOG, &[24, 48], 96, CohortClock::Calendar, Retention::NDay { last: 0 });
    assert_eq!((result.customers_outside, result.cohorts[0].size), (4, 1));
    let json = serde_json::to_value(&result).unwrap();
    assert_eq!(json["cohorts"][0]["cells"][0]["fromAge"], 0);
    assert_eq!(serde_json::from_value::<RetentionTable>(json).unwrap(), result);
    let empty = table(&[], &[24, 48], 96, CohortClock::Calendar, Retention::NDay { last: 0 });
    assert_eq!((empty.cohorts[0].size, empty.overall[0].percent), (0, None));
}

#[test]
fn cohorts_that_cannot_be_are_refused() {
    let periods = Periods::from_bounds(vec![at(0), at(24)]).unwrap();
    let field = |ids: &[u32], clock, kind| {
        let error =
            RetentionTable::of_log(ids, &[at(1)], &periods, at(24), clock, kind).unwrap_err();
        (error.details()["field"].clone(), error.details().get("row").cloned())
    };
    let (calendar, n_day) = (CohortClock::Calendar, Retention::NDay { last: 1 });
    assert_eq!(field(&[1, 2], calendar, n_day.clone()), ("time".into(), Some(1.into())));
    assert_eq!(field(&[1], CohortClock::Rolling { hours: 0 }, n_day).0, "hours");
    assert_eq!(field(&[1], calendar, Retention::NDay { last: 10_001 }).0, "last");
    let unsorted = Retention::Bracket { edges: vec![0, 3, 3] };
    assert_eq!(field(&[1], calendar, unsorted), ("edges".into(), Some(2.into())));
    assert_eq!(field(&[1], calendar, Retention::Bracket { edges: vec![4] }).0, "edges");
}

/// Retained and eligible customers of a cohort and a bracket of ages, by the definition, customer by customer.
fn naive(
    rows: &[(u32, i64)],
    bounds: &[i64],
    end: i64,
    hours: Option<i64>,
    cohort: usize,
    (from, to): (i64, i64),
) -> (u64, u64) {
    let mut customers: BTreeMap<u32, BTreeSet<i64>> = BTreeMap::new();
    for (id, hour) in rows.iter().filter(|row| row.1 < end) {
        customers.entry(*id).or_default().insert(*hour);
    }
    let (mut retained, mut eligible) = (0, 0);
    for events in customers.values() {
        let first = *events.first().unwrap();
        if !(bounds[cohort]..bounds[cohort + 1]).contains(&first) {
            continue;
        }
        // The bracket in hours; none, if the calendar ends before it.
        let bound = |age: i64| match hours {
            Some(hours) => Some(first + age * hours),
            None => bounds.get(cohort + age as usize).copied(),
        };
        let (Some(start), Some(stop)) = (bound(from), bound(to)) else { continue };
        if stop <= end {
            eligible += 1;
            retained += u64::from(events.range(start.max(first)..stop).next().is_some());
        }
    }
    (retained, eligible)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn retention_is_as_defined(
        rows in prop::collection::vec((0..12_u32, 0..140_i64), 0..80),
        end in 60..150_i64,
        hours in prop::option::of(1..40_u32),
    ) {
        let bounds = [0, 24, 48, 72, 96, 120];
        let clock = hours.map_or(CohortClock::Calendar, |hours| CohortClock::Rolling { hours });
        let hours = hours.map(i64::from);
        let n_day = table(&rows, &bounds, end, clock, Retention::NDay { last: 4 });
        let unbounded = table(&rows, &bounds, end, clock, Retention::Unbounded { last: 4 });
        let bracket = table(&rows, &bounds, end, clock, Retention::Bracket { edges: vec![0, 1, 3] });
        let mut sums = [(0, 0); 5];
        for cohort in 0..5 {
            for age in 0..5_i64 {
                let expected = naive(&rows, &bounds, end, hours, cohort, (age, age + 1));
                prop_assert_eq!(pairs(&n_day.cohorts[cohort].cells)[age as usize], expected);
                sums[age as usize].0 += expected.0;
                sums[age as usize].1 += expected.1;
                // Nobody is retained from an age on who is not at a lower one.
                let cell = unbounded.cohorts[cohort].cells[age as usize];
                prop_assert_eq!(cell.eligible, expected.1);
                prop_assert!(cell.retained >= expected.0);
            }
            for (place, ages) in [(0, (0, 1)), (1, (1, 3))] {
                let expected = naive(&rows, &bounds, end, hours, cohort, ages);
                prop_assert_eq!(pairs(&bracket.cohorts[cohort].cells)[place], expected);
            }
        }
        prop_assert_eq!(pairs(&n_day.overall), sums.to_vec());
        let mut shuffled = rows.clone();
        shuffled.reverse();
        prop_assert_eq!(table(&shuffled, &bounds, end, clock, Retention::NDay { last: 4 }), n_day);
    }
}
