//! The risk of churn and its drivers.

use goodwill::analytics::{
    BgNbd, ChurnBand, ChurnModel, ChurnRisk, PurchaseModel, log_odds_of_leaving,
};
use proptest::prelude::*;

use crate::near;

/// F202, F274: the typical customer has the baseline and no reason; a missing number is a typical one.
#[test]
fn typical_customer_has_the_baseline() {
    let model = ChurnModel::default();
    let typical: Vec<Option<f64>> =
        model.drivers.iter().map(|driver| Some(driver.typical)).collect();
    let risk = model.evaluate(&typical).unwrap();
    near(risk.probability, 0.2, 1e-15);
    assert_eq!((risk.band, risk.reasons.len(), risk.log_odds), (ChurnBand::Low, 0, risk.baseline));
    let unknown = model.evaluate(&[None; 6]).unwrap();
    assert_eq!((unknown.log_odds, unknown.contributions[0].value), (risk.log_odds, None));
}

/// F202, F274: by hand: odds of 1/4 · 2⁵ (beyond six gaps nothing more counts) · 0.8⁻³ · 0.65 · 1.25 · 0.85⁻².
#[test]
fn drivers_multiply_the_odds() {
    let model = ChurnModel::default();
    let values = [Some(40.0), Some(2.0), Some(5.0), Some(0.0), Some(1.0), Some(0.0)];
    let risk = model.evaluate(&values).unwrap();
    let odds = 0.25 * 32.0 / 0.8_f64.powi(3) * 0.65 * 1.25 / 0.85_f64.powi(2);
    near(risk.probability, odds / (1.0 + odds), 1e-14);
    assert_eq!(risk.band, ChurnBand::High);
    assert_eq!(risk.reasons, ["gaps_since_purchase", "engagement", "tenure_years"]);
    near(risk.contributions[2].contribution, 0.65_f64.ln(), 1e-15);
    let json = serde_json::to_value(&risk).unwrap();
    assert_eq!((&json["version"], &json["band"]), (&"churn-1".into(), &"high".into()));
    // The most important driver over both customers.
    let other = model.evaluate(&[None, None, Some(1.0), None, None, None]).unwrap();
    let importance = model.importance(&[risk, other]).unwrap();
    assert_eq!(importance[0].name, "gaps_since_purchase");
    near(importance[0].mean_contribution, 2.5 * 2.0_f64.ln(), 1e-14);
    assert_eq!(importance[1].name, "satisfaction");
    near(importance[1].mean_contribution, -2.0 * 0.65_f64.ln(), 1e-14);
}

/// F202: P(alive) of a purchase model is a risk with a reason.
#[test]
fn purchase_model_gives_a_risk() {
    let model = BgNbd::new(0.2426, 4.4135, 0.7929, 2.4258).unwrap();
    let alive = model.probability_alive(&[2, 2], &[30.43, 3.0], &[38.86, 38.86]).unwrap();
    let churn = ChurnModel::of_alive("bg-nbd-cdnow", alive[0]).unwrap();
    for (alive, reasons) in alive.iter().zip([0, 1]) {
        let risk = churn.evaluate(&[Some(log_odds_of_leaving(*alive).unwrap())]).unwrap();
        near(risk.probability, 1.0 - alive, 1e-12);
        assert_eq!(risk.reasons.len(), reasons);
    }
    for (alive, expected) in [(0.5, 0.0), (1.0, -30.0), (0.0, 30.0)] {
        assert_eq!(log_odds_of_leaving(alive).unwrap(), expected);
        assert!(ChurnModel::of_alive("1", alive).is_ok());
    }
    for bad in [f64::NAN, -0.1, 1.1] {
        assert!(log_odds_of_leaving(bad).is_err());
    }
}

#[test]
fn churn_models_that_cannot_be_are_refused() {
    let refused = |change: &dyn Fn(&mut ChurnModel)| {
        let mut model = ChurnModel::default();
        change(&mut model);
        let error = model.evaluate(&[None; 6]).unwrap_err();
        (error.details()["field"].clone(), error.details().get("row").cloned())
    };
    assert_eq!(refused(&|model| model.version.clear()).0, "version");
    assert_eq!(refused(&|model| model.baseline = f64::NAN).0, "baseline");
    assert_eq!(refused(&|model| model.bands.high = 0.1).0, "bands");
    let row = |row: u64| Some(row.into());
    assert_eq!(refused(&|model| model.drivers[2].name.clear()), ("drivers".into(), row(2)));
    for bad in [f64::NAN, f64::INFINITY, 1001.0] {
        assert_eq!(
            refused(&|model| model.drivers[1].coefficient = bad),
            ("coefficient".into(), row(1))
        );
        assert_eq!(refused(&|model| model.drivers[1].typical = bad), ("typical".into(), row(1)));
    }
    assert_eq!(
        refused(&|model| model.drivers[3].lowest = f64::NEG_INFINITY),
        ("typical".into(), row(3))
    );
    let model = ChurnModel::default();
    let values = [None, None, Some(f64::INFINITY), None, None, None];
    assert_eq!(model.evaluate(&values).unwrap_err().details()["row"], 2);
    assert_eq!(model.evaluate(&[None; 5]).unwrap_err().details()["row"], 5);
    assert!(model.importance(&[]).is_err());
    let other = ChurnModel::of_alive("churn-1", 0.5).unwrap().evaluate(&[None]).unwrap();
    let own = model.evaluate(&[None; 6]).unwrap();
    assert_eq!(model.importance(&[own, other]).unwrap_err().details()["row"], 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// F202, F274: contributions sum to the log-odds less the baseline, the probability is theirs, and reasons
    /// are the greatest that raise it.
    #[test]
    fn contributions_sum_to_the_log_odds(values in prop::collection::vec(prop::option::of(-100.0..100.0_f64), 6)) {
        let model = ChurnModel::default();
        let risk: ChurnRisk = model.evaluate(&values).unwrap();
        let parts: Vec<f64> = risk.contributions.iter().map(|part| part.contribution).collect();
        prop_assert!((parts.iter().sum::<f64>() - (risk.log_odds - risk.baseline)).abs() < 1e-12);
        prop_assert!(((risk.probability / (1.0 - risk.probability)).ln() - risk.log_odds).abs() < 1e-9);
        let mut raising: Vec<f64> = parts.iter().copied().filter(|part| *part > 0.0).collect();
        raising.sort_by(|a, b| b.total_cmp(a));
        raising.truncate(3);
        let of = |name: &String| risk.contributions.iter().find(|part| part.name == *name).unwrap().contribution;
        prop_assert_eq!(risk.reasons.iter().map(of).collect::<Vec<f64>>(), raising);
    }
}
