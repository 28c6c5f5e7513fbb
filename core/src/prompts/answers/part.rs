//! Parts of an answer that know where they stand.

use crate::prompts::template::Span;

/// A part of an answer, or a text that was made from one (the text of a JSON string).
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'t> {
    pub(super) text: &'t str,
    place: Place,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    At(usize),
    Within(Span),
}

impl<'t> Part<'t> {
    /// The whole answer.
    pub(super) fn whole(text: &'t str) -> Self {
        Self { text, place: Place::At(0) }
    }

    /// A text that stands somewhere within this span.
    pub(super) fn within(text: &'t str, span: Span) -> Self {
        Self { text, place: Place::Within(span) }
    }

    /// The part between two places of it.
    pub(super) fn get(self, from: usize, to: usize) -> Self {
        let text = self.text.get(from..to.max(from)).unwrap_or_default();
        let place = match self.place {
            Place::At(at) if !text.is_empty() => Place::At(at + from),
            place => place,
        };
        Self { text, place }
    }

    /// The part from a place on.
    pub(super) fn from(self, from: usize) -> Self {
        self.get(from, self.text.len())
    }

    /// A part of its text, which `inner` must be.
    pub(super) fn inner(self, inner: &str) -> Self {
        let from = (inner.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        self.get(from, from + inner.len())
    }

    pub(super) fn trim(self) -> Self {
        let lead = self.text.len() - self.text.trim_start().len();
        self.get(lead, lead + self.text.trim().len())
    }

    pub(super) fn span(self) -> Span {
        match self.place {
            Place::At(at) => Span::new(at, at + self.text.len()),
            Place::Within(span) => span,
        }
    }

    /// The lines with their places, each with its line break.
    pub(super) fn lines(self) -> impl Iterator<Item = (usize, &'t str)> {
        let mut at = 0;
        self.text.split_inclusive('\n').map(move |line| {
            let start = at;
            at += line.len();
            (start, line)
        })
    }
}
