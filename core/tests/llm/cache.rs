//! Answers that were given before.

use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use async_trait::async_trait;
use goodwill::llm::{
    CacheKey, CacheRow, Cached, Call, Capabilities, Finish, Flaw, LlmClient, LlmError,
    LlmErrorKind, LlmRequest, LlmResponse, ManualSleeper, MemoryCache, Origin, ResponseCache,
    ResponseFormat, Rules, ScriptedClient, Sleeper, Usage,
};
use goodwill::prompts::messages::Message;
use goodwill::{Code, Error, TenantId, Wait};
use serde_json::json;

use super::{call, request, sleeper, start};

struct Setting {
    sleeper: Arc<ManualSleeper>,
    model: Arc<ScriptedClient>,
    cache: Arc<MemoryCache>,
    client: Cached<Arc<ScriptedClient>>,
}

fn setting(model: ScriptedClient) -> Setting {
    let sleeper = sleeper();
    let (model, cache) = (Arc::new(model), Arc::new(MemoryCache::default()));
    let client =
        Cached::new(Arc::clone(&model), Arc::clone(&cache) as _, "openai", sleeper.runtime())
            .keeping("short", Duration::from_secs(10))
            .keeping("never", Duration::ZERO);
    Setting { sleeper, model, cache, client }
}

impl Setting {
    fn ask(&self, call: &Call) -> LlmResponse {
        self.client.complete(&request(), call).wait().unwrap()
    }

    fn pass(&self, seconds: u64) {
        self.sleeper.sleep(Duration::from_secs(seconds)).wait();
    }
}

fn three() -> ScriptedClient {
    ScriptedClient::new().says("one").says("two").says("three")
}

/// F166, F569: the same call is answered from the cache until it is too old.
#[test]
fn answers_are_kept_for_their_time() {
    let setting = setting(three());
    let short = Call::new("short", goodwill::llm::Budget::attempts(1));
    assert_eq!(setting.ask(&short).origin, Origin::Model);
    setting.pass(9);
    let found = setting.ask(&short);
    assert_eq!((found.text.as_str(), found.origin), ("one", Origin::Cache { age: 9_000 }));
    assert_eq!(found.usage, Usage::default(), "it costs nothing");
    setting.pass(1);
    assert_eq!(setting.ask(&short).text, "two");
    assert_eq!(setting.ask(&short.clone().refreshed()).text, "three");
    assert_eq!(setting.ask(&short).text, "three", "a refreshed answer replaces the old one");
    assert_eq!(setting.model.requests().len(), 3);
    let streamed = setting.client.stream(&request(), &short).wait().unwrap().next().wait();
    assert_eq!(streamed, Ok(Some(goodwill::llm::LlmEvent::Text("three".into()))));
}

#[test]
fn only_whole_answers_of_models_that_pass_are_kept() {
    let cut = LlmResponse { finish: Finish::Length, ..ScriptedClient::response("cut") };
    let model = ScriptedClient::new().answers(cut).says("flawed").says("never kept");
    let setting = setting(model);
    setting.ask(&call(1));
    let strict = call(1).checked(|text: &str| match text {
        "good" => Ok(()),
        _ => Err(Flaw::new("no")),
    });
    setting.ask(&strict);
    setting.ask(&Call::new("never", goodwill::llm::Budget::attempts(1)));
    assert!(setting.cache.is_empty());
    let rules = Cached::new(Rules, Arc::clone(&setting.cache) as _, "", setting.sleeper.runtime());
    let call = call(1).for_prompt("message_reply", "").with_input(json!({}));
    rules.complete(&request(), &call).wait().unwrap();
    assert!(setting.cache.is_empty(), "rules are faster than a cache");
}

/// Everything that an answer depends on makes another key, the tenant included.
#[test]
fn keys_differ_where_calls_do() {
    let (request, call) = (request(), call(1));
    let mut stop = request.clone();
    stop.stop.push("END".into());
    let mut said = request.clone();
    said.messages.push(Message::user("More"));
    let mut host = request.clone();
    host.metadata.insert("ticket".into(), "7".into());
    let form = |form| request.clone().with_response(form);
    let schema = |name: &str| ResponseFormat::JsonSchema { name: name.into(), schema: json!({}) };
    let of = |request: &LlmRequest| CacheKey::of("openai", request, &call);
    let other = TenantId::from_uuid("0195a5f0-4c00-7000-8000-000000000001".parse().unwrap());
    let keys = [
        of(&request),
        of(&stop),
        of(&said),
        of(&request.clone().with_temperature(0.0)),
        of(&request.clone().with_temperature(0.1)),
        of(&request.clone().with_seed(1)),
        of(&request.clone().with_max_output_tokens(1)),
        of(&LlmRequest { model: "large".into(), ..request.clone() }),
        of(&form(ResponseFormat::JsonMode)),
        of(&form(schema("a"))),
        of(&form(schema("b"))),
        CacheKey::of("groq", &request, &call),
        CacheKey::of("openai", &request, &call.clone().for_tenant(other)),
        CacheKey::of("openai", &request, &call.clone().for_prompt("test", "v2")),
        CacheKey::of("openai", &request, &call.clone().for_prompt("other", "")),
    ];
    let distinct: std::collections::BTreeSet<_> = keys.iter().collect();
    assert_eq!(distinct.len(), keys.len());
    assert_eq!(of(&host), of(&request), "what is not sent changes no answer");
    assert_eq!(of(&request).as_str().len(), 64);
}

/// A row that somebody else wrote, or half wrote, is as if it were not there.
#[test]
fn poisoned_rows_are_misses() {
    let good = serde_json::to_value(ScriptedClient::response("poison")).unwrap();
    let key = CacheKey::of("openai", &request(), &call(1));
    for body in [
        Vec::new(),
        b"\xff\xfe".to_vec(),
        b"{}".to_vec(),
        json!({"key": "another", "response": good}).to_string().into_bytes(),
        json!({"key": key.as_str(), "response": {"text": 7}}).to_string().into_bytes(),
    ] {
        let setting = setting(three());
        let expires = start().saturating_add(Duration::from_secs(60));
        let row = CacheRow { body, stored: start(), expires, tags: Default::default() };
        setting.cache.put(&key, row).wait().unwrap();
        assert_eq!(setting.ask(&call(1)).text, "one");
        assert_eq!(setting.ask(&call(1)).text, "one", "the row was replaced");
    }
}

/// A cache that fails costs a call and no answer.
#[test]
fn a_cache_that_fails_is_no_cache() {
    #[derive(Debug)]
    struct Down;

    #[async_trait]
    impl ResponseCache for Down {
        async fn get(&self, _: &CacheKey) -> goodwill::Result<Option<CacheRow>> {
            Err(Error::new(Code::StoreUnavailable, "down"))
        }
        async fn put(&self, _: &CacheKey, _: CacheRow) -> goodwill::Result<()> {
            Err(Error::new(Code::StoreUnavailable, "down"))
        }
        async fn erase(&self, _: &str) -> goodwill::Result<u64> {
            Err(Error::new(Code::StoreUnavailable, "down"))
        }
    }

    let client = Cached::new(three(), Arc::new(Down), "openai", sleeper().runtime());
    assert_eq!(client.complete(&request(), &call(1)).wait().unwrap().text, "one");
    assert_eq!(client.complete(&request(), &call(1)).wait().unwrap().text, "two");
}

/// Erasing a customer erases what was said about them, and nothing else.
#[test]
fn customers_are_erased() {
    let setting = setting(three());
    let of = |name: &str, tags: [&str; 2]| {
        tags.into_iter().fold(call(1).for_prompt(name, ""), Call::tagged)
    };
    setting.ask(&of("a", ["ada", "bob"]));
    setting.ask(&of("b", ["bob", "eve"]));
    assert_eq!(setting.cache.erase("ada").wait().unwrap(), 1);
    assert_eq!(setting.cache.erase("ada").wait().unwrap(), 0);
    assert!(setting.ask(&of("b", ["bob", "eve"])).cached());
    assert!(!setting.ask(&of("a", ["ada", "bob"])).cached());
}

/// The memory has bounds, and what was used last stays.
#[test]
fn the_memory_is_bounded() {
    let cache = MemoryCache::new(3, 100);
    let key = |name: &str| CacheKey::of(name, &request(), &call(1));
    let row = |bytes: usize| CacheRow {
        body: vec![b'x'; bytes],
        stored: start(),
        expires: start(),
        tags: Default::default(),
    };
    let has = |name: &str| cache.get(&key(name)).wait().unwrap().is_some();
    for name in ["a", "b", "c"] {
        cache.put(&key(name), row(10)).wait().unwrap();
    }
    assert!(has("a"));
    cache.put(&key("d"), row(10)).wait().unwrap();
    assert_eq!((has("a"), has("b"), has("c"), has("d")), (true, false, true, true));
    cache.put(&key("e"), row(85)).wait().unwrap();
    assert_eq!((has("a"), has("c"), has("d"), has("e")), (false, false, true, true));
    cache.put(&key("f"), row(101)).wait().unwrap();
    assert!(!has("f") && has("e"), "what does not fit displaces nothing");
}

/// A model that answers when it is told to.
#[derive(Debug, Default)]
struct Slow {
    asked: std::sync::Mutex<u32>,
    answer: std::sync::Mutex<Option<Result<LlmResponse, LlmError>>>,
}

#[async_trait]
impl LlmClient for Slow {
    fn capabilities(&self) -> Capabilities {
        Capabilities::default()
    }

    async fn complete(&self, _: &LlmRequest, _: &Call) -> Result<LlmResponse, LlmError> {
        *self.asked.lock().unwrap() += 1;
        std::future::poll_fn(|_| match self.answer.lock().unwrap().clone() {
            Some(answer) => Poll::Ready(answer),
            None => Poll::Pending,
        })
        .await
    }
}

/// Who asks the same at the same time gets the same answer, or the same error, of one call. When
/// the one who asks gives up, another asks.
#[test]
fn the_same_is_asked_only_once() {
    type Asking<'a> =
        std::pin::Pin<Box<dyn Future<Output = Result<LlmResponse, LlmError>> + Send + 'a>>;
    fn poll(asking: &mut Asking<'_>) -> Option<Result<LlmResponse, LlmError>> {
        match asking.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => Some(result),
            Poll::Pending => None,
        }
    }
    for answer in [
        Ok(ScriptedClient::response("once")),
        Err(LlmError::new(LlmErrorKind::Transport, "a test")),
    ] {
        let model = Arc::new(Slow::default());
        let cache = Arc::new(MemoryCache::default());
        let client = Cached::new(Arc::clone(&model), cache, "openai", sleeper().runtime());
        let (request, call) = (request(), call(1));
        let mut all: Vec<_> = (0..5).map(|_| client.complete(&request, &call)).collect();
        all.iter_mut().for_each(|asking| assert!(poll(asking).is_none()));
        assert_eq!(*model.asked.lock().unwrap(), 1);
        drop(all.remove(0));
        all.iter_mut().for_each(|asking| assert!(poll(asking).is_none()));
        assert_eq!(*model.asked.lock().unwrap(), 2, "one of the others asks in its place");
        *model.answer.lock().unwrap() = Some(answer.clone());
        for asking in &mut all {
            let result = poll(asking).unwrap();
            assert_eq!(result.map(|found| found.text), answer.clone().map(|found| found.text));
        }
        assert_eq!(*model.asked.lock().unwrap(), 2);
    }
}
