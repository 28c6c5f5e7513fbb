//! Quantiles of a sample, by the nine definitions of Hyndman and Fan.

use serde::{Deserialize, Serialize};

use super::columns::{check_column, not_empty};
use super::customers::cell_error;
use crate::error::{Error, Result};

/// A definition of sample quantiles (Hyndman and Fan, *Sample Quantiles in Statistical Packages*, The
/// American Statistician 50, 1996); on the wire its number there, from 1 to 9.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum QuantileType {
    /// The inverse of the empirical distribution.
    InverseDistribution,
    /// The same with averages where it jumps; SAS by default.
    AveragedInverse,
    /// The nearest even order statistic.
    NearestEven,
    /// Linear between the points of the empirical distribution.
    LinearDistribution,
    /// Linear between its midpoints; Hazen's of hydrology.
    Hazen,
    /// Weibull's, p (n + 1); Minitab and SPSS.
    Weibull,
    /// Linear between order statistics at p (n − 1); R, NumPy and spreadsheets by default.
    #[default]
    Linear,
    /// Unbiased for the median whatever the distribution; the authors' advice.
    MedianUnbiased,
    /// Unbiased for normal samples.
    NormalUnbiased,
}

impl QuantileType {
    const ALL: [Self; 9] = [
        Self::InverseDistribution,
        Self::AveragedInverse,
        Self::NearestEven,
        Self::LinearDistribution,
        Self::Hazen,
        Self::Weibull,
        Self::Linear,
        Self::MedianUnbiased,
        Self::NormalUnbiased,
    ];

    /// The place of the quantile among n numbers, counted from 1, and the weight of the number after it.
    fn place(self, p: f64, n: f64) -> (f64, f64) {
        let step = |place: f64, at_whole: f64| {
            let whole = near_floor(place);
            (whole, if place - whole > fuzz(place) { 1.0 } else { at_whole })
        };
        let line = |a: f64, b: f64| {
            let place = a + p * (n + 1.0 - a - b);
            let whole = near_floor(place);
            let rest = place - whole;
            (whole, if rest.abs() <= fuzz(place) { 0.0 } else { rest })
        };
        match self {
            Self::InverseDistribution => step(n * p, 0.0),
            Self::AveragedInverse => step(n * p, 0.5),
            Self::NearestEven => {
                let place = n * p - 0.5;
                step(place, if near_floor(place).rem_euclid(2.0) == 0.0 { 0.0 } else { 1.0 })
            }
            Self::LinearDistribution => line(0.0, 1.0),
            Self::Hazen => line(0.5, 0.5),
            Self::Weibull => line(0.0, 0.0),
            Self::Linear => line(1.0, 1.0),
            Self::MedianUnbiased => line(1.0 / 3.0, 1.0 / 3.0),
            Self::NormalUnbiased => line(0.375, 0.375),
        }
    }

    /// The quantile of ascending numbers, p from 0 to 1; none of no numbers.
    pub(crate) fn of_sorted(self, sorted: &[f64], p: f64) -> Option<f64> {
        let (whole, weight) = self.place(p, sorted.len() as f64);
        let at = |place: f64| {
            let place = place.clamp(1.0, sorted.len() as f64) as usize;
            sorted.get(place.saturating_sub(1)).copied()
        };
        let (below, above) = (at(whole)?, at(whole + 1.0)?);
        Some(if weight == 0.0 {
            below
        } else if weight == 1.0 {
            above
        } else {
            below * (1.0 - weight) + above * weight
        })
    }
}

/// What rounding may have done to a place.
fn fuzz(place: f64) -> f64 {
    4.0 * f64::EPSILON * place.abs().max(1.0)
}

/// The whole number below, where a number just below a whole one is that one.
fn near_floor(place: f64) -> f64 {
    (place + fuzz(place)).floor()
}

impl TryFrom<u8> for QuantileType {
    type Error = Error;

    fn try_from(number: u8) -> Result<Self> {
        let place = usize::from(number).checked_sub(1);
        let found = place.and_then(|place| Self::ALL.get(place)).copied();
        found.ok_or_else(|| Error::invalid("quantileType", "a number from 1 to 9"))
    }
}

impl From<QuantileType> for u8 {
    fn from(of: QuantileType) -> Self {
        (QuantileType::ALL.iter().take_while(|each| **each < of).count() + 1) as Self
    }
}

/// Which percentiles are asked for, and by which definition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Percentiles {
    /// The percentiles, from 0 to 100, in any order.
    pub percents: Vec<f64>,
    /// The definition.
    pub quantile_type: QuantileType,
}

impl Default for Percentiles {
    /// The median, 90, 95 and 99 by type 7.
    fn default() -> Self {
        Self { percents: vec![50.0, 90.0, 95.0, 99.0], quantile_type: QuantileType::Linear }
    }
}

impl Percentiles {
    /// # Errors
    /// `input.invalid` with `percents` and the row: no number from 0 to 100.
    pub fn check(&self) -> Result<()> {
        check_column("percents", &self.percents, "a number from 0 to 100", |percent| {
            (0.0..=100.0).contains(&percent)
        })
    }
}

/// One percentile.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Percentile {
    /// From 0 to 100.
    pub percent: f64,
    /// In the unit of the column.
    pub value: f64,
}

/// How the numbers of a column lie.
///
/// ```
/// use goodwill::analytics::{Distribution, Percentiles};
///
/// let minutes = Distribution::of(&[4.0, 1.0, 3.0, 2.0], &Percentiles::default())?;
/// assert_eq!((minutes.n, minutes.mean, minutes.highest), (4, 2.5, 4.0));
/// assert_eq!(minutes.at(50.0), Some(2.5));
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Distribution {
    /// How many numbers there are.
    pub n: u64,
    /// Their mean.
    pub mean: f64,
    /// The lowest.
    pub lowest: f64,
    /// The highest.
    pub highest: f64,
    /// The definition of the percentiles.
    pub quantile_type: QuantileType,
    /// The percentiles, in the order in which they were asked for.
    pub percentiles: Vec<Percentile>,
}

impl Distribution {
    /// The distribution of finite numbers.
    ///
    /// # Errors
    /// `input.invalid` with `values` and the row: no number, or one that is not finite; and as
    /// [`Percentiles::check`].
    pub fn of(values: &[f64], percentiles: &Percentiles) -> Result<Self> {
        not_empty("values", values.len())?;
        check_column("values", values, "a finite number", |_| true)?;
        percentiles.check()?;
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        Self::of_sorted(&sorted, percentiles)
            .ok_or_else(|| cell_error("values", 0, "at least one row"))
    }

    /// The same of checked and ascending numbers; none of no numbers.
    pub(crate) fn of_sorted(sorted: &[f64], percentiles: &Percentiles) -> Option<Self> {
        let (lowest, highest) = (*sorted.first()?, *sorted.last()?);
        let n = sorted.len() as f64;
        // Divided first, so that large numbers do not overflow.
        let mean = sorted.iter().map(|value| value / n).sum::<f64>().clamp(lowest, highest);
        let quantile_type = percentiles.quantile_type;
        let percentiles = percentiles.percents.iter().filter_map(|percent| {
            let value = quantile_type.of_sorted(sorted, percent / 100.0)?;
            Some(Percentile { percent: *percent, value })
        });
        let percentiles = percentiles.collect();
        Some(Self { n: sorted.len() as u64, mean, lowest, highest, quantile_type, percentiles })
    }

    /// The value of a percentile that was asked for.
    #[must_use]
    pub fn at(&self, percent: f64) -> Option<f64> {
        self.percentiles.iter().find(|each| each.percent == percent).map(|each| each.value)
    }
}
