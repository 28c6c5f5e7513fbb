//! Language models for hosts: which are asked, and what is asked for.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;
#[cfg(feature = "llm-http")]
use serde::Serialize;
use serde_json::Value;

use crate::error::Result;
use crate::ids::{PartyId, Ref, kind};
use crate::llm::{AnswerStream, Answered, AskOptions, Assistant, Protocol};
use crate::ops::prompts::{Parts, PromptSettings, PromptText, set};
use crate::prompts::answers::{AnswerForm, Given};
use crate::prompts::personal::PersonalData;
use crate::session::{Desk, Session};
use crate::time::Timestamp;

/// A service with a language model.
#[derive(Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ModelProvider {
    /// What it speaks.
    pub protocol: Protocol,
    /// Its address without the path of the protocol: `https://api.example.com`.
    pub url: String,
    /// The key of the account.
    #[serde(default)]
    pub key: Option<String>,
    /// The model, as the service names it.
    pub model: String,
    /// Calls at the same time; 8 by default.
    #[serde(default)]
    pub at_once: Option<u32>,
    /// Calls a minute, if limited.
    #[serde(default)]
    pub calls_per_minute: Option<u32>,
    /// Tokens a minute, input and output together, if limited.
    #[serde(default)]
    pub tokens_per_minute: Option<u32>,
}

impl fmt::Debug for ModelProvider {
    /// Without the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ModelProvider")
            .field("protocol", &self.protocol)
            .field("model", &self.model)
            .finish_non_exhaustive()
    }
}

/// The language models of an engine. Without any, rules answer every prompt of the library.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ModelOptions {
    /// The services, asked in this order: the next one when one cannot answer.
    pub providers: Vec<ModelProvider>,
    /// How many answers are kept and given again; none by default. They are kept in memory, or in
    /// `answers_path`.
    pub cached_answers: Option<u32>,
    /// A SQLite file for the kept answers alone, made if there is none, so that they outlive the
    /// process; 10,000 answers unless `cached_answers` says otherwise. It may be deleted at any time.
    pub answers_path: Option<String>,
    /// Seconds for which the answers to a prompt are kept, by its id; an hour otherwise, and 0 keeps
    /// none.
    pub keep_seconds: BTreeMap<String, u32>,
    /// Seconds for a call, from the question to the answer; 60 by default.
    pub patience_seconds: Option<u32>,
    /// The host's own prompts, which go before those of the library. The head of each declares its
    /// answer.
    pub prompts: Vec<PromptText>,
}

/// How a prompt is asked.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(super) struct AskSettings {
    /// How the prompt is rendered. Personal data becomes pseudonyms unless this says otherwise.
    render: PromptSettings,
    /// What the answer is checked against, instead of what the input says.
    given: Option<Given>,
    /// The form of the answer, instead of the one that fits the model best.
    form: Option<AnswerForm>,
    /// The customers whose data is in the input, so that answers can be erased with them.
    tags: BTreeSet<String>,
    /// At most so many requests to services: retries, repairs and other services together; 6 by
    /// default.
    attempts: Option<u32>,
    /// No further request once so many tokens are spent.
    most_tokens_spent: Option<u64>,
    /// Nothing goes on after this instant.
    deadline: Option<Timestamp>,
    /// Asks again even if an answer is kept.
    force_refresh: bool,
    /// Fails when no model can answer, instead of letting rules answer.
    no_rules: bool,
    /// Takes an answer in which something is missing.
    partial: bool,
}

impl AskSettings {
    /// The assistant with the prompts that the call brings.
    pub(super) fn assistant<'a>(&self, assistant: &'a Assistant) -> Result<Cow<'a, Assistant>> {
        if self.render.files.is_empty() {
            return Ok(Cow::Borrowed(assistant));
        }
        let prompts = set(&self.render.files)?.into_owned().over(assistant.prompts().clone());
        Ok(Cow::Owned(assistant.clone().with_prompts(prompts)))
    }

    /// What [`options`](Self::options) borrow.
    pub(super) fn parts(&self) -> Result<Parts> {
        self.render.parts()
    }

    pub(super) fn options<'o>(&'o self, parts: &'o Parts) -> AskOptions<'o> {
        let personal = self.render.personal.unwrap_or(PersonalData::Pseudonym);
        let usual = AskOptions::default();
        AskOptions {
            render: parts.options(&self.render, personal),
            given: self.given.as_ref(),
            form: self.form,
            tags: self.tags.clone(),
            attempts: self.attempts.unwrap_or(usual.attempts),
            tokens: self.most_tokens_spent,
            deadline: self.deadline,
            force_refresh: self.force_refresh,
            fall_back: !self.no_rules,
            partial: self.partial,
            ..usual
        }
    }
}

pub(super) async fn ask(
    assistant: &Assistant,
    prompt: &str,
    input: &Value,
    settings: &AskSettings,
) -> Result<Answered> {
    let assistant = settings.assistant(assistant)?;
    let parts = settings.parts()?;
    assistant.ask(prompt, input, &settings.options(&parts)).await
}

pub(super) fn stream(
    assistant: &Assistant,
    prompt: &str,
    input: &Value,
    settings: &AskSettings,
) -> Result<AnswerStream> {
    let assistant = settings.assistant(assistant)?;
    let parts = settings.parts()?;
    assistant.ask_stream(prompt, input, &settings.options(&parts))
}

/// Erases a person, and then what models answered about them, by the names that calls are tagged
/// with: the party's id, and the reference that is given.
pub(super) async fn erase_party(
    (desk, assistant): &(Session<Desk>, Assistant),
    party: Ref<kind::Party>,
    reason: &str,
) -> Result<PartyId> {
    let mut tags = BTreeSet::new();
    if let Ref::External(reference) = &party {
        tags.insert(reference.value().to_owned());
    }
    let id = desk.erase_party(party, reason).await?.party;
    tags.insert(id.to_string());
    assistant.forget(&tags).await?;
    Ok(id)
}

/// A request to a host's own model, as it is given to the host's function in JSON.
#[cfg(feature = "llm-http")]
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(super) struct ModelRequest {
    /// The messages in order.
    messages: Vec<ModelMessage>,
    /// How far the model may stray, 0 to 2.
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    /// The same seed gives the same answer, as far as the model knows seeds.
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u32>,
    /// The most tokens of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    max_output_tokens: Option<u32>,
    /// Texts at which the answer ends.
    stop: Vec<String>,
}

/// A message to a host's own model.
#[cfg(feature = "llm-http")]
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(super) struct ModelMessage {
    /// `system`, `user` or `assistant`.
    role: &'static str,
    /// What is said.
    content: String,
}

/// What a host's own model answers, beside a text alone.
#[cfg(feature = "llm-http")]
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ModelAnswer {
    /// The text.
    text: String,
    /// Whether the most tokens were reached, so that the answer is cut off.
    #[serde(default)]
    cut: bool,
    /// The model's name.
    #[serde(default)]
    model: Option<String>,
    /// The tokens of the request.
    #[serde(default)]
    input_tokens: u64,
    /// The tokens of the answer.
    #[serde(default)]
    output_tokens: u64,
}

/// The assistant of an engine without models.
pub(super) fn rules(options: Option<&ModelOptions>) -> Result<Assistant> {
    let assistant = Assistant::rules();
    Ok(match options {
        Some(options) if !options.prompts.is_empty() => {
            assistant.with_prompts(set(&options.prompts)?.into_owned())
        }
        _ => assistant,
    })
}

#[cfg(feature = "llm-http")]
pub(super) use connected::{Background, connected};

#[cfg(feature = "llm-http")]
mod connected {
    use std::sync::Arc;
    use std::time::Duration;

    use async_trait::async_trait;

    use super::*;
    use crate::error::{Code, Error};
    use crate::llm::{
        Call, Capabilities, Endpoint, Finish, HttpClient, Limits, LlmClient, LlmError,
        LlmErrorKind, LlmRequest, LlmResponse, MemoryCache, Origin, ProviderClient, ResponseCache,
        Runtime, Secret, TokioSleeper, Usage,
    };
    use crate::ops::HostFunction;
    use crate::prompts::messages::Role;

    /// The runtime on which connections live and time passes. A call enters it while it is polled,
    /// whoever polls.
    #[derive(Debug)]
    pub(crate) struct Background(Option<tokio::runtime::Runtime>);

    impl Background {
        fn start() -> Result<Self> {
            tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .thread_name("goodwill-models")
                .enable_all()
                .build()
                .map(|runtime| Self(Some(runtime)))
                .map_err(|_| Error::new(Code::LlmTransport, "the system gives no thread"))
        }

        /// Does the work within the runtime.
        pub(crate) async fn within<T>(&self, work: impl Future<Output = T>) -> T {
            let mut work = std::pin::pin!(work);
            std::future::poll_fn(|context| {
                let _entered = self.0.as_ref().map(tokio::runtime::Runtime::enter);
                work.as_mut().poll(context)
            })
            .await
        }
    }

    impl Drop for Background {
        fn drop(&mut self) {
            // Whoever closes the engine does not wait for connections.
            if let Some(runtime) = self.0.take() {
                runtime.shutdown_background();
            }
        }
    }

    /// The assistant over the services and the host's own model, and what it runs on.
    pub(crate) fn connected(
        options: &ModelOptions,
        own: Option<Arc<dyn HostFunction>>,
    ) -> Result<(Assistant, Background)> {
        let background = Background::start()?;
        let runtime = || Runtime::new(TokioSleeper);
        let mut assistant = Assistant::new(runtime());
        if let Some(function) = own {
            assistant = assistant.provider(Arc::new(HostModel(function)));
        }
        for (place, provider) in options.providers.iter().enumerate() {
            let address = |_| {
                let field = format!("models.providers[{place}].url");
                Error::invalid(field, "http:// or https:// with a host, without a key")
            };
            let mut endpoint = Endpoint::new(provider.protocol, &provider.url).map_err(address)?;
            if let Some(key) = &provider.key {
                endpoint = endpoint.with_key(Secret::new(key));
            }
            let usual = Limits::default();
            let limits = Limits {
                at_once: provider.at_once.map_or(usual.at_once, |most| most.max(1) as usize),
                calls_per_minute: provider.calls_per_minute,
                tokens_per_minute: provider.tokens_per_minute,
            };
            let client = ProviderClient::new(HttpClient::new()?, endpoint, runtime());
            let client = client.with_model(provider.model.as_str());
            assistant = assistant.provider_within(Arc::new(client), limits);
        }
        if let Some(cache) = cache(options)? {
            let models: Vec<&str> =
                options.providers.iter().map(|one| one.model.as_str()).collect();
            assistant = assistant.cached(cache, models.join(","));
        }
        for (prompt, seconds) in &options.keep_seconds {
            let time = Duration::from_secs(u64::from(*seconds));
            assistant = assistant.keeping(prompt.as_str(), time);
        }
        if let Some(seconds) = options.patience_seconds {
            assistant = assistant.with_patience(Duration::from_secs(u64::from(seconds.max(1))));
        }
        if !options.prompts.is_empty() {
            assistant = assistant.with_prompts(set(&options.prompts)?.into_owned());
        }
        Ok((assistant, background))
    }

    /// Where answers are kept, if they are.
    fn cache(options: &ModelOptions) -> Result<Option<Arc<dyn ResponseCache>>> {
        let rows = options.cached_answers;
        match &options.answers_path {
            _ if rows == Some(0) => Ok(None),
            Some(path) => file(path, rows.unwrap_or(10_000)).map(Some),
            None => Ok(rows.map(|rows| Arc::new(MemoryCache::new(rows as usize, 64 << 20)) as _)),
        }
    }

    #[cfg(feature = "sqlite")]
    fn file(path: &str, rows: u32) -> Result<Arc<dyn ResponseCache>> {
        Ok(Arc::new(crate::llm::SqliteCache::open(path, rows)?))
    }

    #[cfg(not(feature = "sqlite"))]
    fn file(_: &str, _: u32) -> Result<Arc<dyn ResponseCache>> {
        Err(Error::new(Code::StoreUnsupported, "this build keeps answers in memory"))
    }

    /// A model behind a function of the host's.
    #[derive(Debug)]
    struct HostModel(Arc<dyn HostFunction>);

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    enum Said {
        Ok(Spoken),
        Error(Refusal),
    }

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Spoken {
        Text(String),
        Answer(ModelAnswer),
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Refusal {
        code: Option<String>,
        retry_after_ms: Option<u64>,
    }

    #[async_trait]
    impl LlmClient for HostModel {
        fn capabilities(&self) -> Capabilities {
            Capabilities::default()
        }

        async fn complete(&self, request: &LlmRequest, _: &Call) -> Result<LlmResponse, LlmError> {
            let request = ModelRequest {
                messages: request
                    .messages
                    .iter()
                    .map(|message| ModelMessage {
                        role: match message.role {
                            Role::System => "system",
                            Role::User => "user",
                            Role::Model => "assistant",
                        },
                        content: message.words(),
                    })
                    .collect(),
                temperature: request.temperature,
                seed: request.seed,
                max_output_tokens: request.max_output_tokens,
                stop: request.stop.clone(),
            };
            let garbled =
                || LlmError::new(LlmErrorKind::Malformed, "the host's model gave no text");
            let request = serde_json::to_string(&request).map_err(|_| garbled())?;
            let answer = self.0.call(request).await.ok_or_else(garbled)?;
            match serde_json::from_str(&answer).map_err(|_| garbled())? {
                Said::Ok(Spoken::Text(text)) => {
                    Ok(response(ModelAnswer { text, ..ModelAnswer::default() }))
                }
                Said::Ok(Spoken::Answer(answer)) => Ok(response(answer)),
                Said::Error(refusal) => Err(refusal.into_error()),
            }
        }
    }

    fn response(answer: ModelAnswer) -> LlmResponse {
        LlmResponse {
            text: answer.text,
            finish: if answer.cut { Finish::Length } else { Finish::Stop },
            usage: Usage { input: answer.input_tokens, output: answer.output_tokens, cached: 0 },
            model: answer.model.unwrap_or_else(|| "host".to_owned()),
            provider: "host".to_owned(),
            origin: Origin::Model,
        }
    }

    impl Refusal {
        /// One of the `llm.*` codes; any other failure of the host's is that of a connection.
        fn into_error(self) -> LlmError {
            let kinds = [
                LlmErrorKind::RateLimited,
                LlmErrorKind::Refused,
                LlmErrorKind::InvalidRequest,
                LlmErrorKind::Authentication,
                LlmErrorKind::ContextTooLong,
                LlmErrorKind::BudgetExhausted,
            ];
            let code = self.code.as_deref();
            let kind = kinds.into_iter().find(|kind| Some(kind.code().as_str()) == code);
            LlmError::new(kind.unwrap_or(LlmErrorKind::Transport), "the host's model failed")
                .with_retry_after(self.retry_after_ms.map(Duration::from_millis))
        }
    }
}
