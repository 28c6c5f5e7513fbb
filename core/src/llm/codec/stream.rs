//! Streams of all protocols, read from pieces of any size.

use serde_json::Value;

use super::frames::{Frames, Framing};
use super::{Draft, Endpoint, Protocol, anthropic, failure, ollama, openai};
use crate::llm::failures::{LlmError, LlmErrorKind, malformed};
use crate::llm::response::LlmEvent;

/// Reads the body of a stream. How the network cuts the bytes changes no event.
///
/// ```
/// use goodwill::llm::{Endpoint, LlmEvent, Protocol, StreamDecoder};
///
/// let endpoint = Endpoint::new(Protocol::Ollama, "http://127.0.0.1:11434")?;
/// let mut decoder = StreamDecoder::new(&endpoint);
/// let mut events = Vec::new();
/// decoder.feed(b"{\"message\":{\"content\":\"He", &mut events)?;
/// decoder.feed(b"llo\"},\"done\":false}\n{\"done\":true}\n", &mut events)?;
/// decoder.finish(&mut events)?;
/// assert_eq!(events[0], LlmEvent::Text("Hello".into()));
/// assert!(matches!(&events[1], LlmEvent::Done(response) if response.text == "Hello"));
/// # Ok::<(), goodwill::llm::LlmError>(())
/// ```
pub struct StreamDecoder {
    frames: Frames,
    reading: Reading,
}

struct Reading {
    protocol: Protocol,
    provider: String,
    draft: Draft,
    state: State,
}

enum State {
    Open,
    Done,
    Failed(LlmError),
}

impl std::fmt::Debug for StreamDecoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StreamDecoder").finish_non_exhaustive()
    }
}

impl StreamDecoder {
    /// A decoder at the beginning of a body.
    #[must_use]
    pub fn new(endpoint: &Endpoint) -> Self {
        let framing = match endpoint.protocol {
            Protocol::Ollama => Framing::Lines,
            Protocol::OpenAi | Protocol::Anthropic => Framing::Events,
        };
        Self {
            frames: Frames::new(framing),
            reading: Reading {
                protocol: endpoint.protocol,
                provider: endpoint.name.clone(),
                draft: Draft::default(),
                state: State::Open,
            },
        }
    }

    /// Takes the next bytes and adds the events that they complete. What comes after the end of the
    /// answer is not looked at.
    ///
    /// # Errors
    /// What the service says in the stream, and `llm.malformed` for what no protocol says. The
    /// events before it were added; every later call gives the same error.
    pub fn feed(&mut self, bytes: &[u8], events: &mut Vec<LlmEvent>) -> Result<(), LlmError> {
        match &self.reading.state {
            State::Done => return Ok(()),
            State::Failed(error) => return Err(error.clone()),
            State::Open => {}
        }
        let reading = &mut self.reading;
        let result = self.frames.feed(bytes, |message| reading.take(message, events));
        self.keep(result.map(|_| ()))
    }

    /// Says that no more bytes come.
    ///
    /// # Errors
    /// `llm.transport` when the answer was not complete.
    pub fn finish(&mut self, events: &mut Vec<LlmEvent>) -> Result<(), LlmError> {
        match &self.reading.state {
            State::Done => return Ok(()),
            State::Failed(error) => return Err(error.clone()),
            State::Open => {}
        }
        let result = self.rest(events);
        self.keep(result)
    }

    fn rest(&mut self, events: &mut Vec<LlmEvent>) -> Result<(), LlmError> {
        if let Some(message) = self.frames.finish()? {
            self.reading.take(&message, events)?;
        }
        match self.reading.state {
            State::Done => Ok(()),
            // Some servers leave the last mark out.
            _ if self.reading.protocol == Protocol::OpenAi
                && self.reading.draft.finish.is_some() =>
            {
                self.reading.end(events).map(|_| ())
            }
            _ => Err(LlmError::new(LlmErrorKind::Transport, "the stream ends in the middle")),
        }
    }

    fn keep(&mut self, result: Result<(), LlmError>) -> Result<(), LlmError> {
        if let Err(error) = &result {
            self.reading.state = State::Failed(error.clone());
        }
        result
    }
}

impl Reading {
    /// Takes one message; whether more may come.
    fn take(&mut self, message: &str, events: &mut Vec<LlmEvent>) -> Result<bool, LlmError> {
        if self.protocol == Protocol::OpenAi && message.trim() == "[DONE]" {
            return self.end(events);
        }
        let json: Value = serde_json::from_str(message)
            .map_err(|_| malformed("an event of the stream is not JSON"))?;
        if !json.is_object() {
            return Err(malformed("an event of the stream is not an object"));
        }
        if let Some(error) = json.get("error").filter(|error| !error.is_null()) {
            return Err(failure::of_body(error));
        }
        let (piece, last) = match self.protocol {
            Protocol::OpenAi => (openai::event(&mut self.draft, &json), false),
            Protocol::Anthropic => anthropic::event(&mut self.draft, &json),
            Protocol::Ollama => ollama::event(&mut self.draft, &json),
        };
        if !piece.is_empty() {
            self.draft.text.push_str(&piece);
            events.push(LlmEvent::Text(piece));
        }
        if last { self.end(events) } else { Ok(true) }
    }

    fn end(&mut self, events: &mut Vec<LlmEvent>) -> Result<bool, LlmError> {
        let response = std::mem::take(&mut self.draft).into_response(&self.provider)?;
        events.push(LlmEvent::Done(response));
        self.state = State::Done;
        Ok(false)
    }
}
