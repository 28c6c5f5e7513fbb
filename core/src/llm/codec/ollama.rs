//! Chats of Ollama.

use serde_json::{Value, json};

use super::{Body, Draft, Endpoint, count, media, role, text};
use crate::llm::failures::{LlmError, malformed};
use crate::llm::http::HttpRequest;
use crate::llm::request::{LlmRequest, ResponseFormat};
use crate::llm::response::{Finish, Usage};
use crate::prompts::messages::{Message, Part};

pub(super) fn encode(
    request: &LlmRequest,
    endpoint: &Endpoint,
    stream: bool,
) -> Result<HttpRequest, LlmError> {
    let mut options = Body::default();
    options.set_some("temperature", request.temperature);
    options.set_some("seed", request.seed);
    options.set_some("num_predict", request.max_output_tokens);
    options.set_some("stop", (!request.stop.is_empty()).then(|| request.stop.clone()));
    let mut body = Body::default();
    body.set("model", request.model.as_str());
    let messages = request.messages.iter().map(message).collect::<Result<Value, LlmError>>()?;
    body.set("messages", messages);
    body.set("stream", stream);
    body.set("options", Value::Object(options.0));
    match endpoint.capabilities.nearest(&request.response) {
        ResponseFormat::JsonMode => body.set("format", "json"),
        ResponseFormat::JsonSchema { schema, .. } => body.set("format", schema),
        ResponseFormat::Text | ResponseFormat::Grammar(_) => {}
    }
    Ok(endpoint.post("/api/chat", Some(("authorization", "Bearer ")), &Value::Object(body.0)))
}

/// Pictures stand beside the words, as what they hold.
fn message(message: &Message) -> Result<Value, LlmError> {
    let mut images = Vec::new();
    for part in &message.content {
        if let Part::Media { media: found } = part {
            let data = media::data(found).filter(|_| media::is_image(found));
            images.push(data.ok_or_else(media::not_carried)?.base64);
        }
    }
    let mut body = Body::default();
    body.set("role", role(message.role));
    body.set("content", message.words());
    body.set_some("images", (!images.is_empty()).then(|| json!(images)));
    Ok(Value::Object(body.0))
}

pub(super) fn decode(json: &Value) -> Result<Draft, LlmError> {
    if json.pointer("/message/content").is_none() {
        return Err(malformed("the answer has no message"));
    }
    let mut draft = Draft::default();
    let (piece, _) = event(&mut draft, json);
    draft.text = piece;
    Ok(draft)
}

/// Takes in one line of a stream; returns the new piece of the text, and whether it was the last.
pub(super) fn event(draft: &mut Draft, json: &Value) -> (String, bool) {
    let done = json.get("done").and_then(Value::as_bool).unwrap_or(false);
    if done {
        draft.finish = Some(match text(json, "/done_reason") {
            "" | "stop" => Finish::Stop,
            "length" => Finish::Length,
            _ => Finish::Other,
        });
        let (input, output) = (count(json, "/prompt_eval_count"), count(json, "/eval_count"));
        draft.usage = Usage { input, output, cached: 0 };
    }
    text(json, "/model").clone_into(&mut draft.model);
    (text(json, "/message/content").to_owned(), done)
}
