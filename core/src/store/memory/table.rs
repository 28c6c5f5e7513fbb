//! The table of the memory store in browsers: entries in one list, in the order of their keys.
//!
//! An ordered map of the standard library is the faster one for millions of records, and each kind of
//! record brings its own copy of the code that keeps it balanced. Here all kinds share most of it,
//! which a page has to load. New keys are mostly the greatest, so that an entry is mostly put at the end.

use std::fmt;
use std::ops::{Bound, RangeBounds};

/// Values by their keys, in the order of these.
pub(in crate::store) struct Table<K, V> {
    entries: Vec<Box<(K, V)>>,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

impl<K, V> fmt::Debug for Table<K, V> {
    /// Without what it holds: that is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").finish_non_exhaustive()
    }
}

impl<K: Ord, V> Table<K, V> {
    /// Where a key is, or where it would be.
    fn place(&self, key: &K) -> Result<usize, usize> {
        self.entries.binary_search_by(|entry| entry.0.cmp(key))
    }

    pub(in crate::store) fn get(&self, key: &K) -> Option<&V> {
        let place = self.place(key).ok()?;
        self.entries.get(place).map(|entry| &entry.1)
    }

    pub(in crate::store) fn contains_key(&self, key: &K) -> bool {
        self.place(key).is_ok()
    }

    /// Puts a value, and returns the one that was there.
    pub(in crate::store) fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(place) => {
                let entry = self.entries.get_mut(place)?;
                Some(std::mem::replace(&mut entry.1, value))
            }
            Err(place) => {
                self.entries.insert(place, Box::new((key, value)));
                None
            }
        }
    }

    pub(in crate::store) fn remove(&mut self, key: &K) -> Option<V> {
        let place = self.place(key).ok()?;
        let (_, value) = *self.entries.remove(place);
        Some(value)
    }

    pub(in crate::store) fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.entries.iter().map(|entry| (&entry.0, &entry.1))
    }

    pub(in crate::store) fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.entries.iter().map(|entry| &entry.0)
    }

    pub(in crate::store) fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.entries.iter().map(|entry| &entry.1)
    }

    /// The entry with the greatest key.
    pub(in crate::store) fn last_key_value(&self) -> Option<(&K, &V)> {
        self.iter().next_back()
    }

    /// The entries whose keys are within bounds.
    pub(in crate::store) fn range(
        &self,
        bounds: impl RangeBounds<K>,
    ) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        let start = match bounds.start_bound() {
            Bound::Included(key) => self.before(key),
            Bound::Excluded(key) => self.until(key),
            Bound::Unbounded => 0,
        };
        let end = match bounds.end_bound() {
            Bound::Included(key) => self.until(key),
            Bound::Excluded(key) => self.before(key),
            Bound::Unbounded => self.entries.len(),
        };
        let within = self.entries.get(start..end).unwrap_or_default();
        within.iter().map(|entry| (&entry.0, &entry.1))
    }

    /// How many entries have lesser keys.
    fn before(&self, key: &K) -> usize {
        self.place(key).unwrap_or_else(|place| place)
    }

    /// How many entries have keys that are not greater.
    fn until(&self, key: &K) -> usize {
        self.place(key).map_or_else(|place| place, |place| place + 1)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever is put and taken away, it holds what an ordered map holds.
        #[test]
        fn it_is_an_ordered_map(
            writes in prop::collection::vec((0u8..40, prop::option::of(0u16..9)), 0..200),
            (low, high) in (0u8..40, 0u8..40),
        ) {
            let (mut table, mut model) = (Table::default(), BTreeMap::new());
            for (key, value) in writes {
                match value {
                    Some(value) => prop_assert_eq!(table.insert(key, value), model.insert(key, value)),
                    None => prop_assert_eq!(table.remove(&key), model.remove(&key)),
                }
            }
            prop_assert!(table.iter().eq(model.iter()));
            prop_assert!(table.keys().rev().eq(model.keys().rev()));
            prop_assert!(table.values().eq(model.values()));
            prop_assert_eq!(table.last_key_value(), model.last_key_value());
            prop_assert_eq!(table.get(&low), model.get(&low));
            prop_assert_eq!(table.contains_key(&high), model.contains_key(&high));
            prop_assert!(table.range(low..).eq(model.range(low..)));
            prop_assert!(table.range(..high).eq(model.range(..high)));
            if low <= high {
                prop_assert!(table.range(low..=high).eq(model.range(low..=high)));
                prop_assert!(table.range(low..high).rev().eq(model.range(low..high).rev()));
            }
            let after = (Bound::Excluded(low), Bound::Unbounded);
            prop_assert!(table.range(after).eq(model.range(after)));
        }
    }
}
