//! Messages from outside channels: who wrote them, where they belong, and what waits for staff.
#![cfg(test)]

mod common;

use common::{TENANT, World, host, order};
use goodwill::facade::{ChannelMessage, OrderMessages};
use goodwill::session::TriageList;
use goodwill::{
    Attachment, Channel, ClosedThread, Code, ContactKind, EventKind, InboundMessage, IngestOutcome,
    Ingested, MessageQuery, PartyKind, PostMessage, Principal, PutContact, PutParty, PutSubject,
    Role, SubjectRef, Tenant, TriageItem, TriageQuery, TriageReason, TriageState, Wait,
};

const ADA_MAIL: &str = "ada@example.com";
const ADA_PHONE: &str = "+4915112345678";
const BOB_PHONE: &str = "+4915187654321";

/// Gives the world's people their addresses.
fn addressed(world: &World) {
    let put = |key: &str, kind, contacts: &[(ContactKind, &str)]| {
        let contacts = contacts.iter().map(|(kind, address)| PutContact::new(*kind, *address));
        let party =
            PutParty { contacts: Some(contacts.collect()), ..PutParty::new(kind, host(key)) };
        world.admin().put_party(party.named(format!("{key} the tester"))).wait().unwrap();
    };
    let ada = [(ContactKind::Email, "Ada Löve <Ada@Example.com>"), (ContactKind::Phone, ADA_PHONE)];
    put("ada", PartyKind::Customer, &ada);
    put("bob", PartyKind::Customer, &[(ContactKind::Phone, BOB_PHONE)]);
    put("acme", PartyKind::Supplier, &[(ContactKind::Email, "desk@acme.example")]);
    put("tom", PartyKind::Staff, &[(ContactKind::Email, "tom@shop.example")]);
}

fn mail(from: &str, subject: &str, text: &str) -> InboundMessage {
    InboundMessage {
        subject: Some(subject.into()),
        text: Some(text.into()),
        ..InboundMessage::new(Channel::Email, from)
    }
}

fn chat(channel: Channel, from: &str, text: &str) -> InboundMessage {
    InboundMessage { text: Some(text.into()), ..InboundMessage::new(channel, from) }
}

fn ingest(world: &World, message: InboundMessage) -> Ingested {
    world.service().ingest(message).wait().unwrap()
}

fn posted(world: &World, message: InboundMessage) -> goodwill::Message {
    let taken = ingest(world, message);
    assert_eq!(taken.outcome, IngestOutcome::Posted, "{:?}", taken.triage.map(|item| item.reason));
    taken.message.unwrap()
}

fn triaged(world: &World, message: InboundMessage) -> TriageItem {
    let taken = ingest(world, message);
    assert_eq!((taken.outcome, taken.message), (IngestOutcome::Triaged, None));
    taken.triage.unwrap()
}

fn reason(world: &World, message: InboundMessage) -> TriageReason {
    triaged(world, message).reason
}

fn waiting(world: &World) -> TriageList {
    world.admin().triage(TriageQuery::default()).wait().unwrap()
}

fn texts(world: &World, target: SubjectRef) -> Vec<String> {
    let list = world.admin().messages(target, MessageQuery::default()).wait().unwrap();
    list.messages.into_iter().map(|message| message.text).collect()
}

fn policies(world: &World, change: impl FnOnce(&mut goodwill::Policies)) {
    let mut tenant = world.admin().tenant().wait().unwrap();
    change(&mut tenant.policies);
    world.admin().put_tenant(Tenant { name: "Shop".into(), ..tenant }).wait().unwrap();
}

fn code<T: std::fmt::Debug>(result: goodwill::Result<T>) -> Code {
    result.unwrap_err().code()
}

on_every_store! {
    /// F373, F375, F379, F439: a mail that names the order is a message of its author in the order's
    /// thread, with where it came from; the quoted mail is cut off and kept for the business.
    fn mail_finds_its_order(world) {
        addressed(world);
        let text = "Still waiting!\n\nOn 1 March 2026 Shop <hi@shop.example> wrote:\n> Soon.\n";
        let mail = InboundMessage {
            provider_ref: Some("<1@example.com>".into()),
            account: "support".into(),
            occurred_at: Some("2026-03-02T07:59:00Z".parse().unwrap()),
            ..mail("\"Ada\" <ADA@example.com>", "Re:\r\n your order ord-1", text)
        };
        let message = posted(world, mail);
        assert_eq!(message.text, "Still waiting!");
        assert_eq!(message.original.as_deref(), Some(text));
        assert_eq!(message.title.as_deref(), Some("Re: your order ord-1"));
        assert_eq!((message.via, message.author.role), (Channel::Email, Role::Customer));
        let ada = world.admin().party(host("ada")).wait().unwrap();
        assert_eq!(message.author.party, Some(ada.id));
        let seen = world.customer("ada").messages(order("o-1"), MessageQuery::default()).wait().unwrap();
        assert!(seen.messages[0].mine && seen.messages[0].text == "Still waiting!");
        // F385, F387: partners and staff learn of it, and nobody else: not its author.
        let told = world.admin().recipients(message.id).wait().unwrap();
        assert!(told.iter().all(|recipient| recipient.role != Role::Customer));
        assert!(told.iter().any(|recipient| recipient.role == Role::Supplier));
        // F389: the trail has it, by the service, from the channel.
        let trail = world.staff(Role::Auditor, "otto").audit(0, None, 500).wait().unwrap();
        let entry = trail.entries.iter().find(|entry| entry.record.action == "message.created");
        assert_eq!(entry.unwrap().record.channel, Some(Channel::Email));
    }

    /// F377, F380, F381, F437, F438: WhatsApp and SMS find the order by its number or by the sender's
    /// telephone number, whatever its spelling.
    fn chats_find_their_order(world) {
        addressed(world);
        let shown = posted(world, chat(Channel::WhatsApp, "4915112345678", "about ORD-1: when?"));
        assert_eq!((shown.via, shown.text.as_str()), (Channel::WhatsApp, "about ORD-1: when?"));
        let given = InboundMessage {
            order_ref: Some("o-1".into()),
            ..chat(Channel::Sms, "0049 151 / 1234 5678", "and the bill?")
        };
        assert_eq!(posted(world, given).via, Channel::Sms);
        // Bob has one order that is open: no number is needed.
        let bob = posted(world, chat(Channel::Sms, BOB_PHONE, "thanks"));
        assert_eq!(world.admin().thread(order("o-2")).wait().unwrap().id, bob.thread);
        assert_eq!(texts(world, order("o-1")), ["about ORD-1: when?", "and the bill?"]);
        // A signature is a matter of mail.
        assert_eq!(posted(world, chat(Channel::Sms, BOB_PHONE, "a\n-- \nb")).text, "a\n-- \nb");
    }

    /// F376: a mail finds the order by the customer's address, as long as there is only one that is open.
    fn an_address_finds_the_only_open_order(world) {
        addressed(world);
        let hello = || mail(ADA_MAIL, "hello", "is it on its way?");
        // Ada has an order and a job.
        let item = triaged(world, hello());
        assert_eq!(item.reason, TriageReason::AmbiguousSubject);
        let numbers: Vec<_> = item.candidates.iter().filter_map(|c| c.number.as_deref()).collect();
        assert_eq!(numbers, ["ORD-1", "J-1"]);
        let done = |status: &str| {
            let job = PutSubject::job(host("j-1"), host("ada")).numbered("J-1");
            world.admin().put_subject(job.with_status(status)).wait().unwrap();
        };
        done("completed");
        posted(world, hello());
        done("in_progress");
        world.admin().close(order("o-1")).wait().unwrap();
        let job = posted(world, hello());
        assert_eq!(world.admin().thread(common::job("j-1")).wait().unwrap().id, job.thread);
        done("Canceled");
        assert_eq!(reason(world, hello()), TriageReason::NoOpenSubject);
    }

    /// F373: an answer finds the conversation by the mail that it answers, or by the address that it
    /// was sent to, and says which message it answers.
    fn an_answer_finds_its_conversation(world) {
        addressed(world);
        let sent = PostMessage { provider_ref: Some("<out-1@shop>".into()), ..PostMessage::text("Monday.") };
        let sent = world.admin().post(order("o-1"), sent).wait().unwrap();
        let answer = |header: &str, value: &str| {
            let mut answer = mail(ADA_MAIL, "Re: your delivery", "Fine.");
            answer.headers.insert(header.into(), value.into());
            answer
        };
        let message = posted(world, answer("In-Reply-To", "<out-1@shop>"));
        assert_eq!((message.thread, message.reply_to), (sent.thread, Some(sent.id)));
        let later = posted(world, answer("references", "<x@y>\r\n\t<out-1@shop> <z@y>"));
        assert_eq!(later.thread, sent.thread);
        let chat = InboundMessage { in_reply_to: Some("<out-1@shop>".into()), ..chat(Channel::WhatsApp, ADA_PHONE, "ok") };
        assert_eq!(posted(world, chat).reply_to, Some(sent.id));
        let to = vec![format!("reply+{}@shop.example", sent.thread)];
        let addressed = InboundMessage { to, ..mail(ADA_MAIL, "hi", "to the thread") };
        assert_eq!(posted(world, addressed).thread, sent.thread);
        // Somebody to whom it was passed on is not let in.
        let forwarded = InboundMessage {
            in_reply_to: Some("<out-1@shop>".into()),
            ..InboundMessage { text: Some("me too".into()), ..InboundMessage::new(Channel::Sms, BOB_PHONE) }
        };
        assert_eq!(reason(world, forwarded), TriageReason::NotPermitted);
        // The direct answer counts, not what the thread of mails began with.
        let other = PostMessage { provider_ref: Some("<out-2@shop>".into()), ..PostMessage::text("Job.") };
        let other = world.admin().post(common::job("j-1"), other).wait().unwrap();
        let mut both = answer("References", "<out-1@shop> <out-2@shop>");
        assert_eq!(reason(world, both.clone()), TriageReason::AmbiguousOrder);
        both.headers.insert("In-Reply-To".into(), "<out-2@shop>".into());
        assert_eq!(posted(world, both).thread, other.thread);
    }

    /// F372, F433: who knows a number gets nowhere by it; the role is the directory's.
    fn strangers_wait_outside(world) {
        addressed(world);
        let named = |from: &str| mail(from, "ORD-1", "what is in it?");
        let item = triaged(world, named("eve@example.com"));
        assert_eq!((item.reason, item.senders.len()), (TriageReason::UnknownSender, 0));
        let bob = InboundMessage { order_ref: Some("ORD-1".into()), ..chat(Channel::Sms, BOB_PHONE, "?") };
        assert_eq!(reason(world, bob), TriageReason::NotPermitted);
        let forged = InboundMessage { sender_verified: Some(false), ..named(ADA_MAIL) };
        assert_eq!(reason(world, forged), TriageReason::UnverifiedSender);
        assert_eq!(reason(world, named("no address")), TriageReason::UnknownSender);
        assert_eq!(code(world.admin().messages(order("o-9"), MessageQuery::default()).wait()), Code::ThreadNotFound);
        assert_eq!(world.admin().messages(order("o-1"), MessageQuery::default()).wait().unwrap().messages, []);
        // The supplier of the order, and the technician of the job, write as what they are.
        assert_eq!(posted(world, named("desk@acme.example")).author.role, Role::Supplier);
        assert_eq!(reason(world, named("tom@shop.example")), TriageReason::NotPermitted);
        let job = InboundMessage { order_ref: Some("J-1".into()), ..mail("tom@shop.example", "", "done") };
        assert_eq!(posted(world, job).author.role, Role::Technician);
        // Only services pass on messages.
        let refused = world.admin().ingest(named(ADA_MAIL)).wait();
        assert_eq!(code(refused), Code::AccessDenied);
        // A service of another storefront does not even learn that there is such an order.
        let south = Principal::service(TENANT, host("webhook")).in_stores([host("south").into()]);
        let south = world.engine.desk(south).unwrap();
        let item = south.ingest(InboundMessage { order_ref: Some("ORD-1".into()), ..named(ADA_MAIL) });
        let item = item.wait().unwrap().triage.unwrap();
        assert_eq!((item.reason, item.candidates.len()), (TriageReason::UnknownOrder, 0));
    }

    /// C41: what is ambiguous is said, never guessed.
    fn ambiguity_is_a_result(world) {
        addressed(world);
        assert_eq!(
            reason(world, InboundMessage { order_ref: Some("ORD-404".into()), ..chat(Channel::Sms, ADA_PHONE, "?") }),
            TriageReason::UnknownOrder
        );
        let south = PutSubject::order(host("o-7"), host("ada")).numbered("ORD-1").in_store(host("south"));
        world.admin().put_subject(south).wait().unwrap();
        let item = triaged(world, chat(Channel::Sms, ADA_PHONE, "ORD-1"));
        assert_eq!((item.reason, item.candidates.len()), (TriageReason::AmbiguousOrder, 2));
        // One number of WhatsApp, and the same as a telephone number of somebody else.
        let eve = PutParty::new(PartyKind::Customer, host("eve"));
        world.admin().put_party(eve.reached_at(ContactKind::WhatsApp, BOB_PHONE)).wait().unwrap();
        let item = triaged(world, chat(Channel::WhatsApp, BOB_PHONE, "hello"));
        assert_eq!((item.reason, item.senders.len()), (TriageReason::AmbiguousSender, 2));
        // A number in a subject line that is nobody's is not a number.
        let other = mail("desk@acme.example", "ORD-5", "");
        assert_eq!(reason(world, other), TriageReason::NoOpenSubject);
    }

    /// A delivery is taken once: the same webhook again, also with other words, changes nothing; another
    /// account or channel is another delivery.
    fn a_delivery_is_taken_once(world) {
        addressed(world);
        let delivery = |account: &str, text: &str| InboundMessage {
            provider_ref: Some("wamid.7".into()),
            account: account.into(),
            ..chat(Channel::WhatsApp, BOB_PHONE, text)
        };
        let first = posted(world, delivery("a", "once"));
        let events = |world: &World| world.admin().events("test", 1_000).wait().unwrap().len();
        let before = events(world);
        let again = ingest(world, delivery("a", "twice"));
        assert_eq!((again.outcome, again.message.unwrap().id), (IngestOutcome::Duplicate, first.id));
        assert_eq!(events(world), before);
        assert_ne!(posted(world, delivery("b", "other")).id, first.id);
        assert_eq!(texts(world, order("o-2")), ["once", "other"]);
        // What waits in triage is known as well, and stays known when it is assigned.
        let stranger = || InboundMessage { provider_ref: Some("s-1".into()), ..chat(Channel::Sms, "+4930999999", "hi") };
        let item = triaged(world, stranger());
        let again = ingest(world, stranger());
        assert_eq!((again.outcome, again.triage.unwrap().id), (IngestOutcome::Duplicate, item.id));
        let message = world.admin().assign_triage(item.id, order("o-2"), Some(host("bob").into())).wait().unwrap();
        let again = ingest(world, stranger());
        assert_eq!((again.outcome, again.message.unwrap().id), (IngestOutcome::Duplicate, message.id));
        // Under an idempotency key the first answer comes back as well.
        let service = world.service().idempotent("k-1");
        let keyed = |text: &str| service.ingest(chat(Channel::Sms, BOB_PHONE, text)).wait();
        let first = keyed("keyed").unwrap().message.unwrap();
        let again = keyed("keyed").unwrap();
        assert_eq!((again.outcome, again.message.unwrap().id), (IngestOutcome::Duplicate, first.id));
        assert_eq!(code(keyed("other")), Code::IdempotencyKeyReused);
        // A provider's id of a message that is posted belongs to it alone, and none is a customer's to claim.
        let post = || PostMessage { provider_ref: Some("<m@shop>".into()), ..PostMessage::text("sent") };
        for claims in [world.customer("bob"), world.supplier("zenith")] {
            let error = claims.post(order("o-2"), post()).wait().unwrap_err();
            assert_eq!((error.code(), error.details()["field"].as_str()), (Code::InputInvalid, Some("provider_ref")));
        }
        world.admin().post(order("o-2"), post()).wait().unwrap();
        assert_eq!(code(world.admin().post(order("o-1"), post()).wait()), Code::ReferenceTaken);
    }

    /// What machines write is kept apart: out-of-office notices, bounces, lists, the business' own
    /// addresses, and its own mail that comes back.
    fn machines_do_not_talk_to_each_other(world) {
        addressed(world);
        policies(world, |policies| policies.inbound.own_addresses = vec!["Support@shop.example".into()]);
        let with = |name: &str, value: &str| {
            let mut notice = mail(ADA_MAIL, "Re: ORD-1", "I am away");
            notice.headers.insert(name.into(), value.into());
            notice
        };
        assert_eq!(reason(world, with("Auto-Submitted", "auto-replied")), TriageReason::Automatic);
        assert_eq!(reason(world, with("X-Failed-Recipients", "x@y.z")), TriageReason::Bounce);
        assert_eq!(reason(world, with("List-Id", "<x.y>")), TriageReason::MailingList);
        let own = mail("support@SHOP.example", "ORD-1", "loop");
        assert_eq!(reason(world, own), TriageReason::OwnAddress);
        let sent = PostMessage { provider_ref: Some("<out@shop>".into()), ..PostMessage::text("Monday.") };
        world.admin().post(order("o-1"), sent).wait().unwrap();
        let back = InboundMessage { provider_ref: Some("<out@shop>".into()), ..mail(ADA_MAIL, "ORD-1", "Monday.") };
        assert_eq!(reason(world, back), TriageReason::Loop);
        let bounces = TriageQuery { reason: vec![TriageReason::Bounce], ..TriageQuery::default() };
        let bounces = world.admin().triage(bounces).wait().unwrap();
        assert_eq!(bounces.items.len(), 1);
        assert_eq!(bounces.items[0].candidates[0].number.as_deref(), Some("ORD-1"));
        assert_eq!(waiting(world).items.len(), 5);
    }

    /// C19: a closed thread does what the tenant's policy says; nothing that is refused is lost.
    fn closed_threads_follow_the_policy(world) {
        addressed(world);
        let again = || mail(ADA_MAIL, "ORD-1", "one more thing");
        posted(world, again());
        world.admin().close(order("o-1")).wait().unwrap();
        posted(world, again());
        assert_eq!(world.admin().thread(order("o-1")).wait().unwrap().status, goodwill::ThreadStatus::Open);
        policies(world, |policies| policies.closed_to_customers = ClosedThread::Refuse);
        world.admin().close(order("o-1")).wait().unwrap();
        let item = triaged(world, again());
        assert_eq!((item.reason, item.candidates.len()), (TriageReason::ThreadClosed, 1));
        let assign = || world.admin().assign_triage(item.id, order("o-1"), None).wait();
        assert_eq!(code(assign()), Code::ThreadClosed);
        world.admin().reopen(order("o-1")).wait().unwrap();
        assert_eq!(assign().unwrap().text, "one more thing");
        // Nothing to read, and more than a message may hold.
        assert_eq!(reason(world, mail(ADA_MAIL, "ORD-1", " ")), TriageReason::Empty);
        assert_eq!(reason(world, mail(ADA_MAIL, "ORD-1", &"x".repeat(70_000))), TriageReason::TooLarge);
        let endless = mail(ADA_MAIL, "ORD-1", &"x".repeat(1_100_000));
        assert_eq!(code(world.service().ingest(endless).wait()), Code::InputTooLong);
        let inside = InboundMessage::new(Channel::InApp, ADA_MAIL);
        assert_eq!(code(world.service().ingest(inside).wait()), Code::InputInvalid);
    }

    /// HTML is read as text, files come along, and what no text may hold is left out.
    fn html_and_files_are_taken(world) {
        addressed(world);
        let file = Attachment {
            blob_ref: "s3://inbox/1".into(),
            name: "photo.jpg".into(),
            mime: "image/jpeg".into(),
            size: 7,
            sha256: None,
            disposition: goodwill::messages::Disposition::Attachment,
            cid: None,
            scan_state: goodwill::messages::ScanState::Unscanned,
        };
        let html = "<p>Broken\0 &amp; wet</p><div class=gmail_quote>On 1 March wrote:<br>old</div>";
        let message = posted(world, InboundMessage {
            text: None,
            html: Some(html.into()),
            attachments: vec![file],
            ..mail(ADA_MAIL, "ORD-1", "")
        });
        assert_eq!((message.text.as_str(), message.attachments.len()), ("Broken & wet", 1));
        assert_eq!(message.original.as_deref(), Some("Broken & wet\n\n> On 1 March wrote:\n> old"));
    }

    /// Staff see what waits, say where it belongs and in whose name, or that it belongs nowhere, once.
    fn staff_settle_what_waits(world) {
        addressed(world);
        let stranger = triaged(world, mail("eve@example.com", "ORD-1", "I am Ada's sister\n-- \nEve"));
        let bob = triaged(world, mail("mallory@example.com", "hello", "spam"));
        let agent = world.staff(Role::Agent, "gina");
        let list = agent.triage(TriageQuery { limit: 1, ..TriageQuery::default() }).wait().unwrap();
        assert_eq!((list.items.as_slice(), list.more), (std::slice::from_ref(&stranger), true));
        let next = TriageQuery { after: Some(stranger.id), ..TriageQuery::default() };
        assert_eq!(agent.triage(next).wait().unwrap().items, std::slice::from_ref(&bob));
        assert_eq!(list.items[0].arrived.from, "eve@example.com");
        for outsider in [world.agent_in("nina", "north"), world.staff(Role::Analyst, "ann"), world.service()] {
            assert_eq!(code(outsider.triage(TriageQuery::default()).wait()), Code::AccessDenied);
            assert_eq!(code(outsider.dismiss_triage(bob.id).wait()), Code::AccessDenied);
        }
        let assign = |author: Option<&str>| {
            agent.assign_triage(stranger.id, order("o-1"), author.map(|who| host(who).into())).wait()
        };
        assert_eq!(code(assign(None)), Code::InputInvalid, "nobody has the address");
        assert_eq!(code(assign(Some("bob"))), Code::InputInvalid, "it is not Bob's order");
        assert_eq!(code(assign(Some("nobody"))), Code::InputInvalid);
        let message = assign(Some("ada")).unwrap();
        assert_eq!((message.text.as_str(), message.via), ("I am Ada's sister", Channel::Email));
        assert_eq!(message.author.role, Role::Customer);
        assert_eq!(code(assign(Some("ada"))), Code::TriageSettled);
        let dismissed = agent.dismiss_triage(bob.id).wait().unwrap();
        assert_eq!((dismissed.state, dismissed.version), (TriageState::Dismissed, 2));
        assert_eq!(code(agent.dismiss_triage(bob.id).wait()), Code::TriageSettled);
        assert_eq!(code(agent.dismiss_triage(goodwill::TriageId::from_uuid(message.id.uuid())).wait()), Code::TriageNotFound);
        assert_eq!(waiting(world).items, []);
        let settled = TriageQuery { state: TriageState::Assigned, ..TriageQuery::default() };
        let settled = agent.triage(settled).wait().unwrap().items;
        assert_eq!((settled[0].message, settled[0].arrived.text.as_deref()), (Some(message.id), None));
        let events = world.admin().events("test", 1_000).wait().unwrap();
        let kinds: Vec<_> = events.iter().map(|event| event.draft.kind).collect();
        for (kind, count) in [(EventKind::InboundTriaged, 2), (EventKind::TriageAssigned, 1), (EventKind::TriageDismissed, 1)] {
            assert_eq!(kinds.iter().filter(|known| **known == kind).count(), count, "{kind}");
        }
    }

    /// An address is one party's, and is found whatever its spelling.
    fn an_address_is_one_partys(world) {
        addressed(world);
        let ada = world.admin().party(host("ada")).wait().unwrap();
        let keys: Vec<_> = ada.contacts.iter().map(|contact| contact.key.as_str()).collect();
        assert_eq!(keys, [ADA_MAIL, ADA_PHONE]);
        let put = |key: &str, kind, address: &str| {
            let party = PutParty::new(PartyKind::Customer, host(key)).reached_at(kind, address);
            world.admin().put_party(party).wait()
        };
        let taken = put("eve", ContactKind::Email, "ADA@EXAMPLE.COM").unwrap_err();
        assert_eq!(taken.code(), Code::ReferenceTaken);
        assert!(!format!("{taken:?} {taken}").to_lowercase().contains("ada@"));
        assert_eq!(code(world.admin().party(host("eve")).wait()), Code::PartyNotFound);
        let wrong = put("eve", ContactKind::Phone, "030 secret").unwrap_err();
        assert_eq!((wrong.code(), wrong.details()["field"].as_str()), (Code::InputInvalid, Some("contacts.address")));
        assert!(!format!("{wrong:?}").contains("secret"));
        assert_eq!(code(put("eve", ContactKind::Phone, "030 123456")), Code::InputInvalid, "no calling code");
        policies(world, |policies| policies.inbound.calling_code = Some("49".into()));
        put("eve", ContactKind::Phone, "030 123456").unwrap();
        assert_eq!(triaged(world, chat(Channel::Sms, "+49 30 123456", "hi")).senders.len(), 1);
        // Without addresses they stay; with none they go, and are free.
        let name_only = PutParty::new(PartyKind::Customer, host("ada")).named("Ada");
        world.admin().put_party(name_only.clone()).wait().unwrap();
        assert_eq!(world.admin().party(host("ada")).wait().unwrap().contacts, ada.contacts);
        world.admin().put_party(PutParty { contacts: Some(Vec::new()), ..name_only }).wait().unwrap();
        put("eve", ContactKind::Email, ADA_MAIL).unwrap();
        // Whoever sees names under pseudonyms sees no addresses.
        let seen = world.staff(Role::Analyst, "ann").party(host("eve")).wait().unwrap();
        assert_eq!(seen.contacts, []);
        let bad = |change: &dyn Fn(&mut goodwill::InboundPolicy)| {
            let mut tenant = Tenant::new(TENANT, "Shop");
            change(&mut tenant.policies.inbound);
            code(world.admin().put_tenant(tenant).wait())
        };
        assert_eq!(bad(&|policy| policy.calling_code = Some("+49".into())), Code::InputInvalid);
        assert_eq!(bad(&|policy| policy.number_patterns = vec!["ORD".into()]), Code::InputInvalid);
        assert_eq!(bad(&|policy| policy.own_addresses = vec!["shop".into()]), Code::InputInvalid);
        assert_eq!(bad(&|policy| policy.finished_statuses = vec!["Done Now".into()]), Code::InputInvalid);
    }

    /// With a person go their addresses, what they wrote from outside, and what of theirs waits.
    fn erasure_takes_what_came_from_outside(world) {
        addressed(world);
        let message = posted(world, mail(ADA_MAIL, "ORD-1", "secret words\n-- \nAda of Main Street"));
        let waiting_item = triaged(world, mail(ADA_MAIL, "hello", "secret thoughts"));
        let before = triaged(world, mail("ada.new@example.com", "hello", "secret address"));
        let ada = PutParty::new(PartyKind::Customer, host("ada"));
        world.admin().put_party(ada.reached_at(ContactKind::Email, "ada.new@example.com")).wait().unwrap();
        let officer = world.staff(Role::PrivacyOfficer, "petra");
        officer.erase_party(host("ada"), "asked for it").wait().unwrap();
        let gone = world.admin().message(message.id).wait().unwrap();
        assert_eq!((gone.text.as_str(), gone.original), ("", None));
        let dismissed = TriageQuery { state: TriageState::Dismissed, ..TriageQuery::default() };
        let items = world.admin().triage(dismissed).wait().unwrap().items;
        assert_eq!(items.iter().map(|item| item.id).collect::<Vec<_>>(), [waiting_item.id, before.id]);
        let left = format!("{items:?}");
        assert!(!left.contains("secret") && !left.contains("example.com"), "{left}");
        assert_eq!(reason(world, mail(ADA_MAIL, "ORD-1", "again")), TriageReason::UnknownSender);
        let report = world.staff(Role::Auditor, "otto").verify_audit(None).wait().unwrap();
        assert!(report.intact(), "{report}");
    }

    /// F373, F382: the route of webhooks, with the names that they know.
    fn webhooks_call_the_orders_facade(world) {
        addressed(world);
        let service = Principal::service(TENANT, host("webhook"));
        let orders = OrderMessages::new(&world.engine, service);
        let call = |body: serde_json::Value| {
            let input: ChannelMessage = serde_json::from_value(body).unwrap();
            orders.create_message_from_channel(input).wait()
        };
        let made = call(serde_json::json!({
            "orderNumber": "ORD-1",
            "customerPhone": ADA_PHONE,
            "content": "Customer WhatsApp message",
            "channel": "whatsapp",
            "senderPhone": ADA_PHONE,
        }));
        let made = made.unwrap();
        assert_eq!((made.outcome, made.reason), (IngestOutcome::Posted, None));
        let made = made.message.unwrap();
        assert_eq!((made.order_id.as_str(), made.sender_id.as_deref()), ("o-1", Some("ada")));
        assert_eq!((made.channel, made.sender_role), (Channel::WhatsApp, Role::Customer));
        assert_eq!(made.content, "Customer WhatsApp message");
        let by_mail = call(serde_json::json!({
            "orderNumber": "ORD-1", "customerEmail": ADA_MAIL, "content": "x", "channel": "email",
        }));
        assert_eq!(by_mail.unwrap().message.unwrap().channel, Channel::Email);
        let by_phone = call(serde_json::json!({ "customerPhone": BOB_PHONE, "content": "x", "channel": "SMS" }));
        assert_eq!(by_phone.unwrap().message.unwrap().order_id, "o-2");
        let stranger = call(serde_json::json!({
            "orderNumber": "ORD-1", "senderPhone": "+4930999999", "customerPhone": ADA_PHONE,
            "content": "let me in", "channel": "sms",
        }));
        let stranger = stranger.unwrap();
        assert_eq!((stranger.message, stranger.reason), (None, Some(TriageReason::UnknownSender)));
        assert_eq!(waiting(world).items.len(), 1);
        let nobody = call(serde_json::json!({ "orderNumber": "ORD-1", "content": "x", "channel": "sms" }));
        assert_eq!(code(nobody), Code::InputInvalid);
    }
}

/// The same webhook many times at once, in any order, is one message.
#[test]
fn deliveries_at_once_are_taken_once() {
    for world in [World::on_memory(), World::on_sqlite(), World::on_log()] {
        addressed(&world);
        let outcomes: Vec<IngestOutcome> = std::thread::scope(|scope| {
            let deliver = |number: usize| {
                let message = InboundMessage {
                    provider_ref: Some(format!("wamid.{}", number % 3)),
                    ..chat(Channel::WhatsApp, BOB_PHONE, "once")
                };
                world.service().ingest(message).wait().unwrap().outcome
            };
            let threads: Vec<_> =
                (0..24).map(|number| scope.spawn(move || deliver(number))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let posted = outcomes.iter().filter(|outcome| **outcome == IngestOutcome::Posted).count();
        assert_eq!(posted, 3);
        assert_eq!(texts(&world, order("o-2")), ["once"; 3]);
    }
}
