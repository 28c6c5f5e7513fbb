//! Numbers that are worked on together, in loops without branches that become vector code.
//!
//! Sums are taken lane by lane and then over the lanes, so that they have the same bits with any width of
//! vectors.

/// How many rows are worked on at once.
pub(crate) const LANES: usize = 8;

/// A number for each lane.
pub(crate) type Lanes = [f64; LANES];

/// `each(lane)` of all lanes; always inlined, since calls would keep loops from becoming vector code.
#[inline(always)]
pub(crate) fn lanes<const N: usize>(each: impl Fn(usize) -> f64) -> [f64; N] {
    let mut all = [0.0; N];
    for (lane, value) in all.iter_mut().enumerate() {
        *value = each(lane);
    }
    all
}

/// The columns of a row for each lane.
pub(crate) fn transposed<const N: usize>(rows: &[[f64; N]; LANES]) -> [Lanes; N] {
    let mut columns = [[0.0; LANES]; N];
    for (lane, row) in rows.iter().enumerate() {
        for (column, value) in columns.iter_mut().zip(row) {
            column.iter_mut().skip(lane).take(1).for_each(|slot| *slot = *value);
        }
    }
    columns
}

/// The rows of each lane, eight at a time; `nobody` stands in the lanes after the last.
pub(crate) fn in_lanes<T: Copy>(rows: &[T], nobody: T) -> impl Iterator<Item = [T; LANES]> {
    rows.chunks(LANES).map(move |rows| {
        let mut all = [nobody; LANES];
        all.iter_mut().zip(rows).for_each(|(lane, row)| *lane = *row);
        all
    })
}
