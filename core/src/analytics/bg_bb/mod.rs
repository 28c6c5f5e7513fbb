//! BG/BB: customers who can buy at certain occasions only.

mod intervals;
mod likelihood;
mod opportunities;

pub use opportunities::Opportunities;

use serde::{Deserialize, Serialize};

use super::customers::{cell_error, same_length};
use super::fit::{Fit, NotIdentified};
use super::model::check_parameters;
use super::optimize::{self, Surface};
use super::search::{Begin, Starts, maximise};
use super::special::{exp, ln, ln_beta, ln_gamma_ratio, ln_hypergeometric};
use crate::error::{Error, Result};

/// The beta-geometric/beta-Bernoulli model of Fader, Hardie and Shang, *Customer-Base Analysis in a Discrete-Time
/// Noncontractual Setting* (Marketing Science 29, 2010).
///
/// At each occasion (a yearly appeal, a weekly show) a customer who has not left buys with a probability of the beta
/// distribution (α, β), and before each occasion leaves with one of the beta distribution (γ, δ). A
/// customer is x purchases, the occasion t_x of the last of them, and the number n of occasions.
/// Alive at n means: has not left before occasion n, and was there for it.
///
/// ```
/// use goodwill::analytics::BgBb;
///
/// let model = BgBb::new(1.2035, 0.7497, 0.6567, 2.7834)?;
/// // Six gifts in six years: certainly there in the last, and expected to give in the next ones.
/// assert_eq!(model.alive(6, 6, 6), 1.0);
/// assert!(model.expected_of(6, 6, 6, 5) > 3.5);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BgBb {
    /// The first parameter of the beta distribution of the probability to buy.
    pub alpha: f64,
    /// Its second parameter.
    pub beta: f64,
    /// The first parameter of the beta distribution of the probability to leave.
    pub gamma: f64,
    /// Its second parameter.
    pub delta: f64,
}

impl BgBb {
    /// A model with these parameters.
    ///
    /// # Errors
    /// `input.invalid` names a parameter that is not finite and above 0.
    pub fn new(alpha: f64, beta: f64, gamma: f64, delta: f64) -> Result<Self> {
        let model = Self { alpha, beta, gamma, delta };
        model.check().map(|()| model)
    }

    /// Refuses parameters that are not finite and above 0.
    ///
    /// # Errors
    /// `input.invalid` names the parameter.
    pub fn check(&self) -> Result<()> {
        let &Self { alpha, beta, gamma, delta } = self;
        check_parameters(&[("alpha", alpha), ("beta", beta), ("gamma", gamma), ("delta", delta)])
    }

    /// Maximum likelihood on the logarithms of the parameters, without randomness and without settings.
    #[must_use]
    pub fn fit(customers: &Opportunities) -> Fit<Self> {
        Self::search(customers, None)
    }

    /// [`fit`](Self::fit) from the parameters of a similar fit, such as last year's: one search instead of
    /// several.
    #[must_use]
    pub fn fit_from(customers: &Opportunities, start: &Self) -> Fit<Self> {
        Self::search(customers, Some([start.alpha, start.beta, start.gamma, start.delta]))
    }

    fn search(customers: &Opportunities, start: Option<[f64; 4]>) -> Fit<Self> {
        let point = |parameters: [f64; 4]| parameters.map(ln).to_vec();
        // In the last one everybody buys always or never.
        let usual = [
            [1.0, 1.0, 1.0, 3.0],
            [0.3, 2.0, 0.5, 5.0],
            [5.0, 5.0, 3.0, 30.0],
            [0.03, 0.01, 2.0, 2.0],
        ];
        let far = [
            [10.0, 60.0, 0.03, 0.01],
            [2.0, 3.0, 0.03, 0.03],
            [10.0, 60.0, 1.0, 0.5],
            [30.0, 30.0, 30.0, 100.0],
        ];
        let starts = Starts {
            usual: usual.map(point).to_vec(),
            far: far.map(point).to_vec(),
            ..Starts::default()
        };
        let surface = |rows: &Opportunities, at: &[f64]| {
            let gradient = |at: &[f64]| {
                let (value, gradient) = Self::at(at).curve(rows);
                let [a, b, c, d] = Self::at(at).parameters();
                let [by_a, by_b, by_c, by_d] = gradient;
                let slopes = vec![a * by_a, b * by_b, c * by_c, d * by_d];
                (value, slopes.into_iter().map(|slope| -slope / rows.len()).collect::<Vec<f64>>())
            };
            let (value, slopes) = gradient(at);
            let hessian = optimize::hessian(|at| gradient(at).1, at);
            Surface { value: -value / rows.len(), gradient: slopes, hessian }
        };
        let known = if customers.all().iter().all(|row| row.frequency == 0) {
            Some(NotIdentified::NoRepeatPurchases)
        } else {
            (customers.len() < 4.0).then_some(NotIdentified::TooFewCustomers)
        };
        let warm = start.map(|start| start.map(ln));
        let begin = warm.as_ref().map_or(Begin::Spread(&starts), |start| Begin::Warm(start));
        maximise(customers, customers.len(), surface, &[0.0; 4], &begin, known, Self::at)
    }

    pub(super) fn at(at: &[f64]) -> Self {
        let mut parameters = [0.0; 4];
        parameters.iter_mut().zip(at).for_each(|(parameter, at)| *parameter = exp(*at));
        let [alpha, beta, gamma, delta] = parameters;
        Self { alpha, beta, gamma, delta }
    }

    pub(super) fn parameters(&self) -> [f64; 4] {
        [self.alpha, self.beta, self.gamma, self.delta]
    }

    /// The log-likelihood of customers, weights counted.
    #[must_use]
    pub fn log_likelihood(&self, customers: &Opportunities) -> f64 {
        self.curve(customers).0
    }

    /// The log-likelihood and its gradient by α, β, γ and δ.
    #[must_use]
    pub fn log_likelihood_with_gradient(&self, customers: &Opportunities) -> (f64, [f64; 4]) {
        self.curve(customers)
    }

    /// The probability that a customer was there for occasion n, given x, t_x and n.
    #[must_use]
    pub fn alive(&self, frequency: u32, last: u32, occasions: u32) -> f64 {
        1.0 / (1.0 + self.odds_gone(frequency, last, occasions))
    }

    /// The probability that a customer will be there for occasion n + `t`.
    #[must_use]
    pub fn alive_later(&self, frequency: u32, last: u32, occasions: u32, t: u32) -> f64 {
        self.alive(frequency, last, occasions) * self.later(frequency, occasions).stays(t)
    }

    /// The expected number of purchases at the `t` occasions after n.
    #[must_use]
    pub fn expected_of(&self, frequency: u32, last: u32, occasions: u32, t: u32) -> f64 {
        self.alive(frequency, last, occasions) * self.later(frequency, occasions).expected(t)
    }

    /// The probability of exactly `purchases` at the `t` occasions after n.
    #[must_use]
    pub fn pmf_of(&self, purchases: u32, frequency: u32, last: u32, occasions: u32, t: u32) -> f64 {
        let odds = self.odds_gone(frequency, last, occasions);
        let active = self.later(frequency, occasions).pmf(purchases, t) / (1.0 + odds);
        if purchases > 0 { active } else { active + odds / (1.0 + odds) }
    }

    /// All purchases that will ever be made, each discounted to now by the effective rate of the time between
    /// two occasions: Σ over t ≥ 1 of E[purchases at n + t] / (1 + rate)^t. Exact, by one
    /// hypergeometric function. The rate has to be above 0.
    #[must_use]
    pub fn discounted_of(&self, frequency: u32, last: u32, occasions: u32, rate: f64) -> f64 {
        let Self { alpha, beta, gamma, delta } = self.later(frequency, occasions);
        let factor = 1.0 / (1.0 + rate);
        let rest = exp(ln_hypergeometric(1.0, delta + 1.0, gamma + delta + 1.0, factor));
        let first = alpha / (alpha + beta) * delta / (gamma + delta) * factor;
        self.alive(frequency, last, occasions) * first * rest
    }

    /// The expected number of purchases of a new customer at `t` occasions.
    #[must_use]
    pub fn expected(&self, t: u32) -> f64 {
        let &Self { alpha, beta, gamma, delta } = self;
        let (mut stays, mut sum) = (1.0, 0.0);
        for i in 0..t {
            let i = f64::from(i);
            stays *= (delta + i) / (gamma + delta + i);
            sum += stays;
        }
        alpha / (alpha + beta) * sum
    }

    /// The probability of exactly `purchases` of a new customer at `t` occasions.
    #[must_use]
    pub fn pmf(&self, purchases: u32, t: u32) -> f64 {
        let &Self { alpha, beta, gamma, delta } = self;
        if purchases > t {
            return 0.0;
        }
        let x = f64::from(purchases);
        let prior = ln_beta(alpha, beta);
        // Of so many occasions attended, and with so many left out.
        let count = |n: f64| {
            let choose = ln_gamma_ratio(n - x + 1.0, x) - super::special::ln_gamma(x + 1.0);
            exp(choose + ln_beta(alpha + x, beta + n - x) - prior)
        };
        let mut stays = 1.0;
        let mut sum = 0.0;
        for i in 0..t {
            let i = f64::from(i);
            if i >= x {
                sum += count(i) * stays * gamma / (gamma + delta + i);
            }
            stays *= (delta + i) / (gamma + delta + i);
        }
        sum + count(f64::from(t)) * stays
    }

    /// [`alive`](Self::alive) of every row.
    ///
    /// # Errors
    /// `input.invalid` names the parameter, or the column and the row.
    pub fn probability_alive(
        &self,
        frequency: &[u32],
        last: &[u32],
        occasions: &[u32],
    ) -> Result<Vec<f64>> {
        self.rows(frequency, last, occasions, |x, last, n| self.alive(x, last, n))
    }

    /// [`alive_later`](Self::alive_later) of every row.
    ///
    /// # Errors
    /// `input.invalid` names the parameter, or the column and the row.
    pub fn probability_alive_later(
        &self,
        frequency: &[u32],
        last: &[u32],
        occasions: &[u32],
        t: u32,
    ) -> Result<Vec<f64>> {
        self.rows(frequency, last, occasions, |x, last, n| self.alive_later(x, last, n, t))
    }

    /// [`pmf_of`](Self::pmf_of) of every row: the probability of exactly `purchases` at the `t` occasions
    /// after n.
    ///
    /// # Errors
    /// `input.invalid` names the parameter, or the column and the row.
    pub fn probability_of_purchases(
        &self,
        purchases: u32,
        frequency: &[u32],
        last: &[u32],
        occasions: &[u32],
        t: u32,
    ) -> Result<Vec<f64>> {
        self.rows(frequency, last, occasions, |x, last, n| self.pmf_of(purchases, x, last, n, t))
    }

    /// [`expected_of`](Self::expected_of) of every row.
    ///
    /// # Errors
    /// `input.invalid` names the parameter, or the column and the row.
    pub fn expected_purchases(
        &self,
        frequency: &[u32],
        last: &[u32],
        occasions: &[u32],
        t: u32,
    ) -> Result<Vec<f64>> {
        self.rows(frequency, last, occasions, |x, last, n| self.expected_of(x, last, n, t))
    }

    /// [`discounted_of`](Self::discounted_of) of every row.
    ///
    /// # Errors
    /// `input.invalid` names the parameter, `rate`, or the column and the row.
    pub fn discounted_purchases(
        &self,
        frequency: &[u32],
        last: &[u32],
        occasions: &[u32],
        rate: f64,
    ) -> Result<Vec<f64>> {
        check_rate(rate)?;
        self.rows(frequency, last, occasions, |x, last, n| self.discounted_of(x, last, n, rate))
    }

    pub(super) fn rows<R>(
        &self,
        frequency: &[u32],
        last: &[u32],
        occasions: &[u32],
        each: impl Fn(u32, u32, u32) -> R,
    ) -> Result<Vec<R>> {
        self.check()?;
        same_length("recency", last.len(), frequency.len())?;
        same_length("occasions", occasions.len(), frequency.len())?;
        let rows = frequency.iter().zip(last).zip(occasions).enumerate();
        rows.map(|(row, ((x, last), n))| {
            opportunities::check(*x, *last, *n)
                .map_err(|(column, accepted)| cell_error(column, row, accepted))?;
            Ok(each(*x, *last, *n))
        })
        .collect()
    }

    /// Somebody who was there for occasion n is like a new customer with other parameters.
    fn later(&self, frequency: u32, occasions: u32) -> Self {
        let (x, n) = (f64::from(frequency), f64::from(occasions));
        Self {
            alpha: self.alpha + x,
            beta: self.beta + n - x,
            gamma: self.gamma,
            delta: self.delta + n,
        }
    }

    /// The probability that a new customer is there for occasion t: (δ)ₜ / (γ + δ)ₜ.
    fn stays(&self, t: u32) -> f64 {
        let t = f64::from(t);
        exp(ln_gamma_ratio(self.delta, t) - ln_gamma_ratio(self.gamma + self.delta, t))
    }
}

fn check_rate(rate: f64) -> Result<()> {
    if rate.is_finite() && rate > 0.0 {
        return Ok(());
    }
    Err(Error::invalid("rate", "a finite number above 0"))
}
