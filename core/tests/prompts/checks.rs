//! What is wrong with how a template uses its input.

use goodwill::prompts::files::{Mode, PromptFile, RenderOptions};
use goodwill::prompts::render::{Helpers, Partials};
use goodwill::prompts::template::Position;
use serde_json::{Value, json};

fn vectors() -> Value {
    super::vectors(include_str!("../../../tests/vectors/prompt_checks.json"))
}

/// F158: placeholders are explicit; each mistake has a code, a place and, where there is one, a
/// change that settles it.
#[test]
fn mistakes_have_codes_places_and_fixes() {
    for case in vectors()["checks"].as_array().unwrap() {
        let head = case["head"].as_str().unwrap();
        let source = format!("---\n{head}\n---\n{}", case["body"].as_str().unwrap());
        let checked = PromptFile::check("p", &source, &Helpers::standard(), &Partials::new());
        let found: Vec<Value> = checked
            .diagnostics
            .iter()
            .map(|one| {
                let place = Position::of(&source, one.span.start);
                json!({
                    "code": one.code.as_str(),
                    "text": one.span.of(&source),
                    "line": place.line,
                    "column": place.column,
                    "columnUtf16": place.column_utf16,
                    "fix": one.fix.as_ref().map(|fix| {
                        let mut text = source.clone();
                        text.replace_range(fix.span.start..fix.span.end, &fix.replacement);
                        text.split_once("\n---\n").unwrap().1.to_owned()
                    }),
                })
            })
            .collect();
        assert_eq!(json!(found), case["found"], "{source}\n{:#?}", checked.diagnostics);
    }
}

/// Every fix leaves a file without the mistake.
#[test]
fn fixes_settle_their_diagnostics() {
    for case in vectors()["checks"].as_array().unwrap() {
        let head = case["head"].as_str().unwrap();
        let source = format!("---\n{head}\n---\n{}", case["body"].as_str().unwrap());
        let check = |text: &str| {
            PromptFile::check("p", text, &Helpers::standard(), &Partials::new()).diagnostics
        };
        for one in check(&source) {
            let Some(fix) = one.fix else { continue };
            let mut text = source.clone();
            text.replace_range(fix.span.start..fix.span.end, &fix.replacement);
            let same =
                |text: &str| check(text).iter().filter(|other| other.code == one.code).count();
            assert!(same(&text) < same(&source), "{text}");
        }
    }
}

/// In strict mode a variable without a value is an error with its place; only what the schema
/// calls optional may be missing.
#[test]
fn strict_mode_names_the_place_of_what_is_missing() {
    for case in vectors()["strict"].as_array().unwrap() {
        let prompt = PromptFile::parse("p", case["source"].as_str().unwrap()).unwrap();
        let render = |mode| {
            let options = RenderOptions { mode, ..RenderOptions::default() };
            prompt.render(&Partials::new(), &case["input"], &options)
        };
        let strict = match render(Mode::Strict) {
            Ok(rendered) => {
                json!({"text": rendered.messages.iter().map(|one| one.words()).collect::<String>()})
            }
            Err(error) => json!({"code": error.code().as_str(), "details": error.details()}),
        };
        assert_eq!(strict, case["strict"], "{case}");
        let compatible = render(Mode::Compatible).unwrap();
        let words: String = compatible.messages.iter().map(|one| one.words()).collect();
        assert_eq!(json!(words), case["compatible"], "{case}");
    }
}
