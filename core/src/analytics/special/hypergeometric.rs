//! The hypergeometric function of Gauss, and sums that the beta-geometric models are made of.

use super::gamma::{ln_beta, ln_gamma, ln_gamma_ratio};
use super::quadrature::ln_trapezoid;

/// Above this argument the series are slow, and the integral is taken.
const SERIES_UNTIL: f64 = 0.995;
/// A term below this share of the sum, with all that follow, says nothing.
const NEGLIGIBLE: f64 = 1e-18;
/// Sums are kept below this by taking their logarithm out.
const LARGE: f64 = 1e250;

/// ln ₂F₁(a, b; c; z), the hypergeometric function of Gauss, for a, b, c > 0 and 0 ≤ z < 1; NaN elsewhere.
///
/// All terms of the series (Abramowitz and Stegun 15.1.1) are positive there, so that nothing cancels; it
/// is summed on a moving scale and does not overflow for parameters in the thousands. For z > 0.995 and
/// c > min(a, b) it is Euler's integral (15.3.1) over the logit of its variable by the trapezoidal rule.
///
/// ```
/// use goodwill::analytics::special::ln_hypergeometric;
///
/// // ₂F₁(1, 1; 2; z) = −ln(1 − z) / z
/// let expected = (2.0 * 2_f64.ln()).ln();
/// assert!((ln_hypergeometric(1.0, 1.0, 2.0, 0.5) - expected).abs() < 1e-14);
/// ```
#[must_use]
pub fn ln_hypergeometric(a: f64, b: f64, c: f64, z: f64) -> f64 {
    let domain = a > 0.0 && b > 0.0 && c > 0.0 && (0.0..1.0).contains(&z);
    if !domain || !(a + b + c).is_finite() {
        return f64::NAN;
    }
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    if z > SERIES_UNTIL && c > low {
        let (b, a) = if c > high && c - high >= 1.0 { (high, low) } else { (low, high) };
        return ln_euler_integral(a, b, c, z);
    }
    // Without its first term 1, so that a value next to 1 has an exact logarithm.
    let (mut term, mut sum, mut scale, mut k) = (1.0, 0.0, 0.0, 0.0);
    loop {
        let factor = (a + k) / (c + k) * ((b + k) / (1.0 + k)) * z;
        term *= factor;
        sum += term;
        k += 1.0;
        if sum > LARGE {
            scale += sum.ln();
            term /= sum;
            sum = 1.0;
        }
        // With a falling factor, what follows is at most a geometric series.
        let bound = factor.max(z);
        if bound < 1.0 && term * bound <= NEGLIGIBLE * sum * (1.0 - bound) {
            return if scale == 0.0 { sum.ln_1p() } else { scale + sum.ln() };
        }
    }
}

fn ln_euler_integral(a: f64, b: f64, c: f64, z: f64) -> f64 {
    let h = (0.5 / (a + b + c).sqrt()).min(0.1);
    let start = (b / (c - b)).ln();
    let integral = ln_trapezoid(start, h, |v| {
        // t = 1 / (1 + e^−v), dt = t (1 − t) dv
        let (ln_t, ln_rest) = (-softplus(-v), -softplus(v));
        b * ln_t + (c - b) * ln_rest - a * ((1.0 - z) + z * ln_rest.exp()).ln()
    });
    integral - ln_beta(b, c - b)
}

/// ln(1 + e^v) for every v.
fn softplus(v: f64) -> f64 {
    v.max(0.0) + (-v.abs()).exp().ln_1p()
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
    let ln_odds_out = (-z).ln_1p();
    let ln_mass = ln_gamma_ratio(r, n) - ln_gamma(n + 1.0) + n * z.ln() + r * ln_odds_out;
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
        return 1.0 - sum * ln_mass.exp();
    }
    let (mut term, mut sum, mut k) = (1.0, 1.0, n);
    loop {
        let factor = (r + k) / (k + 1.0) * z;
        term *= factor;
        sum += term;
        k += 1.0;
        let bound = factor.max(z);
        if bound < 1.0 && term * bound < NEGLIGIBLE * sum * (1.0 - bound) {
            return (ln_mass + sum.ln()).exp();
        }
    }
}

/// The expected number of purchases of somebody who is alive, in a beta-geometric model: Σ over j ≥ 0 of
/// (b)ⱼ / (a + b)ⱼ · P(N > j), where N is negative binomial with shape r and parameter z.
///
/// It equals (a + b − 1) / (a − 1) · (1 − (1 − z)^r ₂F₁(r, b; a + b − 1; z)), the form of Fader, Hardie and
/// Lee (2005), equation 10, and has none of its singularities at a = 1 and a + b = 1.
pub(crate) fn beta_geometric_count(r: f64, a: f64, b: f64, z: f64) -> f64 {
    const MOST_TERMS: f64 = 20_000.0;
    if z <= 0.0 {
        return 0.0;
    }
    let mean = r * z / (1.0 - z);
    let terms = mean + 9.0 * (mean / (1.0 - z)).sqrt() + 40.0 / (1.0 - z);
    if terms > MOST_TERMS {
        // The same expectation over the probability p to leave: E[(1 − (1 + p y)^−r) / p].
        let y = z / (1.0 - z);
        let h = (0.5 / a.sqrt()).min(0.1);
        return (ln_trapezoid((a / (a + b)).ln(), h, |v| {
            let (ln_p, ln_rest) = (-softplus(-v), -softplus(v));
            let left = -(-r * (y * ln_p.exp()).ln_1p()).exp_m1();
            (a - 1.0) * ln_p + b * ln_rest + left.ln()
        }) - ln_beta(a, b))
        .exp();
    }
    // Σₙ P(N = n) Σ_{j<n} (b)ⱼ / (a + b)ⱼ, relative to the mass at a floor of the mode.
    let start = (mean - 9.0 * (mean / (1.0 - z)).sqrt() - 100.0).floor().max(0.0);
    let (mut stays, mut inner) = if start == 0.0 {
        (1.0, 0.0)
    } else {
        let ratio = (ln_gamma_ratio(b, start) - ln_gamma_ratio(a + b, start)).exp();
        (ratio, geometric_sum(a, b, start))
    };
    let ln_mass =
        ln_gamma_ratio(r, start) - ln_gamma(start + 1.0) + start * z.ln() + r * (-z).ln_1p();
    let (mut mass, mut scale, mut sum, mut n) = (1.0, ln_mass, inner, start);
    loop {
        let factor = (r + n) / (n + 1.0) * z;
        mass *= factor;
        inner += stays;
        stays *= (b + n) / (a + b + n);
        n += 1.0;
        let term = mass * inner;
        sum += term;
        if sum > LARGE {
            scale += LARGE.ln();
            mass /= LARGE;
            sum /= LARGE;
        }
        let bound = factor.max(z) * (n + 1.0) / n;
        if bound < 1.0 && term * bound < NEGLIGIBLE * sum * (1.0 - bound) {
            return (scale + sum.ln()).exp();
        }
    }
}

/// Σ_{j<n} (b)ⱼ / (a + b)ⱼ, term by term.
fn geometric_sum(a: f64, b: f64, n: f64) -> f64 {
    let (mut term, mut sum, mut j) = (1.0, 0.0, 0.0);
    while j < n {
        sum += term;
        term *= (b + j) / (a + b + j);
        j += 1.0;
    }
    sum
}
