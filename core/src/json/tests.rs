use proptest::prelude::*;
use serde_json::Value;

use super::*;

/// What is read, or that nothing is, as serde_json has it.
fn same<T>(json: &str)
where
    T: for<'de> Deserialize<'de> + fmt::Debug,
{
    let ours = read::<T>(json).map(|value| format!("{value:?}")).ok();
    let others = serde_json::from_str::<T>(json).map(|value| format!("{value:?}")).ok();
    assert_eq!(ours, others, "{json}");
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "they are shown")]
enum Form {
    Bare,
    One(u8),
    Two(u8, String),
    Named { a: Option<f32>, b: char },
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "they are shown")]
struct Loose {
    a: Option<bool>,
    b: (),
    #[serde(default)]
    c: (i64, f64),
}

#[test]
fn types_are_read_as_by_serde_json() {
    for json in [
        "\"Bare\"",
        "\"One\"",
        "\"None\"",
        r#"{"Bare": null}"#,
        r#"{"Bare": 1}"#,
        r#"{"One": 255}"#,
        r#"{"One": 256}"#,
        r#"{"One": -1}"#,
        r#"{"One": 1.0}"#,
        r#"{"Two": [1, "a\n"]}"#,
        r#"{"Two": [1]}"#,
        r#"{"Two": [1, "a", 2]}"#,
        r#"{"Named": {"b": "ü"}}"#,
        r#"{"Named": {"a": 1, "b": "bb"}}"#,
        r#"{"Named": {"a": 1, "b": "b"}, "One": 1}"#,
        "7",
    ] {
        same::<Form>(json);
    }
    for json in [
        r#"{"b": null}"#,
        r#"{"b": null, "a": true, "c": [-3, 2], "d": [{"e": "f"}, 1e5, false]}"#,
        r#"{"b": null, "c": [18446744073709551615, 2]}"#,
        r#"{"b": null, "b": null}"#,
        r#"{"b": 0}"#,
        r#"{"b": null, "d": [}"#,
        "{}",
    ] {
        same::<Loose>(json);
    }
    assert!(serde_json::from_str::<Loose>("[true, null, [1, 2]]").is_ok());
    assert!(read::<Loose>("[true, null, [1, 2]]").is_err());
}

#[test]
fn depth_has_an_end() {
    for depth in [127, 128] {
        same::<Value>(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
    }
}

#[test]
fn a_refusal_says_what_and_where() {
    let refusal = read::<Loose>(r#"{"a": null, "b": "secret", "c": 1}"#).unwrap_err();
    assert_eq!(refusal.said(), Some("another type, expected unit"));
    assert_eq!(refusal.0.at, Some(25));
    assert_eq!(read::<Loose>("{\"b\": nul}").unwrap_err().said(), None);
}

/// Texts that are JSON, or nearly.
fn texts() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\"",
        "\"\\u00e9\\\"\\/\"",
        "\"\\ud83d\\ude9a\"",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\x\"",
        "\"\\\"",
        "\"\u{1}\"",
        "0",
        "-0",
        "01",
        "1.5e3",
        "-7",
        "1e999",
        "0.1",
        "-",
        "true",
        "false",
        "null",
        "nul",
        " ",
        "\n",
        "\u{a0}",
    ]);
    prop::collection::vec(parts, 0..8).prop_map(|parts| parts.concat())
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("\\PC{0,4}", inner, 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn texts_are_read_as_by_serde_json(json in texts()) {
        same::<Value>(&json);
    }

    #[test]
    fn values_come_back(value in values()) {
        prop_assert_eq!(read::<Value>(&value.to_string()).unwrap(), value.clone());
        prop_assert_eq!(read::<Value>(&format!("{value:#}")).unwrap(), value);
    }
}
