//! What may be said, and what saying it changes.

use crate::access::{Action, Fact, Role, RoleSet, Side};
use crate::decide::{Context, Draft, with_reason};
use crate::error::{Code, Error, Result};
use crate::events::EventKind;
use crate::ids::MessageId;
use crate::inbound::{Arrival, ArrivalKey};
use crate::messages::append::{Words, append, note};
use crate::messages::input::{
    PostMessage, Redaction, SystemEvent, check_emoji, check_word, redact,
};
use crate::messages::model::{
    Author, Channel, Content, ContentState, Format, MessageKind, NewMessage, Origin, Relation,
    RelationKind, StoredMessage, Topic, Visibility,
};
use crate::messages::view::{MessageState, current};
use crate::principal::PrincipalKind;
use crate::store::facts::message_facts;
use crate::store::{Change, Expect, Scene, ThreadScene};
use crate::tenants::ClosedThread;

/// Posts a message to the conversation, beginning it if need be.
pub(crate) fn post<'a>(
    context: &'a Context<'a>,
    scene: &Scene,
    input: &PostMessage,
) -> Result<(Draft<'a>, NewMessage, Content)> {
    let conversation = context.readable(&scene.threads)?;
    refuse_claim(context, input)?;
    let author = author(context);
    let side = author.role.side();
    let is_business = context.principal.role().side() == Side::Business;
    let topic = input.topic.unwrap_or(Topic::Generic);
    let default_title = input.topic.map(|topic| context.policies.titles.of(topic));
    let content = input.content(&context.policies.limits, default_title)?;
    let visibility = visibility(context, input);
    let action =
        if input.internal { Action::MessagePostInternal } else { Action::MessagePostPublic };
    let facts = message_facts(context.facts(conversation), context.identity, author, visibility);
    context.check(action, facts)?;
    for (field, is_given) in [
        ("origin", input.origin.is_some()),
        ("occurred_at", input.occurred_at.is_some()),
        ("provider_ref", input.provider_ref.is_some()),
    ] {
        if is_given && !is_business {
            return Err(Error::invalid(field, "nothing from customers and partners"));
        }
    }
    if input.origin == Some(Origin::System) && context.principal.kind == PrincipalKind::User {
        return Err(Error::invalid("origin", "human or ai_suggested from a person"));
    }
    if input.occurred_at.is_some_and(|at| at > context.now) {
        return Err(Error::invalid("occurred_at", "an instant that has passed"));
    }
    for (field, word) in [("language", &input.language), ("provider_ref", &input.provider_ref)] {
        if let Some(word) = word {
            check_word(field, word, 512)?;
        }
    }
    if let Some(reply_to) = input.reply_to {
        let answered = visible_message(context, scene, conversation, reply_to)?;
        if visibility.is_public() && !answered.row.new.visibility.is_public() {
            return Err(Error::invalid("reply_to", "a public message, for a public answer"));
        }
    }
    let kind = match (input.internal, input.attachments.is_empty()) {
        (true, _) => MessageKind::Note,
        (false, true) => MessageKind::Text,
        (false, false) => MessageKind::Attachment,
    };
    let words = Words {
        author,
        origin: input.origin.unwrap_or(Origin::Human),
        topic,
        kind,
        visibility,
        via: input.via.unwrap_or(Channel::InApp),
        intended: input.intended.unwrap_or(Channel::InApp),
        provider_ref: input.provider_ref.clone(),
        format: input.format.unwrap_or(Format::Plain),
        language: input.language.clone(),
        relation: input.reply_to.map(|message| Relation { kind: RelationKind::ReplyTo, message }),
        occurred_at: input.occurred_at,
    };
    let arrival = arrival_of(input);
    if scene.arrival.is_some() && arrival.is_some() {
        return Err(Error::field(
            Code::ReferenceTaken,
            "provider_ref",
            "an id that the provider gave to no other message of the channel",
        ));
    }
    let closed = context.policies.closed_to(side);
    let mut done =
        append(context, conversation, words, content, closed, EventKind::MessageCreated)?;
    if let Some(key) = arrival {
        let message = Some(done.1.id);
        done.0.change(Change::PutArrival(Arrival { key, message, triage: None }));
    }
    Ok(done)
}

/// What makes a message with a provider's id one that there may be only once.
pub(crate) fn arrival_of(input: &PostMessage) -> Option<ArrivalKey> {
    Some(ArrivalKey {
        channel: input.via.unwrap_or(Channel::InApp),
        account: String::new(),
        provider_ref: input.provider_ref.clone()?,
    })
}

/// Tells those who read the conversation what happened. A closed thread stays closed.
pub(crate) fn system_event<'a>(
    context: &'a Context<'a>,
    scene: &Scene,
    input: &SystemEvent,
) -> Result<(Draft<'a>, NewMessage, Content)> {
    let conversation = context.readable(&scene.threads)?;
    check_word("event_type", &input.event_type, 128)?;
    let visibility =
        if input.internal { context.policies.note_visibility() } else { Visibility::Public };
    let mut metadata = input.metadata.clone().unwrap_or_default();
    metadata.insert("eventType".into(), input.event_type.clone().into());
    let text = PostMessage {
        text: input.text.clone(),
        metadata: Some(metadata),
        ..PostMessage::default()
    };
    let content = text.content(&context.policies.limits, None)?;
    // The entry has no author: it is the system that speaks, whoever passes it on.
    let author = Author { role: Role::System, party: None };
    let facts = message_facts(context.facts(conversation), context.identity, author, visibility)
        .set(Fact::InAudience, true);
    context.check(Action::MessagePostSystemEvent, facts)?;
    let words = Words {
        author,
        origin: Origin::System,
        topic: Topic::StatusUpdate,
        kind: MessageKind::SystemEvent,
        visibility,
        via: input.via.unwrap_or(Channel::InApp),
        intended: Channel::InApp,
        provider_ref: None,
        format: Format::Plain,
        language: None,
        relation: None,
        occurred_at: None,
    };
    append(context, conversation, words, content, ClosedThread::Append, EventKind::MessageCreated)
}

/// Puts a later text in the place of an earlier one.
pub(crate) fn correct<'a>(
    context: &'a Context<'a>,
    scene: &Scene,
    id: MessageId,
    text: &str,
) -> Result<(Draft<'a>, NewMessage, Content)> {
    let (conversation, earlier) = changeable(context, scene, id, Action::MessageCorrect)?;
    let (_, shown) = current(earlier);
    let input = PostMessage {
        text: text.to_owned(),
        title: shown.and_then(|content| content.title.clone()),
        attachments: shown.map(|content| content.attachments.clone()).unwrap_or_default(),
        metadata: shown.and_then(|content| content.metadata.clone()),
        ..PostMessage::default()
    };
    let content = input.content(&context.policies.limits, None)?;
    let words =
        Words { origin: Origin::Human, ..Words::on(context, earlier, RelationKind::Replaces) };
    let mut done = append(
        context,
        conversation,
        words,
        content,
        ClosedThread::Refuse,
        EventKind::MessageCorrected,
    )?;
    done.0.expect(expect_later(earlier));
    Ok(done)
}

/// Withdraws a message.
pub(crate) fn retract<'a>(
    context: &'a Context<'a>,
    scene: &Scene,
    id: MessageId,
) -> Result<(Draft<'a>, NewMessage, Content)> {
    let (conversation, earlier) = changeable(context, scene, id, Action::MessageRetract)?;
    let words = Words {
        kind: MessageKind::Retraction,
        ..Words::on(context, earlier, RelationKind::Retracts)
    };
    let content = Content::tombstone(ContentState::Present);
    let mut done = append(
        context,
        conversation,
        words,
        content,
        ClosedThread::Append,
        EventKind::MessageRetracted,
    )?;
    done.0.expect(expect_later(earlier));
    Ok(done)
}

/// Puts an emoji on a message, or takes the same emoji back.
pub(crate) fn react<'a>(
    context: &'a Context<'a>,
    scene: &Scene,
    id: MessageId,
    emoji: &str,
) -> Result<(Draft<'a>, NewMessage, Content)> {
    check_emoji(emoji)?;
    let conversation = context.readable(&scene.threads)?;
    let earlier = visible_message(context, scene, conversation, id)?;
    context.check(Action::MessageReact, facts_of(context, conversation, earlier))?;
    refuse_gone(earlier)?;
    let words = Words {
        kind: MessageKind::Reaction,
        ..Words::on(context, earlier, RelationKind::ReactsTo)
    };
    let mut content = Content::tombstone(ContentState::Present);
    content.text = emoji.to_owned();
    append(context, conversation, words, content, ClosedThread::Append, EventKind::MessageReacted)
}

/// Takes text out of a message for good. The row and its place stay.
pub(crate) fn redaction<'a>(
    context: &'a Context<'a>,
    scene: &Scene,
    id: MessageId,
    what: &Redaction,
    reason: &str,
) -> Result<Draft<'a>> {
    let conversation = context.readable(&scene.threads)?;
    let earlier = visible_message(context, scene, conversation, id)?;
    let facts = facts_of(context, conversation, earlier);
    let given = !reason.trim().is_empty();
    context.check(Action::MessageRedact, facts.set(Fact::ReasonGiven, given)).map_err(|error| {
        let permitted = context.allows(Action::MessageRedact, facts.set(Fact::ReasonGiven, true));
        if permitted { Error::field(Code::InputEmpty, "reason", "a reason") } else { error }
    })?;
    check_word("reason", reason, 1_000)?;
    let (state, shown) = current(earlier);
    if state == MessageState::Erased {
        return Err(gone(state));
    }
    // What is shown last, and every other version of it.
    let versions: Vec<(MessageId, &Content)> =
        std::iter::once((earlier.row.new.id, &earlier.content))
            .chain(
                earlier
                    .later
                    .iter()
                    .filter(|later| later.kind == RelationKind::Replaces)
                    .map(|later| (later.id, &later.content)),
            )
            .collect();
    let newest = versions.last().map(|(id, _)| *id);
    let mut draft = Draft::new(context);
    for (version, content) in versions {
        let left = match what {
            Redaction::Spans(spans) if Some(version) == newest => {
                let shown = shown.unwrap_or(content);
                Content {
                    state: ContentState::Redacted,
                    salt: None,
                    text: redact(&shown.text, spans)?,
                    original: None,
                    ..shown.clone()
                }
            }
            _ => Content::tombstone(ContentState::Redacted),
        };
        draft.change(Change::PutContent { message: version, content: left });
    }
    draft.expect(expect_later(earlier));
    let row = &earlier.row;
    let entry =
        note(&mut draft, conversation, row.new.thread, EventKind::MessageRedacted, &row.new, id);
    entry.private = Some(with_reason(context, reason));
    Ok(draft)
}

/// Who writes: the principal, or the customer whose words a service passes on.
pub(crate) fn author(context: &Context<'_>) -> Author {
    match context.identity.on_behalf_of {
        Some(customer) if context.principal.kind == PrincipalKind::Service => {
            Author { role: Role::Customer, party: Some(customer) }
        }
        _ => Author { role: context.principal.role(), party: context.identity.party },
    }
}

/// Refuses who may not post a public message of the business: nobody drafts a customer's words.
#[cfg(feature = "llm")]
pub(crate) fn check_drafting(context: &Context<'_>, conversation: &ThreadScene) -> Result<()> {
    let author = author(context);
    if author.role.side() != Side::Business {
        return Err(Error::new(Code::AccessDenied, "drafts are the business' words")
            .with("action", Action::MessagePostPublic.as_str()));
    }
    let facts = context.facts(conversation);
    let facts = message_facts(facts, context.identity, author, Visibility::Public);
    context.check(Action::MessagePostPublic, facts)
}

fn refuse_claim(context: &Context<'_>, input: &PostMessage) -> Result<()> {
    match input.claimed_role {
        Some(role) if !context.identity.roles.contains(role) => Err(role_claim()),
        _ => Ok(()),
    }
}

/// The role in a request is not the principal's.
pub(crate) fn role_claim() -> Error {
    Error::field(Code::AccessRoleClaim, "role", "no role, or the role of the signed-in principal")
}

fn visibility(context: &Context<'_>, input: &PostMessage) -> Visibility {
    if !input.internal {
        return Visibility::Public;
    }
    let audience = input.audience.unwrap_or(context.policies.note_audience);
    let own = RoleSet::of(&[context.principal.role()]);
    Visibility::Internal { audience: audience.union(own) }
}

/// The message with this id, if it belongs to the conversation and the principal may see it.
pub(crate) fn visible_message<'s>(
    context: &Context<'_>,
    scene: &'s Scene,
    conversation: &ThreadScene,
    id: MessageId,
) -> Result<&'s StoredMessage> {
    let unknown = || Error::new(Code::MessageNotFound, "the message is not known");
    let message = scene.message.as_ref().filter(|message| message.row.new.id == id);
    let message = message.ok_or_else(unknown)?;
    let own = scene
        .threads
        .iter()
        .find(|part| part.thread.as_ref().is_some_and(|t| t.id == message.row.new.thread))
        .unwrap_or(conversation);
    let facts = facts_of(context, own, message);
    let action = if message.row.new.visibility.is_public() {
        Action::MessageReadPublic
    } else {
        Action::MessageReadInternal
    };
    if message.row.new.is_entry() && context.allows(action, facts) {
        Ok(message)
    } else {
        Err(unknown())
    }
}

fn facts_of(
    context: &Context<'_>,
    conversation: &ThreadScene,
    message: &StoredMessage,
) -> crate::access::Facts {
    let new = &message.row.new;
    let window = context.policies.undo_window();
    message_facts(context.facts(conversation), context.identity, new.author, new.visibility)
        .set(Fact::WithinUndoWindow, context.now <= new.created_at.saturating_add(window))
}

/// A message that its author, or who may moderate, still can correct or retract.
fn changeable<'s>(
    context: &Context<'_>,
    scene: &'s Scene,
    id: MessageId,
    action: Action,
) -> Result<(&'s ThreadScene, &'s StoredMessage)> {
    let conversation = context.readable(&scene.threads)?;
    let message = visible_message(context, scene, conversation, id)?;
    context.check(action, facts_of(context, conversation, message))?;
    refuse_gone(message)?;
    if message.row.new.kind == MessageKind::SystemEvent {
        return Err(Error::new(Code::MessageState, "what happened cannot be taken back")
            .with("kind", MessageKind::SystemEvent.as_str()));
    }
    Ok((conversation, message))
}

fn refuse_gone(message: &StoredMessage) -> Result<()> {
    match current(message).0 {
        MessageState::Original | MessageState::Corrected => Ok(()),
        state => Err(gone(state)),
    }
}

fn gone(state: MessageState) -> Error {
    Error::new(Code::MessageState, format!("the message is {state}")).with("state", state.as_str())
}

fn expect_later(message: &StoredMessage) -> Expect {
    let newest = message.later.last().map_or(0, |later| later.seq);
    Expect::Later(message.row.new.id, newest)
}
