//! Sessions: what a principal does with the engine.
//!
//! There are two kinds. A [`Session<Desk>`] is the business': it can close, assign and redact, and
//! reads [`Message`]s. A [`Session<Portal>`] is everybody else's: it reads [`PublicMessage`]s, which
//! have no place for an internal note, and has no method that only staff may call. What both can do
//! is written once, for any [`View`].

mod directory;
#[cfg(feature = "llm")]
pub(crate) mod drafts;
mod events;
mod followups;
mod inbound;
mod messages;
mod payments;
mod reading;
mod search;
mod threads;
mod trail;
#[cfg(feature = "analytics")]
mod value;

pub use directory::Erased;
#[cfg(feature = "llm")]
pub use drafts::ReplyDraft;
pub use events::PublicEvent;
pub use followups::FollowupQuery;
pub use inbound::{TriageList, TriageQuery};
pub use messages::{Delta, MessageList, MessageOrder, MessageQuery, Revision};
pub use payments::PaymentQuery;
pub use search::{Found, Hit, MessageFilter, Total};
pub use threads::{ThreadList, ThreadQuery};
pub use trail::{Tick, Trail, TrailEntry};
#[cfg(feature = "analytics")]
pub use value::{
    CustomerLifetimeValue, CustomerRfm, LifetimeValueOptions, LifetimeValues, RfmScores,
    RfmSegment, ValueQuery, ValueSource,
};

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;

use crate::access::{Action, RoleSet};
use crate::decide::Context;
use crate::engine::{Call, Engine, TenantState, scene_query};
use crate::error::{Error, Result};
use crate::messages::view::Reader;
use crate::messages::{Message, PublicMessage, StoredMessage};
use crate::principal::{Identity, Principal, RequestInfo};
use crate::store::{AccessFilter, Scene, SceneQuery, Target};
use crate::threads::{PublicThread, Thread};

mod sealed {
    pub trait Sealed {}
}

/// What a view is made of can be sent to a host.
#[cfg(not(feature = "schema"))]
pub trait Wire: Serialize + fmt::Debug + Clone + PartialEq + Send {}
#[cfg(not(feature = "schema"))]
impl<T: Serialize + fmt::Debug + Clone + PartialEq + Send> Wire for T {}

/// What a view is made of can be sent to a host, and described to it.
#[cfg(feature = "schema")]
pub trait Wire: Serialize + schemars::JsonSchema + fmt::Debug + Clone + PartialEq + Send {}
#[cfg(feature = "schema")]
impl<T> Wire for T where T: Serialize + schemars::JsonSchema + fmt::Debug + Clone + PartialEq + Send {}

/// What a session's principal gets to read.
pub trait View: sealed::Sealed + Send + Sync + 'static {
    /// A message.
    type Message: Wire;
    /// A thread.
    type Thread: Wire;

    /// Whether only public records pass.
    const PUBLIC: bool;

    /// A message for the reader; `None` when it has nothing to see.
    fn message(stored: StoredMessage, reader: Reader<'_>) -> Option<Self::Message>;

    /// A thread.
    fn thread(thread: &Thread) -> Self::Thread;
}

/// The view of the business.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Desk {}

/// The view of customers and partners.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Portal {}

/// Types that are generic over the view are named after it: `MessageList`, `PublicMessageList`.
#[cfg(feature = "schema")]
macro_rules! prefix {
    ($view:ident, $prefix:literal) => {
        impl schemars::JsonSchema for $view {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $prefix.into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::Schema::default()
            }
        }
    };
}
#[cfg(feature = "schema")]
prefix!(Desk, "");
#[cfg(feature = "schema")]
prefix!(Portal, "Public");

impl sealed::Sealed for Desk {}
impl sealed::Sealed for Portal {}

impl View for Desk {
    type Message = Message;
    type Thread = Thread;

    const PUBLIC: bool = false;

    fn message(stored: StoredMessage, reader: Reader<'_>) -> Option<Message> {
        Some(Message::of(stored, reader))
    }

    fn thread(thread: &Thread) -> Thread {
        thread.clone()
    }
}

impl View for Portal {
    type Message = PublicMessage;
    type Thread = PublicThread;

    const PUBLIC: bool = true;

    fn message(stored: StoredMessage, reader: Reader<'_>) -> Option<PublicMessage> {
        PublicMessage::of(stored, reader)
    }

    fn thread(thread: &Thread) -> PublicThread {
        PublicThread::of(thread)
    }
}

/// What a principal does with the engine.
#[derive(Debug)]
pub struct Session<V: View> {
    pub(crate) engine: Engine,
    pub(crate) principal: Principal,
    request: RequestInfo,
    key: Option<String>,
    view: PhantomData<fn() -> V>,
}

/// What an operation looks at a scene for.
type Look<'a> = dyn FnMut(&Context<'_>, &Scene) -> Result<()> + Send + 'a;

impl<V: View> Clone for Session<V> {
    fn clone(&self) -> Self {
        Self {
            engine: self.engine.clone(),
            principal: self.principal.clone(),
            request: self.request.clone(),
            key: self.key.clone(),
            view: PhantomData,
        }
    }
}

impl<V: View> Session<V> {
    pub(crate) fn new(engine: Engine, principal: Principal) -> Self {
        Self { engine, principal, request: RequestInfo::default(), key: None, view: PhantomData }
    }

    /// The same session, with where its calls come from: for the audit trail.
    #[must_use]
    pub fn with_request(mut self, request: RequestInfo) -> Self {
        self.request = request;
        self
    }

    /// The same session for one call that may be repeated: a call with a key that was used before
    /// changes nothing and returns the first result. Another request with the same key is refused.
    ///
    /// Keys are a principal's own and are forgotten after the tenant's `idempotency_seconds`.
    #[must_use]
    pub fn idempotent(&self, key: impl Into<String>) -> Self {
        Self { key: Some(key.into()), ..self.clone() }
    }

    /// Whose session it is.
    #[must_use]
    pub fn principal(&self) -> &Principal {
        &self.principal
    }

    pub(crate) fn call(&self, operation: &'static str) -> Call<'_> {
        Call {
            principal: &self.principal,
            request: &self.request,
            operation,
            key: self.key.as_deref(),
        }
    }

    pub(crate) fn scene_of(&self, target: impl Into<Target>) -> SceneQuery {
        SceneQuery { target: Some(target.into()), ..scene_query(&self.principal) }
    }

    /// The roles that a message must admit. A portal asks for none: only public messages pass.
    pub(crate) fn roles(&self, identity: &Identity) -> RoleSet {
        if V::PUBLIC { RoleSet::EMPTY } else { identity.roles }
    }

    /// Who asks, as a filter on records.
    pub(crate) fn access(&self, context: &Context<'_>, action: Action) -> AccessFilter {
        let known = crate::access::Facts::none_known()
            .set(crate::access::Fact::SameTenant, true)
            .set(crate::access::Fact::RoleClaimed, false)
            .set(crate::access::Fact::Draft, false)
            .set(crate::access::Fact::ReasonGiven, false);
        let filter = context.access.filter(context.identity.roles, action, known);
        AccessFilter { filter, identity: context.identity.clone() }
    }

    /// Reads a scene and gives it to a function together with the context.
    pub(crate) async fn looking<T: Send>(
        &self,
        operation: &'static str,
        query: SceneQuery,
        look: impl FnOnce(&Context<'_>, &Scene) -> Result<T> + Send,
    ) -> Result<(T, Scene, std::sync::Arc<TenantState>)> {
        let (mut look, mut seen) = (Some(look), None);
        let mut untyped = |context: &Context<'_>, scene: &Scene| {
            if let Some(look) = look.take() {
                seen = Some(look(context, scene)?);
            }
            Ok(())
        };
        let (scene, state) = self.looking_untyped(operation, query, &mut untyped).await?;
        let seen = seen.ok_or_else(|| Error::internal("nothing was looked at"))?;
        Ok((seen, scene, state))
    }

    /// The same without types of the operation's, so that it is compiled once.
    async fn looking_untyped(
        &self,
        operation: &'static str,
        query: SceneQuery,
        look: &mut Look<'_>,
    ) -> Result<(Scene, std::sync::Arc<TenantState>)> {
        let inner = &self.engine.inner;
        let (scene, state) = inner.scene(query).await?;
        let call = self.call(operation);
        let context = inner.context(&call, &scene.identity, &state);
        match look(&context, &scene) {
            Ok(()) => Ok((scene, state)),
            Err(error) => {
                inner.record_denial(&context, &call, &scene, &error).await?;
                Err(error)
            }
        }
    }
}
