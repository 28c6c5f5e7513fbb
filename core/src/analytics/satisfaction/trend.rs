//! Scores period by period.

use serde::{Deserialize, Serialize};

use super::{Change, SurveyMeasure, SurveyScore};
use crate::analytics::breakdown::in_whole_column;
use crate::analytics::customers::same_length;
use crate::analytics::period::Periods;
use crate::error::Result;
use crate::time::Timestamp;

/// The score of one period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrendPoint {
    /// The first instant.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
    /// The score; none without ratings.
    pub score: Option<SurveyScore>,
    /// The change since the period just before; none, if one of both has no ratings.
    pub change: Option<Change>,
}

/// A measure period by period.
///
/// ```
/// use goodwill::analytics::{Periods, SurveyMeasure, Trend, Unit, Zone};
///
/// let (may, june) = ("2026-05-20T09:00:00Z".parse()?, "2026-06-02T09:00:00Z".parse()?);
/// let months = Periods::in_zone(Unit::Month, may, june, Zone::UTC)?;
/// let trend =
///     Trend::of_ratings(SurveyMeasure::CustomerSatisfaction, &[may, may, june], &[2.0, 4.0, 5.0], &months)?;
/// let percents: Vec<f64> = trend.points.iter().map(|point| point.score.unwrap().value()).collect();
/// assert_eq!(percents, [50.0, 100.0]);
/// assert_eq!(trend.points[1].change.unwrap().change, 50.0);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Trend {
    /// What was measured.
    pub measure: SurveyMeasure,
    /// The periods, in the order of time.
    pub points: Vec<TrendPoint>,
    /// Ratings before the first and after the last period, left out.
    pub outside: u64,
}

impl Trend {
    /// The measure of the ratings of each period.
    ///
    /// # Errors
    /// `input.invalid`: columns of different lengths, and as [`SurveyMeasure::of_ratings`], also for ratings outside
    /// the periods.
    pub fn of_ratings(
        measure: SurveyMeasure,
        times: &[Timestamp],
        ratings: &[f64],
        periods: &Periods,
    ) -> Result<Self> {
        same_length("rating", ratings.len(), times.len())?;
        if !ratings.is_empty() {
            measure.of_ratings(ratings)?;
        }
        let mut split = vec![(Vec::new(), Vec::new()); periods.len()];
        let mut outside = 0;
        for (row, (at, rating)) in times.iter().zip(ratings).enumerate() {
            match periods.position(*at).and_then(|place| split.get_mut(place)) {
                Some((rows, of_period)) => {
                    rows.push(row);
                    of_period.push(*rating);
                }
                None => outside += 1,
            }
        }
        let mut points = Vec::with_capacity(periods.len());
        let mut earlier: Option<SurveyScore> = None;
        for (period, (rows, ratings)) in periods.iter().zip(split) {
            let score = if ratings.is_empty() {
                None
            } else {
                let score = measure.of_ratings(&ratings);
                Some(score.map_err(|error| in_whole_column(error, &rows))?)
            };
            let change =
                score.zip(earlier).and_then(|(score, earlier)| score.change_since(&earlier));
            points.push(TrendPoint { start: period.start, end: period.end, score, change });
            earlier = score;
        }
        Ok(Self { measure, points, outside })
    }
}
