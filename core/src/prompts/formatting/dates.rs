//! `formatDate` and `daysBetween`.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, Timelike};

use super::{Formatting, Locale};
use crate::Zone;
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
        Value::Text(text) => match DateTime::parse_from_rfc3339(text) {
            Ok(time) => time,
            Err(_) => return NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Moment::Day),
        },
        _ => return None,
    };
    let Some(zone) = zone else {
        return Some(Moment::Time(time.naive_local()));
    };
    let local = DateTime::from_timestamp_millis(zone.local_millis(time.timestamp_millis()))?;
    Some(Moment::Time(local.naive_utc()))
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
    let pattern = match style {
        "iso" => "y-MM-dd".to_owned(),
        "short" => locale.0.short.to_owned(),
        "medium" => locale.0.medium.to_owned(),
        "long" => locale.0.long.to_owned(),
        "full" => locale.0.full.to_owned(),
        "month" => locale.0.month.to_owned(),
        "weekday" => "EEEE".to_owned(),
        "time" => locale.0.time.to_owned(),
        "datetime" => format!("{} {}", locale.0.medium, locale.0.time),
        _ => return Err("style iso, short, medium, long, full, month, weekday, time or datetime"),
    };
    Ok(match moment(value, zone) {
        // A day has no time of day.
        Some(Moment::Day(day)) if matches!(style, "time" | "datetime") => {
            let pattern = if style == "time" { "" } else { locale.0.medium };
            Value::Text(print(day.into(), pattern, locale).into())
        }
        Some(Moment::Day(day)) => Value::Text(print(day.into(), &pattern, locale).into()),
        Some(Moment::Time(time)) => Value::Text(print(time, &pattern, locale).into()),
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
    let mut text = String::new();
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
            ('y', 2) => text.push_str(&format!("{:02}", time.year().rem_euclid(100))),
            ('y', _) => text.push_str(&format!("{:04}", time.year())),
            ('M', 4) => text.push_str(name(&locale.0.months)),
            ('M', 3) => text.push_str(name(&locale.0.short_months)),
            ('M', width) => text.push_str(&format!("{:0width$}", time.month())),
            ('d', width) => text.push_str(&format!("{:0width$}", time.day())),
            ('E', _) => {
                let day = usize::try_from(time.weekday().num_days_from_monday());
                text.push_str(locale.0.weekdays.get(day.unwrap_or_default()).unwrap_or(&""));
            }
            ('H', width) => text.push_str(&format!("{:0width$}", time.hour())),
            ('h', width) => text.push_str(&format!("{:0width$}", time.hour12().1)),
            ('m', width) => text.push_str(&format!("{:0width$}", time.minute())),
            ('a', _) => text.push_str(if time.hour12().0 { "PM" } else { "AM" }),
            (other, count) => text.extend(std::iter::repeat_n(other, count)),
        }
        rest = after;
    }
    text
}
