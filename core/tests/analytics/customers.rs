//! VIP rules and engagement.

use goodwill::analytics::{
    Engagement, EngagementModel, ManualVip, Points, Vip, VipCondition, VipFacts, VipMeasure,
    VipReason, VipRules,
};
use proptest::prelude::*;

use crate::near;

/// F201, F284: each rule says what is met and what is missing; the first that is met is the reason.
#[test]
fn vip_rules_explain_themselves() {
    let rules = VipRules::default();
    let facts = VipFacts {
        spend: Some(2_000.0),
        orders: Some(4.0),
        tenure_days: Some(730.0),
        manual: None,
    };
    let judged = rules.evaluate(&facts).unwrap();
    assert_eq!((judged.vip, &judged.reason), (true, &VipReason::Rule { name: "loyal".into() }));
    let missing: Vec<f64> = judged.rules.iter().map(|rule| rule.conditions[0].missing).collect();
    assert_eq!((missing, judged.version.as_str()), (vec![3_000.0, 8.0, 0.0], "vip-1"));
    let json = serde_json::to_value(&judged).unwrap();
    assert_eq!(json["reason"], serde_json::json!({"kind": "rule", "name": "loyal"}));
    assert_eq!(json["rules"][1]["conditions"][0]["atLeast"], 12.0);
    assert_eq!(serde_json::from_value::<Vip>(json).unwrap(), judged);
    let soon = rules.evaluate(&VipFacts { tenure_days: Some(729.0), ..facts }).unwrap();
    assert_eq!((soon.vip, soon.reason), (false, VipReason::NoRule));
    assert_eq!(soon.rules[2].conditions.iter().map(|each| each.missing).sum::<f64>(), 1.0);
    // Unknown is not met, and known to be unknown.
    let unknown = rules.evaluate(&VipFacts::default()).unwrap();
    assert_eq!((unknown.vip, unknown.rules[0].conditions[0].value), (false, None));
}

/// F201: a person's word is above the rules, which are still told.
#[test]
fn people_decide_before_rules() {
    let rules = VipRules::default();
    let rich = VipFacts { spend: Some(9_999.0), ..VipFacts::default() };
    let refused = VipFacts { manual: Some(ManualVip::Refused), ..rich };
    let judged = rules.evaluate(&refused).unwrap();
    assert_eq!((judged.vip, judged.reason, judged.rules[0].met), (false, VipReason::Manual, true));
    let granted = VipFacts { manual: Some(ManualVip::Granted), ..VipFacts::default() };
    assert!(rules.evaluate(&granted).unwrap().vip);
}

#[test]
fn vip_rules_that_cannot_be_are_refused() {
    let refused = |change: &dyn Fn(&mut VipRules)| {
        let mut rules = VipRules::default();
        change(&mut rules);
        let error = rules.evaluate(&VipFacts::default()).unwrap_err();
        (error.details()["field"].clone(), error.details().get("row").cloned())
    };
    assert_eq!(refused(&|rules| rules.version.clear()).0, "version");
    assert_eq!(refused(&|rules| rules.any_of.clear()).0, "anyOf");
    assert_eq!(refused(&|rules| rules.any_of[2].all_of.clear()), ("allOf".into(), Some(2.into())));
    for at_least in [0.0, -1.0, f64::NAN] {
        let condition = VipCondition { measure: VipMeasure::Orders, at_least };
        assert_eq!(
            refused(&|rules| rules.any_of[1].all_of.push(condition)),
            ("atLeast".into(), Some(1.into()))
        );
    }
    for bad in [-1.0, f64::NAN, f64::INFINITY] {
        let facts = VipFacts { tenure_days: Some(bad), ..VipFacts::default() };
        let error = VipRules::default().evaluate(&facts).unwrap_err();
        assert_eq!(error.details()["field"], "tenureDays");
    }
}

/// F246: three purchases today are 12 / 5 halvings of what is missing to 100; unknown kinds are counted.
#[test]
fn engagement_saturates_and_fades() {
    let model = EngagementModel::default();
    let today = model.score(&["purchase", "purchase", "hum", "purchase"], &[0.0; 4]).unwrap();
    near(today.score.as_f64(), 100.0 * (1.0 - 0.5_f64.powf(12.0 / 5.0)), 0.005);
    assert_eq!((today.unknown, today.version.as_str()), (1, "engagement-1"));
    let half = EngagementModel { half: 2.0, ..model.clone() };
    assert_eq!(half.score(&["purchase"], &[30.0]).unwrap().score, Points::new(50.0).unwrap());
    let nothing = model.score::<&str>(&[], &[]).unwrap();
    assert_eq!((nothing.score, nothing.parts.len()), (Points::ZERO, 6));
    let busy = model.score(&["referral"; 1000], &[0.0; 1000]).unwrap();
    assert_eq!(busy.score, Points::new(100.0).unwrap());
    let json = serde_json::to_value(&today).unwrap();
    assert_eq!(serde_json::from_value::<Engagement>(json).unwrap(), today);
}

#[test]
fn engagement_that_cannot_be_is_refused() {
    let field = |model: EngagementModel, age: f64| {
        model.score(&["reply", "reply"], &[1.0, age]).unwrap_err().details()["field"].clone()
    };
    let model = EngagementModel::default;
    for bad in [-1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(field(model(), bad), "ageDays");
        assert_eq!(field(EngagementModel { half_life_days: bad, ..model() }, 1.0), "halfLifeDays");
        assert_eq!(field(EngagementModel { half: bad, ..model() }, 1.0), "half");
        let weights = [("reply".to_owned(), bad)].into();
        assert_eq!(field(EngagementModel { weights, ..model() }, 1.0), "weights");
    }
    let weights = [("reply".to_owned(), 0.0)].into();
    assert_eq!(field(EngagementModel { weights, ..model() }, 1.0), "weights");
    assert_eq!(field(EngagementModel { version: String::new(), ..model() }, 1.0), "version");
    assert!(model().score(&["reply"], &[]).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// F246: parts sum to the score exactly, and one activity more never lowers it.
    #[test]
    fn engagement_parts_sum(rows in prop::collection::vec((0..7_usize, 0.0..400.0_f64), 0..30)) {
        let names = ["message", "portal_visit", "purchase", "referral", "reply", "survey_answer", "other"];
        let kinds: Vec<&str> = rows.iter().map(|row| names[row.0]).collect();
        let ages: Vec<f64> = rows.iter().map(|row| row.1).collect();
        let model = EngagementModel::default();
        let engagement = model.score(&kinds, &ages).unwrap();
        prop_assert_eq!(engagement.parts.iter().map(|part| part.contribution).sum::<Points>(), engagement.score);
        let known: u64 = engagement.parts.iter().map(|part| part.activities).sum();
        prop_assert_eq!(known + engagement.unknown, rows.len() as u64);
        let fewer = model.score(&kinds[..rows.len() / 2], &ages[..rows.len() / 2]).unwrap();
        prop_assert!(fewer.score <= engagement.score);
    }
}
