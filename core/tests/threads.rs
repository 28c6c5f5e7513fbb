//! Threads and messages as those see them who write and read them.
#![cfg(test)]

mod common;

use common::{TENANT, host, job, order};
use goodwill::access::Action;
use goodwill::messages::PublicReadBy;
use goodwill::session::{Total, TrailEntry};
use goodwill::threads::{PublicStatus, ThreadChange};
use goodwill::{
    Attachment, Channel, Code, EventKind, MessageFilter, MessageKind, MessageQuery, MessageState,
    Origin, PostMessage, Principal, Priority, PutSubject, Redaction, Role, RoleSet, SystemEvent,
    Tenant, TenantId, ThreadQuery, ThreadStatus, Topic, UnreadTargets, Visibility, Wait,
};

fn texts(messages: &[goodwill::Message]) -> Vec<&str> {
    messages.iter().map(|message| message.text.as_str()).collect()
}

fn public_texts(messages: &[goodwill::PublicMessage]) -> Vec<&str> {
    messages.iter().map(|message| message.text.as_str()).collect()
}

fn code<T: std::fmt::Debug>(result: goodwill::Result<T>) -> Code {
    result.unwrap_err().code()
}

on_every_store! {
    /// F001, F002, F003, F316, F323, F344, F429, F430, F431, F434, F435: a customer asks, the
    /// supplier answers, an administrator notes; one thread, and each sees what is theirs.
    fn a_conversation_begins_with_the_first_message(world) {
        let (ada, acme, admin) = (world.customer("ada"), world.supplier("acme"), world.admin());
        let before = ada.messages(order("o-1"), MessageQuery::default()).wait().unwrap();
        assert_eq!(before.thread, None);
        let asked = ada.post(order("o-1"), PostMessage::text("When does it arrive?")).wait().unwrap();
        world.later(60);
        acme.post(order("o-1"), PostMessage::text("On Monday.").in_reply_to(asked.id)).wait().unwrap();
        admin.post(order("o-1"), PostMessage::note("Third delay")).wait().unwrap();

        let seen = ada.messages(order("o-1"), MessageQuery::default()).wait().unwrap();
        assert_eq!(public_texts(&seen.messages), ["When does it arrive?", "On Monday."]);
        assert_eq!(seen.messages[1].reply_to, Some(asked.id));
        assert_eq!(seen.messages[1].author_role, Role::Supplier);
        let thread = seen.thread.unwrap();
        assert_eq!((thread.messages, thread.status), (2, PublicStatus::Open));
        let all = admin.messages(order("o-1"), MessageQuery::default()).wait().unwrap();
        assert_eq!(texts(&all.messages), ["When does it arrive?", "On Monday.", "Third delay"]);
        assert_eq!(all.thread.as_ref().unwrap().id, thread.id);
        assert_eq!(all.messages[2].visibility, Visibility::ADMINS);
        assert_eq!(all.messages[2].kind, MessageKind::Note);
        let seqs: Vec<u64> = all.messages.iter().map(|message| message.seq).collect();
        assert_eq!(seqs, [1, 2, 3]);
        assert_eq!(admin.threads(ThreadQuery::default()).wait().unwrap().threads.len(), 1);
    }

    /// F035, F336, F338, F358, F361, F364, F365, F372, F433: nobody reaches a conversation that is
    /// not theirs, and nobody learns that it exists.
    fn strangers_find_nothing(world) {
        world.customer("ada").post(order("o-1"), PostMessage::text("mine")).wait().unwrap();
        let strangers = [
            world.customer("bob"),
            world.customer("nobody-yet"),
            world.supplier("zenith"),
            world.reseller("someone-else"),
        ];
        for stranger in &strangers {
            let list = stranger.messages(order("o-1"), MessageQuery::default()).wait();
            assert_eq!(code(list), Code::ThreadNotFound);
            let post = stranger.post(order("o-1"), PostMessage::text("let me in")).wait();
            assert_eq!(code(post), Code::ThreadNotFound);
            assert!(stranger.threads(ThreadQuery::default()).wait().unwrap().threads.is_empty());
            let targets = UnreadTargets::Subjects(vec![order("o-1")]);
            assert_eq!(stranger.unread_counts(targets).wait().unwrap(), [None]);
            let found = stranger.search(&MessageFilter::keyword("mine")).wait().unwrap();
            assert_eq!((found.hits.len(), found.total), (0, Total { count: 0, exact: true }));
        }
        let rita = world.reseller("rita");
        assert_eq!(rita.messages(order("o-1"), MessageQuery::default()).wait().unwrap().messages.len(), 1);
        let agent = world.agent_in("gina", "south");
        assert_eq!(code(agent.thread(order("o-1")).wait()), Code::ThreadNotFound);
        assert!(world.agent_in("gina", "north").thread(order("o-1")).wait().is_ok());
        let other = TenantId::from_uuid("0195a5f0-4c00-7000-8000-0000000000aa".parse().unwrap());
        let foreign = world.engine.desk(Principal::staff(other, Role::Admin, host("root"))).unwrap();
        assert_eq!(code(foreign.thread(order("o-1")).wait()), Code::ThreadNotFound);
        let thread = world.admin().thread(order("o-1")).wait().unwrap();
        assert_eq!(code(foreign.thread(thread.id).wait()), Code::ThreadNotFound);
        assert_eq!(code(foreign.close(thread.id).wait()), Code::ThreadNotFound);
    }

    /// F339, F343, F360, F363, F366, F367: internal notes are written and read by administrators only,
    /// whatever a request says; other roles see neither note, nor number, nor event.
    fn notes_stay_among_colleagues(world) {
        let (ada, admin) = (world.customer("ada"), world.admin());
        ada.post(order("o-1"), PostMessage::text("hello")).wait().unwrap();
        let note = admin.post(order("o-1"), PostMessage::note("suspicious zebra")).wait().unwrap();
        let answer = admin.post(order("o-1"), PostMessage::text("hello Ada")).wait().unwrap();
        for outside in [&ada, &world.supplier("acme"), &world.reseller("rita")] {
            let sneaky = PostMessage::note("sneaky");
            assert_eq!(code(outside.post(order("o-1"), sneaky).wait()), Code::AccessDenied);
            let list = outside.messages(order("o-1"), MessageQuery::default()).wait().unwrap();
            let numbers: Vec<u64> = list.messages.iter().map(|message| message.number).collect();
            assert_eq!(numbers, [1, 2]);
            assert_eq!(code(outside.message(note_id(&admin)).wait()), Code::MessageNotFound);
            assert_eq!(code(outside.mark_read(note_id(&admin)).wait()), Code::MessageNotFound);
            assert_eq!(code(outside.react(note_id(&admin), "👍").wait()), Code::MessageNotFound);
            let reply = PostMessage::text("re").in_reply_to(note_id(&admin));
            assert_eq!(code(outside.post(order("o-1"), reply).wait()), Code::MessageNotFound);
            let found = outside.search(&MessageFilter::keyword("zebra")).wait().unwrap();
            assert_eq!(found.total, Total { count: 0, exact: true });
            let delta = outside.changes_since(order("o-1"), 0).wait().unwrap();
            assert!(delta.messages.iter().all(|message| message.id != note.id));
        }
        let agent = world.agent_in("gina", "north");
        let seen = agent.messages(order("o-1"), MessageQuery::default()).wait().unwrap();
        assert_eq!(texts(&seen.messages), ["hello", "hello Ada"]);
        assert_eq!(code(agent.post(order("o-1"), PostMessage::note("x")).wait()), Code::AccessDenied);
        assert_eq!(code(agent.message(note.id).wait()), Code::MessageNotFound);
        let public_reply = PostMessage::text("quote").in_reply_to(note.id);
        assert_eq!(code(admin.post(order("o-1"), public_reply).wait()), Code::InputInvalid);
        assert_eq!(answer.public_seq, Some(2));

        fn note_id(admin: &goodwill::Session<goodwill::Desk>) -> goodwill::MessageId {
            let list = admin.messages(common::order("o-1"), MessageQuery::default()).wait().unwrap();
            list.messages.iter().find(|message| message.kind == MessageKind::Note).unwrap().id
        }
    }

    /// F055, F332, F333, F345, F346, F347, F403, F432: receipts say who read what when first; counts
    /// follow, and marking twice changes nothing.
    fn reading_is_kept_once_and_counted_right(world) {
        let (ada, acme, admin) = (world.customer("ada"), world.supplier("acme"), world.admin());
        let first = ada.post(order("o-1"), PostMessage::text("one")).wait().unwrap();
        ada.post(order("o-1"), PostMessage::text("two")).wait().unwrap();
        admin.post(order("o-1"), PostMessage::note("internal")).wait().unwrap();
        let count = |session: &goodwill::Session<goodwill::Portal>| {
            session.unread_counts(UnreadTargets::Subjects(vec![order("o-1")])).wait().unwrap()[0]
        };
        assert_eq!((count(&ada), count(&acme)), (Some(0), Some(2)));
        let at = world.later(10);
        assert!(!acme.mark_read(first.id).wait().unwrap().unread);
        assert_eq!(count(&acme), Some(1));
        world.later(10);
        acme.mark_read(first.id).wait().unwrap();
        assert_eq!(acme.mark_all_read(order("o-1")).wait().unwrap(), 1);
        assert_eq!(acme.mark_all_read(order("o-1")).wait().unwrap(), 0);
        assert_eq!(count(&acme), Some(0));
        let seen = ada.messages(order("o-1"), MessageQuery::default()).wait().unwrap();
        assert_eq!(seen.messages[0].read_by, [PublicReadBy { role: Role::Supplier, at }]);
        let all = admin.messages(order("o-1"), MessageQuery::default()).wait().unwrap();
        assert_eq!(all.messages[0].read_by[0].at, at);
        assert!(all.messages[0].is_read && all.messages[2].read_by.is_empty());
        assert_eq!(all.messages[0].read_at, None, "no customer has read it");

        let desk_count = || {
            admin.unread_counts(UnreadTargets::Subjects(vec![order("o-1")])).wait().unwrap()[0]
        };
        assert_eq!(desk_count(), Some(2));
        assert_eq!(admin.mark_all_read(order("o-1")).wait().unwrap(), 2);
        assert_eq!(desk_count(), Some(0));
        admin.mark_unread(first.id).wait().unwrap();
        assert_eq!(desk_count(), Some(2));
        let unread = ThreadQuery { unread: true, ..ThreadQuery::default() };
        assert_eq!(admin.threads(unread).wait().unwrap().threads.len(), 1);
    }

    /// F384: reading nothing but a note leaves no trace for customers.
    fn reading_a_note_is_invisible(world) {
        let (ada, admin) = (world.customer("ada"), world.admin());
        ada.post(order("o-1"), PostMessage::text("hi")).wait().unwrap();
        admin.mark_all_read(order("o-1")).wait().unwrap();
        admin.post(order("o-1"), PostMessage::note("note")).wait().unwrap();
        let cursor = ada.changes_since(order("o-1"), 0).wait().unwrap().cursor;
        let boss = world.staff(Role::Admin, "boss");
        boss.post(order("o-1"), PostMessage::note("another")).wait().unwrap();
        assert_eq!(admin.mark_all_read(order("o-1")).wait().unwrap(), 1);
        let delta = ada.changes_since(order("o-1"), cursor).wait().unwrap();
        assert_eq!((delta.cursor, delta.messages.len()), (cursor, 0));
    }

    /// F320, F348, F349, F370, F416: the state machine; closing is the administrator's, a customer's
    /// message opens again, a colleague's is refused, an event is added.
    fn threads_move_by_the_table(world) {
        let (ada, admin) = (world.customer("ada"), world.admin());
        let agent = world.agent_in("gina", "north");
        ada.post(order("o-1"), PostMessage::text("hi")).wait().unwrap();
        assert_eq!(code(agent.close(order("o-1")).wait()), Code::AccessDenied);
        assert_eq!(agent.pend(order("o-1")).wait().unwrap().status, ThreadStatus::Pending);
        assert_eq!(code(agent.pend(order("o-1")).wait()), Code::ThreadTransition);
        assert_eq!(agent.resolve(order("o-1")).wait().unwrap().status, ThreadStatus::Resolved);
        ada.post(order("o-1"), PostMessage::text("not yet")).wait().unwrap();
        assert_eq!(agent.thread(order("o-1")).wait().unwrap().status, ThreadStatus::Open);
        let closed = admin.close(order("o-1")).wait().unwrap();
        assert_eq!((closed.status, closed.waiting_since), (ThreadStatus::Closed, None));
        assert_eq!(ada.thread(order("o-1")).wait().unwrap().status, PublicStatus::Closed);
        let reply = agent.post(order("o-1"), PostMessage::text("by the way")).wait();
        assert_eq!(code(reply), Code::ThreadClosed);
        world.service().system_event(order("o-1"), SystemEvent::new("ORDER_SHIPPED", "Shipped")).wait().unwrap();
        assert_eq!(admin.thread(order("o-1")).wait().unwrap().status, ThreadStatus::Closed);
        ada.post(order("o-1"), PostMessage::text("again")).wait().unwrap();
        let open = admin.thread(order("o-1")).wait().unwrap();
        assert_eq!((open.status, open.closed_at), (ThreadStatus::Open, None));
        assert_eq!(code(admin.reopen(order("o-1")).wait()), Code::ThreadTransition);
        let past = world.engine.now();
        assert_eq!(code(admin.snooze(order("o-1"), past).wait()), Code::InputInvalid);
    }

    /// F408: a snoozed thread wakes by the clock or by its customer, and `tick` says when to come back.
    fn snoozed_threads_wake(world) {
        let (ada, admin) = (world.customer("ada"), world.admin());
        ada.post(order("o-1"), PostMessage::text("hi")).wait().unwrap();
        world.customer("bob").post(order("o-2"), PostMessage::text("hi")).wait().unwrap();
        let until = world.engine.now().saturating_add(std::time::Duration::from_secs(3_600));
        admin.snooze(order("o-1"), until).wait().unwrap();
        admin.snooze(order("o-2"), until).wait().unwrap();
        let tick = world.engine.tick().wait().unwrap();
        assert_eq!((tick.woken.len(), tick.next), (0, Some(until)));
        world.customer("bob").post(order("o-2"), PostMessage::text("still here")).wait().unwrap();
        assert_eq!(admin.thread(order("o-2")).wait().unwrap().status, ThreadStatus::Open);
        world.later(3_600);
        let tick = world.engine.tick().wait().unwrap();
        assert_eq!((tick.woken.len(), tick.next), (1, None));
        assert_eq!(admin.thread(order("o-1")).wait().unwrap().status, ThreadStatus::Open);
        assert_eq!(world.engine.tick().wait().unwrap().woken.len(), 0);
    }

    /// F424: who waits for whom, and when the first answer came.
    fn waiting_and_first_response_are_known(world) {
        let (ada, admin) = (world.customer("ada"), world.admin());
        ada.post(order("o-1"), PostMessage::text("hi")).wait().unwrap();
        let asked = world.engine.now();
        world.later(30);
        ada.post(order("o-1"), PostMessage::text("anybody?")).wait().unwrap();
        admin.post(order("o-1"), PostMessage::note("looking")).wait().unwrap();
        let waiting = admin.thread(order("o-1")).wait().unwrap();
        assert_eq!((waiting.waiting_since, waiting.first_response_at), (Some(asked), None));
        let answered = world.later(30);
        world.supplier("acme").post(order("o-1"), PostMessage::text("yes")).wait().unwrap();
        let thread = admin.thread(order("o-1")).wait().unwrap();
        assert_eq!((thread.waiting_since, thread.first_response_at), (None, Some(answered)));
        let waiting = ThreadQuery { waiting: Some(true), ..ThreadQuery::default() };
        assert!(admin.threads(waiting).wait().unwrap().threads.is_empty());
    }

    /// Assignee, priority, tags and participants.
    fn threads_are_organised(world) {
        world.customer("ada").post(order("o-1"), PostMessage::text("hi")).wait().unwrap();
        let agent = world.agent_in("gina", "north");
        let thread = agent.assign(order("o-1"), Some(host("gina").into())).wait().unwrap();
        let gina = thread.assignee.unwrap();
        assert_eq!(code(agent.assign(order("o-1"), Some(host("ada").into())).wait()), Code::InputInvalid);
        agent.prioritise(order("o-1"), Priority::Urgent).wait().unwrap();
        let tagged = agent.tag(order("o-1"), &["VIP", " late "], &[]).wait().unwrap();
        assert_eq!(tagged.tags.iter().map(String::as_str).collect::<Vec<_>>(), ["late", "vip"]);
        agent.tag(order("o-1"), &[], &["Late"]).wait().unwrap();
        let query = ThreadQuery {
            assignee: Some(gina),
            priority: vec![Priority::Urgent],
            tags: vec!["vip".into()],
            ..ThreadQuery::default()
        };
        assert_eq!(agent.threads(query).wait().unwrap().threads.len(), 1);
        let late = ThreadQuery { tags: vec!["late".into()], ..ThreadQuery::default() };
        assert!(agent.threads(late).wait().unwrap().threads.is_empty());
        agent.add_participant(order("o-1"), host("tom"), Role::Technician).wait().unwrap();
        agent.remove_participant(order("o-1"), host("tom")).wait().unwrap();
        let people = agent.participants(order("o-1")).wait().unwrap();
        let tom = people.iter().find(|known| known.role == Role::Technician).unwrap();
        assert!(tom.left_at.is_some());
        assert_eq!(code(agent.remove_participant(order("o-1"), host("tom")).wait()), Code::PartyNotFound);
        let now = agent.thread(order("o-1")).wait().unwrap();
        let stale = agent.change_thread(order("o-1"), ThreadChange::Prioritise(Priority::Low), now.version - 1);
        assert_eq!(code(stale.wait()), Code::VersionStale);
        assert_eq!(agent.assign(order("o-1"), None).wait().unwrap().assignee, None);
    }

    /// F324, F428: what was said stays said; a correction, a retraction and a reaction are later
    /// messages that change how it is shown.
    fn messages_never_change(world) {
        let (ada, admin) = (world.customer("ada"), world.admin());
        let said = ada.post(order("o-1"), PostMessage::text("I paid 10 EUR")).wait().unwrap();
        let corrected = ada.correct(said.id, "I paid 12 EUR").wait().unwrap();
        assert_eq!((corrected.text.as_str(), corrected.state), ("I paid 12 EUR", MessageState::Corrected));
        assert_eq!(ada.messages(order("o-1"), MessageQuery::default()).wait().unwrap().messages.len(), 1);
        let history = admin.history(said.id).wait().unwrap();
        assert_eq!(history.iter().map(|revision| revision.content.text.as_str()).collect::<Vec<_>>(), ["I paid 10 EUR", "I paid 12 EUR"]);
        for (word, hits) in [("10", 0), ("12", 1)] {
            let found = admin.search(&MessageFilter::keyword(word)).wait().unwrap();
            assert_eq!(found.hits.len(), hits, "{word}");
        }
        let acme = world.supplier("acme");
        assert_eq!(code(acme.correct(said.id, "no").wait()), Code::AccessDenied);
        let liked = acme.react(said.id, "👍").wait().unwrap();
        assert_eq!((liked.reactions[0].count, liked.reactions[0].mine), (1, true));
        assert!(acme.react(said.id, "👍").wait().unwrap().reactions.is_empty());
        assert_eq!(code(acme.react(said.id, "ok").wait()), Code::InputInvalid);
        world.later(16 * 60);
        assert_eq!(code(ada.retract(said.id).wait()), Code::AccessDenied);
        let other = ada.post(order("o-1"), PostMessage::text("oops, secret")).wait().unwrap();
        let retracted = ada.retract(other.id).wait().unwrap();
        assert_eq!((retracted.text.as_str(), retracted.state), ("", MessageState::Retracted));
        assert_eq!(code(ada.correct(other.id, "x").wait()), Code::MessageState);
        assert!(admin.search(&MessageFilter::keyword("secret")).wait().unwrap().hits.is_empty());
        let count = admin.unread_counts(UnreadTargets::Subjects(vec![order("o-1")])).wait().unwrap();
        assert_eq!(count, [Some(1)], "a retracted message is nothing to read");
        let event = world.service().system_event(order("o-1"), SystemEvent::new("X", "happened")).wait().unwrap();
        assert_eq!(code(admin.retract(event.id).wait()), Code::MessageState);
    }

    /// Redaction takes text out for good, with a reason, and the trail still holds.
    fn redaction_is_for_good(world) {
        let (ada, admin) = (world.customer("ada"), world.admin());
        let said = ada.post(order("o-1"), PostMessage::text("my card is 4111")).wait().unwrap();
        assert_eq!(code(admin.redact(said.id, Redaction::All, "").wait()), Code::InputEmpty);
        let agent = world.agent_in("gina", "north");
        assert_eq!(code(agent.redact(said.id, Redaction::All, "why").wait()), Code::AccessDenied);
        let left = admin.redact(said.id, Redaction::Spans(vec![(11, 15)]), "card number").wait().unwrap();
        assert_eq!((left.text.as_str(), left.state), ("my card is [redacted]", MessageState::Redacted));
        assert!(admin.search(&MessageFilter::keyword("4111")).wait().unwrap().hits.is_empty());
        assert_eq!(admin.search(&MessageFilter::keyword("card")).wait().unwrap().hits.len(), 1);
        let gone = admin.redact(said.id, Redaction::All, "all of it").wait().unwrap();
        assert_eq!(gone.text, "");
        let auditor = world.staff(Role::Auditor, "otto");
        let report = auditor.verify_audit(None).wait().unwrap();
        assert!(report.intact(), "{report}");
        assert_eq!(report.messages_without_text, 1);
    }

    /// F350, F351, F352, F353, F354, F355, F356, F371: an administrator finds by word and by every
    /// filter, page by page.
    fn search_finds_by_every_filter(world) {
        let (ada, bob, admin) = (world.customer("ada"), world.customer("bob"), world.admin());
        ada.post(order("o-1"), PostMessage::text("Where is my Crème delivery?")).wait().unwrap();
        bob.post(order("o-2"), PostMessage::text("delivery to the neighbour").via(Channel::Email)).wait().unwrap();
        world.supplier("zenith").post(order("o-2"), PostMessage::text("delivery delayed")).wait().unwrap();
        admin.post(order("o-2"), PostMessage::note("delivery fraud?")).wait().unwrap();
        admin.close(order("o-1")).wait().unwrap();
        let hits = |filter: MessageFilter| {
            let found = admin.search(&filter).wait().unwrap();
            found.hits.iter().map(|hit| hit.message.text.clone()).collect::<Vec<_>>()
        };
        let all = MessageFilter::keyword("deliver*");
        assert_eq!(hits(all.clone()).len(), 4);
        assert_eq!(hits(all.clone())[0], "delivery fraud?", "newest first");
        let threads = |threads: ThreadQuery| MessageFilter { threads, ..all.clone() };
        let closed = ThreadQuery { status: vec![ThreadStatus::Closed], ..ThreadQuery::default() };
        assert_eq!(hits(threads(closed)), ["Where is my Crème delivery?"]);
        let shipped = ThreadQuery { subject_status: vec!["SHIPPED".into()], ..ThreadQuery::default() };
        assert_eq!(hits(threads(shipped)).len(), 3);
        assert_eq!(hits(MessageFilter { channel: vec![Channel::Email], ..all.clone() }).len(), 1);
        assert_eq!(hits(MessageFilter { author_role: vec![Role::Supplier], ..all.clone() }), ["delivery delayed"]);
        assert_eq!(hits(MessageFilter { kind: vec![MessageKind::Note], ..all.clone() }).len(), 1);
        assert_eq!(hits(MessageFilter { unread: true, ..all.clone() }).len(), 3, "one's own is read");
        admin.mark_all_read(order("o-2")).wait().unwrap();
        assert_eq!(hits(MessageFilter { unread: true, ..all.clone() }).len(), 1);
        assert_eq!(hits(MessageFilter::keyword("creme \"my creme\" -fraud")).len(), 1);
        assert_eq!(hits(MessageFilter::default()).len(), 4, "no word: everything");
        let mut pages = Vec::new();
        for page in 1..=3 {
            pages.extend(hits(MessageFilter { page: Some(page), limit: 2, ..all.clone() }));
        }
        assert_eq!(pages, hits(all.clone()));
        let first = admin.search(&MessageFilter { limit: 3, ..all.clone() }).wait().unwrap();
        assert_eq!(first.total, Total { count: 4, exact: true });
        let rest = hits(MessageFilter { before: first.next, ..all.clone() });
        assert_eq!(rest, ["Where is my Crème delivery?"]);
        let piece = &admin.search(&MessageFilter::keyword("creme")).wait().unwrap().hits[0].snippet;
        assert_eq!(piece.text.get(piece.highlights[0].clone()), Some("Crème"));
        let own = ada.search(&MessageFilter::keyword("delivery")).wait().unwrap();
        assert_eq!((own.hits.len(), own.total), (1, Total { count: 1, exact: true }), "a customer finds their own");
        let agent = world.agent_in("gina", "south");
        assert_eq!(code(agent.search(&all).wait()), Code::AccessDenied);
        let capped = admin.search(&MessageFilter { count_to: 2, ..all }).wait().unwrap();
        assert_eq!(capped.total, Total { count: 2, exact: false });
    }

    /// F341, F389, F390, F391, F392, F393, F394, F395, F436: every action is in the trail with who,
    /// where from and what, refusals included; reading the trail is in it too.
    fn the_trail_says_who_did_what(world) {
        let (ada, admin) = (world.customer("ada"), world.admin());
        let asked = ada.post(order("o-1"), PostMessage::text("hi").via(Channel::WhatsApp)).wait().unwrap();
        admin.mark_read(asked.id).wait().unwrap();
        admin.close(order("o-1")).wait().unwrap();
        assert!(world.customer("bob").thread(order("o-1")).wait().is_err());
        let auditor = world.staff(Role::Auditor, "otto");
        let trail = auditor.audit(0, Some(asked.thread), 100).wait().unwrap();
        let actions: Vec<_> = trail.entries.iter().map(|entry| entry.record.action.as_str()).collect();
        assert_eq!(actions, ["thread.created", "message.created", "message.read", "thread.closed", "access.denied"]);
        let TrailEntry { record: created, private } = &trail.entries[1];
        let message = created.message.as_ref().unwrap();
        assert_eq!((message.kind, message.internal), (MessageKind::Text, false));
        assert_eq!(created.channel, Some(Channel::WhatsApp));
        assert_eq!(created.actor.role, Role::Customer);
        assert!(created.actor.id.is_some() && created.subject.is_some() && created.store.is_some());
        assert_eq!(created.request_id.as_deref(), Some("request-1"));
        let private = private.as_ref().unwrap();
        assert_eq!(private.ip.as_deref(), Some("192.0.2.7"));
        assert_eq!(private.user_agent.as_deref(), Some("Probe/1.0 (personal)"));
        let bytes = serde_json::to_string(created).unwrap();
        assert!(!bytes.contains("192.0.2.7"), "the address is not in the sealed part");
        assert_eq!(code(world.agent_in("gina", "north").audit(0, None, 10).wait()), Code::AccessDenied);
        let all = auditor.audit(0, None, 500).wait().unwrap();
        assert!(all.entries.iter().any(|entry| entry.record.action == "audit.read"));
        assert!(auditor.verify_audit(None).wait().unwrap().intact());
    }

    /// I10: erasing a person leaves no word of theirs, and a trail that still verifies.
    fn an_erased_person_is_gone(world) {
        let (ada, admin) = (world.customer("ada"), world.admin());
        ada.post(order("o-1"), PostMessage::text("my door code is 7788").titled("private")).wait().unwrap();
        world.supplier("acme").post(order("o-1"), PostMessage::text("thanks")).wait().unwrap();
        let officer = world.staff(Role::PrivacyOfficer, "petra");
        assert_eq!(code(admin.erase_party(host("ada"), "request").wait()), Code::AccessDenied);
        officer.erase_party(host("ada"), "request of 2 March").wait().unwrap();
        let all = admin.messages(order("o-1"), MessageQuery::default()).wait().unwrap();
        assert_eq!(texts(&all.messages), ["", "thanks"]);
        assert_eq!((all.messages[0].state, all.messages[0].title.clone()), (MessageState::Erased, None));
        assert!(admin.search(&MessageFilter::keyword("door")).wait().unwrap().hits.is_empty());
        assert_eq!(code(admin.party(host("ada")).wait()), Code::PartyNotFound);
        let auditor = world.staff(Role::Auditor, "otto");
        let report = auditor.verify_audit(None).wait().unwrap();
        assert!(report.intact(), "{report}");
        assert!(report.erased > 0 && report.messages_without_text == 1, "{report}");
        let trail = auditor.audit(0, None, 500).wait().unwrap();
        let dump = format!("{:?}", trail.entries);
        for word in ["7788", "192.0.2.7", "Probe", "ada the tester"] {
            assert!(!dump.contains(word), "{word} is still there");
        }
        assert_eq!(all.messages[0].author.role, Role::Customer);
    }

    /// The same key gives the first result; the same key with another request is refused.
    fn a_repeated_request_changes_nothing(world) {
        let ada = world.customer("ada");
        let once = ada.idempotent("k1").post(order("o-1"), PostMessage::text("hi")).wait().unwrap();
        let again = ada.idempotent("k1").post(order("o-1"), PostMessage::text("hi")).wait().unwrap();
        assert_eq!(once.id, again.id);
        let other = ada.idempotent("k1").post(order("o-1"), PostMessage::text("ho")).wait();
        assert_eq!(code(other), Code::IdempotencyKeyReused);
        let acme = world.supplier("acme").idempotent("k1");
        let own = acme.post(order("o-1"), PostMessage::text("hi")).wait().unwrap();
        assert_ne!(own.id, once.id, "a key is its actor's own");
        assert_eq!(ada.messages(order("o-1"), MessageQuery::default()).wait().unwrap().messages.len(), 2);
        let admin = world.admin();
        admin.idempotent("c").close(order("o-1")).wait().unwrap();
        admin.idempotent("c").close(order("o-1")).wait().unwrap();
        let events = admin.events("test", 500).wait().unwrap();
        let closed = events.iter().filter(|event| event.draft.kind == EventKind::ThreadClosed);
        assert_eq!(closed.count(), 1);
    }

    /// F340, F347, F349, F004, F056: events come in order, with the same ids each time, until they
    /// are dealt with.
    fn events_are_delivered_until_consumed(world) {
        let (ada, admin) = (world.customer("ada"), world.admin());
        ada.post(order("o-1"), PostMessage::text("hi")).wait().unwrap();
        let events = admin.events("mailer", 500).wait().unwrap();
        assert_eq!(events, admin.events("mailer", 500).wait().unwrap());
        let created = events.iter().find(|event| event.draft.kind == EventKind::MessageCreated).unwrap();
        assert_eq!(created.draft.kind.screaming(), "MESSAGE_CREATED");
        assert_eq!(created.draft.data["role"], "customer");
        assert!(!format!("{events:?}").contains("hi\""), "no text in events");
        admin.consumed("mailer", events.last().unwrap().position).wait().unwrap();
        assert!(admin.events("mailer", 500).wait().unwrap().is_empty());
        admin.consumed("mailer", 1).wait().unwrap();
        assert!(admin.events("mailer", 500).wait().unwrap().is_empty(), "it never goes back");
        let note = admin.post(order("o-1"), PostMessage::note("secret")).wait().unwrap();
        let fresh = admin.events("mailer", 500).wait().unwrap();
        let about = fresh.iter().find(|event| event.draft.data.get("message") == Some(&note.id.to_string().into()));
        assert_eq!(goodwill::session::PublicEvent::of(about.unwrap()), None);
    }

    /// F408, F420: polling asks for what has changed and gets just that.
    fn changes_since_a_cursor(world) {
        let (ada, admin) = (world.customer("ada"), world.admin());
        let said = ada.post(order("o-1"), PostMessage::text("hi")).wait().unwrap();
        let first = ada.changes_since(order("o-1"), 0).wait().unwrap();
        assert_eq!(public_texts(&first.messages), ["hi"]);
        let quiet = ada.changes_since(order("o-1"), first.cursor).wait().unwrap();
        assert_eq!((quiet.messages.len(), quiet.cursor), (0, first.cursor));
        admin.post(order("o-1"), PostMessage::note("psst")).wait().unwrap();
        assert_eq!(ada.changes_since(order("o-1"), first.cursor).wait().unwrap().cursor, first.cursor);
        admin.post(order("o-1"), PostMessage::text("hello")).wait().unwrap();
        ada.correct(said.id, "hi!").wait().unwrap();
        let next = ada.changes_since(order("o-1"), first.cursor).wait().unwrap();
        assert_eq!(public_texts(&next.messages), ["hi!", "hello"]);
        let desk = admin.changes_since(order("o-1"), 0).wait().unwrap();
        assert_eq!(texts(&desk.messages), ["hi!", "psst", "hello"]);
    }

    /// Merging keeps both, for those who may see both.
    fn merged_conversations_are_one(world) {
        let admin = world.admin();
        let second = PutSubject::order(host("o-3"), host("ada")).in_store(host("north")).fulfilled_by(host("zenith"));
        admin.put_subject(second).wait().unwrap();
        let (ada, zenith) = (world.customer("ada"), world.supplier("zenith"));
        ada.post(order("o-1"), PostMessage::text("first")).wait().unwrap();
        ada.post(order("o-3"), PostMessage::text("second")).wait().unwrap();
        zenith.post(order("o-3"), PostMessage::text("zenith here")).wait().unwrap();
        world.customer("bob").post(order("o-2"), PostMessage::text("bob")).wait().unwrap();
        assert_eq!(code(admin.merge(order("o-2"), order("o-1")).wait()), Code::ThreadMerge);
        assert_eq!(code(admin.merge(order("o-1"), order("o-1")).wait()), Code::ThreadMerge);
        let into = admin.merge(order("o-3"), order("o-1")).wait().unwrap();
        assert_eq!(admin.thread(order("o-3")).wait().unwrap().id, into.id);
        ada.post(order("o-3"), PostMessage::text("third")).wait().unwrap();
        let seen = ada.messages(order("o-1"), MessageQuery::default()).wait().unwrap();
        assert_eq!(public_texts(&seen.messages), ["first", "second", "zenith here", "third"]);
        let page = ada.messages(order("o-1"), MessageQuery { limit: 2, ..MessageQuery::default() }).wait().unwrap();
        let rest = MessageQuery { after: Some(page.messages[1].id), ..MessageQuery::default() };
        let rest = ada.messages(order("o-1"), rest).wait().unwrap();
        assert_eq!(public_texts(&rest.messages), ["zenith here", "third"]);
        let acme = world.supplier("acme");
        let part = acme.messages(order("o-1"), MessageQuery::default()).wait().unwrap();
        assert_eq!(public_texts(&part.messages), ["first", "third"], "not the other supplier's");
        assert_eq!(code(zenith.messages(order("o-1"), MessageQuery::default()).wait()), Code::ThreadNotFound);
        let counts = admin.unread_counts(UnreadTargets::Subjects(vec![order("o-1"), order("o-3")])).wait().unwrap();
        assert_eq!(counts, [Some(4), Some(4)]);
        admin.mark_all_read(order("o-1")).wait().unwrap();
        let counts = admin.unread_counts(UnreadTargets::Subjects(vec![order("o-1")])).wait().unwrap();
        assert_eq!(counts, [Some(0)]);
        assert_eq!(admin.threads(ThreadQuery::default()).wait().unwrap().threads.len(), 2);
    }

    /// Facts that not every reader of JSON could take are refused, and nothing is spoilt.
    fn facts_have_a_depth(world) {
        let post = |depth: usize| {
            let nested = (0..depth).fold(serde_json::json!(1), |inner, _| serde_json::json!([inner]));
            let mut message = PostMessage::text("deep");
            message.metadata = serde_json::json!({ "deep": nested }).as_object().cloned();
            world.admin().post(order("o-1"), message).wait()
        };
        for depth in [33, 200] {
            let error = post(depth).unwrap_err();
            assert_eq!((error.code(), &error.details()["field"]), (Code::InputInvalid, &"metadata".into()));
        }
        let kept = post(32).unwrap();
        assert_eq!(world.admin().message(kept.id).wait().unwrap().metadata, kept.metadata);
    }

    /// F017, F021, F331, F335, F337, F342, F419, F427: what a message carries, and every rule that it
    /// must keep. Nothing is written when one is broken.
    fn bad_input_names_its_field_and_writes_nothing(world) {
        let ada = world.customer("ada");
        let file = |mime: &str, size| Attachment {
            blob_ref: "blob-1".into(),
            name: "photo.png".into(),
            mime: mime.into(),
            size,
            sha256: None,
            disposition: "attachment".parse().unwrap(),
            cid: None,
            scan_state: "clean".parse().unwrap(),
        };
        let limits = goodwill::tenants::Limits::default();
        for (message, code_, field) in [
            (PostMessage::text("   "), Code::InputEmpty, "text"),
            (PostMessage::text("a\0b"), Code::InputNul, "text"),
            (PostMessage::text("x".repeat(limits.text_bytes + 1)), Code::InputTooLong, "text"),
            (PostMessage::text("x").titled(""), Code::InputEmpty, "title"),
            (PostMessage::text("x").with_attachment(file("png", 1)), Code::InputInvalid, "attachments.mime"),
            (PostMessage::text("x").with_attachment(file("image/png", u64::MAX >> 1)), Code::InputTooLong, "attachments.size"),
            (PostMessage { origin: Some(Origin::System), ..PostMessage::text("x") }, Code::InputInvalid, "origin"),
            (PostMessage { claimed_role: Some(Role::Admin), ..PostMessage::text("x") }, Code::AccessRoleClaim, "role"),
            (PostMessage { provider_ref: Some("\u{1}".into()), ..PostMessage::text("x") }, Code::InputInvalid, "provider_ref"),
        ] {
            let error = ada.post(order("o-1"), message).wait().unwrap_err();
            assert_eq!((error.code(), error.details()["field"].as_str()), (code_, Some(field)));
            assert!(error.details().contains_key("accepted"));
        }
        assert_eq!(ada.messages(order("o-1"), MessageQuery::default()).wait().unwrap().thread, None);
        let zero = MessageQuery { limit: 0, ..MessageQuery::default() };
        assert_eq!(code(ada.messages(order("o-1"), zero).wait()), Code::InputInvalid);
        assert_eq!(code(ada.threads(ThreadQuery { cursor: Some("x".into()), ..ThreadQuery::default() }).wait()), Code::InputMalformedCursor);
        let sent = ada.post(order("o-1"), PostMessage::default().with_attachment(file("image/png", 7))).wait().unwrap();
        assert_eq!(sent.kind, MessageKind::Attachment);
        assert_eq!(sent.via, Channel::InApp);
        let seen = world.supplier("acme").message(sent.id).wait().unwrap();
        assert_eq!(seen.attachments[0].blob_ref.as_deref(), Some("blob-1"));
    }

    /// F039: a tenant's own policies and rules, within what no tenant can change.
    fn a_tenant_decides_within_the_ceiling(world) {
        let admin = world.admin();
        let agent = world.agent_in("gina", "north");
        world.customer("ada").post(order("o-1"), PostMessage::text("hi")).wait().unwrap();
        let mut tenant = Tenant::new(TENANT, "Shop");
        tenant.rules = serde_json::from_str(
            r#"[{"id": "agents.note", "effect": "permit", "roles": ["agent"],
                 "actions": ["message.post_internal", "message.read_internal"], "when": {"fact": "member"}}]"#,
        ).unwrap();
        tenant.policies.note_audience = RoleSet::of(&[Role::Admin, Role::Agent]);
        assert_eq!(code(agent.put_tenant(tenant.clone()).wait()), Code::AccessDenied);
        admin.put_tenant(tenant.clone()).wait().unwrap();
        agent.post(order("o-1"), PostMessage::note("seen by both")).wait().unwrap();
        assert_eq!(admin.messages(order("o-1"), MessageQuery::default()).wait().unwrap().messages.len(), 2);
        tenant.version = 1;
        tenant.rules = serde_json::from_str(
            r#"[{"id": "leak", "effect": "permit", "roles": ["customer"], "actions": ["message.read_internal"]}]"#,
        ).unwrap();
        assert_eq!(code(admin.put_tenant(tenant.clone()).wait()), Code::AccessRuleInvalid);
        tenant.rules.clear();
        tenant.policies.note_audience = RoleSet::of(&[Role::Customer]);
        assert_eq!(code(admin.put_tenant(tenant).wait()), Code::InputInvalid);
        let explained = world.customer("ada").explain(Action::ThreadClose, order("o-1")).wait().unwrap();
        assert!(!explained.allowed && explained.to_string().contains("denied"));
        assert!(world.customer("ada").may(Action::MessagePostPublic, order("o-1")).wait().unwrap());
    }

    /// F006, F072, F317, F318, F319: the directory follows the host.
    fn subjects_follow_the_host(world) {
        let admin = world.admin();
        let taken = PutSubject::order(host("o-9"), host("ada")).numbered("ORD-1").in_store(host("north"));
        assert_eq!(code(admin.put_subject(taken).wait()), Code::ReferenceTaken);
        let unknown = PutSubject::order(host("o-9"), host("ada")).in_store(host("west"));
        assert_eq!(code(admin.put_subject(unknown).wait()), Code::InputInvalid);
        let found = admin
            .subject_numbered(goodwill::SubjectKind::Order, Some(&host("north").into()), "ORD-1")
            .wait()
            .unwrap();
        assert_eq!(found.status.as_deref(), Some("in_progress"));
        world.customer("ada").post(order("o-1"), PostMessage::text("hi")).wait().unwrap();
        let stolen = PutSubject::order(host("o-1"), host("bob")).in_store(host("north"));
        assert_eq!(code(admin.put_subject(stolen).wait()), Code::ReferenceTaken);
        let moved = PutSubject::order(host("o-1"), host("ada")).in_store(host("south")).fulfilled_by(host("zenith"));
        admin.put_subject(moved).wait().unwrap();
        assert!(world.supplier("zenith").thread(order("o-1")).wait().is_ok());
        assert_eq!(code(world.supplier("acme").thread(order("o-1")).wait()), Code::ThreadNotFound);
        assert_eq!(code(world.reseller("rita").thread(order("o-1")).wait()), Code::ThreadNotFound);
        let tom = world.staff(Role::Technician, "tom");
        tom.post(job("j-1"), PostMessage::text("on my way").about(Topic::EtaUpdate)).wait().unwrap();
        assert_eq!(code(tom.thread(order("o-1")).wait()), Code::ThreadNotFound);
    }

    /// F384, F385, F386, F387, F388, F440: a customer's message is news for supplier, reseller and
    /// those who take part; an answer for the customer; nobody is told of their own words, whatever
    /// channel they came by; a note stays inside; who has muted is left alone.
    fn the_right_people_learn_of_a_message(world) {
        let (ada, acme, admin) = (world.customer("ada"), world.supplier("acme"), world.admin());
        let roles = |id| {
            let found = world.service().recipients(id).wait();
            let found = found.or_else(|_| admin.recipients(id).wait()).unwrap();
            let mut roles: Vec<Role> = found.iter().map(|recipient| recipient.role).collect();
            roles.sort_unstable();
            roles
        };
        let mail = PostMessage::text("by mail").via(Channel::Email);
        let asked = ada.post(order("o-1"), mail).wait().unwrap();
        assert_eq!(roles(asked.id), [Role::Supplier, Role::Reseller]);
        let answered = acme.post(order("o-1"), PostMessage::text("soon")).wait().unwrap();
        assert_eq!(roles(answered.id), [Role::Customer]);
        let staff = admin.post(order("o-1"), PostMessage::text("sorry")).wait().unwrap();
        assert!(roles(staff.id).contains(&Role::Customer));
        assert!(!roles(staff.id).contains(&Role::Admin));
        let again = ada.post(order("o-1"), PostMessage::text("thanks")).wait().unwrap();
        assert_eq!(roles(again.id), [Role::Supplier, Role::Reseller, Role::Admin]);
        acme.mute(order("o-1"), true).wait().unwrap();
        assert_eq!(roles(again.id), [Role::Reseller, Role::Admin]);
        let note = admin.post(order("o-1"), PostMessage::note("psst")).wait().unwrap();
        assert_eq!(roles(note.id), []);
        let event = world.service().system_event(order("o-1"), SystemEvent::new("X", "shipped")).wait().unwrap();
        assert_eq!(roles(event.id), [Role::Customer]);
        let liked = ada.react(again.id, "🎉").wait();
        assert!(liked.is_ok(), "a reaction is no news: it is no entry");
    }
}
