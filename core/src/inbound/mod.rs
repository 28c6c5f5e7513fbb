//! Messages from outside channels: mail, WhatsApp, SMS and whatever else a host's webhook receives.
//!
//! [`Session::ingest`](crate::Session::ingest) takes a message as the host's webhook
//! has it, and finds the conversation that it belongs to:
//!
//! 1. A delivery that was taken before (same channel, account and provider's id) is a duplicate.
//! 2. What no person wrote is kept apart: see [`mod@automatic`].
//! 3. The sender is the party that has the address. Nobody, or more than one: triage.
//! 4. The conversation is that of the order or job whose number the host gave, or that stands in the
//!    subject line (of channels without one: in the text); else the one that the message answers, by
//!    the provider's id or by a token in the recipient's address; else that of the sender's only open
//!    order or job.
//! 5. The sender must be allowed to write there: who knows a number gets nowhere by it.
//!
//! What does not come through waits in triage, as it arrived, until somebody of the staff assigns or
//! dismisses it. Nothing is guessed, and nothing is dropped.
//!
//! A mail's text is cut to what its author wrote ([`mod@reply`]); the whole text stays with the message,
//! for the business.

pub mod automatic;
pub(crate) mod decide;
pub mod html;
pub mod model;
mod number;
pub mod reply;
mod resolve;

pub use automatic::{Automatic, automatic};
pub use html::text_of_html;
pub use model::{
    Arrival, ArrivalKey, Candidate, InboundMessage, IngestOutcome, Ingested, TriageItem,
    TriageReason, TriageState,
};
pub use reply::reply_of;
pub(crate) use resolve::{lookup, own_keys};
