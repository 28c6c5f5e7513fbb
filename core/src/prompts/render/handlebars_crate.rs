//! The crate `handlebars` as an engine.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use handlebars::{
    Context, Handlebars, Helper, HelperDef, RenderContext, RenderError, RenderErrorReason,
    ScopedJson, TemplateError, no_escape,
};
use serde_json::Value as Json;

use super::helpers::{Arguments, HelperFunction};
use super::value::Value;
use super::{Helpers, Limits, TemplateEngine};
use crate::error::{Code, Error, Result};
use crate::prompts::template::{DiagnosticCode, Template};

/// The crate `handlebars`, without HTML escaping and with the helpers of this library.
///
/// Calls with parentheses behind the name are written as it reads them, and whole numbers are whole
/// however they came. It still has a dialect of its own: ADR 9 lists what it prints otherwise than
/// Handlebars.js. It keeps no bound but that of the output.
///
/// ```
/// use std::collections::BTreeMap;
/// use goodwill::prompts::render::{HandlebarsCrate, Helpers, TemplateEngine};
///
/// let data = serde_json::json!({"customer": {"since": "2026-03-01T09:00:00Z"}, "due": 500.0});
/// let text = HandlebarsCrate::default().print(
///     "Since {{formatDate(customer.since)}}: {{due}}",
///     &data,
///     &BTreeMap::new(),
///     &Helpers::standard(),
/// )?;
/// assert_eq!(text, "Since 2026-03-01: 500");
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct HandlebarsCrate {
    /// Bounds of the printing, of which that of the output counts.
    pub limits: Limits,
}

impl TemplateEngine for HandlebarsCrate {
    fn name(&self) -> &'static str {
        "handlebars"
    }

    fn print(
        &self,
        template: &str,
        data: &Json,
        partials: &BTreeMap<String, String>,
        helpers: &Helpers,
    ) -> Result<String> {
        let mut engine = Handlebars::new();
        engine.register_escape_fn(no_escape);
        // A value of this name is a value, as in Handlebars.js.
        for name in ["len", "eq", "ne", "gt", "gte", "lt", "lte", "and", "or", "not", "raw"] {
            engine.unregister_helper(name);
        }
        for name in helpers.names() {
            if let Some(function) = helpers.shared(name) {
                engine.register_helper(name, Box::new(Adapted(function)));
            }
        }
        for (name, text) in partials {
            engine.register_partial(name, canonical(text)).map_err(|error| unread(&error))?;
        }
        let mut text = Bounded { bytes: Vec::new(), most: self.limits.output_bytes };
        let printed =
            engine.render_template_to_write(&canonical(template), &plain(data), &mut text);
        printed.map_err(|error| refused(&error))?;
        String::from_utf8(text.bytes).map_err(|_| Error::internal("a template printed no UTF-8"))
    }
}

/// The template with calls as every engine reads them: `{{formatDate x}}`.
fn canonical(template: &str) -> String {
    let mut text = template.to_owned();
    let found = Template::check(template).diagnostics;
    let calls = found.into_iter().filter(|one| one.code == DiagnosticCode::CallSyntax);
    let mut fixes: Vec<_> = calls.filter_map(|one| one.fix).collect();
    fixes.sort_by_key(|fix| std::cmp::Reverse(fix.span.start));
    for fix in fixes {
        if text.get(fix.span.start..fix.span.end).is_some() {
            text.replace_range(fix.span.start..fix.span.end, &fix.replacement);
        }
    }
    text
}

/// The data with whole numbers as such, which the crate would print as `500.0`.
fn plain(data: &Json) -> Json {
    match data {
        Json::Number(number) => number.as_f64().map_or(Json::Null, number_json),
        Json::Array(items) => items.iter().map(plain).collect(),
        Json::Object(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), plain(value))).collect()
        }
        other => other.clone(),
    }
}

/// A number of JavaScript as JSON.
fn number_json(number: f64) -> Json {
    let text = super::number_text(number);
    match text.parse::<i64>() {
        Ok(whole) => whole.into(),
        Err(_) => number.into(),
    }
}

/// Text up to a bound.
struct Bounded {
    bytes: Vec<u8>,
    most: usize,
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len().saturating_add(bytes.len()) > self.most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A helper of this library.
struct Adapted(Arc<HelperFunction>);

impl HelperDef for Adapted {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> std::result::Result<ScopedJson<'rc>, RenderError> {
        let of = |given: &handlebars::PathAndJson<'rc>| {
            if given.is_value_missing() { Json::Null } else { given.value().clone() }
        };
        let values: Vec<Json> = helper.params().iter().map(of).collect();
        let values: Vec<Value<'_>> = values.iter().map(Value::from).collect();
        let named: Vec<(&str, Json)> =
            helper.hash().iter().map(|(name, given)| (*name, of(given))).collect();
        let named: Vec<(Cow<'_, str>, Value<'_>)> =
            named.iter().map(|(name, given)| (Cow::Borrowed(*name), given.into())).collect();
        let made = (self.0)(&Arguments { values: &values, named: &named });
        let made = made.map_err(RenderErrorReason::InvalidParamType)?;
        Ok(ScopedJson::Derived(json(&made)))
    }
}

fn json(value: &Value<'_>) -> Json {
    match value {
        Value::Undefined | Value::Null => Json::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(number) => number_json(*number),
        Value::Text(text) => text.as_ref().into(),
        Value::List(items) => items.iter().map(plain).collect(),
        Value::Object(fields) => plain(&Json::Object((*fields).clone())),
        Value::Record(record) => {
            record.values().map(|(name, value)| (name.into_owned(), json(&value))).collect()
        }
    }
}

fn unread(error: &TemplateError) -> Error {
    let error_of =
        Error::new(Code::PromptSyntax, "the crate handlebars does not read the template");
    match error.pos() {
        Some((line, column)) => error_of.with("line", line).with("column", column),
        None => error_of,
    }
}

fn refused(error: &RenderError) -> Error {
    let (code, message) = match error.reason() {
        RenderErrorReason::TemplateError(error) => return unread(error),
        RenderErrorReason::PartialNotFound(_)
        | RenderErrorReason::PartialBlockNotFound
        | RenderErrorReason::CannotIncludeSelf => {
            (Code::PromptPartial, "a partial of the template is not known")
        }
        RenderErrorReason::IOError(_) => {
            let message = "the text has more bytes than the limit";
            return Error::new(Code::PromptLimit, message).with("limit", "output_bytes");
        }
        _ => (Code::PromptHelper, "a helper is not known, or does not take what it is given"),
    };
    match error.line_no {
        Some(line) => Error::new(code, message).with("line", line),
        None => Error::new(code, message),
    }
}
