//! Drafts by a language model, from what the customer may see of a conversation.
//!
//! A model is never asked inside an operation. What it is told is read first, then it is asked, and
//! what comes of it is posted like anything else; a call that is given up in between has done
//! nothing.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::access::Action;
use crate::directory::{Party, PartyState, Subject};
use crate::engine::id_in;
use crate::error::{Error, Result};
use crate::llm::{Answered, AskOptions, Assistant};
use crate::messages::{Message, Origin, PostMessage, PublicMessage, decide};
use crate::prompts::library::Prompt;
use crate::prompts::personal::{Known, PersonalKind};
use crate::session::messages::posted;
use crate::session::{Desk, MessageQuery, Portal, Session};
use crate::store::{Directory, DirectoryEntry, Target};
use crate::tenants::Tenant;

/// How many messages a prompt is told at most. Its own budget leaves out more.
const MESSAGES: u32 = 50;

/// A draft of an answer to the customer, for a member of staff to look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReplyDraft {
    /// The text.
    pub text: String,
    /// Whether somebody must look at it before it is sent.
    pub needs_person: bool,
    /// What the conversation does not answer.
    pub open_question: Option<String>,
    /// How it was made: the prompt, its version and content hash, the model, and whether rules made
    /// it without one.
    pub metadata: Map<String, Value>,
}

impl ReplyDraft {
    /// The draft as a message, to be posted as it is or changed.
    #[must_use]
    pub fn into_message(self) -> PostMessage {
        PostMessage {
            text: self.text,
            origin: Some(Origin::AiSuggested),
            metadata: Some(self.metadata),
            ..PostMessage::default()
        }
    }
}

/// How an answer was made, for the metadata of a message.
pub(crate) fn origin_of(answered: &Answered) -> Map<String, Value> {
    let made = [
        ("prompt", json!(answered.prompt)),
        ("promptVersion", json!(answered.version)),
        ("contentHash", json!(answered.content_hash)),
        ("model", json!(answered.model)),
        ("deterministic", json!(answered.deterministic)),
    ];
    made.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// What a prompt may know of a conversation: nothing that its customer may not.
pub(crate) struct Talk {
    pub(crate) tenant: Tenant,
    pub(crate) subject: Subject,
    customer: Option<String>,
    messages: Vec<PublicMessage>,
}

impl Talk {
    /// The part of a prompt's input that every draft has.
    pub(crate) fn input(&self) -> Map<String, Value> {
        let kind = self.subject.kind.as_str();
        let description = match &self.subject.number {
            Some(number) => format!("{kind} {number}"),
            None => kind.to_owned(),
        };
        let status = self.subject.status.as_deref().unwrap_or("not known").replace('_', " ");
        let messages = self.messages.iter().map(|message| {
            json!({
                "createdAt": message.occurred_at.unwrap_or(message.created_at).to_string(),
                "author": message.author_role.as_str(),
                "text": message.text,
            })
        });
        let mut input = Map::new();
        input.insert(
            "customer".into(),
            json!({"name": self.customer.as_deref().unwrap_or("customer")}),
        );
        input.insert("job".into(), json!({"description": description, "status": status}));
        input.insert("messages".into(), messages.collect());
        if !self.tenant.name.is_empty() {
            input.insert("company".into(), self.tenant.name.as_str().into());
        }
        input
    }

    /// Asks a prompt, with a pseudonym for the customer's name.
    pub(crate) async fn ask(
        &self,
        prompt: Prompt,
        input: Map<String, Value>,
        assistant: &Assistant,
        rules: bool,
    ) -> Result<Answered> {
        let known: Vec<Known> =
            self.customer.iter().map(|name| Known::new(PersonalKind::Person, name)).collect();
        let mut options = AskOptions {
            tenant: self.tenant.id,
            tags: [self.subject.customer.to_string()].into(),
            ..AskOptions::default()
        };
        options.render.known = &known;
        let input = Value::Object(input);
        if rules {
            let rules = crate::llm::Rules;
            return crate::llm::ask(assistant.prompts(), prompt.id(), &input, &rules, &options)
                .await;
        }
        assistant.ask(prompt.id(), &input, &options).await
    }
}

impl Session<Desk> {
    /// Drafts an answer to what the customer wrote. Nothing is posted. The prompt is told the
    /// customer's name as a pseudonym, the subject's status and the public messages; never a note
    /// among colleagues.
    ///
    /// ```
    /// use goodwill::llm::Assistant;
    /// use goodwill::*;
    ///
    /// let engine = Engine::new(MemoryStore::new(), AuditKey::from_bytes("k1", &[1; 32])?);
    /// let desk = engine.desk(Principal::service(TenantId::SINGLE, ExternalRef::host("key")?))?;
    /// desk.put_subject(PutSubject::job(ExternalRef::host("job-7")?, ExternalRef::host("ada")?)).wait()?;
    /// let job = SubjectRef { kind: SubjectKind::Job, key: ExternalRef::host("job-7")?.into() };
    /// let ada = engine.portal(Principal::customer(TenantId::SINGLE, ExternalRef::host("ada")?));
    /// ada.post(job.clone(), PostMessage::text("When will you come?")).wait()?;
    ///
    /// // Without a model the rules answer.
    /// let draft = desk.draft_reply(job.clone(), &Assistant::rules()).wait()?;
    /// assert_eq!(draft.metadata["deterministic"], true);
    /// desk.post(job, draft.into_message()).wait()?;
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    ///
    /// # Errors
    /// `thread.not_found`, `access.denied` for principals who may not run prompts or not post,
    /// `input.invalid` for a conversation without a message; the `llm.*` codes for a request that
    /// no service takes.
    pub async fn draft_reply(
        &self,
        target: impl Into<Target>,
        assistant: &Assistant,
    ) -> Result<ReplyDraft> {
        let talk = self.talk(target.into()).await?;
        if talk.messages.is_empty() {
            return Err(Error::invalid("target", "a conversation with a message to answer"));
        }
        let answered = talk.ask(Prompt::MessageReply, talk.input(), assistant, false).await?;
        let text = |name: &str| answered.value.get(name).and_then(Value::as_str).map(str::to_owned);
        let needs_person = answered.value.get("needsPerson").and_then(Value::as_bool);
        Ok(ReplyDraft {
            text: text("reply").unwrap_or_default(),
            // What is not as it was asked for is for people to judge.
            needs_person: needs_person.unwrap_or(true) || !answered.acceptable,
            open_question: text("openQuestion"),
            metadata: origin_of(&answered),
        })
    }

    /// Reads what a prompt may be told, for somebody who may run prompts and post.
    pub(crate) async fn talk(&self, target: Target) -> Result<Talk> {
        let ((subject, named), _, state) = self
            .looking("prompt.run", self.scene_of(target.clone()), |context, scene| {
                let conversation = context.readable(&scene.threads)?;
                let facts = context.facts(conversation);
                context.check(Action::PromptRun, facts)?;
                decide::check_drafting(context, conversation)?;
                Ok((conversation.subject.clone(), context.allows(Action::CustomerRead, facts)))
            })
            .await?;
        let customer = if named { self.customer(&subject).await? } else { None };
        let customer = customer.filter(|party| party.state == PartyState::Active);
        // The portal's messages have no place for what is internal.
        let portal: Session<Portal> = self.engine.portal(self.principal.clone());
        let latest = portal.messages(target, MessageQuery::latest(MESSAGES)).await?;
        let mut messages = latest.messages;
        messages.retain(|message| !message.text.trim().is_empty());
        messages.reverse();
        let customer = customer.and_then(|party| party.name);
        Ok(Talk { tenant: state.tenant.clone(), subject, customer, messages })
    }

    async fn customer(&self, subject: &Subject) -> Result<Option<Party>> {
        let query = Directory::Party(self.principal.tenant, subject.customer.into());
        match self.engine.inner.ask(query).await? {
            Some(DirectoryEntry::Party(party)) => Ok(Some(party)),
            _ => Ok(None),
        }
    }

    /// What was posted under this session's key before, for the same request.
    pub(crate) async fn posted_before(
        &self,
        target: Target,
        asked: &impl Serialize,
    ) -> Result<Option<Message>> {
        let call = self.call(SUGGESTED);
        match self.engine.inner.repeated(&call, self.scene_of(target), asked).await? {
            Some(result) => self.message(id_in(&result)?).await.map(Some),
            None => Ok(None),
        }
    }

    /// Posts what a model wrote. The same request under the same key is the same call, whatever the
    /// model wrote the second time.
    pub(crate) async fn post_suggested(
        &self,
        target: Target,
        message: PostMessage,
        asked: &impl Serialize,
    ) -> Result<Message> {
        self.write(SUGGESTED, self.scene_of(target), asked, |context, scene| {
            decide::post(context, scene, &message).map(posted)
        })
        .await
    }
}

const SUGGESTED: &str = "message.post_suggested";
