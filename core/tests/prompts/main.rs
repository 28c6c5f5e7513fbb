//! Prompts against vectors that other engines made.

#![cfg(test)]

mod answers;
mod budgets;
mod checks;
mod declarations;
mod files;
mod formatting;
mod grammar;
mod messages;
mod personal;
mod previews;

use goodwill::prompts::render::{Helpers, Partials, Renderer};
use goodwill::prompts::template::Template;
use serde_json::Value;

fn vectors(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn corpus() -> Value {
    vectors(include_str!("../../../tests/vectors/templates.json"))
}

fn partials(case: &Value) -> Option<Partials> {
    let Some(given) = case.get("partials") else {
        return Some(Partials::new());
    };
    given
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, text)| Some((name.clone(), Template::parse(text.as_str().unwrap()).ok()?)))
        .collect()
}

/// What this library prints, or nothing where it refuses the template.
fn print(case: &Value) -> Option<String> {
    let template = Template::parse(case["template"].as_str().unwrap()).ok()?;
    let (helpers, partials) = (Helpers::none(), partials(case)?);
    let rendered = Renderer::new(&helpers, &partials).render(&template, &case["data"]).ok()?;
    Some(rendered.text)
}

/// The same bytes as Handlebars.js, and no template that only one of both reads.
#[test]
fn templates_print_what_handlebars_js_prints() {
    let corpus = corpus();
    let cases = corpus["cases"].as_array().unwrap();
    let mut wrong = Vec::new();
    for case in cases {
        let found = print(case);
        if found.as_deref() != case["expected"].as_str() {
            wrong.push(format!("{}\n  found {found:?}", serde_json::to_string(case).unwrap()));
        }
    }
    assert!(cases.len() > 500);
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn differences_are_as_they_are_argued() {
    for case in corpus()["differences"].as_array().unwrap() {
        assert_eq!(print(case).as_deref(), case["goodwill"].as_str(), "{case}");
        assert!(case["why"].as_str().unwrap().len() > 20);
    }
}

/// F519, F527, F532, F539, F545, F552, F560: every prompt of the library, byte for byte, and every
/// byte of it leads back to the template.
#[test]
fn prompts_of_the_library_print_their_goldens() {
    use goodwill::prompts::library::Prompt;

    let goldens = vectors(include_str!("../../../tests/vectors/prompts.json"));
    let goldens = goldens["prompts"].as_array().unwrap();
    assert_eq!(goldens.len(), 2 * Prompt::ALL.len());
    let (helpers, partials) = (Helpers::standard(), Partials::new());
    for golden in goldens {
        let prompt = Prompt::ALL.iter().find(|one| golden["prompt"] == one.id()).unwrap();
        let checked = Template::check(prompt.template());
        assert!(checked.diagnostics.iter().all(|one| one.code.as_str() == "P011"));
        let template = checked.template.unwrap();
        let renderer = Renderer::new(&helpers, &partials);
        let rendered = renderer.render(&template, &golden["data"]).unwrap();
        assert_eq!(rendered.text, golden["text"].as_str().unwrap(), "{}", prompt.id());
        let mut at = 0;
        for segment in &rendered.segments {
            assert_eq!(segment.output.start, at);
            at = segment.output.end;
            let source = segment.template.of(template.source());
            if segment.value {
                assert!(source.starts_with("{{") && source.ends_with("}}"), "{source}");
            } else {
                assert_eq!(source, rendered.text.get(segment.output.clone()).unwrap());
            }
        }
        assert_eq!(at, rendered.text.len());
    }
}

/// The crate `handlebars` as a second opinion: how many cases of the corpus it prints alike.
#[test]
fn the_other_engine_agrees_on_most_of_the_corpus() {
    let corpus = corpus();
    let cases = corpus["cases"].as_array().unwrap();
    let alike = cases.iter().filter(|case| {
        let mut engine = handlebars::Handlebars::new();
        engine.register_escape_fn(handlebars::no_escape);
        for (name, text) in case.get("partials").and_then(Value::as_object).into_iter().flatten() {
            // What it does not read as a partial, it does not know when the template calls it.
            let _ = engine.register_partial(name, text.as_str().unwrap());
        }
        let text = engine.render_template(case["template"].as_str().unwrap(), &case["data"]).ok();
        text.as_deref() == case["expected"].as_str()
    });
    let alike = alike.count();
    println!("the crate handlebars prints {alike} of {} cases alike", cases.len());
    assert!(alike * 2 > cases.len(), "{alike} of {}", cases.len());
}
