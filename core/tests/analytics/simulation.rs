//! Predictions against simulated worlds, and what has to hold for every parameter.

use goodwill::analytics::{BgBb, BgNbd, Cnbd, Horizon, MbgNbd, ParetoNbd, PurchaseModel};
use proptest::prelude::*;

use super::{Random, near, parameters};

/// When somebody leaves.
#[derive(Clone, Copy)]
enum Leaves {
    /// Right after a purchase, with a probability of the beta distribution (a, b); also after the first of all.
    After { a: f64, b: f64, first: bool },
    /// At any time, with a rate of the gamma distribution (s, β).
    AnyTime { s: f64, beta: f64 },
}

/// x and t_x of a customer at T = 40, how often they buy in the 26 weeks after it, and whether they are there.
type Simulated = (u32, f64, u32, bool);

fn world(seed: u64, (r, alpha): (f64, f64), leaves: Leaves) -> Vec<Simulated> {
    let mut random = Random(seed);
    let mut customers = vec![];
    for _ in 0..20_000 {
        let rate = random.gamma(r) / alpha;
        let (end, leave) = match leaves {
            Leaves::After { a, b, first } => {
                let (yes, no) = (random.gamma(a), random.gamma(b));
                let leave = yes / (yes + no);
                let at_once = first && random.uniform() < leave;
                (if at_once { 0.0 } else { f64::INFINITY }, leave)
            }
            Leaves::AnyTime { s, beta } => (random.exponential() * beta / random.gamma(s), 0.0),
        };
        let (mut end, mut now, mut last, mut x, mut later) = (end, 0.0, 0.0, 0, 0);
        loop {
            now += random.exponential() / rate;
            if now > end || now > 66.0 {
                break;
            }
            if now <= 40.0 {
                (last, x) = (now, x + 1);
            } else {
                later += 1;
            }
            if random.uniform() < leave {
                end = now;
            }
        }
        customers.push((x, last, later, end > 40.0));
    }
    customers
}

/// Sums over those who bought so often, so that more than the mean of all is right: within four standard
/// errors, of which the sum of the squares is the upper bound.
fn check<M: PurchaseModel>(model: &M, customers: &[Simulated]) {
    for (low, high) in [(0, 0), (1, 2), (3, 3000)] {
        let rows: Vec<_> = customers.iter().filter(|row| (low..=high).contains(&row.0)).collect();
        let compare = |seen: &dyn Fn(&Simulated) -> f64, said: &dyn Fn(u32, f64) -> f64| {
            let sum: f64 = rows.iter().map(|row| seen(row)).sum();
            let squares: f64 = rows.iter().map(|row| seen(row).powi(2)).sum();
            let expected: f64 = rows.iter().map(|row| said(row.0, row.1)).sum();
            near(sum, expected, 4.0 * squares.sqrt());
            assert!(squares.sqrt() < 0.1 * sum, "too few to say something");
        };
        compare(&|row| f64::from(row.2), &|x, last| model.expected_of(x, last, 40.0, 26.0));
        compare(&|row| f64::from(u8::from(row.3)), &|x, last| model.alive(x, last, 40.0));
        let none = |x, last| model.pmf_of(0, x, last, 40.0, 26.0);
        compare(&|row| f64::from(u8::from(row.2 == 0)), &none);
    }
    let bought = customers.iter().map(|row| f64::from(row.0));
    let expected = customers.len() as f64 * model.expected(40.0);
    let error = bought.clone().map(|x| x * x).sum::<f64>().sqrt();
    near(bought.sum(), expected, 4.0 * error);
}

#[test]
fn worlds_do_what_is_predicted() {
    let (r, alpha, a, b) = (1.3, 8.0, 0.8, 2.5);
    let first = Leaves::After { a, b, first: true };
    check(&MbgNbd { r, alpha, a, b }, &world(1, (r, alpha), first));
    let later = Leaves::After { a, b, first: false };
    check(&BgNbd { r, alpha, a, b }, &world(2, (r, alpha), later));
    let (s, beta) = (0.9, 20.0);
    check(&ParetoNbd { r, alpha, s, beta }, &world(3, (r, alpha), Leaves::AnyTime { s, beta }));
}

/// What has to hold for a customer, whatever the model is.
fn properties<M: PurchaseModel>(model: &M, x: u32, recency: f64, age: f64, t: f64) {
    let alive = model.alive(x, recency, age);
    assert!((0.0..=1.0).contains(&alive));
    // A later last purchase speaks for the customer, a longer silence does not.
    let later = recency + 0.3 * (age - recency);
    assert!(model.alive(x, later, age) >= alive * (1.0 - 1e-12));
    assert!(model.alive(x, recency, age * 1.2) <= alive * (1.0 + 1e-12));
    let soon = model.alive_later(x, recency, age, 0.5 * t);
    assert!(model.alive_later(x, recency, age, t) <= soon * (1.0 + 1e-12));
    assert!(soon <= alive * (1.0 + 1e-12));
    let expected = model.expected_of(x, recency, age, t);
    assert!(expected >= model.expected_of(x, recency, age, 0.5 * t) * (1.0 - 1e-12));
    // Dearer money makes the future smaller.
    let value = |rate: f64| {
        let horizon = Horizon::new(6, t / 6.0, rate).unwrap();
        model.discounted_purchases(&[x], &[recency], &[age], &horizon).unwrap()[0]
    };
    let values = [0.0, 0.01, 0.05, 0.3].map(value);
    assert!(values.windows(2).all(|pair| pair[1] <= pair[0]), "{values:?}");
    near(values[0], expected, 1e-9 * (1.0 + expected));
    // The pmf sums to one, and its mean is the expectation.
    let (mut sum, mut mean, mut count) = (0.0, 0.0, 0_u32);
    while count < 3000 {
        let p = model.pmf_of(count, x, recency, age, t);
        assert!((0.0..=1.0 + 1e-12).contains(&p), "{p}");
        sum += p;
        mean += f64::from(count) * p;
        if f64::from(count) > expected && f64::from((count + 10).pow(2)) * p < 1e-13 {
            break;
        }
        count += 1;
    }
    near(sum, 1.0, 1e-10);
    near(mean, expected, 1e-8 * (1.0 + expected));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn predictions_are_consistent((r, alpha, a, b) in parameters(), x in 0..30_u32, part in 0.05..1.0_f64, k in 1..4_u32) {
        let recency = if x == 0 { 0.0 } else { part * 40.0 };
        properties(&BgNbd { r, alpha, a, b }, x, recency, 40.0, 12.0);
        properties(&MbgNbd { r, alpha, a, b }, x, recency, 40.0, 12.0);
        properties(&ParetoNbd { r, alpha, s: a, beta: b }, x, recency, 40.0, 12.0);
        let regular = Cnbd { r, alpha, a, b, regularity: k, leaves_at_once: true };
        properties(&regular, x, recency, 40.0, 12.0);
    }

    #[test]
    fn discrete_predictions_are_consistent((alpha, beta, gamma, delta) in parameters(), n in 1..20_u32, last in 0..20_u32, x in 1..20_u32) {
        let model = BgBb { alpha, beta, gamma, delta };
        let last = last.min(n);
        let x = if last == 0 { 0 } else { x.min(last) };
        let alive = model.alive(x, last, n);
        prop_assert!(x == 0 || last == n || model.alive(x, last + 1, n) >= alive * (1.0 - 1e-12));
        prop_assert!(model.alive(x, last, n + 1) <= alive * (1.0 + 1e-12));
        prop_assert!(model.alive_later(x, last, n, 4) <= model.alive_later(x, last, n, 2));
        let [dear, cheap] = [0.2, 0.05].map(|rate| model.discounted_of(x, last, n, rate));
        prop_assert!(0.0 < dear && dear < cheap);
        let pmf: Vec<f64> = (0..=6).map(|count| model.pmf_of(count, x, last, n, 6)).collect();
        let mean: f64 = pmf.iter().zip(0..).map(|(p, count)| p * f64::from(count)).sum();
        near(pmf.iter().sum(), 1.0, 1e-12);
        near(mean, model.expected_of(x, last, n, 6), 1e-11);
    }
}
