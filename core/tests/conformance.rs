//! Every store passes the same suite.
#![cfg(test)]

#[path = "common/logs.rs"]
mod logs;

use std::sync::Arc;

use goodwill::access::Filter;
use goodwill::store::{Answer, ChangeSet, Outcome, Query, testing};
use goodwill::{AuditKeys, LogStore, MemoryStore, Result, SqliteStore, Store, store_conformance};

/// A file that goes when its store goes.
#[derive(Debug)]
struct Temporary {
    store: SqliteStore,
    _folder: tempfile::TempDir,
}

#[async_trait::async_trait]
impl Store for Temporary {
    async fn read(&self, query: Query) -> Result<Answer> {
        self.store.read(query).await
    }

    async fn commit(&self, changes: ChangeSet, keys: &AuditKeys) -> Result<Outcome> {
        self.store.commit(changes, keys).await
    }
}

fn sqlite() -> Arc<Temporary> {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("goodwill.db")).unwrap();
    Arc::new(Temporary { store, _folder: folder })
}

store_conformance!(memory, || Arc::new(MemoryStore::new()));
store_conformance!(sqlite_file, sqlite);
store_conformance!(host_log, || Arc::new(LogStore::new(logs::MemoryLog::default())));

/// What another language puts its logs to: two stores over one file, as two processes have them.
#[test]
fn a_log_passes_every_check() {
    for check in testing::log_checks() {
        let folder = tempfile::tempdir().unwrap();
        let log = logs::FileLog::new(folder.path().join("goodwill.log"));
        assert_eq!(testing::check_log(check, log), Ok(()), "{check}");
    }
}

/// A memory store with a fault.
#[derive(Debug)]
struct Faulty {
    store: MemoryStore,
    read: fn(Query) -> Query,
    commit: fn(ChangeSet) -> Vec<ChangeSet>,
}

#[async_trait::async_trait]
impl Store for Faulty {
    async fn read(&self, query: Query) -> Result<Answer> {
        self.store.read((self.read)(query)).await
    }

    async fn commit(&self, changes: ChangeSet, keys: &AuditKeys) -> Result<Outcome> {
        let mut outcome = Outcome::Stale;
        for part in (self.commit)(changes) {
            outcome = self.store.commit(part, keys).await?;
        }
        Ok(outcome)
    }
}

/// The suite finds each of these faults, so that it can fail.
#[test]
fn faults_are_found() {
    let as_asked = |query| query;
    let whole = |set| vec![set];
    let everything = |mut query: Query| {
        match &mut query {
            Query::Threads(query) => query.access.filter = Filter::Everything,
            Query::MessageSearch(query) => query.access.filter = Filter::Everything,
            Query::Unread(query) => query.access.filter = Filter::Everything,
            Query::Followups(query) => query.access.filter = Filter::Everything,
            _ => {}
        }
        query
    };
    let every_role = |mut query: Query| {
        if let Query::MessagePage(query) = &mut query {
            query.roles = goodwill::RoleSet::ALL;
        }
        query
    };
    let backwards = |mut query: Query| {
        if let Query::MessagePage(query) = &mut query {
            query.newest_first = !query.newest_first;
        }
        query
    };
    let without_expectations = |mut set: ChangeSet| {
        set.expect.clear();
        vec![set]
    };
    let without_keys = |mut set: ChangeSet| {
        set.idempotency = None;
        vec![set]
    };
    let piece_by_piece = |set: ChangeSet| {
        let mut parts: Vec<ChangeSet> = Vec::new();
        for change in set.changes.clone() {
            let part = ChangeSet { changes: vec![change], ..set.clone() };
            parts.push(ChangeSet {
                audit: Vec::new(),
                events: Vec::new(),
                expect: Vec::new(),
                idempotency: None,
                ..part
            });
        }
        parts.push(ChangeSet { changes: Vec::new(), expect: Vec::new(), ..set });
        parts
    };
    let without_events = |mut set: ChangeSet| {
        set.events.clear();
        vec![set]
    };
    type Fault = (&'static str, fn(Query) -> Query, fn(ChangeSet) -> Vec<ChangeSet>);
    let faults: [Fault; 7] = [
        ("access filters are not applied", everything, whole),
        ("notes are in everybody's pages", every_role, whole),
        ("pages run backwards", backwards, whole),
        ("expectations are not checked", as_asked, without_expectations),
        ("requests are not remembered", as_asked, without_keys),
        ("commits are not atomic", as_asked, piece_by_piece),
        ("events are forgotten", as_asked, without_events),
    ];
    for (fault, read, commit) in faults {
        let open =
            || -> Arc<dyn Store> { Arc::new(Faulty { store: MemoryStore::new(), read, commit }) };
        let failed = testing::run(&open).into_iter().filter(|(_, verdict)| verdict.is_err());
        assert!(failed.count() > 0, "nobody noticed that {fault}");
    }
}
