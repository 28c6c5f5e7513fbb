//! Payments, and what customers are worth by them.
#![cfg(test)]

mod common;

use common::{TENANT, host};
use goodwill::analytics::{
    Amounts, BgNbd, Customers, GammaGamma, Horizon, PurchaseModel, Spenders, Summary,
    SummaryOptions, Times, Transactions, Unit,
};
use goodwill::session::{LifetimeValueOptions, ValueQuery, ValueSource};
use goodwill::{
    Code, EventKind, Money, PaymentKind, PaymentQuery, Principal, PutPayment, Ref, Role,
    StoreScope, Timestamp, Wait,
};

const DAY: i64 = 86_400_000;

fn euro(amount: &str) -> Money {
    Money::parse(amount, "EUR".parse().unwrap()).unwrap()
}

fn on(day: i64) -> Timestamp {
    Timestamp::from_millis(day * DAY + DAY / 2).unwrap()
}

fn paid(key: &str, customer: &str, amount: &str, day: i64) -> PutPayment {
    PutPayment::new(host(key), host(customer), euro(amount), on(day))
}

/// Until the end of a day.
fn until(day: i64) -> ValueQuery {
    ValueQuery { reference: Some(on(day)), ..ValueQuery::default() }
}

on_every_store! {
    /// F078, F079, F452: payments say how they were made, in any spelling, and follow the books.
    fn payments_follow_the_books(world) {
        let admin = world.admin();
        let first = paid("p-1", "ada", "89.00", 3).by("Bank Transfer").for_order(host("o-1"));
        let second = paid("p-2", "carl", "10.00", 2).by("CASH");
        let ids = admin.put_payments(&[first.clone(), second]).wait().unwrap();
        let listed = admin.payments(&PaymentQuery::default()).wait().unwrap();
        assert_eq!(listed.iter().map(|payment| payment.id).collect::<Vec<_>>(), [ids[1], ids[0]]);
        let methods: Vec<_> = listed.iter().map(|payment| payment.method.as_deref().unwrap()).collect();
        assert_eq!(methods, ["cash", "bank_transfer"]);
        assert!(listed[1].store.is_some() && listed[1].subject.is_some() && listed[0].subject.is_none());
        // The same again is nothing new; another amount is.
        let events = || {
            let all = admin.events("count", 1_000).wait().unwrap();
            all.iter().filter(|event| event.draft.kind == EventKind::PaymentChanged).count()
        };
        assert_eq!(events(), 2);
        assert_eq!(admin.put_payments(std::slice::from_ref(&first)).wait().unwrap(), [ids[0]]);
        assert_eq!(events(), 2);
        let changed = PutPayment { amount: euro("79.00"), ..first };
        assert_eq!(admin.put_payments(&[changed]).wait().unwrap(), [ids[0]]);
        assert_eq!(events(), 3);
        let query = PaymentQuery { customer: Some(host("ada").into()), ..PaymentQuery::default() };
        let ada = admin.payments(&query).wait().unwrap();
        assert_eq!((ada.len(), ada[0].amount, ada[0].version), (1, euro("79.00"), 2));
        let page = PaymentQuery { limit: 1, after: Some(ids[1]), ..PaymentQuery::default() };
        assert_eq!(admin.payments(&page).wait().unwrap()[0].id, ids[0]);
    }

    /// Bad payments are refused with their row and field, and none of the others is stored.
    fn one_bad_payment_refuses_all(world) {
        let admin = world.admin();
        let good = paid("p-1", "ada", "5.00", 1);
        let refused = |bad: PutPayment| {
            let error = admin.put_payments(&[good.clone(), bad]).wait().unwrap_err();
            assert_eq!(error.details()["row"], 1);
            (error.code(), error.details().get("field").and_then(|it| it.as_str()).unwrap_or("").to_owned())
        };
        assert_eq!(refused(paid("p-2", "ada", "0.00", 1)), (Code::InputInvalid, "amount".into()));
        assert_eq!(refused(paid("p-2", "ada", "-1.00", 1)), (Code::InputInvalid, "amount".into()));
        assert_eq!(refused(paid("p-1", "bob", "1.00", 1)), (Code::InputInvalid, "key".into()));
        assert_eq!(refused(paid("p-2", "bob", "1.00", 1).for_order(host("o-1"))), (Code::InputInvalid, "customer".into()));
        assert_eq!(refused(paid("p-2", "ada", "1.00", 1).for_order(host("o-9"))).0, Code::SubjectNotFound);
        let both = paid("p-2", "ada", "1.00", 1).for_order(host("o-1")).for_job(host("j-1"));
        assert_eq!(refused(both), (Code::InputInvalid, "order".into()));
        assert_eq!(refused(paid("p-2", "ada", "1.00", 1).by(" ")).1, "method");
        assert_eq!(admin.put_payments(&[]).wait().unwrap_err().code(), Code::InputInvalid);
        assert!(admin.payments(&PaymentQuery::default()).wait().unwrap().is_empty());
    }

    /// Single payments are for those who may see single records, and within their storefronts.
    fn payments_have_walls(world) {
        let admin = world.admin();
        let north = paid("p-1", "ada", "5.00", 1).for_order(host("o-1"));
        let south = paid("p-2", "bob", "7.00", 1).for_order(host("o-2"));
        admin.put_payments(&[north.clone(), south, paid("p-3", "ada", "9.00", 2)]).wait().unwrap();
        let seen = |role: Role, store: Option<&str>| {
            let mut principal = Principal::staff(TENANT, role, host("somebody"));
            if let Some(store) = store {
                principal.stores = StoreScope::Only(vec![Ref::from(host(store))]);
            }
            let desk = world.engine.desk(principal).unwrap();
            let listed = desk.payments(&PaymentQuery::default()).wait();
            listed.map(|found| found.iter().map(|payment| payment.amount.minor()).collect::<Vec<_>>())
        };
        assert_eq!(seen(Role::Manager, Some("north")).unwrap(), [500]);
        assert_eq!(seen(Role::Manager, Some("south")).unwrap(), [700]);
        assert_eq!(seen(Role::Manager, None).unwrap().len(), 3);
        for role in [Role::Analyst, Role::Agent, Role::Technician] {
            assert_eq!(seen(role, None).unwrap_err().code(), Code::AccessDenied, "{role}");
        }
        // Whoever is of the south may not write to the north.
        let mut principal = Principal::staff(TENANT, Role::Agent, host("gina"));
        principal.stores = StoreScope::Only(vec![Ref::from(host("south"))]);
        let gina = world.engine.desk(principal).unwrap();
        assert_eq!(gina.put_payments(&[north]).wait().unwrap_err().code(), Code::AccessDenied);
        // Scores are within the storefronts as well.
        let mut principal = Principal::staff(TENANT, Role::Manager, host("nora"));
        principal.stores = StoreScope::Only(vec![Ref::from(host("north"))]);
        let nora = world.engine.desk(principal).unwrap();
        let scores = nora.rfm(&until(10)).wait().unwrap();
        assert_eq!(scores.customers.iter().map(|one| one.monetary).collect::<Vec<_>>(), [euro("5.00")]);
    }

    /// F200, F254: recency, frequency and monetary value from the payments; what went back is taken off.
    fn customers_are_scored_by_their_payments(world) {
        let admin = world.admin();
        let back = paid("r-1", "ada", "20.00", 8).of_kind(PaymentKind::Refund);
        let payments = [
            paid("p-1", "ada", "100.00", 1).for_order(host("o-1")),
            paid("p-2", "ada", "50.00", 7),
            back,
            paid("p-3", "bob", "10.00", 2).for_order(host("o-2")),
            paid("p-4", "bob", "5.00", 3).for_order(host("o-2")),
            paid("p-5", "carl", "1.00", 9),
        ];
        admin.put_payments(&payments).wait().unwrap();
        let scores = admin.rfm(&until(8)).wait().unwrap();
        let seen: Vec<_> = scores.customers.iter().map(|one| (one.recency_days, one.frequency, one.monetary)).collect();
        assert_eq!(seen, [(1, 2, euro("130.00")), (5, 2, euro("15.00"))], "carl paid after the reference");
        assert_eq!(scores.segments.iter().map(|segment| segment.customers).sum::<u64>(), 2);
        assert_eq!((scores.customers[0].code, scores.customers[0].segment.as_str()), (513, "Promising"));
        let orders = ValueQuery { source: ValueSource::Orders, ..until(8) };
        let by_order = admin.rfm(&orders).wait().unwrap();
        let seen: Vec<_> = by_order.customers.iter().map(|one| (one.recency_days, one.frequency, one.monetary)).collect();
        assert_eq!(seen, [(7, 1, euro("100.00")), (6, 1, euro("15.00"))], "an order is one purchase");
        let jobs = ValueQuery { source: ValueSource::Jobs, ..until(8) };
        assert!(admin.rfm(&jobs).wait().unwrap().customers.is_empty());
    }

    /// Two currencies are never added up: one of them is to be chosen.
    fn currencies_are_not_mixed(world) {
        let admin = world.admin();
        let yen = Money::parse("900", "JPY".parse().unwrap()).unwrap();
        let abroad = PutPayment::new(host("p-2"), host("ada"), yen, on(2));
        admin.put_payments(&[paid("p-1", "ada", "5.00", 1), abroad]).wait().unwrap();
        let error = admin.rfm(&until(8)).wait().unwrap_err();
        assert_eq!((error.code(), &error.details()["accepted"]), (Code::MoneyCurrencyMismatch, &"EUR or JPY".into()));
        let query = ValueQuery { currency: Some("JPY".parse().unwrap()), ..until(8) };
        assert_eq!(admin.rfm(&query).wait().unwrap().customers[0].monetary, yen);
    }

    /// F257: without what a model needs there is a reason, and no number.
    fn too_little_gives_a_reason(world) {
        let admin = world.admin();
        let options = LifetimeValueOptions::default();
        let reason = || admin.lifetime_values(&until(100), options).wait().unwrap().not_identified.unwrap();
        assert_eq!(reason(), "there are no payments");
        let once: Vec<_> = (0..9).map(|n| paid(&format!("p-{n}"), &format!("c-{n}"), "5.00", n)).collect();
        admin.put_payments(&once).wait().unwrap();
        assert_eq!(reason(), "bg_nbd: no customer came back");
        let wrong = LifetimeValueOptions { months: 0, ..options };
        assert_eq!(admin.lifetime_values(&until(9), wrong).wait().unwrap_err().code(), Code::InputInvalid);
    }

    /// F257: the value to come, from stored payments, is that of the models over the same columns.
    fn values_are_those_of_the_models(world) {
        let admin = world.admin();
        let (mut customers, mut times, mut minor) = (Vec::new(), Vec::new(), Vec::new());
        let mut seed = 7_u64;
        let mut chance = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((seed >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
        };
        let mut payments = Vec::new();
        for customer in 0..150_u32 {
            // Everybody has a pace, a habit of leaving, and a purse.
            let (pace, leaves, purse) = (5.0 - 40.0 * chance().ln(), chance() * chance(), 500.0 - 2_000.0 * chance().ln());
            let mut day = 90.0 * chance();
            while day < 280.0 {
                let at = day.floor() as i64;
                let amount = (purse * (0.5 - chance().ln())).ceil() as i64;
                customers.push(customer);
                times.push(at * DAY + DAY / 2);
                minor.push(amount);
                let money = Money::from_minor(amount, "EUR".parse().unwrap());
                let key = format!("p-{}", payments.len());
                payments.push(PutPayment::new(host(&key), host(&format!("c-{customer:03}")), money, on(at)));
                if chance() < leaves { break }
                day += 1.0 - pace * chance().ln();
            }
        }
        for batch in payments.chunks(1_000) {
            admin.put_payments(batch).wait().unwrap();
        }
        let found = admin.lifetime_values(&until(280), LifetimeValueOptions::default()).wait().unwrap();
        assert_eq!(found.not_identified, None);
        let log = Transactions::new(&customers, Times::Instants((&times).into()))
            .with_amounts(Amounts::Minor((&minor).into()));
        let summary = Summary::from_log(&log, &SummaryOptions::new(Unit::Week, on(280))).unwrap();
        let (x, recency, age) = (&summary.frequency, &summary.recency, &summary.age);
        let model = BgNbd::fit(&Customers::from_columns(x, recency, age).unwrap()).model;
        let spend = GammaGamma::fit(&Spenders::from_columns(x, &summary.spend).unwrap()).model;
        let spends = spend.expected_spend(x, &summary.spend).unwrap();
        let month = 365.25 / 12.0 / 7.0;
        let horizon = Horizon::new(12, month, 1.1_f64.powf(1.0 / 12.0) - 1.0).unwrap();
        let values = model.lifetime_value(x, recency, age, &spends, &horizon).unwrap();
        let total = |values: &[f64]| values.iter().sum::<f64>();
        let all: Vec<f64> = found.customers.iter().map(|one| one.value.minor() as f64).collect();
        assert_eq!(found.customers.len(), 150);
        assert!((total(&all) - total(&values)).abs() < 1e-4 * total(&values), "{} {}", total(&all), total(&values));
        assert!(found.customers.iter().all(|one| (0.0..=1.0).contains(&one.alive)));
    }
}
