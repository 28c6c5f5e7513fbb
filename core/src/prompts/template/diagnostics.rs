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

    pub(crate) fn shifted(self, by: usize) -> Self {
        Self { start: self.start.saturating_add(by), end: self.end.saturating_add(by) }
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// `P010`: no helper has this name.
    UnknownHelper,
    /// `P011`: a call written with parentheses behind the name; it works, and other Handlebars
    /// engines refuse it.
    CallSyntax,
    /// `P012`: no partial has this name.
    UnknownPartial,
    /// `P013`: a partial calls itself without any condition.
    PartialCycle,
    /// `P020`: the input has no such value.
    UnknownVariable,
    /// `P021`: the template never uses a part of its input.
    UnusedInput,
    /// `P022`: a value that may be missing is printed as it is.
    NullablePrinted,
    /// `P023`: a list or an object is printed as it is.
    StructurePrinted,
    /// `P030`: a text from outside stands in the system's message, or nothing says how far it is
    /// trusted.
    Untrusted,
    /// `P031`: the sign of a currency stands before an amount.
    HardCodedCurrency,
    /// `P032`: a date is printed as it is.
    BareDate,
    /// `P040`: the output format names a value that neither input nor output declares.
    OutputSlot,
    /// `P041`: the model is never shown the format that it is to answer in.
    FormatNotShown,
    /// `P050`: the prompt cannot fit its budget of tokens.
    Budget,
    /// `P060`: the front matter is not well formed.
    FrontMatter,
    /// `P061`: the front matter has a key that nobody reads.
    UnknownKey,
    /// `P062`: a schema in the front matter is not well formed.
    Schema,
    /// `P063`: two files of a set claim one name, version or label.
    Duplicate,
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
            Self::UnknownHelper => "P010",
            Self::CallSyntax => "P011",
            Self::UnknownPartial => "P012",
            Self::PartialCycle => "P013",
            Self::UnknownVariable => "P020",
            Self::UnusedInput => "P021",
            Self::NullablePrinted => "P022",
            Self::StructurePrinted => "P023",
            Self::Untrusted => "P030",
            Self::HardCodedCurrency => "P031",
            Self::BareDate => "P032",
            Self::OutputSlot => "P040",
            Self::FormatNotShown => "P041",
            Self::Budget => "P050",
            Self::FrontMatter => "P060",
            Self::UnknownKey => "P061",
            Self::Schema => "P062",
            Self::Duplicate => "P063",
        }
    }

    /// Whether a template with it can be rendered.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::CallSyntax
            | Self::UnusedInput
            | Self::NullablePrinted
            | Self::StructurePrinted
            | Self::HardCodedCurrency
            | Self::BareDate
            | Self::FormatNotShown
            | Self::UnknownKey => Severity::Warning,
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
    /// What to do about it, where that is not obvious.
    pub hint: Option<String>,
    /// A change that settles it, where there is one.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    pub(crate) fn new(code: DiagnosticCode, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            span,
            message: message.into(),
            hint: None,
            fix: None,
        }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, replacement: replacement.into() });
        self
    }

    /// Moved behind a text that stands before the template.
    pub(crate) fn shifted(mut self, by: usize) -> Self {
        self.span = self.span.shifted(by);
        if let Some(fix) = &mut self.fix {
            fix.span = fix.span.shifted(by);
        }
        self
    }
}
