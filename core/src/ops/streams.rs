//! Answers that hosts take part by part.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

use crate::error::{Error, Result};
use crate::llm::{AnswerPart, AnswerStream};

/// How many streams may be open. When there are more, the oldest one is given up.
const MOST: usize = 1_000;

/// The streams that are open.
#[derive(Debug, Default)]
pub(crate) struct Streams(Mutex<Open>);

#[derive(Debug, Default)]
struct Open {
    last: u64,
    streams: BTreeMap<u64, Slot>,
}

/// A stream. It is not here while a part of it is waited for.
#[derive(Debug)]
struct Slot {
    stream: Option<AnswerStream>,
    waiting: Option<Waker>,
}

impl Streams {
    /// Keeps a stream and gives its number.
    pub(super) fn open(&self, stream: AnswerStream) -> u64 {
        let mut open = self.lock();
        open.last = open.last.saturating_add(1);
        let number = open.last;
        open.streams.insert(number, Slot { stream: Some(stream), waiting: None });
        let oldest = open.streams.keys().next().copied();
        if open.streams.len() > MOST
            && let Some(oldest) = oldest
        {
            open.close(oldest);
        }
        number
    }

    /// The next part; nothing behind the last one, which closes the stream as an error does.
    pub(super) async fn next(&self, number: u64) -> Result<Option<AnswerPart>> {
        let taken = self.lock().streams.get_mut(&number).map(|slot| slot.stream.take());
        let Some(mut stream) = taken.ok_or_else(unknown)? else {
            return Err(Error::invalid("stream", "one call for the next part at a time"));
        };
        let next = {
            let mut next = std::pin::pin!(stream.next());
            poll_fn(|context| {
                // Whoever closes the stream wakes those who wait.
                match self.lock().streams.get_mut(&number) {
                    Some(slot) => slot.waiting = Some(context.waker().clone()),
                    None => return Poll::Ready(None),
                }
                next.as_mut().poll(context).map(Some)
            })
            .await
        };
        let Some(part) = next else { return Ok(None) };
        let ended = !matches!(&part, Ok(Some(part)) if !matches!(part, AnswerPart::Answer { .. }));
        let mut open = self.lock();
        if ended {
            open.streams.remove(&number);
        } else if let Some(slot) = open.streams.get_mut(&number) {
            (slot.stream, slot.waiting) = (Some(stream), None);
        }
        part
    }

    /// Gives a stream up, also while its next part is waited for. One that ended is closed already.
    pub(super) fn close(&self, number: u64) {
        self.lock().close(number);
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    fn close(&mut self, number: u64) {
        if let Some(waiting) = self.streams.remove(&number).and_then(|slot| slot.waiting) {
            waiting.wake();
        }
    }
}

fn unknown() -> Error {
    Error::invalid("stream", "a stream that is open")
}
