//! What comes in badly: each is an error with its limit or its place, and none has a word of the data.

use goodwill::Code;
use goodwill::prompts::answers::Given;
use goodwill::prompts::files::{PromptFile, PromptSet, RenderOptions};
use goodwill::prompts::library::Prompt;
use goodwill::prompts::render::{Helpers, Limits, Partials, Renderer};
use goodwill::prompts::template::Template;
use serde_json::{Value, json};

const SECRET: &str = "Ada Löve";

/// Loops in loops end at their limit, whatever they print, and so does what they print.
#[test]
fn runaway_loops_are_errors() {
    let (helpers, partials) = (Helpers::none(), Partials::new());
    let data = json!({"list": vec![SECRET; 101], "text": "a".repeat(1 << 10)});
    for (template, limit) in [
        ("{{#each @root.list}}".repeat(3) + &"{{/each}}".repeat(3), "loop_rounds"),
        ("{{#@root.list}}".repeat(3) + &"{{/@root.list}}".repeat(3), "loop_rounds"),
        ("{{#each @root.list}}{{@root.text}}{{/each}}".to_owned(), "output_bytes"),
    ] {
        let limits = Limits { loop_rounds: 20_000, output_bytes: 20_000, ..Limits::default() };
        let renderer = Renderer::new(&helpers, &partials).limits(limits);
        let error = renderer.render(&Template::parse(&template).unwrap(), &data).unwrap_err();
        assert_eq!(error.code(), Code::PromptLimit);
        assert_eq!(
            (&error.details()["limit"], &error.details()["most"]),
            (&json!(limit), &json!(20_000))
        );
        assert!(!format!("{error} {error:?}").contains(SECRET));
    }
}

/// Every wrong type in every place of an input is an error that names the place and no value.
#[test]
fn wrong_types_are_named_and_not_shown() {
    let goldens = super::vectors(include_str!("../../../tests/vectors/prompts.json"));
    let library = PromptSet::library();
    let mut refused = 0;
    for golden in goldens["prompts"].as_array().unwrap() {
        let file = library.get(golden["prompt"].as_str().unwrap()).unwrap();
        let Value::Object(input) = &golden["data"] else { panic!() };
        for name in input.keys() {
            for wrong in [json!({"a": [SECRET]}), json!([SECRET]), json!(SECRET), Value::Null] {
                let mut changed = input.clone();
                changed.insert(name.clone(), wrong);
                let rendered = file.render(
                    &Partials::new(),
                    &Value::Object(changed),
                    &RenderOptions::default(),
                );
                let Err(error) = rendered else { continue };
                assert!(
                    matches!(
                        error.code(),
                        Code::InputInvalid | Code::PromptMissing | Code::PromptUntrusted
                    ),
                    "{error:?}"
                );
                let told = format!("{error} {error:?}");
                assert!(told.contains(name.as_str()) && !told.contains(SECRET), "{told}");
                refused += 1;
            }
        }
    }
    assert!(refused > 100, "{refused}");
}

/// Ten megabytes of answer are read like any other, and ten megabytes of a template have their
/// mistakes where they are.
#[test]
fn ten_megabytes_are_read() {
    let much = "She is angry. ".repeat(750_000);
    let good = "REPLY:\n\"Hi Ada, we come at nine.\"\n\nNEEDS A PERSON: no";
    let spec = Prompt::MessageReply.output_spec();
    let parsed = spec.parse(&format!("{good}\n\nNOTE: {much}"), &Given::default()).unwrap();
    assert_eq!(parsed.value["needsPerson"], false);
    for hostile in ["{", "[", "- ", "REPLY:\n", "\"", "<think>", "```\n", "\u{feff}"] {
        let text = hostile.repeat(100_000 / hostile.len());
        assert!(spec.parse(&text, &Given::default()).is_err(), "{hostile:?}");
    }
    let checked = Template::check(&format!("{much}{{{{#if x}}}}"));
    assert_eq!(checked.diagnostics.len(), 1);
    assert_eq!(checked.diagnostics[0].span.start, much.len());
    let error = PromptFile::parse("p", &format!("{much}{{{{")).unwrap_err();
    assert_eq!(error.code(), Code::PromptSyntax);
    assert!(error.to_string().len() < 200);
}
