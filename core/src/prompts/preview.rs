//! Prompts while they are written: messages, diagnostics and the origin of every character.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use crate::error::Error;
use crate::prompts::budget::Dropped;
use crate::prompts::files::{RenderOptions, TrustLevel, content_hash, draw, message_hash, open};
use crate::prompts::messages::{Message, MessageSegment};
use crate::prompts::places::Places;
use crate::prompts::render::trace::pattern;
use crate::prompts::render::{Helpers, Partials};
use crate::prompts::template::{Fix, Severity};

/// What an editor shows beside a prompt. All offsets and columns count units of UTF-16, as
/// JavaScript and the protocol of language servers do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// The messages, as far as they could be rendered.
    pub messages: Vec<Message>,
    /// Everything that is to be said about the file and its input.
    pub diagnostics: Vec<PreviewDiagnostic>,
    /// The tokens of all messages.
    pub tokens: usize,
    /// The hash that the rendered prompt would have.
    pub hash: String,
    /// The values that the template uses, as `jobs[].date`.
    pub used_paths: Vec<String>,
    /// The values that the input has and the template does not use.
    pub unused_inputs: Vec<String>,
    /// The paths that were printed and had no value.
    pub missing_inputs: Vec<String>,
    /// What lists have lost to the budget.
    pub dropped: Vec<Dropped>,
    /// Where the words of the messages come from: those of each message without gaps.
    pub segments: Vec<PreviewSegment>,
}

/// One thing to be said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PreviewDiagnostic {
    /// The code of a diagnostic (`P001`, …), or of the error that rendering met.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// A sentence for people.
    pub message: String,
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// A change that settles it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<PreviewFix>,
}

/// A change of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PreviewFix {
    /// Where the text to replace begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The text to put there.
    pub replacement: String,
}

/// Where words come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SegmentKind {
    /// Words of the template.
    Text,
    /// A value.
    Value,
    /// What is said about items that were left out.
    Note,
    /// Words that this library adds: the format of the answer, what fences mean.
    Added,
}

/// A range of a message's words with its origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PreviewSegment {
    /// The message, from 0.
    pub message: usize,
    /// Where the range begins in the words of the message.
    pub out_start: usize,
    /// Where it ends.
    pub out_end: usize,
    /// Where its tag or text begins in the file, or in the partial.
    pub src_start: usize,
    /// Where that ends.
    pub src_end: usize,
    /// What it is.
    pub kind: SegmentKind,
    /// The partial that it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partial: Option<String>,
    /// Where the value stands in the input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// How a value of the input is trusted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trust: Option<TrustLevel>,
}

/// Shows a prompt file over an input. It never fails: what cannot be rendered is left out and
/// said in the diagnostics.
///
/// ```
/// use goodwill::prompts::files::RenderOptions;
/// use goodwill::prompts::preview::preview;
/// use goodwill::prompts::render::Partials;
///
/// let input = serde_json::json!({"name": "Ada 👋", "age": 36});
/// let shown = preview("Hi {{name}}! {{#if}}", &input, &Partials::new(), &RenderOptions::default());
/// assert_eq!(shown.messages[0].words(), "Hi Ada 👋! ");
/// assert_eq!(shown.used_paths, ["name"]);
/// assert_eq!(shown.unused_inputs, ["age"]);
/// assert_eq!(shown.diagnostics[0].code, "P002");
/// let value = &shown.segments[1];
/// assert_eq!((value.out_start, value.out_end), (3, 9));
/// assert_eq!((value.src_start, value.src_end), (3, 11));
/// ```
#[must_use]
pub fn preview(
    source: &str,
    input: &Json,
    partials: &Partials,
    options: &RenderOptions<'_>,
) -> Preview {
    let opened = open(source, &Helpers::standard(), partials);
    let places = Places::new(source);
    let inner: BTreeMap<&str, Places<'_>> =
        partials.iter().map(|(name, one)| (name.as_str(), Places::new(one.source()))).collect();
    let mut diagnostics: Vec<PreviewDiagnostic> = Vec::new();
    for one in &opened.diagnostics {
        let (line, column) = places.line_and_column(one.span.start);
        diagnostics.push(PreviewDiagnostic {
            code: one.code.as_str().to_owned(),
            severity: one.severity,
            message: one.message.clone(),
            start: places.unit(one.span.start),
            end: places.unit(one.span.end),
            line,
            column,
            hint: one.hint.clone(),
            fix: one.fix.as_ref().map(|Fix { span, replacement }| PreviewFix {
                start: places.unit(span.start),
                end: places.unit(span.end),
                replacement: replacement.clone(),
            }),
        });
    }
    let (written, tokens, dropped, missing) =
        match draw(&opened.template, &opened.matter, partials, input, options, true) {
            Ok(drawn) => {
                let errors = drawn.errors.iter().map(|one| said(one, &places, opened.body));
                diagnostics.extend(errors);
                (drawn.messages, drawn.tokens, drawn.dropped, drawn.missing)
            }
            Err(error) => {
                diagnostics.push(said(&error, &places, opened.body));
                (Vec::new(), 0, Vec::new(), Vec::new())
            }
        };
    // What a check has said, rendering need not say again.
    let known: Vec<(usize, usize)> = diagnostics
        .iter()
        .filter(|one| one.code.starts_with('P') && one.severity == Severity::Error)
        .map(|one| (one.start, one.end))
        .collect();
    diagnostics.retain(|one| {
        one.code.starts_with('P')
            || !known.iter().any(|(start, end)| one.start <= *end && *start <= one.end)
            || one.end == one.start
    });
    let mut segments = Vec::new();
    for (message, one) in written.iter().enumerate() {
        let words = one.message.words();
        let inside = Places::new(&words);
        for segment in &one.segments {
            let mut shown = segment_of(segment, &opened.matter.trust);
            shown.message = message;
            shown.out_start = inside.unit(segment.output.start);
            shown.out_end = inside.unit(segment.output.end);
            if shown.kind != SegmentKind::Added {
                let (start, end) = (segment.template.start, segment.template.end);
                (shown.src_start, shown.src_end) = match &segment.partial {
                    None => {
                        let span = segment.template.shifted(opened.body);
                        (places.unit(span.start), places.unit(span.end))
                    }
                    Some(partial) => inner
                        .get(partial.as_ref())
                        .map_or((0, 0), |places| (places.unit(start), places.unit(end))),
                };
            }
            segments.push(shown);
        }
    }
    let messages: Vec<Message> = written.into_iter().map(|one| one.message).collect();
    let used: BTreeMap<&str, &str> = partials
        .iter()
        .filter(|(name, _)| opened.usage.any_partial || opened.usage.partials.contains(*name))
        .map(|(name, template)| (name.as_str(), template.source()))
        .collect();
    let mut unused = Vec::new();
    leaves(input, "", &mut |path| {
        if !opened.usage.uses(path) && !unused.iter().any(|one| one == path) {
            unused.push(path.to_owned());
        }
    });
    unused.sort();
    unused.dedup();
    Preview {
        hash: message_hash(&content_hash(source, opened.body, used), &messages),
        messages,
        diagnostics,
        tokens,
        used_paths: opened.usage.values.iter().filter(|path| !path.is_empty()).cloned().collect(),
        unused_inputs: unused,
        missing_inputs: missing,
        dropped,
        segments,
    }
}

/// An error of the rendering as a diagnostic.
fn said(error: &Error, places: &Places<'_>, body: usize) -> PreviewDiagnostic {
    let detail = |name: &str| {
        let value = error.details().get(name)?.as_u64()?;
        usize::try_from(value).ok()
    };
    let inside = !error.details().contains_key("partial");
    let start = detail("offset").filter(|_| inside).map_or(0, |one| one.saturating_add(body));
    let end = detail("end").filter(|_| inside).map_or(start, |one| one.saturating_add(body));
    let (line, column) = places.line_and_column(start);
    let own = error.details().get("diagnostic").and_then(Json::as_str);
    PreviewDiagnostic {
        code: own.unwrap_or(error.code().as_str()).to_owned(),
        severity: Severity::Error,
        message: error.to_string(),
        start: places.unit(start),
        end: places.unit(end),
        line,
        column,
        hint: error
            .details()
            .get("accepted")
            .and_then(Json::as_str)
            .map(|text| format!("expected {text}")),
        fix: None,
    }
}

fn segment_of(segment: &MessageSegment, trust: &crate::prompts::files::Trust) -> PreviewSegment {
    let kind = match (&segment.path, segment.value) {
        (Some(path), false) if path.starts_with('@') => SegmentKind::Added,
        (Some(_), false) => SegmentKind::Note,
        (None, false) => SegmentKind::Text,
        (_, true) => SegmentKind::Value,
    };
    let level = segment
        .path
        .as_deref()
        .filter(|_| kind == SegmentKind::Value)
        .map(|path| trust.level(&pattern(path)).unwrap_or(TrustLevel::Line));
    PreviewSegment {
        message: 0,
        out_start: 0,
        out_end: 0,
        src_start: 0,
        src_end: 0,
        kind,
        partial: segment.partial.as_deref().map(str::to_owned),
        path: segment.path.clone(),
        trust: level,
    }
}

/// The patterns of all values that are neither lists nor objects, and of empty ones. Lists are
/// looked at by their first items: the others look alike.
fn leaves(value: &Json, path: &str, see: &mut impl FnMut(&str)) {
    const LOOKED_AT: usize = 20;
    match value {
        Json::Array(items) if !items.is_empty() => {
            let path = format!("{path}[]");
            items.iter().take(LOOKED_AT).for_each(|item| leaves(item, &path, see));
        }
        Json::Object(fields) if !fields.is_empty() => {
            for (name, value) in fields {
                let dot = if path.is_empty() { "" } else { "." };
                leaves(value, &format!("{path}{dot}{name}"), see);
            }
        }
        _ if path.is_empty() => {}
        _ => see(path),
    }
}
