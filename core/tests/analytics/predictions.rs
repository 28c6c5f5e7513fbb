//! Predictions with intervals, drivers, saved models, weights.

use goodwill::analytics::{
    BgNbd, Cnbd, Customers, Estimable, Fit, GammaGamma, Horizon, MbgNbd, ParetoNbd, Payment,
    PurchaseModel, Spenders, Typical, drivers_of_alive,
};
use proptest::prelude::*;

use super::{Random, cdnow, near, parameters, slope};

/// The standard error of a prediction by differences of the whole prediction.
fn by_differences<M: Estimable>(fit: &Fit<M>, predict: impl Fn(&M) -> f64) -> f64 {
    let at = fit.model.parameters();
    let gradient: Vec<f64> = (0..4)
        .map(|index| {
            let moved = |moved: f64| {
                let mut at = at;
                at[index] = moved;
                predict(&M::of(at))
            };
            at[index] * slope(at[index], moved)
        })
        .collect();
    let covariance = fit.log_covariance.as_ref().unwrap();
    let pairs = (0..4).flat_map(|i| (0..4).map(move |j| (i, j)));
    pairs.map(|(i, j)| gradient[i] * covariance[i][j] * gradient[j]).sum::<f64>().sqrt()
}

fn check_intervals<M: Estimable>(fit: &Fit<M>) {
    let (x, recency, age) = (&[0, 1, 7, 2, 26], &[0.0, 1.71, 30.0, 30.43, 30.9], &[38.86; 5]);
    let horizon = Horizon::new(12, 4.0, 0.01).unwrap();
    let ever = Horizon::endless(0.002).unwrap();
    let purchases = fit.purchases_with_intervals(x, recency, age, 39.0, 0.95).unwrap();
    let alive = fit.alive_with_intervals(x, recency, age, 0.95).unwrap();
    let later = fit.alive_later_with_intervals(x, recency, age, 13.0, 0.95).unwrap();
    let masses = [0, 2].map(|count| {
        fit.probability_of_purchases_with_intervals(count, x, recency, age, 13.0, 0.95).unwrap()
    });
    let year = fit.discounted_with_intervals(x, recency, age, &horizon, 0.95).unwrap();
    let endless = fit.discounted_with_intervals(x, recency, age, &ever, 0.95).unwrap();
    let model = &fit.model;
    assert_eq!(purchases.value, model.expected_purchases(x, recency, age, 39.0).unwrap());
    assert_eq!(endless.value, model.discounted_purchases(x, recency, age, &ever).unwrap());
    assert_eq!(later.value, model.probability_alive_later(x, recency, age, 13.0).unwrap());
    for (count, mass) in [0, 2].into_iter().zip(&masses) {
        let values = model.probability_of_purchases(count, x, recency, age, 13.0).unwrap();
        assert_eq!(mass.value, values);
    }
    // Nothing can happen in no time: for certain.
    let now = fit.probability_of_purchases_with_intervals(0, x, recency, age, 0.0, 0.95).unwrap();
    assert_eq!(now.standard_error, [0.0; 5]);
    now.value.iter().for_each(|value| near(*value, 1.0, 1e-15));
    for row in 0..5 {
        let (x, recency, age) = (x[row], recency[row], age[row]);
        let exact = by_differences(fit, |model| model.expected_of(x, recency, age, 39.0));
        near(purchases.standard_error[row] / exact, 1.0, 1e-5);
        near(
            purchases.value[row] * 1.0,
            purchases.low[row] * purchases.high[row] / purchases.value[row],
            1e-9,
        );
        let exact = by_differences(fit, |model| model.alive(x, recency, age));
        near(alive.standard_error[row], exact, 1e-7);
        let exact = by_differences(fit, |model| model.alive_later(x, recency, age, 13.0));
        near(later.standard_error[row] / exact, 1.0, 1e-5);
        assert!(later.low[row] < later.value[row] && later.value[row] < later.high[row]);
        for (count, mass) in [0, 2].into_iter().zip(&masses) {
            let exact = by_differences(fit, |model| model.pmf_of(count, x, recency, age, 13.0));
            near(mass.standard_error[row] / exact, 1.0, 1e-5);
            assert!(0.0 < mass.low[row] && mass.low[row] < mass.value[row]);
            assert!(mass.value[row] < mass.high[row] && mass.high[row] < 1.0);
        }
        for (estimates, horizon) in [(&year, horizon), (&endless, ever)] {
            let exact = by_differences(fit, |model| {
                model.discounted_purchases(&[x], &[recency], &[age], &horizon).unwrap()[0]
            });
            near(estimates.standard_error[row] / exact, 1.0, 1e-5);
        }
    }
    assert!(fit.alive_with_intervals(x, recency, age, 1.0).is_err());
}

#[test]
fn intervals_are_those_of_the_delta_method() {
    let customers = cdnow().customers();
    check_intervals(&BgNbd::fit(&customers));
    check_intervals(&MbgNbd::fit(&customers));
    check_intervals(&ParetoNbd::fit(&customers));
}

/// 200 samples from one world: an interval of 90 % holds the truth in about 90 % of them.
#[test]
fn intervals_hold_the_truth() {
    let truth = BgNbd::new(0.8, 5.0, 0.9, 2.5).unwrap();
    let (mut random, mut held) = (Random(95), 0);
    let expected = truth.expected_purchases(&[4], &[30.0], &[39.0], 26.0).unwrap()[0];
    for _ in 0..100 {
        let (mut frequency, mut recency) = (vec![], vec![]);
        for _ in 0..400 {
            let rate = random.gamma(0.8) / 5.0;
            let (yes, no) = (random.gamma(0.9), random.gamma(2.5));
            let (mut now, mut last, mut x) = (0.0, 0.0, 0);
            loop {
                now += random.exponential() / rate;
                if now > 39.0 {
                    break;
                }
                (last, x) = (now, x + 1);
                if random.uniform() < yes / (yes + no) {
                    break;
                }
            }
            frequency.push(x);
            recency.push(last);
        }
        let customers = Customers::from_columns(&frequency, &recency, &[39.0; 400]).unwrap();
        let fit = BgNbd::fit_from(&customers, &truth);
        let interval = fit.purchases_with_intervals(&[4], &[30.0], &[39.0], 26.0, 0.9).unwrap();
        held += u32::from(interval.low[0] <= expected && expected <= interval.high[0]);
    }
    println!("held {held} of 100");
    assert!((80..=98).contains(&held), "{held}");
}

#[test]
fn lifetime_value_adds_the_errors_of_purchases_and_spend() {
    let columns = cdnow();
    let fit = BgNbd::fit(&columns.customers());
    let spenders = Spenders::from_columns(&columns.frequency, &columns.spend).unwrap();
    let spend = GammaGamma::fit(&spenders);
    let (x, recency, age) = (&columns.frequency[..9], &columns.recency[..9], &columns.age[..9]);
    let spend = spend.spend_with_intervals(x, &columns.spend[..9], 0.95).unwrap();
    let horizon = Horizon::new(12, 4.348, 0.01).unwrap();
    let value = fit.lifetime_value_with_intervals(x, recency, age, &spend, &horizon, 0.95).unwrap();
    let counts = fit.discounted_with_intervals(x, recency, age, &horizon, 0.95).unwrap();
    assert_eq!(
        value.value,
        fit.model.lifetime_value(x, recency, age, &spend.value, &horizon).unwrap()
    );
    for row in 0..9 {
        let parts = [(&counts, row), (&spend, row)]
            .map(|(part, row)| part.standard_error[row] / part.value[row]);
        near(value.standard_error[row] / value.value[row], parts[0].hypot(parts[1]), 1e-12);
    }
}

#[test]
fn saved_models_answer_with_the_same_bits() {
    let columns = cdnow();
    let fit = ParetoNbd::fit(&columns.customers());
    let saved = serde_json::to_string(&fit).unwrap();
    println!("{saved}");
    assert!(saved.len() < 2048 && saved.contains("logLikelihood"));
    let loaded: Fit<ParetoNbd> = serde_json::from_str(&saved).unwrap();
    let (x, recency, age) = (&columns.frequency, &columns.recency, &columns.age);
    assert_eq!(
        loaded.purchases_with_intervals(x, recency, age, 39.0, 0.95).unwrap(),
        fit.purchases_with_intervals(x, recency, age, 39.0, 0.95).unwrap()
    );
}

#[test]
fn weights_are_repeated_rows() {
    let columns = cdnow();
    let half = columns.age.len() / 8;
    let (x, recency, age) =
        (&columns.frequency[..half], &columns.recency[..half], &columns.age[..half]);
    let weights: Vec<f64> = (0..half).map(|row| f64::from(1 + (row % 3) as u32)).collect();
    let repeated = |column: &[f64]| -> Vec<f64> {
        let rows = column.iter().zip(&weights);
        rows.flat_map(|(value, weight)| vec![*value; *weight as usize]).collect()
    };
    let weighted = Customers::weighted(x, recency, age, &weights).unwrap();
    let as_numbers: Vec<f64> = x.iter().map(|x| f64::from(*x)).collect();
    let all: Vec<u32> = repeated(&as_numbers).iter().map(|x| *x as u32).collect();
    let expanded = Customers::from_columns(&all, &repeated(recency), &repeated(age)).unwrap();
    assert_eq!(BgNbd::fit(&weighted), BgNbd::fit(&expanded));
    assert_eq!(ParetoNbd::fit(&weighted), ParetoNbd::fit(&expanded));
}

#[test]
fn warm_start_ends_at_the_same_place_sooner() {
    let customers = cdnow().customers();
    let fit = MbgNbd::fit(&customers);
    let start = MbgNbd { r: fit.model.r * 1.3, b: fit.model.b * 0.8, ..fit.model };
    let warm = MbgNbd::fit_from(&customers, &start);
    near(warm.model.b / fit.model.b, 1.0, 1e-6);
    assert!(warm.evaluations * 2 < fit.evaluations, "{} {}", warm.evaluations, fit.evaluations);
}

fn check_drivers<M: Estimable>(model: &M, x: u32, recency: f64, age: f64, typical: &Typical) {
    let all = drivers_of_alive(model, &[x], &[recency], &[age], typical).unwrap();
    let Some(drivers) = all[0] else { return };
    let sum = drivers.frequency + drivers.recency + drivers.age;
    let difference = drivers.log_odds - drivers.typical;
    near(sum, difference, 1e-11 * (1.0 + drivers.log_odds.abs() + drivers.typical.abs()));
    // Who only bought later than the typical customer has only that to their credit.
    let later = 0.5 * (typical.recency + typical.age);
    let whole = Typical { frequency: typical.frequency.round().max(1.0), ..*typical };
    let only =
        drivers_of_alive(model, &[whole.frequency as u32], &[later], &[whole.age], &whole).unwrap();
    let only = only[0].unwrap();
    assert!(only.recency > 0.0);
    near(only.frequency.abs() + only.age.abs(), 0.0, 1e-12 * (1.0 + only.log_odds.abs()));
}

/// A column has the bits of its customers one by one, with parameters at the ends of the doubles, too.
#[test]
fn columns_are_their_customers_one_by_one() {
    let x = [0, 0, 1, 1, 2, 3, 7, 40, 5000, 0, 1];
    let recency = [0.0, 0.0, 1e-9, 40.0, 17.25, 0.5, 39.0, 39.0, 40.0, 0.0, 1e300];
    let age = [0.0, 1e300, 40.0, 40.0, 40.0, 40.0, 40.0, 1e9, 40.0, 40.0, 1e300];
    let check = |model: &dyn Fn(usize) -> f64, column: Vec<f64>, most: f64| {
        for (row, value) in column.into_iter().enumerate() {
            assert!((0.0..=most).contains(&value), "{row}: {value}");
            assert_eq!(value.to_bits(), model(row).to_bits(), "{row}: {value} {}", model(row));
        }
    };
    fn alive<M: PurchaseModel>(model: &M, row: (u32, f64, f64)) -> f64 {
        model.alive(row.0, row.1, row.2)
    }
    let at = |row: usize| (x[row], recency[row], age[row]);
    for [r, alpha, a, b] in [
        [0.243, 4.414, 0.793, 2.426],
        [0.243, 4.414, 0.793, 1e-5],
        [50.0, 1e-300, 1e-200, 5e-324],
        [1e-3, 1e-310, 1e300, 1e-310],
        [1e300, 1e300, 1e-300, 1e300],
        [1.0, 1.0, 1.0, 1.0],
    ] {
        let (bg, mbg) = (BgNbd { r, alpha, a, b }, MbgNbd { r, alpha, a, b });
        let cnbd = Cnbd::new(r, alpha, a, b, 3, true).unwrap();
        check(&|row| alive(&bg, at(row)), bg.probability_alive(&x, &recency, &age).unwrap(), 1.0);
        check(&|row| alive(&mbg, at(row)), mbg.probability_alive(&x, &recency, &age).unwrap(), 1.0);
        if r < 10.0 && b > 1e-6 {
            let column = cnbd.probability_alive(&x, &recency, &age).unwrap();
            check(&|row| alive(&cnbd, at(row)), column, 1.0);
            let expected = |row: usize| bg.expected_of(x[row], recency[row], age[row], 9.0);
            check(&expected, bg.expected_purchases(&x, &recency, &age, 9.0).unwrap(), 1e4);
            let expected = |row: usize| cnbd.expected_of(x[row], recency[row], age[row], 9.0);
            check(&expected, cnbd.expected_purchases(&x, &recency, &age, 9.0).unwrap(), 1e4);
        }
    }
}

/// What comes at once, and in no time, and who never leaves, or is as all others are: sums and integrals end.
#[test]
fn parameters_at_the_ends_of_doubles_have_answers() {
    fn check<M: PurchaseModel + std::fmt::Debug>(model: &M) {
        let (x, recency, age) = (&[0, 0, 3], &[0.0, 0.0, 0.5], &[0.0, 1e300, 1.0]);
        let probabilities = [
            model.probability_alive(x, recency, age).unwrap(),
            model.probability_alive_later(x, recency, age, 9.0).unwrap(),
            model.probability_of_purchases(1, x, recency, age, 9.0).unwrap(),
        ];
        let share = |value: &f64| (0.0..=1.0 + 1e-9).contains(value);
        assert!(probabilities.iter().flatten().all(share), "{model:?}: {probabilities:?}");
        let counts = model.expected_purchases(x, recency, age, 9.0).unwrap();
        assert!(counts.iter().all(|count| *count >= 0.0), "{model:?}: {counts:?}");
    }
    let ends: [f64; 4] = [1e-150, 1e-9, 0.8, 1e100];
    for place in 0..256_usize {
        let [r, alpha, a, b] = [1, 4, 16, 64].map(|digit| ends[place / digit % 4]);
        check(&BgNbd { r, alpha, a, b });
        check(&Cnbd::new(r, alpha, a, b, 3, true).unwrap());
        check(&ParetoNbd { r, alpha, s: a, beta: b });
    }
    // A time that is so many times that of the history: by a series, by an integral.
    for alpha in [0.5, 0.06, 0.03, 0.01] {
        let nobody_leaves = BgNbd { r: 1.5, alpha, a: 1e-12, b: 2.4 };
        near(nobody_leaves.alive_later(0, 0.0, 0.0, 9.0), 1.0, 1e-10);
        near(nobody_leaves.expected_of(0, 0.0, 0.0, 9.0) / (1.5 * 9.0 / alpha), 1.0, 1e-9);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn drivers_sum_to_the_difference((r, alpha, a, b) in parameters(), x in 1..40_u32, part in 0.05..1.0_f64, age in 1.0..80.0_f64) {
        let typical = Typical { frequency: 2.4, recency: 17.0, age: 34.0 };
        check_drivers(&BgNbd { r, alpha, a, b }, x, part * age, age, &typical);
        check_drivers(&MbgNbd { r, alpha, a, b }, x, part * age, age, &typical);
        check_drivers(&ParetoNbd { r, alpha, s: a, beta: b }, x, part * age, age, &typical);
    }

    #[test]
    fn value_falls_with_the_rate_and_with_later_payment((r, alpha, a, b) in parameters(), x in 0..30_u32) {
        let recency = if x == 0 { 0.0 } else { 31.0 };
        let value = |horizon: Horizon| {
            let of = |model: &dyn Fn(&Horizon) -> f64| model(&horizon);
            [
                of(&|h| BgNbd { r, alpha, a, b }.discounted_purchases(&[x], &[recency], &[40.0], h).unwrap()[0]),
                of(&|h| ParetoNbd { r, alpha, s: a, beta: b }.discounted_purchases(&[x], &[recency], &[40.0], h).unwrap()[0]),
            ]
        };
        let year = Horizon::new(12, 4.0, 0.01).unwrap();
        let dear = Horizon::new(12, 4.0, 0.03).unwrap();
        let (soon, late) = (Horizon::endless(0.01).unwrap(), Horizon::endless(0.003).unwrap());
        for (high, low) in [(year, dear), (year.paid(Payment::Start), year.paid(Payment::Middle)), (year.paid(Payment::Middle), year), (late, soon)] {
            for (high, low) in value(high).into_iter().zip(value(low)) {
                prop_assert!(high > low && low >= 0.0, "{high} {low}");
            }
        }
        // Ever more periods of a week come to the same as no end, but for the week itself.
        let weeks = Horizon::new(1500, 1.0, 0.01).unwrap().paid(Payment::Middle);
        for (weeks, ever) in value(weeks).into_iter().zip(value(soon)) {
            prop_assert!((weeks / ever - 1.0).abs() < 2e-3, "{weeks} {ever}");
        }
    }
}
