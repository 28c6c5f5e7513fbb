//! Static covariates.

use goodwill::analytics::{
    BgNbd, Covariate, CustomersWithCovariates, Estimable, Fit, MbgNbd, ParetoNbd, WithCovariates,
};

use super::{Columns, Random, cdnow, near};

/// Customers of an MBG/NBD world of whom one half buys e^0.7 times as often.
fn world(size: usize) -> (Columns, Vec<f64>) {
    let mut random = Random(2007);
    let mut columns = Columns { frequency: vec![], recency: vec![], age: vec![], spend: vec![] };
    let mut marks = vec![];
    for row in 0..size {
        let mark = (row % 2) as f64;
        let rate = random.gamma(1.2) / (9.0 * (-0.7 * mark).exp());
        let (yes, no) = (random.gamma(0.8), random.gamma(2.5));
        let leave = yes / (yes + no);
        let (mut now, mut last, mut x) = (0.0, 0.0, 0);
        while random.uniform() >= leave {
            now += random.exponential() / rate;
            if now > 50.0 {
                break;
            }
            (last, x) = (now, x + 1);
        }
        columns.frequency.push(x);
        columns.recency.push(last);
        columns.age.push(50.0);
        marks.push(mark);
    }
    (columns, marks)
}

fn with(columns: &Columns, values: Vec<f64>) -> CustomersWithCovariates {
    let covariates = [Covariate { name: "app".into(), values }];
    let Columns { frequency, recency, age, .. } = columns;
    CustomersWithCovariates::from_columns(frequency, recency, age, None, &covariates).unwrap()
}

fn check<M: Estimable + PartialEq + std::fmt::Debug>(
    fit: &Fit<WithCovariates<M>>,
    without: &Fit<M>,
    parameters: usize,
) {
    assert!(fit.is_identified(), "{fit:?}");
    assert_eq!(fit.parameters, parameters);
    let test = fit.likelihood_ratio(without).unwrap();
    assert!(test.degrees as usize == parameters - 4 && test.p_value < 1e-6, "{test:?}");
    assert!(fit.aic() < without.aic());
    near(fit.model.purchases[0], 0.7, 0.2);
    let of = fit.of(&[1.0]).unwrap();
    assert_eq!(of.model, fit.model.of(&[1.0]).unwrap());
    let intervals = of.purchases_with_intervals(&[3], &[30.0], &[50.0], 26.0, 0.95).unwrap();
    assert!(intervals.standard_error[0] > 0.0 && intervals.standard_error[0].is_finite());
    // At covariates of 0 it is the base, with its own errors.
    let base = fit.of(&[0.0]).unwrap();
    near(base.log_standard_errors().unwrap()[1], fit.log_standard_errors().unwrap()[1], 1e-12);
    assert!(without.likelihood_ratio(fit).is_err());
}

#[test]
fn effect_is_found() {
    let (columns, marks) = world(1500);
    let (customers, plain) = (with(&columns, marks), columns.customers());
    check(&WithCovariates::<MbgNbd>::fit(&customers), &MbgNbd::fit(&plain), 7);
    check(&WithCovariates::<ParetoNbd>::fit(&customers), &ParetoNbd::fit(&plain), 6);
    check(&WithCovariates::<BgNbd>::fit(&customers), &BgNbd::fit(&plain), 7);
}

/// A mark that has nothing to do with the customers.
#[test]
fn nothing_is_found_where_nothing_is() {
    let columns = cdnow();
    let marks = (0..columns.age.len()).map(|row| (row * 7919 % 13 % 2) as f64).collect();
    let without = BgNbd::fit(&columns.customers());
    let fit = WithCovariates::<BgNbd>::fit(&with(&columns, marks));
    let test = fit.likelihood_ratio(&without).unwrap();
    assert!(test.p_value > 0.01 && test.statistic >= 0.0, "{test:?}");
    let saved = serde_json::to_string(&fit).unwrap();
    assert!(saved.len() < 2048, "{}", saved.len());
    assert_eq!(serde_json::from_str::<Fit<WithCovariates<BgNbd>>>(&saved).unwrap(), fit);
}

/// Two halves with coefficients of their own for everything are two fits, but for r, which they share.
#[test]
fn continuous_covariates_are_standardised_or_not() {
    let (columns, marks) = world(600);
    let fine: Vec<f64> = marks.iter().enumerate().map(|(row, m)| m + row as f64 / 6000.0).collect();
    let shifted: Vec<f64> = fine.iter().map(|value| value - 0.5).collect();
    let one = WithCovariates::<MbgNbd>::fit(&with(&columns, fine));
    let other = WithCovariates::<MbgNbd>::fit(&with(&columns, shifted));
    near(one.log_likelihood, other.log_likelihood, 1e-6);
    near(one.model.purchases[0], other.model.purchases[0], 1e-4);
    let (left, right) = (one.model.of(&[0.75]).unwrap(), other.model.of(&[0.25]).unwrap());
    near(left.alpha / right.alpha, 1.0, 1e-4);
    assert!(one.model.of(&[]).is_err() && one.model.of(&[f64::NAN]).is_err());
}
