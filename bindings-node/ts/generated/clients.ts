// Written by core/codegen from the operation table; do not edit.

import type * as t from './types.js';
import { Caller } from '../runtime.js';

/* eslint-disable @typescript-eslint/no-explicit-any -- what comes is JSON */

function reviveAuditRecord(it: any): t.AuditRecord {
  it.at = new Date(it.at);
  return it;
}

function reviveCustomerMessageDto(it: any): t.CustomerMessageDto {
  it.createdAt = new Date(it.createdAt);
  if (it.readAt != null) it.readAt = new Date(it.readAt);
  return it;
}

function reviveDelta(it: any): t.Delta {
  for (const each of it.messages) reviveMessage(each);
  if (it.thread != null) reviveThread(it.thread);
  return it;
}

function reviveEvent(it: any): t.Event {
  it.at = new Date(it.at);
  return it;
}

function reviveFound(it: any): t.Found {
  for (const each of it.hits) reviveHit(each);
  return it;
}

function reviveHit(it: any): t.Hit {
  reviveMessage(it.message);
  reviveThread(it.thread);
  return it;
}

function reviveMessage(it: any): t.Message {
  for (const each of it.readBy) reviveReadBy(each);
  it.createdAt = new Date(it.createdAt);
  if (it.correctedAt != null) it.correctedAt = new Date(it.correctedAt);
  if (it.occurredAt != null) it.occurredAt = new Date(it.occurredAt);
  if (it.readAt != null) it.readAt = new Date(it.readAt);
  return it;
}

function reviveMessageList(it: any): t.MessageList {
  for (const each of it.messages) reviveMessage(each);
  if (it.thread != null) reviveThread(it.thread);
  return it;
}

function reviveOrderMessageDto(it: any): t.OrderMessageDto {
  for (const each of it.readBy) reviveReadReceiptDto(each);
  it.createdAt = new Date(it.createdAt);
  return it;
}

function reviveOrderMessageSearchResult(it: any): t.OrderMessageSearchResult {
  for (const each of it.messages) reviveOrderMessageDto(each);
  return it;
}

function reviveOrderThreadDto(it: any): t.OrderThreadDto {
  if (it.lastMessageAt != null) it.lastMessageAt = new Date(it.lastMessageAt);
  it.createdAt = new Date(it.createdAt);
  return it;
}

function reviveOrderThreadMessages(it: any): t.OrderThreadMessages {
  if (it.thread != null) reviveOrderThreadDto(it.thread);
  for (const each of it.messages) reviveOrderMessageDto(each);
  return it;
}

function reviveParticipant(it: any): t.Participant {
  it.joinedAt = new Date(it.joinedAt);
  if (it.leftAt != null) it.leftAt = new Date(it.leftAt);
  return it;
}

function reviveParty(it: any): t.Party {
  it.createdAt = new Date(it.createdAt);
  return it;
}

function revivePublicDelta(it: any): t.PublicDelta {
  for (const each of it.messages) revivePublicMessage(each);
  if (it.thread != null) revivePublicThread(it.thread);
  return it;
}

function revivePublicEvent(it: any): t.PublicEvent {
  it.at = new Date(it.at);
  return it;
}

function revivePublicEvents(it: any): t.PublicEvents {
  for (const each of it.events) revivePublicEvent(each);
  return it;
}

function revivePublicFound(it: any): t.PublicFound {
  for (const each of it.hits) revivePublicHit(each);
  return it;
}

function revivePublicHit(it: any): t.PublicHit {
  revivePublicMessage(it.message);
  revivePublicThread(it.thread);
  return it;
}

function revivePublicMessage(it: any): t.PublicMessage {
  for (const each of it.readBy) revivePublicReadBy(each);
  it.createdAt = new Date(it.createdAt);
  if (it.correctedAt != null) it.correctedAt = new Date(it.correctedAt);
  if (it.occurredAt != null) it.occurredAt = new Date(it.occurredAt);
  return it;
}

function revivePublicMessageList(it: any): t.PublicMessageList {
  for (const each of it.messages) revivePublicMessage(each);
  if (it.thread != null) revivePublicThread(it.thread);
  return it;
}

function revivePublicReadBy(it: any): t.PublicReadBy {
  it.at = new Date(it.at);
  return it;
}

function revivePublicThread(it: any): t.PublicThread {
  it.createdAt = new Date(it.createdAt);
  if (it.lastMessageAt != null) it.lastMessageAt = new Date(it.lastMessageAt);
  return it;
}

function revivePublicThreadList(it: any): t.PublicThreadList {
  for (const each of it.threads) revivePublicThread(each);
  return it;
}

function reviveReadBy(it: any): t.ReadBy {
  it.at = new Date(it.at);
  return it;
}

function reviveReadReceiptDto(it: any): t.ReadReceiptDto {
  it.readAt = new Date(it.readAt);
  return it;
}

function reviveRevision(it: any): t.Revision {
  it.at = new Date(it.at);
  return it;
}

function reviveSubject(it: any): t.Subject {
  it.createdAt = new Date(it.createdAt);
  return it;
}

function reviveThread(it: any): t.Thread {
  it.activeAt = new Date(it.activeAt);
  it.publicActiveAt = new Date(it.publicActiveAt);
  it.createdAt = new Date(it.createdAt);
  if (it.closedAt != null) it.closedAt = new Date(it.closedAt);
  if (it.firstResponseAt != null) it.firstResponseAt = new Date(it.firstResponseAt);
  if (it.lastCustomerMessageAt != null) it.lastCustomerMessageAt = new Date(it.lastCustomerMessageAt);
  if (it.resolvedAt != null) it.resolvedAt = new Date(it.resolvedAt);
  if (it.snoozedUntil != null) it.snoozedUntil = new Date(it.snoozedUntil);
  if (it.waitingSince != null) it.waitingSince = new Date(it.waitingSince);
  return it;
}

function reviveThreadList(it: any): t.ThreadList {
  for (const each of it.threads) reviveThread(each);
  return it;
}

function reviveTick(it: any): t.Tick {
  if (it.next != null) it.next = new Date(it.next);
  return it;
}

function reviveTrail(it: any): t.Trail {
  for (const each of it.entries) reviveTrailEntry(each);
  return it;
}

function reviveTrailEntry(it: any): t.TrailEntry {
  reviveAuditRecord(it.record);
  return it;
}

/** What the business does. */
export class Desk extends Caller {
  /**
   * Posts a message; the first one begins the thread. Its author is the principal.
   *
   * @throws thread.not_found, thread.closed, message.not_found
   */
  async post(target: t.TargetInput, message: t.PostMessage): Promise<t.Message> {
    return reviveMessage(await this.call('message.post', { target, message }));
  }

  /**
   * A message, if the principal may see it.
   *
   * @throws message.not_found
   */
  async message(message: t.MessageId): Promise<t.Message> {
    return reviveMessage(await this.call('message.get', { message }));
  }

  /**
   * A page of a conversation's messages, with its thread. Threads that were merged into it are read as one.
   *
   * @throws thread.not_found, message.not_found
   */
  async messages(target: t.TargetInput, query?: t.MessageQuery | undefined): Promise<t.MessageList> {
    return reviveMessageList(await this.call('message.list', { target, query }));
  }

  /**
   * What has changed in a conversation since a cursor: for polling. Begin with cursor 0.
   *
   * @throws thread.not_found
   */
  async changesSince(target: t.TargetInput, cursor?: number | undefined): Promise<t.Delta> {
    return reviveDelta(await this.call('message.changes_since', { target, cursor }));
  }

  /**
   * Finds messages that the principal may see, newest first.
   *
   * @throws message.not_found
   */
  async search(filter?: t.MessageFilter | undefined): Promise<t.Found> {
    return reviveFound(await this.call('message.search', { filter }));
  }

  /**
   * Corrects a message of one's own: the correction is shown in its place, the original stays.
   *
   * @throws message.not_found, message.state
   */
  async correct(message: t.MessageId, text: string): Promise<t.Message> {
    return reviveMessage(await this.call('message.correct', { message, text }));
  }

  /**
   * Takes a message of one's own back.
   *
   * @throws message.not_found, message.state
   */
  async retract(message: t.MessageId): Promise<t.Message> {
    return reviveMessage(await this.call('message.retract', { message }));
  }

  /**
   * Puts an emoji on a message, or takes it away again.
   *
   * @throws message.not_found
   */
  async react(message: t.MessageId, emoji: string): Promise<t.Message> {
    return reviveMessage(await this.call('message.react', { message, emoji }));
  }

  /**
   * Marks a message read. Marking it again changes nothing.
   *
   * @throws message.not_found
   */
  async markRead(message: t.MessageId): Promise<t.Message> {
    return reviveMessage(await this.call('message.mark_read', { message }));
  }

  /**
   * Marks everything read that the principal may see, and says how much that was.
   *
   * @throws thread.not_found
   */
  async markAllRead(target: t.TargetInput): Promise<number> {
    return await this.call('message.mark_all_read', { target });
  }

  /**
   * How many unread messages many conversations have, in their order; `null` for those without a thread, or that the principal may not see.
   */
  async unreadCounts(options: { subjects?: t.SubjectInput[] | undefined; threads?: t.ThreadId[] | undefined } = {}): Promise<(number | null)[]> {
    return await this.call('message.unread_counts', { ...options });
  }

  /**
   * The thread of a subject, begun if there is none.
   *
   * @throws thread.not_found
   */
  async ensureThread(target: t.TargetInput): Promise<t.Thread> {
    return reviveThread(await this.call('thread.ensure', { target }));
  }

  /**
   * A thread.
   *
   * @throws thread.not_found
   */
  async thread(target: t.TargetInput): Promise<t.Thread> {
    return reviveThread(await this.call('thread.get', { target }));
  }

  /**
   * A page of the threads that the principal may see, the most recently active first.
   */
  async threads(query?: t.ThreadQuery | undefined): Promise<t.ThreadList> {
    return reviveThreadList(await this.call('thread.list', { query }));
  }

  /**
   * Turns notifications of a thread off or on for the principal.
   *
   * @throws thread.not_found
   */
  async mute(target: t.TargetInput, muted: boolean): Promise<t.Thread> {
    return reviveThread(await this.call('thread.mute', { target, muted }));
  }

  /**
   * Whether the principal may do something with a conversation.
   */
  async may(action: t.Action, target: t.TargetInput): Promise<boolean> {
    return await this.call('access.may', { action, target });
  }

  /**
   * Why the principal may, or may not, do something with a conversation.
   */
  async explain(action: t.Action, target: t.TargetInput): Promise<t.Explanation> {
    return await this.call('access.explain', { action, target });
  }

  /**
   * Tells a conversation that something happened, in the name of the software.
   *
   * @throws thread.not_found
   */
  async systemEvent(target: t.TargetInput, event: t.SystemEvent): Promise<t.Message> {
    return reviveMessage(await this.call('message.system_event', { target, event }));
  }

  /**
   * Removes parts or all of a message's text, for a reason.
   *
   * @throws message.not_found
   */
  async redact(message: t.MessageId, what: t.Redaction, reason: string): Promise<t.Message> {
    return reviveMessage(await this.call('message.redact', { message, what, reason }));
  }

  /**
   * A message in all its versions, the first one first.
   *
   * @throws message.not_found
   */
  async history(message: t.MessageId): Promise<t.Revision[]> {
    return (await this.call('message.history', { message })).map(reviveRevision);
  }

  /**
   * Who should learn of a message.
   *
   * @throws message.not_found
   */
  async recipients(message: t.MessageId): Promise<t.Recipient[]> {
    return await this.call('message.recipients', { message });
  }

  /**
   * Makes a message, and those after it, unread again.
   *
   * @throws message.not_found
   */
  async markUnread(message: t.MessageId): Promise<t.Message> {
    return reviveMessage(await this.call('message.mark_unread', { message }));
  }

  /**
   * Closes a thread.
   *
   * @throws thread.not_found, thread.transition
   */
  async close(target: t.TargetInput): Promise<t.Thread> {
    return reviveThread(await this.call('thread.close', { target }));
  }

  /**
   * Opens a thread again.
   *
   * @throws thread.not_found, thread.transition
   */
  async reopen(target: t.TargetInput): Promise<t.Thread> {
    return reviveThread(await this.call('thread.reopen', { target }));
  }

  /**
   * Says that a thread is answered.
   *
   * @throws thread.not_found, thread.transition
   */
  async resolve(target: t.TargetInput): Promise<t.Thread> {
    return reviveThread(await this.call('thread.resolve', { target }));
  }

  /**
   * Says that a thread waits for the customer or a third party.
   *
   * @throws thread.not_found, thread.transition
   */
  async pend(target: t.TargetInput): Promise<t.Thread> {
    return reviveThread(await this.call('thread.pend', { target }));
  }

  /**
   * Puts a thread out of sight until an instant, or until the customer writes.
   *
   * @throws thread.not_found, thread.transition
   */
  async snooze(target: t.TargetInput, until: t.Timestamp): Promise<t.Thread> {
    return reviveThread(await this.call('thread.snooze', { target, until }));
  }

  /**
   * Says who answers for a thread; nobody when `to` is absent.
   *
   * @throws thread.not_found, party.not_found
   */
  async assign(target: t.TargetInput, to?: t.Ref | null | undefined): Promise<t.Thread> {
    return reviveThread(await this.call('thread.assign', { target, to }));
  }

  /**
   * Says how urgent a thread is.
   *
   * @throws thread.not_found
   */
  async prioritise(target: t.TargetInput, priority: t.Priority): Promise<t.Thread> {
    return reviveThread(await this.call('thread.prioritise', { target, priority }));
  }

  /**
   * Adds and removes tags. Tags are compared in lower case.
   *
   * @throws thread.not_found
   */
  async tag(target: t.TargetInput, options: { add?: string[] | undefined; remove?: string[] | undefined } = {}): Promise<t.Thread> {
    return reviveThread(await this.call('thread.tag', { ...options, target }));
  }

  /**
   * Makes somebody a participant of a thread.
   *
   * @throws thread.not_found, party.not_found
   */
  async addParticipant(target: t.TargetInput, party: t.Ref, role: t.Role): Promise<t.Thread> {
    return reviveThread(await this.call('thread.add_participant', { target, party, role }));
  }

  /**
   * Ends somebody's participation.
   *
   * @throws thread.not_found, party.not_found
   */
  async removeParticipant(target: t.TargetInput, party: t.Ref): Promise<t.Thread> {
    return reviveThread(await this.call('thread.remove_participant', { target, party }));
  }

  /**
   * Who takes part in a thread, those who left included.
   *
   * @throws thread.not_found
   */
  async participants(target: t.TargetInput): Promise<t.Participant[]> {
    return (await this.call('thread.participants', { target })).map(reviveParticipant);
  }

  /**
   * Changes a thread only if it still has the version that the caller has seen.
   *
   * @throws thread.not_found, thread.transition, version.stale
   */
  async changeThread(target: t.TargetInput, change: t.ThreadChange, expectedVersion: number): Promise<t.Thread> {
    return reviveThread(await this.call('thread.change', { target, change, expectedVersion }));
  }

  /**
   * Lets one thread go on in another one of the same customer.
   *
   * @throws thread.not_found, thread.merge
   */
  async merge(from: t.TargetInput, into: t.TargetInput): Promise<t.Thread> {
    return reviveThread(await this.call('thread.merge', { from, into }));
  }

  /**
   * Stores a customer, supplier, colleague or service of the host's.
   */
  async putParty(party: t.PutParty): Promise<t.PartyId> {
    return await this.call('party.put', { party });
  }

  /**
   * A party.
   *
   * @throws party.not_found
   */
  async party(party: t.Ref): Promise<t.Party> {
    return reviveParty(await this.call('party.get', { party }));
  }

  /**
   * Erases a person: name, texts, addresses. What happened stays, without them.
   *
   * @throws party.not_found
   */
  async eraseParty(party: t.Ref, reason: string): Promise<t.PartyId> {
    return await this.call('party.erase', { party, reason });
  }

  /**
   * Stores a storefront of the host's.
   */
  async putStorefront(storefront: t.PutStorefront): Promise<t.StoreId> {
    return await this.call('store.put', { storefront });
  }

  /**
   * Stores a job, order or other subject of the host's, with who owns and who fulfils it.
   *
   * @throws reference.taken
   */
  async putSubject(subject: t.PutSubject): Promise<t.SubjectId> {
    return await this.call('subject.put', { subject });
  }

  /**
   * A subject.
   *
   * @throws subject.not_found
   */
  async subject(subject: t.SubjectInput): Promise<t.Subject> {
    return reviveSubject(await this.call('subject.get', { subject }));
  }

  /**
   * A subject by the number that people use.
   *
   * @throws subject.not_found
   */
  async subjectNumbered(kind: t.SubjectKind, number: string, store?: t.Ref | null | undefined): Promise<t.Subject> {
    return reviveSubject(await this.call('subject.numbered', { kind, number, store }));
  }

  /**
   * The tenant: its policies and access rules.
   */
  async tenant(): Promise<t.Tenant> {
    return await this.call('tenant.get', {});
  }

  /**
   * Stores the tenant's policies and access rules.
   *
   * @throws access.rule_invalid, version.stale
   */
  async putTenant(tenant: t.TenantInput): Promise<t.Tenant> {
    return await this.call('tenant.put', { tenant });
  }

  /**
   * The events that a consumer has yet to deal with, in order.
   */
  async events(consumer: string, limit?: number | undefined): Promise<t.Event[]> {
    return (await this.call('event.list', { consumer, limit })).map(reviveEvent);
  }

  /**
   * The same, as customers and partners may hear of them, and how far the page goes: internal events count into `limit` and are left out.
   */
  async publicEvents(consumer: string, limit?: number | undefined): Promise<t.PublicEvents> {
    return revivePublicEvents(await this.call('event.list_public', { consumer, limit }));
  }

  /**
   * Says that a consumer has dealt with everything up to a position.
   */
  async consumed(consumer: string, position: number): Promise<void> {
    await this.call('event.consumed', { consumer, position });
  }

  /**
   * A page of the audit trail.
   */
  async audit(options: { after?: number | undefined; thread?: t.ThreadId | null | undefined; limit?: number | undefined } = {}): Promise<t.Trail> {
    return reviveTrail(await this.call('audit.list', { ...options }));
  }

  /**
   * Reads the whole trail and says what is wrong with it. `kept` is a checkpoint that was kept elsewhere.
   */
  async verifyAudit(kept?: string | null | undefined): Promise<t.VerifyReport> {
    return await this.call('audit.verify', { kept });
  }

  /**
   * Makes a checkpoint of the trail, to be kept elsewhere; nothing when there is nothing new.
   */
  async checkpoint(): Promise<string | null> {
    return await this.call('audit.checkpoint', {});
  }

}

/** What customers, suppliers and resellers do. Everything it returns is public. */
export class Portal extends Caller {
  /**
   * Posts a message; the first one begins the thread. Its author is the principal.
   *
   * @throws thread.not_found, thread.closed, message.not_found
   */
  async post(target: t.TargetInput, message: t.PostMessage): Promise<t.PublicMessage> {
    return revivePublicMessage(await this.call('message.post', { target, message }));
  }

  /**
   * A message, if the principal may see it.
   *
   * @throws message.not_found
   */
  async message(message: t.MessageId): Promise<t.PublicMessage> {
    return revivePublicMessage(await this.call('message.get', { message }));
  }

  /**
   * A page of a conversation's messages, with its thread. Threads that were merged into it are read as one.
   *
   * @throws thread.not_found, message.not_found
   */
  async messages(target: t.TargetInput, query?: t.MessageQuery | undefined): Promise<t.PublicMessageList> {
    return revivePublicMessageList(await this.call('message.list', { target, query }));
  }

  /**
   * What has changed in a conversation since a cursor: for polling. Begin with cursor 0.
   *
   * @throws thread.not_found
   */
  async changesSince(target: t.TargetInput, cursor?: number | undefined): Promise<t.PublicDelta> {
    return revivePublicDelta(await this.call('message.changes_since', { target, cursor }));
  }

  /**
   * Finds messages that the principal may see, newest first.
   *
   * @throws message.not_found
   */
  async search(filter?: t.MessageFilter | undefined): Promise<t.PublicFound> {
    return revivePublicFound(await this.call('message.search', { filter }));
  }

  /**
   * Corrects a message of one's own: the correction is shown in its place, the original stays.
   *
   * @throws message.not_found, message.state
   */
  async correct(message: t.MessageId, text: string): Promise<t.PublicMessage> {
    return revivePublicMessage(await this.call('message.correct', { message, text }));
  }

  /**
   * Takes a message of one's own back.
   *
   * @throws message.not_found, message.state
   */
  async retract(message: t.MessageId): Promise<t.PublicMessage> {
    return revivePublicMessage(await this.call('message.retract', { message }));
  }

  /**
   * Puts an emoji on a message, or takes it away again.
   *
   * @throws message.not_found
   */
  async react(message: t.MessageId, emoji: string): Promise<t.PublicMessage> {
    return revivePublicMessage(await this.call('message.react', { message, emoji }));
  }

  /**
   * Marks a message read. Marking it again changes nothing.
   *
   * @throws message.not_found
   */
  async markRead(message: t.MessageId): Promise<t.PublicMessage> {
    return revivePublicMessage(await this.call('message.mark_read', { message }));
  }

  /**
   * Marks everything read that the principal may see, and says how much that was.
   *
   * @throws thread.not_found
   */
  async markAllRead(target: t.TargetInput): Promise<number> {
    return await this.call('message.mark_all_read', { target });
  }

  /**
   * How many unread messages many conversations have, in their order; `null` for those without a thread, or that the principal may not see.
   */
  async unreadCounts(options: { subjects?: t.SubjectInput[] | undefined; threads?: t.ThreadId[] | undefined } = {}): Promise<(number | null)[]> {
    return await this.call('message.unread_counts', { ...options });
  }

  /**
   * The thread of a subject, begun if there is none.
   *
   * @throws thread.not_found
   */
  async ensureThread(target: t.TargetInput): Promise<t.PublicThread> {
    return revivePublicThread(await this.call('thread.ensure', { target }));
  }

  /**
   * A thread.
   *
   * @throws thread.not_found
   */
  async thread(target: t.TargetInput): Promise<t.PublicThread> {
    return revivePublicThread(await this.call('thread.get', { target }));
  }

  /**
   * A page of the threads that the principal may see, the most recently active first.
   */
  async threads(query?: t.ThreadQuery | undefined): Promise<t.PublicThreadList> {
    return revivePublicThreadList(await this.call('thread.list', { query }));
  }

  /**
   * Turns notifications of a thread off or on for the principal.
   *
   * @throws thread.not_found
   */
  async mute(target: t.TargetInput, muted: boolean): Promise<t.PublicThread> {
    return revivePublicThread(await this.call('thread.mute', { target, muted }));
  }

  /**
   * Whether the principal may do something with a conversation.
   */
  async may(action: t.Action, target: t.TargetInput): Promise<boolean> {
    return await this.call('access.may', { action, target });
  }

  /**
   * Why the principal may, or may not, do something with a conversation.
   */
  async explain(action: t.Action, target: t.TargetInput): Promise<t.Explanation> {
    return await this.call('access.explain', { action, target });
  }

}

/** The messages to the customers of jobs. */
export class JobTimeline extends Caller {
  /**
   * The messages to the customer of a job, oldest first.
   *
   * @throws thread.not_found
   */
  async getMessagesForJob(jobId: string): Promise<t.CustomerMessageDto[]> {
    return (await this.call('jobs.get_messages_for_job', { jobId })).map(reviveCustomerMessageDto);
  }

  /**
   * Posts a message to the customer of a job.
   *
   * @throws thread.not_found
   */
  async createMessageForJob(jobId: string, message: t.CreateCustomerMessageInput): Promise<t.CustomerMessageDto> {
    return reviveCustomerMessageDto(await this.call('jobs.create_message_for_job', { jobId, message }));
  }

  /**
   * Marks a job's messages read for its customer.
   *
   * @throws subject.not_found, thread.not_found
   */
  async markMessagesReadForJob(jobId: string): Promise<t.MarkedRead> {
    return await this.call('jobs.mark_messages_read_for_job', { jobId });
  }

  /**
   * How many unread messages the customer of a job has.
   */
  async unreadCountForJob(jobId: string): Promise<number> {
    return await this.call('jobs.unread_count_for_job', { jobId });
  }

}

/** The threads of orders. */
export class OrderMessages extends Caller {
  /**
   * Posts a message to an order's thread.
   *
   * @throws thread.not_found, thread.closed
   */
  async createMessage(orderId: string, message: t.CreateOrderMessage): Promise<t.OrderMessageDto> {
    return reviveOrderMessageDto(await this.call('orders.create_message', { orderId, message }));
  }

  /**
   * An order's thread with its messages, oldest first.
   *
   * @throws thread.not_found
   */
  async getMessages(orderId: string): Promise<t.OrderThreadMessages> {
    return reviveOrderThreadMessages(await this.call('orders.get_messages', { orderId }));
  }

  /**
   * Marks a message of an order's thread read.
   *
   * @throws message.not_found
   */
  async markMessageRead(messageId: t.MessageId, role?: t.Role | null | undefined): Promise<t.OrderMessageDto> {
    return reviveOrderMessageDto(await this.call('orders.mark_message_read', { messageId, role }));
  }

  /**
   * Closes an order's thread.
   *
   * @throws thread.not_found, thread.transition
   */
  async closeThread(orderId: string): Promise<t.OrderThreadDto> {
    return reviveOrderThreadDto(await this.call('orders.close_thread', { orderId }));
  }

  /**
   * Finds messages of orders, for administrators.
   */
  async searchMessages(query?: t.OrderMessageSearch | undefined): Promise<t.OrderMessageSearchResult> {
    return reviveOrderMessageSearchResult(await this.call('orders.search_messages', { query }));
  }

  /**
   * Tells those who read an order's thread what happened to the order.
   *
   * @throws subject.not_found
   */
  async createSystemEventMessage(orderNumber: string, event: t.SystemEvent, storeId?: string | null | undefined): Promise<t.OrderMessageDto> {
    return reviveOrderMessageDto(await this.call('orders.create_system_event_message', { orderNumber, event, storeId }));
  }

}

/** What the engine does without anybody's order. */
export class EngineCalls extends Caller {
  /**
   * Wakes what is due, makes checkpoints, and says when to call again.
   */
  async tick(): Promise<t.Tick> {
    return reviveTick(await this.call('engine.tick', {}));
  }

  /**
   * One entry in place of every entry of the host's log up to its position, without what was redacted or erased. The host may delete those entries and put this one there, in one step.
   *
   * @throws store.unsupported
   */
  async snapshot(): Promise<t.LogEntry> {
    return await this.call('engine.snapshot', {});
  }

  /**
   * Sets the clock of an engine that was opened reproducible.
   */
  async setClock(now: t.Timestamp): Promise<void> {
    await this.call('engine.set_clock', { now });
  }

  /**
   * Fails as a defect of the library would, in an engine that was opened reproducible: for tests of a host's error handling.
   */
  async panic(): Promise<void> {
    await this.call('engine.panic', {});
  }

}
