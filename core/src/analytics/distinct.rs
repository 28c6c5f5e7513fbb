//! Distinct keys, numbered in the order in which they are first seen.

#![expect(
    clippy::indexing_slicing,
    reason = "slots are masked to the table, and hold places of keys"
)]

use super::parallel::{in_threads, threads_for};
use crate::error::{Error, Result};

/// Rows that one thread looks through at once.
const PIECE: usize = 131_072;
/// Parts of the keys that are grouped each by itself, small enough for the cache.
const PARTS: usize = 64;

/// A table of keys of N words: open addressing with a fixed hash, so that nothing about it is random.
#[derive(Debug, Clone)]
pub(crate) struct Distinct<const N: usize> {
    /// The place of a key plus 1, or 0.
    slots: Vec<u32>,
    keys: Vec<[u64; N]>,
}

impl<const N: usize> Distinct<N> {
    pub(crate) fn new() -> Self {
        Self { slots: vec![0; 64], keys: Vec::new() }
    }

    /// The place of a key, which is new if it equals the number of keys before.
    pub(crate) fn place(&mut self, key: [u64; N]) -> usize {
        if self.keys.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let slot = self.slot(&key);
        if self.slots[slot] == 0 {
            self.keys.push(key);
            self.slots[slot] = self.keys.len() as u32;
        }
        self.slots[slot] as usize - 1
    }

    /// Where a key stands, or the empty slot where it would.
    fn slot(&self, key: &[u64; N]) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash(key) & mask;
        while self.slots[slot] != 0 && self.keys[self.slots[slot] as usize - 1] != *key {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 4];
        for place in 0..self.keys.len() {
            let slot = self.slot(&self.keys[place]);
            self.slots[slot] = place as u32 + 1;
        }
    }
}

/// The mixing of splitmix64 (Steele, Lea and Flood, OOPSLA 2014), word by word.
fn hash<const N: usize>(key: &[u64; N]) -> usize {
    let mut state = 0_u64;
    for word in key {
        state = (state ^ word).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state ^= state >> 29;
    }
    (state.wrapping_mul(0x94d0_49bb_1331_11eb) >> 31) as usize
}

/// The distinct keys of so many rows, and the place of each row's key among them, by several threads.
pub(crate) fn places<const N: usize>(
    rows: usize,
    key: impl Fn(usize) -> [u64; N] + Sync,
) -> (Vec<[u64; N]>, Vec<u32>) {
    let pieces: Vec<_> = (0..rows).step_by(PIECE).map(|row| row..rows.min(row + PIECE)).collect();
    let threads = threads_for(rows);
    let found = in_threads(threads, pieces, |piece| {
        let mut distinct = Distinct::<N>::new();
        let places: Vec<u32> = piece.map(|row| distinct.place(key(row)) as u32).collect();
        (distinct.keys, places)
    });
    // The keys of the pieces one after the other stand in the order of the rows, too.
    let mut all = Distinct::<N>::new();
    let moved: Vec<Vec<u32>> = found
        .iter()
        .map(|(keys, _)| keys.iter().map(|key| all.place(*key) as u32).collect())
        .collect();
    let mut places = vec![0_u32; rows];
    let work = places.chunks_mut(PIECE).zip(found.into_iter().zip(moved)).collect();
    in_threads(threads, work, |(slots, ((_, local), moved)): (&mut [u32], _)| {
        slots.iter_mut().zip(local).for_each(|(slot, place)| *slot = moved[place as usize]);
    });
    (all.keys, places)
}

/// The distinct keys of so many rows with the sums of their weights, by several threads, or the error of the
/// first row that has one.
///
/// Keys come in an order that depends on nothing but the keys, and within a part on where they first stood.
pub(crate) fn sums<const N: usize>(
    rows: usize,
    row: impl Fn(usize) -> Result<([u64; N], f64)> + Sync,
) -> Result<Vec<([u64; N], f64)>> {
    let pieces: Vec<_> = (0..rows).step_by(PIECE).map(|row| row..rows.min(row + PIECE)).collect();
    let threads = threads_for(rows);
    let scattered = in_threads(threads, pieces, |piece| {
        let expected = piece.len() / PARTS * 5 / 4;
        let mut parts: Vec<_> = (0..PARTS).map(|_| Vec::with_capacity(expected)).collect();
        for place in piece {
            let (key, weight) = row(place)?;
            parts[(hash(&key) >> 20) % PARTS].push((key, weight));
        }
        Ok::<_, Error>(parts)
    });
    let mut parts = vec![Vec::new(); PARTS];
    for piece in scattered {
        parts.iter_mut().zip(piece?).for_each(|(part, of_piece)| part.push(of_piece));
    }
    let summed = in_threads(threads, parts, |part| {
        let (mut distinct, mut sums) = (Distinct::<N>::new(), Vec::<f64>::new());
        for (key, weight) in part.into_iter().flatten() {
            match sums.get_mut(distinct.place(key)) {
                Some(sum) => *sum += weight,
                None => sums.push(weight),
            }
        }
        (distinct.keys, sums)
    });
    Ok(summed.into_iter().flat_map(|(keys, sums)| keys.into_iter().zip(sums)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_the_first_sight() {
        let mut distinct = Distinct::new();
        for round in 0..2 {
            for number in 0..5000_u64 {
                let key = [number % 7, f64::to_bits(number as f64)];
                assert_eq!(distinct.place(key), number as usize, "{round}");
            }
        }
        assert_eq!(distinct.keys.len(), 5000);
    }

    #[test]
    fn pieces_and_parts_do_not_show() {
        let key = |row: usize| [(row * row % 997) as u64, (row % 3) as u64];
        let rows = 3 * PIECE + 17;
        let mut one = Distinct::new();
        let expected: Vec<u32> = (0..rows).map(|row| one.place(key(row)) as u32).collect();
        let (keys, found) = places(rows, key);
        assert_eq!((keys.as_slice(), found), (one.keys.as_slice(), expected.clone()));
        let sums = sums(rows, |row| Ok((key(row), (row % 5) as f64))).unwrap();
        assert_eq!(sums.len(), keys.len());
        for (key, sum) in sums.into_iter().step_by(100) {
            let place = one.place(key) as u32;
            let same = expected.iter().enumerate().filter(|(_, other)| **other == place);
            assert_eq!(sum, same.map(|(row, _)| (row % 5) as f64).sum::<f64>());
        }
        let late = |row| {
            let error = Error::invalid("key", "a key").with("row", row);
            if row < PIECE + 9 { Ok((key(row), 1.0)) } else { Err(error) }
        };
        assert_eq!(super::sums(rows, late).unwrap_err().details()["row"], PIECE + 9);
    }
}
