//! What every decision has in hand: the context it decides in, and the change set it builds.
//!
//! A decision is a synchronous function of a [`Scene`], a command and a [`Context`]. It reads no
//! clock, makes no id of its own and touches no store.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::access::{Action, Fact, Facts, Policy, Role};
use crate::audit::{Actor, AuditDraft, AuditOutcome, AuditPrivate, Resource};
use crate::directory::{Party, PartyKind, PartyState};
use crate::error::{Code, Error, Result};
use crate::events::{EventDraft, EventKind, Stream, StreamKind};
use crate::ids::{AuditId, IdSource, Kind as _, PartyId, Ref, TenantId, kind};
use crate::messages::Visibility;
use crate::principal::{Identity, Principal, PrincipalKind, RequestInfo};
use crate::store::{Change, ChangeSet, Expect, ThreadScene};
use crate::tenants::Policies;
use crate::time::Timestamp;

/// What a decision is made in.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub(crate) now: Timestamp,
    pub(crate) ids: &'a dyn IdSource,
    pub(crate) principal: &'a Principal,
    pub(crate) identity: &'a Identity,
    pub(crate) request: &'a RequestInfo,
    pub(crate) policies: &'a Policies,
    pub(crate) access: &'a Policy,
}

impl Context<'_> {
    pub(crate) fn tenant(&self) -> TenantId {
        self.principal.tenant
    }

    pub(crate) fn allows(&self, action: Action, facts: Facts) -> bool {
        self.access.check(self.identity.roles, action, facts).allowed
    }

    /// Refuses what the rules do not permit.
    pub(crate) fn check(&self, action: Action, facts: Facts) -> Result<()> {
        if self.allows(action, facts) {
            return Ok(());
        }
        Err(not_permitted(action))
    }

    /// The conversation's own scene, if the principal may read it; to everybody else it does not
    /// exist.
    pub(crate) fn readable<'s>(&self, threads: &'s [ThreadScene]) -> Result<&'s ThreadScene> {
        let scene = threads.first().ok_or_else(no_thread)?;
        let facts = crate::store::facts::thread_facts(self.identity, scene);
        if self.allows(Action::ThreadRead, facts) { Ok(scene) } else { Err(no_thread()) }
    }

    /// The facts about a conversation for rules that need a reason.
    pub(crate) fn facts(&self, scene: &ThreadScene) -> Facts {
        crate::store::facts::thread_facts(self.identity, scene)
            .set(Fact::Draft, false)
            .set(Fact::ReasonGiven, false)
    }
}

pub(crate) fn not_permitted(action: Action) -> Error {
    Error::new(Code::AccessDenied, format!("{action} is not permitted"))
        .with("action", action.as_str())
}

pub(crate) fn no_thread() -> Error {
    Error::new(Code::ThreadNotFound, "the conversation is not known")
}

/// A change set in the making.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    pub(crate) context: &'a Context<'a>,
    set: ChangeSet,
    /// The newest audit entry, while its particulars are still being added.
    entry: Option<AuditDraft>,
    /// The parties that this change set makes, by reference.
    made: Vec<(Ref<kind::Party>, PartyId)>,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(context: &'a Context<'a>) -> Self {
        let set = ChangeSet::new(context.tenant(), context.now);
        Self { context, set, entry: None, made: Vec::new() }
    }

    pub(crate) fn expect(&mut self, expect: Expect) {
        if !self.set.expect.contains(&expect) {
            self.set.expect.push(expect);
        }
    }

    pub(crate) fn change(&mut self, change: Change) {
        self.set.changes.push(change);
    }

    /// The party that acts, made known if it acts for the first time; `None` for the system.
    pub(crate) fn actor(&mut self) -> Option<PartyId> {
        let context = self.context;
        let party = context.principal.party.as_ref()?;
        Some(
            context
                .identity
                .party
                .unwrap_or_else(|| self.party(party, actor_kind(context.principal))),
        )
    }

    /// A party that is not stored yet: a bare record under its reference.
    pub(crate) fn party(&mut self, reference: &Ref<kind::Party>, party_kind: PartyKind) -> PartyId {
        if let Some((_, id)) = self.made.iter().find(|(known, _)| known == reference) {
            return *id;
        }
        let context = self.context;
        let id = match reference {
            Ref::Id(id) => *id,
            Ref::External(_) => PartyId::from_uuid(context.ids.uuid(context.now)),
        };
        self.made.push((reference.clone(), id));
        self.expect(Expect::Party(id, 0));
        self.change(Change::PutParty(Party {
            id,
            tenant: context.tenant(),
            kind: party_kind,
            name: None,
            contacts: Vec::new(),
            state: PartyState::Active,
            created_at: context.now,
            version: 0,
        }));
        if let Ref::External(reference) = reference {
            self.change(Change::PutReference {
                kind: kind::Party::NAME,
                reference: reference.clone(),
                id: id.uuid(),
            });
        }
        self.event(
            Stream { kind: StreamKind::Party, id: id.uuid() },
            EventKind::PartyChanged,
            [("party", id.to_string().into()), ("kind", party_kind.as_str().into())],
        );
        id
    }

    /// Adds an event that only the business learns of.
    pub(crate) fn event<const N: usize>(
        &mut self,
        stream: Stream,
        event: EventKind,
        data: [(&str, Value); N],
    ) {
        self.event_for(
            Visibility::Internal { audience: crate::RoleSet::BUSINESS },
            stream,
            event,
            data,
        );
    }

    /// Adds an event for those whom the visibility admits.
    pub(crate) fn event_for<const N: usize>(
        &mut self,
        visibility: Visibility,
        stream: Stream,
        event: EventKind,
        data: [(&str, Value); N],
    ) {
        let context = self.context;
        let data: Map<String, Value> =
            data.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        self.set.events.push(EventDraft {
            stream,
            kind: event,
            at: context.now,
            store: None,
            actor: context.identity.party,
            actor_kind: context.principal.kind,
            on_behalf_of: context.identity.on_behalf_of,
            causation: None,
            correlation: context.request.id.clone(),
            depth: 0,
            visibility,
            data,
        });
    }

    /// Adds an entry to the audit trail and gives it back for its particulars.
    pub(crate) fn audit(&mut self, action: &str, resource: (&str, Uuid)) -> &mut AuditDraft {
        let entry = audit_entry(self.context, self.made.as_slice(), action, resource);
        self.set.audit.extend(self.entry.take());
        self.entry.insert(entry)
    }

    /// The finished change set.
    pub(crate) fn finish(mut self) -> ChangeSet {
        self.set.audit.extend(self.entry.take());
        self.set
    }
}

/// The entry that says a request was refused.
pub(crate) fn denied(context: &Context<'_>, action: &str, target: Option<Uuid>) -> AuditDraft {
    let resource = ("request", target.unwrap_or(Uuid::nil()));
    let mut entry = audit_entry(context, &[], "access.denied", resource);
    entry.outcome = AuditOutcome::Deny;
    entry.changes.insert("operation".into(), action.into());
    entry
}

/// What an entry keeps apart of its actor, with the reason that was given.
pub(crate) fn with_reason(context: &Context<'_>, reason: &str) -> AuditPrivate {
    AuditPrivate { reason: Some(reason.to_owned()), ..private(context) }
}

fn private(context: &Context<'_>) -> AuditPrivate {
    AuditPrivate {
        customer: context.identity.party,
        salt: context.ids.salt(),
        ip: context.request.ip.clone(),
        user_agent: context.request.user_agent.clone(),
        reason: None,
        diff: BTreeMap::new(),
    }
}

fn audit_entry(
    context: &Context<'_>,
    made: &[(Ref<kind::Party>, PartyId)],
    action: &str,
    resource: (&str, Uuid),
) -> AuditDraft {
    let request = context.request;
    let identity = context.identity;
    let known =
        context.principal.party.as_ref().and_then(|party| {
            made.iter().find(|(reference, _)| reference == party).map(|(_, id)| *id)
        });
    let actor = identity.party.or(known);
    let private = (request.ip.is_some() || request.user_agent.is_some())
        .then(|| AuditPrivate { customer: actor, ..private(context) });
    AuditDraft {
        id: AuditId::from_uuid(context.ids.uuid(context.now)),
        at: context.now,
        actor: Actor { kind: context.principal.kind, id: actor, role: context.principal.role() },
        on_behalf_of: identity.on_behalf_of,
        action: action.to_owned(),
        resource: Resource { kind: resource.0.to_owned(), id: resource.1 },
        thread: None,
        subject: None,
        store: None,
        outcome: AuditOutcome::Allow,
        rule_ids: Vec::new(),
        request_id: request.id.clone(),
        channel: None,
        message: None,
        before_hash: None,
        after_hash: None,
        changes: BTreeMap::new(),
        private,
    }
}

fn actor_kind(principal: &Principal) -> PartyKind {
    match (principal.kind, principal.role()) {
        (PrincipalKind::Service | PrincipalKind::System, _) => PartyKind::Service,
        (PrincipalKind::Model, _) => PartyKind::Model,
        (PrincipalKind::User, Role::Customer) => PartyKind::Customer,
        (PrincipalKind::User, Role::Supplier) => PartyKind::Supplier,
        (PrincipalKind::User, Role::Reseller) => PartyKind::Reseller,
        (PrincipalKind::User, _) => PartyKind::Staff,
    }
}
