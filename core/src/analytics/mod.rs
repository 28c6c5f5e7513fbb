//! Customer analytics: pure functions over columns, without storage, clock or randomness.
//!
//! [`Transactions`] is a log in columns. [`Summary`] makes frequency, recency, age and mean spend of it, with
//! a holdout; [`Rfm`] scores and segments. [`BgNbd`], [`MbgNbd`] and [`ParetoNbd`] say how often customers will
//! buy and whether they have left, [`GammaGamma`] how much they spend; [`PredictionQuality`],
//! [`calibration_table`], [`FrequencyTable`] and [`BrierScore`] how true that was. [`NetPromoterScore`] and
//! [`TopBox`] are for surveys.

mod beta_geometric;
mod bg_nbd;
mod customers;
mod distinct;
mod drivers;
mod estimates;
mod fit;
mod gamma_gamma;
mod holdout;
mod horizon;
mod likelihood_ratio;
mod log;
mod mbg_nbd;
mod model;
mod optimize;
mod parallel;
mod pareto_nbd;
mod period;
mod rfm;
mod satisfaction;
mod search;
pub mod special;
mod summary;

pub use bg_nbd::BgNbd;
pub use customers::Customers;
pub use drivers::{Drivers, Typical, drivers_of_alive};
pub use estimates::Estimates;
pub use fit::{Fit, Identification, NotIdentified};
pub use gamma_gamma::{GammaGamma, Spenders};
pub use holdout::{
    BrierScore, CalibrationBin, FrequencyRow, FrequencyTable, PredictionQuality, calibration_table,
};
pub use horizon::{Horizon, Payment};
pub use likelihood_ratio::LikelihoodRatio;
pub use log::{
    AfterReference, Amounts, Column, CustomerCodes, Duplicates, ExcessRefunds, Nulls, Policies,
    Refunds, Report, Times, Transactions, Unsorted, ZeroAmounts,
};
pub use mbg_nbd::MbgNbd;
pub use model::{Estimable, PurchaseModel};
pub use pareto_nbd::ParetoNbd;
pub use period::{LocalTimes, Unit, Zone};
pub use rfm::{
    Bin, Explanation, FrequencyBy, MonetaryBy, Part, Rfm, RfmOptions, Scoring, Segment, SegmentMap,
    Segments,
};
pub use satisfaction::{NetPromoterScore, TopBox};
pub use summary::{ExpectedTracking, Holdout, Measure, SpendOf, Summary, SummaryOptions, Tracking};
