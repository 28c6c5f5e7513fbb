//! Tenants: the outermost wall, and the policies that hold inside it.

pub(crate) mod decide;
pub mod model;

pub use model::{ClosedThread, InboundPolicy, Limits, Policies, Tenant, Titles};
