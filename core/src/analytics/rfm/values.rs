//! Recency, frequency and monetary value of each customer.

use super::{FrequencyBy, MonetaryBy, RfmOptions};
use crate::analytics::log::{
    Amount, Columns, Key, OrderCode, Purchases, Reader, Refusal, Report, Row, Transactions, Window,
    by_customer, with_columns,
};
use crate::analytics::period::Unit;
use crate::error::Result;

/// The columns of values.
#[derive(Debug, Default)]
pub(super) struct Values {
    pub(super) customer: Vec<u32>,
    pub(super) recency: Vec<u32>,
    pub(super) frequency: Vec<u32>,
    pub(super) monetary: Vec<f64>,
    pub(super) report: Report,
}

pub(super) fn values(log: &Transactions<'_>, options: &RfmOptions) -> Result<Values> {
    with_columns!(log, true, |columns| of_columns(columns, options))
}

fn of_columns<A: Amount, O: OrderCode>(
    columns: Columns<'_, A, O>,
    options: &RfmOptions,
) -> Result<Values> {
    let window = Window { zone: options.zone, reference: options.reference };
    let reader = Reader::new(columns, window, options.policies);
    let offsets = reader.offsets();
    let today = Unit::Day.period(offsets.local(options.reference.as_millis()));
    let key = match options.frequency {
        FrequencyBy::Days => Key::Period(Unit::Day),
        FrequencyBy::Orders => Key::Order,
        FrequencyBy::Rows => Key::Row,
    };
    let fold = |part: &mut Values,
                purchases: &mut Purchases<A>,
                report: &mut Report,
                customer: u32,
                rows: &mut [Row<A, O>]| {
        purchases.collect(rows, key, offsets, &options.policies, report)?;
        let bought = &purchases.list;
        let Some(last) = bought.last() else {
            report.customers_without_purchase += 1;
            return Ok(());
        };
        let mut sum = A::Total::default();
        bought.iter().for_each(|purchase| sum += purchase.total);
        let count = u32::try_from(bought.len()).unwrap_or(u32::MAX);
        let monetary = match options.monetary {
            MonetaryBy::Sum => A::value(sum),
            MonetaryBy::Mean => A::value(sum) / f64::from(count),
        };
        if !monetary.is_finite() {
            return Err(Refusal::Overflow);
        }
        let days = today - Unit::Day.period(offsets.local(last.time));
        part.customer.push(customer);
        part.recency.push(u32::try_from(days).unwrap_or(0));
        part.frequency.push(count);
        part.monetary.push(monetary);
        Ok(())
    };
    let (parts, report) = by_customer(&reader, fold, |_, _| ())?;
    let size = parts.iter().map(|part: &Values| part.customer.len()).sum();
    let mut values = Values {
        customer: Vec::with_capacity(size),
        recency: Vec::with_capacity(size),
        frequency: Vec::with_capacity(size),
        monetary: Vec::with_capacity(size),
        report,
    };
    for part in parts {
        values.customer.extend(part.customer);
        values.recency.extend(part.recency);
        values.frequency.extend(part.frequency);
        values.monetary.extend(part.monetary);
    }
    Ok(values)
}
