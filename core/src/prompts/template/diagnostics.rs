//! What is to be said about a template.

use serde::Serialize;

/// A range of bytes in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    pub(crate) fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The text of the span, or nothing if the text has no such range.
    #[must_use]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// A place in a text as editors show it, counted from 1.
///
/// ```
/// use goodwill::prompts::template::Position;
///
/// let place = Position::of("a\n🚚b", 6);
/// assert_eq!((place.line, place.column, place.column_utf16), (2, 2, 3));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column in characters.
    pub column: usize,
    /// The column in units of UTF-16, as JavaScript counts.
    pub column_utf16: usize,
}

impl Position {
    /// The place of a byte offset; an offset inside a character or behind the end is moved back.
    #[must_use]
    pub fn of(text: &str, offset: usize) -> Self {
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end = end.saturating_sub(1);
        }
        let before = text.get(..end).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        Self {
            line: before.matches('\n').count().saturating_add(1),
            column: line.chars().count().saturating_add(1),
            column_utf16: line.encode_utf16().count().saturating_add(1),
        }
    }
}

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The template cannot be rendered.
    Error,
    /// The template renders, but should be written otherwise.
    Warning,
}

/// What a diagnostic is about. The spelling of a code never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DiagnosticCode {
    /// `P001`: the text is no tag.
    Syntax,
    /// `P002`: a block is not closed, or closed by another name.
    BlockEnd,
    /// `P003`: Handlebars.js has this, but it is not supported here.
    Unsupported,
    /// `P004`: blocks or expressions stand too deep in each other.
    TooDeep,
    /// `P011`: a call written with parentheses behind the name; it works, and other Handlebars
    /// engines refuse it.
    CallSyntax,
}

impl DiagnosticCode {
    /// The code as it stands in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "P001",
            Self::BlockEnd => "P002",
            Self::Unsupported => "P003",
            Self::TooDeep => "P004",
            Self::CallSyntax => "P011",
        }
    }

    /// Whether a template with it can be rendered.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::CallSyntax => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

impl Serialize for DiagnosticCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A change of the template that settles a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What to replace.
    pub span: Span,
    /// The text to put there.
    pub replacement: String,
}

/// One thing to be said about a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// What it is about.
    pub code: DiagnosticCode,
    /// How much it matters.
    pub severity: Severity,
    /// Where.
    pub span: Span,
    /// A sentence for people.
    pub message: String,
    /// A change that settles it, where there is one.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    pub(crate) fn new(code: DiagnosticCode, span: Span, message: impl Into<String>) -> Self {
        Self { code, severity: code.severity(), span, message: message.into(), fix: None }
    }
}
