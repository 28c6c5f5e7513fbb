//! How long a service asks to wait.

use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, Utc};

use super::http::Headers;
use crate::time::Timestamp;

/// The longest wait that is believed.
const LONGEST: Duration = Duration::from_secs(24 * 3_600);

/// The wait that the headers of an answer ask for, at most a day: `retry-after-ms`, else
/// `Retry-After` in seconds or as a date (RFC 9110 §10.2.3), else the longest of the limits that are
/// used up (`x-ratelimit-reset-*`, `anthropic-ratelimit-*-reset`).
///
/// ```
/// use std::time::Duration;
/// use goodwill::Timestamp;
/// use goodwill::llm::{Headers, retry_after};
///
/// let now: Timestamp = "1994-11-06T08:49:30Z".parse()?;
/// let headers = Headers::from_iter([("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")]);
/// assert_eq!(retry_after(&headers, now), Some(Duration::from_secs(7)));
/// # Ok::<(), goodwill::Error>(())
/// ```
#[must_use]
pub fn retry_after(headers: &Headers, now: Timestamp) -> Option<Duration> {
    let asked = headers
        .get("retry-after-ms")
        .and_then(|text| text.trim().parse().ok().and_then(|ms: f64| seconds(ms / 1_000.0)))
        .or_else(|| headers.get("retry-after").and_then(|text| number_or_date(text, now)))
        .or_else(|| limits(headers, now));
    asked.map(|wait| wait.min(LONGEST))
}

fn number_or_date(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    text.parse().ok().and_then(seconds).or_else(|| Some(http_date(text)?.saturating_since(now)))
}

/// The three forms of RFC 9110 §5.6.7.
fn http_date(text: &str) -> Option<Timestamp> {
    if let Ok(date) = DateTime::parse_from_rfc2822(text) {
        return Some(Timestamp::from(date.with_timezone(&Utc)));
    }
    let formats = ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];
    let date = formats.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())?;
    Some(Timestamp::from(date.and_utc()))
}

fn limits(headers: &Headers, now: Timestamp) -> Option<Duration> {
    const KINDS: [&str; 4] = ["requests", "tokens", "input-tokens", "output-tokens"];
    let named = |style: &str, kind: &str| match style {
        "openai" => (format!("x-ratelimit-remaining-{kind}"), format!("x-ratelimit-reset-{kind}")),
        _ => (
            format!("anthropic-ratelimit-{kind}-remaining"),
            format!("anthropic-ratelimit-{kind}-reset"),
        ),
    };
    let mut waits = Vec::new();
    for style in ["openai", "anthropic"] {
        for kind in KINDS {
            let (remaining, reset) = named(style, kind);
            let wait = headers.get(&reset).and_then(|text| reset_time(text.trim(), now));
            if let Some(wait) = wait {
                waits.push((headers.get(&remaining).map(str::trim) == Some("0"), wait));
            }
        }
    }
    let spent_only = waits.iter().any(|(spent, _)| *spent);
    waits.into_iter().filter(|(spent, _)| *spent || !spent_only).map(|(_, wait)| wait).max()
}

/// `6m0s`, `1.5s`, `20ms`, a number of seconds, or an RFC 3339 instant.
fn reset_time(text: &str, now: Timestamp) -> Option<Duration> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at.saturating_since(now));
    }
    if let Ok(number) = text.parse::<f64>() {
        return seconds(number);
    }
    let (mut rest, mut total) = (text, 0.0);
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at_checked(digits)?;
        let letters = after.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(after.len());
        let (unit, after) = after.split_at_checked(letters)?;
        let size = match unit {
            "ms" => 0.001,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3_600.0,
            "d" => 86_400.0,
            _ => return None,
        };
        total += number.parse::<f64>().ok()? * size;
        rest = after;
    }
    if text.is_empty() { None } else { seconds(total) }
}

fn seconds(number: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(number).ok()
}
