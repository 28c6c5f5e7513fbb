//! The operations, one entry each.

#[cfg(feature = "schema")]
use std::marker::PhantomData;

use serde::Serialize;
#[cfg(all(feature = "llm", not(target_family = "wasm")))]
use serde_json::Value;

use crate::access::{Action, Explanation, Role};
use crate::audit::{Checkpoint, VerifyReport};
use crate::directory::{Party, PutParty, PutStorefront, PutSubject, Subject, SubjectKind};
use crate::error::{Code, Error, Result};
use crate::events::Event;
use crate::facade::{
    CreateCustomerMessageInput, CreateOrderMessage, CustomerMessageDto, JobTimeline, MarkedRead,
    OrderMessageDto, OrderMessageSearch, OrderMessageSearchResult, OrderMessages, OrderThreadDto,
    OrderThreadMessages,
};
use crate::ids::{MessageId, PartyId, PaymentId, Ref, StorefrontId, SubjectId, ThreadId, kind};
use crate::messages::{PostMessage, Redaction, SystemEvent};
use crate::ops::input::{SessionInput, SessionSide, SubjectInput, TargetInput};
#[cfg(all(feature = "llm", not(target_family = "wasm")))]
use crate::ops::models::{self, AskSettings};
use crate::ops::open::Opened;
use crate::ops::operations::{Begin, Begun, desk, jobs, operations, orders, portal};
use crate::ops::{Form, fields, write};
use crate::payments::{Payment, PutPayment};
#[cfg(feature = "schema")]
use crate::session::Portal;
use crate::session::{
    Delta, Desk, Found, MessageFilter, MessageList, MessageQuery, PaymentQuery, PublicEvent,
    Revision, Session, ThreadList, ThreadQuery, Tick, Trail, View,
};
#[cfg(all(feature = "analytics", not(target_family = "wasm")))]
use crate::session::{LifetimeValueOptions, LifetimeValues, RfmScores, ValueQuery};
use crate::store::UnreadTargets;
use crate::store::log::LogEntry;
use crate::tenants::Tenant;
use crate::threads::decide::ThreadChange;
use crate::threads::{Participant, Priority, Recipient, Thread};
use crate::time::Timestamp;
#[cfg(all(feature = "llm", not(target_family = "wasm")))]
use crate::{
    facade::{AiMessageOptions, Suggestion},
    llm::{AnswerPart, Answered, Assistant},
    session::drafts::ReplyDraft,
};
#[cfg(not(target_family = "wasm"))]
use crate::{
    facade::{ChannelMessage, ChannelMessageResult},
    followups::{Followup, LogFollowup, ScheduleFollowup, UpdateFollowup},
    ids::{FollowupId, TriageId},
    inbound::{InboundMessage, Ingested, TriageItem},
    session::{FollowupQuery, TriageList, TriageQuery},
};

/// Whom a participant or assignee is named by.
type PartyRef = Ref<kind::Party>;

/// What another table has.
#[cfg(all(feature = "llm", not(target_family = "wasm")))]
use crate::ops::features::dispatch as otherwise;

/// This is the only table.
#[cfg(not(all(feature = "llm", not(target_family = "wasm"))))]
fn otherwise<'a>(_: &'a Opened, _: &str, _: SessionInput, _: &str, _: Form) -> Result<Begun<'a>> {
    Err(Error::new(Code::OperationUnknown, "no operation has this name"))
}

operations! {
    /// Posts a message; the first one begins the thread. Its author is the principal.
    Both post = "message.post" (target: TargetInput, message: PostMessage) -> V::Message,
        fails ThreadNotFound ThreadClosed MessageNotFound ReferenceTaken
        => |session, input| session.post(input.target, input.message);

    /// A message, if the principal may see it.
    Both message = "message.get" (message: MessageId) -> V::Message, fails MessageNotFound
        => |session, input| session.message(input.message);

    /// A page of a conversation's messages, with its thread. Threads that were merged into it are
    /// read as one.
    Both messages = "message.list" (target: TargetInput, #[serde(default)] query: MessageQuery)
        -> MessageList<V>, fails ThreadNotFound MessageNotFound
        => |session, input| session.messages(input.target, input.query);

    /// What has changed in a conversation since a cursor: for polling. Begin with cursor 0.
    Both changes_since = "message.changes_since" (target: TargetInput, #[serde(default)] cursor: u64)
        -> Delta<V>, fails ThreadNotFound
        => |session, input| session.changes_since(input.target, input.cursor);

    /// Finds messages that the principal may see, newest first.
    Both search = "message.search" (#[serde(default)] filter: MessageFilter) -> Found<V>,
        fails MessageNotFound
        => |session, input| session.search(&input.filter);

    /// Corrects a message of one's own: the correction is shown in its place, the original stays.
    Both correct = "message.correct" (message: MessageId, text: String) -> V::Message,
        fails MessageNotFound MessageState
        => |session, input| session.correct(input.message, &input.text);

    /// Takes a message of one's own back.
    Both retract = "message.retract" (message: MessageId) -> V::Message,
        fails MessageNotFound MessageState
        => |session, input| session.retract(input.message);

    /// Puts an emoji on a message, or takes it away again.
    Both react = "message.react" (message: MessageId, emoji: String) -> V::Message,
        fails MessageNotFound
        => |session, input| session.react(input.message, &input.emoji);

    /// Marks a message read. Marking it again changes nothing.
    Both mark_read = "message.mark_read" (message: MessageId) -> V::Message, fails MessageNotFound
        => |session, input| session.mark_read(input.message);

    /// Marks everything read that the principal may see, and says how much that was.
    Both mark_all_read = "message.mark_all_read" (target: TargetInput) -> u64,
        fails ThreadNotFound
        => |session, input| session.mark_all_read(input.target);

    /// How many unread messages many conversations have, in their order; `null` for those without a
    /// thread, or that the principal may not see.
    Both unread_counts = "message.unread_counts" (#[serde(default)] subjects: Vec<SubjectInput>, #[serde(default)] threads: Vec<ThreadId>)
        -> Vec<Option<u64>>
        => |session, input| session.unread_counts(unread_targets(input.subjects, input.threads)?);

    /// The thread of a subject, begun if there is none.
    Both ensure_thread = "thread.ensure" (target: TargetInput) -> V::Thread, fails ThreadNotFound
        => |session, input| session.ensure_thread(input.target);

    /// A thread.
    Both thread = "thread.get" (target: TargetInput) -> V::Thread,
        fails ThreadNotFound
        => |session, input| session.thread(input.target);

    /// A page of the threads that the principal may see, the most recently active first.
    Both threads = "thread.list" (#[serde(default)] query: ThreadQuery) -> ThreadList<V>
        => |session, input| session.threads(input.query);

    /// Turns notifications of a thread off or on for the principal.
    Both mute = "thread.mute" (target: TargetInput, muted: bool) -> V::Thread, fails ThreadNotFound
        => |session, input| session.mute(input.target, input.muted);

    /// Whether the principal may do something with a conversation.
    Both may = "access.may" (action: Action, target: TargetInput) -> bool
        => |session, input| session.may(input.action, input.target);

    /// Why the principal may, or may not, do something with a conversation.
    Both explain = "access.explain" (action: Action, target: TargetInput) -> Explanation
        => |session, input| session.explain(input.action, input.target);

    /// Tells a conversation that something happened, in the name of the software.
    Desk system_event = "message.system_event" (target: TargetInput, event: SystemEvent)
        -> crate::Message, fails ThreadNotFound
        => |session, input| session.system_event(input.target, input.event);

    /// Takes a message from mail, WhatsApp, SMS or another channel, as the host's webhook has it: posts it
    /// to the conversation that it belongs to, in the name of the party that has the sender's address, or
    /// keeps it in triage. A delivery that comes again changes nothing.
    #[cfg(not(target_family = "wasm"))]
    Desk ingest_inbound = "message.ingest_inbound" (message: InboundMessage) -> Ingested
        => |session, input| session.ingest(input.message);

    /// What came from outside and waits for somebody to say where it belongs.
    #[cfg(not(target_family = "wasm"))]
    Desk triage = "triage.list" (#[serde(default)] query: TriageQuery) -> TriageList
        => |session, input| session.triage(input.query);

    /// Posts a message that waits in triage to a conversation. Its author is the party that has the
    /// sender's address, or `author`: one that may write there.
    #[cfg(not(target_family = "wasm"))]
    Desk assign_triage = "triage.assign" (item: TriageId, target: TargetInput, author: Option<PartyRef>)
        -> crate::Message, fails TriageNotFound TriageSettled ThreadNotFound ThreadClosed
        => |session, input| session.assign_triage(input.item, input.target, input.author);

    /// Says that a message that waits in triage belongs to no conversation.
    #[cfg(not(target_family = "wasm"))]
    Desk dismiss_triage = "triage.dismiss" (item: TriageId) -> TriageItem,
        fails TriageNotFound TriageSettled
        => |session, input| session.dismiss_triage(input.item);

    /// Removes parts or all of a message's text, for a reason.
    Desk redact = "message.redact" (message: MessageId, what: Redaction, reason: String)
        -> crate::Message, fails MessageNotFound
        => |session, input| session.redact(input.message, input.what, &input.reason);

    /// A message in all its versions, the first one first.
    Desk history = "message.history" (message: MessageId) -> Vec<Revision>, fails MessageNotFound
        => |session, input| session.history(input.message);

    /// Who should learn of a message.
    Desk recipients = "message.recipients" (message: MessageId) -> Vec<Recipient>,
        fails MessageNotFound
        => |session, input| session.recipients(input.message);

    /// Makes a message, and those after it, unread again.
    Desk mark_unread = "message.mark_unread" (message: MessageId) -> crate::Message,
        fails MessageNotFound
        => |session, input| session.mark_unread(input.message);

    /// Closes a thread.
    Desk close = "thread.close" (target: TargetInput) -> Thread,
        fails ThreadNotFound ThreadTransition
        => |session, input| session.close(input.target);

    /// Opens a thread again.
    Desk reopen = "thread.reopen" (target: TargetInput) -> Thread,
        fails ThreadNotFound ThreadTransition
        => |session, input| session.reopen(input.target);

    /// Says that a thread is answered.
    Desk resolve = "thread.resolve" (target: TargetInput) -> Thread,
        fails ThreadNotFound ThreadTransition
        => |session, input| session.resolve(input.target);

    /// Says that a thread waits for the customer or a third party.
    Desk pend = "thread.pend" (target: TargetInput) -> Thread,
        fails ThreadNotFound ThreadTransition
        => |session, input| session.pend(input.target);

    /// Puts a thread out of sight until an instant, or until the customer writes.
    Desk snooze = "thread.snooze" (target: TargetInput, until: Timestamp) -> Thread,
        fails ThreadNotFound ThreadTransition
        => |session, input| session.snooze(input.target, input.until);

    /// Says who answers for a thread; nobody when `to` is absent.
    Desk assign = "thread.assign" (target: TargetInput, to: Option<PartyRef>) -> Thread,
        fails ThreadNotFound PartyNotFound
        => |session, input| session.assign(input.target, input.to);

    /// Says how urgent a thread is.
    Desk prioritise = "thread.prioritise" (target: TargetInput, priority: Priority) -> Thread,
        fails ThreadNotFound
        => |session, input| session.prioritise(input.target, input.priority);

    /// Adds and removes tags. Tags are compared in lower case.
    Desk tag = "thread.tag" (target: TargetInput, #[serde(default)] add: Vec<String>, #[serde(default)] remove: Vec<String>)
        -> Thread, fails ThreadNotFound
        => |session, input| session.tag(input.target, &words(&input.add), &words(&input.remove));

    /// Makes somebody a participant of a thread.
    Desk add_participant = "thread.add_participant" (target: TargetInput, party: PartyRef, role: Role)
        -> Thread, fails ThreadNotFound PartyNotFound
        => |session, input| session.add_participant(input.target, input.party, input.role);

    /// Ends somebody's participation.
    Desk remove_participant = "thread.remove_participant" (target: TargetInput, party: PartyRef)
        -> Thread, fails ThreadNotFound PartyNotFound
        => |session, input| session.remove_participant(input.target, input.party);

    /// Who takes part in a thread, those who left included.
    Desk participants = "thread.participants" (target: TargetInput) -> Vec<Participant>,
        fails ThreadNotFound
        => |session, input| session.participants(input.target);

    /// Changes a thread only if it still has the version that the caller has seen.
    Desk change_thread = "thread.change" (target: TargetInput, change: ThreadChange, expected_version: u64)
        -> Thread, fails ThreadNotFound ThreadTransition VersionStale
        => |session, input| session.change_thread(input.target, input.change, input.expected_version);

    /// Lets one thread go on in another one of the same customer.
    Desk merge = "thread.merge" (from: TargetInput, into: TargetInput) -> Thread,
        fails ThreadNotFound ThreadMerge
        => |session, input| session.merge(input.from, input.into);

    /// Stores a customer, supplier, colleague or service of the host's.
    Desk put_party = "party.put" (party: PutParty) -> PartyId, fails ReferenceTaken
        => |session, input| session.put_party(input.party);

    /// A party.
    Desk party = "party.get" (party: PartyRef) -> Party, fails PartyNotFound
        => |session, input| session.party(input.party);

    /// Erases a person: name, texts, addresses, and the kept answers of models that are tagged with
    /// the party's id or reference. What happened stays, without them.
    #[cfg(all(feature = "llm", not(target_family = "wasm")))]
    DeskWithModel erase_party = "party.erase" (party: PartyRef, reason: String) -> PartyId,
        fails PartyNotFound
        => |session, input| models::erase_party(session, input.party, &input.reason);

    /// Erases a person: name, texts, addresses. What happened stays, without them.
    #[cfg(any(not(feature = "llm"), target_family = "wasm"))]
    Desk erase_party = "party.erase" (party: PartyRef, reason: String) -> PartyId,
        fails PartyNotFound
        => |session, input| erase(session, input.party, &input.reason);

    /// Stores a storefront of the host's.
    Desk put_storefront = "store.put" (storefront: PutStorefront) -> StorefrontId
        => |session, input| session.put_storefront(input.storefront);

    /// Stores a job, order or other subject of the host's, with who owns and who fulfils it.
    Desk put_subject = "subject.put" (subject: PutSubject) -> SubjectId, fails ReferenceTaken
        => |session, input| session.put_subject(input.subject);

    /// A subject.
    Desk subject = "subject.get" (subject: SubjectInput) -> Subject, fails SubjectNotFound
        => |session, input| session.subject(input.subject.into());

    /// A subject by the number that people use.
    Desk subject_numbered = "subject.numbered" (kind: SubjectKind, number: String, store: Option<Ref<kind::Storefront>>)
        -> Subject, fails SubjectNotFound
        => |session, input| session.subject_numbered(input.kind, input.store.as_ref(), &input.number);

    /// Stores payments of the host's books, up to 1,000 at once, all of them or none.
    Desk put_payments = "payment.put" (payments: Vec<PutPayment>) -> Vec<PaymentId>,
        fails PartyNotFound SubjectNotFound
        => |session, input| session.put_payments(&input.payments);

    /// Payments in the order of their instants.
    Desk payments = "payment.list" (#[serde(default)] query: PaymentQuery) -> Vec<Payment>,
        fails PartyNotFound
        => |session, input| session.payments(&input.query);

    /// Says that a customer is to be followed up, after a job or without one.
    #[cfg(not(target_family = "wasm"))]
    Desk schedule_followup = "followup.schedule" (followup: ScheduleFollowup) -> Followup,
        fails PartyNotFound SubjectNotFound
        => |session, input| session.schedule_followup(&input.followup);

    /// Logs a follow-up that the principal has done, as completed.
    #[cfg(not(target_family = "wasm"))]
    Desk log_followup = "followup.log_manual" (followup: LogFollowup) -> Followup,
        fails PartyNotFound SubjectNotFound
        => |session, input| session.log_followup(&input.followup);

    /// Changes where a follow-up stands, when it is due, what came of it, or its note.
    #[cfg(not(target_family = "wasm"))]
    Desk update_followup = "followup.update" (followup: FollowupId, change: UpdateFollowup)
        -> Followup, fails FollowupNotFound FollowupState
        => |session, input| session.update_followup(input.followup, &input.change);

    /// Follow-ups in the order of the instants that they were done, else are due, else were made.
    #[cfg(not(target_family = "wasm"))]
    Desk followups = "followup.list" (#[serde(default)] query: FollowupQuery) -> Vec<Followup>,
        fails PartyNotFound SubjectNotFound
        => |session, input| session.followups(&input.query);

    /// Recency, frequency and monetary value of every customer with a payment, with scores and
    /// segments.
    #[cfg(all(feature = "analytics", not(target_family = "wasm")))]
    Desk rfm = "score.rfm" (#[serde(default)] query: ValueQuery) -> RfmScores,
        fails MoneyCurrencyMismatch
        => |session, input| session.rfm(&input.query);

    /// What every customer with a payment is expected to buy in the months to come.
    #[cfg(all(feature = "analytics", not(target_family = "wasm")))]
    Desk lifetime_values = "score.clv"
        (#[serde(default)] query: ValueQuery, #[serde(default)] options: LifetimeValueOptions)
        -> LifetimeValues, fails MoneyCurrencyMismatch
        => |session, input| session.lifetime_values(&input.query, input.options);

    /// The tenant: its policies and access rules.
    Desk tenant = "tenant.get" () -> Tenant
        => |session, _input| session.tenant();

    /// Stores the tenant's policies and access rules.
    Desk put_tenant = "tenant.put" (tenant: Tenant) -> Tenant,
        fails AccessRuleInvalid VersionStale
        => |session, input| session.put_tenant(input.tenant);

    /// The events that a consumer has yet to deal with, in order.
    Desk events = "event.list" (consumer: String, #[serde(default = "hundred")] limit: u32)
        -> Vec<Event>
        => |session, input| session.events(&input.consumer, input.limit);

    /// The same, as customers and partners may hear of them, and how far the page goes: internal
    /// events count into `limit` and are left out.
    Desk public_events = "event.list_public" (consumer: String, #[serde(default = "hundred")] limit: u32)
        -> PublicEvents
        => |session, input| public_events_of(session, &input.consumer, input.limit);

    /// Says that a consumer has dealt with everything up to a position.
    Desk consumed = "event.consumed" (consumer: String, position: u64) -> ()
        => |session, input| session.consumed(&input.consumer, input.position);

    /// A page of the audit trail.
    Desk audit = "audit.list" (#[serde(default)] after: u64, thread: Option<ThreadId>, #[serde(default = "hundred")] limit: u32)
        -> Trail
        => |session, input| session.audit(input.after, input.thread, input.limit);

    /// Reads the whole trail and says what is wrong with it. `kept` is a checkpoint that was kept
    /// elsewhere.
    Desk verify_audit = "audit.verify" (kept: Option<String>) -> VerifyReport
        => |session, input| verify(session, input.kept);

    /// Makes a checkpoint of the trail, to be kept elsewhere; nothing when there is nothing new.
    Desk checkpoint = "audit.checkpoint" () -> Option<String>
        => |session, _input| exported_checkpoint(session);

    /// The messages to the customer of a job, oldest first.
    Jobs get_messages_for_job = "jobs.get_messages_for_job" (job_id: String)
        -> Vec<CustomerMessageDto>, fails ThreadNotFound
        => |session, input| session.get_messages_for_job(&input.job_id);

    /// Posts a message to the customer of a job.
    Jobs create_message_for_job = "jobs.create_message_for_job" (job_id: String, message: CreateCustomerMessageInput)
        -> CustomerMessageDto, fails ThreadNotFound
        => |session, input| session.create_message_for_job(&input.job_id, input.message);

    /// Marks a job's messages read for its customer.
    Jobs mark_messages_read_for_job = "jobs.mark_messages_read_for_job" (job_id: String)
        -> MarkedRead, fails SubjectNotFound ThreadNotFound
        => |session, input| session.mark_messages_read_for_job(&input.job_id);

    /// How many unread messages the customer of a job has.
    Jobs unread_count_for_job = "jobs.unread_count_for_job" (job_id: String) -> u64
        => |session, input| session.unread_count_for_job(&input.job_id);

    /// Posts a message to an order's thread.
    Orders create_message = "orders.create_message" (order_id: String, message: CreateOrderMessage)
        -> OrderMessageDto, fails ThreadNotFound ThreadClosed
        => |session, input| session.create_message(&input.order_id, input.message);

    /// An order's thread with its messages, oldest first.
    Orders get_messages = "orders.get_messages" (order_id: String) -> OrderThreadMessages,
        fails ThreadNotFound
        => |session, input| session.get_messages(&input.order_id);

    /// Marks a message of an order's thread read.
    Orders mark_message_read = "orders.mark_message_read" (message_id: MessageId, role: Option<Role>)
        -> OrderMessageDto, fails MessageNotFound
        => |session, input| session.mark_message_read(input.message_id, input.role);

    /// Closes an order's thread.
    Orders close_thread = "orders.close_thread" (order_id: String) -> OrderThreadDto,
        fails ThreadNotFound ThreadTransition
        => |session, input| session.close_thread(&input.order_id);

    /// Finds messages of orders, for administrators.
    Orders search_messages = "orders.search_messages" (#[serde(default)] query: OrderMessageSearch)
        -> OrderMessageSearchResult
        => |session, input| session.search(input.query);

    /// Tells those who read an order's thread what happened to the order.
    Orders create_system_event_message = "orders.create_system_event_message" (order_number: String, event: SystemEvent, store_id: Option<String>)
        -> OrderMessageDto, fails SubjectNotFound
        => |session, input| session.create_system_event_message(&input.order_number, input.store_id.as_deref(), input.event);

    /// Maps a message from mail, WhatsApp or SMS to its order's thread, in the name of the party that has
    /// the sender's address. What does not find its thread waits in triage.
    #[cfg(not(target_family = "wasm"))]
    Orders create_message_from_channel = "orders.create_message_from_channel" (message: ChannelMessage)
        -> ChannelMessageResult
        => |session, input| session.create_message_from_channel(input.message);

    /// Drafts an answer to the customer's last message, for a member of staff to look at. A model is told
    /// what the customer may see, with pseudonyms; without a model, rules write.
    #[cfg(all(feature = "llm", not(target_family = "wasm")))]
    DeskWithModel draft_reply = "message.draft_reply" (target: TargetInput) -> ReplyDraft,
        fails ThreadNotFound MessageNotFound LlmSemantic
        => |session, input| session.0.draft_reply(input.target, &session.1);

    /// Has a model write a message to the customer of a job, and posts nothing: staff look at it, change it
    /// and post it. Without a model, rules write.
    #[cfg(all(feature = "llm", not(target_family = "wasm")))]
    JobsWithModel suggest_message = "jobs.suggest_message" (job_id: String, options: AiMessageOptions)
        -> Suggestion, fails ThreadNotFound LlmSemantic
        => |session, input| session.0.suggest_message(&input.job_id, &input.options, &session.1);

    /// Has a model write a message to the customer of a job and posts it at once, marked as a model's. What
    /// is not as it was asked for is not posted: then rules write.
    #[cfg(all(feature = "llm", not(target_family = "wasm")))]
    JobsWithModel create_auto_message_from_ai = "jobs.create_auto_message_from_ai"
        (job_id: String, options: AiMessageOptions) -> CustomerMessageDto,
        fails ThreadNotFound ThreadClosed LlmSemantic
        => |session, input| session.0.create_auto_message_from_ai(&input.job_id, &input.options, &session.1);

    /// Asks a prompt of the library or of the host over its input: renders it with pseudonyms for what is
    /// personal, asks the models, checks the answer and asks again if it cannot be used. Without a model,
    /// rules answer the prompts of the library.
    #[cfg(all(feature = "llm", not(target_family = "wasm")))]
    Engine ask = "prompt.ask" (prompt: String, input: Value, #[serde(default)] settings: AskSettings)
        -> Answered,
        fails PromptUnknown PromptMissing PromptUntrusted PromptBudget PromptLimit LlmTransport LlmSemantic
            LlmDeadlineExceeded LlmBudgetExhausted
        => |host, input| models::ask(&host.assistant, &input.prompt, &input.input, &input.settings);

    /// Asks a prompt as `prompt.ask` does, and gives the number of the stream that its answer comes
    /// through. The clients' `stream` takes the parts one by one and closes the stream.
    #[cfg(all(feature = "llm", not(target_family = "wasm")))]
    Engine open_stream = "prompt.open_stream"
        (prompt: String, input: Value, #[serde(default)] settings: AskSettings) -> u64,
        fails PromptUnknown PromptMissing PromptUntrusted PromptBudget PromptLimit
        => |host, input| async move {
            let stream = models::stream(&host.assistant, &input.prompt, &input.input, &input.settings)?;
            Ok(host.streams.open(stream))
        };

    /// Waits for the next part of an answer; nothing when the stream was closed meanwhile. The answer
    /// itself is the last part.
    #[cfg(all(feature = "llm", not(target_family = "wasm")))]
    Engine next_part = "prompt.next_part" (stream: u64) -> Option<AnswerPart>,
        fails LlmTransport LlmSemantic LlmDeadlineExceeded LlmBudgetExhausted
        => |host, input| host.streams.next(input.stream);

    /// Gives up an answer that comes part by part, also while the next part is waited for.
    #[cfg(all(feature = "llm", not(target_family = "wasm")))]
    Engine close_stream = "prompt.close_stream" (stream: u64) -> ()
        => |host, input| async move {
            host.streams.close(input.stream);
            Ok(())
        };

    /// Wakes what is due, makes checkpoints, and says when to call again.
    Engine tick = "engine.tick" () -> Tick
        => |host, _input| host.engine.tick();

    /// One entry in place of every entry of the host's log up to its position, without what was redacted
    /// or erased. The host may delete those entries and put this one there, in one step.
    Engine snapshot = "engine.snapshot" () -> LogEntry, fails StoreUnsupported
        => |host, _input| snapshot_of(host);

    /// Sets the clock of an engine that was opened reproducible.
    Engine set_clock = "engine.set_clock" (now: Timestamp) -> ()
        => |host, input| set_clock_of(host, input.now);

    /// Fails as a defect of the library would, in an engine that was opened reproducible: for tests
    /// of a host's error handling.
    Engine panic = "engine.panic" () -> ()
        => |host, _input| fail(host);
}

fn hundred() -> u32 {
    100
}

fn words(tags: &[String]) -> Vec<&str> {
    tags.iter().map(String::as_str).collect()
}

fn unread_targets(subjects: Vec<SubjectInput>, threads: Vec<ThreadId>) -> Result<UnreadTargets> {
    if !subjects.is_empty() && !threads.is_empty() {
        return Err(Error::invalid("subjects", "subjects or threads, not both"));
    }
    Ok(if threads.is_empty() {
        UnreadTargets::Subjects(subjects.into_iter().map(Into::into).collect())
    } else {
        UnreadTargets::Threads(threads)
    })
}

#[cfg(any(not(feature = "llm"), target_family = "wasm"))]
async fn erase(desk: &Session<Desk>, party: PartyRef, reason: &str) -> Result<PartyId> {
    Ok(desk.erase_party(party, reason).await?.party)
}

/// A page of public events.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(super) struct PublicEvents {
    /// The events in order.
    events: Vec<PublicEvent>,
    /// How far the page goes: what to say with `consumed` once it was dealt with; absent when there
    /// is nothing new.
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<u64>,
}

async fn public_events_of(
    desk: &Session<Desk>,
    consumer: &str,
    limit: u32,
) -> Result<PublicEvents> {
    let events = desk.events(consumer, limit).await?;
    Ok(PublicEvents {
        position: events.last().map(|event| event.position),
        events: events.iter().filter_map(PublicEvent::of).collect(),
    })
}

async fn verify(desk: &Session<Desk>, kept: Option<String>) -> Result<VerifyReport> {
    let kept = kept.map(|text| Checkpoint::import(&text)).transpose()?;
    desk.verify_audit(kept.as_ref()).await
}

async fn exported_checkpoint(desk: &Session<Desk>) -> Result<Option<String>> {
    Ok(desk.checkpoint().await?.map(|checkpoint| checkpoint.export()))
}

async fn snapshot_of(host: &Opened) -> Result<LogEntry> {
    let refuse = || Error::new(Code::StoreUnsupported, "this engine is not open on a log");
    host.log.as_ref().ok_or_else(refuse)?.snapshot().await
}

fn reproducible(host: &Opened) -> Result<&crate::time::ManualClock> {
    let refuse = || Error::invalid("engine", "an engine that was opened `reproducible`");
    host.clock.as_deref().ok_or_else(refuse)
}

async fn set_clock_of(host: &Opened, now: Timestamp) -> Result<()> {
    reproducible(host)?.set(now);
    Ok(())
}

#[expect(clippy::panic, reason = "this is what it is for")]
async fn fail(host: &Opened) -> Result<()> {
    reproducible(host)?;
    panic!("asked for by a test")
}
