//! Chat completions of OpenAI, with the `grammar` of llama.cpp.

use serde_json::{Value, json};

use super::{Body, Draft, Endpoint, count, messages, text};
use crate::llm::failures::{LlmError, malformed};
use crate::llm::http::HttpRequest;
use crate::llm::request::{LlmRequest, ResponseFormat};
use crate::llm::response::{Finish, Usage};

pub(super) fn encode(request: &LlmRequest, endpoint: &Endpoint, stream: bool) -> HttpRequest {
    let mut body = Body::default();
    body.set("model", request.model.as_str());
    body.set("messages", messages(request.messages.iter()));
    body.set_some("temperature", request.temperature);
    body.set_some("seed", request.seed.filter(|_| endpoint.capabilities.seed));
    let most = if endpoint.completion_tokens { "max_completion_tokens" } else { "max_tokens" };
    body.set_some(most, request.max_output_tokens);
    body.set_some("stop", (!request.stop.is_empty()).then(|| request.stop.clone()));
    match endpoint.capabilities.nearest(&request.response) {
        ResponseFormat::Text => {}
        ResponseFormat::JsonMode => body.set("response_format", json!({"type": "json_object"})),
        ResponseFormat::JsonSchema { name, schema } => body.set(
            "response_format",
            json!({
                "type": "json_schema",
                "json_schema": {"name": name, "schema": schema, "strict": true},
            }),
        ),
        ResponseFormat::Grammar(grammar) => body.set("grammar", grammar),
    }
    if stream {
        body.set("stream", true);
        body.set("stream_options", json!({"include_usage": true}));
    }
    let key = Some(("authorization", "Bearer "));
    endpoint.post("/v1/chat/completions", key, &Value::Object(body.0))
}

pub(super) fn decode(json: &Value) -> Result<Draft, LlmError> {
    let message = json
        .pointer("/choices/0/message")
        .ok_or_else(|| malformed("the answer has no choice with a message"))?;
    Ok(Draft {
        text: text(message, "/content").to_owned(),
        finish: finish(text(json, "/choices/0/finish_reason")),
        refused: !text(message, "/refusal").is_empty(),
        usage: usage(json),
        model: text(json, "/model").to_owned(),
    })
}

/// Takes in one event of a stream and returns the new piece of the text.
pub(super) fn event(draft: &mut Draft, json: &Value) -> String {
    if let Some(reason) = finish(text(json, "/choices/0/finish_reason")) {
        draft.finish = Some(reason);
    }
    draft.refused |= !text(json, "/choices/0/delta/refusal").is_empty();
    if json.get("usage").is_some_and(Value::is_object) {
        draft.usage = usage(json);
    }
    let model = text(json, "/model");
    if !model.is_empty() {
        model.clone_into(&mut draft.model);
    }
    text(json, "/choices/0/delta/content").to_owned()
}

fn finish(reason: &str) -> Option<Finish> {
    Some(match reason {
        "" => return None,
        "stop" => Finish::Stop,
        "length" => Finish::Length,
        "content_filter" => Finish::ContentFilter,
        "tool_calls" | "function_call" => Finish::ToolCall,
        _ => Finish::Other,
    })
}

fn usage(json: &Value) -> Usage {
    Usage {
        input: count(json, "/usage/prompt_tokens"),
        output: count(json, "/usage/completion_tokens"),
        cached: count(json, "/usage/prompt_tokens_details/cached_tokens"),
    }
}
