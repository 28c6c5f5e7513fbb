//! What a store must do with payments.

use std::sync::Arc;

use crate::error::Result;
use crate::payments::Payment;
use crate::store::testing::shop::{Dice, OTHER_TENANT, Shop, TENANT, host};
use crate::store::testing::{Verdict, holds, same};
use crate::store::{Payments, Store};
use crate::{Money, PaymentKind, PutPayment, Role, Timestamp, Wait as _};

const DAY: i64 = 86_400_000;

fn all(limit: u32) -> Payments {
    Payments {
        tenant: TENANT,
        stores: None,
        customer: None,
        from: None,
        until: None,
        after: None,
        limit,
    }
}

/// Sixty payments, some at the same instant, some changed later.
fn paid(shop: &Shop) -> Result<()> {
    let (dice, root) = (Dice::new(5), shop.staff(Role::Admin, "root")?);
    let euro = "EUR".parse()?;
    let mut payments = Vec::new();
    for number in 0..60_u64 {
        let at = Timestamp::from_millis(i64::try_from(dice.below(9)).unwrap_or(0) * DAY)?;
        let amount = Money::from_minor(1 + i64::try_from(dice.below(9_999)).unwrap_or(0), euro);
        let customer = dice.pick(&["ada", "bob", "eve"]).unwrap_or("ada");
        let key = host(&format!("p-{number}"))?;
        let mut payment = PutPayment::new(key, host(customer)?, amount, at).by("Bank Transfer");
        if dice.one_in(4) {
            payment = payment.of_kind(PaymentKind::Refund);
        }
        if customer == "bob" && dice.one_in(2) {
            payment = payment.for_order(host("o-1")?);
        }
        payments.push(payment);
    }
    root.put_payments(&payments).wait()?;
    // The books say otherwise now: another instant, another amount.
    for payment in payments.iter_mut().step_by(7) {
        payment.paid_at = Timestamp::from_millis(DAY / 2)?;
        payment.amount = Money::from_minor(1, euro);
    }
    root.put_payments(&payments).wait().map(drop)
}

pub(super) fn payments_come_in_the_order_of_their_instants(store: Arc<dyn Store>) -> Verdict {
    let shop = Shop::furnish(store, TENANT)?;
    let elsewhere = Shop::furnish(Arc::clone(shop.store()), OTHER_TENANT)?;
    paid(&shop)?;
    let store = shop.store();
    let read = |query: Payments| store.ask(query).wait();
    let whole = read(all(1_000))?;
    holds("every payment is there", whole.len() == 60)?;
    holds("a change leaves one record", whole.iter().filter(|one| one.version == 2).count() == 9)?;
    let place = |payment: &Payment| (payment.paid_at, payment.id);
    holds("in order", whole.is_sorted_by_key(place))?;
    let mut pages = Vec::new();
    while let page = read(Payments { after: pages.last().map(place), ..all(7) })?
        && !page.is_empty()
    {
        pages.extend(page);
    }
    same("pages put together", &pages, &whole)?;
    let within = |keep: &dyn Fn(&Payment) -> bool| -> Vec<Payment> {
        whole.iter().filter(|payment| keep(payment)).cloned().collect()
    };
    let one = whole.first().map(|payment| payment.customer);
    let of_one = read(Payments { customer: one, ..all(1_000) })?;
    same("of one customer", &of_one, &within(&|payment| Some(payment.customer) == one))?;
    let (from, until) = (Timestamp::from_millis(2 * DAY)?, Timestamp::from_millis(6 * DAY)?);
    let window = read(Payments { from: Some(from), until: Some(until), ..all(1_000) })?;
    same("of a window", &window, &within(&|p| p.paid_at >= from && p.paid_at < until))?;
    let stores: Vec<_> = whole.iter().filter_map(|payment| payment.store).take(1).collect();
    holds("some are of a storefront", stores.len() == 1)?;
    let of_store = read(Payments { stores: Some(stores.clone()), ..all(1_000) })?;
    let inside = |p: &Payment| p.store.is_some_and(|store| stores.contains(&store));
    same("of a storefront", &of_store, &within(&inside))?;
    same("of no storefront", &read(Payments { stores: Some(Vec::new()), ..all(9) })?, &Vec::new())?;
    let other = store.ask(Payments { tenant: elsewhere.tenant, ..all(9) }).wait()?;
    same("of another tenant", &other, &Vec::new())
}

pub(super) fn payments_of_the_erased_are_not_worked_with(store: Arc<dyn Store>) -> Verdict {
    let shop = Shop::furnish(store, TENANT)?;
    paid(&shop)?;
    let before = shop.store().ask(all(1_000)).wait()?;
    let officer = shop.staff(Role::PrivacyOfficer, "olga")?;
    let ada = officer.erase_party(host("ada")?, "asked for it").wait()?.party;
    let kept: Vec<_> = before.into_iter().filter(|payment| payment.customer != ada).collect();
    holds("others have payments", !kept.is_empty())?;
    same("after the erasure", &shop.store().ask(all(1_000)).wait()?, &kept)
}
