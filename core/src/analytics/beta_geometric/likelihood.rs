//! The likelihood of the beta-geometric models with its first and second derivatives.
//!
//! What depends on x alone is computed once for each distinct x, and what depends on T alone once for each
//! distinct T; two logarithms and an exponential remain for each kind of customer, several kinds at a time.

#![expect(clippy::indexing_slicing, reason = "indices run over the lanes")]

use super::Kernel;
use crate::analytics::customers::{Age, Class, Customers, Group};
use crate::analytics::lanes::{LANES, Lanes, in_lanes, lanes};
use crate::analytics::model::Row;
use crate::analytics::parallel;
use crate::analytics::search::Curve;
use crate::analytics::special::{
    digamma_rise, exp_in_lanes, ln, ln_1p, ln_1p_of_finite, ln_gamma_ratio, ln_of_normal,
    trigamma_fall,
};

/// S = Σ over j < k of (R)ⱼ / j! · yʲ with R = r + k x and y = (T − t_x) / (α + T): the silence holds fewer than
/// k events. Its logarithm with derivatives by r and α.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Silence {
    pub(super) ln: f64,
    by_r: f64,
    by_alpha: f64,
    by_r_r: f64,
    by_r_alpha: f64,
    by_alpha_alpha: f64,
}

/// What depends on x only, beside the sum over customers.
#[derive(Debug, Clone, Copy, Default)]
struct Leaving {
    /// 1 with n chances to leave, 0 where there was no chance.
    chance: f64,
    /// ln a − ln(b + n − 1).
    ln_odds: f64,
    /// 1 / (b + n − 1).
    inverse: f64,
}

/// Sums over customers of products: `gone` is the probability to have left times the weight, `both` its derivative
/// by the log-odds; r and α stand for the slopes of the log-odds by them, and b for that by −b.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    value: Lanes,
    gone: Lanes,
    gone_r: Lanes,
    gone_alpha: Lanes,
    gone_b: Lanes,
    both: Lanes,
    both_r: Lanes,
    both_alpha: Lanes,
    both_b: Lanes,
    r_r: Lanes,
    r_alpha: Lanes,
    alpha_alpha: Lanes,
    b_r: Lanes,
    b_alpha: Lanes,
    b_b: Lanes,
}

impl Kernel {
    /// r + k x.
    pub(super) fn shape(&self, x: f64) -> f64 {
        self.r + f64::from(self.every) * x
    }

    pub(super) fn silence(&self, x: f64, recency: f64, age: f64) -> Silence {
        if self.every == 1 {
            return Silence::default();
        }
        let (shape, until) = (self.shape(x), self.alpha + age);
        let y = (age - recency) / until;
        let (mut term, mut sum) = (1.0, 1.0);
        let (mut by_shape, mut by_shape_2) = (0.0, 0.0);
        let (mut r1, mut a1, mut rr, mut ra, mut aa) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for j in 1..self.every {
            let j = f64::from(j);
            let factor = if shape < 1e-3 { shape + (j - 1.0) } else { shape + j - 1.0 };
            term *= factor / j * y;
            by_shape += 1.0 / factor;
            by_shape_2 += 1.0 / (factor * factor);
            let by_alpha = -j / until;
            sum += term;
            r1 += term * by_shape;
            a1 += term * by_alpha;
            rr += term * (by_shape * by_shape - by_shape_2);
            ra += term * by_shape * by_alpha;
            aa += term * j * (j + 1.0) / (until * until);
        }
        let (by_r, by_alpha) = (r1 / sum, a1 / sum);
        Silence {
            ln: ln(sum),
            by_r,
            by_alpha,
            by_r_r: rr / sum - by_r * by_r,
            by_r_alpha: ra / sum - by_r * by_alpha,
            by_alpha_alpha: aa / sum - by_alpha * by_alpha,
        }
    }

    fn leaving(&self, x: f64) -> Leaving {
        let n = x + self.before;
        if n <= 0.0 {
            return Leaving::default();
        }
        let rest = self.stays(n);
        Leaving { chance: 1.0, ln_odds: ln(self.a) - ln(rest), inverse: 1.0 / rest }
    }

    /// b + n − 1.
    #[inline(always)]
    fn stays(&self, n: f64) -> f64 {
        // Next to 0 b would lose its digits to 1.
        if self.b < 1e-3 { self.b + (n - 1.0) } else { self.b + n - 1.0 }
    }

    /// The log-odds that customers have not left, with the bits of [`log_odds_gone`](Self::log_odds_gone); none where
    /// numbers are at the ends of the doubles, or silences hold events.
    pub(crate) fn log_odds_in_lanes(&self, customers: &[Row; LANES]) -> Option<Lanes> {
        let odds = self.log_odds_of_grown(customers, &self.grown(customers));
        (self.has_lanes() && !odds.iter().any(|odds| odds.is_nan())).then_some(odds)
    }

    /// The same with the derivatives by r, α, a and b.
    pub(crate) fn log_odds_with_slopes_in_lanes(
        &self,
        customers: &[Row; LANES],
    ) -> Option<(Lanes, [Lanes; 4])> {
        let grown = self.grown(customers);
        let odds = self.log_odds_of_grown(customers, &grown);
        if !self.has_lanes() || odds.iter().any(|odds| odds.is_nan()) {
            return None;
        }
        let by_alpha = lanes(|i| {
            let (x, recency, age) = customers[i];
            let (until, since_last) = (self.alpha + age, self.alpha + recency);
            self.shape(f64::from(x)) * (age - recency) / (until * since_last)
        });
        let by_b = lanes(|i| {
            let chances = f64::from(customers[i].0) + self.before;
            if chances > 0.0 { 1.0 / self.stays(chances) } else { 0.0 }
        });
        Some((odds, [lanes(|i| -grown[i]), by_alpha, [-1.0 / self.a; LANES], by_b]))
    }

    fn has_lanes(&self) -> bool {
        self.every == 1 && self.b >= f64::MIN_POSITIVE
    }

    /// NaN where numbers are at the ends of the doubles.
    #[inline(always)]
    fn log_odds_of_grown(&self, customers: &[Row; LANES], grown: &Lanes) -> Lanes {
        let ln_a = ln(self.a);
        let chances: Lanes = lanes(|i| f64::from(customers[i].0) + self.before);
        let stays: Lanes = lanes(|i| ln_of_normal(self.stays(chances[i])));
        let gone: Lanes =
            lanes(|i| (ln_a - stays[i]) + self.shape(f64::from(customers[i].0)) * grown[i]);
        lanes(|i| if chances[i] > 0.0 { -gone[i] } else { gone[i] * 0.0 + f64::INFINITY })
    }

    /// ln((α + T) / (α + t_x)); NaN where it is infinite.
    #[inline(always)]
    fn grown(&self, customers: &[Row; LANES]) -> Lanes {
        let since: Lanes = lanes(|i| {
            let (_, recency, age) = customers[i];
            (age - recency) / (self.alpha + recency)
        });
        lanes(|i| ln_1p_of_finite(since[i]))
    }

    /// The log-odds that a customer has left; none when there was no chance to.
    pub(crate) fn log_odds_gone(&self, x: f64, recency: f64, age: f64) -> Option<f64> {
        let leaving = self.leaving(x);
        let since = ln_1p((age - recency) / (self.alpha + recency));
        let silence = self.silence(x, recency, age).ln;
        (leaving.chance > 0.0).then(|| leaving.ln_odds + self.shape(x) * since - silence)
    }

    /// The derivatives of [`log_odds_gone`](Self::log_odds_gone) by r, α, a and b.
    pub(crate) fn log_odds_slopes(&self, x: f64, recency: f64, age: f64) -> [f64; 4] {
        let (until, since_last) = (self.alpha + age, self.alpha + recency);
        let silence = self.silence(x, recency, age);
        [
            ln_1p((age - recency) / since_last) - silence.by_r,
            -self.shape(x) * (age - recency) / (until * since_last) - silence.by_alpha,
            1.0 / self.a,
            -self.leaving(x).inverse,
        ]
    }

    /// The log-likelihood with its derivatives by r, α, a and b.
    pub(crate) fn curve(&self, customers: &Customers) -> Curve<4> {
        let mut curve = Curve::ZERO;
        customers.classes().iter().for_each(|class| self.add_class(class, &mut curve));
        customers.ages().iter().for_each(|age| self.add_age(age, &mut curve));
        let leaving: Vec<Leaving> =
            customers.classes().iter().map(|class| self.leaving(class.frequency)).collect();
        let part = |_, groups: &[Group]| {
            let mut sums = Sums::default();
            let mut curve = Curve::ZERO;
            for all in in_lanes(groups, Group::NOBODY) {
                let leaving =
                    all.map(|group| leaving.get(group.class).copied().unwrap_or_default());
                if self.every == 1 {
                    self.add_groups(&all, &leaving, &[Silence::default(); LANES], &mut sums);
                } else {
                    let silence = all.map(|group| self.add_silence(&group, &mut curve));
                    self.add_groups(&all, &leaving, &silence, &mut sums);
                }
            }
            curve.add(&self.total(&sums));
            curve
        };
        for part in parallel::chunks(customers.all(), part) {
            curve.add(&part);
        }
        curve
    }

    /// Γ(r + k x) / Γ(r) · (b)ₙ / (a + b)ₙ.
    fn add_class(&self, class: &Class, curve: &mut Curve<4>) {
        let &Self { r, a, b, .. } = self;
        let &Class { frequency: x, weight: w } = class;
        let (events, n) = (f64::from(self.every) * x, x + self.before);
        let ln = ln_gamma_ratio(r, events) + ln_gamma_ratio(b, n) - ln_gamma_ratio(a + b, n);
        curve.value += w * ln;
        let first = -digamma_rise(a + b, n);
        let second = trigamma_fall(a + b, n);
        let [by_r, _, by_a, by_b] = &mut curve.gradient;
        *by_r += w * (digamma_rise(r, events));
        *by_a += w * first;
        *by_b += w * (digamma_rise(b, n) + first);
        let [[r_r, ..], _, [_, _, a_a, _], [_, _, a_b, b_b]] = &mut curve.hessian;
        *r_r -= w * trigamma_fall(r, events);
        *a_a += w * second;
        *a_b += w * second;
        *b_b += w * (second - trigamma_fall(b, n));
    }

    /// α^r / (α + T)^(r + k x).
    fn add_age(&self, group: &Age, curve: &mut Curve<4>) {
        let &Self { r, alpha, .. } = self;
        let &Age { age, weight: w, purchases } = group;
        let (until, events) = (alpha + age, f64::from(self.every) * purchases);
        let grown = ln_1p(age / alpha);
        curve.value -= r * w * grown + events * ln(until);
        let [by_r, by_alpha, ..] = &mut curve.gradient;
        *by_r -= w * grown;
        // r / α − (r + k x) / (α + T)
        *by_alpha += (r * w * age / alpha - events) / until;
        let [_, [r_alpha, alpha_alpha, ..], ..] = &mut curve.hessian;
        *r_alpha += w * age / alpha / until;
        // −r / α² + (r + k x) / (α + T)²
        let square = until * until;
        *alpha_alpha += (events - r * w * (age / alpha) * (2.0 + age / alpha)) / square;
    }

    /// S, which everybody has.
    fn add_silence(&self, group: &Group, curve: &mut Curve<4>) -> Silence {
        let &Group { frequency: x, recency, age, weight: w, .. } = group;
        let silence = self.silence(x, recency, age);
        curve.value += w * silence.ln;
        curve.gradient[0] += w * silence.by_r;
        curve.gradient[1] += w * silence.by_alpha;
        curve.hessian[0][0] += w * silence.by_r_r;
        curve.hessian[1][0] += w * silence.by_r_alpha;
        curve.hessian[1][1] += w * silence.by_alpha_alpha;
        silence
    }

    /// 1 + a / (b + n − 1) · ((α + T) / (α + t_x))^(r + k x) / S.
    ///
    /// Always inlined, so that without silences their terms fall away.
    #[inline(always)]
    fn add_groups(
        &self,
        groups: &[Group; LANES],
        leaving: &[Leaving; LANES],
        silence: &[Silence; LANES],
        sums: &mut Sums,
    ) {
        let weight: Lanes = lanes(|i| groups[i].weight * leaving[i].chance);
        let shape: Lanes = lanes(|i| self.shape(groups[i].frequency));
        let gap: Lanes = lanes(|i| groups[i].age - groups[i].recency);
        let since: Lanes = lanes(|i| self.alpha + groups[i].recency);
        let until: Lanes = lanes(|i| self.alpha + groups[i].age);
        let grown: Lanes = lanes(|i| ln_1p_of_finite(gap[i] / since[i]));
        let odds: Lanes = lanes(|i| leaving[i].ln_odds + shape[i] * grown[i] - silence[i].ln);
        let small: Lanes = lanes(|i| exp_in_lanes(-odds[i].abs()));
        let rest: Lanes = lanes(|i| ln_1p_of_finite(small[i]));
        let share: Lanes = lanes(|i| 1.0 / (1.0 + small[i]));
        let product: Lanes = lanes(|i| 1.0 / (until[i] * since[i]));
        for i in 0..LANES {
            let w = weight[i];
            let gone = w * share[i] * if odds[i] > 0.0 { 1.0 } else { small[i] };
            let both = w * small[i] * share[i] * share[i];
            let (gap, shape, silence) = (gap[i] * product[i], shape[i], &silence[i]);
            let (by_r, by_alpha) = (grown[i] - silence.by_r, -shape * gap - silence.by_alpha);
            let by_b = leaving[i].inverse;
            let bent = shape * gap * (until[i] + since[i]) * product[i] - silence.by_alpha_alpha;
            sums.value[i] += w * (odds[i].max(0.0) + rest[i]);
            sums.gone[i] += gone;
            sums.gone_r[i] += gone * by_r;
            sums.gone_alpha[i] += gone * by_alpha;
            sums.gone_b[i] += gone * by_b;
            sums.both[i] += both;
            sums.both_r[i] += both * by_r;
            sums.both_alpha[i] += both * by_alpha;
            sums.both_b[i] += both * by_b;
            sums.r_r[i] += both * by_r * by_r - gone * silence.by_r_r;
            sums.r_alpha[i] += both * by_r * by_alpha - gone * (gap + silence.by_r_alpha);
            sums.alpha_alpha[i] += both * by_alpha * by_alpha + gone * bent;
            sums.b_r[i] += both * by_b * by_r;
            sums.b_alpha[i] += both * by_b * by_alpha;
            sums.b_b[i] += (both + gone) * by_b * by_b;
        }
    }

    /// The derivatives of the sums by r, α, a and b. That of the log-odds by a is 1 / a for everybody.
    fn total(&self, sums: &Sums) -> Curve<4> {
        let of = |lanes: &Lanes| lanes.iter().sum::<f64>();
        let by_a = 1.0 / self.a;
        let (gone, both) = (of(&sums.gone), of(&sums.both));
        Curve {
            value: of(&sums.value),
            gradient: [of(&sums.gone_r), of(&sums.gone_alpha), gone * by_a, -of(&sums.gone_b)],
            hessian: [
                [of(&sums.r_r), 0.0, 0.0, 0.0],
                [of(&sums.r_alpha), of(&sums.alpha_alpha), 0.0, 0.0],
                [
                    of(&sums.both_r) * by_a,
                    of(&sums.both_alpha) * by_a,
                    (both - gone) * by_a * by_a,
                    0.0,
                ],
                [-of(&sums.b_r), -of(&sums.b_alpha), -of(&sums.both_b) * by_a, of(&sums.b_b)],
            ],
        }
    }
}
