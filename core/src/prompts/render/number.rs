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
    // Both forms have the shortest digits that read back as the same number, as ECMAScript asks for.
    if (1e-6..1e21).contains(&number.abs()) {
        return number.to_string();
    }
    let text = format!("{number:e}");
    match text.split_once('e') {
        Some((digits, exponent)) if !exponent.starts_with('-') => format!("{digits}e+{exponent}"),
        _ => text,
    }
}
