//! Files that cannot be used: each has its own error, and is left as it was.
#![cfg(test)]
#![cfg(feature = "sqlite")]

mod common;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use common::{World, order};
use goodwill::audit::{Checkpoint, Finding};
use goodwill::{
    Code, MessageQuery, PostMessage, Role, SqliteOptions, SqliteStore, Synchronous, Wait,
};
use rusqlite::Connection;

fn refused(path: &Path, options: SqliteOptions) -> Code {
    SqliteStore::open_with(path, options).unwrap_err().code()
}

/// A closed database with one message in it.
fn furnished(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("goodwill.db");
    let world = World::on(Arc::new(SqliteStore::open(&path).unwrap()), None);
    world.customer("ada").post(order("o-1"), PostMessage::text("hello")).wait().unwrap();
    path
}

#[test]
fn files_that_are_not_ours_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "not a database, but long enough to be taken for one".repeat(20))
        .unwrap();
    let before = std::fs::read(&text).unwrap();
    assert_eq!(refused(&text, SqliteOptions::default()), Code::StoreNotADatabase);
    assert_eq!(std::fs::read(&text).unwrap(), before);

    let foreign = folder.path().join("other.db");
    Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE theirs (a)").unwrap();
    let before = std::fs::read(&foreign).unwrap();
    assert_eq!(refused(&foreign, SqliteOptions::default()), Code::StoreForeign);
    assert_eq!(std::fs::read(&foreign).unwrap(), before);

    let missing = folder.path().join("missing").join("goodwill.db");
    assert_eq!(refused(&missing, SqliteOptions::default()), Code::StoreUnavailable);
    let absent = folder.path().join("absent.db");
    let existing = SqliteOptions { create: false, ..SqliteOptions::default() };
    assert_eq!(refused(&absent, existing), Code::StoreUnavailable);
    assert!(!absent.exists());
    assert_eq!(refused(folder.path(), SqliteOptions::default()), Code::StoreUnavailable);
}

/// F076: a file of an older version is migrated when it is opened.
#[test]
fn a_newer_file_is_refused_and_an_older_one_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = furnished(folder.path());
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA user_version = 999").unwrap();
    drop(connection);
    let before = std::fs::read(&path).unwrap();
    assert_eq!(refused(&path, SqliteOptions::default()), Code::StoreNewerVersion);
    assert_eq!(std::fs::read(&path).unwrap(), before);

    // F076: what version 1 did not have is taken away; opening brings it back.
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "DROP INDEX idempotency_age; DROP TABLE payment; DROP TABLE contact; DROP TABLE arrival;
             DROP TABLE followup; DROP TABLE triage; DROP TABLE triage_party; DROP INDEX subject_customer;
             DROP INDEX subject_by_number; ALTER TABLE content DROP COLUMN original;
             PRAGMA user_version = 1",
        )
        .unwrap();
    drop(connection);
    let reader = SqliteOptions { read_only: true, ..SqliteOptions::default() };
    assert_eq!(refused(&path, reader), Code::StoreReadOnly);
    let world = World::on(Arc::new(SqliteStore::open(&path).unwrap()), None);
    let list = world.admin().messages(order("o-1"), MessageQuery::default()).wait().unwrap();
    assert_eq!(list.messages[0].text, "hello");
    let connection = Connection::open(&path).unwrap();
    let found: u32 = connection
        .query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'idempotency_age'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(found, 1);
}

#[test]
fn a_file_opened_for_reading_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = furnished(folder.path());
    let options = SqliteOptions { read_only: true, ..SqliteOptions::default() };
    let store = SqliteStore::open_with(&path, options).unwrap();
    let engine =
        goodwill::Engine::new(store, goodwill::AuditKey::from_bytes("test", &[42; 32]).unwrap());
    let ada = engine.portal(goodwill::Principal::customer(common::TENANT, common::host("ada")));
    let list = ada.messages(order("o-1"), MessageQuery::default()).wait().unwrap();
    assert_eq!(list.messages.len(), 1);
    let error = ada.post(order("o-1"), PostMessage::text("more")).wait().unwrap_err();
    assert_eq!(error.code(), Code::StoreReadOnly);
}

#[test]
fn a_locked_file_says_so_and_serves_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("goodwill.db");
    let options = SqliteOptions {
        busy_timeout: Duration::from_millis(20),
        synchronous: Synchronous::Normal,
        ..SqliteOptions::default()
    };
    let world = World::on(Arc::new(SqliteStore::open_with(&path, options).unwrap()), None);
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let ada = world.customer("ada");
    let error = ada.post(order("o-1"), PostMessage::text("hi")).wait().unwrap_err();
    assert_eq!((error.code(), error.retryable()), (Code::StoreLocked, true));
    other.execute_batch("ROLLBACK").unwrap();
    ada.post(order("o-1"), PostMessage::text("hi")).wait().unwrap();
    assert_eq!(
        ada.messages(order("o-1"), MessageQuery::default()).wait().unwrap().messages.len(),
        1
    );
}

#[test]
fn a_full_disk_stops_writing_and_harms_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("goodwill.db");
    let small = SqliteOptions { max_pages: 120, ..SqliteOptions::default() };
    let world = World::on(Arc::new(SqliteStore::open_with(&path, small).unwrap()), None);
    let ada = world.customer("ada");
    let mut written = 0;
    let error = loop {
        let text = format!("{written} {}", "padding ".repeat(1_000));
        match ada.post(order("o-1"), PostMessage::text(text)).wait() {
            Ok(_) => written += 1,
            Err(error) => break error,
        }
        assert!(written < 10_000, "the limit was never reached");
    };
    assert_eq!(error.code(), Code::StoreFull);
    assert!(written > 0);
    // Several at once fail as one, and nothing of any is there.
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let text = "x ".repeat(20_000);
                let error =
                    world.customer("ada").post(order("o-1"), PostMessage::text(text)).wait();
                assert_eq!(error.unwrap_err().code(), Code::StoreFull);
            });
        }
    });
    drop(world);
    let world = World::on(Arc::new(SqliteStore::open(&path).unwrap()), None);
    let ada = world.customer("ada");
    ada.post(order("o-1"), PostMessage::text("room again")).wait().unwrap();
    let query = MessageQuery { limit: 500, ..MessageQuery::default() };
    let list = ada.messages(order("o-1"), query).wait().unwrap();
    assert_eq!(list.messages.len(), written + 1);
    assert_eq!(list.messages.last().unwrap().number, written as u64 + 1);
    assert!(world.staff(Role::Auditor, "otto").verify_audit(None).wait().unwrap().intact());
}

#[test]
fn damage_is_found_at_opening_when_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = furnished(folder.path());
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    drop(connection);
    let mut bytes = std::fs::read(&path).unwrap();
    let checked = SqliteOptions { integrity_check: true, ..SqliteOptions::default() };
    drop(SqliteStore::open_with(&path, checked.clone()).unwrap());
    // The middle of the file: pages of some table or index.
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].fill(0xa5);
    std::fs::write(&path, &bytes).unwrap();
    assert_eq!(refused(&path, checked), Code::StoreCorrupt);
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_backup_is_a_whole_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("goodwill.db");
    let store = Arc::new(SqliteStore::open(&path).unwrap());
    let world = World::on(Arc::clone(&store) as _, None);
    world.customer("ada").post(order("o-1"), PostMessage::text("hello")).wait().unwrap();
    let copy = folder.path().join("copy.db");
    let mut last = (0, 0);
    store.backup(&copy, |done, total| last = (done, total)).unwrap();
    assert!(last.0 == last.1 && last.1 > 0);
    assert_eq!(store.backup(&copy, |_, _| ()).unwrap_err().code(), Code::StoreUnavailable);
    let restored = World::on(Arc::new(SqliteStore::open(&copy).unwrap()), None);
    let list = restored.admin().messages(order("o-1"), MessageQuery::default()).wait().unwrap();
    assert_eq!(list.messages[0].text, "hello");
}

/// A host may copy or move the file when nothing has it open: everything is in it.
#[test]
fn a_closed_file_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    // Both kinds of connections were open: for reading and for writing.
    furnished(folder.path());
    let files: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(files.len(), 1, "{files:?}");
}

/// F324: no statement changes or deletes a message or an audit entry while the triggers stand.
#[test]
fn the_file_itself_refuses_changes_of_messages() {
    let folder = tempfile::tempdir().unwrap();
    let path = furnished(folder.path());
    let connection = Connection::open(&path).unwrap();
    for statement in [
        "UPDATE message SET seq = seq + 1",
        "DELETE FROM message",
        "UPDATE audit SET canonical = '{}'",
        "DELETE FROM audit",
    ] {
        assert!(connection.execute(statement, []).is_err(), "{statement}");
    }
}

/// A hand that takes the triggers away is found out: a changed byte, a removed middle, a cut tail
/// and a changed message each by its own finding; an erased person is none.
#[test]
fn tampering_is_found_out_and_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let tampered = |number: u32, statement: &str| {
        let path = folder.path().join(format!("{number}.db"));
        let world = World::on(Arc::new(SqliteStore::open(&path).unwrap()), None);
        let admin = world.admin();
        let mut tenant = admin.tenant().wait().unwrap();
        tenant.name = "Shop".into();
        tenant.policies.checkpoint_entries = 20;
        admin.put_tenant(tenant).wait().unwrap();
        for text in ["one", "two", "three", "four", "five", "six", "seven", "eight"] {
            world.customer("ada").post(order("o-1"), PostMessage::text(text)).wait().unwrap();
        }
        assert_eq!(world.engine.tick().wait().unwrap().checkpoints, 1);
        let auditor = world.staff(Role::Auditor, "otto");
        let kept = auditor.checkpoint().wait().unwrap().unwrap();
        let kept = Checkpoint::import(&kept.export()).unwrap();
        let before = auditor.verify_audit(Some(&kept)).wait().unwrap();
        assert!(before.intact() && before.checkpoints > 0, "{before}");
        let connection = Connection::open(&path).unwrap();
        connection
            .execute_batch(
                "DROP TRIGGER audit_is_immutable; DROP TRIGGER audit_is_permanent;
                 DROP TRIGGER message_is_immutable; DROP TRIGGER message_is_permanent;",
            )
            .unwrap();
        connection.execute_batch(statement).unwrap();
        auditor.verify_audit(Some(&kept)).wait().unwrap().findings
    };
    let found = tampered(
        1,
        "UPDATE audit SET canonical = replace(canonical, 'customer', 'supplier') WHERE seq = 16",
    );
    assert!(found.contains(&Finding::Changed { seq: 16 }), "{found:?}");
    let found = tampered(2, "DELETE FROM audit WHERE seq BETWEEN 5 AND 7");
    assert!(found.contains(&Finding::Removed { after: 4, before: 8 }), "{found:?}");
    let found = tampered(3, "DELETE FROM audit WHERE seq > 18");
    assert!(matches!(found.as_slice(), [Finding::CutTail { found: 18, .. }]), "{found:?}");
    let found = tampered(4, "UPDATE content SET text = 'other' WHERE text = 'three'");
    assert!(matches!(found.as_slice(), [Finding::MessageChanged { .. }]), "{found:?}");
    let found = tampered(5, "UPDATE message SET role = 1 WHERE seq = 2");
    assert!(matches!(found.as_slice(), [Finding::MessageChanged { .. }]), "{found:?}");
    let found =
        tampered(6, "UPDATE audit_private SET body = replace(body, '192.0.2.7', '10.0.0.1')");
    assert!(found.iter().all(|f| matches!(f, Finding::PrivateChanged { .. })) && !found.is_empty());
    let found = tampered(7, "DELETE FROM audit; DELETE FROM audit_head; DELETE FROM checkpoint");
    assert!(
        found.iter().any(|f| matches!(f, Finding::CutTail { .. } | Finding::HeadForged)),
        "{found:?}"
    );
    assert!(
        tampered(
            8,
            "UPDATE content SET state = 2, text = '', salt = NULL; DELETE FROM audit_private"
        )
        .is_empty()
    );
}
