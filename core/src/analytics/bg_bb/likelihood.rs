//! The likelihood of BG/BB with its first derivatives.

use super::BgBb;
use super::opportunities::{Group, Opportunities};
use crate::analytics::parallel;
use crate::analytics::special::{digamma_rise, ln_1p, ln_beta};

impl BgBb {
    /// The log-likelihood and its gradient by α, β, γ and δ.
    pub(super) fn curve(&self, customers: &Opportunities) -> (f64, [f64; 4]) {
        let part = |_, groups: &[Group]| {
            let (mut value, mut gradient) = (0.0, [0.0; 4]);
            for group in groups {
                let (ln, slopes) = self.ln_likelihood(group);
                value += group.weight * ln;
                let cells = gradient.iter_mut().zip(slopes);
                cells.for_each(|(sum, slope)| *sum += group.weight * slope);
            }
            (value, gradient)
        };
        let (mut value, mut gradient) = (0.0, [0.0; 4]);
        for (part, slopes) in parallel::chunks(customers.all(), part) {
            value += part;
            gradient.iter_mut().zip(slopes).for_each(|(sum, slope)| *sum += slope);
        }
        (value, gradient)
    }

    /// The odds of having left before occasion n against having been there: Σ over i < n − t_x of the terms of
    /// the likelihood, from the last backwards, relative to the first.
    pub(in crate::analytics) fn odds_gone(&self, x: u32, last: u32, occasions: u32) -> f64 {
        self.gone(x, last, occasions).0
    }

    /// With the sums of its terms' derivatives.
    fn gone(&self, x: u32, last: u32, occasions: u32) -> (f64, [f64; 4]) {
        let &Self { alpha, beta, gamma, delta } = self;
        let (x, n) = (f64::from(x), f64::from(occasions));
        // Having left before occasion m + 1, after attending m: m = n − 1 first. Relative to having attended
        // n, with B(α + x, β + n − x) B(γ, δ + n).
        let (mut term, mut slopes) = (1.0, [0.0; 4]);
        let (mut odds, mut sums) = (0.0, [0.0; 4]);
        let (mut stays, mut by_gamma, mut by_delta) = (1.0, 0.0, 0.0);
        for step in 0..occasions - last {
            let m = n - 1.0 - f64::from(step);
            // B(α + x, β + m − x) / B(α + x, β + m + 1 − x)
            let (all, rest) = (alpha + beta + m, beta + m - x);
            term *= all / rest;
            let [by_alpha, by_beta, ..] = &mut slopes;
            *by_alpha += 1.0 / all;
            *by_beta += 1.0 / all - 1.0 / rest;
            // B(γ + 1, δ + m) / B(γ, δ + n) = γ / (γ + δ + m) · Π over m ≤ j < n of (γ + δ + j) / (δ + j)
            let (sum, only) = (gamma + delta + m, delta + m);
            stays *= sum / only;
            by_gamma += 1.0 / sum;
            by_delta += 1.0 / sum - 1.0 / only;
            let value = term * stays * gamma / sum;
            odds += value;
            let [by_alpha, by_beta, ..] = slopes;
            let all = [by_alpha, by_beta, by_gamma + 1.0 / gamma - 1.0 / sum, by_delta - 1.0 / sum];
            sums.iter_mut().zip(all).for_each(|(sum, slope)| *sum += value * slope);
        }
        (odds, sums)
    }

    fn ln_likelihood(&self, group: &Group) -> (f64, [f64; 4]) {
        let &Self { alpha, beta, gamma, delta } = self;
        let &Group { frequency, last, occasions, .. } = group;
        let (x, n) = (f64::from(frequency), f64::from(occasions));
        let (odds, sums) = self.gone(frequency, last, occasions);
        let ln = ln_beta(alpha + x, beta + n - x) - ln_beta(alpha, beta)
            + ln_beta(gamma, delta + n)
            - ln_beta(gamma, delta)
            + ln_1p(odds);
        let both = -digamma_rise(alpha + beta, n);
        let there = -digamma_rise(gamma + delta, n);
        let slopes = [
            digamma_rise(alpha, x) + both,
            digamma_rise(beta, n - x) + both,
            there,
            digamma_rise(delta, n) + there,
        ];
        let mut gradient = sums.map(|sum| sum / (1.0 + odds));
        gradient.iter_mut().zip(slopes).for_each(|(sum, slope)| *sum += slope);
        (ln, gradient)
    }
}
