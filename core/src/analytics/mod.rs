//! Customer analytics: pure functions over columns, without storage, clock or randomness.
//!
//! [`BgNbd`], [`MbgNbd`] and [`ParetoNbd`] say how often customers will buy and whether they have left, [`GammaGamma`]
//! how much they spend; [`Summary`] makes their columns of a transaction log. [`NetPromoterScore`] and
//! [`TopBox`] are for surveys.

mod beta_geometric;
mod bg_nbd;
mod customers;
mod fit;
mod gamma_gamma;
mod mbg_nbd;
mod model;
mod optimize;
mod pareto_nbd;
mod satisfaction;
pub mod special;
mod summary;

pub use bg_nbd::BgNbd;
pub use customers::Customers;
pub use fit::{Fit, Identification, NotIdentified};
pub use gamma_gamma::{GammaGamma, Spenders};
pub use mbg_nbd::MbgNbd;
pub use model::{Horizon, Payment, PurchaseModel};
pub use pareto_nbd::ParetoNbd;
pub use satisfaction::{NetPromoterScore, TopBox};
pub use summary::{Merge, Refunds, Report, Summary, SummaryPolicies, ZeroAmounts};
