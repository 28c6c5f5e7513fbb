//! The engine: loads what a decision needs, decides, commits, and tries again when others were
//! faster.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::access::Policy;
use crate::audit::AuditKeys;
use crate::decide::{Context, Draft, denied};
use crate::error::{Code, Error, Result};
use crate::ids::{IdSource, MessageId, SystemIds, TenantId, ThreadId};
use crate::principal::{Identity, Principal, RequestInfo};
use crate::session::{Desk, Portal, Session};
use crate::store::{
    Ask, ChangeSet, Committed, IdempotencyKey, IdempotencyRecord, Outcome, Scene, SceneQuery, Store,
};
use crate::tenants::Tenant;
use crate::time::{Clock, SystemClock, Timestamp};

/// How often a decision is made anew when others keep writing the same records.
const ATTEMPTS: u32 = 64;

/// The customer-experience engine over one store.
///
/// Cheap to clone; every clone is the same engine. What an engine does is done for a principal, in a
/// [`Session`]: [`Engine::desk`] for the business, [`Engine::portal`] for customers and partners.
///
/// ```
/// use goodwill::{AuditKey, Engine, MemoryStore};
///
/// let key = AuditKey::from_bytes("2026-01", &[7; 32])?;
/// let engine = Engine::new(MemoryStore::new(), key);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Engine {
    pub(crate) inner: Arc<Inner>,
}

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    pub(crate) keys: AuditKeys,
    tenants: RwLock<BTreeMap<TenantId, Arc<TenantState>>>,
}

/// A tenant as it was last read, with its rules compiled.
#[derive(Debug)]
pub(crate) struct TenantState {
    pub(crate) tenant: Tenant,
    pub(crate) policy: Policy,
}

impl Engine {
    /// An engine with the system's clock and randomness. `keys` seal the audit trail: one
    /// [`crate::AuditKey`], or a ring with the current key and older ones.
    #[must_use]
    pub fn new(store: impl Store + 'static, keys: impl Into<AuditKeys>) -> Self {
        Self::with_parts(
            Arc::new(store),
            keys.into(),
            Arc::new(SystemClock),
            Arc::new(SystemIds::default()),
        )
    }

    /// An engine with a clock and an id source of the caller's: for replays, simulations and tests.
    #[must_use]
    pub fn with_parts(
        store: Arc<dyn Store>,
        keys: AuditKeys,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Self {
        let inner = Inner { store, clock, ids, keys, tenants: RwLock::default() };
        Self { inner: Arc::new(inner) }
    }

    /// What the business does: staff, services and the system itself.
    ///
    /// # Errors
    /// `access.denied` for a principal with no role on the side of the business.
    pub fn desk(&self, principal: Principal) -> Result<Session<Desk>> {
        if principal.roles.intersects(crate::RoleSet::BUSINESS) {
            Ok(Session::new(self.clone(), principal))
        } else {
            Err(Error::new(Code::AccessDenied, "the desk is for the business")
                .with("action", "desk"))
        }
    }

    /// What customers, suppliers and resellers do. Everything it returns is public.
    #[must_use]
    pub fn portal(&self, principal: Principal) -> Session<Portal> {
        Session::new(self.clone(), principal)
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.inner.store
    }

    /// The instant of this call, by the engine's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }
}

/// A decision's change set and what it produced, to be made into a result once it is committed.
pub(crate) type Decided<T> = Result<(ChangeSet, T)>;

/// A decision without its type: what it writes, and what an idempotency record keeps of it.
type Decide<'a> =
    dyn FnMut(&Context<'_>, &Scene) -> Result<(ChangeSet, Option<serde_json::Value>)> + Send + 'a;

/// How an operation ended.
pub(crate) enum Done<T> {
    /// It was decided and committed now.
    Now(T, Committed),
    /// It was done before, under the same idempotency key: the ids and numbers of the first result.
    Before(serde_json::Value),
}

/// One call of an operation that writes.
pub(crate) struct Call<'a> {
    pub(crate) principal: &'a Principal,
    pub(crate) request: &'a RequestInfo,
    pub(crate) operation: &'static str,
    pub(crate) key: Option<&'a str>,
}

impl Inner {
    pub(crate) async fn ask<Q: Ask>(&self, query: Q) -> Result<Q::Answer> {
        self.store.ask(query).await
    }

    /// The tenant as last read; one that was never stored has the defaults.
    fn cached(&self, id: TenantId) -> Option<Arc<TenantState>> {
        self.tenants.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    fn remember(&self, tenant: Tenant) -> Result<Arc<TenantState>> {
        let policy = Policy::with_rules(tenant.rules.clone())?;
        let state = Arc::new(TenantState { policy, tenant });
        let mut tenants = self.tenants.write().unwrap_or_else(PoisonError::into_inner);
        tenants.insert(state.tenant.id, Arc::clone(&state));
        Ok(state)
    }

    /// Reads a scene, and with it the tenant.
    pub(crate) async fn scene(&self, mut query: SceneQuery) -> Result<(Scene, Arc<TenantState>)> {
        let id = query.tenant;
        let cached = match self.cached(id) {
            Some(state) => state,
            None => self.remember(Tenant::new(id, ""))?,
        };
        query.known_tenant = Some(cached.tenant.version);
        let mut scene = self.ask(query).await?;
        let state = match scene.tenant.take() {
            Some(tenant) => self.remember(tenant)?,
            None => cached,
        };
        Ok((scene, state))
    }

    pub(crate) fn context<'a>(
        &'a self,
        call: &Call<'a>,
        identity: &'a Identity,
        state: &'a TenantState,
    ) -> Context<'a> {
        Context {
            now: self.clock.now(),
            ids: &*self.ids,
            principal: call.principal,
            identity,
            request: call.request,
            policies: &state.tenant.policies,
            access: &state.policy,
        }
    }

    /// Runs a decision on fresh scenes until it is committed.
    ///
    /// # Errors
    /// Those of the decision, `idempotency.key_reused`, `store.contention`, and the `store.*` codes.
    pub(crate) async fn run<T, P>(
        &self,
        call: &Call<'_>,
        query: SceneQuery,
        input: &impl Serialize,
        produced: P,
        decide: impl Fn(&Context<'_>, &Scene) -> Decided<T> + Send + Sync,
    ) -> Result<Done<T>>
    where
        T: Send,
        P: Fn(&T) -> serde_json::Value + Send + Sync,
    {
        let fingerprint = match call.key {
            Some(key) => {
                crate::messages::input::check_word("idempotency_key", key, 255)?;
                Some(fingerprint_of(call, input))
            }
            None => None,
        };
        let mut decided = None;
        let mut decide = |context: &Context<'_>, scene: &Scene| {
            let (set, value) = decide(context, scene)?;
            let result = call.key.map(|_| produced(&value));
            decided = Some(value);
            Ok((set, result))
        };
        Ok(match self.run_untyped(call, query, fingerprint, &mut decide).await? {
            Done::Now((), committed) => {
                let lost = || Error::internal("a decision has no value");
                Done::Now(decided.ok_or_else(lost)?, committed)
            }
            Done::Before(result) => Done::Before(result),
        })
    }

    /// The result of an earlier call under the key of this one.
    ///
    /// # Errors
    /// `idempotency.key_reused` when that was another request.
    #[cfg(feature = "llm")]
    pub(crate) async fn repeated(
        &self,
        call: &Call<'_>,
        mut query: SceneQuery,
        input: &impl Serialize,
    ) -> Result<Option<serde_json::Value>> {
        let Some(key) = call.key else { return Ok(None) };
        let fingerprint = fingerprint_of(call, input);
        query.idempotency = Some(idempotency_key(call.principal, key));
        let (scene, _) = self.scene(query).await?;
        match scene.repeated.map(|first| same_request::<()>(first, fingerprint)).transpose()? {
            Some(Done::Before(result)) => Ok(Some(result)),
            _ => Ok(None),
        }
    }

    /// The same without types of the operation's, so that it is compiled once.
    async fn run_untyped(
        &self,
        call: &Call<'_>,
        mut query: SceneQuery,
        fingerprint: Option<[u8; 32]>,
        decide: &mut Decide<'_>,
    ) -> Result<Done<()>> {
        for _ in 0..ATTEMPTS {
            query.idempotency = call.key.map(|key| idempotency_key(call.principal, key));
            let (scene, state) = self.scene(query.clone()).await?;
            let context = self.context(call, &scene.identity, &state);
            if let (Some(first), Some(fingerprint)) = (&scene.repeated, fingerprint) {
                return same_request(first.clone(), fingerprint);
            }
            let (mut set, result) = match decide(&context, &scene) {
                Ok(decided) => decided,
                Err(error) => {
                    self.record_denial(&context, call, &scene, &error).await?;
                    return Err(error);
                }
            };
            if let (Some(key), Some(fingerprint), Some(result)) =
                (query.idempotency.clone(), fingerprint, result)
            {
                set.idempotency = Some(IdempotencyRecord { key, fingerprint, result });
            } else if set.changes.is_empty() && set.audit.is_empty() {
                return Ok(Done::Now((), Committed::default()));
            }
            match self.store.commit(set, &self.keys).await? {
                Outcome::Committed(committed) => return Ok(Done::Now((), committed)),
                Outcome::Repeated(first) => {
                    return same_request(first, fingerprint.unwrap_or_default());
                }
                Outcome::Stale => {}
            }
        }
        Err(Error::new(Code::StoreContention, "others kept writing the same records"))
    }

    /// Commits a decision that needs no scene of its own, once.
    pub(crate) async fn commit(&self, set: ChangeSet) -> Result<Outcome> {
        self.store.commit(set, &self.keys).await
    }

    /// A refusal is part of the trail, also when it looks to the caller as if nothing were there.
    pub(crate) async fn record_denial(
        &self,
        context: &Context<'_>,
        call: &Call<'_>,
        scene: &Scene,
        error: &Error,
    ) -> Result<()> {
        let thread = scene.threads.first();
        let refused = matches!(error.code(), Code::AccessDenied | Code::AccessRoleClaim)
            || (error.code() == Code::ThreadNotFound && thread.is_some())
            || (error.code() == Code::FollowupNotFound && scene.followup.is_some());
        if !refused {
            return Ok(());
        }
        let mut entry =
            denied(context, call.operation, thread.map(|scene| scene.subject.id.uuid()));
        if let Some(scene) = thread {
            entry.thread = scene.thread.as_ref().map(|thread| thread.id);
            entry.subject = Some(scene.subject.id);
            entry.store = scene.subject.store;
        }
        let mut set = Draft::new(context).finish();
        set.audit.push(entry);
        self.commit(set).await.map(drop)
    }
}

/// The scene of a conversation, for a principal.
pub(crate) fn scene_query(principal: &Principal) -> SceneQuery {
    SceneQuery {
        tenant: principal.tenant,
        known_tenant: None,
        principal: principal.clone(),
        target: None,
        other: None,
        message: None,
        parties: Vec::new(),
        read_states: false,
        arrival: None,
        inbound: None,
        triage: None,
        followup: None,
        idempotency: None,
    }
}

/// The key is the actor's own: another actor's same key is another key. The actor's reference stands
/// in it, since an actor that is not stored yet has no id.
fn idempotency_key(principal: &Principal, key: &str) -> IdempotencyKey {
    let mut digest = Sha256::new();
    digest.update(serde_json::to_vec(&principal.party).unwrap_or_default());
    let hash: [u8; 32] = digest.finalize().into();
    let mut actor = [0; 16];
    actor.iter_mut().zip(hash).for_each(|(byte, hashed)| *byte = hashed);
    IdempotencyKey { actor: Uuid::from_bytes(actor), key: key.to_owned() }
}

fn fingerprint_of(call: &Call<'_>, input: &impl Serialize) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(call.operation.as_bytes());
    digest.update([0]);
    digest.update(serde_json::to_vec(input).unwrap_or_default());
    digest.finalize().into()
}

fn same_request<T>(first: IdempotencyRecord, fingerprint: [u8; 32]) -> Result<Done<T>> {
    if first.fingerprint == fingerprint {
        Ok(Done::Before(first.result))
    } else {
        Err(Error::field(
            Code::IdempotencyKeyReused,
            "idempotency_key",
            "a new key for another request",
        ))
    }
}

/// Takes an id out of the result of an earlier call.
pub(crate) fn id_in<K: crate::ids::Kind>(result: &serde_json::Value) -> Result<crate::Id<K>> {
    result
        .get(K::NAME)
        .and_then(serde_json::Value::as_str)
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| Error::internal("an idempotency record has another result"))
}

/// What an idempotency record keeps of a message.
pub(crate) fn message_result(id: MessageId) -> serde_json::Value {
    serde_json::json!({ "message": id })
}

/// What an idempotency record keeps of a thread.
pub(crate) fn thread_result(id: ThreadId) -> serde_json::Value {
    serde_json::json!({ "thread": id })
}
