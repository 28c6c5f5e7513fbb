//! A day in a field-service shop with two stores, told in a terminal.
//!
//! `cargo run --release --bin tour [file.db]`
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::sync::Arc;
use std::time::Duration;

use goodwill::access::Action;
use goodwill::session::{Hit, TrailEntry};
use goodwill::{
    AuditKey, Channel, Clock as _, Desk, Engine, ExternalRef, ManualClock, MessageFilter,
    MessageQuery, PartyKind, Portal, PostMessage, Principal, PutParty, PutStorefront, PutSubject,
    Redaction, Result, Role, Session, SqliteStore, SubjectRef, SystemEvent, SystemIds, TenantId,
    Timestamp, Topic, UnreadTargets, Wait,
};

const SHOP: TenantId = TenantId::SINGLE;

struct Shop {
    engine: Engine,
    clock: Arc<ManualClock>,
}

fn id(text: &str) -> Result<ExternalRef> {
    ExternalRef::host(text)
}

fn order(number: &str) -> Result<SubjectRef> {
    Ok(SubjectRef::order(id(number)?))
}

impl Shop {
    fn staff(&self, role: Role, person: &str) -> Result<Session<Desk>> {
        self.engine.desk(Principal::staff(SHOP, role, id(person)?))
    }

    fn customer(&self, person: &str) -> Result<Session<Portal>> {
        Ok(self.engine.portal(Principal::customer(SHOP, id(person)?)))
    }

    fn supplier(&self, company: &str) -> Result<Session<Portal>> {
        Ok(self.engine.portal(Principal::supplier(SHOP, id(company)?)))
    }

    fn minutes(&self, minutes: u64) -> Timestamp {
        self.clock.advance(Duration::from_secs(minutes * 60));
        self.clock.now()
    }
}

fn heading(text: &str) {
    println!("\n\u{1b}[1m{text}\u{1b}[0m");
}

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::temp_dir().join(format!("goodwill-tour-{}", std::process::id()));
    let path = match std::env::args().nth(1) {
        Some(path) => path.into(),
        None => {
            std::fs::create_dir_all(&folder)?;
            folder.join("goodwill.db")
        }
    };
    let done = tour(&path);
    std::fs::remove_dir_all(&folder).ok();
    done
}

fn tour(path: &std::path::Path) -> std::result::Result<(), Box<dyn std::error::Error>> {
    let clock = Arc::new(ManualClock::new("2026-03-02T08:00:00Z".parse()?));
    let shop = Shop {
        engine: Engine::with_parts(
            Arc::new(SqliteStore::open(path)?),
            AuditKey::from_bytes("tour", b"the key of a tour is no secret at all")?.into(),
            Arc::clone(&clock) as _,
            Arc::new(SystemIds::default()),
        ),
        clock,
    };
    println!("One SQLite file, no server: {}", path.display());
    furnish(&shop)?;
    morning(&shop)?;
    who_sees_what(&shop)?;
    afternoon(&shop)?;
    evening(&shop)?;
    Ok(())
}

fn furnish(shop: &Shop) -> Result<()> {
    let admin = shop.staff(Role::Admin, "Petra")?;
    for (store, reseller) in [("north", Some("Rita Retail")), ("south", None)] {
        let reseller = reseller.map(id).transpose()?.map(Into::into);
        let storefront = PutStorefront { key: id(store)?.into(), name: store.into(), reseller };
        admin.put_storefront(storefront).wait()?;
    }
    for (party, kind) in [
        ("Ada", PartyKind::Customer),
        ("Bob", PartyKind::Customer),
        ("Chen", PartyKind::Customer),
        ("Acme Parts", PartyKind::Supplier),
        ("Zenith Solar", PartyKind::Supplier),
        ("Gina", PartyKind::Staff),
    ] {
        let name = Some(party.to_owned());
        admin.put_party(PutParty { key: id(party)?.into(), kind, name, contacts: None }).wait()?;
    }
    for (number, customer, store, supplier) in [
        ("ORD-101", "Ada", "north", "Acme Parts"),
        ("ORD-102", "Bob", "south", "Zenith Solar"),
        ("ORD-103", "Chen", "north", "Zenith Solar"),
    ] {
        let subject = PutSubject::order(id(number)?, id(customer)?)
            .numbered(number)
            .in_store(id(store)?)
            .fulfilled_by(id(supplier)?)
            .with_status("In Progress");
        admin.put_subject(subject).wait()?;
    }
    heading("The shop");
    println!("  stores north (operated by Rita Retail) and south");
    println!("  ORD-101 Ada, north, from Acme Parts");
    println!("  ORD-102 Bob, south, from Zenith Solar");
    println!("  ORD-103 Chen, north, from Zenith Solar");
    Ok(())
}

fn morning(shop: &Shop) -> Result<()> {
    heading("The morning");
    let ada = shop.customer("Ada")?;
    let question = PostMessage::text("When will my order be delivered?");
    let asked = ada.idempotent("tap-1").post(order("ORD-101")?, question.clone()).wait()?;
    let again = ada.idempotent("tap-1").post(order("ORD-101")?, question).wait()?;
    println!("  08:00 Ada asks, and taps twice: one message ({})", asked.id == again.id);
    shop.minutes(25);
    let acme = shop.supplier("Acme Parts")?;
    acme.post(order("ORD-101")?, PostMessage::text("It left our hall this morning.")).wait()?;
    println!("  08:25 Acme Parts answers");
    shop.minutes(5);
    let admin = shop.staff(Role::Admin, "Petra")?;
    admin.post(order("ORD-101")?, PostMessage::note("Third delay of Acme this month")).wait()?;
    println!("  08:30 Petra leaves a note for administrators");
    let bob = shop.customer("Bob")?;
    let plea = PostMessage::text("¿Dónde está mi pedido? Llevo días esperando la entrega.");
    bob.post(order("ORD-102")?, plea.via(Channel::WhatsApp)).wait()?;
    let chen = shop.customer("Chen")?;
    chen.post(order("ORD-103")?, PostMessage::text("请问明天可以配送吗？")).wait()?;
    println!("  08:30 Bob writes by WhatsApp, Chen in Chinese");
    let key = shop.engine.desk(Principal::service(SHOP, id("warehouse")?))?;
    key.system_event(
        order("ORD-101")?,
        SystemEvent::new("ORDER_SHIPPED", "Your order has been shipped. Tracking: TRACK-456"),
    )
    .wait()?;
    println!("  08:30 the warehouse reports that ORD-101 was shipped");
    Ok(())
}

fn who_sees_what(shop: &Shop) -> Result<()> {
    heading("What each of them sees of ORD-101");
    let show = |who: &str, lines: Vec<String>| {
        println!("  {who}");
        lines.iter().for_each(|line| println!("    {line}"));
    };
    let public = |session: Session<Portal>| -> Result<Vec<String>> {
        let list = session.messages(order("ORD-101")?, MessageQuery::default()).wait()?;
        let line = |m: &goodwill::PublicMessage| {
            format!("{} {:<9} {}", if m.unread { "●" } else { " " }, m.author_role.as_str(), m.text)
        };
        Ok(list.messages.iter().map(line).collect())
    };
    show("Ada, the customer", public(shop.customer("Ada")?)?);
    show("Acme Parts, the supplier", public(shop.supplier("Acme Parts")?)?);
    let reseller = shop.engine.portal(Principal::reseller(SHOP, id("Rita Retail")?));
    show("Rita Retail, who operates the store", public(reseller)?);
    let admin = shop.staff(Role::Admin, "Petra")?;
    let list = admin.messages(order("ORD-101")?, MessageQuery::default()).wait()?;
    let line = |m: &goodwill::Message| {
        let note = if m.visibility.is_public() { "" } else { "  [internal]" };
        format!(
            "{} {:<9} {}{note}",
            if m.unread { "●" } else { " " },
            m.author.role.as_str(),
            m.text
        )
    };
    show("Petra, the administrator", list.messages.iter().map(line).collect());
    let stranger = public(shop.customer("Bob")?).map(|_| ()).map_err(|error| error.code());
    println!("  Bob, another customer\n    {stranger:?}");
    heading("Why may Ada not close her thread?");
    print!(
        "{}",
        indent(
            &shop
                .customer("Ada")?
                .explain(Action::ThreadClose, order("ORD-101")?)
                .wait()?
                .to_string()
        )
    );
    println!("  And why does Zenith Solar not see it?");
    let zenith = shop.supplier("Zenith Solar")?;
    print!(
        "{}",
        indent(&zenith.explain(Action::ThreadRead, order("ORD-101")?).wait()?.to_string())
    );
    Ok(())
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}

fn afternoon(shop: &Shop) -> Result<()> {
    heading("The afternoon");
    let orders = || -> Result<Vec<SubjectRef>> {
        ["ORD-101", "ORD-102", "ORD-103"].into_iter().map(order).collect()
    };
    let admin = shop.staff(Role::Admin, "Petra")?;
    let counts = admin.unread_counts(UnreadTargets::Subjects(orders()?)).wait()?;
    println!("  Petra has unread in ORD-101, 102, 103: {counts:?}");
    admin.mark_all_read(order("ORD-101")?).wait()?;
    let counts = admin.unread_counts(UnreadTargets::Subjects(orders()?)).wait()?;
    println!("  … and after opening ORD-101:           {counts:?}");
    let counts =
        shop.supplier("Zenith Solar")?.unread_counts(UnreadTargets::Subjects(orders()?)).wait()?;
    println!("  Zenith Solar, of what is theirs:       {counts:?}");
    shop.minutes(120);
    let north = Principal::staff(SHOP, Role::Agent, id("Gina")?).in_stores([id("north")?.into()]);
    let gina = shop.engine.desk(north)?;
    let until = shop.engine.now().saturating_add(Duration::from_secs(3 * 3_600));
    gina.assign(order("ORD-103")?, Some(id("Gina")?.into())).wait()?;
    gina.snooze(order("ORD-103")?, until).wait()?;
    let tick = shop.engine.tick().wait()?;
    println!(
        "  Gina snoozes ORD-103; the scheduler may sleep until {}",
        tick.next.map(|t| t.to_string()).unwrap_or_default()
    );
    shop.minutes(180);
    println!("  … it wakes: {} thread", shop.engine.tick().wait()?.woken.len());
    let bob = shop.customer("Bob")?;
    let card = bob
        .post(order("ORD-102")?, PostMessage::text("Charge my card 4111 1111 1111 1111"))
        .wait()?;
    admin.redact(card.id, Redaction::Spans(vec![(15, 34)]), "card number in a message").wait()?;
    println!(
        "  Bob sends a card number; Petra redacts it: {:?}",
        bob.message(card.id).wait()?.text
    );
    let eta = PostMessage::text("We come on Tuesday at 9.").about(Topic::EtaUpdate);
    let said = gina.post(order("ORD-103")?, eta).wait()?;
    gina.correct(said.id, "We come on Wednesday at 9.").wait()?;
    let chen = shop.customer("Chen")?;
    chen.react(said.id, "👍").wait()?;
    let seen = chen.message(said.id).wait()?;
    println!(
        "  Gina corrects herself, Chen likes it: {} ({}, {})",
        seen.text,
        seen.state,
        seen.reactions.first().map(|r| r.emoji.as_str()).unwrap_or_default()
    );
    Ok(())
}

fn evening(shop: &Shop) -> Result<()> {
    heading("The evening: search");
    let admin = shop.staff(Role::Admin, "Petra")?;
    for words in ["deliver*", "\"entrega\" -tarjeta", "配送", "donde", "4111"] {
        let found = admin.search(&MessageFilter::keyword(words)).wait()?;
        println!("  {words:<20} {} found", found.total.count);
        for Hit { snippet: piece, .. } in &found.hits {
            let mut text = piece.text.clone();
            for range in piece.highlights.iter().rev() {
                text.insert_str(range.end, "\u{1b}[0m");
                text.insert_str(range.start, "\u{1b}[7m");
            }
            println!("    {text}");
        }
    }
    heading("The evening: the audit trail");
    let auditor = shop.staff(Role::Auditor, "Otto")?;
    let thread = admin.thread(order("ORD-101")?).wait()?;
    let trail = auditor.audit(0, Some(thread.id), 8).wait()?;
    for TrailEntry { record: entry, .. } in &trail.entries {
        println!(
            "  {:>3} {} {:<16} {:<9} {}",
            entry.seq,
            entry.at,
            entry.action,
            entry.actor.role.as_str(),
            entry.outcome
        );
    }
    let officer = shop.staff(Role::PrivacyOfficer, "Paula")?;
    officer.erase_party(id("Bob")?, "request under Art. 17").wait()?;
    println!("  Bob asks to be forgotten: his words are gone, the trail is not");
    let report = auditor.verify_audit(None).wait()?;
    print!("{}", indent(&report.to_string()));
    Ok(())
}
