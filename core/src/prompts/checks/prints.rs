//! What is wrong with how a value is printed.

use super::paths::{Place, View};
use super::walk::Walker;
use crate::prompts::files::{Kind, TrustLevel};
use crate::prompts::messages::Role;
use crate::prompts::template::tree::{Call, Expression, Path};
use crate::prompts::template::{Diagnostic, DiagnosticCode, Severity, Span};

const SIGNS: &[char] = &['$', '€', '£', '¥', '₹'];

impl<'s> Walker<'s> {
    /// A value that is printed as it is.
    pub(super) fn printed(&mut self, path: &Path, place: &Place<'s>, span: Span, before: &str) {
        let words = print_path(path, span, self.source);
        let kind = place.shape.schema.map(|schema| &schema.kind);
        if matches!(kind, Some(Kind::Number | Kind::Integer)) {
            self.hard_coded_currency(&words, span, before);
        }
        match kind {
            Some(Kind::List(_)) => {
                let message = format!("{words} is a list: its items would be printed in one word");
                let one = Diagnostic::new(DiagnosticCode::StructurePrinted, span, message);
                self.report(one.fix(span, format!("{{{{join {words} \", \"}}}}")));
            }
            Some(Kind::Object(_)) => {
                let message =
                    format!("{words} is an object: it would be printed as [object Object]");
                let one = Diagnostic::new(DiagnosticCode::StructurePrinted, span, message);
                self.report(one.fix(span, format!("{{{{json {words}}}}}")));
            }
            Some(Kind::Date) => {
                let message = format!("the date {words} is printed as the input has it");
                let one = Diagnostic::new(DiagnosticCode::BareDate, span, message);
                self.report(one.fix(span, format!("{{{{formatDate {words}}}}}")));
            }
            _ if place.shape.nullable => {
                let message = format!("{words} may be missing: nothing would be printed");
                let one = Diagnostic::new(DiagnosticCode::NullablePrinted, span, message);
                let one = one.hint("say what stands for it, or print it inside {{#if}}");
                self.report(one.fix(span, format!("{{{{default {words} \"unknown\"}}}}")));
            }
            _ => {}
        }
        self.trusted(place, span);
    }

    pub(super) fn printed_by_helper(
        &mut self,
        name: &str,
        call: &'s Call,
        span: Span,
        before: &str,
        view: &View<'s>,
    ) {
        if name == "money" && before.ends_with(SIGNS) {
            let message = "money prints the sign of the currency: it would stand twice";
            let start =
                span.start.saturating_sub(before.chars().next_back().map_or(0, char::len_utf8));
            let one = Diagnostic::new(DiagnosticCode::HardCodedCurrency, span, message);
            self.report(one.fix(Span { start, end: span.start }, ""));
        }
        // What comes out of a comparison, a count or a date is no text of the input.
        let plain = ["len", "daysBetween", "eq", "ne", "lt", "le", "gt", "ge", "not", "plural"];
        if plain.contains(&name) || ["number", "percent", "money"].contains(&name) {
            return;
        }
        for argument in call.params.iter().chain(call.hash.iter().map(|(_, value)| value)) {
            if let Expression::Path(path) = argument {
                let place = self.quiet_place(path, view);
                self.trusted(&place, span);
            }
        }
    }

    /// A currency is part of an amount and not of the template.
    fn hard_coded_currency(&mut self, words: &str, span: Span, before: &str) {
        let Some(sign) = before.chars().next_back().filter(|sign| SIGNS.contains(sign)) else {
            return;
        };
        let message = format!("the currency of {words} is written into the template");
        let start = span.start.saturating_sub(sign.len_utf8());
        let whole = Span { start, end: span.end };
        let one = Diagnostic::new(DiagnosticCode::HardCodedCurrency, whole, message);
        self.report(one.fix(whole, format!("{{{{money {words}}}}}")));
    }

    /// Texts from outside stay out of the instructions, and somebody has said what they are.
    fn trusted(&mut self, place: &Place<'s>, span: Span) {
        let Some(path) = &place.path else {
            return;
        };
        let trust = self.surroundings.trust;
        let kind = place.shape.schema.map(|schema| &schema.kind);
        let harmless = matches!(
            kind,
            Some(Kind::Number | Kind::Integer | Kind::Boolean | Kind::Choice(_) | Kind::Date)
        );
        let length = path.ends_with(".length");
        if harmless || length || trust.level(path) == Some(TrustLevel::Trusted) {
            return;
        }
        if self.role == Role::System {
            let message = format!("{path} comes from outside and stands in the system's message");
            let one = Diagnostic::new(DiagnosticCode::Untrusted, span, message);
            self.report(
                one.hint("move it into a message of the user, or trust it by goodwill.trust"),
            );
        } else if trust.level(path).is_none() && self.surroundings.schema.is_some() {
            let message =
                format!("nothing says how far {path} is trusted: it is printed on one line");
            let mut one = Diagnostic::new(DiagnosticCode::Untrusted, span, message);
            one.severity = Severity::Warning;
            self.report(one.hint("name it in goodwill.trust: trusted, line or fence"));
        }
    }

    fn quiet_place(&mut self, path: &Path, view: &View<'s>) -> Place<'s> {
        let before = self.usage.diagnostics.len();
        let place = self.value(path, Span::default(), view);
        self.usage.diagnostics.truncate(before);
        place
    }
}

/// The path as it is written in the tag.
fn print_path(path: &Path, span: Span, source: &str) -> String {
    let inside = span.of(source).trim_matches(['{', '}', '~', '&']).trim();
    if inside.is_empty() { path.original.clone() } else { inside.to_owned() }
}
