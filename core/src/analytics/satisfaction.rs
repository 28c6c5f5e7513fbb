//! Net Promoter Score, customer satisfaction and customer effort, each with its interval.

use serde::{Deserialize, Serialize};

use super::customers::cell_error;
use crate::error::{Error, Result};

/// The quantile of the normal distribution for intervals of 95 %.
const Z95: f64 = 1.959_963_984_540_054;

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
pub struct NetPromoterScore {
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
    /// +1, 0 and −1, cut at −100 and 100.
    ///
    /// # Errors
    /// `input.invalid`, when all counts are 0.
    pub fn from_counts(promoters: u64, passives: u64, detractors: u64) -> Result<Self> {
        let n = promoters as f64 + passives as f64 + detractors as f64;
        if n == 0.0 {
            return Err(cell_error("rating", 0, "at least one rating"));
        }
        let (p, d) = (promoters as f64 / n, detractors as f64 / n);
        let variance = ((p + d - (p - d) * (p - d)) / n).max(0.0);
        let (score, margin) = (100.0 * (p - d), 100.0 * Z95 * variance.sqrt());
        let (low, high) = ((score - margin).max(-100.0), (score + margin).min(100.0));
        Ok(Self { promoters, passives, detractors, score, low, high })
    }

    /// The change since an earlier score of other people, with its 95 % interval: score, low, high.
    #[must_use]
    pub fn change_since(&self, earlier: &Self) -> (f64, f64, f64) {
        let change = self.score - earlier.score;
        let margin = 100.0 * Z95 * (self.variance() + earlier.variance()).sqrt();
        (change, change - margin, change + margin)
    }

    fn variance(&self) -> f64 {
        let n = self.promoters as f64 + self.passives as f64 + self.detractors as f64;
        let (p, d) = (self.promoters as f64 / n, self.detractors as f64 / n);
        ((p + d - (p - d) * (p - d)) / n).max(0.0)
    }
}

/// The share of ratings in the upper part of a scale, with Wilson's interval (Wilson, *Probable Inference*,
/// Journal of the American Statistical Association 22, 1927), and the mean.
///
/// [`csat`](Self::csat) is the share of 4 and 5 on a scale of 1 to 5, [`ces`](Self::ces) of 5 to 7 on a scale of
/// 1 to 7.
///
/// ```
/// use goodwill::analytics::TopBox;
///
/// let csat = TopBox::csat(&[5, 4, 4, 2, 1])?;
/// assert_eq!((csat.n, csat.percent), (5, 60.0));
/// let ces = TopBox::ces(&[7, 6, 3])?;
/// assert!((ces.mean - 16.0 / 3.0).abs() < 1e-12);
/// assert_eq!(TopBox::csat(&[3, 6]).unwrap_err().details()["row"], 1);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TopBox {
    /// The lowest rating of the scale.
    pub lowest: u8,
    /// The highest rating of the scale.
    pub highest: u8,
    /// The lowest rating that counts.
    pub from: u8,
    /// How many ratings there are.
    pub n: u64,
    /// How many of them count.
    pub top: u64,
    /// The share that counts, from 0 to 100.
    pub percent: f64,
    /// The lower end of the 95 % interval of the share.
    pub low: f64,
    /// The upper end of the 95 % interval of the share.
    pub high: f64,
    /// The mean rating.
    pub mean: f64,
}

impl TopBox {
    /// Customer satisfaction: the share of 4 and 5 on a scale of 1 to 5.
    ///
    /// # Errors
    /// `input.invalid` with the row: no rating, or one outside the scale.
    pub fn csat(ratings: &[u8]) -> Result<Self> {
        Self::of_scale(ratings, 1, 5, 4)
    }

    /// Customer effort score: the share of 5 to 7 on a scale of 1 to 7, where 7 is the least effort.
    ///
    /// # Errors
    /// `input.invalid` with the row: no rating, or one outside the scale.
    pub fn ces(ratings: &[u8]) -> Result<Self> {
        Self::of_scale(ratings, 1, 7, 5)
    }

    /// The share of ratings from `from` on a scale of one's own.
    ///
    /// # Errors
    /// `input.invalid`: `from` is outside the scale; or, with the row, no rating, or one outside the scale.
    pub fn of_scale(ratings: &[u8], lowest: u8, highest: u8, from: u8) -> Result<Self> {
        let scale = lowest..=highest;
        if !scale.contains(&from) {
            return Err(Error::invalid("from", "a rating of the scale"));
        }
        if ratings.is_empty() {
            return Err(cell_error("rating", 0, "at least one rating"));
        }
        if let Some(row) = ratings.iter().position(|rating| !scale.contains(rating)) {
            return Err(cell_error("rating", row, "a rating of the scale"));
        }
        let n = ratings.len() as f64;
        let top = ratings.iter().filter(|rating| **rating >= from).count();
        let p = top as f64 / n;
        let z2 = Z95 * Z95;
        let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = Z95 * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
        Ok(Self {
            lowest,
            highest,
            from,
            n: ratings.len() as u64,
            top: top as u64,
            percent: 100.0 * p,
            low: 100.0 * (middle - half).max(0.0),
            high: 100.0 * (middle + half).min(1.0),
            mean: ratings.iter().map(|rating| f64::from(*rating)).sum::<f64>() / n,
        })
    }
}
