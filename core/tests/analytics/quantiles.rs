//! Quantiles against their definitions.

use goodwill::analytics::{Distribution, Percentiles, QuantileType};
use proptest::prelude::*;

use crate::near;

fn quantile(values: &[f64], number: u8, percent: f64) -> f64 {
    let quantile_type = QuantileType::try_from(number).unwrap();
    let percentiles = Percentiles { percents: vec![percent], quantile_type };
    Distribution::of(values, &percentiles).unwrap().at(percent).unwrap()
}

/// The first quartile of 1, 2, …, 10 by each type, by hand from the definitions: n p is 2.5.
#[test]
fn nine_types_of_the_first_quartile() {
    let values: Vec<f64> = (1..=10).rev().map(f64::from).collect();
    let expected = [3.0, 3.0, 2.0, 2.5, 3.0, 2.75, 3.25, 2.0 + 11.0 / 12.0, 2.9375];
    for (number, expected) in (1..=9).zip(expected) {
        near(quantile(&values, number, 25.0), expected, 1e-12);
    }
    // n p is whole: the averaged inverse takes the middle.
    assert_eq!([1, 2, 3].map(|number| quantile(&values, number, 50.0)), [5.0, 5.5, 5.0]);
    assert_eq!([1, 2, 3].map(|number| quantile(&values[..9], number, 50.0)), [6.0, 6.0, 5.0]);
}

#[test]
fn bad_columns_and_percents_are_refused() {
    let usual = Percentiles::default();
    assert_eq!(Distribution::of(&[], &usual).unwrap_err().details()["field"], "values");
    assert_eq!(Distribution::of(&[1.0, f64::NAN], &usual).unwrap_err().details()["row"], 1);
    let beyond = Percentiles { percents: vec![50.0, 100.5], ..usual };
    assert_eq!(Distribution::of(&[1.0], &beyond).unwrap_err().details()["row"], 1);
    assert!(QuantileType::try_from(0).is_err() && QuantileType::try_from(10).is_err());
    for number in 1..=9 {
        let of: QuantileType = serde_json::from_str(&number.to_string()).unwrap();
        assert_eq!(serde_json::to_string(&of).unwrap(), number.to_string());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// F062: the line through the points (pₖ, xₖ) of types 4 to 9 (Hyndman and Fan, table 2), and counting
    /// for types 1 and 2.
    #[test]
    fn quantiles_are_as_defined(mut values in prop::collection::vec(-1000..1000_i32, 1..40), thousandths in 0..=1000_u32) {
        let (n, p) = (values.len() as f64, f64::from(thousandths) / 1000.0);
        let column: Vec<f64> = values.iter().copied().map(f64::from).collect();
        values.sort_unstable();
        let places: [fn(f64, f64) -> f64; 6] = [
            |k, n| k / n,
            |k, n| (k - 0.5) / n,
            |k, n| k / (n + 1.0),
            |k, n| if n == 1.0 { 0.5 } else { (k - 1.0) / (n - 1.0) },
            |k, n| (k - 1.0 / 3.0) / (n + 1.0 / 3.0),
            |k, n| (k - 0.375) / (n + 0.25),
        ];
        for (number, place) in (4..=9).zip(places) {
            let points: Vec<(f64, f64)> = (1..).zip(&values).map(|(k, x)| (place(f64::from(k), n), f64::from(*x))).collect();
            let expected = match points.iter().position(|(q, _)| *q >= p) {
                None => points[points.len() - 1].1,
                Some(0) => points[0].1,
                Some(after) => {
                    let ((a, low), (b, high)) = (points[after - 1], points[after]);
                    low + (high - low) * (p - a) / (b - a)
                }
            };
            let found = quantile(&column, number, f64::from(thousandths) / 10.0);
            prop_assert!((found - expected).abs() < 1e-6, "type {number}: {found} {expected}");
        }
        // The least number that at least n p numbers do not exceed.
        let enough = |count: usize| count as u32 * 1000 >= thousandths * values.len() as u32;
        let first = (1..=values.len()).find(|count| enough(*count)).unwrap();
        let inverse = f64::from(values[first - 1]);
        prop_assert_eq!(quantile(&column, 1, f64::from(thousandths) / 10.0), inverse);
        let jump = first as u32 * 1000 == thousandths * values.len() as u32 && first < values.len();
        let averaged = if jump { f64::from(values[first - 1] + values[first]) / 2.0 } else { inverse };
        prop_assert_eq!(quantile(&column, 2, f64::from(thousandths) / 10.0), averaged);
    }
}
