//! How far the values of an input are trusted.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::prompts::checks::below;

/// How a text of the input is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TrustLevel {
    /// As it is, also in the message of the system.
    Trusted,
    /// On one line and neutralised, in messages of the user only.
    Line,
    /// Between the lines of a fence, in messages of the user only.
    Fence,
}

/// The levels by path; the nearest path above a value counts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Trust {
    /// Where no path says anything.
    pub default: Option<TrustLevel>,
    /// By pattern: `activities[].content`, or `customer` for all of it.
    pub paths: BTreeMap<String, TrustLevel>,
}

impl Trust {
    /// The level of a path, or nothing if nobody has said it. Such texts are printed on one line.
    ///
    /// ```
    /// use goodwill::prompts::files::{Trust, TrustLevel};
    ///
    /// let mut trust = Trust::default();
    /// trust.paths.insert("company".to_owned(), TrustLevel::Trusted);
    /// assert_eq!(trust.level("company.name"), Some(TrustLevel::Trusted));
    /// assert_eq!(trust.level("companyName"), None);
    /// ```
    #[must_use]
    pub fn level(&self, path: &str) -> Option<TrustLevel> {
        let above = self.paths.iter().filter(|(one, _)| *one == path || below(path, one));
        let nearest = above.max_by_key(|(one, _)| one.len()).map(|(_, level)| *level);
        nearest.or(self.default)
    }
}
