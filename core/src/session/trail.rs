//! The audit trail, explanations, and the one scheduler entry.

use serde::{Deserialize, Serialize};

use crate::access::{Action, Explanation, Fact, Facts};
use crate::audit::{
    AuditEntry, AuditPrivate, AuditRecord, Checkpoint, Finding, Verifier, VerifyReport,
};
use crate::engine::scene_query;
use crate::error::{Error, Result};
use crate::events::{EventKind, Stream, StreamKind};
use crate::ids::{MessageId, TenantId, ThreadId};
use crate::messages::ContentState;
use crate::principal::{Identity, Principal, RequestInfo};
use crate::session::messages::limit_between;
use crate::session::{Desk, Session, View};
use crate::store::facts::{store_facts, thread_facts};
use crate::store::{
    AuditPage, Change, Checkpoints, DueThreads, Head, MessagePage, Outcome, SceneQuery, Target,
};
use crate::threads::decide::wake;
use crate::time::Timestamp;

/// An entry of the audit trail.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TrailEntry {
    /// What is sealed.
    pub record: AuditRecord,
    /// What is personal about it, as long as that is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private: Option<AuditPrivate>,
}

/// A page of the audit trail.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Trail {
    /// The entries in order.
    pub entries: Vec<TrailEntry>,
    /// The last entry's place: go on after it.
    pub last: u64,
}

/// What a tick has done.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Tick {
    /// The threads that woke.
    pub woken: Vec<ThreadId>,
    /// How many checkpoints of audit trails were made.
    pub checkpoints: u64,
    /// When to call again at the latest; `None` when nothing is planned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Timestamp>,
}

const PAGE: u32 = 500;

impl<V: View> Session<V> {
    /// Whether the principal may do something with a conversation.
    ///
    /// # Errors
    /// The `store.*` codes.
    pub async fn may(&self, action: Action, target: impl Into<Target>) -> Result<bool> {
        Ok(self.explain(action, target).await?.allowed)
    }

    /// Why the principal may, or may not, do something with a conversation: the rules that permit or
    /// forbid it, and what the others lack. A conversation that does not exist is one about which
    /// nothing is known.
    ///
    /// # Errors
    /// The `store.*` codes.
    pub async fn explain(&self, action: Action, target: impl Into<Target>) -> Result<Explanation> {
        let query = self.scene_of(target);
        let (explanation, ..) = self
            .looking("access.explain", query, |context, scene| {
                let facts = match scene.threads.first() {
                    Some(scene) => thread_facts(context.identity, scene)
                        .set(Fact::Public, true)
                        .set(Fact::InAudience, true),
                    None => Facts::none_known().set(Fact::RoleClaimed, false),
                };
                Ok(context.access.explain(context.identity.roles, action, facts))
            })
            .await?;
        Ok(explanation)
    }
}

impl Session<Desk> {
    /// A page of the audit trail, of all or of one thread. Reading it becomes part of it.
    ///
    /// # Errors
    /// `access.denied`, `input.invalid` for a limit outside 1 to 500.
    pub async fn audit(&self, after: u64, thread: Option<ThreadId>, limit: u32) -> Result<Trail> {
        limit_between(limit, PAGE)?;
        self.permitted("audit.read", Action::AuditRead).await?;
        let tenant = self.principal.tenant;
        let entries = self.engine.inner.ask(AuditPage { tenant, after, thread, limit }).await?;
        let last = entries.last().map_or(after, |entry| entry.seq);
        self.record("audit.read").await?;
        let read =
            |entry: AuditEntry| Ok(TrailEntry { record: entry.record()?, private: entry.private });
        Ok(Trail { entries: entries.into_iter().map(read).collect::<Result<_>>()?, last })
    }

    /// Reads the whole trail and says what is wrong with it: a changed byte, a removed middle, a cut
    /// tail. A checkpoint that was kept elsewhere shows more than those in the store. Every message
    /// is compared with what the trail says was committed. An erased person is no fault.
    ///
    /// # Errors
    /// `access.denied`, the `store.*` codes.
    pub async fn verify_audit(&self, kept: Option<&Checkpoint>) -> Result<VerifyReport> {
        self.permitted("audit.verify", Action::AuditVerify).await?;
        let tenant = self.principal.tenant;
        let inner = &self.engine.inner;
        let head = inner.ask(Head { tenant }).await?;
        let mut checkpoints = inner.ask(Checkpoints { tenant }).await?;
        checkpoints.extend(kept.cloned());
        let mut verifier = Verifier::new(&inner.keys, tenant, checkpoints);
        let mut compared = Compared::default();
        let mut after = 0;
        loop {
            let page = inner.ask(AuditPage { tenant, after, thread: None, limit: PAGE }).await?;
            let Some(last) = page.last() else { break };
            after = last.seq;
            page.iter().for_each(|entry| verifier.push(entry));
            self.compare(&page, &mut compared).await?;
        }
        let mut report = verifier.finish(head.as_ref());
        report.messages = compared.messages;
        report.messages_without_text = compared.without_text;
        compared.findings.into_iter().for_each(|finding| report.add(finding));
        self.record("audit.verify").await?;
        Ok(report)
    }

    /// Compares the messages that entries speak of with the entries.
    async fn compare(&self, page: &[AuditEntry], compared: &mut Compared) -> Result<()> {
        let mut said = Vec::new();
        for entry in page {
            let Ok(record) = entry.record() else { continue };
            if record.resource.kind == "message"
                && let (Some(hash), Some(thread)) = (record.after_hash, record.thread)
            {
                said.push((entry.seq, MessageId::from_uuid(record.resource.id), thread, hash));
            }
        }
        if said.is_empty() {
            return Ok(());
        }
        let mut threads: Vec<ThreadId> = said.iter().map(|(_, _, thread, _)| *thread).collect();
        threads.sort_unstable();
        threads.dedup();
        let found = self
            .engine
            .inner
            .ask(MessagePage {
                tenant: self.principal.tenant,
                threads,
                roles: crate::RoleSet::ALL,
                only: Some(said.iter().map(|(_, id, ..)| *id).collect()),
                after: None,
                before: None,
                newest_first: false,
                limit: PAGE,
            })
            .await?;
        for (seq, id, _, hash) in said {
            compared.messages += 1;
            let Some(message) = found.iter().find(|message| message.row.new.id == id) else {
                compared.findings.push(Finding::MessageMissing { seq });
                continue;
            };
            let content = &message.content;
            let text_holds = match content.state {
                ContentState::Present => {
                    crate::messages::append::content_hash(content) == message.row.new.content_hash
                }
                ContentState::Redacted | ContentState::Erased => {
                    compared.without_text += 1;
                    true
                }
            };
            if !text_holds || crate::audit::chain::hex(&message.row.digest()) != hash {
                compared.findings.push(Finding::MessageChanged { seq });
            }
        }
        Ok(())
    }

    /// The newest checkpoint of the trail, to be kept elsewhere.
    ///
    /// # Errors
    /// `access.denied`.
    pub async fn checkpoint(&self) -> Result<Option<Checkpoint>> {
        self.permitted("audit.export", Action::AuditExport).await?;
        let tenant = self.principal.tenant;
        Ok(self.engine.inner.ask(Checkpoints { tenant }).await?.pop())
    }

    async fn permitted(&self, operation: &'static str, action: Action) -> Result<()> {
        self.looking(operation, scene_query(&self.principal), |context, _| {
            let facts = store_facts(context.identity, None).set(Fact::ReasonGiven, false);
            context.check(action, facts)
        })
        .await
        .map(drop)
    }

    async fn record(&self, action: &'static str) -> Result<()> {
        let inner = &self.engine.inner;
        let (scene, state) = inner.scene(scene_query(&self.principal)).await?;
        let call = self.call(action);
        let context = inner.context(&call, &scene.identity, &state);
        let mut draft = crate::decide::Draft::new(&context);
        draft.audit(action, ("tenant", self.principal.tenant.uuid()));
        inner.commit(draft.finish()).await.map(drop)
    }
}

#[derive(Default)]
struct Compared {
    messages: u64,
    without_text: u64,
    findings: Vec<Finding>,
}

impl crate::Engine {
    /// Does what is due by the engine's clock, and says when to call again: the one scheduler entry.
    /// A host calls it from a timer, a job queue or an idle callback; calling it twice, or from many
    /// machines, does nothing twice.
    ///
    /// # Errors
    /// The `store.*` codes.
    pub async fn tick(&self) -> Result<Tick> {
        let inner = &self.inner;
        let now = self.now();
        let mut tick = Tick::default();
        loop {
            let due = inner.ask(DueThreads { now, limit: 100 }).await?;
            tick.next = due.next;
            for thread in &due.threads {
                if self.wake(thread, now).await? {
                    tick.woken.push(thread.id);
                }
            }
            if due.threads.is_empty() {
                for (tenant, newest, checked) in due.trails {
                    tick.checkpoints += self.check(tenant, newest, checked, now).await?;
                }
                return Ok(tick);
            }
        }
    }

    async fn wake(&self, thread: &crate::threads::Thread, now: Timestamp) -> Result<bool> {
        let principal = Principal::system(thread.tenant);
        self.as_system(&principal, |context| {
            let mut set = wake(context, thread)?.finish();
            set.at = now;
            Ok(set)
        })
        .await
    }

    /// Makes the checkpoint that is due, and forgets idempotency records that are old enough.
    async fn check(
        &self,
        tenant: TenantId,
        newest: u64,
        checked: u64,
        now: Timestamp,
    ) -> Result<u64> {
        let principal = Principal::system(tenant);
        let (_, state) = self.inner.scene(scene_query(&principal)).await?;
        let policies = &state.tenant.policies;
        if newest.saturating_sub(checked) < policies.checkpoint_entries.max(1) {
            return Ok(0);
        }
        let mut hashes = Vec::new();
        let mut after = checked;
        while after < newest {
            let page = AuditPage { tenant, after, thread: None, limit: PAGE };
            let entries = self.inner.ask(page).await?;
            let Some(last) = entries.last() else { break };
            after = last.seq;
            hashes.extend(entries.iter().map(|entry| entry.hash));
        }
        let before = self.inner.ask(Checkpoints { tenant }).await?.pop();
        if before.as_ref().map_or(0, |checkpoint| checkpoint.to_seq) != checked {
            return Ok(0);
        }
        let keys = &self.inner.keys;
        let checkpoint = Checkpoint::over(keys, tenant, checked + 1, &hashes, before.as_ref(), now);
        let age = std::time::Duration::from_secs(policies.idempotency_seconds);
        let old = i64::try_from(age.as_millis()).unwrap_or(i64::MAX);
        let old = Timestamp::from_millis(now.as_millis().saturating_sub(old));
        let done = self
            .as_system(&principal, |context| {
                let mut draft = crate::decide::Draft::new(context);
                let to_seq = checkpoint.to_seq;
                draft.change(Change::AddCheckpoint(checkpoint.clone()));
                if let Ok(old) = &old {
                    draft.change(Change::ForgetIdempotency(*old));
                }
                let stream = Stream { kind: StreamKind::Tenant, id: tenant.uuid() };
                draft.event(stream, EventKind::AuditCheckpointed, [("to", to_seq.into())]);
                draft
                    .audit(EventKind::AuditCheckpointed.as_str(), ("tenant", tenant.uuid()))
                    .changes
                    .insert("to".into(), to_seq.into());
                Ok(draft.finish())
            })
            .await?;
        Ok(u64::from(done))
    }

    /// Commits one decision of the system's; `false` when somebody else was faster.
    async fn as_system(
        &self,
        principal: &Principal,
        decide: impl FnOnce(&crate::decide::Context<'_>) -> Result<crate::store::ChangeSet>,
    ) -> Result<bool> {
        let query = SceneQuery { ..scene_query(principal) };
        let (_, state) = self.inner.scene(query).await?;
        let identity = Identity {
            party: None,
            organisation: None,
            on_behalf_of: None,
            stores: None,
            roles: principal.roles,
        };
        let request = RequestInfo::default();
        let call =
            crate::engine::Call { principal, request: &request, operation: "tick", key: None };
        let context = self.inner.context(&call, &identity, &state);
        let set = decide(&context)?;
        match self.inner.commit(set).await? {
            Outcome::Committed(_) => Ok(true),
            Outcome::Stale => Ok(false),
            Outcome::Repeated(_) => Err(Error::internal("a tick has no idempotency key")),
        }
    }
}
