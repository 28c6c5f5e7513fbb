//! A cache in memory.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::{CacheKey, CacheRow, ResponseCache};
use crate::error::Result;

/// Keeps the answers that were used last, up to a number of rows and of bytes.
///
/// It has no clock and no thread of its own: what is too old is found when it is asked for, or makes
/// room in its turn. So it also works in browsers and tells the same in every replay.
pub struct MemoryCache {
    most_rows: usize,
    most_bytes: usize,
    rows: Mutex<Rows>,
}

#[derive(Default)]
struct Rows {
    by_key: BTreeMap<CacheKey, (u64, CacheRow)>,
    by_use: BTreeMap<u64, CacheKey>,
    uses: u64,
    bytes: usize,
}

impl MemoryCache {
    /// A cache with room for so many rows, and so many bytes of answers.
    #[must_use]
    pub fn new(most_rows: usize, most_bytes: usize) -> Self {
        Self { most_rows, most_bytes, rows: Mutex::default() }
    }

    /// The rows that are kept now.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lock().by_key.len()
    }

    /// Whether nothing is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn lock(&self) -> MutexGuard<'_, Rows> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for MemoryCache {
    /// A thousand rows, 16 MiB.
    fn default() -> Self {
        Self::new(1_000, 16 << 20)
    }
}

impl fmt::Debug for MemoryCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryCache").field("rows", &self.len()).finish_non_exhaustive()
    }
}

impl Rows {
    fn remove(&mut self, key: &CacheKey) -> Option<CacheRow> {
        let (used, row) = self.by_key.remove(key)?;
        self.by_use.remove(&used);
        self.bytes = self.bytes.saturating_sub(row.body.len());
        Some(row)
    }

    fn insert(&mut self, key: CacheKey, row: CacheRow) {
        self.uses += 1;
        self.bytes = self.bytes.saturating_add(row.body.len());
        self.by_use.insert(self.uses, key.clone());
        self.by_key.insert(key, (self.uses, row));
    }
}

#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
impl ResponseCache for MemoryCache {
    async fn get(&self, key: &CacheKey) -> Result<Option<CacheRow>> {
        let mut rows = self.lock();
        let Some(row) = rows.remove(key) else { return Ok(None) };
        rows.insert(key.clone(), row.clone());
        Ok(Some(row))
    }

    async fn put(&self, key: &CacheKey, row: CacheRow) -> Result<()> {
        let mut rows = self.lock();
        rows.remove(key);
        if row.body.len() > self.most_bytes {
            return Ok(());
        }
        rows.insert(key.clone(), row);
        while rows.by_key.len() > self.most_rows || rows.bytes > self.most_bytes {
            let Some(oldest) = rows.by_use.values().next().cloned() else { break };
            rows.remove(&oldest);
        }
        Ok(())
    }

    async fn erase(&self, tag: &str) -> Result<u64> {
        let mut rows = self.lock();
        let tagged = |row: &CacheRow| row.tags.contains(tag);
        let found = rows.by_key.iter().filter(|(_, (_, row))| tagged(row));
        let keys: Vec<CacheKey> = found.map(|(key, _)| key.clone()).collect();
        for key in &keys {
            rows.remove(key);
        }
        Ok(u64::try_from(keys.len()).unwrap_or(u64::MAX))
    }
}
