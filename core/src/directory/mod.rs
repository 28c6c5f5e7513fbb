//! The directory: storefronts, parties and the things that are talked about.
//!
//! The records mirror the host's. They are what access rules look at (who owns an order, who
//! fulfils it, who operates its storefront) and what threads hang on.

pub mod contact;
pub mod decide;
pub mod model;

pub use contact::{ContactKind, ContactPoint, PutContact, match_key};
pub use decide::{PutParty, PutStorefront, PutSubject};
pub use model::{Party, PartyKind, PartyState, Storefront, Subject, SubjectKind};
