//! How follow-ups begin and go on.

use serde::{Deserialize, Serialize};

use crate::access::Action;
use crate::decide::{Context, Draft};
use crate::directory::decide::status_word;
use crate::directory::{Party, PartyKind, PartyState, Subject};
use crate::error::{Code, Error, Result};
use crate::events::{EventKind, Stream, StreamKind};
use crate::followups::model::{Followup, FollowupResult, FollowupState};
use crate::ids::{FollowupId, Ref, kind};
use crate::messages::input::check_text;
use crate::store::facts::followup_facts;
use crate::store::{Change, Expect};
use crate::time::Timestamp;

/// The kind of follow-ups that name none.
const SERVICE: &str = "service";

/// A follow-up that is to be done.
///
/// ```
/// use goodwill::{ExternalRef, ScheduleFollowup};
///
/// let call = ScheduleFollowup::new(ExternalRef::host("ada")?)
///     .after_job(ExternalRef::host("JOB-7")?)
///     .due("2026-05-04T09:30:00Z".parse()?);
/// assert_eq!(call.kind, None);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScheduleFollowup {
    /// Whom it is for.
    pub customer: Ref<kind::Party>,
    /// The job that it is after.
    #[serde(default)]
    pub job: Option<Ref<kind::Subject>>,
    /// What it is about, in any spelling; `service` by default.
    #[serde(default)]
    pub kind: Option<String>,
    /// When it is to be done.
    #[serde(default)]
    pub due_at: Option<Timestamp>,
    /// What colleagues should know.
    #[serde(default)]
    pub note: Option<String>,
}

impl ScheduleFollowup {
    /// A follow-up for a customer.
    #[must_use]
    pub fn new(customer: impl Into<Ref<kind::Party>>) -> Self {
        Self { customer: customer.into(), job: None, kind: None, due_at: None, note: None }
    }

    /// After a job.
    #[must_use]
    pub fn after_job(mut self, job: impl Into<Ref<kind::Subject>>) -> Self {
        self.job = Some(job.into());
        self
    }

    /// At an instant.
    #[must_use]
    pub fn due(mut self, at: Timestamp) -> Self {
        self.due_at = Some(at);
        self
    }
}

/// A follow-up that somebody has done. Who that was is the principal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LogFollowup {
    /// Whom it was for.
    pub customer: Ref<kind::Party>,
    /// The job that it was after.
    #[serde(default)]
    pub job: Option<Ref<kind::Subject>>,
    /// What it was about, in any spelling; `service` by default.
    #[serde(default)]
    pub kind: Option<String>,
    /// When it was done; now by default, never later.
    #[serde(default)]
    pub occurred_at: Option<Timestamp>,
    /// What the customer said.
    #[serde(default)]
    pub result: Option<FollowupResult>,
    /// What colleagues should know.
    #[serde(default)]
    pub note: Option<String>,
}

impl LogFollowup {
    /// A follow-up for a customer, done now.
    #[must_use]
    pub fn new(customer: impl Into<Ref<kind::Party>>) -> Self {
        let customer = customer.into();
        Self { customer, job: None, kind: None, occurred_at: None, result: None, note: None }
    }

    /// After a job.
    #[must_use]
    pub fn after_job(mut self, job: impl Into<Ref<kind::Subject>>) -> Self {
        self.job = Some(job.into());
        self
    }
}

/// What changes about a follow-up; what is absent stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct UpdateFollowup {
    /// Where it stands now.
    pub state: Option<FollowupState>,
    /// When it is to be done, while it is open.
    pub due_at: Option<Timestamp>,
    /// When it was done, or no answer was waited for any longer; now by default, never later.
    pub occurred_at: Option<Timestamp>,
    /// What the customer said, once it is completed.
    pub result: Option<FollowupResult>,
    /// What colleagues should know; an empty one takes it away.
    pub note: Option<String>,
}

impl UpdateFollowup {
    /// Another state.
    #[must_use]
    pub fn to(state: FollowupState) -> Self {
        Self { state: Some(state), ..Self::default() }
    }
}

/// What both kinds of new follow-ups say.
#[derive(Debug, Clone, Copy)]
pub(crate) struct New<'i> {
    pub(crate) customer: &'i Ref<kind::Party>,
    pub(crate) job: Option<&'i Ref<kind::Subject>>,
    kind: Option<&'i str>,
    note: Option<&'i str>,
    state: FollowupState,
    due_at: Option<Timestamp>,
    occurred_at: Option<Timestamp>,
    result: Option<&'i FollowupResult>,
}

impl<'i> From<&'i ScheduleFollowup> for New<'i> {
    fn from(input: &'i ScheduleFollowup) -> Self {
        Self {
            customer: &input.customer,
            job: input.job.as_ref(),
            kind: input.kind.as_deref(),
            note: input.note.as_deref(),
            state: FollowupState::Pending,
            due_at: input.due_at,
            occurred_at: None,
            result: None,
        }
    }
}

impl<'i> From<&'i LogFollowup> for New<'i> {
    fn from(input: &'i LogFollowup) -> Self {
        Self {
            customer: &input.customer,
            job: input.job.as_ref(),
            kind: input.kind.as_deref(),
            note: input.note.as_deref(),
            state: FollowupState::Completed,
            due_at: None,
            occurred_at: input.occurred_at,
            result: input.result.as_ref(),
        }
    }
}

/// Adds a follow-up.
pub(crate) fn add<'a>(
    context: &'a Context<'a>,
    job: Option<&Subject>,
    customer: Option<&Party>,
    new: New<'_>,
) -> Result<(Draft<'a>, Followup)> {
    if new.job.is_some() && job.is_none() {
        return Err(Error::new(Code::SubjectNotFound, "the job is not known"));
    }
    let mut draft = Draft::new(context);
    let actor = draft.actor();
    let customer = match customer {
        Some(party) if party.state != PartyState::Active => {
            return Err(Error::new(Code::PartyNotFound, "the party's records are only stored"));
        }
        Some(party) => {
            // An erasure that is faster leaves nothing to follow up.
            draft.expect(Expect::Party(party.id, party.version));
            party.id
        }
        None => draft.party(new.customer, PartyKind::Customer),
    };
    if job.is_some_and(|job| job.customer != customer) {
        return Err(Error::invalid("customer", "the customer of the job"));
    }
    let done = new.state == FollowupState::Completed;
    let followup = Followup {
        id: FollowupId::from_uuid(context.ids.uuid(context.now)),
        tenant: context.tenant(),
        customer,
        job: job.map(|job| job.id),
        store: job.and_then(|job| job.store),
        kind: status_word("kind", new.kind.unwrap_or(SERVICE))?,
        state: new.state,
        due_at: new.due_at,
        occurred_at: done.then(|| new.occurred_at.unwrap_or(context.now)),
        logged_by: actor.filter(|_| done),
        result: new.result.cloned(),
        note: new.note.filter(|note| !note.is_empty()).map(str::to_owned),
        created_at: context.now,
        version: 0,
    };
    context.check(Action::FollowupWrite, followup_facts(context.identity, &followup, job))?;
    let followup = put(&mut draft, followup, event_of(new.state))?;
    Ok((draft, followup))
}

/// Changes a follow-up.
pub(crate) fn update<'a>(
    context: &'a Context<'a>,
    found: Option<&(Followup, Option<Subject>)>,
    input: &UpdateFollowup,
) -> Result<(Draft<'a>, Followup)> {
    let (before, job) = found.ok_or_else(not_found)?;
    let facts = followup_facts(context.identity, before, job.as_ref());
    if !context.allows(Action::FollowupRead, facts) {
        return Err(not_found());
    }
    context.check(Action::FollowupWrite, facts)?;
    let to = input.state.unwrap_or(before.state);
    if to != before.state && !before.state.reachable().any(|state| state == to) {
        return Err(refused(before.state, "state"));
    }
    let mut draft = Draft::new(context);
    let actor = draft.actor();
    let mut after = Followup { state: to, ..before.clone() };
    if input.due_at.is_some() && input.due_at != before.due_at {
        if !before.state.is_open() {
            return Err(refused(before.state, "due_at"));
        }
        after.due_at = input.due_at;
    }
    if to == FollowupState::Scheduled && after.due_at.is_none() {
        return Err(Error::invalid("due_at", "the instant that the message is planned for"));
    }
    if matches!(to, FollowupState::Completed | FollowupState::NoResponse) {
        if to != before.state {
            after.occurred_at = Some(context.now);
            after.logged_by = actor;
        }
        after.occurred_at = input.occurred_at.or(after.occurred_at);
    } else if input.occurred_at.is_some() {
        return Err(refused(to, "occurred_at"));
    }
    if let Some(result) = &input.result {
        if to != FollowupState::Completed {
            return Err(refused(to, "result"));
        }
        after.result = Some(result.clone());
    }
    if let Some(note) = &input.note {
        after.note = Some(note.clone());
    }
    after.note = after.note.filter(|note| !note.is_empty());
    if after == *before {
        return Ok((Draft::new(context), after));
    }
    let event = if to == before.state { EventKind::FollowupChanged } else { event_of(to) };
    let after = put(&mut draft, after, event)?;
    Ok((draft, after))
}

/// Writes a follow-up once it keeps the rules, and returns it as it is stored.
fn put(draft: &mut Draft<'_>, followup: Followup, event: EventKind) -> Result<Followup> {
    let context = draft.context;
    check(context, &followup)?;
    draft.expect(Expect::Followup(followup.id, followup.version));
    let stream = Stream { kind: StreamKind::Party, id: followup.customer.uuid() };
    let state = followup.state.as_str();
    draft.event(
        stream,
        event,
        [
            ("followup", followup.id.to_string().into()),
            ("kind", followup.kind.as_str().into()),
            ("state", state.into()),
        ],
    );
    let entry = draft.audit(event.as_str(), ("followup", followup.id.uuid()));
    entry.subject = followup.job;
    entry.store = followup.store;
    entry.changes.insert("state".into(), state.into());
    draft.change(Change::PutFollowup(Box::new(followup.clone())));
    Ok(Followup { version: followup.version + 1, ..followup })
}

fn check(context: &Context<'_>, followup: &Followup) -> Result<()> {
    let limit = context.policies.limits.text_bytes;
    if followup.occurred_at.is_some_and(|at| at > context.now) {
        return Err(Error::invalid("occurred_at", "an instant that is not in the future"));
    }
    check_text("note", followup.note.as_deref().unwrap_or_default(), limit)?;
    let Some(result) = &followup.result else { return Ok(()) };
    if result.rating.is_some_and(|rating| !(1..=5).contains(&rating)) {
        return Err(Error::invalid("result.rating", "1 to 5"));
    }
    check_text("result.comment", result.comment.as_deref().unwrap_or_default(), limit)
}

/// What has happened when a follow-up is in a state that it was not in before.
fn event_of(state: FollowupState) -> EventKind {
    match state {
        FollowupState::Pending => EventKind::FollowupCreated,
        FollowupState::Scheduled => EventKind::FollowupScheduled,
        FollowupState::Sent => EventKind::FollowupSent,
        FollowupState::Completed => EventKind::FollowupCompleted,
        FollowupState::NoResponse => EventKind::FollowupNoResponse,
        FollowupState::Failed => EventKind::FollowupFailed,
        FollowupState::Cancelled => EventKind::FollowupCancelled,
        FollowupState::Dismissed => EventKind::FollowupDismissed,
    }
}

pub(crate) fn not_found() -> Error {
    Error::new(Code::FollowupNotFound, "the follow-up is not known")
}

/// The refusal of a field for the state that the follow-up is in, with the states that it can go to.
fn refused(state: FollowupState, field: &'static str) -> Error {
    let reachable: Vec<&str> = state.reachable().map(FollowupState::as_str).collect();
    Error::new(Code::FollowupState, format!("{field}: not for a follow-up that is {state}"))
        .with("field", field)
        .with("state", state.as_str())
        .with("reachable", reachable)
}
