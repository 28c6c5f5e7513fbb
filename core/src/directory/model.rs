//! The data of the directory.

use serde::{Deserialize, Serialize};

use crate::directory::contact::ContactPoint;
use crate::ids::{PartyId, StorefrontId, SubjectId, TenantId};
use crate::spelling::spelled;
use crate::time::Timestamp;

spelled! {
    /// What a party is to the business.
    pub enum PartyKind as "party_kind" {
        /// Buys or owns.
        Customer = "customer";
        /// Works for the business.
        Staff = "staff" | "technician";
        /// Fulfils orders.
        Supplier = "supplier";
        /// Operates storefronts.
        Reseller = "reseller";
        /// A program of the host.
        Service = "service";
        /// A language model.
        Model = "ai" | "model";
    }
}

spelled! {
    /// Whether the records of a party may be worked with.
    pub enum PartyState as "party_state" {
        /// Yes.
        Active = "active";
        /// Only stored, at the person's request (GDPR Art. 18).
        Restricted = "restricted";
        /// Erased (GDPR Art. 17): the row stays, what it said of the person is gone.
        Erased = "erased";
    }
}

/// Anybody who can act or be written to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Party {
    /// The id.
    pub id: PartyId,
    /// The tenant.
    pub tenant: TenantId,
    /// What the party is to the business.
    pub kind: PartyKind,
    /// A name to show; personal data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where the party can be reached, sorted; personal data.
    #[serde(default)]
    pub contacts: Vec<ContactPoint>,
    /// Whether the records may be worked with.
    pub state: PartyState,
    /// When the record was made.
    pub created_at: Timestamp,
    /// Counts the changes of the record, from 1.
    pub version: u64,
}

/// A storefront: a wall inside a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Storefront {
    /// The id.
    pub id: StorefrontId,
    /// The tenant.
    pub tenant: TenantId,
    /// A name to show.
    pub name: String,
    /// The reseller that operates it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reseller: Option<PartyId>,
    /// When the record was made.
    pub created_at: Timestamp,
    /// Counts the changes of the record, from 1.
    pub version: u64,
}

spelled! {
    /// What kind of thing is talked about.
    pub enum SubjectKind as "subject_kind" {
        /// Work at a customer's.
        Job = "job";
        /// Goods on their way.
        Order = "order";
        /// A machine of a customer's.
        Appliance = "appliance";
        /// The customer in general.
        Customer = "customer";
        /// A question.
        Ticket = "ticket";
        /// Anything else.
        Custom = "custom";
    }
}

/// A thing that is talked about: a job, an order, …
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Subject {
    /// The id.
    pub id: SubjectId,
    /// The tenant.
    pub tenant: TenantId,
    /// What kind of thing it is.
    pub kind: SubjectKind,
    /// The number that people use, unique per storefront and kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The storefront.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store: Option<StorefrontId>,
    /// Whose it is.
    pub customer: PartyId,
    /// The host's status, canonical spelling: `shipped`, `in_progress`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The suppliers of the fulfilment snapshot, sorted.
    pub suppliers: Vec<PartyId>,
    /// The technicians and agents it is assigned to, sorted.
    pub assigned: Vec<PartyId>,
    /// When the record was made.
    pub created_at: Timestamp,
    /// Counts the changes of the record, from 1.
    pub version: u64,
}
