//! Quadrature of smooth positive functions.

use super::elementary::{exp, ln};

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

/// ln ∫ exp(ln_f(v)) dv over the line by the trapezoidal rule with the step `h`, outwards from `start`
/// until both tails are negligible. For functions that are analytic in a strip around the line the
/// rule converges exponentially (Trefethen and Weideman, SIAM Review 56, 2014).
pub(super) fn ln_trapezoid(start: f64, h: f64, ln_f: impl Fn(f64) -> f64) -> f64 {
    const NEGLIGIBLE: f64 = -46.0;
    const MOST_STEPS: u32 = 10_000_000;
    let mut peak = ln_f(start);
    let mut sum = 1.0;
    for direction in [1.0, -1.0] {
        let mut before = f64::NEG_INFINITY;
        for step in 1..MOST_STEPS {
            let value = ln_f(start + direction * h * f64::from(step));
            if value > peak {
                sum = sum * exp(peak - value) + 1.0;
                peak = value;
            } else {
                sum += exp(value - peak);
                if value - peak < NEGLIGIBLE && value <= before {
                    break;
                }
            }
            before = value;
        }
    }
    peak + ln(sum) + ln(h)
}
