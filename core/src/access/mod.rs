//! Who may do what: rules as data.

pub mod role;

pub use role::{Role, RoleSet, Side};
