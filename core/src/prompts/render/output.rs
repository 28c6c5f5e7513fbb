//! What a template printed, and where every byte of it comes from.

use std::ops::Range;
use std::rc::Rc;

use serde::Serialize;

use super::{Limits, Value};
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
    /// Whether somebody asks for the segments.
    pub(super) traced: bool,
    limit: usize,
}

impl Output {
    /// An output of probably more than so many bytes.
    pub(super) fn new(limits: &Limits, traced: bool, bytes: usize) -> Self {
        let limit = limits.output_bytes;
        let text = String::with_capacity(bytes.min(limit));
        Self { text, segments: Vec::new(), traced, limit }
    }

    /// Prints a text, and says where it comes from if somebody asks.
    pub(super) fn push(
        &mut self,
        text: &str,
        template: Span,
        partial: Option<&Rc<str>>,
        path: Option<String>,
        value: bool,
    ) -> Result<()> {
        let start = self.text.len();
        self.plain(text)?;
        if self.traced && !text.is_empty() {
            let (output, partial) = (start..self.text.len(), partial.cloned());
            self.segments.push(Segment { output, template, partial, path, value });
        }
        Ok(())
    }

    /// Prints a text of which nobody asks where it comes from.
    pub(super) fn plain(&mut self, text: &str) -> Result<()> {
        self.check(self.text.len().saturating_add(text.len()))?;
        self.text.push_str(text);
        Ok(())
    }

    /// Prints a value of which nobody asks where it comes from.
    pub(super) fn value(&mut self, value: &Value<'_>) -> Result<()> {
        value.print_to(&mut self.text);
        self.check(self.text.len())
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
        let mut new_line = true;
        if !self.traced {
            self.push_lines(&text, indent, &mut new_line);
            return self.check(self.text.len());
        }
        let segments = self.segments.split_off(first.min(self.segments.len()));
        for mut segment in segments {
            let part = segment.output.start.saturating_sub(start)
                ..segment.output.end.saturating_sub(start);
            let begin = self.text.len();
            self.push_lines(text.get(part).unwrap_or_default(), indent, &mut new_line);
            self.check(self.text.len())?;
            segment.output = begin..self.text.len();
            self.segments.push(segment);
        }
        Ok(())
    }

    fn push_lines(&mut self, text: &str, indent: &str, new_line: &mut bool) {
        for piece in text.split_inclusive('\n') {
            if *new_line {
                self.text.push_str(indent);
            }
            self.text.push_str(piece);
            *new_line = piece.ends_with('\n');
        }
    }
}
