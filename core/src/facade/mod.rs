//! Whole routes for hosts that had services of their own before: the job timeline and the order
//! thread, with the shapes that their clients know.
//!
//! A façade holds no rule. It names records by the host's ids, spells enumerations as the host does,
//! and calls a [`crate::Session`].

pub mod jobs;
pub mod orders;

pub use jobs::{CreateCustomerMessageInput, CustomerMessageDto, JobTimeline, MarkedRead};
pub use orders::{
    CreateOrderMessage, OrderMessageDto, OrderMessageSearch, OrderMessageSearchResult,
    OrderMessages, OrderThreadDto, OrderThreadMessages, ReadReceiptDto,
};

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::engine::Engine;
use crate::error::Result;
use crate::ids::TenantId;
use crate::store::References;

/// The host's ids of records: its reference, or the id itself where it has none.
pub(crate) struct HostIds(BTreeMap<Uuid, crate::ExternalRef>);

impl HostIds {
    pub(crate) async fn of(engine: &Engine, tenant: TenantId, mut ids: Vec<Uuid>) -> Result<Self> {
        ids.sort_unstable();
        ids.dedup();
        engine.inner.ask(References { tenant, ids }).await.map(Self)
    }

    pub(crate) fn text(&self, id: Uuid) -> String {
        self.0.get(&id).map_or_else(|| id.to_string(), |found| found.value().to_owned())
    }
}
