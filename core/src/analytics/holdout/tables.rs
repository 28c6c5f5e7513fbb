//! Predicted beside actual, group by group.

use serde::{Deserialize, Serialize};

use super::pairs;
use crate::analytics::customers::same_length;
use crate::error::{Error, Result};

/// Customers with like predictions, and what they did.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CalibrationBin {
    /// The lowest prediction.
    pub lowest: f64,
    /// The highest prediction.
    pub highest: f64,
    /// How many customers there are.
    pub customers: u64,
    /// The mean prediction.
    pub predicted: f64,
    /// The mean of what they did.
    pub actual: f64,
    /// The standard error of that mean; `None` for one customer.
    pub standard_error: Option<f64>,
}

impl CalibrationBin {
    /// The bin of at least one customer.
    pub(super) fn of(rows: &[(f64, f64)]) -> Option<Self> {
        let ((lowest, _), (highest, _)) = (*rows.first()?, *rows.last()?);
        let n = rows.len() as f64;
        let predicted = rows.iter().map(|(p, _)| p).sum::<f64>() / n;
        let actual = rows.iter().map(|(_, a)| a).sum::<f64>() / n;
        let squares: f64 = rows.iter().map(|(_, a)| (a - actual) * (a - actual)).sum();
        let standard_error = (rows.len() > 1).then(|| (squares / (n - 1.0) / n).sqrt());
        let customers = rows.len() as u64;
        Some(Self { lowest, highest, customers, predicted, actual, standard_error })
    }
}

/// Customers by their prediction, in up to so many bins of about the same size, the lowest first.
///
/// Bin k ends with the prediction of rank ⌈k N / n⌉; equal predictions are in one bin, so that there can be
/// fewer. The result does not depend on the order of the rows.
///
/// ```
/// use goodwill::analytics::calibration_table;
///
/// let bins = calibration_table(&[0.1, 3.0, 0.1, 2.0], &[0_u32, 4, 1, 1], 2)?;
/// assert_eq!((bins[0].predicted, bins[0].actual), (0.1, 0.5));
/// assert_eq!((bins[1].lowest, bins[1].highest, bins[1].actual), (2.0, 3.0, 2.5));
/// # Ok::<(), goodwill::Error>(())
/// ```
///
/// # Errors
/// `input.invalid` with `field` and `row`: columns of different lengths or none, a number that is not finite;
/// `bins` of 0.
pub fn calibration_table<A: Copy + Into<f64>>(
    predicted: &[f64],
    actual: &[A],
    bins: usize,
) -> Result<Vec<CalibrationBin>> {
    if bins == 0 {
        return Err(Error::invalid("bins", "at least 1"));
    }
    let mut rows = pairs(predicted, actual)?;
    rows.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let (size, bins) = (rows.len(), bins.min(rows.len()));
    let mut table = Vec::with_capacity(bins);
    let mut begin = 0;
    for bin in 1..=bins {
        let rank = (bin * size).div_ceil(bins) - 1;
        let Some((edge, _)) = rows.get(rank).copied() else {
            break;
        };
        let end = rows.partition_point(|(predicted, _)| *predicted <= edge);
        table.extend(rows.get(begin..end).and_then(CalibrationBin::of));
        begin = begin.max(end);
    }
    Ok(table)
}

/// The customers with one number of repeat purchases in the calibration.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FrequencyRow {
    /// Repeat purchases in the calibration.
    pub frequency: u32,
    /// How many customers there are.
    pub customers: u64,
    /// The mean prediction for the holdout; `None` without customers.
    pub predicted: Option<f64>,
    /// The mean of what they did in the holdout.
    pub actual: Option<f64>,
}

/// Predictions by the number of purchases in the calibration: Fader, Hardie and Lee (2005), figure 6.
///
/// ```
/// use goodwill::analytics::FrequencyTable;
///
/// let table = FrequencyTable::of(&[0, 9, 0, 2], &[0.5, 7.0, 1.5, 3.0], &[0_u32, 5, 1, 3], 2)?;
/// let rows: Vec<_> = table.rows.iter().map(|row| (row.customers, row.predicted, row.actual)).collect();
/// assert_eq!(rows, [(2, Some(1.0), Some(0.5)), (0, None, None), (2, Some(5.0), Some(4.0))]);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FrequencyTable {
    /// From 0 purchases; the last row has those with more as well.
    pub rows: Vec<FrequencyRow>,
}

impl FrequencyTable {
    /// The table for 0 to `last` purchases, where the last row is `last` and more.
    ///
    /// # Errors
    /// `input.invalid` with `field` and `row`: columns of different lengths or none, a number that is not
    /// finite; `last` above 10,000.
    pub fn of<A: Copy + Into<f64>>(
        frequency: &[u32],
        predicted: &[f64],
        actual: &[A],
        last: u32,
    ) -> Result<Self> {
        if last > 10_000 {
            return Err(Error::invalid("last", "0 to 10000"));
        }
        same_length("predicted", predicted.len(), frequency.len())?;
        let mut sums: Vec<(u64, f64, f64)> = (0..=last).map(|_| (0, 0.0, 0.0)).collect();
        for (frequency, (predicted, actual)) in frequency.iter().zip(pairs(predicted, actual)?) {
            if let Some(sum) = sums.get_mut((*frequency).min(last) as usize) {
                sum.0 += 1;
                sum.1 += predicted;
                sum.2 += actual;
            }
        }
        let rows = (0..).zip(sums).map(|(frequency, (customers, predicted, actual))| {
            let mean = |sum: f64| (customers > 0).then(|| sum / customers as f64);
            FrequencyRow { frequency, customers, predicted: mean(predicted), actual: mean(actual) }
        });
        Ok(Self { rows: rows.collect() })
    }
}
