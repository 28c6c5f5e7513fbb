//! Seconds of fits and predictions for a synthetic population of customers.
//!
//! `cargo bench -p goodwill --bench analytics` prints them for a million customers, seen by the day over two
//! years; with `-- --customers 100000` for fewer.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark may stop at the first surprise, and it tells the time"
)]

use std::time::Instant;

use goodwill::analytics::{
    BgNbd, Customers, GammaGamma, Horizon, MbgNbd, ParetoNbd, PurchaseModel, Spenders,
};

/// splitmix64, so that the same population comes every time.
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
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

/// x, t_x and T in weeks, of whole days, and the mean spend.
type Population = (Vec<u32>, Vec<f64>, Vec<f64>, Vec<f64>);

fn population(size: usize) -> Population {
    let mut random = Random(1);
    let mut all: Population = Default::default();
    for _ in 0..size {
        let rate = random.gamma(0.84) / 16.8;
        let (yes, no) = (random.gamma(0.6), random.gamma(5.8));
        let leave = yes / (yes + no);
        let age = (730.0 * random.uniform()).floor() + 1.0;
        let (mut now, mut last, mut x) = (0.0, 0.0, 0);
        loop {
            now += 7.0 * random.exponential() / rate;
            let day = f64::floor(now) + 1.0;
            if day > age {
                break;
            }
            // Purchases of one day are one.
            if day > last {
                (last, x) = (day, x + 1);
            }
            if random.uniform() < leave {
                break;
            }
        }
        let nu = random.gamma(3.7) / 15.4;
        let total = random.gamma(6.2 * f64::from(x.max(1))) / nu;
        all.0.push(x);
        all.1.push(last / 7.0);
        all.2.push(age / 7.0);
        all.3.push(if x == 0 { 0.0 } else { total / f64::from(x) });
    }
    all
}

/// The best of three runs, in seconds.
fn time<R>(what: &str, mut run: impl FnMut() -> R) -> R {
    let mut best = f64::INFINITY;
    let mut result = None;
    for _ in 0..3 {
        let begun = Instant::now();
        result = Some(run());
        best = best.min(begun.elapsed().as_secs_f64());
    }
    println!("| {what} | {best:.4} s |");
    result.unwrap()
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // As a test it only has to build.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let size = arguments
        .windows(2)
        .find(|pair| pair[0] == "--customers")
        .map_or(1_000_000, |pair| pair[1].parse().unwrap());
    let (x, recency, age, spend) = &population(size);
    println!("| {size} customers | best of 3 |");
    println!("|---|---|");
    let customers =
        time("group equal customers", || Customers::from_columns(x, recency, age).unwrap());
    let bg = time("fit BG/NBD", || BgNbd::fit(&customers));
    println!("| kinds of customers, evaluations | {}, {} |", customers.groups(), bg.evaluations);
    time("fit MBG/NBD", || MbgNbd::fit(&customers));
    let pareto = time("fit Pareto/NBD", || ParetoNbd::fit(&customers));
    let spenders = time("rows of spend", || Spenders::from_columns(x, spend).unwrap());
    let gamma = time("fit Gamma-Gamma", || GammaGamma::fit(&spenders));
    time("P(alive), BG/NBD", || bg.model.probability_alive(x, recency, age).unwrap());
    time("P(alive), Pareto/NBD", || pareto.model.probability_alive(x, recency, age).unwrap());
    let expected = |model: &BgNbd| model.expected_purchases(x, recency, age, 52.0).unwrap();
    time("expected purchases, BG/NBD", || expected(&bg.model));
    time("the same with intervals", || {
        bg.purchases_with_intervals(x, recency, age, 52.0, 0.95).unwrap()
    });
    let money = time("expected spend", || gamma.model.expected_spend(x, spend).unwrap());
    let year = Horizon::new(12, 365.25 / 84.0, 0.01).unwrap();
    time("lifetime value of 12 months, BG/NBD", || {
        bg.model.lifetime_value(x, recency, age, &money, &year).unwrap()
    });
    let ever = Horizon::endless(0.002).unwrap();
    time("lifetime value without end, Pareto/NBD", || {
        pareto.model.lifetime_value(x, recency, age, &money, &ever).unwrap()
    });
}
