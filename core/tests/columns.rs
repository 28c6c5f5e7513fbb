//! Analytics as hosts call it: the same columns give the same bits in every language.
#![cfg(test)]

use goodwill::ops::columns::{Column, Given, Made, TimeUnit, Values, analyze};
use goodwill::ops::{compute, guard};
use serde_json::{Map, Value, json};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/analytics.json");

/// The values of a column of the vectors: its own, or some of those that several have in common.
fn cells(column: &Value, data: &Value) -> Vec<Value> {
    let Some(of) = column["of"].as_str() else {
        return column["values"].as_array().unwrap().clone();
    };
    let all = data.pointer(&format!("/{}", of.replace('.', "/"))).unwrap().as_array().unwrap();
    let rows = column["rows"].as_u64().map_or(all.len(), |rows| rows as usize);
    all[..rows].to_vec()
}

fn column(column: &Value, data: &Value) -> Column {
    let cells = cells(column, data);
    let some_null = cells.iter().any(Value::is_null);
    let integers = || cells.iter().map(|cell| cell.as_i64().unwrap_or(0)).collect();
    let values = match column["kind"].as_str().unwrap() {
        "floats" => Values::Floats(cells.iter().map(|cell| cell.as_f64().unwrap_or(0.0)).collect()),
        "counts" => {
            Values::Counts(cells.iter().map(|cell| cell.as_u64().unwrap_or(0) as u32).collect())
        }
        "integers" => Values::Integers(integers()),
        "instants" => Values::Instants(integers(), TimeUnit::Millisecond, "UTC".into()),
        _ => {
            let mut texts: Vec<String> = Vec::new();
            let mut place = |cell: &Value| {
                let text = cell.as_str()?;
                Some(texts.iter().position(|known| known == text).unwrap_or_else(|| {
                    texts.push(text.to_owned());
                    texts.len() - 1
                }) as u32)
            };
            let places: Vec<u32> = cells.iter().map(|cell| place(cell).unwrap_or(0)).collect();
            Values::dictionary(places, texts)
        }
    };
    let valid = some_null.then(|| cells.iter().map(|cell| !cell.is_null()).collect());
    Column { values, valid }
}

/// A column of a result as JSON: what is not a number is null.
fn written(column: &Column) -> Value {
    let texts = || {
        let (places, texts) = column.places().unwrap();
        places.iter().map(|place| json!(texts[*place as usize])).collect::<Vec<Value>>()
    };
    let mut cells = match &column.values {
        Values::Floats(values) => json!(**values),
        Values::Integers(values) => json!(**values),
        Values::Counts(values) | Values::Codes(values) => json!(**values),
        Values::Shorts(values) => json!(**values),
        Values::Bytes(values) => json!(**values),
        Values::Flags(values) => json!(**values),
        Values::Texts(_) | Values::Coded(..) | Values::Decimals(..) => json!(texts()),
        other => panic!("{other:?} is in no result"),
    };
    for (row, valid) in column.valid.iter().flat_map(|valid| valid.iter()).enumerate() {
        if !valid {
            cells[row] = Value::Null;
        }
    }
    cells
}

fn made(call: &Value, data: &Value) -> Result<Made, String> {
    let columns = call["columns"].as_object().unwrap();
    let columns = columns.iter().map(|(name, of)| (name.clone(), column(of, data))).collect();
    let given = Given { columns, options: call["options"].to_string() };
    guard(|| analyze(call["function"].as_str().unwrap(), &given))
}

/// Every language makes these calls and must get these answers, byte for byte. Made anew by
/// `make_analytics.py` and `GOODWILL_WRITE_VECTORS=1`, and then read by a person.
#[test]
fn the_vectors_hold() {
    let mut vectors: Value = serde_json::from_str(&std::fs::read_to_string(PATH).unwrap()).unwrap();
    let data = vectors["data"].clone();
    let write = std::env::var_os("GOODWILL_WRITE_VECTORS").is_some();
    for call in vectors["calls"].as_array_mut().unwrap() {
        let (envelope, columns) = match made(call, &data) {
            Ok(made) => {
                let columns =
                    made.columns.iter().map(|(name, column)| (name.clone(), written(column)));
                (format!("{{\"ok\":{}}}", made.answer), columns.collect::<Map<_, _>>())
            }
            Err(envelope) => (envelope, Map::new()),
        };
        let answer = json!({ "envelope": envelope, "columns": columns });
        if write {
            call["answer"] = answer;
        } else {
            assert_eq!(call["answer"], answer, "{}", call["what"]);
        }
    }
    for call in vectors["functions"].as_array_mut().unwrap() {
        let answer = compute(call["function"].as_str().unwrap(), call["input"].as_str().unwrap());
        if write {
            call["answer"] = answer.into();
        } else {
            assert_eq!(call["answer"].as_str(), Some(answer.as_str()), "{}", call["what"]);
        }
    }
    if write {
        let text = vectors.to_string().replace("},{\"answer\"", "},\n{\"answer\"");
        std::fs::write(PATH, text + "\n").unwrap();
    }
}

fn given(columns: &[(&str, Values)], options: Value) -> Given {
    let columns = columns.iter().cloned().map(|(name, values)| (name.to_owned(), values.into()));
    Given { columns: columns.collect(), options: options.to_string() }
}

fn refused(function: &str, given: &Given) -> (String, Value, Value) {
    let error = analyze(function, given).unwrap_err();
    let detail = |name| error.details().get(name).cloned().unwrap_or_default();
    (error.code().as_str().to_owned(), detail("field"), detail("row"))
}

/// Whatever is wrong with columns is an error that says where.
#[test]
fn what_is_wrong_is_said_by_column_and_row() {
    let wrong = |code: &str, field: Value, row: Value| (code.to_owned(), field, row);
    let counts = |values: &[u32]| Values::Counts(values.to_vec().into());
    let floats = |values: &[f64]| Values::Floats(values.to_vec().into());
    let fit = |frequency, recency, age| {
        let columns = [("frequency", frequency), ("recency", recency), ("age", age)];
        refused("model.fit", &given(&columns, json!({ "kind": "bg_nbd" })))
    };
    let invalid = |field: &str, row: u32| wrong("input.invalid", json!(field), json!(row));
    let two = || floats(&[3.0, 4.0]);
    assert_eq!(fit(floats(&[1.0, 1.5]), two(), two()), invalid("frequency", 1));
    assert_eq!(fit(counts(&[1, 2]), floats(&[1.0, f64::NAN]), two()), invalid("recency", 1));
    assert_eq!(fit(counts(&[1, 2]), floats(&[1.0]), two()), invalid("recency", 1));
    assert_eq!(fit(counts(&[]), floats(&[]), floats(&[])), invalid("frequency", 0));
    let flags = Values::Flags(vec![true, false].into());
    assert_eq!(
        fit(counts(&[1, 2]), flags, two()),
        wrong("input.invalid", json!("recency"), json!(null))
    );
    let texts = |places: &[u32], texts: &[&str]| Values::dictionary(places.to_vec(), texts);
    let log = |customer, time, options| {
        refused("log.summarize", &given(&[("customer", customer), ("time", time)], options))
    };
    let day = || json!({ "unit": "day" });
    let days = || texts(&[0, 1], &["2026-01-05", "2026-01-06"]);
    assert_eq!(log(texts(&[0, 2], &["a", "b"]), days(), day()), invalid("customer", 1));
    let mixed = texts(&[0, 1], &["2026-01-05", "2026-01-06T10:00:00Z"]);
    assert_eq!(log(counts(&[1, 2]), mixed, day()), invalid("time", 1));
    let local = texts(&[0, 0], &["2026-01-05T10:00:00"]);
    assert_eq!(
        log(counts(&[1, 2]), local, day()),
        wrong("input.invalid", json!("zone"), json!(null))
    );
    let late = Values::instants(vec![0, i64::MAX], TimeUnit::Second);
    assert_eq!(log(counts(&[1, 2]), late, day()), invalid("time", 1));
    assert_eq!(refused("model.fly", &Given::default()).0, "operation.unknown");
    let short = Column { values: counts(&[1, 2]), valid: Some(vec![true].into()) };
    let given = Given { columns: [("customer".to_owned(), short)].into(), options: "{}".into() };
    assert_eq!(refused("log.summarize", &given).1, json!("customer"));
}

/// A date of the options is a day of the zone, also where its midnight came twice or never.
#[test]
fn dates_are_days_of_the_zone() {
    let reference = |zone: &str, date: &str| {
        let columns = [
            ("customer", Values::Counts(vec![1].into())),
            ("time", Values::instants(vec![0], TimeUnit::Second)),
        ];
        let given = given(&columns, json!({ "unit": "day", "zone": zone, "reference": date }));
        let answer: Value =
            serde_json::from_str(&analyze("log.summarize", &given).unwrap().answer).unwrap();
        answer["options"]["reference"].as_str().unwrap().to_owned()
    };
    assert_eq!(reference("UTC", "2026-01-31"), "2026-01-31T23:59:59.999Z");
    assert_eq!(reference("Europe/Berlin", "2026-01-31"), "2026-01-31T22:59:59.999Z");
    // Cuba sets its clocks at midnight: forwards at the begin of 10 March 2024, back at 1:00 on 3 November.
    assert_eq!(reference("America/Havana", "2024-03-09"), "2024-03-10T04:59:59.999Z");
    assert_eq!(reference("America/Havana", "2024-11-02"), "2024-11-03T03:59:59.999Z");
    assert_eq!(reference("UTC", "2026-01-31T10:00:00+01:00"), "2026-01-31T09:00:00.000Z");
}
