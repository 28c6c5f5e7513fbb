//! The job timeline and the order thread, with the shapes that their clients know.
#![cfg(test)]

mod common;

use common::{TENANT, host, job};
use goodwill::facade::{
    CreateCustomerMessageInput, CreateOrderMessage, JobTimeline, OrderMessageSearch, OrderMessages,
};
use goodwill::{Code, PostMessage, Principal, RequestInfo, Role, SystemEvent, Tenant, Topic, Wait};
use serde_json::{Value, json};

fn input(value: Value) -> CreateCustomerMessageInput {
    serde_json::from_value(value).unwrap()
}

fn posted(value: Value) -> CreateOrderMessage {
    serde_json::from_value(value).unwrap()
}

/// A JSON object without the named members, which differ from run to run.
fn without(value: &impl serde::Serialize, names: &[&str]) -> Value {
    let mut value = serde_json::to_value(value).unwrap();
    for name in names {
        assert!(value.as_object_mut().unwrap().remove(*name).is_some(), "{name} is not there");
    }
    value
}

on_every_store! {
    /// A route that is called again does nothing again, and the trail knows where calls came from.
    fn routes_can_be_repeated_and_say_where_they_came_from(world) {
        let request = || RequestInfo { id: Some("r-7".into()), ip: Some("192.0.2.1".into()), user_agent: None };
        let jobs = JobTimeline::new(&world.engine, Principal::service(TENANT, host("key")));
        let jobs = jobs.with_request(request()).idempotent("webhook-1");
        let message = || input(json!({"type": "GENERIC", "body": "once", "channel": "SMS"}));
        let first = jobs.create_message_for_job("j-1", message()).wait().unwrap();
        assert_eq!(jobs.create_message_for_job("j-1", message()).wait().unwrap().id, first.id);
        let seen = JobTimeline::new(&world.engine, Principal::customer(TENANT, host("ada")));
        let seen = seen.get_messages_for_job("j-1").wait().unwrap();
        let shown: Vec<_> = seen.iter().map(|m| (m.body.as_str(), m.channel.as_str())).collect();
        assert_eq!(shown, [("once", "SMS")], "the same channel for everybody");

        let orders = OrderMessages::new(&world.engine, Principal::customer(TENANT, host("ada")));
        let orders = orders.with_request(request()).idempotent("webhook-2");
        let message = || posted(json!({"content": "once"}));
        let first = orders.create_message("o-1", message()).wait().unwrap();
        assert_eq!(orders.create_message("o-1", message()).wait().unwrap().id, first.id);
        let trail = world.staff(Role::Auditor, "otto").audit(0, None, 500).wait().unwrap();
        let created = trail.entries.iter().filter(|entry| entry.record.action == "message.created");
        let from: Vec<_> = created
            .map(|entry| (entry.record.request_id.as_deref(), entry.private.as_ref().unwrap().ip.as_deref()))
            .collect();
        assert_eq!(from, [(Some("r-7"), Some("192.0.2.1")); 2]);
    }

    /// F005, F006, F007, F008, F009, F010, F011, F012, F013, F014, F017, F018, F019, F024, F025, F028,
    /// F029, F032, F064, F066, F069, F071, F072, F073: the internal route makes a message with the
    /// defaults and the exact shape.
    fn a_job_message_has_its_shape_and_defaults(world) {
        let timeline = JobTimeline::new(&world.engine, Principal::service(TENANT, host("key")));
        let made = timeline
            .create_message_for_job("j-1", input(json!({
                "type": "STATUS_UPDATE",
                "body": "Your panels have been ordered",
                "metadataJson": {"tone": "friendly"},
            })))
            .wait()
            .unwrap();
        assert_eq!(without(&made, &["id"]), json!({
            "jobId": "j-1",
            "type": "STATUS_UPDATE",
            "channel": "PORTAL",
            "source": "HUMAN",
            "title": "Project Status Update",
            "body": "Your panels have been ordered",
            "createdAt": "2026-03-02T08:00:00.000Z",
            "readAt": null,
            "metadataJson": {"tone": "friendly"},
        }));
        assert_eq!(made.id.uuid().get_version_num(), 7);
        let unknown = serde_json::from_value::<CreateCustomerMessageInput>(json!({"type": "NEWS", "body": "x"}));
        assert!(unknown.unwrap_err().to_string().contains("status_update"));
        let stranger = timeline.create_message_for_job("j-404", input(json!({"type": "generic", "body": "x"})));
        assert_eq!(stranger.wait().unwrap_err().code(), Code::ThreadNotFound);
    }

    /// F023, F026, F027, F039, F047, F051, F052, F053: titles by type, a tenant's own titles, every
    /// spelling read, AI-assisted messages told apart by the customer as well.
    fn titles_follow_the_type(world) {
        let timeline = JobTimeline::new(&world.engine, Principal::service(TENANT, host("key")));
        let title = |value: Value| {
            timeline.create_message_for_job("j-1", input(value)).wait().unwrap().title.unwrap()
        };
        assert_eq!(title(json!({"type": "eta-update", "body": "x"})), "Installation Timeline Update");
        assert_eq!(title(json!({"type": "GENERIC", "body": "x"})), "Message from Your Solar Team");
        assert_eq!(title(json!({"type": "GENERIC", "body": "x", "title": "Own"})), "Own");
        let mut tenant = Tenant::new(TENANT, "Cool Air");
        tenant.policies.titles.generic = "A word from Cool Air".into();
        world.admin().put_tenant(tenant).wait().unwrap();
        assert_eq!(title(json!({"type": "GENERIC", "body": "x"})), "A word from Cool Air");
        let suggested = timeline
            .create_message_for_job("j-1", input(json!({
                "type": "GENERIC", "body": "Happy holidays", "source": "AI_SUGGESTED", "channel": "EMAIL",
                "metadataJson": {"tone": "warm", "customPrompt": "short"},
            })))
            .wait()
            .unwrap();
        assert_eq!((suggested.source.as_str(), suggested.channel.as_str()), ("AI_SUGGESTED", "EMAIL"));
        let portal = JobTimeline::new(&world.engine, Principal::customer(TENANT, host("ada")));
        let seen = portal.get_messages_for_job("j-1").wait().unwrap();
        assert_eq!(seen.last().unwrap().source, "AI_SUGGESTED");
        assert_eq!(seen.last().unwrap().metadata_json, None, "metadata is the business' own");
    }

    /// F003, F015, F016, F020, F021, F031, F033, F034, F035, F036, F037, F038, F040, F042, F043, F055,
    /// F068, F070, F074: the portal lists in order, counts, and marks read once.
    fn the_portal_reads_and_marks(world) {
        let key = JobTimeline::new(&world.engine, Principal::service(TENANT, host("key")));
        for body in ["one", "two", "three"] {
            world.later(60);
            key.create_message_for_job("j-1", input(json!({"type": "GENERIC", "body": body}))).wait().unwrap();
        }
        let ada = JobTimeline::new(&world.engine, Principal::customer(TENANT, host("ada")));
        let bodies = |timeline: &JobTimeline| {
            let list = timeline.get_messages_for_job("j-1").wait().unwrap();
            list.into_iter().map(|message| message.body).collect::<Vec<_>>()
        };
        assert_eq!(bodies(&ada), ["one", "two", "three"]);
        assert_eq!(ada.unread_count_for_job("j-1").wait().unwrap(), 3);
        let at = world.later(60);
        assert_eq!(ada.mark_messages_read_for_job("j-1").wait().unwrap().updated, 3);
        world.later(60);
        assert_eq!(ada.mark_messages_read_for_job("j-1").wait().unwrap().updated, 0);
        assert_eq!(ada.unread_count_for_job("j-1").wait().unwrap(), 0);
        for timeline in [&ada, &key] {
            let list = timeline.get_messages_for_job("j-1").wait().unwrap();
            assert!(list.iter().all(|message| message.read_at == Some(at)), "the first time is kept");
        }
        key.create_message_for_job("j-1", input(json!({"type": "GENERIC", "body": "four"}))).wait().unwrap();
        assert_eq!(key.mark_messages_read_for_job("j-1").wait().unwrap().updated, 1, "for the customer");
        let bob = JobTimeline::new(&world.engine, Principal::customer(TENANT, host("bob")));
        assert_eq!(bob.get_messages_for_job("j-1").wait().unwrap_err().code(), Code::ThreadNotFound);
        let agent = JobTimeline::new(&world.engine, Principal::staff(TENANT, Role::Agent, host("gina")));
        let refused = agent.mark_messages_read_for_job("j-1").wait().unwrap_err();
        assert_eq!(refused.code(), Code::AccessDenied, "internal use only");
    }

    /// F317, F318, F319, F320, F321, F322, F325, F326, F327, F328, F329, F330, F331, F332, F334, F335,
    /// F337, F342, F344, F357, F359, F362, F368, F369: the order routes with their exact shapes.
    fn an_order_thread_has_its_shape(world) {
        let orders = |principal: Principal| OrderMessages::new(&world.engine, principal);
        let ada = orders(Principal::customer(TENANT, host("ada")));
        let admin = orders(Principal::staff(TENANT, Role::Admin, host("root")));
        let empty = ada.get_messages("o-1").wait().unwrap();
        assert_eq!(serde_json::to_value(&empty).unwrap(), json!({"thread": null, "messages": []}));
        let asked = ada
            .create_message("o-1", posted(json!({"content": "When will my order be delivered?", "channel": "in_app"})))
            .wait()
            .unwrap();
        assert_eq!(without(&asked, &["id", "threadId"]), json!({
            "orderId": "o-1",
            "storeId": "north",
            "senderRole": "customer",
            "senderId": "ada",
            "channel": "in_app",
            "messageType": "text",
            "content": "When will my order be delivered?",
            "attachments": [],
            "isRead": false,
            "readBy": [],
            "isInternal": false,
            "createdAt": "2026-03-02T08:00:00.000Z",
        }));
        orders(Principal::supplier(TENANT, host("acme"))).create_message("o-1", posted(json!({"content": "Monday"}))).wait().unwrap();
        let note = admin
            .create_message("o-1", posted(json!({
                "content": "Customer reported fraud - escalated to security team", "channel": "in_app", "isInternal": true,
            })))
            .wait()
            .unwrap();
        assert!(note.is_internal && note.sender_id.as_deref() == Some("root"));
        let seen = ada.get_messages("o-1").wait().unwrap();
        assert_eq!(seen.messages.len(), 2);
        let thread = seen.thread.unwrap();
        assert_eq!(without(&thread, &["id"]), json!({
            "storeId": "north", "orderId": "o-1", "customerId": "ada", "status": "open",
            "lastMessageAt": "2026-03-02T08:00:00.000Z", "createdAt": "2026-03-02T08:00:00.000Z",
        }));
        assert_eq!(admin.get_messages("o-1").wait().unwrap().messages.len(), 3);
    }

    /// F333, F345, F346, F348, F350, F356, F357, F370, F371: read with a role in the body, close, search
    /// with the query string of the route.
    fn order_routes_read_close_and_search(world) {
        let orders = |principal: Principal| OrderMessages::new(&world.engine, principal).with_request(RequestInfo::default());
        let ada = orders(Principal::customer(TENANT, host("ada")));
        let admin = orders(Principal::staff(TENANT, Role::Admin, host("root")));
        let asked = ada.create_message("o-1", posted(json!({"content": "about my delivery"}))).wait().unwrap();
        let claimed = ada.mark_message_read(asked.id, Some(Role::Admin)).wait().unwrap_err();
        assert_eq!(claimed.code(), Code::AccessRoleClaim);
        let read = admin.mark_message_read(asked.id, Some("admin".parse().unwrap())).wait().unwrap();
        assert!(read.is_read);
        assert_eq!((read.read_by[0].role, read.read_by[0].user_id.as_deref()), (Role::Admin, Some("root")));
        let query: OrderMessageSearch = serde_json::from_value(json!({
            "keyword": "delivery", "status": "open", "unread": false, "page": 1, "limit": 50,
        })).unwrap();
        let found = admin.search(query.clone()).wait().unwrap();
        assert_eq!((found.total, found.total_is_exact, found.page, found.limit), (1, true, 1, 50));
        assert_eq!(found.messages[0].order_id, "o-1");
        assert!(admin.search(OrderMessageSearch { unread: true, ..query.clone() }).wait().unwrap().messages.is_empty());
        for refused in [ada.search(query.clone()).wait().unwrap_err(), ada.close_thread("o-1").wait().unwrap_err()] {
            assert_eq!(refused.code(), Code::AccessDenied);
        }
        assert_eq!(serde_json::to_value(admin.close_thread("o-1").wait().unwrap().status).unwrap(), "closed");
        assert!(admin.search(query).wait().unwrap().messages.is_empty(), "closed is not open");
    }

    /// F374, F375, F378, F383, F441: the order's life told in its thread, by number and store.
    fn system_events_find_their_order(world) {
        let service = OrderMessages::new(&world.engine, Principal::service(TENANT, host("warehouse")));
        let event = SystemEvent::new("ORDER_SHIPPED", "Your order has been shipped. Tracking: TRACK-456")
            .with_metadata(json!({"trackingNumber": "TRACK-456"}).as_object().unwrap().clone());
        let told = service.create_system_event_message("ORD-1", Some("north"), event.clone()).wait().unwrap();
        assert_eq!((told.order_id.as_str(), told.sender_role, told.sender_id), ("o-1", Role::System, None));
        assert_eq!(serde_json::to_value(told.message_type).unwrap(), "system_event");
        assert_eq!(told.metadata.unwrap()["trackingNumber"], "TRACK-456");
        let elsewhere = service.create_system_event_message("ORD-1", Some("south"), event.clone()).wait();
        assert_eq!(elsewhere.unwrap_err().code(), Code::SubjectNotFound);
        let ada = OrderMessages::new(&world.engine, Principal::customer(TENANT, host("ada")));
        assert_eq!(ada.get_messages("o-1").wait().unwrap().messages.len(), 1);
        let customer = world.engine.desk(Principal::customer(TENANT, host("ada")));
        assert_eq!(customer.unwrap_err().code(), Code::AccessDenied);
    }

    /// F077: a host's own calls and the façades see one thread.
    fn sessions_and_facades_are_one(world) {
        world.admin().post(job("j-1"), PostMessage::text("hello").about(Topic::Generic)).wait().unwrap();
        let ada = JobTimeline::new(&world.engine, Principal::customer(TENANT, host("ada")));
        assert_eq!(ada.get_messages_for_job("j-1").wait().unwrap()[0].body, "hello");
    }
}
