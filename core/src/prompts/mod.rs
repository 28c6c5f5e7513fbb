//! Prompts that render to the same bytes everywhere, and answers that come back typed.
//!
//! - [`template`] reads Handlebars templates and says everything that is wrong with them at once.
//! - [`answers`] declares what models answer, and reads it.
//! - [`library`] has the seven prompts of the customer view, and six more.
//! - [`render`] prints them over JSON, as Handlebars.js does without HTML escaping.
//! - [`files`] reads prompts with their heads, in sets with versions, and renders them to messages.
//! - [`input`] makes structs inputs, checked against their templates when they are compiled.
//! - [`formatting`] has the helpers for dates, amounts and words.
//! - [`messages`] has roles, which only the template can give.
//! - [`personal`] keeps names, addresses and numbers of people from models, and puts them back.
//! - [`budget`] leaves out the oldest items of lists until a prompt fits.
//! - [`preview`] shows a prompt while it is written, with the origin of every character.
//! - [`calendar`] has seasons and anniversaries.
//! - [`context`] makes the inputs of prompts out of what is known about a customer.
//! - [`trust`] keeps what customers wrote from passing for instructions.
//!
//! Nothing here asks for the time, for randomness or for the network.

pub mod answers;
pub mod budget;
pub mod calendar;
pub(crate) mod canonical;
mod checks;
pub mod context;
pub mod files;
pub mod formatting;
pub mod input;
pub mod library;
pub mod messages;
pub mod personal;
mod places;
pub mod preview;
pub mod render;
pub mod template;
pub mod trust;
