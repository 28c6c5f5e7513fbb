//! Customer analytics against published values, and on random data.
#![cfg(test)]

mod churn;
mod cohorts;
mod covariates;
mod customers;
mod discrete;
mod funnel;
mod health;
mod holdout;
mod log;
mod messages;
mod periods;
mod predictions;
mod quantiles;
mod references;
mod regularity;
mod revenue;
mod rfm;
mod robustness;
mod robustness_of_variants;
mod satisfaction;
mod segments;
mod simulation;
mod summary;

use goodwill::analytics::{
    BgNbd, Customers, GammaGamma, MbgNbd, NetPromoterScore, ParetoNbd, PurchaseModel, Spenders,
    TopBox,
};
use proptest::prelude::*;

struct Columns {
    frequency: Vec<u32>,
    recency: Vec<f64>,
    age: Vec<f64>,
    spend: Vec<f64>,
}

fn cdnow() -> Columns {
    let mut columns = Columns { frequency: vec![], recency: vec![], age: vec![], spend: vec![] };
    for line in include_str!("data/cdnow_customers.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        columns.frequency.push(cells[1].parse().unwrap());
        columns.recency.push(cells[2].parse().unwrap());
        columns.age.push(cells[3].parse().unwrap());
        columns.spend.push(cells[4].parse().unwrap());
    }
    assert_eq!(columns.frequency.len(), 2357);
    columns
}

impl Columns {
    fn customers(&self) -> Customers {
        Customers::from_columns(&self.frequency, &self.recency, &self.age).unwrap()
    }
}

fn near(actual: f64, expected: f64, tolerance: f64) {
    assert!((actual - expected).abs() <= tolerance, "{actual} is not {expected} ± {tolerance}");
}

/// Fader, Hardie and Lee (2005), table 2 and section 4; the log-likelihood with four decimals as in the
/// documentation of the R package BTYD.
#[test]
fn bg_nbd_of_cdnow_is_as_published() {
    let fit = BgNbd::fit(&cdnow().customers());
    let BgNbd { r, alpha, a, b } = fit.model;
    println!("{fit:?}");
    near(r, 0.2426, 5e-5);
    near(alpha, 4.4135, 6e-5);
    near(a, 0.7929, 5e-5);
    near(b, 2.4258, 1e-4);
    near(fit.log_likelihood, -9582.4256, 5e-3);
    assert!(fit.is_identified());
    near(fit.aic(), 8.0 - 2.0 * fit.log_likelihood, 1e-9);
    near(fit.bic(), 4.0 * 2357_f64.ln() - 2.0 * fit.log_likelihood, 1e-9);
}

/// Hardie, note 027 (2011): a customer whose likelihood overflows when computed as it is written.
#[test]
fn very_active_customer_has_the_published_likelihood() {
    let customers = Customers::from_columns(&[200], &[38.0], &[40.0]).unwrap();
    let model = BgNbd::new(0.25, 4.0, 0.8, 2.5).unwrap();
    near(model.log_likelihood(&customers), 100.7957, 5e-5);
}

/// Fader and Hardie, note 025 (2013), section 4.
#[test]
fn gamma_gamma_of_cdnow_is_as_published() {
    let columns = cdnow();
    let spenders = Spenders::from_columns(&columns.frequency, &columns.spend).unwrap();
    assert_eq!(spenders.len(), 946.0);
    let fit = GammaGamma::fit(&spenders);
    println!("{fit:?}");
    near(fit.model.p, 6.2494, 2e-3);
    near(fit.model.q, 3.7443, 1e-3);
    near(fit.model.v, 15.444, 1e-2);
    near(fit.log_likelihood, -4055.918, 2e-2);
    assert!(fit.is_identified());
}

/// Fader, Hardie and Lee, *A Spreadsheet-Literate Non-Statistician's Guide to the Pareto/NBD*, and table 2
/// of their paper of 2005.
#[test]
fn pareto_nbd_of_cdnow_is_as_published() {
    let fit = ParetoNbd::fit(&cdnow().customers());
    println!("{fit:?}");
    near(fit.model.r, 0.5533, 1e-4);
    near(fit.model.alpha, 10.578, 1e-3);
    near(fit.model.s, 0.6060, 3e-4);
    near(fit.model.beta, 11.66, 1.5e-2);
    near(fit.log_likelihood, -9594.976, 5e-3);
    assert!(fit.is_identified());
}

#[test]
fn mbg_nbd_of_cdnow_is_a_maximum() {
    let customers = cdnow().customers();
    let fit = MbgNbd::fit(&customers);
    println!("{fit:?}");
    assert!(fit.is_identified());
    let MbgNbd { r, alpha, a, b } = fit.model;
    for (index, factor) in (0..4).flat_map(|index| [(index, 0.99), (index, 1.01)]) {
        let mut moved = [r, alpha, a, b];
        moved[index] *= factor;
        let [r, alpha, a, b] = moved;
        let moved = MbgNbd::new(r, alpha, a, b).unwrap();
        assert!(moved.log_likelihood(&customers) < fit.log_likelihood);
    }
}

/// The derivative by one parameter, by central differences of fourth order.
fn slope(at: f64, f: impl Fn(f64) -> f64) -> f64 {
    let h = 1e-3 * at;
    (8.0 * (f(at + h) - f(at - h)) - (f(at + 2.0 * h) - f(at - 2.0 * h))) / (12.0 * h)
}

/// A small generator, so that the same data come every time: splitmix64.
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        (low.ln() + self.uniform() * (high / low).ln()).exp()
    }

    fn exponential(&mut self) -> f64 {
        -self.uniform().ln()
    }

    /// A gamma number by Marsaglia and Tsang (2000).
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let boost = self.uniform().powf(1.0 / shape);
            return self.gamma(shape + 1.0) * boost;
        }
        let d = shape - 1.0 / 3.0;
        loop {
            let angle = std::f64::consts::TAU * self.uniform();
            let normal = (2.0 * self.exponential()).sqrt() * angle.cos();
            let v = (1.0 + normal / (9.0 * d).sqrt()).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * normal * normal + d * (1.0 - v + v.ln()) {
                return d * v;
            }
        }
    }
}

/// P(alive) and expected purchases of x, t_x, T and t.
type Prediction<'a> = dyn Fn(u32, f64, f64, f64) -> (f64, f64) + 'a;

fn parameters() -> impl Strategy<Value = (f64, f64, f64, f64)> {
    (0.05..5.0_f64, 0.5..30.0_f64, 0.05..5.0_f64, 0.1..10.0_f64)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn gradients_are_the_slopes((r, alpha, a, b) in parameters(), x in 0..60_u32, part in 0.01..1.0_f64) {
        let recency = if x == 0 { 0.0 } else { 40.0 * part };
        let customers = Customers::weighted(&[x, 0], &[recency, 0.0], &[40.0, 20.0], &[2.0, 0.5]).unwrap();
        let value = |model: u32, [r, alpha, a, b]: [f64; 4]| {
            if model == 2 {
                ParetoNbd { r, alpha, s: a, beta: b }.log_likelihood_with_gradient(&customers)
            } else if model == 1 {
                MbgNbd { r, alpha, a, b }.log_likelihood_with_gradient(&customers)
            } else {
                BgNbd { r, alpha, a, b }.log_likelihood_with_gradient(&customers)
            }
        };
        for mbg in 0..3 {
            let at = [r, alpha, a, b];
            let (_, gradient) = value(mbg, at);
            for index in 0..4 {
                let numeric = slope(at[index], |moved| {
                    let mut at = at;
                    at[index] = moved;
                    value(mbg, at).0
                });
                let scale = 1.0 + gradient[index].abs();
                prop_assert!((numeric - gradient[index]).abs() < 1e-6 * scale / at[index].min(1.0),
                    "{mbg} {index}: {numeric} {}", gradient[index]);
            }
        }
        let spenders = Spenders::from_columns(&[x + 1, 1], &[10.0 * part, 35.0]).unwrap();
        let (_, gradient) = GammaGamma { p: r, q: a, v: alpha }.log_likelihood_with_gradient(&spenders);
        let at = [r, a, alpha];
        for index in 0..3 {
            let numeric = slope(at[index], |moved| {
                let mut at = at;
                at[index] = moved;
                GammaGamma { p: at[0], q: at[1], v: at[2] }.log_likelihood_with_gradient(&spenders).0
            });
            prop_assert!((numeric - gradient[index]).abs() < 1e-6 * (1.0 + gradient[index].abs()) / at[index].min(1.0));
        }
    }

    #[test]
    fn pmf_sums_to_one_and_has_the_mean((r, alpha, a, b) in parameters(), t in 0.5..30.0_f64) {
        let models: [Box<dyn Fn(u32) -> f64>; 3] = [
            Box::new(move |x| BgNbd { r, alpha, a, b }.pmf(x, t)),
            Box::new(move |x| MbgNbd { r, alpha, a, b }.pmf(x, t)),
            Box::new(move |x| ParetoNbd { r, alpha, s: a, beta: b }.pmf(x, t)),
        ];
        let means = [BgNbd { r, alpha, a, b }.expected(t), MbgNbd { r, alpha, a, b }.expected(t), ParetoNbd { r, alpha, s: a, beta: b }.expected(t)];
        for (pmf, mean) in models.iter().zip(means) {
            let (mut sum, mut first) = (0.0, 0.0);
            // Until the rest, and its part of the mean, are below what is asked.
            for x in 0..4000 {
                let p = pmf(x);
                if x > 10 && f64::from(x * x) * p < 1e-13 {
                    break;
                }
                sum += p;
                first += f64::from(x) * p;
            }
            prop_assert!((sum - 1.0).abs() < 1e-10, "{sum}");
            prop_assert!((first - mean).abs() < 1e-8 * (1.0 + mean), "{first} {mean}");
        }
    }

    #[test]
    fn predictions_are_monotone((r, alpha, a, b) in parameters(), x in 1..300_u32, t in 0.1..100.0_f64) {
        let models: [&Prediction<'_>; 2] = [
            &|x, recency, age, t| {
                let model = BgNbd { r, alpha, a, b };
                (model.alive(x, recency, age), model.expected_of(x, recency, age, t))
            },
            &|x, recency, age, t| {
                let model = MbgNbd { r, alpha, a, b };
                (model.alive(x, recency, age), model.expected_of(x, recency, age, t))
            },
        ];
        for model in models {
            let (alive, expected) = model(x, 20.0, 40.0, t);
            prop_assert!((0.0..=1.0).contains(&alive) && expected >= 0.0);
            // A later last purchase speaks for the customer; a longer silence does not.
            prop_assert!(model(x, 21.0, 40.0, t).0 >= alive);
            prop_assert!(model(x, 20.0, 41.0, t).0 <= alive);
            prop_assert!(model(x, 20.0, 40.0, t * 1.1).1 >= expected);
        }
    }
}

#[test]
fn scores_of_surveys_have_their_intervals() {
    // 50 promoters and 20 detractors of 100: 30 ± 196 · √(0.61 / 100).
    let score = NetPromoterScore::from_counts(50, 30, 20).unwrap();
    near(score.score, 30.0, 1e-12);
    near(score.high - 30.0, 195.9963984540054 * 0.0061_f64.sqrt(), 1e-9);
    let change = score.change_since(&score);
    assert!(change.change == 0.0 && change.low < 0.0 && change.high == -change.low);
    assert!(
        NetPromoterScore::from_ratings(&[11]).is_err()
            && NetPromoterScore::from_ratings(&[]).is_err()
    );
    // 81 of 263, an example of Newcombe (1998): 0.2553 to 0.3662.
    let ratings: Vec<u8> = (0..263).map(|index| if index < 81 { 5 } else { 1 }).collect();
    let csat = TopBox::csat(&ratings).unwrap();
    near(csat.low, 25.53, 5e-3);
    near(csat.high, 36.62, 5e-3);
}

#[test]
fn pareto_nbd_agrees_with_forty_digits() {
    let mut worst = 0.0_f64;
    for line in include_str!("data/pareto_nbd.csv").lines().skip(1) {
        let n: Vec<f64> = line.split(',').map(|cell| cell.parse().unwrap()).collect();
        let model = ParetoNbd::new(n[0], n[1], n[2], n[3]).unwrap();
        let customers = Customers::from_columns(&[n[4] as u32], &[n[5]], &[n[6]]).unwrap();
        let value = model.log_likelihood(&customers);
        let alive = model.alive(n[4] as u32, n[5], n[6]);
        let error = ((value - n[7]) / n[7]).abs().max(((alive - n[8]) / n[8]).abs());
        assert!(error <= 1e-10, "{line}: {value} {alive} {error:e}");
        worst = worst.max(error);
    }
    println!("Pareto/NBD: {worst:.1e}");
}
