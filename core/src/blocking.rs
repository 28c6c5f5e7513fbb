//! For callers without a runtime.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

/// Waits for a call of the engine on the caller's thread.
///
/// ```
/// use goodwill::{AuditKey, Engine, MemoryStore, Wait};
///
/// let engine = Engine::new(MemoryStore::new(), AuditKey::from_bytes("k1", &[1; 32])?);
/// let tick = engine.tick().wait()?;
/// assert_eq!(tick.next, None);
/// # Ok::<(), goodwill::Error>(())
/// ```
pub trait Wait: Future + Sized {
    /// Waits for the result.
    fn wait(self) -> Self::Output {
        block_on(self)
    }
}

impl<F: Future> Wait for F {}

/// Wakes the thread that waits.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Polls on this thread and sleeps in between. It may stand inside another wait, which executors of
/// the usual crates refuse with a panic.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            // A wake-up that came before is kept, and parking returns at once.
            Poll::Pending => thread::park(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_may_stand_inside_another() {
        let inner = async { async { 7 }.wait() };
        assert_eq!(inner.wait(), 7);
    }

    #[test]
    fn a_wait_ends_when_another_thread_says_so() {
        let (sender, receiver) = std::sync::mpsc::channel::<Waker>();
        let done = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let flag = Arc::clone(&done);
        let other = thread::spawn(move || {
            let waker = receiver.recv().unwrap();
            flag.store(true, std::sync::atomic::Ordering::SeqCst);
            waker.wake();
        });
        let mut asked = false;
        std::future::poll_fn(|context| {
            if done.load(std::sync::atomic::Ordering::SeqCst) {
                return Poll::Ready(());
            }
            if !asked {
                asked = true;
                sender.send(context.waker().clone()).unwrap();
            }
            Poll::Pending
        })
        .wait();
        other.join().unwrap();
    }
}
