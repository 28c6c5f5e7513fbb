//! Numbers of orders and jobs in subject lines.

/// The most numbers that are looked for in one text.
const MOST: usize = 5;

/// The numbers in a text that look like one of the patterns, each once, in their order: `#` stands for
/// digits, `*` for letters and digits, everything else for itself in any case. A number ends where a
/// word does, and is spelled as the pattern spells it.
pub(super) fn numbers_in(text: &str, patterns: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut before = None;
    for (place, letter) in text.char_indices() {
        let starts = !before.is_some_and(char::is_alphanumeric);
        before = Some(letter);
        if !starts {
            continue;
        }
        let rest = text.get(place..).unwrap_or_default();
        for number in patterns.iter().filter_map(|pattern| matched(rest, pattern)) {
            if !found.contains(&number) {
                found.push(number);
            }
        }
        if found.len() >= MOST {
            break;
        }
    }
    found
}

/// The number that a text begins with.
fn matched(text: &str, pattern: &str) -> Option<String> {
    let mut letters = text.chars().peekable();
    let mut number = String::new();
    for part in pattern.chars() {
        match part {
            '#' | '*' => {
                let fits = |letter: &char| {
                    letter.is_ascii_digit() || (part == '*' && letter.is_alphabetic())
                };
                let length = number.len();
                while let Some(letter) = letters.next_if(fits) {
                    number.push(letter);
                }
                if number.len() == length || number.len() > 128 {
                    return None;
                }
            }
            part => {
                letters.next_if(|letter| letter.to_lowercase().eq(part.to_lowercase()))?;
                number.push(part);
            }
        }
    }
    let ends = !letters.peek().is_some_and(|letter| letter.is_alphanumeric());
    ends.then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_as_words() {
        let patterns = ["ORD-#".to_owned(), "J#/*".to_owned()];
        let found = |text| numbers_in(text, &patterns);
        assert_eq!(found("Re: ord-123: where is it?"), ["ORD-123"]);
        assert_eq!(found("(ORD-1), ORD-22, ORD-1 and j7/a9Ö"), ["ORD-1", "ORD-22", "J7/a9Ö"]);
        for none in ["", "ORD-", "XORD-1", "ORD-1x", "ORD 1", "éORD-5"] {
            assert_eq!(found(none), [""; 0], "{none}");
        }
        assert_eq!(numbers_in("ORD-1", &[]), [""; 0]);
        let many: String = (0..50).map(|n| format!("ORD-{n} ")).collect();
        assert_eq!(found(&many).len(), MOST);
    }
}
