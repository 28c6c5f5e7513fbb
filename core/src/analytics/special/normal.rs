//! The normal and the chi-squared distribution, for intervals and tests.

use super::elementary::{exp, ln};
use super::gamma::ln_gamma;

/// P(χ² > x) for a chi-squared number with so many degrees of freedom; NaN for none or a negative x.
///
/// The regularised incomplete gamma function Q(degrees / 2, x / 2): the series of Abramowitz and Stegun
/// 6.5.29 below the mean, the continued fraction 6.5.31 above it.
///
/// ```
/// use goodwill::analytics::special::chi_squared_tail;
///
/// // With two degrees of freedom it is e^(−x/2).
/// assert!((chi_squared_tail(3.0, 2) - (-1.5_f64).exp()).abs() < 1e-15);
/// assert!((chi_squared_tail(3.841_458_820_694_124, 1) - 0.05).abs() < 1e-14);
/// ```
#[must_use]
pub fn chi_squared_tail(x: f64, degrees: u32) -> f64 {
    if degrees == 0 || x.is_nan() || x < 0.0 {
        return f64::NAN;
    }
    if x == 0.0 {
        return 1.0;
    }
    if x == f64::INFINITY {
        return 0.0;
    }
    let (a, x) = (0.5 * f64::from(degrees), 0.5 * x);
    let front = exp(a * ln(x) - x - ln_gamma(a));
    if x < a + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
        while term > 1e-17 * sum {
            n += 1.0;
            term *= x / n;
            sum += term;
        }
        return 1.0 - front * sum;
    }
    // The method of Lentz.
    let mut b = x + 1.0 - a;
    let mut d = 1.0 / b;
    let (mut c, mut fraction, mut n) = (1e300, d, 0.0);
    loop {
        n += 1.0;
        let factor = -n * (n - a);
        b += 2.0;
        d = 1.0 / (factor * d + b);
        c = b + factor / c;
        let change = c * d;
        fraction *= change;
        if (change - 1.0).abs() < 1e-16 || n > 1e5 {
            return front * fraction;
        }
    }
}

/// The number below which a standard normal number is with probability p, 0 < p < 1; NaN elsewhere.
///
/// The rational approximation 26.2.23 of Abramowitz and Stegun, made exact by three steps of Halley on the
/// tail.
///
/// ```
/// use goodwill::analytics::special::normal_quantile;
///
/// assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-14);
/// assert_eq!(normal_quantile(0.5), 0.0);
/// ```
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if !(p > 0.0 && p < 1.0) {
        return f64::NAN;
    }
    if p == 0.5 {
        return 0.0;
    }
    let tail = p.min(1.0 - p);
    let t = (-2.0 * ln(tail)).sqrt();
    let numerator = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let denominator = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let mut z = (t - numerator / denominator).max(1e-9);
    for _ in 0..3 {
        let density = exp(-0.5 * z * z) / std::f64::consts::TAU.sqrt();
        let step = (0.5 * chi_squared_tail(z * z, 1) - tail) / density;
        z += step / (1.0 - 0.5 * z * step);
    }
    if p < 0.5 { -z } else { z }
}
