//! Prompts that render to the same bytes everywhere, and answers that come back typed.
//!
//! - [`template`] reads Handlebars templates and says everything that is wrong with them at once.
//! - [`answers`] declares what models answer, and reads it.
//! - [`library`] has the seven prompts of the customer view, and six more.
//! - [`render`] prints them over JSON, as Handlebars.js does without HTML escaping.
//! - [`trust`] keeps what customers wrote from passing for instructions.
//!
//! Nothing here asks for the time, for randomness or for the network.

pub mod answers;
pub mod library;
pub mod render;
pub mod template;
pub mod trust;
