//! Intervals and tests that several measures share.

use std::f64::consts::PI;

use super::special::{exp, exp_m1, ln};

/// The quantile of the normal distribution for intervals of 95 %.
pub(crate) const Z95: f64 = 1.959_963_984_540_054;

/// The probability that a standard normal variable is at least this far from 0, on either side.
///
/// The series of erf for small numbers, the continued fraction of erfc for others (Abramowitz and Stegun,
/// 7.1.6 and 7.1.14).
pub(crate) fn two_sided_normal(z: f64) -> f64 {
    let x = z.abs() / std::f64::consts::SQRT_2;
    let bell = exp(-x * x) / PI.sqrt();
    if x >= 2.0 {
        let fraction = (1..=100).rev().fold(x, |rest, k| x + 0.5 * f64::from(k) / rest);
        return bell / fraction;
    }
    let (mut term, mut sum) = (x, x);
    for k in 1..100 {
        term *= 2.0 * x * x / f64::from(2 * k + 1);
        sum += term;
    }
    1.0 - 2.0 * bell * sum
}

/// The quantile of Student's distribution for intervals of 95 % with so many degrees of freedom.
///
/// Exact for 1 and 2, else as Hill, *Student's t-quantiles* (Communications of the ACM 13, 1970,
/// algorithm 396), whose error is below 10⁻⁵.
pub(crate) fn student_95(degrees: f64) -> f64 {
    const P: f64 = 0.05;
    if degrees <= 1.0 {
        // 1 / tan(π P / 2)
        return 12.706_204_736_174_707;
    }
    if degrees <= 2.0 {
        return (2.0 / (P * (2.0 - P)) - 2.0).sqrt();
    }
    let n = degrees;
    let a = 1.0 / (n - 0.5);
    let b = 48.0 / (a * a);
    let mut c = ((20_700.0 * a / b - 98.0) * a - 16.0) * a + 96.36;
    let d = ((94.5 / (b + c) - 3.0) / b + 1.0) * (a * PI / 2.0).sqrt() * n;
    let y = exp(2.0 / n * ln(d * P));
    let y = if y > 0.05 + a {
        let x = -Z95;
        if n < 5.0 {
            c += 0.3 * (n - 4.5) * (x + 0.6);
        }
        c += (((0.05 * d * x - 5.0) * x - 7.0) * x - 2.0) * x + b;
        let square = x * x;
        let inner = ((0.4 * square + 6.3) * square + 36.0) * square + 94.5;
        let y = ((inner / c - square - 3.0) / b + 1.0) * x;
        exp_m1(a * y * y)
    } else {
        let inner = ((n + 6.0) / (n * y) - 0.089 * d - 0.822) * (n + 2.0) * 3.0;
        ((1.0 / inner + 0.5 / (n + 4.0)) * y - 1.0) * (n + 1.0) / (n + 2.0) + 1.0 / y
    };
    (n * y).sqrt()
}

/// Wilson's interval of 95 % for a share, from 0 to 1 (Wilson, *Probable Inference*, Journal of the American
/// Statistical Association 22, 1927). Everything for a share of nothing.
pub(crate) fn wilson(part: u64, whole: u64) -> (f64, f64) {
    if whole == 0 {
        return (0.0, 1.0);
    }
    let n = whole as f64;
    let p = part as f64 / n;
    let z2 = Z95 * Z95;
    let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z95 * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
    // At the ends of the scale the formula gives them up to rounding.
    let low = if part == 0 { 0.0 } else { (middle - half).max(0.0) };
    let high = if part == whole { 1.0 } else { (middle + half).min(1.0) };
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Abramowitz and Stegun, tables 26.1 and 26.10, with the digits of the C library.
    #[test]
    fn tails_are_as_tabulated() {
        for (z, p) in [
            (0.0, 1.0),
            (1.0, 0.317_310_507_862_914_1),
            (-1.959_963_984_540_054, 0.05),
            (2.9, 0.003_731_626_600_768_077),
            (6.0, 1.973_175_290_075_396e-9),
        ] {
            let error = (two_sided_normal(z) - p).abs() / p;
            assert!(error < 1e-11, "{z}: {} {error:e}", two_sided_normal(z));
        }
        for (degrees, t) in [
            (1.0, 12.706_204_736),
            (2.0, 4.302_652_730),
            (3.0, 3.182_446_305),
            (4.0, 2.776_445_105),
            (9.0, 2.262_157_163),
            (30.0, 2.042_272_456),
            (1e6, 1.959_966_357),
        ] {
            assert!((student_95(degrees) - t).abs() < 1e-5, "{degrees}: {}", student_95(degrees));
        }
    }

    /// 81 of 263, an example of Newcombe (1998, *Two-sided confidence intervals for the single
    /// proportion*, method 3).
    #[test]
    fn wilson_is_as_published() {
        let (low, high) = wilson(81, 263);
        assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5, "{low} {high}");
        assert_eq!((wilson(0, 0), wilson(0, 9).0, wilson(9, 9).1), ((0.0, 1.0), 0.0, 1.0));
    }
}
