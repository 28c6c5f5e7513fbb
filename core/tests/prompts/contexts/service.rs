//! What appliances need, and who can go.

use goodwill::prompts::context::{
    ApplianceProfiles, ContextSettings, MatchFactor, PromptFocus, Refusal, ServiceRequest, input,
};
use goodwill::prompts::library::Prompt;
use serde_json::{Value, json};

use super::{built, facts, focus, settings};

/// F553, F554, F555: age, services with what was found, and the shipped profile.
#[test]
fn maintenance_knows_age_history_and_profile() {
    let facts = facts("ada");
    let washer = built(Prompt::MaintenanceAlert, &facts);
    assert_eq!(washer["applianceAge"], 8);
    assert_eq!(washer["daysSinceLastService"], 254);
    assert_eq!(washer["serviceHistory"][1]["description"], "Door seal replaced");
    assert_eq!(washer["serviceHistory"][1]["issuesFound"], json!(["worn door seal"]));
    assert_eq!(washer["recommendedServiceFrequency"], "every 12 months");
    assert_eq!(washer["averageLifespan"], 10);
    let weak = washer["commonFailurePoints"].as_array().unwrap();
    assert!(weak.contains(&json!("motor and control board")));
    assert!(!weak.contains(&json!("inlet hose and drain pump")), "from two to eight years only");
    let of = |id: &str, settings: &ContextSettings| {
        let focus = PromptFocus { appliance: Some(id.parse().unwrap()), ..PromptFocus::default() };
        input(Prompt::MaintenanceAlert, &facts, &focus, settings).unwrap()
    };
    // Bought and never installed by us: the purchase counts.
    let boiler = of("boiler-1", &settings());
    assert_eq!(boiler["applianceAge"], 15.4);
    assert_eq!(boiler["seasonalImpact"], "nothing special");
    let mut autumn = settings();
    autumn.now = "2026-10-01T08:00:00Z".parse().unwrap();
    let text = of("boiler-1", &autumn)["seasonalImpact"].as_str().unwrap().to_owned();
    assert!(text.starts_with("now: High: the heating season begins"), "{text}");
    assert!(text.contains("; next season: Peak use"), "{text}");
}

/// F555: profiles are replaced as a whole, and those of a brand go before those of the type.
#[test]
fn profiles_are_replaced() {
    let shipped = ApplianceProfiles::shipped();
    assert!(!shipped.sources.is_empty());
    for profile in &shipped.profiles {
        assert!(profile.service_interval_months > 0 && profile.average_lifespan_years > 0.0);
        for name in std::iter::once(&profile.kind).chain(&profile.aliases) {
            assert_eq!(
                shipped.named(name, None).unwrap().kind,
                profile.kind,
                "a name of one profile"
            );
        }
    }
    let mut settings = settings();
    let own: ApplianceProfiles = serde_json::from_value(json!({
        "version": "ours-1",
        "profiles": [
            {"type": "Washing machine", "serviceIntervalMonths": 18, "averageLifespanYears": 9},
            {"type": "Washing machine", "brand": "BOSCH", "serviceIntervalMonths": 1, "averageLifespanYears": 12.5},
            {"type": "other", "serviceIntervalMonths": 12, "averageLifespanYears": 12},
        ],
    }))
    .unwrap();
    assert_eq!(own.named("washing-machine", Some("Miele")).unwrap().service_interval_months, 18);
    settings.profiles = Some(own);
    let input = input(Prompt::MaintenanceAlert, &facts("ada"), &focus(), &settings).unwrap();
    assert_eq!(input["recommendedServiceFrequency"], "every month");
    assert_eq!(input["averageLifespan"], 12.5);
    settings.profiles = Some(ApplianceProfiles { profiles: vec![], ..shipped.clone() });
    let error = goodwill::prompts::context::input(
        Prompt::MaintenanceAlert,
        &facts("ada"),
        &focus(),
        &settings,
    );
    assert_eq!(error.unwrap_err().details()["field"], "context.profiles");
}

/// F561, F562, F563: who can go is filtered first, and everybody else has a score that says why.
#[test]
fn technicians_are_filtered_and_scored() {
    let facts = facts("ada");
    let settings = settings();
    let checked = facts.checked(&settings).unwrap();
    let asked = |request: Value| {
        let request: ServiceRequest = serde_json::from_value(request).unwrap();
        checked.candidates(&request)
    };
    let found = asked(json!({"issue": "does not spin", "appliance": "washer-1"})).unwrap();
    let refused: Vec<_> = found.refused.iter().map(|one| (one.id.as_str(), one.reason)).collect();
    assert_eq!(refused, [("ines", Refusal::Excluded), ("otto", Refusal::Inactive)]);
    let scores: Vec<_> = found.candidates.iter().map(|one| (one.id.as_str(), one.score)).collect();
    assert_eq!(scores, [("tom", 12.2), ("ulla", 1.75), ("finn", 0.1)]);
    for candidate in &found.candidates {
        let sum: f64 = candidate.reasons.iter().map(|reason| reason.points).sum();
        assert!((sum - candidate.score).abs() < 0.01);
    }
    let factors: Vec<_> = found.candidates[0].reasons.iter().map(|reason| reason.factor).collect();
    let all = [
        MatchFactor::Preferred,
        MatchFactor::Rating,
        MatchFactor::Specialty,
        MatchFactor::Experience,
    ];
    assert_eq!(factors, all);
    assert_eq!(found.candidates[0].reasons[1].reason, "5.0 of 5 stars in 1 visit");

    let next_week = json!({"from": "2026-03-09T09:00:00Z", "until": "2026-03-09T11:00:00Z"});
    let found = asked(json!({
        "issue": "does not spin", "appliance": "washer-1", "window": next_week, "skills": ["Electrics"],
    }));
    let refused: Vec<_> =
        found.unwrap().refused.into_iter().map(|one| (one.id, one.reason)).collect();
    assert_eq!(refused[0], ("tom".to_owned(), Refusal::Unavailable));
    let found =
        asked(json!({"issue": "smells of gas", "appliance": "boiler-1", "skills": ["gas"]}))
            .unwrap();
    assert_eq!(found.candidates.len(), 1);
    assert_eq!(found.refused[0].reason, Refusal::MissingSkill);
    let field = |request: Value| asked(request).unwrap_err().details()["field"].clone();
    assert_eq!(field(json!({"issue": "?", "appliance": "oven-1"})), "request.appliance");
    let backwards = json!({"from": "2026-03-09T09:00:00Z", "until": "2026-03-09T09:00:00Z"});
    assert_eq!(
        field(json!({"issue": "?", "appliance": "dryer-1", "window": backwards})),
        "request.window"
    );
}

/// F563: who is required for an appliance goes, and nobody else; a wish for one appliance goes before
/// the general one.
#[test]
fn wishes_for_an_appliance_count_first() {
    let mut facts = facts("ada");
    let wishes = json!([
        {"technician": "tom", "kind": "preferred"},
        {"technician": "finn", "kind": "preferred", "appliance": "dryer-1"},
        {"technician": "ulla", "kind": "required", "appliance": "boiler-1"},
    ]);
    facts.technician_preferences = serde_json::from_value(wishes).unwrap();
    let settings = settings();
    let checked = facts.checked(&settings).unwrap();
    let input = |appliance: &str| {
        let request = json!({"issue": "?", "appliance": appliance});
        checked.technician_matching(&serde_json::from_value(request).unwrap()).unwrap()
    };
    assert_eq!(input("washer-1").customer.preferred_technician_id.as_deref(), Some("tom"));
    assert_eq!(input("dryer-1").customer.preferred_technician_id.as_deref(), Some("finn"));
    let able = input("boiler-1").available_technicians;
    assert_eq!(able.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["ulla"]);
}
