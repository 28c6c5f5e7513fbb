//! Where a thread can go, and what going there changes.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::access::{Action, Fact, Role, Side};
use crate::decide::{Context, Draft};
use crate::directory::{PartyKind, Subject};
use crate::error::{Code, Error, Result};
use crate::events::{EventKind, Stream, StreamKind};
use crate::ids::{PartyId, Ref, ThreadId, kind};
use crate::messages::Visibility;
use crate::messages::input::check_word;
use crate::store::{Change, Expect, Scene, ThreadScene};
use crate::tenants::ClosedThread;
use crate::threads::model::{Counters, Participant, Priority, Thread, ThreadStatus};
use crate::time::Timestamp;

/// What can be done with the status of a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Move {
    /// Wait for the customer or a third party.
    Pend,
    /// Put out of sight until an instant, or until the customer writes.
    Snooze(Timestamp),
    /// Call it answered.
    Resolve,
    /// Call it over.
    Close,
    /// Open it again.
    Reopen,
}

use ThreadStatus::{Closed, Open, Pending, Resolved, Snoozed};

/// The state machine: from where which move leads where. Everything else is refused.
pub const TRANSITIONS: &[(ThreadStatus, &str, ThreadStatus)] = &[
    (Open, "pend", Pending),
    (Open, "snooze", Snoozed),
    (Pending, "snooze", Snoozed),
    (Snoozed, "snooze", Snoozed),
    (Open, "resolve", Resolved),
    (Pending, "resolve", Resolved),
    (Snoozed, "resolve", Resolved),
    (Open, "close", Closed),
    (Pending, "close", Closed),
    (Snoozed, "close", Closed),
    (Resolved, "close", Closed),
    (Pending, "reopen", Open),
    (Snoozed, "reopen", Open),
    (Resolved, "reopen", Open),
    (Closed, "reopen", Open),
];

impl Move {
    /// The move as it stands in [`TRANSITIONS`].
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pend => "pend",
            Self::Snooze(_) => "snooze",
            Self::Resolve => "resolve",
            Self::Close => "close",
            Self::Reopen => "reopen",
        }
    }

    fn action(self) -> Action {
        match self {
            Self::Pend => Action::ThreadPending,
            Self::Snooze(_) => Action::ThreadSnooze,
            Self::Resolve => Action::ThreadResolve,
            Self::Close => Action::ThreadClose,
            Self::Reopen => Action::ThreadReopen,
        }
    }

    fn event(self) -> EventKind {
        match self {
            Self::Pend => EventKind::ThreadPending,
            Self::Snooze(_) => EventKind::ThreadSnoozed,
            Self::Resolve => EventKind::ThreadResolved,
            Self::Close => EventKind::ThreadClosed,
            Self::Reopen => EventKind::ThreadReopened,
        }
    }
}

/// The thread as it is after a move.
fn moved(thread: &Thread, by: Move, now: Timestamp) -> Result<Thread> {
    let to = TRANSITIONS
        .iter()
        .find(|(from, name, _)| *from == thread.status && *name == by.name())
        .map(|(_, _, to)| *to)
        .ok_or_else(|| {
            let from = thread.status;
            Error::new(
                Code::ThreadTransition,
                format!("a thread that is {from} cannot {}", by.name()),
            )
            .with("status", from.as_str())
            .with("move", by.name())
        })?;
    if let Move::Snooze(until) = by
        && until <= now
    {
        return Err(Error::invalid("until", "an instant in the future"));
    }
    Ok(Thread {
        status: to,
        snoozed_until: if let Move::Snooze(until) = by { Some(until) } else { None },
        resolved_at: match to {
            Resolved => Some(now),
            Closed => thread.resolved_at,
            _ => None,
        },
        closed_at: (to == Closed).then_some(now),
        waiting_since: if matches!(to, Resolved | Closed) { None } else { thread.waiting_since },
        ..thread.clone()
    })
}

/// The conversation's thread, begun if there is none. A new thread is not added yet: the caller does
/// that with what else it has to say of it.
pub(crate) fn ensure(draft: &mut Draft<'_>, conversation: &ThreadScene) -> Result<Thread> {
    if let Some(thread) = &conversation.thread {
        draft.expect(Expect::Thread(thread.id, thread.version));
        return Ok(thread.clone());
    }
    let subject = &conversation.subject;
    let now = draft.context.now;
    let thread = Thread {
        id: ThreadId::from_uuid(draft.context.ids.uuid(now)),
        tenant: draft.context.tenant(),
        store: subject.store,
        subject_kind: subject.kind,
        subject: subject.id,
        customer: subject.customer,
        status: Open,
        snoozed_until: None,
        priority: Priority::Normal,
        assignee: None,
        tags: BTreeSet::new(),
        counters: Counters::default(),
        active_at: now,
        public_active_at: now,
        last_customer_message_at: None,
        waiting_since: None,
        first_response_at: None,
        resolved_at: None,
        closed_at: None,
        merged_into: None,
        created_at: now,
        version: 1,
    };
    draft.expect(Expect::Subject(subject.id, subject.version));
    draft.expect(Expect::NoThread(subject.id));
    tell(draft, subject, &thread, EventKind::ThreadCreated, []);
    Ok(thread)
}

/// What a message does to a thread that is not open.
pub(crate) fn leave_closed(
    draft: &mut Draft<'_>,
    thread: &mut Thread,
    visibility: Visibility,
    side: Side,
    policy: ClosedThread,
) -> Result<()> {
    let reopens = match thread.status {
        Closed => match policy {
            ClosedThread::Refuse => return Err(closed()),
            ClosedThread::Append => false,
            ClosedThread::Reopen => visibility.is_public(),
        },
        Open => false,
        // The customer is heard at once, whatever the thread was waiting for.
        Pending | Snoozed | Resolved => visibility.is_public() && side == Side::Customer,
    };
    if reopens {
        let event = if thread.status == Snoozed {
            EventKind::ThreadUnsnoozed
        } else {
            EventKind::ThreadReopened
        };
        let from = thread.status;
        *thread = moved(thread, Move::Reopen, draft.context.now)?;
        status_event(draft, thread, event, from);
    }
    Ok(())
}

pub(crate) fn closed() -> Error {
    Error::new(Code::ThreadClosed, "the thread is closed").with("status", Closed.as_str())
}

/// Who waits for whom after a message.
pub(crate) fn responded(
    draft: &mut Draft<'_>,
    thread: &mut Thread,
    visibility: Visibility,
    side: Side,
) {
    if !visibility.is_public() {
        return;
    }
    if side == Side::Customer {
        thread.waiting_since = thread.waiting_since.or(Some(draft.context.now));
        return;
    }
    let asked = thread.waiting_since.is_some() || thread.last_customer_message_at.is_some();
    thread.waiting_since = None;
    if asked && thread.first_response_at.is_none() {
        thread.first_response_at = Some(draft.context.now);
        draft.event(stream(thread), EventKind::ThreadFirstResponse, []);
    }
}

/// Makes somebody a participant who is none yet, or not any more.
pub(crate) fn took_part(
    draft: &mut Draft<'_>,
    conversation: &ThreadScene,
    thread: &Thread,
    party: PartyId,
    role: Role,
) -> Result<bool> {
    let known = conversation.participants.iter().find(|known| known.party == party);
    if known.is_some_and(|known| known.left_at.is_none()) {
        return Ok(false);
    }
    let limit = draft.context.policies.limits.participants;
    if known.is_none() && conversation.participants.len() >= limit {
        return Err(Error::field(
            Code::InputTooLong,
            "participants",
            format!("at most {limit} participants"),
        )
        .with("limit", limit));
    }
    draft.change(Change::PutParticipant(Participant {
        thread: thread.id,
        party,
        role,
        joined_at: draft.context.now,
        left_at: None,
        muted: known.is_some_and(|known| known.muted),
    }));
    draft.event(
        stream(thread),
        EventKind::ThreadParticipantAdded,
        [("party", party.to_string().into()), ("role", role.as_str().into())],
    );
    Ok(true)
}

/// What can be changed about a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum ThreadChange {
    /// Its status.
    Move(Move),
    /// Who answers for it; `None` for nobody.
    Assign(Option<Ref<kind::Party>>),
    /// How urgent it is.
    Prioritise(Priority),
    /// Its tags: these added, those removed.
    Tag {
        /// To add.
        add: Vec<String>,
        /// To remove.
        remove: Vec<String>,
    },
    /// Adds a participant in a role.
    AddParticipant {
        /// Who.
        party: Ref<kind::Party>,
        /// In which role.
        role: Role,
    },
    /// Ends a participation.
    RemoveParticipant(Ref<kind::Party>),
    /// Whether the caller wants notifications.
    Mute(bool),
}

/// Begins a conversation without a message.
pub(crate) fn begin<'a>(context: &'a Context<'a>, scene: &Scene) -> Result<(Draft<'a>, ThreadId)> {
    let conversation = context.readable(&scene.threads)?;
    let mut draft = Draft::new(context);
    if let Some(thread) = &conversation.thread {
        return Ok((draft, thread.id));
    }
    let facts = context.facts(conversation);
    let facts = facts.set(Fact::Public, true).set(Fact::InAudience, true);
    context.check(Action::MessagePostPublic, facts)?;
    draft.actor();
    let thread = ensure(&mut draft, conversation)?;
    let id = thread.id;
    draft.change(Change::AddThread(thread));
    Ok((draft, id))
}

/// Changes a thread.
pub(crate) fn change<'a>(
    context: &'a Context<'a>,
    scene: &Scene,
    change: &ThreadChange,
    expected: Option<u64>,
) -> Result<(Draft<'a>, ThreadId)> {
    let conversation = context.readable(&scene.threads)?;
    let thread = conversation.thread.as_ref().ok_or_else(crate::decide::no_thread)?;
    let action = match change {
        ThreadChange::Move(by) => by.action(),
        ThreadChange::Assign(_) => Action::ThreadAssign,
        ThreadChange::Prioritise(_) => Action::ThreadPrioritise,
        ThreadChange::Tag { .. } => Action::ThreadTag,
        ThreadChange::AddParticipant { .. } | ThreadChange::RemoveParticipant(_) => {
            Action::ThreadParticipants
        }
        ThreadChange::Mute(_) => Action::ThreadRead,
    };
    context.check(action, context.facts(conversation))?;
    if let Some(expected) = expected
        && expected != thread.version
    {
        return Err(Error::new(Code::VersionStale, "the thread has changed")
            .with("expected", expected)
            .with("version", thread.version));
    }
    let mut draft = Draft::new(context);
    draft.expect(Expect::Thread(thread.id, thread.version));
    draft.actor();
    match change {
        ThreadChange::Move(by) => {
            let after = moved(thread, *by, context.now)?;
            let from = thread.status;
            put(&mut draft, conversation, &after, by.event(), from);
        }
        ThreadChange::Assign(to) => assign(&mut draft, scene, conversation, thread, to.as_ref())?,
        ThreadChange::Prioritise(priority) => {
            if *priority != thread.priority {
                let after = Thread { priority: *priority, ..thread.clone() };
                draft.change(Change::PutThread(after.clone()));
                tell(
                    &mut draft,
                    &conversation.subject,
                    &after,
                    EventKind::ThreadPriorityChanged,
                    [("from", thread.priority.as_str().into()), ("to", priority.as_str().into())],
                );
            }
        }
        ThreadChange::Tag { add, remove } => tag(&mut draft, conversation, thread, add, remove)?,
        ThreadChange::AddParticipant { party, role } => {
            let id = named(&mut draft, scene, party, party_kind(*role));
            if took_part(&mut draft, conversation, thread, id, *role)? {
                audit(&mut draft, &conversation.subject, thread, EventKind::ThreadParticipantAdded)
                    .changes
                    .insert("party".into(), id.to_string().into());
            }
        }
        ThreadChange::RemoveParticipant(_) | ThreadChange::Mute(_) => {
            part(&mut draft, scene, conversation, thread, change)?;
        }
    }
    Ok((draft, thread.id))
}

fn assign(
    draft: &mut Draft<'_>,
    scene: &Scene,
    conversation: &ThreadScene,
    thread: &Thread,
    to: Option<&Ref<kind::Party>>,
) -> Result<()> {
    let assignee = match to {
        Some(party) => {
            let stored = scene.parties.first().and_then(Option::as_ref);
            if stored.is_some_and(|party| party.kind != PartyKind::Staff) {
                return Err(Error::invalid("assignee", "a member of staff"));
            }
            Some(named(draft, scene, party, PartyKind::Staff))
        }
        None => None,
    };
    if assignee == thread.assignee {
        return Ok(());
    }
    let after = Thread { assignee, ..thread.clone() };
    draft.change(Change::PutThread(after.clone()));
    let event =
        if assignee.is_some() { EventKind::ThreadAssigned } else { EventKind::ThreadUnassigned };
    let text =
        |party: Option<PartyId>| party.map_or(serde_json::Value::Null, |id| id.to_string().into());
    tell(
        draft,
        &conversation.subject,
        &after,
        event,
        [("from", text(thread.assignee)), ("to", text(assignee))],
    );
    Ok(())
}

fn tag(
    draft: &mut Draft<'_>,
    conversation: &ThreadScene,
    thread: &Thread,
    add: &[String],
    remove: &[String],
) -> Result<()> {
    let word = |tag: &String| {
        check_word("tags", tag, 64)?;
        Ok(tag.trim().to_lowercase())
    };
    let add = add.iter().map(word).collect::<Result<BTreeSet<_>>>()?;
    let remove = remove.iter().map(word).collect::<Result<BTreeSet<_>>>()?;
    let tags: BTreeSet<String> = thread.tags.difference(&remove).chain(&add).cloned().collect();
    let limit = draft.context.policies.limits.tags;
    if tags.len() > limit {
        return Err(Error::field(Code::InputTooLong, "tags", format!("at most {limit} tags"))
            .with("limit", limit));
    }
    if tags != thread.tags {
        let list = |tags: Vec<&String>| serde_json::json!(tags);
        let added = list(tags.difference(&thread.tags).collect());
        let removed = list(thread.tags.difference(&tags).collect());
        let after = Thread { tags, ..thread.clone() };
        draft.change(Change::PutThread(after.clone()));
        tell(
            draft,
            &conversation.subject,
            &after,
            EventKind::ThreadTagged,
            [("added", added), ("removed", removed)],
        );
    }
    Ok(())
}

/// Ends or mutes a participation.
fn part(
    draft: &mut Draft<'_>,
    scene: &Scene,
    conversation: &ThreadScene,
    thread: &Thread,
    change: &ThreadChange,
) -> Result<()> {
    let who = match change {
        ThreadChange::RemoveParticipant(_) => {
            scene.parties.first().and_then(Option::as_ref).map(|party| party.id)
        }
        _ => draft.context.identity.party,
    };
    let current = conversation
        .participants
        .iter()
        .find(|known| Some(known.party) == who && known.left_at.is_none())
        .ok_or_else(|| Error::new(Code::PartyNotFound, "there is no such participant"))?;
    let event = match change {
        ThreadChange::Mute(muted) => {
            draft.change(Change::PutParticipant(Participant { muted: *muted, ..current.clone() }));
            return Ok(());
        }
        _ => EventKind::ThreadParticipantRemoved,
    };
    let left_at = Some(draft.context.now);
    draft.change(Change::PutParticipant(Participant { left_at, ..current.clone() }));
    tell(
        draft,
        &conversation.subject,
        thread,
        event,
        [("party", current.party.to_string().into())],
    );
    Ok(())
}

/// Puts one conversation into another: the first becomes an alias of the second.
pub(crate) fn merge<'a>(context: &'a Context<'a>, scene: &Scene) -> Result<(Draft<'a>, ThreadId)> {
    let from = context.readable(&scene.threads)?;
    let into = context.readable(&scene.other)?;
    context.check(Action::ThreadMerge, context.facts(from))?;
    context.check(Action::ThreadMerge, context.facts(into))?;
    let (Some(from_thread), Some(into_thread)) = (&from.thread, &into.thread) else {
        return Err(crate::decide::no_thread());
    };
    let refuse = |why: &'static str| {
        Err(Error::new(Code::ThreadMerge, format!("cannot merge: {why}")).with("reason", why))
    };
    if from_thread.id == into_thread.id {
        return refuse("it is the same conversation");
    }
    if from_thread.store != into_thread.store {
        return refuse("they belong to different stores");
    }
    if from_thread.customer != into_thread.customer {
        return refuse("they belong to different customers");
    }
    let mut draft = Draft::new(context);
    draft.actor();
    draft.expect(Expect::Thread(into_thread.id, into_thread.version));
    // Aliases of the one become aliases of the other, so that there are never two steps to go.
    for part in &scene.threads {
        let Some(thread) = &part.thread else { continue };
        draft.expect(Expect::Thread(thread.id, thread.version));
        let after = Thread {
            merged_into: Some(into_thread.id),
            status: Closed,
            snoozed_until: None,
            waiting_since: None,
            closed_at: thread.closed_at.or(Some(context.now)),
            ..thread.clone()
        };
        draft.change(Change::PutThread(after.clone()));
        tell(
            &mut draft,
            &part.subject,
            &after,
            EventKind::ThreadMerged,
            [("into", into_thread.id.to_string().into())],
        );
    }
    let waiting_since = match (from_thread.waiting_since, into_thread.waiting_since) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    let after = Thread { waiting_since, ..into_thread.clone() };
    draft.change(Change::PutThread(after.clone()));
    tell(
        &mut draft,
        &into.subject,
        &after,
        EventKind::ThreadMerged,
        [("from", from_thread.id.to_string().into())],
    );
    for participant in from.participants.iter().filter(|known| known.left_at.is_none()) {
        took_part(&mut draft, into, into_thread, participant.party, participant.role)?;
    }
    Ok((draft, into_thread.id))
}

/// Wakes a snoozed thread whose time has come.
pub(crate) fn wake<'a>(context: &'a Context<'a>, thread: &Thread) -> Result<Draft<'a>> {
    let mut draft = Draft::new(context);
    draft.expect(Expect::Thread(thread.id, thread.version));
    let after = moved(thread, Move::Reopen, context.now)?;
    draft.change(Change::PutThread(after.clone()));
    status_event(&mut draft, &after, EventKind::ThreadUnsnoozed, thread.status);
    let entry = draft.audit(EventKind::ThreadUnsnoozed.as_str(), ("thread", thread.id.uuid()));
    entry.thread = Some(thread.id);
    entry.subject = Some(thread.subject);
    entry.store = thread.store;
    Ok(draft)
}

/// How long until a snoozed thread wakes, for hosts that show it.
#[must_use]
pub fn snoozed_for(thread: &Thread, now: Timestamp) -> Option<Duration> {
    thread.snoozed_until.map(|until| until.saturating_since(now))
}

fn put(
    draft: &mut Draft<'_>,
    conversation: &ThreadScene,
    after: &Thread,
    event: EventKind,
    from: ThreadStatus,
) {
    draft.change(Change::PutThread(after.clone()));
    status_event(draft, after, event, from);
    let entry = audit(draft, &conversation.subject, after, event);
    entry.changes.insert("from".into(), from.as_str().into());
    entry.changes.insert("to".into(), after.status.as_str().into());
}

/// Customers learn when a thread closes and opens again; the rest is the business' own affair.
fn status_event(draft: &mut Draft<'_>, thread: &Thread, event: EventKind, from: ThreadStatus) {
    let public =
        event == EventKind::ThreadClosed || (event == EventKind::ThreadReopened && from == Closed);
    let to = thread.status;
    if public {
        draft.event_for(Visibility::Public, stream(thread), event, []);
    } else {
        draft.event(
            stream(thread),
            event,
            [("from", from.as_str().into()), ("to", to.as_str().into())],
        );
    }
}

/// The event and the audit entry about a thread.
fn tell<const N: usize>(
    draft: &mut Draft<'_>,
    subject: &Subject,
    thread: &Thread,
    event: EventKind,
    data: [(&str, serde_json::Value); N],
) {
    let entry = audit(draft, subject, thread, event);
    entry.changes.extend(data.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
    if event == EventKind::ThreadCreated {
        draft.event_for(Visibility::Public, stream(thread), event, data);
    } else {
        draft.event(stream(thread), event, data);
    }
}

fn audit<'d>(
    draft: &'d mut Draft<'_>,
    subject: &Subject,
    thread: &Thread,
    event: EventKind,
) -> &'d mut crate::audit::AuditDraft {
    let entry = draft.audit(event.as_str(), ("thread", thread.id.uuid()));
    entry.thread = Some(thread.id);
    entry.subject = Some(subject.id);
    entry.store = subject.store;
    entry
}

/// A party that a command names: the stored one, or one made for its reference.
fn named(
    draft: &mut Draft<'_>,
    scene: &Scene,
    party: &Ref<kind::Party>,
    party_kind: PartyKind,
) -> PartyId {
    match scene.parties.first() {
        Some(Some(stored)) => stored.id,
        _ => draft.party(party, party_kind),
    }
}

fn party_kind(role: Role) -> PartyKind {
    match role {
        Role::Customer => PartyKind::Customer,
        Role::Supplier => PartyKind::Supplier,
        Role::Reseller => PartyKind::Reseller,
        Role::Service | Role::System => PartyKind::Service,
        Role::Model => PartyKind::Model,
        _ => PartyKind::Staff,
    }
}

fn stream(thread: &Thread) -> Stream {
    Stream { kind: StreamKind::Thread, id: thread.id.uuid() }
}
