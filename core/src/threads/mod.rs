//! Threads: one conversation about one subject.

pub mod decide;
pub mod model;
pub mod notify;
pub(crate) mod reading;

pub use decide::{Move, TRANSITIONS, ThreadChange};
pub use model::{
    Counters, Participant, Priority, PublicStatus, PublicThread, ReadState, Receipt, Thread,
    ThreadStatus,
};
pub use notify::Recipient;
