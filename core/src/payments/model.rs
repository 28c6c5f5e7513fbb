//! The data of payments.

use serde::{Deserialize, Serialize};

use crate::directory::SubjectKind;
use crate::ids::{PartyId, PaymentId, StorefrontId, SubjectId, TenantId};
use crate::money::Money;
use crate::spelling::spelled;
use crate::time::Timestamp;

spelled! {
    /// In which direction money went.
    pub enum PaymentKind as "payment_kind" {
        /// From the customer.
        Payment = "payment";
        /// Back to the customer.
        Refund = "refund";
        /// Back to the customer, by the customer's bank.
        Chargeback = "chargeback";
    }
}

/// Money that went from a customer or back, as the host's books have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "StoredPayment"))]
#[serde(rename_all = "camelCase")]
pub struct Payment {
    /// The id.
    pub id: PaymentId,
    /// The tenant.
    pub tenant: TenantId,
    /// Whose it is.
    pub customer: PartyId,
    /// The job or order that it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectId>,
    /// What kind of subject that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_kind: Option<SubjectKind>,
    /// The storefront: the subject's, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<StorefrontId>,
    /// How much, above zero whatever the direction.
    pub amount: Money,
    /// In which direction.
    pub kind: PaymentKind,
    /// How it was paid, canonical spelling: `cash`, `card`, `transfer`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// When.
    pub paid_at: Timestamp,
    /// When the record was made.
    pub created_at: Timestamp,
    /// Counts the changes of the record, from 1.
    pub version: u64,
}

impl Payment {
    /// The amount in minor units, below zero when it went back.
    #[must_use]
    pub fn signed_minor(&self) -> i64 {
        match self.kind {
            PaymentKind::Payment => self.amount.minor(),
            PaymentKind::Refund | PaymentKind::Chargeback => -self.amount.minor(),
        }
    }
}
