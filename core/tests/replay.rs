//! Long random days, checked against naive models and replayed on another store.
#![cfg(test)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{World, host, order};
use goodwill::messages::MessageState;
use goodwill::{
    Code, MessageFilter, MessageId, MessageQuery, PostMessage, Redaction, Role, SystemEvent,
    ThreadQuery, UnreadTargets, Wait,
};
use proptest::prelude::*;

/// Who acts: a customer, a supplier, a reseller, an administrator, an agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Ada,
    Bob,
    Acme,
    Rita,
    Root,
    Boss,
    Gina,
}

const EVERYBODY: [Who; 7] =
    [Who::Ada, Who::Bob, Who::Acme, Who::Rita, Who::Root, Who::Boss, Who::Gina];

/// What they do. Numbers choose among the messages that there are.
#[derive(Debug, Clone)]
enum Step {
    Post(Who, u8, bool),
    Event(u8),
    Read(Who, u8),
    ReadAll(Who, u8),
    Unread(Who, u8),
    Correct(Who, u8),
    Retract(Who, u8),
    React(Who, u8),
    Redact(u8),
    Move(Who, u8, u8),
    Wait(u16),
}

fn step() -> impl Strategy<Value = Step> {
    let who = || prop::sample::select(EVERYBODY.to_vec());
    let message = || any::<u8>();
    let order = || 1_u8..=2;
    prop_oneof![
        6 => (who(), order(), any::<bool>()).prop_map(|(w, o, i)| Step::Post(w, o, i)),
        1 => order().prop_map(Step::Event),
        3 => (who(), message()).prop_map(|(w, m)| Step::Read(w, m)),
        2 => (who(), order()).prop_map(|(w, o)| Step::ReadAll(w, o)),
        1 => (who(), message()).prop_map(|(w, m)| Step::Unread(w, m)),
        1 => (who(), message()).prop_map(|(w, m)| Step::Correct(w, m)),
        1 => (who(), message()).prop_map(|(w, m)| Step::Retract(w, m)),
        1 => (who(), message()).prop_map(|(w, m)| Step::React(w, m)),
        1 => message().prop_map(Step::Redact),
        1 => (who(), order(), 0_u8..5).prop_map(|(w, o, m)| Step::Move(w, o, m)),
        1 => (1_u16..2_000).prop_map(Step::Wait),
    ]
}

/// A session of either kind, with the calls that both have.
enum Seat {
    Desk(goodwill::Session<goodwill::Desk>),
    Portal(goodwill::Session<goodwill::Portal>),
}

macro_rules! both {
    ($seat:expr, $session:ident => $call:expr) => {
        match $seat {
            Seat::Desk($session) => $call,
            Seat::Portal($session) => $call,
        }
    };
}

fn seat(world: &World, who: Who) -> Seat {
    match who {
        Who::Ada => Seat::Portal(world.customer("ada")),
        Who::Bob => Seat::Portal(world.customer("bob")),
        Who::Acme => Seat::Portal(world.supplier("acme")),
        Who::Rita => Seat::Portal(world.reseller("rita")),
        Who::Root => Seat::Desk(world.admin()),
        Who::Boss => Seat::Desk(world.staff(Role::Admin, "boss")),
        Who::Gina => Seat::Desk(world.agent_in("gina", "north")),
    }
}

/// What everybody has read, message by message: the definition that the small form must keep.
#[derive(Default)]
struct Model {
    messages: Vec<(MessageId, u8, Who)>,
    read: BTreeSet<(Who, MessageId)>,
    /// First texts, to be compared with what history says at the end.
    said: BTreeMap<MessageId, String>,
}

/// The messages of an order that somebody sees, with whether each is unread.
fn seen(world: &World, who: Who, number: u8) -> Option<Vec<(MessageId, MessageState, bool)>> {
    let query = MessageQuery { limit: 500, ..MessageQuery::default() };
    let target = order(&format!("o-{number}"));
    both!(&seat(world, who), session => {
        let list = session.messages(target, query).wait().ok()?;
        Some(list.messages.iter().map(|m| (m.id, m.state, m.unread)).collect())
    })
}

fn play(world: &World, steps: &[Step]) -> (Model, Vec<Result<(), Code>>) {
    let mut model = Model::default();
    let mut results = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        let pick = |at: u8| {
            let index = usize::from(at) % model.messages.len().max(1);
            model.messages.get(index).copied()
        };
        let result = match *step {
            Step::Post(who, number_, internal) => {
                let text = format!("message {number} delivery");
                let message =
                    if internal { PostMessage::note(&text) } else { PostMessage::text(&text) };
                let target = order(&format!("o-{number_}"));
                let id = both!(&seat(world, who), session => {
                    session.post(target, message).wait().map(|message| message.id)
                });
                id.map(|id| {
                    model.messages.push((id, number_, who));
                    model.said.insert(id, text);
                })
            }
            Step::Event(number_) => {
                let event = SystemEvent::new("TICKED", "something happened");
                let target = order(&format!("o-{number_}"));
                world.service().system_event(target, event).wait().map(drop)
            }
            Step::Read(who, at) => match pick(at) {
                Some((id, ..)) => {
                    let done =
                        both!(&seat(world, who), session => session.mark_read(id).wait().map(drop));
                    if done.is_ok() {
                        model.read.insert((who, id));
                    }
                    done
                }
                None => Ok(()),
            },
            Step::ReadAll(who, number_) => {
                let before = seen(world, who, number_);
                let target = order(&format!("o-{number_}"));
                let done =
                    both!(&seat(world, who), session => session.mark_all_read(target).wait());
                if let (Ok(count), Some(before)) = (&done, &before) {
                    let unread = before.iter().filter(|(.., unread)| *unread).count() as u64;
                    assert_eq!(*count, unread, "the count is what was unread");
                    model.read.extend(before.iter().map(|(id, ..)| (who, *id)));
                }
                done.map(drop)
            }
            Step::Unread(who, at) => match (pick(at), seat(world, who)) {
                (Some((id, number_, _)), Seat::Desk(session)) => {
                    let done = session.mark_unread(id).wait().map(drop);
                    if done.is_ok() {
                        let after = seen(world, who, number_).unwrap();
                        let from = after.iter().position(|(other, ..)| *other == id).unwrap();
                        for (later, ..) in &after[from..] {
                            model.read.remove(&(who, *later));
                        }
                    }
                    done
                }
                _ => Ok(()),
            },
            Step::Correct(who, at) => match pick(at) {
                Some((id, ..)) => both!(&seat(world, who), session => {
                    session.correct(id, &format!("corrected {number}")).wait().map(drop)
                }),
                None => Ok(()),
            },
            Step::Retract(who, at) => match pick(at) {
                Some((id, ..)) => {
                    both!(&seat(world, who), session => session.retract(id).wait().map(drop))
                }
                None => Ok(()),
            },
            Step::React(who, at) => match pick(at) {
                Some((id, ..)) => {
                    both!(&seat(world, who), session => session.react(id, "🎉").wait().map(drop))
                }
                None => Ok(()),
            },
            Step::Redact(at) => match pick(at) {
                Some((id, ..)) => world.admin().redact(id, Redaction::All, "test").wait().map(drop),
                None => Ok(()),
            },
            Step::Move(who, number_, by) => match seat(world, who) {
                Seat::Desk(session) => {
                    let target = order(&format!("o-{number_}"));
                    let until =
                        world.engine.now().saturating_add(std::time::Duration::from_secs(60));
                    match by {
                        0 => session.close(target).wait(),
                        1 => session.reopen(target).wait(),
                        2 => session.resolve(target).wait(),
                        3 => session.pend(target).wait(),
                        _ => session.snooze(target, until).wait(),
                    }
                    .map(drop)
                }
                Seat::Portal(_) => Ok(()),
            },
            Step::Wait(seconds) => {
                world.later(u64::from(seconds));
                world.engine.tick().wait().map(drop)
            }
        };
        results.push(result.map_err(|error| error.code()));
    }
    (model, results)
}

/// I2, I4, I9: what everybody sees agrees with the model, and lists agree with single checks.
fn check(world: &World, model: &Model) {
    for who in EVERYBODY {
        let session = seat(world, who);
        let listed: usize =
            both!(&session, s => s.threads(ThreadQuery::default()).wait().unwrap().threads.len());
        let mut readable = 0;
        for number in [1, 2] {
            let target = order(&format!("o-{number}"));
            readable += usize::from(both!(&session, s => s.thread(target.clone()).wait().is_ok()));
            let Some(seen) = seen(world, who, number) else { continue };
            let own = |id: &MessageId| model.messages.iter().any(|(m, _, w)| m == id && *w == who);
            let expected = seen
                .iter()
                .filter(|(id, state, _)| {
                    *state != MessageState::Retracted
                        && !own(id)
                        && !model.read.contains(&(who, *id))
                })
                .count() as u64;
            let marked = seen.iter().filter(|(.., unread)| *unread).count() as u64;
            let targets = UnreadTargets::Subjects(vec![target.clone()]);
            let counted = both!(&session, s => s.unread_counts(targets).wait().unwrap()[0]);
            if let Some(counted) = counted {
                assert_eq!((counted, marked), (expected, expected), "{who:?} in o-{number}");
            }
            if let Seat::Portal(portal) = &session {
                let numbers =
                    portal.messages(target, MessageQuery { limit: 500, ..MessageQuery::default() });
                let numbers: Vec<u64> =
                    numbers.wait().unwrap().messages.iter().map(|m| m.number).collect();
                assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]));
            }
        }
        assert_eq!(listed, readable, "{who:?}: the list is what may be read one by one");
    }
    // Sequence numbers have no gap, and the public ones neither.
    for number in [1, 2] {
        let query = MessageQuery { limit: 500, ..MessageQuery::default() };
        let list = world.admin().messages(order(&format!("o-{number}")), query).wait().unwrap();
        let Some(thread) = list.thread else { continue };
        assert!(list.messages.windows(2).all(|pair| pair[0].created_at <= pair[1].created_at));
        assert!(thread.counters.messages >= list.messages.len() as u64);
        for message in &list.messages {
            if let (MessageState::Corrected | MessageState::Original, Some(said)) =
                (message.state, model.said.get(&message.id))
            {
                let history = world.admin().history(message.id).wait().unwrap();
                assert_eq!(&history[0].content.text, said, "I1: the first text never changes");
            }
        }
    }
}

/// Everything that a store can say about a world: events, audit bytes, lists and searches.
fn dump(world: &World, readers: &[Who]) -> String {
    let admin = world.admin();
    let mut out = String::new();
    for event in admin.events("dump", 1_000).wait().unwrap() {
        out.push_str(&serde_json::to_string(&event).unwrap());
        out.push('\n');
    }
    for who in readers.iter().copied() {
        for word in ["delivery", "corrected", "message 1*", "happened"] {
            let found = both!(&seat(world, who), s => {
                let found = s.search(&MessageFilter::keyword(word)).wait();
                found.map(|found| {
                    let hits: Vec<_> = found.hits.iter().map(|hit| (hit.message.id, hit.snippet.clone())).collect();
                    (hits, found.total)
                })
            });
            out.push_str(&format!("{who:?} {word}: {:?}\n", found.map_err(|error| error.code())));
        }
        out.push_str(&format!("{who:?}: {:?}\n", seen(world, who, 1)));
    }
    let auditor = world.staff(Role::Auditor, "otto");
    let mut after = 0;
    loop {
        let page = auditor.audit(after, None, 500).wait().unwrap();
        if page.entries.is_empty() {
            break;
        }
        for entry in &page.entries {
            out.push_str(&serde_json::to_string(entry).unwrap());
            out.push('\n');
        }
        // Reading the trail is part of it: one page is enough to compare.
        if page.last == after || page.entries.len() < 500 {
            break;
        }
        after = page.last;
    }
    let report = auditor.verify_audit(None).wait().unwrap();
    assert!(report.intact(), "{report}");
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// I1, I2, I4, I5, I9 — F016, F324, F343, F403: a random day on every store gives the same
    /// results, the same bytes of events and trail, and agrees with the naive definitions.
    #[test]
    fn a_day_is_the_same_on_every_store(steps in prop::collection::vec(step(), 1..60)) {
        let (memory, sqlite, log) = (World::on_memory(), World::on_sqlite(), World::on_log());
        let (model, on_memory) = play(&memory, &steps);
        let (_, on_sqlite) = play(&sqlite, &steps);
        let (_, on_log) = play(&log, &steps);
        prop_assert_eq!(&on_memory, &on_sqlite);
        prop_assert_eq!(&on_memory, &on_log);
        check(&memory, &model);
        check(&sqlite, &model);
        check(&log, &model);
        let expected = dump(&memory, &EVERYBODY);
        prop_assert_eq!(&expected, &dump(&sqlite, &EVERYBODY));
        prop_assert_eq!(&expected, &dump(&log, &EVERYBODY));
    }

    /// I10: after an erasure no word of the person is left anywhere that can be read.
    #[test]
    fn an_erased_person_has_no_words(steps in prop::collection::vec(step(), 1..40)) {
        for world in [World::on_memory(), World::on_sqlite(), World::on_log()] {
            let ada = world.customer("ada");
            ada.post(order("o-1"), PostMessage::text("marker-of-ada")).wait().unwrap();
            play(&world, &steps);
            let officer = world.staff(Role::PrivacyOfficer, "petra");
            officer.erase_party(host("ada"), "asked for it").wait().unwrap();
            let said = dump(&world, &[Who::Root, Who::Acme]);
            prop_assert!(!said.contains("marker-of-ada") && !said.contains("192.0.2.7"));
            let query = MessageQuery { limit: 500, ..MessageQuery::default() };
            let list = world.admin().messages(order("o-1"), query).wait().unwrap();
            let of_ada = list.messages.iter().filter(|m| m.author.role == Role::Customer);
            for message in of_ada {
                prop_assert_eq!(message.text.as_str(), "");
            }
        }
    }
}
