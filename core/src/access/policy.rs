//! Built-in and tenant rules together: check, explain, filter.

use serde::Serialize;

use crate::access::action::Action;
use crate::access::fact::{Fact, Facts};
use crate::access::filter::Filter;
use crate::access::matrix::{forbids, permits};
use crate::access::role::{Role, RoleSet};
use crate::access::rule::{Effect, Obligation, Rule};
use crate::error::{Code, Error, Result};

/// A set of rules, ready to decide.
///
/// Nothing is permitted that no rule permits, and a rule that forbids wins over every rule that
/// permits. A fact that is not known counts against the principal: a permit needs it to hold, a
/// forbid is held off only when it is known not to apply.
///
/// ```
/// use goodwill::access::{Action, Fact, Facts, Policy, Role, RoleSet};
///
/// let policy = Policy::built_in();
/// let facts = Facts::none_known()
///     .set(Fact::SameTenant, true)
///     .set(Fact::SameStore, true)
///     .set(Fact::RoleClaimed, false)
///     .set(Fact::Owns, true);
/// let customer = RoleSet::of(&[Role::Customer]);
/// assert!(policy.check(customer, Action::ThreadRead, facts).allowed);
/// assert!(!policy.check(customer, Action::ThreadClose, facts).allowed);
/// println!("{}", policy.explain(customer, Action::ThreadClose, facts));
/// ```
#[derive(Debug, Clone)]
pub struct Policy {
    rules: Vec<Rule>,
    /// For each action, in the order of [`Action::ALL`], the rules about it: forbids, then permits.
    by_action: Vec<(Vec<u32>, Vec<u32>)>,
}

/// What a policy decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision<'a> {
    /// Whether it may happen.
    pub allowed: bool,
    /// The rule that decided; `None` when nothing permits it.
    pub rule: Option<&'a str>,
    /// What the permit asks for.
    pub obligations: &'a [Obligation],
}

/// Why a policy decides as it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The action asked for.
    pub action: Action,
    /// The principal's roles.
    pub roles: RoleSet,
    /// Whether it may happen.
    pub allowed: bool,
    /// The permits that apply.
    pub permitted_by: Vec<String>,
    /// The forbids that apply, or that cannot be ruled out.
    pub forbidden_by: Vec<String>,
    /// The permits for these roles that do not apply, and what each lacks.
    pub lacking: Vec<Lacking>,
    /// What the permits that apply ask for.
    pub obligations: Vec<Obligation>,
}

/// A permit that does not apply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Lacking {
    /// The rule.
    pub rule: String,
    /// The facts that it asks about and that do not hold.
    pub failing: Vec<Fact>,
    /// The facts that it asks about and that are not known.
    pub missing: Vec<Fact>,
}

impl Policy {
    /// The built-in rules alone.
    #[must_use]
    pub fn built_in() -> Self {
        Self::compile(forbids().into_iter().chain(permits()).collect())
    }

    /// The built-in rules and a tenant's.
    ///
    /// A tenant's forbids are free. Its permits stay under a ceiling: no change of a committed
    /// message, and nothing internal for customers, suppliers and resellers.
    ///
    /// # Errors
    /// `access.rule_invalid` names the rule by its position and says what is wrong.
    pub fn with_rules(tenant: Vec<Rule>) -> Result<Self> {
        if tenant.is_empty() {
            return Ok(Self::built_in());
        }
        let mut rules: Vec<Rule> = forbids().into_iter().chain(permits()).collect();
        for (position, rule) in tenant.into_iter().enumerate() {
            let refuse = |why: &'static str| {
                Err(Error::field(Code::AccessRuleInvalid, "rules", why).with("position", position))
            };
            if rule.id.trim().is_empty() || rule.id.len() > 128 {
                return refuse("an id of 1 to 128 bytes");
            }
            if rules.iter().any(|known| known.id == rule.id) {
                return refuse("an id that no other rule has");
            }
            if rule.roles.is_empty() || rule.actions.is_empty() {
                return refuse("at least one role and one action");
            }
            if rule.effect == Effect::Permit && over_ceiling(&rule) {
                return refuse(
                    "no permit to change a message, and none for customers, suppliers or resellers \
                     to read or write internal notes",
                );
            }
            rules.push(rule);
        }
        Ok(Self::compile(rules))
    }

    pub(crate) fn compile(rules: Vec<Rule>) -> Self {
        let about = |action: Action, effect: Effect| {
            let concerned = rules
                .iter()
                .zip(0_u32..)
                .filter(|(rule, _)| rule.effect == effect && rule.actions.contains(&action));
            concerned.map(|(_, index)| index).collect()
        };
        let by_action = Action::ALL
            .iter()
            .map(|action| (about(*action, Effect::Forbid), about(*action, Effect::Permit)))
            .collect();
        Self { rules, by_action }
    }

    /// Every rule: the built-in ones first.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rules about an action that concern these roles: forbids and permits.
    fn about(
        &self,
        action: Action,
        roles: RoleSet,
    ) -> (impl Iterator<Item = &Rule>, impl Iterator<Item = &Rule>) {
        let (forbids, permits): (&[u32], &[u32]) =
            self.by_action.get(action as usize).map_or((&[], &[]), |(f, p)| (f, p));
        (self.among(forbids, roles), self.among(permits, roles))
    }

    fn among<'a>(&'a self, indices: &'a [u32], roles: RoleSet) -> impl Iterator<Item = &'a Rule> {
        let rules = indices.iter().filter_map(|index| self.rules.get(*index as usize));
        rules.filter(move |rule| rule.roles.intersects(roles))
    }

    /// Whether principals with these roles may do it.
    #[must_use]
    pub fn check(&self, roles: RoleSet, action: Action, facts: Facts) -> Decision<'_> {
        let denied = |rule| Decision { allowed: false, rule, obligations: &[] };
        let (mut forbids, mut permits) = self.about(action, roles);
        if let Some(rule) = forbids.find(|rule| rule.when.eval(facts) != Some(false)) {
            return denied(Some(rule.id.as_str()));
        }
        match permits.find(|rule| rule.when.eval(facts) == Some(true)) {
            Some(rule) => {
                Decision { allowed: true, rule: Some(&rule.id), obligations: &rule.obligations }
            }
            None => denied(None),
        }
    }

    /// Why principals with these roles may, or may not, do it.
    #[must_use]
    pub fn explain(&self, roles: RoleSet, action: Action, facts: Facts) -> Explanation {
        let (forbids, permits) = self.about(action, roles);
        let mut explanation = Explanation {
            action,
            roles,
            allowed: self.check(roles, action, facts).allowed,
            permitted_by: Vec::new(),
            forbidden_by: forbids
                .filter(|rule| rule.when.eval(facts) != Some(false))
                .map(|rule| rule.id.clone())
                .collect(),
            lacking: Vec::new(),
            obligations: Vec::new(),
        };
        for rule in permits {
            if rule.when.eval(facts) == Some(true) {
                explanation.permitted_by.push(rule.id.clone());
                for obligation in &rule.obligations {
                    if !explanation.obligations.contains(obligation) {
                        explanation.obligations.push(*obligation);
                    }
                }
                continue;
            }
            let asked =
                Fact::ALL.iter().copied().filter(|fact| rule.when.asked() & fact.bit() != 0);
            let (failing, rest): (Vec<_>, Vec<_>) =
                asked.partition(|fact| facts.get(*fact) == Some(false));
            let missing = rest.into_iter().filter(|fact| facts.get(*fact).is_none()).collect();
            explanation.lacking.push(Lacking { rule: rule.id.clone(), failing, missing });
        }
        explanation
    }

    /// What must still hold of a record, when only some facts are known: the same decision as
    /// [`Policy::check`], put off until the rest is known.
    #[must_use]
    pub fn filter(&self, roles: RoleSet, action: Action, known: Facts) -> Filter {
        let (forbids, permits) = self.about(action, roles);
        let permitted = Filter::any(permits.map(|rule| Filter::of(&rule.when, known)));
        let forbidden = Filter::any(forbids.map(|rule| Filter::of(&rule.when, known)));
        Filter::all([permitted, Filter::not(forbidden)])
    }

    /// The roles that may do it, each alone.
    #[must_use]
    pub fn who_can(&self, action: Action, facts: Facts) -> RoleSet {
        let may = |role: &Role| self.check(RoleSet::of(&[*role]), action, facts).allowed;
        Role::ALL.iter().copied().filter(may).collect()
    }

    /// What principals with these roles may do.
    #[must_use]
    pub fn what_can(&self, roles: RoleSet, facts: Facts) -> Vec<Action> {
        let may = |action: &Action| self.check(roles, *action, facts).allowed;
        Action::ALL.iter().copied().filter(may).collect()
    }
}

fn over_ceiling(rule: &Rule) -> bool {
    let outside = !rule.roles.intersection(RoleSet::BUSINESS).eq(&rule.roles);
    rule.actions.iter().any(|action| match action {
        Action::MessageUpdate | Action::MessageDelete => true,
        Action::MessageReadInternal | Action::MessagePostInternal => outside,
        _ => false,
    })
}

impl std::fmt::Display for Explanation {
    /// A few lines for a person.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let roles: Vec<&str> = self.roles.iter().map(Role::as_str).collect();
        let verdict = if self.allowed { "allowed" } else { "denied" };
        writeln!(f, "{} by {}: {verdict}", self.action, roles.join(" + "))?;
        for rule in &self.forbidden_by {
            writeln!(f, "  forbidden by {rule}")?;
        }
        for rule in &self.permitted_by {
            writeln!(f, "  permitted by {rule}")?;
        }
        if self.permitted_by.is_empty() && self.lacking.is_empty() {
            writeln!(f, "  no rule permits it to these roles")?;
        }
        for lacking in self.lacking.iter().filter(|_| self.permitted_by.is_empty()) {
            let words = |facts: &[Fact]| {
                facts
                    .iter()
                    .map(|fact| fact.as_str().replace('_', " "))
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            write!(f, "  {} would permit it", lacking.rule)?;
            if !lacking.failing.is_empty() {
                write!(f, ", but these do not hold: {}", words(&lacking.failing))?;
            }
            if !lacking.missing.is_empty() {
                write!(f, ", but these are not known: {}", words(&lacking.missing))?;
            }
            writeln!(f)?;
        }
        for obligation in &self.obligations {
            writeln!(f, "  on condition: {}", obligation.as_str().replace('_', " "))?;
        }
        Ok(())
    }
}
