//! Customers as the model of spend sees them.

use crate::analytics::customers::{cell_error, same_length};
use crate::analytics::distinct::Distinct;
use crate::analytics::parallel;
use crate::analytics::search::Rows;
use crate::analytics::special::ln;
use crate::error::Result;

/// The purchases and the spend of one customer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spender {
    pub(crate) frequency: f64,
    /// All spend.
    pub(crate) total: f64,
    pub(crate) ln_total: f64,
    pub(crate) weight: f64,
}

impl Spender {
    /// No customer at all.
    pub(crate) const NOBODY: Self = Self { frequency: 1.0, total: 1.0, ln_total: 0.0, weight: 0.0 };
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
    /// The sum of the mean spends.
    spend: f64,
    /// The sum of their logarithms.
    ln_spend: f64,
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
        let part = |first: usize, frequency: &[u32]| {
            let mut rows = Vec::with_capacity(frequency.len());
            for (x, row) in frequency.iter().zip(first..).filter(|(x, _)| **x > 0) {
                let cell = |column: &[f64]| column.get(row).copied().unwrap_or_default();
                check_spend(row, cell(spend))?;
                let total = f64::from(*x) * cell(spend);
                let weight = weights.map_or(1.0, cell);
                rows.push(Spender { frequency: f64::from(*x), total, ln_total: ln(total), weight });
            }
            Ok(rows)
        };
        let parts = parallel::chunks(frequency, part).into_iter().collect::<Result<Vec<_>>>()?;
        Ok(Self::of(parts.concat()))
    }

    fn of(rows: Vec<Spender>) -> Self {
        let mut distinct = Distinct::<1>::new();
        let mut classes: Vec<(f64, f64)> = Vec::new();
        let (mut total, mut spend, mut ln_spend) = (0.0, 0.0, 0.0);
        for row in &rows {
            total += row.weight;
            spend += row.weight * row.total / row.frequency;
            ln_spend += row.weight * row.ln_total;
            match classes.get_mut(distinct.place([row.frequency.to_bits()])) {
                Some((_, weight)) => *weight += row.weight,
                None => classes.push((row.frequency, row.weight)),
            }
        }
        ln_spend -= classes.iter().map(|(x, weight)| weight * ln(*x)).sum::<f64>();
        classes.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self { rows, classes, total, spend, ln_spend }
    }

    pub(crate) fn all(&self) -> &[Spender] {
        &self.rows
    }

    pub(crate) fn classes(&self) -> &[(f64, f64)] {
        &self.classes
    }

    /// The sum of the mean spends of all.
    pub(crate) fn spend(&self) -> f64 {
        self.spend
    }

    /// The sum of the logarithms of the mean spends.
    pub(crate) fn ln_spend(&self) -> f64 {
        self.ln_spend
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
