//! Chat completions of OpenAI, with the `grammar` of llama.cpp.

use serde_json::{Value, json};

use super::{Body, Draft, Endpoint, count, media, role, text};
use crate::llm::failures::{LlmError, malformed};
use crate::llm::http::HttpRequest;
use crate::llm::request::{LlmRequest, ResponseFormat};
use crate::llm::response::{Finish, Usage};
use crate::prompts::messages::{Media, Message};

pub(super) fn encode(
    request: &LlmRequest,
    endpoint: &Endpoint,
    stream: bool,
) -> Result<HttpRequest, LlmError> {
    let mut body = Body::default();
    body.set("model", request.model.as_str());
    body.set("messages", messages(&request.messages)?);
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
    Ok(endpoint.post("/v1/chat/completions", key, &Value::Object(body.0)))
}

fn messages(all: &[Message]) -> Result<Value, LlmError> {
    let one = |message: &Message| {
        let content = media::content(message, picture)?;
        Ok(json!({"role": role(message.role), "content": content}))
    };
    all.iter().map(one).collect()
}

/// Pictures are sent by their address, or as what they hold.
fn picture(found: &Media) -> Result<Value, LlmError> {
    if media::is_image(found) && (media::is_address(found) || media::data(found).is_some()) {
        Ok(json!({"type": "image_url", "image_url": {"url": found.url}}))
    } else {
        Err(media::not_carried())
    }
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
