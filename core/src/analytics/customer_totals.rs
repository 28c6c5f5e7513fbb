//! What a customer brought and cost.

use serde::{Deserialize, Serialize};

use crate::error::{Code, Result};
use crate::money::{Currency, Money};

/// Sums and averages of a customer's payments, expenses and jobs, in one currency.
///
/// ```
/// use goodwill::Money;
/// use goodwill::analytics::CustomerTotals;
///
/// let euro = "EUR".parse()?;
/// let amount = |text| Money::parse(text, euro);
/// let payments = [amount("100.00")?, amount("250.00")?, amount("-50.00")?];
/// let totals = CustomerTotals::of(euro, &payments, &[amount("90.00")?], 3)?;
/// assert_eq!((totals.revenue, totals.refunds), (amount("300.00")?, amount("50.00")?));
/// assert_eq!((totals.net_profit, totals.margin_percent), (amount("210.00")?, Some(70.0)));
/// assert_eq!(totals.revenue_per_job, Some(amount("100.00")?));
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerTotals {
    /// How many payments there are, without refunds.
    pub payments: u64,
    /// All payments less refunds.
    pub revenue: Money,
    /// What was paid back: payments below 0, without the sign.
    pub refunds: Money,
    /// All expenses.
    pub expenses: Money,
    /// Revenue less expenses.
    pub net_profit: Money,
    /// Net profit in percent of revenue; none without revenue above 0.
    pub margin_percent: Option<f64>,
    /// How many jobs there are.
    pub jobs: u64,
    /// Revenue per job, to the nearest minor unit, halves away from zero; none without a job.
    pub revenue_per_job: Option<Money>,
    /// Net profit per job, rounded likewise; none without a job.
    pub profit_per_job: Option<Money>,
    /// What a payment that is no refund is on average, rounded likewise; none without any.
    pub average_payment: Option<Money>,
}

impl CustomerTotals {
    /// The totals of a customer; payments below 0 are refunds.
    ///
    /// # Errors
    /// `money.currency_mismatch` with `payments` or `expenses` and the row; `money.overflow`.
    pub fn of(
        currency: Currency,
        payments: &[Money],
        expenses: &[Money],
        jobs: u64,
    ) -> Result<Self> {
        let revenue = sum("payments", currency, payments)?;
        let expenses = sum("expenses", currency, expenses)?;
        let net_profit = revenue.sub(expenses)?;
        let paid = payments.iter().copied().filter(|payment| payment.minor() >= 0);
        let (count, paid) = (paid.clone().count() as u64, Money::sum(currency, paid)?);
        let margin = || 100.0 * (net_profit.minor() as f64 / revenue.minor() as f64);
        Ok(Self {
            payments: count,
            revenue,
            refunds: paid.sub(revenue)?,
            expenses,
            net_profit,
            margin_percent: (revenue.minor() > 0).then(margin),
            jobs,
            revenue_per_job: per(revenue, jobs),
            profit_per_job: per(net_profit, jobs),
            average_payment: per(paid, count),
        })
    }
}

/// The sum of a column of one currency.
fn sum(column: &'static str, currency: Currency, amounts: &[Money]) -> Result<Money> {
    let sum = Money::sum(currency, amounts.iter().copied());
    sum.map_err(|error| {
        let row = amounts.iter().position(|amount| amount.currency() != currency);
        match row.filter(|_| error.code() == Code::MoneyCurrencyMismatch) {
            Some(row) => error.with("field", column).with("row", row),
            None => error,
        }
    })
}

/// The amount divided by a count, to the nearest minor unit.
fn per(amount: Money, count: u64) -> Option<Money> {
    let (amount, count, currency) =
        (i128::from(amount.minor()), i128::from(count), amount.currency());
    if count == 0 {
        return None;
    }
    let nearest = (2 * amount + amount.signum() * count) / (2 * count);
    i64::try_from(nearest).ok().map(|minor| Money::from_minor(minor, currency))
}
