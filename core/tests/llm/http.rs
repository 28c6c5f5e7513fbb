//! The built-in HTTP client against a server that fails in every way. It listens on the loopback
//! interface and plays a script, one step a connection.

#![cfg(test)]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use goodwill::llm::{
    Budget, Call, Endpoint, HttpClient, HttpTimeouts, LlmClient, LlmError, LlmErrorKind, LlmEvent,
    LlmRequest, LlmResponse, ManualSleeper, Protocol, ProviderClient, Retrying, Secret,
};
use goodwill::prompts::messages::Message;
use goodwill::{ManualClock, Timestamp};

/// What the server does with a connection.
enum Step {
    /// Answers and closes.
    Answer(&'static str, &'static str, String),
    /// Sends these bytes and closes, whatever they are.
    Raw(Vec<u8>),
    /// Sends these bytes and then nothing, until the test is over.
    Silent(Vec<u8>),
}

struct Server {
    address: String,
    requests: Receiver<String>,
    _open: Arc<Mutex<Vec<TcpStream>>>,
}

fn ok(body: impl Into<String>) -> Step {
    Step::Answer("200 OK", "", body.into())
}

fn says(text: &str) -> Step {
    ok(serde_json::json!({
        "model": "small",
        "choices": [{"message": {"content": text}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 7, "completion_tokens": 3},
    })
    .to_string())
}

fn serve(steps: Vec<Step>) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (sender, requests) = channel();
    let open = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&open);
    std::thread::spawn(move || {
        for step in steps {
            let (mut stream, _) = listener.accept().unwrap();
            sender.send(read_request(&mut stream)).unwrap();
            let bytes = match &step {
                Step::Answer(status, headers, body) => format!(
                    "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}",
                    body.len()
                )
                .into_bytes(),
                Step::Raw(bytes) | Step::Silent(bytes) => bytes.clone(),
            };
            // A client that gave up does not matter to a server.
            let _gone = stream.write_all(&bytes).is_err();
            if matches!(step, Step::Silent(_)) {
                kept.lock().unwrap().push(stream);
            }
        }
    });
    Server { address, requests, _open: open }
}

fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                line.to_lowercase().strip_prefix("content-length: ")?.parse().ok()
            });
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        let count = stream.read(&mut buffer).unwrap();
        if count == 0 {
            return text;
        }
        bytes.extend_from_slice(&buffer[..count]);
    }
}

fn sleeper() -> Arc<ManualSleeper> {
    let start: Timestamp = "2026-03-01T08:00:00Z".parse().unwrap();
    ManualSleeper::new(Arc::new(ManualClock::new(start)))
}

fn provider(server: &Server, sleeper: &Arc<ManualSleeper>) -> ProviderClient<HttpClient> {
    let short = Duration::from_millis(100);
    let timeouts = HttpTimeouts { connect: Duration::from_secs(5), first_byte: short, idle: short };
    let endpoint = Endpoint::new(Protocol::OpenAi, &server.address).unwrap();
    let endpoint = endpoint.with_key(Secret::new("sk-very-secret"));
    let client = HttpClient::with_timeouts(timeouts).unwrap();
    ProviderClient::new(client, endpoint, sleeper.runtime())
}

fn request() -> LlmRequest {
    LlmRequest::new("small", vec![Message::user("Hello")])
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// One attempt.
fn ask(steps: Vec<Step>) -> Result<LlmResponse, LlmError> {
    let server = serve(steps);
    let client = provider(&server, &sleeper());
    wait(client.complete(&request(), &Call::new("test", Budget::attempts(1))))
}

/// The events of one stream, and how it ends.
fn stream(step: Step) -> (Vec<LlmEvent>, Result<(), LlmError>) {
    let server = serve(vec![step]);
    let client = provider(&server, &sleeper());
    wait(async {
        let mut events = Vec::new();
        let call = Call::new("test", Budget::attempts(1));
        let mut stream = match client.stream(&request(), &call).await {
            Ok(stream) => stream,
            Err(error) => return (events, Err(error)),
        };
        loop {
            match stream.next().await {
                Ok(Some(event)) => events.push(event),
                Ok(None) => return (events, Ok(())),
                Err(error) => return (events, Err(error)),
            }
        }
    })
}

fn event_stream(body: &str) -> Vec<u8> {
    // Without a length, the end of the connection is the end of the body.
    format!("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n{body}")
        .into_bytes()
}

const PIECE: &str =
    "data: {\"model\":\"small\",\"choices\":[{\"delta\":{\"content\":\"He\"}}]}\n\n";
const LAST: &str =
    "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

/// F161, F567: two refusals for their number, then an answer: the client waits as long as it was
/// asked to, and what is sent is the same every time.
#[test]
fn asked_to_wait_it_waits_and_asks_again() {
    let server = serve(vec![
        Step::Answer("429 Too Many Requests", "retry-after: 2\r\n", "{}".into()),
        Step::Answer(
            "429 Too Many Requests",
            "retry-after: Sun, 01 Mar 2026 08:00:20 GMT\r\n",
            "{}".into(),
        ),
        says("Hello Ada"),
    ]);
    let sleeper = sleeper();
    let client = Retrying::new(provider(&server, &sleeper), sleeper.runtime());
    let call = Call::new("test", Budget::attempts(5));
    let answer = wait(client.complete(&request(), &call)).unwrap();
    assert_eq!(answer.text, "Hello Ada");
    assert_eq!(call.budget.spent().attempts, 3);
    let slept = sleeper.slept();
    assert_eq!(slept.len(), 2);
    assert!(slept[0] >= Duration::from_secs(2), "{slept:?}");
    let reached = sleeper.now().to_string();
    assert!(reached.as_str() >= "2026-03-01T08:00:20", "{reached}");
    let requests: Vec<String> = server.requests.try_iter().collect();
    assert_eq!(requests.len(), 3);
    assert!(requests[0].starts_with("POST /v1/chat/completions HTTP/1.1\r\n"));
    assert!(requests[0].contains("authorization: Bearer sk-very-secret\r\n"));
    assert!(requests.iter().all(|request| *request == requests[0]));
}

/// F161: failures of the service and of the connection are worth another attempt.
#[test]
fn failures_are_overcome() {
    let server = serve(vec![
        Step::Answer("503 Service Unavailable", "", "<html>busy</html>".into()),
        Step::Raw(Vec::new()),
        Step::Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"choices\":".to_vec()),
        Step::Raw(b"SSH-2.0-OpenSSH_9.9\r\n".to_vec()),
        Step::Silent(Vec::new()),
        Step::Silent(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{".to_vec()),
        says("At last"),
    ]);
    let sleeper = sleeper();
    let client = Retrying::new(provider(&server, &sleeper), sleeper.runtime());
    let call = Call::new("test", Budget::attempts(9));
    assert_eq!(wait(client.complete(&request(), &call)).unwrap().text, "At last");
    assert_eq!(call.budget.spent().attempts, 7);
}

#[test]
fn answers_that_nobody_documents_are_malformed() {
    for body in ["", "no JSON", "[]", "{\"choices\":[]}", "\u{feff}{}", "{\"choices\":3}"] {
        let error = ask(vec![ok(body)]).unwrap_err();
        assert_eq!(error.kind(), LlmErrorKind::Malformed, "{body}");
    }
    // What comes after the answer belongs to nobody.
    let Step::Answer(_, _, body) = says("Once") else { panic!("no answer") };
    let once = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let twice = once.clone() + &once;
    assert_eq!(ask(vec![Step::Raw(twice.into_bytes())]).unwrap().text, "Once");
}

/// A key goes to the service it is for, and nowhere that the service points to.
#[test]
fn redirects_are_not_followed() {
    let trap = serve(vec![says("caught")]);
    let location = Box::leak(format!("location: {}\r\n", trap.address).into_boxed_str());
    let error = ask(vec![Step::Answer("307 Temporary Redirect", location, String::new())]);
    assert_eq!(error.unwrap_err().kind(), LlmErrorKind::InvalidRequest);
    assert!(trap.requests.try_recv().is_err());
}

#[test]
fn streams_end_as_they_should_or_say_why_not() {
    let (events, end) = stream(Step::Raw(event_stream(&format!("{PIECE}{PIECE}{LAST}"))));
    assert_eq!(end, Ok(()));
    assert_eq!(events.len(), 3);
    assert!(matches!(&events[2], LlmEvent::Done(response) if response.text == "HeHe"));

    let kind = |step| {
        let (events, end) = stream(step);
        assert!(!events.iter().any(|event| matches!(event, LlmEvent::Done(_))));
        (events.len(), end.unwrap_err().kind())
    };
    let cut = kind(Step::Raw(event_stream(PIECE)));
    assert_eq!(cut, (1, LlmErrorKind::Transport));
    let silent = kind(Step::Silent(event_stream(PIECE)));
    assert_eq!(silent, (1, LlmErrorKind::Transport));
    let garbage = kind(Step::Raw(event_stream(&format!("{PIECE}data: {{oops\n\n{LAST}"))));
    assert_eq!(garbage, (1, LlmErrorKind::Malformed));
    let told =
        "data: {\"error\":{\"type\":\"overloaded_error\",\"message\":\"sk-very-secret\"}}\n\n";
    let told = kind(Step::Raw(event_stream(&format!("{PIECE}{told}"))));
    assert_eq!(told, (1, LlmErrorKind::Transport));
    let limited = Step::Answer("429 Too Many Requests", "retry-after-ms: 50\r\n", "{}".into());
    let (events, end) = stream(limited);
    assert!(events.is_empty());
    assert_eq!(end.unwrap_err().retry_after(), Some(Duration::from_millis(50)));
}

#[test]
fn nobody_at_home_is_a_failure_of_transport() {
    let address = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let endpoint = Endpoint::new(Protocol::Ollama, &address).unwrap();
    let client = ProviderClient::new(HttpClient::new().unwrap(), endpoint, sleeper().runtime());
    let call = Call::new("test", Budget::attempts(1));
    let error = wait(client.complete(&request(), &call)).unwrap_err();
    assert_eq!(error.kind(), LlmErrorKind::Transport);
}
