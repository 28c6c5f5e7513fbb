//! Response times, read rates and promises of time.

use std::time::Duration;

use goodwill::Timestamp;
use goodwill::analytics::{
    Percentiles, QuantileType, ReadRate, ResponseTimes, SlaCompliance, SlaRules, SlaState,
};
use proptest::prelude::*;

use crate::near;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_millis(minute * 60_000).unwrap()
}

fn responses(rows: &[(u32, i64, bool)], end: i64) -> goodwill::Result<ResponseTimes> {
    let ids: Vec<u32> = rows.iter().map(|row| row.0).collect();
    let times: Vec<Timestamp> = rows.iter().map(|row| at(row.1)).collect();
    let by_customer: Vec<bool> = rows.iter().map(|row| row.2).collect();
    ResponseTimes::of_messages(&ids, &times, &by_customer, at(end), &Percentiles::default())
}

/// F062, F424, F425: two conversations at once; who writes twice waits since the first.
#[test]
fn customers_wait_from_the_first_unanswered_message() {
    let rows = [
        (1, 0, true),
        (2, 1, false),
        (1, 3, true),
        (2, 5, true),
        (1, 10, false),
        (1, 12, false),
        (1, 20, true),
        (2, 25, false),
        (1, 21, false),
        (2, 30, true),
        (2, 99, false),
    ];
    let times = responses(&rows, 60).unwrap();
    let (first, all) =
        (times.first_response.clone().unwrap(), times.all_responses.clone().unwrap());
    assert_eq!((first.n, first.lowest, first.highest), (2, 600.0, 1200.0));
    assert_eq!((all.n, all.at(50.0)), (3, Some(600.0)));
    assert_eq!((times.waiting, times.longest_wait, times.rows_after_end), (1, Some(1800.0), 1));
    assert_eq!(all.quantile_type, QuantileType::Linear);
    let json = serde_json::to_value(&times).unwrap();
    assert_eq!(json["allResponses"]["quantileType"], 7);
    assert_eq!(serde_json::from_value::<ResponseTimes>(json).unwrap(), times);
    let nobody = responses(&[(1, 0, false)], 60).unwrap();
    assert_eq!((nobody.first_response, nobody.waiting, nobody.longest_wait), (None, 0, None));
    let error = responses(&[(1, 5, true), (2, 1, true), (1, 4, false)], 60).unwrap_err();
    assert_eq!((&error.details()["field"], &error.details()["row"]), (&"time".into(), &2.into()));
}

/// F061, F425: what was read after the window is not read in time, and what is too recent does not count.
#[test]
fn read_rate_counts_what_had_its_time() {
    let sent = [at(0), at(10), at(20), at(95), at(100)];
    let read = [Some(at(5)), Some(at(80)), None, Some(at(96)), None];
    let rate = |window: Option<u64>| {
        let window = window.map(|minutes| Duration::from_secs(60 * minutes));
        ReadRate::of_columns(&sent, &read, at(100), window, &Percentiles::default()).unwrap()
    };
    let any = rate(None);
    assert_eq!((any.n, any.read, any.percent, any.rows_after_end), (4, 3, Some(75.0), 1));
    let hour = rate(Some(60));
    assert_eq!((hour.n, hour.read, hour.too_recent), (3, 1, 1));
    near(hour.percent.unwrap(), 100.0 / 3.0, 1e-12);
    assert_eq!(hour.seconds_to_read.as_ref().unwrap().mean, 300.0);
    let usual = Percentiles::default();
    let error = ReadRate::of_columns(&[at(5), at(5)], &[None, Some(at(4))], at(9), None, &usual);
    assert_eq!(error.unwrap_err().details()["row"], 1);
    // A window ends before its last instant.
    let window = Some(Duration::from_secs(60));
    let edge = ReadRate::of_columns(&[at(0)], &[Some(at(1))], at(2), window, &usual).unwrap();
    assert_eq!((edge.n, edge.read), (1, 0));
    let none = ReadRate::of_columns(&[], &[], at(9), None, &usual).unwrap();
    assert_eq!((none.percent, none.low, none.high), (None, 0.0, 100.0));
}

/// F424: exactly at the target is in time; what runs is not decided.
#[test]
fn promises_are_met_broken_or_running() {
    let elapsed = [60.0, 60.1, 47.9, 48.0, 60.0, 61.0];
    let done = [true, true, false, false, false, false];
    let sla = SlaRules::default().evaluate(&[60.0; 6], &elapsed, &done).unwrap();
    use SlaState::{AtRisk, Breached, Met, Running};
    assert_eq!(sla.states, [Met, Breached, Running, AtRisk, AtRisk, Breached]);
    assert_eq!((sla.met, sla.breached, sla.running, sla.at_risk), (1, 2, 3, 2));
    near(sla.percent.unwrap(), 100.0 / 3.0, 1e-12);
    near(sla.overrun.as_ref().unwrap().highest, 1.0, 1e-12);
    let json = serde_json::to_value(&sla).unwrap();
    assert_eq!((&json["version"], &json["states"][3]), (&"sla-1".into(), &"at_risk".into()));
    assert_eq!(serde_json::from_value::<SlaCompliance>(json).unwrap(), sla);
    let open = SlaRules::default().evaluate(&[1.0], &[0.0], &[false]).unwrap();
    assert_eq!((open.percent, open.overrun), (None, None));
}

#[test]
fn promises_that_cannot_be_are_refused() {
    let rules = SlaRules::default();
    let place = |target: f64, elapsed: f64| {
        let error = rules.evaluate(&[1.0, target], &[1.0, elapsed], &[true; 2]).unwrap_err();
        (error.details()["field"].clone(), error.details()["row"].clone())
    };
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(place(bad, 1.0), ("target".into(), 1.into()));
    }
    for bad in [-1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(place(1.0, bad), ("elapsed".into(), 1.into()));
    }
    assert!(
        rules.evaluate(&[1.0], &[1.0], &[]).is_err()
            && rules.evaluate(&[1.0], &[], &[true]).is_err()
    );
    let late = SlaRules { at_risk_from: f64::NAN, ..SlaRules::default() };
    assert_eq!(late.evaluate(&[], &[], &[]).unwrap_err().details()["field"], "atRiskFrom");
    let unnamed = SlaRules { version: String::new(), ..SlaRules::default() };
    assert!(unnamed.evaluate(&[], &[], &[]).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// F062: conversation by conversation, each response looked for from its first unanswered message.
    #[test]
    fn response_times_are_as_defined(rows in prop::collection::vec((0..4_u32, 0..9_i64, any::<bool>()), 0..40)) {
        let mut minute = 0;
        let rows: Vec<(u32, i64, bool)> = rows.into_iter().map(|(id, later, by_customer)| {
            minute += later;
            (id, minute, by_customer)
        }).collect();
        let (mut first, mut all, mut waits) = (vec![], vec![], vec![]);
        for id in 0..4 {
            let own: Vec<(i64, bool)> = rows.iter().filter(|row| row.0 == id).map(|row| (row.1, row.2)).collect();
            let (mut rest, mut answers) = (&own[..], 0);
            while let Some(start) = rest.iter().position(|row| row.1) {
                match rest[start..].iter().position(|row| !row.1) {
                    Some(length) => {
                        let wait = (rest[start + length].0 - rest[start].0) as f64 * 60.0;
                        if answers == 0 {
                            first.push(wait);
                        }
                        all.push(wait);
                        answers += 1;
                        rest = &rest[start + length..];
                    }
                    None => {
                        waits.push((1000 - rest[start].0) as f64 * 60.0);
                        rest = &[];
                    }
                }
            }
        }
        let times = responses(&rows, 1000).unwrap();
        let n = |of: &Option<goodwill::analytics::Distribution>| of.as_ref().map_or(0, |of| of.n as usize);
        prop_assert_eq!((n(&times.first_response), n(&times.all_responses)), (first.len(), all.len()));
        prop_assert_eq!(times.waiting as usize, waits.len());
        prop_assert_eq!(times.longest_wait, waits.into_iter().reduce(f64::max));
        if let Some(of) = times.all_responses {
            prop_assert!((of.mean - all.iter().sum::<f64>() / all.len() as f64).abs() < 1e-9);
            prop_assert_eq!(Some(of.highest), all.into_iter().reduce(f64::max));
        }
    }
}
