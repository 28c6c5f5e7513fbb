//! How true probabilities were.

use serde::{Deserialize, Serialize};

use super::{CalibrationBin, cell_error, pairs, same_length};
use crate::error::{Error, Result};

/// The Brier score of probabilities, such as P(alive) against having bought in the holdout, and its parts.
///
/// The score is the mean of (p − o)², where o is 1 if it came true and 0 if not (Brier 1950): 0 is best, and
/// 0.25 is what p = ½ has. With probabilities in bins it is reliability − resolution + uncertainty (Murphy
/// 1973) + `within_variance` − `within_covariance` (Stephenson, Coelho and Jolliffe, *Two Extra Components in
/// the Brier Score Decomposition*, 2008); the last two are 0 if the probabilities of each bin are equal.
///
/// ```
/// use goodwill::analytics::BrierScore;
///
/// let brier = BrierScore::of(&[0.9, 0.9, 0.2, 0.2], &[true, true, false, true], 10)?;
/// assert!((brier.score - (0.01 + 0.01 + 0.04 + 0.64) / 4.0).abs() < 1e-15);
/// assert!((brier.reliability - (0.01 + 0.09) / 2.0).abs() < 1e-15);
/// assert!((brier.resolution - 0.0625).abs() < 1e-15);
/// assert!((brier.uncertainty - 0.1875).abs() < 1e-15);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BrierScore {
    /// How many customers there are.
    pub customers: u64,
    /// The share of customers for whom it came true.
    pub base_rate: f64,
    /// The mean of (p − o)².
    pub score: f64,
    /// The mean of (p̄ − ō)² over the bins: how far probabilities are from shares. Less is better.
    pub reliability: f64,
    /// The mean of (ō − base rate)² over the bins: how much they tell apart. More is better.
    pub resolution: f64,
    /// base rate (1 − base rate): the score of always saying the base rate.
    pub uncertainty: f64,
    /// The mean of (p − p̄)² within the bins.
    pub within_variance: f64,
    /// Twice the mean of (o − ō)(p − p̄) within the bins.
    pub within_covariance: f64,
    /// The bins that have customers, from the lowest: a reliability diagram.
    pub bins: Vec<CalibrationBin>,
}

impl BrierScore {
    /// The score of one probability per customer, in bins of equal width: bin k of n has k/n ≤ p < (k + 1)/n,
    /// and the last one 1 as well.
    ///
    /// # Errors
    /// `input.invalid` with `field` and `row`: columns of different lengths or none, a probability outside
    /// 0 to 1; `bins` outside 1 to 1000.
    pub fn of(probability: &[f64], outcome: &[bool], bins: usize) -> Result<Self> {
        if !(1..=1_000).contains(&bins) {
            return Err(Error::invalid("bins", "1 to 1000"));
        }
        same_length("outcome", outcome.len(), probability.len())?;
        if probability.is_empty() {
            return Err(cell_error("probability", 0, "at least one row"));
        }
        if let Some(row) = probability.iter().position(|p| !(0.0..=1.0).contains(p)) {
            return Err(cell_error("probability", row, "a number from 0 to 1"));
        }
        let outcome: Vec<f64> = outcome.iter().map(|came| f64::from(u8::from(*came))).collect();
        let mut rows = pairs(probability, &outcome)?;
        rows.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let n = rows.len() as f64;
        let base_rate = rows.iter().map(|(_, o)| o).sum::<f64>() / n;
        let mut brier = Self {
            customers: rows.len() as u64,
            base_rate,
            score: rows.iter().map(|(p, o)| (p - o) * (p - o)).sum::<f64>() / n,
            reliability: 0.0,
            resolution: 0.0,
            uncertainty: base_rate * (1.0 - base_rate),
            within_variance: 0.0,
            within_covariance: 0.0,
            bins: Vec::new(),
        };
        let mut begin = 0;
        for bin in 1..=bins {
            let edge = bin as f64 / bins as f64;
            let end =
                if bin == bins { rows.len() } else { rows.partition_point(|(p, _)| *p < edge) };
            if let Some(rows) = rows.get(begin..end) {
                brier.add(rows, n);
            }
            begin = end;
        }
        Ok(brier)
    }

    fn add(&mut self, rows: &[(f64, f64)], n: f64) {
        let Some(bin) = CalibrationBin::of(rows) else {
            return;
        };
        let (mean, share, size) = (bin.predicted, bin.actual, rows.len() as f64);
        self.reliability += size * (mean - share) * (mean - share) / n;
        self.resolution += size * (share - self.base_rate) * (share - self.base_rate) / n;
        for (p, o) in rows {
            self.within_variance += (p - mean) * (p - mean) / n;
            self.within_covariance += 2.0 * (o - share) * (p - mean) / n;
        }
        self.bins.push(bin);
    }
}
