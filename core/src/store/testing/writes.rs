//! What a commit must do: all or nothing, once, in order.

use std::sync::Arc;

use uuid::Uuid;

use crate::directory::ContactPoint;
use crate::error::{Code, Result};
use crate::ids::{ExternalRef, Kind as _, Ref, TenantId, TriageId, kind};
use crate::inbound::{Arrival, ArrivalKey};
use crate::store::testing::reads::everything;
use crate::store::testing::shop::{OTHER_TENANT, Shop, TENANT, host, keys};
use crate::store::testing::{Failure, Verdict, holds, same};
use crate::store::{
    Change, ChangeSet, Committed, Consumer, Directory, DirectoryEntry, EventOrder, EventPage,
    Expect, IdempotencyKey, IdempotencyRecord, Outcome, Scene, Store,
};
use crate::threads::Participant;
use crate::{
    AuditKey, Channel, ContactKind, MessageQuery, PartyId, PartyKind, PostMessage, Role,
    SubjectRef, Timestamp, Wait as _,
};

fn commit(store: &Arc<dyn Store>, set: ChangeSet) -> Result<Outcome> {
    store.commit(set, &keys()?).wait()
}

fn at() -> Result<Timestamp> {
    Timestamp::from_millis(1_772_438_400_000)
}

fn set(changes: impl IntoIterator<Item = Change>) -> Result<ChangeSet> {
    let mut set = ChangeSet::new(TENANT, at()?);
    set.changes.extend(changes);
    Ok(set)
}

fn party(number: u128) -> Result<crate::directory::Party> {
    Ok(crate::directory::Party {
        id: PartyId::from_uuid(Uuid::from_u128(0x7000_8000_0000_0000_0000 + number)),
        tenant: TENANT,
        kind: PartyKind::Customer,
        name: Some("somebody".into()),
        contacts: Vec::new(),
        state: crate::directory::PartyState::Active,
        created_at: at()?,
        version: 0,
    })
}

fn stored_party(store: &Arc<dyn Store>, id: PartyId) -> Result<Option<DirectoryEntry>> {
    store.ask(Directory::Party(TENANT, Ref::Id(id))).wait()
}

/// The scene of an order that has a thread with one message.
fn conversation(shop: &Shop) -> Result<Scene> {
    let order = SubjectRef::order(host("o-1")?);
    let root = shop.staff(Role::Admin, "root")?;
    root.post(order.clone(), PostMessage::text("hello")).wait()?;
    root.mark_all_read(order.clone()).wait()?;
    let mut query = crate::engine::scene_query(root.principal());
    query.target = Some(order.into());
    query.read_states = true;
    shop.store().ask(query).wait()
}

pub(super) fn a_stale_expectation_writes_nothing(store: Arc<dyn Store>) -> Verdict {
    let shop = Shop::furnish(store, TENANT)?;
    let scene = conversation(&shop)?;
    let store = shop.store();
    let part = scene.threads.first().ok_or_else(|| Failure("the order has no scene".into()))?;
    let thread = part.thread.as_ref().ok_or_else(|| Failure("the order has no thread".into()))?;
    let subject = &part.subject;
    let nobody = party(9)?.id;
    let storefront = subject.store.ok_or_else(|| Failure("the order has no storefront".into()))?;
    let directory = Directory::Storefront(TENANT, Ref::Id(storefront));
    let Some(DirectoryEntry::Storefront(kept)) = store.ask(directory).wait()? else {
        return Err(Failure("the storefront is not there".into()));
    };
    let unread = crate::MessageId::from_uuid(Uuid::from_u128(5));
    let unpaid = crate::PaymentId::from_uuid(Uuid::from_u128(6));
    let unheard = crate::FollowupId::from_uuid(Uuid::from_u128(7));
    let waiting = TriageId::from_uuid(Uuid::from_u128(5));
    let expectations = [
        (Expect::Tenant(0), Expect::Tenant(1)),
        (Expect::Party(nobody, 0), Expect::Party(nobody, 1)),
        (Expect::Payment(unpaid, 0), Expect::Payment(unpaid, 1)),
        (Expect::Followup(unheard, 0), Expect::Followup(unheard, 1)),
        (
            Expect::Storefront(storefront, kept.version),
            Expect::Storefront(storefront, kept.version + 1),
        ),
        (Expect::Subject(subject.id, subject.version), Expect::Subject(subject.id, 0)),
        (Expect::Thread(thread.id, thread.version), Expect::Thread(thread.id, thread.version + 1)),
        (
            Expect::NoThread(crate::SubjectId::from_uuid(Uuid::from_u128(5))),
            Expect::NoThread(subject.id),
        ),
        (Expect::ReadState(thread.id, nobody, 0), Expect::ReadState(thread.id, nobody, 1)),
        (Expect::Later(unread, 0), Expect::Later(unread, 1)),
        (Expect::Triage(waiting, 0), Expect::Triage(waiting, 1)),
    ];
    let before = everything(&shop)?;
    for (number, (_, stale)) in (0..).zip(&expectations) {
        let mut stale_set = set([Change::PutParty(party(number)?)])?;
        // All but one hold.
        stale_set.expect = expectations.iter().map(|(right, _)| right.clone()).collect();
        stale_set.expect.push(stale.clone());
        same(&format!("{stale:?}"), commit(store, stale_set)?, Outcome::Stale)?;
        same("the party of a stale set", stored_party(store, party(number)?.id)?, None)?;
    }
    same("the store after stale sets", everything(&shop)?, before)?;
    let mut right = set([Change::PutParty(party(1)?)])?;
    right.expect = expectations.into_iter().map(|(right, _)| right).collect();
    holds("right expectations", matches!(commit(store, right)?, Outcome::Committed(_)))
}

pub(super) fn a_failure_in_the_middle_writes_nothing(store: Arc<dyn Store>) -> Verdict {
    let shop = Shop::furnish(store, TENANT)?;
    let store = shop.store();
    let part = conversation(&shop)?.threads.into_iter().next();
    let subject = part.ok_or_else(|| Failure("the order has no scene".into()))?.subject;
    let mut other = subject.clone();
    other.id = crate::SubjectId::from_uuid(Uuid::from_u128(0x77));
    let before = everything(&shop)?;
    let failing = set([Change::PutParty(party(3)?), Change::PutSubject(other)])?;
    let error = commit(store, failing).err().map(|error| error.code());
    same("a number of another subject", error, Some(Code::ReferenceTaken))?;
    same("the party before it", stored_party(store, party(3)?.id)?, None)?;
    same("the store after a failure", everything(&shop)?, before)
}

pub(super) fn places_have_no_gap(store: Arc<dyn Store>) -> Verdict {
    let shop = Shop::after_a_day(store, 11)?;
    let store = shop.store();
    let page = EventPage { tenant: TENANT, order: EventOrder::Position, after: 0, limit: 10_000 };
    let events = store.ask(page).wait()?;
    holds("a day has events", events.len() > 100)?;
    let rising = events.windows(2).all(|pair| matches!(pair, [a, b] if a.position < b.position));
    holds("positions of events rise", rising)?;
    let mut heads = std::collections::BTreeMap::new();
    for event in &events {
        let (seq, public) = heads.entry(event.draft.stream).or_insert((0, 0));
        *seq += 1;
        same("the number of an event", event.seq, *seq)?;
        same("the id of an event", event.id, event.draft.stream.event_id(TENANT, *seq))?;
        if event.draft.visibility.is_public() {
            *public += 1;
        }
        let expected = event.draft.visibility.is_public().then_some(*public);
        same("the public number of an event", event.public_seq, expected)?;
    }
    let admin = shop.staff(Role::Admin, "root")?;
    for number in 0..8 {
        let order = SubjectRef::order(host(&format!("o-{number}"))?);
        let query = MessageQuery { limit: 500, ..MessageQuery::default() };
        let list = admin.messages(order, query).wait()?;
        let Some(thread) = list.thread else { continue };
        let own = list.messages.iter().filter(|message| message.thread == thread.id);
        let seqs: Vec<u64> = own.map(|message| message.seq).collect();
        let rising = seqs.windows(2).all(|pair| matches!(pair, [a, b] if a < b));
        holds("numbers of messages rise", rising)?;
        holds("the counter is not behind", seqs.last().copied() <= Some(thread.counters.messages))?;
    }
    Ok(())
}

pub(super) fn time_in_a_thread_does_not_run_backwards(store: Arc<dyn Store>) -> Verdict {
    let shop = Shop::furnish(store, TENANT)?;
    let scene = conversation(&shop)?;
    let thread = scene.threads.into_iter().find_map(|part| part.thread);
    let thread = thread.ok_or_else(|| Failure("the order has no thread".into()))?;
    // Another machine's clock is an hour behind.
    let early = Timestamp::from_millis(thread.active_at.as_millis() - 3_600_000)?;
    let (message, content) = crate::store::testing::reads::plain_message(thread.id, early, 0x99);
    let mut set = ChangeSet::new(TENANT, early);
    set.changes.push(Change::Append { message, content });
    let Outcome::Committed(Committed { messages, .. }) = commit(shop.store(), set)? else {
        return Err(Failure("an append was not committed".into()));
    };
    let row = messages.first().ok_or_else(|| Failure("the append has no row".into()))?;
    same("the instant of a late message", row.new.created_at, thread.active_at)?;
    same("its number", row.seq, thread.counters.messages + 1)
}

fn keyed(actor: u128, key: &str, result: &str) -> Result<ChangeSet> {
    let mut set = set([])?;
    set.idempotency = Some(IdempotencyRecord {
        key: IdempotencyKey { actor: Uuid::from_u128(actor), key: key.into() },
        fingerprint: [7; 32],
        result: serde_json::json!({ "result": result }),
    });
    Ok(set)
}

pub(super) fn a_key_is_used_once(store: Arc<dyn Store>) -> Verdict {
    let first = keyed(1, "k", "first")?;
    let record = first.idempotency.clone();
    holds("the first use", matches!(commit(&store, first)?, Outcome::Committed(_)))?;
    let mut again = keyed(1, "k", "second")?;
    again.changes.push(Change::PutParty(party(1)?));
    let repeated = match commit(&store, again)? {
        Outcome::Repeated(record) => Some(record),
        _ => None,
    };
    same("a repetition", repeated, record)?;
    same("the party of a repetition", stored_party(&store, party(1)?.id)?, None)?;
    for (actor, key) in [(2, "k"), (1, "K")] {
        let other = keyed(actor, key, "other")?;
        holds("another key", matches!(commit(&store, other)?, Outcome::Committed(_)))?;
    }
    let mut elsewhere = keyed(1, "k", "elsewhere")?;
    elsewhere.tenant = OTHER_TENANT;
    holds("another tenant's key", matches!(commit(&store, elsewhere)?, Outcome::Committed(_)))?;
    let later = Timestamp::from_millis(at()?.as_millis() + 1)?;
    commit(&store, set([Change::ForgetIdempotency(later)])?)?;
    let anew = keyed(1, "k", "anew")?;
    holds("a forgotten key", matches!(commit(&store, anew)?, Outcome::Committed(_)))?;
    let mut elsewhere = keyed(1, "k", "again")?;
    elsewhere.tenant = OTHER_TENANT;
    holds(
        "another tenant forgot nothing",
        matches!(commit(&store, elsewhere)?, Outcome::Repeated(_)),
    )
}

pub(super) fn a_reference_points_to_one_record(store: Arc<dyn Store>) -> Verdict {
    let reference = ExternalRef::new("erp", "7")?;
    let point = |tenant: TenantId, kind, number| -> Result<Outcome> {
        let mut set = set([Change::PutReference {
            kind,
            reference: reference.clone(),
            id: Uuid::from_u128(number),
        }])?;
        set.tenant = tenant;
        commit(&store, set)
    };
    let party_kind = kind::Party::NAME;
    holds("a free one", matches!(point(TENANT, party_kind, 1)?, Outcome::Committed(_)))?;
    holds("the same again", matches!(point(TENANT, party_kind, 1)?, Outcome::Committed(_)))?;
    same("a taken one", point(TENANT, party_kind, 2)?, Outcome::Stale)?;
    holds("of another kind", matches!(point(TENANT, "job", 2)?, Outcome::Committed(_)))?;
    holds("of another tenant", matches!(point(OTHER_TENANT, party_kind, 2)?, Outcome::Committed(_)))
}

pub(super) fn a_number_belongs_to_one_subject(store: Arc<dyn Store>) -> Verdict {
    let shop = Shop::furnish(store, TENANT)?;
    let part = conversation(&shop)?.threads.into_iter().next();
    let subject = part.ok_or_else(|| Failure("the order has no scene".into()))?.subject;
    let mut other = subject.clone();
    other.id = crate::SubjectId::from_uuid(Uuid::from_u128(0x78));
    other.version = 0;
    let put = |subject| commit(shop.store(), set([Change::PutSubject(subject)])?);
    let code = |outcome: Result<Outcome>| outcome.err().map(|error| error.code());
    same("a taken number", code(put(other.clone())), Some(Code::ReferenceTaken))?;
    same("its own number", code(put(subject.clone())), None)?;
    let without = crate::directory::Subject { number: None, ..other.clone() };
    same("no number", code(put(without.clone())), None)?;
    let second = crate::SubjectId::from_uuid(Uuid::from_u128(0x79));
    let without = crate::directory::Subject { id: second, ..without };
    same("no number again", code(put(without)), None)?;
    let elsewhere = crate::directory::Subject { store: None, ..other };
    same("the number outside the storefront", code(put(elsewhere)), None)
}

pub(super) fn an_address_belongs_to_one_party(store: Arc<dyn Store>) -> Verdict {
    let with = |number: u128, kind, key: &str| -> Result<crate::directory::Party> {
        let address = format!("written as {key}");
        let contact = ContactPoint { kind, key: key.into(), address };
        Ok(crate::directory::Party { contacts: vec![contact], ..party(number)? })
    };
    let owner = |key: &str| -> Result<Option<PartyId>> {
        let query = Directory::Contact(TENANT, ContactKind::Email, key.into());
        Ok(store.ask(query).wait()?.and_then(|entry| match entry {
            DirectoryEntry::Party(party) => Some(party.id),
            _ => None,
        }))
    };
    let put = |party| commit(&store, set([Change::PutParty(party)])?);
    let code = |outcome: Result<Outcome>| outcome.err().map(|error| error.code());
    let (first, second) = (party(1)?.id, party(2)?.id);
    same("a free address", code(put(with(1, ContactKind::Email, "a@b.c")?)), None)?;
    same("its owner", owner("a@b.c")?, Some(first))?;
    let taken = code(put(with(2, ContactKind::Email, "a@b.c")?));
    same("a taken address", taken, Some(Code::ReferenceTaken))?;
    same("the party with a taken address", stored_party(&store, second)?, None)?;
    same("of another kind", code(put(with(2, ContactKind::Custom, "a@b.c")?)), None)?;
    let mut elsewhere = set([Change::PutParty(with(3, ContactKind::Email, "a@b.c")?)])?;
    elsewhere.tenant = OTHER_TENANT;
    for change in &mut elsewhere.changes {
        if let Change::PutParty(party) = change {
            party.tenant = OTHER_TENANT;
        }
    }
    holds("of another tenant", matches!(commit(&store, elsewhere)?, Outcome::Committed(_)))?;
    same("the owner still", owner("a@b.c")?, Some(first))?;
    let Some(DirectoryEntry::Party(kept)) = stored_party(&store, first)? else {
        return Err(Failure("the party is not there".into()));
    };
    same("the address as written", kept.contacts, with(1, ContactKind::Email, "a@b.c")?.contacts)?;
    let mut moved = with(1, ContactKind::Email, "new@b.c")?;
    moved.version = 1;
    same("another address", code(put(moved)), None)?;
    same("the old one is free", owner("a@b.c")?, None)?;
    same("the new one", owner("new@b.c")?, Some(first))
}

pub(super) fn a_delivery_becomes_one_thing(store: Arc<dyn Store>) -> Verdict {
    let arrival = |account: &str, message: Option<u128>, triage: Option<u128>| Arrival {
        key: ArrivalKey {
            channel: Channel::Sms,
            account: account.into(),
            provider_ref: "one".into(),
        },
        message: message.map(|id| crate::MessageId::from_uuid(Uuid::from_u128(id))),
        triage: triage.map(|id| TriageId::from_uuid(Uuid::from_u128(id))),
    };
    let put = |tenant: TenantId, arrival: &Arrival| -> Result<bool> {
        let mut set = set([Change::PutArrival(arrival.clone())])?;
        set.tenant = tenant;
        Ok(matches!(commit(&store, set)?, Outcome::Committed(_)))
    };
    let found = |key: &ArrivalKey| -> Result<Option<Arrival>> {
        let principal = crate::Principal::staff(TENANT, Role::Admin, host("root")?);
        let mut query = crate::engine::scene_query(&principal);
        query.arrival = Some(key.clone());
        Ok(store.ask(query).wait()?.arrival)
    };
    let message = arrival("a", Some(1), None);
    holds("a new delivery", put(TENANT, &message)?)?;
    for other in [arrival("a", Some(2), None), arrival("a", None, Some(2)), message.clone()] {
        holds("a delivery again", !put(TENANT, &other)?)?;
    }
    same("what it has become", found(&message.key)?, Some(message.clone()))?;
    holds("another account's", put(TENANT, &arrival("b", None, Some(3)))?)?;
    holds("another tenant's", put(OTHER_TENANT, &message)?)?;
    holds("a message of other triage", !put(TENANT, &arrival("b", Some(4), Some(9)))?)?;
    let settled = arrival("b", Some(4), Some(3));
    holds("a message of its triage", put(TENANT, &settled)?)?;
    same("what it has become then", found(&settled.key)?, Some(settled))
}

pub(super) fn a_consumer_never_goes_back(store: Arc<dyn Store>) -> Verdict {
    let query = Consumer { tenant: TENANT, name: "mailer".into() };
    same("a new consumer", store.ask(query.clone()).wait()?, 0)?;
    for (position, expected) in [(5, 5), (3, 5), (9, 9)] {
        commit(&store, set([Change::PutConsumer { name: "mailer".into(), position }])?)?;
        same("the place of a consumer", store.ask(query.clone()).wait()?, expected)?;
    }
    let other = Consumer { tenant: OTHER_TENANT, name: "mailer".into() };
    same("another tenant's consumer", store.ask(other).wait()?, 0)
}

pub(super) fn an_erasure_takes_all_that_is_personal(store: Arc<dyn Store>) -> Verdict {
    let shop = Shop::after_a_day(store, 23)?;
    let before = everything(&shop)?;
    let said = format!("{before:?}");
    holds("what is personal is there before", said.contains("Agent of bob"))?;
    let officer = shop.staff(Role::PrivacyOfficer, "petra")?;
    officer.erase_party(host("bob")?, "asked for it").wait()?;
    let after = format!("{:?}", everything(&shop)?);
    for word in ["Agent of bob", "bob of the shop", "bob@shop.example", "words of bob"] {
        holds(&format!("no trace is left of {word:?}"), !after.contains(word))?;
    }
    let admin = shop.staff(Role::Admin, "root")?;
    for number in [1, 4, 7] {
        let order = SubjectRef::order(host(&format!("o-{number}"))?);
        let query = MessageQuery { limit: 500, ..MessageQuery::default() };
        for message in admin.messages(order, query).wait()?.messages {
            let of_bob = message.author.role == Role::Customer;
            holds("words of the person are gone", !of_bob || message.text.is_empty())?;
        }
    }
    shop.verify()
}

pub(super) fn the_trail_is_sealed(store: Arc<dyn Store>) -> Verdict {
    let shop = Shop::after_a_day(store, 31)?;
    shop.verify()?;
    // Sealed with another key, the next entry is known by that key's name, and found out without it.
    let other = AuditKey::from_bytes("other", &[1; 32])?;
    let scene = conversation(&shop)?;
    let thread = scene.threads.into_iter().find_map(|part| part.thread);
    let thread = thread.ok_or_else(|| Failure("the order has no thread".into()))?;
    let participant = Participant {
        thread: thread.id,
        party: party(4)?.id,
        role: Role::Agent,
        joined_at: at()?,
        left_at: None,
        muted: false,
    };
    let mut set = set([Change::PutParticipant(participant)])?;
    set.audit.push(crate::store::testing::reads::audit_draft(thread.id, at()?));
    shop.store().commit(set, &other.into()).wait()?;
    holds("an entry of an unknown key is found", shop.verify().is_err())
}
