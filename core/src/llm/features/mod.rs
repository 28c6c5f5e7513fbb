//! One method for each thing that a business wants written about a customer: facts in, a typed
//! answer out.

mod results;

use serde_json::Value;

pub use results::{
    Generated, Greeting, MaintenancePrediction, ProfitabilityAnalysis, Provenance,
    SentimentAnalysis, SuggestedFollowups, TechnicianMatch,
};

use super::ask::{AskOptions, typed};
use super::assistant::Assistant;
use super::twin::Twin;
use crate::error::{Code, Error, Result};
use crate::ids::{Ref, kind};
use crate::prompts::answers::{
    CallSummary, ChurnExplanation, CustomerMessage, FollowupPlan, InsightCards, MessageReply,
    RelationshipSummary, SurveyDraft, TypedAnswer, due,
};
use crate::prompts::context::{
    Call, ChurnFacts, ContextSettings, CustomerFacts, KeyNumber, ServiceRequest, json,
    with_currencies, written,
};
use crate::prompts::files::{PromptFile, PromptSet};
use crate::prompts::formatting::{Formatting, Locale};
use crate::prompts::library::Prompt;
use crate::prompts::personal::{Known, PersonalKind};

/// One method for each thing that a business wants written about a customer. Each checks the facts,
/// builds the input of its prompt, asks as [`Assistant::ask`] does, with pseudonyms for the customer
/// and the technicians, and gives the typed answer. Without a model rules answer, and the provenance
/// says so.
///
/// ```
/// use goodwill::Wait;
/// use goodwill::llm::{AskOptions, Assistant};
/// use goodwill::prompts::answers::Profitability;
/// use goodwill::prompts::context::{ContextSettings, CustomerFacts};
///
/// let facts: CustomerFacts = serde_json::from_str(r#"{
///     "customer": {"id": "ada", "name": "Ada Brown"},
///     "payments": [{"amount": {"amount": "95.00", "currency": "EUR"}, "paidAt": "2026-01-05T09:00:00Z"}]
/// }"#).unwrap();
/// let settings = ContextSettings::at("2026-03-01T09:00:00Z".parse()?);
/// let options = AskOptions::default();
/// let analysis = Assistant::rules().profitability_analysis(&facts, &settings, &options).wait()?;
/// assert_eq!(analysis.answer.classification, Profitability::HighlyProfitable);
/// assert!(analysis.answer.summary.starts_with("Ada Brown brought 95.00 EUR of revenue"));
/// assert!(analysis.provenance.deterministic);
/// # Ok::<(), goodwill::Error>(())
/// ```
///
/// # Errors
/// Those of the facts (`input.invalid` names the field), of the context, and of
/// [`Assistant::ask`].
impl Assistant {
    /// The history of a customer in short.
    ///
    /// # Errors
    /// See above.
    pub async fn timeline_summary(
        &self,
        facts: &CustomerFacts,
        settings: &ContextSettings,
        options: &AskOptions<'_>,
    ) -> Result<Generated<RelationshipSummary>> {
        let input = json(&facts.checked(settings)?.timeline_summary())?;
        self.generate(facts, settings, &input, options).await
    }

    /// What to write to a customer next, with drafts and days.
    ///
    /// # Errors
    /// See above.
    pub async fn followup_suggestions(
        &self,
        facts: &CustomerFacts,
        settings: &ContextSettings,
        options: &AskOptions<'_>,
    ) -> Result<SuggestedFollowups> {
        let input = json(&facts.checked(settings)?.followup_suggestions())?;
        let made = self.generate::<FollowupPlan>(facts, settings, &input, options).await?;
        let Generated { answer, provenance } = made;
        let today = settings.today().0;
        let due = answer.suggestions.iter().map(|one| due(&one.timing, today)).collect();
        Ok(SuggestedFollowups { answer, due, provenance })
    }

    /// A greeting for the nearest occasion, or for the one with a name.
    ///
    /// # Errors
    /// See above.
    pub async fn generate_greeting(
        &self,
        facts: &CustomerFacts,
        occasion: Option<&str>,
        settings: &ContextSettings,
        options: &AskOptions<'_>,
    ) -> Result<Greeting> {
        let checked = facts.checked(settings)?;
        let input = json(&checked.occasion_message(occasion)?)?;
        let (occasion, upcoming) = (checked.occasion(occasion)?, checked.occasions());
        let made = self.generate(facts, settings, &input, options).await?;
        let Generated { answer, provenance } = made;
        Ok(Greeting { answer, occasion, upcoming, provenance })
    }

    /// How a customer feels, by the customer's own words.
    ///
    /// # Errors
    /// See above.
    pub async fn analyze_sentiment(
        &self,
        facts: &CustomerFacts,
        settings: &ContextSettings,
        options: &AskOptions<'_>,
    ) -> Result<SentimentAnalysis> {
        let checked = facts.checked(settings)?;
        let input = json(&checked.sentiment_analysis())?;
        let activities = checked.sentiment_activities();
        let made = self.generate(facts, settings, &input, options).await?;
        let Generated { answer, provenance } = made;
        Ok(SentimentAnalysis { answer, activities, provenance })
    }

    /// What a customer is worth, with the figures.
    ///
    /// # Errors
    /// See above.
    pub async fn profitability_analysis(
        &self,
        facts: &CustomerFacts,
        settings: &ContextSettings,
        options: &AskOptions<'_>,
    ) -> Result<ProfitabilityAnalysis> {
        let checked = facts.checked(settings)?;
        let input = json(&checked.profitability_analysis()?)?;
        let financials = checked.financials()?;
        let made = self.generate(facts, settings, &input, options).await?;
        let Generated { answer, provenance } = made;
        Ok(ProfitabilityAnalysis { answer, financials, provenance })
    }

    /// What an appliance will need.
    ///
    /// # Errors
    /// See above.
    pub async fn predict_maintenance(
        &self,
        facts: &CustomerFacts,
        appliance: &Ref<kind::Subject>,
        settings: &ContextSettings,
        options: &AskOptions<'_>,
    ) -> Result<MaintenancePrediction> {
        let checked = facts.checked(settings)?;
        let found = checked.appliance(appliance, "appliance")?;
        let profile = settings.profile(found)?.kind.clone();
        let input = json(&checked.maintenance_alert(appliance)?)?;
        let rules = Twin::of(Prompt::MaintenanceAlert).value(&input);
        let rule_risk = serde_json::from_value(rules.get("risk").cloned().unwrap_or_default());
        let made = self.generate(facts, settings, &input, options).await?;
        let Generated { answer, provenance } = made;
        Ok(MaintenancePrediction {
            answer,
            appliance: written(appliance),
            rule_risk: rule_risk.map_err(|_| Error::internal("rules have no risk"))?,
            profile,
            profiles_version: settings.profiles().version.clone(),
            provenance,
        })
    }

    /// What every appliance in use will need, in their order, one request each.
    ///
    /// # Errors
    /// See above.
    pub async fn predict_all_maintenance(
        &self,
        facts: &CustomerFacts,
        settings: &ContextSettings,
        options: &AskOptions<'_>,
    ) -> Result<Vec<MaintenancePrediction>> {
        let in_use: Vec<_> = facts.checked(settings)?.in_use().map(|one| &one.id).collect();
        let mut found = Vec::with_capacity(in_use.len());
        for appliance in in_use {
            found.push(self.predict_maintenance(facts, appliance, settings, options).await?);
        }
        Ok(found)
    }

    /// Who should go: filtered and scored by rules, and a model's opinion about those who can.
    ///
    /// # Errors
    /// See above.
    pub async fn match_technician(
        &self,
        facts: &CustomerFacts,
        request: &ServiceRequest,
        settings: &ContextSettings,
        options: &AskOptions<'_>,
    ) -> Result<TechnicianMatch> {
        let checked = facts.checked(settings)?;
        let input = json(&checked.technician_matching(request)?)?;
        let all = checked.candidates(request)?;
        let made = self.generate(facts, settings, &input, options).await?;
        let Generated { answer, provenance } = made;
        let (candidates, refused) = (all.candidates, all.refused);
        Ok(TechnicianMatch { answer, candidates, refused, provenance })
    }

    /// Questions about a completed job; without an id about the last one.
    ///
    /// # Errors
    /// See above.
    pub async fn survey_questions(
        &self,
        facts: &CustomerFacts,
        job: Option<&Ref<kind::Subject>>,
        settings: &ContextSettings,
        options: &AskOptions<'_>,
    ) -> Result<Generated<SurveyDraft>> {
        let input = json(&facts.checked(settings)?.survey_questions(job)?)?;
        self.generate(facts, settings, &input, options).await
    }

    /// A message about a job; without an id about the last one.
    ///
    /// # Errors
    /// See above.
    pub async fn customer_message(
        &self,
        facts: &CustomerFacts,
        purpose: &str,
        job: Option<&Ref<kind::Subject>>,
        settings: &ContextSettings,
        options: &AskOptions<'_>,
    ) -> Result<Generated<CustomerMessage>> {
        let input = json(&facts.checked(settings)?.customer_message(job, purpose)?)?;
        self.generate(facts, settings, &input, options).await
    }

    /// A reply to the last message; without an id about the last job.
    ///
    /// # Errors
    /// See above.
    pub async fn message_reply(
        &self,
        facts: &CustomerFacts,
        job: Option<&Ref<kind::Subject>>,
        settings: &ContextSettings,
        options: &AskOptions<'_>,
    ) -> Result<Generated<MessageReply>> {
        let input = json(&facts.checked(settings)?.message_reply(job)?)?;
        self.generate(facts, settings, &input, options).await
    }

    /// What was said in a call.
    ///
    /// # Errors
    /// See above.
    pub async fn call_summary(
        &self,
        facts: &CustomerFacts,
        call: &Call,
        settings: &ContextSettings,
        options: &AskOptions<'_>,
    ) -> Result<Generated<CallSummary>> {
        let input = json(&facts.checked(settings)?.call_summary(call)?)?;
        self.generate(facts, settings, &input, options).await
    }

    /// Why a customer may leave, from a risk that was computed.
    ///
    /// # Errors
    /// See above.
    pub async fn churn_explanation(
        &self,
        facts: &CustomerFacts,
        churn: &ChurnFacts,
        settings: &ContextSettings,
        options: &AskOptions<'_>,
    ) -> Result<Generated<ChurnExplanation>> {
        let input = json(&facts.checked(settings)?.churn_explanation(churn)?)?;
        self.generate(facts, settings, &input, options).await
    }

    /// What the numbers of a customer show; without numbers those that the facts have.
    ///
    /// # Errors
    /// See above.
    pub async fn insight_cards(
        &self,
        facts: &CustomerFacts,
        numbers: &[KeyNumber],
        settings: &ContextSettings,
        options: &AskOptions<'_>,
    ) -> Result<Generated<InsightCards>> {
        let input = json(&facts.checked(settings)?.insight_cards(numbers)?)?;
        self.generate(facts, settings, &input, options).await
    }

    async fn generate<T: TypedAnswer>(
        &self,
        facts: &CustomerFacts,
        settings: &ContextSettings,
        input: &Value,
        options: &AskOptions<'_>,
    ) -> Result<Generated<T>> {
        let file = self.prompts().get(T::PROMPT.id())?;
        let formatting = match options.render.formatting {
            Some(formatting) => formatting.clone(),
            None => formatting(settings, input, file)?,
        };
        let mut known: Vec<Known> = people(facts);
        known.extend_from_slice(options.render.known);
        let mut options: AskOptions<'_> = options.clone();
        options.render.formatting = Some(&formatting);
        options.render.known = &known;
        options.tags.insert(written(&facts.customer.id));
        let own;
        let assistant = if in_dollars(input) {
            self
        } else {
            own = self.with_currencies(T::PROMPT)?;
            &own
        };
        let answered = assistant.ask(T::PROMPT.id(), input, &options).await?;
        let (answer, answered) = typed(answered)?;
        Ok(Generated { answer, provenance: answered.into() })
    }
}

impl Assistant {
    /// The same, with the currency of every amount in the library's text of a prompt. A text of the
    /// host's own is left as it is.
    fn with_currencies(&self, prompt: Prompt) -> Result<Self> {
        let source = self.prompts().get(prompt.id())?.source();
        if !source.ends_with(prompt.template()) {
            return Ok(self.clone());
        }
        let path = format!("{}.prompt", prompt.id());
        let own = PromptSet::read([(path, with_currencies(source))])?;
        Ok(self.clone().with_prompts(own.over(self.prompts().clone())))
    }
}

/// Whether all amounts of an input are in dollars, as the prompts of the library print them.
fn in_dollars(input: &Value) -> bool {
    let dollars = |one: &Value| one.get("currency").is_none_or(|currency| currency == "USD");
    let payments = input.get("payments").and_then(Value::as_array);
    dollars(input) && payments.into_iter().flatten().all(dollars)
}

/// The language, the clock and the currency of the settings.
fn formatting(settings: &ContextSettings, input: &Value, file: &PromptFile) -> Result<Formatting> {
    let locale = match &settings.locale {
        Some(tag) => Some(Locale::find(tag).ok_or_else(|| {
            let known = "en, es, pt, fr, de, it or ar";
            Error::field(Code::InputUnknownValue, "context.locale", known)
        })?),
        None => file.front_matter().locale,
    };
    Ok(Formatting {
        locale: locale.unwrap_or_default(),
        zone: Some(settings.zone),
        currency: input.get("currency").and_then(Value::as_str).and_then(|code| code.parse().ok()),
    })
}

/// Who is named in the facts.
fn people(facts: &CustomerFacts) -> Vec<Known> {
    let technicians = facts.technicians.iter().map(|one| one.name.as_str());
    let names = std::iter::once(facts.customer.name.as_str()).chain(technicians);
    names.map(|name| Known::new(PersonalKind::Person, name)).collect()
}
