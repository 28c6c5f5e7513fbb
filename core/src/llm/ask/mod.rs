//! One call from a prompt and its data to a value that was checked.

mod answered;
mod checker;
mod options;
mod prepared;
mod uncounted;

use serde_json::Value;

pub use answered::Answered;
pub use options::AskOptions;
pub use prepared::{Prepared, prepare};

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
/// let model = ScriptedClient::new().says(
///     "OCCASION: Easter\n\nMESSAGE:\n\"Hi [PERSON_1], happy Easter! Thank you for your trust. \
///      See you in spring.\"",
/// );
/// let known = [Known::new(PersonalKind::Person, "Ada Lovelace")];
/// let mut options = AskOptions::default();
/// options.render.known = &known;
/// let input = serde_json::json!({
///     "customer": {"name": "Ada Lovelace"}, "currentDate": "2026-04-01", "jobs": [],
///     "upcomingHolidays": [{"name": "Easter", "date": "2026-04-05"}],
/// });
/// # let mut options = options;
/// # options.render.mode = goodwill::prompts::files::Mode::Compatible;
/// let prompts = PromptSet::library();
/// let answer = ask(&prompts, "occasion_message", &input, &model, &options).wait()?;
/// assert!(answer.value["message"].as_str().unwrap().starts_with("Hi Ada Lovelace, "));
/// assert!(answer.acceptable && !answer.deterministic);
/// assert!(!format!("{:?}", model.requests()[0].messages[0].words()).contains("Ada"));
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
