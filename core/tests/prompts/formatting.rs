//! Dates, amounts and words in seven languages.

use goodwill::prompts::formatting::{Formatting, Locale};
use goodwill::prompts::render::{Helpers, render};
use goodwill::prompts::template::Template;
use serde_json::json;

/// Every host prints the same dates, amounts and words in the language that it names.
#[test]
fn values_are_printed_as_the_vectors_say() {
    let vectors = super::vectors(include_str!("../../../tests/vectors/prompt_formatting.json"));
    let cases = vectors["cases"].as_array().unwrap();
    for case in cases {
        let formatting = Formatting {
            locale: Locale::find(case["locale"].as_str().unwrap()).unwrap(),
            zone: case["zone"].as_str().map(|zone| zone.parse().unwrap()),
            currency: case["currency"].as_str().map(|code| code.parse().unwrap()),
        };
        let template = Template::parse(case["template"].as_str().unwrap()).unwrap();
        let found = match render(&template, &vectors["data"], &Helpers::formatting(&formatting)) {
            Ok(rendered) => json!(rendered.text),
            Err(error) => error.details()["accepted"].clone(),
        };
        assert_eq!(found, case["text"], "{case}");
    }
    for locale in Locale::ALL {
        assert!(cases.iter().any(|case| case["locale"] == locale.tag()), "{}", locale.tag());
    }
}

/// The clock of a place changes in the night of 29 March.
#[test]
fn zones_are_asked_for_each_instant() {
    let berlin = Some("Europe/Berlin".parse().unwrap());
    let formatting = Formatting { zone: berlin, ..Formatting::default() };
    let template =
        Template::parse("{{formatDate a 'datetime'}} {{formatDate b 'datetime'}}").unwrap();
    let data = json!({"a": "2026-03-29T00:59:59Z", "b": "2026-03-29T01:00:00Z"});
    let rendered = render(&template, &data, &Helpers::formatting(&formatting)).unwrap();
    assert_eq!(rendered.text, "Mar 29, 2026 1:59 AM Mar 29, 2026 3:00 AM");
}

/// Fields of the data keep their names.
#[test]
fn fields_go_before_helpers_without_arguments() {
    let template = Template::parse("{{number}} {{#if default}}{{json}}{{/if}} {{not}}").unwrap();
    let data = json!({"number": 7, "default": true, "json": "x", "not": "y"});
    assert_eq!(render(&template, &data, &Helpers::standard()).unwrap().text, "7 x y");
}
