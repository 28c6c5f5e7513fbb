//! The quality of predictions: identities that hold for any data.

use goodwill::analytics::{BrierScore, FrequencyTable, PredictionQuality, calibration_table};
use proptest::prelude::*;

fn near(actual: f64, expected: f64) {
    assert!((actual - expected).abs() < 1e-9 * (1.0 + expected.abs()), "{actual} {expected}");
}

fn predictions() -> impl Strategy<Value = Vec<(f64, u32)>> {
    let predicted = (0..60_u32).prop_map(|n| f64::from(n) / 7.0);
    prop::collection::vec((predicted, 0..9_u32), 1..120)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// The parts of the Brier score add up to it, with any bins (Stephenson and others 2008).
    #[test]
    fn parts_of_the_brier_score_add_up(
        rows in prop::collection::vec((0..=100_u8, any::<bool>()), 1..120), bins in 1..20_usize,
    ) {
        let (probability, outcome): (Vec<f64>, Vec<bool>) =
            rows.iter().map(|(p, o)| (f64::from(*p) / 100.0, *o)).unzip();
        let brier = BrierScore::of(&probability, &outcome, bins).unwrap();
        let parts = brier.reliability - brier.resolution + brier.uncertainty;
        near(parts + brier.within_variance - brier.within_covariance, brier.score);
        prop_assert_eq!(brier.bins.iter().map(|bin| bin.customers).sum::<u64>(), rows.len() as u64);
        // One bin for each hundredth: nothing is within a bin.
        let fine = BrierScore::of(&probability, &outcome, 1_000).unwrap();
        prop_assert!(fine.within_variance.abs() < 1e-12 && fine.within_covariance.abs() < 1e-12);
        prop_assert_eq!(fine.score, brier.score);
    }

    /// Bins split the customers in the order of their predictions, and keep the totals.
    #[test]
    fn calibration_table_keeps_the_totals(rows in predictions(), bins in 1..15_usize) {
        let (predicted, actual): (Vec<f64>, Vec<u32>) = rows.iter().copied().unzip();
        let table = calibration_table(&predicted, &actual, bins).unwrap();
        let quality = PredictionQuality::of(&predicted, &actual).unwrap();
        prop_assert!(table.len() <= bins);
        let sum = |f: &dyn Fn(usize) -> f64| {
            (0..table.len()).map(|bin| table[bin].customers as f64 * f(bin)).sum::<f64>()
        };
        near(sum(&|bin| table[bin].predicted), quality.predicted);
        near(sum(&|bin| table[bin].actual), quality.actual);
        prop_assert_eq!(table.iter().map(|bin| bin.customers).sum::<u64>(), quality.customers);
        for pair in table.windows(2) {
            prop_assert!(pair[0].highest < pair[1].lowest);
        }
        near(quality.bias, (quality.predicted - quality.actual) / rows.len() as f64);
        prop_assert!(quality.bias.abs() <= quality.mean_absolute_error + 1e-12);
        prop_assert!(quality.mean_absolute_error <= quality.root_mean_square_error + 1e-12);
    }

    /// Every customer is in the row of its frequency, or in the last one.
    #[test]
    fn frequency_table_has_everybody(rows in predictions(), last in 0..12_u32) {
        let (predicted, actual): (Vec<f64>, Vec<u32>) = rows.iter().copied().unzip();
        let frequency: Vec<u32> = actual.iter().map(|actual| (actual * 7) % 15).collect();
        let table = FrequencyTable::of(&frequency, &predicted, &actual, last).unwrap();
        prop_assert_eq!(table.rows.len(), last as usize + 1);
        for row in &table.rows {
            let inside: Vec<usize> =
                (0..rows.len()).filter(|index| frequency[*index].min(last) == row.frequency).collect();
            prop_assert_eq!(row.customers, inside.len() as u64);
            let mean = inside.iter().map(|index| predicted[*index]).sum::<f64>() / inside.len() as f64;
            match row.predicted {
                Some(predicted) => near(predicted, mean),
                None => prop_assert!(inside.is_empty()),
            }
        }
    }
}

#[test]
fn what_cannot_be_judged_is_named() {
    let error = PredictionQuality::of(&[1.0, f64::NAN], &[1_u32, 2]).unwrap_err();
    assert_eq!(
        (&error.details()["field"], &error.details()["row"]),
        (&"predicted".into(), &1.into())
    );
    assert!(PredictionQuality::of(&[1.0], &[1_u32, 2]).is_err());
    assert!(PredictionQuality::of::<f64>(&[], &[]).is_err());
    assert!(calibration_table(&[1.0], &[1_u32], 0).is_err());
    let error = BrierScore::of(&[0.5, 1.5], &[true, false], 10).unwrap_err();
    assert_eq!(
        (&error.details()["field"], &error.details()["row"]),
        (&"probability".into(), &1.into())
    );
    assert!(BrierScore::of(&[], &[], 10).is_err() && BrierScore::of(&[0.5], &[true], 0).is_err());
}
