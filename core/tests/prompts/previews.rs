//! Prompts while they are written.

use goodwill::prompts::files::{Mode, PromptSet, RenderOptions};
use goodwill::prompts::messages::Message;
use goodwill::prompts::preview::{Preview, SegmentKind, preview};
use goodwill::prompts::render::Partials;
use proptest::prelude::*;
use serde_json::json;

/// The segments of every message stand one behind the other and cover its words.
fn covered(shown: &Preview, history: &[Message]) -> Result<(), TestCaseError> {
    for (index, message) in shown.messages.iter().enumerate() {
        let segments: Vec<_> = shown.segments.iter().filter(|one| one.message == index).collect();
        if segments.is_empty() && history.contains(message) {
            continue;
        }
        let mut at = 0;
        for segment in segments {
            prop_assert_eq!(segment.out_start, at);
            prop_assert!(segment.out_end > segment.out_start);
            at = segment.out_end;
        }
        prop_assert_eq!(at, message.words().encode_utf16().count());
    }
    Ok(())
}

/// What a model will be told can be looked at before, with the origin of every word.
#[test]
fn previews_are_as_the_vectors_say() {
    let vectors = super::vectors(include_str!("../../../tests/vectors/prompt_previews.json"));
    for case in vectors["cases"].as_array().unwrap() {
        let source = case["source"].as_str().unwrap();
        let shown = preview(source, &case["input"], &Partials::new(), &RenderOptions::default());
        covered(&shown, &[]).unwrap();
        assert_eq!(json!(shown), case["preview"], "{source}");
    }
}

/// Text of the template is found again in the template, unit by unit.
#[test]
fn previews_of_the_library_lead_back_to_the_file() {
    let goldens = super::vectors(include_str!("../../../tests/vectors/prompts.json"));
    let set = PromptSet::library();
    for golden in goldens["prompts"].as_array().unwrap() {
        let prompt = set.get(golden["prompt"].as_str().unwrap()).unwrap();
        let options = RenderOptions { mode: Mode::Compatible, ..RenderOptions::default() };
        let shown = preview(prompt.source(), &golden["data"], &Partials::new(), &options);
        let source: Vec<u16> = prompt.source().encode_utf16().collect();
        let words: Vec<u16> = shown.messages[0].words().encode_utf16().collect();
        for segment in &shown.segments {
            let from = String::from_utf16(&source[segment.src_start..segment.src_end]).unwrap();
            let to = String::from_utf16(&words[segment.out_start..segment.out_end]).unwrap();
            match segment.kind {
                SegmentKind::Text => assert_eq!(from, to),
                SegmentKind::Value => assert!(from.starts_with("{{") && segment.trust.is_some()),
                SegmentKind::Note | SegmentKind::Added => {}
            }
        }
        let rendered = set.render(prompt.id(), &golden["data"], &options).unwrap();
        assert_eq!(rendered.hash, shown.hash);
        assert_eq!(rendered.messages, shown.messages);
    }
}

proptest! {
    #[test]
    fn anything_can_be_previewed(
        source in "(---\n|goodwill\\.trust: \\{default: fence\\}\n|\\{\\{role \"(system|user|model)\"\\}\\}|\\{\\{history\\}\\}|\\{\\{#each a\\}\\}|\\{\\{/each\\}\\}|\\{\\{(this|b|c\\.d|@key|nope|shout b|money n)\\}\\}|\\{\\{#if|\\{\\{> p\\}\\}|\\{\\{section \"output\"\\}\\}|[a-z👋é]| |\n){0,20}",
        texts in proptest::collection::vec("\\PC{0,8}", 0..4),
        budget in 5_usize..200,
    ) {
        let input = json!({"a": texts, "b": texts.join("\n"), "c": {"d": null}, "n": 2.5});
        let history = [Message::text(goodwill::prompts::messages::Role::Model, "before")];
        let options = RenderOptions { budget: Some(budget), history: &history, ..RenderOptions::default() };
        let partial = goodwill::prompts::template::Template::parse("  x\n{{b}}\n").unwrap();
        let partials: Partials = [("p".to_owned(), partial)].into();
        let shown = preview(&source, &input, &partials, &options);
        covered(&shown, &history)?;
        let length = source.encode_utf16().count();
        for one in &shown.diagnostics {
            prop_assert!(one.start <= one.end && one.end <= length);
        }
    }
}
