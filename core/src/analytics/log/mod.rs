//! A transaction log in columns, and how it is read.

mod amount;
mod codes;
mod group;
pub(crate) mod numbering;
mod policies;
mod purchases;
mod read;
mod ticks;

use std::num::NonZeroUsize;

use super::customers::same_length;
use crate::error::Result;

pub(crate) use amount::{Amount, OrderCode};
pub use codes::CustomerCodes;
pub(crate) use group::{Row, by_customer};
pub use policies::{
    AfterReference, Duplicates, ExcessRefunds, Nulls, Policies, Refunds, Report, Unsorted,
    ZeroAmounts,
};
pub(crate) use purchases::{Key, Purchases, Refusal};
pub(crate) use read::{Columns, Reader, Window};
pub use ticks::TimeUnit;

/// A column, where each row may be null.
///
/// ```
/// use goodwill::analytics::Column;
///
/// let full = Column::from(&[3, 4]);
/// let gap = Column::with_validity(&[3, 0], &[true, false]);
/// assert_eq!((full.get(1), gap.get(1)), (Some(4), None));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Column<'a, T> {
    values: &'a [T],
    valid: Option<&'a [bool]>,
}

impl<'a, T: Copy> Column<'a, T> {
    /// A column with a value where `valid` is true. Whatever else stands there is not read.
    #[must_use]
    pub fn with_validity(values: &'a [T], valid: &'a [bool]) -> Self {
        Self { values, valid: Some(valid) }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The value of a row; `None` if it is null.
    #[must_use]
    #[inline]
    pub fn get(&self, row: usize) -> Option<T> {
        match self.valid {
            Some(valid) if !valid.get(row).copied().unwrap_or(false) => None,
            _ => self.values.get(row).copied(),
        }
    }

    /// The values, if no row is null.
    pub(crate) fn full(&self) -> Option<&'a [T]> {
        self.valid.is_none().then_some(self.values)
    }

    fn check(&self, name: &'static str, rows: usize) -> Result<()> {
        same_length(name, self.values.len(), rows)?;
        self.valid.map_or(Ok(()), |valid| same_length(name, valid.len(), rows))
    }
}

impl<'a, T> From<&'a [T]> for Column<'a, T> {
    fn from(values: &'a [T]) -> Self {
        Self { values, valid: None }
    }
}

impl<'a, T, const N: usize> From<&'a [T; N]> for Column<'a, T> {
    fn from(values: &'a [T; N]) -> Self {
        Self { values, valid: None }
    }
}

impl<'a, T> From<&'a Vec<T>> for Column<'a, T> {
    fn from(values: &'a Vec<T>) -> Self {
        Self { values, valid: None }
    }
}

/// When the rows of a log happened, in ticks: milliseconds, unless [`Transactions::with_time_unit`] says else.
#[derive(Debug, Clone, Copy)]
pub enum Times<'a> {
    /// Instants: ticks since 1970-01-01T00:00:00Z.
    Instants(Column<'a, i64>),
    /// What the clocks of the zone showed: ticks since 1970-01-01T00:00 on the wall clock. They are turned
    /// into instants by the zone and [`Policies::local_times`].
    Local(Column<'a, i64>),
}

impl<'a> Times<'a> {
    pub(crate) fn column(&self) -> Column<'a, i64> {
        match self {
            Self::Instants(column) | Self::Local(column) => *column,
        }
    }
}

/// How much the rows of a log are worth.
#[derive(Debug, Clone, Copy)]
pub enum Amounts<'a> {
    /// The log has no amounts.
    None,
    /// In minor units, such as cents: sums are exact.
    Minor(Column<'a, i64>),
    /// In any unit. Sums are taken in the order of time and amount, so that they do not depend on the order
    /// of the rows.
    Decimal(Column<'a, f64>),
}

/// A transaction log in columns: who, when, how much.
///
/// Customers are dense codes from 0, made of ids by [`CustomerCodes`] or by the dictionary of the host's
/// own column. Results are sorted by code. Rows may come in any order, and no result depends on it.
///
/// ```
/// use goodwill::analytics::{Amounts, CustomerCodes, Times, Transactions};
///
/// let customers = CustomerCodes::encode(["ada", "bob", "ada"])?;
/// let millis = [0, 86_400_000, 172_800_000];
/// let log = Transactions::new(&customers.codes, Times::Instants((&millis).into()))
///     .with_amounts(Amounts::Minor((&[1_999, 500, 2_450]).into()));
/// assert_eq!(log.rows(), 3);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Transactions<'a> {
    pub(crate) customer: Column<'a, u32>,
    pub(crate) time: Times<'a>,
    pub(crate) unit: TimeUnit,
    pub(crate) amount: Amounts<'a>,
    pub(crate) order: Option<Column<'a, u32>>,
    pub(crate) currency: Option<Column<'a, u32>>,
    pub(crate) threads: Option<NonZeroUsize>,
}

impl<'a> Transactions<'a> {
    /// A log of who and when.
    #[must_use]
    pub fn new(customer: impl Into<Column<'a, u32>>, time: Times<'a>) -> Self {
        Self {
            customer: customer.into(),
            time,
            unit: TimeUnit::default(),
            amount: Amounts::None,
            order: None,
            currency: None,
            threads: None,
        }
    }

    /// With times in ticks of this unit, which are rounded down to milliseconds.
    #[must_use]
    pub fn with_time_unit(self, unit: TimeUnit) -> Self {
        Self { unit, ..self }
    }

    /// With amounts.
    #[must_use]
    pub fn with_amounts(self, amount: Amounts<'a>) -> Self {
        Self { amount, ..self }
    }

    /// With codes of the orders that the rows belong to, where an order has several rows.
    #[must_use]
    pub fn with_orders(self, order: impl Into<Column<'a, u32>>) -> Self {
        Self { order: Some(order.into()), ..self }
    }

    /// With codes of currencies, which have to be all the same.
    #[must_use]
    pub fn with_currencies(self, currency: impl Into<Column<'a, u32>>) -> Self {
        Self { currency: Some(currency.into()), ..self }
    }

    /// With so many threads; otherwise with as many as the machine runs at once, and one in browsers. The
    /// result has the same bits with any number.
    #[must_use]
    pub fn with_threads(self, threads: NonZeroUsize) -> Self {
        Self { threads: Some(threads), ..self }
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.customer.len()
    }

    /// Refuses columns of different lengths.
    pub(crate) fn check(&self) -> Result<()> {
        let rows = self.rows();
        self.customer.check("customer", rows)?;
        self.time.column().check("time", rows)?;
        match &self.amount {
            Amounts::None => {}
            Amounts::Minor(column) => column.check("amount", rows)?,
            Amounts::Decimal(column) => column.check("amount", rows)?,
        }
        self.order.map_or(Ok(()), |column| column.check("order", rows))?;
        self.currency.map_or(Ok(()), |column| column.check("currency", rows))
    }

    /// How many threads are worth their start.
    pub(crate) fn threads(&self) -> usize {
        /// A row takes some 30 ns, a thread some 30 µs.
        const ROWS_PER_THREAD: usize = 50_000;
        self.threads.map_or_else(
            || {
                let all = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
                all.min(self.rows() / ROWS_PER_THREAD).max(1)
            },
            NonZeroUsize::get,
        )
    }
}

/// Calls a generic function with the kinds of the log's amounts and orders.
macro_rules! with_columns {
    ($log:expr, $orders:expr, |$columns:ident| $body:expr) => {{
        use $crate::analytics::log::{Amounts, Columns};
        let log: &$crate::analytics::log::Transactions<'_> = $log;
        let order = if $orders { log.order } else { None };
        match (log.amount, order) {
            (Amounts::None, None) => {
                let $columns = Columns::<(), ()>::new(log, None, None);
                $body
            }
            (Amounts::Minor(amount), None) => {
                let $columns = Columns::<i64, ()>::new(log, Some(amount), None);
                $body
            }
            (Amounts::Decimal(amount), None) => {
                let $columns = Columns::<f64, ()>::new(log, Some(amount), None);
                $body
            }
            (Amounts::None, order) => {
                let $columns = Columns::<(), u32>::new(log, None, order);
                $body
            }
            (Amounts::Minor(amount), order) => {
                let $columns = Columns::<i64, u32>::new(log, Some(amount), order);
                $body
            }
            (Amounts::Decimal(amount), order) => {
                let $columns = Columns::<f64, u32>::new(log, Some(amount), order);
                $body
            }
        }
    }};
}
pub(crate) use with_columns;
