//! Finding and changing threads.

use serde::{Deserialize, Serialize};

use crate::access::{Action, Role};
use crate::engine::{Done, id_in, scene_query, thread_result};
use crate::error::{Code, Error, Result};
use crate::ids::{PartyId, Ref, StorefrontId, SubjectId, ThreadId, kind};
use crate::session::messages::{described, limit_between};
use crate::session::{Desk, Session, View};
use crate::store::{Target, ThreadFilter, Threads};
use crate::threads::decide::{self, Move, ThreadChange};
use crate::threads::{Participant, Priority, Thread, ThreadStatus};
use crate::time::Timestamp;

/// Which threads, and which page of them. Empty lists and `None` mean no restriction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ThreadQuery {
    /// Any of these statuses.
    pub status: Vec<ThreadStatus>,
    /// Any of these kinds of subjects.
    pub subject_kind: Vec<crate::SubjectKind>,
    /// Any of these statuses of the subject, in any spelling.
    pub subject_status: Vec<String>,
    /// This subject.
    pub subject: Option<SubjectId>,
    /// This storefront.
    pub store: Option<StorefrontId>,
    /// This customer.
    pub customer: Option<PartyId>,
    /// This assignee.
    pub assignee: Option<PartyId>,
    /// Without an assignee.
    pub unassigned: bool,
    /// All of these tags.
    pub tags: Vec<String>,
    /// Any of these priorities.
    pub priority: Vec<Priority>,
    /// Whether the customer waits for an answer.
    pub waiting: Option<bool>,
    /// With unread messages for the caller.
    pub unread: bool,
    /// Go on after this place of the page before: its `next`.
    pub cursor: Option<String>,
    /// Or skip to this page, from 1.
    pub page: Option<u32>,
    /// At most so many a page, 1 to 200.
    pub limit: u32,
}

impl Default for ThreadQuery {
    fn default() -> Self {
        Self {
            status: Vec::new(),
            subject_kind: Vec::new(),
            subject_status: Vec::new(),
            subject: None,
            store: None,
            customer: None,
            assignee: None,
            unassigned: false,
            tags: Vec::new(),
            priority: Vec::new(),
            waiting: None,
            unread: false,
            cursor: None,
            page: None,
            limit: 50,
        }
    }
}

impl ThreadQuery {
    /// The filter of the store.
    pub(crate) fn filter(&self) -> Result<ThreadFilter> {
        Ok(ThreadFilter {
            status: self.status.clone(),
            subject_kind: self.subject_kind.clone(),
            subject_status: self
                .subject_status
                .iter()
                .map(|status| crate::directory::decide::status_word("status", status))
                .collect::<Result<_>>()?,
            subject: self.subject,
            store: self.store,
            customer: self.customer,
            assignee: self.assignee,
            unassigned: self.unassigned,
            tags: self.tags.iter().map(|tag| tag.trim().to_lowercase()).collect(),
            priority: self.priority.clone(),
            waiting: self.waiting,
            unread: self.unread,
        })
    }
}

/// A page of threads.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "{V}ThreadList"))]
#[serde(rename_all = "camelCase", bound = "")]
pub struct ThreadList<V: View> {
    /// The threads, the most recently active first.
    pub threads: Vec<V::Thread>,
    /// Where the next page begins; `None` on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<V: View> Session<V> {
    /// The thread of a subject, begun if there is none.
    ///
    /// # Errors
    /// `thread.not_found` when the principal may not read it, `access.denied` when it would have to
    /// be begun by somebody who may not write.
    pub async fn ensure_thread(&self, target: impl Into<Target>) -> Result<V::Thread> {
        let query = self.scene_of(target);
        let named = described(query.target.as_ref());
        let done = self
            .engine
            .inner
            .run(
                &self.call("thread.ensure"),
                query,
                &named,
                |id| thread_result(*id),
                |c, scene| decide::begin(c, scene).map(|(draft, id)| (draft.finish(), id)),
            )
            .await?;
        self.thread_after(done).await
    }

    /// A thread. One that was merged into another is that other.
    ///
    /// # Errors
    /// `thread.not_found`, also for threads that the principal may not read.
    pub async fn thread(&self, target: impl Into<Target>) -> Result<V::Thread> {
        let (thread, ..) = self
            .looking("thread.get", self.scene_of(target), |context, scene| {
                let conversation = context.readable(&scene.threads)?;
                conversation.thread.clone().ok_or_else(crate::decide::no_thread)
            })
            .await?;
        Ok(V::thread(&thread))
    }

    /// The threads that the principal may read.
    ///
    /// # Errors
    /// `input.invalid` for a limit outside 1 to 200, `input.malformed_cursor`.
    pub async fn threads(&self, query: ThreadQuery) -> Result<ThreadList<V>> {
        limit_between(query.limit, 200)?;
        let filter = query.filter()?;
        let after = query.cursor.as_deref().map(read_cursor).transpose()?;
        let (access, ..) = self
            .looking("thread.list", scene_query(&self.principal), |context, _| {
                Ok(self.access(context, Action::ThreadList))
            })
            .await?;
        let page = self
            .engine
            .inner
            .ask(Threads {
                tenant: self.principal.tenant,
                access,
                filter,
                public: V::PUBLIC,
                after,
                offset: offset(query.page, query.limit)?,
                limit: query.limit,
            })
            .await?;
        let place = |thread: &Thread| {
            let at = if V::PUBLIC { thread.public_active_at } else { thread.active_at };
            format!("{}.{}", at.as_millis(), thread.id)
        };
        let last = page.threads.last().filter(|_| page.more);
        Ok(ThreadList {
            next: last.map(|(thread, _)| place(thread)),
            threads: page.threads.iter().map(|(thread, _)| V::thread(thread)).collect(),
        })
    }

    async fn thread_after(&self, done: Done<ThreadId>) -> Result<V::Thread> {
        let id = match done {
            Done::Now(id, _) => id,
            Done::Before(result) => id_in(&result)?,
        };
        self.thread(id).await
    }

    async fn change(
        &self,
        target: Target,
        change: ThreadChange,
        expected: Option<u64>,
    ) -> Result<V::Thread> {
        let mut query = self.scene_of(target);
        query.parties = match &change {
            ThreadChange::Assign(Some(party))
            | ThreadChange::AddParticipant { party, .. }
            | ThreadChange::RemoveParticipant(party) => vec![party.clone()],
            _ => Vec::new(),
        };
        let named = described(query.target.as_ref());
        let done = self
            .engine
            .inner
            .run(
                &self.call("thread.change"),
                query,
                &(named, &change, expected),
                |id| thread_result(*id),
                |context, scene| {
                    let (draft, id) = decide::change(context, scene, &change, expected)?;
                    Ok((draft.finish(), id))
                },
            )
            .await?;
        self.thread_after(done).await
    }

    /// Wants, or does not want, notifications of a thread.
    ///
    /// # Errors
    /// `thread.not_found`, `party.not_found` when the principal takes no part in it.
    pub async fn mute(&self, target: impl Into<Target>, muted: bool) -> Result<V::Thread> {
        self.change(target.into(), ThreadChange::Mute(muted), None).await
    }
}

macro_rules! moves {
    ($($(#[doc = $doc:literal])+ $name:ident => $by:ident;)+) => {
        impl Session<Desk> {
            $(
                $(#[doc = $doc])+
                ///
                /// # Errors
                /// `thread.not_found`, `access.denied`, `thread.transition`.
                pub async fn $name(&self, target: impl Into<Target>) -> Result<Thread> {
                    self.change(target.into(), ThreadChange::Move(Move::$by), None).await
                }
            )+
        }
    };
}

moves! {
    /// Closes a thread.
    close => Close;
    /// Opens a thread that waits, sleeps, is resolved or closed.
    reopen => Reopen;
    /// Calls a thread answered.
    resolve => Resolve;
    /// Lets a thread wait for the customer or a third party.
    pend => Pend;
}

impl Session<Desk> {
    /// Puts a thread out of sight until an instant, or until the customer writes.
    ///
    /// # Errors
    /// `thread.not_found`, `access.denied`, `thread.transition`, `input.invalid` for the past.
    pub async fn snooze(&self, target: impl Into<Target>, until: Timestamp) -> Result<Thread> {
        self.change(target.into(), ThreadChange::Move(Move::Snooze(until)), None).await
    }

    /// Makes somebody, or nobody, answer for a thread.
    ///
    /// # Errors
    /// `thread.not_found`, `access.denied`, `input.invalid` for somebody who is not of the staff.
    pub async fn assign(
        &self,
        target: impl Into<Target>,
        assignee: Option<Ref<kind::Party>>,
    ) -> Result<Thread> {
        self.change(target.into(), ThreadChange::Assign(assignee), None).await
    }

    /// Says how urgent a thread is.
    ///
    /// # Errors
    /// `thread.not_found`, `access.denied`.
    pub async fn prioritise(
        &self,
        target: impl Into<Target>,
        priority: Priority,
    ) -> Result<Thread> {
        self.change(target.into(), ThreadChange::Prioritise(priority), None).await
    }

    /// Adds and removes tags. Tags are compared in lower case.
    ///
    /// # Errors
    /// `thread.not_found`, `access.denied`, `input.*`.
    pub async fn tag(
        &self,
        target: impl Into<Target>,
        add: &[&str],
        remove: &[&str],
    ) -> Result<Thread> {
        let words = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect();
        let change = ThreadChange::Tag { add: words(add), remove: words(remove) };
        self.change(target.into(), change, None).await
    }

    /// Makes somebody a participant.
    ///
    /// # Errors
    /// `thread.not_found`, `access.denied`, `input.too_long` when there are too many.
    pub async fn add_participant(
        &self,
        target: impl Into<Target>,
        party: impl Into<Ref<kind::Party>>,
        role: Role,
    ) -> Result<Thread> {
        let change = ThreadChange::AddParticipant { party: party.into(), role };
        self.change(target.into(), change, None).await
    }

    /// Ends somebody's participation.
    ///
    /// # Errors
    /// `thread.not_found`, `access.denied`, `party.not_found`.
    pub async fn remove_participant(
        &self,
        target: impl Into<Target>,
        party: impl Into<Ref<kind::Party>>,
    ) -> Result<Thread> {
        self.change(target.into(), ThreadChange::RemoveParticipant(party.into()), None).await
    }

    /// Changes a thread only if it still has the version that the caller has seen.
    ///
    /// # Errors
    /// `version.stale`, and those of the change.
    pub async fn change_thread(
        &self,
        target: impl Into<Target>,
        change: ThreadChange,
        expected_version: u64,
    ) -> Result<Thread> {
        self.change(target.into(), change, Some(expected_version)).await
    }

    /// Who takes part in a thread, those who left included.
    ///
    /// # Errors
    /// `thread.not_found`.
    pub async fn participants(&self, target: impl Into<Target>) -> Result<Vec<Participant>> {
        let (participants, ..) = self
            .looking("thread.participants", self.scene_of(target), |context, scene| {
                Ok(context.readable(&scene.threads)?.participants.clone())
            })
            .await?;
        Ok(participants)
    }

    /// Puts one conversation into another of the same customer and store: the first becomes an alias
    /// of the second, and keeps its messages with their places.
    ///
    /// # Errors
    /// `thread.not_found`, `access.denied`, `thread.merge`.
    pub async fn merge(&self, from: impl Into<Target>, into: impl Into<Target>) -> Result<Thread> {
        let mut query = self.scene_of(from);
        query.other = Some(into.into());
        let named = (described(query.target.as_ref()), described(query.other.as_ref()));
        let done = self
            .engine
            .inner
            .run(
                &self.call("thread.merge"),
                query,
                &named,
                |id| thread_result(*id),
                |c, scene| decide::merge(c, scene).map(|(draft, id)| (draft.finish(), id)),
            )
            .await?;
        self.thread_after(done).await
    }
}

/// The rows before a page.
pub(crate) fn offset(page: Option<u32>, limit: u32) -> Result<u64> {
    match page {
        Some(0) => Err(Error::invalid("page", "1 or more")),
        Some(page) => Ok(u64::from(page - 1) * u64::from(limit)),
        None => Ok(0),
    }
}

fn read_cursor(text: &str) -> Result<(Timestamp, ThreadId)> {
    let parse = || {
        let (millis, id) = text.split_once('.')?;
        Some((Timestamp::from_millis(millis.parse().ok()?).ok()?, id.parse().ok()?))
    };
    parse().ok_or_else(|| {
        Error::field(Code::InputMalformedCursor, "cursor", "the `next` of a page of threads")
    })
}
