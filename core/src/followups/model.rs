//! The data of follow-ups, and where they can go.

use serde::{Deserialize, Serialize};

use crate::ids::{FollowupId, PartyId, StorefrontId, SubjectId, TenantId};
use crate::spelling::spelled;
use crate::time::Timestamp;

spelled! {
    /// Where a follow-up stands.
    pub enum FollowupState as "followup_state" {
        /// It is to be done.
        Pending = "pending";
        /// A message about it is planned for its date.
        Scheduled = "scheduled";
        /// The message was sent; the customer may answer.
        Sent = "sent";
        /// It was done.
        Completed = "completed";
        /// The customer did not answer.
        NoResponse = "no_response";
        /// The message could not be sent.
        Failed = "failed";
        /// Something has made it pointless.
        Cancelled = "cancelled" | "canceled";
        /// Somebody has decided against it.
        Dismissed = "dismissed";
    }
}

use FollowupState::{
    Cancelled, Completed, Dismissed, Failed, NoResponse, Pending, Scheduled, Sent,
};

/// The state machine: from where a follow-up can go where. Everything else is refused.
pub const TRANSITIONS: &[(FollowupState, FollowupState)] = &[
    (Pending, Scheduled),
    // Without a message: somebody calls.
    (Pending, Completed),
    (Pending, NoResponse),
    (Scheduled, Sent),
    (Scheduled, Failed),
    (Sent, Completed),
    (Sent, NoResponse),
    (Sent, Failed),
    (Failed, Scheduled),
    (Pending, Cancelled),
    (Scheduled, Cancelled),
    (Sent, Cancelled),
    (Failed, Cancelled),
    (Pending, Dismissed),
    (Scheduled, Dismissed),
    (Sent, Dismissed),
    (Failed, Dismissed),
];

impl FollowupState {
    /// Where a follow-up in this state can go.
    ///
    /// ```
    /// use goodwill::FollowupState::{Cancelled, Dismissed, Failed, Scheduled};
    ///
    /// assert!(Failed.reachable().eq([Scheduled, Cancelled, Dismissed]));
    /// assert_eq!(Cancelled.reachable().count(), 0);
    /// ```
    pub fn reachable(self) -> impl Iterator<Item = Self> {
        TRANSITIONS.iter().filter(move |(from, _)| *from == self).map(|(_, to)| *to)
    }

    /// Whether something is still to come.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.reachable().next().is_some()
    }
}

/// What the customer said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct FollowupResult {
    /// How satisfied the customer is, from 1 to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<u8>,
    /// In the customer's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// Something to be done for a customer after a service, or that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Followup {
    /// The id.
    pub id: FollowupId,
    /// The tenant.
    pub tenant: TenantId,
    /// Whom it is for.
    pub customer: PartyId,
    /// The job that it is after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<SubjectId>,
    /// The storefront: the job's, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<StorefrontId>,
    /// What it is about, canonical spelling: `service`, `complaint`, …
    pub kind: String,
    /// Where it stands.
    pub state: FollowupState,
    /// When it is to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// When it was done, or no answer was waited for any longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<Timestamp>,
    /// Who recorded that; nobody where the software did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logged_by: Option<PartyId>,
    /// What the customer said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<FollowupResult>,
    /// What colleagues should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// When the record was made.
    pub created_at: Timestamp,
    /// Counts the changes of the record, from 1.
    pub version: u64,
}

impl Followup {
    /// The instant that it is listed under: when it was done, else when it is due, else when it was
    /// made.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.occurred_at.or(self.due_at).unwrap_or(self.created_at)
    }

    /// What is left once a party is erased; `None` when it says nothing of that party. Nobody is
    /// written to any more; a rating stays, without the words.
    #[must_use]
    pub(crate) fn erased(&self, party: PartyId) -> Option<Self> {
        let of_customer = self.customer == party;
        if !of_customer && self.logged_by != Some(party) {
            return None;
        }
        let mut left = Self { note: None, version: self.version + 1, ..self.clone() };
        if of_customer {
            left.result = left.result.map(|result| FollowupResult { comment: None, ..result });
            left.state = if self.state.is_open() { Cancelled } else { self.state };
        }
        Some(left)
    }
}
