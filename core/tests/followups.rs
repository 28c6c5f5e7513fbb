//! Follow-ups: what is to be done for customers after a service, and what was done.
#![cfg(test)]

mod common;

use common::{TENANT, World, host};
use goodwill::{
    Code, Desk, Error, EventKind, Followup, FollowupId, FollowupQuery, FollowupResult,
    FollowupState, LogFollowup, MemoryStore, Principal, PutSubject, Role, ScheduleFollowup,
    Session, Timestamp, UpdateFollowup, Wait,
};
use proptest::prelude::*;

use FollowupState::{
    Cancelled, Completed, Dismissed, Failed, NoResponse, Pending, Scheduled, Sent,
};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn after_job() -> ScheduleFollowup {
    ScheduleFollowup::new(host("ada")).after_job(host("j-1"))
}

fn said(rating: u8, comment: &str) -> FollowupResult {
    FollowupResult { rating: Some(rating), comment: Some(comment.into()) }
}

/// The code of a refusal, and the field that it names.
fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> (Code, String) {
    let error = result.unwrap_err();
    let field = error.details().get("field").and_then(|field| field.as_str()).unwrap_or("");
    (error.code(), field.to_owned())
}

fn ids(desk: &Session<Desk>, query: &FollowupQuery) -> Vec<FollowupId> {
    desk.followups(query).wait().unwrap().iter().map(|followup| followup.id).collect()
}

/// What has happened to follow-ups, by the events.
fn events(world: &World) -> Vec<EventKind> {
    let all = world.admin().events("followups", 1_000).wait().unwrap();
    let kinds = all.iter().map(|event| event.draft.kind);
    kinds.filter(|kind| kind.as_str().starts_with("followup.")).collect()
}

on_every_store! {
    /// F113, F114, F115, F116, F117, F118, F119, F120, F464, F465, F493: a follow-up has an id, a job, a
    /// customer, a state, a rating, words, a date and the instant of its making.
    fn a_followup_goes_from_its_plan_to_its_result(world) {
        let tom = world.staff(Role::Technician, "tom");
        let due = at("2026-03-05T09:00:00Z");
        let plan = ScheduleFollowup { kind: Some("Service Call".into()), ..after_job().due(due) };
        let made = tom.schedule_followup(&plan).wait().unwrap();
        assert_eq!((made.state, made.due_at, made.kind.as_str()), (Pending, Some(due), "service_call"));
        assert_eq!((made.occurred_at, made.logged_by, made.version), (None, None, 1));
        assert!(made.job.is_some() && made.created_at == world.engine.now());
        let service = world.service();
        let planned = service.update_followup(made.id, &UpdateFollowup::to(Scheduled)).wait().unwrap();
        let sent = service.update_followup(made.id, &UpdateFollowup::to(Sent)).wait().unwrap();
        assert_eq!((planned.state, sent.state, sent.logged_by), (Scheduled, Sent, None));
        let now = world.later(3_600);
        let answer = UpdateFollowup { result: Some(said(5, "Works again")), ..UpdateFollowup::to(Completed) };
        let done = tom.update_followup(made.id, &answer).wait().unwrap();
        let tom_id = tom.party(host("tom")).wait();
        assert_eq!(refused(tom_id).0, Code::AccessDenied, "who may log need not read the directory");
        let tom_id = world.admin().party(host("tom")).wait().unwrap().id;
        let expected = Followup {
            state: Completed,
            occurred_at: Some(now),
            logged_by: Some(tom_id),
            result: Some(said(5, "Works again")),
            version: 4,
            ..made
        };
        assert_eq!(done, expected);
        let query = FollowupQuery { customer: Some(host("ada").into()), ..FollowupQuery::default() };
        assert_eq!(world.admin().followups(&query).wait().unwrap(), [expected]);
        assert_eq!(events(world), [
            EventKind::FollowupCreated,
            EventKind::FollowupScheduled,
            EventKind::FollowupSent,
            EventKind::FollowupCompleted,
        ]);
    }

    /// F577, F598: what was done without a plan is logged as completed, by whom the session says, when
    /// it was done.
    fn what_was_done_is_logged_by_the_principal(world) {
        let gina = world.staff(Role::Agent, "gina");
        let yesterday = at("2026-03-01T15:00:00Z");
        let call = LogFollowup {
            occurred_at: Some(yesterday),
            note: Some("rang twice".into()),
            result: Some(said(4, "Clean work")),
            ..LogFollowup::new(host("ada")).after_job(host("j-1"))
        };
        let logged = gina.log_followup(&call).wait().unwrap();
        let gina_id = world.admin().party(host("gina")).wait().unwrap().id;
        assert_eq!((logged.state, logged.logged_by), (Completed, Some(gina_id)));
        assert_eq!((logged.occurred_at, logged.created_at), (Some(yesterday), world.engine.now()));
        // Without an instant it is now; in the future it cannot have been.
        let now = gina.log_followup(&LogFollowup::new(host("ada"))).wait().unwrap();
        assert_eq!((now.occurred_at, now.kind.as_str()), (Some(world.engine.now()), "service"));
        let tomorrow = Some(at("2026-03-03T15:00:00Z"));
        let early = LogFollowup { occurred_at: tomorrow, ..call.clone() };
        assert_eq!(refused(gina.log_followup(&early).wait()), (Code::InputInvalid, "occurred_at".into()));
        // The software has no name; a customer whom nobody knows yet gets one.
        let system = world.engine.desk(Principal::system(TENANT)).unwrap();
        let by_software = system.log_followup(&LogFollowup::new(host("zoe"))).wait().unwrap();
        assert_eq!((by_software.state, by_software.logged_by), (Completed, None));
        assert_eq!(world.admin().party(host("zoe")).wait().unwrap().id, by_software.customer);
        assert_eq!(events(world), [EventKind::FollowupCompleted; 3]);
    }

    /// What is wrong is refused with its field, and nothing is stored.
    fn bad_followups_are_refused(world) {
        let admin = world.admin();
        let plan = |plan: ScheduleFollowup| refused(admin.schedule_followup(&plan).wait());
        let unknown = ScheduleFollowup::new(host("ada")).after_job(host("j-9"));
        assert_eq!(plan(unknown).0, Code::SubjectNotFound);
        let order = ScheduleFollowup::new(host("ada")).after_job(host("o-1"));
        assert_eq!(plan(order).0, Code::SubjectNotFound, "an order is no job");
        let of_bob = ScheduleFollowup::new(host("bob")).after_job(host("j-1"));
        assert_eq!(plan(of_bob), (Code::InputInvalid, "customer".into()));
        let nul = ScheduleFollowup { note: Some("a\0b".into()), ..after_job() };
        assert_eq!(plan(nul), (Code::InputNul, "note".into()));
        let long = ScheduleFollowup { note: Some("x".repeat(65_537)), ..after_job() };
        assert_eq!(plan(long), (Code::InputTooLong, "note".into()));
        let blank = ScheduleFollowup { kind: Some(" ".into()), ..after_job() };
        assert_eq!(plan(blank), (Code::InputEmpty, "kind".into()));
        for rating in [0, 6] {
            let log = LogFollowup { result: Some(said(rating, "")), ..LogFollowup::new(host("ada")) };
            let field = "result.rating".to_owned();
            assert_eq!(refused(admin.log_followup(&log).wait()), (Code::InputInvalid, field));
        }
        assert!(ids(&admin, &FollowupQuery::default()).is_empty() && events(world).is_empty());
        assert_eq!(refused(admin.followups(&FollowupQuery { limit: 0, ..FollowupQuery::default() }).wait()).1, "limit");
        let nowhere = FollowupQuery { customer: Some(host("eve").into()), ..FollowupQuery::default() };
        assert_eq!(refused(admin.followups(&nowhere).wait()).0, Code::PartyNotFound);
        let nothing = FollowupQuery { job: Some(host("j-9").into()), ..FollowupQuery::default() };
        assert_eq!(refused(admin.followups(&nothing).wait()).0, Code::SubjectNotFound);
        let stranger = FollowupId::from_uuid(admin.party(host("ada")).wait().unwrap().id.uuid());
        let change = UpdateFollowup::to(Sent);
        assert_eq!(refused(admin.update_followup(stranger, &change).wait()).0, Code::FollowupNotFound);
        let query = FollowupQuery { after: Some(stranger), ..FollowupQuery::default() };
        assert_eq!(refused(admin.followups(&query).wait()), (Code::InputInvalid, "after".into()));
    }

    /// F188, F493: the state machine refuses what it does not know, and says what it knows.
    fn the_state_decides_what_can_change(world) {
        let admin = world.admin();
        let made = admin.schedule_followup(&after_job()).wait().unwrap();
        let change = |change: UpdateFollowup| admin.update_followup(made.id, &change).wait();
        let error = change(UpdateFollowup::to(Sent)).unwrap_err();
        assert_eq!((error.code(), &error.details()["state"]), (Code::FollowupState, &"pending".into()));
        let reachable = serde_json::json!(["scheduled", "completed", "no_response", "cancelled", "dismissed"]);
        assert_eq!(error.details()["reachable"], reachable);
        // A planned message has a date.
        assert_eq!(refused(change(UpdateFollowup::to(Scheduled))), (Code::InputInvalid, "due_at".into()));
        let due = Some(at("2026-03-04T09:00:00Z"));
        let planned = change(UpdateFollowup { due_at: due, ..UpdateFollowup::to(Scheduled) }).unwrap();
        assert_eq!((planned.state, planned.due_at), (Scheduled, due));
        let result = UpdateFollowup { result: Some(said(3, "so so")), ..UpdateFollowup::default() };
        assert_eq!(refused(change(result.clone())), (Code::FollowupState, "result".into()));
        let occurred = UpdateFollowup { occurred_at: due, ..UpdateFollowup::default() };
        assert_eq!(refused(change(occurred)), (Code::FollowupState, "occurred_at".into()));
        change(UpdateFollowup::to(Failed)).unwrap();
        let later = Some(at("2026-03-06T09:00:00Z"));
        change(UpdateFollowup { due_at: later, ..UpdateFollowup::to(Scheduled) }).unwrap();
        change(UpdateFollowup::to(Sent)).unwrap();
        let silent = change(UpdateFollowup::to(NoResponse)).unwrap();
        assert_eq!(silent.occurred_at, Some(world.engine.now()));
        assert_eq!(refused(change(result)), (Code::FollowupState, "result".into()));
        let postponed = UpdateFollowup { due_at: due, ..UpdateFollowup::default() };
        assert_eq!(refused(change(postponed)), (Code::FollowupState, "due_at".into()));
        // The same state again is no change; a note can be written and taken away at any time.
        assert_eq!(change(UpdateFollowup::to(NoResponse)).unwrap(), silent);
        let noted = change(UpdateFollowup { note: Some("moved away".into()), ..UpdateFollowup::default() });
        assert_eq!(noted.unwrap().note.as_deref(), Some("moved away"));
        let bare = change(UpdateFollowup { note: Some(String::new()), ..UpdateFollowup::default() }).unwrap();
        assert_eq!((bare.note, bare.version), (None, silent.version + 2));
    }

    /// F156, F189, F494, F578: the list of a customer, after a job, in states; in pages, and what is due.
    fn followups_are_listed(world) {
        let admin = world.admin();
        let day = |day: u32| at(&format!("2026-03-{day:02}T09:00:00Z"));
        let plan = |customer: &str, due: u32| {
            admin.schedule_followup(&ScheduleFollowup::new(host(customer)).due(day(due))).wait().unwrap().id
        };
        let late = plan("ada", 9);
        let soon = plan("bob", 4);
        let of_job = admin.schedule_followup(&after_job().due(day(6))).wait().unwrap().id;
        let done = LogFollowup { occurred_at: Some(day(1)), ..LogFollowup::new(host("ada")) };
        let done = admin.log_followup(&done).wait().unwrap().id;
        let list = |query: FollowupQuery| ids(&admin, &query);
        let all = FollowupQuery::default;
        assert_eq!(list(all()), [done, soon, of_job, late]);
        let ada = Some(host("ada").into());
        assert_eq!(list(FollowupQuery { customer: ada.clone(), ..all() }), [done, of_job, late]);
        let state = vec![Completed];
        assert_eq!(list(FollowupQuery { customer: ada, state: state.clone(), ..all() }), [done]);
        assert_eq!(list(FollowupQuery { state: vec![Pending, Scheduled], ..all() }), [soon, of_job, late]);
        assert_eq!(list(FollowupQuery { job: Some(host("j-1").into()), ..all() }), [of_job]);
        let due = FollowupQuery { state: vec![Pending], until: Some(day(7)), ..all() };
        assert_eq!(list(due), [soon, of_job]);
        assert_eq!(list(FollowupQuery { from: Some(day(4)), until: Some(day(6)), ..all() }), [soon]);
        assert_eq!(list(FollowupQuery { after: Some(soon), limit: 1, ..all() }), [of_job]);
        assert_eq!(list(FollowupQuery { after: Some(late), ..all() }), []);
        // One that was done earlier than planned stands where it was done.
        admin.update_followup(late, &UpdateFollowup::to(Completed)).wait().unwrap();
        assert_eq!(list(all()), [done, late, soon, of_job]);
        let names: Vec<FollowupState> = ["No Response", "PENDING", "Completed"].map(|it| it.parse().unwrap()).into();
        assert_eq!(names, [NoResponse, Pending, Completed]);
    }

    /// Everybody sees and changes those of the storefronts and jobs that are theirs, and no others.
    fn followups_have_walls(world) {
        let admin = world.admin();
        let north = PutSubject::job(host("j-2"), host("bob")).in_store(host("north"));
        admin.put_subject(north.assigned_to(host("tina"))).wait().unwrap();
        let of_ada = admin.schedule_followup(&after_job()).wait().unwrap().id;
        let plan = ScheduleFollowup::new(host("bob")).after_job(host("j-2"));
        let of_bob = admin.schedule_followup(&plan).wait().unwrap().id;
        let nobodys = admin.schedule_followup(&ScheduleFollowup::new(host("bob"))).wait().unwrap().id;
        let sees = |desk: &Session<Desk>| ids(desk, &FollowupQuery::default());
        assert_eq!(sees(&world.staff(Role::Technician, "tom")), [of_ada]);
        assert_eq!(sees(&world.staff(Role::Technician, "tina")), [of_bob]);
        assert_eq!(sees(&world.agent_in("nora", "north")), [of_bob]);
        assert_eq!(sees(&world.agent_in("sue", "south")), []);
        for desk in [world.staff(Role::Agent, "gina"), world.service(), world.staff(Role::Auditor, "otto")] {
            assert_eq!(sees(&desk), [of_ada, of_bob, nobodys]);
        }
        let tom = world.staff(Role::Technician, "tom");
        let change = UpdateFollowup::to(Completed);
        assert_eq!(refused(tom.update_followup(of_bob, &change).wait()).0, Code::FollowupNotFound);
        let sue = world.agent_in("sue", "south");
        assert_eq!(refused(sue.update_followup(of_bob, &change).wait()).0, Code::FollowupNotFound);
        assert_eq!(refused(sue.schedule_followup(&plan).wait()).0, Code::AccessDenied);
        assert_eq!(refused(tom.log_followup(&LogFollowup::new(host("ada"))).wait()).0, Code::AccessDenied);
        let otto = world.staff(Role::Auditor, "otto");
        assert_eq!(refused(otto.update_followup(of_ada, &change).wait()).0, Code::AccessDenied);
        let analyst = world.staff(Role::Analyst, "ann");
        assert_eq!(refused(analyst.followups(&FollowupQuery::default()).wait()).0, Code::AccessDenied);
        // Each refusal stands in the trail, also those that look as if nothing were there.
        let trail = otto.audit(0, None, 500).wait().unwrap();
        let denied = trail.entries.iter().filter(|entry| entry.record.action == "access.denied");
        assert_eq!(denied.count(), 6);
        assert!(tom.update_followup(of_ada, &change).wait().is_ok());
        let elsewhere = goodwill::TenantId::from_uuid(of_ada.uuid());
        let stranger = Principal::staff(elsewhere, Role::Admin, host("root"));
        let stranger = world.engine.desk(stranger).unwrap();
        assert_eq!(sees(&stranger), []);
        assert_eq!(refused(stranger.update_followup(of_ada, &change).wait()).0, Code::FollowupNotFound);
    }

    /// A repetition under the same key has the first result, and changes nothing.
    fn a_repetition_changes_nothing(world) {
        let admin = world.admin();
        let again = admin.idempotent("webhook-7");
        let made = again.schedule_followup(&after_job()).wait().unwrap();
        admin.update_followup(made.id, &UpdateFollowup::to(Dismissed)).wait().unwrap();
        let repeated = again.schedule_followup(&after_job()).wait().unwrap();
        assert_eq!((repeated.id, repeated.state), (made.id, Dismissed));
        let other = refused(again.log_followup(&LogFollowup::new(host("ada"))).wait());
        assert_eq!(other.0, Code::IdempotencyKeyReused);
        assert_eq!(ids(&admin, &FollowupQuery::default()), [made.id]);
        let key = admin.idempotent("update-1");
        let change = UpdateFollowup { note: Some("once".into()), ..UpdateFollowup::default() };
        let first = key.update_followup(made.id, &change).wait().unwrap();
        assert_eq!(key.update_followup(made.id, &change).wait().unwrap(), first);
    }

    /// An erased customer is not followed up any more, and no word about the customer is left: neither
    /// in the records nor in events or the trail.
    fn an_erasure_takes_the_words(world) {
        let admin = world.admin();
        let note = Some("secret-note".to_owned());
        let open = ScheduleFollowup { note: note.clone(), ..after_job() };
        let open = admin.schedule_followup(&open).wait().unwrap().id;
        let result = Some(said(2, "secret-words"));
        let log = LogFollowup { note, result, ..LogFollowup::new(host("ada")) };
        admin.log_followup(&log).wait().unwrap();
        let bob = admin.schedule_followup(&ScheduleFollowup::new(host("bob"))).wait().unwrap().id;
        let officer = world.staff(Role::PrivacyOfficer, "petra");
        officer.erase_party(host("ada"), "asked for it").wait().unwrap();
        assert_eq!(ids(&admin, &FollowupQuery::default()), [bob]);
        let change = UpdateFollowup { note: Some("again".into()), ..UpdateFollowup::default() };
        assert_eq!(refused(admin.update_followup(open, &change).wait()).0, Code::FollowupNotFound);
        let mut said = String::new();
        for event in admin.events("all", 1_000).wait().unwrap() {
            said.push_str(&serde_json::to_string(&event).unwrap());
        }
        let otto = world.staff(Role::Auditor, "otto");
        for entry in otto.audit(0, None, 500).wait().unwrap().entries {
            said.push_str(&serde_json::to_string(&entry).unwrap());
        }
        assert!(said.contains("followup.completed") && !said.contains("secret"));
    }
}

/// What a person would write down about one follow-up: the arrows of the documentation, and the rest.
#[derive(Debug, Clone, PartialEq)]
struct Model {
    state: &'static str,
    due: bool,
    rating: Option<u8>,
}

impl Model {
    /// Whether the change is allowed; and if so, what it leads to.
    fn update(&self, to: Option<FollowupState>, due: bool, rating: Option<u8>) -> Option<Self> {
        let is_open = |state: &str| ["pending", "scheduled", "sent", "failed"].contains(&state);
        let to = to.map_or(self.state, FollowupState::as_str);
        let allowed = match (self.state, to) {
            (from, to) if from == to => true,
            (from, "cancelled" | "dismissed") => is_open(from),
            ("pending", "scheduled" | "completed" | "no_response") => true,
            ("scheduled", "sent" | "failed") => true,
            ("sent", "completed" | "no_response" | "failed") => true,
            ("failed", "scheduled") => true,
            _ => false,
        };
        let after = Self { state: to, due: self.due || due, rating: rating.or(self.rating) };
        let dated = !due || is_open(self.state);
        let planned = to != "scheduled" || after.due;
        let rated = rating.is_none() || to == "completed";
        (allowed && dated && planned && rated).then_some(after)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// F116, F188, F464: whatever is asked for in whatever order, a follow-up goes where the arrows of
    /// its documentation lead, and what is refused changes nothing.
    #[test]
    fn the_state_machine_is_the_documented_one(
        steps in prop::collection::vec(
            (prop::option::weighted(0.9, prop::sample::select(FollowupState::ALL.to_vec())),
             prop::bool::weighted(0.3), prop::option::weighted(0.2, 1_u8..=5)),
            1..24,
        ),
        manual in prop::bool::weighted(0.1),
    ) {
        let world = World::on(std::sync::Arc::new(MemoryStore::new()), None);
        let admin = world.admin();
        let mut stored = if manual {
            admin.log_followup(&LogFollowup::new(host("ada"))).wait().unwrap()
        } else {
            admin.schedule_followup(&after_job()).wait().unwrap()
        };
        let state = if manual { "completed" } else { "pending" };
        let mut model = Model { state, due: false, rating: None };
        for (number, (state, due, rating)) in (1_u64..).zip(steps) {
            let due_at = due.then(|| at("2026-04-01T00:00:00Z").saturating_add(std::time::Duration::from_secs(number)));
            let result = rating.map(|rating| FollowupResult { rating: Some(rating), comment: None });
            let change = UpdateFollowup { state, due_at, result, ..UpdateFollowup::default() };
            let done = admin.update_followup(stored.id, &change).wait();
            match model.update(state, due, rating) {
                Some(after) => {
                    stored = done.unwrap();
                    model = after;
                }
                None => {
                    let code = done.unwrap_err().code();
                    prop_assert!(matches!(code, Code::FollowupState | Code::InputInvalid), "{code}");
                }
            }
            let listed = admin.followups(&FollowupQuery::default()).wait().unwrap();
            prop_assert_eq!(&listed, std::slice::from_ref(&stored));
            let rating = stored.result.as_ref().and_then(|result| result.rating);
            prop_assert_eq!(Model { state: stored.state.as_str(), due: stored.due_at.is_some(), rating }, model.clone());
            prop_assert_eq!(stored.occurred_at.is_some(), matches!(stored.state, Completed | NoResponse));
            prop_assert_eq!(stored.state.is_open(), !matches!(stored.state, Completed | NoResponse | Cancelled | Dismissed));
        }
    }
}
