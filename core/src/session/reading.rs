//! Marking read and unread, and counting what is unread.

use crate::access::{Action, Filter, RoleSet};
use crate::engine::Done;
use crate::error::{Error, Result};
use crate::ids::MessageId;
use crate::principal::Identity;
use crate::session::messages::described;
use crate::session::{Desk, Session, View};
use crate::store::{AccessFilter, SceneQuery, Target, Unread, UnreadTargets};
use crate::threads::reading;

impl<V: View> Session<V> {
    /// Marks a message read. The first time is kept; doing it again changes nothing.
    ///
    /// A service that acts for a customer marks it read for the customer.
    ///
    /// # Errors
    /// `message.not_found` for messages that the principal may not see, `access.denied`.
    pub async fn mark_read(&self, message: MessageId) -> Result<V::Message> {
        let mut query = self.scene_of(message);
        query.message = Some(message);
        query.read_states = true;
        let result = |done: &bool| serde_json::json!({ "marked": done });
        self.engine
            .inner
            .run(&self.call("message.mark_read"), query, &message, result, |context, scene| {
                let (draft, done) = reading::mark_read(context, scene, message)?;
                Ok((draft.finish(), done))
            })
            .await?;
        self.message(message).await
    }

    /// Marks everything in a conversation read, and returns how many messages that concerned.
    ///
    /// A service that acts for a customer marks it read for the customer.
    ///
    /// # Errors
    /// `thread.not_found`, `access.denied`.
    pub async fn mark_all_read(&self, target: impl Into<Target>) -> Result<u64> {
        let target = target.into();
        let query = SceneQuery { read_states: true, ..self.scene_of(target) };
        let named = described(query.target.as_ref());
        // What there is to read is counted by the store's own rule, for the one who reads.
        let ((threads, reader), ..) = self
            .looking("message.mark_all_read", query.clone(), |context, scene| {
                context.readable(&scene.threads)?;
                let threads: Vec<_> =
                    reading::readable_threads(context, scene).map(|thread| thread.id).collect();
                Ok((threads, reading::reader(context)))
            })
            .await?;
        let own = threads.first().copied();
        let identity = Identity {
            party: reader.party,
            organisation: None,
            on_behalf_of: None,
            stores: None,
            roles: RoleSet::of(&[reader.role]),
        };
        let roles = if V::PUBLIC { RoleSet::EMPTY } else { identity.roles };
        let unread = self.count(own, &identity, roles).await?;
        let public = self.count(own, &identity, RoleSet::EMPTY).await?;
        let result = |count: &u64| serde_json::json!({ "count": count });
        let done = self
            .engine
            .inner
            .run(&self.call("message.mark_all_read"), query, &named, result, |context, scene| {
                let draft = reading::mark_all_read(context, scene, unread, public)?;
                Ok((draft.finish(), unread))
            })
            .await?;
        match done {
            Done::Now(count, _) => Ok(count),
            Done::Before(result) => result
                .get("count")
                .and_then(serde_json::Value::as_u64)
                .ok_or_else(|| Error::internal("an idempotency record has another result")),
        }
    }

    async fn count(
        &self,
        thread: Option<crate::ThreadId>,
        identity: &Identity,
        roles: RoleSet,
    ) -> Result<u64> {
        let Some(thread) = thread else { return Ok(0) };
        let access = AccessFilter { filter: Filter::Everything, identity: identity.clone() };
        let targets = UnreadTargets::Threads(vec![thread]);
        let tenant = self.principal.tenant;
        let counts = self.engine.inner.ask(Unread { tenant, access, roles, targets }).await?;
        Ok(counts.first().copied().flatten().unwrap_or(0))
    }

    /// How many messages the principal has yet to read in each of many conversations, in one call;
    /// `None` for conversations that it may not read or that nobody has begun.
    ///
    /// # Errors
    /// `input.invalid` for more than 10,000 conversations.
    pub async fn unread_counts(&self, targets: UnreadTargets) -> Result<Vec<Option<u64>>> {
        let asked = match &targets {
            UnreadTargets::Threads(threads) => threads.len(),
            UnreadTargets::Subjects(subjects) => subjects.len(),
        };
        if asked > 10_000 {
            return Err(Error::invalid("targets", "at most 10000 conversations"));
        }
        let ((access, roles), ..) = self
            .looking(
                "message.unread_count",
                crate::engine::scene_query(&self.principal),
                |context, _| {
                    let roles = self.roles(context.identity);
                    Ok((self.access(context, Action::ThreadRead), roles))
                },
            )
            .await?;
        let tenant = self.principal.tenant;
        self.engine.inner.ask(Unread { tenant, access, roles, targets }).await
    }
}

impl Session<Desk> {
    /// Marks a message and everything after it unread for the caller. That it was read once stays
    /// known to the others.
    ///
    /// # Errors
    /// `message.not_found`, `access.denied`.
    pub async fn mark_unread(&self, message: MessageId) -> Result<crate::Message> {
        let mut query = self.scene_of(message);
        query.message = Some(message);
        query.read_states = true;
        let result = |done: &bool| serde_json::json!({ "marked": done });
        self.engine
            .inner
            .run(&self.call("message.mark_unread"), query, &message, result, |context, scene| {
                let (draft, done) = reading::mark_unread(context, scene, message)?;
                Ok((draft.finish(), done))
            })
            .await?;
        self.message(message).await
    }
}
