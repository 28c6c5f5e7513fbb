//! What is expected after so many events that a sum over them would be long: integrals over the probability p to
//! leave, and over it an exact form of how many purchases the events make.

#![expect(clippy::indexing_slicing, reason = "places are those of events of one purchase")]

use super::counts::Count;
use super::elementary::{exp, exp_m1, ln, ln_1p};
use super::quadrature::{NEGLIGIBLE, ln_beta_mean};

impl Count {
    /// E[(1 − q^M) / p] with q = 1 − p, and M purchases of who does not leave.
    pub(super) fn expected_by_integral(&self) -> f64 {
        let stay = Stay::of(self);
        self.over_beta(|ln_p, ln_q| ln(stay.left(ln_q)) - ln_p)
    }

    /// E[q^M].
    pub(super) fn stays_by_integral(&self) -> f64 {
        let stay = Stay::of(self);
        self.over_beta(|_, ln_q| stay.ln_stayed(ln_q)).min(1.0)
    }

    /// The mean of a function of ln p and ln q.
    fn over_beta(&self, ln_f: impl Fn(f64, f64) -> f64) -> f64 {
        let &Self { r, a, b, odds, .. } = self;
        // Further out only p^a and q^b change.
        let first = NEGLIGIBLE - ln_1p(b) - ln_1p(r) - ln_1p(odds);
        let last = ln_1p(a) - NEGLIGIBLE;
        exp(ln_beta_mean((a, b), (first, last), ln_f))
    }
}

/// E[q^M] for N negative binomial events, of which M = ⌊(N + phase) / k⌋ purchases are made.
///
/// If events were parts of purchases it would be E[w^(N + phase)], w = q^(1 / k), which is
/// w^phase (1 + y (1 − w))^−r. What a purchase lacks is E[w^(N + phase) g(m)] on top of it, where m is the part of
/// k events that have come, and g(m) = w^−m − 1. Far from the first events all m are alike, and g has its mean.
struct Stay {
    r: f64,
    odds: f64,
    every: usize,
    phase: usize,
    /// P(N = 0).
    none: f64,
    /// P(N = n) for n ≥ 1 at n + phase, tapered to 0; empty where the first events are too rare to matter.
    first: Vec<f64>,
}

/// Purchases whose events are added up one by one.
const FIRST: usize = 40;
/// Times that the end of the first events is smoothed over the events of a purchase. Each time takes all waves of
/// k events, and makes their rest smaller by about the change of a probability over k events.
const SMOOTHED: usize = 8;

impl Stay {
    fn of(count: &Count) -> Self {
        let &Count { r, a, odds, every, phase, .. } = count;
        let (k, every, phase) = (f64::from(every), every as usize, phase as usize);
        // |1 + y (1 − wζ)| is at least these for every ζ ≠ 1 with ζ^k = 1 and every w ≤ 1.
        let wave = ln(odds * (4.0 / k).min(0.8)).max(ln_1p(odds * (13.5 / (k * k)).min(2.0)));
        let none = exp(-r * ln_1p(odds));
        let mut first = vec![];
        // About (r odds)^−a stay.
        if every > 1 && r * wave < a * (ln_1p(r) + ln_1p(odds)) - NEGLIGIBLE {
            let share = odds / (1.0 + odds);
            first = vec![0.0; (FIRST + SMOOTHED) * every];
            let (mut mass, mut n) = (none, 0.0);
            for (place, taper) in first.iter_mut().zip(taper(every)).skip(phase + 1) {
                mass *= (r + n) / (n + 1.0) * share;
                n += 1.0;
                *place = mass * taper;
            }
        }
        Self { r, odds, every, phase, none, first }
    }

    /// ln E[w^(N + phase)] where ln w is −`step`.
    fn ln_smooth(&self, step: f64) -> f64 {
        -(self.phase as f64) * step - self.r * ln_1p(self.odds * -exp_m1(-step))
    }

    /// 1 − E[q^M].
    fn left(&self, ln_q: f64) -> f64 {
        let step = -ln_q / self.every as f64;
        (-exp_m1(self.ln_smooth(step)) - self.lacking(step)).max(0.0)
    }

    /// ln E[q^M].
    fn ln_stayed(&self, ln_q: f64) -> f64 {
        let step = -ln_q / self.every as f64;
        let ln_smooth = self.ln_smooth(step);
        // It has to say where it is larger, even next to 0.
        let seen = self.every > 1 && ln_smooth > -600.0;
        if seen { ln(exp(ln_smooth) + self.lacking(step)) } else { ln_smooth }
    }

    /// E[q^M] − E[w^(N + phase)].
    fn lacking(&self, step: f64) -> f64 {
        if self.every == 1 {
            return 0.0;
        }
        let k = self.every as f64;
        // 1 − w^m
        let parts: Vec<f64> = (0..self.every).map(|m| -exp_m1(-step * m as f64)).collect();
        let (mut direct, mut smooth, mut q) = (0.0, 0.0, 1.0);
        let next = exp(-step * k);
        for masses in self.first.chunks(self.every) {
            let (mut lacking, mut all) = (0.0, 0.0);
            for (mass, part) in masses.iter().zip(&parts) {
                lacking += mass * part;
                all += mass * (1.0 - part);
            }
            direct += q * lacking;
            smooth += q * all;
            q *= next;
        }
        let own = self.none * parts[self.phase];
        if step * k > 4.0 {
            // Later events hardly count.
            return if self.first.is_empty() { 0.0 } else { own + direct };
        }
        let mean = parts.iter().map(|part| part / (1.0 - part)).sum::<f64>() / k;
        let ln_smooth = self.ln_smooth(step);
        if self.first.is_empty() {
            return mean * exp(ln_smooth);
        }
        // All events but none: next to each other where r is small.
        let none = self.none * (1.0 - parts[self.phase]);
        let grown = self.r * (ln_1p(self.odds) - ln_1p(self.odds * -exp_m1(-step)));
        let some = if grown < 1.0 { none * exp_m1(grown) } else { exp(ln_smooth) - none };
        own + direct + mean * (some - smooth)
    }
}

/// 1 for the first events, and then down to 0.
fn taper(every: usize) -> Vec<f64> {
    let mut taper = vec![0.0; (FIRST + SMOOTHED) * every];
    taper[..FIRST * every].fill(1.0);
    for _ in 0..SMOOTHED {
        let before = taper.clone();
        let mut window = every as f64;
        for n in 0..taper.len() {
            // The mean of the last k.
            let left = if n < every { 1.0 } else { before[n - every] };
            window += before[n] - left;
            taper[n] = window / every as f64;
        }
    }
    taper
}
