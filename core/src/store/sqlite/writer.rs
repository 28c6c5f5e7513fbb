//! Group commit: concurrent commits share one transaction and one `fsync`.
//!
//! Whoever comes while nobody writes leads: it takes what is queued, writes it in one transaction,
//! each change set under its own savepoint, and hands out the outcomes. The others wait, without a
//! thread of their own, until they have theirs or are asked to lead in turn.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use rusqlite::Connection;

use crate::audit::AuditKeys;
use crate::error::{Code, Error, ErrorKind, Result};
use crate::store::change::{ChangeSet, Outcome};
use crate::store::commit::apply;
use crate::store::sqlite::batch::{Heads, Prepared};
use crate::store::sqlite::errors::store_error;
use crate::store::sqlite::rows::SqliteRows;
use crate::store::sqlite::text::Pending;

/// The most change sets of one transaction.
const BATCH: usize = 256;
/// How often a leader lets others come before it writes.
const YIELDS: usize = 16;
/// The most transactions that one leader writes before another takes over.
const ROUNDS: usize = 4;

#[derive(Debug)]
pub(super) struct Writer {
    connection: Mutex<Connection>,
    queue: Mutex<Queue>,
}

#[derive(Debug, Default)]
struct Queue {
    waiting: VecDeque<Arc<Slot>>,
    led: bool,
}

#[derive(Debug)]
struct Slot {
    changes: ChangeSet,
    prepared: Prepared,
    keys: AuditKeys,
    state: Mutex<State>,
}

#[derive(Debug)]
enum State {
    Waiting(Option<Waker>),
    Leading,
    Done(Option<Result<Outcome>>),
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Slot {
    /// Changes the state and wakes whoever waits for that.
    fn set(&self, state: State) {
        let before = std::mem::replace(&mut *lock(&self.state), state);
        if let State::Waiting(Some(waker)) = before {
            waker.wake();
        }
    }

    fn is_done(&self) -> bool {
        matches!(*lock(&self.state), State::Done(_))
    }
}

impl Writer {
    pub(super) fn new(connection: Connection) -> Self {
        Self { connection: Mutex::new(connection), queue: Mutex::default() }
    }

    /// Commits a change set, together with those that others commit at the same time.
    pub(super) async fn commit(&self, changes: ChangeSet, keys: &AuditKeys) -> Result<Outcome> {
        let state = Mutex::new(State::Waiting(None));
        let prepared = Prepared::of(&changes)?;
        let slot = Arc::new(Slot { changes, prepared, keys: keys.clone(), state });
        {
            let mut queue = lock(&self.queue);
            queue.waiting.push_back(Arc::clone(&slot));
            if !queue.led {
                queue.led = true;
                *lock(&slot.state) = State::Leading;
            }
        }
        Ticket { writer: self, slot }.await
    }

    /// Writes what is queued until the leader's own change set is done, and a little longer.
    fn lead(&self, own: &Slot) {
        let _handover = Handover(self);
        let mut connection = lock(&self.connection);
        for round in 0.. {
            if own.is_done() && round >= ROUNDS {
                return;
            }
            self.let_others_come();
            let batch: Vec<Arc<Slot>> = {
                let mut queue = lock(&self.queue);
                let size = queue.waiting.len().min(BATCH);
                queue.waiting.drain(..size).collect()
            };
            if batch.is_empty() {
                return;
            }
            let outcomes = write(&mut connection, &batch);
            for (slot, outcome) in batch.iter().zip(outcomes) {
                slot.set(State::Done(Some(outcome)));
            }
        }
    }

    /// Gives the processor to those who are about to commit, as long as more of them come: one
    /// `fsync` for all costs less than one for each. Nobody is waited for: when no other thread is
    /// ready to run, yielding returns at once.
    fn let_others_come(&self) {
        let mut before = lock(&self.queue).waiting.len();
        for _ in 0..YIELDS {
            std::thread::yield_now();
            let now = lock(&self.queue).waiting.len();
            if now == before {
                return;
            }
            before = now;
        }
    }

    /// Lets the first in the queue lead, or nobody when it is empty.
    fn hand_over(&self) {
        let mut queue = lock(&self.queue);
        match queue.waiting.front() {
            Some(next) => next.set(State::Leading),
            None => queue.led = false,
        }
    }
}

/// Hands over also when the leader is stopped by a panic.
struct Handover<'a>(&'a Writer);

impl Drop for Handover<'_> {
    fn drop(&mut self) {
        self.0.hand_over();
    }
}

/// Waits for the outcome of a change set, and leads when asked to.
struct Ticket<'a> {
    writer: &'a Writer,
    slot: Arc<Slot>,
}

impl Future for Ticket<'_> {
    type Output = Result<Outcome>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let leads = matches!(*lock(&self.slot.state), State::Leading);
        if leads {
            self.writer.lead(&self.slot);
        }
        let mut state = lock(&self.slot.state);
        match &mut *state {
            State::Done(outcome) => Poll::Ready(
                outcome
                    .take()
                    .unwrap_or_else(|| Err(Error::internal("a commit was awaited twice"))),
            ),
            State::Waiting(waker) => {
                *waker = Some(context.waker().clone());
                Poll::Pending
            }
            State::Leading => {
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }
    }
}

impl Drop for Ticket<'_> {
    /// A caller that goes away while it was to lead lets the next one lead. Its change set is
    /// written all the same, or not at all.
    fn drop(&mut self) {
        if matches!(*lock(&self.slot.state), State::Leading) {
            let mut queue = lock(&self.writer.queue);
            queue.waiting.retain(|slot| !Arc::ptr_eq(slot, &self.slot));
            drop(queue);
            self.writer.hand_over();
        }
    }
}

/// Writes a batch in one transaction; one outcome a slot.
fn write(connection: &mut Connection, batch: &[Arc<Slot>]) -> Vec<Result<Outcome>> {
    match try_write(connection, batch) {
        Ok(outcomes) => outcomes,
        Err(error) => {
            if !connection.is_autocommit() {
                // Nothing is left of the transaction either way.
                let _ = connection.execute_batch("ROLLBACK");
            }
            let again = |_: &Arc<Slot>| Err(copy(&error));
            batch.iter().map(again).collect()
        }
    }
}

fn copy(error: &Error) -> Error {
    Error::new(error.code(), error.to_string())
}

fn try_write(connection: &mut Connection, batch: &[Arc<Slot>]) -> Result<Vec<Result<Outcome>>> {
    let run = |connection: &Connection, sql: &str| {
        let mut statement = connection.prepare_cached(sql).map_err(store_error)?;
        statement.execute([]).map_err(store_error).map(drop)
    };
    run(connection, "BEGIN IMMEDIATE")?;
    let mut heads = Heads::default();
    let mut index = Pending::default();
    let mut outcomes = Vec::with_capacity(batch.len());
    let mut written = false;
    // Alone, a change set that is not written ends the transaction, and needs no savepoint, which copies
    // every page that changes.
    let together = batch.len() > 1;
    for slot in batch {
        let before = (heads.clone(), index.len());
        if together {
            run(connection, "SAVEPOINT change_set")?;
        }
        let outcome = apply(
            &mut SqliteRows::new(connection, &slot.prepared, &mut heads, &mut index),
            &slot.changes,
            &slot.keys,
        );
        if matches!(outcome, Ok(Outcome::Committed(_))) {
            written = true;
        } else {
            // Some failures end the whole transaction, and with it what others of the batch wrote.
            let fatal = outcome.as_ref().err().filter(|error| {
                connection.is_autocommit()
                    || matches!(error.kind(), ErrorKind::Unavailable | ErrorKind::Data)
                    || error.code() == Code::Internal
            });
            if let Some(error) = fatal
                && (batch.len() == 1
                    || error.code() != Code::Internal
                    || connection.is_autocommit())
            {
                return Err(copy(error));
            }
            if together {
                run(connection, "ROLLBACK TO change_set")?;
            }
            heads = before.0;
            index.truncate(before.1);
        }
        if together {
            run(connection, "RELEASE change_set")?;
        }
        outcomes.push(outcome);
    }
    if written {
        heads.write(connection)?;
        index.write(connection)?;
        run(connection, "COMMIT")?;
    } else {
        run(connection, "ROLLBACK")?;
    }
    Ok(outcomes)
}
