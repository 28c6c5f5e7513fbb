//! Sums over negative binomial numbers, which the beta-geometric models are made of.

use super::elementary::{exp, exp_m1, ln, ln_1p};
use super::gamma::{digamma, ln_beta, ln_gamma, ln_gamma_ratio};
use super::hypergeometric::{ln_hypergeometric, softplus};
use super::quadrature::ln_trapezoid;

/// A term below this share of the sum, with all that follow, says nothing.
const NEGLIGIBLE: f64 = 1e-18;
/// Sums are kept below this by taking their logarithm out.
const LARGE: f64 = 1e250;
/// Sums of more terms are integrals instead.
const MOST_TERMS: f64 = 20_000.0;
/// The same where several events make a purchase. Purchases then count as if they came by themselves, which is off by a
/// part of one purchase; the sums would not end in any useful time.
const MOST_TERMS_OF_MANY: f64 = 5e6;

/// ln P(N = n) for a negative binomial number with shape r > 0 and mean r z / (1 − z), 0 < z < 1.
pub(crate) fn ln_negative_binomial(n: f64, r: f64, z: f64) -> f64 {
    let power = if n > 0.0 { n * ln(z) } else { 0.0 };
    ln_gamma_ratio(r, n) - ln_gamma(n + 1.0) + power + r * ln_1p(-z)
}

/// The probability that a negative binomial number with shape r > 0 and mean r z / (1 − z) is at least n.
///
/// It is the regularised incomplete beta function I_z(n, r) (Abramowitz and Stegun 26.5.26), summed from
/// the side that has no cancellation.
///
/// ```
/// use goodwill::analytics::special::negative_binomial_tail;
///
/// // With r = 1 it is geometric: P(N ≥ n) = zⁿ.
/// assert!((negative_binomial_tail(3, 1.0, 0.25) - 0.25_f64.powi(3)).abs() < 1e-16);
/// ```
#[must_use]
pub fn negative_binomial_tail(n: u64, r: f64, z: f64) -> f64 {
    if n == 0 {
        return 1.0;
    }
    if z <= 0.0 {
        return 0.0;
    }
    let n = n as f64;
    let ln_odds_out = ln_1p(-z);
    let ln_mass = ln_gamma_ratio(r, n) - ln_gamma(n + 1.0) + n * ln(z) + r * ln_odds_out;
    if n <= r * z / (1.0 - z) {
        // Below the mean: one minus the sum downwards from n − 1.
        let (mut term, mut sum, mut k) = (1.0, 0.0, n);
        while k > 0.0 {
            term *= k / ((r + k - 1.0) * z);
            sum += term;
            k -= 1.0;
            if term < NEGLIGIBLE * sum {
                break;
            }
        }
        return 1.0 - sum * exp(ln_mass);
    }
    let (mut term, mut sum, mut k) = (1.0, 1.0, n);
    loop {
        let factor = (r + k) / (k + 1.0) * z;
        term *= factor;
        sum += term;
        k += 1.0;
        let bound = factor.max(z);
        if bound < 1.0 && term * bound < NEGLIGIBLE * sum * (1.0 - bound) {
            return exp(ln_mass + ln(sum));
        }
    }
}

/// What somebody does in a time in which N events come, where N is negative binomial with shape r and
/// parameter z: each `every`-th event is a purchase, the first of them after `every − phase` events; and each
/// purchase is the last with a probability of the beta distribution (a, b).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Count {
    pub(crate) r: f64,
    pub(crate) a: f64,
    pub(crate) b: f64,
    pub(crate) z: f64,
    pub(crate) every: u32,
    pub(crate) phase: u32,
}

/// A number with its derivatives by r, a, b and z.
pub(crate) type WithSlopes = (f64, [f64; 4]);

impl Count {
    /// The expected number of purchases: Σ over m ≥ 1 of (b)ₘ₋₁ / (a + b)ₘ₋₁ · P(N ≥ m every − phase).
    ///
    /// For `every` = 1 it equals (a + b − 1) / (a − 1) · (1 − (1 − z)^r ₂F₁(r, b; a + b − 1; z)), the form of
    /// Fader, Hardie and Lee (2005), equation 10, and has none of its singularities at a = 1 and
    /// a + b = 1.
    pub(crate) fn expected(&self) -> f64 {
        if self.is_long() { self.integral() } else { self.sum(false).0 }
    }

    /// [`expected`](Self::expected) with its derivatives, those of long sums by central differences.
    pub(crate) fn expected_with_slopes(&self) -> WithSlopes {
        if !self.is_long() {
            return self.sum(true);
        }
        let slope = |at: f64, moved: &dyn Fn(f64) -> Self| {
            let step = 1e-4 * at;
            (moved(at + step).integral() - moved(at - step).integral()) / (2.0 * step)
        };
        let by_odds =
            slope(self.z / (1.0 - self.z), &|odds| Self { z: odds / (1.0 + odds), ..*self });
        let slopes = [
            slope(self.r, &|r| Self { r, ..*self }),
            slope(self.a, &|a| Self { a, ..*self }),
            slope(self.b, &|b| Self { b, ..*self }),
            by_odds / (1.0 - self.z).powi(2),
        ];
        (self.integral(), slopes)
    }

    /// The probability that none of the purchases is the last: E[(b)ₘ / (a + b)ₘ] with m purchases in N
    /// events.
    pub(crate) fn stays(&self) -> f64 {
        let &Self { r, a, b, z, every, phase } = self;
        if z <= 0.0 {
            return 1.0;
        }
        if every == 1 || self.is_long() {
            let z = if every == 1 { z } else { self.odds() / (1.0 + self.odds()) };
            return exp(r * ln_1p(-z) + ln_hypergeometric(r, b, a + b, z));
        }
        let (mut ln_mass, mut sum, mut stays, mut n, mut m) = (r * ln_1p(-z), 0.0, 1.0, 0.0, 0.0);
        let mut until = every - phase;
        let mean = r * z / (1.0 - z);
        loop {
            let term = exp(ln_mass) * stays;
            sum += term;
            let factor = (r + n) / (n + 1.0) * z;
            ln_mass += ln(factor);
            n += 1.0;
            until -= 1;
            if until == 0 {
                stays *= (b + m) / (a + b + m);
                m += 1.0;
                until = every;
            }
            let bound = factor.max(z);
            if n > mean && bound < 1.0 && term * bound <= NEGLIGIBLE * sum * (1.0 - bound) {
                return sum.min(1.0);
            }
        }
    }

    fn is_long(&self) -> bool {
        let mean = self.r * self.z / (1.0 - self.z);
        let terms = mean + 9.0 * (mean / (1.0 - self.z)).sqrt() + 40.0 / (1.0 - self.z);
        terms > if self.every == 1 { MOST_TERMS } else { MOST_TERMS_OF_MANY }
    }

    /// The odds of a purchase, z / (1 − z) where every event is one.
    fn odds(&self) -> f64 {
        let events = self.z / (1.0 - self.z);
        if self.every == 1 { events } else { events / f64::from(self.every) }
    }

    /// The same expectation over the probability p to leave: E[(1 − (1 + p y)^−r) / p], y = z / (1 − z).
    fn integral(&self) -> f64 {
        let &Self { r, a, b, .. } = self;
        let y = self.odds();
        let h = (0.5 / a.sqrt()).min(0.1);
        let ln = ln_trapezoid(ln(a / (a + b)), h, |v| {
            let (ln_p, ln_rest) = (-softplus(-v), -softplus(v));
            let left = -exp_m1(-r * ln_1p(y * exp(ln_p)));
            (a - 1.0) * ln_p + b * ln_rest + ln(left)
        });
        exp(ln - ln_beta(a, b))
    }

    /// Σₙ P(N = n) Σ over the purchases in n events of (b)ⱼ / (a + b)ⱼ, relative to the mass at a floor of
    /// the mode; the slopes only if asked for.
    fn sum(&self, slopes: bool) -> WithSlopes {
        let &Self { r, a, b, z, every, phase } = self;
        if z <= 0.0 {
            // Only the derivative by z is not 0: an event that comes is a purchase, if every event is.
            return (0.0, [0.0, 0.0, 0.0, if every - phase == 1 { r } else { 0.0 }]);
        }
        let mean = r * z / (1.0 - z);
        let start = (mean - 9.0 * (mean / (1.0 - z)).sqrt() - 100.0).floor().max(0.0);
        let mut inner = Inner { a, b, every, until: every - phase, stays: 1.0, ..Inner::default() };
        let mut n = 0.0;
        while n < start {
            inner.event(slopes);
            n += 1.0;
        }
        let ln_start = ln_gamma_ratio(r, start) - ln_gamma(start + 1.0)
            + if start > 0.0 { start * ln(z) } else { 0.0 }
            + r * ln_1p(-z);
        // The derivatives of ln P(N = n).
        let mut by_r = ln_1p(-z);
        if slopes && start > 0.0 {
            by_r += digamma(r + start) - digamma(r);
        }
        let (mut mass, mut scale) = (1.0, ln_start);
        let (mut sum, mut sums) = (inner.value, [0.0; 4]);
        let add = |sums: &mut [f64; 4], mass: f64, inner: &Inner, n: f64, by_r: f64| {
            let by_z = n / z - r / (1.0 - z);
            let terms = [inner.value * by_r, inner.by_a, inner.by_b, inner.value * by_z];
            sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += mass * term);
        };
        if slopes {
            add(&mut sums, mass, &inner, n, by_r);
        }
        loop {
            let factor = (r + n) / (n + 1.0) * z;
            mass *= factor;
            inner.event(slopes);
            if slopes {
                by_r += 1.0 / (r + n);
                add(&mut sums, mass, &inner, n + 1.0, by_r);
            }
            n += 1.0;
            let term = mass * inner.value;
            sum += term;
            if sum > LARGE {
                scale += ln(LARGE);
                mass /= LARGE;
                sum /= LARGE;
                sums.iter_mut().for_each(|sum| *sum /= LARGE);
            }
            // So rare that no double can say how much.
            if mass <= 0.0 && sum <= 0.0 {
                return (0.0, [0.0; 4]);
            }
            let bound = factor.max(z) * (n + 1.0) / n;
            if bound < 1.0 && inner.value > 0.0 && term * bound < NEGLIGIBLE * sum * (1.0 - bound) {
                let value = exp(scale + ln(sum));
                return (value, sums.map(|slope| slope / sum * value));
            }
        }
    }
}

/// Σ over the purchases so far of (b)ⱼ / (a + b)ⱼ, with its derivatives by a and b.
#[derive(Debug, Default)]
struct Inner {
    a: f64,
    b: f64,
    every: u32,
    /// Events until the next purchase.
    until: u32,
    /// The number of purchases so far.
    purchases: f64,
    /// The next term, and the derivatives of its logarithm.
    stays: f64,
    stays_by_a: f64,
    stays_by_b: f64,
    value: f64,
    by_a: f64,
    by_b: f64,
}

impl Inner {
    fn event(&mut self, slopes: bool) {
        self.until -= 1;
        if self.until > 0 {
            return;
        }
        self.until = self.every;
        let (a, b, j) = (self.a, self.b, self.purchases);
        let stays = self.stays;
        self.value += stays;
        let next = (b + j) / (a + b + j);
        if slopes {
            self.by_a += stays * self.stays_by_a;
            self.by_b += stays * self.stays_by_b;
            let all = 1.0 / (a + b + j);
            self.stays_by_a -= all;
            self.stays_by_b += 1.0 / (b + j) - all;
        }
        self.stays *= next;
        self.purchases += 1.0;
    }
}
