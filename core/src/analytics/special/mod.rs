//! Special functions that the models need, checked against references of 50 digits.
//!
//! The references are made by `special.py` and `counts.py` in `core/tests/analytics/data`; the greatest relative error
//! over them is below 10⁻¹⁰ for every function here.

mod counts;
mod elementary;
mod gamma;
mod hypergeometric;
mod long_counts;
mod normal;
mod quadrature;

pub use counts::negative_binomial_tail;
pub(crate) use counts::{Count, WithSlopes};
pub(crate) use elementary::{
    exp, exp_in_lanes, exp_m1, exp_m1_of_moderate, exp2, ln, ln_1p, ln_1p_of_finite, ln_of_normal,
};
pub use gamma::{
    digamma, digamma_rise, ln_beta, ln_gamma, ln_gamma_ratio, trigamma, trigamma_fall,
};
pub use hypergeometric::ln_hypergeometric;
pub use normal::{chi_squared_tail, normal_quantile};
pub(crate) use quadrature::{NODES, gauss_legendre, nodes};

#[cfg(test)]
mod tests {
    use super::*;

    const REFERENCES: &str = include_str!("../../../tests/analytics/data/special.csv");

    #[test]
    fn functions_agree_with_fifty_digits() {
        let mut worst = std::collections::BTreeMap::<&str, (f64, &str)>::new();
        let mut count = 0;
        for line in REFERENCES.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let number = |index: usize| cells[index].parse::<f64>().unwrap_or(f64::NAN);
            let (a, b, c, z, expected) = (number(1), number(2), number(3), number(4), number(5));
            let actual = match cells[0] {
                "ln_gamma" => ln_gamma(a),
                "digamma" => digamma(a),
                "trigamma" => trigamma(a),
                "digamma_rise" => digamma_rise(a, b),
                "trigamma_fall" => trigamma_fall(a, b),
                "ln_beta" => ln_beta(a, b),
                "ln_gamma_ratio" => ln_gamma_ratio(a, b),
                "ln_hypergeometric" => ln_hypergeometric(a, b, c, z),
                "beta_geometric_count" => {
                    Count { r: a, a: b, b: c, odds: z / (1.0 - z), every: 1, phase: 0 }.expected()
                }
                "negative_binomial_tail" => negative_binomial_tail(a as u64, b, z),
                other => panic!("{other} is not known"),
            };
            // Relative; where the value is next to nothing, absolute against 1e-300.
            let error = (actual - expected).abs() / expected.abs().max(1e-300);
            assert!(error <= 1e-10, "{line}: {actual:e}, relative error {error:e}");
            let entry = worst.entry(cells[0]).or_insert((0.0, line));
            if error >= entry.0 {
                *entry = (error, line);
            }
            count += 1;
        }
        for (name, (error, line)) in worst {
            println!("{name}: {error:.1e} at {line}");
        }
        assert!(count > 500, "only {count} references");
    }

    const COUNTS: &str = include_str!("../../../tests/analytics/data/counts.csv");

    /// After so many events that there are integrals in place of sums, and after few.
    #[test]
    fn counts_agree_with_sums_over_roots_of_unity() {
        let mut worst = [0.0_f64; 2];
        for line in COUNTS.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let number = |index: usize| cells[index].parse::<f64>().unwrap();
            let [every, phase] = [5, 6].map(|index| cells[index].parse().unwrap());
            let (r, a, b, odds) = (number(1), number(2), number(3), number(4));
            let count = Count { r, a, b, odds, every, phase };
            let (place, actual) = match cells[0] {
                "expected" => (0, count.expected()),
                _ => (1, count.stays()),
            };
            let error = (actual / number(7) - 1.0).abs();
            assert!(error <= 1e-10, "{line}: {actual:e}, relative error {error:e}");
            worst[place] = worst[place].max(error);
        }
        println!("expected: {:.1e}, stays: {:.1e}", worst[0], worst[1]);
        assert!(worst[0] > 0.0 && worst[1] > 0.0);
    }
}
