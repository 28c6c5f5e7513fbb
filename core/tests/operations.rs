//! The operation table as hosts call it.
#![cfg(test)]

use goodwill::ops::{self, Host};
use serde_json::{Value, json};

const OPTIONS: &str = r#"{"keys": [{"id": "k1", "secret": "0101010101010101010101010101010101010101010101010101010101010101"}],
    "reproducible": {"seed": 7, "now": "2026-03-01T09:00:00Z"}}"#;

fn host() -> Host {
    ops::open(OPTIONS).unwrap()
}

fn call(host: &Host, operation: &str, request: &Value) -> Value {
    serde_json::from_str(&ops::call(host, operation, &request.to_string())).unwrap()
}

fn admin(input: Value) -> Value {
    json!({ "session": { "side": "desk", "role": "admin", "party": "root" }, "input": input })
}

fn furnished() -> Host {
    let host = host();
    let order = json!({ "subject": { "kind": "order", "key": "ORD-1", "customer": "ada" } });
    assert!(call(&host, "subject.put", &admin(order))["ok"].is_string());
    host
}

fn code(answer: &Value) -> (&str, &str) {
    let error = &answer["error"];
    (error["code"].as_str().unwrap_or("none"), error["details"]["field"].as_str().unwrap_or(""))
}

/// Makes the calls of a file of vectors and compares the answers; with `GOODWILL_WRITE_VECTORS=1` it
/// writes them instead, and then a person reads them.
fn hold(name: &str, answer: impl Fn(&Value, &Value) -> String) {
    let path = format!("{}/../tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap();
    let mut vectors: Value = serde_json::from_str(&text).unwrap();
    let write = std::env::var_os("GOODWILL_WRITE_VECTORS").is_some();
    let open = vectors["open"].clone();
    for step in vectors["calls"].as_array_mut().unwrap() {
        let answer = answer(&open, step);
        if write {
            step["answer"] = answer.into();
        } else {
            assert_eq!(step["answer"].as_str(), Some(answer.as_str()), "{step}");
        }
    }
    if write {
        std::fs::write(path, serde_json::to_string_pretty(&vectors).unwrap() + "\n").unwrap();
    }
}

fn text<'a>(step: &'a Value, field: &str) -> &'a str {
    step[field].as_str().unwrap()
}

/// Every language makes these calls in this order and must get these answers, byte for byte.
#[test]
fn the_vectors_hold() {
    let host = std::cell::OnceCell::new();
    hold("calls.json", |open, step| {
        let host = host.get_or_init(|| ops::open(&open.to_string()).unwrap());
        ops::call(host, text(step, "operation"), text(step, "request"))
    });
}

/// What is written about customers without a model is the same in every language.
#[test]
fn the_vectors_of_features_hold() {
    let host = host();
    hold("features.json", |_, step| {
        ops::call(&host, text(step, "operation"), text(step, "request"))
    });
}

/// Every language makes these calls too: they need no engine.
#[test]
fn the_vectors_of_functions_hold() {
    hold("functions.json", |_, step| ops::compute(text(step, "function"), text(step, "input")));
}

#[test]
fn what_is_wrong_is_said_by_its_path() {
    let host = furnished();
    let post = |message: Value| {
        call(
            &host,
            "message.post",
            &admin(json!({ "target": { "order": "ORD-1" }, "message": message })),
        )
    };
    for (message, expected) in [
        (json!({ "text": "" }), ("input.empty", "text")),
        (json!({ "text": "a\u{0}b" }), ("input.nul", "text")),
        (json!({ "text": 7 }), ("input.invalid", "message.text")),
        (json!({ "text": "hi", "topic": "nope" }), ("input.unknown_value", "message.topic")),
        (json!({ "text": "hi", "replyTo": "x" }), ("input.malformed_id", "message.replyTo")),
        (json!({ "text": "hi", "colour": "red" }), ("input.invalid", "message.colour")),
        (
            json!({ "text": "hi", "occurredAt": "today" }),
            ("input.malformed_time", "message.occurredAt"),
        ),
        (json!({ "text": "hi", "claimedRole": "supplier" }), ("access.role_claim", "role")),
    ] {
        assert_eq!(code(&post(message.clone())), expected, "{message}");
    }
    let bare = |operation: &str, request: &str| -> Value {
        serde_json::from_str(&ops::call(&host, operation, request)).unwrap()
    };
    assert_eq!(code(&bare("message.post", "{")), ("input.invalid", "request"));
    assert_eq!(
        code(&bare("message.post", "{\"session\": {\"party\": \"\\ud800\"}}")),
        ("input.invalid", "request")
    );
    assert_eq!(code(&bare("message.post", "{\"input\": {}}")), ("input.invalid", "target"));
    assert_eq!(code(&bare("message.fly", "{}")).0, "operation.unknown");
    assert_eq!(
        code(&call(
            &host,
            "message.get",
            &json!({ "session": { "role": "customer" }, "input": {} })
        ))
        .0,
        "input.invalid"
    );
    let nobody = json!({ "input": { "target": { "order": "ORD-1" } } });
    assert_eq!(code(&call(&host, "message.list", &nobody)), ("input.invalid", "session.role"));
    let desk = json!({ "session": { "side": "desk", "role": "customer", "party": "ada" }, "input": { "target": { "order": "ORD-1" } } });
    assert_eq!(code(&call(&host, "message.list", &desk)).0, "access.denied");
}

/// No error repeats a value that came from outside: it may be personal.
#[test]
fn errors_hold_nothing_personal() {
    let host = furnished();
    for input in [
        json!({ "target": { "order": "ORD-1" }, "message": { "text": ["ada@example.org"] } }),
        json!({ "target": { "order": "ORD-1" }, "message": { "text": "hi", "topic": "ada@example.org" } }),
        json!({ "target": { "order": "ORD-1" }, "message": { "text": "hi", "replyTo": "ada@example.org" } }),
        json!({ "target": { "ada@example.org": "ORD-1" }, "message": { "text": "hi" } }),
        json!({ "target": "ada@example.org", "message": { "text": "hi" } }),
        json!({ "target": { "order": "ORD-1" }, "message": { "ada@example.org": "hi" } }),
    ] {
        let answer = call(&host, "message.post", &admin(input)).to_string();
        assert!(answer.contains("error") && !answer.contains("ada@"), "{answer}");
    }
}

#[test]
fn a_panic_is_an_error_and_ends_nothing_else() {
    let host = furnished();
    let answer = call(&host, "engine.panic", &json!({}));
    assert_eq!(code(&answer).0, "internal");
    assert!(!answer.to_string().contains("asked for"), "{answer}");
    assert!(call(&host, "engine.tick", &json!({}))["ok"].is_object());
    let plain = ops::open(r#"{"keys": [{"id": "k", "secret": "0101010101010101010101010101010101010101010101010101010101010101"}]}"#).unwrap();
    assert_eq!(code(&call(&plain, "engine.panic", &json!({}))).0, "input.invalid");
}

#[test]
fn a_closed_engine_says_so() {
    let host = furnished();
    host.close();
    host.close();
    assert_eq!(code(&call(&host, "engine.tick", &json!({}))).0, "engine.closed");
}

#[test]
fn options_are_checked() {
    for (options, expected) in [
        ("{}", ("input.invalid", "keys")),
        (r#"{"keys": []}"#, ("input.empty", "keys")),
        (r#"{"keys": [{"id": "k", "secret": "zz"}]}"#, ("input.invalid", "keys[0].secret")),
        (r#"{"keys": [{"id": "k", "secret": "01"}]}"#, ("input.invalid", "audit_key")),
        (r#"{"keys": [], "sync": true}"#, ("input.invalid", "sync")),
    ] {
        let envelope = ops::guard(|| ops::open(options)).unwrap_err();
        let answer: Value = serde_json::from_str(&envelope).unwrap();
        assert_eq!(code(&answer), expected, "{options}");
        assert!(!envelope.contains("zz"));
    }
}

/// Hosts with a runtime move calls to other threads.
#[test]
fn calls_can_be_sent_to_other_threads() {
    fn sent<T: Send + 'static>(_: &T) {}
    let host = std::sync::Arc::new(furnished());
    sent(&ops::answer(host, "engine.tick".into(), "{}".into(), ops::Form::Plain));
}

/// An answer is taken part by part through its number; it ends with the checked answer, and a stream
/// that was closed, or never open, gives nothing.
#[test]
fn answers_come_part_by_part() {
    let host = furnished();
    let input = json!({
        "customer": {"name": "Ada"}, "job": {"description": "Boiler", "status": "scheduled"},
        "messages": [{"createdAt": "2026-03-01T07:00:00Z", "author": "customer", "text": "When?"}],
    });
    let asked = json!({ "prompt": "message_reply", "input": input });
    let open = || call(&host, "prompt.open_stream", &admin(asked.clone()))["ok"].clone();
    let next =
        |stream: &Value| call(&host, "prompt.next_part", &admin(json!({ "stream": stream })));
    let stream = open();
    let (mut text, mut kinds) = (String::new(), Vec::new());
    let answer = loop {
        let part = next(&stream)["ok"].clone();
        kinds.push(part["kind"].as_str().unwrap().to_owned());
        text.push_str(part["text"].as_str().unwrap_or_default());
        if part["kind"] == "answer" {
            break part["answer"].clone();
        }
    };
    assert_eq!(answer, call(&host, "prompt.ask", &admin(asked.clone()))["ok"]);
    assert_eq!(answer["text"], text);
    assert_eq!(kinds, ["text", "fields", "answer"]);
    assert_eq!(code(&next(&stream)), ("input.invalid", "stream"), "it is closed");

    let (one, two) = (open(), open());
    assert_ne!(one, two);
    for _ in 0..2 {
        let closed = call(&host, "prompt.close_stream", &admin(json!({ "stream": one })));
        assert!(closed.get("ok").is_some(), "closing twice does no harm");
    }
    assert_eq!(code(&next(&one)), ("input.invalid", "stream"));
    assert_eq!(next(&two)["ok"]["kind"], "text");
    let unknown =
        call(&host, "prompt.open_stream", &admin(json!({ "prompt": "nope", "input": {} })));
    assert_eq!(code(&unknown).0, "prompt.unknown");
}

/// What a file declares of its answer counts for the functions too.
#[test]
fn answers_of_own_prompts_are_read() {
    let text =
        "---\noutput:\n  schema: {gist: string, mood(enum): [good, bad]}\n---\nSum up: {{text}}";
    let files = json!([{ "path": "gist.prompt", "text": text }]);
    let compute = |name: &str, input: Value| -> Value {
        serde_json::from_str(&ops::compute(name, &input.to_string())).unwrap()
    };
    let answer = json!({ "prompt": "gist", "answer": "Gist: Fine.\nMood: good", "files": files });
    let read = compute("prompt.parse_answer", answer);
    assert_eq!(read["ok"]["value"], json!({ "gist": "Fine.", "mood": "good" }));
    let format = compute("prompt.answer_format", json!({ "prompt": "gist", "files": files }));
    assert!(format["ok"]["instruction"].as_str().unwrap().contains("MOOD: [one of: good, bad]"));
    let undeclared = compute("prompt.answer_format", json!({ "prompt": "gist" }));
    assert_eq!(code(&undeclared), ("input.unknown_value", "prompt"));
}
