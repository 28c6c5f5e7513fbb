//! A log of the host's, behind one function that takes and gives JSON.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::error::{Code, Error, Result};
use crate::ops::HostFunction;
use crate::store::log::{Log, LogEntry};

/// A [`Log`] over a function of the host's.
///
/// Requests and answers are:
///
/// | request | answer |
/// | --- | --- |
/// | `{"read": {"after": 3}}` | `{"ok": [{"position": 4, "entry": "…"}]}` |
/// | `{"append": {"after": 4, "entry": "…"}}` | `{"ok": true}`, `{"ok": false}` |
///
/// What fails is `{"error": {"code": "store.full"}}`: with one of the `store.*` codes, or none if the
/// host does not know. A number beside it, `"thrown": 7`, comes back in the details of the error, so
/// that the host finds the exception again.
#[derive(Debug)]
pub struct HostLog<F>(pub F);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Request {
    Read { after: u64 },
    Append { after: u64, entry: String },
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Answer<T> {
    Ok(T),
    Error(Thrown),
}

#[derive(Deserialize)]
struct Thrown {
    code: Option<String>,
    thrown: Option<u64>,
}

#[async_trait]
impl<F: HostFunction> Log for HostLog<F> {
    async fn read(&self, after: u64) -> Result<Vec<LogEntry>> {
        self.ask(Request::Read { after }, "entries").await
    }

    async fn append(&self, after: u64, entry: String) -> Result<bool> {
        self.ask(Request::Append { after, entry }, "true or false").await
    }
}

impl<F: HostFunction> HostLog<F> {
    async fn ask<T: for<'a> Deserialize<'a>>(&self, request: Request, expected: &str) -> Result<T> {
        let request = serde_json::to_string(&request)
            .map_err(|_| Error::internal("an entry of the log is not JSON"))?;
        let answer = self.0.call(request).await.ok_or_else(|| {
            Error::new(Code::StoreUnavailable, "the log of the host did not answer")
        })?;
        match serde_json::from_str(&answer) {
            Ok(Answer::Ok(answer)) => Ok(answer),
            Ok(Answer::Error(thrown)) => Err(thrown.into_error()),
            Err(_) => Err(Error::new(
                Code::StoreUnavailable,
                format!("the log of the host answered something else than {expected}"),
            )),
        }
    }
}

impl Thrown {
    fn into_error(self) -> Error {
        let of_a_store = |code: &&Code| {
            code.as_str().starts_with("store.") && Some(code.as_str()) == self.code.as_deref()
        };
        let code = Code::ALL.iter().find(of_a_store).copied().unwrap_or(Code::StoreUnavailable);
        let error = Error::new(code, "the log of the host failed");
        match self.thrown {
            Some(thrown) => error.with("thrown", thrown),
            None => error,
        }
    }
}

/// Puts a new, empty log of the host's to one of [`log_checks`]; holds the caller's thread until it is
/// done. Gives the envelope of what the log did wrong, or of `null`.
///
/// [`log_checks`]: crate::store::testing::log_checks
#[cfg(feature = "testing")]
#[must_use]
pub fn check_log(check: &str, log: impl Log + 'static) -> String {
    let checked = crate::ops::guard(|| {
        let failure = crate::store::testing::check_log(check, log).err();
        let failure = failure.map(|failure| failure.to_string());
        Ok(serde_json::json!({ "ok": failure }).to_string())
    });
    checked.unwrap_or_else(|envelope| envelope)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocking::Wait as _;

    #[derive(Debug)]
    struct Says(Option<&'static str>);

    #[async_trait]
    impl HostFunction for Says {
        async fn call(&self, _: String) -> Option<String> {
            self.0.map(str::to_owned)
        }
    }

    fn read(says: Option<&'static str>) -> Result<Vec<LogEntry>> {
        HostLog(Says(says)).read(0).wait()
    }

    #[test]
    fn entries_and_errors_come_across() {
        let entries = read(Some(r#"{"ok": [{"position": 1, "entry": "x"}]}"#)).unwrap();
        assert_eq!(entries, [LogEntry { position: 1, entry: "x".into() }]);
        let full = read(Some(r#"{"error": {"code": "store.full", "thrown": 7}}"#)).unwrap_err();
        assert_eq!(full.code(), Code::StoreFull);
        assert_eq!(full.details().get("thrown"), Some(&7.into()));
        let taken = HostLog(Says(Some(r#"{"ok": false}"#))).append(0, "x".into()).wait();
        assert!(!taken.unwrap());
    }

    #[test]
    fn anything_else_means_that_the_log_is_unavailable() {
        let other = [
            None,
            Some(""),
            Some("null"),
            Some(r#"{"ok": true}"#),
            Some(r#"{"ok": [{"position": -1, "entry": "x"}]}"#),
            Some(r#"{"ok": [{"position": 1, "entry": null}]}"#),
            // Not a code of a store: a host cannot make up a refusal of the engine's.
            Some(r#"{"error": {"code": "access.denied"}}"#),
            Some(r#"{"error": {}}"#),
        ];
        for says in other {
            assert_eq!(read(says).unwrap_err().code(), Code::StoreUnavailable, "{says:?}");
        }
    }
}
