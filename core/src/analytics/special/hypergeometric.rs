//! The hypergeometric function of Gauss.

use super::elementary::{exp, ln, ln_1p};
use super::quadrature::{NEGLIGIBLE as UNSEEN, ln_beta_mean};

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
            scale += ln(sum);
            term /= sum;
            sum = 1.0;
        }
        // With a falling factor, what follows is at most a geometric series.
        let bound = factor.max(z);
        let seen = term * bound > NEGLIGIBLE * sum * (1.0 - bound) && term >= f64::MIN_POSITIVE;
        if bound < 1.0 && !seen {
            return if scale == 0.0 { ln_1p(sum) } else { scale + ln(sum) };
        }
    }
}

fn ln_euler_integral(a: f64, b: f64, c: f64, z: f64) -> f64 {
    // Further out only t^b and (1 − t)^(c − b) change.
    let first = UNSEEN - ln_1p(a) - ln_1p(c);
    let last = ln_1p(a) + ln_1p(b) - ln_1p(-z) - UNSEEN;
    ln_beta_mean((b, c - b), (first, last), |_, ln_rest| -a * ln((1.0 - z) + z * exp(ln_rest)))
}
