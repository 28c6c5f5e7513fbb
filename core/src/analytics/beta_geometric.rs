//! What BG/NBD and MBG/NBD share: purchases are Poisson with a gamma-distributed rate, and a customer
//! leaves with a beta-distributed probability at certain moments. The models differ in one moment: in
//! MBG/NBD a customer can also leave right after the first purchase of all.

use super::customers::{Customers, Group};
use super::fit::{Fit, NotIdentified, maximise};
use super::special::{
    beta_geometric_count, digamma, ln_gamma, ln_gamma_ratio, negative_binomial_tail,
};

/// Parameters r, α, a, b, and the number of chances to leave before the first repeat purchase.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kernel {
    pub(crate) r: f64,
    pub(crate) alpha: f64,
    pub(crate) a: f64,
    pub(crate) b: f64,
    /// 0 in BG/NBD, 1 in MBG/NBD.
    pub(crate) before: f64,
}

/// What depends on x only.
struct Class {
    ln: f64,
    by_r: f64,
    by_a: f64,
    by_b: f64,
}

impl Kernel {
    fn class(&self, x: f64) -> Class {
        let &Self { r, a, b, before, .. } = self;
        let n = x + before;
        let rest = digamma(a + b) - digamma(a + b + n);
        Class {
            ln: ln_gamma_ratio(r, x) + ln_gamma_ratio(b, n) - ln_gamma_ratio(a + b, n),
            by_r: digamma(r + x) - digamma(r),
            by_a: rest,
            by_b: digamma(b + n) - digamma(b) + rest,
        }
    }

    /// The log-odds that a customer has left; none when there was no chance to.
    fn log_odds_gone(&self, x: f64, recency: f64, age: f64) -> Option<f64> {
        let n = x + self.before;
        let since = ((age - recency) / (self.alpha + recency)).ln_1p();
        (n > 0.0).then(|| self.a.ln() - (self.b + n - 1.0).ln() + (self.r + x) * since)
    }

    pub(crate) fn ln_likelihood(&self, group: &Group) -> f64 {
        let &Group { frequency: x, recency, age, .. } = group;
        self.class(x).ln + self.ln_times(x, recency, age)
    }

    fn ln_times(&self, x: f64, recency: f64, age: f64) -> f64 {
        let gone = self.log_odds_gone(x, recency, age).map_or(0.0, softplus);
        gone - self.r * (age / self.alpha).ln_1p() - x * (self.alpha + age).ln()
    }

    /// The log-likelihood and its gradient by r, α, a and b.
    pub(crate) fn ln_likelihood_with_gradient(&self, customers: &Customers) -> (f64, [f64; 4]) {
        let &Self { r, alpha, a, b, before } = self;
        let (mut value, mut by_r, mut by_alpha, mut by_a, mut by_b) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (x, weight) in customers.classes() {
            let class = self.class(x);
            value += weight * class.ln;
            by_r += weight * class.by_r;
            by_a += weight * class.by_a;
            by_b += weight * class.by_b;
        }
        for &Group { frequency: x, recency, age, weight, .. } in customers.iter() {
            let (until_age, until_last) = (alpha + age, alpha + recency);
            let grown = (age / alpha).ln_1p();
            value -= weight * (r * grown + x * until_age.ln());
            by_r -= weight * grown;
            // r / α − (r + x) / (α + T)
            by_alpha += weight * (r * age / alpha - x) / until_age;
            if let Some(odds) = self.log_odds_gone(x, recency, age) {
                let gone = 1.0 / (1.0 + (-odds).exp());
                value += weight * softplus(odds);
                by_r += weight * gone * ((age - recency) / until_last).ln_1p();
                by_alpha -= weight * gone * (r + x) * (age - recency) / until_last / until_age;
                by_a += weight * gone / a;
                by_b -= weight * gone / (b + x + before - 1.0);
            }
        }
        (value, [by_r, by_alpha, by_a, by_b])
    }

    pub(crate) fn alive(&self, x: f64, recency: f64, age: f64) -> f64 {
        self.log_odds_gone(x, recency, age).map_or(1.0, |odds| 1.0 / (1.0 + odds.exp()))
    }

    pub(crate) fn expected_while_alive(&self, x: f64, age: f64, t: f64) -> f64 {
        let z = t / (self.alpha + age + t);
        beta_geometric_count(self.r + x, self.a, self.b + x + self.before, z)
    }

    pub(crate) fn expected(&self, t: f64) -> f64 {
        let stays = if self.before > 0.0 { self.b / (self.a + self.b) } else { 1.0 };
        stays * self.expected_while_alive(0.0, 0.0, t)
    }

    pub(crate) fn pmf(&self, purchases: u32, t: f64) -> f64 {
        let &Self { r, alpha, a, b, before } = self;
        let x = f64::from(purchases);
        let n = x + before;
        if t <= 0.0 {
            return if purchases == 0 { 1.0 } else { 0.0 };
        }
        let z = t / (alpha + t);
        let ln_stays = ln_gamma_ratio(b, n) - ln_gamma_ratio(a + b, n);
        let ln_count =
            ln_gamma_ratio(r, x) - ln_gamma(x + 1.0) + x * z.ln() - r * (t / alpha).ln_1p();
        let stays = (ln_stays + ln_count).exp();
        if n == 0.0 {
            return stays;
        }
        let leaves = ln_stays.exp() * a / (b + n - 1.0);
        stays + leaves * negative_binomial_tail(u64::from(purchases), r, z)
    }

    /// Maximum likelihood from three starts.
    pub(crate) fn fit<P>(
        customers: &Customers,
        before: f64,
        model: impl Fn([f64; 4]) -> P,
    ) -> Fit<P> {
        let total = customers.len();
        let age = customers.mean_age();
        let purchases = customers.sum(|group| group.frequency);
        let wait = if purchases > 0.0 { age * total / purchases } else { age };
        let center = [0.0, age.ln(), 0.0, 0.0];
        let starts = [(0.5, 0.7, 2.5), (1.0, 0.2, 1.5), (2.0, 5.0, 40.0)]
            .map(|(r, a, b): (f64, f64, f64)| [r.ln(), (r * wait).ln(), a.ln(), b.ln()]);
        let objective = |at: &[f64; 4]| {
            let [r, alpha, a, b] = at.map(f64::exp);
            let kernel = Self { r, alpha, a, b, before };
            let (value, [by_r, by_alpha, by_a, by_b]) =
                kernel.ln_likelihood_with_gradient(customers);
            let gradient = [r * by_r, alpha * by_alpha, a * by_a, b * by_b];
            (-value / total, gradient.map(|slope| -slope / total))
        };
        maximise(objective, &center, &starts, total, known(customers, 4.0), model)
    }
}

/// What can be said without a search.
pub(crate) fn known(customers: &Customers, parameters: f64) -> Option<NotIdentified> {
    if customers.sum(|group| group.frequency) == 0.0 {
        Some(NotIdentified::NoRepeatPurchases)
    } else if customers.len() < parameters {
        Some(NotIdentified::TooFewCustomers)
    } else {
        None
    }
}

/// ln(1 + e^v) for every v.
pub(crate) fn softplus(v: f64) -> f64 {
    v.max(0.0) + (-v.abs()).exp().ln_1p()
}
