//! The parts of a health score, and its colours.

use serde::{Deserialize, Serialize};

use crate::analytics::customers::cell_error;
use crate::analytics::points::Points;
use crate::error::Result;

/// How a measured number becomes points from 0 to 100.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum HealthScale {
    /// It is points already.
    Points,
    /// In proportion from `worst`, 0 points, to `best`, 100, and no further. `worst` may be the greater one.
    Linear {
        /// What gives no points.
        worst: f64,
        /// What gives all points.
        best: f64,
    },
    /// The points of the last step that is not above the number; 0 below the first.
    Steps {
        /// Ascending.
        steps: Vec<HealthStep>,
    },
}

/// One step of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HealthStep {
    /// From this number on.
    pub from: f64,
    /// So many points, from 0 to 100.
    pub points: f64,
}

/// One part of a health score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HealthPart {
    /// Its name.
    pub name: String,
    /// What it belongs to, such as adoption or return on investment.
    pub group: Option<String>,
    /// How much it weighs against the others.
    pub weight: f64,
    /// How it becomes points.
    pub scale: HealthScale,
}

/// A colour of health.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum HealthColour {
    /// The worst.
    Red,
    /// Of five colours, the second.
    Orange,
    /// The middle.
    Yellow,
    /// Of five colours, the fourth.
    Lime,
    /// The best.
    Green,
}

/// From how many points on which colour; below the first it is red.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum HealthBands {
    /// Red, yellow and green.
    Three {
        /// The least points of yellow.
        yellow: f64,
        /// The least points of green.
        green: f64,
    },
    /// Red, orange, yellow, lime and green.
    Five {
        /// The least points of orange.
        orange: f64,
        /// The least points of yellow.
        yellow: f64,
        /// The least points of lime.
        lime: f64,
        /// The least points of green.
        green: f64,
    },
}

impl HealthBands {
    pub(super) fn bounds(self) -> Vec<(HealthColour, f64)> {
        use HealthColour::{Green, Lime, Orange, Yellow};
        match self {
            Self::Three { yellow, green } => vec![(Yellow, yellow), (Green, green)],
            Self::Five { orange, yellow, lime, green } => {
                vec![(Orange, orange), (Yellow, yellow), (Lime, lime), (Green, green)]
            }
        }
    }

    /// The colour of a score.
    #[must_use]
    pub fn colour(self, score: Points) -> HealthColour {
        let reached = self.bounds().into_iter().rev().find(|(_, from)| score.as_f64() >= *from);
        reached.map_or(HealthColour::Red, |(colour, _)| colour)
    }
}

pub(super) const SCORE: &str = "a number from 0 to 100";

pub(super) fn is_score(points: f64) -> bool {
    (0.0..=100.0).contains(&points)
}

impl HealthScale {
    pub(super) fn check(&self, row: usize) -> Result<()> {
        match self {
            Self::Points => Ok(()),
            Self::Linear { worst, best }
                if worst.is_finite() && best.is_finite() && worst != best =>
            {
                Ok(())
            }
            Self::Linear { .. } => {
                Err(cell_error("parts", row, "finite `worst` and `best` that differ"))
            }
            Self::Steps { steps } => {
                let ascending =
                    steps.iter().zip(steps.iter().skip(1)).all(|(a, b)| a.from < b.from);
                let valid = steps.iter().all(|step| step.from.is_finite() && is_score(step.points));
                if ascending && valid && !steps.is_empty() {
                    return Ok(());
                }
                Err(cell_error("parts", row, "`steps` that ascend, with points from 0 to 100"))
            }
        }
    }

    /// From 0 to 100.
    pub(super) fn points(&self, value: f64) -> f64 {
        match self {
            Self::Points => value,
            Self::Linear { worst, best } => {
                // Halved, so that the difference of large ends does not overflow.
                let part = (value / 2.0 - worst / 2.0) / (best / 2.0 - worst / 2.0);
                100.0 * part.clamp(0.0, 1.0)
            }
            Self::Steps { steps } => {
                let below = steps.iter().rev().find(|step| step.from <= value);
                below.map_or(0.0, |step| step.points)
            }
        }
    }
}
