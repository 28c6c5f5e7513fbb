//! What a store must do with follow-ups.

use std::sync::Arc;

use crate::access::{Filter, Role};
use crate::directory::{Party, PartyState};
use crate::error::Result;
use crate::followups::Followup;
use crate::session::{Desk, Session};
use crate::store::testing::queries::{Known, unfiltered};
use crate::store::testing::shop::{Dice, OTHER_TENANT, Shop, TENANT, filter, host, identity, keys};
use crate::store::testing::{Failure, Verdict, holds, same};
use crate::store::{
    AccessFilter, Change, ChangeSet, Directory, DirectoryEntry, Expect, Followups, Outcome,
    SceneQuery, Store,
};
use crate::{
    FollowupResult, FollowupState, LogFollowup, MemoryStore, PartyId, Principal, PutSubject,
    ScheduleFollowup, Timestamp, UpdateFollowup, Wait as _,
};

const JOBS: [(&str, &str); 3] = [("j-0", "ada"), ("j-1", "eve"), ("j-2", "bob")];

fn all(limit: u32) -> Followups {
    Followups {
        tenant: TENANT,
        access: unfiltered(TENANT).access,
        customer: None,
        job: None,
        state: Vec::new(),
        from: None,
        until: None,
        after: None,
        limit,
    }
}

/// Who works in the shop: two administrators, and a technician on jobs of hers.
fn worker(shop: &Shop, dice: &Dice) -> Result<Session<Desk>> {
    match dice.below(3) {
        0 => shop.staff(Role::Admin, "root"),
        1 => shop.staff(Role::Admin, "gina"),
        _ => shop.staff(Role::Technician, "tom"),
    }
}

/// Sixty follow-ups, some after jobs and some at the same instant, and where they went from there.
fn followed(store: Arc<dyn Store>) -> Result<Shop> {
    let shop = Shop::furnish(store, TENANT)?;
    let root = shop.staff(Role::Admin, "root")?;
    let job = PutSubject::job(host("j-2")?, host("bob")?).in_store(host("north")?);
    root.put_subject(job.assigned_to(host("tom")?)).wait()?;
    let (dice, begin) = (Dice::new(17), shop.engine.now());
    let hour = |hours| std::time::Duration::from_secs(hours * 3_600);
    let mut made: Vec<Followup> = Vec::new();
    while made.len() < 60 {
        shop.wait(dice.below(900));
        let (job, customer) = dice.pick(&JOBS).unwrap_or(("j-0", "ada"));
        let job = if dice.one_in(3) { None } else { Some(host(job)?.into()) };
        let note = Some(format!("a note about {customer}"));
        let at = begin.saturating_add(hour(dice.below(9)));
        let result = FollowupResult {
            rating: dice.one_in(2).then_some(4),
            comment: Some(format!("words of {customer}")),
        };
        let done = if dice.one_in(3) {
            let done = LogFollowup::new(host(customer)?);
            let occurred_at = Some(at.min(shop.engine.now()));
            let result = Some(result.clone()).filter(|_| dice.one_in(2));
            let done = LogFollowup { job, note, occurred_at, result, ..done };
            worker(&shop, &dice)?.log_followup(&done).wait()
        } else {
            let plan = ScheduleFollowup::new(host(customer)?);
            let due_at = (!dice.one_in(4)).then_some(at);
            worker(&shop, &dice)?
                .schedule_followup(&ScheduleFollowup { job, note, due_at, ..plan })
                .wait()
        };
        // A refusal is a part of the day.
        made.extend(done);
        if let Some(one) = dice.pick(&made) {
            let to = dice.pick(FollowupState::ALL).unwrap_or(FollowupState::Sent);
            let result = Some(result).filter(|_| to == FollowupState::Completed);
            let change = UpdateFollowup { result, ..UpdateFollowup::to(to) };
            let _ = worker(&shop, &dice)?.update_followup(one.id, &change).wait();
        }
    }
    Ok(shop)
}

pub(super) fn followups_come_in_the_order_of_their_instants(store: Arc<dyn Store>) -> Verdict {
    let shop = followed(store)?;
    let elsewhere = Shop::furnish(Arc::clone(shop.store()), OTHER_TENANT)?;
    let store = shop.store();
    let read = |query: Followups| store.ask(query).wait();
    let whole = read(all(1_000))?;
    holds("every follow-up is there", whole.len() == 60)?;
    let states = FollowupState::ALL
        .iter()
        .filter(|state| whole.iter().any(|followup| followup.state == **state));
    holds("of most states", states.count() > 5)?;
    let place = |followup: &Followup| (followup.at(), followup.id);
    holds("in order", whole.is_sorted_by_key(place))?;
    let mut pages = Vec::new();
    while let page = read(Followups { after: pages.last().map(place), ..all(7) })?
        && !page.is_empty()
    {
        pages.extend(page);
    }
    same("pages put together", &pages, &whole)?;
    let within = |keep: &dyn Fn(&Followup) -> bool| -> Vec<Followup> {
        whole.iter().filter(|followup| keep(followup)).cloned().collect()
    };
    let customer = whole.first().map(|followup| followup.customer);
    let of_one = read(Followups { customer, ..all(1_000) })?;
    same("of one customer", of_one, within(&|one| Some(one.customer) == customer))?;
    let job = whole.iter().find_map(|followup| followup.job);
    let after_job = read(Followups { job, ..all(1_000) })?;
    same("after one job", after_job, within(&|one| job.is_some() && one.job == job))?;
    let middle = whole.get(30).map(Followup::at);
    let end = whole.get(50).map(Followup::at);
    let window = read(Followups { from: middle, until: end, ..all(1_000) })?;
    let is_inside = |one: &Followup| middle <= Some(one.at()) && Some(one.at()) < end;
    same("of a window", window, within(&is_inside))?;
    for state in [
        vec![FollowupState::Pending],
        vec![FollowupState::Pending, FollowupState::Sent, FollowupState::Failed],
        vec![FollowupState::Completed, FollowupState::Scheduled],
    ] {
        let found = read(Followups { state: state.clone(), until: end, ..all(1_000) })?;
        let expected = within(&|one| state.contains(&one.state) && Some(one.at()) < end);
        same(&format!("those that are {state:?}"), found, expected)?;
    }
    for one in whole.iter().take(9) {
        let principal = Principal::staff(TENANT, Role::Admin, host("root")?);
        let query = SceneQuery { followup: Some(one.id), ..crate::engine::scene_query(&principal) };
        let scene = store.ask(query.clone()).wait()?.followup;
        let (found, job) = scene.ok_or_else(|| Failure("nothing is found".into()))?;
        same("one by its id", (&found, job.map(|job| job.id)), (one, one.job))?;
        let query = SceneQuery { tenant: OTHER_TENANT, ..query };
        same("one by its id elsewhere", store.ask(query).wait()?.followup, None)?;
    }
    let other = read(Followups { tenant: elsewhere.tenant, ..all(9) })?;
    same("of another tenant", other, Vec::new())
}

/// P6 of the access rules: whatever the filter, exactly those pass for whose facts it holds.
pub(super) fn any_filter_lets_the_right_followups_through(store: Arc<dyn Store>) -> Verdict {
    let (here, in_memory) = (followed(store)?, followed(Arc::new(MemoryStore::new()))?);
    let known = Known::of(&in_memory)?;
    let whole = in_memory.store().ask(all(1_000)).wait()?;
    let jobs: Vec<_> = whole.iter().filter_map(|followup| followup.job).collect();
    let (dice, mut passed) = (Dice::new(18), 0);
    for round in 0..400 {
        let access = AccessFilter {
            filter: if round == 0 { Filter::Everything } else { filter(&dice, 4) },
            identity: identity(&dice, &known.parties, &known.stores),
        };
        let query = Followups {
            access,
            customer: dice.pick(&known.parties).filter(|_| dice.one_in(4)),
            job: dice.pick(&jobs).filter(|_| dice.one_in(9)),
            state: if dice.one_in(3) { dice.some(FollowupState::ALL) } else { Vec::new() },
            ..all(1_000)
        };
        let expected = in_memory.store().ask(query.clone()).wait()?;
        passed += expected.len();
        same(&format!("the answer to {query:?}"), here.store().ask(query).wait()?, expected)?;
    }
    holds("follow-ups pass filters of every kind", passed > 1_000)
}

pub(super) fn followups_of_the_erased_have_no_words(store: Arc<dyn Store>) -> Verdict {
    let shop = followed(store)?;
    let store = shop.store();
    let before = store.ask(all(1_000)).wait()?;
    let open = before.iter().find(|one| one.state.is_open() && one.note.is_some());
    holds("somebody is still to be followed up", open.is_some())?;
    let officer = shop.staff(Role::PrivacyOfficer, "olga")?;
    // Whoever logged it has written the note, and not what the customer said.
    let tom = officer.erase_party(host("tom")?, "has left").wait()?.party;
    for one in store.ask(all(1_000)).wait()? {
        let was = before.iter().find(|was| was.id == one.id);
        let was = was.ok_or_else(|| Failure("a follow-up is new".into()))?;
        let is_toms = one.logged_by == Some(tom);
        let (version, note) = (was.version + u64::from(is_toms), was.note.clone());
        let note = note.filter(|_| !is_toms);
        same("after the technician's erasure", one, Followup { note, version, ..was.clone() })?;
    }
    let ada = officer.erase_party(host("ada")?, "asked for it").wait()?.party;
    let mut kept = store.ask(all(1_000)).wait()?;
    holds("others have follow-ups", !kept.is_empty())?;
    holds("those of the erased are not worked with", kept.iter().all(|one| one.customer != ada))?;
    let late = before.iter().find(|one| one.customer == ada);
    let late = late.ok_or_else(|| Failure("the customer has no follow-up".into()))?;
    let mut set = ChangeSet::new(TENANT, Timestamp::MIN);
    set.expect.push(Expect::Followup(late.id, late.version));
    set.changes.push(Change::PutFollowup(Box::new(late.clone())));
    let outcome = store.commit(set, &keys()?).wait()?;
    same("a change that was decided before", outcome, Outcome::Stale)?;
    // What is not worked with has no words either.
    put_back(store, ada)?;
    kept = store.ask(all(1_000)).wait()?;
    let of_ada: Vec<_> = kept.iter().filter(|one| one.customer == ada).collect();
    holds("the records stay", !of_ada.is_empty())?;
    let has_words = |one: &&Followup| {
        let comment = one.result.as_ref().and_then(|result| result.comment.as_ref());
        one.note.is_some() || comment.is_some() || one.state.is_open()
    };
    holds("without words, and nothing is to be done", !of_ada.iter().any(has_words))?;
    holds("ratings stay", of_ada.iter().any(|one| one.result.is_some()))
}

/// Makes a party active again, as no operation can.
fn put_back(store: &Arc<dyn Store>, party: PartyId) -> Result<()> {
    let entry = store.ask(Directory::Party(TENANT, party.into())).wait()?;
    if let Some(DirectoryEntry::Party(party)) = entry {
        let mut set = ChangeSet::new(TENANT, Timestamp::MIN);
        set.changes.push(Change::PutParty(Party { state: PartyState::Active, ..party }));
        store.commit(set, &keys()?).wait()?;
    }
    Ok(())
}
