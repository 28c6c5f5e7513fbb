//! Reading the outbox.

use serde::{Deserialize, Serialize};

use crate::access::Action;
use crate::engine::scene_query;
use crate::error::Result;
use crate::events::{Event, EventKind};
use crate::ids::{EventId, ThreadId};
use crate::session::messages::limit_between;
use crate::session::{Desk, Session};
use crate::store::{Change, ChangeSet, Consumer, EventOrder, EventPage};
use crate::time::Timestamp;

/// An event for those outside the business: no actor, no internal fact, and its own numbering.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PublicEvent {
    /// The id: the same in every replay.
    pub id: EventId,
    /// The place among the public events of the thread, from 1 without a gap.
    pub number: u64,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: EventKind,
    /// When.
    pub at: Timestamp,
    /// In which thread.
    pub thread: ThreadId,
    /// To which message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<crate::MessageId>,
}

impl PublicEvent {
    /// The event for those outside; `None` when it is internal or not about a thread.
    #[must_use]
    pub fn of(event: &Event) -> Option<Self> {
        let draft = &event.draft;
        if draft.stream.kind != crate::events::StreamKind::Thread || !draft.visibility.is_public() {
            return None;
        }
        Some(Self {
            id: event.id,
            number: event.public_seq?,
            kind: draft.kind,
            at: draft.at,
            thread: ThreadId::from_uuid(draft.stream.id),
            message: draft.data.get("message").and_then(|id| id.as_str()?.parse().ok()),
        })
    }
}

impl Session<Desk> {
    /// The events that a consumer has not dealt with yet, in order. Deal with them, then call
    /// [`Session::consumed`]: a crash in between gives the same events again, with the same ids.
    ///
    /// # Errors
    /// `access.denied`, `input.*`.
    pub async fn events(&self, consumer: &str, limit: u32) -> Result<Vec<Event>> {
        limit_between(limit, 1_000)?;
        self.may_consume(consumer).await?;
        let tenant = self.principal.tenant;
        let name = consumer.to_owned();
        let after = self.engine.inner.ask(Consumer { tenant, name }).await?;
        self.engine.inner.ask(EventPage { tenant, order: EventOrder::Position, after, limit }).await
    }

    /// Remembers that a consumer has dealt with all events up to this one's position.
    ///
    /// # Errors
    /// `access.denied`, `input.*`.
    pub async fn consumed(&self, consumer: &str, position: u64) -> Result<()> {
        self.may_consume(consumer).await?;
        let mut set = ChangeSet::new(self.principal.tenant, self.engine.now());
        set.changes.push(Change::PutConsumer { name: consumer.to_owned(), position });
        self.engine.inner.commit(set).await.map(drop)
    }

    async fn may_consume(&self, consumer: &str) -> Result<()> {
        crate::messages::input::check_word("consumer", consumer, 128)?;
        self.looking("event.consume", scene_query(&self.principal), |context, _| {
            let facts = crate::store::facts::store_facts(context.identity, None);
            // Whoever may report deliveries may learn what there is to deliver.
            if context.allows(Action::DeliveryReport, facts) {
                Ok(())
            } else {
                context.check(Action::TenantManage, facts)
            }
        })
        .await
        .map(drop)
    }
}
