//! Who may do what: rules as data.
//!
//! A [`Policy`] holds the built-in rules (the matrix of roles and actions, and forbids that nothing
//! overrides) and a tenant's own on top. The same rules [check](Policy::check) one record,
//! [explain](Policy::explain) the answer, and become the [filter](Policy::filter) that a store
//! applies inside lists, searches and counts. [`prove()`] tries every case of the finite rule space.

pub mod action;
pub mod fact;
pub mod filter;
pub mod matrix;
pub mod policy;
pub mod prove;
pub mod role;
pub mod rule;

pub use action::Action;
pub use fact::{Fact, Facts};
pub use filter::Filter;
pub use matrix::matrix_markdown;
pub use policy::{Decision, Explanation, Lacking, Policy};
pub use prove::{Proof, Property, Violation, prove};
pub use role::{Role, RoleSet, Side};
pub use rule::{Condition, Effect, Obligation, Rule};
