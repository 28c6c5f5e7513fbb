//! Calendar periods: units, the zones whose days count, and periods in a row.

mod periods;
mod unit;
mod zone;

pub use periods::{Period, Periods, days_since};
pub use unit::Unit;
pub(crate) use zone::{Local, Offsets};
pub use zone::{LocalTimes, Zone};
