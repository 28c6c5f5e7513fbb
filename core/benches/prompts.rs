//! Prompts beside other engines for templates, by turns in one run; budgets; and answers.
//!
//! `cargo bench -p goodwill --bench prompts --features handlebars` prints the tables of
//! `docs/benchmarks.md`. With `-- --turns` it renders what another program asks for on its standard
//! input and tells how long that took, so that both are measured in the same run.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark may stop at the first surprise, and it tells the time"
)]

use std::hint::black_box;
use std::io::BufRead;
use std::time::Instant;

use goodwill::prompts::answers::Given;
use goodwill::prompts::files::{PromptSet, RenderOptions};
use goodwill::prompts::library::Prompt;
use goodwill::prompts::render::{Helpers, Partials, Renderer};
use goodwill::prompts::template::Template;
use handlebars::{Context, Handlebars, handlebars_helper, no_escape};
use minijinja::Environment;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use serde_json::{Value, json};

const ROUNDS: usize = 60;

/// The input of the first prompt, with lists of so many items.
fn customer(items: usize) -> Value {
    let day = |at: usize| format!("2026-{:02}-{:02}T09:30:00Z", at % 12 + 1, at % 28 + 1);
    let list = |row: &dyn Fn(usize) -> Value| (0..items).map(row).collect::<Value>();
    let nothing = list(&|_| json!({}));
    json!({
        "customer": {
            "name": "Ada Löve", "createdAt": "2024-02-29T08:30:00Z",
            "jobs": nothing, "payments": nothing, "expenses": nothing,
        },
        "totalRevenue": 916.67, "totalExpenses": 120, "netProfit": 796.67, "averageRevenuePerJob": 416.25,
        "recentPayments": list(&|at| json!({
            "amount": at * 7 + 20, "date": day(at), "paymentMethod": "card",
        })),
        "recentExpenses": list(&|at| json!({
            "amount": at as f64 * 3.0 + 0.25, "date": day(at + 3), "category": "parts",
        })),
        "recentJobs": list(&|at| json!({
            "description": format!("Drum bearing replaced, visit {at}"), "date": day(at + 5),
            "profit": at as f64 * 2.0 - 9.5,
        })),
    })
}

/// The first prompt as other engines read it.
fn handlebars_source() -> String {
    let calls = Prompt::ProfitabilityAnalysis.template();
    calls.replace("formatDate(", "formatDate ").replace(")}}", "}}")
}

fn jinja_source() -> String {
    let mut text = handlebars_source();
    for list in ["recentPayments", "recentExpenses", "recentJobs"] {
        text =
            text.replace(&format!("{{{{#each {list}}}}}"), &format!("{{% for this in {list} %}}"));
    }
    text = text.replace("{{/each}}", "{% endfor %}");
    for path in ["customer.createdAt", "this.date"] {
        let helper = format!("{{{{formatDate {path}}}}}");
        text = text.replace(&helper, &format!("{{{{ {path}|formatDate }}}}"));
    }
    for list in ["jobs", "payments", "expenses"] {
        let length = format!("{{{{customer.{list}.length}}}}");
        text = text.replace(&length, &format!("{{{{ customer.{list}|length }}}}"));
    }
    text
}

/// What others are given for `formatDate`: it only cuts the text, where ours reads the date.
fn day(text: &str) -> String {
    text.get(..10).unwrap_or(text).to_owned()
}

/// What is measured; it gives the size of what it made.
type Contender<'c> = Box<dyn FnMut() -> usize + 'c>;

/// Microseconds of one call: the fastest of the rounds for each contender, all taking turns. On a
/// machine with other work to do a median tells of that work.
fn by_turns(times: u32, contenders: &mut [Contender<'_>]) -> Vec<f64> {
    let mut measured = vec![Vec::new(); contenders.len()];
    for round in 0..=ROUNDS {
        for (call, all) in contenders.iter_mut().zip(&mut measured) {
            let begun = Instant::now();
            for _ in 0..times {
                black_box(call());
            }
            // The first round warms up.
            if round > 0 {
                all.push(begun.elapsed().as_secs_f64() * 1e6 / f64::from(times));
            }
        }
    }
    measured.into_iter().map(fastest).collect()
}

fn fastest(all: Vec<f64>) -> f64 {
    all.into_iter().min_by(f64::total_cmp).unwrap()
}

fn templates() {
    let (source, jinja) = (handlebars_source(), jinja_source());
    let (helpers, partials) = (Helpers::standard(), Partials::new());
    let renderer = Renderer::new(&helpers, &partials);
    let template = Template::parse(&source).unwrap();
    let engine = || {
        let mut engine = Handlebars::new();
        engine.register_escape_fn(no_escape);
        handlebars_helper!(format_date: |text: str| day(text));
        engine.register_helper("formatDate", Box::new(format_date));
        // The crate knows no `length`.
        let mut text = source.clone();
        for list in ["jobs", "payments", "expenses"] {
            text =
                text.replace(&format!("customer.{list}.length"), &format!("len customer.{list}"));
        }
        engine.register_template_string("prompt", text).unwrap();
        engine
    };
    let handlebars = engine();
    let environment = || {
        let mut environment = Environment::new();
        environment.add_filter("formatDate", |text: &str| day(text));
        environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).build().unwrap());
        environment.add_template("prompt", &jinja).unwrap();
        environment
    };
    let environment_once = environment();
    let minijinja = environment_once.get_template("prompt").unwrap();
    println!(
        "| prompt 1, items a list | Goodwill | minijinja | `handlebars` | … of a `Context` | \
         minijinja to Goodwill | `handlebars` to Goodwill |\n|---|---|---|---|---|---|---|"
    );
    for (items, times) in [(5, 200), (100, 10), (10_000, 1)] {
        let data = customer(items);
        let context = Context::wraps(&data).unwrap();
        let value = minijinja::Value::from(Serde(&data));
        let own = renderer.text(&template, &data).unwrap();
        assert_eq!(handlebars.render("prompt", &data).unwrap(), own);
        assert_eq!(minijinja.render(&value).unwrap(), own);
        let all = by_turns(
            times,
            &mut [
                Box::new(|| renderer.text(&template, &data).unwrap().len()),
                Box::new(|| minijinja.render(&value).unwrap().len()),
                Box::new(|| handlebars.render("prompt", &data).unwrap().len()),
                Box::new(|| handlebars.render_with_context("prompt", &context).unwrap().len()),
            ],
        );
        line(&format!("{items}, read once"), &all, &[1, 2]);
        let all = by_turns(
            times.div_ceil(4),
            &mut [
                Box::new(|| {
                    let template = Template::parse(&source).unwrap();
                    renderer.text(&template, &data).unwrap().len()
                }),
                Box::new(|| {
                    let environment = environment();
                    let template = environment.get_template("prompt").unwrap();
                    template.render(&value).unwrap().len()
                }),
                Box::new(|| engine().render("prompt", &data).unwrap().len()),
                Box::new(|| engine().render_with_context("prompt", &context).unwrap().len()),
            ],
        );
        line(&format!("{items}, read each time"), &all, &[1, 2]);
    }
}

/// A row: the times, and how many times ours others take.
fn line(what: &str, all: &[f64], others: &[usize]) {
    let times: Vec<_> = all.iter().map(|one| format!("{one:.1} µs")).collect();
    let own = all.first().unwrap();
    let ratios: Vec<_> =
        others.iter().map(|at| format!("{:.1}", all.get(*at).unwrap() / own)).collect();
    println!("| {what} | {} | {} |", times.join(" | "), ratios.join(" | "));
}

fn budgets() {
    let set = PromptSet::library();
    let options = RenderOptions::default();
    let activity = |at: usize| {
        json!({
            "createdAt": format!("2026-01-{:02}T10:00:00Z", at % 28 + 1), "type": "note",
            "content": format!("Visit {at}: {}", "the drum bearing was noisy again. ".repeat(at % 12)),
        })
    };
    let history = json!({
        "customer": {"name": "Ada", "createdAt": "2020-01-01T00:00:00Z"},
        "activities": (0..10_000).map(activity).collect::<Value>(), "jobs": [], "payments": [],
    });
    println!(
        "\n| prompt, with checks, fences and budget | of its input | of the prompt | tokens | items kept | time |\n\
         |---|---|---|---|---|---|"
    );
    for (what, id, input, times) in [
        ("prompt 1, lists of 5", "profitability_analysis", customer(5), 10),
        ("prompt 1, lists of 100", "profitability_analysis", customer(100), 1),
        ("prompt 2, 10,000 activities", "timeline_summary", history, 1),
    ] {
        let rendered = set.render(id, &input, &options).unwrap();
        let most = set.get(id).unwrap().front_matter().budget.input.unwrap();
        assert!(rendered.tokens <= most, "{} tokens of {most}", rendered.tokens);
        let kept: Vec<_> = rendered
            .dropped
            .iter()
            .map(|one| format!("{} of {}", one.kept, one.kept + one.omitted))
            .collect();
        let bytes: usize = rendered.messages.iter().map(|one| one.words().len()).sum();
        let time = by_turns(
            times,
            &mut [Box::new(|| set.render(id, &input, &options).unwrap().messages.len())],
        );
        println!(
            "| {what} | {:.1} KB | {:.1} KB | {} of {most} | {} | {:.1} µs |",
            kilobytes(input.to_string().len()),
            kilobytes(bytes),
            rendered.tokens,
            if kept.is_empty() { "all".to_owned() } else { kept.join(", ") },
            time.first().unwrap(),
        );
    }
}

fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1e3
}

/// Every answer of the tests: with labels, in JSON, with fences, preambles, half finished.
fn answers() {
    println!(
        "\n| answers | how many | bytes | each | a second | MB/s |\n|---|---|---|---|---|---|"
    );
    let mut all = Vec::new();
    for prompt in Prompt::ALL {
        let path = format!("../tests/vectors/answers/{}.json", prompt.id());
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let corpus: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let given: Given = corpus
            .get("given")
            .map_or_else(Given::default, |given| serde_json::from_value(given.clone()).unwrap());
        for case in corpus.get("cases").and_then(Value::as_array).unwrap() {
            let text = case.get("text").and_then(Value::as_str).unwrap().to_owned();
            all.push((prompt.output_spec(), given.clone(), text));
        }
    }
    let (json, labelled): (Vec<_>, Vec<_>) =
        all.iter().partition(|(_, _, text)| text.contains('{') && text.contains("\":"));
    for (what, some) in [("with labels", labelled), ("in JSON", json)] {
        let bytes: usize = some.iter().map(|(_, _, text)| text.len()).sum();
        let read = || -> usize {
            some.iter().filter(|(spec, given, text)| spec.parse(text, given).is_ok()).count()
        };
        assert!(read() > some.len() / 3);
        let time = by_turns(1, &mut [Box::new(read)]);
        let seconds = time.first().unwrap() / 1e6;
        let count = some.len() as f64;
        println!(
            "| {what} | {count} | {bytes} | {:.1} µs | {:.0} | {:.1} |",
            seconds * 1e6 / count,
            count / seconds,
            bytes as f64 / 1e6 / seconds,
        );
    }
}

/// Renders for another program. Its first line is `{"template", "input"}` and answered with the text
/// in JSON; every further line is `render N` or `read N` and answered with the nanoseconds of N calls, of
/// the renderer alone or with the template read each time.
fn turns() {
    let mut lines = std::io::stdin().lock().lines().map(Result::unwrap);
    let asked: Value = serde_json::from_str(&lines.next().unwrap()).unwrap();
    let source = asked.get("template").and_then(Value::as_str).unwrap();
    let input = asked.get("input").unwrap();
    let (helpers, partials) = (Helpers::standard(), Partials::new());
    let renderer = Renderer::new(&helpers, &partials);
    let template = Template::parse(source).unwrap();
    println!("{}", Value::from(renderer.text(&template, input).unwrap()));
    for line in lines {
        let (what, times) = line.split_once(' ').unwrap();
        let begun = Instant::now();
        for _ in 0..times.parse().unwrap() {
            if what == "render" {
                black_box(renderer.text(&template, input).unwrap());
            } else {
                let template = Template::parse(source).unwrap();
                black_box(renderer.text(&template, input).unwrap());
            }
        }
        println!("{}", begun.elapsed().as_nanos());
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // As a test it only has to build.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    if arguments.iter().any(|argument| argument == "--turns") {
        return turns();
    }
    templates();
    budgets();
    answers();
}
