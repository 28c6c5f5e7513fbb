//! What a read must answer: the same as the memory store, whose reads are the definitions written out.

use std::sync::Arc;

use uuid::Uuid;

use crate::access::{Role, RoleSet};
use crate::audit::{Actor, AuditDraft, AuditOutcome, Resource};
use crate::error::{Code, Result};
use crate::ids::{AuditId, MessageId, Ref, TenantId, ThreadId};
use crate::inbound::TriageState;
use crate::messages::{
    Author, Channel, Content, ContentState, Format, MessageKind, NewMessage, Origin, Topic,
    Visibility,
};
use crate::principal::{Principal, PrincipalKind};
use crate::store::Store;
use crate::store::query::{
    AccessFilter, Answer, AuditPage, Checkpoints, Directory, DueThreads, EventOrder, EventPage,
    Head, MessagePage, MessageSearch, Payments, Query, Receipts, References, SubjectRef,
    ThreadFilter, Threads, TriagePage, Unread, UnreadTargets,
};
use crate::store::testing::queries::{Known, unfiltered};
use crate::store::testing::shop::{
    Dice, OTHER_TENANT, PHONES, Shop, TENANT, filter, host, identity,
};
use crate::store::testing::{Failure, Verdict, holds, same};
use crate::threads::Thread;
use crate::{ContactKind, MemoryStore, PostMessage, PutSubject, Redaction, Timestamp, Wait as _};

/// A message of the system, to be appended by hand.
pub(super) fn plain_message(thread: ThreadId, at: Timestamp, id: u128) -> (NewMessage, Content) {
    let message = NewMessage {
        id: MessageId::from_uuid(Uuid::from_u128(id)),
        thread,
        author: Author { role: Role::System, party: None },
        on_behalf_of: None,
        origin: Origin::System,
        topic: Topic::Generic,
        kind: MessageKind::Text,
        visibility: Visibility::Public,
        via: Channel::InApp,
        intended: Channel::InApp,
        provider_ref: None,
        format: Format::Plain,
        language: None,
        relation: None,
        created_at: at,
        occurred_at: None,
        content_hash: [0; 32],
    };
    let content = Content { text: "late".into(), ..Content::tombstone(ContentState::Present) };
    (message, content)
}

/// An entry of the trail about a thread.
pub(super) fn audit_draft(thread: ThreadId, at: Timestamp) -> AuditDraft {
    AuditDraft {
        id: AuditId::from_uuid(Uuid::from_u128(0xa0)),
        at,
        actor: Actor { id: None, kind: PrincipalKind::System, role: Role::System },
        on_behalf_of: None,
        action: "test".into(),
        resource: Resource { id: thread.uuid(), kind: "thread".into() },
        thread: Some(thread),
        subject: None,
        store: None,
        outcome: AuditOutcome::Allow,
        rule_ids: Vec::new(),
        request_id: None,
        channel: None,
        message: None,
        before_hash: None,
        after_hash: None,
        changes: std::collections::BTreeMap::new(),
        private: None,
    }
}

/// The answer without the places that a store numbers as it likes, as long as they rise.
fn without_positions(mut answer: Answer) -> Answer {
    match &mut answer {
        Answer::MessagePage(messages) => {
            messages.iter_mut().for_each(|message| message.row.position = 0);
        }
        Answer::MessageSearch(page) => {
            page.hits.iter_mut().for_each(|hit| hit.message.row.position = 0);
        }
        Answer::EventPage(events) => events.iter_mut().for_each(|event| event.position = 0),
        Answer::SceneQuery(scene) => {
            scene.message.iter_mut().for_each(|message| message.row.position = 0);
            if let Some(inbound) = &mut scene.inbound {
                let answered = inbound.answered.iter_mut().filter_map(|(_, row)| row.as_mut());
                answered.chain(&mut inbound.own).for_each(|row| row.position = 0);
            }
        }
        _ => {}
    }
    answer
}

fn answer(shop: &Shop, query: Query) -> Result<Answer, Code> {
    let answer = shop.store().read(query).wait();
    answer.map(without_positions).map_err(|error| error.code())
}

/// Everything that a store says about a tenant.
pub(super) fn everything(shop: &Shop) -> Result<Vec<Answer>> {
    let tenant = shop.tenant;
    let known = Known::of(shop)?;
    let limit = 10_000;
    let order = EventOrder::Position;
    let ids = known.parties.iter().map(|party| party.uuid());
    let ids = ids.chain(known.subjects.iter().map(|subject| subject.uuid())).collect();
    let mut queries: Vec<Query> = vec![
        EventPage { tenant, order, after: 0, limit }.into(),
        AuditPage { tenant, after: 0, thread: None, limit }.into(),
        Head { tenant }.into(),
        Checkpoints { tenant }.into(),
        DueThreads { now: known.end, limit }.into(),
        References { tenant, ids }.into(),
        unfiltered(tenant).into(),
        Threads { public: true, ..unfiltered(tenant) }.into(),
        Directory::Tenant(tenant).into(),
        Payments {
            tenant,
            stores: None,
            customer: None,
            from: None,
            until: None,
            after: None,
            limit,
        }
        .into(),
    ];
    for state in TriageState::ALL {
        let reason = Vec::new();
        queries.push(TriagePage { tenant, state: *state, reason, after: None, limit }.into());
    }
    for (_, number) in PHONES {
        queries.push(Directory::Contact(tenant, ContactKind::Phone, number.into()).into());
    }
    queries.extend(known.parties.iter().map(|id| Directory::Party(tenant, Ref::Id(*id)).into()));
    for thread in &known.threads {
        let page = MessagePage {
            tenant,
            threads: vec![thread.id],
            roles: RoleSet::ALL,
            only: None,
            after: None,
            before: None,
            newest_first: false,
            limit,
        };
        queries.push(page.into());
        let (from_seq, to_seq) = (0, 1_000_000);
        queries.push(Receipts { tenant, thread: thread.id, from_seq, to_seq }.into());
    }
    let store = shop.store();
    queries.into_iter().map(|query| store.read(query).wait().map(without_positions)).collect()
}

/// The same random day in the store and in memory.
fn two_days(store: Arc<dyn Store>, seed: u64) -> Result<(Shop, Shop)> {
    let here = Shop::after_a_day(store, seed)?;
    let in_memory = Shop::after_a_day(Arc::new(MemoryStore::new()), seed)?;
    Ok((here, in_memory))
}

pub(super) fn tenants_do_not_see_each_other(store: Arc<dyn Store>) -> Verdict {
    let here = Shop::after_a_day(Arc::clone(&store), 5)?;
    let before = everything(&here)?;
    // The same references and numbers in another tenant.
    let there = Shop::furnish(store, OTHER_TENANT)?;
    let bob = there.customer("bob")?;
    bob.post(SubjectRef::order(host("o-1")?), PostMessage::text("of the other tenant")).wait()?;
    // What is due and which trails there are is asked over all tenants: the one query without one.
    let mine = |answers: Vec<Answer>| -> Vec<Answer> {
        answers.into_iter().filter(|answer| !matches!(answer, Answer::DueThreads(_))).collect()
    };
    same("the first tenant", mine(everything(&here)?), mine(before))?;
    let known = Known::of(&here)?;
    for thread in &known.threads {
        let mut query =
            crate::engine::scene_query(&Principal::staff(OTHER_TENANT, Role::Admin, host("root")?));
        query.target = Some(thread.id.into());
        let scene = there.store().ask(query).wait()?;
        same("the scene of another tenant's thread", scene.threads.len(), 0)?;
        let tenant = OTHER_TENANT;
        let page = MessagePage {
            tenant,
            threads: vec![thread.id],
            roles: RoleSet::ALL,
            only: None,
            after: None,
            before: None,
            newest_first: false,
            limit: 100,
        };
        same("messages of another tenant", there.store().ask(page).wait()?.len(), 0)?;
        let (from_seq, to_seq) = (0, 1_000_000);
        let receipts = Receipts { tenant, thread: thread.id, from_seq, to_seq };
        same("receipts of another tenant", there.store().ask(receipts).wait()?.len(), 0)?;
    }
    let found = there.staff(Role::Admin, "root")?;
    let found = found.search(&crate::MessageFilter::keyword("about")).wait()?;
    same("words of another tenant", found.hits.len(), 0)
}

pub(super) fn every_query_answers_as_defined(store: Arc<dyn Store>) -> Verdict {
    let (here, in_memory) = two_days(store, 71)?;
    for (found, expected) in everything(&here)?.into_iter().zip(everything(&in_memory)?) {
        same("an answer", found, expected)?;
    }
    let known = Known::of(&in_memory)?;
    let dice = Dice::new(72);
    for _ in 0..600 {
        let query = known.query(&dice)?;
        let (found, expected) = (answer(&here, query.clone()), answer(&in_memory, query.clone()));
        same(&format!("the answer to {query:?}"), found, expected)?;
    }
    Ok(())
}

/// P6 of the access rules at the store: whatever the filter, exactly those records pass for whose
/// facts it holds, in lists, in searches and in counts.
pub(super) fn any_filter_lets_the_right_records_through(store: Arc<dyn Store>) -> Verdict {
    let (here, in_memory) = two_days(store, 91)?;
    let known = Known::of(&in_memory)?;
    let dice = Dice::new(92);
    let mut passed = [0_usize; 3];
    for _ in 0..400 {
        let access = AccessFilter {
            filter: filter(&dice, 4),
            identity: identity(&dice, &known.parties, &known.stores),
        };
        let tenant = TENANT;
        let threads = Threads { access: access.clone(), ..unfiltered(tenant) };
        let search = MessageSearch {
            tenant,
            access: access.clone(),
            roles: access.identity.roles,
            keyword: None,
            threads: ThreadFilter::default(),
            via: Vec::new(),
            author_role: Vec::new(),
            kind: Vec::new(),
            topic: Vec::new(),
            from: None,
            until: None,
            unread: false,
            before: None,
            offset: 0,
            limit: 1_000,
            count_to: 1_000,
        };
        let targets = UnreadTargets::Threads(known.threads.iter().map(|t| t.id).collect());
        let roles = access.identity.roles;
        let unread = Unread { tenant, access, roles, targets };
        let queries: [Query; 3] = [threads.into(), search.into(), unread.into()];
        for (query, passed) in queries.into_iter().zip(&mut passed) {
            let expected = answer(&in_memory, query.clone());
            *passed += match &expected {
                Ok(Answer::Threads(page)) => page.threads.len(),
                Ok(Answer::MessageSearch(page)) => page.hits.len(),
                Ok(Answer::Unread(counts)) => counts.iter().flatten().count(),
                _ => 0,
            };
            same(&format!("the answer to {query:?}"), answer(&here, query), expected)?;
        }
    }
    holds("records pass filters of every kind", passed.iter().all(|count| *count > 500))
}

pub(super) fn pages_put_together_are_the_whole(store: Arc<dyn Store>) -> Verdict {
    let shop = Shop::after_a_day(store, 41)?;
    let store = shop.store();
    let whole = store.ask(unfiltered(TENANT)).wait()?.threads;
    let (mut threads, mut after) = (Vec::new(), None);
    loop {
        let page = store.ask(Threads { after, limit: 2, ..unfiltered(TENANT) }).wait()?;
        after = page.threads.last().map(|(thread, _)| (thread.active_at, thread.id));
        threads.extend(page.threads);
        if !page.more {
            break;
        }
    }
    same("pages of threads", threads, whole.clone())?;
    let ids: Vec<ThreadId> = whole.iter().map(|(thread, _)| thread.id).collect();
    let all = MessagePage {
        tenant: TENANT,
        threads: ids,
        roles: RoleSet::ALL,
        only: None,
        after: None,
        before: None,
        newest_first: false,
        limit: 10_000,
    };
    let whole = store.ask(all.clone()).wait()?;
    for newest_first in [false, true] {
        let (mut messages, mut last) = (Vec::new(), None);
        loop {
            let (after, before) = if newest_first { (None, last) } else { (last, None) };
            let page = MessagePage { after, before, newest_first, limit: 7, ..all.clone() };
            let page = store.ask(page).wait()?;
            let Some(end) = page.last() else { break };
            last = Some(end.row.new.id);
            messages.extend(page);
        }
        if newest_first {
            messages.reverse();
        }
        same("pages of messages", messages, whole.clone())?;
    }
    let (mut seqs, mut after) = (Vec::new(), 0);
    loop {
        let page = store.ask(AuditPage { tenant: TENANT, after, thread: None, limit: 9 }).wait()?;
        let Some(end) = page.last() else { break };
        after = end.seq;
        seqs.extend(page.iter().map(|entry| entry.seq));
    }
    let head = store.ask(Head { tenant: TENANT }).wait()?.map_or(0, |head| head.seq);
    same("pages of the trail", seqs, (1..=head).collect())
}

pub(super) fn words_are_found(store: Arc<dyn Store>) -> Verdict {
    let shop = Shop::furnish(store, TENANT)?;
    let admin = shop.staff(Role::Admin, "root")?;
    let order = SubjectRef::order(host("o-1")?);
    let post = |text: &str| -> Result<MessageId> {
        Ok(admin.post(order.clone(), PostMessage::text(text)).wait()?.id)
    };
    let accents = post("La réparation est planifiée à l'été")?;
    let chinese = post("您的订单已经发货了")?;
    let arabic = post("موعد التسليم غداً صباحاً")?;
    let german = post("Die STRASSE ist gesperrt")?;
    let number = post("Order ORD-123 is late, the order is late")?;
    let emoji = post("Ready 🚚 to roll")?;
    let quotes = post("He said \"NOT now\" AND left*")?;
    for (words, expected) in [
        ("reparation", vec![accents]),
        ("ÉTÉ", vec![accents]),
        ("planif*", vec![accents]),
        ("订单", vec![chinese]),
        ("单订", vec![]),
        ("التسليم", vec![arabic]),
        ("strasse", vec![german]),
        ("ord-123", vec![number]),
        ("ord123", vec![]),
        ("\"order is late\"", vec![number]),
        ("\"late order is\"", vec![]),
        ("late -123", vec![]),
        ("ready roll", vec![emoji]),
        ("not now and", vec![quotes]),
        ("NEAR(he said)", vec![]),
    ] {
        let found = admin.search(&crate::MessageFilter::keyword(words)).wait()?;
        let ids: Vec<MessageId> = found.hits.iter().map(|hit| hit.message.id).collect();
        same(&format!("what {words:?} finds"), ids, expected)?;
    }
    // A correction is found by its new words, a retraction and a redaction by none.
    admin.correct(german, "The bridge is closed").wait()?;
    admin.retract(accents).wait()?;
    admin.redact(number, Redaction::All, "a number too many").wait()?;
    for (words, expected) in
        [("strasse", vec![]), ("bridge", vec![german]), ("reparation", vec![]), ("late", vec![])]
    {
        let found = admin.search(&crate::MessageFilter::keyword(words)).wait()?;
        let ids: Vec<MessageId> = found.hits.iter().map(|hit| hit.message.id).collect();
        same(&format!("what {words:?} finds afterwards"), ids, expected)?;
    }
    Ok(())
}

pub(super) fn what_is_due_comes_in_order(store: Arc<dyn Store>) -> Verdict {
    let shop = Shop::furnish(store, TENANT)?;
    let admin = shop.staff(Role::Admin, "root")?;
    let now = shop.engine.now();
    let after = |seconds| now.saturating_add(std::time::Duration::from_secs(seconds));
    let mut threads = Vec::new();
    for (number, seconds) in [(0, 300), (1, 100), (2, 200)] {
        let key = format!("due-{number}");
        admin.put_subject(PutSubject::order(host(&key)?, host("ada")?)).wait()?;
        let order = SubjectRef::order(host(&key)?);
        admin.ensure_thread(order.clone()).wait()?;
        threads.push(admin.snooze(order, after(seconds)).wait()?.id);
    }
    let due = |now, limit| shop.store().ask(DueThreads { now, limit }).wait();
    let ids = |found: &[Thread]| found.iter().map(|thread| thread.id).collect::<Vec<_>>();
    let by = |places: &[usize]| {
        places.iter().filter_map(|place| threads.get(*place).copied()).collect::<Vec<_>>()
    };
    let early = due(after(50), 10)?;
    same("nothing is due yet", (ids(&early.threads), early.next), (by(&[]), Some(after(100))))?;
    let some = due(after(200), 10)?;
    same("two are due", (ids(&some.threads), some.next), (by(&[1, 2]), Some(after(300))))?;
    let one = due(after(200), 1)?;
    same("one at a time", (ids(&one.threads), one.next), (by(&[1]), Some(after(200))))?;
    let tenants: Vec<TenantId> = one.trails.iter().map(|(tenant, ..)| *tenant).collect();
    same("the trails there are", tenants, vec![TENANT])?;
    shop.wait(250);
    let tick = shop.engine.tick().wait()?;
    if tick.next != Some(after(300)) {
        return Err(Failure(format!("the next wake-up is {:?}", tick.next)));
    }
    same("the one that is left", ids(&due(after(400), 10)?.threads), by(&[0]))
}
