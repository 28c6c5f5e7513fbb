//! Prompts against vectors that other engines made.

#![cfg(test)]

mod answers;
mod budgets;
mod checks;
mod contexts;
mod declarations;
mod engines;
mod faults;
mod files;
mod formatting;
mod grammar;
mod messages;
mod personal;
mod previews;
mod specification;

use goodwill::prompts::render::{Helpers, Limits, Partials, Renderer};
use goodwill::prompts::template::Template;
use serde_json::{Value, json};

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

/// A text of which nobody asks where it comes from is the same one, and so are its errors: whatever
/// stands in a loop, whatever the items are.
#[test]
fn a_text_alone_is_the_text_that_is_traced() {
    let data = json!({"name": "Ada", "jobs": [
        {"at": "2026-03-01T09:00:00Z", "price": 12.5, "by": {"name": "Tom"}},
        {"at": "2026-02-30T09:00:00Z", "price": null, "tags": ["a", "b"]},
        {"at": "2026-12-31T23:59:59.999Z", "by": null, "price": -1_000.05}, {},
    ], "others": [7, "text", null, true, [1, 2], {"length": 3, "name": "Bo", "price": 1e21}]});
    let inside = [
        "{{this}}",
        "{{price}}",
        "{{this.price}}",
        "{{by.name}}",
        "{{tags.length}}{{tags.[1]}}",
        "{{length}}",
        "{{name}}",
        "{{../name}}",
        "{{@root.name}}",
        "{{@index}} {{@key}} {{@last}}",
        "{{formatDate at}}",
        "{{formatDate this.at 'long'}}",
        "{{daysBetween at '2026-04-01'}}",
        "{{default price 0}}",
        "{{default ../name 'x'}}",
        "{{number price decimals=1}}",
        "{{join tags}}",
        "{{unknown price}}",
        "{{lookup this 'price'}}",
        "{{#if price}}{{price}}{{else}}-{{/if}}",
        "{{#each tags}}{{this}}{{../at}}{{/each}}",
        "{{#with by}}{{name}}{{@index}}{{/with}}",
        "{{! note }}",
    ];
    let around = [
        ("{{#each jobs}}", "{{/each}}"),
        ("{{#others}}", "{{/others}}"),
        ("{{#each others as |price at|}}", "{{/each}}"),
        ("{{#with this as |price|}}{{#each jobs}}", "{{/each}}{{/with}}"),
    ];
    let (helpers, partials) = (Helpers::standard(), Partials::new());
    let limits = [
        Limits::default(),
        Limits { loop_rounds: 3, ..Limits::default() },
        Limits { output_bytes: 40, ..Limits::default() },
        Limits { depth: 1, ..Limits::default() },
    ];
    for (open, close) in around {
        for (first, second) in inside.iter().flat_map(|one| inside.map(|two| (one, two))) {
            let template = format!("{open}- {first}, {second};\n{close}");
            let parsed = Template::parse(&template).unwrap();
            for limits in limits {
                let renderer = Renderer::new(&helpers, &partials).limits(limits);
                let traced = renderer.render(&parsed, &data).map(|rendered| rendered.text);
                let alone = renderer.text(&parsed, &data);
                assert_eq!(format!("{alone:?}"), format!("{traced:?}"), "{template}");
            }
        }
    }
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

/// Every byte of the output leads back to the template that has it, whatever partials called whom.
#[test]
fn segments_name_the_partial_that_they_come_from() {
    let corpus = corpus();
    let mut within = 0;
    for case in corpus["cases"].as_array().unwrap() {
        let Ok(template) = Template::parse(case["template"].as_str().unwrap()) else { continue };
        let (helpers, Some(partials)) = (Helpers::none(), partials(case)) else { continue };
        let renderer = Renderer::new(&helpers, &partials);
        let Ok(rendered) = renderer.render(&template, &case["data"]) else { continue };
        for segment in rendered.segments {
            let source = match segment.partial.as_deref() {
                Some(name) => partials[name].source(),
                None => template.source(),
            };
            within += usize::from(segment.partial.is_some());
            let source = segment.template.of(source);
            if segment.value {
                assert!(source.starts_with("{{"), "{source} in {case}");
            } else {
                // Partials are indented as their call is.
                let words = |text: &str| text.split_whitespace().collect::<String>();
                let printed = rendered.text.get(segment.output).unwrap();
                assert_eq!(words(source), words(printed), "{case}");
            }
        }
    }
    assert!(within > 50, "{within}");
}

/// A block that stands in for a partial, an inline partial and the block of a call belong to the
/// template that they are written in.
#[test]
fn blocks_of_partial_calls_belong_to_their_template() {
    let parse = |text: &str| Template::parse(text).unwrap();
    let partials: Partials = [
        ("frame".to_owned(), parse("<{{> @partial-block}}{{> own}}>")),
        ("around".to_owned(), parse("a{{#> missing}}b{{x}}{{/missing}}{{#> frame}}c{{/frame}}d")),
        ("defines".to_owned(), parse("{{#*inline \"own\"}}e{{/inline}}{{#> frame}}f{{/frame}}")),
    ]
    .into();
    let template = parse(
        "{{#*inline \"own\"}}g{{/inline}}{{> around}}{{> defines}}{{#> frame}}h{{/frame}}\
         {{#> none}}i{{/none}}",
    );
    let helpers = Helpers::none();
    let renderer = Renderer::new(&helpers, &partials);
    let rendered = renderer.render(&template, &serde_json::json!({"x": 1})).unwrap();
    let told: Vec<(&str, &str)> = rendered
        .segments
        .iter()
        .map(|one| {
            let text = rendered.text.get(one.output.clone()).unwrap();
            (text, one.partial.as_deref().unwrap_or_default())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("a", "around"),
            ("b", "around"),
            ("1", "around"),
            ("<", "frame"),
            ("c", "around"),
            ("g", ""),
            (">", "frame"),
            ("d", "around"),
            ("<", "frame"),
            ("f", "defines"),
            ("e", "defines"),
            (">", "frame"),
            ("<", "frame"),
            ("h", ""),
            ("g", ""),
            (">", "frame"),
            ("i", ""),
        ]
    );
}
