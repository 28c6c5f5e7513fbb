//! Checks of columns and of parameter sets.

use super::customers::cell_error;
use crate::error::{Error, Result};

/// Refuses a column with a number that is not finite or does not hold.
pub(crate) fn check_column(
    column: &'static str,
    values: &[f64],
    accepted: &str,
    holds: impl Fn(f64) -> bool,
) -> Result<()> {
    match values.iter().position(|value| !value.is_finite() || !holds(*value)) {
        Some(row) => Err(cell_error(column, row, accepted)),
        None => Ok(()),
    }
}

/// Refuses a column without a row.
pub(crate) fn not_empty(column: &'static str, length: usize) -> Result<()> {
    if length == 0 { Err(cell_error(column, 0, "at least one row")) } else { Ok(()) }
}

/// Refuses a number that is not finite or does not hold.
pub(crate) fn check_number(
    field: &str,
    value: f64,
    accepted: &str,
    holds: impl Fn(f64) -> bool,
) -> Result<()> {
    if value.is_finite() && holds(value) { Ok(()) } else { Err(Error::invalid(field, accepted)) }
}

/// Refuses a parameter set without a version.
pub(crate) fn check_version(version: &str) -> Result<()> {
    if version.trim().is_empty() {
        return Err(Error::invalid("version", "a text that is not empty"));
    }
    Ok(())
}

/// Refuses names that are empty or stand twice.
pub(crate) fn check_names<'a>(
    column: &'static str,
    names: impl Iterator<Item = &'a str>,
) -> Result<()> {
    let mut seen = std::collections::BTreeSet::new();
    for (row, name) in names.enumerate() {
        if name.trim().is_empty() || !seen.insert(name) {
            return Err(cell_error(column, row, "a name that is not empty and stands once"));
        }
    }
    not_empty(column, seen.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_say_where() {
        let row = |result: Result<()>| result.unwrap_err().details()["row"].clone();
        let positive = |value| value > 0.0;
        for (bad, place) in [(f64::NAN, 1), (f64::INFINITY, 1), (-1.0, 1)] {
            assert_eq!(row(check_column("x", &[1.0, bad], "above 0", positive)), place);
        }
        assert_eq!(row(check_names("name", ["a", "b", "a"].into_iter())), 2);
        assert_eq!(row(check_names("name", ["a", " "].into_iter())), 1);
        assert_eq!(row(check_names("name", [].into_iter())), 0);
        assert!(check_names("name", ["a", "b"].into_iter()).is_ok());
        assert!(check_version(" ").is_err() && check_version("1").is_ok());
    }
}
