//! Reading: what a message from outside may be about.

use crate::directory::{Party, Subject, SubjectKind};
use crate::ids::{Ref, SubjectId, TenantId};
use crate::inbound::TriageItem;
use crate::store::memory::Tables;
use crate::store::query::{
    InboundLookup, InboundScene, SubjectRef, Target, ThreadScene, TriagePage,
};
use crate::threads::ThreadStatus;

impl Tables {
    pub(super) fn inbound(&self, tenant: TenantId, lookup: &InboundLookup) -> InboundScene {
        let mut named = Vec::new();
        for key in &lookup.named {
            let found: Vec<SubjectId> = match key {
                Ref::Id(id) => vec![*id],
                Ref::External(reference) => {
                    let referred = SubjectKind::ALL
                        .iter()
                        .filter_map(|kind| self.resolve(tenant, kind.as_str(), reference))
                        .map(SubjectId::from_uuid);
                    let number = Some(reference.value());
                    let numbered = self
                        .subjects_of(tenant)
                        .filter(|subject| subject.number.as_deref() == number)
                        .map(|subject| subject.id);
                    referred.chain(numbered).collect()
                }
            };
            for id in found {
                self.add(&mut named, tenant, id);
            }
        }
        named.sort_by_key(|scene| scene.subject.id);
        let mut answered: Vec<(ThreadScene, _)> = Vec::new();
        for arrival in self.arrivals.iter().filter(|((owner, _), _)| *owner == tenant) {
            let arrival = arrival.1;
            let Some(message) = arrival.message else { continue };
            if lookup.replies.contains(&arrival.key.provider_ref) {
                let head = self.conversation(tenant, &Target::Message(message)).into_iter().next();
                let row = self.messages.get(&(tenant, message)).cloned();
                answered.extend(head.map(|head| (head, row)));
            }
        }
        for thread in &lookup.threads {
            let head = self.conversation(tenant, &Target::Thread(*thread)).into_iter().next();
            answered.extend(head.map(|head| (head, None)));
        }
        // The last of the answered messages of a conversation is the one that is answered.
        answered.sort_by_key(|(scene, row)| {
            (scene.subject.id, std::cmp::Reverse(row.as_ref().map(|row| row.seq)))
        });
        answered.dedup_by_key(|(scene, _)| scene.subject.id);
        let own = self
            .arrivals
            .iter()
            .filter(|((owner, key), _)| *owner == tenant && key.account.is_empty())
            .filter(|((_, key), _)| lookup.own.as_ref() == Some(&key.provider_ref))
            .find_map(|(_, arrival)| self.messages.get(&(tenant, arrival.message?)).cloned());
        let mut senders: Vec<Party> = lookup
            .senders
            .iter()
            .filter_map(|(kind, key)| self.contacts.get(&(tenant, *kind, key.clone())))
            .filter_map(|party| self.parties.get(&(tenant, *party)).cloned())
            .collect();
        senders.sort_by_key(|party| party.id);
        senders.dedup_by_key(|party| party.id);
        let mut open = Vec::new();
        for subject in self.subjects.values().rev().filter(|subject| subject.tenant == tenant) {
            let is_theirs = senders.iter().any(|sender| sender.id == subject.customer);
            let is_over =
                subject.status.as_ref().is_some_and(|status| lookup.finished.contains(status));
            let thread = self.thread_of.get(&(tenant, subject.id));
            let thread = thread.and_then(|thread| self.threads.get(&(tenant, *thread)));
            let is_closed = thread.is_some_and(|thread| thread.status == ThreadStatus::Closed);
            if is_theirs && !is_over && !is_closed && open.len() < lookup.limit as usize {
                self.add(&mut open, tenant, subject.id);
            }
        }
        open.sort_by_key(|scene| scene.subject.id);
        InboundScene { named, answered, own, senders, open }
    }

    fn subjects_of(&self, tenant: TenantId) -> impl Iterator<Item = &Subject> {
        self.subjects.values().filter(move |subject| subject.tenant == tenant)
    }

    /// Adds the conversation of a subject, unless it is there already.
    fn add(&self, scenes: &mut Vec<ThreadScene>, tenant: TenantId, id: SubjectId) {
        let Some(subject) = self.subjects.get(&(tenant, id)) else { return };
        let target = SubjectRef { kind: subject.kind, key: id.into() };
        let head = self.conversation(tenant, &target.into()).into_iter().next();
        scenes.extend(
            head.filter(|head| scenes.iter().all(|known| known.subject.id != head.subject.id)),
        );
    }

    pub(super) fn triage_page(&self, query: &TriagePage) -> Vec<TriageItem> {
        self.triage
            .values()
            .filter(|item| item.tenant == query.tenant && item.state == query.state)
            .filter(|item| query.reason.is_empty() || query.reason.contains(&item.reason))
            .filter(|item| query.after.is_none_or(|after| item.id > after))
            .take(query.limit as usize)
            .cloned()
            .collect()
    }
}
