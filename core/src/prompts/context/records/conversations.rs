//! What happened with a customer, was said, and was computed.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::spelling::spelled;
use crate::time::Timestamp;

spelled! {
    /// What happened.
    pub enum ActivityKind as "activity_kind" {
        /// A note of staff.
        Note = "note";
        /// A call.
        Call = "call" | "phone";
        /// An e-mail.
        Email = "email" | "mail";
        /// A message in WhatsApp.
        WhatsApp = "whatsapp", title "WhatsApp";
        /// A text message.
        Sms = "sms", title "SMS";
        /// A message in the host's own application.
        InApp = "in_app" | "portal" | "chat", title "In-app";
        /// A direct message in Instagram.
        Instagram = "instagram";
        /// A visit.
        Visit = "visit";
        /// A payment.
        Payment = "payment";
        /// Somebody read an article of the help pages.
        ArticleView = "article_view";
        /// Something was sold.
        Conversion = "conversion";
        /// A status changed.
        Status = "status" | "status_change";
        /// Anything else.
        Other = "other";
    }
}

impl ActivityKind {
    /// Whether people spoke with each other.
    #[must_use]
    pub fn is_contact(self) -> bool {
        matches!(
            self,
            Self::Call
                | Self::Email
                | Self::WhatsApp
                | Self::Sms
                | Self::InApp
                | Self::Instagram
                | Self::Visit
        )
    }

    /// Whether its content can be words of the customer: those of contacts, and of notes about them.
    #[must_use]
    pub fn has_words(self) -> bool {
        self.is_contact() || matches!(self, Self::Note | Self::Other)
    }
}

spelled! {
    /// Who spoke to whom.
    pub enum ActivityDirection as "activity_direction" {
        /// The customer to the business.
        Inbound = "inbound" | "in";
        /// The business to the customer.
        Outbound = "outbound" | "out";
        /// The business to itself.
        Internal = "internal";
    }
}

/// An entry of the log of a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Activity {
    /// When.
    pub created_at: Timestamp,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: ActivityKind,
    /// What was said or written.
    pub content: String,
    /// Who spoke to whom, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<ActivityDirection>,
}

/// A line of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CallLine {
    /// Who spoke.
    pub speaker: String,
    /// What was said.
    pub text: String,
}

/// A call with its transcript.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Call {
    /// When it began.
    pub started_at: Timestamp,
    /// Who called whom.
    pub direction: ActivityDirection,
    /// How long it took.
    pub minutes: f64,
    /// Who spoke for the business.
    pub agent_name: String,
    /// The lines in the order of speaking.
    #[serde(default)]
    pub lines: Vec<CallLine>,
}

/// One driver of a risk to lose a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChurnDriverFact {
    /// What it is, in words.
    pub name: String,
    /// What it is for this customer: a number or a text.
    pub value: Value,
    /// What it is for others: a number or a text.
    pub usual: Value,
}

/// A computed risk to lose a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChurnFacts {
    /// Its band: `Low`, `Medium` or `High`.
    pub level: String,
    /// The probability from 0 to 1.
    pub probability: f64,
    /// What drives it, the strongest first.
    #[serde(default)]
    pub drivers: Vec<ChurnDriverFact>,
}

/// A number about a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeyNumber {
    /// What it is, in words.
    pub name: String,
    /// How much: a number or a text.
    pub value: Value,
    /// How it has changed, such as `+12%`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Value>,
}
