//! Rows of a log, customer by customer.
//!
//! Rows are first scattered into buckets by the upper bits of the customer's code, each small enough for
//! the cache; there they are counted into their places (a radix sort of two passes, and of three where they do
//! not stand in the order of time). Threads read ranges of rows and later take whole buckets. A customer's
//! rows are in one bucket, in the order of the log, so that the number of threads shows nowhere.

use std::collections::BTreeSet;

use crate::analytics::parallel::in_threads;
use crate::error::{Error, Result};

use super::purchases::{Refusal, sort_rows};
use super::{Amount, OrderCode, Reader, Report, Unsorted};

/// A row: 16 bytes with an amount, 8 without.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Row<A, O> {
    /// The lower bits of the customer, and the time below them.
    key: u64,
    pub(crate) amount: A,
    pub(crate) order: O,
}

/// The years 1 to 9999 in milliseconds, with two days for zones, need 49 bits.
const TIME_BITS: u32 = 49;
const EARLIEST: i64 = -62_135_596_800_000 - 2 * 86_400_000;
/// The bits of the customer that are left beside the time.
const CUSTOMER_BITS: u32 = 64 - TIME_BITS;
/// Rows that a bucket should have: half a megabyte.
const ROWS_PER_BUCKET: usize = 32_768;
const MOST_BUCKETS: usize = 1_024;

impl<A: Amount, O: OrderCode> Row<A, O> {
    /// The instant, in milliseconds since the epoch.
    #[inline]
    pub(crate) fn time(&self) -> i64 {
        (self.key & ((1 << TIME_BITS) - 1)).cast_signed() + EARLIEST
    }

    /// What rows of a customer are sorted by: the instant, purchases before refunds, the order.
    #[inline]
    pub(crate) fn rank(&self) -> (u64, u64, O) {
        (self.key, self.amount.rank(), self.order)
    }
}

/// The rows of each bucket.
type Filled<A, O> = Vec<Vec<Row<A, O>>>;

/// How codes fall into buckets.
#[derive(Debug, Clone, Copy)]
struct Buckets {
    shift: u32,
    count: usize,
}

impl Buckets {
    fn new(last: u32, rows: usize) -> Self {
        let wanted = (rows / ROWS_PER_BUCKET).clamp(1, MOST_BUCKETS).next_power_of_two();
        let bits = 32 - last.leading_zeros();
        let shift = bits.saturating_sub(wanted.trailing_zeros()).min(CUSTOMER_BITS);
        Self { shift, count: (last >> shift) as usize + 1 }
    }

    #[inline]
    fn of(self, customer: u32) -> usize {
        (customer >> self.shift) as usize
    }
}

/// Reads a log, and folds the rows of each customer into parts, which come back in the order of the codes.
///
/// `fold` gets the part, what is used again for the next customer, the report, the customer and the rows,
/// sorted by [`Row::rank`]; `finish` is called when a part has all its customers.
pub(crate) fn by_customer<A, O, Part, Scratch, F>(
    reader: &Reader<'_, A, O>,
    fold: F,
    finish: impl Fn(&mut Part, Scratch) + Sync,
) -> Result<(Vec<Part>, Report)>
where
    A: Amount,
    O: OrderCode,
    Part: Default + Send,
    Scratch: Default,
    F: Fn(&mut Part, &mut Scratch, &mut Report, u32, &mut [Row<A, O>]) -> Result<(), Refusal>
        + Sync,
{
    let log = reader.columns().log;
    let (rows, threads) = (log.rows(), log.threads());
    let last = match log.customer.full() {
        Some(customers) => customers.iter().copied().max(),
        None => (0..rows).filter_map(|row| reader.customer(row)).max(),
    };
    let last = last.unwrap_or(0);
    let buckets = Buckets::new(last, rows);
    let size = rows.div_ceil(threads).max(1);
    let ranges: Vec<_> =
        (0..rows).step_by(size).map(|start| start..(start + size).min(rows)).collect();
    let scattered = in_threads(threads, ranges, |range| scatter(reader, buckets, range));
    let mut report = Report::default();
    let mut filled: Vec<Vec<Vec<Row<A, O>>>> = Vec::new();
    filled.resize_with(buckets.count, Vec::new);
    for result in scattered {
        let (parts, counts) = result?;
        report.add(&counts);
        for (bucket, part) in filled.iter_mut().zip(parts) {
            if !part.is_empty() {
                bucket.push(part);
            }
        }
    }
    let filled: Vec<_> =
        filled.into_iter().enumerate().filter(|(_, parts)| !parts.is_empty()).collect();
    let folded = in_threads(threads, filled, |(bucket, parts)| {
        let (mut part, mut scratch, mut counts) =
            (Part::default(), Scratch::default(), Report::default());
        let first = u32::try_from(bucket << buckets.shift).unwrap_or(u32::MAX);
        let Sorted { mut rows, ends, unsorted } = sort(parts, buckets.shift);
        counts.unsorted += unsorted.iter().map(|count| u64::from(*count)).sum::<u64>();
        let reject = reader.policies().unsorted == Unsorted::Reject;
        let mut rest = rows.as_mut_slice();
        let mut begin = 0;
        for ((index, end), unsorted) in (first..=u32::MAX).zip(ends).zip(unsorted) {
            if end > begin {
                let (own, others) = rest.split_at_mut_checked(end - begin).ok_or_else(lost)?;
                let folded = if reject && unsorted > 0 {
                    Err(Refusal::Unsorted)
                } else {
                    sort_rows(own);
                    fold(&mut part, &mut scratch, &mut counts, index, own)
                };
                folded.map_err(|refusal| explain(reader, index, refusal))?;
                (rest, begin) = (others, end);
            }
        }
        finish(&mut part, scratch);
        Ok::<_, Error>((part, counts))
    });
    let mut parts = Vec::with_capacity(folded.len());
    for result in folded {
        let (part, counts): (Part, Report) = result?;
        report.add(&counts);
        parts.push(part);
    }
    Ok((parts, report))
}

/// The error about the first row of a customer that is refused.
#[cold]
fn explain<A: Amount, O: OrderCode>(
    reader: &Reader<'_, A, O>,
    customer: u32,
    refusal: Refusal,
) -> Error {
    let (mut latest, mut seen) = (i64::MIN, BTreeSet::new());
    let zero = A::Total::default();
    for row in 0..reader.columns().log.rows() {
        if reader.customer(row) != Some(customer) {
            continue;
        }
        if let Ok(Some(reading)) = reader.read(row, &mut Report::default()) {
            let found = match refusal {
                Refusal::Unsorted => reading.time < latest,
                Refusal::Duplicate => {
                    !seen.insert((reading.time, reading.amount.rank(), reading.order))
                }
                Refusal::Excess => reading.amount.total() < zero,
                Refusal::Overflow => true,
            };
            if found {
                return refusal.error(row);
            }
            latest = latest.max(reading.time);
        }
    }
    lost()
}

#[cold]
fn lost() -> Error {
    Error::internal("a row of the log was lost")
}

/// Reads a range of rows into buckets.
fn scatter<A: Amount, O: OrderCode>(
    reader: &Reader<'_, A, O>,
    buckets: Buckets,
    range: std::ops::Range<usize>,
) -> Result<(Filled<A, O>, Report)> {
    let mut counts = vec![0_usize; buckets.count];
    for customer in range.clone().filter_map(|row| reader.customer(row)) {
        if let Some(count) = counts.get_mut(buckets.of(customer)) {
            *count += 1;
        }
    }
    let mut parts: Vec<_> = counts.into_iter().map(Vec::with_capacity).collect();
    let mut report = Report::default();
    let mask = (1_u32 << buckets.shift) - 1;
    for row in range {
        if let Some(reading) = reader.read(row, &mut report)? {
            let time = (reading.time - EARLIEST).cast_unsigned();
            let key = u64::from(reading.customer & mask) << TIME_BITS | time;
            if let Some(part) = parts.get_mut(buckets.of(reading.customer)) {
                part.push(Row { key, amount: reading.amount, order: reading.order });
            }
        }
    }
    Ok((parts, report))
}

/// The rows of a bucket by customer, nearly in the order of time.
struct Sorted<A, O> {
    rows: Vec<Row<A, O>>,
    /// Where each customer's end.
    ends: Vec<usize>,
    /// How many of each customer's stood after a later one.
    unsorted: Vec<u32>,
}

/// The spans of time that rows of a bucket are put into: of hours, where a log is of years.
const SPANS: u64 = 4_096;

fn sort<A: Amount, O: OrderCode>(parts: Vec<Vec<Row<A, O>>>, bits: u32) -> Sorted<A, O> {
    const TIMES: u64 = (1 << TIME_BITS) - 1;
    let customer = |row: &Row<A, O>| (row.key >> TIME_BITS) as usize;
    let mut places = vec![0_usize; (1 << bits) + 1];
    let (mut latest, mut unsorted) = (vec![0_u64; 1 << bits], vec![0_u32; 1 << bits]);
    let (mut begin, mut end, mut some) = (TIMES, 0, false);
    for row in parts.iter().flatten() {
        let (place, time) = (customer(row), row.key & TIMES);
        if let (Some(count), Some(latest), Some(unsorted)) =
            (places.get_mut(place + 1), latest.get_mut(place), unsorted.get_mut(place))
        {
            *count += 1;
            *unsorted += u32::from(time < *latest);
            some |= time < *latest;
            *latest = time.max(*latest);
        }
        (begin, end) = (begin.min(time), end.max(time));
    }
    let count = ends(&mut places);
    let parts = if some {
        // Two passes over all are quicker than sorting the rows of each customer.
        let shift = (end.saturating_sub(begin) / SPANS).checked_ilog2().map_or(0, |bits| bits + 1);
        let span = |row: &Row<A, O>| (((row.key & TIMES) - begin) >> shift) as usize;
        let mut places = vec![0_usize; SPANS as usize + 2];
        for row in parts.iter().flatten() {
            if let Some(count) = places.get_mut(span(row) + 1) {
                *count += 1;
            }
        }
        ends(&mut places);
        vec![placed(parts, &mut places, count, span)]
    } else {
        parts
    };
    let rows = placed(parts, &mut places, count, customer);
    // Each place has moved on to the end of its customer; the last one counts everything.
    places.pop();
    Sorted { rows, ends: places, unsorted }
}

/// Turns counts into the sums of those up to each, and gives the sum of all.
fn ends(counts: &mut [usize]) -> usize {
    let mut sum = 0;
    for count in counts {
        sum += *count;
        *count = sum;
    }
    sum
}

/// Puts each row of parts to the place of its class, and that one on.
fn placed<A: Amount, O: OrderCode>(
    parts: Vec<Vec<Row<A, O>>>,
    places: &mut [usize],
    count: usize,
    class: impl Fn(&Row<A, O>) -> usize,
) -> Vec<Row<A, O>> {
    let mut rows = vec![Row::default(); count];
    for row in parts.into_iter().flatten() {
        if let Some(place) = places.get_mut(class(&row)) {
            if let Some(slot) = rows.get_mut(*place) {
                *slot = row;
            }
            *place += 1;
        }
    }
    rows
}
