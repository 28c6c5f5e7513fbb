//! Personal data on its way to a model and back.

use goodwill::prompts::files::{PromptFile, RenderOptions};
use goodwill::prompts::personal::{Known, PersonalData, PersonalKind, Pseudonyms, detect};
use goodwill::prompts::render::Partials;
use proptest::prelude::*;
use serde_json::{Value, json};

fn known(case: &Value) -> Vec<Known> {
    let kind = |word: &str| *PersonalKind::ALL.iter().find(|one| one.word() == word).unwrap();
    let all = case["known"].as_array().into_iter().flatten();
    all.map(|one| Known::new(kind(one[0].as_str().unwrap()), one[1].as_str().unwrap())).collect()
}

/// What is personal is found, masked, and put back, in every host alike.
#[test]
fn personal_data_is_replaced_as_the_vectors_say() {
    let vectors = super::vectors(include_str!("../../../tests/vectors/prompt_personal.json"));
    for case in vectors["cases"].as_array().unwrap() {
        let (text, known) = (case["text"].as_str().unwrap(), known(case));
        let mut pseudonyms = Pseudonyms::new(PersonalData::Pseudonym, &known);
        assert_eq!(json!(pseudonyms.replace(text)), case["pseudonyms"], "{text}");
        let masked = Pseudonyms::new(PersonalData::Mask, &known).replace(text);
        assert_eq!(json!(masked), case["masked"], "{text}");
        if let Some(draft) = case["draft"].as_str() {
            assert_eq!(json!(pseudonyms.restore(draft)), case["restored"], "{draft}");
        }
    }
}

/// The model, the hash and the missing paths see pseudonyms only.
#[test]
fn prompts_are_replaced_before_they_are_rendered_and_hashed() {
    let prompt =
        PromptFile::parse("p", "{{customer.name}}: {{#each notes}}{{this}};{{/each}}").unwrap();
    let render = |name: &str, mail: &str| {
        let known = [Known::new(PersonalKind::Person, name)];
        let input =
            json!({"customer": {"name": name}, "notes": [format!("{name} wrote from {mail}")]});
        let options = RenderOptions {
            personal: PersonalData::Pseudonym,
            known: &known,
            ..RenderOptions::default()
        };
        prompt.render(&Partials::new(), &input, &options).unwrap()
    };
    let (one, two) = (render("Ada Löve", "ada@example.org"), render("Bob Doe", "bob@example.net"));
    assert_eq!(one.messages[0].words(), "[PERSON_1]: [PERSON_1] wrote from [EMAIL_1];");
    assert_eq!(one.hash, two.hash);
    assert_eq!(two.pseudonyms.restore("Hi [PERSON_1]").text, "Hi Bob Doe");
    let shown = format!("{one:?}{}", serde_json::to_string(&one).unwrap());
    assert!(!shown.contains("Ada") && !shown.contains("example"), "{shown}");
}

proptest! {
    #[test]
    fn what_was_replaced_comes_back(
        texts in proptest::collection::vec("(Ada|ada| Löve|LÖVE |a@b\\.io|\\+49 30 901820|\\[PERSON_1\\]|\\[TEXT_1b\\]|\\[|\\]|_|1|4111111111111111|DE89370400440532013000|x| |\n){0,12}|\\PC{0,30}", 1..5),
    ) {
        let known = [Known::new(PersonalKind::Person, "Ada Löve"), Known::new(PersonalKind::Address, "x 1")];
        let mut pseudonyms = Pseudonyms::new(PersonalData::Pseudonym, &known);
        let replaced: Vec<String> = texts.iter().map(|text| pseudonyms.replace(text)).collect();
        for (text, replaced) in texts.iter().zip(&replaced) {
            let restored = pseudonyms.restore(replaced);
            prop_assert_eq!(&restored.text, text);
            prop_assert!(restored.unknown.is_empty());
            // The same again gives the same.
            prop_assert_eq!(&pseudonyms.replace(text), replaced);
        }
        let whole = pseudonyms.replace(&texts.join(" / "));
        prop_assert_eq!(pseudonyms.restore(&whole).text, texts.join(" / "));
    }

    #[test]
    fn places_are_in_order_and_in_the_text(text in "\\PC{0,60}") {
        let mut at = 0;
        for one in detect(&text, &[]) {
            prop_assert!(one.span.start >= at && one.span.end > one.span.start);
            prop_assert!(text.get(one.span.start..one.span.end).is_some());
            at = one.span.end;
        }
    }
}
