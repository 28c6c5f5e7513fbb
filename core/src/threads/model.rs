//! The data of threads.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::access::{Role, Side};
use crate::directory::SubjectKind;
use crate::ids::{PartyId, StorefrontId, SubjectId, TenantId, ThreadId};
use crate::spelling::spelled;
use crate::time::Timestamp;

spelled! {
    /// Where a thread stands.
    pub enum ThreadStatus as "status" {
        /// Somebody of the business should look at it.
        Open = "open";
        /// Waiting for the customer or a third party.
        Pending = "pending";
        /// Out of sight until an instant, or until the customer writes.
        Snoozed = "snoozed";
        /// Answered; the customer may still come back.
        Resolved = "resolved";
        /// Over.
        Closed = "closed";
    }
}

spelled! {
    /// How urgent a thread is.
    pub enum Priority as "priority" {
        /// Can wait.
        Low = "low";
        /// As usual.
        Normal = "normal" | "medium";
        /// Soon.
        High = "high";
        /// At once.
        Urgent = "urgent";
    }
}

/// How many messages and events a thread has had. The public counters count only what everybody
/// who may read the thread can see, so that a customer's numbers have no gap where a note stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Counters {
    /// The sequence number of the newest message.
    pub messages: u64,
    /// The public number of the newest public message.
    pub public_messages: u64,
    /// The sequence number of the newest event.
    pub events: u64,
    /// The public number of the newest public event.
    pub public_events: u64,
}

/// One conversation about one subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Thread {
    /// The id.
    pub id: ThreadId,
    /// The tenant.
    pub tenant: TenantId,
    /// The storefront, taken from the subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store: Option<StorefrontId>,
    /// The kind of the subject.
    pub subject_kind: SubjectKind,
    /// The subject.
    pub subject: SubjectId,
    /// The customer, taken from the subject.
    pub customer: PartyId,
    /// Where it stands.
    pub status: ThreadStatus,
    /// When a snoozed thread wakes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snoozed_until: Option<Timestamp>,
    /// How urgent it is.
    pub priority: Priority,
    /// The member of staff who answers for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<PartyId>,
    /// Tags, sorted.
    pub tags: BTreeSet<String>,
    /// Message and event counters.
    pub counters: Counters,
    /// The instant of the newest message of any visibility; of the thread itself when it has none.
    pub active_at: Timestamp,
    /// The instant of the newest public message; of the thread itself when it has none.
    pub public_active_at: Timestamp,
    /// The instant of the customer's newest message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_customer_message_at: Option<Timestamp>,
    /// Since when the customer has been waiting for an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting_since: Option<Timestamp>,
    /// When the customer was answered for the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_response_at: Option<Timestamp>,
    /// When it was resolved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved_at: Option<Timestamp>,
    /// When it was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
    /// The thread that took this one over: this one is its alias.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<ThreadId>,
    /// When it began.
    pub created_at: Timestamp,
    /// Counts the changes of the thread, from 1; a new message alone is not a change.
    pub version: u64,
}

/// Somebody who takes part in a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Participant {
    /// The thread.
    pub thread: ThreadId,
    /// Who.
    pub party: PartyId,
    /// In which role.
    pub role: Role,
    /// Since when.
    pub joined_at: Timestamp,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_at: Option<Timestamp>,
    /// Wants no notifications.
    pub muted: bool,
}

impl Participant {
    /// The side of the conversation.
    #[must_use]
    pub fn side(&self) -> Side {
        self.role.side()
    }
}

/// What one reader has read of one thread: everything up to a cursor, and single messages after it.
///
/// The state is a set of sequence numbers in a small form: `seq` is read when it is at most
/// `cursor` or stands in `extra`. What the reader may not see is never counted, so that it does not
/// matter whether the cursor passes over it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReadState {
    /// The thread.
    pub thread: ThreadId,
    /// The reader.
    pub reader: PartyId,
    /// The role in which the reader last read.
    pub role: Role,
    /// Everything up to here is read.
    pub cursor: u64,
    /// Read after the cursor.
    pub extra: BTreeSet<u64>,
    /// When the reader last read something.
    pub last_read_at: Timestamp,
    /// Counts the changes, from 1.
    pub version: u64,
}

/// The first reading of a run of messages by one reader.
///
/// Receipts are only added. The first-read time of a message is the earliest receipt that covers
/// its sequence number; marking unread removes none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// The thread.
    pub thread: ThreadId,
    /// The reader.
    pub reader: PartyId,
    /// The role in which the reader read.
    pub role: Role,
    /// The first sequence number covered.
    pub from_seq: u64,
    /// The last sequence number covered.
    pub to_seq: u64,
    /// When.
    pub at: Timestamp,
}

impl ReadState {
    /// Whether the message with this sequence number is read.
    #[must_use]
    pub fn has_read(&self, seq: u64) -> bool {
        seq <= self.cursor || self.extra.contains(&seq)
    }
}

spelled! {
    /// Where a thread stands, as customers and partners see it.
    pub enum PublicStatus as "status" {
        /// It goes on.
        Open = "open";
        /// It is over.
        Closed = "closed";
    }
}

/// A thread as customers and partners read it: nothing of how the business works on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PublicThread {
    /// The id.
    pub id: ThreadId,
    /// The kind of the subject.
    pub subject_kind: SubjectKind,
    /// The subject.
    pub subject: SubjectId,
    /// The storefront.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store: Option<StorefrontId>,
    /// The customer.
    pub customer: PartyId,
    /// Where it stands.
    pub status: PublicStatus,
    /// The number of the newest public message.
    pub messages: u64,
    /// When the newest public message was posted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_message_at: Option<Timestamp>,
    /// When it began.
    pub created_at: Timestamp,
}

impl PublicThread {
    /// The thread as customers and partners read it.
    #[must_use]
    pub fn of(thread: &Thread) -> Self {
        let messages = thread.counters.public_messages;
        Self {
            id: thread.id,
            subject_kind: thread.subject_kind,
            subject: thread.subject,
            store: thread.store,
            customer: thread.customer,
            status: thread.public_status(),
            messages,
            last_message_at: (messages > 0).then_some(thread.public_active_at),
            created_at: thread.created_at,
        }
    }
}

impl Thread {
    /// Closed, or everything else.
    #[must_use]
    pub fn public_status(&self) -> PublicStatus {
        match self.status {
            ThreadStatus::Closed => PublicStatus::Closed,
            _ => PublicStatus::Open,
        }
    }

    /// When the newest message was posted.
    #[must_use]
    pub fn last_message_at(&self) -> Option<Timestamp> {
        (self.counters.messages > 0).then_some(self.active_at)
    }
}
