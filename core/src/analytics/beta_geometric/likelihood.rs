//! The likelihood of the beta-geometric models with its first and second derivatives.
//!
//! What depends on x alone is computed once for each distinct x, and what depends on T alone once for each
//! distinct T; three logarithms and an exponential remain for each kind of customer.

use super::Kernel;
use crate::analytics::customers::{Age, Class, Customers, Group};
use crate::analytics::parallel;
use crate::analytics::search::Curve;
use crate::analytics::special::{digamma, ln_gamma_ratio, trigamma};

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
struct Leaving {
    /// ln a − ln(b + n − 1) with n chances to leave; none where there was no chance.
    ln_odds: Option<f64>,
    /// 1 / (b + n − 1).
    inverse: f64,
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
            let factor = shape + j - 1.0;
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
            ln: sum.ln(),
            by_r,
            by_alpha,
            by_r_r: rr / sum - by_r * by_r,
            by_r_alpha: ra / sum - by_r * by_alpha,
            by_alpha_alpha: aa / sum - by_alpha * by_alpha,
        }
    }

    fn leaving(&self, x: f64) -> Leaving {
        let n = x + self.before;
        let rest = self.b + n - 1.0;
        Leaving { ln_odds: (n > 0.0).then(|| self.a.ln() - rest.ln()), inverse: 1.0 / rest }
    }

    /// The log-odds that a customer has left; none when there was no chance to.
    pub(crate) fn log_odds_gone(&self, x: f64, recency: f64, age: f64) -> Option<f64> {
        let since = ((age - recency) / (self.alpha + recency)).ln_1p();
        let silence = self.silence(x, recency, age).ln;
        self.leaving(x).ln_odds.map(|odds| odds + self.shape(x) * since - silence)
    }

    /// The derivatives of [`log_odds_gone`](Self::log_odds_gone) by r, α, a and b.
    pub(crate) fn log_odds_slopes(&self, x: f64, recency: f64, age: f64) -> [f64; 4] {
        let (until, since_last) = (self.alpha + age, self.alpha + recency);
        let silence = self.silence(x, recency, age);
        [
            ((age - recency) / since_last).ln_1p() - silence.by_r,
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
            let mut curve = Curve::ZERO;
            for group in groups {
                let leaving = leaving.get(group.class);
                self.add_group(group, leaving, &mut curve);
            }
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
        let first = digamma(a + b) - digamma(a + b + n);
        let second = trigamma(a + b) - trigamma(a + b + n);
        let [by_r, _, by_a, by_b] = &mut curve.gradient;
        *by_r += w * (digamma(r + events) - digamma(r));
        *by_a += w * first;
        *by_b += w * (digamma(b + n) - digamma(b) + first);
        let [[r_r, ..], _, [_, _, a_a, _], [_, _, a_b, b_b]] = &mut curve.hessian;
        *r_r += w * (trigamma(r + events) - trigamma(r));
        *a_a += w * second;
        *a_b += w * second;
        *b_b += w * (trigamma(b + n) - trigamma(b) + second);
    }

    /// α^r / (α + T)^(r + k x).
    fn add_age(&self, group: &Age, curve: &mut Curve<4>) {
        let &Self { r, alpha, .. } = self;
        let &Age { age, weight: w, purchases } = group;
        let (until, events) = (alpha + age, f64::from(self.every) * purchases);
        let grown = (age / alpha).ln_1p();
        curve.value -= r * w * grown + events * until.ln();
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

    /// S + a / (b + n − 1) · ((α + T) / (α + t_x))^(r + k x).
    #[inline]
    fn add_group(&self, group: &Group, leaving: Option<&Leaving>, curve: &mut Curve<4>) {
        let &Group { frequency: x, recency, age, weight: w, .. } = group;
        let silence = self.silence(x, recency, age);
        if self.every > 1 {
            curve.value += w * silence.ln;
            curve.gradient[0] += w * silence.by_r;
            curve.gradient[1] += w * silence.by_alpha;
            curve.hessian[0][0] += w * silence.by_r_r;
            curve.hessian[1][0] += w * silence.by_r_alpha;
            curve.hessian[1][1] += w * silence.by_alpha_alpha;
        }
        let Some(Leaving { ln_odds: Some(ln_odds), inverse }) = leaving else { return };
        let (shape, gap) = (self.shape(x), age - recency);
        let (until, since) = (self.alpha + age, self.alpha + recency);
        let grown = (gap / since).ln_1p();
        let odds = ln_odds + shape * grown - silence.ln;
        let small = (-odds.abs()).exp();
        curve.value += w * (odds.max(0.0) + small.ln_1p());
        let (gone, both) = (
            if odds > 0.0 { 1.0 } else { small } / (1.0 + small),
            small / ((1.0 + small) * (1.0 + small)),
        );
        let product = 1.0 / (until * since);
        let slopes = [
            grown - silence.by_r,
            -shape * gap * product - silence.by_alpha,
            1.0 / self.a,
            -inverse,
        ];
        let (gone, both) = (w * gone, w * both);
        let Curve { gradient, hessian, .. } = curve;
        for ((slope, gradient), (i, row)) in
            slopes.iter().zip(gradient).zip(hessian.iter_mut().enumerate())
        {
            *gradient += gone * slope;
            slopes
                .iter()
                .zip(row)
                .take(i + 1)
                .for_each(|(other, cell)| *cell += both * slope * other);
        }
        hessian[0][0] -= gone * silence.by_r_r;
        hessian[1][0] -= gone * (gap * product + silence.by_r_alpha);
        hessian[1][1] +=
            gone * (shape * gap * (until + since) * product * product - silence.by_alpha_alpha);
        hessian[2][2] -= gone * slopes[2] * slopes[2];
        hessian[3][3] += gone * inverse * inverse;
    }
}
