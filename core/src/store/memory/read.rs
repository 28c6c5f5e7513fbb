//! Reading.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::access::RoleSet;
use crate::directory::{Party, PartyState, Storefront, Subject};
use crate::error::{Code, Error, Result};
use crate::ids::{ExternalRef, Kind as _, MessageId, PartyId, Ref, TenantId, ThreadId, kind};
use crate::messages::view::current;
use crate::messages::{Later, StoredMessage};
use crate::principal::{Identity, Principal, StoreScope};
use crate::search::index_text;
use crate::store::facts::{message_facts, thread_facts};
use crate::store::memory::Tables;
use crate::store::query::{
    AccessFilter, Answer, Directory, DirectoryEntry, Due, DueThreads, EventOrder, EventPage,
    MessagePage, MessageSearch, Query, References, Scene, SceneQuery, SearchHit, SearchPage,
    SubjectRef, Target, ThreadFilter, ThreadPage, ThreadScene, Threads, Unread, UnreadTargets,
};
use crate::threads::Thread;

impl Tables {
    pub(in crate::store) fn read(&self, query: Query) -> Result<Answer> {
        Ok(match query {
            Query::SceneQuery(q) => Answer::SceneQuery(self.scene(&q)),
            Query::Threads(q) => Answer::Threads(self.threads(&q)),
            Query::MessagePage(q) => Answer::MessagePage(self.messages(&q)?),
            Query::MessageSearch(q) => Answer::MessageSearch(self.search(&q)?),
            Query::Unread(q) => Answer::Unread(self.unread(&q)),
            Query::Receipts(q) => {
                let receipts = self.receipts.range((q.thread, 0)..=(q.thread, u64::MAX));
                let touching = receipts
                    .map(|(_, receipt)| receipt)
                    .filter(|r| r.from_seq <= q.to_seq && r.to_seq >= q.from_seq)
                    .filter(|_| self.threads.contains_key(&(q.tenant, q.thread)));
                Answer::Receipts(touching.cloned().collect())
            }
            Query::Payments(q) => Answer::Payments(self.payments_of(&q)),
            Query::Followups(q) => Answer::Followups(self.followups_of(&q)),
            Query::EventPage(q) => Answer::EventPage(self.events(&q)),
            Query::Consumer(q) => {
                Answer::Consumer(self.consumers.get(&(q.tenant, q.name)).copied().unwrap_or(0))
            }
            Query::AuditPage(q) => Answer::AuditPage(
                self.audit
                    .range((q.tenant, q.after + 1)..=(q.tenant, u64::MAX))
                    .map(|(_, entry)| entry)
                    .filter(|entry| {
                        q.thread.is_none()
                            || entry.record().is_ok_and(|record| record.thread == q.thread)
                    })
                    .take(q.limit as usize)
                    .cloned()
                    .collect(),
            ),
            Query::Head(q) => Answer::Head(self.audit_heads.get(&q.tenant).cloned()),
            Query::Checkpoints(q) => Answer::Checkpoints(
                self.checkpoints
                    .range((q.tenant, 0)..=(q.tenant, u64::MAX))
                    .map(|(_, checkpoint)| checkpoint.clone())
                    .collect(),
            ),
            Query::DueThreads(q) => Answer::DueThreads(self.due(q)),
            Query::TriagePage(q) => Answer::TriagePage(self.triage_page(&q)),
            Query::References(q) => Answer::References(self.references_of(&q)),
            Query::Directory(q) => Answer::Directory(self.directory(&q)),
        })
    }

    pub(super) fn resolve(
        &self,
        tenant: TenantId,
        kind: &str,
        reference: &ExternalRef,
    ) -> Option<Uuid> {
        self.references.get(&(tenant, kind.to_owned(), reference.clone())).copied()
    }

    fn party_id(&self, tenant: TenantId, party: &Ref<kind::Party>) -> Option<PartyId> {
        match party {
            Ref::Id(id) => Some(*id),
            Ref::External(reference) => {
                self.resolve(tenant, kind::Party::NAME, reference).map(PartyId::from_uuid)
            }
        }
    }

    fn party(&self, tenant: TenantId, party: &Ref<kind::Party>) -> Option<&Party> {
        self.parties.get(&(tenant, self.party_id(tenant, party)?))
    }

    fn storefront(&self, tenant: TenantId, key: &Ref<kind::Storefront>) -> Option<&Storefront> {
        let id = match key {
            Ref::Id(id) => *id,
            Ref::External(reference) => {
                let id = self.resolve(tenant, kind::Storefront::NAME, reference)?;
                crate::StorefrontId::from_uuid(id)
            }
        };
        self.storefronts.get(&(tenant, id))
    }

    fn subject(&self, tenant: TenantId, subject: &SubjectRef) -> Option<&Subject> {
        let id = match &subject.key {
            Ref::Id(id) => *id,
            Ref::External(reference) => {
                let id = self.resolve(tenant, subject.kind.as_str(), reference)?;
                crate::SubjectId::from_uuid(id)
            }
        };
        self.subjects.get(&(tenant, id)).filter(|found| found.kind == subject.kind)
    }

    fn identity(&self, principal: &Principal) -> Identity {
        let tenant = principal.tenant;
        let id = |party: &Option<Ref<kind::Party>>| {
            party.as_ref().and_then(|party| self.party_id(tenant, party))
        };
        Identity {
            party: id(&principal.party),
            organisation: id(&principal.organisation),
            on_behalf_of: id(&principal.on_behalf_of),
            stores: match &principal.stores {
                StoreScope::All => None,
                StoreScope::Only(stores) => Some(
                    stores
                        .iter()
                        .filter_map(|store| self.storefront(tenant, store))
                        .map(|store| store.id)
                        .collect(),
                ),
            },
            roles: principal.roles,
        }
    }

    fn scene(&self, query: &SceneQuery) -> Scene {
        let tenant = query.tenant;
        let identity = self.identity(&query.principal);
        let conversation = |target: &Option<Target>| {
            target.as_ref().map(|target| self.conversation(tenant, target)).unwrap_or_default()
        };
        let threads = conversation(&query.target);
        let ids: Vec<ThreadId> =
            threads.iter().filter_map(|part| part.thread.as_ref()).map(|t| t.id).collect();
        let readers = [identity.party, identity.on_behalf_of];
        let read_states = if query.read_states {
            let keys = ids.iter().flat_map(|id| readers.iter().flatten().map(|who| (*id, *who)));
            let states = keys.filter_map(|key| self.read_states.get(&key).cloned());
            let mut states: Vec<_> = states.collect();
            states.dedup();
            states
        } else {
            Vec::new()
        };
        Scene {
            tenant: self
                .tenants
                .get(&tenant)
                .filter(|stored| query.known_tenant != Some(stored.version))
                .cloned(),
            other: conversation(&query.other),
            message: query
                .message
                .and_then(|id| self.stored(tenant, id))
                .filter(|message| ids.contains(&message.row.new.thread)),
            parties: query.parties.iter().map(|p| self.party(tenant, p).cloned()).collect(),
            read_states,
            arrival: query
                .arrival
                .as_ref()
                .and_then(|key| self.arrivals.get(&(tenant, key.clone())).cloned()),
            inbound: query.inbound.as_ref().map(|lookup| self.inbound(tenant, lookup)),
            triage: query.triage.and_then(|id| self.triage.get(&(tenant, id)).cloned()),
            followup: query.followup.and_then(|id| self.followup(tenant, id)),
            repeated: query
                .idempotency
                .as_ref()
                .and_then(|key| self.idempotency.get(&(tenant, key.clone())))
                .map(|(record, _)| record.clone()),
            identity,
            threads,
        }
    }

    /// The thread of a target, followed to where it was merged, and what was merged into that.
    pub(super) fn conversation(&self, tenant: TenantId, target: &Target) -> Vec<ThreadScene> {
        let thread = match target {
            Target::Thread(id) => self.threads.get(&(tenant, *id)),
            Target::Message(id) => self
                .messages
                .get(&(tenant, *id))
                .and_then(|row| self.threads.get(&(tenant, row.new.thread))),
            Target::Subject(subject) => {
                let Some(subject) = self.subject(tenant, subject) else { return Vec::new() };
                let thread = self.thread_of.get(&(tenant, subject.id));
                match thread.and_then(|id| self.threads.get(&(tenant, *id))) {
                    Some(thread) => Some(thread),
                    None => return vec![self.part(subject, None)],
                }
            }
        };
        let Some(thread) = thread else { return Vec::new() };
        let own = thread.merged_into.unwrap_or(thread.id);
        let parts = self.threads.range((tenant, own)..=(tenant, own)).chain(
            self.threads
                .range((tenant, ThreadId::from_uuid(Uuid::nil()))..)
                .take_while(|((owner, _), _)| *owner == tenant)
                .filter(|(_, thread)| thread.merged_into == Some(own)),
        );
        parts
            .filter_map(|(_, thread)| {
                let subject = self.subjects.get(&(tenant, thread.subject))?;
                Some(self.part(subject, Some(thread)))
            })
            .collect()
    }

    pub(super) fn part(&self, subject: &Subject, thread: Option<&Thread>) -> ThreadScene {
        let tenant = subject.tenant;
        let store = subject.store.and_then(|store| self.storefronts.get(&(tenant, store)));
        let customer = self.parties.get(&(tenant, subject.customer));
        ThreadScene {
            subject: subject.clone(),
            operator: store.and_then(|store| store.reseller),
            customer_state: customer.map_or(PartyState::Active, |customer| customer.state),
            participants: thread
                .map(|thread| {
                    let nobody = PartyId::from_uuid(Uuid::nil());
                    let everybody = PartyId::from_uuid(Uuid::max());
                    self.participants
                        .range((thread.id, nobody)..=(thread.id, everybody))
                        .map(|(_, participant)| participant.clone())
                        .collect()
                })
                .unwrap_or_default(),
            thread: thread.cloned(),
        }
    }

    fn stored(&self, tenant: TenantId, id: MessageId) -> Option<StoredMessage> {
        let row = self.messages.get(&(tenant, id))?.clone();
        let content = self.contents.get(&id)?.clone();
        let later = self
            .later
            .range((id, 0)..=(id, u64::MAX))
            .filter_map(|(_, later)| {
                let row = self.messages.get(&(tenant, *later))?;
                Some(Later {
                    id: *later,
                    seq: row.seq,
                    kind: row.new.relation?.kind,
                    author: row.new.author,
                    created_at: row.new.created_at,
                    content: self.contents.get(later)?.clone(),
                })
            })
            .collect();
        Some(StoredMessage { row, content, later })
    }

    fn passes(&self, access: &AccessFilter, subject: &Subject, thread: &Thread) -> bool {
        access.filter.eval(thread_facts(&access.identity, &self.part(subject, Some(thread))))
    }

    fn thread_matches(
        &self,
        filter: &ThreadFilter,
        thread: &Thread,
        subject: &Subject,
        reader: &Identity,
        public: bool,
    ) -> bool {
        let any = |wanted: bool, is_empty: bool| is_empty || wanted;
        let roles = if public { RoleSet::EMPTY } else { reader.roles };
        any(filter.status.contains(&thread.status), filter.status.is_empty())
            && any(filter.subject_kind.contains(&subject.kind), filter.subject_kind.is_empty())
            && any(
                subject
                    .status
                    .as_ref()
                    .is_some_and(|status| filter.subject_status.contains(status)),
                filter.subject_status.is_empty(),
            )
            && any(filter.priority.contains(&thread.priority), filter.priority.is_empty())
            && filter.subject.is_none_or(|id| thread.subject == id)
            && filter.store.is_none_or(|id| thread.store == Some(id))
            && filter.customer.is_none_or(|id| thread.customer == id)
            && filter.assignee.is_none_or(|id| thread.assignee == Some(id))
            && (!filter.unassigned || thread.assignee.is_none())
            && filter.tags.iter().all(|tag| thread.tags.contains(tag))
            && filter.waiting.is_none_or(|waiting| thread.waiting_since.is_some() == waiting)
            && (!filter.unread || self.unread_in(thread.tenant, thread.id, reader, roles) > 0)
    }

    fn threads(&self, query: &Threads) -> ThreadPage {
        let activity =
            |thread: &Thread| if query.public { thread.public_active_at } else { thread.active_at };
        let mut found: Vec<(Thread, Subject)> = self
            .threads
            .values()
            .filter(|thread| thread.tenant == query.tenant && thread.merged_into.is_none())
            .filter_map(|thread| {
                Some((thread, self.subjects.get(&(query.tenant, thread.subject))?))
            })
            .filter(|(thread, subject)| {
                let who = &query.access.identity;
                self.passes(&query.access, subject, thread)
                    && self.thread_matches(&query.filter, thread, subject, who, query.public)
            })
            .map(|(thread, subject)| (thread.clone(), subject.clone()))
            .collect();
        found.sort_by_key(|(thread, _)| std::cmp::Reverse((activity(thread), thread.id)));
        found.retain(|(thread, _)| {
            query.after.is_none_or(|after| (activity(thread), thread.id) < after)
        });
        let offset = usize::try_from(query.offset).unwrap_or(usize::MAX).min(found.len());
        found.drain(..offset);
        let more = found.len() > query.limit as usize;
        found.truncate(query.limit as usize);
        ThreadPage { threads: found, more }
    }

    /// The entries of a thread that the roles admit, by sequence number.
    fn entries(
        &self,
        tenant: TenantId,
        thread: ThreadId,
        roles: RoleSet,
    ) -> impl DoubleEndedIterator<Item = &crate::messages::MessageRow> {
        self.in_thread
            .range((thread, 0)..=(thread, u64::MAX))
            .filter_map(move |(_, id)| self.messages.get(&(tenant, *id)))
            .filter(move |row| row.new.is_entry() && row.new.visibility.admits(roles))
    }

    fn position(&self, tenant: TenantId, id: MessageId) -> Result<u64> {
        self.messages.get(&(tenant, id)).map(|row| row.position).ok_or_else(|| {
            Error::new(Code::MessageNotFound, "the message that a page begins at is not known")
        })
    }

    fn messages(&self, query: &MessagePage) -> Result<Vec<StoredMessage>> {
        let tenant = query.tenant;
        let limit = query.limit as usize;
        if let Some(only) = &query.only {
            let found = only.iter().filter_map(|id| self.stored(tenant, *id));
            return Ok(found
                .filter(|message| {
                    query.threads.contains(&message.row.new.thread)
                        && message.row.new.visibility.admits(query.roles)
                })
                .collect());
        }
        let after = query.after.map(|id| self.position(tenant, id)).transpose()?.unwrap_or(0);
        let before = query.before.map(|id| self.position(tenant, id)).transpose()?;
        let before = before.unwrap_or(u64::MAX);
        let mut rows = Vec::new();
        for thread in &query.threads {
            let wanted = self
                .entries(tenant, *thread, query.roles)
                .filter(|row| row.position > after && row.position < before);
            if query.newest_first {
                rows.extend(wanted.rev().take(limit));
            } else {
                rows.extend(wanted.take(limit));
            }
        }
        rows.sort_by_key(|row| row.position);
        if query.newest_first {
            rows.reverse();
        }
        rows.truncate(limit);
        Ok(rows.into_iter().filter_map(|row| self.stored(tenant, row.new.id)).collect())
    }

    fn search(&self, query: &MessageSearch) -> Result<SearchPage> {
        let before = query.before.map(|id| self.position(query.tenant, id)).transpose()?;
        let mut hits = Vec::new();
        let mut total = 0;
        for (position, (tenant, id)) in self.positions.iter().rev() {
            let Some(hit) = self.hit(query, *tenant, *id) else { continue };
            if total < query.count_to {
                total += 1;
            }
            if before.is_none_or(|before| *position < before) {
                hits.push(hit);
            }
        }
        let offset = usize::try_from(query.offset).unwrap_or(usize::MAX).min(hits.len());
        hits.drain(..offset);
        let more = hits.len() > query.limit as usize;
        hits.truncate(query.limit as usize);
        Ok(SearchPage { hits, more, total })
    }

    fn hit(&self, query: &MessageSearch, tenant: TenantId, id: MessageId) -> Option<SearchHit> {
        let row = self.messages.get(&(tenant, id)).filter(|_| tenant == query.tenant)?;
        let any = |wanted: bool, is_empty: bool| is_empty || wanted;
        let new = &row.new;
        let fits = new.is_entry()
            && new.visibility.admits(query.roles)
            && any(query.via.contains(&new.via), query.via.is_empty())
            && any(query.author_role.contains(&new.author.role), query.author_role.is_empty())
            && any(query.kind.contains(&new.kind), query.kind.is_empty())
            && any(query.topic.contains(&new.topic), query.topic.is_empty())
            && query.from.is_none_or(|from| new.created_at >= from)
            && query.until.is_none_or(|until| new.created_at < until);
        if !fits {
            return None;
        }
        let thread = self.threads.get(&(tenant, new.thread))?;
        let subject = self.subjects.get(&(tenant, thread.subject))?;
        let reader = &query.access.identity;
        let scene = self.part(subject, Some(thread));
        let facts = message_facts(thread_facts(reader, &scene), reader, new.author, new.visibility);
        let public = query.roles.is_empty();
        if !query.access.filter.eval(facts)
            || !self.thread_matches(&query.threads, thread, subject, reader, public)
        {
            return None;
        }
        let message = self.stored(tenant, id)?;
        if let Some(keyword) = &query.keyword {
            let (_, content) = current(&message);
            let content = content?;
            let title = content.title.as_deref().unwrap_or_default();
            if !keyword.matches(&index_text(&format!("{title}\n{}", content.text))) {
                return None;
            }
        }
        if query.unread && !self.is_unread(&message, reader) {
            return None;
        }
        Some(SearchHit { message, thread: thread.clone(), subject: subject.clone() })
    }

    fn is_unread(&self, message: &StoredMessage, reader: &Identity) -> bool {
        let row = &message.row;
        let state = reader.party.and_then(|p| self.read_states.get(&(row.new.thread, p)));
        let mine = reader.party.is_some() && row.new.author.party == reader.party;
        let retracted =
            message.later.iter().any(|l| l.kind == crate::messages::RelationKind::Retracts);
        !mine && !retracted && !state.is_some_and(|state| state.has_read(row.seq))
    }

    /// Unread messages of a thread and of those merged into it.
    fn unread_in(
        &self,
        tenant: TenantId,
        thread: ThreadId,
        reader: &Identity,
        roles: RoleSet,
    ) -> u64 {
        let merged = self
            .threads
            .values()
            .filter(|other| other.tenant == tenant && other.merged_into == Some(thread))
            .map(|other| other.id);
        std::iter::once(thread)
            .chain(merged)
            .flat_map(|thread| self.entries(tenant, thread, roles))
            .filter_map(|row| self.stored(tenant, row.new.id))
            .filter(|message| self.is_unread(message, reader))
            .count() as u64
    }

    fn unread(&self, query: &Unread) -> Vec<Option<u64>> {
        let count = |thread: &Thread| {
            let own = thread.merged_into.unwrap_or(thread.id);
            let thread = self.threads.get(&(query.tenant, own))?;
            let subject = self.subjects.get(&(query.tenant, thread.subject))?;
            self.passes(&query.access, subject, thread)
                .then(|| self.unread_in(query.tenant, own, &query.access.identity, query.roles))
        };
        match &query.targets {
            UnreadTargets::Threads(threads) => threads
                .iter()
                .map(|id| self.threads.get(&(query.tenant, *id)).and_then(count))
                .collect(),
            UnreadTargets::Subjects(subjects) => subjects
                .iter()
                .map(|subject| {
                    let subject = self.subject(query.tenant, subject)?;
                    let thread = self.thread_of.get(&(query.tenant, subject.id))?;
                    self.threads.get(&(query.tenant, *thread)).and_then(count)
                })
                .collect(),
        }
    }

    fn events(&self, query: &EventPage) -> Vec<crate::events::Event> {
        let all = self.events.values().filter(|event| event.tenant == query.tenant);
        let after = query.after;
        all.filter(|event| match query.order {
            EventOrder::Position => event.position > after,
            EventOrder::Stream(stream) => event.draft.stream == stream && event.seq > after,
            EventOrder::PublicStream(stream) => {
                event.draft.stream == stream && event.public_seq.is_some_and(|seq| seq > after)
            }
        })
        .take(query.limit as usize)
        .cloned()
        .collect()
    }

    fn due(&self, query: DueThreads) -> Due {
        let mut snoozed: Vec<&Thread> =
            self.threads.values().filter(|thread| thread.snoozed_until.is_some()).collect();
        snoozed.sort_by_key(|thread| (thread.snoozed_until, thread.id));
        let due: Vec<Thread> = snoozed
            .iter()
            .filter(|thread| thread.snoozed_until.is_some_and(|until| until <= query.now))
            .take(query.limit as usize)
            .map(|thread| (*thread).clone())
            .collect();
        let next = snoozed.get(due.len()).and_then(|thread| thread.snoozed_until);
        let checked = |tenant: TenantId| {
            let last = self.checkpoints.range((tenant, 0)..=(tenant, u64::MAX)).next_back();
            last.map_or(0, |((_, to_seq), _)| *to_seq)
        };
        let trails = self
            .audit_heads
            .iter()
            .map(|(tenant, head)| (*tenant, head.seq, checked(*tenant)))
            .collect();
        Due { threads: due, next, trails }
    }

    fn references_of(&self, query: &References) -> BTreeMap<Uuid, ExternalRef> {
        let mut found: BTreeMap<Uuid, ExternalRef> = BTreeMap::new();
        for ((tenant, _, reference), id) in self.references.iter() {
            if *tenant == query.tenant && query.ids.contains(id) {
                let known = found.entry(*id).or_insert_with(|| reference.clone());
                let is_host = |reference: &ExternalRef| reference.system() == ExternalRef::HOST;
                if is_host(reference) && !is_host(known) {
                    *known = reference.clone();
                }
            }
        }
        found
    }

    fn directory(&self, query: &Directory) -> Option<DirectoryEntry> {
        Some(match query {
            Directory::Party(tenant, key) => {
                DirectoryEntry::Party(self.party(*tenant, key)?.clone())
            }
            Directory::Storefront(tenant, key) => {
                DirectoryEntry::Storefront(self.storefront(*tenant, key)?.clone())
            }
            Directory::Subject(tenant, key) => {
                DirectoryEntry::Subject(self.subject(*tenant, key)?.clone())
            }
            Directory::Payment(tenant, key) => {
                DirectoryEntry::Payment(self.payment(*tenant, key)?.clone())
            }
            Directory::Contact(tenant, kind, key) => {
                let party = self.contacts.get(&(*tenant, *kind, key.clone()))?;
                DirectoryEntry::Party(self.parties.get(&(*tenant, *party))?.clone())
            }
            Directory::Numbered(tenant, kind, store, number) => {
                let found = self.subjects.values().find(|subject| {
                    subject.tenant == *tenant
                        && subject.kind == *kind
                        && subject.store == *store
                        && subject.number.as_ref() == Some(number)
                })?;
                DirectoryEntry::Subject(found.clone())
            }
            Directory::Tenant(tenant) => DirectoryEntry::Tenant(self.tenants.get(tenant)?.clone()),
        })
    }
}
