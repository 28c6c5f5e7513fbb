//! What a reader has read, and what reading changes.
//!
//! A reader's state is a set of sequence numbers; [`ReadState`] is its small form. Who reads is the
//! principal, or the customer whom a service acts for.

use crate::access::{Action, Role, RoleSet};
use crate::decide::{Context, Draft};
use crate::error::{Error, Result};
use crate::events::{EventKind, Stream, StreamKind};
use crate::ids::{MessageId, PartyId};
use crate::messages::Visibility;
use crate::messages::decide::visible_message;
use crate::principal::PrincipalKind;
use crate::store::facts::message_facts;
use crate::store::{Change, Expect, Scene, ThreadScene};
use crate::threads::model::{ReadState, Receipt, Thread};

const BUSINESS: Visibility = Visibility::Internal { audience: RoleSet::BUSINESS };

/// For whom an operation reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct For {
    pub(crate) party: Option<PartyId>,
    pub(crate) role: Role,
}

/// The customer a service acts for, or the principal itself.
pub(crate) fn reader(context: &Context<'_>) -> For {
    match context.identity.on_behalf_of {
        Some(customer) if context.principal.kind == PrincipalKind::Service => {
            For { party: Some(customer), role: Role::Customer }
        }
        _ => For { party: context.identity.party, role: context.principal.role() },
    }
}

/// Marks one message read; `false` when there was nothing to do.
pub(crate) fn mark_read<'a>(
    context: &'a Context<'a>,
    scene: &Scene,
    id: MessageId,
) -> Result<(Draft<'a>, bool)> {
    let conversation = context.readable(&scene.threads)?;
    let message = visible_message(context, scene, conversation, id)?;
    let new = &message.row.new;
    let for_whom = reader(context);
    let action = action(context);
    let facts =
        message_facts(context.facts(conversation), context.identity, new.author, new.visibility);
    context.check(action, facts)?;
    let mut draft = Draft::new(context);
    let Some(party) = for_whom.party.or_else(|| draft.actor()) else {
        return Err(Error::invalid("principal", "a principal that can read"));
    };
    let state = state_of(scene, new.thread, party);
    let seq = message.row.seq;
    let admitted = new.visibility.admits(RoleSet::of(&[for_whom.role]));
    if !admitted || new.author.party == Some(party) || state.is_some_and(|s| s.has_read(seq)) {
        return Ok((Draft::new(context), false));
    }
    let mut after =
        state.cloned().unwrap_or_else(|| fresh(context, new.thread, party, for_whom.role));
    draft.expect(Expect::ReadState(new.thread, party, after.version));
    after.extra.insert(seq);
    while after.extra.remove(&(after.cursor + 1)) {
        after.cursor += 1;
    }
    after.role = for_whom.role;
    after.last_read_at = context.now;
    let thread = new.thread;
    draft.change(Change::PutReadState(after));
    draft.change(Change::AddReceipt(Receipt {
        thread,
        reader: party,
        role: for_whom.role,
        from_seq: seq,
        to_seq: seq,
        at: context.now,
    }));
    tell(
        &mut draft,
        conversation,
        thread.uuid(),
        EventKind::MessageRead,
        new.visibility,
        [("message", id.to_string().into()), ("role", for_whom.role.as_str().into())],
    );
    Ok((draft, true))
}

/// Marks everything read that is there. `unread` is how many messages that concerns, `public` how
/// many of them are public: reading nothing but notes must leave no trace for customers.
pub(crate) fn mark_all_read<'a>(
    context: &'a Context<'a>,
    scene: &Scene,
    unread: u64,
    public: u64,
) -> Result<Draft<'a>> {
    let conversation = context.readable(&scene.threads)?;
    let for_whom = reader(context);
    let facts = context
        .facts(conversation)
        .set(crate::access::Fact::Public, true)
        .set(crate::access::Fact::InAudience, true);
    context.check(action(context), facts)?;
    let mut draft = Draft::new(context);
    if unread == 0 {
        return Ok(draft);
    }
    let Some(party) = for_whom.party.or_else(|| draft.actor()) else {
        return Err(Error::invalid("principal", "a principal that can read"));
    };
    for thread in readable_threads(context, scene) {
        let state = state_of(scene, thread.id, party);
        let before =
            state.cloned().unwrap_or_else(|| fresh(context, thread.id, party, for_whom.role));
        let last = thread.counters.messages;
        if before.cursor >= last {
            continue;
        }
        draft.expect(Expect::ReadState(thread.id, party, before.version));
        draft.change(Change::AddReceipt(Receipt {
            thread: thread.id,
            reader: party,
            role: for_whom.role,
            from_seq: before.cursor + 1,
            to_seq: last,
            at: context.now,
        }));
        draft.change(Change::PutReadState(ReadState {
            cursor: last,
            extra: std::collections::BTreeSet::new(),
            role: for_whom.role,
            last_read_at: context.now,
            ..before
        }));
        tell(
            &mut draft,
            conversation,
            thread.id.uuid(),
            EventKind::MessageRead,
            if public > 0 { Visibility::Public } else { BUSINESS },
            [("role", for_whom.role.as_str().into()), ("all", true.into())],
        );
    }
    Ok(draft)
}

/// Marks a message and everything after it unread. Receipts stay: a first reading has happened.
pub(crate) fn mark_unread<'a>(
    context: &'a Context<'a>,
    scene: &Scene,
    id: MessageId,
) -> Result<(Draft<'a>, bool)> {
    let conversation = context.readable(&scene.threads)?;
    let message = visible_message(context, scene, conversation, id)?;
    let new = &message.row.new;
    let facts =
        message_facts(context.facts(conversation), context.identity, new.author, new.visibility);
    context.check(Action::MessageMarkUnread, facts)?;
    let mut draft = Draft::new(context);
    let state = context.identity.party.and_then(|party| state_of(scene, new.thread, party));
    let seq = message.row.seq;
    let Some(before) = state else { return Ok((draft, false)) };
    let mut after = before.clone();
    after.cursor = after.cursor.min(seq.saturating_sub(1));
    after.extra.retain(|read| *read < seq);
    if after == *before {
        return Ok((draft, false));
    }
    draft.expect(Expect::ReadState(new.thread, before.reader, before.version));
    draft.change(Change::PutReadState(after));
    tell(
        &mut draft,
        conversation,
        new.thread.uuid(),
        EventKind::MessageUnread,
        BUSINESS,
        [("message", id.to_string().into())],
    );
    Ok((draft, true))
}

/// The threads of a conversation that the principal may read: merged ones have rules of their own.
pub(crate) fn readable_threads<'s>(
    context: &'s Context<'_>,
    scene: &'s Scene,
) -> impl Iterator<Item = &'s Thread> {
    scene.threads.iter().filter_map(|part| {
        let facts = crate::store::facts::thread_facts(context.identity, part);
        part.thread.as_ref().filter(|_| context.allows(Action::ThreadRead, facts))
    })
}

/// Acting for a customer is a right of its own: services have it, people do not.
fn action(context: &Context<'_>) -> Action {
    match context.principal.on_behalf_of {
        Some(_) => Action::MessageMarkReadFor,
        None => Action::MessageMarkRead,
    }
}

fn state_of(scene: &Scene, thread: crate::ThreadId, party: PartyId) -> Option<&ReadState> {
    scene.read_states.iter().find(|state| state.thread == thread && state.reader == party)
}

fn fresh(context: &Context<'_>, thread: crate::ThreadId, party: PartyId, role: Role) -> ReadState {
    ReadState {
        thread,
        reader: party,
        role,
        cursor: 0,
        extra: std::collections::BTreeSet::new(),
        last_read_at: context.now,
        version: 0,
    }
}

fn tell<const N: usize>(
    draft: &mut Draft<'_>,
    conversation: &ThreadScene,
    thread: uuid::Uuid,
    event: EventKind,
    visibility: Visibility,
    data: [(&str, serde_json::Value); N],
) {
    let facts: Vec<_> =
        data.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
    draft.event_for(visibility, Stream { kind: StreamKind::Thread, id: thread }, event, data);
    let entry = draft.audit(event.as_str(), ("thread", thread));
    entry.thread = Some(crate::ThreadId::from_uuid(thread));
    entry.subject = Some(conversation.subject.id);
    entry.store = conversation.subject.store;
    entry.changes.extend(facts);
}
