//! Many at once: one thread a subject, one message a request, no gap and no loss.
#![cfg(test)]

mod common;

use std::collections::BTreeSet;

use common::order;
use goodwill::{EventKind, MessageQuery, PostMessage, Role, ThreadQuery, Wait};

const MANY: usize = 64;

on_every_store! {
    /// F316, F434: 64 first messages at once begin one thread, with numbers from 1 to 64.
    fn first_messages_at_once_begin_one_thread(world) {
        std::thread::scope(|scope| {
            for number in 0..MANY {
                scope.spawn(move || {
                    let author = if number % 2 == 0 { world.customer("ada") } else { world.supplier("acme") };
                    author.post(order("o-1"), PostMessage::text(format!("{number}"))).wait().unwrap();
                });
            }
        });
        let admin = world.admin();
        assert_eq!(admin.threads(ThreadQuery::default()).wait().unwrap().threads.len(), 1);
        let query = MessageQuery { limit: 100, ..MessageQuery::default() };
        let list = admin.messages(order("o-1"), query).wait().unwrap();
        let seqs: Vec<u64> = list.messages.iter().map(|message| message.seq).collect();
        assert_eq!(seqs, (1..=MANY as u64).collect::<Vec<_>>());
        let texts: BTreeSet<_> = list.messages.iter().map(|message| message.text.clone()).collect();
        assert_eq!(texts.len(), MANY);
        let events = admin.events("test", 1_000).wait().unwrap();
        let of = |kind| events.iter().filter(|event| event.draft.kind == kind).count();
        assert_eq!((of(EventKind::ThreadCreated), of(EventKind::MessageCreated)), (1, MANY));
        assert!(world.staff(Role::Auditor, "otto").verify_audit(None).wait().unwrap().intact());
    }

    /// The same idempotency key from 64 callers at once: one message, one event, one audit entry,
    /// and everybody gets that message.
    fn one_request_repeated_at_once_is_done_once(world) {
        let ids: BTreeSet<_> = std::thread::scope(|scope| {
            let callers: Vec<_> = (0..MANY)
                .map(|_| {
                    scope.spawn(move || {
                        let ada = world.customer("ada").idempotent("webhook-77");
                        ada.post(order("o-1"), PostMessage::text("once")).wait().unwrap().id
                    })
                })
                .collect();
            callers.into_iter().map(|caller| caller.join().unwrap()).collect()
        });
        assert_eq!(ids.len(), 1);
        let admin = world.admin();
        let list = admin.messages(order("o-1"), MessageQuery::default()).wait().unwrap();
        assert_eq!(list.messages.len(), 1);
        let events = admin.events("test", 1_000).wait().unwrap();
        let created = events.iter().filter(|event| event.draft.kind == EventKind::MessageCreated);
        assert_eq!(created.count(), 1);
        let auditor = world.staff(Role::Auditor, "otto");
        let trail = auditor.audit(0, None, 500).wait().unwrap();
        let created = trail.entries.iter().filter(|entry| entry.record.action == "message.created");
        assert_eq!(created.count(), 1);
    }

    /// Readers and writers of one thread at once: marks and counts stay right.
    fn marks_survive_a_crowd(world) {
        world.customer("ada").post(order("o-1"), PostMessage::text("0")).wait().unwrap();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for number in 0..8 {
                        let ada = world.customer("ada");
                        let said = ada.post(order("o-1"), PostMessage::text(format!("{number}"))).wait().unwrap();
                        world.supplier("acme").mark_read(said.id).wait().unwrap();
                    }
                });
            }
        });
        let targets = goodwill::UnreadTargets::Subjects(vec![order("o-1")]);
        let counts = world.supplier("acme").unread_counts(targets).wait().unwrap();
        assert_eq!(counts, [Some(1)], "all but the first");
    }
}
