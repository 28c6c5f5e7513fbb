//! The likelihood of Pareto/NBD with its first and second derivatives.

#![expect(clippy::indexing_slicing, reason = "places are those of nodes and of four parameters")]

use super::ParetoNbd;
use crate::analytics::customers::{Customers, Group};
use crate::analytics::lanes::lanes;
use crate::analytics::parallel;
use crate::analytics::search::Curve;
use crate::analytics::special::{
    NODES, digamma_rise, exp, exp_in_lanes, exp_m1, exp_m1_of_moderate, ln, ln_1p, ln_1p_of_finite,
    ln_gamma_ratio, nodes, trigamma_fall,
};

/// The log-odds of having left, and moments over the time of leaving τ of four numbers, which are all 0 at
/// τ = T: ln((α + T) / (α + τ)), 1 / (α + τ) − 1 / (α + T), and the same with β.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gone {
    pub(super) log_odds: f64,
    mean: [f64; 4],
    /// Covariances, the lower triangle.
    covariance: [[f64; 4]; 4],
}

/// A number for each node of a panel.
type Nodes = [f64; NODES];

impl ParetoNbd {
    /// The log-odds of having left.
    pub(super) fn log_odds_gone(&self, x: f64, recency: f64, age: f64) -> f64 {
        self.integral::<false>(x, recency, age).log_odds
    }

    pub(super) fn gone(&self, x: f64, recency: f64, age: f64) -> Gone {
        self.integral::<true>(x, recency, age)
    }

    /// The integral over the time τ of leaving between t_x and T, relative to not having left.
    fn integral<const MOMENTS: bool>(&self, x: f64, recency: f64, age: f64) -> Gone {
        let &Self { r, alpha, s, beta } = self;
        let (shape, silence) = (r + x, age - recency);
        let (alpha, beta) = (alpha + recency, beta + recency);
        let (all_alpha, all_beta) = (ln_1p(silence / alpha), ln_1p(silence / beta));
        let (until_alpha, until_beta) = (alpha + silence, beta + silence);
        let mut sums: Nodes = [0.0; NODES];
        let mut means = [[0.0; NODES]; 4];
        let mut squares = [[0.0; NODES]; 10];
        // τ − t_x = m (e^w − 1): the integrand is log-concave in w and analytic for |Im w| < π.
        let (m, other) = if alpha < beta { (alpha, beta) } else { (beta, alpha) };
        let (near, far) = if alpha < beta { (shape, s + 1.0) } else { (s + 1.0, shape) };
        let ratio = m / other;
        let end = ln_1p((silence / m).min(1e300));
        let mut from = 0.0_f64;
        while from < end {
            // ln((m + τ) / m) is w.
            let (grown, later) = (ratio * exp(from), ratio * exp_m1(from));
            let fall = near + far * (grown / (1.0 + later)) - 1.0;
            let depth = near * from + far * ln_1p(later) - from;
            if depth > 45.0 && fall > 0.0 {
                break;
            }
            let to = (from + if fall > 4.0 { 4.0 / fall } else { 1.0 }).min(end);
            let (w, weight) = nodes(from, to);
            let later: Nodes = lanes(|i| exp_m1_of_moderate(w[i]));
            let ln_other: Nodes = lanes(|i| ln_1p_of_finite(ratio * later[i]));
            let mass: Nodes =
                lanes(|i| weight[i] * exp_in_lanes(w[i] - near * w[i] - far * ln_other[i]));
            for i in 0..NODES {
                sums[i] += mass[i];
            }
            if MOMENTS {
                let (ln_alpha, ln_beta) = if alpha < beta { (w, ln_other) } else { (ln_other, w) };
                for i in 0..NODES {
                    let tau = m * later[i];
                    let left = silence - tau;
                    let moments = [
                        all_alpha - ln_alpha[i],
                        left / ((alpha + tau) * until_alpha),
                        all_beta - ln_beta[i],
                        left / ((beta + tau) * until_beta),
                    ];
                    let mut cell = 0;
                    for row in 0..4 {
                        let value = mass[i] * moments[row];
                        means[row][i] += value;
                        for other in moments.iter().take(row + 1) {
                            squares[cell][i] += value * other;
                            cell += 1;
                        }
                    }
                }
            }
            from = to;
        }
        let of = |nodes: &Nodes| nodes.iter().sum::<f64>();
        let sum = of(&sums);
        if sum == 0.0 {
            let log_odds = f64::NEG_INFINITY;
            return Gone { log_odds, mean: [0.0; 4], covariance: [[0.0; 4]; 4] };
        }
        let mean = means.map(|nodes| of(&nodes) / sum);
        let mut covariance = [[0.0; 4]; 4];
        let mut squares = squares.iter();
        for (row, cells) in covariance.iter_mut().enumerate() {
            for ((column, cell), square) in
                cells.iter_mut().enumerate().take(row + 1).zip(&mut squares)
            {
                *cell = of(square) / sum - mean[row] * mean[column];
            }
        }
        let log_odds = ln(s) + (ln(m) - ln(beta)) + ln(sum) + shape * all_alpha + s * all_beta;
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

    /// The log-odds of not having left, with their derivatives by r, α, s and β.
    pub(super) fn log_odds_with_slopes(&self, x: f64, recency: f64, age: f64) -> (f64, [f64; 4]) {
        let gone = self.gone(x, recency, age);
        (-gone.log_odds, self.slopes(x, age, &gone).map(|slope| -slope))
    }

    /// The log-likelihood with its derivatives by r, α, s and β.
    pub(super) fn curve_of(&self, customers: &Customers) -> Curve<4> {
        let &Self { r, alpha, s, beta } = self;
        let mut curve = Curve::ZERO;
        for class in customers.classes() {
            let (x, w) = (class.frequency, class.weight);
            curve.value += w * ln_gamma_ratio(r, x);
            curve.gradient[0] += w * digamma_rise(r, x);
            curve.hessian[0][0] -= w * trigamma_fall(r, x);
        }
        for group in customers.ages() {
            let (age, w, purchases) = (group.age, group.weight, group.purchases);
            let (part_alpha, part_beta) = (age / alpha, age / beta);
            let (until_alpha, until_beta) = (alpha + age, beta + age);
            curve.value -= w * (r * ln_1p(part_alpha) + s * ln_1p(part_beta));
            curve.value -= purchases * ln(until_alpha);
            curve.gradient[0] -= w * ln_1p(part_alpha);
            curve.gradient[1] += (r * w * part_alpha - purchases) / until_alpha;
            curve.gradient[2] -= w * ln_1p(part_beta);
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
        let small = exp(-gone.log_odds.abs());
        curve.value += w * (gone.log_odds.max(0.0) + ln_1p(small));
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
