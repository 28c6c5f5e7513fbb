//! What taking a message from outside changes.

use crate::access::Action;
use crate::decide::{Context, Draft};
use crate::directory::{Party, PartyState};
use crate::error::{Code, Error, ErrorKind, Result};
use crate::events::{EventKind, Stream, StreamKind};
use crate::ids::TriageId;
use crate::inbound::html::text_of_html;
use crate::inbound::model::{
    Arrival, Candidate, InboundMessage, TriageItem, TriageReason, TriageState,
};
use crate::inbound::reply::reply_of;
use crate::inbound::resolve::{author, begin, resolve, sender_keys};
use crate::messages::append::{Words, append};
use crate::messages::{
    Author, Channel, Content, Format, MessageKind, NewMessage, Origin, PostMessage, Relation,
    RelationKind, Topic, Visibility,
};
use crate::store::facts::{message_facts, store_facts};
use crate::store::{Change, Expect, Scene, ThreadScene};
use crate::tenants::Limits;

/// What has become of a delivery.
#[derive(Debug)]
pub(crate) enum Taken {
    /// A message.
    Posted(Box<(NewMessage, Content)>),
    /// An item of triage.
    Triaged(Box<TriageItem>),
    /// What it was before.
    Known(Arrival),
}

/// Refuses who may not pass on messages from outside.
pub(crate) fn check(context: &Context<'_>) -> Result<()> {
    context.check(Action::WebhookIngest, store_facts(context.identity, None))
}

/// Takes a message: posts it, keeps it in triage, or knows it already.
pub(crate) fn ingest<'a>(
    context: &'a Context<'a>,
    scene: &Scene,
    message: &InboundMessage,
) -> Result<(Draft<'a>, Taken)> {
    check(context)?;
    if let Some(known) = &scene.arrival {
        return Ok((Draft::new(context), Taken::Known(known.clone())));
    }
    let found = scene.inbound.as_ref();
    let found = found.ok_or_else(|| Error::internal("nothing was looked up for a message"))?;
    let resolved = match resolve(context, found, message) {
        Ok(resolved) => resolved,
        Err((reason, candidates)) => {
            return Ok(triage(context, message, &found.senders, reason, candidates));
        }
    };
    let conversation = resolved.conversation;
    match post(context, conversation, message, resolved.author, resolved.answers) {
        Ok((mut draft, new, content)) => {
            draft.expect(Expect::Party(resolved.sender.id, resolved.sender.version));
            if let Some(key) = message.key() {
                draft.change(Change::PutArrival(Arrival {
                    key,
                    message: Some(new.id),
                    triage: None,
                }));
            }
            Ok((draft, Taken::Posted(Box::new((new, content)))))
        }
        Err(error) => {
            // What the policies do not take is kept all the same.
            let reason = match (error.code(), error.kind()) {
                (Code::ThreadClosed, _) => TriageReason::ThreadClosed,
                (Code::InputEmpty, _) => TriageReason::Empty,
                (_, ErrorKind::LimitExceeded) => TriageReason::TooLarge,
                _ => return Err(error),
            };
            let candidate = Candidate {
                kind: conversation.subject.kind,
                subject: conversation.subject.id,
                number: conversation.subject.number.clone(),
            };
            Ok(triage(context, message, &found.senders, reason, vec![candidate]))
        }
    }
}

/// The words of a message as a message of the conversation.
fn post<'a>(
    context: &'a Context<'a>,
    conversation: &ThreadScene,
    message: &InboundMessage,
    author: Author,
    answers: Option<crate::MessageId>,
) -> Result<(Draft<'a>, NewMessage, Content)> {
    let content = content(message, &context.policies.limits)?;
    let has_files = !content.attachments.is_empty();
    let words = Words {
        author,
        origin: Origin::Human,
        topic: Topic::Generic,
        kind: if has_files { MessageKind::Attachment } else { MessageKind::Text },
        visibility: Visibility::Public,
        via: message.channel,
        intended: Channel::InApp,
        provider_ref: message.provider_ref.clone(),
        format: Format::Plain,
        language: None,
        relation: answers.map(|message| Relation { kind: RelationKind::ReplyTo, message }),
        // A sender's clock may be ahead.
        occurred_at: message.occurred_at.map(|at| at.min(context.now)),
    };
    let closed = context.policies.closed_to(author.role.side());
    append(context, conversation, words, content, closed, EventKind::MessageCreated)
}

/// What a message says: what its author wrote, and all of it where that is less.
fn content(message: &InboundMessage, limits: &Limits) -> Result<Content> {
    let plain = message.text.clone().filter(|text| !text.trim().is_empty());
    let whole = plain.or_else(|| message.html.as_deref().map(text_of_html)).unwrap_or_default();
    let whole = whole.replace('\0', "");
    let is_mail = message.channel == Channel::Email;
    let text = if is_mail { reply_of(&whole).to_owned() } else { whole.clone() };
    let original = (text != whole).then_some(whole);
    let title = message.subject.as_deref().map(|subject| line(subject, limits.title_bytes));
    let post = PostMessage {
        text,
        title: title.filter(|title| !title.is_empty()),
        attachments: message.attachments.clone(),
        metadata: message.metadata.clone(),
        ..PostMessage::default()
    };
    Ok(Content { original, ..post.content(limits, None)? })
}

/// A subject line without breaks and control characters, cut to a size.
fn line(subject: &str, limit: usize) -> String {
    let words = subject.split(|c: char| c.is_whitespace() || c.is_control());
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    begin(&line, limit).trim_end().to_owned()
}

/// Keeps a message as it arrived.
fn triage<'a>(
    context: &'a Context<'a>,
    message: &InboundMessage,
    senders: &[Party],
    reason: TriageReason,
    candidates: Vec<Candidate>,
) -> (Draft<'a>, Taken) {
    let mut draft = Draft::new(context);
    draft.actor();
    let keys = sender_keys(&context.policies.inbound, message);
    let item = TriageItem {
        id: TriageId::from_uuid(context.ids.uuid(context.now)),
        tenant: context.tenant(),
        state: TriageState::Open,
        reason,
        arrived: message.clone(),
        sender_key: keys.into_iter().next().map(|(_, key)| key),
        senders: senders.iter().map(|sender| sender.id).collect(),
        candidates,
        message: None,
        received_at: context.now,
        settled_at: None,
        version: 0,
    };
    for sender in senders {
        draft.expect(Expect::Party(sender.id, sender.version));
    }
    draft.change(Change::PutTriage(Box::new(item.clone())));
    if let Some(key) = message.key() {
        draft.change(Change::PutArrival(Arrival { key, message: None, triage: Some(item.id) }));
    }
    note(&mut draft, &item, EventKind::InboundTriaged);
    (draft, Taken::Triaged(Box::new(TriageItem { version: 1, ..item })))
}

/// The event and the audit entry about an item of triage: never who wrote, or what.
fn note(draft: &mut Draft<'_>, item: &TriageItem, event: EventKind) {
    let channel = item.arrived.channel;
    let stream = Stream { kind: StreamKind::Tenant, id: item.tenant.uuid() };
    draft.event(
        stream,
        event,
        [
            ("triage", item.id.to_string().into()),
            ("reason", item.reason.as_str().into()),
            ("channel", channel.as_str().into()),
        ],
    );
    let entry = draft.audit(event.as_str(), ("triage", item.id.uuid()));
    entry.channel = Some(channel);
    entry.changes.insert("reason".into(), item.reason.as_str().into());
}

/// The item that somebody of the staff wants to settle, while it is open.
fn open_item<'s>(context: &Context<'_>, scene: &'s Scene) -> Result<&'s TriageItem> {
    context.check(Action::TriageAssign, store_facts(context.identity, None))?;
    let item = scene.triage.as_ref();
    let item =
        item.ok_or_else(|| Error::new(Code::TriageNotFound, "the item of triage is not known"))?;
    if item.state == TriageState::Open {
        Ok(item)
    } else {
        let state = item.state.as_str();
        Err(Error::new(Code::TriageSettled, format!("the item is {state}")).with("state", state))
    }
}

/// Posts a message that waited to the conversation that somebody of the staff has chosen. Its author
/// is the party with the sender's address, or the one that is named.
pub(crate) fn assign<'a>(
    context: &'a Context<'a>,
    scene: &Scene,
    named: bool,
) -> Result<(Draft<'a>, NewMessage, Content)> {
    let item = open_item(context, scene)?;
    let conversation = context.readable(&scene.threads)?;
    let facts = context.facts(conversation);
    let own = Author { role: context.principal.role(), party: context.identity.party };
    let facts = message_facts(facts, context.identity, own, Visibility::Public);
    context.check(Action::MessagePostPublic, facts)?;
    let party = scene.parties.first().and_then(Option::as_ref);
    let party = party.filter(|party| party.state != PartyState::Erased);
    let party = party.filter(|_| named || item.senders.len() == 1);
    let wanted = "a party that may write to the conversation";
    let party = party.ok_or_else(|| Error::invalid("author", wanted))?;
    let author =
        author(context, party, conversation).ok_or_else(|| Error::invalid("author", wanted))?;
    let (mut draft, new, content) = post(context, conversation, &item.arrived, author, None)?;
    draft.expect(Expect::Party(party.id, party.version));
    draft.expect(Expect::Triage(item.id, item.version));
    if let Some(key) = item.arrived.key() {
        let (message, triage) = (Some(new.id), Some(item.id));
        draft.change(Change::PutArrival(Arrival { key, message, triage }));
    }
    // The words are the message's now, and go with it.
    let settled = TriageItem {
        state: TriageState::Assigned,
        message: Some(new.id),
        settled_at: Some(context.now),
        ..item.emptied()
    };
    note(&mut draft, &settled, EventKind::TriageAssigned);
    draft.change(Change::PutTriage(Box::new(settled)));
    Ok((draft, new, content))
}

/// Says that a message belongs to no conversation. It stays as it arrived.
pub(crate) fn dismiss<'a>(
    context: &'a Context<'a>,
    scene: &Scene,
) -> Result<(Draft<'a>, TriageItem)> {
    let item = open_item(context, scene)?;
    let mut draft = Draft::new(context);
    draft.actor();
    draft.expect(Expect::Triage(item.id, item.version));
    let settled =
        TriageItem { state: TriageState::Dismissed, settled_at: Some(context.now), ..item.clone() };
    draft.change(Change::PutTriage(Box::new(settled.clone())));
    note(&mut draft, &settled, EventKind::TriageDismissed);
    let version = settled.version + 1;
    Ok((draft, TriageItem { version, ..settled }))
}
