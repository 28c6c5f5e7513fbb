//! Pareto/NBD: a customer can leave at any time.

use serde::{Deserialize, Serialize};

use super::beta_geometric::{known, softplus};
use super::customers::{Customers, Group};
use super::fit::{Fit, maximise};
use super::model::{PurchaseModel, check_parameters};
use super::special::{digamma, gauss_legendre, ln_gamma, ln_gamma_ratio};
use crate::error::Result;

/// The Pareto/NBD model of Schmittlein, Morrison and Colombo, *Counting Your Customers: Who Are They and What
/// Will They Do Next?* (Management Science 33, 1987); formulas as in Fader and Hardie, *A Note on Deriving the
/// Pareto/NBD Model and Related Expressions* (2005).
///
/// Purchases are Poisson with a gamma-distributed rate (r, α); lifetimes are exponential with a
/// gamma-distributed rate (s, β). The integral over the time of leaving, of which the literature takes the
/// difference of two hypergeometric functions, is computed as it is, by Gauss–Legendre quadrature: all of it
/// is positive, and nothing cancels or overflows.
///
/// ```
/// use goodwill::analytics::{ParetoNbd, PurchaseModel};
///
/// let model = ParetoNbd::new(0.5533, 10.578, 0.6060, 11.66)?;
/// let alive = model.probability_alive(&[0, 26], &[0.0, 30.86], &[38.86, 31.0])?;
/// assert!(alive[0] < alive[1] && alive[1] < 1.0);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParetoNbd {
    /// The shape of the gamma distribution of purchase rates.
    pub r: f64,
    /// Its rate, a time.
    pub alpha: f64,
    /// The shape of the gamma distribution of dropout rates.
    pub s: f64,
    /// Its rate, a time.
    pub beta: f64,
}

/// The log-odds of having left, and means over the time of leaving τ for the gradient.
struct Gone {
    log_odds: f64,
    /// The mean of ln((α + T) / (α + τ)).
    later_alpha: f64,
    /// The mean of ln((β + T) / (β + τ)).
    later_beta: f64,
    /// The mean of 1 / (α + τ).
    inverse_alpha: f64,
    /// The mean of 1 / (β + τ).
    inverse_beta: f64,
}

impl ParetoNbd {
    /// A model with these parameters.
    ///
    /// # Errors
    /// `input.invalid` names a parameter that is not finite and above 0.
    pub fn new(r: f64, alpha: f64, s: f64, beta: f64) -> Result<Self> {
        let model = Self { r, alpha, s, beta };
        model.check().map(|()| model)
    }

    /// Maximum likelihood on the logarithms of the parameters, without randomness and without settings.
    ///
    /// ```
    /// use goodwill::analytics::{Customers, ParetoNbd, Identification, NotIdentified};
    ///
    /// let customers = Customers::from_columns(&[0, 0, 0], &[0.0; 3], &[12.0, 30.0, 38.9])?;
    /// let fit = ParetoNbd::fit(&customers);
    /// let reason = NotIdentified::NoRepeatPurchases;
    /// assert_eq!(fit.identification, Identification::NotIdentified(reason));
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    #[must_use]
    pub fn fit(customers: &Customers) -> Fit<Self> {
        let total = customers.len();
        let age = customers.mean_age();
        let purchases = customers.sum(|group| group.frequency);
        let wait = if purchases > 0.0 { age * total / purchases } else { age };
        let center = [0.0, age.ln(), 0.0, age.ln()];
        let starts = [(0.5, 0.6, 0.3), (1.0, 0.3, 1.0), (2.0, 3.0, 5.0)]
            .map(|(r, s, ages): (f64, f64, f64)| [r, r * wait, s, ages * age].map(f64::ln));
        let objective = |at: &[f64; 4]| {
            let parameters @ [r, alpha, s, beta] = at.map(f64::exp);
            let (value, mut gradient) =
                Self { r, alpha, s, beta }.log_likelihood_with_gradient(customers);
            gradient.iter_mut().zip(parameters).for_each(|(slope, p)| *slope *= -p / total);
            (-value / total, gradient)
        };
        let model = |[r, alpha, s, beta]: [f64; 4]| Self { r, alpha, s, beta };
        maximise(objective, &center, &starts, total, known(customers, 4.0), model)
    }

    /// The log-likelihood and its gradient by r, α, s and β.
    #[must_use]
    pub fn log_likelihood_with_gradient(&self, customers: &Customers) -> (f64, [f64; 4]) {
        let &Self { r, alpha, s, beta } = self;
        let (mut value, mut by_r, mut by_alpha, mut by_s, mut by_beta) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (x, weight) in customers.classes() {
            value += weight * ln_gamma_ratio(r, x);
            by_r += weight * (digamma(r + x) - digamma(r));
        }
        for &Group { frequency: x, recency, age, weight, .. } in customers.iter() {
            let gone = self.gone(x, recency, age);
            let p = 1.0 / (1.0 + (-gone.log_odds).exp());
            let (grown_alpha, grown_beta) = ((age / alpha).ln_1p(), (age / beta).ln_1p());
            value += weight
                * (softplus(gone.log_odds)
                    - r * grown_alpha
                    - x * (alpha + age).ln()
                    - s * grown_beta);
            by_r += weight * (p * gone.later_alpha - grown_alpha);
            by_s += weight * (p * (gone.later_beta + 1.0 / s) - grown_beta);
            by_alpha += weight
                * ((r * age / alpha - x) / (alpha + age)
                    + p * (r + x) * (1.0 / (alpha + age) - gone.inverse_alpha));
            by_beta += weight
                * (s * age / beta / (beta + age)
                    + p * (s / (beta + age) - (s + 1.0) * gone.inverse_beta));
        }
        (value, [by_r, by_alpha, by_s, by_beta])
    }

    /// The integral over the time τ of leaving between t_x and T, relative to not having left.
    fn gone(&self, x: f64, recency: f64, age: f64) -> Gone {
        let &Self { r, alpha, s, beta } = self;
        let (shape, silence) = (r + x, age - recency);
        let (alpha, beta) = (alpha + recency, beta + recency);
        let (all_alpha, all_beta) = ((silence / alpha).ln_1p(), (silence / beta).ln_1p());
        let mut gone = Gone {
            log_odds: f64::NEG_INFINITY,
            later_alpha: 0.0,
            later_beta: 0.0,
            inverse_alpha: 0.0,
            inverse_beta: 0.0,
        };
        // τ − t_x = m (e^w − 1): the integrand is log-concave in w and analytic for |Im w| < π.
        let m = alpha.min(beta);
        let end = (silence / m).ln_1p();
        let (mut from, mut sum) = (0.0_f64, 0.0);
        while from < end {
            let (grown, tau) = (m * from.exp(), m * from.exp_m1());
            let fall = shape * grown / (alpha + tau) + (s + 1.0) * grown / (beta + tau) - 1.0;
            let depth = shape * (tau / alpha).ln_1p() + (s + 1.0) * (tau / beta).ln_1p() - from;
            if depth > 45.0 && fall > 0.0 {
                break;
            }
            let to = (from + if fall > 4.0 { 4.0 / fall } else { 1.0 }).min(end);
            gauss_legendre(from, to, |w, weight| {
                let tau = m * w.exp_m1();
                let (ln_alpha, ln_beta) = ((tau / alpha).ln_1p(), (tau / beta).ln_1p());
                let mass = weight * m * (w - shape * ln_alpha - (s + 1.0) * ln_beta).exp();
                sum += mass;
                gone.later_alpha += mass * (all_alpha - ln_alpha);
                gone.later_beta += mass * (all_beta - ln_beta);
                gone.inverse_alpha += mass / (alpha + tau);
                gone.inverse_beta += mass / (beta + tau);
            });
            from = to;
        }
        if sum > 0.0 {
            gone.log_odds = s.ln() + sum.ln() + shape * all_alpha + s * all_beta - beta.ln();
            gone.later_alpha /= sum;
            gone.later_beta /= sum;
            gone.inverse_alpha /= sum;
            gone.inverse_beta /= sum;
        }
        gone
    }

    /// The negative binomial probability of x purchases while alive for the time t.
    fn ln_count(&self, x: f64, t: f64) -> f64 {
        let &Self { r, alpha, .. } = self;
        let purchases = if x > 0.0 { x * (t / (alpha + t)).ln() } else { 0.0 };
        ln_gamma_ratio(r, x) - ln_gamma(x + 1.0) + purchases - r * (t / alpha).ln_1p()
    }
}

impl PurchaseModel for ParetoNbd {
    fn check(&self) -> Result<()> {
        check_parameters(&[
            ("r", self.r),
            ("alpha", self.alpha),
            ("s", self.s),
            ("beta", self.beta),
        ])
    }

    fn log_likelihood(&self, customers: &Customers) -> f64 {
        self.log_likelihood_with_gradient(customers).0
    }

    fn alive(&self, frequency: u32, recency: f64, age: f64) -> f64 {
        1.0 / (1.0 + self.gone(f64::from(frequency), recency, age).log_odds.exp())
    }

    fn expected_while_alive(&self, frequency: u32, age: f64, t: f64) -> f64 {
        let &Self { r, alpha, s, beta } = self;
        // (1 − (1 + t / (β + T))^(1 − s)) / (s − 1), which is ln(1 + t / (β + T)) at s = 1.
        let ln = (t / (beta + age)).ln_1p();
        let y = (s - 1.0) * ln;
        let time = if y == 0.0 { ln } else { -ln * (-y).exp_m1() / y };
        (r + f64::from(frequency)) / (alpha + age) * (beta + age) * time
    }

    fn expected(&self, t: f64) -> f64 {
        self.expected_while_alive(0, 0.0, t)
    }

    fn pmf(&self, purchases: u32, t: f64) -> f64 {
        let &Self { alpha, s, beta, .. } = self;
        let x = f64::from(purchases);
        if t <= 0.0 {
            return if purchases == 0 { 1.0 } else { 0.0 };
        }
        let mut sum = (self.ln_count(x, t) - s * (t / beta).ln_1p()).exp();
        let m = alpha.min(beta);
        let end = (t / m).ln_1p();
        let panels = (end / (2.0 / (x + 1.0).sqrt()).min(0.5)).ceil().max(1.0);
        let mut from = 0.0;
        for panel in 1..=(panels as u32) {
            let to = end * f64::from(panel) / panels;
            gauss_legendre(from, to, |w, weight| {
                let tau = m * w.exp_m1();
                let ln_leaves = w - (s + 1.0) * (tau / beta).ln_1p();
                sum += weight * m * s / beta * (self.ln_count(x, tau) + ln_leaves).exp();
            });
            from = to;
        }
        sum
    }
}
