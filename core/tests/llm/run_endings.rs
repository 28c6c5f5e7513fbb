//! What runs say of answers that failed their check, and of rules that stood in for a model.

use std::sync::{Arc, Mutex};

use goodwill::llm::{
    Answered, AskOptions, Assistant, LlmError, LlmErrorKind, Run, RunOutcome, RunRecorder,
    ScriptedClient, attributes,
};
use goodwill::{Result, Wait};
use serde_json::json;

use super::sleeper;

#[derive(Debug, Default)]
struct Runs(Mutex<Vec<Run>>);

impl RunRecorder for Runs {
    fn record(&self, run: Run) {
        self.0.lock().unwrap().push(run);
    }
}

/// Asks a model and gives the answer with the one run of it.
fn ask(model: ScriptedClient, change: impl FnOnce(&mut AskOptions<'_>)) -> (Result<Answered>, Run) {
    let runs = Arc::new(Runs::default());
    let assistant = Assistant::new(sleeper().runtime())
        .provider(Arc::new(model))
        .recorded(Arc::clone(&runs) as _);
    let input = json!({
        "customer": {"name": "Ada"},
        "job": {"description": "Boiler", "status": "scheduled"},
        "messages": [{"createdAt": "2026-03-01T07:00:00Z", "author": "customer", "text": "When?"}],
    });
    let mut options = AskOptions::default();
    change(&mut options);
    let answer = assistant.ask("message_reply", &input, &options).wait();
    let mut runs = runs.0.lock().unwrap();
    assert_eq!(runs.len(), 1, "one call leaves one run");
    (answer, runs.remove(0))
}

/// An answer that has everything and is not as good as it should be keeps its model and its tokens.
#[test]
fn flawed_answers_say_who_gave_them() {
    let bad = "REPLY:\n\"Your order.\"\n\nNEEDS A PERSON: no";
    let (answer, run) = ask(ScriptedClient::new().says(bad).says(bad).says(bad), |_| {});
    let answer = answer.unwrap();
    assert!(!answer.acceptable);
    assert_eq!(answer.model.as_deref(), Some("scripted"));
    assert_eq!(answer.usage.output, bad.len() as u64);
    assert!(matches!(run.outcome, RunOutcome::Answered(_)), "there is an answer");
    assert_eq!((run.model.as_deref(), run.attempts), (Some("scripted"), 3));
    assert_eq!((run.usage.output, run.tokens), (bad.len() as u64, 3 * (10 + bad.len() as u64)));

    // The best one counts, not the last one.
    let (answer, _) = ask(ScriptedClient::new().says("?").says(bad).says("REPLY: Hello"), |_| {});
    assert_eq!(answer.unwrap().usage.output, bad.len() as u64);
}

/// Rules that stand in for a model are in the run of the call, with the reason and the tokens.
#[test]
fn rules_that_stand_in_are_recorded() {
    let said = || ScriptedClient::new().says("?").says("??").says("???");
    let (answer, run) = ask(said(), |_| {});
    assert!(answer.unwrap().deterministic);
    assert!(run.deterministic && matches!(run.outcome, RunOutcome::Answered(_)), "{run:?}");
    assert_eq!(run.failure, Some(LlmErrorKind::Semantic));
    assert_eq!((run.tokens, run.usage.total(), run.attempts), (36, 0, 3));
    assert!(attributes(&run).contains(&("goodwill.failure", "llm.semantic".into())));

    let (answer, run) = ask(said(), |options| options.fall_back = false);
    assert!(answer.is_err());
    assert_eq!(run.outcome, RunOutcome::Failed(LlmErrorKind::Semantic));
    assert_eq!((run.model.as_deref(), run.failure), (Some("scripted"), None));

    let refused = LlmError::new(LlmErrorKind::Refused, "no");
    let (_, run) = ask(ScriptedClient::new().fails(refused), |_| {});
    assert_eq!((run.failure, run.tokens), (Some(LlmErrorKind::Refused), 0));
}
