//! Customer analytics: pure functions over columns, without storage, clock or randomness.
//!
//! [`BgNbd`], [`MbgNbd`], [`ParetoNbd`], [`Cnbd`] and [`BgBb`] say how often customers will buy and whether they
//! have left, [`WithCovariates`] also from who they are, and [`GammaGamma`] how much they spend;
//! [`Summary`] makes their columns of a transaction log. A [`Fit`] makes predictions with intervals, and
//! [`drivers_of_alive`] says why. [`NetPromoterScore`] and [`TopBox`] are for surveys.

mod beta_geometric;
mod bg_bb;
mod bg_nbd;
mod cnbd;
mod covariates;
mod customers;
mod distinct;
mod drivers;
mod estimates;
mod fit;
mod gamma_gamma;
mod horizon;
mod likelihood_ratio;
mod mbg_nbd;
mod model;
mod optimize;
mod parallel;
mod pareto_nbd;
mod satisfaction;
mod search;
pub mod special;
mod summary;

pub use bg_bb::{BgBb, Opportunities};
pub use bg_nbd::BgNbd;
pub use cnbd::{Cnbd, Regularity};
pub use covariates::{Covariate, CustomersWithCovariates, WithCovariates};
pub use customers::Customers;
pub use drivers::{Drivers, Typical, drivers_of_alive};
pub use estimates::Estimates;
pub use fit::{Fit, Identification, NotIdentified};
pub use gamma_gamma::{GammaGamma, Spenders};
pub use horizon::{Horizon, Payment};
pub use likelihood_ratio::LikelihoodRatio;
pub use mbg_nbd::MbgNbd;
pub use model::{Estimable, PurchaseModel};
pub use pareto_nbd::ParetoNbd;
pub use satisfaction::{NetPromoterScore, TopBox};
pub use summary::{Merge, Refunds, Report, Summary, SummaryPolicies, ZeroAmounts};
