//! What the beta-geometric models share: every k-th event of a Poisson process with a gamma-distributed
//! rate is a purchase, and a customer leaves with a beta-distributed probability at certain moments.
//!
//! With k = 1 and without a chance to leave right after the first purchase of all it is BG/NBD, with that
//! chance MBG/NBD; with k above 1 they are BG/CNBD-k and MBG/CNBD-k.

mod likelihood;
mod predictions;

pub(crate) use predictions::predictions;

use super::customers::Customers;
use super::fit::{Fit, NotIdentified};
use super::search::{Begin, Starts, maximise};
use super::special::{exp, ln};

/// Parameters r, α, a, b, the events of a purchase, and the number of chances to leave before the first
/// repeat purchase.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kernel {
    pub(crate) r: f64,
    pub(crate) alpha: f64,
    pub(crate) a: f64,
    pub(crate) b: f64,
    /// k, the events of a purchase.
    pub(crate) every: u32,
    /// 0 in BG/NBD, 1 in MBG/NBD.
    pub(crate) before: f64,
}

impl Kernel {
    /// BG/NBD with these parameters, or MBG/NBD where there is a chance to leave `before`.
    pub(crate) fn plain([r, alpha, a, b]: [f64; 4], before: f64) -> Self {
        Self { r, alpha, a, b, every: 1, before }
    }
}

/// The scale of the data on the log scale, and places to begin, for events that come `every` times as often as
/// purchases.
pub(crate) fn starts(customers: &Customers, every: u32) -> ([f64; 4], Starts) {
    let age = customers.mean_age();
    let wait = mean_wait(customers) / f64::from(every);
    let start = |(r, a, b): (f64, f64, f64)| [r, r * wait, a, b].map(ln).to_vec();
    let usual = [(0.5, 0.7, 2.5), (1.0, 0.2, 1.5), (2.0, 5.0, 40.0)];
    // Some leave at once and the others never; all leave alike; nobody does; everybody buys alike.
    let far = [(3.0, 0.03, 0.01), (30.0, 0.1, 0.1), (1.0, 50.0, 50.0), (0.3, 0.01, 3.0)];
    let starts = Starts {
        usual: usual.map(start).to_vec(),
        far: far.map(start).to_vec(),
        ..Starts::default()
    };
    ([0.0, ln(age), 0.0, 0.0], starts)
}

/// The mean time per purchase; the mean age where there are none.
pub(crate) fn mean_wait(customers: &Customers) -> f64 {
    let purchases = customers.purchases();
    let age = customers.mean_age();
    if purchases > 0.0 { age * customers.len() / purchases } else { age }
}

/// Maximum likelihood from several starts, or from the parameters of another fit.
pub(crate) fn fit<P>(
    customers: &Customers,
    start: Option<[f64; 4]>,
    (center, starts): &([f64; 4], Starts),
    curve: impl Fn(&Customers, [f64; 4]) -> super::search::Curve<4>,
    model: impl Fn([f64; 4]) -> P,
) -> Fit<P> {
    let parameters = |at: &[f64]| {
        let mut parameters = [0.0; 4];
        parameters.iter_mut().zip(at).for_each(|(parameter, at)| *parameter = exp(*at));
        parameters
    };
    let surface = |customers: &Customers, at: &[f64]| {
        let at = parameters(at);
        curve(customers, at).by_logarithms(&at).surface(customers.len())
    };
    let warm = start.map(|start| start.map(ln));
    let begin = warm.as_ref().map_or(Begin::Spread(starts), |start| Begin::Warm(start));
    let known = known(customers, 4.0);
    maximise(customers, customers.len(), surface, center, &begin, known, |at| model(parameters(at)))
}

/// What can be said without a search.
pub(crate) fn known(customers: &Customers, parameters: f64) -> Option<NotIdentified> {
    if customers.purchases() == 0.0 {
        Some(NotIdentified::NoRepeatPurchases)
    } else if customers.len() < parameters {
        Some(NotIdentified::TooFewCustomers)
    } else {
        None
    }
}
