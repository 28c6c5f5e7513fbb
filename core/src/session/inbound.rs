//! Messages from outside channels, and triage.

use serde::{Deserialize, Serialize};

use crate::access::Action;
use crate::decide::Context;
use crate::engine::{Done, scene_query};
use crate::error::{Code, Error, Result};
use crate::ids::{MessageId, Ref, TriageId, kind};
use crate::inbound::decide::{self, Taken};
use crate::inbound::{
    InboundMessage, IngestOutcome, Ingested, TriageItem, TriageReason, TriageState,
};
use crate::messages::Message;
use crate::session::messages::{described, limit_between, posted};
use crate::session::{Desk, Session};
use crate::store::facts::store_facts;
use crate::store::{Scene, SceneQuery, Target, TriagePage};

/// Which items of triage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct TriageQuery {
    /// Where they stand; open by default.
    pub state: TriageState,
    /// Any of these reasons; all of them by default.
    pub reason: Vec<TriageReason>,
    /// Only those after this item.
    pub after: Option<TriageId>,
    /// At most so many, 1 to 200.
    pub limit: u32,
}

impl Default for TriageQuery {
    fn default() -> Self {
        Self { state: TriageState::Open, reason: Vec::new(), after: None, limit: 50 }
    }
}

/// A page of triage.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TriageList {
    /// The items, what has waited longest first.
    pub items: Vec<TriageItem>,
    /// Whether there are more: go on after the last one's id.
    pub more: bool,
}

impl Session<Desk> {
    /// Takes a message from an outside channel, as the host's webhook has it: posts it to the
    /// conversation that it belongs to, in the name of the party that has the sender's address, or
    /// keeps it in triage. See [`crate::inbound`] for the rules.
    ///
    /// A delivery that comes again changes nothing: its `provider_ref` is unique per channel and
    /// account.
    ///
    /// ```
    /// use goodwill::*;
    ///
    /// let engine = Engine::new(MemoryStore::new(), AuditKey::from_bytes("k1", &[1; 32])?);
    /// let webhook = engine.desk(Principal::service(TenantId::SINGLE, ExternalRef::host("mail")?))?;
    /// let ada = ExternalRef::host("ada")?;
    /// let party = PutParty::new(PartyKind::Customer, ada.clone());
    /// webhook.put_party(party.reached_at(ContactKind::Phone, "+49 151 1234567")).wait()?;
    /// webhook.put_subject(PutSubject::order(ExternalRef::host("ORD-123")?, ada)).wait()?;
    ///
    /// let taken = webhook.ingest(InboundMessage {
    ///     provider_ref: Some("wamid.1".into()),
    ///     text: Some("Where is it?".into()),
    ///     ..InboundMessage::new(Channel::WhatsApp, "491511234567")
    /// }).wait()?;
    /// assert_eq!(taken.outcome, IngestOutcome::Posted);
    /// assert_eq!(taken.message.unwrap().author.role, Role::Customer);
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    ///
    /// # Errors
    /// `access.denied` for principals that may not pass on messages, `input.*` for what no channel
    /// delivers. What only does not find its thread is no error.
    pub async fn ingest(&self, message: InboundMessage) -> Result<Ingested> {
        let (lookup, ..) = self
            .looking("message.ingest_inbound", scene_query(&self.principal), |context, _| {
                decide::check(context)?;
                message.check(&context.policies.limits)?;
                Ok(crate::inbound::lookup(&context.policies.inbound, &message))
            })
            .await?;
        let query = SceneQuery {
            arrival: message.key(),
            inbound: Some(lookup),
            ..scene_query(&self.principal)
        };
        let result = |taken: &Taken| match taken {
            Taken::Posted(posted) => serde_json::json!({ "message": posted.0.id }),
            Taken::Triaged(item) => serde_json::json!({ "triage": item.id }),
            Taken::Known(known) => {
                serde_json::json!({ "message": known.message, "triage": known.triage })
            }
        };
        let call = self.call("message.ingest_inbound");
        let done = self
            .engine
            .inner
            .run(&call, query, &message, result, |context, scene| {
                let (draft, taken) = decide::ingest(context, scene, &message)?;
                Ok((draft.finish(), taken))
            })
            .await?;
        let id = |result: &serde_json::Value, name: &str| {
            result.get(name).and_then(|id| id.as_str()).map(str::to_owned)
        };
        match done {
            Done::Now(Taken::Posted(new), committed) => {
                let row = committed.messages.into_iter().find(|row| row.new.id == new.0.id);
                let row =
                    row.ok_or_else(|| Error::internal("the store did not place a message"))?;
                // Who passes it on has not read it.
                let message = Message { unread: true, ..self.fresh(row, new.1)? };
                let message = Some(message);
                Ok(Ingested { outcome: IngestOutcome::Posted, message, triage: None })
            }
            Done::Now(Taken::Triaged(item), _) => {
                let triage = Some(*item);
                Ok(Ingested { outcome: IngestOutcome::Triaged, message: None, triage })
            }
            Done::Now(Taken::Known(known), _) => self.known(known.message, known.triage).await,
            Done::Before(first) => {
                let message = id(&first, "message").and_then(|id| id.parse().ok());
                let triage = id(&first, "triage").and_then(|id| id.parse().ok());
                self.known(message, triage).await
            }
        }
    }

    /// What a delivery had become before.
    async fn known(
        &self,
        message: Option<MessageId>,
        triage: Option<TriageId>,
    ) -> Result<Ingested> {
        let query = SceneQuery { triage, ..scene_query(&self.principal) };
        let (scene, _) = self.engine.inner.scene(query).await?;
        let message = match message {
            Some(message) => match self.message(message).await {
                Ok(message) => Some(message),
                // It may be beyond the caller's storefronts.
                Err(error) if error.code() == Code::MessageNotFound => None,
                Err(error) if error.code() == Code::ThreadNotFound => None,
                Err(error) => return Err(error),
            },
            None => None,
        };
        Ok(Ingested { outcome: IngestOutcome::Duplicate, message, triage: scene.triage })
    }

    /// What waits for somebody to say where it belongs.
    ///
    /// # Errors
    /// `access.denied`, also for staff of single storefronts: what waits belongs to none yet;
    /// `input.invalid` for a limit outside 1 to 200.
    pub async fn triage(&self, query: TriageQuery) -> Result<TriageList> {
        limit_between(query.limit, 200)?;
        self.looking("triage.list", scene_query(&self.principal), |context, _| {
            context.check(Action::TriageRead, store_facts(context.identity, None))
        })
        .await?;
        let page = TriagePage {
            tenant: self.principal.tenant,
            state: query.state,
            reason: query.reason,
            after: query.after,
            limit: query.limit + 1,
        };
        let mut items = self.engine.inner.ask(page).await?;
        let more = items.len() > query.limit as usize;
        items.truncate(query.limit as usize);
        Ok(TriageList { items, more })
    }

    /// Posts a message that waits to a conversation. Its author is the party that has the sender's
    /// address, or `author`: one that may write there.
    ///
    /// # Errors
    /// `triage.not_found`, `triage.settled`, `thread.not_found`, `access.denied`, `thread.closed`,
    /// `input.invalid` without an author who may write there, and the `input.*` of the tenant's limits.
    pub async fn assign_triage(
        &self,
        item: TriageId,
        target: impl Into<Target>,
        author: Option<Ref<kind::Party>>,
    ) -> Result<Message> {
        let looked = SceneQuery { triage: Some(item), ..scene_query(&self.principal) };
        let sender = |_: &Context<'_>, scene: &Scene| {
            Ok(scene.triage.as_ref().and_then(|item| item.senders.first().copied()))
        };
        let (sender, ..) = self.looking("triage.assign", looked, sender).await?;
        let named = author.is_some();
        let query = SceneQuery {
            triage: Some(item),
            parties: author.iter().cloned().chain(sender.map(Ref::Id)).take(1).collect(),
            ..self.scene_of(target)
        };
        let request = (item, described(query.target.as_ref()), &author);
        self.write("triage.assign", query, &request, |context, scene| {
            decide::assign(context, scene, named).map(posted)
        })
        .await
    }

    /// Says that a message that waits belongs to no conversation.
    ///
    /// # Errors
    /// `triage.not_found`, `triage.settled`, `access.denied`.
    pub async fn dismiss_triage(&self, item: TriageId) -> Result<TriageItem> {
        let query = SceneQuery { triage: Some(item), ..scene_query(&self.principal) };
        let result = |item: &TriageItem| serde_json::json!({ "triage": item.id });
        let call = self.call("triage.dismiss");
        let done = self
            .engine
            .inner
            .run(&call, query.clone(), &item, result, |context, scene| {
                let (draft, item) = decide::dismiss(context, scene)?;
                Ok((draft.finish(), item))
            })
            .await?;
        match done {
            Done::Now(item, _) => Ok(item),
            Done::Before(_) => {
                self.engine.inner.scene(query).await?.0.triage.ok_or_else(|| {
                    Error::new(Code::TriageNotFound, "the item of triage is not known")
                })
            }
        }
    }
}
