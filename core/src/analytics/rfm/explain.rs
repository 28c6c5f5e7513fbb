//! Why a customer has a code.

use serde::{Deserialize, Serialize};

use super::{Bin, FrequencyBy, MonetaryBy, Rfm, SegmentMap};
use crate::error::{Error, Result};

/// One digit of a code.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// The customer's value.
    pub value: f64,
    /// The bin that it fell into, with its score, edges and size.
    pub bin: Bin,
}

/// Why a customer has a code and a segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The code of the customer.
    pub customer: u32,
    /// The scores together, such as 534.
    pub code: u16,
    /// The segment of that code.
    pub segment: String,
    /// Which map says so.
    pub map: String,
    /// Days since the last purchase.
    pub recency: Part,
    /// How often, counted by `frequency_by`.
    pub frequency: Part,
    /// How much, by `monetary_by`.
    pub monetary: Part,
    /// What frequency counts.
    pub frequency_by: FrequencyBy,
    /// What monetary value is.
    pub monetary_by: MonetaryBy,
}

impl Rfm {
    /// Why the customer of a row has its code and segment.
    ///
    /// # Errors
    /// `input.invalid`: `row` is none of the result; the map is for another number of scores.
    pub fn explain(&self, row: usize, map: &SegmentMap) -> Result<Explanation> {
        self.check_map(map)?;
        let parts = || {
            let recency = f64::from(*self.recency.get(row)?);
            let frequency = f64::from(*self.frequency.get(row)?);
            let monetary = *self.monetary.get(row)?;
            let code = self.code(row)?;
            Some(Explanation {
                customer: *self.customer.get(row)?,
                code,
                segment: map.of_code(code)?.to_owned(),
                map: map.name().to_owned(),
                recency: part(recency, self.recency_score.get(row)?, &self.recency_bins)?,
                frequency: part(frequency, self.frequency_score.get(row)?, &self.frequency_bins)?,
                monetary: part(monetary, self.monetary_score.get(row)?, &self.monetary_bins)?,
                frequency_by: self.options.frequency,
                monetary_by: self.options.monetary,
            })
        };
        parts().ok_or_else(|| Error::invalid("row", "a row of the result"))
    }
}

fn part(value: f64, score: &u8, bins: &[Bin]) -> Option<Part> {
    let bin = bins.iter().find(|bin| bin.score == *score)?;
    Some(Part { value, bin: *bin })
}
