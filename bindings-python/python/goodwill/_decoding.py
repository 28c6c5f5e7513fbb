# Written by core/codegen from the operation table; do not edit.
"""Makes dataclasses of what the engine returns."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from . import models as m

_instant = datetime.fromisoformat


def actor(it: dict[str, Any]) -> m.Actor:
    return m.Actor(
        kind=it["kind"],
        role=it["role"],
        id=it.get("id"),
    )


def attachment(it: dict[str, Any]) -> m.Attachment:
    return m.Attachment(
        blob_ref=it["blobRef"],
        name=it["name"],
        mime=it["mime"],
        size=it["size"],
        disposition=it["disposition"],
        scan_state=it["scanState"],
        cid=it.get("cid"),
        sha256=it.get("sha256"),
    )


def audit_message(it: dict[str, Any]) -> m.AuditMessage:
    return m.AuditMessage(
        internal=it["internal"],
        kind=it["kind"],
        topic=it["topic"],
    )


def audit_private(it: dict[str, Any]) -> m.AuditPrivate:
    return m.AuditPrivate(
        salt=it["salt"],
        customer=it.get("customer"),
        diff=it.get("diff"),
        ip=it.get("ip"),
        reason=it.get("reason"),
        user_agent=it.get("userAgent"),
    )


def audit_record(it: dict[str, Any]) -> m.AuditRecord:
    return m.AuditRecord(
        action=it["action"],
        actor=actor(it["actor"]),
        at=_instant(it["at"]),
        id=it["id"],
        key_id=it["keyId"],
        outcome=it["outcome"],
        resource=resource(it["resource"]),
        seq=it["seq"],
        tenant=it["tenant"],
        after_hash=it.get("afterHash"),
        before_hash=it.get("beforeHash"),
        changes=it.get("changes"),
        channel=it.get("channel"),
        commitments=it.get("commitments"),
        message=audit_message(it["message"]) if it.get("message") is not None else None,
        on_behalf_of=it.get("onBehalfOf"),
        prev_hash=it.get("prevHash"),
        request_id=it.get("requestId"),
        rule_ids=tuple(it["ruleIds"]) if it.get("ruleIds") is not None else None,
        store=it.get("store"),
        subject=it.get("subject"),
        thread=it.get("thread"),
    )


def author(it: dict[str, Any]) -> m.Author:
    return m.Author(
        role=it["role"],
        party=it.get("party"),
    )


def content(it: dict[str, Any]) -> m.Content:
    return m.Content(
        state=it["state"],
        text=it["text"],
        attachments=tuple(attachment(each) for each in it["attachments"]) if it.get("attachments") is not None else None,
        metadata=it.get("metadata"),
        title=it.get("title"),
    )


def counters(it: dict[str, Any]) -> m.Counters:
    return m.Counters(
        messages=it["messages"],
        public_messages=it["publicMessages"],
        events=it["events"],
        public_events=it["publicEvents"],
    )


def customer_message_dto(it: dict[str, Any]) -> m.CustomerMessageDto:
    return m.CustomerMessageDto(
        id=it["id"],
        job_id=it["jobId"],
        type=it["type"],
        channel=it["channel"],
        source=it["source"],
        title=it.get("title"),
        body=it["body"],
        created_at=_instant(it["createdAt"]),
        read_at=_instant(it["readAt"]) if it.get("readAt") is not None else None,
        metadata_json=it.get("metadataJson"),
    )


def delta(it: dict[str, Any]) -> m.Delta:
    return m.Delta(
        messages=tuple(message(each) for each in it["messages"]),
        cursor=it["cursor"],
        more=it["more"],
        thread=thread(it["thread"]) if it.get("thread") is not None else None,
    )


def event(it: dict[str, Any]) -> m.Event:
    return m.Event(
        id=it["id"],
        tenant=it["tenant"],
        position=it["position"],
        seq=it["seq"],
        stream=stream(it["stream"]),
        type=it["type"],
        at=_instant(it["at"]),
        actor_kind=it["actorKind"],
        depth=it["depth"],
        visibility=it["visibility"],
        data=it["data"],
        actor=it.get("actor"),
        causation=it.get("causation"),
        correlation=it.get("correlation"),
        on_behalf_of=it.get("onBehalfOf"),
        public_seq=it.get("publicSeq"),
        store=it.get("store"),
    )


def explanation(it: dict[str, Any]) -> m.Explanation:
    return m.Explanation(
        action=it["action"],
        roles=tuple(it["roles"]),
        allowed=it["allowed"],
        permitted_by=tuple(it["permittedBy"]),
        forbidden_by=tuple(it["forbiddenBy"]),
        lacking=tuple(lacking(each) for each in it["lacking"]),
        obligations=tuple(it["obligations"]),
    )


def found(it: dict[str, Any]) -> m.Found:
    return m.Found(
        hits=tuple(hit(each) for each in it["hits"]),
        total=total(it["total"]),
        next=it.get("next"),
    )


def hit(it: dict[str, Any]) -> m.Hit:
    return m.Hit(
        message=message(it["message"]),
        thread=thread(it["thread"]),
        snippet=snippet(it["snippet"]),
    )


def lacking(it: dict[str, Any]) -> m.Lacking:
    return m.Lacking(
        rule=it["rule"],
        failing=tuple(it["failing"]),
        missing=tuple(it["missing"]),
    )


def limits(it: dict[str, Any]) -> m.Limits:
    return m.Limits(
        text_bytes=it["textBytes"],
        title_bytes=it["titleBytes"],
        metadata_bytes=it["metadataBytes"],
        attachments=it["attachments"],
        attachment_bytes=it["attachmentBytes"],
        tags=it["tags"],
        participants=it["participants"],
    )


def marked_read(it: dict[str, Any]) -> m.MarkedRead:
    return m.MarkedRead(
        updated=it["updated"],
    )


def message(it: dict[str, Any]) -> m.Message:
    return m.Message(
        id=it["id"],
        thread=it["thread"],
        seq=it["seq"],
        author=author(it["author"]),
        origin=it["origin"],
        topic=it["topic"],
        kind=it["kind"],
        visibility=it["visibility"],
        via=it["via"],
        intended=it["intended"],
        format=it["format"],
        state=it["state"],
        text=it["text"],
        attachments=tuple(attachment(each) for each in it["attachments"]),
        reactions=tuple(reaction(each) for each in it["reactions"]),
        read_by=tuple(read_by(each) for each in it["readBy"]),
        is_read=it["isRead"],
        unread=it["unread"],
        created_at=_instant(it["createdAt"]),
        corrected_at=_instant(it["correctedAt"]) if it.get("correctedAt") is not None else None,
        language=it.get("language"),
        metadata=it.get("metadata"),
        occurred_at=_instant(it["occurredAt"]) if it.get("occurredAt") is not None else None,
        on_behalf_of=it.get("onBehalfOf"),
        public_seq=it.get("publicSeq"),
        read_at=_instant(it["readAt"]) if it.get("readAt") is not None else None,
        reply_to=it.get("replyTo"),
        title=it.get("title"),
    )


def message_list(it: dict[str, Any]) -> m.MessageList:
    return m.MessageList(
        messages=tuple(message(each) for each in it["messages"]),
        more=it["more"],
        thread=thread(it["thread"]) if it.get("thread") is not None else None,
    )


def order_message_dto(it: dict[str, Any]) -> m.OrderMessageDto:
    return m.OrderMessageDto(
        id=it["id"],
        thread_id=it["threadId"],
        order_id=it["orderId"],
        store_id=it.get("storeId"),
        sender_role=it["senderRole"],
        sender_id=it.get("senderId"),
        channel=it["channel"],
        message_type=it["messageType"],
        content=it["content"],
        attachments=tuple(it["attachments"]),
        is_read=it["isRead"],
        read_by=tuple(read_receipt_dto(each) for each in it["readBy"]),
        is_internal=it["isInternal"],
        created_at=_instant(it["createdAt"]),
        metadata=it.get("metadata"),
    )


def order_message_search_result(it: dict[str, Any]) -> m.OrderMessageSearchResult:
    return m.OrderMessageSearchResult(
        messages=tuple(order_message_dto(each) for each in it["messages"]),
        total=it["total"],
        total_is_exact=it["totalIsExact"],
        page=it["page"],
        limit=it["limit"],
    )


def order_thread_dto(it: dict[str, Any]) -> m.OrderThreadDto:
    return m.OrderThreadDto(
        id=it["id"],
        store_id=it.get("storeId"),
        order_id=it["orderId"],
        customer_id=it["customerId"],
        status=it["status"],
        last_message_at=_instant(it["lastMessageAt"]) if it.get("lastMessageAt") is not None else None,
        created_at=_instant(it["createdAt"]),
    )


def order_thread_messages(it: dict[str, Any]) -> m.OrderThreadMessages:
    return m.OrderThreadMessages(
        thread=order_thread_dto(it["thread"]) if it.get("thread") is not None else None,
        messages=tuple(order_message_dto(each) for each in it["messages"]),
    )


def participant(it: dict[str, Any]) -> m.Participant:
    return m.Participant(
        thread=it["thread"],
        party=it["party"],
        role=it["role"],
        joined_at=_instant(it["joinedAt"]),
        muted=it["muted"],
        left_at=_instant(it["leftAt"]) if it.get("leftAt") is not None else None,
    )


def party(it: dict[str, Any]) -> m.Party:
    return m.Party(
        id=it["id"],
        tenant=it["tenant"],
        kind=it["kind"],
        state=it["state"],
        created_at=_instant(it["createdAt"]),
        version=it["version"],
        name=it.get("name"),
    )


def policies(it: dict[str, Any]) -> m.Policies:
    return m.Policies(
        closed_to_customers=it["closedToCustomers"],
        closed_to_staff=it["closedToStaff"],
        note_audience=tuple(it["noteAudience"]),
        undo_seconds=it["undoSeconds"],
        customers_see_receipts=it["customersSeeReceipts"],
        share_unscanned_files=it["shareUnscannedFiles"],
        titles=titles(it["titles"]),
        limits=limits(it["limits"]),
        checkpoint_entries=it["checkpointEntries"],
        idempotency_seconds=it["idempotencySeconds"],
    )


def public_attachment(it: dict[str, Any]) -> m.PublicAttachment:
    return m.PublicAttachment(
        name=it["name"],
        mime=it["mime"],
        size=it["size"],
        blob_ref=it.get("blobRef"),
    )


def public_delta(it: dict[str, Any]) -> m.PublicDelta:
    return m.PublicDelta(
        messages=tuple(public_message(each) for each in it["messages"]),
        cursor=it["cursor"],
        more=it["more"],
        thread=public_thread(it["thread"]) if it.get("thread") is not None else None,
    )


def public_event(it: dict[str, Any]) -> m.PublicEvent:
    return m.PublicEvent(
        id=it["id"],
        number=it["number"],
        type=it["type"],
        at=_instant(it["at"]),
        thread=it["thread"],
        message=it.get("message"),
    )


def public_events(it: dict[str, Any]) -> m.PublicEvents:
    return m.PublicEvents(
        events=tuple(public_event(each) for each in it["events"]),
        position=it.get("position"),
    )


def public_found(it: dict[str, Any]) -> m.PublicFound:
    return m.PublicFound(
        hits=tuple(public_hit(each) for each in it["hits"]),
        total=total(it["total"]),
        next=it.get("next"),
    )


def public_hit(it: dict[str, Any]) -> m.PublicHit:
    return m.PublicHit(
        message=public_message(it["message"]),
        thread=public_thread(it["thread"]),
        snippet=snippet(it["snippet"]),
    )


def public_message(it: dict[str, Any]) -> m.PublicMessage:
    return m.PublicMessage(
        id=it["id"],
        thread=it["thread"],
        number=it["number"],
        author_role=it["authorRole"],
        mine=it["mine"],
        origin=it["origin"],
        topic=it["topic"],
        kind=it["kind"],
        via=it["via"],
        format=it["format"],
        state=it["state"],
        text=it["text"],
        attachments=tuple(public_attachment(each) for each in it["attachments"]),
        reactions=tuple(public_reaction(each) for each in it["reactions"]),
        read_by=tuple(public_read_by(each) for each in it["readBy"]),
        unread=it["unread"],
        created_at=_instant(it["createdAt"]),
        corrected_at=_instant(it["correctedAt"]) if it.get("correctedAt") is not None else None,
        language=it.get("language"),
        occurred_at=_instant(it["occurredAt"]) if it.get("occurredAt") is not None else None,
        reply_to=it.get("replyTo"),
        title=it.get("title"),
    )


def public_message_list(it: dict[str, Any]) -> m.PublicMessageList:
    return m.PublicMessageList(
        messages=tuple(public_message(each) for each in it["messages"]),
        more=it["more"],
        thread=public_thread(it["thread"]) if it.get("thread") is not None else None,
    )


def public_reaction(it: dict[str, Any]) -> m.PublicReaction:
    return m.PublicReaction(
        emoji=it["emoji"],
        count=it["count"],
        mine=it["mine"],
    )


def public_read_by(it: dict[str, Any]) -> m.PublicReadBy:
    return m.PublicReadBy(
        role=it["role"],
        at=_instant(it["at"]),
    )


def public_thread(it: dict[str, Any]) -> m.PublicThread:
    return m.PublicThread(
        id=it["id"],
        subject_kind=it["subjectKind"],
        subject=it["subject"],
        customer=it["customer"],
        status=it["status"],
        messages=it["messages"],
        created_at=_instant(it["createdAt"]),
        last_message_at=_instant(it["lastMessageAt"]) if it.get("lastMessageAt") is not None else None,
        store=it.get("store"),
    )


def public_thread_list(it: dict[str, Any]) -> m.PublicThreadList:
    return m.PublicThreadList(
        threads=tuple(public_thread(each) for each in it["threads"]),
        next=it.get("next"),
    )


def reaction(it: dict[str, Any]) -> m.Reaction:
    return m.Reaction(
        emoji=it["emoji"],
        authors=tuple(author(each) for each in it["authors"]),
    )


def read_by(it: dict[str, Any]) -> m.ReadBy:
    return m.ReadBy(
        party=it["party"],
        role=it["role"],
        at=_instant(it["at"]),
    )


def read_receipt_dto(it: dict[str, Any]) -> m.ReadReceiptDto:
    return m.ReadReceiptDto(
        role=it["role"],
        user_id=it.get("userId"),
        read_at=_instant(it["readAt"]),
    )


def recipient(it: dict[str, Any]) -> m.Recipient:
    return m.Recipient(
        party=it["party"],
        role=it["role"],
    )


def resource(it: dict[str, Any]) -> m.Resource:
    return m.Resource(
        id=it["id"],
        kind=it["kind"],
    )


def revision(it: dict[str, Any]) -> m.Revision:
    return m.Revision(
        at=_instant(it["at"]),
        content=content(it["content"]),
    )


def rule(it: dict[str, Any]) -> m.Rule:
    return m.Rule(
        id=it["id"],
        effect=it["effect"],
        roles=tuple(it["roles"]),
        actions=tuple(it["actions"]),
        when=it["when"],
        obligations=tuple(it["obligations"]) if it.get("obligations") is not None else None,
    )


def snippet(it: dict[str, Any]) -> m.Snippet:
    return m.Snippet(
        pieces=tuple(snippet_piece(each) for each in it["pieces"]),
    )


def snippet_piece(it: dict[str, Any]) -> m.SnippetPiece:
    return m.SnippetPiece(
        text=it["text"],
        found=it["found"],
    )


def stream(it: dict[str, Any]) -> m.Stream:
    return m.Stream(
        kind=it["kind"],
        id=it["id"],
    )


def subject(it: dict[str, Any]) -> m.Subject:
    return m.Subject(
        id=it["id"],
        tenant=it["tenant"],
        kind=it["kind"],
        customer=it["customer"],
        suppliers=tuple(it["suppliers"]),
        assigned=tuple(it["assigned"]),
        created_at=_instant(it["createdAt"]),
        version=it["version"],
        number=it.get("number"),
        status=it.get("status"),
        store=it.get("store"),
    )


def tenant(it: dict[str, Any]) -> m.Tenant:
    return m.Tenant(
        id=it["id"],
        name=it["name"],
        policies=policies(it["policies"]),
        rules=tuple(rule(each) for each in it["rules"]),
        version=it["version"],
    )


def thread(it: dict[str, Any]) -> m.Thread:
    return m.Thread(
        id=it["id"],
        tenant=it["tenant"],
        subject_kind=it["subjectKind"],
        subject=it["subject"],
        customer=it["customer"],
        status=it["status"],
        priority=it["priority"],
        tags=tuple(it["tags"]),
        counters=counters(it["counters"]),
        active_at=_instant(it["activeAt"]),
        public_active_at=_instant(it["publicActiveAt"]),
        created_at=_instant(it["createdAt"]),
        version=it["version"],
        assignee=it.get("assignee"),
        closed_at=_instant(it["closedAt"]) if it.get("closedAt") is not None else None,
        first_response_at=_instant(it["firstResponseAt"]) if it.get("firstResponseAt") is not None else None,
        last_customer_message_at=_instant(it["lastCustomerMessageAt"]) if it.get("lastCustomerMessageAt") is not None else None,
        merged_into=it.get("mergedInto"),
        resolved_at=_instant(it["resolvedAt"]) if it.get("resolvedAt") is not None else None,
        snoozed_until=_instant(it["snoozedUntil"]) if it.get("snoozedUntil") is not None else None,
        store=it.get("store"),
        waiting_since=_instant(it["waitingSince"]) if it.get("waitingSince") is not None else None,
    )


def thread_list(it: dict[str, Any]) -> m.ThreadList:
    return m.ThreadList(
        threads=tuple(thread(each) for each in it["threads"]),
        next=it.get("next"),
    )


def tick(it: dict[str, Any]) -> m.Tick:
    return m.Tick(
        woken=tuple(it["woken"]),
        checkpoints=it["checkpoints"],
        next=_instant(it["next"]) if it.get("next") is not None else None,
    )


def titles(it: dict[str, Any]) -> m.Titles:
    return m.Titles(
        status_update=it["statusUpdate"],
        eta_update=it["etaUpdate"],
        generic=it["generic"],
        reminder=it["reminder"],
        greeting=it["greeting"],
        survey=it["survey"],
    )


def total(it: dict[str, Any]) -> m.Total:
    return m.Total(
        count=it["count"],
        exact=it["exact"],
    )


def trail(it: dict[str, Any]) -> m.Trail:
    return m.Trail(
        entries=tuple(trail_entry(each) for each in it["entries"]),
        last=it["last"],
    )


def trail_entry(it: dict[str, Any]) -> m.TrailEntry:
    return m.TrailEntry(
        record=audit_record(it["record"]),
        private=audit_private(it["private"]) if it.get("private") is not None else None,
    )


def verify_report(it: dict[str, Any]) -> m.VerifyReport:
    return m.VerifyReport(
        entries=it["entries"],
        last_seq=it["lastSeq"],
        checkpoints=it["checkpoints"],
        erased=it["erased"],
        messages=it["messages"],
        messages_without_text=it["messagesWithoutText"],
        findings=tuple(it["findings"]),
        problems=it["problems"],
    )
