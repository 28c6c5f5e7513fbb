//! How good predictions were, told from what customers did afterwards.
//!
//! Predictions come as columns, whatever made them; rows are those of the
//! [`Holdout`](super::Holdout).

mod brier;
mod tables;

use serde::{Deserialize, Serialize};

use super::customers::{cell_error, same_length};
use crate::error::Result;

pub use brier::BrierScore;
pub use tables::{CalibrationBin, FrequencyRow, FrequencyTable, calibration_table};

/// The errors of predicted numbers: purchases, or spend.
///
/// ```
/// use goodwill::analytics::PredictionQuality;
///
/// let quality = PredictionQuality::of(&[1.5, 0.0, 4.0], &[1_u32, 0, 6])?;
/// assert_eq!((quality.bias, quality.mean_absolute_error), (-0.5, 2.5 / 3.0));
/// assert_eq!(quality.root_mean_square_error, (4.25_f64 / 3.0).sqrt());
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PredictionQuality {
    /// How many customers there are.
    pub customers: u64,
    /// What was predicted for all of them together.
    pub predicted: f64,
    /// What they did together.
    pub actual: f64,
    /// The mean of predicted − actual: above 0 if too much was predicted.
    pub bias: f64,
    /// √ of the mean of (predicted − actual)².
    pub root_mean_square_error: f64,
    /// The mean of |predicted − actual|.
    pub mean_absolute_error: f64,
}

impl PredictionQuality {
    /// The errors of one prediction per customer.
    ///
    /// # Errors
    /// `input.invalid` with `field` and `row`: columns of different lengths or none, a number that is not
    /// finite.
    pub fn of<A: Copy + Into<f64>>(predicted: &[f64], actual: &[A]) -> Result<Self> {
        let pairs = pairs(predicted, actual)?;
        let n = pairs.len() as f64;
        let sum = |f: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|(p, a)| f(*p, *a)).sum::<f64>();
        let (predicted, actual) = (sum(&|p, _| p), sum(&|_, a| a));
        Ok(Self {
            customers: pairs.len() as u64,
            predicted,
            actual,
            bias: sum(&|p, a| p - a) / n,
            root_mean_square_error: (sum(&|p, a| (p - a) * (p - a)) / n).sqrt(),
            mean_absolute_error: sum(&|p, a| (p - a).abs()) / n,
        })
    }
}

/// Predicted and actual numbers, checked.
fn pairs<A: Copy + Into<f64>>(predicted: &[f64], actual: &[A]) -> Result<Vec<(f64, f64)>> {
    same_length("actual", actual.len(), predicted.len())?;
    if predicted.is_empty() {
        return Err(cell_error("predicted", 0, "at least one row"));
    }
    let rows = predicted.iter().zip(actual).enumerate();
    rows.map(|(row, (predicted, actual))| {
        let actual = (*actual).into();
        match (predicted.is_finite(), actual.is_finite()) {
            (true, true) => Ok((*predicted, actual)),
            (false, _) => Err(cell_error("predicted", row, "a finite number")),
            (true, false) => Err(cell_error("actual", row, "a finite number")),
        }
    })
    .collect()
}
