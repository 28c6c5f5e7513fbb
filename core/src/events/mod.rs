//! Events: what happened, in order, for those who want to react.

pub mod model;

pub use model::{Event, EventDraft, EventKind, Stream, StreamKind};
