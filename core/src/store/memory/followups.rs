//! Reading follow-ups.

use crate::directory::{PartyState, Subject};
use crate::followups::Followup;
use crate::ids::{FollowupId, TenantId};
use crate::store::facts::{subject_of, thread_facts};
use crate::store::memory::Tables;
use crate::store::query::Followups;

impl Tables {
    /// A follow-up of a customer whose records may be worked with, and the job that it is after.
    pub(super) fn followup(
        &self,
        tenant: TenantId,
        id: FollowupId,
    ) -> Option<(Followup, Option<Subject>)> {
        let found = self.followups.get(&(tenant, id)).filter(|found| self.may_be_done(found))?;
        Some((found.clone(), self.job_of(found).cloned()))
    }

    fn may_be_done(&self, followup: &Followup) -> bool {
        let customer = self.parties.get(&(followup.tenant, followup.customer));
        customer.is_some_and(|customer| customer.state == PartyState::Active)
    }

    fn job_of(&self, followup: &Followup) -> Option<&Subject> {
        self.subjects.get(&(followup.tenant, followup.job?))
    }

    pub(super) fn followups_of(&self, query: &Followups) -> Vec<Followup> {
        let place = |followup: &&Followup| (followup.at(), followup.id);
        let mut found: Vec<&Followup> = self
            .followups
            .values()
            .filter(|one| one.tenant == query.tenant)
            .filter(|one| query.customer.is_none_or(|customer| one.customer == customer))
            .filter(|one| query.job.is_none_or(|job| one.job == Some(job)))
            .filter(|one| query.state.is_empty() || query.state.contains(&one.state))
            .filter(|one| query.from.is_none_or(|from| one.at() >= from))
            .filter(|one| query.until.is_none_or(|until| one.at() < until))
            .filter(|one| query.after.is_none_or(|after| place(one) > after))
            .filter(|one| self.may_be_done(one))
            .filter(|one| {
                let part = self.part(&subject_of(one, self.job_of(one)), None);
                query.access.filter.eval(thread_facts(&query.access.identity, &part))
            })
            .collect();
        found.sort_by_key(place);
        found.into_iter().take(query.limit as usize).cloned().collect()
    }
}
