//! Periods of the calendar, in zones with and without summer time.

use goodwill::Timestamp;
use goodwill::analytics::{Periods, Unit, Zone, days_since};
use proptest::prelude::*;

const HOUR: i64 = 3_600_000;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn hours(periods: &Periods) -> Vec<i64> {
    periods.iter().map(|day| (day.end.as_millis() - day.start.as_millis()) / HOUR).collect()
}

fn days(from: &str, until: &str, zone: &str) -> Periods {
    Periods::in_zone(Unit::Day, at(from), at(until), zone.parse().unwrap()).unwrap()
}

/// F260: periods of a zone. Berlin changes at one in the morning UTC; Santiago skips midnight in September and
/// repeats the hour before it in April; Havana repeats the hour after it; Samoa skipped 30 December 2011.
#[test]
fn days_follow_the_clocks_of_a_zone() {
    let spring = days("2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", "Europe/Berlin");
    assert_eq!(hours(&spring), [24, 23, 24]);
    let autumn = days("2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z", "Europe/Berlin");
    assert_eq!(hours(&autumn), [24, 25, 24]);
    let skipped = days("2026-09-05T12:00:00Z", "2026-09-07T12:00:00Z", "America/Santiago");
    assert_eq!(hours(&skipped), [24, 23, 24]);
    assert_eq!(skipped.bounds()[1], at("2026-09-06T04:00:00Z"));
    let again = days("2026-04-03T12:00:00Z", "2026-04-05T12:00:00Z", "America/Santiago");
    assert_eq!((hours(&again), again.bounds()[2]), (vec![24, 25, 24], at("2026-04-05T04:00:00Z")));
    let twice = days("2026-10-31T12:00:00Z", "2026-11-02T12:00:00Z", "America/Havana");
    assert_eq!((hours(&twice), twice.bounds()[1]), (vec![24, 25, 24], at("2026-11-01T04:00:00Z")));
    let samoa = days("2011-12-29T12:00:00Z", "2011-12-31T12:00:00Z", "Pacific/Apia");
    assert_eq!(hours(&samoa), [24, 24, 24]);
    assert_eq!(samoa.bounds()[1], at("2011-12-30T10:00:00Z"));
}

#[test]
fn units_begin_where_the_calendar_says() {
    let starts = |unit| {
        let periods = Periods::in_zone(
            unit,
            at("2024-02-29T10:00:00Z"),
            at("2024-03-01T00:00:00Z"),
            Zone::UTC,
        );
        periods.unwrap().bounds()[0].to_string().replace("T00:00:00.000Z", "")
    };
    assert_eq!(starts(Unit::Day), "2024-02-29");
    assert_eq!(starts(Unit::Week), "2024-02-26");
    assert_eq!(starts(Unit::Month), "2024-02-01");
    assert_eq!(starts(Unit::Quarter), "2024-01-01");
    assert_eq!(starts(Unit::Year), "2024-01-01");
}

#[test]
fn periods_that_cannot_be_are_refused() {
    let (early, late) = (at("2026-01-01T00:00:00Z"), at("2026-02-01T00:00:00Z"));
    let error = Periods::from_bounds(vec![early, late, late]).unwrap_err();
    assert_eq!((&error.details()["field"], &error.details()["row"]), (&"bounds".into(), &2.into()));
    assert!(Periods::from_bounds(vec![early]).is_err());
    assert!(Periods::in_zone(Unit::Day, late, early, Zone::UTC).is_err());
    let (first, last) = (Timestamp::MIN, Timestamp::MAX);
    assert_eq!(Periods::in_zone(Unit::Year, first, last, Zone::UTC).unwrap().len(), 9999);
    assert_eq!(Periods::in_zone(Unit::Hour, early, late, Zone::UTC).unwrap().len(), 31 * 24);
    assert!(Periods::in_zone(Unit::Year, last, first, Zone::UTC).is_err());
    let json = serde_json::to_string(&Periods::from_bounds(vec![early, late]).unwrap()).unwrap();
    assert_eq!(json, r#"["2026-01-01T00:00:00.000Z","2026-02-01T00:00:00.000Z"]"#);
    assert!(serde_json::from_str::<Periods>(r#"["2026-01-01T00:00:00Z"]"#).is_err());
}

/// F533: days since the last contact are those of the calendar of the zone.
#[test]
fn days_since_contact_are_midnights() {
    let (evening, morning) = (at("2026-03-28T21:30:00Z"), at("2026-03-29T06:00:00Z"));
    let berlin: Zone = "Europe/Berlin".parse().unwrap();
    assert_eq!(days_since(evening, morning, berlin), 1);
    assert_eq!(days_since(morning, evening, berlin), -1);
    assert_eq!(days_since(evening, evening, berlin), 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn periods_cover_what_was_asked(from in 0..2_000_000_i64, span in 1..50_000_i64, minutes in 0..=840_i64, west: bool) {
        let from = Timestamp::from_millis(from * 1_000_003).unwrap();
        let until = Timestamp::from_millis(from.as_millis() + span * 100_003).unwrap();
        let sign = if west { "-" } else { "+" };
        let zone: Zone = format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60).parse().unwrap();
        let offset = if west { -minutes } else { minutes } * 60_000;
        for unit in [Unit::Day, Unit::Week, Unit::Month, Unit::Quarter, Unit::Year] {
            let periods = Periods::in_zone(unit, from, until, zone).unwrap();
            prop_assert_eq!(periods.position(from), Some(0));
            let last = Timestamp::from_millis(until.as_millis() - 1).unwrap();
            prop_assert_eq!(periods.position(last), Some(periods.len() - 1));
            for bound in periods.bounds() {
                prop_assert_eq!((bound.as_millis() + offset).rem_euclid(24 * HOUR), 0);
            }
            for (place, period) in periods.iter().enumerate() {
                prop_assert_eq!(periods.position(period.start), Some(place));
            }
            prop_assert_eq!(periods.position(periods.bounds()[periods.len()]), None);
        }
    }
}
