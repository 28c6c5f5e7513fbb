//! Work on many rows by several threads, with the same bits whatever their number is.
//!
//! Rows are cut into chunks of a fixed size, and the results of the chunks come back in their order. Where
//! there are no threads, as in a browser, the chunks are worked on one after the other.

use std::sync::{Mutex, OnceLock, PoisonError};

/// Rows of one piece of work.
const CHUNK: usize = 4096;

/// How many threads the machine offers; 1 where it does not say so.
fn threads() -> usize {
    static COUNT: OnceLock<usize> = OnceLock::new();
    *COUNT.get_or_init(|| std::thread::available_parallelism().map_or(1, usize::from))
}

/// Threads for work on so many rows: one where others would take longer to start.
pub(crate) fn threads_for(rows: usize) -> usize {
    if rows <= CHUNK { 1 } else { threads() }
}

/// The results of `each(place of the first row, rows)` for the chunks of the rows, in their order.
pub(crate) fn chunks<T: Sync, R: Send>(
    rows: &[T],
    each: impl Fn(usize, &[T]) -> R + Sync,
) -> Vec<R> {
    by_threads(rows, threads_for(rows.len()), each)
}

/// As many numbers as `size`, which `each(place of the first, slots)` writes chunk by chunk.
pub(crate) fn fill<R: Clone + Default + Send>(
    size: usize,
    each: impl Fn(usize, &mut [R]) + Sync,
) -> Vec<R> {
    let mut all = vec![R::default(); size];
    let work: Vec<(usize, &mut [R])> = (0..).step_by(CHUNK).zip(all.chunks_mut(CHUNK)).collect();
    in_threads(threads_for(size), work, |(first, slots)| each(first, slots));
    all
}

/// Columns of as many numbers as `size`, which `each(place of the first, slots of every column)` writes chunk by chunk.
pub(crate) fn fill_columns<const N: usize>(
    size: usize,
    each: impl Fn(usize, [&mut [f64]; N]) + Sync,
) -> [Vec<f64>; N] {
    let mut all = [(); N].map(|()| vec![0.0; size]);
    let mut parts = all.each_mut().map(|column| column.chunks_mut(CHUNK));
    let slots = |first| (first, parts.each_mut().map(|part| part.next().unwrap_or_default()));
    let work: Vec<(usize, [&mut [f64]; N])> = (0..size).step_by(CHUNK).map(slots).collect();
    in_threads(threads_for(size), work, |(first, slots)| each(first, slots));
    all
}

/// The results of `each(place, row)`, in the order of the rows.
pub(crate) fn map<T: Sync, R: Clone + Default + Send>(
    rows: &[T],
    each: impl Fn(usize, &T) -> R + Sync,
) -> Vec<R> {
    fill(rows.len(), |first, slots| {
        let rows = rows.iter().skip(first);
        for (place, (slot, row)) in slots.iter_mut().zip(rows).enumerate() {
            *slot = each(first + place, row);
        }
    })
}

fn by_threads<T: Sync, R: Send>(
    rows: &[T],
    threads: usize,
    each: impl Fn(usize, &[T]) -> R + Sync,
) -> Vec<R> {
    let work: Vec<(usize, &[T])> = (0..).step_by(CHUNK).zip(rows.chunks(CHUNK)).collect();
    in_threads(threads, work, |(first, chunk)| each(first, chunk))
}

/// The results of pieces of work, in the order of the work.
pub(crate) fn in_threads<W: Send, R: Send>(
    threads: usize,
    work: Vec<W>,
    task: impl Fn(W) -> R + Sync,
) -> Vec<R> {
    let count = threads.min(work.len());
    if count <= 1 {
        return work.into_iter().map(task).collect();
    }
    let queue = Mutex::new(work.into_iter().enumerate());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let worker = || {
        let mut done = Vec::new();
        while let Some((place, piece)) = next() {
            done.push((place, task(piece)));
        }
        done
    };
    let mut done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..count)
            // A machine that gives no thread leaves the work to those that are there.
            .map_while(|_| std::thread::Builder::new().spawn_scoped(scope, worker).ok())
            .collect();
        let mut done = worker();
        for other in others {
            match other.join() {
                Ok(part) => done.extend(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_of_threads_does_not_show() {
        let rows: Vec<f64> = (0..50_000).map(|row| (f64::from(row) * 0.7).sin()).collect();
        let sums = |threads| by_threads(&rows, threads, |_, part| part.iter().sum::<f64>());
        let one = sums(1);
        assert_eq!(one.len(), 13);
        for threads in [2, 3, 7, 64] {
            assert_eq!(one, sums(threads));
        }
        assert_eq!(map(&rows, |place, row| (place, *row)).len(), 50_000);
        assert!(
            map(&rows, |place, row| (place, *row)).iter().enumerate().all(|(a, (b, _))| a == *b)
        );
        assert!(map(&[] as &[f64], |_, row| *row).is_empty());
    }
}
