//! The operation table: everything the engine does, as calls in JSON for hosts in other languages.
//!
//! An operation is declared once, in [`table`](self): its name, its parameters, its result, the
//! errors of its own, and one line that calls the Rust method. Dispatch ([`call`]) and the catalogue
//! that clients are generated from (`ops::schema`, feature `schema`) both come from that.
//!
//! A call is `{"session": {…}, "input": {…}}`: who acts, as the host has authenticated it, and the
//! parameters. The answer is `{"ok": …}` or `{"error": {kind, code, message, details, retryable}}`.
//! Field names are camelCase, instants RFC 3339 in UTC with milliseconds, absent and `null` are the
//! same. A panic becomes the error `internal`.
//!
//! ```
//! use goodwill::ops;
//!
//! let engine = ops::open(r#"{"keys": [{"id": "k1", "secret": "0707070707070707070707070707070707070707070707070707070707070707"}]}"#)?;
//! let answer = ops::call(
//!     &engine,
//!     "party.put",
//!     r#"{"session": {"side": "desk", "role": "admin", "party": "root"},
//!         "input": {"party": {"key": "ada", "kind": "customer", "name": "Ada"}}}"#,
//! );
//! assert!(answer.starts_with(r#"{"ok":""#), "{answer}");
//! # Ok::<(), goodwill::Error>(())
//! ```

#[cfg(feature = "analytics")]
mod analytics;
#[cfg(feature = "analytics")]
pub mod columns;
#[cfg(all(feature = "llm", not(target_family = "wasm")))]
mod features;
mod fields;
#[cfg(any(feature = "prompts", feature = "analytics"))]
mod functions;
mod host_function;
mod input;
mod log;
#[cfg(all(feature = "llm", not(target_family = "wasm")))]
mod models;
mod open;
mod operations;
#[cfg(not(target_family = "wasm"))]
mod packed;
mod path;
#[cfg(feature = "prompts")]
mod prompts;
#[cfg(feature = "schema")]
pub mod schema;
#[cfg(all(feature = "llm", not(target_family = "wasm")))]
mod streams;
mod table;
#[cfg(feature = "prompts")]
mod templates;

pub use host_function::HostFunction;
pub use input::{SessionInput, SessionSide, SubjectInput, TargetInput};
pub use log::HostLog;
#[cfg(feature = "testing")]
pub use log::check_log;
#[cfg(all(feature = "llm", not(target_family = "wasm")))]
pub use models::{ModelOptions, ModelProvider};
pub use open::{Host, OpenKey, OpenOptions, Parts, Reproducible, open, open_with};
#[cfg(feature = "prompts")]
pub use prompts::PromptText;

use std::io::Write as _;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::task::Poll;

use serde::{Deserialize, Serialize};

use crate::blocking::Wait as _;
use crate::error::{Code, Error, Result};
use crate::json;

/// How a result is written; errors have one form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// As the reference describes it.
    #[default]
    Plain,
    /// Long lists as tables, for clients in JavaScript; see `ops/packed.rs`.
    #[cfg(not(target_family = "wasm"))]
    Packed,
}

/// Answers a call: never fails, never panics, and holds the caller's thread until it is done.
#[must_use]
pub fn call(host: &Host, operation: &str, request: &str) -> String {
    guarded(dispatch(host, operation, request, Form::Plain)).wait()
}

/// Answers a call as a future. Polling it may take as long as a read or a write of the store.
pub fn answer(
    host: Arc<Host>,
    operation: String,
    request: String,
    form: Form,
) -> impl Future<Output = String> + Send + 'static {
    guarded(async move { dispatch(&host, &operation, &request, form).await })
}

/// Answers a call of a function, which needs no engine: never fails, never panics.
///
/// ```
/// use goodwill::ops;
///
/// let input = r#"{"template": "Dear {{name}},", "input": {"name": "Ada"}}"#;
/// assert_eq!(ops::compute("template.render", input), r#"{"ok":"Dear Ada,"}"#);
/// ```
#[cfg(any(feature = "prompts", feature = "analytics"))]
#[must_use]
pub fn compute(function: &str, input: &str) -> String {
    guard(|| functions::dispatch(function, input)).unwrap_or_else(|envelope| envelope)
}

async fn dispatch(host: &Host, operation: &str, request: &str, form: Form) -> Result<String> {
    let (mut session, mut input) = (None::<Option<SessionInput>>, fields::Unread(None));
    fields::read(request, "Request", &["session", "input"], &mut [&mut session, &mut input])?;
    let input = input.0.filter(|input| *input != "null").unwrap_or("{}");
    let session = session.flatten().unwrap_or_default();
    let opened = host.opened()?;
    let answer = table::dispatch(&opened, operation, session, input, form)?;
    #[cfg(feature = "llm-http")]
    if let Some(background) = &opened.background {
        return background.within(answer).await;
    }
    answer.await
}

/// A panic ends the call, not the host.
async fn guarded(answer: impl Future<Output = Result<String>>) -> String {
    let mut answer = Box::pin(answer);
    let polled = std::future::poll_fn(|context| {
        let polled = AssertUnwindSafe(|| answer.as_mut().poll(context));
        std::panic::catch_unwind(polled).unwrap_or_else(|_| Poll::Ready(Err(defect())))
    });
    envelope(polled.await)
}

/// Does something for a host that wants no `Result`: an error, or a panic, as its envelope.
///
/// ```
/// use goodwill::ops;
///
/// let refused = ops::guard(|| ops::open("{}")).unwrap_err();
/// assert!(refused.starts_with(r#"{"error":{"kind":"invalid","code":"input.invalid""#), "{refused}");
/// ```
///
/// # Errors
/// The envelope.
pub fn guard<T>(what: impl FnOnce() -> Result<T>) -> Result<T, String> {
    let done = std::panic::catch_unwind(AssertUnwindSafe(what));
    done.unwrap_or_else(|_| Err(defect())).map_err(|error| envelope(Err(error)))
}

/// The envelope of a call to an engine that is not open.
#[must_use]
pub fn closed() -> String {
    envelope(Err(Error::new(Code::EngineClosed, "the engine is not open")))
}

/// The envelope of an answer; that of a result is made already.
pub(crate) fn envelope(answer: Result<String>) -> String {
    match answer {
        Ok(envelope) => envelope,
        Err(error) => match serde_json::to_string(&error) {
            Ok(error) => format!("{{\"error\":{error}}}"),
            Err(_) => envelope(Err(defect())),
        },
    }
}

/// The envelope of a result, written in one go.
fn write(form: Form, value: &impl Serialize) -> Result<String> {
    let refuse = || Error::internal("a result is not JSON");
    let mut envelope = b"{\"ok\":".to_vec();
    match form {
        Form::Plain => serde_json::to_writer(&mut envelope, value),
        #[cfg(not(target_family = "wasm"))]
        Form::Packed => packed::write(&mut envelope, value),
    }
    .map_err(|_| refuse())?;
    envelope.push(b'}');
    String::from_utf8(envelope).map_err(|_| refuse())
}

/// What a panic becomes. Its text may hold anything, so that none of it is passed on.
fn defect() -> Error {
    Error::internal("a defect of the library stopped the call; nothing was written")
}

/// Reads JSON into a type; an error names the field by its path.
///
/// # Errors
/// `input.invalid`, or the code of the type that refused a value.
pub fn read<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T> {
    json::read(json).map_err(|refusal| unreadable(json, &refusal))
}

/// What is wrong with a field, without its value: that may be personal. The error says where.
fn unreadable(json: &str, refusal: &json::Refusal) -> Error {
    let Some(said) = refusal.said() else {
        return Error::field(Code::InputInvalid, "request", "JSON");
    };
    let path = path::until(json, refusal.at());
    // Types of this library begin what they say with the code; see `error::for_serde`.
    let coded = said.split_once(": ").and_then(|(code, text)| {
        Some((Code::ALL.iter().find(|known| known.as_str() == code).copied()?, text))
    });
    match coded {
        // The path says which field better than the type can.
        Some((code, text)) => {
            Error::field(code, path, text.split_once(": expected ").unwrap_or(("", text)).1)
        }
        None => unexpected(path, said),
    }
}

/// What serde says of a value of the wrong form. It quotes what it did not expect, which may be
/// personal; only what it expected is kept.
fn unexpected(path: String, said: &str) -> Error {
    if let Some(field) = said.strip_prefix("missing field `") {
        let field = field.trim_end_matches('`');
        let path = if path == "request" { field.to_owned() } else { format!("{path}.{field}") };
        return Error::field(Code::InputInvalid, path, "a value");
    }
    let expected = said.split_once(", expected ").map_or("another form", |(_, expected)| expected);
    Error::field(Code::InputInvalid, path, expected)
}

/// Keeps the texts of panics, which may hold anything, off the host's output: it says only where. A
/// binding calls this once; a program in Rust has its own hook.
pub fn hide_panic_texts() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or("an unknown place", |place| place.file());
        let line = panic.location().map_or(0, std::panic::Location::line);
        let _ = writeln!(std::io::stderr(), "goodwill: a defect at {place}:{line} stopped a call");
    }));
}
