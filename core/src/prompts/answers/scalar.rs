//! Numbers, days, and yes or no, as people and models write them.

use chrono::NaiveDate;

use super::words::fold;

/// The number that a text means, and whether there was more than one to choose from.
///
/// Behind the last `=` or `:` if a number stands there, else the first. A slash divides it from
/// what it is out of (`4/5`).
pub(super) fn number(text: &str) -> Option<(f64, bool)> {
    let behind = text.rfind(['=', ':', '：', '≈']).and_then(|at| {
        let rest = text.get(at..)?;
        Some(numbers(rest)).filter(|found| !found.is_empty())
    });
    let found = behind.unwrap_or_else(|| numbers(text));
    let first = found.first()?;
    Some((*first, found.iter().any(|other| (other - first).abs() > f64::EPSILON)))
}

fn numbers(text: &str) -> Vec<f64> {
    let mut found = Vec::new();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut at = 0;
    let char_at = |at: usize| chars.get(at).map(|(_, c)| *c);
    while at < chars.len() {
        let c = char_at(at).unwrap_or(' ');
        let value = c.to_digit(10);
        if value.is_none() {
            at += 1;
            continue;
        }
        let sign = at.checked_sub(1).and_then(char_at);
        let before = at.checked_sub(2).and_then(char_at);
        // `A-1` is a name, and in `1-2` the dash is no sign.
        let apart = before.is_none_or(|before| !before.is_alphanumeric());
        let negative = apart && matches!(sign, Some('-' | '−' | '–' | '﹣' | '－'));
        let glued = sign.is_some_and(char::is_alphabetic);
        let mut digits = String::new();
        while let Some(c) = char_at(at) {
            let inside = matches!(c, '.' | ',' | '\'' | '’' | '\u{a0}' | '\u{202f}')
                && char_at(at + 1).is_some_and(|next| next.is_ascii_digit());
            if c.is_ascii_digit() || inside {
                digits.push(c);
                at += 1;
            } else {
                break;
            }
        }
        if digits.is_empty() {
            at += 1;
            continue;
        }
        // What it is out of: `4/5`, `4 / 5`.
        let mut rest = at;
        while char_at(rest) == Some(' ') {
            rest += 1;
        }
        if char_at(rest) == Some('/') {
            rest += 1;
            while char_at(rest).is_some_and(|c| c == ' ' || c == '+') {
                rest += 1;
            }
            while char_at(rest).is_some_and(|c| c.is_ascii_digit()) {
                rest += 1;
                at = rest;
            }
        }
        if let (false, Some(number)) = (glued, decimal(&digits)) {
            found.push(if negative { -number } else { number });
        }
    }
    found
}

/// Digits with points and commas: the last mark divides the decimals, unless it stands before
/// three digits and there is another of it, or it is a comma before three digits.
fn decimal(digits: &str) -> Option<f64> {
    let digits: String =
        digits.chars().filter(|c| c.is_ascii_digit() || ".,".contains(*c)).collect();
    let last = digits.rfind(['.', ',']);
    let plain = |text: &str| text.replace(['.', ','], "");
    let text = match last {
        None => digits,
        Some(at) => {
            let (whole, rest) = digits.split_at(at);
            let decimals = rest.get(1..).unwrap_or_default();
            let same = rest.chars().next().is_some_and(|mark| whole.contains(mark));
            let grouped = decimals.len() == 3
                && (same || (rest.starts_with(',') && !whole.contains('.') && whole != "0"));
            if grouped || same { plain(&digits) } else { format!("{}.{decimals}", plain(whole)) }
        }
    };
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

const MONTHS: &[&str] =
    &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The day in a text: `2026-03-01`, `1 March 2026`, `March 1st, 2026`, `01.03.2026`, and
/// `13/03/2026` or `03/13/2026` where only one reading is a day.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let marks = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '/' | '.');
    let words: Vec<&str> = text
        .split(marks)
        .map(|word| word.trim_matches(['-', '/', '.']))
        .filter(|word| !word.is_empty())
        .collect();
    words.iter().find_map(|word| numeric(word)).or_else(|| words.windows(3).find_map(named))
}

fn numeric(word: &str) -> Option<NaiveDate> {
    let word = word.split(['T', 't']).next()?;
    let mark = ['-', '/', '.'].into_iter().find(|mark| word.matches(*mark).count() == 2)?;
    let mut parts = word.split(mark);
    let (one, two, three) = (parts.next()?, parts.next()?, parts.next()?);
    let number = |text: &str| text.parse::<u32>().ok();
    let day = |year: &str, month: &str, day: &str| {
        NaiveDate::from_ymd_opt(year.parse().ok()?, number(month)?, number(day)?)
    };
    if one.len() == 4 {
        return day(one, two, three);
    }
    if three.len() != 4 {
        return None;
    }
    match (day(three, two, one), day(three, one, two)) {
        (found, None) | (None, found) => found,
        (Some(first), Some(second)) if first == second || mark == '.' => Some(first),
        // Nobody knows which is the month.
        _ => None,
    }
}

fn named(words: &[&str]) -> Option<NaiveDate> {
    let [one, two, three] = words else { return None };
    let month = |word: &str| {
        let lower = word.to_lowercase();
        let at = MONTHS.iter().position(|month| lower.starts_with(month))?;
        u32::try_from(at.checked_add(1)?).ok()
    };
    let day = |word: &str| {
        let lower = word.to_lowercase();
        lower.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']).parse::<u32>().ok()
    };
    let year = three.parse::<i32>().ok().filter(|_| three.len() == 4)?;
    let (month, day) = match (month(one), month(two)) {
        (Some(month), _) => (month, day(two)?),
        (None, Some(month)) => (month, day(one)?),
        (None, None) => return None,
    };
    NaiveDate::from_ymd_opt(year, month, day)
}

/// Whether a text says yes or no, in the languages that models answer in.
pub(super) fn yes_no(text: &str) -> Option<bool> {
    let folded = fold(text);
    let first = folded.split(' ').next().unwrap_or_default();
    match first {
        "yes" | "y" | "true" | "ye" | "sí" | "si" | "oui" | "ja" | "sim" | "是" | "はい" => {
            Some(true)
        }
        "no" | "n" | "false" | "non" | "nein" | "não" | "nao" | "nee" | "否" | "いいえ" => {
            Some(false)
        }
        _ if text.contains(['✅', '✔', '✓']) => Some(true),
        _ if text.contains(['❌', '✗', '✘']) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, expected) in [
            ("+1", 1.0),
            ("−2", -2.0),
            ("-1 (somewhat negative)", -1.0),
            ("2/5", 2.0),
            ("4 / 5 stars", 4.0),
            ("Average: 0.5", 0.5),
            ("(1 + 0 + 2) / 3 = 1.0", 1.0),
            ("0,5", 0.5),
            ("$1,250.50", 1250.5),
            ("1.250,50 €", 1250.5),
            ("1'250", 1250.0),
            ("1,250,000", 1_250_000.0),
            ("**-0.33**", -0.33),
            ("12.345", 12.345),
            ("about 3%", 3.0),
        ] {
            assert_eq!(number(text).unwrap().0, expected, "{text}");
        }
        assert_eq!(number("between 1 and 2"), Some((1.0, true)));
        assert_eq!(number("none"), None);
        assert_eq!(number("model A4"), None);
    }

    #[test]
    fn days_are_read_where_they_are_clear() {
        let day = |text: &str| date(text).map(|day| day.to_string());
        for text in [
            "2026-03-13",
            "2026-03-13T10:00:00Z",
            "13 March 2026",
            "March 13th, 2026",
            "on Mar 13, 2026 (Friday)",
            "13.03.2026",
            "13/03/2026",
            "03/13/2026",
            "2026/3/13 | WhatsApp",
        ] {
            assert_eq!(day(text).as_deref(), Some("2026-03-13"), "{text}");
        }
        for text in ["03/04/2026", "2026-02-30", "soon", "13.3.26", ""] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
