//! From values to scores.

use serde::{Deserialize, Serialize};

use super::RfmOptions;
use crate::error::{Error, Result};

/// How values become scores from 1 to n.
///
/// Values are put into n classes from the lowest; class and score are the same for frequency and monetary
/// value, while the class of the fewest days has score n. But for `Ntile`, a class has the values above one
/// edge and up to the next, so that equal values have equal scores. Edges may be equal where many customers
/// have one value; the classes between them are empty, and so is the highest where more than one in n have
/// the highest value. A column with one value only is all in class 1: if all
/// customers bought once, each has frequency 1; if all last bought on one day, each has recency n.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scoring {
    /// Edge k is the value of rank ⌈k N / n⌉ of N customers: quantiles of type 1 in Hyndman and Fan (1996).
    #[default]
    Values,
    /// Edge k is interpolated between ranks, (N − 1) k / n from the lowest: type 7, as `qcut` in pandas, which
    /// is an error there where edges are equal.
    Qcut,
    /// Classes of equal size, the worst customers first, as `NTILE` in SQL: the first N mod n classes
    /// have one more. Of equal customers, the one with the lower code is in the lower class.
    Ntile,
    /// Given edges, n − 1 for each column, ascending.
    Cuts {
        /// Edges in days.
        recency: Vec<f64>,
        /// Edges of the frequency.
        frequency: Vec<f64>,
        /// Edges in the unit of the amounts.
        monetary: Vec<f64>,
    },
}

impl Scoring {
    pub(super) fn check(&self, scores: u8) -> Result<()> {
        let Self::Cuts { recency, frequency, monetary } = self else {
            return Ok(());
        };
        for (field, cuts) in
            [("recency", recency), ("frequency", frequency), ("monetary", monetary)]
        {
            let ascending = cuts.windows(2).all(|pair| pair.first() < pair.last());
            let finite = cuts.iter().all(|cut| cut.is_finite());
            if cuts.len() + 1 != usize::from(scores) || !ascending || !finite {
                let accepted = "ascending finite cuts, one less than there are scores";
                return Err(Error::invalid(field, accepted));
            }
        }
        Ok(())
    }
}

/// The customers with one score.
///
/// By `Ntile` equal values can stand on both sides of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Bin {
    /// The score.
    pub score: u8,
    /// The edge that the values are above; `None` for the class of the lowest.
    pub above: Option<f64>,
    /// The edge that they do not go over; `None` for the class of the highest.
    pub up_to: Option<f64>,
    /// The lowest value in it; `None` if it is empty.
    pub lowest: Option<f64>,
    /// The highest value in it.
    pub highest: Option<f64>,
    /// How many customers there are.
    pub customers: u64,
}

/// The scores of a column, and its bins.
pub(super) type Scored = (Vec<u8>, Vec<Bin>);

pub(super) fn score_recency(days: &[u32], options: &RfmOptions) -> Scored {
    let cuts = match &options.scoring {
        Scoring::Cuts { recency, .. } => recency.as_slice(),
        _ => &[],
    };
    score(days.iter().map(|days| f64::from(*days)), cuts, true, options)
}

pub(super) fn score_frequency(counts: &[u32], options: &RfmOptions) -> Scored {
    let cuts = match &options.scoring {
        Scoring::Cuts { frequency, .. } => frequency.as_slice(),
        _ => &[],
    };
    score(counts.iter().map(|count| f64::from(*count)), cuts, false, options)
}

pub(super) fn score_monetary(amounts: &[f64], options: &RfmOptions) -> Scored {
    let cuts = match &options.scoring {
        Scoring::Cuts { monetary, .. } => monetary.as_slice(),
        _ => &[],
    };
    score(amounts.iter().map(|amount| amount + 0.0), cuts, false, options)
}

fn score<V>(values: V, cuts: &[f64], fewest_is_best: bool, options: &RfmOptions) -> Scored
where
    V: ExactSizeIterator<Item = f64> + Clone,
{
    let n = usize::from(options.scores);
    let sign = if fewest_is_best { -1.0 } else { 1.0 };
    let mut ties = Vec::new();
    let edges: Vec<f64> = match &options.scoring {
        Scoring::Values => nearest_ranks(values.clone().collect(), n),
        Scoring::Qcut => interpolated(values.clone().collect(), n),
        Scoring::Cuts { .. } => cuts.to_vec(),
        Scoring::Ntile => {
            ties = tiles(values.clone(), sign, n);
            let mut edges: Vec<f64> = ties.iter().map(|(value, _)| sign * value).collect();
            edges.sort_by(f64::total_cmp);
            edges
        }
    };
    let last = edges.len();
    let mut bins: Vec<Bin> = (0..=last)
        .map(|class| Bin {
            score: of_class(class, last, fewest_is_best),
            above: class.checked_sub(1).and_then(|edge| edges.get(edge)).copied(),
            up_to: edges.get(class).copied(),
            lowest: None,
            highest: None,
            customers: 0,
        })
        .collect();
    let mut scores = Vec::with_capacity(values.len());
    for (row, value) in values.enumerate() {
        // Few edges: counting them all is faster than searching.
        let class = if options.scoring == Scoring::Ntile {
            let place = (sign * value, row);
            let tile = ties.iter().filter(|edge| below(**edge, place)).count();
            if fewest_is_best { last - tile } else { tile }
        } else {
            edges.iter().filter(|edge| **edge < value).count()
        };
        scores.push(of_class(class, last, fewest_is_best));
        if let Some(bin) = bins.get_mut(class) {
            bin.lowest = Some(bin.lowest.map_or(value, |lowest| lowest.min(value)));
            bin.highest = Some(bin.highest.map_or(value, |highest| highest.max(value)));
            bin.customers += 1;
        }
    }
    if fewest_is_best {
        bins.reverse();
    }
    (scores, bins)
}

/// The score of a class from 0 to `last`.
fn of_class(class: usize, last: usize, fewest_is_best: bool) -> u8 {
    let score = if fewest_is_best { last - class } else { class } + 1;
    u8::try_from(score).unwrap_or(u8::MAX)
}

/// The values of rank ⌈k N / n⌉.
fn nearest_ranks(mut values: Vec<f64>, n: usize) -> Vec<f64> {
    let size = values.len();
    let ranks: Vec<usize> = (1..n).filter_map(|k| (k * size).div_ceil(n).checked_sub(1)).collect();
    at_ranks(&mut values, &ranks, f64::total_cmp)
}

/// The values (N − 1) k / n from the lowest, interpolated as NumPy does.
fn interpolated(mut values: Vec<f64>, n: usize) -> Vec<f64> {
    let Some(last) = values.len().checked_sub(1) else {
        return Vec::new();
    };
    let places: Vec<(usize, f64)> =
        (1..n).map(|k| (last * k / n, (last * k % n) as f64 / n as f64)).collect();
    let next = |rank: usize| (rank + 1).min(last);
    let mut ranks: Vec<usize> = places.iter().flat_map(|(low, _)| [*low, next(*low)]).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let found = at_ranks(&mut values, &ranks, f64::total_cmp);
    let value = |rank| found.get(ranks.binary_search(&rank).ok()?).copied();
    places
        .into_iter()
        .filter_map(|(rank, part)| {
            let (low, high) = (value(rank)?, value(next(rank))?);
            // From the nearer end, so that no part of 1 misses it.
            let step = high - low;
            Some(if part < 0.5 { low + step * part } else { high - step * (1.0 - part) })
        })
        .collect()
}

/// The last customer of each class but the best, the worst customers first.
fn tiles(values: impl Iterator<Item = f64>, sign: f64, n: usize) -> Vec<(f64, usize)> {
    let mut places: Vec<(f64, usize)> =
        values.enumerate().map(|(row, value)| (sign * value, row)).collect();
    let (size, more) = (places.len() / n, places.len() % n);
    let ranks: Vec<usize> =
        (1..n).filter_map(|k| (k * size + k.min(more)).checked_sub(1)).collect();
    at_ranks(&mut places, &ranks, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
}

fn below(edge: (f64, usize), place: (f64, usize)) -> bool {
    edge.0 < place.0 || (edge.0 == place.0 && edge.1 < place.1)
}

/// What stands at ascending ranks, without sorting everything: the middle rank splits the rest in two
/// (Hoare's *Find*, 1961).
fn at_ranks<T: Copy>(
    values: &mut [T],
    ranks: &[usize],
    order: impl Fn(&T, &T) -> std::cmp::Ordering + Copy,
) -> Vec<T> {
    let mut found = vec![None; ranks.len()];
    select(values, 0, ranks, &mut found, order);
    found.into_iter().flatten().collect()
}

fn select<T: Copy>(
    values: &mut [T],
    offset: usize,
    ranks: &[usize],
    found: &mut [Option<T>],
    order: impl Fn(&T, &T) -> std::cmp::Ordering + Copy,
) {
    let middle = ranks.len() / 2;
    let (Some(rank), true) = (ranks.get(middle), ranks.len() == found.len()) else {
        return;
    };
    if rank - offset >= values.len() {
        return;
    }
    let (low, at, high) = values.select_nth_unstable_by(rank - offset, order);
    let value = *at;
    // Equal ranks have equal values.
    let from = ranks.partition_point(|other| other < rank);
    let to = ranks.partition_point(|other| other <= rank);
    found.iter_mut().take(to).skip(from).for_each(|slot| *slot = Some(value));
    if let (Some(ranks), Some(found)) = (ranks.get(..from), found.get_mut(..from)) {
        select(low, offset, ranks, found, order);
    }
    if let (Some(ranks), Some(found)) = (ranks.get(to..), found.get_mut(to..)) {
        select(high, rank + 1, ranks, found, order);
    }
}
