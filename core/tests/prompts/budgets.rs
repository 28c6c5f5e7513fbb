//! Prompts that fit.

use goodwill::prompts::budget::TokenCounter;
use goodwill::prompts::files::{PromptFile, PromptSet, RenderOptions};
use goodwill::prompts::messages::Role;
use goodwill::prompts::render::Partials;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Lists lose their oldest items until the prompt fits, and the prompt says so.
#[test]
fn budgets_are_kept_as_the_vectors_say() {
    let vectors = super::vectors(include_str!("../../../tests/vectors/prompt_budget.json"));
    for case in vectors["cases"].as_array().unwrap() {
        let prompt = PromptFile::parse("p", case["source"].as_str().unwrap()).unwrap();
        let found = match prompt.render(&Partials::new(), &case["input"], &RenderOptions::default())
        {
            Ok(rendered) => json!({
                "text": rendered.messages[0].words(),
                "tokens": rendered.tokens,
                "dropped": rendered.dropped,
            }),
            Err(error) => json!({"code": error.code().as_str(), "details": error.details()}),
        };
        assert_eq!(found, case["result"], "{case}");
    }
}

fn activities(count: usize) -> Value {
    let one = |at: usize| {
        json!({
            "createdAt": format!("2026-01-{:02}T10:00:00Z", at % 28 + 1),
            "type": "note",
            "content": format!("Visit {at}: {}", "the drum bearing was noisy again. ".repeat(at % 12)),
        })
    };
    (0..count).map(one).collect()
}

/// Ten thousand activities fit without any setting.
#[test]
fn ten_thousand_activities_fit_the_default() {
    let input = json!({
        "customer": {"name": "Ada", "createdAt": "2020-01-01T00:00:00Z"},
        "activities": activities(10_000), "jobs": [], "payments": [],
    });
    let set = PromptSet::library();
    let rendered = set.render("timeline_summary", &input, &RenderOptions::default()).unwrap();
    assert!(rendered.tokens <= 8_000 && rendered.tokens > 7_500, "{}", rendered.tokens);
    let dropped = &rendered.dropped[0];
    assert_eq!((dropped.list.as_str(), dropped.kept + dropped.omitted), ("activities", 10_000));
    let words = rendered.messages[0].words();
    assert!(words.contains(&format!("\n(+{} earlier entries omitted)\n", dropped.omitted)));
    assert!(words.contains("Visit 9999:") && !words.contains("Visit 17:"));
    assert_eq!(words.matches("Visit ").count(), dropped.kept);
    // A list that no head names gives way too.
    let plain = PromptFile::parse("p", "{{#each activities}}{{content}}\n{{/each}}").unwrap();
    let rendered = plain.render(&Partials::new(), &input, &RenderOptions::default()).unwrap();
    assert!(rendered.tokens <= 8_000, "{}", rendered.tokens);
}

/// A counter that is not linear in the bytes.
struct Words;

impl TokenCounter for Words {
    fn count(&self, text: &str) -> usize {
        text.split_whitespace().count() + text.matches('z').count() * 5
    }
}

proptest! {
    #[test]
    fn budgets_are_never_exceeded(
        lists in proptest::collection::vec(proptest::collection::vec("[a-z 👋]{0,30}", 0..20), 2),
        (budget, least, newest) in (10_usize..120, 0_usize..4, any::<bool>()),
        own in any::<bool>(),
    ) {
        let order = if newest { "newest_first" } else { "oldest_first" };
        let source = format!(
            "---\ngoodwill.budget:\n  input: 5000\n  lists:\n    a: {{priority: 2, min_items: {least}, order: {order}}}\n\
             \x20   b: {{priority: 1, min_items: {least}}}\n---\n{{{{role \"user\"}}}}A:\n{{{{#each a}}}}\n- {{{{this}}}};\n{{{{/each}}}}\nB: {{{{#each b}}}}<{{{{this}}}}>{{{{/each}}}}"
        );
        let prompt = PromptFile::parse("p", &source).unwrap();
        let input = json!({"a": lists[0], "b": lists[1]});
        let options = RenderOptions { budget: Some(budget), ..RenderOptions::default() };
        let options = if own { RenderOptions { counter: &Words, ..options } } else { options };
        match prompt.render(&Partials::new(), &input, &options) {
            Ok(rendered) => {
                prop_assert!(rendered.tokens <= budget);
                prop_assert_eq!(rendered.messages[0].role, Role::User);
                let words = rendered.messages[0].words();
                let omitted = |list: &str| rendered.dropped.iter().find(|one| one.list == list).map_or(0, |one| one.omitted);
                // Every item that is kept is whole.
                let all = &lists[0];
                let kept = if newest { &all[..all.len() - omitted("a")] } else { &all[omitted("a")..] };
                for item in kept {
                    let line = format!("- {item};\n");
                    prop_assert!(words.contains(&line));
                }
                prop_assert!(kept.len() >= least.min(all.len()));
                prop_assert_eq!(words.matches("- ").count() >= kept.len(), true);
                // The list of lower priority is at its least before the other loses anything.
                if omitted("a") > 0 {
                    prop_assert_eq!(lists[1].len() - omitted("b"), least.min(lists[1].len()));
                }
            }
            Err(error) => {
                prop_assert_eq!(error.code().as_str(), "prompt.budget");
                let tokens = usize::try_from(error.details()["tokens"].as_u64().unwrap()).unwrap();
                prop_assert!(tokens > budget);
            }
        }
    }
}
