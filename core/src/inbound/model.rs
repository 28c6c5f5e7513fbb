//! The data of messages from outside channels.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::directory::SubjectKind;
use crate::error::{Code, Error, Result};
use crate::ids::{MessageId, PartyId, SubjectId, TenantId, TriageId};
use crate::messages::input::{check_text, check_word};
use crate::messages::{Attachment, Channel, Message};
use crate::spelling::spelled;
use crate::tenants::Limits;
use crate::time::Timestamp;

/// A message as a host's webhook has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InboundMessage {
    /// The channel that it came by.
    pub channel: Channel,
    /// Which of the host's accounts at the provider received it; none by default.
    #[serde(default)]
    pub account: String,
    /// The provider's id of it, of a mail its `Message-ID`: a delivery is taken once. Without one,
    /// every delivery is another message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_ref: Option<String>,
    /// The sender's address as the channel has it.
    pub from: String,
    /// The addresses that it was sent to. One with `+` and a thread's id before its `@` leads there.
    #[serde(default)]
    pub to: Vec<String>,
    /// The subject line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The text in HTML: looked at when there is no plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// The headers of a mail by their names, in any case.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The provider's id of the message that it answers; of a mail, the headers say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_reply_to: Option<String>,
    /// The order or job that it is about: its number, or the host's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_ref: Option<String>,
    /// The files.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Whether the channel vouches for the sender, of a mail by DMARC (RFC 7489). A message whose
    /// sender is known to be false goes to triage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_verified: Option<bool>,
    /// The host's own facts; customers and partners never see them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// When it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<Timestamp>,
}

impl InboundMessage {
    /// A message without words.
    ///
    /// ```
    /// use goodwill::{Channel, InboundMessage};
    ///
    /// let message = InboundMessage {
    ///     text: Some("Where is it?".into()),
    ///     ..InboundMessage::new(Channel::WhatsApp, "4915112345678")
    /// };
    /// assert_eq!(message.header("Auto-Submitted"), None);
    /// ```
    #[must_use]
    pub fn new(channel: Channel, from: impl Into<String>) -> Self {
        Self {
            channel,
            account: String::new(),
            provider_ref: None,
            from: from.into(),
            to: Vec::new(),
            subject: None,
            text: None,
            html: None,
            headers: BTreeMap::new(),
            in_reply_to: None,
            order_ref: None,
            attachments: Vec::new(),
            sender_verified: None,
            metadata: None,
            occurred_at: None,
        }
    }

    /// A header, by its name in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim())
    }

    /// What makes the delivery the same as another one.
    pub(crate) fn key(&self) -> Option<ArrivalKey> {
        self.provider_ref.as_ref().map(|provider_ref| ArrivalKey {
            channel: self.channel,
            account: self.account.clone(),
            provider_ref: provider_ref.clone(),
        })
    }

    /// Refuses what no channel delivers.
    pub(crate) fn check(&self, limits: &Limits) -> Result<()> {
        if self.channel == Channel::InApp {
            return Err(Error::invalid("channel", "a channel outside the host's application"));
        }
        for (field, word) in [
            ("provider_ref", &self.provider_ref),
            ("in_reply_to", &self.in_reply_to),
            ("order_ref", &self.order_ref),
        ] {
            if let Some(word) = word {
                check_word(field, word, if field == "order_ref" { 128 } else { 998 })?;
            }
        }
        check_text("account", &self.account, 255)?;
        check_text("from", &self.from, 998)?;
        let texts = [&self.subject, &self.text, &self.html].into_iter().flatten().map(String::len);
        let headers = self.headers.iter().map(|(name, value)| name.len() + value.len());
        let size: usize = texts.chain(headers).chain(self.to.iter().map(String::len)).sum();
        if size > limits.inbound_bytes {
            let limit = limits.inbound_bytes;
            let accepted = format!("at most {limit} bytes of text, HTML and headers");
            return Err(Error::field(Code::InputTooLong, "text", accepted).with("limit", limit));
        }
        Ok(())
    }
}

/// What makes a delivery the same as another one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArrivalKey {
    /// The channel.
    pub channel: Channel,
    /// The host's account at the provider; empty for messages that were posted with a provider's id.
    pub account: String,
    /// The provider's id.
    pub provider_ref: String,
}

/// What a delivery has become: unique per tenant, channel, account and provider's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Arrival {
    /// Which delivery.
    pub key: ArrivalKey,
    /// The message, once it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageId>,
    /// The item of triage that it was at first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub triage: Option<TriageId>,
}

spelled! {
    /// Why a message did not find its thread by itself.
    pub enum TriageReason as "triage_reason" {
        /// Nobody has the sender's address.
        UnknownSender = "unknown_sender";
        /// More than one party has an address of the sender's.
        AmbiguousSender = "ambiguous_sender";
        /// The channel says that the sender is not who it claims to be.
        UnverifiedSender = "unverified_sender";
        /// The sender may not write to the conversation that the message names.
        NotPermitted = "not_permitted";
        /// No order or job has the number.
        UnknownOrder = "unknown_order";
        /// More than one order or job is named.
        AmbiguousOrder = "ambiguous_order";
        /// No order or job is named, and the sender has none that is open.
        NoOpenSubject = "no_open_subject";
        /// No order or job is named, and the sender has more than one that is open.
        AmbiguousSubject = "ambiguous_subject";
        /// The thread is closed, and the tenant's policy refuses messages to it.
        ThreadClosed = "thread_closed";
        /// It is larger than the tenant's limits for a message.
        TooLarge = "too_large";
        /// It has neither text nor files.
        Empty = "empty";
        /// An answer or a notice of a machine.
        Automatic = "automatic";
        /// A notice that a mail could not be delivered.
        Bounce = "bounce";
        /// A mailing list.
        MailingList = "mailing_list";
        /// An address of the business itself.
        OwnAddress = "own_address";
        /// A message of the business that has come back.
        Loop = "loop";
    }
}

spelled! {
    /// Where an item of triage stands.
    pub enum TriageState as "triage_state" {
        /// Somebody of the business should look at it.
        Open = "open";
        /// It was posted to a conversation.
        Assigned = "assigned";
        /// It belongs to no conversation.
        Dismissed = "dismissed";
    }
}

/// A job or an order that a message may be about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Candidate {
    /// What kind of thing it is.
    pub kind: SubjectKind,
    /// Which one.
    pub subject: SubjectId,
    /// The number that people use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
}

/// A message that waits for somebody to say where it belongs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TriageItem {
    /// The id.
    pub id: TriageId,
    /// The tenant.
    pub tenant: TenantId,
    /// Where it stands.
    pub state: TriageState,
    /// Why it is here.
    pub reason: TriageReason,
    /// The message as it arrived; empty once it was assigned or erased with the person.
    pub arrived: InboundMessage,
    /// What the sender's address is compared by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_key: Option<String>,
    /// The parties that have the sender's address.
    pub senders: Vec<PartyId>,
    /// What it may be about.
    pub candidates: Vec<Candidate>,
    /// The message that it has become.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageId>,
    /// When it arrived.
    pub received_at: Timestamp,
    /// When it was assigned or dismissed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled_at: Option<Timestamp>,
    /// Counts the changes, from 1.
    pub version: u64,
}

impl TriageItem {
    /// The item without what a person wrote.
    #[must_use]
    pub(crate) fn emptied(&self) -> Self {
        let arrived = &self.arrived;
        Self {
            arrived: InboundMessage {
                account: arrived.account.clone(),
                provider_ref: arrived.provider_ref.clone(),
                occurred_at: arrived.occurred_at,
                ..InboundMessage::new(arrived.channel, "")
            },
            sender_key: None,
            ..self.clone()
        }
    }

    /// The item once its sender is erased: nothing is left to assign.
    #[must_use]
    pub(crate) fn erased(&self) -> Self {
        let state = match self.state {
            TriageState::Open => TriageState::Dismissed,
            state => state,
        };
        Self { state, ..self.emptied() }
    }
}

spelled! {
    /// What has become of a delivery.
    pub enum IngestOutcome as "ingest_outcome" {
        /// It is a message of its conversation.
        Posted = "posted";
        /// It was taken before: nothing has changed.
        Duplicate = "duplicate";
        /// It waits in triage.
        Triaged = "triaged";
    }
}

/// What has become of a delivery, and where it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Ingested {
    /// What has become of it.
    pub outcome: IngestOutcome,
    /// The message, now or before; `None` while it waits in triage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
    /// The item of triage, with the reason and what it may be about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub triage: Option<TriageItem>,
}
