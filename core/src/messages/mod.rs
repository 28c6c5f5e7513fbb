//! Messages: what was said, by whom, to whom visible.

pub mod model;

pub use model::{Channel, MessageKind, Origin, Topic, Visibility};
