//! Follow-ups: what the business does after a service, or wants to do, to hear how it went.
//!
//! A follow-up that is scheduled is pending. Where the host sends a message about it, the message is
//! planned, sent or fails, and the customer answers or does not; where somebody calls instead, it is
//! completed at once. What somebody did without a plan is logged as completed. [`TRANSITIONS`] is the
//! whole state machine.

pub(crate) mod decide;
mod model;

pub use decide::{LogFollowup, ScheduleFollowup, UpdateFollowup};
pub use model::{Followup, FollowupResult, FollowupState, TRANSITIONS};
