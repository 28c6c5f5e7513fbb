//! What a host would write by hand, and what the engine does, side by side in one run.
//!
//! `cargo bench -p goodwill --bench threads` prints the table of `docs/benchmarks.md`. With
//! `-- --messages 100000` the large thread is smaller and the run shorter.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark may stop at the first surprise, and it tells the time"
)]

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use goodwill::access::{Action, Fact, Facts, Policy};
use goodwill::{
    AuditKey, Engine, ExternalRef, MessageFilter, MessageQuery, PostMessage, Principal, PutSubject,
    Role, RoleSet, SqliteStore, SubjectRef, TenantId, UnreadTargets, Wait,
};
use rusqlite::{Connection, params};
use uuid::Uuid;

const TENANT: TenantId = TenantId::SINGLE;

fn host(text: impl Into<String>) -> ExternalRef {
    ExternalRef::host(text).unwrap()
}

fn engine(path: &Path) -> Engine {
    let store = SqliteStore::open(path).unwrap();
    Engine::new(store, AuditKey::from_bytes("bench", &[9; 32]).unwrap())
}

fn order(number: usize) -> SubjectRef {
    SubjectRef::order(host(format!("o-{number}")))
}

fn furnish(engine: &Engine, orders: usize) {
    let admin = engine.desk(Principal::staff(TENANT, Role::Admin, host("root"))).unwrap();
    for number in 0..orders {
        let subject = PutSubject::order(host(format!("o-{number}")), host("ada"));
        admin.put_subject(subject.fulfilled_by(host("acme"))).wait().unwrap();
    }
}

/// The median of runs, each of which does `times` calls, in microseconds a call.
fn median(runs: usize, times: u32, mut call: impl FnMut()) -> f64 {
    let mut measured: Vec<Duration> = (0..runs)
        .map(|_| {
            let begun = Instant::now();
            (0..times).for_each(|_| call());
            begun.elapsed()
        })
        .collect();
    measured.sort();
    measured[runs / 2].as_secs_f64() * 1e6 / f64::from(times)
}

fn row(what: &str, raw: f64, ours: f64, unit: &str, ratio: f64, target: &str) {
    println!("| {what} | {raw:.1} {unit} | {ours:.1} {unit} | {ratio:.2} | {target} |");
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // As a test it only has to build.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let size = arguments
        .windows(2)
        .find(|pair| pair[0] == "--messages")
        .map_or(1_000_000, |pair| pair[1].parse().unwrap());
    println!("| what | by hand | Goodwill | ratio | target |");
    println!("|---|---|---|---|---|");
    posting();
    access();
    large(size);
}

/// The statements of one post, with the same sizes, by hand.
fn raw_post(connection: &Connection, number: u64, sample: &Sample) {
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| {
        connection.prepare_cached(sql).unwrap().execute(values).unwrap();
    };
    let seq = 1_000_000 + number;
    let id = Uuid::from_u128(u128::from(number) << 64 | 7).into_bytes();
    run("BEGIN IMMEDIATE", &[]);
    run(
        "INSERT INTO message (id, thread, seq, public_seq, role, author, on_behalf_of, origin,
           topic, kind, audience, via, intended, provider_ref, format, language, relation, target,
           created_at, occurred_at, content_hash)
         VALUES (?1, 1, ?2, ?2, 0, ?3, NULL, 1, 2, 0, 0, 0, 0, NULL, 0, NULL, NULL, NULL, ?4, NULL, ?5)",
        params![id, seq, sample.author, 1_772_000_000_000_u64 + number, [3_u8; 32]],
    );
    let position = connection.last_insert_rowid();
    run(
        "INSERT INTO content (position, state, salt, title, text, extra) VALUES (?1, 0, ?2, NULL, ?3, NULL)",
        params![position, [1_u8; 16], TEXT],
    );
    run(
        "INSERT INTO message_text (rowid, body, facets) VALUES (?1, ?2, ?3)",
        params![position, sample.words, sample.facets],
    );
    run(
        "UPDATE thread SET messages = ?1, public_messages = ?1, events = ?1, public_events = ?1,
           active_at = ?2, public_active_at = ?2, last_customer_message_at = ?2 WHERE row = 1",
        params![seq, 1_772_000_000_000_u64 + number],
    );
    run(
        "INSERT INTO event (tenant, stream, seq, public_seq, body) VALUES (?1, ?2, ?3, ?3, ?4)",
        params![sample.tenant, sample.thread, seq, sample.event],
    );
    run(
        "INSERT INTO audit (tenant, seq, thread, canonical, hash) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![sample.tenant, seq, sample.thread, sample.audit, [5_u8; 32]],
    );
    run(
        "UPDATE audit_head SET seq = ?2, hash = ?3, mac = ?3 WHERE tenant = ?1",
        params![sample.tenant, seq, [5_u8; 32]],
    );
    run("COMMIT", &[]);
}

const TEXT: &str = "When will my order be delivered? I have been waiting for it since Monday, and \
                    nobody at the shop could tell me anything about it.";

/// What a real post wrote, to be written by hand as well.
struct Sample {
    tenant: Vec<u8>,
    thread: Vec<u8>,
    author: Vec<u8>,
    words: String,
    facets: String,
    event: String,
    audit: String,
}

impl Sample {
    fn of(connection: &Connection) -> Self {
        let text =
            |sql: &str| connection.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
        let blob =
            |sql: &str| connection.query_row(sql, [], |row| row.get::<_, Vec<u8>>(0)).unwrap();
        let tenant = blob("SELECT tenant FROM thread WHERE row = 1");
        Self {
            thread: blob("SELECT id FROM thread WHERE row = 1"),
            author: blob("SELECT author FROM message LIMIT 1"),
            words: goodwill::search::index_text(TEXT),
            facets: format!("t{} v0 r0 k0 o2 p", TENANT.uuid().simple()),
            event: text("SELECT body FROM event WHERE body LIKE '%message.created%' LIMIT 1"),
            audit: text("SELECT canonical FROM audit ORDER BY seq DESC LIMIT 1"),
            tenant,
        }
    }
}

fn posting() {
    let folder = tempfile::tempdir_in(".").unwrap();
    let (ours_path, raw_path) = (folder.path().join("ours.db"), folder.path().join("raw.db"));
    for path in [&ours_path, &raw_path] {
        let engine = engine(path);
        furnish(&engine, 32);
        let ada = engine.portal(Principal::customer(TENANT, host("ada")));
        for number in 0..32 {
            ada.post(order(number), PostMessage::text(TEXT)).wait().unwrap();
        }
    }
    let raw = Connection::open(&raw_path).unwrap();
    raw.execute_batch("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000; PRAGMA foreign_keys = ON").unwrap();
    raw.set_prepared_statement_cache_capacity(64);
    let sample = Sample::of(&raw);
    let engine = engine(&ours_path);
    let ada = engine.portal(Principal::customer(TENANT, host("ada")));
    let mut number = 0;
    // By turns, so that neither has the quieter disk.
    let (mut by_hand, mut by_engine) = (Vec::new(), Vec::new());
    for _ in 0..9 {
        by_hand.push(median(1, 200, || {
            number += 1;
            raw_post(&raw, number, &sample);
        }));
        by_engine.push(median(1, 200, || {
            ada.post(order(0), PostMessage::text(TEXT)).wait().unwrap();
        }));
    }
    by_hand.sort_by(f64::total_cmp);
    by_engine.sort_by(f64::total_cmp);
    let (hand, ours) = (by_hand[4], by_engine[4]);
    row("post one message, durable", hand, ours, "µs", ours / hand, "≤ 1.5");
    let per_second = 1e6 / hand;
    let mut rates = Vec::new();
    for spread in [1, 32] {
        let done = AtomicU64::new(0);
        let begun = Instant::now();
        std::thread::scope(|scope| {
            for poster in 0..16 {
                let (done, engine) = (&done, &engine);
                scope.spawn(move || {
                    let ada = engine.portal(Principal::customer(TENANT, host("ada")));
                    while begun.elapsed() < Duration::from_secs(4) {
                        let target = order(poster % spread);
                        ada.post(target, PostMessage::text(TEXT)).wait().unwrap();
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
        });
        let rate = done.load(Ordering::Relaxed) as f64 / begun.elapsed().as_secs_f64();
        rates.push(rate);
        let what = if spread == 1 { "16 posters, one thread" } else { "16 posters, many threads" };
        row(what, per_second, rate, "posts/s", rate / per_second, "≥ 5");
    }
}

fn access() {
    let policy = Policy::built_in();
    let facts = Facts::none_known()
        .set(Fact::SameTenant, true)
        .set(Fact::SameStore, true)
        .set(Fact::RoleClaimed, false)
        .set(Fact::Restricted, false)
        .set(Fact::InAudience, true)
        .set(Fact::Owns, true);
    let customer = RoleSet::of(&[Role::Customer]);
    let mut allowed = 0_u32;
    let time = median(9, 100_000, || {
        let action = std::hint::black_box(Action::MessagePostPublic);
        allowed += u32::from(policy.check(customer, action, facts).allowed);
    });
    assert!(allowed > 0);
    println!("| access check | – | {:.0} ns | – | < 1000 ns |", time * 1e3);
}

fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: f64 = status.split(' ').nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(0.0);
    pages * 4096.0 / 1e6
}

/// A thread of many messages beside a thousand small ones.
fn large(size: u64) {
    let folder = tempfile::tempdir_in(".").unwrap();
    let path = folder.path().join("large.db");
    let engine = engine(&path);
    furnish(&engine, 1_001);
    let ada = engine.portal(Principal::customer(TENANT, host("ada")));
    let acme = engine.portal(Principal::supplier(TENANT, host("acme")));
    for number in 0..1_001 {
        ada.post(order(number), PostMessage::text("first")).wait().unwrap();
    }
    for _ in 0..99 {
        ada.post(order(1), PostMessage::text("more of the same")).wait().unwrap();
    }
    fill(&path, size);
    let before = resident();
    let engines: Vec<Engine> = (0..20)
        .map(|_| {
            let engine = self::engine(&path);
            let ada = engine.portal(Principal::customer(TENANT, host("ada")));
            ada.messages(order(1), MessageQuery::latest(50)).wait().unwrap();
            engine
        })
        .collect();
    let each = (resident() - before) / 20.0;
    println!("| memory of an open engine | – | {each:.1} MB | – | – |");
    let fresh = engines[0].clone();
    drop(engines);
    let disk = std::fs::metadata(&path).unwrap().len() as f64;
    println!("| on disk per message, index included | – | {:.0} B | – | – |", disk / size as f64);
    let last = |number: usize| {
        median(15, 40, || {
            let list = ada.messages(order(number), MessageQuery::latest(50)).wait().unwrap();
            assert_eq!(list.messages.len(), 50);
        })
    };
    let (small, big) = (last(1), last(0));
    row(&format!("last 50 of 100 and of {size}"), small, big, "µs", big / small, "≤ 1.3");
    unread(&path, &acme);
    search(&path, &fresh, size);
}

/// Appends messages to the first thread by SQL: the same rows, without their audit entries.
fn fill(path: &Path, size: u64) {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch("PRAGMA synchronous = OFF; BEGIN").unwrap();
    let tenant = format!("t{}", TENANT.uuid().simple());
    let author: Vec<u8> =
        connection.query_row("SELECT author FROM message LIMIT 1", [], |row| row.get(0)).unwrap();
    for number in 0..size {
        let seq = number + 2;
        let rare = if number % 100_003 == 77 { " zebra" } else { "" };
        let text = format!("Message {number} about the delivery of order {}{rare}", number % 997);
        let id = Uuid::from_u128(u128::from(number) << 64 | 99).into_bytes();
        connection
            .prepare_cached(
                "INSERT INTO message (id, thread, seq, public_seq, role, author, on_behalf_of,
                   origin, topic, kind, audience, via, intended, provider_ref, format, language,
                   relation, target, created_at, occurred_at, content_hash)
                 VALUES (?1, 1, ?2, ?2, 0, ?3, NULL, 1, 2, 0, 0, 0, 0, NULL, 0, NULL, NULL, NULL,
                   ?4, NULL, ?5)",
            )
            .unwrap()
            .execute(params![id, seq, author, 1_772_000_000_000_u64 + number, [3_u8; 32]])
            .unwrap();
        let position = connection.last_insert_rowid();
        connection
            .prepare_cached(
                "INSERT INTO content (position, state, salt, title, text, extra)
                 VALUES (?1, 0, ?2, NULL, ?3, NULL)",
            )
            .unwrap()
            .execute(params![position, [1_u8; 16], text])
            .unwrap();
        connection
            .prepare_cached("INSERT INTO message_text (rowid, body, facets) VALUES (?1, ?2, ?3)")
            .unwrap()
            .execute(params![
                position,
                goodwill::search::index_text(&text),
                format!("{tenant} v0 r0 k0 o2 p")
            ])
            .unwrap();
    }
    connection
        .execute_batch(&format!(
            "UPDATE thread SET messages = {0}, public_messages = {0} WHERE row = 1; COMMIT;
             PRAGMA wal_checkpoint(TRUNCATE)",
            size + 1
        ))
        .unwrap();
}

fn unread(path: &Path, acme: &goodwill::Session<goodwill::Portal>) {
    let connection = Connection::open(path).unwrap();
    let threads: Vec<goodwill::ThreadId> = {
        let mut statement = connection.prepare("SELECT id FROM thread WHERE row > 1").unwrap();
        let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
        rows.map(|id| goodwill::ThreadId::from_uuid(Uuid::from_slice(&id.unwrap()).unwrap()))
            .collect()
    };
    let keys: Vec<String> = threads.iter().map(|id| id.uuid().simple().to_string()).collect();
    let keys = serde_json::to_string(&keys).unwrap();
    let reader = Uuid::from_u128(5).into_bytes();
    let hand = median(15, 10, || {
        let mut statement = connection
            .prepare_cached(
                "SELECT t.id, count(m.position) FROM json_each(?1) w
                 CROSS JOIN thread t ON t.id = unhex(w.value)
                 LEFT JOIN read_state r ON r.thread = t.row AND r.reader = ?2
                 LEFT JOIN message m ON m.thread = t.row AND m.seq > ifnull(r.cursor, 0)
                   AND m.audience = 0 AND m.author IS NOT ?2 GROUP BY t.row",
            )
            .unwrap();
        let rows = statement.query_map(params![keys, reader], |row| row.get::<_, u64>(1)).unwrap();
        assert_eq!(rows.map(Result::unwrap).filter(|count| *count > 0).count(), threads.len());
    });
    let ours = median(15, 10, || {
        let counts = acme.unread_counts(UnreadTargets::Threads(threads.clone())).wait().unwrap();
        assert!(counts.iter().all(|count| count.is_some_and(|count| count > 0)));
    });
    row("unread counts of 1,000 threads", hand, ours, "µs", ours / hand, "≤ 2");
}

fn search(path: &Path, engine: &Engine, size: u64) {
    let connection = Connection::open(path).unwrap();
    let admin = engine.desk(Principal::staff(TENANT, Role::Admin, host("root"))).unwrap();
    let ada = engine.portal(Principal::customer(TENANT, host("ada")));
    for (kind, word) in [("rare", "zebra"), ("common", "delivery")] {
        let hand = median(9, 5, || {
            let mut statement = connection
                .prepare_cached(
                    "SELECT m.id, c.text FROM message_text f
                     JOIN message m ON m.position = f.rowid JOIN content c ON c.position = f.rowid
                     WHERE message_text MATCH ?1 ORDER BY f.rowid DESC LIMIT 20",
                )
                .unwrap();
            let rows = statement.query_map([word], |row| row.get::<_, String>(1)).unwrap();
            assert!(rows.map(Result::unwrap).count() > 0);
        });
        let filter = MessageFilter { count_to: 0, ..MessageFilter::keyword(word) };
        for (who, ours) in [
            (
                "an administrator",
                median(9, 5, || {
                    assert!(!admin.search(&filter).wait().unwrap().hits.is_empty());
                }),
            ),
            (
                "a customer",
                median(9, 5, || {
                    assert!(!ada.search(&filter).wait().unwrap().hits.is_empty());
                }),
            ),
        ] {
            let what = format!("search a {kind} word in {size}, {who}");
            row(&what, hand, ours, "µs", ours / hand, "–");
        }
    }
}
