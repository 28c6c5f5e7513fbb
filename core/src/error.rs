//! One error type, one table of codes.
//!
//! The [`ErrorKind`] tells a caller what to do; the [`Code`] tells which rule spoke and never
//! changes its spelling; [`Error::details`] name the field and what would be accepted. The message
//! is for people and is not part of the interface. No message and no detail carries a value that
//! came from outside, since that value may be personal data.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::Value;

/// The result of every fallible call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a caller can do about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// The input breaks a rule: correct it and call again.
    Invalid,
    /// Nothing with this id exists, or the caller may not know that it does.
    NotFound,
    /// The principal may not do this.
    Denied,
    /// The state does not allow it now, or somebody else was first: read again, then decide.
    Conflict,
    /// A limit of the policy is reached.
    LimitExceeded,
    /// The storage cannot serve now: try again later, or make room.
    Unavailable,
    /// This build or this file version cannot do it.
    Unsupported,
    /// Stored data is damaged or is not what it should be.
    Data,
    /// A defect of this library.
    Internal,
}

impl ErrorKind {
    /// The kind in lower snake_case, as it stands on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::NotFound => "not_found",
            Self::Denied => "denied",
            Self::Conflict => "conflict",
            Self::LimitExceeded => "limit_exceeded",
            Self::Unavailable => "unavailable",
            Self::Unsupported => "unsupported",
            Self::Data => "data",
            Self::Internal => "internal",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $text:literal, $kind:ident $(, $retry:ident)?;)+) => {
        /// A stable error code.
        ///
        /// ```
        /// use goodwill::{Code, ErrorKind};
        ///
        /// assert_eq!(Code::ThreadClosed.as_str(), "thread.closed");
        /// assert_eq!(Code::ThreadClosed.kind(), ErrorKind::Conflict);
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code { $($(#[doc = $doc])+ $variant,)+ }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)+];

            /// The code as it stands on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// The kind that every error with this code has.
            #[must_use]
            pub fn kind(self) -> ErrorKind {
                match self { $(Self::$variant => ErrorKind::$kind,)+ }
            }

            /// What the code means, as the reference prints it.
            #[must_use]
            pub fn doc(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc,)+),)+ }
            }

            /// Whether the same call may succeed later without any change.
            #[must_use]
            pub fn retryable(self) -> bool {
                match self { $(Self::$variant => codes!(@retry $($retry)?),)+ }
            }
        }
    };
    (@retry) => { false };
    (@retry retry) => { true };
}

codes! {
    /// A field is missing or has a value outside its rule.
    InputInvalid = "input.invalid", Invalid;
    /// A text that must say something is empty.
    InputEmpty = "input.empty", Invalid;
    /// A text or list is longer than the policy allows.
    InputTooLong = "input.too_long", LimitExceeded;
    /// A text contains U+0000, which no store and no channel can carry.
    InputNul = "input.nul", Invalid;
    /// A word is none of the values of its enumeration.
    InputUnknownValue = "input.unknown_value", Invalid;
    /// An id or external reference is not well formed.
    InputMalformedId = "input.malformed_id", Invalid;
    /// An instant is not RFC 3339, or lies outside the years 1 to 9999.
    InputMalformedTime = "input.malformed_time", Invalid;
    /// A cursor was not made by this operation.
    InputMalformedCursor = "input.malformed_cursor", Invalid;
    /// An amount is not a plain decimal number, or has more decimals than its currency.
    MoneyMalformed = "money.malformed", Invalid;
    /// A currency is not a code of ISO 4217.
    MoneyUnknownCurrency = "money.unknown_currency", Invalid;
    /// Two amounts of different currencies met in one calculation.
    MoneyCurrencyMismatch = "money.currency_mismatch", Invalid;
    /// An amount does not fit into 64 bits of minor units.
    MoneyOverflow = "money.overflow", Invalid;
    /// The request names a role that is not the principal's.
    AccessRoleClaim = "access.role_claim", Denied;
    /// No rule permits this, or a rule forbids it.
    AccessDenied = "access.denied", Denied;
    /// An access rule of a tenant is not well formed or goes over the ceiling.
    AccessRuleInvalid = "access.rule_invalid", Invalid;
    /// The subject (job, order, …) is not known.
    SubjectNotFound = "subject.not_found", NotFound;
    /// The thread is not known.
    ThreadNotFound = "thread.not_found", NotFound;
    /// The thread is closed, and the policy does not let this message reopen it.
    ThreadClosed = "thread.closed", Conflict;
    /// The state machine of the thread has no such transition.
    ThreadTransition = "thread.transition", Conflict;
    /// The two threads cannot be merged: other store, other customer, or one is merged already.
    ThreadMerge = "thread.merge", Conflict;
    /// The message is not known, or not visible to the principal.
    MessageNotFound = "message.not_found", NotFound;
    /// The message cannot be corrected, retracted, reacted to or redacted (any more).
    MessageState = "message.state", Conflict;
    /// A party (customer, staff member, supplier, …) is not known.
    PartyNotFound = "party.not_found", NotFound;
    /// The follow-up is not known, or not visible to the principal.
    FollowupNotFound = "followup.not_found", NotFound;
    /// The follow-up's state does not lead there, or does not allow that change.
    FollowupState = "followup.state", Conflict;
    /// The item of triage is not known.
    TriageNotFound = "triage.not_found", NotFound;
    /// The item of triage was assigned or dismissed before.
    TriageSettled = "triage.settled", Conflict;
    /// An external reference, natural key or identity already belongs to another record.
    ReferenceTaken = "reference.taken", Conflict;
    /// The record has changed since the version that the caller expected.
    VersionStale = "version.stale", Conflict;
    /// Others kept writing the same records; nothing was changed.
    StoreContention = "store.contention", Conflict, retry;
    /// The idempotency key was used before with another request.
    IdempotencyKeyReused = "idempotency.key_reused", Conflict;
    /// The disk or the file's size limit is full; nothing was changed.
    StoreFull = "store.full", Unavailable, retry;
    /// The file or its folder cannot be written.
    StoreReadOnly = "store.read_only", Unavailable;
    /// Another process holds the file.
    StoreLocked = "store.locked", Unavailable, retry;
    /// The file cannot be opened or read.
    StoreUnavailable = "store.unavailable", Unavailable, retry;
    /// The file is not a database.
    StoreNotADatabase = "store.not_a_database", Data;
    /// The file is a database of another program.
    StoreForeign = "store.foreign", Data;
    /// The file was written by a newer version of this library.
    StoreNewerVersion = "store.newer_version", Unsupported;
    /// The engine was closed.
    EngineClosed = "engine.closed", Unavailable;
    /// The engine was opened by the process that this one was forked from: open it anew.
    EngineForked = "engine.forked", Unavailable;
    /// This build has no store of this kind.
    StoreUnsupported = "store.unsupported", Unsupported;
    /// No operation of the table has this name.
    OperationUnknown = "operation.unknown", Unsupported;
    /// The template is not well formed.
    PromptSyntax = "prompt.syntax", Invalid;
    /// A template calls a helper that is not known, or with arguments that it does not take.
    PromptHelper = "prompt.helper", Invalid;
    /// A template calls a partial that is not known.
    PromptPartial = "prompt.partial", Invalid;
    /// A template runs deeper or longer, or prints more, than the limits allow.
    PromptLimit = "prompt.limit", LimitExceeded;
    /// The input has no value for a variable that the prompt must have.
    PromptMissing = "prompt.missing", Invalid;
    /// A value from outside would stand in the message of the system.
    PromptUntrusted = "prompt.untrusted", Invalid;
    /// The prompt does not fit its budget of tokens, even with the fewest items of its lists.
    PromptBudget = "prompt.budget", LimitExceeded;
    /// No prompt has this id, version or label.
    PromptUnknown = "prompt.unknown", NotFound;
    /// The language model's service cannot be reached, or fails.
    LlmTransport = "llm.transport", Unavailable, retry;
    /// The language model's service asks for fewer calls.
    LlmRateLimited = "llm.rate_limited", LimitExceeded, retry;
    /// The language model declines to answer.
    LlmRefused = "llm.refused", Denied;
    /// The language model's service does not take the request.
    LlmInvalidRequest = "llm.invalid_request", Invalid;
    /// The language model's service does not take the key.
    LlmAuthentication = "llm.authentication", Denied;
    /// The request has more tokens than the language model reads.
    LlmContextTooLong = "llm.context_too_long", LimitExceeded;
    /// The language model's service answers in no form that it documents.
    LlmMalformed = "llm.malformed", Data;
    /// The language model's answer is not what the prompt asks for.
    LlmSemantic = "llm.semantic", Data;
    /// The call was given up by its caller.
    LlmCancelled = "llm.cancelled", Unavailable;
    /// The call had no answer at its deadline.
    LlmDeadlineExceeded = "llm.deadline_exceeded", Unavailable, retry;
    /// The language model's service failed so often that it is left alone for a while.
    LlmCircuitOpen = "llm.circuit_open", Unavailable, retry;
    /// The attempts, tokens or money of the call are spent, or the account's quota is.
    LlmBudgetExhausted = "llm.budget_exhausted", LimitExceeded;
    /// The stored data is damaged.
    StoreCorrupt = "store.corrupt", Data;
    /// A defect of this library; please report it.
    Internal = "internal", Internal;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// What went wrong, and what would have been accepted.
///
/// ```
/// use goodwill::{Channel, Code};
///
/// let error = "carrier pigeon".parse::<Channel>().unwrap_err();
/// assert_eq!(error.code(), Code::InputUnknownValue);
/// assert_eq!(error.details()["field"], "channel");
/// assert!(error.details()["accepted"].as_array().unwrap().contains(&"email".into()));
/// ```
#[derive(Debug, thiserror::Error)]
#[error("{message}", message = .0.message)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    code: Code,
    message: String,
    details: BTreeMap<&'static str, Value>,
}

impl Error {
    /// An error with a message for people. The message must not contain personal data.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { code, message: message.into(), details: BTreeMap::new() }))
    }

    /// An [`ErrorKind::Invalid`] error that names the field and what it accepts.
    #[must_use]
    pub fn invalid(field: impl Into<String>, accepted: impl Into<String>) -> Self {
        Self::field(Code::InputInvalid, field, accepted)
    }

    /// An error about one field, with what the field accepts.
    #[must_use]
    pub fn field(code: Code, field: impl Into<String>, accepted: impl Into<String>) -> Self {
        let (field, accepted) = (field.into(), accepted.into());
        Self::new(code, format!("{field}: expected {accepted}"))
            .with("field", field)
            .with("accepted", accepted)
    }

    /// A defect of this library.
    #[must_use]
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(Code::Internal, message)
    }

    /// Adds a detail. The value must not be personal data.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.0.details.insert(key, value.into());
        self
    }

    /// What the caller can do.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.code.kind()
    }

    /// Which rule spoke.
    #[must_use]
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// Named facts about the error: `field`, `accepted`, `limit`, `status`, …
    #[must_use]
    pub fn details(&self) -> &BTreeMap<&'static str, Value> {
        &self.0.details
    }

    /// Whether the same call may succeed later without any change.
    #[must_use]
    pub fn retryable(&self) -> bool {
        self.0.code.retryable()
    }
}

/// The envelope of the wire: `{kind, code, message, details, retryable}`.
impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let mut envelope = serializer.serialize_struct("Error", 5)?;
        envelope.serialize_field("kind", self.kind().as_str())?;
        envelope.serialize_field("code", self.code().as_str())?;
        envelope.serialize_field("message", &self.0.message)?;
        envelope.serialize_field("details", &self.0.details)?;
        envelope.serialize_field("retryable", &self.retryable())?;
        envelope.end()
    }
}

/// An error of a type that is being read, for the reader to find the code of: serde carries text only.
pub(crate) fn for_serde<E: serde::de::Error>(error: Error) -> E {
    E::custom(format_args!("{}: {error}", error.code()))
}

/// Reads a type that is a text on the wire. Parsing inside the visitor lets serde know the place.
pub(crate) fn read_text<'de, T, D>(deserializer: D, expected: &'static str) -> Result<T, D::Error>
where
    T: std::str::FromStr<Err = Error>,
    D: serde::Deserializer<'de>,
{
    struct Text<T>(&'static str, std::marker::PhantomData<fn() -> T>);

    impl<T: std::str::FromStr<Err = Error>> serde::de::Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(for_serde)
        }
    }

    deserializer.deserialize_str(Text(expected, std::marker::PhantomData))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_documented() {
        let mut seen = std::collections::BTreeSet::new();
        for code in Code::ALL {
            assert!(seen.insert(code.as_str()), "{code} stands twice");
            assert!(code.doc().trim().ends_with('.'), "{code} has no sentence of documentation");
        }
    }

    /// The source files below a folder, but for this one.
    fn sources(folder: &std::path::Path) -> String {
        let mut text = String::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                text.push_str(&sources(&path));
            } else if path.extension().is_some_and(|kind| kind == "rs")
                && !path.ends_with("error.rs")
            {
                text.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
        text
    }

    #[test]
    fn codes_are_used() {
        let text = sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        for code in Code::ALL.iter().filter(|code| **code != Code::Internal) {
            // Field errors of the input have a constructor of their own.
            let used = text.contains(&format!("Code::{code:?}")) || *code == Code::InputInvalid;
            assert!(used, "{code} is in the table, but nothing says it");
        }
    }

    #[test]
    fn envelope_has_the_five_parts() {
        let error = Error::invalid("limit", "1 to 500");
        let json = serde_json::to_value(&error).unwrap();
        assert_eq!(
            json,
            serde_json::json!({
                "kind": "invalid",
                "code": "input.invalid",
                "message": "limit: expected 1 to 500",
                "details": {"field": "limit", "accepted": "1 to 500"},
                "retryable": false,
            })
        );
    }
}
