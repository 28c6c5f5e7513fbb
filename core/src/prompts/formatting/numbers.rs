//! `number`, `percent`, `money` and `plural`.

use super::{Formatting, Locale};
use crate::money::{Currency, Money};
use crate::prompts::render::{Arguments, Value, number_text};

/// The most decimals that are printed.
const MOST_DECIMALS: f64 = 12.0;

fn read(value: Option<&Value<'_>>) -> Option<f64> {
    match value? {
        Value::Number(number) if number.is_finite() => Some(*number),
        Value::Text(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

fn decimals(given: &Arguments<'_, '_>) -> Result<Option<usize>, &'static str> {
    let Some(value) = given.named("decimals") else {
        return Ok(None);
    };
    match read(Some(value)) {
        Some(count) if count.fract() == 0.0 && (0.0..=MOST_DECIMALS).contains(&count) =>
        {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 12")]
            Ok(Some(count as usize))
        }
        _ => Err("decimals from 0 to 12"),
    }
}

/// Digits with the marks of a locale. `text` is a plain decimal number.
fn localised(text: &str, locale: Locale) -> String {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::from(sign);
    let groups = whole.len() >= locale.0.least_grouped.saturating_add(3);
    for (at, digit) in whole.chars().enumerate() {
        if groups && at > 0 && whole.len().saturating_sub(at).is_multiple_of(3) {
            grouped.push_str(locale.0.group);
        }
        grouped.push(digit);
    }
    if !fraction.is_empty() {
        grouped.push_str(locale.0.decimal);
        grouped.push_str(fraction);
    }
    grouped
}

/// The shortest digits of a number, rounded half away from zero, as ECMA-402 has it.
fn rounded(number: f64, decimals: usize) -> String {
    let shortest = format!("{number}");
    let (sign, digits) = match shortest.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", shortest.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let padded = format!("{fraction:0<decimals$}");
    let (kept, cut) = padded.split_at_checked(decimals).unwrap_or((&padded, ""));
    let mut all: Vec<char> = whole.chars().chain(kept.chars()).collect();
    let mut carry = cut.starts_with(['5', '6', '7', '8', '9']);
    for digit in all.iter_mut().rev() {
        if !carry {
            break;
        }
        let next = digit.to_digit(10).unwrap_or_default().saturating_add(1);
        carry = next == 10;
        *digit = char::from_digit(next % 10, 10).unwrap_or('0');
    }
    if carry {
        all.insert(0, '1');
    }
    let (whole, fraction) =
        all.split_at_checked(all.len().saturating_sub(decimals)).unwrap_or((&all, &[]));
    let (whole, fraction) = (String::from_iter(whole), String::from_iter(fraction));
    let dot = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{whole}{dot}{fraction}")
}

/// A number with exactly, or at most three, decimals.
fn fixed(number: f64, decimals: Option<usize>) -> String {
    let text = rounded(number, decimals.unwrap_or(3));
    let text = match decimals {
        None => text.trim_end_matches('0').trim_end_matches('.'),
        Some(_) => text.as_str(),
    };
    // There is no negative nothing.
    let nothing = text.chars().all(|c| matches!(c, '-' | '0' | '.'));
    text.strip_prefix('-').filter(|_| nothing).unwrap_or(text).to_owned()
}

pub(super) fn number<'a>(
    given: &Arguments<'_, 'a>,
    formatting: &Formatting,
) -> Result<Value<'a>, &'static str> {
    let locale = super::locale(given, formatting)?;
    let number = read(given.value(0)).ok_or("a number")?;
    Ok(Value::Text(localised(&fixed(number, decimals(given)?), locale).into()))
}

pub(super) fn percent<'a>(
    given: &Arguments<'_, 'a>,
    formatting: &Formatting,
) -> Result<Value<'a>, &'static str> {
    let locale = super::locale(given, formatting)?;
    let number = read(given.value(0)).ok_or("a number, 1 for 100 %")?;
    let decimals = decimals(given)?.unwrap_or(0);
    let text = localised(&fixed(number * 100.0, Some(decimals)), locale);
    Ok(Value::Text(format!("{text}{}", locale.0.percent).into()))
}

fn sign(currency: Currency) -> Option<&'static str> {
    Some(match currency.code() {
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "JPY" | "CNY" => "¥",
        "INR" => "₹",
        "BRL" => "R$",
        _ => return None,
    })
}

pub(super) fn money<'a>(
    given: &Arguments<'_, 'a>,
    formatting: &Formatting,
) -> Result<Value<'a>, &'static str> {
    const ACCEPTED: &str = "an amount as a number, a decimal text or {amount, currency}";
    let locale = super::locale(given, formatting)?;
    let value = given.value(0).ok_or(ACCEPTED)?;
    let own = value.get("currency");
    let code = given.named("currency").or_else(|| given.value(1)).or(Some(&own));
    let currency = match code.filter(|code| !code.is_nothing()) {
        Some(code) => code.print().parse().map_err(|_| "a currency of ISO 4217")?,
        None => formatting.currency.ok_or("a currency: money amount currency=\"EUR\"")?,
    };
    let amount = value.get("amount");
    let amount = if amount.is_nothing() { value } else { &amount };
    let text = match amount {
        Value::Number(number) if number.is_finite() => {
            fixed(*number, Some(usize::from(currency.exponent())))
        }
        Value::Text(text) => Money::parse(text, currency).map_err(|_| ACCEPTED)?.amount(),
        _ => return Err(ACCEPTED),
    };
    let (minus, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.as_str()),
    };
    let digits = localised(digits, locale);
    let name = sign(currency).unwrap_or(currency.code());
    let space = if name.len() == 3 && sign(currency).is_none() || locale.0.space_after_currency {
        "\u{a0}"
    } else {
        ""
    };
    Ok(Value::Text(if locale.0.currency_first {
        format!("{minus}{name}{space}{digits}").into()
    } else {
        format!("{minus}{digits}\u{a0}{name}").into()
    }))
}

/// The plural categories of CLDR for the locales of the table.
fn category(locale: Locale, count: f64) -> &'static str {
    let whole = count.fract() == 0.0;
    match locale.tag() {
        "ar" if whole => match (count, count.rem_euclid(100.0)) {
            (0.0, _) => "zero",
            (1.0, _) => "one",
            (2.0, _) => "two",
            (_, last) if (3.0..=10.0).contains(&last) => "few",
            (_, last) if (11.0..=99.0).contains(&last) => "many",
            _ => "other",
        },
        "fr" | "pt" if count.abs() < 2.0 => "one",
        "en" | "de" | "it" | "es" if count == 1.0 => "one",
        _ => "other",
    }
}

pub(super) fn plural<'a>(
    given: &Arguments<'_, 'a>,
    formatting: &Formatting,
) -> Result<Value<'a>, &'static str> {
    const ACCEPTED: &str = "a count, the word for one and the word for others";
    let locale = super::locale(given, formatting)?;
    let count = read(given.value(0)).ok_or(ACCEPTED)?;
    let category = category(locale, count);
    let by_place = given.value(if category == "one" { 1 } else { 2 });
    let word = given.named(category).or(by_place).or_else(|| given.named("other"));
    let word = word.ok_or(ACCEPTED)?.print();
    let count = if count.fract() == 0.0 { fixed(count, Some(0)) } else { number_text(count) };
    Ok(Value::Text(format!("{} {word}", localised(&count, locale)).into()))
}
