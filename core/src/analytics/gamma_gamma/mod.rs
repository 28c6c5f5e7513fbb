//! Gamma-Gamma: how much customers spend per purchase.

mod spenders;

pub use spenders::Spenders;

use serde::{Deserialize, Serialize};

use spenders::{Spender, check_spend};

use super::customers::same_length;
use super::fit::{Fit, NotIdentified};
use super::lanes::{LANES, Lanes, in_lanes, lanes};
use super::model::check_parameters;
use super::parallel;
use super::search::{Begin, Curve, Starts, maximise};
use super::special::{
    digamma_rise, exp, ln, ln_1p_of_finite, ln_gamma, ln_gamma_ratio, trigamma, trigamma_fall,
};
use crate::error::{Error, Result};

/// The gamma-gamma model of spend of Fader and Hardie, *The Gamma-Gamma Model of Monetary Value* (note 025,
/// 2013), after Colombo and Jiang (1999).
///
/// A purchase is gamma distributed with shape p around a customer's own mean; the rate of that is gamma
/// distributed with shape q and rate v among customers. It assumes that spend does not depend on how often
/// somebody buys.
///
/// ```
/// use goodwill::analytics::GammaGamma;
///
/// let model = GammaGamma::new(6.2494, 3.7443, 15.444)?;
/// let spend = model.expected_spend(&[2, 0], &[22.35, 0.0])?;
/// assert!((spend[0] - 24.66).abs() < 0.01);
/// // Without repeat purchases it is the mean of all.
/// assert_eq!(Some(spend[1]), model.mean_spend());
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GammaGamma {
    /// The shape of the spend of one customer.
    pub p: f64,
    /// The shape of the distribution of its rate among customers.
    pub q: f64,
    /// The rate of that, in the unit of the spend.
    pub v: f64,
}

impl GammaGamma {
    /// A model with these parameters.
    ///
    /// # Errors
    /// `input.invalid` names a parameter that is not finite and above 0.
    pub fn new(p: f64, q: f64, v: f64) -> Result<Self> {
        let model = Self { p, q, v };
        model.check().map(|()| model)
    }

    fn check(&self) -> Result<()> {
        check_parameters(&[("p", self.p), ("q", self.q), ("v", self.v)])
    }

    /// Maximum likelihood on the logarithms of the parameters.
    #[must_use]
    pub fn fit(spenders: &Spenders) -> Fit<Self> {
        Self::search(spenders, None)
    }

    /// [`fit`](Self::fit) from the parameters of a similar fit, such as last month's: one search instead
    /// of several.
    #[must_use]
    pub fn fit_from(spenders: &Spenders, start: &Self) -> Fit<Self> {
        Self::search(spenders, Some([start.p, start.q, start.v]))
    }

    fn search(spenders: &Spenders, start: Option<[f64; 3]>) -> Fit<Self> {
        let total = spenders.len();
        let sum = spenders.spend();
        let mean = if sum > 0.0 { sum / total } else { 1.0 };
        let center = [0.0, 0.0, ln(mean)];
        // With the mean p v / (q − 1) of the data.
        let point = |(p, q): (f64, f64)| vec![ln(p), ln(q), ln(mean * (q - 1.0) / p)];
        let usual = [(6.0, 4.0), (1.0, 2.0), (30.0, 10.0)].map(point).to_vec();
        let starts = Starts { usual, ..Starts::default() };
        let parameters = |at: &[f64]| {
            let mut parameters = [0.0; 3];
            parameters.iter_mut().zip(at).for_each(|(parameter, at)| *parameter = exp(*at));
            parameters
        };
        let model = |at: &[f64]| {
            let [p, q, v] = parameters(at);
            Self { p, q, v }
        };
        let surface = |spenders: &Spenders, at: &[f64]| {
            let customers = spenders.len().max(f64::MIN_POSITIVE);
            model(at).curve(spenders).by_logarithms(&parameters(at)).surface(customers)
        };
        let known = if spenders.is_empty() {
            Some(NotIdentified::NoRepeatPurchases)
        } else {
            (total < 3.0).then_some(NotIdentified::TooFewCustomers)
        };
        let warm = start.map(|start| start.map(ln));
        let begin = warm.as_ref().map_or(Begin::Spread(&starts), |start| Begin::Warm(start));
        maximise(spenders, total, surface, &center, &begin, known, model)
    }

    /// The log-likelihood (note 025, equation 1a) and its gradient by p, q and v.
    #[must_use]
    pub fn log_likelihood_with_gradient(&self, spenders: &Spenders) -> (f64, [f64; 3]) {
        let curve = self.curve(spenders);
        (curve.value, curve.gradient)
    }

    /// With second derivatives. What depends on x alone is computed once for each distinct x.
    fn curve(&self, spenders: &Spenders) -> Curve<3> {
        let &Self { p, q, v } = self;
        let mut curve = Curve::<3>::ZERO;
        let ln_gamma_q = ln_gamma(q);
        for &(x, w) in spenders.classes() {
            let shape = p * x;
            curve.value += w * (ln_gamma_ratio(shape, q) - ln_gamma_q);
            let [by_p, by_q, _] = &mut curve.gradient;
            *by_p += w * x * digamma_rise(shape, q);
            *by_q += w * digamma_rise(q, shape);
            let [[p_p, ..], [q_p, q_q, _], _] = &mut curve.hessian;
            *p_p -= w * x * x * trigamma_fall(shape, q);
            *q_p += w * x * trigamma(shape + q);
            *q_q -= w * trigamma_fall(q, shape);
        }
        let ln_v = ln(v);
        let part = |_, rows: &[Spender]| {
            let mut sums = [[0.0; LANES]; 6];
            in_lanes(rows, Spender::NOBODY).for_each(|rows| self.add_rows(&rows, ln_v, &mut sums));
            let [ln_share, ln_rest, x_all, part_all, x_all_2, part_all_2] =
                sums.map(|lanes| lanes.iter().sum::<f64>());
            let mut curve = Curve::<3>::ZERO;
            curve.value = q * ln_rest + p * ln_share;
            curve.gradient = [ln_share, ln_rest, q * part_all - p * x_all];
            // −q / v² + (p x + q) / (v + x z)²
            curve.hessian = [[0.0; 3], [0.0; 3], [-x_all, part_all, p * x_all_2 - q * part_all_2]];
            curve
        };
        parallel::chunks(spenders.all(), part).iter().for_each(|part| curve.add(part));
        curve.value -= spenders.ln_spend();
        curve
    }

    /// Adds up what the likelihood and its derivatives are made of: weighted sums of x ln(x z / (v + x z)),
    /// ln(v / (v + x z)), x / (v + x z), x z / v / (v + x z), x / (v + x z)² and y (2 + y) / (v + x z)² with
    /// y = x z / v.
    #[expect(clippy::indexing_slicing, reason = "indices run over the lanes")]
    fn add_rows(&self, rows: &[Spender; LANES], ln_v: f64, sums: &mut [Lanes; 6]) {
        let v = self.v;
        let share: Lanes = lanes(|i| rows[i].total / v);
        // The smaller of x z / v and its inverse: the logarithm of their sum with 1 has no cancellation.
        let small: Lanes = lanes(|i| share[i].min(v / rows[i].total));
        let rest: Lanes = lanes(|i| ln_1p_of_finite(small[i]));
        let [ln_share, ln_rest, x_all, part_all, x_all_2, part_all_2] = sums;
        for i in 0..LANES {
            let Spender { frequency: x, total, ln_total, weight: w } = rows[i];
            let odds = ln_total - ln_v;
            let (all, part) = (1.0 / (v + total), share[i]);
            ln_share[i] += w * x * (odds.min(0.0) - rest[i]);
            ln_rest[i] -= w * (odds.max(0.0) + rest[i]);
            x_all[i] += w * x * all;
            part_all[i] += w * part * all;
            x_all_2[i] += w * x * all * all;
            part_all_2[i] += w * part * (2.0 + part) * all * all;
        }
    }

    /// The mean spend per purchase over all customers, p v / (q − 1); none where q ≤ 1, since it is
    /// infinite there.
    #[must_use]
    pub fn mean_spend(&self) -> Option<f64> {
        (self.q > 1.0).then(|| self.p * self.v / (self.q - 1.0))
    }

    /// The expected spend per purchase of every row (note 025, equation 5); the spend of a row without
    /// repeat purchases is not looked at.
    ///
    /// # Errors
    /// `input.invalid` names the parameter, or the column and the row; `q`, where a row's expectation is
    /// infinite because p x + q ≤ 1.
    pub fn expected_spend(&self, frequency: &[u32], spend: &[f64]) -> Result<Vec<f64>> {
        self.check()?;
        same_length("spend", spend.len(), frequency.len())?;
        let rows = frequency.iter().zip(spend).enumerate();
        rows.map(|(row, (x, spend))| {
            let spend = if *x == 0 { 0.0 } else { check_spend(row, *spend).map(|()| *spend)? };
            let x = f64::from(*x);
            let degrees = self.p * x + self.q - 1.0;
            if degrees <= 0.0 {
                let accepted = "more than 1 - p x, below which the expected spend is infinite";
                return Err(Error::invalid("q", accepted).with("row", row));
            }
            Ok(self.p * (self.v + x * spend) / degrees)
        })
        .collect()
    }
}
