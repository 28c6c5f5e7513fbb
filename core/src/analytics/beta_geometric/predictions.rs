//! What the beta-geometric models say about a customer.
//!
//! Somebody who is alive at T is like a new customer with other parameters: r + k x + j, α + T, a and b + n,
//! where n chances to leave were not taken, and j events of the next purchase have come already.

use super::Kernel;
use crate::analytics::special::{Count, WithSlopes};

impl Kernel {
    /// What somebody who is alive at T does in the time t after it, with j events of the next purchase
    /// behind.
    fn count(&self, x: f64, age: f64, t: f64, phase: u32) -> Count {
        Count {
            r: self.shape(x) + f64::from(phase),
            a: self.a,
            b: self.b + x + self.before,
            // Finite, however small α and T are.
            odds: (t / (self.alpha + age)).min(1e300),
            every: self.every,
            phase,
        }
    }

    /// The mean of `f(count)` over the phases, which have the weights (R)ⱼ / j! · yʲ.
    fn over_phases(
        &self,
        x: f64,
        (recency, age): (f64, f64),
        t: f64,
        f: impl Fn(Count) -> f64,
    ) -> f64 {
        let (mut term, mut weights, mut sum) = (1.0, 0.0, 0.0);
        let (shape, y) = (self.shape(x), (age - recency) / (self.alpha + age));
        for phase in 0..self.every {
            weights += term;
            if term > 0.0 {
                sum += term * f(self.count(x, age, t, phase));
            }
            let j = f64::from(phase);
            term *= (shape + j) / (j + 1.0) * y;
        }
        sum / weights
    }

    pub(crate) fn expected_while_alive(&self, x: f64, recency: f64, age: f64, t: f64) -> f64 {
        self.over_phases(x, (recency, age), t, |count| count.expected())
    }

    /// With the derivatives by r, α, a and b.
    pub(crate) fn expected_with_slopes(
        &self,
        x: f64,
        recency: f64,
        age: f64,
        t: f64,
    ) -> WithSlopes {
        let (until, shape) = (self.alpha + age, self.shape(x));
        let y = (age - recency) / until;
        // Weights and sums with their derivatives.
        let (mut term, mut by_shape, mut weights) = (1.0, 0.0, [0.0; 3]);
        let (mut sum, mut slopes) = (0.0, [0.0; 4]);
        for phase in 0..self.every {
            let j = f64::from(phase);
            let count = self.count(x, age, t, phase);
            let (value, [by_r, by_a, by_b, by_odds]) = count.expected_with_slopes();
            let (ln_by_r, ln_by_alpha) = (by_shape, -j / until);
            for (sum, slope) in weights.iter_mut().zip([1.0, ln_by_r, ln_by_alpha]) {
                *sum += term * slope;
            }
            sum += term * value;
            let by_alpha = -by_odds / until;
            let new = [by_r + value * ln_by_r, by_alpha + value * ln_by_alpha, by_a, by_b];
            slopes.iter_mut().zip(new).for_each(|(sum, slope)| *sum += term * slope);
            term *= (shape + j) / (j + 1.0) * y;
            by_shape += 1.0 / (shape + j);
        }
        let [all, all_by_r, all_by_alpha] = weights;
        let value = sum / all;
        let [by_r, by_alpha, by_a, by_b] = slopes;
        let slopes = [by_r - value * all_by_r, by_alpha - value * all_by_alpha, by_a, by_b];
        (value, slopes.map(|slope| slope / all))
    }

    pub(crate) fn stays_while_alive(&self, x: f64, recency: f64, age: f64, t: f64) -> f64 {
        self.over_phases(x, (recency, age), t, |count| count.stays())
    }

    pub(crate) fn pmf_while_alive(
        &self,
        purchases: u32,
        x: f64,
        (recency, age): (f64, f64),
        t: f64,
    ) -> f64 {
        self.over_phases(x, (recency, age), t, |count| count.mass(purchases))
    }

    /// The share of new customers that did not leave at once.
    fn begins(&self) -> f64 {
        if self.before > 0.0 { self.b / (self.a + self.b) } else { 1.0 }
    }

    pub(crate) fn expected(&self, t: f64) -> f64 {
        self.begins() * self.expected_while_alive(0.0, 0.0, 0.0, t)
    }

    pub(crate) fn pmf(&self, purchases: u32, t: f64) -> f64 {
        let stayed = self.begins() * self.pmf_while_alive(purchases, 0.0, (0.0, 0.0), t);
        if purchases == 0 && self.before > 0.0 {
            return self.a / (self.a + self.b) + stayed;
        }
        stayed
    }
}

/// The predictions of a model that has a `kernel()`.
macro_rules! predictions {
    () => {
        fn log_likelihood(&self, customers: &Customers) -> f64 {
            self.kernel().curve(customers).value
        }

        fn log_odds_alive(&self, frequency: f64, recency: f64, age: f64) -> f64 {
            let gone = self.kernel().log_odds_gone(frequency, recency, age);
            gone.map_or(f64::INFINITY, |odds| -odds)
        }

        fn log_odds_alive_slopes(&self, frequency: f64, recency: f64, age: f64) -> [f64; 4] {
            self.kernel().log_odds_slopes(frequency, recency, age).map(|slope| -slope)
        }

        fn log_odds_in_lanes(&self, customers: &[Row; LANES]) -> Lanes {
            let each =
                || customers.map(|(x, recency, age)| self.log_odds_alive(x.into(), recency, age));
            self.kernel().log_odds_in_lanes(customers).unwrap_or_else(each)
        }

        fn log_odds_with_slopes_in_lanes(&self, customers: &[Row; LANES]) -> (Lanes, [Lanes; 4]) {
            let all = self.kernel().log_odds_with_slopes_in_lanes(customers);
            all.unwrap_or_else(|| with_slopes_one_by_one(self, customers))
        }

        fn expected_while_alive(&self, frequency: u32, recency: f64, age: f64, t: f64) -> f64 {
            self.kernel().expected_while_alive(f64::from(frequency), recency, age, t)
        }

        fn expected_while_alive_slopes(
            &self,
            frequency: u32,
            recency: f64,
            age: f64,
            t: f64,
        ) -> (f64, [f64; 4]) {
            self.kernel().expected_with_slopes(f64::from(frequency), recency, age, t)
        }

        fn stays_while_alive(&self, frequency: u32, recency: f64, age: f64, t: f64) -> f64 {
            self.kernel().stays_while_alive(f64::from(frequency), recency, age, t)
        }

        fn pmf_while_alive(
            &self,
            purchases: u32,
            frequency: u32,
            recency: f64,
            age: f64,
            t: f64,
        ) -> f64 {
            let times = (recency, age);
            self.kernel().pmf_while_alive(purchases, f64::from(frequency), times, t)
        }

        fn expected(&self, t: f64) -> f64 {
            self.kernel().expected(t)
        }

        fn pmf(&self, purchases: u32, t: f64) -> f64 {
            self.kernel().pmf(purchases, t)
        }
    };
}
pub(crate) use predictions;
