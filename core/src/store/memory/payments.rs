//! Reading payments.

use uuid::Uuid;

use crate::directory::PartyState;
use crate::ids::{Kind as _, PartyId, PaymentId, Ref, StorefrontId, TenantId, kind};
use crate::payments::Payment;
use crate::store::memory::Tables;
use crate::store::query::Payments;
use crate::time::Timestamp;

impl Tables {
    pub(super) fn payment(&self, tenant: TenantId, key: &Ref<kind::Payment>) -> Option<&Payment> {
        let id = match key {
            Ref::Id(id) => *id,
            Ref::External(reference) => {
                PaymentId::from_uuid(self.resolve(tenant, kind::Payment::NAME, reference)?)
            }
        };
        self.payments.get(&(tenant, id))
    }

    pub(super) fn payments_of(&self, query: &Payments) -> Vec<Payment> {
        let active = |party: &PartyId| {
            let found = self.parties.get(&(query.tenant, *party));
            found.is_some_and(|party| party.state == PartyState::Active)
        };
        let within = |store: Option<StorefrontId>| match &query.stores {
            Some(stores) => store.is_some_and(|store| stores.contains(&store)),
            None => true,
        };
        let tenant = query.tenant;
        self.paid
            .range((tenant, Timestamp::MIN, PaymentId::from_uuid(Uuid::nil()))..)
            .map(|((tenant, at, id), ())| (*tenant, *at, *id))
            .take_while(|(owner, ..)| *owner == tenant)
            .filter(|(_, at, id)| query.after.is_none_or(|after| (*at, *id) > after))
            .filter(|(_, at, _)| query.from.is_none_or(|from| *at >= from))
            .filter(|(_, at, _)| query.until.is_none_or(|until| *at < until))
            .filter_map(|(tenant, _, id)| self.payments.get(&(tenant, id)))
            .filter(|payment| query.customer.is_none_or(|customer| payment.customer == customer))
            .filter(|payment| within(payment.store) && active(&payment.customer))
            .take(query.limit as usize)
            .cloned()
            .collect()
    }
}
