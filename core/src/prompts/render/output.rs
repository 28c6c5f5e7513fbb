//! What a template printed, and where every byte of it comes from.

use std::ops::Range;
use std::rc::Rc;

use serde::Serialize;

use super::Limits;
use crate::error::{Code, Error, Result};
use crate::prompts::template::Span;

/// A range of the output with the place in the template that printed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Segment {
    /// The bytes of the output.
    pub output: Range<usize>,
    /// The bytes of the template: the text, or the tag.
    pub template: Span,
    /// The partial whose template that is; nothing for the template itself.
    pub partial: Option<Rc<str>>,
    /// Where the value stands in the data, as `payments[0].amount`; nothing for text of the
    /// template. A helper's value has the path of its first argument, if that is a path.
    pub path: Option<String>,
    /// Whether the value came from the data or a helper, and not from the template.
    pub value: bool,
}

pub(super) struct Output {
    pub(super) text: String,
    pub(super) segments: Vec<Segment>,
    limit: usize,
}

impl Output {
    pub(super) fn new(limits: &Limits) -> Self {
        Self { text: String::new(), segments: Vec::new(), limit: limits.output_bytes }
    }

    pub(super) fn push(
        &mut self,
        text: &str,
        template: Span,
        partial: Option<&Rc<str>>,
        path: Option<String>,
        value: bool,
    ) -> Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        let start = self.text.len();
        let end = start.saturating_add(text.len());
        self.check(end)?;
        self.text.push_str(text);
        let partial = partial.cloned();
        self.segments.push(Segment { output: start..end, template, partial, path, value });
        Ok(())
    }

    fn check(&self, bytes: usize) -> Result<()> {
        if bytes <= self.limit {
            return Ok(());
        }
        Err(Error::new(Code::PromptLimit, "the output has more bytes than the limit")
            .with("limit", "output_bytes")
            .with("most", self.limit))
    }

    /// Puts an indent before every line since an offset, but not before an empty last line.
    pub(super) fn indent(&mut self, start: usize, first: usize, indent: &str) -> Result<()> {
        if indent.is_empty() {
            return Ok(());
        }
        let text = self.text.split_off(start.min(self.text.len()));
        let segments = self.segments.split_off(first.min(self.segments.len()));
        let mut new_line = true;
        if segments.is_empty() {
            // The indent stands even when the partial printed nothing but an unfinished line.
            self.text.push_str(&text);
            return Ok(());
        }
        for mut segment in segments {
            let part = segment.output.start.saturating_sub(start)
                ..segment.output.end.saturating_sub(start);
            let begin = self.text.len();
            for piece in text.get(part).unwrap_or_default().split_inclusive('\n') {
                if new_line {
                    self.text.push_str(indent);
                }
                self.text.push_str(piece);
                new_line = piece.ends_with('\n');
                self.check(self.text.len())?;
            }
            segment.output = begin..self.text.len();
            self.segments.push(segment);
        }
        Ok(())
    }
}
