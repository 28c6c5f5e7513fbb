//! The likelihood of Pareto/NBD with its first and second derivatives.

#![expect(clippy::indexing_slicing, reason = "places are those of four parameters")]

use super::ParetoNbd;
use crate::analytics::customers::{Customers, Group};
use crate::analytics::parallel;
use crate::analytics::search::Curve;
use crate::analytics::special::{digamma, gauss_legendre, ln_gamma_ratio, trigamma};

/// The log-odds of having left, and moments over the time of leaving τ of four numbers, which are all 0 at
/// τ = T: ln((α + T) / (α + τ)), 1 / (α + τ) − 1 / (α + T), and the same with β.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gone {
    pub(super) log_odds: f64,
    mean: [f64; 4],
    /// Covariances, the lower triangle.
    covariance: [[f64; 4]; 4],
}

impl ParetoNbd {
    /// The integral over the time τ of leaving between t_x and T, relative to not having left.
    pub(super) fn gone(&self, x: f64, recency: f64, age: f64) -> Gone {
        let &Self { r, alpha, s, beta } = self;
        let (shape, silence) = (r + x, age - recency);
        let (alpha, beta) = (alpha + recency, beta + recency);
        let (all_alpha, all_beta) = ((silence / alpha).ln_1p(), (silence / beta).ln_1p());
        let (until_alpha, until_beta) = (alpha + silence, beta + silence);
        let mut sum = 0.0;
        let (mut mean, mut covariance) = ([0.0; 4], [[0.0; 4]; 4]);
        // τ − t_x = m (e^w − 1): the integrand is log-concave in w and analytic for |Im w| < π.
        let m = alpha.min(beta);
        let end = (silence / m).ln_1p();
        let mut from = 0.0_f64;
        while from < end {
            let (grown, tau) = (m * from.exp(), m * from.exp_m1());
            let fall = shape * grown / (alpha + tau) + (s + 1.0) * grown / (beta + tau) - 1.0;
            let depth = shape * (tau / alpha).ln_1p() + (s + 1.0) * (tau / beta).ln_1p() - from;
            if depth > 45.0 && fall > 0.0 {
                break;
            }
            let to = (from + if fall > 4.0 { 4.0 / fall } else { 1.0 }).min(end);
            gauss_legendre(from, to, |w, weight| {
                let tau = m * w.exp_m1();
                let (ln_alpha, ln_beta) = ((tau / alpha).ln_1p(), (tau / beta).ln_1p());
                let mass = weight * m * (w - shape * ln_alpha - (s + 1.0) * ln_beta).exp();
                sum += mass;
                let left = silence - tau;
                let later = [
                    all_alpha - ln_alpha,
                    left / ((alpha + tau) * until_alpha),
                    all_beta - ln_beta,
                    left / ((beta + tau) * until_beta),
                ];
                // Written out, since it is done more often than anything else here.
                let [a, b, c, d] = later;
                let [ma, mb, mc, md] = later.map(|value| mass * value);
                let new = [ma, mb, mc, md];
                mean.iter_mut().zip(new).for_each(|(mean, value)| *mean += value);
                let [[aa, ..], [ba, bb, ..], [ca, cb, cc, _], [da, db, dc, dd]] = &mut covariance;
                *aa += ma * a;
                *ba += mb * a;
                *bb += mb * b;
                *ca += mc * a;
                *cb += mc * b;
                *cc += mc * c;
                *da += md * a;
                *db += md * b;
                *dc += md * c;
                *dd += md * d;
            });
            from = to;
        }
        if sum == 0.0 {
            return Gone { log_odds: f64::NEG_INFINITY, mean, covariance };
        }
        mean.iter_mut().for_each(|mean| *mean /= sum);
        for (mean_i, row) in mean.iter().zip(&mut covariance) {
            for (cell, mean_j) in row.iter_mut().zip(&mean) {
                *cell = *cell / sum - mean_i * mean_j;
            }
        }
        let log_odds = s.ln() + sum.ln() + shape * all_alpha + s * all_beta - beta.ln();
        Gone { log_odds, mean, covariance }
    }

    /// The derivatives of the log-odds of having left by r, α, s and β.
    fn slopes(&self, x: f64, age: f64, gone: &Gone) -> [f64; 4] {
        let &Self { r, s, beta, .. } = self;
        let [ln_alpha, inverse_alpha, ln_beta, inverse_beta] = gone.mean;
        [
            ln_alpha,
            -(r + x) * inverse_alpha,
            ln_beta + 1.0 / s,
            -(s + 1.0) * inverse_beta - 1.0 / (beta + age),
        ]
    }

    pub(super) fn log_odds_slopes(&self, x: f64, recency: f64, age: f64) -> [f64; 4] {
        self.slopes(x, age, &self.gone(x, recency, age)).map(|slope| -slope)
    }

    /// The log-likelihood with its derivatives by r, α, s and β.
    pub(super) fn curve_of(&self, customers: &Customers) -> Curve<4> {
        let &Self { r, alpha, s, beta } = self;
        let mut curve = Curve::ZERO;
        for class in customers.classes() {
            let (x, w) = (class.frequency, class.weight);
            curve.value += w * ln_gamma_ratio(r, x);
            curve.gradient[0] += w * (digamma(r + x) - digamma(r));
            curve.hessian[0][0] += w * (trigamma(r + x) - trigamma(r));
        }
        for group in customers.ages() {
            let (age, w, purchases) = (group.age, group.weight, group.purchases);
            let (part_alpha, part_beta) = (age / alpha, age / beta);
            let (until_alpha, until_beta) = (alpha + age, beta + age);
            curve.value -= w * (r * part_alpha.ln_1p() + s * part_beta.ln_1p());
            curve.value -= purchases * until_alpha.ln();
            curve.gradient[0] -= w * part_alpha.ln_1p();
            curve.gradient[1] += (r * w * part_alpha - purchases) / until_alpha;
            curve.gradient[2] -= w * part_beta.ln_1p();
            curve.gradient[3] += w * s * part_beta / until_beta;
            curve.hessian[1][0] += w * part_alpha / until_alpha;
            curve.hessian[1][1] +=
                (purchases - r * w * part_alpha * (2.0 + part_alpha)) / (until_alpha * until_alpha);
            curve.hessian[3][2] += w * part_beta / until_beta;
            curve.hessian[3][3] -=
                w * s * part_beta * (2.0 + part_beta) / (until_beta * until_beta);
        }
        let part = |_, groups: &[Group]| {
            let mut curve = Curve::ZERO;
            groups.iter().for_each(|group| self.add_group(group, &mut curve));
            curve
        };
        for part in parallel::chunks(customers.all(), part) {
            curve.add(&part);
        }
        curve
    }

    /// 1 + the odds of having left.
    fn add_group(&self, group: &Group, curve: &mut Curve<4>) {
        let &Self { r, alpha, s, beta } = self;
        let &Group { frequency: x, recency, age, weight: w, .. } = group;
        let gone = self.gone(x, recency, age);
        if gone.log_odds == f64::NEG_INFINITY {
            return;
        }
        let small = (-gone.log_odds.abs()).exp();
        curve.value += w * (gone.log_odds.max(0.0) + small.ln_1p());
        let p = w * if gone.log_odds > 0.0 { 1.0 } else { small } / (1.0 + small);
        let both = w * small / ((1.0 + small) * (1.0 + small));
        let slopes = self.slopes(x, age, &gone);
        // The derivatives of the logarithm of the integrand are these multiples of the four numbers.
        let multiples = [1.0, -(r + x), 1.0, -(s + 1.0)];
        let Curve { gradient, hessian, .. } = curve;
        for ((i, row), covariance) in hessian.iter_mut().enumerate().zip(&gone.covariance) {
            gradient[i] += p * slopes[i];
            for j in 0..=i {
                let bend = multiples[i] * multiples[j] * covariance[j];
                row[j] += both * slopes[i] * slopes[j] + p * bend;
            }
        }
        // And their own derivatives.
        let [_, inverse_alpha, _, inverse_beta] = gone.mean;
        let square = |i: usize| gone.covariance[i][i] + gone.mean[i] * gone.mean[i];
        let until = beta + age;
        hessian[1][0] -= p * inverse_alpha;
        hessian[1][1] += p * (r + x) * (square(1) + 2.0 * inverse_alpha / (alpha + age));
        hessian[2][2] -= p / (s * s);
        hessian[3][2] -= p * inverse_beta;
        hessian[3][3] +=
            p * ((s + 1.0) * (square(3) + 2.0 * inverse_beta / until) + 1.0 / (until * until));
    }
}
