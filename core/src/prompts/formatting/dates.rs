//! `formatDate` and `daysBetween`.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, Timelike};

use super::{Formatting, Locale};
use crate::Zone;
use crate::prompts::render::number::push_digits;
use crate::prompts::render::{Arguments, Value};

/// A day, or a point in time on the clock of a zone.
enum Moment {
    Day(NaiveDate),
    Time(NaiveDateTime),
}

impl Moment {
    fn date(&self) -> NaiveDate {
        match self {
            Self::Day(day) => *day,
            Self::Time(time) => time.date(),
        }
    }
}

fn moment(value: &Value<'_>, zone: Option<Zone>) -> Option<Moment> {
    let time: DateTime<FixedOffset> = match value {
        Value::Number(milliseconds) if milliseconds.abs() < 1e15 =>
        {
            #[expect(clippy::cast_possible_truncation, reason = "checked by the guard")]
            DateTime::from_timestamp_millis(*milliseconds as i64)?.fixed_offset()
        }
        Value::Text(text) => match utc(text).or_else(|| DateTime::parse_from_rfc3339(text).ok()) {
            Some(time) => time,
            None => return NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Moment::Day),
        },
        _ => return None,
    };
    let Some(zone) = zone else {
        return Some(Moment::Time(time.naive_local()));
    };
    let local = DateTime::from_timestamp_millis(zone.local_millis(time.timestamp_millis()))?;
    Some(Moment::Time(local.naive_utc()))
}

/// What an instant is written with.
struct Written {
    year: u32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
    millis: u32,
}

/// An instant as machines write most of them, `2026-03-01T09:30:00Z` or with milliseconds. What else
/// RFC 3339 has takes longer to read.
fn written(text: &str) -> Option<Written> {
    let (seconds, rest) = text.as_bytes().split_first_chunk::<19>()?;
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b'T', h0, h1, b':', n0, n1, b':', s0, s1] =
        *seconds
    else {
        return None;
    };
    let millis = match *rest {
        [b'Z'] => 0,
        [b'.', first, second, third, b'Z'] => number([first, second, third])?,
        _ => return None,
    };
    Some(Written {
        year: number([y0, y1, y2, y3])?,
        month: number([m0, m1])?,
        day: number([d0, d1])?,
        hour: number([h0, h1])?,
        minute: number([n0, n1])?,
        second: number([s0, s1])?,
        millis,
    })
}

impl Written {
    fn instant(&self) -> Option<DateTime<FixedOffset>> {
        let year = i32::try_from(self.year).ok()?;
        let day = NaiveDate::from_ymd_opt(year, self.month, self.day)?;
        let time = day.and_hms_milli_opt(self.hour, self.minute, self.second, self.millis)?;
        Some(time.and_utc().fixed_offset())
    }

    /// Whether there is such an instant. Every month has 28 days.
    fn is_real(&self) -> bool {
        let in_every_month = (1..=12).contains(&self.month) && (1..=28).contains(&self.day);
        let on_the_clock = self.hour < 24 && self.minute < 60 && self.second < 60;
        (in_every_month && on_the_clock) || self.instant().is_some()
    }
}

fn utc(text: &str) -> Option<DateTime<FixedOffset>> {
    written(text)?.instant()
}

fn number<const DIGITS: usize>(digits: [u8; DIGITS]) -> Option<u32> {
    let mut number = 0_u32;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number.wrapping_mul(10).wrapping_add(u32::from(byte - b'0'));
    }
    Some(number)
}

/// The beginning of an instant, which is its day as `iso` prints it.
fn beginning<'a>(text: &Cow<'a, str>) -> Option<Cow<'a, str>> {
    written(text).filter(Written::is_real)?;
    match text {
        Cow::Borrowed(text) => text.get(..10).map(Cow::Borrowed),
        Cow::Owned(text) => text.get(..10).map(|day| Cow::Owned(day.to_owned())),
    }
}

pub(super) fn format_date<'a>(
    given: &Arguments<'_, 'a>,
    formatting: &Formatting,
) -> Result<Value<'a>, &'static str> {
    let value = given.value(0).ok_or("a date")?;
    let locale = super::locale(given, formatting)?;
    let zone = match given.named("tz").or_else(|| given.value(2)) {
        None => formatting.zone,
        Some(zone) => Some(zone.print().parse().map_err(|_| "tz as UTC, +02:00 or Europe/Berlin")?),
    };
    let style = given.named("style").or_else(|| given.value(1)).map(Value::print);
    let style = style.as_deref().unwrap_or("iso");
    if style == "iso"
        && zone.is_none()
        && let Value::Text(text) = value
        && let Some(day) = beginning(text)
    {
        return Ok(Value::Text(day));
    }
    let pattern = match style {
        "iso" => "y-MM-dd",
        "short" => locale.0.short,
        "medium" => locale.0.medium,
        "long" => locale.0.long,
        "full" => locale.0.full,
        "month" => locale.0.month,
        "weekday" => "EEEE",
        "time" => locale.0.time,
        "datetime" => &format!("{} {}", locale.0.medium, locale.0.time),
        _ => return Err("style iso, short, medium, long, full, month, weekday, time or datetime"),
    };
    Ok(match moment(value, zone) {
        // A day has no time of day.
        Some(Moment::Day(day)) if matches!(style, "time" | "datetime") => {
            let pattern = if style == "time" { "" } else { locale.0.medium };
            Value::Text(print(day.into(), pattern, locale).into())
        }
        Some(Moment::Day(day)) => Value::Text(print(day.into(), pattern, locale).into()),
        Some(Moment::Time(time)) => Value::Text(print(time, pattern, locale).into()),
        None if matches!(value, Value::Text(text) if !text.is_empty()) => value.clone(),
        None => given.named("default").cloned().unwrap_or(Value::Text("unknown".into())),
    })
}

pub(super) fn days_between<'a>(
    given: &Arguments<'_, 'a>,
    formatting: &Formatting,
) -> Result<Value<'a>, &'static str> {
    let day = |place| {
        given.value(place).and_then(|value| moment(value, formatting.zone)).map(|one| one.date())
    };
    let (from, to) = (day(0).ok_or("two dates")?, day(1).ok_or("two dates")?);
    let days = i32::try_from(to.signed_duration_since(from).num_days()).map_err(|_| "two dates")?;
    Ok(Value::Number(f64::from(days)))
}

/// Prints by a pattern of UTS 35; of its letters only those that the table of locales uses.
fn print(time: NaiveDateTime, pattern: &str, locale: Locale) -> String {
    let push = |text: &mut String, number: u32, width| push_digits(text, number.into(), width);
    let mut text = String::with_capacity(pattern.len().saturating_mul(2));
    let mut rest = pattern;
    while let Some(letter) = rest.chars().next() {
        if letter == '\'' {
            let quoted = rest.get(1..).unwrap_or_default();
            let (inside, after) = quoted.split_once('\'').unwrap_or((quoted, ""));
            text.push_str(inside);
            rest = after;
            continue;
        }
        let after = rest.trim_start_matches(letter);
        let count = rest.len().saturating_sub(after.len()) / letter.len_utf8();
        let month = usize::try_from(time.month0()).unwrap_or_default();
        let name = |names: &[&'static str]| names.get(month).copied().unwrap_or_default();
        match (letter, count) {
            ('y', 2) => push(&mut text, time.year().rem_euclid(100).unsigned_abs(), 2),
            ('y', _) if time.year() < 0 => text.push_str(&format!("{:04}", time.year())),
            ('y', _) => push(&mut text, time.year().unsigned_abs(), 4),
            ('M', 4) => text.push_str(name(&locale.0.months)),
            ('M', 3) => text.push_str(name(&locale.0.short_months)),
            ('M', width) => push(&mut text, time.month(), width),
            ('d', width) => push(&mut text, time.day(), width),
            ('E', _) => {
                let day = usize::try_from(time.weekday().num_days_from_monday());
                text.push_str(locale.0.weekdays.get(day.unwrap_or_default()).unwrap_or(&""));
            }
            ('H', width) => push(&mut text, time.hour(), width),
            ('h', width) => push(&mut text, time.hour12().1, width),
            ('m', width) => push(&mut text, time.minute(), width),
            ('a', _) => text.push_str(if time.hour12().0 { "PM" } else { "AM" }),
            (other, count) => text.extend(std::iter::repeat_n(other, count)),
        }
        rest = after;
    }
    text
}
