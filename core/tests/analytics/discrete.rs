//! BG/BB.

use goodwill::analytics::{BgBb, Opportunities};

use super::{Random, near};

fn donations() -> Opportunities {
    let mut columns = (vec![], vec![], vec![], vec![]);
    for line in include_str!("data/donations.csv").lines().skip(1) {
        let n: Vec<u32> = line.split(',').map(|cell| cell.trim().parse().unwrap()).collect();
        columns.0.push(n[0]);
        columns.1.push(n[1]);
        columns.2.push(n[2]);
        columns.3.push(f64::from(n[3]));
    }
    Opportunities::weighted(&columns.0, &columns.1, &columns.2, &columns.3).unwrap()
}

/// Fader, Hardie and Shang (2010), section 4.
#[test]
fn donations_are_as_published() {
    let fit = BgBb::fit(&donations());
    println!("{fit:?}");
    assert!(fit.is_identified());
    near(fit.model.alpha, 1.2035, 6e-5);
    near(fit.model.beta, 0.7497, 6e-5);
    near(fit.model.gamma, 0.6567, 6e-5);
    near(fit.model.delta, 2.7834, 6e-5);
    near(fit.log_likelihood, -33225.58, 5e-3);
    let again = BgBb::fit_from(&donations(), &fit.model);
    near(again.model.delta, fit.model.delta, 1e-7);
    assert!(again.evaluations < fit.evaluations);
}

#[test]
fn predictions_have_intervals() {
    let fit = BgBb::fit(&donations());
    let (x, last, n) = (&[0, 2, 6], &[0, 4, 6], &[6; 3]);
    let alive = fit.alive_with_intervals(x, last, n, 0.95).unwrap();
    let expected = fit.purchases_with_intervals(x, last, n, 5, 0.95).unwrap();
    assert_eq!(expected.value, fit.model.expected_purchases(x, last, n, 5).unwrap());
    assert_eq!((alive.value[2], alive.standard_error[2]), (1.0, 0.0));
    for (value, row) in fit.model.probability_alive(x, last, n).unwrap().into_iter().zip(0..2) {
        near(alive.value[row], value, 1e-14);
        assert!(0.0 < alive.low[row] && alive.low[row] < value && value < alive.high[row]);
        // With 11,104 donors little is left to doubt.
        assert!(expected.standard_error[row] < 0.1 * expected.value[row]);
        assert!(
            expected.low[row] < expected.value[row] && expected.value[row] < expected.high[row]
        );
    }
    let later = fit.alive_later_with_intervals(x, last, n, 3, 0.95).unwrap();
    let none = fit.probability_of_purchases_with_intervals(0, x, last, n, 5, 0.95).unwrap();
    let ever = fit.discounted_with_intervals(x, last, n, 0.1, 0.95).unwrap();
    assert_eq!(later.value, fit.model.probability_alive_later(x, last, n, 3).unwrap());
    assert_eq!(none.value, fit.model.probability_of_purchases(0, x, last, n, 5).unwrap());
    assert_eq!(ever.value, fit.model.discounted_purchases(x, last, n, 0.1).unwrap());
    for row in 0..3 {
        for estimates in [&later, &none, &ever] {
            assert!(0.0 < estimates.low[row] && estimates.low[row] < estimates.value[row]);
            assert!(estimates.value[row] < estimates.high[row]);
            assert!(estimates.standard_error[row] < 0.1 * estimates.value[row]);
        }
        assert!(later.high[row] < 1.0 && none.high[row] < 1.0);
    }
    // Six purchases at five occasions are impossible, whatever the parameters are.
    let never = fit.probability_of_purchases_with_intervals(6, x, last, n, 5, 0.95).unwrap();
    assert_eq!((never.value, never.high), (vec![0.0; 3], vec![0.0; 3]));
    assert!(fit.alive_with_intervals(&[7], &[6], &[6], 0.95).is_err());
    assert!(fit.purchases_with_intervals(x, last, n, 5, f64::NAN).is_err());
}

#[test]
fn gradient_is_the_slope() {
    let customers = donations();
    let at = [0.8, 1.3, 0.4, 5.0];
    let model = |at: [f64; 4]| BgBb::new(at[0], at[1], at[2], at[3]).unwrap();
    let (_, gradient) = model(at).log_likelihood_with_gradient(&customers);
    for index in 0..4 {
        let numeric = super::slope(at[index], |moved| {
            let mut at = at;
            at[index] = moved;
            model(at).log_likelihood(&customers)
        });
        near(numeric / gradient[index], 1.0, 1e-8);
    }
}

#[test]
fn pmf_sums_to_one_and_has_the_mean_of_a_simulation() {
    let model = BgBb::new(1.2, 0.75, 0.66, 2.8).unwrap();
    let pmf: Vec<f64> = (0..=8).map(|x| model.pmf(x, 8)).collect();
    near(pmf.iter().sum::<f64>(), 1.0, 1e-14);
    let mean: f64 = pmf.iter().zip(0..).map(|(p, x)| p * f64::from(x)).sum();
    near(mean, model.expected(8), 1e-13);
    let mut random = Random(2010);
    let (mut total, size) = (0, 40_000);
    for _ in 0..size {
        let beta = |random: &mut Random, a: f64, b: f64| {
            let (yes, no) = (random.gamma(a), random.gamma(b));
            yes / (yes + no)
        };
        let (buys, leaves) = (beta(&mut random, 1.2, 0.75), beta(&mut random, 0.66, 2.8));
        for _ in 0..8 {
            if random.uniform() < leaves {
                break;
            }
            total += u32::from(random.uniform() < buys);
        }
    }
    near(f64::from(total) / f64::from(size), mean, 0.05);
}

#[test]
fn impossible_customers_are_refused() {
    for (x, last, n, field) in [(1, 7, 6, "recency"), (3, 2, 6, "frequency"), (0, 1, 6, "recency")]
    {
        let error = Opportunities::from_columns(&[0, x], &[0, last], &[6, n]).unwrap_err();
        assert_eq!(
            (&error.details()["field"], &error.details()["row"]),
            (&field.into(), &1.into())
        );
    }
}
