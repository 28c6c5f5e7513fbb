//! What a log must do, by itself and as a store.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;

use crate::Wait as _;
use crate::audit::AuditKeys;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::store::change::{ChangeSet, Outcome};
use crate::store::log::{Log, LogEntry, LogStore};
use crate::store::query::{Answer, Query};
use crate::store::testing::{CASES, Failure, Verdict, same};

type Check = fn(&dyn Log) -> Verdict;

/// What only a log is asked.
const LOG_CASES: &[(&str, Check)] = &[
    ("entries_come_back_as_they_were", entries_come_back_as_they_were),
    ("a_taken_place_is_refused", a_taken_place_is_refused),
    ("pages_of_the_log_are_the_whole", pages_of_the_log_are_the_whole),
];

/// The names of the checks for logs.
pub fn log_checks() -> impl Iterator<Item = &'static str> {
    LOG_CASES.iter().map(|(name, _)| *name).chain(CASES.iter().map(|case| case.name))
}

/// Puts a new, empty log to the check of this name: by itself, or as the store of two engines that take
/// turns, each with a memory of its own.
///
/// # Errors
/// What the log did that it must not.
pub fn check_log(name: &str, log: impl Log + 'static) -> Verdict {
    if let Some((_, check)) = LOG_CASES.iter().find(|(known, _)| *known == name) {
        return check(&log);
    }
    let case = CASES.iter().find(|case| case.name == name);
    let case = case.ok_or_else(|| Error::invalid("check", "the name of a check"))?;
    case.run(Arc::new(InTurn::over(log)))
}

fn append(log: &dyn Log, after: u64, entry: &str) -> Result<bool> {
    log.append(after, entry.to_owned()).wait()
}

fn entries(log: &dyn Log, after: u64) -> Result<Vec<LogEntry>> {
    log.read(after).wait()
}

fn expected(position: u64, entry: &str) -> LogEntry {
    LogEntry { position, entry: entry.to_owned() }
}

fn entries_come_back_as_they_were(log: &dyn Log) -> Verdict {
    let long = "x".repeat(1 << 20);
    let texts = [
        "{}",
        r#"{"text":"\"it's\" 100 % \\ ? $1 :name \u0000"}"#,
        "ä \u{1F600} \u{2028} \u{FEFF}",
        &long,
    ];
    same("an empty log", entries(log, 0)?, vec![])?;
    for (after, text) in (0..).zip(texts) {
        same("an entry at a free place", append(log, after, text)?, true)?;
        let found = entries(log, after)?;
        if found != [expected(after + 1, text)] {
            return Err(Failure(format!("entry {} is not as it was", after + 1)));
        }
    }
    same("the end", entries(log, 4)?, vec![])
}

fn a_taken_place_is_refused(log: &dyn Log) -> Verdict {
    same("the first entry", append(log, 0, "one")?, true)?;
    same("another first entry", append(log, 0, "other")?, false)?;
    same("the second entry", append(log, 1, "two")?, true)?;
    same("the second entry again", append(log, 1, "two")?, false)?;
    same("the first entry once more", append(log, 0, "one")?, false)?;
    let mut found = entries(log, 0)?;
    if found.len() == 1 {
        found.extend(entries(log, 1)?);
    }
    same("the entries", found, vec![expected(1, "one"), expected(2, "two")])
}

fn pages_of_the_log_are_the_whole(log: &dyn Log) -> Verdict {
    const MANY: u64 = 1_234;
    for after in 0..MANY {
        same("an entry at a free place", append(log, after, &after.to_string())?, true)?;
    }
    let mut found = 0;
    loop {
        let page = entries(log, found)?;
        if page.is_empty() {
            return same("the entries", found, MANY);
        }
        for entry in page {
            same("an entry", entry, expected(found + 1, &found.to_string()))?;
            found += 1;
        }
    }
}

/// Two stores over one log, as two processes have them: each call goes to the other one.
#[derive(Debug)]
struct InTurn {
    stores: [LogStore; 2],
    calls: AtomicUsize,
}

impl InTurn {
    fn over(log: impl Log + 'static) -> Self {
        let log: Arc<dyn Log> = Arc::new(log);
        let stores = [LogStore::new(Arc::clone(&log)), LogStore::new(log)];
        Self { stores, calls: AtomicUsize::new(0) }
    }

    fn next(&self) -> &LogStore {
        let [one, other] = &self.stores;
        if self.calls.fetch_add(1, Ordering::Relaxed).is_multiple_of(2) { one } else { other }
    }
}

#[async_trait]
impl Store for InTurn {
    async fn read(&self, query: Query) -> Result<Answer> {
        self.next().read(query).await
    }

    async fn commit(&self, changes: ChangeSet, keys: &AuditKeys) -> Result<Outcome> {
        self.next().commit(changes, keys).await
    }
}
