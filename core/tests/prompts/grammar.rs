//! A small reader of GBNF, the grammars of llama.cpp, that tells whether a text is in one.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

#[derive(Debug, Clone)]
enum Part {
    Text(Vec<char>),
    /// Characters, or all others.
    Class(Vec<(char, char)>, bool),
    Rule(String),
    Choice(Vec<Vec<Part>>),
    Repeat(Box<Part>, usize, usize),
}

pub(crate) struct Grammar {
    rules: BTreeMap<String, Part>,
}

impl Grammar {
    pub(crate) fn read(text: &str) -> Self {
        let rules = text
            .lines()
            .map(|line| {
                let (name, body) = line.split_once(" ::= ").unwrap();
                let body: Vec<char> = body.chars().collect();
                let mut at = 0;
                let rule = choice(&body, &mut at);
                assert_eq!(at, body.len(), "{line}");
                (name.to_owned(), rule)
            })
            .collect();
        Self { rules }
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().collect();
        self.ends(&self.rules["root"], &text, 0).contains(&text.len())
    }

    /// Where a part may end that begins here.
    fn ends(&self, part: &Part, text: &[char], at: usize) -> BTreeSet<usize> {
        match part {
            Part::Text(chars) => {
                text[at..].starts_with(chars).then_some(at + chars.len()).into_iter().collect()
            }
            Part::Class(ranges, inside) => {
                let fits = text.get(at).is_some_and(|c| {
                    ranges.iter().any(|(from, to)| (from..=to).contains(&c)) == *inside
                });
                fits.then_some(at + 1).into_iter().collect()
            }
            Part::Rule(name) => self.ends(&self.rules[name], text, at),
            Part::Choice(sequences) => {
                let mut ends = BTreeSet::new();
                for sequence in sequences {
                    let mut here = BTreeSet::from([at]);
                    for part in sequence {
                        here = here.iter().flat_map(|at| self.ends(part, text, *at)).collect();
                    }
                    ends.extend(here);
                }
                ends
            }
            Part::Repeat(part, min, max) => {
                let mut here = BTreeSet::from([at]);
                let mut ends = if *min == 0 { here.clone() } else { BTreeSet::new() };
                for count in 1..=*max {
                    here = here.iter().flat_map(|at| self.ends(part, text, *at)).collect();
                    if here.is_empty() {
                        break;
                    }
                    if count >= *min {
                        ends.extend(&here);
                    }
                }
                ends
            }
        }
    }
}

fn space(text: &[char], at: &mut usize) {
    while text.get(*at) == Some(&' ') {
        *at += 1;
    }
}

fn choice(text: &[char], at: &mut usize) -> Part {
    let mut sequences = vec![Vec::new()];
    loop {
        space(text, at);
        match text.get(*at) {
            None | Some(')') => return Part::Choice(sequences),
            Some('|') => {
                *at += 1;
                sequences.push(Vec::new());
            }
            Some(_) => {
                let part = repeat(text, at);
                sequences.last_mut().unwrap().push(part);
            }
        }
    }
}

fn repeat(text: &[char], at: &mut usize) -> Part {
    let part = single(text, at);
    let bounds = match text.get(*at) {
        Some('?') => (0, 1),
        Some('*') => (0, 10_000),
        Some('+') => (1, 10_000),
        Some('{') => {
            let end = *at + text[*at..].iter().position(|c| *c == '}').unwrap();
            let inner: String = text[*at + 1..end].iter().collect();
            *at = end;
            let (min, max) = inner.split_once(',').unwrap();
            (min.parse().unwrap(), max.parse().unwrap())
        }
        _ => return part,
    };
    *at += 1;
    Part::Repeat(Box::new(part), bounds.0, bounds.1)
}

fn single(text: &[char], at: &mut usize) -> Part {
    let open = text[*at];
    match open {
        '"' => {
            *at += 1;
            let mut chars = Vec::new();
            while text[*at] != '"' {
                chars.push(character(text, at));
            }
            *at += 1;
            Part::Text(chars)
        }
        '[' => {
            *at += 1;
            let inside = text[*at] != '^';
            *at += usize::from(!inside);
            let mut ranges = Vec::new();
            while text[*at] != ']' {
                let from = character(text, at);
                let ranged = text[*at] == '-' && text[*at + 1] != ']';
                *at += usize::from(ranged);
                ranges.push((from, if ranged { character(text, at) } else { from }));
            }
            *at += 1;
            Part::Class(ranges, inside)
        }
        '(' => {
            *at += 1;
            let part = choice(text, at);
            assert_eq!(text[*at], ')');
            *at += 1;
            part
        }
        _ => {
            let start = *at;
            while text.get(*at).is_some_and(|c| c.is_ascii_alphanumeric() || *c == '-') {
                *at += 1;
            }
            assert!(*at > start, "{open} begins nothing");
            Part::Rule(text[start..*at].iter().collect())
        }
    }
}

fn character(text: &[char], at: &mut usize) -> char {
    let c = text[*at];
    *at += 1;
    if c != '\\' {
        return c;
    }
    let escaped = text[*at];
    *at += 1;
    match escaped {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'x' => {
            let code: String = text[*at..*at + 2].iter().collect();
            *at += 2;
            char::from(u8::from_str_radix(&code, 16).unwrap())
        }
        other => other,
    }
}
