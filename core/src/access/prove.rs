//! The protected properties, shown by trying every case.

use crate::access::action::Action;
use crate::access::fact::{Bits, Fact, Facts};
use crate::access::matrix::permits;
use crate::access::policy::Policy;
use crate::access::role::{Role, RoleSet};
use crate::spelling::spelled;

spelled! {
    /// A property that holds whatever a tenant decides.
    pub enum Property as "property" {
        /// P1: nobody outside its audience reaches internal content.
        InternalStaysInternal = "internal_stays_internal";
        /// P2: nobody reaches another tenant.
        TenantWall = "tenant_wall";
        /// P3: nobody crosses stores without the right to.
        StoreWall = "store_wall";
        /// P4: a committed message is never changed.
        MessagesNeverChange = "messages_never_change";
        /// P5: every permit of the matrix is there.
        MatrixComplete = "matrix_complete";
        /// P6: the filter of a list decides as the check of each record.
        FilterIsCheck = "filter_is_check";
    }
}

/// A case that breaks a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Violation {
    /// The property.
    pub property: Property,
    /// The roles of the principal.
    pub roles: RoleSet,
    /// The action.
    pub action: Action,
    /// The facts of the case.
    pub facts: Facts,
}

/// What trying every case has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// How many cases were tried.
    pub cases: u64,
    /// The first hundred that break a property.
    pub violations: Vec<Violation>,
}

/// The facts that every case of every action decides, besides those that its rules ask about.
const WALLS: Bits = Fact::SameTenant.bit()
    | Fact::SameStore.bit()
    | Fact::RoleClaimed.bit()
    | Fact::InAudience.bit()
    | Fact::ReasonGiven.bit();

/// The facts of a record: what a list must find out, while the others are known beforehand.
const OF_RECORDS: [Fact; 10] = [
    Fact::SameStore,
    Fact::Member,
    Fact::Owns,
    Fact::Fulfils,
    Fact::Operates,
    Fact::Assigned,
    Fact::Participant,
    Fact::OnBehalf,
    Fact::Restricted,
    Fact::InAudience,
];

/// Tries every action, every role and every pair of roles, and every combination of the facts that
/// the rules about the action ask about.
#[must_use]
pub fn prove(policy: &Policy) -> Proof {
    let mut proof = Proof { cases: 0, violations: Vec::new() };
    let mut role_sets = Vec::new();
    for (place, role) in Role::ALL.iter().enumerate() {
        for other in Role::ALL.iter().skip(place) {
            role_sets.push(RoleSet::of(&[*role, *other]));
        }
    }
    for action in Action::ALL {
        for roles in &role_sets {
            let asked = policy
                .rules()
                .iter()
                .filter(|rule| rule.concerns(*roles, *action))
                .fold(WALLS, |bits, rule| bits | rule.when.asked());
            try_all(policy, *roles, *action, asked, &mut proof);
        }
    }
    for rule in permits() {
        let (Some(role), Some(action)) = (rule.roles.iter().next(), rule.actions.first()) else {
            continue;
        };
        proof.cases += 1;
        let asked = rule.when.asked();
        let mut facts = Facts { known: !0, holds: asked };
        facts = facts.set(Fact::SameTenant, true).set(Fact::SameStore, true);
        facts = facts.set(Fact::InAudience, true);
        let forbidden = tenant_forbids(policy, RoleSet::of(&[role]), *action, facts);
        let allowed = policy.check(RoleSet::of(&[role]), *action, facts).allowed;
        if !allowed && !forbidden {
            proof.add(Property::MatrixComplete, RoleSet::of(&[role]), *action, facts);
        }
    }
    proof
}

/// Whether a rule of the tenant's own takes a permit of the matrix away: that is its right.
fn tenant_forbids(policy: &Policy, roles: RoleSet, action: Action, facts: Facts) -> bool {
    let explained = policy.explain(roles, action, facts);
    !explained.forbidden_by.is_empty()
        && explained.forbidden_by.iter().all(|rule| !rule.starts_with("forbid."))
}

fn try_all(policy: &Policy, roles: RoleSet, action: Action, asked: Bits, proof: &mut Proof) {
    let known_later = OF_RECORDS.iter().fold(0, |bits, fact| bits | fact.bit());
    let mut filters: Vec<(Bits, crate::access::Filter)> = Vec::new();
    // Every subset of the asked facts holds once: the subsets of a bit mask in order.
    let mut holds: Bits = 0;
    loop {
        let facts = Facts { known: asked, holds };
        let allowed = policy.check(roles, action, facts).allowed;
        proof.cases += 1;
        if allowed {
            for property in broken(roles, action, facts) {
                proof.add(property, roles, action, facts);
            }
        }
        let before = Facts { known: asked & !known_later, holds: holds & !known_later };
        let place = filters.iter().position(|(bits, _)| *bits == before.holds);
        let place = place.unwrap_or_else(|| {
            filters.push((before.holds, policy.filter(roles, action, before)));
            filters.len() - 1
        });
        if filters.get(place).is_some_and(|(_, filter)| filter.eval(facts) != allowed) {
            proof.add(Property::FilterIsCheck, roles, action, facts);
        }
        holds = holds.wrapping_sub(asked) & asked;
        if holds == 0 {
            return;
        }
    }
}

/// The properties that a permitted case breaks.
fn broken(roles: RoleSet, action: Action, facts: Facts) -> impl Iterator<Item = Property> {
    let fails = |fact| facts.get(fact) == Some(false);
    let overseer =
        roles.intersects(RoleSet::of(&[Role::PrivacyOfficer, Role::Auditor, Role::System]));
    let entitled = overseer && (!fails(Fact::ReasonGiven) || roles.contains(Role::System));
    let internal = action.touches_message() && fails(Fact::InAudience) && !entitled;
    [
        (internal, Property::InternalStaysInternal),
        (fails(Fact::SameTenant), Property::TenantWall),
        (fails(Fact::SameStore), Property::StoreWall),
        (
            matches!(action, Action::MessageUpdate | Action::MessageDelete),
            Property::MessagesNeverChange,
        ),
    ]
    .into_iter()
    .filter(|(broken, _)| *broken)
    .map(|(_, property)| property)
}

impl Proof {
    fn add(&mut self, property: Property, roles: RoleSet, action: Action, facts: Facts) {
        if self.violations.len() < 100 {
            self.violations.push(Violation { property, roles, action, facts });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::matrix::forbids;
    use crate::access::rule::{Condition, Effect, Rule};

    /// F336, F338, F343, F372, F433: P1 to P6 hold in every case.
    #[test]
    fn the_built_in_rules_keep_every_property() {
        let proof = prove(&Policy::built_in());
        println!("access: {} cases tried, {} violations", proof.cases, proof.violations.len());
        assert_eq!(proof.violations, vec![]);
        assert!(proof.cases > 100_000, "only {} cases", proof.cases);
    }

    /// A proof that could not fail would prove nothing: without each built-in forbid, it fails.
    #[test]
    fn a_broken_policy_is_caught() {
        let everybody_everything = Rule {
            id: "open.door".into(),
            effect: Effect::Permit,
            roles: RoleSet::ALL,
            actions: Action::ALL.to_vec(),
            when: Condition::Always,
            obligations: Vec::new(),
        };
        let without = |forbid: &str| {
            let mut rules: Vec<Rule> =
                forbids().into_iter().filter(|rule| !rule.id.starts_with(forbid)).collect();
            rules.extend(permits());
            rules.push(everybody_everything.clone());
            prove(&Policy::compile(rules))
        };
        for (forbid, property) in [
            ("forbid.internal", Property::InternalStaysInternal),
            ("forbid.tenant", Property::TenantWall),
            ("forbid.store", Property::StoreWall),
            ("forbid.change_of_message", Property::MessagesNeverChange),
        ] {
            let found = without(forbid).violations;
            assert!(found.iter().any(|violation| violation.property == property), "{forbid}");
        }
        let only_forbids = prove(&Policy::compile(forbids()));
        assert!(
            only_forbids.violations.iter().all(|v| v.property == Property::MatrixComplete)
                && !only_forbids.violations.is_empty()
        );
    }
}
