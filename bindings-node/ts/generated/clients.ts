// Written by core/codegen from the operation table; do not edit.

import type * as t from './types.js';
import { Caller, column, instant, records } from '../runtime.js';

/* eslint-disable @typescript-eslint/no-explicit-any -- what comes is JSON */

function receiveAnswered(it: any): t.Answered {
  it.warnings = records(it.warnings);
  return it;
}

function receiveChannelMessageResult(it: any): t.ChannelMessageResult {
  if (it.message != null) reviveOrderMessageDto(it.message);
  return it;
}

function receiveCustomerMessageDto(it: any): t.CustomerMessageDto {
  it.createdAt = new Date(it.createdAt);
  if (it.readAt != null) it.readAt = new Date(it.readAt);
  return it;
}

function receiveDelta(it: any): t.Delta {
  it.messages = receiveManyMessage(it.messages);
  if (it.thread != null) reviveThread(it.thread);
  return it;
}

function receiveExplanation(it: any): t.Explanation {
  it.lacking = records(it.lacking);
  return it;
}

function receiveFollowup(it: any): t.Followup {
  it.createdAt = new Date(it.createdAt);
  if (it.dueAt != null) it.dueAt = new Date(it.dueAt);
  if (it.occurredAt != null) it.occurredAt = new Date(it.occurredAt);
  return it;
}

function receiveFound(it: any): t.Found {
  it.hits = receiveManyHit(it.hits);
  return it;
}

function receiveGreeting(it: any): t.Greeting {
  it.upcoming = records(it.upcoming);
  return it;
}

function receiveIngested(it: any): t.Ingested {
  if (it.message != null) reviveMessage(it.message);
  if (it.triage != null) reviveTriageItem(it.triage);
  return it;
}

function receiveLifetimeValues(it: any): t.LifetimeValues {
  it.reference = new Date(it.reference);
  it.customers = records(it.customers);
  return it;
}

function receiveManyCustomerMessageDto(list: any): t.CustomerMessageDto[] {
  if (Array.isArray(list)) return list.map(reviveCustomerMessageDto);
  const $id = column(list, 'id');
  const $jobId = column(list, 'jobId');
  const $type = column(list, 'type');
  const $channel = column(list, 'channel');
  const $source = column(list, 'source');
  const $title = column(list, 'title');
  const $body = column(list, 'body');
  const $createdAt = column(list, 'createdAt');
  const $readAt = column(list, 'readAt');
  const $metadataJson = column(list, 'metadataJson');
  const rows: t.CustomerMessageDto[] = new Array(list.rows);
  for (let row = 0; row < list.rows; row++) {
    const it: any = {
      id: $id[row],
      jobId: $jobId[row],
      type: $type[row],
      channel: $channel[row],
      source: $source[row],
      title: $title[row],
      body: $body[row],
      createdAt: new Date($createdAt[row]),
      readAt: instant($readAt[row]),
      metadataJson: $metadataJson[row],
    };
    rows[row] = it;
  }
  return rows;
}

function receiveManyEvent(list: any): t.Event[] {
  if (Array.isArray(list)) return list.map(reviveEvent);
  const $id = column(list, 'id');
  const $tenant = column(list, 'tenant');
  const $position = column(list, 'position');
  const $seq = column(list, 'seq');
  const $stream = column(list, 'stream');
  const $type = column(list, 'type');
  const $at = column(list, 'at');
  const $actorKind = column(list, 'actorKind');
  const $depth = column(list, 'depth');
  const $visibility = column(list, 'visibility');
  const $data = column(list, 'data');
  const $actor = column(list, 'actor');
  const $causation = column(list, 'causation');
  const $correlation = column(list, 'correlation');
  const $onBehalfOf = column(list, 'onBehalfOf');
  const $publicSeq = column(list, 'publicSeq');
  const $store = column(list, 'store');
  const rows: t.Event[] = new Array(list.rows);
  for (let row = 0; row < list.rows; row++) {
    const it: any = {
      id: $id[row],
      tenant: $tenant[row],
      position: $position[row],
      seq: $seq[row],
      stream: $stream[row],
      type: $type[row],
      at: new Date($at[row]),
      actorKind: $actorKind[row],
      depth: $depth[row],
      visibility: $visibility[row],
      data: $data[row],
    };
    if ($actor[row] !== undefined) it.actor = $actor[row];
    if ($causation[row] !== undefined) it.causation = $causation[row];
    if ($correlation[row] !== undefined) it.correlation = $correlation[row];
    if ($onBehalfOf[row] !== undefined) it.onBehalfOf = $onBehalfOf[row];
    if ($publicSeq[row] !== undefined) it.publicSeq = $publicSeq[row];
    if ($store[row] !== undefined) it.store = $store[row];
    rows[row] = it;
  }
  return rows;
}

function receiveManyFollowup(list: any): t.Followup[] {
  if (Array.isArray(list)) return list.map(reviveFollowup);
  const $id = column(list, 'id');
  const $tenant = column(list, 'tenant');
  const $customer = column(list, 'customer');
  const $kind = column(list, 'kind');
  const $state = column(list, 'state');
  const $createdAt = column(list, 'createdAt');
  const $version = column(list, 'version');
  const $dueAt = column(list, 'dueAt');
  const $job = column(list, 'job');
  const $loggedBy = column(list, 'loggedBy');
  const $note = column(list, 'note');
  const $occurredAt = column(list, 'occurredAt');
  const $result = column(list, 'result');
  const $store = column(list, 'store');
  const rows: t.Followup[] = new Array(list.rows);
  for (let row = 0; row < list.rows; row++) {
    const it: any = {
      id: $id[row],
      tenant: $tenant[row],
      customer: $customer[row],
      kind: $kind[row],
      state: $state[row],
      createdAt: new Date($createdAt[row]),
      version: $version[row],
    };
    if ($dueAt[row] !== undefined) it.dueAt = instant($dueAt[row]);
    if ($job[row] !== undefined) it.job = $job[row];
    if ($loggedBy[row] !== undefined) it.loggedBy = $loggedBy[row];
    if ($note[row] !== undefined) it.note = $note[row];
    if ($occurredAt[row] !== undefined) it.occurredAt = instant($occurredAt[row]);
    if ($result[row] !== undefined) it.result = $result[row];
    if ($store[row] !== undefined) it.store = $store[row];
    rows[row] = it;
  }
  return rows;
}

function receiveManyHit(list: any): t.Hit[] {
  if (Array.isArray(list)) return list.map(reviveHit);
  const $message = column(list, 'message');
  const $thread = column(list, 'thread');
  const $snippet = column(list, 'snippet');
  const rows: t.Hit[] = new Array(list.rows);
  for (let row = 0; row < list.rows; row++) {
    const it: any = {
      message: $message[row],
      thread: $thread[row],
      snippet: $snippet[row],
    };
    reviveMessage(it.message);
    reviveThread(it.thread);
    rows[row] = it;
  }
  return rows;
}

function receiveManyMessage(list: any): t.Message[] {
  if (Array.isArray(list)) return list.map(reviveMessage);
  const $id = column(list, 'id');
  const $thread = column(list, 'thread');
  const $seq = column(list, 'seq');
  const $author = column(list, 'author');
  const $origin = column(list, 'origin');
  const $topic = column(list, 'topic');
  const $kind = column(list, 'kind');
  const $visibility = column(list, 'visibility');
  const $via = column(list, 'via');
  const $intended = column(list, 'intended');
  const $format = column(list, 'format');
  const $state = column(list, 'state');
  const $text = column(list, 'text');
  const $attachments = column(list, 'attachments');
  const $reactions = column(list, 'reactions');
  const $readBy = column(list, 'readBy');
  const $isRead = column(list, 'isRead');
  const $unread = column(list, 'unread');
  const $createdAt = column(list, 'createdAt');
  const $correctedAt = column(list, 'correctedAt');
  const $language = column(list, 'language');
  const $metadata = column(list, 'metadata');
  const $occurredAt = column(list, 'occurredAt');
  const $onBehalfOf = column(list, 'onBehalfOf');
  const $original = column(list, 'original');
  const $publicSeq = column(list, 'publicSeq');
  const $readAt = column(list, 'readAt');
  const $replyTo = column(list, 'replyTo');
  const $title = column(list, 'title');
  const rows: t.Message[] = new Array(list.rows);
  for (let row = 0; row < list.rows; row++) {
    const it: any = {
      id: $id[row],
      thread: $thread[row],
      seq: $seq[row],
      author: $author[row],
      origin: $origin[row],
      topic: $topic[row],
      kind: $kind[row],
      visibility: $visibility[row],
      via: $via[row],
      intended: $intended[row],
      format: $format[row],
      state: $state[row],
      text: $text[row],
      attachments: $attachments[row],
      reactions: $reactions[row],
      readBy: $readBy[row],
      isRead: $isRead[row],
      unread: $unread[row],
      createdAt: new Date($createdAt[row]),
    };
    if ($correctedAt[row] !== undefined) it.correctedAt = instant($correctedAt[row]);
    if ($language[row] !== undefined) it.language = $language[row];
    if ($metadata[row] !== undefined) it.metadata = $metadata[row];
    if ($occurredAt[row] !== undefined) it.occurredAt = instant($occurredAt[row]);
    if ($onBehalfOf[row] !== undefined) it.onBehalfOf = $onBehalfOf[row];
    if ($original[row] !== undefined) it.original = $original[row];
    if ($publicSeq[row] !== undefined) it.publicSeq = $publicSeq[row];
    if ($readAt[row] !== undefined) it.readAt = instant($readAt[row]);
    if ($replyTo[row] !== undefined) it.replyTo = $replyTo[row];
    if ($title[row] !== undefined) it.title = $title[row];
    for (const each of it.readBy) reviveReadBy(each);
    rows[row] = it;
  }
  return rows;
}

function receiveManyOrderMessageDto(list: any): t.OrderMessageDto[] {
  if (Array.isArray(list)) return list.map(reviveOrderMessageDto);
  const $id = column(list, 'id');
  const $threadId = column(list, 'threadId');
  const $orderId = column(list, 'orderId');
  const $storeId = column(list, 'storeId');
  const $senderRole = column(list, 'senderRole');
  const $senderId = column(list, 'senderId');
  const $channel = column(list, 'channel');
  const $messageType = column(list, 'messageType');
  const $content = column(list, 'content');
  const $attachments = column(list, 'attachments');
  const $isRead = column(list, 'isRead');
  const $readBy = column(list, 'readBy');
  const $isInternal = column(list, 'isInternal');
  const $createdAt = column(list, 'createdAt');
  const $metadata = column(list, 'metadata');
  const rows: t.OrderMessageDto[] = new Array(list.rows);
  for (let row = 0; row < list.rows; row++) {
    const it: any = {
      id: $id[row],
      threadId: $threadId[row],
      orderId: $orderId[row],
      storeId: $storeId[row],
      senderRole: $senderRole[row],
      senderId: $senderId[row],
      channel: $channel[row],
      messageType: $messageType[row],
      content: $content[row],
      attachments: $attachments[row],
      isRead: $isRead[row],
      readBy: $readBy[row],
      isInternal: $isInternal[row],
      createdAt: new Date($createdAt[row]),
    };
    if ($metadata[row] !== undefined) it.metadata = $metadata[row];
    for (const each of it.readBy) reviveReadReceiptDto(each);
    rows[row] = it;
  }
  return rows;
}

function receiveManyParticipant(list: any): t.Participant[] {
  if (Array.isArray(list)) return list.map(reviveParticipant);
  const $thread = column(list, 'thread');
  const $party = column(list, 'party');
  const $role = column(list, 'role');
  const $joinedAt = column(list, 'joinedAt');
  const $muted = column(list, 'muted');
  const $leftAt = column(list, 'leftAt');
  const rows: t.Participant[] = new Array(list.rows);
  for (let row = 0; row < list.rows; row++) {
    const it: any = {
      thread: $thread[row],
      party: $party[row],
      role: $role[row],
      joinedAt: new Date($joinedAt[row]),
      muted: $muted[row],
    };
    if ($leftAt[row] !== undefined) it.leftAt = instant($leftAt[row]);
    rows[row] = it;
  }
  return rows;
}

function receiveManyPublicEvent(list: any): t.PublicEvent[] {
  if (Array.isArray(list)) return list.map(revivePublicEvent);
  const $id = column(list, 'id');
  const $number = column(list, 'number');
  const $type = column(list, 'type');
  const $at = column(list, 'at');
  const $thread = column(list, 'thread');
  const $message = column(list, 'message');
  const rows: t.PublicEvent[] = new Array(list.rows);
  for (let row = 0; row < list.rows; row++) {
    const it: any = {
      id: $id[row],
      number: $number[row],
      type: $type[row],
      at: new Date($at[row]),
      thread: $thread[row],
    };
    if ($message[row] !== undefined) it.message = $message[row];
    rows[row] = it;
  }
  return rows;
}

function receiveManyPublicHit(list: any): t.PublicHit[] {
  if (Array.isArray(list)) return list.map(revivePublicHit);
  const $message = column(list, 'message');
  const $thread = column(list, 'thread');
  const $snippet = column(list, 'snippet');
  const rows: t.PublicHit[] = new Array(list.rows);
  for (let row = 0; row < list.rows; row++) {
    const it: any = {
      message: $message[row],
      thread: $thread[row],
      snippet: $snippet[row],
    };
    revivePublicMessage(it.message);
    revivePublicThread(it.thread);
    rows[row] = it;
  }
  return rows;
}

function receiveManyPublicMessage(list: any): t.PublicMessage[] {
  if (Array.isArray(list)) return list.map(revivePublicMessage);
  const $id = column(list, 'id');
  const $thread = column(list, 'thread');
  const $number = column(list, 'number');
  const $authorRole = column(list, 'authorRole');
  const $mine = column(list, 'mine');
  const $origin = column(list, 'origin');
  const $topic = column(list, 'topic');
  const $kind = column(list, 'kind');
  const $via = column(list, 'via');
  const $intended = column(list, 'intended');
  const $format = column(list, 'format');
  const $state = column(list, 'state');
  const $text = column(list, 'text');
  const $attachments = column(list, 'attachments');
  const $reactions = column(list, 'reactions');
  const $readBy = column(list, 'readBy');
  const $unread = column(list, 'unread');
  const $createdAt = column(list, 'createdAt');
  const $correctedAt = column(list, 'correctedAt');
  const $language = column(list, 'language');
  const $occurredAt = column(list, 'occurredAt');
  const $replyTo = column(list, 'replyTo');
  const $title = column(list, 'title');
  const rows: t.PublicMessage[] = new Array(list.rows);
  for (let row = 0; row < list.rows; row++) {
    const it: any = {
      id: $id[row],
      thread: $thread[row],
      number: $number[row],
      authorRole: $authorRole[row],
      mine: $mine[row],
      origin: $origin[row],
      topic: $topic[row],
      kind: $kind[row],
      via: $via[row],
      intended: $intended[row],
      format: $format[row],
      state: $state[row],
      text: $text[row],
      attachments: $attachments[row],
      reactions: $reactions[row],
      readBy: $readBy[row],
      unread: $unread[row],
      createdAt: new Date($createdAt[row]),
    };
    if ($correctedAt[row] !== undefined) it.correctedAt = instant($correctedAt[row]);
    if ($language[row] !== undefined) it.language = $language[row];
    if ($occurredAt[row] !== undefined) it.occurredAt = instant($occurredAt[row]);
    if ($replyTo[row] !== undefined) it.replyTo = $replyTo[row];
    if ($title[row] !== undefined) it.title = $title[row];
    for (const each of it.readBy) revivePublicReadBy(each);
    rows[row] = it;
  }
  return rows;
}

function receiveManyPublicReadBy(list: any): t.PublicReadBy[] {
  if (Array.isArray(list)) return list.map(revivePublicReadBy);
  const $role = column(list, 'role');
  const $at = column(list, 'at');
  const rows: t.PublicReadBy[] = new Array(list.rows);
  for (let row = 0; row < list.rows; row++) {
    const it: any = {
      role: $role[row],
      at: new Date($at[row]),
    };
    rows[row] = it;
  }
  return rows;
}

function receiveManyPublicThread(list: any): t.PublicThread[] {
  if (Array.isArray(list)) return list.map(revivePublicThread);
  const $id = column(list, 'id');
  const $subjectKind = column(list, 'subjectKind');
  const $subject = column(list, 'subject');
  const $customer = column(list, 'customer');
  const $status = column(list, 'status');
  const $messages = column(list, 'messages');
  const $createdAt = column(list, 'createdAt');
  const $lastMessageAt = column(list, 'lastMessageAt');
  const $store = column(list, 'store');
  const rows: t.PublicThread[] = new Array(list.rows);
  for (let row = 0; row < list.rows; row++) {
    const it: any = {
      id: $id[row],
      subjectKind: $subjectKind[row],
      subject: $subject[row],
      customer: $customer[row],
      status: $status[row],
      messages: $messages[row],
      createdAt: new Date($createdAt[row]),
    };
    if ($lastMessageAt[row] !== undefined) it.lastMessageAt = instant($lastMessageAt[row]);
    if ($store[row] !== undefined) it.store = $store[row];
    rows[row] = it;
  }
  return rows;
}

function receiveManyReadBy(list: any): t.ReadBy[] {
  if (Array.isArray(list)) return list.map(reviveReadBy);
  const $party = column(list, 'party');
  const $role = column(list, 'role');
  const $at = column(list, 'at');
  const rows: t.ReadBy[] = new Array(list.rows);
  for (let row = 0; row < list.rows; row++) {
    const it: any = {
      party: $party[row],
      role: $role[row],
      at: new Date($at[row]),
    };
    rows[row] = it;
  }
  return rows;
}

function receiveManyReadReceiptDto(list: any): t.ReadReceiptDto[] {
  if (Array.isArray(list)) return list.map(reviveReadReceiptDto);
  const $role = column(list, 'role');
  const $userId = column(list, 'userId');
  const $readAt = column(list, 'readAt');
  const rows: t.ReadReceiptDto[] = new Array(list.rows);
  for (let row = 0; row < list.rows; row++) {
    const it: any = {
      role: $role[row],
      userId: $userId[row],
      readAt: new Date($readAt[row]),
    };
    rows[row] = it;
  }
  return rows;
}

function receiveManyRevision(list: any): t.Revision[] {
  if (Array.isArray(list)) return list.map(reviveRevision);
  const $at = column(list, 'at');
  const $content = column(list, 'content');
  const rows: t.Revision[] = new Array(list.rows);
  for (let row = 0; row < list.rows; row++) {
    const it: any = {
      at: new Date($at[row]),
      content: $content[row],
    };
    rows[row] = it;
  }
  return rows;
}

function receiveManyStoredPayment(list: any): t.StoredPayment[] {
  if (Array.isArray(list)) return list.map(reviveStoredPayment);
  const $id = column(list, 'id');
  const $tenant = column(list, 'tenant');
  const $customer = column(list, 'customer');
  const $amount = column(list, 'amount');
  const $kind = column(list, 'kind');
  const $paidAt = column(list, 'paidAt');
  const $createdAt = column(list, 'createdAt');
  const $version = column(list, 'version');
  const $method = column(list, 'method');
  const $store = column(list, 'store');
  const $subject = column(list, 'subject');
  const $subjectKind = column(list, 'subjectKind');
  const rows: t.StoredPayment[] = new Array(list.rows);
  for (let row = 0; row < list.rows; row++) {
    const it: any = {
      id: $id[row],
      tenant: $tenant[row],
      customer: $customer[row],
      amount: $amount[row],
      kind: $kind[row],
      paidAt: new Date($paidAt[row]),
      createdAt: new Date($createdAt[row]),
      version: $version[row],
    };
    if ($method[row] !== undefined) it.method = $method[row];
    if ($store[row] !== undefined) it.store = $store[row];
    if ($subject[row] !== undefined) it.subject = $subject[row];
    if ($subjectKind[row] !== undefined) it.subjectKind = $subjectKind[row];
    rows[row] = it;
  }
  return rows;
}

function receiveManyThread(list: any): t.Thread[] {
  if (Array.isArray(list)) return list.map(reviveThread);
  const $id = column(list, 'id');
  const $tenant = column(list, 'tenant');
  const $subjectKind = column(list, 'subjectKind');
  const $subject = column(list, 'subject');
  const $customer = column(list, 'customer');
  const $status = column(list, 'status');
  const $priority = column(list, 'priority');
  const $tags = column(list, 'tags');
  const $counters = column(list, 'counters');
  const $activeAt = column(list, 'activeAt');
  const $publicActiveAt = column(list, 'publicActiveAt');
  const $createdAt = column(list, 'createdAt');
  const $version = column(list, 'version');
  const $assignee = column(list, 'assignee');
  const $closedAt = column(list, 'closedAt');
  const $firstResponseAt = column(list, 'firstResponseAt');
  const $lastCustomerMessageAt = column(list, 'lastCustomerMessageAt');
  const $mergedInto = column(list, 'mergedInto');
  const $resolvedAt = column(list, 'resolvedAt');
  const $snoozedUntil = column(list, 'snoozedUntil');
  const $store = column(list, 'store');
  const $waitingSince = column(list, 'waitingSince');
  const rows: t.Thread[] = new Array(list.rows);
  for (let row = 0; row < list.rows; row++) {
    const it: any = {
      id: $id[row],
      tenant: $tenant[row],
      subjectKind: $subjectKind[row],
      subject: $subject[row],
      customer: $customer[row],
      status: $status[row],
      priority: $priority[row],
      tags: $tags[row],
      counters: $counters[row],
      activeAt: new Date($activeAt[row]),
      publicActiveAt: new Date($publicActiveAt[row]),
      createdAt: new Date($createdAt[row]),
      version: $version[row],
    };
    if ($assignee[row] !== undefined) it.assignee = $assignee[row];
    if ($closedAt[row] !== undefined) it.closedAt = instant($closedAt[row]);
    if ($firstResponseAt[row] !== undefined) it.firstResponseAt = instant($firstResponseAt[row]);
    if ($lastCustomerMessageAt[row] !== undefined) it.lastCustomerMessageAt = instant($lastCustomerMessageAt[row]);
    if ($mergedInto[row] !== undefined) it.mergedInto = $mergedInto[row];
    if ($resolvedAt[row] !== undefined) it.resolvedAt = instant($resolvedAt[row]);
    if ($snoozedUntil[row] !== undefined) it.snoozedUntil = instant($snoozedUntil[row]);
    if ($store[row] !== undefined) it.store = $store[row];
    if ($waitingSince[row] !== undefined) it.waitingSince = instant($waitingSince[row]);
    rows[row] = it;
  }
  return rows;
}

function receiveManyTrailEntry(list: any): t.TrailEntry[] {
  if (Array.isArray(list)) return list.map(reviveTrailEntry);
  const $record = column(list, 'record');
  const $private = column(list, 'private');
  const rows: t.TrailEntry[] = new Array(list.rows);
  for (let row = 0; row < list.rows; row++) {
    const it: any = {
      record: $record[row],
    };
    if ($private[row] !== undefined) it.private = $private[row];
    reviveAuditRecord(it.record);
    rows[row] = it;
  }
  return rows;
}

function receiveManyTriageItem(list: any): t.TriageItem[] {
  if (Array.isArray(list)) return list.map(reviveTriageItem);
  const $id = column(list, 'id');
  const $tenant = column(list, 'tenant');
  const $state = column(list, 'state');
  const $reason = column(list, 'reason');
  const $arrived = column(list, 'arrived');
  const $senders = column(list, 'senders');
  const $candidates = column(list, 'candidates');
  const $receivedAt = column(list, 'receivedAt');
  const $version = column(list, 'version');
  const $message = column(list, 'message');
  const $senderKey = column(list, 'senderKey');
  const $settledAt = column(list, 'settledAt');
  const rows: t.TriageItem[] = new Array(list.rows);
  for (let row = 0; row < list.rows; row++) {
    const it: any = {
      id: $id[row],
      tenant: $tenant[row],
      state: $state[row],
      reason: $reason[row],
      arrived: $arrived[row],
      senders: $senders[row],
      candidates: $candidates[row],
      receivedAt: new Date($receivedAt[row]),
      version: $version[row],
    };
    if ($message[row] !== undefined) it.message = $message[row];
    if ($senderKey[row] !== undefined) it.senderKey = $senderKey[row];
    if ($settledAt[row] !== undefined) it.settledAt = instant($settledAt[row]);
    reviveInboundMessage(it.arrived);
    rows[row] = it;
  }
  return rows;
}

function receiveMessage(it: any): t.Message {
  it.attachments = records(it.attachments);
  it.reactions = records(it.reactions);
  it.readBy = receiveManyReadBy(it.readBy);
  it.createdAt = new Date(it.createdAt);
  if (it.correctedAt != null) it.correctedAt = new Date(it.correctedAt);
  if (it.occurredAt != null) it.occurredAt = new Date(it.occurredAt);
  if (it.readAt != null) it.readAt = new Date(it.readAt);
  return it;
}

function receiveMessageList(it: any): t.MessageList {
  it.messages = receiveManyMessage(it.messages);
  if (it.thread != null) reviveThread(it.thread);
  return it;
}

function receiveOrderMessageDto(it: any): t.OrderMessageDto {
  it.readBy = receiveManyReadReceiptDto(it.readBy);
  it.createdAt = new Date(it.createdAt);
  return it;
}

function receiveOrderMessageSearchResult(it: any): t.OrderMessageSearchResult {
  it.messages = receiveManyOrderMessageDto(it.messages);
  return it;
}

function receiveOrderThreadDto(it: any): t.OrderThreadDto {
  if (it.lastMessageAt != null) it.lastMessageAt = new Date(it.lastMessageAt);
  it.createdAt = new Date(it.createdAt);
  return it;
}

function receiveOrderThreadMessages(it: any): t.OrderThreadMessages {
  if (it.thread != null) reviveOrderThreadDto(it.thread);
  it.messages = receiveManyOrderMessageDto(it.messages);
  return it;
}

function receiveParty(it: any): t.Party {
  it.contacts = records(it.contacts);
  it.createdAt = new Date(it.createdAt);
  return it;
}

function receiveProfitabilityAnalysis(it: any): t.ProfitabilityAnalysis {
  it.financials = records(it.financials);
  return it;
}

function receivePublicDelta(it: any): t.PublicDelta {
  it.messages = receiveManyPublicMessage(it.messages);
  if (it.thread != null) revivePublicThread(it.thread);
  return it;
}

function receivePublicEvents(it: any): t.PublicEvents {
  it.events = receiveManyPublicEvent(it.events);
  return it;
}

function receivePublicFound(it: any): t.PublicFound {
  it.hits = receiveManyPublicHit(it.hits);
  return it;
}

function receivePublicMessage(it: any): t.PublicMessage {
  it.attachments = records(it.attachments);
  it.reactions = records(it.reactions);
  it.readBy = receiveManyPublicReadBy(it.readBy);
  it.createdAt = new Date(it.createdAt);
  if (it.correctedAt != null) it.correctedAt = new Date(it.correctedAt);
  if (it.occurredAt != null) it.occurredAt = new Date(it.occurredAt);
  return it;
}

function receivePublicMessageList(it: any): t.PublicMessageList {
  it.messages = receiveManyPublicMessage(it.messages);
  if (it.thread != null) revivePublicThread(it.thread);
  return it;
}

function receivePublicThread(it: any): t.PublicThread {
  it.createdAt = new Date(it.createdAt);
  if (it.lastMessageAt != null) it.lastMessageAt = new Date(it.lastMessageAt);
  return it;
}

function receivePublicThreadList(it: any): t.PublicThreadList {
  it.threads = receiveManyPublicThread(it.threads);
  return it;
}

function receiveRfmScores(it: any): t.RfmScores {
  it.reference = new Date(it.reference);
  it.customers = records(it.customers);
  it.segments = records(it.segments);
  return it;
}

function receiveSubject(it: any): t.Subject {
  it.createdAt = new Date(it.createdAt);
  return it;
}

function receiveTechnicianMatch(it: any): t.TechnicianMatch {
  it.candidates = records(it.candidates);
  it.refused = records(it.refused);
  return it;
}

function receiveTenant(it: any): t.Tenant {
  it.rules = records(it.rules);
  return it;
}

function receiveThread(it: any): t.Thread {
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

function receiveThreadList(it: any): t.ThreadList {
  it.threads = receiveManyThread(it.threads);
  return it;
}

function receiveTick(it: any): t.Tick {
  if (it.next != null) it.next = new Date(it.next);
  return it;
}

function receiveTrail(it: any): t.Trail {
  it.entries = receiveManyTrailEntry(it.entries);
  return it;
}

function receiveTriageItem(it: any): t.TriageItem {
  reviveInboundMessage(it.arrived);
  it.candidates = records(it.candidates);
  it.receivedAt = new Date(it.receivedAt);
  if (it.settledAt != null) it.settledAt = new Date(it.settledAt);
  return it;
}

function receiveTriageList(it: any): t.TriageList {
  it.items = receiveManyTriageItem(it.items);
  return it;
}

function receiveVerifyReport(it: any): t.VerifyReport {
  it.findings = records(it.findings);
  return it;
}

function reviveAuditRecord(it: any): t.AuditRecord {
  it.at = new Date(it.at);
  return it;
}

function reviveCustomerMessageDto(it: any): t.CustomerMessageDto {
  it.createdAt = new Date(it.createdAt);
  if (it.readAt != null) it.readAt = new Date(it.readAt);
  return it;
}

function reviveEvent(it: any): t.Event {
  it.at = new Date(it.at);
  return it;
}

function reviveFollowup(it: any): t.Followup {
  it.createdAt = new Date(it.createdAt);
  if (it.dueAt != null) it.dueAt = new Date(it.dueAt);
  if (it.occurredAt != null) it.occurredAt = new Date(it.occurredAt);
  return it;
}

function reviveHit(it: any): t.Hit {
  reviveMessage(it.message);
  reviveThread(it.thread);
  return it;
}

function reviveInboundMessage(it: any): t.InboundMessage {
  if (it.occurredAt != null) it.occurredAt = new Date(it.occurredAt);
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

function reviveOrderMessageDto(it: any): t.OrderMessageDto {
  for (const each of it.readBy) reviveReadReceiptDto(each);
  it.createdAt = new Date(it.createdAt);
  return it;
}

function reviveOrderThreadDto(it: any): t.OrderThreadDto {
  if (it.lastMessageAt != null) it.lastMessageAt = new Date(it.lastMessageAt);
  it.createdAt = new Date(it.createdAt);
  return it;
}

function reviveParticipant(it: any): t.Participant {
  it.joinedAt = new Date(it.joinedAt);
  if (it.leftAt != null) it.leftAt = new Date(it.leftAt);
  return it;
}

function revivePublicEvent(it: any): t.PublicEvent {
  it.at = new Date(it.at);
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

function revivePublicReadBy(it: any): t.PublicReadBy {
  it.at = new Date(it.at);
  return it;
}

function revivePublicThread(it: any): t.PublicThread {
  it.createdAt = new Date(it.createdAt);
  if (it.lastMessageAt != null) it.lastMessageAt = new Date(it.lastMessageAt);
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

function reviveStoredPayment(it: any): t.StoredPayment {
  it.paidAt = new Date(it.paidAt);
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

function reviveTrailEntry(it: any): t.TrailEntry {
  reviveAuditRecord(it.record);
  return it;
}

function reviveTriageItem(it: any): t.TriageItem {
  reviveInboundMessage(it.arrived);
  it.receivedAt = new Date(it.receivedAt);
  if (it.settledAt != null) it.settledAt = new Date(it.settledAt);
  return it;
}

/** What the business does. */
export class Desk extends Caller {
  /**
   * Posts a message; the first one begins the thread. Its author is the principal.
   *
   * @throws thread.not_found, thread.closed, message.not_found, reference.taken
   */
  async post(target: t.TargetInput, message: t.PostMessage): Promise<t.Message> {
    return receiveMessage(await this.call('message.post', { target, message }));
  }

  /**
   * A message, if the principal may see it.
   *
   * @throws message.not_found
   */
  async message(message: t.MessageId): Promise<t.Message> {
    return receiveMessage(await this.call('message.get', { message }));
  }

  /**
   * A page of a conversation's messages, with its thread. Threads that were merged into it are read as one.
   *
   * @throws thread.not_found, message.not_found
   */
  async messages(target: t.TargetInput, query?: t.MessageQuery | undefined): Promise<t.MessageList> {
    return receiveMessageList(await this.call('message.list', { target, query }));
  }

  /**
   * What has changed in a conversation since a cursor: for polling. Begin with cursor 0.
   *
   * @throws thread.not_found
   */
  async changesSince(target: t.TargetInput, cursor?: number | undefined): Promise<t.Delta> {
    return receiveDelta(await this.call('message.changes_since', { target, cursor }));
  }

  /**
   * Finds messages that the principal may see, newest first.
   *
   * @throws message.not_found
   */
  async search(filter?: t.MessageFilter | undefined): Promise<t.Found> {
    return receiveFound(await this.call('message.search', { filter }));
  }

  /**
   * Corrects a message of one's own: the correction is shown in its place, the original stays.
   *
   * @throws message.not_found, message.state
   */
  async correct(message: t.MessageId, text: string): Promise<t.Message> {
    return receiveMessage(await this.call('message.correct', { message, text }));
  }

  /**
   * Takes a message of one's own back.
   *
   * @throws message.not_found, message.state
   */
  async retract(message: t.MessageId): Promise<t.Message> {
    return receiveMessage(await this.call('message.retract', { message }));
  }

  /**
   * Puts an emoji on a message, or takes it away again.
   *
   * @throws message.not_found
   */
  async react(message: t.MessageId, emoji: string): Promise<t.Message> {
    return receiveMessage(await this.call('message.react', { message, emoji }));
  }

  /**
   * Marks a message read. Marking it again changes nothing.
   *
   * @throws message.not_found
   */
  async markRead(message: t.MessageId): Promise<t.Message> {
    return receiveMessage(await this.call('message.mark_read', { message }));
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
    return receiveThread(await this.call('thread.ensure', { target }));
  }

  /**
   * A thread.
   *
   * @throws thread.not_found
   */
  async thread(target: t.TargetInput): Promise<t.Thread> {
    return receiveThread(await this.call('thread.get', { target }));
  }

  /**
   * A page of the threads that the principal may see, the most recently active first.
   */
  async threads(query?: t.ThreadQuery | undefined): Promise<t.ThreadList> {
    return receiveThreadList(await this.call('thread.list', { query }));
  }

  /**
   * Turns notifications of a thread off or on for the principal.
   *
   * @throws thread.not_found
   */
  async mute(target: t.TargetInput, muted: boolean): Promise<t.Thread> {
    return receiveThread(await this.call('thread.mute', { target, muted }));
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
    return receiveExplanation(await this.call('access.explain', { action, target }));
  }

  /**
   * Tells a conversation that something happened, in the name of the software.
   *
   * @throws thread.not_found
   */
  async systemEvent(target: t.TargetInput, event: t.SystemEvent): Promise<t.Message> {
    return receiveMessage(await this.call('message.system_event', { target, event }));
  }

  /**
   * Takes a message from mail, WhatsApp, SMS or another channel, as the host's webhook has it: posts it to the conversation that it belongs to, in the name of the party that has the sender's address, or keeps it in triage. A delivery that comes again changes nothing.
   */
  async ingestInbound(message: t.InboundMessageInput): Promise<t.Ingested> {
    return receiveIngested(await this.call('message.ingest_inbound', { message }));
  }

  /**
   * What came from outside and waits for somebody to say where it belongs.
   */
  async triage(query?: t.TriageQuery | undefined): Promise<t.TriageList> {
    return receiveTriageList(await this.call('triage.list', { query }));
  }

  /**
   * Posts a message that waits in triage to a conversation. Its author is the party that has the sender's address, or `author`: one that may write there.
   *
   * @throws triage.not_found, triage.settled, thread.not_found, thread.closed
   */
  async assignTriage(item: t.TriageId, target: t.TargetInput, author?: t.Ref | null | undefined): Promise<t.Message> {
    return receiveMessage(await this.call('triage.assign', { item, target, author }));
  }

  /**
   * Says that a message that waits in triage belongs to no conversation.
   *
   * @throws triage.not_found, triage.settled
   */
  async dismissTriage(item: t.TriageId): Promise<t.TriageItem> {
    return receiveTriageItem(await this.call('triage.dismiss', { item }));
  }

  /**
   * Removes parts or all of a message's text, for a reason.
   *
   * @throws message.not_found
   */
  async redact(message: t.MessageId, what: t.Redaction, reason: string): Promise<t.Message> {
    return receiveMessage(await this.call('message.redact', { message, what, reason }));
  }

  /**
   * A message in all its versions, the first one first.
   *
   * @throws message.not_found
   */
  async history(message: t.MessageId): Promise<t.Revision[]> {
    return receiveManyRevision(await this.call('message.history', { message }));
  }

  /**
   * Who should learn of a message.
   *
   * @throws message.not_found
   */
  async recipients(message: t.MessageId): Promise<t.Recipient[]> {
    return records(await this.call('message.recipients', { message }));
  }

  /**
   * Makes a message, and those after it, unread again.
   *
   * @throws message.not_found
   */
  async markUnread(message: t.MessageId): Promise<t.Message> {
    return receiveMessage(await this.call('message.mark_unread', { message }));
  }

  /**
   * Closes a thread.
   *
   * @throws thread.not_found, thread.transition
   */
  async close(target: t.TargetInput): Promise<t.Thread> {
    return receiveThread(await this.call('thread.close', { target }));
  }

  /**
   * Opens a thread again.
   *
   * @throws thread.not_found, thread.transition
   */
  async reopen(target: t.TargetInput): Promise<t.Thread> {
    return receiveThread(await this.call('thread.reopen', { target }));
  }

  /**
   * Says that a thread is answered.
   *
   * @throws thread.not_found, thread.transition
   */
  async resolve(target: t.TargetInput): Promise<t.Thread> {
    return receiveThread(await this.call('thread.resolve', { target }));
  }

  /**
   * Says that a thread waits for the customer or a third party.
   *
   * @throws thread.not_found, thread.transition
   */
  async pend(target: t.TargetInput): Promise<t.Thread> {
    return receiveThread(await this.call('thread.pend', { target }));
  }

  /**
   * Puts a thread out of sight until an instant, or until the customer writes.
   *
   * @throws thread.not_found, thread.transition
   */
  async snooze(target: t.TargetInput, until: t.Timestamp): Promise<t.Thread> {
    return receiveThread(await this.call('thread.snooze', { target, until }));
  }

  /**
   * Says who answers for a thread; nobody when `to` is absent.
   *
   * @throws thread.not_found, party.not_found
   */
  async assign(target: t.TargetInput, to?: t.Ref | null | undefined): Promise<t.Thread> {
    return receiveThread(await this.call('thread.assign', { target, to }));
  }

  /**
   * Says how urgent a thread is.
   *
   * @throws thread.not_found
   */
  async prioritise(target: t.TargetInput, priority: t.Priority): Promise<t.Thread> {
    return receiveThread(await this.call('thread.prioritise', { target, priority }));
  }

  /**
   * Adds and removes tags. Tags are compared in lower case.
   *
   * @throws thread.not_found
   */
  async tag(target: t.TargetInput, options: { add?: string[] | undefined; remove?: string[] | undefined } = {}): Promise<t.Thread> {
    return receiveThread(await this.call('thread.tag', { ...options, target }));
  }

  /**
   * Makes somebody a participant of a thread.
   *
   * @throws thread.not_found, party.not_found
   */
  async addParticipant(target: t.TargetInput, party: t.Ref, role: t.Role): Promise<t.Thread> {
    return receiveThread(await this.call('thread.add_participant', { target, party, role }));
  }

  /**
   * Ends somebody's participation.
   *
   * @throws thread.not_found, party.not_found
   */
  async removeParticipant(target: t.TargetInput, party: t.Ref): Promise<t.Thread> {
    return receiveThread(await this.call('thread.remove_participant', { target, party }));
  }

  /**
   * Who takes part in a thread, those who left included.
   *
   * @throws thread.not_found
   */
  async participants(target: t.TargetInput): Promise<t.Participant[]> {
    return receiveManyParticipant(await this.call('thread.participants', { target }));
  }

  /**
   * Changes a thread only if it still has the version that the caller has seen.
   *
   * @throws thread.not_found, thread.transition, version.stale
   */
  async changeThread(target: t.TargetInput, change: t.ThreadChange, expectedVersion: number): Promise<t.Thread> {
    return receiveThread(await this.call('thread.change', { target, change, expectedVersion }));
  }

  /**
   * Lets one thread go on in another one of the same customer.
   *
   * @throws thread.not_found, thread.merge
   */
  async merge(from: t.TargetInput, into: t.TargetInput): Promise<t.Thread> {
    return receiveThread(await this.call('thread.merge', { from, into }));
  }

  /**
   * Stores a customer, supplier, colleague or service of the host's.
   *
   * @throws reference.taken
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
    return receiveParty(await this.call('party.get', { party }));
  }

  /**
   * Erases a person: name, texts, addresses, and the kept answers of models that are tagged with the party's id or reference. What happened stays, without them.
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
    return receiveSubject(await this.call('subject.get', { subject }));
  }

  /**
   * A subject by the number that people use.
   *
   * @throws subject.not_found
   */
  async subjectNumbered(kind: t.SubjectKind, number: string, store?: t.Ref | null | undefined): Promise<t.Subject> {
    return receiveSubject(await this.call('subject.numbered', { kind, number, store }));
  }

  /**
   * Stores payments of the host's books, up to 1,000 at once, all of them or none.
   *
   * @throws party.not_found, subject.not_found
   */
  async putPayments(payments: t.PutPayment[]): Promise<t.PaymentId[]> {
    return await this.call('payment.put', { payments });
  }

  /**
   * Payments in the order of their instants.
   *
   * @throws party.not_found
   */
  async payments(query?: t.PaymentQuery | undefined): Promise<t.StoredPayment[]> {
    return receiveManyStoredPayment(await this.call('payment.list', { query }));
  }

  /**
   * Says that a customer is to be followed up, after a job or without one.
   *
   * @throws party.not_found, subject.not_found
   */
  async scheduleFollowup(followup: t.ScheduleFollowup): Promise<t.Followup> {
    return receiveFollowup(await this.call('followup.schedule', { followup }));
  }

  /**
   * Logs a follow-up that the principal has done, as completed.
   *
   * @throws party.not_found, subject.not_found
   */
  async logFollowup(followup: t.LogFollowup): Promise<t.Followup> {
    return receiveFollowup(await this.call('followup.log_manual', { followup }));
  }

  /**
   * Changes where a follow-up stands, when it is due, what came of it, or its note.
   *
   * @throws followup.not_found, followup.state
   */
  async updateFollowup(followup: t.FollowupId, change: t.UpdateFollowup): Promise<t.Followup> {
    return receiveFollowup(await this.call('followup.update', { followup, change }));
  }

  /**
   * Follow-ups in the order of the instants that they were done, else are due, else were made.
   *
   * @throws party.not_found, subject.not_found
   */
  async followups(query?: t.FollowupQuery | undefined): Promise<t.Followup[]> {
    return receiveManyFollowup(await this.call('followup.list', { query }));
  }

  /**
   * Recency, frequency and monetary value of every customer with a payment, with scores and segments.
   *
   * @throws money.currency_mismatch
   */
  async rfm(query?: t.ValueQuery | undefined): Promise<t.RfmScores> {
    return receiveRfmScores(await this.call('score.rfm', { query }));
  }

  /**
   * What every customer with a payment is expected to buy in the months to come.
   *
   * @throws money.currency_mismatch
   */
  async lifetimeValues(options: { query?: t.ValueQuery | undefined; options?: t.LifetimeValueOptions | undefined } = {}): Promise<t.LifetimeValues> {
    return receiveLifetimeValues(await this.call('score.clv', { ...options }));
  }

  /**
   * The tenant: its policies and access rules.
   */
  async tenant(): Promise<t.Tenant> {
    return receiveTenant(await this.call('tenant.get', {}));
  }

  /**
   * Stores the tenant's policies and access rules.
   *
   * @throws access.rule_invalid, version.stale
   */
  async putTenant(tenant: t.TenantInput): Promise<t.Tenant> {
    return receiveTenant(await this.call('tenant.put', { tenant }));
  }

  /**
   * The events that a consumer has yet to deal with, in order.
   */
  async events(consumer: string, limit?: number | undefined): Promise<t.Event[]> {
    return receiveManyEvent(await this.call('event.list', { consumer, limit }));
  }

  /**
   * The same, as customers and partners may hear of them, and how far the page goes: internal events count into `limit` and are left out.
   */
  async publicEvents(consumer: string, limit?: number | undefined): Promise<t.PublicEvents> {
    return receivePublicEvents(await this.call('event.list_public', { consumer, limit }));
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
    return receiveTrail(await this.call('audit.list', { ...options }));
  }

  /**
   * Reads the whole trail and says what is wrong with it. `kept` is a checkpoint that was kept elsewhere.
   */
  async verifyAudit(kept?: string | null | undefined): Promise<t.VerifyReport> {
    return receiveVerifyReport(await this.call('audit.verify', { kept }));
  }

  /**
   * Makes a checkpoint of the trail, to be kept elsewhere; nothing when there is nothing new.
   */
  async checkpoint(): Promise<string | null> {
    return await this.call('audit.checkpoint', {});
  }

  /**
   * Drafts an answer to the customer's last message, for a member of staff to look at. A model is told what the customer may see, with pseudonyms; without a model, rules write.
   *
   * @throws thread.not_found, message.not_found, llm.semantic
   */
  async draftReply(target: t.TargetInput): Promise<t.ReplyDraft> {
    return await this.call('message.draft_reply', { target });
  }

}

/** What customers, suppliers and resellers do. Everything it returns is public. */
export class Portal extends Caller {
  /**
   * Posts a message; the first one begins the thread. Its author is the principal.
   *
   * @throws thread.not_found, thread.closed, message.not_found, reference.taken
   */
  async post(target: t.TargetInput, message: t.PostMessage): Promise<t.PublicMessage> {
    return receivePublicMessage(await this.call('message.post', { target, message }));
  }

  /**
   * A message, if the principal may see it.
   *
   * @throws message.not_found
   */
  async message(message: t.MessageId): Promise<t.PublicMessage> {
    return receivePublicMessage(await this.call('message.get', { message }));
  }

  /**
   * A page of a conversation's messages, with its thread. Threads that were merged into it are read as one.
   *
   * @throws thread.not_found, message.not_found
   */
  async messages(target: t.TargetInput, query?: t.MessageQuery | undefined): Promise<t.PublicMessageList> {
    return receivePublicMessageList(await this.call('message.list', { target, query }));
  }

  /**
   * What has changed in a conversation since a cursor: for polling. Begin with cursor 0.
   *
   * @throws thread.not_found
   */
  async changesSince(target: t.TargetInput, cursor?: number | undefined): Promise<t.PublicDelta> {
    return receivePublicDelta(await this.call('message.changes_since', { target, cursor }));
  }

  /**
   * Finds messages that the principal may see, newest first.
   *
   * @throws message.not_found
   */
  async search(filter?: t.MessageFilter | undefined): Promise<t.PublicFound> {
    return receivePublicFound(await this.call('message.search', { filter }));
  }

  /**
   * Corrects a message of one's own: the correction is shown in its place, the original stays.
   *
   * @throws message.not_found, message.state
   */
  async correct(message: t.MessageId, text: string): Promise<t.PublicMessage> {
    return receivePublicMessage(await this.call('message.correct', { message, text }));
  }

  /**
   * Takes a message of one's own back.
   *
   * @throws message.not_found, message.state
   */
  async retract(message: t.MessageId): Promise<t.PublicMessage> {
    return receivePublicMessage(await this.call('message.retract', { message }));
  }

  /**
   * Puts an emoji on a message, or takes it away again.
   *
   * @throws message.not_found
   */
  async react(message: t.MessageId, emoji: string): Promise<t.PublicMessage> {
    return receivePublicMessage(await this.call('message.react', { message, emoji }));
  }

  /**
   * Marks a message read. Marking it again changes nothing.
   *
   * @throws message.not_found
   */
  async markRead(message: t.MessageId): Promise<t.PublicMessage> {
    return receivePublicMessage(await this.call('message.mark_read', { message }));
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
    return receivePublicThread(await this.call('thread.ensure', { target }));
  }

  /**
   * A thread.
   *
   * @throws thread.not_found
   */
  async thread(target: t.TargetInput): Promise<t.PublicThread> {
    return receivePublicThread(await this.call('thread.get', { target }));
  }

  /**
   * A page of the threads that the principal may see, the most recently active first.
   */
  async threads(query?: t.ThreadQuery | undefined): Promise<t.PublicThreadList> {
    return receivePublicThreadList(await this.call('thread.list', { query }));
  }

  /**
   * Turns notifications of a thread off or on for the principal.
   *
   * @throws thread.not_found
   */
  async mute(target: t.TargetInput, muted: boolean): Promise<t.PublicThread> {
    return receivePublicThread(await this.call('thread.mute', { target, muted }));
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
    return receiveExplanation(await this.call('access.explain', { action, target }));
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
    return receiveManyCustomerMessageDto(await this.call('jobs.get_messages_for_job', { jobId }));
  }

  /**
   * Posts a message to the customer of a job.
   *
   * @throws thread.not_found
   */
  async createMessageForJob(jobId: string, message: t.CreateCustomerMessageInput): Promise<t.CustomerMessageDto> {
    return receiveCustomerMessageDto(await this.call('jobs.create_message_for_job', { jobId, message }));
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

  /**
   * Has a model write a message to the customer of a job, and posts nothing: staff look at it, change it and post it. Without a model, rules write.
   *
   * @throws thread.not_found, llm.semantic
   */
  async suggestMessage(jobId: string, options: t.AiMessageOptions): Promise<t.Suggestion> {
    return await this.call('jobs.suggest_message', { jobId, options });
  }

  /**
   * Has a model write a message to the customer of a job and posts it at once, marked as a model's. What is not as it was asked for is not posted: then rules write.
   *
   * @throws thread.not_found, thread.closed, llm.semantic
   */
  async createAutoMessageFromAi(jobId: string, options: t.AiMessageOptions): Promise<t.CustomerMessageDto> {
    return receiveCustomerMessageDto(await this.call('jobs.create_auto_message_from_ai', { jobId, options }));
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
    return receiveOrderMessageDto(await this.call('orders.create_message', { orderId, message }));
  }

  /**
   * An order's thread with its messages, oldest first.
   *
   * @throws thread.not_found
   */
  async getMessages(orderId: string): Promise<t.OrderThreadMessages> {
    return receiveOrderThreadMessages(await this.call('orders.get_messages', { orderId }));
  }

  /**
   * Marks a message of an order's thread read.
   *
   * @throws message.not_found
   */
  async markMessageRead(messageId: t.MessageId, role?: t.Role | null | undefined): Promise<t.OrderMessageDto> {
    return receiveOrderMessageDto(await this.call('orders.mark_message_read', { messageId, role }));
  }

  /**
   * Closes an order's thread.
   *
   * @throws thread.not_found, thread.transition
   */
  async closeThread(orderId: string): Promise<t.OrderThreadDto> {
    return receiveOrderThreadDto(await this.call('orders.close_thread', { orderId }));
  }

  /**
   * Finds messages of orders, for administrators.
   */
  async searchMessages(query?: t.OrderMessageSearch | undefined): Promise<t.OrderMessageSearchResult> {
    return receiveOrderMessageSearchResult(await this.call('orders.search_messages', { query }));
  }

  /**
   * Tells those who read an order's thread what happened to the order.
   *
   * @throws subject.not_found
   */
  async createSystemEventMessage(orderNumber: string, event: t.SystemEvent, storeId?: string | null | undefined): Promise<t.OrderMessageDto> {
    return receiveOrderMessageDto(await this.call('orders.create_system_event_message', { orderNumber, event, storeId }));
  }

  /**
   * Maps a message from mail, WhatsApp or SMS to its order's thread, in the name of the party that has the sender's address. What does not find its thread waits in triage.
   */
  async createMessageFromChannel(message: t.ChannelMessage): Promise<t.ChannelMessageResult> {
    return receiveChannelMessageResult(await this.call('orders.create_message_from_channel', { message }));
  }

}

/** What the engine does without anybody's order. */
export class EngineCalls extends Caller {
  /**
   * Asks a prompt of the library or of the host over its input: renders it with pseudonyms for what is personal, asks the models, checks the answer and asks again if it cannot be used. Without a model, rules answer the prompts of the library.
   *
   * @throws prompt.unknown, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted
   */
  async ask(prompt: string, input: unknown, settings?: t.AskSettings | undefined): Promise<t.Answered> {
    return receiveAnswered(await this.call('prompt.ask', { prompt, input, settings }));
  }

  /**
   * Asks a prompt as `prompt.ask` does, and gives the number of the stream that its answer comes through. The clients' `stream` takes the parts one by one and closes the stream.
   *
   * @throws prompt.unknown, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit
   */
  async openStream(prompt: string, input: unknown, settings?: t.AskSettings | undefined): Promise<number> {
    return await this.call('prompt.open_stream', { prompt, input, settings });
  }

  /**
   * Waits for the next part of an answer; nothing when the stream was closed meanwhile. The answer itself is the last part.
   *
   * @throws llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted
   */
  async nextPart(stream: number): Promise<t.AnswerPart | null> {
    return await this.call('prompt.next_part', { stream });
  }

  /**
   * Gives up an answer that comes part by part, also while the next part is waited for.
   */
  async closeStream(stream: number): Promise<void> {
    await this.call('prompt.close_stream', { stream });
  }

  /**
   * Wakes what is due, makes checkpoints, and says when to call again.
   */
  async tick(): Promise<t.Tick> {
    return receiveTick(await this.call('engine.tick', {}));
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

  /**
   * The history of a customer in short: the relationship, channels, themes and chances.
   *
   * @throws money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted
   */
  async timelineSummary(facts: t.CustomerFacts, context: t.ContextSettings, settings?: t.AskSettings | undefined): Promise<t.GeneratedRelationshipSummary> {
    return await this.call('customer.timeline_summary', { facts, context, settings });
  }

  /**
   * What to write to a customer next: two or three suggestions with drafts and days.
   *
   * @throws money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted
   */
  async followupSuggestions(facts: t.CustomerFacts, context: t.ContextSettings, settings?: t.AskSettings | undefined): Promise<t.SuggestedFollowups> {
    return await this.call('customer.followup_suggestions', { facts, context, settings });
  }

  /**
   * A greeting to a customer, for the nearest anniversary or holiday, else for the season; or for the occasion with a name.
   *
   * @throws money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted
   */
  async generateGreeting(facts: t.CustomerFacts, context: t.ContextSettings, options: { occasion?: string | null | undefined; settings?: t.AskSettings | undefined } = {}): Promise<t.Greeting> {
    return receiveGreeting(await this.call('customer.greeting', { ...options, facts, context }));
  }

  /**
   * How a customer feels, by the customer's last twenty communications: a score for each, and all of them together.
   *
   * @throws money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted
   */
  async analyzeSentiment(facts: t.CustomerFacts, context: t.ContextSettings, settings?: t.AskSettings | undefined): Promise<t.SentimentAnalysis> {
    return await this.call('customer.sentiment', { facts, context, settings });
  }

  /**
   * What a customer is worth, with the figures in each currency.
   *
   * @throws money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted
   */
  async profitabilityAnalysis(facts: t.CustomerFacts, context: t.ContextSettings, settings?: t.AskSettings | undefined): Promise<t.ProfitabilityAnalysis> {
    return receiveProfitabilityAnalysis(await this.call('customer.profitability', { facts, context, settings }));
  }

  /**
   * What an appliance will need, from its age, its services, the season and what is known about its kind.
   *
   * @throws money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted
   */
  async predictMaintenance(facts: t.CustomerFacts, appliance: t.Ref, context: t.ContextSettings, settings?: t.AskSettings | undefined): Promise<t.MaintenancePrediction> {
    return await this.call('appliance.maintenance', { facts, appliance, context, settings });
  }

  /**
   * The same for every appliance of a customer that is in use.
   *
   * @throws money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted
   */
  async predictAllMaintenance(facts: t.CustomerFacts, context: t.ContextSettings, settings?: t.AskSettings | undefined): Promise<t.MaintenancePrediction[]> {
    return records(await this.call('customer.maintenance', { facts, context, settings }));
  }

  /**
   * Who should do what a customer asks for: who can, with the points that speak for each, who cannot and why, and a recommendation among those who can.
   *
   * @throws money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted
   */
  async matchTechnician(facts: t.CustomerFacts, request: t.ServiceRequest, context: t.ContextSettings, settings?: t.AskSettings | undefined): Promise<t.TechnicianMatch> {
    return receiveTechnicianMatch(await this.call('technician.match', { facts, request, context, settings }));
  }

  /**
   * Questions to a customer about a completed job; the last one by default.
   *
   * @throws money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted
   */
  async surveyQuestions(facts: t.CustomerFacts, context: t.ContextSettings, options: { job?: t.Ref | null | undefined; settings?: t.AskSettings | undefined } = {}): Promise<t.GeneratedSurveyDraft> {
    return await this.call('job.survey', { ...options, facts, context });
  }

  /**
   * A message to the customer of a job, for a purpose in words; about the last job by default.
   *
   * @throws money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted
   */
  async customerMessage(facts: t.CustomerFacts, purpose: string, context: t.ContextSettings, options: { job?: t.Ref | null | undefined; settings?: t.AskSettings | undefined } = {}): Promise<t.GeneratedCustomerMessage> {
    return await this.call('job.message', { ...options, facts, purpose, context });
  }

  /**
   * A reply to the last message of a customer; about the last job by default.
   *
   * @throws money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted
   */
  async messageReply(facts: t.CustomerFacts, context: t.ContextSettings, options: { job?: t.Ref | null | undefined; settings?: t.AskSettings | undefined } = {}): Promise<t.GeneratedMessageReply> {
    return await this.call('job.reply', { ...options, facts, context });
  }

  /**
   * What was said in a call, and what is to be done.
   *
   * @throws money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted
   */
  async callSummary(facts: t.CustomerFacts, call: t.Call, context: t.ContextSettings, settings?: t.AskSettings | undefined): Promise<t.GeneratedCallSummary> {
    return await this.call('call.summary', { facts, call, context, settings });
  }

  /**
   * Why a customer may leave, from a risk that was computed.
   *
   * @throws money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted
   */
  async churnExplanation(facts: t.CustomerFacts, churn: t.ChurnFacts, context: t.ContextSettings, settings?: t.AskSettings | undefined): Promise<t.GeneratedChurnExplanation> {
    return await this.call('customer.churn_explanation', { facts, churn, context, settings });
  }

  /**
   * What the numbers of a customer show; those that the facts have by default.
   *
   * @throws money.overflow, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, llm.transport, llm.semantic, llm.deadline_exceeded, llm.budget_exhausted
   */
  async insightCards(facts: t.CustomerFacts, context: t.ContextSettings, options: { numbers?: t.KeyNumber[] | undefined; settings?: t.AskSettings | undefined } = {}): Promise<t.GeneratedInsightCards> {
    return await this.call('customer.insight_cards', { ...options, facts, context });
  }

}
