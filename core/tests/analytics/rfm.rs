//! Recency, frequency and monetary value against a plain model, and what other libraries get wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use goodwill::analytics::{
    Amounts, FrequencyBy, MonetaryBy, Policies, Refunds, Rfm, RfmOptions, Scoring, SegmentMap,
    Times, Transactions,
};
use proptest::prelude::*;

use super::summary::{DAY, HOUR, LogRow, at, columns, rows};

/// Scores a log of customers with so many days, purchases and amounts each.
fn of_values(values: &[(i64, u32, f64)], scoring: Scoring) -> Rfm {
    let (mut customers, mut times, mut amounts) = (vec![], vec![], vec![]);
    for (customer, (days, count, amount)) in (0..).zip(values) {
        for index in 0..*count {
            customers.push(customer);
            times.push((1_000 - days - i64::from(index)) * DAY);
            amounts.push(if index == 0 { *amount } else { 0.0 });
        }
    }
    let log = Transactions::new(&customers, Times::Instants((&times).into()))
        .with_amounts(Amounts::Decimal((&amounts).into()));
    let reference = goodwill::Timestamp::from_millis(1_000 * DAY + HOUR).unwrap();
    Rfm::from_log(&log, &RfmOptions { scoring, ..RfmOptions::new(reference) }).unwrap()
}

/// The scores of a column by sorting it, with the lowest class as 1.
fn classes(values: &[f64], n: usize, scoring: &Scoring, ascending: bool) -> Vec<u8> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let size = values.len();
    let edges: Vec<f64> = match scoring {
        Scoring::Values => (1..n).map(|k| sorted[(k * size).div_ceil(n) - 1]).collect(),
        Scoring::Qcut => (1..n)
            .map(|k| {
                let place = (size - 1) as f64 * k as f64 / n as f64;
                let (low, part) = (place.floor() as usize, place.fract());
                let high = (low + 1).min(size - 1);
                sorted[low] + (sorted[high] - sorted[low]) * part
            })
            .collect(),
        _ => {
            let mut rows: Vec<usize> = (0..size).collect();
            let sign = if ascending { 1.0 } else { -1.0 };
            rows.sort_by(|a, b| (sign * values[*a]).total_cmp(&(sign * values[*b])));
            let mut scores = vec![0; size];
            let (each, more) = (size / n, size % n);
            let mut next = rows.into_iter();
            for tile in 0..n {
                let count = each + usize::from(tile < more);
                next.by_ref().take(count).for_each(|row| scores[row] = tile as u8 + 1);
            }
            return scores;
        }
    };
    // A hair of room for the rounding of the interpolation.
    let above = |value: f64| edges.iter().filter(|edge| value > **edge + 1e-9).count() as u8;
    let class = |value: &f64| above(*value) + 1;
    values
        .iter()
        .map(|value| if ascending { class(value) } else { n as u8 + 1 - class(value) })
        .collect()
}

fn scorings() -> impl Strategy<Value = Scoring> {
    prop::sample::select(vec![Scoring::Values, Scoring::Qcut, Scoring::Ntile])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Scores by selection are those by sorting.
    #[test]
    fn scores_are_those_of_sorted_columns(
        values in prop::collection::vec((0..40_i64, 1..9_u32, 0..60_i32), 1..80), scoring in scorings(),
    ) {
        let values: Vec<_> =
            values.into_iter().map(|(days, count, amount)| (days, count, f64::from(amount) * 0.25)).collect();
        let rfm = of_values(&values, scoring.clone());
        let column = |f: &dyn Fn(&(i64, u32, f64)) -> f64| values.iter().map(f).collect::<Vec<f64>>();
        let (days, counts, amounts) =
            (column(&|v| v.0 as f64), column(&|v| f64::from(v.1)), column(&|v| v.2));
        prop_assert_eq!(&rfm.recency_score, &classes(&days, 5, &scoring, false));
        prop_assert_eq!(&rfm.frequency_score, &classes(&counts, 5, &scoring, true));
        prop_assert_eq!(&rfm.monetary_score, &classes(&amounts, 5, &scoring, true));
        for (scores, values, bins) in [
            (&rfm.recency_score, &days, &rfm.recency_bins),
            (&rfm.frequency_score, &counts, &rfm.frequency_bins),
            (&rfm.monetary_score, &amounts, &rfm.monetary_bins),
        ] {
            prop_assert_eq!(bins.len(), 5);
            for (score, bin) in (1..).zip(bins) {
                let inside = |row: &usize| scores[*row] == score;
                let inside: Vec<f64> = (0..values.len()).filter(inside).map(|row| values[row]).collect();
                prop_assert_eq!((bin.score, bin.customers), (score, inside.len() as u64));
                prop_assert_eq!(bin.lowest, inside.iter().copied().reduce(f64::min));
                prop_assert_eq!(bin.highest, inside.iter().copied().reduce(f64::max));
                if scoring != Scoring::Ntile {
                    prop_assert!(inside.iter().all(|value| bin.above.is_none_or(|edge| *value > edge)
                        && bin.up_to.is_none_or(|edge| *value <= edge)));
                }
            }
        }
    }

    /// Equal customers have equal scores, and who is better in a value never has a lower score.
    #[test]
    fn scores_follow_values(
        values in prop::collection::vec((0..9_i64, 1..5_u32, 0..9_i32), 2..60),
        scoring in prop::sample::select(vec![Scoring::Values, Scoring::Qcut]),
    ) {
        let values: Vec<_> = values.into_iter().map(|v| (v.0, v.1, f64::from(v.2) + 0.05)).collect();
        let rfm = of_values(&values, scoring);
        for a in 0..values.len() {
            for b in 0..values.len() {
                prop_assert!(values[a].0 < values[b].0 || rfm.recency_score[a] <= rfm.recency_score[b]);
                prop_assert!(values[a].1 > values[b].1 || rfm.frequency_score[a] <= rfm.frequency_score[b]);
                prop_assert!(values[a].2 > values[b].2 || rfm.monetary_score[a] <= rfm.monetary_score[b]);
            }
        }
    }

    /// The values are those of a plain group-by; amounts stay what they are.
    #[test]
    fn values_are_those_of_a_group_by(rows in rows(150), by in 0..3_usize, mean in any::<bool>()) {
        let (codes, times, cents, _) = columns(&rows);
        let orders: Vec<u32> = rows.iter().map(|row| (row.1 / 300) as u32).collect();
        let log = Transactions::new(&codes, Times::Instants((&times).into()))
            .with_amounts(Amounts::Minor((&cents).into())).with_orders(&orders);
        let mut options = RfmOptions::new(at("1970-04-01T00:00:00Z"));
        options.policies = Policies { refunds: Refunds::Drop, ..Policies::default() };
        options.frequency = [FrequencyBy::Days, FrequencyBy::Orders, FrequencyBy::Rows][by];
        options.monetary = if mean { MonetaryBy::Mean } else { MonetaryBy::Sum };
        let rfm = Rfm::from_log(&log, &options).unwrap();
        let mut groups = BTreeMap::<u32, Vec<(usize, LogRow)>>::new();
        for (row, at) in rows.iter().enumerate().filter(|(_, row)| row.2 >= 0) {
            groups.entry(at.0).or_default().push((row, *at));
        }
        prop_assert_eq!(&rfm.customer, &groups.keys().copied().collect::<Vec<u32>>());
        for (row, group) in groups.values().enumerate() {
            let distinct: BTreeSet<i64> = group.iter().map(|(row, at)| match by {
                0 => at.1 / 24,
                1 => at.1 / 300,
                _ => *row as i64,
            }).collect();
            let sum = group.iter().map(|(_, at)| at.2).sum::<i64>() as f64;
            // An order is of the instant of its first row.
            let last = if by == 1 {
                let newest = group.iter().map(|(_, at)| at.1 / 300).max().unwrap();
                group.iter().filter(|(_, at)| at.1 / 300 == newest).map(|(_, at)| at.1).min().unwrap()
            } else {
                group.iter().map(|(_, at)| at.1).max().unwrap()
            };
            prop_assert_eq!(rfm.recency[row], 90 - (last / 24) as u32);
            prop_assert_eq!(rfm.frequency[row] as usize, distinct.len());
            let expected = if mean { sum / distinct.len() as f64 } else { sum };
            prop_assert_eq!(rfm.monetary[row], expected);
        }
    }

    /// Equal bits, whatever the order of the rows and the number of threads.
    #[test]
    fn order_and_threads_show_nowhere(
        (rows, shuffled) in rows(400).prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        threads in 2..7_usize,
    ) {
        let scored = |rows: &[LogRow], threads: usize| {
            let (codes, times, _, amounts) = columns(rows);
            let log = Transactions::new(&codes, Times::Instants((&times).into()))
                .with_amounts(Amounts::Decimal((&amounts).into()))
                .with_threads(NonZeroUsize::new(threads).unwrap());
            let rfm = Rfm::from_log(&log, &RfmOptions::new(at("1970-04-01T00:00:00Z"))).unwrap();
            let sums: Vec<u64> = rfm.monetary.iter().map(|sum| sum.to_bits()).collect();
            let codes: Vec<_> = (0..sums.len()).map(|row| rfm.code(row)).collect();
            (sums, codes, rfm.recency, rfm.frequency, rfm.monetary_bins)
        };
        let one = scored(&rows, 1);
        prop_assert_eq!(&one, &scored(&rows, threads));
        prop_assert_eq!(&one, &scored(&shuffled, threads));
    }
}

/// F200, F254: the best customer is 555 and the worst 111, not the other way round.
#[test]
fn best_customer_has_the_best_scores() {
    let values: Vec<_> = (0..10).map(|n| (100 - 10 * n, 1 + n as u32, 19.0 * n as f64)).collect();
    for scoring in [Scoring::Values, Scoring::Qcut, Scoring::Ntile] {
        let rfm = of_values(&values, scoring);
        assert_eq!((rfm.code(0), rfm.code(9)), (Some(111), Some(555)));
        assert_eq!(
            (rfm.recency_bins[4].highest, rfm.recency_bins[0].lowest),
            (Some(20.0), Some(90.0))
        );
    }
}

/// All customers bought once: each has frequency 1, and nothing fails.
#[test]
fn equal_columns_have_one_class() {
    let equal = vec![(7, 1, 10.0); 6];
    for scoring in [Scoring::Values, Scoring::Qcut] {
        let rfm = of_values(&equal, scoring);
        assert!((0..6).all(|row| rfm.code(row) == Some(511)));
        assert_eq!(
            rfm.frequency_bins.iter().map(|bin| bin.customers).collect::<Vec<_>>(),
            [6, 0, 0, 0, 0]
        );
    }
    // Seven in ten bought once: they are 1, and the others are told apart.
    let counts = [1, 1, 1, 1, 1, 1, 1, 2, 3, 4];
    let values: Vec<_> = counts.iter().map(|count| (5, *count, 1.0)).collect();
    let rfm = of_values(&values, Scoring::Values);
    assert_eq!(rfm.frequency_score, [1, 1, 1, 1, 1, 1, 1, 4, 5, 5]);
    let tiles = of_values(&values, Scoring::Ntile);
    assert_eq!(tiles.frequency_score, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
}

/// pandas 2.2: qcut([1, 2, 4, 8, 16, 32, 64], 5) has the edges 2.4, 5.6, 12.8, 28.8.
#[test]
fn qcut_has_the_edges_of_pandas() {
    let values: Vec<_> = (0..7).map(|n| (0, 1, f64::from(1 << n))).collect();
    let rfm = of_values(&values, Scoring::Qcut);
    let edges: Vec<f64> = rfm.monetary_bins.iter().filter_map(|bin| bin.up_to).collect();
    for (edge, expected) in edges.iter().zip([2.4, 5.6, 12.8, 28.8]) {
        assert!((edge - expected).abs() < 1e-12, "{edges:?}");
    }
    assert_eq!((edges.len(), rfm.monetary_score), (4, vec![1, 1, 2, 3, 4, 5, 5]));
}

#[test]
fn given_cuts_are_used_and_checked() {
    let cuts = |frequency: &[f64]| Scoring::Cuts {
        recency: vec![10.0, 20.0, 30.0, 40.0],
        frequency: frequency.to_vec(),
        monetary: vec![1.0, 2.0, 3.0, 4.0],
    };
    let rfm = of_values(&[(10, 1, 0.5), (11, 3, 2.0), (99, 9, 99.0)], cuts(&[1.0, 2.0, 3.0, 4.0]));
    let codes: Vec<_> = (0..3).map(|row| rfm.code(row).unwrap()).collect();
    assert_eq!(codes, [511, 432, 155]);
    let log = Transactions::new(&[0], Times::Instants((&[0]).into()))
        .with_amounts(Amounts::Minor((&[1]).into()));
    for wrong in [&[1.0, 2.0, 3.0][..], &[1.0, 3.0, 2.0, 4.0], &[1.0, 2.0, 3.0, f64::NAN]] {
        let mut options = RfmOptions::new(at("1970-04-01T00:00:00Z"));
        options.scoring = cuts(wrong);
        let error = Rfm::from_log(&log, &options).unwrap_err();
        assert_eq!(error.details()["field"], "frequency");
    }
}

/// 10.05 stays 10.05; the reference is what was given, and stands in the result.
#[test]
fn result_is_explained() {
    let mut values: Vec<_> = (0..9).map(|n| (50 + n, 1, 5.0)).collect();
    values.push((3, 4, 10.05));
    let rfm = of_values(&values, Scoring::Values);
    let why = rfm.explain(9, &SegmentMap::eleven()).unwrap();
    assert_eq!((why.customer, why.code, why.segment.as_str()), (9, 555, "Champions"));
    assert_eq!((why.recency.value, why.frequency.value, why.monetary.value), (3.0, 4.0, 10.05));
    assert_eq!((why.monetary.bin.above, why.monetary.bin.up_to), (Some(5.0), None));
    assert_eq!((why.recency.bin.up_to, why.recency.bin.customers), (Some(50.0), 2));
    let json = serde_json::to_value(&rfm).unwrap();
    assert_eq!(json["options"]["reference"], "1972-09-27T01:00:00.000Z");
    assert_eq!(
        (&json["options"]["frequency"], &json["options"]["monetary"]),
        (&"days".into(), &"sum".into())
    );
    assert_eq!(serde_json::from_value::<Rfm>(json).unwrap(), rfm);
    assert_eq!(rfm.explain(10, &SegmentMap::ten()).unwrap_err().details()["field"], "row");
}

/// Days are those of the zone.
#[test]
fn recency_counts_days_of_the_zone() {
    let times = [at("2026-05-01T23:30:00Z").as_millis()];
    let log = Transactions::new(&[0], Times::Instants((&times).into()))
        .with_amounts(Amounts::Minor((&[1]).into()));
    let mut options = RfmOptions::new(at("2026-05-03T12:00:00Z"));
    assert_eq!(Rfm::from_log(&log, &options).unwrap().recency, [2]);
    options.zone = "Europe/Berlin".parse().unwrap();
    assert_eq!(Rfm::from_log(&log, &options).unwrap().recency, [1]);
}

#[test]
fn what_is_missing_is_named() {
    let log = Transactions::new(&[0], Times::Instants((&[0]).into()));
    let mut options = RfmOptions::new(at("2026-05-03T12:00:00Z"));
    let field = |log: &Transactions<'_>, options: &RfmOptions| {
        Rfm::from_log(log, options).unwrap_err().details()["field"].as_str().unwrap().to_owned()
    };
    assert_eq!(field(&log, &options), "amount");
    let log = log.with_amounts(Amounts::Minor((&[1]).into()));
    options.frequency = FrequencyBy::Orders;
    assert_eq!(field(&log, &options), "order");
    options.scores = 10;
    assert_eq!(field(&log.with_orders(&[0]), &options), "scores");
}
