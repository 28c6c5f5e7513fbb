//! Roles, sets of roles, and the side of the table that a role sits on.

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::spelling::spelled;

spelled! {
    /// What a principal is to the business.
    ///
    /// ```
    /// use goodwill::Role;
    ///
    /// assert_eq!("PRIVACY OFFICER".parse::<Role>().unwrap(), Role::PrivacyOfficer);
    /// ```
    pub enum Role as "role" {
        /// Buys or owns: sees what is theirs.
        Customer = "customer";
        /// Fulfils orders: sees the orders they fulfil.
        Supplier = "supplier";
        /// Operates storefronts: sees the orders of those.
        Reseller = "reseller";
        /// Does jobs: sees what is assigned to them.
        Technician = "technician";
        /// Answers customers: operations, service representatives.
        Agent = "agent" | "operations" | "service_rep";
        /// Leads agents.
        Manager = "manager";
        /// Runs the tenant.
        Admin = "admin" | "administrator";
        /// Reads pseudonymised data.
        Analyst = "analyst";
        /// Answers for personal data.
        PrivacyOfficer = "privacy_officer";
        /// Reads the audit trail.
        Auditor = "auditor";
        /// A host's service, known by its key.
        Service = "service";
        /// The engine itself and its schedules.
        System = "system";
        /// A language model.
        Model = "ai" | "model";
    }
}

spelled! {
    /// The side of a conversation that a role is on.
    pub enum Side as "side" {
        /// The customer.
        Customer = "customer";
        /// The business and its software.
        Business = "business";
        /// Suppliers and resellers.
        Partner = "partner";
    }
}

impl Role {
    /// The side of a conversation that the role is on.
    #[must_use]
    pub fn side(self) -> Side {
        match self {
            Self::Customer => Side::Customer,
            Self::Supplier | Self::Reseller => Side::Partner,
            _ => Side::Business,
        }
    }
}

/// A set of roles: one bit a role.
///
/// ```
/// use goodwill::{Role, RoleSet};
///
/// let audience = RoleSet::of(&[Role::Admin, Role::Agent]);
/// assert!(audience.contains(Role::Agent));
/// assert_eq!(serde_json::to_string(&audience).unwrap(), r#"["agent","admin"]"#);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct RoleSet(u32);

impl RoleSet {
    /// No role.
    pub const EMPTY: Self = Self(0);
    /// Every role.
    pub const ALL: Self = Self((1 << Role::ALL.len()) - 1);

    /// The roles on the side of the business.
    pub const BUSINESS: Self =
        Self(Self::ALL.0 & !Self::of(&[Role::Customer, Role::Supplier, Role::Reseller]).0);

    /// The set of these roles.
    #[must_use]
    pub const fn of(roles: &[Role]) -> Self {
        let mut bits = 0;
        let mut rest = roles;
        while let [role, tail @ ..] = rest {
            bits |= 1 << *role as u32;
            rest = tail;
        }
        Self(bits)
    }

    /// The set whose bits these are; bits of no role are dropped.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits & Self::ALL.0)
    }

    /// One bit a role, in the order of [`Role::ALL`].
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Whether the role is in the set.
    #[must_use]
    pub const fn contains(self, role: Role) -> bool {
        self.0 & (1 << role as u32) != 0
    }

    /// Whether the sets share a role.
    #[must_use]
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The roles of either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The roles of both sets.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether there is no role in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The roles, in the order of [`Role::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(move |role| self.contains(*role))
    }
}

impl FromIterator<Role> for RoleSet {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::EMPTY, |set, role| set.union(Self::of(&[role])))
    }
}

impl Serialize for RoleSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for RoleSet {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RoleSet".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let role = generator.subschema_for::<Role>();
        schemars::json_schema!({ "type": "array", "items": role, "description": "Roles." })
    }
}

impl<'de> Deserialize<'de> for RoleSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Roles;
        impl<'de> Visitor<'de> for Roles {
            type Value = RoleSet;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list of roles")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut roles: A) -> Result<RoleSet, A::Error> {
                let mut set = RoleSet::EMPTY;
                while let Some(role) = roles.next_element::<Role>()? {
                    set = set.union(RoleSet::of(&[role]));
                }
                Ok(set)
            }
        }
        deserializer.deserialize_seq(Roles)
    }
}
