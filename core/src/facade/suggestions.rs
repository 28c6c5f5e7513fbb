//! The job timeline with a language model: messages that it suggests, and messages that it writes.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::Result;
use crate::facade::jobs::{
    CreateCustomerMessageInput, CustomerMessageDto, JobTimeline, internal, job,
};
use crate::llm::{Answered, Assistant};
use crate::messages::input::{check_text, check_word};
use crate::messages::{Channel, Origin, PostMessage, Topic};
use crate::prompts::library::Prompt;
use crate::session::drafts::{Talk, origin_of};
use crate::spelling::Spelling;

/// The most bytes of what staff ask for.
const CUSTOM_PROMPT: usize = 4_096;

/// What a message that a model writes is to be. Enumerations are read in any spelling.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AiMessageOptions {
    /// `STATUS_UPDATE`, `ETA_UPDATE`, `GENERIC`, …; also read as `type`.
    #[serde(alias = "type")]
    pub message_type: Topic,
    /// `friendly`, `formal`, `brief`, …
    #[serde(default)]
    pub tone: Option<String>,
    /// What the message is to say or to answer; also read as `customQuestion`.
    #[serde(default, alias = "customQuestion")]
    pub custom_prompt: Option<String>,
    /// A title; the tenant's title for the type by default.
    #[serde(default)]
    pub title: Option<String>,
    /// Whether the model may write the title when none is given.
    #[serde(default)]
    pub model_title: bool,
    /// The intended channel; `PORTAL` by default.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// What the host knows of the job: what is done. Its kind and number by default.
    #[serde(default)]
    pub description: Option<String>,
    /// What the host knows of the job: when it is expected.
    #[serde(default)]
    pub eta: Option<String>,
}

impl AiMessageOptions {
    /// Options with nothing but the type.
    #[must_use]
    pub fn new(message_type: Topic) -> Self {
        Self {
            message_type,
            tone: None,
            custom_prompt: None,
            title: None,
            model_title: false,
            channel: None,
            description: None,
            eta: None,
        }
    }

    fn check(&self) -> Result<()> {
        let words = [("tone", &self.tone), ("description", &self.description), ("eta", &self.eta)];
        for (field, word) in words {
            if let Some(word) = word {
                check_word(field, word, 512)?;
            }
        }
        match &self.custom_prompt {
            Some(text) => check_text("custom_prompt", text, CUSTOM_PROMPT),
            None => Ok(()),
        }
    }

    /// What the message is for, in words.
    fn purpose(&self) -> String {
        let mut purpose = match self.message_type {
            Topic::StatusUpdate => "tell the customer how the work is going",
            Topic::EtaUpdate => "tell the customer about the date or time",
            Topic::Generic => "a message to the customer",
            Topic::Reminder => "remind the customer",
            Topic::Greeting => "good wishes to the customer",
            Topic::Survey => "ask whether the customer is satisfied",
        }
        .to_owned();
        if let Some(tone) = &self.tone {
            purpose.push_str(&format!("; tone: {tone}"));
        }
        if let Some(prompt) = self.custom_prompt.as_deref().filter(|text| !text.trim().is_empty()) {
            purpose.push_str(&format!("; what staff ask for: {prompt}"));
        }
        purpose
    }
}

/// A message that a model suggests, for staff to look at, to change and to post.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Suggestion {
    /// The title.
    pub title: String,
    /// The text.
    pub body: String,
    /// `STATUS_UPDATE`, `ETA_UPDATE`, `GENERIC`, …
    pub message_type: String,
    /// The intended channel, if one was asked for.
    pub channel: Option<Channel>,
    /// Whether it is as it was asked for. If not, it needs a closer look.
    pub acceptable: bool,
    /// How it was made: `tone`, `customPrompt`, `prompt`, `promptVersion`, `contentHash`, `model`,
    /// and whether it is `deterministic`, made by rules without a model.
    pub metadata: Map<String, Value>,
}

impl Suggestion {
    /// The suggestion as it is posted: marked as a model's, with its metadata. Staff may change the
    /// title and the text first.
    ///
    /// # Errors
    /// `input.unknown_value` for a type that is none.
    pub fn into_input(self) -> Result<CreateCustomerMessageInput> {
        Ok(CreateCustomerMessageInput {
            message_type: self.message_type.parse()?,
            channel: self.channel,
            source: Some(Origin::AiSuggested),
            title: Some(self.title),
            body: self.body,
            metadata_json: Some(self.metadata),
        })
    }
}

impl JobTimeline {
    /// Has a model write a message to the customer of a job, and posts nothing. The model is told the
    /// customer's name as a pseudonym, the status of the job and its public messages; never a note
    /// among colleagues.
    ///
    /// ```
    /// use goodwill::facade::{AiMessageOptions, JobTimeline};
    /// use goodwill::llm::Assistant;
    /// use goodwill::*;
    ///
    /// let engine = Engine::new(MemoryStore::new(), AuditKey::from_bytes("k1", &[1; 32])?);
    /// let key = Principal::service(TenantId::SINGLE, ExternalRef::host("internal-api")?);
    /// let job = PutSubject::job(ExternalRef::host("job-7")?, ExternalRef::host("ada")?);
    /// engine.desk(key.clone())?.put_subject(job.with_status("ordered")).wait()?;
    ///
    /// let jobs = JobTimeline::new(&engine, key);
    /// let options = AiMessageOptions::new(Topic::StatusUpdate);
    /// // Without a model the rules write.
    /// let mut suggestion = jobs.suggest_message("job-7", &options, &Assistant::rules()).wait()?;
    /// suggestion.body.push_str("\nBring your dog!");
    /// let message = jobs.create_message_for_job("job-7", suggestion.into_input()?).wait()?;
    /// assert_eq!(message.source, "AI_SUGGESTED");
    /// assert!(message.body.contains("ordered") && message.body.ends_with("dog!"));
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    ///
    /// # Errors
    /// `thread.not_found`, `access.denied` for principals who may not run prompts or not post,
    /// `input.*`; the `llm.*` codes for a request that no service takes. When a model cannot
    /// answer, rules do.
    pub async fn suggest_message(
        &self,
        job_id: &str,
        options: &AiMessageOptions,
        assistant: &Assistant,
    ) -> Result<Suggestion> {
        let talk = self.talk_of(job_id, options).await?;
        let answered = ask(&talk, options, assistant, false).await?;
        Ok(suggestion(&talk, options, &answered))
    }

    /// Has a model write a message to the customer of a job, as [`Self::suggest_message`] does, and
    /// posts it at once. What is not as it was asked for is not posted: then the rules write. A
    /// message that was posted under the same key before is given back, and no model is asked.
    ///
    /// # Errors
    /// As [`Self::suggest_message`] and [`Session::post`](crate::Session::post).
    pub async fn create_auto_message_from_ai(
        &self,
        job_id: &str,
        options: &AiMessageOptions,
        assistant: &Assistant,
    ) -> Result<CustomerMessageDto> {
        let desk = self.caller.desk()?;
        let target = job(job_id)?;
        let asked = (job_id, options);
        if let Some(first) = desk.posted_before(target.clone().into(), &asked).await? {
            return Ok(internal(job_id, &first));
        }
        let talk = self.talk_of(job_id, options).await?;
        let mut answered = ask(&talk, options, assistant, false).await?;
        if !answered.acceptable && !answered.deterministic {
            answered = ask(&talk, options, assistant, true).await?;
        }
        let suggested = suggestion(&talk, options, &answered);
        let message = PostMessage {
            text: suggested.body,
            title: Some(suggested.title),
            topic: Some(options.message_type),
            intended: options.channel,
            origin: Some(Origin::AiSuggested),
            metadata: Some(suggested.metadata),
            ..PostMessage::default()
        };
        let posted = desk.post_suggested(target.into(), message, &asked).await?;
        Ok(internal(job_id, &posted))
    }

    async fn talk_of(&self, job_id: &str, options: &AiMessageOptions) -> Result<Talk> {
        options.check()?;
        self.caller.desk()?.talk(job(job_id)?.into()).await
    }
}

async fn ask(
    talk: &Talk,
    options: &AiMessageOptions,
    assistant: &Assistant,
    rules: bool,
) -> Result<Answered> {
    let mut input = talk.input();
    input.insert("purpose".into(), options.purpose().into());
    // The rules have no prompt to read: they take these.
    input.insert("type".into(), options.message_type.as_str().into());
    if let Some(tone) = &options.tone {
        input.insert("tone".into(), tone.as_str().into());
    }
    if let Some(Value::Object(job)) = input.get_mut("job") {
        let known = [("description", &options.description), ("eta", &options.eta)];
        for (name, value) in known {
            if let Some(value) = value {
                job.insert(name.to_owned(), value.as_str().into());
            }
        }
    }
    talk.ask(Prompt::CustomerMessage, input, assistant, rules).await
}

fn suggestion(talk: &Talk, options: &AiMessageOptions, answered: &Answered) -> Suggestion {
    let text = |name: &str| answered.value.get(name).and_then(Value::as_str).unwrap_or_default();
    let policies = &talk.tenant.policies;
    let fits = |title: &&str| check_word("title", title, policies.limits.title_bytes).is_ok();
    let written = Some(text("title")).filter(|_| options.model_title).filter(fits);
    let title = options.title.as_deref().or(written);
    let mut metadata = origin_of(answered);
    for (name, said) in [("tone", &options.tone), ("customPrompt", &options.custom_prompt)] {
        if let Some(said) = said {
            metadata.insert(name.to_owned(), said.as_str().into());
        }
    }
    Suggestion {
        title: title.unwrap_or(policies.titles.of(options.message_type)).to_owned(),
        body: text("message").to_owned(),
        message_type: options.message_type.spell(Spelling::Screaming).into_owned(),
        channel: options.channel,
        acceptable: answered.acceptable,
        metadata,
    }
}
