//! Pareto/NBD: a customer can leave at any time.

mod likelihood;
mod predictions;

use serde::{Deserialize, Serialize};

use super::beta_geometric;
use super::customers::Customers;
use super::fit::Fit;
use super::lanes::{LANES, Lanes, transposed};
use super::model::{Estimable, PurchaseModel, Row, check_parameters};
use super::search::{Curve, Starts};
use super::special::{exp, ln, ln_1p};
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
        Self::search(customers, None)
    }

    /// [`fit`](Self::fit) from the parameters of a similar fit, such as last month's: one search instead
    /// of several.
    #[must_use]
    pub fn fit_from(customers: &Customers, start: &Self) -> Fit<Self> {
        Self::search(customers, Some(start.parameters()))
    }

    fn search(customers: &Customers, start: Option<[f64; 4]>) -> Fit<Self> {
        let curve = |customers: &Customers, at| Self::of(at).curve(customers);
        beta_geometric::fit(customers, start, &Self::starts(customers), curve, Self::of)
    }

    /// The log-likelihood and its gradient by r, α, s and β.
    #[must_use]
    pub fn log_likelihood_with_gradient(&self, customers: &Customers) -> (f64, [f64; 4]) {
        let curve = self.curve(customers);
        (curve.value, curve.gradient)
    }
}

impl Estimable for ParetoNbd {
    const DROPOUT: &'static [usize] = &[3];

    fn of([r, alpha, s, beta]: [f64; 4]) -> Self {
        Self { r, alpha, s, beta }
    }

    fn starts(customers: &Customers) -> ([f64; 4], Starts) {
        let (age, wait) = (customers.mean_age(), beta_geometric::mean_wait(customers));
        let start = |(r, s, ages): (f64, f64, f64)| [r, r * wait, s, ages * age].map(ln).to_vec();
        // In the last one some leave at once and the others never.
        let usual = [(0.5, 0.6, 0.3), (1.0, 0.3, 1.0), (2.0, 3.0, 5.0), (3.0, 0.1, 1e-3)];
        let far = [(1.0, 0.08, 1e-5), (30.0, 0.1, 1e-3), (1.0, 30.0, 30.0), (30.0, 1.0, 3.0)];
        let starts = Starts {
            usual: usual.map(start).to_vec(),
            far: far.map(start).to_vec(),
            ..Starts::default()
        };
        ([0.0, ln(age), 0.0, ln(age)], starts)
    }

    fn curve(&self, customers: &Customers) -> Curve<4> {
        self.curve_of(customers)
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

    fn parameters(&self) -> [f64; 4] {
        [self.r, self.alpha, self.s, self.beta]
    }

    fn with_parameters(&self, parameters: [f64; 4]) -> Self {
        Self::of(parameters)
    }

    fn log_likelihood(&self, customers: &Customers) -> f64 {
        self.curve_of(customers).value
    }

    fn log_odds_alive(&self, frequency: f64, recency: f64, age: f64) -> f64 {
        -self.log_odds_gone(frequency, recency, age)
    }

    fn log_odds_alive_slopes(&self, frequency: f64, recency: f64, age: f64) -> [f64; 4] {
        self.log_odds_with_slopes(frequency, recency, age).1
    }

    fn log_odds_with_slopes_in_lanes(&self, customers: &[Row; LANES]) -> (Lanes, [Lanes; 4]) {
        let all = customers
            .map(|(x, recency, age)| self.log_odds_with_slopes(f64::from(x), recency, age));
        (all.map(|(odds, _)| odds), transposed(&all.map(|(_, slopes)| slopes)))
    }

    fn expected_while_alive(&self, frequency: u32, _recency: f64, age: f64, t: f64) -> f64 {
        self.expected_with_slopes(f64::from(frequency), age, t).0
    }

    fn expected_while_alive_slopes(
        &self,
        frequency: u32,
        _recency: f64,
        age: f64,
        t: f64,
    ) -> (f64, [f64; 4]) {
        self.expected_with_slopes(f64::from(frequency), age, t)
    }

    fn stays_while_alive(&self, _frequency: u32, _recency: f64, age: f64, t: f64) -> f64 {
        // ((β + T) / (β + T + t))^s
        exp(-self.s * ln_1p(t / (self.beta + age)))
    }

    fn pmf_while_alive(
        &self,
        purchases: u32,
        frequency: u32,
        _recency: f64,
        age: f64,
        t: f64,
    ) -> f64 {
        self.later(f64::from(frequency), age).pmf(purchases, t)
    }

    fn expected(&self, t: f64) -> f64 {
        self.expected_while_alive(0, 0.0, 0.0, t)
    }

    fn pmf(&self, purchases: u32, t: f64) -> f64 {
        self.mass(purchases, t)
    }
}
