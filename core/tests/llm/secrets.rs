//! Nothing that is printed has a key or a word of a customer in it.

use std::sync::Arc;

use goodwill::Wait;
use goodwill::llm::{
    CacheKey, CacheRow, Endpoint, Fallback, Flaw, Headers, HttpRequest, LlmClient, LlmEvent,
    LlmRequest, Protocol, ResponseFormat, ScriptedClient, Secret, decode, encode,
};
use goodwill::prompts::messages::Message;
use serde_json::json;

use super::{call, start};

const KEY: &str = "sk-very-secret";
const WORDS: &str = "Ada Löve +44 20 7946 0000";

/// F160: everything that has a key or what a customer wrote in it, printed.
#[test]
fn debug_shows_neither_keys_nor_customers() {
    let endpoint = Endpoint::new(Protocol::OpenAi, "https://models.test").unwrap();
    let endpoint = endpoint.with_key(Secret::new(KEY));
    let mut request = LlmRequest::new("small", vec![Message::user(WORDS)])
        .with_response(ResponseFormat::Grammar(WORDS.into()));
    request.metadata.insert("who".into(), WORDS.into());
    request.stop = vec![WORDS.into()];
    let post: HttpRequest = encode(&request, &endpoint, false).unwrap();
    let call = call(1)
        .tagged(WORDS)
        .with_input(json!({"customer": {"name": WORDS}}))
        .checked(|_: &str| Err(Flaw::new(WORDS)));
    let response = ScriptedClient::response(WORDS);
    let row = CacheRow {
        body: serde_json::to_vec(&response).unwrap(),
        stored: start(),
        expires: start(),
        tags: [WORDS.to_owned()].into(),
    };
    let script = ScriptedClient::new().says(WORDS).says(WORDS);
    script.complete(&request, &call).wait().unwrap();
    let echo = json!({"error": {"message": format!("{KEY} {WORDS}")}}).to_string();
    let headers = Headers::from_iter([("x-echo", KEY)]);
    let error = decode(&endpoint, 400, &headers, echo.as_bytes(), start()).unwrap_err();
    let printed = [
        format!("{endpoint:?}"),
        format!("{request:?}"),
        format!("{post:?}"),
        format!("{:?}", post.headers),
        format!("{headers:?}"),
        format!("{call:?}"),
        format!("{response:?}"),
        format!("{:?} {:?}", LlmEvent::Text(WORDS.into()), LlmEvent::Done(response)),
        format!("{:?}", Flaw::new(WORDS)),
        format!("{row:?} {:?}", CacheKey::of("openai", &request, &call)),
        format!("{:?}", Fallback::new(vec![Arc::new(script)])),
        format!("{error} {error:?}"),
        format!("{:?}", goodwill::Error::from(error)),
    ];
    for text in printed {
        for secret in [KEY, "Ada", "7946"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}
