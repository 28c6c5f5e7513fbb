//! Distinct keys, numbered in the order in which they are first seen.

#![expect(
    clippy::indexing_slicing,
    reason = "slots are masked to the table, and hold places of keys"
)]

/// A table of keys of N words: open addressing with a fixed hash, so that nothing about it is random.
#[derive(Debug, Clone)]
pub(crate) struct Distinct<const N: usize> {
    /// The place of a key plus 1, or 0.
    slots: Vec<u32>,
    keys: Vec<[u64; N]>,
}

impl<const N: usize> Distinct<N> {
    pub(crate) fn new() -> Self {
        Self { slots: vec![0; 1024], keys: Vec::new() }
    }

    /// The keys, in the order of their places.
    pub(crate) fn keys(&self) -> &[[u64; N]] {
        &self.keys
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
        assert_eq!(distinct.keys().len(), 5000);
    }
}
