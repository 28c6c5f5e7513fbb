//! How SQLite goes about the questions that are asked most: by which index, and without sorting.

use rusqlite::{Connection, params_from_iter};

use crate::access::{Fact, Filter, Role, RoleSet};
use crate::followups::FollowupState;
use crate::ids::{FollowupId, PartyId, StorefrontId, SubjectId, TenantId, ThreadId};
use crate::inbound::{TriageReason, TriageState};
use crate::messages::{Channel, MessageKind};
use crate::principal::Identity;
use crate::search::SearchQuery;
use crate::store::query::{
    AccessFilter, Followups, InboundLookup, MessagePage, MessageSearch, Payments, ThreadFilter,
    Threads, TriagePage,
};
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::filter::Sql;
use crate::store::sqlite::read::{directory, inbound, messages, search, threads};
use crate::store::sqlite::{followups, payments};
use crate::threads::ThreadStatus;

fn plan(sql: Sql) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("goodwill.db");
    drop(SqliteStore::open(&path).unwrap());
    let connection = Connection::open(&path).unwrap();
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {}", sql.text)).unwrap();
    let rows =
        statement.query_map(params_from_iter(sql.values), |row| row.get::<_, String>(3)).unwrap();
    rows.map(Result::unwrap).collect::<Vec<_>>().join("\n")
}

fn everybody() -> AccessFilter {
    let identity = Identity {
        party: Some(PartyId::from_uuid(uuid::Uuid::from_u128(7))),
        organisation: None,
        on_behalf_of: None,
        stores: None,
        roles: RoleSet::of(&[Role::Admin]),
    };
    AccessFilter { filter: Filter::Everything, identity }
}

fn list(public: bool, filter: ThreadFilter) -> String {
    plan(threads::page_sql(&Threads {
        tenant: TenantId::SINGLE,
        access: everybody(),
        filter,
        public,
        after: None,
        offset: 0,
        limit: 50,
    }))
}

fn find(change: impl FnOnce(&mut MessageSearch)) -> String {
    let mut query = MessageSearch {
        tenant: TenantId::SINGLE,
        access: everybody(),
        roles: RoleSet::of(&[Role::Admin]),
        keyword: None,
        threads: ThreadFilter::default(),
        via: Vec::new(),
        author_role: Vec::new(),
        kind: Vec::new(),
        topic: Vec::new(),
        from: None,
        until: None,
        unread: false,
        before: None,
        offset: 0,
        limit: 20,
        count_to: 0,
    };
    change(&mut query);
    let mut sql = Sql::new("SELECT m.position");
    sql.append(search::found(&query)).push(" ORDER BY message_text.rowid DESC LIMIT 20");
    plan(sql)
}

/// F396: threads of a store by status, the most recently active first, without sorting.
#[test]
fn threads_of_a_store_come_from_their_index() {
    let filter = ThreadFilter {
        store: Some(StorefrontId::from_uuid(uuid::Uuid::from_u128(1))),
        status: vec![ThreadStatus::Open],
        ..ThreadFilter::default()
    };
    let plan = list(false, filter);
    assert!(
        plan.contains("USING INDEX thread_store (tenant=? AND store=? AND status=?)"),
        "{plan}"
    );
    assert!(!plan.contains("USE TEMP B-TREE FOR ORDER BY"), "{plan}");
}

/// F397: threads of a customer by status, the most recently active first.
#[test]
fn threads_of_a_customer_come_from_their_index() {
    let filter = ThreadFilter {
        customer: Some(PartyId::from_uuid(uuid::Uuid::from_u128(1))),
        status: vec![ThreadStatus::Open],
        ..ThreadFilter::default()
    };
    let plan = list(true, filter);
    assert!(
        plan.contains("USING INDEX thread_customer (tenant=? AND customer=? AND status=?)"),
        "{plan}"
    );
    assert!(!plan.contains("USE TEMP B-TREE FOR ORDER BY"), "{plan}");
}

/// F398: the thread of an order.
#[test]
fn the_thread_of_a_subject_comes_from_its_index() {
    let plan = plan(Sql::new("SELECT row FROM thread WHERE tenant = x'00' AND subject = x'00'"));
    assert!(plan.contains("(tenant=? AND subject=?)"), "{plan}");
}

/// F376, F377: who has an address, what a delivery has become, what the sender's open subjects are, and
/// what waits: by their indexes, and without sorting.
#[test]
fn messages_from_outside_are_resolved_by_indexes() {
    let nobody = PartyId::from_uuid(uuid::Uuid::nil());
    let lookup = InboundLookup {
        named: Vec::new(),
        replies: Vec::new(),
        threads: Vec::new(),
        own: None,
        senders: Vec::new(),
        finished: vec!["completed".into()],
        limit: 20,
    };
    let page = TriagePage {
        tenant: TenantId::SINGLE,
        state: TriageState::Open,
        reason: vec![TriageReason::UnknownSender],
        after: None,
        limit: 50,
    };
    let bound = |sql: &str, values: usize| {
        let mut sql = Sql::new(sql);
        sql.values = vec![rusqlite::types::Value::Blob(vec![0]); values];
        sql
    };
    for (sql, index) in [
        (bound(directory::CONTACTS, 2), "contact_party (tenant=? AND party=?)"),
        (bound(inbound::PROVIDED, 3), "arrival_provider (tenant=? AND provider_ref=?)"),
        (
            inbound::open_sql(TenantId::SINGLE, nobody, &lookup),
            "subject_customer (tenant=? AND customer=?)",
        ),
        (inbound::page_sql(&page), "triage_state (tenant=? AND state=?)"),
    ] {
        let plan = plan(sql);
        assert!(plan.contains(index), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
}

/// F399, F400, F403: the last messages of a thread, however long it is; what comes after a cursor.
#[test]
fn messages_of_a_thread_come_from_their_index() {
    let thread = ThreadId::from_uuid(uuid::Uuid::from_u128(1));
    let query = MessagePage {
        tenant: TenantId::SINGLE,
        threads: vec![thread],
        roles: RoleSet::EMPTY,
        only: None,
        after: None,
        before: None,
        newest_first: true,
        limit: 50,
    };
    let bounds = [(Some((thread, 5, 5)), ">"), (None, "<")];
    let plan = plan(messages::page_sql(&query, thread, 1, bounds));
    assert!(plan.contains("(thread=? AND seq>?)"), "{plan}");
    assert!(!plan.contains("TEMP B-TREE"), "{plan}");
}

/// F401, F402, F404, F405, F406: searches by store, role, channel, visibility and what is unread go
/// through the index of facets, newest first, without sorting; so does a word.
#[test]
fn searches_come_from_the_index_of_facets() {
    let word = SearchQuery::parse("delivery").unwrap();
    for plan in [
        find(|query| query.keyword = Some(word)),
        find(|query| query.threads.store = Some(StorefrontId::from_uuid(uuid::Uuid::nil()))),
        find(|query| query.unread = true),
        find(|query| query.author_role = vec![Role::Supplier]),
        find(|query| query.via = vec![Channel::Email]),
        find(|query| query.kind = vec![MessageKind::Note]),
    ] {
        assert!(plan.contains("SCAN message_text VIRTUAL TABLE INDEX"), "{plan}");
        assert!(plan.contains("SEARCH m USING INTEGER PRIMARY KEY"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
}

#[test]
fn payments_come_from_an_index_in_their_order() {
    let all = Payments {
        tenant: TenantId::SINGLE,
        stores: None,
        customer: None,
        from: Some(crate::Timestamp::MIN),
        until: None,
        after: Some((crate::Timestamp::MIN, crate::PaymentId::from_uuid(uuid::Uuid::nil()))),
        limit: 100,
    };
    let of_one = Payments { customer: Some(PartyId::from_uuid(uuid::Uuid::nil())), ..all.clone() };
    for (query, index) in [(all, "payment_time"), (of_one, "payment_customer")] {
        let plan = plan(payments::page_sql(&query));
        assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{plan}");
    }
}

/// F121, F189: follow-ups of a customer, after a job, and those that are due, in their order; and what
/// has to go with a person.
#[test]
fn followups_come_from_an_index_in_their_order() {
    let all = Followups {
        tenant: TenantId::SINGLE,
        access: AccessFilter { filter: Filter::Fact(Fact::Assigned), ..everybody() },
        customer: None,
        job: None,
        state: Vec::new(),
        from: None,
        until: Some(crate::Timestamp::MIN),
        after: Some((crate::Timestamp::MIN, FollowupId::from_uuid(uuid::Uuid::nil()))),
        limit: 100,
    };
    let of_one = Followups { customer: Some(PartyId::from_uuid(uuid::Uuid::nil())), ..all.clone() };
    let after_job = Followups { job: Some(SubjectId::from_uuid(uuid::Uuid::nil())), ..all.clone() };
    let due = Followups { state: vec![FollowupState::Pending, FollowupState::Sent], ..all.clone() };
    for (query, index) in [
        (all, "followup_time"),
        (of_one, "followup_customer"),
        (after_job, "followup_job"),
        (due, "followup_open"),
    ] {
        let plan = plan(followups::page_sql(&query));
        assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{index}: {plan}");
        assert!(!plan.contains("SCAN"), "{index}: {plan}");
    }
    let nobody = PartyId::from_uuid(uuid::Uuid::nil());
    let plan = plan(followups::of_party_sql(TenantId::SINGLE, nobody));
    assert!(plan.contains("followup_customer") && plan.contains("followup_logged_by"), "{plan}");
}
