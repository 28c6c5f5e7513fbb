//! Reading templates: Handlebars.js syntax, plus calls written `formatDate(customer.createdAt)`.
//!
//! Every text gives a [`Checked`]: the template if it can be rendered, and all diagnostics with
//! their places. What is read and what not follows Handlebars.js 4.7.8; decorators other than
//! `inline` and raw blocks are refused.

mod diagnostics;
mod expressions;
mod lexer;
mod parser;
pub(crate) mod tree;
mod whitespace;

pub use diagnostics::{Diagnostic, DiagnosticCode, Fix, Position, Severity, Span};

use std::sync::Arc;

use crate::error::{Code, Error, Result};

/// A template that can be rendered. A clone shares what was read.
///
/// ```
/// use goodwill::prompts::template::Template;
///
/// let template = Template::parse("Dear {{customer.name}},")?;
/// assert_eq!(template.source(), "Dear {{customer.name}},");
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    source: Arc<str>,
    pub(crate) root: Arc<tree::Program>,
}

/// A template with everything that is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The template, unless a diagnostic is an error.
    pub template: Option<Template>,
    /// All diagnostics, by place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Template {
    /// Reads a template and reports the whole file, not only the first mistake.
    ///
    /// ```
    /// use goodwill::prompts::template::{DiagnosticCode, Template};
    ///
    /// let checked = Template::check("{{formatDate(order.date)}} {{#if}");
    /// assert!(checked.template.is_none());
    /// assert_eq!(checked.diagnostics[0].code, DiagnosticCode::CallSyntax);
    /// let fix = checked.diagnostics[0].fix.as_ref().unwrap();
    /// assert_eq!(fix.replacement, "formatDate order.date");
    /// assert_eq!(checked.diagnostics[1].code, DiagnosticCode::Syntax);
    /// ```
    #[must_use]
    pub fn check(source: &str) -> Checked {
        let (template, diagnostics) = Self::recover(source);
        let fine = diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error);
        Checked { template: fine.then_some(template), diagnostics }
    }

    /// Reads what can be read of a template, for previews while somebody writes.
    pub(crate) fn recover(source: &str) -> (Self, Vec<Diagnostic>) {
        let (mut root, mut diagnostics) = parser::parse(source);
        diagnostics.sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.code));
        whitespace::strip(source, &mut root);
        (Self { source: source.into(), root: Arc::new(root) }, diagnostics)
    }

    /// Reads a template.
    ///
    /// # Errors
    /// `prompt.syntax` with the code and the byte offset of the first error; [`Template::check`]
    /// has them all.
    pub fn parse(source: &str) -> Result<Self> {
        let checked = Self::check(source);
        checked.template.ok_or_else(|| {
            let mut errors =
                checked.diagnostics.iter().filter(|one| one.severity == Severity::Error);
            let first = errors.next();
            let (code, start) =
                first.map_or(("P001", 0), |one| (one.code.as_str(), one.span.start));
            let place = Position::of(source, start);
            Error::new(
                Code::PromptSyntax,
                format!("template: {code} at line {}, column {}", place.line, place.column),
            )
            .with("diagnostic", code)
            .with("offset", start)
            .with("line", place.line)
            .with("column", place.column)
        })
    }

    /// The text that was read.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn codes(source: &str) -> Vec<&'static str> {
        Template::check(source).diagnostics.iter().map(|one| one.code.as_str()).collect()
    }

    #[test]
    fn every_mistake_of_a_file_is_reported_with_its_place() {
        let source = "{{#each a}}\n{{b,}}\n{{/if}}\n{{> }}\n{{else}}\n{{/x}}\n{{*d}} {{{{r}}}} {{c";
        let found = codes(source);
        let expected = ["P002", "P001", "P001", "P001", "P002", "P003", "P003", "P001"];
        let mut sorted: Vec<_> = found.clone();
        sorted.sort_unstable();
        let mut wanted = expected.to_vec();
        wanted.sort_unstable();
        assert_eq!(sorted, wanted, "{found:?}");
        let checked = Template::check("é\n  {{a,b}}");
        let place = Position::of("é\n  {{a,b}}", checked.diagnostics[0].span.start);
        assert_eq!((place.line, place.column, place.column_utf16), (2, 6, 6));
    }

    #[test]
    fn calls_are_read_in_every_place_and_the_fix_is_canonical() {
        for (source, fixed) in [
            ("{{f(x)}}", "{{f x}}"),
            ("{{f( a.b , 'c' )}}", "{{f a.b 'c'}}"),
            ("{{f(g(x), 2)}}", "{{f (g x) 2}}"),
            ("{{#if open(x)}}y{{/if}}", "{{#if (open x)}}y{{/if}}"),
            ("{{f x=g(y)}}", "{{f x=(g y)}}"),
            ("{{f()}}", "{{f}}"),
        ] {
            let checked = Template::check(source);
            assert!(checked.template.is_some(), "{source}: {:?}", checked.diagnostics);
            let first = checked.diagnostics.first().unwrap();
            assert_eq!(first.severity, Severity::Warning);
            let fix = first.fix.as_ref().unwrap();
            let mut text = source.to_owned();
            text.replace_range(fix.span.start..fix.span.end, &fix.replacement);
            assert_eq!(text, fixed);
            assert_eq!(codes(&text), Vec::<&str>::new());
        }
    }

    #[test]
    fn deep_templates_are_refused_and_not_a_crash() {
        assert!(codes(&"{{#a}}".repeat(100_000)).contains(&"P004"));
        let nested = format!("{{{{f {}x{}}}}}", "(f ".repeat(100_000), ")".repeat(100_000));
        assert!(codes(&nested).contains(&"P004"));
        let calls = format!("{{{{{}x{}}}}}", "f(".repeat(100_000), ")".repeat(100_000));
        assert!(codes(&calls).contains(&"P004"));
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(\\{\\{|\\}\\}|[#/^~>!&*{}\\[\\]()|=.,@\"'\\\\]|else|if|each| as \\||a|é|\n| |\u{0}){0,60}") {
            let checked = Template::check(&text);
            for one in &checked.diagnostics {
                prop_assert!(text.get(one.span.start..one.span.end).is_some());
            }
        }
    }
}
