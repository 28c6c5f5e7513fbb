//! The Net Promoter Score.

use serde::{Deserialize, Serialize};

use super::change::{Change, ChangeTest, SMALL};
use crate::analytics::customers::cell_error;
use crate::analytics::inference::Z95;
use crate::error::Result;

/// A Net Promoter Score (Reichheld, *The One Number You Need to Grow*, Harvard Business Review, 2003).
///
/// ```
/// use goodwill::analytics::NetPromoterScore;
///
/// let score = NetPromoterScore::from_ratings(&[10, 9, 9, 8, 7, 3])?;
/// assert_eq!((score.promoters, score.passives, score.detractors), (3, 2, 1));
/// assert!((score.score - 100.0 / 3.0).abs() < 1e-12);
/// assert!(score.low < score.score && score.score < score.high);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NetPromoterScore {
    /// How many ratings there are.
    pub n: u64,
    /// Ratings of 9 and 10.
    pub promoters: u64,
    /// Ratings of 7 and 8.
    pub passives: u64,
    /// Ratings of 0 to 6.
    pub detractors: u64,
    /// 100 (p − d), from −100 to 100, not rounded.
    pub score: f64,
    /// The lower end of the 95 % interval.
    pub low: f64,
    /// The upper end of the 95 % interval.
    pub high: f64,
}

impl NetPromoterScore {
    /// The score of ratings from 0 to 10.
    ///
    /// # Errors
    /// `input.invalid` with the row: no rating, or one above 10.
    pub fn from_ratings(ratings: &[u8]) -> Result<Self> {
        if let Some(row) = ratings.iter().position(|rating| *rating > 10) {
            return Err(cell_error("rating", row, "a rating from 0 to 10"));
        }
        let count = |low: u8, high: u8| {
            ratings.iter().filter(|rating| (low..=high).contains(rating)).count() as u64
        };
        Self::from_counts(count(9, 10), count(7, 8), count(0, 6))
    }

    /// The score of counts.
    ///
    /// The interval is ± 1.96 standard errors, with the variance (p + d − (p − d)²) / n of the mean of
    /// +1, 0 and −1, cut at −100 and 100. It is too narrow for few ratings, and has no width when all are of one
    /// kind.
    ///
    /// # Errors
    /// `input.invalid`, when all counts are 0.
    pub fn from_counts(promoters: u64, passives: u64, detractors: u64) -> Result<Self> {
        let n = promoters.saturating_add(passives).saturating_add(detractors);
        if n == 0 {
            return Err(cell_error("rating", 0, "at least one rating"));
        }
        let mut score =
            Self { n, promoters, passives, detractors, score: 0.0, low: 0.0, high: 0.0 };
        let (p, d) = score.shares();
        score.score = 100.0 * (p - d);
        let margin = 100.0 * Z95 * score.variance().sqrt();
        score.low = (score.score - margin).max(-100.0);
        score.high = (score.score + margin).min(100.0);
        Ok(score)
    }

    /// The change since an earlier score of other people, with its 95 % interval and the z test of both with
    /// the variances of [`from_counts`](Self::from_counts).
    ///
    /// ```
    /// use goodwill::analytics::NetPromoterScore;
    ///
    /// let (may, june) =
    ///     (NetPromoterScore::from_counts(50, 30, 20)?, NetPromoterScore::from_counts(60, 30, 10)?);
    /// let change = june.change_since(&may);
    /// assert!((change.change - 20.0).abs() < 1e-9 && !change.significant);
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    #[must_use]
    pub fn change_since(&self, earlier: &Self) -> Change {
        let change = self.score - earlier.score;
        let error = 100.0 * (self.variance() + earlier.variance()).sqrt();
        let interval = (change - Z95 * error, change + Z95 * error);
        let small = self.n.min(earlier.n) < SMALL;
        Change::new(ChangeTest::UnpooledZ, change, interval, error, small)
    }

    /// The shares of promoters and detractors.
    fn shares(&self) -> (f64, f64) {
        let n = self.n as f64;
        (self.promoters as f64 / n, self.detractors as f64 / n)
    }

    /// Of the mean of +1, 0 and −1.
    fn variance(&self) -> f64 {
        let (p, d) = self.shares();
        ((p + d - (p - d) * (p - d)) / self.n as f64).max(0.0)
    }
}
