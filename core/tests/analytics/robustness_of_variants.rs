//! Random data for the models that are fitted less often: BG/BB, (M)BG/CNBD-k, covariates.

use std::collections::BTreeMap;

use goodwill::analytics::{
    BgBb, BgNbd, Cnbd, Covariate, Customers, CustomersWithCovariates, Estimable, Fit,
    Identification, MbgNbd, NotIdentified, Opportunities, ParetoNbd, PurchaseModel, WithCovariates,
};

use super::Random;
use super::robustness::check_best;

/// Mostly 100 customers, since small sets are the hard ones, and quick.
fn size(random: &mut Random) -> usize {
    random.between(1.0, 2000.0).max(100.0) as usize
}

fn share(random: &mut Random, a: f64, b: f64) -> f64 {
    let (yes, no) = (random.gamma(a), random.gamma(b));
    yes / (yes + no)
}

fn converged<P>(fit: &Fit<P>) -> bool {
    fit.identification != Identification::NotIdentified(NotIdentified::NotConverged)
}

/// Finite in every number; says whether it is identified. A gradient by the logarithms is 0 then.
fn check<P: std::fmt::Debug>(fit: &Fit<P>, gradient: &[f64], tolerance: f64) -> bool {
    assert!(fit.log_likelihood.is_finite() && fit.aic().is_finite(), "{fit:?}");
    if !fit.is_identified() {
        assert!(fit.log_covariance.is_none());
        return false;
    }
    let errors = fit.log_standard_errors().unwrap();
    assert!(errors.iter().all(|error| error.is_finite() && *error > 0.0), "{fit:?}");
    let steep = |slope: &f64| slope.abs() > tolerance * fit.customers;
    assert!(!gradient.iter().any(steep), "{gradient:?} {fit:?}");
    true
}

/// With how many searches from other places the fit of a set is compared.
fn several(index: u32) -> u32 {
    if index.is_multiple_of(10) { 4 } else { 1 }
}

fn by_logarithms(parameters: [f64; 4], gradient: [f64; 4]) -> [f64; 4] {
    [0, 1, 2, 3].map(|index| parameters[index] * gradient[index])
}

#[test]
fn bg_bb_of_three_hundred_sets_is_finite() {
    let (mut random, mut places) = (Random(2010), Random(2011));
    let mut identified = 0;
    for index in 0..300 {
        let [alpha, beta, gamma, delta] =
            [0.03, 0.03, 0.03, 0.1].map(|low| random.between(low, 1000.0 * low));
        let occasions = random.between(3.0, 30.0) as u32;
        let mut columns = (vec![], vec![], vec![]);
        for _ in 0..size(&mut random) {
            let (buys, leaves) =
                (share(&mut random, alpha, beta), share(&mut random, gamma, delta));
            let (mut x, mut last) = (0, 0);
            for occasion in 1..=occasions {
                if random.uniform() < leaves {
                    break;
                }
                if random.uniform() < buys {
                    (x, last) = (x + 1, occasion);
                }
            }
            columns.0.push(x);
            columns.1.push(last);
            columns.2.push(occasions);
        }
        let customers = Opportunities::from_columns(&columns.0, &columns.1, &columns.2).unwrap();
        let fit = BgBb::fit(&customers);
        let BgBb { alpha, beta, gamma, delta } = fit.model;
        let (_, gradient) = fit.model.log_likelihood_with_gradient(&customers);
        let gradient = by_logarithms([alpha, beta, gamma, delta], gradient);
        assert!(converged(&fit), "{fit:?}");
        identified += u32::from(check(&fit, &gradient, 2e-6));
        let rows = 0..30;
        let (x, last, n) = (&columns.0[rows.clone()], &columns.1[rows.clone()], &columns.2[rows]);
        for alive in fit.model.probability_alive(x, last, n).unwrap() {
            assert!((0.0..=1.0).contains(&alive), "{fit:?}");
        }
        for expected in fit.model.expected_purchases(x, last, n, 5).unwrap() {
            assert!((0.0..=5.0).contains(&expected), "{fit:?}");
        }
        if fit.is_identified() {
            let intervals = fit.purchases_with_intervals(x, last, n, 5, 0.95).unwrap();
            assert!(intervals.standard_error.iter().all(|error| error.is_finite()), "{fit:?}");
        }
        for _ in 0..several(index) {
            let [alpha, beta, gamma, delta] = [0.01; 4].map(|low| places.between(low, 1e4 * low));
            let start = BgBb { alpha, beta, gamma, delta };
            check_best(index, &fit, &BgBb::fit_from(&customers, &start));
        }
    }
    println!("identified: {identified} of 300");
    assert!(identified > 75, "{identified}");
}

/// Customers of a world where every k-th event is a purchase, and the sum of the logarithms of their waits.
struct World {
    columns: (Vec<u32>, Vec<f64>, Vec<f64>),
    ln_waits: f64,
}

fn world(random: &mut Random, k: u32, at_once: bool, factors: &[f64]) -> World {
    let (r, alpha) = (random.between(0.05, 50.0), random.between(0.5, 500.0));
    let (a, b) = (random.between(0.03, 30.0), random.between(0.1, 100.0));
    let mut world = World { columns: (vec![], vec![], vec![]), ln_waits: 0.0 };
    for factor in factors {
        let rate = (factor * random.gamma(r) / alpha).max(1e-9);
        let leave = share(random, a, b);
        let age = (20.0 + 20.0 * random.uniform()).round();
        let (mut now, mut times) = (0.0, vec![0.0]);
        let mut gone = at_once && random.uniform() < leave;
        while !gone {
            now += (0..k).map(|_| random.exponential()).sum::<f64>() / rate;
            if now > age || times.len() > 1000 {
                break;
            }
            times.push(now);
            gone = random.uniform() < leave;
        }
        world.ln_waits += Cnbd::ln_waits(&times);
        world.columns.0.push(times.len() as u32 - 1);
        world.columns.1.push(times[times.len() - 1]);
        world.columns.2.push(age);
    }
    world
}

#[test]
fn cnbd_of_three_hundred_sets_is_finite() {
    let (mut random, mut places) = (Random(2016), Random(2017));
    let mut identified = 0;
    for index in 0..300 {
        let (k, at_once) = (2 + index % 3, index % 2 == 1);
        let ones = vec![1.0; size(&mut random)];
        let World { columns: (x, recency, age), ln_waits } = world(&mut random, k, at_once, &ones);
        let customers = Customers::from_columns(&x, &recency, &age).unwrap();
        let fit = Cnbd::fit(&customers, ln_waits, k, at_once).unwrap();
        let (_, gradient) = fit.model.log_likelihood_with_gradient(&customers);
        let gradient = by_logarithms(fit.model.parameters(), gradient);
        assert!(converged(&fit), "{fit:?}");
        identified += u32::from(check(&fit, &gradient, 2e-6));
        let (x, recency, age) = (&x[..20], &recency[..20], &age[..20]);
        for alive in fit.model.probability_alive(x, recency, age).unwrap() {
            assert!((0.0..=1.0).contains(&alive), "{fit:?}");
        }
        for expected in fit.model.expected_purchases(x, recency, age, 26.0).unwrap() {
            assert!(expected.is_finite() && expected >= 0.0, "{fit:?}");
        }
        if fit.is_identified() {
            let intervals = fit.purchases_with_intervals(x, recency, age, 26.0, 0.95).unwrap();
            assert!(intervals.standard_error.iter().all(|error| error.is_finite()), "{fit:?}");
        }
        for _ in 0..several(index) {
            let start = [0.01, 0.1, 0.01, 0.01].map(|low| places.between(low, 1e4 * low));
            let start = fit.model.with_parameters(start);
            check_best(index, &fit, &Cnbd::fit_from(&customers, ln_waits, &start).unwrap());
        }
    }
    println!("identified: {identified} of 300");
    assert!(identified > 75, "{identified}");
}

/// The customers of each combination of covariates.
fn alike(
    covariates: &[Covariate],
    x: &[u32],
    recency: &[f64],
    age: &[f64],
) -> Vec<(Vec<f64>, Customers)> {
    let mut rows = BTreeMap::<Vec<i64>, Vec<usize>>::new();
    for row in 0..x.len() {
        let key = covariates.iter().map(|column| (2.0 * column.values[row]) as i64).collect();
        rows.entry(key).or_default().push(row);
    }
    let customers = |rows: Vec<usize>| {
        let own = covariates.iter().map(|column| column.values[rows[0]]).collect();
        let of = |column: &[f64]| rows.iter().map(|row| column[*row]).collect::<Vec<f64>>();
        let x: Vec<u32> = rows.iter().map(|row| x[*row]).collect();
        (own, Customers::from_columns(&x, &of(recency), &of(age)).unwrap())
    };
    rows.into_values().map(customers).collect()
}

/// A mark and a number for each customer; the mark moves how often they buy.
fn with_covariates<M: Estimable + std::fmt::Debug>(seed: u64, sets: u32, at_once: bool) {
    let (mut random, mut places) = (Random(seed), Random(seed + 1));
    let mut identified = 0;
    for index in 0..sets {
        let size = size(&mut random);
        let effect = 4.0 * random.uniform() - 2.0;
        let marks: Vec<f64> = (0..size).map(|row| (row % 3 / 2) as f64).collect();
        let numbers: Vec<f64> = (0..size).map(|row| (row % 4) as f64 - 1.5).collect();
        let factors: Vec<f64> = marks.iter().map(|mark| (effect * mark).exp()).collect();
        let World { columns: (x, recency, age), .. } = world(&mut random, 1, at_once, &factors);
        let mut covariates = vec![Covariate { name: "mark".into(), values: marks }];
        if index % 2 == 1 {
            covariates.push(Covariate { name: "number".into(), values: numbers });
        }
        let customers =
            CustomersWithCovariates::from_columns(&x, &recency, &age, None, &covariates).unwrap();
        let fit = WithCovariates::<M>::fit(&customers);
        let alike = alike(&covariates, &x, &recency, &age);
        // The likelihood of customers with the same covariates is that of their own model.
        let value = |model: &WithCovariates<M>| -> f64 {
            alike.iter().map(|(own, all)| model.of(own).unwrap().log_likelihood(all)).sum()
        };
        let rounding = 1e-9 * (fit.customers + fit.log_likelihood.abs());
        let near = |left: f64, right: f64| (left - right).abs() <= rounding;
        assert!(near(value(&fit.model), fit.log_likelihood), "{index}: {fit:?}");
        let mut slopes = vec![];
        if index % 10 == 0 && fit.is_identified() {
            for place in 0..fit.model.purchases.len() {
                let moved = |step: f64| {
                    let mut model = fit.model.clone();
                    model.purchases[place] += step;
                    value(&model)
                };
                slopes.push((moved(1e-4) - moved(-1e-4)) / 2e-4);
            }
        }
        identified += u32::from(check(&fit, &slopes, 1e-5));
        assert!(converged(&fit), "{index}: {fit:?}");
        // Without covariates it is not better, and from elsewhere neither.
        let nobody = CustomersWithCovariates::from_columns(&x, &recency, &age, None, &[]).unwrap();
        let without = WithCovariates::<M>::fit(&nobody).log_likelihood;
        assert!(fit.log_likelihood >= without - 1e-6 * (1.0 + without.abs()), "{index}: {fit:?}");
        for place in 0..several(index) {
            let mut start = fit.model.clone();
            start.base = M::of([0.1, 3.0, 0.1, 1.0].map(|low| places.between(low, 30.0 * low)));
            let mut around = |width: f64| width * (places.uniform() - 0.5);
            start.purchases.iter_mut().for_each(|slot| *slot = around(1.0));
            let width = 5.0 * f64::from(place);
            start.dropout.iter_mut().flatten().for_each(|slot| *slot = around(width));
            check_best(index, &fit, &WithCovariates::<M>::fit_from(&customers, &start));
        }
        if fit.is_identified() {
            let of = fit.of(&vec![1.0; covariates.len()]).unwrap();
            let intervals =
                of.purchases_with_intervals(&x[..9], &recency[..9], &age[..9], 26.0, 0.95).unwrap();
            assert!(intervals.standard_error.iter().all(|error| error.is_finite()), "{fit:?}");
        }
    }
    println!("identified: {identified} of {sets}");
    assert!(identified > sets / 8, "{identified}");
}

#[test]
fn covariates_of_bg_nbd_are_finite() {
    with_covariates::<BgNbd>(31, 300, false);
}

#[test]
fn covariates_of_mbg_nbd_are_finite() {
    with_covariates::<MbgNbd>(37, 300, true);
}

/// In two halves, since it takes the longest of all.
#[test]
fn covariates_of_pareto_nbd_are_finite() {
    with_covariates::<ParetoNbd>(41, 150, true);
}

#[test]
fn covariates_of_other_pareto_nbd_are_finite() {
    with_covariates::<ParetoNbd>(43, 150, true);
}
