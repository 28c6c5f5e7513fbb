//! How hosts say who acts and what about.

use serde::Deserialize;

use crate::access::{Role, RoleSet};
use crate::directory::SubjectKind;
use crate::error::{Error, Result};
use crate::ids::{MessageId, Ref, TenantId, ThreadId, kind};
use crate::principal::{Principal, PrincipalKind, RequestInfo, StoreScope};
use crate::store::{SubjectRef, Target};

/// The subject of a conversation, by its kind and the host's id.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum SubjectInput {
    /// A job.
    Job(Ref<kind::Subject>),
    /// An order.
    Order(Ref<kind::Subject>),
    /// An appliance.
    Appliance(Ref<kind::Subject>),
    /// A customer in general.
    Customer(Ref<kind::Subject>),
    /// A ticket.
    Ticket(Ref<kind::Subject>),
    /// Anything else.
    Custom(Ref<kind::Subject>),
}

impl From<SubjectInput> for SubjectRef {
    fn from(input: SubjectInput) -> Self {
        let (kind, key) = match input {
            SubjectInput::Job(key) => (SubjectKind::Job, key),
            SubjectInput::Order(key) => (SubjectKind::Order, key),
            SubjectInput::Appliance(key) => (SubjectKind::Appliance, key),
            SubjectInput::Customer(key) => (SubjectKind::Customer, key),
            SubjectInput::Ticket(key) => (SubjectKind::Ticket, key),
            SubjectInput::Custom(key) => (SubjectKind::Custom, key),
        };
        Self { kind, key }
    }
}

/// A conversation: by its subject, by its thread, or by one of its messages.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum TargetInput {
    /// Of a job.
    Job(Ref<kind::Subject>),
    /// Of an order.
    Order(Ref<kind::Subject>),
    /// Of an appliance.
    Appliance(Ref<kind::Subject>),
    /// Of a customer in general.
    Customer(Ref<kind::Subject>),
    /// Of a ticket.
    Ticket(Ref<kind::Subject>),
    /// Of anything else.
    Custom(Ref<kind::Subject>),
    /// A thread.
    Thread(ThreadId),
    /// The thread of a message.
    Message(MessageId),
}

impl From<TargetInput> for Target {
    fn from(input: TargetInput) -> Self {
        let subject = match input {
            TargetInput::Thread(thread) => return Self::Thread(thread),
            TargetInput::Message(message) => return Self::Message(message),
            TargetInput::Job(key) => SubjectInput::Job(key),
            TargetInput::Order(key) => SubjectInput::Order(key),
            TargetInput::Appliance(key) => SubjectInput::Appliance(key),
            TargetInput::Customer(key) => SubjectInput::Customer(key),
            TargetInput::Ticket(key) => SubjectInput::Ticket(key),
            TargetInput::Custom(key) => SubjectInput::Custom(key),
        };
        Self::Subject(subject.into())
    }
}

/// On which side a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SessionSide {
    /// The business: staff and services.
    Desk,
    /// Customers, suppliers and resellers.
    #[default]
    Portal,
}

/// Who acts, as the host has authenticated it: from its session or key, never from a request's body.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct SessionInput {
    /// The side; clients fill it in.
    pub side: SessionSide,
    /// The tenant; the only one by default.
    pub tenant: Option<TenantId>,
    /// What acts: a user by default, a service or model for those roles.
    pub kind: Option<PrincipalKind>,
    /// The role.
    pub role: Option<Role>,
    /// More roles of the same principal.
    pub roles: RoleSet,
    /// The person or service, by the host's id.
    pub party: Option<Ref<kind::Party>>,
    /// The supplier or reseller acted for; the party itself by default.
    pub organisation: Option<Ref<kind::Party>>,
    /// The customer that a service acts for.
    pub on_behalf_of: Option<Ref<kind::Party>>,
    /// The storefronts within reach; all of them by default.
    pub stores: Option<Vec<Ref<kind::Storefront>>>,
    /// Where the call came from, for the audit trail.
    pub request: RequestInfo,
    /// Makes a repetition of the next call return its first result.
    pub idempotency_key: Option<String>,
}

impl SessionInput {
    /// The principal.
    pub(crate) fn principal(&self) -> Result<Principal> {
        let roles = match self.role {
            Some(role) => self.roles.union(RoleSet::of(&[role])),
            None => self.roles,
        };
        let role = roles.iter().next();
        let role = role.ok_or_else(|| Error::invalid("session.role", "the principal's role"))?;
        let mut principal = Principal::system(self.tenant.unwrap_or(TenantId::SINGLE));
        principal.roles = roles;
        principal.kind = self.kind.unwrap_or(match role {
            Role::Service => PrincipalKind::Service,
            Role::System => PrincipalKind::System,
            Role::Model => PrincipalKind::Model,
            _ => PrincipalKind::User,
        });
        principal.party.clone_from(&self.party);
        let own = matches!(role, Role::Supplier | Role::Reseller).then(|| self.party.clone());
        principal.organisation = self.organisation.clone().or(own.flatten());
        principal.on_behalf_of.clone_from(&self.on_behalf_of);
        if let Some(stores) = &self.stores {
            principal.stores = StoreScope::Only(stores.clone());
        }
        if principal.party.is_none() && principal.kind != PrincipalKind::System {
            return Err(Error::invalid("session.party", "the host's id of who acts"));
        }
        Ok(principal)
    }
}
