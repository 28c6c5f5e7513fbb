# Written by core/codegen from the operation table; do not edit.
"""The calls of the engine, in two colours: plain and `async`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from . import _decoding as d
from . import models as m
from ._runtime import AsyncCaller, Caller


class Desk(Caller):
    """What the business does."""

    __slots__ = ()

    def post(self, target: m.TargetInput, message: m.PostMessage) -> m.Message:
        """Posts a message; the first one begins the thread. Its author is the principal.

        Raises: thread.not_found, thread.closed, message.not_found, reference.taken.
        """
        result = self._call("message.post", {"target": target, "message": message})
        return d.message(result)

    def message(self, message: str) -> m.Message:
        """A message, if the principal may see it.

        Raises: message.not_found.
        """
        result = self._call("message.get", {"message": message})
        return d.message(result)

    def messages(self, target: m.TargetInput, query: m.MessageQuery | None = None) -> m.MessageList:
        """A page of a conversation's messages, with its thread. Threads that were merged
        into it are read as one.

        Raises: thread.not_found, message.not_found.
        """
        result = self._call("message.list", {"target": target, "query": query})
        return d.message_list(result)

    def changes_since(self, target: m.TargetInput, cursor: int | None = None) -> m.Delta:
        """What has changed in a conversation since a cursor: for polling. Begin with cursor
        0.

        Raises: thread.not_found.
        """
        result = self._call("message.changes_since", {"target": target, "cursor": cursor})
        return d.delta(result)

    def search(self, filter: m.MessageFilter | None = None) -> m.Found:
        """Finds messages that the principal may see, newest first.

        Raises: message.not_found.
        """
        result = self._call("message.search", {"filter": filter})
        return d.found(result)

    def correct(self, message: str, text: str) -> m.Message:
        """Corrects a message of one's own: the correction is shown in its place, the
        original stays.

        Raises: message.not_found, message.state.
        """
        result = self._call("message.correct", {"message": message, "text": text})
        return d.message(result)

    def retract(self, message: str) -> m.Message:
        """Takes a message of one's own back.

        Raises: message.not_found, message.state.
        """
        result = self._call("message.retract", {"message": message})
        return d.message(result)

    def react(self, message: str, emoji: str) -> m.Message:
        """Puts an emoji on a message, or takes it away again.

        Raises: message.not_found.
        """
        result = self._call("message.react", {"message": message, "emoji": emoji})
        return d.message(result)

    def mark_read(self, message: str) -> m.Message:
        """Marks a message read. Marking it again changes nothing.

        Raises: message.not_found.
        """
        result = self._call("message.mark_read", {"message": message})
        return d.message(result)

    def mark_all_read(self, target: m.TargetInput) -> int:
        """Marks everything read that the principal may see, and says how much that was.

        Raises: thread.not_found.
        """
        result: int = self._call("message.mark_all_read", {"target": target})
        return result

    def unread_counts(self, *, subjects: Sequence[m.SubjectInput] | None = None, threads: Sequence[str] | None = None) -> tuple[int | None, ...]:
        """How many unread messages many conversations have, in their order; `null` for
        those without a thread, or that the principal may not see."""
        result = self._call("message.unread_counts", {"subjects": subjects, "threads": threads})
        return tuple(result)

    def ensure_thread(self, target: m.TargetInput) -> m.Thread:
        """The thread of a subject, begun if there is none.

        Raises: thread.not_found.
        """
        result = self._call("thread.ensure", {"target": target})
        return d.thread(result)

    def thread(self, target: m.TargetInput) -> m.Thread:
        """A thread.

        Raises: thread.not_found.
        """
        result = self._call("thread.get", {"target": target})
        return d.thread(result)

    def threads(self, query: m.ThreadQuery | None = None) -> m.ThreadList:
        """A page of the threads that the principal may see, the most recently active first."""
        result = self._call("thread.list", {"query": query})
        return d.thread_list(result)

    def mute(self, target: m.TargetInput, muted: bool) -> m.Thread:
        """Turns notifications of a thread off or on for the principal.

        Raises: thread.not_found.
        """
        result = self._call("thread.mute", {"target": target, "muted": muted})
        return d.thread(result)

    def may(self, action: m.Action, target: m.TargetInput) -> bool:
        """Whether the principal may do something with a conversation."""
        result: bool = self._call("access.may", {"action": action, "target": target})
        return result

    def explain(self, action: m.Action, target: m.TargetInput) -> m.Explanation:
        """Why the principal may, or may not, do something with a conversation."""
        result = self._call("access.explain", {"action": action, "target": target})
        return d.explanation(result)

    def system_event(self, target: m.TargetInput, event: m.SystemEvent) -> m.Message:
        """Tells a conversation that something happened, in the name of the software.

        Raises: thread.not_found.
        """
        result = self._call("message.system_event", {"target": target, "event": event})
        return d.message(result)

    def ingest_inbound(self, message: m.InboundMessageInput) -> m.Ingested:
        """Takes a message from mail, WhatsApp, SMS or another channel, as the host's
        webhook has it: posts it to the conversation that it belongs to, in the name of
        the party that has the sender's address, or keeps it in triage. A delivery that
        comes again changes nothing."""
        result = self._call("message.ingest_inbound", {"message": message})
        return d.ingested(result)

    def triage(self, query: m.TriageQuery | None = None) -> m.TriageList:
        """What came from outside and waits for somebody to say where it belongs."""
        result = self._call("triage.list", {"query": query})
        return d.triage_list(result)

    def assign_triage(self, item: str, target: m.TargetInput, author: m.Ref | None = None) -> m.Message:
        """Posts a message that waits in triage to a conversation. Its author is the party
        that has the sender's address, or `author`: one that may write there.

        Raises: triage.not_found, triage.settled, thread.not_found, thread.closed.
        """
        result = self._call("triage.assign", {"item": item, "target": target, "author": author})
        return d.message(result)

    def dismiss_triage(self, item: str) -> m.TriageItem:
        """Says that a message that waits in triage belongs to no conversation.

        Raises: triage.not_found, triage.settled.
        """
        result = self._call("triage.dismiss", {"item": item})
        return d.triage_item(result)

    def redact(self, message: str, what: m.Redaction, reason: str) -> m.Message:
        """Removes parts or all of a message's text, for a reason.

        Raises: message.not_found.
        """
        result = self._call("message.redact", {"message": message, "what": what, "reason": reason})
        return d.message(result)

    def history(self, message: str) -> tuple[m.Revision, ...]:
        """A message in all its versions, the first one first.

        Raises: message.not_found.
        """
        result = self._call("message.history", {"message": message})
        return tuple(d.revision(each) for each in result)

    def recipients(self, message: str) -> tuple[m.Recipient, ...]:
        """Who should learn of a message.

        Raises: message.not_found.
        """
        result = self._call("message.recipients", {"message": message})
        return tuple(d.recipient(each) for each in result)

    def mark_unread(self, message: str) -> m.Message:
        """Makes a message, and those after it, unread again.

        Raises: message.not_found.
        """
        result = self._call("message.mark_unread", {"message": message})
        return d.message(result)

    def close(self, target: m.TargetInput) -> m.Thread:
        """Closes a thread.

        Raises: thread.not_found, thread.transition.
        """
        result = self._call("thread.close", {"target": target})
        return d.thread(result)

    def reopen(self, target: m.TargetInput) -> m.Thread:
        """Opens a thread again.

        Raises: thread.not_found, thread.transition.
        """
        result = self._call("thread.reopen", {"target": target})
        return d.thread(result)

    def resolve(self, target: m.TargetInput) -> m.Thread:
        """Says that a thread is answered.

        Raises: thread.not_found, thread.transition.
        """
        result = self._call("thread.resolve", {"target": target})
        return d.thread(result)

    def pend(self, target: m.TargetInput) -> m.Thread:
        """Says that a thread waits for the customer or a third party.

        Raises: thread.not_found, thread.transition.
        """
        result = self._call("thread.pend", {"target": target})
        return d.thread(result)

    def snooze(self, target: m.TargetInput, until: datetime) -> m.Thread:
        """Puts a thread out of sight until an instant, or until the customer writes.

        Raises: thread.not_found, thread.transition.
        """
        result = self._call("thread.snooze", {"target": target, "until": until})
        return d.thread(result)

    def assign(self, target: m.TargetInput, to: m.Ref | None = None) -> m.Thread:
        """Says who answers for a thread; nobody when `to` is absent.

        Raises: thread.not_found, party.not_found.
        """
        result = self._call("thread.assign", {"target": target, "to": to})
        return d.thread(result)

    def prioritise(self, target: m.TargetInput, priority: m.Priority) -> m.Thread:
        """Says how urgent a thread is.

        Raises: thread.not_found.
        """
        result = self._call("thread.prioritise", {"target": target, "priority": priority})
        return d.thread(result)

    def tag(self, target: m.TargetInput, *, add: Sequence[str] | None = None, remove: Sequence[str] | None = None) -> m.Thread:
        """Adds and removes tags. Tags are compared in lower case.

        Raises: thread.not_found.
        """
        result = self._call("thread.tag", {"target": target, "add": add, "remove": remove})
        return d.thread(result)

    def add_participant(self, target: m.TargetInput, party: m.Ref, role: m.Role) -> m.Thread:
        """Makes somebody a participant of a thread.

        Raises: thread.not_found, party.not_found.
        """
        result = self._call("thread.add_participant", {"target": target, "party": party, "role": role})
        return d.thread(result)

    def remove_participant(self, target: m.TargetInput, party: m.Ref) -> m.Thread:
        """Ends somebody's participation.

        Raises: thread.not_found, party.not_found.
        """
        result = self._call("thread.remove_participant", {"target": target, "party": party})
        return d.thread(result)

    def participants(self, target: m.TargetInput) -> tuple[m.Participant, ...]:
        """Who takes part in a thread, those who left included.

        Raises: thread.not_found.
        """
        result = self._call("thread.participants", {"target": target})
        return tuple(d.participant(each) for each in result)

    def change_thread(self, target: m.TargetInput, change: m.ThreadChange, expected_version: int) -> m.Thread:
        """Changes a thread only if it still has the version that the caller has seen.

        Raises: thread.not_found, thread.transition, version.stale.
        """
        result = self._call("thread.change", {"target": target, "change": change, "expectedVersion": expected_version})
        return d.thread(result)

    def merge(self, from_: m.TargetInput, into: m.TargetInput) -> m.Thread:
        """Lets one thread go on in another one of the same customer.

        Raises: thread.not_found, thread.merge.
        """
        result = self._call("thread.merge", {"from": from_, "into": into})
        return d.thread(result)

    def put_party(self, party: m.PutParty) -> m.PartyId:
        """Stores a customer, supplier, colleague or service of the host's.

        Raises: reference.taken.
        """
        result: m.PartyId = self._call("party.put", {"party": party})
        return result

    def party(self, party: m.Ref) -> m.Party:
        """A party.

        Raises: party.not_found.
        """
        result = self._call("party.get", {"party": party})
        return d.party(result)

    def erase_party(self, party: m.Ref, reason: str) -> m.PartyId:
        """Erases a person: name, texts, addresses, and the kept answers of models that are
        tagged with the party's id or reference. What happened stays, without them.

        Raises: party.not_found.
        """
        result: m.PartyId = self._call("party.erase", {"party": party, "reason": reason})
        return result

    def put_storefront(self, storefront: m.PutStorefront) -> m.StoreId:
        """Stores a storefront of the host's."""
        result: m.StoreId = self._call("store.put", {"storefront": storefront})
        return result

    def put_subject(self, subject: m.PutSubject) -> m.SubjectId:
        """Stores a job, order or other subject of the host's, with who owns and who fulfils
        it.

        Raises: reference.taken.
        """
        result: m.SubjectId = self._call("subject.put", {"subject": subject})
        return result

    def subject(self, subject: m.SubjectInput) -> m.Subject:
        """A subject.

        Raises: subject.not_found.
        """
        result = self._call("subject.get", {"subject": subject})
        return d.subject(result)

    def subject_numbered(self, kind: m.SubjectKind, number: str, store: m.Ref | None = None) -> m.Subject:
        """A subject by the number that people use.

        Raises: subject.not_found.
        """
        result = self._call("subject.numbered", {"kind": kind, "number": number, "store": store})
        return d.subject(result)

    def put_payments(self, payments: Sequence[m.PutPayment]) -> tuple[m.PaymentId, ...]:
        """Stores payments of the host's books, up to 1,000 at once, all of them or none.

        Raises: party.not_found, subject.not_found.
        """
        result = self._call("payment.put", {"payments": payments})
        return tuple(result)

    def payments(self, query: m.PaymentQuery | None = None) -> tuple[m.StoredPayment, ...]:
        """Payments in the order of their instants.

        Raises: party.not_found.
        """
        result = self._call("payment.list", {"query": query})
        return tuple(d.stored_payment(each) for each in result)

    def schedule_followup(self, followup: m.ScheduleFollowup) -> m.Followup:
        """Says that a customer is to be followed up, after a job or without one.

        Raises: party.not_found, subject.not_found.
        """
        result = self._call("followup.schedule", {"followup": followup})
        return d.followup(result)

    def log_followup(self, followup: m.LogFollowup) -> m.Followup:
        """Logs a follow-up that the principal has done, as completed.

        Raises: party.not_found, subject.not_found.
        """
        result = self._call("followup.log_manual", {"followup": followup})
        return d.followup(result)

    def update_followup(self, followup: str, change: m.UpdateFollowup) -> m.Followup:
        """Changes where a follow-up stands, when it is due, what came of it, or its note.

        Raises: followup.not_found, followup.state.
        """
        result = self._call("followup.update", {"followup": followup, "change": change})
        return d.followup(result)

    def followups(self, query: m.FollowupQuery | None = None) -> tuple[m.Followup, ...]:
        """Follow-ups in the order of the instants that they were done, else are due, else
        were made.

        Raises: party.not_found, subject.not_found.
        """
        result = self._call("followup.list", {"query": query})
        return tuple(d.followup(each) for each in result)

    def rfm(self, query: m.ValueQuery | None = None) -> m.RfmScores:
        """Recency, frequency and monetary value of every customer with a payment, with
        scores and segments.

        Raises: money.currency_mismatch.
        """
        result = self._call("score.rfm", {"query": query})
        return d.rfm_scores(result)

    def lifetime_values(self, *, query: m.ValueQuery | None = None, options: m.LifetimeValueOptions | None = None) -> m.LifetimeValues:
        """What every customer with a payment is expected to buy in the months to come.

        Raises: money.currency_mismatch.
        """
        result = self._call("score.clv", {"query": query, "options": options})
        return d.lifetime_values(result)

    def tenant(self) -> m.Tenant:
        """The tenant: its policies and access rules."""
        result = self._call("tenant.get", {})
        return d.tenant(result)

    def put_tenant(self, tenant: m.TenantInput) -> m.Tenant:
        """Stores the tenant's policies and access rules.

        Raises: access.rule_invalid, version.stale.
        """
        result = self._call("tenant.put", {"tenant": tenant})
        return d.tenant(result)

    def events(self, consumer: str, limit: int | None = None) -> tuple[m.Event, ...]:
        """The events that a consumer has yet to deal with, in order."""
        result = self._call("event.list", {"consumer": consumer, "limit": limit})
        return tuple(d.event(each) for each in result)

    def public_events(self, consumer: str, limit: int | None = None) -> m.PublicEvents:
        """The same, as customers and partners may hear of them, and how far the page goes:
        internal events count into `limit` and are left out."""
        result = self._call("event.list_public", {"consumer": consumer, "limit": limit})
        return d.public_events(result)

    def consumed(self, consumer: str, position: int) -> None:
        """Says that a consumer has dealt with everything up to a position."""
        self._call("event.consumed", {"consumer": consumer, "position": position})

    def audit(self, *, after: int | None = None, thread: str | None = None, limit: int | None = None) -> m.Trail:
        """A page of the audit trail."""
        result = self._call("audit.list", {"after": after, "thread": thread, "limit": limit})
        return d.trail(result)

    def verify_audit(self, kept: str | None = None) -> m.VerifyReport:
        """Reads the whole trail and says what is wrong with it. `kept` is a checkpoint that
        was kept elsewhere."""
        result = self._call("audit.verify", {"kept": kept})
        return d.verify_report(result)

    def checkpoint(self) -> str | None:
        """Makes a checkpoint of the trail, to be kept elsewhere; nothing when there is
        nothing new."""
        result: str | None = self._call("audit.checkpoint", {})
        return result

    def draft_reply(self, target: m.TargetInput) -> m.ReplyDraft:
        """Drafts an answer to the customer's last message, for a member of staff to look
        at. A model is told what the customer may see, with pseudonyms; without a model,
        rules write.

        Raises: thread.not_found, message.not_found, llm.semantic.
        """
        result = self._call("message.draft_reply", {"target": target})
        return d.reply_draft(result)


class Portal(Caller):
    """What customers, suppliers and resellers do. Everything it returns is public."""

    __slots__ = ()

    def post(self, target: m.TargetInput, message: m.PostMessage) -> m.PublicMessage:
        """Posts a message; the first one begins the thread. Its author is the principal.

        Raises: thread.not_found, thread.closed, message.not_found, reference.taken.
        """
        result = self._call("message.post", {"target": target, "message": message})
        return d.public_message(result)

    def message(self, message: str) -> m.PublicMessage:
        """A message, if the principal may see it.

        Raises: message.not_found.
        """
        result = self._call("message.get", {"message": message})
        return d.public_message(result)

    def messages(self, target: m.TargetInput, query: m.MessageQuery | None = None) -> m.PublicMessageList:
        """A page of a conversation's messages, with its thread. Threads that were merged
        into it are read as one.

        Raises: thread.not_found, message.not_found.
        """
        result = self._call("message.list", {"target": target, "query": query})
        return d.public_message_list(result)

    def changes_since(self, target: m.TargetInput, cursor: int | None = None) -> m.PublicDelta:
        """What has changed in a conversation since a cursor: for polling. Begin with cursor
        0.

        Raises: thread.not_found.
        """
        result = self._call("message.changes_since", {"target": target, "cursor": cursor})
        return d.public_delta(result)

    def search(self, filter: m.MessageFilter | None = None) -> m.PublicFound:
        """Finds messages that the principal may see, newest first.

        Raises: message.not_found.
        """
        result = self._call("message.search", {"filter": filter})
        return d.public_found(result)

    def correct(self, message: str, text: str) -> m.PublicMessage:
        """Corrects a message of one's own: the correction is shown in its place, the
        original stays.

        Raises: message.not_found, message.state.
        """
        result = self._call("message.correct", {"message": message, "text": text})
        return d.public_message(result)

    def retract(self, message: str) -> m.PublicMessage:
        """Takes a message of one's own back.

        Raises: message.not_found, message.state.
        """
        result = self._call("message.retract", {"message": message})
        return d.public_message(result)

    def react(self, message: str, emoji: str) -> m.PublicMessage:
        """Puts an emoji on a message, or takes it away again.

        Raises: message.not_found.
        """
        result = self._call("message.react", {"message": message, "emoji": emoji})
        return d.public_message(result)

    def mark_read(self, message: str) -> m.PublicMessage:
        """Marks a message read. Marking it again changes nothing.

        Raises: message.not_found.
        """
        result = self._call("message.mark_read", {"message": message})
        return d.public_message(result)

    def mark_all_read(self, target: m.TargetInput) -> int:
        """Marks everything read that the principal may see, and says how much that was.

        Raises: thread.not_found.
        """
        result: int = self._call("message.mark_all_read", {"target": target})
        return result

    def unread_counts(self, *, subjects: Sequence[m.SubjectInput] | None = None, threads: Sequence[str] | None = None) -> tuple[int | None, ...]:
        """How many unread messages many conversations have, in their order; `null` for
        those without a thread, or that the principal may not see."""
        result = self._call("message.unread_counts", {"subjects": subjects, "threads": threads})
        return tuple(result)

    def ensure_thread(self, target: m.TargetInput) -> m.PublicThread:
        """The thread of a subject, begun if there is none.

        Raises: thread.not_found.
        """
        result = self._call("thread.ensure", {"target": target})
        return d.public_thread(result)

    def thread(self, target: m.TargetInput) -> m.PublicThread:
        """A thread.

        Raises: thread.not_found.
        """
        result = self._call("thread.get", {"target": target})
        return d.public_thread(result)

    def threads(self, query: m.ThreadQuery | None = None) -> m.PublicThreadList:
        """A page of the threads that the principal may see, the most recently active first."""
        result = self._call("thread.list", {"query": query})
        return d.public_thread_list(result)

    def mute(self, target: m.TargetInput, muted: bool) -> m.PublicThread:
        """Turns notifications of a thread off or on for the principal.

        Raises: thread.not_found.
        """
        result = self._call("thread.mute", {"target": target, "muted": muted})
        return d.public_thread(result)

    def may(self, action: m.Action, target: m.TargetInput) -> bool:
        """Whether the principal may do something with a conversation."""
        result: bool = self._call("access.may", {"action": action, "target": target})
        return result

    def explain(self, action: m.Action, target: m.TargetInput) -> m.Explanation:
        """Why the principal may, or may not, do something with a conversation."""
        result = self._call("access.explain", {"action": action, "target": target})
        return d.explanation(result)


class JobTimeline(Caller):
    """The messages to the customers of jobs."""

    __slots__ = ()

    def get_messages_for_job(self, job_id: str) -> tuple[m.CustomerMessageDto, ...]:
        """The messages to the customer of a job, oldest first.

        Raises: thread.not_found.
        """
        result = self._call("jobs.get_messages_for_job", {"jobId": job_id})
        return tuple(d.customer_message_dto(each) for each in result)

    def create_message_for_job(self, job_id: str, message: m.CreateCustomerMessageInput) -> m.CustomerMessageDto:
        """Posts a message to the customer of a job.

        Raises: thread.not_found.
        """
        result = self._call("jobs.create_message_for_job", {"jobId": job_id, "message": message})
        return d.customer_message_dto(result)

    def mark_messages_read_for_job(self, job_id: str) -> m.MarkedRead:
        """Marks a job's messages read for its customer.

        Raises: subject.not_found, thread.not_found.
        """
        result = self._call("jobs.mark_messages_read_for_job", {"jobId": job_id})
        return d.marked_read(result)

    def unread_count_for_job(self, job_id: str) -> int:
        """How many unread messages the customer of a job has."""
        result: int = self._call("jobs.unread_count_for_job", {"jobId": job_id})
        return result

    def suggest_message(self, job_id: str, options: m.AiMessageOptions) -> m.Suggestion:
        """Has a model write a message to the customer of a job, and posts nothing: staff
        look at it, change it and post it. Without a model, rules write.

        Raises: thread.not_found, llm.semantic.
        """
        result = self._call("jobs.suggest_message", {"jobId": job_id, "options": options})
        return d.suggestion(result)

    def create_auto_message_from_ai(self, job_id: str, options: m.AiMessageOptions) -> m.CustomerMessageDto:
        """Has a model write a message to the customer of a job and posts it at once, marked
        as a model's. What is not as it was asked for is not posted: then rules write.

        Raises: thread.not_found, thread.closed, llm.semantic.
        """
        result = self._call("jobs.create_auto_message_from_ai", {"jobId": job_id, "options": options})
        return d.customer_message_dto(result)


class OrderMessages(Caller):
    """The threads of orders."""

    __slots__ = ()

    def create_message(self, order_id: str, message: m.CreateOrderMessage) -> m.OrderMessageDto:
        """Posts a message to an order's thread.

        Raises: thread.not_found, thread.closed.
        """
        result = self._call("orders.create_message", {"orderId": order_id, "message": message})
        return d.order_message_dto(result)

    def get_messages(self, order_id: str) -> m.OrderThreadMessages:
        """An order's thread with its messages, oldest first.

        Raises: thread.not_found.
        """
        result = self._call("orders.get_messages", {"orderId": order_id})
        return d.order_thread_messages(result)

    def mark_message_read(self, message_id: str, role: m.Role | None = None) -> m.OrderMessageDto:
        """Marks a message of an order's thread read.

        Raises: message.not_found.
        """
        result = self._call("orders.mark_message_read", {"messageId": message_id, "role": role})
        return d.order_message_dto(result)

    def close_thread(self, order_id: str) -> m.OrderThreadDto:
        """Closes an order's thread.

        Raises: thread.not_found, thread.transition.
        """
        result = self._call("orders.close_thread", {"orderId": order_id})
        return d.order_thread_dto(result)

    def search_messages(self, query: m.OrderMessageSearch | None = None) -> m.OrderMessageSearchResult:
        """Finds messages of orders, for administrators."""
        result = self._call("orders.search_messages", {"query": query})
        return d.order_message_search_result(result)

    def create_system_event_message(self, order_number: str, event: m.SystemEvent, store_id: str | None = None) -> m.OrderMessageDto:
        """Tells those who read an order's thread what happened to the order.

        Raises: subject.not_found.
        """
        result = self._call("orders.create_system_event_message", {"orderNumber": order_number, "event": event, "storeId": store_id})
        return d.order_message_dto(result)

    def create_message_from_channel(self, message: m.ChannelMessage) -> m.ChannelMessageResult:
        """Maps a message from mail, WhatsApp or SMS to its order's thread, in the name of
        the party that has the sender's address. What does not find its thread waits in
        triage."""
        result = self._call("orders.create_message_from_channel", {"message": message})
        return d.channel_message_result(result)


class EngineCalls(Caller):
    """What the engine does without anybody's order."""

    __slots__ = ()

    def ask(self, prompt: str, input: Any, settings: m.AskSettings | None = None) -> m.Answered:
        """Asks a prompt of the library or of the host over its input: renders it with
        pseudonyms for what is personal, asks the models, checks the answer and asks
        again if it cannot be used. Without a model, rules answer the prompts of the
        library.

        Raises: prompt.unknown, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = self._call("prompt.ask", {"prompt": prompt, "input": input, "settings": settings})
        return d.answered(result)

    def open_stream(self, prompt: str, input: Any, settings: m.AskSettings | None = None) -> int:
        """Asks a prompt as `prompt.ask` does, and gives the number of the stream that its
        answer comes through. The clients' `stream` takes the parts one by one and closes
        the stream.

        Raises: prompt.unknown, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit.
        """
        result: int = self._call("prompt.open_stream", {"prompt": prompt, "input": input, "settings": settings})
        return result

    def next_part(self, stream: int) -> m.AnswerPart | None:
        """Waits for the next part of an answer; nothing when the stream was closed
        meanwhile. The answer itself is the last part.

        Raises: llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result: m.AnswerPart | None = self._call("prompt.next_part", {"stream": stream})
        return result

    def close_stream(self, stream: int) -> None:
        """Gives up an answer that comes part by part, also while the next part is waited
        for."""
        self._call("prompt.close_stream", {"stream": stream})

    def tick(self) -> m.Tick:
        """Wakes what is due, makes checkpoints, and says when to call again."""
        result = self._call("engine.tick", {})
        return d.tick(result)

    def snapshot(self) -> m.LogEntry:
        """One entry in place of every entry of the host's log up to its position, without
        what was redacted or erased. The host may delete those entries and put this one
        there, in one step.

        Raises: store.unsupported.
        """
        result = self._call("engine.snapshot", {})
        return d.log_entry(result)

    def set_clock(self, now: datetime) -> None:
        """Sets the clock of an engine that was opened reproducible."""
        self._call("engine.set_clock", {"now": now})

    def panic(self) -> None:
        """Fails as a defect of the library would, in an engine that was opened
        reproducible: for tests of a host's error handling."""
        self._call("engine.panic", {})

    def timeline_summary(self, facts: m.CustomerFacts, context: m.ContextSettings, settings: m.AskSettings | None = None) -> m.GeneratedRelationshipSummary:
        """The history of a customer in short: the relationship, channels, themes and
        chances.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = self._call("customer.timeline_summary", {"facts": facts, "context": context, "settings": settings})
        return d.generated_relationship_summary(result)

    def followup_suggestions(self, facts: m.CustomerFacts, context: m.ContextSettings, settings: m.AskSettings | None = None) -> m.SuggestedFollowups:
        """What to write to a customer next: two or three suggestions with drafts and days.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = self._call("customer.followup_suggestions", {"facts": facts, "context": context, "settings": settings})
        return d.suggested_followups(result)

    def generate_greeting(self, facts: m.CustomerFacts, context: m.ContextSettings, *, occasion: str | None = None, settings: m.AskSettings | None = None) -> m.Greeting:
        """A greeting to a customer, for the nearest anniversary or holiday, else for the
        season; or for the occasion with a name.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = self._call("customer.greeting", {"facts": facts, "context": context, "occasion": occasion, "settings": settings})
        return d.greeting(result)

    def analyze_sentiment(self, facts: m.CustomerFacts, context: m.ContextSettings, settings: m.AskSettings | None = None) -> m.SentimentAnalysis:
        """How a customer feels, by the customer's last twenty communications: a score for
        each, and all of them together.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = self._call("customer.sentiment", {"facts": facts, "context": context, "settings": settings})
        return d.sentiment_analysis(result)

    def profitability_analysis(self, facts: m.CustomerFacts, context: m.ContextSettings, settings: m.AskSettings | None = None) -> m.ProfitabilityAnalysis:
        """What a customer is worth, with the figures in each currency.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = self._call("customer.profitability", {"facts": facts, "context": context, "settings": settings})
        return d.profitability_analysis(result)

    def predict_maintenance(self, facts: m.CustomerFacts, appliance: m.Ref, context: m.ContextSettings, settings: m.AskSettings | None = None) -> m.MaintenancePrediction:
        """What an appliance will need, from its age, its services, the season and what is
        known about its kind.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = self._call("appliance.maintenance", {"facts": facts, "appliance": appliance, "context": context, "settings": settings})
        return d.maintenance_prediction(result)

    def predict_all_maintenance(self, facts: m.CustomerFacts, context: m.ContextSettings, settings: m.AskSettings | None = None) -> tuple[m.MaintenancePrediction, ...]:
        """The same for every appliance of a customer that is in use.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = self._call("customer.maintenance", {"facts": facts, "context": context, "settings": settings})
        return tuple(d.maintenance_prediction(each) for each in result)

    def match_technician(self, facts: m.CustomerFacts, request: m.ServiceRequest, context: m.ContextSettings, settings: m.AskSettings | None = None) -> m.TechnicianMatch:
        """Who should do what a customer asks for: who can, with the points that speak for
        each, who cannot and why, and a recommendation among those who can.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = self._call("technician.match", {"facts": facts, "request": request, "context": context, "settings": settings})
        return d.technician_match(result)

    def survey_questions(self, facts: m.CustomerFacts, context: m.ContextSettings, *, job: m.Ref | None = None, settings: m.AskSettings | None = None) -> m.GeneratedSurveyDraft:
        """Questions to a customer about a completed job; the last one by default.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = self._call("job.survey", {"facts": facts, "context": context, "job": job, "settings": settings})
        return d.generated_survey_draft(result)

    def customer_message(self, facts: m.CustomerFacts, purpose: str, context: m.ContextSettings, *, job: m.Ref | None = None, settings: m.AskSettings | None = None) -> m.GeneratedCustomerMessage:
        """A message to the customer of a job, for a purpose in words; about the last job by
        default.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = self._call("job.message", {"facts": facts, "purpose": purpose, "context": context, "job": job, "settings": settings})
        return d.generated_customer_message(result)

    def message_reply(self, facts: m.CustomerFacts, context: m.ContextSettings, *, job: m.Ref | None = None, settings: m.AskSettings | None = None) -> m.GeneratedMessageReply:
        """A reply to the last message of a customer; about the last job by default.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = self._call("job.reply", {"facts": facts, "context": context, "job": job, "settings": settings})
        return d.generated_message_reply(result)

    def call_summary(self, facts: m.CustomerFacts, call: m.Call, context: m.ContextSettings, settings: m.AskSettings | None = None) -> m.GeneratedCallSummary:
        """What was said in a call, and what is to be done.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = self._call("call.summary", {"facts": facts, "call": call, "context": context, "settings": settings})
        return d.generated_call_summary(result)

    def churn_explanation(self, facts: m.CustomerFacts, churn: m.ChurnFacts, context: m.ContextSettings, settings: m.AskSettings | None = None) -> m.GeneratedChurnExplanation:
        """Why a customer may leave, from a risk that was computed.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = self._call("customer.churn_explanation", {"facts": facts, "churn": churn, "context": context, "settings": settings})
        return d.generated_churn_explanation(result)

    def insight_cards(self, facts: m.CustomerFacts, context: m.ContextSettings, *, numbers: Sequence[m.KeyNumber] | None = None, settings: m.AskSettings | None = None) -> m.GeneratedInsightCards:
        """What the numbers of a customer show; those that the facts have by default.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = self._call("customer.insight_cards", {"facts": facts, "context": context, "numbers": numbers, "settings": settings})
        return d.generated_insight_cards(result)


class AsyncDesk(AsyncCaller):
    """What the business does."""

    __slots__ = ()

    async def post(self, target: m.TargetInput, message: m.PostMessage) -> m.Message:
        """Posts a message; the first one begins the thread. Its author is the principal.

        Raises: thread.not_found, thread.closed, message.not_found, reference.taken.
        """
        result = await self._call("message.post", {"target": target, "message": message})
        return d.message(result)

    async def message(self, message: str) -> m.Message:
        """A message, if the principal may see it.

        Raises: message.not_found.
        """
        result = await self._call("message.get", {"message": message})
        return d.message(result)

    async def messages(self, target: m.TargetInput, query: m.MessageQuery | None = None) -> m.MessageList:
        """A page of a conversation's messages, with its thread. Threads that were merged
        into it are read as one.

        Raises: thread.not_found, message.not_found.
        """
        result = await self._call("message.list", {"target": target, "query": query})
        return d.message_list(result)

    async def changes_since(self, target: m.TargetInput, cursor: int | None = None) -> m.Delta:
        """What has changed in a conversation since a cursor: for polling. Begin with cursor
        0.

        Raises: thread.not_found.
        """
        result = await self._call("message.changes_since", {"target": target, "cursor": cursor})
        return d.delta(result)

    async def search(self, filter: m.MessageFilter | None = None) -> m.Found:
        """Finds messages that the principal may see, newest first.

        Raises: message.not_found.
        """
        result = await self._call("message.search", {"filter": filter})
        return d.found(result)

    async def correct(self, message: str, text: str) -> m.Message:
        """Corrects a message of one's own: the correction is shown in its place, the
        original stays.

        Raises: message.not_found, message.state.
        """
        result = await self._call("message.correct", {"message": message, "text": text})
        return d.message(result)

    async def retract(self, message: str) -> m.Message:
        """Takes a message of one's own back.

        Raises: message.not_found, message.state.
        """
        result = await self._call("message.retract", {"message": message})
        return d.message(result)

    async def react(self, message: str, emoji: str) -> m.Message:
        """Puts an emoji on a message, or takes it away again.

        Raises: message.not_found.
        """
        result = await self._call("message.react", {"message": message, "emoji": emoji})
        return d.message(result)

    async def mark_read(self, message: str) -> m.Message:
        """Marks a message read. Marking it again changes nothing.

        Raises: message.not_found.
        """
        result = await self._call("message.mark_read", {"message": message})
        return d.message(result)

    async def mark_all_read(self, target: m.TargetInput) -> int:
        """Marks everything read that the principal may see, and says how much that was.

        Raises: thread.not_found.
        """
        result: int = await self._call("message.mark_all_read", {"target": target})
        return result

    async def unread_counts(self, *, subjects: Sequence[m.SubjectInput] | None = None, threads: Sequence[str] | None = None) -> tuple[int | None, ...]:
        """How many unread messages many conversations have, in their order; `null` for
        those without a thread, or that the principal may not see."""
        result = await self._call("message.unread_counts", {"subjects": subjects, "threads": threads})
        return tuple(result)

    async def ensure_thread(self, target: m.TargetInput) -> m.Thread:
        """The thread of a subject, begun if there is none.

        Raises: thread.not_found.
        """
        result = await self._call("thread.ensure", {"target": target})
        return d.thread(result)

    async def thread(self, target: m.TargetInput) -> m.Thread:
        """A thread.

        Raises: thread.not_found.
        """
        result = await self._call("thread.get", {"target": target})
        return d.thread(result)

    async def threads(self, query: m.ThreadQuery | None = None) -> m.ThreadList:
        """A page of the threads that the principal may see, the most recently active first."""
        result = await self._call("thread.list", {"query": query})
        return d.thread_list(result)

    async def mute(self, target: m.TargetInput, muted: bool) -> m.Thread:
        """Turns notifications of a thread off or on for the principal.

        Raises: thread.not_found.
        """
        result = await self._call("thread.mute", {"target": target, "muted": muted})
        return d.thread(result)

    async def may(self, action: m.Action, target: m.TargetInput) -> bool:
        """Whether the principal may do something with a conversation."""
        result: bool = await self._call("access.may", {"action": action, "target": target})
        return result

    async def explain(self, action: m.Action, target: m.TargetInput) -> m.Explanation:
        """Why the principal may, or may not, do something with a conversation."""
        result = await self._call("access.explain", {"action": action, "target": target})
        return d.explanation(result)

    async def system_event(self, target: m.TargetInput, event: m.SystemEvent) -> m.Message:
        """Tells a conversation that something happened, in the name of the software.

        Raises: thread.not_found.
        """
        result = await self._call("message.system_event", {"target": target, "event": event})
        return d.message(result)

    async def ingest_inbound(self, message: m.InboundMessageInput) -> m.Ingested:
        """Takes a message from mail, WhatsApp, SMS or another channel, as the host's
        webhook has it: posts it to the conversation that it belongs to, in the name of
        the party that has the sender's address, or keeps it in triage. A delivery that
        comes again changes nothing."""
        result = await self._call("message.ingest_inbound", {"message": message})
        return d.ingested(result)

    async def triage(self, query: m.TriageQuery | None = None) -> m.TriageList:
        """What came from outside and waits for somebody to say where it belongs."""
        result = await self._call("triage.list", {"query": query})
        return d.triage_list(result)

    async def assign_triage(self, item: str, target: m.TargetInput, author: m.Ref | None = None) -> m.Message:
        """Posts a message that waits in triage to a conversation. Its author is the party
        that has the sender's address, or `author`: one that may write there.

        Raises: triage.not_found, triage.settled, thread.not_found, thread.closed.
        """
        result = await self._call("triage.assign", {"item": item, "target": target, "author": author})
        return d.message(result)

    async def dismiss_triage(self, item: str) -> m.TriageItem:
        """Says that a message that waits in triage belongs to no conversation.

        Raises: triage.not_found, triage.settled.
        """
        result = await self._call("triage.dismiss", {"item": item})
        return d.triage_item(result)

    async def redact(self, message: str, what: m.Redaction, reason: str) -> m.Message:
        """Removes parts or all of a message's text, for a reason.

        Raises: message.not_found.
        """
        result = await self._call("message.redact", {"message": message, "what": what, "reason": reason})
        return d.message(result)

    async def history(self, message: str) -> tuple[m.Revision, ...]:
        """A message in all its versions, the first one first.

        Raises: message.not_found.
        """
        result = await self._call("message.history", {"message": message})
        return tuple(d.revision(each) for each in result)

    async def recipients(self, message: str) -> tuple[m.Recipient, ...]:
        """Who should learn of a message.

        Raises: message.not_found.
        """
        result = await self._call("message.recipients", {"message": message})
        return tuple(d.recipient(each) for each in result)

    async def mark_unread(self, message: str) -> m.Message:
        """Makes a message, and those after it, unread again.

        Raises: message.not_found.
        """
        result = await self._call("message.mark_unread", {"message": message})
        return d.message(result)

    async def close(self, target: m.TargetInput) -> m.Thread:
        """Closes a thread.

        Raises: thread.not_found, thread.transition.
        """
        result = await self._call("thread.close", {"target": target})
        return d.thread(result)

    async def reopen(self, target: m.TargetInput) -> m.Thread:
        """Opens a thread again.

        Raises: thread.not_found, thread.transition.
        """
        result = await self._call("thread.reopen", {"target": target})
        return d.thread(result)

    async def resolve(self, target: m.TargetInput) -> m.Thread:
        """Says that a thread is answered.

        Raises: thread.not_found, thread.transition.
        """
        result = await self._call("thread.resolve", {"target": target})
        return d.thread(result)

    async def pend(self, target: m.TargetInput) -> m.Thread:
        """Says that a thread waits for the customer or a third party.

        Raises: thread.not_found, thread.transition.
        """
        result = await self._call("thread.pend", {"target": target})
        return d.thread(result)

    async def snooze(self, target: m.TargetInput, until: datetime) -> m.Thread:
        """Puts a thread out of sight until an instant, or until the customer writes.

        Raises: thread.not_found, thread.transition.
        """
        result = await self._call("thread.snooze", {"target": target, "until": until})
        return d.thread(result)

    async def assign(self, target: m.TargetInput, to: m.Ref | None = None) -> m.Thread:
        """Says who answers for a thread; nobody when `to` is absent.

        Raises: thread.not_found, party.not_found.
        """
        result = await self._call("thread.assign", {"target": target, "to": to})
        return d.thread(result)

    async def prioritise(self, target: m.TargetInput, priority: m.Priority) -> m.Thread:
        """Says how urgent a thread is.

        Raises: thread.not_found.
        """
        result = await self._call("thread.prioritise", {"target": target, "priority": priority})
        return d.thread(result)

    async def tag(self, target: m.TargetInput, *, add: Sequence[str] | None = None, remove: Sequence[str] | None = None) -> m.Thread:
        """Adds and removes tags. Tags are compared in lower case.

        Raises: thread.not_found.
        """
        result = await self._call("thread.tag", {"target": target, "add": add, "remove": remove})
        return d.thread(result)

    async def add_participant(self, target: m.TargetInput, party: m.Ref, role: m.Role) -> m.Thread:
        """Makes somebody a participant of a thread.

        Raises: thread.not_found, party.not_found.
        """
        result = await self._call("thread.add_participant", {"target": target, "party": party, "role": role})
        return d.thread(result)

    async def remove_participant(self, target: m.TargetInput, party: m.Ref) -> m.Thread:
        """Ends somebody's participation.

        Raises: thread.not_found, party.not_found.
        """
        result = await self._call("thread.remove_participant", {"target": target, "party": party})
        return d.thread(result)

    async def participants(self, target: m.TargetInput) -> tuple[m.Participant, ...]:
        """Who takes part in a thread, those who left included.

        Raises: thread.not_found.
        """
        result = await self._call("thread.participants", {"target": target})
        return tuple(d.participant(each) for each in result)

    async def change_thread(self, target: m.TargetInput, change: m.ThreadChange, expected_version: int) -> m.Thread:
        """Changes a thread only if it still has the version that the caller has seen.

        Raises: thread.not_found, thread.transition, version.stale.
        """
        result = await self._call("thread.change", {"target": target, "change": change, "expectedVersion": expected_version})
        return d.thread(result)

    async def merge(self, from_: m.TargetInput, into: m.TargetInput) -> m.Thread:
        """Lets one thread go on in another one of the same customer.

        Raises: thread.not_found, thread.merge.
        """
        result = await self._call("thread.merge", {"from": from_, "into": into})
        return d.thread(result)

    async def put_party(self, party: m.PutParty) -> m.PartyId:
        """Stores a customer, supplier, colleague or service of the host's.

        Raises: reference.taken.
        """
        result: m.PartyId = await self._call("party.put", {"party": party})
        return result

    async def party(self, party: m.Ref) -> m.Party:
        """A party.

        Raises: party.not_found.
        """
        result = await self._call("party.get", {"party": party})
        return d.party(result)

    async def erase_party(self, party: m.Ref, reason: str) -> m.PartyId:
        """Erases a person: name, texts, addresses, and the kept answers of models that are
        tagged with the party's id or reference. What happened stays, without them.

        Raises: party.not_found.
        """
        result: m.PartyId = await self._call("party.erase", {"party": party, "reason": reason})
        return result

    async def put_storefront(self, storefront: m.PutStorefront) -> m.StoreId:
        """Stores a storefront of the host's."""
        result: m.StoreId = await self._call("store.put", {"storefront": storefront})
        return result

    async def put_subject(self, subject: m.PutSubject) -> m.SubjectId:
        """Stores a job, order or other subject of the host's, with who owns and who fulfils
        it.

        Raises: reference.taken.
        """
        result: m.SubjectId = await self._call("subject.put", {"subject": subject})
        return result

    async def subject(self, subject: m.SubjectInput) -> m.Subject:
        """A subject.

        Raises: subject.not_found.
        """
        result = await self._call("subject.get", {"subject": subject})
        return d.subject(result)

    async def subject_numbered(self, kind: m.SubjectKind, number: str, store: m.Ref | None = None) -> m.Subject:
        """A subject by the number that people use.

        Raises: subject.not_found.
        """
        result = await self._call("subject.numbered", {"kind": kind, "number": number, "store": store})
        return d.subject(result)

    async def put_payments(self, payments: Sequence[m.PutPayment]) -> tuple[m.PaymentId, ...]:
        """Stores payments of the host's books, up to 1,000 at once, all of them or none.

        Raises: party.not_found, subject.not_found.
        """
        result = await self._call("payment.put", {"payments": payments})
        return tuple(result)

    async def payments(self, query: m.PaymentQuery | None = None) -> tuple[m.StoredPayment, ...]:
        """Payments in the order of their instants.

        Raises: party.not_found.
        """
        result = await self._call("payment.list", {"query": query})
        return tuple(d.stored_payment(each) for each in result)

    async def schedule_followup(self, followup: m.ScheduleFollowup) -> m.Followup:
        """Says that a customer is to be followed up, after a job or without one.

        Raises: party.not_found, subject.not_found.
        """
        result = await self._call("followup.schedule", {"followup": followup})
        return d.followup(result)

    async def log_followup(self, followup: m.LogFollowup) -> m.Followup:
        """Logs a follow-up that the principal has done, as completed.

        Raises: party.not_found, subject.not_found.
        """
        result = await self._call("followup.log_manual", {"followup": followup})
        return d.followup(result)

    async def update_followup(self, followup: str, change: m.UpdateFollowup) -> m.Followup:
        """Changes where a follow-up stands, when it is due, what came of it, or its note.

        Raises: followup.not_found, followup.state.
        """
        result = await self._call("followup.update", {"followup": followup, "change": change})
        return d.followup(result)

    async def followups(self, query: m.FollowupQuery | None = None) -> tuple[m.Followup, ...]:
        """Follow-ups in the order of the instants that they were done, else are due, else
        were made.

        Raises: party.not_found, subject.not_found.
        """
        result = await self._call("followup.list", {"query": query})
        return tuple(d.followup(each) for each in result)

    async def rfm(self, query: m.ValueQuery | None = None) -> m.RfmScores:
        """Recency, frequency and monetary value of every customer with a payment, with
        scores and segments.

        Raises: money.currency_mismatch.
        """
        result = await self._call("score.rfm", {"query": query})
        return d.rfm_scores(result)

    async def lifetime_values(self, *, query: m.ValueQuery | None = None, options: m.LifetimeValueOptions | None = None) -> m.LifetimeValues:
        """What every customer with a payment is expected to buy in the months to come.

        Raises: money.currency_mismatch.
        """
        result = await self._call("score.clv", {"query": query, "options": options})
        return d.lifetime_values(result)

    async def tenant(self) -> m.Tenant:
        """The tenant: its policies and access rules."""
        result = await self._call("tenant.get", {})
        return d.tenant(result)

    async def put_tenant(self, tenant: m.TenantInput) -> m.Tenant:
        """Stores the tenant's policies and access rules.

        Raises: access.rule_invalid, version.stale.
        """
        result = await self._call("tenant.put", {"tenant": tenant})
        return d.tenant(result)

    async def events(self, consumer: str, limit: int | None = None) -> tuple[m.Event, ...]:
        """The events that a consumer has yet to deal with, in order."""
        result = await self._call("event.list", {"consumer": consumer, "limit": limit})
        return tuple(d.event(each) for each in result)

    async def public_events(self, consumer: str, limit: int | None = None) -> m.PublicEvents:
        """The same, as customers and partners may hear of them, and how far the page goes:
        internal events count into `limit` and are left out."""
        result = await self._call("event.list_public", {"consumer": consumer, "limit": limit})
        return d.public_events(result)

    async def consumed(self, consumer: str, position: int) -> None:
        """Says that a consumer has dealt with everything up to a position."""
        await self._call("event.consumed", {"consumer": consumer, "position": position})

    async def audit(self, *, after: int | None = None, thread: str | None = None, limit: int | None = None) -> m.Trail:
        """A page of the audit trail."""
        result = await self._call("audit.list", {"after": after, "thread": thread, "limit": limit})
        return d.trail(result)

    async def verify_audit(self, kept: str | None = None) -> m.VerifyReport:
        """Reads the whole trail and says what is wrong with it. `kept` is a checkpoint that
        was kept elsewhere."""
        result = await self._call("audit.verify", {"kept": kept})
        return d.verify_report(result)

    async def checkpoint(self) -> str | None:
        """Makes a checkpoint of the trail, to be kept elsewhere; nothing when there is
        nothing new."""
        result: str | None = await self._call("audit.checkpoint", {})
        return result

    async def draft_reply(self, target: m.TargetInput) -> m.ReplyDraft:
        """Drafts an answer to the customer's last message, for a member of staff to look
        at. A model is told what the customer may see, with pseudonyms; without a model,
        rules write.

        Raises: thread.not_found, message.not_found, llm.semantic.
        """
        result = await self._call("message.draft_reply", {"target": target})
        return d.reply_draft(result)


class AsyncPortal(AsyncCaller):
    """What customers, suppliers and resellers do. Everything it returns is public."""

    __slots__ = ()

    async def post(self, target: m.TargetInput, message: m.PostMessage) -> m.PublicMessage:
        """Posts a message; the first one begins the thread. Its author is the principal.

        Raises: thread.not_found, thread.closed, message.not_found, reference.taken.
        """
        result = await self._call("message.post", {"target": target, "message": message})
        return d.public_message(result)

    async def message(self, message: str) -> m.PublicMessage:
        """A message, if the principal may see it.

        Raises: message.not_found.
        """
        result = await self._call("message.get", {"message": message})
        return d.public_message(result)

    async def messages(self, target: m.TargetInput, query: m.MessageQuery | None = None) -> m.PublicMessageList:
        """A page of a conversation's messages, with its thread. Threads that were merged
        into it are read as one.

        Raises: thread.not_found, message.not_found.
        """
        result = await self._call("message.list", {"target": target, "query": query})
        return d.public_message_list(result)

    async def changes_since(self, target: m.TargetInput, cursor: int | None = None) -> m.PublicDelta:
        """What has changed in a conversation since a cursor: for polling. Begin with cursor
        0.

        Raises: thread.not_found.
        """
        result = await self._call("message.changes_since", {"target": target, "cursor": cursor})
        return d.public_delta(result)

    async def search(self, filter: m.MessageFilter | None = None) -> m.PublicFound:
        """Finds messages that the principal may see, newest first.

        Raises: message.not_found.
        """
        result = await self._call("message.search", {"filter": filter})
        return d.public_found(result)

    async def correct(self, message: str, text: str) -> m.PublicMessage:
        """Corrects a message of one's own: the correction is shown in its place, the
        original stays.

        Raises: message.not_found, message.state.
        """
        result = await self._call("message.correct", {"message": message, "text": text})
        return d.public_message(result)

    async def retract(self, message: str) -> m.PublicMessage:
        """Takes a message of one's own back.

        Raises: message.not_found, message.state.
        """
        result = await self._call("message.retract", {"message": message})
        return d.public_message(result)

    async def react(self, message: str, emoji: str) -> m.PublicMessage:
        """Puts an emoji on a message, or takes it away again.

        Raises: message.not_found.
        """
        result = await self._call("message.react", {"message": message, "emoji": emoji})
        return d.public_message(result)

    async def mark_read(self, message: str) -> m.PublicMessage:
        """Marks a message read. Marking it again changes nothing.

        Raises: message.not_found.
        """
        result = await self._call("message.mark_read", {"message": message})
        return d.public_message(result)

    async def mark_all_read(self, target: m.TargetInput) -> int:
        """Marks everything read that the principal may see, and says how much that was.

        Raises: thread.not_found.
        """
        result: int = await self._call("message.mark_all_read", {"target": target})
        return result

    async def unread_counts(self, *, subjects: Sequence[m.SubjectInput] | None = None, threads: Sequence[str] | None = None) -> tuple[int | None, ...]:
        """How many unread messages many conversations have, in their order; `null` for
        those without a thread, or that the principal may not see."""
        result = await self._call("message.unread_counts", {"subjects": subjects, "threads": threads})
        return tuple(result)

    async def ensure_thread(self, target: m.TargetInput) -> m.PublicThread:
        """The thread of a subject, begun if there is none.

        Raises: thread.not_found.
        """
        result = await self._call("thread.ensure", {"target": target})
        return d.public_thread(result)

    async def thread(self, target: m.TargetInput) -> m.PublicThread:
        """A thread.

        Raises: thread.not_found.
        """
        result = await self._call("thread.get", {"target": target})
        return d.public_thread(result)

    async def threads(self, query: m.ThreadQuery | None = None) -> m.PublicThreadList:
        """A page of the threads that the principal may see, the most recently active first."""
        result = await self._call("thread.list", {"query": query})
        return d.public_thread_list(result)

    async def mute(self, target: m.TargetInput, muted: bool) -> m.PublicThread:
        """Turns notifications of a thread off or on for the principal.

        Raises: thread.not_found.
        """
        result = await self._call("thread.mute", {"target": target, "muted": muted})
        return d.public_thread(result)

    async def may(self, action: m.Action, target: m.TargetInput) -> bool:
        """Whether the principal may do something with a conversation."""
        result: bool = await self._call("access.may", {"action": action, "target": target})
        return result

    async def explain(self, action: m.Action, target: m.TargetInput) -> m.Explanation:
        """Why the principal may, or may not, do something with a conversation."""
        result = await self._call("access.explain", {"action": action, "target": target})
        return d.explanation(result)


class AsyncJobTimeline(AsyncCaller):
    """The messages to the customers of jobs."""

    __slots__ = ()

    async def get_messages_for_job(self, job_id: str) -> tuple[m.CustomerMessageDto, ...]:
        """The messages to the customer of a job, oldest first.

        Raises: thread.not_found.
        """
        result = await self._call("jobs.get_messages_for_job", {"jobId": job_id})
        return tuple(d.customer_message_dto(each) for each in result)

    async def create_message_for_job(self, job_id: str, message: m.CreateCustomerMessageInput) -> m.CustomerMessageDto:
        """Posts a message to the customer of a job.

        Raises: thread.not_found.
        """
        result = await self._call("jobs.create_message_for_job", {"jobId": job_id, "message": message})
        return d.customer_message_dto(result)

    async def mark_messages_read_for_job(self, job_id: str) -> m.MarkedRead:
        """Marks a job's messages read for its customer.

        Raises: subject.not_found, thread.not_found.
        """
        result = await self._call("jobs.mark_messages_read_for_job", {"jobId": job_id})
        return d.marked_read(result)

    async def unread_count_for_job(self, job_id: str) -> int:
        """How many unread messages the customer of a job has."""
        result: int = await self._call("jobs.unread_count_for_job", {"jobId": job_id})
        return result

    async def suggest_message(self, job_id: str, options: m.AiMessageOptions) -> m.Suggestion:
        """Has a model write a message to the customer of a job, and posts nothing: staff
        look at it, change it and post it. Without a model, rules write.

        Raises: thread.not_found, llm.semantic.
        """
        result = await self._call("jobs.suggest_message", {"jobId": job_id, "options": options})
        return d.suggestion(result)

    async def create_auto_message_from_ai(self, job_id: str, options: m.AiMessageOptions) -> m.CustomerMessageDto:
        """Has a model write a message to the customer of a job and posts it at once, marked
        as a model's. What is not as it was asked for is not posted: then rules write.

        Raises: thread.not_found, thread.closed, llm.semantic.
        """
        result = await self._call("jobs.create_auto_message_from_ai", {"jobId": job_id, "options": options})
        return d.customer_message_dto(result)


class AsyncOrderMessages(AsyncCaller):
    """The threads of orders."""

    __slots__ = ()

    async def create_message(self, order_id: str, message: m.CreateOrderMessage) -> m.OrderMessageDto:
        """Posts a message to an order's thread.

        Raises: thread.not_found, thread.closed.
        """
        result = await self._call("orders.create_message", {"orderId": order_id, "message": message})
        return d.order_message_dto(result)

    async def get_messages(self, order_id: str) -> m.OrderThreadMessages:
        """An order's thread with its messages, oldest first.

        Raises: thread.not_found.
        """
        result = await self._call("orders.get_messages", {"orderId": order_id})
        return d.order_thread_messages(result)

    async def mark_message_read(self, message_id: str, role: m.Role | None = None) -> m.OrderMessageDto:
        """Marks a message of an order's thread read.

        Raises: message.not_found.
        """
        result = await self._call("orders.mark_message_read", {"messageId": message_id, "role": role})
        return d.order_message_dto(result)

    async def close_thread(self, order_id: str) -> m.OrderThreadDto:
        """Closes an order's thread.

        Raises: thread.not_found, thread.transition.
        """
        result = await self._call("orders.close_thread", {"orderId": order_id})
        return d.order_thread_dto(result)

    async def search_messages(self, query: m.OrderMessageSearch | None = None) -> m.OrderMessageSearchResult:
        """Finds messages of orders, for administrators."""
        result = await self._call("orders.search_messages", {"query": query})
        return d.order_message_search_result(result)

    async def create_system_event_message(self, order_number: str, event: m.SystemEvent, store_id: str | None = None) -> m.OrderMessageDto:
        """Tells those who read an order's thread what happened to the order.

        Raises: subject.not_found.
        """
        result = await self._call("orders.create_system_event_message", {"orderNumber": order_number, "event": event, "storeId": store_id})
        return d.order_message_dto(result)

    async def create_message_from_channel(self, message: m.ChannelMessage) -> m.ChannelMessageResult:
        """Maps a message from mail, WhatsApp or SMS to its order's thread, in the name of
        the party that has the sender's address. What does not find its thread waits in
        triage."""
        result = await self._call("orders.create_message_from_channel", {"message": message})
        return d.channel_message_result(result)


class AsyncEngineCalls(AsyncCaller):
    """What the engine does without anybody's order."""

    __slots__ = ()

    async def ask(self, prompt: str, input: Any, settings: m.AskSettings | None = None) -> m.Answered:
        """Asks a prompt of the library or of the host over its input: renders it with
        pseudonyms for what is personal, asks the models, checks the answer and asks
        again if it cannot be used. Without a model, rules answer the prompts of the
        library.

        Raises: prompt.unknown, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = await self._call("prompt.ask", {"prompt": prompt, "input": input, "settings": settings})
        return d.answered(result)

    async def open_stream(self, prompt: str, input: Any, settings: m.AskSettings | None = None) -> int:
        """Asks a prompt as `prompt.ask` does, and gives the number of the stream that its
        answer comes through. The clients' `stream` takes the parts one by one and closes
        the stream.

        Raises: prompt.unknown, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit.
        """
        result: int = await self._call("prompt.open_stream", {"prompt": prompt, "input": input, "settings": settings})
        return result

    async def next_part(self, stream: int) -> m.AnswerPart | None:
        """Waits for the next part of an answer; nothing when the stream was closed
        meanwhile. The answer itself is the last part.

        Raises: llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result: m.AnswerPart | None = await self._call("prompt.next_part", {"stream": stream})
        return result

    async def close_stream(self, stream: int) -> None:
        """Gives up an answer that comes part by part, also while the next part is waited
        for."""
        await self._call("prompt.close_stream", {"stream": stream})

    async def tick(self) -> m.Tick:
        """Wakes what is due, makes checkpoints, and says when to call again."""
        result = await self._call("engine.tick", {})
        return d.tick(result)

    async def snapshot(self) -> m.LogEntry:
        """One entry in place of every entry of the host's log up to its position, without
        what was redacted or erased. The host may delete those entries and put this one
        there, in one step.

        Raises: store.unsupported.
        """
        result = await self._call("engine.snapshot", {})
        return d.log_entry(result)

    async def set_clock(self, now: datetime) -> None:
        """Sets the clock of an engine that was opened reproducible."""
        await self._call("engine.set_clock", {"now": now})

    async def panic(self) -> None:
        """Fails as a defect of the library would, in an engine that was opened
        reproducible: for tests of a host's error handling."""
        await self._call("engine.panic", {})

    async def timeline_summary(self, facts: m.CustomerFacts, context: m.ContextSettings, settings: m.AskSettings | None = None) -> m.GeneratedRelationshipSummary:
        """The history of a customer in short: the relationship, channels, themes and
        chances.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = await self._call("customer.timeline_summary", {"facts": facts, "context": context, "settings": settings})
        return d.generated_relationship_summary(result)

    async def followup_suggestions(self, facts: m.CustomerFacts, context: m.ContextSettings, settings: m.AskSettings | None = None) -> m.SuggestedFollowups:
        """What to write to a customer next: two or three suggestions with drafts and days.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = await self._call("customer.followup_suggestions", {"facts": facts, "context": context, "settings": settings})
        return d.suggested_followups(result)

    async def generate_greeting(self, facts: m.CustomerFacts, context: m.ContextSettings, *, occasion: str | None = None, settings: m.AskSettings | None = None) -> m.Greeting:
        """A greeting to a customer, for the nearest anniversary or holiday, else for the
        season; or for the occasion with a name.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = await self._call("customer.greeting", {"facts": facts, "context": context, "occasion": occasion, "settings": settings})
        return d.greeting(result)

    async def analyze_sentiment(self, facts: m.CustomerFacts, context: m.ContextSettings, settings: m.AskSettings | None = None) -> m.SentimentAnalysis:
        """How a customer feels, by the customer's last twenty communications: a score for
        each, and all of them together.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = await self._call("customer.sentiment", {"facts": facts, "context": context, "settings": settings})
        return d.sentiment_analysis(result)

    async def profitability_analysis(self, facts: m.CustomerFacts, context: m.ContextSettings, settings: m.AskSettings | None = None) -> m.ProfitabilityAnalysis:
        """What a customer is worth, with the figures in each currency.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = await self._call("customer.profitability", {"facts": facts, "context": context, "settings": settings})
        return d.profitability_analysis(result)

    async def predict_maintenance(self, facts: m.CustomerFacts, appliance: m.Ref, context: m.ContextSettings, settings: m.AskSettings | None = None) -> m.MaintenancePrediction:
        """What an appliance will need, from its age, its services, the season and what is
        known about its kind.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = await self._call("appliance.maintenance", {"facts": facts, "appliance": appliance, "context": context, "settings": settings})
        return d.maintenance_prediction(result)

    async def predict_all_maintenance(self, facts: m.CustomerFacts, context: m.ContextSettings, settings: m.AskSettings | None = None) -> tuple[m.MaintenancePrediction, ...]:
        """The same for every appliance of a customer that is in use.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = await self._call("customer.maintenance", {"facts": facts, "context": context, "settings": settings})
        return tuple(d.maintenance_prediction(each) for each in result)

    async def match_technician(self, facts: m.CustomerFacts, request: m.ServiceRequest, context: m.ContextSettings, settings: m.AskSettings | None = None) -> m.TechnicianMatch:
        """Who should do what a customer asks for: who can, with the points that speak for
        each, who cannot and why, and a recommendation among those who can.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = await self._call("technician.match", {"facts": facts, "request": request, "context": context, "settings": settings})
        return d.technician_match(result)

    async def survey_questions(self, facts: m.CustomerFacts, context: m.ContextSettings, *, job: m.Ref | None = None, settings: m.AskSettings | None = None) -> m.GeneratedSurveyDraft:
        """Questions to a customer about a completed job; the last one by default.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = await self._call("job.survey", {"facts": facts, "context": context, "job": job, "settings": settings})
        return d.generated_survey_draft(result)

    async def customer_message(self, facts: m.CustomerFacts, purpose: str, context: m.ContextSettings, *, job: m.Ref | None = None, settings: m.AskSettings | None = None) -> m.GeneratedCustomerMessage:
        """A message to the customer of a job, for a purpose in words; about the last job by
        default.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = await self._call("job.message", {"facts": facts, "purpose": purpose, "context": context, "job": job, "settings": settings})
        return d.generated_customer_message(result)

    async def message_reply(self, facts: m.CustomerFacts, context: m.ContextSettings, *, job: m.Ref | None = None, settings: m.AskSettings | None = None) -> m.GeneratedMessageReply:
        """A reply to the last message of a customer; about the last job by default.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = await self._call("job.reply", {"facts": facts, "context": context, "job": job, "settings": settings})
        return d.generated_message_reply(result)

    async def call_summary(self, facts: m.CustomerFacts, call: m.Call, context: m.ContextSettings, settings: m.AskSettings | None = None) -> m.GeneratedCallSummary:
        """What was said in a call, and what is to be done.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = await self._call("call.summary", {"facts": facts, "call": call, "context": context, "settings": settings})
        return d.generated_call_summary(result)

    async def churn_explanation(self, facts: m.CustomerFacts, churn: m.ChurnFacts, context: m.ContextSettings, settings: m.AskSettings | None = None) -> m.GeneratedChurnExplanation:
        """Why a customer may leave, from a risk that was computed.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = await self._call("customer.churn_explanation", {"facts": facts, "churn": churn, "context": context, "settings": settings})
        return d.generated_churn_explanation(result)

    async def insight_cards(self, facts: m.CustomerFacts, context: m.ContextSettings, *, numbers: Sequence[m.KeyNumber] | None = None, settings: m.AskSettings | None = None) -> m.GeneratedInsightCards:
        """What the numbers of a customer show; those that the facts have by default.

        Raises: money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted.
        """
        result = await self._call("customer.insight_cards", {"facts": facts, "context": context, "numbers": numbers, "settings": settings})
        return d.generated_insight_cards(result)
