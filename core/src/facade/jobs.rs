//! The job timeline: messages to the customer of a job.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::MessageId;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::facade::{Caller, for_requests};
use crate::messages::{Channel, Message, Origin, PostMessage, PublicMessage, Topic};
use crate::principal::Principal;
use crate::session::{MessageQuery, Session, View};
use crate::spelling::Spelling;
use crate::store::SubjectRef;
use crate::time::Timestamp;

/// What is posted to a job's timeline. Enumerations are read in any spelling.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateCustomerMessageInput {
    /// `STATUS_UPDATE`, `ETA_UPDATE`, `GENERIC`, …
    #[serde(rename = "type")]
    pub message_type: Topic,
    /// The intended channel; `PORTAL` by default.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// Who wrote the text; `HUMAN` by default.
    #[serde(default)]
    pub source: Option<Origin>,
    /// A title; the tenant's title for the type by default.
    #[serde(default)]
    pub title: Option<String>,
    /// The text.
    pub body: String,
    /// The host's own facts.
    #[serde(default)]
    pub metadata_json: Option<Map<String, Value>>,
}

/// A message of a job's timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CustomerMessageDto {
    /// The id.
    pub id: MessageId,
    /// The job, as the host named it.
    pub job_id: String,
    /// `STATUS_UPDATE`, `ETA_UPDATE`, `GENERIC`, …
    #[serde(rename = "type")]
    pub message_type: String,
    /// The intended channel: `PORTAL`, `EMAIL`, `SMS`, …
    pub channel: String,
    /// `SYSTEM`, `HUMAN` or `AI_SUGGESTED`.
    pub source: String,
    /// The title.
    pub title: Option<String>,
    /// The text.
    pub body: String,
    /// When it was posted.
    pub created_at: Timestamp,
    /// When the customer first read it.
    pub read_at: Option<Timestamp>,
    /// The host's own facts; customers never see them.
    pub metadata_json: Option<Map<String, Value>>,
}

/// How many messages were marked read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MarkedRead {
    /// So many.
    pub updated: u64,
}

/// The timeline of jobs for one principal: a service or a member of staff for the internal routes, a
/// customer for the portal's.
///
/// ```
/// use goodwill::facade::{CreateCustomerMessageInput, JobTimeline};
/// use goodwill::{AuditKey, Engine, ExternalRef, MemoryStore, Principal, PutSubject, TenantId, Wait};
///
/// let engine = Engine::new(MemoryStore::new(), AuditKey::from_bytes("k1", &[1; 32])?);
/// let key = Principal::service(TenantId::SINGLE, ExternalRef::host("internal-api")?);
/// let job = PutSubject::job(ExternalRef::host("job-7")?, ExternalRef::host("ada")?);
/// engine.desk(key.clone())?.put_subject(job).wait()?;
///
/// let input: CreateCustomerMessageInput = serde_json::from_str(
///     r#"{"type": "STATUS_UPDATE", "body": "Your panels have been ordered"}"#,
/// ).unwrap();
/// let message = JobTimeline::new(&engine, key).create_message_for_job("job-7", input).wait()?;
/// assert_eq!(message.title.as_deref(), Some("Project Status Update"));
/// assert_eq!((message.channel.as_str(), message.source.as_str()), ("PORTAL", "HUMAN"));
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct JobTimeline {
    pub(super) caller: Caller,
}

for_requests!(JobTimeline);

impl JobTimeline {
    /// The timeline for a principal.
    #[must_use]
    pub fn new(engine: &Engine, principal: Principal) -> Self {
        Self { caller: Caller::new(engine, principal) }
    }

    /// Every message of a job that the principal may see, oldest first.
    ///
    /// # Errors
    /// `thread.not_found` for a job that is not the principal's.
    pub async fn get_messages_for_job(&self, job_id: &str) -> Result<Vec<CustomerMessageDto>> {
        if self.caller.is_business() {
            let messages = all(&self.caller.desk()?, job_id).await?;
            Ok(messages.iter().map(|message| internal(job_id, message)).collect())
        } else {
            let messages = all(&self.caller.portal(), job_id).await?;
            Ok(messages.iter().map(|message| public(job_id, message)).collect())
        }
    }

    /// Posts a message to the customer of a job.
    ///
    /// # Errors
    /// Those of [`Session::post`].
    pub async fn create_message_for_job(
        &self,
        job_id: &str,
        input: CreateCustomerMessageInput,
    ) -> Result<CustomerMessageDto> {
        let message = PostMessage {
            text: input.body,
            title: input.title,
            topic: Some(input.message_type),
            intended: input.channel,
            origin: input.source,
            metadata: input.metadata_json,
            ..PostMessage::default()
        };
        let job = job(job_id)?;
        if self.caller.is_business() {
            let desk = self.caller.desk()?;
            desk.post(job, message).await.map(|message| internal(job_id, &message))
        } else {
            self.caller.portal().post(job, message).await.map(|message| public(job_id, &message))
        }
    }

    /// Marks every message of a job read by its customer: by the customer, or by a service for the
    /// customer. Messages that were read before keep their time.
    ///
    /// # Errors
    /// `thread.not_found`, `access.denied` for anybody else.
    pub async fn mark_messages_read_for_job(&self, job_id: &str) -> Result<MarkedRead> {
        let job = job(job_id)?;
        let updated = if self.caller.is_business() {
            let subject = self.caller.desk()?.subject(job.clone()).await?;
            let principal = self.caller.principal.clone().on_behalf_of(subject.customer);
            self.caller.desk_of(principal)?.mark_all_read(job).await?
        } else {
            self.caller.portal().mark_all_read(job).await?
        };
        Ok(MarkedRead { updated })
    }

    /// How many messages the customer has yet to read: the badge of the tab.
    ///
    /// # Errors
    /// The `store.*` codes.
    pub async fn unread_count_for_job(&self, job_id: &str) -> Result<u64> {
        let targets = crate::UnreadTargets::Subjects(vec![job(job_id)?]);
        let counts = self.caller.portal().unread_counts(targets).await?;
        Ok(counts.first().copied().flatten().unwrap_or(0))
    }
}

pub(super) fn job(job_id: &str) -> Result<SubjectRef> {
    let key = job_id.parse().map_err(|_| Error::invalid("jobId", "the id of a job"))?;
    Ok(SubjectRef { kind: crate::SubjectKind::Job, key })
}

/// Every message of a job, page by page.
async fn all<V: View>(session: &Session<V>, job_id: &str) -> Result<Vec<V::Message>>
where
    V::Message: HasId,
{
    let mut query = MessageQuery { limit: 500, ..MessageQuery::default() };
    let mut messages = Vec::new();
    loop {
        let page = session.messages(job(job_id)?, query.clone()).await?;
        let more = page.more;
        messages.extend(page.messages);
        query.after = messages.last().map(HasId::id);
        if !more {
            return Ok(messages);
        }
    }
}

/// A message that a page can go on from.
pub(crate) trait HasId {
    fn id(&self) -> MessageId;
}

impl HasId for Message {
    fn id(&self) -> MessageId {
        self.id
    }
}

impl HasId for PublicMessage {
    fn id(&self) -> MessageId {
        self.id
    }
}

/// The channel as the timeline spells it: in-app is the portal.
fn channel(channel: Channel) -> String {
    match channel {
        Channel::InApp => "PORTAL".to_owned(),
        other => other.spell(Spelling::Screaming).into_owned(),
    }
}

pub(super) fn internal(job_id: &str, message: &Message) -> CustomerMessageDto {
    CustomerMessageDto {
        id: message.id,
        job_id: job_id.to_owned(),
        message_type: message.topic.spell(Spelling::Screaming).into_owned(),
        channel: channel(message.intended),
        source: message.origin.spell(Spelling::Screaming).into_owned(),
        title: message.title.clone(),
        body: message.text.clone(),
        created_at: message.created_at,
        read_at: message.read_at,
        metadata_json: message.metadata.clone(),
    }
}

fn public(job_id: &str, message: &PublicMessage) -> CustomerMessageDto {
    let customer = message.read_by.iter().find(|read| read.role == crate::Role::Customer);
    CustomerMessageDto {
        id: message.id,
        job_id: job_id.to_owned(),
        message_type: message.topic.spell(Spelling::Screaming).into_owned(),
        channel: channel(message.intended),
        source: message.origin.spell(Spelling::Screaming).into_owned(),
        title: message.title.clone(),
        body: message.text.clone(),
        created_at: message.created_at,
        read_at: customer.map(|read| read.at),
        metadata_json: None,
    }
}
