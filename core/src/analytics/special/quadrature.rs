//! Quadrature of smooth positive functions.

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
                sum = sum * (peak - value).exp() + 1.0;
                peak = value;
            } else {
                sum += (value - peak).exp();
                if value - peak < NEGLIGIBLE && value <= before {
                    break;
                }
            }
            before = value;
        }
    }
    peak + sum.ln() + h.ln()
}
