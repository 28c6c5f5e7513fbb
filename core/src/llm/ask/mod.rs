//! One call from a prompt and its data to a value that was checked.

mod answered;
mod checker;
mod options;
mod prepared;
mod stream;
mod uncounted;

use serde_json::Value;

pub use answered::Answered;
pub use options::AskOptions;
pub use prepared::{Prepared, prepare};
pub use stream::{AnswerPart, AnswerStream};

use super::client::LlmClient;
use crate::error::{Code, Error, Result};
use crate::prompts::answers::TypedAnswer;
use crate::prompts::files::PromptSet;

/// Asks a prompt: renders it with pseudonyms for what is personal, asks in the form that the client
/// can be asked for, checks the answer, asks again if it cannot be used, and puts the personal data
/// back. It is [`prepare`] and [`Prepared::ask`].
///
/// ```
/// use goodwill::Wait;
/// use goodwill::llm::{AskOptions, ScriptedClient, ask};
/// use goodwill::prompts::files::PromptSet;
/// use goodwill::prompts::personal::{Known, PersonalKind};
///
/// let model = ScriptedClient::new()
///     .says("REPLY:\n\"Hi [PERSON_1], we come at nine.\"\n\nNEEDS A PERSON: no");
/// let known = [Known::new(PersonalKind::Person, "Ada Lovelace")];
/// let mut options = AskOptions::default();
/// options.render.known = &known;
/// let input = serde_json::json!({
///     "customer": {"name": "Ada Lovelace"},
///     "job": {"description": "Boiler", "status": "scheduled"},
///     "messages": [{"createdAt": "2026-03-01T07:00:00Z", "author": "customer", "text": "When?"}],
/// });
/// let answer = ask(&PromptSet::library(), "message_reply", &input, &model, &options).wait()?;
/// assert_eq!(answer.value["reply"], "Hi Ada Lovelace, we come at nine.");
/// assert!(answer.acceptable && !answer.deterministic);
/// assert!(model.requests()[0].messages.iter().all(|said| !said.words().contains("Ada")));
/// # Ok::<(), goodwill::Error>(())
/// ```
///
/// # Errors
/// Those of [`prepare`] and [`Prepared::ask`].
pub async fn ask(
    set: &PromptSet,
    prompt: &str,
    input: &Value,
    client: &dyn LlmClient,
    options: &AskOptions<'_>,
) -> Result<Answered> {
    let options = AskOptions { capabilities: client.capabilities(), ..options.clone() };
    prepare(set, prompt, input, &options)?.ask(client).await
}

/// Asks the prompt of a struct; gives the struct beside the answer.
///
/// ```
/// use goodwill::Wait;
/// use goodwill::llm::{AskOptions, Rules, ask_typed};
/// use goodwill::prompts::answers::{Profitability, ProfitabilityReport};
/// use goodwill::prompts::files::{Mode, PromptSet};
///
/// let input = serde_json::json!({"totalRevenue": 900, "totalExpenses": 300, "netProfit": 600});
/// let mut options = AskOptions::default();
/// options.render.mode = Mode::Compatible;
/// let (report, answer) =
///     ask_typed::<ProfitabilityReport>(&PromptSet::library(), &input, &Rules, &options).wait()?;
/// assert_eq!(report.classification, Profitability::HighlyProfitable);
/// assert!(answer.deterministic);
/// # Ok::<(), goodwill::Error>(())
/// ```
///
/// # Errors
/// Those of [`ask`]; `llm.semantic` if fields are missing, whatever the options say.
pub async fn ask_typed<T: TypedAnswer>(
    set: &PromptSet,
    input: &Value,
    client: &dyn LlmClient,
    options: &AskOptions<'_>,
) -> Result<(T, Answered)> {
    let answered = ask(set, T::PROMPT.id(), input, client, options).await?;
    typed(answered)
}

/// The answer with its struct.
pub(super) fn typed<T: TypedAnswer>(answered: Answered) -> Result<(T, Answered)> {
    let lacking = |_| {
        Error::new(Code::LlmSemantic, "the answer lacks fields")
            .with("missing", answered.missing.clone())
    };
    let value = T::deserialize(&answered.value).map_err(lacking)?;
    Ok((value, answered))
}
