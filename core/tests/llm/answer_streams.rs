//! Answers that come part by part.

use std::sync::{Arc, LazyLock, Mutex};
use std::task::{Context, Waker};

use async_trait::async_trait;
use goodwill::llm::{
    AnswerPart, AnswerStream, Answered, AskOptions, Assistant, Call, Capabilities, EventStream,
    LlmClient, LlmError, LlmErrorKind, LlmEvent, LlmRequest, LlmResponse, MemoryCache, Run,
    RunOutcome, RunRecorder, ScriptedClient, ask, prepare,
};
use goodwill::prompts::answers::Given;
use goodwill::prompts::files::PromptSet;
use goodwill::prompts::library::Prompt;
use goodwill::prompts::personal::{Known, PersonalKind};
use goodwill::{Code, Error, Wait};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::sleeper;

static LIBRARY: LazyLock<PromptSet> = LazyLock::new(PromptSet::library);

const NAME: &str = "Ada Löve";
const GOOD: &str = "REPLY:\n\"Hi [PERSON_1], we come at nine.\"\n\nNEEDS A PERSON: no";

/// A model whose answers come in pieces of these lengths, over and over. What is longer than the
/// text breaks off there.
#[derive(Debug)]
struct Pieces {
    model: ScriptedClient,
    lengths: Vec<usize>,
    breaks_at: Option<usize>,
}

struct Cut {
    pieces: Vec<LlmEvent>,
    broken: bool,
}

#[async_trait]
impl EventStream for Cut {
    async fn next(&mut self) -> Result<Option<LlmEvent>, LlmError> {
        match self.pieces.pop() {
            None if self.broken => Err(LlmError::new(LlmErrorKind::Transport, "cut")),
            event => Ok(event),
        }
    }
}

#[async_trait]
impl LlmClient for Pieces {
    fn capabilities(&self) -> Capabilities {
        self.model.capabilities()
    }

    async fn complete(&self, request: &LlmRequest, call: &Call) -> Result<LlmResponse, LlmError> {
        self.model.complete(request, call).await
    }

    async fn stream(
        &self,
        request: &LlmRequest,
        call: &Call,
    ) -> Result<Box<dyn EventStream>, LlmError> {
        let response = self.model.complete(request, call).await?;
        let mut rest: Vec<char> = response.text.chars().collect();
        if let Some(most) = self.breaks_at {
            rest.truncate(most);
        }
        let mut pieces = Vec::new();
        for length in self.lengths.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let piece: String = rest.drain(..(*length).min(rest.len())).collect();
            pieces.push(LlmEvent::Text(piece));
        }
        let broken = self.breaks_at.is_some();
        if !broken {
            pieces.push(LlmEvent::Done(response));
        }
        pieces.reverse();
        Ok(Box::new(Cut { pieces, broken }))
    }
}

fn pieces(model: ScriptedClient, lengths: &[usize]) -> Pieces {
    Pieces { model, lengths: lengths.to_vec(), breaks_at: None }
}

fn input() -> Value {
    json!({
        "customer": {"name": NAME},
        "job": {"description": "Boiler", "status": "scheduled"},
        "messages": [{"createdAt": "2026-03-01T07:00:00Z", "author": "customer", "text": "When?"}],
    })
}

fn options(known: &[Known]) -> AskOptions<'_> {
    let mut options = AskOptions::default();
    options.render.known = known;
    options
}

fn known() -> [Known; 1] {
    [Known::new(PersonalKind::Person, NAME)]
}

/// What a caller shows in the end, everything that came, and the answer.
fn shown(stream: &mut AnswerStream) -> (String, Vec<AnswerPart>, Result<Answered, Error>) {
    let (mut text, mut parts, mut answer) = (String::new(), Vec::new(), None);
    let mut error = None;
    loop {
        match stream.next().wait() {
            Ok(None) => break,
            Err(failed) => {
                assert!(error.is_none() && answer.is_none(), "nothing follows an error");
                error = Some(failed);
            }
            Ok(Some(part)) => {
                assert!(answer.is_none() && error.is_none(), "nothing follows the answer");
                match &part {
                    AnswerPart::Text { text: more } => {
                        assert!(!more.is_empty());
                        text.push_str(more);
                    }
                    AnswerPart::Again => text.clear(),
                    AnswerPart::Answer { answer: whole } => answer = Some((**whole).clone()),
                    AnswerPart::Fields { .. } => {}
                }
                parts.push(part);
            }
        }
    }
    (text, parts, answer.ok_or_else(|| error.unwrap()))
}

fn stream(client: Arc<dyn LlmClient>, change: impl FnOnce(&mut AskOptions<'_>)) -> AnswerStream {
    let known = known();
    let mut options = options(&known);
    options.capabilities = client.capabilities();
    change(&mut options);
    prepare(&LIBRARY, "message_reply", &input(), &options).unwrap().stream(client)
}

fn fields(parts: &[AnswerPart]) -> Vec<Value> {
    let of = |part: &AnswerPart| match part {
        AnswerPart::Fields { value } => Some(value.clone()),
        _ => None,
    };
    parts.iter().filter_map(of).collect()
}

/// The text comes with the names in it, sections come when they are complete, the checked answer
/// comes last, and all is as if it had not been streamed.
#[test]
fn answers_come_part_by_part() {
    let client = Arc::new(pieces(ScriptedClient::new().says(GOOD), &[3]));
    let (text, parts, answer) = shown(&mut stream(client, |_| {}));
    let answer = answer.unwrap();
    assert_eq!(text, GOOD.replace("[PERSON_1]", NAME));
    assert_eq!((text.as_str(), answer.acceptable), (answer.text.as_str(), true));
    assert_eq!(answer.value["reply"], "Hi Ada Löve, we come at nine.");
    assert_eq!(fields(&parts), [json!({"reply": "Hi Ada Löve, we come at nine."})]);
    let texts = parts.iter().filter(|part| matches!(part, AnswerPart::Text { .. })).count();
    assert!(texts > 10, "{parts:?}");
    assert!(!format!("{parts:?}").contains("nine"));
    assert_eq!((answer.attempts, answer.usage.output), (1, GOOD.len() as u64));
    let whole = stream(Arc::new(ScriptedClient::new().says(GOOD)), |_| {});
    let (known, mut whole) = (known(), whole);
    let (_, _, at_once) = shown(&mut whole);
    let (data, model) = (input(), ScriptedClient::new().says(GOOD));
    let asked = ask(&LIBRARY, "message_reply", &data, &model, &options(&known)).wait();
    assert_eq!((&answer, &answer), (&at_once.unwrap(), &asked.unwrap()));
}

/// What cannot be used is asked for again: the caller is told to forget what was shown.
#[test]
fn another_answer_begins_again() {
    let model = ScriptedClient::new().says("REPLY: Hello there").says(GOOD);
    let client = Arc::new(pieces(model, &[5]));
    let (text, parts, answer) = shown(&mut stream(client, |_| {}));
    assert_eq!(text, answer.as_ref().unwrap().text);
    assert_eq!(parts.iter().filter(|part| **part == AnswerPart::Again).count(), 1);
    assert_eq!(answer.unwrap().attempts, 2);
}

/// A stream that breaks, and an answer that is cut off, are errors that say so; or rules answer.
#[test]
fn broken_streams_leave_nothing_half_done() {
    for breaks_at in [0, 1, 20, GOOD.chars().count()] {
        let broken = || {
            let client = pieces(ScriptedClient::new().says(GOOD), &[4]);
            Arc::new(Pieces { breaks_at: Some(breaks_at), ..client })
        };
        let (_, parts, failed) = shown(&mut stream(broken(), |options| options.fall_back = false));
        assert_eq!(failed.unwrap_err().code(), Code::LlmTransport);
        assert!(!parts.iter().any(|part| matches!(part, AnswerPart::Answer { .. })));
        let (text, _, answer) = shown(&mut stream(broken(), |_| {}));
        let answer = answer.unwrap();
        assert!(answer.deterministic && text == answer.text, "{answer:?}");
        assert_eq!(answer.failure, Some(Code::LlmTransport));
    }
    let cut = || {
        let text = "REPLY:\n\"Hi [PERSON_1], we";
        let response =
            LlmResponse { finish: goodwill::llm::Finish::Length, ..ScriptedClient::response(text) };
        let said = (0..3).fold(ScriptedClient::new(), |model, _| model.answers(response.clone()));
        Arc::new(pieces(said, &[7]))
    };
    let (_, _, failed) = shown(&mut stream(cut(), |options| options.fall_back = false));
    let failed = failed.unwrap_err();
    assert_eq!(failed.code(), Code::LlmSemantic);
    assert_eq!(failed.details()["missing"], json!(["needsPerson"]));
    let (text, _, part) = shown(&mut stream(cut(), |options| options.partial = true));
    let part = part.unwrap();
    assert_eq!(part.missing, ["needsPerson"]);
    assert!(!part.acceptable && text == part.text && text.contains(NAME));
}

#[derive(Debug, Default)]
struct Runs(Mutex<Vec<Run>>);

impl RunRecorder for Runs {
    fn record(&self, run: Run) {
        self.0.lock().unwrap().push(run);
    }
}

/// Through an assistant a stream leaves one run with its tokens behind, and one that was given up
/// too; its answer is kept, and comes from the cache in one piece.
#[test]
fn streams_are_recorded_once_and_kept() {
    let runs = Arc::new(Runs::default());
    let model = Arc::new(pieces(ScriptedClient::new().says("No idea").says(GOOD).says(GOOD), &[6]));
    let assistant = Assistant::new(sleeper().runtime())
        .provider(Arc::clone(&model) as _)
        .cached(Arc::new(MemoryCache::default()), "one")
        .recorded(Arc::clone(&runs) as _);
    let known = known();
    let options = options(&known);
    let open = || assistant.ask_stream("message_reply", &input(), &options).unwrap();
    let (text, parts, answer) = shown(&mut open());
    let answer = answer.unwrap();
    assert!(answer.acceptable && !answer.cached && text == answer.text, "{answer:?}");
    assert!(parts.contains(&AnswerPart::Again));
    let (again, parts, cached) = shown(&mut open());
    assert_eq!((again, cached.unwrap().cached), (text, true));
    assert!(matches!(&parts[0], AnswerPart::Text { text } if text.contains("NEEDS")), "{parts:?}");
    assert_eq!(model.model.requests().len(), 2);

    let refreshed = AskOptions { force_refresh: true, ..options.clone() };
    let mut given_up = assistant.ask_stream("message_reply", &input(), &refreshed).unwrap();
    given_up.next().wait().unwrap();
    drop(given_up);
    drop(open());

    let runs = runs.0.lock().unwrap();
    let [first, second, third] = runs.as_slice() else { panic!("{runs:?}") };
    assert!(matches!(first.outcome, RunOutcome::Answered(_)));
    assert_eq!((first.attempts, first.usage.output), (2, GOOD.len() as u64));
    assert_eq!(first.tokens, 2 * 10 + "No idea".len() as u64 + GOOD.len() as u64);
    assert_eq!((second.cached, second.tokens), (true, 0));
    assert_eq!(third.outcome, RunOutcome::Failed(LlmErrorKind::Cancelled));
}

/// Who asks while the same answer comes as a stream gets that answer.
#[test]
fn a_stream_answers_those_who_wait() {
    let model = Arc::new(pieces(ScriptedClient::new().says(GOOD), &[6]));
    let assistant = Assistant::new(sleeper().runtime())
        .provider(Arc::clone(&model) as _)
        .cached(Arc::new(MemoryCache::default()), "one");
    let known = known();
    let options = options(&known);
    let mut first = assistant.ask_stream("message_reply", &input(), &options).unwrap();
    first.next().wait().unwrap();
    let data = input();
    let mut waits = Box::pin(assistant.ask("message_reply", &data, &options));
    assert!(waits.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    let (_, _, answer) = shown(&mut first);
    assert_eq!(waits.wait().unwrap().value, answer.unwrap().value);
    assert_eq!(model.model.requests().len(), 1);
}

/// Fields so far are those of the whole answer, for every prompt and at every place; only the field
/// that is being written may be missing, or have fewer entries.
#[test]
fn fields_so_far_are_those_of_the_answer() {
    for prompt in Prompt::ALL {
        let spec = prompt.output_spec();
        let text = goodwill::llm::Twin::of(*prompt).answer(&json!({"customer": {"name": "Ada"}}));
        let whole = match spec.parse(&text, &Given::default()) {
            Ok(parsed) => parsed.value,
            Err(incomplete) => incomplete.partial.value,
        };
        let ends = text.char_indices().filter(|(_, c)| *c == '\n').map(|(at, _)| at + 1);
        for end in ends {
            let written = text.get(..end).unwrap();
            let so_far = spec.read_so_far(written, &Given::default());
            for (name, value) in so_far.as_object().unwrap() {
                match (value, &whole[name]) {
                    (Value::Array(items), Value::Array(all)) => {
                        assert_eq!(items[..], all[..items.len()], "{prompt:?} {name}");
                    }
                    (Value::Object(record), all) => {
                        let same = |(name, value): (&String, &Value)| all[name] == *value;
                        assert!(record.iter().all(same), "{prompt:?} {name}");
                    }
                    (value, all) => {
                        assert_eq!(value, all, "{prompt:?} {name} in {written:?}")
                    }
                }
            }
        }
    }
}

proptest! {
    /// However an answer is cut into pieces, what is shown is its text, and the answer is the same.
    #[test]
    fn pieces_change_nothing(
        text in r#"(REPLY:|NEEDS A PERSON: ?|yes|no|\[PERSON_[1-3]b?\]|\[|[{}"\\n,]|hi |\PC){0,24}"#,
        lengths in prop::collection::vec(1_usize..9, 1..4),
    ) {
        let said = || ScriptedClient::new().says(&text).says(&text).says(&text);
        let (shown_text, parts, answer) = shown(&mut stream(Arc::new(pieces(said(), &lengths)), |_| {}));
        let answer = answer.unwrap();
        prop_assert_eq!(&shown_text, &answer.text);
        let attempts = usize::try_from(answer.attempts).unwrap();
        let (_, _, whole) = shown(&mut stream(Arc::new(said()), |_| {}));
        prop_assert_eq!(answer, whole.unwrap());
        // In each attempt a piece gives at most some text and the fields as they are then.
        prop_assert!(parts.len() <= attempts * (2 * text.len() + 20));
    }
}
