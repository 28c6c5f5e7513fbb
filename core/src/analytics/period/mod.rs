//! Calendar periods: units, the zones whose days count, and periods in a row.

mod offsets;
mod periods;
mod unit;

pub use periods::{Period, Periods, days_since};
pub use unit::Unit;

pub use crate::zone::Zone;
pub use offsets::LocalTimes;
pub(crate) use offsets::{Local, Offsets};
