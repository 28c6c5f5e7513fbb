//! Numbers as ECMAScript prints them (`Number::toString`, radix 10).

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
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number == 0.0 {
        return "0".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    // The shortest digits that read back as the same number, as ECMAScript asks for.
    let scientific = format!("{:e}", number.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let exponent: i32 = exponent.parse().unwrap_or_default();
    // The decimal point stands behind this many digits.
    let point = exponent.saturating_add(1);
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or_default());
    let text = if count <= point && point <= 21 {
        format!("{digits}{}", zeros(point.saturating_sub(count)))
    } else if 0 < point && point <= 21 {
        let (whole, fraction) =
            digits.split_at_checked(usize::try_from(point).unwrap_or_default()).unwrap_or_default();
        format!("{whole}.{fraction}")
    } else if -6 < point && point <= 0 {
        format!("0.{}{digits}", zeros(point.saturating_neg()))
    } else {
        let sign = if exponent < 0 { '-' } else { '+' };
        let (first, rest) = digits.split_at_checked(1).unwrap_or_default();
        let dot = if rest.is_empty() { "" } else { "." };
        format!("{first}{dot}{rest}e{sign}{}", exponent.unsigned_abs())
    };
    if number < 0.0 { format!("-{text}") } else { text }
}
