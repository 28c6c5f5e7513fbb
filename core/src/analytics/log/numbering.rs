//! Ids of a column as dense codes, in the order of first appearance, by several threads.
//!
//! Whole numbers that are close together have a table of their range. Others, and texts, are scattered by
//! their hashes into buckets that fit the cache, and each bucket is numbered by itself; the order of the first
//! rows, which no thread can change, then gives the codes.

use std::hash::{BuildHasher, RandomState};
use std::ops::Range;
use std::sync::OnceLock;

use crate::analytics::parallel::in_threads;
use crate::error::{Error, Result};

/// Codes from 0 of each row, and the row in which each code appears first. Rows without an id have 0.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Numbered {
    pub(crate) codes: Vec<u32>,
    pub(crate) first: Vec<usize>,
}

/// Rows that a thread takes at once, and that a bucket should have.
const ROWS: usize = 65_536;
const MOST_BUCKETS: usize = 1_024;

/// The codes of whole numbers.
///
/// # Errors
/// `input.invalid`: more than 4,294,967,295 different ones.
pub(crate) fn of_integers<T: Copy + Into<i64> + Sync>(
    ids: &[T],
    valid: Option<&[bool]>,
    threads: usize,
) -> Result<Numbered> {
    let there = |row: usize| valid.is_none_or(|valid| valid.get(row) == Some(&true));
    let id = |row: usize| ids.get(row).filter(|_| there(row)).map(|id| (*id).into());
    let wider = |(low, high): (i64, i64), id: i64| (low.min(id), high.max(id));
    let nothing = (i64::MAX, i64::MIN);
    let (low, high) = match valid {
        None => ids.iter().map(|id| (*id).into()).fold(nothing, wider),
        Some(_) => (0..ids.len()).filter_map(id).fold(nothing, wider),
    };
    if low > high {
        return Ok(Numbered { codes: vec![0; ids.len()], first: Vec::new() });
    }
    let range = high.abs_diff(low);
    if let Some(size) = usize::try_from(range).ok().filter(|size| *size / 4 <= ids.len() + 256) {
        return in_range(ids.len(), size + 1, |row| Some(id(row)?.abs_diff(low) as usize));
    }
    let secret = secret();
    // A bijection: equal hashes are equal numbers.
    let hash = |row: usize| Some(mixed(id(row)?.cast_unsigned() ^ secret));
    scattered(ids.len(), hash, |_, _| true, threads)
}

/// The codes of texts, by their bytes.
///
/// # Errors
/// As [`of_integers`].
pub(crate) fn of_texts<'a>(
    rows: usize,
    text: impl Fn(usize) -> Option<&'a [u8]> + Sync,
    threads: usize,
) -> Result<Numbered> {
    let secret = secret();
    let hash = |row: usize| Some(hash_of(text(row)?, secret));
    scattered(rows, hash, |left, right| text(left) == text(right), threads)
}

/// How many threads are worth their start.
pub(crate) fn threads_for(rows: usize) -> usize {
    let all = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    all.min(rows / ROWS).max(1)
}

fn too_many() -> Error {
    Error::invalid("customer", "at most 4294967295 different ids")
}

/// A number that nobody outside knows, so that nobody can choose ids of one hash.
fn secret() -> u64 {
    static SECRET: OnceLock<u64> = OnceLock::new();
    *SECRET.get_or_init(|| RandomState::new().hash_one(0_u64))
}

/// The mixing of splitmix64 (Steele, Lea and Flood, OOPSLA 2014), which loses nothing.
fn mixed(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

fn hash_of(bytes: &[u8], secret: u64) -> u64 {
    // The two halves of a product of 128 bits, as in wyhash by Wang Yi.
    let fold = |state: u64, word: u64| {
        let product = u128::from(state ^ word) * u128::from(secret | 1);
        (product as u64) ^ ((product >> 64) as u64)
    };
    let word = |chunk: &[u8]| {
        let mut word = [0; 8];
        word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        u64::from_le_bytes(word)
    };
    let chunks = bytes.chunks_exact(8);
    let rest = chunks.remainder();
    let state = chunks.fold(bytes.len() as u64, |state, chunk| {
        fold(state.wrapping_add(0x9e37_79b9_7f4a_7c15), word(chunk))
    });
    mixed(fold(state, word(rest)) ^ secret)
}

/// The codes of places in a range.
fn in_range(rows: usize, size: usize, place: impl Fn(usize) -> Option<usize>) -> Result<Numbered> {
    let mut known = vec![u32::MAX; size];
    let mut numbered = Numbered { codes: Vec::with_capacity(rows), first: Vec::new() };
    for row in 0..rows {
        let code = match place(row).and_then(|place| known.get_mut(place)) {
            None => 0,
            Some(known) => {
                if *known == u32::MAX {
                    let next = u32::try_from(numbered.first.len()).ok();
                    *known = next.filter(|next| *next != u32::MAX).ok_or_else(too_many)?;
                    numbered.first.push(row);
                }
                *known
            }
        };
        numbered.codes.push(code);
    }
    Ok(numbered)
}

/// The hashes of a range of rows, bucket by bucket, each with its row.
struct Scattered {
    rows: Range<usize>,
    hashes: Vec<(u64, u32)>,
    /// Where each bucket ends.
    ends: Vec<usize>,
}

impl Scattered {
    fn new(rows: Range<usize>, buckets: u32, hash: impl Fn(usize) -> Option<u64>) -> Self {
        let hashes: Vec<Option<u64>> = rows.clone().map(hash).collect();
        let bucket = |hash: u64| hash.checked_shr(64 - buckets).unwrap_or(0) as usize;
        let mut ends = vec![0; (1 << buckets) + 1];
        for hash in hashes.iter().flatten() {
            if let Some(count) = ends.get_mut(bucket(*hash) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        let mut sorted = vec![(0, 0); sum];
        for (row, hash) in (0..).zip(hashes) {
            let Some(hash) = hash else { continue };
            if let Some(end) = ends.get_mut(bucket(hash)) {
                if let Some(slot) = sorted.get_mut(*end) {
                    *slot = (hash, row);
                }
                *end += 1;
            }
        }
        ends.pop();
        Self { rows, hashes: sorted, ends }
    }

    fn bucket(&self, bucket: usize) -> &[(u64, u32)] {
        let begin = bucket.checked_sub(1).and_then(|before| self.ends.get(before)).unwrap_or(&0);
        let end = self.ends.get(bucket).unwrap_or(begin);
        self.hashes.get(*begin..*end).unwrap_or_default()
    }
}

/// What stands in a bucket: the first row of each id, and for each row the place of its id.
struct Bucket {
    first: Vec<usize>,
    places: Vec<u32>,
}

impl Bucket {
    fn new(parts: &[Scattered], bucket: usize, same: impl Fn(usize, usize) -> bool) -> Self {
        let count: usize = parts.iter().map(|part| part.bucket(bucket).len()).sum();
        let mask = (count * 2).next_power_of_two() - 1;
        let mut slots: Vec<(u64, u32)> = vec![(0, 0); mask + 1];
        let (mut first, mut places) = (Vec::new(), Vec::with_capacity(count));
        for part in parts {
            for (hash, row) in part.bucket(bucket) {
                let row = part.rows.start + *row as usize;
                let mut at = *hash as usize & mask;
                let place = loop {
                    let Some(slot) = slots.get_mut(at) else { break 0 };
                    let known = first.get((slot.1 as usize).wrapping_sub(1));
                    match known {
                        None => {
                            first.push(row);
                            *slot = (*hash, u32::try_from(first.len()).unwrap_or(u32::MAX));
                            break slot.1 - 1;
                        }
                        Some(known) if slot.0 == *hash && same(*known, row) => break slot.1 - 1,
                        Some(_) => at = (at + 1) & mask,
                    }
                };
                places.push(place);
            }
        }
        Self { first, places }
    }
}

fn scattered(
    rows: usize,
    hash: impl Fn(usize) -> Option<u64> + Sync,
    same: impl Fn(usize, usize) -> bool + Sync,
    threads: usize,
) -> Result<Numbered> {
    let count = (rows / ROWS).clamp(1, MOST_BUCKETS).next_power_of_two();
    let buckets = count.trailing_zeros();
    let ranges = (0..rows).step_by(ROWS).map(|begin| begin..(begin + ROWS).min(rows)).collect();
    let parts = in_threads(threads, ranges, |range| Scattered::new(range, buckets, &hash));
    let numbered =
        in_threads(threads, (0..count).collect(), |bucket| Bucket::new(&parts, bucket, &same));
    // A bit for each row in which an id appears first; how many are before is its code.
    let mut bits = vec![0_u64; rows.div_ceil(64)];
    for row in numbered.iter().flat_map(|bucket| &bucket.first) {
        if let Some(word) = bits.get_mut(row / 64) {
            *word |= 1 << (row % 64);
        }
    }
    let mut before = Vec::with_capacity(bits.len());
    let mut first = Vec::with_capacity(numbered.iter().map(|bucket| bucket.first.len()).sum());
    for (place, word) in bits.iter().enumerate() {
        before.push(u32::try_from(first.len()).map_err(|_| too_many())?);
        let mut rest = *word;
        while rest != 0 {
            first.push(place * 64 + rest.trailing_zeros() as usize);
            rest &= rest - 1;
        }
    }
    u32::try_from(first.len()).map_err(|_| too_many())?;
    let code = |row: &usize| {
        let below = bits.get(row / 64).map_or(0, |word| word & ((1 << (row % 64)) - 1));
        before.get(row / 64).map_or(0, |before| before + below.count_ones())
    };
    let of_bucket: Vec<Vec<u32>> = in_threads(threads, numbered.iter().collect(), |bucket| {
        bucket.first.iter().map(code).collect()
    });
    // Where the rows of each part begin in each bucket.
    let mut begins = vec![0_usize; count];
    let mut codes = vec![0; rows];
    let work = parts.iter().zip(codes.chunks_mut(ROWS)).map(|(part, codes)| {
        let from = begins.clone();
        for (bucket, begin) in begins.iter_mut().enumerate() {
            *begin += part.bucket(bucket).len();
        }
        (part, codes, from)
    });
    in_threads(
        threads,
        work.collect(),
        |(part, codes, from): (&Scattered, &mut [u32], Vec<usize>)| {
            for (bucket, begin) in from.into_iter().enumerate() {
                let rows = part.bucket(bucket);
                let places = numbered.get(bucket).and_then(|bucket| bucket.places.get(begin..));
                let of_bucket = of_bucket.get(bucket).map(Vec::as_slice).unwrap_or_default();
                for ((_, row), place) in rows.iter().zip(places.unwrap_or_default()) {
                    if let Some(code) = codes.get_mut(*row as usize) {
                        *code = of_bucket.get(*place as usize).copied().unwrap_or(0);
                    }
                }
            }
        },
    );
    Ok(Numbered { codes, first })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Row by row, with a map.
    fn naive<K: Ord>(ids: impl Iterator<Item = Option<K>>) -> Numbered {
        let (mut known, mut numbered) = (BTreeMap::new(), Numbered::default());
        for (row, id) in ids.enumerate() {
            let next = known.len() as u32;
            let code = id.map(|id| *known.entry(id).or_insert(next));
            if code == Some(next) {
                numbered.first.push(row);
            }
            numbered.codes.push(code.unwrap_or(0));
        }
        numbered
    }

    #[test]
    fn codes_are_those_of_a_map_for_any_number_of_threads() {
        let rows = 3 * ROWS + 17;
        let there = |row: usize| row % 11 != 3;
        for (step, modulo) in [(1, 9_001), (7_919, 70_001), (i64::MAX / 100_000, 90_001)] {
            let id = |row: usize| (row as i64 * 104_729) % modulo * step - step;
            let ids: Vec<i64> = (0..rows).map(id).collect();
            let expected = naive((0..rows).map(|row| there(row).then(|| ids[row])));
            let texts: Vec<String> = ids
                .iter()
                .map(|id| format!("{:>width$}", id, width = id.unsigned_abs() as usize % 30))
                .collect();
            let text = |row: usize| there(row).then(|| texts[row].as_bytes());
            let valid: Vec<bool> = (0..rows).map(there).collect();
            for threads in [1, 2, 5] {
                assert_eq!(of_integers(&ids, Some(&valid), threads).unwrap(), expected);
                assert_eq!(of_texts(rows, text, threads).unwrap(), expected);
            }
        }
    }

    #[test]
    fn equal_hashes_of_other_ids_stay_apart() {
        let ids: Vec<u64> = (0..5_000).map(|row| row % 977).collect();
        let same = |left: usize, right: usize| ids[left] == ids[right];
        let hash = |row: usize| Some(ids[row] % 3);
        let expected = naive(ids.iter().map(Some));
        assert_eq!(scattered(ids.len(), hash, same, 2).unwrap(), expected);
    }

    #[test]
    fn few_rows_and_wide_ranges() {
        let numbered = |ids: &[i64]| of_integers(ids, None, 1).unwrap();
        assert_eq!(numbered(&[]), Numbered::default());
        let wide = numbered(&[i64::MAX, i64::MIN, i64::MAX]);
        assert_eq!((wide.codes, wide.first), (vec![0, 1, 0], vec![0, 1]));
        let none = of_integers(&[5_i64, 6], Some(&[false; 2]), 1).unwrap();
        assert_eq!((none.codes, none.first), (vec![0, 0], vec![]));
        let empty = of_texts(3, |row| Some(if row == 1 { b"a" } else { &b""[..] }), 1).unwrap();
        assert_eq!(empty.codes, [0, 1, 0]);
    }
}
