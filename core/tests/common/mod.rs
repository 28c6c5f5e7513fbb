//! A small shop that tests play in, on every store.
#![allow(dead_code, reason = "each test file uses its own part")]

pub(crate) mod logs;

use std::sync::Arc;
use std::time::Duration;

use goodwill::{
    AuditKey, AuditKeys, Desk, Engine, ExternalRef, LogStore, ManualClock, MemoryStore, PartyKind,
    Portal, Principal, PutParty, PutStorefront, PutSubject, RequestInfo, Role, SeededIds, Session,
    SqliteStore, Store, SubjectRef, TenantId, Timestamp, Wait,
};

/// Runs a test on a memory store, on an SQLite file and on a host's log.
#[macro_export]
macro_rules! on_every_store {
    ($($(#[doc = $doc:literal])* fn $name:ident($world:ident) $body:block)+) => {
        $(
            mod $name {
                use super::*;
                $(#[doc = $doc])*
                #[test]
                fn on_memory() {
                    run(&$crate::common::World::on_memory());
                }
                $(#[doc = $doc])*
                #[test]
                fn on_sqlite() {
                    run(&$crate::common::World::on_sqlite());
                }
                $(#[doc = $doc])*
                #[test]
                fn on_log() {
                    run(&$crate::common::World::on_log());
                }
                fn run($world: &$crate::common::World) $body
            }
        )+
    };
}

pub(crate) const TENANT: TenantId = TenantId::SINGLE;

pub(crate) fn host(text: &str) -> ExternalRef {
    ExternalRef::host(text).unwrap()
}

pub(crate) fn keys() -> AuditKeys {
    AuditKey::from_bytes("test", &[42; 32]).unwrap().into()
}

/// One tenant with two stores: `north`, operated by the reseller `rita`, and `south`. Order `o-1` of
/// the customer `ada` in the north is fulfilled by the supplier `acme`; order `o-2` of `bob` in the
/// south by `zenith`. Job `j-1` of `ada` is assigned to the technician `tom`.
pub(crate) struct World {
    pub(crate) engine: Engine,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) folder: Option<tempfile::TempDir>,
}

impl World {
    pub(crate) fn on_memory() -> Self {
        Self::on(Arc::new(MemoryStore::new()), None)
    }

    pub(crate) fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path().join("goodwill.db")).unwrap();
        Self::on(Arc::new(store), Some(folder))
    }

    pub(crate) fn on_log() -> Self {
        Self::on(Arc::new(LogStore::new(logs::MemoryLog::default())), None)
    }

    pub(crate) fn on(store: Arc<dyn Store>, folder: Option<tempfile::TempDir>) -> Self {
        let world = Self::furnished(store, 1, folder);
        world.furnish();
        world
    }

    /// A world on a store that has its records already, with ids of its own.
    pub(crate) fn furnished(
        store: Arc<dyn Store>,
        seed: u64,
        folder: Option<tempfile::TempDir>,
    ) -> Self {
        let clock = Arc::new(ManualClock::new("2026-03-02T08:00:00Z".parse().unwrap()));
        let ids = Arc::new(SeededIds::new(seed));
        let engine = Engine::with_parts(store, keys(), Arc::clone(&clock) as _, ids);
        Self { engine, clock, folder }
    }

    fn furnish(&self) {
        let admin = self.admin();
        for (store, reseller) in [("north", Some("rita")), ("south", None)] {
            admin
                .put_storefront(PutStorefront {
                    key: host(store).into(),
                    name: store.into(),
                    reseller: reseller.map(|reseller| host(reseller).into()),
                })
                .wait()
                .unwrap();
        }
        for (party, kind) in [
            ("ada", PartyKind::Customer),
            ("bob", PartyKind::Customer),
            ("acme", PartyKind::Supplier),
            ("zenith", PartyKind::Supplier),
            ("tom", PartyKind::Staff),
            ("gina", PartyKind::Staff),
        ] {
            let name = Some(format!("{party} the tester"));
            let party = PutParty { key: host(party).into(), kind, name, contacts: None };
            admin.put_party(party).wait().unwrap();
        }
        for subject in [
            PutSubject::order(host("o-1"), host("ada"))
                .numbered("ORD-1")
                .in_store(host("north"))
                .fulfilled_by(host("acme"))
                .with_status("In Progress"),
            PutSubject::order(host("o-2"), host("bob"))
                .numbered("ORD-2")
                .in_store(host("south"))
                .fulfilled_by(host("zenith"))
                .with_status("shipped"),
            PutSubject::job(host("j-1"), host("ada")).numbered("J-1").assigned_to(host("tom")),
        ] {
            admin.put_subject(subject).wait().unwrap();
        }
    }

    pub(crate) fn later(&self, seconds: u64) -> Timestamp {
        self.clock.advance(Duration::from_secs(seconds));
        self.engine.now()
    }

    pub(crate) fn admin(&self) -> Session<Desk> {
        self.staff(Role::Admin, "root")
    }

    pub(crate) fn staff(&self, role: Role, person: &str) -> Session<Desk> {
        self.engine.desk(Principal::staff(TENANT, role, host(person))).unwrap()
    }

    pub(crate) fn agent_in(&self, person: &str, store: &str) -> Session<Desk> {
        let agent = Principal::staff(TENANT, Role::Agent, host(person));
        self.engine.desk(agent.in_stores([host(store).into()])).unwrap()
    }

    pub(crate) fn service(&self) -> Session<Desk> {
        self.engine.desk(Principal::service(TENANT, host("internal-api"))).unwrap()
    }

    pub(crate) fn customer(&self, name: &str) -> Session<Portal> {
        self.engine.portal(Principal::customer(TENANT, host(name))).with_request(RequestInfo {
            id: Some("request-1".into()),
            ip: Some(if name == "ada" { "192.0.2.7" } else { "198.51.100.9" }.into()),
            user_agent: Some("Probe/1.0 (personal)".into()),
        })
    }

    pub(crate) fn supplier(&self, name: &str) -> Session<Portal> {
        self.engine.portal(Principal::supplier(TENANT, host(name)))
    }

    pub(crate) fn reseller(&self, name: &str) -> Session<Portal> {
        self.engine.portal(Principal::reseller(TENANT, host(name)))
    }
}

pub(crate) fn order(key: &str) -> SubjectRef {
    SubjectRef::order(host(key))
}

pub(crate) fn job(key: &str) -> SubjectRef {
    SubjectRef::job(host(key))
}
