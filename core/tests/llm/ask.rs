//! One call from a prompt to a checked answer.

use std::sync::{Arc, LazyLock};

use goodwill::llm::{
    Answered, AskOptions, Assistant, Capabilities, LlmClient, LlmError, LlmErrorKind, MemoryCache,
    ResponseFormat, Rules, Run, RunOutcome, RunRecorder, ScriptedClient, ask, ask_typed, prepare,
};
use goodwill::prompts::answers::{FieldSpec, MessageReply, OutputSpec};
use goodwill::prompts::files::PromptSet;
use goodwill::prompts::personal::{Known, PersonalKind};
use goodwill::{Code, Result, Wait};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::sleeper;

const NAME: &str = "Ada Löve";
const GOOD: &str = "REPLY:\n\"Hi [PERSON_1], we come at nine.\"\n\nNEEDS A PERSON: no";

fn input() -> Value {
    json!({
        "customer": {"name": NAME},
        "job": {"description": "Boiler of Ada Löve", "status": "scheduled"},
        "messages": [{
            "createdAt": "2026-03-01T07:00:00Z", "author": "customer",
            "text": "When do you come? Write to ada@example.org",
        }],
    })
}

fn known() -> [Known; 1] {
    [Known::new(PersonalKind::Person, NAME)]
}

static LIBRARY: LazyLock<PromptSet> = LazyLock::new(PromptSet::library);

/// Asks for a reply, with the options changed.
fn reply(client: &dyn LlmClient, change: impl FnOnce(&mut AskOptions<'_>)) -> Result<Answered> {
    let known = known();
    let mut options = AskOptions::default();
    options.render.known = &known;
    change(&mut options);
    ask(&LIBRARY, "message_reply", &input(), client, &options).wait()
}

fn told(client: &ScriptedClient) -> String {
    let all = client.requests().into_iter().flat_map(|request| request.messages);
    all.map(|message| message.words()).collect::<Vec<_>>().join("\n")
}

/// F065: the answer comes as a value with where it is from; names stay here and come back.
#[test]
fn answers_come_back_with_names_that_the_model_never_saw() {
    let model = ScriptedClient::new().says(GOOD);
    let answer = reply(&model, |_| {}).unwrap();
    assert_eq!(answer.value["reply"], "Hi Ada Löve, we come at nine.");
    assert!(answer.text.contains("Ada Löve") && answer.acceptable && answer.failure.is_none());
    assert_eq!((answer.model.as_deref(), answer.attempts), (Some("scripted"), 1));
    assert_eq!((answer.usage.input, answer.deterministic, answer.cached), (10, false, false));
    assert_eq!(answer.content_hash.len(), 64);
    for personal in ["Ada", "Löve", "example.org"] {
        assert!(!told(&model).contains(personal), "{}", told(&model));
    }
    let wire = serde_json::to_value(&answer).unwrap();
    assert_eq!(
        (&wire["contentHash"], &wire["version"]),
        (&json!(answer.content_hash), &json!("1.0.0"))
    );
    assert!(!format!("{answer:?}").contains("nine"));
    let (typed, _) = {
        let known = known();
        let mut options = AskOptions::default();
        options.render.known = &known;
        let model = ScriptedClient::new().says(GOOD);
        ask_typed::<MessageReply>(&PromptSet::library(), &input(), &model, &options).wait().unwrap()
    };
    assert!(!typed.needs_person && typed.reply.starts_with("Hi Ada Löve"));
}

/// The request has the form that the client can be held to, and the prompt shows that form.
#[test]
fn the_form_follows_the_client() {
    let asked = |capabilities| {
        let options = AskOptions { capabilities, ..AskOptions::default() };
        let prepared = prepare(&PromptSet::library(), "message_reply", &input(), &options).unwrap();
        let words: String = prepared.request().messages.iter().map(|one| one.words()).collect();
        assert_eq!(prepared.request().max_output_tokens, Some(400), "the file's budget");
        (prepared.request().response.clone(), words)
    };
    let none = Capabilities::default();
    let (form, words) = asked(none);
    assert_eq!(form, ResponseFormat::Text);
    assert!(words.contains("NEEDS A PERSON: [yes or no") && !words.contains("JSON"));
    let (form, words) = asked(Capabilities { grammar: true, json_schema: true, ..none });
    assert!(matches!(form, ResponseFormat::Grammar(text) if text.contains("NEEDS A PERSON")));
    assert!(!words.contains("JSON"));
    let (form, words) = asked(Capabilities { json_schema: true, ..none });
    let ResponseFormat::JsonSchema { name, schema } = form else { panic!("{form:?}") };
    assert_eq!((name.as_str(), &schema["required"][1]), ("message_reply", &json!("needsPerson")));
    assert!(words.contains("JSON") && !words.contains("NEEDS A PERSON: [yes or no"));

    let json =
        r#"{"reply": "Hi [PERSON_1], at nine.", "needsPerson": false, "openQuestion": null}"#;
    let able = Capabilities { json_schema: true, ..none };
    let model = ScriptedClient::new().says(json).with_capabilities(able);
    let answer = reply(&model, |_| {}).unwrap();
    assert_eq!(answer.value, json!({"reply": "Hi Ada Löve, at nine.", "needsPerson": false}));
}

/// The head of a file has the settings of the model; a prompt of one's own needs a declaration.
#[test]
fn files_set_the_model() {
    let file = "---\nmodel: openai/gpt-4o\nconfig: {temperature: 0.2, seed: 7, maxOutputTokens: 99, \
                stopSequences: [END]}\ngoodwill.trust: {default: line}\n---\nSum up: {{text}}";
    let set = PromptSet::read([("gist.prompt", file)]).unwrap();
    let data = json!({"text": "It leaks."});
    let bare = prepare(&set, "gist", &data, &AskOptions::default()).unwrap_err();
    assert_eq!((bare.code(), &bare.details()["field"]), (Code::InputInvalid, &json!("spec")));
    let spec = OutputSpec::new("gist").field(FieldSpec::text("gist", "GIST", "what happened"));
    let options = AskOptions { spec: Some(&spec), ..AskOptions::default() };
    let prepared = prepare(&set, "gist", &data, &options).unwrap();
    let request = prepared.request();
    assert_eq!((request.model.as_str(), request.temperature), ("gpt-4o", Some(0.2)));
    assert_eq!((request.seed, request.max_output_tokens), (Some(7), Some(99)));
    assert_eq!(request.stop, ["END"]);
    assert_eq!(prepared.accept("GIST: A leak.").unwrap().value, json!({"gist": "A leak."}));
    let other = AskOptions { model: Some("small"), ..options.clone() };
    assert_eq!(prepare(&set, "gist", &data, &other).unwrap().request().model, "small");
    let hot = PromptSet::read([("gist.prompt", file.replace("0.2", "3"))]).unwrap();
    let hot = prepare(&hot, "gist", &data, &options).unwrap_err();
    assert_eq!(hot.details()["field"], "config.temperature");
    // A prompt without rules fails as its model does.
    let model = ScriptedClient::new();
    let failed = ask(&set, "gist", &data, &model, &options).wait().unwrap_err();
    assert_eq!(failed.code(), Code::LlmTransport);
}

/// A host's own prompt says in its head what its answer has, and is asked like one of the library.
#[test]
fn files_declare_their_answers() {
    let file = "---\noutput:\n  schema:\n    gist: string, what happened\n    score: integer\n    \
                mood(enum): [good, bad]\n    steps(array):\n      what: string\n      by?: date\n\
                goodwill.answer:\n  max_words: 60\n  fields:\n    gist: {label: IN SHORT, sentences: [1, 2]}\n    \
                score: {range: [-2, 2]}\n    mood: {meanings: {good: [happy]}}\n    steps: {items: [0, 3]}\n\
                goodwill.showOutput: true\ngoodwill.trust: {default: line}\n---\nSum up: {{text}}";
    let set = PromptSet::read([("gist.prompt", file)]).unwrap();
    let answer = "In short: [PERSON_1] waits.\nScore: +1\nMood: Happy\nSteps:\n1. What: Call\n   By: 2026-03-02";
    let model = ScriptedClient::new().says("In short: He waits.").says(answer);
    let known = known();
    let mut options = AskOptions::default();
    options.render.known = &known;
    let data = json!({"text": format!("{NAME} waits.")});
    let answered = ask(&set, "gist", &data, &model, &options).wait().unwrap();
    let steps = json!([{"what": "Call", "by": "2026-03-02"}]);
    let whole = json!({"gist": "Ada Löve waits.", "score": 1, "mood": "good", "steps": steps});
    assert_eq!(answered.value, whole);
    let told = told(&model);
    assert!(told.contains("IN SHORT:\n[1 to 2 sentences: what happened]"), "{told}");
    assert!(told.contains("SCORE: [whole number from -2 to 2"), "{told}");
    assert!(told.contains("SCORE is missing."), "the second time");
    let able = Capabilities { json_schema: true, ..Capabilities::default() };
    let json = prepare(&set, "gist", &data, &AskOptions { capabilities: able, ..options }).unwrap();
    let ResponseFormat::JsonSchema { schema, .. } = &json.request().response else { panic!() };
    assert_eq!(schema["properties"]["steps"]["maxItems"], 3);
}

/// What cannot be used is asked for again, within the one budget.
#[test]
fn answers_are_repaired_within_the_budget() {
    let said = || ScriptedClient::new().says("No idea").says("REPLY: Hello").says(GOOD).says(GOOD);
    let model = said();
    let answer = reply(&model, |_| {}).unwrap();
    assert_eq!((answer.acceptable, answer.attempts), (true, 3));
    assert!(told(&model).contains("NEEDS A PERSON is missing."));
    let model = said();
    let answer = reply(&model, |options| options.attempts = 2).unwrap();
    assert_eq!((model.requests().len(), answer.deterministic), (2, true));
    assert_eq!(answer.failure, Some(Code::LlmBudgetExhausted));
}

/// An answer that lacks something is an error that names it, a part of an answer, or the rules', as
/// the caller likes.
#[test]
fn incomplete_answers_are_for_the_caller_to_judge() {
    let said = || {
        (0..3).fold(ScriptedClient::new(), |model, _| model.says("REPLY: Hi [PERSON_1], at nine."))
    };
    let error = reply(&said(), |options| options.fall_back = false).unwrap_err();
    assert_eq!(error.code(), Code::LlmSemantic);
    assert_eq!(error.details()["missing"], json!(["needsPerson"]));
    assert!(!format!("{error:?} {error}").contains("nine"));
    let part = reply(&said(), |options| options.partial = true).unwrap();
    assert_eq!(
        (part.missing.as_slice(), part.acceptable),
        (["needsPerson".to_owned()].as_slice(), false)
    );
    assert_eq!(part.value["reply"], "Hi Ada Löve, at nine.");
    let rules = reply(&said(), |_| {}).unwrap();
    assert!(rules.deterministic && rules.missing.is_empty());
    assert_eq!(rules.failure, Some(Code::LlmSemantic));
    assert!(rules.value["reply"].as_str().unwrap().contains("Ada"));
}

/// What a model has said is not lost when nothing is left to ask again with.
#[test]
fn answers_outlive_the_budget() {
    let part = "REPLY: Hi [PERSON_1], at nine.";
    let flawed = "REPLY:\n\"Your order.\"\n\nNEEDS A PERSON: no";
    for attempts in 1..=3 {
        let said = |text: &str| (0..3).fold(ScriptedClient::new(), |model, _| model.says(text));
        let answer = reply(&said(part), |options| {
            (options.attempts, options.partial) = (attempts, true);
        });
        let answer = answer.unwrap();
        assert_eq!(
            (answer.missing.as_slice(), answer.attempts),
            (["needsPerson".to_owned()].as_slice(), attempts)
        );
        let answer = reply(&said(flawed), |options| options.attempts = attempts).unwrap();
        assert_eq!((answer.deterministic, answer.attempts), (false, attempts));
        assert!(answer.missing.is_empty() && !answer.acceptable);
    }
    let late = LlmError::new(LlmErrorKind::DeadlineExceeded, "no");
    let answer = reply(&ScriptedClient::new().says(flawed).fails(late), |_| {}).unwrap();
    assert_eq!((answer.deterministic, answer.attempts), (false, 2));
}

/// An answer with everything that is still not as asked for is given, and says so.
#[test]
fn answers_that_are_not_good_enough_say_so() {
    for bad in [
        "REPLY:\n\"Hi [PERSON_1], see https://evil.example/pay now.\"\n\nNEEDS A PERSON: no",
        "REPLY:\n\"Hi [PERSON_1], [PERSON_9] comes.\"\n\nNEEDS A PERSON: no",
        "REPLY:\n\"Your order.\"\n\nNEEDS A PERSON: no",
    ] {
        let model = ScriptedClient::new().says(bad).says(bad).says(bad);
        let answer = reply(&model, |_| {}).unwrap();
        assert!(!answer.acceptable && answer.missing.is_empty(), "{answer:?}");
        assert_eq!(model.requests().len(), 3, "it was asked again");
        assert_eq!(
            answer.unknown_pseudonyms.contains(&"[PERSON_9]".to_owned()),
            bad.contains("_9")
        );
    }
}

/// F044: models that fail leave the word to the rules, and the answer says why; without any client
/// the rules answer.
#[test]
fn rules_stand_in() {
    use LlmErrorKind::{
        Authentication, CircuitOpen, DeadlineExceeded, RateLimited, Refused, Transport,
    };
    for kind in [Transport, RateLimited, Refused, Authentication, CircuitOpen, DeadlineExceeded] {
        let fails = || ScriptedClient::new().fails(LlmError::new(kind, "no"));
        let answer = reply(&fails(), |_| {}).unwrap();
        assert!(answer.deterministic && answer.acceptable, "{answer:?}");
        assert_eq!(answer.failure, Some(kind.code()));
        let alone = reply(&fails(), |options| options.fall_back = false).unwrap_err();
        assert_eq!(alone.code(), kind.code());
    }
    let wrong = ScriptedClient::new().fails(LlmError::new(LlmErrorKind::InvalidRequest, "no"));
    assert_eq!(
        reply(&wrong, |_| {}).unwrap_err().code(),
        Code::LlmInvalidRequest,
        "the host's to mend"
    );
    let rules = reply(&Rules, |_| {}).unwrap();
    assert_eq!((rules.deterministic, rules.failure, rules.attempts), (true, None, 0));
    assert_eq!(rules, reply(&Rules, |_| {}).unwrap());
}

#[derive(Debug, Default)]
struct Runs(std::sync::Mutex<Vec<Run>>);

impl RunRecorder for Runs {
    fn record(&self, run: Run) {
        self.0.lock().unwrap().push(run);
    }
}

/// One line gives a host retries, repairs, another provider, the cache and the runs.
#[test]
fn an_assistant_has_the_usual_layers() {
    let transport = || LlmError::new(LlmErrorKind::Transport, "no");
    let key = || LlmError::new(LlmErrorKind::Authentication, "no");
    let first = Arc::new(ScriptedClient::new().fails(key()).fails(key()).fails(key()));
    let second = Arc::new(ScriptedClient::new().fails(transport()).says("No idea").says(GOOD));
    let runs = Arc::new(Runs::default());
    let sleeper = sleeper();
    let assistant = Assistant::new(sleeper.runtime())
        .provider(Arc::clone(&first) as _)
        .provider(Arc::clone(&second) as _)
        .cached(Arc::new(MemoryCache::default()), "both")
        .recorded(Arc::clone(&runs) as _);
    let known = known();
    let mut options = AskOptions::default();
    options.render.known = &known;
    let asked = || assistant.ask("message_reply", &input(), &options).wait().unwrap();
    let (one, two) = (asked(), asked());
    assert!(one.acceptable && !one.cached && two.cached, "{one:?} {two:?}");
    assert_eq!((one.value, one.attempts), (two.value, 5));
    assert_eq!((first.requests().len(), second.requests().len()), (2, 3));
    assert_eq!(sleeper.slept().len(), 1, "one wait between attempts");
    let runs = runs.0.lock().unwrap();
    let seen: Vec<_> =
        runs.iter().map(|run| (run.prompt.as_str(), run.attempts, run.cached)).collect();
    assert_eq!(seen, [("message_reply", 5, false), ("message_reply", 0, true)]);
    assert!(matches!(runs[0].outcome, RunOutcome::Answered(_)));
    assert!(
        Assistant::rules().ask("message_reply", &input(), &options).wait().unwrap().deterministic
    );
    assert!(!format!("{assistant:?}").contains("Ada"));
}

proptest! {
    /// F065: whatever a model says, there is an answer without a name that stands for nothing taken
    /// for acceptable, and never a panic.
    #[test]
    fn any_words_of_a_model_give_an_answer(
        text in r#"(REPLY:|NEEDS A PERSON:|yes|no|\[PERSON_[1-3]b?\]|[{}"\\n,]|hi |https://x |\PC){0,24}"#,
    ) {
        let model = ScriptedClient::new().says(&text).says(&text).says(&text);
        let answer = reply(&model, |_| {}).unwrap();
        prop_assert!(answer.missing.is_empty());
        prop_assert!(!answer.acceptable || answer.unknown_pseudonyms.is_empty());
        prop_assert!(answer.value["reply"].is_string() && answer.value["needsPerson"].is_boolean());
    }
}
