//! Answers as models write them, and every declaration of the library against its own forms.

use goodwill::prompts::answers::{Given, OutputSpec, Parsed};
use goodwill::prompts::library::Prompt;
use serde_json::Value;

fn corpus() -> Vec<Value> {
    [
        include_str!("../../../tests/vectors/answers/profitability_analysis.json"),
        include_str!("../../../tests/vectors/answers/timeline_summary.json"),
        include_str!("../../../tests/vectors/answers/followup_suggestions.json"),
        include_str!("../../../tests/vectors/answers/occasion_message.json"),
        include_str!("../../../tests/vectors/answers/sentiment_analysis.json"),
        include_str!("../../../tests/vectors/answers/maintenance_alert.json"),
        include_str!("../../../tests/vectors/answers/technician_matching.json"),
        include_str!("../../../tests/vectors/answers/survey_questions.json"),
        include_str!("../../../tests/vectors/answers/customer_message.json"),
        include_str!("../../../tests/vectors/answers/message_reply.json"),
        include_str!("../../../tests/vectors/answers/call_summary.json"),
        include_str!("../../../tests/vectors/answers/churn_explanation.json"),
        include_str!("../../../tests/vectors/answers/insight_cards.json"),
    ]
    .into_iter()
    .map(|text| serde_json::from_str(text).unwrap())
    .collect()
}

pub(crate) fn prompt(id: &str) -> Prompt {
    *Prompt::ALL.iter().find(|prompt| prompt.id() == id).unwrap()
}

/// Whole numbers of JSON have no point in other languages.
pub(crate) fn numbers_alike(value: &Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().unwrap().into(),
        Value::Array(items) => items.iter().map(numbers_alike).collect(),
        Value::Object(map) => {
            map.iter().map(|(name, value)| (name.clone(), numbers_alike(value))).collect()
        }
        other => other.clone(),
    }
}

fn difference(spec: &OutputSpec, given: &Given, case: &Value) -> Option<String> {
    let text = case["text"].as_str().unwrap();
    let outcome = spec.parse(text, given);
    let (parsed, incomplete): (&Parsed, Value) = match &outcome {
        Ok(parsed) => (parsed, Value::Null),
        Err(found) => {
            (&found.partial, serde_json::json!({"reason": found.reason, "missing": found.missing}))
        }
    };
    let mut kinds: Vec<Value> =
        parsed.warnings.iter().map(|one| serde_json::to_value(one.kind).unwrap()).collect();
    kinds.sort_by_key(Value::to_string);
    kinds.dedup();
    let expected = if case["value"].is_null() { &case["partial"] } else { &case["value"] };
    let extra = case["extra"].as_object().is_none_or(|extra| {
        extra
            .iter()
            .all(|(label, text)| parsed.extra.get(label).map(String::as_str) == text.as_str())
    });
    let alike = numbers_alike(&parsed.value) == numbers_alike(expected)
        && Value::Array(kinds.clone()) == case["warnings"]
        && incomplete == case["incomplete"]
        && extra;
    (!alike).then(|| {
        format!(
            "{}: {}\n---\n{text}\n---\n  found    {} {}\n  expected {} {}\n  warnings {:?} expected {}\n  extra {:?}",
            spec.id,
            case["name"],
            parsed.value,
            incomplete,
            expected,
            case["incomplete"],
            parsed.warnings,
            case["warnings"],
            parsed.extra,
        )
    })
}

/// F522, F523, F524, F528, F529, F536, F537, F542, F543, F546, F547, F548, F549, F550, F556, F557,
/// F558, F564: answers of every kind, what they mean, and what is wrong with them.
#[test]
fn answers_mean_what_the_corpus_says() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for file in corpus() {
        let spec = prompt(file["prompt"].as_str().unwrap()).output_spec();
        let given: Given = serde_json::from_value(file["given"].clone()).unwrap();
        let cases = file["cases"].as_array().unwrap();
        assert!(cases.len() >= 40, "{}", spec.id);
        count += cases.len();
        wrong.extend(cases.iter().filter_map(|case| difference(&spec, &given, case)));
    }
    println!("{} of {count} answers are read as the corpus says", count - wrong.len());
    assert!(wrong.is_empty(), "{} of {count} differ:\n\n{}", wrong.len(), wrong.join("\n\n"));
}
