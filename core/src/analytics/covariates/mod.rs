//! Covariates that do not change: who customers are moves how often they buy and how they leave.

mod scale;
mod starts;

use serde::{Deserialize, Serialize};

use super::beta_geometric::known;
use super::customers::{Customers, cell_error, same_length};
use super::distinct::Distinct;
use super::fit::Fit;
use super::model::Estimable;
use super::optimize::Surface;
use super::parallel;
use super::search::{Begin, Rows, Starts, maximise};
use super::special::{exp, ln};
use crate::error::{Error, Result};
use scale::Scale;
use starts::starts;

/// One value of a covariate for each row.
///
/// Its unit does not matter: the search standardises it. The base of the model is a customer whose covariates are
/// all 0; a number that is never near 0, such as a year, is better counted from where the customers are.
#[derive(Debug, Clone, PartialEq)]
pub struct Covariate {
    /// Its name, for the model.
    pub name: String,
    /// Its value in each row.
    pub values: Vec<f64>,
}

/// Customers with covariates, grouped by equal covariates.
#[derive(Debug, Clone)]
pub struct CustomersWithCovariates {
    names: Vec<String>,
    segments: Vec<Segment>,
    groups: usize,
    total: f64,
}

#[derive(Debug, Clone)]
struct Segment {
    covariates: Vec<f64>,
    customers: Customers,
}

impl CustomersWithCovariates {
    /// Customers as in [`Customers::weighted`], each row with its covariates.
    ///
    /// # Errors
    /// `input.invalid` as there, and for `covariates`: columns of another length, or a value that is not
    /// finite.
    pub fn from_columns(
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
        weights: Option<&[f64]>,
        covariates: &[Covariate],
    ) -> Result<Self> {
        // Checks every column, and names rows as the caller counts them.
        let all = match weights {
            Some(weights) => Customers::weighted(frequency, recency, age, weights)?,
            None => Customers::from_columns(frequency, recency, age)?,
        };
        let (rows, segments) = segments(covariates, frequency.len())?;
        let mut columns = vec![(Vec::new(), Vec::new(), Vec::new(), Vec::new()); segments.len()];
        let cells = frequency.iter().zip(recency).zip(age).zip(rows).enumerate();
        for (row, (((x, recency), age), segment)) in cells {
            if let Some(column) = columns.get_mut(segment) {
                column.0.push(*x);
                column.1.push(*recency);
                column.2.push(*age);
                column.3.push(weights.and_then(|w| w.get(row)).copied().unwrap_or(1.0));
            }
        }
        let segments =
            segments.into_iter().zip(columns).map(|(covariates, (x, recency, age, weights))| {
                let customers = Customers::weighted(&x, &recency, &age, &weights)?;
                Ok(Segment { covariates, customers })
            });
        Ok(Self {
            names: covariates.iter().map(|covariate| covariate.name.clone()).collect(),
            segments: segments.collect::<Result<_>>()?,
            groups: all.groups(),
            total: all.len(),
        })
    }

    /// How many customers there are, with their weights.
    #[must_use]
    pub fn len(&self) -> f64 {
        self.total
    }

    /// Whether there are none; there is always a row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }
}

impl Rows for CustomersWithCovariates {
    fn rows(&self) -> usize {
        self.groups
    }

    fn sample(&self, size: usize) -> Self {
        let share = (self.groups / size.max(1)).max(1);
        // Of few segments a part of each, of many some.
        let many = self.segments.len() > size / 4;
        let segments: Vec<Segment> = if many {
            self.segments.iter().step_by(share).cloned().collect()
        } else {
            let part = |segment: &Segment| Segment {
                covariates: segment.covariates.clone(),
                customers: segment.customers.sample(segment.customers.groups().div_ceil(share)),
            };
            self.segments.iter().map(part).collect()
        };
        let total = segments.iter().map(|segment| segment.customers.len()).sum();
        let groups = segments.iter().map(|segment| segment.customers.groups()).sum();
        Self { names: self.names.clone(), segments, groups, total }
    }
}

/// The segment of every row, and the covariates of every segment.
fn segments(covariates: &[Covariate], rows: usize) -> Result<(Vec<usize>, Vec<Vec<f64>>)> {
    for covariate in covariates {
        same_length("covariates", covariate.values.len(), rows)?;
        if let Some(row) = covariate.values.iter().position(|value| !value.is_finite()) {
            return Err(cell_error("covariates", row, "a finite number"));
        }
    }
    // Covariate by covariate: a segment so far and a value make a segment.
    let mut places = vec![0_usize; rows];
    for covariate in covariates {
        let mut distinct = Distinct::<2>::new();
        for (place, value) in places.iter_mut().zip(&covariate.values) {
            *place = distinct.place([*place as u64, (value + 0.0).to_bits()]);
        }
    }
    let mut found: Vec<Vec<f64>> = Vec::new();
    for (row, place) in places.iter().enumerate() {
        if *place == found.len() {
            let of = covariates.iter().filter_map(|covariate| covariate.values.get(row));
            found.push(of.map(|value| value + 0.0).collect());
        }
    }
    Ok((places, found))
}

/// A model whose parameters depend on covariates z (Fader and Hardie, *Incorporating Time-Invariant Covariates into
/// the Pareto/NBD and BG/NBD Models*, 2007).
///
/// Purchases: α = α₀ exp(−γ₁ᵀ z), so that a positive coefficient means more purchases. Dropout in Pareto/NBD:
/// β = β₀ exp(−γ₂ᵀ z), so that a positive coefficient means an earlier end. Dropout in BG/NBD and MBG/NBD:
/// a = a₀ exp(γ₂ᵀ z) and b = b₀ exp(γ₃ᵀ z), each with its own coefficients.
///
/// ```
/// use goodwill::analytics::{BgNbd, Covariate, CustomersWithCovariates, WithCovariates};
///
/// let frequency: Vec<u32> = (0..200).map(|row| if row % 2 == 0 { row % 3 } else { row % 7 }).collect();
/// let recency: Vec<f64> = frequency.iter().map(|x| 4.0 * f64::from(*x)).collect();
/// let values = (0..200).map(|row| f64::from(row % 2)).collect();
/// let covariates = [Covariate { name: "app".into(), values }];
/// let customers =
///     CustomersWithCovariates::from_columns(&frequency, &recency, &[30.0; 200], None, &covariates)?;
/// let fit = WithCovariates::<BgNbd>::fit(&customers);
/// assert!(fit.model.purchases[0] > 0.0);
/// // What it says about customers with the app is a BG/NBD model of their own.
/// let with = fit.model.of(&[1.0])?;
/// assert!(with.alpha < fit.model.base.alpha);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WithCovariates<M> {
    /// The model of a customer whose covariates are all 0.
    pub base: M,
    /// The names of the covariates.
    pub names: Vec<String>,
    /// γ₁, a coefficient for each covariate.
    pub purchases: Vec<f64>,
    /// γ₂ and, in BG/NBD and MBG/NBD, γ₃.
    pub dropout: Vec<Vec<f64>>,
}

/// The place of α, on which covariates of purchases act.
const ALPHA: usize = 1;

impl<M: Estimable> WithCovariates<M> {
    /// Maximum likelihood, from the fit without covariates, and from there with dropout that depends on one of them.
    ///
    /// The parameters of the fit are the logarithms of the four of the base, then γ₁, γ₂ and γ₃; with
    /// [`Fit::likelihood_ratio`] they are tested against that fit without.
    #[must_use]
    pub fn fit(customers: &CustomersWithCovariates) -> Fit<Self> {
        let pooled = pooled(customers);
        let without = super::beta_geometric::fit(
            &pooled,
            None,
            &M::starts(&pooled),
            |customers, at| M::of(at).curve(customers),
            M::of,
        );
        let starts = starts::<M>(&pooled, without.model.parameters(), customers.names.len());
        let mut fit = Self::search(customers, &pooled, &Scale::of(customers), &starts);
        fit.evaluations += without.evaluations;
        fit
    }

    /// [`fit`](Self::fit) from the parameters and coefficients of a similar fit with the same covariates, such
    /// as last month's: one search instead of several.
    #[must_use]
    pub fn fit_from(customers: &CustomersWithCovariates, start: &Self) -> Fit<Self> {
        let coefficients: Vec<f64> =
            start.purchases.iter().chain(start.dropout.iter().flatten()).copied().collect();
        let scale = Scale::of(customers);
        let (base, coefficients) = scale.to_standard::<M>(start.base.parameters(), &coefficients);
        let mut start: Vec<f64> = base.map(ln).into_iter().chain(coefficients).collect();
        start.resize(4 + customers.names.len() * (1 + M::DROPOUT.len()), 0.0);
        let starts = Starts { usual: vec![start], ..Starts::default() };
        Self::search(customers, &pooled(customers), &scale, &starts)
    }

    /// Searches from points for standardised covariates.
    fn search(
        customers: &CustomersWithCovariates,
        pooled: &Customers,
        scale: &Scale,
        starts: &Starts,
    ) -> Fit<Self> {
        let size = 4 + customers.names.len() * (1 + M::DROPOUT.len());
        let mut center = M::starts(pooled).0.to_vec();
        center.resize(size, 0.0);
        let known = known(pooled, size as f64);
        let begin = Begin::Spread(starts);
        let surface = |rows: &CustomersWithCovariates, at: &[f64]| surface::<M>(rows, at);
        let standard = scale.standardised(customers);
        let found =
            maximise(&standard, standard.total, surface, &center, &begin, known, <[f64]>::to_vec);
        scale.to_given::<M>(found).with_model(|at| Self::at(&at, &customers.names))
    }

    fn at(at: &[f64], names: &[String]) -> Self {
        let (base, rest) = at.split_at(at.len().min(4));
        let mut parameters = [0.0; 4];
        parameters.iter_mut().zip(base).for_each(|(parameter, at)| *parameter = exp(*at));
        let mut parts = rest.chunks(names.len().max(1)).map(<[f64]>::to_vec);
        Self {
            base: M::of(parameters),
            names: names.to_vec(),
            purchases: parts.next().unwrap_or_default(),
            dropout: parts.collect(),
        }
    }

    /// The model of customers with these covariates, in the order of the names.
    ///
    /// # Errors
    /// `input.invalid` for `covariates`: another number of them, or one that is not finite; and if a
    /// parameter of the result is not finite and above 0.
    pub fn of(&self, covariates: &[f64]) -> Result<M> {
        same_length("covariates", covariates.len(), self.names.len())?;
        let wrong = self.purchases.len() != self.names.len()
            || self.dropout.iter().any(|part| part.len() != self.names.len())
            || (self.dropout.len() != M::DROPOUT.len() && !self.names.is_empty());
        if wrong {
            return Err(Error::invalid("model", "a coefficient for each covariate"));
        }
        let coefficients: Vec<f64> =
            self.purchases.iter().chain(self.dropout.iter().flatten()).copied().collect();
        let base = self.base.parameters().map(ln);
        let model = M::of(moved::<M>(base, &coefficients, covariates).map(exp));
        model.check().map(|()| model)
    }
}

impl<M: Estimable> Fit<WithCovariates<M>> {
    /// The fit of customers with these covariates: the model of [`WithCovariates::of`] with its covariances, for
    /// predictions with intervals. Likelihood and counts stay those of all customers.
    ///
    /// # Errors
    /// `input.invalid` as there.
    pub fn of(&self, covariates: &[f64]) -> Result<Fit<M>> {
        let model = self.model.of(covariates)?;
        // Logarithms of the parameters are linear in what was searched.
        let covariance = self.log_covariance.as_ref().map(|all| {
            let rows = slopes::<M>(covariates);
            let cell = |left: &[(usize, f64)], right: &[(usize, f64)]| -> f64 {
                let pairs =
                    left.iter().flat_map(|(i, u)| right.iter().map(move |(j, v)| (i, j, u * v)));
                let value = |i: &usize, j: &usize| all.get(*i).and_then(|row| row.get(*j));
                pairs.filter_map(|(i, j, uv)| value(i, j).map(|cell| uv * cell)).sum()
            };
            rows.iter().map(|left| rows.iter().map(|right| cell(left, right)).collect()).collect()
        });
        Ok(Fit {
            model,
            log_covariance: covariance,
            log_likelihood: self.log_likelihood,
            customers: self.customers,
            parameters: self.parameters,
            identification: self.identification,
            evaluations: self.evaluations,
        })
    }
}

/// Everybody, whatever their covariates.
fn pooled(customers: &CustomersWithCovariates) -> Customers {
    let all = customers.segments.iter().flat_map(|segment| segment.customers.all());
    Customers::pooled(all)
}

/// Which parameters covariates act on: the place, the part of the coefficients, and the sign.
fn actions<M: Estimable>() -> impl Iterator<Item = (usize, f64)> {
    // More purchases with a smaller α, an earlier end with a smaller β; a and b grow.
    let sign = if M::DROPOUT.len() == 1 { -1.0 } else { 1.0 };
    std::iter::once((ALPHA, -1.0)).chain(M::DROPOUT.iter().map(move |place| (*place, sign)))
}

/// The logarithms of the parameters of customers with these covariates.
fn moved<M: Estimable>(mut base: [f64; 4], coefficients: &[f64], covariates: &[f64]) -> [f64; 4] {
    let parts = coefficients.chunks(covariates.len().max(1));
    for ((place, sign), part) in actions::<M>().zip(parts) {
        let shift: f64 = part.iter().zip(covariates).map(|(g, z)| g * z).sum();
        if let Some(value) = base.get_mut(place) {
            *value += sign * shift;
        }
    }
    base
}

/// For each of the four logarithms the places and values of its derivatives by what is searched.
fn slopes<M: Estimable>(covariates: &[f64]) -> [Vec<(usize, f64)>; 4] {
    let mut rows = [0, 1, 2, 3].map(|place| vec![(place, 1.0)]);
    for (part, (place, sign)) in actions::<M>().enumerate() {
        let first = 4 + part * covariates.len();
        if let Some(row) = rows.get_mut(place) {
            row.extend(covariates.iter().enumerate().map(|(k, z)| (first + k, sign * z)));
        }
    }
    rows
}

#[expect(clippy::indexing_slicing, reason = "places are below the size of what is searched")]
fn surface<M: Estimable>(rows: &CustomersWithCovariates, at: &[f64]) -> Surface {
    let size = at.len();
    let (base, coefficients) = at.split_at(4);
    let base = [base[0], base[1], base[2], base[3]];
    let zero =
        || Surface { value: 0.0, gradient: vec![0.0; size], hessian: vec![vec![0.0; size]; size] };
    let part = |_, segments: &[Segment]| {
        let mut sum = zero();
        for segment in segments {
            let parameters = moved::<M>(base, coefficients, &segment.covariates).map(exp);
            let curve = M::of(parameters).curve(&segment.customers).by_logarithms(&parameters);
            sum.value -= curve.value;
            let rows = slopes::<M>(&segment.covariates);
            for (i, row) in rows.iter().enumerate() {
                for (place, slope) in row {
                    sum.gradient[*place] -= slope * curve.gradient[i];
                    for (j, other) in rows.iter().enumerate() {
                        for (column, second) in other {
                            sum.hessian[*place][*column] -= slope * second * curve.hessian[i][j];
                        }
                    }
                }
            }
        }
        sum
    };
    let mut all = zero();
    for part in parallel::chunks(&rows.segments, part) {
        all.value += part.value;
        all.gradient.iter_mut().zip(part.gradient).for_each(|(sum, value)| *sum += value);
        let cells = all.hessian.iter_mut().flatten().zip(part.hessian.into_iter().flatten());
        cells.for_each(|(sum, value)| *sum += value);
    }
    all.value /= rows.total;
    all.gradient.iter_mut().for_each(|value| *value /= rows.total);
    all.hessian.iter_mut().flatten().for_each(|value| *value /= rows.total);
    all
}
