//! An answer as it comes.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use super::answered::Answered;
use super::prepared::{Prepared, needs_no_repair};
use super::uncounted::Uncounted;
use crate::error::Result;
use crate::llm::client::{Call, EventStream, LlmClient};
use crate::llm::failures::{LlmError, LlmErrorKind};
use crate::llm::repair::Repairing;
use crate::llm::response::{LlmEvent, LlmResponse};
use crate::llm::runs::Undecided;

/// The longest text that may be the beginning of a pseudonym.
const LONGEST_PSEUDONYM: usize = 40;

// `Debug` shows no content.
/// A part of an answer that comes piece by piece.
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum AnswerPart {
    /// More of the text, with the personal data back in it.
    Text {
        /// The text, never empty.
        text: String,
    },
    /// What is complete of the answer so far.
    Fields {
        /// The fields, as the declaration of the answer has them: those that another one follows, and
        /// of a list that is being written its complete entries. They are not checked yet.
        value: Value,
    },
    /// What came so far does not count: it cannot be used, and another answer begins.
    Again,
    /// The answer is there, read and checked. Nothing follows.
    Answer {
        /// The answer.
        answer: Box<Answered>,
    },
}

impl fmt::Debug for AnswerPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { text } => write!(f, "Text({} bytes)", text.len()),
            Self::Fields { value } => {
                let names = value.as_object().map(|map| map.keys().collect::<Vec<_>>());
                write!(f, "Fields({:?})", names.unwrap_or_default())
            }
            Self::Again => f.write_str("Again"),
            Self::Answer { answer } => f.debug_tuple("Answer").field(answer).finish(),
        }
    }
}

/// An answer as it comes. Dropping it gives the call up.
///
/// The parts before the last are for showing: only [`AnswerPart::Answer`] was checked. A stream that
/// breaks, or ends without what is required, ends in an error, or in the answer of rules where they
/// may stand in; after either nothing comes.
///
/// ```
/// use std::sync::Arc;
/// use goodwill::Wait;
/// use goodwill::llm::{AnswerPart, AskOptions, Rules, prepare};
/// use goodwill::prompts::files::{Mode, PromptSet};
///
/// let mut options = AskOptions::default();
/// options.render.mode = Mode::Compatible;
/// let input = serde_json::json!({"customer": {"name": "Ada"}});
/// let prepared = prepare(&PromptSet::library(), "message_reply", &input, &options)?;
/// let mut stream = prepared.stream(Arc::new(Rules));
/// let mut shown = String::new();
/// while let Some(part) = stream.next().wait()? {
///     match part {
///         AnswerPart::Text { text } => shown.push_str(&text),
///         AnswerPart::Again => shown.clear(),
///         AnswerPart::Fields { .. } => {}
///         AnswerPart::Answer { answer } => assert_eq!(answer.text, shown),
///     }
/// }
/// # Ok::<(), goodwill::Error>(())
/// ```
pub struct AnswerStream {
    prepared: Prepared,
    client: Arc<dyn LlmClient>,
    call: Call,
    undecided: Arc<Undecided>,
    state: State,
    shown: Shown,
}

enum State {
    New,
    Open(Box<dyn EventStream>),
    /// The answer was decided on, and comes behind the last words of its text.
    Decided(Box<Option<Result<Answered>>>),
    Ended,
}

/// What the caller has seen.
#[derive(Default)]
struct Shown {
    /// The text as it came, with pseudonyms.
    raw: String,
    /// How much of it was passed on.
    passed: usize,
    /// Where the text that was read for fields ends.
    read: usize,
    fields: Option<Value>,
}

impl fmt::Debug for AnswerStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnswerStream").field("prepared", &self.prepared).finish_non_exhaustive()
    }
}

impl AnswerStream {
    pub(super) fn new(prepared: Prepared, client: Arc<dyn LlmClient>) -> Self {
        let (call, undecided) = prepared.watched_call();
        let client: Arc<dyn LlmClient> = if needs_no_repair(&*client) {
            client
        } else {
            Arc::new(Repairing::new(Uncounted(client)))
        };
        let (state, shown) = (State::New, Shown::default());
        Self { prepared, client, call, undecided, state, shown }
    }

    /// The next part; nothing after the answer and after an error.
    ///
    /// # Errors
    /// Those of [`Prepared::ask`].
    pub async fn next(&mut self) -> Result<Option<AnswerPart>> {
        loop {
            if let Some(part) = self.ready() {
                return Ok(Some(part));
            }
            let event = match &mut self.state {
                State::Ended => return Ok(None),
                State::Decided(answer) => {
                    let answer = answer.take();
                    self.state = State::Ended;
                    let Some(answer) = answer else { return Ok(None) };
                    return Ok(Some(AnswerPart::Answer { answer: Box::new(answer?) }));
                }
                State::New => match self.client.stream(self.prepared.request(), &self.call).await {
                    Ok(stream) => {
                        self.state = State::Open(stream);
                        continue;
                    }
                    Err(error) => Err(error),
                },
                State::Open(stream) => stream.next().await,
            };
            let result = match event {
                Ok(Some(LlmEvent::Text(text))) => {
                    self.shown.raw.push_str(&text);
                    continue;
                }
                Ok(Some(LlmEvent::Again)) => {
                    if self.shown.clear() {
                        return Ok(Some(AnswerPart::Again));
                    }
                    continue;
                }
                Ok(Some(LlmEvent::Done(response))) => Ok(response),
                Ok(None) => Err(LlmError::new(LlmErrorKind::Transport, "the stream has no end")),
                Err(error) => Err(error),
            };
            if self.decide(result).await {
                return Ok(Some(AnswerPart::Again));
            }
        }
    }

    /// Decides on the answer; whether what was shown is no beginning of its text.
    async fn decide(&mut self, result: std::result::Result<LlmResponse, LlmError>) -> bool {
        let decided = self.prepared.decide(result, &self.undecided).await;
        let seen = self.restored(&self.shown.raw, self.shown.passed);
        let mut again = false;
        let mut rest = String::new();
        if let Ok(answered) = &decided {
            rest = match answered.text.strip_prefix(seen.as_str()) {
                Some(rest) => rest.to_owned(),
                None => {
                    again = true;
                    answered.text.clone()
                }
            };
        }
        self.shown = Shown { raw: rest, ..Shown::default() };
        self.shown.read = self.shown.raw.len();
        self.state = State::Decided(Box::new(Some(decided)));
        again
    }

    /// A part that needs no waiting.
    fn ready(&mut self) -> Option<AnswerPart> {
        let ended = matches!(self.state, State::Decided(_));
        let shown = &self.shown;
        let end = if ended { shown.raw.len() } else { settled(&shown.raw, shown.passed) };
        let fresh = shown.raw.get(shown.passed..end).unwrap_or_default();
        if !fresh.is_empty() {
            // What was decided on has the personal data in it already.
            let text = if ended {
                fresh.to_owned()
            } else {
                self.prepared.checker.restore_text(fresh, &mut Vec::new())
            };
            self.shown.passed = end;
            return Some(AnswerPart::Text { text });
        }
        // Behind a field that is complete stands a label or a comma.
        let unread = shown.raw.get(shown.read..)?;
        let line = unread.rfind([':', '\n', ',', '}'])?;
        self.shown.read = shown.read.saturating_add(line).saturating_add(1);
        let checker = &self.prepared.checker;
        let so_far = self.shown.raw.get(..self.shown.read).unwrap_or_default();
        let value = checker.spec.read_so_far(so_far, &checker.told);
        let value = checker.restore(value, &mut Vec::new());
        if value == json!({}) || self.shown.fields.as_ref() == Some(&value) {
            return None;
        }
        self.shown.fields = Some(value.clone());
        Some(AnswerPart::Fields { value })
    }

    /// The beginning of a text as it was shown.
    fn restored(&self, raw: &str, end: usize) -> String {
        let text = raw.get(..end).unwrap_or_default();
        self.prepared.checker.restore_text(text, &mut Vec::new())
    }
}

impl Shown {
    /// Forgets everything; whether the caller has seen anything of it.
    fn clear(&mut self) -> bool {
        std::mem::take(self).passed > 0
    }
}

/// Where the text ends that no later piece changes: before what may become a pseudonym.
fn settled(raw: &str, from: usize) -> usize {
    let fresh = raw.get(from..).unwrap_or_default();
    let open = fresh.rfind('[').filter(|at| {
        let name = fresh.get(*at..).unwrap_or_default();
        name.len() <= LONGEST_PSEUDONYM && !name.contains(']')
    });
    open.map_or(raw.len(), |at| from.saturating_add(at))
}
