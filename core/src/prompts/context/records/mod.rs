//! The records of a service business that prompts are built from.
//!
//! On the wire their names are camelCase, instants RFC 3339, days `YYYY-MM-DD`, ids the host's own
//! as text, and absent and `null` are the same. Enumerations are read in every spelling.

mod appliances;
mod conversations;
mod customers;
mod finance;
mod service;

pub use appliances::{Appliance, ApplianceProfile, FailurePoint, SeasonalImpact};
pub use conversations::{
    Activity, ActivityDirection, ActivityKind, Call, CallLine, ChurnDriverFact, ChurnFacts,
    KeyNumber,
};
pub use customers::{
    Customer, Feedback, FeedbackKind, TechnicianPreference, TechnicianPreferenceKind,
};
pub use finance::{Expense, ExpenseCategory, Payment, PaymentKind, PaymentMethod};
pub use service::{Job, JobStatus, ServiceRecord, ServiceRequest, Technician, TimeWindow};

use crate::ids::{Kind, Ref};

/// A reference as the host wrote it.
pub(crate) fn written<K: Kind>(reference: &Ref<K>) -> String {
    match reference {
        Ref::Id(id) => id.to_string(),
        Ref::External(one) if one.system() == crate::ids::ExternalRef::HOST => {
            one.value().to_owned()
        }
        Ref::External(one) => format!("{}:{}", one.system(), one.value()),
    }
}
