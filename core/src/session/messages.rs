//! Posting, listing and changing messages.

use serde::{Deserialize, Serialize};

use crate::access::{Action, Fact};
use crate::decide::Draft;
use crate::engine::{Done, id_in, message_result};
use crate::error::{Error, Result};
use crate::events::{EventKind, Stream, StreamKind};
use crate::ids::{MessageId, ThreadId};
use crate::messages::view::Reader;
use crate::messages::{
    Content, MessageRow, NewMessage, PostMessage, Redaction, StoredMessage, SystemEvent, decide,
};
use crate::session::{Desk, Session, View};
use crate::store::{ChangeSet, EventOrder, EventPage, MessagePage, Receipts, Scene, Target};
use crate::tenants::Policies;
use crate::threads::{Thread, reading::readable_threads};

/// The order of a list of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MessageOrder {
    /// From the first message on.
    #[default]
    OldestFirst,
    /// From the last message back.
    NewestFirst,
}

/// Which messages of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct MessageQuery {
    /// Only those after this message.
    pub after: Option<MessageId>,
    /// Only those before this message.
    pub before: Option<MessageId>,
    /// In which order.
    pub order: MessageOrder,
    /// At most so many, 1 to 500.
    pub limit: u32,
}

impl Default for MessageQuery {
    fn default() -> Self {
        Self { after: None, before: None, order: MessageOrder::OldestFirst, limit: 50 }
    }
}

impl MessageQuery {
    /// The last messages, newest first.
    #[must_use]
    pub fn latest(limit: u32) -> Self {
        Self { order: MessageOrder::NewestFirst, limit, ..Self::default() }
    }

    /// The messages after one, oldest first.
    #[must_use]
    pub fn after(message: MessageId) -> Self {
        Self { after: Some(message), ..Self::default() }
    }
}

/// Some messages of a conversation, and the conversation itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "{V}MessageList"))]
#[serde(rename_all = "camelCase", bound = "")]
pub struct MessageList<V: View> {
    /// The thread; `None` when nobody has written yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread: Option<V::Thread>,
    /// The messages in the order asked for.
    pub messages: Vec<V::Message>,
    /// Whether there are more in the same direction: go on from the last one's id.
    pub more: bool,
}

/// What has changed in a conversation since a cursor.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "{V}Delta"))]
#[serde(rename_all = "camelCase", bound = "")]
pub struct Delta<V: View> {
    /// The thread, as it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread: Option<V::Thread>,
    /// The messages that are new or have changed, as they are now, in the order of their places.
    pub messages: Vec<V::Message>,
    /// Where to go on.
    pub cursor: u64,
    /// Whether there is more already.
    pub more: bool,
}

/// One version of a message.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Revision {
    /// When it was written.
    pub at: crate::Timestamp,
    /// What it said.
    pub content: Content,
}

/// A message in the making: what [`decide`] gave, as the store knows it once it is committed.
pub(super) struct Posted {
    message: NewMessage,
    content: Content,
}

impl<V: View> Session<V> {
    /// Posts a message, and begins the conversation if it is the first.
    ///
    /// # Errors
    /// `input.*` for what breaks a rule, `thread.not_found` when the principal may not read the
    /// conversation, `access.denied`, `access.role_claim`, `thread.closed`, `message.not_found` for
    /// an answer to a message that is not there, `reference.taken` for a `provider_ref` that another
    /// message has.
    pub async fn post(
        &self,
        target: impl Into<Target>,
        message: PostMessage,
    ) -> Result<V::Message> {
        let query = crate::store::SceneQuery {
            message: message.reply_to,
            arrival: decide::arrival_of(&message),
            ..self.scene_of(target)
        };
        let named = described(query.target.as_ref());
        self.write("message.post", query, &(named, &message), |context, scene| {
            decide::post(context, scene, &message).map(posted)
        })
        .await
    }

    /// Puts a later text in the place of a message's. The earlier text stays in the history.
    ///
    /// # Errors
    /// `message.not_found`, `access.denied` (not one's own, or too late), `message.state`, `input.*`.
    pub async fn correct(&self, message: MessageId, text: &str) -> Result<V::Message> {
        self.rewrite("message.correct", message, &text, |context, scene| {
            decide::correct(context, scene, message, text).map(posted)
        })
        .await
    }

    /// Withdraws a message: nobody sees its text any more.
    ///
    /// # Errors
    /// As [`Session::correct`].
    pub async fn retract(&self, message: MessageId) -> Result<V::Message> {
        self.rewrite("message.retract", message, &(), |context, scene| {
            decide::retract(context, scene, message).map(posted)
        })
        .await
    }

    /// Puts an emoji on a message; the same emoji again takes it back.
    ///
    /// # Errors
    /// `message.not_found`, `access.denied`, `message.state`, `input.invalid` for what is no emoji.
    pub async fn react(&self, message: MessageId, emoji: &str) -> Result<V::Message> {
        self.rewrite("message.react", message, &emoji, |context, scene| {
            decide::react(context, scene, message, emoji).map(posted)
        })
        .await
    }

    /// One message.
    ///
    /// # Errors
    /// `message.not_found`, also for messages that the principal may not see.
    pub async fn message(&self, message: MessageId) -> Result<V::Message> {
        let mut query = self.scene_of(message);
        query.message = Some(message);
        query.read_states = true;
        let (stored, scene, state) = self
            .looking("message.get", query, |context, scene| {
                let conversation = context.readable(&scene.threads)?;
                decide::visible_message(context, scene, conversation, message).cloned()
            })
            .await?;
        let mut views = self.project(&scene, &state.tenant.policies, vec![stored]).await?;
        views.pop().ok_or_else(unseen)
    }

    /// The messages of a conversation that the principal may see.
    ///
    /// # Errors
    /// `thread.not_found`, `input.invalid` for a limit outside 1 to 500, `message.not_found` for a
    /// cursor that is no message.
    pub async fn messages(
        &self,
        target: impl Into<Target>,
        query: MessageQuery,
    ) -> Result<MessageList<V>> {
        limit_between(query.limit, 500)?;
        let scene_query = crate::store::SceneQuery { read_states: true, ..self.scene_of(target) };
        let (threads, scene, state) = self
            .looking("message.list", scene_query, |context, scene| {
                let conversation = context.readable(&scene.threads)?;
                let facts =
                    context.facts(conversation).set(Fact::Public, true).set(Fact::InAudience, true);
                context.check(Action::MessageReadPublic, facts)?;
                Ok(readable_threads(context, scene).cloned().collect::<Vec<_>>())
            })
            .await?;
        let Some(thread) = threads.first() else {
            return Ok(MessageList { thread: None, messages: Vec::new(), more: false });
        };
        let page = MessagePage {
            tenant: self.principal.tenant,
            threads: threads.iter().map(|thread| thread.id).collect(),
            roles: self.roles(&scene.identity),
            only: None,
            after: query.after,
            before: query.before,
            newest_first: query.order == MessageOrder::NewestFirst,
            limit: query.limit + 1,
        };
        let mut stored = self.engine.inner.ask(page).await?;
        let more = stored.len() > query.limit as usize;
        stored.truncate(query.limit as usize);
        Ok(MessageList {
            thread: Some(V::thread(thread)),
            messages: self.project(&scene, &state.tenant.policies, stored).await?,
            more,
        })
    }

    /// What has changed since a cursor: the cheap question for polling, streams and sockets. Begin
    /// with 0, or with the cursor of an empty answer.
    ///
    /// # Errors
    /// `thread.not_found`.
    pub async fn changes_since(&self, target: impl Into<Target>, cursor: u64) -> Result<Delta<V>> {
        const LIMIT: u32 = 200;
        let scene_query = crate::store::SceneQuery { read_states: true, ..self.scene_of(target) };
        let (threads, scene, state) = self
            .looking("message.changes_since", scene_query, |context, scene| {
                context.readable(&scene.threads)?;
                Ok(readable_threads(context, scene).cloned().collect::<Vec<_>>())
            })
            .await?;
        let Some(thread) = threads.first() else {
            return Ok(Delta { thread: None, messages: Vec::new(), cursor, more: false });
        };
        let newest = if V::PUBLIC { thread.counters.public_events } else { thread.counters.events };
        if newest <= cursor {
            let thread = Some(V::thread(thread));
            return Ok(Delta { thread, messages: Vec::new(), cursor, more: false });
        }
        let stream = Stream { kind: StreamKind::Thread, id: thread.id.uuid() };
        let order =
            if V::PUBLIC { EventOrder::PublicStream(stream) } else { EventOrder::Stream(stream) };
        let tenant = self.principal.tenant;
        let page = EventPage { tenant, order, after: cursor, limit: LIMIT };
        let events = self.engine.inner.ask(page).await?;
        let last = events
            .last()
            .and_then(|event| if V::PUBLIC { event.public_seq } else { Some(event.seq) });
        let last = last.unwrap_or(newest);
        let mut only = Vec::new();
        for event in &events {
            let id = event.draft.data.get("message").and_then(|id| id.as_str()?.parse().ok());
            only.extend(id.filter(|id: &MessageId| !only.contains(id)));
        }
        // Reading everything changes the marks of many messages at once.
        let read = |event: &crate::events::Event| {
            event.draft.kind == EventKind::MessageRead && event.draft.data.contains_key("all")
        };
        if events.iter().any(read) {
            let recent = self.page(&threads, &scene, None, LIMIT).await?;
            only.extend(recent.iter().map(|message| message.row.new.id));
            only.sort_unstable();
            only.dedup();
        }
        let mut stored = self.page(&threads, &scene, Some(only), LIMIT * 2).await?;
        stored.sort_by_key(|message| message.row.position);
        Ok(Delta {
            thread: Some(V::thread(thread)),
            messages: self.project(&scene, &state.tenant.policies, stored).await?,
            cursor: last,
            more: last < newest,
        })
    }

    async fn page(
        &self,
        threads: &[Thread],
        scene: &Scene,
        only: Option<Vec<MessageId>>,
        limit: u32,
    ) -> Result<Vec<StoredMessage>> {
        let page = MessagePage {
            tenant: self.principal.tenant,
            threads: threads.iter().map(|thread| thread.id).collect(),
            roles: self.roles(&scene.identity),
            only,
            after: None,
            before: None,
            newest_first: true,
            limit,
        };
        self.engine.inner.ask(page).await
    }

    /// Makes views of stored messages, with the receipts of their threads.
    pub(crate) async fn project(
        &self,
        scene: &Scene,
        policies: &Policies,
        stored: Vec<StoredMessage>,
    ) -> Result<Vec<V::Message>> {
        let mut ranges: std::collections::BTreeMap<ThreadId, (u64, u64)> =
            std::collections::BTreeMap::new();
        for message in &stored {
            let seq = message.row.seq;
            let range = ranges.entry(message.row.new.thread).or_insert((seq, seq));
            *range = (range.0.min(seq), range.1.max(seq));
        }
        let mut receipts = Vec::new();
        for (thread, (from_seq, to_seq)) in ranges {
            let tenant = self.principal.tenant;
            let query = Receipts { tenant, thread, from_seq, to_seq };
            receipts.extend(self.engine.inner.ask(query).await?);
        }
        let reader = Reader {
            party: scene.identity.party,
            states: &own_states(scene),
            receipts: &receipts,
            show_receipts: policies.customers_see_receipts,
            share_unscanned: policies.share_unscanned_files,
        };
        Ok(stored.into_iter().filter_map(|message| V::message(message, reader)).collect())
    }

    /// Runs a decision that appends a message, and shows the message.
    pub(super) async fn write(
        &self,
        operation: &'static str,
        query: crate::store::SceneQuery,
        input: &impl Serialize,
        decide: impl Fn(&crate::decide::Context<'_>, &Scene) -> crate::engine::Decided<Posted>
        + Send
        + Sync,
    ) -> Result<V::Message> {
        let done = self
            .engine
            .inner
            .run(&self.call(operation), query, input, |new| message_result(new.message.id), decide)
            .await?;
        match done {
            Done::Now(new, committed) => {
                let row: MessageRow = committed
                    .messages
                    .into_iter()
                    .find(|row| row.new.id == new.message.id)
                    .ok_or_else(|| Error::internal("the store did not place the message"))?;
                self.fresh(row, new.content)
            }
            Done::Before(result) => self.message(id_in(&result)?).await,
        }
    }

    /// Runs a decision about an earlier message, and shows that message.
    async fn rewrite(
        &self,
        operation: &'static str,
        message: MessageId,
        input: &impl Serialize,
        decide: impl Fn(&crate::decide::Context<'_>, &Scene) -> crate::engine::Decided<Posted>
        + Send
        + Sync,
    ) -> Result<V::Message> {
        let mut query = self.scene_of(message);
        query.message = Some(message);
        let call = self.call(operation);
        let result = |_: &Posted| message_result(message);
        self.engine.inner.run(&call, query, &(message, input), result, decide).await?;
        self.message(message).await
    }

    /// A message that was posted just now: nobody has read it, nothing points to it.
    pub(super) fn fresh(&self, row: MessageRow, content: Content) -> Result<V::Message> {
        let party = row.new.author.party;
        let stored = StoredMessage { row, content, later: Vec::new() };
        let reader = Reader {
            party,
            states: &[],
            receipts: &[],
            show_receipts: false,
            share_unscanned: false,
        };
        V::message(stored, reader).ok_or_else(unseen)
    }
}

impl Session<Desk> {
    /// Who should learn of a message; see [`crate::threads::notify`].
    ///
    /// # Errors
    /// `message.not_found`.
    pub async fn recipients(&self, message: MessageId) -> Result<Vec<crate::threads::Recipient>> {
        let mut query = self.scene_of(message);
        query.message = Some(message);
        let (recipients, ..) = self
            .looking("message.recipients", query, |context, scene| {
                let conversation = context.readable(&scene.threads)?;
                let stored = decide::visible_message(context, scene, conversation, message)?;
                Ok(crate::threads::notify::recipients(conversation, stored))
            })
            .await?;
        Ok(recipients)
    }

    /// Tells those who read the conversation what happened. A closed thread stays closed.
    ///
    /// # Errors
    /// `thread.not_found`, `access.denied`, `input.*`.
    pub async fn system_event(
        &self,
        target: impl Into<Target>,
        event: SystemEvent,
    ) -> Result<crate::Message> {
        let query = self.scene_of(target);
        let named = described(query.target.as_ref());
        self.write("message.system_event", query, &(named, &event), |context, scene| {
            decide::system_event(context, scene, &event).map(posted)
        })
        .await
    }

    /// Takes text out of a message for good. What is left says that something was redacted; the
    /// trail says by whom and why.
    ///
    /// # Errors
    /// `message.not_found`, `access.denied`, `input.empty` without a reason, `message.state`.
    pub async fn redact(
        &self,
        message: MessageId,
        what: Redaction,
        reason: &str,
    ) -> Result<crate::Message> {
        let mut query = self.scene_of(message);
        query.message = Some(message);
        let call = self.call("message.redact");
        let result = |(): &()| message_result(message);
        self.engine
            .inner
            .run(&call, query, &(message, &what, reason), result, |context, scene| {
                let draft = decide::redaction(context, scene, message, &what, reason)?;
                Ok((draft.finish(), ()))
            })
            .await?;
        self.message(message).await
    }

    /// A message in all its versions, the first one first: title and text, and when each was
    /// written. Redacted and erased versions are empty.
    ///
    /// # Errors
    /// `message.not_found`.
    pub async fn history(&self, message: MessageId) -> Result<Vec<Revision>> {
        let mut query = self.scene_of(message);
        query.message = Some(message);
        let (stored, ..) = self
            .looking("message.history", query, |context, scene| {
                let conversation = context.readable(&scene.threads)?;
                decide::visible_message(context, scene, conversation, message).cloned()
            })
            .await?;
        let later = stored
            .later
            .into_iter()
            .filter(|later| later.kind == crate::messages::RelationKind::Replaces)
            .map(|later| Revision { at: later.created_at, content: later.content });
        let first = Revision { at: stored.row.new.created_at, content: stored.content };
        Ok(std::iter::once(first).chain(later).collect())
    }
}

pub(super) fn posted(
    (draft, message, content): (Draft<'_>, NewMessage, Content),
) -> (ChangeSet, Posted) {
    (draft.finish(), Posted { message, content })
}

fn own_states(scene: &Scene) -> Vec<crate::threads::ReadState> {
    let own = |state: &&crate::threads::ReadState| Some(state.reader) == scene.identity.party;
    scene.read_states.iter().filter(own).cloned().collect()
}

fn unseen() -> Error {
    Error::new(crate::Code::MessageNotFound, "the message is not known")
}

/// A conversation as a request names it: part of what makes two requests the same.
pub(crate) fn described(target: Option<&Target>) -> String {
    serde_json::to_string(&target).unwrap_or_default()
}

/// Checks the size of a page.
pub(crate) fn limit_between(limit: u32, most: u32) -> Result<()> {
    if (1..=most).contains(&limit) {
        Ok(())
    } else {
        Err(Error::invalid("limit", format!("1 to {most}")))
    }
}
