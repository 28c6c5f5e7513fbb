//! How payments follow the host's books.

use serde::{Deserialize, Serialize};

use crate::access::Action;
use crate::decide::{Context, Draft};
use crate::directory::decide::{identify, status_word};
use crate::directory::{Party, PartyKind, PartyState, Subject};
use crate::error::{Code, Error, Result};
use crate::events::{EventKind, Stream, StreamKind};
use crate::ids::{PaymentId, Ref, kind};
use crate::money::Money;
use crate::payments::{Payment, PaymentKind};
use crate::store::facts::store_facts;
use crate::store::{Change, Expect, SubjectRef};
use crate::time::Timestamp;

/// A payment as the host's books have it.
///
/// ```
/// use goodwill::{ExternalRef, Money, PutPayment};
///
/// let amount = Money::parse("89.00", "EUR".parse()?)?;
/// let paid = PutPayment::new(ExternalRef::host("p-1")?, ExternalRef::host("c-1")?, amount, "2026-05-04T09:30:00Z".parse()?);
/// assert_eq!(paid.by("Card").method.as_deref(), Some("Card"));
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PutPayment {
    /// Which one.
    pub key: Ref<kind::Payment>,
    /// Whose it is.
    pub customer: Ref<kind::Party>,
    /// How much, above zero whatever the direction.
    pub amount: Money,
    /// When.
    pub paid_at: Timestamp,
    /// In which direction; from the customer by default.
    #[serde(default = "PaymentKind::default_for_payments")]
    pub kind: PaymentKind,
    /// How it was paid, in any spelling: `cash`, `card`, `transfer`, `cheque`, `wallet`, …
    #[serde(default)]
    pub method: Option<String>,
    /// The job that it is for.
    #[serde(default)]
    pub job: Option<Ref<kind::Subject>>,
    /// The order that it is for.
    #[serde(default)]
    pub order: Option<Ref<kind::Subject>>,
}

impl PaymentKind {
    pub(crate) fn default_for_payments() -> Self {
        Self::Payment
    }
}

impl PutPayment {
    /// A payment of a customer's.
    #[must_use]
    pub fn new(
        key: impl Into<Ref<kind::Payment>>,
        customer: impl Into<Ref<kind::Party>>,
        amount: Money,
        paid_at: Timestamp,
    ) -> Self {
        Self {
            key: key.into(),
            customer: customer.into(),
            amount,
            paid_at,
            kind: PaymentKind::Payment,
            method: None,
            job: None,
            order: None,
        }
    }

    /// In another direction.
    #[must_use]
    pub fn of_kind(mut self, kind: PaymentKind) -> Self {
        self.kind = kind;
        self
    }

    /// By cash, by card, …
    #[must_use]
    pub fn by(mut self, method: impl Into<String>) -> Self {
        self.method = Some(method.into());
        self
    }

    /// For a job.
    #[must_use]
    pub fn for_job(mut self, job: impl Into<Ref<kind::Subject>>) -> Self {
        self.job = Some(job.into());
        self
    }

    /// For an order.
    #[must_use]
    pub fn for_order(mut self, order: impl Into<Ref<kind::Subject>>) -> Self {
        self.order = Some(order.into());
        self
    }

    /// The job or order that it is for.
    pub(crate) fn subject(&self) -> Result<Option<SubjectRef>> {
        match (&self.job, &self.order) {
            (Some(_), Some(_)) => Err(Error::invalid("order", "a job or an order, not both")),
            (Some(job), None) => Ok(Some(SubjectRef::job(job.clone()))),
            (None, order) => Ok(order.clone().map(SubjectRef::order)),
        }
    }
}

/// What is stored of a payment that is about to be put, and of what it names.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) payment: Option<Payment>,
    pub(crate) subject: Option<Subject>,
}

/// Stores payments: all of them or none.
pub(crate) fn put_payments<'a>(
    context: &'a Context<'a>,
    known: &[Known],
    customers: &[Option<Party>],
    inputs: &[PutPayment],
) -> Result<(Draft<'a>, Vec<PaymentId>)> {
    let mut draft = Draft::new(context);
    draft.actor();
    let mut ids = Vec::with_capacity(inputs.len());
    for (row, ((input, known), customer)) in inputs.iter().zip(known).zip(customers).enumerate() {
        let id = put(&mut draft, known, customer.as_ref(), input);
        ids.push(id.map_err(|error| error.with("row", row))?);
    }
    Ok((draft, ids))
}

fn put(
    draft: &mut Draft<'_>,
    known: &Known,
    customer: Option<&Party>,
    input: &PutPayment,
) -> Result<PaymentId> {
    let context = draft.context;
    if input.amount.minor() <= 0 {
        return Err(Error::invalid("amount", "an amount above zero"));
    }
    let method = input.method.as_deref().map(|method| status_word("method", method)).transpose()?;
    let named = input.subject()?;
    if named.is_some() && known.subject.is_none() {
        return Err(Error::new(Code::SubjectNotFound, "the job or order is not known"));
    }
    let store = known.subject.as_ref().and_then(|subject| subject.store);
    context.check(Action::PaymentWrite, store_facts(context.identity, store))?;
    let customer = match customer {
        Some(party) if party.state == PartyState::Erased => {
            return Err(Error::new(Code::PartyNotFound, "a party has been erased"));
        }
        Some(party) => party.id,
        None => draft.party(&input.customer, PartyKind::Customer),
    };
    if known.subject.as_ref().is_some_and(|subject| subject.customer != customer) {
        return Err(Error::invalid("customer", "the customer of the job or order"));
    }
    let before = known.payment.as_ref();
    let id = before.map_or_else(|| identify(draft, &input.key), |payment| payment.id);
    let after = Payment {
        id,
        tenant: context.tenant(),
        customer,
        subject: known.subject.as_ref().map(|subject| subject.id),
        subject_kind: known.subject.as_ref().map(|subject| subject.kind),
        store,
        amount: input.amount,
        kind: input.kind,
        method,
        paid_at: input.paid_at,
        created_at: before.map_or(context.now, |payment| payment.created_at),
        version: before.map_or(0, |payment| payment.version),
    };
    if before == Some(&after) {
        return Ok(id);
    }
    if let Some(before) = before {
        // Whoever may not write where it was may not take it away from there either.
        context.check(Action::PaymentWrite, store_facts(context.identity, before.store))?;
    }
    draft.expect(Expect::Payment(id, after.version));
    let stream = Stream { kind: StreamKind::Party, id: customer.uuid() };
    draft.event(
        stream,
        EventKind::PaymentChanged,
        [("payment", id.to_string().into()), ("kind", after.kind.as_str().into())],
    );
    let entry = draft.audit(EventKind::PaymentChanged.as_str(), ("payment", id.uuid()));
    entry.subject = after.subject;
    entry.store = store;
    draft.change(Change::PutPayment(after));
    Ok(id)
}
