//! Time and chance from outside, and the two waits that are made of them.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use async_trait::async_trait;

use super::client::Threaded;
use super::failures::{LlmError, LlmErrorKind};
use crate::ids::{IdSource, SystemIds};
use crate::time::{Clock, SystemClock, Timestamp};

/// Waits. Hosts give the sleep of their own runtime.
#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
pub trait Sleeper: Threaded + fmt::Debug {
    /// Returns after the time.
    async fn sleep(&self, time: Duration);
}

/// The clock, the sleep and the randomness of all layers.
#[derive(Debug, Clone)]
pub struct Runtime {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) sleeper: Arc<dyn Sleeper>,
    pub(crate) ids: Arc<dyn IdSource>,
}

impl Runtime {
    /// The system's clock and randomness, with the sleep of the host's runtime.
    #[must_use]
    pub fn new(sleeper: impl Sleeper + 'static) -> Self {
        Self::with_parts(Arc::new(SystemClock), Arc::new(sleeper), Arc::new(SystemIds::default()))
    }

    /// A clock, a sleep and randomness of the caller's.
    #[must_use]
    pub fn with_parts(
        clock: Arc<dyn Clock>,
        sleeper: Arc<dyn Sleeper>,
        ids: Arc<dyn IdSource>,
    ) -> Self {
        Self { clock, sleeper, ids }
    }

    /// The instant of this call.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A time from zero to `most`, each millisecond as likely ("full jitter", Brooker, AWS
    /// Architecture Blog 2015).
    pub(crate) fn up_to(&self, most: Duration) -> Duration {
        let bound = u128::from(u64::try_from(most.as_millis()).unwrap_or(u64::MAX)) + 1;
        let salt = self.ids.salt();
        let chance = salt.iter().skip(8).fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
        let millis = (chance * bound) >> 64;
        Duration::from_millis(u64::try_from(millis).unwrap_or(u64::MAX))
    }

    /// The result of `work`, or `deadline_exceeded` when the time passes first. What is not done by
    /// then is dropped.
    pub(crate) async fn within<T>(
        &self,
        time: Duration,
        work: impl Future<Output = Result<T, LlmError>>,
    ) -> Result<T, LlmError> {
        let mut work = pin!(work);
        let mut sleep = pin!(self.sleeper.sleep(time));
        poll_fn(|context| {
            if let Poll::Ready(result) = work.as_mut().poll(context) {
                return Poll::Ready(result);
            }
            match sleep.as_mut().poll(context) {
                Poll::Ready(()) => Poll::Ready(Err(overdue())),
                Poll::Pending => Poll::Pending,
            }
        })
        .await
    }
}

/// The deadline passed.
pub(crate) fn overdue() -> LlmError {
    LlmError::new(LlmErrorKind::DeadlineExceeded, "no answer before the deadline")
}
