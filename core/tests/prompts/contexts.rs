//! From facts to the inputs of prompts.

use goodwill::prompts::context::{
    ApplianceProfiles, Call, ChurnFacts, ContextSettings, CustomerFacts, Holiday, KeyNumber,
    MatchFactor, PromptFocus, Refusal, ServiceRequest, input,
};
use goodwill::prompts::files::{PromptSet, RenderOptions};
use goodwill::prompts::library::Prompt;
use goodwill::{Currency, Money};
use proptest::prelude::*;
use serde_json::{Value, json};

fn facts(id: &str) -> CustomerFacts {
    let data = super::vectors(include_str!("../../../examples/data/customers.json"));
    let all = data["customers"].as_array().unwrap();
    let mut found = all.iter().find(|one| one["customer"]["id"] == id).unwrap().clone();
    found["technicians"] = data["technicians"].clone();
    serde_json::from_value(found).unwrap()
}

fn read(value: Value) -> CustomerFacts {
    serde_json::from_value(value).unwrap()
}

/// The settings of most tests: the morning of 1 March 2026 in Berlin.
fn settings() -> ContextSettings {
    let mut settings = ContextSettings::at("2026-03-01T08:00:00Z".parse().unwrap());
    settings.zone = "+01:00".parse().unwrap();
    settings.company = Some("Fixit".to_owned());
    settings
}

fn focus() -> PromptFocus {
    serde_json::from_value(json!({
        "appliance": "washer-1",
        "job": "JOB-4",
        "purpose": "say when the technician comes",
        "request": {"issue": "does not spin", "appliance": "washer-1"},
        "call": {
            "startedAt": "2026-02-19T08:00:00Z", "direction": "inbound", "minutes": 3.5, "agentName": "Ulla",
            "lines": [{"speaker": "Ada", "text": "It leaks again."}],
        },
        "churn": {
            "level": "High", "probability": 0.714,
            "drivers": [{"name": "days since the last job", "value": 190, "usual": 62}],
        },
    }))
    .unwrap()
}

fn refused(facts: &CustomerFacts) -> String {
    let error = facts.checked(&settings()).unwrap_err();
    error.details()["field"].as_str().unwrap().to_owned()
}

fn built(prompt: Prompt, facts: &CustomerFacts) -> Value {
    input(prompt, facts, &focus(), &settings()).unwrap()
}

/// F518, F526, F531, F538, F544, F551, F559: what is built is what each prompt declares, also for
/// customers of whom little is known, and prints without anything missing.
#[test]
fn every_prompt_gets_what_it_declares() {
    let set = PromptSet::library();
    let mut little = read(
        json!({"customer": {"id": "eve", "name": "Eve", "createdAt": "2026-01-01T00:00:00Z"}}),
    );
    little.appliances = facts("ada").appliances;
    little.jobs = facts("ada").jobs.into_iter().filter(|job| job.is_completed()).take(4).collect();
    for facts in [facts("ada"), little] {
        for prompt in Prompt::ALL {
            let input = built(*prompt, &facts);
            let declared = set.get(prompt.id()).unwrap().front_matter().input.clone().unwrap();
            assert_eq!(declared.violations(&input), [], "{}", prompt.id());
            let rendered = set.render(prompt.id(), &input, &RenderOptions::default()).unwrap();
            let words = rendered.messages.iter().map(|one| one.words()).collect::<String>();
            // The prompt about an appliance does not name the customer.
            let named = words.contains(&facts.customer.name);
            assert_eq!(named, *prompt != Prompt::MaintenanceAlert, "{}", prompt.id());
        }
    }
}

/// F530: ten thousand entries of the log make prompts that fit, without any setting; the latest are
/// kept.
#[test]
fn ten_thousand_activities_fit() {
    let mut facts = facts("ada");
    let entry = |at: usize| {
        json!({
            "createdAt": goodwill::Timestamp::from_millis(1_700_000_000_000 + at as i64 * 60_000).unwrap(),
            "type": "email", "direction": "inbound",
            "content": format!("Letter {at}: {}", "the drum bearing is noisy again. ".repeat(at % 40)),
        })
    };
    facts.activities = (0..10_000).map(|at| serde_json::from_value(entry(at)).unwrap()).collect();
    let set = PromptSet::library();
    for prompt in Prompt::ALL {
        let input = built(*prompt, &facts);
        let rendered = set.render(prompt.id(), &input, &RenderOptions::default()).unwrap();
        let most = set.get(prompt.id()).unwrap().front_matter().budget.input.unwrap();
        assert!(rendered.tokens <= most, "{}: {} of {most}", prompt.id(), rendered.tokens);
        let words = rendered.messages.iter().map(|one| one.words()).collect::<String>();
        assert!(!words.contains("Letter 0:"), "{}", prompt.id());
        if words.contains("Letter") {
            assert!(words.contains("Letter 9999:"), "{}", prompt.id());
        }
    }
    // An answer about feelings has an entry for every letter that it is shown.
    assert_eq!(
        built(Prompt::SentimentAnalysis, &facts)["communications"].as_array().unwrap().len(),
        20
    );
}

/// F525: revenue less what went back, and every expense once, also where it was read twice.
#[test]
fn sums_count_everything_once() {
    let facts = facts("ada");
    let settings = settings();
    let figures = facts.checked(&settings).unwrap().financials().unwrap();
    let [usd] = figures.as_slice() else { panic!("one currency: {figures:?}") };
    assert_eq!(usd.revenue.to_string(), "659.50 USD");
    assert_eq!((usd.payments, usd.expenses), (6, 4));
    assert_eq!(usd.costs.to_string(), "107.70 USD");
    assert_eq!(usd.profit.to_string(), "551.80 USD");
    assert_eq!(usd.average_revenue_per_job.unwrap().to_string(), "131.90 USD");
    let input = built(Prompt::ProfitabilityAnalysis, &facts);
    assert_eq!(input["totalRevenue"], json!(659.5));
    let expenses = input["recentExpenses"].as_array().unwrap();
    assert_eq!(
        expenses[3],
        json!({"amount": 12, "currency": "USD", "date": "2025-12-24", "category": "Other"})
    );
    assert_eq!(input["recentPayments"][2]["amount"], json!(-95));
}

/// F535: of seven jobs five are completed; only they count, and only they have a profit.
#[test]
fn only_completed_jobs_count() {
    let facts = facts("ada");
    let input = built(Prompt::ProfitabilityAnalysis, &facts);
    assert_eq!(input["customer"]["jobs"].as_array().unwrap().len(), 5);
    let last = &input["recentJobs"][4];
    assert_eq!(
        *last,
        json!({"description": "Boiler loses pressure", "date": "2025-11-05", "profit": 210})
    );
    let jobs = built(Prompt::FollowupSuggestions, &facts)["jobs"].clone();
    let outcomes: Vec<&str> =
        jobs.as_array().unwrap().iter().map(|job| job["outcome"].as_str().unwrap()).collect();
    assert_eq!(
        outcomes,
        ["Solved", "Solved", "Came back", "Solved", "Solved", "Customer repaired it"]
    );
}

/// What the prompt calls the last five is never more, and the latest comes last.
#[test]
fn the_last_five_are_five() {
    let input = built(Prompt::ProfitabilityAnalysis, &facts("ada"));
    let dates: Vec<&str> = input["recentPayments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["date"].as_str().unwrap())
        .collect();
    assert_eq!(dates, ["2024-10-20", "2025-06-11", "2025-06-21", "2025-06-23", "2025-11-12"]);
    assert_eq!(input["customer"]["payments"].as_array().unwrap().len(), 6);
}

/// Each currency is summed by itself; the prompt counts in one of them.
#[test]
fn currencies_are_never_added() {
    let mut facts = facts("ada");
    let job = "JOB-5".parse().unwrap();
    for payment in facts.payments.iter_mut().filter(|one| one.job.as_ref() == Some(&job)) {
        payment.amount = Money::parse("180.00", "EUR".parse().unwrap()).unwrap();
    }
    let mut settings = settings();
    let of = |settings: &ContextSettings| {
        let checked = facts.checked(settings).unwrap();
        let figures = checked.financials().unwrap();
        let jobs: Vec<(String, usize)> =
            figures.iter().map(|one| (one.revenue.to_string(), one.completed_jobs)).collect();
        (jobs, checked.currency().unwrap(), checked.profitability_analysis().unwrap())
    };
    let (figures, currency, _) = of(&settings);
    // The fifth job was paid in euros alone.
    assert_eq!(figures, [("180.00 EUR".to_owned(), 1), ("449.50 USD".to_owned(), 4)]);
    assert_eq!(currency.code(), "USD");
    settings.currency = Some("EUR".parse::<Currency>().unwrap());
    let (_, currency, input) = of(&settings);
    assert_eq!(currency.code(), "EUR");
    assert_eq!(input.total_revenue, 180.into());
    assert_eq!(input.recent_payments.items().len(), 1);
}

/// Without a completed job there is no average: none in the figures, 0 as the prompt declares it.
#[test]
fn no_job_has_no_average() {
    let facts = read(json!({
        "customer": {"id": "eve", "name": "Eve"},
        "jobs": [{"id": "J", "description": "Boiler", "status": "scheduled"}],
        "payments": [{"amount": {"amount": "50.00", "currency": "EUR"}, "paidAt": "2026-01-01T00:00:00Z"}],
    }));
    let settings = settings();
    let checked = facts.checked(&settings).unwrap();
    assert_eq!(checked.financials().unwrap()[0].average_revenue_per_job, None);
    assert_eq!(checked.profitability_analysis().unwrap().average_revenue_per_job, 0.into());
    let nothing = read(json!({"customer": {"id": "eve", "name": "Eve"}}));
    assert!(nothing.checked(&settings).unwrap().financials().unwrap().is_empty());
    assert_eq!(built(Prompt::ProfitabilityAnalysis, &nothing)["netProfit"], json!(0));
}

/// Facts that do not fit together are refused, and the field is named.
#[test]
fn what_does_not_fit_is_named() {
    let ada = || facts("ada");
    let changed = |change: &dyn Fn(&mut CustomerFacts)| {
        let mut facts = ada();
        change(&mut facts);
        refused(&facts)
    };
    let bob = || Some("bob".parse().unwrap());
    let cases: &[(&str, &dyn Fn(&mut CustomerFacts))] = &[
        ("facts.jobs[2].customer", &|facts| facts.jobs[2].customer = bob()),
        ("facts.jobs[6].completedAt", &|facts| facts.jobs[6].completed_at = Some(settings().now)),
        ("facts.jobs[0].completedAt", &|facts| facts.jobs[0].completed_at = None),
        ("facts.jobs[1].id", &|facts| facts.jobs[1].id = "JOB-1".parse().unwrap()),
        ("facts.payments[0].customer", &|facts| facts.payments[0].customer = bob()),
        ("facts.payments[1].job", &|facts| facts.payments[1].job = Some("JOB-8".parse().unwrap())),
        ("facts.payments[1].id", &|facts| facts.payments[1].id = Some("P-1".to_owned())),
        ("facts.expenses[1].job", &|facts| facts.expenses[1].job = Some("JOB-8".parse().unwrap())),
        ("facts.expenses[2].customer", &|facts| facts.expenses[2].customer = bob()),
        ("facts.expenses[0].amount", &|facts| {
            facts.expenses[0].amount = Money::parse("-1.00", "USD".parse().unwrap()).unwrap();
        }),
        ("facts.feedback[0].score", &|facts| facts.feedback[0].score = 6.0),
        ("facts.feedback[0].scaleMax", &|facts| facts.feedback[0].scale_max = Some(1.0)),
        ("facts.appliances[1].lastServiceAt", &|facts| {
            facts.appliances[1].last_service_at = Some("2026-03-02".to_owned().try_into().unwrap());
        }),
        ("facts.technicians[1].id", &|facts| facts.technicians[1].id = "tom".parse().unwrap()),
        ("facts.technicians[1].yearsExperience", &|facts| {
            facts.technicians[1].years_experience = -1.0;
        }),
        ("facts.technicianPreferences[1].kind", &|facts| {
            facts.technician_preferences[1].kind = facts.technician_preferences[0].kind;
        }),
    ];
    for (field, change) in cases {
        assert_eq!(changed(change), *field);
    }
    for prompt in [Prompt::MaintenanceAlert, Prompt::TechnicianMatching, Prompt::CallSummary] {
        let error = input(prompt, &ada(), &PromptFocus::default(), &settings()).unwrap_err();
        assert!(error.details()["field"].as_str().unwrap().starts_with("focus."));
    }
}

/// Days are those of the zone: what is said at half past eleven in the evening in UTC is said on the
/// next day in Berlin.
#[test]
fn days_are_those_of_the_zone() {
    let facts = read(json!({
        "customer": {"id": "eve", "name": "Eve"},
        "activities": [{"createdAt": "2026-02-27T23:30:00Z", "type": "Email", "content": "Hello"}],
    }));
    let followup = built(Prompt::FollowupSuggestions, &facts);
    assert_eq!(followup["lastInteractionDate"], "2026-02-28");
    assert_eq!(followup["daysSinceLastContact"], 1);
    let timeline = built(Prompt::TimelineSummary, &facts);
    assert_eq!(timeline["activities"][0]["createdAt"], "2026-02-28T00:30:00.000+01:00");
}

/// F533: what is to come counts neither as a contact nor as history.
#[test]
fn what_is_to_come_is_no_history() {
    let mut facts = facts("ada");
    facts.activities[6].created_at = "2026-03-02T09:00:00Z".parse().unwrap();
    let followup = built(Prompt::FollowupSuggestions, &facts);
    assert_eq!(followup["lastInteractionDate"], "2025-11-05");
    assert_eq!(followup["upcomingSeason"], "summer");
    assert_eq!(built(Prompt::TimelineSummary, &facts)["activities"].as_array().unwrap().len(), 6);
    let appliances = followup["appliances"].as_array().unwrap();
    assert_eq!(appliances.len(), 3, "what is retired needs no service");
    assert_eq!(appliances[0]["lastServiceDate"], "2025-06-20");
    assert_eq!(appliances[1]["lastServiceDate"], "2024-09-01");
}

/// F169, F572: the nearest occasion is found: anniversaries and holidays, else the season.
#[test]
fn the_occasion_is_determined() {
    let facts = facts("ada");
    let found = |now: &str, holidays: &[(&str, &str)], name: Option<&str>| {
        let mut settings = ContextSettings::at(now.parse().unwrap());
        let holiday = |(name, day): &(&str, &str)| Holiday {
            name: (*name).to_owned(),
            day: (*day).to_owned().try_into().unwrap(),
        };
        settings.holidays = holidays.iter().map(holiday).collect();
        let checked = facts.checked(&settings).unwrap();
        checked.occasion(name).map(|one| (one.name, one.days_away))
    };
    let some = |name: &str, days| Ok((name.to_owned(), days));
    let easter = [("Easter", "2026-04-05"), ("New Year", "2026-01-01")];
    let march = "2026-03-10T09:00:00Z";
    assert_eq!(found(march, &easter, None).map_err(|_| ()), some("3 years with us", 10));
    assert_eq!(found(march, &easter, Some("easter")).map_err(|_| ()), some("Easter", 26));
    assert_eq!(
        found(march, &[("Women's Day", "2026-03-12")], None).map_err(|_| ()),
        some("Women's Day", 2)
    );
    assert_eq!(found("2026-03-25T09:00:00Z", &easter, None).map_err(|_| ()), some("Easter", 11));
    assert_eq!(
        found("2026-05-01T09:00:00Z", &easter, None).map_err(|_| ()),
        some("the coming summer", 31)
    );
    // What is over is no occasion.
    let error = found(march, &easter, Some("New Year")).unwrap_err();
    assert_eq!(error.details()["field"], "focus.occasion");
    let input =
        input(Prompt::OccasionMessage, &facts, &PromptFocus::default(), &settings()).unwrap();
    assert_eq!(input["serviceAnniversaryDate"], "2026-03-20");
    assert_eq!(input["daysUntilServiceAnniversary"], 19);
    assert_eq!(
        (&input["occasionType"], &input["company"]),
        (&json!("service anniversary"), &json!("Fixit"))
    );
}

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

/// F530: the customer's own words in the order of time, and where they stand in the facts.
#[test]
fn feelings_are_read_from_the_customers_words() {
    let mut facts = facts("ada");
    facts.activities.reverse();
    let settings = settings();
    let checked = facts.checked(&settings).unwrap();
    let input = checked.sentiment_analysis();
    let words: Vec<&str> =
        input.communications.items().iter().map(|one| one.content.as_str()).collect();
    assert_eq!(words.len(), 5, "neither what we wrote nor our notes");
    assert!(words[0].starts_with("Hello") && words[4].starts_with("Could you"));
    assert_eq!(checked.sentiment_activities(), [6, 5, 3, 2, 0]);
}

/// Letters to a customer know nothing of notes among colleagues; summaries for them do.
#[test]
fn notes_stay_among_colleagues() {
    let facts = facts("ada");
    for prompt in Prompt::ALL {
        let letter = matches!(
            prompt,
            Prompt::OccasionMessage
                | Prompt::CustomerMessage
                | Prompt::MessageReply
                | Prompt::SurveyQuestions
        );
        let told = built(*prompt, &facts).to_string().contains("Vessel is weak");
        assert!(!(letter && told), "{}", prompt.id());
        assert!(told || *prompt != Prompt::TimelineSummary);
    }
}

/// Messages carry the names of who wrote them, and when somebody comes.
#[test]
fn messages_know_who_wrote() {
    let facts = facts("ada");
    let settings = settings();
    let checked = facts.checked(&settings).unwrap();
    let input = checked.customer_message(None, "ask whether the date fits").unwrap();
    assert_eq!(input.job.eta.as_deref(), Some("2026-03-10 10:00"), "on the clock of the zone");
    let authors: Vec<&str> = input.messages.items().iter().map(|one| one.author.as_str()).collect();
    assert_eq!(authors, ["Ada Brown", "Ada Brown", "Fixit", "Ada Brown", "Ada Brown", "Ada Brown"]);
    let survey = checked.survey_questions(None).unwrap();
    assert_eq!(survey.job.technician_name, "Ulla Koch");
    assert_eq!(survey.reviews.items().len(), 2);
    let scheduled = "JOB-7".parse().unwrap();
    let error = checked.survey_questions(Some(&scheduled)).unwrap_err();
    assert_eq!(error.details()["field"], "focus.job");
}

/// Numbers come from the facts unless the host has its own.
#[test]
fn numbers_come_from_the_facts() {
    let facts = facts("ada");
    let settings = settings();
    let checked = facts.checked(&settings).unwrap();
    let own = checked.insight_cards(&[]).unwrap().numbers;
    let shown: Vec<String> = own.iter().map(|one| format!("{}: {}", one.name, one.value)).collect();
    assert_eq!(
        shown,
        [
            "profit: \"551.80 USD\"",
            "revenue: \"659.50 USD\"",
            "completed jobs: 5",
            "days since the last contact: 45",
            "stars on the mean: 3.9",
        ]
    );
    let given =
        KeyNumber { name: "visits".to_owned(), value: json!(3), change: Some(json!("+50%")) };
    assert_eq!(checked.insight_cards(std::slice::from_ref(&given)).unwrap().numbers, [given]);
    let churn =
        |probability: f64| ChurnFacts { level: "Low".to_owned(), probability, drivers: vec![] };
    assert_eq!(
        checked.churn_explanation(&churn(0.0333)).unwrap().churn.percent,
        serde_json::Number::from_f64(3.3).unwrap()
    );
    for wrong in [-0.1, 1.1, f64::NAN] {
        assert_eq!(
            checked.churn_explanation(&churn(wrong)).unwrap_err().details()["field"],
            "churn.probability"
        );
    }
    let call: Call = serde_json::from_value(json!({
        "startedAt": "2026-02-19T08:00:00Z", "direction": "in", "minutes": -1, "agentName": "Ulla",
    }))
    .unwrap();
    assert_eq!(checked.call_summary(&call).unwrap_err().details()["field"], "call.minutes");
}

fn shuffled() -> impl Strategy<Value = CustomerFacts> {
    let ada = facts("ada");
    (
        Just(ada.jobs.clone()).prop_shuffle(),
        Just(ada.payments.clone()).prop_shuffle(),
        Just(ada.expenses.clone()).prop_shuffle(),
        Just(ada.activities.clone()).prop_shuffle(),
        Just(ada.feedback.clone()).prop_shuffle(),
    )
        .prop_map(move |(jobs, payments, expenses, activities, feedback)| CustomerFacts {
            jobs,
            payments,
            expenses,
            activities,
            feedback,
            ..ada.clone()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the order in which a host reads its records, prompts are the same.
    #[test]
    fn the_order_of_records_does_not_matter(facts in shuffled()) {
        let ada = self::facts("ada");
        for prompt in Prompt::ALL {
            prop_assert_eq!(built(*prompt, &facts), built(*prompt, &ada), "{}", prompt.id());
        }
    }

    /// The figures are those of a naive sum over minor units, in every currency.
    #[test]
    fn figures_are_the_naive_sums(
        payments in prop::collection::vec((0_i64..100_000, 0_usize..3, any::<bool>()), 0..12),
        expenses in prop::collection::vec((0_i64..100_000, 0_usize..3), 0..12),
        jobs in 0_usize..4,
    ) {
        let currencies = ["EUR", "JPY", "USD"];
        let money = |minor: i64, of: usize| Money::from_minor(minor, currencies[of].parse().unwrap());
        let mut facts = read(json!({"customer": {"id": "eve", "name": "Eve"}}));
        for at in 0..jobs {
            facts.jobs.push(serde_json::from_value(json!({
                "id": format!("J-{at}"), "description": "Work", "status": "completed",
                "completedAt": "2026-01-01T00:00:00Z",
            })).unwrap());
        }
        for (minor, of, refund) in &payments {
            facts.payments.push(serde_json::from_value(json!({
                "amount": money(*minor, *of), "paidAt": "2026-01-01T00:00:00Z",
                "kind": if *refund { "refund" } else { "payment" },
            })).unwrap());
        }
        for (minor, of) in &expenses {
            facts.expenses.push(serde_json::from_value(json!({
                "amount": money(*minor, *of), "incurredAt": "2026-01-01T00:00:00Z", "category": "Labor",
            })).unwrap());
        }
        let settings = settings();
        let figures = facts.checked(&settings).unwrap().financials().unwrap();
        for (of, code) in currencies.iter().enumerate() {
            let paid: i64 = payments.iter().filter(|one| one.1 == of)
                .map(|(minor, _, refund)| if *refund { -minor } else { *minor }).sum();
            let spent: i64 = expenses.iter().filter(|one| one.1 == of).map(|one| one.0).sum();
            let Some(found) = figures.iter().find(|one| one.currency.code() == *code) else {
                prop_assert!(payments.iter().all(|one| one.1 != of) && expenses.iter().all(|one| one.1 != of));
                continue;
            };
            prop_assert_eq!((found.revenue.minor(), found.costs.minor()), (paid, spent));
            prop_assert_eq!(found.profit.minor(), paid - spent);
            let average = (jobs > 0).then(|| (paid as f64 / jobs as f64).round() as i64);
            prop_assert_eq!(found.average_revenue_per_job.map(Money::minor), average);
        }
    }
}
