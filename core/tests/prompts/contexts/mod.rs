//! From facts to the inputs of prompts.

mod finance;
mod service;

use goodwill::Money;
use goodwill::prompts::context::{
    Call, ChurnFacts, ContextSettings, CustomerFacts, Holiday, KeyNumber, PromptFocus, input,
};
use goodwill::prompts::files::{PromptSet, RenderOptions};
use goodwill::prompts::library::Prompt;
use proptest::prelude::*;
use serde_json::{Value, json};

fn facts(id: &str) -> CustomerFacts {
    let data = crate::vectors(include_str!("../../../../examples/data/customers.json"));
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

type Change<'c> = dyn Fn(&mut CustomerFacts) + 'c;

/// Facts that do not fit together are refused, and the field is named.
#[test]
fn what_does_not_fit_is_named() {
    let ada = || facts("ada");
    let changed = |change: &Change<'_>| {
        let mut facts = ada();
        change(&mut facts);
        refused(&facts)
    };
    let bob = || Some("bob".parse().unwrap());
    let cases: &[(&str, &Change<'_>)] = &[
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
    assert_eq!(error.details()["field"], "occasion");
    let input =
        input(Prompt::OccasionMessage, &facts, &PromptFocus::default(), &settings()).unwrap();
    assert_eq!(input["serviceAnniversaryDate"], "2026-03-20");
    assert_eq!(input["daysUntilServiceAnniversary"], 19);
    assert_eq!(
        (&input["occasionType"], &input["company"]),
        (&json!("service anniversary"), &json!("Fixit"))
    );
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
    assert_eq!(error.details()["field"], "job");
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
}
