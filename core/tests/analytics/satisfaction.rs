//! Scores of surveys, by period and by group.

use goodwill::Timestamp;
use goodwill::analytics::{
    ChangeTest, MeanScore, NetPromoterScore, Periods, Sentiment, SurveyMeasure, SurveyScore,
    TopBox, Trend, by_group,
};
use proptest::prelude::*;

use crate::near;

fn at(day: i64) -> Timestamp {
    Timestamp::from_millis(day * 86_400_000).unwrap()
}

/// So many good ratings (5) and others (1).
fn ratings(good: usize, all: usize) -> Vec<u8> {
    (0..all).map(|index| if index < good { 5 } else { 1 }).collect()
}

/// F305: the change of two shares. Newcombe (1998, *Interval estimation for the difference between
/// independent proportions*), table II, example (a), method 10: 56/70 − 48/80 is 0.2000, 0.0524 to 0.3339.
/// The pooled z by hand: 0.2 / √(104/150 · 46/150 · (1/70 + 1/80)).
#[test]
fn change_of_shares_is_as_published() {
    let (now, before) =
        (TopBox::csat(&ratings(56, 70)).unwrap(), TopBox::csat(&ratings(48, 80)).unwrap());
    let change = now.change_since(&before);
    near(change.change, 20.0, 1e-12);
    near(change.low, 5.24, 5e-3);
    near(change.high, 33.39, 5e-3);
    assert_eq!(change.test, ChangeTest::PooledZ);
    let z = 0.2 / (104.0 / 150.0 * 46.0 / 150.0 * (1.0 / 70.0 + 1.0 / 80.0_f64)).sqrt();
    near(change.z.unwrap(), z, 1e-12);
    near(change.p_value.unwrap(), 0.008_045_081_4, 1e-9);
    assert!(change.significant && !change.small_sample);
}

/// F063, F234: with the variance (p + d − (p − d)²) / n of each score, here 0.61 / 100 and 0.45 / 100.
#[test]
fn change_of_net_promoter_scores_has_the_stated_variance() {
    let before = NetPromoterScore::from_counts(50, 30, 20).unwrap();
    let now = NetPromoterScore::from_counts(60, 30, 10).unwrap();
    let change = now.change_since(&before);
    near(change.z.unwrap(), 0.2 / 0.0106_f64.sqrt(), 1e-12);
    near(change.high - change.low, 2.0 * 195.996_398_454_005_4 * 0.0106_f64.sqrt(), 1e-9);
    assert_eq!((change.test, change.significant, now.n), (ChangeTest::UnpooledZ, false, 100));
    let all = NetPromoterScore::from_counts(40, 0, 0).unwrap();
    let same = all.change_since(&all);
    assert_eq!((same.change, same.z, same.p_value, same.significant), (0.0, None, None, false));
    assert!(NetPromoterScore::from_counts(5, 0, 2).unwrap().change_since(&now).small_sample);
}

/// F546, F548, F549: sentiment from −2 to 2. The interval of 2, −1, 1, 0 is 0.5 ± 3.18245 · √(5/3) / 2.
#[test]
fn sentiment_has_a_mean_an_interval_and_words() {
    let mood = MeanScore::sentiment(&[2.0, -1.0, 1.0, 0.0]).unwrap();
    assert_eq!((mood.n, mood.mean, mood.lowest, mood.highest), (4, 0.5, Some(-2.0), Some(2.0)));
    let margin = 3.182_446_305 * (5.0_f64 / 3.0).sqrt() / 2.0;
    near(mood.low.unwrap(), 0.5 - margin, 1e-5);
    assert_eq!(mood.high, Some(2.0), "{} is cut at the end of the scale", 0.5 + margin);
    let one = MeanScore::sentiment(&[-2.0]).unwrap();
    assert_eq!((one.mean, one.low, one.standard_deviation), (-2.0, None, None));
    for (average, words) in [
        (-2.0, Sentiment::VeryNegative),
        (-1.4, Sentiment::SomewhatNegative),
        (-0.4, Sentiment::Neutral),
        (0.5, Sentiment::SomewhatPositive),
        (1.5, Sentiment::VeryPositive),
    ] {
        assert_eq!(Sentiment::of_average(average).unwrap(), words);
    }
    assert!(Sentiment::of_average(2.1).is_err() && Sentiment::of_average(f64::NAN).is_err());
}

/// F196, F234, F251, F260, F296: a trend of customer satisfaction, with an empty period and ratings outside.
#[test]
fn trend_follows_the_periods() {
    let periods = Periods::from_bounds(vec![at(0), at(30), at(60), at(90), at(120)]).unwrap();
    let days = [-1, 0, 29, 30, 31, 90, 119, 120];
    let times: Vec<Timestamp> = days.iter().map(|day| at(*day)).collect();
    let ratings = [5.0, 5.0, 1.0, 4.0, 5.0, 2.0, 5.0, 1.0];
    let measure = SurveyMeasure::CustomerSatisfaction;
    let trend = Trend::of_ratings(measure, &times, &ratings, &periods).unwrap();
    let percents: Vec<Option<f64>> =
        trend.points.iter().map(|point| point.score.map(|score| score.value())).collect();
    assert_eq!(percents, [Some(50.0), Some(100.0), None, Some(50.0)]);
    let changes: Vec<Option<f64>> =
        trend.points.iter().map(|point| point.change.map(|change| change.change)).collect();
    assert_eq!(changes, [None, Some(50.0), None, None]);
    assert_eq!((trend.outside, trend.points[3].end), (2, at(120)));
    let json = serde_json::to_value(&trend).unwrap();
    assert_eq!(json["measure"]["kind"], "customer_satisfaction");
    assert_eq!(json["points"][1]["change"]["smallSample"], true);
    assert_eq!(serde_json::from_value::<Trend>(json).unwrap(), trend);
}

/// F197, F251: a trend of lifetime values, whose scale is open above.
#[test]
fn lifetime_value_has_a_trend() {
    let periods = Periods::from_bounds(vec![at(0), at(30), at(60)]).unwrap();
    let measure = SurveyMeasure::Mean { lowest: Some(0.0), highest: None };
    let times = [at(1), at(1), at(1), at(31), at(31), at(31)];
    let values = [100.0, 110.0, 120.0, 200.0, 210.0, 220.0];
    let trend = Trend::of_ratings(measure, &times, &values, &periods).unwrap();
    let change = trend.points[1].change.unwrap();
    // Both deviations are 10: z = 100 / √(100/3 + 100/3).
    near(change.z.unwrap(), 100.0 / (200.0_f64 / 3.0).sqrt(), 1e-9);
    assert!(change.significant && change.small_sample);
}

/// F249: the measure of each channel, in the order of their names.
#[test]
fn groups_have_their_own_scores() {
    let channels = ["sms", "email", "sms", "email", "email"];
    let nps = |ratings: &[f64]| SurveyMeasure::NetPromoterScore.of_ratings(ratings);
    let groups = by_group(&channels, &[10.0, 9.0, 0.0, 7.0, 8.0], nps).unwrap();
    let found: Vec<(&str, f64, u64)> =
        groups.iter().map(|each| (each.group, each.result.value(), each.result.n())).collect();
    assert_eq!((found[0].0, found[0].2, found[1]), ("email", 3, ("sms", 0.0, 2)));
    near(found[0].1, 100.0 / 3.0, 1e-12);
    // The row of the whole column, not of the group.
    let error = by_group(&channels, &[10.0, 9.0, 0.0, 7.0, 8.5], nps).unwrap_err();
    assert_eq!(error.details()["row"], 4);
}

#[test]
fn ratings_that_cannot_be_are_refused_with_their_row() {
    let mean = SurveyMeasure::Mean { lowest: Some(1.0), highest: Some(7.0) };
    for (measure, bad) in [
        (SurveyMeasure::NetPromoterScore, 11.0),
        (SurveyMeasure::NetPromoterScore, 9.5),
        (SurveyMeasure::CustomerSatisfaction, 0.0),
        (SurveyMeasure::CustomerEffort, 8.0),
        (SurveyMeasure::CustomerEffort, -1.0),
        (mean, 0.5),
        (mean, f64::NAN),
        (SurveyMeasure::Mean { lowest: None, highest: None }, f64::INFINITY),
    ] {
        let error = measure.of_ratings(&[3.0, 5.0, bad]).unwrap_err();
        assert_eq!(error.details()["row"], 2, "{measure:?} {bad}");
        let periods = Periods::from_bounds(vec![at(0), at(1)]).unwrap();
        // Outside the periods too.
        let error = Trend::of_ratings(measure, &[at(0), at(0), at(9)], &[3.0, 5.0, bad], &periods);
        assert_eq!(error.unwrap_err().details()["row"], 2);
        assert!(measure.of_ratings(&[]).is_err());
    }
    let periods = Periods::from_bounds(vec![at(0), at(1)]).unwrap();
    let error = Trend::of_ratings(mean, &[at(0)], &[], &periods).unwrap_err();
    assert_eq!(error.details()["field"], "rating");
    let backwards = SurveyMeasure::Mean { lowest: Some(2.0), highest: Some(2.0) };
    assert_eq!(backwards.of_ratings(&[2.0]).unwrap_err().details()["field"], "highest");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// F305: against +1, 0, −1 written out.
    #[test]
    fn net_promoter_score_is_a_mean(ratings in prop::collection::vec(0..=10_u8, 1..80)) {
        let score = NetPromoterScore::from_ratings(&ratings).unwrap();
        let signs: Vec<f64> = ratings.iter().map(|rating| match rating {
            9.. => 1.0,
            7.. => 0.0,
            _ => -1.0,
        }).collect();
        let n = signs.len() as f64;
        let mean = signs.iter().sum::<f64>() / n;
        let variance = signs.iter().map(|sign| (sign - mean).powi(2)).sum::<f64>() / n / n;
        prop_assert!((score.score - 100.0 * mean).abs() < 1e-9);
        let margin = 195.996_398_454_005_4 * variance.sqrt();
        prop_assert!((score.high - (100.0 * mean + margin).min(100.0)).abs() < 1e-6);
        prop_assert!(score.low >= -100.0 && score.low <= score.score && score.score <= score.high);
    }

    /// F305: intervals hold the value and stay on the scale; a change has the opposite of its reverse.
    #[test]
    fn shares_lie_in_their_intervals(a in prop::collection::vec(1..=7_u8, 1..60), b in prop::collection::vec(1..=7_u8, 1..60)) {
        let (a, b) = (TopBox::ces(&a).unwrap(), TopBox::ces(&b).unwrap());
        prop_assert!(0.0 <= a.low && a.low <= a.percent && a.percent <= a.high && a.high <= 100.0);
        let (there, back) = (a.change_since(&b), b.change_since(&a));
        prop_assert!((there.low + back.high).abs() < 1e-9 && there.low <= there.change + 1e-9);
        prop_assert_eq!(there.p_value, back.p_value);
        prop_assert!(SurveyScore::TopBox(a).change_since(&SurveyScore::TopBox(a)).unwrap().change == 0.0);
    }

    /// A trend over all periods holds every rating once, whatever the order of the rows.
    #[test]
    fn trend_counts_every_rating(rows in prop::collection::vec((0..50_i64, 1..=5_u8), 0..60)) {
        let periods = Periods::from_bounds(vec![at(0), at(10), at(25), at(40)]).unwrap();
        let times: Vec<Timestamp> = rows.iter().map(|(day, _)| at(*day)).collect();
        let ratings: Vec<f64> = rows.iter().map(|(_, rating)| f64::from(*rating)).collect();
        let trend = Trend::of_ratings(SurveyMeasure::CustomerSatisfaction, &times, &ratings, &periods).unwrap();
        for (point, (from, to)) in trend.points.iter().zip([(0, 10), (10, 25), (25, 40)]) {
            let inside: Vec<u8> = rows.iter().filter(|(day, _)| (from..to).contains(day)).map(|row| row.1).collect();
            let expected = (!inside.is_empty()).then(|| SurveyScore::TopBox(TopBox::csat(&inside).unwrap()));
            prop_assert_eq!(point.score, expected);
        }
        prop_assert_eq!(trend.outside, rows.iter().filter(|(day, _)| *day >= 40).count() as u64);
    }
}
