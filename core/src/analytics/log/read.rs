//! Rows as the policies let them through.

use std::marker::PhantomData;

use crate::analytics::customers::cell_error;
use crate::analytics::period::{Local, LocalTimes, Offsets, Zone};
use crate::error::{Code, Error, Result};
use crate::time::Timestamp;

use super::{
    AfterReference, Amount, Column, Nulls, OrderCode, Policies, Refunds, Report, TimeUnit, Times,
    Transactions, ZeroAmounts,
};

/// What the rows are read against.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window {
    /// Whose clocks.
    pub(crate) zone: Zone,
    /// The last instant that counts.
    pub(crate) reference: Timestamp,
}

/// The columns of a log with the kinds of its amounts and orders.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Columns<'a, A, O> {
    pub(crate) log: &'a Transactions<'a>,
    amount: Option<Column<'a, A>>,
    order: Option<Column<'a, u32>>,
    orders: PhantomData<O>,
}

impl<'a, A, O> Columns<'a, A, O> {
    pub(crate) fn new(
        log: &'a Transactions<'a>,
        amount: Option<Column<'a, A>>,
        order: Option<Column<'a, u32>>,
    ) -> Self {
        Self { log, amount, order, orders: PhantomData }
    }
}

impl<'a, A: Copy, O> Columns<'a, A, O> {
    fn plain(&self, time: Column<'a, i64>, offsets: &Offsets) -> Option<Plain<'a, A>> {
        let amount = match self.amount {
            Some(column) => Some(column.full()?),
            None => None,
        };
        let order = match self.order {
            Some(column) => Some(column.full()?),
            None => None,
        };
        let shift = match self.log.time {
            Times::Instants(_) => 0,
            Times::Local(_) => offsets.constant()?,
        };
        let (customer, ticks) = (self.log.customer.full()?, time.full()?);
        let plain = Plain { customer, ticks, amount, order, shift };
        self.log.currency.is_none().then_some(plain)
    }
}

/// One row that counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<A, O> {
    pub(crate) customer: u32,
    pub(crate) time: i64,
    pub(crate) amount: A,
    pub(crate) order: O,
}

/// Columns without nulls and of no currency, where most rows have nothing that a policy is about.
#[derive(Debug, Clone, Copy)]
struct Plain<'a, A> {
    customer: &'a [u32],
    ticks: &'a [i64],
    amount: Option<&'a [A]>,
    order: Option<&'a [u32]>,
    /// From what the column of times says to the instant.
    shift: i64,
}

/// Reads rows one by one.
#[derive(Debug)]
pub(crate) struct Reader<'a, A, O> {
    columns: Columns<'a, A, O>,
    plain: Option<Plain<'a, A>>,
    time: Column<'a, i64>,
    unit: TimeUnit,
    reference: i64,
    policies: Policies,
    currency: Option<u32>,
    offsets: Offsets,
}

impl<'a, A: Amount, O: OrderCode> Reader<'a, A, O> {
    pub(crate) fn new(columns: Columns<'a, A, O>, window: Window, policies: Policies) -> Self {
        let time = columns.log.time.column();
        let reference = window.reference.as_millis();
        let unit = columns.log.unit;
        let earliest = if window.zone.is_fixed() {
            reference
        } else {
            let ticks = (0..time.len()).filter_map(|row| time.get(row)).min();
            ticks.map_or(reference, |ticks| unit.millis(ticks).unwrap_or(i64::MIN))
        };
        // What is later than the reference is left out, and its offset not asked for.
        let offsets = Offsets::new(window.zone, earliest.min(reference), reference);
        let currency = columns
            .log
            .currency
            .and_then(|column| (0..column.len()).find_map(|row| column.get(row)));
        let plain = columns.plain(time, &offsets);
        Self { columns, plain, time, unit, reference, policies, currency, offsets }
    }

    /// What is done with rows that are no plain purchases.
    pub(crate) fn policies(&self) -> &Policies {
        &self.policies
    }

    /// The offsets of the zone from the first row to the reference.
    pub(crate) fn offsets(&self) -> &Offsets {
        &self.offsets
    }

    pub(crate) fn columns(&self) -> &Columns<'a, A, O> {
        &self.columns
    }

    /// The customer of a row, whatever the policies say.
    #[inline]
    pub(crate) fn customer(&self, row: usize) -> Option<u32> {
        self.columns.log.customer.get(row)
    }

    /// A row, if it counts.
    #[inline]
    pub(crate) fn read(&self, row: usize, report: &mut Report) -> Result<Option<Reading<A, O>>> {
        match self.plain.and_then(|plain| self.read_plain(plain, row)) {
            Some(reading) => {
                report.rows += 1;
                Ok(Some(reading))
            }
            None => self.read_any(row, report),
        }
    }

    /// A row that is a purchase up to the reference.
    #[inline]
    fn read_plain(&self, plain: Plain<'_, A>, row: usize) -> Option<Reading<A, O>> {
        let years = Timestamp::MIN.as_millis()..=Timestamp::MAX.as_millis();
        let ticks = self.unit.millis(*plain.ticks.get(row)?)?;
        let time = years.contains(&ticks).then(|| ticks - plain.shift)?;
        let amount = match plain.amount {
            Some(amounts) => *amounts.get(row)?,
            None => A::default(),
        };
        let bought = !A::EXISTS || (amount.is_finite() && amount.total() > A::Total::default());
        let order = match plain.order {
            Some(orders) => O::of(*orders.get(row)?),
            None => O::default(),
        };
        let customer = *plain.customer.get(row)?;
        (bought && time <= self.reference).then_some(Reading { customer, time, amount, order })
    }

    /// A row, if it counts, as the policies have it.
    fn read_any(&self, row: usize, report: &mut Report) -> Result<Option<Reading<A, O>>> {
        report.rows += 1;
        let log = self.columns.log;
        let Some(customer) = log.customer.get(row) else {
            return self.null("customer", row, report);
        };
        let Some(time) = self.time.get(row) else {
            return self.null("time", row, report);
        };
        let amount = match self.columns.amount.map(|column| column.get(row)) {
            None => A::default(),
            Some(Some(amount)) => amount,
            Some(None) => return self.null("amount", row, report),
        };
        let order = match self.columns.order.map(|column| column.get(row)) {
            None => O::default(),
            Some(Some(order)) => O::of(order),
            Some(None) => return self.null("order", row, report),
        };
        if let Some(column) = log.currency {
            match column.get(row) {
                None => return self.null("currency", row, report),
                currency if currency != self.currency => return Err(other_currency(row)),
                _ => {}
            }
        }
        if !amount.is_finite() {
            return Err(cell_error("amount", row, "a finite amount"));
        }
        let years = Timestamp::MIN.as_millis()..=Timestamp::MAX.as_millis();
        let time = self.unit.millis(time).filter(|time| years.contains(time));
        let time = time.ok_or_else(|| other_time(row))?;
        let time = match log.time {
            Times::Instants(_) => time,
            Times::Local(_) => self.instant(time, row, report)?,
        };
        if time > self.reference {
            report.after_reference += 1;
            return match self.policies.after_reference {
                AfterReference::Drop => Ok(None),
                AfterReference::Reject => {
                    Err(cell_error("time", row, "an instant up to the reference"))
                }
            };
        }
        let (total, zero) = (amount.total(), A::Total::default());
        let keep = if !A::EXISTS || total > zero {
            true
        } else if total < zero {
            report.refunds += 1;
            match self.policies.refunds {
                Refunds::Net => true,
                Refunds::Drop => false,
                Refunds::Reject => return Err(cell_error("amount", row, "an amount from 0")),
            }
        } else {
            report.zero_amounts += 1;
            match self.policies.zero_amounts {
                ZeroAmounts::Purchase => true,
                ZeroAmounts::Drop => false,
                ZeroAmounts::Reject => {
                    return Err(cell_error("amount", row, "an amount other than 0"));
                }
            }
        };
        Ok(keep.then_some(Reading { customer, time, amount, order }))
    }

    #[cold]
    fn null(
        &self,
        column: &'static str,
        row: usize,
        report: &mut Report,
    ) -> Result<Option<Reading<A, O>>> {
        report.nulls += 1;
        match self.policies.nulls {
            Nulls::Drop => Ok(None),
            Nulls::Reject => Err(cell_error(column, row, "a value, no null")),
        }
    }

    /// The instant of a local time. One that is after the reference by any offset is not looked up.
    fn instant(&self, local: i64, row: usize, report: &mut Report) -> Result<i64> {
        const DAY: i64 = 86_400_000;
        if local > self.reference.saturating_add(DAY) {
            return Ok(local);
        }
        let (earlier, later, count, accepted) = match self.offsets.instant(local) {
            Local::Instant(instant) => return Ok(instant),
            Local::Twice(earlier, later) => {
                let accepted = "a local time that the clocks showed once";
                (earlier, later, &mut report.ambiguous_times, accepted)
            }
            Local::Never(earlier, later) => {
                let accepted = "a local time that the clocks showed";
                (earlier, later, &mut report.skipped_times, accepted)
            }
        };
        *count += 1;
        match self.policies.local_times {
            LocalTimes::Earlier => Ok(earlier),
            LocalTimes::Later => Ok(later),
            LocalTimes::Reject => Err(cell_error("time", row, accepted)),
        }
    }
}

#[cold]
fn other_time(row: usize) -> Error {
    let accepted = "a time of the years 1 to 9999";
    Error::field(Code::InputMalformedTime, "time", accepted).with("row", row)
}

#[cold]
fn other_currency(row: usize) -> Error {
    let accepted = "the currency of the first row; summarise each currency by itself";
    Error::field(Code::MoneyCurrencyMismatch, "currency", accepted).with("row", row)
}
