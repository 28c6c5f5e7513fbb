//! What is done with the rows that are no plain purchases, and how many there were.

use serde::{Deserialize, Serialize};

use crate::analytics::period::LocalTimes;

/// What is done with rows whose amount is below zero. They are no purchases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refunds {
    /// A refund is taken from the purchase that it is part of (of the same order or period), and what is
    /// left of it from the purchases before, the latest first.
    #[default]
    Net,
    /// They are left out.
    Drop,
    /// They are an error.
    Reject,
}

/// What is done with the part of a refund that is more than the customer bought before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExcessRefunds {
    /// It is left out: no spend is below zero.
    #[default]
    Drop,
    /// It is an error.
    Reject,
}

/// What is done with rows whose amount is zero, and with purchases that were refunded in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ZeroAmounts {
    /// They are purchases.
    #[default]
    Purchase,
    /// They are left out.
    Drop,
    /// Rows are an error; purchases that were refunded in full are left out.
    Reject,
}

/// What is done with a row that equals another in customer, instant, amount and order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duplicates {
    /// It counts like any other: two equal things can be bought.
    #[default]
    Keep,
    /// It is left out.
    Drop,
    /// It is an error.
    Reject,
}

/// What is done with a row that stands after a later one of the same customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unsorted {
    /// Rows are sorted.
    #[default]
    Sort,
    /// It is an error.
    Reject,
}

/// What is done with a row that has a null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nulls {
    /// It is left out.
    Drop,
    /// It is an error.
    #[default]
    Reject,
}

/// What is done with rows after the reference instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterReference {
    /// They are left out.
    #[default]
    Drop,
    /// They are an error.
    Reject,
}

/// How a transaction log is read. Every row that a policy touches is counted in the [`Report`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Policies {
    /// Amounts below zero.
    pub refunds: Refunds,
    /// Refunds of more than was bought.
    pub excess_refunds: ExcessRefunds,
    /// Amounts of zero.
    pub zero_amounts: ZeroAmounts,
    /// Equal rows.
    pub duplicates: Duplicates,
    /// Rows that are not in the order of time.
    pub unsorted: Unsorted,
    /// Rows with a null.
    pub nulls: Nulls,
    /// Rows after the reference instant.
    pub after_reference: AfterReference,
    /// Local times that the clocks showed twice or never.
    pub local_times: LocalTimes,
}

/// How many rows of a log met which policy. A row may meet several; one that is left out by the first of
/// nulls, `after_reference` and the amount is not counted further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Rows of the log.
    pub rows: u64,
    /// Rows with a null, left out.
    pub nulls: u64,
    /// Rows after the reference instant, left out.
    pub after_reference: u64,
    /// Rows with a local time that the clocks showed twice.
    pub ambiguous_times: u64,
    /// Rows with a local time that the clocks never showed.
    pub skipped_times: u64,
    /// Rows with an amount below zero.
    pub refunds: u64,
    /// Refunds of which a part was more than the customer had bought.
    pub excess_refunds: u64,
    /// Rows with an amount of zero.
    pub zero_amounts: u64,
    /// Purchases that refunds took to zero.
    pub refunded_in_full: u64,
    /// Rows that equal an earlier one.
    pub duplicates: u64,
    /// Rows that stand after a later row of the same customer.
    pub unsorted: u64,
    /// Rows that were merged into a purchase that another row had begun.
    pub merged: u64,
    /// Customers of whom no purchase is left, and who are not in the result.
    pub customers_without_purchase: u64,
    /// Customers whose first purchase is after the end of calibration, and who are not in the result.
    pub customers_after_calibration: u64,
}

impl Report {
    /// Adds the counts of another part of the log.
    pub(crate) fn add(&mut self, other: &Self) {
        self.rows += other.rows;
        self.nulls += other.nulls;
        self.after_reference += other.after_reference;
        self.ambiguous_times += other.ambiguous_times;
        self.skipped_times += other.skipped_times;
        self.refunds += other.refunds;
        self.excess_refunds += other.excess_refunds;
        self.zero_amounts += other.zero_amounts;
        self.refunded_in_full += other.refunded_in_full;
        self.duplicates += other.duplicates;
        self.unsorted += other.unsorted;
        self.merged += other.merged;
        self.customers_without_purchase += other.customers_without_purchase;
        self.customers_after_calibration += other.customers_after_calibration;
    }
}
