//! Calendar periods: the units of a summary, and the zones whose days count.

mod unit;
mod zone;

pub use unit::Unit;
pub(crate) use zone::{Local, Offsets};
pub use zone::{LocalTimes, Zone};
