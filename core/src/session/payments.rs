//! Storing payments, and reading them back.

use serde::{Deserialize, Serialize};

use crate::access::{Action, Facts, Obligation};
use crate::decide::not_permitted;
use crate::engine::Done;
use crate::error::{Code, Error, Result};
use crate::ids::{PaymentId, Ref, StorefrontId, kind};
use crate::payments::decide::{Known, put_payments};
use crate::payments::{Payment, PutPayment};
use crate::session::messages::limit_between;
use crate::session::{Desk, Session};
use crate::store::facts::store_facts;
use crate::store::{Directory, DirectoryEntry, Payments, Scene};
use crate::time::Timestamp;

/// How many payments one call stores at most.
const MOST: usize = 1_000;

/// Which payments to list. Everything that is given must hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct PaymentQuery {
    /// This customer's.
    pub customer: Option<Ref<kind::Party>>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// Only those after this payment of the page before.
    pub after: Option<PaymentId>,
    /// At most so many, from 1 to 1,000.
    pub limit: u32,
}

impl Default for PaymentQuery {
    fn default() -> Self {
        Self { customer: None, from: None, until: None, after: None, limit: 100 }
    }
}

impl Session<Desk> {
    /// Stores payments, all of them or none; those that are stored already follow the host's books.
    /// Customers that nobody knows yet are made known. Returns their ids in order.
    ///
    /// # Errors
    /// `access.denied`, `input.*`, `party.not_found`, `subject.not_found`, the ones about a payment with
    /// its `row`.
    pub async fn put_payments(&self, payments: &[PutPayment]) -> Result<Vec<PaymentId>> {
        if payments.is_empty() || payments.len() > MOST {
            return Err(Error::field(Code::InputInvalid, "payments", "1 to 1,000 payments"));
        }
        let mut known = Vec::with_capacity(payments.len());
        for (row, payment) in payments.iter().enumerate() {
            if payments.iter().take(row).any(|earlier| earlier.key == payment.key) {
                return Err(Error::invalid("key", "each payment once").with("row", row));
            }
            known.push(self.known_payment(payment).await.map_err(|error| error.with("row", row))?);
        }
        let mut query = crate::engine::scene_query(&self.principal);
        query.parties = payments.iter().map(|payment| payment.customer.clone()).collect();
        let call = self.call("payment.put");
        let result = |ids: &Vec<PaymentId>| serde_json::json!(ids);
        let done = self
            .engine
            .inner
            .run(&call, query, &payments, result, |context, scene: &Scene| {
                let (draft, ids) = put_payments(context, &known, &scene.parties, payments)?;
                Ok((draft.finish(), ids))
            })
            .await?;
        match done {
            Done::Now(ids, _) => Ok(ids),
            Done::Before(result) => serde_json::from_value(result)
                .map_err(|_| Error::internal("a remembered result is not readable")),
        }
    }

    async fn known_payment(&self, payment: &PutPayment) -> Result<Known> {
        let tenant = self.principal.tenant;
        let subject = match payment.subject()? {
            Some(subject) => self.entry(Directory::Subject(tenant, subject)).await?,
            None => None,
        };
        let payment = self.entry(Directory::Payment(tenant, payment.key.clone())).await?;
        Ok(Known {
            payment: match payment {
                Some(DirectoryEntry::Payment(payment)) => Some(payment),
                _ => None,
            },
            subject: match subject {
                Some(DirectoryEntry::Subject(subject)) => Some(subject),
                _ => None,
            },
        })
    }

    /// Payments in the order of their instants, of customers whose records may be worked with and
    /// within the storefronts of the principal.
    ///
    /// # Errors
    /// `access.denied`, `party.not_found`, `input.*`.
    pub async fn payments(&self, query: &PaymentQuery) -> Result<Vec<Payment>> {
        limit_between(query.limit, 1_000)?;
        let tenant = self.principal.tenant;
        let stores = self.stores_of(Action::PaymentRead, "payment.list").await?;
        let customer = match &query.customer {
            Some(customer) => Some(self.party(customer.clone()).await?.id),
            None => None,
        };
        let after = match query.after {
            Some(id) => match self.entry(Directory::Payment(tenant, id.into())).await? {
                Some(DirectoryEntry::Payment(payment)) => Some((payment.paid_at, payment.id)),
                _ => return Err(Error::invalid("after", "a payment of the page before")),
            },
            None => None,
        };
        let (from, until, limit) = (query.from, query.until, query.limit);
        self.engine
            .inner
            .ask(Payments { tenant, stores, customer, from, until, after, limit })
            .await
    }

    /// The storefronts in whose records the principal may do something: `None` for all records of the
    /// tenant.
    pub(crate) async fn stores_of(
        &self,
        action: Action,
        operation: &'static str,
    ) -> Result<Option<Vec<StorefrontId>>> {
        let query = crate::engine::scene_query(&self.principal);
        let (stores, ..) = self
            .looking(operation, query, |context, _| {
                let identity = context.identity;
                let records = |facts: Facts| {
                    let decision = context.access.check(identity.roles, action, facts);
                    decision.allowed && !decision.obligations.contains(&Obligation::AggregateOnly)
                };
                let Some(stores) = &identity.stores else {
                    return if records(store_facts(identity, None)) {
                        Ok(None)
                    } else {
                        Err(not_permitted(action))
                    };
                };
                let may = |store: &&StorefrontId| records(store_facts(identity, Some(**store)));
                let within: Vec<StorefrontId> = stores.iter().filter(may).copied().collect();
                if within.is_empty() { Err(not_permitted(action)) } else { Ok(Some(within)) }
            })
            .await?;
        Ok(stores)
    }
}
