//! Threads: one conversation about one subject.

pub mod model;

pub use model::{Participant, Priority, ReadState, Receipt, Thread, ThreadStatus};
