//! Customer analytics: pure functions over columns, without storage, clock or randomness.
//!
//! [`BgNbd`], [`MbgNbd`] and [`ParetoNbd`] say how often customers will buy and whether they have left, [`GammaGamma`]
//! how much they spend; [`Summary`] makes their columns of a transaction log. [`Trend`] is for surveys,
//! [`RetentionTable`] and [`Funnel`] for behaviour, [`HealthModel`], [`ChurnModel`], [`EngagementModel`] and
//! [`VipRules`] for single customers, [`ResponseTimes`], [`ReadRate`] and [`SlaRules`] for messages.

mod beta_geometric;
mod bg_nbd;
mod breakdown;
mod churn;
mod cohorts;
mod columns;
mod customer_totals;
mod customers;
mod engagement;
mod fit;
mod funnel;
mod gamma_gamma;
mod health;
mod inference;
mod mbg_nbd;
mod model;
mod optimize;
mod pareto_nbd;
mod periods;
mod points;
mod quantiles;
mod read_rate;
mod response_times;
mod satisfaction;
mod sla;
pub mod special;
mod summary;
mod vip;

pub use bg_nbd::BgNbd;
pub use breakdown::{Grouped, by_group};
pub use churn::{
    ChurnBand, ChurnBands, ChurnContribution, ChurnDriver, ChurnImportance, ChurnModel, ChurnRisk,
    log_odds_of_leaving,
};
pub use cohorts::{
    CohortClock, CohortRow, Retention, RetentionCell, RetentionTable, RevenueCell, RevenueCohort,
    RevenueCohorts, RevenueRetention,
};
pub use customer_totals::CustomerTotals;
pub use customers::Customers;
pub use engagement::{Engagement, EngagementModel, EngagementPart};
pub use fit::{Fit, Identification, NotIdentified};
pub use funnel::{Funnel, FunnelResult, FunnelStep};
pub use gamma_gamma::{GammaGamma, Spenders};
pub use health::{
    Health, HealthBands, HealthColour, HealthContribution, HealthDirection, HealthGroup,
    HealthModel, HealthOverride, HealthPart, HealthScale, HealthStep, HealthTrend,
};
pub use mbg_nbd::MbgNbd;
pub use model::{Horizon, Payment, PurchaseModel};
pub use pareto_nbd::ParetoNbd;
pub use periods::{CalendarUnit, Period, Periods, days_since};
pub use points::Points;
pub use quantiles::{Distribution, Percentile, Percentiles, QuantileType};
pub use read_rate::ReadRate;
pub use response_times::ResponseTimes;
pub use satisfaction::{
    Change, ChangeTest, MeanScore, NetPromoterScore, Sentiment, SurveyMeasure, SurveyScore, TopBox,
    Trend, TrendPoint,
};
pub use sla::{SlaCompliance, SlaRules, SlaState};
pub use summary::{Merge, Refunds, Report, Summary, SummaryPolicies, ZeroAmounts};
pub use vip::{
    ManualVip, Vip, VipCondition, VipConditionResult, VipFacts, VipMeasure, VipReason, VipRule,
    VipRuleResult, VipRules,
};
