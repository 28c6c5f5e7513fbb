//! The crate `handlebars` as a second engine: the same templates, and where it differs, why.

use std::collections::{BTreeMap, BTreeSet};

use goodwill::Code;
use goodwill::prompts::library::Prompt;
use goodwill::prompts::render::{HandlebarsCrate, Helpers, Limits, OwnEngine, TemplateEngine};
use serde_json::{Value, json};

fn partials(case: &Value) -> BTreeMap<String, String> {
    let given = case.get("partials").and_then(Value::as_object).into_iter().flatten();
    given.map(|(name, text)| (name.clone(), text.as_str().unwrap().to_owned())).collect()
}

/// What an engine prints for a case, or nothing where it refuses the template.
fn print(engine: &dyn TemplateEngine, case: &Value) -> Option<String> {
    let template = case["template"].as_str().unwrap();
    engine.print(template, &case["data"], &partials(case), &Helpers::none()).ok()
}

/// Both engines over the whole corpus: each case is printed alike, or its template is listed with
/// the reason why the crate prints it otherwise; and no template is listed for nothing.
#[test]
fn engines_print_alike_or_say_why() {
    let corpus = super::corpus();
    let cases = corpus["cases"].as_array().unwrap();
    let listed = super::vectors(include_str!("../../../tests/vectors/templates_handlebars.json"));
    let reasons = listed["reasons"].as_array().unwrap();
    let templates = |reason: &Value| -> Vec<String> {
        let all = reason["templates"].as_array().unwrap().iter();
        all.map(|one| one.as_str().unwrap().to_owned()).collect()
    };
    let argued: BTreeSet<String> = reasons.iter().flat_map(templates).collect();
    assert!(reasons.iter().all(|reason| reason["why"].as_str().unwrap().len() > 20));
    let (own, other) = (OwnEngine::default(), HandlebarsCrate::default());
    let mut differ = BTreeSet::new();
    let mut count = 0;
    for case in cases {
        let (mine, theirs) = (print(&own, case), print(&other, case));
        assert_eq!(mine.as_deref(), case["expected"].as_str(), "{case}");
        if mine != theirs {
            let template = case["template"].as_str().unwrap();
            assert!(argued.contains(template), "{template}\n{mine:?}\n{theirs:?}");
            differ.insert(template.to_owned());
            count += 1;
        }
    }
    let stale: Vec<_> = argued.difference(&differ).collect();
    assert!(stale.is_empty(), "these are printed alike now: {stale:?}");
    let counted: u64 = reasons.iter().map(|reason| reason["cases"].as_u64().unwrap()).sum();
    assert_eq!(count, counted, "of {} cases", cases.len());
}

/// The prompts of the library come out the same, with the same helpers, but for what the list says:
/// lists in brackets, and lengths, which are refused.
#[test]
fn prompts_of_the_library_come_out_alike() {
    let goldens = super::vectors(include_str!("../../../tests/vectors/prompts.json"));
    let goldens = goldens["prompts"].as_array().unwrap();
    let (helpers, partials) = (Helpers::standard(), BTreeMap::new());
    let bare = |text: &str| text.replace(['[', ']'], "").replace(", ", ",");
    let (mut alike, mut brackets, mut refused) = (0, 0, 0);
    for golden in goldens {
        let prompt = Prompt::named(golden["prompt"].as_str().unwrap()).unwrap();
        let engine = HandlebarsCrate::default();
        match engine.print(prompt.template(), &golden["data"], &partials, &helpers) {
            Ok(text) if golden["text"] == text => alike += 1,
            Ok(text) => {
                assert_eq!(bare(&text), bare(golden["text"].as_str().unwrap()), "{}", prompt.id());
                brackets += 1;
            }
            Err(error) => {
                assert_eq!(error.code(), Code::PromptHelper);
                assert!(prompt.template().contains(".length"), "{}: {error}", prompt.id());
                refused += 1;
            }
        }
    }
    println!("{alike} prompts alike, {brackets} with brackets, {refused} refused");
    assert_eq!(alike + brackets + refused, goldens.len());
    assert!(alike * 2 > goldens.len(), "{alike}");
}

/// What goes wrong has the same codes in both.
#[test]
fn engines_refuse_with_the_same_codes() {
    let engines: [&dyn TemplateEngine; 2] = [
        &OwnEngine { limits: Limits { output_bytes: 9, ..Limits::default() } },
        &HandlebarsCrate { limits: Limits { output_bytes: 9, ..Limits::default() } },
    ];
    for engine in engines {
        let refused = |template: &str| {
            let data = json!({"list": [1, 2, 3, 4]});
            let helpers = Helpers::standard();
            let printed = engine.print(template, &data, &BTreeMap::new(), &helpers);
            printed.map_err(|error| error.code()).unwrap_err()
        };
        assert_eq!(refused("{{#if list}}"), Code::PromptSyntax, "{}", engine.name());
        assert_eq!(refused("{{shout list}}"), Code::PromptHelper, "{}", engine.name());
        assert_eq!(refused("{{> none}}"), Code::PromptPartial, "{}", engine.name());
        assert_eq!(refused("{{#each list}}abc{{/each}}"), Code::PromptLimit, "{}", engine.name());
    }
}
