//! One request for all who want the same at the same time.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use super::CacheKey;
use crate::llm::failures::LlmError;
use crate::llm::response::LlmResponse;

type Answered = Result<LlmResponse, LlmError>;

#[derive(Debug, Default)]
pub(super) struct Flights(Arc<Mutex<BTreeMap<CacheKey, Arc<Mutex<Flight>>>>>);

/// A request under way. `ended` is there once it landed, and empty inside if it was given up.
#[derive(Debug, Default)]
struct Flight {
    ended: Option<Option<Answered>>,
    waiting: BTreeMap<u64, Waker>,
    next: u64,
}

pub(super) enum Seat {
    /// Asks for all.
    Pilot(Pilot),
    /// Waits for the answer; there is none if the pilot gave up.
    Passenger(Waiting),
}

impl Flights {
    pub(super) fn join(&self, key: &CacheKey) -> Seat {
        let mut all = lock(&self.0);
        if let Some(flight) = all.get(key) {
            return Seat::Passenger(Waiting { flight: Arc::clone(flight), ticket: None });
        }
        let flight = Arc::<Mutex<Flight>>::default();
        all.insert(key.clone(), Arc::clone(&flight));
        Seat::Pilot(Pilot { all: Arc::clone(&self.0), key: key.clone(), flight, result: None })
    }
}

pub(super) struct Pilot {
    all: Arc<Mutex<BTreeMap<CacheKey, Arc<Mutex<Flight>>>>>,
    key: CacheKey,
    flight: Arc<Mutex<Flight>>,
    result: Option<Answered>,
}

impl Pilot {
    pub(super) fn land(mut self, result: Answered) {
        self.result = Some(result);
    }
}

impl Drop for Pilot {
    fn drop(&mut self) {
        lock(&self.all).remove(&self.key);
        let mut flight = lock(&self.flight);
        flight.ended = Some(self.result.take());
        for waker in std::mem::take(&mut flight.waiting).into_values() {
            waker.wake();
        }
    }
}

pub(super) struct Waiting {
    flight: Arc<Mutex<Flight>>,
    ticket: Option<u64>,
}

impl Future for Waiting {
    type Output = Option<Answered>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let shared = Arc::clone(&self.flight);
        let mut flight = lock(&shared);
        if let Some(ended) = &flight.ended {
            return Poll::Ready(ended.clone());
        }
        let ticket = match self.ticket {
            Some(ticket) => ticket,
            None => {
                flight.next += 1;
                flight.next
            }
        };
        flight.waiting.insert(ticket, context.waker().clone());
        self.ticket = Some(ticket);
        Poll::Pending
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket {
            lock(&self.flight).waiting.remove(&ticket);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
