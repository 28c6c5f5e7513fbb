//! Messages of Anthropic.

use serde_json::{Value, json};

use super::{Body, Draft, Endpoint, count, instructions, media, role, text};
use crate::llm::failures::{LlmError, malformed};
use crate::llm::http::{HeaderValue, HttpRequest};
use crate::llm::request::{LlmRequest, ResponseFormat};
use crate::llm::response::{Finish, Usage};
use crate::prompts::messages::{Media, Message, Role};

/// The most tokens of an answer when the request does not say: the provider wants a number.
const MOST_TOKENS: u32 = 1_024;

pub(super) fn encode(
    request: &LlmRequest,
    endpoint: &Endpoint,
    stream: bool,
) -> Result<HttpRequest, LlmError> {
    let mut body = Body::default();
    body.set("model", request.model.as_str());
    body.set("max_tokens", request.max_output_tokens.unwrap_or(MOST_TOKENS));
    let system = instructions(request)?;
    body.set_some("system", (!system.is_empty()).then_some(system));
    body.set("messages", messages(&request.messages)?);
    // The provider's scale ends at 1.
    body.set_some("temperature", request.temperature.map(|value| value.min(1.0)));
    body.set_some("stop_sequences", (!request.stop.is_empty()).then(|| request.stop.clone()));
    let form = endpoint.capabilities.nearest(&request.response);
    if let ResponseFormat::JsonSchema { schema, .. } = form {
        body.set("output_config", json!({"format": {"type": "json_schema", "schema": schema}}));
    }
    if stream {
        body.set("stream", true);
    }
    let mut post = endpoint.post("/v1/messages", Some(("x-api-key", "")), &Value::Object(body.0));
    let version = HeaderValue::Plain("2023-06-01".to_owned());
    post.headers.push(("anthropic-version".to_owned(), version));
    Ok(post)
}

fn messages(all: &[Message]) -> Result<Value, LlmError> {
    let one = |message: &Message| {
        let content = media::content(message, block)?;
        Ok(json!({"role": role(message.role), "content": content}))
    };
    all.iter().filter(|message| message.role != Role::System).map(one).collect()
}

/// Pictures, and documents that are PDF.
fn block(found: &Media) -> Result<Value, LlmError> {
    let kind = if media::is_image(found) {
        "image"
    } else if media::content_type(found) == "application/pdf" {
        "document"
    } else {
        return Err(media::not_carried());
    };
    let source = match media::data(found) {
        Some(data) => {
            json!({"type": "base64", "media_type": data.content_type, "data": data.base64})
        }
        None if media::is_address(found) => json!({"type": "url", "url": found.url}),
        None => return Err(media::not_carried()),
    };
    Ok(json!({"type": kind, "source": source}))
}

pub(super) fn decode(json: &Value) -> Result<Draft, LlmError> {
    let blocks = json
        .get("content")
        .and_then(Value::as_array)
        .ok_or_else(|| malformed("the answer has no content"))?;
    let reason = text(json, "/stop_reason");
    let mut draft = Draft {
        text: blocks.iter().map(|block| text(block, "/text")).collect(),
        finish: finish(reason),
        refused: reason == "refusal",
        usage: Usage::default(),
        model: text(json, "/model").to_owned(),
    };
    take_usage(&mut draft, json.get("usage"));
    Ok(draft)
}

/// Takes in one event of a stream; returns the new piece of the text, and whether it was the last.
pub(super) fn event(draft: &mut Draft, json: &Value) -> (String, bool) {
    match text(json, "/type") {
        "message_start" => {
            text(json, "/message/model").clone_into(&mut draft.model);
            take_usage(draft, json.pointer("/message/usage"));
        }
        "content_block_start" => return (text(json, "/content_block/text").to_owned(), false),
        "content_block_delta" => return (text(json, "/delta/text").to_owned(), false),
        "message_delta" => {
            let reason = text(json, "/delta/stop_reason");
            draft.finish = finish(reason).or(draft.finish);
            draft.refused |= reason == "refusal";
            take_usage(draft, json.get("usage"));
        }
        "message_stop" => return (String::new(), true),
        _ => {}
    }
    (String::new(), false)
}

fn finish(reason: &str) -> Option<Finish> {
    Some(match reason {
        "" => return None,
        "end_turn" | "stop_sequence" => Finish::Stop,
        "max_tokens" | "model_context_window_exceeded" => Finish::Length,
        "tool_use" => Finish::ToolCall,
        "refusal" => Finish::ContentFilter,
        _ => Finish::Other,
    })
}

/// The provider counts what it had in its cache, or put there, beside the input; later events of a
/// stream tell the sums again.
fn take_usage(draft: &mut Draft, usage: Option<&Value>) {
    let Some(usage) = usage else { return };
    if usage.get("input_tokens").is_some_and(Value::is_u64) {
        let cached = count(usage, "/cache_read_input_tokens");
        draft.usage.cached = cached;
        draft.usage.input = count(usage, "/input_tokens")
            .saturating_add(cached)
            .saturating_add(count(usage, "/cache_creation_input_tokens"));
    }
    if usage.get("output_tokens").is_some_and(Value::is_u64) {
        draft.usage.output = count(usage, "/output_tokens");
    }
}
