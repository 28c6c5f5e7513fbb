//! A measure for each group of a column.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::customers::same_length;
use crate::error::{Error, Result};

/// What a measure is for one group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Grouped<G, R> {
    /// The group: a channel, a product, a technician, …
    pub group: G,
    /// The measure of its rows.
    pub result: R,
}

/// A measure for each group, in the order of the groups.
///
/// ```
/// use goodwill::analytics::{SurveyMeasure, by_group};
///
/// let channels = ["email", "sms", "email", "sms"];
/// let groups = by_group(&channels, &[5.0, 2.0, 4.0, 5.0], |ratings| {
///     SurveyMeasure::CustomerSatisfaction.of_ratings(ratings)
/// })?;
/// assert_eq!((groups[0].group, groups[0].result.value()), ("email", 100.0));
/// assert_eq!((groups[1].group, groups[1].result.value()), ("sms", 50.0));
/// # Ok::<(), goodwill::Error>(())
/// ```
///
/// # Errors
/// `input.invalid`: columns of different lengths; and what the measure says, where `row` is that of the
/// whole column.
pub fn by_group<G: Ord + Clone, T: Clone, R>(
    groups: &[G],
    values: &[T],
    mut measure: impl FnMut(&[T]) -> Result<R>,
) -> Result<Vec<Grouped<G, R>>> {
    same_length("values", values.len(), groups.len())?;
    let mut split: BTreeMap<&G, (Vec<usize>, Vec<T>)> = BTreeMap::new();
    for (row, (group, value)) in groups.iter().zip(values).enumerate() {
        let (rows, of_group) = split.entry(group).or_default();
        rows.push(row);
        of_group.push(value.clone());
    }
    let measured = split.into_iter().map(|(group, (rows, values))| {
        let result = measure(&values).map_err(|error| in_whole_column(error, &rows))?;
        Ok(Grouped { group: group.clone(), result })
    });
    measured.collect()
}

/// The error with the row of the whole column instead of that of a part.
pub(crate) fn in_whole_column(error: Error, rows: &[usize]) -> Error {
    let row = error.details().get("row").and_then(serde_json::Value::as_u64);
    match row.and_then(|row| rows.get(row as usize)) {
        Some(row) => error.with("row", *row),
        None => error,
    }
}
