//! The gamma function, its logarithmic derivatives and the beta function.

use super::elementary::{ln, ln_1p};
use std::f64::consts::TAU;

/// ζ(k) − 1 for k = 2, 3, …: the coefficients of the series of ln Γ around 2.
const ZETA_MINUS_ONE: [f64; 30] = [
    0.644_934_066_848_226_4,
    0.202_056_903_159_594_3,
    0.082_323_233_711_138_19,
    0.036_927_755_143_369_93,
    0.017_343_061_984_449_14,
    0.008_349_277_381_922_827,
    0.004_077_356_197_944_34,
    0.002_008_392_826_082_214_4,
    0.000_994_575_127_818_085_4,
    0.000_494_188_604_119_464_6,
    0.000_246_086_553_308_048_3,
    0.000_122_713_347_578_489_15,
    6.124_813_505_870_483e-5,
    3.058_823_630_702_049e-5,
    1.528_225_940_865_187e-5,
    7.637_197_637_899_762e-6,
    3.817_293_264_999_84e-6,
    1.908_212_716_553_939e-6,
    9.539_620_338_727_962e-7,
    4.769_329_867_878_064e-7,
    2.384_505_027_277_33e-7,
    1.192_199_259_653_110_7e-7,
    5.960_818_905_125_948e-8,
    2.980_350_351_465_228e-8,
    1.490_155_482_836_504e-8,
    7.450_711_789_835_429e-9,
    3.725_334_024_788_457e-9,
    1.862_659_723_513_049e-9,
    9.313_274_324_196_68e-10,
    4.656_629_065_033_784e-10,
];

/// 1 − γ, with the constant of Euler and Mascheroni.
const ONE_MINUS_EULER: f64 = 0.422_784_335_098_467_1;

/// The coefficients B₂ₖ / (2k (2k − 1)) of Stirling's series.
const STIRLING: [f64; 8] = [
    1.0 / 12.0,
    -1.0 / 360.0,
    1.0 / 1260.0,
    -1.0 / 1680.0,
    1.0 / 1188.0,
    -691.0 / 360_360.0,
    1.0 / 156.0,
    -3617.0 / 122_400.0,
];

/// The argument from which on the asymptotic series are exact in double precision.
const ASYMPTOTIC: f64 = 12.0;

/// Σ coefficients[k] x^k.
fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

/// What Stirling's formula lacks: ln Γ(x) − ((x − ½) ln x − x + ½ ln 2π), for x ≥ 12.
fn stirling_rest(x: f64) -> f64 {
    polynomial(&STIRLING, 1.0 / (x * x)) / x
}

/// ln Γ(2 + z) for |z| ≤ ½ (Abramowitz and Stegun 6.1.33, with ln(1 + z) taken out).
fn ln_gamma_near_two(z: f64) -> f64 {
    let mut sum = 0.0;
    for (index, zeta) in ZETA_MINUS_ONE.iter().enumerate().rev() {
        let k = index as f64 + 2.0;
        sum = zeta / k - sum * z;
    }
    z * (ONE_MINUS_EULER + z * sum)
}

/// The natural logarithm of the gamma function, for x > 0; NaN elsewhere.
///
/// Around its zeros 1 and 2 by the Taylor series with ζ(k) − 1 (Abramowitz and Stegun, *Handbook of
/// Mathematical Functions*, 6.1.33), from 12 on by Stirling's series (6.1.40), between by the recurrence.
///
/// ```
/// use goodwill::analytics::special::ln_gamma;
///
/// assert!((ln_gamma(5.0) - 24_f64.ln()).abs() < 1e-15);
/// assert_eq!(ln_gamma(1.0), 0.0);
/// ```
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    if x.is_nan() || x < 0.0 {
        f64::NAN
    } else if x == 0.0 || x == f64::INFINITY {
        f64::INFINITY
    } else if x < 0.5 {
        ln_gamma_near_two(x) - ln_1p(x) - ln(x)
    } else if x < 1.5 {
        let z = x - 1.0;
        ln_gamma_near_two(z) - ln_1p(z)
    } else if x < ASYMPTOTIC {
        let (mut x, mut product) = (x, 1.0);
        while x > 2.5 {
            x -= 1.0;
            product *= x;
        }
        ln_gamma_near_two(x - 2.0) + ln(product)
    } else {
        (x - 0.5) * ln(x) - x + 0.5 * ln(TAU) + stirling_rest(x)
    }
}

/// ln Γ(x + d) − ln Γ(x) for x > 0 and d ≥ 0, without the cancellation of the difference.
///
/// The differences of Stirling's formula are taken term by term, as in Didonato and Morris, *Algorithm
/// 708* (ACM Transactions on Mathematical Software 18, 1992); small arguments are shifted upwards.
///
/// ```
/// use goodwill::analytics::special::ln_gamma_ratio;
///
/// // Γ(x + 1) / Γ(x) = x, where the two logarithms are near 10¹⁰.
/// assert!((ln_gamma_ratio(1e9, 1.0) - 1e9_f64.ln()).abs() < 1e-14);
/// ```
#[must_use]
pub fn ln_gamma_ratio(x: f64, d: f64) -> f64 {
    if d == 0.0 {
        return 0.0;
    }
    if x < 0.5 && d > 0.0 {
        // Γ(x + d) / Γ(x) is x times a moderate number: the pole stays out of the difference.
        return ln(x) + (ln_gamma(x + d) - ln_gamma(x + 1.0));
    }
    let (mut shifted, mut correction) = (x, 1.0);
    while shifted < ASYMPTOTIC {
        correction *= 1.0 + d / shifted;
        shifted += 1.0;
    }
    let x = shifted;
    (x + d - 0.5) * ln_1p(d / x) + d * (ln(x) - 1.0) + (stirling_rest(x + d) - stirling_rest(x))
        - ln(correction)
}

/// The natural logarithm of the beta function B(a, b), for a, b > 0.
///
/// ```
/// use goodwill::analytics::special::ln_beta;
///
/// assert!((ln_beta(2.0, 3.0) - (1.0_f64 / 12.0).ln()).abs() < 1e-14);
/// ```
#[must_use]
pub fn ln_beta(a: f64, b: f64) -> f64 {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    ln_gamma(small) - ln_gamma_ratio(large, small)
}

/// The digamma function ψ(x) = d ln Γ(x) / dx, for x > 0; NaN elsewhere.
///
/// The recurrence to 12 and the asymptotic series (Abramowitz and Stegun 6.3.5 and 6.3.18). Next to its
/// zero at 1.4616… the error is absolute, about 10⁻¹⁵.
///
/// ```
/// use goodwill::analytics::special::digamma;
///
/// assert!((digamma(1.0) + 0.577_215_664_901_532_9).abs() < 1e-14);
/// ```
#[must_use]
pub fn digamma(x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return f64::NAN;
    }
    let (mut x, mut rest) = (x, 0.0);
    while x < ASYMPTOTIC {
        rest -= 1.0 / x;
        x += 1.0;
    }
    rest + ln(x) - 0.5 / x - digamma_rest(x)
}

/// What the asymptotic ψ(x) lacks: ln x − 1 / (2 x) − ψ(x), for x ≥ 12.
fn digamma_rest(x: f64) -> f64 {
    const SERIES: [f64; 7] = [
        1.0 / 12.0,
        -1.0 / 120.0,
        1.0 / 252.0,
        -1.0 / 240.0,
        1.0 / 132.0,
        -691.0 / 32_760.0,
        1.0 / 12.0,
    ];
    let square = 1.0 / (x * x);
    square * polynomial(&SERIES, square)
}

/// ψ(x + d) − ψ(x) for x > 0 and d ≥ 0, without the cancellation of the difference, as in [`ln_gamma_ratio`].
///
/// ```
/// use goodwill::analytics::special::digamma_rise;
///
/// // ψ(x + 1) − ψ(x) = 1 / x, where the two are near 20.
/// assert!((digamma_rise(1e9, 1.0) * 1e9 - 1.0).abs() < 1e-15);
/// ```
#[must_use]
pub fn digamma_rise(x: f64, d: f64) -> f64 {
    if d == 0.0 {
        return 0.0;
    }
    let (mut x, mut sum) = (x, 0.0);
    while x < ASYMPTOTIC {
        sum += d / x / (x + d);
        x += 1.0;
    }
    sum + ln_1p(d / x) + 0.5 * d / x / (x + d) + (digamma_rest(x) - digamma_rest(x + d))
}

/// The trigamma function ψ′(x), for x > 0; NaN elsewhere.
///
/// The recurrence to 12 and the asymptotic series (Abramowitz and Stegun 6.4.6 and 6.4.12).
///
/// ```
/// use goodwill::analytics::special::trigamma;
///
/// assert!((trigamma(1.0) - std::f64::consts::PI.powi(2) / 6.0).abs() < 1e-14);
/// ```
#[must_use]
pub fn trigamma(x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return f64::NAN;
    }
    let (mut x, mut rest) = (x, 0.0);
    while x < ASYMPTOTIC {
        rest += 1.0 / (x * x);
        x += 1.0;
    }
    rest + (1.0 + 0.5 / x) / x + trigamma_rest(x)
}

/// What the asymptotic ψ′(x) lacks: ψ′(x) − 1 / x − 1 / (2 x²), for x ≥ 12.
fn trigamma_rest(x: f64) -> f64 {
    const SERIES: [f64; 7] =
        [1.0 / 6.0, -1.0 / 30.0, 1.0 / 42.0, -1.0 / 30.0, 5.0 / 66.0, -691.0 / 2730.0, 7.0 / 6.0];
    let square = 1.0 / (x * x);
    square * polynomial(&SERIES, square) / x
}

/// ψ′(x) − ψ′(x + d) for x > 0 and d ≥ 0, without the cancellation of the difference, as in
/// [`ln_gamma_ratio`].
///
/// ```
/// use goodwill::analytics::special::trigamma_fall;
///
/// // ψ′(x) − ψ′(x + 1) = 1 / x².
/// assert!((trigamma_fall(1e9, 1.0) * 1e18 - 1.0).abs() < 1e-15);
/// ```
#[must_use]
pub fn trigamma_fall(x: f64, d: f64) -> f64 {
    if d == 0.0 {
        return 0.0;
    }
    // 1 / x² − 1 / (x + d)²
    let squares = |x: f64| d / x / (x + d) * (1.0 / x + 1.0 / (x + d));
    let (mut x, mut sum) = (x, 0.0);
    while x < ASYMPTOTIC {
        sum += squares(x);
        x += 1.0;
    }
    sum + d / x / (x + d) + 0.5 * squares(x) + (trigamma_rest(x) - trigamma_rest(x + d))
}
