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

mod input;
mod open;
#[cfg(feature = "schema")]
pub mod schema;
mod table;

pub use input::{SessionInput, SessionSide, SubjectInput, TargetInput};
pub use open::{Host, OpenKey, OpenOptions, Reproducible, open, open_on};

use std::panic::AssertUnwindSafe;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::blocking::Wait as _;
use crate::error::{Code, Error, Result};

/// A call as it comes from a host.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Request<'a> {
    #[serde(default)]
    session: Option<SessionInput>,
    #[serde(borrow, default)]
    input: Option<&'a RawValue>,
}

/// Answers a call: never fails, never panics, and holds the caller's thread until it is done.
#[must_use]
pub fn call(host: &Host, operation: &str, request: &str) -> String {
    let answer = std::panic::catch_unwind(AssertUnwindSafe(|| {
        async {
            let request: Request<'_> = read(request)?;
            let input = request.input.map_or("{}", RawValue::get);
            table::dispatch(host, operation, request.session.unwrap_or_default(), input).await
        }
        .wait()
    }));
    envelope(answer.unwrap_or_else(|_| Err(defect())))
}

/// Wraps the JSON of a result, or an error.
pub(crate) fn envelope(answer: Result<String>) -> String {
    match answer {
        Ok(value) => format!("{{\"ok\":{value}}}"),
        Err(error) => match serde_json::to_string(&error) {
            Ok(error) => format!("{{\"error\":{error}}}"),
            Err(_) => envelope(Err(defect())),
        },
    }
}

/// What a panic becomes. Its text may hold anything, so that none of it is passed on.
fn defect() -> Error {
    Error::internal("a defect of the library stopped the call; nothing was written")
}

/// Reads JSON into a type; an error names the field by its path.
pub(crate) fn read<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        let path = if path == "." { "request".to_owned() } else { path };
        unreadable(path, error.inner())
    })?;
    deserializer.end().map_err(|error| unreadable("request".to_owned(), &error))?;
    Ok(value)
}

/// What is wrong with a field, without its value: that may be personal.
fn unreadable(path: String, error: &serde_json::Error) -> Error {
    use serde_json::error::Category;

    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
    // Types of this library begin what they say with the code; see `error::for_serde`.
    let coded = said.split_once(": ").and_then(|(code, text)| {
        Some((Code::ALL.iter().find(|known| known.as_str() == code).copied()?, text))
    });
    let (code, text) = match (coded, error.classify()) {
        (Some((code, text)), _) => (code, text.to_owned()),
        (None, Category::Data) => (Code::InputInvalid, without_values(said)),
        (None, _) => (Code::InputInvalid, "the request is not JSON".to_owned()),
    };
    Error::new(code, format!("{path}: {text}")).with("field", path).with("accepted", text)
}

/// serde quotes what it did not expect; only what it expected is kept.
fn without_values(said: &str) -> String {
    match said.split_once(", expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None => said.split('`').enumerate().fold(String::new(), |out, (place, part)| {
            // Names of our own fields are quoted too, and may stay.
            let ours = place % 2 == 0 || said.starts_with("missing field");
            if ours { out + part } else { out + "…" }
        }),
    }
}
