//! What routes of an order's thread take and give.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::inbound::{InboundMessage, IngestOutcome, TriageReason};
use crate::messages::{Attachment, Channel, MessageKind};
use crate::threads::PublicStatus;
use crate::time::Timestamp;
use crate::{MessageId, Role, ThreadId};

/// What is posted to an order's thread.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct CreateOrderMessage {
    /// The text.
    pub content: String,
    /// Where it comes from; `in_app` by default.
    pub channel: Option<Channel>,
    /// Whether only administrators may see it.
    pub is_internal: bool,
    /// The files.
    pub attachments: Vec<Attachment>,
    /// The role that a client claims: refused unless it is the principal's.
    pub role: Option<Role>,
}

/// A message from outside, as webhooks know it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChannelMessage {
    /// The number of the order, or the host's id of it.
    #[serde(default)]
    pub order_number: Option<String>,
    /// The customer's telephone number.
    #[serde(default)]
    pub customer_phone: Option<String>,
    /// The customer's address of mail.
    #[serde(default)]
    pub customer_email: Option<String>,
    /// The text.
    pub content: String,
    /// The channel that it came by: `email`, `whatsapp`, `sms`, …
    pub channel: Channel,
    /// The telephone number that it came from; the customer's by default.
    #[serde(default)]
    pub sender_phone: Option<String>,
    /// The provider's id of it: then a delivery that comes again changes nothing.
    #[serde(default)]
    pub provider_ref: Option<String>,
}

/// What has become of a message from outside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChannelMessageResult {
    /// `posted`, `duplicate`, or `triaged`: it waits for somebody of the staff.
    pub outcome: IngestOutcome,
    /// The message; `null` while it waits.
    pub message: Option<OrderMessageDto>,
    /// Why it waits, or waited.
    pub reason: Option<TriageReason>,
}

impl ChannelMessage {
    pub(super) fn into_inbound(self) -> Result<InboundMessage> {
        let phone = self.sender_phone.or(self.customer_phone);
        let from = match self.channel {
            Channel::Email => self.customer_email.or(phone),
            _ => phone.or(self.customer_email),
        };
        let from = from.ok_or_else(|| {
            Error::invalid("senderPhone", "senderPhone, customerPhone or customerEmail")
        })?;
        Ok(InboundMessage {
            text: Some(self.content),
            order_ref: self.order_number,
            provider_ref: self.provider_ref,
            ..InboundMessage::new(self.channel, from)
        })
    }
}

/// Who read a message, and when first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReadReceiptDto {
    /// In which role.
    pub role: Role,
    /// Who; the business alone learns that.
    pub user_id: Option<String>,
    /// When first.
    pub read_at: Timestamp,
}

/// A message of an order's thread.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderMessageDto {
    /// The id.
    pub id: MessageId,
    /// The thread.
    pub thread_id: ThreadId,
    /// The order, as the host names it.
    pub order_id: String,
    /// The store, as the host names it.
    pub store_id: Option<String>,
    /// The role of its author.
    pub sender_role: Role,
    /// Its author: the business learns everybody's, others only their own.
    pub sender_id: Option<String>,
    /// Where it came from.
    pub channel: Channel,
    /// `text`, `attachment`, `system_event`, …
    pub message_type: MessageKind,
    /// The text.
    pub content: String,
    /// The files.
    pub attachments: Vec<Value>,
    /// Whether somebody of another side than its author's has read it.
    pub is_read: bool,
    /// Who read it.
    pub read_by: Vec<ReadReceiptDto>,
    /// Whether only administrators may see it.
    pub is_internal: bool,
    /// The host's facts about it, for the business.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// When it was posted.
    pub created_at: Timestamp,
}

/// An order's thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderThreadDto {
    /// The id.
    pub id: ThreadId,
    /// The store, as the host names it.
    pub store_id: Option<String>,
    /// The order, as the host names it.
    pub order_id: String,
    /// The customer, as the host names them.
    pub customer_id: String,
    /// `open` or `closed`.
    pub status: PublicStatus,
    /// When the newest message that the principal may see was posted.
    pub last_message_at: Option<Timestamp>,
    /// When it began.
    pub created_at: Timestamp,
}

/// An order's thread with its messages, oldest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderThreadMessages {
    /// The thread; `null` before the first message.
    pub thread: Option<OrderThreadDto>,
    /// The messages.
    pub messages: Vec<OrderMessageDto>,
}

/// What an administrator searches for: the query string of the search route.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct OrderMessageSearch {
    /// Words; see [`crate::search`].
    pub keyword: Option<String>,
    /// `open` or `closed`.
    pub status: Option<PublicStatus>,
    /// Only what the administrator has yet to read.
    pub unread: bool,
    /// The status of the order, in any spelling.
    pub order_status: Option<String>,
    /// Where the message came from.
    pub channel: Option<Channel>,
    /// The role of its author.
    pub sender_role: Option<Role>,
    /// The page, from 1.
    pub page: Option<u32>,
    /// Messages a page, 1 to 200; 50 by default.
    pub limit: Option<u32>,
}

/// A page of found messages, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderMessageSearchResult {
    /// The messages.
    pub messages: Vec<OrderMessageDto>,
    /// How many there are in all.
    pub total: u64,
    /// Whether `total` is all, or only as far as was counted.
    pub total_is_exact: bool,
    /// The page.
    pub page: u32,
    /// Messages a page.
    pub limit: u32,
}

impl OrderThreadMessages {
    pub(super) fn empty() -> Self {
        Self { thread: None, messages: Vec::new() }
    }
}
