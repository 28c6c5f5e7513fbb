//! What comes in and what goes out.

use serde::{Deserialize, Serialize};

use crate::ids::{Ref, kind};
use crate::money::Money;
pub use crate::payments::PaymentKind;
use crate::spelling::spelled;
use crate::time::Timestamp;

spelled! {
    /// How somebody paid.
    pub enum PaymentMethod as "payment_method" {
        /// Notes and coins.
        Cash = "cash";
        /// A credit or debit card.
        Card = "card";
        /// From account to account.
        Transfer = "transfer" | "bank_transfer";
        /// A cheque.
        Cheque = "cheque" | "check";
        /// A wallet on a telephone or on the web.
        Wallet = "wallet";
        /// Anything else.
        Other = "other";
    }
}

/// A payment, or money that went back. The amount is never below zero: the kind says which way it
/// goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Payment {
    /// The host's id. What stands twice under one id counts once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// How much.
    pub amount: Money,
    /// When.
    pub paid_at: Timestamp,
    /// How.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<PaymentMethod>,
    /// Which way; from the customer by default.
    #[serde(default = "PaymentKind::default_for_payments")]
    pub kind: PaymentKind,
    /// Who paid; the customer of the facts by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Ref<kind::Party>>,
    /// The job that it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<Ref<kind::Subject>>,
}

spelled! {
    /// What an expense was for.
    pub enum ExpenseCategory as "expense_category" {
        /// Spare parts and material.
        Parts = "parts" | "material";
        /// Hours of work.
        Labour = "labour" | "labor";
        /// Journeys.
        Travel = "travel";
        /// Work of others.
        Subcontract = "subcontract";
        /// Tools and machines.
        Equipment = "equipment";
        /// Fees.
        Fees = "fees";
        /// Anything else.
        Other = "other";
    }
}

/// What a customer or a job has cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Expense {
    /// The host's id. What stands twice under one id counts once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// How much; not below zero.
    pub amount: Money,
    /// When.
    pub incurred_at: Timestamp,
    /// What for.
    pub category: ExpenseCategory,
    /// Whom it was for; the customer of the facts by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Ref<kind::Party>>,
    /// The job that it was for. It is a job of the same customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<Ref<kind::Subject>>,
}
