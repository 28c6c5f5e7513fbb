//! What is packed says the same as the plain form.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::*;
use crate::time::Timestamp;

#[derive(Debug, Clone, Serialize)]
struct Inner {
    at: Timestamp,
    words: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    One,
    Another(u8),
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    id: Uuid,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    note: Option<String>,
    is_read: bool,
    seq: u64,
    difference: i64,
    ratio: f64,
    word: Word,
    made_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    read_at: Option<Timestamp>,
    left_at: Option<Timestamp>,
    inner: Vec<Inner>,
    facts: Option<BTreeMap<String, Option<i64>>>,
    pair: (u8, String),
}

#[derive(Debug, Serialize)]
struct Page {
    thread: Inner,
    records: Vec<Record>,
    words: Vec<String>,
    at: Timestamp,
    more: bool,
}

/// Half of what is exact in JavaScript, so that differences are.
const SAFE: i64 = 1 << 52;
const INSTANTS: [&str; 3] = ["madeAt", "readAt", "leftAt"];

/// What the description of the form says of a column, in the plainest way.
fn values(column: &Value, rows: usize) -> Vec<Option<Value>> {
    let of = |column: &Value| column.as_array().unwrap().iter().cloned().map(Some).collect();
    let (one, at) = (column.get("of"), column.get("at"));
    let values: Vec<Option<Value>> = match (one, at) {
        (None, _) => of(column),
        (Some(few), Some(at)) => {
            let place = |code: char| (code as usize).checked_sub('#' as usize);
            let value = |code| place(code).map(|place| few[place].clone());
            at.as_str().unwrap().chars().map(value).collect()
        }
        (Some(Value::Array(one)), None) if one.len() == 1 => {
            vec![Some(one[0].clone()); rows]
        }
        (Some(each), None) => {
            let mut values: Vec<Option<Value>> = of(each);
            for value in values.iter_mut().flatten() {
                if let (Some(less), Some(from)) = (value.as_i64(), column.get("from")) {
                    *value = (less + from.as_i64().unwrap()).into();
                }
            }
            for row in column.get("absent").and_then(Value::as_array).into_iter().flatten() {
                values[row.as_u64().unwrap() as usize] = None;
            }
            values
        }
    };
    assert_eq!(values.len(), rows);
    values
}

fn unpacked(packed: &Value) -> Value {
    if packed.is_array() {
        return packed.clone();
    }
    let rows = packed["rows"].as_u64().unwrap() as usize;
    let mut records = vec![Map::new(); rows];
    for (name, column) in packed["columns"].as_object().unwrap() {
        for (record, value) in records.iter_mut().zip(values(column, rows)) {
            let value = value.map(|value| match value.as_i64() {
                Some(millis) if INSTANTS.contains(&name.as_str()) => {
                    Timestamp::from_millis(millis).unwrap().to_string().into()
                }
                _ => value,
            });
            record.extend(value.map(|value| (name.clone(), value)));
        }
    }
    records.into_iter().map(Value::Object).collect()
}

fn packed(value: &impl Serialize) -> Value {
    let mut out = Vec::new();
    write(&mut out, value).unwrap();
    serde_json::from_slice(&out).unwrap()
}

fn texts() -> impl Strategy<Value = String> {
    let special = "[a-c\"\\\\\u{0}-\u{20}é🚚\u{2028}]{0,6}";
    prop_oneof![Just(String::new()), Just("same".to_owned()), special.prop_map(String::from)]
}

fn instants() -> impl Strategy<Value = Timestamp> {
    let bounds = Timestamp::MIN.as_millis()..=Timestamp::MAX.as_millis();
    let millis = prop_oneof![Just(0), 1_700_000_000_000..1_700_000_000_999_i64, bounds];
    millis.prop_map(|millis| Timestamp::from_millis(millis).unwrap())
}

prop_compose! {
    fn inner()(at in instants(), words in prop::collection::vec(texts(), 0..3)) -> Inner {
        Inner { at, words }
    }
}

prop_compose! {
    fn record()(
        (id, text, title, note, is_read) in
            (0..40_u128, texts(), prop::option::of(texts()), prop::option::of(texts()), any::<bool>()),
        (seq, difference, ratio) in
            (prop_oneof![0..9_u64, any::<u64>()], prop_oneof![-3..3_i64, -SAFE..SAFE], -1.0..1.0_f64),
        word in prop_oneof![Just(Word::One), any::<u8>().prop_map(Word::Another)],
        (made_at, read_at, left_at) in
            (instants(), prop::option::of(instants()), prop::option::of(instants())),
        inner in prop::collection::vec(inner(), 0..2),
        facts in prop::option::of(prop::collection::btree_map(texts(), prop::option::of(-3..3_i64), 0..3)),
        pair in (0..3_u8, texts()),
    ) -> Record {
        let id = Uuid::from_u128(id);
        Record {
            id, text, title, note, is_read, seq, difference, ratio, word, made_at, read_at,
            left_at, inner, facts, pair,
        }
    }
}

proptest! {
    /// What is packed says the same as the plain form, and tables are made of long lists alone.
    #[test]
    fn packing_loses_nothing(records in prop::collection::vec(record(), 0..60)) {
        let rows = records.len();
        let plain = serde_json::to_value(&records).unwrap();
        let table = packed(&records);
        prop_assert_eq!(table.is_object(), rows >= FEWEST);
        prop_assert_eq!(unpacked(&table), plain);
        let thread = Inner { at: Timestamp::MIN, words: vec!["a".into(); FEWEST] };
        let words = vec!["b".to_owned(); FEWEST];
        let page = Page { thread, records, words, at: Timestamp::MAX, more: rows > 9 };
        let mut found = packed(&page);
        prop_assert_eq!(found["records"].is_object(), rows >= FEWEST);
        found["records"] = unpacked(&found["records"]);
        prop_assert_eq!(found, serde_json::to_value(&page).unwrap());
    }
}

#[test]
fn records_of_different_forms_are_one_table() {
    #[derive(Serialize)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    enum Either {
        Left { left: u8, both: u8 },
        Right { both: u8, right: u8 },
    }
    let list: Vec<Either> = (0..40)
        .map(|number| match number % 3 {
            0 => Either::Left { left: number, both: number / 2 },
            _ => Either::Right { both: number, right: 7 },
        })
        .collect();
    let table = packed(&list);
    assert_eq!(table["rows"], 40);
    assert_eq!(unpacked(&table), serde_json::to_value(&list).unwrap());
}

#[test]
fn what_is_no_list_of_records_stays_as_it_is() {
    let long = [Some(1_u64), None].repeat(FEWEST);
    assert_eq!(packed(&long), serde_json::to_value(&long).unwrap());
    let lists = vec![vec![1_u8]; FEWEST];
    assert_eq!(packed(&lists), serde_json::to_value(&lists).unwrap());
    let mixed: Vec<Value> = (0..40).map(|number| serde_json::json!({ "a": number })).collect();
    assert_eq!(packed(&mixed), serde_json::to_value(&mixed).unwrap());
    assert_eq!(packed(&()), Value::Null);
    assert_eq!(packed(&Some("text")), "text");
    assert_eq!(packed(&Timestamp::MIN), "0001-01-01T00:00:00.000Z");
}
