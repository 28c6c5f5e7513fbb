//! Random data: parameters over three decades, 100 to 2,000 customers, most sets of 100.

use goodwill::analytics::{
    BgNbd, Estimable, Fit, GammaGamma, Horizon, Identification, MbgNbd, NotIdentified, ParetoNbd,
    Spenders,
};

use super::{Columns, Random};

/// Customers of a BG/NBD world (`first` false) or an MBG/NBD world.
fn simulate(random: &mut Random, first: bool) -> Columns {
    let (r, alpha) = (random.between(0.05, 50.0), random.between(0.5, 500.0));
    let (a, b) = (random.between(0.03, 30.0), random.between(0.1, 100.0));
    // Mostly 100, since small sets are the hard ones, and quick.
    let size = random.between(1.0, 2000.0).max(100.0) as usize;
    let (p, q, v) = (random.between(0.5, 20.0), random.between(1.5, 10.0), 20.0);
    let mut columns = Columns { frequency: vec![], recency: vec![], age: vec![], spend: vec![] };
    for _ in 0..size {
        let rate = (random.gamma(r) / alpha).max(1e-9);
        let (yes, no) = (random.gamma(a), random.gamma(b));
        let leave = yes / (yes + no);
        let age = (20.0 + 20.0 * random.uniform()).round();
        let (mut now, mut last, mut x) = (0.0, 0.0, 0);
        let mut gone = first && random.uniform() < leave;
        while !gone {
            now += random.exponential() / rate;
            if now > age || x >= 3000 {
                break;
            }
            (last, x) = (now, x + 1);
            gone = random.uniform() < leave;
        }
        columns.frequency.push(x);
        columns.recency.push(last);
        columns.age.push(age);
        let nu = random.gamma(q) / v;
        let total = random.gamma(p * f64::from(x.max(1))) / nu;
        columns.spend.push(if x == 0 { 0.0 } else { total / f64::from(x) });
    }
    columns
}

fn check_fit<M: Estimable + std::fmt::Debug>(fit: &Fit<M>, columns: &Columns) {
    fit.model.check().unwrap();
    assert!(fit.log_likelihood.is_finite() && fit.aic().is_finite() && fit.bic().is_finite());
    match fit.identification {
        Identification::Identified => {
            let errors = fit.log_standard_errors().unwrap();
            assert!(errors.iter().all(|error| error.is_finite() && *error > 0.0), "{fit:?}");
        }
        Identification::NotIdentified(_) => assert!(fit.log_covariance.is_none()),
    }
    let Columns { frequency, recency, age, .. } = columns;
    // The most active customers are the hard ones; the first stand for the rest.
    let most = frequency.iter().max().unwrap();
    let hardest = frequency.iter().position(|x| x == most).unwrap();
    let rows: Vec<usize> = (0..40).chain([hardest]).collect();
    let of = |column: &[f64]| rows.iter().map(|row| column[*row]).collect::<Vec<f64>>();
    let (recency, age) = (&of(recency), &of(age));
    let frequency = &rows.iter().map(|row| frequency[*row]).collect::<Vec<u32>>();
    let alive = fit.model.probability_alive(frequency, recency, age).unwrap();
    assert!(alive.iter().all(|p| (0.0..=1.0).contains(p)), "{fit:?}");
    let horizon = Horizon::new(12, 52.0 / 12.0, 0.01).unwrap();
    let expected = fit.model.expected_purchases(frequency, recency, age, 52.0).unwrap();
    let discounted = fit.model.discounted_purchases(frequency, recency, age, &horizon).unwrap();
    for (expected, discounted) in expected.iter().zip(discounted) {
        assert!(expected.is_finite() && *expected >= 0.0, "{fit:?}");
        assert!(
            discounted <= *expected && discounted >= expected / 1.01_f64.powi(12) * (1.0 - 1e-9)
        );
    }
    if fit.is_identified() {
        let intervals = fit.purchases_with_intervals(frequency, recency, age, 52.0, 0.95).unwrap();
        assert_eq!(intervals.value, expected);
        assert!(intervals.standard_error.iter().all(|error| error.is_finite()), "{fit:?}");
        let intervals = fit.alive_with_intervals(frequency, recency, age, 0.95).unwrap();
        let ends = intervals.low.iter().chain(&intervals.high);
        assert!(ends.into_iter().all(|end| (0.0..=1.0).contains(end)), "{fit:?}");
    }
    for t in [0.1, 10.0, 500.0] {
        assert!(fit.model.expected(t).is_finite() && fit.model.pmf(3, t).is_finite());
    }
}

/// No other search has found more, whether the data determine the parameters or not. A limit at infinity is followed
/// until a millionth of the likelihood, or of a customer's, is left.
pub(super) fn check_best<P: std::fmt::Debug>(index: u32, fit: &Fit<P>, other: &Fit<P>) {
    let gained = other.log_likelihood - fit.log_likelihood;
    let least = 1e-6 * (fit.customers + fit.log_likelihood.abs());
    assert!(gained < least, "{index}: {gained} {fit:?} {other:?}");
}

/// Fits 300 sets, and compares each with searches from other places.
fn three_hundred<M: Estimable + std::fmt::Debug>(
    seed: u64,
    fit: impl Fn(&goodwill::analytics::Customers) -> Fit<M>,
    fit_from: impl Fn(&goodwill::analytics::Customers, &M) -> Fit<M>,
) {
    let (mut random, mut places) = (Random(seed), Random(seed + 1));
    let mut identified = 0;
    for index in 0..300 {
        let columns = simulate(&mut random, index % 2 == 1);
        let customers = columns.customers();
        let fit = fit(&customers);
        check_fit(&fit, &columns);
        let not_converged = Identification::NotIdentified(NotIdentified::NotConverged);
        assert_ne!(fit.identification, not_converged, "{index}: {fit:?}");
        identified += u32::from(fit.is_identified());
        // One other start for each, several for some; each costs as much as a part of the fit.
        for place in 0..if index % 10 == 0 { 4 } else { 1 } {
            let start = if place % 2 == 0 {
                [0.1, 3.0, 0.1, 1.0].map(|low| places.between(low, 30.0 * low))
            } else {
                [1e-2, 0.1, 1e-3, 1e-3].map(|low| places.between(low, 1e5 * low))
            };
            check_best(index, &fit, &fit_from(&customers, &M::of(start)));
        }
    }
    println!("identified: {identified} of 300");
    assert!(identified > 75, "{identified}");
}

#[test]
fn bg_nbd_of_three_hundred_sets_is_finite() {
    three_hundred(2005, BgNbd::fit, BgNbd::fit_from);
}

#[test]
fn mbg_nbd_of_three_hundred_sets_is_finite() {
    three_hundred(2007, MbgNbd::fit, MbgNbd::fit_from);
}

#[test]
fn pareto_nbd_of_three_hundred_sets_is_finite() {
    three_hundred(1987, ParetoNbd::fit, ParetoNbd::fit_from);
}

#[test]
fn gamma_gamma_of_three_hundred_sets_is_finite() {
    let (mut random, mut places) = (Random(2013), Random(2014));
    let mut identified = 0;
    for index in 0..300 {
        let columns = simulate(&mut random, index % 2 == 1);
        let spenders = Spenders::from_columns(&columns.frequency, &columns.spend).unwrap();
        let fit = GammaGamma::fit(&spenders);
        assert!(fit.log_likelihood.is_finite(), "{fit:?}");
        identified += u32::from(fit.is_identified());
        let converged = fit.log_covariance.is_some() || !fit.is_identified();
        assert!(converged && [fit.model.p, fit.model.q, fit.model.v].iter().all(|p| *p > 0.0));
        // The likelihood of few spenders may have no bound.
        if fit.is_identified() {
            let [p, q, v] = [0.5, 0.5, 1.0].map(|low| places.between(low, 100.0 * low));
            let start = GammaGamma { p, q, v };
            check_best(index, &fit, &GammaGamma::fit_from(&spenders, &start));
        }
        if fit.model.q > 1.0 {
            let spend = fit.model.expected_spend(&columns.frequency, &columns.spend).unwrap();
            assert!(spend.iter().all(|spend| spend.is_finite() && *spend > 0.0));
        }
    }
    assert!(identified > 75, "{identified}");
}
