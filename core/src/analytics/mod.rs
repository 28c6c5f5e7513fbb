//! Customer analytics: pure functions over columns, without storage, clock or randomness.
//!
//! - [`Transactions`] is a log in columns. [`Summary`] makes frequency, recency, age and mean spend of it, with
//!   a holdout; [`Rfm`] scores and segments.
//! - [`BgNbd`], [`MbgNbd`], [`ParetoNbd`], [`Cnbd`] and [`BgBb`] say how often customers will buy and whether they
//!   have left, [`WithCovariates`] also from who they are, and [`GammaGamma`] how much they spend. A [`Fit`]
//!   makes predictions with intervals, and [`drivers_of_alive`] says why.
//! - [`PredictionQuality`], [`calibration_table`], [`FrequencyTable`] and [`BrierScore`] say how true that was.
//! - [`Trend`] is for surveys, [`RetentionTable`] and [`Funnel`] for behaviour, [`HealthModel`], [`ChurnModel`],
//!   [`EngagementModel`] and [`VipRules`] for single customers, [`ResponseTimes`], [`ReadRate`] and
//!   [`SlaRules`] for messages.

mod beta_geometric;
mod bg_bb;
mod bg_nbd;
mod breakdown;
mod churn;
mod cnbd;
mod cohorts;
mod columns;
mod covariates;
mod customer_totals;
mod customers;
mod distinct;
mod drivers;
mod engagement;
mod estimates;
mod fit;
mod funnel;
mod gamma_gamma;
mod health;
mod holdout;
mod horizon;
mod inference;
mod lanes;
mod likelihood_ratio;
mod log;
mod mbg_nbd;
mod model;
mod optimize;
mod parallel;
mod pareto_nbd;
mod period;
mod points;
mod quantiles;
mod read_rate;
mod response_times;
mod rfm;
mod satisfaction;
mod search;
mod sla;
pub mod special;
mod summary;
mod vip;

pub use bg_bb::{BgBb, Opportunities};
pub use bg_nbd::BgNbd;
pub use breakdown::{Grouped, by_group};
pub use churn::{
    ChurnBand, ChurnBands, ChurnContribution, ChurnDriver, ChurnImportance, ChurnModel, ChurnRisk,
    log_odds_of_leaving,
};
pub use cnbd::{Cnbd, Regularity};
pub use cohorts::{
    CohortClock, CohortRow, Retention, RetentionCell, RetentionTable, RevenueCell, RevenueCohort,
    RevenueCohorts, RevenueRetention,
};
pub use covariates::{Covariate, CustomersWithCovariates, WithCovariates};
pub use customer_totals::CustomerTotals;
pub use customers::Customers;
pub use drivers::{Drivers, Typical, drivers_of_alive};
pub use engagement::{Engagement, EngagementModel, EngagementPart};
pub use estimates::Estimates;
pub use fit::{Fit, Identification, NotIdentified};
pub use funnel::{Funnel, FunnelResult, FunnelStep};
pub use gamma_gamma::{GammaGamma, Spenders};
pub use health::{
    Health, HealthBands, HealthColour, HealthContribution, HealthDirection, HealthGroup,
    HealthModel, HealthOverride, HealthPart, HealthScale, HealthStep, HealthTrend,
};
pub use holdout::{
    BrierScore, CalibrationBin, FrequencyRow, FrequencyTable, PredictionQuality, calibration_table,
};
pub use horizon::{Horizon, Payment};
pub use likelihood_ratio::LikelihoodRatio;
pub(crate) use log::numbering;
pub use log::{
    AfterReference, Amounts, Column, CustomerCodes, Duplicates, ExcessRefunds, Nulls, Policies,
    Refunds, Report, TimeUnit, Times, Transactions, Unsorted, ZeroAmounts,
};
pub use mbg_nbd::MbgNbd;
pub use model::{Estimable, PurchaseModel};
pub use pareto_nbd::ParetoNbd;
pub use period::{LocalTimes, Period, Periods, Unit, Zone, days_since};
pub use points::Points;
pub use quantiles::{Distribution, Percentile, Percentiles, QuantileType};
pub use read_rate::ReadRate;
pub use response_times::ResponseTimes;
pub use rfm::{
    Bin, Explanation, FrequencyBy, MonetaryBy, Part, Rfm, RfmOptions, Scoring, Segment, SegmentMap,
    Segments,
};
pub use satisfaction::{
    Change, ChangeTest, MeanScore, NetPromoterScore, Sentiment, SurveyMeasure, SurveyScore, TopBox,
    Trend, TrendPoint,
};
pub use sla::{SlaCompliance, SlaRules, SlaState};
pub use summary::{ExpectedTracking, Holdout, Measure, SpendOf, Summary, SummaryOptions, Tracking};
pub use vip::{
    ManualVip, Vip, VipCondition, VipConditionResult, VipFacts, VipMeasure, VipReason, VipRule,
    VipRuleResult, VipRules,
};
