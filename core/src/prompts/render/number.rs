//! Numbers as ECMAScript prints them (`Number::toString`, radix 10).

use std::fmt::Write as _;

/// A number as JavaScript prints it: `500` and not `500.0`, `1e+21`, `NaN`.
///
/// ```
/// use goodwill::prompts::render::number_text;
///
/// assert_eq!(number_text(500.0), "500");
/// assert_eq!(number_text(0.000_000_15), "1.5e-7");
/// assert_eq!(number_text(1e21), "1e+21");
/// assert_eq!(number_text(-0.0), "0");
/// ```
#[must_use]
pub fn number_text(number: f64) -> String {
    let mut text = String::new();
    push_number(&mut text, number);
    text
}

/// Prints a number at the end of a text.
pub(crate) fn push_number(text: &mut String, number: f64) {
    if number.is_nan() {
        return text.push_str("NaN");
    }
    if number.is_infinite() {
        return text.push_str(if number > 0.0 { "Infinity" } else { "-Infinity" });
    }
    if push_thousandths(text, number) {
        return;
    }
    // Both forms have the shortest digits that read back as the same number, as ECMAScript asks for.
    // Writing to a text cannot fail.
    let start = text.len();
    if (1e-6..1e21).contains(&number.abs()) {
        let _ = write!(text, "{number}");
        return;
    }
    let _ = write!(text, "{number:e}");
    let exponent = text.get(start..).and_then(|written| written.find('e'));
    if let Some(sign) = exponent.map(|at| start.saturating_add(at).saturating_add(1))
        && !text.get(sign..).is_some_and(|exponent| exponent.starts_with('-'))
    {
        text.insert(sign, '+');
    }
}

/// Prints a number with three decimals at most, as amounts are; whether this is one.
///
/// A decimal of up to 15 digits is the shortest that reads back as the number nearest to it: no two
/// of them have the same nearest number (IEEE 754 has 15.95 digits).
fn push_thousandths(text: &mut String, number: f64) -> bool {
    let amount = number.abs();
    if amount >= 1e12 {
        return false;
    }
    // Of half a thousandth that was lost on the way, the comparison knows.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1e15")]
    let thousandths = (amount * 1000.0 + 0.5) as u64;
    #[expect(clippy::cast_precision_loss, reason = "0 to 1e15")]
    if thousandths as f64 / 1000.0 != amount {
        return false;
    }
    if number < 0.0 {
        text.push('-');
    }
    push_digits(text, thousandths / 1000, 1);
    let (decimals, width) = match thousandths % 1000 {
        0 => return true,
        part if part % 100 == 0 => (part / 100, 1),
        part if part % 10 == 0 => (part / 10, 2),
        part => (part, 3),
    };
    text.push('.');
    push_digits(text, decimals, width);
    true
}

/// The numbers of two digits, one behind the other.
const PAIRS: &str = "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
    5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

/// Prints a whole number with zeros before it up to a number of digits.
pub(crate) fn push_digits(text: &mut String, number: u64, width: usize) {
    if number >= 100 || width > 2 {
        push_digits(text, number / 100, width.saturating_sub(2));
    }
    let pair = usize::try_from(number % 100).unwrap_or_default();
    let alone = number < 10 && width < 2;
    let from = if alone { pair * 2 + 1 } else { pair * 2 };
    text.push_str(PAIRS.get(from..pair * 2 + 2).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn amounts_are_printed_as_every_other_number(
            thousandths in -2_000_000_000_000_000_i64..2_000_000_000_000_000,
            scale in prop::sample::select(vec![1.0, 10.0, 100.0, 1000.0, 1e4, 1e5, 1e9]),
            off in -2_i64..3,
        ) {
            // Numbers that are amounts, and those beside them.
            let number = thousandths as f64 / scale;
            let number = f64::from_bits(number.to_bits().saturating_add_signed(off));
            prop_assume!(number == 0.0 || (1e-6..1e21).contains(&number.abs()));
            let expected = if number == 0.0 { "0".to_owned() } else { number.to_string() };
            prop_assert_eq!(number_text(number), expected);
        }

        #[test]
        fn digits_are_as_many_as_asked_for(number: u64, few in 0_u64..1000, width in 0_usize..8) {
            for number in [number, few] {
                let mut text = String::from("-");
                push_digits(&mut text, number, width);
                prop_assert_eq!(text, format!("-{number:0width$}"));
            }
        }
    }
}
