//! Exponentials and logarithms with the same bits on every machine.
//!
//! Those of the standard library are the platform's, and differ in the last digit from one to the next. These are
//! sums and products only. Those without branches are always inlined, so that a loop over them becomes vector code.
//! Their errors are below two units in the last place.

use std::f64::consts::{LN_2, LOG2_E};

/// ln 2, in two parts of which the first times any exponent is exact.
const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// 1.5 · 2⁵²: numbers of a small size that are added to it are rounded to whole ones, in its lowest bits.
const ROUNDING: f64 = 6_755_399_441_055_744.0;

/// Below it nothing is left of the exponential but 0, and above it infinity.
const LEAST: f64 = -746.0;
const MOST: f64 = 710.0;

const TWO_52: f64 = 4_503_599_627_370_496.0;
const MANTISSA: u64 = (1 << 52) - 1;
const BIAS: u64 = 1023;
/// √½, where the mantissa begins, so that logarithms of numbers around 1 have no exponent.
const SQRT_HALF: u64 = 0x3fe6_a09e_667f_3bcd;

/// x = k ln 2 + rest with |rest| ≤ ½ ln 2: k in the lowest bits, and the rest.
#[inline(always)]
fn split(x: f64) -> (u64, f64) {
    let rounded = x * LOG2_E + ROUNDING;
    let k = rounded - ROUNDING;
    (rounded.to_bits().wrapping_sub(ROUNDING.to_bits()), (x - k * LN_2_HIGH) - k * LN_2_LOW)
}

/// (e^r − 1 − r) / r² for |r| ≤ ½ ln 2, by Taylor's series; in pairs, so that sums need not wait for each other.
#[inline(always)]
fn beyond_tangent(r: f64) -> f64 {
    let (square, fourth) = (r * r, (r * r) * (r * r));
    let low = (r * (1.0 / 120.0) + 1.0 / 24.0) * square + (r * (1.0 / 6.0) + 0.5);
    let middle =
        (r * (1.0 / 362_880.0) + 1.0 / 40_320.0) * square + (r * (1.0 / 5_040.0) + 1.0 / 720.0);
    let high = (r * (1.0 / 6_227_020_800.0) + 1.0 / 479_001_600.0) * square
        + (r * (1.0 / 39_916_800.0) + 1.0 / 3_628_800.0);
    (high * fourth + middle) * fourth + low
}

/// 2^k for a k in the lowest bits, where 2^k is a normal number.
#[inline(always)]
fn power_of_two(k: u64) -> f64 {
    f64::from_bits(k.wrapping_add(BIAS) << 52)
}

/// A number around 1 times 2^k, in two steps, since 2^k may be too small or too large where the result is not.
#[inline(always)]
fn scaled(value: f64, k: u64) -> f64 {
    let half = (k.wrapping_add(2 * BIAS + 2) >> 1).wrapping_sub(BIAS + 1);
    value * power_of_two(half) * power_of_two(k.wrapping_sub(half))
}

/// e^x, without a branch.
#[inline(always)]
pub(crate) fn exp_in_lanes(x: f64) -> f64 {
    let (k, r) = split(x.clamp(LEAST, MOST));
    scaled(1.0 + (r + r * r * beyond_tangent(r)), k)
}

/// e^x.
pub(crate) fn exp(x: f64) -> f64 {
    exp_in_lanes(x)
}

/// 2^x, exact where x is a whole number.
pub(crate) fn exp2(x: f64) -> f64 {
    let rounded = x.clamp(-1080.0, 1025.0) + ROUNDING;
    let k = rounded.to_bits().wrapping_sub(ROUNDING.to_bits());
    let r = (x - (rounded - ROUNDING)).clamp(-0.5, 0.5) * LN_2;
    scaled(1.0 + (r + r * r * beyond_tangent(r)), k)
}

/// e^x − 1 for |x| ≤ 700, also next to 0, without a branch.
#[inline(always)]
pub(crate) fn exp_m1_of_moderate(x: f64) -> f64 {
    let (k, r) = split(x.clamp(-700.0, 700.0));
    let power = power_of_two(k);
    power * (r + r * r * beyond_tangent(r)) + (power - 1.0)
}

/// e^x − 1, also next to 0.
pub(crate) fn exp_m1(x: f64) -> f64 {
    if x > 700.0 { exp(x) } else { exp_m1_of_moderate(x) }
}

/// k ln 2 + ln(1 + f) + lost for √½ ≤ 1 + f < √2 and what a sum has lost.
///
/// With s = f / (2 + f) it is 2 artanh s; the coefficients are those of Sun's library FDLIBM, e_log.c (1993), whose
/// error is below 2⁻⁵⁸.
#[inline(always)]
fn of_parts(k: f64, f: f64, lost: f64) -> f64 {
    let s = f / (2.0 + f);
    let (square, fourth) = (s * s, (s * s) * (s * s));
    let even = (1.479_819_860_511_658_6e-1 * fourth + 1.818_357_216_161_805e-1) * fourth
        + 2.857_142_874_366_239e-1;
    let odd = (1.531_383_769_920_937_3e-1 * fourth + 2.222_219_843_214_978_4e-1) * fourth
        + 3.999_999_999_940_942e-1;
    let rest = square * ((even * fourth + 6.666_666_666_666_735e-1) + odd * square);
    let half = 0.5 * f * f;
    s * (half + rest) + (k * LN_2_LOW + lost) - half + f + k * LN_2_HIGH
}

/// The exponent and the mantissa between √½ and √2 of a normal number.
#[inline(always)]
fn parts(x: f64) -> (f64, f64) {
    let bits = x.to_bits().wrapping_add((BIAS << 52) - SQRT_HALF);
    // The exponent in the lowest bits of 2⁵² makes a number of it.
    let k = f64::from_bits((bits >> 52) | TWO_52.to_bits()) - (TWO_52 + BIAS as f64);
    (k, f64::from_bits((bits & MANTISSA).wrapping_add(SQRT_HALF)))
}

/// The natural logarithm of a normal number above 0, without a branch; NaN of infinity and of NaN.
#[inline(always)]
pub(crate) fn ln_of_normal(x: f64) -> f64 {
    let (k, mantissa) = parts(x);
    of_parts(k, mantissa - 1.0, 0.0) + x * 0.0
}

/// ln(1 + x) of a finite number above −1, without a branch; NaN of infinity and of NaN.
#[inline(always)]
pub(crate) fn ln_1p_of_finite(x: f64) -> f64 {
    let whole = 1.0 + x;
    let (k, mantissa) = parts(whole);
    // What was lost in the sum.
    let lost = if whole > 2.0 { 1.0 - (whole - x) } else { x - (whole - 1.0) };
    of_parts(k, mantissa - 1.0, lost / whole) + x * 0.0
}

/// The natural logarithm.
pub(crate) fn ln(x: f64) -> f64 {
    const SCALE: f64 = 18_014_398_509_481_984.0;
    if (f64::MIN_POSITIVE..f64::INFINITY).contains(&x) {
        ln_of_normal(x)
    } else if x > 0.0 && x < f64::INFINITY {
        ln_of_normal(x * SCALE) - 54.0 * LN_2
    } else {
        at_ends(x)
    }
}

/// ln(1 + x), also next to 0.
pub(crate) fn ln_1p(x: f64) -> f64 {
    if x > -1.0 && x < f64::INFINITY { ln_1p_of_finite(x) } else { at_ends(1.0 + x) }
}

/// Of a number that has no finite logarithm.
fn at_ends(x: f64) -> f64 {
    if x == 0.0 {
        f64::NEG_INFINITY
    } else if x > 0.0 {
        f64::INFINITY
    } else {
        f64::NAN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The greatest error in units of the last place of the platform's value, which is half a unit off itself.
    fn worst(
        own: fn(f64) -> f64,
        platform: fn(f64) -> f64,
        numbers: impl Iterator<Item = f64>,
    ) -> f64 {
        let error = |x: f64| {
            let expected = platform(x);
            let unit = f64::from_bits(expected.abs().to_bits() + 1) - expected.abs();
            (own(x) - expected).abs() / unit
        };
        numbers.map(error).fold(0.0, f64::max)
    }

    /// So many numbers from `low` to `high`, and from −`high` to −`low`.
    fn both_signs(low: f64, high: f64) -> impl Iterator<Item = f64> {
        let steps = 200_000;
        let (from, to) = (low.ln(), high.ln());
        let at = move |step: i32| (from + (to - from) * f64::from(step) / f64::from(steps)).exp();
        (0..=steps).flat_map(move |step| [at(step), -at(step)])
    }

    #[test]
    fn last_digits_are_right() {
        let errors = [
            worst(exp, f64::exp, both_signs(1e-18, 709.0)),
            worst(exp2, f64::exp2, both_signs(1e-18, 1021.0)),
            worst(exp_m1, f64::exp_m1, both_signs(1e-300, 709.0)),
            worst(ln, f64::ln, both_signs(1e-320, 1e308).map(f64::abs)),
            worst(ln, f64::ln, both_signs(1e-16, 0.5).map(|x| 1.0 + x)),
            worst(ln_1p, f64::ln_1p, both_signs(1e-300, 0.999)),
            worst(ln_1p, f64::ln_1p, both_signs(0.1, 1e308).map(f64::abs)),
        ];
        println!("{errors:?}");
        assert!(errors.into_iter().all(|error| error <= 2.0), "{errors:?}");
    }

    #[test]
    fn ends_are_those_of_the_standard_library() {
        let ends = [
            0.0,
            -0.0,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
            -1.0,
            -2.0,
            1.0,
            f64::MAX,
            5e-324,
            -745.2,
            709.8,
        ];
        for x in ends {
            for (own, platform) in [
                (exp(x), x.exp()),
                (exp2(x), x.exp2()),
                (exp_m1(x), x.exp_m1()),
                (ln(x), x.ln()),
                (ln_1p(x), x.ln_1p()),
            ] {
                let near = (own - platform).abs() <= 1e-15 * platform.abs();
                assert!(
                    own == platform || near || (own.is_nan() && platform.is_nan()),
                    "{x}: {own} {platform}"
                );
            }
        }
    }

    /// Bits that were computed once: another machine has to have the same.
    #[test]
    fn bits_are_these() {
        let mut sums = [0_u64; 4];
        for step in 1..20_000 {
            let x = f64::from(step) / 37.0;
            let values = [exp(x - 250.0), exp_m1(1.0 / x), ln(x), ln_1p(1.0 / x)];
            sums.iter_mut().zip(values).for_each(|(sum, value)| {
                *sum = sum.rotate_left(5) ^ value.to_bits();
            });
        }
        let expected = [
            4_949_942_882_976_029_921,
            16_920_975_889_228_877_019,
            14_422_012_112_839_530_954,
            14_798_433_584_231_724_948,
        ];
        assert_eq!(sums, expected);
    }
}
