//! Random queries about what a tenant has.

use uuid::Uuid;

use crate::access::{Filter, Role, RoleSet};
use crate::error::Result;
use crate::events::{Stream, StreamKind};
use crate::ids::{
    MessageId, PartyId, Ref, StorefrontId, SubjectId, TenantId, ThreadId, TriageId, kind,
};
use crate::inbound::{ArrivalKey, TriageReason, TriageState};
use crate::messages::{Channel, MessageKind, Topic};
use crate::principal::Principal;
use crate::search::SearchQuery;
use crate::store::query::{
    AccessFilter, AuditPage, Directory, EventOrder, EventPage, InboundLookup, MessagePage,
    MessageSearch, Query, Receipts, SubjectRef, Target, ThreadFilter, Threads, TriagePage, Unread,
    UnreadTargets,
};
use crate::store::testing::shop::{Dice, PHONES, Shop, TENANT, filter, host, identity};
use crate::threads::{Priority, Thread, ThreadStatus};
use crate::{ContactKind, SubjectKind, Timestamp, Wait as _};

/// What there is in a tenant, for queries to be about.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) threads: Vec<Thread>,
    pub(super) messages: Vec<MessageId>,
    pub(super) parties: Vec<PartyId>,
    pub(super) stores: Vec<StorefrontId>,
    pub(super) subjects: Vec<SubjectId>,
    pub(super) waiting: Vec<TriageId>,
    pub(super) begin: Timestamp,
    pub(super) end: Timestamp,
}

pub(super) fn unfiltered(tenant: TenantId) -> Threads {
    let identity = Dice::new(0);
    Threads {
        tenant,
        access: AccessFilter {
            filter: Filter::Everything,
            identity: self::identity(&identity, &[], &[]),
        },
        filter: ThreadFilter::default(),
        public: false,
        after: None,
        offset: 0,
        limit: 10_000,
    }
}

impl Known {
    pub(super) fn of(shop: &Shop) -> Result<Self> {
        let store = shop.store();
        let threads = store.ask(unfiltered(shop.tenant)).wait()?.threads;
        let mut known = Self {
            threads: threads.iter().map(|(thread, _)| thread.clone()).collect(),
            messages: shop.messages.clone(),
            parties: Vec::new(),
            stores: Vec::new(),
            subjects: Vec::new(),
            waiting: Vec::new(),
            begin: Timestamp::from_millis(1_772_438_400_000)?,
            end: shop.engine.now(),
        };
        let mut query =
            crate::engine::scene_query(&Principal::staff(shop.tenant, Role::Admin, host("root")?));
        for name in ["ada", "bob", "eve", "acme", "zenith", "rita", "tom", "root", "gina", "nora"] {
            query.parties.push(Ref::External(host(name)?));
        }
        let scene = store.ask(query).wait()?;
        known.parties = scene.parties.into_iter().flatten().map(|party| party.id).collect();
        known.parties.push(PartyId::from_uuid(Uuid::from_u128(0xdead)));
        for name in ["north", "south"] {
            let directory = Directory::Storefront(shop.tenant, Ref::External(host(name)?));
            if let Some(crate::store::DirectoryEntry::Storefront(found)) =
                store.ask(directory).wait()?
            {
                known.stores.push(found.id);
            }
        }
        for state in TriageState::ALL {
            let (tenant, reason) = (shop.tenant, Vec::new());
            let page = TriagePage { tenant, state: *state, reason, after: None, limit: 1_000 };
            known.waiting.extend(store.ask(page).wait()?.into_iter().map(|item| item.id));
        }
        known.subjects = known.threads.iter().map(|thread| thread.subject).collect();
        known.subjects.push(SubjectId::from_uuid(Uuid::from_u128(0xdead)));
        Ok(known)
    }

    pub(super) fn access(&self, dice: &Dice) -> AccessFilter {
        AccessFilter {
            filter: if dice.one_in(3) { Filter::Everything } else { filter(dice, 3) },
            identity: identity(dice, &self.parties, &self.stores),
        }
    }

    pub(super) fn thread_filter(&self, dice: &Dice) -> ThreadFilter {
        let mut wanted = ThreadFilter::default();
        match dice.below(14) {
            0 => wanted.status = dice.some(ThreadStatus::ALL),
            1 => wanted.subject_kind = dice.some(SubjectKind::ALL),
            2 => wanted.subject_status = vec!["completed".into()],
            3 => wanted.subject = dice.pick(&self.subjects),
            4 => wanted.store = dice.pick(&self.stores),
            5 => wanted.customer = dice.pick(&self.parties),
            6 => wanted.assignee = dice.pick(&self.parties),
            7 => wanted.unassigned = true,
            8 => wanted.tags = vec!["vip".into()],
            9 => wanted.priority = dice.some(Priority::ALL),
            10 => wanted.waiting = Some(dice.one_in(2)),
            11 => wanted.unread = true,
            _ => {}
        }
        wanted
    }

    pub(super) fn instant(&self, dice: &Dice) -> Option<Timestamp> {
        let span = u64::try_from(self.end.as_millis() - self.begin.as_millis()).unwrap_or(1);
        let at = self.begin.saturating_add(std::time::Duration::from_millis(dice.below(span)));
        dice.one_in(3).then_some(at)
    }

    pub(super) fn message(&self, dice: &Dice) -> Option<MessageId> {
        dice.pick(&self.messages).filter(|_| dice.one_in(3))
    }

    pub(super) fn thread_ids(&self, dice: &Dice) -> Vec<ThreadId> {
        let mut ids: Vec<ThreadId> = self.threads.iter().map(|thread| thread.id).collect();
        ids.push(ThreadId::from_uuid(Uuid::from_u128(0xdead)));
        dice.some(&ids)
    }

    /// Any query.
    pub(super) fn query(&self, dice: &Dice) -> Result<Query> {
        let roles = RoleSet::of(&dice.some(Role::ALL));
        let limit = u32::try_from(1 + dice.below(30)).unwrap_or(30);
        let tenant = TENANT;
        let thread = dice.pick(&self.threads);
        Ok(match dice.below(12) {
            9 => TriagePage {
                tenant,
                state: dice.pick(TriageState::ALL).unwrap_or(TriageState::Open),
                reason: dice.some(TriageReason::ALL),
                after: dice.pick(&self.waiting).filter(|_| dice.one_in(2)),
                limit: limit.min(4),
            }
            .into(),
            10 | 11 => {
                let customer = Principal::customer(tenant, host("ada")?);
                let mut query = crate::engine::scene_query(&customer);
                let delivery = || format!("delivery-{}", dice.below(9));
                query.arrival = Some(ArrivalKey {
                    channel: Channel::Sms,
                    account: if dice.one_in(2) { "a".into() } else { String::new() },
                    provider_ref: delivery(),
                });
                query.triage = dice.pick(&self.waiting);
                let order = host(&format!("o-{}", dice.below(10)))?;
                let named = dice.pick(&self.subjects).map(Ref::Id);
                let phone = |(_, number): &(&str, &str)| (ContactKind::Phone, (*number).to_owned());
                query.inbound = Some(InboundLookup {
                    named: std::iter::once(Ref::External(order)).chain(named).collect(),
                    replies: (0..dice.below(4)).map(|_| delivery()).collect(),
                    threads: thread.filter(|_| dice.one_in(3)).map(|t| t.id).into_iter().collect(),
                    own: dice.one_in(2).then(delivery),
                    senders: dice.some(&PHONES).iter().map(phone).collect(),
                    finished: if dice.one_in(2) { vec!["completed".into()] } else { Vec::new() },
                    limit: u32::try_from(1 + dice.below(6)).unwrap_or(1),
                });
                query.into()
            }
            0 => Threads {
                access: self.access(dice),
                filter: self.thread_filter(dice),
                public: dice.one_in(2),
                after: thread.filter(|_| dice.one_in(3)).map(|t| (t.active_at, t.id)),
                offset: dice.below(3),
                limit: limit.min(6),
                ..unfiltered(tenant)
            }
            .into(),
            1 => MessagePage {
                tenant,
                threads: self.thread_ids(dice),
                roles,
                only: dice.one_in(4).then(|| dice.some(&self.messages)),
                after: self.message(dice),
                before: self.message(dice),
                newest_first: dice.one_in(2),
                limit,
            }
            .into(),
            2 | 3 => {
                let words = ["delivery", "corrected", "step 1*", "\"about the\" -4", "nowhere"];
                let keyword = dice.pick(&words).filter(|_| dice.one_in(2));
                MessageSearch {
                    tenant,
                    access: self.access(dice),
                    roles,
                    keyword: keyword.map(SearchQuery::parse).transpose()?,
                    threads: self.thread_filter(dice),
                    via: if dice.one_in(4) { dice.some(Channel::ALL) } else { Vec::new() },
                    author_role: if dice.one_in(4) { dice.some(Role::ALL) } else { Vec::new() },
                    kind: if dice.one_in(4) { dice.some(MessageKind::ALL) } else { Vec::new() },
                    topic: if dice.one_in(4) { dice.some(Topic::ALL) } else { Vec::new() },
                    from: self.instant(dice),
                    until: self.instant(dice),
                    unread: dice.one_in(3),
                    before: self.message(dice),
                    offset: dice.below(3),
                    limit,
                    count_to: dice.below(40),
                }
                .into()
            }
            4 => {
                let threads = self.thread_ids(dice);
                let keys = dice.some(&self.subjects);
                let orders =
                    keys.into_iter().map(|id| SubjectRef::order(Ref::<kind::Subject>::Id(id)));
                let targets = if dice.one_in(2) {
                    UnreadTargets::Threads(threads)
                } else {
                    UnreadTargets::Subjects(orders.collect())
                };
                Unread { tenant, access: self.access(dice), roles, targets }.into()
            }
            5 => Receipts {
                tenant,
                thread: thread.map_or(ThreadId::from_uuid(Uuid::nil()), |thread| thread.id),
                from_seq: dice.below(9),
                to_seq: dice.below(30),
            }
            .into(),
            6 => {
                let id = thread.map_or(Uuid::nil(), |thread| thread.id.uuid());
                let stream = Stream { kind: StreamKind::Thread, id };
                let order = if dice.one_in(2) {
                    EventOrder::Stream(stream)
                } else {
                    EventOrder::PublicStream(stream)
                };
                EventPage { tenant, order, after: dice.below(12), limit }.into()
            }
            7 => AuditPage {
                tenant,
                after: dice.below(100),
                thread: thread.filter(|_| dice.one_in(2)).map(|thread| thread.id),
                limit,
            }
            .into(),
            _ => {
                let principal = match dice.below(3) {
                    0 => Principal::customer(tenant, host("ada")?),
                    1 => Principal::supplier(tenant, host("zenith")?),
                    _ => Principal::staff(tenant, Role::Agent, host("gina")?)
                        .in_stores([host("south")?.into(), host("nowhere")?.into()]),
                };
                let mut query = crate::engine::scene_query(&principal);
                query.read_states = true;
                query.message = self.message(dice);
                query.target = match dice.below(3) {
                    0 => dice.pick(&self.messages).map(Target::Message),
                    1 => thread.map(|thread| Target::Thread(thread.id)),
                    _ => Some(SubjectRef::order(host(&format!("o-{}", dice.below(10)))?).into()),
                };
                query.into()
            }
        })
    }
}
