//! For callers without a runtime.

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

#[cfg(not(target_arch = "wasm32"))]
use futures_executor::block_on;

/// A browser has one thread: what is not ready becomes so by asking again, or never.
#[cfg(target_arch = "wasm32")]
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}
