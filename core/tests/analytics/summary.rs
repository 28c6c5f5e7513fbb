//! Summaries against the published one, and against a plain model of what a summary is.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use goodwill::Timestamp;
use goodwill::analytics::{
    Amounts, BgNbd, CustomerCodes, Customers, Measure, PredictionQuality, PurchaseModel as _,
    Refunds, SpendOf, Summary, SummaryOptions, Times, Transactions, Unit, ZeroAmounts, Zone,
};
use proptest::prelude::*;

pub(crate) const DAY: i64 = 86_400_000;

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The log of 2,357 customers of CDNOW: ids of the sample, instants, cents.
pub(crate) fn cdnow_log() -> (Vec<u32>, Vec<i64>, Vec<i64>) {
    let (mut ids, mut times, mut cents) = (vec![], vec![], vec![]);
    for line in include_str!("data/cdnow_log.txt").lines() {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let (year, rest) = cells[2].split_at(4);
        let (month, day) = rest.split_at(2);
        ids.push(cells[1].parse().unwrap());
        times.push(at(&format!("{year}-{month}-{day}T00:00:00Z")).as_millis());
        cents.push(cells[4].replace('.', "").parse().unwrap());
    }
    assert_eq!(ids.len(), 6_919);
    (ids, times, cents)
}

/// The published summary is in weeks of exact length, by days, up to 30 September 1997.
#[test]
fn cdnow_log_gives_the_published_summary() {
    let (ids, times, cents) = cdnow_log();
    let customers = CustomerCodes::encode(ids).unwrap();
    let log = Transactions::new(&customers.codes, Times::Instants((&times).into()))
        .with_amounts(Amounts::Minor((&cents).into()));
    let options = SummaryOptions {
        measure: Measure::Exact { merge: Some(Unit::Day) },
        calibration_end: Some(at("1997-09-30T00:00:00Z")),
        tracking: true,
        ..SummaryOptions::new(Unit::Week, at("1998-06-30T00:00:00Z"))
    };
    let summary = Summary::from_log(&log, &options).unwrap();
    let published = super::cdnow();
    assert_eq!(summary.customer.len(), 2_357);
    assert_eq!(summary.frequency, published.frequency);
    for row in 0..2_357 {
        assert_eq!(customers.ids[summary.customer[row] as usize] as usize, row + 1);
        let near = |actual: f64, expected: f64| {
            assert!((actual - expected).abs() < 0.005 + 1e-9, "{row}: {actual} {expected}");
        };
        near(summary.recency[row], published.recency[row]);
        near(summary.age[row], published.age[row]);
        near(summary.spend[row] / 100.0, published.spend[row]);
    }
    // 39 weeks in which the customers bought on 1,882 days; BG/NBD says an eighth less.
    let holdout = summary.holdout.unwrap();
    assert_eq!(holdout.duration, 39.0);
    let actual: u32 = holdout.frequency.iter().sum();
    let columns = Customers::from_columns(&summary.frequency, &summary.recency, &summary.age);
    let model = BgNbd::fit(&columns.unwrap()).model;
    let (x, recency, age) = (&summary.frequency, &summary.recency, &summary.age);
    let predicted = model.expected_purchases(x, recency, age, 39.0).unwrap();
    let quality = PredictionQuality::of(&predicted, &holdout.frequency).unwrap();
    assert_eq!((actual, quality.actual), (1_882, 1_882.0));
    assert!((quality.predicted / quality.actual - 0.88).abs() < 0.01, "{quality:?}");
    let tracking = summary.tracking.unwrap();
    assert_eq!(tracking.first.iter().sum::<u64>(), 2_357);
    let repeats: u32 = summary.frequency.iter().sum();
    assert_eq!(*tracking.cumulative.last().unwrap(), u64::from(repeats + actual));
    let expected = tracking.expected(|age| model.expected(age)).unwrap();
    let ratio = expected.cumulative.last().unwrap() / f64::from(repeats + actual);
    assert!((ratio - 0.95).abs() < 0.03, "{ratio}");
}

/// A row of a made-up log: customer, hours, cents.
pub(crate) type LogRow = (u32, i64, i64);

pub(crate) fn rows(longest: usize) -> impl Strategy<Value = Vec<LogRow>> {
    let amount = prop_oneof![6 => 1..500_i64, 1 => Just(0), 2 => -300..0_i64];
    prop::collection::vec((0..12_u32, 0..2_000_i64, amount), 1..longest)
}

pub(crate) const HOUR: i64 = 3_600_000;

/// A purchase of the model: period, first instant, cents.
type Bought = (i64, i64, i64);

/// What one customer bought: periods in a map, refunds taken from the latest purchase up to their own.
fn bought(rows: &[LogRow], options: &SummaryOptions, key: impl Fn(i64) -> i64) -> Vec<Bought> {
    let policies = options.policies;
    let mut purchases = BTreeMap::<i64, (i64, i64)>::new();
    let mut refunds = BTreeMap::<i64, i64>::new();
    for (_, hour, cents) in rows {
        let (time, cents) = (hour * HOUR, *cents);
        if cents < 0 && policies.refunds == Refunds::Net {
            *refunds.entry(key(time)).or_default() -= cents;
        } else if cents > 0 || (cents == 0 && policies.zero_amounts == ZeroAmounts::Purchase) {
            let purchase = purchases.entry(key(time)).or_insert((time, 0));
            purchase.0 = purchase.0.min(time);
            purchase.1 += cents;
        }
    }
    for (period, mut rest) in refunds {
        for (_, purchase) in purchases.range_mut(..=period).rev() {
            let part = rest.min(purchase.1);
            purchase.1 -= part;
            rest -= part;
        }
    }
    let keep = policies.zero_amounts == ZeroAmounts::Purchase;
    purchases
        .into_iter()
        .filter(|(_, (_, cents))| keep || *cents > 0)
        .map(|(period, (time, cents))| (period, time, cents))
        .collect()
}

fn mean(bought: &[Bought]) -> f64 {
    if bought.is_empty() {
        return 0.0;
    }
    bought.iter().map(|bought| bought.2).sum::<i64>() as f64 / bought.len() as f64
}

/// A row of a summary: customer, x, t_x, T, spend, and the holdout's purchases and spend.
type SummaryRow = (u32, u32, f64, f64, f64, u32, f64);

fn naive(log: &[LogRow], options: &SummaryOptions) -> Vec<SummaryRow> {
    let zone = options.zone;
    let period = |unit: Unit, time: i64| unit.period(zone.local_millis(time));
    let key = |time: i64| match options.measure {
        Measure::Calendar => period(options.unit, time),
        Measure::Exact { merge: Some(unit) } => period(unit, time),
        Measure::Exact { merge: None } => time,
    };
    let reference = options.reference.as_millis();
    let end = options.calibration_end.unwrap_or(options.reference).as_millis();
    let between = |from: i64, to: i64| match options.measure {
        Measure::Calendar => (period(options.unit, to) - period(options.unit, from)) as f64,
        Measure::Exact { .. } => (to - from) as f64 / (options.unit.days() * DAY as f64),
    };
    let customers: BTreeSet<u32> = log.iter().map(|row| row.0).collect();
    let mut result = vec![];
    for customer in customers {
        let own = |from: i64, to: i64| -> Vec<LogRow> {
            let inside =
                |row: &&LogRow| row.0 == customer && row.1 * HOUR > from && row.1 * HOUR <= to;
            log.iter().filter(inside).copied().collect()
        };
        let before = bought(&own(i64::MIN, end), options, key);
        let after = bought(&own(end, reference), options, key);
        let (Some(first), Some(last)) = (before.first(), before.last()) else { continue };
        let spend = if options.spend == SpendOf::All { &before[..] } else { &before[1..] };
        let frequency = before.len() as u32 - 1;
        let (recency, age) = (between(first.1, last.1), between(first.1, end));
        let held = (after.len() as u32, mean(&after));
        result.push((customer, frequency, recency, age, mean(spend), held.0, held.1));
    }
    result
}

fn options() -> impl Strategy<Value = SummaryOptions> {
    let unit = prop::sample::select(Unit::ALL.to_vec());
    let measure = prop_oneof![
        Just(Measure::Calendar),
        Just(Measure::Exact { merge: None }),
        Just(Measure::Exact { merge: Some(Unit::Day) }),
        Just(Measure::Exact { merge: Some(Unit::Week) }),
    ];
    let zone = prop::sample::select(vec!["UTC", "+05:30", "-11:00", "America/New_York"]);
    let policies = (any::<bool>(), any::<bool>(), any::<bool>());
    (unit, measure, zone, 0..2_200_i64, prop::option::of(1..1_500_i64), policies).prop_map(
        |(unit, measure, zone, reference, holdout, (net, drop, all))| {
            let instant = |hour: i64| Timestamp::from_millis(hour * HOUR).unwrap();
            let mut options = SummaryOptions::new(unit, instant(reference));
            options.measure = measure;
            options.zone = zone.parse::<Zone>().unwrap();
            options.calibration_end = holdout.map(|hours| instant(reference - hours));
            options.policies.refunds = if net { Refunds::Net } else { Refunds::Drop };
            if drop {
                options.policies.zero_amounts = ZeroAmounts::Drop;
            }
            options.spend = if all { SpendOf::All } else { SpendOf::Repeats };
            options
        },
    )
}

/// The rows of a summary, with the bits of each number.
fn bits(summary: &Summary) -> Vec<[u64; 7]> {
    (0..summary.customer.len())
        .map(|row| {
            let held = summary.holdout.as_ref();
            [
                u64::from(summary.customer[row]),
                u64::from(summary.frequency[row]),
                summary.recency[row].to_bits(),
                summary.age[row].to_bits(),
                summary.spend[row].to_bits(),
                held.map_or(0, |held| u64::from(held.frequency[row])),
                held.map_or(0, |held| held.spend[row].to_bits()),
            ]
        })
        .collect()
}

pub(crate) fn columns(rows: &[LogRow]) -> (Vec<u32>, Vec<i64>, Vec<i64>, Vec<f64>) {
    (
        rows.iter().map(|row| row.0).collect(),
        rows.iter().map(|row| row.1 * HOUR).collect(),
        rows.iter().map(|row| row.2).collect(),
        rows.iter().map(|row| row.2 as f64 * 0.01).collect(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn summary_is_that_of_the_model(rows in rows(120), options in options()) {
        let (codes, times, cents, _) = columns(&rows);
        let log = Transactions::new(&codes, Times::Instants((&times).into()))
            .with_amounts(Amounts::Minor((&cents).into()));
        let summary = Summary::from_log(&log, &options).unwrap();
        let expected = naive(&rows, &options);
        prop_assert_eq!(summary.customer.len(), expected.len());
        for (row, expected) in expected.iter().enumerate() {
            let held = summary.holdout.as_ref();
            let actual: SummaryRow = (
                summary.customer[row],
                summary.frequency[row],
                summary.recency[row],
                summary.age[row],
                summary.spend[row],
                held.map_or(0, |held| held.frequency[row]),
                held.map_or(0.0, |held| held.spend[row]),
            );
            let expected = if held.is_some() { *expected } else {
                (expected.0, expected.1, expected.2, expected.3, expected.4, 0, 0.0)
            };
            prop_assert!((actual.2 - expected.2).abs() < 1e-9 && (actual.3 - expected.3).abs() < 1e-9,
                "{:?} {:?}", actual, expected);
            prop_assert_eq!(
                (actual.0, actual.1, actual.4, actual.5, actual.6),
                (expected.0, expected.1, expected.4, expected.5, expected.6)
            );
        }
        let report = summary.report;
        let late = rows.iter().filter(|row| row.1 * HOUR > options.reference.as_millis()).count();
        prop_assert_eq!((report.rows, report.after_reference), (rows.len() as u64, late as u64));
        let customers = rows.iter().filter(|row| row.1 * HOUR <= options.reference.as_millis());
        let customers: BTreeSet<u32> = customers.map(|row| row.0).collect();
        // Customers of whom every row is left out at once are not seen at all.
        let gone = report.customers_without_purchase + report.customers_after_calibration;
        prop_assert!(summary.customer.len() as u64 + gone <= customers.len() as u64);
    }

    /// Equal bits, whatever the order of the rows and the number of threads.
    #[test]
    fn order_and_threads_show_nowhere(
        (rows, shuffled) in rows(400).prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        options in options(),
        threads in 2..7_usize,
    ) {
        let summarise = |rows: &[LogRow], threads: usize| {
            let (codes, times, _, amounts) = columns(rows);
            // Codes far apart, so that there are many buckets.
            let codes: Vec<u32> = codes.iter().map(|code| code * 40_000).collect();
            let log = Transactions::new(&codes, Times::Instants((&times).into()))
                .with_amounts(Amounts::Decimal((&amounts).into()))
                .with_threads(NonZeroUsize::new(threads).unwrap());
            Summary::from_log(&log, &options).unwrap()
        };
        let one = summarise(&rows, 1);
        let other = summarise(&rows, threads);
        prop_assert_eq!(bits(&one), bits(&other));
        prop_assert_eq!(one.report, other.report);
        let other = summarise(&shuffled, threads);
        prop_assert_eq!(bits(&one), bits(&other));
        let unsorted = one.report.unsorted;
        prop_assert_eq!(one.report, goodwill::analytics::Report { unsorted, ..other.report });
    }
}

/// A result that comes back from JSON is the same, and says how it was made.
#[test]
fn result_echoes_its_options() {
    let log = Transactions::new(&[3, 3], Times::Instants((&[0, DAY]).into()));
    let mut options = SummaryOptions::new(Unit::Month, at("1970-03-05T10:00:00Z"));
    options.zone = "Europe/Berlin".parse().unwrap();
    options.measure = Measure::Exact { merge: Some(Unit::Day) };
    let summary = Summary::from_log(&log, &options).unwrap();
    let json = serde_json::to_value(&summary).unwrap();
    assert_eq!(json["options"]["reference"], "1970-03-05T10:00:00.000Z");
    assert_eq!(json["options"]["zone"], "Europe/Berlin");
    assert_eq!(json["options"]["measure"]["exact"]["merge"], "day");
    assert_eq!(json["report"]["customersWithoutPurchase"], 0);
    assert!(summary.spend.is_empty() && json["customer"] == serde_json::json!([3]));
    assert_eq!(serde_json::from_value::<Summary>(json).unwrap(), summary);
    let bare = r#"{"unit":"week","reference":"1970-03-05T10:00:00Z"}"#;
    let bare: SummaryOptions = serde_json::from_str(bare).unwrap();
    assert_eq!(bare, SummaryOptions::new(Unit::Week, options.reference));
}

/// An exact month is 30.436875 days; a calendar month is what the clocks of the zone say.
#[test]
fn zones_and_units_are_those_of_the_clocks() {
    // 31 January, 23:30 in New York, is 1 February in UTC.
    let times = [at("2026-01-31T12:00:00Z").as_millis(), at("2026-02-01T04:30:00Z").as_millis()];
    let log = Transactions::new(&[0, 0], Times::Instants((&times).into()));
    let summarise = |zone: &str, measure| {
        let mut options = SummaryOptions::new(Unit::Month, at("2026-03-01T04:59:59Z"));
        (options.zone, options.measure) = (zone.parse().unwrap(), measure);
        let summary = Summary::from_log(&log, &options).unwrap();
        (summary.frequency[0], summary.recency[0], summary.age[0])
    };
    assert_eq!(summarise("UTC", Measure::Calendar), (1, 1.0, 2.0));
    assert_eq!(summarise("America/New_York", Measure::Calendar), (0, 0.0, 1.0));
    let (frequency, recency, _) = summarise("UTC", Measure::Exact { merge: None });
    assert_eq!((frequency, recency), (1, 16.5 / 24.0 / 30.436875));
}
