//! Numbers that prove themselves by a check digit.

/// The digits of a text.
fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|c| c.to_digit(10)).collect()
}

/// The check of payment cards (Luhn, ISO/IEC 7812-1), 13 to 19 digits.
pub(super) fn is_card(text: &str) -> bool {
    let digits = digits(text);
    let known = digits.first().is_some_and(|first| (2..=6).contains(first));
    known && (13..=19).contains(&digits.len()) && luhn(&digits)
}

fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match place % 2 {
            0 => *digit,
            _ => digit.saturating_mul(2) / 10 + digit.saturating_mul(2) % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// The check of international bank account numbers (ISO 13616): 97 divides it with rest 1.
pub(super) fn is_iban(text: &str) -> bool {
    let signs: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let Some((head, tail)) = signs.split_at_checked(4) else {
        return false;
    };
    let shape = head.chars().zip(0..).all(|(c, place)| match place {
        0 | 1 => c.is_ascii_uppercase(),
        _ => c.is_ascii_digit(),
    });
    if !shape || !(15..=34).contains(&signs.len()) {
        return false;
    }
    let rest = tail.chars().chain(head.chars()).try_fold(0_u32, |rest, c| {
        let value = c.to_digit(36)?;
        let shift = if value < 10 { 10 } else { 100 };
        Some((rest.checked_mul(shift)?.checked_add(value)?) % 97)
    });
    rest == Some(1)
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit.saturating_mul(*weight)).sum()
}

/// Numbers of persons with check digits: Spain (DNI, NIE), Brazil (CPF), France (NIR), Italy
/// (codice fiscale), and the United States (SSN with its dashes, which has none).
pub(super) fn is_national(text: &str) -> bool {
    let signs: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = signs.to_ascii_uppercase();
    is_ssn(text) || is_dni(&plain) || is_cpf(text, &plain) || is_nir(&plain) || is_fiscale(&plain)
}

fn is_ssn(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut part = |length: usize| {
        let one = parts.next().unwrap_or_default();
        (one.len() == length && one.bytes().all(|byte| byte.is_ascii_digit())).then_some(one)
    };
    match (part(3), part(2), part(4)) {
        (Some(area), Some(group), Some(serial)) => {
            !matches!(area, "000" | "666")
                && !area.starts_with('9')
                && group != "00"
                && serial != "0000"
                && text.len() == 11
        }
        _ => false,
    }
}

fn is_dni(plain: &str) -> bool {
    const LETTERS: &[u8] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let number = match plain.chars().next() {
        Some('X') => plain.replacen('X', "0", 1),
        Some('Y') => plain.replacen('Y', "1", 1),
        Some('Z') => plain.replacen('Z', "2", 1),
        _ => plain.to_owned(),
    };
    let Some((number, letter)) = number.split_at_checked(8).filter(|_| plain.len() == 9) else {
        return false;
    };
    let rest = number.parse::<usize>().ok().map(|number| number % 23);
    rest.and_then(|rest| LETTERS.get(rest)).is_some_and(|one| letter.as_bytes() == [*one])
}

/// With its dots and dash: eleven bare digits are too often something else.
fn is_cpf(text: &str, plain: &str) -> bool {
    let numbers = digits(plain);
    let formatted = text.matches('.').count() == 2 && text.matches('-').count() == 1;
    let all_same = numbers.windows(2).all(|pair| pair.first() == pair.last());
    if numbers.len() != 11 || plain.len() != 11 || !formatted || all_same {
        return false;
    }
    let check = |length: u32| {
        let weights: Vec<u32> = (2..=length.saturating_add(1)).rev().collect();
        weighted(&numbers, &weights).saturating_mul(10) % 11 % 10
    };
    numbers.get(9) == Some(&check(9)) && numbers.get(10) == Some(&check(10))
}

fn is_nir(plain: &str) -> bool {
    let plain = plain.replace("2A", "19").replace("2B", "18");
    let Some((number, key)) = plain.split_at_checked(13).filter(|_| plain.len() == 15) else {
        return false;
    };
    let (Ok(number), Ok(key)) = (number.parse::<u64>(), key.parse::<u64>()) else {
        return false;
    };
    let month = number / 100_000_000 % 100;
    let known = plain.starts_with(['1', '2']) && (1..=12).contains(&month);
    known && 97_u64.saturating_sub(number % 97) == key
}

fn is_fiscale(plain: &str) -> bool {
    const ODD: [u32; 26] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24,
        23,
    ];
    let shape = "LLLLLLDDLDDLDDDL";
    let fits = plain.len() == shape.len()
        && plain.chars().zip(shape.chars()).all(|(c, kind)| match kind {
            'L' => c.is_ascii_uppercase(),
            _ => c.is_ascii_digit(),
        });
    if !fits {
        return false;
    }
    let value = |c: char| {
        if c.is_ascii_digit() {
            c.to_digit(10)
        } else {
            c.to_digit(36).map(|one| one.saturating_sub(10))
        }
    };
    let sum: Option<u32> = plain
        .chars()
        .take(15)
        .enumerate()
        .map(|(place, c)| {
            let value = value(c)?;
            let index = usize::try_from(value).ok()?;
            if place % 2 == 0 { ODD.get(index).copied() } else { Some(value) }
        })
        .sum();
    let check = plain.chars().last().and_then(value);
    sum.map(|sum| sum % 26) == check
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_decide() {
        for good in ["4111 1111 1111 1111", "5500-0000-0000-0004", "378282246310005"] {
            assert!(is_card(good), "{good}");
        }
        assert!(!is_card("4111 1111 1111 1112"));
        for good in
            ["DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432", "ES9121000418450200051332"]
        {
            assert!(is_iban(good), "{good}");
        }
        assert!(!is_iban("DE89 3704 0044 0532 0130 01"));
        for good in [
            "123-45-6789",
            "12345678Z",
            "X1234567L",
            "529.982.247-25",
            "255081416802538",
            "RSSMRA85T10A562S",
        ] {
            assert!(is_national(good), "{good}");
        }
        for bad in [
            "000-45-6789",
            "12345678A",
            "529.982.247-26",
            "52998224725",
            "255081416802539",
            "RSSMRA85T10A562T",
            "2026-03-01",
            "",
        ] {
            assert!(!is_national(bad), "{bad}");
        }
    }
}
