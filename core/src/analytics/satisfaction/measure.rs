//! A measure chosen at run time.

use serde::{Deserialize, Serialize};

use super::{Change, MeanScore, NetPromoterScore, TopBox};
use crate::analytics::customers::cell_error;
use crate::error::Result;

/// What is made of ratings.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum SurveyMeasure {
    /// The Net Promoter Score of ratings from 0 to 10.
    NetPromoterScore,
    /// The share of 4 and 5 on a scale of 1 to 5.
    CustomerSatisfaction,
    /// The share of 5 to 7 on a scale of 1 to 7.
    CustomerEffort,
    /// The share of ratings from `from` on a scale of one's own.
    TopBox {
        /// The lowest rating of the scale.
        lowest: u8,
        /// The highest rating of the scale.
        highest: u8,
        /// The lowest rating that counts.
        from: u8,
    },
    /// The mean on a scale, which may be open: the mean effort from 1 to 7, sentiment from −2 to 2, lifetime
    /// value from 0.
    Mean {
        /// The lowest score of the scale.
        lowest: Option<f64>,
        /// The highest score of the scale.
        highest: Option<f64>,
    },
}

/// A measure of ratings.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum SurveyScore {
    /// A Net Promoter Score.
    NetPromoterScore(NetPromoterScore),
    /// A share of good ratings.
    TopBox(TopBox),
    /// A mean.
    Mean(MeanScore),
}

impl SurveyMeasure {
    /// The measure of ratings.
    ///
    /// # Errors
    /// `input.invalid` with the row: no rating, one that is not finite or not of the scale; and the fields of a
    /// scale that cannot be.
    pub fn of_ratings(self, ratings: &[f64]) -> Result<SurveyScore> {
        let top_box = |lowest, highest, from| {
            let ratings = whole(ratings, highest)?;
            TopBox::of_scale(&ratings, lowest, highest, from).map(SurveyScore::TopBox)
        };
        match self {
            Self::NetPromoterScore => NetPromoterScore::from_ratings(&whole(ratings, 10)?)
                .map(SurveyScore::NetPromoterScore),
            Self::CustomerSatisfaction => top_box(1, 5, 4),
            Self::CustomerEffort => top_box(1, 7, 5),
            Self::TopBox { lowest, highest, from } => top_box(lowest, highest, from),
            Self::Mean { lowest, highest } => {
                MeanScore::of_scale(ratings, lowest, highest).map(SurveyScore::Mean)
            }
        }
    }
}

/// The ratings as whole numbers.
fn whole(ratings: &[f64], highest: u8) -> Result<Vec<u8>> {
    let whole = ratings.iter().enumerate().map(|(row, rating)| {
        if (0.0..=f64::from(highest)).contains(rating) && rating.fract() == 0.0 {
            Ok(*rating as u8)
        } else {
            Err(cell_error("rating", row, "a whole number of the scale"))
        }
    });
    whole.collect()
}

impl SurveyScore {
    /// How many ratings there are.
    #[must_use]
    pub fn n(&self) -> u64 {
        match self {
            Self::NetPromoterScore(score) => score.n,
            Self::TopBox(score) => score.n,
            Self::Mean(score) => score.n,
        }
    }

    /// The score, the percentage or the mean.
    #[must_use]
    pub fn value(&self) -> f64 {
        match self {
            Self::NetPromoterScore(score) => score.score,
            Self::TopBox(score) => score.percent,
            Self::Mean(score) => score.mean,
        }
    }

    /// The 95 % interval; none of the mean of one score.
    #[must_use]
    pub fn interval(&self) -> Option<(f64, f64)> {
        match self {
            Self::NetPromoterScore(score) => Some((score.low, score.high)),
            Self::TopBox(score) => Some((score.low, score.high)),
            Self::Mean(score) => score.low.zip(score.high),
        }
    }

    /// The change since an earlier score of the same measure; none, if it cannot be said.
    #[must_use]
    pub fn change_since(&self, earlier: &Self) -> Option<Change> {
        match (self, earlier) {
            (Self::NetPromoterScore(score), Self::NetPromoterScore(earlier)) => {
                Some(score.change_since(earlier))
            }
            (Self::TopBox(score), Self::TopBox(earlier)) => {
                let scale = |of: &TopBox| (of.lowest, of.highest, of.from);
                (scale(score) == scale(earlier)).then(|| score.change_since(earlier))
            }
            (Self::Mean(score), Self::Mean(earlier)) => score.change_since(earlier),
            _ => None,
        }
    }
}
