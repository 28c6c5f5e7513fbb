//! One more message of a conversation, and what follows from it.

use crate::access::Role;
use crate::audit::{AuditDraft, AuditMessage};
use crate::decide::{Context, Draft};
use crate::error::Result;
use crate::events::{EventKind, Stream, StreamKind};
use crate::ids::{MessageId, ThreadId};
use crate::messages::decide::author;
use crate::messages::model::{
    Author, Channel, Content, Format, MessageKind, NewMessage, Origin, Relation, RelationKind,
    StoredMessage, Topic, Visibility,
};
use crate::store::{Change, ThreadScene};
use crate::tenants::ClosedThread;
use crate::threads::ThreadStatus;
use crate::threads::decide::{ensure, leave_closed, responded, took_part};

/// Everything that a new message says of itself besides its content.
pub(crate) struct Words {
    pub(crate) author: Author,
    pub(crate) origin: Origin,
    pub(crate) topic: Topic,
    pub(crate) kind: MessageKind,
    pub(crate) visibility: Visibility,
    pub(crate) via: Channel,
    pub(crate) intended: Channel,
    pub(crate) provider_ref: Option<String>,
    pub(crate) format: Format,
    pub(crate) language: Option<String>,
    pub(crate) relation: Option<Relation>,
    pub(crate) occurred_at: Option<crate::Timestamp>,
}

impl Words {
    /// What a message about an earlier one takes over from it.
    pub(crate) fn on(context: &Context<'_>, earlier: &StoredMessage, kind: RelationKind) -> Self {
        let new = &earlier.row.new;
        Self {
            author: author(context),
            origin: Origin::Human,
            topic: new.topic,
            kind: new.kind,
            visibility: new.visibility,
            via: Channel::InApp,
            intended: new.intended,
            provider_ref: None,
            format: new.format,
            language: new.language.clone(),
            relation: Some(Relation { kind, message: new.id }),
            occurred_at: None,
        }
    }
}

/// Appends a message and what follows from it: the thread's own changes, the participant, the event
/// and the audit entry.
pub(crate) fn append<'a>(
    context: &'a Context<'a>,
    conversation: &ThreadScene,
    words: Words,
    mut content: Content,
    closed: ClosedThread,
    event: EventKind,
) -> Result<(Draft<'a>, NewMessage, Content)> {
    let mut draft = Draft::new(context);
    let actor = draft.actor();
    let author = Author {
        // Somebody who writes for the first time has got an id just now.
        party: if words.author.role == Role::System { None } else { words.author.party.or(actor) },
        ..words.author
    };
    let mut thread = ensure(&mut draft, conversation)?;
    let before = thread.clone();
    let is_new = conversation.thread.is_none();
    let entry = words.relation.is_none_or(|relation| relation.kind == RelationKind::ReplyTo);
    if entry && words.kind != MessageKind::SystemEvent {
        leave_closed(&mut draft, &mut thread, words.visibility, author.role.side(), closed)?;
        responded(&mut draft, &mut thread, words.visibility, author.role.side());
    } else if thread.status == ThreadStatus::Closed && closed == ClosedThread::Refuse {
        return Err(crate::threads::decide::closed());
    }
    if thread != before || is_new {
        draft.change(if is_new {
            Change::AddThread(thread.clone())
        } else {
            Change::PutThread(thread.clone())
        });
    }
    if let Some(party) = author.party {
        took_part(&mut draft, conversation, &thread, party, author.role)?;
    }
    let salt = context.ids.salt();
    content.salt = Some(salt);
    let message = NewMessage {
        id: MessageId::from_uuid(context.ids.uuid(context.now)),
        thread: thread.id,
        author,
        on_behalf_of: context.identity.on_behalf_of,
        origin: words.origin,
        topic: words.topic,
        kind: words.kind,
        visibility: words.visibility,
        via: words.via,
        intended: words.intended,
        provider_ref: words.provider_ref,
        format: words.format,
        language: words.language,
        relation: words.relation,
        created_at: context.now,
        occurred_at: words.occurred_at,
        content_hash: content_hash(&content),
    };
    draft.change(Change::Append { message: message.clone(), content: content.clone() });
    let subject = message.relation.filter(|_| !entry).map_or(message.id, |to| to.message);
    note(&mut draft, conversation, thread.id, event, &message, subject);
    Ok((draft, message, content))
}

/// SHA-256 over salt and content: what the message row, and through it the audit trail, commits to.
pub(crate) fn content_hash(content: &Content) -> [u8; 32] {
    let bytes = serde_json::to_vec(content).unwrap_or_default();
    crate::audit::text_hash(&content.salt.unwrap_or_default(), &bytes)
}

/// The event and the audit entry about a message. `subject` is the entry that readers see change.
pub(crate) fn note<'d>(
    draft: &'d mut Draft<'_>,
    conversation: &ThreadScene,
    thread: ThreadId,
    event: EventKind,
    message: &NewMessage,
    subject: MessageId,
) -> &'d mut AuditDraft {
    let stream = Stream { kind: StreamKind::Thread, id: thread.uuid() };
    draft.event_for(
        message.visibility,
        stream,
        event,
        [
            ("message", subject.to_string().into()),
            ("kind", message.kind.as_str().into()),
            ("topic", message.topic.as_str().into()),
            ("via", message.via.as_str().into()),
            ("intended", message.intended.as_str().into()),
            ("role", message.author.role.as_str().into()),
            ("origin", message.origin.as_str().into()),
        ],
    );
    let entry = draft.audit(event.as_str(), ("message", message.id.uuid()));
    entry.thread = Some(thread);
    entry.subject = Some(conversation.subject.id);
    entry.store = conversation.subject.store;
    entry.channel = Some(message.via);
    entry.message = Some(AuditMessage {
        kind: message.kind,
        topic: message.topic,
        internal: !message.visibility.is_public(),
    });
    entry
}
