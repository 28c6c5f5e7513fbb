//! What a customer brings and costs, in each currency by itself.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Number;

use super::facts::CheckedFacts;
use super::last::{Counted, Last};
use super::records::{Job, Payment, PaymentKind, PaymentMethod, written};
use crate::error::{Error, Result};
use crate::money::{Currency, Money};
use crate::prompts::answers::Day;
use crate::spelling::Spelling;

/// What a customer brings and costs in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Financials {
    /// The currency.
    pub currency: Currency,
    /// The payments, and what went back.
    pub payments: usize,
    /// The expenses.
    pub expenses: usize,
    /// What was paid, less what went back.
    pub revenue: Money,
    /// What was spent for the customer and the jobs, each expense once.
    pub costs: Money,
    /// Revenue less costs.
    pub profit: Money,
    /// The completed jobs, without those that were paid in other currencies alone.
    pub completed_jobs: usize,
    /// Revenue over completed jobs, to the minor unit, halves away from zero; absent without jobs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub average_revenue_per_job: Option<Money>,
}

/// The input of the prompt `profitability_analysis`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProfitabilityInput {
    /// The customer.
    pub customer: ProfitableCustomer,
    /// The currency of all amounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// What was paid, less what went back.
    pub total_revenue: Number,
    /// What was spent.
    pub total_expenses: Number,
    /// Revenue less expenses.
    pub net_profit: Number,
    /// Revenue over completed jobs; 0 without jobs.
    pub average_revenue_per_job: Number,
    /// The last payments, the oldest first.
    pub recent_payments: Last<5, PaymentLine>,
    /// The last expenses, the oldest first.
    pub recent_expenses: Last<5, ExpenseLine>,
    /// The last completed jobs, the oldest first.
    pub recent_jobs: Last<5, JobProfit>,
}

/// A customer with counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProfitableCustomer {
    /// The name.
    pub name: String,
    /// The first instant as a customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// The completed jobs.
    pub jobs: Counted,
    /// The payments.
    pub payments: Counted,
    /// The expenses.
    pub expenses: Counted,
}

/// A payment in a prompt; what went back is below zero.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PaymentLine {
    /// How much.
    pub amount: Number,
    /// Of what.
    pub currency: Currency,
    /// The day.
    pub date: Day,
    /// How.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_method: Option<String>,
}

/// An expense in a prompt.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExpenseLine {
    /// How much.
    pub amount: Number,
    /// Of what.
    pub currency: Currency,
    /// The day.
    pub date: Day,
    /// What for.
    pub category: String,
}

/// A completed job in a prompt.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JobProfit {
    /// What was done.
    pub description: String,
    /// The day.
    pub date: Day,
    /// What it brought, less what it cost.
    pub profit: Number,
}

impl CheckedFacts<'_> {
    /// What the customer brings and costs in each currency, in the order of their codes.
    ///
    /// # Errors
    /// `money.overflow`.
    pub fn financials(&self) -> Result<Vec<Financials>> {
        let paid = self.payments.iter().map(|one| one.amount.currency());
        let spent = self.expenses.iter().map(|one| one.amount.currency());
        let currencies: BTreeSet<Currency> = paid.chain(spent).collect();
        let jobs = self.currencies_of_jobs();
        currencies.into_iter().map(|currency| self.in_currency(currency, &jobs)).collect()
    }

    fn in_currency(
        &self,
        currency: Currency,
        paid_in: &BTreeMap<String, BTreeSet<Currency>>,
    ) -> Result<Financials> {
        let payments = || self.payments.iter().filter(|one| one.amount.currency() == currency);
        let expenses = || self.expenses.iter().filter(|one| one.amount.currency() == currency);
        let revenue = total(currency, payments().map(|one| signed(one)))?;
        let costs = Money::sum(currency, expenses().map(|one| one.amount))?;
        let elsewhere = |job: &&Job| {
            paid_in.get(&written(&job.id)).is_some_and(|known| !known.contains(&currency))
        };
        let completed_jobs = self.completed_jobs().filter(|job| !elsewhere(job)).count();
        Ok(Financials {
            currency,
            payments: payments().count(),
            expenses: expenses().count(),
            revenue,
            costs,
            profit: revenue.sub(costs)?,
            completed_jobs,
            average_revenue_per_job: over(revenue, completed_jobs),
        })
    }

    /// The currencies in which jobs were paid.
    fn currencies_of_jobs(&self) -> BTreeMap<String, BTreeSet<Currency>> {
        let mut found: BTreeMap<String, BTreeSet<Currency>> = BTreeMap::new();
        for one in &self.payments {
            if let Some(job) = &one.job {
                found.entry(written(job)).or_default().insert(one.amount.currency());
            }
        }
        found
    }

    /// The currency that a prompt counts in: that of the settings, else that of most payments and
    /// expenses, the first by its code among equals; none where there is no money.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        let paid = self.payments.iter().map(|one| one.amount.currency());
        let spent = self.expenses.iter().map(|one| one.amount.currency());
        let mut counts: BTreeMap<Currency, usize> = BTreeMap::new();
        for currency in paid.chain(spent) {
            *counts.entry(currency).or_default() += 1;
        }
        let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
        self.settings.currency.or(most.map(|(currency, _)| currency))
    }

    /// What the prompt `profitability_analysis` is given, in one [currency](Self::currency).
    ///
    /// # Errors
    /// `money.overflow`.
    pub fn profitability_analysis(&self) -> Result<ProfitabilityInput> {
        let currency = self.currency();
        let figures = match currency {
            Some(currency) => Some(self.in_currency(currency, &self.currencies_of_jobs())?),
            None => None,
        };
        let amount = |of: fn(&Financials) -> Option<Money>| {
            figures.as_ref().and_then(of).map_or_else(|| Number::from(0), decimal)
        };
        let ours = |one: Money| Some(one.currency()) == currency;
        let payments = || self.payments.iter().filter(|one| ours(one.amount));
        let expenses = || self.expenses.iter().filter(|one| ours(one.amount));
        let completed: Vec<&Job> = self.completed_jobs().collect();
        let profits = self.job_profits(currency)?;
        let jobs = completed.iter().filter_map(|job| {
            let profit = profits.get(&written(&job.id)).copied().map(decimal);
            Some(JobProfit {
                description: job.description.clone(),
                date: self.settings.day(job.completed_at?),
                profit: profit.unwrap_or_else(|| Number::from(0)),
            })
        });
        Ok(ProfitabilityInput {
            customer: ProfitableCustomer {
                name: self.facts.customer.name.clone(),
                created_at: self.facts.customer.created_at.map(|at| self.settings.written(at)),
                jobs: Counted(figures.as_ref().map_or(completed.len(), |one| one.completed_jobs)),
                payments: Counted(payments().count()),
                expenses: Counted(expenses().count()),
            },
            currency,
            total_revenue: amount(|one| Some(one.revenue)),
            total_expenses: amount(|one| Some(one.costs)),
            net_profit: amount(|one| Some(one.profit)),
            average_revenue_per_job: amount(|one| one.average_revenue_per_job),
            recent_payments: payments().map(|one| self.payment_line(one)).collect(),
            recent_expenses: expenses()
                .map(|one| ExpenseLine {
                    amount: decimal(one.amount),
                    currency: one.amount.currency(),
                    date: self.settings.day(one.incurred_at),
                    category: one.category.spell(Spelling::Title).into_owned(),
                })
                .collect(),
            recent_jobs: jobs.collect(),
        })
    }

    pub(super) fn payment_line(&self, payment: &Payment) -> PaymentLine {
        let sign = if payment.kind == PaymentKind::Payment { 1.0 } else { -1.0 };
        let method = |method: PaymentMethod| method.spell(Spelling::Title).into_owned();
        PaymentLine {
            amount: number(sign * float(payment.amount)),
            currency: payment.amount.currency(),
            date: self.settings.day(payment.paid_at),
            payment_method: payment.method.map(method),
        }
    }

    /// What each job brought, less what it cost.
    fn job_profits(&self, currency: Option<Currency>) -> Result<BTreeMap<String, Money>> {
        let Some(currency) = currency else { return Ok(BTreeMap::new()) };
        let mut profits: BTreeMap<String, Money> = BTreeMap::new();
        let paid = self.payments.iter().map(|one| (one.job.as_ref(), signed(one)));
        let spent = self.expenses.iter().map(|one| (one.job.as_ref(), one.amount.times(-1)));
        for (job, amount) in paid.chain(spent) {
            let amount = amount?;
            let Some(job) = job.filter(|_| amount.currency() == currency) else { continue };
            let profit = profits.entry(written(job)).or_insert(Money::zero(currency));
            *profit = profit.add(amount)?;
        }
        Ok(profits)
    }
}

/// What a payment adds to the revenue.
fn signed(payment: &Payment) -> Result<Money> {
    match payment.kind {
        PaymentKind::Payment => Ok(payment.amount),
        PaymentKind::Refund | PaymentKind::Chargeback => payment.amount.times(-1),
    }
}

fn total(currency: Currency, amounts: impl Iterator<Item = Result<Money>>) -> Result<Money> {
    amounts.into_iter().try_fold(Money::zero(currency), |sum, amount| sum.add(amount?))
}

/// A part of an amount, to the minor unit, halves away from zero.
fn over(amount: Money, count: usize) -> Option<Money> {
    let count = i128::try_from(count).ok().filter(|count| *count > 0)?;
    let minor = i128::from(amount.minor());
    let doubled = minor.abs() * 2 + count;
    let rounded = i64::try_from(doubled / (2 * count) * minor.signum()).ok()?;
    Some(Money::from_minor(rounded, amount.currency()))
}

/// A prompt of the library with the currency of every amount in the place of its dollar signs. It is
/// the same otherwise, and has a version of its own.
#[cfg(feature = "llm")]
pub(crate) fn with_currencies(source: &str) -> String {
    source
        .replace("goodwill.version: 1.0.0\n", "goodwill.version: 1.0.1\n")
        .replace("      amount: number\n", "      amount: number\n      currency: string\n")
        .replace("${{this.amount}}", "{{money this.amount currency=this.currency}}")
        .replace("${{", "{{money ")
}

fn float(amount: Money) -> f64 {
    amount.amount().parse().unwrap_or_default()
}

/// An amount as a number for a prompt.
pub(super) fn decimal(amount: Money) -> Number {
    number(float(amount))
}

/// A number for a prompt; a whole one without a fraction, as every language writes it.
pub(super) fn number(value: f64) -> Number {
    #[expect(clippy::cast_possible_truncation, reason = "checked by the guard")]
    if value.fract() == 0.0 && value.abs() < 9e15 {
        return Number::from(value as i64);
    }
    Number::from_f64(value).unwrap_or_else(|| Number::from(0))
}

/// A finite number from outside.
pub(super) fn finite(value: f64, field: &'static str) -> Result<Number> {
    let refuse = || Error::invalid(field, "a finite number");
    Some(value).filter(|value| value.is_finite()).map(number).ok_or_else(refuse)
}
