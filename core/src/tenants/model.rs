//! The data of tenants.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::access::{Role, RoleSet, Side};
use crate::ids::TenantId;
use crate::messages::{Topic, Visibility};
use crate::spelling::spelled;

/// A tenant and what it has decided.
///
/// A tenant that was never stored has the defaults, so that a host with one tenant need not set it up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Tenant {
    /// The id.
    pub id: TenantId,
    /// The name that customers see.
    pub name: String,
    /// The policies.
    #[serde(default)]
    pub policies: Policies,
    /// Access rules on top of the built-in ones; see [`crate::access`].
    #[serde(default)]
    pub rules: Vec<crate::access::Rule>,
    /// Counts the changes, from 1; 0 for a tenant that was never stored.
    #[serde(default)]
    pub version: u64,
}

impl Tenant {
    /// A tenant with the default policies.
    #[must_use]
    pub fn new(id: TenantId, name: impl Into<String>) -> Self {
        Self { id, name: name.into(), policies: Policies::default(), rules: Vec::new(), version: 0 }
    }
}

spelled! {
    /// What a message does to a closed thread.
    pub enum ClosedThread as "closed_thread" {
        /// It opens the thread again.
        Reopen = "reopen";
        /// It is refused with `thread.closed`.
        Refuse = "refuse";
        /// It is added, and the thread stays closed.
        Append = "append";
    }
}

/// What holds for the threads of a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Policies {
    /// What a customer's message does to a closed thread.
    pub closed_to_customers: ClosedThread,
    /// What a message of the business or a partner does to a closed thread.
    pub closed_to_staff: ClosedThread,
    /// Who sees an internal note whose author names no audience.
    pub note_audience: RoleSet,
    /// For how many seconds authors with an undo window may correct or retract.
    pub undo_seconds: u64,
    /// Whether customers learn that staff have read their messages (the role, never the person).
    pub customers_see_receipts: bool,
    /// Whether customers and partners may fetch files that no scanner has seen.
    pub share_unscanned_files: bool,
    /// The titles of messages that have none.
    pub titles: Titles,
    /// How much is accepted.
    pub limits: Limits,
    /// How messages from outside channels find their thread.
    pub inbound: InboundPolicy,
    /// After how many entries of the audit trail `tick` makes a checkpoint.
    pub checkpoint_entries: u64,
    /// For how many seconds an idempotency key is remembered.
    pub idempotency_seconds: u64,
}

impl Default for Policies {
    fn default() -> Self {
        Self {
            closed_to_customers: ClosedThread::Reopen,
            closed_to_staff: ClosedThread::Refuse,
            note_audience: RoleSet::of(&[Role::Admin]),
            undo_seconds: 15 * 60,
            customers_see_receipts: true,
            share_unscanned_files: false,
            titles: Titles::default(),
            limits: Limits::default(),
            inbound: InboundPolicy::default(),
            checkpoint_entries: 1_000,
            idempotency_seconds: 7 * 24 * 60 * 60,
        }
    }
}

impl Policies {
    /// What a message of this side does to a closed thread.
    #[must_use]
    pub fn closed_to(&self, side: Side) -> ClosedThread {
        match side {
            Side::Customer => self.closed_to_customers,
            Side::Business | Side::Partner => self.closed_to_staff,
        }
    }

    /// The undo window.
    #[must_use]
    pub fn undo_window(&self) -> Duration {
        Duration::from_secs(self.undo_seconds)
    }

    /// The visibility of an internal note whose author names no audience.
    #[must_use]
    pub fn note_visibility(&self) -> Visibility {
        Visibility::Internal { audience: self.note_audience }
    }
}

/// The titles of messages that have none, by topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Titles {
    /// For [`Topic::StatusUpdate`].
    pub status_update: String,
    /// For [`Topic::EtaUpdate`].
    pub eta_update: String,
    /// For [`Topic::Generic`].
    pub generic: String,
    /// For [`Topic::Reminder`].
    pub reminder: String,
    /// For [`Topic::Greeting`].
    pub greeting: String,
    /// For [`Topic::Survey`].
    pub survey: String,
}

impl Default for Titles {
    fn default() -> Self {
        Self {
            status_update: "Project Status Update".into(),
            eta_update: "Installation Timeline Update".into(),
            generic: "Message from Your Solar Team".into(),
            reminder: "Reminder".into(),
            greeting: "Greetings from Your Team".into(),
            survey: "How Did We Do?".into(),
        }
    }
}

impl Titles {
    /// The title for a topic.
    #[must_use]
    pub fn of(&self, topic: Topic) -> &str {
        match topic {
            Topic::StatusUpdate => &self.status_update,
            Topic::EtaUpdate => &self.eta_update,
            Topic::Generic => &self.generic,
            Topic::Reminder => &self.reminder,
            Topic::Greeting => &self.greeting,
            Topic::Survey => &self.survey,
        }
    }
}

/// How messages from outside channels find their thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct InboundPolicy {
    /// The calling code of telephone numbers without one, such as `49`.
    pub calling_code: Option<String>,
    /// What the numbers of orders and jobs look like in a subject line: `#` stands for digits, `*`
    /// for letters and digits, everything else for itself, in any case.
    pub number_patterns: Vec<String>,
    /// The addresses of the business itself: what comes from them is not posted.
    pub own_addresses: Vec<String>,
    /// The host's statuses of jobs and orders that a message without a number is not about.
    pub finished_statuses: Vec<String>,
}

impl Default for InboundPolicy {
    fn default() -> Self {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Self {
            calling_code: None,
            number_patterns: words(&["ORD-#"]),
            own_addresses: Vec::new(),
            finished_statuses: words(&["cancelled", "canceled", "closed", "completed", "refunded"]),
        }
    }
}

/// How much is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Limits {
    /// Bytes of UTF-8 in a text.
    pub text_bytes: usize,
    /// Bytes of UTF-8 of a message from an outside channel: text, HTML and headers.
    pub inbound_bytes: usize,
    /// Bytes of UTF-8 in a title.
    pub title_bytes: usize,
    /// Bytes of JSON in the metadata.
    pub metadata_bytes: usize,
    /// Files at one message.
    pub attachments: usize,
    /// Bytes of one file.
    pub attachment_bytes: u64,
    /// Tags of one thread.
    pub tags: usize,
    /// Participants of one thread.
    pub participants: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            text_bytes: 65_536,
            inbound_bytes: 1024 * 1024,
            title_bytes: 256,
            metadata_bytes: 16_384,
            attachments: 20,
            attachment_bytes: 50 * 1024 * 1024,
            tags: 50,
            participants: 200,
        }
    }
}
