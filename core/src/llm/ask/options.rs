//! How a prompt is asked.

use std::collections::BTreeSet;
use std::fmt;

use crate::ids::TenantId;
use crate::llm::client::Capabilities;
use crate::prompts::answers::{AnswerForm, Given, OutputSpec};
use crate::prompts::files::RenderOptions;
use crate::prompts::personal::PersonalData;
use crate::time::Timestamp;

/// How a prompt is asked. `Debug` shows no personal data.
#[derive(Clone)]
pub struct AskOptions<'o> {
    /// How it is rendered. What is personal becomes pseudonyms unless this says otherwise.
    pub render: RenderOptions<'o>,
    /// What the answer has, instead of what the prompt declares.
    pub spec: Option<&'o OutputSpec>,
    /// What the answer is checked against, instead of what the input says.
    pub given: Option<&'o Given>,
    /// The form of the answer, instead of the one that fits the client best.
    pub form: Option<AnswerForm>,
    /// The model, instead of the one that the file names.
    pub model: Option<&'o str>,
    /// What can be asked for. [`ask`](super::ask) takes its client's.
    pub capabilities: Capabilities,
    /// The tenant that pays.
    pub tenant: TenantId,
    /// The customers whose data is in the input, so that answers can be erased with them.
    pub tags: BTreeSet<String>,
    /// At most so many requests to providers: retries, repairs and other providers together.
    pub attempts: u32,
    /// No further request once so many tokens are spent.
    pub tokens: Option<u64>,
    /// No further request once so many millionths of the currency unit are spent.
    pub micros: Option<u64>,
    /// Nothing goes on after this instant.
    pub deadline: Option<Timestamp>,
    /// Asks again even if the cache has an answer.
    pub force_refresh: bool,
    /// Whether rules answer when the model cannot.
    pub fall_back: bool,
    /// Whether an answer with fields missing is an answer too. Then rules do not stand in for it.
    pub partial: bool,
}

impl Default for AskOptions<'_> {
    /// Pseudonyms, six attempts, rules when the model cannot.
    fn default() -> Self {
        Self {
            render: RenderOptions { personal: PersonalData::Pseudonym, ..RenderOptions::default() },
            spec: None,
            given: None,
            form: None,
            model: None,
            capabilities: Capabilities::default(),
            tenant: TenantId::SINGLE,
            tags: BTreeSet::new(),
            attempts: 6,
            tokens: None,
            micros: None,
            deadline: None,
            force_refresh: false,
            fall_back: true,
            partial: false,
        }
    }
}

impl fmt::Debug for AskOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AskOptions")
            .field("render", &self.render)
            .field("form", &self.form)
            .field("model", &self.model)
            .field("tenant", &self.tenant)
            .field("attempts", &self.attempts)
            .field("fall_back", &self.fall_back)
            .field("partial", &self.partial)
            .finish_non_exhaustive()
    }
}
