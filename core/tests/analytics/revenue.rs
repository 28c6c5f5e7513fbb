//! Gross and net retention of revenue, and the totals of a customer.

use goodwill::analytics::{CohortClock, CustomerTotals, Periods, RevenueCohorts, RevenueRetention};
use goodwill::{Money, Timestamp};
use proptest::prelude::*;

use crate::near;

fn at(day: i64) -> Timestamp {
    Timestamp::from_millis(day * 86_400_000).unwrap()
}

/// F247: monthly payments of 30-day months. Customer 1 pays more, 2 less, 3 nothing any more.
#[test]
fn revenue_of_cohorts_is_capped_per_customer() {
    let ids = ["1", "2", "3", "1", "2", "1", "4"];
    let times = [at(0), at(5), at(9), at(30), at(40), at(60), at(35)];
    let amounts = [100.0, 100.0, 50.0, 150.0, 60.0, 150.0, 10.0];
    let periods = Periods::from_bounds(vec![at(0), at(30), at(60), at(90)]).unwrap();
    let clock = CohortClock::Rolling { hours: 720 };
    let cohorts =
        RevenueCohorts::of_log(&ids, &times, &amounts, &periods, at(92), clock, 2).unwrap();
    let first = &cohorts.cohorts[0].cells;
    assert_eq!((first[0].net_percent, first[0].gross_percent), (Some(100.0), Some(100.0)));
    assert_eq!((first[1].net_percent, first[1].gross_percent), (Some(84.0), Some(64.0)));
    // After 90 days, of the customers of the first two days only.
    assert_eq!(
        (first[2].eligible, first[2].net_percent, first[2].gross_percent),
        (1, Some(150.0), Some(100.0))
    );
    assert!(first[2].incomplete && !first[1].incomplete);
    // (210 + 0) / (250 + 10): the mean is weighted with revenue; customer 4's month 1 is not over.
    near(cohorts.overall[1].net_percent.unwrap(), 84.0, 1e-12);
    near(cohorts.overall[0].starting, 260.0, 1e-12);
    let json = serde_json::to_value(&cohorts).unwrap();
    assert_eq!(serde_json::from_value::<RevenueCohorts>(json).unwrap(), cohorts);
    let error =
        RevenueCohorts::of_log(&[1], &[at(0)], &[-1.0], &periods, at(9), clock, 2).unwrap_err();
    assert_eq!((&error.details()["field"], &error.details()["row"]), (&"amount".into(), &0.into()));
}

#[test]
fn revenue_that_cannot_be_is_refused() {
    for bad in [-0.5, f64::NAN, f64::INFINITY] {
        let error = RevenueRetention::of_columns(&[1.0, 2.0], &[1.0, bad]).unwrap_err();
        assert_eq!(
            (&error.details()["field"], &error.details()["row"]),
            (&"ending".into(), &1.into())
        );
    }
    assert!(RevenueRetention::of_columns(&[1.0], &[]).is_err());
    let none = RevenueRetention::of_columns(&[0.0], &[5.0]).unwrap();
    assert_eq!((none.gross_percent, none.net_percent, none.new), (None, None, 5.0));
}

/// F519, F520, F521: totals of a customer; no job divides nothing.
#[test]
fn totals_and_averages_of_a_customer() {
    let euro = "EUR".parse().unwrap();
    let cents = |minor| Money::from_minor(minor, euro);
    let totals =
        CustomerTotals::of(euro, &[cents(10_000), cents(-1)], &[cents(20_000)], 2).unwrap();
    assert_eq!((totals.revenue, totals.refunds, totals.payments), (cents(9_999), cents(1), 1));
    assert_eq!((totals.net_profit, totals.average_payment), (cents(-10_001), Some(cents(10_000))));
    // 49.995 and −50.005: halves go away from zero.
    assert_eq!(totals.revenue_per_job, Some(cents(5_000)));
    assert_eq!(totals.profit_per_job, Some(cents(-5_001)));
    near(totals.margin_percent.unwrap(), -100.0 * 10_001.0 / 9_999.0, 1e-9);
    let nothing = CustomerTotals::of(euro, &[], &[cents(5)], 0).unwrap();
    assert_eq!((nothing.revenue_per_job, nothing.margin_percent), (None, None));
    assert_eq!(serde_json::to_value(nothing).unwrap()["netProfit"]["amount"], "-0.05");
    let dollar = Money::from_minor(1, "USD".parse().unwrap());
    let error = CustomerTotals::of(euro, &[], &[cents(1), dollar], 0).unwrap_err();
    assert_eq!(
        (&error.details()["field"], &error.details()["row"]),
        (&"expenses".into(), &1.into())
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// What comes in and what goes out is what is there at the end, and gross is at most 100 and net.
    #[test]
    fn revenue_adds_up(rows in prop::collection::vec((0..4_u32, 0..4_u32), 0..30)) {
        let starting: Vec<f64> = rows.iter().map(|row| f64::from(row.0 * 25)).collect();
        let ending: Vec<f64> = rows.iter().map(|row| f64::from(row.1 * 20)).collect();
        let kept = RevenueRetention::of_columns(&starting, &ending).unwrap();
        let end = kept.starting + kept.expansion - kept.contraction - kept.churned + kept.new;
        prop_assert_eq!(end, ending.iter().sum::<f64>());
        if let (Some(gross), Some(net)) = (kept.gross_percent, kept.net_percent) {
            prop_assert!((0.0..=100.0).contains(&gross) && gross <= net);
            prop_assert!((net - 100.0 * (end - kept.new) / kept.starting).abs() < 1e-9);
        } else {
            prop_assert_eq!(kept.starting, 0.0);
        }
    }
}
