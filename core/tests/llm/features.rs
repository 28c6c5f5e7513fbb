//! What is written about a customer, from the facts to the typed answer.

use std::sync::Arc;

use goodwill::llm::{
    AskOptions, Assistant, LlmError, LlmErrorKind, MemoryCache, ResponseCache, ScriptedClient,
};
use goodwill::prompts::answers::{Level, Profitability};
use goodwill::prompts::context::{
    ContextSettings, CustomerFacts, OccasionKind, Refusal, ServiceRequest,
};
use goodwill::{Code, Wait};
use serde_json::{Value, json};

use super::sleeper;

fn facts(id: &str) -> CustomerFacts {
    let data = include_str!("../../../examples/data/customers.json");
    let data: Value = serde_json::from_str(data).unwrap();
    let all = data["customers"].as_array().unwrap();
    let mut found = all.iter().find(|one| one["customer"]["id"] == id).unwrap().clone();
    found["technicians"] = data["technicians"].clone();
    serde_json::from_value(found).unwrap()
}

fn settings() -> ContextSettings {
    let mut settings = ContextSettings::at("2026-03-01T08:00:00Z".parse().unwrap());
    settings.company = Some("Fixit".to_owned());
    settings
}

fn with_model(model: &Arc<ScriptedClient>) -> Assistant {
    Assistant::new(sleeper().runtime()).provider(model.clone())
}

fn told(client: &ScriptedClient) -> String {
    let all = client.requests().into_iter().flat_map(|request| request.messages);
    all.map(|message| message.words()).collect::<Vec<_>>().join("\n")
}

/// F163, F164: there is a method for each thing, and without a model rules answer and say so.
#[test]
fn rules_write_about_a_customer() {
    let (facts, settings, options) = (facts("ada"), settings(), AskOptions::default());
    let assistant = Assistant::rules();
    let timeline = assistant.timeline_summary(&facts, &settings, &options).wait().unwrap();
    assert!(timeline.answer.relationship_summary.contains("7 interactions, 6 jobs and 6 payments"));
    assert!(timeline.provenance.deterministic && timeline.provenance.acceptable);
    assert_eq!(timeline.provenance.prompt, "timeline_summary");

    let followups = assistant.followup_suggestions(&facts, &settings, &options).wait().unwrap();
    assert_eq!(followups.due.len(), followups.answer.suggestions.len());
    assert_eq!(followups.answer.suggestions[0].title, "Service the Miele Tumble dryer");
    let due = followups.due[0].unwrap();
    assert_eq!(
        (due.earliest.to_string(), due.latest.to_string()),
        ("2026-03-01".into(), "2026-03-15".into())
    );

    let sentiment = assistant.analyze_sentiment(&facts, &settings, &options).wait().unwrap();
    assert_eq!(sentiment.answer.communications.len(), 5);
    assert_eq!(sentiment.activities, [0, 1, 3, 4, 6]);
    assert!(
        sentiment.answer.communications[1].score < 0
            && sentiment.answer.communications[2].score > 0
    );

    let worth = assistant.profitability_analysis(&facts, &settings, &options).wait().unwrap();
    assert_eq!(worth.answer.classification, Profitability::HighlyProfitable);
    assert!(
        worth.answer.summary.contains("$659.50 of revenue against $107.70 of expenses over 5 jobs")
    );
    assert_eq!(worth.financials[0].profit.to_string(), "551.80 USD");

    let survey = assistant.survey_questions(&facts, None, &settings, &options).wait().unwrap();
    assert!(survey.answer.introduction.contains("2025-11-05"));
    let message =
        assistant.customer_message(&facts, "ask whether the date fits", None, &settings, &options);
    assert!(message.wait().unwrap().answer.message.contains("Ada Brown"));
    let reply = assistant.message_reply(&facts, None, &settings, &options).wait().unwrap();
    assert!(reply.answer.reply.contains("Ada Brown"));
    let cards = assistant.insight_cards(&facts, &[], &settings, &options).wait().unwrap();
    assert!(!cards.answer.cards.is_empty());
    let call = serde_json::from_value(json!({
        "startedAt": "2026-02-19T08:00:00Z", "direction": "inbound", "minutes": 2, "agentName": "Ulla",
        "lines": [{"speaker": "Ada", "text": "It leaks."}],
    }))
    .unwrap();
    let call = assistant.call_summary(&facts, &call, &settings, &options).wait().unwrap();
    assert!(call.answer.summary.contains("2026-02-19"));
    let churn = serde_json::from_value(json!({"level": "High", "probability": 0.7})).unwrap();
    let churn = assistant.churn_explanation(&facts, &churn, &settings, &options).wait().unwrap();
    assert_eq!(churn.answer.risk, Level::High);
}

/// F169: the occasion is found, and the letter is signed by the business.
#[test]
fn greetings_name_their_occasion() {
    let (facts, settings, options) = (facts("ada"), settings(), AskOptions::default());
    let greeting =
        Assistant::rules().generate_greeting(&facts, None, &settings, &options).wait().unwrap();
    assert_eq!(greeting.occasion.kind, OccasionKind::ServiceAnniversary);
    assert_eq!(
        (greeting.answer.occasion.as_str(), greeting.occasion.days_away),
        ("3 years with us", 19)
    );
    assert!(greeting.answer.message.ends_with("The Fixit Team"));
    let rules = Assistant::rules();
    let unknown = rules.generate_greeting(&facts, Some("Easter"), &settings, &options).wait();
    assert_eq!(unknown.unwrap_err().details()["field"], "occasion");
}

/// F172, F173: what an appliance will need, and all of a customer's; what is retired needs nothing.
#[test]
fn maintenance_is_predicted_for_one_and_for_all() {
    let (facts, settings, options) = (facts("ada"), settings(), AskOptions::default());
    let assistant = Assistant::rules();
    let all = assistant.predict_all_maintenance(&facts, &settings, &options).wait().unwrap();
    let risks: Vec<_> = all.iter().map(|one| (one.appliance.as_str(), one.rule_risk)).collect();
    assert_eq!(
        risks,
        [("washer-1", Level::Medium), ("dryer-1", Level::Low), ("boiler-1", Level::Medium)]
    );
    let dryer = "dryer-1".parse().unwrap();
    let one = assistant.predict_maintenance(&facts, &dryer, &settings, &options).wait().unwrap();
    assert_eq!(one, all[1]);
    assert_eq!((one.profile.as_str(), one.profiles_version.as_str()), ("Dryer", "2026-1"));
    let unknown = "oven-1".parse().unwrap();
    let error =
        assistant.predict_maintenance(&facts, &unknown, &settings, &options).wait().unwrap_err();
    assert_eq!(error.details()["field"], "appliance");
}

/// F174: the recommendation is one of those who can, with what speaks for each and against others.
#[test]
fn a_technician_is_recommended_and_explained() {
    let (facts, settings, options) = (facts("ada"), settings(), AskOptions::default());
    let request: ServiceRequest =
        serde_json::from_value(json!({"issue": "does not spin", "appliance": "washer-1"})).unwrap();
    let rules = Assistant::rules();
    let found = rules.match_technician(&facts, &request, &settings, &options).wait().unwrap();
    assert_eq!(found.answer.primary.technician.id.as_deref(), Some("tom"));
    assert_eq!(found.candidates[0].id, "tom");
    assert!(found.answer.primary.reason.contains("preferred by the customer"));
    assert!(found.refused.iter().any(|one| one.reason == Refusal::Excluded));

    // A model sees pseudonyms, and who was not offered cannot be recommended.
    let model = Arc::new(ScriptedClient::new().says(
        "PRIMARY TECHNICIAN RECOMMENDATION:\nTechnician: [PERSON_3]\nReason: Knows boilers\n\n\
         ALTERNATIVE RECOMMENDATIONS:\n1. [PERSON_2] - Knows washing machines\n\n\
         SPECIAL NOTES FOR ASSIGNED TECHNICIAN:\n- None",
    ));
    let assistant = with_model(&model);
    let found = assistant.match_technician(&facts, &request, &settings, &options).wait().unwrap();
    assert!(!told(&model).contains("Ada Brown") && !told(&model).contains("Tom Weber"));
    let names = [&found.answer.primary, &found.answer.alternatives[0]]
        .map(|one| one.technician.name.clone());
    assert!(
        names.iter().all(|name| found.candidates.iter().any(|one| one.name == *name)),
        "{names:?}"
    );
    assert!(!found.provenance.deterministic);
}

/// Answers are kept, asked for again on request, and forgotten with the customer.
#[test]
fn answers_are_kept_and_forgotten_with_the_customer() {
    let text = "CUSTOMER RELATIONSHIP SUMMARY:\nThe customer is loyal. There were leaks. All is well.\n\n\
         COMMUNICATION PREFERENCES:\nWhatsApp\n\nRECURRING THEMES:\nLeaks\n\nOPPORTUNITIES:\nA plan";
    let model = Arc::new(ScriptedClient::new().says(text).says(text).says(text));
    let cache = Arc::new(MemoryCache::default());
    let assistant = with_model(&model).cached(cache.clone(), "office");
    let (facts, settings) = (facts("ada"), settings());
    let asked = |force_refresh: bool| {
        let options = AskOptions { force_refresh, ..AskOptions::default() };
        assistant.timeline_summary(&facts, &settings, &options).wait().unwrap()
    };
    let first = asked(false);
    assert!(first.answer.relationship_summary.starts_with("The customer is loyal."));
    assert!(
        told(&model).contains("WhatsApp: It leaks again") && !told(&model).contains("Ada Brown")
    );
    assert!(!first.provenance.cached && asked(false).provenance.cached);
    assert!(!asked(true).provenance.cached);
    assert_eq!(model.requests().len(), 2);
    assert_eq!(cache.erase("ada").wait().unwrap(), 1);
    assert!(!asked(false).provenance.cached);
}

/// A model that cannot answer is replaced by rules, and the failure is said.
#[test]
fn rules_stand_in_for_a_model() {
    let failing = || LlmError::new(LlmErrorKind::Refused, "no");
    let model = Arc::new(ScriptedClient::new().fails(failing()));
    let (facts, settings, options) = (facts("bob"), settings(), AskOptions::default());
    let made = with_model(&model).timeline_summary(&facts, &settings, &options).wait().unwrap();
    assert!(made.provenance.deterministic);
    assert_eq!(made.provenance.failure, Some(Code::LlmRefused));
    assert_eq!(serde_json::to_value(&made).unwrap()["provenance"]["failure"], "llm.refused");
}

/// Amounts have their own currency in prompts and in the words of rules, not a dollar sign; a text of
/// the host's own is left as it is.
#[test]
fn amounts_have_their_currency() {
    let report = "PROFITABILITY ANALYSIS:\nGood. Better.\n\nKEY OBSERVATION:\nCards\n\n\
         RECOMMENDATION:\nA plan\n\nCLASSIFICATION: Highly Profitable";
    let model = Arc::new(ScriptedClient::new().says(report).says(report));
    let (mut settings, options) = (settings(), AskOptions::default());
    settings.locale = Some("de".to_owned());
    let bob = facts("bob");
    let made = with_model(&model).profitability_analysis(&bob, &settings, &options).wait().unwrap();
    assert_eq!(made.provenance.version.to_string(), "1.0.1");
    let words = told(&model);
    assert!(words.contains("Total Revenue: 89,00\u{a0}€ (from 1 payments)"), "{words}");
    assert!(words.contains("- 89,00\u{a0}€ on 2026-01-08 (Card)") && !words.contains('$'));
    let (assistant, ada) = (with_model(&model), facts("ada"));
    let made = assistant.profitability_analysis(&ada, &settings, &options).wait().unwrap();
    assert_eq!(made.provenance.version.to_string(), "1.0.0");
    assert!(told(&model).contains("Total Revenue: $659.5 (from 6 payments)"));

    let rules =
        Assistant::rules().profitability_analysis(&bob, &settings, &options).wait().unwrap();
    assert!(rules.answer.summary.contains("89.00 EUR of revenue"), "{}", rules.answer.summary);
    settings.locale = Some("tlh".to_owned());
    let unknown = Assistant::rules().timeline_summary(&bob, &settings, &options).wait();
    assert_eq!(unknown.unwrap_err().details()["field"], "context.locale");
}
