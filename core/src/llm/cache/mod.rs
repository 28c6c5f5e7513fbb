//! Answers that were given before.

mod flight;
mod key;
mod memory;
#[cfg(feature = "sqlite")]
mod sqlite;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

pub use key::CacheKey;
pub use memory::MemoryCache;
#[cfg(feature = "sqlite")]
pub use sqlite::SqliteCache;

use self::flight::{Flights, Pilot, Seat};
use super::client::{Call, Capabilities, EventStream, LlmClient, Threaded, whole};
use super::failures::LlmError;
use super::request::LlmRequest;
use super::response::{Finish, LlmEvent, LlmResponse, Origin, Usage};
use super::runs::RunRecorder;
use super::runtime::Runtime;
use crate::error::{Code, Error, Result};
use crate::time::Timestamp;

/// A stored answer. `Debug` shows neither the answer nor whom it is about.
#[derive(Clone, PartialEq, Eq)]
pub struct CacheRow {
    /// The answer, as this library writes it.
    pub body: Vec<u8>,
    /// When it was stored.
    pub stored: Timestamp,
    /// When it is too old.
    pub expires: Timestamp,
    /// The customers whose data is in it.
    pub tags: BTreeSet<String>,
}

impl fmt::Debug for CacheRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CacheRow")
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("stored", &self.stored)
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

/// Where answers are kept: in memory, or wherever a host keeps them.
#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
pub trait ResponseCache: Threaded + fmt::Debug {
    /// The row with this key, however old.
    ///
    /// # Errors
    /// Those of the storage. A caller goes on without the cache.
    async fn get(&self, key: &CacheKey) -> Result<Option<CacheRow>>;

    /// Keeps a row in place of an earlier one with this key.
    ///
    /// # Errors
    /// Those of the storage. A caller goes on without the cache.
    async fn put(&self, key: &CacheKey, row: CacheRow) -> Result<()>;

    /// Forgets every row with this tag and says how many there were: for the erasure of a customer.
    ///
    /// # Errors
    /// Those of the storage. Then rows may be left, and the erasure is to be tried again.
    async fn erase(&self, tag: &str) -> Result<u64>;
}

/// What was wrong with a cache. The call went on as if it had no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CacheWarning {
    /// A row holds nothing that this library wrote under its key.
    Poisoned,
    /// The storage failed.
    Failed(Code),
}

/// What a row's body holds. The key stands in it too, so that a row at a wrong place is found out.
#[derive(Serialize, Deserialize)]
struct Body {
    key: String,
    response: LlmResponse,
}

/// Answers from a cache, and asks only once for what several callers want at the same time.
///
/// Only answers of models are kept, and of those only whole ones that pass the check of their
/// [`Call`]. A row that cannot be read, is too old, or fails the check, counts as missing, and so
/// does a cache that fails. Streams come from the cache in one piece.
#[derive(Debug)]
pub struct Cached<C> {
    inner: C,
    provider: String,
    keeper: Keeper,
    flights: Flights,
}

impl<C: LlmClient> Cached<C> {
    /// A layer around a client, which keeps answers for an hour. `provider` names the services
    /// behind it: whoever gives other answers needs another name.
    #[must_use]
    pub fn new(
        inner: C,
        cache: Arc<dyn ResponseCache>,
        provider: impl Into<String>,
        runtime: Runtime,
    ) -> Self {
        Self {
            inner,
            provider: provider.into(),
            keeper: Keeper {
                cache,
                runtime,
                keep_for: Duration::from_secs(3_600),
                by_feature: BTreeMap::new(),
                erasures: Arc::default(),
                recorder: None,
            },
            flights: Flights::default(),
        }
    }

    /// With another time for a feature; zero keeps nothing.
    #[must_use]
    pub fn keeping(mut self, feature: impl Into<String>, time: Duration) -> Self {
        self.keeper.by_feature.insert(feature.into(), time);
        self
    }

    /// With somebody who is told what is wrong with the cache.
    #[must_use]
    pub fn warning(mut self, recorder: Arc<dyn RunRecorder>) -> Self {
        self.keeper.recorder = Some(recorder);
        self
    }

    /// What forgets the answers of this layer.
    #[must_use]
    pub fn eraser(&self) -> Eraser {
        let erasures = Arc::clone(&self.keeper.erasures);
        Eraser { cache: Arc::clone(&self.keeper.cache), erasures }
    }

    /// Asks, and tells those who wait for the same.
    async fn ask(
        &self,
        key: &CacheKey,
        request: &LlmRequest,
        call: &Call,
    ) -> Result<LlmResponse, LlmError> {
        let before = self.keeper.erasures();
        let response = self.inner.complete(request, call).await?;
        self.keeper.keep(key, &response, call, before).await;
        Ok(response)
    }
}

/// Forgets kept answers, those included that are under way.
#[derive(Debug, Clone)]
pub struct Eraser {
    cache: Arc<dyn ResponseCache>,
    erasures: Arc<AtomicU64>,
}

impl Eraser {
    /// Forgets every answer with one of these tags and says how many there were. What is asked for at
    /// the same time is not kept.
    ///
    /// # Errors
    /// Those of the storage. Then answers may be left, and the erasure is to be tried again.
    pub async fn erase(&self, tags: &BTreeSet<String>) -> Result<u64> {
        self.erasures.fetch_add(1, Ordering::SeqCst);
        let mut erased: u64 = 0;
        for tag in tags {
            erased = erased.saturating_add(self.cache.erase(tag).await?);
        }
        Ok(erased)
    }
}

/// What is kept, where, and for how long.
#[derive(Debug, Clone)]
struct Keeper {
    cache: Arc<dyn ResponseCache>,
    runtime: Runtime,
    keep_for: Duration,
    by_feature: BTreeMap<String, Duration>,
    /// How many erasures there were.
    erasures: Arc<AtomicU64>,
    recorder: Option<Arc<dyn RunRecorder>>,
}

impl Keeper {
    fn erasures(&self) -> u64 {
        self.erasures.load(Ordering::SeqCst)
    }

    fn warn(&self, call: &Call, warning: CacheWarning) {
        if let Some(recorder) = &self.recorder {
            recorder.warn(&call.feature, warning);
        }
    }

    fn failed(&self, call: &Call, error: &Error) {
        self.warn(call, CacheWarning::Failed(error.code()));
    }

    async fn look_up(&self, key: &CacheKey, call: &Call) -> Option<LlmResponse> {
        let found = self.cache.get(key).await.map_err(|error| self.failed(call, &error));
        let row = found.ok()??;
        let now = self.runtime.now();
        if row.expires <= now {
            return None;
        }
        let body = serde_json::from_slice(&row.body).ok();
        let Some(body) = body.filter(|body: &Body| body.key == key.as_str()) else {
            self.warn(call, CacheWarning::Poisoned);
            return None;
        };
        if !passes(&body.response, call) {
            return None;
        }
        let age = now.saturating_since(row.stored).as_millis();
        let age = u64::try_from(age).unwrap_or(u64::MAX);
        let origin = Origin::Cache { age };
        Some(LlmResponse { origin, usage: Usage::default(), ..body.response })
    }

    /// Keeps an answer, unless somebody was erased since it was asked for.
    async fn keep(&self, key: &CacheKey, response: &LlmResponse, call: &Call, before: u64) {
        let time = call.keep_for.or_else(|| self.by_feature.get(&call.feature).copied());
        let time = time.unwrap_or(self.keep_for);
        let whole = response.finish == Finish::Stop && response.origin == Origin::Model;
        if time.is_zero() || !whole || !passes(response, call) || self.erasures() != before {
            return;
        }
        let body = Body { key: key.as_str().to_owned(), response: response.clone() };
        let Ok(body) = serde_json::to_vec(&body) else { return };
        let stored = self.runtime.now();
        let expires = stored.saturating_add(time);
        let row = CacheRow { body, stored, expires, tags: call.tags.clone() };
        // An answer is worth more than its place in the cache.
        if let Err(error) = self.cache.put(key, row).await {
            self.failed(call, &error);
        }
        // An erasure that came between has not seen the row.
        if self.erasures() != before {
            for tag in &call.tags {
                if let Err(error) = self.cache.erase(tag).await {
                    self.failed(call, &error);
                }
            }
        }
    }
}

fn passes(response: &LlmResponse, call: &Call) -> bool {
    call.check.as_ref().is_none_or(|check| check.check(&response.text).is_ok())
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl<C: LlmClient> LlmClient for Cached<C> {
    fn capabilities(&self) -> Capabilities {
        self.inner.capabilities()
    }

    async fn complete(&self, request: &LlmRequest, call: &Call) -> Result<LlmResponse, LlmError> {
        let key = CacheKey::of(&self.provider, request, call);
        if call.force_refresh {
            return self.ask(&key, request, call).await;
        }
        loop {
            if let Some(found) = self.keeper.look_up(&key, call).await {
                return Ok(found);
            }
            match self.flights.join(&key) {
                Seat::Pilot(pilot) => {
                    // Somebody may have landed between the look and the seat.
                    let result = match self.keeper.look_up(&key, call).await {
                        Some(found) => Ok(found),
                        None => self.ask(&key, request, call).await,
                    };
                    pilot.land(result.clone());
                    return result;
                }
                Seat::Passenger(waiting) => {
                    if let Some(result) = waiting.await {
                        return result;
                    }
                    // The pilot gave up: somebody else has to fly.
                }
            }
        }
    }

    async fn stream(
        &self,
        request: &LlmRequest,
        call: &Call,
    ) -> Result<Box<dyn EventStream>, LlmError> {
        let key = CacheKey::of(&self.provider, request, call);
        let mut pilot = None;
        while !call.force_refresh && pilot.is_none() {
            if let Some(found) = self.keeper.look_up(&key, call).await {
                return Ok(whole(found));
            }
            match self.flights.join(&key) {
                Seat::Pilot(seat) => match self.keeper.look_up(&key, call).await {
                    Some(found) => {
                        seat.land(Ok(found.clone()));
                        return Ok(whole(found));
                    }
                    None => pilot = Some(seat),
                },
                Seat::Passenger(waiting) => {
                    if let Some(result) = waiting.await {
                        return result.map(whole);
                    }
                }
            }
        }
        let before = self.keeper.erasures();
        let inner = self.inner.stream(request, call).await?;
        let (call, keeper) = (call.clone(), self.keeper.clone());
        Ok(Box::new(Kept { inner, key, call, keeper, before, pilot }))
    }
}

/// A stream whose answer is kept, and told to those who wait for the same. When it ends otherwise,
/// they ask for themselves.
struct Kept {
    inner: Box<dyn EventStream>,
    key: CacheKey,
    call: Call,
    keeper: Keeper,
    before: u64,
    pilot: Option<Pilot>,
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl EventStream for Kept {
    async fn next(&mut self) -> Result<Option<LlmEvent>, LlmError> {
        let event = self.inner.next().await;
        match &event {
            Ok(Some(LlmEvent::Done(response))) => {
                self.keeper.keep(&self.key, response, &self.call, self.before).await;
                if let Some(pilot) = self.pilot.take() {
                    pilot.land(Ok(response.clone()));
                }
            }
            Err(_) => self.pilot = None,
            Ok(_) => {}
        }
        event
    }
}
