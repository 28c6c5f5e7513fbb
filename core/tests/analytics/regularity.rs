//! (M)BG/CNBD-k.

use goodwill::analytics::{BgNbd, Cnbd, Customers, MbgNbd, PurchaseModel};

use super::{Random, cdnow, near};

struct World {
    customers: Customers,
    ln_waits: f64,
    /// Purchases within 26 weeks after T, and what was known at T.
    later: Vec<(u32, f64, f64, u32)>,
}

/// Customers of an MBG/CNBD-k world over 52 weeks, and 26 weeks more.
fn world(model: &Cnbd, size: usize, seed: u64) -> World {
    let mut random = Random(seed);
    let (mut columns, mut ln_waits, mut later) = ((vec![], vec![], vec![]), 0.0, vec![]);
    for _ in 0..size {
        let rate = random.gamma(model.r) / model.alpha;
        let (yes, no) = (random.gamma(model.a), random.gamma(model.b));
        let leave = yes / (yes + no);
        let (mut now, mut times, mut after) = (0.0, vec![0.0], 0);
        while random.uniform() >= leave {
            now += (0..model.regularity).map(|_| random.exponential()).sum::<f64>() / rate;
            if now > 78.0 {
                break;
            }
            if now > 52.0 {
                after += 1;
            } else {
                times.push(now);
            }
        }
        ln_waits += Cnbd::ln_waits(&times);
        let (x, last) = (times.len() as u32 - 1, times[times.len() - 1]);
        columns.0.push(x);
        columns.1.push(last);
        columns.2.push(52.0);
        later.push((x, last, 52.0, after));
    }
    let customers = Customers::from_columns(&columns.0, &columns.1, &columns.2).unwrap();
    World { customers, ln_waits, later }
}

#[test]
fn without_regularity_it_is_the_older_model() {
    let customers = cdnow().customers();
    let plain = Cnbd::fit(&customers, 0.0, 1, false).unwrap();
    let old = BgNbd::fit(&customers);
    near(plain.model.alpha, old.model.alpha, 1e-9);
    near(plain.log_likelihood, old.log_likelihood, 1e-9);
    let modified = Cnbd::fit(&customers, 0.0, 1, true).unwrap();
    near(modified.log_likelihood, MbgNbd::fit(&customers).log_likelihood, 1e-9);
}

#[test]
fn regularity_is_found_and_predicts_as_the_world_does() {
    let truth = Cnbd::new(1.2, 2.0, 0.6, 4.0, 3, true).unwrap();
    let world = world(&truth, 1500, 2016);
    let found = Cnbd::fit_regularity(&world.customers, world.ln_waits, 5, true).unwrap();
    println!("{:?}", found.log_likelihoods);
    let model = found.best.model;
    assert_eq!(model.regularity, 3);
    assert!(found.best.is_identified());
    near((model.alpha / truth.alpha).ln(), 0.0, 0.4);
    // The likelihood is a maximum at its own gradient of zero.
    for factor in [0.98, 1.02] {
        let moved = Cnbd { a: model.a * factor, ..model };
        let value = moved.log_likelihood_with_waits(&world.customers, world.ln_waits);
        assert!(value < found.best.log_likelihood);
    }
    // Expected purchases of the true model and what the world then did: by Poisson-like noise.
    let expected: f64 =
        world.later.iter().map(|(x, last, age, _)| truth.expected_of(*x, *last, *age, 26.0)).sum();
    let actual: f64 = world.later.iter().map(|row| f64::from(row.3)).sum();
    near(actual / expected, 1.0, 0.08);
    let alive: f64 = world
        .later
        .iter()
        .map(|(x, last, age, _)| 1.0 - truth.pmf_of(0, *x, *last, *age, 26.0))
        .sum();
    let active = world.later.iter().filter(|row| row.3 > 0).count() as f64;
    near(active / alive, 1.0, 0.08);
}

#[test]
fn sums_are_consistent() {
    for (k, at_once) in [(1, false), (2, true), (4, false), (7, true)] {
        let model = Cnbd::new(0.9, 1.5, 0.7, 2.2, k, at_once).unwrap();
        let (mut sum, mut mean) = (0.0, 0.0);
        for purchases in 0..1500 {
            let p = model.pmf_of(purchases, 3, 20.0, 31.0, 26.0);
            sum += p;
            mean += f64::from(purchases) * p;
            if purchases > 20 && p < 1e-15 {
                break;
            }
        }
        near(sum, 1.0, 1e-10);
        near(mean / model.expected_of(3, 20.0, 31.0, 26.0), 1.0, 1e-9);
        near(model.alive_later(3, 20.0, 31.0, 0.0), model.alive(3, 20.0, 31.0), 1e-14);
        assert!(model.alive(3, 25.0, 31.0) > model.alive(3, 20.0, 31.0));
        assert!(model.alive_later(3, 20.0, 31.0, 9.0) < model.alive(3, 20.0, 31.0));
    }
    assert!(Cnbd::new(1.0, 1.0, 1.0, 1.0, 0, true).is_err());
}
