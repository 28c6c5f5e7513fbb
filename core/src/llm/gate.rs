//! A door that only so many may be behind, first come, first served.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

#[derive(Debug)]
pub(crate) struct Gate(Mutex<Inside>);

#[derive(Debug)]
struct Inside {
    free: usize,
    next: u64,
    queue: BTreeMap<u64, Waker>,
}

impl Gate {
    pub(crate) fn new(places: usize) -> Arc<Self> {
        Arc::new(Self(Mutex::new(Inside { free: places.max(1), next: 0, queue: BTreeMap::new() })))
    }

    /// A place, once one is free and everybody who came earlier has one.
    pub(crate) fn enter(self: &Arc<Self>) -> Entering {
        Entering { gate: Arc::clone(self), ticket: None }
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside {
    /// Tells the first in the queue that a place is free.
    fn call_next(&self) {
        let first = self.queue.values().next().filter(|_| self.free > 0);
        if let Some(waker) = first {
            waker.wake_by_ref();
        }
    }
}

pub(crate) struct Entering {
    gate: Arc<Gate>,
    ticket: Option<u64>,
}

impl Future for Entering {
    type Output = Place;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Place> {
        let gate = Arc::clone(&self.gate);
        let mut inside = gate.lock();
        let first = inside.queue.keys().next().copied();
        if inside.free > 0 && (first.is_none() || first == self.ticket) {
            inside.free -= 1;
            if let Some(ticket) = self.ticket.take() {
                inside.queue.remove(&ticket);
            }
            inside.call_next();
            return Poll::Ready(Place(Arc::clone(&gate)));
        }
        let ticket = match self.ticket {
            Some(ticket) => ticket,
            None => {
                inside.next += 1;
                inside.next
            }
        };
        inside.queue.insert(ticket, context.waker().clone());
        self.ticket = Some(ticket);
        Poll::Pending
    }
}

impl Drop for Entering {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket {
            let mut inside = self.gate.lock();
            inside.queue.remove(&ticket);
            inside.call_next();
        }
    }
}

/// A place behind the door; free again when it is dropped.
#[derive(Debug)]
pub(crate) struct Place(Arc<Gate>);

impl Drop for Place {
    fn drop(&mut self) {
        let mut inside = self.0.lock();
        inside.free += 1;
        inside.call_next();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poll(entering: &mut Pin<Box<Entering>>) -> Option<Place> {
        let mut context = Context::from_waker(Waker::noop());
        match entering.as_mut().poll(&mut context) {
            Poll::Ready(place) => Some(place),
            Poll::Pending => None,
        }
    }

    #[test]
    fn places_go_to_those_who_came_first_and_still_wait() {
        let gate = Gate::new(1);
        let mut all: Vec<_> = (0..4).map(|_| Box::pin(gate.enter())).collect();
        let place = poll(&mut all[0]).unwrap();
        assert!(all.iter_mut().skip(1).all(|waiting| poll(waiting).is_none()));
        // The second gives up, so the third is next; the fourth cannot overtake it.
        all.remove(1);
        drop(place);
        assert!(poll(&mut all[2]).is_none());
        let place = poll(&mut all[1]).unwrap();
        assert!(poll(&mut all[2]).is_none());
        drop(place);
        assert!(poll(&mut all[2]).is_some());
    }
}
