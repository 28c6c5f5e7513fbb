//! Who acts: the principal of a call, as the host has authenticated it.

use serde::{Deserialize, Serialize};

use crate::access::{Role, RoleSet};
use crate::ids::{PartyId, Ref, StorefrontId, TenantId, kind};
use crate::spelling::spelled;

spelled! {
    /// What kind of actor a principal is.
    pub enum PrincipalKind as "principal_kind" {
        /// A person.
        User = "user";
        /// A host's service, known by its key.
        Service = "service";
        /// The engine and its schedules.
        System = "system";
        /// A language model.
        Model = "ai" | "model";
    }
}

/// The storefronts that a principal reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StoreScope {
    /// Every storefront of the tenant: the explicit right to cross stores.
    All,
    /// These storefronts only.
    Only(Vec<Ref<kind::Storefront>>),
}

/// Who acts. A host builds it from its session or key, never from the body of a request: the role
/// of a message's author is the principal's.
///
/// ```
/// use goodwill::{ExternalRef, Principal, Role, TenantId};
///
/// let ada = Principal::customer(TenantId::SINGLE, ExternalRef::host("42").unwrap());
/// assert!(ada.roles.contains(Role::Customer));
///
/// let desk = Principal::staff(TenantId::SINGLE, Role::Agent, ExternalRef::host("u7").unwrap())
///     .in_stores([ExternalRef::host("shop-1").unwrap().into()]);
/// assert!(!desk.roles.contains(Role::Admin));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Principal {
    /// The tenant that the principal belongs to.
    pub tenant: TenantId,
    /// What kind of actor it is.
    pub kind: PrincipalKind,
    /// The roles, at least one.
    pub roles: RoleSet,
    /// The person or service itself; `None` only for the system.
    pub party: Option<Ref<kind::Party>>,
    /// The supplier or reseller that the person acts for.
    pub organisation: Option<Ref<kind::Party>>,
    /// The customer whom a service acts for.
    pub on_behalf_of: Option<Ref<kind::Party>>,
    /// The storefronts within reach.
    pub stores: StoreScope,
}

impl Principal {
    fn new(tenant: TenantId, kind: PrincipalKind, role: Role) -> Self {
        Self {
            tenant,
            kind,
            roles: RoleSet::of(&[role]),
            party: None,
            organisation: None,
            on_behalf_of: None,
            stores: StoreScope::All,
        }
    }

    /// A customer.
    #[must_use]
    pub fn customer(tenant: TenantId, customer: impl Into<Ref<kind::Party>>) -> Self {
        let mut principal = Self::new(tenant, PrincipalKind::User, Role::Customer);
        principal.party = Some(customer.into());
        principal
    }

    /// A supplier, acting as itself; see [`Principal::as_person`] for one of its people.
    #[must_use]
    pub fn supplier(tenant: TenantId, supplier: impl Into<Ref<kind::Party>>) -> Self {
        Self::partner(tenant, Role::Supplier, supplier.into())
    }

    /// A reseller, acting as itself; see [`Principal::as_person`] for one of its people.
    #[must_use]
    pub fn reseller(tenant: TenantId, reseller: impl Into<Ref<kind::Party>>) -> Self {
        Self::partner(tenant, Role::Reseller, reseller.into())
    }

    fn partner(tenant: TenantId, role: Role, organisation: Ref<kind::Party>) -> Self {
        let mut principal = Self::new(tenant, PrincipalKind::User, role);
        principal.party = Some(organisation.clone());
        principal.organisation = Some(organisation);
        principal
    }

    /// A member of staff with one role.
    #[must_use]
    pub fn staff(tenant: TenantId, role: Role, person: impl Into<Ref<kind::Party>>) -> Self {
        let mut principal = Self::new(tenant, PrincipalKind::User, role);
        principal.party = Some(person.into());
        principal
    }

    /// A host's service, known by its key.
    #[must_use]
    pub fn service(tenant: TenantId, service: impl Into<Ref<kind::Party>>) -> Self {
        let mut principal = Self::new(tenant, PrincipalKind::Service, Role::Service);
        principal.party = Some(service.into());
        principal
    }

    /// The engine itself.
    #[must_use]
    pub fn system(tenant: TenantId) -> Self {
        Self::new(tenant, PrincipalKind::System, Role::System)
    }

    /// A language model; it may only draft.
    #[must_use]
    pub fn model(tenant: TenantId, model: impl Into<Ref<kind::Party>>) -> Self {
        let mut principal = Self::new(tenant, PrincipalKind::Model, Role::Model);
        principal.party = Some(model.into());
        principal
    }

    /// The same principal, acting for a customer: for services only.
    #[must_use]
    pub fn on_behalf_of(mut self, customer: impl Into<Ref<kind::Party>>) -> Self {
        self.on_behalf_of = Some(customer.into());
        self
    }

    /// The same principal, as one person of the supplier or reseller.
    #[must_use]
    pub fn as_person(mut self, person: impl Into<Ref<kind::Party>>) -> Self {
        self.party = Some(person.into());
        self
    }

    /// The same principal with another role besides.
    #[must_use]
    pub fn with_role(mut self, role: Role) -> Self {
        self.roles = self.roles.union(RoleSet::of(&[role]));
        self
    }

    /// The same principal, limited to these storefronts.
    #[must_use]
    pub fn in_stores(mut self, stores: impl IntoIterator<Item = Ref<kind::Storefront>>) -> Self {
        self.stores = StoreScope::Only(stores.into_iter().collect());
        self
    }

    /// The role that stands at what the principal writes: the first of its roles.
    #[must_use]
    pub fn role(&self) -> Role {
        self.roles.iter().next().unwrap_or(Role::Customer)
    }
}

/// A principal whose references have become ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The person or service.
    pub party: Option<PartyId>,
    /// The supplier or reseller acted for.
    pub organisation: Option<PartyId>,
    /// The customer acted for.
    pub on_behalf_of: Option<PartyId>,
    /// The storefronts within reach; `None` for all.
    pub stores: Option<Vec<StorefrontId>>,
    /// The roles.
    pub roles: RoleSet,
}

/// Where a call came from, for the audit trail. The address and the user agent are personal data:
/// they are kept apart from the trail and erased with the person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct RequestInfo {
    /// The host's id of the request.
    pub id: Option<String>,
    /// The address it came from.
    pub ip: Option<String>,
    /// The client's name of itself.
    pub user_agent: Option<String>,
}
