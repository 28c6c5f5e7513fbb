//! The policies of a log: what each does, and that it says so.

use goodwill::analytics::{
    AfterReference, Amounts, Column, CustomerCodes, Duplicates, ExcessRefunds, LocalTimes, Measure,
    Nulls, Policies, Refunds, Report, SpendOf, Summary, SummaryOptions, Times, Transactions, Unit,
    Unsorted, ZeroAmounts,
};
use goodwill::{Code, Error};
use proptest::prelude::*;
use uuid::Uuid;

use super::summary::{DAY, at};

fn options(policies: Policies) -> SummaryOptions {
    let reference = at("1970-01-31T00:00:00Z");
    SummaryOptions { policies, ..SummaryOptions::new(Unit::Day, reference) }
}

fn days<const N: usize>(days: [i64; N]) -> [i64; N] {
    days.map(|day| day * DAY)
}

/// Summarises one customer's days and amounts.
fn one(days: &[i64], amounts: &[i64], policies: Policies) -> Result<Summary, Error> {
    let (customers, times): (Vec<u32>, Vec<i64>) = days.iter().map(|day| (0, day * DAY)).unzip();
    let log = Transactions::new(&customers, Times::Instants((&times).into()))
        .with_amounts(Amounts::Minor(amounts.into()));
    Summary::from_log(&log, &options(policies))
}

fn place(error: &Error) -> (Code, &str, u64) {
    let details = error.details();
    (error.code(), details["field"].as_str().unwrap(), details["row"].as_u64().unwrap())
}

/// A refund lowers the spend on the purchase before it, and never the number of purchases, unless zero
/// amounts are left out.
#[test]
fn refunds_follow_their_policy() {
    let (days, amounts) = ([0, 5, 8, 9, 12], [100, 50, 30, -60, 40]);
    let net = one(&days, &amounts, Policies::default()).unwrap();
    // 60 take the 30 of day 8, and 30 of the 50 of day 5.
    assert_eq!((net.frequency[0], net.spend[0]), (3, 20.0));
    assert_eq!(
        (net.report.refunds, net.report.refunded_in_full, net.report.excess_refunds),
        (1, 1, 0)
    );
    let bare = Policies { zero_amounts: ZeroAmounts::Drop, ..Policies::default() };
    let bare = one(&days, &amounts, bare).unwrap();
    assert_eq!((bare.frequency[0], bare.spend[0]), (2, 30.0));
    let drop = Policies { refunds: Refunds::Drop, ..Policies::default() };
    let drop = one(&days, &amounts, drop).unwrap();
    assert_eq!((drop.frequency[0], drop.spend[0]), (3, 40.0));
    let reject = Policies { refunds: Refunds::Reject, ..Policies::default() };
    assert_eq!(
        place(&one(&days, &amounts, reject).unwrap_err()),
        (Code::InputInvalid, "amount", 3)
    );
}

/// A discount line belongs to its order, whichever comes first.
#[test]
fn discount_of_the_same_instant_is_taken_from_it() {
    let summary = one(&[0, 4, 4], &[10, -3, 20], Policies::default()).unwrap();
    assert_eq!((summary.frequency[0], summary.spend[0]), (1, 17.0));
}

#[test]
fn refund_of_more_than_was_bought_is_told() {
    let (days, amounts) = ([0, 3, 4], [10, 5, -40]);
    let summary = one(&days, &amounts, Policies::default()).unwrap();
    assert_eq!((summary.spend[0], summary.report.excess_refunds), (0.0, 1));
    let reject = Policies { excess_refunds: ExcessRefunds::Reject, ..Policies::default() };
    assert_eq!(
        place(&one(&days, &amounts, reject).unwrap_err()),
        (Code::InputInvalid, "amount", 2)
    );
    let only = one(&[3], &[-5], Policies::default()).unwrap();
    assert!(only.customer.is_empty() && only.report.customers_without_purchase == 1);
}

#[test]
fn zero_amounts_follow_their_policy() {
    let (days, amounts) = ([0, 3, 6], [10, 0, 8]);
    let summary = one(&days, &amounts, Policies::default()).unwrap();
    assert_eq!((summary.frequency[0], summary.spend[0], summary.report.zero_amounts), (2, 4.0, 1));
    let drop = Policies { zero_amounts: ZeroAmounts::Drop, ..Policies::default() };
    let summary = one(&days, &amounts, drop).unwrap();
    assert_eq!((summary.frequency[0], summary.spend[0], summary.report.zero_amounts), (1, 8.0, 1));
    let reject = Policies { zero_amounts: ZeroAmounts::Reject, ..Policies::default() };
    assert_eq!(
        place(&one(&days, &amounts, reject).unwrap_err()),
        (Code::InputInvalid, "amount", 1)
    );
}

/// Two equal rows can be two things of one order; who knows better says so.
#[test]
fn duplicates_follow_their_policy() {
    let (days, amounts) = ([0, 3, 3, 3], [10, 5, 5, 6]);
    let keep = one(&days, &amounts, Policies::default()).unwrap();
    assert_eq!((keep.spend[0], keep.report.duplicates, keep.report.merged), (16.0, 1, 2));
    let drop = Policies { duplicates: Duplicates::Drop, ..Policies::default() };
    let drop = one(&days, &amounts, drop).unwrap();
    assert_eq!((drop.spend[0], drop.report.duplicates, drop.report.merged), (11.0, 1, 1));
    let reject = Policies { duplicates: Duplicates::Reject, ..Policies::default() };
    assert_eq!(
        place(&one(&days, &amounts, reject).unwrap_err()),
        (Code::InputInvalid, "customer", 2)
    );
}

#[test]
fn unsorted_rows_are_sorted_or_refused() {
    let (days, amounts) = ([4, 9, 2, 3, 9], [1, 2, 3, 4, 5]);
    let summary = one(&days, &amounts, Policies::default()).unwrap();
    assert_eq!((summary.recency[0], summary.age[0], summary.report.unsorted), (7.0, 28.0, 2));
    let reject = Policies { unsorted: Unsorted::Reject, ..Policies::default() };
    assert_eq!(place(&one(&days, &amounts, reject).unwrap_err()), (Code::InputInvalid, "time", 2));
}

#[test]
fn rows_after_the_reference_are_left_out_or_refused() {
    let summary = one(&[0, 30, 31], &[1, 2, 3], Policies::default()).unwrap();
    assert_eq!(
        (summary.frequency[0], summary.age[0], summary.report.after_reference),
        (1, 30.0, 1)
    );
    let reject = Policies { after_reference: AfterReference::Reject, ..Policies::default() };
    let error = one(&[0, 30, 31], &[1, 2, 3], reject).unwrap_err();
    assert_eq!(place(&error), (Code::InputInvalid, "time", 2));
}

/// Whatever stands where a column is null is not read.
#[test]
fn nulls_follow_their_policy() {
    let (customers, times, amounts) =
        ([0, 0, u32::MAX, 0], days([0, 2, 3, i64::MAX / DAY]), [1.0, f64::NAN, 3.0, 4.0]);
    let log = Transactions::new(
        Column::with_validity(&customers, &[true, true, false, true]),
        Times::Instants(Column::with_validity(&times, &[true, true, true, false])),
    )
    .with_amounts(Amounts::Decimal(Column::with_validity(&amounts, &[true, false, true, true])));
    let drop = Policies { nulls: Nulls::Drop, ..Policies::default() };
    let summary = Summary::from_log(&log, &options(drop)).unwrap();
    assert_eq!((summary.customer.len(), summary.frequency[0]), (1, 0));
    assert_eq!((summary.report.rows, summary.report.nulls), (4, 3));
    let error = Summary::from_log(&log, &options(Policies::default())).unwrap_err();
    assert_eq!(place(&error), (Code::InputInvalid, "amount", 1));
}

/// In Berlin 02:30 came twice on 25 October 2026 and never on 29 March.
#[test]
fn local_times_follow_their_policy() {
    let local = |text: &str| at(&format!("{text}Z")).as_millis();
    let times =
        [local("2026-03-29T00:00:00"), local("2026-03-29T02:30:00"), local("2026-10-25T02:30:00")];
    let log = Transactions::new(&[0, 0, 0], Times::Local((&times).into()));
    let summarise = |local_times| {
        let policies = Policies { local_times, ..Policies::default() };
        let mut options = SummaryOptions::new(Unit::Hour, at("2026-12-31T23:00:00Z"));
        (options.policies, options.zone) = (policies, "Europe/Berlin".parse().unwrap());
        options.measure = Measure::Exact { merge: None };
        Summary::from_log(&log, &options)
    };
    let first = at("2026-03-28T23:00:00Z").as_millis();
    let last = |summary: Summary| {
        let report = summary.report;
        assert_eq!((report.ambiguous_times, report.skipped_times), (1, 1));
        first + (summary.recency[0] * 3_600_000.0).round() as i64
    };
    let earlier = last(summarise(LocalTimes::Earlier).unwrap());
    assert_eq!(earlier, at("2026-10-25T00:30:00Z").as_millis());
    let later = last(summarise(LocalTimes::Later).unwrap());
    assert_eq!(later, at("2026-10-25T01:30:00Z").as_millis());
    let error = summarise(LocalTimes::Reject).unwrap_err();
    assert_eq!(place(&error), (Code::InputInvalid, "time", 1));
}

#[test]
fn what_cannot_be_read_is_named() {
    let times = days([0, 1, 2]);
    let log = Transactions::new(&[0, 1, 2], Times::Instants((&times).into()));
    let refused = |log: Transactions<'_>| {
        let error = Summary::from_log(&log, &options(Policies::default())).unwrap_err();
        assert!(error.details().contains_key("accepted"));
        let (code, field, row) = place(&error);
        (code, field.to_owned(), row)
    };
    for wrong in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let amounts = [1.0, wrong, 2.0];
        let log = log.with_amounts(Amounts::Decimal((&amounts).into()));
        assert_eq!(refused(log), (Code::InputInvalid, "amount".into(), 1));
    }
    let mixed = log.with_currencies(&[4, 4, 7]);
    assert_eq!(refused(mixed), (Code::MoneyCurrencyMismatch, "currency".into(), 2));
    let short = log.with_amounts(Amounts::Minor((&[1, 2]).into()));
    assert_eq!(refused(short), (Code::InputInvalid, "amount".into(), 2));
    let far = [0, i64::MAX, 0];
    let far = Transactions::new(&[0, 1, 2], Times::Instants((&far).into()));
    assert_eq!(refused(far), (Code::InputMalformedTime, "time".into(), 1));
    let huge = [f64::MAX; 3];
    let huge = Transactions::new(&[0; 3], Times::Instants((&times).into()))
        .with_amounts(Amounts::Decimal((&huge).into()));
    let mut all = options(Policies::default());
    all.spend = SpendOf::All;
    assert_eq!(
        place(&Summary::from_log(&huge, &all).unwrap_err()),
        (Code::InputInvalid, "amount", 0)
    );
    let mut split = options(Policies::default());
    split.calibration_end = Some(split.reference);
    let error = Summary::from_log(&log, &split).unwrap_err();
    assert_eq!(error.details()["field"], "calibrationEnd");
    let error = "Europe/Atlantis".parse::<goodwill::analytics::Zone>().unwrap_err();
    assert_eq!(
        (error.code(), &error.details()["field"]),
        (Code::InputUnknownValue, &"zone".into())
    );
}

/// Sums of minor units are exact where floating point is not.
#[test]
fn minor_units_are_exact() {
    let large = (1_i64 << 53) + 1;
    let summary = one(&[0, 1, 2, 2], &[1, large, large, -large + 1], Policies::default()).unwrap();
    assert_eq!(summary.spend[0], (large + 1) as f64 / 2.0);
    let most = one(&[0, 1, 2], &[1, i64::MAX, i64::MAX], Policies::default()).unwrap();
    assert_eq!(most.spend[0], i64::MAX as f64);
}

#[test]
fn empty_log_has_an_empty_summary() {
    let log = Transactions::new(&[] as &[u32], Times::Instants((&[]).into()));
    let summary = Summary::from_log(&log, &options(Policies::default())).unwrap();
    assert!(summary.customer.is_empty() && summary.report == Report::default());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn codes_are_places_of_first_appearance(ids in prop::collection::vec(-9..9_i64, 0..60)) {
        let integers = CustomerCodes::encode(ids.iter().copied()).unwrap();
        let texts = CustomerCodes::encode(ids.iter().map(|id| format!("c{id}"))).unwrap();
        let uuids = ids.iter().map(|id| Uuid::from_u128(id.unsigned_abs().into()));
        let uuids = CustomerCodes::encode(uuids).unwrap();
        prop_assert_eq!(&integers.codes, &texts.codes);
        let mut seen: Vec<i64> = vec![];
        for (row, id) in ids.iter().enumerate() {
            if !seen.contains(id) {
                seen.push(*id);
            }
            prop_assert_eq!(seen[integers.codes[row] as usize], *id);
            let uuid = uuids.ids[uuids.codes[row] as usize];
            prop_assert_eq!(uuid.as_u128(), u128::from(id.unsigned_abs()));
        }
        prop_assert_eq!(integers.ids, seen);
    }
}
