//! Health scores: weights, missing parts, colours, trends and explanations.

use goodwill::analytics::{
    Health, HealthBands, HealthColour, HealthDirection, HealthModel, HealthOverride, HealthPart,
    HealthScale, HealthStep, Points,
};
use proptest::prelude::*;

fn points(number: f64) -> Points {
    Points::new(number).unwrap()
}

fn model(weights: &[f64]) -> HealthModel {
    let part = |(place, weight): (usize, &f64)| HealthPart {
        name: format!("part {place}"),
        group: Some(if place % 2 == 0 { "even" } else { "odd" }.into()),
        weight: *weight,
        scale: HealthScale::Points,
    };
    let parts = weights.iter().enumerate().map(part).collect();
    HealthModel { parts, least_coverage: 0.0, ..HealthModel::default() }
}

fn sum(health: &Health) -> Points {
    health.baseline + health.parts.iter().map(|part| part.contribution).sum()
}

/// F262, F298: adoption of half depth and half breadth, depth by steps of five colours; 42 % healthy users are
/// lime, 75 points, and breadth 0.6 of 1 is 60.
#[test]
fn parts_weigh_and_explain() {
    let steps = [(0.0, 0.0), (10.0, 25.0), (20.0, 50.0), (35.0, 75.0), (50.0, 100.0)];
    let steps = steps.map(|(from, points)| HealthStep { from, points }).to_vec();
    let mut model = model(&[50.0, 50.0]);
    model.version = "adoption-3".into();
    model.parts[0].scale = HealthScale::Steps { steps };
    model.parts[1].scale = HealthScale::Linear { worst: 0.0, best: 1.0 };
    model.bands = HealthBands::Five { orange: 20.0, yellow: 40.0, lime: 60.0, green: 80.0 };
    let health = model.evaluate(&[Some(42.0), Some(0.6)], None, None).unwrap();
    assert_eq!((health.score, health.colour), (Some(points(67.5)), Some(HealthColour::Lime)));
    let contributions: Vec<Points> = health.parts.iter().map(|part| part.contribution).collect();
    assert_eq!(contributions, [points(12.5), points(5.0)]);
    assert_eq!((health.version.as_str(), health.coverage), ("adoption-3", 1.0));
    assert_eq!(health.groups[1].points, Some(points(60.0)));
    let json = serde_json::to_value(&health).unwrap();
    assert_eq!((&json["score"], &json["parts"][0]["contribution"]), (&67.5.into(), &12.5.into()));
    assert_eq!(serde_json::from_value::<Health>(json).unwrap(), health);
}

/// F262: a missing part gives its weight to the others; too many missing give no score.
#[test]
fn missing_parts_give_their_weight_to_the_others() {
    let mut model = model(&[50.0, 30.0, 20.0]);
    let health = model.evaluate(&[None, Some(100.0), Some(0.0)], None, None).unwrap();
    assert_eq!((health.score, health.coverage), (Some(points(60.0)), 0.5));
    assert_eq!(health.parts[0].weight, 0.0);
    assert_eq!((health.parts[1].weight, health.parts[0].contribution), (0.6, Points::ZERO));
    let nothing = model.evaluate(&[None; 3], Some(points(10.0)), None).unwrap();
    assert_eq!((nothing.score, nothing.colour, nothing.trend), (None, None, None));
    model.least_coverage = 0.6;
    assert_eq!(model.evaluate(&[None, Some(1.0), Some(1.0)], None, None).unwrap().score, None);
}

/// F262: of 10.001, 10.006 and 10.003, which make 30.01, the one that lost most is rounded up.
#[test]
fn hundredths_go_where_most_was_lost() {
    let model = HealthModel { baseline: Points::ZERO, ..model(&[1.0, 1.0, 1.0]) };
    let health = model.evaluate(&[30.003, 30.018, 30.009].map(Some), None, None).unwrap();
    let contributions: Vec<Points> = health.parts.iter().map(|part| part.contribution).collect();
    assert_eq!(contributions, [points(10.0), points(10.01), points(10.0)]);
    assert_eq!(health.score, Some(points(30.01)));
}

/// F256, F262: the colours begin exactly at their bounds, the trend beyond what is steady, and what a person
/// has set stands beside what was computed.
#[test]
fn colours_trends_and_overrides() {
    let model = model(&[1.0]);
    let colour = |score| model.evaluate(&[Some(score)], None, None).unwrap().colour.unwrap();
    assert_eq!(
        [39.99, 40.0, 69.99, 70.0].map(colour),
        [HealthColour::Red, HealthColour::Yellow, HealthColour::Yellow, HealthColour::Green]
    );
    let direction = |now: f64, before| {
        model.evaluate(&[Some(now)], Some(points(before)), None).unwrap().trend.unwrap().direction
    };
    assert_eq!(direction(52.0, 50.0), HealthDirection::Steady);
    assert_eq!(direction(52.01, 50.0), HealthDirection::Improving);
    assert_eq!(direction(47.99, 50.0), HealthDirection::Declining);
    let set = HealthOverride { score: points(10.0), reason: "merger".into() };
    let health = model.evaluate(&[Some(90.0)], Some(points(90.0)), Some(set.clone())).unwrap();
    assert_eq!((health.score, health.computed), (Some(points(10.0)), Some(points(90.0))));
    assert_eq!(
        (health.colour, health.trend.unwrap().change),
        (Some(HealthColour::Red), points(-80.0))
    );
    assert_eq!((health.overridden.as_ref(), sum(&health)), (Some(&set), points(90.0)));
    // Also where nothing is known.
    assert_eq!(model.evaluate(&[None], None, Some(set)).unwrap().score, Some(points(10.0)));
}

#[test]
fn health_that_cannot_be_is_refused() {
    let refused = |change: &dyn Fn(&mut HealthModel)| {
        let mut model = model(&[1.0, 2.0]);
        change(&mut model);
        let error = model.evaluate(&[Some(1.0), None], None, None).unwrap_err();
        (error.details()["field"].clone(), error.details().get("row").cloned())
    };
    assert_eq!(refused(&|model| model.version.clear()).0, "version");
    assert_eq!(refused(&|model| model.parts.clear()).0, "parts");
    assert_eq!(
        refused(&|model| model.parts[1].name = "part 0".into()),
        ("parts".into(), Some(1.into()))
    );
    for bad in [-1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(
            refused(&|model| model.parts[1].weight = bad),
            ("weight".into(), Some(1.into()))
        );
    }
    let no_weight =
        |model: &mut HealthModel| model.parts.iter_mut().for_each(|part| part.weight = 0.0);
    assert_eq!(refused(&no_weight).0, "weight");
    let unsorted =
        [(1.0, 0.0), (0.0, 100.0)].map(|(from, points)| HealthStep { from, points }).to_vec();
    for scale in
        [HealthScale::Steps { steps: unsorted }, HealthScale::Linear { worst: 1.0, best: 1.0 }]
    {
        assert_eq!(
            refused(&|model| model.parts[1].scale = scale.clone()),
            ("parts".into(), Some(1.into()))
        );
    }
    assert_eq!(
        refused(&|model| model.bands = HealthBands::Three { yellow: 70.0, green: 40.0 }).0,
        "bands"
    );
    assert_eq!(refused(&|model| model.baseline = points(101.0)).0, "baseline");
    assert_eq!(refused(&|model| model.least_coverage = f64::NAN).0, "leastCoverage");
    let model = model(&[1.0, 2.0]);
    for bad in [-0.1, 100.1, f64::NAN] {
        let error = model.evaluate(&[None, Some(bad)], None, None).unwrap_err();
        assert_eq!(
            (&error.details()["field"], &error.details()["row"]),
            (&"values".into(), &1.into())
        );
    }
    assert_eq!(model.evaluate(&[None], None, None).unwrap_err().details()["row"], 1);
    let unsaid = HealthOverride { score: points(1.0), reason: " ".into() };
    assert!(model.evaluate(&[None, None], None, Some(unsaid)).is_err());
    assert!(Points::new(f64::NAN).is_err() && serde_json::from_str::<Points>("1e300").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// F262, F263: the weighted mean to the hundredth, the same every time, with contributions that sum to it
    /// exactly, each within a hundredth of its own.
    #[test]
    fn explanation_sums_to_the_score(
        parts in prop::collection::vec((0.01..10.0_f64, prop::option::weighted(0.8, 0.0..=100.0_f64)), 1..12),
        baseline in 0..=100_u32,
    ) {
        let mut model = model(&parts.iter().map(|part| part.0).collect::<Vec<f64>>());
        model.baseline = points(f64::from(baseline));
        let values: Vec<Option<f64>> = parts.iter().map(|part| part.1).collect();
        let health = model.evaluate(&values, None, None).unwrap();
        let known: Vec<(f64, f64)> = parts.iter().filter_map(|(weight, value)| Some((*weight, (*value)?))).collect();
        prop_assert_eq!(health.score.is_some(), !known.is_empty());
        let Some(score) = health.score else { return Ok(()) };
        let total: f64 = known.iter().map(|part| part.0).sum();
        let mean = known.iter().map(|(weight, value)| weight * value).sum::<f64>() / total;
        prop_assert!((score.as_f64() - mean).abs() <= 0.005 + 1e-9, "{} {}", score, mean);
        prop_assert_eq!(sum(&health), score);
        prop_assert_eq!(health.baseline + health.groups.iter().map(|group| group.contribution).sum(), score);
        for (part, (weight, value)) in health.parts.iter().zip(&parts) {
            let exact = value.map_or(0.0, |value| weight / total * (value - f64::from(baseline)));
            prop_assert!((part.contribution.as_f64() - exact).abs() < 0.01 + 1e-9);
        }
        prop_assert_eq!(model.evaluate(&values, None, None).unwrap(), health);
    }
}
