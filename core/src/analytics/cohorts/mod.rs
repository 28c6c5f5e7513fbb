//! Cohorts: customers who began in the same period, and what became of them.

mod births;
mod retention;
mod revenue;

pub use births::CohortClock;
pub use retention::{CohortRow, Retention, RetentionCell, RetentionTable};
pub use revenue::{RevenueCell, RevenueCohort, RevenueCohorts, RevenueRetention};
