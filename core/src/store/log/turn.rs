//! One at a time, without blocking a thread while waiting.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// Lets one task at a time do something that waits for others.
#[derive(Debug, Default)]
pub(super) struct Turns(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    taken: bool,
    tickets: u64,
    waiting: BTreeMap<u64, Waker>,
}

impl State {
    /// Wakes whoever has waited longest.
    fn wake_first(&self) {
        if let Some((_, waker)) = self.waiting.first_key_value() {
            waker.wake_by_ref();
        }
    }
}

impl Turns {
    /// Waits for the turn, which ends when what is returned goes.
    pub(super) fn next(&self) -> Waiting<'_> {
        Waiting { turns: self, ticket: None }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A wait for the turn. It may be given up at any time.
#[derive(Debug)]
pub(super) struct Waiting<'a> {
    turns: &'a Turns,
    ticket: Option<u64>,
}

impl<'a> Future for Waiting<'a> {
    type Output = Turn<'a>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Turn<'a>> {
        let mut state = self.turns.state();
        if state.taken {
            let ticket = self.ticket.unwrap_or_else(|| {
                state.tickets += 1;
                state.tickets
            });
            state.waiting.insert(ticket, context.waker().clone());
            drop(state);
            self.ticket = Some(ticket);
            return Poll::Pending;
        }
        state.taken = true;
        if let Some(ticket) = self.ticket {
            state.waiting.remove(&ticket);
        }
        drop(state);
        self.ticket = None;
        Poll::Ready(Turn(self.turns))
    }
}

impl Drop for Waiting<'_> {
    /// Who gives up may have been the one that was woken: another is woken then.
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket {
            let mut state = self.turns.state();
            state.waiting.remove(&ticket);
            if !state.taken {
                state.wake_first();
            }
        }
    }
}

/// The turn.
#[derive(Debug)]
pub(super) struct Turn<'a>(&'a Turns);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.taken = false;
        state.wake_first();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poll<'a>(waiting: &mut Waiting<'a>) -> Option<Turn<'a>> {
        let mut context = Context::from_waker(Waker::noop());
        match Pin::new(waiting).poll(&mut context) {
            Poll::Ready(turn) => Some(turn),
            Poll::Pending => None,
        }
    }

    #[test]
    fn one_at_a_time_and_who_gives_up_does_not_block_others() {
        let turns = Turns::default();
        let first = poll(&mut turns.next()).unwrap();
        let (mut second, mut third) = (turns.next(), turns.next());
        assert!(poll(&mut second).is_none() && poll(&mut third).is_none());
        drop(first);
        drop(second);
        let turn = poll(&mut third);
        assert!(turn.is_some());
        assert!(poll(&mut turns.next()).is_none());
        drop(turn);
        assert!(turns.state().waiting.is_empty());
        assert!(poll(&mut turns.next()).is_some());
    }
}
