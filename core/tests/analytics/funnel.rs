//! Funnels, by hand and against the definition.

use std::time::Duration;

use goodwill::Timestamp;
use goodwill::analytics::{Funnel, FunnelResult};
use proptest::prelude::*;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_millis(minute * 60_000).unwrap()
}

fn funnel(steps: &[&str], minutes: u64) -> Funnel {
    Funnel::new("quotes-1", steps, Duration::from_secs(60 * minutes)).unwrap()
}

fn run(funnel: &Funnel, rows: &[(u32, usize, i64)], end: i64) -> FunnelResult {
    let ids: Vec<u32> = rows.iter().map(|row| row.0).collect();
    let steps: Vec<usize> = rows.iter().map(|row| row.1).collect();
    let times: Vec<Timestamp> = rows.iter().map(|row| at(row.2)).collect();
    funnel.of_log(&ids, &steps, &times, at(end)).unwrap()
}

fn counts(result: &FunnelResult) -> Vec<u64> {
    result.steps.iter().map(|step| step.customers).collect()
}

/// F248: order, first touch, and the window, whose last instant counts.
#[test]
fn steps_count_in_order_and_in_time() {
    let three = funnel(&["visit", "quote", "order"], 60);
    let rows = [
        // In order; the second visit does not start anew.
        (1, 0, 0),
        (1, 1, 10),
        (1, 0, 50),
        (1, 2, 60),
        // A quote before the visit is none.
        (2, 1, 5),
        (2, 0, 6),
        (2, 2, 20),
        // Too late by one minute after the first visit, in time after the second.
        (3, 0, 0),
        (3, 0, 30),
        (3, 1, 61),
        // All at once.
        (4, 2, 7),
        (4, 1, 7),
        (4, 0, 7),
        // Never enters.
        (5, 2, 9),
    ];
    let result = run(&three, &rows, 1000);
    assert_eq!((counts(&result), result.conversion_percent), (vec![4, 2, 2], Some(50.0)));
    assert_eq!((result.version.as_str(), result.unfinished), ("quotes-1", 0));
    let [visit, quote, order] = &result.steps[..] else { panic!() };
    assert_eq!((visit.percent_of_previous, &visit.seconds_from_first), (Some(100.0), &None));
    assert_eq!((quote.percent_of_previous, order.percent_of_previous), (Some(50.0), Some(100.0)));
    // 3600 s and 0 s from the visit, 3000 s and 0 s from the quote.
    assert_eq!(order.seconds_from_first.as_ref().unwrap().at(50.0), Some(1800.0));
    assert_eq!(order.seconds_from_previous.as_ref().unwrap().highest, 3000.0);
    assert!(order.low > 0.0 && order.low < 50.0 && order.high > 50.0);
    let json = serde_json::to_value(&result).unwrap();
    assert_eq!(json["steps"][2]["percentOfFirst"], 50.0);
    assert_eq!(serde_json::from_value::<FunnelResult>(json).unwrap(), result);
}

/// F248: who may still convert is no failure yet.
#[test]
fn windows_that_are_not_over_do_not_count() {
    let mut two = funnel(&["visit", "order"], 60);
    let rows = [(1, 0, 0), (1, 1, 30), (2, 0, 50), (3, 0, 40), (3, 1, 100), (4, 0, 39)];
    let result = run(&two, &rows, 100);
    assert_eq!((counts(&result), result.unfinished, result.rows_after_end), (vec![2, 1], 2, 1));
    two.include_unfinished = true;
    let result = run(&two, &rows, 100);
    assert_eq!((counts(&result), result.unfinished), (vec![4, 1], 2));
    let nobody = run(&two, &[], 100);
    assert_eq!((nobody.conversion_percent, nobody.steps[1].percent_of_previous), (None, None));
}

#[test]
fn funnels_that_cannot_be_are_refused() {
    let hour = Duration::from_secs(3600);
    let field = |version, steps: &[&str], window| {
        let error = Funnel::new(version, steps, window).unwrap_err();
        (error.details()["field"].clone(), error.details().get("row").cloned())
    };
    assert_eq!(field(" ", &["a"], hour).0, "version");
    assert_eq!(field("1", &["a", "b", "a"], hour), ("steps".into(), Some(2.into())));
    assert_eq!(field("1", &[], hour), ("steps".into(), Some(0.into())));
    assert_eq!(field("1", &["a"], Duration::ZERO).0, "windowSeconds");
    let error = funnel(&["a", "b"], 1).of_log(&[1, 1], &[0, 2], &[at(0); 2], at(9)).unwrap_err();
    assert_eq!((&error.details()["field"], &error.details()["row"]), (&"step".into(), &1.into()));
    assert!(funnel(&["a"], 1).of_log(&[1], &[0], &[], at(9)).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// Each step is looked up anew in all rows of the customer.
    #[test]
    fn funnel_is_as_defined(rows in prop::collection::vec((0..6_u32, 0..3_usize, 0..50_i64), 0..50), minutes in 1..40_i64) {
        let mut funnel = funnel(&["a", "b", "c"], minutes as u64);
        funnel.include_unfinished = true;
        let mut expected = [0; 3];
        for id in 0..6 {
            let first_of = |step: usize, from: i64, to: i64| {
                let events = rows.iter().filter(|row| row.0 == id && row.1 == step);
                events.map(|row| row.2).filter(|minute| (from..=to).contains(minute)).min()
            };
            let Some(entered) = first_of(0, 0, i64::MAX) else { continue };
            expected[0] += 1;
            let Some(second) = first_of(1, entered, entered + minutes) else { continue };
            expected[1] += 1;
            expected[2] += u64::from(first_of(2, second, entered + minutes).is_some());
        }
        let result = run(&funnel, &rows, 1000);
        prop_assert_eq!(counts(&result), expected.to_vec());
        let mut reversed = rows.clone();
        reversed.reverse();
        prop_assert_eq!(run(&funnel, &reversed, 1000), result);
    }
}
