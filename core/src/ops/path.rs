//! Where in a text of JSON something is: the path of the field.
//!
//! serde says line and column of what it could not read. Looking the path up afterwards costs nothing
//! when all is well, and works for every type.

/// A step of a path.
#[derive(Debug)]
enum Step {
    Field(String),
    Place(usize),
}

/// The path of what ends at a line and column, both from 1.
#[cfg(test)]
fn at(json: &str, line: usize, column: usize) -> String {
    until(json, offset(json, line, column))
}

/// The bytes before the end of a line and column, both from 1.
#[cfg(test)]
fn offset(json: &str, line: usize, column: usize) -> usize {
    let before: usize = json.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    before + column
}

/// The path of what ends after a number of bytes; `request` for the whole.
///
/// A key that is no field of ours may be anything, and is not repeated unless it looks like one.
pub(super) fn until(json: &str, end: usize) -> String {
    let end = end.min(json.len());
    let mut steps: Vec<Step> = Vec::new();
    let mut text: Option<(Vec<u8>, bool)> = None;
    let mut last = String::new();
    for byte in json.bytes().take(end) {
        if let Some((read, escaped)) = &mut text {
            match byte {
                _ if *escaped => {
                    *escaped = false;
                    read.push(byte);
                }
                b'\\' => *escaped = true,
                b'"' => {
                    last = String::from_utf8_lossy(read).into_owned();
                    text = None;
                }
                _ => read.push(byte),
            }
            continue;
        }
        match byte {
            b'"' => text = Some((Vec::new(), false)),
            b'{' => steps.push(Step::Field(String::new())),
            b'[' => steps.push(Step::Place(0)),
            b'}' | b']' => drop(steps.pop()),
            b':' => {
                if let Some(Step::Field(name)) = steps.last_mut() {
                    *name = std::mem::take(&mut last);
                }
            }
            b',' => match steps.last_mut() {
                Some(Step::Place(place)) => *place += 1,
                Some(Step::Field(name)) => name.clear(),
                None => {}
            },
            _ => {}
        }
    }
    // A key that was just read and is not known yet.
    if let Some(Step::Field(name)) = steps.last_mut()
        && name.is_empty()
    {
        *name = last;
    }
    let mut path = String::new();
    for step in &steps {
        match step {
            Step::Field(name) if name.is_empty() => {}
            Step::Field(name) if path.is_empty() => path.push_str(name),
            Step::Field(name) => {
                path.push('.');
                path.push_str(name);
            }
            Step::Place(place) => path.push_str(&format!("[{place}]")),
        }
    }
    let like_ours = |c: char| c.is_ascii_alphanumeric() || "._[]".contains(c);
    match path.as_str() {
        "" => "request".to_owned(),
        path if path.len() <= 200 && path.chars().all(like_ours) => path.to_owned(),
        _ => "an unknown field".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::at;

    #[test]
    fn paths_are_found() {
        let json = r#"{"a": {"b": [1, {"c": "x,}]\"y"}, 3]}, "ü": 1}"#;
        let of = |needle: &str| at(json, 1, json.find(needle).unwrap() + needle.len());
        assert_eq!(of("1"), "a.b[0]");
        assert_eq!(of("y\""), "a.b[1].c");
        assert_eq!(of("y\"}"), "a.b[1]");
        assert_eq!(of("3"), "a.b[2]");
        assert_eq!(of("3]}"), "a");
        assert_eq!(of("\"b\""), "a.b");
        assert_eq!(of("\": 1"), "an unknown field");
        assert_eq!(at(json, 1, json.len()), "request");
        assert_eq!(at("{\n\"a\":\n 7}", 3, 2), "a");
        assert_eq!(at("7", 9, 9), "request");
    }
}
