//! The answers of the rules are what the prompts ask for, whatever their input is.

use goodwill::llm::Twin;
use goodwill::prompts::answers::{AnswerForm, Given, Parsed};
use goodwill::prompts::files::{Fields, Kind, PromptSet, Schema};
use goodwill::prompts::library::Prompt;
use proptest::prelude::*;
use serde_json::{Value, json};

/// The example data of a prompt.
pub(crate) fn example(prompt: Prompt) -> Value {
    let vectors = include_str!("../../../tests/vectors/prompts.json");
    let vectors: Value = serde_json::from_str(vectors).unwrap();
    let cases = vectors["prompts"].as_array().unwrap();
    cases.iter().find(|case| case["prompt"] == prompt.id()).unwrap()["data"].clone()
}

/// The answer as it is read in both forms, or what is wrong with it.
fn read(prompt: Prompt, input: &Value) -> Result<Parsed, String> {
    let (twin, spec) = (Twin::of(prompt), prompt.output_spec());
    let labelled = twin.answer(input);
    let given = prompt.given(input);
    let parse = |text: &str, given: &Given| {
        let parsed = spec
            .parse(text, given)
            .map_err(|found| format!("{}\n{found:?}\n{text}\n{input}", prompt.id()))?;
        if !parsed.warnings.is_empty() || parsed.confidence < 1.0 {
            return Err(format!("{}\n{:?}\n{text}\n{input}", prompt.id(), parsed.warnings));
        }
        Ok(parsed)
    };
    let parsed = parse(&labelled, &given)?;
    let json = Given { form: AnswerForm::Json, ..given };
    parse(&twin.value(input).to_string(), &json)?;
    if twin.answer(&input.clone()) != labelled {
        return Err(format!("{} answers differently", prompt.id()));
    }
    Ok(parsed)
}

/// F524, F529, F537, F543, F550, F558, F564: the rules answer as the prompt declares it, with the
/// example data and without any.
#[test]
fn rules_answer_as_the_prompt_declares() {
    for prompt in Prompt::ALL {
        for input in [example(*prompt), json!({})] {
            let parsed = read(*prompt, &input).unwrap();
            assert!(parsed.is_acceptable() && parsed.extra.is_empty());
            for line in parsed.raw.lines().filter(|line| !line.starts_with([' ', '-'])) {
                let Some((label, _)) = line.split_once(':') else { continue };
                let known = label.chars().any(char::is_lowercase)
                    || prompt.answer_format().contains(&format!("{label}:"));
                assert!(known, "{}: {label}", prompt.id());
            }
        }
    }
}

/// Every language has these answers and reads these values from them. Made anew with
/// `GOODWILL_WRITE_VECTORS=1`, and then read by a person.
#[test]
fn the_vectors_hold() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/twins.json");
    let cases: Vec<Value> = Prompt::ALL
        .iter()
        .flat_map(|prompt| [(prompt, example(*prompt)), (prompt, json!({}))])
        .map(|(prompt, input)| {
            let parsed = read(*prompt, &input).unwrap();
            let given = prompt.given(&input);
            json!({
                "prompt": prompt.id(),
                "input": input,
                "given": given,
                "answer": parsed.raw,
                "value": parsed.value,
            })
        })
        .collect();
    let about = "The answers of the rules over the example data, and what is read from them.";
    let vectors = json!({"about": about, "cases": cases});
    if std::env::var_os("GOODWILL_WRITE_VECTORS").is_some() {
        std::fs::write(path, serde_json::to_string_pretty(&vectors).unwrap() + "\n").unwrap();
    }
    let text = std::fs::read_to_string(path).unwrap();
    let kept: Value = serde_json::from_str(&text).unwrap();
    for (case, kept) in cases.iter().zip(kept["cases"].as_array().unwrap()) {
        assert_eq!(case, kept, "{}", case["prompt"]);
    }
    assert_eq!(kept["cases"].as_array().unwrap().len(), cases.len());
}

/// Texts that could break an answer: marks, labels, links, many words, many sentences.
fn text() -> impl Strategy<Value = String> {
    let hard = prop::sample::select(vec![
        "OPPORTUNITIES:",
        "\n\nRECOMMENDATION: leave\n",
        "KEY ISSUES TO ADDRESS",
        "1. RISK | High",
        "**CLASSIFICATION:** Loss-Making",
        "- none",
        "12.",
        "A",
        "?!",
        "",
        "Dr. A. Berg",
        "ID: t9",
        "Notes",
        "www.evil.example https://evil.example/x?y",
        "<think>hidden",
        "</answer> ``` ~~~",
        "[Company] {{name}}",
        "Wait. What? No! … 良い。悪い！",
        "\"quoted\" “so” «and» so",
        "A - B — C; D, E",
        "9:30 to 10:45",
        "no",
        "High",
        "2026-03-01",
        "お客様が怒っていますのですぐに電話してくださいお願いします",
        "I'll call you on 2026-03-01",
        "problem problem problem. problem! problem? problem",
    ]);
    let words = prop::collection::vec("[A-Za-zäß']{1,9}", 1..40).prop_map(|words| words.join(" "));
    prop_oneof![
        3 => hard.clone().prop_map(str::to_owned),
        2 => words,
        1 => "\\PC{0,40}",
        1 => any::<String>(),
        1 => (hard, "\\PC{0,20}").prop_map(|(one, two)| format!("{one} {two}")),
    ]
}

/// Values that a schema allows.
fn values(schema: &Schema) -> BoxedStrategy<Value> {
    let day = (1900_i32..2100, 1_u32..13, 1_u32..29)
        .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"));
    let known = match &schema.kind {
        Kind::Null => Just(Value::Null).boxed(),
        Kind::Boolean => any::<bool>().prop_map(Value::from).boxed(),
        Kind::Integer => any::<i64>().prop_map(Value::from).boxed(),
        Kind::Number => prop_oneof![
            any::<f64>().prop_map(Value::from),
            (-9_999..9_999_i32).prop_map(|number| json!(f64::from(number) / 4.0)),
        ]
        .boxed(),
        Kind::Text => text().prop_map(Value::from).boxed(),
        Kind::Date => (day, any::<bool>())
            .prop_map(|(day, time)| Value::from(if time { day + "T08:30:00Z" } else { day }))
            .boxed(),
        Kind::Choice(choices) => prop::sample::select(choices.clone()).boxed(),
        Kind::List(items) => {
            prop::collection::vec(values(items), 0..5).prop_map(Value::from).boxed()
        }
        Kind::Object(fields) => object(fields),
        _ => prop_oneof![
            text().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            Just(json!([{}])),
        ]
        .boxed(),
    };
    if schema.nullable { prop_oneof![4 => known, 1 => Just(Value::Null)].boxed() } else { known }
}

fn object(fields: &Fields) -> BoxedStrategy<Value> {
    let mut entries = Just(Vec::new()).boxed();
    for (name, field) in &fields.named {
        let (name, required) = (name.clone(), field.required);
        entries = (entries, values(&field.schema), any::<bool>())
            .prop_map(move |(mut entries, value, there): (Vec<(String, Value)>, _, _)| {
                if required || there {
                    entries.push((name.clone(), value));
                }
                entries
            })
            .boxed();
    }
    entries.prop_map(|entries| Value::Object(entries.into_iter().collect())).boxed()
}

fn inputs() -> impl Strategy<Value = (Prompt, Value)> {
    let set = PromptSet::library();
    let inputs = Prompt::ALL.iter().map(|prompt| {
        let file = set.get(prompt.id()).unwrap();
        let schema = file.front_matter().input.clone().unwrap();
        values(&schema).prop_map(move |input| (*prompt, input)).boxed()
    });
    proptest::strategy::Union::new(inputs.collect::<Vec<_>>())
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
        "2026-02-30|every 0 months|not good,|2026-01-1é".prop_map(Value::from),
    ];
    let key = "customer|name|jobs|date|content|communications|recentJobs|profit|appliance|type|\
        availableTechnicians|id|pastInteractions|rating|activities|call|lines|speaker|numbers|\
        value|change|serviceHistory|issuesFound|applianceAge|averageLifespan|company|churn|drivers|\
        recommendedServiceFrequency|appliances|lastServiceDate|currentDate|totalRevenue|netProfit|\
        messages|text|author|reviews|job|description|status|eta|purpose|level|percent|usual";
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..8)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    /// Every declared input is answered as the prompt declares it, twice in the same bytes.
    #[test]
    fn declared_inputs_are_answered((prompt, input) in inputs()) {
        let schema = PromptSet::library().get(prompt.id()).unwrap().front_matter().input.clone();
        prop_assert!(schema.unwrap().violations(&input).is_empty());
        if let Err(wrong) = read(prompt, &input) {
            return Err(TestCaseError::fail(wrong));
        }
    }

    /// And so is any other data.
    #[test]
    fn any_data_is_answered(input in any_json()) {
        for prompt in Prompt::ALL {
            if let Err(wrong) = read(*prompt, &input) {
                return Err(TestCaseError::fail(wrong));
            }
        }
    }
}
