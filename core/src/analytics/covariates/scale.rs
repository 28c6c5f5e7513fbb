//! Covariates on a scale of their own: with mean 0 and deviation 1 their coefficients are searched best.

use super::{CustomersWithCovariates, Segment, actions, moved};
use crate::analytics::fit::{Fit, Identification, NotIdentified};
use crate::analytics::model::Estimable;
use crate::analytics::optimize::{Matrix, apply};
use crate::analytics::special::{exp, ln};

/// Beyond this the logarithm of a parameter has no finite exponential.
const MOST: f64 = 700.0;

/// The mean and the standard deviation of each covariate.
pub(super) struct Scale(Vec<(f64, f64)>);

impl Scale {
    pub(super) fn of(customers: &CustomersWithCovariates) -> Self {
        let mean = |of: &dyn Fn(f64) -> f64, column: usize| {
            let segments = customers.segments.iter();
            let parts = segments.filter_map(|segment| {
                Some(segment.customers.len() * of(*segment.covariates.get(column)?))
            });
            parts.sum::<f64>() / customers.total
        };
        let column = |column: usize| {
            let middle = mean(&|value| value, column);
            let deviation = mean(&|value| (value - middle) * (value - middle), column).sqrt();
            // One that is the same for everybody keeps its unit: nothing can be said about it.
            let known = deviation > 1e-12 * middle.abs() && deviation.is_finite();
            (middle, if known { deviation } else { 1.0 })
        };
        Self((0..customers.names.len()).map(column).collect())
    }

    pub(super) fn standardised(
        &self,
        customers: &CustomersWithCovariates,
    ) -> CustomersWithCovariates {
        let segment = |segment: &Segment| Segment {
            covariates: self
                .0
                .iter()
                .zip(&segment.covariates)
                .map(|((mean, deviation), value)| (value - mean) / deviation)
                .collect(),
            customers: segment.customers.clone(),
        };
        CustomersWithCovariates {
            segments: customers.segments.iter().map(segment).collect(),
            ..customers.clone()
        }
    }

    /// Parameters and coefficients for the standardised covariates.
    pub(super) fn to_standard<M: Estimable>(
        &self,
        base: [f64; 4],
        coefficients: &[f64],
    ) -> ([f64; 4], Vec<f64>) {
        let means: Vec<f64> = self.0.iter().map(|(mean, _)| *mean).collect();
        let base = moved::<M>(base.map(ln), coefficients, &means).map(exp);
        let deviations = self.0.iter().map(|(_, deviation)| deviation).cycle();
        (base, coefficients.iter().zip(deviations).map(|(g, deviation)| g * deviation).collect())
    }

    /// The rows of the matrix that makes a point for the covariates as they are given of what was searched.
    fn rows<M: Estimable>(&self, size: usize) -> Matrix {
        let mut rows: Matrix =
            (0..size).map(|i| (0..size).map(|j| f64::from(u8::from(i == j))).collect()).collect();
        for (action, (place, sign)) in actions::<M>().enumerate() {
            for (column, (mean, deviation)) in (4 + action * self.0.len()..).zip(&self.0) {
                let mut set = |row: usize, value: f64| {
                    let cells = rows.iter_mut().skip(row).take(1).flatten();
                    cells.skip(column).take(1).for_each(|cell| *cell = value);
                };
                set(place, -sign * mean / deviation);
                set(column, 1.0 / deviation);
            }
        }
        rows
    }

    /// A fit of what was searched for the covariates as they are given.
    pub(super) fn to_given<M: Estimable>(&self, fit: Fit<Vec<f64>>) -> Fit<Vec<f64>> {
        let rows = self.rows::<M>(fit.model.len());
        let mut model = apply(&rows, &fit.model);
        // A customer whose covariates are all 0 may be so far away that there are no finite parameters.
        let mut base = model.iter_mut().take(4);
        if let Some(parameter) = base.position(|base| base.is_nan() || base.abs() > MOST) {
            model.iter_mut().take(4).for_each(|base| *base = base.clamp(-MOST, MOST));
            let reason = NotIdentified::AtBoundary { parameter };
            let identification = Identification::NotIdentified(reason);
            return Fit { model, log_covariance: None, identification, ..fit };
        }
        // R Σ Rᵀ, whose rows are those of R times the columns of Σ Rᵀ.
        let log_covariance = fit.log_covariance.as_ref().map(|all| {
            let right: Matrix = rows.iter().map(|row| apply(all, row)).collect();
            right.iter().map(|column| apply(&rows, column)).collect()
        });
        Fit { model, log_covariance, ..fit }
    }
}
