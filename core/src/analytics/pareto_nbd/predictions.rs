//! What Pareto/NBD says about a customer.

use super::ParetoNbd;
use crate::analytics::special::{exp, exp_m1, gauss_legendre, ln, ln_1p, ln_gamma, ln_gamma_ratio};

impl ParetoNbd {
    /// Somebody who is alive at T is like a new customer with other parameters: r + x, α + T, s and β + T.
    pub(super) fn later(&self, x: f64, age: f64) -> Self {
        Self { r: self.r + x, alpha: self.alpha + age, s: self.s, beta: self.beta + age }
    }

    /// The expected number of purchases in the time t after T while alive, with its derivatives by r, α, s
    /// and β.
    pub(super) fn expected_with_slopes(&self, x: f64, age: f64, t: f64) -> (f64, [f64; 4]) {
        let Self { r, alpha, s, beta } = self.later(x, age);
        // The expected time until leaving or t: β (1 − (1 + t / β)^(1 − s)) / (s − 1), which is
        // β ln(1 + t / β) at s = 1.
        let ln = ln_1p(t / beta);
        let (share, slope) = decay((s - 1.0) * ln);
        let time = beta * ln * share;
        let by_s = beta * ln * ln * slope;
        let by_beta = ln * share - exp(-(s - 1.0) * ln) * t / (beta + t);
        let rate = r / alpha;
        (rate * time, [time / alpha, -rate * time / alpha, rate * by_s, rate * by_beta])
    }

    /// The negative binomial probability of x purchases while alive for the time t.
    fn ln_count(&self, x: f64, t: f64) -> f64 {
        let &Self { r, alpha, .. } = self;
        let purchases = if x > 0.0 { x * ln(t / (alpha + t)) } else { 0.0 };
        ln_gamma_ratio(r, x) - ln_gamma(x + 1.0) + purchases - r * ln_1p(t / alpha)
    }

    pub(super) fn mass(&self, purchases: u32, t: f64) -> f64 {
        let &Self { r, alpha, s, beta } = self;
        let x = f64::from(purchases);
        if t <= 0.0 {
            return if purchases == 0 { 1.0 } else { 0.0 };
        }
        let mut sum = exp(self.ln_count(x, t) - s * ln_1p(t / beta));
        // τ = m (e^w − 1) on the scale on which purchases and leaving fall off.
        let m = (alpha / (r + 1.0)).min(beta / (s + 1.0));
        let end = ln_1p(t / m);
        let panels = (end / (2.0 / (x + 1.0).sqrt()).min(0.5)).ceil().max(1.0);
        let mut from = 0.0;
        for panel in 1..=(panels as u32) {
            let to = end * f64::from(panel) / panels;
            gauss_legendre(from, to, |w, weight| {
                let tau = m * exp_m1(w);
                let ln_leaves = w - (s + 1.0) * ln_1p(tau / beta);
                sum += weight * m * s / beta * exp(self.ln_count(x, tau) + ln_leaves);
            });
            from = to;
        }
        sum
    }
}

/// (1 − e^−y) / y and its derivative, also next to 0.
fn decay(y: f64) -> (f64, f64) {
    let share = if y == 0.0 { 1.0 } else { -exp_m1(-y) / y };
    if y.abs() > 0.5 {
        return (share, (exp(-y) * (1.0 + y) - 1.0) / (y * y));
    }
    // Σ over k ≥ 1 of k (−1)^k y^(k − 1) / (k + 1)!
    let (mut slope, mut term, mut k) = (0.0, -0.5, 1.0);
    while k < 18.0 {
        slope += k * term;
        term *= -y / (k + 2.0);
        k += 1.0;
    }
    (share, slope)
}
