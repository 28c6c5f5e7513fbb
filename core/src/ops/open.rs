//! Opening an engine for a host.

use std::sync::{Arc, PoisonError, RwLock};

use async_trait::async_trait;
use serde::Deserialize;

use crate::audit::{AuditKey, AuditKeys};
use crate::engine::Engine;
use crate::error::{Code, Error, Result};
use crate::ids::{IdSource, SeededIds, SystemIds};
#[cfg(all(feature = "llm", not(target_family = "wasm")))]
use crate::llm::Assistant;
#[cfg(feature = "llm-http")]
use crate::ops::HostFunction;
#[cfg(feature = "llm-http")]
use crate::ops::models::{Background, connected};
#[cfg(all(feature = "llm", not(target_family = "wasm")))]
use crate::ops::models::{ModelOptions, rules};
use crate::ops::read;
#[cfg(all(feature = "llm", not(target_family = "wasm")))]
use crate::ops::streams::Streams;
use crate::store::Store;
use crate::store::log::{Log, LogEntry, LogStore};
use crate::store::memory::MemoryStore;
use crate::time::{Clock, ManualClock, SystemClock, Timestamp};

/// An engine that a host in another language has opened, until it is closed.
#[derive(Debug)]
pub struct Host {
    open: RwLock<Option<Opened>>,
    process: u32,
}

/// What a call needs; a call that is on its way keeps the engine open.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    pub(crate) engine: Engine,
    /// The clock of a reproducible engine.
    pub(crate) clock: Option<Arc<ManualClock>>,
    /// The store over a log of the host's.
    pub(crate) log: Option<Arc<dyn Snapshots>>,
    /// The models that prompts are asked.
    #[cfg(all(feature = "llm", not(target_family = "wasm")))]
    pub(crate) assistant: Assistant,
    /// The answers that come part by part.
    #[cfg(all(feature = "llm", not(target_family = "wasm")))]
    pub(crate) streams: Arc<Streams>,
    /// What the models' connections live on.
    #[cfg(feature = "llm-http")]
    pub(crate) background: Option<Arc<Background>>,
}

/// What is asked of a store over a log beside what every store does. Behind a trait, so that modules for
/// browsers, which have no such store, need not carry it.
#[async_trait]
pub(crate) trait Snapshots: Send + Sync + std::fmt::Debug {
    async fn snapshot(&self) -> Result<LogEntry>;
}

#[async_trait]
impl Snapshots for LogStore {
    async fn snapshot(&self) -> Result<LogEntry> {
        Self::snapshot(self).await
    }
}

impl Host {
    fn new(opened: Opened) -> Self {
        Self { open: RwLock::new(Some(opened)), process: crate::process::id() }
    }

    /// The engine.
    ///
    /// # Errors
    /// `engine.closed`; `engine.forked` in a process that was forked after opening, where files and
    /// locks of the parent must not be used.
    pub fn engine(&self) -> Result<Engine> {
        self.opened().map(|opened| opened.engine)
    }

    pub(crate) fn opened(&self) -> Result<Opened> {
        if self.process != crate::process::id() {
            return Err(Error::new(
                Code::EngineForked,
                "the engine was opened before this process was forked; open it here anew",
            ));
        }
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        open.clone().ok_or_else(|| Error::new(Code::EngineClosed, "the engine was closed"))
    }

    /// Closes the engine; calls that are on their way are finished first. Closing twice is closing.
    pub fn close(&self) {
        let opened = self.open.write().unwrap_or_else(PoisonError::into_inner).take();
        if self.process == crate::process::id() {
            drop(opened);
        } else {
            // What the parent process has open is not this one's to close.
            std::mem::forget(opened);
        }
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.close();
    }
}

/// A key that seals the audit trail.
#[derive(Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenKey {
    /// Its name, which stands in every entry that it seals.
    pub id: String,
    /// 32 random bytes or more, in hexadecimal digits.
    pub secret: String,
}

/// Time and randomness of the caller's: for tests and replays, never for a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reproducible {
    /// The same seed gives the same ids.
    pub seed: u64,
    /// What the clock shows until it is set anew.
    pub now: Timestamp,
}

/// How an engine is opened.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenOptions {
    /// The SQLite file, made if there is none; in memory by default.
    #[serde(default)]
    pub path: Option<String>,
    /// The keys that seal the audit trail: the current one first, then older ones.
    pub keys: Vec<OpenKey>,
    /// Whether an acknowledged commit survives a loss of power (the default) or only a crash of the
    /// process, which is faster.
    #[serde(default)]
    pub survives_power_loss: Option<bool>,
    /// Reads the whole file at opening and refuses one that is damaged.
    #[serde(default)]
    pub integrity_check: bool,
    /// Opens for reading only.
    #[serde(default)]
    pub read_only: bool,
    /// Time and ids of the caller's, for tests and replays.
    #[serde(default)]
    pub reproducible: Option<Reproducible>,
    /// The language models that prompts are asked; rules answer without any.
    #[cfg(all(feature = "llm", not(target_family = "wasm")))]
    #[serde(default)]
    pub models: Option<ModelOptions>,
}

/// What a host passes beside its options.
#[derive(Debug)]
pub struct Parts {
    /// The time, for systems that have no clock for Rust.
    pub clock: Arc<dyn Clock>,
    /// A log in place of a file.
    pub log: Option<Arc<dyn Log>>,
    /// A language model, asked before those of the options. It takes `{"messages": [{"role", "content"}],
    /// …}` and gives `{"ok": "the text"}` or `{"error": {"code": "llm.rate_limited", "retryAfterMs": 100}}`.
    #[cfg(feature = "llm-http")]
    pub model: Option<Arc<dyn HostFunction>>,
}

impl Default for Parts {
    /// The system's clock, and nothing else.
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            log: None,
            #[cfg(feature = "llm-http")]
            model: None,
        }
    }
}

impl std::fmt::Debug for OpenKey {
    /// Without the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenKey").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Opens an engine by options in JSON, those of [`OpenOptions`].
///
/// # Errors
/// `input.*` for the options, and those of `SqliteStore::open_with`.
pub fn open(options: &str) -> Result<Host> {
    open_with(options, Parts::default())
}

/// Opens an engine with parts of the host's. A log is read at the first call.
///
/// # Errors
/// Those of [`open`]; `input.invalid` for a path beside a log.
pub fn open_with(options: &str, parts: Parts) -> Result<Host> {
    let options: OpenOptions = read(options)?;
    let mut snapshots: Option<Arc<dyn Snapshots>> = None;
    let store: Arc<dyn Store> = match (&options.path, parts.log) {
        (None, None) => Arc::new(MemoryStore::new()),
        (Some(path), None) => file(path, &options)?,
        (None, Some(log)) => {
            let log = Arc::new(LogStore::new(log));
            snapshots = Some(Arc::clone(&log) as _);
            log
        }
        (Some(_), Some(_)) => return Err(Error::invalid("path", "no path beside a log")),
    };
    let keys = keys(&options.keys)?;
    let clock = options.reproducible.map(|own| Arc::new(ManualClock::new(own.now)));
    let (time, ids): (Arc<dyn Clock>, Arc<dyn IdSource>) = match (&clock, options.reproducible) {
        (Some(clock), Some(own)) => (Arc::clone(clock) as _, Arc::new(SeededIds::new(own.seed))),
        _ => (parts.clock, Arc::new(SystemIds::default())),
    };
    #[cfg(feature = "llm-http")]
    let (assistant, background) = {
        let given = options.models.clone().unwrap_or_default();
        if given.providers.is_empty() && parts.model.is_none() {
            (rules(options.models.as_ref())?, None)
        } else {
            let (assistant, background) = connected(&given, parts.model)?;
            (assistant, Some(Arc::new(background)))
        }
    };
    #[cfg(all(feature = "llm", not(feature = "llm-http"), not(target_family = "wasm")))]
    let assistant = rules(options.models.as_ref())?;
    Ok(Host::new(Opened {
        engine: Engine::with_parts(store, keys, time, ids),
        clock,
        log: snapshots,
        #[cfg(all(feature = "llm", not(target_family = "wasm")))]
        assistant,
        #[cfg(all(feature = "llm", not(target_family = "wasm")))]
        streams: Arc::default(),
        #[cfg(feature = "llm-http")]
        background,
    }))
}

fn keys(keys: &[OpenKey]) -> Result<AuditKeys> {
    let mut ring: Option<AuditKeys> = None;
    for (place, key) in keys.iter().enumerate() {
        let field = |name: &str| format!("keys[{place}].{name}");
        let secret = crate::audit::unhex(&key.secret)
            .ok_or_else(|| Error::invalid(field("secret"), "hexadecimal digits, 64 or more"))?;
        let key = AuditKey::from_bytes(&key.id, &secret)?;
        ring = Some(match ring {
            None => AuditKeys::new(key),
            Some(ring) => ring.with_older(key),
        });
    }
    ring.ok_or_else(|| Error::field(Code::InputEmpty, "keys", "at least one key"))
}

#[cfg(feature = "sqlite")]
fn file(path: &str, options: &OpenOptions) -> Result<Arc<dyn Store>> {
    use crate::store::sqlite::{SqliteOptions, SqliteStore, Synchronous};

    let synchronous = if options.survives_power_loss.unwrap_or(true) {
        Synchronous::Full
    } else {
        Synchronous::Normal
    };
    let options = SqliteOptions {
        synchronous,
        integrity_check: options.integrity_check,
        read_only: options.read_only,
        ..SqliteOptions::default()
    };
    Ok(Arc::new(SqliteStore::open_with(path, options)?))
}

#[cfg(not(feature = "sqlite"))]
fn file(_: &str, _: &OpenOptions) -> Result<Arc<dyn Store>> {
    Err(Error::new(Code::StoreUnsupported, "this build keeps everything in memory"))
}
