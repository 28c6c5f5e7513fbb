//! Answers that are kept in a file, and forgotten with those whom they are about.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::time::Duration;

use async_trait::async_trait;
use goodwill::llm::{
    AskOptions, Assistant, Budget, CacheKey, CacheRow, CacheWarning, Cached, Call, LlmClient,
    MemoryCache, ResponseCache, Run, RunRecorder, ScriptedClient, Sleeper as _, SqliteCache,
};
use goodwill::{Code, Error, Result, Timestamp, Wait};
use proptest::prelude::*;
use serde_json::json;

use super::{call, request, sleeper, start};

const GOOD: &str = "REPLY:\n\"Hi Ada, we come at nine.\"\n\nNEEDS A PERSON: no";

fn tags(all: &[&str]) -> BTreeSet<String> {
    all.iter().map(|tag| (*tag).to_owned()).collect()
}

fn after(seconds: u64) -> Timestamp {
    start().saturating_add(Duration::from_secs(seconds))
}

fn key(number: u32) -> CacheKey {
    CacheKey::of("openai", &request().with_seed(number), &call(1))
}

fn row(body: &str, stored: u64, expires: u64, about: &[&str]) -> CacheRow {
    let (stored, expires) = (after(stored), after(expires));
    CacheRow { body: body.into(), stored, expires, tags: tags(about) }
}

fn body(cache: &dyn ResponseCache, number: u32) -> Option<String> {
    let row = cache.get(&key(number)).wait().unwrap()?;
    Some(String::from_utf8(row.body).unwrap())
}

/// F166: answers outlive the process, and processes share them.
#[test]
fn a_file_keeps_answers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("answers.db");
    let one = SqliteCache::open(&path, 3).unwrap();
    one.put(&key(1), row("one", 0, 60, &["ada"])).wait().unwrap();
    one.put(&key(1), row("uno", 1, 60, &["ada", "bob"])).wait().unwrap();
    let two = SqliteCache::open(&path, 3).unwrap();
    assert_eq!(body(&two, 1).as_deref(), Some("uno"));
    let found = two.get(&key(1)).wait().unwrap().unwrap();
    assert_eq!((found.stored, found.expires), (after(1), after(60)));
    drop((one, two));
    let again = SqliteCache::open(&path, 3).unwrap();
    assert_eq!(body(&again, 1).as_deref(), Some("uno"));
    // What is too old goes when something new comes, and then what was stored first.
    again.put(&key(2), row("old", 2, 3, &[])).wait().unwrap();
    for number in 3..6 {
        again.put(&key(number), row("new", 4, 99, &[])).wait().unwrap();
    }
    assert_eq!(again.len().unwrap(), 3);
    assert_eq!((body(&again, 1), body(&again, 2)), (None, None));
    assert_eq!(body(&again, 3).as_deref(), Some("new"));
}

/// F166: an erasure leaves nothing behind, not in the file, its log, or the names of whom it is about.
#[test]
fn an_erasure_leaves_nothing_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let cache = SqliteCache::open(folder.path().join("answers.db"), 10).unwrap();
    cache.put(&key(1), row("SECRET-OF-ADA", 0, 60, &["customer-ada", "office"])).wait().unwrap();
    cache.put(&key(2), row("OF-BOB", 0, 60, &["customer-bob"])).wait().unwrap();
    assert_eq!(cache.erase("customer-ada").wait().unwrap(), 1);
    assert_eq!(cache.erase("customer-ada").wait().unwrap(), 0);
    assert_eq!((body(&cache, 1), body(&cache, 2).as_deref()), (None, Some("OF-BOB")));
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for word in ["SECRET-OF-ADA", "customer-ada", "customer-bob"] {
            assert!(!bytes.windows(word.len()).any(|part| part == word.as_bytes()), "{word}");
        }
    }
}

/// Files of others are left as they are; one that is no database is refused.
#[test]
fn foreign_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.db");
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE a (b)").unwrap();
    assert_eq!(SqliteCache::open(&path, 9).unwrap_err().code(), Code::StoreForeign);
    let text = folder.path().join("text.db");
    std::fs::write(&text, "no database, but long enough to be looked at by SQLite".repeat(20))
        .unwrap();
    assert_eq!(SqliteCache::open(&text, 9).unwrap_err().code(), Code::StoreNotADatabase);
    assert!(std::fs::read_to_string(&text).unwrap().starts_with("no database"));
}

/// What happened to a cache, and the runs.
#[derive(Debug, Default)]
struct Told(Mutex<Vec<(String, CacheWarning)>>);

impl RunRecorder for Told {
    fn record(&self, _: Run) {}

    fn warn(&self, feature: &str, warning: CacheWarning) {
        self.0.lock().unwrap().push((feature.to_owned(), warning));
    }
}

#[derive(Debug)]
struct Broken;

#[async_trait]
impl ResponseCache for Broken {
    async fn get(&self, _: &CacheKey) -> Result<Option<CacheRow>> {
        Err(Error::new(Code::StoreFull, "no"))
    }

    async fn put(&self, _: &CacheKey, _: CacheRow) -> Result<()> {
        Err(Error::new(Code::StoreFull, "no"))
    }

    async fn erase(&self, _: &str) -> Result<u64> {
        Err(Error::new(Code::StoreFull, "no"))
    }
}

/// A row that somebody else wrote, and a file that fails, are misses that somebody is told of.
#[test]
fn trouble_with_a_cache_is_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Arc::new(SqliteCache::open(folder.path().join("answers.db"), 10).unwrap());
    let told = Arc::new(Told::default());
    let model = || ScriptedClient::new().says("fresh");
    let ask = |cache: Arc<dyn ResponseCache>| {
        let cached = Cached::new(model(), cache, "openai", sleeper().runtime());
        let cached = cached.warning(Arc::clone(&told) as _);
        cached.complete(&request(), &call(1)).wait().unwrap().text
    };
    let key = CacheKey::of("openai", &request(), &call(1));
    cache.put(&key, row("{\"key\": \"of another\"", 0, 99, &[])).wait().unwrap();
    assert_eq!(ask(Arc::clone(&cache) as _), "fresh");
    assert_eq!(ask(Arc::clone(&cache) as _), "fresh", "from the cache, which was put right");
    let poisoned = ("test".to_owned(), CacheWarning::Poisoned);
    let seen = std::mem::take(&mut *told.0.lock().unwrap());
    assert!(seen.iter().all(|one| *one == poisoned) && !seen.is_empty(), "{seen:?}");
    assert_eq!(ask(Arc::new(Broken)), "fresh");
    let full = ("test".to_owned(), CacheWarning::Failed(Code::StoreFull));
    assert!(told.0.lock().unwrap().iter().all(|one| *one == full));
    assert!(!told.0.lock().unwrap().is_empty());
}

/// F166: with a customer go the kept answers about them, in memory and in a file, and what is asked
/// for meanwhile is not kept either.
#[test]
fn customers_are_forgotten_with_their_answers() {
    let folder = tempfile::tempdir().unwrap();
    let file = SqliteCache::open(folder.path().join("answers.db"), 10).unwrap();
    let caches: [Arc<dyn ResponseCache>; 2] = [Arc::new(MemoryCache::default()), Arc::new(file)];
    for cache in caches {
        let model = Arc::new((0..9).fold(ScriptedClient::new(), |model, _| model.says(GOOD)));
        let assistant = Assistant::new(sleeper().runtime())
            .provider(Arc::clone(&model) as _)
            .cached(Arc::clone(&cache), "office");
        let ask = |tag: &str, name: &str| {
            let input = json!({
                "customer": {"name": name}, "job": {"description": "Boiler", "status": "scheduled"},
                "messages": [{
                    "createdAt": "2026-03-01T07:00:00Z", "author": "customer", "text": "When?",
                }],
            });
            let options = AskOptions { tags: tags(&[tag]), ..AskOptions::default() };
            assistant.ask("message_reply", &input, &options).wait().unwrap().cached
        };
        assert!(!ask("ada", "Ada") && !ask("bob", "Ada of Bob"));
        assert!(ask("ada", "Ada") && ask("bob", "Ada of Bob"));
        assert_eq!(assistant.forget(&tags(&["ada", "other"])).wait().unwrap(), 1);
        assert!(!ask("ada", "Ada"), "it is asked for again");
        assert!(ask("bob", "Ada of Bob"), "the others stay");

        // An erasure while an answer is under way.
        let cached = Cached::new(Slow::default(), Arc::clone(&cache), "x", sleeper().runtime());
        let (request, call) = (request(), Call::new("slow", Budget::attempts(1)).tagged("ada"));
        let mut waits = Box::pin(cached.complete(&request, &call));
        let context = &mut Context::from_waker(Waker::noop());
        assert!(waits.as_mut().poll(context).is_pending());
        cached.eraser().erase(&tags(&["ada"])).wait().unwrap();
        assert!(waits.as_mut().poll(context).is_ready());
        assert_eq!(cache.get(&CacheKey::of("x", &request, &call)).wait().unwrap(), None);
    }
    let failing = Assistant::new(sleeper().runtime())
        .provider(Arc::new(ScriptedClient::new()))
        .cached(Arc::new(Broken), "office");
    let failed = failing.forget(&tags(&["ada"])).wait().unwrap_err();
    assert_eq!(failed.code(), Code::StoreFull, "an erasure that failed says so");
}

/// A model that answers when it is looked at for the second time.
#[derive(Debug, Default)]
struct Slow(Mutex<bool>);

#[async_trait]
impl LlmClient for Slow {
    fn capabilities(&self) -> goodwill::llm::Capabilities {
        goodwill::llm::Capabilities::default()
    }

    async fn complete(
        &self,
        _: &goodwill::llm::LlmRequest,
        _: &Call,
    ) -> std::result::Result<goodwill::llm::LlmResponse, goodwill::llm::LlmError> {
        std::future::poll_fn(|_| {
            if std::mem::replace(&mut *self.0.lock().unwrap(), true) {
                std::task::Poll::Ready(())
            } else {
                std::task::Poll::Pending
            }
        })
        .await;
        Ok(ScriptedClient::response("late"))
    }
}

/// Prompts have times of their own.
#[test]
fn answers_are_kept_as_long_as_the_prompt_says() {
    let sleeper = sleeper();
    let model = Arc::new(ScriptedClient::new().says(GOOD).says(GOOD));
    let assistant = Assistant::new(sleeper.runtime())
        .provider(Arc::clone(&model) as _)
        .cached(Arc::new(MemoryCache::default()), "office")
        .keeping("message_reply", Duration::from_secs(10));
    let input = json!({"customer": {"name": "Ada"}});
    let mut options = AskOptions::default();
    options.render.mode = goodwill::prompts::files::Mode::Compatible;
    let ask = || assistant.ask("message_reply", &input, &options).wait().unwrap().cached;
    assert!(!ask() && ask());
    sleeper.sleep(Duration::from_secs(10)).wait();
    assert!(!ask(), "it is too old");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// A file and the memory keep the same answers, whatever is put, asked for and erased.
    #[test]
    fn a_file_is_as_good_as_memory(
        steps in prop::collection::vec((0_u32..6, 0_u8..3, prop::collection::btree_set("[a-c]", 0..3)), 1..40),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let file = SqliteCache::open(folder.path().join("answers.db"), 1_000).unwrap();
        let memory = MemoryCache::default();
        for (at, (number, step, about)) in steps.into_iter().enumerate() {
            match step {
                0 => for tag in &about {
                    prop_assert_eq!(file.erase(tag).wait().unwrap(), memory.erase(tag).wait().unwrap());
                },
                _ => {
                    let about: Vec<&str> = about.iter().map(String::as_str).collect();
                    let row = row(&format!("answer {at}"), at as u64, 9_999, &about);
                    file.put(&key(number), row.clone()).wait().unwrap();
                    memory.put(&key(number), row).wait().unwrap();
                }
            }
            for number in 0..6 {
                prop_assert_eq!(body(&file, number), body(&memory, number));
            }
        }
    }
}
