# Written by core/codegen from the operation table; do not edit.
"""The calls of the engine, in two colours: plain and `async`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from . import _decoding as d
from . import models as m
from ._runtime import AsyncCaller, Caller


class Desk(Caller):
    """What the business does."""

    __slots__ = ()

    def post(self, target: m.TargetInput, message: m.PostMessage) -> m.Message:
        """Posts a message; the first one begins the thread. Its author is the principal.

        Raises: thread.not_found, thread.closed, message.not_found.
        """
        answer = self._call("message.post", {"target": target, "message": message})
        return d.message(answer)

    def message(self, message: str) -> m.Message:
        """A message, if the principal may see it.

        Raises: message.not_found.
        """
        answer = self._call("message.get", {"message": message})
        return d.message(answer)

    def messages(self, target: m.TargetInput, query: m.MessageQuery | None = None) -> m.MessageList:
        """A page of a conversation's messages, with its thread. Threads that were merged
        into it are read as one.

        Raises: thread.not_found, message.not_found.
        """
        answer = self._call("message.list", {"target": target, "query": query})
        return d.message_list(answer)

    def changes_since(self, target: m.TargetInput, cursor: int | None = None) -> m.Delta:
        """What has changed in a conversation since a cursor: for polling. Begin with cursor
        0.

        Raises: thread.not_found.
        """
        answer = self._call("message.changes_since", {"target": target, "cursor": cursor})
        return d.delta(answer)

    def search(self, filter: m.MessageFilter | None = None) -> m.Found:
        """Finds messages that the principal may see, newest first.

        Raises: message.not_found.
        """
        answer = self._call("message.search", {"filter": filter})
        return d.found(answer)

    def correct(self, message: str, text: str) -> m.Message:
        """Corrects a message of one's own: the correction is shown in its place, the
        original stays.

        Raises: message.not_found, message.state.
        """
        answer = self._call("message.correct", {"message": message, "text": text})
        return d.message(answer)

    def retract(self, message: str) -> m.Message:
        """Takes a message of one's own back.

        Raises: message.not_found, message.state.
        """
        answer = self._call("message.retract", {"message": message})
        return d.message(answer)

    def react(self, message: str, emoji: str) -> m.Message:
        """Puts an emoji on a message, or takes it away again.

        Raises: message.not_found.
        """
        answer = self._call("message.react", {"message": message, "emoji": emoji})
        return d.message(answer)

    def mark_read(self, message: str) -> m.Message:
        """Marks a message read. Marking it again changes nothing.

        Raises: message.not_found.
        """
        answer = self._call("message.mark_read", {"message": message})
        return d.message(answer)

    def mark_all_read(self, target: m.TargetInput) -> int:
        """Marks everything read that the principal may see, and says how much that was.

        Raises: thread.not_found.
        """
        answer: int = self._call("message.mark_all_read", {"target": target})
        return answer

    def unread_counts(self, *, subjects: Sequence[m.SubjectInput] | None = None, threads: Sequence[str] | None = None) -> tuple[int | None, ...]:
        """How many unread messages many conversations have, in their order; `null` for
        those without a thread, or that the principal may not see."""
        answer = self._call("message.unread_counts", {"subjects": subjects, "threads": threads})
        return tuple(answer)

    def ensure_thread(self, target: m.TargetInput) -> m.Thread:
        """The thread of a subject, begun if there is none.

        Raises: thread.not_found.
        """
        answer = self._call("thread.ensure", {"target": target})
        return d.thread(answer)

    def thread(self, target: m.TargetInput) -> m.Thread:
        """A thread.

        Raises: thread.not_found.
        """
        answer = self._call("thread.get", {"target": target})
        return d.thread(answer)

    def threads(self, query: m.ThreadQuery | None = None) -> m.ThreadList:
        """A page of the threads that the principal may see, the most recently active first."""
        answer = self._call("thread.list", {"query": query})
        return d.thread_list(answer)

    def mute(self, target: m.TargetInput, muted: bool) -> m.Thread:
        """Turns notifications of a thread off or on for the principal.

        Raises: thread.not_found.
        """
        answer = self._call("thread.mute", {"target": target, "muted": muted})
        return d.thread(answer)

    def may(self, action: m.Action, target: m.TargetInput) -> bool:
        """Whether the principal may do something with a conversation."""
        answer: bool = self._call("access.may", {"action": action, "target": target})
        return answer

    def explain(self, action: m.Action, target: m.TargetInput) -> m.Explanation:
        """Why the principal may, or may not, do something with a conversation."""
        answer = self._call("access.explain", {"action": action, "target": target})
        return d.explanation(answer)

    def system_event(self, target: m.TargetInput, event: m.SystemEvent) -> m.Message:
        """Tells a conversation that something happened, in the name of the software.

        Raises: thread.not_found.
        """
        answer = self._call("message.system_event", {"target": target, "event": event})
        return d.message(answer)

    def redact(self, message: str, what: m.Redaction, reason: str) -> m.Message:
        """Removes parts or all of a message's text, for a reason.

        Raises: message.not_found.
        """
        answer = self._call("message.redact", {"message": message, "what": what, "reason": reason})
        return d.message(answer)

    def history(self, message: str) -> tuple[m.Revision, ...]:
        """A message in all its versions, the first one first.

        Raises: message.not_found.
        """
        answer = self._call("message.history", {"message": message})
        return tuple(d.revision(each) for each in answer)

    def recipients(self, message: str) -> tuple[m.Recipient, ...]:
        """Who should learn of a message.

        Raises: message.not_found.
        """
        answer = self._call("message.recipients", {"message": message})
        return tuple(d.recipient(each) for each in answer)

    def mark_unread(self, message: str) -> m.Message:
        """Makes a message, and those after it, unread again.

        Raises: message.not_found.
        """
        answer = self._call("message.mark_unread", {"message": message})
        return d.message(answer)

    def close(self, target: m.TargetInput) -> m.Thread:
        """Closes a thread.

        Raises: thread.not_found, thread.transition.
        """
        answer = self._call("thread.close", {"target": target})
        return d.thread(answer)

    def reopen(self, target: m.TargetInput) -> m.Thread:
        """Opens a thread again.

        Raises: thread.not_found, thread.transition.
        """
        answer = self._call("thread.reopen", {"target": target})
        return d.thread(answer)

    def resolve(self, target: m.TargetInput) -> m.Thread:
        """Says that a thread is answered.

        Raises: thread.not_found, thread.transition.
        """
        answer = self._call("thread.resolve", {"target": target})
        return d.thread(answer)

    def pend(self, target: m.TargetInput) -> m.Thread:
        """Says that a thread waits for the customer or a third party.

        Raises: thread.not_found, thread.transition.
        """
        answer = self._call("thread.pend", {"target": target})
        return d.thread(answer)

    def snooze(self, target: m.TargetInput, until: datetime) -> m.Thread:
        """Puts a thread out of sight until an instant, or until the customer writes.

        Raises: thread.not_found, thread.transition.
        """
        answer = self._call("thread.snooze", {"target": target, "until": until})
        return d.thread(answer)

    def assign(self, target: m.TargetInput, to: m.Ref | None = None) -> m.Thread:
        """Says who answers for a thread; nobody when `to` is absent.

        Raises: thread.not_found, party.not_found.
        """
        answer = self._call("thread.assign", {"target": target, "to": to})
        return d.thread(answer)

    def prioritise(self, target: m.TargetInput, priority: m.Priority) -> m.Thread:
        """Says how urgent a thread is.

        Raises: thread.not_found.
        """
        answer = self._call("thread.prioritise", {"target": target, "priority": priority})
        return d.thread(answer)

    def tag(self, target: m.TargetInput, *, add: Sequence[str] | None = None, remove: Sequence[str] | None = None) -> m.Thread:
        """Adds and removes tags. Tags are compared in lower case.

        Raises: thread.not_found.
        """
        answer = self._call("thread.tag", {"target": target, "add": add, "remove": remove})
        return d.thread(answer)

    def add_participant(self, target: m.TargetInput, party: m.Ref, role: m.Role) -> m.Thread:
        """Makes somebody a participant of a thread.

        Raises: thread.not_found, party.not_found.
        """
        answer = self._call("thread.add_participant", {"target": target, "party": party, "role": role})
        return d.thread(answer)

    def remove_participant(self, target: m.TargetInput, party: m.Ref) -> m.Thread:
        """Ends somebody's participation.

        Raises: thread.not_found, party.not_found.
        """
        answer = self._call("thread.remove_participant", {"target": target, "party": party})
        return d.thread(answer)

    def participants(self, target: m.TargetInput) -> tuple[m.Participant, ...]:
        """Who takes part in a thread, those who left included.

        Raises: thread.not_found.
        """
        answer = self._call("thread.participants", {"target": target})
        return tuple(d.participant(each) for each in answer)

    def change_thread(self, target: m.TargetInput, change: m.ThreadChange, expected_version: int) -> m.Thread:
        """Changes a thread only if it still has the version that the caller has seen.

        Raises: thread.not_found, thread.transition, version.stale.
        """
        answer = self._call("thread.change", {"target": target, "change": change, "expectedVersion": expected_version})
        return d.thread(answer)

    def merge(self, from_: m.TargetInput, into: m.TargetInput) -> m.Thread:
        """Lets one thread go on in another one of the same customer.

        Raises: thread.not_found, thread.merge.
        """
        answer = self._call("thread.merge", {"from": from_, "into": into})
        return d.thread(answer)

    def put_party(self, party: m.PutParty) -> m.PartyId:
        """Stores a customer, supplier, colleague or service of the host's."""
        answer: m.PartyId = self._call("party.put", {"party": party})
        return answer

    def party(self, party: m.Ref) -> m.Party:
        """A party.

        Raises: party.not_found.
        """
        answer = self._call("party.get", {"party": party})
        return d.party(answer)

    def erase_party(self, party: m.Ref, reason: str) -> m.PartyId:
        """Erases a person: name, texts, addresses. What happened stays, without them.

        Raises: party.not_found.
        """
        answer: m.PartyId = self._call("party.erase", {"party": party, "reason": reason})
        return answer

    def put_storefront(self, storefront: m.PutStorefront) -> m.StoreId:
        """Stores a storefront of the host's."""
        answer: m.StoreId = self._call("store.put", {"storefront": storefront})
        return answer

    def put_subject(self, subject: m.PutSubject) -> m.SubjectId:
        """Stores a job, order or other subject of the host's, with who owns and who fulfils
        it.

        Raises: reference.taken.
        """
        answer: m.SubjectId = self._call("subject.put", {"subject": subject})
        return answer

    def subject(self, subject: m.SubjectInput) -> m.Subject:
        """A subject.

        Raises: subject.not_found.
        """
        answer = self._call("subject.get", {"subject": subject})
        return d.subject(answer)

    def subject_numbered(self, kind: m.SubjectKind, number: str, store: m.Ref | None = None) -> m.Subject:
        """A subject by the number that people use.

        Raises: subject.not_found.
        """
        answer = self._call("subject.numbered", {"kind": kind, "number": number, "store": store})
        return d.subject(answer)

    def tenant(self) -> m.Tenant:
        """The tenant: its policies and access rules."""
        answer = self._call("tenant.get", {})
        return d.tenant(answer)

    def put_tenant(self, tenant: m.TenantInput) -> m.Tenant:
        """Stores the tenant's policies and access rules.

        Raises: access.rule_invalid, version.stale.
        """
        answer = self._call("tenant.put", {"tenant": tenant})
        return d.tenant(answer)

    def events(self, consumer: str, limit: int | None = None) -> tuple[m.Event, ...]:
        """The events that a consumer has yet to deal with, in order."""
        answer = self._call("event.list", {"consumer": consumer, "limit": limit})
        return tuple(d.event(each) for each in answer)

    def public_events(self, consumer: str, limit: int | None = None) -> m.PublicEvents:
        """The same, as customers and partners may hear of them, and how far the page goes:
        internal events count into `limit` and are left out."""
        answer = self._call("event.list_public", {"consumer": consumer, "limit": limit})
        return d.public_events(answer)

    def consumed(self, consumer: str, position: int) -> None:
        """Says that a consumer has dealt with everything up to a position."""
        self._call("event.consumed", {"consumer": consumer, "position": position})

    def audit(self, *, after: int | None = None, thread: str | None = None, limit: int | None = None) -> m.Trail:
        """A page of the audit trail."""
        answer = self._call("audit.list", {"after": after, "thread": thread, "limit": limit})
        return d.trail(answer)

    def verify_audit(self, kept: str | None = None) -> m.VerifyReport:
        """Reads the whole trail and says what is wrong with it. `kept` is a checkpoint that
        was kept elsewhere."""
        answer = self._call("audit.verify", {"kept": kept})
        return d.verify_report(answer)

    def checkpoint(self) -> str | None:
        """Makes a checkpoint of the trail, to be kept elsewhere; nothing when there is
        nothing new."""
        answer: str | None = self._call("audit.checkpoint", {})
        return answer


class Portal(Caller):
    """What customers, suppliers and resellers do. Everything it returns is public."""

    __slots__ = ()

    def post(self, target: m.TargetInput, message: m.PostMessage) -> m.PublicMessage:
        """Posts a message; the first one begins the thread. Its author is the principal.

        Raises: thread.not_found, thread.closed, message.not_found.
        """
        answer = self._call("message.post", {"target": target, "message": message})
        return d.public_message(answer)

    def message(self, message: str) -> m.PublicMessage:
        """A message, if the principal may see it.

        Raises: message.not_found.
        """
        answer = self._call("message.get", {"message": message})
        return d.public_message(answer)

    def messages(self, target: m.TargetInput, query: m.MessageQuery | None = None) -> m.PublicMessageList:
        """A page of a conversation's messages, with its thread. Threads that were merged
        into it are read as one.

        Raises: thread.not_found, message.not_found.
        """
        answer = self._call("message.list", {"target": target, "query": query})
        return d.public_message_list(answer)

    def changes_since(self, target: m.TargetInput, cursor: int | None = None) -> m.PublicDelta:
        """What has changed in a conversation since a cursor: for polling. Begin with cursor
        0.

        Raises: thread.not_found.
        """
        answer = self._call("message.changes_since", {"target": target, "cursor": cursor})
        return d.public_delta(answer)

    def search(self, filter: m.MessageFilter | None = None) -> m.PublicFound:
        """Finds messages that the principal may see, newest first.

        Raises: message.not_found.
        """
        answer = self._call("message.search", {"filter": filter})
        return d.public_found(answer)

    def correct(self, message: str, text: str) -> m.PublicMessage:
        """Corrects a message of one's own: the correction is shown in its place, the
        original stays.

        Raises: message.not_found, message.state.
        """
        answer = self._call("message.correct", {"message": message, "text": text})
        return d.public_message(answer)

    def retract(self, message: str) -> m.PublicMessage:
        """Takes a message of one's own back.

        Raises: message.not_found, message.state.
        """
        answer = self._call("message.retract", {"message": message})
        return d.public_message(answer)

    def react(self, message: str, emoji: str) -> m.PublicMessage:
        """Puts an emoji on a message, or takes it away again.

        Raises: message.not_found.
        """
        answer = self._call("message.react", {"message": message, "emoji": emoji})
        return d.public_message(answer)

    def mark_read(self, message: str) -> m.PublicMessage:
        """Marks a message read. Marking it again changes nothing.

        Raises: message.not_found.
        """
        answer = self._call("message.mark_read", {"message": message})
        return d.public_message(answer)

    def mark_all_read(self, target: m.TargetInput) -> int:
        """Marks everything read that the principal may see, and says how much that was.

        Raises: thread.not_found.
        """
        answer: int = self._call("message.mark_all_read", {"target": target})
        return answer

    def unread_counts(self, *, subjects: Sequence[m.SubjectInput] | None = None, threads: Sequence[str] | None = None) -> tuple[int | None, ...]:
        """How many unread messages many conversations have, in their order; `null` for
        those without a thread, or that the principal may not see."""
        answer = self._call("message.unread_counts", {"subjects": subjects, "threads": threads})
        return tuple(answer)

    def ensure_thread(self, target: m.TargetInput) -> m.PublicThread:
        """The thread of a subject, begun if there is none.

        Raises: thread.not_found.
        """
        answer = self._call("thread.ensure", {"target": target})
        return d.public_thread(answer)

    def thread(self, target: m.TargetInput) -> m.PublicThread:
        """A thread.

        Raises: thread.not_found.
        """
        answer = self._call("thread.get", {"target": target})
        return d.public_thread(answer)

    def threads(self, query: m.ThreadQuery | None = None) -> m.PublicThreadList:
        """A page of the threads that the principal may see, the most recently active first."""
        answer = self._call("thread.list", {"query": query})
        return d.public_thread_list(answer)

    def mute(self, target: m.TargetInput, muted: bool) -> m.PublicThread:
        """Turns notifications of a thread off or on for the principal.

        Raises: thread.not_found.
        """
        answer = self._call("thread.mute", {"target": target, "muted": muted})
        return d.public_thread(answer)

    def may(self, action: m.Action, target: m.TargetInput) -> bool:
        """Whether the principal may do something with a conversation."""
        answer: bool = self._call("access.may", {"action": action, "target": target})
        return answer

    def explain(self, action: m.Action, target: m.TargetInput) -> m.Explanation:
        """Why the principal may, or may not, do something with a conversation."""
        answer = self._call("access.explain", {"action": action, "target": target})
        return d.explanation(answer)


class JobTimeline(Caller):
    """The messages to the customers of jobs."""

    __slots__ = ()

    def get_messages_for_job(self, job_id: str) -> tuple[m.CustomerMessageDto, ...]:
        """The messages to the customer of a job, oldest first.

        Raises: thread.not_found.
        """
        answer = self._call("jobs.get_messages_for_job", {"jobId": job_id})
        return tuple(d.customer_message_dto(each) for each in answer)

    def create_message_for_job(self, job_id: str, message: m.CreateCustomerMessageInput) -> m.CustomerMessageDto:
        """Posts a message to the customer of a job.

        Raises: thread.not_found.
        """
        answer = self._call("jobs.create_message_for_job", {"jobId": job_id, "message": message})
        return d.customer_message_dto(answer)

    def mark_messages_read_for_job(self, job_id: str) -> m.MarkedRead:
        """Marks a job's messages read for its customer.

        Raises: subject.not_found, thread.not_found.
        """
        answer = self._call("jobs.mark_messages_read_for_job", {"jobId": job_id})
        return d.marked_read(answer)

    def unread_count_for_job(self, job_id: str) -> int:
        """How many unread messages the customer of a job has."""
        answer: int = self._call("jobs.unread_count_for_job", {"jobId": job_id})
        return answer


class OrderMessages(Caller):
    """The threads of orders."""

    __slots__ = ()

    def create_message(self, order_id: str, message: m.CreateOrderMessage) -> m.OrderMessageDto:
        """Posts a message to an order's thread.

        Raises: thread.not_found, thread.closed.
        """
        answer = self._call("orders.create_message", {"orderId": order_id, "message": message})
        return d.order_message_dto(answer)

    def get_messages(self, order_id: str) -> m.OrderThreadMessages:
        """An order's thread with its messages, oldest first.

        Raises: thread.not_found.
        """
        answer = self._call("orders.get_messages", {"orderId": order_id})
        return d.order_thread_messages(answer)

    def mark_message_read(self, message_id: str, role: m.Role | None = None) -> m.OrderMessageDto:
        """Marks a message of an order's thread read.

        Raises: message.not_found.
        """
        answer = self._call("orders.mark_message_read", {"messageId": message_id, "role": role})
        return d.order_message_dto(answer)

    def close_thread(self, order_id: str) -> m.OrderThreadDto:
        """Closes an order's thread.

        Raises: thread.not_found, thread.transition.
        """
        answer = self._call("orders.close_thread", {"orderId": order_id})
        return d.order_thread_dto(answer)

    def search_messages(self, query: m.OrderMessageSearch | None = None) -> m.OrderMessageSearchResult:
        """Finds messages of orders, for administrators."""
        answer = self._call("orders.search_messages", {"query": query})
        return d.order_message_search_result(answer)

    def create_system_event_message(self, order_number: str, event: m.SystemEvent, store_id: str | None = None) -> m.OrderMessageDto:
        """Tells those who read an order's thread what happened to the order.

        Raises: subject.not_found.
        """
        answer = self._call("orders.create_system_event_message", {"orderNumber": order_number, "event": event, "storeId": store_id})
        return d.order_message_dto(answer)


class EngineCalls(Caller):
    """What the engine does without anybody's order."""

    __slots__ = ()

    def tick(self) -> m.Tick:
        """Wakes what is due, makes checkpoints, and says when to call again."""
        answer = self._call("engine.tick", {})
        return d.tick(answer)

    def snapshot(self) -> m.LogEntry:
        """One entry in place of every entry of the host's log up to its position, without
        what was redacted or erased. The host may delete those entries and put this one
        there, in one step.

        Raises: store.unsupported.
        """
        answer = self._call("engine.snapshot", {})
        return d.log_entry(answer)

    def set_clock(self, now: datetime) -> None:
        """Sets the clock of an engine that was opened reproducible."""
        self._call("engine.set_clock", {"now": now})

    def panic(self) -> None:
        """Fails as a defect of the library would, in an engine that was opened
        reproducible: for tests of a host's error handling."""
        self._call("engine.panic", {})


class AsyncDesk(AsyncCaller):
    """What the business does."""

    __slots__ = ()

    async def post(self, target: m.TargetInput, message: m.PostMessage) -> m.Message:
        """Posts a message; the first one begins the thread. Its author is the principal.

        Raises: thread.not_found, thread.closed, message.not_found.
        """
        answer = await self._call("message.post", {"target": target, "message": message})
        return d.message(answer)

    async def message(self, message: str) -> m.Message:
        """A message, if the principal may see it.

        Raises: message.not_found.
        """
        answer = await self._call("message.get", {"message": message})
        return d.message(answer)

    async def messages(self, target: m.TargetInput, query: m.MessageQuery | None = None) -> m.MessageList:
        """A page of a conversation's messages, with its thread. Threads that were merged
        into it are read as one.

        Raises: thread.not_found, message.not_found.
        """
        answer = await self._call("message.list", {"target": target, "query": query})
        return d.message_list(answer)

    async def changes_since(self, target: m.TargetInput, cursor: int | None = None) -> m.Delta:
        """What has changed in a conversation since a cursor: for polling. Begin with cursor
        0.

        Raises: thread.not_found.
        """
        answer = await self._call("message.changes_since", {"target": target, "cursor": cursor})
        return d.delta(answer)

    async def search(self, filter: m.MessageFilter | None = None) -> m.Found:
        """Finds messages that the principal may see, newest first.

        Raises: message.not_found.
        """
        answer = await self._call("message.search", {"filter": filter})
        return d.found(answer)

    async def correct(self, message: str, text: str) -> m.Message:
        """Corrects a message of one's own: the correction is shown in its place, the
        original stays.

        Raises: message.not_found, message.state.
        """
        answer = await self._call("message.correct", {"message": message, "text": text})
        return d.message(answer)

    async def retract(self, message: str) -> m.Message:
        """Takes a message of one's own back.

        Raises: message.not_found, message.state.
        """
        answer = await self._call("message.retract", {"message": message})
        return d.message(answer)

    async def react(self, message: str, emoji: str) -> m.Message:
        """Puts an emoji on a message, or takes it away again.

        Raises: message.not_found.
        """
        answer = await self._call("message.react", {"message": message, "emoji": emoji})
        return d.message(answer)

    async def mark_read(self, message: str) -> m.Message:
        """Marks a message read. Marking it again changes nothing.

        Raises: message.not_found.
        """
        answer = await self._call("message.mark_read", {"message": message})
        return d.message(answer)

    async def mark_all_read(self, target: m.TargetInput) -> int:
        """Marks everything read that the principal may see, and says how much that was.

        Raises: thread.not_found.
        """
        answer: int = await self._call("message.mark_all_read", {"target": target})
        return answer

    async def unread_counts(self, *, subjects: Sequence[m.SubjectInput] | None = None, threads: Sequence[str] | None = None) -> tuple[int | None, ...]:
        """How many unread messages many conversations have, in their order; `null` for
        those without a thread, or that the principal may not see."""
        answer = await self._call("message.unread_counts", {"subjects": subjects, "threads": threads})
        return tuple(answer)

    async def ensure_thread(self, target: m.TargetInput) -> m.Thread:
        """The thread of a subject, begun if there is none.

        Raises: thread.not_found.
        """
        answer = await self._call("thread.ensure", {"target": target})
        return d.thread(answer)

    async def thread(self, target: m.TargetInput) -> m.Thread:
        """A thread.

        Raises: thread.not_found.
        """
        answer = await self._call("thread.get", {"target": target})
        return d.thread(answer)

    async def threads(self, query: m.ThreadQuery | None = None) -> m.ThreadList:
        """A page of the threads that the principal may see, the most recently active first."""
        answer = await self._call("thread.list", {"query": query})
        return d.thread_list(answer)

    async def mute(self, target: m.TargetInput, muted: bool) -> m.Thread:
        """Turns notifications of a thread off or on for the principal.

        Raises: thread.not_found.
        """
        answer = await self._call("thread.mute", {"target": target, "muted": muted})
        return d.thread(answer)

    async def may(self, action: m.Action, target: m.TargetInput) -> bool:
        """Whether the principal may do something with a conversation."""
        answer: bool = await self._call("access.may", {"action": action, "target": target})
        return answer

    async def explain(self, action: m.Action, target: m.TargetInput) -> m.Explanation:
        """Why the principal may, or may not, do something with a conversation."""
        answer = await self._call("access.explain", {"action": action, "target": target})
        return d.explanation(answer)

    async def system_event(self, target: m.TargetInput, event: m.SystemEvent) -> m.Message:
        """Tells a conversation that something happened, in the name of the software.

        Raises: thread.not_found.
        """
        answer = await self._call("message.system_event", {"target": target, "event": event})
        return d.message(answer)

    async def redact(self, message: str, what: m.Redaction, reason: str) -> m.Message:
        """Removes parts or all of a message's text, for a reason.

        Raises: message.not_found.
        """
        answer = await self._call("message.redact", {"message": message, "what": what, "reason": reason})
        return d.message(answer)

    async def history(self, message: str) -> tuple[m.Revision, ...]:
        """A message in all its versions, the first one first.

        Raises: message.not_found.
        """
        answer = await self._call("message.history", {"message": message})
        return tuple(d.revision(each) for each in answer)

    async def recipients(self, message: str) -> tuple[m.Recipient, ...]:
        """Who should learn of a message.

        Raises: message.not_found.
        """
        answer = await self._call("message.recipients", {"message": message})
        return tuple(d.recipient(each) for each in answer)

    async def mark_unread(self, message: str) -> m.Message:
        """Makes a message, and those after it, unread again.

        Raises: message.not_found.
        """
        answer = await self._call("message.mark_unread", {"message": message})
        return d.message(answer)

    async def close(self, target: m.TargetInput) -> m.Thread:
        """Closes a thread.

        Raises: thread.not_found, thread.transition.
        """
        answer = await self._call("thread.close", {"target": target})
        return d.thread(answer)

    async def reopen(self, target: m.TargetInput) -> m.Thread:
        """Opens a thread again.

        Raises: thread.not_found, thread.transition.
        """
        answer = await self._call("thread.reopen", {"target": target})
        return d.thread(answer)

    async def resolve(self, target: m.TargetInput) -> m.Thread:
        """Says that a thread is answered.

        Raises: thread.not_found, thread.transition.
        """
        answer = await self._call("thread.resolve", {"target": target})
        return d.thread(answer)

    async def pend(self, target: m.TargetInput) -> m.Thread:
        """Says that a thread waits for the customer or a third party.

        Raises: thread.not_found, thread.transition.
        """
        answer = await self._call("thread.pend", {"target": target})
        return d.thread(answer)

    async def snooze(self, target: m.TargetInput, until: datetime) -> m.Thread:
        """Puts a thread out of sight until an instant, or until the customer writes.

        Raises: thread.not_found, thread.transition.
        """
        answer = await self._call("thread.snooze", {"target": target, "until": until})
        return d.thread(answer)

    async def assign(self, target: m.TargetInput, to: m.Ref | None = None) -> m.Thread:
        """Says who answers for a thread; nobody when `to` is absent.

        Raises: thread.not_found, party.not_found.
        """
        answer = await self._call("thread.assign", {"target": target, "to": to})
        return d.thread(answer)

    async def prioritise(self, target: m.TargetInput, priority: m.Priority) -> m.Thread:
        """Says how urgent a thread is.

        Raises: thread.not_found.
        """
        answer = await self._call("thread.prioritise", {"target": target, "priority": priority})
        return d.thread(answer)

    async def tag(self, target: m.TargetInput, *, add: Sequence[str] | None = None, remove: Sequence[str] | None = None) -> m.Thread:
        """Adds and removes tags. Tags are compared in lower case.

        Raises: thread.not_found.
        """
        answer = await self._call("thread.tag", {"target": target, "add": add, "remove": remove})
        return d.thread(answer)

    async def add_participant(self, target: m.TargetInput, party: m.Ref, role: m.Role) -> m.Thread:
        """Makes somebody a participant of a thread.

        Raises: thread.not_found, party.not_found.
        """
        answer = await self._call("thread.add_participant", {"target": target, "party": party, "role": role})
        return d.thread(answer)

    async def remove_participant(self, target: m.TargetInput, party: m.Ref) -> m.Thread:
        """Ends somebody's participation.

        Raises: thread.not_found, party.not_found.
        """
        answer = await self._call("thread.remove_participant", {"target": target, "party": party})
        return d.thread(answer)

    async def participants(self, target: m.TargetInput) -> tuple[m.Participant, ...]:
        """Who takes part in a thread, those who left included.

        Raises: thread.not_found.
        """
        answer = await self._call("thread.participants", {"target": target})
        return tuple(d.participant(each) for each in answer)

    async def change_thread(self, target: m.TargetInput, change: m.ThreadChange, expected_version: int) -> m.Thread:
        """Changes a thread only if it still has the version that the caller has seen.

        Raises: thread.not_found, thread.transition, version.stale.
        """
        answer = await self._call("thread.change", {"target": target, "change": change, "expectedVersion": expected_version})
        return d.thread(answer)

    async def merge(self, from_: m.TargetInput, into: m.TargetInput) -> m.Thread:
        """Lets one thread go on in another one of the same customer.

        Raises: thread.not_found, thread.merge.
        """
        answer = await self._call("thread.merge", {"from": from_, "into": into})
        return d.thread(answer)

    async def put_party(self, party: m.PutParty) -> m.PartyId:
        """Stores a customer, supplier, colleague or service of the host's."""
        answer: m.PartyId = await self._call("party.put", {"party": party})
        return answer

    async def party(self, party: m.Ref) -> m.Party:
        """A party.

        Raises: party.not_found.
        """
        answer = await self._call("party.get", {"party": party})
        return d.party(answer)

    async def erase_party(self, party: m.Ref, reason: str) -> m.PartyId:
        """Erases a person: name, texts, addresses. What happened stays, without them.

        Raises: party.not_found.
        """
        answer: m.PartyId = await self._call("party.erase", {"party": party, "reason": reason})
        return answer

    async def put_storefront(self, storefront: m.PutStorefront) -> m.StoreId:
        """Stores a storefront of the host's."""
        answer: m.StoreId = await self._call("store.put", {"storefront": storefront})
        return answer

    async def put_subject(self, subject: m.PutSubject) -> m.SubjectId:
        """Stores a job, order or other subject of the host's, with who owns and who fulfils
        it.

        Raises: reference.taken.
        """
        answer: m.SubjectId = await self._call("subject.put", {"subject": subject})
        return answer

    async def subject(self, subject: m.SubjectInput) -> m.Subject:
        """A subject.

        Raises: subject.not_found.
        """
        answer = await self._call("subject.get", {"subject": subject})
        return d.subject(answer)

    async def subject_numbered(self, kind: m.SubjectKind, number: str, store: m.Ref | None = None) -> m.Subject:
        """A subject by the number that people use.

        Raises: subject.not_found.
        """
        answer = await self._call("subject.numbered", {"kind": kind, "number": number, "store": store})
        return d.subject(answer)

    async def tenant(self) -> m.Tenant:
        """The tenant: its policies and access rules."""
        answer = await self._call("tenant.get", {})
        return d.tenant(answer)

    async def put_tenant(self, tenant: m.TenantInput) -> m.Tenant:
        """Stores the tenant's policies and access rules.

        Raises: access.rule_invalid, version.stale.
        """
        answer = await self._call("tenant.put", {"tenant": tenant})
        return d.tenant(answer)

    async def events(self, consumer: str, limit: int | None = None) -> tuple[m.Event, ...]:
        """The events that a consumer has yet to deal with, in order."""
        answer = await self._call("event.list", {"consumer": consumer, "limit": limit})
        return tuple(d.event(each) for each in answer)

    async def public_events(self, consumer: str, limit: int | None = None) -> m.PublicEvents:
        """The same, as customers and partners may hear of them, and how far the page goes:
        internal events count into `limit` and are left out."""
        answer = await self._call("event.list_public", {"consumer": consumer, "limit": limit})
        return d.public_events(answer)

    async def consumed(self, consumer: str, position: int) -> None:
        """Says that a consumer has dealt with everything up to a position."""
        await self._call("event.consumed", {"consumer": consumer, "position": position})

    async def audit(self, *, after: int | None = None, thread: str | None = None, limit: int | None = None) -> m.Trail:
        """A page of the audit trail."""
        answer = await self._call("audit.list", {"after": after, "thread": thread, "limit": limit})
        return d.trail(answer)

    async def verify_audit(self, kept: str | None = None) -> m.VerifyReport:
        """Reads the whole trail and says what is wrong with it. `kept` is a checkpoint that
        was kept elsewhere."""
        answer = await self._call("audit.verify", {"kept": kept})
        return d.verify_report(answer)

    async def checkpoint(self) -> str | None:
        """Makes a checkpoint of the trail, to be kept elsewhere; nothing when there is
        nothing new."""
        answer: str | None = await self._call("audit.checkpoint", {})
        return answer


class AsyncPortal(AsyncCaller):
    """What customers, suppliers and resellers do. Everything it returns is public."""

    __slots__ = ()

    async def post(self, target: m.TargetInput, message: m.PostMessage) -> m.PublicMessage:
        """Posts a message; the first one begins the thread. Its author is the principal.

        Raises: thread.not_found, thread.closed, message.not_found.
        """
        answer = await self._call("message.post", {"target": target, "message": message})
        return d.public_message(answer)

    async def message(self, message: str) -> m.PublicMessage:
        """A message, if the principal may see it.

        Raises: message.not_found.
        """
        answer = await self._call("message.get", {"message": message})
        return d.public_message(answer)

    async def messages(self, target: m.TargetInput, query: m.MessageQuery | None = None) -> m.PublicMessageList:
        """A page of a conversation's messages, with its thread. Threads that were merged
        into it are read as one.

        Raises: thread.not_found, message.not_found.
        """
        answer = await self._call("message.list", {"target": target, "query": query})
        return d.public_message_list(answer)

    async def changes_since(self, target: m.TargetInput, cursor: int | None = None) -> m.PublicDelta:
        """What has changed in a conversation since a cursor: for polling. Begin with cursor
        0.

        Raises: thread.not_found.
        """
        answer = await self._call("message.changes_since", {"target": target, "cursor": cursor})
        return d.public_delta(answer)

    async def search(self, filter: m.MessageFilter | None = None) -> m.PublicFound:
        """Finds messages that the principal may see, newest first.

        Raises: message.not_found.
        """
        answer = await self._call("message.search", {"filter": filter})
        return d.public_found(answer)

    async def correct(self, message: str, text: str) -> m.PublicMessage:
        """Corrects a message of one's own: the correction is shown in its place, the
        original stays.

        Raises: message.not_found, message.state.
        """
        answer = await self._call("message.correct", {"message": message, "text": text})
        return d.public_message(answer)

    async def retract(self, message: str) -> m.PublicMessage:
        """Takes a message of one's own back.

        Raises: message.not_found, message.state.
        """
        answer = await self._call("message.retract", {"message": message})
        return d.public_message(answer)

    async def react(self, message: str, emoji: str) -> m.PublicMessage:
        """Puts an emoji on a message, or takes it away again.

        Raises: message.not_found.
        """
        answer = await self._call("message.react", {"message": message, "emoji": emoji})
        return d.public_message(answer)

    async def mark_read(self, message: str) -> m.PublicMessage:
        """Marks a message read. Marking it again changes nothing.

        Raises: message.not_found.
        """
        answer = await self._call("message.mark_read", {"message": message})
        return d.public_message(answer)

    async def mark_all_read(self, target: m.TargetInput) -> int:
        """Marks everything read that the principal may see, and says how much that was.

        Raises: thread.not_found.
        """
        answer: int = await self._call("message.mark_all_read", {"target": target})
        return answer

    async def unread_counts(self, *, subjects: Sequence[m.SubjectInput] | None = None, threads: Sequence[str] | None = None) -> tuple[int | None, ...]:
        """How many unread messages many conversations have, in their order; `null` for
        those without a thread, or that the principal may not see."""
        answer = await self._call("message.unread_counts", {"subjects": subjects, "threads": threads})
        return tuple(answer)

    async def ensure_thread(self, target: m.TargetInput) -> m.PublicThread:
        """The thread of a subject, begun if there is none.

        Raises: thread.not_found.
        """
        answer = await self._call("thread.ensure", {"target": target})
        return d.public_thread(answer)

    async def thread(self, target: m.TargetInput) -> m.PublicThread:
        """A thread.

        Raises: thread.not_found.
        """
        answer = await self._call("thread.get", {"target": target})
        return d.public_thread(answer)

    async def threads(self, query: m.ThreadQuery | None = None) -> m.PublicThreadList:
        """A page of the threads that the principal may see, the most recently active first."""
        answer = await self._call("thread.list", {"query": query})
        return d.public_thread_list(answer)

    async def mute(self, target: m.TargetInput, muted: bool) -> m.PublicThread:
        """Turns notifications of a thread off or on for the principal.

        Raises: thread.not_found.
        """
        answer = await self._call("thread.mute", {"target": target, "muted": muted})
        return d.public_thread(answer)

    async def may(self, action: m.Action, target: m.TargetInput) -> bool:
        """Whether the principal may do something with a conversation."""
        answer: bool = await self._call("access.may", {"action": action, "target": target})
        return answer

    async def explain(self, action: m.Action, target: m.TargetInput) -> m.Explanation:
        """Why the principal may, or may not, do something with a conversation."""
        answer = await self._call("access.explain", {"action": action, "target": target})
        return d.explanation(answer)


class AsyncJobTimeline(AsyncCaller):
    """The messages to the customers of jobs."""

    __slots__ = ()

    async def get_messages_for_job(self, job_id: str) -> tuple[m.CustomerMessageDto, ...]:
        """The messages to the customer of a job, oldest first.

        Raises: thread.not_found.
        """
        answer = await self._call("jobs.get_messages_for_job", {"jobId": job_id})
        return tuple(d.customer_message_dto(each) for each in answer)

    async def create_message_for_job(self, job_id: str, message: m.CreateCustomerMessageInput) -> m.CustomerMessageDto:
        """Posts a message to the customer of a job.

        Raises: thread.not_found.
        """
        answer = await self._call("jobs.create_message_for_job", {"jobId": job_id, "message": message})
        return d.customer_message_dto(answer)

    async def mark_messages_read_for_job(self, job_id: str) -> m.MarkedRead:
        """Marks a job's messages read for its customer.

        Raises: subject.not_found, thread.not_found.
        """
        answer = await self._call("jobs.mark_messages_read_for_job", {"jobId": job_id})
        return d.marked_read(answer)

    async def unread_count_for_job(self, job_id: str) -> int:
        """How many unread messages the customer of a job has."""
        answer: int = await self._call("jobs.unread_count_for_job", {"jobId": job_id})
        return answer


class AsyncOrderMessages(AsyncCaller):
    """The threads of orders."""

    __slots__ = ()

    async def create_message(self, order_id: str, message: m.CreateOrderMessage) -> m.OrderMessageDto:
        """Posts a message to an order's thread.

        Raises: thread.not_found, thread.closed.
        """
        answer = await self._call("orders.create_message", {"orderId": order_id, "message": message})
        return d.order_message_dto(answer)

    async def get_messages(self, order_id: str) -> m.OrderThreadMessages:
        """An order's thread with its messages, oldest first.

        Raises: thread.not_found.
        """
        answer = await self._call("orders.get_messages", {"orderId": order_id})
        return d.order_thread_messages(answer)

    async def mark_message_read(self, message_id: str, role: m.Role | None = None) -> m.OrderMessageDto:
        """Marks a message of an order's thread read.

        Raises: message.not_found.
        """
        answer = await self._call("orders.mark_message_read", {"messageId": message_id, "role": role})
        return d.order_message_dto(answer)

    async def close_thread(self, order_id: str) -> m.OrderThreadDto:
        """Closes an order's thread.

        Raises: thread.not_found, thread.transition.
        """
        answer = await self._call("orders.close_thread", {"orderId": order_id})
        return d.order_thread_dto(answer)

    async def search_messages(self, query: m.OrderMessageSearch | None = None) -> m.OrderMessageSearchResult:
        """Finds messages of orders, for administrators."""
        answer = await self._call("orders.search_messages", {"query": query})
        return d.order_message_search_result(answer)

    async def create_system_event_message(self, order_number: str, event: m.SystemEvent, store_id: str | None = None) -> m.OrderMessageDto:
        """Tells those who read an order's thread what happened to the order.

        Raises: subject.not_found.
        """
        answer = await self._call("orders.create_system_event_message", {"orderNumber": order_number, "event": event, "storeId": store_id})
        return d.order_message_dto(answer)


class AsyncEngineCalls(AsyncCaller):
    """What the engine does without anybody's order."""

    __slots__ = ()

    async def tick(self) -> m.Tick:
        """Wakes what is due, makes checkpoints, and says when to call again."""
        answer = await self._call("engine.tick", {})
        return d.tick(answer)

    async def snapshot(self) -> m.LogEntry:
        """One entry in place of every entry of the host's log up to its position, without
        what was redacted or erased. The host may delete those entries and put this one
        there, in one step.

        Raises: store.unsupported.
        """
        answer = await self._call("engine.snapshot", {})
        return d.log_entry(answer)

    async def set_clock(self, now: datetime) -> None:
        """Sets the clock of an engine that was opened reproducible."""
        await self._call("engine.set_clock", {"now": now})

    async def panic(self) -> None:
        """Fails as a defect of the library would, in an engine that was opened
        reproducible: for tests of a host's error handling."""
        await self._call("engine.panic", {})
