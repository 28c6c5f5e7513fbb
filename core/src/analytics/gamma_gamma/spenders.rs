//! Customers as the model of spend sees them.

use crate::analytics::customers::{cell_error, same_length};
use crate::analytics::search::Rows;
use crate::error::Result;

/// The purchases and the spend of one customer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spender {
    pub(crate) frequency: f64,
    /// The mean per purchase.
    pub(crate) spend: f64,
    pub(crate) weight: f64,
}

/// Customers with at least one repeat purchase, checked.
///
/// ```
/// use goodwill::analytics::Spenders;
///
/// let error = Spenders::from_columns(&[2, 1], &[22.35, 0.0]).unwrap_err();
/// assert_eq!((&error.details()["field"], &error.details()["row"]), (&"spend".into(), &1.into()));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Spenders {
    rows: Vec<Spender>,
    /// Distinct numbers of purchases with their weights, ascending.
    classes: Vec<(f64, f64)>,
    total: f64,
}

impl Spenders {
    /// Repeat purchases and mean spend per repeat purchase of each customer; rows without repeat purchases
    /// say nothing and are left out.
    ///
    /// # Errors
    /// `input.invalid` with `field` and `row`: columns of different lengths, or a spend that is not finite
    /// and above 0 where there are purchases.
    pub fn from_columns(frequency: &[u32], spend: &[f64]) -> Result<Self> {
        Self::build(frequency, spend, None)
    }

    /// Like [`from_columns`](Self::from_columns), where each row stands for so many customers.
    ///
    /// # Errors
    /// As there; a weight has to be finite and above 0.
    pub fn weighted(frequency: &[u32], spend: &[f64], weights: &[f64]) -> Result<Self> {
        same_length("weight", weights.len(), frequency.len())?;
        if let Some(row) = weights.iter().position(|w| !w.is_finite() || *w <= 0.0) {
            return Err(cell_error("weight", row, "a finite number above 0"));
        }
        Self::build(frequency, spend, Some(weights))
    }

    fn build(frequency: &[u32], spend: &[f64], weights: Option<&[f64]>) -> Result<Self> {
        same_length("spend", spend.len(), frequency.len())?;
        let mut rows = Vec::new();
        for (row, (x, spend)) in frequency.iter().zip(spend).enumerate() {
            if *x == 0 {
                continue;
            }
            check_spend(row, *spend)?;
            let weight = weights.map_or(Some(1.0), |w| w.get(row).copied()).unwrap_or(1.0);
            rows.push(Spender { frequency: f64::from(*x), spend: *spend, weight });
        }
        Ok(Self::of(rows))
    }

    fn of(rows: Vec<Spender>) -> Self {
        let mut weights = std::collections::BTreeMap::new();
        for row in &rows {
            *weights.entry(row.frequency as u64).or_insert(0.0) += row.weight;
        }
        let total = rows.iter().map(|row| row.weight).sum();
        let classes = weights.into_iter().map(|(x, weight)| (x as f64, weight)).collect();
        Self { rows, classes, total }
    }

    pub(crate) fn all(&self) -> &[Spender] {
        &self.rows
    }

    pub(crate) fn classes(&self) -> &[(f64, f64)] {
        &self.classes
    }

    /// How many customers there are, with their weights.
    #[must_use]
    pub fn len(&self) -> f64 {
        self.total
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl Rows for Spenders {
    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn sample(&self, size: usize) -> Self {
        let step = (self.rows.len() / size.max(1)).max(1);
        Self::of(self.rows.iter().step_by(step).copied().collect())
    }
}

pub(super) fn check_spend(row: usize, spend: f64) -> Result<()> {
    if spend.is_finite() && spend > 0.0 {
        return Ok(());
    }
    Err(cell_error("spend", row, "a finite amount above 0 where there are purchases"))
}
