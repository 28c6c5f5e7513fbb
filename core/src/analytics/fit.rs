//! What a maximum likelihood fit says, and whether it may be believed.

use serde::{Deserialize, Serialize};

use super::special::{exp, ln, normal_quantile};
use crate::error::{Error, Result};

/// Why the data do not determine the parameters of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotIdentified {
    /// No customer came back, so that nothing is known about coming back.
    NoRepeatPurchases,
    /// Fewer customers than parameters have something to say.
    TooFewCustomers,
    /// The likelihood keeps rising towards zero or infinity of this parameter.
    AtBoundary {
        /// Its index, in the order of the fields.
        parameter: usize,
    },
    /// The likelihood does not fall in some direction: another combination of parameters is as good.
    FlatLikelihood,
    /// The standard error of this parameter's logarithm is above 5.
    WideInterval {
        /// Its index, in the order of the fields.
        parameter: usize,
    },
    /// The search stopped where the gradient is not zero.
    NotConverged,
}

/// Whether the data determine the parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identification {
    /// The parameters are the maximum of the likelihood, and their errors are finite.
    Identified,
    /// Predictions of the data's own range may be used; the parameters say nothing by themselves.
    NotIdentified(NotIdentified),
}

/// A model fitted by maximum likelihood.
///
/// A fit never fails for what the numbers are: data that do not determine the parameters give a fit
/// with finite parameters whose [`identification`](Self::identification) says why, and no errors. Such data are
/// searched from the limits of the model, too, and the best of all searches is the fit; of many customers this is done with
/// a sample, from whose best point all of them go on.
///
/// As JSON it is the saved model: a few hundred bytes, without the data, and read back with the same
/// bits.
///
/// ```
/// use goodwill::analytics::{BgNbd, Customers, Fit};
///
/// let customers = Customers::from_columns(&[2, 1, 0], &[30.43, 1.71, 0.0], &[38.86; 3])?;
/// let fit = BgNbd::fit(&customers);
/// let saved = serde_json::to_string(&fit)?;
/// let loaded: Fit<BgNbd> = serde_json::from_str(&saved)?;
/// assert!(loaded == fit && saved.len() < 2048);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fit<P> {
    /// The fitted model.
    pub model: P,
    /// The covariances of the logarithms of the parameters, in the order of the fields: the inverse of the
    /// observed information. Coefficients of covariates are taken as they are, without a logarithm. None if
    /// the parameters are not identified.
    pub log_covariance: Option<Vec<Vec<f64>>>,
    /// The natural logarithm of the likelihood of all customers, not a mean.
    pub log_likelihood: f64,
    /// Customers, weights counted.
    pub customers: f64,
    /// The number of parameters.
    pub parameters: usize,
    /// Whether the data determine the parameters.
    pub identification: Identification,
    /// Evaluations of the likelihood of all customers.
    pub evaluations: u32,
}

impl<P> Fit<P> {
    /// The same fit with its model written in another way.
    pub(crate) fn with_model<Q>(self, model: impl FnOnce(P) -> Q) -> Fit<Q> {
        Fit {
            model: model(self.model),
            log_covariance: self.log_covariance,
            log_likelihood: self.log_likelihood,
            customers: self.customers,
            parameters: self.parameters,
            identification: self.identification,
            evaluations: self.evaluations,
        }
    }

    /// Akaike's information criterion, 2 k − 2 ln L (Akaike 1974); smaller is better.
    #[must_use]
    pub fn aic(&self) -> f64 {
        2.0 * (self.parameters as f64 - self.log_likelihood)
    }

    /// The Bayesian information criterion, k ln n − 2 ln L with n customers (Schwarz 1978).
    #[must_use]
    pub fn bic(&self) -> f64 {
        self.parameters as f64 * ln(self.customers) - 2.0 * self.log_likelihood
    }

    /// Whether the data determine the parameters.
    #[must_use]
    pub fn is_identified(&self) -> bool {
        self.identification == Identification::Identified
    }

    /// The standard errors of the logarithms of the parameters, in the order of the fields; none if the
    /// parameters are not identified.
    #[must_use]
    pub fn log_standard_errors(&self) -> Option<Vec<f64>> {
        let rows = self.log_covariance.as_ref()?.iter().enumerate();
        Some(rows.filter_map(|(index, row)| row.get(index)).map(|value| value.sqrt()).collect())
    }

    /// The factor by which a parameter is multiplied and divided for an interval of this confidence, in the
    /// order of the fields: e to the power of the standard error times the normal quantile. An interval
    /// made so never contains 0. None if the parameters are not identified.
    ///
    /// # Errors
    /// `input.invalid`, when the confidence is not between 0 and 1.
    pub fn interval_factors(&self, confidence: f64) -> Result<Option<Vec<f64>>> {
        let z = two_sided(confidence)?;
        let factor = |errors: Vec<f64>| errors.into_iter().map(|error| exp(z * error)).collect();
        Ok(self.log_standard_errors().map(factor))
    }
}

/// The normal quantile for an interval of this confidence: 1.96 for 0.95.
pub(crate) fn two_sided(confidence: f64) -> Result<f64> {
    if confidence > 0.0 && confidence < 1.0 {
        return Ok(normal_quantile(0.5 + 0.5 * confidence));
    }
    Err(Error::invalid("confidence", "a number between 0 and 1, such as 0.95"))
}
