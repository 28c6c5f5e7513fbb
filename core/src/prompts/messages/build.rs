//! From a rendering to messages.

use std::ops::Range;
use std::rc::Rc;

use super::{Media, Message, Part, Role};
use crate::error::{Error, Result};
use crate::prompts::render::trace::Mark;
use crate::prompts::render::{Rendered, Segment};
use crate::prompts::template::Span;

/// Where a range of a message's words comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MessageSegment {
    /// The bytes within the words of the message.
    pub(crate) output: Range<usize>,
    pub(crate) template: Span,
    pub(crate) partial: Option<Rc<str>>,
    pub(crate) path: Option<String>,
    pub(crate) value: bool,
}

/// A message, and where its words come from; nothing for messages of the history.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub(crate) message: Message,
    pub(crate) segments: Vec<MessageSegment>,
}

/// Makes the messages of a rendering. White space of the template beside a role is left out, and so
/// are messages without words.
pub(crate) fn write(
    rendered: &Rendered,
    marks: &[(usize, Mark)],
    history: &[Message],
) -> Result<Vec<Written>> {
    if history.iter().any(|message| message.role == Role::System) {
        return Err(Error::invalid("history", "messages of the user and the model"));
    }
    let mut all = Vec::new();
    let mut writer = Writer { text: &rendered.text, role: Role::User, parts: Vec::new() };
    let mut from = 0;
    let said =
        || history.iter().map(|message| Written { message: message.clone(), segments: Vec::new() });
    for (at, mark) in marks {
        writer.words(rendered.segments.get(from..*at).unwrap_or_default());
        from = *at;
        match mark {
            Mark::Role(role) => {
                all.extend(writer.end(true));
                writer.role = *role;
                // A role stands at the beginning of what follows.
                writer.parts.push(Piece::Edge);
            }
            Mark::History => {
                all.extend(writer.end(true));
                all.extend(said());
                writer.role = Role::User;
                writer.parts.push(Piece::Edge);
            }
            Mark::Media { url, content_type } => {
                let media = Media { url: url.clone(), content_type: content_type.clone() };
                writer.parts.push(Piece::Media(media));
            }
        }
    }
    writer.words(rendered.segments.get(from..).unwrap_or_default());
    all.extend(writer.end(false));
    if !marks.iter().any(|(_, mark)| *mark == Mark::History) {
        // Before the question, which comes last.
        let last = all.last().is_some_and(|one| one.message.role == Role::User);
        let place = all.len().saturating_sub(usize::from(last));
        all.splice(place..place, said());
    }
    Ok(all)
}

enum Piece<'r> {
    /// Where a role stood.
    Edge,
    Words(&'r Segment, Range<usize>),
    Media(Media),
}

struct Writer<'r> {
    text: &'r str,
    role: Role,
    parts: Vec<Piece<'r>>,
}

impl<'r> Writer<'r> {
    fn words(&mut self, segments: &'r [Segment]) {
        self.parts.extend(segments.iter().map(|one| Piece::Words(one, one.output.clone())));
    }

    /// The message so far; nothing if it says nothing.
    fn end(&mut self, role_follows: bool) -> Option<Written> {
        let mut parts = std::mem::take(&mut self.parts);
        if matches!(parts.first(), Some(Piece::Edge)) {
            parts.remove(0);
            self.trim(&mut parts, true);
        }
        if role_follows {
            self.trim(&mut parts, false);
        }
        let mut content = Vec::new();
        let mut segments = Vec::new();
        let (mut words, mut before) = (String::new(), 0_usize);
        for part in parts {
            match part {
                Piece::Edge => {}
                Piece::Words(segment, range) => {
                    let text = self.text.get(range.clone()).unwrap_or_default();
                    let start = before.saturating_add(words.len());
                    words.push_str(text);
                    let output = start..start.saturating_add(text.len());
                    segments.push(from(segment, range, output));
                }
                Piece::Media(media) => {
                    before = before.saturating_add(words.len());
                    content.extend(said(&mut words));
                    content.push(Part::Media { media });
                }
            }
        }
        content.extend(said(&mut words));
        let blank = content.iter().all(|part| match part {
            Part::Text { text } => text.trim().is_empty(),
            Part::Media { .. } => false,
        });
        (!blank).then_some(Written { message: Message { role: self.role, content }, segments })
    }

    /// Takes white space of the template away from one end.
    fn trim(&self, parts: &mut Vec<Piece<'r>>, start: bool) {
        loop {
            let end = if start { parts.first_mut() } else { parts.last_mut() };
            let Some(Piece::Words(segment, range)) = end else {
                return;
            };
            if segment.value || segment.path.is_some() {
                return;
            }
            let text = self.text.get(range.clone()).unwrap_or_default();
            if start {
                range.start = range.end.saturating_sub(text.trim_start().len());
            } else {
                range.end = range.start.saturating_add(text.trim_end().len());
            }
            if range.start < range.end {
                return;
            }
            if start {
                parts.remove(0);
            } else {
                parts.pop();
            }
        }
    }
}

fn said(words: &mut String) -> Option<Part> {
    let text = std::mem::take(words);
    (!text.is_empty()).then_some(Part::Text { text })
}

/// A segment whose output may have lost white space at its ends.
fn from(segment: &Segment, kept: Range<usize>, output: Range<usize>) -> MessageSegment {
    let template = if segment.value || segment.path.is_some() {
        segment.template
    } else {
        let before = kept.start.saturating_sub(segment.output.start);
        let after = segment.output.end.saturating_sub(kept.end);
        let start = segment.template.start.saturating_add(before).min(segment.template.end);
        Span { start, end: segment.template.end.saturating_sub(after).max(start) }
    };
    let (partial, path) = (segment.partial.clone(), segment.path.clone());
    MessageSegment { output, template, partial, path, value: segment.value }
}
