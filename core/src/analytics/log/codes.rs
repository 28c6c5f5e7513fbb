//! Dense codes of customer ids.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use crate::error::{Error, Result};

/// Customer ids of any kind as codes from 0, in the order in which the ids first appear.
///
/// Integers, texts, UUIDs and whatever else can be compared; the codes of a dictionary column (Arrow
/// dictionaries, categoricals) are codes already and need none of this.
///
/// ```
/// use goodwill::analytics::CustomerCodes;
///
/// let customers = CustomerCodes::encode(["c-7", "c-2", "c-7"])?;
/// assert_eq!((customers.codes, customers.ids), (vec![0, 1, 0], vec!["c-7", "c-2"]));
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerCodes<Id> {
    /// The code of each row: the place of its id in `ids`.
    pub codes: Vec<u32>,
    /// The id of each code.
    pub ids: Vec<Id>,
}

impl<Id: Clone + Eq + Hash> CustomerCodes<Id> {
    /// The codes of a column of ids.
    ///
    /// # Errors
    /// `input.invalid`: more than 4,294,967,295 different ids.
    pub fn encode(ids: impl IntoIterator<Item = Id>) -> Result<Self> {
        let ids = ids.into_iter();
        let mut codes = Vec::with_capacity(ids.size_hint().0);
        let mut distinct = Vec::new();
        let mut places: HashMap<Id, u32, Mixed> = HashMap::with_hasher(Mixed::new());
        for id in ids {
            let next = u32::try_from(distinct.len());
            let code = match places.entry(id) {
                Entry::Occupied(place) => *place.get(),
                Entry::Vacant(place) => {
                    let next = next.map_err(|_| too_many())?;
                    distinct.push(place.key().clone());
                    *place.insert(next)
                }
            };
            codes.push(code);
        }
        Ok(Self { codes, ids: distinct })
    }
}

fn too_many() -> Error {
    Error::invalid("customer", "at most 4294967295 different ids")
}

/// Hashes integers by two multiplications with a secret of the process, everything else like the standard
/// library. No order of the map reaches a result.
#[derive(Debug, Clone)]
struct Mixed {
    other: RandomState,
    secret: u64,
}

impl Mixed {
    fn new() -> Self {
        let other = RandomState::new();
        let secret = other.hash_one(0_u64);
        Self { other, secret }
    }
}

impl BuildHasher for Mixed {
    type Hasher = MixedHasher;

    fn build_hasher(&self) -> MixedHasher {
        MixedHasher { state: self.secret, other: None, build: self.other.clone() }
    }
}

struct MixedHasher {
    state: u64,
    other: Option<<RandomState as BuildHasher>::Hasher>,
    build: RandomState,
}

impl MixedHasher {
    fn mix(&mut self, value: u64) {
        // The two halves of a product of 128 bits, as in wyhash by Wang Yi.
        let product =
            u128::from(value ^ self.state) * u128::from(0x9e37_79b9_7f4a_7c15_u64 ^ self.state | 1);
        self.state = (product as u64) ^ ((product >> 64) as u64);
    }
}

impl Hasher for MixedHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.other.get_or_insert_with(|| self.build.build_hasher()).write(bytes);
    }

    fn write_u8(&mut self, value: u8) {
        self.mix(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.mix(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.mix(value);
    }

    fn write_i32(&mut self, value: i32) {
        self.mix(u64::from(value.cast_unsigned()));
    }

    fn write_i64(&mut self, value: i64) {
        self.mix(value.cast_unsigned());
    }

    fn write_u128(&mut self, value: u128) {
        self.mix(value as u64);
        self.mix((value >> 64) as u64);
    }

    fn write_usize(&mut self, value: usize) {
        self.mix(value as u64);
    }

    fn finish(&self) -> u64 {
        self.state ^ self.other.as_ref().map_or(0, Hasher::finish)
    }
}
