//! Numbers as JSON writes them (RFC 8259, section 6), read to the nearest double, and of two that are as near
//! to the even one (IEEE 754-2019, section 4.3.1). The powers of five are computed: the tables of faster readers
//! are larger than all of this module, and are loaded by every browser.

use std::cmp::Ordering;

/// A number as it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    Count(u64),
    Whole(i64),
    Float(f64),
}

/// More digits than these cannot decide between two doubles; that there are any can.
const DIGITS: usize = 800;

/// The number that a text is, if it is one of JSON and not too large for a double.
pub(super) fn number(written: &str) -> Option<Number> {
    let (negative, rest) = match written.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, written),
    };
    let (whole, rest) = digits(rest)?;
    if whole.len() > 1 && whole.starts_with('0') {
        return None;
    }
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => digits(rest)?,
        None => ("", rest),
    };
    let (exponent, rest) = match rest.strip_prefix(['e', 'E']) {
        Some(rest) => exponent(rest)?,
        None => (0, rest),
    };
    if !rest.is_empty() {
        return None;
    }
    if fraction.is_empty()
        && whole.len() == written.len() - usize::from(negative)
        && written != "-0"
    {
        if negative {
            if let Ok(whole) = written.parse() {
                return Some(Number::Whole(whole));
            }
        } else if let Ok(count) = whole.parse() {
            return Some(Number::Count(count));
        }
    }
    let float = nearest(whole, fraction, exponent)?;
    Some(Number::Float(if negative { -float } else { float }))
}

/// The digits that a text begins with, one at least, and what is behind them.
fn digits(text: &str) -> Option<(&str, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 { None } else { text.split_at_checked(length) }
}

/// An exponent behind its letter. One that has too many digits is as good as a very large one.
fn exponent(text: &str) -> Option<(i64, &str)> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (digits, rest) = digits(unsigned)?;
    let exponent = digits.parse::<i32>().map_or(i64::from(i32::MAX), i64::from);
    Some((if text.starts_with('-') { -exponent } else { exponent }, rest))
}

/// The double that is nearest to a decimal number; none if it is too large.
fn nearest(whole: &str, fraction: &str, exponent: i64) -> Option<f64> {
    let digits = || whole.bytes().chain(fraction.bytes());
    let leading = digits().take_while(|digit| *digit == b'0').count();
    let trailing = digits().rev().take_while(|digit| *digit == b'0').count();
    let length = whole.len() + fraction.len();
    if leading == length {
        return Some(0.0);
    }
    let significant = length - leading - trailing;
    let kept = significant.min(DIGITS);
    // The number is that of the kept digits, times ten to the power of `scale`.
    let scale = exponent - signed(fraction.len()) + signed(trailing + significant - kept);
    match scale + signed(kept) {
        310.. => return None,
        ..-330 => return Some(0.0),
        _ => {}
    }
    let digits = digits().skip(leading).take(kept).map(|digit| u32::from(digit - b'0'));
    if kept <= 15 && scale.abs() <= 22 {
        // Both are doubles, and so the nearest double to what comes of them is what the processor gives.
        let significand = digits.fold(0.0, |number, digit| number * 10.0 + f64::from(digit));
        let power = (0..scale.abs()).fold(1.0, |power, _| power * 10.0);
        return Some(if scale < 0 { significand / power } else { significand * power });
    }
    let (mut number, mut divisor) = (Large::from(digits), Large::one());
    if scale < 0 { &mut divisor } else { &mut number }.times_power_of_five(scale.unsigned_abs());
    let shift = number.bits() - divisor.bits();
    if shift < 0 { &mut number } else { &mut divisor }.double(shift.unsigned_abs());
    let (quotient, exact) = number.over(&divisor);
    rounded(quotient, exact && kept == significant, scale + shift - QUOTIENT)
}

fn signed(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// Bits of a quotient behind the point: with the one before it, 62 or 63, of which a double keeps 53 at most.
const QUOTIENT: i64 = 62;

/// The exponents of the last bit of a double: of the smallest ones, and of the largest.
const LAST_BIT: std::ops::RangeInclusive<i64> = -1074..=971;

/// `significand`, and a little more unless it is exact, times two to the power of `exponent`, as the nearest
/// double; none if that is infinite.
fn rounded(significand: u64, exact: bool, exponent: i64) -> Option<f64> {
    let bits = i64::from(u64::BITS - significand.leading_zeros());
    // The exponent of the last bit that is kept.
    let last = (exponent + bits - 53).max(*LAST_BIT.start());
    if last > *LAST_BIT.end() {
        return None;
    }
    let dropped = u32::try_from(last - exponent).ok()?;
    let kept = significand.checked_shr(dropped).unwrap_or_default();
    let rest = significand - kept.checked_shl(dropped).unwrap_or_default();
    let half = 1_u64.checked_shl(dropped.saturating_sub(1)).unwrap_or(u64::MAX);
    let up = match rest.cmp(&half) {
        Ordering::Less => false,
        Ordering::Equal => !exact || kept % 2 == 1,
        Ordering::Greater => true,
    };
    // A number that has all 53 bits carries its first one into the exponent, and so does one that rounding up
    // has given one more.
    let above = u64::try_from(last - LAST_BIT.start()).ok()?;
    let float = f64::from_bits((above << 52) + kept + u64::from(up));
    float.is_finite().then_some(float)
}

/// A whole number of any size, its last 32 bits first, without zeros at its end.
struct Large(Vec<u32>);

impl Large {
    fn one() -> Self {
        Self(vec![1])
    }

    fn from(digits: impl Iterator<Item = u32>) -> Self {
        let mut number = Self(Vec::new());
        for digit in digits {
            number.times_plus(10, digit);
        }
        number
    }

    fn times_plus(&mut self, factor: u32, summand: u32) {
        let mut carry = u64::from(summand);
        for part in &mut self.0 {
            carry += u64::from(*part) * u64::from(factor);
            *part = low(carry);
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(low(carry));
        }
    }

    fn times_power_of_five(&mut self, power: u64) {
        for _ in 0..power / 13 {
            self.times_plus(5_u32.pow(13), 0);
        }
        self.times_plus(5_u32.pow(low(power % 13)), 0);
    }

    fn double(&mut self, times: u64) {
        self.0.splice(0..0, (0..times / 32).map(|_| 0));
        self.times_plus(1 << (times % 32), 0);
    }

    fn bits(&self) -> i64 {
        let last = self.0.last().map_or(0, |last| u32::BITS - last.leading_zeros());
        signed(self.0.len().saturating_sub(1)) * 32 + i64::from(last)
    }

    /// The quotient of two numbers that have equally many bits, times two to the power of [`QUOTIENT`], and
    /// whether that is all of it.
    fn over(mut self, divisor: &Self) -> (u64, bool) {
        let mut quotient = 0;
        for step in 0..=QUOTIENT {
            if step > 0 {
                self.double(1);
            }
            quotient = quotient << 1 | u64::from(self.take_once(divisor));
        }
        (quotient, self.0.is_empty())
    }

    /// Subtracts a number if it is not larger, and says whether.
    fn take_once(&mut self, other: &Self) -> bool {
        let ours = self.0.iter().rev();
        if self.0.len().cmp(&other.0.len()).then_with(|| ours.cmp(other.0.iter().rev())).is_lt() {
            return false;
        }
        let mut borrowed = false;
        for (place, part) in self.0.iter_mut().enumerate() {
            let taken = other.0.get(place).copied().unwrap_or_default();
            let (difference, first) = part.overflowing_sub(taken);
            let (difference, second) = difference.overflowing_sub(u32::from(borrowed));
            (*part, borrowed) = (difference, first || second);
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        true
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the upper half is the carry")]
const fn low(number: u64) -> u32 {
    number as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As the reader of serde_json has it.
    fn expected(written: &str) -> Option<Number> {
        let number: serde_json::Number = written.parse().ok()?;
        let whole = || number.as_i64().map(Number::Whole);
        let float = || number.as_f64().map(Number::Float);
        number.as_u64().map(Number::Count).or_else(whole).or_else(float)
    }

    fn bits(number: Option<Number>) -> Option<(u8, u64)> {
        Some(match number? {
            Number::Count(count) => (0, count),
            Number::Whole(whole) => (1, whole.cast_unsigned()),
            Number::Float(float) => (2, float.to_bits()),
        })
    }

    fn check(written: &str) {
        assert_eq!(bits(number(written)), bits(expected(written)), "{written}");
    }

    #[test]
    fn numbers_are_those_of_the_reader_of_serde_json() {
        let texts = "0 -0 0.0 -0.0 0e5 0e-99999999999 1 -1 01 -01 00 1. .5 -.5 1.e3 1e 1e+ 1e- e5 - + +1 1x 1.2.3 1e5e5 1-2 \
            18446744073709551615 18446744073709551616 -9223372036854775808 -9223372036854775809 \
            1e400 -1e400 1e-400 1e99999999999999999999 -1e-99999999999999999999 \
            1.7976931348623157e308 1.7976931348623158e308 1.7976931348623159e308 1.797693134862315808e308 \
            3.5e308 3.6e308 -7.2e308 9.9e308 36000000000000000000e289 1e309 \
            4.9406564584124654e-324 2.4703282292062327e-324 2.4703282292062328e-324 \
            2.2250738585072011e-308 2.2250738585072012e-308 2.2250738585072014e-308 \
            9007199254740991.0 9007199254740993.0 9007199254740993.00000000000000000001 9007199254740995.0 \
            0.1 0.30000000000000004 123456789012345678901234567890 1e22 1e23 8.5e22 100e-2 5e-324 3e-324";
        for written in texts.split_whitespace() {
            check(written);
        }
        check("");
    }

    /// Halfway between two doubles, and a digit a thousand places behind.
    #[test]
    fn digits_far_behind_decide_between_two_doubles() {
        for half in [
            "9007199254740993",
            "2.4703282292062327208299834",
            "1.00000000000000011102230246251565404236316680908203125",
        ] {
            let point = if half.contains('.') { "" } else { "." };
            for end in [String::new(), "0".repeat(1000), format!("{}1", "0".repeat(1000))] {
                for exponent in ["", "e-324", "e300", "e1"] {
                    let digits = format!("{half}{point}{end}");
                    check(&format!("{}{exponent}", digits.trim_end_matches('.')));
                }
            }
        }
        check(&"9".repeat(400));
        check(&format!("0.{}1e400", "0".repeat(400)));
    }

    proptest! {
        #[test]
        fn any_double_comes_back(float in any::<f64>().prop_filter("JSON has no other", |float| float.is_finite())) {
            prop_assert_eq!(bits(number(&format!("{float:e}"))), bits(expected(&format!("{float:e}"))));
            let written = format!("{float:?}");
            prop_assert_eq!(bits(number(&written)), Some((2, float.to_bits())));
        }

        #[test]
        fn any_text_is_the_same_number_or_none(written in "-?(0|[1-9][0-9]{0,25})(\\.[0-9]{0,30})?([eE][-+]?[0-9]{0,3})?") {
            check(&written);
        }
    }
}
