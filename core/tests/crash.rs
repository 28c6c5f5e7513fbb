//! A writer that is killed at any moment loses nothing that it had acknowledged.
#![cfg(test)]
#![cfg(feature = "sqlite")]

mod common;

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use common::{TENANT, host, keys, order};
use goodwill::{
    Engine, MessageQuery, PostMessage, Principal, Role, SqliteStore, Store, SystemClock, SystemIds,
    Wait,
};

const FILE: &str = "GOODWILL_CRASH_FILE";
const ROUNDS: u32 = 100;

fn engine(path: &str) -> Engine {
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(path).unwrap());
    Engine::with_parts(store, keys(), Arc::new(SystemClock), Arc::new(SystemIds::default()))
}

/// The writer: two threads that post and say the id of each message once it is acknowledged. Does
/// nothing unless it was started by the test below.
#[test]
fn writer() {
    let Ok(path) = std::env::var(FILE) else { return };
    let engine = engine(&path);
    std::thread::scope(|scope| {
        for author in 0..2 {
            let engine = &engine;
            scope.spawn(move || {
                for number in 0.. {
                    let session = match author {
                        0 => engine.portal(Principal::customer(TENANT, host("ada"))),
                        _ => engine.portal(Principal::supplier(TENANT, host("acme"))),
                    };
                    let text = format!("{author} {number} some words to make it longer");
                    let said = session.post(order("o-1"), PostMessage::text(text)).wait().unwrap();
                    let mut out = std::io::stdout().lock();
                    writeln!(out, "acknowledged {}", said.id).unwrap();
                    out.flush().unwrap();
                }
            });
        }
    });
}

/// Killed a hundred times in the middle of its work: every acknowledged message is there, none is
/// half there, the numbers have no gap, and the audit trail verifies.
#[test]
fn a_killed_writer_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("goodwill.db");
    let world = common::World::on(Arc::new(SqliteStore::open(&path).unwrap()), None);
    drop(world);
    let path = path.to_str().unwrap().to_owned();
    let mut acknowledged = BTreeSet::new();
    for round in 0..ROUNDS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "writer", "--nocapture"])
            .env(FILE, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // How many acknowledgements to wait for, and how long after them to strike.
        let wait_for = round * 7 % 23;
        let pause = Duration::from_micros(u64::from(round) * 379 % 2_000);
        let mut seen = 0;
        for line in lines {
            let Ok(line) = line else { break };
            let Some(id) = line.split("acknowledged ").nth(1) else { continue };
            acknowledged.insert(id.trim().to_owned());
            seen += 1;
            if seen == wait_for + 1 {
                std::thread::sleep(pause);
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
    }
    let engine = engine(&path);
    let admin = engine.desk(Principal::staff(TENANT, Role::Admin, host("root"))).unwrap();
    let mut query = MessageQuery { limit: 500, ..MessageQuery::default() };
    let mut found = Vec::new();
    loop {
        let page = admin.messages(order("o-1"), query.clone()).wait().unwrap();
        query.after = page.messages.last().map(|message| message.id);
        found.extend(page.messages);
        if !page.more {
            break;
        }
    }
    let seqs: Vec<u64> = found.iter().map(|message| message.seq).collect();
    assert_eq!(seqs, (1..=found.len() as u64).collect::<Vec<_>>());
    let ids: BTreeSet<String> = found.iter().map(|message| message.id.to_string()).collect();
    let lost: Vec<_> = acknowledged.difference(&ids).collect();
    assert!(lost.is_empty(), "{} acknowledged messages are lost", lost.len());
    assert!(acknowledged.len() as u32 >= ROUNDS, "only {}", acknowledged.len());
    assert!(found.iter().all(|message| message.text.ends_with("longer")));
    let auditor = engine.desk(Principal::staff(TENANT, Role::Auditor, host("otto"))).unwrap();
    let report = auditor.verify_audit(None).wait().unwrap();
    assert!(report.intact(), "{report}");
    assert_eq!(
        report.messages,
        found.len() as u64,
        "each message has its entry, and each its message"
    );
    println!(
        "{ROUNDS} kills: {} messages acknowledged, {} found, {} audit entries",
        acknowledged.len(),
        found.len(),
        report.entries
    );
}
