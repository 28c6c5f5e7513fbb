//! A shop that the cases play in.

use std::sync::Arc;
use std::time::Duration;

use crate::access::{Fact, Filter, Role, RoleSet};
use crate::error::{Error, Result};
use crate::ids::{ExternalRef, IdSource as _, PartyId, SeededIds, StorefrontId, TenantId};
use crate::principal::{Identity, RequestInfo};
use crate::session::{Desk, Portal, Session};
use crate::store::testing::{Failure, Verdict};
use crate::store::{Store, SubjectRef};
use crate::{
    AuditKey, AuditKeys, Channel, ContactKind, Engine, InboundMessage, ManualClock, MessageId,
    PartyKind, PostMessage, Principal, Priority, PutContact, PutParty, PutStorefront, PutSubject,
    Redaction, Timestamp, Wait as _,
};

pub(super) const TENANT: TenantId = TenantId::SINGLE;
pub(super) const OTHER_TENANT: TenantId =
    TenantId::from_uuid(uuid::Uuid::from_u128(0xbad_0000_0000_7000_8000_0000_0000_0002));
const CUSTOMERS: [&str; 3] = ["ada", "bob", "eve"];
const ORDERS: u64 = 8;
/// Telephone numbers: of two customers, and of nobody.
pub(super) const PHONES: [(&str, &str); 3] =
    [("ada", "+4915112345678"), ("bob", "+4915187654321"), ("nobody", "+4930999999")];

pub(super) fn host(text: &str) -> Result<ExternalRef> {
    ExternalRef::host(text)
}

pub(super) fn keys() -> Result<AuditKeys> {
    AuditKey::from_bytes("conformance", &[42; 32]).map(Into::into)
}

/// Reproducible choices.
#[derive(Debug)]
pub(super) struct Dice(SeededIds);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(SeededIds::new(seed))
    }

    /// A number below `end`.
    pub(super) fn below(&self, end: u64) -> u64 {
        u64::try_from(u128::from_be_bytes(self.0.salt()) % u128::from(end.max(1))).unwrap_or(0)
    }

    pub(super) fn one_in(&self, many: u64) -> bool {
        self.below(many) == 0
    }

    pub(super) fn pick<T: Clone>(&self, from: &[T]) -> Option<T> {
        let index = usize::try_from(self.below(from.len() as u64)).unwrap_or(0);
        from.get(index).cloned()
    }

    /// Each of them or not.
    pub(super) fn some<T: Clone>(&self, from: &[T]) -> Vec<T> {
        from.iter().filter(|_| self.one_in(2)).cloned().collect()
    }
}

/// An engine with reproducible ids over a store, and what was done there.
#[derive(Debug)]
pub(super) struct Shop {
    pub(super) engine: Engine,
    clock: Arc<ManualClock>,
    pub(super) tenant: TenantId,
    pub(super) messages: Vec<MessageId>,
}

impl Shop {
    /// A tenant with the storefronts north (operated by the reseller rita) and south, three
    /// customers, and eight orders and two jobs of theirs.
    pub(super) fn furnish(store: Arc<dyn Store>, tenant: TenantId) -> Result<Self> {
        let begin = Timestamp::from_millis(1_772_438_400_000)?;
        let clock = Arc::new(ManualClock::new(begin));
        // Another tenant's ids are others.
        let ids = Arc::new(SeededIds::new(tenant.uuid().as_u128() as u64));
        let engine = Engine::with_parts(store, keys()?, Arc::clone(&clock) as _, ids);
        let shop = Self { engine, clock, tenant, messages: Vec::new() };
        let admin = shop.staff(Role::Admin, "root")?;
        for (key, reseller) in [("north", Some("rita")), ("south", None)] {
            let reseller = reseller.map(host).transpose()?.map(Into::into);
            let storefront = PutStorefront { key: host(key)?.into(), name: key.into(), reseller };
            admin.put_storefront(storefront).wait()?;
        }
        for (key, kind) in [
            ("ada", PartyKind::Customer),
            ("bob", PartyKind::Customer),
            ("acme", PartyKind::Supplier),
            ("tom", PartyKind::Staff),
        ] {
            let name = Some(format!("{key} of the shop"));
            let number = PHONES.iter().find(|(owner, _)| *owner == key);
            let contacts = number.map(|(_, number)| {
                let mail = format!("{key}@shop.example");
                vec![
                    PutContact::new(ContactKind::Phone, *number),
                    PutContact::new(ContactKind::Email, mail),
                ]
            });
            admin.put_party(PutParty { key: host(key)?.into(), kind, name, contacts }).wait()?;
        }
        for (number, customer) in (0..ORDERS).zip(CUSTOMERS.iter().cycle()) {
            let key = format!("o-{number}");
            let mut order = PutSubject::order(host(&key)?, host(customer)?).numbered(&key);
            if number % 3 > 0 {
                order = order.in_store(host(if number % 2 == 0 { "north" } else { "south" })?);
            }
            if number % 4 > 0 {
                order = order.fulfilled_by(host(if number % 3 == 0 { "acme" } else { "zenith" })?);
            }
            if number % 5 > 2 {
                order = order.with_status("completed");
            }
            admin.put_subject(order).wait()?;
        }
        for (key, customer) in [("j-0", "ada"), ("j-1", "eve")] {
            let job = PutSubject::job(host(key)?, host(customer)?).assigned_to(host("tom")?);
            admin.put_subject(job).wait()?;
        }
        Ok(shop)
    }

    /// Furnished, and after a long random day.
    pub(super) fn after_a_day(store: Arc<dyn Store>, seed: u64) -> Result<Self> {
        let mut shop = Self::furnish(store, TENANT)?;
        let dice = Dice::new(seed);
        for step in 0..160 {
            // A refusal is a part of the day: it stands in the trail.
            let _ = shop.step(&dice, step);
        }
        Ok(shop)
    }

    pub(super) fn staff(&self, role: Role, person: &str) -> Result<Session<Desk>> {
        self.engine.desk(Principal::staff(self.tenant, role, host(person)?))
    }

    pub(super) fn customer(&self, name: &str) -> Result<Session<Portal>> {
        let session = self.engine.portal(Principal::customer(self.tenant, host(name)?));
        Ok(session.with_request(RequestInfo {
            id: Some("request".into()),
            ip: Some(format!("192.0.2.{}", name.len())),
            user_agent: Some(format!("Agent of {name}")),
        }))
    }

    pub(super) fn store(&self) -> &Arc<dyn Store> {
        self.engine.store()
    }

    pub(super) fn wait(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// Verifies the trail.
    pub(super) fn verify(&self) -> Verdict {
        let report = self.staff(Role::Auditor, "otto")?.verify_audit(None).wait()?;
        if report.intact() { Ok(()) } else { Err(Failure(report.to_string())) }
    }

    fn step(&mut self, dice: &Dice, step: u64) -> Result<()> {
        self.wait(dice.below(900));
        let target = match dice.below(10) {
            number if number < ORDERS => SubjectRef::order(host(&format!("o-{number}"))?),
            number => SubjectRef::job(host(&format!("j-{}", number - ORDERS))?),
        };
        let desk = match dice.below(3) {
            0 => self.staff(Role::Admin, "root")?,
            1 => self.staff(Role::Agent, "gina")?,
            _ => self.engine.desk(
                Principal::staff(self.tenant, Role::Agent, host("nora")?)
                    .in_stores([host("north")?.into()]),
            )?,
        };
        let portal = match dice.below(6) {
            0 => self.engine.portal(Principal::supplier(self.tenant, host("acme")?)),
            1 => self.engine.portal(Principal::reseller(self.tenant, host("rita")?)),
            _ => self.customer(dice.pick(&CUSTOMERS).unwrap_or("ada"))?,
        };
        let message = dice.pick(&self.messages);
        let text = format!("step {step} about the délivery of {}", dice.below(9));
        match (dice.below(24), message) {
            (0..=4, _) => {
                let posted = portal.post(target, PostMessage::text(text)).wait()?;
                self.messages.push(posted.id);
            }
            (5..=7, _) => {
                let posted = desk.post(target, PostMessage::text(text)).wait()?;
                self.messages.push(posted.id);
            }
            (8, _) => {
                let posted = desk.post(target, PostMessage::note(text)).wait()?;
                self.messages.push(posted.id);
            }
            (9, Some(id)) => drop(portal.mark_read(id).wait()?),
            (10, Some(id)) => drop(desk.mark_read(id).wait()?),
            (11, _) => drop(portal.mark_all_read(target).wait()?),
            (12, Some(id)) => drop(desk.mark_unread(id).wait()?),
            (13, Some(id)) => drop(desk.correct(id, &format!("corrected {step}")).wait()?),
            (14, Some(id)) => drop(desk.retract(id).wait()?),
            (15, Some(id)) => drop(portal.react(id, "👍").wait()?),
            (16, Some(id)) if dice.one_in(3) => {
                desk.redact(id, Redaction::All, "a random day").wait()?;
            }
            (17, _) => {
                match dice.below(4) {
                    0 => desk.close(target).wait()?,
                    1 => desk.resolve(target).wait()?,
                    2 => desk.pend(target).wait()?,
                    _ => {
                        let until = self.engine.now().saturating_add(Duration::from_secs(3_600));
                        desk.snooze(target, until).wait()?
                    }
                };
            }
            (18, _) => drop(desk.reopen(target).wait()?),
            (19, _) => drop(desk.prioritise(target, Priority::Urgent).wait()?),
            (20, _) => drop(desk.mute(target, dice.one_in(2)).wait()?),
            (21, _) if dice.one_in(4) => {
                let into = SubjectRef::order(host("o-0")?);
                desk.merge(target, into).wait()?;
            }
            (21, _) => {
                let desk = self.staff(Role::Admin, "root")?;
                let waiting = desk.triage(crate::TriageQuery::default()).wait()?.items;
                let item = dice.pick(&waiting).ok_or_else(|| Error::internal("nothing waits"))?;
                if dice.one_in(3) {
                    desk.dismiss_triage(item.id).wait()?;
                } else {
                    let author = host(dice.pick(&CUSTOMERS).unwrap_or("ada"))?;
                    desk.assign_triage(item.id, target, Some(author.into())).wait()?;
                }
            }
            (22, _) => {
                let service = Principal::service(self.tenant, host("webhook")?);
                let (who, from) = dice.pick(&PHONES).unwrap_or(("nobody", ""));
                let order = format!("o-{}", dice.below(ORDERS));
                let service = self.engine.desk(service)?;
                let taken = service.ingest(InboundMessage {
                    account: if dice.one_in(2) { "a".into() } else { String::new() },
                    provider_ref: Some(format!("delivery-{}", dice.below(9))),
                    text: Some(format!("words of {who} from outside, {text}")),
                    order_ref: (!dice.one_in(4)).then_some(order),
                    ..InboundMessage::new(Channel::Sms, from)
                });
                self.messages.extend(taken.wait()?.message.map(|message| message.id));
            }
            _ => drop(self.engine.tick().wait()?),
        }
        Ok(())
    }
}

/// Any identity, of people there are and of people there are not.
pub(super) fn identity(dice: &Dice, parties: &[PartyId], stores: &[StorefrontId]) -> Identity {
    let roles = dice.some(Role::ALL);
    Identity {
        party: dice.pick(parties).filter(|_| !dice.one_in(6)),
        organisation: dice.pick(parties).filter(|_| !dice.one_in(3)),
        on_behalf_of: dice.pick(parties).filter(|_| dice.one_in(3)),
        stores: dice.one_in(2).then(|| dice.some(stores)),
        roles: RoleSet::of(&roles),
    }
}

/// Any filter, of facts about threads and, where there are some, about messages.
pub(super) fn filter(dice: &Dice, depth: u64) -> Filter {
    let parts = |many: u64| (0..=dice.below(many)).map(|_| filter(dice, depth - 1));
    match dice.below(if depth == 0 { 8 } else { 14 }) {
        0 => Filter::Everything,
        1 if depth > 0 => Filter::Nothing,
        8 | 9 => Filter::not(filter(dice, depth - 1)),
        10 | 11 => Filter::all(parts(3).collect::<Vec<_>>()),
        12 | 13 => Filter::any(parts(3).collect::<Vec<_>>()),
        _ => Filter::Fact(dice.pick(Fact::ALL).unwrap_or(Fact::Owns)),
    }
}
