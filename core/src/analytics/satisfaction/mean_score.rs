//! The mean of scores on a scale: sentiment, effort, lifetime value.

use serde::{Deserialize, Serialize};

use super::change::{Change, ChangeTest, SMALL};
use crate::analytics::columns::{check_number, not_empty};
use crate::analytics::customers::cell_error;
use crate::analytics::inference::{Z95, student_95};
use crate::error::{Error, Result};

/// Where an open side of a scale ends, so that squares do not overflow.
const LARGEST: f64 = 1e100;

/// The mean of scores with Student's interval of 95 %, cut at the ends of the scale.
///
/// ```
/// use goodwill::analytics::{MeanScore, Sentiment};
///
/// let mood = MeanScore::sentiment(&[2.0, -1.0, 1.0, 0.0])?;
/// assert_eq!((mood.n, mood.mean), (4, 0.5));
/// assert_eq!(Sentiment::of_average(mood.mean)?, Sentiment::SomewhatPositive);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MeanScore {
    /// The lowest score of the scale, if it has one.
    pub lowest: Option<f64>,
    /// The highest score of the scale, if it has one.
    pub highest: Option<f64>,
    /// How many scores there are.
    pub n: u64,
    /// Their mean.
    pub mean: f64,
    /// Their standard deviation, with n − 1; none of one score.
    pub standard_deviation: Option<f64>,
    /// The lower end of the 95 % interval; none of one score.
    pub low: Option<f64>,
    /// The upper end of the 95 % interval; none of one score.
    pub high: Option<f64>,
}

impl MeanScore {
    /// The mean sentiment, on the scale from −2, very negative, to 2, very positive.
    ///
    /// # Errors
    /// As [`of_scale`](Self::of_scale).
    pub fn sentiment(scores: &[f64]) -> Result<Self> {
        Self::of_scale(scores, Some(-2.0), Some(2.0))
    }

    /// The mean customer effort score, on the scale from 1 to 7, where 7 is the least effort.
    ///
    /// # Errors
    /// As [`of_scale`](Self::of_scale).
    pub fn ces(ratings: &[f64]) -> Result<Self> {
        Self::of_scale(ratings, Some(1.0), Some(7.0))
    }

    /// The mean of scores on a scale of one's own, which may be open on a side, up to 10¹⁰⁰.
    ///
    /// # Errors
    /// `input.invalid` with `score` and the row: no score, or one that is not a finite number of the scale;
    /// `lowest` or `highest` is not finite, or the scale is empty.
    pub fn of_scale(scores: &[f64], lowest: Option<f64>, highest: Option<f64>) -> Result<Self> {
        for (field, end) in [("lowest", lowest), ("highest", highest)] {
            check_number(field, end.unwrap_or(0.0), "a finite number", |_| true)?;
        }
        let (least, most) = (lowest.unwrap_or(-LARGEST), highest.unwrap_or(LARGEST));
        if least >= most {
            return Err(Error::invalid("highest", "a number above `lowest`"));
        }
        not_empty("score", scores.len())?;
        if let Some(row) = scores.iter().position(|score| !(least..=most).contains(score)) {
            return Err(cell_error("score", row, "a finite number of the scale"));
        }
        let n = scores.len() as f64;
        let mean = scores.iter().map(|score| score / n).sum::<f64>();
        let squares: f64 = scores.iter().map(|score| (score - mean) * (score - mean)).sum();
        let standard_deviation = (scores.len() > 1).then(|| (squares / (n - 1.0)).sqrt());
        let margin = standard_deviation.map(|deviation| student_95(n - 1.0) * deviation / n.sqrt());
        Ok(Self {
            lowest,
            highest,
            n: scores.len() as u64,
            mean,
            standard_deviation,
            low: margin.map(|margin| (mean - margin).max(least)),
            high: margin.map(|margin| (mean + margin).min(most)),
        })
    }

    /// The change since an earlier mean of other people, with the z test of both; none, if one of them is of one
    /// score.
    #[must_use]
    pub fn change_since(&self, earlier: &Self) -> Option<Change> {
        let variance = |of: &Self| Some(of.standard_deviation?.powi(2) / of.n as f64);
        let error = (variance(self)? + variance(earlier)?).sqrt();
        let change = self.mean - earlier.mean;
        let interval = (change - Z95 * error, change + Z95 * error);
        let small = self.n.min(earlier.n) < SMALL;
        Some(Change::new(ChangeTest::UnpooledZ, change, interval, error, small))
    }
}

/// A sentiment in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sentiment {
    /// −2
    VeryNegative,
    /// −1
    SomewhatNegative,
    /// 0
    Neutral,
    /// 1
    SomewhatPositive,
    /// 2
    VeryPositive,
}

impl Sentiment {
    /// The words of the nearest whole score; halves go away from neutral.
    ///
    /// # Errors
    /// `input.invalid`: not from −2 to 2.
    pub fn of_average(average: f64) -> Result<Self> {
        check_number("average", average, "a number from -2 to 2", |average| average.abs() <= 2.0)?;
        Ok(match average.round() {
            -2.0 => Self::VeryNegative,
            -1.0 => Self::SomewhatNegative,
            1.0 => Self::SomewhatPositive,
            2.0 => Self::VeryPositive,
            _ => Self::Neutral,
        })
    }
}
