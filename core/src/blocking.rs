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
        futures_executor::block_on(self)
    }
}

impl<F: Future> Wait for F {}
