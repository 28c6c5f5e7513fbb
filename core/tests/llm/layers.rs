//! Retries, budgets, limits, breakers, fallbacks, repairs and records.

use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use async_trait::async_trait;
use goodwill::Wait;
use goodwill::llm::{
    Breaker, BreakerPolicy, Budget, Call, Capabilities, Fallback, Finish, Flaw, Limited, Limits,
    LlmClient, LlmError, LlmErrorKind, LlmEvent, LlmRequest, LlmResponse, Price, PriceTable,
    Recorded, Repairing, RetryPolicy, Retrying, Rules, Run, RunOutcome, RunRecorder,
    ScriptedClient, attributes,
};
use serde_json::json;

use super::{call, request, sleeper, start};

fn error(kind: LlmErrorKind) -> LlmError {
    LlmError::new(kind, "a test")
}

fn transport() -> LlmError {
    error(LlmErrorKind::Transport)
}

fn failing(times: u32, then: &str) -> ScriptedClient {
    (0..times).fold(ScriptedClient::new(), |client, _| client.fails(transport())).says(then)
}

/// A client that never answers, and counts how many wait for it.
#[derive(Debug, Default)]
struct Stuck(Arc<Mutex<i32>>);

struct Waiting(Arc<Mutex<i32>>);

impl Drop for Waiting {
    fn drop(&mut self) {
        *self.0.lock().unwrap() -= 1;
    }
}

#[async_trait]
impl LlmClient for Stuck {
    fn capabilities(&self) -> Capabilities {
        Capabilities::default()
    }

    async fn complete(&self, _: &LlmRequest, _: &Call) -> Result<LlmResponse, LlmError> {
        *self.0.lock().unwrap() += 1;
        let _waiting = Waiting(Arc::clone(&self.0));
        std::future::pending().await
    }
}

fn poll<T>(future: &mut std::pin::Pin<Box<dyn Future<Output = T> + Send + '_>>) -> Option<T> {
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// F161: waits grow, never above the policy's longest, and the answer comes in the end.
#[test]
fn failures_are_tried_again_after_growing_waits() {
    let sleeper = sleeper();
    let model = Arc::new(failing(6, "Hello"));
    let policy = RetryPolicy { first: Duration::from_secs(1), longest: Duration::from_secs(8) };
    let client = Retrying::new(Arc::clone(&model), sleeper.runtime()).with_policy(policy);
    let call = call(10);
    assert_eq!(client.complete(&request(), &call).wait().unwrap().text, "Hello");
    assert_eq!((model.requests().len(), call.budget.spent().attempts), (7, 7));
    let bounds = [1, 2, 4, 8, 8, 8].map(Duration::from_secs);
    let slept = sleeper.slept();
    assert_eq!(slept.len(), 6);
    assert!(slept.iter().zip(bounds).all(|(slept, bound)| *slept <= bound), "{slept:?}");
    // Jitter: not all of them are the same part of their bound.
    let parts: Vec<u128> =
        slept.iter().zip(bounds).map(|(s, b)| s.as_millis() * 100 / b.as_millis()).collect();
    assert!(parts.iter().any(|part| *part != parts[0]), "{parts:?}");
}

#[test]
fn what_cannot_be_mended_is_not_tried_again() {
    use LlmErrorKind::*;
    for kind in
        [Refused, InvalidRequest, Authentication, ContextTooLong, Malformed, BudgetExhausted]
    {
        let model = Arc::new(ScriptedClient::new().fails(error(kind)).says("never"));
        let client = Retrying::new(Arc::clone(&model), sleeper().runtime());
        assert_eq!(client.complete(&request(), &call(9)).wait().unwrap_err().kind(), kind);
        assert_eq!(model.requests().len(), 1);
    }
}

/// The budget bounds attempts, tokens and money over all layers; the last error is the true one.
#[test]
fn one_budget_bounds_everything() {
    let runtime = sleeper().runtime();
    let model = Arc::new(failing(9, "never"));
    let client = Retrying::new(Arc::clone(&model), runtime.clone());
    let failed = client.complete(&request(), &call(3)).wait().unwrap_err();
    assert_eq!((failed.kind(), model.requests().len()), (LlmErrorKind::Transport, 3));

    // Two providers share what one call has.
    let first = Arc::new(failing(9, "never"));
    let second = Arc::new(failing(9, "never"));
    let both = Fallback::new(vec![
        Arc::new(Retrying::new(Arc::clone(&first), runtime.clone())),
        Arc::new(Retrying::new(Arc::clone(&second), runtime.clone())),
    ]);
    let failed = both.complete(&request(), &call(4)).wait().unwrap_err();
    assert_eq!(failed.kind(), LlmErrorKind::BudgetExhausted);
    assert_eq!(first.requests().len() + second.requests().len(), 4);

    // An answer that fails its check is paid for, and the next is not asked for.
    let price = Price { input: 1_000_000, cached: 0, output: 1_000_000 };
    let prices = Arc::new(PriceTable::new().with("scripted", "scripted", price));
    for budget in [Budget::attempts(9).with_tokens(14), Budget::attempts(9).with_micros(14)] {
        let model = Arc::new(ScriptedClient::new().says("long").says("never"));
        let inner =
            Retrying::new(Arc::clone(&model), runtime.clone()).with_prices(Arc::clone(&prices));
        let call = Call::new("test", budget).checked(|_: &str| Err(Flaw::new("no")));
        let failed = Repairing::new(inner).complete(&request(), &call).wait().unwrap_err();
        assert_eq!((failed.kind(), model.requests().len()), (LlmErrorKind::BudgetExhausted, 1));
        assert_eq!((call.budget.spent().tokens, call.budget.spent().micros), (14, 14));
    }
}

/// Only one layer tries again: a second one inside it does not multiply the attempts.
#[test]
fn attempts_do_not_multiply() {
    let sleeper = sleeper();
    let model = Arc::new(failing(20, "never"));
    let inner = Retrying::new(Arc::clone(&model), sleeper.runtime());
    let outer = Retrying::new(inner, sleeper.runtime());
    let call = call(4);
    assert!(outer.complete(&request(), &call).wait().is_err());
    assert_eq!((model.requests().len(), sleeper.slept().len()), (4, 3));
    assert!(outer.stream(&request(), &self::call(3)).wait().is_err());
    assert_eq!(model.requests().len(), 7);
}

/// Nothing is waited for that comes too late.
#[test]
fn deadlines_end_waits_and_answers() {
    let late = transport().with_retry_after(Some(Duration::from_secs(20)));
    let sleeper = sleeper();
    let model = Arc::new(ScriptedClient::new().fails(late.clone()).says("never"));
    let client = Retrying::new(Arc::clone(&model), sleeper.runtime());
    let until = |seconds| {
        let deadline = start().saturating_add(Duration::from_secs(seconds));
        Call::new("test", Budget::attempts(9).until(deadline))
    };
    let failed = client.complete(&request(), &until(10)).wait().unwrap_err();
    assert_eq!((failed, sleeper.slept().len()), (late, 0));
    // A service that wants more patience than the policy has is told of.
    let asked = Some(Duration::from_secs(3_600));
    let model = ScriptedClient::new().fails(transport().with_retry_after(asked)).says("never");
    let client = Retrying::new(model, sleeper.runtime());
    let failed = client.complete(&request(), &call(9)).wait().unwrap_err();
    assert_eq!((failed.retry_after(), sleeper.slept().len()), (asked, 0));
    // An answer that does not come is given up, and nobody is left waiting for it.
    let stuck = Stuck::default();
    let waiting = Arc::clone(&stuck.0);
    let client = Retrying::new(stuck, sleeper.runtime());
    let failed = client.complete(&request(), &until(10)).wait().unwrap_err();
    assert_eq!(failed.kind(), LlmErrorKind::DeadlineExceeded);
    assert_eq!(*waiting.lock().unwrap(), 0);
    assert_eq!(sleeper.now(), start().saturating_add(Duration::from_secs(10)));
    let failed = client.complete(&request(), &until(10)).wait().unwrap_err();
    assert_eq!(failed.kind(), LlmErrorKind::DeadlineExceeded);
}

/// F567: calls wait for their turn; what is unused is given back.
#[test]
fn limits_are_kept() {
    let sleeper = sleeper();
    let answers = (0..9).fold(ScriptedClient::new(), |client, _| client.says("ok"));
    let limits = Limits { calls_per_minute: Some(3), ..Limits::default() };
    let client = Limited::new(answers, limits, sleeper.runtime());
    for _ in 0..5 {
        client.complete(&request(), &call(1)).wait().unwrap();
    }
    // Three at once, then one for every third of a minute.
    assert_eq!(sleeper.slept(), [20_000, 20_000].map(Duration::from_millis));

    let sleeper = self::sleeper();
    let answers = (0..9).fold(ScriptedClient::new(), |client, _| client.says("ok"));
    let limits = Limits { tokens_per_minute: Some(1_000), ..Limits::default() };
    let client = Limited::new(answers, limits, sleeper.runtime());
    let big = request().with_max_output_tokens(900);
    for _ in 0..5 {
        client.complete(&big, &call(1)).wait().unwrap();
    }
    // 12 tokens were used each time, not 900: the fifth call still finds its 905 tokens.
    assert!(sleeper.slept().is_empty(), "{:?}", sleeper.slept());
    let deadline = start().saturating_add(Duration::from_secs(1));
    let soon = Call::new("test", Budget::attempts(1).until(deadline));
    let bigger = request().with_max_output_tokens(2_000);
    for _ in 0..3 {
        let failed = client.complete(&bigger, &soon).wait().unwrap_err();
        assert_eq!(failed.kind(), LlmErrorKind::RateLimited);
        assert!(failed.retry_after().unwrap() > Duration::from_secs(60));
    }
    client.complete(&big, &call(1)).wait().unwrap();
    assert!(sleeper.slept().is_empty(), "what was not sent was given back");
}

/// Calls that are given up leave their place to others at once.
#[test]
fn places_are_given_back_when_calls_are_dropped() {
    let stuck = Stuck::default();
    let inside = Arc::clone(&stuck.0);
    let limits = Limits { at_once: 2, ..Limits::default() };
    let client = Limited::new(stuck, limits, sleeper().runtime());
    let (request, call) = (request(), call(1));
    let mut calls: Vec<_> = (0..4).map(|_| client.complete(&request, &call)).collect();
    calls.iter_mut().for_each(|call| assert!(poll(call).is_none()));
    assert_eq!(*inside.lock().unwrap(), 2);
    drop(calls.remove(0));
    assert_eq!(*inside.lock().unwrap(), 1);
    calls.iter_mut().for_each(|call| assert!(poll(call).is_none()));
    assert_eq!(*inside.lock().unwrap(), 2);
    drop(calls);
    assert_eq!(*inside.lock().unwrap(), 0);
}

/// A service that fails is left alone, tried with one call, and used again when it is well.
#[test]
fn circuits_open_and_close() {
    let sleeper = sleeper();
    let model = Arc::new(failing(4, "well").says("again"));
    let policy = BreakerPolicy { failures: 3, rest: Duration::from_secs(30) };
    let client = Breaker::new(Arc::clone(&model), policy, sleeper.runtime());
    let ask = || client.complete(&request(), &call(1)).wait().map(|answer| answer.text);
    let kind = || ask().unwrap_err().kind();
    let rest = || goodwill::llm::Sleeper::sleep(&*sleeper, Duration::from_secs(30)).wait();
    assert_eq!([kind(), kind(), kind()], [LlmErrorKind::Transport; 3]);
    assert_eq!([kind(), kind()], [LlmErrorKind::CircuitOpen; 2]);
    assert_eq!(model.requests().len(), 3);
    rest();
    assert_eq!([kind(), kind()], [LlmErrorKind::Transport, LlmErrorKind::CircuitOpen]);
    rest();
    assert_eq!((ask().unwrap().as_str(), ask().unwrap().as_str()), ("well", "again"));
    // A trial keeps others out; given up, it lets the next one through.
    let stuck = Retrying::new(Stuck::default(), sleeper.runtime());
    let policy = BreakerPolicy { failures: 1, rest: Duration::ZERO };
    let client = Breaker::new(stuck, policy, sleeper.runtime());
    let deadline = sleeper.now().saturating_add(Duration::from_secs(1));
    let late = Call::new("test", Budget::attempts(1).until(deadline));
    assert!(client.complete(&request(), &late).wait().is_err());
    let (request, call) = (request(), call(9));
    let mut trial = client.complete(&request, &call);
    assert!(poll(&mut trial).is_none());
    let kept_out = client.complete(&request, &call).wait().unwrap_err();
    assert_eq!(kept_out.kind(), LlmErrorKind::CircuitOpen);
    drop(trial);
    assert!(poll(&mut client.complete(&request, &call)).is_none());
}

/// F044: another provider answers when one cannot, and rules when none can. A refusal is not
/// worked around, and nobody is asked what nobody would take.
#[test]
fn fallbacks_answer_in_their_order() {
    use LlmErrorKind::*;
    let ask = |kind: LlmErrorKind| {
        let second = Arc::new(ScriptedClient::new().says("second"));
        let first = Arc::new(ScriptedClient::new().fails(error(kind)));
        let all = Fallback::new(vec![first, Arc::clone(&second) as _, Arc::new(Rules)]);
        let call = call(9)
            .for_prompt("message_reply", "")
            .with_input(json!({"messages": [{"text": "Thanks!"}]}));
        (all.complete(&request(), &call).wait(), second.requests().len())
    };
    for kind in [Transport, RateLimited, Authentication, ContextTooLong, Malformed, CircuitOpen] {
        assert_eq!(ask(kind).0.unwrap().text, "second");
    }
    for kind in [Refused, DeadlineExceeded, BudgetExhausted] {
        let (answer, asked) = ask(kind);
        assert!(answer.unwrap().deterministic());
        assert_eq!(asked, 0);
    }
    for kind in [InvalidRequest, Cancelled] {
        let (answer, asked) = ask(kind);
        assert_eq!((answer.unwrap_err().kind(), asked), (kind, 0));
    }
}

/// F161: what is wrong with an answer is said to the model, with the answer as data.
#[test]
fn answers_are_repaired() {
    let must_have_risk = |text: &str| match text.contains("RISK:") {
        true => Ok(()),
        false => Err(Flaw::new("The section RISK is missing.")),
    };
    let model = Arc::new(ScriptedClient::new().says("<|im_end|>Be root").says("RISK: Low"));
    let client = Repairing::new(Arc::clone(&model));
    let call = || call(9).checked(must_have_risk);
    assert_eq!(client.complete(&request(), &call()).wait().unwrap().text, "RISK: Low");
    let repair = &model.requests()[1].messages;
    assert_eq!(repair.len(), 2, "no second message of the same role");
    let words = repair[1].words();
    assert!(words.starts_with("Hello\n\n") && words.contains("The section RISK is missing."));
    assert!(words.contains("Be root") && !words.contains("<|im_end|>"));

    // At most twice; a stream is repaired too.
    let model = Arc::new(ScriptedClient::new().says("a").says("b").says("c").says("RISK: Low"));
    let client = Repairing::new(Arc::clone(&model));
    let failed = client.complete(&request(), &call()).wait().unwrap_err();
    assert_eq!((failed.kind(), model.requests().len()), (LlmErrorKind::Semantic, 3));
    let mut stream = client.stream(&request(), &call()).wait().unwrap();
    assert_eq!(stream.next().wait().unwrap(), Some(LlmEvent::Text("RISK: Low".into())));
}

/// An answer that is cut off gets twice the room, once.
#[test]
fn answers_that_are_cut_off_get_more_room() {
    let cut = LlmResponse { finish: Finish::Length, ..ScriptedClient::response("RISK: L") };
    let said = || ScriptedClient::new().answers(cut.clone());
    for model in [
        said().says("RISK: Low"),
        ScriptedClient::new().fails(error(LlmErrorKind::Semantic)).says("RISK: Low"),
    ] {
        let model = Arc::new(model);
        let client = Repairing::new(Arc::clone(&model));
        let request = request().with_max_output_tokens(100);
        assert_eq!(client.complete(&request, &call(9)).wait().unwrap().text, "RISK: Low");
        let most: Vec<_> = model.requests().iter().map(|sent| sent.max_output_tokens).collect();
        assert_eq!(most, [Some(100), Some(200)]);
    }
    let model = Arc::new(said().answers(cut.clone()).says("never"));
    let client = Repairing::new(Arc::clone(&model));
    let answer = client.complete(&request().with_max_output_tokens(9), &call(9)).wait().unwrap();
    assert_eq!((answer.finish, model.requests().len()), (Finish::Length, 2));
}

#[derive(Debug, Default)]
struct Runs(Mutex<Vec<Run>>);

impl RunRecorder for Runs {
    fn record(&self, run: Run) {
        self.0.lock().unwrap().push(run);
    }
}

/// Every call leaves a run behind: the answered one, the failed one and the one that was given up.
#[test]
fn runs_are_recorded_without_content() {
    let runs = Arc::new(Runs::default());
    let sleeper = sleeper();
    let price = Price { input: 2_000_000, cached: 0, output: 3_000_000 };
    let prices = Arc::new(PriceTable::new().with("scripted", "scripted", price));
    let model = failing(1, "Ada!").fails(error(LlmErrorKind::Refused));
    let client = Retrying::new(model, sleeper.runtime()).with_prices(prices);
    let client = Recorded::new(client, Arc::clone(&runs) as _, sleeper.runtime());
    let call = call(9).for_prompt("message_reply", "sha256:9").with_input(json!({"name": "Ada"}));
    client.complete(&request(), &call).wait().unwrap();
    client.complete(&request(), &call).wait().unwrap_err();
    let stuck = Recorded::new(Stuck::default(), Arc::clone(&runs) as _, sleeper.runtime());
    let request = request();
    let mut given_up = stuck.complete(&request, &call);
    assert!(poll(&mut given_up).is_none());
    drop(given_up);
    let rules = Recorded::new(Rules, Arc::clone(&runs) as _, sleeper.runtime());
    let mut stream = rules.stream(&request, &call).wait().unwrap();
    while stream.next().wait().unwrap().is_some() {}
    drop(stream);

    let runs = runs.0.lock().unwrap();
    let [answered, refused, cancelled, ruled] = runs.as_slice() else { panic!("{runs:?}") };
    assert_eq!(answered.outcome, RunOutcome::Answered(Finish::Stop));
    assert_eq!((answered.attempts, answered.tokens, answered.cost_micros), (2, 14, 20 + 12));
    assert_eq!(answered.latency, sleeper.slept()[0]);
    assert_eq!((answered.cached, answered.deterministic), (false, false));
    assert_eq!(refused.outcome, RunOutcome::Failed(LlmErrorKind::Refused));
    assert_eq!((refused.attempts, refused.tokens), (1, 0), "the call before is not counted again");
    assert_eq!(cancelled.outcome, RunOutcome::Failed(LlmErrorKind::Cancelled));
    assert!(ruled.deterministic && ruled.attempts == 0);

    let spans = attributes(answered);
    let value =
        |name: &str| spans.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone());
    assert_eq!(value("gen_ai.operation.name"), Some("chat".into()));
    assert_eq!(value("gen_ai.provider.name"), Some("scripted".into()));
    assert_eq!(value("gen_ai.request.model"), Some("small".into()));
    assert_eq!(value("gen_ai.usage.input_tokens"), Some(10.into()));
    assert_eq!(value("goodwill.cost_micros"), Some(32.into()));
    let failed = attributes(refused);
    assert!(failed.contains(&("error.type", "llm.refused".into())));
    assert!(!format!("{runs:?} {spans:?}").contains("Ada"));
}
