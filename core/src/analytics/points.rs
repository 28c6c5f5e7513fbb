//! Scores in hundredths of a point, whose parts sum exactly.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, Result};

/// A number of points with two decimals. Sums are exact; on the wire it is a number.
///
/// ```
/// use goodwill::analytics::Points;
///
/// let parts = [Points::new(0.1)?, Points::new(0.2)?];
/// assert_eq!(parts.iter().copied().sum::<Points>(), Points::new(0.3)?);
/// assert_eq!(Points::new(-3.456)?.to_string(), "-3.46");
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Points(i64);

impl Points {
    /// No points.
    pub const ZERO: Self = Self(0);

    /// The nearest hundredth; halves go away from zero.
    ///
    /// # Errors
    /// `input.invalid`: not from −1,000,000 to 1,000,000.
    pub fn new(points: f64) -> Result<Self> {
        if points.abs() <= 1e6 {
            Ok(Self((points * 100.0).round() as i64))
        } else {
            Err(Error::invalid("points", "a number from -1000000 to 1000000"))
        }
    }

    pub(crate) const fn from_hundredths(hundredths: i64) -> Self {
        Self(hundredths)
    }

    /// In hundredths.
    #[must_use]
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// The nearest binary number.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

/// Shares of a total, each the exact one (in points) down to its hundredth or up, so that they sum to the total:
/// the largest remainders go up, of equal ones the first (Hamilton's method of apportionment).
pub(crate) fn apportion(exact: &[f64], total: Points) -> Vec<Points> {
    let hundredths = exact.iter().map(|points| points * 100.0);
    let mut shares: Vec<i64> = hundredths.clone().map(|each| each.floor() as i64).collect();
    let mut order: Vec<(usize, f64)> =
        hundredths.map(|each| each - each.floor()).enumerate().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let missing = total.0 - shares.iter().sum::<i64>();
    let count = (order.len() as i64).max(1);
    for (rank, (place, _)) in (0_i64..).zip(order) {
        if let Some(share) = shares.get_mut(place) {
            *share += missing.div_euclid(count) + i64::from(rank < missing.rem_euclid(count));
        }
    }
    shares.into_iter().map(Points).collect()
}

impl Add for Points {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Points {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.as_f64())
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.as_f64())
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(f64::deserialize(deserializer)?).map_err(crate::error::for_serde)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Points {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Points".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number" })
    }

    fn inline_schema() -> bool {
        true
    }
}
