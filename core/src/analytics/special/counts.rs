//! Sums over negative binomial numbers, which the beta-geometric models are made of.

use super::elementary::{exp, exp_m1, ln, ln_1p};
use super::gamma::{digamma, ln_gamma, ln_gamma_ratio};
use super::hypergeometric::ln_hypergeometric;

/// A term below this share of the sum, with all that follow, says nothing.
const NEGLIGIBLE: f64 = 1e-18;
/// Sums are kept below this by taking their logarithm out.
const LARGE: f64 = 1e250;
/// Sums of more terms are integrals instead.
const MOST_TERMS: f64 = 20_000.0;

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
    tail(n, r, z, z / (1.0 - z))
}

/// The same with the odds z / (1 − z), which say more where z is next to 1.
fn tail(n: u64, r: f64, z: f64, odds: f64) -> f64 {
    if n == 0 {
        return 1.0;
    }
    if z <= 0.0 {
        return 0.0;
    }
    let n = n as f64;
    let ln_mass = ln_gamma_ratio(r, n) - ln_gamma(n + 1.0) + n * ln_share(odds) - r * ln_1p(odds);
    if n <= odds * r.max(5.0) {
        // What is above is much: P(N ≥ 1) minus the sum downwards from n − 1 to 1.
        let (mut term, mut sum, mut k) = (1.0, 0.0, n);
        while k > 1.0 {
            term *= k / ((r + k - 1.0) * z);
            sum += term;
            k -= 1.0;
            if term < NEGLIGIBLE * sum {
                break;
            }
        }
        return -exp_m1(-r * ln_1p(odds)) - sum * exp(ln_mass);
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

/// ln z of the odds z / (1 − z).
fn ln_share(odds: f64) -> f64 {
    if odds < 1.0 { ln(odds / (1.0 + odds)) } else { -ln_1p(1.0 / odds) }
}

/// What somebody does in a time in which N events come, where N is negative binomial with shape r and mean
/// r `odds`: each `every`-th event is a purchase, the first of them after `every − phase` events; and each
/// purchase is the last with a probability of the beta distribution (a, b).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Count {
    pub(crate) r: f64,
    pub(crate) a: f64,
    pub(crate) b: f64,
    /// y = z / (1 − z) with the parameter z of N.
    pub(crate) odds: f64,
    pub(crate) every: u32,
    pub(crate) phase: u32,
}

/// A number with its derivatives by r, a, b and the logarithm of the odds.
pub(crate) type WithSlopes = (f64, [f64; 4]);

impl Count {
    /// The expected number of purchases: Σ over m ≥ 1 of (b)ₘ₋₁ / (a + b)ₘ₋₁ · P(N ≥ m every − phase).
    ///
    /// For `every` = 1 it equals (a + b − 1) / (a − 1) · (1 − (1 − z)^r ₂F₁(r, b; a + b − 1; z)), the form of
    /// Fader, Hardie and Lee (2005), equation 10, and has none of its singularities at a = 1 and
    /// a + b = 1.
    pub(crate) fn expected(&self) -> f64 {
        if self.is_long() { self.expected_by_integral() } else { self.sum(false).0 }
    }

    /// [`expected`](Self::expected) with its derivatives, those of long sums by central differences.
    pub(crate) fn expected_with_slopes(&self) -> WithSlopes {
        if !self.is_long() {
            return self.sum(true);
        }
        let slope = |at: f64, moved: &dyn Fn(f64) -> Self| {
            let step = 1e-4 * at;
            let to = |step| moved(at + step).expected_by_integral();
            (to(step) - to(-step)) / (2.0 * step)
        };
        let slopes = [
            slope(self.r, &|r| Self { r, ..*self }),
            slope(self.a, &|a| Self { a, ..*self }),
            slope(self.b, &|b| Self { b, ..*self }),
            slope(1.0, &|factor| Self { odds: self.odds * factor, ..*self }),
        ];
        (self.expected_by_integral(), slopes)
    }

    /// The probability that none of the purchases is the last: E[(b)ₘ / (a + b)ₘ] with m purchases in N
    /// events.
    pub(crate) fn stays(&self) -> f64 {
        let &Self { r, a, b, odds, every, phase } = self;
        let z = self.z();
        if z <= 0.0 {
            return 1.0;
        }
        if self.is_long() {
            return self.stays_by_integral();
        }
        let ln_none = -r * ln_1p(odds);
        if every == 1 {
            return exp(ln_none + ln_hypergeometric(r, b, a + b, z)).min(1.0);
        }
        let (mut ln_mass, mut sum, mut stays, mut n, mut m) = (ln_none, 0.0, 1.0, 0.0, 0.0);
        let mut until = every - phase;
        let mean = r * odds;
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

    /// The probability of exactly so many purchases.
    pub(crate) fn mass(&self, purchases: u32) -> f64 {
        let &Self { r, a, b, odds, every, phase } = self;
        let z = self.z();
        if z <= 0.0 {
            return if purchases == 0 { 1.0 } else { 0.0 };
        }
        let m = f64::from(purchases);
        // Events of the last of these purchases, up to the next.
        let events = |purchases: u32| u64::from(purchases) * u64::from(every);
        let from = events(purchases).saturating_sub(u64::from(phase));
        let to = events(purchases) + u64::from(every) - u64::from(phase);
        let alive: f64 = (from..to).map(|n| exp(self.ln_mass(n as f64))).sum();
        if purchases == 0 {
            return alive;
        }
        let stays = exp(ln_gamma_ratio(b, m) - ln_gamma_ratio(a + b, m));
        stays * alive + stays * a / (b + (m - 1.0)) * tail(from, r, z, odds)
    }

    /// ln P(N = n).
    fn ln_mass(&self, n: f64) -> f64 {
        let &Self { r, odds, .. } = self;
        let power = if n > 0.0 { n * ln_share(odds) } else { 0.0 };
        ln_gamma_ratio(r, n) - ln_gamma(n + 1.0) + power - r * ln_1p(odds)
    }

    /// Next to 1 it has lost the digits of the odds.
    fn z(&self) -> f64 {
        self.odds / (1.0 + self.odds)
    }

    fn is_long(&self) -> bool {
        let &Self { r, odds, .. } = self;
        let mean = r * odds;
        let terms = mean + 9.0 * (mean * (1.0 + odds)).sqrt() + 40.0 * (1.0 + odds);
        terms > MOST_TERMS
    }

    /// Σₙ P(N = n) Σ over the purchases in n events of (b)ⱼ / (a + b)ⱼ, relative to the mass at a floor of
    /// the mode; the slopes only if asked for.
    fn sum(&self, slopes: bool) -> WithSlopes {
        let &Self { r, a, b, odds, every, phase } = self;
        let z = self.z();
        if z <= 0.0 {
            return (0.0, [0.0; 4]);
        }
        let mean = r * odds;
        let start = (mean - 9.0 * (mean * (1.0 + odds)).sqrt() - 100.0).floor().max(0.0);
        let mut inner = Inner { a, b, every, until: every - phase, stays: 1.0, ..Inner::default() };
        let mut n = 0.0;
        while n < start {
            inner.event(slopes);
            n += 1.0;
        }
        // The derivatives of ln P(N = n).
        let mut by_r = -ln_1p(odds);
        if slopes && start > 0.0 {
            by_r += digamma(r + start) - digamma(r);
        }
        let (mut mass, mut scale) = (1.0, self.ln_mass(start));
        let (mut sum, mut sums) = (inner.value, [0.0; 4]);
        let add = |sums: &mut [f64; 4], mass: f64, inner: &Inner, n: f64, by_r: f64| {
            let by_odds = (n - mean) / (1.0 + odds);
            let terms = [inner.value * by_r, inner.by_a, inner.by_b, inner.value * by_odds];
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
            let bound = factor.max(z) * (n + 1.0) / n;
            let seen =
                term * bound >= NEGLIGIBLE * sum * (1.0 - bound) && mass >= f64::MIN_POSITIVE;
            if bound < 1.0 && !seen {
                // So rare that no double can say how much.
                if sum < f64::MIN_POSITIVE {
                    return (0.0, [0.0; 4]);
                }
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
