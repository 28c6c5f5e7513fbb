//! What must hold when many write at once.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::Result;
use crate::events::EventKind;
use crate::store::testing::shop::{Shop, TENANT, host};
use crate::store::testing::{Verdict, holds, same};
use crate::store::{EventOrder, EventPage, Store};
use crate::{MessageQuery, PostMessage, Role, SubjectRef, Wait as _};

const MANY: u64 = 64;

/// Does something many times at once; the first error, or all results.
fn at_once<T: Send>(each: impl Fn(u64) -> Result<T> + Sync) -> Result<Vec<T>> {
    let results = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for number in 0..MANY {
            let (results, each) = (&results, &each);
            scope.spawn(move || {
                let result = each(number);
                results.lock().unwrap_or_else(PoisonError::into_inner).push(result);
            });
        }
    });
    results.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().collect()
}

fn created(shop: &Shop, kind: EventKind) -> Result<u64> {
    let page = EventPage { tenant: TENANT, order: EventOrder::Position, after: 0, limit: 10_000 };
    let events = shop.store().ask(page).wait()?;
    Ok(events.iter().filter(|event| event.draft.kind == kind).count() as u64)
}

pub(super) fn first_messages_at_once_begin_one_thread(store: Arc<dyn Store>) -> Verdict {
    let shop = Shop::furnish(store, TENANT)?;
    let order = SubjectRef::order(host("o-1")?);
    at_once(|number| {
        let message = PostMessage::text(format!("message {number}"));
        if number % 2 == 0 {
            shop.customer("bob")?.post(order.clone(), message).wait().map(drop)
        } else {
            shop.staff(Role::Admin, "root")?.post(order.clone(), message).wait().map(drop)
        }
    })?;
    let admin = shop.staff(Role::Admin, "root")?;
    let query = MessageQuery { limit: 500, ..MessageQuery::default() };
    let list = admin.messages(order, query).wait()?;
    let seqs: Vec<u64> = list.messages.iter().map(|message| message.seq).collect();
    same("the numbers of all messages", seqs, (1..=MANY).collect())?;
    let texts: BTreeSet<&str> = list.messages.iter().map(|m| m.text.as_str()).collect();
    same("the texts", texts.len() as u64, MANY)?;
    same("the threads begun", created(&shop, EventKind::ThreadCreated)?, 1)?;
    same("the messages told of", created(&shop, EventKind::MessageCreated)?, MANY)?;
    shop.verify()
}

pub(super) fn one_key_at_once_is_used_once(store: Arc<dyn Store>) -> Verdict {
    let shop = Shop::furnish(store, TENANT)?;
    let order = SubjectRef::order(host("o-1")?);
    let ids = at_once(|_| {
        let bob = shop.customer("bob")?.idempotent("webhook-77");
        Ok(bob.post(order.clone(), PostMessage::text("once")).wait()?.id)
    })?;
    same("the ids given", ids.into_iter().collect::<BTreeSet<_>>().len(), 1)?;
    let admin = shop.staff(Role::Admin, "root")?;
    let list = admin.messages(order, MessageQuery::default()).wait()?;
    same("the messages", list.messages.len(), 1)?;
    same("the messages told of", created(&shop, EventKind::MessageCreated)?, 1)?;
    shop.verify()
}

/// Refused and stale writers among others take nobody with them.
pub(super) fn others_of_a_batch_do_not_suffer(store: Arc<dyn Store>) -> Verdict {
    let shop = Shop::furnish(store, TENANT)?;
    let order = SubjectRef::order(host("o-1")?);
    let admin = shop.staff(Role::Admin, "root")?;
    admin.post(order.clone(), PostMessage::text("first")).wait()?;
    let done = at_once(|number| {
        Ok(match number % 4 {
            // Not hers: refused, and the refusal is written.
            0 => shop.customer("eve")?.post(order.clone(), PostMessage::text("no")).wait().is_ok(),
            // A number that is taken: fails in the middle of its commit.
            1 => {
                let taken = crate::PutSubject::order(host(&format!("x-{number}"))?, host("bob")?);
                admin.put_subject(taken.numbered("o-1").in_store(host("south")?)).wait().is_ok()
            }
            // The same record at once: stale, and tried again.
            2 => admin.tag(order.clone(), &[&format!("tag-{number}")], &[]).wait().is_ok(),
            _ => admin.post(order.clone(), PostMessage::text("yes")).wait().is_ok(),
        })
    })?;
    let succeeded = done.into_iter().filter(|done| *done).count() as u64;
    same("those who may", succeeded, MANY / 2)?;
    let thread = admin.thread(order.clone()).wait()?;
    same("the tags of all", thread.tags.len() as u64, MANY / 4)?;
    let query = MessageQuery { limit: 500, ..MessageQuery::default() };
    let list = admin.messages(order, query).wait()?;
    holds("only permitted words", list.messages.iter().all(|message| message.text != "no"))?;
    let seqs: Vec<u64> = list.messages.iter().map(|message| message.seq).collect();
    same("the numbers", seqs, (1..=MANY / 4 + 1).collect())?;
    shop.verify()
}
