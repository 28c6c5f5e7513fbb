//! What changed between two samples of different people, and whether it may be chance.

use serde::{Deserialize, Serialize};

use crate::analytics::inference::two_sided_normal;

/// With fewer ratings the normal approximation of a test is poor.
pub(super) const SMALL: u64 = 30;

/// How a change was tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeTest {
    /// The two-sample z test with the variance of each sample.
    UnpooledZ,
    /// The two-sample z test of shares with the variance of both together.
    PooledZ,
}

/// The change between two independent samples.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// The later minus the earlier score.
    pub change: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end of its 95 % interval.
    pub high: f64,
    /// How it was tested.
    pub test: ChangeTest,
    /// The change in standard errors; none, if there is no variance to measure it by.
    pub z: Option<f64>,
    /// How likely a change at least so large, either way, is by chance alone.
    pub p_value: Option<f64>,
    /// Whether that is below 5 %.
    pub significant: bool,
    /// Whether a sample has fewer than 30 ratings: then the test is a rough one.
    pub small_sample: bool,
}

impl Change {
    pub(super) fn new(
        test: ChangeTest,
        change: f64,
        (low, high): (f64, f64),
        error: f64,
        small_sample: bool,
    ) -> Self {
        let z = (error > 0.0).then(|| change / error);
        let p_value = z.map(two_sided_normal);
        let significant = p_value.is_some_and(|p| p < 0.05);
        Self { change, low, high, test, z, p_value, significant, small_sample }
    }
}
