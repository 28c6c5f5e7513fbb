//! How a tenant decides about itself.

use crate::access::{Action, Fact, Policy};
use crate::decide::{Context, Draft};
use crate::directory::contact::check_calling_code;
use crate::directory::decide::status_word;
use crate::error::{Error, Result};
use crate::events::{EventKind, Stream, StreamKind};
use crate::messages::input::check_word;
use crate::store::facts::store_facts;
use crate::store::{Change, Expect};
use crate::tenants::model::{InboundPolicy, Tenant};

/// Stores a tenant's name, policies and rules.
pub(crate) fn put<'a>(
    context: &'a Context<'a>,
    stored: Option<&Tenant>,
    input: &Tenant,
) -> Result<Draft<'a>> {
    let facts =
        store_facts(context.identity, None).set(Fact::SameTenant, input.id == context.tenant());
    context.check(Action::TenantManage, facts)?;
    check_word("name", &input.name, 200)?;
    if input.policies.note_audience.is_empty()
        || !input
            .policies
            .note_audience
            .intersection(crate::RoleSet::BUSINESS)
            .eq(&input.policies.note_audience)
    {
        return Err(Error::invalid(
            "policies.note_audience",
            "one or more roles of the business: never customers, suppliers or resellers",
        ));
    }
    check_inbound(&input.policies.inbound)?;
    Policy::with_rules(input.rules.clone())?;
    let version = stored.map_or(0, |stored| stored.version);
    let mut draft = Draft::new(context);
    draft.actor();
    draft.expect(Expect::Tenant(version));
    let rules_changed = stored.is_none_or(|stored| stored.rules != input.rules);
    draft.change(Change::PutTenant(Tenant { version, ..input.clone() }));
    let stream = Stream { kind: StreamKind::Tenant, id: input.id.uuid() };
    draft.event(stream, EventKind::AccessPolicyChanged, [("rules", rules_changed.into())]);
    let entry = draft.audit(EventKind::AccessPolicyChanged.as_str(), ("tenant", input.id.uuid()));
    entry.changes.insert(
        "rules".into(),
        serde_json::json!(input.rules.iter().map(|rule| rule.id.clone()).collect::<Vec<_>>()),
    );
    Ok(draft)
}

fn check_inbound(policy: &InboundPolicy) -> Result<()> {
    if let Some(code) = &policy.calling_code {
        check_calling_code("policies.inbound.calling_code", code)?;
    }
    for pattern in &policy.number_patterns {
        check_word("policies.inbound.number_patterns", pattern, 64)?;
        if !pattern.contains(['#', '*']) {
            let accepted = "patterns with # for digits or * for letters and digits";
            return Err(Error::invalid("policies.inbound.number_patterns", accepted));
        }
    }
    for address in &policy.own_addresses {
        if crate::inbound::own_keys(policy, address).next().is_none() {
            let accepted = "addresses of mail and telephone numbers";
            return Err(Error::invalid("policies.inbound.own_addresses", accepted));
        }
    }
    for status in &policy.finished_statuses {
        if status_word("policies.inbound.finishedStatuses", status)? != *status {
            let accepted = "statuses in lower snake_case";
            return Err(Error::invalid("policies.inbound.finished_statuses", accepted));
        }
    }
    Ok(())
}
