//! Rules as data.

use serde::{Deserialize, Serialize};

use crate::access::action::Action;
use crate::access::fact::{Bits, Fact, Facts};
use crate::access::role::RoleSet;
use crate::spelling::spelled;

spelled! {
    /// What a rule does.
    pub enum Effect as "effect" {
        /// Lets it happen, unless something forbids it.
        Permit = "permit";
        /// Stops it, whatever permits it.
        Forbid = "forbid";
    }
}

spelled! {
    /// What a permit asks of whoever acts on it.
    pub enum Obligation as "obligation" {
        /// Leave contact details out.
        MaskContact = "mask_contact";
        /// Leave amounts out.
        MaskFinancials = "mask_financials";
        /// Put pseudonyms in the place of names.
        Pseudonymise = "pseudonymise";
        /// Give sums, never single records.
        AggregateOnly = "aggregate_only";
        /// Record a reason.
        RequireReason = "require_reason";
        /// Use it in drafts and prompts only.
        ContextOnly = "context_only";
        /// Show what concerns the principal's own side.
        OwnSideOnly = "own_side_only";
    }
}

/// When a rule applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Always.
    Always,
    /// When the fact holds.
    Fact(Fact),
    /// When the condition does not hold.
    Not(Box<Condition>),
    /// When all hold.
    All(Vec<Condition>),
    /// When one holds.
    Any(Vec<Condition>),
}

impl Condition {
    /// When all these facts hold.
    #[must_use]
    pub fn facts(facts: &[Fact]) -> Self {
        match facts {
            [] => Self::Always,
            [fact] => Self::Fact(*fact),
            facts => Self::All(facts.iter().copied().map(Self::Fact).collect()),
        }
    }

    /// Whether the condition holds; `None` when that depends on a fact that is not known
    /// (Kleene's three-valued logic).
    #[must_use]
    pub fn eval(&self, facts: Facts) -> Option<bool> {
        match self {
            Self::Always => Some(true),
            Self::Fact(fact) => facts.get(*fact),
            Self::Not(inner) => inner.eval(facts).map(|holds| !holds),
            Self::All(parts) => join(parts, facts, false),
            Self::Any(parts) => join(parts, facts, true),
        }
    }

    /// The facts that the condition asks about.
    pub(crate) fn asked(&self) -> Bits {
        match self {
            Self::Always => 0,
            Self::Fact(fact) => fact.bit(),
            Self::Not(inner) => inner.asked(),
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().fold(0, |bits, part| bits | part.asked())
            }
        }
    }
}

/// All (`decisive` false) or any (`decisive` true) of the parts.
fn join(parts: &[Condition], facts: Facts, decisive: bool) -> Option<bool> {
    let mut open = false;
    for part in parts {
        match part.eval(facts) {
            Some(holds) if holds == decisive => return Some(decisive),
            Some(_) => {}
            None => open = true,
        }
    }
    if open { None } else { Some(!decisive) }
}

/// A rule: who, what, when, and what follows.
///
/// ```
/// use goodwill::access::Rule;
///
/// let rule: Rule = serde_json::from_str(
///     r#"{"id": "agents.search", "effect": "permit", "roles": ["agent"],
///         "actions": ["message.search"], "when": {"fact": "member"}}"#,
/// ).unwrap();
/// assert_eq!(rule.id, "agents.search");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// The name, unique in the tenant.
    pub id: String,
    /// What it does.
    pub effect: Effect,
    /// For principals with any of these roles.
    pub roles: RoleSet,
    /// For these actions.
    pub actions: Vec<Action>,
    /// When it applies.
    #[serde(default = "Rule::always")]
    pub when: Condition,
    /// What a permit asks for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub obligations: Vec<Obligation>,
}

impl Rule {
    fn always() -> Condition {
        Condition::Always
    }

    /// Whether the rule is about this action by somebody with these roles.
    pub(crate) fn concerns(&self, roles: RoleSet, action: Action) -> bool {
        self.roles.intersects(roles) && self.actions.contains(&action)
    }
}
