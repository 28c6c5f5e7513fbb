//! The built-in HTTP client against a real server, which `tests/llm/with_server.py` starts.

#![cfg(test)]

use goodwill::llm::{
    Budget, Call, Capabilities, Endpoint, Finish, HttpClient, LlmClient, LlmError, LlmErrorKind,
    LlmEvent, LlmRequest, LlmResponse, Protocol, ProviderClient, ResponseFormat, Retrying, Runtime,
    TokioSleeper,
};
use goodwill::prompts::answers::Given;
use goodwill::prompts::library::Prompt;
use goodwill::prompts::messages::Message;
use serde_json::{Value, json};

type Client = Retrying<ProviderClient<HttpClient>>;

fn client(protocol: Protocol) -> Client {
    let address = std::env::var("GOODWILL_LLM_URL").expect(
        "GOODWILL_LLM_URL names no server: run this through tests/llm/with_server.py, as \
         scripts/test does",
    );
    let endpoint = Endpoint::new(protocol, &address).unwrap();
    let capabilities = Capabilities { grammar: true, ..endpoint.capabilities };
    let endpoint = endpoint.with_capabilities(capabilities);
    let runtime = Runtime::new(TokioSleeper);
    Retrying::new(
        ProviderClient::new(HttpClient::new().unwrap(), endpoint, runtime.clone()),
        runtime,
    )
}

fn call() -> Call {
    Call::new("test", Budget::attempts(2))
}

fn request() -> LlmRequest {
    let messages = vec![Message::system("Be brief."), Message::user("Is Ada happy?")];
    LlmRequest::new("any", messages).with_temperature(0.0).with_seed(1)
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

async fn events(client: &Client, request: &LlmRequest) -> Result<Vec<LlmEvent>, LlmError> {
    let mut stream = client.stream(request, &call()).await?;
    let mut events = Vec::new();
    while let Some(event) = stream.next().await? {
        events.push(event);
    }
    Ok(events)
}

/// The pieces of a stream are the text of its end.
fn whole(events: &[LlmEvent]) -> LlmResponse {
    let (last, pieces) = events.split_last().unwrap();
    let LlmEvent::Done(response) = last else { panic!("the stream has no end: {events:?}") };
    let text: String = pieces
        .iter()
        .map(|event| match event {
            LlmEvent::Text(piece) => piece.as_str(),
            LlmEvent::Again | LlmEvent::Done(_) => panic!("two ends"),
        })
        .collect();
    assert_eq!(text, response.text);
    response.clone()
}

fn levels() -> ResponseFormat {
    let schema = json!({
        "type": "object",
        "properties": {"risk": {"enum": ["Low", "Medium", "High"]}},
        "required": ["risk"],
        "additionalProperties": false,
    });
    ResponseFormat::JsonSchema { name: "risk".into(), schema }
}

/// F159, F565: both protocols, whole and streamed, give the same answer of the same model.
#[test]
fn answers_are_the_same_whole_and_streamed() {
    for protocol in [Protocol::OpenAi, Protocol::Anthropic] {
        let client = client(protocol);
        let request = request().with_max_output_tokens(12);
        let call = call();
        let answer = wait(client.complete(&request, &call)).unwrap();
        assert_eq!(answer.finish, Finish::Length);
        assert_eq!(answer.usage.output, 12);
        assert!(answer.usage.input > 10, "{answer:?}");
        assert_eq!(call.budget.spent().tokens, answer.usage.total());

        let events = wait(events(&client, &request)).unwrap();
        assert!(events.len() > 2, "{events:?}");
        let streamed = whole(&events);
        assert_eq!(streamed.finish, Finish::Length);
        assert_eq!(streamed.usage.output, answer.usage.output);
        // llama.cpp leaves the first event of a message out when the first token is no whole
        // character, and with it what the request had.
        if protocol == Protocol::OpenAi || streamed.usage.input > 0 {
            assert_eq!(streamed.usage.input, answer.usage.input);
        }
        assert!(!streamed.model.is_empty());
    }
}

#[test]
fn a_schema_is_obeyed_whole_and_streamed() {
    let client = client(Protocol::OpenAi);
    let request = request().with_response(levels()).with_max_output_tokens(400);
    let answer = wait(client.complete(&request, &call())).unwrap();
    let streamed = whole(&wait(events(&client, &request)).unwrap());
    for answer in [answer, streamed] {
        assert_eq!(answer.finish, Finish::Stop);
        let json: Value = serde_json::from_str(&answer.text).unwrap();
        assert!(["Low", "Medium", "High"].contains(&json["risk"].as_str().unwrap()));
    }
}

/// An answer that a grammar describes is one that the prompt's own reader reads.
#[test]
fn a_grammar_is_obeyed() {
    let grammar = "root ::= \"PROFITABILITY ANALYSIS:\\nRising.\\n\\nKEY OBSERVATION:\\nPays.\\n\\n\
        RECOMMENDATION:\\nKeep.\\n\\nCLASSIFICATION: \" (\"Break-Even\" | \"Loss-Making\") \"\\n\"";
    let request = request()
        .with_response(ResponseFormat::Grammar(grammar.into()))
        .with_max_output_tokens(300);
    let answer = wait(client(Protocol::OpenAi).complete(&request, &call())).unwrap();
    let read = Prompt::ProfitabilityAnalysis.output_spec().parse(&answer.text, &Given::default());
    assert!(read.is_ok(), "{}", answer.text);
}

/// Answers that are cut off at any place are cut off, or not of the form that was asked for. They
/// are no failure of the service, although it says 500.
#[test]
fn answers_that_are_cut_off_are_told_from_failures() {
    let client = client(Protocol::OpenAi);
    let mut cut = 0;
    for most in 1..=16 {
        let request = request().with_response(levels()).with_max_output_tokens(most);
        let call = call();
        match wait(client.complete(&request, &call)) {
            Ok(answer) => {
                assert_eq!(answer.finish, Finish::Length);
                cut += 1;
            }
            Err(error) => assert_eq!(error.kind(), LlmErrorKind::Semantic, "{error}"),
        }
        assert_eq!(call.budget.spent().attempts, 1, "nothing was sent twice");
    }
    assert!(cut > 0);
}

#[test]
fn refusals_of_the_server_are_told_apart() {
    let client = client(Protocol::OpenAi);
    let nonsense = json!({"type": "nonsense"});
    let nonsense = ResponseFormat::JsonSchema { name: "a".into(), schema: nonsense };
    let error = wait(client.complete(&request().with_response(nonsense), &call())).unwrap_err();
    assert_eq!((error.kind(), error.status()), (LlmErrorKind::InvalidRequest, Some(400)));

    for protocol in [Protocol::OpenAi, Protocol::Anthropic] {
        let client = self::client(protocol);
        let long = LlmRequest::new("any", vec![Message::user("a".repeat(20_000))]);
        let error = wait(client.complete(&long, &call())).unwrap_err();
        assert_eq!(error.kind(), LlmErrorKind::ContextTooLong, "{error}");
        let error = wait(events(&client, &long)).unwrap_err();
        assert_eq!(error.kind(), LlmErrorKind::ContextTooLong, "{error}");
    }
}

/// Giving a stream up in the middle leaves the server and the client as they were.
#[test]
fn a_stream_may_be_given_up() {
    wait(async {
        let client = client(Protocol::OpenAi);
        let endless = request().with_max_output_tokens(1_500);
        for _ in 0..4 {
            let mut stream = client.stream(&endless, &call()).await.unwrap();
            assert!(matches!(stream.next().await, Ok(Some(LlmEvent::Text(_)))));
        }
        let answer = client.complete(&request().with_max_output_tokens(3), &call()).await;
        assert_eq!(answer.unwrap().usage.output, 3);
    });
}
