//! BG/NBD: a customer can leave after each repeat purchase.

use serde::{Deserialize, Serialize};

use super::beta_geometric::{self, Kernel};
use super::customers::Customers;
use super::fit::Fit;
use super::lanes::{LANES, Lanes};
use super::model::{Estimable, PurchaseModel, Row, check_parameters, with_slopes_one_by_one};
use super::search::{Curve, Starts};
use crate::error::Result;

/// The beta-geometric/NBD model of Fader, Hardie and Lee, *“Counting Your Customers” the Easy Way*
/// (Marketing Science 24, 2005): likelihood equation 6, pmf 8, expectations 9 and 10.
///
/// Purchases are Poisson with a gamma-distributed rate; after each repeat purchase a customer leaves with a
/// beta-distributed probability. Somebody without repeat purchases is therefore alive for certain;
/// [`MbgNbd`](super::MbgNbd) does not say so.
///
/// ```
/// use goodwill::analytics::{BgNbd, PurchaseModel};
///
/// // The CDNOW customers, in weeks: who bought 2 times until week 30.43 of 38.86.
/// let model = BgNbd::new(0.2426, 4.4135, 0.7929, 2.4258)?;
/// let expected = model.expected_purchases(&[2], &[30.43], &[38.86], 39.0)?;
/// assert!((expected[0] - 1.226).abs() < 1e-3);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BgNbd {
    /// The shape of the gamma distribution of purchase rates.
    pub r: f64,
    /// Its rate, a time.
    pub alpha: f64,
    /// The first parameter of the beta distribution of the probability to leave.
    pub a: f64,
    /// Its second parameter.
    pub b: f64,
}

impl BgNbd {
    /// A model with these parameters.
    ///
    /// # Errors
    /// `input.invalid` names a parameter that is not finite and above 0.
    pub fn new(r: f64, alpha: f64, a: f64, b: f64) -> Result<Self> {
        let model = Self { r, alpha, a, b };
        model.check().map(|()| model)
    }

    /// Maximum likelihood on the logarithms of the parameters, without randomness and without settings.
    ///
    /// ```
    /// use goodwill::analytics::{Customers, BgNbd, Identification, NotIdentified};
    ///
    /// let customers = Customers::from_columns(&[0, 0, 0], &[0.0; 3], &[12.0, 30.0, 38.9])?;
    /// let fit = BgNbd::fit(&customers);
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

    /// The log-likelihood and its gradient by r, α, a and b.
    #[must_use]
    pub fn log_likelihood_with_gradient(&self, customers: &Customers) -> (f64, [f64; 4]) {
        let curve = self.curve(customers);
        (curve.value, curve.gradient)
    }

    fn kernel(&self) -> Kernel {
        Kernel::plain(self.parameters(), 0.0)
    }
}

impl Estimable for BgNbd {
    const DROPOUT: &'static [usize] = &[2, 3];

    fn of([r, alpha, a, b]: [f64; 4]) -> Self {
        Self { r, alpha, a, b }
    }

    fn starts(customers: &Customers) -> ([f64; 4], Starts) {
        beta_geometric::starts(customers, 1)
    }

    fn curve(&self, customers: &Customers) -> Curve<4> {
        self.kernel().curve(customers)
    }
}

impl PurchaseModel for BgNbd {
    fn check(&self) -> Result<()> {
        check_parameters(&[("r", self.r), ("alpha", self.alpha), ("a", self.a), ("b", self.b)])
    }

    fn parameters(&self) -> [f64; 4] {
        [self.r, self.alpha, self.a, self.b]
    }

    fn with_parameters(&self, parameters: [f64; 4]) -> Self {
        Self::of(parameters)
    }

    beta_geometric::predictions!();
}
