//! Follow-ups: scheduled, changed, logged and listed.

use serde::{Deserialize, Serialize};

use crate::access::{Action, Filter};
use crate::decide::not_permitted;
use crate::engine::{Decided, Done, id_in, scene_query};
use crate::error::{Code, Error, Result};
use crate::followups::decide::{self, New};
use crate::followups::{Followup, FollowupState, LogFollowup, ScheduleFollowup, UpdateFollowup};
use crate::ids::{FollowupId, Ref, kind};
use crate::session::messages::limit_between;
use crate::session::{Desk, Session};
use crate::store::{Directory, DirectoryEntry, Followups, Scene, SceneQuery, SubjectRef};
use crate::time::Timestamp;

/// Which follow-ups to list. Everything that is given must hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct FollowupQuery {
    /// This customer's.
    pub customer: Option<Ref<kind::Party>>,
    /// After this job.
    pub job: Option<Ref<kind::Subject>>,
    /// Any of these states; all of them by default.
    pub state: Vec<FollowupState>,
    /// Not before; see the order.
    pub from: Option<Timestamp>,
    /// Before: with open states, what is due.
    pub until: Option<Timestamp>,
    /// Only those after this follow-up of the page before.
    pub after: Option<FollowupId>,
    /// At most so many, from 1 to 1,000.
    pub limit: u32,
}

impl Default for FollowupQuery {
    fn default() -> Self {
        Self {
            customer: None,
            job: None,
            state: Vec::new(),
            from: None,
            until: None,
            after: None,
            limit: 100,
        }
    }
}

impl Session<Desk> {
    /// Says that a customer is to be followed up. A customer whom nobody knows yet is made known.
    ///
    /// ```
    /// use goodwill::*;
    ///
    /// let engine = Engine::new(MemoryStore::new(), AuditKey::from_bytes("k1", &[1; 32])?);
    /// let desk = engine.desk(Principal::staff(TenantId::SINGLE, Role::Agent, ExternalRef::host("tom")?))?;
    /// let call = desk.schedule_followup(&ScheduleFollowup::new(ExternalRef::host("ada")?)).wait()?;
    /// assert_eq!(call.state, FollowupState::Pending);
    /// let done = desk.update_followup(call.id, &UpdateFollowup::to(FollowupState::Completed)).wait()?;
    /// assert!(done.logged_by.is_some() && done.occurred_at.is_some());
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    ///
    /// # Errors
    /// `access.denied`, `input.*`, `subject.not_found` for the job, `party.not_found` for a customer
    /// whose records may not be worked with.
    pub async fn schedule_followup(&self, followup: &ScheduleFollowup) -> Result<Followup> {
        self.add_followup("followup.schedule", followup, followup.into()).await
    }

    /// Logs what the principal has done for a customer without a plan: a completed follow-up.
    ///
    /// # Errors
    /// As [`Session::schedule_followup`].
    pub async fn log_followup(&self, followup: &LogFollowup) -> Result<Followup> {
        self.add_followup("followup.log_manual", followup, followup.into()).await
    }

    async fn add_followup(
        &self,
        operation: &'static str,
        input: &(impl Serialize + Sync),
        new: New<'_>,
    ) -> Result<Followup> {
        let job = match new.job {
            Some(job) => {
                let subject = SubjectRef::job(job.clone());
                match self.entry(Directory::Subject(self.principal.tenant, subject)).await? {
                    Some(DirectoryEntry::Subject(job)) => Some(job),
                    _ => None,
                }
            }
            None => None,
        };
        let query =
            SceneQuery { parties: vec![new.customer.clone()], ..scene_query(&self.principal) };
        self.write_followup(operation, query, input, |context, scene| {
            let customer = scene.parties.first().and_then(Option::as_ref);
            let (draft, followup) = decide::add(context, job.as_ref(), customer, new)?;
            Ok((draft.finish(), followup))
        })
        .await
    }

    /// Changes a follow-up: where it stands, when it is due, what came of it, the note.
    ///
    /// # Errors
    /// `followup.not_found`, `followup.state` for what its state does not allow, with the state and
    /// those that it can go to, `access.denied`, `input.*`.
    pub async fn update_followup(
        &self,
        followup: FollowupId,
        change: &UpdateFollowup,
    ) -> Result<Followup> {
        let query = SceneQuery { followup: Some(followup), ..scene_query(&self.principal) };
        self.write_followup("followup.update", query, &(followup, change), |context, scene| {
            let (draft, followup) = decide::update(context, scene.followup.as_ref(), change)?;
            Ok((draft.finish(), followup))
        })
        .await
    }

    /// Runs a decision about one follow-up, and returns it as it then is.
    async fn write_followup(
        &self,
        operation: &'static str,
        query: SceneQuery,
        input: &(impl Serialize + Sync),
        decide: impl Fn(&crate::decide::Context<'_>, &Scene) -> Decided<Followup> + Send + Sync,
    ) -> Result<Followup> {
        let result = |followup: &Followup| serde_json::json!({ "followup": followup.id });
        let call = self.call(operation);
        match self.engine.inner.run(&call, query, input, result, decide).await? {
            Done::Now(followup, _) => Ok(followup),
            Done::Before(first) => {
                self.stored_followup(id_in(&first)?).await?.ok_or_else(decide::not_found)
            }
        }
    }

    async fn stored_followup(&self, followup: FollowupId) -> Result<Option<Followup>> {
        let query = SceneQuery { followup: Some(followup), ..scene_query(&self.principal) };
        let (scene, _) = self.engine.inner.scene(query).await?;
        Ok(scene.followup.map(|(followup, _)| followup))
    }

    /// Follow-ups in the order of the instants that they were done, else are due, else were made: of
    /// customers whose records may be worked with, and within the storefronts and jobs of the
    /// principal.
    ///
    /// # Errors
    /// `access.denied`, `party.not_found`, `subject.not_found`, `input.*`.
    pub async fn followups(&self, query: &FollowupQuery) -> Result<Vec<Followup>> {
        limit_between(query.limit, 1_000)?;
        let tenant = self.principal.tenant;
        let (access, ..) = self
            .looking("followup.list", scene_query(&self.principal), |context, _| {
                let access = self.access(context, Action::FollowupRead);
                match access.filter {
                    Filter::Nothing => Err(not_permitted(Action::FollowupRead)),
                    _ => Ok(access),
                }
            })
            .await?;
        let customer = match &query.customer {
            Some(customer) => match self.entry(Directory::Party(tenant, customer.clone())).await? {
                Some(DirectoryEntry::Party(party)) => Some(party.id),
                _ => return Err(Error::new(Code::PartyNotFound, "the party is not known")),
            },
            None => None,
        };
        let job = match &query.job {
            Some(job) => {
                let job = SubjectRef::job(job.clone());
                match self.entry(Directory::Subject(tenant, job)).await? {
                    Some(DirectoryEntry::Subject(job)) => Some(job.id),
                    _ => return Err(Error::new(Code::SubjectNotFound, "the job is not known")),
                }
            }
            None => None,
        };
        let after = match query.after {
            Some(id) => {
                let found = self.stored_followup(id).await?;
                let found = found
                    .ok_or_else(|| Error::invalid("after", "a follow-up of the page before"))?;
                Some((found.at(), found.id))
            }
            None => None,
        };
        let (state, from, until, limit) =
            (query.state.clone(), query.from, query.until, query.limit);
        self.engine
            .inner
            .ask(Followups { tenant, access, customer, job, state, from, until, after, limit })
            .await
    }
}
