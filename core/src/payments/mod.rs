//! What customers paid and got back: the facts that value is computed from.

pub(crate) mod decide;
mod model;

pub use decide::PutPayment;
pub use model::{Payment, PaymentKind};
