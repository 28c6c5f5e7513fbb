//! What a maximum likelihood fit says, and whether it may be believed.

use serde::{Deserialize, Serialize};

use super::optimize::{self, Matrix, Optimum, Vector, WALL};

/// A standard error on the log scale above this is no knowledge: its 95 % interval spans eight powers
/// of ten.
const WIDEST: f64 = 5.0;

/// Why the data do not determine the parameters of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotIdentified {
    /// No customer came back, so that nothing is known about coming back.
    NoRepeatPurchases,
    /// Fewer customers than parameters have something to say.
    TooFewCustomers,
    /// The likelihood keeps rising towards zero or infinity of this parameter.
    AtBoundary {
        /// Its index, in the order of the fields.
        parameter: usize,
    },
    /// The likelihood does not fall in some direction: another combination of parameters is as good.
    FlatLikelihood,
    /// The standard error of this parameter's logarithm is above 5.
    WideInterval {
        /// Its index, in the order of the fields.
        parameter: usize,
    },
    /// The search stopped where the gradient is not zero.
    NotConverged,
}

/// Whether the data determine the parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identification {
    /// The parameters are the maximum of the likelihood, and their errors are finite.
    Identified,
    /// Predictions of the data's own range may be used; the parameters say nothing by themselves.
    NotIdentified(NotIdentified),
}

/// A model fitted by maximum likelihood.
///
/// A fit never fails for what the numbers are: data that do not determine the parameters give a fit
/// with finite parameters whose [`identification`](Self::identification) says why, and no errors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fit<P> {
    /// The fitted model.
    pub model: P,
    /// The standard errors of the logarithms of the parameters, in the order of the fields; none if
    /// the parameters are not identified.
    pub log_standard_errors: Option<Vec<f64>>,
    /// The natural logarithm of the likelihood of all customers, not a mean.
    pub log_likelihood: f64,
    /// Customers, weights counted.
    pub customers: f64,
    /// The number of parameters.
    pub parameters: usize,
    /// Whether the data determine the parameters.
    pub identification: Identification,
    /// Evaluations of the likelihood of all customers.
    pub evaluations: u32,
}

impl<P> Fit<P> {
    /// Akaike's information criterion, 2 k − 2 ln L (Akaike 1974); smaller is better.
    #[must_use]
    pub fn aic(&self) -> f64 {
        2.0 * (self.parameters as f64 - self.log_likelihood)
    }

    /// The Bayesian information criterion, k ln n − 2 ln L with n customers (Schwarz 1978).
    #[must_use]
    pub fn bic(&self) -> f64 {
        self.parameters as f64 * self.customers.ln() - 2.0 * self.log_likelihood
    }

    /// Whether the data determine the parameters.
    #[must_use]
    pub fn is_identified(&self) -> bool {
        self.identification == Identification::Identified
    }
}

/// One search per start, the best of them, and the judgement on it. The objective is the mean negative
/// log-likelihood on the log scale with its gradient.
pub(crate) fn maximise<P, const N: usize>(
    mut objective: impl FnMut(&Vector<N>) -> (f64, Vector<N>),
    center: &Vector<N>,
    starts: &[Vector<N>],
    customers: f64,
    known: Option<NotIdentified>,
    model: impl Fn([f64; N]) -> P,
) -> Fit<P> {
    let mut evaluations = 0;
    let mut best: Option<Optimum<N>> = None;
    for start in starts {
        let found = optimize::minimise(&mut objective, center, start);
        evaluations += found.evaluations;
        if best.is_none_or(|best| found.value < best.value) {
            best = Some(found);
        }
    }
    let mut best = best.unwrap_or(Optimum {
        at: *center,
        value: f64::INFINITY,
        gradient: [f64::INFINITY; N],
        evaluations: 0,
    });
    let mut hessian = optimize::hessian(|at| objective(at).1, &best.at);
    evaluations += 2 * N as u32;
    // Newton steps, where the surface is a bowl.
    for _ in 0..3 {
        let Some(inverse) = optimize::inverse(&hessian) else { break };
        let step = optimize::apply(&inverse, &best.gradient);
        let mut at = best.at;
        at.iter_mut().zip(step).for_each(|(at, step)| *at -= step);
        let (value, gradient) = objective(&at);
        evaluations += 1;
        let size = |gradient: &Vector<N>| gradient.iter().map(|g| g * g).sum::<f64>();
        let better = size(&gradient) < size(&best.gradient) && value <= best.value + 1e-12;
        if !better || step.iter().any(|step| step.abs() > 1.0) {
            break;
        }
        let small = step.iter().all(|step| step.abs() < 1e-4);
        best = Optimum { at, value, gradient, evaluations: 0 };
        if small {
            break;
        }
        hessian = optimize::hessian(|at| objective(at).1, &best.at);
        evaluations += 2 * N as u32;
    }
    let (errors, reason) = judge(&best, &hessian, center, customers);
    let reason = known.or(reason);
    Fit {
        model: model(best.at.map(f64::exp)),
        log_standard_errors: if reason.is_none() { errors } else { None },
        log_likelihood: -customers * objective(&best.at).0,
        customers,
        parameters: N,
        identification: reason.map_or(Identification::Identified, Identification::NotIdentified),
        evaluations,
    }
}

fn judge<const N: usize>(
    optimum: &Optimum<N>,
    hessian: &Matrix<N>,
    center: &Vector<N>,
    customers: f64,
) -> (Option<Vec<f64>>, Option<NotIdentified>) {
    let apart = |(at, center): (&f64, &f64)| (at - center).abs() > WALL - 1.0;
    if let Some(parameter) = optimum.at.iter().zip(center).position(apart) {
        return (None, Some(NotIdentified::AtBoundary { parameter }));
    }
    let Some(inverse) = optimize::inverse(hessian) else {
        return (None, Some(NotIdentified::FlatLikelihood));
    };
    let variances = inverse.iter().enumerate().filter_map(|(index, row)| row.get(index));
    let errors: Vec<f64> = variances.map(|variance| (variance / customers).sqrt()).collect();
    if let Some(parameter) = errors.iter().position(|error| error.is_nan() || *error > WIDEST) {
        return (None, Some(NotIdentified::WideInterval { parameter }));
    }
    if optimum.gradient.iter().any(|slope| slope.is_nan() || slope.abs() > 1e-6) {
        return (None, Some(NotIdentified::NotConverged));
    }
    (Some(errors), None)
}
