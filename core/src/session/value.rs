//! What customers are worth, from the payments that are stored.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::access::Action;
use crate::analytics::{
    Amounts, BgNbd, CustomerCodes, GammaGamma, Horizon, Identification, Policies, PurchaseModel,
    Rfm, RfmOptions, SegmentMap, Spenders, Summary, SummaryOptions, Times, Transactions, Unit,
    ZeroAmounts,
};
use crate::analytics::{Customers, NotIdentified};
use crate::directory::SubjectKind;
use crate::error::{Code, Error, Result};
use crate::ids::{PartyId, SubjectId};
use crate::money::{Currency, Money};
use crate::payments::Payment;
use crate::session::{Desk, Session};
use crate::spelling::spelled;
use crate::store::Payments;
use crate::time::Timestamp;
use crate::zone::Zone;

/// How many payments are read at once.
const PAGE: u32 = 10_000;
/// The length of a month in weeks: a twelfth of a year of 365.25 days.
const MONTH: f64 = 365.25 / 12.0 / 7.0;

spelled! {
    /// What counts as a purchase.
    pub enum ValueSource as "value_source" {
        /// Each payment; what went back is taken from those before it.
        Payments = "payments";
        /// Each order with its payments, less what went back, at the instant of the first.
        Orders = "orders";
        /// Each job with its payments, less what went back, at the instant of the first.
        Jobs = "jobs";
    }
}

/// Whose payments count, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ValueQuery {
    /// What counts as a purchase; payments by default.
    pub source: ValueSource,
    /// The last instant that counts; now by default.
    pub reference: Option<Timestamp>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Only payments of this currency; by default there must be only one.
    pub currency: Option<Currency>,
    /// Whose days count, such as `Europe/Berlin`; UTC by default.
    pub zone: Zone,
}

impl Default for ValueQuery {
    fn default() -> Self {
        Self {
            source: ValueSource::Payments,
            reference: None,
            from: None,
            currency: None,
            zone: Zone::UTC,
        }
    }
}

/// The scores of one customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CustomerRfm {
    /// Who.
    pub customer: PartyId,
    /// Whole days from the last purchase to the reference.
    pub recency_days: u32,
    /// Days with a purchase.
    pub frequency: u32,
    /// The sum of the purchases.
    pub monetary: Money,
    /// The three scores from 1 to 5 as one number, 555 the best.
    pub code: u16,
    /// The segment of the code.
    pub segment: String,
}

/// How many customers a segment has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RfmSegment {
    /// Its name.
    pub segment: String,
    /// How many.
    pub customers: u64,
}

/// The scores of all customers with a purchase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RfmScores {
    /// The last instant that counted.
    pub reference: Timestamp,
    /// The customers, by their first payment.
    pub customers: Vec<CustomerRfm>,
    /// The segments.
    pub segments: Vec<RfmSegment>,
}

/// How far ahead, and what waiting costs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct LifetimeValueOptions {
    /// How many months ahead; 12 by default.
    pub months: u32,
    /// The effective discount rate of a year; 0.1 by default.
    pub yearly_rate: f64,
}

impl Default for LifetimeValueOptions {
    fn default() -> Self {
        Self { months: 12, yearly_rate: 0.1 }
    }
}

/// What is expected of one customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CustomerLifetimeValue {
    /// Who.
    pub customer: PartyId,
    /// Purchases after the first one.
    pub repeat_purchases: u32,
    /// The probability that the customer has not left.
    pub alive: f64,
    /// The purchases to come within the months.
    pub expected_purchases: f64,
    /// What one of them is expected to be worth.
    pub expected_spend: Money,
    /// The purchases to come times their worth, discounted. Costs are not in it.
    pub value: Money,
}

/// What is expected of all customers with a purchase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LifetimeValues {
    /// The last instant that counted.
    pub reference: Timestamp,
    /// The models: BG/NBD for purchases by the week, Gamma-Gamma for spend.
    pub model: String,
    /// Why the payments do not determine the models; then there are no customers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_identified: Option<String>,
    /// The customers, by their first payment.
    pub customers: Vec<CustomerLifetimeValue>,
}

/// Purchases in columns.
#[derive(Debug, Default)]
struct Purchases {
    customers: Vec<PartyId>,
    times: Vec<i64>,
    minor: Vec<i64>,
    currency: Option<Currency>,
}

impl Session<Desk> {
    /// Scores customers by recency, frequency and monetary value, and puts them into the eleven segments
    /// of [`SegmentMap::eleven`].
    ///
    /// # Errors
    /// `access.denied`, `input.*`, `money.currency_mismatch` without a currency of several.
    pub async fn rfm(&self, query: &ValueQuery) -> Result<RfmScores> {
        let reference = query.reference.unwrap_or_else(|| self.engine.now());
        let purchases = self.purchases(query, reference, "score.rfm").await?;
        let Some(currency) = purchases.currency else {
            return Ok(RfmScores { reference, customers: Vec::new(), segments: Vec::new() });
        };
        let codes = CustomerCodes::encode(purchases.customers.iter().copied())?;
        let log = Transactions::new(&codes.codes, Times::Instants((&purchases.times).into()))
            .with_amounts(Amounts::Minor((&purchases.minor).into()));
        let mut options = RfmOptions::new(reference);
        options.zone = query.zone;
        let rfm = Rfm::from_log(&log, &options)?;
        let segments = rfm.segments(&SegmentMap::eleven())?;
        let columns = rfm.recency.iter().zip(&rfm.frequency).zip(&rfm.monetary);
        let rows = rfm.customer.iter().zip(columns).enumerate();
        let customers = rows.filter_map(|(row, (code, ((recency, frequency), monetary)))| {
            Some(CustomerRfm {
                customer: *codes.ids.get(*code as usize)?,
                recency_days: *recency,
                frequency: *frequency,
                monetary: money(*monetary, currency),
                code: rfm.code(row)?,
                segment: segments.name_of(row)?.to_owned(),
            })
        });
        let counts = segments.names.iter().zip(&segments.customers);
        Ok(RfmScores {
            reference,
            customers: customers.collect(),
            segments: counts
                .map(|(name, count)| RfmSegment { segment: name.clone(), customers: *count })
                .collect(),
        })
    }

    /// What customers are expected to buy in the months to come: BG/NBD (Fader, Hardie and Lee 2005) for
    /// how often, Gamma-Gamma (Fader and Hardie 2013) for how much, fitted to the payments themselves.
    ///
    /// # Errors
    /// `access.denied`, `input.*`, `money.currency_mismatch` without a currency of several.
    pub async fn lifetime_values(
        &self,
        query: &ValueQuery,
        options: LifetimeValueOptions,
    ) -> Result<LifetimeValues> {
        let reference = query.reference.unwrap_or_else(|| self.engine.now());
        let rate = Horizon::rate_of_part(options.yearly_rate, 1.0 / 12.0);
        let horizon = Horizon::new(options.months, MONTH, rate)?;
        let purchases = self.purchases(query, reference, "score.clv").await?;
        let mut values = LifetimeValues {
            reference,
            model: "bg_nbd, gamma_gamma".to_owned(),
            not_identified: None,
            customers: Vec::new(),
        };
        match of_customers(&purchases, query.zone, reference, &horizon)? {
            Ok(customers) => values.customers = customers,
            Err(reason) => values.not_identified = Some(reason),
        }
        Ok(values)
    }

    /// All purchases that count, in the order of time.
    async fn purchases(
        &self,
        query: &ValueQuery,
        reference: Timestamp,
        operation: &'static str,
    ) -> Result<Purchases> {
        let stores = self.stores_of(Action::ScoreRead, operation).await?;
        let mut page = Payments {
            tenant: self.principal.tenant,
            stores,
            customer: None,
            from: query.from,
            until: None,
            after: None,
            limit: PAGE,
        };
        let mut purchases = Purchases::default();
        let mut places: BTreeMap<SubjectId, usize> = BTreeMap::new();
        loop {
            let payments = self.engine.inner.ask(page.clone()).await?;
            for payment in payments.iter().filter(|payment| payment.paid_at <= reference) {
                purchases.add(query, payment, &mut places)?;
            }
            match payments.last() {
                Some(last) if payments.len() >= PAGE as usize && last.paid_at <= reference => {
                    page.after = Some((last.paid_at, last.id));
                }
                _ => return Ok(purchases),
            }
        }
    }
}

impl Purchases {
    fn add(
        &mut self,
        query: &ValueQuery,
        payment: &Payment,
        places: &mut BTreeMap<SubjectId, usize>,
    ) -> Result<()> {
        let currency = payment.amount.currency();
        match query.currency.or(self.currency) {
            Some(expected) if expected != currency && query.currency.is_some() => return Ok(()),
            Some(expected) if expected != currency => {
                return Err(Error::new(
                    Code::MoneyCurrencyMismatch,
                    "the payments have several currencies",
                )
                .with("field", "currency")
                .with("accepted", format!("{expected} or {currency}")));
            }
            _ => self.currency = Some(currency),
        }
        let minor = payment.signed_minor();
        let of_kind = |kind| payment.subject.filter(|_| payment.subject_kind == Some(kind));
        let subject = match query.source {
            ValueSource::Payments => None,
            ValueSource::Orders => match of_kind(SubjectKind::Order) {
                None => return Ok(()),
                order => order,
            },
            ValueSource::Jobs => match of_kind(SubjectKind::Job) {
                None => return Ok(()),
                job => job,
            },
        };
        if let Some(subject) = subject {
            let next = self.minor.len();
            let place = *places.entry(subject).or_insert(next);
            if let Some(sum) = self.minor.get_mut(place) {
                *sum = sum.saturating_add(minor);
                return Ok(());
            }
        }
        self.customers.push(payment.customer);
        self.times.push(payment.paid_at.as_millis());
        self.minor.push(minor);
        Ok(())
    }
}

/// The predictions, or why there are none.
fn of_customers(
    purchases: &Purchases,
    zone: Zone,
    reference: Timestamp,
    horizon: &Horizon,
) -> Result<std::result::Result<Vec<CustomerLifetimeValue>, String>> {
    let Some(currency) = purchases.currency else {
        return Ok(Err("there are no payments".to_owned()));
    };
    let codes = CustomerCodes::encode(purchases.customers.iter().copied())?;
    let log = Transactions::new(&codes.codes, Times::Instants((&purchases.times).into()))
        .with_amounts(Amounts::Minor((&purchases.minor).into()));
    let mut options = SummaryOptions::new(Unit::Week, reference);
    options.zone = zone;
    // Nothing paid is nothing to learn a spend from.
    options.policies = Policies { zero_amounts: ZeroAmounts::Drop, ..Policies::default() };
    let summary = Summary::from_log(&log, &options)?;
    if summary.customer.is_empty() {
        return Ok(Err("there are no purchases".to_owned()));
    }
    let (x, recency, age) = (&summary.frequency, &summary.recency, &summary.age);
    let purchase = BgNbd::fit(&Customers::from_columns(x, recency, age)?);
    let spend = GammaGamma::fit(&Spenders::from_columns(x, &summary.spend)?);
    for (model, identification) in
        [("bg_nbd", purchase.identification), ("gamma_gamma", spend.identification)]
    {
        if let Identification::NotIdentified(reason) = identification {
            return Ok(Err(format!("{model}: {}", words(reason))));
        }
    }
    let (purchase, spend) = (purchase.model, spend.model);
    let alive = purchase.probability_alive(x, recency, age)?;
    let length = horizon.length().unwrap_or_default();
    let expected = purchase.expected_purchases(x, recency, age, length)?;
    let spends = spend.expected_spend(x, &summary.spend)?;
    let values = purchase.lifetime_value(x, recency, age, &spends, horizon)?;
    let rows = summary.customer.iter().zip(x).zip(alive.iter().zip(&expected));
    let rows = rows.zip(spends.iter().zip(&values));
    Ok(Ok(rows
        .filter_map(|(((code, x), (alive, expected)), (spend, value))| {
            Some(CustomerLifetimeValue {
                customer: *codes.ids.get(*code as usize)?,
                repeat_purchases: *x,
                alive: *alive,
                expected_purchases: *expected,
                expected_spend: money(*spend, currency),
                value: money(*value, currency),
            })
        })
        .collect()))
}

fn words(reason: NotIdentified) -> &'static str {
    match reason {
        NotIdentified::NoRepeatPurchases => "no customer came back",
        NotIdentified::TooFewCustomers => "too few customers",
        NotIdentified::AtBoundary { .. } => "the likelihood keeps rising towards a boundary",
        NotIdentified::FlatLikelihood => "several parameters are as good",
        NotIdentified::WideInterval { .. } => "a standard error is too wide",
        NotIdentified::NotConverged => "the search did not converge",
    }
}

/// An amount rounded to minor units.
fn money(minor: f64, currency: Currency) -> Money {
    Money::from_minor(minor.round() as i64, currency)
}
