//! Customers as BG/BB sees them.

use crate::analytics::customers::{cell_error, same_length};
use crate::analytics::distinct::Distinct;
use crate::analytics::search::Rows;
use crate::error::Result;

/// One kind of customer: everybody with the same three numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Group {
    pub(crate) frequency: u32,
    pub(crate) last: u32,
    pub(crate) occasions: u32,
    pub(crate) weight: f64,
}

/// Purchases x, the occasion t_x of the last of them, and occasions n of customers, checked, and grouped by equal
/// values.
///
/// ```
/// use goodwill::analytics::Opportunities;
///
/// let customers = Opportunities::from_columns(&[1, 0, 1], &[2, 0, 2], &[6, 6, 6])?;
/// assert_eq!((customers.len(), customers.groups()), (3.0, 2));
/// let error = Opportunities::from_columns(&[3], &[2], &[6]).unwrap_err();
/// assert_eq!(error.details()["field"], "frequency");
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Opportunities {
    groups: Vec<Group>,
    total: f64,
}

impl Opportunities {
    /// Customers with x purchases at n occasions, the last at occasion t_x, counted from 1; 0 if there is none.
    ///
    /// # Errors
    /// `input.invalid` with `field` and `row`: columns of different lengths or none, t_x above n, x above
    /// t_x, or t_x of 0 with purchases and above 0 without.
    pub fn from_columns(frequency: &[u32], last: &[u32], occasions: &[u32]) -> Result<Self> {
        Self::build(frequency, last, occasions, None)
    }

    /// Like [`from_columns`](Self::from_columns), where each row stands for so many customers.
    ///
    /// # Errors
    /// As there; a weight has to be finite and above 0.
    pub fn weighted(
        frequency: &[u32],
        last: &[u32],
        occasions: &[u32],
        weights: &[f64],
    ) -> Result<Self> {
        same_length("weight", weights.len(), frequency.len())?;
        if let Some(row) = weights.iter().position(|w| !w.is_finite() || *w <= 0.0) {
            return Err(cell_error("weight", row, "a finite number above 0"));
        }
        Self::build(frequency, last, occasions, Some(weights))
    }

    fn build(
        frequency: &[u32],
        last: &[u32],
        occasions: &[u32],
        weights: Option<&[f64]>,
    ) -> Result<Self> {
        if frequency.is_empty() {
            return Err(cell_error("frequency", 0, "at least one row"));
        }
        same_length("recency", last.len(), frequency.len())?;
        same_length("occasions", occasions.len(), frequency.len())?;
        let mut distinct = Distinct::<3>::new();
        let mut groups: Vec<Group> = Vec::new();
        let rows = frequency.iter().zip(last).zip(occasions).enumerate();
        for (row, ((x, last), n)) in rows {
            check(*x, *last, *n).map_err(|(column, accepted)| cell_error(column, row, accepted))?;
            let weight = weights.and_then(|w| w.get(row)).copied().unwrap_or(1.0);
            let place = distinct.place([*x, *last, *n].map(u64::from));
            match groups.get_mut(place) {
                Some(group) => group.weight += weight,
                None => groups.push(Group { frequency: *x, last: *last, occasions: *n, weight }),
            }
        }
        Ok(Self::of(groups))
    }

    fn of(groups: Vec<Group>) -> Self {
        let total = groups.iter().map(|group| group.weight).sum();
        Self { groups, total }
    }

    /// How many customers there are, with their weights.
    #[must_use]
    pub fn len(&self) -> f64 {
        self.total
    }

    /// Whether there are none; there is always a row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// How many different kinds of customers there are.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.groups.len()
    }

    pub(crate) fn all(&self) -> &[Group] {
        &self.groups
    }
}

impl Rows for Opportunities {
    fn rows(&self) -> usize {
        self.groups.len()
    }

    fn sample(&self, size: usize) -> Self {
        let step = (self.groups.len() / size.max(1)).max(1);
        Self::of(self.groups.iter().step_by(step).copied().collect())
    }
}

/// The column of a customer that cannot be, and what it accepts.
pub(super) fn check(x: u32, last: u32, occasions: u32) -> Result<(), (&'static str, &'static str)> {
    if last > occasions {
        return Err(("recency", "a whole number from 0 to the number of occasions"));
    }
    if x > last {
        return Err(("frequency", "a whole number from 0 to the occasion of the last purchase"));
    }
    if x == 0 && last > 0 {
        return Err(("recency", "0 without purchases, and a number above 0 with them"));
    }
    Ok(())
}
