//! Whether the further parameters of a model say something.

use serde::{Deserialize, Serialize};

use super::fit::Fit;
use super::special::chi_squared_tail;
use crate::error::{Error, Result};

/// A likelihood-ratio test of nested models (Wilks 1938).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LikelihoodRatio {
    /// Twice the difference of the log-likelihoods, from 0.
    pub statistic: f64,
    /// The further parameters.
    pub degrees: u32,
    /// The probability of such a statistic, or a larger one, if they said nothing.
    pub p_value: f64,
}

impl<P> Fit<P> {
    /// Tests this fit against one whose model is this one with some parameters fixed, both fitted to the same
    /// customers: with covariates against without them.
    ///
    /// Whether the models are nested only the caller knows. A restricted fit with a higher likelihood gives the
    /// statistic 0; where it is higher by more than rounding, the fits are not nested and it is an
    /// error.
    ///
    /// # Errors
    /// `input.invalid` for `restricted`: not fewer parameters, other customers, or a likelihood that is higher by
    /// more than 10⁻⁶ of itself.
    pub fn likelihood_ratio<Q>(&self, restricted: &Fit<Q>) -> Result<LikelihoodRatio> {
        let refuse = |accepted: &str| Err(Error::invalid("restricted", accepted));
        if restricted.parameters >= self.parameters {
            return refuse("a fit with fewer parameters");
        }
        if (restricted.customers - self.customers).abs() > 1e-9 * self.customers {
            return refuse("a fit of the same customers");
        }
        let gained = self.log_likelihood - restricted.log_likelihood;
        if gained < -1e-6 * self.log_likelihood.abs().max(1.0) {
            return refuse("a fit of the same model with some parameters fixed");
        }
        let statistic = 2.0 * gained.max(0.0);
        let degrees = (self.parameters - restricted.parameters) as u32;
        Ok(LikelihoodRatio { statistic, degrees, p_value: chi_squared_tail(statistic, degrees) })
    }
}
