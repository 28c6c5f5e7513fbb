//! The share of good ratings: customer satisfaction and customer effort.

use serde::{Deserialize, Serialize};

use super::change::{Change, ChangeTest, SMALL};
use crate::analytics::customers::cell_error;
use crate::analytics::inference::wilson;
use crate::error::{Error, Result};

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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
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
        let (low, high) = wilson(top as u64, ratings.len() as u64);
        Ok(Self {
            lowest,
            highest,
            from,
            n: ratings.len() as u64,
            top: top as u64,
            percent: 100.0 * (top as f64 / n),
            low: 100.0 * low,
            high: 100.0 * high,
            mean: ratings.iter().map(|rating| f64::from(*rating)).sum::<f64>() / n,
        })
    }

    /// The change since an earlier share of other people.
    ///
    /// The test is the z test of two shares with their pooled variance; the interval is Newcombe's, of
    /// Wilson's of both (*Interval estimation for the difference between independent proportions*, Statistics
    /// in Medicine 17, 1998, method 10). So a change near the limit may be significant by one and not by
    /// the other.
    #[must_use]
    pub fn change_since(&self, earlier: &Self) -> Change {
        let change = self.percent - earlier.percent;
        let both = |x: f64, y: f64| (x * x + y * y).sqrt();
        let low = both(self.percent - self.low, earlier.high - earlier.percent);
        let high = both(self.high - self.percent, earlier.percent - earlier.low);
        let (n, before) = (self.n as f64, earlier.n as f64);
        let pooled = (self.top as f64 + earlier.top as f64) / (n + before);
        let error = 100.0 * (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / before)).sqrt();
        let small = self.n.min(earlier.n) < SMALL;
        Change::new(ChangeTest::PooledZ, change, (change - low, change + high), error, small)
    }
}
