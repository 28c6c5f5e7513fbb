//! Whole routes for hosts that had services of their own before: the job timeline and the order
//! thread, with the shapes that their clients know.
//!
//! A façade holds no rule. It names records by the host's ids, spells enumerations as the host does,
//! and calls a [`crate::Session`].

pub mod jobs;
pub mod orders;
#[cfg(feature = "llm")]
pub mod suggestions;

pub use jobs::{CreateCustomerMessageInput, CustomerMessageDto, JobTimeline, MarkedRead};
pub use orders::{
    ChannelMessage, ChannelMessageResult, CreateOrderMessage, OrderMessageDto, OrderMessageSearch,
    OrderMessageSearchResult, OrderMessages, OrderThreadDto, OrderThreadMessages, ReadReceiptDto,
};
#[cfg(feature = "llm")]
pub use suggestions::{AiMessageOptions, Suggestion};

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::access::RoleSet;
use crate::engine::Engine;
use crate::error::Result;
use crate::ids::TenantId;
use crate::principal::{Principal, RequestInfo};
use crate::session::{Desk, Portal, Session, View};
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

/// For whom a façade works, and for which request.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    engine: Engine,
    principal: Principal,
    request: RequestInfo,
    key: Option<String>,
}

impl Caller {
    fn new(engine: &Engine, principal: Principal) -> Self {
        Self { engine: engine.clone(), principal, request: RequestInfo::default(), key: None }
    }

    fn is_business(&self) -> bool {
        self.principal.roles.intersects(RoleSet::BUSINESS)
    }

    fn desk(&self) -> Result<Session<Desk>> {
        self.desk_of(self.principal.clone())
    }

    fn desk_of(&self, principal: Principal) -> Result<Session<Desk>> {
        Ok(self.for_request(self.engine.desk(principal)?))
    }

    fn portal(&self) -> Session<Portal> {
        self.for_request(self.engine.portal(self.principal.clone()))
    }

    fn for_request<V: View>(&self, session: Session<V>) -> Session<V> {
        let session = session.with_request(self.request.clone());
        match &self.key {
            Some(key) => session.idempotent(key),
            None => session,
        }
    }
}

/// What every façade can be told of a request.
macro_rules! for_requests {
    ($facade:ident) => {
        impl $facade {
            /// The same, with where the calls come from: for the audit trail.
            #[must_use]
            pub fn with_request(mut self, request: crate::principal::RequestInfo) -> Self {
                self.caller.request = request;
                self
            }

            /// The same, whose next call returns its first result when it is repeated under this key.
            #[must_use]
            pub fn idempotent(mut self, key: impl Into<String>) -> Self {
                self.caller.key = Some(key.into());
                self
            }
        }
    };
}
pub(crate) use for_requests;
