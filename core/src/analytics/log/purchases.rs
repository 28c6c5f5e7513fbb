//! From the rows of one customer to purchases.

use crate::analytics::customers::cell_error;
use crate::analytics::period::{Offsets, Unit};
use crate::error::Error;

use super::{Amount, Duplicates, ExcessRefunds, OrderCode, Policies, Report, Row, ZeroAmounts};

/// Which rows are one purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    /// Each by itself.
    Row,
    /// Those of one instant.
    Instant,
    /// Those of one period.
    Period(Unit),
    /// Those of one order.
    Order,
}

/// What a customer bought at once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Purchase<A: Amount> {
    /// The period, if rows are merged by period.
    pub(crate) period: i64,
    /// The first instant.
    pub(crate) time: i64,
    /// What it came to.
    pub(crate) total: A::Total,
    /// Whether there is more than a refund.
    bought: bool,
    /// Refunds, as a positive number.
    refund: A::Total,
}

/// Makes purchases of rows. The list is used again for the next customer.
#[derive(Debug)]
pub(crate) struct Purchases<A: Amount> {
    pub(crate) list: Vec<Purchase<A>>,
}

impl<A: Amount> Default for Purchases<A> {
    fn default() -> Self {
        Self { list: Vec::new() }
    }
}

/// What is wrong with the rows of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// A row stands after a later one.
    Unsorted,
    /// Two rows are equal.
    Duplicate,
    /// A refund is more than was bought.
    Excess,
    /// A sum is infinite.
    Overflow,
}

impl Refusal {
    /// The error about a row.
    pub(crate) fn error(self, row: usize) -> Error {
        let (column, accepted) = match self {
            Self::Unsorted => ("time", "the rows of each customer in the order of time"),
            Self::Duplicate => ("customer", "no row twice, with equal time, amount and order"),
            Self::Excess => ("amount", "refunds of no more than the customer bought before"),
            Self::Overflow => ("amount", "amounts whose sum for each customer is finite"),
        };
        cell_error(column, row, accepted)
    }
}

/// Sorts the rows of a customer by instant and amount.
pub(super) fn sort_rows<A: Amount, O: OrderCode>(rows: &mut [Row<A, O>]) {
    if !rows.is_sorted_by_key(Row::rank) {
        rows.sort_unstable_by_key(Row::rank);
    }
}

impl<A: Amount> Purchases<A> {
    /// The purchases of sorted rows, in the order of time.
    pub(crate) fn collect<O: OrderCode>(
        &mut self,
        rows: &mut [Row<A, O>],
        key: Key,
        offsets: &Offsets,
        policies: &Policies,
        report: &mut Report,
    ) -> Result<(), Refusal> {
        self.list.clear();
        if key == Key::Order {
            rows.sort_unstable_by_key(|row| (row.order, row.rank()));
        }
        let mut refunds = false;
        let mut last: Option<Row<A, O>> = None;
        for row in rows.iter() {
            if last.is_some_and(|last| last.rank() == row.rank()) {
                report.duplicates += 1;
                match policies.duplicates {
                    Duplicates::Keep => {}
                    Duplicates::Drop => continue,
                    Duplicates::Reject => return Err(Refusal::Duplicate),
                }
            }
            refunds |= self.add(row, last, key, offsets, report);
            last = Some(*row);
        }
        if key == Key::Order {
            // Orders of one instant stay in the order of their codes.
            self.list.sort_by_key(|purchase| purchase.time);
        }
        if refunds {
            self.net(policies, report)?;
        }
        if policies.zero_amounts != ZeroAmounts::Purchase && A::EXISTS {
            self.list.retain(|purchase| purchase.total > A::Total::default());
        }
        Ok(())
    }

    /// Adds a row to the last purchase, or as one of its own; says whether it is a refund.
    fn add<O: OrderCode>(
        &mut self,
        row: &Row<A, O>,
        last: Option<Row<A, O>>,
        key: Key,
        offsets: &Offsets,
        report: &mut Report,
    ) -> bool {
        let (time, amount) = (row.time(), row.amount.total());
        let period = match key {
            Key::Period(unit) => unit.period(offsets.local(time)),
            _ => 0,
        };
        let zero = A::Total::default();
        let bought = amount >= zero;
        let same = |purchase: &Purchase<A>| match key {
            Key::Row => false,
            Key::Instant => purchase.time == time,
            Key::Period(_) => purchase.period == period,
            Key::Order => last.is_some_and(|last| last.order == row.order),
        };
        let (total, refund) = if bought { (amount, zero) } else { (zero, zero - amount) };
        match self.list.last_mut().filter(|purchase| same(purchase)) {
            Some(purchase) => {
                report.merged += u64::from(bought && purchase.bought);
                // A purchase begins with its first row that is no refund.
                if bought && !purchase.bought {
                    purchase.time = time;
                }
                purchase.bought |= bought;
                purchase.total += total;
                purchase.refund += refund;
            }
            None => self.list.push(Purchase { period, time, total, bought, refund }),
        }
        !bought
    }

    /// Takes refunds from their own purchase and then from those before, the latest first.
    fn net(&mut self, policies: &Policies, report: &mut Report) -> Result<(), Refusal> {
        let zero = A::Total::default();
        for end in 0..self.list.len() {
            let Some((own, before)) =
                self.list.get_mut(..=end).and_then(<[Purchase<A>]>::split_last_mut)
            else {
                break;
            };
            let mut rest = own.refund;
            if rest <= zero {
                continue;
            }
            for purchase in std::iter::once(own).chain(before.iter_mut().rev()) {
                if rest <= zero {
                    break;
                }
                if purchase.bought && purchase.total > zero {
                    let part = if rest < purchase.total { rest } else { purchase.total };
                    purchase.total -= part;
                    rest -= part;
                    report.refunded_in_full += u64::from(purchase.total <= zero);
                }
            }
            if rest > zero {
                report.excess_refunds += 1;
                if policies.excess_refunds == ExcessRefunds::Reject {
                    return Err(Refusal::Excess);
                }
            }
        }
        self.list.retain(|purchase| purchase.bought);
        Ok(())
    }
}
