//! The official specification of Handlebars: every case that JSON can say, and where this library
//! differs on purpose, why.

mod functions;

use std::collections::{BTreeMap, BTreeSet};

use goodwill::Code;
use goodwill::prompts::files::{PromptFile, RenderOptions};
use goodwill::prompts::render::{Helpers, OwnEngine, Partials, TemplateEngine};
use goodwill::prompts::template::Template;
use serde_json::{Value, json};

fn specification() -> Value {
    super::vectors(include_str!("../../../../tests/vectors/handlebars_spec.json"))
}

fn differences() -> Value {
    super::vectors(include_str!("../../../../tests/vectors/handlebars_spec_differences.json"))
}

/// What comes out of a case: whether the template is read, or its text, or nothing where it is
/// refused.
fn outcome(case: &Value) -> Value {
    let template = case["template"].as_str().unwrap();
    if case.get("read").is_some() {
        return json!(Template::parse(template).is_ok());
    }
    if case.get("strict").is_some() {
        return strict_outcome(template, &case["data"]);
    }
    let partials = case.get("partials").and_then(Value::as_object).into_iter().flatten();
    let partials: BTreeMap<String, String> =
        partials.map(|(name, text)| (name.clone(), text.as_str().unwrap().to_owned())).collect();
    let helpers = functions::helpers(case);
    let printed = OwnEngine::default().print(template, &case["data"], &partials, &helpers);
    printed.map_or(Value::Null, Value::from)
}

/// The strict mode of Handlebars.js is that of prompts: the text of the only message.
fn strict_outcome(template: &str, data: &Value) -> Value {
    let Ok(prompt) = PromptFile::parse("case", template) else { return Value::Null };
    let options = RenderOptions::default();
    let Ok(rendered) = prompt.render(&Partials::new(), data, &options) else { return Value::Null };
    rendered.messages.first().map_or(json!(""), |message| json!(message.words()))
}

#[test]
fn the_official_specification_holds_or_it_is_said_why_not() {
    let (specification, differences) = (specification(), differences());
    let mut argued = BTreeMap::new();
    for difference in differences["differences"].as_array().unwrap() {
        assert!(difference["why"].as_str().unwrap().len() > 20);
        for case in difference["cases"].as_array().unwrap() {
            argued.insert(case["name"].as_str().unwrap(), &case["goodwill"]);
        }
    }
    let cases = specification["cases"].as_array().unwrap();
    let (mut met, mut wrong) = (BTreeSet::new(), Vec::new());
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let expected = case.get("read").unwrap_or(&case["expected"]);
        let found = outcome(case);
        if let Some(goodwill) = argued.get(name) {
            assert_ne!(found, *expected, "{name} holds by now");
            assert_eq!(found, **goodwill, "{name}");
            met.insert(name);
        } else if found != *expected {
            wrong.push(format!("{case}\n  found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert_eq!(met.len(), argued.len(), "a difference is about no case");
    let left_out = specification["left_out"].as_array().unwrap();
    assert!(left_out.iter().all(|one| one["why"].as_str().unwrap().len() > 20));
    let left_out: u64 = left_out.iter().map(|one| one["cases"].as_u64().unwrap()).sum();
    assert_eq!((cases.len(), left_out), (362, 269));
}

/// What Handlebars.js calls by itself for a name that nobody knows, no template may call.
#[test]
fn helpers_for_missing_helpers_are_no_helpers() {
    let refused = |template: &str| {
        let (data, partials) = (json!({"helperMissing": 1}), BTreeMap::new());
        let printed = OwnEngine::default().print(template, &data, &partials, &Helpers::none());
        printed.map_err(|error| error.code())
    };
    assert_eq!(refused("{{helperMissing}}"), Err(Code::PromptHelper));
    assert_eq!(refused("{{#helperMissing}}{{/helperMissing}}"), Err(Code::PromptHelper));
    assert_eq!(
        refused("{{#blockHelperMissing this}}{{/blockHelperMissing}}"),
        Err(Code::PromptHelper)
    );
    assert_eq!(refused("{{this.helperMissing}}"), Ok("1".to_owned()));
}
