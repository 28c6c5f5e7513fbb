//! How far ahead purchases count, and what waiting for them costs.

use serde::{Deserialize, Serialize};

use super::special::{exp, exp_m1, ln_1p};
use crate::error::{Error, Result};

/// When in a period its purchases are paid, for discounting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payment {
    /// At the end of the period: the first period is discounted once.
    #[default]
    End,
    /// In the middle: the first period is discounted for half a period.
    Middle,
    /// At the start: the first period is not discounted.
    Start,
}

/// The purchases that count, and their discount.
///
/// ```
/// use goodwill::analytics::Horizon;
///
/// // Twelve months of 365.25 / 12 days in a model whose unit is the week, at 10 % a year.
/// let month = 365.25 / 12.0 / 7.0;
/// let year = Horizon::new(12, month, Horizon::rate_of_part(0.10, 1.0 / 12.0))?;
/// assert!((year.length().unwrap() - 365.25 / 7.0).abs() < 1e-12);
/// // And for ever, at 10 % a year.
/// let ever = Horizon::endless(Horizon::rate_of_part(0.10, 7.0 / 365.25))?;
/// assert_eq!(ever.length(), None);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Horizon {
    /// Equal periods, each with its own discount factor.
    Periods {
        /// How many periods.
        periods: u32,
        /// The length of a period in the unit of the model's times.
        period: f64,
        /// The effective discount rate of one period: 0.01 is 1 %.
        rate: f64,
        /// When the purchases of a period are paid.
        payment: Payment,
    },
    /// Without end, each purchase discounted from its own moment.
    Endless {
        /// The effective discount rate of one unit of the model's times. A purchase after the time t counts
        /// (1 + rate)^−t, which is e^−δt with the continuous rate δ = ln(1 + rate).
        rate: f64,
    },
}

impl Horizon {
    /// Periods that are paid at their ends.
    ///
    /// # Errors
    /// `input.invalid`, when the number of periods is 0, their length is not above 0, or the rate is
    /// not above −1; all have to be finite.
    pub fn new(periods: u32, period: f64, rate: f64) -> Result<Self> {
        let horizon = Self::Periods { periods, period, rate, payment: Payment::End };
        horizon.check().map(|()| horizon)
    }

    /// All purchases that will ever be made.
    ///
    /// # Errors
    /// `input.invalid`, when the rate is not finite and above 0.
    pub fn endless(rate: f64) -> Result<Self> {
        let horizon = Self::Endless { rate };
        horizon.check().map(|()| horizon)
    }

    /// The same periods with another moment of payment; without periods nothing changes.
    #[must_use]
    pub fn paid(self, payment: Payment) -> Self {
        match self {
            Self::Periods { periods, period, rate, .. } => {
                Self::Periods { periods, period, rate, payment }
            }
            Self::Endless { .. } => self,
        }
    }

    /// The effective rate of a part of a period: (1 + rate)^part − 1.
    #[must_use]
    pub fn rate_of_part(rate: f64, part: f64) -> f64 {
        exp_m1(part * ln_1p(rate))
    }

    /// The whole length in the unit of the model's times; none without end.
    #[must_use]
    pub fn length(&self) -> Option<f64> {
        match self {
            Self::Periods { periods, period, .. } => Some(f64::from(*periods) * period),
            Self::Endless { .. } => None,
        }
    }

    pub(crate) fn check(&self) -> Result<()> {
        match *self {
            Self::Periods { periods: 0, .. } => Err(Error::invalid("periods", "a number from 1")),
            Self::Periods { period, .. } if !period.is_finite() || period <= 0.0 => {
                Err(Error::invalid("period", "a finite length above 0"))
            }
            Self::Periods { rate, .. } if !rate.is_finite() || rate <= -1.0 => {
                Err(Error::invalid("rate", "a finite number above -1"))
            }
            Self::Endless { rate } if !rate.is_finite() || rate <= 0.0 => {
                Err(Error::invalid("rate", "a finite number above 0"))
            }
            _ => Ok(()),
        }
    }

    /// The discounted increases of numbers that grow with the time as `expected` says.
    pub(crate) fn discounted<const N: usize>(
        &self,
        expected: impl Fn(f64) -> [f64; N],
    ) -> [f64; N] {
        match *self {
            Self::Periods { periods, period, rate, payment } => {
                let shift = match payment {
                    Payment::End => 0.0,
                    Payment::Middle => 0.5,
                    Payment::Start => 1.0,
                };
                let (mut before, mut sums) = ([0.0; N], [0.0; N]);
                for index in 1..=periods {
                    let until = expected(f64::from(index) * period);
                    let factor = exp(-(f64::from(index) - shift) * ln_1p(rate));
                    for (sum, (until, before)) in sums.iter_mut().zip(until.iter().zip(before)) {
                        *sum += (until - before) * factor;
                    }
                    before = until;
                }
                sums
            }
            Self::Endless { rate } => endless(ln_1p(rate), expected),
        }
    }
}

/// ∫ e^−δt dE(t) = ∫ e^−u E(u / δ) du over u > 0, by the trapezoidal rule over ln u: the integrand is analytic
/// for |Im ln u| < π / 2, so that the error of the step is below 10⁻¹³.
fn endless<const N: usize>(delta: f64, expected: impl Fn(f64) -> [f64; N]) -> [f64; N] {
    const STEP: f64 = 0.3;
    const MOST: u32 = 2000;
    let mut sums = [0.0; N];
    for index in 0..MOST {
        let u = exp(3.9 - STEP * f64::from(index));
        let values = expected(u / delta);
        let weight = STEP * u * exp(-u);
        sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += weight * value);
        let last = values.first().map_or(0.0, |value| weight * value);
        if u < 1.0 && last <= 1e-17 * sums.first().copied().unwrap_or_default() {
            break;
        }
    }
    sums
}
