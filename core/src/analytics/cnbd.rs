//! BG/CNBD-k and MBG/CNBD-k: customers who buy more regularly than at random.

use serde::{Deserialize, Serialize};

use super::beta_geometric::{self, Kernel};
use super::customers::Customers;
use super::fit::Fit;
use super::lanes::{LANES, Lanes};
use super::model::{PurchaseModel, Row, check_parameters, with_slopes_one_by_one};
use super::special::{ln, ln_gamma};
use crate::error::{Error, Result};

/// The largest regularity that is accepted.
const MOST_REGULAR: u32 = 100;

/// The (M)BG/CNBD-k model of Platzer and Reutterer, *Ticking Away the Moments: Timing Regularity Helps to Better
/// Predict Customer Activity* (Marketing Science 35, 2016).
///
/// The waits between purchases have the Erlang distribution with shape k: a purchase is every k-th event of a
/// Poisson process whose rate is gamma distributed. With k = 1 it is [`BgNbd`](super::BgNbd) or
/// [`MbgNbd`](super::MbgNbd). Expected purchases are exact sums over how many events of the next purchase have come, not
/// an approximation.
///
/// ```
/// use goodwill::analytics::{Cnbd, PurchaseModel};
///
/// // Who buys like clockwork is missed sooner.
/// let (random, regular) = (Cnbd::new(1.0, 4.0, 0.5, 3.0, 1, true)?, Cnbd::new(1.0, 1.0, 0.5, 3.0, 4, true)?);
/// assert!(regular.alive(10, 30.0, 40.0) < random.alive(10, 30.0, 40.0));
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Cnbd {
    /// The shape of the gamma distribution of event rates.
    pub r: f64,
    /// Its rate, a time.
    pub alpha: f64,
    /// The first parameter of the beta distribution of the probability to leave.
    pub a: f64,
    /// Its second parameter.
    pub b: f64,
    /// k, the events of a purchase, from 1 to 100; it is chosen, not searched.
    pub regularity: u32,
    /// Whether a customer can leave right after the first purchase of all, as in MBG/CNBD-k.
    pub leaves_at_once: bool,
}

/// The fits of several regularities.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Regularity {
    /// The fit with the highest likelihood; of equal ones the less regular.
    pub best: Fit<Cnbd>,
    /// The log-likelihoods of k = 1, 2, …
    pub log_likelihoods: Vec<f64>,
}

impl Cnbd {
    /// A model with these parameters.
    ///
    /// # Errors
    /// `input.invalid` names a parameter that is not finite and above 0, or a regularity not from 1 to 100.
    pub fn new(r: f64, alpha: f64, a: f64, b: f64, k: u32, leaves_at_once: bool) -> Result<Self> {
        let model = Self { r, alpha, a, b, regularity: k, leaves_at_once };
        model.check().map(|()| model)
    }

    /// Maximum likelihood for a given regularity k.
    ///
    /// `ln_waits` is the sum over all customers, weights counted, of the natural logarithms of the waits between
    /// consecutive purchases, the first wait from the first purchase of all. It moves the likelihood
    /// of k above 1 by a constant, so that different k can be compared ([`ln_waits`](Self::ln_waits)).
    ///
    /// # Errors
    /// `input.invalid` for `regularity` or `ln_waits`.
    pub fn fit(
        customers: &Customers,
        ln_waits: f64,
        k: u32,
        leaves_at_once: bool,
    ) -> Result<Fit<Self>> {
        let unit = Self { r: 1.0, alpha: 1.0, a: 1.0, b: 1.0, regularity: k, leaves_at_once };
        unit.search(customers, ln_waits, None)
    }

    /// [`fit`](Self::fit) of the same regularity from the parameters of a similar fit, such as last month's:
    /// one search instead of several.
    ///
    /// # Errors
    /// `input.invalid` for `regularity` or `ln_waits`.
    pub fn fit_from(customers: &Customers, ln_waits: f64, start: &Self) -> Result<Fit<Self>> {
        start.search(customers, ln_waits, Some(start.parameters()))
    }

    fn search(
        &self,
        customers: &Customers,
        ln_waits: f64,
        start: Option<[f64; 4]>,
    ) -> Result<Fit<Self>> {
        check_regularity(self.regularity)?;
        if !ln_waits.is_finite() {
            return Err(Error::invalid("ln_waits", "a finite number"));
        }
        let model = |parameters| self.with_parameters(parameters);
        let starts = beta_geometric::starts(customers, self.regularity);
        let curve = |customers: &Customers, at| model(at).kernel().curve(customers);
        let mut fit = beta_geometric::fit(customers, start, &starts, curve, model);
        fit.log_likelihood += of_waits(customers, ln_waits, self.regularity);
        Ok(fit)
    }

    /// The log-likelihood without the waits, and its gradient by r, α, a and b.
    #[must_use]
    pub fn log_likelihood_with_gradient(&self, customers: &Customers) -> (f64, [f64; 4]) {
        let curve = self.kernel().curve(customers);
        (curve.value, curve.gradient)
    }

    /// Maximum likelihood with the regularity that is the likeliest of 1 to `most`.
    ///
    /// # Errors
    /// `input.invalid` for `regularity` or `ln_waits`.
    pub fn fit_regularity(
        customers: &Customers,
        ln_waits: f64,
        most: u32,
        leaves_at_once: bool,
    ) -> Result<Regularity> {
        check_regularity(most)?;
        let mut best = Self::fit(customers, ln_waits, 1, leaves_at_once)?;
        let mut log_likelihoods = vec![best.log_likelihood];
        for k in 2..=most {
            let fit = Self::fit(customers, ln_waits, k, leaves_at_once)?;
            log_likelihoods.push(fit.log_likelihood);
            if fit.log_likelihood > best.log_likelihood {
                best = fit;
            }
        }
        Ok(Regularity { best, log_likelihoods })
    }

    /// The sum of the logarithms of one customer's waits between purchases at these times, in any order. Waits
    /// of 0 do not count; purchases at the same time are one purchase.
    ///
    /// ```
    /// use goodwill::analytics::Cnbd;
    ///
    /// assert_eq!(Cnbd::ln_waits(&[1.0, 4.0, 2.0]), 2_f64.ln());
    /// ```
    #[must_use]
    pub fn ln_waits(times: &[f64]) -> f64 {
        let mut times = times.to_vec();
        times.sort_by(f64::total_cmp);
        let waits = times.windows(2).map(|pair| match pair {
            [from, to] => to - from,
            _ => 0.0,
        });
        waits.filter(|wait| *wait > 0.0).map(ln).sum()
    }

    /// The log-likelihood of customers with the waits as in [`fit`](Self::fit).
    #[must_use]
    pub fn log_likelihood_with_waits(&self, customers: &Customers, ln_waits: f64) -> f64 {
        self.log_likelihood(customers) + of_waits(customers, ln_waits, self.regularity)
    }

    fn kernel(&self) -> Kernel {
        let before = if self.leaves_at_once { 1.0 } else { 0.0 };
        let &Self { r, alpha, a, b, regularity, .. } = self;
        Kernel { r, alpha, a, b, every: regularity, before }
    }
}

/// Π wait^(k − 1) / Γ(k), over all purchases.
fn of_waits(customers: &Customers, ln_waits: f64, k: u32) -> f64 {
    if k == 1 {
        return 0.0;
    }
    f64::from(k - 1) * ln_waits - customers.purchases() * ln_gamma(f64::from(k))
}

fn check_regularity(k: u32) -> Result<()> {
    if (1..=MOST_REGULAR).contains(&k) {
        return Ok(());
    }
    Err(Error::invalid("regularity", "a whole number from 1 to 100"))
}

impl PurchaseModel for Cnbd {
    fn check(&self) -> Result<()> {
        check_regularity(self.regularity)?;
        check_parameters(&[("r", self.r), ("alpha", self.alpha), ("a", self.a), ("b", self.b)])
    }

    fn parameters(&self) -> [f64; 4] {
        [self.r, self.alpha, self.a, self.b]
    }

    fn with_parameters(&self, [r, alpha, a, b]: [f64; 4]) -> Self {
        Self { r, alpha, a, b, ..*self }
    }

    /// How many events of the next purchase have come depends on the silence.
    fn remembers_recency(&self) -> bool {
        self.regularity > 1
    }

    beta_geometric::predictions!();
}
