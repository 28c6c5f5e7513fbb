//! The search for the maximum of a likelihood, and the judgement on what it found.

#![expect(clippy::indexing_slicing, reason = "indices run over 0..N of arrays of N")]

use super::fit::{Fit, Identification, NotIdentified};
use super::optimize::{self, Matrix, Optimum, Surface, WALL};

/// A standard error on the log scale above this is no knowledge: its 95 % interval spans eight powers
/// of ten.
const WIDEST: f64 = 5.0;
/// Rows of the first sample of many rows.
const SAMPLE: usize = 2_000;
/// Each further sample has so many times as many rows.
const GROWTH: usize = 10;
/// A sample smaller than all by this factor saves time.
const WORTH: usize = 4;
/// How often all hops are tried.
const MOST_ROUNDS: u32 = 2;
/// They are not tried again when they have gained less than this of the mean log-likelihood.
const LEAST_GAIN: f64 = 1e-8;

/// A log-likelihood with its first and second derivatives by N parameters.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Curve<const N: usize> {
    pub(crate) value: f64,
    pub(crate) gradient: [f64; N],
    /// The lower triangle; what is above it is not looked at.
    pub(crate) hessian: [[f64; N]; N],
}

impl<const N: usize> Curve<N> {
    pub(crate) const ZERO: Self = Self { value: 0.0, gradient: [0.0; N], hessian: [[0.0; N]; N] };

    pub(crate) fn add(&mut self, other: &Self) {
        self.value += other.value;
        for i in 0..N {
            self.gradient[i] += other.gradient[i];
            for j in 0..=i {
                self.hessian[i][j] += other.hessian[i][j];
            }
        }
    }

    /// The same by the logarithms of the parameters.
    pub(crate) fn by_logarithms(&self, parameters: &[f64; N]) -> Self {
        let mut curve = Self { value: self.value, ..Self::ZERO };
        for i in 0..N {
            let slope = parameters[i] * self.gradient[i];
            curve.gradient[i] = slope;
            for j in 0..=i {
                let bend = parameters[i] * parameters[j] * self.hessian[i][j];
                curve.hessian[i][j] = bend + if i == j { slope } else { 0.0 };
                curve.hessian[j][i] = curve.hessian[i][j];
            }
        }
        curve
    }

    /// The mean negative log-likelihood of so many customers.
    pub(crate) fn surface(&self, customers: f64) -> Surface {
        let scaled = |row: &[f64; N]| row.iter().map(|value| -value / customers).collect();
        Surface {
            value: -self.value / customers,
            gradient: scaled(&self.gradient),
            hessian: self.hessian.iter().map(scaled).collect(),
        }
    }
}

/// Data whose likelihood is searched.
pub(crate) trait Rows: Sized {
    /// How many rows there are to work on.
    fn rows(&self) -> usize;

    /// About so many of the rows, evenly spread.
    fn sample(&self, size: usize) -> Self;
}

/// Points where searches begin.
#[doc(hidden)]
#[derive(Debug, Clone, Default)]
pub struct Starts {
    /// For data that determine the parameters.
    pub(crate) usual: Vec<Vec<f64>>,
    /// Near limits of the model, for data that do not: each boundary may have a maximum of its own.
    pub(crate) far: Vec<Vec<f64>>,
    /// Places and values: after all of these, the best point with these values in these places.
    pub(crate) hops: Vec<Vec<(usize, f64)>>,
}

/// Where a search begins.
pub(crate) enum Begin<'a> {
    /// At each of the usual points; with many rows on a sample, and from its maximum on a larger one and all of them.
    Spread(&'a Starts),
    /// Here: the parameters of a similar fit.
    Warm(&'a [f64]),
}

/// Searches the minimum of a mean negative log-likelihood `surface(rows, point)`.
///
/// `center` is the scale of the data. The model is made of the point, and `known` is what is wrong with the
/// data before any search.
pub(crate) fn maximise<P, R: Rows>(
    rows: &R,
    customers: f64,
    surface: impl Fn(&R, &[f64]) -> Surface,
    center: &[f64],
    begin: &Begin<'_>,
    known: Option<NotIdentified>,
    model: impl Fn(&[f64]) -> P,
) -> Fit<P> {
    let from = |rows: &R, start: &[f64], beat: f64| {
        optimize::minimise(|at| surface(rows, at), center, start, beat)
    };
    // A search that ends early where it would not be better than what is found.
    let next = |rows: &R, found: Optimum, start: &[f64]| {
        let other = from(rows, start, found.value());
        found.better(other)
    };
    // What is found, and whether the data determine it. If they do not it is searched farther.
    let wide = |rows: &R, customers: f64, Starts { usual, far, hops }: &Starts| {
        let determined = |found: &Optimum| judge(found, center, customers).1.is_none();
        let searches = usual.iter().map(|start| from(rows, start, f64::INFINITY));
        let mut found = searches.reduce(Optimum::better)?;
        if known.is_none() && !determined(&found) {
            found = far.iter().fold(found, |found, start| next(rows, found, start));
            for _ in 0..MOST_ROUNDS {
                let before = found.value();
                for hop in hops {
                    let mut start = found.at.clone();
                    hop.iter().for_each(|(place, value)| start[*place] = *value);
                    found = next(rows, found, &start);
                }
                if before - found.value() < LEAST_GAIN {
                    break;
                }
            }
        }
        let determined = determined(&found);
        Some((found, determined))
    };
    let best = match begin {
        Begin::Warm(start) => from(rows, start, f64::INFINITY),
        Begin::Spread(starts) => {
            let mut starts = (*starts).clone();
            let mut size = SAMPLE;
            while size * WORTH <= rows.rows() {
                let few = rows.sample(size);
                if let Some((found, determined)) = wide(&few, few.rows() as f64, &starts) {
                    let Starts { usual, far, hops } = &mut starts;
                    // A sample that determines nothing does not say alone where to go on.
                    *far = if determined { std::mem::take(usual) } else { Vec::new() };
                    usual.insert(0, found.at);
                    hops.clear();
                }
                size *= GROWTH;
            }
            let found = wide(rows, customers, &starts);
            found.map_or_else(|| from(rows, center, f64::INFINITY), |(found, _)| found)
        }
    };
    let (covariance, reason) = judge(&best, center, customers);
    let reason = known.or(reason);
    Fit {
        model: model(&best.at),
        log_covariance: if reason.is_none() { covariance } else { None },
        log_likelihood: -customers * best.value(),
        customers,
        parameters: best.at.len(),
        identification: reason.map_or(Identification::Identified, Identification::NotIdentified),
        evaluations: best.evaluations,
    }
}

fn judge(
    best: &Optimum,
    center: &[f64],
    customers: f64,
) -> (Option<Matrix>, Option<NotIdentified>) {
    let apart = |(at, center): (&f64, &f64)| (at - center).abs() > WALL - 1.0;
    if let Some(parameter) = best.at.iter().zip(center).position(apart) {
        return (None, Some(NotIdentified::AtBoundary { parameter }));
    }
    let Some(mut covariance) = optimize::inverse(&best.surface.hessian) else {
        return (None, Some(NotIdentified::FlatLikelihood));
    };
    covariance.iter_mut().flatten().for_each(|value| *value /= customers);
    let wide = |(index, row): (usize, &Vec<f64>)| {
        row.get(index).is_none_or(|value| value.is_nan() || value.sqrt() > WIDEST)
    };
    if let Some(parameter) = covariance.iter().enumerate().position(wide) {
        return (None, Some(NotIdentified::WideInterval { parameter }));
    }
    if best.surface.gradient.iter().any(|slope| slope.is_nan() || slope.abs() > 1e-6) {
        return (None, Some(NotIdentified::NotConverged));
    }
    (Some(covariance), None)
}
