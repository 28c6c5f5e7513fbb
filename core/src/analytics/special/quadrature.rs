//! Quadrature of smooth positive functions.

use super::elementary::{exp, exp_m1, ln, ln_1p};
use super::gamma::ln_beta;

/// The points of the Gauss–Legendre rule.
pub(crate) const NODES: usize = 10;

/// Nodes and weights of the rule on (−1, 1).
const GAUSS_LEGENDRE: [(f64, f64); NODES] = [
    (-0.148_874_338_981_631_22, 0.295_524_224_714_752_87),
    (0.148_874_338_981_631_22, 0.295_524_224_714_752_87),
    (-0.433_395_394_129_247_2, 0.269_266_719_309_996_35),
    (0.433_395_394_129_247_2, 0.269_266_719_309_996_35),
    (-0.679_409_568_299_024_4, 0.219_086_362_515_982_04),
    (0.679_409_568_299_024_4, 0.219_086_362_515_982_04),
    (-0.865_063_366_688_984_5, 0.149_451_349_150_580_6),
    (0.865_063_366_688_984_5, 0.149_451_349_150_580_6),
    (-0.973_906_528_517_171_7, 0.066_671_344_308_688_14),
    (0.973_906_528_517_171_7, 0.066_671_344_308_688_14),
];

/// The nodes and the weights of the rule on (from, to).
pub(crate) fn nodes(from: f64, to: f64) -> ([f64; NODES], [f64; NODES]) {
    let (middle, half) = (0.5 * (from + to), 0.5 * (to - from));
    (
        GAUSS_LEGENDRE.map(|(node, _)| middle + half * node),
        GAUSS_LEGENDRE.map(|(_, weight)| half * weight),
    )
}

/// Calls `each(node, weight)` for the points of the rule on (from, to).
pub(crate) fn gauss_legendre(from: f64, to: f64, mut each: impl FnMut(f64, f64)) {
    let (nodes, weights) = nodes(from, to);
    nodes.into_iter().zip(weights).for_each(|(node, weight)| each(node, weight));
}

/// What is below this share, as a logarithm, is not seen in a double.
pub(super) const NEGLIGIBLE: f64 = -40.0;

/// ln E[f(p, 1 − p)] for p of the beta distribution (a, b), of a function of ln p and ln (1 − p), by the trapezoidal
/// rule over v = ln(p / (1 − p)). For functions that are analytic in a strip around the line the rule converges
/// exponentially (Trefethen and Weideman, SIAM Review 56, 2014). From `first` on to the left and from `last` on to the
/// right f has to be constant.
pub(super) fn ln_beta_mean(
    (a, b): (f64, f64),
    (first, last): (f64, f64),
    ln_f: impl Fn(f64, f64) -> f64,
) -> f64 {
    let step = (0.5 * (1.0 / a + 1.0 / b).sqrt()).min(0.1);
    if step < 1e-9 {
        // All of the distribution is where its mean is.
        return ln_f(-ln_1p(b / a), -ln_1p(a / b));
    }
    let ln_value = |v: f64| {
        let (ln_p, ln_q) = (-softplus(-v), -softplus(v));
        a * ln_p + b * ln_q + ln_f(ln_p, ln_q)
    };
    // From the mean of p uphill, in strides.
    let mut start = (ln(a) - ln(b)).clamp(first, last);
    let mut stride = 64.0;
    while stride > 10.0 * step {
        for stride in [stride, -stride] {
            let to = |start: f64| (start + stride).clamp(first, last);
            while ln_value(to(start)) > ln_value(start) {
                start = to(start);
            }
        }
        stride *= 0.5;
    }
    let mut sum = LnSum::default();
    sum.add(ln_value(start));
    for (direction, end, power) in [(1.0, last, b), (-1.0, first, a)] {
        let (mut steps, mut before) = (0.0, f64::NEG_INFINITY);
        loop {
            steps += 1.0;
            let v = start + direction * step * steps;
            let value = ln_value(v);
            sum.add(value);
            if direction * (v - end) >= 0.0 {
                // The rest is a geometric series.
                let ratio = power * step;
                let rest = if ratio < 1e-16 { ln(power) + ln(step) } else { ln(exp_m1(ratio)) };
                sum.add(value - rest);
                break;
            }
            if value <= before && value < sum.peak + NEGLIGIBLE {
                break;
            }
            before = value;
        }
    }
    sum.ln() + ln(step) - ln_beta(a, b)
}

/// ln(1 + e^v) for every v.
pub(super) fn softplus(v: f64) -> f64 {
    v.max(0.0) + ln_1p(exp(-v.abs()))
}

/// The logarithm of a sum of exponentials.
struct LnSum {
    peak: f64,
    sum: f64,
}

impl Default for LnSum {
    fn default() -> Self {
        Self { peak: f64::MIN, sum: 0.0 }
    }
}

impl LnSum {
    fn add(&mut self, value: f64) {
        if value > self.peak {
            self.sum = self.sum * exp(self.peak - value) + 1.0;
            self.peak = value;
        } else {
            self.sum += exp(value - self.peak);
        }
    }

    fn ln(&self) -> f64 {
        self.peak + ln(self.sum)
    }
}
