//! Periods of the calendar, in zones with and without summer time.

use goodwill::Timestamp;
use goodwill::analytics::{CalendarUnit, Periods, days_since};
use proptest::prelude::*;

const HOUR: i64 = 3_600_000;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn hours(periods: &Periods) -> Vec<i64> {
    periods.iter().map(|day| (day.end.as_millis() - day.start.as_millis()) / HOUR).collect()
}

/// Before and after a transition.
fn zone(transition: &str, before: i32, after: i32) -> impl Fn(Timestamp) -> i32 {
    let transition = at(transition);
    move |instant| 3600 * if instant < transition { before } else { after }
}

/// F260: periods of a zone. Berlin changes at one in the morning UTC; Santiago skips midnight in September and
/// repeats the hour before it in April; Havana repeats the hour after it; Samoa skipped 30 December 2011.
#[test]
fn days_follow_the_clocks_of_a_zone() {
    let days = |from: &str, until: &str, zone: &dyn Fn(Timestamp) -> i32| {
        Periods::in_zone(CalendarUnit::Day, at(from), at(until), zone).unwrap()
    };
    let spring = zone("2026-03-29T01:00:00Z", 1, 2);
    assert_eq!(hours(&days("2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", &spring)), [24, 23, 24]);
    let autumn = zone("2026-10-25T01:00:00Z", 2, 1);
    assert_eq!(hours(&days("2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z", &autumn)), [24, 25, 24]);

    let skipped =
        days("2026-09-05T12:00:00Z", "2026-09-07T12:00:00Z", &zone("2026-09-06T04:00:00Z", -4, -3));
    assert_eq!(
        (hours(&skipped), skipped.bounds()[1]),
        (vec![24, 23, 24], at("2026-09-06T04:00:00Z"))
    );
    let again =
        days("2026-04-03T12:00:00Z", "2026-04-05T12:00:00Z", &zone("2026-04-05T03:00:00Z", -3, -4));
    assert_eq!((hours(&again), again.bounds()[2]), (vec![24, 25, 24], at("2026-04-05T04:00:00Z")));
    let twice =
        days("2026-10-31T12:00:00Z", "2026-11-02T12:00:00Z", &zone("2026-11-01T05:00:00Z", -4, -5));
    assert_eq!((hours(&twice), twice.bounds()[1]), (vec![24, 25, 24], at("2026-11-01T04:00:00Z")));
    let samoa = days(
        "2011-12-29T12:00:00Z",
        "2011-12-31T12:00:00Z",
        &zone("2011-12-30T10:00:00Z", -10, 14),
    );
    assert_eq!(hours(&samoa), [24, 24, 24]);
    assert_eq!(samoa.bounds()[1], at("2011-12-30T10:00:00Z"));
}

#[test]
fn units_begin_where_the_calendar_says() {
    let starts = |unit| {
        let periods =
            Periods::at_offset(unit, at("2024-02-29T10:00:00Z"), at("2024-03-01T00:00:00Z"), 0);
        periods.unwrap().bounds()[0].to_string().replace("T00:00:00.000Z", "")
    };
    assert_eq!(starts(CalendarUnit::Day), "2024-02-29");
    assert_eq!(starts(CalendarUnit::Week), "2024-02-26");
    assert_eq!(starts(CalendarUnit::Month), "2024-02-01");
    assert_eq!(starts(CalendarUnit::Quarter), "2024-01-01");
    assert_eq!(starts(CalendarUnit::Year), "2024-01-01");
}

#[test]
fn periods_that_cannot_be_are_refused() {
    let (early, late) = (at("2026-01-01T00:00:00Z"), at("2026-02-01T00:00:00Z"));
    let error = Periods::from_bounds(vec![early, late, late]).unwrap_err();
    assert_eq!((&error.details()["field"], &error.details()["row"]), (&"bounds".into(), &2.into()));
    assert!(Periods::from_bounds(vec![early]).is_err());
    assert!(Periods::at_offset(CalendarUnit::Day, late, early, 0).is_err());
    let error = Periods::at_offset(CalendarUnit::Day, early, late, 90_000).unwrap_err();
    assert_eq!(error.details()["field"], "offset");
    let (first, last) = (Timestamp::MIN, Timestamp::MAX);
    assert!(Periods::at_offset(CalendarUnit::Year, first, last, 0).unwrap().len() == 9999);
    assert!(Periods::at_offset(CalendarUnit::Year, last, first, 0).is_err());
    let json = serde_json::to_string(&Periods::from_bounds(vec![early, late]).unwrap()).unwrap();
    assert_eq!(json, r#"["2026-01-01T00:00:00.000Z","2026-02-01T00:00:00.000Z"]"#);
    assert!(serde_json::from_str::<Periods>(r#"["2026-01-01T00:00:00Z"]"#).is_err());
}

/// F533: days since the last contact are those of the calendar of the zone.
#[test]
fn days_since_contact_are_midnights() {
    let (evening, morning) = (at("2026-03-28T21:30:00Z"), at("2026-03-29T06:00:00Z"));
    let berlin = zone("2026-03-29T01:00:00Z", 1, 2);
    assert_eq!(days_since(evening, morning, &berlin).unwrap(), 1);
    assert_eq!(days_since(morning, evening, &berlin).unwrap(), -1);
    assert_eq!(days_since(evening, evening, berlin).unwrap(), 0);
    assert!(days_since(evening, morning, |_| 100_000).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn periods_cover_what_was_asked(from in 0..2_000_000_i64, span in 1..50_000_i64, offset in -50_400..=50_400_i32) {
        let from = Timestamp::from_millis(from * 1_000_003).unwrap();
        let until = Timestamp::from_millis(from.as_millis() + span * 100_003).unwrap();
        for unit in [CalendarUnit::Day, CalendarUnit::Week, CalendarUnit::Month, CalendarUnit::Quarter, CalendarUnit::Year] {
            let periods = Periods::at_offset(unit, from, until, offset).unwrap();
            prop_assert_eq!(periods.position(from), Some(0));
            let last = Timestamp::from_millis(until.as_millis() - 1).unwrap();
            prop_assert_eq!(periods.position(last), Some(periods.len() - 1));
            for bound in periods.bounds() {
                prop_assert_eq!((bound.as_millis() + i64::from(offset) * 1000).rem_euclid(24 * HOUR), 0);
            }
            for (place, period) in periods.iter().enumerate() {
                prop_assert_eq!(periods.position(period.start), Some(place));
            }
            prop_assert_eq!(periods.position(periods.bounds()[periods.len()]), None);
        }
    }
}
