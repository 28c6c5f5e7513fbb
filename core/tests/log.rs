//! A store over a host's log: shared by processes, replayed, refused when it is not right.
#![cfg(test)]

mod common;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use common::logs::{FileLog, MemoryLog};
use common::{TENANT, World, host, order};
use goodwill::store::AuditPage;
use goodwill::{
    Code, Error, Log, LogEntry, LogStore, MessageQuery, PostMessage, Result, Role, Store,
    ThreadQuery, Wait,
};

const MANY: usize = 32;

/// A shop and its store.
struct Shop {
    store: Arc<LogStore>,
    world: World,
}

impl std::ops::Deref for Shop {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

/// A new shop over an empty log.
fn first(log: impl Log + 'static) -> Shop {
    let store = Arc::new(LogStore::new(log));
    let world = World::on(Arc::clone(&store) as Arc<dyn Store>, None);
    Shop { store, world }
}

/// Another process of the shop.
fn another(log: impl Log + 'static, seed: u64) -> Shop {
    let store = Arc::new(LogStore::new(log));
    let world = World::furnished(Arc::clone(&store) as Arc<dyn Store>, seed, None);
    Shop { store, world }
}

/// Everything that the shop knows of two orders, its trail included, as text.
fn seen(shop: &Shop) -> String {
    let (admin, acme, bob) = (shop.admin(), shop.supplier("acme"), shop.customer("bob"));
    let query = || MessageQuery { limit: 100, ..MessageQuery::default() };
    let targets = goodwill::UnreadTargets::Subjects(vec![order("o-1")]);
    let trail = AuditPage { tenant: TENANT, after: 0, thread: None, limit: 500 };
    format!(
        "{:#?}",
        (
            admin.messages(order("o-1"), query()).wait().unwrap(),
            acme.messages(order("o-1"), query()).wait().unwrap(),
            acme.unread_counts(targets).wait().unwrap(),
            bob.messages(order("o-2"), query()).wait().map_err(|error| error.code()),
            admin.threads(ThreadQuery::default()).wait().unwrap(),
            admin.tenant().wait().unwrap(),
            admin.party(host("bob")).wait().unwrap(),
            admin.events("bus", 1_000).wait().unwrap(),
            shop.store.read(trail.into()).wait().unwrap(),
        )
    )
}

/// That two shops know the same.
fn same(found: &str, expected: &str) {
    let differ = found.lines().zip(expected.lines()).find(|(found, expected)| found != expected);
    assert_eq!(differ, None);
    assert_eq!(found.len(), expected.len());
}

/// That nothing is wrong with the trail. This is recorded in the trail.
fn check_trail(shop: &Shop) {
    let report = shop.staff(Role::Auditor, "otto").verify_audit(None).wait().unwrap();
    assert!(report.intact(), "{report}");
}

/// A day with something of everything.
fn play(world: &World) {
    let (admin, ada, acme) = (world.admin(), world.customer("ada"), world.supplier("acme"));
    let mut tenant = admin.tenant().wait().unwrap();
    tenant.name = "The shop".into();
    tenant.policies.note_audience = goodwill::RoleSet::of(&[Role::Admin, Role::Agent]);
    admin.put_tenant(tenant).wait().unwrap();
    let mut question = PostMessage::text("Where is \"it\"?\nLine two, \u{1F600}\u{2028}");
    question.title = Some("Question".into());
    let question = ada.idempotent("q-1").post(order("o-1"), question).wait().unwrap();
    world.later(60);
    let mut answer = PostMessage::text("On Monday.");
    answer.reply_to = Some(question.id);
    let answer = acme.post(order("o-1"), answer).wait().unwrap();
    let mut note = PostMessage::note("Third delay");
    // Numbers that come back only from a parser that rounds correctly.
    let numbers =
        serde_json::json!({ "risk": 0.1 + 0.2, "rate": 2.0e-308, "sum": 6.934698245112694e276 });
    note.metadata = numbers.as_object().cloned();
    let note = admin.post(order("o-1"), note).wait().unwrap();
    assert_eq!(note.metadata.map(serde_json::Value::Object), Some(numbers));
    world.later(60);
    acme.correct(answer.id, "On Tuesday.").wait().unwrap();
    ada.react(answer.id, "👍").wait().unwrap();
    ada.mark_read(answer.id).wait().unwrap();
    admin.tag(order("o-1"), &["late"], &[]).wait().unwrap();
    admin.consumed("bus", 3).wait().unwrap();
    world.staff(Role::Auditor, "otto").checkpoint().wait().unwrap();
}

#[test]
fn two_processes_keep_one_thread() {
    let folder = tempfile::tempdir().unwrap();
    let open = || FileLog::new(folder.path().join("goodwill.log"));
    let worlds = [first(open()), another(open(), 2)];
    std::thread::scope(|scope| {
        for number in 0..MANY {
            let world = &worlds[number % 2];
            scope.spawn(move || {
                let author =
                    if number % 4 < 2 { world.customer("ada") } else { world.supplier("acme") };
                author.post(order("o-1"), PostMessage::text(format!("{number}"))).wait().unwrap();
            });
        }
    });
    let third = another(open(), 3);
    for world in worlds.iter().chain([&third]) {
        let admin = world.admin();
        assert_eq!(admin.threads(ThreadQuery::default()).wait().unwrap().threads.len(), 1);
        let query = MessageQuery { limit: 100, ..MessageQuery::default() };
        let list = admin.messages(order("o-1"), query).wait().unwrap().messages;
        let seqs: Vec<u64> = list.iter().map(|message| message.seq).collect();
        assert_eq!(seqs, (1..=MANY as u64).collect::<Vec<_>>());
        let texts: BTreeSet<_> = list.iter().map(|message| message.text.clone()).collect();
        assert_eq!(texts.len(), MANY);
        same(&seen(world), &seen(&third));
    }
    worlds.iter().chain([&third]).for_each(check_trail);
}

#[test]
fn reopening_gives_the_same_answers() {
    let log = Arc::new(MemoryLog::default());
    let world = first(Arc::clone(&log));
    play(&world);
    let before = seen(&world);
    assert!(before.contains("On Tuesday."));
    let again = another(Arc::clone(&log), 2);
    same(&seen(&again), &before);
    check_trail(&again);
    assert!(log.entries().iter().all(|entry| !entry.entry.contains(['\n', '\r'])));
}

#[test]
fn what_is_not_committed_appends_nothing() {
    let log = Arc::new(MemoryLog::default());
    let world = first(Arc::clone(&log));
    play(&world);
    let entries = log.len();
    seen(&world);
    let mut question = PostMessage::text("Where is \"it\"?\nLine two, \u{1F600}\u{2028}");
    question.title = Some("Question".into());
    world.customer("ada").idempotent("q-1").post(order("o-1"), question).wait().unwrap();
    let empty = world.customer("ada").post(order("o-1"), PostMessage::text(" ")).wait();
    assert_eq!(empty.unwrap_err().code(), Code::InputEmpty);
    assert_eq!(log.len(), entries);
}

/// The code with which a log is refused, and that it is refused as a whole.
fn refusal(entries: Vec<LogEntry>) -> Code {
    let world = another(MemoryLog::of(entries), 2);
    let read = world.admin().threads(ThreadQuery::default()).wait().unwrap_err().code();
    let write = world.customer("ada").post(order("o-1"), PostMessage::text("?")).wait();
    assert_eq!(write.unwrap_err().code(), read);
    read
}

#[test]
fn torn_and_foreign_entries_are_refused() {
    let log = Arc::new(MemoryLog::default());
    let world = first(Arc::clone(&log));
    play(&world);
    let good = log.entries();
    let last = good.len() - 1;
    let with_last = |entry: &str| {
        let mut entries = good.clone();
        entries[last].entry = entry.to_owned();
        refusal(entries)
    };
    let torn: String = good[last].entry.chars().take(good[last].entry.len() / 2).collect();
    let repeated = &good[last - 1].entry;
    for bad in [
        torn.as_str(),
        "",
        "null",
        "[]",
        "something else",
        r#"{"v":0,"writes":[]}"#,
        r#"{"v":1}"#,
        r#"{"v":1,"writes":[],"more":1}"#,
        r#"{"v":1,"writes":[{"unknown":1}]}"#,
    ] {
        assert_eq!(with_last(bad), Code::StoreCorrupt, "{bad}");
    }
    assert_eq!(with_last(r#"{"v":2,"anything":1}"#), Code::StoreNewerVersion);
    // Events have their places: an entry does not fit twice.
    assert!(repeated.contains("\"event\""));
    assert_eq!(with_last(repeated), Code::StoreCorrupt);
    let mut missing = good.clone();
    missing.remove(last / 2);
    assert_eq!(refusal(missing), Code::StoreCorrupt);
    let mut twice = good.clone();
    twice[1].position = 1;
    assert_eq!(refusal(twice), Code::StoreCorrupt);
}

/// A log that stops taking entries.
#[derive(Debug, Default)]
struct Stubborn {
    log: MemoryLog,
    mood: AtomicU8,
}

const FULL: u8 = 1;
const NEVER_FIRST: u8 = 2;
const SILENT: u8 = 3;

#[async_trait::async_trait]
impl Log for Stubborn {
    async fn read(&self, after: u64) -> Result<Vec<LogEntry>> {
        if self.mood.load(Ordering::Relaxed) == SILENT {
            return Err(Error::new(Code::StoreUnavailable, "nobody there"));
        }
        self.log.read(after).await
    }

    async fn append(&self, after: u64, entry: String) -> Result<bool> {
        match self.mood.load(Ordering::Relaxed) {
            FULL => Err(Error::new(Code::StoreFull, "no room")),
            NEVER_FIRST => Ok(false),
            _ => self.log.append(after, entry).await,
        }
    }
}

#[test]
fn a_failing_log_leaves_nothing_behind() {
    let log = Arc::new(Stubborn::default());
    let world = first(Arc::clone(&log));
    play(&world);
    let (before, entries) = (seen(&world), log.log.len());
    let post =
        |text: &str| world.customer("ada").post(order("o-1"), PostMessage::text(text)).wait();
    for (mood, code) in [
        (FULL, Code::StoreFull),
        (NEVER_FIRST, Code::StoreContention),
        (SILENT, Code::StoreUnavailable),
    ] {
        log.mood.store(mood, Ordering::Relaxed);
        assert_eq!(post("lost").unwrap_err().code(), code);
        log.mood.store(0, Ordering::Relaxed);
        same(&seen(&world), &before);
        assert_eq!(log.log.len(), entries);
    }
    let last = world.admin().thread(order("o-1")).wait().unwrap().counters;
    post("kept").unwrap();
    let next = world.admin().thread(order("o-1")).wait().unwrap().counters;
    assert_eq!((next.messages, next.events), (last.messages + 1, last.events + 1));
    check_trail(&world);
}

#[test]
fn a_snapshot_takes_the_place_of_what_was_erased() {
    let log = Arc::new(MemoryLog::default());
    let (world, behind) = (first(Arc::clone(&log)), another(Arc::clone(&log), 2));
    play(&world);
    assert!(seen(&behind).contains("Line two"));
    world.staff(Role::PrivacyOfficer, "olga").erase_party(host("ada"), "request").wait().unwrap();
    let whole = |log: &MemoryLog| log.entries().iter().map(|e| e.entry.clone()).collect::<String>();
    assert!(whole(&log).contains("Line two") && whole(&log).contains("ada the tester"));

    let snapshot = world.store.snapshot().wait().unwrap();
    assert_eq!(snapshot.position, log.len() as u64);
    log.0.lock().unwrap().clear();
    log.0.lock().unwrap().push(snapshot.clone());
    for personal in ["Line two", "ada the tester", "192.0.2.7"] {
        assert!(!whole(&log).contains(personal), "{personal}");
    }
    let admin = world.admin();
    admin.post(order("o-2"), PostMessage::text("It goes on.")).wait().unwrap();
    let fresh = another(Arc::clone(&log), 3);
    same(&seen(&fresh), &seen(&world));
    same(&seen(&behind), &seen(&world));
    behind.customer("bob").post(order("o-2"), PostMessage::text("So it does.")).wait().unwrap();
    same(&seen(&fresh), &seen(&world));
    assert_eq!(log.len(), 3);
    check_trail(&fresh);
    // A snapshot of what was made from a snapshot is the same.
    let of = |entries| LogStore::new(MemoryLog::of(entries)).snapshot().wait().unwrap();
    assert_eq!(of(vec![snapshot.clone()]), snapshot);
}

/// What could not be read back is refused before it stands in the log.
#[test]
fn facts_nested_too_deeply_do_not_spoil_the_log() {
    let log = Arc::new(MemoryLog::default());
    let shop = first(Arc::clone(&log));
    let entries = log.len();
    let post = |depth: usize| {
        let nested = (0..depth).fold(serde_json::json!(1), |inner, _| serde_json::json!([inner]));
        let mut message = PostMessage::text("deep");
        message.metadata = serde_json::json!({ "deep": nested }).as_object().cloned();
        shop.admin().post(order("o-1"), message).wait()
    };
    assert_eq!(post(122).unwrap_err().code(), Code::InputInvalid);
    assert_eq!(log.len(), entries);
    post(20).unwrap();
    same(&seen(&another(Arc::clone(&log), 2)), &seen(&shop));
}

#[test]
fn nothing_personal_is_printed() {
    let log = Arc::new(MemoryLog::default());
    let shop = first(Arc::clone(&log));
    play(&shop);
    let printed = format!("{:?} {:?}", shop.store, log.entries());
    assert!(!printed.contains("Monday") && !printed.contains("tester"), "{printed}");
}
