//! What is sent, what comes back, and what failures mean.

use std::time::Duration;

use goodwill::Code;
use goodwill::llm::{
    Capabilities, Endpoint, Finish, Headers, LlmErrorKind, LlmRequest, Protocol, ResponseFormat,
    Secret, Usage, decode, encode, retry_after,
};
use goodwill::prompts::messages::{Media, Message, Part, Role};
use serde_json::{Value, json};

use super::{request, start};

fn endpoint(protocol: Protocol) -> Endpoint {
    Endpoint::new(protocol, "https://models.test/v1/").unwrap().with_key(Secret::new(" k-1\n"))
}

fn full() -> LlmRequest {
    let schema = json!({"type": "object"});
    let mut request = request().with_temperature(1.5).with_seed(7).with_max_output_tokens(50);
    request.stop = vec!["END".into()];
    request.metadata.insert("ticket".into(), "T-1".into());
    request.with_response(ResponseFormat::JsonSchema { name: "card".into(), schema })
}

/// F159, F162, F565: one request, three protocols.
#[test]
fn requests_are_what_the_providers_document() {
    let sent = |protocol| {
        let post = encode(&full(), &endpoint(protocol), true).unwrap();
        let headers: Vec<String> = post
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {}", value.reveal()))
            .collect();
        let body: Value = serde_json::from_slice(&post.body).unwrap();
        (post.url, headers.join("\n"), body)
    };
    let messages = json!([
        {"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}
    ]);
    let (url, headers, body) = sent(Protocol::OpenAi);
    assert_eq!(url, "https://models.test/v1/chat/completions");
    assert_eq!(headers, "content-type: application/json\nauthorization: Bearer k-1");
    assert_eq!(
        body,
        json!({
            "model": "small", "messages": messages, "temperature": 1.5, "seed": 7,
            "max_tokens": 50, "stop": ["END"], "stream": true,
            "stream_options": {"include_usage": true},
            "response_format": {"type": "json_schema", "json_schema": {
                "name": "card", "schema": {"type": "object"}, "strict": true,
            }},
        })
    );
    let (url, headers, body) = sent(Protocol::Anthropic);
    assert_eq!(url, "https://models.test/v1/messages");
    assert!(headers.ends_with("x-api-key: k-1\nanthropic-version: 2023-06-01"));
    assert_eq!(
        body,
        json!({
            "model": "small", "system": "Be brief.", "max_tokens": 50, "temperature": 1.0,
            "messages": [{"role": "user", "content": "Hello"}],
            "stop_sequences": ["END"], "stream": true,
            "output_config": {"format": {"type": "json_schema", "schema": {"type": "object"}}},
        })
    );
    let (url, _, body) = sent(Protocol::Ollama);
    assert_eq!(url, "https://models.test/api/chat");
    assert_eq!(
        body,
        json!({
            "model": "small", "messages": messages, "stream": true, "format": {"type": "object"},
            "options": {"temperature": 1.5, "seed": 7, "num_predict": 50, "stop": ["END"]},
        })
    );
}

fn shown(url: &str, content_type: Option<&str>) -> LlmRequest {
    let media = Media { url: url.into(), content_type: content_type.map(str::to_owned) };
    let content = vec![Part::Text { text: "What is this?".into() }, Part::Media { media }];
    let said = vec![Message { role: Role::User, content }, Message::model("A pump.")];
    LlmRequest::new("m", [said, vec![Message::user("Sure?")]].concat())
}

/// Pictures and files go as each protocol carries them; what it cannot carry is not sent.
#[test]
fn pictures_go_as_each_protocol_carries_them() {
    let sent = |request: &LlmRequest, protocol| {
        let post = encode(request, &endpoint(protocol), false)?;
        let body: Value = serde_json::from_slice(&post.body).unwrap();
        Ok::<Value, goodwill::llm::LlmError>(body["messages"].clone())
    };
    let inside = shown("data:image/png;base64,AAAA", None);
    let text = json!({"type": "text", "text": "What is this?"});
    let rest = [
        json!({"role": "assistant", "content": "A pump."}),
        json!({"role": "user", "content": "Sure?"}),
    ];
    let openai = json!({"role": "user", "content": [
        text, {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
    ]});
    assert_eq!(sent(&inside, Protocol::OpenAi).unwrap(), json!([openai, rest[0], rest[1]]));
    let source = json!({"type": "base64", "media_type": "image/png", "data": "AAAA"});
    let anthropic = json!({"role": "user", "content": [text, {"type": "image", "source": source}]});
    assert_eq!(sent(&inside, Protocol::Anthropic).unwrap(), json!([anthropic, rest[0], rest[1]]));
    let ollama = json!({"role": "user", "content": "What is this?", "images": ["AAAA"]});
    assert_eq!(sent(&inside, Protocol::Ollama).unwrap(), json!([ollama, rest[0], rest[1]]));

    let away = shown("https://photos.test/1.jpg", Some("image/jpeg"));
    let part =
        |request: &LlmRequest, protocol| sent(request, protocol).unwrap()[0]["content"][1].clone();
    assert_eq!(part(&away, Protocol::OpenAi)["image_url"]["url"], "https://photos.test/1.jpg");
    let source = json!({"type": "url", "url": "https://photos.test/1.jpg"});
    assert_eq!(part(&away, Protocol::Anthropic), json!({"type": "image", "source": source}));
    let paper = shown("data:application/pdf;base64,AAAA", None);
    assert_eq!(part(&paper, Protocol::Anthropic)["type"], "document");

    let sound = shown("data:audio/wav;base64,AAAA", None);
    let local = shown("file:///etc/passwd", Some("image/png"));
    let refused = [
        (&away, Protocol::Ollama),
        (&paper, Protocol::OpenAi),
        (&paper, Protocol::Ollama),
        (&sound, Protocol::Anthropic),
        (&sound, Protocol::OpenAi),
        (&local, Protocol::OpenAi),
        (&local, Protocol::Anthropic),
        (&local, Protocol::Ollama),
    ];
    for (request, protocol) in refused {
        let error = sent(request, protocol).unwrap_err();
        assert_eq!(error.kind(), LlmErrorKind::InvalidRequest);
        assert!(!format!("{error:?} {request:?}").contains("AAAA"));
    }
    let mut instructions = shown("data:image/png;base64,AAAA", None);
    instructions.messages[0].role = Role::System;
    assert!(sent(&instructions, Protocol::Anthropic).is_err());
}

/// What a service cannot be asked for is asked for in the nearest way.
#[test]
fn forms_come_down_to_what_a_service_can() {
    let form = |wanted: ResponseFormat, capabilities| {
        let endpoint = endpoint(Protocol::OpenAi).with_capabilities(capabilities);
        let post = encode(&request().with_response(wanted), &endpoint, false).unwrap();
        let body: Value = serde_json::from_slice(&post.body).unwrap();
        (body["response_format"]["type"].clone(), body["grammar"].clone())
    };
    let schema = || ResponseFormat::JsonSchema { name: "a".into(), schema: json!({}) };
    let json_only = Capabilities { json_mode: true, ..Capabilities::default() };
    assert_eq!(form(schema(), json_only).0, "json_object");
    assert_eq!(form(schema(), Capabilities::default()).0, Value::Null);
    let grammar = || ResponseFormat::Grammar("root ::= \"a\"".into());
    assert_eq!(form(grammar(), json_only).1, Value::Null);
    let grammars = Capabilities { grammar: true, ..json_only };
    assert_eq!(form(grammar(), grammars).1, "root ::= \"a\"");
}

#[test]
fn requests_that_nobody_would_take_are_not_sent() {
    let wrong = [
        LlmRequest::new("", vec![Message::user("a")]),
        LlmRequest::new("m", vec![]),
        LlmRequest::new("m", vec![Message::system("only rules")]),
        request().with_temperature(f64::NAN),
        request().with_temperature(2.1),
        request().with_max_output_tokens(0),
        request()
            .with_response(ResponseFormat::JsonSchema { name: "a b".into(), schema: json!({}) }),
    ];
    for request in wrong {
        let error = encode(&request, &endpoint(Protocol::OpenAi), false).unwrap_err();
        assert_eq!(error.kind(), LlmErrorKind::InvalidRequest, "{request:?}");
    }
}

#[test]
fn answers_are_read() {
    let answer = |protocol, body: Value| {
        let body = body.to_string();
        decode(&endpoint(protocol), 200, &Headers::default(), body.as_bytes(), start())
    };
    let openai = answer(
        Protocol::OpenAi,
        json!({
            "model": "small-2", "error": null,
            "choices": [{"message": {"content": "Hi", "refusal": null}, "finish_reason": "length"}],
            "usage": {"prompt_tokens": 9, "completion_tokens": 2,
                      "prompt_tokens_details": {"cached_tokens": 4}},
        }),
    )
    .unwrap();
    assert_eq!((openai.text.as_str(), openai.finish), ("Hi", Finish::Length));
    assert_eq!(openai.usage, Usage { input: 9, output: 2, cached: 4 });
    assert_eq!((openai.model.as_str(), openai.provider.as_str()), ("small-2", "openai"));

    let anthropic = answer(
        Protocol::Anthropic,
        json!({
            "model": "c", "stop_reason": "end_turn",
            "content": [{"type": "thinking", "thinking": "?"}, {"type": "text", "text": "Hi"},
                        {"type": "text", "text": " Ada"}],
            "usage": {"input_tokens": 5, "output_tokens": 2, "cache_read_input_tokens": 4,
                      "cache_creation_input_tokens": 3},
        }),
    )
    .unwrap();
    assert_eq!(anthropic.text, "Hi Ada");
    assert_eq!(anthropic.usage, Usage { input: 12, output: 2, cached: 4 });

    let ollama = answer(
        Protocol::Ollama,
        json!({"model": "l", "message": {"content": "Hi"}, "done": true, "done_reason": "stop",
               "prompt_eval_count": 3, "eval_count": 1}),
    )
    .unwrap();
    assert_eq!((ollama.text.as_str(), ollama.usage.total()), ("Hi", 4));

    for (protocol, refusal) in [
        (Protocol::OpenAi, json!({"choices": [{"message": {"content": null, "refusal": "No"}}]})),
        (
            Protocol::OpenAi,
            json!({"choices": [{"message": {"content": ""}, "finish_reason": "content_filter"}]}),
        ),
        (Protocol::Anthropic, json!({"content": [], "stop_reason": "refusal"})),
    ] {
        assert_eq!(answer(protocol, refusal).unwrap_err().kind(), LlmErrorKind::Refused);
    }
}

/// F161, F567: what a failure means decides whether the same may be sent again. No word of a
/// service reaches an error, since services repeat what they were sent.
#[test]
fn failures_mean_what_can_be_done_about_them() {
    use LlmErrorKind::*;
    let cases = [
        (401, "{}", Authentication, false),
        (403, "{}", Authentication, false),
        (402, "{}", BudgetExhausted, false),
        (429, r#"{"error":{"message":"slow down, Ada"}}"#, RateLimited, true),
        (429, r#"{"error":{"code":"insufficient_quota"}}"#, BudgetExhausted, false),
        (400, r#"{"error":{"message":"bad, Ada"}}"#, InvalidRequest, false),
        (400, r#"{"error":{"code":"context_length_exceeded"}}"#, ContextTooLong, false),
        (400, r#"{"error":{"type":"exceed_context_size_error"}}"#, ContextTooLong, false),
        (400, r#"{"error":{"message":"prompt is too long: 9 > 8"}}"#, ContextTooLong, false),
        (400, r#"{"error":{"code":"content_policy_violation"}}"#, Refused, false),
        (404, "no page", InvalidRequest, false),
        (413, "", ContextTooLong, false),
        (422, "{}", InvalidRequest, false),
        (301, "", InvalidRequest, false),
        (501, "", InvalidRequest, false),
        (408, "", Transport, true),
        (409, "", Transport, true),
        (425, "", Transport, true),
        (500, "<html>", Transport, true),
        (529, r#"{"error":{"type":"overloaded_error"}}"#, Transport, true),
        (
            500,
            r#"{"error":{"code":500,"message":"The model produced output that does not match the expected peg-native format"}}"#,
            Semantic,
            false,
        ),
    ];
    for (status, body, kind, retryable) in cases {
        let endpoint = endpoint(Protocol::OpenAi);
        let error = decode(&endpoint, status, &Headers::default(), body.as_bytes(), start());
        let error = error.unwrap_err();
        assert_eq!((error.kind(), error.retryable()), (kind, retryable), "{status} {body}");
        assert_eq!(error.status(), Some(status));
        assert!(!format!("{error} {error:?}").contains("Ada"));
        let common = goodwill::Error::from(error);
        assert_eq!(common.code(), kind.code());
        assert_eq!(common.details()["status"], status);
    }
    assert_eq!(Code::LlmRateLimited.as_str(), "llm.rate_limited");
}

/// F567: every way in which services say how long to wait.
#[test]
fn waits_are_understood_in_every_form() {
    let wait = |pairs: &[(&str, &str)]| {
        retry_after(&Headers::from_iter(pairs.iter().copied()), start())
            .map(|wait| wait.as_millis())
    };
    assert_eq!(wait(&[("Retry-After", "3")]), Some(3_000));
    assert_eq!(wait(&[("retry-after", "0.5")]), Some(500));
    assert_eq!(wait(&[("retry-after-ms", "1250"), ("retry-after", "9")]), Some(1_250));
    assert_eq!(wait(&[("retry-after", "Sun, 01 Mar 2026 08:00:07 GMT")]), Some(7_000));
    assert_eq!(wait(&[("retry-after", "Sunday, 01-Mar-26 08:00:07 GMT")]), Some(7_000));
    assert_eq!(wait(&[("retry-after", "Sun Mar  1 08:00:07 2026")]), Some(7_000));
    assert_eq!(wait(&[("retry-after", "Sun, 01 Mar 2026 07:00:00 GMT")]), Some(0), "in the past");
    assert_eq!(wait(&[("x-ratelimit-reset-requests", "1m2.5s")]), Some(62_500));
    assert_eq!(wait(&[("x-ratelimit-reset-tokens", "20ms")]), Some(20));
    // Only what is used up has to be waited for.
    let both = [
        ("x-ratelimit-remaining-requests", "40"),
        ("x-ratelimit-reset-requests", "10m"),
        ("x-ratelimit-remaining-tokens", "0"),
        ("x-ratelimit-reset-tokens", "6s"),
    ];
    assert_eq!(wait(&both), Some(6_000));
    let anthropic = [("anthropic-ratelimit-tokens-reset", "2026-03-01T08:00:30Z")];
    assert_eq!(wait(&anthropic), Some(30_000));
    for nonsense in ["", "soon", "-1", "NaN", "inf", "1x", "m", "5m5"] {
        assert_eq!(wait(&[("retry-after", nonsense)]), None, "{nonsense}");
        assert_eq!(wait(&[("x-ratelimit-reset-tokens", nonsense)]), None, "{nonsense}");
    }
    // Nobody is believed who asks for more than a day.
    let day = Duration::from_secs(86_400).as_millis();
    assert_eq!(wait(&[("retry-after", "1e9")]), Some(day));
}

/// F160, F566: address and key come from the environment.
#[test]
fn endpoints_come_from_variables() {
    let read = |name: &str| {
        let value = match name {
            "GOODWILL_LLM_PROTOCOL" => "anthropic",
            "GOODWILL_LLM_URL" => "https://models.test",
            "GOODWILL_LLM_KEY" => "k-9\n",
            _ => return None,
        };
        Some(value.to_owned())
    };
    let endpoint = Endpoint::from_variables(read).unwrap();
    assert_eq!(endpoint.protocol, Protocol::Anthropic);
    let post = encode(&request(), &endpoint, false).unwrap();
    assert!(post.headers.iter().any(|(_, value)| value.reveal() == "k-9"));
    for address in
        ["", "models.test", "https://", "https://u:k@models.test", "http://a b", "http://a?k=1"]
    {
        let read = |name: &str| (name == "GOODWILL_LLM_URL").then(|| address.to_owned());
        assert!(Endpoint::from_variables(read).is_err(), "{address}");
    }
}
