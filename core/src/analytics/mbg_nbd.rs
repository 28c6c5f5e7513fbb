//! MBG/NBD: a customer can also leave right after the first purchase.

use serde::{Deserialize, Serialize};

use super::beta_geometric::{self, Kernel};
use super::customers::Customers;
use super::fit::Fit;
use super::lanes::{LANES, Lanes};
use super::model::{Estimable, PurchaseModel, Row, check_parameters, with_slopes_one_by_one};
use super::search::{Curve, Starts};
use crate::error::Result;

/// The modified beta-geometric/NBD model of Batislam, Denizel and Filiztekin, *Empirical validation and
/// comparison of models for customer base analysis* (International Journal of Research in Marketing 24, 2007),
/// and Hoppe and Wagner, *Customer Base Analysis: The Case for a Central Variant of the
/// Betageometric/NBD Model* (Marketing Journal of Research and Management 2, 2007).
///
/// As [`BgNbd`](super::BgNbd), where a customer can also leave right after the first purchase of all.
///
/// ```
/// use goodwill::analytics::{MbgNbd, PurchaseModel};
///
/// let model = MbgNbd::new(0.525, 6.183, 0.891, 1.614)?;
/// // Somebody who bought once long ago may have left.
/// let alive = model.probability_alive(&[0, 2], &[0.0, 30.43], &[38.86, 38.86])?;
/// assert!(alive[0] < 0.5 && alive[1] > 0.5, "{alive:?}");
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MbgNbd {
    /// The shape of the gamma distribution of purchase rates.
    pub r: f64,
    /// Its rate, a time.
    pub alpha: f64,
    /// The first parameter of the beta distribution of the probability to leave.
    pub a: f64,
    /// Its second parameter.
    pub b: f64,
}

impl MbgNbd {
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
    /// use goodwill::analytics::{Customers, MbgNbd, Identification, NotIdentified};
    ///
    /// let customers = Customers::from_columns(&[0, 0, 0], &[0.0; 3], &[12.0, 30.0, 38.9])?;
    /// let fit = MbgNbd::fit(&customers);
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
        Kernel::plain(self.parameters(), 1.0)
    }
}

impl Estimable for MbgNbd {
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

impl PurchaseModel for MbgNbd {
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
