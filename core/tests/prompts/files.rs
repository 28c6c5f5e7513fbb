//! Prompt files, sets of them, and the heads of the library.

use goodwill::prompts::files::{Kind, Mode, PromptFile, PromptSet, RenderOptions};
use goodwill::prompts::library::Prompt;
use goodwill::prompts::render::{Helpers, Partials};
use proptest::prelude::*;
use serde_json::{Value, json};

fn vectors() -> Value {
    super::vectors(include_str!("../../../tests/vectors/prompt_files.json"))
}

/// F158: one file says what a prompt is given, what it answers, and how it is printed. Every host
/// reads the same from it.
#[test]
fn heads_are_read_as_the_vectors_say() {
    for case in vectors()["heads"].as_array().unwrap() {
        let source = case["source"].as_str().unwrap();
        let checked = PromptFile::check("case", source, &Helpers::standard(), &Partials::new());
        let codes: Vec<&str> = checked.diagnostics.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(json!(codes), case["diagnostics"], "{source}\n{:?}", checked.diagnostics);
        let places: Vec<&str> = checked.diagnostics.iter().map(|one| one.span.of(source)).collect();
        assert_eq!(json!(places), case["places"], "{source}");
        let Some(prompt) = checked.prompt else {
            assert!(case["version"].is_null(), "{source}");
            continue;
        };
        let matter = prompt.front_matter();
        assert_eq!(json!(matter.version), case["version"], "{source}");
        let schema = matter.input.as_ref().map(|schema| schema.to_json_schema());
        assert_eq!(json!(schema), case["input"], "{source}");
    }
}

/// F519, F527, F532, F539, F545, F552, F560: the heads of the seven prompts declare every variable
/// of their templates and no other, and the bodies stay byte for byte.
#[test]
fn heads_of_the_library_fit_their_templates() {
    let set = PromptSet::library();
    assert_eq!(set.prompts().count(), Prompt::ALL.len());
    for prompt in Prompt::ALL {
        let file = set.get(prompt.id()).unwrap();
        assert_eq!(file.body(), prompt.template());
        let checked =
            PromptFile::check(prompt.id(), file.source(), &Helpers::standard(), &Partials::new());
        let codes: std::collections::BTreeSet<_> =
            checked.diagnostics.iter().map(|one| one.code.as_str()).collect();
        let known = ["P011", "P022", "P023", "P031"];
        assert!(codes.iter().all(|code| known.contains(code)), "{}: {codes:?}", prompt.id());
        assert_eq!(file.front_matter().version.to_string(), "1.0.0");
        assert!(file.front_matter().output.is_some());
    }
    let matching = set.get("technician_matching@production").unwrap();
    let text = matching.output_text().unwrap();
    assert!(text.contains("Technician: [recommendedTechnician.name]\n"), "{text}");
    let sentiment = set.get("sentiment_analysis").unwrap().output_text().unwrap();
    assert!(sentiment.contains("- [date] | SENTIMENT: [sentimentScore] | THEMES: [themes]\n"));
}

/// F518, F526, F531, F538, F544, F551, F559: what a prompt is given can be asked for as a schema.
#[test]
fn inputs_of_the_library_are_declared() {
    let set = PromptSet::library();
    for prompt in Prompt::ALL {
        let schema = set.get(prompt.id()).unwrap().front_matter().input.clone().unwrap();
        let Kind::Object(fields) = &schema.kind else { panic!("{}", prompt.id()) };
        let json = schema.to_json_schema();
        for (name, field) in &fields.named {
            let required = json["required"].as_array().unwrap().contains(&json!(name));
            assert_eq!(required, field.required);
        }
        assert!(!schema.violations(&json!({})).is_empty());
    }
}

/// F568: a prompt is asked for by its name and rendered over a context.
#[test]
fn prompts_of_the_library_render_by_name() {
    let goldens = super::vectors(include_str!("../../../tests/vectors/prompts.json"));
    let set = PromptSet::library();
    let options = RenderOptions { mode: Mode::Compatible, ..RenderOptions::default() };
    for golden in goldens["prompts"].as_array().unwrap() {
        let id = golden["prompt"].as_str().unwrap();
        let rendered = set.render(id, &golden["data"], &options).unwrap();
        assert_eq!(rendered.messages.len(), 1);
        // What an ordinary record has is what the head declares; nothing at all is not enough.
        let strict = set.render(id, &golden["data"], &RenderOptions::default());
        let empty = golden["data"].as_object().unwrap().is_empty();
        assert_eq!(strict.is_err(), empty, "{id}: {strict:?}");
        let words = rendered.messages[0].words();
        assert!(words.contains("\n\nRespond in exactly this format:\n\n"), "{id}");
        // Line breaks in texts from outside are folded; everything else is as in the template.
        let golden = golden["text"].as_str().unwrap().replace("again!\nPlease", "again! ⏎ Please");
        assert!(words.starts_with(&golden), "{id}\n{words}\n---\n{golden}");
    }
}

/// F158: versions, labels, and what a tenant lays over the library.
#[test]
fn sets_find_versions_and_labels() {
    let file = |version: &str, labels: &str, body: &str| {
        format!("---\ngoodwill.version: {version}\ngoodwill.labels: [{labels}]\n---\n{body}")
    };
    let own = PromptSet::read([
        ("a.prompt", file("1.2.0", "production", "two")),
        ("b/a.prompt", file("1.10.0", "beta", "ten")),
        ("timeline_summary.prompt", file("3.0.0", "", "mine")),
    ])
    .unwrap();
    let set = own.over(PromptSet::library());
    let body = |reference: &str| set.get(reference).map(|one| one.body().to_owned());
    assert_eq!(body("a").unwrap(), "two");
    assert_eq!(body("a@beta").unwrap(), "ten");
    assert_eq!(body("a@1.10").unwrap(), "ten");
    assert_eq!(body("timeline_summary").unwrap(), "mine");
    assert!(body("timeline_summary@1.0.0").unwrap().starts_with("You are"));
    for (reference, what) in [("x", "id"), ("a@9.0.0", "version"), ("a@old", "label")] {
        let error = body(reference).unwrap_err();
        assert_eq!(error.details()["unknown"], what, "{reference}");
    }
    let twice = PromptSet::check([
        ("a.prompt", file("1.0.0", "", "")),
        ("c/a.prompt", file("1.0.0", "", "")),
    ]);
    assert_eq!(twice.diagnostics[0].diagnostic.code.as_str(), "P063");
    let label = PromptSet::check([
        ("a.prompt", file("1.0.0", "x", "")),
        ("c/a.prompt", file("1.1.0", "x", "")),
    ]);
    assert_eq!(label.diagnostics[0].path, "c/a.prompt");
}

/// The hash tells contents apart, and does not change with labels.
#[test]
fn hashes_are_over_the_content() {
    let hash = |source: &str, header: &str| {
        let files = [("_h.prompt", header.to_owned()), ("a.prompt", source.to_owned())];
        let set = PromptSet::read(files).unwrap();
        let rendered = set.render("a", &json!({"x": "1"}), &RenderOptions::default()).unwrap();
        (rendered.content_hash, rendered.hash)
    };
    let head = |labels: &str, body: &str| {
        format!("---\ngoodwill.labels: [{labels}]\nconfig: {{a: 1, b: 2}}\n---\n{body}")
    };
    let plain = hash(&head("x", "{{> h}}"), "one");
    assert_eq!(plain, hash(&head("y", "{{> h}}"), "one"));
    assert_eq!(plain.0, hash(&head("x", "{{> h}}").replace("a: 1, b: 2", "b: 2, a: 1"), "one").0);
    assert_ne!(plain.0, hash(&head("x", "{{> h}}"), "two").0);
    assert_ne!(plain.0, hash(&head("x", "{{> h}} "), "one").0);
    // A partial that is not called does not matter.
    assert_eq!(hash("plain", "one"), hash("plain", "two"));
    assert_eq!(plain.0.len(), 64);
}

/// Cycles and depth end with an error and not with the stack.
#[test]
fn partials_without_end_are_errors() {
    let checked = PromptSet::check([
        ("_a.prompt", "{{> b}}"),
        ("_b.prompt", "{{> a}}"),
        ("p.prompt", "{{> a}}"),
    ]);
    assert_eq!(checked.diagnostics[0].diagnostic.code.as_str(), "P013");
    let partials: Partials = [(
        "t".to_owned(),
        goodwill::prompts::template::Template::parse("{{#if x}}{{> t}}{{/if}}").unwrap(),
    )]
    .into();
    let checked = PromptFile::check("p", "{{> t}}", &Helpers::standard(), &partials);
    assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
    let error = checked
        .prompt
        .unwrap()
        .render(&partials, &json!({"x": true}), &RenderOptions::default())
        .unwrap_err();
    assert_eq!(error.code().as_str(), "prompt.limit");
}

#[test]
fn inputs_beyond_ten_megabytes_are_errors() {
    let prompt = PromptFile::parse("p", "{{x}}").unwrap();
    let input = json!({"x": "a".repeat(11 << 20)});
    let error = prompt.render(&Partials::new(), &input, &RenderOptions::default()).unwrap_err();
    assert_eq!(error.details()["limit"], "input_bytes");
}

/// A folder is read as the set of its files.
#[test]
fn folders_are_read() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("inner")).unwrap();
    std::fs::write(folder.path().join("inner/a.prompt"), "{{> h}}!").unwrap();
    std::fs::write(folder.path().join("_h.prompt"), "Hi {{shout x}}").unwrap();
    std::fs::write(folder.path().join("readme.txt"), "{{#if").unwrap();
    let checked = PromptSet::check_folder(folder.path()).unwrap();
    assert_eq!(checked.set.get("a").unwrap().body(), "{{> h}}!");
    std::fs::write(folder.path().join("inner/a.prompt"), "{{#if}}").unwrap();
    let checked = PromptSet::check_folder(folder.path()).unwrap();
    assert_eq!(checked.diagnostics[0].path, "inner/a.prompt");
    assert!(checked.has_errors());
    assert!(PromptSet::check_folder(&folder.path().join("none")).is_err());
}

proptest! {
    #[test]
    fn any_file_is_read(text in "(---\n|input:\n|  schema:|goodwill\\.[a-z]{0,8}:|[a-z?*(),:|>\\-\\[\\]{}'\" \n]|\\{\\{|\\}\\}|    x: string\n){0,40}") {
        let source = format!("---\n{text}");
        let checked = PromptFile::check("p", &source, &Helpers::standard(), &Partials::new());
        for one in &checked.diagnostics {
            prop_assert!(source.get(one.span.start..one.span.end).is_some(), "{:?}", one);
        }
    }
}

fn declared(head: &str) -> Option<goodwill::prompts::answers::OutputSpec> {
    let file = format!("---\n{head}\ngoodwill.trust: {{default: line}}\n---\nSum up: {{{{text}}}}");
    PromptFile::parse("gist", &file).unwrap().output_spec()
}

/// Labelled sections alone declare an answer too; what cannot be an answer declares none.
#[test]
fn formats_declare_answers() {
    let format = "goodwill.outputText: |\n  KEY OBSERVATION: [what stands out]\n\n  MOOD: [one of: Good, Bad]\n  \
                  URGENT: [yes or no: whether to call]\n\n  NEXT STEPS:\n  - [a step]\n  - [a step]\n  \
                  [1 to 3 such entries]\n\n  DRAFT:\n  \"[a message]\"\ngoodwill.showOutput: true";
    let spec = declared(format).unwrap();
    let names: Vec<&str> = spec.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["keyObservation", "mood", "urgent", "nextSteps", "draft"]);
    let answer =
        "Key observation: It leaks.\nMood: bad\nUrgent: yes\nNext steps:\n- Call\nDraft: \"Hi!\"";
    let parsed = spec.parse(answer, &Default::default()).unwrap();
    assert_eq!(
        parsed.value,
        json!({
            "keyObservation": "It leaks.", "mood": "Bad", "urgent": true, "nextSteps": ["Call"],
            "draft": "Hi!",
        }),
    );
    assert_eq!(declared("goodwill.outputText: Write freely.\ngoodwill.showOutput: true"), None);
    assert_eq!(declared("output: {format: text}"), None);
    assert_eq!(declared("output:\n  schema: {gist: any}"), None, "for other tools");
}

/// What `goodwill.answer` says must fit the schema, each with its place.
#[test]
fn answers_are_checked_where_they_are_declared() {
    let diagnostics = |answer: &str| {
        let file = format!(
            "---\noutput:\n  schema: {{gist: string, mood(enum): [good, bad], more: any}}\n\
             goodwill.answer: {answer}\ngoodwill.showOutput: true\n---\nHello"
        );
        let checked = PromptFile::check("gist", &file, &Helpers::standard(), &Partials::new());
        let found = checked.diagnostics.iter();
        found.map(|one| (one.code.as_str(), one.span.of(&file).to_owned())).collect::<Vec<_>>()
    };
    let any = ("P040", "more".to_owned());
    assert_eq!(diagnostics("{max_words: 9}"), [any]);
    let found = diagnostics("{fields: {gits: {label: G}, gist: {sentences: [3, 2], lable: X}}}");
    assert!(found.contains(&("P040", "gits".to_owned())), "{found:?}");
    assert!(found.contains(&("P060", "[3, 2]".to_owned())), "{found:?}");
    assert!(found.iter().any(|(_, at)| at == "lable"), "{found:?}");
}

/// A library prompt keeps its declaration in a host's file of the same name, unless that says more.
#[test]
fn own_files_of_library_prompts_keep_their_answers() {
    let file = |answer: &str| {
        format!(
            "---\noutput:\n  schema: {{reply: string}}\n{answer}goodwill.trust: {{default: line}}\n---\n{{{{text}}}}"
        )
    };
    let spec =
        |text: &str| PromptFile::parse("message_reply", text).unwrap().output_spec().unwrap();
    assert_eq!(spec(&file("")), goodwill::prompts::library::Prompt::MessageReply.output_spec());
    let own = spec(&file(
        "goodwill.answer: {fields: {reply: {draft: true}}}\ngoodwill.showOutput: true\n",
    ));
    assert_eq!((own.id.as_str(), own.fields.len()), ("message_reply", 1));
}
