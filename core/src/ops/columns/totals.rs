//! What customers brought and cost.

use serde::Deserialize;

use crate::analytics::CustomerTotals;
use crate::error::{Error, Result};
use crate::money::{Currency, Money};

use super::column::cell_error;
use super::{Column, Given, Made, Values};

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Payment,
    Expense,
    Job,
}

/// The payments, expenses and jobs of one customer.
#[derive(Default, Clone)]
struct Ledger {
    payments: Vec<Money>,
    expenses: Vec<Money>,
    jobs: u64,
}

/// The amounts in minor units; none where a row is null.
fn minor(column: &Column, currency: Currency) -> Result<Vec<Option<i64>>> {
    let refuse = |row| {
        let places = currency.exponent();
        cell_error("amount", row, &format!("an amount with at most {places} decimal places"))
    };
    let parsed = |row: usize, text: String| {
        let parsed = Money::parse(&text, currency).map_err(|_| refuse(row))?;
        Ok(Some(parsed.minor()))
    };
    let numbers = column.floats("amount")?;
    (0..column.len())
        .map(|row| match &column.values {
            _ if column.is_null(row) => Ok(None),
            Values::Decimals(digits, scale) => {
                let digits = digits.get(row).copied().unwrap_or_default();
                let exponent = u32::from(currency.exponent());
                let scale = u32::from(*scale);
                let minor = match exponent.checked_sub(scale) {
                    Some(more) => digits.checked_mul(10_i128.pow(more)),
                    None => {
                        let less = 10_i128.pow(scale - exponent);
                        (digits % less == 0).then_some(digits / less)
                    }
                };
                let minor = minor.and_then(|minor| i64::try_from(minor).ok());
                minor.map(Some).ok_or_else(|| refuse(row))
            }
            // The shortest text of a float is what was meant by it.
            _ => parsed(row, numbers.get(row).map_or_else(String::new, f64::to_string)),
        })
        .collect()
}

/// One row for each customer, in the order of first appearance. Rows are payments, expenses and jobs; a job has
/// no amount.
pub(super) fn of_customers(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    struct Options {
        currency: Currency,
    }
    let Options { currency } = given.options()?;
    let customer = given.column("customer")?.full("customer")?;
    let codes = customer.codes("customer")?;
    let kinds = given.column("kind")?.names("kind")?;
    let amounts = minor(given.column("amount")?, currency)?;
    for (name, length) in [("kind", kinds.len()), ("amount", amounts.len())] {
        if length != codes.codes.len() {
            return Err(Error::invalid(name, format!("{} rows", codes.codes.len())));
        }
    }
    let mut ledgers = vec![Ledger::default(); codes.first.len()];
    for (row, ((code, kind), amount)) in codes.codes.iter().zip(kinds).zip(amounts).enumerate() {
        let kind = match kind {
            "payment" => Kind::Payment,
            "expense" => Kind::Expense,
            "job" => Kind::Job,
            _ => return Err(cell_error("kind", row, "payment, expense or job")),
        };
        let Some(ledger) = ledgers.get_mut(*code as usize) else { continue };
        if kind == Kind::Job {
            ledger.jobs += 1;
            continue;
        }
        let amount = amount.ok_or_else(|| cell_error("amount", row, "an amount"))?;
        let amount = Money::from_minor(amount, currency);
        if kind == Kind::Payment {
            ledger.payments.push(amount);
        } else {
            ledger.expenses.push(amount);
        }
    }
    let totals = ledgers.iter().map(|ledger| {
        CustomerTotals::of(currency, &ledger.payments, &ledger.expenses, ledger.jobs)
    });
    let totals = totals.collect::<Result<Vec<CustomerTotals>>>()?;
    let scale = currency.exponent();
    let column = |of: fn(&CustomerTotals) -> Option<Money>| {
        let values: Vec<Option<i64>> =
            totals.iter().map(|totals| of(totals).map(Money::minor)).collect();
        let some_null = values.iter().any(Option::is_none);
        let valid = some_null.then(|| values.iter().map(Option::is_some).collect());
        let values = values.into_iter().map(|minor| i128::from(minor.unwrap_or(0))).collect();
        Column { values: Values::Decimals(values, scale), valid }
    };
    let count = |of: fn(&CustomerTotals) -> u64| -> Vec<i64> {
        totals.iter().map(|totals| i64::try_from(of(totals)).unwrap_or(i64::MAX)).collect()
    };
    let margins: Vec<Option<f64>> = totals.iter().map(|totals| totals.margin_percent).collect();
    Ok(Made::answer(&currency)?
        .with("customer", customer.rows(&codes.first))
        .with("payments", count(|totals| totals.payments))
        .with("revenue", column(|totals| Some(totals.revenue)))
        .with("refunds", column(|totals| Some(totals.refunds)))
        .with("expenses", column(|totals| Some(totals.expenses)))
        .with("net_profit", column(|totals| Some(totals.net_profit)))
        .with("margin_percent", margins)
        .with("jobs", count(|totals| totals.jobs))
        .with("revenue_per_job", column(|totals| totals.revenue_per_job))
        .with("profit_per_job", column(|totals| totals.profit_per_job))
        .with("average_payment", column(|totals| totals.average_payment)))
}
